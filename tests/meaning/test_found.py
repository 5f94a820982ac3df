"""What random sentences and ledgers have shown, each as small as it can be."""

import datetime as dt

import pytest

import airplan_core as airplan
from airplan_core import Count, County, Rule, by, during, until, yearly
from tests.ledgers import TASK, Day, Kiln, Works, rulebook
from tests.meaning.amounts import Lot, Place

CLAUSE = TASK.clause(1, "关停")


def outcome(record, on, **said):
    rule = airplan.Rule(id="test.one", clause=CLAUSE, subject=Kiln, **said)
    book = rulebook(entities=(Works, Kiln), rules=(rule,), clauses=(CLAUSE,), metrics=())
    found = airplan.assess(book, airplan.Facts.of(record), dt.date.fromisoformat(on)).verdicts
    return found.sort("due")["outcome"].to_list()


def test_a_year_that_has_not_begun_is_pending_whatever_is_blank():
    """No day of it has come on which the act could have been done."""
    found = outcome(
        Kiln(id="k"), "2024-06-01",
        requires=Kiln.closed_on.happened(), due=yearly(5, 31, 2024, 2025),
    )  # fmt: skip
    assert found == ["UNKNOWN", "PENDING"]


def test_what_counts_from_a_day_on_counts_in_its_year_only():
    """Of two days after which an act counts the later one does: the eve of the year, or its own."""
    asks = {"requires": Kiln.closed_on.happened_after("2023-06-30"), "due": yearly(5, 31, 2024)}
    assert outcome(Kiln(id="k", closed_on="2023-12-31"), "2024-06-01", **asks) == ["VIOLATION"]
    assert outcome(Kiln(id="k", closed_on="2024-01-01"), "2024-06-01", **asks) == ["COMPLIANT"]
    late = {"requires": Kiln.closed_on.happened_after("2024-03-31"), "due": yearly(5, 31, 2024)}
    assert outcome(Kiln(id="k"), "2024-03-31", **late) == ["PENDING"]
    assert outcome(Kiln(id="k"), "2024-04-01", **late) == ["UNKNOWN"]


def test_what_had_to_lie_so_long_ago_is_late_where_it_did_not_yet():
    """It is asked of the due day as of any other."""
    asks = {"requires": Kiln.closed_on.at_least_ago(years=1), "due": by("2025-03-31")}
    assert outcome(Kiln(id="k", closed_on="2024-03-31"), "2025-06-30", **asks) == ["COMPLIANT"]
    assert outcome(Kiln(id="k", closed_on="2024-04-01"), "2025-06-30", **asks) == ["LATE"]


def test_an_allowance_that_stood_on_the_due_day_makes_nothing_late():
    """Until June one thing was allowed, and since May there is the other: it was never short."""
    kiln = Kiln(id="k", stage="国五", rebuilt_on="2025-05-20")
    allowed = Kiln.stage.at_least("国五") & until("2025-06-30")
    asks = {"requires": Kiln.rebuilt_on.happened() | allowed, "due": by("2025-03-31")}
    assert outcome(kiln, "2025-06-30", **asks) == ["COMPLIANT"]
    assert outcome(kiln, "2025-07-01", **asks) == ["COMPLIANT"]


@pytest.mark.parametrize("engine", [None, "duckdb"])
def test_a_lot_that_may_be_anyones_may_be_of_the_whole(engine, request):
    """Whether or not it counts: of whom there may be something the sentence may speak."""
    total = Lot.amount.sum(
        id="test.sum", zh="数量", of=Lot.place, where=Lot.good, observed=True, better="more"
    )
    rule = airplan.Rule(
        id="test.one", clause=CLAUSE, subject=Place, requires=total.at_least("1 吨")
    )
    book = rulebook(entities=(Place, Lot), rules=(rule,), clauses=(CLAUSE,), metrics=(total,))
    facts = airplan.Facts.of(
        Place(id="A"),
        Lot(id="1", place="A", amount="0 吨", good=False),
        Lot(id="2", amount="3 吨", good=False),
    )
    database = engine and request.getfixturevalue(f"{engine}_engine")
    found = airplan.assess(book, facts, dt.date(2025, 1, 1), engine=database).verdicts
    assert set(found["possible"][0]) == {"NOT_APPLICABLE", "VIOLATION"}


def test_a_total_of_a_running_year_in_the_scope_is_pending_until_it_is_decided():
    """Who may still come into the scope, or is in it and does what is asked, is known in time."""
    total = Lot.amount.sum(
        id="test.sum", zh="数量", of=Lot.place, on=Lot.day, where=Lot.good, better="more"
    )
    rule = airplan.Rule(
        id="test.one", clause=CLAUSE, subject=Place, due=airplan.during(2025),
        applies=total.at_least("2 吨"), requires=Place.open,
    )  # fmt: skip
    book = rulebook(entities=(Place, Lot), rules=(rule,), clauses=(CLAUSE,), metrics=(total,))

    def found(day, amount, open_):
        lot = Lot(id="1", place="A", day="2025-03-01", amount=amount, good=True)
        facts = airplan.Facts.of(Place(id="A", open=open_), lot)
        return airplan.assess(book, facts, dt.date.fromisoformat(day)).verdicts["outcome"][0]

    assert found("2025-06-01", "1 吨", True) == found("2025-06-01", "1 吨", False) == "PENDING"
    assert found("2025-06-01", "2 吨", True) == "COMPLIANT"
    assert found("2025-12-31", "2 吨", False) == "PENDING"
    assert found("2026-01-01", "1 吨", False) == "NOT_APPLICABLE"
    assert found("2026-01-01", "2 吨", False) == "VIOLATION"


@pytest.mark.parametrize("name", [None, "duckdb"])
def test_what_is_not_observed_is_what_is_missing(name):
    """Of a day that may be this year's nothing is wrong, but was there one? That is missing."""
    heavy = Count(
        id="test.seen", zh="重污染天数", unit="天", of=Day.county, on=Day.date,
        where=Day.dust.more_than("150 µg/m³"), observed=True, better="less",
    )  # fmt: skip
    rule = Rule(
        id="test.observed", clause=TASK.clause(190, "2024年不超过1天"), en="At most one.",
        subject=County, requires=heavy.at_most("1 天"), due=during(2024),
    )  # fmt: skip
    book = rulebook(None, rules=(rule,), clauses=(rule.clause,), metrics=())
    engine = name and airplan.connect(name)
    here = County(id="测试县")
    for day in ((), (Day(id="1", county="测试县", dust="10 µg/m³"),)):
        facts = airplan.Facts.of(here, *day, none=() if day else (Day,))
        found = airplan.assess(book, facts, dt.date(2025, 1, 1), engine).verdicts
        assert found.select("outcome", "missing").rows() == [("UNKNOWN", ["test.seen@2024"])]
    if engine:
        engine.close()
