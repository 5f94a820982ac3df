"""Fuel and vapour recovery on ledgers: every limit and day met exactly, whom each speaks of."""

import datetime as dt
import functools
import os
import re
from pathlib import Path

import polars as pl
import pytest

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_core import Attestation, Config, County, Facts, Strength, duties, read_facts
from airplan_ozone import vapour_limits
from airplan_ozone.petrol_ledgers import (
    Depot,
    DepotTest,
    FillingStation,
    FuelFacility,
    FuelInspection,
    FuelLead,
    FuelSample,
    NightPolicy,
    NozzleTest,
    StationTest,
    TankTruck,
    TightnessBreach,
    TruckTest,
)

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_ozone, airplan_qinyang, airplan_ambient)
]
TASKS = {"2.5.4": (7, 48), "2.5.5": (8, 49), "2.5.6": (11, 50)}


@functools.cache
def book(task="", taken=()):
    """A rulebook of one task, so that a case is cheap, under other readings than the usual ones."""
    every = airplan.build_rulebook(PLUGINS).rules.values()
    off = {rule.id: "not asked here" for rule in every if not rule.clause.id.startswith(task)}
    return airplan.build_rulebook(PLUGINS, Config(disable=off, interpretations=dict(taken)))


BOOK = book()
MINE = [clause for clause in BOOK.clauses.values() if clause.id.rpartition("-")[0] in TASKS]


