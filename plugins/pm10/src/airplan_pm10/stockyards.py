"""二(二)4 深化物料堆场扬尘污染综合治理: quays, six basic requirements, the register."""

from functools import reduce
from operator import and_
from typing import Any

from airplan_core import Condition, Rule, Task, attestation, by, whole
from airplan_pm10.interpretations import COMBINED, LARGE_QUAY, NEW_YARD, STORED, UNLOADING
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, HUC, MIIT, TOWNS, UM
from airplan_qinyang.stockyards import INDUSTRIAL, QUAY, WASTE, Stockyard

HEADING = "深化物料堆场扬尘污染综合治理"
_SHARED = (HUC, UM, MIIT, EEB)
TASK = Task(id="2.2.4", heading=HEADING, campaign="pm10", plan=QINYANG_2024, shared=_SHARED)
_REQUIREMENTS = {
    number: Task(
        id=f"2.2.4({number})", heading=HEADING, campaign="pm10", plan=QINYANG_2024, shared=_SHARED
    )
    for number in range(1, 7)
}

#: Who answers depends on the yard (2.2.4-7 to -9); for others it is whom the county's government
#: names, so that they fall to everyone whom the bracket does.
_WHOSE = {
    Stockyard.kind.is_(INDUSTRIAL): (EEB, MIIT),
    Stockyard.kind.among(*WASTE): UM,
    Stockyard.kind.among(QUAY, "其他"): _SHARED,
}

_QUAY = "到2025年，大型煤炭、矿石等干散货码头物料堆场基本完成抑尘设施建设和物料输送系统封闭改造"
_A_QUAY = Stockyard.kind.is_(QUAY) & (LARGE_QUAY.takes("any") | Stockyard.large)
_LARGE = {Stockyard.kind: QUAY, Stockyard.large: True}

#: Qinyang lies inland (I-40): without a quay nobody is spoken of.
quays_suppressed = Rule(
    id="pm10.quays-suppressed",
    clause=TASK.clause(1, _QUAY),
    en="Large quays for dry bulk goods have all but built their dust suppression.",
    subject=Stockyard,
    applies=_A_QUAY,
    requires=Stockyard.suppressed_on.happened(),
    due=by("2025-12-31"),
    speaks_of=_LARGE,
    keeps=[{Stockyard.suppressed_on: "2025-12-31"}],
    breaks=[{Stockyard.suppressed_on: "never"}],
)
quays_enclosed = Rule(
    id="pm10.quays-enclosed",
    clause=TASK.clause(2, _QUAY),
    en="Large quays for dry bulk goods have all but enclosed their conveyors.",
    subject=Stockyard,
    applies=_A_QUAY,
    requires=Stockyard.enclosed_on.happened(),
    due=by("2025-12-31"),
    speaks_of=_LARGE,
    keeps=[{Stockyard.enclosed_on: "2025-12-31"}],
    breaks=[{Stockyard.enclosed_on: "never"}],
)

OPEN = Stockyard.open
_IN_USE = OPEN & Stockyard.in_use
_NEW = NEW_YARD.choose(plan=Stockyard.built_on.happened_after("2023-12-31"), held=Stockyard.new)

#: A wall that is lower than the heap is none (大气污染防治法 72: 不低于堆放物高度的严密围挡).
WALL = Stockyard.wall_height.more_than("0 米") & Stockyard.wall_height.at_least(
    Stockyard.heap_height
)
_WINDBREAKS = (WALL, Stockyard.net)
_SURFACE = (Stockyard.cover, Stockyard.spray, Stockyard.water_truck)
_TWO_WAYS = ("全封闭库房", "天棚加围墙围挡储库")

