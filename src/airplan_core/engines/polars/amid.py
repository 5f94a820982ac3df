"""What a row lies amid, as a column: days and intervals meet once for all the rows of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from airplan_core.facts.facts import Facts
from airplan_core.model.amid import Amid, valid
from airplan_core.model.dated import Moment
from airplan_core.model.tree import columns
from airplan_core.readers.polars import condition

#: Attaches what the references of a ledger lead to: `attach._follow`.
Follow = Callable[[pl.LazyFrame, Facts, Any, Iterable[tuple[str, ...]]], pl.LazyFrame]


def with_amid(
    rows: pl.LazyFrame, facts: Facts, leaves: Iterable[Amid], as_of: dt.date, follow: Follow
) -> pl.LazyFrame:
    """The rows with a column for each of what they may lie amid.

    True where a row that says it is valid on the day; unknown where one may be; false where none
    is: where there are no others (`closed`), or one that is valid on the day says otherwise.
    """
    for leaf in leaves:
        rows = _attached(rows, facts, leaf, as_of, follow)
    return rows


def _attached(
    rows: pl.LazyFrame, facts: Facts, leaf: Amid, as_of: dt.date, follow: Follow
) -> pl.LazyFrame:
    entity = leaf.ledger.entity
    if not facts.supplies(entity):
        return rows.with_columns(pl.lit(None, pl.Boolean).alias(leaf.name))
    begins, ends = valid(entity)
    others = follow(
        facts.rows(entity).lazy(), facts, entity, [c.path for c in columns(leaf.where)]
    ).select(
        key=leaf.of.name,
        begins=_day(pl.col(begins.name), begins),
        ends=_day(pl.col(ends.name), ends),
        holds=condition(leaf.where, as_of),
    )
    may = pl.col("holds").fill_null(value=True)
    found = others.filter(may | pl.col("key").is_not_null()).collect()
    # a row that is nobody's may be anyone's, and whose day is not known may lie amid any
    anyone, some = found.select((pl.col("key").is_null() & may).any(), may.any().alias("some")).row(
        0
    )
    if leaf.ledger.closed:
        found = found.filter(may)
    name = "id" if leaf.key is None else leaf.key.name
    day = pl.lit(as_of) if leaf.day is None else _day(pl.col(leaf.day.name), leaf.day)
    # only what is asked for meets the intervals, and each of it once
    asked = rows.select(pl.col(name).alias("key"), day.alias("day")).collect()
    covers = pl.col("day").is_between("begins", "ends")
    lies = covers & pl.col("holds")
    met = (
        asked.lazy()
        .unique()
        .join(found.lazy(), on="key")
        .filter(covers.fill_null(value=True))
        .group_by("key", "day")
        .agg(
            yes=lies.fill_null(value=False).any(),
            open=lies.is_null().any(),
            told=covers.fill_null(value=False).any(),
        )
    )
    unsaid = pl.col("key").is_null() | pl.col("day").is_null()
    yes, open_, told = (pl.col(n).fill_null(value=False) for n in ("yes", "open", "told"))
    value = (
        pl.when(yes)
        .then(statement=True)
        .when(open_ | pl.lit(anyone) | (unsaid & pl.lit(some)))
        .then(None)
        .when(pl.lit(leaf.ledger.closed) | told)
        .then(statement=False)
    )
    joined = asked.join(met.collect(), on=["key", "day"], how="left", maintain_order="left")
    return rows.with_columns(joined.select(value.alias(leaf.name)).to_series())


def _day(value: pl.Expr, field: Any) -> pl.Expr:
    """The day of a date, or of an hour: a day lies amid what is valid for an hour of it."""
    return value.dt.date() if isinstance(field, Moment) else value
