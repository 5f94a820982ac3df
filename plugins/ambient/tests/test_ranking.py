"""The composite index, and ranks: ties, and places without data."""

import datetime as dt
import math
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, strategies as st

from airplan_ambient import CAMPAIGN
from airplan_ambient.index import PARTS, composite_index, rank
from airplan_ambient.ledgers import PlacePeriod
from airplan_ambient.metrics import places_behind
from airplan_core import County, Facts, Period
from airplan_core.facts.derived import derive
from airplan_core.model.ledgers import CORE

YEAR = Period("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@given(
    st.lists(st.tuples(*[st.decimals(0, 300, places=1, allow_nan=False)] * len(PARTS)), min_size=1)
)
def test_the_index_is_the_exact_sum_rounded_half_to_even(rows):
    """Unrounded quotients, one rounding: fractions in plain Python agree."""
    frame = pl.DataFrame(
        [[float(v) for v in row] for row in rows], schema=list(PARTS), orient="row"
    )
    limits = {"so2": 60, "no2": 40, "pm10": 70, "pm25": 35, "co_p95": 4, "o3_p90": 160}
    expected = [
        float(round(sum(Fraction(v) / limits[p] for p, v in zip(PARTS, row, strict=True)), 2))
        for row in rows
    ]
    assert composite_index(frame, dt.date(2024, 12, 31)).to_list() == expected


def test_a_tie_at_the_third_decimal_goes_to_the_even_one():
    """0.125 is 0.12 and 0.375 is 0.38."""
    frame = pl.DataFrame({**{part: [0.0, 0.0] for part in PARTS}, "no2": [5.0, 15.0]})
    assert composite_index(frame, dt.date(2024, 1, 1)).to_list() == [0.12, 0.38]


def test_the_limits_are_those_of_the_periods_edition():
    """From March 2026 the limits of PM are 60 and 30."""
    frame = pl.DataFrame({**{part: [0.0] for part in PARTS}, "pm10": [60.0], "pm25": [30.0]})
    assert composite_index(frame, dt.date(2026, 12, 31)).to_list() == [2.0]
    assert composite_index(frame, dt.date(2024, 12, 31)).to_list() == [1.71]


STATISTICS = {
    "so2": "6 µg/m³", "no2": "30 µg/m³", "pm10": "60 µg/m³", "pm25": "30 µg/m³",
    "co_p95": "0.8 mg/m³", "o3_p90": "120 µg/m³",
}  # fmt: skip


@pytest.mark.parametrize(
    ("year", "span", "edition"),
    [
        (2026, "2月", 2012), (2026, "1-2月", 2012), (2026, "1月", 2012), (2025, "全年", 2012),
        (2026, "3月", 2026), (2026, "1-3月", 2026), (2026, "一季度", 2026), (2026, "全年", 2026),
    ],
)  # fmt: skip
def test_a_list_is_held_against_the_limits_of_its_own_days(year, span, edition):
    """The 2012 limits to 2026-02-28; where both were in force those of its last day, and told."""
    row = PlacePeriod(id="1", ranking="省", place="甲", year=year, span=span, **STATISTICS)
    facts = derive(Facts.of(row), [*CORE, *CAMPAIGN.airplan_entities()])
    pm10, pm25 = {2012: (70, 35), 2026: (60, 30)}[edition]
    exact = sum(Fraction(x) for x in ("0.1", "0.75", "0.2", "0.75"))
    exact += Fraction(60, pm10) + Fraction(30, pm25)
    assert facts.table(PlacePeriod)["index"].to_list() == [float(round(exact, 2))]
    told = any("the limits are those of its last day" in note for note in facts.notes)
    assert told is (year == 2026 and span in ("1-3月", "一季度", "全年"))


def test_a_missing_part_leaves_no_index():
    """Five pollutants make none."""
    frame = pl.DataFrame({**{part: [1.0] for part in PARTS}, "co_p95": [None]})
    assert composite_index(frame, dt.date(2024, 1, 1)).to_list() == [None]


def test_what_is_no_number_has_no_index_and_no_rank():
    """NaN is neither first nor last; it is named."""
    frame = pl.DataFrame({**{part: [1.0] for part in PARTS}, "no2": [math.nan]})
    with pytest.raises(ValueError, match="no2: expected a number"):
        composite_index(frame, dt.date(2024, 1, 1))
    with pytest.raises(ValueError, match="expected a number"):
        rank(pl.Series([1.0, math.nan]))


def test_ties_share_a_rank_and_the_next_is_skipped():
    """Published: 2.88 and 2.88 are both tenth, then comes the twelfth."""
    values = pl.Series([2.88, 2.9, 2.88, 2.5, None])
    assert rank(values).to_list() == [2, 4, 2, 1, 5]
    assert rank(values, ties="last").to_list() == [3, 4, 3, 1, 5]
    assert rank(values, without_data="left-out").to_list() == [2, 4, 2, 1, None]


