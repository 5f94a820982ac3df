"""The nodes of time: before and after, so long ago, parts of a year and of a day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TypeAlias

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.tree import Column, Condition, Expr
from airplan_core.quantities import workdays
from airplan_core.quantities.dates import NEVER, NEVER_AT, shift, to_day


@attrs.frozen(cache_hash=True)
class Later(Expr):
    """So long after a date of the same row, or before it: 自发现之日起15日, 提前30分钟.

    It is a day, counted from the day of a moment too; with hours or minutes, it is a minute. What
    is counted in working days is known of the years whose working days are: see `workdays`.
    """

    column: Column
    months: int = 0
    working_days: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    @property
    def exact(self) -> bool:
        """Whether it is a minute: 民法典 201 counts hours from the time itself."""
        return bool(self.hours or self.minutes)

    def of(self, held: dt.date) -> dt.date | None:
        """The day or the minute it is, of a row that has `held` in the column; None: not known."""
        if self.exact:
            return held if held == NEVER_AT else held + self.span
        day = held.date() if isinstance(held, dt.datetime) else held
        if self.working_days and day != NEVER:
            found = workdays.counted(self.working_days).get(day)
            return None if found is None else shift(found, days=self.days)
        return shift(day, months=self.months, days=self.days)

    @property
    def span(self) -> dt.timedelta:
        """Its hours and minutes."""
        return dt.timedelta(hours=self.hours, minutes=self.minutes)


#: A day that is the same for every row, or a row's own.
Day: TypeAlias = "dt.date | Column | Later"


@attrs.frozen(cache_hash=True)
class Happened(Condition):
    """An event took place: by the day asked about and `until`, after `after`, from `since` on.

    A bound may be a date of the same row, or so long before or after it. What is known to the
    minute is held to the minute against what is, and by its day against a day.
    """

    column: Column
    until: Day | None = None
    after: dt.date | None = None
    since: Column | Later | None = None

    def last(self, as_of: dt.date) -> dt.date:
        """The last day on which it counts, as far as that is the same for every row."""
        return min(as_of, self.until) if isinstance(self.until, dt.date) else as_of

    def too_early(self, as_of: dt.date) -> bool:
        """Whether no day on which it counts has come yet, whatever a row holds."""
        return self.after is not None and self.after >= self.last(as_of)


@attrs.frozen(cache_hash=True)
class Elapsed(Condition):
    """A date lies at least (or, when `strict`, more than) so long before the day of assessment."""

    column: Column
    years: int = 0
    days: int = 0
    strict: bool = False

    def before(self, as_of: dt.date) -> dt.date:
        """The latest date that satisfies the condition on `as_of`.

        A period of years ends on the same day of the month or, where that month has no such day,
        on its last (民法典 202): five years from 29 February 2020 end on 28 February 2025.
        """
        day = as_of - dt.timedelta(days=self.days + self.strict)
        year = day.year - self.years
        last = calendar.monthrange(year, day.month)[1]
        ends_month = day.day == calendar.monthrange(day.year, day.month)[1]
        return day.replace(year=year, day=last if ends_month else min(day.day, last))


@attrs.frozen(cache_hash=True)
class Until(Condition):
    """The day of assessment is not after a day: an allowance that ends, 2025年9月底前可采用…."""

    day: dt.date | Later


@attrs.frozen(cache_hash=True)
class Season(Condition):
    """A day lies in a part of the year, any year's: 每年5月至9月; across New Year too, 采暖季.

    Without a column it is the day of assessment. Days are `month * 100 + day`.
    """

    begins: int
    ends: int
    column: Column | None = None

    def has(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        place = day.month * 100 + day.day
        if self.begins <= self.ends:
            return self.begins <= place <= self.ends
        return place >= self.begins or place <= self.ends


@attrs.frozen
class Hours:
    """A part of the day, any day's, both ends in: 10时至16时; past midnight too, 22时至次日6时.

    Ends are minutes since midnight; one on the next day is beyond the day's 1440.
    """

    begins: int
    ends: int

    def has(self, time: dt.datetime) -> bool:
        """Whether a minute lies in it."""
        minute = time.hour * 60 + time.minute
        return self.begins <= minute <= self.ends or minute <= self.ends - DAY_OF_MINUTES


#: How many minutes a day has.
DAY_OF_MINUTES = 24 * 60


@attrs.frozen(cache_hash=True)
class OfDay(Condition):
    """A moment lies in a part of the day."""

    column: Column
    hours: Hours


def until(day: str | Later) -> Condition:
    """An allowance counts up to `day`, that day included, and no longer.

    A day may be the row's own, so long after one of its dates: 超过三个月的 is
    `~until(LAND.bare_since.plus(months=3))`.
    """
    return Until(day if isinstance(day, Later) else to_day(day))


def season(begins: str, ends: str) -> Season:
    """The day of assessment lies in a part of the year, both days included: 秋冬季停止施工.

    A day is written as month and day, `season("11-15", "03-15")`; a whole month by itself,
    `season("5月", "9月")`. `SUMMER = season("5月", "9月")`; of a row, `Work.on.within(SUMMER)`.

    Raises:
        RuleError: it is no day of the year.
    """
    return Season(_of_year(begins, last=False), _of_year(ends, last=True))


def _of_year(written: str, *, last: bool) -> int:
    match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2})|月(?:(\d{1,2})日)?)", str(written))
    if match is None:
        raise RuleError(f"{written!r} is no day of the year; write '11-15', or a month, '5月'")
    month, named = int(match[1]), match[2] or match[3]
    length = calendar.monthrange(2024, month)[1] if 1 <= month <= 12 else 0
    day = int(named) if named else length if last else 1
    if not 1 <= day <= length:
        raise RuleError(f"{written!r} is a day that no year has")
    return month * 100 + day


def hours(begins: str, ends: str) -> Hours:
    """A part of the day, both ends included: 10时至16时 is 10:00 ≤ t ≤ 16:00.

    A time is written `"10:00"`, or as the sentence does: `hours("22时", "次日6时")`. An end before
    the beginning is on the next day. Moments lie in it, `Job.begun.within(hours("10时", "16时"))`;
    of what is known by full hours, 10:00 and 16:00 are in, too. Where an export calls an hour by
    its end and the sentence means what was measured from 10:00 on, it is `hours("11时", "16时")`.

    Raises:
        RuleError: it is no time of a day.
    """
    first, last = _of_day(begins, last=False), _of_day(ends, last=True)
    return Hours(first, last if last >= first else last + DAY_OF_MINUTES)


def _of_day(written: str, *, last: bool) -> int:
    match = re.fullmatch(r"(次日)?(\d{1,2})(?::(\d{2})|时(?:(\d{1,2})分)?)", str(written))
    if match is None:
        raise RuleError(f"{written!r} is no time of the day; write '16:00', or '16时'")
    minute = int(match[2]) * 60 + int(match[3] or match[4] or 0)
    most = DAY_OF_MINUTES if last and not match[1] else DAY_OF_MINUTES - 1
    if int(match[3] or match[4] or 0) > 59 or minute > most:
        raise RuleError(f"{written!r} is a time that no day has")
    if match[1] and not last:
        raise RuleError(f"{written!r}: a part of the day begins on the day itself")
    return minute + DAY_OF_MINUTES * bool(match[1])
