"""A number as its cell shows it: the format decides what it is, and all of its digits stay."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import attrs

#: Formats that every spreadsheet knows by number, in a Chinese one (ECMA-376 part 1, 18.8.30).
BUILT_IN: Mapping[int, str] = {
    9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日",
    32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月",
    53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip

#: The days that spreadsheets count from.
EPOCH, EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)

#: How a number that a format decides on becomes what its user sees.
Look = Callable[[Any], str]

_GENERAL = re.compile(r"General|G/通用格式|常规", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?[0-9.]+)")
_CURRENCY = re.compile(r"\$([^-\]]*)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_HALVES = re.compile(r"AM/PM|A/P|上午/下午", re.IGNORECASE)
_DATE = re.compile(r"([ymdhse])\1*|a{3,4}", re.IGNORECASE)


def plain(value: Any) -> str:
    """A value in no particular format."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case float():
            return number(value)
        case dt.datetime():
            return moment(value) if value.time() != dt.time() else value.date().isoformat()
        case dt.timedelta():
            return _clock(value, seconds=True)
        case dt.time():
            return value.isoformat("auto")
    return str(value)


def number(value: float) -> str:
    """A spreadsheet keeps 15 significant digits; what a double shows beyond is noise."""
    text = f"{value:.15g}"
    if "e" not in text:
        return text
    # so many digits are not kept, and the user sees that they are not
    return text.upper() if abs(value) >= 1e15 or abs(value) < 1e-9 else f"{Decimal(text):f}"


def moment(value: dt.datetime) -> str:
    """A day and a time of it, to the minute where it has no seconds."""
    value = (value + dt.timedelta(milliseconds=0.5)).replace(microsecond=0)
    return value.isoformat(timespec="seconds" if value.second else "minutes")


@cache
def look(code: str, epoch: dt.datetime = EPOCH) -> Look | None:
    """How a cell of a format is shown; None where it is shown as `plain` shows it."""
    if not code.strip():
        return None
    sections = [_section(text) for text in _split(code)]
    first = sections[0]
    if first.date:
        return _Dates(frozenset(first.date), first.elapsed, epoch).text
    if all(one.is_plain for one in sections):
        return None
    return _Numbers(tuple(sections), epoch).text


def _split(code: str) -> list[str]:
    """The sections of a format: positive, negative, zero, text."""
    sections, start, at = [], 0, 0
    while at < len(code):
        if code[at] == '"':
            at = code.find('"', at + 1) if '"' in code[at + 1 :] else len(code)
        elif code[at] in "\\!_*":
            at += 1
        elif code[at] == "[":
            at = code.find("]", at) if "]" in code[at:] else len(code)
        elif code[at] == ";":
            sections.append(code[start:at])
            start = at + 1
        at += 1
    return [*sections, code[start:]][:3]


