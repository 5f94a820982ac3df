"""An explanation: how each duty came out and why, as values and in lines of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from airplan_core.assessment.changes import Turn
from airplan_core.assessment.shortfall import Lack
from airplan_core.errors import Problem
from airplan_core.model import outcome as verdict
from airplan_core.model.clause import Clause
from airplan_core.model.duty import Duty
from airplan_core.model.fields import Dated
from airplan_core.model.interpretation import Interpretation
from airplan_core.model.metric import Metric, leaves
from airplan_core.model.rule import Exempt, Rule
from airplan_core.model.tree import ALWAYS, Always, And, Column, Expr, Not, Or, Whole
from airplan_core.quantities.workdays import YEARS
from airplan_core.readers.numbers import bare, value_text
from airplan_core.readers.prose import prose
from airplan_core.readers.scalar import Trace
from airplan_core.readers.words import STRENGTHS, outcome_word, word


@attrs.frozen(kw_only=True)
class Reason:
    """How one duty came out, and why.

    Attributes:
        duty: the duty.
        possible: the outcomes still possible; one where it is decided.
        otherwise: the outcome without any exemption.
        applies, exempt, requires: the conditions as they came out; `exempts` has the exemptions
            one by one, `in_time` the requirement by the due day where that has passed.
        lacking: how many tonnes, trips or vehicles the shares and counts fall short by.
        missing: the facts that are unknown and keep it undecided; `unreadable` has the cells
            behind them that could not be read.
        turns: for each fact, the least change of it alone that turns the outcome.
        verdict: the row of the table of verdicts: measured, limit, margin, unit, departments.
    """

    duty: Duty
    possible: int
    otherwise: str
    applies: Trace
    exempt: Trace | None
    exempts: tuple[tuple[Exempt, Trace], ...]
    requires: Trace
    in_time: Trace | None
    missing: tuple[Expr, ...]
    unreadable: tuple[Problem, ...] = ()
    lacking: tuple[Lack, ...]
    turns: tuple[Turn, ...]
    verdict: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """The outcome's name, or UNKNOWN."""
        return verdict.outcome_name(self.possible)


@attrs.frozen(kw_only=True)
class Explanation:
    """Why a subject stands to a rule as it does on a date: one reason for each duty.

    `against` has the sentences that ask something else, with the question that this leaves open.
    """

    rule: Rule
    subject: str
    as_of: dt.date
    row: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    exemptions: tuple[Mapping[str, Any], ...] = ()
    against: tuple[tuple[Interpretation, Clause], ...] = ()

    def __str__(self) -> str:
        from airplan_core.assessment.explanation import explanation_text

        return explanation_text(self)


_MARK = {True: "✓", False: "✗", None: "?"}


def explanation_lines(explanation: Explanation, lang: str = "zh") -> Iterator[str]:
    """The explanation, a line at a time."""
    rule, clause = explanation.rule, explanation.rule.clause
    yield f"{rule.id} · {explanation.subject} · {word('as_of', lang)} {explanation.as_of}"
    for one in rule.clauses:
        yield f"  {one.id} 「{one.text}」"
    if lang == "en" and rule.en:
        yield f"  {rule.en}"
    yield f"  {word('strength', lang)}: {STRENGTHS[clause.strength.name][lang == 'en']}"
    told = explanation.reasons[0].verdict if explanation.reasons else {}
    whose = told.get("departments", ())
    for role in ("lead", "shared", "cooperating"):
        if named := [name for name in getattr(clause, role) if name in whose]:
            yield f"  {word(role, lang)}: {'、'.join(named)}"
    if names := told.get("departments_open"):
        whens = leaves(*explanation.reasons[0].duty.whose.values())
        facts = "、".join(_name(leaf, lang) for leaf in whens if explanation.row[leaf.name] is None)
        said = word("may_be", lang, "、".join(names))
        yield f"  {said} ({word('answers_by', lang, facts)})"
    for reason in explanation.reasons:
        yield ""
        yield from _reason(reason, explanation.row, lang)
        begins = reason.duty.begins
        if begins is not None and explanation.as_of < begins:
            yield f"  {word('not_begun', lang, begins)}"
    for question, other in explanation.against:
        yield f"  {word('against', lang)} ({question.id}): {other.id} 「{other.text}」"
    for row in explanation.exemptions:
        dates = f"{row['valid_from'] or '?'} – {row['valid_to'] or '?'}"
        granted = f"{row['authority'] or '?'}, {dates}: {row['reason'] or ''}"
        yield f"  {word('exemptions', lang)}: {granted}"


