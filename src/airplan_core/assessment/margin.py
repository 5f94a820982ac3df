"""How far off a verdict is: the margin of the part of the requirement that decides it.

Of what is met, that is a part that is met, of what is not, one that is not. Where several parts in
one unit decide, it is the tightest of those that are asked together, and the nearest of those of
which one is enough; of unlike parts it is the first.
"""

from __future__ import annotations

import datetime as dt
from functools import reduce

import attrs
import polars as pl

from airplan_core.engines.polars.tested import Tested
from airplan_core.model.duty import Duty
from airplan_core.model.outcome import SHORT, Outcome
from airplan_core.model.times import Happened
from airplan_core.model.tree import And, Compare, Condition, Not, Number, Or, Whole
from airplan_core.readers.polars import day_of, number, own_day

#: What a verdict says of how far off it is, and its type.
MARGINS = {"measured": pl.Float64, "limit": pl.Float64, "margin": pl.Float64, "unit": pl.String}


@attrs.frozen(kw_only=True)
class _Part:
    """A part of a requirement, as columns: whether it decides, and how far off it is."""

    decides: pl.Expr
    measured: pl.Expr
    limit: pl.Expr
    margin: pl.Expr
    unit: pl.Expr


def margins(duty: Duty, rows: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """How far off a duty's rows are, with the `bits` of their outcomes: the columns of `MARGINS`.

    A margin is positive where there is room. Of a task with a due date, what is no number is
    measured in days: left, or overdue.
    """
    table = _Table(Tested(rows, (duty.requires,), as_of))
    found = table.part(duty, as_of, duty.requires, pl.lit(value=True), negated=False)
    said = (
        pl.when(found.decides).then(getattr(found, name)).cast(kind).alias(name)
        for name, kind in MARGINS.items()
    )
    return table.rows.with_columns_seq(said).select(*MARGINS)


class _Table:
    """The rows, with a column for what every part says that is asked for more than once."""

    def __init__(self, tested: Tested) -> None:
        self.tested, self.rows, self.made = tested, tested.rows, 0

    def part(
        self, duty: Duty, as_of: dt.date, node: Condition, decides: pl.Expr, *, negated: bool
    ) -> _Part:
        """What a part of the requirement says, where it `decides`."""
        match node:
            case Not():
                return self.part(duty, as_of, node.part, decides, negated=not negated)
            case Whole() if not negated and not duty.timed:
                return _of_parts(node, decides, self.tested)
            case And() | Or():
                whole = self.tested(node)
                joint = isinstance(node, And) is not negated
                found = []
                for one in node.parts:
                    too = decides & self.tested(one).eq_missing(whole)
                    found.append(self._kept(self.part(duty, as_of, one, too, negated=negated)))
                return reduce(lambda a, b: self._kept(_of_two(a, b, joint=joint)), found)
            case Compare() if isinstance(node.left, Number):
                return _of_numbers(node, decides, self.tested(node), negated=negated)
        return _of_days(node, decides, duty, as_of, negated=negated)

    def _kept(self, part: _Part) -> _Part:
        self.made += 1
        every = {name: f"part {self.made} {name}" for name in ("decides", *MARGINS)}
        self.rows = self.rows.with_columns_seq(
            getattr(part, name).alias(column) for name, column in every.items()
        )
        return _Part(**{name: pl.col(column) for name, column in every.items()})


def _of_two(one: _Part, other: _Part, *, joint: bool) -> _Part:
    """The part that decides; of two in one unit the tighter, or where one is enough the nearer."""
    nearer = other.margin < one.margin if joint else other.margin > one.margin
    alike = (one.unit == other.unit) & nearer
    takes = other.decides & (~one.decides | alike.fill_null(value=False))
    chosen = {
        name: pl.when(takes).then(getattr(other, name)).otherwise(getattr(one, name))
        for name in MARGINS
    }
    return _Part(decides=one.decides | other.decides, **chosen)


def _of_parts(node: Whole, decides: pl.Expr, tested: Tested) -> _Part:
    """An enumeration: how many of its parts there are for sure, of how many; so many are missing.

    Of how many it is not known is no shortfall.
    """
    parts = [tested(part) for part in node.parts]
    there, missing = (
        pl.sum_horizontal((part == value).fill_null(value=False).cast(pl.Int32) for part in parts)
        for value in (True, False)
    )
    outside = pl.col("bits") == int(Outcome.NOT_APPLICABLE)
    return _Part(
        decides=decides & ~outside,
        measured=there.cast(pl.Float64),
        limit=pl.lit(float(len(parts))),
        margin=(-missing).cast(pl.Float64),
        unit=pl.lit("项"),
    )


def _of_numbers(node: Compare, decides: pl.Expr, holds: pl.Expr, *, negated: bool) -> _Part:
    """A number against a limit: the room that is left, in its unit; not asked where it is idle."""
    measured, limit = number(node.left), number(node.right)
    room = limit - measured if node.op in ("<", "<=") else measured - limit
    if node.op == "==":
        room = -room.abs()
    if negated:
        room, holds = -room, ~holds
    # what doubles lose of a difference never puts it on the other side
    sure = pl.when(holds).then(room.clip(lower_bound=0)).when(~holds)
    outside = pl.col("bits") == int(Outcome.NOT_APPLICABLE)
    return _Part(
        decides=decides,
        measured=measured,
        limit=limit,
        margin=pl.when(~outside).then(sure.then(room.clip(upper_bound=0)).otherwise(room)),
        unit=pl.lit(str(getattr(node.left, "measure", ""))),
    )


def _of_days(
    node: Condition, decides: pl.Expr, duty: Duty, as_of: dt.date, *, negated: bool
) -> _Part:
    """What is no number: of a task, the days left or overdue, or those before it was done."""
    days = pl.lit(None, pl.Float64)
    if duty.timed and (duty.due is not None or duty.own is not None):
        due = pl.lit(duty.due) if duty.own is None else own_day(duty.own)
        left, bits = (due - as_of).dt.total_days().cast(pl.Float64), pl.col("bits")
        # until the due day has passed it is not the delay that falls short
        short = bits.is_in([int(one) for one in Outcome if one & SHORT])
        owed = pl.when(left < 0).then(short).otherwise(bits == int(Outcome.PENDING))
        days = pl.when(owed).then(left)
        if isinstance(node, Happened) and not negated:
            early = (due - day_of(node.column)).dt.total_days().cast(pl.Float64)
            in_time = bits == int(Outcome.COMPLIANT)
            told = (in_time & (early >= 0)) | ((bits == int(Outcome.LATE)) & (early < 0))
            days = pl.when(told).then(early).otherwise(days)
    nothing = pl.lit(None, pl.Float64)
    return _Part(
        decides=decides & days.is_not_null(),
        measured=nothing,
        limit=nothing,
        margin=days,
        unit=pl.lit("天"),
    )
