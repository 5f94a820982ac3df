"""A ledger as a query, with what its references lead to joined to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
from sqlglot import exp

from airplan_core.engines.sql.formula import column
from airplan_core.engines.sql.place import Place, aliased, called, kind
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.ledgers import County
from airplan_core.readers import sql_terms as sql


def subjects(place: Place, entity: type[Entity]) -> exp.Query:
    """The entity's ledger, with a row for every subject it should have: see `facts.subjects`."""
    ledger = ledger_of(entity)
    names = ["id", *ledger.columns]
    if place.has(entity):
        query: exp.Query = exp.select(*map(sql.column, names)).from_(
            place.table(entity), copy=False
        )
    else:
        blank = {"id": exp.convert(place.county), "name": exp.convert(place.county)}
        nothing = {name: sql.null(kind(field)) for name, field in ledger.columns.items()}
        one = exp.select(*(called({**nothing, **blank}[name], name) for name in names))
        query = one if entity is County else one.where(exp.false(), copy=False)
    if ledger.one_per is None:
        return query
    if not place.has(ledger.column(ledger.one_per).target):
        return query
    owners = aliased(
        subjects(place, ledger.column(ledger.one_per).target).subquery(copy=False), "owner"
    )
    have = (
        exp.select(called(column(ledger.one_per), "owner"))
        .distinct()
        .from_(aliased(query.copy().subquery(copy=False), "given"), copy=False)
        .where(column(ledger.one_per).is_not_null().node, copy=False)
    )
    id = sql.column("id", "owner")
    lacking = (
        exp.select(
            *(
                called(id.copy() if name in ("id", ledger.one_per)
                        else sql.null(kind(ledger.columns[name])), name)
                for name in names
            )
        )
        .from_(owners, copy=False)
        .join(
            aliased(have.subquery(copy=False), "have"),
            on=exp.EQ(this=id.copy(), expression=sql.column("owner", "have")),
            join_type="left", copy=False)
        .where(column("owner", "have").is_null().node, copy=False)
    )  # fmt: skip
    return exp.union(query, lacking, distinct=False, copy=False)


@attrs.define
class Joined:
    """A query that is being joined: its base under an alias, and what it selects beside it."""

    place: Place
    query: exp.Select
    base: str
    selected: dict[str, exp.Expr] = attrs.field(factory=dict)

    def left(self, table: exp.Expr, alias: str, key: str, on: exp.Expr) -> None:
        """Left-join a table whose `key` equals `on`."""
        self.query = self.query.join(
            aliased(table, alias),
            on=exp.EQ(this=on, expression=sql.column(key, alias)),
            join_type="left",
            copy=False,
        )

    def follow(
        self, entity: type[Entity], paths: Iterable[tuple[str, ...]], *, alias: str, prefix: str
    ) -> None:
        """Join what references lead to, under dotted names, at any depth."""
        further: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        ledger = ledger_of(entity)
        for first, *rest in paths:
            if rest and first in ledger.columns:
                further[first].append(tuple(rest))
        for reference, rests in further.items():
            target, dotted = ledger.column(reference).target, f"{prefix}{reference}"
            there = self.place.has(target)
            if there:
                table, on = self.place.table(target), sql.column(reference, alias)
                self.left(table, dotted, "id", on)
            for path in dict.fromkeys(rests):
                found: exp.Expr
                if not there:
                    found = sql.null(kind(_field(target, path)))
                elif len(path) == 1:
                    found = sql.column(path[0], dotted)
                else:
                    continue
                self.selected[f"{dotted}.{'.'.join(path)}"] = found
            if there:
                self.follow(target, rests, alias=dotted, prefix=f"{dotted}.")


def _field(entity: type[Entity], path: Sequence[str]) -> Any:
    """The field at the end of a path of references."""
    field = ledger_of(entity).column(path[0])
    return field if len(path) == 1 else _field(field.target, path[1:])
