"""A campaign is a record of modules: what is written in them is what the plugin yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from types import GeneratorType, ModuleType, SimpleNamespace
from typing import Any, TypeVar

import attrs

from airplan_core.errors import PluginError
from airplan_core.model.clause import Clause
from airplan_core.model.command import Command
from airplan_core.model.entity import Entity
from airplan_core.model.metric import Metric
from airplan_core.model.printed import PlanTable
from airplan_core.model.rule import Rule
from airplan_core.quantities.units import Unit
from airplan_core.rulebook.hooks import hookimpl

Record = TypeVar("Record")

#: What must not be hidden where nobody looks for it.
_RECORDS = (Rule, Clause, Metric, PlanTable)


@attrs.frozen(init=False)
class Campaign:
    """A plugin: its name, and the modules in which it writes its ledgers, rules and metrics.

    A record is found wherever it stands in a module: under a name of its own, a private one, or in
    a tuple, list or mapping. It is the campaign's if it is written in one of them: what a module
    imports stays its owner's.

    Raises:
        PluginError: there is no module; or, when it is asked, a module holds rules, clauses,
            metrics or tables where they have no order or are not looked for: a set, a class, a
            generator.
    """

    name: str
    modules: tuple[ModuleType, ...]

    def __init__(self, name: str, *modules: ModuleType) -> None:
        if not modules:
            raise PluginError(f"the campaign {name!r} has no module: Campaign({name!r}, rules, …)")
        for module in modules:
            if not isinstance(module, ModuleType):
                raise PluginError(
                    f"the campaign {name!r} lists modules, Campaign({name!r}, rules); read "
                    f"{module!r}"
                )
        self.__attrs_init__(name, modules)

    @hookimpl
    def airplan_entities(self) -> Iterable[type[Entity]]:
        """The ledgers, in the modules' order."""
        ledgers = (one for one in self._standing(type) if issubclass(one, Entity))
        return [one for one in ledgers if self._wrote(one.__module__)]

    @hookimpl
    def airplan_units(self) -> Iterable[Unit]:
        """The units that its modules add."""
        return [one for one in self._standing(Unit) if self._wrote(one.home)]

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
    def airplan_tables(self) -> Iterable[PlanTable]:
        """The tables that the plan prints."""
        return [one for one in self._standing(PlanTable) if self._wrote(one.home)]

    @hookimpl
    def airplan_metrics(self) -> Iterable[Metric]:
        """The metrics, whether a rule reads them or not."""
        return [one for one in self._standing(Metric) if self._wrote(one.home)]

    @hookimpl
    def airplan_commands(self) -> Iterable[Command]:
        """The commands that its modules add."""
        return [one for one in self._standing(Command) if self._wrote(one.home)]

    def _standing(self, kind: type[Record]) -> Iterable[Record]:
        """What stands in the modules and is of a kind, each once."""
        found = {
            id(one): one
            for module in self.modules
            for name, value in vars(module).items()
            if not name.startswith("__")
            for one in self._within(f"{module.__name__}.{name}", value)
            if isinstance(one, kind)
        }
        return found.values()

    def _wrote(self, home: str) -> bool:
        return any(module.__name__ == home for module in self.modules)

    def _within(self, where: str, value: Any) -> Iterator[Any]:
        """The value, or what a tuple, list or mapping holds."""
        match value:
            case tuple() | list():
                for one in value:
                    yield from self._within(where, one)
            case Mapping():
                yield from self._within(where, list(value.values()))
            case GeneratorType():
                raise PluginError(f"{where} gives what it holds only once: write tuple(…)")
            case _:
                for one in _hidden(value):
                    if isinstance(one, _RECORDS) and self._wrote(one.home):
                        raise PluginError(
                            f"{where}: {one.id!r} would be forgotten in a {type(value).__name__}; "
                            "let it stand in the module under a name, or in a tuple"
                        )
                yield value


def _hidden(value: Any) -> Iterable[Any]:
    """What a set, a class or a namespace holds, which nobody would look for there."""
    if isinstance(value, Set):
        return value
    holds = isinstance(value, SimpleNamespace) or (
        isinstance(value, type) and not issubclass(value, Entity)
    )
    return tuple(vars(value).values()) if holds else ()
