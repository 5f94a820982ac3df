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
from airplan_core.ledgers import Attestation, County, Exemption, Reported
from airplan_core.measure import PARTS, alike, measure, tallied
from airplan_core.metric import Aggregate, Change, Metric
from airplan_core.reported import entered
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
    metrics: Sequence[Metric] = (),
) -> pl.DataFrame:
    """The entity's ledger with every column that `duties` (all about it) read, and `metrics`."""
    leaves = [leaf for duty in duties for leaf in duty.leaves()]
    paths = [leaf.path for leaf in leaves if not isinstance(leaf, Metric)]
    table = _follow(subjects(facts, entity, county), facts, entity, paths)
    clauses = dict.fromkeys(filter(None, map(attested_clause, leaves)))
    for clause in clauses:
        table = _attest(table, facts, entity, clause, as_of)
    table = _measure(table, facts, metrics, as_of)
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


def rows_of(facts: Facts, *metrics: Metric) -> pl.DataFrame:
    """The rows that metrics of one ledger are made of, with what their conditions read attached."""
    read = [leaf.path for m in metrics for leaf in columns(*m.trees)]
    read += [one.of.path for m in metrics for one in tallied(m)]
    (entity,) = {m.ledgers[0] for m in metrics}
    return _follow(facts.table(entity), facts, entity, read)


def _measure(
    table: pl.DataFrame, facts: Facts, metrics: Sequence[Metric], as_of: dt.date
) -> pl.DataFrame:
    """The table with every metric's interval, and what is reported of it."""
    table = _computed(table, facts, metrics, as_of)
    if facts.supplies(Reported):
        for metric in metrics:
            table = entered(table, facts, metric, as_of)
    return table


def _computed(
    table: pl.DataFrame, facts: Facts, metrics: Iterable[Metric], as_of: dt.date
) -> pl.DataFrame:
    """The metrics as the ledgers have them; rows that are alike are counted once for all."""
    together: dict[Any, list[Metric]] = defaultdict(list)
    for metric in metrics:
        if not any(map(facts.supplies, metric.ledgers)):
            table = table.with_columns(_without(metric))
        elif made_of := tallied(metric):
            together[made_of[0].of].append(metric)
        else:
            rows = rows_of(facts, metric) if isinstance(metric, Aggregate) else None
            tables = tuple(map(facts.table, metric.ledgers)) if rows is None else (rows,)
            found = measure(metric, tables, table["id"], as_of)
            table = pl.concat([table, found.drop("id")], how="horizontal")
    for group in together.values():
        rows = rows_of(facts, *group)
        counted = alike(group, rows, as_of)
        for metric in group:
            found = measure(metric, (rows,), table["id"], as_of, counted)
            table = pl.concat([table, found.drop("id")], how="horizontal")
    return table


def _without(metric: Metric) -> list[pl.Expr]:
    """A metric none of whose ledgers was supplied: wholly unknown."""
    names = ", ".join(ledger_of(entity).name for entity in metric.ledgers)
    least = -100.0 if isinstance(metric, Change) else 0.0
    nothing = {"lo": least, "known": 0, "gaps": f"no {names} ledger"}
    return [
        pl.lit(nothing.get(part), kind).alias(f"{metric.name}.{part}")
        for part, kind in PARTS.items()
    ]


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
