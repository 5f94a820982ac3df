"""Where a table's header is, and which of its rows are records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import attrs
import polars as pl

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table, merged_problem
from airplan_core.facts.headers import Names, field_in, named_in, two_headers, unit_problem
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import Ledger
from airplan_core.quantities import units

#: A header stands in one of the first rows, below titles; of as many rows again it may consist.
_FIRST, _DEEP = 10, 2


def laid_out(table: Table, ledger: Ledger, names: Names) -> Iterator[Sheet]:
    """The rows of a ledger's table, a part at a time; each part has the table's header.

    Args:
        table: of a file.
        ledger: whose records they are.
        names: what a header may call its fields.

    Raises:
        FactsError: there is no header, or there are two with rows between them.
    """
    header: tuple[str, ...] | None = None
    head, notes = 1, tuple[Said, ...]()
    grids = table.grids
    if ledger.shapes:
        # what is turned into another shape is looked at whole
        grids = iter([_whole(list(grids))])
    for grid in grids:
        cells, rows = grid.cells, grid.rows
        if header is None:
            if not cells.height:
                continue
            found = _header(table, cells, ledger, names)
            header = found.cells
            if not any(header):
                raise _headless(table)
            other = _other(cells, found, names)
            if other is not None:
                raise two_headers(table, int(rows[other]), int(rows[found.last]))
            head = int(rows[found.last])
            notes = _head_note(table, rows, found)
            cells, rows = cells.slice(found.last + 1), rows.slice(found.last + 1)
        merged = tuple(area for area in grid.merged if area[1] > head)
        if merged and (ledger.shapes or ledger.passed_over):
            raise FactsError(merged_problem(table.file, table.sheet, area) for area in merged)
        sheet = _records(table, grid, header, cells, rows)
        yield attrs.evolve(sheet, head=head, notes=(*notes, *sheet.notes), merged=merged)
        notes = ()
    if header is None:
        raise _headless(table)


def peeked(table: Table, ledger: Ledger, names: Names) -> tuple[Table, bool | None]:
    """The table, and whether it has a header of the ledger; None where nothing stands in it.

    Raises:
        FactsError: it cannot be read.
    """
    grids = iter(table.grids)
    first = next((grid for grid in grids if grid.cells.height), None)
    if first is None:
        return attrs.evolve(table, grids=iter(())), None
    again = attrs.evolve(table, grids=chain([first], grids))
    rows = [tuple(text or "" for text in row) for row in first.cells.head(_FIRST).iter_rows()]
    if not any(text.strip() for row in rows for text in row):
        return again, None
    fields = _named(_header(table, first.cells, ledger, names).cells, names)
    return again, bool(ledger.shapes) or "id" in fields or len(fields) > 1


@attrs.frozen
class _Header:
    """A header's first and last row, counted from 0, and its cells."""

    first: int
    last: int
    cells: tuple[str, ...]


def _headless(table: Table) -> FactsError:
    expected = Said(
        "第 1 行是表头：台账各字段的名称", "a header in row 1: the names of the ledger's fields"
    )
    return FactsError([Problem(file=table.file, sheet=table.sheet, row=1, expected=expected)])


def _head_note(table: Table, rows: pl.Series, found: _Header) -> tuple[Said, ...]:
    if not found.last:
        return ()
    sheet = f"“{table.sheet}”" if table.sheet else ""
    these = [str(row) for row in rows[found.first : found.last + 1]]
    zh = f"{table.file}{sheet}：表头在第 {'、'.join(these)} 行"
    en = f"{table.file} {table.sheet or ''}".rstrip() + f": the header is row {', '.join(these)}"
    if found.first:
        zh, en = f"{zh}，以上各行没有读", f"{en}; what stands above is not read"
    return (Said(zh, en),)


def _other(cells: pl.DataFrame, found: _Header, names: Names) -> int | None:
    """The row above a header that is one, too, with records between them; None where none is."""
    rows = [
        [text for text in row if text and text.strip()]
        for row in cells.head(found.first).iter_rows()
    ]
    for at, row in enumerate(rows):
        named = len(_named(row, names))
        if named > 1 and 2 * named > len(row) and any(len(one) > 1 for one in rows[at + 1 :]):
            return at
    return None


def _named(header: Iterable[str], names: Names) -> set[str]:
    """The fields that a header names."""
    found = (field_in(named_in(cell), names)[0] for cell in header)
    return {field for field in found if field}


def _header(table: Table, cells: pl.DataFrame, ledger: Ledger, names: Names) -> _Header:
    """The row, or the two, that name most fields; the first one where none names any.

    Of a ledger that comes in other shapes it is the first row of several cells.
    """
    best = _Header(0, 0, _cut(cells, 0, [text or "" for text in cells.row(0)]))
    if table.headed:
        return best
    rows = [tuple(text or "" for text in row) for row in cells.head(_FIRST + _DEEP).iter_rows()]
    if ledger.shapes:
        # its columns are stations, its rows may be pollutants: any of them may name a field
        many = [sum(map(bool, map(str.strip, row))) > 1 for row in rows]
        last = many.index(True) if True in many else 0
        return _Header(last, last, _cut(cells, last, rows[last]))
    most = (0, 0, 0, 0)
    for last in range(min(_FIRST + _DEEP - 1, len(rows))):
        for first in range(max(0, last - _DEEP + 1), last + 1):
            header = _stacked(rows[first : last + 1], ledger, names)
            if header is None or first >= _FIRST:
                continue
            units = sum(field_in(named_in(cell), names)[1] is not None for cell in header)
            # what stands beside the fields has a name, too: 序号 in cells merged over both rows
            filled = sum(map(bool, map(named_in, header)))
            score = (len(_named(header, names)), units, filled, first - last)
            if score[0] and score > most:
                most, best = score, _Header(first, last, _cut(cells, last, header))
    return best


def _cut(cells: pl.DataFrame, last: int, header: Sequence[str]) -> tuple[str, ...]:
    """A header as wide as its last row is in the file, blank cells at its end included."""
    wide = sum(text is not None for text in cells.row(last))
    kept = max((n + 1 for n, text in enumerate(header) if text.strip()), default=0)
    return tuple(header[: max(wide, kept)])


def _stacked(
    rows: Sequence[tuple[str, ...]], ledger: Ledger, names: Names
) -> tuple[str, ...] | None:
    """One header of one row, or of two: names under what groups them, or over their units.

    None where the second row is none: something else stands under the name of a field.
    """
    if len(rows) == 1:
        return rows[0]
    if sum(map(bool, map(named_in, rows[0]))) < 2:
        # a title
        return None
    found = []
    for above, below in zip(*rows, strict=True):
        over, under = named_in(above), named_in(below)
        field = field_in(over, names)[0]
        if not under:
            found.append(above)
        elif field_in(under, names)[0] is not None or not field:
            found.append(below)
        elif _is_unit(under, field, ledger):
            found.append(f"{over}[{under.strip('()[]（）【】')}]")
        else:
            return None
    return tuple(found) if any(map(named_in, rows[1])) else None


def _is_unit(text: str, field: str, ledger: Ledger) -> bool:
    """Whether a text is a unit of the field, and no value of it."""
    bare = text.strip("()[]（）【】 ")
    return bool(bare) and not units.is_number(bare) and unit_problem(field, bare, ledger) is None


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
