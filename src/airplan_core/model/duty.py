"""A duty is a rule's requirement due on one date; it holds only constants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.clause import Clause
from airplan_core.model.entity import Entity
from airplan_core.model.fields import Flag
from airplan_core.model.interpretation import Choice
from airplan_core.model.metric import Metric, leaves
from airplan_core.model.outcome import Outcome, short_of, table
from airplan_core.model.period import Term
from airplan_core.model.rule import Exempt, Rule
from airplan_core.model.tree import (
    ALWAYS,
    Always,
    And,
    Arises,
    Compare,
    Condition,
    Expr,
    Happened,
    Not,
    Or,
    Staged,
    Until,
    rewrite,
    settled,
    walk,
)


@attrs.frozen
class Asked:
    """A condition that decides a duty, unless one of others has already come out so."""

    tree: Condition
    unless: tuple[tuple[Condition, bool], ...] = ()


@attrs.frozen(kw_only=True)
class Duty:
    """One rule on one due date, with its readings chosen, its stage's limit and its period set.

    Attributes:
        id: the rule's id, with `@` and the stage's name where the rule has several.
        term: the due date; None for a standing duty.
        exempt: whether any of the rule's own exemptions applies; None where it makes none.
        exempts: those exemptions one by one, under their names.
        in_time: the requirement as it had to be met by the due day; None for a standing duty.
        final: the requirement is about a whole period, so that once it is false it stays so, and
            falls short before the due date.
    """

    id: str
    rule: Rule
    term: Term | None
    applies: Condition
    exempt: Condition | None
    exempts: tuple[Exempt, ...]
    requires: Condition
    in_time: Condition | None
    final: bool
    timed: bool

    @property
    def granted(self) -> str:
        """The column that says whether the `exemption` ledger exempts a subject from the rule."""
        return f"exemption[{self.rule.id}]"

    @property
    def due(self) -> dt.date | None:
        """The last day on which an open task is not late."""
        return self.term.due if self.term else None

    @property
    def subject(self) -> type[Entity]:
        """The ledger whose rows the duty is about."""
        return self.rule.subject

    @property
    def clause(self) -> Clause:
        """The sentence the duty comes from."""
        return self.rule.clause

    @property
    def trees(self) -> tuple[Condition, ...]:
        """The duty's conditions: scope, exemptions, requirement, and this by the due day."""
        exempt = (self.exempt,) if self.exempt is not None else ()
        in_time = (self.in_time,) if self.timed and self.in_time is not None else ()
        return (self.applies, *exempt, self.requires, *in_time)

    def asked(self, as_of: dt.date) -> tuple[Asked, ...]:
        """The conditions that decide on `as_of`, each with what makes it idle.

        Who meets the requirement is not asked for an exemption; who is excused, not for the act.
        Until the due day, nothing is too late.
        """
        excused: list[tuple[Condition, bool]] = [(Flag(zh="豁免", path=(self.granted,)), True)]
        found = [Asked(self.applies)]
        if self.exempt is not None:
            excused.append((self.exempt, True))
            found.append(Asked(self.exempt, ((self.requires, True),)))
        found.append(Asked(self.requires, tuple(excused)))
        if self.can_be_late(as_of) and self.in_time is not None:
            found.append(Asked(self.in_time, (*excused, (self.requires, False))))
        return tuple(found)

    @property
    def arising(self) -> tuple[Metric, ...]:
        """The metrics of which it asks whether there is anything that they are of."""
        nodes = (node for tree in self.trees for node in walk(tree) if isinstance(node, Arises))
        return tuple(metric for node in dict.fromkeys(nodes) for metric in leaves(node))

    @cached_property
    def _leaves(self) -> tuple[Any, ...]:
        return leaves(*self.trees)

    def leaves(self) -> tuple[Any, ...]:
        """Every field and metric the duty reads."""
        return self._leaves

    def metrics(self) -> tuple[Metric, ...]:
        """Every metric the duty reads, with its period."""
        return tuple(leaf for leaf in self.leaves() if isinstance(leaf, Metric))

    def short(self, as_of: dt.date) -> Outcome:
        """What an unmet requirement is on `as_of`: PENDING until the due day has passed."""
        if self.due is None or as_of > self.due or self.final:
            return short_of(self.clause.strength)
        return Outcome.PENDING

    def can_be_late(self, as_of: dt.date) -> bool:
        """Whether the requirement may be met now without having been met in time."""
        return self.timed and self.due is not None and as_of > self.due

    def outcomes(self, as_of: dt.date) -> tuple[int, ...]:
        """The table of outcomes on `as_of`, by truth values: see `outcome.table`.

        A period that still runs leaves its metrics open; that is PENDING, not UNKNOWN, unless
        what is already there decides it.
        """
        return table(
            self.short(as_of),
            can_be_late=self.can_be_late(as_of),
            undecided=Outcome.PENDING if self.running(as_of) else None,
        )

    def running(self, as_of: dt.date) -> bool:
        """Whether the period that the requirement is about is not over yet."""
        return self.final and self.due is not None and as_of <= self.due

    def timely(self, as_of: dt.date) -> Condition:
        """What must be true for the requirement to be met in time."""
        late = self.can_be_late(as_of) and self.in_time is not None
        return self.in_time if late and self.in_time is not None else self.requires


