"""A rulebook is what the plugins and the county's configuration yield, checked as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs

from airplan_core.errors import AirplanError, RuleError, nearest
from airplan_core.model.attested import act_of
from airplan_core.model.clause import Clause, Plan
from airplan_core.model.command import Command
from airplan_core.model.duty import Duty, by_ledger, duties
from airplan_core.model.entity import Entity
from airplan_core.model.expected import Expected, one_row_each
from airplan_core.model.interpretation import Interpretation
from airplan_core.model.metric import Metric
from airplan_core.model.period import Period
from airplan_core.model.printed import Inconsistency, PlanTable
from airplan_core.model.rule import Rule
from airplan_core.model.tree import ALWAYS, Not
from airplan_core.quantities.dates import SPAN
from airplan_core.quantities.units import Unit
from airplan_core.rulebook.config import DatabaseConfig, FactsConfig

#: Whom a rule speaks of that belongs to another reading than the one that is taken.
_NOBODY = Not(ALWAYS)


@attrs.frozen(kw_only=True, slots=False)
class Rulebook:
    """The ledgers, clauses, rules and metrics in force for one county, and their duties.

    Attributes:
        plan: the county's own; where there are several, from the day on which the first begins.
        begins: by a plan's id, the day before which its rules ask nothing.
        rules: the rules in force by id; `disabled` has those switched off, with the reason, and
            `replaced` those another rule overrides, with its id.
        origins: for every rule id, the plugin and distribution it comes from.
        kept: how the county keeps its ledgers, and of which years they are.
        units: what plugins add to the core's units, by name.
        clauses_of: for every rule id, in force or not, the clauses that it covers.
        database: the tables of the county's own database that are ledgers.
        tables: those that the plan prints, by id.
        commands: those that plugins add to the command line, by name.
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
    kept: FactsConfig = FactsConfig()
    database: DatabaseConfig = DatabaseConfig()
    units: Mapping[str, Unit] = attrs.field(factory=dict)
    clauses_of: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    begins: Mapping[str, dt.date] = attrs.field(factory=dict)
    tables: Mapping[str, PlanTable] = attrs.field(factory=dict)
    commands: Mapping[str, Command] = attrs.field(factory=dict)

    def assessed(self, day: dt.date) -> dt.date:
        """The day itself, where the plan has begun on it, and it can be one of assessment.

        Raises:
            AirplanError: it is none; it says which can be.
        """
        given: Any = day
        if not isinstance(given, dt.date) or isinstance(given, dt.datetime):
            raise AirplanError(
                f"the day of assessment is a date, datetime.date(2025, 1, 1); read {day!r}"
            )
        if day < self.plan.begins:
            raise AirplanError(
                f"{day} lies before the plan begins on {self.plan.begins}; choose a later "
                "--as-of, or set [plan] begins in airplan.toml",
                f"{day} 早于方案开始之日 {self.plan.begins}；换一个晚些的 --as-of，"
                "或在 airplan.toml 的 [plan] 写明 begins",
            )
        return self.plausible(day)

    def plausible(self, day: dt.date) -> dt.date:
        """The day itself, where it can be one of assessment: in the years of the ledgers.

        Raises:
            AirplanError: it cannot; it says which years these are.
        """
        first, last = self.kept.years or years_around(self.plan)
        if not first <= day.year <= last:
            raise AirplanError(
                f"{day} is implausible as a day of assessment: the years are {first} to {last}; "
                "write the year with four digits, or set [facts] years in airplan.toml",
                f"评估日期 {day} 不合理：应在 {first} 年至 {last} 年之间；年份写四位，"
                "确要评估这一天的，在 airplan.toml 的 [facts] 里写 years",
            )
        return day

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What the rules in force ask, flattened, in the order of the plan.

        What speaks of nobody under the readings that are taken is not asked.
        """
        return tuple(duty for duty in self.flattened if duty.applies != _NOBODY)

    @cached_property
    def flattened(self) -> tuple[Duty, ...]:
        """Every rule in force, flattened, with what is asked under other readings only."""
        begins = {id: day for id, day in self.begins.items() if day > self.plan.begins}
        return tuple(
            duty
            for rule in self.rules.values()
            for duty in duties(rule, self.choices, begins.get(rule.clause.plan.id))
        )

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Duty, ...]]:
        """What each rule in force is flattened to, by its id."""
        found: dict[str, list[Duty]] = {}
        for duty in self.flattened:
            found.setdefault(duty.rule.id, []).append(duty)
        return {id: tuple(mine) for id, mine in found.items()}

    @cached_property
    def checkers(self) -> dict[Any, Any]:
        """What `check` has generated of these duties so far, by ledger and day."""
        return {}

    @cached_property
    def by_entity(self) -> Mapping[type[Entity], tuple[Duty, ...]]:
        """The duties by the ledger they are about."""
        return by_ledger(self.duties)

    @cached_property
    def expected(self) -> Mapping[type[Entity], tuple[Expected, ...]]:
        """The rows that a ledger is expected to have: one for each, or what a sentence names."""
        found: dict[type[Entity], dict[Expected, None]] = {}
        ledgers = (one for one in map(one_row_each, self.entities) if one is not None)
        for one in (*ledgers, *(one for rule in self.rules.values() for one in rule.expects)):
            found.setdefault(one.entity, {})[one] = None
        return {entity: tuple(every) for entity, every in found.items()}

    @cached_property
    def read_metrics(self) -> Mapping[type[Entity], tuple[Metric, ...]]:
        """The metrics that the duties read, with their periods, by subject."""
        read = dict.fromkeys(metric for duty in self.duties for metric in duty.metrics())
        return _by_subject(read)

    @cached_property
    def figures(self) -> Mapping[str, Clause]:
        """The clauses that set a figure, by the id of its metric."""
        return {one.figure.id: one for one in self.clauses.values() if one.figure is not None}

    @cached_property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """The figures of the plan's tables that are not what its other figures come to."""
        return tuple(found for table in self.tables.values() for found in table.inconsistencies)

    @cached_property
    def known_metrics(self) -> Mapping[str, Metric]:
        """Every metric by id: those that duties read, and those that plugins yield."""
        found = [metric for duty in self.flattened for metric in duty.metrics()]
        read = {metric.id: metric.anytime for metric in found}
        return {**self.metrics, **read}

    @cached_property
    def unread_metrics(self) -> Mapping[type[Entity], tuple[Metric, ...]]:
        """The metrics that no duty reads, by subject.

        One over a period is of each calendar year of the plan, another as at the day.
        """
        read = {metric.id for every in self.read_metrics.values() for metric in every}
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
            raise RuleError(
                f"the rule {id!r} is disabled: {self.disabled[id]}",
                f"规则“{id}”已停用：{self.disabled[id]}",
            )
        if id in self.replaced:
            raise RuleError(
                f"the rule {id!r} is replaced by {self.replaced[id]!r}",
                f"规则“{id}”已被“{self.replaced[id]}”取代",
            )
        if id not in self.rules:
            near = nearest(id, self.rules)
            raise RuleError(f"no rule is called {id!r}; {near}", f"没有规则叫“{id}”；{near.zh}")
        return self.rules[id]

    def coverage(self) -> dict[str, str]:
        """How every clause is covered: by which rules, as a definition, or why it is excused."""
        found: dict[str, list[str]] = {id: [] for id in self.clauses}
        for rule in self.rules.values():
            for clause in rule.clauses:
                found[clause.id].append(rule.id)
        return {
            id: "; ".join(filter(None, (", ".join(rules), self._waived(self.clauses[id]))))
            or _otherwise(self.clauses[id], self)
            for id, rules in found.items()
        }

    def _waived(self, clause: Clause) -> str:
        """From which kinds of rules a sentence exempts, and which these are."""
        kinds = ", ".join(dict.fromkeys(one.kind for one in clause.waives))
        rules = [
            rule.id for rule in self.rules.values()
            if any(one.clause is not None and one.clause.id == clause.id for one in rule.exempt)
        ]  # fmt: skip
        return f"{kinds} → {', '.join(rules)}" if rules else kinds

    @cached_property
    def off(self) -> Mapping[str, tuple[str, ...]]:
        """By clause, its rules that are not in force: replaced by which, or why disabled."""
        found: dict[str, tuple[str, ...]] = {}
        for id, clauses in self.clauses_of.items():
            if id in self.rules:
                continue
            why = f"{id} is disabled: {self.disabled[id]}" if id in self.disabled else ""
            if id in self.replaced:
                why = f"{id} is replaced by {self.replaced[id]}"
            for clause in clauses:
                found[clause] = (*found.get(clause, ()), why)
        return found

    def is_attested(self, rule: Rule) -> bool:
        """Whether only a recorded act can satisfy the rule."""
        return any(act_of(leaf) for leaf in rule.leaves())


def years_around(plan: Plan) -> tuple[int, int]:
    """The years of a plan's ledgers, where the county says nothing of them."""
    return plan.begins.year - SPAN, plan.ends.year + SPAN


def _by_subject(metrics: Iterable[Metric]) -> dict[type[Entity], tuple[Metric, ...]]:
    found: dict[type[Entity], list[Metric]] = {}
    for metric in metrics:
        found.setdefault(metric.subject, []).append(metric)
    return {entity: tuple(every) for entity, every in found.items()}


def _otherwise(clause: Clause, rulebook: Rulebook) -> str:
    if clause.excused:
        return clause.excused
    if clause.figure is not None:
        return clause.figure.id
    if clause.defines:
        return ", ".join(clause.defines)
    off = rulebook.off.get(clause.id, ())
    return "; ".join(off) or "no rule in force"
