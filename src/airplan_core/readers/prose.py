"""Back into a sentence: a tree as a Chinese or an English reader would say it."""

from __future__ import annotations

import functools
from typing import Any

from airplan_core.model.attested import act_of
from airplan_core.model.fields import Flag, Ranked
from airplan_core.model.interpretation import Choice
from airplan_core.model.metric import Metric
from airplan_core.model.times import DAY_OF_MINUTES, Elapsed, Happened, Later, OfDay, Season, Until
from airplan_core.model.tree import (
    Always,
    Among,
    And,
    Arises,
    Arithmetic,
    Column,
    Compare,
    Constant,
    Expr,
    Given,
    Not,
    Or,
    Staged,
    Surely,
    Whole,
)
from airplan_core.quantities.units import plain

_WORDS = {
    "zh": {"<": "低于", "<=": "不高于", ">": "超过", ">=": "不低于", "==": "等于"},
    "en": {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least", "==": "exactly"},
}


@functools.singledispatch
def prose(node: Expr, lang: str = "zh") -> str:
    """The sentence of a node.

    Raises:
        NotImplementedError: naming the node this reader does not know.
    """
    raise NotImplementedError(f"the prose reader does not know {type(node).__name__}")


@prose.register
def _(node: Always, lang: str = "zh") -> str:
    return "全部对象" if lang == "zh" else "every subject"


@prose.register
def _(node: Column, lang: str = "zh") -> str:
    act = act_of(node)
    if act is not None:
        if lang == "zh":
            year = f" {act.period} 年度" if act.period else ""
            part = f"“{act.part}”的" if act.part else ""
            return f"条款 {act.clause}{year} 工作落实记录的{part}{node.label(lang)}"
        year = f" in {act.period}" if act.period else ""
        part = f", {act.part}" if act.part else ""
        return f"the recorded act for clause {act.clause}{part}{year}: {node.label(lang)}"
    return node.label(lang)


@prose.register
def _(node: Metric, lang: str = "zh") -> str:
    return node.label(lang)


@prose.register
def _(node: Flag, lang: str = "zh") -> str:
    name = prose.dispatch(Column)(node, lang)
    return f"{name}为“是”" if lang == "zh" else f"{name}: yes"


@prose.register
def _(node: Constant, lang: str = "zh") -> str:
    if isinstance(node.value, str):
        return node.value
    return node.written or f"{plain(node.value)} {node.unit}".strip()


@prose.register
def _(node: Staged, lang: str = "zh") -> str:
    stages = (f"{prose(limit, lang)} ({day})" for day, limit in node.stages)
    return ("、" if lang == "zh" else ", ").join(stages)


@prose.register
def _(node: Arithmetic, lang: str = "zh") -> str:
    sign = {"*": "×", "/": "÷", "+": "＋" if lang == "zh" else "+", "-": "−"}[node.op]
    return f"({prose(node.left, lang)} {sign} {prose(node.right, lang)})"


@prose.register
def _(node: Compare, lang: str = "zh") -> str:
    left, right = prose(node.left, lang), prose(node.right, lang)
    word = _WORDS[lang][node.op]
    if isinstance(node.left, Ranked) and node.op != "==":
        above = node.op == ">="
        if lang == "zh":
            return f"{left}为{right}及以{'上' if above else '下'}"
        word = "or higher" if above else "or lower"
        return f"{left} is {right} {word}"
    return f"{left}{word} {right}" if lang == "zh" else f"{left} is {word} {right}"


@prose.register
def _(node: Among, lang: str = "zh") -> str:
    name = prose(node.column, lang)
    if lang == "zh":
        return f"{name}为{'、'.join(node.values)}" + ("之一" if len(node.values) > 1 else "")
    return f"{name} is {'one of ' if len(node.values) > 1 else ''}{', '.join(node.values)}"


@prose.register
def _(node: Happened, lang: str = "zh") -> str:
    name = prose(node.column, lang)
    until, since = (
        prose(bound, lang) if isinstance(bound, Expr) else bound
        for bound in (node.until, node.since)
    )
    if lang == "zh":
        after = f"，且晚于 {node.after}" if node.after else ""
        after += f"，且不早于{since}" if since else ""
        said = f"{name}不晚于 {until}{after}" if until else f"{name}已发生{after}"
        return said.replace("已发生，且不早于", "不早于")
    after = f", after {node.after}" if node.after else ""
    after += f", not before {since}" if since else ""
    return f"{name} happened" + (f" by {until}" if until else "") + after


@prose.register
def _(node: Later, lang: str = "zh") -> str:
    name = prose.dispatch(Column)(node.column, lang)
    spans = [
        (node.months, "个月", "months"), (node.working_days, "个工作日", "working days"),
        (node.days, "日", "days"), (node.hours, "小时", "hours"),
        (node.minutes, "分钟", "minutes"),
    ]  # fmt: skip
    spans = [span for span in spans if span[0]]
    if not spans:
        return f"{name}当日" if lang == "zh" else f"the day of {name}"
    # later than a month before is a day after that
    groups = [(back, [one for one in spans if (one[0] < 0) is back]) for back in (True, False)]
    if lang == "zh":
        found = (
            f"{'前' if back else '后'}{''.join(f'{abs(count)}{word}' for count, word, _ in group)}"
            for back, group in groups
            if group
        )
        return f"{name}{'再'.join(found)}"
    found = (
        f"{' '.join(f'{abs(count)} {word}' for count, _, word in group)} "
        f"{'before' if back else 'after'}"
        for back, group in reversed(groups)
        if group
    )
    return f"{' what is '.join(found)} {name}"


@prose.register
def _(node: Until, lang: str = "zh") -> str:
    day = prose(node.day, lang) if isinstance(node.day, Expr) else node.day
    return f"评估日期不晚于 {day}" if lang == "zh" else f"the day is not after {day}"


@prose.register
def _(node: Elapsed, lang: str = "zh") -> str:
    name = prose(node.column, lang)
    if lang == "zh":
        span = "".join([f"{node.years}年" * bool(node.years), f"{node.days}天" * bool(node.days)])
        if not span:
            return f"{name}已过" if node.strict else f"{name}已到"
        return f"{name}距评估日{'超过' if node.strict else '满'}{span}"
    span = " ".join(
        [f"{node.years} years" * bool(node.years), f"{node.days} days" * bool(node.days)]
    ).strip()
    if not span:
        return f"{name} has passed" if node.strict else f"{name} has come"
    return f"{name} lies {'more than' if node.strict else 'at least'} {span} back"


@prose.register
def _(node: Season, lang: str = "zh") -> str:
    (begins, first), (ends, last) = divmod(node.begins, 100), divmod(node.ends, 100)
    if lang == "zh":
        name = "评估日期" if node.column is None else prose(node.column, lang)
        return f"{name}在每年{begins}月{first}日至{ends}月{last}日之间"
    name = "the day" if node.column is None else prose(node.column, lang)
    return f"{name} lies between {begins:02}-{first:02} and {ends:02}-{last:02} of a year"


@prose.register
def _(node: OfDay, lang: str = "zh") -> str:
    name, hours = prose(node.column, lang), node.hours
    over = hours.ends > DAY_OF_MINUTES
    begins, ends = (
        f"{minute // 60:02}:{minute % 60:02}"
        for minute in (hours.begins, hours.ends - DAY_OF_MINUTES * over)
    )
    if lang == "zh":
        return f"{name}在每日{begins}至{'次日' * over}{ends}之间"
    return f"{name} lies between {begins} and {ends} of {'the next' if over else 'a'} day"


@prose.register
def _(node: Given, lang: str = "zh") -> str:
    name = prose(node.column, lang)
    return f"已写明{name}" if lang == "zh" else f"{name} is stated"


@prose.register
def _(node: Not, lang: str = "zh") -> str:
    part = node.part
    if isinstance(part, Flag):
        name = prose.dispatch(Column)(part, lang)
        return f"{name}为“否”" if lang == "zh" else f"{name}: no"
    if isinstance(part, Always):
        return "一律禁止" if lang == "zh" else "forbidden"
    return f"并非（{prose(part, lang)}）" if lang == "zh" else f"not ({prose(part, lang)})"


@prose.register
def _(node: Arises, lang: str = "zh") -> str:
    name = prose(node.metric, lang)
    return f"有“{name}”所统计的对象" if lang == "zh" else f"there is something that {name} is of"


@prose.register
def _(node: Surely, lang: str = "zh") -> str:
    return prose(node.part, lang)


@prose.register
def _(node: And, lang: str = "zh") -> str:
    return _joined(node.parts, "，且" if lang == "zh" else " and ", lang)


@prose.register
def _(node: Whole, lang: str = "zh") -> str:
    parts = _joined(node.parts, "、" if lang == "zh" else ", ", lang)
    return f"{node.label(lang)}（{parts}）" if lang == "zh" else f"{node.label(lang)} ({parts})"


@prose.register
def _(node: Or, lang: str = "zh") -> str:
    return _joined(node.parts, "，或" if lang == "zh" else " or ", lang)


@prose.register
def _(node: Choice, lang: str = "zh") -> str:
    if node.only:
        id, zh, en = node.interpretation.id, "、".join(node.only), " or ".join(node.only)
        return f"{id} 解释为 {zh}" if lang == "zh" else f"{id} is read as {en}"
    readings = (f"[{name}] {prose(branch, lang)}" for name, branch in node.branches)
    lead = (
        f"按 {node.interpretation.id} 的解释："
        if lang == "zh"
        else (f"by the reading of {node.interpretation.id}: ")
    )
    return lead + ("；" if lang == "zh" else "; ").join(readings)


def _joined(parts: tuple[Any, ...], word: str, lang: str) -> str:
    def one(part: Expr) -> str:
        text = prose(part, lang)
        return (
            (f"（{text}）" if lang == "zh" else f"({text})") if isinstance(part, And | Or) else text
        )

    return word.join(one(part) for part in parts)