def outcomes(task, *rows, as_of="2025-06-01", taken=None):
    facts = Facts.of(County(id="甲县"), *rows)
    rules = book(task, tuple((taken or {}).items()))
    assessment = airplan.assess(rules, facts, dt.date.fromisoformat(as_of))
    found, counts = assessment.outcomes, assessment.counts
    # what recurs is counted in another way than it is told
    told = found.group_by("duty", "outcome").len("count").rows()
    counted = counts.filter(pl.col("count") > 0).select("duty", "outcome", "count").rows()
    assert sorted(told) == sorted(counted)
    # a rule that is of one year goes by its own name
    alone = found.group_by("rule").agg(pl.col("duty").n_unique() == 1).rows()
    names = {rule for rule, one in alone if one}
    return {
        ((row["rule"] if row["rule"] in names else row["duty"]).removeprefix("ozone."),
         row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }  # fmt: skip


fuel = functools.partial(outcomes, "2.5.5")
vapour = functools.partial(outcomes, "2.5.6")


def act(clause, done, subject=None, **more):
    return Attestation(clause=clause, subject=subject, done=done, **more)


# The text -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lines():
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        path = Path(__file__).parents[4].parent / "shared/plan/plan.zh.txt"
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    return path.read_text(encoding="utf-8").splitlines()


def test_twenty_six_sentences_are_answered_for():
    """Each task has its sentences, numbered from one, and each is answered for."""
    assert {clause.id for clause in MINE} == {
        f"{task}-{n}" for task, (count, _) in TASKS.items() for n in range(1, count + 1)
    }
    assert len(MINE) == 26
    assert "disabled" not in {BOOK.coverage()[clause.id] for clause in MINE}
    assert {clause.id for clause in MINE if clause.excused} == {"2.5.6-11"}
    assert {clause.id for clause in MINE if clause.waives} == {"2.5.4-2", "2.5.4-3", "2.5.4-4"}


@pytest.mark.parametrize("task", TASKS)
def test_nothing_between_the_quotes_is_left_unsaid(task, lines):
    """Without its quotes, a task's line is its heading, its departments and punctuation."""
    line = lines[TASKS[task][1] - 1]
    clauses = [clause for clause in MINE if clause.id.rpartition("-")[0] == task]
    body = line[: line.rindex("（")]
    pieces = {piece for clause in clauses for piece in clause.text.split(" … ")}
    for piece in sorted(pieces, key=lambda piece: -len(piece)):
        assert piece in body
        body = body.replace(piece, "")
    assert re.sub(r"[\d.．，；。\s]", "", body) == clauses[0].heading


@pytest.mark.parametrize("task", TASKS)
def test_departments_are_those_of_the_bracket(task, lines):
    """A task's departments are named in the bracket that closes it, in its order."""
    bracket = lines[TASKS[task][1] - 1].rpartition("（")[2]
    names = re.sub("按职责分工负责|牵头|负责|参与|）|。", "", bracket)
    departments = BOOK.clauses[f"{task}-1"].departments
    for said, name in zip(re.split("[、，]", names), departments, strict=True):
        assert said in (name, name.removeprefix("市"))


def test_strengths_are_the_sentences_own():
    """Each asks without weakening, but for what exempts and what only sums up."""
    weak = {clause.id for clause in MINE if clause.strength is not Strength.MUST}
    assert weak == {"2.5.4-2", "2.5.4-3", "2.5.4-4", "2.5.6-11"}
    assert {BOOK.clauses[id].strength for id in weak} == {Strength.NONE}


@pytest.mark.parametrize(
    "interpretation",
    [
        one
        for one in BOOK.interpretations.values()
        if (one.id in ("I-39", "I-46", "I-49", "I-51") or one.id.startswith("2.5."))
        and one.id.partition("-")[0] not in ("2.5.1", "2.5.2", "2.5.3")
    ],
    ids=lambda one: one.id,
)
def test_every_reading_is_read(interpretation):
    """Taking another reading of an open question changes the duties of some rule."""
    first, *others = (name for name, _ in interpretation.readings)
    for other in others:
        assert any(
            [(duty.due, duty.trees) for duty in duties(rule, {interpretation.id: first})]
            != [(duty.due, duty.trees) for duty in duties(rule, {interpretation.id: other})]
            for rule in BOOK.rules.values()
        )


def test_every_limit_is_in_force_when_the_plan_begins():
    """So that no test of the plan's days is held to what does not hold yet."""
    begins = BOOK.clauses["2.5.6-5"].plan.begins
    assert max(*vapour_limits.IN_FORCE, vapour_limits.IN_FORCE_ON_QUAYS) <= begins


# 5: fuel ------------------------------------------------------------------------------------------


def sample(id, taken="2024-06-01", **more):
    return FuelSample(id=id, county="甲县", taken_on=taken, **more)


def test_fuel_keeps_to_its_standard():
    """Each sample of the plan's days; without one nothing is guaranteed."""
    rows = (
        sample("好", passed=True), sample("差", passed=False), sample("待", passed=None),
        sample("早", "2023-12-31", passed=False), sample("首日", "2024-01-01", passed=False),
        sample("不详", None, passed=False), sample("将来", "2025-06-02", passed=False),
    )  # fmt: skip
    found = fuel(*rows)
    assert {id: found["fuel-quality", id] for _, id in found if ("fuel-quality", id) in found} == {
        "好": "COMPLIANT", "差": "VIOLATION", "待": "UNKNOWN", "早": "NOT_APPLICABLE",
        "首日": "VIOLATION", "不详": "UNKNOWN", "将来": "NOT_APPLICABLE",
    }  # fmt: skip
    assert "UNKNOWN" in {outcome for (rule, _), outcome in fuel().items() if rule == "fuel-quality"}


@pytest.mark.parametrize(
    ("dealt_on", "expected"),
    [("2024-06-01", "COMPLIANT"), ("never", "VIOLATION"), (None, "UNKNOWN"),
     ("2025-06-02", "VIOLATION")],
)  # fmt: skip
def test_what_fails_is_dealt_with(dealt_on, expected):
    """坚决打击: whoever answers for it; what passes is nothing to strike."""
    rows = (
        sample("差", passed=False, dealt_on=dealt_on), sample("好", passed=True),
        FuelLead(id="线", county="甲县", found_on="2024-01-01", confirmed=True, filed_on=dealt_on),
        FuelLead(id="非", county="甲县", found_on="2024-01-01", confirmed=False, filed_on=dealt_on),
    )  # fmt: skip
    found = fuel(*rows)
    assert found["failed-samples-dealt-with", "差"] == expected
    assert found["failed-samples-dealt-with", "好"] == "NOT_APPLICABLE"
    assert found["non-standard-fuel-prosecuted", "线"] == expected
    assert found["non-standard-fuel-prosecuted", "非"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("found_on", "expected", "still_open"),
    [("2023-12-31", "NOT_APPLICABLE", "VIOLATION"), ("2024-01-01", "VIOLATION", "VIOLATION"),
     ("2025-06-02", "NOT_APPLICABLE", "NOT_APPLICABLE"), (None, "UNKNOWN", "UNKNOWN")],
)  # fmt: skip
def test_what_was_found_before_the_plan_is_not_of_its_days(found_on, expected, still_open):
    """A sample, a lead and an act alike; unless whatever is still open is meant."""
    rows = (
        sample("差", found_on, passed=False, dealt_on="never"),
        FuelLead(id="线", county="甲县", found_on=found_on, confirmed=True, filed_on="never",
                 traced_on="never"),
    )  # fmt: skip
    act = TightnessBreach(id="行", truck="车", found_on=found_on, phase="卸油", dealt_on="never")
    for taken, outcome in (({}, expected), ({"2.5.5-3-found": "open"}, still_open)):
        found = fuel(*rows, taken=taken)
        assert found["failed-samples-dealt-with", "差"] == outcome
        assert found["non-standard-fuel-prosecuted", "线"] == outcome
        assert found["leads-traced", "线"] == outcome
        assert vapour(TRUCK, act, taken=taken)["tightness-breaches", "行"] == outcome


def checks(year, count, link="销售"):
    return [
        FuelInspection(id=f"{year}-{link}-{n}", county="甲县", date=f"{year}-05-01", link=link)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("before", "now", "expected", "held"),
    [
        (4, 5, "COMPLIANT", "COMPLIANT"), (4, 4, "VIOLATION", "COMPLIANT"),
        (4, 0, "VIOLATION", "VIOLATION"), (0, 5, "UNKNOWN", "COMPLIANT"),
    ],
)  # fmt: skip
def test_fuel_is_inspected_more_often(before, now, expected, held):
    """Than in the year before; a year that nobody entered is not one without an inspection."""
    rows = (*checks(2023, before), *checks(2024, now))
    assert fuel(*rows)["fuel-inspections@2024", "甲县"] == expected
    found = fuel(*rows, taken={"2.5.5-8-more": "held"})
    assert found["fuel-inspections@2024", "甲县"] == held
    more = checks(2025, now)
    found = fuel(*rows, *more, as_of="2026-01-01", taken={"2.5.5-8-more": "before_plan"})
    assert found["fuel-inspections@2025", "甲县"] == expected


def station(id, opened="2010-01-01", closed="never", petrol=True, **more):
    return FillingStation(
        id=id, county="甲县", opened_on=opened, closed_on=closed, petrol=petrol, **more
    )


def stations(count):
    return [station(f"站{n}") for n in range(count)]


def spot(id, at, taken="2024-06-01", supervisory=True, source="加油站", **more):
    return sample(id, taken, station=at, supervisory=supervisory, source=source, **more)


_2024 = ("petrol-stations-spot-checked-2024", "甲县")


@pytest.mark.parametrize(
    ("count", "rows", "expected"),
    [
        (20, [spot("1", "站0")], "COMPLIANT"),  # exactly 5 %
        (21, [spot("1", "站0")], "VIOLATION"),
        (21, [spot("1", "站0"), spot("2", "站1")], "COMPLIANT"),
        # samples of one station are one station
        (21, [spot("1", "站0"), spot("2", "站0")], "VIOLATION"),
        (20, [spot("1", "站0", supervisory=False)], "VIOLATION"),
        (20, [spot("1", "站0", supervisory=None)], "UNKNOWN"),
        (20, [spot("1", "站0", source="货车油箱")], "VIOLATION"),
        (20, [spot("1", "站0", "2023-12-31")], "VIOLATION"),
        (20, [spot("1", "站0", "2025-01-01")], "VIOLATION"),
        (20, [spot("1", "站0", "2024-12-31")], "COMPLIANT"),
        (20, [spot("1", None)], "UNKNOWN"),
        (20, [spot("1", "站0"), station("闭", closed="2024-12-31")], "COMPLIANT"),
        (20, [spot("1", "站0"), station("后闭", closed="2025-01-01")], "VIOLATION"),
        (20, [spot("1", "站0"), station("后开", opened="2025-01-01")], "COMPLIANT"),
        (20, [spot("1", "站0"), station("柴", petrol=False)], "COMPLIANT"),
        (20, [spot("1", "站0"), station("不详", petrol=None)], "UNKNOWN"),
    ],
)
def test_a_twentieth_of_the_petrol_stations_is_spot_checked(count, rows, expected):
    """Each station once, of those in operation that sell petrol; 5 % itself is enough."""
    assert fuel(*stations(count), sample("别", source="生产企业"), *rows)[_2024] == expected


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        ("2024-06-01", "never", "COMPLIANT"), ("2024-06-02", "never", "VIOLATION"),
        ("2010-01-01", "2024-06-01", "COMPLIANT"), ("2010-01-01", "2024-05-31", "VIOLATION"),
    ],
)  # fmt: skip
def test_a_spot_check_is_of_a_station_in_operation(opened, closed, expected):
    """From the day on which it opened to the day on which it closed."""
    one = station("另", opened, closed)
    found = fuel(*stations(19), one, spot("1", "另"), taken={"2.5.5-2-operating": "some_time"})
    assert found[_2024] == expected
    if closed == "never":
        assert fuel(*stations(19), one, spot("1", "另"))[_2024] == expected