@attrs.frozen(kw_only=True)
class _Section:
    """A section of a format.

    Attributes:
        condition: what numbers it is for, where it says so itself.
        before, after: the text before and after the digits.
        digits: the places of whole digits, with the text between them.
        scale: what the number is multiplied by before it is shown.
        general: all the digits there are; `zero` where a 0 is one of them.
        date: which parts of a date are shown, and `elapsed` hours, minutes or seconds.
    """

    condition: tuple[str, Decimal] | None = None
    before: str = ""
    after: str = ""
    digits: tuple[str, ...] = ()
    scale: Decimal = Decimal(1)
    general: bool = False
    zero: bool = False
    date: tuple[str, ...] = ()
    elapsed: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether a number is shown as it is."""
        if self.condition is not None or self.before or self.after or self.scale != 1:
            return False
        return self.general or (
            bool(self.digits) and self.digits.count("0") == 1 and not self.between
        )

    @property
    def between(self) -> list[str]:
        """What stands between the digits."""
        return [one for one in self.digits if one not in ("0", "#", "?")]


def _section(code: str) -> _Section:
    condition, date, elapsed = None, [], False
    texts: list[str] = [""]
    digits: list[str] = []
    scale, decimals, fraction, commas, general, zero = Decimal(1), False, False, 0, False, False
    at = 0

    def text(more: str) -> None:
        texts[-1] += more

    def digit() -> None:
        """A place of a digit: what stood since the last one stands between them."""
        nonlocal commas, zero
        zero |= code[at] == "0"
        if decimals or fraction:
            texts.append("")
            return
        if digits and texts[-1]:
            digits.append(texts.pop())
        texts.append("")
        digits.append(code[at])
        commas = 0

    while at < len(code):
        char = code[at]
        if char == '"':
            end = code.find('"', at + 1)
            end = len(code) if end < 0 else end
            text(code[at + 1 : end])
            at = end
        elif char in "\\!":
            at += 1
            text(code[at : at + 1])
        elif char in "_*":
            at += 1
        elif char == "[":
            end = code.find("]", at)
            end = len(code) if end < 0 else end
            inside = code[at + 1 : end]
            if found := _CONDITION.fullmatch(inside):
                condition = found[1], Decimal(found[2])
            elif found := _CURRENCY.match(inside):
                text(found[1])
            elif _ELAPSED.fullmatch(inside):
                date.append(inside[0].lower())
                elapsed = True
            at = end
        elif found := _GENERAL.match(code, at):
            general = True
            texts.append("")
            at = found.end() - 1
        elif found := _HALVES.match(code, at):
            at = found.end() - 1
        elif char in "0#?":
            digit()
        elif char == "." and digits and not decimals:
            decimals = True
            texts.append("")
        elif char == ".":
            decimals = True
        elif char == ",":
            commas += bool(digits)
        elif char == "%":
            scale *= 100
            text("%")
        elif char in "Ee" and code[at + 1 : at + 2] in ("+", "-"):
            fraction = True
            at += 1
        elif char == "/" and digits:
            fraction = True
        elif found := _DATE.match(code, at):
            date.append("y" if char in "eE" else char.lower())
            at = found.end() - 1
        elif char in "-+() " and not (digits and char == "-"):
            pass
        elif char == "-":
            # between the digits it stands for itself, after them for the sign
            if re.match(r"-[0#?]", code[at:]):
                text("-")
        elif char == "@":
            general = True
            texts.append("")
        else:
            text(char)
        at += 1
    return _Section(
        condition=condition,
        before=texts[0].strip(),
        after="".join(texts[1:]).strip(),
        digits=tuple(digits),
        scale=scale / 1000**commas,
        general=general,
        zero=zero,
        date=tuple(_minutes(date)),
        elapsed=elapsed,
    )


def _minutes(parts: list[str]) -> list[str]:
    """An m is a month, but for one after hours or before seconds, which is minutes (n)."""
    found = []
    for at, part in enumerate(parts):
        after_hours = at > 0 and parts[at - 1] == "h"
        before_seconds = parts[at + 1 : at + 2] == ["s"]
        found.append("n" if part == "m" and (after_hours or before_seconds) else part)
    return found


@attrs.frozen
class _Numbers:
    """Numbers in a format of one, two or three sections."""

    sections: tuple[_Section, ...]
    epoch: dt.datetime

    def text(self, value: Any) -> str:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            if not isinstance(value, dt.date):
                return plain(value)
            # taken for a date, which its format does not say
            value = _serial(value, self.epoch)
        exact = Decimal(f"{value:.15g}")
        if not exact.is_finite():
            return plain(value)
        section = self._section(exact)
        if section is None:
            return number(value)
        sign = "-" if exact < 0 else ""
        return _shown(section, abs(exact), sign)

    def _section(self, value: Decimal) -> _Section | None:
        if any(one.condition is not None for one in self.sections):
            return next((one for one in self.sections if _holds(one.condition, value)), None)
        at = 0 if value > 0 else 1 if value < 0 else 2
        if len(self.sections) <= at:
            at = 0
        return self.sections[at]


def _holds(condition: tuple[str, Decimal] | None, value: Decimal) -> bool:
    if condition is None:
        return True
    sign, limit = condition
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _shown(section: _Section, value: Decimal, sign: str) -> str:
    if not section.digits and not section.general:
        # `;;;` hides what it is for; [=1]"是" says it in a word; `0;-0;"-"` writes 0 as a dash
        return "0" if section.before in ("-", "—", "–") and not value else section.before
    if not value and not section.general and not section.zero:
        dash = section.before in ("-", "—", "–")
        return "0" if dash else (section.before + section.after)
    value *= section.scale
    between = section.between
    if between == ["."]:
        # 0!.0,"万": a point that is written between the digits is one to who reads it
        places = sum(one in "0#?" for one in section.digits[section.digits.index(".") :])
        digits = _digits(value.scaleb(-places))
    elif between and value == value.to_integral_value():
        digits = _filled(section.digits, f"{value:.0f}")
    else:
        digits = _digits(value)
        whole, point, rest = digits.partition(".")
        digits = whole.zfill(section.digits.count("0")) + point + rest
    before, after = section.before, section.after
    if sign:
        # the section of negative numbers writes their sign itself
        before, after = before.lstrip("-−("), after.rstrip(")")
    return f"{sign}{before}{digits}{after}"


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _filled(places: tuple[str, ...], digits: str) -> str:
    """The digits in their places, from the right; the first takes what is left."""
    wanted = sum(one in "0#?" for one in places)
    digits = digits.zfill(wanted)
    rest, given = digits[: len(digits) - wanted], iter(digits[len(digits) - wanted :])
    return rest + "".join(next(given) if one in "0#?" else one for one in places)


def _serial(value: dt.date, epoch: dt.datetime) -> float:
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return (value - epoch) / dt.timedelta(days=1)


@attrs.frozen
class _Dates:
    """Dates and times of which a format shows some parts."""

    parts: frozenset[str]
    elapsed: bool
    epoch: dt.datetime

    def text(self, value: Any) -> str:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            try:
                only_time = self.parts <= set("hns")
                value = self._time(value) if only_time else self._day(value)
            except (OverflowError, ValueError):
                return number(value)
        if isinstance(value, (dt.timedelta, dt.time)):
            return _clock(value, seconds="s" in self.parts)
        if not isinstance(value, dt.date):
            return plain(value)
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        value = (value + dt.timedelta(milliseconds=0.5)).replace(microsecond=0)
        dates = self.parts & set("ymd")
        if not dates and self.parts & set("hns"):
            since = value - (self.epoch if self.elapsed else dt.datetime.combine(value, dt.time()))
            return _clock(since, seconds="s" in self.parts)
        if dates == {"y"}:
            return f"{value.year}"
        if dates == {"y", "m"}:
            return f"{value.year}年{value.month}月"
        if dates == {"m", "d"}:
            return f"{value.month}月{value.day}日"
        if dates == {"m"}:
            return f"{value.month}月"
        if dates == {"d"}:
            return f"{value.day}日"
        return moment(value) if "h" in self.parts else value.date().isoformat()

    def _day(self, serial: float) -> dt.datetime:
        if serial < 0:
            raise ValueError(serial)
        return self.epoch + dt.timedelta(days=serial)

    def _time(self, serial: float) -> dt.timedelta:
        return dt.timedelta(days=serial if self.elapsed else serial % 1)


def _clock(value: dt.timedelta | dt.time, *, seconds: bool) -> str:
    if isinstance(value, dt.time):
        value = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    total = round(value.total_seconds())
    sign, total = ("-", -total) if total < 0 else ("", total)
    hours, rest = divmod(total, 3600)
    minutes, second = divmod(rest, 60)
    return f"{sign}{hours:02}:{minutes:02}" + (f":{second:02}" if seconds or second else "")
