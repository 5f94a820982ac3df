"""二(八)5 高值热点管理: a list with grades, and a loop that each spot goes through step by step."""

from airplan_core import Condition, Count, Event, Rule, Task, attestation, by, on, one_each, whole
from airplan_emergency.spot_interpretations import DEADLINES, FINE, SUPERVISED
from airplan_emergency.spot_ledgers import HotSpot, HotSpotRound as Round
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB

TASK = Task(
    id="2.8.5", heading="加强高值热点管理", campaign="emergency", plan=QINYANG_2024, lead=(EEB,)
)

_BEFORE = "2023-12-31"

mechanism = attestation(
    "emergency.hot-spot-mechanism",
    TASK.clause(1, "严格落实空气质量监测数据高值热点管理机制"),
    en="The mechanism for hot spots in the readings is kept to strictly.",
)

_LIST = TASK.clause(2, "建立高值热点管理清单，实行分级精细化管理")

listed = attestation(
    "emergency.hot-spot-list", _LIST, en="There is a list of hot spots that are managed."
)
graded = Rule(
    id="emergency.hot-spots-graded",
    clause=_LIST,
    en="Each spot on the list has its grade, and a measure of its own.",
    subject=HotSpot,
    requires=FINE.choose(
        both=whole("分级、精细化", HotSpot.grade.given(), HotSpot.measure.given()),
        grade=HotSpot.grade.given(),
    ),
    numbers={"分级精细化": "2"},
    speaks_of={HotSpot.grade: "一级", HotSpot.measure: "周边工地错峰作业"},
    keeps=[{}, FINE.read_as("grade", {HotSpot.measure: "无"})],
    breaks=[{HotSpot.grade: "无"}, {HotSpot.measure: "无"}],
)

_LOOP = TASK.clause(3, "构建全链条“发现交办、整改反馈、复核督办、约谈问责”的闭环管理体系")
_FOUND = Round.found_on.happened_after(_BEFORE)
_ENTERED = (one_each(Round.spot),)


def _not_before(step: Event, former: Event) -> Condition:
    """What has been taken was taken no sooner than the step that goes before it."""
    return ~step.happened() | step.happened_from(former)


#: One round, to its end and well: found, assigned, mended, reported, looked at again.
_ROUND = {
    Round.found_on: "2024-05-01",
    Round.assigned_on: "2024-05-02",
    Round.mended_on: "2024-05-10",
    Round.reported_on: "2024-05-11",
    Round.rechecked_on: "2024-05-15",
    Round.passed: True,
    Round.supervised_on: "never",
    Round.interviewed_on: "never",
    Round.accountable_on: "never",
    Round.returned_on: "never",
}

# who is late is supervised before anything was mended: 督办 follows the assignment
in_order = Rule(
    id="emergency.hot-spot-steps-in-order",
    clause=_LOOP,
    en="The steps of a round are taken in their order.",
    subject=Round,
    applies=_FOUND,
    requires=whole(
        "发现交办、整改反馈、复核督办、约谈问责",
        _not_before(Round.assigned_on, Round.found_on),
        _not_before(Round.mended_on, Round.assigned_on),
        _not_before(Round.reported_on, Round.mended_on),
        _not_before(Round.rechecked_on, Round.reported_on),
        _not_before(Round.supervised_on, Round.assigned_on),
        _not_before(Round.interviewed_on, Round.supervised_on),
        _not_before(Round.accountable_on, Round.interviewed_on),
    ),
    expects=_ENTERED,
    numbers={"构建": _BEFORE, "全链条": "7"},
    speaks_of=on("2024-07-01", _ROUND),
    keeps=[{}, {Round.mended_on: "2024-05-02"}, {Round.rechecked_on: "2024-05-11"}],
    breaks=[
        {Round.mended_on: "2024-05-01"},
        {Round.assigned_on: "never"},
        {Round.reported_on: "2024-05-09"},
        {Round.rechecked_on: "2024-05-10"},
        {Round.interviewed_on: "2024-06-01"},
    ],
)

assigned = Rule(
    id="emergency.hot-spots-assigned",
    clause=_LOOP,
    en="What is found is assigned to somebody by the next day.",
    subject=Round,
    applies=DEADLINES.takes("days") & _FOUND,
    requires=Round.assigned_on.happened(),
    due=by(Round.found_on.plus(days=1)),
    expects=_ENTERED,
    numbers={"构建": _BEFORE, "交办": "1"},
    speaks_of={Round.found_on: "2024-05-01"},
    keeps=[{Round.assigned_on: "2024-05-02"}],
    breaks=[{Round.assigned_on: "never"}],
)

_MENDED = whole("整改、反馈", Round.mended_on.happened(), Round.reported_on.happened())
_ASSIGNED = {Round.found_on: "2024-05-01", Round.assigned_on: "2024-05-02"}

