"""Ledgers that stay where they are: Parquet folders and tables of a database, mapped and checked.

What is small is read here as ever. Of what stays, every cell, id and reference is checked by the
engine before anything is assessed; a row that could not be read would have to be set aside, and in
someone else's table that is not ours to do: it is told, and nothing runs until it is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl
from sqlglot import exp

from airplan_core import units
from airplan_core.backends import sql
from airplan_core.backends.formula import Formula, Words, column
from airplan_core.config import DatabaseConfig, TableConfig
from airplan_core.dates import NEVER
from airplan_core.engines import Engine, quoted
from airplan_core.entities import Ledger, Reference, ledger_of
from airplan_core.errors import ConfigError, FactsError, Problem, nearest
from airplan_core.facts import Facts, table_schema
from airplan_core.fields import NOTHING, Counted, Event, Flag, Measured, Moment, Stated, Text
from airplan_core.queries import kind
from airplan_core.reading import Progress, ledger_files, parquet_header, read_folder
from airplan_core.remote import PREFIX, read_here
from airplan_core.units import MAX_DECIMALS, MAX_VALUE

if TYPE_CHECKING:
    from airplan_core.rulebook import Rulebook

#: What a column of the database may hold for a field, by the kind of field.
_FITS: dict[str, tuple[str, ...]] = {
    "double": ("number", "decimal", "whole"),
    "bigint": ("whole",),
    "boolean": ("boolean",),
    "date": ("date",),
    "timestamp": ("moment",),
    "varchar": ("text",),
}

#: Doubles below this have six decimals to spare.
_PLAIN = 10**9


@attrs.frozen(kw_only=True)
class Source:
    """One ledger where it stands.

    Attributes:
        name: how errors call it: a file, a table.
        relation: it, as a query reads it.
        fields: for each field of the ledger (and `id`), its column there and the unit of that.
    """

    ledger: Ledger
    name: str
    relation: exp.Expr
    fields: Mapping[str, tuple[str, str | None]]


def read_with(
    engine: Engine, folder: str | Path, rulebook: Rulebook, progress: Progress | None = None
) -> Facts:
    """The ledgers in a folder and in the engine's database: `read_facts`, for large ones.

    Parquet files (`trip.parquet`, or many in a folder `trip/`) stay where they are, and so do the
    tables that `[database]` of the configuration names. The other files, and the ledgers of which
    airplan computes what SQL cannot say, are read as ever.

    Raises:
        FactsError: as `read_facts`; and every column of what stays whose type does not fit, every
            cell that is not in order, every id that stands twice, and every reference that leads
            nowhere, with how many rows there are of each.
        ConfigError: the configuration names a table or column that the database lacks.
    """
    here = {ledger_of(entity).name for entity in read_here(rulebook)}
    ledgers = [ledger_of(entity) for entity in rulebook.entities]
    files = ledger_files(Path(folder), ledgers)
    sources: dict[str, Source] = {}
    for ledger, paths in files.items():
        if ledger.name not in here and all(path.suffix == ".parquet" for path in paths):
            sources[ledger.name] = _files(engine, ledger, paths)
    by_name = {ledger.name: ledger for ledger in ledgers}
    copied: list[str] = []
    for name, table in rulebook.database.tables.items():
        if name in {ledger.name for ledger in files}:
            raise ConfigError(
                f"the ledger {name!r} is a file in {folder} and the table {table.table!r} of the "
                "database; keep one of them"
            )
        sources[name] = _table(engine, by_name[name], table, rulebook.database)
        if name in here:
            copied.append(name)
    problems: list[Problem] = []
    for source in sources.values():
        if progress is not None:
            progress(source.name)
        problems += _placed(engine, source, rulebook.never_if_blank)
    if problems:
        raise FactsError(problems)
    elsewhere = {name: partial(_among, engine, name) for name in sources if name not in copied}
    facts = read_folder(
        folder,
        rulebook.entities,
        never_if_blank=rulebook.never_if_blank,
        progress=progress,
        elsewhere=elsewhere,
        allow_none=bool(sources),
    )
    tables = {**facts.tables, **{name: _copied(engine, by_name[name]) for name in copied}}
    facts = attrs.evolve(facts, tables=tables, elsewhere=elsewhere)
    lost = [
        problem
        for name, source in sources.items()
        if name in elsewhere
        for problem in _dangling(engine, source, facts)
    ]
    if lost:
        raise FactsError(lost)
    return facts


def _files(engine: Engine, ledger: Ledger, paths: list[Path]) -> Source:
    """The Parquet files of a ledger."""
    fields = parquet_header(paths[0], ledger)
    name = paths[0].name if len(paths) == 1 else f"{paths[0].parent.name}/"
    relation = engine.parquet([str(path.resolve()) for path in paths])
    return Source(ledger=ledger, name=name, relation=relation, fields=fields)


def _table(engine: Engine, ledger: Ledger, table: TableConfig, config: DatabaseConfig) -> Source:
    """A table of the database, under the names that the configuration gives its columns."""
    relation = exp.Table(
        **{
            part: exp.to_identifier(name, quoted=True)
            for part, name in zip(
                ("this", "db", "catalog"), reversed(table.table.split(".")), strict=False
            )
        }
    )
    there = engine.kinds(relation.copy())
    fields: dict[str, tuple[str, str | None]] = {}
    for field in ("id", *ledger.columns):
        written, unit = table.column(field)
        if written in there:
            fields[field] = written, unit
        elif field in table.columns:
            raise ConfigError(
                f"[database.tables.{ledger.name}] {field} = {table.columns[field]!r}: the table "
                f"{table.table} has no column {written!r}; {nearest(written, there)}"
            )
    if "id" not in fields and not ledger.key:
        raise ConfigError(
            f"[database.tables.{ledger.name}]: say which column of {table.table} is the id: "
            f'columns = {{ id = "…" }}; it has {", ".join(there)}'
        )
    return Source(ledger=ledger, name=table.table, relation=relation, fields=fields)


@attrs.define
class _Cells:
    """A column as it stands there, and what of it is not in order.

    `clean` is the column made so where `untidy` cells are found; `bad` cells cannot be.
    """

    plain: Formula
    clean: Formula
    untidy: Formula | None
    bad: Formula | None
    expected: str = ""


def _placed(engine: Engine, source: Source, never_if_blank: Iterable[str]) -> list[Problem]:
    """Define the ledger's view, after every cell and id has been seen; what is wrong with them."""
    ledger, there = source.ledger, engine.kinds(source.relation.copy())
    words = Words(engine.dialect)
    cells: dict[str, _Cells] = {}
    problems = []
    for field, (name, unit) in source.fields.items():
        one = None if field == "id" else ledger.columns[field]
        wanted = "varchar" if one is None else kind(one)
        found = there[name]
        keyed = one is None or isinstance(one, Reference)
        if found not in _FITS[wanted] and not (keyed and found == "whole"):
            expected = f"a column of type {' or '.join(_FITS[wanted])}"
            hint = "cells with units are read by --engine polars" if wanted == "double" else None
            problems.append(
                Problem(file=source.name, column=name, read=found, expected=expected, hint=hint)
            )
            continue
        blank_is_never = f"{ledger.name}.{field}" in never_if_blank
        cells[field] = _cells(one, column(name), found, unit, words, never=blank_is_never)
    if problems:
        return problems
    if "id" not in cells:
        parts = [cells[name].clean.cast("varchar").fill_null("") for name in ledger.key]
        joined = exp.Concat(
            expressions=[p for part in parts for p in (part.node, sql.text("/"))][:-1]
        )
        key = Formula(joined.copy)
        cells = {"id": _Cells(key, key, None, None), **cells}
    seen = _seen(engine, source, cells)
    for field, one_ in cells.items():
        count, id = seen.get(f"bad {field}", 0), seen.get(f"which {field}")
        if count:
            name = source.fields[field][0]
            problems.append(
                Problem(file=source.name, column=name, read=str(seen[f"read {field}"]),
                        expected=one_.expected, hint=f"{count} such rows, one of them {id!r}")
            )  # fmt: skip
    selected = []
    for field in ("id", *ledger.columns):
        if field not in cells:
            value: exp.Expr = sql.null(kind(ledger.columns[field]))
        else:
            value = (cells[field].clean if seen.get(f"untidy {field}") else cells[field].plain).node
        selected.append(exp.alias_(value, field, quoted=True, copy=False))
    view = exp.select(*selected).from_(source.relation.copy())
    if not problems:
        engine.define(PREFIX + ledger.name, view)
        problems += _twice(engine, source)
    return problems


