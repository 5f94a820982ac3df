"""Metrics agree with plain Python over small random ledgers, unknown cells and all."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import attrs
import polars as pl
import pytest
from hypothesis import example, given, strategies as st

import airplan_core as airplan
from airplan_core import Completeness, Period
from airplan_core.engines.parts import PARTS
from airplan_core.engines.polars.measure import measure
from airplan_core.facts.facts import table_of
from airplan_core.quantities.millionths import micro
from tests.ledgers import HEAVY, MEAN, REBUILT, Day, Kiln

PERIOD = Period("2024", dt.date(2024, 1, 1), dt.date(2024, 1, 10))
OVER = PERIOD.ends + dt.timedelta(days=1)
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
    metric = metric.over(PERIOD)
    found = measure(metric, (table_of(Day, days),), pl.Series(["甲", "乙"]), as_of)
    row = found.filter(pl.col("id") == subject).row(0, named=True)
    return {part: row[metric.part(part)] for part in PARTS}


def inside(day, as_of):
    return PERIOD.begins <= day <= min(PERIOD.ends, as_of)


@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 15)))
def test_a_count_is_the_count_by_hand(given, as_of):
    """Rows of the period up to the day; rows without a date may be of it, and raise the upper end."""
    found = measured(REBUILT, facts(given), as_of)
    mine = [day for county, day, _ in given if county == "甲"]
    sure = sum(1 for day in mine if day is not None and inside(day, as_of))
    open_ = sum(1 for day in mine if day is None)
    assert found["lo"] == sure
    assert found["hi"] == (sure + open_ if as_of > PERIOD.ends else None)


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
@example([("甲", dt.date(2024, 1, 2), Decimal(40))], dt.date(2024, 1, 5))
@example([("甲", dt.date(2024, 1, n), Decimal(n)) for n in range(1, 11)], dt.date(2024, 1, 15))
def test_a_mean_is_the_mean_by_hand(given, as_of):
    """A point once it is valid and no day is to come; else at least the known sum over all days."""
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
    valid = len(known) >= (FEW.days if as_of > PERIOD.ends else PERIOD.days)
    assert found["hi"] == (float(mean) if valid else None)
    assert found["lo"] == float(mean if valid else sum(known) / PERIOD.days)
    assert (found["known"], found["possible"]) == (len(known), PERIOD.days)
    assert (found["part"], found["total"]) == (None, None)  # of a share alone


def test_a_mean_at_its_limit_is_at_its_limit():
    """The mean of decimals is the number they make, not a neighbour of it."""
    for total, count in (("0.41", 10), ("4.1", 10), ("15.77", 19), ("0.06", 6)):
        value = f"{float(total) / count:.12g}"
        given = [("甲", dt.date(2024, 1, n + 1), total if not n else "0") for n in range(count)]
        period = Period("x", dt.date(2024, 1, 1), dt.date(2024, 1, count))
        metric = attrs.evolve(MEAN, complete=None).over(period)
        tables, ids = (table_of(Day, facts(given)),), pl.Series(["甲"])
        found = measure(metric, tables, ids, dt.date(2025, 1, 1))
        assert found[metric.part("lo")].to_list() == [float(value)]


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


SHARE = airplan.Share(
    id="test.share", zh="比例", en="share", of=Day.county, on=Day.date,
    where=Day.dust.at_most("100 µg/m³"), complete=FEW, better="more",
)  # fmt: skip


def bounds(known, open_, total):
    """The least and greatest share that open days can still make."""
    good = sum(known)
    return (
        Fraction(100 * good, total) if good else Fraction(0),
        Fraction(100 * (good + open_), total) if len(known) > good else Fraction(100),
    )


@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 15)), st.booleans())
@example([("甲", dt.date(2024, 1, n), Decimal(30 * n)) for n in (2, 5)], dt.date(2024, 1, 6), True)
@example([("甲", dt.date(2024, 1, n), Decimal(30 * n)) for n in range(1, 9)], OVER, True)
@example([("甲", dt.date(2024, 1, n), Decimal(30 * n)) for n in range(1, 9)], PERIOD.ends, True)
@example([("甲", dt.date(2024, 1, n), Decimal(30 * n)) for n in range(1, 9)], OVER, False)
def test_a_share_of_days_is_the_share_by_hand(given, as_of, leaves_out):
    """A point once the period is over and valid; else open days count for it, then against it."""
    unique = {(county, day): value for county, day, value in given if day is not None}
    days = [(county, day, value) for (county, day), value in unique.items()]
    metric = attrs.evolve(SHARE, complete=attrs.evolve(FEW, leaves_out=leaves_out))
    found = measured(metric, facts(days), as_of)
    known = [
        value <= 100
        for county, day, value in days
        if county == "甲" and inside(day, as_of) and value is not None
    ]
    if not any(county == "甲" and inside(day, as_of) for county, day, _ in days):
        assert (found["lo"], found["hi"], found["value"]) == (0, 100, None)
        return
    if known:
        assert found["value"] == float(Fraction(100 * sum(known), len(known)))
    if known and leaves_out and as_of > PERIOD.ends and len(known) >= FEW.days:
        assert found["lo"] == found["hi"] == found["value"]
        return
    low, high = bounds(known, PERIOD.days - len(known), PERIOD.days)
    assert (found["lo"], found["hi"]) == (float(low), float(high))


BY_WEIGHT = attrs.evolve(
    SHARE, where=airplan.ledger_of(Day).column("date").happened_after("2024-01-05"),
    among=Day.dust.more_than("10 µg/m³"), measure_of=Day.dust, complete=None,
)  # fmt: skip


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=8))
def test_a_share_may_be_weighed(given):
    """By weight, among the rows that are the whole: plain Python over the same rows."""
    days = [
        Day(id=str(n), county="甲", date="2024-01-08" if late else "2024-01-02",
            dust=f"{weight} µg/m³")
        for n, (late, weight) in enumerate(given)
    ]  # fmt: skip
    found = measured(BY_WEIGHT, days, dt.date(2024, 2, 1))
    among = [(late, weight) for late, weight in given if weight > 10]
    total = sum(weight for _, weight in among)
    if total:
        expected = float(Fraction(100 * sum(w for late, w in among if late), total))
        assert found["lo"] == found["hi"] == found["value"] == expected
    else:
        assert (found["lo"], found["hi"], found["value"]) == (0, 100, None)


def test_an_unknown_weight_may_outweigh_all_the_others():
    """A row of unknown weight leaves the end open to which it would count."""
    days = [
        Day(id="1", county="甲", date="2024-01-08", dust="60 µg/m³"),
        Day(id="2", county="甲", date="2024-01-02", dust="20 µg/m³"),
        Day(id="3", county="甲", date="2024-01-08"),
    ]
    metric = attrs.evolve(BY_WEIGHT, among=SHARE.among)
    found = measured(metric, days, dt.date(2024, 2, 1))
    assert (found["value"], found["lo"], found["hi"]) == (75.0, 75.0, 100.0)


PERCENTILE = Day.dust.percentile(
    90, id="test.p", zh="百分位数", en="percentile", of=Day.county, on=Day.date, complete=FEW,
    better="less",
)  # fmt: skip


@given(
    st.lists(st.decimals(0, 300, places=2, allow_nan=False), min_size=1, max_size=10),
    st.sampled_from([0, 50, 90, 95, 98, 100]),
)
def test_a_percentile_is_numpys_linear_one(values, p):
    """k = 1 + (n - 1) p: the standard's formula, numpy's `linear`, and exact fractions."""
    import numpy as np

    days = [("甲", dt.date(2024, 1, n + 1), value) for n, value in enumerate(values)]
    metric = attrs.evolve(PERCENTILE, p=p, complete=attrs.evolve(FEW, days=1))
    found = measured(metric, facts(days), dt.date(2024, 2, 1))
    ordered = sorted(map(Fraction, values))
    place = Fraction((len(ordered) - 1) * p, 100)
    low, high = ordered[int(place)], ordered[-(-place.numerator // place.denominator)]
    exact = low + (high - low) * (place - int(place))
    assert found["value"] == found["lo"] == found["hi"] == float(exact)
    assert np.isclose(found["value"], np.percentile([float(v) for v in values], p))


def test_the_standards_example_of_a_percentile():
    """P90 of 3, 4, 8, 2, 5, 4 is 6.5."""
    days = [("甲", dt.date(2024, 1, n + 1), v) for n, v in enumerate((3, 4, 8, 2, 5, 4))]
    metric = attrs.evolve(PERCENTILE, complete=attrs.evolve(FEW, days=6))
    found = measured(metric, facts(days), dt.date(2024, 2, 1))
    assert found["value"] == 6.5
    running = measured(metric, facts(days), dt.date(2024, 1, 6))
    # four days to come may be clean: 0 0 0 0 2 3 4 4 5 8 has its 90th percentile at 5.3
    assert (running["lo"], running["hi"]) == (5.3, None)


@pytest.mark.parametrize(("metric", "value"), [(MEAN, 26 / 6), (PERCENTILE, 6.5)])
def test_a_day_that_nobody_dated_is_not_counted_as_one(metric, value):
    """A valid period leaves it out, as it does the days without a value."""
    days = [("甲", dt.date(2024, 1, n + 1), v) for n, v in enumerate((3, 4, 8, 2, 5, 4))]
    metric = attrs.evolve(metric, complete=attrs.evolve(FEW, days=6))
    for undated in ([("甲", None, 300)], [("甲", None, 300), ("甲", None, 200)]):
        found = measured(metric, facts(days + undated), dt.date(2024, 2, 1))
        assert (found["value"], found["known"]) == (value, 6)
    found = measured(metric, facts(days[1:] + undated), dt.date(2024, 2, 1))
    assert (found["known"], found["gaps"]) == (5, "5 < 6")


@pytest.mark.parametrize("metric", [MEAN, PERCENTILE])
@pytest.mark.parametrize("dust", [None, 250])
def test_days_without_a_value_have_no_statistic(metric, dust):
    """Ten days of which nothing is known, or that are all left out, are no zero and no limit."""
    where = Day.dust.at_most("200 µg/m³")
    days = facts([("甲", dt.date(2024, 1, n), dust) for n in range(1, 11)])
    found = measured(attrs.evolve(metric, where=where, complete=FEW), days, dt.date(2024, 2, 1))
    assert (found["value"], found["lo"], found["hi"], found["known"]) == (None, 0, None, 0)
    assert found["gaps"] == ("0 < 8" if dust is None else "")
    assert found["possible"] == (10 if dust is None else 0)


@given(
    st.lists(st.decimals(0, 300, places=2, allow_nan=False), min_size=8, max_size=10),
    st.integers(0, 3),
)
def test_a_reported_value_is_rounded_half_to_even(values, decimals):
    """From the exact value, not from its double (GB/T 8170)."""
    days = [("甲", dt.date(2024, 1, n + 1), value) for n, value in enumerate(values)]
    metric = attrs.evolve(MEAN, complete=FEW).rounded(decimals)
    found = measured(metric, facts(days), dt.date(2024, 2, 1))
    exact = sum(map(Fraction, values)) / len(values)
    assert found["value"] == float(Fraction(round(exact * 10**decimals), 10**decimals))


def test_a_statistic_is_held_to_its_word():
    """What a plugin computes has the columns of a metric, a row for each subject in order."""
    wrong = airplan.Statistic(
        id="test.statistic", zh="统计", en="statistic", subject=airplan.County, unit="个",
        reads=(Day,), compute=lambda tables, subjects, period, as_of: tables[0].select("id"),
    )  # fmt: skip
    with pytest.raises(airplan.RuleError, match="test.statistic.*lo, hi, value"):
        measure(wrong.over(PERIOD), (table_of(Day, []),), pl.Series(["甲"]), dt.date(2024, 2, 1))


AS_AT = airplan.Share(
    id="test.as-at", zh="比例", en="share", unit="天", of=Day.county, on=Day.date, last=10,
    where=Day.dust.at_most("100 µg/m³"), better="more",
)  # fmt: skip


def as_at(metric, days, as_of, subject="甲"):
    found = measure(metric, (table_of(Day, days),), pl.Series(["甲", "乙"]), as_of)
    row = found.filter(pl.col("id") == subject).row(0, named=True)
    return {part: row[metric.part(part)] for part in PARTS}


@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 15)))
def test_a_share_of_the_last_days_is_the_share_by_hand(given, as_of):
    """Ten days up to the day; a row without a date may be one of them."""
    found = as_at(AS_AT, facts(given), as_of)
    first = as_of - dt.timedelta(days=9)
    mine = [(day, value) for county, day, value in given if county == "甲"]
    sure = [value for day, value in mine if day is not None and first <= day <= as_of]
    good = sum(value is not None and value <= 100 for value in sure)
    bad = sum(value is not None and value > 100 for value in sure)
    undated = [value for day, value in mine if day is None]
    may_good = sum(v is None for v in sure) + sum(v is None or v <= 100 for v in undated)
    may_bad = sum(v is None for v in sure) + sum(v is None or v > 100 for v in undated)
    if good + bad:
        assert found["value"] == float(Fraction(100 * good, good + bad))
        assert (found["part"], found["total"]) == (good, good + bad)
        low = Fraction(100 * good, good + bad + may_bad)
        high = Fraction(100 * (good + may_good), good + may_good + bad)
        assert (found["lo"], found["hi"]) == (float(low), float(high))


def test_a_running_period_cannot_undo_what_is_there():
    """One day that does not count keeps a share below 100 %, whatever the rest brings."""
    metric = attrs.evolve(AS_AT, last=None)
    bad = [("甲", dt.date(2024, 1, 2), 150)]
    running = measured(metric, facts(bad), dt.date(2024, 1, 3))
    assert 99 < running["hi"] < 100
    assert measured(metric, facts([]), dt.date(2024, 1, 3))["hi"] == 100
    good = [("甲", dt.date(2024, 1, 2), 50)]
    assert 0 < measured(metric, facts(good), dt.date(2024, 1, 3))["lo"] < 1


def test_a_share_of_nothing():
    """Unknown; but 100 % for a subject that is observed, and has nothing that falls short."""
    metric = attrs.evolve(AS_AT, among=Day.dust.more_than("200 µg/m³"), observed=True)
    day, as_of = dt.date(2024, 1, 2), dt.date(2024, 1, 3)
    calm = facts([("甲", day, 50)])
    found = as_at(metric, calm, as_of)
    assert (found["lo"], found["hi"], found["value"], found["known"]) == (100, 100, None, 0)
    nobody = as_at(metric, calm, as_of, "乙")
    assert (nobody["lo"], nobody["hi"], nobody["gaps"]) == (0, 100, "0 rows")
    unsaid = as_at(attrs.evolve(metric, observed=False), calm, as_of)
    assert (unsaid["lo"], unsaid["hi"]) == (0, 100)
    count = airplan.Count(
        id="test.count", zh="天数", unit="天", of=Day.county, on=Day.date, last=10,
        where=Day.dust.more_than("200 µg/m³"), observed=True, better="less",
    )  # fmt: skip
    assert (as_at(count, calm, as_of)["lo"], as_at(count, calm, as_of)["hi"]) == (0, 0)
    assert as_at(count, calm, as_of, "乙")["hi"] is None


weights = st.integers(0, 10**6)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), weights), max_size=8))
def test_a_change_is_the_difference_of_two_exact_shares(given):
    """Not of two rounded ones: 62 % less 52 % is ten points."""
    share = attrs.evolve(
        AS_AT, last=None, measure_of=Day.dust, where=Day.date.happened_after("2024-01-05")
        | (Day.date.happened_after("2023-06-30") & ~Day.date.happened_after("2023-12-31")),
    )  # fmt: skip
    change = airplan.Change(
        id="test.change", zh="下降", en="fall", subject=airplan.County, share=share, better="more",
        since=Period("2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
    )  # fmt: skip
    days = [
        Day(
            id=str(n), county="甲", dust=f"{weight} µg/m³",
            date=("2023-" if before else "2024-01-") + ("08" if counts else "02")
            + ("-01" if before else ""),
        )
        for n, (before, counts, weight) in enumerate(given)
    ]  # fmt: skip
    found = measured(change, days, dt.date(2024, 2, 1))
    sides = []
    for when in (True, False):
        total = sum(w for before, _, w in given if before is when)
        part = sum(w for before, counts, w in given if before is when and counts)
        sides.append(Fraction(100 * part, total) if total else None)
    if None in sides:
        assert found["value"] is None
        assert found["lo"] <= 0 <= found["hi"]
    else:
        assert found["lo"] == found["hi"] == found["value"]
        assert found["value"] == pytest.approx(float(sides[0] - sides[1]), rel=1e-14, abs=1e-14)
    assert change.measure == "百分点"


def test_a_substitution_is_of_what_is_lacking():
    """30 of 100 go cleanly and should be 80: of the 50 that are lacking, 20 are 40 %."""
    metric = Day.dust.substitution(
        id="test.substitution", zh="替代比例", of=Day.county, on=Day.date, up_to="80 %",
        instead_of=Day.date.happened_after("2024-01-06"), where=Day.date.happened_after("2024-01-03"),
        better="more",
    )  # fmt: skip
    rows = facts([("甲", dt.date(2024, 1, n), v) for n, v in ((2, 50), (5, 20), (8, 30))])
    found = measured(metric, rows, dt.date(2024, 2, 1))
    assert (found["part"], found["total"], found["known"]) == (20, 50, 3)
    assert found["lo"] == found["hi"] == found["value"] == 40


def test_amounts_of_fifteen_digits_are_added_exactly():
    """What is beyond 2⁵³ millionths is no nearest double: of two that differ, the rest is left."""
    metric = Day.dust.sum(id="test.sum", zh="和", of=Day.county, on=Day.date)
    values = (Decimal("74086553222.8085"), Decimal("-74086553222.8084"), Decimal("0.000001"))
    rows = facts([("甲", dt.date(2024, 1, n), value) for n, value in enumerate(values, 1)])
    assert measured(metric, rows, dt.date(2024, 2, 1))["value"] == 0.000101


@given(st.integers(1, 99), st.integers(1, 10**12))
@example(56, 56129191346)
def test_a_share_that_is_a_decimal_is_that_decimal_at_any_size(percent, size):
    """Weights beyond what doubles can count make no 84.99999999999999 of 85."""
    parts = (percent * size, (100 - percent) * size)
    days = [
        Day(id=str(n), county="甲", date="2024-01-02" if n else "2024-01-03", dust=Decimal(part))
        for n, part in enumerate(parts)
        if part < 10**13
    ]
    if len(days) == 2:
        metric = attrs.evolve(
            AS_AT, last=None, measure_of=Day.dust, where=Day.date.happened_after("2024-01-02")
        )
        assert measured(metric, days, dt.date(2024, 2, 1))["value"] == percent


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda: attrs.evolve(AS_AT, on=None), "on which day"),
        (lambda: attrs.evolve(HEAVY, on=None), "on which day"),
        (lambda: attrs.evolve(AS_AT, observed=True, better="less"), "to be more"),
        (lambda: attrs.evolve(AS_AT, of=Day.dust), "is a reference"),
        (lambda: airplan.Count(id="x", zh="x", unit="天", of=Day.dust), "is a reference"),
        (lambda: airplan.Count(id="x", zh="x", unit="台", of=Kiln.works, subject=airplan.County),
         "refers to Works"),
        (lambda: attrs.evolve(AS_AT, where=Kiln.standby), "over Day, but reads Kiln.standby"),
        (lambda: airplan.Change(id="x", zh="x", subject=airplan.County, share=AS_AT, since=PERIOD),
         "over a period"),
        (lambda: airplan.Change(id="x", zh="x", subject=airplan.County, share=MEAN, since=PERIOD),
         "change of a share"),
        (lambda: airplan.Aggregate(id="x", zh="x", of=Day.county), "Count, Sum, Mean"),
        (lambda: attrs.evolve(MEAN, where=True), "'where' is a condition"),
        (lambda: attrs.evolve(AS_AT, among=None), "'among' is a condition"),
        (lambda: Day.dust.substitution(instead_of=None, up_to="80 %", better="more", id="x", zh="x",
                                       of=Day.county, on=Day.date), "'instead_of' is a condition"),
        (lambda: attrs.evolve(MEAN, on=None), "on which day"),
        (lambda: Day.dust.percentile(950, id="x", zh="x", of=Day.county, on=Day.date),
         "a whole number is meant, 0 to 100, written p=95"),
        (lambda: Day.dust.percentile(None, id="x", zh="x", of=Day.county, on=Day.date),
         "a whole number is meant, 0 to 100, written p=95"),
    ],
)  # fmt: skip
def test_an_aggregate_that_does_not_hang_together_is_an_error(made, expected):
    """A day for rows of the last days, a direction for a share of nothing, rows of one ledger."""
    with pytest.raises(airplan.RuleError, match=expected):
        made()


def test_a_metric_is_of_what_its_rows_refer_to():
    """Its subject need not be said; a metric that says it is the same one."""
    assert SHARE.subject is airplan.County
    assert attrs.evolve(SHARE, subject=airplan.County) == SHARE
    mean = airplan.Mean(
        id=MEAN.id, zh=MEAN.zh, en=MEAN.en, subject=airplan.County, of=Day.county, on=Day.date,
        measure_of=Day.dust, complete=MEAN.complete, better="less",
    )  # fmt: skip
    assert mean == MEAN


@given(st.lists(st.tuples(st.integers(0, 10**15 - 1), st.integers(0, 13)), min_size=1))
def test_a_value_has_whole_millionths(given_):
    """Whatever 15 digits it has, as a double and back: a cast to decimals keeps more than is there."""
    values = [Decimal(digits).scaleb(-shift) for digits, shift in given_]
    values = [v for v in values if v == round(v, 6) and v < 10**13]
    column = pl.Series("x", [float(v) for v in values], dtype=pl.Float64)
    found = pl.DataFrame({"x": column}).select(micro(pl.col("x")))["x"].to_list()
    assert found == [int(v * 10**6) for v in values]
