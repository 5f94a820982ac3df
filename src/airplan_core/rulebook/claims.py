"""What plugins yield holds together: every name is claimed once, every sentence answered for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from airplan_core.errors import RulebookError, nearest
from airplan_core.model.amid import amid_of
from airplan_core.model.clause import Clause
from airplan_core.model.entity import Entity, Reference, ledger_of
from airplan_core.model.interpretation import Interpretation
from airplan_core.model.ledgers import CORE
from airplan_core.model.metric import Metric, leaves, open_questions
from airplan_core.model.rule import Rule
from airplan_core.quantities.units import Unit, is_added
from airplan_core.rulebook.plugins import Contribution


def numbers(id: str) -> tuple[Any, ...]:
    """A clause's or another record's id as a key that sorts in the order of the plan.

    The numbered parts of a task, `2.2.4(1)`, stand behind its own sentences, `2.2.4-9`.
    """
    parts = re.findall(r"\(\d+\)|[^.:()-]+", id)
    return tuple(
        (0, int(part), "") if part.isdigit()
        else (1, int(part[1:-1]), "") if part.startswith("(")
        else (2, 0, part)
        for part in parts
    )  # fmt: skip


def entities(given: list[Contribution]) -> tuple[type[Entity], ...]:
    """The ledgers of the core and of every plugin; each name, and so each file, is one's."""
    found: dict[str, tuple[type[Entity], str]] = {}
    for source, entity in [
        *(("airplan", entity) for entity in CORE),
        *((c.plugin, entity) for c in given for entity in c.entities),
    ]:
        ledger = ledger_of(entity)
        for name in ledger.names:
            other, owner = found.setdefault(name, (entity, source))
            if other is not entity:
                raise RulebookError(
                    f"two ledgers are called {name!r}: {other.__name__} of {owner} and "
                    f"{entity.__name__} of {source}; rename one"
                )
    every = tuple(dict.fromkeys(entity for entity, _ in found.values()))
    for entity in every:
        for column in ledger_of(entity).columns.values():
            if isinstance(column, Reference) and column.target not in every:
                raise RulebookError(
                    f"{column.title} refers to {column.target.__name__}, a ledger that no plugin "
                    f"in use yields; add the plugin that does"
                )
    return every


def units(given: list[Contribution]) -> dict[str, Unit]:
    """The units that plugins add, by name, each as the first of those that yield it has it."""
    found: dict[str, Unit] = {}
    for source in given:
        for one in source.units:
            if not is_added(one):
                raise RulebookError(
                    f"the plugin {source.plugin!r} ({source.source}) yields the unit {one.name!r}, "
                    f"{one}, in which nothing is read; add it with unit({one.name!r}, …), above "
                    "the fields that use it"
                )
            found.setdefault(one.name, one)
    return found


def unique(given: list[Contribution], kind: str, noun: str) -> dict[str, Any]:
    """Every plugin's records of a kind by id, in the order of the plan; no id is claimed twice."""
    found: dict[str, Any] = {}
    owners: dict[str, str] = {}
    for source in given:
        for record in getattr(source, kind):
            owner = f"{source.plugin} ({source.source})"
            if record.id in found:
                raise RulebookError(
                    f"the {noun} {record.id!r} is claimed by {owners[record.id]} and by {owner}; "
                    + _instead(noun, record, found[record.id])
                )
            found[record.id], owners[record.id] = record, owner
    return dict(sorted(found.items(), key=lambda item: numbers(item[0])))


def _instead(noun: str, one: Any, other: Any) -> str:
    """What to write where two plugins claim one id."""
    if noun == "rule":
        return "say replaces=… in one, under another id"
    if noun == "clause" and one.plan != other.plan:
        return 'it is of two plans: give one of them another prefix, Plan(…, prefix="温县")'
    return "keep one"


