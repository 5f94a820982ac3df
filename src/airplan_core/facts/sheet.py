"""A ledger's table in a file: a header, and columns of text with their row numbers."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import polars as pl

from airplan_core.errors import Problem, Said
from airplan_core.quantities import units


@attrs.frozen(kw_only=True)
class Sheet:
    """A table of a file as text, below its header.

    Attributes:
        file: what the file is called; `sheet` is the sheet of a workbook that has several.
        header: the header's cells, in order; it stands in the row `head`.
        cells: one text column for each header cell, named by its place: "0", "1", …
        rows: the spreadsheet row of each row of `cells`.
        bad: the problems of single rows and cells found while the file was read.
        notes: what a reader should know: blank rows passed over, sheets ignored.
        origins: where a file of another shape was turned into this sheet, the spreadsheet row
            that each cell comes from, in columns like those of `cells`.
        merged: the ranges of merged cells below the header: see `grid.Grid`.
    """

    file: str
    sheet: str | None = None
    head: int = 1
    header: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    bad: tuple[Problem, ...] = ()
    notes: tuple[Said, ...] = ()
    origins: pl.DataFrame | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def places(self, names: Iterable[str]) -> list[int]:
        """Where the header has one of some names, in whatever width and case it writes them."""
        wanted = set(names)
        return [n for n, head in enumerate(self.header) if units.clean(head).lower() in wanted]

    def row_of(self, at: int, place: int) -> int:
        """The spreadsheet row that a cell comes from."""
        found = None if self.origins is None else self.origins[str(place)][at]
        return int(self.rows[at] if found is None else found)
