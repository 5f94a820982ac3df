"""二(一)6 强化重点行业超低排放改造: ultra-low emission, kilns, gas and biomass boilers."""

from typing import Any

from airplan_core import Rule, Task, attestation, by
from airplan_pm25.interpretations import BIOMASS_DATE, KILNS_ETC, UPGRADES
from airplan_pm25.ledgers import Boiler, Project
from airplan_qinyang import QINYANG_2024, Enterprise
from airplan_qinyang.departments import DRC, EEB, HUC, MIIT, TRA
from airplan_qinyang.enterprise import BUILDING_MATERIALS, CEMENT, NON_FERROUS
from airplan_qinyang.works import UltraLowRetrofit

TASK = Task(
    id="2.1.6",
    heading="强化重点行业超低排放改造",
    campaign="pm25",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(DRC, MIIT, TRA, HUC),
)

ultra_low_projects = Rule(
    id="pm25.ultra-low-projects",
    clause=TASK.clause(1, "新（改、扩）建火电、钢铁、水泥项目要达到超低排放水平"),
    en="New, rebuilt and expanded thermal power, steel and cement projects reach ultra-low level.",
    subject=Project,
    applies=Project.industry.among("火电", "钢铁", *CEMENT)
    & UPGRADES.choose(
        apart=Project.nature.among("新建", "改建", "扩建"),
        reconstruction=Project.nature.among("新建", "改建", "扩建", "技术改造"),
    ),
    requires=Project.ultra_low,
    speaks_of={Project.industry: "火电", Project.nature: "改建"},
    keeps=[{Project.ultra_low: True}],
    breaks=[{Project.industry: "水泥", Project.nature: "新建", Project.ultra_low: False}],
)

_INDUSTRY = UltraLowRetrofit.enterprise.industry
_ASPECTS: tuple[Any, ...] = (
    UltraLowRetrofit.stacks_on,
    UltraLowRetrofit.fugitive_on,
    UltraLowRetrofit.transport_on,
    UltraLowRetrofit.monitoring_on,
)

#: (四)3 only strives for the transport aspect by the same day (I-07): this sentence binds more.
ultra_low_works = Rule(
    id="pm25.ultra-low-works",
    clause=TASK.clause(
        2,
        "2025年9月底前，钢铁、水泥行业企业有组织、无组织排放、车辆运输、监测监控等方面全面达到超低"
        "排放水平",
    ),
    en="Steel and cement works reach ultra-low level in all four aspects.",
    subject=UltraLowRetrofit,
    applies=_INDUSTRY.among("钢铁", *CEMENT),
    requires=UltraLowRetrofit.stacks_on.happened()
    & UltraLowRetrofit.fugitive_on.happened()
    & UltraLowRetrofit.transport_on.happened()
    & UltraLowRetrofit.monitoring_on.happened(),
    due=by("2025-09-30"),
    speaks_of=dict.fromkeys(_ASPECTS, "2025-09-30") | {_INDUSTRY: "钢铁"},
    keeps=[{}, {_INDUSTRY: "水泥熟料"}],
    breaks=[{aspect: "never"} for aspect in _ASPECTS],
)

_KILNS = ("玻璃", "耐火材料", *NON_FERROUS, "铸造", "炭素", "烧结砖瓦")
_OTHER_KILNS = ("钢铁", "焦化", "铁合金", "化工", "煤化工", *BUILDING_MATERIALS)

kilns = attestation(
    "pm25.kiln-treatment",
    TASK.clause(3, "持续推进玻璃、耐火材料、有色、铸造、炭素、砖瓦等工业炉窑深度治理"),
    Enterprise,
    applies=Enterprise.industry.among(*_KILNS)
    | (KILNS_ETC.takes("open") & Enterprise.industry.among(*_OTHER_KILNS)),
    speaks_of={Enterprise.industry: "炭素"},
    en="Industrial kilns are treated further.",
)

_UPGRADED = TASK.clause(4, "实施陶瓷、生物质锅炉等行业提标改造")

ceramics_upgraded = attestation(
    "pm25.ceramics-upgraded",
    _UPGRADED,
    Enterprise,
    applies=Enterprise.industry.is_("陶瓷"),
    speaks_of={Enterprise.industry: "陶瓷"},
    en="Ceramics works are upgraded to the stricter standard.",
)

biomass_upgraded = Rule(
    id="pm25.biomass-boilers-upgraded",
    clause=_UPGRADED,
    en="Biomass boilers are upgraded to the stricter standard.",
    subject=Boiler,
    applies=Boiler.fuel.is_("生物质"),
    requires=Boiler.upgraded,
    speaks_of={Boiler.fuel: "生物质"},
    keeps=[{Boiler.upgraded: True}],
    breaks=[{Boiler.upgraded: False}],
)

low_nox = Rule(
    id="pm25.low-nox-gas-boilers",
    clause=TASK.clause(5, "2024年10月底前，全面完成燃气锅炉低氮燃烧改造"),
    en="Every gas boiler has its low-NOx retrofit.",
    subject=Boiler,
    applies=Boiler.fuel.among("天然气", "其他燃气"),
    requires=Boiler.low_nox_on.happened(),
    due=by("2024-10-31"),
    keeps=[{Boiler.fuel: "天然气", Boiler.low_nox_on: "2024-10-31"}],
    breaks=[{Boiler.fuel: gas, Boiler.low_nox_on: "never"} for gas in ("天然气", "其他燃气")],
)

dedicated_furnace = Rule(
    id="pm25.biomass-dedicated-furnace",
    clause=TASK.clause(6, "生物质锅炉全部采用专用炉具"),
    en="Every biomass boiler has a dedicated furnace.",
    subject=Boiler,
    applies=Boiler.fuel.is_("生物质"),
    requires=Boiler.dedicated_furnace,
    due=by("2024-10-31"),
    dated=BIOMASS_DATE.takes("sentence"),
    numbers={"全部": "2024-10-31"},
    speaks_of={Boiler.fuel: "生物质"},
    keeps=[{Boiler.dedicated_furnace: True}],
    breaks=[{Boiler.dedicated_furnace: False}],
)

biomass_dedusting = Rule(
    id="pm25.biomass-dedusting",
    clause=TASK.clause(7, "配套布袋等高效除尘设施"),
    en="Every biomass boiler has a bag filter or other efficient dedusting.",
    subject=Boiler,
    applies=Boiler.fuel.is_("生物质"),
    requires=Boiler.dedusting.among("布袋", "电袋复合", "其他高效除尘"),
    due=by("2024-10-31"),
    dated=BIOMASS_DATE.takes("sentence"),
    numbers={"配套": "2024-10-31"},
    speaks_of={Boiler.fuel: "生物质"},
    keeps=[{Boiler.dedusting: "布袋"}],
    breaks=[{Boiler.dedusting: "旋风"}, {Boiler.dedusting: "无"}],
)

no_cofiring = Rule(
    id="pm25.biomass-no-cofiring",
    clause=TASK.clause(8, "禁止掺烧煤炭、生活垃圾等其他物料"),
    en="No biomass boiler burns coal, waste or anything else beside.",
    subject=Boiler,
    applies=Boiler.fuel.is_("生物质"),
    requires=~Boiler.cofires,
    speaks_of={Boiler.fuel: "生物质"},
    keeps=[{Boiler.cofires: False}],
    breaks=[{Boiler.cofires: True}],
)
