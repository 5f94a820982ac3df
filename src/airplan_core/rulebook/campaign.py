"""A campaign is a record of modules: what is written in them is what the plugin yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any, TypeVar

import attrs

from airplan_core.model.clause import Clause
from airplan_core.model.entity import Entity
from airplan_core.model.metric import Metric
from airplan_core.model.rule import Rule
from airplan_core.rulebook.hooks import hookimpl

Record = TypeVar("Record")


@attrs.frozen(init=False)
class Campaign:
    """A plugin: its name, and the modules in which it writes its ledgers, rules and metrics.

    A record is found wherever it stands in a module: under a name of its own, a private one, or in
    a tuple, list or mapping. It is the campaign's where it is written: a ledger, a rule or a clause
    in one of the modules, a metric under an id that begins with the campaign's name. What a module
    imports stays its owner's.
    """

    name: str
    modules: tuple[ModuleType, ...]

    def __init__(self, name: str, *modules: ModuleType) -> None:
        self.__attrs_init__(name, modules)

    @hookimpl
    def airplan_entities(self) -> Iterable[type[Entity]]:
        """The ledgers, in the modules' order."""
        ledgers = (one for one in self._standing(type) if issubclass(one, Entity))
        return [one for one in ledgers if self._wrote(one.__module__)]

    @hookimpl
    def airplan_clauses(self) -> Iterable[Clause]:
        """The sentences of its rules, and those that are excused or only define."""
        of_rules = (clause for rule in self.airplan_rules() for clause in rule.clauses)
        every = dict.fromkeys((*of_rules, *self._standing(Clause)))
        return [one for one in every if self._wrote(one.home)]

    @hookimpl
    def airplan_rules(self) -> Iterable[Rule]:
        """The rules, in the modules' order."""
        return [one for one in self._standing(Rule) if self._wrote(one.home)]

    @hookimpl
    def airplan_metrics(self) -> Iterable[Metric]:
        """The metrics, whether a rule reads them or not."""
        return [one for one in self._standing(Metric) if one.id.startswith(f"{self.name}.")]

    def _standing(self, kind: type[Record]) -> Iterable[Record]:
        """What stands in the modules and is of a kind, each once."""
        found = {
            id(one): one
            for module in self.modules
            for name, value in vars(module).items()
            if not name.startswith("__")
            for one in _within(value)
            if isinstance(one, kind)
        }
        return found.values()

    def _wrote(self, home: str) -> bool:
        return any(module.__name__ == home for module in self.modules)


def _within(value: Any) -> Iterator[Any]:
    """The value, or what a tuple, list or mapping holds."""
    if isinstance(value, tuple | list):
        for one in value:
            yield from _within(one)
    elif isinstance(value, dict):
        yield from _within(list(value.values()))
    else:
        yield value