def check_clauses(
    rules: Mapping[str, Rule], clauses: Mapping[str, Clause], origins: Mapping[str, str]
) -> None:
    """Every rule is of a clause in the ledger, and every clause is covered or excused."""
    covered: set[str] = set()
    for rule in rules.values():
        for clause in rule.clauses:
            if clauses.get(clause.id) != clause:
                problem = (
                    "whose clause ledger says something else of it"
                    if clause.id in clauses
                    else f"which is in no plugin's clause ledger; {nearest(clause.id, clauses)}"
                )
                raise RulebookError(
                    f"the rule {rule.id!r} of {origins[rule.id]} is of clause {clause.id!r}, "
                    + problem
                )
            covered.add(clause.id)
    for clause in clauses.values():
        for id in clause.defines:
            if id not in rules:
                raise RulebookError(
                    f"the clause {clause.id!r} defines the rule {id!r}, which does not exist; "
                    f"{nearest(id, rules)}"
                )
        if clause.figure is not None:
            _said(clause)
        said = clause.excused or clause.defines or clause.waives or clause.figure is not None
        if clause.id not in covered and not said:
            raise RulebookError(
                f"the clause {clause.id!r} is covered by no rule and not excused: "
                f"{clause.text!r}; write a rule or an attestation, or excuse it with a reason"
            )


def _said(clause: Clause) -> None:
    """The prices of a figure are the sentence's."""
    said = "".join(clause.text.split())
    for _, price in getattr(clause.figure, "prices", ()):
        if price.value and "".join(price.written.split()) not in said:
            raise RulebookError(
                f"the clause {clause.id!r} sets a figure with the price {price.written!r}, which "
                f"it does not say: {clause.text!r}"
            )


def overrides(rules: Mapping[str, Rule], origins: Mapping[str, str]) -> dict[str, str]:
    """The id of every rule that another replaces, and the id of that one."""
    found: dict[str, str] = {}
    for rule in rules.values():
        if rule.replaces is None:
            continue
        if rule.replaces not in rules:
            raise RulebookError(
                f"the rule {rule.id!r} of {origins[rule.id]} replaces {rule.replaces!r}, which "
                f"does not exist; {nearest(rule.replaces, rules)}"
            )
        if rule.replaces in found:
            raise RulebookError(
                f"the rule {rule.replaces!r} is replaced by both {found[rule.replaces]!r} and "
                f"{rule.id!r}; keep one"
            )
        found[rule.replaces] = rule.id
    return found


def check_ledgers(
    rule: Rule, entities: tuple[type[Entity], ...], origins: Mapping[str, str]
) -> None:
    """A rule reads only ledgers that a plugin in use yields."""
    if rule.subject not in entities:
        raise RulebookError(
            f"the rule {rule.id!r} of {origins[rule.id]} is about the ledger "
            f"{rule.subject.__name__}, which no plugin in use yields"
        )
    for amid in amid_of(leaves(*rule.read)):
        if amid.ledger.entity not in entities:
            raise RulebookError(
                f"the rule {rule.id!r} of {origins[rule.id]} asks for {amid.label('en')} by the "
                f"ledger {amid.ledger.entity.__name__}, which no plugin in use yields; add the "
                "plugin that does"
            )


def interpretations(
    rules: Iterable[Rule], metrics: Iterable[Metric], entities: Iterable[type[Entity]]
) -> dict[str, Interpretation]:
    """Every open question that a rule, a metric or a derived ledger depends on, by id."""
    trees = [tree for rule in rules for tree in rule.read]
    asked = list(open_questions(*trees, *metrics))
    for entity in entities:
        derived = ledger_of(entity).derived
        asked += derived.asks if derived is not None else ()
    found: dict[str, Interpretation] = {}
    for one in asked:
        if found.setdefault(one.id, one) != one:
            raise RulebookError(f"the interpretation {one.id!r} is declared twice, differently")
    return dict(sorted(found.items(), key=lambda item: numbers(item[0])))


def check_metrics(
    rules: Iterable[Rule], metrics: Iterable[Metric], entities: Iterable[type[Entity]]
) -> None:
    """A metric's id means one metric, and its ledgers are there."""
    known: dict[str, Metric] = {}
    read = (leaf for rule in rules for leaf in rule.leaves() if isinstance(leaf, Metric))
    for metric in (*metrics, *read):
        # the same metric may be reported with more decimals or fewer
        metric = attrs.evolve(metric.anytime, decimals=None)
        if known.setdefault(metric.id, metric) != metric:
            raise RulebookError(
                f"two different metrics are called {metric.id!r}; give each an id of its own"
            )
        for entity in (metric.subject, *metric.ledgers):
            if entity not in entities:
                raise RulebookError(
                    f"the metric {metric.id!r} reads the ledger {entity.__name__}, which no "
                    "plugin in use yields"
                )
