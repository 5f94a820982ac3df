"""A sheet's rows: typed or set aside, each id once, no reference left dangling."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from airplan_core.errors import Problem, nearest
from airplan_core.facts.cells import Wanted, read_cells
from airplan_core.facts.demands import broken
from airplan_core.facts.facts import Elsewhere, SetAside, table_schema
from airplan_core.facts.sheets import Sheet
from airplan_core.model.entity import Ledger, Reference, ledger_of
from airplan_core.model.fields import Measured
from airplan_core.model.ledgers import County


@attrs.frozen(kw_only=True)
class LedgerRead:
    """One ledger as read: its table, the rows beside it, and what makes it unusable."""

    ledger: Ledger
    file: str
    table: pl.DataFrame
    rows: pl.Series
    set_aside: tuple[SetAside, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def read_ledger(
    sheet: Sheet,
    ledger: Ledger,
    fields: Mapping[str, tuple[int, str | None]],
    never_if_blank: Collection[str],
) -> LedgerRead:
    """The sheet's values; a row with a problem is set aside."""
    problems: dict[int, list[Problem]] = {}
    aside: set[int] = set()
    faulty: set[int] = set()
    bare: list[str] = []
    for problem in sheet.bad:
        problems.setdefault(problem.row or 0, []).append(problem)
    schema = table_schema(ledger.entity)
    wanted: dict[str, Wanted] = {}
    for name, column in ledger.columns.items():
        if name not in fields:
            continue
        place, unit = fields[name]
        if unit is None and isinstance(column, Measured) and column.bare:
            unit = column.unit
            if sheet.cells[str(place)].str.contains(r"^\s*[0-9.]+\s*$").any():
                bare.append(f"{sheet.header[place]} [{unit}]")
        never = f"{ledger.name}.{name}" in never_if_blank
        wanted[name] = Wanted(column, unit, never_if_blank=never)
    texts = sheet.cells.select(pl.col(str(fields[name][0])).alias(name) for name in wanted)
    values: dict[str, pl.Series] = {}
    for name, cells in read_cells(texts, wanted).items():
        values[name] = cells.values
        place, _ = fields[name]
        for at, expected in cells.bad.items():
            row = sheet.rows[at]
            problems.setdefault(row, []).append(
                Problem(file=sheet.file, row=sheet.row_of(at, place), column=sheet.header[place],
                        read=texts[name][at], expected=expected)
            )  # fmt: skip
            aside.add(at)
    height = sheet.cells.height
    for name in ledger.columns:
        if name not in wanted:
            values[name] = pl.Series([None], dtype=schema[name]).new_from_index(0, height)
    ids = _ids(sheet, ledger, fields, values)
    for at in ids.is_null().arg_true():
        row = sheet.rows[at]
        problems.setdefault(row, []).append(
            Problem(file=sheet.file, row=row, column="id", read="", expected="an id in every row")
        )
        aside.add(at)
    table = pl.DataFrame({name: ids if name == "id" else values[name] for name in schema})
    for at, demand, said in broken(table, ledger):
        if at not in aside:
            row = sheet.rows[at]
            told = sheet.row_of(at, fields[demand.of][0]) if demand.of in fields else row
            problems.setdefault(row, []).append(
                Problem(file=sheet.file, row=told, column=ledger.columns[demand.of].zh, read=said,
                        expected=demand.expected, hint=demand.hint)
            )  # fmt: skip
            faulty.add(at)
    aside |= faulty
    rows = sheet.rows
    set_aside: tuple[SetAside, ...] = ()
    if problems:
        # several rows of a sheet that was reshaped may come from one row of the file
        good = ~rows.is_in([problem.row for problem in sheet.bad if problem.row])
        good = good.scatter(sorted(aside), values=False)
        named = dict(zip(rows.filter(~good), ids.filter(~good), strict=True))
        set_aside = tuple(
            SetAside(ledger=ledger.name, file=sheet.file, row=row, id=named.get(row),
                     problems=tuple(problems[row]))
            for row in sorted(problems)
        )  # fmt: skip
        rows, table = rows.filter(good), table.filter(good)
    return LedgerRead(
        ledger=ledger,
        file=sheet.file,
        table=table,
        rows=rows,
        set_aside=set_aside,
        problems=tuple(_duplicates(sheet, ledger, table, rows)),
        notes=(f"{sheet.file}: no unit in {', '.join(bare)}: read so, as exports are",)
        if bare
        else (),
    )


