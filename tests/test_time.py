"""When a verdict falls: periods, the events they hold, and what no later day can mend."""

import datetime as dt
import functools
import operator

import attrs
import polars as pl
import pytest

import airplan_core as airplan
import airplan_core.testing as airplan_testing
from airplan_core import (
    Count,
    County,
    Entity,
    Event,
    Facts,
    Flag,
    Outcome,
    Reference,
    Rule,
    Share,
    by,
    duties,
    event,
    flag,
    reference,
)
from airplan_core.assessment.outlook import outlook
from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.scalar import decide
from airplan_core.rulebook.config import Replacement
from airplan_core.rulebook.override import replaced
from tests.ledgers import RULES, TASK, Chapter, Kiln, days, outcomes, rulebook

LAST = dt.date(2024, 12, 31)
AFTER = dt.date(2025, 1, 1)
COUNTY = County(id="测试县")


class Station(Entity, zh="站点"):
    """A station that opens, is tested, may be fenced and may close."""

    county: Reference[County] = reference(County, zh="县市")
    opened_on: Event = event(zh="开站日期")
    tested_on: Event = event(zh="检测日期")
    fenced_on: Event = event(zh="围挡日期")
    closed_on: Event = event(zh="关站日期")
    listed: Flag = flag(zh="名录内")


class Alarm(Entity, zh="报警"):
    """An alarm of a station, and when it was answered."""

    station: Reference[Station] = reference(Station, zh="站点")
    rang_on: Event = event(zh="报警日期")
    answered_on: Event = event(zh="处置日期")


class Listing(Entity, zh="名单"):
    """A listing that the county has won."""

    county: Reference[County] = reference(County, zh="县市")
    listed_on: Event = event(zh="入选日期")


LISTINGS = Count(
    id="test.listings", zh="入选数", en="listings", unit="个", of=Listing.county,
    on=Listing.listed_on, better="more",
)  # fmt: skip


def rule(requires, due, subject=Station, **more):
    """A rule of the test chapter: 应, of the stations unless said."""
    return Rule(
        id="test.timed", clause=TASK.clause(1, "应当按期完成"), subject=subject, requires=requires,
        due=due, **more,
    )  # fmt: skip


def book(*rules):
    """A rulebook with the rules in the place of the chapter's first."""
    return rulebook(
        rules=(*rules, *RULES[len(rules) :]),
        clauses=(*(rule.clause for rule in rules), *Chapter.clauses[len(rules) :]),
        entities=(*Chapter.entities, Station, Alarm, Listing),
    )


@pytest.fixture
def stands(duckdb_engine):
    """How a subject stands to each of the rule's duties on a day, by the year it is of.

    Tables here, a database, one subject alone and the counts say the same.
    """

    def ask(rulebook, day, *records, subject="s"):
        facts = Facts.of(*records)
        here = airplan.assess(rulebook, facts, day)
        there = airplan.assess(rulebook, facts, day, engine=duckdb_engine)
        assert here.counts.equals(there.counts)
        verdicts, others = (one.verdicts.sort("duty", "subject") for one in (here, there))
        assert verdicts.select("outcome", "missing").equals(others.select("outcome", "missing"))
        counted = verdicts.group_by("duty", "outcome").len("count")
        assert counted.sort("duty", "outcome").equals(
            here.counts.select("duty", "outcome", "count").sort("duty", "outcome"),
            null_equal=True,
        )
        found = {
            row["duty"]: row["outcome"]
            for row in verdicts.iter_rows(named=True)
            if row["subject"] == subject and row["rule"] == "test.timed"
        }
        (own,) = (one for one in records if one.id == subject)
        checked = airplan.check(rulebook, own, day, *(one for one in records if one is not own))
        assert found == {v.duty.id: v.outcome for v in checked if v.rule == "test.timed"}
        for reason in here.explain("test.timed", subject).reasons:
            assert reason.outcome == found[reason.duty.id]
        return {id.rpartition("@")[2]: outcome for id, outcome in found.items()}

    return ask


def station(id="s", **facts):
    return Station(id=id, county="测试县", **facts)


# A period is over when its last day has passed -----------------------------------------------


def test_on_the_last_day_a_count_can_still_rise(stands):
    """No listing in 2024: pending on New Year's Eve, when one may still come, and then not."""
    of = book(rule(LISTINGS.at_least("1 个"), airplan.during(2024), County))
    assert stands(of, LAST, COUNTY, subject="测试县") == {"2024": "PENDING"}
    none = Listing(id="l", county="测试县", listed_on="never")
    assert stands(of, LAST, COUNTY, none, subject="测试县") == {"2024": "PENDING"}
    assert stands(of, AFTER, COUNTY, none, subject="测试县") == {"2024": "VIOLATION"}


