"""Text with separators between the cells.

Records that are plainly regular, each of one width and with quotes only where they belong, become
columns all at once; the others are read by the csv module, to the same cells.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.formats.encodings import pieces
from airplan_core.facts.grid import Grid, Table, columns_of, numbered

#: The longest cell that is read, in characters; a spreadsheet keeps 32,767.
LONGEST = 131_072

#: Where single records are looked at, so many bytes of them are at once, at least and at most.
FEW, STRETCH = 1 << 11, 1 << 16

SEPARATORS = (",", "\t", ";", "，")

_QUOTED = re.compile(r'"[^"]*"')


def tables(path: Path, file: str) -> list[Table]:
    """The one table of a file of text."""
    return [Table(file=file, grids=_grids(path, file))]


def _grids(path: Path, file: str) -> Iterator[Grid]:
    reader: _Reader | None = None
    row, rest = 1, b""
    for piece in pieces(path, file):
        reader = reader or _Reader(file, separator(piece))
        cells, rest = reader.cells(rest + piece, row)
        if cells.height:
            yield Grid(cells=cells, rows=numbered(row, cells.height))
            row += cells.height
    if rest and reader is not None:
        cells, rest = reader.cells(rest + b"\n", row)
        if cells.height:
            yield Grid(cells=cells, rows=numbered(row, cells.height))
        if rest:
            raise unclosed(file, row + cells.height, rest)


def separator(text: bytes) -> str:
    """What stands between the cells: what most of the first ten lines have, and have most of."""
    lines = text[:STRETCH].decode(errors="ignore").split("\n")[:10]
    bare = [_QUOTED.sub("", line) for line in lines]
    counts = {mark: [line.count(mark) for line in bare] for mark in SEPARATORS}
    if any(sum(counts[mark]) for mark in SEPARATORS[:-1]):
        # text in a cell has full-width commas
        del counts[SEPARATORS[-1]]
    return max(counts, key=lambda mark: (sum(map(bool, counts[mark])), sum(counts[mark])))


class _Reader:
    """The records of one file; `cells` is given whole lines, and returns those of no whole record.

    Its quick way and its careful way give the same cells: see `_regular`.
    """

    def __init__(self, file: str, separator: str) -> None:
        self.file, self.separator = file, separator
        # polars knows separators of one byte only
        self.quick = len(separator.encode()) == 1

    def cells(self, text: bytes, row: int) -> tuple[pl.DataFrame, bytes]:
        """The cells of the text's records, the first of which is `row`, and what is no whole one.

        A cell that a record lacks at its end is null.
        """
        whole = text if text.endswith(b"\n") else text[: text.rfind(b"\n") + 1]
        width = self._width(whole)
        if self.quick and b'"' not in whole:
            found = self._columns(whole, width, quoted=False)
            if found is not None and self._fits(whole, found):
                self._check_lengths(found, whole, row)
                return found, text[len(whole) :]
        frames: list[pl.DataFrame] = []
        at, size = 0, FEW
        while at < len(whole):
            end = at
            if self.quick and (match := _regular(self.separator, width).match(whole, at)):
                end = match.end()
            part = whole[at:end]
            found = self._columns(part, width, quoted=True) if part else None
            if found is not None:
                self._check_lengths(found, part, row)
                at, size = end, FEW
            else:
                found, read = self._one_by_one(whole, at, size, row)
                # where one is odd after the other, more are looked at
                at, size = at + read, min(size * 2, STRETCH)
                if not read:
                    break
            row += found.height
            frames.append(found)
        cells = pl.concat(frames, how="diagonal", rechunk=True) if frames else pl.DataFrame()
        return cells, text[at:]

    def _width(self, text: bytes) -> int:
        """How many cells most records have; a wrong guess costs time and nothing else."""
        start = text[:STRETCH].decode(errors="ignore").split("\n")[:-1] or [""]
        counts = Counter(_QUOTED.sub("", line).count(self.separator) for line in start)
        return counts.most_common(1)[0][0] + 1

    def _fits(self, text: bytes, cells: pl.DataFrame) -> bool:
        """Whether there are as many separators as between these cells; no line has more."""
        if cells.width == 1 and (b"\n\n" in text or text.startswith(b"\n")):
            # a blank line is a row without a cell
            return False
        return text.count(self.separator.encode()) == cells.height * (cells.width - 1)

    def _columns(self, text: bytes, width: int, *, quoted: bool) -> pl.DataFrame | None:
        """Regular records as columns; None where they turn out to be none."""
        try:
            return pl.read_csv(
                text,
                has_header=False,
                separator=self.separator,
                quote_char='"' if quoted else None,
                schema={str(place): pl.String for place in range(width)},
                # no record lacks a cell
                empty_string_is_null=False,
            )
        except pl.exceptions.PolarsError:
            return None

    def _one_by_one(self, text: bytes, at: int, size: int, row: int) -> tuple[pl.DataFrame, int]:
        """Some of the records from a place on, and of how many bytes they are: 0 if of none."""
        while True:
            end = text.rfind(b"\n", at, at + size) + 1
            if end > at:
                found, read = self._records(text[at:end], row)
                if read:
                    return found, read
            if at + size >= len(text):
                return pl.DataFrame(), 0
            size *= 2

    def _records(self, text: bytes, row: int) -> tuple[pl.DataFrame, int]:
        lines = text.splitlines(keepends=True)
        over = False

        def given() -> Iterator[str]:
            nonlocal over
            yield from (line.decode() for line in lines)
            over = True

        records: list[list[str]] = []
        reader = csv.reader(given(), delimiter=self.separator)
        begun = read = 0
        try:
            for record in reader:
                if over:
                    # the lines ended within quotes
                    break
                if reader.line_num > begun + 1:
                    self._check_quotes(lines[begun : reader.line_num], row + len(records))
                records.append(record)
                read += sum(map(len, lines[begun : reader.line_num]))
                begun = reader.line_num
        except csv.Error:
            if reader.line_num > begun + 1:
                raise unclosed(self.file, row + len(records), lines[begun]) from None
            raise self._too_long(row + len(records), lines[begun].decode()) from None
        return columns_of(records), read

    def _check_quotes(self, lines: list[bytes], row: int) -> None:
        """A cell of several lines ends where its quotes do: text after them was another cell's."""
        try:
            for _ in csv.reader(
                (line.decode() for line in lines), delimiter=self.separator, strict=True
            ):
                pass
        except csv.Error:
            raise unclosed(self.file, row, lines[0]) from None

    def _check_lengths(self, cells: pl.DataFrame, text: bytes, row: int) -> None:
        half = LONGEST // 2
        if all(text.find(b"\n", at, at + half) >= 0 for at in range(0, len(text), half)):
            # no line is as long as that
            return
        bytes_ = cells.select(pl.all().str.len_bytes().max()).row(0)
        for name, longest in zip(cells.columns, bytes_, strict=True):
            # no character is longer than its bytes
            if (longest or 0) > LONGEST and (long := cells[name].str.len_chars() > LONGEST).any():
                at = long.arg_max() or 0
                raise self._too_long(row + at, cells[name][at])

    def _too_long(self, row: int, read: str) -> FactsError:
        expected = Said(
            f"不超过 {LONGEST:,} 个字符的单元格", f"no cell of more than {LONGEST:,} characters"
        )
        hint = Said("是不是少了换行或引号？", "is a line end or a quote missing?")
        read = read[:20] + "…"
        return FactsError(
            [Problem(file=self.file, row=row, read=read, expected=expected, hint=hint)]
        )


def unclosed(file: str, row: int, text: bytes) -> FactsError:
    """A quote that opens in a row and is not closed."""
    start = text.split(b"\n", 1)[0].decode(errors="replace")
    expected = Said(
        "成对的引号；这一行的引号没有配对",
        "quotes in pairs; one that opens in this row is not closed",
    )
    hint = Said("删去多余的引号，或补上另一个", "take it away, or write the other one")
    return FactsError([Problem(file=file, row=row, read=start[:60], expected=expected, hint=hint)])


@cache
def _regular(separator: str, width: int) -> re.Pattern[bytes]:
    """As many whole records as follow each other, of a width, with quotes only around cells."""
    mark = re.escape(separator.encode())
    quoted, bare = rb'"[^"]*+(?:""[^"]*+)*+"', rb'[^"%s\n]' % mark
    if width == 1:
        # a blank line is a row without a cell
        return re.compile(rb"(?:(?:%s|%s++)\n)*+" % (quoted, bare))
    cell = rb"(?:%s|%s*+)" % (quoted, bare)
    return re.compile(rb"(?:(?:%s%s){%d}%s\n)*+" % (cell, mark, width - 1, cell))
