"""What a row lies amid, in a database: its ledger meets the intervals of another, a row at a time.

It says what `engines.polars.amid` does.
"""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from airplan_core.engines.sql.formula import column
from airplan_core.engines.sql.joined import Joined, subjects
from airplan_core.engines.sql.place import Place, aliased, called
from airplan_core.model.amid import Amid, valid
from airplan_core.model.dated import Moment
from airplan_core.model.tree import Column, columns
from airplan_core.readers import sql_terms as sql
from airplan_core.readers.sql import condition


def with_amid(joined: Joined, leaf: Amid, as_of: dt.date, *, whole: bool) -> None:
    """Join whether each row of the base lies amid what the leaf says.

    Args:
        joined: a query of the leaf's own ledger; of every subject it should have, where `whole`.
        leaf: what its rows may lie amid.
        as_of: the day of assessment.
        whole: whether the base is the ledger with the rows that it lacks.
    """
    entity = leaf.ledger.entity
    if not joined.place.has(entity):
        joined.selected[leaf.name] = sql.null("boolean")
        return
    others = _others(joined.place, leaf, as_of)
    asked = _asked(joined.place, leaf, as_of, whole=whole)
    covers = exp.and_(
        exp.GTE(this=sql.column("when", "asked"), expression=sql.column("begins", "other")),
        exp.LTE(this=sql.column("when", "asked"), expression=sql.column("ends", "other")),
        copy=False,
    )
    lies = exp.and_(covers.copy(), sql.column("holds", "other"), copy=False)
    score = exp.case().when(lies, sql.number(2), copy=False)
    score = score.when(exp.Not(this=sql.paren(lies.copy())), sql.number(0), copy=False)
    told = exp.case().when(covers, sql.number(1), copy=False).else_(sql.number(0), copy=False)
    met = (
        exp.select(
            called(sql.column("id", "asked"), "id"),
            called(exp.Max(this=score.else_(sql.number(1), copy=False)), "score"),
            called(exp.Max(this=told), "told"),
        )
        .from_(aliased(asked.subquery(copy=False), "asked"), copy=False)
        .join(
            aliased(others.subquery(copy=False), "other"),
            on=exp.EQ(this=sql.column("key", "asked"), expression=sql.column("key", "other")),
            copy=False,
        )
        .group_by(sql.column("id", "asked"), copy=False)
    )
    name = leaf.name
    joined.left(met.subquery(copy=False), name, "id", sql.column("id", joined.base))
    joined.left(
        _asked(joined.place, leaf, as_of, whole=whole).subquery(copy=False),
        f"{name} asked", "id", sql.column("id", joined.base),
    )  # fmt: skip
    loose = exp.select(
        called(exp.Count(this=exp.case().when(_may(anyone=True), sql.number(1))), "anyone"),
        called(exp.Count(this=exp.case().when(_may(anyone=False), sql.number(1))), "some"),
    ).from_(aliased(_others(joined.place, leaf, as_of).subquery(copy=False), "other"), copy=False)
    joined.query = joined.query.join(
        aliased(loose.subquery(copy=False), f"{name} loose"), join_type="cross", copy=False
    )
    joined.selected[name] = _value(leaf)


def _value(leaf: Amid) -> exp.Expr:
    """True, false or unknown, from what a row met."""
    name = leaf.name
    unsaid = column("key", f"{name} asked").is_null() | column("when", f"{name} asked").is_null()
    open_ = (
        (column("score", name) == 1).fill_null(value=False)
        | (column("anyone", f"{name} loose") > 0)
        | (unsaid & (column("some", f"{name} loose") > 0))
    )
    told = (column("told", name) == 1).fill_null(value=False)
    case = (
        exp.case()
        .when((column("score", name) == 2).node, exp.true(), copy=False)
        .when(open_.node, sql.null("boolean"), copy=False)
    )
    if leaf.ledger.closed:
        return case.else_(exp.false(), copy=False)
    return case.when(told.node, exp.false(), copy=False)


def _may(*, anyone: bool) -> exp.Expr:
    """Whether a row of the other ledger may hold; of those that are nobody's, if asked."""
    may = column("holds", "other").fill_null(value=True)
    return ((column("key", "other").is_null() & may) if anyone else may).node


def _others(place: Place, leaf: Amid, as_of: dt.date) -> exp.Select:
    """The rows of the other ledger: whose they are, between which days, whether they hold."""
    entity = leaf.ledger.entity
    rows = Joined(
        place, exp.select().from_(aliased(place.table(entity), "valid"), copy=False), "valid"
    )
    read = columns(leaf.where)
    rows.follow(entity, [one.path for one in read], alias="valid", prefix="")
    begins, ends = valid(entity)
    own = {leaf.of.name, begins.name, ends.name, *(c.name for c in read if len(c.path) == 1)}
    rows.selected |= {name: sql.column(name, "valid") for name in sorted(own)}
    made = rows.query.select(
        *(called(value, name) for name, value in rows.selected.items()), copy=False
    )
    first, last = sql.column(begins.name), sql.column(ends.name)
    query = exp.select(
        called(sql.column(leaf.of.name), "key"),
        called(_when(first.copy(), begins, leaf), "begins"),
        called(_when(_last(last.copy(), ends), ends, leaf), "ends"),
        called(condition(leaf.where, as_of), "holds"),
    ).from_(aliased(made.subquery(copy=False), "made"), copy=False)
    if isinstance(ends, Moment):
        # its end is the first minute in which it is no more, and where that is its first it is none
        lasts = exp.GT(this=last, expression=sql.cast(first, "timestamp"))
        query = query.where(exp.Coalesce(this=lasts, expressions=[exp.true()]), copy=False)
    return query


def _asked(place: Place, leaf: Amid, as_of: dt.date, *, whole: bool) -> exp.Select:
    """The rows of the leaf's own ledger: their id, whose they are, on which day."""
    entity = leaf.entity
    assert entity is not None
    base = subjects(place, entity).subquery(copy=False) if whole else place.table(entity)
    rows = Joined(place, exp.select().from_(aliased(base, "own"), copy=False), "own")
    rows.follow(entity, [one.path for one in leaf.reads], alias="own", prefix="")

    def held(field: Column) -> exp.Expr:
        own = len(field.path) == 1
        return sql.column(field.name, "own") if own else rows.selected[field.name]

    key = sql.column("id", "own") if leaf.key is None else held(leaf.key)
    day: exp.Expr = exp.convert(as_of)
    if leaf.day is not None:
        day = _when(held(leaf.day), leaf.day, leaf)
    return rows.query.select(
        called(sql.column("id", "own"), "id"), called(key, "key"), called(day, "when"), copy=False
    )


def _when(value: exp.Expr, field: object, leaf: Amid) -> exp.Expr:
    """A date as it is held against others: a moment's minute, or the day."""
    day = isinstance(field, Moment) and not leaf.exact
    return sql.cast(value, "date") if day else value


def _last(value: exp.Expr, field: object) -> exp.Expr:
    """The last minute of what ends with a moment, or the last day."""
    if not isinstance(field, Moment):
        return value
    minute = exp.Interval(this=exp.convert("1"), unit=exp.var("MINUTE"))
    return exp.Sub(this=value, expression=minute)
