"""A ledger with everything its duties read: followed references, recorded acts, metrics.

What is attached is a plain column under the name the condition tree reads it by, so that no
reader ever joins.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from airplan_core.backends.scalar import granted
from airplan_core.duty import Duty
from airplan_core.entities import Entity, ledger_of
from airplan_core.expr import columns
from airplan_core.facts import Facts
from airplan_core.ledgers import Attestation, County, Exemption
from airplan_core.measure import PARTS, measure
from airplan_core.metric import Aggregate, Metric
from airplan_core.rule import attested_clause


def subjects(facts: Facts, entity: type[Entity], county: str | None = None) -> pl.DataFrame:
    """The entity's ledger, with a row for every subject it should have.

    The plan's own county stands in where no county ledger is supplied. A ledger with one row per
    another's gets the missing ones, in which everything is unknown, under the other's ids.
    """
    table = facts.table(entity)
    if entity is County and county is not None and not facts.supplies(County):
        return pl.DataFrame({"id": [county], "name": [county]}, schema=table.schema)
    reference = ledger_of(entity).one_per
    if reference is None:
        return table
    owners = subjects(facts, ledger_of(entity).column(reference).target, county)["id"]
    lacking = owners.filter(~owners.is_in(table[reference].drop_nulls().implode()))
    blank = pl.DataFrame({"id": lacking, reference: lacking})
    return pl.concat([table, blank], how="diagonal")


def attach(
    facts: Facts,
    entity: type[Entity],
    duties: Sequence[Duty],
    as_of: dt.date,
    county: str | None = None,
    metrics: Iterable[Metric] = (),
) -> pl.DataFrame:
    """The entity's ledger with every column that `duties` (all about it) read, and `metrics`."""
    leaves = [leaf for duty in duties for leaf in duty.leaves()]
    paths = [leaf.path for leaf in leaves if not isinstance(leaf, Metric)]
    table = _follow(subjects(facts, entity, county), facts, entity, paths)
    clauses = dict.fromkeys(filter(None, map(attested_clause, leaves)))
    for clause in clauses:
        table = _attest(table, facts, entity, clause, as_of)
    for metric in metrics:
        table = _measure(table, facts, metric, as_of)
    return table.with_columns(
        pl.col("id").is_in(ids).alias(name) for name, ids in _exempted(facts, duties, as_of).items()
    )


def _follow(
    table: pl.DataFrame, facts: Facts, entity: type[Entity], paths: Iterable[tuple[str, ...]]
) -> pl.DataFrame:
    """Left-join what references lead to, under dotted names, at any depth."""
    further: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for reference, *rest in paths:
        if rest and reference in ledger_of(entity).columns:
            further[reference].append(tuple(rest))
    for reference, rests in further.items():
        target = ledger_of(entity).column(reference).target
        found = _follow(facts.table(target), facts, target, rests)
        names = dict.fromkeys(".".join(rest) for rest in rests)
        table = table.join(
            found.select("id", *(pl.col(name).alias(f"{reference}.{name}") for name in names)),
            left_on=reference,
            right_on="id",
            how="left",
            maintain_order="left",
        )
    return table


def _attest(
    table: pl.DataFrame, facts: Facts, entity: type[Entity], clause: str, as_of: dt.date
) -> pl.DataFrame:
    """Whether and when the act a clause asks for was done; a later act is not done yet."""
    acts = facts.table(Attestation).filter(pl.col("clause") == clause)
    if entity is County:
        everyone = acts.filter(pl.col("subject").is_null()).drop("subject")
        ids = table.select(subject="id").join(everyone, how="cross")
        acts = pl.concat([acts.filter(pl.col("subject").is_not_null()), ids], how="diagonal")
        acts = acts.unique("subject", keep="first", maintain_order=True)
    done = pl.col("done") & (pl.col("done_on") <= as_of).fill_null(value=True)
    found = acts.select(
        "subject",
        done.alias(f"attestation[{clause}].done"),
        pl.col("done_on").alias(f"attestation[{clause}].done_on"),
    )
    return table.join(found, left_on="id", right_on="subject", how="left", maintain_order="left")


def rows_of(facts: Facts, metric: Aggregate) -> pl.DataFrame:
    """The rows a metric is made of, with what its conditions read attached."""
    read = [leaf.path for leaf in columns(metric.where, metric.among)]
    return _follow(facts.table(metric.rows), facts, metric.rows, read)


def _measure(table: pl.DataFrame, facts: Facts, metric: Metric, as_of: dt.date) -> pl.DataFrame:
    """The metric's interval; wholly unknown where none of its ledgers was supplied."""
    if not any(map(facts.supplies, metric.ledgers)):
        names = ", ".join(ledger_of(entity).name for entity in metric.ledgers)
        nothing = {"lo": 0.0, "known": 0, "gaps": f"no {names} ledger"}
        return table.with_columns(
            pl.lit(nothing.get(part), kind).alias(f"{metric.name}.{part}")
            for part, kind in PARTS.items()
        )
    tables: tuple[pl.DataFrame, ...]
    if isinstance(metric, Aggregate):
        tables = (rows_of(facts, metric),)
    else:
        tables = tuple(map(facts.table, metric.ledgers))
    found = measure(metric, tables, table["id"], as_of)
    return table.join(found, on="id", how="left", maintain_order="left")


def _exempted(facts: Facts, duties: Iterable[Duty], as_of: dt.date) -> Mapping[str, list[Any]]:
    """The subjects with a granted exemption that is valid on the day, for every rule."""
    valid = valid_exemptions(facts, as_of)
    ids: dict[str, list[Any]] = {granted(duty): [] for duty in duties}
    for rule, subject in valid.select("rule", "subject").iter_rows():
        ids.get(f"exemption[{rule}]", []).append(subject)
    return ids


def valid_exemptions(facts: Facts, as_of: dt.date) -> pl.DataFrame:
    """The granted exemptions that count on the day; one without both of its dates never does."""
    return facts.table(Exemption).filter(
        (pl.col("valid_from") <= as_of) & (pl.col("valid_to") >= as_of)
    )
