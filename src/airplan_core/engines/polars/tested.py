"""Rows with truth values beside them: what no `and`, `or` or `not` joins is tested once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from airplan_core.model.fields import Flag
from airplan_core.model.tree import And, Condition, Expr, Not, Or, Surely, rewrite
from airplan_core.readers.polars import condition


class Tested:
    """The rows of a duty, and what its conditions come to there.

    Attributes:
        rows: with a column for each part of the trees that is not joined of others.
    """

    def __init__(self, rows: pl.DataFrame, trees: Iterable[Condition], as_of: dt.date) -> None:
        self._as_of, self._names = as_of, dict[Condition, str]()
        for tree in trees:
            self.named(tree)
        truths = (condition(node, as_of).alias(name) for node, name in self._names.items())
        self.rows = rows.with_columns_seq(truths)

    def named(self, tree: Condition) -> Condition:
        """The same condition of the columns that are there."""
        named: Condition = rewrite(tree, self._name)
        return named

    def __call__(self, tree: Condition) -> pl.Expr:
        """The truth values of a condition that is one of the trees, or of their parts."""
        return condition(self.named(tree), self._as_of)

    def _name(self, node: Expr) -> Expr:
        if not isinstance(node, Condition) or isinstance(node, And | Or | Not | Surely):
            return node
        return Flag(zh="", path=(self._names.setdefault(node, f"test {len(self._names)}"),))
