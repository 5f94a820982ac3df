"""Duties that recur, counted by rows: a subject in a period is a row, and no period a column.

Of a rule that asks the same in each week, only the period of its metrics differs: its conditions
are computed once, over all the weeks.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import polars as pl

from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.polars.recurring import PLACE, Rows, is_alike, length, stacked
from airplan_core.engines.standing import reads
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.attested import act_of
from airplan_core.model.duty import Duty
from airplan_core.model.metric import Metric
from airplan_core.model.times import Elapsed, Happened, Later, Season, Until
from airplan_core.model.tree import walk

#: What of a metric decides a duty.
_DECIDES = ("lo", "hi", "some")

#: A rule's duties, in the order of their periods.
Family: TypeAlias = "tuple[Duty, ...]"


def families(duties: Iterable[Duty], can: Callable[[Metric], bool]) -> tuple[Family, ...]:
    """The duties of each rule that differ in nothing but the period of their metrics.

    Args:
        duties: of one ledger.
        can: whether a metric can be measured here.
    """
    found: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.every:
            found[duty.rule.id].append(duty)
    alike: dict[tuple[str, tuple[int, ...]], list[Duty]] = defaultdict(list)
    for id, every in found.items():
        # what the first of a rule's duties reads, the others read of their own periods
        for duty in every if _alike(every[0], can) else ():
            alike[id, tuple(map(length, duty.metrics()))].append(duty)
    return tuple(map(tuple, alike.values()))


def _alike(duty: Duty, can: Callable[[Metric], bool]) -> bool:
    """Whether what it asks reads no day but those of its metrics' periods."""
    if duty.in_time is not None or duty.answers:
        return False
    trees = (*duty.trees, *(one.when for one in duty.exempts))
    nodes = [node for tree in trees for node in walk(tree)]
    dated = (Happened, Elapsed, Until, Season, Later)
    if any(isinstance(node, dated) or act_of(node) is not None for node in nodes):
        return False
    metrics = duty.metrics()
    return bool(metrics) and all(is_alike(metric) and can(metric) for metric in metrics)


def counted(
    family: Family, table: pl.DataFrame, rows: Rows, as_of: dt.date
) -> Iterator[tuple[Duty, Mapping[str, int]]]:
    """How many subjects stand how to each of the duties; what none does is left out.

    Args:
        family: of `families`.
        table: the ledger with everything they read but their metrics.
        rows: gives the rows of a metric.
        as_of: the day of assessment.
    """
    height, metrics = table.height, [duty.metrics() for duty in family]
    measured = [
        stacked([_made(one) for one in alike], rows, table["id"], as_of, _DECIDES)
        for alike in zip(*metrics, strict=True)
    ]
    # a period that is over is judged; one that runs, or is to come, is open
    first = 0
    for _, some in itertools.groupby(family, lambda duty: duty.open(as_of)):
        mine = list(some)
        sample = mine[0]
        own = [name for name in reads([sample]) if name in table.columns and name != "id"]
        long = [pl.concat([table.select(own)] * len(mine))]
        for metric, found in zip(sample.metrics(), measured, strict=True):
            part = found.slice(first * height, len(mine) * height)
            long.append(part.rename({name: metric.part(name) for name in _DECIDES}))
        place = pl.int_range(len(mine), eager=True).repeat_by(height).explode().alias(PLACE)
        truths = columns.computed(
            pl.concat([place.to_frame(), *long], how="horizontal"),
            [pl.col(PLACE), *columns.truths(sample, as_of)],
        )
        asked = columns.counts(sample, as_of)
        sums = truths.group_by(PLACE, maintain_order=True).agg(asked.values())
        for duty, (_, *row) in zip(mine, sums.iter_rows(), strict=True):
            yield duty, columns.told(asked, row, height)
        first += len(mine)


def _made(metric: Metric) -> Aggregate:
    assert isinstance(metric, Aggregate), "it is alike"
    return metric


def without(duties: Sequence[Duty], apart: Iterable[Family]) -> tuple[Duty, ...]:
    """The duties that are in none of the families."""
    ids = {duty.id for family in apart for duty in family}
    return tuple(duty for duty in duties if duty.id not in ids)
