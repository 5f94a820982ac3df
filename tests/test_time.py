"""When a verdict falls: periods, the events they hold, and what no later day can mend."""

import datetime as dt

import pytest

import airplan_core as airplan
from airplan_core import Count, County, Entity, Event, Facts, Reference, Rule, event, reference
from airplan_core.assessment.outlook import outlook
from tests.ledgers import RULES, TASK, Chapter, days, outcomes, rulebook

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


def book(one, metrics=()):
    """A rulebook with the rule in the place of the chapter's first."""
    return rulebook(
        rules=(one, *RULES[1:]),
        clauses=(one.clause, *Chapter.clauses[1:]),
        entities=(*Chapter.entities, Station, Listing),
        metrics=(*Chapter.metrics, *metrics),
    )


def stands(rulebook, day, *records, subject="s"):
    """How the subject stands to each of the rule's duties on a day, by the year it is of."""
    found = outcomes(rulebook, day, *records)
    return {
        duty.rpartition("@")[2]: every[subject]
        for duty, every in found.items()
        if duty.startswith("test.timed")
    }


def station(**facts):
    return Station(id="s", county="测试县", **facts)


# A period is over when its last day has passed -----------------------------------------------


def test_on_the_last_day_a_count_can_still_rise():
    """No listing in 2024: pending on New Year's Eve, when one may still come, and then not."""
    of = book(rule(LISTINGS.at_least("1 个"), airplan.during(2024), County))
    assert stands(of, LAST, COUNTY, subject="测试县") == {"2024": "PENDING"}
    none = Listing(id="l", county="测试县", listed_on="never")
    assert stands(of, LAST, none, subject="测试县") == {"2024": "PENDING"}
    assert stands(of, AFTER, none, subject="测试县") == {"2024": "VIOLATION"}


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
