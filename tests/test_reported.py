"""What a department reports of a metric: it fills what is open, and never overrules the ledgers."""

import datetime as dt

import attrs
import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import County, Facts, FactsError, Share, Strength, by, during, until
from airplan_core.model.ledgers import Reported
from tests.ledgers import TASK, Day

DAYS = Share(
    id="test.calm-days", zh="清洁天数比例", en="calm days", unit="天", of=Day.county, on=Day.date,
    last=10, where=Day.dust.at_most("100 µg/m³"), better="more",
)  # fmt: skip
CLAUSE = TASK.clause(90, "2024年6月底前，清洁天数比例力争达到60%", Strength.STRIVE)
RULE = airplan.Rule(
    id="test.calm", clause=CLAUSE, en="60 % of the days are calm.", subject=County,
    requires=DAYS.at_least("60 %"), due=by("2024-06-30"),
    keeps=[{DAYS: "60 %"}], breaks=[{DAYS: "59 %"}],
)  # fmt: skip
YEARLY = attrs.evolve(DAYS, id="test.calm-year", last=None)
YEAR = attrs.evolve(
    RULE, id="test.calm-year", clause=TASK.clause(91, "2024年清洁天数比例力争达到60%", Strength.STRIVE),
    requires=YEARLY.at_least("60 %"), due=during(2024),
    keeps=[{YEARLY: "60 %"}], breaks=[{YEARLY: "59 %"}],
)  # fmt: skip


class Plugin:
    """Two rules of one share."""

    @airplan.hookimpl
    def airplan_entities(self):
        return [Day]

    @airplan.hookimpl
    def airplan_clauses(self):
        return [RULE.clause, YEAR.clause]

    @airplan.hookimpl
    def airplan_rules(self):
        return [RULE, YEAR]


BOOK = airplan.build_rulebook([airplan.contribution(Plugin(), "test")])


def said(value, period="2024-06-30", subject=None, metric="test.calm-days", id="1"):
    return Reported(
        id=id, metric=metric, subject=subject, period=period, value=value, reported_by="甲局"
    )


def days(good, bad, blank=0, until_day="2024-06-30"):
    last = dt.date.fromisoformat(until_day)
    dust = ["50 µg/m³"] * good + ["200 µg/m³"] * bad + [None] * blank
    return [
        Day(id=str(n), county="测试县", date=last - dt.timedelta(days=n % 10), dust=level)
        for n, level in enumerate(dust)
    ]


def assessed(*records, as_of="2024-07-01"):
    facts = Facts.of(County(id="测试县"), *records)
    return airplan.assess(BOOK, facts, dt.date.fromisoformat(as_of))


def outcome(assessment, duty="test.calm"):
    rows = assessment.verdicts
    return rows.filter(rows["duty"] == duty)["outcome"].item()


def test_a_number_alone_is_enough():
    """Without a ledger, what was reported for the due day decides; without either, nothing does."""
    assert outcome(assessed(said("60 %"))) == "COMPLIANT"
    assert outcome(assessed(said("59.9 %"))) == "SHORTFALL"
    assert outcome(assessed()) == "UNKNOWN"


def test_the_latest_number_stands_until_the_next():
    """Reported late, the stage was met late; a number of a day to come is not there yet."""
    first, later = said("50 %"), said("70 %", "2024-08-15", id="2")
    assert outcome(assessed(first, later, as_of="2024-08-14")) == "SHORTFALL"
    assert outcome(assessed(first, later, as_of="2024-08-15")) == "LATE"


def test_a_row_without_its_day_may_be_one_of_these():
    """5 of 8 good days, and a bad one of no day: 55.6 to 62.5 %, and 60 lies between."""
    undated = Day(id="x", county="测试县", dust="200 µg/m³")
    found = assessed(*days(5, 3), undated, as_of="2024-07-01").metrics
    (row,) = found.filter(
        (found["metric"] == "test.calm-days") & (found["period"] == "2024-06-30")
    ).to_dicts()
    assert (row["lo"], row["hi"]) == (pytest.approx(500 / 9), 62.5)
    assert outcome(assessed(*days(5, 3), undated, as_of="2024-07-01")) == "UNKNOWN"
    # the county of a row may be blank as well: then it may be anyone's
    anyones = attrs.evolve(undated, county=None)
    assert outcome(assessed(*days(9, 0), anyones, as_of="2024-06-30")) == "UNKNOWN"


def test_it_fills_what_the_ledger_leaves_open():
    """5 of 8 days are good and 2 are blank: 50 to 70 %; 61 % is one of those."""
    assert outcome(assessed(*days(5, 3, 2))) == "UNKNOWN"
    found = assessed(*days(5, 3, 2), said("61 %"), as_of="2024-06-30")
    assert outcome(found) == "COMPLIANT"
    assert not found.findings.height


@pytest.mark.parametrize(
    ("value", "conflict"),
    [("62.5 %", False), ("62 %", False), ("63 %", False), ("63.1 %", True), ("40 %", True)],
)
def test_both_that_disagree_beyond_rounding_are_a_finding(value, conflict):
    """5 of 8 days are 62.5 %: 62 and 63 are that, rounded; the ledger decides."""
    found = assessed(*days(5, 3), said(value), as_of="2024-06-30")
    assert outcome(found) == "COMPLIANT"
    rows = found.findings.to_dicts()
    assert len(rows) == conflict
    if conflict:
        assert rows[0]["finding"] == "DATA_CONFLICT"
        assert (rows[0]["value"], rows[0]["reported_by"]) == (62.5, "甲局")


