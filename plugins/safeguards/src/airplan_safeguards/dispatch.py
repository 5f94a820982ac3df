"""三(三) 严格督导考核: meetings, weekly dispatch and circulars, reports of each unit, appraisal."""

from typing import Any

from airplan_core import Count, County, Entity, Interpretation, Rule, Task, attestation, on, whole
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EAO, TOWNS, UNITS
from airplan_safeguards.dispatch_ledgers import (
    Appraisal,
    Circular,
    Dispatch,
    WorkMeeting,
    WorkReport,
)
from airplan_safeguards.interpretations import (
    CAUSES,
    CIRCULARS,
    CRITICISED,
    MEETINGS,
    REPORTS,
)
from airplan_safeguards.organisation import A_UNIT, MEANT
from airplan_safeguards.units import EVERY_UNIT, EVERYBODY, WHOSE, WHOSE_KIND, MemberUnit
from airplan_safeguards.weeks import asked

TASK = Task(id="3.3", heading="严格督导考核", campaign="safeguards", plan=QINYANG_2024, lead=(EAO,))


def _each_week(
    name: str,
    counted: Count,
    regular: Interpretation | None = None,
    subject: type[Entity] = County,
    **more: Any,
) -> tuple[Rule, ...]:
    """One at least in each week, or month, by the reading taken; each stands for itself."""
    when, given = more.pop("when", None), more.pop("given", {})
    en = more.pop("en")
    return tuple(
        Rule(
            id=f"safeguards.{name}{way.suffix}",
            en=en + way.more,
            subject=subject,
            applies=way.when if when is None else way.when & when,
            requires=counted.at_least("1 次"),
            due=way.due,
            speaks_of=way.speaks_of(given),
            keeps=[{counted: "1 次"}],
            breaks=[{counted: "0 次"}],
            **more,
        )
        for way in asked(regular)
    )


_MEETING = TASK.clause(1, "建立例会制度，定期召开工作例会，研究解决工作中存在的问题")

HELD = Count(
    id="safeguards.meetings", zh="工作例会次数", en="meetings", unit="次", of=WorkMeeting.county,
    on=WorkMeeting.held_on, where=WorkMeeting.studied, better="more",
)  # fmt: skip

meeting_system = attestation(
    "safeguards.meeting-system", _MEETING, en="There is a system of regular meetings."
)
meetings = _each_week(
    "regular-meetings",
    HELD,
    MEETINGS,
    clause=_MEETING,
    en="A meeting is held regularly, and studies the problems of the work.",
    numbers={"定期": "1"},
)

_WEEKLY = "建立通报制度，实行“一周一调度、一周一通报”"
_DISPATCH, _CIRCULAR = TASK.clause(2, _WEEKLY), TASK.clause(3, _WEEKLY)

DISPATCHES = Count(
    id="safeguards.dispatches", zh="调度次数", en="dispatches", unit="次", of=Dispatch.county,
    on=Dispatch.held_on, better="more",
)  # fmt: skip
ISSUED = Count(
    id="safeguards.circulars", zh="通报次数", en="circulars", unit="次", of=Circular.county,
    on=Circular.issued_on, better="more",
)  # fmt: skip

dispatches = _each_week(
    "weekly-dispatch",
    DISPATCHES,
    clause=_DISPATCH,
    en="The office takes stock of the work each week.",
    numbers={"一周一调度": "1"},
)
circular_system = attestation(
    "safeguards.circular-system", _CIRCULAR, en="There is a system of circulars."
)
circulars = _each_week(
    "weekly-circular",
    ISSUED,
    clause=_CIRCULAR,
    en="The office issues a circular each week.",
    numbers={"一周一通报": "1"},
)

RECEIVED = Count(
    id="safeguards.work-reports", zh="报送次数", en="reports", unit="次", of=WorkReport.unit,
    on=WorkReport.received_on, better="more",
)  # fmt: skip

