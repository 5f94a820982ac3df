"""二(一)2 坚决遏制高能耗、高排放项目盲目发展: what may be built, and on which terms."""

from airplan_core import Condition, Exempt, Measured, Rule, Strength, Task, on, one_each
from airplan_pm25.interpretations import (
    ANY_OF_THREE,
    AWAITING,
    CLEAN_SHARE,
    CLOSED_ETC,
    EXISTING,
    FIVE_YEARS,
    HEATING_BOILERS,
    NET_CAPACITY,
    OFFSET,
    ORDER,
    REPLACED_ETC,
)
from airplan_pm25.ledgers import Boiler, BrickEnterprise, BrickLine, Project, ProjectEmission
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, MIIT, NR, TRA
from airplan_qinyang.enterprise import CEMENT
from airplan_qinyang.interpretations import CLEAN_TRANSPORT

TASK = Task(
    id="2.1.2",
    heading="坚决遏制高能耗、高排放项目盲目发展",
    campaign="pm25",
    plan=QINYANG_2024,
    lead=(EEB, DRC),
    cooperating=(MIIT, NR, TRA),
)

#: The industries without new capacity, as the ledgers name them; 耐火材料 only with sintering.
CLOSED_INDUSTRIES = (
    "钢铁", "水泥熟料", "玻璃", "煤化工", "焦化", "铸造", "炭素", "烧结砖瓦", "铁合金", "铅锌冶炼",
)  # fmt: skip

multiple_offset = Rule(
    id="pm25.multiple-offset",
    clause=TASK.clause(1, "建设项目要按照区域污染物削减要求，实施倍量替代"),
    en="A project replaces a multiple of the emission it adds.",
    subject=ProjectEmission,
    applies=ProjectEmission.added.more_than("0 吨/年"),
    expects=(one_each(ProjectEmission.project),),
    requires=OFFSET.choose(
        twice=ProjectEmission.offset.at_least(ProjectEmission.added.times(2)),
        above_par=ProjectEmission.offset.more_than(ProjectEmission.added),
    ),
    # what adds nothing has nothing to replace
    numbers={"倍量": "2", "建设项目": "0"},
    speaks_of={ProjectEmission.added: "5 吨/年"},
    keeps=[{ProjectEmission.offset: "10 吨/年"}],
    breaks=[{ProjectEmission.offset: "9.999999 吨/年"}, {ProjectEmission.offset: "5 吨/年"}],
)

no_added_factors = Rule(
    id="pm25.no-added-emission",
    clause=TASK.clause(2, "技术改造、改建项目原则上不新增现有污染因子排放量"),
    en="Technical upgrades and reconstructions in principle add no emission.",
    subject=ProjectEmission,
    applies=ProjectEmission.project.nature.among("技术改造", "改建")
    & (EXISTING.takes("every") | ProjectEmission.before.more_than("0 吨/年")),
    requires=ProjectEmission.after.at_most(ProjectEmission.before),
    numbers={"现有": "0"},
    speaks_of={ProjectEmission.project.nature: "改建", ProjectEmission.before: "12 吨/年"},
    keeps=[{ProjectEmission.after: "12 吨/年"}],
    breaks=[{ProjectEmission.project.nature: "技术改造", ProjectEmission.after: "12.000001 吨/年"}],
)

no_higher_intensity = Rule(
    id="pm25.no-higher-intensity",
    clause=TASK.clause(3, "扩建项目不得增加污染物排放强度（单位产品污染物排放量）"),
    en="An expansion must not emit more per unit of product.",
    subject=ProjectEmission,
    applies=ProjectEmission.project.nature.is_("扩建"),
    requires=(ProjectEmission.after / ProjectEmission.output_after).at_most(
        ProjectEmission.before / ProjectEmission.output_before
    ),
    speaks_of={
        ProjectEmission.project.nature: "扩建",
        ProjectEmission.before: "3 吨/年",
        ProjectEmission.output_before: "7 万吨/年",
        ProjectEmission.output_after: "14 万吨/年",
    },
    keeps=[{ProjectEmission.after: "6 吨/年"}],
    breaks=[{ProjectEmission.after: "6.000001 吨/年"}],
)

