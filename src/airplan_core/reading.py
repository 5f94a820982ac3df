"""Read a folder of ledgers: one file each; every mistake is reported, and none is guessed away."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import polars as pl

from airplan_core import units
from airplan_core.cells import Wanted, read_cells
from airplan_core.entities import Entity, Ledger, Reference, ledger_of
from airplan_core.errors import FactsError, Problem, UnitError, nearest
from airplan_core.facts import Elsewhere, Facts, SetAside, table_schema
from airplan_core.fields import Counted, Measured
from airplan_core.ledgers import County
from airplan_core.sheets import FORMATS, Sheet, read_sheet

if TYPE_CHECKING:
    from airplan_core.rulebook import Rulebook

#: A function that is told the name of each file before it is read.
Progress: TypeAlias = Callable[[str], None]

ID_HEADERS = ("id", "编号")
_UNIT = re.compile(r"^(?P<name>.+?)\s*[\[【(](?P<unit>[^\[\]【】]+)[\]】)]$")


def read_facts(folder: str | Path, rulebook: Rulebook, progress: Progress | None = None) -> Facts:
    """The ledgers in a folder, as the rulebook's plugins and configuration understand them.

    Args:
        folder: a file for each ledger, named after it: `brick_line.csv`, `砖瓦生产线.xlsx`.
        rulebook: says which ledgers there are, and where a blank date means “not happened”.
        progress: told the name of each file before it is read.

    Raises:
        FactsError: the folder or a file is missing, unknown or unreadable; a column is unknown; an
            id stands twice; a reference leads nowhere. All of them are told at once. A single bad
            cell sets its row aside instead: see `Facts.set_aside`.
    """
    return read_folder(
        folder, rulebook.entities, never_if_blank=rulebook.never_if_blank, progress=progress
    )


def read_folder(
    folder: str | Path,
    entities: Iterable[type[Entity]],
    *,
    never_if_blank: Collection[str] = (),
    progress: Progress | None = None,
    elsewhere: Mapping[str, Elsewhere] | None = None,
    allow_none: bool = False,
) -> Facts:
    """The ledgers of `entities` in a folder: see `read_facts`.

    `never_if_blank` holds `ledger.field` names of event fields where a blank means NEVER.
    `elsewhere` has the ledgers that are not read here: see `Facts.elsewhere`; with `allow_none`,
    the folder may hold none at all.
    """
    elsewhere = elsewhere or {}
    ledgers = [ledger_of(entity) for entity in entities]
    files, problems, notes = _files(Path(folder), ledgers, allow_none=allow_none)
    found = {ledger: path for ledger, path in files.items() if ledger.name not in elsewhere}
    read: dict[str, _Read] = {}
    for ledger, path in found.items():
        if progress is not None:
            progress(path.name)
        try:
            sheet = shaped(read_sheet(path, (ledger.name, ledger.zh, ledger.en)), ledger)
            fields = _header(sheet, ledger)
            one = _ledger(sheet, ledger, fields, never_if_blank)
        except FactsError as error:
            problems += error.problems
            continue
        read[ledger.name] = one
        problems += one.problems
        notes += (*sheet.notes, *one.notes)
    for one in read.values():
        for problem in _dangling(one, read, elsewhere, notes):
            problems.append(problem)
    if problems:
        raise FactsError(problems)
    return Facts(
        tables={name: one.table for name, one in read.items()},
        set_aside=tuple(row for one in read.values() for row in one.set_aside),
        notes=tuple(dict.fromkeys(notes)),
    )


def shaped(sheet: Sheet, ledger: Ledger) -> Sheet:
    """The sheet in the ledger's own columns, where it is of another shape the ledger knows.

    Columns that the ledger knows and does not read are taken out, and noted.
    """
    for shape in ledger.shapes:
        sheet = shape(sheet) or sheet
    over = [
        place
        for place, head in enumerate(sheet.header)
        if units.clean(head).lower() in ledger.passed_over
    ]
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
        notes=(*sheet.notes, f"{sheet.file}: {names}: known, and not read"),
    )


@attrs.frozen(kw_only=True)
class _Read:
    """One ledger as read: its table, the rows beside it, and what makes it unusable."""

    ledger: Ledger
    file: str
    table: pl.DataFrame
    rows: pl.Series
    set_aside: tuple[SetAside, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def ledger_files(folder: Path, ledgers: list[Ledger]) -> dict[Ledger, list[Path]]:
    """The file of every ledger, or the Parquet files of one that has a folder of its own.

    Raises:
        FactsError: a file is of no ledger, or two are of one.
    """
    found, problems, _ = _files(folder, ledgers, allow_none=True)
    if problems:
        raise FactsError(problems)
    return {
        ledger: sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        for ledger, path in found.items()
    }


def parquet_header(path: Path, ledger: Ledger) -> dict[str, tuple[str, str | None]]:
    """Every field's column in a Parquet file, and the unit its header gives.

    Raises:
        FactsError: a column is of no field, or two are of one; the file cannot be read.
    """
    try:
        header = tuple(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        problem = Problem(file=path.name, expected="a Parquet file", hint=str(error))
        raise FactsError([problem]) from None
    cells = pl.DataFrame(schema=dict.fromkeys(map(str, range(len(header))), pl.String))
    sheet = Sheet(file=path.name, header=header, cells=cells, rows=pl.Series([], dtype=pl.Int64))
    return {name: (header[place], unit) for name, (place, unit) in _header(sheet, ledger).items()}


def _files(
    folder: Path, ledgers: list[Ledger], *, allow_none: bool = False
) -> tuple[dict[Ledger, Path], list[Problem], list[str]]:
    """Which file is which ledger's; files of no ledger, and two of one, are problems."""
    if not folder.is_dir():
        what = "a folder of ledgers" if folder.exists() else "a folder that exists"
        raise FactsError([Problem(file=str(folder), expected=what)])
    names = {name.lower(): one for one in ledgers for name in (one.name, one.zh, one.en)}
    found: dict[Ledger, Path] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    by_name = {one.name: one for one in ledgers}
    chosen: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.suffix.lower() in (".toml", ".md"):
            continue
        if path.stem.upper().startswith("README"):
            continue
        ledger = names.get(path.stem.strip().lower())
        many = path.is_dir() and ledger is not None and any(path.glob("*.parquet"))
        if path.is_dir() and not many:
            notes.append(f"{path.name}/: a folder inside is not read")
            continue
        if not many and path.suffix.lower() not in FORMATS:
            expected = f"a ledger in one of {', '.join(FORMATS)}"
            problems.append(Problem(file=path.name, read=path.suffix, expected=expected))
        elif ledger is None:
            hint = nearest(path.stem, [*by_name, *(one.zh for one in ledgers)])
            expected = "a file named after a ledger"
            problems.append(Problem(file=path.name, read=path.stem, expected=expected, hint=hint))
        elif ledger.name in chosen:
            expected = f"one file for the ledger {ledger.name}"
            hint = f"{chosen[ledger.name].name} is one already"
            problems.append(Problem(file=path.name, expected=expected, hint=hint))
        else:
            chosen[ledger.name] = path
    if not chosen and not problems and not allow_none:
        expected = f"at least one ledger, such as {ledgers[-1].name}.csv"
        hint = "`airplan template` writes empty ones"
        raise FactsError([Problem(file=str(folder), expected=expected, hint=hint)])
    found = {by_name[name]: path for name, path in chosen.items()}
    return found, problems, notes


