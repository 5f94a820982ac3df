"""A condition said twice: in airplan's words, and as what it means in a world where all is known.

A world is a mapping from the names of fields to values; a blank is no value, so a world has none.
What is asked of a world is asked of a moment: the day, and the days on which what is done counts.
"""

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import attrs

import airplan_core as airplan

NEVER = airplan.NEVER
NEVER_AT = dt.datetime.combine(NEVER, dt.time())
DAY = dt.timedelta(days=1)
EVER = (dt.date.min, dt.date.max)

OPS = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
    "equal_to": operator.eq,
}


@attrs.frozen
class Moment:
    """A day, the days on which what is done counts, and the due day of the stage asked about."""

    day: dt.date
    counts: tuple[dt.date, dt.date] = EVER
    due: dt.date | None = None


@attrs.frozen(eq=False)
class Said:
    """One condition.

    Attributes:
        words: as airplan is told it.
        holds: whether it is so in a world, at a moment.
        reads: the fields it reads, as often as it does.
        text: for a failing test to show.
        joint: the fields that it holds against each other.
        near: for a day of assessment, the days around which an event turns it.
        dated: whether it turns as days go by.
        undone: whether a later day can undo it.
        parts: the conditions that it joins; none where it joins none.
        spans: for a day or a minute, those that lie so far from it as the condition says.
    """

    words: Any
    holds: Callable[[Mapping[str, Any], Moment], bool]
    reads: tuple[str, ...] = ()
    text: str = ""
    joint: frozenset[str] = frozenset()
    near: Callable[[dt.date], tuple[dt.date, ...]] = lambda day: ()
    dated: bool = False
    undone: bool = False
    parts: tuple["Said", ...] = ()
    spans: Callable[[Any], tuple[Any, ...]] = lambda day: ()

    def __repr__(self) -> str:
        return self.text

    @property
    def atoms(self) -> tuple["Said", ...]:
        """The conditions it comes to, none of which joins others."""
        return tuple(atom for part in self.parts for atom in part.atoms) or (self,)


ALWAYS = Said(airplan.ALWAYS, lambda world, moment: True, text="always")


def all_of(*parts: Said) -> Said:
    """Every part is so."""
    return _joined(parts, operator.and_, all, " & ")


def any_of(*parts: Said) -> Said:
    """One part is so, or several."""
    return _joined(parts, operator.or_, any, " | ")


def _joined(parts, join, quantified, sign):
    words = parts[0].words
    for part in parts[1:]:
        words = join(words, part.words)
    return Said(
        words,
        lambda world, moment: quantified(part.holds(world, moment) for part in parts),
        tuple(name for part in parts for name in part.reads),
        f"({sign.join(part.text for part in parts)})",
        frozenset().union(*(part.joint for part in parts)),
        lambda day: tuple(near for part in parts for near in part.near(day)),
        any(part.dated for part in parts),
        any(part.undone for part in parts),
        parts,
        lambda day: tuple(far for part in parts for far in part.spans(day)),
    )


def no(part: Said) -> Said:
    """The part is not so."""
    return attrs.evolve(
        part,
        words=~part.words,
        holds=lambda world, moment: not part.holds(world, moment),
        text=f"~{part.text}",
        undone=part.dated,
        parts=(part,),
    )


def number(column: Any, op: str, limit: str | Mapping[str, str]) -> Said:
    """A number against a limit, or against the limit of the stage."""

    def holds(world, moment):
        written = limit if isinstance(limit, str) else limit[str(moment.due)]
        return OPS[op](world[column.name], Decimal(written.split()[0]))

    return Said(getattr(column, op)(limit), holds, (column.name,), f"{column.name} {op} {limit}")


def numbers(column: Any, op: str, other: Any, times: str = "1") -> Said:
    """A number against a multiple of another of the same row."""
    right = other if times == "1" else other.times(times)
    return Said(
        getattr(column, op)(right),
        lambda world, moment: OPS[op](world[column.name], Decimal(times) * world[other.name]),
        (column.name, other.name),
        f"{column.name} {op} {times}·{other.name}",
        frozenset({column.name, other.name}),
    )


