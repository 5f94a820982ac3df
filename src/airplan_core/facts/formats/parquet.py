"""Parquet: columns of values become columns of text, under a row of their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table, numbered

#: Rows are turned into text so many at a time.
ROWS = 1_000_000


def tables(path: Path, file: str) -> list[Table]:
    """The one table of a Parquet file."""
    return [Table(file=file, grids=_grids(path, file), headed=True)]


def _grids(path: Path, file: str) -> Iterator[Grid]:
    try:
        # a path is a name: no star in it stands for others, no folder of it is a column
        frame = pl.read_parquet(path, glob=False, hive_partitioning=False)
    except Exception as error:
        expected = Said("Parquet 文件", "a Parquet file")
        problem = Problem(file=file, read=f"{error}"[:80], expected=expected)
        raise FactsError([problem]) from None
    problems = [
        Problem(file=file, column=name, read=str(kind)[:80], expected=unfit)
        for name, kind in frame.schema.items()
        if (unfit := _unfit(kind)) is not None
    ]
    if problems:
        raise FactsError(problems)
    names = {str(place): [name] for place, name in enumerate(frame.columns)}
    header = pl.DataFrame(names, schema=dict.fromkeys(names, pl.String))
    yield Grid(cells=header, rows=numbered(1, 1))
    shown = [
        _shown(pl.nth(place), frame.to_series(place)).fill_null("").alias(str(place))
        for place in range(frame.width)
    ]
    for start in range(0, frame.height, ROWS):
        part = frame.slice(start, ROWS)
        yield Grid(cells=part.select(shown), rows=numbered(start + 2, part.height))


def _unfit(kind: Any) -> Said | None:
    """What is expected instead of a kind of values that no cell has."""
    if kind.is_nested():
        return Said("普通的值，不是列表或结构", "plain values, not lists or structs")
    if kind == pl.Duration:
        return Said("数，单位写在表头，不是时长", "numbers with a unit in the header, no durations")
    if kind in (pl.Binary, pl.Object):
        return Said("文本或数，不是二进制", "text or numbers, not binary")
    return None


def _shown(column: pl.Expr, values: pl.Series) -> pl.Expr:
    if values.dtype == pl.Boolean:
        return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否"))
    if values.dtype == pl.Datetime:
        if getattr(values.dtype, "time_zone", None) is not None:
            # a moment of the world, as it is called in the county
            column = column.dt.convert_time_zone("Asia/Shanghai")
        at_midnight = (pl.first().dt.time() == dt.time()).all()
        if getattr(values.dtype, "time_zone", None) is None and _holds(values, at_midnight):
            return column.dt.to_string("%Y-%m-%d")
        return column.dt.to_string("%Y-%m-%dT%H:%M:%S%.f").str.replace(r":00$", "")
    return column.cast(pl.String)


def _holds(values: pl.Series, condition: pl.Expr) -> bool:
    return bool(values.to_frame().select(condition).item())
