"""An assessment as data: one JSON object, or its verdicts as CSV or Parquet."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import polars as pl

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.explanation import Explanation
from airplan_core.model.entity import ledger_of
from airplan_core.model.outcome import NAMES

#: What a spreadsheet may take for the start of a formula.
_FORMULA = r"^([=+\-@\t\r])"


def assessment_json(assessment: Assessment, verdicts: pl.DataFrame) -> str:
    """The whole assessment as one JSON object; `verdicts` are records."""
    plan = assessment.rulebook.plan
    counts = assessment.counts.group_by("outcome").agg(pl.col("count").sum())
    found = dict(counts.iter_rows())
    return _dump(
        {
            "plan": {"id": plan.id, "title": plan.title, "county": plan.county},
            "as_of": assessment.as_of,
            "clean": assessment.clean,
            "counts": {name: found.get(name, 0) for name in NAMES},
            "verdicts": verdicts.to_dicts(),
            "metrics": assessment.metrics.to_dicts(),
            "clashes": assessment.clashes.to_dicts(),
            "findings": assessment.findings.to_dicts(),
            "exemptions": assessment.exemptions.to_dicts(),
            "set_aside": [
                {
                    "ledger": row.ledger,
                    "file": row.file,
                    "sheet": row.sheet,
                    "row": row.row,
                    "problems": [str(problem) for problem in row.problems],
                }
                for row in assessment.facts.set_aside
            ],
            "unreadable": [
                {
                    "ledger": cell.ledger,
                    "id": cell.id,
                    "field": cell.field,
                    "problem": str(cell.problem),
                }
                for cell in assessment.facts.unreadable
            ],
            "unassessed": [
                {
                    "duty": duty.id,
                    "ledger": ledger_of(duty.subject).name,
                    "supplied": assessment.facts.supplies(duty.subject),
                }
                for duty in assessment.unassessed
            ],
            "notes": list(map(str, assessment.facts.notes)),
        }
    )


def explanation_json(explanation: Explanation) -> str:
    """An explanation as one JSON object: for each duty its verdict and the changes that turn it."""
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
    return _dump(
        {
            "rule": rule.id,
            "clause": rule.clause.id,
            "text": rule.text,
            "subject": explanation.subject,
            "as_of": explanation.as_of,
            "reasons": reasons,
        }
    )


def dump_json(value: Any) -> str:
    """JSON with Chinese as it is."""
    return _dump(value)


def verdicts_csv(verdicts: pl.DataFrame) -> str:
    """The verdicts as CSV; no cell can be run as a formula."""
    flat = verdicts.with_columns(pl.col(pl.List(pl.String)).list.join("；"))
    safe = flat.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'${1}"))
    return safe.write_csv()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value)
