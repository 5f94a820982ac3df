"""三(一) 加强组织领导: each unit has a scheme and files it; who is responsible for which action."""

from functools import partial

from airplan_core import Condition, Rule, Task, attestation, by, on, whole
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, HUC, MIIT, TOWNS, TRA, UM, UNITS
from airplan_safeguards.interpretations import MEMBERS, SCHEME
from airplan_safeguards.organisation_ledgers import FacilityProject
from airplan_safeguards.units import COMPANIES, EVERY_UNIT, EVERYBODY, WHOSE, MemberUnit

TASK = Task(id="3.1", heading="加强组织领导", campaign="safeguards", plan=QINYANG_2024)

#: Who is meant, by the reading taken.
MEANT: Condition = MemberUnit.member & (MEMBERS.takes("named") | ~MemberUnit.name.among(*COMPANIES))
#: What every rule about each unit says.
of_each_unit = partial(Rule, subject=MemberUnit, applies=MEANT, expects=EVERY_UNIT, answers=WHOSE)

#: The last day before the plan's years: what was done by then was done for another plan.
_BEFORE = "2023-12-31"

#: What they speak of, in their examples.
A_UNIT = {MemberUnit.name: "市发改委", MemberUnit.member: True}
_SCHEME = A_UNIT | {MemberUnit.realistic: True, MemberUnit.detailed: True}

# whether the plan's tasks are carried out is what every other rule asks of whoever leads them
schemes = of_each_unit(
    id="safeguards.schemes-drawn-up",
    clause=TASK.clause(
        1,
        "各乡（镇）街道办、市直有关部门要依据职责分工，制定符合实际、详尽具体的实施方案，"
        "确保各项任务和措施落到实处",
        shared=EVERYBODY,
    ),
    en="Each township and each department has a scheme of its own, real and detailed.",
    requires=whole(
        "制定、符合实际、详尽具体",
        MemberUnit.issued_on.happened() & MemberUnit.issued_on.happened_after(_BEFORE),
        MemberUnit.realistic,
        MemberUnit.detailed,
    ),
    due=by("2024-09-30"),
    dated=SCHEME.takes("filing"),
    numbers={"各项任务": _BEFORE, "制定": "2024-09-30", "详尽具体": "3"},
    speaks_of=_SCHEME,
    keeps=[{MemberUnit.issued_on: "2024-09-30"}],
    breaks=[
        {MemberUnit.issued_on: "never"},
        {MemberUnit.issued_on: "2023-12-31"},
        {MemberUnit.issued_on: "2024-09-30", MemberUnit.realistic: False},
        {MemberUnit.issued_on: "2024-09-30", MemberUnit.detailed: False},
    ],
)

general = (
    TASK.clause(
        2,
        "各乡（镇）街道办要对本辖区空气质量负总责",
        lead=(TOWNS,),
        excused="says who answers for the air of an area: 1.2-8 and 1.2-16 say how good it is to "
        "be, and every bracket who does what",
    ),
    TASK.clause(
        3,
        "各有关部门要认真履行监管责任，及时出台相关政策，加强统筹协调",
        shared=(UNITS,),
        excused="names no policy and no day; what each department is to do is in the tasks",
    ),
)


def _action(number: int, name: str, text: str, en: str, *lead: str) -> Rule:
    """An action that a department is responsible for: whether it is carried out is recorded."""
    return attestation(
        f"safeguards.{name}",
        TASK.clause(number, text, lead=lead),
        en=en,
    )


# what each consists of is in other chapters, with leads of their own (2.4.3 has another, I-35)
coal = _action(
    4, "coal-action", "发改部门负责实施煤炭消费总量控制行动",
    "The Development and Reform Commission carries out the action on coal.", DRC,
)  # fmt: skip
outdated = _action(
    5, "outdated-capacity-action", "工信部门负责实施落后产能淘汰退出行动",
    "The bureau of industry carries out the action on outdated capacity.", MIIT,
)  # fmt: skip
transport = _action(
    6, "clean-transport-action", "交通部门负责实施交通运输清洁行动",
    "The transport bureau carries out the action on clean transport.", TRA,
)  # fmt: skip
ultra_low = _action(
    7, "ultra-low-action", "生态环境部门负责实施重点行业超低排放改造行动",
    "The bureau of the environment carries out the action on ultra-low emission.", EEB,
)  # fmt: skip
dust = _action(
    8, "dust-action", "住建、城管等部门负责实施扬尘面源污染综合防治行动",
    "The bureaus of housing and of urban management carry out the action on dust.", HUC, UM,
)  # fmt: skip

