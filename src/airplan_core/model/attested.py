"""Recorded acts as columns, and the rules that only a recorded act can satisfy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

import attrs

from airplan_core.model.clause import Clause
from airplan_core.model.dated import Event, Moment
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.example import on
from airplan_core.model.fields import Flag
from airplan_core.model.ids import folded
from airplan_core.model.ledgers import Attestation, County
from airplan_core.model.period import Term
from airplan_core.model.rule import Rule
from airplan_core.model.several import all_of
from airplan_core.model.times import Later
from airplan_core.model.tree import ALWAYS, Column, Condition, Expr, whole

#: What stands before and after an act in the names of its columns, before its period and its part.
_BEFORE, _AFTER, _OF, _PART = "attestation[", "]", "@", "#"


@attrs.frozen
class Act:
    """What a clause asks to be done, for which period where it asks it for each, and which part."""

    clause: str
    period: str = ""
    part: str = ""

    @property
    def named(self) -> str:
        """Its clause as the ledger has it: 2.3.3(2)-3 and 2.3.3（2）-3 are one."""
        return folded(self.clause)

    @property
    def table(self) -> str:
        """What stands before the names of its columns."""
        of = f"{_OF}{self.period}" if self.period else ""
        part = f"{_PART}{self.part}" if self.part else ""
        return f"{_BEFORE}{self.clause}{of}{part}{_AFTER}"

    def column(self, name: str) -> str:
        """The column in which a subject has `done` or `done_on` of it."""
        return f"{self.table}.{name}"


def done(clause: Clause, subject: type[Entity] = County, part: str = "") -> Flag:
    """Whether the act that a clause asks for, or a part of it, is recorded as done."""
    return cast("Flag", _attested(clause, subject, "done", part))


def done_on(clause: Clause, subject: type[Entity] = County, part: str = "") -> Event:
    """The day on which the act that a clause asks for, or a part of it, was done."""
    return cast("Event", _attested(clause, subject, "done_on", part))


def _attested(clause: Clause, subject: type[Entity], name: str, part: str) -> Any:
    act = Act(clause.id, part=folded(part))
    return ledger_of(Attestation).column(name).bound(subject, act.table, name)


def act_of(column: Expr) -> Act | None:
    """The recorded act that this field is of, if it is of one."""
    if isinstance(column, Column) and len(column.path) == 2:
        table, _ = column.path
        if table.startswith(_BEFORE) and table.endswith(_AFTER):
            named, _, part = table[len(_BEFORE) : -len(_AFTER)].partition(_PART)
            clause, _, period = named.partition(_OF)
            return Act(clause, period, part)
    return None


def acts_of(leaves: Iterable[Expr]) -> tuple[Act, ...]:
    """The recorded acts that some fields are of, each once."""
    return tuple(dict.fromkeys(filter(None, map(act_of, leaves))))


def recorded(column: Column, period: str = "") -> Column:
    """A field of a recorded act as it is recorded for a period; any other field as it is."""
    act = act_of(column)
    if act is None or column.entity is None:
        return column
    return column.bound(column.entity, Act(act.clause, period, act.part).table, column.path[-1])


def attestation(
    id: str,
    clause: Clause,
    subject: type[Entity] = County,
    *,
    applies: Condition = ALWAYS,
    due: tuple[Term, ...] = (),
    parts: tuple[str, ...] = (),
    **more: Any,
) -> Rule:
    """A rule that only a recorded act can satisfy: 加强…, 落实…, 制定…方案.

    The act is read from the `attestation` ledger; a clause without a row there is unknown. What is
    due every year is recorded for each, in `period`. Where the sentence asks for several `parts`,
    制定计划和实施方案, each is recorded by its name.
    `more` is what any rule may say: where `applies` limits it, `speaks_of` for its examples.
    """
    all_of(Term, due, f"attestation {id!r}: due", 'by("2024-12-31") or during(2024)')
    all_of(str, parts, f"attestation {id!r}: parts", '("计划", "实施方案")')
    acts = [(done(clause, subject, one), done_on(clause, subject, one)) for one in parts or ("",)]
    asked = [act & day.happened() if due else act for act, day in acts]
    kept: Any = {act: True for act, _ in acts}
    broken: Any = {acts[-1][0]: False}
    if due and isinstance(due[0].due, Later):
        # what begins the days, and what is done on that very day
        start = due[0].due.column
        morning = dt.datetime.combine(clause.plan.begins, dt.time())
        begun = {start: morning if isinstance(start, Moment) else clause.plan.begins}
        kept |= begun | {day: clause.plan.begins for _, day in acts}
        broken |= begun
    elif due:
        kept |= {day: due[0].due for _, day in acts}
    if due and due[0].begins is not None and isinstance(due[0].due, dt.date):
        # of later years nothing is recorded yet
        kept = on(str(due[0].due + dt.timedelta(days=1)), kept)
    return Rule(
        id=id,
        clause=clause,
        subject=subject,
        applies=applies,
        requires=whole("、".join(parts), *asked, en=", ".join(parts)) if parts else asked[0],
        due=due,
        keeps=(kept,),
        breaks=(broken,),
        **more,
    )
