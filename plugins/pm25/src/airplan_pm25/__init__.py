"""二(一) 深入打好PM2.5污染防治攻坚战: the PM2.5 campaign of Qinyang's plan, task by task."""

from __future__ import annotations

from collections.abc import Iterable

from airplan_core import Clause, Entity, Metric, Rule, hookimpl
from airplan_pm25 import (
    boilers,
    capacity,
    facilities,
    greening,
    layout,
    projects,
    retrofit,
    target,
    treatment,
)
from airplan_pm25.ledgers import LEDGERS

CHAPTERS = (target, layout, projects, boilers, capacity, greening, retrofit, treatment, facilities)


@hookimpl
def airplan_entities() -> Iterable[type[Entity]]:
    """The campaign's ledgers."""
    return LEDGERS


@hookimpl
def airplan_clauses() -> Iterable[Clause]:
    """The campaign's 54 sentences, and the two that set its targets."""
    return (clause for chapter in CHAPTERS for clause in chapter.CLAUSES)


@hookimpl
def airplan_rules() -> Iterable[Rule]:
    """A rule for every sentence that asks for something."""
    return (rule for chapter in CHAPTERS for rule in chapter.RULES)


@hookimpl
def airplan_metrics() -> Iterable[Metric]:
    """The listings won; the concentrations' metrics are those of ambient air."""
    return (greening.NEW_LISTINGS,)
