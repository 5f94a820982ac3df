"""What stands in a cell that says nothing: it is not known, or known that nothing is stated."""

from __future__ import annotations

#: Nothing is known: a blank cell, and what is written in its place.
BLANKS = frozenset(
    {
        "", "NA", "na", "N/A", "n/a", "NaN", "nan", "NULL", "null", "-", "—", "--", "——",
        "不详", "未知",
    }
)  # fmt: skip

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


def is_blank(value: object) -> bool:
    """Whether nothing is known of a value as it was written."""
    return value is None or (isinstance(value, str) and value.strip() in BLANKS)


def not_stated(text: str) -> bool:
    """Whether a text says that nothing is stated."""
    return text.strip().lower() in NOT_STATED