def _cells(
    field: Any, value: Formula, found: str, unit: str | None, words: Words, *, never: bool
) -> _Cells:
    match field:
        case Measured():
            return _measured(field, value, found, unit, words)
        case Counted():
            return _Cells(value.cast("bigint"), value.cast("bigint"), None, value < 0, "a count")
        case Event():
            plain = value.fill_null(NEVER) if never else value
            return _Cells(plain, plain, None, None)
        case Flag() | Moment():
            return _Cells(value, value, None, None)
    if found == "whole":
        written = value.cast("varchar")
        lacking = value.is_null() if field is None else None
        return _Cells(written, written, None, lacking, "an id in every row")
    trimmed = Formula(lambda: exp.Trim(this=value.make()))
    blank = trimmed == ""
    clean = words.when(~blank).then(trimmed)
    untidy = ~(trimmed == value) | blank
    if field is None:
        return _Cells(value, clean, untidy, value.is_null() | blank, "an id in every row")
    if isinstance(field, Stated):
        listed = Formula(lambda: sql.among(trimmed.make(), field.values))
        unlisted = ~(blank | listed)
        return _Cells(value, clean, untidy, unlisted, f"one of {'、'.join(field.values)}")
    if isinstance(field, Text):
        lower = Formula(lambda: exp.Lower(this=trimmed.make()))
        nothing = Formula(lambda: sql.among(lower.make(), sorted(NOTHING)))
        clean = words.when(nothing).then("无").when(~blank).then(trimmed)
        untidy = untidy | (nothing & ~(value == "无"))
    return _Cells(value, clean, untidy, None)