def _reason(reason: Reason, row: Any, lang: str) -> Iterator[str]:
    duty = reason.duty
    last = reason.verdict["due"]
    if duty.own is not None:
        last = f"{prose(duty.own, lang)} ({last or '?'})"
    due = f"{word('due', lang)} {last}" if last else word("standing", lang)
    yield f"{duty.id} · {due}: {outcome_word(reason.outcome, lang)}{_margin(reason, lang)}"
    if reason.possible.bit_count() > 1:
        names = "、".join(outcome_word(name, lang) for name in reason.verdict["possible"])
        yield f"  {word('possible', lang)}: {names}"
        facts = "、".join(_lacking(leaf, row, lang) for leaf in reason.missing)
        yield f"  {word('missing', lang)}: {facts}"
        for problem in reason.unreadable:
            yield f"  {word('unreadable_cell', lang)}: {problem.text(lang)}"
    if reason.outcome == "EXEMPT":
        yield f"  {word('otherwise', lang)}: {outcome_word(reason.otherwise, lang)}"
    yield from _part("applies", reason.applies, row, lang)
    for one, trace in reason.exempts:
        yield f"  {word('exempt', lang)} “{one.text}”: {_MARK[trace.value]}"
        yield from _trace(trace, row, lang, 2)
    yield from _part("requires", reason.requires, row, lang)
    for lack in reason.lacking:
        yield "    " + _lack(lack, lang)
    if reason.in_time is not None and reason.in_time.value != reason.requires.value:
        yield f"  {word('in_time', lang)} ({last}):"
        yield from _trace(reason.in_time, row, lang, 2)
    decided = deciding(reason)
    if decided is not None:
        yield f"  {word('decided', lang)}: {_MARK[decided.value]} {prose(decided.node, lang)}"
    if reason.turns:
        yield f"  {word('changes', lang)}:"
    for change in reason.turns:
        yield (
            f"    {_name(change.fact, lang)} {word('now', lang)} "
            f"{value_text(change.fact, change.before, lang)}, {word('then', lang)} "
            f"{value_text(change.fact, change.after, lang)} → {outcome_word(change.outcome, lang)}"
        )


def _part(key: str, trace: Trace, row: Any, lang: str) -> Iterator[str]:
    if trace.node == ~ALWAYS:
        yield f"  {word(key, lang)}: {prose(trace.node, lang)}"
    elif not isinstance(trace.node, Always):
        yield f"  {word(key, lang)}:"
        yield from _trace(trace, row, lang, 2)


def _lack(lack: Lack, lang: str) -> str:
    """What a share or a count rests on, and by how much it falls short."""
    name, unit = lack.metric.label(lang), lack.unit
    if lack.total is None:
        basis = f"{bare(lack.part)} {unit}"
    else:
        basis = word("part_of", lang, f"{bare(lack.part)} {unit}", f"{bare(lack.total)} {unit}")
    lacks = word("lacks" if lack.total is not None else "exceeds", lang)
    text = f"{name}: {basis}; {lacks} {bare(lack.amount)} {unit}"
    if lack.most is not None and lack.most > lack.amount:
        text += word("at_worst", lang, f"{bare(lack.most)} {unit}")
    return text


