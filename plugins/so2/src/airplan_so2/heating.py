"""二(三)3 (1) 集中供热与清洁取暖: gas to every village of the plain, central heating."""

from airplan_core import Condition, County, Rule, Share, Task, by, on
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, HUC
from airplan_so2.interpretations import HEAT_BASIS, LEFT_RIGHT
from airplan_so2.ledgers import CLEAN_HEAT, HeatingArea, HeatSupply, Village

TASK = Task(
    id="2.3.3(1)",
    heading="持续推进集中供热与清洁取暖",
    campaign="so2",
    plan=QINYANG_2024,
    lead=(HUC,),
    cooperating=(DRC, EEB),
)

GAS_COVERAGE = Share(
    id="so2.gas-coverage", zh="平原地区城乡燃气管网到村覆盖率",
    en="share of the plain's villages that the gas mains reach", unit="个", of=Village.county,
    among=Village.terrain.is_("平原"), where=Village.piped_on.happened(), observed=True,
    better="more",
)  # fmt: skip
gas_coverage = Rule(
    id="so2.gas-to-villages",
    clause=TASK.clause(2, "到2025年，全市平原地区城乡燃气管网到村覆盖率达到100%"),
    en="By the end of 2025 the gas mains reach every village of the plain.",
    subject=County,
    requires=GAS_COVERAGE.at_least("100 %"),
    due=by("2025-12-31"),
    keeps=[{GAS_COVERAGE: "100 %"}],
    breaks=[{GAS_COVERAGE: "99.999999 %"}],
)

clean_heating = Rule(
    id="so2.clean-heating-beyond-network",
    clause=TASK.clause(
        4,
        "对集中供热管网覆盖范围外的区域，鼓励各地结合能源状况，采用工业余热、地热能、空气源热泵等清洁能源"
        "供暖",
    ),
    en="Outside the area of central heating, clean energy is encouraged for heating.",
    subject=HeatingArea,
    applies=~HeatingArea.in_network,
    # 等清洁能源: the sentence itself goes on to any other clean energy
    requires=HeatingArea.heating.among(*CLEAN_HEAT),
    speaks_of={HeatingArea.in_network: False},
    keeps=[{HeatingArea.heating: "地热能"}, {HeatingArea.heating: "其他清洁能源"}],
    breaks=[{HeatingArea.heating: "散煤"}],
)

_JOINED = HeatSupply.built_up & HeatSupply.supplied_on.happened()
AREA_DUE = HeatSupply.area_due.sum(
    id="so2.heat-area-due", zh="应实施集中供热面积", en="area to be supplied with heat",
    of=HeatSupply.county, where=HeatSupply.built_up, observed=True, better="neither",
)  # fmt: skip
AREA = HeatSupply.area.sum(
    id="so2.heat-area", zh="已实施集中供热面积", en="area supplied with heat",
    of=HeatSupply.county, where=_JOINED, observed=True, better="more",
)  # fmt: skip
HOUSEHOLDS_DUE = HeatSupply.households_due.sum(
    id="so2.heat-households-due", zh="应实施集中供热户数", en="households to be supplied with heat",
    of=HeatSupply.county, where=HeatSupply.built_up, observed=True, better="neither",
)  # fmt: skip
HOUSEHOLDS = HeatSupply.households.sum(
    id="so2.heat-households", zh="已实施集中供热户数", en="households supplied with heat",
    of=HeatSupply.county, where=_JOINED, observed=True, better="more",
)  # fmt: skip


def _reaches(**limits: str) -> Condition:
    stages: dict[str | int, str] = {"2024-12-31": limits["first"], "2025-12-31": limits["second"]}
    return HEAT_BASIS.choose(
        area=(AREA / AREA_DUE).at_least(stages),
        households=(HOUSEHOLDS / HOUSEHOLDS_DUE).at_least(stages),
    )


central_heating = Rule(
    id="so2.central-heating",
    clause=TASK.clause(5, "2024年底前，城市建成区集中供热普及率达到32.8%左右"),
    also=(TASK.clause(6, "2025年底前，城市建成区集中供热普及率达到34.4%左右"),),
    en="Central heating reaches 32.8 %, then 34.4 % of the built-up area, or nearly so.",
    subject=County,
    requires=LEFT_RIGHT.choose(
        exact=_reaches(first="32.8 %", second="34.4 %"),
        point=_reaches(first="31.8 %", second="33.4 %"),
    ),
    due=by("2024-12-31", "2025-12-31"),
    speaks_of={AREA_DUE: "1000 ㎡"},
    keeps=[
        {AREA: "344 ㎡"},
        on("2025-01-01", {AREA: "328 ㎡"}),
        LEFT_RIGHT.read_as("point", {AREA: "334 ㎡"}),
    ],
    breaks=[
        {AREA: "343.999999 ㎡"},
        on("2025-01-01", {AREA: "327.999999 ㎡"}),
        LEFT_RIGHT.read_as("point", {AREA: "333.999999 ㎡"}),
    ],
)

_DECLARED = (
    TASK.clause(
        1,
        "加快实施“气化乡村”工程，有序推进燃气管网向乡镇和农村拓展延伸",
        excused="names no quantity; 2.3.3(1)-2 and annexes 1 and 2 do",
    ),
    TASK.clause(3, "创新供暖体制和方式", excused="a direction; it names no act"),
)
