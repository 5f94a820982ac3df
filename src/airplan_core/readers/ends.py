"""Metrics held against one another: surely so at their worst ends, possibly at their best.

Each metric is an interval, and what is compared grows or falls with each of them: the comparison
is sure where it holds of the ends that speak most against it, and never so where it does not hold
of those that speak most for it. Of nothing a ratio is unknown: while a divisor may be 0, it is
neither.
"""

from __future__ import annotations

import functools
import operator
from decimal import Decimal

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.metric import End, Metric
from airplan_core.model.tree import Arithmetic, Compare, Condition, Constant, Expr, walk


def of_metrics(node: Compare) -> bool:
    """Whether a metric is held against anything but a limit."""
    if isinstance(node.left, Metric):
        return not isinstance(node.right, Constant)
    return any(isinstance(one, Metric) for one in walk(node))


def at_ends(node: Compare) -> tuple[Condition, Condition]:
    """What makes the comparison sure, and what keeps it possible.

    It is of the ends that speak most against it, and of those that speak most for it.

    Raises:
        RuleError: exactly equal is nothing that intervals can be.
    """
    if node.op == "==":
        raise RuleError("two metrics are held against each other by at_least or at_most")
    below = node.op in ("<", "<=")
    surely: Condition = _at(node, high=below)
    possibly: Condition = _at(node, high=not below)
    divisors = [
        Compare(_end(one.right, high=False), ">", Constant(Decimal(0)))
        for one in walk(node)
        if isinstance(one, Arithmetic) and one.op == "/"
        if any(isinstance(part, Metric) for part in walk(one.right))
    ]
    if divisors:
        positive: Condition = functools.reduce(operator.and_, divisors)
        surely, possibly = surely & positive, possibly | ~positive
    return surely, possibly


def highest(node: Expr) -> Expr:
    """The most that a number may come to: its metrics at the ends that make it so."""
    return _end(node, high=True)


def _at(node: Compare, *, high: bool) -> Compare:
    left, right = _end(node.left, high=high), _end(node.right, high=not high)
    return attrs.evolve(node, left=left, right=right)


def _end(node: Expr, *, high: bool) -> Expr:
    """A number with every metric at the end that makes it high, or low."""
    match node:
        case Metric():
            name = node.ends[1] if high else node.ends[0]
            return End(zh=node.zh, unit=node.measure, path=(name,))
        case Arithmetic(op=("-" | "/")):
            left, right = _end(node.left, high=high), _end(node.right, high=not high)
            return attrs.evolve(node, left=left, right=right)
        case Arithmetic():
            left, right = _end(node.left, high=high), _end(node.right, high=high)
            return attrs.evolve(node, left=left, right=right)
    return node
