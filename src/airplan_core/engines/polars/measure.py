"""A metric over tables of rows: for each subject the interval it lies in, and what it rests on.

The statistic of what is known is the `value`; `lo` and `hi` enclose what it can still become, by
the day of assessment, through missing cells and days to come. A null end is unbounded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import singledispatch
from typing import Any, TypeAlias

import polars as pl
import polars.selectors as cs

from airplan_core.engines.bounds import moved
from airplan_core.engines.language import Polars
from airplan_core.engines.parts import PARTS, anyones_row, is_over, tallied
from airplan_core.engines.polars.daily import percentile
from airplan_core.engines.polars.grouped import collected, tallies
from airplan_core.engines.polars.ranging import extreme, weighted_mean
from airplan_core.engines.settled import settled
from airplan_core.engines.windows import by_window
from airplan_core.errors import RuleError
from airplan_core.facts.facts import Facts
from airplan_core.facts.figures import latest
from airplan_core.model.kinds import Extreme, Percentile, WeightedMean
from airplan_core.model.ledgers import County
from airplan_core.model.metric import Metric, Statistic


def entered(table: pl.DataFrame, facts: Facts, metric: Metric, as_of: dt.date) -> pl.DataFrame:
    """The table with a metric's reported figures: `reported`, `disputed`, and the ends they close.

    A figure outside the interval that the ledgers leave is disputed, and changes nothing. The
    figure of an earlier day stands in until there is a later one, where the ledgers say nothing.
    """
    found = list(latest(facts, metric, as_of))
    if not found:
        return table
    named = {row["subject"]: row for row in found}
    everyone = named.get(None) if metric.subject is County else None
    rows = [named.get(id, everyone) or {} for id in table["id"]]
    reported = pl.Series([row.get("reported") for row in rows], dtype=pl.Float64)
    slack = pl.Series([row.get("slack") for row in rows], dtype=pl.Float64)
    own = pl.Series([row.get("own", False) for row in rows], dtype=pl.Boolean)

    def of(part: str) -> pl.Expr:
        return pl.col(metric.part(part))

    parts = settled(of, pl.lit(reported), pl.lit(slack), pl.lit(own), Polars())
    return table.with_columns(value.alias(metric.part(part)) for part, value in parts.items())


#: The parts that a statistic of a plugin has to give.
GIVEN = ("id", "lo", "hi", "value", "known", "possible", "gaps")

#: The ledgers of a metric, with everything it reads attached; those of a statistic are read.
Ledgers: TypeAlias = "Sequence[pl.DataFrame | pl.LazyFrame]"


def measure(metric: Metric, tables: Ledgers, subjects: pl.Series, as_of: dt.date) -> pl.DataFrame:
    """The metric of every subject on `as_of`.

    Args:
        metric: with its period set, unless it is as at a day.
        tables: the ledgers it is computed from, with what it reads attached.
        subjects: the ids of the subjects.
        as_of: rows of later days do not exist yet.

    Returns:
        One row a subject: `id`, then, as `Metric.part` calls them, `lo`, `hi`, `value`, in the
        metric's unit; `known` and `possible`, how many values there are and could be; `gaps`, why
        a period that is over is not valid; of a share, `part` of which `total` it is, as far as
        both are known; `reported` and `disputed` are for what a department reports (`entered`).
    """
    return measure_each([metric], tables, subjects, as_of)


def measure_each(
    metrics: Sequence[Metric], tables: Ledgers, subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """Several metrics of the same ledgers: see `measure`."""
    for metric in metrics:
        assert metric.daily or metric.period is not None, "a metric is measured over a period"
    together = [metric for metric in metrics if tallied(metric)]
    apart = [metric for metric in metrics if not tallied(metric)]
    ledger = tables[0].lazy().collect()
    plans = (
        tallies(ledger.lazy(), [*group.values()], as_of, ledger)
        for _, group in by_window(together, as_of)
    )
    counted = collected(plans, ledger.height)
    found = measure_apart(apart, [tables] * len(apart), subjects, as_of)
    if together:
        others = measure_together(together, counted, subjects, as_of)
        found = pl.concat([found, others.drop("id")], how="horizontal")
    return found


def measure_apart(
    metrics: Sequence[Metric], tables: Sequence[Ledgers], subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """Metrics without `tallied` parts, each of its own tables, all at once: see `measure`."""
    found = [
        _apart(metric, own, subjects, as_of).select(
            pl.col(part).alias(metric.part(part)) for part in PARTS
        )
        for metric, own in zip(metrics, tables, strict=True)
    ]
    ids = subjects.alias("id").to_frame()
    # a row a day is a short ledger: it is not worth a plan for streaming it
    return pl.concat([ids, *pl.collect_all(found, engine="in-memory")], how="horizontal")


def measure_together(
    metrics: Sequence[Metric], counted: Sequence[pl.DataFrame], subjects: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """Metrics made of rows that are alike, for every subject: `id` and the columns of `measure`.

    Args:
        metrics: every one with `tallied` parts.
        counted: what `grouped.tallies` gives for all of these parts.
        subjects: the ids of the subjects.
        as_of: rows of later days do not exist yet.
    """
    frame = subjects.alias("id").to_frame()
    anyones: dict[str, Any] = {}
    for sums in counted:
        nobody = sums.filter(pl.col("id").is_null())
        anyones |= nobody.row(0, named=True) if nobody.height else {}
        frame = frame.join(sums, on="id", how="left", maintain_order="left")
    # what has no row adds up to nothing
    frame = frame.with_columns(cs.numeric().fill_null(0), cs.boolean().fill_null(value=False))
    tops = frame.select(cs.numeric().max()).row(0) if frame.height else ()
    small = max(tops, default=0) < 2**53 // 100
    words = Polars()
    found = [
        expression.alias(metric.part(part))
        for metric in metrics
        for part, expression in _parts(metric, anyones, as_of, words, small=small).items()
    ]
    for step in words.steps:
        frame = frame.with_columns(**step)
    return frame.select("id", *found)


def _parts(
    metric: Metric, anyones: Mapping[str, Any], as_of: dt.date, words: Polars, *, small: bool
) -> dict[str, pl.Expr]:
    """Every part of a metric, from the columns of its sums."""
    found = moved(metric, pl.col, over=is_over(metric, as_of), small=small, to=words)
    if any(anyones.get(one.sum("possible")) for one in tallied(metric)):
        found |= {part: pl.lit(value) for part, value in anyones_row(metric).items()}
    # a row that does not count is of the whole all the same
    if "some" in found and any(anyones.get(one.sum("any")) for one in tallied(metric)):
        found["some"] = pl.when(found["some"]).then(found["some"])
    return {part: found.get(part, pl.lit(None)).cast(kind) for part, kind in PARTS.items()}


@singledispatch
def _apart(metric: Metric, tables: Ledgers, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


@_apart.register
def _(metric: Statistic, tables: Ledgers, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    assert metric.period is not None
    read = tuple(table.lazy().collect() for table in tables)
    found = metric.compute(read, subjects, metric.period, as_of)
    if tuple(found.columns) != GIVEN or found["id"].to_list() != subjects.to_list():
        raise RuleError(
            f"the statistic {metric.id!r} gives {', '.join(GIVEN)} for each subject in order; it "
            f"gave {', '.join(found.columns)}"
        )
    for column in found.select(cs.float()):
        if column.is_nan().any():
            raise RuleError(
                f"the statistic {metric.id!r} gave NaN as {column.name!r} of "
                f"{found['id'][column.is_nan().arg_true()[0]]!r}; give null where there is none"
            )
    return _every(found.lazy(), found.columns, subjects, {})


@_apart.register
def _(metric: Percentile, tables: Ledgers, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    found = percentile(metric, tables[0].lazy(), as_of)
    anyones = pl.col("id").is_null().any()
    found = found.with_columns(
        pl.when(anyones).then(pl.lit(value, pl.Float64)).otherwise(part).alias(part)
        for part, value in anyones_row(metric).items()
    )
    gaps = "0 days" if is_over(metric, as_of) else ""
    nothing = {"lo": 0.0, "known": 0, "possible": metric.days, "gaps": gaps}
    return _every(found, GIVEN, subjects, nothing)


@_apart.register
def _(metric: Extreme, tables: Ledgers, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    return _among(metric, extreme(metric, tables[0].lazy(), as_of), subjects, as_of)


@_apart.register
def _(metric: WeightedMean, tables: Ledgers, subjects: pl.Series, as_of: dt.date) -> pl.LazyFrame:
    return _among(metric, weighted_mean(metric, tables[0].lazy(), as_of), subjects, as_of)


def _among(
    metric: Extreme | WeightedMean, found: pl.LazyFrame, subjects: pl.Series, as_of: dt.date
) -> pl.LazyFrame:
    """What is found of the subjects with a row, and that of nothing there is none."""
    gaps = "0 rows" if is_over(metric, as_of) else ""
    # a row that may be anyone's may be the only one of a subject that has none
    nothing = {"lo": metric.span[0], "hi": metric.span[1], "known": 0, "possible": 0, "gaps": gaps}
    return _every(found, (*GIVEN, "some"), subjects, nothing)


def _every(
    found: pl.LazyFrame, here: Collection[str], subjects: pl.Series, nothing: Mapping[str, Any]
) -> pl.LazyFrame:
    """A row for every subject, in order, with every part; `nothing` where none was found."""
    ids = subjects.alias("id").to_frame().lazy()
    joined = ids.join(found, on="id", how="left", maintain_order="left")
    return joined.select(
        pl.lit(None, kind).alias(part)
        if part not in here
        else pl.when(pl.col("known").is_null())
        .then(pl.lit(nothing.get(part), kind))
        .otherwise(pl.col(part).cast(kind))
        .alias(part)
        for part, kind in PARTS.items()
    )
