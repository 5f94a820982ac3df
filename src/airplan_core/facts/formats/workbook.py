"""The sheets of a workbook, each cell as it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table, gridded


def tables(path: Path, file: str) -> list[Table]:
    """A table for each visible sheet, in the workbook's order."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path, data_only=False, read_only=True)
    except Exception as error:
        expected = Said("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)")
        problem = Problem(file=file, read=f"{error}"[:80], expected=expected)
        raise FactsError([problem]) from None
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [
        Table(
            file=file,
            title=sheet.title,
            sheet=sheet.title if len(visible) > 1 else None,
            grids=partial(_grids, file, sheet, formulas[sheet.title])(),
        )
        for sheet in visible
    ]


def _grids(file: str, sheet: Any, formulas: Any) -> Iterator[Grid]:
    merged = sorted(str(cells) for cells in sheet.merged_cells.ranges)
    if merged:
        raise FactsError(
            Problem(
                file=file,
                read=f"merged cells {cells}",
                expected=Said("每个单元格一个值", "one value in each cell"),
                hint=Said(
                    "取消合并，把值写进每一行",
                    "unmerge them and write the value in every row it belongs to",
                ),
            )
            for cells in merged
        )
    lines = []
    pairs = zip(sheet.iter_rows(), formulas.iter_rows(values_only=True), strict=False)
    for cells, written in pairs:
        # a formula that was never computed is shown as it is written
        shown = (
            formula if cell.value is None and str(formula or "").startswith("=") else cell.value
            for cell, formula in zip(cells, written, strict=False)
        )
        lines.append([_cell_text(value) for value in shown])
    yield from gridded(lines)


def _cell_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case float():
            # a spreadsheet keeps 15 significant digits; what a double shows beyond is noise
            return f"{value:.15g}"
    return str(value)
