"""Days are completed: a station's from its hours, the county's from its stations, AQI from both.

What a ledger says itself is kept; only what it leaves blank is computed.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from airplan_ambient.aqi import air_quality_index, by_edition, primary_names, reported
from airplan_ambient.breakpoints import (
    CO_DAY,
    NO2_DAY,
    O3_8H,
    O3_HOUR,
    PM10_DAY,
    PM25_DAY,
    SO2_DAY,
    Item,
)
from airplan_ambient.hours import MEANS, PARTICLES, day_values
from airplan_core import ratio

#: The items of a day's index, by column.
DAY_ITEMS: dict[str, Item] = {
    "so2": SO2_DAY, "no2": NO2_DAY, "pm10": PM10_DAY, "co": CO_DAY, "o3_8h": O3_8H,
    "pm25": PM25_DAY, "o3_1h": O3_HOUR,
}  # fmt: skip

WITHOUT_DUST = tuple(f"{name}_without_dust" for name in PARTICLES)
CONCENTRATIONS = (*MEANS, "o3_1h", "o3_8h")

_HOUR = pl.duration(hours=1)


def of_stations(
    own: pl.DataFrame,
    hours: pl.DataFrame,
    stations: pl.DataFrame,
    dust: pl.DataFrame,
    readings: Mapping[str, str],
) -> tuple[pl.DataFrame, list[str]]:
    """The `station_day` ledger, completed from `station_hour` (HJ 663)."""
    notes: list[str] = []
    if hours.height:
        counties = stations.select(station="id", county="county")
        places = hours.join(counties, on="station", how="left", maintain_order="left")
        found, notes = day_values(hours, _dust_hours(places, dust))
        own = _completed(own, found, ["station", "date"], notes, "station_day")
    return own, notes


def of_counties(
    own: pl.DataFrame,
    station_days: pl.DataFrame,
    stations: pl.DataFrame,
    dust: pl.DataFrame,
    counties: pl.DataFrame,
    readings: Mapping[str, str],
) -> tuple[pl.DataFrame, list[str]]:
    """The `county_day` ledger, completed from the days of its stations, with the index of each."""
    notes: list[str] = []
    if station_days.height:
        found = _mean_of_stations(station_days, stations, readings, notes)
        own = _completed(own, found, ["county", "date"], notes, "county_day")
    own = _without_dust(own, dust)
    return _indexed(own, readings, notes), notes


def _dust_hours(places: pl.DataFrame, dust: pl.DataFrame) -> pl.Series:
    """For each hour: 0 outside dust, 1 in an event that removes PM₁₀ only, 2 in another one."""
    found: Any = pl.lit(0, pl.UInt8)
    for county, begins, ends, only in dust.select("county", "begins", "ends", "only_pm10").rows():
        if begins is None or ends is None:
            continue
        inside = (pl.col("time") > begins) & (pl.col("time") <= ends)
        if county is not None:
            inside = inside & (pl.col("county") == county)
        level = pl.lit(1 if only else 2, pl.UInt8)
        found = pl.max_horizontal(found, pl.when(inside).then(level).otherwise(0))
    held = places.select(dust=found.cast(pl.UInt8))["dust"]
    return held if len(held) == places.height else held.new_from_index(0, places.height)


def _completed(
    own: pl.DataFrame, found: pl.DataFrame, key: list[str], notes: list[str], name: str
) -> pl.DataFrame:
    """The ledger with what it leaves blank filled in, and a row for every one it lacks."""
    filled = [column for column in found.columns if column not in key]
    found = found.with_columns(
        id=pl.concat_str([pl.col(part).cast(pl.String) for part in key], separator="/")
    )
    joined = own.join(found.drop("id"), on=key, how="left", suffix=":found", maintain_order="left")
    for column in filled:
        said, computed = pl.col(column), pl.col(f"{column}:found")
        differ = int(joined.select(((said - computed).abs() > 1).sum()).item() or 0)
        if differ:
            notes.append(
                f"{name}: {column}: {differ} rows differ by more than 1 from what is computed; "
                "what the ledger says is kept"
            )
    kept = joined.with_columns(
        pl.coalesce(column, f"{column}:found").alias(column) for column in filled
    ).select(own.columns)
    added = found.join(own.select(key), on=key, how="anti")
    return pl.concat([kept, added], how="diagonal").select(own.columns)


def _mean_of_stations(
    days: pl.DataFrame, stations: pl.DataFrame, readings: Mapping[str, str], notes: list[str]
) -> pl.DataFrame:
    """The mean of the stations that count, where enough of them are valid (HJ 663)."""
    counted = stations.filter(pl.col("assessed").fill_null(value=True))
    size = counted.group_by("county").agg(size=pl.len().cast(pl.Int64))
    places = counted.select(station="id", county="county")
    held = days.join(places, on="station", how="inner").join(size, on="county")
    lost = days.height - days.join(stations.select(station="id"), on="station", how="semi").height
    if lost:
        notes.append(f"county_day: {lost} station-days of stations without a county are left out")
    share = 3 if readings["ambient.stations"] == "three-quarters" else 0
    names = [*CONCENTRATIONS, *WITHOUT_DUST]
    found = held.group_by("county", "date", maintain_order=True).agg(
        pl.col("size").first(),
        *((pl.col(name) * 1_000_000).round().cast(pl.Int128).sum().alias(name) for name in names),
        *(pl.col(name).count().cast(pl.Int64).alias(f"n.{name}") for name in names),
    )
    thin = 0
    columns = []
    for name in names:
        count = pl.col(f"n.{name}")
        enough = (count > 0) & (count * 4 >= pl.col("size") * share)
        if name in MEANS:
            thin += int(found.select(((count > 0) & ~enough).sum()).item())
        mean = ratio(pl.col(name), count * 1_000_000, 6)
        columns.append(pl.when(enough).then(mean).alias(name))
    if thin:
        notes.append(
            f"county_day: {thin} daily values have fewer than three quarters of the stations and "
            "are not valid (ambient.stations)"
        )
    return found.filter(pl.col("county").is_not_null()).select("county", "date", *columns)


def _without_dust(own: pl.DataFrame, dust: pl.DataFrame) -> pl.DataFrame:
    """The particles' means without dust: the mean itself on a day that no event touches."""
    touched: Any = pl.lit(value=False)
    heavy: Any = pl.lit(value=False)
    for county, begins, ends, only in dust.select("county", "begins", "ends", "only_pm10").rows():
        if begins is None or ends is None:
            continue
        # the day's hours are labelled 1 to 24
        first, last = begins.date(), (ends - dt.timedelta(hours=1)).date()
        inside = pl.col("date").is_between(first, last)
        if county is not None:
            inside = inside & (pl.col("county") == county)
        touched = touched | inside
        heavy = heavy | (inside & pl.lit(not only))
    untouched = {"pm25": ~heavy, "pm10": ~touched}
    own = own.with_columns(
        pl.coalesce(f"{name}_without_dust", pl.when(clean).then(name)).alias(f"{name}_without_dust")
        for name, clean in untouched.items()
    )
    gone = touched & pl.col("pm10_without_dust").is_null() & pl.col("pm10").is_not_null()
    return own.with_columns(dust=pl.coalesce("dust", gone.fill_null(value=False)))


