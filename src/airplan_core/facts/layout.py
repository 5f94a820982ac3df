"""Where a table's header is, and which of its rows are records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs
import polars as pl

from airplan_core.errors import FactsError, Problem, Said, UnitError
from airplan_core.facts.grid import Grid, Table, merged_problem
from airplan_core.facts.headers import field_in, named_in, names_of
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import Ledger
from airplan_core.quantities import units

#: A header stands in one of the first rows, below titles; of as many rows again it may consist.
_FIRST, _DEEP = 10, 2


def laid_out(table: Table, ledger: Ledger, own: Mapping[str, str] | None = None) -> Iterator[Sheet]:
    """The records of a ledger's table, a part at a time; each part has the table's header.

    Args:
        table: of a file.
        ledger: whose records they are.
        own: what the county calls the ledger's fields.

    Raises:
        FactsError: there is no header.
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
            last, header = _header(
                table, cells, names_of(ledger, own or {}), shaped=bool(ledger.shapes)
            )
            if not any(header):
                raise _headless(table)
            head = int(rows[last])
            notes = _head_note(table, head) if last else ()
            cells, rows = cells.slice(last + 1), rows.slice(last + 1)
        if merged := [area for area in grid.merged if area[1] > head]:
            raise FactsError(merged_problem(table, area) for area in merged)
        sheet = _records(table, grid, header, cells, rows)
        yield attrs.evolve(sheet, head=head, notes=(*notes, *sheet.notes))
        notes = ()
    if header is None:
        raise _headless(table)


def _headless(table: Table) -> FactsError:
    expected = Said(
        "第 1 行是表头：台账各字段的名称", "a header in row 1: the names of the ledger's fields"
    )
    return FactsError([Problem(file=table.file, sheet=table.sheet, row=1, expected=expected)])


def _head_note(table: Table, head: int) -> tuple[Said, ...]:
    sheet = f"“{table.sheet}”" if table.sheet else ""
    return (
        Said(
            f"{table.file}{sheet}：表头在第 {head} 行，以上各行没有读",
            f"{table.file} {table.sheet or ''}".rstrip()
            + f": the header is row {head}; what stands above is not read",
        ),
    )


def _header(
    table: Table,
    cells: pl.DataFrame,
    names: Mapping[str, tuple[str, str | None]],
    *,
    shaped: bool,
) -> tuple[int, tuple[str, ...]]:
    """The last row of the header, counted from 0, and its cells: the rows that name most fields.

    Where none names any, it is the first row. Of a ledger that comes in other shapes (`shaped`) it
    is the first row of several cells.
    """
    rows = [tuple(text or "" for text in row) for row in cells.head(_FIRST + _DEEP).iter_rows()]
    first = cells.row(0)
    best = (0, 0, 0), 0, tuple(text for text in first if text is not None)
    if table.headed:
        return best[1:]
    if shaped:
        # its columns are stations, its rows may be pollutants: any of them may name a field
        many = [sum(map(bool, map(str.strip, row))) > 1 for row in rows]
        last = many.index(True) if True in many else 0
        return last, tuple(text for text in cells.row(last) if text is not None)
    for last in range(min(_FIRST + _DEEP - 1, len(rows))):
        for depth in range(1, min(_DEEP, last + 1) + 1):
            header = _stacked(rows[last - depth + 1 : last + 1], names)
            if header is None or last - depth + 1 >= _FIRST:
                continue
            named = [field_in(named_in(cell), names) for cell in header]
            fields = {field for field, _ in named if field is not None}
            given = sum(unit is not None for _, unit in named)
            score = (len(fields), given, -depth)
            if fields and score > best[0]:
                best = score, last, header
    score, last, header = best
    kept = max((n for n, text in enumerate(header) if text.strip()), default=-1)
    wide = sum(text is not None for text in first) if not last else kept + 1
    return last, tuple(header[: max(wide, kept + 1)])


def _stacked(
    rows: Sequence[tuple[str, ...]], names: Mapping[str, tuple[str, str | None]]
) -> tuple[str, ...] | None:
    """One header of one row, or of two: names under what groups them, or over their units."""
    if len(rows) == 1:
        return rows[0]
    found = []
    for above, below in zip(*rows, strict=True):
        over, under = named_in(above), named_in(below)
        if not under:
            found.append(above)
        elif field_in(under, names)[0] is not None:
            found.append(below)
        elif field_in(over, names)[0] is not None and _is_unit(under):
            found.append(f"{over}[{under.strip('()[]（）【】')}]")
        else:
            return None
    return tuple(found) if any(map(named_in, rows[1])) else None


