"""Explain: why a subject stands to a rule as it does, and which single fact would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl

from airplan_core import verdict
from airplan_core.backends import scalar, strategies
from airplan_core.backends.scalar import Row, Trace
from airplan_core.clause import Clause
from airplan_core.dates import NEVER
from airplan_core.duty import Duty
from airplan_core.expr import Condition, Expr
from airplan_core.fields import Measured
from airplan_core.interpretation import Interpretation
from airplan_core.lacking import Lack, lacking
from airplan_core.ledgers import Exemption
from airplan_core.metric import Leaf, Metric, leaves
from airplan_core.rule import Exempt, Rule
from airplan_core.verdict import SHORT, Outcome, index

if TYPE_CHECKING:
    from airplan_core.assessment import Assessment

#: Outcomes that ask nothing more of the subject.
SETTLED = Outcome.COMPLIANT | Outcome.LATE | Outcome.EXEMPT | Outcome.NOT_APPLICABLE


@attrs.frozen(kw_only=True)
class Change:
    """One fact that, changed alone, turns the outcome."""

    fact: Leaf
    before: Any
    after: Any
    outcome: str


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
        missing: the facts that are unknown and keep it undecided.
        changes: for each fact, the least change of it alone that turns the outcome.
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
    lacking: tuple[Lack, ...]
    changes: tuple[Change, ...]
    verdict: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """The outcome's name, or UNKNOWN."""
        return verdict.named(self.possible)


@attrs.frozen(kw_only=True)
class Explanation:
    """Why a subject stands to a rule as it does on a date: one reason for each duty.

    `elsewhere` has the sentences that ask something else, with the question that this leaves open.
    """

    rule: Rule
    subject: str
    as_of: dt.date
    row: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    exemptions: tuple[Mapping[str, Any], ...] = ()
    elsewhere: tuple[tuple[Interpretation, Clause], ...] = ()

    def __str__(self) -> str:
        from airplan_core.report.text import explanation_text

        return explanation_text(self)


def explain(assessment: Assessment, rule_id: str, subject: str) -> Explanation:
    """The explanation of one rule and one subject: see `Assessment.explain`."""
    rulebook, as_of = assessment.rulebook, assessment.as_of
    rule = rulebook.rule(rule_id)
    row = assessment.row(rule.subject, subject)
    reasons = []
    for duty in rulebook.by_entity[rule.subject]:
        if duty.rule.id == rule_id:
            reasons.append(_reason(assessment, duty, subject, row))
    granted = assessment.facts.table(Exemption).filter(
        (pl.col("rule") == rule_id) & (pl.col("subject") == subject)
    )
    return Explanation(
        rule=rule,
        subject=subject,
        as_of=as_of,
        row=row,
        reasons=tuple(reasons),
        exemptions=tuple(granted.iter_rows(named=True)),
        elsewhere=tuple(_elsewhere(assessment, rule)),
    )


def _elsewhere(assessment: Assessment, rule: Rule) -> Iterator[tuple[Interpretation, Clause]]:
    """The clauses that an open question sets against the rule's."""
    mine, book = {clause.id for clause in rule.clauses}, assessment.rulebook
    for question in book.interpretations.values():
        others = [side for side in question.between if not mine & set(side)]
        if len(others) < len(question.between):
            for id in (id for side in others for id in side):
                if id in book.clauses:
                    yield question, book.clauses[id]


def _reason(assessment: Assessment, duty: Duty, subject: str, row: Row) -> Reason:
    from airplan_core.details import verdicts

    as_of = assessment.as_of
    table = assessment.subject(duty.subject, subject)
    possible = decide(duty, row, as_of)
    bits = pl.lit(possible, pl.UInt8).alias("bits")
    rows = [(duty, table.with_columns(bits))]
    shown = verdicts(rows, as_of, {duty.id: {verdict.named(possible)}})
    late = duty.can_be_late(as_of)
    traces = {
        "applies": scalar.trace(duty.applies, row, as_of),
        "exempt": None if duty.exempt is None else scalar.trace(duty.exempt, row, as_of),
        "requires": scalar.trace(duty.requires, row, as_of),
        "in_time": scalar.trace(duty.timely(as_of), row, as_of) if late else None,
    }
    missing = [leaf for trace in traces.values() if trace for leaf in scalar.missing(trace, row)]
    return Reason(
        duty=duty,
        possible=possible,
        otherwise=verdict.named(decide(duty, row, as_of, exemptions=False)),
        missing=tuple(dict.fromkeys(missing)),
        lacking=tuple(lacking(duty.requires, row)),
        exempts=tuple((one, scalar.trace(one.when, row, as_of)) for one in duty.exempts),
        changes=tuple(changes(duty, row, as_of)),
        verdict=shown.row(0, named=True),
        **traces,  # type: ignore[arg-type]
    )