def test_where_there_is_no_station_none_is_spot_checked():
    """None in operation: nobody is spoken of; none entered: it is not known."""
    assert fuel(sample("1", source="储油库"))[_2024] == "UNKNOWN"
    gone = (station("闭", closed="2020-01-01"), station("柴", petrol=False))
    assert fuel(sample("1", source="储油库"), *gone)[_2024] == "NOT_APPLICABLE"
    assert fuel(*stations(20))[_2024] == "UNKNOWN"  # no ledger of samples
    assert fuel(*stations(20), sample("1", source="储油库"), as_of="2024-12-31")[_2024] == "PENDING"
    assert (
        fuel(*stations(20), sample("1", source="储油库"), as_of="2025-01-01")[_2024] == "VIOLATION"
    )


def test_spot_checks_by_other_readings():
    """Over the plan's two years; of the stations of any day of the year."""
    plan = {"2.5.5-2-period": "plan"}
    rows = (*stations(20), spot("1", "站0"))
    found = fuel(*rows, as_of="2026-01-01", taken=plan)
    assert found["petrol-stations-spot-checked-plan", "甲县"] == "COMPLIANT"
    assert _2024 not in found
    at_some_time = {"2.5.5-2-operating": "some_time"}
    closed = station("闭", closed="2024-06-30")
    assert fuel(*rows, closed)[_2024] == "COMPLIANT"
    assert fuel(*rows, closed, taken=at_some_time)[_2024] == "VIOLATION"


def test_diesel_is_supervised_in_each_link():
    """六个环节: one that is left out is one too many, one that is not told is not known."""
    links = ("进口", "生产", "仓储", "销售", "运输", "使用")
    every = [act("2.5.5-4", True, part=link) for link in links]
    assert fuel(*every)["diesel-links", "甲县"] == "COMPLIANT"
    assert fuel(*every[:-1])["diesel-links", "甲县"] == "UNKNOWN"
    last = act("2.5.5-4", False, part="使用")
    assert fuel(*every[:-1], last)["diesel-links", "甲县"] == "VIOLATION"