#: The six basic requirements in the sentence's order: whom each speaks of, and what it asks.
SIX: tuple[tuple[Condition, tuple[Condition, ...]], ...] = (
    (
        _NEW,
        (
            STORED.choose(
                open=Stockyard.storage.among(*_TWO_WAYS, "其他同等封闭方式"),
                listed=Stockyard.storage.among(*_TWO_WAYS),
            ),
        ),
    ),
    (
        _IN_USE,
        (
            COMBINED.choose(
                all=whole("五项抑尘措施", *_WINDBREAKS, *_SURFACE),
                suited=(WALL | Stockyard.net)
                & (Stockyard.cover | Stockyard.spray | Stockyard.water_truck),
            ),
            Stockyard.dust_free,
        ),
    ),
    (
        OPEN & Stockyard.conveys,
        (
            Stockyard.sealed,
            whole(
                "无泄漏、无散落、无飞扬", Stockyard.no_leak, Stockyard.no_spill, Stockyard.no_drift
            ),
        ),
    ),
    (
        OPEN & Stockyard.unloads,
        (
            UNLOADING.choose(
                one=Stockyard.collector | Stockyard.sprinkler,
                both=Stockyard.collector & Stockyard.sprinkler,
            ),
            Stockyard.work_dust_free,
        ),
    ),
    (
        OPEN,
        (
            Stockyard.hardened,
            Stockyard.marked,
            whole("冲洗、清扫设备", Stockyard.washer, Stockyard.sweeper),
            whole(
                "及时清除、清洗，整洁干净",
                Stockyard.cleared,
                Stockyard.roads_washed,
                Stockyard.tidy,
            ),
        ),
    ),
    (
        OPEN & Stockyard.gates.more_than("0 个"),
        (Stockyard.gates_with_wash.at_least(Stockyard.gates), Stockyard.vehicles_washed),
    ),
)

#: A yard that keeps all six; it was built before the plan, and is of an enterprise.
_GOOD = {
    Stockyard.kind: INDUSTRIAL,
    Stockyard.built_on: "2020-05-01",
    Stockyard.open: True,
    Stockyard.in_use: True,
    Stockyard.storage: "露天堆放",
    Stockyard.wall_height: "5 米",
    Stockyard.heap_height: "5 米",
    Stockyard.net: True,
    Stockyard.cover: True,
    Stockyard.spray: True,
    Stockyard.water_truck: True,
    Stockyard.dust_free: True,
    Stockyard.conveys: True,
    Stockyard.sealed: True,
    Stockyard.no_leak: True,
    Stockyard.no_spill: True,
    Stockyard.no_drift: True,
    Stockyard.unloads: True,
    Stockyard.collector: True,
    Stockyard.sprinkler: False,
    Stockyard.work_dust_free: True,
    Stockyard.hardened: True,
    Stockyard.marked: True,
    Stockyard.washer: True,
    Stockyard.sweeper: True,
    Stockyard.cleared: True,
    Stockyard.roads_washed: True,
    Stockyard.tidy: True,
    Stockyard.gates: 2,
    Stockyard.gates_with_wash: 2,
    Stockyard.vehicles_washed: True,
}


def _asked(scope: Condition, demands: tuple[Condition, ...]) -> Condition:
    """A requirement of whom it speaks; whom it does not, it asks nothing."""
    return ~scope | reduce(and_, demands)


six = Rule(
    id="pm10.stockyards-six",
    clause=TASK.clause(3, "各类露天堆场扬尘污染治理必须符合以下六项基本要求"),
    en="An open stockyard meets each of the six basic requirements that speak of it.",
    subject=Stockyard,
    applies=OPEN,
    requires=whole("六项基本要求", *(_asked(*one) for one in SIX)),
    answers=_WHOSE,
    numbers={"各类": "2023-12-31", "露天堆场": "5", "扬尘污染": "0", "治理": "3", "符合": "2"},
    speaks_of=_GOOD,
    keeps=[{}],
    breaks=[
        {Stockyard.built_on: "2024-01-01"},
        {Stockyard.spray: False},
        {Stockyard.no_spill: False},
        {Stockyard.collector: False},
        {Stockyard.marked: False},
        {Stockyard.gates_with_wash: 1},
    ],
)