def deciding(reason: Reason) -> Trace | None:
    """The smallest part of the conditions that alone brought the outcome about."""
    match reason.outcome:
        case "NOT_APPLICABLE":
            trace = reason.applies
        case "EXEMPT" if reason.exempt is not None and reason.exempt.value:
            trace = reason.exempt
        case "EXEMPT":
            return None
        case _:
            trace = reason.requires
    while trace.parts:
        node, alike = trace.node, [part for part in trace.parts if part.value == trace.value]
        if isinstance(node, Not):
            alike = list(trace.parts)
        joint = trace.value is isinstance(node, And)  # all parts of it decide together
        if len(alike) != 1 or (joint and isinstance(node, And | Or)):
            break
        trace = alike[0]
    return None if isinstance(trace.node, Always) else trace


def _margin(reason: Reason, lang: str) -> str:
    from airplan_core.readers.numbers import margin_text

    row = dict(reason.verdict)
    text = margin_text(row, lang)
    if row["limit"] is not None and row["measured"] is not None:
        unit = row["unit"]
        measured = f"{row['measured']:.6g} {unit}"
        text = (
            f"{word('measured', lang)} {measured}, {word('limit', lang)} {row['limit']:.6g} {unit}"
            f"{', ' + word('margin', lang) + ' ' + text if text else ''}"
        )
    return f" ({text})" if text else ""


def _trace(trace: Trace, row: Any, lang: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(trace.node, Whole):
        yield f"{indent}{_MARK[trace.value]} {trace.node.label(lang)}{_lacks(trace, lang)}:"
        for part in trace.parts:
            yield from _trace(part, row, lang, depth + 1)
    elif isinstance(trace.node, And | Or):
        joint = {"zh": ("全部满足", "任一满足"), "en": ("all of", "any of")}[lang]
        yield f"{indent}{_MARK[trace.value]} {joint[isinstance(trace.node, Or)]}:"
        for part in trace.parts:
            yield from _trace(part, row, lang, depth + 1)
    else:
        values = "; ".join(
            f"{_name(leaf, lang)} = {value_text(leaf, _held(leaf, row), lang)}"
            for leaf in leaves(trace.node)
        )
        yield f"{indent}{_MARK[trace.value]} {prose(trace.node, lang)}　[{values}]"


def _lacks(trace: Trace, lang: str) -> str:
    """Which parts of an enumeration are missing, and of which it is not known."""
    found = ""
    for key, value in (("lacks_parts", False), ("parts_unknown", None)):
        parts = [_called(part.node, lang) for part in trace.parts if part.value is value]
        if parts:
            every = ("、" if lang == "zh" else ", ").join(parts)
            found += word(key, lang, len(trace.parts), len(parts), every)
    return found


def _called(node: Expr, lang: str) -> str:
    return _name(node, lang) if isinstance(node, Column) else prose(node, lang)


def _held(leaf: Any, row: Any) -> Any:
    if isinstance(leaf, Metric):
        return tuple(row.get(end) for end in leaf.ends)
    return row.get(leaf.name)


def _name(leaf: Any, lang: str) -> str:
    if isinstance(leaf, Metric):
        return leaf.label(lang)
    return str(prose.dispatch(Column)(leaf, lang))


def _lacking(leaf: Any, row: Any, lang: str) -> str:
    """A fact that keeps an outcome open: blank, a divisor that is 0, or a day of no calendar."""
    name = _name(leaf, lang)
    if isinstance(leaf, Metric) or row.get(leaf.name) is None:
        return name
    if isinstance(leaf, Dated):
        return f"{name} ({word('no_working_days', lang, *YEARS)})"
    return f"{name} ({word('divisor', lang)})"


def explanation_text(explanation: Explanation, lang: str = "zh") -> str:
    """The explanation of one rule and one subject, as plain text."""
    return "\n".join(explanation_lines(explanation, lang))