@pytest.mark.parametrize(
    ("without", "as_of", "outcome"),
    [
        ([LAST], LAST, "PENDING"),
        ([LAST], AFTER, "COMPLIANT"),
        ([dt.date(2024, 3, 1)], LAST, "PENDING"),
        ([], LAST, "COMPLIANT"),  # no day is to come
    ],
)
def test_on_the_last_day_a_mean_is_open_unless_every_day_is_there(without, as_of, outcome):
    """365 of 366 days make a mean when the year is over, and not before."""
    found = outcomes(rulebook(), as_of, *days(2024, without=without))
    assert found["test.annual-mean@2024"]["测试县"] == outcome


@pytest.mark.parametrize("without", [[LAST], []])
@pytest.mark.parametrize("level", [40, 45, 200])
def test_the_outlook_of_the_last_day_says_what_the_verdict_says(level, without):
    """What is pending is open, what is met attainable, what falls short out of reach."""
    of = book(rule(LISTINGS.at_least("1 个"), airplan.during(2024), County))
    facts = Facts.of(*days(2024, level, without=without), Listing(id="l", listed_on="never"))
    said = {"PENDING": None, "COMPLIANT": True, "VIOLATION": False}
    found = outlook(airplan.assess(of, facts, LAST))
    assert {one.duty.rule.id for one in found} >= {"test.timed", "test.annual-mean"}
    for one in found:
        assert one.attainable is said[one.outcome], one


# What is done counts for the year in which it is done ------------------------------------------

TESTED = Station.tested_on.happened()
OPEN = Station.opened_on.happened() & ~Station.closed_on.happened()
YEARS = airplan.yearly(5, 31, 2025, 2026)
LONG_OPEN = {"opened_on": "2010-01-01", "closed_on": "never"}


def test_scope_and_exemption_are_as_things_stand(stands):
    """A station open since 2010 is spoken of each year; one closed in 2020 never again."""
    of = book(rule(TESTED, YEARS, applies=OPEN))
    untested = station(tested_on="never", **LONG_OPEN)
    assert stands(of, dt.date(2025, 6, 1), untested) == {"2025": "VIOLATION", "2026": "PENDING"}
    closed = station(tested_on="never", opened_on="2010-01-01", closed_on="2020-01-01")
    gone = dict.fromkeys(("2025", "2026"), "NOT_APPLICABLE")
    assert stands(of, dt.date(2025, 6, 1), closed) == gone
    fenced = airplan.Exempt("fenced", "已围挡的除外", Station.fenced_on.happened())
    excused = book(rule(TESTED, YEARS, exempt=(fenced,)))
    long_ago = station(tested_on="never", fenced_on="2019-03-01")
    assert set(stands(excused, dt.date(2026, 6, 1), long_ago).values()) == {"EXEMPT"}


@pytest.mark.parametrize(
    ("tested_on", "of_2025", "of_2026"),
    [
        ("2024-12-31", "VIOLATION", "VIOLATION"),
        ("2025-01-01", "COMPLIANT", "VIOLATION"),
        ("2025-05-31", "COMPLIANT", "VIOLATION"),
        ("2025-06-01", "LATE", "VIOLATION"),
        ("2025-12-31", "LATE", "VIOLATION"),
        ("2026-01-01", "VIOLATION", "COMPLIANT"),
        ("2026-03-01", "VIOLATION", "COMPLIANT"),
        ("2026-07-10", "VIOLATION", "LATE"),
    ],
)
def test_what_is_done_for_one_year_does_not_mend_another(stands, tested_on, of_2025, of_2026):
    """每年5月底前: done in July it is late, done the year after it is that year's."""
    of, one = book(rule(TESTED, YEARS)), station(tested_on=tested_on)
    assert stands(of, dt.date(2027, 1, 1), one) == {"2025": of_2025, "2026": of_2026}


def test_a_year_left_out_is_made_up_for_where_the_sentence_says_so(stands):
    """`late` declares it: what is done later still counts for the year, late."""
    of = book(rule(TESTED, airplan.yearly(5, 31, 2025, 2026, late=True)))
    found = stands(of, dt.date(2026, 7, 1), station(tested_on="2026-03-01"))
    assert found == {"2025": "LATE", "2026": "COMPLIANT"}
    before = stands(of, dt.date(2026, 7, 1), station(tested_on="2024-03-01"))
    assert set(before.values()) == {"VIOLATION"}


