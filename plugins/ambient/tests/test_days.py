"""Days: the county's from its stations', its index, dust, and what the ledger says itself."""

import datetime as dt

import polars as pl
import pytest

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
        ("2024-03-28T00:00", "2024-03-28T01:00", True),
        ("2024-03-27T20:00", "2024-03-28T00:00", False),  # the last hour is labelled 0 of the 28th
        ("2024-03-29T00:00", "2024-03-29T05:00", False),
        ("2024-03-28T23:00", "2024-03-29T00:00", True),
    ],
)
def test_an_event_touches_the_days_of_its_hours(begins, ends, touched):
    """A day has the hours labelled 1 to 24."""
    event = DustEvent(id="1", county="甲县", begins=begins, ends=ends)
    assert county_day(own(), event)["dust"] is touched
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


def test_nothing_comes_of_nothing():
    """Without any ledger of the air there are no days, not empty ones."""
    assert not days(County(id="甲县")).supplies(CountyDay)
