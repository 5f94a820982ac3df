"""Check one subject against every duty of its ledger: for a service, or a form being filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import attrs

from airplan_core import verdict
from airplan_core.assessment import Assessment
from airplan_core.backends import scalar
from airplan_core.derived import derive
from airplan_core.duty import Duty
from airplan_core.entities import Entity, ledger_of
from airplan_core.errors import AirplanError, RuleError, nearest
from airplan_core.facts import Facts
from airplan_core.rulebook import Rulebook
from airplan_core.verdict import SHORT


@attrs.frozen(kw_only=True)
class Verdict:
    """How one subject stands to one duty on a date."""

    duty: Duty
    possible: int

    @property
    def outcome(self) -> str:
        """The outcome's name, or UNKNOWN."""
        return verdict.named(self.possible)

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.duty.rule.id


class Verdicts(Sequence[Verdict]):
    """The verdicts on one subject: outcomes computed at once, records made when looked at."""

    __slots__ = ("duties", "possible")

    def __init__(self, duties: Sequence[Duty], possible: Sequence[int]) -> None:
        self.duties = duties
        self.possible = possible

    def __len__(self) -> int:
        return len(self.possible)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Verdicts(self.duties[place], self.possible[place])
        return Verdict(duty=self.duties[place], possible=self.possible[place])

    def __iter__(self) -> Iterator[Verdict]:
        for duty, possible in zip(self.duties, self.possible, strict=True):
            yield Verdict(duty=duty, possible=possible)

    def __repr__(self) -> str:
        return f"Verdicts({', '.join(f'{v.duty.id}: {v.outcome}' for v in self)})"

    @property
    def falls_short(self) -> tuple[Verdict, ...]:
        """The verdicts that fall short."""
        return tuple(v for v in self if v.possible & SHORT and not v.possible & ~SHORT)


def check(rulebook: Rulebook, subject: Entity, as_of: dt.date, *related: Entity) -> Verdicts:
    """Hold one subject against every duty of its ledger.

    Args:
        rulebook: the rules in force.
        subject: the record to check.
        as_of: the day of assessment.
        related: the records its references lead to, and whatever else its duties read
            (recorded acts, granted exemptions, the rows of a metric); without them those facts
            are unknown.

    Raises:
        RuleError: the rulebook has no duty for such a subject.
    """
    duties, read = _checker(_Same(rulebook), _Same(type(subject)), as_of)
    if related:
        return Verdicts(duties, read(_related_row(rulebook, subject, as_of, related)))
    return Verdicts(duties, read(vars(subject)))


@attrs.frozen(eq=False)
class _Same:
    """A cache key by identity: what it holds never changes."""

    held: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.held is self.held

    def __hash__(self) -> int:
        return id(self.held)


@lru_cache(maxsize=256)
def _checker(same: _Same, subject: _Same, as_of: dt.date) -> tuple[Any, Any]:
    rulebook: Rulebook = same.held
    ledger = ledger_of(subject.held)
    if as_of < rulebook.plan.begins:
        raise AirplanError(f"{as_of} lies before the plan begins on {rulebook.plan.begins}")
    duties = rulebook.by_entity.get(subject.held)
    if not duties:
        known = [ledger_of(entity).name for entity in rulebook.by_entity]
        raise RuleError(f"no rule is about {ledger.name!r}; {nearest(ledger.name, known)}")
    return duties, scalar.compiled(duties, as_of)


def _related_row(
    rulebook: Rulebook, subject: Entity, as_of: dt.date, related: Sequence[Entity]
) -> dict[str, Any]:
    facts = derive(Facts.of(subject, *related), rulebook.entities, rulebook.choices)
    return Assessment(rulebook=rulebook, facts=facts, as_of=as_of).row(type(subject), subject.id)
