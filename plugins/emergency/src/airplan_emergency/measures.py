"""二(八)2 全面推行差异化管控: measures of each line at each level of alert, and who is let off.

Under an alert bind the entries of its own level that are valid in its days. Who has grade A, or is
leading, on the day on which it begins decides its own cuts; a unit of the white list is let off
while it meets environmental requirements.
"""

from typing import TypeAlias

import attrs

from airplan_core import (
    Condition,
    Count,
    County,
    Rule,
    Strength,
    Task,
    Waiver,
    amid,
    attestation,
    during,
    ledger_of,
    one_each,
    whole,
)
from airplan_emergency.alerts import LEVELS, Alert
from airplan_emergency.interpretations import (
    COVERED,
    IN_THE_PERMIT,
    MEASURABLE,
    OWN,
    OWN_TRANSPORT,
    PAIRS,
    PLACE,
    UPDATED,
    WHEN_GRADED,
)
from airplan_emergency.measure_ledgers import (
    BY_HEAT,
    BY_WASTE,
    FURTHER,
    HOURS,
    LIMIT,
    NOT_GAUGED,
    OTHER,
    OUTPUT,
    POWER,
    STOP,
    TRANSPORT,
    TRIPS,
    DrivenOutput,
    EmergencyMeasure,
    EmergencyProfile,
    ListEdition,
    MeasureTaken,
    OwnCut,
    WhiteListUnit,
)
from airplan_emergency.transport_ledgers import TransportDay
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, HUC, MIIT, TRA, UM
from airplan_qinyang.grades import LEADING, A, PerformanceGrade

TASK = Task(
    id="2.8.2",
    heading="全面推行差异化管控",
    campaign="emergency",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(MIIT, HUC, UM, TRA),
)

#: What an alert asks for, which the white list lets off from.
CONTROL = "应急管控"

#: The rules of that kind, for the waivers that reach one of them each.
_TAKEN = "emergency.measures-taken"
_OWN = "emergency.own-cuts"
DIESEL_STOPPED = "emergency.diesel-trucks-stopped"
FREIGHT_REDUCED = "emergency.freight-reduced"
MACHINES_REDUCED = "emergency.machines-reduced"
_TRANSPORT = (DIESEL_STOPPED, FREIGHT_REDUCED, MACHINES_REDUCED)

# The list -----------------------------------------------------------------------------------------

_MECHANISMS = TASK.clause(1, "实施应急减排清单动态更新和绩效等级动态调整机制")

mechanisms = attestation(
    "emergency.dynamic-mechanisms",
    _MECHANISMS,
    parts=("应急减排清单动态更新", "绩效等级动态调整"),
    numbers={"机制": "2"},
    en="The emergency list is brought up to date, and grades are adjusted, as things change.",
)

EDITIONS = Count(
    id="emergency.list-editions", zh="应急减排清单更新次数", en="editions of the emergency list",
    unit="次", of=ListEdition.county, on=ListEdition.issued_on, better="more",
)  # fmt: skip

updated = Rule(
    id="emergency.list-updated",
    clause=_MECHANISMS,
    en="The emergency list is brought up to date each year.",
    subject=County,
    applies=UPDATED.takes("yearly"),
    requires=EDITIONS.at_least("1 次"),
    due=during(2024, 2025),
    numbers={"动态更新": "1", "实施": "2024-12-31", "机制": "2025-12-31"},
    speaks_of=UPDATED.read_as("yearly", {}),
    keeps=[{EDITIONS: "1 次"}],
    breaks=[{EDITIONS: "0 次"}],
)

_LINES = TASK.clause(2, "应急减排措施落实到具体生产线、生产环节、生产设施")

#: What has ended was changed, or is over: the list is what it says now.
IN_FORCE = EmergencyMeasure.begins_on.happened() & ~EmergencyMeasure.ends_on.more_than_ago(days=0)
_IN_FORCE = {EmergencyMeasure.begins_on: "2023-10-01", EmergencyMeasure.ends_on: "2024-12-31"}

_PLACES = (EmergencyMeasure.line, EmergencyMeasure.process, EmergencyMeasure.facility)
_LINE, _PROCESS, _FACILITY = (place.given() for place in _PLACES)

