"""Plugins: found by entry point, loaded or refused loudly, each asked for its records."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import attrs
import pluggy

from airplan_core.errors import PluginError, nearest, why
from airplan_core.model.clause import Clause
from airplan_core.model.command import Command
from airplan_core.model.entity import Entity
from airplan_core.model.metric import Metric
from airplan_core.model.printed import PlanTable
from airplan_core.model.rule import Rule
from airplan_core.quantities.units import Unit
from airplan_core.rulebook import hooks
from airplan_core.rulebook.campaign import Campaign

GROUP = "airplan"

#: What each hook yields: of ledgers, the classes.
KINDS: dict[str, type] = {
    "units": Unit, "entities": Entity, "clauses": Clause, "rules": Rule, "tables": PlanTable,
    "metrics": Metric, "commands": Command,
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Contribution:
    """What one plugin yields, and where it comes from."""

    plugin: str
    source: str
    units: tuple[Unit, ...] = ()
    entities: tuple[type[Entity], ...] = ()
    clauses: tuple[Clause, ...] = ()
    rules: tuple[Rule, ...] = ()
    tables: tuple[PlanTable, ...] = ()
    metrics: tuple[Metric, ...] = ()
    commands: tuple[Command, ...] = ()


def installed() -> dict[str, EntryPoint]:
    """The installed plugins by name.

    Raises:
        PluginError: two distributions offer a plugin of one name; both are named.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        other = found.setdefault(point.name, point)
        if other.value != point.value:
            raise PluginError(
                f"two plugins are called {point.name!r}: {_source(other)} and {_source(point)}; "
                "uninstall one",
                f"有两个插件都叫“{point.name}”：{_source(other)} 和 {_source(point)}；卸载其中一个",
            )
    return found


def discover(names: Iterable[str] | None = None) -> tuple[Contribution, ...]:
    """What the named plugins and those they require yield, or every installed one.

    Raises:
        PluginError: a name is unknown (the nearest is named), or a plugin fails to load: a law
            that is silently missing is worse than a crash.
    """
    points = installed()
    if names is None:
        names = tuple(points)
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hooks)
    chosen = []
    for name in _needed(names, points):
        try:
            manager.register(points[name].load(), name)
        except Exception as error:
            raise PluginError(
                f"the plugin {name!r} of {_source(points[name])} cannot be loaded: "
                f"{type(error).__name__}: {error}",
                f"插件“{name}”（{_source(points[name])}）装不进来："
                f"{type(error).__name__}: {why(error).zh}；请告诉写这个插件的人",
            ) from error
        chosen.append((name, _source(points[name])))
    _check(manager)
    return tuple(_contribution(manager, name, source) for name, source in chosen)


def commands() -> tuple[dict[str, Command], tuple[PluginError, ...]]:
    """The commands of every installed plugin by name, and why some plugins say nothing.

    Of two of one name the first is found: the county's rulebook says which it has.
    """
    found: dict[str, Command] = {}
    errors: list[PluginError] = []
    for name in installed():
        try:
            for given in discover([name]):
                found |= {one.name: one for one in given.commands if one.name not in found}
        except PluginError as error:
            errors.append(error)
    return found, tuple(errors)


def _needed(names: Iterable[str], points: Mapping[str, EntryPoint]) -> list[str]:
    """The names, and those of the plugins whose distributions theirs require."""
    found: dict[str, None] = {}
    open_ = list(names)
    while open_:
        name = open_.pop(0)
        if name not in points:
            near = nearest(name, points)
            raise PluginError(
                f"no plugin is called {name!r}; {near}", f"没有插件叫“{name}”；{near.zh}"
            )
        if name in found:
            continue
        found[name] = None
        dist = points[name].dist
        required = {_canonical(one) for one in (dist.requires or () if dist else ())}
        open_ += [
            other
            for other, point in points.items()
            if point.dist is not None and _canonical(point.dist.name) in required
        ]
    return list(found)


def _canonical(requirement: str) -> str:
    """A distribution's name out of a requirement: `airplan-ambient>=0.1` is airplan-ambient."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""


def contribution(plugin: Any, name: str = "", source: str = "this program") -> Contribution:
    """What one plugin object yields, without its being installed.

    Args:
        plugin: a `Campaign`, or a module or any object with hooks.
        name: of the plugin; a campaign and a module have their own.
        source: where it comes from, for errors.

    Raises:
        PluginError: it has no hook, or one with another signature, unknown, or that raises.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hooks)
    own = plugin.name if isinstance(plugin, Campaign) else getattr(plugin, "__name__", None)
    name = name or own or type(plugin).__name__
    try:
        manager.register(plugin, name)
    except pluggy.PluginValidationError as error:
        raise PluginError(f"{error}") from None
    _check(manager)
    return _contribution(manager, name, source)


def _check(manager: pluggy.PluginManager) -> None:
    """Every hook a plugin implements is one that exists; a misspelt one would never be called."""
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginError(f"{error}") from None


def _contribution(manager: pluggy.PluginManager, name: str, source: str) -> Contribution:
    if not manager.get_hookcallers(manager.get_plugin(name)):
        raise PluginError(
            f"the plugin {name!r} of {source} has no hook; a plugin is a Campaign, or a module or "
            "object with hooks: see docs/write-a-plugin.md"
        )
    others = [plugin for other, plugin in manager.list_name_plugin() if other != name]
    found: dict[str, Sequence[Any]] = {}
    for kind in KINDS:
        hook = manager.subset_hook_caller(f"airplan_{kind}", others)
        try:
            given = hook()
            records = tuple(record for some in given for record in _listed(some))
        except Exception as error:
            raise PluginError(
                f"the plugin {name!r} of {source} fails in airplan_{kind}: "
                f"{type(error).__name__}: {error}",
                f"插件“{name}”（{source}）在 airplan_{kind} 中出错："
                f"{type(error).__name__}: {why(error).zh}；请告诉写这个插件的人",
            ) from error
        if not given and any(one.plugin_name == name for one in hook.get_hookimpls()):
            # a hook that forgets to return is passed over by who calls it
            raise PluginError(f"the plugin {name!r} of {source}: airplan_{kind} returns nothing")
        for record in records:
            if not _is(record, KINDS[kind]):
                raise PluginError(
                    f"the plugin {name!r} of {source}: airplan_{kind} yields a list of "
                    f"{KINDS[kind].__name__}{' classes' if kind == 'entities' else 's'}; in it is "
                    f"{reprlib.repr(record)}"
                )
        found[kind] = records
    return Contribution(plugin=name, source=source, **found)  # type: ignore[arg-type]


def _listed(records: Any) -> Iterable[Any]:
    """What a hook gave, which is to be a list."""
    if isinstance(records, str | type) or not isinstance(records, Iterable):
        raise TypeError(f"return a list, [RULE, …], not {reprlib.repr(records)}")
    return records


def _is(record: Any, kind: type) -> bool:
    if kind is Entity:
        return isinstance(record, type) and issubclass(record, Entity)
    return isinstance(record, kind)


def _source(point: EntryPoint) -> str:
    dist = point.dist
    return f"{dist.name} {dist.version}" if dist is not None else point.value
