"""What a metric asks of a row, and on which days: its window."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import attrs
import polars as pl

from airplan_core.engines.parts import tallied
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.metric import Metric
from airplan_core.model.period import Period
from airplan_core.model.times import Elapsed, Happened, Season, Until
from airplan_core.model.tree import Always, Condition, walk
from airplan_core.readers.polars import condition


@attrs.frozen
class Window:
    """The rows a metric is made of: as they stood on `day`, and dated within the period."""

    day: dt.date
    period: Period | None

    @classmethod
    def of(cls, metric: Aggregate, as_of: dt.date) -> Window:
        """The window of a metric on the day of assessment; later days do not exist yet."""
        if metric.period is not None:
            ends = min(metric.period.ends, as_of)
            return cls(as_of, Period("", metric.period.begins, ends))
        day = min(metric.day or as_of, as_of)
        if metric.last is None:
            return cls(day, None)
        return cls(day, Period("", day - dt.timedelta(days=metric.last - 1), day))


def by_window(
    metrics: Iterable[Metric], as_of: dt.date
) -> list[tuple[Window, dict[str, Aggregate]]]:
    """What metrics are made of, by `made_of`, together where it looks at the same rows."""
    found: dict[Any, dict[str, Aggregate]] = defaultdict(dict)
    for one in (one for metric in metrics for one in tallied(metric)):
        found[one.of, one.on, Window.of(one, as_of)][one.made_of] = one
    return [(window, group) for (_, _, window), group in found.items()]


@attrs.frozen
class Test:
    """What is asked of a row: whether a condition holds on a day, or a date lies in a period."""

    asked: Any
    day: dt.date | None = None
    period: Period | None = None

    def answer(self) -> pl.Expr:
        """The answer as a column."""
        if self.period is not None:
            return pl.col(self.asked.name).is_between(self.period.begins, self.period.ends)
        return condition(self.asked, self.day or dt.date.max)


def _condition(tree: Condition, day: dt.date) -> Test:
    timed = any(isinstance(node, Happened | Elapsed | Season | Until) for node in walk(tree))
    return Test(tree, day if timed else None)


def tests_of(metric: Aggregate, window: Window) -> dict[str, list[Test]]:
    """What a metric asks of a row, by the part of the metric that asks."""
    inside = [] if window.period is None else [Test(metric.on, period=window.period)]
    among = [] if isinstance(metric.among, Always) else [_condition(metric.among, window.day)]
    where = [] if isinstance(metric.where, Always) else [_condition(metric.counted, window.day)]
    found = {"inside": inside, "among": among + inside, "counts": where}
    if metric.instead_of is not None:
        found["instead"] = [_condition(metric.instead_of, window.day)]
    for number, kind in enumerate(metric.kinds):
        found[f"kind {number}"] = [_condition(kind, window.day)]
    if metric.period is not None and metric.period.over(window.day):
        # while a period runs, what is not there yet is not missing
        found |= {
            need.name: [Test(metric.on, period=need.month)]
            for need in metric.needs
            if need.month is not None
        }
    return found
