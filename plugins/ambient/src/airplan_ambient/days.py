"""Days are completed: a station's from its hours, the county's from its stations, AQI from both.

What a ledger says itself is kept; only what it leaves blank is computed.
"""

from collections.abc import Mapping

import attrs
import polars as pl

from airplan_ambient.aqi import air_quality_index, by_edition, primary_names, reported
from airplan_ambient.breakpoints import (
    CO_DAY,
    HJ_633_2026,
    NO2_DAY,
    O3_8H,
    O3_HOUR,
    PM10_DAY,
    PM25_DAY,
    SO2_DAY,
    Item,
)
from airplan_ambient.hours import (
    DUST_FLAGS,
    HOURS_OF_DAY,
    MEANS,
    PARTICLES,
    day_values,
    exact_days,
    exactly,
    rounded,
    with_day,
)
from airplan_core import Said

#: What the ledgers that are completed here are called in Chinese.
_LEDGERS = {"station_day": "站点日均浓度", "county_day": "县市日均浓度"}

#: The items of a day's index, by column.
DAY_ITEMS: dict[str, Item] = {
    "so2": SO2_DAY, "no2": NO2_DAY, "pm10": PM10_DAY, "co": CO_DAY, "o3_8h": O3_8H,
    "pm25": PM25_DAY, "o3_1h": O3_HOUR,
}  # fmt: skip

WITHOUT_DUST = {name: f"{name}_without_dust" for name in PARTICLES}
CONCENTRATIONS = (*MEANS, "o3_1h", "o3_8h")
_AVERAGED = (*CONCENTRATIONS, *WITHOUT_DUST.values())


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
        found, notes = day_values(hours, _in_dust(hours, stations, dust))
        own = _completed(own, found, ["station", "date"], notes, "station_day")
    counties = stations.select(station="id", county="county")
    placed = own.join(counties, on="station", how="left", maintain_order="left")
    return _without_dust(placed, dust).select(own.columns), notes


def of_counties(
    own: pl.DataFrame,
    station_days: pl.DataFrame,
    hours: pl.DataFrame,
    stations: pl.DataFrame,
    dust: pl.DataFrame,
    counties: pl.DataFrame,
    readings: Mapping[str, str],
) -> tuple[pl.DataFrame, list[str]]:
    """The `county_day` ledger, completed from the days of its stations, with the index of each."""
    notes: list[str] = []
    reported_means: dict[str, pl.Series] = {}
    if station_days.height:
        exact = _exact(station_days, hours, _in_dust(hours, stations, dust))
        found = _mean_of_stations(exact, stations, readings, notes)
        own = _completed(own, found, ["county", "date"], notes, "county_day")
        reported_means = _as_reported(own, found)
    own = _agreeing(_without_dust(own, dust), notes)
    unsaid = dust["only_pm10"].null_count()
    if unsaid:
        notes.append(
            Said(
                f"沙尘事件：{unsaid} 次没有写明是否仅剔除PM10，剔除后的 PM2.5 因此未知；"
                "在“是否仅剔除PM10”填是或否",
                f"dust_event: {unsaid} events do not say whether they remove PM10 only; what they "
                "leave of PM2.5 is not known: write 是 or 否 under 是否仅剔除PM10",
            )
        )
    return _indexed(own, reported_means, readings, notes), notes


def _event_hours(dust: pl.DataFrame, counties: pl.Series) -> pl.DataFrame:
    """The hours in dust events: `county`, `time` and `both`, which is null where nobody says so.

    An event without a county is of all `counties`.
    """
    everyone = counties.unique(maintain_order=True).implode()
    county = pl.col("county")
    hours = dust.select(
        county=pl.when(county.is_null()).then(everyone).otherwise(pl.concat_list(county)),
        time=pl.datetime_ranges("begins", "ends", "1h", closed="right"),
        both=~pl.col("only_pm10"),
    )
    hours = hours.explode("county").explode("time").drop_nulls("time")
    # of two events in one hour, one that removes both decides
    both = pl.col("both")
    return hours.group_by("county", "time").agg(
        both=both.any(ignore_nulls=False),
    )


def _in_dust(hours: pl.DataFrame, stations: pl.DataFrame, dust: pl.DataFrame) -> pl.Series:
    """What dust events remove of each hour, as `day_values` wants it."""
    counties = stations.select(station="id", county="county")
    places = hours.select("station", "time").join(
        counties, on="station", how="left", maintain_order="left"
    )
    events = _event_hours(dust, places["county"]).with_columns(inside=True)
    held = places.join(
        events, on=["county", "time"], how="left", maintain_order="left", nulls_equal=True
    )
    level = pl.when("both").then(2).when(~pl.col("both")).then(1)
    return held.select(dust=pl.when("inside").then(level).otherwise(0).cast(pl.UInt8))["dust"]