def total(column: Any, other: Any, op: str, limit: str) -> Said:
    """The sum of two numbers against a limit."""
    return Said(
        getattr(column.plus(other), op)(limit),
        lambda world, moment: OPS[op](
            world[column.name] + world[other.name], Decimal(limit.split()[0])
        ),
        (column.name, other.name),
        f"{column.name} + {other.name} {op} {limit}",
        frozenset({column.name, other.name}),
    )


def ratio(column: Any, other: Any, op: str, limit: str) -> Said:
    """A number over another against a limit; over nothing, it may be so or not: a toss."""
    toss = f"toss of {column.name}/{other.name}"

    def holds(world, moment):
        if world[other.name] <= 0:
            return world[toss]
        # no division: thirds are no decimals
        return OPS[op](world[column.name], Decimal(limit.split()[0]) * world[other.name])

    return Said(
        getattr(column / other, op)(limit),
        holds,
        (column.name, other.name, toss),
        f"{column.name} / {other.name} {op} {limit}",
        frozenset({column.name, other.name, toss}),
    )


def flag(column: Any) -> Said:
    """It is so."""
    return Said(column, lambda world, moment: world[column.name], (column.name,), column.name)


def among(column: Any, *values: str) -> Said:
    """It is one of some values."""
    return Said(
        column.among(*values),
        lambda world, moment: world[column.name] in values,
        (column.name,),
        f"{column.name} among {values}",
    )


def ranked(column: Any, op: str, value: str) -> Said:
    """It is so high, or so low, in a list from the lowest to the highest."""
    order = column.values
    return Said(
        getattr(column, op)(value),
        lambda world, moment: OPS[op](order.index(world[column.name]), order.index(value)),
        (column.name,),
        f"{column.name} {op} {value}",
    )


def given(column: Any) -> Said:
    """Something is written there, and it is not that there is nothing."""
    return Said(
        column.given(),
        lambda world, moment: world[column.name] not in ("无", NEVER),
        (column.name,),
        f"{column.name} given",
    )


def happened(column: Any, *, by: Any = None, after: str | None = None) -> Said:
    """An event by now, on a day that counts; and by a day, or another event; and after a day."""
    words, text, reads, near = column.happened(), f"{column.name} happened", (column.name,), []
    if by is not None:
        words = column.happened_by(by)
        text += f" by {getattr(by, 'name', by)}"
    if after is not None:
        words = column.happened_after(after)
        text += f" after {after}"
        near.append(dt.date.fromisoformat(after))
    if isinstance(by, str):
        near.append(dt.date.fromisoformat(by))
    elif by is not None:
        reads += (by.name,)

    def holds(world, moment):
        event = on_day(world[column.name])
        if event == NEVER or event > moment.day:
            return False
        if not moment.counts[0] <= event <= moment.counts[1]:
            return False
        if by is not None:
            last = dt.date.fromisoformat(by) if isinstance(by, str) else world[by.name]
            if event > last:
                return False
        return after is None or event > dt.date.fromisoformat(after)

    return Said(
        words, holds, reads, text,
        frozenset(reads) if len(reads) > 1 else frozenset(),
        lambda day: (day, *near), dated=True,
    )  # fmt: skip


def on_day(value: dt.date) -> dt.date:
    """The day of a date, or of a minute."""
    return value.date() if isinstance(value, dt.datetime) else value


