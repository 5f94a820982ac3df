"""An outlet's hours become its days: kept to the permit or not, surged or not, or not known.

A day on which one hour is over is not kept, whatever the others were; it is kept when each of its
24 hours is accounted for, by a value or by a mark.
"""

from collections.abc import Mapping

import polars as pl

from airplan_so2.interpretations import STABLE, START_STOP, SURGE

#: What an hour is marked as: 正常 is valid, and what is started or stopped discharges all the same.
MARKS = ("正常", "启炉", "停炉", "停运", "设备维护", "设备故障", "其他无效")
_STARTING = ("启炉", "停炉")
_HOURS = 24

c = pl.col
_DAY = ["outlet", "date"]


def days(
    own: pl.DataFrame, hours: pl.DataFrame, outlets: pl.DataFrame, readings: Mapping[str, str]
) -> tuple[pl.DataFrame, list[str]]:
    """The ledger `outlet_day`, completed from `outlet_hour`; what it says itself stays."""
    if hours.is_empty():
        return own, []
    found = _of_hours(hours, outlets, readings)
    said = own.join(found, on=_DAY, how="left", maintain_order="left", suffix="_found")
    said = said.with_columns(
        kept=pl.coalesce("kept", "kept_found"), surged=pl.coalesce("surged", "surged_found")
    )
    further = found.join(own, on=_DAY, how="anti", maintain_order="left")
    further = further.with_columns(id=pl.format("{}/{}", "outlet", "date"))
    return pl.concat([said.select(own.columns), further.select(own.columns)]), []


def _of_hours(
    hours: pl.DataFrame, outlets: pl.DataFrame, readings: Mapping[str, str]
) -> pl.DataFrame:
    """`outlet`, `date`, `kept` and `surged`, in the order of the outlets."""
    counts = ("正常", *_STARTING) if readings[START_STOP.id] == "counted" else ("正常",)
    # numbers sort and group faster than names
    places = outlets.select("limit", outlet="id").with_row_index("place")
    marks = hours.schema["mark"]
    frame = hours.select(
        "time", "concentration", "outlet", valid=c("mark").is_in(pl.Series(counts, dtype=marks))
    )
    frame = frame.join(places, on="outlet", how="inner").drop("outlet").sort("place", "time")
    frame = _with_the_hour_before(frame)
    over = c("valid") & (c("concentration") > c("limit"))
    surge = c("valid") & _surge(readings[SURGE.id])
    # a day whose hours are all known to be none is none of a whole day alone
    found = (
        frame.lazy()
        .group_by("place", date=c("time").dt.date(), maintain_order=True)
        .agg(
            over=over.any(ignore_nulls=False) if readings[STABLE.id] == "hours" else _mean_over(),
            surge=surge.any(ignore_nulls=False),
            whole=pl.len() == _HOURS,
        )
        .select(
            "place",
            "date",
            kept=pl.when("over").then(False).when(~c("over") & c("whole")).then(True),
            surged=pl.when("surge").then(True).when(~c("surge") & c("whole")).then(False),
        )
        .collect()
    )
    return found.join(places.select("place", "outlet"), on="place", maintain_order="left")


def _with_the_hour_before(frame: pl.DataFrame) -> pl.DataFrame:
    """Beside each hour the value of the valid one before it: null where that is not known."""
    # an hour that is not valid is passed over; one of which it is not known is not
    value = (
        pl.when(c("valid") & c("concentration").is_not_null())
        .then("concentration")
        .when(c("valid").fill_null(value=True))
        .then(pl.lit(float("nan")))
    )
    asked = frame.with_columns(value=value)
    last = pl.when(c("value").is_not_null()).then("place").forward_fill().shift(1)
    before = c("value").forward_fill().shift(1).fill_nan(None)
    return asked.with_columns(before=pl.when(last == c("place")).then(before)).drop("value")


def _surge(reading: str) -> pl.Expr:
    """Whether an hour has risen by so much above the one before it."""
    if reading == "doubled":
        return c("concentration") > 2 * c("before")
    half = c("limit") / 2
    # what is not above half the limit has not risen by so much, whatever went before
    return (c("concentration") > half) & (c("concentration") - c("before") > half)


def _mean_over() -> pl.Expr:
    """Whether the mean of a day's valid hours is over; of a day without one it is not."""
    known = (~c("valid") | (c("valid") & c("concentration").is_not_null())).all(ignore_nulls=False)
    mean = c("concentration").filter(c("valid")).mean()
    return pl.when(known).then(
        pl.when(c("valid").any()).then(mean > c("limit").first()).otherwise(False)
    )
