"""An exemption that a sentence makes once reaches every rule of a kind, in whatever chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from airplan_core.errors import RulebookError, nearest
from airplan_core.model.amid import Amid
from airplan_core.model.attested import act_of
from airplan_core.model.clause import Clause
from airplan_core.model.entity import Entity, Reference, ledger_of
from airplan_core.model.rule import Exempt, Rule
from airplan_core.model.tree import Column, Expr, rewrite
from airplan_core.model.waiver import Waiver

#: So many references are followed from a rule's subject to what is exempted.
_FAR = 3


def waived(
    rules: Mapping[str, Rule], clauses: Iterable[Clause], known: Mapping[str, Rule]
) -> dict[str, Rule]:
    """The rules with the exemptions that the sentences of their own plan make for their kinds.

    Args:
        rules: those in force.
        clauses: the sentences.
        known: every rule, also those that are switched off or overridden, or of which a county
            takes the ledgers only: none may be in force that a sentence exempts from.

    Raises:
        RulebookError: no rule of the plan is of a kind, or is called what a waiver is not to reach;
            or what is exempted is not what a rule of the kind is about, nor anything that its
            subjects refer to, once and for sure.
    """
    found = dict(rules)
    for clause in clauses:
        for waiver in clause.waives:
            _there(clause, waiver, known.values())
            for id, rule in found.items():
                if _meant(rule, clause, waiver) and not _worded(rule, known) & {*waiver.but}:
                    found[id] = _with(rule, clause, waiver)
    return found


def _meant(rule: Rule, clause: Clause, waiver: Waiver) -> bool:
    return waiver.kind in rule.kinds and rule.clause.plan.id == clause.plan.id


def _worded(rule: Rule, known: Mapping[str, Rule]) -> set[str]:
    """The ids of a rule and of those that it has replaced, one after the other."""
    found, older = {rule.id}, rule.replaces
    while older is not None and older not in found:
        found.add(older)
        older = known[older].replaces if older in known else None
    return found


def _there(clause: Clause, waiver: Waiver, known: Iterable[Rule]) -> None:
    """A waiver reaches some rule, and what it is not to reach is one of those that it would."""
    mine = [rule for rule in known if rule.clause.plan.id == clause.plan.id]
    kinds = {kind for rule in mine for kind in rule.kinds}
    if waiver.kind not in kinds:
        near = nearest(waiver.kind, kinds)
        raise RulebookError(
            f"the clause {clause.id!r} exempts from the rules of the kind {waiver.kind!r}, "
            f"of which its plan has none: load the plugin that has them, or add it to "
            f"ledgers_only; {near}",
            f"条款 {clause.id} 豁免“{waiver.kind}”类的规则，但本方案没有这一类规则："
            f"请启用含有它们的规则集，或写入 ledgers_only；{near.zh}",
        )
    ids = {rule.id for rule in mine if _meant(rule, clause, waiver)}
    for id in waiver.but:
        if id not in ids:
            near = nearest(id, ids)
            raise RulebookError(
                f"the waiver {waiver.name!r} of the clause {clause.id!r} is not to reach {id!r}, "
                f"which is no rule of the kind {waiver.kind!r}: if it is one of a plugin that is "
                f"not in use, add that to ledgers_only; {near}",
                f"条款 {clause.id} 的豁免“{waiver.name}”不涉及“{id}”，"
                f"但“{waiver.kind}”类没有这条规则：它所在的规则集未启用的，"
                f"写入 ledgers_only；{near.zh}",
            )


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
    if act_of(node) is not None:
        raise RulebookError(
            f"the clause {clause.id!r} exempts from the rules of the kind {waiver.kind!r} by an "
            f"act that is recorded of {entity.__name__}; {rule.subject.__name__} of the rule "
            f"{rule.id!r} is another ledger, of whose rows none is recorded: say it by a field of "
            f"{entity.__name__}, flag(…), or name the rule in but=({rule.id!r},)"
        )
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
