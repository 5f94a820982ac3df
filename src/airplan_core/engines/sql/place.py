"""What a database has, under which names, and how a query names it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs
from sqlglot import exp

from airplan_core.engines.sql.formula import Formula
from airplan_core.model.dated import Event, Moment
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.expected import Expected
from airplan_core.model.fields import Counted, Flag, Measured
from airplan_core.readers import sql_terms as sql

#: SQL types of a metric's parts.
PART_KINDS = {"Float64": "double", "Int64": "bigint", "String": "varchar", "Boolean": "boolean"}


def kind(field: Any) -> str:
    """The SQL type of a field's values."""
    match field:
        case Measured():
            return "double"
        case Counted():
            return "bigint"
        case Flag():
            return "boolean"
        case Event():
            return "date"
        case Moment():
            return "timestamp"
    return "varchar"


@attrs.frozen(kw_only=True)
class Place:
    """What a database has, under which names.

    Attributes:
        dialect: its SQL.
        ledgers: the ledgers that stand there, by name, and the table or view of each.
        adrift: by ledger, the ids of rows that are nobody's: they are no subjects.
        county: the county that stands in where no county ledger does.
        expected: the rows that each ledger is expected to have.
        exempted: the rules of which an exemption is granted; None where that is not known.
        made: metrics that were computed beforehand, by name, and the table of each.
        figures: the table with what departments report of metrics, and the metrics in it.
    """

    dialect: str
    ledgers: Mapping[str, str]
    adrift: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    county: str = ""
    expected: Mapping[type[Entity], tuple[Expected, ...]] = attrs.field(factory=dict)
    exempted: Collection[str] | None = None
    made: Mapping[str, str] = attrs.field(factory=dict)
    figures: tuple[str, Collection[str]] = ("", ())

    def has(self, entity: type[Entity]) -> bool:
        """Whether the entity's ledger stands there."""
        return ledger_of(entity).name in self.ledgers

    def table(self, entity: type[Entity]) -> exp.Table:
        """The entity's ledger."""
        return relation(self.ledgers[ledger_of(entity).name])

    def write(self, query: exp.Query | exp.Expr, *, pretty: bool = False) -> str:
        """A query in the place's dialect."""
        return sql.write(query, self.dialect, pretty=pretty)


def relation(name: str) -> exp.Table:
    """A table or a named part of a query, by its quoted name."""
    return exp.Table(this=exp.to_identifier(name, quoted=True))


def aliased(table: exp.Expr, alias: str) -> exp.Expr:
    """A table under another name."""
    return exp.alias_(table, alias, table=True, quoted=True, copy=False)


def called(value: exp.Expr | Formula, name: str) -> exp.Expr:
    """An expression as a column of that name."""
    node = value.node if isinstance(value, Formula) else value
    return exp.Alias(this=node, alias=exp.to_identifier(name, quoted=True))


#: What the tables and views are called that airplan makes for a ledger.
PREFIX = "airplan_"