effect = (
    TASK.clause(9, "推动各项措施落地见效", excused="says what the division of work is for"),
    TASK.clause(
        10,
        "各有关企业、单位要抢抓机遇、积极主动，依法履行治污主体责任",
        excused="asks for a bearing; what the law asks of whom is in the tasks",
    ),
)

#: What was finished before the plan's years is none of the projects that it goes on with.
_UNDER_THE_PLAN: Condition = ~FacilityProject.finished_on.happened_by(_BEFORE)
_BEING_BUILT = {FacilityProject.finished_on: "never"}

safety = Rule(
    id="safeguards.projects-assessed-for-safety",
    clause=TASK.clause(11, "强化建设项目安全评估、培训"),
    en="A project of an environmental facility is assessed for safety, and people are trained.",
    subject=FacilityProject,
    applies=_UNDER_THE_PLAN,
    requires=whole("安全评估、培训", FacilityProject.assessed, FacilityProject.trained),
    numbers={"建设项目": _BEFORE, "评估、培训": "2"},
    speaks_of=_BEING_BUILT | {FacilityProject.assessed: True, FacilityProject.trained: True},
    keeps=[{}],
    breaks=[{FacilityProject.assessed: False}, {FacilityProject.trained: False}],
)
_TO_HIGH_STANDARDS = TASK.clause(
    12,
    "在确保安全生产的前提下，高标准、高要求推进各项环保设施项目建设，确保治理到位、排放达标、管控及时",
)
safely = Rule(
    id="safeguards.projects-built-safely",
    clause=_TO_HIGH_STANDARDS,
    en="Production is kept safe while an environmental facility is built.",
    subject=FacilityProject,
    applies=_UNDER_THE_PLAN,
    requires=FacilityProject.safe,
    numbers={"项目建设": _BEFORE},
    speaks_of=_BEING_BUILT,
    keeps=[{FacilityProject.safe: True}],
    breaks=[{FacilityProject.safe: False}],
)
effective = Rule(
    id="safeguards.projects-effective",
    clause=_TO_HIGH_STANDARDS,
    en="What has been built treats, keeps to its limits, and controls in time.",
    subject=FacilityProject,
    applies=FacilityProject.finished_on.happened_after(_BEFORE),
    requires=whole(
        "治理到位、排放达标、管控及时",
        FacilityProject.treated,
        FacilityProject.within_limits,
        FacilityProject.controlled,
    ),
    numbers={"项目建设": _BEFORE, "管控及时": "3"},
    speaks_of=on(
        "2024-06-01",
        {
            FacilityProject.finished_on: "2024-05-31",
            FacilityProject.treated: True,
            FacilityProject.within_limits: True,
            FacilityProject.controlled: True,
        },
    ),
    keeps=[{}],
    breaks=[
        {FacilityProject.treated: False},
        {FacilityProject.within_limits: False},
        {FacilityProject.controlled: False},
    ],
)

filed = of_each_unit(
    id="safeguards.schemes-filed",
    clause=TASK.clause(
        13,
        "各乡（镇）街道办、各成员单位要于2024年9月底前将具体实施方案报市环境攻坚办备案",
        shared=EVERYBODY,
    ),
    en="Each township and each member unit files its scheme with the office by 2024-09-30.",
    requires=MemberUnit.filed_on.happened() & MemberUnit.filed_on.happened_after(_BEFORE),
    due=by("2024-09-30"),
    numbers={"具体实施方案": _BEFORE},
    speaks_of=A_UNIT,
    keeps=[{MemberUnit.filed_on: "2024-09-30"}, {MemberUnit.filed_on: "2024-01-01"}],
    breaks=[{MemberUnit.filed_on: "never"}, {MemberUnit.filed_on: "2023-12-31"}],
)