reports = _each_week(
    "work-reports",
    RECEIVED,
    REPORTS,
    MemberUnit,
    when=MEANT,
    given=A_UNIT,
    clause=TASK.clause(
        4,
        "各乡（镇）街道办、各有关部门定期向市环境攻坚办报送工作开展情况",
        lead=(),
        shared=(TOWNS, UNITS),
    ),
    en="Each township and each department reports to the office regularly on its work.",
    expects=EVERY_UNIT,
    answers=WHOSE_KIND,
    numbers={"定期": "1"},
)

OF_UNITS = Count(
    id="safeguards.circulars-of-units", zh="通报各单位工作情况次数", en="circulars on each unit",
    unit="次", of=Circular.county, on=Circular.issued_on, where=Circular.of_units, better="more",
)  # fmt: skip

circulars_of_units = _each_week(
    "circulars-of-units",
    OF_UNITS,
    CIRCULARS,
    clause=TASK.clause(5, "市环境攻坚办定期通报各单位工作情况"),
    en="The office tells regularly how each unit's work goes.",
    numbers={"定期": "1"},
)

appraisal = attestation(
    "safeguards.appraisal",
    TASK.clause(6, "建立考核制度，市环境攻坚办修订完善年度考核办法"),
    parts=("考核制度", "年度考核办法"),
    numbers={"考核办法": "2"},
    en="There is a system of appraisal, and its yearly rules are revised.",
)

_GOOD = (Appraisal.outstanding, Appraisal.effective, Appraisal.completed)
_BAD = (Appraisal.slack, Appraisal.problems, Appraisal.not_improved)
_UNDER_THE_PLAN = Appraisal.appraised_on.happened_after("2023-12-31")
_APPRAISED = {Appraisal.appraised_on: "2024-12-31"}

commended = Rule(
    id="safeguards.good-work-commended",
    clause=TASK.clause(
        7, "对工作成绩突出、成效显著，完成目标任务的单位和个人按照国家有关规定给予表彰"
    ),
    en="A unit whose work is outstanding, has marked effect and meets its targets is commended.",
    subject=Appraisal,
    applies=_UNDER_THE_PLAN & _GOOD[0] & _GOOD[1] & _GOOD[2],
    requires=Appraisal.commended,
    numbers={"给予": "2023-12-31"},
    speaks_of=on("2025-01-01", _APPRAISED | dict.fromkeys(_GOOD, True)),
    keeps=[{Appraisal.commended: True}],
    breaks=[{Appraisal.commended: False}],
)
criticised = Rule(
    id="safeguards.slack-work-criticised",
    clause=TASK.clause(
        8, "对工作落实不力、环境问题突出、空气质量未得到有效改善的予以通报批评、公开约谈"
    ),
    en="A unit that is slack, or with prominent problems, or whose air does not get better, is "
    "criticised in a circular and interviewed in public.",
    subject=Appraisal,
    applies=_UNDER_THE_PLAN
    & CAUSES.choose(any=_BAD[0] | _BAD[1] | _BAD[2], all=_BAD[0] & _BAD[1] & _BAD[2]),
    requires=CRITICISED.choose(
        both=whole("通报批评、公开约谈", Appraisal.criticised, Appraisal.interviewed),
        either=Appraisal.criticised | Appraisal.interviewed,
    ),
    numbers={"予以": "2023-12-31", "通报批评、公开约谈": "2"},
    speaks_of=on(
        "2025-01-01",
        _APPRAISED
        | {_BAD[0]: True, _BAD[1]: False, _BAD[2]: False}
        | {Appraisal.criticised: True, Appraisal.interviewed: True},
    ),
    keeps=[{}, CRITICISED.read_as("either", {Appraisal.criticised: False})],
    breaks=[{Appraisal.criticised: False}, {Appraisal.interviewed: False}],
)

lasting = attestation(
    "safeguards.lasting-management",
    TASK.clause(
        9,
        "各乡（镇）街道办、各有关部门要加强研究、总结经验，建立健全长效管理机制，进一步提高管理水平",
        lead=(),
        shared=EVERYBODY,
    ),
    MemberUnit,
    applies=MEANT,
    expects=EVERY_UNIT,
    answers=WHOSE,
    speaks_of=A_UNIT,
    en="Each township and each department has a mechanism of management that lasts.",
)
