"""What a row lies amid, as a column: moments and intervals meet in one pass over their ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from airplan_core.facts.facts import Facts
from airplan_core.model.amid import MINUTE, Amid, valid
from airplan_core.model.dated import Moment
from airplan_core.model.tree import columns
from airplan_core.quantities.dates import NEVER
from airplan_core.readers.polars import condition

#: Attaches what the references of a ledger lead to: `attach._follow`.
Follow = Callable[[pl.LazyFrame, Facts, Any, Iterable[tuple[str, ...]]], pl.LazyFrame]

c = pl.col
#: What rows of an interval's ledger may be of a moment: see `_ends`.
_TOLD = ("yes", "open", "told")


def with_amid(
    rows: pl.LazyFrame, facts: Facts, leaves: Iterable[Amid], as_of: dt.date, follow: Follow
) -> pl.LazyFrame:
    """The rows with a column for each of what they may lie amid.

    True where a row that says it is valid then; unknown where one may be; false where none is:
    where there are no others (`closed`), or one that is valid then says otherwise.
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
    found = _others(facts, leaf, as_of, follow)
    may = c("holds").fill_null(value=True)
    # a row that is nobody's may be anyone's, and whose day is not known may lie amid any
    anyone, some = found.select((c("key").is_null() & may).any(), may.any().alias("some")).row(0)
    if leaf.ledger.closed:
        found = found.filter(may)
    name = "id" if leaf.key is None else leaf.key.name
    when = pl.lit(as_of)
    if leaf.day is not None:
        when = c(leaf.day.name) if leaf.exact else _day(c(leaf.day.name), leaf.day)
    asked = rows.select(c(name).alias("key"), when.alias("when")).collect()
    value = (
        pl.when(c("yes") > 0)
        .then(statement=True)
        .when((c("open") > 0) | pl.lit(anyone))
        .then(None)
        .when(pl.lit(leaf.ledger.closed) | (c("told") > 0))
        .then(statement=False)
    )
    lies = _met(asked, _ends(found), value.alias(leaf.name), alike=not leaf.exact)
    # of whom, or of when, nothing is said lies amid none where there is none that may be so
    none = None if some or not leaf.ledger.closed else False
    unsaid = asked.select(c("key").is_null() | c("when").is_null()).to_series()
    if unsaid.any():
        lies = lies.zip_with(~unsaid, pl.Series(lies.name, [none], pl.Boolean))
    return rows.with_columns(lies)


def _others(facts: Facts, leaf: Amid, as_of: dt.date, follow: Follow) -> pl.DataFrame:
    """The rows of the other ledger: whose, from when to when, both included, and what they say."""
    entity = leaf.ledger.entity
    begins, ends = valid(entity)
    rows = follow(facts.rows(entity).lazy(), facts, entity, [x.path for x in columns(leaf.where)])
    first, last = c(begins.name), c(ends.name)
    if isinstance(ends, Moment):
        # its end is the first minute in which it is no more, and where that is its first it is none
        rows = rows.filter((_moment(last, ends) > _moment(first, begins)).fill_null(value=True))
        last = last - MINUTE
    if not leaf.exact:
        first, last = _day(first, begins), _day(last, ends)
    found = rows.select(
        key=leaf.of.name, begins=first, ends=last, holds=condition(leaf.where, as_of)
    )
    return found.filter(c("holds").fill_null(value=True) | c("key").is_not_null()).collect()


def _ends(found: pl.DataFrame) -> pl.DataFrame:
    """Where something begins or ceases to be so, by key and time: how many rows say what.

    `yes` lies amid what holds; `open` may do so; `told` lies amid what is known to be valid.
    """
    kind = found.schema["begins"]
    step = dt.timedelta(days=1) if kind == pl.Date else MINUTE
    known = c("begins").is_not_null() & c("ends").is_not_null()
    marks = found.filter(c("key").is_not_null()).select(
        "key",
        # what has no beginning that is known may have begun at any time, and end at none
        begins=c("begins").fill_null(pl.lit(dt.date.min).cast(kind)),
        ends=c("ends").fill_null(pl.lit(NEVER).cast(kind)),
        yes=(known & c("holds")).fill_null(value=False).cast(pl.Int32),
        open=(c("holds").is_null() | (~known & c("holds"))).cast(pl.Int32),
        told=known.cast(pl.Int32),
    )
    marks = marks.filter(c("begins") <= c("ends"))
    starts = marks.select("key", "yes", "open", "told", when="begins")
    stops = marks.select("key", *(-c(one) for one in _TOLD), when=c("ends") + step)
    return (
        pl.concat([starts, stops])
        .group_by("key", "when")
        .agg(c(*_TOLD).sum())
        .sort("when", "key")
        .with_columns(c(*_TOLD).cum_sum().over("key"))
    )


def _met(asked: pl.DataFrame, ends: pl.DataFrame, value: pl.Expr, *, alike: bool) -> pl.Series:
    """What is said of each that is asked, in its order.

    Args:
        asked: `key` and `when`.
        ends: see `_ends`.
        value: what that says, of a row of it.
        alike: whether many ask the same: each of it then meets the intervals once.
    """
    name = value.meta.output_name()
    if ends.is_empty():
        nothing = asked.select("key", *(pl.lit(0).alias(one) for one in _TOLD))
        return nothing.select(value)[name]
    asked = asked.with_columns(c("when").cast(ends.schema["when"]))
    if alike:
        met = _over(asked.unique(), ends).select("key", "when", value)
        return asked.join(met, on=["key", "when"], how="left", maintain_order="left")[name]
    if _sorted(asked):
        return _over(asked, ends).select(value)[name]
    return _over(asked.with_row_index("at"), ends).sort("at").select(value)[name]


def _sorted(asked: pl.DataFrame) -> bool:
    return asked["when"].null_count() == 0 and asked["when"].is_sorted()


def _over(asked: pl.DataFrame, ends: pl.DataFrame) -> pl.DataFrame:
    if not _sorted(asked):
        asked = asked.sort("when", nulls_last=True)
    return asked.join_asof(ends.set_sorted("when"), on="when", by="key", check_sortedness=False)


def _day(value: pl.Expr, field: Any) -> pl.Expr:
    """The day of a date, or of a moment."""
    return value.dt.date() if isinstance(field, Moment) else value


def _moment(value: pl.Expr, field: Any) -> pl.Expr:
    return value if isinstance(field, Moment) else value.cast(pl.Datetime("us"))
