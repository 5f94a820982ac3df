"""The greatest of some values, and a mean of them weighed by others: row by row, not by sums.

Rows of which something is not known are taken as what makes the number least, and as what makes it
greatest. Of nothing there is neither: it is unknown.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from airplan_core.engines.parts import is_over, turns
from airplan_core.engines.windows import Window
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.kinds import Extreme, WeightedMean
from airplan_core.quantities.millionths import MICRO, micro, ratio
from airplan_core.readers.polars import condition


def extreme(metric: Extreme, table: pl.LazyFrame, as_of: dt.date) -> pl.LazyFrame:
    """The greatest value of every subject with a row, or the least, and what it can still be."""
    rows = _rows(metric, table, as_of).with_columns(
        least=_or(pl.col("value"), metric.span[0]), most=_or(pl.col("value"), metric.span[1])
    )
    sure, may = pl.col("in").fill_null(value=False), pl.col("in").fill_null(value=True)
    known = sure & pl.col("value").is_not_null()
    if metric.greatest:
        value = pl.col("value").filter(known).max()
        lo = pl.col("least").filter(sure).max()
        bounded = ~(may & pl.col("most").is_null()).any()
        hi: pl.Expr = pl.when(bounded).then(pl.col("most").filter(may).max())
    else:
        value = pl.col("value").filter(known).min()
        lo = pl.col("least").filter(may).min()
        hi = pl.col("most").filter(sure).min()
    found = rows.group_by("id").agg(value=value, lo=lo, hi=hi, **_counts(sure, may, known))
    return _told(metric, found, as_of)


def weighted_mean(metric: WeightedMean, table: pl.LazyFrame, as_of: dt.date) -> pl.LazyFrame:
    """The weighted mean of every subject with a row, and what it can still be.

    A row that may count, or of which the weight is not known, may outweigh all the others.
    """
    _, weight_of = metric.amounts
    weight = pl.col("weight")
    sure, may = pl.col("in").fill_null(value=False), pl.col("in").fill_null(value=True)
    weighed = sure & weight.is_not_null()
    known = weighed & pl.col("value").is_not_null()
    # of no weight, it is of no matter what the value is
    may = may & (weight != 0).fill_null(value=True)
    loose = may & ~weighed
    least, most = metric.span
    exact = micro(pl.col("value")).cast(pl.Int128)
    rows = _rows(metric, table, as_of, weight=micro(pl.col(weight_of.name).cast(pl.Float64)))
    rows = rows.with_columns(
        exact=exact,
        least=exact.fill_null(round(least * MICRO)),
        most=exact if most is None else exact.fill_null(round(most * MICRO)),
        weight=weight.cast(pl.Int128),
    )
    found = rows.group_by("id").agg(
        above=(pl.col("exact") * weight).filter(known).sum(),
        below=weight.filter(known).sum(),
        least=(pl.col("least") * weight).filter(weighed).sum(),
        most=(pl.col("most") * weight).filter(weighed).sum(),
        all=weight.filter(weighed).sum(),
        boundless=(may & pl.col("most").is_null()).any(),
        lowest=pl.col("least").filter(loose).min(),
        highest=pl.col("most").filter(loose).max(),
        **_counts(sure, may, known),
    )

    def over(above: pl.Expr, below: pl.Expr) -> pl.Expr:
        """A mean of millionths, in the unit."""
        found: pl.Expr = ratio(above, pl.when(below > 0).then(below * MICRO), metric.decimals)
        return found

    one, something = pl.lit(1, pl.Int128), pl.col("all") > 0
    found = found.with_columns(
        value=over(pl.col("above"), pl.col("below")),
        fixed_lo=over(pl.col("least"), pl.col("all")),
        fixed_hi=over(pl.col("most"), pl.col("all")),
        loose_lo=over(pl.col("lowest"), one),
        loose_hi=over(pl.col("highest"), one),
    ).with_columns(
        # all the weight may turn out to be none: of nothing it is not known
        lo=pl.when(something).then(pl.min_horizontal("fixed_lo", "loose_lo")),
        hi=pl.when(something & ~pl.col("boundless")).then(
            pl.max_horizontal("fixed_hi", "loose_hi")
        ),
    )
    return _told(metric, found, as_of)


def _rows(metric: Aggregate, table: pl.LazyFrame, as_of: dt.date, **more: pl.Expr) -> pl.LazyFrame:
    """The rows that count, or may: whose they are, whether they do (`in`), and the value."""
    window = Window.of(metric, as_of)
    inside = pl.lit(value=True)
    if window.period is not None and metric.on is not None:
        inside = pl.col(metric.on.name).is_between(window.period.begins, window.period.ends)
    counts = inside & condition(metric.counted, window.day)
    value = pl.col(metric.measure_of.name).cast(pl.Float64)
    return table.select(
        pl.col(metric.of.name).cast(pl.String).alias("id"),
        counts.alias("in"), value.alias("value"),
        *(expression.alias(name) for name, expression in more.items()),
    ).filter(pl.col("in").fill_null(value=True))  # fmt: skip


def _or(value: pl.Expr, bound: float | None) -> pl.Expr:
    return value if bound is None else value.fill_null(bound)


def _counts(sure: pl.Expr, may: pl.Expr, known: pl.Expr) -> dict[str, pl.Expr]:
    return {
        "known": known.sum().cast(pl.Int64),
        "possible": may.sum().cast(pl.Int64),
        "some": sure.any(),
    }


def _told(metric: Extreme | WeightedMean, found: pl.LazyFrame, as_of: dt.date) -> pl.LazyFrame:
    """What is found, as far as rows to come, or that may be anyone's, leave it so."""
    least, most = metric.span
    over = is_over(metric, as_of)
    anyones = pl.col("id").is_null().any()
    closed = pl.lit(over) & ~anyones & pl.col("some")
    low = high = closed
    if isinstance(metric, Extreme) and not turns(metric.where):
        # what is there stays there: another row can only take it further
        low, high = (pl.col("some"), closed) if metric.greatest else (closed, pl.col("some"))
    return found.with_columns(
        lo=pl.when(low & pl.col("lo").is_not_null()).then("lo").otherwise(least),
        hi=pl.when(high & pl.col("hi").is_not_null()).then("hi").otherwise(pl.lit(most)),
        some=pl.when("some").then(statement=True),
        gaps=pl.when((pl.col("possible") == 0) & over).then(pl.lit("0 rows")).otherwise(pl.lit("")),
    )
