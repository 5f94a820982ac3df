"""An outlet's hours become its days: kept to the permit or not, surged or not, or not known.

A day on which one hour is over is not kept, whatever the others were; it is kept when each of its
24 hours is accounted for, by a value or by a mark. Whoever monitors outlets on line has such hours,
of SO2 as of VOCs; each chapter has a ledger of its own, and asks its own sentence's questions.
"""

from collections.abc import Mapping

import polars as pl

from airplan_core import Demand, Interpretation

#: What an hour is marked as: 正常 is valid, and what is started or stopped discharges all the same.
MARKS = ("正常", "启炉", "停炉", "停运", "设备维护", "设备故障", "其他无效")
_STARTING = ("启炉", "停炉")
_HOURS = 24
#: More days than the calendar has, so that an outlet and a day make one number.
_DAYS = 10_000_000

c = pl.col
_DAY = ["outlet", "date"]


def _there(field: str, expected: str, hint: str) -> Demand:
    return Demand(of=field, so=c(field).is_not_null(), expected=expected, hint=hint)


#: An hour of nobody, or of no time, is no hour.
HOUR_DEMANDS = (
    _there("outlet", "排放口的编号", "写这一小时是哪个排放口、哪项污染物的"),
    _there("time", "监测时间", "写整点，如2024-03-28T07:00"),
)


def days(
    own: pl.DataFrame,
    hours: pl.DataFrame,
    outlets: pl.DataFrame,
    readings: Mapping[str, str],
    *,
    stable: Interpretation,
    start_stop: Interpretation,
    surge: Interpretation | None = None,
) -> tuple[pl.DataFrame, list[str]]:
    """A ledger of days, completed from its hours; what it says itself stays.

    Args:
        own: the days, with `kept`, and with `surged` where that is asked.
        hours: `outlet`, `time`, `concentration` and `mark`.
        outlets: `id` and `limit`.
        readings: of the questions that follow, as the county takes them.
        stable: whether each hour counts, or the mean of a day's (`stable` of interpretations).
        start_stop: whether the hours of starting and stopping count.
        surge: from which rise on it is one; without it surges are not asked about.
    """
    if hours.is_empty():
        return own, []
    counted = readings[start_stop.id] == "counted"
    by_hours = readings[stable.id] == "hours"
    rise = None if surge is None else readings[surge.id]
    found = _of_hours(hours, outlets, counted=counted, by_hours=by_hours, rise=rise)
    said = own.join(found, on=_DAY, how="left", maintain_order="left", suffix="_found")
    told = ("kept",) if rise is None else ("kept", "surged")
    said = said.with_columns(pl.coalesce(name, f"{name}_found").alias(name) for name in told)
    further = found.join(own, on=_DAY, how="anti", maintain_order="left")
    further = further.with_columns(id=pl.format("{}/{}", "outlet", "date"))
    return pl.concat([said.select(own.columns), further.select(own.columns)]), []


def _of_hours(
    hours: pl.DataFrame, outlets: pl.DataFrame, *, counted: bool, by_hours: bool, rise: str | None
) -> pl.DataFrame:
    """`outlet`, `date`, `kept`, and `surged` of a `rise`, in the order of the outlets."""
    counts = ("正常", *_STARTING) if counted else ("正常",)
    marks = pl.Series(counts, dtype=hours.schema["mark"])
    place, limit = _placed(hours["outlet"], outlets)
    frame = hours.lazy().select(
        "time", "concentration", place=place, limit=limit, valid=c("mark").is_in(marks.implode())
    )
    if place.null_count():
        frame = frame.filter(c("place").is_not_null())
    day = c("time").dt.date().cast(pl.Int64)
    asked = {"over": c("valid") & (c("concentration") > c("limit"))}
    # sums are faster than any(): true of one; known of each
    sums = {"one_over": c("over").sum(), "all_told": c("over").count(), "hours": pl.len()}
    if not by_hours:
        sums["mean_over"] = _mean_over()
    if rise is not None:
        frame = _with_the_hour_before(_in_order(frame.collect())).lazy()
        asked["surge"] = c("valid") & _surge(rise)
        sums |= {"one_surge": c("surge").sum(), "each_told": c("surge").count()}
    read = () if by_hours else ("concentration", "valid", "limit")
    keyed = frame.select(*read, key=c("place") * _DAYS + day, **asked).collect()
    if keyed["key"].is_sorted():
        # days of one outlet mostly stand together: they need not be looked for
        keyed = keyed.with_columns(c("key").set_sorted())
    found = keyed.lazy().group_by("key").agg(**sums).sort("key").collect()
    whole = c("hours") == _HOURS
    if by_hours:
        kept = pl.when(c("one_over") > 0).then(False).when(whole & (c("all_told") == _HOURS))
    else:
        kept = pl.when("mean_over").then(False).when(whole & ~c("mean_over"))
    told = {"kept": kept.then(True)}
    if rise is not None:
        surged = pl.when(c("one_surge") > 0).then(True)
        told["surged"] = surged.when(whole & (c("each_told") == _HOURS)).then(False)
    return found.select(
        outlet=outlets["id"].gather(found["key"] // _DAYS),
        date=(c("key") % _DAYS).cast(pl.Int32).cast(pl.Date),
        **told,
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
    return found["place"].cast(pl.Int64).gather(run), found["limit"].gather(run)


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
