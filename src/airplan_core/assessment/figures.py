"""Figures: the amounts that sentences set, which are owed or not, and no verdict."""

from __future__ import annotations

from typing import Any

import polars as pl

from airplan_core.assessment.metrics import METRIC_SCHEMA, metric_rows
from airplan_core.engines.engine import Engine

#: The columns of a table of figures, in order; `value`, `lo` and `hi` are in `unit`.
FIGURE_SCHEMA: dict[str, Any] = {"clause": pl.String, **METRIC_SCHEMA}


def figures(engine: Engine) -> pl.DataFrame:
    """What every clause that sets a figure comes to for every subject: rows of `FIGURE_SCHEMA`."""
    book, frames = engine.rulebook, [pl.DataFrame(schema=FIGURE_SCHEMA)]
    for every in (book.read_metrics, book.unread_metrics):
        for entity, metrics in every.items():
            set_ = [one for one in metrics if one.id in book.figures]
            if not set_:
                continue
            table = engine.intervals(entity, set_)
            for metric in set_:
                rows = metric_rows(metric, table)
                clause = pl.lit(book.figures[metric.id].id).alias("clause")
                frames.append(rows.select(clause, pl.all()))
    return pl.concat(frames)
