"""What can be held against what: a comparison that some reader could not make is no rule."""

from __future__ import annotations

from decimal import Decimal

from airplan_core.errors import RuleError
from airplan_core.model.metric import Metric
from airplan_core.model.tree import Arithmetic, Compare, Constant, Expr, Staged, walk


def comparable(node: Compare, where: str) -> None:
    """Check that every reader can hold the two sides against each other.

    Raises:
        RuleError: they cannot; it says what to write instead.
    """
    sums = [one for one in walk(node) if isinstance(one, Arithmetic)]
    for one in sums:
        if any(isinstance(part, Arithmetic) and part.op == "/" for part in (one.left, one.right)):
            raise RuleError(
                f"{where}: a ratio is compared, not computed with further; make a Share of it, or "
                "multiply the other side"
            )
    limited = isinstance(node.left, Metric) and isinstance(node.right, Constant | Staged)
    if limited or not any(isinstance(one, Metric) for one in walk(node)):
        return
    if node.op == "==":
        raise RuleError(
            f"{where}: what is not all known is never surely equal; hold a metric against another "
            "by at_least or at_most"
        )
    for one in sums:
        if one.op in ("*", "/") and not (_positive(one.left) and _positive(one.right)):
            multiple = isinstance(one.left, Metric) and _constant(one.right)
            if not multiple:
                raise RuleError(
                    f"{where}: only numbers that are never negative are multiplied and divided "
                    "where one of them is a metric"
                )


def _constant(node: Expr) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, Decimal) and node.value > 0


def _positive(node: Expr) -> bool:
    """Whether it is never negative: fields are of things that there are, or are not."""
    match node:
        case Metric():
            return node.span[0] >= 0
        case Constant():
            return _constant(node)
        case Arithmetic(op="-"):
            return False
        case Arithmetic():
            return _positive(node.left) and _positive(node.right)
    return True
