"""HJ 633: every index is the exact one, rounded up, in the edition of its day."""

import datetime as dt
import math
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, strategies as st

from airplan_ambient.aqi import (
    air_quality_index,
    by_edition,
    categories,
    iaqi,
    primary_names,
    table,
)
from airplan_ambient.breakpoints import (
    CO_DAY,
    CO_HOUR,
    EDITIONS,
    HJ_633_2012,
    HJ_633_2026,
    ITEMS,
    LEVELS,
    NO2_DAY,
    O3_8H,
    O3_HOUR,
    PM10_DAY,
    PM25_DAY,
    SO2_DAY,
    SO2_HOUR,
    edition,
    edition_of,
)
from airplan_core import RuleError

editions = pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.id)
items = pytest.mark.parametrize("item", ITEMS, ids=lambda one: one.id)

#: Table 1 of the standard once more, by column, as a second hand copied it.
BY_HAND = {
    "so2_24h": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "so2_1h": (0, 150, 500, 650, 800),
    "no2_24h": (0, 40, 80, 180, 280, 565, 750, 940),
    "no2_1h": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "pm10_24h": (0, 50, 150, 250, 350, 420, 500, 600),
    "co_24h": (0, 2, 4, 14, 24, 36, 48, 60),
    "co_1h": (0, 5, 10, 35, 60, 90, 120, 150),
    "o3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "o3_8h": (0, 100, 160, 215, 265, 800),
    "pm25_24h": (0, 35, 75, 115, 150, 250, 350, 500),
}


def by_hand(item, concentration, *, twenty_six=False):
    """The index of a concentration, worked out with fractions and no shared code."""
    limits = list(BY_HAND[item.id])
    if twenty_six and item.id == "pm10_24h":
        limits[2] = 120
    if twenty_six and item.id == "pm25_24h":
        limits[2] = 60
    for place in range(len(limits) - 1):
        low, high = limits[place : place + 2]
        if concentration <= high:
            share = (Fraction(concentration) - low) / (high - low)
            return LEVELS[place] + share * (LEVELS[place + 1] - LEVELS[place])
    return {"so2_1h": 200 if twenty_six else None, "o3_8h": 300 if twenty_six else None}.get(
        item.id, 500
    )


def one(value, item, edition=HJ_633_2012, **more):
    return iaqi(pl.Series([value], dtype=pl.Float64), item, edition, **more)[0]


@editions
@items
def test_every_reported_concentration_has_its_exact_index(edition, item):
    """Whole numbers (CO: tenths), up to the table's top and beyond it."""
    scale = 10**item.decimals
    top = BY_HAND[item.id][-1] * scale + 40
    found = iaqi(pl.Series([n / scale for n in range(top)]), item, edition)
    for number, index in enumerate(found):
        exact = by_hand(item, Fraction(number, scale), twenty_six=edition is HJ_633_2026)
        assert index == (None if exact is None else math.ceil(exact)), Fraction(number, scale)


@items
@given(data=st.data())
def test_finer_concentrations_are_exact_too(item, data):
    """With up to six decimals, rounded up, and half up where that is asked for."""
    values = data.draw(
        st.lists(st.decimals(0, BY_HAND[item.id][-1] + 5, places=6, allow_nan=False), min_size=1)
    )
    given_ = pl.Series([float(value) for value in values])
    exact = [by_hand(item, value) for value in values]
    up = iaqi(given_, item, HJ_633_2012).to_list()
    assert up == [None if index is None else math.ceil(index) for index in exact]
    half = iaqi(given_, item, HJ_633_2012, "half-up").to_list()
    assert half == [None if i is None else math.floor(i + Fraction(1, 2)) for i in exact]


@editions
@items
@given(data=st.data())
def test_dirtier_air_never_has_a_lower_index(edition, item, data):
    """The index is monotone in the concentration."""
    top = BY_HAND[item.id][-1]
    pair = data.draw(st.tuples(*[st.decimals(0, top, places=4, allow_nan=False)] * 2).map(sorted))
    low, high = (one(float(value), item, edition) for value in pair)
    assert low <= high