def _part(
    requirement: int,
    number: int,
    name: str,
    text: str,
    en: str,
    /,
    place: int,
    *breaks: dict[Any, Any],
    numbers: dict[str, str | None] | None = None,
) -> Rule:
    """One half-sentence of a requirement: the scope of the table's row, one of its demands."""
    scope, demands = SIX[requirement - 1]
    return Rule(
        id=f"pm10.stockyards-{name}",
        clause=_REQUIREMENTS[requirement].clause(number, text),
        en=en,
        subject=Stockyard,
        applies=scope,
        requires=demands[place],
        answers=_WHOSE,
        numbers=numbers or {},
        speaks_of=_GOOD if requirement > 1 else {**_GOOD, Stockyard.built_on: "2024-01-01"},
        keeps=[{}] if requirement > 1 else [{Stockyard.storage: way} for way in _TWO_WAYS],
        breaks=breaks,
    )


stored = _part(
    1, 1, "new",
    "所有新建各类物料、废渣、垃圾等堆放场所，采用全封闭库房、天棚加围墙围挡储库等方式",
    "A new place for heaps is a closed store, or a walled one under a roof, or the like.",
    0, {Stockyard.storage: "露天堆放"},
    numbers={"新建": "2023-12-31"},
)  # fmt: skip
shielded = _part(
    2, 1, "shielded",
    "所有在用露天堆放场所，必须综合采取围墙围挡、防风抑尘网、防尘遮盖、自动喷淋装置、洒水车等措施",
    "An open yard in use has a wall, a wind screen, covers, a spray and a water truck.",
    0, {Stockyard.wall_height: "4.9 米"}, {Stockyard.net: False}, {Stockyard.cover: False},
    {Stockyard.spray: False}, {Stockyard.water_truck: False},
    numbers={"围墙围挡": "0", "等措施": "5"},
)  # fmt: skip
dust_free = _part(
    2, 2, "dust-free", "所有在用露天堆放场所 … 确保堆放物料不起尘",
    "The heaps of an open yard in use raise no dust.", 1, {Stockyard.dust_free: False},
)  # fmt: skip
sealed = _part(
    3, 1, "sealed", "所有露天堆放场所物料传送部位，必须建立密闭密封系统",
    "Where an open yard conveys material, it is sealed.", 0, {Stockyard.sealed: False},
)  # fmt: skip
nothing_lost = _part(
    3, 2, "nothing-lost", "所有露天堆放场所物料传送部位 … 确保运输过程无泄漏、无散落、无飞扬",
    "Nothing leaks, spills or drifts on the way.",
    1, {Stockyard.no_leak: False}, {Stockyard.no_spill: False}, {Stockyard.no_drift: False},
    numbers={"无泄漏、无散落、无飞扬": "3"},
)  # fmt: skip
unloading = _part(
    4, 1, "unloading", "所有露天堆放场所落料卸料部位，必须配备收尘、喷淋等防尘设施",
    "Where an open yard unloads, there is a dust collector, a spray or the like.",
    0, {Stockyard.collector: False},
)  # fmt: skip
work_dust_free = _part(
    4, 2, "work-dust-free", "所有露天堆放场所落料卸料部位 … 确保生产作业不起尘",
    "The work raises no dust.", 1, {Stockyard.work_dust_free: False},
)  # fmt: skip
hardened = _part(
    5, 1, "hardened", "所有露天堆放场所地面必须硬化处理",
    "The ground of an open yard is hardened.", 0, {Stockyard.hardened: False},
)  # fmt: skip
marked = _part(
    5, 2, "marked", "所有露天堆放场所 … 划分料区和道路界限",
    "Heaps and roads are marked off.", 1, {Stockyard.marked: False},
)  # fmt: skip
equipped = _part(
    5, 3, "equipped", "所有露天堆放场所 … 配置冲洗、清扫设备",
    "There is equipment to wash and to sweep.",
    2, {Stockyard.washer: False}, {Stockyard.sweeper: False},
    numbers={"冲洗、清扫": "2"},
)  # fmt: skip
tidy = _part(
    5, 4, "tidy", "所有露天堆放场所 … 及时清除散落物料、清洗道路，确保堆场和道路整洁干净",
    "What was spilt is cleared away, the roads are washed, and yard and roads are clean.",
    3, {Stockyard.cleared: False}, {Stockyard.roads_washed: False}, {Stockyard.tidy: False},
    numbers={"整洁干净": "3"},
)  # fmt: skip
wheel_wash = _part(
    6, 1, "wheel-wash", "所有露天堆放场所进出口，必须设置冲洗池、洗轮机等车辆冲洗设施",
    "Every gate of an open yard has a pool or a machine that washes vehicles.",
    0, {Stockyard.gates_with_wash: 1},
    numbers={"进出口": "0"},
)  # fmt: skip
vehicles_washed = _part(
    6, 2, "vehicles-washed", "所有露天堆放场所进出口 … 确保进出运输车辆除泥、冲洗到位",
    "Vehicles leave and enter washed clean.", 1, {Stockyard.vehicles_washed: False},
    numbers={"进出运输车辆": "0"},
)  # fmt: skip