def _ids(
    sheet: Sheet,
    ledger: Ledger,
    fields: Mapping[str, tuple[int, str | None]],
    values: Mapping[str, pl.Series],
) -> pl.Series:
    """The id column, or ids made of the ledger's key; a blank id is null."""
    if "id" in fields:
        written = pl.col(str(fields["id"][0])).str.strip_chars()
        return sheet.cells.select(pl.when(written != "").then(written)).to_series()
    parts = [values[name].cast(pl.String).fill_null("") for name in ledger.key]
    frame = pl.DataFrame({str(place): part for place, part in enumerate(parts)})
    return frame.select(pl.concat_str(pl.all(), separator="/")).to_series()


def _once(table: pl.DataFrame, names: Sequence[str]) -> bool:
    """Whether no row has the same values under `names` as another."""
    one, *more = names
    found = table.select(names).n_unique() if more else table[one].n_unique()
    return found == table.height


def _duplicates(
    sheet: Sheet, ledger: Ledger, table: pl.DataFrame, rows: pl.Series
) -> Iterator[Problem]:
    """Every id, and every key, that stands in more than one row."""
    for names in (("id",), ledger.key):
        if not names or _once(table, names):
            continue
        twice = table.select(names).is_duplicated()
        seen: dict[Any, int] = {}
        for row, *key in (
            table.select(names)
            .with_columns(rows.alias("row"))
            .filter(twice)
            .select("row", *names)
            .iter_rows()
        ):
            first = seen.setdefault(tuple(key), row)
            if first != row:
                yield Problem(
                    file=sheet.file,
                    row=row,
                    column="+".join(names),
                    read="/".join("" if part is None else str(part) for part in key),
                    expected=f"each {'+'.join(names)} once",
                    hint=f"row {first} has it too",
                )
        if seen:
            return


def dangling(
    one: LedgerRead,
    read: Mapping[str, LedgerRead],
    elsewhere: Mapping[str, Elsewhere],
    notes: list[str],
) -> Iterator[Problem]:
    """Every reference to a row that is not there; ids of rows set aside count as there."""
    for name, column in one.ledger.columns.items():
        if not isinstance(column, Reference) or one.table[name].null_count() == one.table.height:
            continue
        target = ledger_of(column.target)
        if target.name in elsewhere:
            named = one.table[name].drop_nulls()
            there = elsewhere[target.name](named)
            for id in named.unique(maintain_order=True).to_list():
                if id not in there:
                    expected = f"the id of a {target.name}"
                    yield Problem(file=one.file, column=column.zh, read=id, expected=expected)
            continue
        if target.name not in read:
            if column.target is not County:
                notes.append(
                    f"{one.file}: {name} refers to {target.name}, which is not supplied; its "
                    "fields are unknown"
                )
            continue
        aside = [row.id for row in read[target.name].set_aside if row.id is not None]
        known = pl.concat([read[target.name].table["id"], pl.Series(aside, dtype=pl.String)])
        lost = one.table[name].is_not_null() & ~one.table[name].is_in(known.implode())
        if not lost.any():
            continue
        every = known.to_list()
        rows = pl.DataFrame({"id": one.table[name], "row": one.rows}).filter(lost)
        for id, first, count in (
            rows.group_by("id", maintain_order=True).agg(pl.first("row"), pl.len()).iter_rows()
        ):
            more = f" (and {count - 1} more rows)" if count > 1 else ""
            yield Problem(
                file=one.file,
                row=first,
                column=column.zh,
                read=id,
                expected=f"the id of a {target.name}{more}",
                hint=nearest(id, every),
            )
