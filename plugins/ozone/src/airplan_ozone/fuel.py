"""二(五)5 强化油品储运销综合管控: the quality of fuel, spot checks, unlicensed places, leads."""

from airplan_core import (
    Condition,
    Count,
    County,
    Event,
    Rule,
    Share,
    Task,
    attestation,
    by,
    during,
    one_each,
    whole,
)
from airplan_ozone.petrol_interpretations import (
    CHECKS,
    FOUND,
    OPERATING,
    PIPES,
    SPOT_CHECKS,
    TANK_SAMPLES,
)
from airplan_ozone.petrol_ledgers import (
    BLACK,
    LINKS,
    MACHINE_TANK,
    MOBILE,
    PIPE,
    STATION,
    TANK,
    TRUCK_TANK,
    FillingStation,
    FuelFacility,
    FuelInspection,
    FuelLead,
    FuelSample,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import COM, EEB, EM, MSA, PSB, TAX, TRA

TASK = Task(
    id="2.5.5",
    heading="强化油品储运销综合管控",
    campaign="ozone",
    plan=QINYANG_2024,
    shared=(MSA, PSB, EM, COM, TRA, TAX, EEB),
)

#: What was taken before the plan is no sample of its days.
_TAKEN = FuelSample.taken_on.happened_after("2023-12-31")

quality = Rule(
    id="ozone.fuel-quality",
    clause=TASK.clause(1, "全面保障油品质量"),
    en="Every sample of fuel keeps to its standard.",
    subject=FuelSample,
    applies=_TAKEN,
    requires=FuelSample.passed,
    expects=(one_each(FuelSample.county),),
    numbers={"全面": "2023-12-31"},
    speaks_of={FuelSample.taken_on: "2024-01-01"},
    keeps=[{FuelSample.passed: True}],
    breaks=[{FuelSample.passed: False}],
)

INSPECTIONS = Count(
    id="ozone.fuel-inspections", zh="油品质量监督检查次数", en="inspections of fuel quality",
    unit="次", of=FuelInspection.county, on=FuelInspection.date, better="more",
)  # fmt: skip
#: The same of a year of which none may have been entered.
INSPECTIONS_BEFORE = Count(
    id="ozone.fuel-inspections-before", zh="原油品质量监督检查次数",
    en="inspections of fuel quality before", unit="次", of=FuelInspection.county,
    on=FuelInspection.date, observed=True, better="neither",
)  # fmt: skip

inspections = Rule(
    id="ozone.fuel-inspections",
    clause=TASK.clause(8, "加强油品质量监督检查"),
    en="The quality of fuel is inspected more often than the year before.",
    subject=County,
    requires=CHECKS.choose(
        last_year=INSPECTIONS.more_than(INSPECTIONS_BEFORE.last_year()),
        before_plan=INSPECTIONS.more_than(INSPECTIONS_BEFORE.in_year(2023)),
        held=INSPECTIONS.at_least("1 次"),
    ),
    due=during(2024, 2025),
    numbers={"加强": "2024-12-31", "检查": "2025-12-31"},
    keeps=[{INSPECTIONS: "5 次", INSPECTIONS_BEFORE.last_year(): "4 次"}],
    breaks=[{INSPECTIONS: "4 次", INSPECTIONS_BEFORE.last_year(): "4 次"}],
)


def _operating(begins: str, ends: str) -> Condition:
    """The petrol stations in operation of which a stretch's share is."""
    opened = FillingStation.opened_on.happened_by(ends)
    return (
        FillingStation.petrol
        & opened
        & OPERATING.choose(
            end=~FillingStation.closed_on.happened_by(ends),
            some_time=~FillingStation.closed_on.happened_by(begins),
        )
    )


_SPOT = TASK.clause(2, "对5%以上的在营汽油加油站油品质量进行监督性抽查")
_ON_SITE = FuelSample.supervisory & FuelSample.source.is_(STATION)


def _spot_checks(name: str, zh: str, begins: str, ends: str) -> tuple[Count, Share]:
    """The stations of a stretch, and how many of them were spot-checked in it, each once."""
    among = _operating(begins, ends)
    checked = Count(
        id=f"ozone.station-samples-{name}", zh=f"{zh}监督性抽查次数",
        en=f"supervisory samples in {name}", unit="次", of=FuelSample.station,
        where=_ON_SITE
        & FuelSample.taken_on.happened_from(begins)
        & FuelSample.taken_on.happened_by(ends)
        # what was taken before it opened, or after it closed, was not taken of a station
        & FuelSample.taken_on.happened_from(FuelSample.station.opened_on)
        & ~FuelSample.station.closed_on.happened_by(FuelSample.taken_on.minus(days=1)),
        better="more",
    )  # fmt: skip
    return (
        Count(
            id=f"ozone.petrol-stations-{name}", zh=f"{zh}在营汽油加油站数",
            en=f"petrol stations in operation in {name}", unit="座", of=FillingStation.county,
            where=among, better="neither",
        ),
        Share(
            id=f"ozone.spot-checked-{name}", zh=f"{zh}在营汽油加油站监督性抽查比例",
            en=f"petrol stations spot-checked in {name}", unit="座", of=FillingStation.county,
            among=among, where=checked.at_least("1 次"), better="more",
        ),
    )  # fmt: skip


_STRETCHES = (
    ("year", "2024", "2024年", "2024-01-01", "2024-12-31"),
    ("year", "2025", "2025年", "2025-01-01", "2025-12-31"),
    ("plan", "plan", "2024年至2025年", "2024-01-01", "2025-12-31"),
)
SPOTS = {name: _spot_checks(name, zh, begins, ends) for _, name, zh, begins, ends in _STRETCHES}
spot_checks = tuple(
    Rule(
        id=f"ozone.petrol-stations-spot-checked-{name}",
        clause=_SPOT,
        en=f"5 % of the petrol stations in operation, or more, are spot-checked ({name}).",
        subject=County,
        applies=SPOT_CHECKS.takes(reading) & SPOTS[name][0].more_than("0 座"),
        requires=SPOTS[name][1].at_least("5 %"),
        due=by(ends),
        # under the reading that is taken, nobody is asked for the plan's own share
        numbers={"监督性抽查": ends, **({"在营": "0"} if reading == "year" else {})},
        speaks_of=SPOT_CHECKS.read_as(reading, {SPOTS[name][0]: "20 座"}),
        keeps=[{SPOTS[name][1]: "5 %"}],
        breaks=[{SPOTS[name][1]: "4.9 %"}],
    )
    for reading, name, _, _, ends in _STRETCHES
)


def _since(found: Event) -> Condition:
    """What was found, under the plan or, by the other reading, at any time."""
    return FOUND.choose(plan=found.happened_after("2023-12-31"), open=found.happened())


_STRUCK = TASK.clause(3, "坚决打击非标油品")

samples_struck = Rule(
    id="ozone.failed-samples-dealt-with",
    clause=_STRUCK,
    en="Where a sample of fuel fails, whoever answers for it is dealt with.",
    subject=FuelSample,
    applies=_since(FuelSample.taken_on) & ~FuelSample.passed,
    numbers={"坚决": "2023-12-31"},
    requires=FuelSample.dealt_on.happened(),
    speaks_of={FuelSample.taken_on: "2024-01-01", FuelSample.passed: False},
    keeps=[{FuelSample.dealt_on: "2024-01-01"}],
    breaks=[{FuelSample.dealt_on: "never"}],
)
leads_struck = Rule(
    id="ozone.non-standard-fuel-prosecuted",
    clause=_STRUCK,
    en="Of fuel that is established as non-standard, a case is filed.",
    subject=FuelLead,
    applies=_since(FuelLead.found_on) & FuelLead.confirmed,
    numbers={"坚决": "2023-12-31"},
    requires=FuelLead.filed_on.happened(),
    speaks_of={FuelLead.found_on: "2024-01-01", FuelLead.confirmed: True},
    keeps=[{FuelLead.filed_on: "2024-01-01"}],
    breaks=[{FuelLead.filed_on: "never"}],
)

links = attestation(
    "ozone.diesel-links",
    TASK.clause(4, "对柴油进口、生产、仓储、销售、运输、使用等全环节加强监管"),
    parts=LINKS,
    numbers={"全环节": "6"},
    en="Diesel is supervised in each of its links: import, making, storage, sale, transport, use.",
)

# an office that copies the plan's words enters a tank as 自建油管
_OWN = PIPES.choose(
    tank=FuelFacility.kind.among(TANK, PIPE, MOBILE), pipe=FuelFacility.kind.among(PIPE, MOBILE)
)

unlicensed = Rule(
    id="ozone.unlicensed-fuel",
    clause=TASK.clause(5, "全面清理整顿无证无照的自建油管、流动加油车和黑加油站"),
    en="Self-built tanks, mobile fuel trucks and black stations without a licence are cleared.",
    subject=FuelFacility,
    # a black station is one because it has no licence
    applies=FuelFacility.found_on.happened()
    & (FuelFacility.kind.is_(BLACK) | (_OWN & ~FuelFacility.licensed)),
    requires=FuelFacility.cleared_on.happened(),
    speaks_of={
        FuelFacility.kind: TANK,
        FuelFacility.licensed: False,
        FuelFacility.found_on: "2023-12-31",
    },
    keeps=[{FuelFacility.cleared_on: "2024-01-01"}],
    breaks=[
        {FuelFacility.cleared_on: "never"},
        {FuelFacility.kind: BLACK, FuelFacility.cleared_on: "never"},
    ],
)


def _of_tanks(name: str, source: str, en: str) -> tuple[Count, Count]:
    """How many samples of diesel were taken from such tanks, and in a year before."""
    where = FuelSample.source.is_(source) & FuelSample.fuel.is_("柴油")
    of, day = FuelSample.county, FuelSample.taken_on
    return (
        Count(
            id=f"ozone.{name}-samples", zh=f"{source}柴油抽检次数", en=f"samples from {en}",
            unit="次", of=of, on=day, where=where, better="more",
        ),
        Count(
            id=f"ozone.{name}-samples-before", zh=f"原{source}柴油抽检次数",
            en=f"samples from {en} before", unit="次", of=of, on=day, where=where, observed=True,
            better="neither",
        ),
    )  # fmt: skip


TRUCK, TRUCK_BEFORE = _of_tanks("truck-tank", TRUCK_TANK, "the tanks of trucks")
MACHINE, MACHINE_BEFORE = _of_tanks("machine-tank", MACHINE_TANK, "the tanks of machines")


def _sampled(now: Count, before: Count) -> Condition:
    return TANK_SAMPLES.choose(
        held=now.at_least("1 次"), last_year=now.more_than(before.last_year())
    )


tanks = Rule(
    id="ozone.tanks-sampled",
    clause=TASK.clause(
        6, "加大柴油使用环节检查力度，对货车、非道路移动机械油箱中的柴油进行直接抽检"
    ),
    en="Diesel is sampled from the tanks of trucks and of non-road machines, both of them.",
    subject=County,
    requires=whole(
        "货车、非道路移动机械", _sampled(TRUCK, TRUCK_BEFORE), _sampled(MACHINE, MACHINE_BEFORE)
    ),
    due=during(2024, 2025),
    numbers={"加大": "2024-12-31", "力度": "2025-12-31", "油箱": "1", "货车": "2"},
    speaks_of={TRUCK: "1 次", MACHINE: "1 次"},
    keeps=[{}],
    breaks=[{MACHINE: "0 次"}, {TRUCK: "0 次"}],
)

_ANSWERED = ("不涉及", "已追究")

traced = Rule(
    id="ozone.leads-traced",
    clause=TASK.clause(7, "对发现的非标油问题线索进行追溯，严厉追究相关生产、销售、运输者主体责任"),
    en="A lead on non-standard fuel is traced, and who made, sold or moved it is held to it.",
    subject=FuelLead,
    applies=_since(FuelLead.found_on),
    requires=FuelLead.traced_on.happened()
    & whole(
        "相关生产、销售、运输者",
        FuelLead.producer.among(*_ANSWERED),
        FuelLead.seller.among(*_ANSWERED),
        FuelLead.transporter.among(*_ANSWERED),
    ),
    numbers={"线索": "2023-12-31", "相关": "3"},
    speaks_of={
        FuelLead.found_on: "2024-01-01",
        FuelLead.traced_on: "2024-01-01",
        FuelLead.producer: "不涉及",
        FuelLead.seller: "已追究",
        FuelLead.transporter: "不涉及",
    },
    keeps=[{}],
    breaks=[
        {FuelLead.traced_on: "never"},
        {FuelLead.producer: "未追究"},
        {FuelLead.seller: "未追究"},
        {FuelLead.transporter: "未追究"},
    ],
)
