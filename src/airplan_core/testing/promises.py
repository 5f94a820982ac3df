"""What a duty promises of any row: of which duties each promise speaks, and that it is kept.

Each is tried on days and rows on which the promise says something: what it says nothing of is
drawn anew, so that every example that counts has held it.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl
from hypothesis import assume, strategies as st

from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.scalar import compiled, decide
from airplan_core.model.duty import Duty
from airplan_core.model.fields import Counted, Measured
from airplan_core.model.metric import Leaf, Metric
from airplan_core.model.outcome import SHORT, Outcome
from airplan_core.model.tree import Compare, Condition, Constant, Staged, walk
from airplan_core.quantities import units
from airplan_core.readers.boundaries import boundaries, changed
from airplan_core.readers.scalar import Row
from airplan_core.testing.brief import facts, outcomes
from airplan_core.testing.cases import boundary_rows, days, unknown
from airplan_core.testing.examples import table_of_rows
from airplan_core.testing.strategies import rows, values

#: How long after a day the later one is at most: a period of five years, 超过五年, ends within it.
LATER = dt.timedelta(days=6 * 366)


def readers_agree(duty: Duty) -> None:
    """Every reader in this process gives one outcome for every boundary row on every day."""
    found = boundary_rows(duty)
    table = table_of_rows(duty, found)
    for day in days(duty):
        outcome = columns.outcome(duty, day, exemptions=True)
        short = columns.falls_short(duty, day, exemptions=True)
        # the row's number gives what is the same for all of them its length
        at_once = table.select(
            pl.int_range(pl.len()), outcome.alias("outcome"), short.alias("short")
        )
        read = compiled([duty], day)
        for row, other, falls in zip(found, at_once["outcome"], at_once["short"], strict=True):
            one, (third,) = decide(duty, row, day), read(row)
            every = ", ".join(map(outcomes, (one, other, third)))
            assert one == other == third, f"{facts(row)} on {day}: {every}"
            expected = (not one & ~SHORT) if one.bit_count() == 1 or not one & SHORT else None
            expected = False if not one & SHORT else expected
            assert falls == expected, (
                f"{facts(row)} on {day}: falls short is {falls}, outcome {outcomes(one)}"
            )


def measured(duty: Duty) -> list[Measured]:
    """The duty's fields that have units."""
    return [leaf for leaf in duty.leaves() if isinstance(leaf, Measured)]


def units_change_nothing(duty: Duty) -> None:
    """The same fact in another unit is the same value."""
    for leaf in measured(duty):
        low, high = leaf.bounds
        values = dict.fromkeys(v for row in boundary_rows(duty) if (v := row.get(leaf.name)))
        within = [
            value
            for value in values
            if (low is None or value >= low) and (high is None or value <= high)
        ]
        assert within, f"{leaf.title} has no value to be tried with"
        for value in within:
            for multiple, name in ((1, ""), (10_000, "万"), (100_000_000, "亿")):
                if name and leaf.unit.startswith("万"):
                    continue
                written = f"{units.plain(value / multiple)} {name}{leaf.unit}"
                assert leaf.enter(written) == value, f"{leaf.title}: {written} is not {value}"


def monotone(duty: Duty, data: st.DataObject) -> None:
    """A fact filled in decides what was open, and overturns nothing that was decided.

    But for EXEMPT: who is excused, and is then shown to have met the requirement, has met it.
    """
    day = data.draw(st.sampled_from(days(duty)), label="day")
    full = data.draw(_tried(duty, day), label="row")
    known = [leaf for leaf in duty.leaves() if _known(leaf, full)]
    assume(known)
    partial = full
    for leaf in [leaf for leaf in known if data.draw(st.booleans())] or known:
        partial = changed(partial, leaf, unknown(leaf))
    before, after = decide(duty, partial, day), decide(duty, full, day)
    possible = before
    if duty.running(day) and before & Outcome.PENDING:
        # a period that still runs is PENDING until its data decide it
        possible |= Outcome.COMPLIANT | duty.short()
    if before & Outcome.EXEMPT:
        possible |= Outcome.COMPLIANT | Outcome.LATE
    became = f"{outcomes(before)} became {outcomes(after)}"
    assert not after & ~possible, f"{facts(partial)} → {facts(full)} on {day}: {became}"


def directed(requires: Condition) -> None:
    """Every field that a requirement limits says which way is cleaner, can it be met or not."""
    for leaf in _limits(requires):
        told = f"{leaf.title} is limited: say which way is cleaner (better=…), or neither"
        assert leaf.better, told


def limited(duty: Duty) -> list[Any]:
    """The numbers that the duty's requirement limits, and of which one way may be cleaner.

    None of a duty that nobody can meet: under that reading the sentence speaks of no one.
    """
    leaves = [leaf for leaf in _limits(duty.requires) if leaf.better != "neither"]
    return leaves if leaves and _ever(_kept, duty) else []