def _measured(
    field: Measured, value: Formula, found: str, unit: str | None, words: Words
) -> _Cells:
    """Numbers in the field's unit: converted in decimals, and held to what a cell can be."""
    exact = value
    if unit is not None and (factor := units.factor(unit, field.unit)) != 1:
        times = Decimal(factor.numerator) / Decimal(factor.denominator)
        raw = value.cast("double")
        within = (raw < float(MAX_VALUE)) & (raw > -float(MAX_VALUE))
        written = value.cast("varchar").cast("DECIMAL(25, 9)")
        exact = words.when(within).then(written * Formula(lambda: sql.number(times)))
        found = "decimal"
    plain = exact.cast("double")
    within = (plain < float(MAX_VALUE)) & (plain > -float(MAX_VALUE))
    bad = value.is_not_null() & ~within.fill_null(value=False)
    if found == "number":
        # more than six decimals, or digits that a double does not have
        scaled = plain * float(10**MAX_DECIMALS)
        rounded = Formula(lambda: exp.Round(this=scaled.make()))
        fits = rounded / words.lit(float(10**MAX_DECIMALS)) == plain
        near = (plain < float(_PLAIN)) & (plain > float(-_PLAIN))
        text = value.cast("varchar").cast(f"DECIMAL(28, {MAX_DECIMALS})").cast("double")
        bad = bad | words.when(near).then(~fits).otherwise(~(text == plain))
    low, high = field.bounds
    expected = f"a number of {field.unit}, with at most {MAX_DECIMALS} decimals"
    if low is not None:
        bad, expected = bad | (plain < float(low)), f"{expected}, at least {field.floor}"
    if high is not None:
        bad, expected = bad | (plain > float(high)), f"{expected}, at most {field.ceiling}"
    return _Cells(plain, plain, None, bad, expected)


