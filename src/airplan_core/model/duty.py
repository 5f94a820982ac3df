"""A duty is a rule's requirement due on one date; it holds only constants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, TypeVar

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.acts import by_then, within
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.attested import recorded
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
    Column,
    Compare,
    Condition,
    Elapsed,
    Expr,
    Happened,
    Later,
    Not,
    Or,
    Season,
    Staged,
    Surely,
    Until,
    rewrite,
    settled,
    turned,
    walk,
)

Item = TypeVar("Item")


@attrs.frozen
class Asked:
    """A condition that decides a duty, unless one of others has already come out so."""

    tree: Condition
    unless: tuple[tuple[Condition, bool], ...] = ()


@attrs.frozen
class Grounds:
    """The conditions that decide a duty on one day.

    Attributes:
        applies: the sentence speaks of the subject, or may still come to.
        exempt: one of the rule's own exemptions applies; None where it makes none.
        met: the requirement is met.
        in_time: once the due day has passed, the requirement was met by then; before, it can still
            be. None where it is so for every subject.
    """

    applies: Condition
    exempt: Condition | None
    met: Condition
    in_time: Condition | None

    @property
    def trees(self) -> tuple[Condition, ...]:
        """Those that there are."""
        every = (self.applies, self.exempt, self.met, self.in_time)
        return tuple(tree for tree in every if tree is not None)


@attrs.frozen(kw_only=True, repr=False)
class Duty:
    """One rule on one due date, with its readings chosen, its stage's limit and its period set.

    Attributes:
        id: the rule's id, with `@` and the stage's name where the rule has several.
        term: the due date; None for a standing duty.
        exempt: whether any of the rule's own exemptions applies; None where it makes none.
        exempts: those exemptions one by one, under their names.
        in_time: the requirement as it had to be met by the due day; None where what is met later
            is not late: of a standing duty, or of a period.
        lasting: the requirement as far as it is about whole periods, with everything that a day
            can still bring taken as brought: once it is false it stays so, and the duty falls short
            before its due day. None where every day can still mend it.
        begins: before this day nothing is asked: that of its plan, where it is one of several.
        answers: as of its rule: which departments answer for which subjects.
        timed: something in the requirement is done by a day, or is as at a day.
    """

    id: str
    rule: Rule
    term: Term | None
    applies: Condition
    exempt: Condition | None
    exempts: tuple[Exempt, ...]
    requires: Condition
    in_time: Condition | None
    lasting: Condition | None
    timed: bool
    begins: dt.date | None = None
    answers: tuple[tuple[Condition, tuple[str, ...]], ...] = ()

    def __repr__(self) -> str:
        return f"<duty {self.id} “{self.clause.text[:40]}”>"

    @property
    def granted(self) -> str:
        """The column that says whether the `exemption` ledger exempts a subject from the rule."""
        return f"exemption[{self.rule.id}]"

    @property
    def due(self) -> dt.date | None:
        """The last day on which an open task is not late, where it is the same for all subjects."""
        return self.term.due if self.term and isinstance(self.term.due, dt.date) else None

    @property
    def own(self) -> Later | None:
        """The last day on which it is not late, where it is each subject's own."""
        return self.term.due if self.term and isinstance(self.term.due, Later) else None

    @property
    def every(self) -> str:
        """What it is asked anew for, where that is within a year: a week, a month; else nothing."""
        return self.term.every if self.term is not None else ""

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
        return Grounds(self.applies, self.exempt, self.requires, self.in_time).trees

    def asked(self, as_of: dt.date) -> tuple[Asked, ...]:
        """The conditions that decide on `as_of`, each with what makes it idle.

        Who meets the requirement is not asked for an exemption; who is excused, not for the act;
        how late it was, of who has met it, and whether it can still be met, of who has not.
        """
        on = self.grounds(as_of)
        excused: list[tuple[Condition, bool]] = [(Flag(zh="豁免", path=(self.granted,)), True)]
        found = [Asked(on.applies)]
        if on.exempt is not None:
            excused.append((on.exempt, True))
            found.append(Asked(on.exempt, ((on.met, True),)))
        found.append(Asked(on.met, tuple(excused)))
        if on.in_time is not None:
            decided = () if self.own is not None else ((on.met, self.open(as_of)),)
            found.append(Asked(on.in_time, (*excused, *decided)))
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

    @cached_property
    def whose(self) -> Mapping[str, Condition]:
        """When each department that its sentence names answers for a subject.

        One that `answers` names does where that says so, and where it names none of the others.
        """

        def mine(name: str) -> Condition:
            says = [(when, name in names) for when, names in self.answers]
            if not any(own for _, own in says):
                return ALWAYS
            others = settled(Or(tuple(when for when, own in says if not own)))
            return settled(Or((*(when for when, own in says if own), ~others)))

        return {name: mine(name) for name in self.clause.departments}

    def falls_to(self, department: str) -> Condition:
        """When a department answers for a subject; never, where the sentence does not name it."""
        return self.whose.get(department, ~ALWAYS)

    @cached_property
    def read(self) -> tuple[Any, ...]:
        """Every field and metric that the duty, or who answers for it, is read from."""
        who = leaves(*(when for when, _ in self.answers))
        return tuple(dict.fromkeys((*self.leaves(), *who)))

    def metrics(self) -> tuple[Metric, ...]:
        """Every metric the duty reads, with its period."""
        return tuple(leaf for leaf in self.leaves() if isinstance(leaf, Metric))

    @property
    def periodic(self) -> bool:
        """Whether the requirement is about a whole period."""
        return any(isinstance(node, Metric) and not node.daily for node in leaves(self.requires))

    def open(self, as_of: dt.date) -> bool:
        """Whether the due day has not passed yet; of subjects' own days, whether one may not."""
        return self.own is not None or (self.due is not None and as_of <= self.due)

    def running(self, as_of: dt.date) -> bool:
        """Whether a period that the duty is about is not over yet."""
        return self.open(as_of) and any(_runs(metric, as_of) for metric in self.metrics())

    def can_be_late(self, as_of: dt.date) -> bool:
        """Whether the requirement may be met now without having been met in time."""
        if self.in_time is None or (self.own is None and self.open(as_of)):
            return False
        # from 28 February of a leap year on, a year ago is the same day for two days
        return bool(_long_ago(self.requires, as_of) != self.in_time)

    def grounds(self, as_of: dt.date) -> Grounds:
        """The conditions that decide on a day.

        While a period runs, what its metrics leave open is not met yet, and not out of reach.
        """
        if self.begins is not None and as_of < self.begins:
            return Grounds(~ALWAYS, None, self.requires, None)
        if not self.running(as_of):
            ahead_only = self.own is None and self.open(as_of)
            past = self.in_time if self.can_be_late(as_of) else None
            in_time = self.lasting if ahead_only else past
            return Grounds(self.applies, self.exempt, self.requires, in_time)

        def surely(part: Condition, wanted: bool) -> Condition:
            if not any(_runs(metric, as_of) for metric in leaves(part)):
                return part
            return Surely(part) if wanted else ~Surely(~part)

        def maybe(part: Condition, wanted: bool) -> Condition:
            return surely(part, not wanted)

        met, ahead = turned(self.requires, surely), []
        if self.lasting is not None:
            ahead.append(turned(self.lasting, maybe))
        exempt = self.exempt
        if exempt is not None and (sure := turned(exempt, surely)) != exempt:
            ahead.append(turned(exempt, maybe))
            exempt = sure
        applies = turned(self.applies, surely)
        if applies != self.applies:
            met = settled(And((applies, met)))
            ahead.append(~applies)
        return Grounds(
            applies=turned(self.applies, maybe),
            exempt=exempt,
            met=met,
            in_time=settled(Or(tuple(ahead))) if self.lasting is not None else None,
        )

    def short(self) -> Outcome:
        """What an unmet requirement is when nothing can mend it in time, by its strength."""
        return short_of(self.clause.strength)

    def outcomes(self, as_of: dt.date) -> tuple[int, ...]:
        """The table of outcomes on a day, by the truth values of `grounds`: `outcome.table`."""
        return table(self.short(), can_be_late=self.can_be_late(as_of), pending=self.open(as_of))


