"""GB 3095: the limits of ambient air, in the editions of 2012 and 2026.

µg/m³ (CO mg/m³), gases at 298.15 K and 1013.25 hPa, particles at ambient conditions (amendment of
2018, kept in 2026). Editions are superseded by date, never overwritten.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import attrs

from airplan_core import RuleError, nearest


@attrs.frozen(kw_only=True)
class Limits:
    """The limits of one class in one edition, by pollutant: of a year, a day, eight hours, an hour.

    O₃ has no daily mean: its `day` is the daily maximum of 8-hour means.
    """

    year: Mapping[str, Decimal] = attrs.field(hash=False)
    day: Mapping[str, Decimal] = attrs.field(hash=False)
    hour: Mapping[str, Decimal] = attrs.field(hash=False)


@attrs.frozen(kw_only=True)
class Standard:
    """An edition of GB 3095, from the day it `begins`."""

    id: str
    begins: dt.date
    class_1: Limits
    class_2: Limits


_POLLUTANTS = ("so2", "no2", "co", "o3", "pm10", "pm25")


def _limits(table: str) -> Limits:
    rows = [line.split() for line in table.strip().splitlines()]
    found = {
        name: {
            pollutant: Decimal(cell)
            for pollutant, cell in zip(_POLLUTANTS, cells, strict=True)
            if cell != "-"
        }
        for name, *cells in rows
    }
    return Limits(**found)


_HOUR_2 = "hour 500 200 10 200 - -"
_HOUR_1 = "hour 150 200 10 160 - -"

GB_3095_2012 = Standard(
    id="GB 3095-2012",
    begins=dt.date.min,
    class_1=_limits(f"year 20 40 - - 40 15\nday 50 80 4 100 50 35\n{_HOUR_1}"),
    class_2=_limits(f"year 60 40 - - 70 35\nday 150 80 4 160 150 75\n{_HOUR_2}"),
)
#: 2026-03-01 to 2030-12-31.
GB_3095_2026_TRANSITION = Standard(
    id="GB 3095-2026, transition",
    begins=dt.date(2026, 3, 1),
    class_1=_limits(f"year 20 40 - - 40 15\nday 50 80 4 100 50 35\n{_HOUR_1}"),
    class_2=_limits(f"year 60 40 - - 60 30\nday 150 80 4 160 120 60\n{_HOUR_2}"),
)
GB_3095_2026 = Standard(
    id="GB 3095-2026",
    begins=dt.date(2031, 1, 1),
    class_1=_limits(f"year 20 30 - - 20 10\nday 50 50 4 100 50 25\n{_HOUR_1}"),
    class_2=_limits("year 20 30 - - 50 25\nday 50 50 4 160 100 50\nhour 150 200 10 200 - -"),
)

#: Every edition, the latest first.
STANDARDS = (GB_3095_2026, GB_3095_2026_TRANSITION, GB_3095_2012)


def standard_of(day: dt.date) -> Standard:
    """The edition in force on a day."""
    return next(one for one in STANDARDS if day >= one.begins)


def standard(id: str) -> Standard:
    """The edition called `id`.

    Raises:
        RuleError: there is none; the nearest is named.
    """
    known = {one.id: one for one in STANDARDS}
    if id not in known:
        raise RuleError(f"no edition of GB 3095 is called {id!r}; {nearest(id, known)}")
    return known[id]
