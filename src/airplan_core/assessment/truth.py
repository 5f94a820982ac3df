"""What a condition comes to in the rows of a ledger, for a command that lists them."""

from __future__ import annotations

import datetime as dt

import polars as pl

from airplan_core.errors import RuleError
from airplan_core.model.interpretation import Choice
from airplan_core.model.metric import Metric
from airplan_core.model.tree import Column, Condition, Expr, rewrite, walk
from airplan_core.readers.polars import condition
from airplan_core.rulebook.rulebook import Rulebook


def truth(rulebook: Rulebook, tree: Condition, as_of: dt.date) -> pl.Expr:
    """The truth value of a condition in each row of its ledger, null where it cannot be told.

    Open questions are read as the county reads them: `facts.table(Site).filter(truth(…))`.

    Raises:
        RuleError: it reads a metric, or a field of another ledger, which no row has beside it.
    """

    def taken(node: Expr) -> Expr:
        return node.taken(rulebook.choices) if isinstance(node, Choice) else node

    tree = rewrite(tree, taken)
    for leaf in walk(tree):
        if isinstance(leaf, Metric) or (isinstance(leaf, Column) and len(leaf.path) > 1):
            raise RuleError(f"{leaf!r} is not in the rows themselves; ask for fields of one ledger")
    return condition(tree, as_of)
