"""Findings: where the ledgers and what a department reports disagree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from airplan_core.facts.facts import Facts
from airplan_core.facts.figures import latest
from airplan_core.model.metric import Metric

#: The columns of a table of findings, in order.
FINDING_SCHEMA: dict[str, Any] = {
    "finding": pl.String, "metric": pl.String, "period": pl.String, "subject": pl.String,
    "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "reported": pl.Float64,
    "unit": pl.String, "reported_by": pl.String, "evidence": pl.String,
}  # fmt: skip


def conflicts(table: pl.DataFrame, facts: Facts, metric: Metric, as_of: dt.date) -> pl.DataFrame:
    """What was reported of a metric and is not what the ledgers say: rows of `FINDING_SCHEMA`."""
    found = table.filter(pl.col(metric.part("disputed")).fill_null(value=False))
    said = {row["subject"]: row for row in latest(facts, metric, as_of)}
    rows = [said.get(id) or said[None] for id in found["id"]]
    return found.select(
        finding=pl.lit("DATA_CONFLICT"),
        metric=pl.lit(metric.id),
        period=pl.Series([row["period"] for row in rows], dtype=pl.String),
        subject="id",
        **{name: metric.part(name) for name in ("value", "lo", "hi", "reported")},
        unit=pl.lit(metric.measure),
        reported_by=pl.Series([row["reported_by"] for row in rows], dtype=pl.String),
        evidence=pl.Series([row["evidence"] for row in rows], dtype=pl.String),
    )
