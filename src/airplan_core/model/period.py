"""Spans of days: a period and how complete it must be, and the due dates that end one."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

import attrs

from airplan_core.errors import RuleError, nearest
from airplan_core.model.counts import counting, whole
from airplan_core.model.several import one_of
from airplan_core.model.times import Later
from airplan_core.model.tree import Expr
from airplan_core.quantities.dates import FIRST_YEAR, NEVER, shift, to_day


@attrs.frozen
class Period:
    """The days from `begins` to `ends`, both included, under a name such as `2024`.

    `every` says of what there are many alike within a year: weeks, months.
    """

    name: str
    begins: dt.date
    ends: dt.date
    every: str = attrs.field(default="", eq=False)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.ends - self.begins).days + 1

    def over(self, as_of: dt.date) -> bool:
        """Whether its last day has passed: on the day itself it still runs."""
        return as_of > self.ends

    @property
    def title(self) -> str:
        """Its name where it is the calendar year called so; else its first and its last day."""
        year = self.begins.year
        whole = (self.begins, self.ends) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
        if whole and self.name == str(year):
            return self.name
        return f"{self.begins}/{'..' if self.ends == dt.date.max else self.ends}"

    def years_back(self, years: int) -> Period:
        """The same days so many years before: of 2024, of 2023."""
        if not years:
            return self
        day, back = dt.timedelta(days=1), -12 * years
        name = str(int(self.name) - years) if self.name.isdigit() else self.name
        return Period(
            name, shift(self.begins, months=back), shift(self.ends + day, months=back) - day,
            self.every,
        )  # fmt: skip

    def before(self, count: int) -> Period:
        """The one so many before it, of those alike: before January 2025 it is December 2024.

        Raises:
            RuleError: it is a part of a year of which there is one only.
        """
        if not count:
            return self
        if self.every == "week":
            days = dt.timedelta(weeks=count)
            begins, ends = self.begins - days, self.ends - days
        elif self.every:
            months, day = -_EVERY[self.every] * count, dt.timedelta(days=1)
            begins = shift(self.begins, months=months)
            ends = shift(self.ends + day, months=months) - day
        elif self.title == self.name:
            return self.years_back(count)
        else:
            raise RuleError(
                f"before {self.title} there is none alike; what recurs is due every(…) or during(…)"
            )
        return Period(_called(self.every, begins), begins, ends, self.every)

    def months(self) -> tuple[tuple[int, int, int], ...]:
        """Year, month and length in days of every whole month in the period."""
        found = []
        for year in range(self.begins.year, self.ends.year + 1):
            for month in range(1, 13):
                length = calendar.monthrange(year, month)[1]
                first, last = dt.date(year, month, 1), dt.date(year, month, length)
                if self.begins <= first and last <= self.ends:
                    found.append((year, month, length))
        return tuple(found)


@attrs.frozen(kw_only=True)
class Completeness:
    """How much of a period must be there before its statistic is valid (HJ 663, GB 3095 table 4).

    `days` daily values in a year, and `month` in every whole month of the period (`february` in
    February). Once a period is over and valid, the days without data are left out, as the standard
    does, unless `leaves_out` says that they stay open: a share of the calendar's days.
    """

    days: int = attrs.field(validator=counting("days=324", most=366))
    month: int = attrs.field(validator=counting("month=27", most=31))
    february: int = attrs.field(validator=counting("february=25", most=29))
    source: str
    leaves_out: bool = True

    def least(self, period: Period) -> int:
        """How many daily values the whole period must have."""
        months = period.months()
        if period.days >= 365 or not months:
            return min(self.days, period.days)
        return sum(self._of_month(month) for _, month, _ in months)

    def needs(self, period: Period) -> tuple[Need, ...]:
        """How many days there must be of the whole period, and of each of its whole months."""
        months = [
            Need(
                f"{year}-{month:02}",
                self._of_month(month),
                Period("", dt.date(year, month, 1), dt.date(year, month, length)),
            )
            for year, month, length in period.months()
        ]
        return Need("", self.least(period)), *months

    def _of_month(self, month: int) -> int:
        return self.february if month == 2 else self.month


@attrs.frozen
class Need:
    """So many days that there must be: of a month, called `2024-02`, or without one, of all."""

    name: str
    least: int
    month: Period | None = None


@attrs.frozen
class Term:
    """One due date of a rule, and the period it closes where the rule speaks of one.

    Attributes:
        due: the last day on which what is open is not late; a subject's own, where it is counted
            from a date of the subject.
        name: what tells it from the rule's other ones: a year, a day.
        begins: the first day of the period.
        ends: the last day on which what is done is done for it, if late: the end of the year, or
            date.max where a period left out is made up for.
        every: how often there is one, a week or a quarter, where it recurs within the year.
    """

    due: dt.date | Later = attrs.field(
        validator=one_of((dt.date, Later), 'by("2024-12-31") or by(Leak.found_on.plus(days=15))')
    )
    name: str = ""
    begins: dt.date | None = None
    ends: dt.date | None = None
    every: str = ""

    @property
    def late(self) -> bool:
        """Whether a period that is left out is made up for later."""
        return self.ends == dt.date.max

    @property
    def period(self) -> Period | None:
        """The period that ends on the due date."""
        if self.begins is None or isinstance(self.due, Later):
            return None
        return Period(self.name, self.begins, self.due, self.every)

    @property
    def acts(self) -> Period | None:
        """The days on which what is done is done for it."""
        if self.begins is None or isinstance(self.due, Later):
            return None
        return Period(self.name, self.begins, self.ends or self.due)


def by(*days: str | Later) -> tuple[Term, ...]:
    """Due on each of `days`, the day itself included: X月底前 is the last day of the month.

    自发现之日起15日内 is due on each subject's own day, `by(Leak.found_on.plus(days=15))`; of a
    subject where nothing has been found yet the sentence does not speak. 2小时内 is due to the
    minute, `by(Leak.found_at.plus(hours=2))`: what is done on that day after it is late, what is
    not done is pending until the day is over. 5个工作日内 is `plus(working_days=5)`.
    """
    if not days:
        raise RuleError('by() names no day, and nothing would be due; write by("2024-12-31")')
    if any(isinstance(day, Expr) for day in days):
        return tuple(_own(day, len(days)) for day in days)
    try:
        dates = sorted(to_day(day) for day in days)  # type: ignore[arg-type]
    except ValueError as error:
        raise RuleError(f"by({', '.join(map(repr, days))}): {error}") from None
    return tuple(Term(day, str(day) if len(dates) > 1 else "") for day in dates)


def _own(day: str | Later, count: int) -> Term:
    if not isinstance(day, Later):
        beside = (
            "" if isinstance(day, Expr) else " a date beside a subject's own; make them two rules."
        )
        raise RuleError(
            f"by({day!r}):{beside} A day of the subject's own is one of its dates and a span: "
            "Leak.found_on.plus(days=15)"
        )
    spans = {
        "m": day.months, "wd": day.working_days, "d": day.days, "h": day.hours,
        "min": day.minutes,
    }  # fmt: skip
    span = "+".join(f"{count}{word}" for word, count in spans.items() if count)
    return Term(day, f"{day.column.name}+{span or 0}" if count > 1 else "")


def during(*years: int, late: bool = False) -> tuple[Term, ...]:
    """Judged over each calendar year, and due on its last day: see `yearly`."""
    return yearly(12, 31, *years, late=late)


def yearly(month: int, day: int, *years: int, late: bool = False) -> tuple[Term, ...]:
    """Due once a year, on the same day: 每年5月底前.

    What the requirement asks to happen counts for the year in which it does, and for no other:
    done in July, it is late; done the year after, it is that year's. Where the sentence means that
    a year left out is made up for, `late` says so: done in a later year, it counts for this one
    too, late. What the rule applies to, and what it exempts, is as it stands on the day.
    """
    _some(years, "what is due each year", "during(2024, 2025)")
    return tuple(
        Term(
            _day_of(year, month, day),
            str(year),
            dt.date(year, 1, 1),
            dt.date.max if late else dt.date(year, 12, 31),
        )
        for year in sorted(years)
    )


def _some(years: tuple[int, ...], where: str, written: str) -> None:
    """Check that there are years: without one nothing would ever be due."""
    for year in years:
        try:
            whole(year, written, least=FIRST_YEAR, most=NEVER.year - 1)
        except RuleError as error:
            raise RuleError(f"{where}: {error}") from None
    if not years:
        raise RuleError(f"{where} names its years, written {written}; without one nothing is due")


def _day_of(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, whole(month, "5"), whole(day, "31"))
    except RuleError as error:
        raise RuleError(f"yearly({month!r}, {day!r}, …): {error}") from None
    except ValueError:
        raise RuleError(
            f"yearly({month}, {day}, …): {year} has no such day; what is due by the end of a "
            "month that differs is two rules"
        ) from None


#: How often something recurs within a year, and the months that there are of one.
_EVERY = {"week": 0, "month": 1, "quarter": 3, "half-year": 6}


def every(span: str, *years: int) -> tuple[Term, ...]:
    """Due in each week, month, quarter or half-year of some years: 一周一调度, 每季度, 每半年.

    Each period stands for itself: what is done in it counts for it alone, and one that passed
    without is short for ever. They are called `2024-W05` (ISO 8601, from Monday to Sunday),
    `2024-05`, `2024-Q2`, `2024-H1`.

    Raises:
        RuleError: there is no such span; the nearest is named.
    """
    if str(span) not in _EVERY:
        raise RuleError(f"nothing is due every {span!r}; {nearest(str(span), _EVERY)}")
    _some(years, f"what is due every {span}", f'every("{span}", 2024, 2025)')
    return tuple(term for year in sorted(years) for term in _within(span, year))


def _within(span: str, year: int) -> Iterator[Term]:
    """The terms of one year."""
    if span == "week":
        first = dt.date.fromisocalendar(year, 1, 1)
        for number in range(dt.date(year, 12, 28).isocalendar().week):
            monday = first + dt.timedelta(weeks=number)
            yield Term(monday + dt.timedelta(days=6), _called(span, monday), monday, every=span)
        return
    months = _EVERY[span]
    for month in range(1, 13, months):
        begins = dt.date(year, month, 1)
        due = shift(begins, months=months) - dt.timedelta(days=1)
        yield Term(due, _called(span, begins), begins, every=span)


def _called(span: str, begins: dt.date) -> str:
    """What the week, month, quarter or half-year is called that begins on a day."""
    match span:
        case "week":
            year, week, _ = begins.isocalendar()
            return f"{year}-W{week:02}"
        case "month":
            return f"{begins.year}-{begins.month:02}"
    letter = {"quarter": "Q", "half-year": "H"}[span]
    return f"{begins.year}-{letter}{(begins.month - 1) // _EVERY[span] + 1}"