def _limits(requires: Condition) -> Iterable[Any]:
    """The numbers that a requirement limits, each once."""
    return dict.fromkeys(
        node.left
        for node in walk(requires)
        if isinstance(node, Compare)
        and isinstance(node.left, Measured | Counted | Metric)
        and isinstance(node.right, Constant | Staged)
    )


def cleaner(duty: Duty, data: st.DataObject) -> None:
    """Every limited field knows its direction, and moving along it breaks nothing."""
    directed(duty.requires)
    leaves = limited(duty)
    day = data.draw(st.sampled_from(_short_days(duty)), label="day")
    row = data.draw(_tried(duty, day, _kept), label="row")
    reached = False
    for leaf in leaves:
        points = sorted(_points(duty, day, leaf, row), reverse=leaf.better == "less")
        found = [decide(duty, changed(row, leaf, _held(leaf, point)), day) for point in points]
        for (dirtier, before), (point, after) in itertools.pairwise(
            zip(points, found, strict=True)
        ):
            worse = after & SHORT and not before & SHORT
            told = f"better={leaf.better!r}, but {dirtier} → {point} on {day} breaks the rule"
            assert not worse, f"{leaf.title}: {told}; {facts(row)}"
            reached |= _kept(before) or _kept(after)
    assume(reached)


def _points(duty: Duty, day: dt.date, leaf: Leaf, row: Row) -> set[Any]:
    """The numbers that a fact is tried at: around its limits, and the row's own."""
    near = boundaries(duty, day)[leaf]
    if not isinstance(leaf, Metric):
        return {*near, row[leaf.name]} - {None}
    return {row[leaf.ends[0]], *(low for low, high in near if low == high)} - {None}


def _held(leaf: Leaf, point: Any) -> Any:
    return (point, point) if isinstance(leaf, Metric) else point


def task(duty: Duty) -> bool:
    """Whether the duty has a due date, and can be breached."""
    return duty.due is not None and _ever(_broken, duty)


def later(duty: Duty, data: st.DataObject) -> None:
    """What falls short stays so, or late, as days go by on the same facts."""
    first = data.draw(st.sampled_from(_short_days(duty)), label="first day")
    row = data.draw(_tried(duty, first, _broken), label="row")
    before = decide(duty, row, first)
    assume(_broken(before))
    others = [day for day in days(duty) if day > first]
    days_after = st.dates(first + dt.timedelta(days=1), first + LATER)
    second = data.draw(st.sampled_from(others) | days_after if others else days_after)
    after = decide(duty, row, second)
    mended = Outcome.COMPLIANT | Outcome.PENDING
    told = f"{outcomes(before)} on {first}, {outcomes(after)} on {second}"
    assert not after & mended, f"{facts(row)}: {told}"


def _short_days(duty: Duty) -> list[dt.date]:
    """The days that matter on which an unmet requirement falls short; on others it is pending."""
    return [day for day in days(duty) if not duty.open(day) or duty.lasting is not None]


def _broken(possible: int) -> bool:
    """Whether a row falls short, whatever is unknown of it."""
    return possible & SHORT != 0 and possible & ~SHORT == 0


def _kept(possible: int) -> bool:
    """Whether a row does not fall short, and this not because the sentence leaves it alone."""
    met = Outcome.COMPLIANT | Outcome.LATE | Outcome.PENDING
    return possible & met != 0 and possible & SHORT == 0


def _any(possible: int) -> bool:
    return True


@functools.cache
def _standing(duty: Duty, day: dt.date, so: Callable[[int], bool]) -> tuple[Row, ...]:
    """The boundary rows whose outcomes on a day are such."""
    read = compiled([duty], day)
    return tuple(row for row in boundary_rows(duty) if so(read(row)[0]))


def _ever(so: Callable[[int], bool], duty: Duty) -> bool:
    return any(_standing(duty, day, so) for day in _short_days(duty))


@functools.cache
def _tried(
    duty: Duty, day: dt.date, so: Callable[[int], bool] = _any
) -> st.SearchStrategy[Mapping[str, Any]]:
    """Rows of any values, and boundary rows that stand so, as they are or with a fact anew."""
    near = _standing(duty, day, so)
    if not near or not duty.leaves():
        return rows(duty, day)
    anew_of = [
        st.tuples(st.just(leaf), values(leaf, around))
        for leaf, around in boundaries(duty, day).items()
    ]
    such = st.sampled_from(near)
    anew = st.builds(lambda row, fact: changed(row, *fact), such, st.one_of(anew_of))
    return rows(duty, day) | such | anew


def _known(leaf: Leaf, row: Row) -> bool:
    held = tuple(map(row.get, leaf.ends)) if isinstance(leaf, Metric) else row[leaf.name]
    return bool(held != unknown(leaf))
