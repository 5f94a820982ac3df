"""What is done counts in the period it is done for: events, bounded by days at both ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from airplan_core.model.period import Period
from airplan_core.model.times import Happened, Later
from airplan_core.model.tree import And, Condition, Expr, rewrite


def within(tree: Condition, days: Period) -> Any:
    """The condition with every event on those days, and within bounds of its own besides."""

    def change(node: Expr) -> Expr:
        if not isinstance(node, Happened):
            return node
        eve = days.begins - dt.timedelta(days=1)
        node = attrs.evolve(node, after=max(node.after or eve, eve))
        return node if days.ends == dt.date.max else by_then(node, days.ends)

    return rewrite(tree, change)


def by_then(node: Happened, day: dt.date | Later) -> Condition:
    """The same event, on or before a day besides."""
    if node.until is None:
        return attrs.evolve(node, until=day)
    if isinstance(node.until, dt.date) and isinstance(day, dt.date):
        return attrs.evolve(node, until=min(node.until, day))
    return And((node, attrs.evolve(node, until=day)))