def _indexed(own: pl.DataFrame, readings: Mapping[str, str], notes: list[str]) -> pl.DataFrame:
    """The ledger with the index of every day by the edition of HJ 633 that is in force on it."""
    items = dict(DAY_ITEMS)
    counting = list(items) if readings["ambient.o3-hour-in-day"] == "included" else list(items)[:-1]
    frame = own
    if readings["ambient.aqi-input"] == "reported":
        frame = own.with_columns(
            reported(pl.col(name), item).alias(name) for name, item in items.items()
        )
    found = pl.DataFrame(
        schema={"at": pl.UInt32, "a": pl.Float64, "least": pl.Float64, "names": pl.String}
    )
    for edition, kept in by_edition(own["date"]):
        index = air_quality_index(frame.filter(kept), items, edition, counting=counting)
        names = primary_names(index["primary"], [items[name] for name in counting])
        found = found.vstack(
            index.select(
                at=kept.arg_true(),
                a=pl.col("aqi").cast(pl.Float64),
                least=pl.col("aqi_at_least").cast(pl.Float64),
                names=names,
            )
        )
    joined = (
        own.with_row_index("at").join(found, on="at", how="left", maintain_order="left").drop("at")
    )
    differ = joined.filter((pl.col("aqi") - pl.col("a")).abs() > 0).height
    if differ:
        notes.append(
            f"county_day: aqi: {differ} days differ from HJ 633 of their concentrations; what the "
            "ledger says is kept"
        )
    floor = pl.coalesce("aqi_at_least", "aqi", "least")
    return joined.with_columns(
        aqi=pl.coalesce("aqi", "a"), aqi_at_least=floor, primary=pl.coalesce("primary", "names")
    ).select(own.columns)
