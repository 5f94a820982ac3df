"""An assessment as data: one JSON object, every field under its name."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from airplan_core.assessment.explanation import Explanation
from airplan_core.model.entity import ledger_of
from airplan_core.model.outcome import NAMES
from airplan_core.report.chosen import Chosen
from airplan_core.report.problems import problem_record
from airplan_core.visible import UNSEEN

#: What `json` leaves as it is, beside its own line breaks, and a terminal obeys or hides.
_OBEYED = re.compile(UNSEEN.replace(r"\x00-\x1f", "", 1)[:-1] + "\ud800-\udfff]")


def assessment_json(chosen: Chosen, lang: str = "zh") -> str:
    """An assessment, or the part of it that was chosen, as one JSON object.

    Problems and notes, which are told to people, are in their language.
    """
    assessment = chosen.assessment
    plan, facts = assessment.rulebook.plan, assessment.facts
    found = dict(chosen.counts.group_by("outcome").agg(pl.col("count").sum()).iter_rows())
    return _dump(
        {
            "plan": {"id": plan.id, "title": plan.title, "county": plan.county},
            "as_of": assessment.as_of,
            "department": chosen.department,
            "clean": chosen.clean,
            "counts": {name: found.get(name, 0) for name in NAMES},
            "verdicts": chosen.verdicts.to_dicts(),
            "missed": [
                {
                    "rule": one.rule.id,
                    "clause": one.rule.clause.id,
                    "subject": one.subject,
                    "departments": one.departments,
                    "departments_open": one.departments_open,
                    "every": one.every,
                    "over": one.over,
                    "short": one.short,
                    "unknown": one.unknown,
                }
                for one in chosen.missed
            ],
            "metrics": chosen.metrics(unread=True).to_dicts(),
            "figures": chosen.figures.to_dicts(),
            "clashes": chosen.clashes.to_dicts(),
            "findings": chosen.findings.to_dicts(),
            "inconsistencies": [one.to_dict() for one in chosen.inconsistencies],
            "exemptions": chosen.exemptions.to_dicts(),
            "waived": chosen.waived.to_dicts(),
            "set_aside": [
                {
                    "ledger": row.ledger,
                    "file": row.file,
                    "sheet": row.sheet,
                    "row": row.row,
                    "problems": [problem.text(lang) for problem in row.problems],
                }
                for row in facts.set_aside
            ],
            "unreadable": [
                {
                    "ledger": cell.ledger,
                    "id": cell.id,
                    "field": cell.field,
                    **problem_record(cell.problem, lang),
                }
                for cell in facts.unreadable
            ],
            "unassessed": [
                {
                    "duty": duty.id,
                    "ledger": ledger_of(duty.subject).name,
                    "supplied": facts.supplies(duty.subject),
                }
                for duty in chosen.unassessed
            ],
            "notes": [note.text(lang) for note in facts.notes],
        }
    )


def explanation_json(explanations: Sequence[Explanation]) -> str:
    """An explanation as one JSON object, or several as a list.

    Of each duty there is its verdict, and the changes that turn it.
    """
    records = [_explained(one) for one in explanations]
    return _dump(records[0] if len(records) == 1 else records)


def _explained(explanation: Explanation) -> dict[str, Any]:
    reasons = [
        {
            **reason.verdict,
            "lacking": [
                {
                    "metric": lack.metric.name,
                    "limit": lack.limit,
                    "part": lack.part,
                    "total": lack.total,
                    "amount": lack.amount,
                    "most": lack.most,
                    "unit": lack.unit,
                }
                for lack in reason.lacking
            ],
            "missing": [getattr(leaf, "name", "") for leaf in reason.missing],
            "changes": [
                {"fact": c.fact.name, "before": c.before, "after": c.after, "outcome": c.outcome}
                for c in reason.turns
            ],
        }
        for reason in explanation.reasons
    ]
    rule = explanation.rule
    return {
        "rule": rule.id,
        "clause": rule.clause.id,
        "text": rule.text,
        "subject": explanation.subject,
        "as_of": explanation.as_of,
        "reasons": reasons,
    }


def dump_json(value: Any) -> str:
    """JSON with Chinese as it is."""
    return _dump(value)


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=_plain, allow_nan=False)
    # JSON can write every sign that a terminal obeys as an escape, and mean the same
    return _OBEYED.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    return json.dumps(sign)[1:-1] if ord(sign) != 0x7F else r"\u007f"


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value)
