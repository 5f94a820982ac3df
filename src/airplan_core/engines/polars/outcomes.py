"""A duty over a whole ledger: its truth values as columns, and the outcomes they come to."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import attrs
import polars as pl

from airplan_core.engines.polars.tested import Tested
from airplan_core.engines.standing import masked
from airplan_core.model.duty import Duty
from airplan_core.model.metric import Metric, leaves
from airplan_core.model.outcome import FALSE, OPEN, TRUE, Outcome, index
from airplan_core.model.times import Later
from airplan_core.model.tree import (
    Always,
    Arises,
    Arithmetic,
    Column,
    Condition,
    Expr,
)
from airplan_core.readers.ends import highest
from airplan_core.readers.polars import condition, negation, number, own


@attrs.frozen
class Parts:
    """A duty's truth values as columns: what decides its outcome.

    None stands for what is the same in every row: it applies, is not exempt, is met in time where
    it is met at all, and can still be as long as it is open.
    """

    applies: pl.Expr | None
    exempt: pl.Expr | None
    met: pl.Expr
    in_time: pl.Expr | None


def parts(duty: Duty, as_of: dt.date, *, exemptions: bool = True) -> Parts:
    """The duty's truth values on a day; granted exemptions only where the table has them."""
    on = duty.grounds(as_of)
    exempt = None if on.exempt is None else condition(on.exempt, as_of)
    if exemptions:
        column = pl.col(duty.granted)
        exempt = column if exempt is None else column | exempt
    return Parts(
        applies=None if isinstance(on.applies, Always) else condition(on.applies, as_of),
        exempt=exempt,
        met=condition(on.met, as_of),
        in_time=None if on.in_time is None else condition(on.in_time, as_of),
    )


#: From so many rows on, a ledger is worth a plan that goes through it part by part, each of which
#: stays in the processor's caches for all the duties.
LONG = 1_000_000


def computed(table: pl.DataFrame, columns: Iterable[pl.Expr]) -> pl.DataFrame:
    """Columns of a table, one for each of its rows."""
    if table.height < LONG:
        return table.select(columns)
    return table.lazy().select(columns).collect(engine="streaming")


def truths(duty: Duty, as_of: dt.date, *, exemptions: bool = True) -> list[pl.Expr]:
    """The duty's truth values as columns of their own, `DUTY met`: an eighth of a byte each.

    What an outcome is follows from them where someone looks (`decided`); how many subjects stand
    how does without a single outcome (`counts`).
    """
    found = parts(duty, as_of, exemptions=exemptions)
    return [
        part.alias(f"{duty.id} {name}")
        for name, part in attrs.asdict(found, recurse=False).items()
        if part is not None
    ]


def _columns(duty: Duty, as_of: dt.date, *, exemptions: bool) -> Parts:
    """The columns that `truths` makes."""
    on = duty.grounds(as_of)
    applies = not isinstance(on.applies, Always)
    return Parts(
        applies=pl.col(f"{duty.id} applies") if applies else None,
        exempt=pl.col(f"{duty.id} exempt") if exemptions or duty.exempt is not None else None,
        met=pl.col(f"{duty.id} met"),
        in_time=None if on.in_time is None else pl.col(f"{duty.id} in_time"),
    )


def decided(duty: Duty, as_of: dt.date, *, exemptions: bool = True) -> pl.Expr:
    """The set of possible outcomes, from the columns that `truths` makes."""
    return decide(_columns(duty, as_of, exemptions=exemptions), duty, as_of)


def counts(duty: Duty, as_of: dt.date, *, exemptions: bool = True) -> dict[str, pl.Expr]:
    """How many rows come to each outcome that is one, from the columns that `truths` makes."""
    found = _columns(duty, as_of, exemptions=exemptions)
    rows: dict[str, pl.Expr] = {}
    held: list[pl.Expr] = []

    def among(*tests: pl.Expr) -> pl.Expr:
        return functools.reduce(operator.and_, (*held, *tests))

    if found.applies is not None:
        rows[_name(Outcome.NOT_APPLICABLE)] = ~found.applies
        held.append(found.applies)
    if found.exempt is not None:
        rows[_name(Outcome.EXEMPT)] = among(found.exempt, ~found.met.fill_null(value=False))
    in_time = found.in_time
    if in_time is None or not duty.can_be_late(as_of):
        rows[_name(Outcome.COMPLIANT)] = among(found.met)
    else:
        rows[_name(Outcome.COMPLIANT)] = among(found.met, in_time)
        rows[_name(Outcome.LATE)] = among(found.met, ~in_time)
    if found.exempt is not None:
        held.append(~found.exempt)
    held.append(~found.met)
    short = _name(duty.short())
    if not duty.open(as_of):
        rows[short] = among()
    elif in_time is None:
        rows[_name(Outcome.PENDING)] = among()
    else:
        rows[_name(Outcome.PENDING)] = among(in_time)
        rows[short] = among(~in_time)
    return {name: row.sum().cast(pl.Int64).alias(f"{duty.id} {name}") for name, row in rows.items()}


def answers(duty: Duty, department: str, as_of: dt.date) -> pl.Expr:
    """Whether a department answers for the row, or may."""
    return condition(duty.falls_to(department), as_of).fill_null(value=True)


def mask(duty: Duty, as_of: dt.date) -> pl.Expr:
    """Which departments answer for the row, or may, as a number: see `standing.masked`."""
    some = enumerate(masked(duty))
    bits = (answers(duty, name, as_of).cast(pl.Int64) * 2**place for place, name in some)
    return functools.reduce(operator.add, bits, pl.lit(0, pl.Int64)).alias("mask")


