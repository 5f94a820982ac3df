"""Which ledgers an engine needs, and which are read here whatever the engine."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from airplan_core.engines.parts import in_sql, recurs
from airplan_core.facts.facts import Facts
from airplan_core.facts.names import attested_by
from airplan_core.facts.subjects import subjects
from airplan_core.model.amid import amid_of
from airplan_core.model.entity import Entity, Reference, ledger_of
from airplan_core.model.ledgers import Attestation, County, Exemption, Reported
from airplan_core.model.tree import columns
from airplan_core.rulebook.rulebook import Rulebook


def needed(rulebook: Rulebook) -> Iterator[type[Entity]]:
    """The ledgers that the duties and the metrics SQL can say read, directly or by reference."""
    metrics = [
        m
        for every in (rulebook.read_metrics, rulebook.unread_metrics)
        for ms in every.values()
        for m in ms
    ]
    waiting: list[type[Entity]] = [*rulebook.by_entity, Attestation, Exemption]
    waiting += [entity for metric in metrics if in_sql(metric) for entity in metric.ledgers]
    waiting += [metric.subject for metric in metrics]
    leaves = [leaf for duty in rulebook.duties for leaf in duty.read]
    leaves += [leaf for metric in metrics for leaf in columns(*metric.trees)]
    waiting += [leaf.ledger.entity for leaf in amid_of(leaves)]
    found: dict[type[Entity], None] = {}
    while waiting:
        entity = waiting.pop()
        if entity not in found:
            found[entity] = None
            fields = ledger_of(entity).columns.values()
            waiting += [field.target for field in fields if isinstance(field, Reference)]
    yield from (entity for entity in rulebook.entities if entity in found)


def read_here(rulebook: Rulebook) -> frozenset[type[Entity]]:
    """The ledgers that are read here whatever the engine: what SQL cannot say is made of them."""
    metrics = [
        m
        for every in (rulebook.read_metrics, rulebook.unread_metrics)
        for ms in every.values()
        for m in ms
    ]
    found: set[type[Entity]] = {County, Attestation, Exemption, Reported}
    found |= {entity for m in metrics if not in_sql(m) or recurs(m) for entity in m.ledgers}
    waiting = [e for e in rulebook.entities if ledger_of(e).derived is not None]
    found |= set(waiting)
    while waiting:
        derived = ledger_of(waiting.pop()).derived
        if derived is not None:
            waiting += derived.sources
            found |= set(derived.sources)
    return frozenset(found)


def everyones(table: pl.DataFrame, rulebook: Rulebook, facts: Facts) -> pl.DataFrame:
    """The recorded acts, with a row for each county where one is recorded without its name."""
    of_counties = [clause for clause, entity in attested_by(rulebook).items() if entity is County]
    blank = table.filter(pl.col("subject").is_null() & pl.col("clause").is_in(of_counties))
    ids = subjects(facts, County, rulebook).select(subject="id")
    every = blank.drop("subject").join(ids, how="cross").select(table.columns)
    named = table.filter(pl.col("subject").is_not_null())
    same = ["clause", "subject", "period", "part"]
    return pl.concat([named, every.join(named, on=same, how="anti", nulls_equal=True)])
