"""Days: the county's from its stations', its index, dust, and what the ledger says itself."""

import datetime as dt
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import example, given, strategies as st

from airplan_ambient import CAMPAIGN
from airplan_ambient.ledgers import (
    CountyDay,
    DustEvent,
    Station,
    StationDay,
    StationHour,
)
from airplan_core import County, Facts
from airplan_core.facts.derived import derive
from airplan_core.model.ledgers import CORE

DAY = dt.date(2024, 3, 28)
CLEAN = {
    "pm25": "30 µg/m³", "pm10": "50 µg/m³", "so2": "9 µg/m³", "no2": "30 µg/m³",
    "co": "0.8 mg/m³", "o3_8h": "90 µg/m³",
}  # fmt: skip


def days(*records, **readings):
    choices = {f"ambient.{name}": reading for name, reading in readings.items()}
    return derive(Facts.of(*records), [*CORE, *CAMPAIGN.airplan_entities()], choices)


def county_day(*records, **readings):
    facts = days(*records, **readings)
    return facts.table(CountyDay).filter(pl.col("date") == DAY).row(0, named=True)


def stations(count=4, **more):
    return [Station(id=f"S{n}", county="甲县", **more) for n in range(count)]


def station_days(*levels, day=DAY):
    return [
        StationDay(id=f"S{n}/{day}", station=f"S{n}", date=day, **{**CLEAN, "pm25": level})
        for n, level in enumerate(levels)
    ]


def own(day=DAY, county="甲县", **values):
    return CountyDay(id=f"{county}/{day}", county=county, date=day, **{**CLEAN, **values})


def test_the_county_is_the_mean_of_its_stations():
    """Concentrations are averaged first; the index is of their mean."""
    found = county_day(*stations(), *station_days("70 µg/m³", "74 µg/m³", "76 µg/m³", "81 µg/m³"))
    assert (found["pm25"], found["aqi"], found["primary"]) == (75.25, 100.0, "PM2.5")


def test_three_quarters_of_the_stations_are_needed():
    """Three of four make a day, two do not; by the other reading one is enough."""
    one, two, three = "70 µg/m³", "74 µg/m³", "75 µg/m³"
    assert county_day(*stations(), *station_days(one, two, three))["pm25"] == 73.0
    thin = [*stations(), *station_days(one, two)]
    assert county_day(*thin)["pm25"] is None
    assert county_day(*thin, stations="any")["pm25"] == 72.0
    assert any("three quarters" in note for note in days(*thin).notes)


def test_a_station_that_does_not_count_is_left_out():
    """A station marked so is in nobody's mean."""
    extra = Station(id="S4", county="甲县", assessed=False)
    levels = station_days(*["70 µg/m³"] * 4, "400 µg/m³")
    assert county_day(*stations(), extra, *levels)["pm25"] == 70.0


def test_what_the_ledger_says_is_kept():
    """A supplied value stands; what differs from the stations' is told."""
    facts = days(own(pm25="60 µg/m³"), *stations(), *station_days(*["70 µg/m³"] * 4))
    assert facts.table(CountyDay)["pm25"].to_list() == [60.0]
    assert any("county_day: pm25: 1 rows differ" in note for note in facts.notes)
    facts = days(own(aqi="77 AQI"))
    assert facts.table(CountyDay)["aqi"].to_list() == [77.0]
    assert any("aqi: 1 days differ" in note for note in facts.notes)


def test_deriving_twice_changes_nothing():
    """What was completed is complete."""
    once = days(*stations(), *station_days(*["70 µg/m³"] * 4), own(dt.date(2024, 3, 29)))
    again = derive(once, [*CORE, *CAMPAIGN.airplan_entities()])
    assert {k: v.to_dicts() for k, v in again.tables.items()} == {
        k: v.to_dicts() for k, v in once.tables.items()
    }


def test_the_input_of_the_index_is_the_reported_concentration():
    """75.4 is reported as 75, index 100; by the other reading it is 101."""
    assert county_day(own(pm25="75.4 µg/m³"))["aqi"] == 100
    assert county_day(own(pm25="75.4 µg/m³"), **{"aqi-input": "as-given"})["aqi"] == 101


