"""A county replaces a rule's limit or due date; the sentence stays what it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from airplan_core.errors import ConfigError, UnitError, nearest
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
    rewrite,
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
    limits = dict(new.limits)
    held: dict[str, list[Number]] = {}
    stated = set()
    for tree in (rule.applies, rule.limiting):
        for node in walk(tree):
            if (
                isinstance(node, Compare)
                and isinstance(node.left, Number)
                and isinstance(node.right, Constant | Staged)
            ):
                held.setdefault(_called(node.left), []).append(node.left)
                stated.add(node.right)
    if new.limit is not None:
        # the readings of an open question hold one limit against several numbers
        if len(stated) != 1:
            raise ConfigError(
                f"{place} gives one limit, but the rule has {len(held)}: "
                f"{', '.join(held) or 'none'}; name the field under limits",
                f"{place} 给了一个限值，这条规则却有 {len(held)} 个："
                f"{'、'.join(held) or '没有'}；在 limits 下写明字段",
            )
        limits |= dict.fromkeys(held, new.limit)
    due = rule.due
    for name, limit in limits.items():
        if name not in held:
            near = nearest(name, held)
            raise ConfigError(
                f"{place} limits {name!r}; {near}", f"{place} 限制的“{name}”不认识；{near.zh}"
            )
        if isinstance(limit, dict):
            due = _stages(limit, place, late=any(term.late for term in rule.due))
    try:
        changed = {
            number: _limit(number, limit) for name, limit in limits.items() for number in held[name]
        }
    except UnitError as error:
        raise ConfigError(f"{place}: {error}", f"{place}：{error.text()}") from None

    def change(node: Expr) -> Expr:
        if isinstance(node, Compare) and node.left in changed:
            return Compare(node.left, node.op, changed[node.left])
        return node

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


def _called(number: Expr) -> str:
    """What a county calls a number that is limited: the field, the metric, or both of a ratio."""
    if isinstance(number, Arithmetic):
        return f" {number.op} ".join(map(_called, number.sides))
    if isinstance(number, Constant):
        return number.written
    title = str(getattr(number, "title", ""))
    return title.partition(".")[2] or title


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


def _limit(number: Number, limit: str | dict[str, str]) -> Expr:
    if isinstance(limit, str):
        return number.constant(limit)
    stages = {
        dt.date(int(stage), 12, 31) if len(stage) == 4 else to_day(stage): number.constant(one)
        for stage, one in limit.items()
    }
    return Staged(tuple(sorted(stages.items(), key=lambda item: item[0])))