SHARE = Share(
    id="test.tested", zh="检测比例", en="tested", unit="座", of=Station.county, among=OPEN,
    where=TESTED, better="more",
)  # fmt: skip


@pytest.mark.parametrize("day", [dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2027, 3, 1)])
def test_a_share_of_what_is_done_is_of_the_year_it_is_for(stands, day):
    """Tested in March 2025 only: all of 2025, none of 2026."""
    of = book(rule(SHARE.at_least("100 %"), YEARS, County))
    stations = [station(str(n), tested_on="2025-03-01", **LONG_OPEN) for n in range(2)]
    found = stands(of, day, COUNTY, *stations, subject="测试县")
    after = "PENDING" if day < dt.date(2026, 5, 31) else "VIOLATION"
    assert found == {"2025": "COMPLIANT", "2026": after}
    metrics = airplan.assess(of, Facts.of(COUNTY, *stations), day).metrics
    values = dict(metrics.filter(metric="test.tested").select("period", "value").iter_rows())
    assert (values["2025"], values["2026"]) == (100, 0)


@pytest.mark.parametrize(
    ("tested_on", "outcome"),
    [("2026-05-31", "COMPLIANT"), ("2026-07-10", "LATE"), ("2027-01-10", "VIOLATION")],
)
def test_a_share_reached_later_in_the_year_is_late(stands, tested_on, outcome):
    """As at the due day, and as it is: both of what was done in the year."""
    of = book(rule(SHARE.at_least("100 %"), YEARS, County))
    one = station(tested_on=tested_on, **LONG_OPEN)
    assert stands(of, dt.date(2027, 3, 1), COUNTY, one, subject="测试县")["2026"] == outcome


@pytest.mark.parametrize(
    ("requires", "due", "done", "outcome"),
    [
        (Station.tested_on.happened_after("2020-01-01"), airplan.during(2024), "2022-05-01", "VIOLATION"),
        (Station.tested_on.happened_after("2020-01-01"), airplan.during(2024), "2024-05-01", "COMPLIANT"),
        (Station.tested_on.happened_after("2024-06-01"), airplan.during(2024), "2024-05-01", "VIOLATION"),
        (Station.tested_on.happened_by("2024-12-31"), airplan.by("2024-06-30"), "2024-09-01", "LATE"),
        (Station.tested_on.happened_by("2024-12-31"), airplan.by("2024-06-30"), "2024-06-30", "COMPLIANT"),
        (Station.tested_on.happened_by("2024-12-31"), airplan.by("2024-06-30"), "2025-01-01", "VIOLATION"),
        (
            Station.tested_on.happened_by("2024-12-31") & Station.fenced_on.happened(),
            airplan.by("2024-06-30"), "2024-09-01", "LATE",
        ),
        (Station.tested_on.happened_by(Station.closed_on), airplan.during(2024), "2024-05-01", "COMPLIANT"),
        (Station.tested_on.happened_by(Station.closed_on), airplan.during(2024), "2023-05-01", "VIOLATION"),
    ],
)  # fmt: skip
def test_an_event_is_within_its_own_days_and_the_period(stands, requires, due, done, outcome):
    """The later of two first days, the earlier of two last ones; after the due day it is late."""
    one = station(tested_on=done, fenced_on="2024-01-02", closed_on="2024-12-01")
    assert set(stands(book(rule(requires, due)), dt.date(2025, 3, 1), one).values()) == {outcome}


# What no later day can mend ----------------------------------------------------------------------

ALARMS = Count(
    id="test.alarms", zh="报警次数", en="alarms", unit="次", of=Alarm.station, on=Alarm.rang_on,
    better="less",
)  # fmt: skip
FENCED = Station.fenced_on.happened()
FEW = ALARMS.at_most("2 次")
IN_2024 = airplan.during(2024)
MARCH, AUTUMN = dt.date(2024, 3, 31), dt.date(2024, 10, 1)


