"""二(七)3 加强重点行业无组织排放管控: three links treated in depth, “五到位、一密闭”."""

from airplan_core import Condition, Count, Flag, Rule, Task, one_each, whole
from airplan_fugitive.interpretations import OPEN_YARDS
from airplan_fugitive.ledgers import FugitiveProfile, MaterialStore
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, MIIT

TASK = Task(
    id="2.7.3",
    heading="加强重点行业无组织排放管控",
    campaign="fugitive",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(MIIT,),
)

_A_YARD = {FugitiveProfile.key: True, FugitiveProfile.has_yard: True}
_DONE = {
    FugitiveProfile.transport_on: "2023-12-01",
    FugitiveProfile.process_on: "2023-12-01",
    FugitiveProfile.yard_on: "2023-12-01",
}
#: 完成 has no date (I-60): it is asked for on whatever day is asked about.
deep_treatment = Rule(
    id="fugitive.deep-treatment",
    clause=TASK.clause(1, "全市重点工业企业完成物料运输、生产工艺、堆场环节的无组织排放深度治理"),
    en="Key enterprises have completed the deep treatment of transport, process and stockyard.",
    subject=FugitiveProfile,
    applies=FugitiveProfile.key,
    requires=whole(
        "物料运输、生产工艺、堆场",
        FugitiveProfile.transport_on.happened(),
        FugitiveProfile.process_on.happened(),
        # without a stockyard there is nothing of it to treat
        FugitiveProfile.yard_on.happened() | ~FugitiveProfile.has_yard,
    ),
    numbers={"物料运输、生产工艺、堆场": "3"},
    speaks_of=_A_YARD | _DONE,
    keeps=[{}, {FugitiveProfile.has_yard: False, FugitiveProfile.yard_on: "never"}],
    breaks=[{one: "never"} for one in _DONE],
)

#: What lies open in a yard that (二)4 regulates is open all the same, but for one reading (I-63).
ENCLOSED: Condition = MaterialStore.enclosed | (
    OPEN_YARDS.takes("tolerated") & MaterialStore.yard.open & MaterialStore.yard.in_use
)
NOT_ENCLOSED = Count(
    id="fugitive.stores-not-enclosed", zh="未密闭的易产尘物料燃料贮存点数",
    en="dusty stores that are not enclosed", unit="处", of=MaterialStore.profile,
    where=MaterialStore.dusty & ~ENCLOSED, observed=True, better="less",
)  # fmt: skip

_ALL_SIX = {
    FugitiveProfile.key: True,
    FugitiveProfile.bare: True,
    FugitiveProfile.collected: True,
    FugitiveProfile.suppressed: True,
    FugitiveProfile.swept: True,
    FugitiveProfile.greened: True,
    FugitiveProfile.monitored: True,
    NOT_ENCLOSED: "0 处",
}
_FIVE = (
    FugitiveProfile.collected,
    FugitiveProfile.suppressed,
    FugitiveProfile.swept,
    FugitiveProfile.greened,
    FugitiveProfile.monitored,
)
five_and_one = Rule(
    id="fugitive.five-and-one",
    clause=TASK.clause(2, "全面实现“五到位、一密闭”"),
    en="A key enterprise has five things in place and one enclosed.",
    subject=FugitiveProfile,
    applies=FugitiveProfile.key,
    requires=whole(
        "五到位、一密闭",
        FugitiveProfile.collected,
        FugitiveProfile.suppressed,
        FugitiveProfile.swept,
        # where no land is bare, none is left to be greened
        FugitiveProfile.greened | ~FugitiveProfile.bare,
        FugitiveProfile.monitored,
        NOT_ENCLOSED.at_most("0 处"),
    ),
    numbers={"五到位、一密闭": "6", "全面": "0"},
    speaks_of=_ALL_SIX,
    keeps=[{}, {FugitiveProfile.bare: False, FugitiveProfile.greened: False}],
    breaks=[*({one: False} for one in _FIVE), {NOT_ENCLOSED: "1 处"}],
)


def _in_place(number: int, name: str, text: str, en: str, asked: Flag, applies: Condition) -> Rule:
    """One of the five, a sentence of its own."""
    return Rule(
        id=f"fugitive.{name}",
        clause=TASK.clause(number, text),
        en=en,
        subject=FugitiveProfile,
        applies=applies,
        requires=asked,
        speaks_of=_ALL_SIX,
        keeps=[{}],
        breaks=[{asked: False}],
    )


_KEY = FugitiveProfile.key
five = (
    _in_place(
        3, "dust-collected", "生产过程收尘到位", "Dust is collected in production.",
        FugitiveProfile.collected, _KEY,
    ),
    _in_place(
        4, "transport-suppressed", "物料运输抑尘到位",
        "Dust is suppressed where materials are moved.", FugitiveProfile.suppressed, _KEY,
    ),
    _in_place(
        5, "roads-swept", "厂区道路除尘到位", "The plant's roads are kept free of dust.",
        FugitiveProfile.swept, _KEY,
    ),
    _in_place(
        6, "bare-land-greened", "裸露土地绿化到位", "Bare land is greened.",
        FugitiveProfile.greened, _KEY & FugitiveProfile.bare,
    ),
    _in_place(
        7, "fugitive-monitored", "无组织排放监控到位", "Fugitive emission is monitored.",
        FugitiveProfile.monitored, _KEY,
    ),
)  # fmt: skip

enclosed = Rule(
    id="fugitive.stores-enclosed",
    clause=TASK.clause(8, "厂区内贮存的各类易产生粉尘的物料及燃料全部密闭"),
    en="Every material and fuel that raises dust is stored enclosed.",
    subject=MaterialStore,
    applies=MaterialStore.profile.key & MaterialStore.dusty,
    requires=ENCLOSED,
    expects=(one_each(MaterialStore.profile),),
    speaks_of={MaterialStore.profile.key: True, MaterialStore.dusty: True},
    keeps=[{MaterialStore.enclosed: True}],
    breaks=[{MaterialStore.enclosed: False}],
)
