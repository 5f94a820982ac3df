"""What plugins yield and a county chooses becomes one rulebook, checked as a whole."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from airplan_core.errors import ConfigError, UnitError, nearest
from airplan_core.model.clause import Clause, Plan
from airplan_core.model.dated import Dated, Event, Moment
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.fields import Measured
from airplan_core.model.interpretation import Interpretation
from airplan_core.model.rule import Rule, tells_apart
from airplan_core.model.tree import Condition
from airplan_core.quantities import units
from airplan_core.rulebook import claims, plans, plugins
from airplan_core.rulebook.claims import numbers
from airplan_core.rulebook.config import (
    Config,
    DatabaseConfig,
    FactsConfig,
    read_config,
    with_unit,
)
from airplan_core.rulebook.override import replaced
from airplan_core.rulebook.plugins import Contribution
from airplan_core.rulebook.rulebook import Rulebook, years_around
from airplan_core.rulebook.waivers import waived


def load_rulebook(path: str | Path | None = None) -> Rulebook:
    """The rulebook of a county's `airplan.toml`, or of every installed plugin.

    Args:
        path: the file, or a folder that holds it; None for no configuration.

    Raises:
        ConfigError, PluginError, RulebookError: whatever does not hold together, by name.
    """
    if path is None:
        return build_rulebook(plugins.discover())
    file = Path(path)
    folder = file.is_dir() and file.name != "airplan.toml"
    config = read_config(file / "airplan.toml" if folder else file)
    return build_rulebook(chosen(config), config)


def chosen(config: Config) -> tuple[Contribution, ...]:
    """What the installed plugins yield that a configuration names, be it for their ledgers only.

    Raises:
        PluginError: as `plugins.discover`.
    """
    named = config.plugins
    return plugins.discover(None if named is None else (*named, *config.ledgers_only))


def build_rulebook(contributions: Iterable[Contribution], config: Config | None = None) -> Rulebook:
    """A rulebook of what plugins yield under a configuration. Their order changes nothing.

    Raises:
        RulebookError: two rules, clauses, metrics or ledgers of one name (both plugins are
            named), an override of nothing, a rule without its clause, a clause covered by nothing
            and not excused, a reference to a ledger that no plugin has.
        ConfigError: the configuration names something unknown.
    """
    config = config or Config()
    given = sorted(contributions, key=lambda c: c.plugin)
    left_out = [one for one in given if one.plugin in config.ledgers_only]
    given = [_ledgers_only(one) if one.plugin in config.ledgers_only else one for one in given]
    for name in config.ledgers_only:
        _known(config, "ledgers_only", name, [one.plugin for one in given])
    every_plan = plans.plans_of(given)
    own = plans.own_plan(every_plan, config)
    given = plans.apart(given, own)
    entities = claims.entities(given)
    clauses = claims.unique(given, "clauses", "clause")
    every = claims.unique(given, "rules", "rule")
    metrics = claims.unique(given, "metrics", "metric")
    tables = claims.unique(given, "tables", "table")
    commands = claims.unique(given, "commands", "command")
    origins = {rule.id: f"{c.plugin} ({c.source})" for c in given for rule in c.rules}
    claims.check_clauses(every, clauses, origins)
    overridden = claims.overrides(every, origins)
    disabled = _disabled(config, every)
    off = {*overridden, *disabled}
    rules = {id: rule for id, rule in every.items() if id not in off}
    for id, replacement in config.replace.items():
        _known(config, "[replace]", id, rules)
        rules[id] = replaced(rules[id], replacement, f"{config.file}: [replace.{id!r}]")
    elsewhere = {rule.id: rule for one in left_out for rule in one.rules}
    rules = waived(rules, clauses.values(), elsewhere | every)
    if config.departments:
        clauses, rules = _renamed(config, clauses, rules)
    for rule in rules.values():
        claims.check_ledgers(rule, entities, origins)
    figures = [one.figure for one in clauses.values() if one.figure is not None]
    claims.check_metrics(every.values(), [*metrics.values(), *figures], entities)
    metrics = {**{one.id: one for one in figures}, **metrics}
    # a rule that is in force is read with what other sentences exempt from it
    asking = {**every, **rules}.values()
    interpretations = claims.interpretations(asking, metrics.values(), entities)
    choices = _choices(config, interpretations)
    plan = plans.here(own, every_plan, config)
    rulebook = Rulebook(
        plan=plan,
        begins=plans.beginnings(own, every_plan, config),
        entities=entities,
        clauses=clauses,
        rules={id: rules[id] for id in sorted(rules, key=lambda id: _place(rules[id]))},
        metrics=metrics,
        tables=tables,
        commands=commands,
        clauses_of={id: tuple(one.id for one in rule.clauses) for id, rule in every.items()},
        units=claims.units(given),
        interpretations=plans.placed(interpretations, asking, clauses),
        choices=choices,
        disabled=disabled,
        replaced=overridden,
        origins=origins,
        kept=_kept(config, plan, entities),
        database=_database(config, entities),
    )
    _ = rulebook.flattened  # flattening checks stages and periods
    return rulebook


def _place(rule: Rule) -> tuple[Any, ...]:
    """The order of the plan: part, campaign, task, sentence, as numbers."""
    return numbers(rule.clause.id), rule.id


def _ledgers_only(given: Contribution) -> Contribution:
    """What a plugin yields, without its sentences."""
    return attrs.evolve(given, clauses=(), rules=(), tables=(), commands=())


def _disabled(config: Config, rules: Mapping[str, Rule]) -> dict[str, str]:
    """The rules that are switched off, each with the reason: by id, or by a pattern of ids."""
    found: dict[str, str] = {}
    # a rule that is named has the reason that is given for it, not that of a pattern
    for written, reason in sorted(config.disable.items(), key=lambda item: "*" not in item[0]):
        if "*" not in written:
            _known(config, "[disable]", written, rules)
        alike = fnmatch.filter(rules, written)
        if not alike:
            groups = sorted({f"{id.partition('.')[0]}.*" for id in rules})
            near = nearest(written, groups)
            raise ConfigError(
                f"{config.file}: [disable] {written!r} is the pattern of no rule; {near}",
                f"{config.file}：[disable] “{written}”没有对应任何规则；{near.zh}",
            )
        found |= dict.fromkeys(alike, reason)
    return {id: found[id] for id in rules if id in found}


def _renamed(
    config: Config, clauses: Mapping[str, Clause], rules: Mapping[str, Rule]
) -> tuple[dict[str, Clause], dict[str, Rule]]:
    """The sentences and the rules with the departments as they are called in the county."""
    known = dict.fromkeys(name for one in clauses.values() for name in one.departments)
    for name in config.departments:
        _known(config, "[departments]", name, known)

    def called(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(config.departments.get(name, name) for name in names))

    def clause_of(one: Clause) -> Clause:
        return attrs.evolve(
            one, lead=called(one.lead), shared=called(one.shared),
            cooperating=called(one.cooperating),
        )  # fmt: skip

    def who(rule: Rule) -> tuple[tuple[Condition, tuple[str, ...]], ...]:
        found = tuple((when, called(names)) for when, names in rule.answers)
        # departments that have become one are not told apart any more
        return found if tells_apart(found) else ()

    mine = {id: clause_of(one) for id, one in clauses.items()}
    made = {
        id: attrs.evolve(
            rule,
            clause=mine[rule.clause.id],
            also=tuple(mine[one.id] for one in rule.also),
            answers=who(rule),
        )
        for id, rule in rules.items()
    }
    return mine, made


def _known(config: Config, place: str, id: str, options: Iterable[str]) -> None:
    if id not in options:
        near = nearest(id, options)
        raise ConfigError(
            f"{config.file}: {place} names {id!r}, which is unknown; {near}",
            f"{config.file}：{place} 写的“{id}”不认识；{near.zh}",
        )


def _choices(config: Config, known: Mapping[str, Interpretation]) -> dict[str, str]:
    for id, reading in config.interpretations.items():
        _known(config, "[interpretations]", id, known)
        _known(config, f"[interpretations] {id!r}", reading, dict(known[id].readings))
    return {id: config.interpretations.get(id, one.default) for id, one in known.items()}


def _kept(config: Config, plan: Plan, entities: Iterable[type[Entity]]) -> FactsConfig:
    """How the county keeps its ledgers: of fields that there are, in the years around the plan."""
    kinds: dict[type, set[str]] = {Dated: set(), Event: set(), Measured: set()}
    for ledger in map(ledger_of, entities):
        for name, column in ledger.columns.items():
            for kind, found in kinds.items():
                hourly = isinstance(column, Moment) and not column.minutes
                if isinstance(column, kind) and not hourly:
                    found.add(f"{ledger.name}.{name}")
    kept = config.facts
    for key, kind in (
        ("blank_means_not_happened", Dated),
        ("month_means_last_day", Event),
        ("low_is_measured", Measured),
    ):
        for name in getattr(kept, key):
            _known(config, f"[facts] {key}", name, kinds[kind])
    ledgers = {ledger_of(entity).name: ledger_of(entity) for entity in entities}
    for name in kept.every_row_counts:
        _known(config, "[facts] every_row_counts", name, ledgers)
    for name, own in kept.columns.items():
        _known(config, "[facts.columns]", name, ledgers)
        for written, meant in own.items():
            if meant:
                place = f"[facts.columns.{name}] {written!r}"
                field, unit = with_unit(meant.strip())
                _known(config, place, field, ["id", *ledgers[name].columns])
                _fits(config, place, ledgers[name].columns.get(field), field, unit)
    return attrs.evolve(kept, years=kept.years or years_around(plan))


def _database(config: Config, entities: Iterable[type[Entity]]) -> DatabaseConfig:
    """The tables of the configuration, each of a ledger, each column of a field, each unit one."""
    ledgers = {ledger_of(entity).name: ledger_of(entity) for entity in entities}
    for name, table in config.database.tables.items():
        _known(config, "[database.tables]", name, ledgers)
        place = f"[database.tables.{name}] columns"
        columns = ledgers[name].columns
        for field in table.columns:
            _known(config, place, field, ["id", *columns])
            _, unit = table.column(field)
            _fits(config, place, columns.get(field), field, unit)
    return config.database


def _fits(config: Config, place: str, column: Any, field: str, unit: str | None) -> None:
    """Hold the unit that the configuration gives a field against the field's own."""
    if unit is None:
        return
    own = getattr(column, "unit", None)
    try:
        factor = None if own is None else units.factor(unit, own)
    except UnitError as error:
        raise ConfigError(
            f"{config.file}: {place}: {field}: {error}",
            f"{config.file}：{place}：{field}：{error.text()}",
        ) from None
    if factor is None:
        raise ConfigError(
            f"{config.file}: {place}: {field} has no unit, not {unit!r}",
            f"{config.file}：{place}：{field} 没有单位，不写“{unit}”",
        )
