"""Ledgers that are completed from other ones: days from hours, an index from concentrations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
import polars as pl

from airplan_core.errors import RulebookError, said
from airplan_core.facts.demands import hold
from airplan_core.facts.facts import Facts, table_schema
from airplan_core.model.entity import Entity, ledger_of


def derive(
    facts: Facts, entities: Iterable[type[Entity]], choices: Mapping[str, str] | None = None
) -> Facts:
    """The facts with every derived ledger completed, sources first; what is said is kept.

    Args:
        facts: as they were read.
        entities: the ledgers that may be derived.
        choices: the readings taken of open questions, by interpretation id.

    Raises:
        FactsError: a row does not say one thing; see `Demand`.
        RulebookError: two ledgers are derived from each other, or a derivation gives another table
            than its ledger's.
    """
    done: dict[type[Entity], bool] = {}
    entities = tuple(entities)
    hold(facts.tables, entities)
    tables, notes = dict(facts.tables), list(facts.notes)

    def so_far(entity: type[Entity]) -> pl.DataFrame:
        found = tables.get(ledger_of(entity).name)
        return facts.table(entity) if found is None else found

    def complete(entity: type[Entity]) -> None:
        ledger = ledger_of(entity)
        if ledger.derived is None or done.get(entity):
            return
        if entity in done:
            raise RulebookError(f"the ledger {ledger.name!r} is derived from itself")
        done[entity] = False
        for source in ledger.derived.sources:
            complete(source)
        done[entity] = True
        every = (entity, *ledger.derived.sources)
        if not any(ledger_of(one).name in tables for one in every):
            return
        asked = {one.id: (choices or {}).get(one.id, one.default) for one in ledger.derived.asks}
        table, told = ledger.derived.compute(*map(so_far, every), asked)
        if dict(table.schema) != table_schema(entity):
            raise RulebookError(
                f"the ledger {ledger.name!r} is derived with the columns {dict(table.schema)}, not "
                f"its own: {table_schema(entity)}"
            )
        if table.height or ledger.name in tables:
            tables[ledger.name] = table
        notes.extend(map(said, told))

    for entity in entities:
        complete(entity)
    return attrs.evolve(facts, tables=tables, notes=tuple(dict.fromkeys(notes)))
