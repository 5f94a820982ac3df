"""二(二)3 强化重点区域扬尘治理: frontages, what falls on the road, parking lots."""

from airplan_core import Rule, Task, attestation, by, whole
from airplan_pm10.interpretations import LOT_DATE, LOTS
from airplan_pm10.ledgers import Frontage, ParkingLot, RoadCheck
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import HWY, TRA, UM

TASK = Task(
    id="2.2.3",
    heading="强化重点区域扬尘治理",
    campaign="pm10",
    plan=QINYANG_2024,
    shared=(TRA, UM, HWY),
)

_BY_A_ROAD = Frontage.place.among("国省干线公路两侧", "城区道路两侧")
_FIVE = (
    Frontage.sanitation,
    Frontage.greening,
    Frontage.facilities,
    Frontage.facades,
    Frontage.order,
)

frontages = Rule(
    id="pm10.frontages",
    clause=TASK.clause(
        1,
        "要督促国省干线公路、城区道路两侧等单位、企业、门店等落实“门前五包”（门前包卫生、包绿化、包市政公用"
        "设施、包建筑物容貌、包秩序）责任制",
    ),
    en="Whoever has a door on such a road keeps five things in order before it.",
    subject=Frontage,
    applies=_BY_A_ROAD,
    requires=whole("门前五包", *_FIVE),
    numbers={"“门前五包”": "5"},
    speaks_of={Frontage.place: "城区道路两侧", **dict.fromkeys(_FIVE, True)},
    keeps=[{}, {Frontage.place: "国省干线公路两侧"}],
    breaks=[{part: False} for part in _FIVE],
)

_THREE = {Frontage.person: "张三", Frontage.times: "每日7时", Frontage.duties: "清扫"}

assigned = Rule(
    id="pm10.frontages-assigned",
    clause=TASK.clause(2, "严格落实“定人、定时、定责”制度"),
    en="It is settled who does it, when, and who answers for it.",
    subject=Frontage,
    applies=_BY_A_ROAD,
    requires=whole("定人、定时、定责", *(part.given() for part in _THREE)),
    numbers={"“定人、定时、定责”": "3"},
    speaks_of={Frontage.place: "城区道路两侧", **_THREE},
    keeps=[{}],
    breaks=[{part: "无"} for part in _THREE],
)

surfaced = Rule(
    id="pm10.frontages-surfaced",
    clause=TASK.clause(3, "严格门前区域硬化绿化、道路洒水冲洗降尘等措施"),
    en="The ground is hardened or green, and the road before it sprinkled and washed.",
    subject=Frontage,
    applies=_BY_A_ROAD,
    requires=Frontage.surfaced & Frontage.washed,
    speaks_of={Frontage.place: "城区道路两侧", Frontage.surfaced: True, Frontage.washed: True},
    keeps=[{}],
    breaks=[{Frontage.surfaced: False}, {Frontage.washed: False}],
)

spilling = Rule(
    id="pm10.spilling",
    clause=TASK.clause(4, "严查车辆沿路抛撒、带泥上路等违规行为，减少道路面源污染"),
    en="A vehicle that spills its load or carries mud on to the road is dealt with.",
    subject=RoadCheck,
    applies=RoadCheck.spilled | RoadCheck.muddy,
    requires=RoadCheck.case_filed,
    speaks_of={RoadCheck.spilled: False, RoadCheck.muddy: True},
    keeps=[{RoadCheck.case_filed: True}],
    breaks=[
        {RoadCheck.case_filed: False},
        {RoadCheck.case_filed: False, RoadCheck.spilled: True, RoadCheck.muddy: False},
    ],
)

lots_campaign = attestation(
    "pm10.parking-lot-campaign",
    TASK.clause(5, "开展停车场扬尘污染专项整治"),
    en="The campaign against the dust of parking lots is run.",
)

_FIRST = ParkingLot.built_up | ParkingLot.trunk_road
_IN_TOWN = {ParkingLot.built_up: True, ParkingLot.trunk_road: False}
_ELSEWHERE = {ParkingLot.built_up: False, ParkingLot.trunk_road: False}

first_lots = Rule(
    id="pm10.parking-lots-first",
    clause=TASK.clause(6, "2024年9月底前，完成城市建成区及国省干线两侧停车场专项整治工作"),
    en="The lots of the built-up area and along national and provincial roads are in order.",
    subject=ParkingLot,
    applies=_FIRST,
    requires=ParkingLot.finished_on.happened(),
    due=by("2024-09-30"),
    speaks_of=_IN_TOWN,
    keeps=[{ParkingLot.finished_on: "2024-09-30"}],
    breaks=[
        {ParkingLot.finished_on: "never"},
        {
            ParkingLot.finished_on: "never",
            ParkingLot.built_up: False,
            ParkingLot.trunk_road: True,
        },
    ],
)

_BY = "2024年12月底前，全面完成辖区范围内停车场专项整治"
_DUE = by("2024-12-31")

all_lots = Rule(
    id="pm10.parking-lots",
    clause=TASK.clause(7, _BY),
    en="Every parking lot of the county is in order.",
    subject=ParkingLot,
    applies=LOTS.takes("all") | ~_FIRST,
    requires=ParkingLot.finished_on.happened(),
    due=_DUE,
    speaks_of=_ELSEWHERE,
    keeps=[{ParkingLot.finished_on: "2024-12-31"}],
    breaks=[{ParkingLot.finished_on: "never"}],
)

_WITH_THE_CAMPAIGN = LOT_DATE.takes("sentence")

hardened = Rule(
    id="pm10.parking-lots-hardened",
    clause=TASK.clause(8, "2024年12月底前 … 确保场内道路全面硬化"),
    en="The roads in a parking lot are hardened throughout.",
    subject=ParkingLot,
    requires=ParkingLot.hardened.at_least("100 %"),
    due=_DUE,
    dated=_WITH_THE_CAMPAIGN,
    numbers={"全面": "100"},
    keeps=[{ParkingLot.hardened: "100 %"}],
    breaks=[{ParkingLot.hardened: "99.9 %"}],
)

covered = Rule(
    id="pm10.parking-lots-covered",
    clause=TASK.clause(9, "2024年12月底前 … 裸露土地全覆盖"),
    en="Bare ground in a parking lot is covered throughout.",
    subject=ParkingLot,
    applies=ParkingLot.bare,
    requires=ParkingLot.covered.at_least("100 %"),
    due=_DUE,
    dated=_WITH_THE_CAMPAIGN,
    numbers={"全覆盖": "100"},
    speaks_of={ParkingLot.bare: True},
    keeps=[{ParkingLot.covered: "100 %"}],
    breaks=[{ParkingLot.covered: "99.9 %"}],
)

cleaned = Rule(
    id="pm10.parking-lots-cleaned",
    clause=TASK.clause(10, "2024年12月底前 … 做好场内道路日常洒水保洁工作"),
    en="The roads in a parking lot are sprinkled and cleaned as a matter of routine.",
    subject=ParkingLot,
    requires=ParkingLot.cleaned,
    due=_DUE,
    dated=_WITH_THE_CAMPAIGN,
    keeps=[{ParkingLot.cleaned: True}],
    breaks=[{ParkingLot.cleaned: False}],
)

_DECLARED = (
    TASK.clause(11, "从严治理扬尘污染源头", excused="says in general what the task asks in detail"),
)