placed = Rule(
    id="emergency.measures-placed",
    clause=_LINES,
    en="Each entry of the emergency list names a production line, a process or a facility.",
    subject=EmergencyMeasure,
    applies=IN_FORCE,
    requires=PLACE.choose(
        any=_LINE | _PROCESS | _FACILITY,
        each=whole("生产线、生产环节、生产设施", _LINE, _PROCESS, _FACILITY),
    ),
    speaks_of={**_IN_FORCE, **dict.fromkeys(_PLACES, "无")},
    keeps=[{place: "合成2号窑（虚构）"} for place in _PLACES],
    breaks=[{}],
)

_SOME_ENTRY = amid(
    EmergencyMeasure.level.at_least(LEVELS[0]), zh="清单中有在有效期内的措施",
    en="an entry of the list in force",
)  # fmt: skip
#: Of a profile's enterprise: what has ended is no more on the list.
_HAS_AN_ENTRY = attrs.evolve(
    _SOME_ENTRY.bound(EmergencyProfile, f"{_SOME_ENTRY.name} of enterprise"),
    key=ledger_of(EmergencyProfile).column("enterprise"),
)
_ON_THE_LIST = EmergencyProfile.listed | _HAS_AN_ENTRY

# a list may be without an enterprise; who is said to be on it, and has no entry, is not
listed = Rule(
    id="emergency.listed-have-measures",
    clause=_LINES,
    en="Whoever is on the emergency list has a measure there that is in force.",
    subject=EmergencyProfile,
    applies=_ON_THE_LIST,
    requires=_HAS_AN_ENTRY,
    speaks_of={EmergencyProfile.listed: True},
    keeps=[{_HAS_AN_ENTRY: True}],
    breaks=[{_HAS_AN_ENTRY: False}],
)

_OPERABLE = (
    EmergencyMeasure.kind.is_(STOP)
    | (EmergencyMeasure.kind.is_(LIMIT) & EmergencyMeasure.kept.at_least("0 %"))
    | (EmergencyMeasure.kind.among(TRANSPORT, FURTHER) & EmergencyMeasure.measure.given())
)
_THREE = "可操作、可监测、可核查"

checkable = Rule(
    id="emergency.measures-checkable",
    clause=TASK.clause(3, f"做到{_THREE}"),
    en="Each entry can be carried out, monitored and checked: it says what stops or how much is "
    "kept, where that is read, and what is measured.",
    subject=EmergencyMeasure,
    applies=IN_FORCE,
    requires=MEASURABLE.choose(
        named=whole(
            _THREE,
            _OPERABLE,
            EmergencyMeasure.source.given(),
            EmergencyMeasure.gauge.among(OUTPUT, POWER, HOURS, TRIPS, OTHER),
        ),
        judged=whole(
            _THREE,
            EmergencyMeasure.operable,
            EmergencyMeasure.monitorable,
            EmergencyMeasure.verifiable,
        ),
    ),
    numbers={"可操作": "0", "可核查": "3"},
    speaks_of={
        **_IN_FORCE,
        EmergencyMeasure.kind: LIMIT,
        EmergencyMeasure.kept: "50 %",
        EmergencyMeasure.source: "DCS（虚构）",
        EmergencyMeasure.gauge: OUTPUT,
    },
    keeps=[
        {},
        {EmergencyMeasure.kind: STOP},
        {EmergencyMeasure.kind: FURTHER, EmergencyMeasure.measure: "洒水降尘（虚构）"},
    ],
    breaks=[
        {EmergencyMeasure.gauge: NOT_GAUGED},
        {EmergencyMeasure.source: "无"},
        {EmergencyMeasure.kind: FURTHER, EmergencyMeasure.measure: "无"},
    ],
)

permits = Rule(
    id="emergency.special-periods-in-permit",
    clause=TASK.clause(4, "将特殊时段禁止或限制污染物排放要求依法纳入排污许可证"),
    en="Whoever is on the list and has a permit has its special periods written there.",
    subject=EmergencyProfile,
    applies=EmergencyProfile.permit.among("重点管理", "简化管理")
    & (IN_THE_PERMIT.takes("permit") | _ON_THE_LIST),
    requires=EmergencyProfile.written,
    speaks_of={EmergencyProfile.permit: "简化管理", EmergencyProfile.listed: True},
    keeps=[{EmergencyProfile.written: True}],
    breaks=[{EmergencyProfile.written: False}],
)