def _completed(
    own: pl.DataFrame, found: pl.DataFrame, key: list[str], notes: list[str], name: str
) -> pl.DataFrame:
    """The ledger with what it leaves blank filled in, and a row for every one it lacks."""
    filled = [column for column in own.columns if column in found.columns and column not in key]
    found = found.select(*key, *filled)
    found = found.with_columns(
        id=pl.concat_str([pl.col(part).cast(pl.String) for part in key], separator="/")
    )
    joined = own.join(found.drop("id"), on=key, how="left", suffix=":found", maintain_order="left")
    for column in (name for name in filled if found.schema[name] == pl.Float64):
        said, computed = pl.col(column), pl.col(f"{column}:found")
        differ = int(joined.select(((said - computed).abs() > 1).sum()).item() or 0)
        if differ:
            notes.append(
                Said(
                    f"{_LEDGERS[name]}：{column}：{differ} 行与计算值相差超过 1，以台账为准",
                    f"{name}: {column}: {differ} rows differ by more than 1 from what is computed; "
                    "what the ledger says is kept",
                )
            )
    kept = joined.with_columns(
        pl.coalesce(column, f"{column}:found").alias(column) for column in filled
    ).select(own.columns)
    added = found.join(own.select(key), on=key, how="anti")
    return pl.concat([kept, added], how="diagonal").select(own.columns)


def _exact(days: pl.DataFrame, hours: pl.DataFrame, in_dust: pl.Series) -> pl.DataFrame:
    """The days of stations in whole parts: what the hours make, as it is before it is rounded."""
    key = ["station", "date"]
    made, _ = exact_days(hours, in_dust)
    made = made.select(*key, *(pl.col(name).alias(f"{name}:made") for name in _AVERAGED))
    return days.join(made, on=key, how="left", maintain_order="left").with_columns(
        pl.when(rounded(pl.col(f"{name}:made")) == pl.col(name))
        .then(f"{name}:made")
        .otherwise(exactly(name))
        .alias(name)
        for name in _AVERAGED
    )


def _mean_of_stations(
    days: pl.DataFrame, stations: pl.DataFrame, readings: Mapping[str, str], notes: list[str]
) -> pl.DataFrame:
    """The mean of the stations that count, where enough of them are valid (HJ 663).

    Beside it, as `reported.so2` and so on, the same mean as it is reported, rounded once too.
    """
    placed = stations.filter(pl.col("county").is_not_null())
    counted = placed.filter(pl.col("assessed").fill_null(value=True))
    size = counted.group_by("county").agg(size=pl.len().cast(pl.Int64))
    places = counted.select(station="id", county="county")
    held = days.join(places, on="station", how="inner").join(size, on="county")
    lost = days.join(placed.select(station="id"), on="station", how="anti").height
    if lost:
        notes.append(
            Said(
                f"县市日均浓度：{lost} 个站日的站点没有写明县市，没有计入",
                f"county_day: {lost} station-days of stations without a county are left out",
            )
        )
    share = 3 if readings["ambient.stations"] == "three-quarters" else 0
    found = held.group_by("county", "date", maintain_order=True).agg(
        pl.col("size").first(),
        *(pl.col(name).cast(pl.Int128).sum() for name in _AVERAGED),
        *(pl.col(name).count().cast(pl.Int64).alias(f"n.{name}") for name in _AVERAGED),
        # of these it is open whether they have a value without dust
        *(
            pl.col(name).filter(pl.col(flag).is_null()).count().cast(pl.Int64).alias(f"open.{flag}")
            for name, flag in DUST_FLAGS.items()
        ),
    )

    def enough(count: pl.Expr) -> pl.Expr:
        return (count > 0) & (count * 4 >= pl.col("size") * share)

    valid = {name: enough(pl.col(f"n.{name}")) for name in _AVERAGED}
    thin = sum(int(found.select(((pl.col(f"n.{n}") > 0) & ~valid[n]).sum()).item()) for n in MEANS)
    if thin:
        notes.append(
            Said(
                f"县市日均浓度：{thin} 个日值的有效站点不足四分之三，无效（ambient.stations）",
                f"county_day: {thin} daily values have fewer than three quarters of the "
                "stations and are not valid (ambient.stations)",
            )
        )
    flags = {}
    for name, flag in DUST_FLAGS.items():
        without, open_ = WITHOUT_DUST[name], pl.col(f"open.{flag}")
        may = enough(pl.col(f"n.{without}") + open_)
        flags[flag] = valid[name] & pl.when(~may | (open_ == 0)).then(~may)
        valid[without] &= open_ == 0

    def mean(name: str, decimals: int = 6) -> pl.Expr:
        found = rounded(pl.col(name), decimals, of=pl.col(f"n.{name}").clip(1))
        return pl.when(valid[name]).then(found)

    return found.select(
        "county",
        "date",
        *(mean(name).alias(name) for name in _AVERAGED),
        **flags,
        **{f"reported.{name}": mean(name, item.decimals) for name, item in DAY_ITEMS.items()},
    )