@given(st.lists(st.none() | st.integers(0, 5).map(float), max_size=12))
def test_ranks_agree_with_plain_python(values):
    """One more than the places with less; or as many as have no more."""
    known = [v for v in values if v is not None]
    series = pl.Series(values, dtype=pl.Float64)
    assert rank(series).to_list() == [
        len(values) if v is None else 1 + sum(o < v for o in known) for v in values
    ]
    assert rank(series, ties="last", without_data="left-out").to_list() == [
        None if v is None else sum(o <= v for o in known) for v in values
    ]


def row(place, index=None, *, span="全年", rank=None, places=None, ranking="省"):
    return PlacePeriod(
        id=f"{ranking}/{place}/{span}", ranking=ranking, place=place, year=2024, span=span,
        index=None if index is None else f"{index} 指数", rank=rank, places=places,
    )  # fmt: skip


def behind(
    *rows, population=4, monthly=False, as_of=dt.date(2025, 1, 1), level=True, fixed=False,
    **readings,
):  # fmt: skip
    metric = places_behind(
        "t.behind", "其后", "behind", County, "省", population, monthly=monthly, level=level,
        fixed=fixed,
    )  # fmt: skip
    choices = {f"ambient.{name}": value for name, value in readings.items()}
    table = derive(Facts.of(*rows), [*CORE, *CAMPAIGN.airplan_entities()], choices).table(
        PlacePeriod
    )
    found = metric.compute((table,), pl.Series(["甲"]), YEAR, as_of).row(0, named=True)
    return found["lo"], found["hi"], found["value"]


def test_places_behind_are_those_that_rank_lower():
    """Of four, two are worse; a tie stands behind, or before by the stricter reading."""
    others = [row("乙", 4.1), row("丙", 4.5), row("丁", 4.0)]
    assert behind(row("甲", 4.05), *others) == (2, 2, 2)
    assert behind(row("甲", 4.1), *others) == (2, 2, 2)
    assert behind(row("甲", 4.1), *others, **{"rank-ties": "last"}) == (1, 1, 1)


@pytest.mark.parametrize("ties", ["shared", "last"])
def test_only_the_worse_are_behind_whichever_rank_is_shared(ties):
    """Two of five are level with it and one is worse: 并列倒数第2, by either of their ranks."""
    rows = [row("甲", 4.1), row("乙", 4.1), row("丙", 4.1), row("丁", 4.5), row("戊", 4.0)]
    policy = {"rank-ties": ties}
    assert behind(*rows, population=5, level=False, **policy) == (1, 1, 1)
    alone = {"population": 5, "level": False}
    assert behind(row("甲", rank=2), row("乙", rank=2), **alone) == (2, 2, 2)
    assert behind(row("甲", rank=2), **alone) == (3, 3, 3)


def test_a_published_rank_is_not_level_with_a_computed_one():
    """The bulletin says second of four; the three others are ranked among themselves."""
    others = [row("乙", 4.1), row("丙", 4.5), row("丁", 4.0)]
    assert behind(row("甲", rank=2), *others, level=False) == (2, 2, 2)
    # with an index of its own it is one of the list, and level with 乙
    assert behind(row("甲", 4.1, rank=2), *others, level=False) == (1, 1, 1)
    assert behind(row("甲", 4.1), row("戊", rank=2), *others, level=False) == (1, 1, 1)


def test_a_rank_is_taken_from_a_fixed_number():
    """Rank 3 of a published list of 6 has one behind of 4, however many there are."""
    assert behind(row("甲", rank=3, places=6), fixed=True) == (1, 1, 1)
    assert behind(row("甲", rank=3, places=6)) == (3, 3, 3)
    assert behind(row("甲", rank=2, places=3)) == (1, 1, 1)
    # of four, one is not entered: it may be before
    assert behind(row("甲", 4.05), row("乙", 4.1), row("丙", 4.0), fixed=True) == (1, 2, 1)


def test_places_that_are_not_entered_stay_open():
    """Of the plan's number of places those without a row may rank before or behind."""
    assert behind(row("甲", 4.05), row("乙", 4.1), row("丙", 4.0)) == (1, 2, 1)
    assert behind(row("乙", 4.1)) == (0, 3, None)


def test_places_without_data_rank_last_or_not_at_all():
    """A declared policy: behind everyone, or anywhere until its data are there."""
    rows = [row("甲", 4.05), row("乙", 4.0), row("丙"), row("丁", 4.5)]
    assert behind(*rows, **{"rank-without-data": "last"}) == (2, 2, 2)
    assert behind(*rows) == behind(*rows, **{"rank-without-data": "left-out"}) == (1, 2, 1)


@pytest.mark.parametrize("ties", ["shared", "last"])
@pytest.mark.parametrize("level", [True, False])
def test_a_place_without_data_never_profits(ties, level):
    """Ten, four of them without data, ours among them: last, or not known; never three behind."""
    rows = [
        row("甲"),
        *(row(f"无{n}") for n in range(3)),
        *(row(f"县{n}", n + 2) for n in range(6)),
    ]
    policy = {"rank-ties": ties, "population": 10, "level": level}
    assert behind(*rows, **policy) == (0, 9, None)
    assert behind(*rows, **policy, **{"rank-without-data": "last"}) == (0, 0, 0)


