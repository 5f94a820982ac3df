"""Dates and hours as plans and ledgers write them; what could be two days is none."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from airplan_core.errors import AirplanError
from airplan_core.quantities import units

#: Times are Beijing time; a time that says another zone is refused.
BEIJING = dt.timedelta(hours=8)

#: The date of an event that is known not to have happened; a blank cell is unknown instead.
NEVER = dt.date.max

#: The same of what is known to the minute: the first of that day.
NEVER_AT = dt.datetime.combine(NEVER, dt.time())

#: No event that a ledger of the People's Republic tells of lies before it.
FIRST_YEAR = 1949

#: How many years before and after its plan a county's ledgers speak of: two five-year plans on
#: either side hold every baseline and every deadline. A county may declare other years.
SPAN = 10


def shift(day: dt.date, *, months: int = 0, days: int = 0) -> dt.date:
    """The day so many months, then days, later; NEVER stays so.

    A period of months ends on the same day of the month or, where that month has no such day, on
    its last (民法典 202); the day it begins on does not count (民法典 201).
    """
    if day == NEVER:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last)) + dt.timedelta(days=days)


class DayError(AirplanError, ValueError):
    """A text that is no day or hour, or may be more than one; it says what to write."""


def _no_date(written: object) -> DayError:
    return DayError(f"{written!r} is not a date; write it as 2024-10-31", "写成 2024-10-31")


# years of any number of digits are taken, to be told
_DAY = re.compile(
    r"(?P<year>[0-9]+)\s*(?P<mark>[-/.年])\s*(?P<month>[0-9]+)\s*[-/.月]\s*(?P<day>[0-9]+)\s*[日号]?"
)
_MONTH = re.compile(r"(?P<year>[0-9]{2}|[0-9]{4})\s*[-/.年]\s*(?P<month>[0-9]{1,2})\s*(月份?)?")
_BARE_MONTH = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?|[A-Za-z]{3}[- ][0-9]{2,4}")
_COMPACT_MONTH = re.compile(r"(?P<year>19[0-9]{2}|20[0-9]{2})(?P<month>0[1-9]|1[0-2])")
_YEAR = re.compile(r"[0-9]{4}\s*年?")
#: The days that spreadsheets count from 1899-12-30: 1954 to 2064 is five digits of these.
_SERIAL = re.compile(r"(?P<days>[2-5][0-9]{4})(\.[0-9]+)?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def to_day(written: str | dt.date) -> dt.date:
    """A date as a plan or ledger writes it: 2024-10-31, 2024/10/31, 2024年10月31日, 20241031.

    Raises:
        DayError: it is no such date, or a day that does not exist; the year has not four digits;
            only a month is given, or the number that a spreadsheet keeps for a date.
    """
    if isinstance(written, dt.datetime):
        return written.date()
    if isinstance(written, dt.date):
        return written
    if not isinstance(written, str):
        raise _no_date(written)
    text = units.clean(written).translate(_DASHES)
    if len(text) == 8 and text.isascii() and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    match = _DAY.fullmatch(text)
    if match is None:
        raise _no_day(written, text)
    if len(match["year"]) != 4:
        raise _no_year(written, match)
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise DayError(
            f"{written!r} is a day that does not exist", "没有这一天，核对年、月、日"
        ) from None
    return since_first(found)


def since_first(day: dt.date) -> dt.date:
    """The day itself.

    Raises:
        DayError: it lies before anything that a ledger tells of.
    """
    if day.year < FIRST_YEAR:
        raise DayError(
            f"{day} is implausible: it lies before {FIRST_YEAR}; write the year with four digits",
            f"早于 {FIRST_YEAR} 年，不合理；核对年份，年份写四位",
        )
    return day


def last_of_month(written: str) -> dt.date | None:
    """The last day of the month that a text gives without a day; None where it gives none."""
    text = units.clean(written).translate(_DASHES)
    match = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    if match is None or len(match["year"]) != 4 or not 1 <= int(match["month"]) <= 12:
        return None
    year, month = int(match["year"]), int(match["month"])
    if not FIRST_YEAR <= year < NEVER.year:
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _no_day(written: str, text: str) -> DayError:
    month = last_of_month(written)
    if month is not None or _MONTH.fullmatch(text) or _BARE_MONTH.fullmatch(text):
        such = "2024-10-31" if month is None else month.isoformat()
        return DayError(
            f"{written!r} is a month; which day? Write it as {such}",
            f"只有月份，是哪一天？写成 {such} 这样",
        )
    if _YEAR.fullmatch(text):
        return DayError(
            f"{written!r} is a year; which day? Write it as 2024-10-31",
            "只有年份，是哪一天？写成 2024-10-31 这样",
        )
    serial = _SERIAL.fullmatch(text)
    if serial:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(serial["days"]))
        return DayError(
            f"{written!r} is the number that a spreadsheet keeps for {day}; give the column the "
            "format of a date",
            f"这是表格软件存日期用的数（即 {day}）；设置单元格格式为日期",
        )
    return _no_date(written)


def _no_year(written: str, match: re.Match[str]) -> DayError:
    """A date that does not begin with a year is told, with every day that it may mean."""
    first, month, last = match["year"], match["month"], match["day"]
    days = []
    if len(first) <= 2:
        orders = [(f"20{first:0>2}", month, last)]
        if match["mark"] == "/" and len(last) in (2, 4):
            # a spreadsheet set up in America writes the month first
            orders.append((last if len(last) == 4 else f"20{last}", first, month))
        if len(last) == 4:
            orders.append((last, month, first))
        for year, of, day in orders:
            try:
                days.append(dt.date(int(year), int(of), int(day)).isoformat())
            except ValueError:
                continue
    days = list(dict.fromkeys(days))
    zh = f"；写成 {' 还是 '.join(days)}？" if len(days) > 1 else f"，写成 {days[0]}" if days else ""
    en = f": {' or '.join(days)}{'?' if len(days) > 1 else ''}" if days else ""
    what = "年份写在最前面" if len(last) == 4 else "年份写四位"
    return DayError(
        f"{written!r} does not begin with a year of four digits; write it so{en}", f"{what}{zh}"
    )


_HOUR = re.compile(
    r"(?P<day>.*?)[ T]*(?P<hour>\d{1,2})"
    r"(?:[:时点](?P<minute>\d{2})?(?::(?P<second>\d{2})(?:\.0+)?)?)?分?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def _no_time(written: object) -> DayError:
    return DayError(
        f"{written!r} is not a time; write it as 2024-01-31T07:00", "写成 2024-01-31 07:00"
    )


def to_hour(written: str | dt.datetime) -> dt.datetime:
    """A full hour of Beijing time: 2024-01-31T07:00, 2024/1/31 7:00, 2024年1月31日7时, 20240131 07.

    Hour 24, as monitoring platforms write it, is hour 0 of the next day.

    Raises:
        DayError: it is no such time, lies between two hours, or says another time zone.
    """
    found = _to_time(written)
    if (found.minute, found.second, found.microsecond) != (0, 0, 0):
        raise DayError(
            f"{written!r} is no full hour; write the hour that it ends",
            "不是整点；写这一小时结束的整点",
        )
    return found


def to_minute(written: str | dt.datetime) -> dt.datetime:
    """A minute of Beijing time: 2024-01-31T07:05, 2024/1/31 7:05, 2024年1月31日7时5分.

    Raises:
        DayError: it is no such time, has seconds, or says another time zone.
    """
    found = _to_time(written)
    if (found.second, found.microsecond) != (0, 0):
        raise DayError(
            f"{written!r} has seconds; write {found:%Y-%m-%dT%H:%M}",
            f"精确到分即可，写成 {found:%Y-%m-%d %H:%M}",
        )
    return found


def _to_time(written: str | dt.datetime) -> dt.datetime:
    """A time of day in Beijing, as exactly as it is written."""
    if isinstance(written, dt.datetime):
        found, zone = written.replace(tzinfo=None), written.utcoffset()
    else:
        match = _HOUR.fullmatch(units.clean(str(written)))
        if match is None or not match["day"].strip():
            raise _no_time(written)
        try:
            day = to_day(match["day"].strip())
        except DayError as error:
            whole = _DAY.fullmatch(match["day"].strip().translate(_DASHES))
            raise (error if whole else _no_time(written)) from None
        hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
        midnight = (hour, minute, second) == (24, 0, 0) and day < NEVER
        if hour > 23 and not midnight:
            raise DayError(f"{written!r}: hours run from 0 to 24:00", "小时是 0 到 24 点")
        if minute > 59 or second > 59:
            raise _no_time(written)
        found = dt.datetime(day.year, day.month, day.day, 0 if midnight else hour, minute, second)
        if midnight:
            found += dt.timedelta(days=1)
        zone = _offset(match["zone"])
    if zone is not None and zone != BEIJING:
        right = f"{found + BEIJING - zone:%Y-%m-%dT%H:%M}"
        raise DayError(
            f"{written!r} is not Beijing time; write {right}", f"不是北京时间，写成 {right}"
        )
    since_first(found)
    return found


def _offset(zone: str | None) -> dt.timedelta | None:
    if zone is None:
        return None
    if zone == "Z":
        return dt.timedelta(0)
    sign = -1 if zone[0] == "-" else 1
    return sign * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


_A_WEEK = re.compile(r"(\d{4})年?[-/]?(?:第|W)(\d{1,2})周?")
_A_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月份?)?")
_A_QUARTER = re.compile(r"(\d{4})年?[-/]?(?:第|Q)?([1-4一二三四])季?度?")
_A_HALF = re.compile(r"(\d{4})年?[-/]?(上|下|H1|H2)(?:半年)?")
_A_YEAR = re.compile(r"(\d{4})(?:年度?)?")


def period_called(text: str) -> str:
    """The name of a period that people call otherwise: 2024年第5周 is 2024-W05; else the text.

    2024年5月 is 2024-05, 2024年二季度 2024-Q2, 2024年上半年 2024-H1, 2024年度 2024.
    """
    written = text.upper()
    if match := _A_YEAR.fullmatch(written):
        return match[1]
    if (match := _A_WEEK.fullmatch(written)) and 1 <= int(match[2]) <= 53:
        return f"{match[1]}-W{int(match[2]):02}"
    if (match := _A_HALF.fullmatch(written)) and (written.endswith("半年") or "H" in written):
        return f"{match[1]}-H{1 if match[2] in ('上', 'H1') else 2}"
    if (match := _A_QUARTER.fullmatch(written)) and ("季" in written or "Q" in written):
        return f"{match[1]}-Q{'一二三四'.find(match[2]) + 1 or match[2]}"
    if (match := _A_MONTH.fullmatch(written)) and 1 <= int(match[2]) <= 12:
        return f"{match[1]}-{int(match[2]):02}"
    return text
