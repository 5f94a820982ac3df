"""Whether the air was such as alerts are issued for: a check of plausibility, deciding no duty.

Alerts are issued on a forecast, and a region may order a higher level than its own air asks for;
what was measured says only where to look. By days of the calendar, where the definitions take any
24 hours.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

import attrs
import polars as pl

from airplan_emergency.alerts import CONTROL, LEVELS, STATES

#: A run of days each over an index: (200, 3) is three days over 200. Several are of one run: the
#: first is the longest, and the others lie in it.
Runs: TypeAlias = tuple[tuple[int, int], ...]

_DAY = dt.timedelta(days=1)


@attrs.frozen
class Definition:
    """When each level is issued, from a day on: any of its alternatives is enough."""

    since: dt.date
    levels: dict[str, tuple[Runs, ...]]


#: The definitions by date, the newest first. What calls for control below yellow was seen in one
#: city's plan of the later ones only.
DEFINITIONS = (
    Definition(
        dt.date(2024, 1, 1),
        {
            CONTROL: (((150, 1),), ((100, 2),)),
            "黄色": (((200, 1),), ((150, 2),)),
            "橙色": (((200, 2),), ((150, 3),)),
            "红色": (((200, 3), (300, 1)),),
        },
    ),
    Definition(
        dt.date.min,
        {
            "黄色": (((200, 2),),),
            "橙色": (((200, 3),),),
            "红色": (((200, 4), (300, 2)), ((499, 1),)),
        },
    ),
)

#: What a county's days say of an index: at most, and at least; None where it is not known.
Days: TypeAlias = dict[dt.date, tuple[float | None, float | None]]

SEEN, UNSEEN, OPEN, UNDEFINED = "条件已出现", "未见条件", "数据不足", "没有判定条件"
ENGLISH = {
    SEEN: "condition met", UNSEEN: "condition not met", OPEN: "too little data",
    UNDEFINED: "no definition",
}  # fmt: skip


def definition(day: dt.date) -> Definition:
    """Those in force on a day."""
    return next(one for one in DEFINITIONS if one.since <= day)


def days_of(table: pl.DataFrame, county: str) -> Days:
    """A county's days, as `county_day` has them."""
    rows = table.filter(pl.col("county") == county).drop_nulls("date")
    return {
        day: (aqi, least if aqi is None else aqi)
        for day, aqi, least in rows.select("date", "aqi", "aqi_at_least").iter_rows()
    }


def over(days: Days, day: dt.date, index: int) -> bool | None:
    """Whether a day is over an index; None where that is not known."""
    exact, least = days.get(day, (None, None))
    if least is not None and least > index:
        return True
    return None if exact is None else False


def met(days: Days, level: str, first: dt.date, last: dt.date) -> str:
    """Whether a run that a level, or a higher one, is issued for touches the days of an alert."""
    levels = definition(first).levels
    if level not in levels:
        return UNDEFINED
    higher = [one for one in levels if STATES.index(one) >= STATES.index(level)]
    every = [runs for one in higher for runs in levels[one]]
    for possible, said in ((False, SEEN), (True, OPEN)):
        for runs in every:
            # far enough on either side for the longest run
            span = [first + _DAY * n for n in range(-10, (last - first).days + 11)]
            for begins, ends in _runs(days, runs, span, possible=possible):
                if begins <= last and ends >= first:
                    return said
    return UNSEEN


def calls(days: Days) -> Iterator[tuple[dt.date, dt.date, str]]:
    """The runs of days for which an alert is issued: from when to when, and the highest level."""
    if not days:
        return
    span = [min(days) + _DAY * n for n in range((max(days) - min(days)).days + 1)]
    reached: dict[dt.date, str] = {}
    for day_of, defined in _by_definition(span):
        for level in LEVELS:
            for runs in defined.levels[level]:
                for begins, ends in _runs(days, runs, day_of, possible=False):
                    for n in range((ends - begins).days + 1):
                        reached[begins + _DAY * n] = level
    for _, group in groupby(enumerate(sorted(reached)), lambda one: one[1] - _DAY * one[0]):
        run = [day for _, day in group]
        yield run[0], run[-1], max((reached[day] for day in run), key=STATES.index)


def _by_definition(span: list[dt.date]) -> Iterator[tuple[list[dt.date], Definition]]:
    for defined, group in groupby(span, definition):
        yield list(group), defined


def _runs(
    days: Days, runs: Runs, span: Iterable[dt.date], *, possible: bool
) -> Iterator[tuple[dt.date, dt.date]]:
    """The runs of days that are surely, or possibly, such."""
    (index, least), *within = runs
    for so, group in groupby(span, lambda day: _holds(days, day, index, possible=possible)):
        run = list(group)
        inside = all(
            any(True for _ in _runs(days, (one,), run, possible=possible)) for one in within
        )
        if so and len(run) >= least and inside:
            yield run[0], run[-1]


def _holds(days: Days, day: dt.date, index: int, *, possible: bool) -> bool:
    found = over(days, day, index)
    return possible if found is None else found
