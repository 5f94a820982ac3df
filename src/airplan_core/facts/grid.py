"""What stands in a file, cell by cell as its user sees it, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

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
        merged: the ranges of merged cells that begin in these rows: the first and the last row, as
            in `rows`, and the first and the last column, from 0. Only the first cell has a value.
    """

    cells: pl.DataFrame
    rows: pl.Series
    bad: tuple[Problem, ...] = ()
    notes: tuple[Said, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


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


def merged_problem(file: str, sheet: str | None, cells: tuple[int, int, int, int]) -> Problem:
    """A merged range among a table's records: which of them its value belongs to is not said."""
    first, last, left, right = cells
    return Problem(
        file=file,
        sheet=sheet,
        row=first,
        read=f"{letters(left)}{first}:{letters(right)}{last}",
        expected=Said("没有合并的单元格", "no merged cells"),
        hint=Said(
            "取消合并，把值写进它所属的每一行",
            "unmerge them and write the value in every row it belongs to",
        ),
    )


def letters(column: int) -> str:
    """What a spreadsheet calls a column, counted from 0."""
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def gridded(lines: Iterable[list[str]], first: int = 1, width: int | None = None) -> Iterator[Grid]:
    """Lines of cells as grids, the first of which is row `first`."""
    rest, row = iter(lines), first
    while batch := list(islice(rest, BATCH)):
        yield Grid(cells=columns_of(batch, width), rows=numbered(row, len(batch)))
        row += len(batch)


def columns_of(lines: list[list[str]], width: int | None = None) -> pl.DataFrame:
    """Lines of cells as columns of text; what a line lacks at its end is null."""
    # a blank line is a row, too
    wide = max(1, *map(len, lines)) if width is None and lines else width or 0
    columns = list(zip_longest(*lines))
    if len(columns) < wide:
        columns += [(None,) * len(lines)] * (wide - len(columns))
    return pl.DataFrame(
        {str(place): pl.Series(column, dtype=pl.String) for place, column in enumerate(columns)},
        height=len(lines),
    )


def numbered(first: int, height: int) -> pl.Series:
    """The rows from `first` on."""
    return pl.int_range(first, first + height, dtype=pl.UInt32, eager=True)
