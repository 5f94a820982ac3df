"""A rulebook is what the plugins and the county's configuration yield, checked as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from airplan_core import consistency, plugins, units
from airplan_core.clause import Clause, Plan
from airplan_core.config import Config, DatabaseConfig, read_config
from airplan_core.consistency import numbers
from airplan_core.duty import Duty, by_ledger, duties
from airplan_core.entities import Entity, ledger_of
from airplan_core.errors import ConfigError, RulebookError, RuleError, UnitError, nearest
from airplan_core.fields import Event
from airplan_core.interpretation import Interpretation
from airplan_core.metric import Metric, Period
from airplan_core.override import replaced
from airplan_core.plugins import Contribution
from airplan_core.rule import Rule, attested_clause


@attrs.frozen(kw_only=True, slots=False)
class Rulebook:
    """The ledgers, clauses, rules and metrics in force for one county, and their duties.

    Attributes:
        rules: the rules in force by id; `disabled` has those switched off, with the reason, and
            `replaced` those another rule overrides, with its id.
        origins: for every rule id, the plugin and distribution it comes from.
        database: the tables of the county's own database that are ledgers.
        choices: the reading taken of every open question; `interpretations` has the questions.
    """

    plan: Plan
    entities: tuple[type[Entity], ...]
    clauses: Mapping[str, Clause]
    rules: Mapping[str, Rule]
    metrics: Mapping[str, Metric]
    interpretations: Mapping[str, Interpretation]
    choices: Mapping[str, str]
    disabled: Mapping[str, str]
    replaced: Mapping[str, str]
    origins: Mapping[str, str]
    never_if_blank: tuple[str, ...]
    database: DatabaseConfig = DatabaseConfig()

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every rule in force, flattened, in the order of the plan."""
        return tuple(duty for rule in self.rules.values() for duty in duties(rule, self.choices))

    @cached_property
    def checkers(self) -> dict[Any, Any]:
        """What `check` has generated of these duties so far, by ledger and day."""
        return {}

    @cached_property
    def by_entity(self) -> Mapping[type[Entity], tuple[Duty, ...]]:
        """The duties by the ledger they are about."""
        return by_ledger(self.duties)

    @cached_property
    def measured(self) -> Mapping[type[Entity], tuple[Metric, ...]]:
        """The metrics that the duties read, with their periods, by subject."""
        read = dict.fromkeys(metric for duty in self.duties for metric in duty.metrics())
        return _by_subject(read)

    @cached_property
    def known_metrics(self) -> Mapping[str, Metric]:
        """Every metric by id: those that duties read, and those that plugins yield."""
        found = [metric for duty in self.duties for metric in duty.metrics()]
        read = {metric.id: attrs.evolve(metric, period=None, day=None) for metric in found}
        return {**self.metrics, **read}

    @cached_property
    def unread(self) -> Mapping[type[Entity], tuple[Metric, ...]]:
        """The metrics that no duty reads, by subject.

        One over a period is of each calendar year of the plan, another as at the day.
        """
        read = {metric.id for every in self.measured.values() for metric in every}
        years = [
            Period(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31))
            for year in range(self.plan.begins.year, self.plan.ends.year + 1)
        ]
        further = [m.taken(self.choices) for m in self.metrics.values() if m.id not in read]
        return _by_subject(
            one
            for metric in further
            for one in ((metric,) if metric.daily else map(metric.over, years))
        )

    def rule(self, id: str) -> Rule:
        """The rule in force called `id`.

        Raises:
            RuleError: there is none; the nearest id is named, or why it is not in force.
        """
        if id in self.disabled:
            raise RuleError(f"the rule {id!r} is disabled: {self.disabled[id]}")
        if id in self.replaced:
            raise RuleError(f"the rule {id!r} is replaced by {self.replaced[id]!r}")
        if id not in self.rules:
            raise RuleError(f"no rule is called {id!r}; {nearest(id, self.rules)}")
        return self.rules[id]

    def coverage(self) -> dict[str, str]:
        """How every clause is covered: by which rules, as a definition, or why it is excused."""
        found: dict[str, list[str]] = {id: [] for id in self.clauses}
        for rule in self.rules.values():
            for clause in rule.clauses:
                found[clause.id].append(rule.id)
        return {
            id: ", ".join(rules) or _otherwise(self.clauses[id], self)
            for id, rules in found.items()
        }

    def is_attested(self, rule: Rule) -> bool:
        """Whether only a recorded act can satisfy the rule."""
        return any(attested_clause(leaf) for leaf in rule.leaves())


