"""每年5月至9月, 采暖季: a part of the year, any year's, across New Year too."""

import datetime as dt

import pytest

from airplan_core import RuleError, season
from tests.ledgers import outcomes, rulebook
from tests.sentences.chapter import ENTITIES, METRICS, RULES, SUMMER, WINTER, Work

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        ("2024-04-30", "NOT_APPLICABLE"), ("2024-05-01", "VIOLATION"), ("2025-09-30", "VIOLATION"),
        ("2025-10-01", "NOT_APPLICABLE"), ("never", "NOT_APPLICABLE"), (None, "UNKNOWN"),
    ],
)  # fmt: skip
def test_a_row_lies_in_a_part_of_the_year(on, outcome):
    """Both days included; what has not happened lies in none."""
    work = Work(id="1", on=on, enclosed=False)
    assert outcomes(BOOK, day("2026-01-01"), work)["test.summer-work-enclosed"]["1"] == outcome


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [("2024-03-15", "VIOLATION"), ("2024-03-16", "NOT_APPLICABLE"), ("2024-11-14", "NOT_APPLICABLE"),
     ("2024-11-15", "VIOLATION"), ("2024-12-31", "VIOLATION"), ("2025-01-01", "VIOLATION")],
)  # fmt: skip
def test_the_day_of_assessment_lies_in_it_across_new_year(as_of, outcome):
    """From mid-November to mid-March."""
    work = Work(id="1", stopped=False)
    assert outcomes(BOOK, day(as_of), work)["test.winter-stop"]["1"] == outcome


def test_a_month_has_its_last_day_whatever_its_length():
    """二月底 is the 29th where there is one."""
    assert season("2月", "2月").has(dt.date(2024, 2, 29))
    assert not season("2月", "2月").has(dt.date(2025, 3, 1))
    assert (SUMMER.begins, SUMMER.ends, WINTER.begins) == (501, 930, 1115)


@pytest.mark.parametrize(
    "written", ["13月", "02-30", "5-00", "5月0日", "11-15日", "5月至9月", "2024-05-01", "", 5]
)
def test_what_is_no_day_of_the_year_is_told(written):
    """With what to write."""
    with pytest.raises(RuleError, match="day"):
        season(written, "9月")
    with pytest.raises(RuleError, match=r'season\("5月", "9月"\)'):
        Work.on.within(written)


def test_a_day_may_be_written_either_way():
    """5月15日 is 05-15."""
    assert season("5月15日", "9月5日") == season("05-15", "9-5")
