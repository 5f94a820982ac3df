"""What stands in a file, cell by cell as its user sees it, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import attrs
import polars as pl

from airplan_core.errors import Problem, Said

#: Lines of text are turned into columns in batches of this size, so that a large file never is a
#: large list of Python strings.
BATCH = 50_000


@attrs.frozen(kw_only=True)
class Grid:
    """Some consecutive rows of a table, titles and header among them.

    Attributes:
        cells: columns of text, named by their place: "0", "1", …; what is shown, not what is
            stored: 90% for a cell of 0.9 in the format 0%. A blank cell is "", one that the row
            lacks at its end is null.
        rows: the row of each in the file, as a spreadsheet counts them, from 1.
        bad: single cells (with a column) and rows (without) that could not be read.
        notes: what a reader should know: rows that are hidden, or struck through.
    """

    cells: pl.DataFrame
    rows: pl.Series
    bad: tuple[Problem, ...] = ()
    notes: tuple[Said, ...] = ()


@attrs.frozen(kw_only=True)
class Table:
    """One table of a file: a file of text, or a sheet of a workbook.

    Attributes:
        file: what the file is called where problems are told: its path below the folder.
        title: what the sheet is called; None where a file has no sheets.
        sheet: the same, where the file has several and a problem must say which.
        grids: its rows, a part at a time; iterated over once.
        headed: whether the first row is known to be the header: in Parquet and JSON it is.
    """

    file: str
    title: str | None = None
    sheet: str | None = None
    grids: Iterator[Grid]
    headed: bool = False


def gridded(lines: Iterable[list[str]], first: int = 1, width: int | None = None) -> Iterator[Grid]:
    """Lines of cells as grids, the first of which is row `first`."""
    rest, row = iter(lines), first
    while batch := list(islice(rest, BATCH)):
        wide = max(map(len, batch), default=0) if width is None else width
        padded = [line + [None] * (wide - len(line)) for line in batch]
        schema: dict[str, Any] = {str(place): pl.String for place in range(wide)}
        yield Grid(
            cells=pl.DataFrame(padded, schema=schema, orient="row"),
            rows=pl.Series(range(row, row + len(batch)), dtype=pl.UInt32),
        )
        row += len(batch)