def _runs(metric: Expr, as_of: dt.date) -> bool:
    """Whether it is a metric of a period that is not over."""
    if isinstance(metric, Aggregate) and any(_runs(one, as_of) for one in metric.inner):
        return True
    if not isinstance(metric, Metric) or metric.daily or metric.period is None:
        return False
    return not metric.period.over(as_of)


def spoken_of(requires: Condition) -> Condition | None:
    """What a requirement speaks of, where that is what its metrics are of.

    Of a subject all of whose shares and counts are of nothing it does not speak: 100 % of nothing
    is no compliance. None of a condition that is of nothing by itself, such as an allowance's end.
    """
    match requires:
        case Always() | Until() | Season(column=None):
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


def batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in order, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def duties(
    rule: Rule, choices: Mapping[str, str], begins: dt.date | None = None
) -> tuple[Duty, ...]:
    """The rule flattened: one duty for each due date, with the chosen readings and limits.

    Args:
        rule: to be flattened.
        choices: the reading taken of each open question.
        begins: before this day it asks nothing; see `Duty`.

    Raises:
        RuleError: a staged limit has no stage for a due date, or a stage no due date.
    """
    stages = [node for tree in rule.trees for node in walk(tree) if isinstance(node, Staged)]
    due_days = {term.due for term in rule.due}
    for staged in stages:
        for day, _ in staged.stages:
            if day not in due_days:
                raise RuleError(f"rule {rule.id!r} has a limit for {day}, on which nothing is due")

    def flat(term: Term | None, tree: Condition, *, done: bool = False) -> Any:
        acts = term.acts if term is not None and done else None

        def change(node: Expr) -> Expr:
            if isinstance(node, Choice):
                return node.taken(choices)
            if isinstance(node, And | Or | Not):
                return settled(node)
            if isinstance(node, Staged):
                if term is None:
                    raise RuleError(f"rule {rule.id!r} has a staged limit and no due date")
                if isinstance(term.due, Later):
                    raise RuleError(f"rule {rule.id!r} has a staged limit and a due day of its own")
                return node.at(term.due)
            if isinstance(node, Metric):
                node = node.taken(choices)
                if node.daily or node.period is not None:
                    return node.doing(acts)
                if term is None or term.period is None:
                    raise RuleError(
                        f"rule {rule.id!r} reads {node.id!r}, which needs a period: during(2024)"
                    )
                return node.over(term.period)
            if isinstance(node, Column) and acts is not None:
                return recorded(node, acts.name)
            return node

        found = rewrite(tree, change)
        return found if acts is None else within(found, acts)

    found = []
    dated = flat(None, rule.dated) == ALWAYS
    for term in (rule.due if dated else ()) or (None,):
        exempts = tuple(attrs.evolve(one, when=flat(term, one.when)) for one in rule.exempt)
        exempt = [one.when for one in exempts]
        scope = flat(term, rule.applies)
        requires = flat(term, rule.demand, done=True)
        wanted = requires
        if rule.forbids is not None:
            forbidden = flat(term, rule.forbids, done=True)
            scope, wanted = settled(And((scope, forbidden))), ~forbidden
        elif (spoken := spoken_of(requires)) is not None:
            scope = settled(And((scope, spoken)))
        nodes = tuple(walk(requires))
        in_time = requires if term is None else rewrite(requires, partial(_by, term.due))
        if term is not None and isinstance(term.due, Later):
            # until something begins the days, none is due; until they are over, none is late
            scope = settled(And((scope, Happened(term.due.column))))
            waits: Condition = Until(term.due)
            if term.due.exact:
                # the day on which the minutes end goes on: what is done on it after them is late
                waits = And((waits, ~requires))
            in_time = Or((in_time, waits))
        lasting = turned(wanted, _brought)
        found.append(
            Duty(
                id=f"{rule.id}@{term.name}" if term and term.name else rule.id,
                rule=rule,
                term=term,
                applies=scope,
                exempt=None if not exempt else exempt[0] if len(exempt) == 1 else Or(tuple(exempt)),
                exempts=exempts,
                requires=requires,
                in_time=in_time if in_time != requires else None,
                lasting=lasting if lasting != ALWAYS else None,
                begins=begins,
                answers=tuple((flat(term, when), names) for when, names in rule.answers),
                timed=any(
                    isinstance(node, Happened) or (isinstance(node, Metric) and node.daily)
                    for node in nodes
                ),
            )
        )
    return tuple(found)