def test_the_hour_of_ozone_counts_only_if_asked():
    """An hour of 201 µg/m³ is index 101."""
    row = own(o3_1h="201 µg/m³")
    assert county_day(row)["aqi"] == 50
    assert county_day(row, **{"o3-hour-in-day": "included"})["aqi"] == 101
    assert county_day(own(), **{"o3-hour-in-day": "included"})["aqi"] is None


def test_the_edition_is_of_the_day():
    """PM2.5 of 60 is index 82 in 2024, and 100 from March 2026."""
    first, second = own(pm25="60 µg/m³"), own(dt.date(2026, 3, 1), pm25="60 µg/m³")
    assert days(first, second).table(CountyDay)["aqi"].to_list() == [82.0, 100.0]


def test_a_missing_pollutant_leaves_a_floor():
    """No index without NO2, but at least what the others make it."""
    row = {**CLEAN, "no2": None, "pm25": "200 µg/m³"}
    found = county_day(CountyDay(id="1", county="甲县", date=DAY, **row))
    assert (found["aqi"], found["aqi_at_least"]) == (None, 250.0)


@pytest.mark.parametrize(
    ("level", "reading", "index", "floor"),
    [
        ("100 µg/m³", "proven", None, 132),
        ("100 µg/m³", "others", 132, 132),
        ("100 µg/m³", "left-out", None, None),
        ("75 µg/m³", "others", None, 100),
    ],
)
def test_a_missing_pollutant_is_read_as_declared(level, reading, index, floor):
    """2012: NA; whether the others decide anything is a question, from 2026-03-01 it is none."""
    row = own(no2=None, pm25=level)
    found = county_day(row, **{"aqi-missing": reading})
    assert (found["aqi"], found["aqi_at_least"]) == (index, floor)
    later = days(own(dt.date(2026, 3, 1), no2=None, pm25="80 µg/m³"), **{"aqi-missing": reading})
    assert later.table(CountyDay)["aqi"].to_list() == [119]


def test_an_index_below_its_own_floor_is_told():
    """Neither is used: the concentrations make it, where all are there."""
    clash = {"aqi": "90 AQI", "aqi_at_least": "150 AQI"}
    facts = days(own(pm25="75 µg/m³", **clash))
    assert facts.table(CountyDay).select("aqi", "aqi_at_least").row(0) == (100, 100)
    assert any("aqi is below aqi_at_least on 1 days (2024-03-28)" in note for note in facts.notes)
    found = county_day(own(pm25="75 µg/m³", no2=None, **clash))
    assert (found["aqi"], found["aqi_at_least"]) == (None, 100)
    facts = days(own(pm25="75 µg/m³", aqi_at_least="150 AQI"))
    assert facts.table(CountyDay).select("aqi", "aqi_at_least").row(0) == (None, 150)
    assert any("aqi: 1 days differ" in note for note in facts.notes)


def test_a_day_in_a_dust_event_is_in_one_series_only():
    """An event leaves particles out of the series without dust, and the index as it is."""
    event = DustEvent(
        id="1", county="甲县", begins="2024-03-27T20:00", ends="2024-03-28T18:00", only_pm10=True
    )
    found = county_day(own(pm10="600 µg/m³"), event)
    assert (found["pm10"], found["pm10_without_dust"], found["dust"]) == (600, None, True)
    assert (found["pm25_without_dust"], found["aqi"]) == (30, 500)
    both = DustEvent(id="1", begins="2024-03-27T20:00", ends="2024-03-28T18:00")
    assert county_day(own(), both)["pm25_without_dust"] is None


