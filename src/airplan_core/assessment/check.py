"""Check one subject against every duty of its ledger: for a service, or a form being filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
import polars as pl

from airplan_core.assessment.verdicts import select
from airplan_core.engines.engine import row
from airplan_core.engines.polars.engine import Tables
from airplan_core.engines.scalar import compiled
from airplan_core.errors import FactsError, RuleError, nearest
from airplan_core.facts.derived import derive
from airplan_core.facts.facts import Facts
from airplan_core.facts.names import each_once
from airplan_core.model import outcome as verdict
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.outcome import SHORT
from airplan_core.rulebook.rulebook import Rulebook

#: For how many ledgers and days a rulebook keeps what was generated.
_KEPT = 256


@attrs.frozen(kw_only=True)
class Verdict:
    """How one subject stands to one duty on a date."""

    duty: Duty
    possible: int
    _row: Callable[[str], dict[str, Any]] = attrs.field(repr=False, eq=False)

    def to_dict(self) -> dict[str, Any]:
        """The verdict as a service answers it.

        The rule, its duty, clause and sentence; `outcome`, and those `possible` where several are;
        what is `missing`; `due`, `measured`, `limit`, `margin` and its `unit`; the `departments`,
        and of which of them it is not known (`departments_open`).
        """
        clause = self.duty.clause
        told = self._row(self.duty.id)
        return {
            "rule": self.rule, "duty": self.duty.id, "clause": clause.id, "text": clause.text,
            "outcome": self.outcome, "possible": list(verdict.members(self.possible)),
            **{
                name: told.get(name)
                for name in ("missing", "due", "measured", "limit", "margin", "unit",
                             "departments", "departments_open")
            },
        }  # fmt: skip

    @property
    def outcome(self) -> str:
        """The outcome's name, or UNKNOWN."""
        return verdict.outcome_name(self.possible)

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.duty.rule.id


class Verdicts(Sequence[Verdict]):
    """The verdicts on one subject: outcomes computed at once, records made when looked at."""

    __slots__ = ("_made", "_told", "duties", "possible")

    def __init__(
        self,
        duties: Sequence[Duty],
        possible: Sequence[int],
        told: Callable[[], Mapping[str, dict[str, Any]]] = dict,
    ) -> None:
        self.duties = duties
        self.possible = possible
        self._told = told
        self._made: Mapping[str, dict[str, Any]] | None = None

    def _row(self, duty: str) -> dict[str, Any]:
        """What is told of a duty beside its outcome; made when it is first asked for."""
        if self._made is None:
            self._made = self._told()
        return self._made.get(duty, {})

    def __len__(self) -> int:
        return len(self.possible)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Verdicts(self.duties[place], self.possible[place], self._told)
        return Verdict(duty=self.duties[place], possible=self.possible[place], row=self._row)

    def __iter__(self) -> Iterator[Verdict]:
        for duty, possible in zip(self.duties, self.possible, strict=True):
            yield Verdict(duty=duty, possible=possible, row=self._row)

    def __repr__(self) -> str:
        return f"Verdicts({', '.join(f'{v.duty.id}: {v.outcome}' for v in self)})"

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes' names, duty by duty; UNKNOWN where several are still possible."""
        return tuple(map(verdict.outcome_name, self.possible))

    @property
    def falls_short(self) -> tuple[Verdict, ...]:
        """The verdicts that fall short."""
        return tuple(v for v in self if v.possible & SHORT and not v.possible & ~SHORT)


def check(
    rulebook: Rulebook,
    subject: Entity,
    as_of: dt.date,
    *related: Entity,
    none: Iterable[type[Entity]] = (),
) -> Verdicts:
    """Hold one subject against every duty of its ledger.

    Args:
        rulebook: the rules in force.
        subject: the record to check.
        as_of: the day of assessment.
        related: the records its references lead to, and whatever else its duties read
            (recorded acts, granted exemptions, the rows of a metric); without them those facts
            are unknown.
        none: the ledgers of which there is no row, as `Facts.of` has them: what its duties read of
            those is nothing, not unknown.

    Raises:
        RuleError: the rulebook has no duty for such a subject.
        FactsError: two of the records have one id, or one key of their ledger.
        AirplanError: the day lies before the plan begins, or is implausible.
    """
    key = type(subject), as_of, bool(related or none)
    made = rulebook.checkers.get(key)
    if made is None:
        if len(rulebook.checkers) >= _KEPT:
            rulebook.checkers.clear()  # of days gone by
        made = rulebook.checkers[key] = _checker(rulebook, *key)
    duties, read = made
    if not key[-1]:
        alone = partial(_told, rulebook, subject, as_of)
        return Verdicts(duties, read(vars(subject)), lambda: alone(Facts.of(subject)))
    facts = Facts.of(subject, *related, none=none)
    problems = list(each_once(facts, rulebook.entities))
    if problems:
        raise FactsError(problems)
    facts = derive(facts, rulebook.entities, rulebook.choices)
    tables = Tables(rulebook=rulebook, facts=facts, as_of=as_of)
    found = read(row(tables, type(subject), subject.id))
    return Verdicts(duties, found, lambda: _told(rulebook, subject, as_of, facts))


def _told(
    rulebook: Rulebook, subject: Entity, as_of: dt.date, facts: Facts
) -> dict[str, dict[str, Any]]:
    """The rows of the table of verdicts that are the subject's, by duty."""
    tables = Tables(rulebook=rulebook, facts=facts, as_of=as_of)
    mine = rulebook.by_entity.get(type(subject), ())
    rows = select(tables, *verdict.NAMES, among=mine).filter(pl.col("subject") == subject.id)
    return {row["duty"]: row for row in rows.iter_rows(named=True)}


def _checker(
    rulebook: Rulebook, subject: type[Entity], as_of: dt.date, related: bool
) -> tuple[Sequence[Duty], Callable[[Any], Sequence[int]]]:
    """The duties of a ledger, and the function that decides them; alone, nothing is granted."""
    if not issubclass(subject, Entity):
        raise RuleError("check() holds one record against the rules: Kiln(id=…), not a ledger")
    ledger = ledger_of(subject)
    rulebook.assessed(as_of)
    duties = rulebook.by_entity.get(subject, ())
    if not duties and subject not in (of := {duty.subject for duty in rulebook.flattened}):
        known = sorted(ledger_of(entity).name for entity in of)
        raise RuleError(f"no rule is about {ledger.name!r}; {nearest(ledger.name, known)}")
    return duties, compiled(duties, as_of, exemptions=related)