def _as_reported(own: pl.DataFrame, found: pl.DataFrame) -> dict[str, pl.Series]:
    """The means of the ledger that were computed, as they are reported: null where it says its own.

    What is rounded to a millionth is not rounded again.
    """
    both = own.join(
        found, on=["county", "date"], how="left", suffix=":found", maintain_order="left"
    )
    return both.select(
        pl.when(pl.col(name) == pl.col(f"{name}:found")).then(f"reported.{name}").alias(name)
        for name in DAY_ITEMS
    ).to_dict()


def _without_dust(own: pl.DataFrame, dust: pl.DataFrame) -> pl.DataFrame:
    """The particles' means without dust, and which days are removed, as far as days can tell.

    The mean is the day's own where no event touches it. A day that an event leaves fewer than
    twenty hours is removed; of one that it leaves more, the mean is known only from its hours.
    """
    hours = with_day(_event_hours(dust, own["county"]))
    touched = hours.group_by("county", "date").agg(
        all=pl.len(), both=pl.col("both").sum(), may=pl.col("both").is_null().sum()
    )
    held = own.join(
        touched, on=["county", "date"], how="left", maintain_order="left", nulls_equal=True
    )
    none = pl.col("all").is_null()
    inside = {"pm10": pl.col("all"), "pm25": pl.col("both")}
    untouched = {"pm10": none, "pm25": none | (pl.col("both") + pl.col("may") == 0)}
    # what the ledger itself says of the particles, without an event, is of both
    said = {"pm10": pl.col("dust"), "pm25": pl.coalesce("dust_pm25", pl.when(none).then("dust"))}
    columns = []
    for name, flag in DUST_FLAGS.items():
        clean = untouched[name] & ~said[name].fill_null(value=False)
        without = pl.coalesce(WITHOUT_DUST[name], pl.when(clean).then(name))
        there = without.is_not_null() | pl.col(name).is_null()
        removed = pl.when(inside[name] > 24 - HOURS_OF_DAY).then(pl.lit(value=True))
        kept = pl.when(there).then(pl.lit(value=False))
        columns += [
            without.alias(WITHOUT_DUST[name]),
            pl.coalesce(flag, kept, said[name], removed).alias(flag),
        ]
    return held.with_columns(columns).select(own.columns)


def _indexed(
    own: pl.DataFrame,
    means: Mapping[str, pl.Series],
    readings: Mapping[str, str],
    notes: list[str],
) -> pl.DataFrame:
    """The ledger with the index of every day by the edition of HJ 633 that is in force on it.

    `means` are those that were computed, as they are reported.
    """
    items = dict(DAY_ITEMS)
    counting = list(items) if readings["ambient.o3-hour-in-day"] == "included" else list(items)[:-1]
    frame = own
    if readings["ambient.aqi-input"] == "reported":
        frame = own.with_columns(
            pl.coalesce(pl.lit(means.get(name)), reported(pl.col(name), item)).alias(name)
            for name, item in items.items()
        )
    found = pl.DataFrame(
        schema={"at": pl.UInt32, "a": pl.Float64, "least": pl.Float64, "names": pl.String}
    )
    missing = readings["ambient.aqi-missing"]
    for edition, kept in by_edition(own["date"]):
        if edition.others_above is None and missing == "others":
            edition = attrs.evolve(edition, others_above=HJ_633_2026.others_above)
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
    said, computed, floor = pl.col("aqi"), pl.col("a"), pl.col("aqi_at_least")
    wrong = (said != computed) | (said < pl.col("least")) | (computed < floor)
    differ = joined.filter(wrong).height
    if differ:
        notes.append(
            Said(
                f"县市日均浓度：{differ} 天的 AQI 与按 HJ 633 由浓度计算的不同，以台账为准",
                f"county_day: aqi: {differ} days differ from HJ 633 of their concentrations; "
                "what the ledger says is kept",
            )
        )
    if missing == "left-out":
        joined = joined.with_columns(least=pl.when(computed.is_not_null()).then("least"))
    return joined.with_columns(
        # an index below what the ledger says that it is at least is none
        aqi=pl.coalesce(said, pl.when(floor.is_null() | (computed >= floor)).then(computed)),
        aqi_at_least=pl.coalesce("aqi_at_least", "aqi", "least"),
        primary=pl.coalesce("primary", "names"),
    ).select(own.columns)


def _agreeing(own: pl.DataFrame, notes: list[str]) -> pl.DataFrame:
    """The ledger without an index that is below what it is said to be at least: neither is kept."""
    clash = pl.col("aqi") < pl.col("aqi_at_least")
    days = own.filter(clash)["date"].cast(pl.String).to_list()
    if not days:
        return own
    notes.append(
        Said(
            f"县市日均浓度：{len(days)} 天的 AQI 小于所写的最小值（"
            f"{'、'.join(days[:5])}{'……' if days[5:] else ''}），两者都不用；写公布的 AQI",
            f"county_day: aqi is below aqi_at_least on {len(days)} days ({', '.join(days[:5])}"
            f"{', …' if days[5:] else ''}): neither is used; write the index that was published",
        )
    )
    agrees = ~clash.fill_null(value=False)
    return own.with_columns(
        pl.when(agrees).then(name).alias(name) for name in ("aqi", "aqi_at_least")
    )