def _seen(engine: Engine, source: Source, cells: Mapping[str, _Cells]) -> dict[str, Any]:
    """How many cells of each column are bad or untidy, and an example of the bad ones."""
    words = Words(engine.dialect)
    selected: list[exp.Expr] = []
    schema: dict[str, Any] = {}

    def add(name: str, value: Formula, kind: Any) -> None:
        selected.append(exp.alias_(value.node, name, quoted=True, copy=False))
        schema[name] = kind

    def least(value: Formula) -> Formula:
        return Formula(lambda: exp.Min(this=value.cast("varchar").make()))

    for field, one in cells.items():
        if one.bad is not None:
            bad = one.bad
            add(f"bad {field}", words.when(bad).then(1).count(), pl.Int64)
            add(f"which {field}", least(words.when(bad).then(cells["id"].plain)), pl.String)
            raw = column(source.fields[field][0])
            add(f"read {field}", least(words.when(bad).then(raw)), pl.String)
        if one.untidy is not None:
            add(f"untidy {field}", words.when(one.untidy).then(1).count(), pl.Int64)
    if not selected:
        return {}
    query = exp.select(*selected).from_(source.relation.copy())
    return engine.fetch(query, schema).row(0, named=True)


def _twice(engine: Engine, source: Source) -> Iterator[Problem]:
    """Every id that stands in more than one row, the first few of them."""
    id = sql.column("id")
    query = exp.select(id).from_(quoted(PREFIX + source.ledger.name)).group_by(id.copy())
    query = query.having(exp.GT(this=exp.Count(this=exp.Star()), expression=sql.number(1)))
    for (read,) in engine.fetch(query.limit(20), {"id": pl.String}).iter_rows():
        yield Problem(file=source.name, column="id", read=read, expected="each id once")


def _dangling(engine: Engine, source: Source, facts: Facts) -> Iterator[Problem]:
    """Every reference to a row that is not there, the first few of them."""
    for name, field in source.ledger.columns.items():
        if not isinstance(field, Reference) or name not in source.fields:
            continue
        target = ledger_of(field.target).name
        here = exp.select(exp.alias_(sql.column(name), "id", quoted=True)).distinct()
        here = here.from_(quoted(PREFIX + source.ledger.name))
        here = here.where(column(name).is_not_null().node)
        if target in facts.elsewhere:
            other = exp.select(sql.column("id")).from_(quoted(PREFIX + target))
            query: Any = exp.except_(here, other).limit(20)
            lost = engine.fetch(query, {"id": pl.String})["id"].to_list()
        elif target in facts.tables:
            aside = {row.id for row in facts.set_aside if row.ledger == target}
            known = {*facts.tables[target]["id"], *aside}
            named = engine.fetch(here, {"id": pl.String})["id"]
            lost = sorted(set(named) - known)[:20]
        else:
            continue
        for id in lost:
            expected = f"the id of a {target}"
            near = (
                nearest(id, facts.tables[target]["id"].to_list())
                if target in facts.tables
                else None
            )
            yield Problem(
                file=source.name,
                column=source.fields[name][0],
                read=id,
                expected=expected,
                hint=near,
            )


def _among(engine: Engine, ledger: str, ids: Iterable[str]) -> set[str]:
    """Which of some ids a ledger that stays in the engine has."""
    found: set[str] = set()
    every = sorted(set(ids))
    for start in range(0, len(every), 1000):
        listed = map(sql.text, every[start : start + 1000])
        query = exp.select(sql.column("id")).from_(quoted(PREFIX + ledger))
        query = query.where(sql.column("id").isin(*listed))
        found |= set(engine.fetch(query, {"id": pl.String})["id"])
    return found


def _copied(engine: Engine, ledger: Ledger) -> pl.DataFrame:
    """A ledger of the database that is computed with here, as a table."""
    schema = table_schema(ledger.entity)
    query = exp.select(*map(sql.column, schema)).from_(quoted(PREFIX + ledger.name))
    return engine.fetch(query, schema)
