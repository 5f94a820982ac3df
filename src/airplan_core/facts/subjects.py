"""Every subject that a ledger should have, entered or not."""

from __future__ import annotations

import polars as pl

from airplan_core.facts.facts import Facts
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.expected import NOT_ENTERED, Expected
from airplan_core.model.ledgers import County
from airplan_core.rulebook.rulebook import Rulebook


def subjects(facts: Facts, entity: type[Entity], book: Rulebook | None = None) -> pl.DataFrame:
    """The entity's ledger, with a row for every subject it should have.

    The plan's own county stands in where no county ledger is supplied. Rows that are expected, and
    not there, are added: nothing is known of them but what makes them expected.
    """
    table = facts.table(entity)
    if book is None:
        return table
    if entity is County and not facts.supplies(County):
        county = book.plan.county
        return pl.DataFrame({"id": [county], "name": [county]}, schema=table.schema)
    for expected in book.expected.get(entity, ()):
        table = _completed(table, expected, facts, book)
    return table


def stand_here(facts: Facts, entity: type[Entity], book: Rulebook) -> bool:
    """Whether a ledger's subjects are known without asking a database."""
    owners = (one.per.target for one in book.expected.get(entity, ()) if one.per is not None)
    return ledger_of(entity).name not in facts.elsewhere and all(
        stand_here(facts, owner, book) for owner in owners
    )


def _completed(
    table: pl.DataFrame, expected: Expected, facts: Facts, book: Rulebook
) -> pl.DataFrame:
    """The ledger with the expected rows that it lacks."""
    may = [
        pl.col(name).is_null() | pl.col(name).is_in(pl.Series(values, dtype=kind).implode())
        for (column, values) in expected.values
        for name, kind in ((column.name, table.schema[column.name]),)
    ]
    there = table.filter(may) if may else table
    if expected.per is None:
        ids = [expected.id(number + 1) for number in range(there.height, expected.number)]
        lacking = pl.DataFrame({"id": ids}, schema={"id": pl.String})
    else:
        owner = expected.per.name
        owners = subjects(facts, expected.per.target, book)["id"]
        without = owners.filter(~owners.is_in(there[owner].drop_nulls().implode()))
        name = pl.lit("" if expected.keyed else f"/{expected.name}")
        lacking = without.alias(owner).to_frame().select((pl.col(owner) + name).alias("id"), owner)
    if not lacking.height:
        return table
    taken = pl.col("id").is_in(table["id"].implode())
    known = {name: pl.lit(value) for name, value in expected.held.items()} | {
        "id": pl.when(taken).then(pl.col("id") + NOT_ENTERED).otherwise("id")
    }
    blank = lacking.with_columns(**known)
    return pl.concat(
        [table, blank.cast({n: table.schema[n] for n in blank.columns})], how="diagonal"
    )