def alarms(count, year=2024, **facts):
    return [Alarm(id="none", station="s", rang_on="never")] + [
        Alarm(id=f"{year}-{n}", station="s", rang_on=f"{year}-02-0{n + 1}", **facts)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("requires", "facts", "count", "march", "after"),
    [
        (FENCED & FEW, {"fenced_on": "never"}, 2, "PENDING", "VIOLATION"),
        (FENCED & FEW, {"fenced_on": "2024-05-01"}, 2, "PENDING", "COMPLIANT"),
        (FENCED & FEW, {"fenced_on": "2024-02-01"}, 3, "VIOLATION", "VIOLATION"),
        (FENCED & FEW, {"fenced_on": "never"}, 3, "VIOLATION", "VIOLATION"),
        (FENCED & FEW, {}, 3, "VIOLATION", "VIOLATION"),
        (FENCED & FEW, {}, 2, "PENDING", "UNKNOWN"),
        (FENCED | FEW, {"fenced_on": "never"}, 3, "PENDING", "VIOLATION"),
        (FENCED | FEW, {"fenced_on": "never"}, 2, "PENDING", "COMPLIANT"),
        (FENCED | FEW, {"fenced_on": "2024-02-01"}, 3, "COMPLIANT", "COMPLIANT"),
        (FENCED | FEW, {}, 2, "UNKNOWN", "COMPLIANT"),
        (Station.listed & FEW, {"listed": False}, 0, "PENDING", "VIOLATION"),
        (~(FENCED & ~FEW), {"fenced_on": "2024-02-01"}, 3, "PENDING", "VIOLATION"),
        (~(FENCED | ~FEW), {"fenced_on": "never"}, 3, "VIOLATION", "VIOLATION"),
    ],
)
def test_only_what_no_day_can_mend_falls_short_early(stands, requires, facts, count, march, after):
    """A third alarm breaks “at most 2” at once; what can still be fenced or listed waits."""
    of = book(rule(requires, IN_2024))
    given = (station(**facts), *alarms(count))
    for day, outcome in ((MARCH, march), (LAST, march), (AFTER, after)):
        assert stands(of, day, *given) == {"2024": outcome}, day


