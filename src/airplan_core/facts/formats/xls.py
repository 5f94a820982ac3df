"""XLS, the workbook of before 2007: xlrd tells its formats, which calamine does not."""

from __future__ import annotations

import io
from typing import Any

from airplan_core.facts.formats import zipped
from airplan_core.facts.formats.looks import BUILT_IN, EPOCH, EPOCH_1904, Look, look, plain
from airplan_core.facts.formats.pages import Page

#: What xlrd calls the kinds of cells: numbers and dates, and so on.
_NUMBERS, _BOOLEAN, _ERROR, _BLANK = (2, 3), 4, 5, (0, 6)


def book(data: bytes, file: str) -> Any:
    """The workbook; its sheets by `sheet_by_name`, each read when it is asked for."""
    import xlrd

    try:
        # what xlrd has to say of a file goes nowhere
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            logfile=io.StringIO(),
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise zipped.encrypted(file) from None
        raise zipped.damaged(file, str(error)) from None
    except Exception as error:
        raise zipped.damaged(file, f"{type(error).__name__}: {error}") from None


def sheets(book: Any, file: str) -> dict[str, bool]:
    """The names of its sheets, and whether each is visible; charts are none."""
    try:
        # 1 is hidden, 2 very hidden
        kinds = zip(book.sheet_names(), book._sheet_visibility, strict=True)
        return {name: hidden == 0 for name, hidden in kinds}
    except Exception as error:
        raise zipped.damaged(file, f"{type(error).__name__}: {error}") from None


def page(book: Any, file: str, sheet: str) -> Page:
    """What stands in a sheet."""
    try:
        found = book.sheet_by_name(sheet)
        epoch = EPOCH_1904 if book.datemode else EPOCH
        looks = [look(_code(book, style.format_key), epoch) for style in book.xf_list]
        struck_styles = [
            bool(book.font_list[style.font_index].struck_out) for style in book.xf_list
        ]
        lines, struck = [], []
        for row in range(found.nrows):
            cells = found.row(row)
            lines.append([_text(cell, looks) for cell in cells])
            if any(cell.ctype not in _BLANK and struck_styles[cell.xf_index] for cell in cells):
                struck.append(row + 1)
        hidden = [row + 1 for row, info in found.rowinfo_map.items() if info.hidden]
        merged = [(top + 1, end, left, right - 1) for top, end, left, right in found.merged_cells]
    except Exception as error:
        raise zipped.damaged(file, f"{type(error).__name__}: {error}") from None
    return Page(
        lines=lines,
        hidden=[row for row in sorted(hidden) if row <= len(lines)],
        struck=struck,
        merged=merged,
    )


def _code(book: Any, key: int) -> str:
    """The format of a number; what the file does not write every spreadsheet knows."""
    code = book.format_map[key].format_str if key in book.format_map else ""
    return str(code if code not in ("", "General") else BUILT_IN.get(key, ""))


def _text(cell: Any, looks: list[Look | None]) -> str:
    import xlrd

    if cell.ctype in _NUMBERS:
        found = looks[cell.xf_index]
        return plain(cell.value) if found is None else found(cell.value)
    if cell.ctype == _BOOLEAN:
        return plain(bool(cell.value))
    if cell.ctype == _ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR"))
    return str(cell.value)
