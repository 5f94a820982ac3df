"""Which time it is that something happens, in a database: as `engines.polars.nth` has it."""

from __future__ import annotations

from sqlglot import exp

from airplan_core.engines.sql.formula import column
from airplan_core.engines.sql.joined import Joined
from airplan_core.engines.sql.place import called
from airplan_core.model.nth import Nth
from airplan_core.readers import sql_terms as sql


def with_nth(joined: Joined, leaf: Nth) -> None:
    """Join its place among all the rows of the ledger to each row of the base."""
    assert leaf.entity is not None, "it is a field of a ledger"
    if not joined.place.has(leaf.entity):
        joined.selected[leaf.name] = sql.null("bigint")
        return
    key, day = sql.column(leaf.of.name), sql.column(leaf.day.name)
    among = [key.copy(), exp.Year(this=day.copy())] if leaf.yearly else [key.copy()]
    order = exp.Order(expressions=[exp.Ordered(this=one) for one in (day.copy(), sql.column("id"))])
    place = exp.Window(this=exp.RowNumber(), partition_by=among, order=order)
    nobodys = exp.Window(this=_blank(leaf.of.name))
    undated = exp.Window(this=_blank(leaf.day.name), partition_by=[key.copy()])
    rows = exp.select(
        sql.column("id"), called(place, "place"), called(nobodys, "nobodys"),
        called(undated, "undated"),
    ).from_(joined.place.table(leaf.entity), copy=False)  # fmt: skip
    joined.left(rows.subquery(copy=False), leaf.name, "id", sql.column("id", joined.base))
    known = (column("nobodys", leaf.name) == 0) & (column("undated", leaf.name) == 0)
    joined.selected[leaf.name] = exp.case().when(known.node, sql.column("place", leaf.name))


def _blank(name: str) -> exp.Expr:
    """How many rows have nothing in a column."""
    blank = exp.case().when(column(name).is_null().node, sql.number(1))
    return exp.Count(this=blank)
