"""Metrics agree with plain Python over small random ledgers, unknown cells and all."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import attrs
import polars as pl
from hypothesis import given, strategies as st

import airplan_core as airplan
from airplan_core import Completeness, Period
from airplan_core.facts import table_of
from airplan_core.measure import measure
from tests.ledgers import HEAVY, MEAN, REBUILT, Day

PERIOD = Period("2024", dt.date(2024, 1, 1), dt.date(2024, 1, 10))
FEW = Completeness(days=8, month=0, february=0, source="test")

cells = st.none() | st.decimals(0, 300, places=2, allow_nan=False)
dates = st.none() | st.dates(dt.date(2023, 12, 30), dt.date(2024, 1, 12))
rows = st.lists(st.tuples(st.sampled_from(["甲", "乙"]), dates, cells), max_size=14)


def facts(given):
    return [
        Day(id=str(n), county=county, date=day, dust=None if value is None else Decimal(value))
        for n, (county, day, value) in enumerate(given)
    ]


def measured(metric, days, as_of, subject="甲"):
    found = measure(metric.over(PERIOD), (table_of(Day, days),), pl.Series(["甲", "乙"]), as_of)
    row = found.filter(pl.col("id") == subject).row(0, named=True)
    return {name.rpartition(".")[2]: value for name, value in row.items()}


def inside(day, as_of):
    return PERIOD.begins <= day <= min(PERIOD.ends, as_of)


@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 15)))
def test_a_count_is_the_count_by_hand(given, as_of):
    """Rows of the period up to the day; rows without a date leave the upper end higher or open."""
    found = measured(REBUILT, facts(given), as_of)
    mine = [day for county, day, _ in given if county == "甲"]
    sure = sum(1 for day in mine if day is not None and inside(day, as_of))
    open_ = sum(1 for day in mine if day is None)
    assert found["lo"] == sure
    assert found["hi"] == (sure if as_of >= PERIOD.ends and not open_ else None)


@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 15)))
def test_a_count_of_days_knows_the_days_that_are_missing(given, as_of):
    """Every day without a value may still be one of them."""
    unique = {(county, day): value for county, day, value in given if day is not None}
    days = [(county, day, value) for (county, day), value in unique.items()]
    found = measured(attrs.evolve(HEAVY, complete=FEW), facts(days), as_of)
    mine = {day: v for county, day, v in days if county == "甲" and inside(day, as_of)}
    sure = sum(1 for value in mine.values() if value is not None and value > 150)
    calm = sum(1 for value in mine.values() if value is not None and value <= 150)
    assert found["lo"] == sure
    assert found["hi"] == PERIOD.days - calm


@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 15)))
def test_a_mean_is_the_mean_by_hand(given, as_of):
    """A point once the period is over and valid; else at least the known sum over all days."""
    unique = {(county, day): value for county, day, value in given if day is not None}
    days = [(county, day, value) for (county, day), value in unique.items()]
    found = measured(attrs.evolve(MEAN, complete=FEW), facts(days), as_of)
    known = [
        Fraction(value)
        for county, day, value in days
        if county == "甲" and inside(day, as_of) and value is not None
    ]
    if not known:
        assert (found["lo"], found["hi"], found["value"]) == (0, None, None)
        return
    mean = sum(known) / len(known)
    assert found["value"] == float(mean)
    valid = as_of >= PERIOD.ends and len(known) >= FEW.days
    assert found["hi"] == (float(mean) if valid else None)
    assert found["lo"] == float(mean if valid else sum(known) / PERIOD.days)
    assert (found["known"], found["possible"]) == (len(known), PERIOD.days)


def test_a_mean_at_its_limit_is_at_its_limit():
    """The mean of decimals is the number they make, not a neighbour of it."""
    for total, count in (("0.41", 10), ("4.1", 10), ("15.77", 19), ("0.06", 6)):
        value = f"{float(total) / count:.12g}"
        given = [("甲", dt.date(2024, 1, n + 1), total if not n else "0") for n in range(count)]
        period = Period("x", dt.date(2024, 1, 1), dt.date(2024, 1, count))
        rule = attrs.evolve(MEAN, complete=None)
        found = measure(
            rule.over(period),
            (table_of(Day, facts(given)),),
            pl.Series(["甲"]),
            dt.date(2025, 1, 1),
        )
        assert found["test.mean@x.lo"].to_list() == [float(value)]


def test_a_row_that_may_be_anyones_leaves_every_upper_end_open():
    """A blank reference could be any subject's."""
    days = [Day(id="1", date="2024-01-02"), Day(id="2", county="甲", date="2024-01-02")]
    found = measured(REBUILT, days, dt.date(2024, 2, 1))
    assert (found["lo"], found["hi"]) == (1, None)


def test_a_year_counts_its_own_days():
    """2024 has 366 days, 2025 has 365; months are whole."""
    year = Period("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert year.days == 366
    assert [length for _, _, length in year.months()][:3] == [31, 29, 31]
    assert Period("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)).days == 365


def test_metrics_are_listed_with_what_they_rest_on():
    """An assessment's metrics have a row for each metric, period and subject."""
    from tests.ledgers import days, rulebook

    rows = days(2024, 30, county="甲")
    county = airplan.County(id="甲")
    found = airplan.assess(rulebook(), airplan.Facts.of(county, *rows), dt.date(2025, 1, 1)).metrics
    assert found.select("metric", "period").rows() == [
        ("test.mean", "2024"), ("test.mean", "2025"), ("test.heavy", "2024"),
        ("test.rebuilt", "2024"), ("test.rebuilt", "2025"),
    ]  # fmt: skip


@given(rows, st.data())
def test_an_interval_only_narrows_as_cells_are_filled_in(given, data):
    """What a count can still become shrinks with every cell that becomes known."""
    unique = {(county, day): value for county, day, value in given if day is not None}
    before = [(county, day, value) for (county, day), value in unique.items()]
    after = [
        (county, day, data.draw(cells) if value is None else value) for county, day, value in before
    ]
    count = attrs.evolve(HEAVY, complete=FEW)
    for as_of in (dt.date(2024, 1, 5), dt.date(2024, 2, 1)):
        wide, narrow = (measured(count, facts(days), as_of) for days in (before, after))
        assert wide["lo"] <= narrow["lo"] <= narrow["hi"] <= wide["hi"]