def _is_unit(text: str) -> bool:
    bare = text.strip("()[]（）【】")
    try:
        units.parse_unit(bare)
    except UnitError:
        return False
    return bool(bare) and not units.is_number(bare)


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


_TOTAL = re.compile(
    r"(本[页月年季周表]|全[市县区年镇]|各?乡镇?)?(合计|小计|总计|共计|累计|总和|平均|平均值|均值)([（(：:].*)?"
)
_REMARK = re.compile(
    r"(注|备注|附注|说明|填表说明|填[表报写]人|制表人?|经办人|审核人?|复核人?|(单位)?负责人|联系人|联系电话|电话"
    r"|填[表报]单位|编制单位|单位|[填制]?[表报]?日期|填[表报](时间|日期)|统计(时间|日期|截止.*?)|数据来源)[：:].*"
    r"|注\d*[.、．].*|注|说明"
)
_NUMBER = re.compile(r"[-+]?[\d,，.]+\s*(%|‰|[^\d\s]{1,6})?|[/／—\-]+")
_DATED = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}.*")


def records(sheet: Sheet, fields: Mapping[str, tuple[int, str | None]]) -> Sheet:
    """The sheet without the rows that are no record, and a note that says which they are.

    Totals, remarks and signatures are told by the first text of an otherwise empty row; a header
    that is repeated, by its cells; a row that has nothing under any field is none.
    """
    cells = sheet.cells
    if not cells.height:
        return sheet
    read = [place for place, _ in fields.values()]
    first = list(map(str, dict.fromkeys((*read[:1], *range(min(3, cells.width))))))
    text = {
        name: pl.col(name).fill_null("").str.replace_all(r"\s", "")
        for name in dict.fromkeys((*first, *map(str, read)))
    }
    suspect = cells.select(
        pl.any_horizontal(
            *(text[n].str.contains(rf"^(?:{_TOTAL.pattern}|{_REMARK.pattern})$") for n in first),
            pl.all_horizontal(text[str(n)] == "" for n in read),
            pl.all_horizontal(
                (text[str(n)] == "") | (text[str(n)] == "".join(sheet.header[n].split()))
                for n in read
            ),
        )
    ).to_series()  # fmt: skip
    if not suspect.any():
        return sheet
    left = [at for at in suspect.arg_true() if _no_record(sheet, cells.row(at), read)]
    if not left:
        return sheet
    kept = pl.repeat(value=True, n=cells.height, dtype=pl.Boolean, eager=True)
    kept = kept.scatter(left, values=False)
    numbers = [str(sheet.rows[at]) for at in left]
    shown = "、".join(numbers[:20]) + ("……" if len(numbers) > 20 else "")
    where = f"{sheet.file}“{sheet.sheet}”" if sheet.sheet else sheet.file
    note = Said(
        f"{where}：第 {shown} 行是合计、说明或没有内容的行，没有读",
        f"{where}: rows {shown} are totals, remarks or have nothing to read; they are not read",
    )
    return attrs.evolve(
        sheet,
        cells=cells.filter(kept),
        rows=sheet.rows.filter(kept),
        origins=None if sheet.origins is None else sheet.origins.filter(kept),
        notes=(*sheet.notes, note),
    )


def _no_record(sheet: Sheet, row: Sequence[str | None], read: Sequence[int]) -> bool:
    """Whether a row that looks so is none: in doubt it is one."""
    texts = ["".join((text or "").split()) for text in row]
    if not any(texts[n] for n in read):
        return True
    filled = [text for text in texts if text]
    header = ["".join(text.split()) for text in sheet.header]
    if len(filled) > 1 and all(text in ("", header[n]) for n, text in enumerate(texts)):
        return True
    said, *rest = filled
    if said.isdigit() and rest and not texts[0].strip(said):
        # a number in the first column, and what it is a number of in the next
        said, *rest = rest
    if _TOTAL.fullmatch(said):
        return all(_NUMBER.fullmatch(text) or _TOTAL.fullmatch(text) for text in rest)
    if _REMARK.fullmatch(said):
        return all(_REMARK.fullmatch(text) or _DATED.fullmatch(text) for text in rest)
    return False
