"""二(五)4 实施差异化减排: who is let off in peaks of ozone, key industries, faulty processes.

Three sentences let off who has one of three grounds, on the days of a peak: from every rule of the
kinds 生产调控 and 应急减排, in whatever chapter. A fault that is found goes before (I-51).
"""

from airplan_core import (
    Condition,
    Count,
    County,
    Rule,
    Task,
    Waiver,
    amid,
    attestation,
    during,
    one_each,
    whole,
)
from airplan_ozone.cut_ledgers import (
    EFFICIENT,
    OTHER_EFFICIENT,
    CutGround,
    CutProfile,
    EnterprisePeak,
    PositiveList,
    ProcessPeak,
    VocProcess,
)
from airplan_ozone.petrol_interpretations import (
    DIFFERENTIATED,
    FAULT_FIRST,
    GRADES,
    GROUNDS,
    LIST_UPDATED,
    MARKS,
    TECHNOLOGY_ETC,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB
from airplan_qinyang.grades import LEADING, A, PerformanceGrade

TASK = Task(id="2.5.4", heading="实施差异化减排", campaign="ozone", plan=QINYANG_2024, lead=(EEB,))

#: The kinds of measure that a sentence of this task lets off from.
CONTROL, EMERGENCY = "生产调控", "应急减排"

_LIST = TASK.clause(1, "完善季节性VOCs强化减排措施正面清单，加强差异化精细化管理")

EDITIONS = Count(
    id="ozone.positive-lists", zh="正面清单完善次数", en="editions of the positive list",
    unit="次", of=PositiveList.county, on=PositiveList.issued_on, better="more",
)  # fmt: skip
#: Under the plan, in whichever of its years.
EDITIONS_EVER = Count(
    id="ozone.positive-lists-ever", zh="方案实施以来正面清单完善次数",
    en="editions of the positive list under the plan", unit="次", of=PositiveList.county,
    where=PositiveList.issued_on.happened_after("2023-12-31"), better="more",
)  # fmt: skip

positive_list = Rule(
    id="ozone.positive-list",
    clause=_LIST,
    en="The positive list for the season's stronger cuts of VOCs is brought up to date each year.",
    subject=County,
    applies=LIST_UPDATED.takes("yearly"),
    requires=EDITIONS.at_least("1 次"),
    due=during(2024, 2025),
    numbers={"完善": "1", "季节性": "2024-12-31", "正面清单": "2025-12-31"},
    keeps=[{EDITIONS: "1 次"}],
    breaks=[{EDITIONS: "0 次"}],
)
positive_list_once = Rule(
    id="ozone.positive-list-once",
    clause=_LIST,
    en="The positive list for the season's stronger cuts of VOCs was improved under the plan.",
    subject=County,
    applies=LIST_UPDATED.takes("once"),
    requires=EDITIONS_EVER.at_least("1 次"),
    numbers={"完善": "1"},
    speaks_of=LIST_UPDATED.read_as("once", {}),
    keeps=[{EDITIONS_EVER: "1 次"}],
    breaks=[{EDITIONS_EVER: "0 次"}],
)
management = attestation(
    "ozone.differentiated-management",
    _LIST,
    en="Management is differentiated and finer than before.",
)

_PEAK = amid(EnterprisePeak.issued_by.given(), zh="臭氧污染高峰时段", en="peak of ozone")
_PROCESS_PEAK = amid(ProcessPeak.issued_by.given(), zh="臭氧污染高峰时段", en="peak of ozone")


def _efficient(of: type[CutGround] | type[VocProcess], *technologies: str) -> Condition:
    """Efficient treatment that keeps to its specification and, at any time, to its limits."""
    return of.treatment.among(*EFFICIENT, *technologies) & of.conforms & of.stable


REPLACED = amid(CutGround.replaced, zh="全面完成VOCs源头替代", en="all VOC sources replaced")
TREATED = TECHNOLOGY_ETC.choose(
    open=amid(
        _efficient(CutGround, OTHER_EFFICIENT), zh="高效治理且稳定达标", en="efficient treatment"
    ),
    listed=amid(
        _efficient(CutGround), zh="所列高效治理且稳定达标", en="efficient treatment that is listed"
    ),
)
PROCESS_TREATED = TECHNOLOGY_ETC.choose(
    open=_efficient(VocProcess, OTHER_EFFICIENT), listed=_efficient(VocProcess)
)
GRADE_A = amid(PerformanceGrade.grade.is_(A), zh="绩效分级A级", en="grade A")
GRADE_LEADING = amid(PerformanceGrade.grade.is_(LEADING), zh="绩效引领性", en="leading")
GRADED = GRADES.choose(either=GRADE_A | GRADE_LEADING, both=GRADE_A & GRADE_LEADING)

#: The rule of 2.5.4-7, which is of faults, and that of 2.5.4-6 which is of what is taken.
_CONTROLLED = "ozone.faulty-processes-controlled"
_TAKEN = "ozone.differentiated-measures-carried-out"


def _let_off(name: str, ground: Condition) -> tuple[Waiver, ...]:
    """Whoever has a ground is let off in peaks; from control for a fault, by one reading only."""
    when = _PEAK & GROUNDS.choose(any=ground, all=REPLACED & TREATED & GRADED)
    return (
        Waiver(name, EMERGENCY, when, but=(_TAKEN,)),
        Waiver(name, EMERGENCY, DIFFERENTIATED.takes("emergency") & when),
        Waiver(name, CONTROL, when, but=(_CONTROLLED,)),
        Waiver(name, CONTROL, FAULT_FIRST.takes("exemption") & when),
    )


_MAY = " … 在臭氧污染高峰时段，可不采取生产调控或应急减排措施"

let_off = (
    TASK.clause(
        2,
        f"对全面完成VOCs源头替代的企业{_MAY}",
        en="Who has replaced all sources of VOCs is let off in peaks of ozone.",
        waives=_let_off("source-replacement", REPLACED),
    ),
    TASK.clause(
        3,
        "采用蓄热燃烧、催化燃烧、分散式吸附+移动式再生等高效治理技术，符合相关技术规范要求并稳定达标排放的"
        f"企业或工序{_MAY}",
        en="So is who treats them efficiently, or the process that is treated so.",
        waives=(
            *_let_off("efficient-treatment", TREATED),
            Waiver(
                "efficient-process",
                CONTROL,
                FAULT_FIRST.takes("exemption")
                & GROUNDS.takes("any")
                & _PROCESS_PEAK
                & PROCESS_TREATED,
            ),
        ),
    ),
    TASK.clause(
        4,
        f"被评为绩效分级A级和绩效引领性的企业{_MAY}",
        en="So is who is rated A, or leading.",
        waives=_let_off("performance-grade", GRADED),
    ),
)

_A_KEY_ONE = (
    CutProfile.emits
    & CutProfile.key
    & MARKS.choose(
        any=CutProfile.large | CutProfile.concentrated | CutProfile.reactive,
        all=CutProfile.large & CutProfile.concentrated & CutProfile.reactive,
    )
)
_KEY = {CutProfile.emits: True, CutProfile.key: True, CutProfile.large: True}

listed = Rule(
    id="ozone.key-industries-listed",
    clause=TASK.clause(
        5,
        "对涉VOCs排放量大、排放浓度高、主要组分臭氧生成潜势较高的重点行业，纳入重点治理和臭氧污染天气强化"
        "减排名录",
    ),
    en="Key industries that emit much, or concentrated, or reactive VOCs are on both lists.",
    subject=CutProfile,
    applies=_A_KEY_ONE,
    requires=whole(
        "重点治理、臭氧污染天气强化减排名录", CutProfile.treatment_listed, CutProfile.ozone_listed
    ),
    numbers={"名录": "2"},
    speaks_of={**_KEY, CutProfile.treatment_listed: True, CutProfile.ozone_listed: True},
    keeps=[{}],
    breaks=[{CutProfile.treatment_listed: False}, {CutProfile.ozone_listed: False}],
)

_MEASURES = TASK.clause(6, "结合生产工艺特点和污染排放情况，实施差异化管控措施")

# 可不采取 lets off from taking a measure, and not from having one that fits
measures = Rule(
    id="ozone.differentiated-measures",
    clause=_MEASURES,
    en="Each of them has a measure that fits its process and its emission.",
    subject=CutProfile,
    applies=_A_KEY_ONE,
    requires=whole(
        "差异化管控措施",
        CutProfile.measure.given(),
        CutProfile.by_process,
        CutProfile.by_emission,
    ),
    numbers={"管控措施": "3"},
    speaks_of={
        **_KEY,
        CutProfile.measure: "臭氧高峰时段喷涂工序错峰",
        CutProfile.by_process: True,
        CutProfile.by_emission: True,
    },
    keeps=[{}],
    breaks=[
        {CutProfile.measure: "无"},
        {CutProfile.by_process: False},
        {CutProfile.by_emission: False},
    ],
)
carried_out = Rule(
    id=_TAKEN,
    clause=_MEASURES,
    en="Each of them carries out its measure.",
    subject=CutProfile,
    kinds=(EMERGENCY,),
    applies=_A_KEY_ONE,
    requires=CutProfile.carried_out,
    speaks_of=_KEY,
    keeps=[{CutProfile.carried_out: True}],
    breaks=[{CutProfile.carried_out: False}],
)

controlled = Rule(
    id=_CONTROLLED,
    clause=TASK.clause(
        7,
        "对治理设施低效、治理设施不正常运行及无组织排放问题突出的VOCs涉气工序实施生产调控措施",
    ),
    en="A process whose treatment is inefficient or does not work, or with prominent fugitive "
    "emission, is put under production control.",
    subject=VocProcess,
    kinds=(CONTROL,),
    # 及 joins three kinds of process: each of the faults is enough
    applies=VocProcess.profile.emits
    & (VocProcess.inefficient | VocProcess.abnormal | VocProcess.fugitive),
    requires=VocProcess.controlled,
    expects=(one_each(VocProcess.profile),),
    speaks_of={VocProcess.profile.emits: True, VocProcess.fugitive: True},
    keeps=[{VocProcess.controlled: True}],
    breaks=[{VocProcess.controlled: False}],
)
