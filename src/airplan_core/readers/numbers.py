"""Numbers, margins and values with their units, as a person reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from airplan_core.model.fields import Counted, Measured
from airplan_core.quantities.dates import NEVER, NEVER_AT
from airplan_core.quantities.units import plain
from airplan_core.readers.words import word


def value_text(leaf: Any, value: Any, lang: str) -> str:
    """A fact's value with its unit, as a person reads it."""
    match value:
        case None:
            return word("unknown_value", lang)
        case bool():
            return word("yes" if value else "no", lang)
        case dt.datetime():
            if value == NEVER_AT:
                return word("never", lang)
            return f"{value:%Y-%m-%d %H:%M}"
        case dt.date():
            return word("never", lang) if value == NEVER else value.isoformat()
        case (low, high):
            if low == high and low is not None:
                return f"{bare(low)} {leaf.measure}"
            if nothing_known(low, high, leaf.span):
                return word("unknown_value", lang)
            return f"{interval_text(low, high, bare)} {leaf.measure}"
    if isinstance(leaf, Measured | Counted):
        return f"{bare(value)} {leaf.unit}"
    return str(value)


def nothing_known(low: Any, high: Any, span: tuple[float, float | None]) -> bool:
    """Whether an interval says no more than that the number is one."""
    least, most = span
    return (low is None or low <= least) and (high is None or (most is not None and high >= most))


def interval_text(low: Any, high: Any, shown: Callable[[Any], str]) -> str:
    """An interval, with ∞ where an end is unbounded."""
    left = "(−∞" if low is None else f"[{shown(low)}"
    return f"{left}, " + ("∞)" if high is None else f"{shown(high)}]")


def bare(value: Any) -> str:
    """A number without its unit."""
    number = Decimal(value)
    return plain(number if number == int(number) else number.quantize(Decimal("0.000001")))


def margin_text(row: dict[str, Any], lang: str) -> str:
    """How far off a verdict is, in words."""
    margin, unit = row["margin"], row["unit"]
    if margin is None:
        return ""
    if unit == "天" and row["limit"] is None:
        days = int(margin)
        done = row["outcome"] in ("COMPLIANT", "LATE")
        key = "overdue" if days < 0 else "early" if done else "left" if days else "today"
        return word(key, lang, abs(days))
    shown = f"{margin:+,.4f}".rstrip("0").rstrip(".") if abs(margin) >= 0.001 else f"{margin:+.3g}"
    return f"{shown if margin else 0} {unit}"


SIGN = {"<": "＜", "<=": "≤", ">": "＞", ">=": "≥", "==": "＝"}


def number(
    value: Fraction | Decimal | float | None, decimals: int = 1, *, down: bool | None = None
) -> str:
    """A number as a bulletin prints it; `down` rounds away what is too much to promise."""
    if value is None:
        return "—"
    scaled = Fraction(value) * 10**decimals
    whole = round(scaled) if down is None else (scaled // 1 if down else -(-scaled // 1))
    text = f"{whole / 10**decimals:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
