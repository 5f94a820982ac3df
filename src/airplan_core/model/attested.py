"""Recorded acts as columns, and the rules that only a recorded act can satisfy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

import attrs

from airplan_core.model.clause import Clause
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.example import on
from airplan_core.model.fields import Event, Flag, Moment
from airplan_core.model.ledgers import Attestation, County
from airplan_core.model.period import Term
from airplan_core.model.rule import Rule
from airplan_core.model.several import all_of
from airplan_core.model.tree import ALWAYS, Column, Condition, Expr, Later

#: What stands before and after an act in the names of its columns, and before its period.
_BEFORE, _AFTER, _OF = "attestation[", "]", "@"


@attrs.frozen
class Act:
    """What a clause asks to be done, and for which period where it asks it for each."""

    clause: str
    period: str = ""

    @property
    def table(self) -> str:
        """What stands before the names of its columns."""
        of = f"{_OF}{self.period}" if self.period else ""
        return f"{_BEFORE}{self.clause}{of}{_AFTER}"

    def column(self, name: str) -> str:
        """The column in which a subject has `done` or `done_on` of it."""
        return f"{self.table}.{name}"


def done(clause: Clause, subject: type[Entity] = County) -> Flag:
    """Whether the act that a clause asks for is recorded as done, for a subject."""
    return cast("Flag", _attested(clause, subject, "done"))


def done_on(clause: Clause, subject: type[Entity] = County) -> Event:
    """The day on which the act that a clause asks for was done, for a subject."""
    return cast("Event", _attested(clause, subject, "done_on"))


def _attested(clause: Clause, subject: type[Entity], name: str) -> Any:
    return ledger_of(Attestation).column(name).bound(subject, Act(clause.id).table, name)


def act_of(column: Expr) -> Act | None:
    """The recorded act that this field is of, if it is of one."""
    if isinstance(column, Column) and len(column.path) == 2:
        table, _ = column.path
        if table.startswith(_BEFORE) and table.endswith(_AFTER):
            clause, _, period = table[len(_BEFORE) : -len(_AFTER)].partition(_OF)
            return Act(clause, period)
    return None


def acts_of(leaves: Iterable[Expr]) -> tuple[Act, ...]:
    """The recorded acts that some fields are of, each once."""
    return tuple(dict.fromkeys(filter(None, map(act_of, leaves))))


def recorded(column: Column, period: str = "") -> Column:
    """A field of a recorded act as it is recorded for a period; any other field as it is."""
    act = act_of(column)
    if act is None or column.entity is None:
        return column
    return column.bound(column.entity, Act(act.clause, period).table, column.path[-1])


def attestation(
    id: str,
    clause: Clause,
    subject: type[Entity] = County,
    *,
    applies: Condition = ALWAYS,
    due: tuple[Term, ...] = (),
    **more: Any,
) -> Rule:
    """A rule that only a recorded act can satisfy: 加强…, 落实…, 制定…方案.

    The act is read from the `attestation` ledger; a clause without a row there is unknown. What is
    due every year is recorded for each, in `period`.
    `more` is what any rule may say: where `applies` limits it, `speaks_of` for its examples.
    """
    all_of(Term, due, f"attestation {id!r}: due", 'by("2024-12-31") or during(2024)')
    act, day = done(clause, subject), done_on(clause, subject)
    kept: Any = {act: True}
    broken: Any = {act: False}
    if due and isinstance(due[0].due, Later):
        # what begins the days, and what is done on that very day
        start = due[0].due.column
        morning = dt.datetime.combine(clause.plan.begins, dt.time())
        begun = {start: morning if isinstance(start, Moment) else clause.plan.begins}
        kept |= {**begun, day: clause.plan.begins}
        broken |= begun
    elif due:
        kept |= {day: due[0].due}
    if due and due[0].begins is not None and isinstance(due[0].due, dt.date):
        # of later years nothing is recorded yet
        kept = on(str(due[0].due + dt.timedelta(days=1)), kept)
    return Rule(
        id=id,
        clause=clause,
        subject=subject,
        applies=applies,
        requires=act & day.happened() if due else act,
        due=due,
        keeps=(kept,),
        breaks=(broken,),
        **more,
    )
