"""What a verdict says beside its outcome: how far off, what is missing, what else is possible."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from typing import Any, TypeAlias

import attrs
import polars as pl

from airplan_core import verdict
from airplan_core.backends import polars as columns
from airplan_core.dates import NEVER
from airplan_core.duty import Duty
from airplan_core.entities import ledger_of
from airplan_core.expr import And, Compare, Expr, Happened, Not, Number, Or
from airplan_core.verdict import SHORT, Outcome

#: For every set of outcomes its name, its members, and whether it is undecided.
_NAMES = pl.Series([verdict.named(bits) for bits in range(256)])
_MEMBERS = pl.Series([list(verdict.members(bits)) for bits in range(256)], dtype=pl.List(pl.String))
_UNDECIDED = pl.Series([bits.bit_count() != 1 for bits in range(256)])

#: A comparison, and whether it stands under a negation.
Headline: TypeAlias = tuple[Compare, bool]


def details(duty: Duty, table: pl.DataFrame, possible: pl.Series, as_of: dt.date) -> pl.DataFrame:
    """The verdicts of one duty on the rows of a table, in the columns of `VERDICT_SCHEMA`.

    Args:
        duty: the duty.
        table: its subjects, with everything it reads attached.
        possible: for each row the set of outcomes still possible.
        as_of: the day of assessment.
    """
    bits = possible.alias("bits")
    unknown = _UNDECIDED.gather(bits.cast(pl.UInt32))
    missing = columns.missing(duty, as_of) if unknown.any() else pl.lit(None)
    frame = table.with_columns(bits, unknown.alias("undecided"), _otherwise(duty, as_of))
    nothing = pl.lit(None, pl.List(pl.String))
    place = pl.col("bits").cast(pl.UInt32)
    rule, clause = duty.rule, duty.clause
    return frame.select(
        rule=pl.lit(rule.id),
        clause=pl.lit(clause.id),
        campaign=pl.lit(clause.campaign),
        entity=pl.lit(ledger_of(duty.subject).name),
        subject="id",
        due=pl.lit(duty.due, pl.Date),
        outcome=pl.lit(_NAMES).gather(place),
        **measures(duty, as_of),
        missing=pl.when("undecided").then(missing).otherwise(nothing),
        possible=pl.when("undecided").then(pl.lit(_MEMBERS).gather(place)).otherwise(nothing),
        otherwise=pl.when(pl.col("bits") == int(Outcome.EXEMPT)).then("otherwise"),
        departments=pl.lit(pl.Series([list(clause.departments)])).first(),
        duty=pl.lit(duty.id),
    )


def _otherwise(duty: Duty, as_of: dt.date) -> pl.Expr:
    """The outcome that the row would have without any exemption."""
    found = columns.parts(duty, as_of)
    bare = attrs.evolve(found, exempt=None)
    bits = columns.decide(bare, duty, as_of).cast(pl.UInt32)
    return pl.lit(_NAMES).gather(bits).alias("otherwise")


def measures(duty: Duty, as_of: dt.date) -> dict[str, pl.Expr]:
    """The columns `measured`, `limit`, `margin` and `unit` of a duty's table."""
    applies = pl.col("bits") & int(Outcome.NOT_APPLICABLE) == 0
    found = headline(duty.requires)
    if found is not None:
        compare, negated = found
        left, right = columns.number(compare.left), columns.number(compare.right)
        upper = (compare.op in ("<", "<=")) is not negated
        unit = getattr(compare.left, "measure", "")
        return {
            "measured": left,
            "limit": right,
            "margin": pl.when(applies).then(right - left if upper else left - right),
            "unit": pl.lit(unit),
        }
    empty = pl.lit(None, pl.Float64)
    if not duty.timed or duty.due is None:
        return {"measured": empty, "limit": empty, "margin": empty, "unit": pl.lit(None, pl.String)}
    done = completed_on(duty.requires)
    over = pl.lit(duty.due) - pl.lit(as_of)
    met = pl.col("bits").is_in([int(Outcome.COMPLIANT), int(Outcome.LATE)])
    if done is not None:
        over = pl.when(met).then(pl.lit(duty.due) - done).otherwise(over)
    owed = ~pl.col("undecided") & (
        pl.col("bits") & int(SHORT | Outcome.PENDING | Outcome.COMPLIANT | Outcome.LATE) != 0
    )
    return {
        "measured": empty,
        "limit": empty,
        "margin": pl.when(applies & owed).then(over.dt.total_days().cast(pl.Float64)),
        "unit": pl.lit("天"),
    }


def headline(tree: Expr, *, negated: bool = False) -> Headline | None:
    """The first comparison of numbers in a requirement: what `margin` is measured by."""
    if isinstance(tree, Compare) and isinstance(tree.left, Number):
        return tree, negated
    for child in tree.children():
        found = headline(child, negated=negated ^ isinstance(tree, Not))
        if found is not None:
            return found
    return None


def completed_on(tree: Expr) -> pl.Expr | None:
    """The day on which a requirement made of events was met, where it was."""
    match tree:
        case Happened():
            day = pl.col(tree.column.name)
            return pl.when(day != NEVER).then(day)
        case And() | Or():
            days: list[Any] = [d for d in map(completed_on, tree.parts) if d is not None]
            join = pl.max_horizontal if isinstance(tree, And) else pl.min_horizontal
            return reduce(join, days) if days else None
    return None
