"""What stands in a cell that says nothing: it is not known, or known that nothing is stated."""

from __future__ import annotations

import re

import attrs

#: What a cell is filled with for want of anything to write: as good as a blank one.
DASHES = frozenset({"", "-", "--", "—", "——", "–", "－", "－－", "―", "―――", "———"})

#: Nothing is known: a blank cell, and what is written in its place.
BLANKS = DASHES | {
    "NA", "na", "N/A", "n/a", "NaN", "nan", "NULL", "null", "#N/A", "#n/a", "<NA>",
    "不详", "未知", "不清楚", "待核实", "待核", "待查", "待补充", "待填", "待填报", "空", "空白",
}  # fmt: skip

#: It is known that nothing is stated: there is no such thing, or it is yet to be settled.
NOT_STATED = frozenset(
    {
        "无", "没有", "暂无", "尚无", "待定", "未定", "待明确", "未明确", "尚未明确", "不明确",
        "待确定", "未确定", "尚未确定", "未制定", "尚未制定", "未设定", "未约定", "/", "／",
        "none", "no", "nothing", "not stated", "not set", "tbd",
    }
)  # fmt: skip

#: What a text holds of which it is known that nothing is stated.
NOTHING = "无"

#: What a spreadsheet shows where a formula went wrong; #N/A is its word for a blank.
FAILED = frozenset(
    {"#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#####"}
)


def is_blank(value: object) -> bool:
    """Whether nothing is known of a value as it was written."""
    return value is None or (isinstance(value, str) and value.strip() in BLANKS)


def not_stated(text: str) -> bool:
    """Whether a text says that nothing is stated."""
    return text.strip().lower() in NOT_STATED


_BELOW = re.compile(r"[<＜]\s*(?P<limit>[0-9]+(?:\.[0-9]+)?)|(?P<value>[0-9]+(?:\.[0-9]+)?)L")


@attrs.frozen(kw_only=True)
class Gauge:
    """How the export of an instrument says that there is no value, or none that is valid.

    Attributes:
        missing: what it writes where there is none: -99.
        flags: what it writes behind a value, or instead of one, that is not valid: 35H.
    """

    missing: frozenset[str] = frozenset()
    flags: tuple[str, ...] = ()

    def is_missing(self, text: str) -> bool:
        """Whether there is no value."""
        return text in self.missing

    def is_flagged(self, text: str) -> bool:
        """Whether the value is marked as not valid."""
        for flag in self.flags:
            for mark in (flag, f"({flag})", f"（{flag}）"):
                value = text.removesuffix(mark).strip()
                if value != text and (not value or _DECIMAL.fullmatch(value)):
                    return True
        return False

    def limit(self, text: str) -> str | None:
        """The detection limit that a value lies below: 2 of `<2`, and of `2L`."""
        match = _BELOW.fullmatch(text)
        return match and (match["limit"] or match["value"])


_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
