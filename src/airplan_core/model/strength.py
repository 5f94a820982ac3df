"""How firmly a sentence binds, read from its own words."""

from __future__ import annotations

import re
from enum import Enum

from airplan_core.errors import RuleError


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
    Strength.ENCOURAGE: re.compile("(?<!出台)鼓励"),
    Strength.STRIVE: re.compile("力争"),
    Strength.IN_PRINCIPLE: re.compile("原则上|优先(?!控制化学品)"),
    Strength.APPROX: re.compile("基本(?!农田|要求|建设|原则|情况|公共)|左右(?!对称|两侧)"),
    Strength.PERMIT: re.compile("(?<![许认不])可(?=以|选|采[用取]|使用|不|适当|在)|(?<!不)允许"),
}

#: The words that bind firmly; 应急, 供应 and 响应 are none.
_FIRM = re.compile("必须|严禁|禁止|不得|(?<![供响反相适效对])应(?![急用对])|(?<![必无])须")


def strength_of(text: str) -> Strength:
    """The strength that a sentence's words give it: the weaker one that stands there, or MUST.

    A clause that is read otherwise says so: `TASK.clause(7, "…", Strength.IN_PRINCIPLE)`.

    Raises:
        RuleError: the words are of two strengths, 应安装…，鼓励…: which of them the rule is of is
            to be written, or the sentence's part alone is to be quoted.
    """
    found = {one: word.group() for one, words in _WORDS.items() if (word := words.search(text))}
    # 原则上…不得… is one way to bind: what stands behind 原则上 up to the comma is weakened by it
    if found and (firm := _FIRM.search(re.sub("原则上[^，；。]*", "", text))):
        found[Strength.MUST] = firm.group()
    if len(found) > 1:
        words = " and ".join(f"{word!r} ({one.name})" for one, word in found.items())
        raise RuleError(
            f"the sentence {text!r} binds in two ways, {words}: write which of them is meant, "
            "clause(…, Strength.MUST)"
        )
    return next(iter(found), Strength.MUST)