@pytest.mark.parametrize(
    ("applies", "facts", "count", "march", "after"),
    [
        (~FEW, {}, 0, "PENDING", "NOT_APPLICABLE"),
        (~FEW, {}, 3, "PENDING", "VIOLATION"),
        (~FEW, {"fenced_on": "2024-02-01"}, 0, "PENDING", "NOT_APPLICABLE"),
        (~FEW, {"fenced_on": "2024-02-01"}, 3, "COMPLIANT", "COMPLIANT"),
        (FEW, {}, 3, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        (~FEW & Station.listed, {"listed": False}, 0, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        (~FEW & Station.listed, {"listed": True}, 0, "PENDING", "NOT_APPLICABLE"),
        (~FEW & Station.listed, {}, 0, "UNKNOWN", "NOT_APPLICABLE"),
    ],
)
def test_a_scope_that_a_running_period_leaves_open_is_pending(
    stands, applies, facts, count, march, after
):
    """Whether the sentence speaks of the station is told when the year is over, or decided."""
    of = book(rule(FENCED, IN_2024, applies=applies))
    given = (station(**{"fenced_on": "never", **facts}), *alarms(count))
    for day, outcome in ((MARCH, march), (LAST, march), (AFTER, after)):
        assert stands(of, day, *given) == {"2024": outcome}, day


def test_an_exemption_that_a_running_period_leaves_open_is_pending(stands):
    """Nor is who may still come to be excused out of reach, or undecided."""
    calm = airplan.Exempt("calm", "报警不超过2次的除外", FEW)
    of = book(rule(Station.listed & ALARMS.at_most("0 次"), IN_2024, exempt=(calm,)))
    for count, march, after in ((1, "PENDING", "EXEMPT"), (3, "VIOLATION", "VIOLATION")):
        given = (station(listed=True), *alarms(count))
        assert stands(of, MARCH, *given) == {"2024": march}
        assert stands(of, AFTER, *given) == {"2024": after}


def test_what_is_forbidden_for_a_year_is_forbidden_in_that_year(stands):
    """A ban's object is what is done in the year; a count past its limit falls short at once."""
    done = Rule(
        id="test.timed", clause=TASK.clause(1, "禁止拆除围挡"), subject=Station, due=IN_2024,
        forbids=Station.closed_on.happened(),
    )  # fmt: skip
    assert stands(book(done), AFTER, station(closed_on="2023-05-01")) == {"2024": "NOT_APPLICABLE"}
    assert stands(book(done), AFTER, station(closed_on="2024-05-01")) == {"2024": "VIOLATION"}
    loud = attrs.evolve(done, forbids=~FEW)
    for count, march, after in ((2, "PENDING", "NOT_APPLICABLE"), (3, "VIOLATION", "VIOLATION")):
        given = (station(), *alarms(count))
        assert stands(book(loud), MARCH, *given) == {"2024": march}
        assert stands(book(loud), AFTER, *given) == {"2024": after}


ANSWERED = Share(
    id="test.answered", zh="处置比例", en="answered", unit="次", of=Alarm.station,
    on=Alarm.rang_on, where=Alarm.answered_on.happened(), better="more",
)  # fmt: skip
UNANSWERED = Count(
    id="test.unanswered", zh="未处置次数", en="unanswered", unit="次", of=Alarm.station,
    on=Alarm.rang_on, where=~Alarm.answered_on.happened(), better="less",
)  # fmt: skip


@pytest.mark.parametrize("requires", [ANSWERED.at_least("100 %"), UNANSWERED.at_most("0 次")])
@pytest.mark.parametrize(
    ("answered_on", "march", "after"),
    [
        ("never", "PENDING", "VIOLATION"),
        ("2024-03-01", "PENDING", "COMPLIANT"),
        ("2023-03-01", "PENDING", "VIOLATION"),
        ("2025-01-01", "PENDING", "VIOLATION"),
    ],
)
def test_a_row_that_can_still_come_to_count_is_not_decided(
    stands, requires, answered_on, march, after
):
    """An alarm that nobody has answered by March may be answered by the end of the year."""
    given = (station(), *alarms(2, answered_on=answered_on))
    for day, outcome in ((MARCH, march), (LAST, march), (dt.date(2025, 2, 1), after)):
        assert stands(book(rule(requires, IN_2024)), day, *given) == {"2024": outcome}


def test_two_windows_of_one_name_are_told_apart_by_their_days(stands):
    """A year, and its first five months: two figures of one metric, under names of their own."""
    whole = rule(ALARMS.at_most("2 次"), IN_2024)
    part = attrs.evolve(
        whole, id="test.timed-till-may", clause=TASK.clause(2, "应当5月底前完成"),
        requires=ALARMS.at_most("1 次"), due=airplan.yearly(5, 31, 2024),
    )  # fmt: skip
    of = book(whole, part)
    late = Alarm(id="late", station="s", rang_on="2024-08-01")
    given = (station(), *alarms(1), late)
    assert stands(of, AFTER, *given) == {"2024": "COMPLIANT"}
    found = airplan.assess(of, Facts.of(*given), AFTER)
    values = found.metrics.filter(metric="test.alarms").select("period", "value")
    assert dict(values.iter_rows()) == {"2024": 2, "2024-01-01/2024-05-31": 1}
    assert "2024-01-01/2024-05-31 报警次数" in str(found.explain("test.timed-till-may", "s"))


def test_a_figure_is_reported_of_one_of_two_windows():
    """A figure of the year is none of its first months; those are named by their days."""
    of = book(rule(ALARMS.at_most("1 次"), airplan.yearly(5, 31, 2024)))
    given = {"metric": "test.alarms", "subject": "s", "value": "1 次", "reported_by": "甲局"}
    for period, outcome in (("2024", "UNKNOWN"), ("2024-01-01/2024-05-31", "COMPLIANT")):
        told = airplan.Reported(id="r", period=period, **given)
        assert outcomes(of, AFTER, station(), told)["test.timed@2024"]["s"] == outcome
    with pytest.raises(airplan.FactsError, match="a year, 2024 or 2024-01-01/2024-05-31"):
        outcomes(of, AFTER, station(), airplan.Reported(id="r", period="5月", **given))


# An act that is asked for every year -------------------------------------------------------------


def recorded(*rows, clause="9.1-1", subject=None):
    """Rows of recorded acts: period, whether and when it was done."""
    return [
        airplan.Attestation(
            id=str(n), clause=clause, subject=subject, period=period, done=done, done_on=day
        )
        for n, (period, done, day) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("2024", True, "2024-05-01"), ("2025", True, "2025-06-30")], "COMPLIANT LATE"),
        ([("2024", True, "2024-05-01")], "COMPLIANT UNKNOWN"),
        ([("2024", True, "2024-05-01"), ("2025", False, None)], "COMPLIANT VIOLATION"),
        ([("2024", True, "2024-05-01"), (None, False, None)], "COMPLIANT VIOLATION"),
        ([(None, True, "2025-03-01")], "VIOLATION COMPLIANT"),
        ([(None, True, None)], "UNKNOWN UNKNOWN"),
        ([("2024", True, "2025-03-01")], "VIOLATION UNKNOWN"),  # it was done another year
        ([], "UNKNOWN UNKNOWN"),
    ],
)
@pytest.mark.parametrize("of_each", [False, True])
def test_an_act_of_every_year_is_recorded_by_period(stands, of_each, rows, expected):
    """A row of 2025 speaks of the duty of 2025 only; a blank period of every year."""
    clause, due = TASK.clause(1, "每年5月底前组织检测"), airplan.yearly(5, 31, 2024, 2025)
    entity, id = (Station, "s") if of_each else (County, "测试县")
    of = book(airplan.attestation("test.timed", clause, entity, due=due))
    own = station() if of_each else COUNTY
    acts = recorded(*rows, subject="s" if of_each else None)
    found = stands(of, dt.date(2026, 1, 1), own, *acts, subject=id)
    assert found == dict(zip(("2024", "2025"), expected.split(), strict=True))


