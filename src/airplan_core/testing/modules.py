"""A campaign's package: the modules that the campaign does not list, and what is left in them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from typing import Any

from airplan_core.rulebook import plugins
from airplan_core.rulebook.campaign import Campaign
from airplan_core.rulebook.plugins import Contribution


def unlisted(campaign: Campaign) -> list[str]:
    """The names of the modules in the packages of a campaign's modules that it does not list."""
    listed = [module.__name__ for module in campaign.modules]
    found: dict[str, None] = {}
    for package in dict.fromkeys(name.rpartition(".")[0] or name for name in listed):
        found[package] = None
        path = getattr(importlib.import_module(package), "__path__", ())
        found |= dict.fromkeys(one.name for one in pkgutil.walk_packages(path, f"{package}."))
    return [one for one in found if one not in listed and not one.endswith("__main__")]


def left_out(campaign: Campaign, module: str, yielded: Iterable[Contribution]) -> list[str]:
    """What the campaign would yield if it listed a module, and no plugin yields, by its name."""
    more = plugins.contribution(Campaign(campaign.name, importlib.import_module(module)))
    known = {record for one in yielded for record in _records(one)}
    return [
        record.__name__ if isinstance(record, type) else record.id
        for record in _records(more)
        if record not in known
    ]


def _records(one: Contribution) -> tuple[Any, ...]:
    return (*one.entities, *one.clauses, *one.rules, *one.tables, *one.metrics)
