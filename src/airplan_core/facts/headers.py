"""Which column of a sheet is which field, and in which unit it is written."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import polars as pl

from airplan_core.errors import FactsError, Problem, Said, UnitError, nearest
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import ID_HEADERS, Ledger
from airplan_core.model.fields import Counted, Measured
from airplan_core.quantities import units

_UNIT = re.compile(r"^(?P<name>.+?)\s*[\[【(](?P<unit>[^\[\]【】]+)[\]】)]$")


def shaped(sheet: Sheet, ledger: Ledger) -> Sheet:
    """The sheet in the ledger's own columns, where it is of another shape the ledger knows.

    Columns that the ledger knows and does not read are taken out, and noted.
    """
    for shape in ledger.shapes:
        sheet = shape(sheet) or sheet
    over = sheet.places(ledger.passed_over)
    if not over:
        return sheet
    kept = [place for place in range(len(sheet.header)) if place not in over]

    def of(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.select(pl.col(str(old)).alias(str(new)) for new, old in enumerate(kept))

    names = ", ".join(sheet.header[place] for place in over)
    return attrs.evolve(
        sheet,
        header=tuple(sheet.header[place] for place in kept),
        cells=of(sheet.cells),
        origins=None if sheet.origins is None else of(sheet.origins),
        notes=(
            *sheet.notes,
            Said(
                f"{sheet.file}：{names}：已知的列，没有读",
                f"{sheet.file}: {names}: known, and not read",
            ),
        ),
    )


def parquet_header(path: Path, ledger: Ledger) -> dict[str, tuple[str, str | None]]:
    """Every field's column in a Parquet file, and the unit its header gives.

    Raises:
        FactsError: a column is of no field, or two are of one; the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = tuple(pl.read_parquet_schema(file))
    except (pl.exceptions.PolarsError, OSError) as error:
        problem = Problem(
            file=path.name, expected=Said("Parquet 文件", "a Parquet file"), hint=str(error)
        )
        raise FactsError([problem]) from None
    cells = pl.DataFrame(schema=dict.fromkeys(map(str, range(len(header))), pl.String))
    sheet = Sheet(file=path.name, header=header, cells=cells, rows=pl.Series([], dtype=pl.Int64))
    return {name: (header[place], unit) for name, (place, unit) in fields_of(sheet, ledger).items()}


def fields_of(sheet: Sheet, ledger: Ledger) -> dict[str, tuple[int, str | None]]:
    """Every field's place in the sheet, and the unit its header gives."""
    names = {name: name for name in ledger.columns}
    for field, column in ledger.columns.items():
        names.setdefault(column.en.lower(), field)
        names[units.clean(column.zh)] = field
        names |= {units.clean(alias).lower(): field for alias in column.aliases}
    names |= dict.fromkeys(ID_HEADERS, "id")
    labels = {"id": "编号"} | {name: column.zh for name, column in ledger.columns.items()}
    found: dict[str, tuple[int, str | None]] = {}
    problems = []

    def wrong(place: int, read: str, expected: Said, hint: Said | None = None) -> None:
        problems.append(
            Problem(file=sheet.file, sheet=sheet.sheet, row=sheet.head,
                    column=sheet.header[place], read=read, expected=expected, hint=hint)
        )  # fmt: skip

    for place, written in enumerate(sheet.header):
        header = units.clean(written)
        if not header:
            if _has_text(sheet.cells[str(place)]):
                wrong(place, "", Said("有数据的列要有表头", "a header over a column with values"))
            continue
        name: str | None = names.get(header) or names.get(header.lower())
        unit: str | None = None
        bracket = _UNIT.match(header)
        if name is None and bracket:
            name = names.get(bracket["name"].strip()) or names.get(bracket["name"].strip().lower())
            unit = bracket["unit"].strip()
        if name is None:
            bare = bracket["name"] if bracket else header
            wrong(
                place,
                written,
                Said(f"台账“{ledger.zh}”的字段", f"a field of {ledger.name}"),
                nearest(bare, [*ledger.columns, *labels.values()]),
            )
        elif name in found:
            wrong(
                place,
                written,
                Said(f"“{labels[name]}”只有一列", f"{name} once"),
                Said("有两列是同一个字段", "two columns are the same field"),
            )
        elif unit is not None and (why := _unit_problem(name, unit, ledger)):
            wrong(place, unit, why)
        else:
            found[name] = (place, unit)
    if "id" not in found and not ledger.key:
        problems.append(
            Problem(
                file=sheet.file,
                sheet=sheet.sheet,
                row=sheet.head,
                expected=Said("有“编号”列", "a column id (or 编号)"),
            )
        )
    if problems:
        raise FactsError(problems)
    return found


def _has_text(cells: pl.Series) -> bool:
    return bool((cells.fill_null("").str.strip_chars() != "").any())


def _unit_problem(name: str, unit: str, ledger: Ledger) -> Said | None:
    column = ledger.columns.get(name)
    if not isinstance(column, Measured | Counted):
        return Said("没有单位：这个字段没有单位", f"no unit: {name} has none")
    try:
        units.factor(unit, column.unit)
    except UnitError as error:
        return Said(f"能换算成 {column.unit} 的单位", f"a unit such as {column.unit} ({error})")
    return None
