"""A ledger as a query, with what its references lead to joined to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import attrs
from sqlglot import exp

from airplan_core.engines.sql.formula import Formula, column
from airplan_core.engines.sql.place import Place, aliased, called, kind
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.expected import NOT_ENTERED, Expected
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
        if ids := place.adrift.get(ledger.name):
            query = query.where(sql.column("id").isin(*ids).not_(), copy=False)
    else:
        blank = {"id": exp.convert(place.county), "name": exp.convert(place.county)}
        nothing = {name: sql.null(kind(field)) for name, field in ledger.columns.items()}
        one = exp.select(*(called({**nothing, **blank}[name], name) for name in names))
        query = one if entity is County else one.where(exp.false(), copy=False)
    added: list[tuple[Expected, exp.Query]] = []
    for expected in place.expected.get(entity, ()):
        # what was added for another one is there for this one, too, where it may be the same
        same = [rows for one, rows in added if _meet(one, expected)]
        given = reduce(_both, [query, *(rows.copy() for rows in same)])
        added.append((expected, _lacking(place, given, expected)))
    return reduce(_both, [query, *(rows for _, rows in added)])


def _both(one: exp.Query, other: exp.Query) -> exp.Query:
    return exp.union(one, other, distinct=False, copy=False)


def _meet(one: Expected, other: Expected) -> bool:
    """Whether a row that one expectation adds may be what the other one expects."""
    if one.name == other.name:
        return True
    told = {field.name: set(values) for field, values in one.values}
    return not any(told.get(f.name, {*v}).isdisjoint(v) for f, v in other.values)


def _lacking(place: Place, given: exp.Query, expected: Expected) -> exp.Query:
    """The rows that a ledger is expected to have, and lacks."""
    columns = ledger_of(expected.entity).columns
    may = [
        column(field.name).is_null() | _among(field.name, values)
        for field, values in expected.values
    ]
    there = exp.select(exp.Star()).from_(_named(given, "given"), copy=False)
    there = there.where(*(one.node for one in may), copy=False)
    if expected.per is None:
        count = exp.select(exp.Count(this=exp.Star())).from_(_named(there, "there"), copy=False)
        rows: list[exp.Query] = [
            _blank(expected, columns, given, exp.convert(expected.id(number + 1)), {}).where(
                exp.LTE(this=count.subquery(copy=True), expression=exp.convert(number)), copy=False
            )
            for number in range(expected.number)
        ]
        return reduce(lambda one, other: exp.union(one, other, distinct=False, copy=False), rows)
    owner, id = expected.per.name, sql.column("id", "owner")
    have = (
        exp.select(called(column(owner), "owner"))
        .distinct()
        .from_(_named(there, "there"), copy=False)
        .where(column(owner).is_not_null().node, copy=False)
    )
    name: exp.Expr = id.copy()
    if not expected.keyed:
        name = exp.DPipe(this=name, expression=exp.convert(f"/{expected.name}"), safe=True)
    lacking = _blank(expected, columns, given, name, {owner: id})
    return (
        lacking.from_(_named(subjects(place, expected.per.target), "owner"), copy=False)
        .join(
            _named(have, "have"),
            on=exp.EQ(this=id.copy(), expression=sql.column("owner", "have")),
            join_type="left",
            copy=False,
        )
        .where(column("owner", "have").is_null().node, copy=False)
    )


def _among(name: str, values: Sequence[Any]) -> Formula:
    return Formula(lambda: sql.among(sql.column(name), values))


def _blank(
    expected: Expected,
    columns: Mapping[str, Any],
    given: exp.Query,
    id: exp.Expr,
    known: Mapping[str, exp.Expr],
) -> exp.Select:
    """A row of which nothing is known but what makes it expected, under an id of its own."""
    ids = exp.select(sql.column("id")).from_(_named(given, "taken"), copy=False)
    free = exp.DPipe(this=id.copy(), expression=exp.convert(NOT_ENTERED), safe=True)
    taken = exp.In(this=id.copy(), query=ids.subquery(copy=False))
    held = {name: exp.convert(value) for name, value in expected.held.items()} | {
        "id": exp.case().when(taken, free, copy=False).else_(id, copy=False),
        **known,
    }
    return exp.select(
        *(
            called(held.get(name) or sql.null(kind(columns[name])), name)
            for name in ("id", *columns)
        )
    )


def _named(query: exp.Query, alias: str) -> exp.Expr:
    return aliased(query.copy().subquery(copy=False), alias)


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
