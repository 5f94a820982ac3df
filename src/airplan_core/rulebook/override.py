"""A county replaces a rule's limit or due date; the sentence stays what it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from airplan_core.errors import ConfigError, RuleError, UnitError, nearest
from airplan_core.model.metric import Metric, leaves
from airplan_core.model.period import Term, by, during
from airplan_core.model.rule import Rule
from airplan_core.model.tree import (
    ALWAYS,
    Arithmetic,
    Compare,
    Constant,
    Expr,
    Number,
    Staged,
    fallen,
    rewrite,
    risen,
    walk,
)
from airplan_core.quantities.dates import to_day
from airplan_core.rulebook.config import Replacement


def replaced(rule: Rule, new: Replacement, place: str) -> Rule:
    """The rule with another limit or due date; its examples no longer hold and are left out.

    A due date that a county gives holds under every reading.

    Raises:
        ConfigError: beginning with `place`; the rule has no such limit, or the limit another
            dimension, or a stage is no date.
    """
    held = _held(rule)
    names = _names(held)
    given = {_known(name, names, held, place): limit for name, limit in new.limits.items()}
    if new.limit is not None:
        # the readings of an open question hold one limit against several numbers
        if len({node.right for every in held.values() for node in every}) != 1:
            several = ", ".join(map(repr, held)) or "none"
            raise ConfigError(
                f"{place} gives one limit, but the rule has {len(held)}: {several}; name the "
                "field under limits",
                f"{place} 给了一个限值，这条规则却有 {len(held)} 个："
                f"{_listed(held) or '没有'}；在 limits 下写明字段",
            )
        given |= dict.fromkeys(held, new.limit)
    due = rule.due
    for limit in given.values():
        if isinstance(limit, dict):
            due = _stages(limit, place, late=any(term.late for term in rule.due))
    try:
        changed = {
            node: attrs.evolve(node, right=_limit(node, limit))
            for name, limit in given.items()
            for node in held[name]
        }
    except (UnitError, RuleError) as error:
        raise ConfigError(f"{place}: {error}", f"{place}：{error.text()}") from None

    def change(node: Expr) -> Expr:
        return changed.get(node, node) if isinstance(node, Compare) else node

    if new.due is not None:
        days = new.due if isinstance(new.due, tuple) else (new.due,)
        due = by(*map(str, days))
    return attrs.evolve(
        rule,
        applies=rewrite(rule.applies, change),
        **{rule.verb: rewrite(rule.limiting, change)},
        due=due,
        dated=rule.dated if due is rule.due else ALWAYS,
        keeps=(),
        breaks=(),
    )


def _held(rule: Rule) -> dict[str, list[Compare]]:
    """The comparisons with the sentence's own numbers, by what a county calls what is limited.

    What is limited from both sides is called by the side too.
    """
    nodes = [
        node
        for tree in (rule.applies, rule.limiting)
        for node in walk(tree)
        if isinstance(node, Compare) and isinstance(node.left, Number) and _own(node.right)
    ]
    ways: dict[str, set[str]] = {}
    for node in nodes:
        ways.setdefault(_called(node.left), set()).add(node.op)
    found: dict[str, list[Compare]] = {}
    for node in nodes:
        name = _called(node.left)
        both = len(ways[name]) > 1
        found.setdefault(f"{name} {_SIDE[node.op]}" if both else name, []).append(node)
    return found


_SIDE = {"<": "不满", "<=": "以下", ">": "超过", ">=": "以上", "==": "等于"}


def _own(right: Expr) -> bool:
    """Whether a number of the sentence's own stands on the right, be it a multiple of another."""
    if isinstance(right, Arithmetic) and right.op == "*":
        right = right.right
    return isinstance(right, Constant | Staged)


def _called(number: Expr) -> str:
    """What a county calls a number that is limited: the field, the metric, or both of a ratio."""
    if isinstance(number, Arithmetic):
        return f" {number.op} ".join(map(_called, number.sides))
    if isinstance(number, Constant):
        return number.written
    title = str(getattr(number, "title", ""))
    return title if isinstance(number, Metric) else title.partition(".")[2] or title


def _names(held: Mapping[str, Sequence[Compare]]) -> dict[str, str]:
    """What may be written for each: its name, what it is made of, and what pages call these.

    A name that is not one thing's alone stands for none.
    """
    found: dict[str, set[str]] = {}
    for name, nodes in held.items():
        for leaf in leaves(*(node.left for node in nodes)):
            short = leaf.title.partition(".")[2]
            for also in (_called(leaf), short, leaf.zh):
                found.setdefault(also, set()).add(name)
    return {also: one for also, (one, *more) in found.items() if not more} | {n: n for n in held}


def _known(
    name: str, names: Mapping[str, str], held: Mapping[str, Sequence[Compare]], place: str
) -> str:
    """The limited number that a county means.

    Raises:
        ConfigError: there is none of that name; it says which there are.
    """
    if name not in names:
        near = nearest(name, names)
        every = ", ".join(map(repr, held)) or "nothing"
        raise ConfigError(
            f"{place} limits {name!r}; the rule limits {every}; {near}",
            f"{place} 限制的“{name}”不认识；这条规则的限值有：{_listed(held) or '没有'}；{near.zh}",
        )
    return names[name]


def _listed(held: Mapping[str, Sequence[Compare]]) -> str:
    """The limited numbers, with what pages call them."""
    labels = {
        name: "、".join(leaf.zh for leaf in leaves(*(node.left for node in nodes)))
        for name, nodes in held.items()
    }
    return "；".join(f"“{name}”（{zh}）" for name, zh in labels.items())


def _stages(limit: Mapping[str, str], place: str, *, late: bool) -> tuple[Term, ...]:
    if all(stage.isdigit() and len(stage) == 4 for stage in limit):
        return during(*map(int, limit), late=late)
    try:
        return by(*limit)
    except ValueError as error:
        raise ConfigError(
            f"{place}: {error}; name a stage by its year or its due date",
            f"{place}：阶段用年份或期限的日期来写，如 2025 或 2025-12-31",
        ) from None


def _limit(node: Compare, limit: str | dict[str, str]) -> Expr:
    """Another number of a county's, in the place of the sentence's own."""
    right: Any = node.right
    if isinstance(right, Arithmetic):
        if isinstance(limit, dict):
            raise RuleError(f"{right.title}: one number is meant, for all stages; read {limit}")
        other: Any = right.left
        return attrs.evolve(right, right=_number(right.right, limit, other.times))
    if isinstance(limit, str):
        found: Expr = _number(right, limit, _of(node))
        return found
    stages = {
        dt.date(int(stage), 12, 31) if len(stage) == 4 else to_day(stage): _number(
            right, one, _of(node)
        )
        for stage, one in limit.items()
    }
    return Staged(tuple(sorted(stages.items(), key=lambda item: item[0])))


def _of(node: Compare) -> Callable[[str], Any]:
    assert isinstance(node.left, Number), "only numbers are limited"
    return node.left.constant


def _number(old: Expr, limit: str, made: Callable[[str], Any]) -> Any:
    """A limit as the old one was said: a fall by so much, a rise, a multiple, or as it is."""
    written = old.written if isinstance(old, Constant) else ""
    for sign, change in (("(1 − ", fallen), ("(1 + ", risen)):
        if written.startswith(sign):
            return change(limit)
    found = made(limit)
    return found.right if isinstance(found, Arithmetic) else found