def _header(sheet: Sheet, ledger: Ledger) -> dict[str, tuple[int, str | None]]:
    """Every field's place in the sheet, and the unit its header gives."""
    names = {name: name for name in ledger.columns}
    for field, column in ledger.columns.items():
        names.setdefault(column.en.lower(), field)
        names[units.clean(column.zh)] = field
        names |= {units.clean(alias).lower(): field for alias in column.aliases}
    names |= dict.fromkeys(ID_HEADERS, "id")
    found: dict[str, tuple[int, str | None]] = {}
    problems = []

    def wrong(place: int, read: str, expected: str, hint: str | None = None) -> None:
        problems.append(
            Problem(file=sheet.file, row=1, column=sheet.header[place], read=read,
                    expected=expected, hint=hint)
        )  # fmt: skip

    for place, written in enumerate(sheet.header):
        header = units.clean(written)
        if not header:
            if _has_text(sheet.cells[str(place)]):
                wrong(place, "", "a header over a column with values")
            continue
        name: str | None = names.get(header) or names.get(header.lower())
        unit: str | None = None
        bracket = _UNIT.match(header)
        if name is None and bracket:
            name = names.get(bracket["name"].strip()) or names.get(bracket["name"].strip().lower())
            unit = bracket["unit"].strip()
        if name is None:
            labels = [*ledger.columns, *(column.zh for column in ledger.columns.values())]
            bare = bracket["name"] if bracket else header
            wrong(place, written, f"a field of {ledger.name}", nearest(bare, labels))
        elif name in found:
            wrong(place, written, f"{name} once", "two columns are the same field")
        elif unit is not None and (why := _unit_problem(name, unit, ledger)):
            wrong(place, unit, why)
        else:
            found[name] = (place, unit)
    if "id" not in found and not ledger.key:
        problems.append(Problem(file=sheet.file, row=1, expected="a column id (or 编号)"))
    if problems:
        raise FactsError(problems)
    return found


def _has_text(cells: pl.Series) -> bool:
    return bool((cells.fill_null("").str.strip_chars() != "").any())


def _unit_problem(name: str, unit: str, ledger: Ledger) -> str | None:
    column = ledger.columns.get(name)
    if not isinstance(column, Measured | Counted):
        return f"no unit: {name} has none"
    try:
        units.factor(unit, column.unit)
    except UnitError as error:
        return f"a unit such as {column.unit} ({error})"
    return None


def _ledger(
    sheet: Sheet,
    ledger: Ledger,
    fields: Mapping[str, tuple[int, str | None]],
    never_if_blank: Collection[str],
) -> _Read:
    """The sheet's values; a row with a problem is set aside."""
    problems: dict[int, list[Problem]] = {}
    aside: set[int] = set()
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
    return _Read(
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


def _dangling(
    one: _Read, read: Mapping[str, _Read], elsewhere: Mapping[str, Elsewhere], notes: list[str]
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
