"""How many hours of a county's stations were above a value: a count that gaps leave open.

A period is whole when each of the county's stations has as many days as HJ 663 asks of a year's
mean, each of 20 hours (GB 3095 table 4); the hours that it still lacks are left out then.
"""

import datetime as dt

import polars as pl

from airplan_ambient.ledgers import Station, StationHour
from airplan_ambient.metrics import HJ_663
from airplan_core import County, Measured, Period, Statistic, unit

#: One hour of one station.
STATION_HOURS = unit("时次", source="一个站点的一个小时")

_HOURS_A_DAY = 20

c = pl.col


def high_hours(id: str, zh: str, en: str, field: Measured, above: int) -> Statistic:
    """The station-hours of a county above a value, in the unit of the hours' field."""
    name = field.path[-1]

    def compute(
        tables: tuple[pl.DataFrame, ...], subjects: pl.Series, period: Period, as_of: dt.date
    ) -> pl.DataFrame:
        hours, stations = tables
        ends = min(period.ends, as_of)
        # the hour labelled 0:00 is the last one of the day before
        day = (c("time") - pl.duration(hours=1)).dt.date()
        inside = (
            hours.lazy()
            .select("station", day=day, value=c(name))
            .filter(c("day").is_between(period.begins, ends))
            .group_by("station", "day")
            .agg(known=c("value").count(), high=(c("value") > above).sum())
            .group_by("station")
            .agg(
                high=c("high").sum(),
                known=c("known").sum(),
                days=(c("known") >= _HOURS_A_DAY).sum(),
            )
            .collect()
        )
        placed = stations.select("county", station="id").join(inside, on="station", how="left")
        least = HJ_663.least(period)
        # a station of which it is not known whose it is may be anybody's
        strays = placed.filter(c("county").is_null() & c("high").is_not_null()).height > 0
        mine = (
            placed.group_by("county")
            .agg(
                high=c("high").sum(),
                known=c("known").sum(),
                whole=(c("days").fill_null(0) >= least).all(),
                stations=pl.len(),
            )
            .with_columns(whole=c("whole") & pl.lit(period.over(as_of) and not strays))
        )
        found = (
            subjects.alias("id")
            .to_frame()
            .join(mine, left_on="id", right_on="county", how="left", maintain_order="left")
        )
        high, whole = c("high").fill_null(0).cast(pl.Float64), c("whole").fill_null(value=False)
        known = c("known").fill_null(0).cast(pl.Int64)
        possible = (c("stations").fill_null(0) * 24 * period.days).cast(pl.Int64)
        return found.select(
            "id",
            lo=high,
            hi=pl.when(whole).then(high),
            value=high,
            known=known,
            possible=possible,
            gaps=pl.when(whole | pl.lit(not period.over(as_of)))
            .then(pl.lit(""))
            .otherwise(pl.format(f"{period.name}: {{}} / {{}} h", known, possible)),
        )

    return Statistic(
        id=id, zh=zh, en=en, subject=County, unit="时次", better="less", decimals=0,
        reads=(StationHour, Station), compute=compute,
    )  # fmt: skip