def told(asked: Iterable[str], counts: Iterable[int], height: int) -> dict[str, int]:
    """How many rows stand how: by the names that `counts` has, and all others are open."""
    stand = {name: count for name, count in zip(asked, counts, strict=False) if count}
    unknown = height - sum(stand.values())
    return stand | ({"UNKNOWN": unknown} if unknown else {})


def _name(outcome: Outcome) -> str:
    return str(outcome.name)


def falls_short(duty: Duty, as_of: dt.date, *, exemptions: bool = False) -> pl.Expr:
    """One nullable Boolean: the subject falls short of the duty, does not, or cannot be told."""
    on = duty.grounds(as_of)
    if duty.own is not None:
        short = negation(on.met, as_of)
        if on.in_time is not None:
            short = short & negation(on.in_time, as_of)
    elif duty.open(as_of):
        if on.in_time is None:
            return pl.lit(value=False)
        short = negation(on.in_time, as_of)
    else:
        short = negation(on.met, as_of)
    if exemptions:
        short = short & ~pl.col(duty.granted)
    if on.exempt is not None:
        short = short & negation(on.exempt, as_of)
    if not isinstance(on.applies, Always):
        short = condition(on.applies, as_of) & short
    return short


def outcome(duty: Duty, as_of: dt.date, *, exemptions: bool = False) -> pl.Expr:
    """The set of possible outcomes as a UInt8 of `Outcome` bits."""
    return decide(parts(duty, as_of, exemptions=exemptions), duty, as_of)


def decide(found: Parts, duty: Duty, as_of: dt.date) -> pl.Expr:
    """The set of possible outcomes that truth values lead to.

    What an undecided condition leaves possible is what both its answers lead to.
    """
    table = duty.outcomes(as_of)

    def by_day(met: int, exempt: int) -> _Bits:
        if found.in_time is None:
            return table[index(TRUE, exempt, met, TRUE)]
        days = (table[index(TRUE, exempt, met, day)] for day in (TRUE, FALSE, OPEN))
        return _chosen(found.in_time, *days)

    def excused(met: int) -> _Bits:
        if found.exempt is None or met == TRUE:
            return by_day(met, FALSE)
        # whether an exemption is granted is always known
        open_ = FALSE if duty.exempt is None else OPEN
        return _chosen(found.exempt, *(by_day(met, exempt) for exempt in (TRUE, FALSE, open_)))

    bits = _chosen(found.met, *map(excused, (TRUE, FALSE, OPEN)))
    if found.applies is not None:
        outside = int(Outcome.NOT_APPLICABLE)
        bits = _chosen(found.applies, bits, outside, _column(bits) | _column(outside))
    return _column(bits)


#: A set of outcomes: the same for every row, or a column.
_Bits: TypeAlias = "int | pl.Expr"


def _column(bits: _Bits) -> pl.Expr:
    return _set(int(bits)) if isinstance(bits, int) else bits


@functools.cache
def _set(bits: int) -> pl.Expr:
    """A set of outcomes as a column; each is made once."""
    return pl.lit(bits, pl.UInt8)


def _chosen(test: pl.Expr, yes: _Bits, no: _Bits, open_: _Bits) -> _Bits:
    """One of three, by a truth value."""
    if _same(no, open_):
        if _same(yes, no):
            return yes
        return pl.when(test).then(_column(yes)).otherwise(_column(no))
    return pl.when(test).then(_column(yes)).when(~test).then(_column(no)).otherwise(_column(open_))


def _same(one: _Bits, other: _Bits) -> bool:
    return one is other or (isinstance(one, int) and isinstance(other, int) and one == other)


def gaps(duty: Duty, rows: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """For each fact a column: whether it is unknown and keeps the duty undecided.

    What no `and`, `or` or `not` joins is tested once, and its truth values are columns.
    """
    asked = duty.asked(as_of)
    tested = Tested(
        rows,
        (tree for one in asked for tree in (one.tree, *(tree for tree, _ in one.unless))),
        as_of,
    )

    def idle(tree: Condition, value: bool) -> pl.Expr:
        came_out = tested(tree)
        return (came_out if value else ~came_out).fill_null(value=False)

    found: dict[str, pl.Expr] = {}
    for one in asked:
        still = None
        if one.unless:
            still = ~functools.reduce(operator.or_, (idle(*other) for other in one.unless))
        for name, gap in _gaps(one.tree, tested, still):
            found[name] = found[name] | gap if name in found else gap
    return tested.rows.select_seq(
        gap.fill_null(value=False).alias(name) for name, gap in found.items()
    )


def _gaps(node: Expr, tested: Tested, undecided: pl.Expr | None) -> Iterator[tuple[str, pl.Expr]]:
    """Each fact below a condition: whether it is unknown while all above it is undecided."""

    def too(test: pl.Expr) -> pl.Expr:
        return test if undecided is None else undecided & test

    if isinstance(node, Condition):
        undecided = too(tested(node).is_null())
    if isinstance(node, Column):
        yield node.name, too(pl.col(node.name).is_null())
    elif isinstance(node, Metric):
        low, high = map(pl.col, node.ends)
        yield node.name, too((low == high).fill_null(value=False).not_())
    elif isinstance(node, Arises):
        yield from ((metric.name, too(pl.lit(value=True))) for metric in leaves(node))
    elif isinstance(node, Later) and node.working_days:
        # a date from which the working days are not known
        yield node.column.name, too(own(node).is_null())
    elif isinstance(node, Arithmetic) and node.op == "/":
        # a divisor that is known to be 0 leaves open what is compared
        for leaf in leaves(node.right):
            nothing = number(highest(node.right)) <= 0
            yield leaf.name, too(nothing.fill_null(value=False))
    for child in node.children():
        yield from _gaps(child, tested, undecided)