@pytest.mark.parametrize(
    ("kind", "licensed", "cleared", "expected", "pipe"),
    [
        ("自建油罐", False, "2024-01-01", "COMPLIANT", "NOT_APPLICABLE"),
        ("自建油罐", False, "never", "VIOLATION", "NOT_APPLICABLE"),
        ("自建油管", False, "never", "VIOLATION", "VIOLATION"),
        ("流动加油车", False, "never", "VIOLATION", "VIOLATION"),
        ("流动加油车", True, "never", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("流动加油车", None, "never", "UNKNOWN", "UNKNOWN"),
        ("流动加油车", False, None, "UNKNOWN", "UNKNOWN"),
        ("黑加油站", None, "never", "VIOLATION", "VIOLATION"),
        ("其他", False, "never", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        (None, False, "never", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_unlicensed_places_are_cleared(kind, licensed, cleared, expected, pipe):
    """Tanks, or pipes as they are printed; a black station has no licence by its name."""
    row = FuelFacility(
        id="点", county="甲县", kind=kind, licensed=licensed, found_on="2023-12-01",
        cleared_on=cleared,
    )  # fmt: skip
    assert fuel(row)["unlicensed-fuel", "点"] == expected
    assert fuel(row, taken={"I-39": "pipe"})["unlicensed-fuel", "点"] == pipe


def tank(id, source, taken="2024-06-01", fuel="柴油"):
    return sample(id, taken, source=source, fuel=fuel)


@pytest.mark.parametrize(
    ("rows", "expected", "more"),
    [
        ([tank("1", "货车油箱"), tank("2", "非道路移动机械油箱")], "COMPLIANT", "UNKNOWN"),
        ([tank("1", "货车油箱")], "VIOLATION", "VIOLATION"),
        ([tank("2", "非道路移动机械油箱")], "VIOLATION", "VIOLATION"),
        (
            [tank("1", "货车油箱"), tank("2", "非道路移动机械油箱", fuel="汽油")],
            "VIOLATION", "VIOLATION",
        ),
        ([tank("1", "货车油箱"), tank("2", None)], "UNKNOWN", "UNKNOWN"),
        (
            [tank(f"{n}", source, f"202{y}-06-01") for y in (3, 4)
             for n, source in ((10 * y, "货车油箱"), (10 * y + 1, "非道路移动机械油箱"))],
            "COMPLIANT", "VIOLATION",
        ),
    ],
)  # fmt: skip
def test_tanks_of_trucks_and_of_machines_are_sampled(rows, expected, more):
    """Both; more than in the year before by the other reading."""
    assert fuel(*rows)["tanks-sampled@2024", "甲县"] == expected
    found = fuel(*rows, taken={"2.5.5-6-more": "last_year"})
    assert found["tanks-sampled@2024", "甲县"] in (more, "UNKNOWN")
    if more == "VIOLATION" and len(rows) > 3:
        assert found["tanks-sampled@2024", "甲县"] == "VIOLATION"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "COMPLIANT"),
        ({"seller": "未追究"}, "VIOLATION"),
        ({"producer": "未追究"}, "VIOLATION"),
        ({"transporter": "未追究"}, "VIOLATION"),
        ({"transporter": None}, "UNKNOWN"),
        ({"traced_on": "never"}, "VIOLATION"),
        ({"traced_on": None}, "UNKNOWN"),
        ({"found_on": "2025-06-02", "traced_on": None}, "NOT_APPLICABLE"),
        ({"confirmed": False, "traced_on": "never"}, "VIOLATION"),
    ],
)
def test_a_lead_is_traced_and_whoever_answers_is_held_to_it(said, expected):
    """A lead is traced whatever comes of it."""
    told = {
        "found_on": "2024-02-01", "traced_on": "2024-03-01", "producer": "不涉及",
        "seller": "已追究", "transporter": "不涉及",
    }  # fmt: skip
    lead = FuelLead(id="线", county="甲县", **{**told, **said})
    assert fuel(lead)["leads-traced", "线"] == expected


# 6: vapour recovery -------------------------------------------------------------------------------


def checked(id, at, tested="2024-05-31", purpose="专项检查", **more):
    return StationTest(id=id, station=at, tested_on=tested, purpose=purpose, **more)


@pytest.mark.parametrize(
    ("tested", "as_of", "expected"),
    [
        ("2024-05-31", "2024-06-01", "COMPLIANT"),
        ("2024-01-01", "2024-06-01", "COMPLIANT"),
        ("2024-06-01", "2024-06-02", "LATE"),
        ("2024-06-01", "2024-05-31", "PENDING"),
        ("2023-12-31", "2024-06-01", "VIOLATION"),
        ("never", "2024-05-31", "PENDING"),
        ("never", "2024-06-01", "VIOLATION"),
        (None, "2024-06-01", "UNKNOWN"),
        ("2025-05-31", "2025-06-01", "VIOLATION"),
    ],
)
def test_the_special_check_reaches_every_station_by_the_end_of_may(tested, as_of, expected):
    """Checked in its own year, by 31 May; of two stations both."""
    rows = (*stations(2), checked("1", "站0", "2024-03-01"), checked("2", "站1", tested))
    assert vapour(*rows, as_of=as_of)["stations-special-check-2024", "甲县"] == expected


def test_the_special_check_is_of_what_is_in_use():
    """A station that closed, one of diesel, and one that opens later are not reached."""
    rows = (
        station("站"), station("闭", closed="2024-05-31"), station("柴", petrol=False),
        station("后开", opened="2024-06-01"), checked("1", "站"),
    )  # fmt: skip
    name = ("stations-special-check-2024", "甲县")
    assert vapour(*rows)[name] == "COMPLIANT"
    assert vapour(*rows, station("末日闭", closed="2024-06-01"))[name] == "VIOLATION"
    assert vapour(*rows, station("末日开", opened="2024-05-31"))[name] == "VIOLATION"
    assert vapour(*rows, station("不详", closed=None))[name] == "UNKNOWN"
    # what is a supervisory test is no special check
    other = checked("2", "站", purpose="监督性检测")
    assert vapour(station("站"), other)[name] == "VIOLATION"
    assert vapour(*rows[1:-1])[name] == "NOT_APPLICABLE"


def test_the_first_may_may_be_that_of_2025():
    """A draft of 2024 may ask nobody for the May before it; what follows is the same."""
    rows = (station("站"), checked("1", "站", "2023-05-01"))
    for reading, first in (("2024", "VIOLATION"), ("2025", None)):
        found = vapour(*rows, as_of="2025-06-01", taken={"2.5.6-1-first": reading})
        assert found.get(("stations-special-check-2024", "甲县")) == first
        assert found["stations-special-check-2025", "甲县"] == "VIOLATION"


def test_depots_and_trucks_are_checked_as_well():
    """储、运、销: each by its own ledger; where there is no depot, nobody is spoken of."""
    depot = Depot(id="库", county="甲县", petrol=True, opened_on="2000-01-01", closed_on="never")
    truck = TankTruck(
        id="车", county="甲县", petrol=True, opened_on="2020-01-01", closed_on="never"
    )
    tests = (
        DepotTest(id="1", depot="库", tested_on="2024-05-01", purpose="专项检查"),
        TruckTest(id="1", truck="车", tested_on="2024-06-01", purpose="专项检查"),
    )
    found = vapour(depot, truck, *tests)
    assert found["depots-special-check-2024", "甲县"] == "COMPLIANT"
    assert found["tank-trucks-special-check-2024", "甲县"] == "LATE"
    assert found["stations-special-check-2024", "甲县"] == "UNKNOWN"
    diesel = Depot(id="库", county="甲县", petrol=False, opened_on="2000-01-01", closed_on="never")
    assert vapour(diesel)["depots-special-check-2024", "甲县"] == "NOT_APPLICABLE"
    assert vapour(depot)["depots-special-check-2024", "甲县"] == "UNKNOWN"


def supervisory(count, of=10, day="2024-07-31"):
    tests = [checked(f"{n}", f"站{n}", day, "监督性检测") for n in range(count)]
    return (*stations(of), *tests, checked("别", "站0", "2023-01-01"))


@pytest.mark.parametrize(
    ("rows", "as_of", "expected"),
    [
        (supervisory(5), "2024-08-01", "COMPLIANT"),
        (supervisory(4), "2024-08-01", "VIOLATION"),
        (supervisory(4), "2024-07-31", "PENDING"),
        (supervisory(5, 11), "2024-08-01", "VIOLATION"),
        (supervisory(6, 11), "2024-08-01", "COMPLIANT"),
        (supervisory(5, day="2024-08-01"), "2024-08-01", "LATE"),
    ],
)
def test_half_of_the_stations_are_tested_by_the_end_of_july(rows, as_of, expected):
    """50 % itself is enough; of the stations, not of their tests."""
    assert vapour(*rows, as_of=as_of)["stations-tested-2024", "甲县"] == expected


def fleet(count, tested, day="2024-07-31"):
    trucks = [
        TankTruck(
            id=f"车{n}", county="甲县", petrol=True, opened_on="2020-01-01", closed_on="never"
        )
        for n in range(count)
    ]
    return (*trucks, *(
        TruckTest(id=f"{n}", truck=f"车{n}", tested_on=day, purpose="监督性检测")
        for n in range(tested)
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("tested", "half", "every"),
    [(4, "COMPLIANT", "COMPLIANT"), (2, "COMPLIANT", "VIOLATION"), (1, "VIOLATION", "VIOLATION")],
)
def test_half_of_the_trucks_or_all_of_them_are_tested(tested, half, every):
    """I-46; each kind has its own share."""
    rows = fleet(4, tested)
    assert vapour(*rows)["tank-trucks-tested-2024", "甲县"] == half
    assert vapour(*rows, taken={"I-46": "all"})["tank-trucks-tested-2024", "甲县"] == every


def test_every_depot_is_tested_and_each_year():
    """所有: one of two is half of them; 每年 reaches the second date (I-49)."""
    depots = [
        Depot(id=f"库{n}", county="甲县", petrol=True, opened_on="2000-01-01", closed_on="never")
        for n in range(2)
    ]
    test = {"purpose": "监督性检测"}
    one = DepotTest(id="1", depot="库0", tested_on="2024-07-31", **test)
    both = (one, DepotTest(id="2", depot="库1", tested_on="2024-02-01", **test))
    assert vapour(*depots, one)["depots-tested-2024", "甲县"] == "VIOLATION"
    found = vapour(*depots, *both, as_of="2025-08-01")
    assert found["depots-tested-2024", "甲县"] == "COMPLIANT"
    assert found["depots-tested-2025", "甲县"] == "VIOLATION"
    once = vapour(*depots, *both, as_of="2025-08-01", taken={"I-49": "once"})
    assert once["depots-tested-2024", "甲县"] == "COMPLIANT"
    assert ("depots-tested-2025", "甲县") not in once


def test_what_was_tested_before_it_was_in_use_is_told():
    """And is no test of it."""
    rows = (station("站", opened="2024-03-01"), checked("1", "站", "2024-02-29"))
    assert vapour(*rows, as_of="2024-06-01")["stations-special-check-2024", "甲县"] == "VIOLATION"
    assessment = airplan.assess(BOOK, Facts.of(County(id="甲县"), *rows), dt.date(2024, 6, 1))
    assert "早于投运日期 2024-03-01" in str(assessment.facts.notes)
    rows = (station("站", opened="2024-03-01"), checked("1", "站", "2024-03-01"))
    assert vapour(*rows, as_of="2024-06-01")["stations-special-check-2024", "甲县"] == "COMPLIANT"


DEPOT = Depot(id="库", county="甲县", petrol=True)
TRUCK = TankTruck(id="车", county="甲县", petrol=True)
STATION = FillingStation(id="站", county="甲县", petrol=True, treats=True)
_DAY = {"tested_on": "2024-06-01"}


@pytest.mark.parametrize(
    ("rule", "place", "ledger", "of", "kept", "broken"),
    [
        ("depot-outlet", DEPOT, DepotTest, "depot", {"outlet": "25 g/m³", "recovery": "95 %"},
         {"outlet": "25 g/m³", "recovery": "94.99 %"}),
        ("depot-outlet", DEPOT, DepotTest, "depot", {"outlet": "0 g/m³", "recovery": "100 %"},
         {"outlet": "25.01 g/m³", "recovery": "99 %"}),
        ("depot-leak", DEPOT, DepotTest, "depot", {"leak": "500 µmol/mol"},
         {"leak": "500.1 µmol/mol"}),
        ("truck-leak", TRUCK, TruckTest, "truck", {"leak": "500 µmol/mol"},
         {"leak": "501 µmol/mol"}),
        ("station-leak", STATION, StationTest, "station", {"leak": "500 µmol/mol"},
         {"leak": "501 µmol/mol"}),
        ("depot-boundary", DEPOT, DepotTest, "depot", {"boundary": "4.0 mg/m³"},
         {"boundary": "4.01 mg/m³"}),
        ("station-boundary", STATION, StationTest, "station", {"boundary": "4.0 mg/m³"},
         {"boundary": "4.01 mg/m³"}),
        ("depot-spill", DEPOT, DepotTest, "depot", {"spill": "10 mL"}, {"spill": "10.1 mL"}),
        ("depot-pressure", DEPOT, DepotTest, "depot", {"pressure": "6.0 kPa"},
         {"pressure": "6001 Pa"}),
        ("truck-valve", TRUCK, TruckTest, "truck", {"valve": "1.30 kPa"}, {"valve": "1.31 kPa"}),
        ("station-outlet", STATION, StationTest, "station", {"outlet": "25 g/m³"},
         {"outlet": "25.1 g/m³"}),
        ("station-tightness", STATION, StationTest, "station", {"tight": True}, {"tight": False}),
        *(
            ("station-resistance", STATION, StationTest, "station",
             {"resistance_18": "39.9 Pa", "resistance_28": "89.9 Pa", "resistance_38": "154 Pa"},
             {"resistance_18": "39.9 Pa", "resistance_28": "89.9 Pa", "resistance_38": "154 Pa",
              f"resistance_{flow}": f"{limit} Pa"})
            for flow, limit in ((18, 40), (28, 90), (38, 155))
        ),
    ],
)  # fmt: skip
def test_what_is_measured_keeps_to_its_standard(rule, place, ledger, of, kept, broken):
    """At the limit, and just above it; a blank is not known; before the plan nobody is asked."""
    rows = (
        place, ledger(id="达标", **{of: place.id}, **_DAY, **kept),
        ledger(id="超标", **{of: place.id}, **_DAY, **broken),
        ledger(id="空白", **{of: place.id}, values=True, **_DAY),
        ledger(id="以前", **{of: place.id}, tested_on="2023-12-31", **broken),
        ledger(id="不详", **{of: place.id}, **broken),
    )  # fmt: skip
    found = vapour(*rows)
    assert {id: found[rule, id] for id in ("达标", "超标", "空白", "以前", "不详")} == {
        "达标": "COMPLIANT", "超标": "VIOLATION", "空白": "UNKNOWN", "以前": "NOT_APPLICABLE",
        "不详": "UNKNOWN",
    }  # fmt: skip


def test_a_special_check_that_measured_nothing_is_held_to_no_limit():
    """Unless it says that it measured something; a supervisory test always does."""
    rows = [
        StationTest(id="看", station="站", purpose="专项检查", **_DAY),
        StationTest(id="测", station="站", purpose="专项检查", leak="501 µmol/mol", **_DAY),
        StationTest(id="有", station="站", purpose="专项检查", values=True, **_DAY),
        StationTest(id="监", station="站", purpose="监督性检测", **_DAY),
        StationTest(id="枪", station="站", purpose="专项检查", nozzles=1, **_DAY),
    ]
    found = vapour(STATION, *rows, *nozzles("1.3", test="枪"))
    assert {id: found["station-leak", id] for id in ("看", "测", "有", "监", "枪")} == {
        "看": "NOT_APPLICABLE", "测": "VIOLATION", "有": "UNKNOWN", "监": "UNKNOWN", "枪": "UNKNOWN",
    }  # fmt: skip
    assert found["station-air-liquid-ratio", "枪"] == "VIOLATION"
    visit = {"truck": "车", "purpose": "专项检查", **_DAY}
    rows = [
        TruckTest(id="看", **visit),
        TruckTest(id="测", **visit, tightness_tested=True),
        TruckTest(id="未测", **visit, tightness_tested=False),
    ]
    found = vapour(TRUCK, *rows)
    assert {id: found["truck-tightness", id] for id in ("看", "测", "未测")} == {
        "看": "NOT_APPLICABLE", "测": "UNKNOWN", "未测": "NOT_APPLICABLE",
    }  # fmt: skip
    bad = StationTest(
        id="坏", station="站", purpose="专项检查", nozzles=6, nozzles_failed=1, **_DAY
    )
    assert vapour(STATION, bad)["station-air-liquid-ratio", "坏"] == "VIOLATION"


def test_a_station_without_treatment_has_no_outlet():
    """And one of which it is not known may have one."""
    rows = [
        FillingStation(id=f"站{treats}", county="甲县", petrol=True, treats=treats)
        for treats in (False, None)
    ]
    tests = [StationTest(id=one.id, station=one.id, outlet="30 g/m³", **_DAY) for one in rows]
    found = vapour(*rows, *tests)
    assert found["station-outlet", "站False"] == "NOT_APPLICABLE"
    assert found["station-outlet", "站None"] == "UNKNOWN"
    assert found["station-boundary", "站False"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("volume", "limit"),
    [
        ("9500 升", "0.25"), ("20 立方米", "0.25"), ("9499.9 升", "0.38"), ("5.5 立方米", "0.38"),
        ("5499 升", "0.5"), ("3800 升", "0.5"), ("3799 升", "0.65"), ("1000 升", "0.65"),
    ],
)  # fmt: skip
def test_a_tank_is_as_tight_as_the_table_asks(volume, limit):
    """By its volume; what it is measured in does not matter, and a table of its own stays."""
    truck = TankTruck(id="车", county="甲县", petrol=True, volume=volume)
    above = f"{float(limit) * 1000 + 1:.0f} Pa"
    tests = [
        TruckTest(id="达标", truck="车", tightness=f"{limit} kPa", **_DAY),
        TruckTest(id="超标", truck="车", tightness=above, **_DAY),
        TruckTest(id="从严", truck="车", tightness=f"{limit} kPa", limit="0.1 kPa", **_DAY),
    ]
    found = vapour(truck, *tests)
    assert found["truck-tightness", "达标"] == "COMPLIANT"
    assert found["truck-tightness", "超标"] == "VIOLATION"
    assert found["truck-tightness", "从严"] == "VIOLATION"
    unknown = TankTruck(id="车", county="甲县", petrol=True)
    assert vapour(unknown, tests[0])["truck-tightness", "达标"] == "UNKNOWN"


def nozzles(*ratios, test="测"):
    return [
        NozzleTest(id=f"枪{n}", test=test, nozzle=f"{n}", ratio=ratio and f"{ratio} 升/升")
        for n, ratio in enumerate(ratios)
    ]


@pytest.mark.parametrize(
    ("total", "ratios", "expected"),
    [
        (2, ["1.0", "1.2"], "COMPLIANT"),
        (2, ["0.999", "1.2"], "VIOLATION"),
        (2, ["1.0", "1.201"], "VIOLATION"),
        (6, ["1.1"] * 5, "UNKNOWN"),  # all of up to six are tested
        (6, ["1.1"] * 6, "COMPLIANT"),
        (7, ["1.1"] * 6, "COMPLIANT"),
        (10, ["1.1"] * 6, "COMPLIANT"),
        (10, ["1.1"] * 5 + ["0.9"], "VIOLATION"),
        (11, ["1.1"] * 6, "UNKNOWN"),
        (11, ["1.1"] * 7 + ["0.9"], "COMPLIANT"),  # one of eight may fail
        (15, ["1.1"] * 6 + ["0.9"] * 2, "VIOLATION"),
        (16, ["1.1"] * 9 + ["0.9"], "COMPLIANT"),
        (16, ["1.1"] * 8 + ["0.9"], "UNKNOWN"),
        (20, ["1.1"] * 8 + ["0.9"] * 2, "VIOLATION"),
        (21, ["1.1"] * 10 + ["0.9"] * 2, "COMPLIANT"),
        (21, ["1.1"] * 9 + ["0.9"] * 3, "VIOLATION"),
        (21, ["0.9"] * 3, "VIOLATION"),  # too many already
        (2, ["1.1", None], "UNKNOWN"),
        (2, ["0.9", None], "VIOLATION"),
        (None, ["1.1"] * 6, "UNKNOWN"),
        (2, [], "UNKNOWN"),
    ],
)
def test_nozzles_are_sampled_and_fail_by_the_table(total, ratios, expected):
    """≤ 6 all and one; 7-10 six and one; 11-15 eight and two; 16-20 ten and two; then 12 and 3."""
    test = StationTest(id="测", station="站", nozzles=total, **_DAY)
    assert vapour(STATION, test, *nozzles(*ratios))["station-air-liquid-ratio", "测"] == expected


def test_what_a_test_says_of_its_nozzles_itself_stays():
    """Numbers without the nozzles' rows, and the verdict of whoever tested."""
    told = StationTest(id="数", station="站", nozzles=8, nozzles_tested=6, nozzles_failed=0, **_DAY)
    said = StationTest(id="判", station="站", ratio_kept=False, **_DAY)
    found = vapour(STATION, told, said)
    assert found["station-air-liquid-ratio", "数"] == "COMPLIANT"
    assert found["station-air-liquid-ratio", "判"] == "VIOLATION"


def test_a_nozzle_of_no_test_is_told():
    """Its number is that of no test: it counts nowhere."""
    test = StationTest(id="测", station="站", nozzles=2, **_DAY)
    facts = Facts.of(County(id="甲县"), STATION, test, *nozzles("0.5", test="错"))
    assessment = airplan.assess(BOOK, facts, dt.date(2024, 8, 1))
    assert "没有编号为 错 的加油站检测" in str(assessment.facts.notes)


def tight(id, day, value="0.1 kPa", **more):
    return TruckTest(id=id, truck="车", tested_on=day, tightness=value, **more)


@pytest.mark.parametrize(
    ("days", "expected", "once"),
    [
        (["2024-01-31", "2024-05-01"], "COMPLIANT", "COMPLIANT"),
        (["2024-01-31", "2024-04-30"], "VIOLATION", "COMPLIANT"),  # three months to the day
        (["2024-02-29", "2024-05-29"], "VIOLATION", "COMPLIANT"),
        (["2024-02-29", "2024-05-30"], "COMPLIANT", "COMPLIANT"),
        (["2024-01-31", "2024-02-15", "2024-12-31"], "COMPLIANT", "COMPLIANT"),
        (["2024-06-01"], "VIOLATION", "COMPLIANT"),
        (["2023-12-31", "2024-06-01"], "VIOLATION", "COMPLIANT"),
        (["2024-06-01", "2025-01-01"], "VIOLATION", "COMPLIANT"),
        (["2023-12-31"], "VIOLATION", "VIOLATION"),
        (["2024-06-01", None], "UNKNOWN", "COMPLIANT"),
    ],
)
def test_a_truck_is_tested_twice_a_year_three_months_apart(days, expected, once):
    """GB 20951-2020, 6.1; or once, as 定期 has no interval of its own."""
    truck = TankTruck(id="车", county="甲县", petrol=True, opened_on="2023-12-31",
                      closed_on="never")  # fmt: skip
    rows = (truck, *(tight(f"{n}", day) for n, day in enumerate(days)))
    name = ("truck-tightness-tested-2024", "车")
    assert vapour(*rows)[name] == expected
    assert vapour(*rows, taken={"2.5.6-6-often": "yearly"})[name] == once


def test_what_may_be_a_test_of_tightness_leaves_it_open():
    """A row without a measured change of pressure may be the year's first; one that says no, not."""
    truck = TankTruck(id="车", county="甲县", petrol=True, opened_on="2020-01-01",
                      closed_on="never")  # fmt: skip
    name = ("truck-tightness-tested-2024", "车")
    later = (tight("2", "2024-05-01"), tight("3", "2024-06-01"))
    assert vapour(truck, tight("1", "2024-01-01", None), *later)[name] == "UNKNOWN"
    no = tight("1", "2024-01-01", None, tightness_tested=False)
    yes = tight("1", "2024-01-01", None, tightness_tested=True)
    assert vapour(truck, no, *later)[name] == "VIOLATION"
    assert vapour(truck, yes, *later)[name] == "COMPLIANT"


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        ("2023-12-31", "2025-01-01", "VIOLATION"),
        ("2024-01-01", "never", "NOT_APPLICABLE"),
        ("2020-01-01", "2024-12-31", "NOT_APPLICABLE"),
        (None, "never", "UNKNOWN"),
    ],
)
def test_a_years_rhythm_is_for_who_is_in_use_all_year(opened, closed, expected):
    """A truck that came or went within the year has no two tests to make in it."""
    truck = TankTruck(id="车", county="甲县", petrol=True, opened_on=opened, closed_on=closed)
    found = vapour(truck, tight("1", "2023-05-01"))
    assert found["truck-tightness-tested-2024", "车"] == expected


@pytest.mark.parametrize(
    ("phase", "dealt", "expected"),
    [
        ("卸油", "2024-06-01", "COMPLIANT"), ("发油", "never", "VIOLATION"),
        ("运输", None, "UNKNOWN"), ("停泊", "never", "VIOLATION"),
        ("其他", "never", "NOT_APPLICABLE"), (None, "never", "UNKNOWN"),
    ],
)  # fmt: skip
def test_who_breaks_a_tanks_tightness_is_dealt_with(phase, dealt, expected):
    """In the four phases that the sentence names."""
    row = TightnessBreach(id="行为", truck="车", found_on="2024-05-01", phase=phase, dealt_on=dealt)
    assert vapour(TRUCK, row)["tightness-breaches", "行为"] == expected


@pytest.mark.parametrize(
    ("day", "fuel", "pressure", "expected", "plan"),
    [
        ("2024-05-01", "汽油", "65 kPa", "COMPLIANT", "COMPLIANT"),
        ("2024-05-01", "乙醇汽油", "65.1 kPa", "VIOLATION", "VIOLATION"),
        ("2024-10-31", "汽油", "65001 Pa", "VIOLATION", "NOT_APPLICABLE"),
        ("2024-11-01", "汽油", "80 kPa", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2024-04-30", "汽油", "80 kPa", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2024-09-30", "汽油", "66 kPa", "VIOLATION", "VIOLATION"),
        ("2024-10-01", "汽油", "66 kPa", "VIOLATION", "NOT_APPLICABLE"),
        ("2024-06-01", "柴油", "80 kPa", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2024-06-01", None, "80 kPa", "UNKNOWN", "UNKNOWN"),
        ("2024-06-01", "汽油", None, "UNKNOWN", "UNKNOWN"),
        ("2023-06-01", "汽油", "80 kPa", "NOT_APPLICABLE", "NOT_APPLICABLE"),
    ],
)
def test_summer_petrol_keeps_its_vapour_pressure(day, fuel, pressure, expected, plan):
    """From 1 May to 31 October; petrol with ethanol too, diesel not."""
    row = sample("样", day, fuel=fuel, vapour_pressure=pressure)
    assert vapour(row)["summer-vapour-pressure", "样"] == expected
    found = vapour(row, taken={"2.5.6-8-summer": "plan"})
    assert found["summer-vapour-pressure", "样"] == plan


def test_where_no_petrol_was_sampled_its_vapour_pressure_is_not_known():
    """Samples of diesel say nothing of it."""
    for rows in ((), (sample("柴", fuel="柴油"),)):
        found = vapour(*rows)
        assert found["summer-vapour-pressure", "甲县/汽油"] == "UNKNOWN"
    found = vapour(sample("汽", fuel="乙醇汽油", vapour_pressure="60 kPa"))
    assert ("summer-vapour-pressure", "甲县/汽油") not in found


@pytest.mark.parametrize(
    ("issued", "begins", "ends", "by", "within", "applied"),
    [
        ("2024-06-01", "2024-06-01", "2024-09-30", "COMPLIANT", "COMPLIANT", "VIOLATION"),
        ("2024-04-20", "2024-05-01", "2024-09-30", "COMPLIANT", "VIOLATION", "COMPLIANT"),
        ("2024-04-20", "2024-05-02", "2024-09-30", "COMPLIANT", "VIOLATION", "VIOLATION"),
        ("2024-04-20", "2024-05-01", "2024-09-29", "COMPLIANT", "VIOLATION", "VIOLATION"),
        ("2023-05-01", "2023-05-01", "never", "VIOLATION", "VIOLATION", "COMPLIANT"),
        ("2024-09-30", "2024-09-30", "never", "COMPLIANT", "COMPLIANT", "VIOLATION"),
        ("2024-10-01", "2024-10-01", "never", "LATE", "VIOLATION", "VIOLATION"),
        ("never", "never", "never", "VIOLATION", "VIOLATION", "VIOLATION"),
        (None, None, None, "UNKNOWN", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_filling_at_night_is_encouraged_each_summer(issued, begins, ends, by, within, applied):
    """Issued in the year by 30 September; in those months; or in force in them."""
    row = NightPolicy(id="策", county="甲县", issued_on=issued, begins_on=begins, ends_on=ends)
    for reading, expected in (("issued_by", by), ("issued_in", within), ("applied", applied)):
        found = vapour(row, as_of="2024-10-02", taken={"2.5.6-9-when": reading})
        assert found["night-filling-2024", "甲县"] == expected
    assert vapour(as_of="2024-10-02")["night-filling-2024", "甲县"] == "UNKNOWN"


def test_acts_of_each_summer():
    """Each year for itself; loading and filling are two, of which one alone is not enough."""
    both = [
        act("2.5.6-10", True, part=part, period="2024", done_on="2024-06-01")
        for part in ("错时装卸油", "错峰加油")
    ]
    found = vapour(*both, act("2.5.6-8", False, period="2024"), as_of="2025-01-01")
    assert found["off-peak-loading@2024", "甲县"] == "COMPLIANT"
    assert found["off-peak-loading@2025", "甲县"] in ("PENDING", "UNKNOWN")
    assert found["vapour-pressure-control@2024", "甲县"] == "VIOLATION"
    found = vapour(*both[:1], as_of="2025-01-01")
    assert found["off-peak-loading@2024", "甲县"] == "UNKNOWN"


# What is written wrongly --------------------------------------------------------------------------


def read(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    found = read_facts(folder, BOOK)
    problems = [cell.problem for cell in found.unreadable]
    problems += [problem for one in found.set_aside for problem in one.problems]
    return "\n".join(map(str, problems))


@pytest.mark.parametrize(("ratio", "told"), [("0", "at least"), ("12", "at most"), ("1.05", "")])
def test_a_ratio_that_no_meter_reads_is_told(tmp_path, ratio, told):
    """0 and 12; what it is, is then not known."""
    found = read(tmp_path, "加油枪气液比检测.csv", f"编号,检测编号,加油枪,气液比\n1,测,1,{ratio}\n")
    assert told in found
    assert bool(found) is bool(told)


@pytest.mark.parametrize(
    ("head", "value", "told"),
    [("Pa", "250", ""), ("kPa", "0.25", ""), ("kPa", "250", "at most"), ("mm", "25", "mm")],
)
def test_tightness_is_a_pressure(tmp_path, head, value, told):
    """Pa become kPa; 250 kPa is none that a tank loses; millimetres are refused."""
    (tmp_path / "油罐车.csv").write_text("编号,县市\n车,甲县\n", encoding="utf-8")
    (tmp_path / "县市.csv").write_text("编号\n甲县\n", encoding="utf-8")
    text = f"编号,油罐车,罐体压力变动值[{head}]\n1,车,{value}\n"
    if told == "mm":
        with pytest.raises(airplan.FactsError, match="mm"):
            read(tmp_path, "油罐车检测.csv", text)
        return
    found = read(tmp_path, "油罐车检测.csv", text)
    assert told in found
    assert bool(found) is bool(told)


def test_a_station_that_opens_in_a_far_year_is_told(tmp_path):
    """A year of which no one can know, or a slip of the pen."""
    (tmp_path / "县市.csv").write_text("编号\n甲县\n", encoding="utf-8")
    text = "编号,县市,投运日期,关停日期\n站,甲县,2099-05-01,未发生\n"
    assert "implausible" in read(tmp_path, "加油站.csv", text)


def test_a_station_does_not_close_before_it_opens(tmp_path):
    """Two days the wrong way round are told, and what to do."""
    (tmp_path / "县市.csv").write_text("编号\n甲县\n", encoding="utf-8")
    text = "编号,县市,投运日期,关停日期\n站,甲县,2020-05-01,2010-05-01\n"
    assert "对调" in read(tmp_path, "加油站.csv", text)
