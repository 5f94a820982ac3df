"""A sheet of a workbook: its cells as they are shown, and what a reader should know of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import attrs

from airplan_core.errors import Said
from airplan_core.facts.grid import BATCH, Grid, columns_of, numbered

#: A sheet has at most so many cells, blank ones within its rectangle among them.
MOST_CELLS = 50_000_000


@attrs.frozen(kw_only=True)
class Page:
    """What stands in a sheet.

    Attributes:
        lines: the texts of its rows, from the first on.
        hidden: the rows that are hidden, by hand or by a filter, from 1.
        struck: the rows in which a cell is struck through.
        merged: the ranges of merged cells, as `Grid.merged` has them.
    """

    lines: Iterable[list[str]]
    hidden: Sequence[int] = ()
    struck: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()


def grids(page: Page, file: str, sheet: str | None, notes: Iterable[Said] = ()) -> Iterator[Grid]:
    """A sheet as grids; the notes come with the first."""
    told = (*notes, *_notes(page, file, sheet))
    lines, row = iter(page.lines), 1
    while batch := list(islice(lines, BATCH)):
        end = row + len(batch)
        yield Grid(
            cells=columns_of(batch),
            rows=numbered(row, len(batch)),
            notes=told,
            merged=tuple(sorted(cells for cells in page.merged if row <= cells[0] < end)),
        )
        row, told = end, ()


def _notes(page: Page, file: str, sheet: str | None) -> Iterator[Said]:
    kinds = (
        (page.hidden, "隐藏或筛选掉的行也读了", "hidden or filtered rows are read, too"),
        (page.struck, "有删除线的行也读了", "rows that are struck through are read, too"),
    )
    zh = file + (f"，工作表“{sheet}”" if sheet else "")
    en = file + (f", sheet {sheet!r}" if sheet else "")
    for rows, zh_what, en_what in kinds:
        if rows:
            some = [str(row) for row in sorted(rows)[:10]]
            more = len(rows) > len(some)
            yield Said(
                f"{zh}：{zh_what}：第 {'、'.join(some)}{'……' if more else ''} 行"
                f"{f'，共 {len(rows)} 行' if more else ''}",
                f"{en}: {en_what}: {', '.join(some)}{f', …, {len(rows)} of them' if more else ''}",
            )
