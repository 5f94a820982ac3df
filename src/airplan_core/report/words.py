"""The words of reports, Chinese and English, side by side."""

from __future__ import annotations

from airplan_core.verdict import NAMES

WORDS: dict[str, tuple[str, str]] = {
    "as_of": ("评估日期", "as of"),
    "set_aside": ("未采用的行（须先更正）", "rows set aside (to be corrected first)"),
    "totals": ("结论汇总", "verdicts by outcome"),
    "by_campaign": ("按攻坚战", "by campaign"),
    "by_department": ("按责任部门", "by department"),
    "short": ("未达要求（逾期最久者在前）", "falling short (longest overdue first)"),
    "unknown": ("数据不足：缺哪些数据", "not decided: which facts are missing"),
    "metrics": ("指标", "metrics"),
    "further_metrics": (
        "另有 {} 个没有规则引用的指标值，见 --format json",
        "{} more values of metrics that no rule reads: --format json",
    ),
    "exemptions": ("豁免记录", "granted exemptions"),
    "unassessed": (
        "没有评估对象的任务（台账未提供或为空）",
        "duties without a subject (no ledger, or empty)",
    ),
    "notes": ("读取说明", "notes on the input"),
    "nothing_short": ("没有未达要求的事项。", "Nothing falls short."),
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
    "text": ("原文", "sentence"),
    "subjects": ("对象数", "subjects"),
    "missing": ("所缺数据", "missing facts"),
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
