"""Qinyang's air-quality plan of 2024-2025: what its chapters share, and no rule."""

from __future__ import annotations

from collections.abc import Iterable

from airplan_core.model.entity import Entity
from airplan_core.rulebook.hooks import hookimpl
from airplan_qinyang.enterprise import Enterprise

__all__ = ["Enterprise"]


@hookimpl
def airplan_entities() -> Iterable[type[Entity]]:
    """The enterprises, which every chapter's ledgers refer to."""
    yield Enterprise
