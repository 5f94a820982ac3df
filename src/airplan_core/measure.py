"""A metric over tables of rows: for each subject the interval it lies in, and what it rests on.

The statistic of what is known is the `value`; `lo` and `hi` enclose what it can still become, by
the day of assessment, through missing cells and days to come. A null end is unbounded.
"""

from __future__ import annotations

import datetime as dt
from functools import singledispatch
from typing import Any

import polars as pl

from airplan_core.backends.polars import Days, condition
from airplan_core.errors import RuleError
from airplan_core.metric import Aggregate, Metric, Period, Statistic
from airplan_core.units import MAX_DECIMALS

#: What `measure` attaches for each metric, after its name and a dot, and its type.
PARTS: dict[str, Any] = {
    "lo": pl.Float64,
    "hi": pl.Float64,
    "value": pl.Float64,
    "known": pl.Int64,
    "possible": pl.Int64,
    "gaps": pl.String,
}

_MICRO = 10**MAX_DECIMALS


def measure(
    metric: Metric, tables: tuple[pl.DataFrame, ...], subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """The metric of every subject on `as_of`.

    Args:
        metric: with its period set.
        tables: the ledgers it is computed from, with what it reads attached.
        subjects: the ids of the subjects.
        as_of: rows of later days do not exist yet.

    Returns:
        One row a subject: `id`, then `NAME.lo`, `.hi`, `.value`, in the metric's unit; `.known`
        and `.possible`, how many values there are and could be; `.gaps`, why a period that is
        over is not valid.
    """
    assert metric.period is not None, "a metric is measured over a period"
    found = _measured(metric, tables, subjects, metric.period, as_of)
    return found.select("id", *(pl.col(part).alias(f"{metric.name}.{part}") for part in PARTS))


@singledispatch
def _measured(
    metric: Metric,
    tables: tuple[pl.DataFrame, ...],
    subjects: pl.Series,
    period: Period,
    as_of: dt.date,
) -> pl.DataFrame:
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


@_measured.register
def _(
    metric: Statistic,
    tables: tuple[pl.DataFrame, ...],
    subjects: pl.Series,
    period: Period,
    as_of: dt.date,
) -> pl.DataFrame:
    found = metric.compute(tables, subjects, period, as_of)
    wanted = ["id", *PARTS]
    if found.columns != wanted or found["id"].to_list() != subjects.to_list():
        raise RuleError(
            f"the statistic {metric.id!r} gives {', '.join(wanted)} for each subject in order; it "
            f"gave {', '.join(found.columns)}"
        )
    return found.cast(PARTS)  # type: ignore[arg-type]


@_measured.register
def _(
    metric: Aggregate,
    tables: tuple[pl.DataFrame, ...],
    subjects: pl.Series,
    period: Period,
    as_of: dt.date,
) -> pl.DataFrame:
    over = as_of >= period.ends
    rows = held(metric, tables[0], period, as_of)
    if metric.how in ("mean", "percentile"):
        found = _statistic(metric, rows, period, over=over)
    elif metric.how == "share":
        found = _share(metric, rows, period, over=over)
    elif metric.complete is not None:
        found = _of_days(rows, period)
    else:
        found = _total(rows, over=over)
    found = found.select("id", *PARTS)
    if rows["id"].null_count():
        # a row that may belong to any subject leaves every subject's upper end open
        found = found.with_columns(hi=pl.lit(None, pl.Float64))
        if metric.how == "share":
            found = found.with_columns(lo=pl.lit(0.0), hi=pl.lit(100.0))
    joined = subjects.alias("id").to_frame().join(found, on="id", how="left", maintain_order="left")
    nothing = nothing_known(metric, over=over)
    return joined.select(
        "id",
        *(
            pl.when(pl.col("known").is_null())
            .then(pl.lit(nothing[part], kind))
            .otherwise(part)
            .alias(part)
            for part, kind in PARTS.items()
        ),
    )


def held(metric: Aggregate, table: pl.DataFrame, period: Period, as_of: dt.date) -> pl.DataFrame:
    """The rows of the period so far, or that may be of it.

    `day`; `among` and `counts`, nullable Booleans; the value as an `exact` decimal and in whole
    millionths (`micro`).
    """
    days = Days(as_of, as_of)
    day = pl.col(metric.on.name)
    inside = day.is_between(period.begins, min(period.ends, as_of))
    value = pl.lit(1.0) if metric.measure_of is None else pl.col(metric.measure_of.name)
    return table.select(
        id=pl.col(metric.of.name),
        day=day,
        among=inside & condition(metric.among, days),
        counts=condition(metric.where, days),
        exact=value.cast(pl.Float64).cast(pl.Decimal(38, MAX_DECIMALS)),
        micro=micro(value.cast(pl.Float64)),
    ).filter(pl.col("among").fill_null(value=True))


def micro(value: pl.Expr) -> pl.Expr:
    """A measured value in whole millionths, exactly."""
    exact: pl.Expr = value.cast(pl.Decimal(38, MAX_DECIMALS)) * _MICRO
    return exact.cast(pl.Int128)


def ratio(above: pl.Expr, below: pl.Expr, decimals: int | None = None) -> pl.Expr:
    """One whole number over another as the nearest double; rounded half to even if asked.

    The division is by a column: polars divides by a constant as it multiplies by its reciprocal.
    """
    if decimals is None:
        return above.cast(pl.Float64) / below.cast(pl.Float64)
    scale = 10**decimals
    scaled = above * scale
    floor = scaled // below
    twice = (scaled - floor * below) * 2
    up = (twice > below) | ((twice == below) & (floor % 2 == 1))
    found = floor + up.cast(pl.Int128)
    return found.cast(pl.Float64) / (below * 0 + scale).cast(pl.Float64)  # type: ignore[no-any-return]


_sure = (pl.col("among") & pl.col("counts") & pl.col("micro").is_not_null()).fill_null(value=False)
_out = (~pl.col("counts") | ~pl.col("among")).fill_null(value=False)


def _total(held: pl.DataFrame, *, over: bool) -> pl.DataFrame:
    """Counts and sums: what is known is the lower end; the period's end closes the upper one."""
    unsure = ~_sure & ~_out
    found = held.group_by("id").agg(
        value=pl.col("exact").filter(_sure).sum().cast(pl.Float64),
        known=_sure.sum().cast(pl.Int64),
        open=unsure.sum().cast(pl.Int64),
    )
    return found.with_columns(
        lo=pl.col("value"),
        hi=pl.when((pl.col("open") == 0) & over).then("value"),
        possible=pl.col("known") + pl.col("open"),
        gaps=pl.lit(""),
    )


def _of_days(held: pl.DataFrame, period: Period) -> pl.DataFrame:
    """A count of days: every day of the period that is not there yet may be one more of them."""
    seen = _sure | (_out & pl.col("among")).fill_null(value=False)
    return held.group_by("id").agg(
        value=_sure.sum().cast(pl.Float64),
        known=seen.sum().cast(pl.Int64),
    ).with_columns(
        lo=pl.col("value"),
        hi=pl.col("value") + period.days - pl.col("known"),
        possible=pl.lit(period.days, pl.Int64),
        gaps=pl.lit(""),
    )  # fmt: skip


def _statistic(
    metric: Aggregate, held: pl.DataFrame, period: Period, *, over: bool
) -> pl.DataFrame:
    """A mean or percentile of daily values: a point once the period is over and valid.

    Else it is bounded from below: a concentration is never negative, so that the days without a
    value are at least zeros. The days that `where` leaves out are in neither.
    """
    left_out = (_out & pl.col("among")).fill_null(value=False)
    found = held.group_by("id").agg(
        known=_sure.sum().cast(pl.Int64),
        out=left_out.sum().cast(pl.Int64),
        sorted=pl.col("micro").filter(_sure).sort(),
        total=pl.col("micro").filter(_sure).sum(),
    )
    found = found.join(_gaps(metric, held, _sure | left_out, period), on="id", how="left")
    found = found.with_columns(
        possible=pl.lit(period.days, pl.Int64) - pl.col("out"),
        none=pl.col("known") == 0,
    ).with_columns(pl.max_horizontal("possible", "known").alias("possible"))
    if metric.how == "mean":
        whole = pl.col("total")
        value = ratio(whole, pl.col("known") * _MICRO, metric.decimals)
        least = ratio(whole, pl.col("possible") * _MICRO, metric.decimals)
    else:
        assert metric.p is not None
        value = _percentile(metric.p, pl.col("known"), pl.lit(0), metric.decimals)
        zeros = pl.col("possible") - pl.col("known")
        least = _percentile(metric.p, pl.col("possible"), zeros, metric.decimals)
    valid = (pl.col("gaps") == "") & over
    return found.with_columns(
        value=pl.when(~pl.col("none")).then(value),
        lo=pl.when("none").then(0.0).when(valid).then(value).otherwise(least),
        hi=pl.when(valid & ~pl.col("none")).then(value),
        # while the period runs, what is not there yet is no gap
        gaps=pl.when(over).then("gaps").otherwise(pl.lit("")),
    )


def _percentile(p: int, n: pl.Expr, zeros: pl.Expr, decimals: int | None) -> pl.Expr:
    """The percentile of `sorted` values below which `zeros` stand, n in all: k = 1 + (n - 1) p.

    Between two values it is interpolated (HJ 663), exactly: the weights are hundredths.
    """
    last = pl.max_horizontal(n - 1, 0) * p
    place, weight = last // 100 - zeros, last % 100
    at = pl.col("sorted").list.get
    low = pl.when(place >= 0).then(at(pl.max_horizontal(place, 0), null_on_oob=True)).otherwise(0)
    above = place + 1
    high = pl.when(above >= 0).then(at(pl.max_horizontal(above, 0), null_on_oob=True)).otherwise(0)
    high = pl.when(weight > 0).then(high).otherwise(0)
    return ratio(low * (100 - weight) + high * weight, n * 0 + 100 * _MICRO, decimals)


def _share(metric: Aggregate, held: pl.DataFrame, period: Period, *, over: bool) -> pl.DataFrame:
    """A percentage: the rows that count, of those they are among, by number or by weight.

    An undecided row is taken as what makes the share least, and as what makes it greatest; a day
    of a daily ledger that is not there, likewise. Once a period is over and its data are valid,
    the days without data are left out.
    """
    sure, weight = pl.col("among").fill_null(value=False), pl.col("micro")
    yes, no = pl.col("counts").fill_null(value=False), (~pl.col("counts")).fill_null(value=False)
    known = sure & (yes | no) & weight.is_not_null()
    within = held.group_by("id").agg(
        yes=weight.filter(sure & yes).sum(),
        no=weight.filter(sure & no).sum(),
        maybe_yes=weight.filter(~no & ~(sure & yes)).sum(),
        maybe_no=weight.filter(~yes & ~(sure & no)).sum(),
        # a row of unknown weight may outweigh all the others
        heavy_yes=(weight.is_null() & ~no).any(),
        heavy_no=(weight.is_null() & ~yes).any(),
        known=known.sum().cast(pl.Int64),
        rows=pl.len().cast(pl.Int64),
    )
    found = within.join(_gaps(metric, held, known, period), on="id", how="left")
    days = pl.lit(0, pl.Int64)
    possible = pl.col("rows")
    if metric.complete is not None:
        possible = pl.lit(period.days, pl.Int64)
        days = pl.max_horizontal(possible - pl.col("rows"), 0) * _MICRO
    value = ratio(100 * pl.col("yes"), pl.col("yes") + pl.col("no"), metric.decimals)
    low = ratio(
        100 * pl.col("yes"),
        pl.col("yes") + pl.col("no") + pl.col("maybe_no") + days,
        metric.decimals,
    )
    best = pl.col("yes") + pl.col("maybe_yes") + days
    high = ratio(100 * best, best + pl.col("no"), metric.decimals)
    none = pl.col("yes") + pl.col("no") == 0
    valid = pl.lit(value=False)
    if over and (metric.complete is None or metric.complete.leaves_out):
        valid = (pl.col("gaps") == "") & ~none
        if metric.complete is None:
            valid = valid & (pl.col("known") == pl.col("rows"))
    least = pl.when(pl.col("heavy_no") | (pl.col("yes") == 0)).then(0.0).otherwise(low)
    most = pl.when(pl.col("heavy_yes") | (pl.col("no") == 0)).then(100.0).otherwise(high)
    open_ended = metric.complete is None and not over
    return found.with_columns(
        value=pl.when(~none).then(value),
        # rows of a ledger that is not daily may still be added without number
        lo=pl.when(valid).then(value).otherwise(0.0 if open_ended else least),
        hi=pl.when(valid).then(value).otherwise(100.0 if open_ended else most),
        possible=possible,
        gaps=pl.when(over).then("gaps").otherwise(pl.lit("")),
    )


def _gaps(metric: Aggregate, held: pl.DataFrame, known: pl.Expr, period: Period) -> pl.DataFrame:
    """Which months, and whether the whole period, have too few values to be valid."""
    every = pl.col("day").is_not_null()
    complete = metric.complete
    least: list[tuple[str, Any, int]] = [("", every, period.days)]
    if complete is not None:
        least = [("", every, complete.least(period))]
        for year, month, length in period.months():
            first, last = dt.date(year, month, 1), dt.date(year, month, length)
            need = complete.february if month == 2 else complete.month
            least.append((f"{year}-{month:02}: ", pl.col("day").is_between(first, last), need))
    elif metric.how == "share":
        least = []
    counts = held.group_by("id").agg(
        *((inside & known).sum().alias(str(place)) for place, (_, inside, _) in enumerate(least))
    )
    if not least:
        return counts.select("id", gaps=pl.lit(""))
    return counts.select(
        "id",
        gaps=pl.concat_list(
            pl.when(pl.col(str(place)) < need).then(
                pl.format(f"{name}{{}} < {need}", pl.col(str(place)))
            )
            for place, (name, _, need) in enumerate(least)
        )
        .list.drop_nulls()
        .list.join("; "),
    )


def nothing_known(metric: Aggregate, *, over: bool) -> dict[str, Any]:
    """What is known of a subject without a single row."""
    assert metric.period is not None
    days = metric.period.days
    gaps = "0 days" if over else ""
    if metric.how in ("mean", "percentile"):
        return {"lo": 0.0, "hi": None, "value": None, "known": 0, "possible": days, "gaps": gaps}
    if metric.how == "share":
        possible = days if metric.complete is not None else 0
        return {"lo": 0.0, "hi": 100.0, "value": None, "known": 0, "possible": possible,
                "gaps": gaps if metric.complete is not None else "0"}  # fmt: skip
    if metric.complete is not None:
        return {"lo": 0.0, "hi": float(days), "value": None, "known": 0, "possible": days,
                "gaps": "0 days"}  # fmt: skip
    zero = 0.0 if over else None
    return {"lo": 0.0, "hi": zero, "value": 0.0, "known": 0, "possible": 0, "gaps": ""}
