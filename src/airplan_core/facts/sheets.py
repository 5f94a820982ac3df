"""A file of any format becomes a sheet: a header, and columns of text with their row numbers."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from airplan_core.errors import FactsError, Problem
from airplan_core.quantities import units

FORMATS = (".csv", ".xlsx", ".parquet", ".json")

#: Rows are turned into columns in batches of this size, so that a large file never is a large
#: list of Python strings.
BATCH = 50_000


@attrs.frozen(kw_only=True)
class Sheet:
    """A ledger's file as text.

    Attributes:
        header: the header's cells, in order.
        cells: one text column for each header cell, named by its place: "0", "1", …
        rows: the spreadsheet row of each row of `cells`; the header is row 1.
        bad: the problems of single rows and cells found while the file was read.
        notes: what a reader should know: blank rows passed over, sheets ignored.
        origins: where a file of another shape was turned into this sheet, the spreadsheet row
            that each cell comes from, in columns like those of `cells`.
    """

    file: str
    header: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    bad: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    origins: pl.DataFrame | None = None

    def places(self, names: Iterable[str]) -> list[int]:
        """Where the header has one of some names, in whatever width and case it writes them."""
        wanted = set(names)
        return [n for n, head in enumerate(self.header) if units.clean(head).lower() in wanted]

    def row_of(self, at: int, place: int) -> int:
        """The spreadsheet row that a cell comes from."""
        found = None if self.origins is None else self.origins[str(place)][at]
        return int(self.rows[at] if found is None else found)


def read_sheet(path: Path, names: Iterable[str] = ()) -> Sheet:
    """The sheet in a file; of a workbook's sheets, the first called one of `names`, or the first.

    Raises:
        FactsError: the file cannot be read as what its ending says, or has merged cells.
    """
    match path.suffix.lower():
        case ".csv":
            return _csv(path)
        case ".xlsx":
            return _xlsx(path, tuple(names))
        case ".parquet":
            return _parquet(path)
    return _json(path, tuple(names))


def _refuse(path: Path, expected: str, **place: Any) -> FactsError:
    return FactsError([Problem(file=path.name, expected=expected, **place)])


def _csv(path: Path) -> Sheet:
    data = path.read_bytes()
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _refuse(path, "text in UTF-8 or GB18030", hint="save it as “CSV UTF-8”")
    if "\0" in text[:4096]:
        raise _refuse(path, "text in UTF-8 or GB18030, not UTF-16", hint="save it as “CSV UTF-8”")
    return _table(path, csv.reader(io.StringIO(text, newline="")))


def _table(path: Path, lines: Iterator[list[str]], start: int = 1, **known: Any) -> Sheet:
    """A sheet of lines of cells, the first of which is the header."""
    header = next(lines, None)
    if header is None or not any(cell.strip() for cell in header):
        raise _refuse(path, "a header in row 1: the names of the ledger's fields", row=1)
    width = len(header)
    frames, numbers = [], []
    bad: list[Problem] = list(known.get("bad", ()))
    blank: list[int] = []
    row = start
    while batch := list(islice(lines, BATCH)):
        kept, places = [], []
        for line in batch:
            row += 1
            if not any(map(str.strip, line)):
                blank.append(row)
            elif len(line) < width or any(map(str.strip, line[width:])):
                bad.append(_ragged(path, row, line, width))
            else:
                kept.append(line[:width])
                places.append(row)
        frames.append(pl.DataFrame(kept, schema=_schema(width), orient="row"))
        numbers += places
    return Sheet(
        file=path.name,
        header=tuple(header),
        cells=pl.concat(frames) if frames else pl.DataFrame(schema=_schema(width)),
        rows=pl.Series(numbers, dtype=pl.UInt32),
        bad=tuple(bad),
        notes=(*_blank_note(path, blank), *known.get("notes", ())),
    )


def _schema(width: int) -> dict[str, Any]:
    return {str(place): pl.String for place in range(width)}


def _ragged(path: Path, row: int, cells: list[str], width: int) -> Problem:
    return Problem(
        file=path.name,
        row=row,
        read=",".join(cells)[:80],
        expected=f"{width} cells as in the header, not {len(cells)}",
        hint="a text with a comma in it stands in quotes",
    )


def _blank_note(path: Path, blank: list[int]) -> tuple[str, ...]:
    if not blank:
        return ()
    shown = ", ".join(map(str, sorted(blank)[:10])) + (", …" if len(blank) > 10 else "")
    return (f"{path.name}: {len(blank)} blank rows passed over: {shown}",)


def _xlsx(path: Path, names: tuple[str, ...]) -> Sheet:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path, data_only=False, read_only=True)
    except Exception as error:
        raise _refuse(path, "an Excel workbook (.xlsx)", read=f"{error}"[:80]) from None
    titles = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
    found = [titles[name.lower()] for name in names if name.lower() in titles]
    sheet = found[0] if found else book.worksheets[0]
    others = [s.title for s in book.worksheets if s is not sheet and s.max_row and s.max_row > 1]
    notes = tuple(f"{path.name}: the sheet {title!r} is not read" for title in others)
    merged = sorted(str(cells) for cells in sheet.merged_cells.ranges)
    if merged:
        raise FactsError(
            Problem(
                file=path.name,
                read=f"merged cells {cells}",
                expected="one value in each cell",
                hint="unmerge them and write the value in every row it belongs to",
            )
            for cells in merged
        )
    bad: list[Problem] = []

    def lines() -> Iterator[list[str]]:
        pairs = zip(
            sheet.iter_rows(), formulas[sheet.title].iter_rows(values_only=True), strict=False
        )
        for number, (cells, written) in enumerate(pairs, 1):
            texts = []
            for cell, formula in zip(cells, written, strict=False):
                texts.append(_cell_text(cell.value))
                wrong = None
                if cell.data_type == "e":
                    wrong = ("a value, not a spreadsheet error", "mend the formula")
                elif cell.value is None and str(formula or "").startswith("="):
                    wrong = ("a formula's value", "open the file in a spreadsheet and save it")
                if wrong:
                    expected, hint = wrong
                    bad.append(
                        Problem(
                            file=path.name,
                            row=number,
                            column=cell.column_letter,
                            read=str(cell.value or formula),
                            expected=expected,
                            hint=hint,
                        )
                    )
            yield texts

    every = list(lines())
    width = max((place + 1 for line in every for place, t in enumerate(line) if t), default=0)
    lined = [line[:width] + [""] * (width - len(line)) for line in every]
    return _table(path, iter(lined), bad=bad, notes=notes)


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


def _parquet(path: Path) -> Sheet:
    try:
        frame = pl.read_parquet(path)
    except Exception as error:
        raise _refuse(path, "a Parquet file", read=f"{error}"[:80]) from None
    for name, kind in frame.schema.items():
        if kind.is_nested():
            raise _refuse(path, "plain values, not lists or structs", column=name)
    cells = frame.select(
        pl.nth(place).cast(pl.String).alias(str(place)) for place in range(frame.width)
    )
    rows = pl.Series(range(2, frame.height + 2), dtype=pl.UInt32)
    return Sheet(file=path.name, header=tuple(frame.columns), cells=cells, rows=rows)


def _json(path: Path, names: tuple[str, ...]) -> Sheet:
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _refuse(path, "JSON in UTF-8", read=f"{error}"[:80]) from None
    if (
        isinstance(given, Mapping)
        and len(given) == 1
        and next(iter(given)).strip().lower() in names
    ):
        given = next(iter(given.values()))
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        raise _refuse(path, "a list of records: [{…}, {…}]")
    header = list(dict.fromkeys(key for row in given for key in row)) or ["id"]
    lines = [[_json_text(row.get(key)) for key in header] for row in given]
    # records have no header row: the first record is row 1
    return _table(path, iter([header, *lines]), start=0)


def _json_text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