_WITH_TOWNS = (*_SHARED, TOWNS)
_WHO = "市生态环境、工信、城管等相关部门以及乡镇政府（街道办事处），要对辖区内所有露天堆场"

surveyed = attestation(
    "pm10.stockyards-surveyed",
    TASK.clause(4, f"{_WHO}进行彻底排查", shared=_WITH_TOWNS),
    parts=("生态环境部门", "工信部门", "城管部门", "乡镇政府（街道办事处）"),
    numbers={"彻底": "4"},
    en="The departments and the townships have surveyed every open yard.",
)

_OPEN_YARD = {Stockyard.kind: INDUSTRIAL, Stockyard.open: True}

registered = Rule(
    id="pm10.stockyards-registered",
    clause=TASK.clause(5, f"{_WHO} … 逐一登记造册，建立规范台账", shared=_WITH_TOWNS),
    en="Every open yard is on the register and has its file.",
    subject=Stockyard,
    applies=OPEN,
    requires=whole("登记造册、建立台账", Stockyard.listed, Stockyard.filed),
    answers=_WHOSE,
    numbers={"逐一": "2"},
    speaks_of={**_OPEN_YARD, Stockyard.listed: True, Stockyard.filed: True},
    keeps=[{}],
    breaks=[{Stockyard.listed: False}, {Stockyard.filed: False}],
)

supervised = Rule(
    id="pm10.stockyards-supervised",
    clause=TASK.clause(
        6,
        f"{_WHO} … 逐个确定监管部门、监管责任人，扎实做好露天堆场扬尘污染治理工作",
        shared=_WITH_TOWNS,
    ),
    en="Of every open yard it is settled which department, and who, is in charge.",
    subject=Stockyard,
    applies=OPEN,
    requires=whole(
        "监管部门、监管责任人", Stockyard.supervisor.given(), Stockyard.supervisor_person.given()
    ),
    answers=_WHOSE,
    numbers={"逐个": "2"},
    speaks_of={
        **_OPEN_YARD,
        Stockyard.supervisor: "市生态环境局沁阳分局",
        Stockyard.supervisor_person: "李四",
    },
    keeps=[{}],
    breaks=[{Stockyard.supervisor: "待定"}, {Stockyard.supervisor_person: "无"}],
)

_USED_BY = (
    six.id,
    *(
        rule.id
        for rule in (
            stored, shielded, dust_free, sealed, nothing_lost, unloading, work_dust_free, hardened,
            marked, equipped, tidy, wheel_wash, vehicles_washed, registered, supervised,
        )
    ),
)  # fmt: skip

whose = (
    TASK.clause(
        7,
        "其中，生态环境部门会同工信部门负责工业企业内部堆场、料场、渣场等扬尘污染治理",
        shared=(EEB, MIIT),
        defines=_USED_BY,
    ),
    TASK.clause(
        8,
        "城管部门负责建筑垃圾消纳场、生活垃圾填埋场及垃圾转运站等场所扬尘污染治理",
        shared=(UM,),
        defines=_USED_BY,
    ),
    TASK.clause(
        9, "其他露天堆场扬尘污染治理工作由市人民政府确定的部门或单位负责", defines=_USED_BY
    ),
)