def test_a_number_outside_the_interval_closes_nothing():
    """50 to 70 % cannot be 90 %."""
    found = assessed(*days(5, 3, 2), said("90 %"), as_of="2024-06-30")
    assert outcome(found) == "UNKNOWN"
    assert found.findings["reported"].to_list() == [90]


def test_an_old_number_disputes_nothing():
    """What was true in May is no conflict with the days of July, and fills no part of them."""
    old = said("90 %", "2024-05-31")
    july = assessed(*days(5, 3, until_day="2024-07-15"), old, as_of="2024-07-15")
    assert not july.findings.height
    part = assessed(*days(5, 3, 2, until_day="2024-07-15"), said("61 %"), as_of="2024-07-15")
    rows = part.metrics.filter(part.metrics["metric"] == "test.calm-days")
    assert rows.filter(rows["period"] == "")["lo"].item() == 50


def test_a_year_is_reported_when_it_is_over():
    """A number for 2024 says nothing before its last day."""
    number = said("61 %", "2024", metric="test.calm-year")
    assert outcome(assessed(number, as_of="2024-12-30"), "test.calm-year@2024") == "PENDING"
    assert outcome(assessed(number, as_of="2025-01-01"), "test.calm-year@2024") == "COMPLIANT"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (said("60 %", metric="test.calm-day"), "test.calm-days"),
        (said("60"), "such as '60 %'"),
        (said("60 吨"), "吨"),
        (said("60 %", "2024"), "2024-09-30"),
        (said("60 %", "2024-06-30", metric="test.calm-year"), "a year, 2024"),
        (said("60 %", subject="乙县"), "测试县"),
    ],
)
def test_a_row_that_fits_nothing_teaches(row, expected):
    """An unknown metric, a number without its unit, a period of the wrong kind, a stranger."""
    with pytest.raises(FactsError, match=expected):
        assessed(row)


@pytest.mark.parametrize(
    ("row", "lacks"),
    [
        (said(None), "no value"),
        (said("  "), "no value"),
        (said("待定"), "no value"),
        (said("61 %", period=None), "no period"),
        (said("61 %", period=""), "no period"),
        (said("61 %", metric=""), "no metric"),
        (said(None, metric=None, period=None), "no metric, no period, no value"),
        (said(None, "2024", metric="test.calm-year"), "no value"),
    ],
)
def test_a_blank_reports_nothing(row, lacks):
    """It is unknown and told, as if the row were not there; the others count."""
    found = assessed(row)
    assert found.facts.notes == (f"reported 1: {lacks}: it reports nothing",)
    assert outcome(found) == "UNKNOWN"
    assert outcome(assessed(row, said("61 %", id="2"))) == "COMPLIANT"
    assert found.findings.height == 0


@pytest.mark.parametrize(
    ("good", "bad", "blank", "amount", "most"),
    [(4, 4, 0, 1, 1), (5, 3, 0, 0, 0), (4, 4, 2, 1, 2), (5, 2, 3, 0, 1)],
)
def test_a_share_lacks_whole_things(good, bad, blank, amount, most):
    """60 % of 8 days are 4.8: the fifth is wanting, and two more if what is blank is bad."""
    found = assessed(*days(good, bad, blank), as_of="2024-06-30").explain("test.calm", "测试县")
    (lack,) = found.reasons[0].lacking
    assert (lack.part, lack.total, lack.unit) == (good, good + bad, "天")
    assert (lack.amount, lack.most) == (amount, most)


def test_an_allowance_ends_on_its_day():
    """Up to the day, that day included."""
    rule = attrs.evolve(RULE, requires=DAYS.at_least("90 %") | until("2024-06-30"), due=())
    book = airplan.build_rulebook(
        [attrs.evolve(airplan.contribution(Plugin(), "test"), rules=(rule, YEAR))]
    )
    facts = Facts.of(County(id="测试县"), *days(5, 5), *days(0, 0))
    found, lacks = {}, {}
    for day in ("2024-06-30", "2024-07-01"):
        assessment = airplan.assess(book, facts, dt.date.fromisoformat(day))
        rows = assessment.verdicts.filter(pl.col("duty") == "test.calm")
        found[day] = rows.select("outcome", pl.col("margin").round(1)).row(0)
        lacks[day] = len(assessment.explain("test.calm", "测试县").reasons[0].lacking)
    # what is allowed lacks nothing, and has no margin of what it need not be
    assert found == {"2024-06-30": ("COMPLIANT", None), "2024-07-01": ("SHORTFALL", -34.4)}
    assert lacks == {"2024-06-30": 0, "2024-07-01": 1}


@pytest.mark.parametrize("value", ["101 %", "-1 %"])
def test_a_share_is_of_a_whole(value):
    """What is reported of a share as more than the whole is told, and not taken."""
    with pytest.raises(FactsError, match=f"read '{value}', expected at least 0 %, at most 100 %"):
        assessed(said(value))
