"""Findings: where the ledgers and what a department reports disagree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from airplan_core.engines.engine import Engine
from airplan_core.facts.facts import Facts
from airplan_core.facts.figures import latest
from airplan_core.model.ledgers import Reported
from airplan_core.model.metric import Metric

#: The columns of a table of findings, in order.
FINDING_SCHEMA: dict[str, Any] = {
    "finding": pl.String, "metric": pl.String, "period": pl.String, "subject": pl.String,
    "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "reported": pl.Float64,
    "unit": pl.String, "reported_by": pl.String, "evidence": pl.String,
}  # fmt: skip


def findings(engine: Engine) -> pl.DataFrame:
    """Every metric that is reported otherwise than the ledgers say: rows of `FINDING_SCHEMA`."""
    frames = [pl.DataFrame(schema=FINDING_SCHEMA)]
    if engine.facts.supplies(Reported):
        for entity, metrics in engine.rulebook.read_metrics.items():
            table = engine.intervals(entity, metrics)
            disputed = [table.get_column(metric.part("disputed")) for metric in metrics]
            frames += [
                _conflicts(table, engine.facts, metric, engine.as_of)
                for metric, one in zip(metrics, disputed, strict=True)
                if one.any()
            ]
    found = pl.concat(frames)
    return found.unique(["metric", "period", "subject"], keep="first", maintain_order=True)


def _conflicts(table: pl.DataFrame, facts: Facts, metric: Metric, as_of: dt.date) -> pl.DataFrame:
    """What was reported of a metric and is not what the ledgers say: its rows."""
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
