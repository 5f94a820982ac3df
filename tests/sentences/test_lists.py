"""附件所列企业, 70%左右, 逐步增加: lists whose members exist, and words that a reading settles."""

import datetime as dt

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Config, Facts, RuleError, named_each
from tests.ledgers import rulebook
from tests.sentences.chapter import ENTITIES, METRICS, RULES, Monitor, Planting, Sweeping

AFTER = dt.date(2026, 1, 1)


def book(config=None):
    return rulebook(
        config, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
        entities=ENTITIES,
    )  # fmt: skip


BOOK = book()
HERE = BOOK.plan.county


def stands(rule, *records, as_of=AFTER, rules=BOOK, engine=None):
    found = airplan.assess(rules, Facts.of(*records), as_of, engine).verdicts
    mine = found.filter(pl.col("rule") == rule).sort("due", "subject")
    return dict(zip(mine["subject"], mine["outcome"], strict=True)) if mine.height else {}


def test_every_member_of_a_list_is_there(engine):
    """Entered or not; others are none that the sentence speaks of; a name is as it is typed."""
    found = stands(
        "test.listed-works",
        Monitor(id="1", of="甲 厂", online=True),
        Monitor(id="2", of="丁厂", online=False),
        Monitor(id="3", of="乙厂", online=False),
        engine=engine,
    )
    assert found == {"1": "COMPLIANT", "2": "NOT_APPLICABLE", "3": "VIOLATION", "丙厂": "UNKNOWN"}


def test_a_list_lists():
    """Told when it is written."""
    for wrong in ([], ["甲厂", "甲厂"], "甲厂"):
        with pytest.raises(RuleError, match="lists names, each once"):
            named_each(Monitor.of, wrong)
    with pytest.raises(RuleError, match="lists texts"):
        Monitor.of.among("甲厂", " ")


@pytest.mark.parametrize(
    ("mechanised", "reading", "outcome"),
    [(70, "exact", "COMPLIANT"), (69, "exact", "SHORTFALL"), (65, "five", "COMPLIANT"),
     (64, "five", "SHORTFALL")],
)  # fmt: skip
def test_about_is_a_declared_reading(mechanised, reading, outcome):
    """70%左右: how far below it, the county says."""
    rules = book(Config(interpretations={"about-seventy": reading}))
    roads = [
        Sweeping(id="1", county=HERE, length=f"{mechanised} km", mechanised=True),
        Sweeping(id="2", county=HERE, length=f"{100 - mechanised} km", mechanised=False),
    ]
    assert stands("test.about-seventy", *roads, rules=rules) == {HERE: outcome}


@pytest.mark.parametrize(
    ("years", "outcome"),
    [({2023: 1, 2024: 2, 2025: 3}, "COMPLIANT"), ({2023: 1, 2024: 2, 2025: 2}, "VIOLATION")],
)
def test_ever_more_is_more_than_the_year_before(years, outcome):
    """逐步增加: of the last year here."""
    planted = [
        Planting(id=f"{year} {n}", county=HERE, on=f"{year}-05-01")
        for year, count in years.items()
        for n in range(count)
    ]
    assert stands("test.ever-more", *planted) == {HERE: outcome}
