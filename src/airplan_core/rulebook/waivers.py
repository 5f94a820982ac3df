"""An exemption that a sentence makes once reaches every rule of a kind, in whatever chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from airplan_core.errors import RulebookError, nearest
from airplan_core.model.amid import Amid
from airplan_core.model.clause import Clause
from airplan_core.model.entity import Entity, Reference, ledger_of
from airplan_core.model.rule import Exempt, Rule
from airplan_core.model.tree import Column, Expr, rewrite
from airplan_core.model.waiver import Waiver

#: So many references are followed from a rule's subject to what is exempted.
_FAR = 3


def waived(rules: Mapping[str, Rule], clauses: Iterable[Clause]) -> dict[str, Rule]:
    """The rules with the exemptions that sentences make for their kinds.

    Raises:
        RulebookError: no rule is of a kind; or what is exempted is not what a rule of the kind is
            about, nor anything that its subjects refer to, once and for sure.
    """
    found = dict(rules)
    kinds = {kind for rule in rules.values() for kind in rule.kinds}
    for clause in clauses:
        for waiver in clause.waives:
            if waiver.kind not in kinds:
                raise RulebookError(
                    f"the clause {clause.id!r} exempts from the rules of the kind "
                    f"{waiver.kind!r}, of which there is none; {nearest(waiver.kind, kinds)}"
                )
            for id, rule in found.items():
                if waiver.kind in rule.kinds and id not in waiver.but:
                    found[id] = _with(rule, clause, waiver)
    return found


def _with(rule: Rule, clause: Clause, waiver: Waiver) -> Rule:
    when = rewrite(waiver.when, lambda node: _seen(node, rule, clause, waiver))
    exempt = Exempt(waiver.name, f"{clause.id} {clause.text}", when, clause)
    return attrs.evolve(rule, exempt=(*rule.exempt, exempt))


def _seen(node: Expr, rule: Rule, clause: Clause, waiver: Waiver) -> Expr:
    """A field of what is exempted, as the rule's subject sees it."""
    if not isinstance(node, Column) or node.entity is rule.subject:
        return node
    entity = node.entity
    assert entity is not None, "a waiver's fields are bound"
    paths = list(_paths(rule.subject, entity))
    nearest_ones = [path for path in paths if len(path) == min(map(len, paths))]
    if len(nearest_ones) != 1:
        how = "in more than one way" if paths else "in no way"
        raise RulebookError(
            f"the clause {clause.id!r} exempts from the rules of the kind {waiver.kind!r} by "
            f"{entity.__name__}, to which {rule.subject.__name__} of the rule {rule.id!r} refers "
            f"{how}; add a reference, or name the rule in but=({rule.id!r},)"
        )
    (path,) = nearest_ones
    if isinstance(node, Amid):
        return _amid(node, rule.subject, path)
    return node.bound(rule.subject, *path, *node.path)


def _amid(node: Amid, subject: type[Entity], path: tuple[str, ...]) -> Amid:
    key = ledger_of(subject).column(path[0])
    for name in path[1:]:
        key = ledger_of(key.target).column(name)
    if node.key is not None or node.day is not None:
        raise RulebookError(
            f"{node.zh}: a waiver is of what holds on the day of assessment: amid(…) without on="
        )
    own = node.bound(subject, f"{node.name} of {'.'.join(path)}")
    return attrs.evolve(own, key=key.bound(subject, *path))


def _paths(subject: type[Entity], entity: type, so_far: tuple[str, ...] = ()) -> Iterator[Any]:
    """The references by which a subject leads to an entity."""
    for name, column in ledger_of(subject).columns.items():
        if not isinstance(column, Reference):
            continue
        path = (*so_far, name)
        if column.target is entity:
            yield path
        elif len(path) < _FAR:
            yield from _paths(column.target, entity, path)