@editions
@items
def test_the_index_is_continuous_at_its_breakpoints(edition, item):
    """A breakpoint has its level's index, and a hair above it, one more at most."""
    for limit, level in zip(edition.breakpoints[item.id], LEVELS, strict=False):
        assert edition.exact(item, limit) == level
        assert one(float(limit), item, edition) == level
    for limit, level in zip(edition.breakpoints[item.id][:-1], LEVELS, strict=False):
        exact = edition.exact(item, limit + Fraction(1, 10**6))
        assert level < exact < level + Fraction(1, 100)


def test_a_float_ceiling_would_say_56():
    """CO 2.2 mg/m³ lies at exactly 55; its double lies above."""
    assert one(2.2, CO_DAY) == 55
    assert math.ceil(50 + (2.2 - 2) / (4 - 2) * 50) == 56


def test_rounding_is_up_unless_asked():
    """36 µg/m³ of PM2.5 are 51.25."""
    assert one(36, PM25_DAY) == 52
    assert one(36, PM25_DAY, rounding="half-up") == 51


def test_2026_rounds_its_input_half_to_even():
    """60.5 is 60, at index 100; 61.5 is 62. In 2012 nothing says so."""
    assert one(60.5, PM25_DAY, HJ_633_2026) == 100
    assert one(61.5, PM25_DAY, HJ_633_2026) == one(62, PM25_DAY, HJ_633_2026)
    assert one(2.25, CO_DAY, HJ_633_2026) == one(2.2, CO_DAY, HJ_633_2026) == 55
    assert one(75.4, PM25_DAY, HJ_633_2012) == 101


def test_so2_of_an_hour_above_800_uses_the_day():
    """2012, note 2: no index of the hour; the day's stands in, else it is at least 200."""
    frame = pl.DataFrame({"so2": [801.0, 801.0, 500.0], "day": [475.0, None, 475.0]})
    found = air_quality_index(frame, {"so2": SO2_HOUR, "day": SO2_DAY}, HJ_633_2012)
    assert found["aqi"].to_list() == [150, None, 100]
    assert found["aqi_at_least"].to_list() == [150, 200, 100]
    found = air_quality_index(frame, {"so2": SO2_HOUR}, HJ_633_2026)
    assert found["aqi"].to_list() == [200, 200, 100]


def test_o3_of_eight_hours_above_800_uses_the_hour():
    """2012, note 3: no index of eight hours; the hour's stands in, else it is at least 300."""
    frame = pl.DataFrame({"o3": [801.0, 801.0], "hour": [1000.0, None]})
    found = air_quality_index(frame, {"o3": O3_8H, "hour": O3_HOUR}, HJ_633_2012)
    assert found["aqi"].to_list() == [400, None]
    assert found["aqi_at_least"].to_list() == [400, 300]
    assert air_quality_index(frame, {"o3": O3_8H}, HJ_633_2026)["aqi"].to_list() == [300, 300]


def test_what_is_missing_leaves_a_floor():
    """Without a pollutant there is no index, but the others say what it is at least."""
    frame = pl.DataFrame({"pm25": [300.0, 20.0], "pm10": [None, 30.0]})
    found = air_quality_index(frame, {"pm25": PM25_DAY, "pm10": PM10_DAY}, HJ_633_2012)
    assert found["aqi"].to_list() == [None, 30]
    assert found["aqi_at_least"].to_list() == [350, 30]
    assert found["primary"].to_list() == [None, None]


def test_all_primary_pollutants_of_a_tie_are_named():
    """Above 50, every pollutant with the greatest index; at 50, none."""
    of = {"pm25": PM25_DAY, "pm10": PM10_DAY, "no2": NO2_DAY}
    frame = pl.DataFrame({"pm25": [75, 35, 74], "pm10": [150, 50, 150], "no2": [10, 40, 80]})
    found = air_quality_index(frame, of, HJ_633_2012)
    assert found["aqi"].to_list() == [100, 50, 100]
    names = primary_names(found["primary"], list(of.values()))
    assert names.to_list() == ["PM10+PM2.5", None, "NO2+PM10"]


def test_categories_end_at_their_index():
    """50 is excellent, 51 good; 201 heavily polluted; above 300, severely."""
    found = categories(pl.Series([0, 50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500, None]))
    assert found.to_list() == [
        "优", "优", "良", "良", "轻度污染", "轻度污染", "中度污染", "中度污染", "重度污染", "重度污染",
        "严重污染", "严重污染", None,
    ]  # fmt: skip
    assert categories(pl.Series([201]), "en").to_list() == ["heavily polluted"]


