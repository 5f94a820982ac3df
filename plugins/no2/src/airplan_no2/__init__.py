"""二(四) 深入打好二氧化氮污染防治攻坚战: the NO2 campaign of Qinyang's plan, task by task."""

from __future__ import annotations

from collections.abc import Iterable

from airplan_core import Clause, Entity, Metric, Rule, hookimpl
from airplan_no2 import freight, industries, new_energy, old_vehicles, roads, supervision
from airplan_no2.ledgers import LEDGERS
from airplan_no2.metrics import METRICS

CHAPTERS = (freight, new_energy, industries, old_vehicles, supervision, roads)


@hookimpl
def airplan_entities() -> Iterable[type[Entity]]:
    """Freight, trips, vehicles, machines, chargers, checks."""
    return LEDGERS


@hookimpl
def airplan_clauses() -> Iterable[Clause]:
    """The campaign's 63 sentences."""
    return (clause for chapter in CHAPTERS for clause in chapter.CLAUSES)


@hookimpl
def airplan_rules() -> Iterable[Rule]:
    """A rule for every sentence that asks for something."""
    return (rule for chapter in CHAPTERS for rule in chapter.RULES)


@hookimpl
def airplan_metrics() -> Iterable[Metric]:
    """The chapter's shares and counts, whichever reading a rule takes."""
    return METRICS