def spoken_of(requires: Condition) -> Condition | None:
    """What a requirement speaks of, where that is what its metrics are of.

    Of a subject all of whose shares and counts are of nothing it does not speak: 100 % of nothing
    is no compliance. None of a condition that is of nothing by itself, such as an allowance's end.
    """
    match requires:
        case Always() | Until():
            return None
        case Not(part=part):
            return spoken_of(part)
        case And(parts=parts) | Or(parts=parts):
            found = [one for one in map(spoken_of, parts) if one is not None]
            return settled(Or(tuple(dict.fromkeys(found)))) if found else None
        case Compare(left=Aggregate(observed=True) as metric):
            return Arises(metric)
    return ALWAYS


def by_ledger(duties: Iterable[Duty]) -> dict[type[Entity], tuple[Duty, ...]]:
    """The duties by the ledger they are about, in order."""
    found: dict[type[Entity], list[Duty]] = {}
    for duty in duties:
        found.setdefault(duty.subject, []).append(duty)
    return {entity: tuple(items) for entity, items in found.items()}


def batches(duties: Sequence[Duty], size: int) -> Iterator[Sequence[Duty]]:
    """The duties in order, at most `size` at a time."""
    for start in range(0, len(duties), size):
        yield duties[start : start + size]


def duties(rule: Rule, choices: Mapping[str, str]) -> tuple[Duty, ...]:
    """The rule flattened: one duty for each due date, with the chosen readings and limits.

    Raises:
        RuleError: a staged limit has no stage for a due date, or a stage no due date.
    """
    stages = [node for tree in rule.trees for node in walk(tree) if isinstance(node, Staged)]
    due_days = {term.due for term in rule.due}
    for staged in stages:
        for day, _ in staged.stages:
            if day not in due_days:
                raise RuleError(f"rule {rule.id!r} has a limit for {day}, on which nothing is due")

    def flat(term: Term | None, tree: Condition) -> Any:
        def change(node: Expr) -> Expr:
            if isinstance(node, Choice):
                return node.taken(choices)
            if isinstance(node, And | Or | Not):
                return settled(node)
            if isinstance(node, Staged):
                if term is None:
                    raise RuleError(f"rule {rule.id!r} has a staged limit and no due date")
                return node.at(term.due)
            if isinstance(node, Metric):
                node = node.taken(choices)
                if node.daily or node.period is not None:
                    return node
                if term is None or term.period is None:
                    raise RuleError(
                        f"rule {rule.id!r} reads {node.id!r}, which needs a period: during(2024)"
                    )
                return node.over(term.period)
            if isinstance(node, Happened) and term is not None and term.begins is not None:
                # within the period: what was done the year before was another year's
                return attrs.evolve(node, after=node.after or term.begins - dt.timedelta(days=1))
            return node

        return rewrite(tree, change)

    found = []
    for term in rule.due or (None,):
        exempts = tuple(attrs.evolve(one, when=flat(term, one.when)) for one in rule.exempt)
        exempt = [one.when for one in exempts]
        requires = flat(term, rule.demand)
        applies, spoken = flat(term, rule.scope), spoken_of(requires)
        nodes = tuple(walk(requires))
        periods = [node for node in nodes if isinstance(node, Metric) and not node.daily]
        found.append(
            Duty(
                id=f"{rule.id}@{term.name}" if term and term.name else rule.id,
                rule=rule,
                term=term,
                applies=applies if spoken is None else settled(applies & spoken),
                exempt=None if not exempt else exempt[0] if len(exempt) == 1 else Or(tuple(exempt)),
                exempts=exempts,
                requires=requires,
                in_time=None if term is None else rewrite(requires, partial(_by, term.due)),
                final=bool(periods),
                timed=any(
                    (isinstance(node, Happened) and node.until is None)
                    or (isinstance(node, Metric) and node.daily)
                    for node in nodes
                ),
            )
        )
    return tuple(found)


def _by(due: dt.date, node: Expr) -> Expr:
    """A node as it had to be by the due day: events until then, metrics as at that day."""
    match node:
        case Metric(daily=True):
            return node.as_at(due)
        case Happened(until=None):
            return attrs.evolve(node, until=due)
        case Happened(until=dt.date() as until):
            return attrs.evolve(node, until=min(until, due))
        case Happened():
            return And((node, Happened(node.column, until=due)))
    return node
