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
#: More days than the calendar has, so that an outlet and a day make one number.
_DAYS = 10_000_000

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
    marks = pl.Series(counts, dtype=hours.schema["mark"])
    frame = hours.select(
        "time", "concentration", *_placed(hours["outlet"], outlets), valid=c("mark").is_in(marks)
    )
    frame = _with_the_hour_before(_in_order(frame.filter(c("place").is_not_null())))
    over = c("valid") & (c("concentration") > c("limit"))
    surge = c("valid") & _surge(readings[SURGE.id])
    day = c("time").dt.date().cast(pl.Int64)
    found = (
        frame.lazy()
        .select("concentration", "valid", "limit", key=c("place") * _DAYS + day, over=over,
                surge=surge)
        .group_by("key")
        .agg(
            # sums are faster than any(): true of one; known of each
            one_over=c("over").sum(), all_told=c("over").count(),
            one_surge=c("surge").sum(), each_told=c("surge").count(),
            hours=pl.len(),
            **({} if readings[STABLE.id] == "hours" else {"mean_over": _mean_over()}),
        )
        .sort("key")
        .collect()
    )  # fmt: skip
    whole = c("hours") == _HOURS
    if readings[STABLE.id] == "hours":
        kept = pl.when(c("one_over") > 0).then(False).when(whole & (c("all_told") == _HOURS))
    else:
        kept = pl.when("mean_over").then(False).when(whole & ~c("mean_over"))
    surged = pl.when(c("one_surge") > 0).then(True).when(whole & (c("each_told") == _HOURS))
    return found.select(
        outlet=outlets["id"].gather(found["key"] // _DAYS),
        date=(c("key") % _DAYS).cast(pl.Int32).cast(pl.Date),
        kept=kept.then(True),
        surged=surged.then(False),
    )


def _placed(named: pl.Series, outlets: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The number of each hour's outlet, and its limit; no number where there is no such outlet.

    Numbers sort and group faster than names, and hours of one outlet mostly stand together: it is
    looked for once for each run of them.
    """
    run = named.rle_id()
    runs = named.gather(run.arg_unique()).alias("outlet").to_frame()
    places = outlets.select("limit", outlet="id").with_row_index("place")
    found = runs.join(places, on="outlet", how="left", maintain_order="left")
    place = found["place"].cast(pl.Int64).gather(run).alias("place")
    return place, found["limit"].gather(run).alias("limit")


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """The hours in the order of their outlets and times, as exports mostly have them already."""
    place, time = c("place"), c("time")
    later = (place == place.shift(1)) & (time > time.shift(1))
    ordered = frame.select((later | (place > place.shift(1))).fill_null(value=True).all()).item()
    return frame if ordered else frame.sort("place", "time")


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