def test_an_edition_is_of_its_days():
    """Editions are superseded on 2026-03-01, never overwritten."""
    assert edition_of(dt.date(2026, 2, 28)) is HJ_633_2012
    assert edition_of(dt.date(2026, 3, 1)) is HJ_633_2026
    assert edition("HJ 633-2026") is HJ_633_2026
    with pytest.raises(RuleError, match="HJ 633-2012"):
        edition("HJ 633-2013")
    days = pl.Series([dt.date(2026, 2, 28), dt.date(2026, 3, 1), None])
    assert [(e.id, kept.to_list()) for e, kept in by_edition(days)] == [
        ("HJ 633-2026", [False, True, False]),
        ("HJ 633-2012", [True, False, False]),
    ]


def test_a_negative_concentration_is_an_error():
    """It is told, not made an index of."""
    with pytest.raises(ValueError, match="not negative"):
        iaqi(pl.Series([10.0, -1.0]), PM25_DAY, HJ_633_2012)


def test_an_absurd_concentration_is_at_the_top():
    """Above the table platforms publish 500, whatever the number."""
    assert one(1e6, PM10_DAY) == 500
    assert one(16383, PM10_DAY) == one(16384, PM10_DAY) == 500
    assert iaqi(pl.Series([20000, 5]), PM10_DAY, HJ_633_2012).to_list() == [500, 5]


@items
def test_rows_are_independent(item):
    """The index of a row does not depend on the others: neither their order nor their fineness."""
    values = [3.0, 7.5, None, 41.0, 0.0]
    alone = [one(value, item) for value in values]
    assert iaqi(pl.Series(values, dtype=pl.Float64), item, HJ_633_2012).to_list() == alone
    assert len(table(HJ_633_2012, item)) == BY_HAND[item.id][-1] * 10**item.decimals + 2


def test_whole_numbers_may_come_as_integers():
    """Integer columns have the same indices as doubles, CO among them."""
    for item in (PM25_DAY, CO_HOUR):
        whole = pl.Series(range(40))
        as_doubles = iaqi(whole.cast(pl.Float64), item, HJ_633_2012)
        assert iaqi(whole, item, HJ_633_2012).equals(as_doubles)


@editions
@pytest.mark.parametrize("kind", [pl.UInt8, pl.Int8, pl.Int16, pl.Int64, pl.Float32, pl.Float64])
def test_the_index_does_not_depend_on_how_a_number_is_stored(edition, kind):
    """What a narrow column holds is as much as it is in a wide one: CO of 100 is above the top."""
    for item in (PM25_DAY, CO_DAY):
        found = iaqi(pl.Series([3, 100, None], dtype=kind), item, edition)
        assert found.to_list() == iaqi(pl.Series([3.0, 100.0, None]), item, edition).to_list()
    assert iaqi(pl.Series([100], dtype=kind), CO_DAY, edition).to_list() == [500]


def test_a_missing_pollutant_leaves_what_the_others_make_it():
    """2026, 5.3.1: published where the others make it more than 100; in 2012 it is NA."""
    two = {"pm25": PM25_DAY, "pm10": PM10_DAY}
    frame = pl.DataFrame({"pm25": [60, 61, None, 150], "pm10": [None, None, None, 50]})
    found = air_quality_index(frame, two, HJ_633_2026)
    assert found["aqi"].to_list() == [None, 101, None, 200]
    assert found["aqi_at_least"].to_list() == [100, 101, None, 200]
    assert primary_names(found["primary"], list(two.values()))[1] == "PM2.5"
    assert air_quality_index(frame, two, HJ_633_2012)["aqi"].to_list() == [None, None, None, 200]


@items
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_named(item, value):
    """NaN has no index, not even 0; the column and the row are told."""
    with pytest.raises(ValueError, match=f"{item.id}: expected a number.* in row 1"):
        iaqi(pl.Series([1.0, value]), item, HJ_633_2012)
    with pytest.raises(ValueError, match="pm25: expected a number.* in row 0"):
        air_quality_index(pl.DataFrame({"pm25": [value]}), {"pm25": PM25_DAY}, HJ_633_2012)
    with pytest.raises(ValueError, match="aqi: expected a number"):
        categories(pl.Series([value]))
    with pytest.raises(ValueError, match="expected numbers; read a column of String"):
        iaqi(pl.Series(["3"]), item, HJ_633_2012)
