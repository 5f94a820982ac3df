"""A clash: two sentences ask different things of one subject; a reader is shown both.

The plan's own contradictions are interpretations that name the clauses they stand `between`.
Whichever reading is taken, a subject that one of the sentences is content with and the other is
not appears here, under both; an enterprise also where one of them is about its industry.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import polars as pl

from airplan_core.engines.engine import Engine
from airplan_core.engines.standing import outcome_name
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.interpretation import Interpretation
from airplan_core.model.outcome import SHORT, SHORT_NAMES, Outcome

#: The columns of a table of clashes, in order.
CLASH_SCHEMA: dict[str, Any] = {
    "question": pl.String, "entity": pl.String, "subject": pl.String,
    "duty": pl.String, "clause": pl.String, "outcome": pl.String,
    "other_duty": pl.String, "other_clause": pl.String, "other_outcome": pl.String,
}  # fmt: skip

_FALLS = [bits for bits in range(1, 256) if not bits & ~SHORT]
_SETTLED = Outcome.COMPLIANT | Outcome.LATE | Outcome.EXEMPT | Outcome.PENDING
_HOLDS = [bits for bits in range(1, 256) if not bits & ~_SETTLED]


def clashes(engine: Engine) -> pl.DataFrame:
    """Every subject that falls short of one clashing sentence and not of the other."""
    frames = [pl.DataFrame(schema=CLASH_SCHEMA)]
    for question in engine.rulebook.interpretations.values():
        for one, other in _pairs(engine, question):
            frames.append(_differing(engine, question, one, other))
    return pl.concat(frames)


def _pairs(engine: Engine, question: Interpretation) -> Iterator[tuple[Duty, Duty]]:
    """The duties of different rules that the question stands between, about one subject."""
    duties = engine.rulebook.duties
    falls = {id for id, found in engine.counted.items() if not found.keys().isdisjoint(SHORT_NAMES)}
    sides = [
        [duty for duty in duties if any(clause.id in side for clause in duty.rule.clauses)]
        for side in question.between
    ]
    for these, those in combinations(sides, 2):
        for one, other in product(these, those):
            differ = one.rule.id != other.rule.id and bool({one.id, other.id} & falls)
            if differ and _own(question, one, other) is not None:
                yield one, other


def _own(question: Interpretation, one: Duty, other: Duty) -> type[Entity] | None:
    """Whose subjects both duties are about, one of them by what they belong to, if they are."""
    if one.subject is other.subject:
        return one.subject
    named = question.through.entity if question.through is not None else None
    return next((each for each in (one.subject, other.subject) if each is named), None)


def _differing(engine: Engine, question: Interpretation, one: Duty, other: Duty) -> pl.DataFrame:
    first, second = pl.col(one.id), pl.col(other.id)
    differ = (first.is_in(_FALLS) & second.is_in(_HOLDS)) | (
        first.is_in(_HOLDS) & second.is_in(_FALLS)
    )
    strengths = first.is_in(_FALLS) & second.is_in(_FALLS) & (first != second)
    found = _standing(engine, question, one, other).filter(differ | strengths)
    own: Any = _own(question, one, other)
    return found.select(
        question=pl.lit(question.id),
        entity=pl.lit(ledger_of(own).name),
        subject="id",
        duty=pl.lit(one.id),
        clause=pl.lit(one.clause.id),
        outcome=outcome_name(first),
        other_duty=pl.lit(other.id),
        other_clause=pl.lit(other.clause.id),
        other_outcome=outcome_name(second),
    )


def _standing(engine: Engine, question: Interpretation, one: Duty, other: Duty) -> pl.DataFrame:
    """How subjects stand to two duties, to one of them by what they belong to: `id`, and bits."""
    if one.subject is other.subject:
        return engine.outcomes([one, other], _FALLS)
    field: Any = question.through
    own, common = (one, other) if one.subject is field.entity else (other, one)
    belong = engine.fields(own.subject, field).cast({field.name: pl.String})
    return (
        engine.outcomes([own], [*_FALLS, *_HOLDS])
        .join(belong, on="id")
        .join(engine.outcomes([common]), left_on=field.name, right_on="id")
    )