def _by_subject(metrics: Iterable[Metric]) -> dict[type[Entity], tuple[Metric, ...]]:
    found: dict[type[Entity], list[Metric]] = {}
    for metric in metrics:
        found.setdefault(metric.subject, []).append(metric)
    return {entity: tuple(every) for entity, every in found.items()}


def _otherwise(clause: Clause, rulebook: Rulebook) -> str:
    if clause.excused:
        return f"excused: {clause.excused}"
    if clause.defines:
        return f"defines {', '.join(clause.defines)}"
    return "no rule in force"


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
    config = read_config(file / "airplan.toml" if file.is_dir() else file)
    return build_rulebook(plugins.discover(config.plugins), config)


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
    entities = consistency.entities(given)
    clauses = consistency.unique(given, "clauses", "clause")
    every = consistency.unique(given, "rules", "rule")
    metrics = consistency.unique(given, "metrics", "metric")
    origins = {rule.id: f"{c.plugin} ({c.source})" for c in given for rule in c.rules}
    consistency.check_clauses(every, clauses, origins)
    overridden = consistency.overrides(every, origins)
    for id in config.disable:
        _known(config, "[disable]", id, every)
    off = {*overridden, *config.disable}
    rules = {id: rule for id, rule in every.items() if id not in off}
    for id, replacement in config.replace.items():
        _known(config, "[replace]", id, rules)
        rules[id] = replaced(rules[id], replacement, f"{config.file}: [replace.{id!r}]")
    for rule in rules.values():
        consistency.check_ledgers(rule, entities, origins)
    consistency.check_metrics(every.values(), metrics.values(), entities)
    interpretations = consistency.interpretations(every.values(), metrics.values(), entities)
    choices = _choices(config, interpretations)
    rulebook = Rulebook(
        plan=_plan(clauses.values(), config),
        entities=entities,
        clauses=clauses,
        rules={id: rules[id] for id in sorted(rules, key=lambda id: _place(rules[id]))},
        metrics=metrics,
        interpretations=interpretations,
        choices=choices,
        disabled={id: config.disable[id] for id in every if id in config.disable},
        replaced=overridden,
        origins=origins,
        never_if_blank=_never_if_blank(config, entities),
        database=_database(config, entities),
    )
    _ = rulebook.duties  # flattening checks stages and periods
    return rulebook


def _place(rule: Rule) -> tuple[Any, ...]:
    """The order of the plan: part, campaign, task, sentence, as numbers."""
    return (*numbers(rule.clause.id), rule.id)


def _known(config: Config, place: str, id: str, options: Iterable[str]) -> None:
    if id not in options:
        raise ConfigError(
            f"{config.file}: {place} names {id!r}, which is unknown; {nearest(id, options)}"
        )


def _choices(config: Config, known: Mapping[str, Interpretation]) -> dict[str, str]:
    for id, reading in config.interpretations.items():
        _known(config, "[interpretations]", id, known)
        _known(config, f"[interpretations] {id!r}", reading, dict(known[id].readings))
    return {id: config.interpretations.get(id, one.default) for id, one in known.items()}


def _plan(clauses: Iterable[Clause], config: Config) -> Plan:
    plans = list(dict.fromkeys(clause.plan for clause in clauses))
    if not plans:
        raise RulebookError("no plugin yields a clause; there is nothing to hold anything against")
    plan = attrs.evolve(
        plans[0],
        begins=min(plan.begins for plan in plans),
        ends=max(plan.ends for plan in plans),
    )
    said = attrs.asdict(config.plan, filter=lambda _, value: value is not None)
    return attrs.evolve(plan, **said)


def _never_if_blank(config: Config, entities: Iterable[type[Entity]]) -> tuple[str, ...]:
    events = {
        f"{ledger_of(entity).name}.{name}"
        for entity in entities
        for name, column in ledger_of(entity).columns.items()
        if isinstance(column, Event)
    }
    for name in config.facts.blank_means_not_happened:
        _known(config, "[facts] blank_means_not_happened", name, events)
    return config.facts.blank_means_not_happened


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
            if unit is not None:
                own = getattr(columns.get(field), "unit", None)
                try:
                    factor = None if own is None else units.factor(unit, own)
                except UnitError as error:
                    raise ConfigError(f"{config.file}: {place}: {field}: {error}") from None
                if factor is None:
                    raise ConfigError(f"{config.file}: {place}: {field} has no unit, not {unit!r}")
    return config.database
