"""Dates as plans and ledgers write them."""

from __future__ import annotations

import datetime as dt

from airplan_core import units

#: The date of an event that is known not to have happened; a blank cell is unknown instead.
NEVER = dt.date.max


def to_day(written: str | dt.date) -> dt.date:
    """A date as a plan or ledger writes it: 2024-10-31, 2024/10/31, 2024年10月31日, 20241031.

    Raises:
        ValueError: it is no such date, or a day that does not exist.
    """
    if isinstance(written, dt.datetime):
        return written.date()
    if isinstance(written, dt.date):
        return written
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
