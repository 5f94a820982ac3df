"""二(四)6 优化骨干公路网布局: bypasses, detours, and no heavy trucks through the town."""

from airplan_core import ALWAYS, Rule, Task, attestation
from airplan_no2.interpretations import PASSES, TOWN
from airplan_no2.ledgers import FreightProfile, Trip, Vehicle
from airplan_no2.shares import MONTH, ROAD, trips
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, HUC, NR, PSB, TRA

TASK = Task(
    id="2.4.6",
    heading="优化骨干公路网布局",
    campaign="no2",
    plan=QINYANG_2024,
    lead=(TRA,),
    cooperating=(PSB, DRC, HUC, NR, EEB),
)

bypasses = attestation(
    "no2.bypasses",
    TASK.clause(
        2,
        "加快推进绕城公路规划建设，建成干线公路多向绕城通道，实现高速公路、国省道、城市主干道互联互通",
    ),
    en="Bypasses in several directions are built, and the roads are joined.",
)
detours = attestation(
    "no2.detours",
    TASK.clause(3, "科学制定重型车辆绕行方案，优化绕行区域和绕行路线"),
    en="A plan of detours for heavy vehicles is drawn up.",
)

_TOWN = TASK.clause(4, "避免穿城行驶")
_THROUGH = Trip.through_town & PASSES.choose(excepted=~Trip.permitted, none=ALWAYS)

TRIPS_THROUGH_TOWN = trips(
    id="no2.trips-through-town", zh="穿城车次", en="trips through the town",
    of=Trip.vehicle, among=ROAD, where=_THROUGH, last=MONTH,
)  # fmt: skip
through_town = Rule(
    id="no2.through-town",
    clause=_TOWN,
    en="A heavy truck does not drive through the town without a pass.",
    subject=Vehicle,
    applies=TOWN.takes("vehicle") & Vehicle.heavy,
    requires=TRIPS_THROUGH_TOWN.at_most("0 车次"),
    numbers={"避免": "0"},
    speaks_of={Vehicle.heavy: True},
    keeps=[{TRIPS_THROUGH_TOWN: "0 车次"}],
    breaks=[{TRIPS_THROUGH_TOWN: "1 车次"}],
)

HEAVY_TRIPS_THROUGH_TOWN = trips(
    id="no2.heavy-trips-through-town", zh="重型车辆穿城车次",
    en="trips of heavy trucks through the town",
    among=ROAD & Trip.vehicle.heavy, where=_THROUGH, last=MONTH,
)  # fmt: skip
through_town_each = Rule(
    id="no2.through-town-of-enterprises",
    clause=_TOWN,
    en="An enterprise's heavy trucks do not drive through the town without a pass.",
    subject=FreightProfile,
    applies=TOWN.takes("enterprise"),
    requires=HEAVY_TRIPS_THROUGH_TOWN.at_most("0 车次"),
    numbers={"避免": "0"},
    speaks_of=TOWN.read_as("enterprise", {}),
    keeps=[{HEAVY_TRIPS_THROUGH_TOWN: "0 车次"}],
    breaks=[{HEAVY_TRIPS_THROUGH_TOWN: "1 车次"}],
)

_DECLARED = (
    TASK.clause(
        1,
        "完善全市高速公路外联内通网络，统筹规划国省干线",
        excused="a direction of planning; nothing in it can be seen to be met",
    ),
)