mended = Rule(
    id="emergency.hot-spots-mended",
    clause=_LOOP,
    en="What is assigned is mended, and reported back, within 15 days.",
    subject=Round,
    applies=DEADLINES.takes("days") & _FOUND,
    requires=_MENDED,
    due=by(Round.assigned_on.plus(days=15)),
    expects=_ENTERED,
    numbers={"构建": _BEFORE, "整改": "15", "反馈": "2"},
    speaks_of=_ASSIGNED,
    keeps=[{Round.mended_on: "2024-05-17", Round.reported_on: "2024-05-17"}],
    breaks=[{Round.mended_on: "2024-05-17", Round.reported_on: "never"}],
)
mended_by_own_day = Rule(
    id="emergency.hot-spots-mended-by-own-day",
    clause=_LOOP,
    en="What is assigned is mended, and reported back, by the day that the assignment sets.",
    subject=Round,
    applies=DEADLINES.takes("own") & _FOUND,
    requires=_MENDED,
    due=by(Round.due_on.plus(days=0)),
    expects=_ENTERED,
    numbers={"反馈": "2"},
    speaks_of=DEADLINES.read_as("own", _ASSIGNED | {Round.due_on: "2024-05-20"}),
    keeps=[{Round.mended_on: "2024-05-17", Round.reported_on: "2024-05-20"}],
    breaks=[{Round.mended_on: "2024-05-17", Round.reported_on: "never"}],
)
rechecked = Rule(
    id="emergency.hot-spots-rechecked",
    clause=_LOOP,
    en="What is reported as mended is looked at again within 7 days.",
    subject=Round,
    applies=DEADLINES.takes("days") & _FOUND,
    requires=Round.rechecked_on.happened(),
    due=by(Round.reported_on.plus(days=7)),
    expects=_ENTERED,
    numbers={"构建": _BEFORE, "复核": "7"},
    speaks_of=_ASSIGNED | {Round.reported_on: "2024-05-11"},
    keeps=[{Round.rechecked_on: "2024-05-18"}],
    breaks=[{Round.rechecked_on: "never"}],
)

#: Found unmended, or come back since: from the day after.
FAILED = _FOUND & (
    Round.rechecked_on.at_least_ago(days=1) & ~Round.passed | Round.returned_on.at_least_ago(days=1)
)

supervised = Rule(
    id="emergency.hot-spots-supervised",
    clause=_LOOP,
    en="A spot that is found unmended, or comes back, is supervised.",
    subject=Round,
    applies=SUPERVISED.choose(failed=FAILED, every=_FOUND & Round.rechecked_on.happened()),
    requires=SUPERVISED.choose(
        failed=Round.supervised_on.happened(),
        every=whole(
            "督办、约谈、问责",
            Round.supervised_on.happened(),
            Round.interviewed_on.happened(),
            Round.accountable_on.happened(),
        ),
    ),
    expects=_ENTERED,
    numbers={"构建": _BEFORE, "督办": "1"},
    speaks_of=on("2024-07-01", _ROUND | {Round.passed: False}),
    keeps=[{Round.supervised_on: "2024-05-16"}],
    breaks=[
        {},
        {Round.passed: True, Round.returned_on: "2024-06-01"},
        SUPERVISED.read_as("every", {Round.passed: True, Round.supervised_on: "2024-05-16"}),
    ],
)

ROUNDS = Count(
    id="emergency.hot-spot-rounds", zh="处置轮次", en="rounds", unit="次", of=Round.spot,
    where=_FOUND, better="neither",
)  # fmt: skip
FAILURES = Count(
    id="emergency.hot-spot-failures", zh="复核不通过或反弹次数", en="rounds that failed",
    unit="次", of=Round.spot, where=FAILED, better="less",
)  # fmt: skip
ACCOUNTS = Count(
    id="emergency.hot-spot-accounts", zh="约谈问责次数", en="rounds with an interview", unit="次",
    of=Round.spot, where=Round.interviewed_on.happened() & Round.accountable_on.happened(),
    better="more",
)  # fmt: skip

again = Rule(
    id="emergency.hot-spots-taken-up-again",
    clause=_LOOP,
    en="A spot that failed, or came back, is taken up again in a round of its own.",
    subject=HotSpot,
    applies=FAILURES.at_least("1 次"),
    # each that failed is followed by another
    requires=ROUNDS.more_than(FAILURES),
    numbers={"闭环": "1"},
    speaks_of={FAILURES: "1 次"},
    keeps=[{ROUNDS: "2 次"}],
    breaks=[{ROUNDS: "1 次"}],
)
accountable = Rule(
    id="emergency.hot-spots-accounted-for",
    clause=_LOOP,
    en="Where a spot fails a second time, somebody is interviewed and held to account.",
    subject=HotSpot,
    applies=SUPERVISED.takes("failed") & FAILURES.at_least("2 次"),
    requires=ACCOUNTS.at_least("1 次"),
    numbers={"约谈": "1", "问责": "2"},
    speaks_of={FAILURES: "2 次"},
    keeps=[{ACCOUNTS: "1 次"}],
    breaks=[{ACCOUNTS: "0 次"}],
)

techniques = attestation(
    "emergency.hot-spot-techniques",
    TASK.clause(4, "加强无人机等多种技术手段应用，提升高值热点预报预警和污染溯源能力"),
    parts=("无人机等多种技术手段", "预报预警能力", "污染溯源能力"),
    numbers={"和": "3"},
    en="Drones and other means are used more, to foresee hot spots and to trace what makes them.",
)
