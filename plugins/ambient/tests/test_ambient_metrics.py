"""The metrics of ambient air: what thin data prove, and what more data may change."""

import datetime as dt

import attrs
import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
from airplan_ambient import CAMPAIGN
from airplan_ambient.ledgers import CountyDay, DustEvent, Station, StationHour
from airplan_ambient.metrics import (
    COMPOSITE_INDEX,
    COMPOSITE_INDEX_WITH_DUST,
    GOOD_DAYS,
    GOOD_SHARE,
    GOOD_SHARE_OF_CALENDAR,
    HEAVY_DAYS,
    HEAVY_SHARE,
    PM10_MEAN,
    PM10_MEAN_WITHOUT_DUST,
    PM25_MEAN_WITHOUT_DUST,
)
from airplan_core import County, Facts, Period
from airplan_core.engines.polars.attach import attach
from airplan_core.facts.derived import derive
from airplan_core.model.ledgers import CORE

FIRST = dt.date(2024, 1, 1)
YEAR = Period("2024", FIRST, dt.date(2024, 12, 31))
OVER = dt.date(2025, 1, 1)
CLEAN = {
    "pm25": "30 µg/m³", "pm10": "50 µg/m³", "so2": "9 µg/m³", "no2": "30 µg/m³",
    "co": "0.8 mg/m³", "o3_8h": "90 µg/m³",
}  # fmt: skip


def days(count, first=FIRST, **values):
    every = (first + dt.timedelta(days=n) for n in range(count))
    return [
        CountyDay(id=f"甲县/{day}", county="甲县", date=day, **{**CLEAN, **values}) for day in every
    ]


def measured(metric, *records, period=YEAR, as_of=OVER):
    facts = derive(Facts.of(County(id="甲县"), *records), [*CORE, *CAMPAIGN.airplan_entities()])
    metric = metric.over(period)
    row = attach(facts, County, (), as_of, None, (metric,)).row(0, named=True)
    return {part: row[metric.part(part)] for part in ("lo", "hi", "value", "known", "gaps")}


def test_a_leap_year_has_366_days():
    """Every one of 2024 counts, and no 367th."""
    found = measured(GOOD_DAYS, *days(400, dt.date(2023, 12, 20)))
    assert (found["lo"], found["hi"], found["known"]) == (366, 366, 366)


def test_eight_heavy_days_are_proven_whatever_is_missing():
    """Too little data prove no compliance, but a breach."""
    found = measured(HEAVY_DAYS, *days(8, pm25="200 µg/m³"))
    assert (found["lo"], found["hi"]) == (8, 366)


def test_a_floor_of_the_index_proves_a_heavy_day():
    """With NO2 missing the others make the index at least 250."""
    row = {**CLEAN, "no2": None, "pm25": "200 µg/m³"}
    day = CountyDay(id="1", county="甲县", date=FIRST, **row)
    assert measured(HEAVY_DAYS, day)["lo"] == 1
    assert measured(GOOD_DAYS, day)["hi"] == 365
    calm = CountyDay(id="1", county="甲县", date=FIRST, **{**row, "pm25": "30 µg/m³"})
    assert measured(HEAVY_DAYS, calm)["hi"] == measured(GOOD_DAYS, calm)["hi"] == 366


@pytest.mark.parametrize(
    ("level", "known"), [("30 µg/m³", 365), ("90 µg/m³", 365), ("151 µg/m³", 366)]
)
def test_good_and_heavy_shares_are_of_the_same_days(level, known):
    """A day without NO2 is in neither, unless the others make it heavy; then it is in both."""
    records = days(366)
    records[40] = attrs.evolve(records[40], no2=None, pm25=level)
    good, heavy = measured(GOOD_SHARE, *records), measured(HEAVY_SHARE, *records)
    assert (good["known"], heavy["known"]) == (known, known)
    assert (good["gaps"], heavy["gaps"]) == ("", "")
    assert good["value"] + heavy["value"] == pytest.approx(100)
    assert good["lo"] == good["hi"] == good["value"]
    running = {"as_of": dt.date(2024, 6, 30)}
    good, heavy = (measured(one, *records[:182], **running) for one in (GOOD_SHARE, HEAVY_SHARE))
    assert (good["known"], heavy["known"]) == (known - 184, known - 184)


def test_shares_are_of_valid_days_or_of_the_calendar():
    """231 good of 360 valid days: 64.17 %, or 63.11 to 64.75 % of 366."""
    records = [*days(231), *days(129, FIRST + dt.timedelta(days=231), pm25="90 µg/m³")]
    valid = measured(GOOD_SHARE.rounded(2), *records)
    assert (valid["lo"], valid["hi"], valid["gaps"]) == (0.0 + 63.11, 64.75, "2024-12: 25 < 27")
    spread = [record for record in days(366) if record.date.day != 31 or record.date.month > 10]
    valid = measured(GOOD_SHARE, *spread)
    assert (valid["value"], valid["lo"], valid["hi"], valid["known"]) == (100, 100, 100, 360)
    calendar = measured(GOOD_SHARE_OF_CALENDAR.rounded(2), *spread)
    assert (calendar["lo"], calendar["hi"]) == (98.36, 100.0)


