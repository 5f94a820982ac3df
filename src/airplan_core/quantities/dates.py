"""Dates and hours as plans and ledgers write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from airplan_core.quantities import units

#: Times are Beijing time; a time that says another zone is refused.
BEIJING = dt.timedelta(hours=8)

#: The date of an event that is known not to have happened; a blank cell is unknown instead.
NEVER = dt.date.max


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


def to_day(written: str | dt.date) -> dt.date:
    """A date as a plan or ledger writes it: 2024-10-31, 2024/10/31, 2024年10月31日, 20241031.

    Raises:
        ValueError: it is no such date, or a day that does not exist.
    """
    if isinstance(written, dt.datetime):
        return written.date()
    if isinstance(written, dt.date):
        return written
    if not isinstance(written, str):
        raise ValueError(f"{written!r} is not a date; write it as 2024-10-31")
    text = units.clean(written).rstrip("日号")
    for separator in "年月/.":
        text = text.replace(separator, "-")
    if len(text) == 8 and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"{written!r} is not a date; write it as 2024-10-31")
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        raise ValueError(f"{written!r} is a day that does not exist") from None


_HOUR = re.compile(
    r"(?P<day>.*?)[ T]*(?P<hour>\d{1,2})"
    r"(?:[:时点](?P<minute>\d{2})?(?::(?P<second>\d{2})(?:\.0+)?)?)?分?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)


def to_hour(written: str | dt.datetime) -> dt.datetime:
    """A full hour of Beijing time: 2024-01-31T07:00, 2024/1/31 7:00, 2024年1月31日7时, 20240131 07.

    Raises:
        ValueError: it is no such time, lies between two hours, says another time zone, or is hour
            24, which is hour 0 of the next day.
    """
    if isinstance(written, dt.datetime):
        found, zone = written.replace(tzinfo=None), written.utcoffset()
    else:
        text = units.clean(written)
        match = _HOUR.fullmatch(text)
        if match is None or not match["day"].strip():
            raise ValueError(f"{written!r} is not a time; write it as 2024-01-31T07:00")
        try:
            day = to_day(match["day"].strip())
        except ValueError:
            raise ValueError(f"{written!r} is not a time; write it as 2024-01-31T07:00") from None
        hour = int(match["hour"])
        if hour > 23:
            hint = f"; hour 24 is {day + dt.timedelta(days=1)}T00:00" if hour == 24 else ""
            raise ValueError(f"{written!r}: hours run from 0 to 23{hint}")
        minute, second = int(match["minute"] or 0), int(match["second"] or 0)
        if minute > 59 or second > 59:
            raise ValueError(f"{written!r} is not a time; write it as 2024-01-31T07:00")
        found = dt.datetime(day.year, day.month, day.day, hour, minute, second)
        zone = _offset(match["zone"])
    if zone is not None and zone != BEIJING:
        right = f"{found + BEIJING - zone:%Y-%m-%dT%H:%M}"
        raise ValueError(f"{written!r} is not Beijing time; write {right}")
    if (found.minute, found.second, found.microsecond) != (0, 0, 0):
        raise ValueError(f"{written!r} is no full hour; write the hour that it ends")
    return found


def _offset(zone: str | None) -> dt.timedelta | None:
    if zone is None:
        return None
    if zone == "Z":
        return dt.timedelta(0)
    sign = -1 if zone[0] == "-" else 1
    return sign * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