@pytest.mark.parametrize("ties", ["shared", "last"])
@pytest.mark.parametrize("level", [True, False])
@pytest.mark.parametrize("fixed", [True, False])
@given(
    st.lists(st.none() | st.integers(1, 4), min_size=2, max_size=6),
    st.lists(st.integers(1, 4), min_size=6, max_size=6),
    st.sets(st.integers(0, 5)),
)
def test_an_index_supplied_later_only_narrows_what_ranks_can_be(
    ties, level, fixed, before, given_, which
):
    """By the default reading, whoever's index it is."""
    after = [given_[n] if n in which and index is None else index for n, index in enumerate(before)]
    wide, narrow = (
        behind(
            *(row(f"县{n}" if n else "甲", index) for n, index in enumerate(indices)),
            population=7, level=level, fixed=fixed, **{"rank-ties": ties},
        )
        for indices in (before, after)
    )  # fmt: skip
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


def test_a_rank_supplied_for_one_leaves_the_others_theirs():
    """Of a list that is published in part the rest is ranked by what is entered."""
    rows = [row("甲", 4.05), row("乙", 4.1), row("丙", 4.0), row("丁", 4.5)]
    assert behind(*rows) == (2, 2, 2)
    published = [*rows[:3], row("丁", 4.5, rank=4, places=4)]
    assert behind(*published) == (2, 2, 2)


def test_a_rank_that_the_list_does_not_have_is_told():
    """Rank 5 of the plan's 4: nothing is behind or before, and the reason says so."""
    metric = places_behind("t.behind", "其后", "behind", County, "省", 4)
    table = Facts.of(row("甲", rank=5)).table(PlacePeriod)
    found = metric.compute((table,), pl.Series(["甲"]), YEAR, dt.date(2025, 1, 1))
    assert found.row(0, named=True)["gaps"] == "省 全年: rank 5 of 4"
    assert (found["lo"][0], found["hi"][0], found["value"][0]) == (0, 3, None)
    many = [row(f"县{n}", n + 2, places=2) for n in range(3)]
    facts = derive(Facts.of(*many), [*CORE, *CAMPAIGN.airplan_entities()])
    assert any("3 places are entered of a list of 2" in note for note in facts.notes)


def test_a_published_rank_is_kept():
    """A bureau that is told only its rank enters it alone."""
    assert behind(row("甲", rank=3)) == (1, 1, 1)
    assert behind(row("甲", rank=3, places=5)) == (2, 2, 2)


def test_a_running_year_has_the_latest_list():
    """The list of January to May says where the county stands, and decides nothing."""
    rows = [row("甲", rank=4, span="1-3月"), row("甲", rank=2, span="1-5月")]
    assert behind(*rows, as_of=dt.date(2024, 6, 10)) == (0, 3, 2)
    assert behind(*rows, as_of=dt.date(2024, 4, 10)) == (0, 3, 0)


def test_every_month_counts_by_the_other_reading():
    """One bad month is enough to break it, whatever the others are."""
    months = [row("甲", rank=2, span=f"{m}月") for m in range(1, 12)]
    assert behind(*months, row("甲", rank=4, span="12月"), monthly=True) == (0, 0, 0)
    assert behind(*months, monthly=True) == (0, 2, 2)


def test_what_is_published_and_differs_is_told():
    """An index that its own statistics do not make is kept, and noted."""
    values = {"so2": "12 µg/m³", "no2": "27 µg/m³", "pm10": "65 µg/m³", "pm25": "29 µg/m³",
              "co_p95": "0.8 mg/m³", "o3_p90": "191 µg/m³"}  # fmt: skip
    given_ = PlacePeriod(id="1", ranking="省", place="甲", year=2023, span="5月", index="4.13 指数",
                         **values)  # fmt: skip
    facts = derive(Facts.of(given_), [*CORE, *CAMPAIGN.airplan_entities()])
    assert facts.table(PlacePeriod)["index"].to_list() == [4.13]
    assert any("1 published indices differ" in note for note in facts.notes)


@pytest.mark.parametrize("span", ["全年", "一季度", "5月", "1-5月"])
def test_an_index_is_of_any_period(span):
    """A month, a quarter, a year: the same sum."""
    given_ = PlacePeriod(
        id="1", ranking="省", place="甲", year=2023, span=span, so2="60 µg/m³", no2="40 µg/m³",
        pm10="70 µg/m³", pm25="35 µg/m³", co_p95="4 mg/m³", o3_p90="160 µg/m³",
    )  # fmt: skip
    assert (
        derive(Facts.of(given_), [*CORE, *CAMPAIGN.airplan_entities()]).table(PlacePeriod)["index"][
            0
        ]
        == 6.0
    )
