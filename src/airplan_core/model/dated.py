"""The fields that say when something happened, to the day or the minute."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.counts import MAX_SPAN, MAX_YEARS, whole
from airplan_core.model.fields import Field, In, Out
from airplan_core.model.times import Elapsed, Happened, Hours, Later, OfDay, Season
from airplan_core.model.tree import Column, Condition, Given, one_ledger
from airplan_core.model.unsaid import NOT_STATED, NOTHING
from airplan_core.quantities import units
from airplan_core.quantities.dates import (
    NEVER,
    NEVER_AT,
    since_first,
    to_day,
    to_hour,
    to_minute,
)

#: 另行通知: an end that is yet to be announced has not come.
NOT_HAPPENED = frozenset({"未发生", "未完成", "未", "否", "另行通知", "never"}) | NOT_STATED


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Dated(Field[In, Out]):
    """A field that says when something happened: the day of it, or the minute."""

    def happened(self) -> Condition:
        """It has taken place by the day asked about; for a task with a due date, also by then."""
        return Happened(self)

    def happened_by(self, day: str | Event | Moment | Later) -> Condition:
        """It took place on or before `day`: a date, another of the same row, or a span from it.

        提前3日报告停产: `Stop.reported_on.happened_by(Stop.stopped_on.minus(days=3))`; to the
        minute, 先启后停: `Start.facility_at.happened_by(Start.line_at)`.

        Raises:
            RuleError: it is none, or a minute that a day cannot be held against.
        """
        if isinstance(day, str | dt.date):
            return Happened(self, until=to_day(day))
        return Happened(self, until=self._bound(day))

    def happened_after(self, day: str | Event | Moment | Later) -> Condition:
        """It took place, and later than `day`: see `happened_by`."""
        if isinstance(day, str | dt.date):
            return Happened(self, after=to_day(day))
        return Happened(self, since=_next(self._bound(day)))

    def happened_from(self, day: str | Event | Moment | Later) -> Condition:
        """It took place on `day` or later: 复测不早于检测后3个月."""
        if isinstance(day, str | dt.date):
            return Happened(self, after=to_day(day) - dt.timedelta(days=1))
        return Happened(self, since=self._bound(day))

    def given(self) -> Condition:
        """A date is set, whether past or to come: 明确时限; 待定 says that none is."""
        return Given(self)

    def _bound(self, day: Any) -> Column | Later:
        """Another date of the row, as far as this one can be held against it."""
        if not isinstance(day, Dated | Later):
            raise RuleError(
                f"{self.title} is held against {day!r}, which is no date; write a date, "
                '"2024-10-31", or another of the same row, with its ledger, or a span from one: '
                "…plus(days=3)"
            )
        if (day.column if isinstance(day, Later) else day) == self:
            raise RuleError(
                f"{self.title} is held against itself, which says nothing; write another date of "
                "the same row, or happened(), or of the day of assessment at_least_ago(days=3)"
            )
        one_ledger(self, day)
        if isinstance(self, Event) and to_the_minute(day):
            one = day.column if isinstance(day, Later) else day
            raise RuleError(
                f"{self.title} is a day, and {one.title} a minute: what happened on that day may "
                f"lie before it or after it; hold the day against its day, {one.name}.plus(days=0) "
                f"or {one.name}.minus(days=3), or make {self.name} a moment(…, minutes=True)"
            )
        return day


def to_the_minute(day: Column | Later) -> bool:
    """Whether what bounds an event is a minute, and no day."""
    return day.exact if isinstance(day, Later) else isinstance(day, Moment)


def _next(day: Column | Later) -> Column | Later:
    """The day after a day, or the minute after a minute."""
    column, span = (day.column, day) if isinstance(day, Later) else (day, Later(day))
    if to_the_minute(day):
        minutes = span.span // dt.timedelta(minutes=1) + 1
        return Later(column, minutes=minutes) if minutes else column
    return attrs.evolve(span, days=span.days + 1)


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Event(Dated["dt.date | str", dt.date]):
    """A field that holds the day something happened; NEVER where it is known that it has not.

    `routine`: what happened is a row of every day, a trip, a day's mean. It lies in the years of
    the plan and those around them, where an event may be older: see `dates.SPAN`.
    """

    routine: bool = False

    def within(self, part: Season) -> Condition:
        """It takes place in a part of any year: `Work.on.within(season("5月", "9月"))`.

        Raises:
            RuleError: it is none.
        """
        if not isinstance(part, Season):
            raise RuleError(
                f'{self.name}.within({part!r}): a part of the year is season("5月", "9月"); of a '
                "part of the day a day knows nothing: that is for a moment(…)"
            )
        return attrs.evolve(part, column=self)

    def plus(self, *, months: int = 0, days: int = 0, working_days: int = 0) -> Later:
        """The day so many months, then days, after this one, which does not count: 15日内.

        自发现之日起15日内整改: `due=by(Leak.found_on.plus(days=15))`. 5个工作日内 is
        `plus(working_days=5)`: neither weekends nor public holidays count, and what is worked for
        them does. Of a day outside the years whose working days are known (`workdays.YEARS`) it is
        not known.

        Raises:
            RuleError: it is no span.
        """
        return _span(self, 1, months=months, days=days, working_days=working_days)

    def minus(self, *, months: int = 0, days: int = 0, working_days: int = 0) -> Later:
        """The day so many months, then days, before this one: 提前3日, 提前3个工作日."""
        return _span(self, -1, months=months, days=days, working_days=working_days)

    def at_least_ago(self, *, years: int = 0, days: int = 0) -> Condition:
        """The date lies so long before the day of assessment, or longer: 满五年.

        Raises:
            RuleError: it is no whole number of years and days.
        """
        return self._ago(years, days, strict=False)

    def more_than_ago(self, *, years: int = 0, days: int = 0) -> Condition:
        """The date lies longer than that before the day of assessment: 超过五年."""
        return self._ago(years, days, strict=True)

    def _ago(self, years: int, days: int, *, strict: bool) -> Condition:
        _whole_spans(self, f"{'more_than' if strict else 'at_least'}_ago(years=5)",
                     years=years, days=days)  # fmt: skip
        if not (years or days or strict):
            raise RuleError(f"{self.title}.at_least_ago(): say how long, at_least_ago(years=5)")
        return Elapsed(self, years, days, strict)

    def enter(self, value: dt.date | str) -> dt.date:
        """A date, or NEVER for 未发生/never, and where none is set: 无, 待定, 未明确."""
        if isinstance(value, str) and units.clean(value).lower() in NOT_HAPPENED:
            return NEVER
        return since_first(to_day(value))

    def leave(self, value: dt.date) -> str:
        """The value as text that `enter` reads back."""
        return "never" if value == NEVER else value.isoformat()


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Moment(Dated["dt.datetime | str", dt.datetime]):
    """A field that holds a full hour of Beijing time, as platforms export them.

    With `minutes` it is when something happened, to the minute; NEVER_AT where it has not.
    """

    minutes: bool = False

    def within(self, part: Season | Hours) -> Condition:
        """It lies in a part of any day, or of any year: `Work.begun.within(hours("10时", "16时"))`.

        Raises:
            RuleError: it is none.
        """
        match part:
            case Hours():
                return OfDay(self, part)
            case Season():
                return attrs.evolve(part, column=self)
        raise RuleError(
            f'{self.name}.within({part!r}): a part of the day is hours("10:00", "16:00"), one of '
            'the year season("5月", "9月")'
        )

    def plus(
        self,
        *,
        months: int = 0,
        days: int = 0,
        working_days: int = 0,
        hours: int = 0,
        minutes: int = 0,
    ) -> Later:
        """So many hours and minutes after it: 2小时内. Or the day so many months, then days, later.

        A span of hours counts from the minute, one of days from the next day (民法典 201):
        `plus(days=1)` is the whole of the next day, `plus(hours=24)` the same minute of it.

        Raises:
            RuleError: it is no span, or one of days and of hours.
        """
        return _span(
            self, 1, months=months, days=days, working_days=working_days, hours=hours,
            minutes=minutes,
        )  # fmt: skip

    def minus(
        self,
        *,
        months: int = 0,
        days: int = 0,
        working_days: int = 0,
        hours: int = 0,
        minutes: int = 0,
    ) -> Later:
        """So many hours and minutes, or months and days, before it: 提前30分钟."""
        return _span(
            self, -1, months=months, days=days, working_days=working_days, hours=hours,
            minutes=minutes,
        )  # fmt: skip

    def enter(self, value: dt.datetime | str) -> dt.datetime:
        """The hour, as `dates.to_hour` reads it; the minute, or NEVER_AT for 未发生/never."""
        if not self.minutes:
            return to_hour(value)
        if isinstance(value, str) and units.clean(value).lower() in NOT_HAPPENED:
            return NEVER_AT
        return to_minute(value)

    def leave(self, value: dt.datetime) -> str:
        """The value as text that `enter` reads back."""
        return "never" if value == NEVER_AT else value.isoformat(timespec="minutes")


def _span(column: Event | Moment, sign: int, **spans: int) -> Later:
    """So long after a date of a row, or before it.

    Raises:
        RuleError: something is no whole number, or days stand beside hours.
    """
    _whole_spans(column, "plus(months=3) or minus(days=3)", least=-MAX_SPAN, **spans)
    found = Later(column, **{word: sign * span for word, span in spans.items()})
    if found.working_days and (found.exact or found.months or found.days):
        raise RuleError(
            f"{column.name}: a span is of working days or of others: plus(working_days=5) or "
            "plus(days=5)"
        )
    if found.exact and (found.months or found.days):
        raise RuleError(
            f"{column.name}: a span is of days, which end with the day, or of hours and minutes, "
            "which end with the minute: plus(days=1) or plus(hours=24)"
        )
    return found


def _whole_spans(column: Dated[Any, Any], written: str, *, least: int = 0, **spans: int) -> None:
    """Check that spans are of whole numbers, and that a calendar has them."""
    for word, span in spans.items():
        most = {"years": MAX_YEARS, "months": 12 * MAX_YEARS}.get(word, MAX_SPAN)
        try:
            whole(span, written, least=max(least, -most), most=most)
        except RuleError as error:
            raise RuleError(f"{column.title}: {word}={span!r}: {error}") from None


def nothing(column: Column) -> str | dt.date:
    """What a row holds where a field says that there is nothing: 无, 未发生."""
    match column:
        case Event():
            return NEVER
        case Moment():
            return NEVER_AT
    return NOTHING


def event(*, zh: str, en: str = "", routine: bool = False, aliases: tuple[str, ...] = ()) -> Event:
    """A field with the day something happened; `routine` of what is recorded every day."""
    return Event(zh=zh, en=en, routine=routine, aliases=aliases)


def moment(
    *, zh: str, en: str = "", minutes: bool = False, aliases: tuple[str, ...] = ()
) -> Moment:
    """A field with a full hour of Beijing time; with `minutes`, when something happened."""
    return Moment(zh=zh, en=en, minutes=minutes, aliases=aliases)
