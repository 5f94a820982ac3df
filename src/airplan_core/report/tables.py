"""What a command answers, a `Listing`, as text, as JSON, as CSV and as a workbook."""

from __future__ import annotations

import io
from typing import Any, Literal

import polars as pl
import polars.selectors as cs
from rich.console import Console
from rich.table import Table

from airplan_core.model.command import Listing
from airplan_core.report.data import dump_json
from airplan_core.report.page import new_page, text_of
from airplan_core.report.sheets import as_written, csv_text
from airplan_core.visible import visible

#: What stands in a cell, and where there is no row.
_YES, _NO = {"zh": "是", "en": "yes"}, {"zh": "否", "en": "no"}
_NONE, _NOTES = {"zh": "（无）", "en": "(none)"}, {"zh": "说明", "en": "notes"}

#: How wide a column of a workbook is at most, in digits.
_WIDE = 60

#: A column of a page whose cells and heading are no longer is not broken.
_SHORT = 20


def listing_text(listing: Listing, lang: str = "zh", width: int = 140, *, color: bool) -> str:
    """The listing as a page: its title, each table under its name, what must be known of it."""
    page = new_page(width, color=color)
    page.print(listing.title, style="bold")
    for name, rows in listing.tables:
        page.print(f"\n{name} ({rows.height})", style="bold")
        if not rows.height:
            page.print("  " + _NONE[lang])
            continue
        heads = [visible(column) for column in rows.columns]
        cells = [[_written(cell, lang) for cell in row] for row in rows.iter_rows()]
        widths = [max(map(_digits, shown)) for shown in zip(heads, *cells, strict=True)]
        if sum(min(one, _SHORT) + 2 for one in widths) > width:
            _blocks(page, heads, cells)
            continue
        table = Table(box=None, pad_edge=False)
        for head, kind, widest in zip(heads, rows.dtypes, widths, strict=True):
            side: Literal["right", "left"] = "right" if kind.is_numeric() else "left"
            table.add_column(head, justify=side, overflow="fold", no_wrap=widest <= _SHORT)
        for row in cells:
            table.add_row(*row)
        page.print(table)
    if listing.notes:
        page.print(f"\n{_NOTES[lang]}", style="bold")
        for note in listing.notes:
            page.print("  " + note)
    return text_of(page)


def _blocks(page: Console, heads: list[str], cells: list[list[str]]) -> None:
    """A table that is wider than the page: each row below the other, as far as it says anything."""
    for row in cells:
        page.print("  " + _said(heads[0], row[0]), style="bold")
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell:
                page.print("    " + _said(head, cell))


def _said(head: str, cell: str) -> str:
    return f"{head}: {cell}" if head.isascii() else f"{head}：{cell}"


def listing_json(listing: Listing) -> str:
    """The listing as one JSON object; the rows are objects by the names of the columns."""
    tables = [{"name": name, "rows": rows.to_dicts()} for name, rows in listing.tables]
    return dump_json({"title": listing.title, "tables": tables, "notes": listing.notes})


def listing_csv(listing: Listing, lang: str = "zh") -> str:
    """The listing as CSV: its only table, or each under its name, and then its notes."""
    if len(listing.tables) == 1:
        return csv_text(_cells(listing.tables[0][1], lang))
    blocks = [_line(name, lang) + csv_text(_cells(rows, lang)) for name, rows in listing.tables]
    if listing.notes:
        blocks.append(_line(_NOTES[lang], lang) + "".join(_line(n, lang) for n in listing.notes))
    return "\n".join([_line(listing.title, lang), *blocks])


def _line(text: str, lang: str) -> str:
    """A text as a line of CSV of its own."""
    return csv_text(pl.DataFrame({"": [text]})).partition("\n")[2]


def listing_xlsx(listing: Listing, lang: str = "zh") -> bytes:
    """The listing as a workbook: a sheet for each table, one for the notes; nothing in it runs."""
    import xlsxwriter

    data = io.BytesIO()
    how = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(data, how)
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    hour = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    formats = {pl.Date: day, pl.Datetime: hour}
    for name, rows in listing.tables:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, (column, kind) in enumerate(rows.schema.items()):
            sheet.write_string(0, place, visible(column), bold)
            cells = rows[column].to_list()
            shown = [_written(cell, lang) for cell in cells]
            widest = max(map(_digits, [column, *shown]))
            sheet.set_column(place, place, min(widest + 2, _WIDE))
            for line, (cell, text) in enumerate(zip(cells, shown, strict=True), 1):
                if cell is None:
                    continue
                if kind.is_numeric():
                    sheet.write_number(line, place, cell)
                elif kind.is_temporal() and type(kind) in formats:
                    sheet.write_datetime(line, place, cell, formats[type(kind)])
                else:
                    sheet.write_string(line, place, text)
    names = {name.lower() for name, _ in listing.tables}
    notes = _NOTES[lang] if _NOTES[lang] not in names else f"{_NOTES[lang]}2"
    sheet = book.add_worksheet(notes)
    sheet.set_column(0, 0, 2 * _WIDE)
    for line, note in enumerate((listing.title, *listing.notes)):
        sheet.write_string(line, 0, visible(note), bold if line == 0 else None)
    book.close()
    return data.getvalue()


def _cells(rows: pl.DataFrame, lang: str) -> pl.DataFrame:
    """The table as CSV is made of it: yes and no are words."""
    flags = [column for column, kind in rows.schema.items() if kind == pl.Boolean]
    words = {True: _YES[lang], False: _NO[lang]}
    rows = rows.with_columns(as_written(cs.float()))
    return rows.with_columns(
        pl.col(flag).replace_strict(words, return_dtype=pl.String) for flag in flags
    )


def _written(cell: Any, lang: str) -> str:
    """A cell as a person reads it."""
    match cell:
        case None:
            return ""
        case bool():
            return _YES[lang] if cell else _NO[lang]
        case list() | tuple():
            return "；".join(_written(one, lang) for one in cell)
        case float():
            return str(cell).removesuffix(".0")
    return visible(str(cell))


def _digits(text: str) -> int:
    """How wide a text is; Chinese counts double."""
    return max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in text.split("\n"))
