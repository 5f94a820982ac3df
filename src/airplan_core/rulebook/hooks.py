"""The seven hooks of a plugin; each yields frozen records, and none receives a registrar."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from airplan_core.model.clause import Clause
from airplan_core.model.command import Command
from airplan_core.model.entity import Entity
from airplan_core.model.metric import Metric
from airplan_core.model.printed import PlanTable
from airplan_core.model.rule import Rule
from airplan_core.quantities.units import Unit

hookspec = pluggy.HookspecMarker("airplan")
hookimpl = pluggy.HookimplMarker("airplan")


@hookspec
def airplan_entities() -> Iterable[type[Entity]]:  # type: ignore[empty-body]
    """The ledgers this plugin reads, as entity classes."""


@hookspec
def airplan_units() -> Iterable[Unit]:  # type: ignore[empty-body]
    """The units this plugin adds to the core's, each with its source."""


@hookspec
def airplan_clauses() -> Iterable[Clause]:  # type: ignore[empty-body]
    """The sentences of the plan this plugin answers for, excused ones with their reason."""


@hookspec
def airplan_rules() -> Iterable[Rule]:  # type: ignore[empty-body]
    """The rules this plugin holds ledgers against."""


@hookspec
def airplan_tables() -> Iterable[PlanTable]:  # type: ignore[empty-body]
    """The tables that the plan prints, each figure held against the others."""


@hookspec
def airplan_metrics() -> Iterable[Metric]:  # type: ignore[empty-body]
    """The metrics this plugin computes, whether a rule reads them or not."""


@hookspec
def airplan_commands() -> Iterable[Command]:  # type: ignore[empty-body]
    """The commands this plugin adds to the command line's own verbs."""
