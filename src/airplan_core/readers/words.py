"""The words of reports, Chinese and English, side by side."""

from __future__ import annotations

import re
import unicodedata

from airplan_core.errors import AirplanError, nearest
from airplan_core.model.outcome import NAMES, SHORT_NAMES

WORDS: dict[str, tuple[str, str]] = {
    "as_of": ("评估日期", "as of"),
    "unreadable": (
        "无法读取的单元格（按未知计，须先更正）",
        "cells that cannot be read (unknown until they are corrected)",
    ),
    "unreadable_cell": ("无法读取", "cannot be read"),
    "set_aside": (
        "认不出是谁的行（可能属于任何对象，须先更正）",
        "rows that are nobody's (they may be anyone's until they are corrected)",
    ),
    "unreadable_cells": ("无法读取的单元格", "cells that cannot be read"),
    "unit": ("单位", "unit"),
    "see_all": (
        "（全部列出：--all，或 airplan check）",
        "(every one of them: --all, or airplan check)",
    ),
    "listed": ("结论", "verdicts"),
    "see_csv": (
        "（全部列出：--all；存成表格：--format csv --out 问题.csv）",
        "(every one of them: --all; as a table: --format csv --out problems.csv)",
    ),
    "in_order": ("齐整，可以评估", "in order"),
    "with_faults": (
        "可以评估，但有读不出的内容，须先更正",
        "can be assessed, but for what cannot be read",
    ),
    "refused": ("不能评估，须先更正", "refused until it is mended"),
    "refused_for": ("必须更正", "to be mended first"),
    "files_read": ("读了的文件", "files read"),
    "rows_below": ("{}：{} 行，表头在第 {} 行", "{}: {} rows below the header in row {}"),
    "elsewhere": ("在数据库里的台账", "ledgers in the database"),
    "wanted": (
        "规则要用、文件夹里没有的台账（按未知计）",
        "ledgers that rules ask for and that are not there (unknown)",
    ),
    "wanted_by": ("{}：{} 条规则要用", "{}: asked for by {} rules"),
    "colon": ("：", ": "),
    "sheet_of": ("工作表“{}”", "sheet {!r}"),
    "row_of": ("第 {} 行", "row {}"),
    "read_of": ("“{}”", "{!r}"),
    "blank": ("空白", "blank"),
    "such_as": ("（如{}）", " (such as {})"),
    "hint": ("；{}", "; {}"),
    "expected_cells": ("{} 个单元格应为{}", "in {} cells, expected {}"),
    "expected_rows": ("{} 行应为{}", "in {} rows, expected {}"),
    "expected_places": ("{} 处应为{}", "{} times, expected {}"),
    "file": ("文件", "file"),
    "sheet": ("工作表", "sheet"),
    "row": ("行", "row"),
    "column": ("列", "column"),
    "read": ("读到", "read"),
    "expected": ("应为", "expected"),
    "instead": ("提示", "hint"),
    "totals": ("结论汇总", "verdicts by outcome"),
    "by_campaign": ("按攻坚战", "by campaign"),
    "by_department": ("按责任部门", "by department"),
    "short": ("未达要求（逾期最久者在前）", "falling short (longest overdue first)"),
    "unknown": ("数据不足：缺哪些数据", "not decided: which facts are missing"),
    "metrics": ("指标", "metrics"),
    "further_metrics": (
        "另有 {} 个没有规则引用的指标，见 --all-metrics",
        "{} more metrics that no rule reads: --all-metrics",
    ),
    "findings": ("数据冲突：台账与填报不一致", "data conflicts: ledgers against what is reported"),
    "inconsistencies": (
        "方案数字自相矛盾：印的数与表内其他数字",
        "the plan's figures against each other: printed and computed",
    ),
    "reported": ("填报值", "reported"),
    "reported_by": ("填报单位", "reported by"),
    "clashes": ("规定不一致：同一对象，两句话", "clashes: one subject, two sentences"),
    "role": ("责任", "role"),
    "lead": ("牵头", "lead"),
    "shared": ("分工负责", "shared"),
    "cooperating": ("配合", "co-operating"),
    "outlook": ("目标展望", "outlook of the targets"),
    "target": ("目标", "target"),
    "to_date": ("至今", "to date"),
    "must": ("其余时段", "the rest"),
    "can": ("能否达到", "attainable"),
    "before": ("往年同期（至今／其余）", "earlier years (to date / rest)"),
    "days_data": ("有效／缺测／剩余天", "days known / missing / left"),
    "rest_mean": ("均值不超过 {} {}", "mean at most {} {}"),
    "rest_below": ("均值低于 {} {}", "mean below {} {}"),
    "rest_needed": ("还需 {} {}", "{} {} still needed"),
    "rest_allowed": ("还可有 {} {}", "{} {} still allowed"),
    "rest_exceeded": ("已超出 {} {}", "{} {} too many already"),
    "rest_none": ("—", "—"),
    "attainable": ("可以", "yes"),
    "unattainable": ("已不可能", "no longer"),
    "never_valid": ("有效天数已不可能达到要求", "can no longer become valid"),
    "open": ("未定", "open"),
    "year_days": ("（{} 天有数据）", " ({} days of data)"),
    "and_others": ("{} 等 {} 个", "{} and others, {} in all"),
    "enough": ("同 {} 年其余时段即可", "as in the rest of {}"),
    "not_enough": ("须好于往年其余时段", "must be better than the rest of earlier years"),
    "running_mean": ("累计均值", "running mean"),
    "limit_line": ("限值 {}", "limit {}"),
    "band": ("可达标的走向", "what still meets it"),
    "calendar": ("日历：{} {}", "calendar: {} {}"),
    "no_value": ("无数据", "no data"),
    "to_come": ("未到", "to come"),
    "exemptions": ("豁免记录", "granted exemptions"),
    "unassessed": ("没有评估对象的任务", "duties without a subject"),
    "empty_ledger": ("：{}（台账为空，没有对象）", ": {}, supplied and empty: there is none"),
    "missing_ledger": ("：{}（未提供台账）", ": {}, not supplied: not known"),
    "notes": ("读取说明", "notes on the input"),
    "nothing_short": ("没有未达要求的事项。", "Nothing falls short."),
    "county": ("县市", "county"),
    "failed": ("未能评估", "could not be assessed"),
    "more": ("另有 {} 项", "{} more"),
    "campaign": ("攻坚战", "campaign"),
    "department": ("部门", "department"),
    "rule": ("规则", "rule"),
    "clause": ("条款", "clause"),
    "subject": ("对象", "subject"),
    "due": ("期限", "due"),
    "outcome": ("结论", "outcome"),
    "margin": ("差距", "margin"),
    "departments": ("责任部门", "departments"),
    "whose_open": ("负责部门未定", "departments open"),
    "may_be": ("负责部门未定：{}", "who answers is not known: {}"),
    "answers_by": ("由所缺数据决定：{}", "for missing facts to say: {}"),
    "text": ("原文", "sentence"),
    "subjects": ("对象数", "subjects"),
    "missing": ("所缺数据", "missing facts"),
    "divisor": ("为0，不能作除数", "0, and cannot divide"),
    "no_working_days": (
        "其工作日不详：放假安排只收录 {} 至 {} 年",
        "its working days are not known: those of {} to {} are",
    ),
    "metric": ("指标", "metric"),
    "period": ("时期", "period"),
    "value": ("现值", "value"),
    "interval": ("可能范围", "can still be"),
    "known": ("有效数据", "data"),
    "gaps": ("完整性", "completeness"),
    "effect": ("效力", "effect"),
    "valid": ("有效期", "valid"),
    "authority": ("批准单位", "authority"),
    "in force": ("生效中", "in force"),
    "unused": ("未用到", "unused"),
    "expired": ("已过期，不生效", "expired, without effect"),
    "not yet": ("尚未生效", "not yet in force"),
    "undated": ("缺日期，不生效", "undated, without effect"),
    "incomplete": ("数据不全", "not all is known"),
    "running": ("时期未结束", "the period still runs"),
    "no_ledger": ("未提供台账", "no ledger"),
    "complete": ("完整", "complete"),
    "overdue": ("逾期 {} 天", "{} days overdue"),
    "left": ("剩余 {} 天", "{} days left"),
    "early": ("提前 {} 天", "{} days early"),
    "today": ("今天到期", "due today"),
    "standing": ("长期", "standing"),
    "strength": ("约束力", "strength"),
    "applies": ("适用条件", "applies to"),
    "exempt": ("例外", "except"),
    "requires": ("要求", "requires"),
    "in_time": ("期限当日", "on the due day"),
    "decided": ("决定性部分", "what decided"),
    "possible": ("仍可能的结论", "still possible"),
    "otherwise": ("若无豁免", "without the exemption"),
    "part_of": ("{}，共 {}", "{} of {}"),
    "lacks_parts": ("：{} 项中缺 {} 项：{}", ": of {} parts {} are missing: {}"),
    "parts_unknown": ("；{} 项中 {} 项未知：{}", "; of {} parts {} are not known: {}"),
    "missed": ("{0} {2}中缺 {1} {2}：{3}", "{1} of {0} {2} missed: {3}"),
    "missed_unknown": ("{0} {2}中 {1} {2}未知：{3}", "{1} of {0} {2} not known: {3}"),
    "of_week": ("周", "weeks"),
    "of_month": ("个月", "months"),
    "of_quarter": ("个季度", "quarters"),
    "of_half-year": ("个半年", "half-years"),
    "so_many_of": ("{}（{} {}）", "{} ({} {})"),
    "lacks": ("尚差", "short by"),
    "exceeds": ("超出", "too many by"),
    "at_worst": ("（未知数据均不利时 {}）", " ({} if all that is unknown turns out badly)"),
    "not_begun": (
        "所属方案自 {} 起施行，此前不作要求",
        "its plan begins on {}; before, nothing is asked",
    ),
    "against": ("另有规定", "the plan says otherwise elsewhere"),
    "changes": ("只改一项事实即可改变结论", "one fact that would change it"),
    "now": ("现为", "is"),
    "then": ("改为", "if"),
    "unknown_value": ("未知", "unknown"),
    "never": ("未发生", "has not happened"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "measured": ("现值", "measured"),
    "limit": ("限值", "limit"),
    "readings": ("解释口径", "readings taken"),
    "coverage": ("条款覆盖", "coverage of the clauses"),
    "covered": ("覆盖方式", "how it is covered"),
    "origin": ("来源", "from"),
    "disabled": ("停用", "disabled"),
    "replaced": ("被取代", "replaced"),
    "ledger": ("台账", "ledger"),
    "rules": ("规则", "rule"),
    "attested": ("落实记录", "recorded act"),
    "defines": ("定义", "definition"),
    "waives": ("豁免", "exempts"),
    "waived": ("按条款豁免", "exempted by a sentence"),
    "figure": ("数额", "figure"),
    "figures": ("应计金额", "figures"),
    "excused": ("说明免除", "excused"),
    "progress": ("读取", "reading"),
    "total": ("合计", "total"),
}

STRENGTHS = {
    "MUST": ("必须", "must"),
    "IN_PRINCIPLE": ("原则上", "in principle"),
    "STRIVE": ("力争", "strive"),
    "APPROX": ("基本", "about"),
    "ENCOURAGE": ("鼓励", "encouraged"),
    "PERMIT": ("允许", "permitted"),
    "NONE": ("—", "—"),
}


def word(key: str, lang: str, *values: object) -> str:
    """The word or phrase for `key`, with `values` put in."""
    return WORDS[key][lang == "en"].format(*values)


def outcome_word(name: str, lang: str) -> str:
    """An outcome's name for a person."""
    return NAMES[name] if lang == "zh" else name.replace("_", " ").lower()


#: What else people call an outcome, or several at once.
_ALSO: dict[str, tuple[str, ...]] = {
    "未达要求": SHORT_NAMES, "falls short": SHORT_NAMES, "short": SHORT_NAMES,
    "违规": ("VIOLATION",), "建议": ("ADVISORY",), "未知": ("UNKNOWN",), "不详": ("UNKNOWN",),
    "undecided": ("UNKNOWN",), "not due": ("PENDING",), "合规": ("COMPLIANT",),
    "met": ("COMPLIANT",), "免除": ("EXEMPT",), "n/a": ("NOT_APPLICABLE",),
}  # fmt: skip


def folded(text: str) -> str:
    """A name without what its writers differ in: width, case, spaces, `_` and `-`."""
    return re.sub(r"[\s_\-]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def outcomes_called(written: str) -> tuple[str, ...]:
    """The names of the outcomes that are meant: 违反, violation, 未达要求, `not applicable`, 数据.

    A word may be short, as long as it begins only one name.

    Raises:
        AirplanError: no outcome is called so, or several are; the nearest or these are named.
    """
    word = folded(written)
    known: dict[str, tuple[str, ...]] = {
        folded(spelled): (name,) for name in NAMES for spelled in (name, NAMES[name])
    }
    known |= _ALSO
    if word in known:
        return known[word]
    if word in ("逾期", "overdue"):
        raise AirplanError(
            f"{written!r}: done after its due day, LATE, or not done yet, short? write one of them",
            f"“{written}”指已完成的“逾期完成”，还是未完成的“未达要求”？写其中一个",
        )
    begun = dict.fromkeys(names for spelled, names in known.items() if spelled.startswith(word))
    if word and len(begun) == 1:
        return next(iter(begun))
    near = nearest(written, NAMES if word.isascii() else NAMES.values())
    raise AirplanError(
        f"no outcome is called {written!r}; {near}", f"没有结论叫“{written}”；{near.zh}"
    )
