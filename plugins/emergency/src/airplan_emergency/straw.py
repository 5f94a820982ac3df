"""二(八)4 秸秆综合利用和禁烧: 95 % of what can be collected is used, fires have consequences."""

from airplan_core import County, Rule, Task, attestation, during, whole
from airplan_emergency.spot_interpretations import SANCTIONS
from airplan_emergency.straw_ledgers import StrawAccount, StrawFire
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import AGR, EEB, FIN, NR

TASK = Task(
    id="2.8.4",
    heading="加强秸秆综合利用和禁烧",
    campaign="emergency",
    plan=QINYANG_2024,
    lead=(AGR,),
    cooperating=(FIN, NR, EEB),
)

#: The whole county: every township's row of the year, added up.
COLLECTABLE = StrawAccount.collectable.sum(
    id="emergency.straw-collectable", zh="秸秆可收集量", en="straw that can be collected",
    of=StrawAccount.township.county, on=StrawAccount.ends_on, observed=True, better="neither",
)  # fmt: skip
USED = StrawAccount.used.sum(
    id="emergency.straw-used", zh="秸秆利用量", en="straw used",
    of=StrawAccount.township.county, on=StrawAccount.ends_on, observed=True, better="more",
)  # fmt: skip

_RATE = "2024、2025年，全市秸秆综合利用率达到95%以上"

# both years stand in one sentence; each is a place of its own
rate = Rule(
    id="emergency.straw-used",
    clause=TASK.clause(1, _RATE),
    also=(TASK.clause(2, _RATE),),
    en="In each year at least 95 % of the straw that can be collected is put to use.",
    subject=County,
    requires=(USED / COLLECTABLE).at_least("95 %"),
    due=during(2024, 2025),
    numbers={"2024、": "2024-12-31"},
    speaks_of={COLLECTABLE: "20000 吨"},
    keeps=[{USED: "19000 吨"}, {USED: "23000 吨"}],
    breaks=[{USED: "18999 吨"}],
)

supervision = attestation(
    "emergency.straw-supervision",
    TASK.clause(3, "完善网格化监管体系，综合运用视频监控等技术手段强化日常监管"),
    parts=("网格化监管体系", "视频监控等技术手段"),
    numbers={"综合": "2"},
    en="Supervision by grid is complete, and video and other means make it stronger each day.",
)
assessment = attestation(
    "emergency.straw-accountability",
    TASK.clause(4, "落实秸秆禁烧目标责任考核和奖惩制度"),
    parts=("目标责任考核", "奖惩制度"),
    numbers={"和": "2"},
    en="Whoever answers for the ban on burning straw is assessed, rewarded and punished.",
)

_THREE = (StrawFire.interviewed, StrawFire.charged, StrawFire.punished)

#: No sentence states the ban itself: what is asked is that a fire has consequences.
sanctions = Rule(
    id="emergency.straw-fires-sanctioned",
    clause=TASK.clause(5, "严格执行问责约谈、经济处罚、行政处罚等措施"),
    en="Whoever answers for a fire of straw is interviewed, charged, punished or otherwise held "
    "to account.",
    subject=StrawFire,
    applies=StrawFire.straw & StrawFire.found_on.happened_after("2023-12-31"),
    requires=SANCTIONS.choose(
        any=_THREE[0] | _THREE[1] | _THREE[2] | StrawFire.other,
        each=whole("问责约谈、经济处罚、行政处罚", *_THREE),
    ),
    numbers={"严格执行": "2023-12-31"},
    speaks_of={
        StrawFire.straw: True,
        StrawFire.found_on: "2024-01-01",
        **dict.fromkeys((*_THREE, StrawFire.other), False),
    },
    keeps=[
        *({one: True} for one in (*_THREE, StrawFire.other)),
        SANCTIONS.read_as("each", dict.fromkeys(_THREE, True)),
    ],
    breaks=[{}, SANCTIONS.read_as("each", {_THREE[0]: True, StrawFire.other: True})],
)
