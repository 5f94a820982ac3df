"""A rule is one sentence of the plan and one condition that means the same: a frozen value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

import attrs

from airplan_core.clause import Clause
from airplan_core.dates import to_day
from airplan_core.entities import Entity, ledger_of
from airplan_core.errors import RuleError, nearest
from airplan_core.expr import ALWAYS, Column, Condition, Expr
from airplan_core.fields import Event, Flag
from airplan_core.ledgers import Attestation, County
from airplan_core.metric import Metric, Period, leaves
from airplan_core.verdict import short_of

#: A subject for a rule's example: field (or metric) to value, as a ledger would write it. The
#: key "as_of" sets the day; without it, an example is held against the day after the last due
#: date, or the plan's first day where nothing is due. The key "readings" takes other readings of
#: open questions than the default ones, {"I-09": "beyond"}.
Example: TypeAlias = Mapping[Any, Any]


@attrs.frozen
class Term:
    """One due date of a rule, and the period it closes where the rule speaks of one."""

    due: dt.date
    name: str = ""
    begins: dt.date | None = None

    @property
    def period(self) -> Period | None:
        """The period that ends on the due date."""
        return None if self.begins is None else Period(self.name, self.begins, self.due)


def by(*days: str) -> tuple[Term, ...]:
    """Due on each of `days`, the day itself included: X月底前 is the last day of the month."""
    dates = sorted(to_day(day) for day in days)
    return tuple(Term(day, str(day) if len(dates) > 1 else "") for day in dates)


def during(*years: int) -> tuple[Term, ...]:
    """Judged over each calendar year, and due on its last day; events count within the year."""
    return tuple(
        Term(dt.date(year, 12, 31), str(year), dt.date(year, 1, 1)) for year in sorted(years)
    )


def yearly(month: int, day: int, *years: int) -> tuple[Term, ...]:
    """Due once a year, on the same day; events count within the year: 每年5月底前."""
    return tuple(
        Term(dt.date(year, month, day), str(year), dt.date(year, 1, 1)) for year in sorted(years)
    )


@attrs.frozen
class Exempt:
    """A named exemption the sentence itself makes: its words and when it applies."""

    name: str
    text: str
    when: Condition


@attrs.frozen(kw_only=True)
class Rule:
    """One legal sentence and one condition that means the same.

    Attributes:
        id: `pm25.small-brick-lines-exit`; stable, and unique in a rulebook.
        clause: the sentence; `also` names further ones that the same condition covers.
        subject: the ledger whose rows the sentence speaks of.
        applies: which of them it speaks of.
        requires: what it asks of those.
        exempt: the exceptions it makes, each with its words.
        due: its due dates (`by`, `during`, `yearly`); none for a standing duty.
        keeps, breaks: example subjects that meet it and that fall short of it.
        numbers: the sentence's words that stand for numbers without figures, or for none of the
            condition's: `{"倍量": "2", "2台": None}`.
        replaces: the id of the rule this one overrides.
    """

    id: str
    clause: Clause
    subject: type[Entity] = attrs.field(repr=lambda entity: entity.__name__)
    requires: Condition
    applies: Condition = ALWAYS
    exempt: tuple[Exempt, ...] = ()
    due: tuple[Term, ...] = ()
    keeps: Sequence[Example] = attrs.field(hash=False, factory=tuple)
    breaks: Sequence[Example] = attrs.field(hash=False, factory=tuple)
    numbers: Mapping[str, str | None] = attrs.field(factory=dict, hash=False)
    also: tuple[Clause, ...] = ()
    replaces: str | None = None
    en: str = ""

    def __attrs_post_init__(self) -> None:
        for tree in (self.applies, self.requires, *(exempt.when for exempt in self.exempt)):
            if not isinstance(tree, Condition):
                raise RuleError(f"rule {self.id!r}: {tree!r} is not a condition")
        for leaf in self.leaves():
            owner = leaf.subject if isinstance(leaf, Metric) else leaf.entity
            if owner is not self.subject:
                raise RuleError(
                    f"rule {self.id!r} is about {self.subject.__name__}, but reads {leaf.title}; "
                    f"follow a reference from {self.subject.__name__} to it"
                )
        short_of(self.clause.strength)

    @property
    def text(self) -> str:
        """The sentence, as the plan prints it."""
        return self.clause.text

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause the rule covers, its own first."""
        return (self.clause, *self.also)

    @property
    def trees(self) -> tuple[Condition, ...]:
        """The rule's conditions: scope, exemptions, requirement."""
        return (self.applies, *(exempt.when for exempt in self.exempt), self.requires)

    def leaves(self) -> tuple[Any, ...]:
        """Every field and metric the rule's conditions read."""
        return leaves(*self.trees)


def done(clause: Clause, subject: type[Entity] = County) -> Flag:
    """Whether the act that a clause asks for is recorded as done, for a subject."""
    return cast("Flag", _attested(clause, subject, "done"))


def done_on(clause: Clause, subject: type[Entity] = County) -> Event:
    """The day on which the act that a clause asks for was done, for a subject."""
    return cast("Event", _attested(clause, subject, "done_on"))


def _attested(clause: Clause, subject: type[Entity], name: str) -> Any:
    column = ledger_of(Attestation).column(name)
    return column.bound(subject, f"attestation[{clause.id}]", name)


def attested_clause(column: Expr) -> str | None:
    """The id of the clause whose recorded act this field is, if it is one."""
    if isinstance(column, Column) and len(column.path) == 2:
        table, _ = column.path
        if table.startswith("attestation[") and table.endswith("]"):
            return table[len("attestation[") : -1]
    return None


def attestation(
    id: str,
    clause: Clause,
    subject: type[Entity] = County,
    *,
    applies: Condition = ALWAYS,
    due: tuple[Term, ...] = (),
    scope: Example | None = None,
    **more: Any,
) -> Rule:
    """A rule that only a recorded act can satisfy: 加强…, 落实…, 制定…方案.

    The act is read from the `attestation` ledger; a clause without a row there is unknown.
    `scope` gives the examples a subject that `applies` speaks of.
    """
    act, day = done(clause, subject), done_on(clause, subject)
    inside = dict(scope or {})
    kept = {**inside, act: True}
    if due:
        kept[day] = due[0].due
    return Rule(
        id=id,
        clause=clause,
        subject=subject,
        applies=applies,
        requires=act & day.happened() if due else act,
        due=due,
        keeps=(kept,),
        breaks=({**inside, act: False},),
        **more,
    )


def named(rules: Mapping[str, Any], id: str) -> Any:
    """The rule called `id`.

    Raises:
        RuleError: there is none; the nearest id is named.
    """
    if id not in rules:
        raise RuleError(f"no rule is called {id!r}; {nearest(id, rules)}")
    return rules[id]
