"""Recorded acts as columns, and the rules that only a recorded act can satisfy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from airplan_core.model.clause import Clause
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.fields import Event, Flag
from airplan_core.model.ledgers import Attestation, County
from airplan_core.model.period import Term
from airplan_core.model.rule import Rule
from airplan_core.model.tree import ALWAYS, Column, Condition, Expr


def done(clause: Clause, subject: type[Entity] = County) -> Flag:
    """Whether the act that a clause asks for is recorded as done, for a subject."""
    return cast("Flag", _attested(clause, subject, "done"))


def done_on(clause: Clause, subject: type[Entity] = County) -> Event:
    """The day on which the act that a clause asks for was done, for a subject."""
    return cast("Event", _attested(clause, subject, "done_on"))


#: What stands before and after a clause's id in the names of its act's columns.
_BEFORE, _AFTER = "attestation[", "]"


def _attested(clause: Clause, subject: type[Entity], name: str) -> Any:
    column = ledger_of(Attestation).column(name)
    return column.bound(subject, f"{_BEFORE}{clause.id}{_AFTER}", name)


def act_column(clause: str, name: str) -> str:
    """The column in which a subject has `done` or `done_on` of the act that a clause asks for."""
    return f"{_BEFORE}{clause}{_AFTER}.{name}"


def attested_clause(column: Expr) -> str | None:
    """The id of the clause whose recorded act this field is, if it is one."""
    if isinstance(column, Column) and len(column.path) == 2:
        table, _ = column.path
        if table.startswith(_BEFORE) and table.endswith(_AFTER):
            return table[len(_BEFORE) : -len(_AFTER)]
    return None


def attested_clauses(leaves: Iterable[Expr]) -> tuple[str, ...]:
    """The ids of the clauses whose recorded acts are among some fields, each once."""
    return tuple(dict.fromkeys(filter(None, map(attested_clause, leaves))))


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

    The act is read from the `attestation` ledger; a clause without a row there is unknown.
    `more` is what any rule may say: where `applies` limits it, `speaks_of` for its examples.
    """
    act, day = done(clause, subject), done_on(clause, subject)
    kept: dict[Any, Any] = {act: True, **({day: due[0].due} if due else {})}
    return Rule(
        id=id,
        clause=clause,
        subject=subject,
        applies=applies,
        requires=act & day.happened() if due else act,
        due=due,
        keeps=(kept,),
        breaks=({act: False},),
        **more,
    )
