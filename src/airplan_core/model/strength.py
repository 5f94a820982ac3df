"""How firmly a sentence binds, read from its own words."""

from __future__ import annotations

import re
from enum import Enum


class Strength(Enum):
    """How firmly a sentence binds, by its own words."""

    MUST = "应"  # 应、须、必须、要、严禁、不得, and a bare imperative
    IN_PRINCIPLE = "原则上"  # 原则上、优先
    STRIVE = "力争"
    APPROX = "基本"  # 基本、左右
    ENCOURAGE = "鼓励"
    PERMIT = "可"
    NONE = "无"  # states, defines, introduces


#: The words that bind less than 应, and what they look like but are not: 基本农田, 可靠, 许可.
_WORDS = {
    Strength.ENCOURAGE: re.compile("鼓励"),
    Strength.STRIVE: re.compile("力争"),
    Strength.IN_PRINCIPLE: re.compile("原则上|优先"),
    Strength.APPROX: re.compile("基本(?!农田|要求|建设|原则|情况|公共)|左右"),
    Strength.PERMIT: re.compile("(?<![许认不])可(?=以|选用|采用|使用|不|在)"),
}


def strength_of(text: str) -> Strength:
    """The strength that a sentence's words give it: the first of the weaker ones, or MUST.

    A clause that is read otherwise says so: `TASK.clause(7, "…", Strength.IN_PRINCIPLE)`.
    """
    return next((one for one, word in _WORDS.items() if word.search(text)), Strength.MUST)