# What was done under an alert ---------------------------------------------------------------------

_ENTRY = MeasureTaken.measure
#: Any: the entry is one of the alert's own level.
_ALERT = amid(Alert.level.at_least(LEVELS[0]), on=MeasureTaken.begun_on)


def _begun(on: type[MeasureTaken] | type[OwnCut]) -> Condition:
    """An alert under the plan that has begun by the day asked about."""
    return on.begun_on.happened_after("2023-12-31")


#: What nobody measures, and what is neither a stop nor a limit, is as it is said to be.
_BY_WORD = _ENTRY.kind.is_(FURTHER) | _ENTRY.gauge.is_(NOT_GAUGED)
_AS_LISTED = MeasureTaken.share.at_most(_ENTRY.kept) & ~(
    _ENTRY.kind.is_(STOP) & MeasureTaken.goes_on
)

taken = Rule(
    id=_TAKEN,
    clause=_LINES,
    en="Under an alert, what the list has at its level is carried out: what is to stop has "
    "stopped, and what is limited keeps to its share of the ordinary daily mean.",
    subject=MeasureTaken,
    kinds=(CONTROL,),
    applies=_begun(MeasureTaken) & MeasureTaken.binds & _ALERT,
    requires=(_BY_WORD & MeasureTaken.carried_out) | (~_BY_WORD & _AS_LISTED),
    expects=(one_each(MeasureTaken.measure),),
    numbers={"应急减排": "2023-12-31"},
    speaks_of={
        MeasureTaken.begun_on: "2024-01-01",
        MeasureTaken.binds: True,
        _ALERT: True,
        _ENTRY.kind: LIMIT,
        _ENTRY.kept: "50 %",
        _ENTRY.gauge: OUTPUT,
        MeasureTaken.goes_on: True,
    },
    keeps=[
        {MeasureTaken.share: "50 %"},
        {
            _ENTRY.kind: STOP,
            _ENTRY.kept: "0 %",
            MeasureTaken.share: "0 %",
            MeasureTaken.goes_on: False,
        },
        {_ENTRY.kind: FURTHER, MeasureTaken.carried_out: True},
    ],
    breaks=[
        {MeasureTaken.share: "50.000001 %"},
        {_ENTRY.kind: STOP, _ENTRY.kept: "0 %"},
        {_ENTRY.kind: FURTHER, MeasureTaken.carried_out: False},
    ],
)

# Output that follows a need -----------------------------------------------------------------------

_DRIVEN = "对工业余热供暖和协同处置企业，严格执行“以热定产”、“以量定产”"
_HEATS, _CO = DrivenOutput.profile.heats, DrivenOutput.profile.co_processes


def _driven(name: str, number: int, kind: str, whom: Condition, en: str, it: object) -> Rule:
    """Output over a stretch of days is no more than the need asks for; it is asked at its end."""
    return Rule(
        id=f"emergency.{name}",
        clause=TASK.clause(number, _DRIVEN, en=en),
        en=en,
        subject=DrivenOutput,
        applies=PAIRS.choose(in_order=whom, both=_HEATS | _CO)
        & DrivenOutput.kind.is_(kind)
        & DrivenOutput.ends_on.happened_after("2023-12-31")
        & DrivenOutput.ends_on.happened(),
        requires=DrivenOutput.output.at_most(DrivenOutput.needed),
        expects=(one_each(DrivenOutput.profile, {DrivenOutput.kind: kind}),),
        numbers={"严格执行": "2023-12-31"},
        speaks_of={
            it: True,
            DrivenOutput.kind: kind,
            DrivenOutput.ends_on: "2024-01-01",
            DrivenOutput.needed: "300 吨",
        },
        keeps=[{DrivenOutput.output: "300 吨"}],
        breaks=[{DrivenOutput.output: "300.000001 吨"}],
    )


