"""Explain: why a subject stands to a rule as it does, and which single fact would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl

from airplan_core.assessment.changes import turns
from airplan_core.assessment.explanation import Explanation, Reason
from airplan_core.assessment.shortfall import lacking
from airplan_core.assessment.unread import Unread
from airplan_core.assessment.verdicts import verdicts
from airplan_core.engines.engine import Engine, values_of
from airplan_core.engines.scalar import decide, missing
from airplan_core.errors import RuleError
from airplan_core.model import outcome as verdict
from airplan_core.model.clause import Clause
from airplan_core.model.duty import Duty
from airplan_core.model.ids import folded
from airplan_core.model.interpretation import Choice, Interpretation
from airplan_core.model.ledgers import Exemption
from airplan_core.model.outcome import Outcome
from airplan_core.model.rule import Rule
from airplan_core.model.tree import walk
from airplan_core.readers import scalar
from airplan_core.readers.scalar import Row
from airplan_core.rulebook.rulebook import Rulebook


def explain(engine: Engine, rule_id: str, subject: str) -> Explanation:
    """The explanation of one rule and one subject: see `Assessment.explain`."""
    rulebook, as_of = engine.rulebook, engine.as_of
    rule, subject = rulebook.rule(rule_id), folded(subject)
    found = engine.subject(rule.subject, subject)
    row = values_of(engine, rule.subject, subject, found)
    unread = Unread(engine.facts)
    reasons = [
        _reason(duty, found, row, as_of, unread)
        for duty in rulebook.by_entity.get(rule.subject, ())
        if duty.rule.id == rule_id
    ]
    if not reasons:
        raise _of_another_reading(rulebook, rule)
    granted = engine.facts.table(Exemption).filter(
        (pl.col("rule") == rule_id) & (pl.col("subject") == subject)
    )
    return Explanation(
        rule=rule,
        subject=subject,
        as_of=as_of,
        row=row,
        reasons=tuple(reasons),
        exemptions=tuple(granted.iter_rows(named=True)),
        against=tuple(_against(rulebook, rule)),
    )


def _against(book: Rulebook, rule: Rule) -> Iterator[tuple[Interpretation, Clause]]:
    """The clauses that an open question sets against the rule's."""
    mine = {clause.id for clause in rule.clauses}
    for question in book.interpretations.values():
        others = [side for side in question.between if not mine & set(side)]
        if len(others) < len(question.between):
            for id in (id for side in others for id in side):
                if id in book.clauses:
                    yield question, book.clauses[id]


def _of_another_reading(book: Rulebook, rule: Rule) -> RuleError:
    """What is told of a rule that speaks of nobody under the readings taken."""
    asked = dict.fromkeys(n.interpretation.id for n in walk(rule.applies) if isinstance(n, Choice))
    taken = ", ".join(f"{id} = {book.choices[id]}" for id in asked)
    return RuleError(
        f"the rule {rule.id!r} asks nothing under the reading taken ({taken}); another is taken in "
        "airplan.toml, [interpretations]",
        f"按现在选用的解释口径（{taken}），规则“{rule.id}”没有要求；要改口径，写在 airplan.toml 的 "
        "[interpretations] 里",
    )


def _reason(duty: Duty, found: pl.DataFrame, row: Row, as_of: dt.date, unread: Unread) -> Reason:
    """Why a subject, as it was fetched and as values, stands to a duty as it does."""
    possible = decide(duty, row, as_of)
    bits = pl.lit(possible, pl.UInt8).alias("bits")
    # the outcome and what is missing are told by the traces below; here, how far off it is
    shown = verdicts([(duty, found.with_columns(bits))], as_of, {duty.id: ()})
    requires = scalar.trace(duty.requires, row, as_of)
    traces = {
        "applies": scalar.trace(duty.applies, row, as_of),
        "exempt": None if duty.exempt is None else scalar.trace(duty.exempt, row, as_of),
        "requires": requires,
        "in_time": (
            scalar.trace(duty.in_time, row, as_of)
            if duty.in_time is not None and duty.can_be_late(as_of)
            else None
        ),
    }
    otherwise = verdict.outcome_name(decide(duty, row, as_of, exemptions=False))
    said = shown.row(0, named=True)
    if possible == Outcome.EXEMPT:
        said["otherwise"] = otherwise
    lacks = missing(duty, row, as_of)
    problems = [p for leaf in lacks for p in unread.behind(duty.subject, leaf, str(row["id"]))]
    said["unreadable"] = [problem.place for problem in problems] or None
    return Reason(
        duty=duty,
        possible=possible,
        otherwise=otherwise,
        missing=lacks,
        unreadable=tuple(dict.fromkeys(problems)),
        lacking=tuple(lacking(requires, row, as_of)),
        exempts=tuple((one, scalar.trace(one.when, row, as_of)) for one in duty.exempts),
        turns=tuple(turns(duty, row, as_of)),
        verdict=said,
        **traces,  # type: ignore[arg-type]
    )
