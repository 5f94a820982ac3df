"""二(四)6 优化骨干公路网布局: bypasses, detours, and no heavy trucks through the town."""

from airplan_core import Rule, Task, attestation
from airplan_no2.ledgers import FreightProfile, Trip
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

TRIPS_THROUGH_TOWN = trips(
    id="no2.trips-through-town", zh="重型车辆无证穿城车次",
    en="trips of heavy trucks through the town without a pass",
    where=ROAD & Trip.vehicle.heavy & Trip.through_town & ~Trip.permitted,
    last=MONTH,
)  # fmt: skip
through_town = Rule(
    id="no2.through-town",
    clause=TASK.clause(4, "避免穿城行驶"),
    en="Heavy trucks do not drive through the town without a pass.",
    subject=FreightProfile,
    requires=TRIPS_THROUGH_TOWN.at_most("0 车次"),
    numbers={"避免": "0"},
    keeps=[{TRIPS_THROUGH_TOWN: "0 车次"}],
    breaks=[{TRIPS_THROUGH_TOWN: "1 车次"}],
)

_DECLARED = (
    TASK.clause(
        1,
        "完善全市高速公路外联内通网络，统筹规划国省干线",
        excused="a direction of planning; nothing in it can be seen to be met",
    ),
)
