"""A rulebook is what the plugins and the county's configuration yield, checked as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from airplan_core import plugins
from airplan_core.clause import Clause, Plan
from airplan_core.config import Config, Replacement, read_config
from airplan_core.duty import Duty, duties
from airplan_core.entities import Entity, Event, Reference, ledger_of
from airplan_core.errors import ConfigError, RulebookError, RuleError, UnitError, nearest
from airplan_core.expr import (
    Choice,
    Compare,
    Constant,
    Expr,
    Interpretation,
    Number,
    Staged,
    rewrite,
    to_day,
    walk,
)
from airplan_core.ledgers import CORE
from airplan_core.metric import Metric
from airplan_core.plugins import Contribution
from airplan_core.rule import Rule, Term, attested_clause, by, during


@attrs.frozen(kw_only=True, slots=False)
class Rulebook:
    """The ledgers, clauses, rules and metrics in force for one county, and their duties.

    Attributes:
        rules: the rules in force by id; `disabled` has those switched off, with the reason, and
            `replaced` those another rule overrides, with its id.
        origins: for every rule id, the plugin and distribution it comes from.
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

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every rule in force, flattened, in the order of the plan."""
        return tuple(duty for rule in self.rules.values() for duty in duties(rule, self.choices))

    @cached_property
    def by_entity(self) -> Mapping[type[Entity], tuple[Duty, ...]]:
        """The duties by the ledger they are about."""
        found: dict[type[Entity], list[Duty]] = {}
        for duty in self.duties:
            found.setdefault(duty.subject, []).append(duty)
        return {entity: tuple(items) for entity, items in found.items()}

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
        for rule in (*self.rules.values(),):
            for clause in rule.clauses:
                found[clause.id].append(rule.id)
        return {
            id: ", ".join(rules) or _otherwise(self.clauses[id], self)
            for id, rules in found.items()
        }

    def is_attested(self, rule: Rule) -> bool:
        """Whether only a recorded act can satisfy the rule."""
        return any(attested_clause(leaf) for leaf in rule.leaves())


def _otherwise(clause: Clause, rulebook: Rulebook) -> str:
    if clause.excused:
        return f"excused: {clause.excused}"
    if clause.defines:
        return f"defines {', '.join(clause.defines)}"
    return "disabled"


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
    entities = _entities(given)
    clauses = _unique(given, "clauses", "clause")
    every = _unique(given, "rules", "rule")
    metrics = _unique(given, "metrics", "metric")
    origins = {rule.id: f"{c.plugin} ({c.source})" for c in given for rule in c.rules}
    _check_clauses(every, clauses, origins)
    replaced = _overrides(every, origins)
    for id, reason in config.disable.items():
        _known(config, "[disable]", id, every)
        del reason
    rules = {
        id: rule for id, rule in every.items() if id not in replaced and id not in config.disable
    }
    for id, replacement in config.replace.items():
        _known(config, "[replace]", id, rules)
        rules[id] = _replace(rules[id], replacement, config)
    for rule in rules.values():
        _check_ledgers(rule, entities, origins)
    interpretations = _interpretations(every.values())
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
        replaced=replaced,
        origins=origins,
        never_if_blank=_never_if_blank(config, entities),
    )
    _ = rulebook.duties  # flattening checks stages and periods
    return rulebook


def _place(rule: Rule) -> tuple[Any, ...]:
    """The order of the plan: part, campaign, task, sentence, as numbers."""
    return (*_numbers(rule.clause.id), rule.id)


def _numbers(id: str) -> tuple[Any, ...]:
    parts = id.replace("-", ".").replace("(", ".").replace(")", "").split(".")
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)


def _entities(given: list[Contribution]) -> tuple[type[Entity], ...]:
    found: dict[str, tuple[type[Entity], str]] = {}
    for source, entity in [
        *(("airplan", entity) for entity in CORE),
        *((c.plugin, entity) for c in given for entity in c.entities),
    ]:
        ledger = ledger_of(entity)
        for name in (ledger.name, ledger.zh):
            other, owner = found.setdefault(name, (entity, source))
            if other is not entity:
                raise RulebookError(
                    f"two ledgers are called {name!r}: {other.__name__} of {owner} and "
                    f"{entity.__name__} of {source}; rename one"
                )
    every = tuple(dict.fromkeys(entity for entity, _ in found.values()))
    for entity in every:
        for column in ledger_of(entity).columns.values():
            if isinstance(column, Reference) and column.target not in every:
                raise RulebookError(
                    f"{column.title} refers to {column.target.__name__}, a ledger that no plugin "
                    f"in use yields; add the plugin that does"
                )
    return every


def _unique(given: list[Contribution], kind: str, noun: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    owners: dict[str, str] = {}
    for source in given:
        for record in getattr(source, kind):
            owner = f"{source.plugin} ({source.source})"
            if record.id in found:
                raise RulebookError(
                    f"the {noun} {record.id!r} is claimed by {owners[record.id]} and by {owner}; "
                    + ("say replaces=… in one, under another id" if noun == "rule" else "keep one")
                )
            found[record.id], owners[record.id] = record, owner
    return dict(sorted(found.items(), key=lambda item: _numbers(item[0])))


def _check_clauses(
    rules: Mapping[str, Rule], clauses: Mapping[str, Clause], origins: Mapping[str, str]
) -> None:
    covered: set[str] = set()
    for rule in rules.values():
        for clause in rule.clauses:
            if clauses.get(clause.id) != clause:
                problem = (
                    "whose clause ledger says something else of it"
                    if clause.id in clauses
                    else f"which is in no plugin's clause ledger; {nearest(clause.id, clauses)}"
                )
                raise RulebookError(
                    f"the rule {rule.id!r} of {origins[rule.id]} is of clause {clause.id!r}, "
                    + problem
                )
            covered.add(clause.id)
    for clause in clauses.values():
        for id in clause.defines:
            if id not in rules:
                raise RulebookError(
                    f"the clause {clause.id!r} defines the rule {id!r}, which does not exist; "
                    f"{nearest(id, rules)}"
                )
        if clause.id not in covered and not clause.excused and not clause.defines:
            raise RulebookError(
                f"the clause {clause.id!r} is covered by no rule and not excused: "
                f"{clause.text!r}; write a rule or an attestation, or excuse it with a reason"
            )


def _overrides(rules: Mapping[str, Rule], origins: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in rules.values():
        if rule.replaces is None:
            continue
        if rule.replaces not in rules:
            raise RulebookError(
                f"the rule {rule.id!r} of {origins[rule.id]} replaces {rule.replaces!r}, which "
                f"does not exist; {nearest(rule.replaces, rules)}"
            )
        if rule.replaces in found:
            raise RulebookError(
                f"the rule {rule.replaces!r} is replaced by both {found[rule.replaces]!r} and "
                f"{rule.id!r}; keep one"
            )
        found[rule.replaces] = rule.id
    return found


def _check_ledgers(
    rule: Rule, entities: tuple[type[Entity], ...], origins: Mapping[str, str]
) -> None:
    read = [leaf.rows for leaf in rule.leaves() if isinstance(leaf, Metric)]
    for entity in (rule.subject, *read):
        if entity not in entities:
            raise RulebookError(
                f"the rule {rule.id!r} of {origins[rule.id]} reads the ledger "
                f"{entity.__name__}, which no plugin in use yields"
            )


def _known(config: Config, place: str, id: str, options: Iterable[str]) -> None:
    if id not in options:
        raise ConfigError(
            f"{config.file}: {place} names {id!r}, which is unknown; {nearest(id, options)}"
        )


def _interpretations(rules: Iterable[Rule]) -> dict[str, Interpretation]:
    found: dict[str, Interpretation] = {}
    for rule in rules:
        for tree in rule.trees:
            for node in walk(tree):
                if isinstance(node, Choice):
                    one = node.interpretation
                    if found.setdefault(one.id, one) != one:
                        raise RulebookError(
                            f"the interpretation {one.id!r} is declared twice, differently"
                        )
    return dict(sorted(found.items(), key=lambda item: _numbers(item[0])))


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


def _replace(rule: Rule, new: Replacement, config: Config) -> Rule:
    """The rule with another limit or due date; the sentence stays what it was."""
    place = f"{config.file}: [replace.{rule.id!r}]"
    limits = dict(new.limits)
    held = {
        node.left.title.partition(".")[2] or node.left.title: node.left
        for tree in (rule.applies, rule.requires)
        for node in walk(tree)
        if isinstance(node, Compare)
        and isinstance(node.left, Number)
        and isinstance(node.right, Constant | Staged)
    }
    if new.limit is not None:
        if len(held) != 1:
            raise ConfigError(
                f"{place} gives one limit, but the rule has {len(held)}: "
                f"{', '.join(held) or 'none'}; name the field under limits"
            )
        limits[next(iter(held))] = new.limit
    due = rule.due
    for name, limit in limits.items():
        if name not in held:
            raise ConfigError(f"{place} limits {name!r}; {nearest(name, held)}")
        if isinstance(limit, dict):
            due = _stages(limit, place)
    try:
        changed = {held[name]: _limit(held[name], limit) for name, limit in limits.items()}
    except UnitError as error:
        raise ConfigError(f"{place}: {error}") from None

    def change(node: Expr) -> Expr:
        if isinstance(node, Compare) and node.left in changed:
            return Compare(node.left, node.op, changed[node.left])
        return node

    if new.due is not None:
        days = new.due if isinstance(new.due, tuple) else (new.due,)
        due = by(*map(str, days))
    return attrs.evolve(
        rule,
        applies=rewrite(rule.applies, change),
        requires=rewrite(rule.requires, change),
        due=due,
        keeps=(),
        breaks=(),
    )


def _stages(limit: Mapping[str, str], place: str) -> tuple[Term, ...]:
    if all(stage.isdigit() and len(stage) == 4 for stage in limit):
        return during(*map(int, limit))
    try:
        return by(*limit)
    except ValueError as error:
        raise ConfigError(f"{place}: {error}; name a stage by its year or its due date") from None


def _limit(number: Number, limit: str | dict[str, str]) -> Expr:
    if isinstance(limit, str):
        return number.constant(limit)
    stages = {
        dt.date(int(stage), 12, 31) if len(stage) == 4 else to_day(stage): number.constant(one)
        for stage, one in limit.items()
    }
    return Staged(tuple(sorted(stages.items(), key=lambda item: item[0])))