@pytest.mark.parametrize(
    ("begins", "ends", "touched"),
    [
        ("2024-03-28T00:00", "2024-03-28T05:00", True),
        ("2024-03-28T00:00", "2024-03-28T04:00", None),  # twenty hours are left: of which mean?
        ("2024-03-27T20:00", "2024-03-28T00:00", False),  # the last hour is labelled 0 of the 28th
        ("2024-03-29T00:00", "2024-03-29T05:00", False),
        ("2024-03-28T23:00", "2024-03-29T00:00", None),
        ("2024-03-28T19:00", "2024-03-29T00:00", True),
    ],
)
def test_an_event_touches_the_days_of_its_hours(begins, ends, touched):
    """A day has the hours labelled 1 to 24; with fewer than twenty left it is removed."""
    event = DustEvent(id="1", county="甲县", begins=begins, ends=ends, only_pm10=False)
    found = county_day(own(), event)
    assert (found["dust"], found["dust_pm25"]) == (touched, touched)
    assert (found["pm10_without_dust"] is None) is (touched is not False)
    elsewhere = DustEvent(id="1", county="乙县", begins=begins, ends=ends)
    assert county_day(own(), elsewhere)["dust"] is False


def test_a_day_keeps_the_hours_outside_dust():
    """With twenty hours left, the day has a mean without dust and is no dust day."""
    start = dt.datetime.combine(DAY, dt.time())
    hours = [
        StationHour(
            id=str(n), station="S0", time=start + dt.timedelta(hours=n),
            pm10=f"{500 if n <= 4 else 80} µg/m³", pm25="30 µg/m³",
        )
        for n in range(1, 25)
    ]  # fmt: skip
    event = DustEvent(id="1", county="甲县", begins="2024-03-28T00:00", ends="2024-03-28T04:00")
    found = county_day(*stations(1), *hours, event)
    assert (found["pm10"], found["pm10_without_dust"], found["dust"]) == (150.0, 80.0, False)


def test_an_event_has_the_hours_after_its_beginning_up_to_its_end():
    """From 4 to 6 o'clock are the hours labelled 5 and 6: 22 are left."""
    start = dt.datetime.combine(DAY, dt.time())
    hours = [
        StationHour(
            id=str(n), station="S0", time=start + dt.timedelta(hours=n),
            pm10=f"{ {4: 100, 5: 500, 6: 500}.get(n, 80) } µg/m³",
        )
        for n in range(1, 25)
    ]  # fmt: skip
    event = DustEvent(id="1", county="甲县", begins="2024-03-28T04:00", ends="2024-03-28T06:00")
    assert county_day(*stations(1), *hours, event)["pm10_without_dust"] == 80.909091


def hours(station="S0", pm10=24, pm25=24):
    """A station's day, with so many hours of each particle."""
    start = dt.datetime.combine(DAY, dt.time())
    return [
        StationHour(
            id=f"{station}/{n}", station=station, time=start + dt.timedelta(hours=n),
            pm10="80 µg/m³" if n <= pm10 else None, pm25="30 µg/m³" if n <= pm25 else None,
        )
        for n in range(1, 25)
    ]  # fmt: skip


def event(first, last, only_pm10=False, county="甲县", id="1"):
    """An event of the day's hours labelled `first` to `last`."""
    begins, ends = (dt.datetime.combine(DAY, dt.time()) + dt.timedelta(hours=n)
                    for n in (first - 1, last))  # fmt: skip
    return DustEvent(id=id, county=county, begins=begins, ends=ends, only_pm10=only_pm10)


def test_an_event_that_removes_pm10_leaves_pm25_its_day():
    """Dust is per pollutant: from daily values, and from hours that another event shortens."""
    found = county_day(own(), event(1, 24, only_pm10=True))
    assert (found["dust"], found["pm10_without_dust"]) == (True, None)
    assert (found["dust_pm25"], found["pm25_without_dust"]) == (False, 30)
    both = [event(1, 24, only_pm10=True), event(1, 3, id="2")]
    found = county_day(*stations(1), *hours(), *both)
    assert (found["dust"], found["pm10_without_dust"]) == (True, None)
    assert (found["dust_pm25"], found["pm25_without_dust"]) == (False, 30)