def decide(duty: Duty, row: Row, as_of: dt.date, *, exemptions: bool = True) -> int:
    """The set of outcomes possible for a row, by the scalar reader."""

    def truth(tree: Condition) -> int:
        return scalar.TRUTH[scalar.evaluate(tree, row, as_of)]

    exempt = verdict.FALSE
    if exemptions:
        if row.get(scalar.granted(duty)):
            exempt = verdict.TRUE
        elif duty.exempt is not None:
            exempt = truth(duty.exempt)
    return duty.outcomes(as_of)[
        index(
            truth(duty.applies),
            exempt,
            truth(duty.requires),
            truth(duty.timely(as_of)),
        )
    ]


def changes(duty: Duty, row: Row, as_of: dt.date) -> Iterator[Change]:
    """For each fact, the least change of it alone that turns the outcome.

    A subject that falls short or is pending is shown what settles it; one that is settled, what
    would make it fall short; an undecided one, what each missing fact would decide. Facts of the
    requirement come first.
    """
    now = decide(duty, row, as_of)
    first = set(leaves(duty.requires))
    candidates = strategies.boundaries(duty, as_of, row)
    for leaf in sorted(candidates, key=lambda leaf: leaf not in first):
        if isinstance(leaf, Metric) and leaf.day is not None:
            continue  # what a metric was by a day that has passed can no longer be changed
        before = _value(leaf, row)
        found: dict[str, tuple[Any, Any]] = {}
        for place, after in enumerate(candidates[leaf]):
            if _impossible(leaf, after):
                continue
            possible = decide(duty, changed(row, leaf, after), as_of)
            if after == before or not _turns(now, possible):
                continue
            far, name = (_distance(before, after), place), verdict.named(possible)
            if name not in found or far < found[name][0]:
                found[name] = (far, after)
        nearest = sorted(found.items(), key=lambda item: item[1][0])
        for outcome, (_, after) in nearest if now.bit_count() > 1 else nearest[:1]:
            yield Change(fact=leaf, before=before, after=after, outcome=outcome)


def _impossible(leaf: Leaf, value: Any) -> bool:
    """Whether no subject can have the value."""
    if not isinstance(leaf, Measured) or value is None:
        return False
    low, high = leaf.bounds
    return (low is not None and value < low) or (high is not None and value > high)


def _turns(now: int, then: int) -> bool:
    if now.bit_count() > 1:
        return then.bit_count() == 1
    return not then & ~SHORT if not now & ~SETTLED else not then & ~SETTLED


def changed(row: Row, leaf: Leaf, value: Any) -> dict[str, Any]:
    """The row with one fact changed; a metric's value is an interval."""
    if isinstance(leaf, Metric):
        low, high = leaf.ends
        return {**row, low: value[0], high: value[1]}
    return {**row, leaf.name: value}


def _value(leaf: Leaf, row: Row) -> Any:
    if isinstance(leaf, Metric):
        return tuple(row.get(end) for end in leaf.ends)
    return row.get(leaf.name)


def _distance(before: Any, after: Any) -> tuple[int, Decimal]:
    """How far a value is from another; a definite one is nearer than none or an interval."""
    match before, after:
        case (Decimal() as low, _), (new, high):
            return (int(new != high), abs(new - low))
        case _, (new, high):
            return (int(new != high), Decimal(0))
        case dt.date(), dt.date():
            return (int(after == NEVER), Decimal(abs((after - before).days)))
        case bool(), _:
            return (0, Decimal(0))
        case Decimal() | int(), Decimal() | int():
            return (0, abs(Decimal(after) - before))
    return (int(after == NEVER), Decimal(0))
