"""Rows that are alike are counted once: a ledger becomes a few rows, with how many and how much.

Every condition that metrics ask of a row is true, false or unknown; rows of one subject with the
same answers count alike. A million trips become some hundred rows, of which any number of metrics
are then made at no cost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from airplan_core.engines.alike import Rows
from airplan_core.engines.bounds import sums
from airplan_core.engines.language import Polars
from airplan_core.engines.windows import Test, Window, tests_of
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.outcome import OPEN, TRUE
from airplan_core.quantities.millionths import MICRO, micro

#: Below this, a double times a million, rounded, is the exact number of millionths.
_EXACT = 2.0**53 / MICRO

#: How many answers, of two bits each, one key holds.
_A_KEY = 31


#: From so many rows on, what plans hold at once is worth more than what they share.
_SHORT = 100_000


def collected(plans: Iterable[pl.LazyFrame], height: int) -> list[pl.DataFrame]:
    """The tables of plans over ledgers of at most so many rows: all at once, if these are short."""
    if height >= _SHORT:
        return [plan.collect() for plan in plans]
    return pl.collect_all(plans, engine="in-memory")


def tallies(
    rows: pl.LazyFrame,
    metrics: Sequence[Aggregate],
    as_of: dt.date,
    ledger: pl.DataFrame,
    *,
    window: Window | None = None,
    by: str | None = None,
) -> pl.LazyFrame:
    """What the rows of each subject add up to, for every metric at once.

    Args:
        rows: the ledger, with everything that the metrics read attached.
        metrics: all of one ledger, and of one field that names the subject.
        as_of: the day of assessment.
        ledger: all of the ledger, which says how great an amount can be.
        window: the rows that are meant, where these are not those of the metrics.
        by: a further column, of whose values the rows are added up apart.

    Returns:
        `id`, the subject, null for the rows that may be anyone's; then, for each metric, the sums
        that `bounds.sums` names, as the metric calls their columns.
    """
    asks = {
        metric.made_of: tests_of(metric, window or Window.of(metric, as_of)) for metric in metrics
    }
    apart = [] if by is None else [by]
    every = dict.fromkeys(q for ask in asks.values() for part in ask.values() for q in part)
    fields = dict.fromkeys(m.measure_of for m in metrics if m.measure_of is not None)
    place = {test: number for number, test in enumerate(every)}
    keys = [f"key{number}" for number in range(-(-len(place) // _A_KEY))]
    return (
        rows.select(
            # numbers stand for ids until the end: they are grouped faster than texts
            pl.col(metrics[0].of.name).cast(pl.String).cast(pl.Categorical).alias("id"),
            *apart,
            *(
                _key(list(place)[n * _A_KEY : (n + 1) * _A_KEY]).alias(k)
                for n, k in enumerate(keys)
            ),
            *(_amount(ledger[field.name]).alias(field.name) for field in fields),
        )
        .group_by("id", *apart, *keys)
        .agg(
            pl.len().cast(pl.Int64).alias("rows"),
            *(pl.col(field.name).sum() for field in fields),
            *(pl.col(f.name).null_count().cast(pl.Int64).alias(f"{f.name} blank") for f in fields),
        )
        # what several sums ask of the same few rows is told once
        .with_columns(_answer(number).alias(f"answer{number}") for number in place.values())
        .with_columns(
            _all_of(part, place).alias(metric.sum(name))
            for metric in metrics
            for name, part in asks[metric.made_of].items()
        )
        .group_by("id", *apart)
        .agg(
            expression.alias(metric.sum(name))
            for metric in metrics
            for name, expression in sums(metric, _alike(metric, asks[metric.made_of])).items()
        )
        .with_columns(pl.col("id").cast(pl.String))
    )


def _key(tests: Iterable[Test]) -> Any:
    """The answers of tests as one whole number: two bits each, as `outcome` counts them."""
    return sum(
        (
            test.answer().cast(pl.UInt64).fill_null(OPEN) * 4**number
            for number, test in enumerate(tests)
        ),
        pl.lit(0, pl.UInt64),
    )


def _amount(values: pl.Series) -> pl.Expr:
    """A column in whole millionths, in the narrowest integers that hold it and its sum."""
    top, column = values.abs().max(), pl.col(values.name)
    greatest = 0.0 if top is None else float(top)  # type: ignore[arg-type]
    whole = pl.Int64 if greatest * MICRO * max(len(values), 1) < 2.0**62 else pl.Int128
    if values.dtype.is_integer():
        counted: pl.Expr = column.cast(whole) * MICRO
        return counted
    found: pl.Expr = (column * float(MICRO)).round().cast(whole)
    return found if greatest < _EXACT else micro(column)


def _answer(place: int) -> pl.Expr:
    """The answer that stands at a place of the keys, as a nullable Boolean."""
    key, number = divmod(place, _A_KEY)
    code = pl.col(f"key{key}") // 4**number % 4
    return pl.when(code != OPEN).then(code == TRUE)


def _all_of(tests: Iterable[Test], place: Mapping[Test, int]) -> pl.Expr:
    """Whether all the tests are answered with yes; so they are where nothing is asked."""
    answers = [pl.col(f"answer{place[test]}") for test in tests]
    return pl.all_horizontal(answers) if answers else pl.lit(value=True)


def _alike(metric: Aggregate, asked: Collection[str]) -> Rows:
    """The rows that are alike, in the terms of one metric."""
    field = None if metric.measure_of is None else metric.measure_of.name

    def told(part: str) -> pl.Expr:
        return pl.col(metric.sum(part))

    return Rows(
        inside=told("inside"),
        among=told("among"),
        counts=told("counts"),
        instead=told("instead") if "instead" in asked else None,
        months={need.name: told(need.name) for need in metric.needs if need.name in asked},
        kinds=[told(f"kind {number}") for number, _ in enumerate(metric.kinds)],
        rows=pl.col("rows"),
        amount=pl.col(field or "rows"),
        blank=pl.col("rows") * 0 if field is None else pl.col(f"{field} blank"),
        to=Polars(),
    )
