"""The standards of ambient air that several campaigns share: GB 3095, HJ 633, HJ 663, the index."""

from __future__ import annotations

from collections.abc import Iterable

from airplan_ambient.ledgers import LEDGERS
from airplan_ambient.metrics import METRICS
from airplan_core import Entity, Metric, hookimpl


@hookimpl
def airplan_entities() -> Iterable[type[Entity]]:
    """Stations, their hours and days, the county's days, dust events, rankings."""
    return LEDGERS


@hookimpl
def airplan_metrics() -> Iterable[Metric]:
    """The statistics of ambient air."""
    return METRICS