def _brought(part: Condition, wanted: bool) -> Condition:
    """What a later day can still bring: anything but another sum of the days of a period."""
    metrics = [leaf for leaf in leaves(part) if isinstance(leaf, Metric)]
    if isinstance(part, Compare) and metrics and not any(metric.daily for metric in metrics):
        return part
    return ALWAYS if wanted else ~ALWAYS


def _long_ago(tree: Condition, as_of: dt.date) -> Any:
    """A condition with what has to lie so long ago as an event by the last day that does."""

    def change(node: Expr) -> Expr:
        return (
            Happened(node.column, until=node.before(as_of)) if isinstance(node, Elapsed) else node
        )

    return rewrite(tree, change)


def _by(due: dt.date | Later, node: Expr) -> Expr:
    """A node as it had to be by the due day: events until then, metrics as at that day.

    What had to lie so long ago lay so long before it; an allowance stood or did not. By a day of
    each subject's own it is the events that are held against it.
    """
    match node:
        case And() | Or() | Not():
            return settled(node)
        case Happened():
            return by_then(node, due)
    if isinstance(due, Later):
        return node
    match node:
        case Elapsed():
            return Happened(node.column, until=node.before(due))
        case Until():
            if isinstance(node.day, dt.date):
                return ALWAYS if due <= node.day else ~ALWAYS
        case Season(column=None):
            return ALWAYS if node.has(due) else ~ALWAYS
        case Metric(daily=True):
            return node.as_at(due)
    return node
