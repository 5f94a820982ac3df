"""Metrics that are alike over weeks or months: the rows are gone through once for all of them.

What each of the periods comes to stands below that of the one before, and is cut into columns.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import polars as pl
import polars.selectors as cs

from airplan_core.engines.bounds import moved
from airplan_core.engines.language import Polars
from airplan_core.engines.parts import PARTS, anyones_row, recurs, tallied
from airplan_core.engines.polars.grouped import tallies
from airplan_core.engines.windows import Window
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.metric import Metric
from airplan_core.model.period import Period
from airplan_core.model.times import Happened
from airplan_core.model.tree import walk

#: Gives the rows of a metric's ledger in a window, and all of the ledger.
Rows: TypeAlias = "Callable[[Aggregate, Window], tuple[pl.LazyFrame, pl.DataFrame]]"

#: Fewer are no more work one by one.
_MANY = 4

#: The column of a period's place among them, which is no field's name.
PLACE = "period number"


def alike(metrics: Iterable[Metric]) -> list[list[Aggregate]]:
    """The metrics of which there are many, over periods one after the other, and no other ones."""
    found: dict[tuple[Metric, str, int], list[Aggregate]] = defaultdict(list)
    for metric in metrics:
        if is_alike(metric):
            assert isinstance(metric, Aggregate), "it is made of rows"
            assert metric.period is not None, "it recurs"
            found[metric.anytime, metric.period.every, length(metric)].append(metric)
    return [
        sorted(group, key=lambda one: _period(one).begins)
        for group in found.values()
        if len(group) >= _MANY
    ]


def is_alike(metric: Metric) -> bool:
    """Whether it is of one of many periods, and can be measured with those of the others."""
    return recurs(metric) and tallied(metric) == (metric,) and _same(metric)


def length(metric: Metric) -> int:
    """How many days those that are alike have, where days that are not there count: of months.

    Elsewhere a February is as good as a January.
    """
    counts = isinstance(metric, Aggregate) and metric.complete is not None
    return _period(metric).days if counts else 0


def _same(metric: Metric) -> bool:
    """Whether what is asked of a row is the same in every period."""
    trees = [node for tree in metric.trees for node in walk(tree)]
    aggregate = isinstance(metric, Aggregate) and not (metric.needs or metric.inner)
    return aggregate and not any(isinstance(node, Happened) for node in trees)


def _period(metric: Metric) -> Period:
    assert metric.period is not None, "it recurs"
    return metric.period


def measured_alike(
    metrics: Sequence[Aggregate], rows: Rows, subjects: pl.Series, as_of: dt.date
) -> list[pl.Series]:
    """The parts of metrics that are `alike`, for every subject in order: see `measure`."""
    found, height = stacked(metrics, rows, subjects, as_of), len(subjects)
    return [
        found[part].slice(number * height, height).alias(metric.part(part))
        for number, metric in enumerate(metrics)
        for part in PARTS
    ]


def stacked(
    metrics: Sequence[Aggregate],
    rows: Rows,
    subjects: pl.Series,
    as_of: dt.date,
    parts: Iterable[str] = PARTS,
) -> pl.DataFrame:
    """Parts of metrics that are `alike`: every subject in order, period below period."""
    first, periods = metrics[0], [_period(one) for one in metrics]
    begins, until = periods[0].begins, min(periods[-1].ends, as_of)
    window = Window(as_of, Period("", begins, until))
    table, ledger = rows(first, window)
    sums = _sums(table, first, periods, window, ledger)
    grid = pl.DataFrame(
        {PLACE: pl.int_range(len(periods), eager=True)}, schema={PLACE: pl.Int64}
    ).join(subjects.alias("id").to_frame(), how="cross", maintain_order="left_right")
    grid = _added(first, grid, sums)
    tops = grid.select(cs.numeric().exclude(PLACE).max()).row(0) if grid.height else ()
    small = max(tops, default=0) < 2**53 // 100
    over = sum(period.over(as_of) for period in periods) * len(subjects)
    return pl.concat(
        [
            _parts(first, part, parts, small=small, over=is_over)
            for part, is_over in ((grid[:over], True), (grid[over:], False))
            if part.height
        ]
        or [grid.select(pl.lit(None, PARTS[part]).alias(part) for part in parts)]
    )


def _sums(
    table: pl.LazyFrame,
    metric: Aggregate,
    periods: Sequence[Period],
    window: Window,
    ledger: pl.DataFrame,
) -> pl.DataFrame:
    """The sums of each subject and period; of the rows whose day is not known, of no period."""
    assert metric.on is not None, "it is of periods"
    days = pl.DataFrame(
        [
            (period.begins + dt.timedelta(days=n), place)
            for place, period in enumerate(periods)
            for n in range(period.days)
        ],
        schema={metric.on.name: pl.Date, PLACE: pl.Int64},
        orient="row",
    )
    placed = table.join(days.lazy(), on=metric.on.name, how="left")
    placed = placed.filter(pl.col(PLACE).is_not_null() | pl.col(metric.on.name).is_null())
    return tallies(placed, [metric], window.day, ledger, window=window, by=PLACE).collect()


def _added(metric: Aggregate, grid: pl.DataFrame, sums: pl.DataFrame) -> pl.DataFrame:
    """What the rows of each subject and period add up to, with those of which no day is known.

    `anyone` says whether a row may be anyone's, and `anyones` whether there is something of it.
    """
    names = [name for name in sums.columns if name not in ("id", PLACE)]
    undated, nobodys = pl.col(PLACE).is_null(), pl.col("id").is_null()
    grid = grid.join(sums.filter(~undated), on=[PLACE, "id"], how="left", maintain_order="left")
    never = sums.filter(undated)
    if never.height:
        renamed = never.drop(PLACE).rename({name: f"{name} undated" for name in names})
        grid = grid.join(renamed, on="id", how="left", maintain_order="left")
    # what has no row adds up to nothing
    grid = grid.with_columns(cs.numeric().fill_null(0), cs.boolean().fill_null(value=False))

    def both(name: str) -> pl.Expr:
        one, other = pl.col(name), pl.col(f"{name} undated")
        if not never.height:
            return one
        return one | other if sums.schema[name] == pl.Boolean else one + other

    loose = (
        sums.filter(nobodys)
        .group_by(PLACE)
        .agg(
            anyone=pl.col(metric.sum("possible")).sum() > 0, anyones=pl.col(metric.sum("any")).any()
        )
    )
    flags = ("anyone", "anyones")
    if not loose.height:
        return grid.select(
            PLACE, "id", *map(both, names), *(pl.lit(value=False).alias(one) for one in flags)
        )
    ever = loose.filter(undated)
    grid = grid.join(loose, on=PLACE, how="left", maintain_order="left")
    return grid.select(
        PLACE,
        "id",
        *map(both, names),
        *(pl.col(one).fill_null(value=False) | pl.lit(bool(ever[one].any())) for one in flags),
    )


def _parts(
    metric: Aggregate, sums: pl.DataFrame, parts: Iterable[str], *, small: bool, over: bool
) -> pl.DataFrame:
    """Parts of a metric, from the columns of its sums."""
    words = Polars()
    found = moved(metric, pl.col, over=over, small=small, to=words)
    for part, value in anyones_row(metric).items():
        found[part] = pl.when("anyone").then(pl.lit(value)).otherwise(found[part])
    if "some" in found:
        # a row that does not count is of the whole all the same
        some = found["some"]
        found["some"] = pl.when(some | ~pl.col("anyones")).then(some)
    for step in words.steps:
        sums = sums.with_columns(**step)
    return sums.select(
        found.get(part, pl.lit(None)).cast(PARTS[part]).alias(part) for part in parts
    )
