"""Working days: neither weekend nor public holiday, as the State Council's schedules have them."""

from __future__ import annotations

import datetime as dt
import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

import attrs


@attrs.frozen
class Schedule:
    """A year's public holidays: 国务院办公厅关于部分节假日安排的通知.

    Attributes:
        year: whose they are.
        source: the notice.
        holidays: the name of each, its first and its last day, and the days of a weekend that are
            worked for it.
    """

    year: int
    source: str
    holidays: tuple[tuple[str, str, str, tuple[str, ...]], ...]

    def off(self) -> Iterator[dt.date]:
        """The days that are off, weekends or not."""
        for _, first, last, _ in self.holidays:
            begins, ends = self._day(first), self._day(last)
            yield from _from_to(begins, ends)

    def worked(self) -> Iterator[dt.date]:
        """The days of weekends that are worked."""
        yield from (self._day(day) for _, _, _, days in self.holidays for day in days)

    def _day(self, written: str) -> dt.date:
        return dt.date.fromisoformat(f"{self.year}-{written}")


#: One year after the other; a year is added when its notice is published.
SCHEDULES = (
    Schedule(2024, "国办发明电〔2023〕7号", (
        ("元旦", "01-01", "01-01", ()),
        ("春节", "02-10", "02-17", ("02-04", "02-18")),
        ("清明节", "04-04", "04-06", ("04-07",)),
        ("劳动节", "05-01", "05-05", ("04-28", "05-11")),
        ("端午节", "06-08", "06-10", ()),
        ("中秋节", "09-15", "09-17", ("09-14",)),
        ("国庆节", "10-01", "10-07", ("09-29", "10-12")),
    )),
    Schedule(2025, "国办发明电〔2024〕12号", (
        ("元旦", "01-01", "01-01", ()),
        ("春节", "01-28", "02-04", ("01-26", "02-08")),
        ("清明节", "04-04", "04-06", ()),
        ("劳动节", "05-01", "05-05", ("04-27",)),
        ("端午节", "05-31", "06-02", ()),
        ("国庆节、中秋节", "10-01", "10-08", ("09-28", "10-11")),
    )),
    Schedule(2026, "国办发明电〔2025〕7号", (
        ("元旦", "01-01", "01-03", ("01-04",)),
        ("春节", "02-15", "02-23", ("02-14", "02-28")),
        ("清明节", "04-04", "04-06", ()),
        ("劳动节", "05-01", "05-05", ("05-09",)),
        ("端午节", "06-19", "06-21", ()),
        ("中秋节", "09-25", "09-27", ()),
        ("国庆节", "10-01", "10-07", ("09-20", "10-10")),
    )),
)  # fmt: skip

#: The first and the last year whose working days are known.
YEARS = SCHEDULES[0].year, SCHEDULES[-1].year


def _from_to(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    yield from (first + dt.timedelta(days=n) for n in range((last - first).days + 1))


@functools.cache
def working_days() -> tuple[dt.date, ...]:
    """Every working day of the years that are known, in order."""
    off = {day for one in SCHEDULES for day in one.off()}
    worked = {day for one in SCHEDULES for day in one.worked()}
    known = _from_to(dt.date(YEARS[0], 1, 1), dt.date(YEARS[1], 12, 31))
    return tuple(day for day in known if day in worked or (day.isoweekday() < 6 and day not in off))


@functools.cache
def counted(working: int) -> Mapping[dt.date, dt.date]:
    """For each day the one so many working days later, or before it where they are negative.

    The day itself does not count (民法典 201). Where either lies in a year that is not known, it is
    left out: the days between are not to be told. What there is is without a gap.
    """
    days, found = working_days(), dict[dt.date, dt.date]()
    for day in _from_to(dt.date(YEARS[0], 1, 1), dt.date(YEARS[1], 12, 31)):
        past = bisect_right(days, day) - 1 if working > 0 else bisect_left(days, day)
        if working and 0 <= past + working < len(days):
            found[day] = days[past + working]
    return found


def last_before(working: int, day: dt.date) -> dt.date | None:
    """The last day of which the one so many working days later is not after `day`."""
    days = counted(working)
    place = bisect_right(list(days.values()), day)
    return list(days)[place - 1] if place else None