no_new_capacity = Rule(
    id="pm25.no-new-capacity",
    clause=TASK.clause(
        4,
        "全市严禁新增钢铁、水泥熟料、玻璃、煤化工、焦化、铸造、炭素、烧结砖瓦、铁合金、铅锌冶炼"
        "（含再生铅）、含烧结工序的耐火材料等行业产能",
    ),
    en="No capacity is added in eleven industries.",
    subject=Project,
    applies=Project.industry.among(*CLOSED_INDUSTRIES)
    | (Project.industry.is_("耐火材料") & Project.has_sintering)
    | (CLOSED_ETC.takes("open") & Project.overcapacity),
    forbids=NET_CAPACITY.choose(
        net=Project.adds_capacity & ~Project.capacity_offset,
        gross=Project.adds_capacity,
    ),
    speaks_of={Project.has_sintering: True, Project.capacity_offset: False},
    keeps=[{Project.industry: one, Project.adds_capacity: False} for one in ("焦化", "耐火材料")],
    breaks=[
        {Project.industry: one, Project.adds_capacity: True}
        for one in (*CLOSED_INDUSTRIES, "耐火材料")
    ],
)

replacement = Rule(
    id="pm25.capacity-replacement",
    clause=TASK.clause(5, "水泥、烧结砖瓦等产能置换严格按照国家、省有关要求执行"),
    en="Capacity is replaced as the nation and the province require.",
    subject=Project,
    applies=Project.is_replacement
    & (REPLACED_ETC.takes("open") | Project.industry.among(*CEMENT, "烧结砖瓦")),
    requires=Project.replacement_conforms,
    speaks_of={Project.is_replacement: True, Project.industry: "水泥"},
    keeps=[{Project.replacement_conforms: True}],
    breaks=[{Project.industry: "烧结砖瓦", Project.replacement_conforms: False}],
)

consolidated_capacity = Rule(
    id="pm25.brick-consolidation",
    clause=TASK.clause(6, "原则上烧结砖瓦企业整合总产能不低于1亿块/年"),
    en="A consolidated brick enterprise in principle makes 100 million bricks a year or more.",
    subject=BrickEnterprise,
    applies=BrickEnterprise.consolidated,
    requires=BrickEnterprise.capacity.at_least("1 亿块/年"),
    speaks_of={BrickEnterprise.consolidated: True},
    keeps=[{BrickEnterprise.capacity: "1 亿块/年"}],
    breaks=[{BrickEnterprise.capacity: "99999999 块/年"}],
)

consolidated_line = Rule(
    id="pm25.consolidated-line",
    clause=TASK.clause(7, "（单条生产线大于6000万块/年）", Strength.IN_PRINCIPLE),
    en="Each line of a consolidated brick enterprise makes more than 60 million bricks a year.",
    subject=BrickLine,
    applies=BrickLine.enterprise.consolidated & ~BrickLine.exited_on.happened(),
    requires=BrickLine.capacity.more_than("6000 万块/年"),
    speaks_of={BrickLine.enterprise.consolidated: True, BrickLine.exited_on: "never"},
    keeps=[{BrickLine.capacity: "60000001 块/年"}],
    breaks=[{BrickLine.capacity: "6000 万块/年"}],
)

_CEMENT_REPLACEMENT = Project.is_replacement & Project.industry.among(*CEMENT)

cement_ore_transport = Rule(
    id="pm25.cement-ore-transport",
    clause=TASK.clause(8, "水泥行业产能置换项目应实现矿石皮带廊密闭运输"),
    en="A cement replacement project moves its ore on an enclosed belt.",
    subject=Project,
    applies=_CEMENT_REPLACEMENT,
    requires=Project.ore_transport.is_("密闭皮带廊"),
    speaks_of={Project.is_replacement: True, Project.industry: "水泥"},
    keeps=[{Project.ore_transport: "密闭皮带廊"}],
    breaks=[{Project.ore_transport: "汽车"}],
)


def _moved_cleanly(share: Measured) -> Condition:
    return CLEAN_SHARE.choose(all=share.at_least("100 %"), eighty=share.at_least("80 %"))