by_heat = _driven(
    "output-by-heat", 5, BY_HEAT, _HEATS,
    "Who heats by industrial waste heat makes no more than the heat that is needed asks for.",
    _HEATS,
)  # fmt: skip
by_waste = _driven(
    "output-by-waste", 6, BY_WASTE, _CO,
    "Who co-processes waste makes no more than the amount that is disposed of asks for.",
    _CO,
)  # fmt: skip

# Who is let off -----------------------------------------------------------------------------------


#: Whoever an alert finds so: on which of its days.
_Under: TypeAlias = type[MeasureTaken] | type[OwnCut]


def _first(said: Condition, on: _Under, zh: str, en: str) -> Condition:
    return amid(said, on=on.begun_on, zh=f"预警启动日{zh}", en=f"{en} on the alert's first day")


def _on_the_day(said: Condition, on: _Under, zh: str, en: str) -> Condition:
    """It is so on the day on which the alert begins; by the other reading, on its last one too."""
    begins = _first(said, on, zh, en)
    ends = amid(said, on=on.ended_on, zh=f"预警解除日{zh}", en=f"{en} on the alert's last day")
    return WHEN_GRADED.choose(begins=begins, throughout=begins & ends)


_GRADED = PerformanceGrade.grade.among(A, LEADING)
_SO = ("为A级或绩效引领性", "grade A or leading")

_OWN_CUTS = TASK.clause(
    7,
    "对绩效分级A级企业和绩效引领性企业实行自主减排",
    Strength.MUST,
    waives=(
        Waiver(
            "own-cuts",
            CONTROL,
            _on_the_day(_GRADED, MeasureTaken, *_SO),
            but=(_OWN, *_TRANSPORT),
        ),
        Waiver(
            "own-cuts-transport",
            CONTROL,
            OWN_TRANSPORT.takes("all")
            & amid(_GRADED, on=TransportDay.date, zh=f"当日{_SO[0]}", en=_SO[1]),
            but=(_TAKEN, _OWN),
        ),
    ),
)

own_cuts = Rule(
    id=_OWN,
    clause=_OWN_CUTS,
    en="Under an alert, who has grade A or is leading decides its own cuts, on record, and makes "
    "them.",
    subject=OwnCut,
    kinds=(CONTROL,),
    applies=OWN.takes("decided")
    & _begun(OwnCut)
    & OwnCut.binds
    & amid(Alert.level.at_least("黄色"), on=OwnCut.begun_on)
    & _on_the_day(_GRADED, OwnCut, *_SO),
    requires=whole("自主决定、减排", OwnCut.measure.given(), OwnCut.carried_out),
    numbers={"实行": "2023-12-31", "自主减排": "2"},
    speaks_of={
        OwnCut.begun_on: "2024-01-01",
        OwnCut.binds: True,
        amid(Alert.level.at_least("黄色"), on=OwnCut.begun_on): True,
        _first(_GRADED, OwnCut, *_SO): True,
        OwnCut.measure: "降低生产负荷（虚构）",
        OwnCut.carried_out: True,
    },
    keeps=[{}],
    breaks=[{OwnCut.measure: "无"}, {OwnCut.carried_out: False}],
)


_IN_ORDER = WhiteListUnit.admitted & WhiteListUnit.compliant


def _let_off(on: _Under) -> Condition:
    return _on_the_day(_IN_ORDER, on, "在白名单且满足环保要求", "white-listed and in order")


_LET_OFF_THAT_DAY = amid(
    _IN_ORDER, on=TransportDay.date, zh="在白名单且满足环保要求", en="white-listed and in order"
)

white_list = TASK.clause(
    8,
    "对符合生态环境要素保障白名单准入条件的重大项目单位和项目保障单位，在满足环保要求的前提下，"
    "在重污染天气应急管控期间实施应急管控豁免",
    en="Units of major projects, and those that support them, are let off under an alert while "
    "they meet environmental requirements.",
    waives=(
        Waiver("white-list", CONTROL, _let_off(MeasureTaken), but=(_OWN, *_TRANSPORT)),
        Waiver("white-list-own", CONTROL, _let_off(OwnCut), but=(_TAKEN, *_TRANSPORT)),
        Waiver(
            "white-list-transport",
            CONTROL,
            COVERED.takes("all") & _LET_OFF_THAT_DAY,
            but=(_TAKEN, _OWN),
        ),
    ),
)
