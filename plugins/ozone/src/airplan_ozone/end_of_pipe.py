"""二(五)2 推动企业VOCs排放高效化末端治理: how facilities run, what they reach, outlets, tyres."""

from airplan_core import (
    Completeness,
    Condition,
    Count,
    Extreme,
    Measured,
    Rule,
    Task,
    attestation,
    by,
    during,
    every,
    on,
    one_each,
    whole,
)
from airplan_ozone.interpretations import (
    EFFICIENT_ETC,
    FREQUENCY,
    KEY_REGION,
    RAISED,
    SAME_MINUTE,
    STRETCH,
)
from airplan_ozone.ledgers import (
    COMBUSTION,
    EFFICIENT,
    INEFFICIENT,
    Regeneration,
    TyreSection,
    VocDay,
    VocFacility,
    VocOutlet,
    VocProfile,
    VocRates,
    VocRun,
    VocSample,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, MIIT

TASK = Task(
    id="2.5.2",
    heading="推动企业VOCs排放高效化末端治理",
    campaign="ozone",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(MIIT,),
)

_SINCE = "2023-12-31"

technique = attestation(
    "ozone.suitable-treatment",
    TASK.clause(1, "选择适宜高效治理技术，加强运行维护管理"),
    VocProfile,
    applies=VocProfile.emits,
    parts=("适宜高效治理技术", "运行维护管理"),
    numbers={"技术": "2"},
    speaks_of={VocProfile.emits: True},
    en="Whoever emits VOCs chooses a suitable, efficient technique, and runs and maintains it.",
)

_OFF = VocRun.facility_off_at.happened()

first_on_last_off = Rule(
    id="ozone.first-on-last-off",
    clause=TASK.clause(2, "治理设施较生产设备要做到“先启后停”"),
    en="A facility is started before its line, and stopped after it.",
    subject=VocRun,
    applies=VocRun.line_on_at.happened_after(_SINCE),
    # what still runs when it is asked about has not been stopped too early
    requires=SAME_MINUTE.choose(
        same=VocRun.facility_on_at.happened_by(VocRun.line_on_at)
        & (~_OFF | VocRun.facility_off_at.happened_from(VocRun.line_off_at)),
        strict=VocRun.line_on_at.happened_after(VocRun.facility_on_at)
        & (~_OFF | VocRun.facility_off_at.happened_after(VocRun.line_off_at)),
    ),
    expects=(one_each(VocRun.facility),),
    numbers={"治理设施": _SINCE},
    speaks_of=on(
        "2024-03-11",
        {
            VocRun.facility_on_at: "2024-03-10 08:30",
            VocRun.line_on_at: "2024-03-10 08:31",
            VocRun.line_off_at: "2024-03-10 17:00",
            VocRun.facility_off_at: "2024-03-10 17:01",
        },
    ),
    keeps=[
        {},
        {VocRun.line_on_at: "2024-03-10 08:30", VocRun.facility_off_at: "2024-03-10 17:00"},
        {VocRun.line_off_at: "never", VocRun.facility_off_at: "never"},
    ],
    breaks=[
        {VocRun.line_on_at: "2024-03-10 08:29"},
        {VocRun.facility_off_at: "2024-03-10 16:59"},
        {VocRun.line_off_at: "never"},
        {VocRun.facility_on_at: "never", VocRun.facility_off_at: "never"},
        SAME_MINUTE.read_as("strict", {VocRun.line_on_at: "2024-03-10 08:30"}),
    ],
)


def _of_year(field: Measured, name: str) -> Extreme:
    """A rate as it stands in the one row of a year; of a year without a row it is not known."""
    return field.minimum(
        id=f"ozone.{name}", zh=field.zh, en=field.en, of=VocRates.profile, on=VocRates.ends_on,
        better="more",
    )  # fmt: skip


COLLECTED = _of_year(VocRates.collected, "collection-rate")
SYNCHRONOUS = _of_year(VocRates.synchronous, "synchronous-rate")
REMOVED = _of_year(VocRates.removed, "removal-rate")


def _held_or_raised(rate: Extreme) -> Condition:
    before = rate.last_year()
    return RAISED.choose(
        held=rate.at_least(before), raised=rate.more_than(before) | rate.at_least("100 %")
    )


rates = Rule(
    id="ozone.three-rates",
    clause=TASK.clause(3, "巩固提升废气收集率、治理设施同步运行率和污染物去除率"),
    en="What is collected, treated while the line runs, and removed is no less than last year.",
    subject=VocProfile,
    applies=VocProfile.emits & VocProfile.treats,
    requires=whole(
        "三率", _held_or_raised(COLLECTED), _held_or_raised(SYNCHRONOUS), _held_or_raised(REMOVED)
    ),
    due=during(2024, 2025),
    numbers={"巩固": "2024-12-31", "提升": "2025-12-31", "和": "3"},
    speaks_of={
        VocProfile.emits: True,
        VocProfile.treats: True,
        COLLECTED: "90 %",
        COLLECTED.last_year(): "90 %",
        SYNCHRONOUS: "100 %",
        SYNCHRONOUS.last_year(): "100 %",
        REMOVED: "85 %",
        REMOVED.last_year(): "85 %",
    },
    keeps=[{}, RAISED.read_as("raised", {COLLECTED: "90.1 %", REMOVED: "85.1 %"})],
    breaks=[
        {COLLECTED: "89.9 %"},
        {SYNCHRONOUS: "99.9 %"},
        {REMOVED: "84.9 %"},
        RAISED.read_as("raised", {COLLECTED: "90.1 %"}),
    ],
)

_STABLE = TASK.clause(4, "确保VOCs稳定达标排放")
_ENTERED = (one_each(VocOutlet.profile),)

#: A day that is not known may be over: every day of the stretch is asked for.
NOT_KEPT = Count(
    id="ozone.days-over-permit", zh="VOCs超许可限值天数", en="days over the permit", unit="天",
    of=VocDay.outlet, on=VocDay.date, where=~VocDay.kept, better="less",
    complete=Completeness(days=366, month=31, february=29, source="二(五)2", leaves_out=False),
)  # fmt: skip

stable = Rule(
    id="ozone.stable-compliance",
    clause=_STABLE,
    en="Each month, what an outlet emits of VOCs keeps to its permit on every day.",
    subject=VocOutlet,
    applies=STRETCH.takes("month") & VocOutlet.profile.emits,
    requires=NOT_KEPT.at_most("0 天"),
    expects=_ENTERED,
    due=every("month", 2024, 2025),
    numbers={"稳定达标": "0"},
    speaks_of={VocOutlet.profile.emits: True},
    keeps=[{NOT_KEPT: "0 天"}],
    breaks=[{NOT_KEPT: "1 天"}],
)
stable_year = Rule(
    id="ozone.stable-compliance-of-year",
    clause=_STABLE,
    en="All year, what an outlet emits of VOCs keeps to its permit on every day.",
    subject=VocOutlet,
    applies=STRETCH.takes("year") & VocOutlet.profile.emits,
    requires=NOT_KEPT.at_most("0 天"),
    expects=_ENTERED,
    due=during(2024, 2025),
    numbers={"稳定达标": "0", "确保": "2024-12-31", "排放": "2025-12-31"},
    speaks_of=STRETCH.read_as("year", {VocOutlet.profile.emits: True}),
    keeps=[{NOT_KEPT: "0 天"}],
    breaks=[{NOT_KEPT: "1 天"}],
)
sampled = Rule(
    id="ozone.samples-within-permit",
    clause=_STABLE,
    en="What is sampled by hand at an outlet keeps to its permit.",
    subject=VocSample,
    applies=VocSample.outlet.profile.emits & VocSample.date.happened_after(_SINCE),
    requires=VocSample.concentration.at_most(VocSample.outlet.limit),
    numbers={"确保": _SINCE},
    speaks_of=on(
        "2024-05-01",
        {
            VocSample.outlet.profile.emits: True,
            VocSample.date: "2024-05-01",
            VocSample.outlet.limit: "50 mg/m³",
        },
    ),
    keeps=[{VocSample.concentration: "50 mg/m³"}],
    breaks=[{VocSample.concentration: "50.01 mg/m³"}],
)

#: GB 37822-2019 10.3.2: what is collected at such a rate is treated, unless the materials used are
#: low in VOCs.
removal = Rule(
    id="ozone.treatment-of-what-is-collected",
    clause=_STABLE,
    en="Where much NMHC is collected, at least 80 % of it is removed (GB 37822-2019, 10.3.2).",
    subject=VocOutlet,
    applies=VocOutlet.profile.emits
    & ~VocOutlet.low_voc
    & KEY_REGION.choose(
        key=VocOutlet.initial_rate.at_least("2 kg/h"),
        general=VocOutlet.initial_rate.at_least("3 kg/h"),
    ),
    requires=VocOutlet.removal.at_least("80 %"),
    expects=_ENTERED,
    numbers={"VOCs": "2", "达标": "80"},
    speaks_of={
        VocOutlet.profile.emits: True,
        VocOutlet.low_voc: False,
        VocOutlet.initial_rate: "2 kg/h",
    },
    keeps=[{VocOutlet.removal: "80 %"}],
    breaks=[
        {VocOutlet.removal: "79.99 %"},
        KEY_REGION.read_as(
            "general", {VocOutlet.initial_rate: "3 kg/h", VocOutlet.removal: "79.99 %"}
        ),
    ],
)

tyres = Rule(
    id="ozone.tyre-mixing-treated",
    clause=TASK.clause(
        5, "2024年年底前，力争全面完成轮胎行业制胶工段VOCs废气采用燃烧法等高效治理措施深度治理"
    ),
    en="Where tyre works mix rubber, VOCs are treated by combustion or as efficiently.",
    subject=TyreSection,
    applies=TyreSection.enterprise.industry.is_("轮胎") & TyreSection.section.is_("制胶工段"),
    requires=EFFICIENT_ETC.choose(
        open=TyreSection.measure.among(*EFFICIENT), listed=TyreSection.measure.among(*COMBUSTION)
    )
    & TyreSection.treated_on.happened(),
    expects=(one_each(TyreSection.enterprise, {TyreSection.section: ("制胶工段", "无制胶工段")}),),
    due=by("2024-12-31"),
    speaks_of={
        TyreSection.enterprise.industry: "轮胎",
        TyreSection.section: "制胶工段",
        TyreSection.treated_on: "2024-12-31",
    },
    keeps=[{TyreSection.measure: one} for one in EFFICIENT],
    breaks=[
        *({TyreSection.measure: one} for one in INEFFICIENT),
        {TyreSection.measure: "蓄热燃烧", TyreSection.treated_on: "never"},
        EFFICIENT_ETC.read_as("listed", {TyreSection.measure: "其他高效治理措施"}),
    ],
)

REGENERATED = Regeneration.times.sum(
    id="ozone.regenerations", zh="活性炭复生次数", en="regenerations of activated carbon",
    of=Regeneration.facility, on=Regeneration.date, better="more",
)  # fmt: skip
#: The same of a year of which none may have been entered.
_BEFORE = Regeneration.times.sum(
    id="ozone.regenerations-before", zh="原活性炭复生次数",
    en="regenerations of activated carbon before", of=Regeneration.facility, on=Regeneration.date,
    observed=True, better="neither",
)  # fmt: skip

regenerated = Rule(
    id="ozone.regenerated-more-often",
    clause=TASK.clause(6, "使用脱附治理设施的企业，在确保安全运行的前提下，科学增加活性炭复生频次"),
    en="Where it is safe, the carbon of a facility that desorbs is regenerated more often.",
    subject=VocFacility,
    applies=VocFacility.desorbs & VocFacility.safe,
    requires=FREQUENCY.choose(
        last_year=REGENERATED.more_than(_BEFORE.last_year()),
        before_plan=REGENERATED.more_than(_BEFORE.in_year(2023)),
    ),
    due=during(2024, 2025),
    numbers={"科学": "2024-12-31", "增加": "2025-12-31", "频次": "2023-12-31"},
    speaks_of={
        VocFacility.desorbs: True,
        VocFacility.safe: True,
        _BEFORE: "12 次",
    },
    keeps=[{REGENERATED: "13 次"}],
    breaks=[{REGENERATED: "12 次"}],
)
