"""Days one by one: the percentile of a ledger with a row a day, which no sums can give.

Completeness (HJ 663, GB 3095) says how many days there must be before it is valid.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from airplan_core.engines.alike import gaps
from airplan_core.engines.language import Polars
from airplan_core.engines.parts import is_over
from airplan_core.engines.windows import Window
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.kinds import Percentile
from airplan_core.model.period import Period
from airplan_core.quantities.millionths import MICRO, micro, ratio
from airplan_core.readers.polars import condition


def held(
    metric: Aggregate, table: pl.LazyFrame, period: Period, as_of: dt.date, *fields: str
) -> pl.LazyFrame:
    """The rows of the period so far, or that may be of it.

    `id`; `day`; `among` and `counts`, nullable Booleans; the value in whole millionths (`micro`);
    and further fields of the rows, under their own names.
    """
    assert metric.on is not None
    day = pl.col(metric.on.name)
    inside = day.is_between(period.begins, min(period.ends, as_of))
    value = pl.lit(1.0) if metric.measure_of is None else pl.col(metric.measure_of.name)
    return table.select(
        *fields,
        id=pl.col(metric.of.name),
        day=day,
        among=inside & condition(metric.among, as_of),
        counts=condition(metric.counted, as_of),
        micro=micro(value.cast(pl.Float64)),
    ).filter(pl.col("among").fill_null(value=True))


def percentile(metric: Percentile, table: pl.LazyFrame, as_of: dt.date) -> pl.LazyFrame:
    """The percentile of every subject with a row: a point once it is valid and no day is to come.

    Else it is bounded from below: a concentration is never negative, so that the days without a
    value are at least zeros. The days that `where` leaves out are in neither.
    """
    over, period = is_over(metric, as_of), Window.of(metric, as_of).period
    assert period is not None
    sure = (pl.col("among") & pl.col("counts") & pl.col("micro").is_not_null()).fill_null(
        value=False
    )
    out = (pl.col("among") & ~pl.col("counts")).fill_null(value=False)
    months = {need.name: need.month for need in metric.needs if need.month is not None}
    found = (
        held(metric, table, period, as_of)
        .group_by("id")
        .agg(
            known=sure.sum().cast(pl.Int64),
            out=out.sum().cast(pl.Int64),
            sorted=pl.col("micro").filter(sure).sort(),
            **{
                name: ((sure | out) & pl.col("day").is_between(month.begins, month.ends)).sum()
                for name, month in months.items()
            },
        )
        .with_columns(possible=pl.max_horizontal(metric.days - pl.col("out"), "known"))
    )
    known, possible = pl.col("known"), pl.col("possible")
    above, least_above = (_interpolated(metric.p, n, n - known) for n in (known, possible))
    lacks = gaps(metric, known + pl.col("out"), pl.col, Polars()) if over else pl.lit("")
    # step by step: what is used more than once is told once
    found = found.with_columns(
        above=above, least_above=least_above, below=known * 0 + 100 * MICRO, gaps=lacks
    ).with_columns(
        value=ratio(pl.col("above"), pl.col("below"), metric.decimals),  # NULL without one value
        least=ratio(pl.col("least_above"), pl.col("below"), metric.decimals),
        valid=(pl.col("gaps") == "") & (pl.lit(over) | (known + pl.col("out") >= metric.days)),
    )
    return found.with_columns(
        lo=pl.when(known == 0).then(0.0).when("valid").then("value").otherwise("least"),
        hi=pl.when("valid").then("value"),
    )


def _interpolated(p: int, n: pl.Expr, zeros: pl.Expr) -> pl.Expr:
    """The percentile of `sorted` values below which `zeros` stand, n in all: k = 1 + (n - 1) p.

    Between two values it is interpolated (HJ 663), exactly: the weights are hundredths, and so is
    what is returned.
    """
    last = pl.max_horizontal(n - 1, 0) * p
    place, weight = last // 100 - zeros, last % 100
    at = pl.col("sorted").list.get
    low = pl.when(place >= 0).then(at(pl.max_horizontal(place, 0), null_on_oob=True)).otherwise(0)
    above = place + 1
    high = pl.when(above >= 0).then(at(pl.max_horizontal(above, 0), null_on_oob=True)).otherwise(0)
    high = pl.when(weight > 0).then(high).otherwise(0)
    found: pl.Expr = low * (100 - weight) + high * weight
    return found