def test_an_act_of_a_period_that_is_not_asked_for_is_told():
    """A year of which the clause asks nothing, or a clause that asks nothing year by year."""
    clause, due = TASK.clause(1, "每年5月底前组织检测"), airplan.yearly(5, 31, 2024, 2025)
    of = book(airplan.attestation("test.timed", clause, due=due))
    with pytest.raises(airplan.FactsError, match="2024 or 2025"):
        outcomes(of, AFTER, COUNTY, *recorded(("2023", True, None)))
    with pytest.raises(airplan.FactsError, match="9.1-6 is not asked for each year"):
        outcomes(of, AFTER, COUNTY, *recorded(("2024", True, None), clause="9.1-6"))
    with pytest.raises(airplan.FactsError, match=r"clause\+subject\+period"):
        outcomes(of, AFTER, COUNTY, *recorded(*[("2024", True, None)] * 2))


def test_the_examples_of_an_act_of_every_year_keep_and_break_it():
    """The contract holds a yearly act by what is recorded of its first year."""
    clause, due = TASK.clause(1, "每年5月底前组织检测"), airplan.yearly(5, 31, 2024, 2025)
    one = airplan.attestation("test.timed", clause, due=due, en="Tested every year.")
    contract = airplan_testing.contract(Chapter(rules=(one,), clauses=(clause,), metrics=()))
    contract().test_examples_keep_and_break(one)


def test_a_county_that_changes_a_limit_keeps_how_a_year_is_made_up_for():
    """`airplan.toml` gives another limit; what counts for a year stays as the sentence says."""
    one = rule(TESTED & FEW, airplan.during(2024, late=True))
    limit = Replacement(limits={"alarms": {"2024": "3 次"}})
    changed = replaced(one, limit, "airplan.toml")
    assert changed.due == one.due


@pytest.mark.parametrize(
    ("words", "due", "late"),
    [
        (lambda: Kiln.closed_on.more_than_ago(years=1), "2024-02-29", False),
        (lambda: Kiln.closed_on.at_least_ago(years=1), "2024-02-28", False),
        (lambda: Kiln.closed_on.more_than_ago(years=1), "2024-02-28", True),
        (lambda: Kiln.closed_on.at_least_ago(years=1) & Kiln.standby, "2024-02-28", False),
        (lambda: Kiln.closed_on.more_than_ago(years=1), "2024-06-30", True),
    ],
)
def test_what_is_open_is_what_a_date_can_decide(words, due, late):
    """A year ago is one day for two at the end of February: whoever has met it then was in time."""
    rule = Rule(
        id="test.aged", clause=TASK.clause(1, "必须"), subject=Kiln, requires=words(), due=by(due)
    )
    (duty,) = duties(rule, {})
    day = dt.date.fromisoformat(due) + dt.timedelta(days=1)
    dates = [day - dt.timedelta(days=n) for n in range(800)]
    rows = [
        {"id": "1", "closed_on": one, "standby": True, duty.granted: False}
        for one in (None, *dates)
    ]
    open_, *decided = [decide(duty, row, day) for row in rows]
    assert open_ == functools.reduce(operator.or_, decided)
    assert bool(open_ & Outcome.LATE) is late
    table = pl.DataFrame(rows, schema_overrides={"closed_on": pl.Date})
    found = table.select(columns.outcome(duty, day, exemptions=True).alias("o"))["o"]
    assert found.to_list() == [open_, *decided]
