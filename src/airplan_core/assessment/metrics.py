"""Every metric for every subject, as a table with intervals and completeness."""

from __future__ import annotations

from typing import Any

import polars as pl

from airplan_core.engines.engine import Engine
from airplan_core.model.metric import Metric

#: The columns of a table of metrics, in order.
METRIC_SCHEMA: dict[str, Any] = {
    "metric": pl.String, "period": pl.String, "subject": pl.String,
    "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "unit": pl.String,
    "known": pl.Int64, "possible": pl.Int64, "gaps": pl.String,
    "part": pl.Float64, "total": pl.Float64, "reported": pl.Float64,
}  # fmt: skip


def read_metrics(engine: Engine) -> pl.DataFrame:
    """The metrics that duties read, for every subject: rows of `METRIC_SCHEMA`."""
    frames = [pl.DataFrame(schema=METRIC_SCHEMA)]
    for entity, metrics in engine.rulebook.read_metrics.items():
        table = engine.intervals(entity, metrics)
        frames += [
            metric_rows(metric, table)
            for metric in metrics
            # as at a day that has not passed, it is what it is now
            if metric.day is None or metric.day < engine.as_of
        ]
    return pl.concat(frames)


def metric_rows(metric: Metric, table: pl.DataFrame) -> pl.DataFrame:
    """A metric of every subject of a table, as rows of `METRIC_SCHEMA`."""
    said = {"metric": metric.id, "period": metric.when, "unit": metric.measure}

    def column(name: str, kind: Any) -> pl.Series:
        if name == "subject":
            return table.get_column("id").alias(name)
        if name in said:
            return pl.Series(name, [said[name]], kind).new_from_index(0, table.height)
        return table.get_column(metric.part(name)).alias(name)

    return pl.DataFrame([column(name, kind) for name, kind in METRIC_SCHEMA.items()])