def test_dust_leaves_the_mean_and_its_completeness():
    """A day in dust is neither in the mean nor missing from it; both series are there."""
    dusty = days(2, dt.date(2024, 3, 27), pm10="800 µg/m³")
    rest = [d for d in days(366) if d.date not in {one.date for one in dusty}]
    event = DustEvent(id="1", county="甲县", begins="2024-03-27T00:00", ends="2024-03-29T00:00")
    kept = measured(PM10_MEAN, *rest, *dusty, event)
    removed = measured(PM10_MEAN_WITHOUT_DUST, *rest, *dusty, event)
    assert kept["value"] == pytest.approx((364 * 50 + 1600) / 366)
    assert (removed["lo"], removed["hi"], removed["known"], removed["gaps"]) == (50, 50, 364, "")
    running = measured(
        PM10_MEAN_WITHOUT_DUST, *rest[:100], *dusty, event, as_of=dt.date(2024, 4, 9)
    )
    assert (running["known"], running["lo"]) == (98, 98 * 50 / 364)
    with_dust = measured(COMPOSITE_INDEX_WITH_DUST, *rest, *dusty, event)["value"]
    assert measured(COMPOSITE_INDEX, *rest, *dusty, event)["value"] < with_dust


def test_a_day_without_pm10_is_a_day_of_pm25():
    """An event that removes PM10 only takes nothing from PM2.5, and makes nothing missing."""
    event = DustEvent(
        id="1", county="甲县", begins="2024-03-01T00:00", ends="2024-03-29T00:00", only_pm10=True
    )
    pm10, pm25 = (
        measured(metric, *days(366), event)
        for metric in (PM10_MEAN_WITHOUT_DUST, PM25_MEAN_WITHOUT_DUST)
    )
    assert (pm25["known"], pm25["value"], pm25["hi"], pm25["gaps"]) == (366, 30, 30, "")
    assert (pm10["known"], pm10["value"], pm10["hi"], pm10["gaps"]) == (338, 50, 50, "")


def test_the_index_is_an_interval_while_a_part_is_open():
    """A running year has an index to date, and no upper end."""
    found = measured(COMPOSITE_INDEX, *days(100), as_of=dt.date(2024, 4, 9))
    assert found["value"] == 3.23
    assert found["hi"] is None
    assert 0 < found["lo"] < found["value"]


def test_a_year_without_a_row_says_so():
    """Nothing is known of it; zero is not a value."""
    for metric in CAMPAIGN.airplan_metrics():
        found = measured(metric, *days(1, dt.date(2023, 5, 5)))
        assert found["value"] in (None, 0), metric.id
        assert found["lo"] != found["hi"], metric.id


levels = st.sampled_from(["30 µg/m³", "80 µg/m³", "200 µg/m³", None])


@given(st.lists(levels, min_size=12, max_size=12), st.data())
def test_a_day_supplied_later_only_narrows_what_counts_can_be(before, data):
    """Good and heavy days, of a running period or one that is over."""
    after = [data.draw(levels) if level is None else level for level in before]
    period = Period("p", FIRST, FIRST + dt.timedelta(days=13))

    def records(given_):
        return [
            attrs.evolve(day, pm25=level)
            for day, level in zip(days(12), given_, strict=True)
            if level is not None
        ]

    for metric in (GOOD_DAYS, HEAVY_DAYS, GOOD_SHARE_OF_CALENDAR):
        for as_of in (FIRST + dt.timedelta(days=11), OVER):
            wide, narrow = (
                measured(metric, *records(given_), period=period, as_of=as_of)
                for given_ in (before, after)
            )
            assert wide["lo"] <= narrow["lo"] <= narrow["hi"] <= wide["hi"], metric.id


BOOK = airplan.load_rulebook()


@given(
    st.lists(st.sampled_from([None, 20.0, 500.0]), min_size=24, max_size=24),
    st.integers(0, 23),
    st.integers(0, 9),
)
def test_an_hour_supplied_later_overturns_no_count_of_days(hours, place, heavy):
    """A missing hour filled in may decide a verdict on heavy days, and never turn a definite one."""
    start = dt.datetime(2024, 5, 1)

    def outcome(values):
        records = [
            StationHour(
                id=str(n), station="S", time=start + dt.timedelta(hours=n + 1),
                pm25=None if value is None else f"{value} µg/m³", pm10="50 µg/m³", so2="9 µg/m³",
                no2="30 µg/m³", co="0.8 mg/m³", o3_1h="90 µg/m³",
            )
            for n, value in enumerate(values)
        ]  # fmt: skip
        rest = [d for d in days(366) if d.date != start.date()]
        rest[:heavy] = [attrs.evolve(d, pm25="400 µg/m³") for d in rest[:heavy]]
        facts = Facts.of(Station(id="S", county="沁阳市"), *records,
                         *(attrs.evolve(d, county="沁阳市") for d in rest))  # fmt: skip
        verdicts = airplan.assess(BOOK, facts, OVER).select(*airplan.Outcome.__members__, "UNKNOWN")
        return next(
            row["outcome"]
            for row in verdicts.iter_rows(named=True)
            if row["duty"] == "targets.heavy-days@2024"
        )

    if hours[place] is not None or sum(value is not None for value in hours) >= 20:
        return  # a day that is valid already is made of the hours it has
    filled = [*hours[:place], 500.0, *hours[place + 1 :]]
    before, after = outcome(hours), outcome(filled)
    assert before in (after, "UNKNOWN")