def test_a_day_is_removed_by_the_hours_that_its_pollutant_has():
    """Of 22 hours of PM2.5 three leave 19: removed; of 24 of PM10 they leave 21: kept."""
    found = county_day(*stations(1), *hours(pm25=22), event(1, 3))
    assert (found["dust"], found["pm10_without_dust"]) == (False, 80)
    assert (found["dust_pm25"], found["pm25_without_dust"]) == (True, None)
    missing = county_day(*stations(1), *hours(pm25=19), event(1, 3))
    assert (missing["pm25"], missing["dust_pm25"]) == (None, False)  # it was not there before


def test_a_county_is_removed_when_too_few_stations_are_left():
    """Two of four keep their hours: three quarters do not, and that is dust, not missing."""
    rows = [hour for n in range(4) for hour in hours(f"S{n}", pm10=22 if n < 2 else 24)]
    found = county_day(*stations(), *rows, event(1, 3))
    assert (found["pm10"], found["pm10_without_dust"], found["dust"]) == (80, None, True)


def test_an_event_that_does_not_say_what_it_removes_leaves_it_open():
    """是否仅剔除PM10 is blank: PM10 is removed, of PM2.5 it is not known, and that is told."""
    blank = event(1, 24, only_pm10=None)
    for records in ([own()], [*stations(1), *hours()]):
        facts = days(*records, blank)
        found = county_day(*records, blank)
        assert (found["dust"], found["dust_pm25"], found["pm25_without_dust"]) == (True, None, None)
        assert any("do not say whether they remove PM10 only" in note for note in facts.notes)


def test_what_a_ledger_says_of_dust_without_an_event_is_of_both_particles():
    """颗粒物 are both; what it says of PM2.5 itself goes before."""
    assert county_day(own(dust=True))["dust_pm25"] is True
    found = county_day(own(dust=True, dust_pm25=False))
    assert (found["dust"], found["dust_pm25"], found["pm25_without_dust"]) == (True, False, 30)
    assert county_day(own(dust=True, pm25_without_dust="20 µg/m³"))["dust_pm25"] is False


def test_an_event_without_a_county_is_of_every_county():
    """Stations of two counties, and one of none."""
    rows = [Station(id="S0", county="甲县"), Station(id="S1", county="乙县")]
    facts = days(*rows, *hours("S0"), *hours("S1"), event(1, 24, county=None))
    assert facts.table(CountyDay)["dust"].to_list() == [True, True]


def by_hours(*levels):
    """Three stations and their hours of PM2.5, of which there may be fewer than 24."""
    start = dt.datetime.combine(DAY, dt.time())
    return [
        *stations(len(levels)),
        *(
            StationHour(
                id=f"S{n}/{label}", station=f"S{n}", time=start + dt.timedelta(hours=label),
                pm25=f"{level} µg/m³", pm10="50 µg/m³", so2="9 µg/m³", no2="30 µg/m³",
                co="0.8 mg/m³", o3_1h="90 µg/m³",
            )
            for n, hours in enumerate(levels)
            for label, level in enumerate(hours, 1)
        ),
    ]  # fmt: skip


@example(([37] + [40] * 22, [27] + [40] * 21, [19] + [30] * 20))
@given(st.tuples(*(st.lists(st.integers(0, 300), min_size=n, max_size=n) for n in (23, 22, 21))))
def test_the_countys_mean_is_rounded_once(levels):
    """Stations of 23, 22 and 21 hours: exact until it is reported, by plain fractions."""
    mean = sum(Fraction(sum(hours), len(hours)) for hours in levels) / 3
    assert county_day(*by_hours(*levels))["pm25"] == float(round(mean, 6))


def test_the_index_is_of_the_exact_mean():
    """A hair below 75.5 is reported as 75, index 100; rounded to a millionth first it is 76."""
    levels = ["75.5"] * 22 + ["75.499999"], ["75.5"] * 22, ["75.5"] * 21
    found = county_day(*by_hours(*levels))
    assert (found["pm25"], found["aqi"]) == (75.5, 100)


def test_nothing_comes_of_nothing():
    """Without any ledger of the air there are no days, not empty ones."""
    assert not days(County(id="甲县")).supplies(CountyDay)
