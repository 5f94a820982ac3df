"""一(二) 目标指标: the targets of Qinyang's plan, and the sentences that lead up to them."""

from __future__ import annotations

from collections.abc import Iterable

from airplan_core import Clause, Entity, Metric, Rule, hookimpl
from airplan_targets import air, preamble, ranks, structure
from airplan_targets.ledgers import LEDGERS


@hookimpl
def airplan_entities() -> Iterable[type[Entity]]:
    """Townships, the transport structure, the assigned reductions."""
    return LEDGERS


@hookimpl
def airplan_clauses() -> Iterable[Clause]:
    """The 28 sentences of the opening, 一(一) and 一(二) that are not the PM2.5 campaign's."""
    return (*preamble.CLAUSES, *air.CLAUSES, *ranks.CLAUSES, *structure.CLAUSES)


@hookimpl
def airplan_rules() -> Iterable[Rule]:
    """A rule for every sentence that sets a target."""
    return (*air.RULES, *ranks.RULES, *structure.RULES)


@hookimpl
def airplan_metrics() -> Iterable[Metric]:
    """The places ranked behind."""
    return ranks.METRICS