#: From Monday to Friday, and off; of a weekend, and worked: of the years that are known.
OFF = """
2024-01-01 2024-02-12 2024-02-13 2024-02-14 2024-02-15 2024-02-16 2024-04-04 2024-04-05 2024-05-01
2024-05-02 2024-05-03 2024-06-10 2024-09-16 2024-09-17 2024-10-01 2024-10-02 2024-10-03 2024-10-04
2024-10-07 2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04
2025-05-01 2025-05-02 2025-05-05 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07
2025-10-08 2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23
2026-04-06 2026-05-01 2026-05-04 2026-05-05 2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05
2026-10-06 2026-10-07
"""
WORKED = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12 2025-01-26
2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20
2026-10-10
"""


def working(day: dt.date, count: int) -> dt.date | None:
    """The day so many working days later, or before: day by day; None where a year is not known."""
    step = DAY if count > 0 else -DAY
    left = abs(count)
    while left and 2024 <= day.year <= 2026:
        day += step
        weekday = day.isoweekday() < 6
        left -= str(day) in WORKED or (weekday and str(day) not in OFF)
    return day if 2024 <= day.year <= 2026 else None


def beside(column: Any, word: str, other: Any, **span: int) -> Said:
    """An event by, from or after another of its row, or so long before or after that.

    Hours and minutes lead to a minute, days to a day. Of a minute itself it is the minute. Where
    the working days are not known, it may be so or not, as long as it has happened: a toss.
    """
    counts = span.get("working_days", 0)
    toss = f"toss of {column.name}/{other.name}"
    minutes = span.get("hours", 0) * 60 + span.get("minutes", 0)
    there, bound = sum(span.values()), other
    if span:
        said = {unit: abs(count) for unit, count in span.items()}
        bound = other.plus(**said) if there >= 0 else other.minus(**said)
    text = f"{column.name} {word} {other.name} {span}"

    def holds(world, moment):
        event, held = world[column.name], world[other.name]
        if on_day(event) == NEVER or on_day(event) > moment.day:
            return False
        if not moment.counts[0] <= on_day(event) <= moment.counts[1]:
            return False
        if on_day(held) == NEVER:
            return word == "happened_by"
        limit = held + dt.timedelta(minutes=minutes)
        if counts:
            limit, event = working(on_day(held), counts), on_day(event)
            if limit is None:
                return world[toss]
        elif not minutes and (span or not isinstance(held, dt.datetime)):
            limit, event = on_day(held) + span.get("days", 0) * DAY, on_day(event)
        compare = {"happened_by": operator.le, "happened_from": operator.ge,
                   "happened_after": operator.gt}  # fmt: skip
        return compare[word](event, limit)

    def spans(value):
        if counts:
            # of those before it, the one that leads to it; of a year that is not known, another
            start = value - 2 * counts * DAY
            return (*(start + n * DAY for n in range(-12, 13)), dt.date(2023, 12, 1))
        far = dt.timedelta(minutes=minutes, days=span.get("days", 0))
        return (value - far, value + far)

    reads = (column.name, other.name) + ((toss,) if counts else ())
    return Said(
        getattr(column, word)(bound), holds, reads, text, frozenset(reads), lambda day: (day,),
        dated=True, spans=spans,
    )  # fmt: skip


def of_day(column: Any, begins: str, ends: str) -> Said:
    """A minute lies between two times of the day, the second of which may be on the next."""

    def holds(world, moment):
        value = world[column.name]
        if value == NEVER_AT:
            return False
        clock = f"{value:%H:%M}"
        if begins <= ends:
            return begins <= clock <= ends
        return clock >= begins or clock <= ends

    def spans(value):
        if isinstance(value, dt.datetime):
            return ()
        return tuple(
            dt.datetime.combine(value, dt.time.fromisoformat(end)) for end in (begins, ends)
        )

    return Said(
        column.within(airplan.hours(begins, ends)), holds, (column.name,),
        f"{column.name} between {begins} and {ends}", spans=spans,
    )  # fmt: skip


def ago(column: Any, op: str, years: int, days: int) -> Said:
    """An event lies so many years, or days, before the day: at least, or more than that."""

    def holds(world, moment):
        event = world[column.name]
        if event == NEVER:
            return False
        since = later(event, years) + days * DAY
        return since <= moment.day if op == "at_least" else since < moment.day

    def near(day):
        return (dt.date(day.year - years, day.month, min(day.day, 28)) - days * DAY,)

    return Said(
        getattr(column, f"{op}_ago")(years=years, days=days),
        holds,
        (column.name,),
        f"{column.name} {op} {years} years {days} days ago",
        near=near,
        dated=True,
    )


def later(day: dt.date, years: int) -> dt.date:
    """The same day some years later; where the month has no such day, its last."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 2, 28)


def until(day: str) -> Said:
    """An allowance that counts up to a day."""
    last = dt.date.fromisoformat(day)
    return Said(
        airplan.until(day), lambda world, moment: moment.day <= last, (), f"until {day}",
        near=lambda _: (last,), undone=True,
    )  # fmt: skip
