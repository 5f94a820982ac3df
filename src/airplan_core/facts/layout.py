"""Where a table's header is, and which of its rows are records."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table, merged_problem
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import Ledger


def laid_out(table: Table, ledger: Ledger) -> Iterator[Sheet]:
    """The records of a ledger's table, a part at a time; each part has the table's header.

    Raises:
        FactsError: there is no header.
    """
    header: tuple[str, ...] | None = None
    grids = table.grids
    if ledger.shapes:
        # what is turned into another shape is looked at whole
        grids = iter([_whole(list(grids))])
    for grid in grids:
        cells, rows = grid.cells, grid.rows
        if header is None:
            header = tuple(text for text in cells.head(1).row(0) if text is not None)
            if not any(text.strip() for text in header):
                expected = Said(
                    "第 1 行是表头：台账各字段的名称",
                    "a header in row 1: the names of the ledger's fields",
                )
                raise FactsError(
                    [Problem(file=table.file, sheet=table.sheet, row=1, expected=expected)]
                )
            cells, rows = cells.slice(1), rows.slice(1)
        if merged := [area for area in grid.merged if area[1] > 1]:
            raise FactsError(merged_problem(table, area) for area in merged)
        yield _records(table, grid, header, cells, rows)
    if header is None:
        expected = Said("第 1 行是表头", "a header in row 1")
        raise FactsError([Problem(file=table.file, sheet=table.sheet, expected=expected)])


def _whole(grids: list[Grid]) -> Grid:
    if not grids:
        return Grid(cells=pl.DataFrame(), rows=pl.Series([], dtype=pl.UInt32))
    return Grid(
        cells=pl.concat([grid.cells for grid in grids], how="diagonal"),
        rows=pl.concat([grid.rows for grid in grids]),
        bad=tuple(problem for grid in grids for problem in grid.bad),
        notes=tuple(note for grid in grids for note in grid.notes),
        merged=tuple(cells for grid in grids for cells in grid.merged),
    )


def _records(
    table: Table, grid: Grid, header: tuple[str, ...], cells: pl.DataFrame, rows: pl.Series
) -> Sheet:
    """A part of a table below its header: blank rows are passed over, ragged ones are told."""
    width = len(header)
    missing = [str(place) for place in range(cells.width, width)]
    cells = cells.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    blank, short = _blank(cells), _short(cells, width)
    if blank is None and short is None:
        return Sheet(
            file=table.file,
            sheet=table.sheet,
            header=header,
            cells=cells.select(map(str, range(width))),
            rows=rows,
            bad=grid.bad,
            notes=grid.notes,
        )
    none = pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True)
    blank = none if blank is None else blank
    short = none if short is None else short
    ragged = ~blank & short
    had = (
        cells.select(pl.sum_horizontal(pl.all().is_not_null())).to_series() if ragged.any() else ()
    )
    bad = [
        Problem(
            file=table.file,
            sheet=table.sheet,
            row=int(rows[at]),
            read=",".join(text for text in cells.row(at) if text is not None)[:80],
            expected=Said(
                f"与表头一样的 {width} 个单元格，不是 {had[at]} 个",
                f"{width} cells as in the header, not {had[at]}",
            ),
            hint=Said("含逗号的文本要加引号", "a text with a comma in it stands in quotes"),
        )
        for at in ragged.arg_true()
    ]
    notes = grid.notes
    if blank.any():
        numbers = [str(row) for row in rows.filter(blank).head(10)]
        count, more = blank.sum(), blank.sum() > 10
        notes += (
            Said(
                f"{table.file}：跳过 {count} 个空行：{'、'.join(numbers)}{'……' if more else ''}",
                f"{table.file}: {count} blank rows passed over: "
                f"{', '.join(numbers)}{', …' if more else ''}",
            ),
        )
    kept = ~blank & ~ragged
    return Sheet(
        file=table.file,
        sheet=table.sheet,
        header=header,
        cells=cells.filter(kept).select(map(str, range(width))),
        rows=rows.filter(kept),
        bad=(*grid.bad, *bad),
        notes=notes,
    )


def _blank(cells: pl.DataFrame) -> pl.Series | None:
    """Which rows are blank; None where none is, which most often one column shows."""

    def empty(name: pl.Expr) -> pl.Expr:
        return name.fill_null("").str.strip_chars() == ""

    if not cells.width or not cells.select(empty(pl.first()).any()).item():
        return None
    blank = cells.select(pl.all_horizontal(empty(pl.all())).alias("blank")).to_series()
    return blank if blank.any() else None


def _short(cells: pl.DataFrame, width: int) -> pl.Series | None:
    """Which rows have fewer or more cells than the header; None where none has."""
    short = None
    if any(cells.null_count().row(0)[:width]):
        short = cells.select(pl.any_horizontal(pl.nth(range(width)).is_null())).to_series()
    if cells.width > width:
        over = pl.nth(range(width, cells.width)).fill_null("").str.strip_chars() != ""
        more = cells.select(pl.any_horizontal(over)).to_series()
        short = more if short is None else short | more
    return short
