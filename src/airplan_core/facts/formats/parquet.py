"""Parquet: columns of values become columns of text, under a row of their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table


def tables(path: Path, file: str) -> list[Table]:
    """The one table of a Parquet file."""
    return [Table(file=file, grids=_grids(path, file), headed=True)]


def _grids(path: Path, file: str) -> Iterator[Grid]:
    try:
        frame = pl.read_parquet(path)
    except Exception as error:
        expected = Said("Parquet 文件", "a Parquet file")
        problem = Problem(file=file, read=f"{error}"[:80], expected=expected)
        raise FactsError([problem]) from None
    for name, kind in frame.schema.items():
        if kind.is_nested():
            expected = Said("普通的值，不是列表或结构", "plain values, not lists or structs")
            raise FactsError([Problem(file=file, column=name, expected=expected)])
    names = {str(place): [name] for place, name in enumerate(frame.columns)}
    header = pl.DataFrame(names, schema=dict.fromkeys(names, pl.String))
    yield Grid(cells=header, rows=pl.Series([1], dtype=pl.UInt32))
    yield Grid(
        cells=frame.select(
            pl.nth(place).cast(pl.String).fill_null("").alias(str(place))
            for place in range(frame.width)
        ),
        rows=pl.Series(range(2, frame.height + 2), dtype=pl.UInt32),
    )