cement_clean_transport = Rule(
    id="pm25.cement-clean-transport",
    clause=TASK.clause(9, "大宗物料产品清洁运输"),
    en="A cement replacement project moves all bulk goods by clean transport.",
    subject=Project,
    applies=_CEMENT_REPLACEMENT,
    requires=CLEAN_TRANSPORT.choose(
        without_new_energy=_moved_cleanly(Project.clean_share),
        with_new_energy=_moved_cleanly(Project.clean_share_with_new_energy),
    ),
    numbers={"清洁运输": "100"},
    speaks_of={Project.is_replacement: True, Project.industry: "水泥"},
    keeps=[{Project.clean_share: "100 %"}],
    breaks=[{Project.clean_share: "99.9 %", Project.clean_share_with_new_energy: "99.9 %"}],
)

stale_approval = Rule(
    id="pm25.stale-approval",
    clause=TASK.clause(
        10,
        "对于通过环境影响评价审批超过五年及以上仍未建成投产的新建、扩建高耗能、高排放和产能过剩的"
        "产业项目，要暂停建设并按新的环境、产业政策重新评价",
    ),
    en="A project approved five years ago and not in production stops and is assessed again.",
    subject=Project,
    applies=Project.nature.among("新建", "扩建")
    & ANY_OF_THREE.choose(
        any=Project.energy_intensive | Project.high_emission | Project.overcapacity,
        every=Project.energy_intensive & Project.high_emission & Project.overcapacity,
    )
    & FIVE_YEARS.choose(
        at_least=Project.approved_on.at_least_ago(years=5),
        more_than=Project.approved_on.more_than_ago(years=5),
    )
    & ~Project.in_production_on.happened(),
    requires=Project.suspended_on.happened()
    & (AWAITING.takes("suspended") | Project.reassessed_on.happened())
    & (ORDER.takes("any") | Project.suspended_on.happened_by(Project.reassessed_on)),
    speaks_of={
        Project.nature: "新建",
        Project.energy_intensive: True,
        Project.high_emission: True,
        Project.overcapacity: True,
        Project.in_production_on: "never",
        Project.approved_on: "2019-01-01",
        Project.suspended_on: "2024-02-01",
        Project.reassessed_on: "never",
    },
    keeps=[on("2024-03-01", {Project.reassessed_on: "2024-03-01"})],
    breaks=[on("2024-03-01", {}), on("2024-01-02", {Project.suspended_on: "never"})],
)

no_coal_or_biomass_boiler = Rule(
    id="pm25.no-new-coal-or-biomass-boiler",
    clause=TASK.clause(11, "禁止新建除集中供热外的燃煤、燃生物质锅炉"),
    en="No coal or biomass boiler is newly built, except for central heating.",
    subject=Boiler,
    applies=Boiler.new_build,
    forbids=Boiler.fuel.among("燃煤", "生物质"),
    exempt=(Exempt("central heating", "除集中供热外", Boiler.central_heating),),
    speaks_of={Boiler.new_build: True, Boiler.central_heating: False},
    keeps=[{Boiler.fuel: "天然气"}],
    breaks=[{Boiler.fuel: "燃煤"}, {Boiler.fuel: "生物质"}],
)

no_boiler_in_heating_area = Rule(
    id="pm25.no-new-boiler-in-heating-area",
    clause=TASK.clause(12, "原则上禁止在集中供热覆盖范围内新建锅炉（备用天然气锅炉除外）"),
    en="In principle no boiler is newly built where central heating reaches; standby gas excepted.",
    subject=Boiler,
    applies=HEATING_BOILERS.choose(
        exempt=Boiler.new_build & ~Boiler.central_heating, banned=Boiler.new_build
    ),
    forbids=Boiler.in_heating_area,
    exempt=(
        Exempt(
            "standby gas boiler",
            "备用天然气锅炉除外",
            Boiler.standby & Boiler.fuel.is_("天然气"),
        ),
    ),
    speaks_of={Boiler.new_build: True, Boiler.central_heating: False, Boiler.standby: False},
    keeps=[{Boiler.in_heating_area: False}],
    breaks=[
        {Boiler.in_heating_area: True, Boiler.fuel: "天然气"},
        {Boiler.in_heating_area: True, Boiler.standby: True, Boiler.fuel: "燃油"},
    ],
)
