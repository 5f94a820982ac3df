"""Ledgers that stay where they are: Parquet folders and tables of a database, mapped and checked.

What is small is read here as ever. Of what stays, every cell, id and reference is checked by the
engine before anything is assessed; a row that could not be read would have to be set aside, and in
someone else's table that is not ours to do: it is told, and nothing runs until it is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl
from sqlglot import exp

from airplan_core.engines.sql.cells import FITS, Cells, cells_of, seen_in
from airplan_core.engines.sql.database import Database, quoted
from airplan_core.engines.sql.formula import Dialect, Formula, column
from airplan_core.engines.sql.needed import read_here
from airplan_core.engines.sql.place import PREFIX, kind
from airplan_core.engines.sql.sources import Source, parquet_source, table_source
from airplan_core.errors import ConfigError, FactsError, Problem, Said, nearest
from airplan_core.facts import apart
from airplan_core.facts.cells import wanted_of
from airplan_core.facts.facts import Facts, table_schema
from airplan_core.facts.folder import parquet_files
from airplan_core.facts.reading import Progress, read_folder
from airplan_core.model.entity import Ledger, Reference, ledger_of
from airplan_core.readers import sql_terms as sql
from airplan_core.rulebook.config import FactsConfig, TableConfig

if TYPE_CHECKING:
    from airplan_core.rulebook.rulebook import Rulebook


def read_with(
    engine: Database, folder: str | Path, rulebook: Rulebook, progress: Progress | None = None
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
    files = parquet_files(Path(folder), ledgers)
    sources: dict[str, Source] = {}
    for ledger, paths in files.items():
        if ledger.name not in here:
            own = rulebook.kept.columns.get(ledger.name)
            sources[ledger.name] = parquet_source(engine, ledger, paths, own)
    by_name = {ledger.name: ledger for ledger in ledgers}
    copied: list[str] = []
    for name, table in rulebook.database.tables.items():
        if name in {ledger.name for ledger in files}:
            raise _both(folder, by_name[name], table)
        sources[name] = table_source(engine, by_name[name], table, rulebook.database)
        if name in here:
            copied.append(name)
    problems: list[Problem] = []
    for source in sources.values():
        if progress is not None:
            progress(source.name)
        problems += _placed(engine, source, rulebook.kept)
    if problems:
        raise FactsError(problems)
    elsewhere = {name: partial(_among, engine, name) for name in sources if name not in copied}
    facts = read_folder(
        folder,
        rulebook.entities,
        kept=rulebook.kept,
        progress=progress,
        elsewhere=elsewhere,
        allow_none=bool(sources),
    )
    if twice := [name for name in copied if name in facts.tables]:
        raise _both(folder, by_name[twice[0]], rulebook.database.tables[twice[0]])
    tables = {**facts.tables, **{name: _copied(engine, by_name[name]) for name in copied}}
    notes = (*facts.notes, *(note for source in sources.values() for note in source.notes))
    facts = attrs.evolve(facts, tables=tables, elsewhere=elsewhere, notes=notes)
    lost = [
        problem
        for name, source in sources.items()
        if name in elsewhere
        for problem in _dangling(engine, source, facts)
    ]
    if lost:
        raise FactsError(lost)
    return facts


def _both(folder: str | Path, ledger: Ledger, table: TableConfig) -> ConfigError:
    """A ledger is a file and a table: neither is chosen in silence."""
    return ConfigError(
        f"the ledger {ledger.name!r} is a file in {folder} and the table {table.table!r} of the "
        "database; keep one of them",
        f"台账“{ledger.zh}”既是 {folder} 里的文件，又是数据库的表 {table.table}；留一个",
    )


def _placed(engine: Database, source: Source, kept: FactsConfig) -> list[Problem]:
    """Define the ledger's view, after every cell and id has been seen; what is wrong with them."""
    ledger, there = source.ledger, engine.kinds(source.relation.copy())
    words = Dialect(engine.dialect)
    cells: dict[str, Cells] = {}
    problems = []
    for field, (name, unit) in source.fields.items():
        one = None if field == "id" else ledger.columns[field]
        wanted = "varchar" if one is None else kind(one)
        found = there[name]
        keyed = one is None or isinstance(one, Reference)
        if found not in FITS[wanted] and not (keyed and found == "whole"):
            fits = FITS[wanted]
            expected = Said(
                f"类型为 {' 或 '.join(fits)} 的列", f"a column of type {' or '.join(fits)}"
            )
            units = Said(
                "带单位的单元格用 --engine polars 读",
                "cells with units are read by --engine polars",
            )
            hint = units if wanted == "double" else None
            problems.append(
                Problem(file=source.name, column=name, read=found, expected=expected, hint=hint)
            )
            continue
        wanted_ = wanted_of(one, f"{ledger.name}.{field}", unit, kept)
        cells[field] = cells_of(wanted_, column(name), found, words)
    if problems:
        return problems
    if "id" not in cells:
        parts = [cells[name].clean.cast("varchar").fill_null("") for name in ledger.key]
        joined = exp.Concat(
            expressions=[p for part in parts for p in (part.node, exp.convert("/"))][:-1]
        )
        key = Formula(joined.copy)
        cells = {"id": Cells(key, key, None, None), **cells}
    seen = seen_in(engine, source, cells)
    for field, one_ in cells.items():
        count, id = seen.get(f"bad {field}", 0), seen.get(f"which {field}")
        if count:
            name = source.fields[field][0]
            problems.append(
                Problem(file=source.name, column=name, read=str(seen[f"read {field}"]),
                        expected=one_.expected,
                        hint=Said(f"这样的行有 {count} 行，其中一行是“{id}”",
                                  f"{count} such rows, one of them {id!r}"))
            )  # fmt: skip
    problems += _demanded(engine, source, cells)
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
        problems += _overlaps(engine, source)
    return problems


def _demanded(engine: Database, source: Source, cells: dict[str, Cells]) -> Iterator[Problem]:
    """Every demand that rows do not hold to, with how many: what ends before it begins."""
    for demand in source.ledger.demands:
        if demand.least is None or not {demand.of, demand.least} <= cells.keys():
            continue
        less = cells[demand.of].clean < cells[demand.least].clean
        query = exp.select(
            exp.alias_(exp.Count(this=exp.Star()), "rows", quoted=True),
            exp.alias_(exp.Min(this=cells["id"].clean.cast("varchar").node), "id", quoted=True),
        )
        query = query.from_(source.relation.copy()).where(less.node)
        count, id = engine.fetch(query, {"rows": pl.Int64, "id": pl.String}).row(0)
        if count:
            yield Problem(
                file=source.name, column=source.fields[demand.of][0], expected=demand.expected,
                hint=f"{demand.hint}; {count} such rows, one of them {id!r}",
            )  # fmt: skip


def _twice(engine: Database, source: Source) -> Iterator[Problem]:
    """Every id that stands in more than one row, the first few of them."""
    id = sql.column("id")
    query = exp.select(id).from_(quoted(PREFIX + source.ledger.name)).group_by(id.copy())
    query = query.having(exp.GT(this=exp.Count(this=exp.Star()), expression=sql.number(1)))
    for (read,) in engine.fetch(query.limit(20), {"id": pl.String}).iter_rows():
        yield Problem(file=source.name, column=Said("编号", "id"), read=read,
                      expected=Said("每个编号只出现一次", "each id once"))  # fmt: skip


def _overlaps(engine: Database, source: Source) -> Iterator[Problem]:
    """The first few rows that are valid while another of the same is; such ledgers are short."""
    ledger = source.ledger
    if ledger.apart is None or ledger.valid is None:
        return
    names = ("id", ledger.apart, *ledger.valid)
    kinds = table_schema(ledger.entity)
    query = exp.select(*map(sql.column, names)).from_(quoted(PREFIX + ledger.name))
    table = engine.fetch(query, {name: kinds[name] for name in names}).sort("id")
    for at, other in islice(apart.overlapping(table, ledger), 20):
        row, there = (table.row(one, named=True) for one in (at, other))
        yield apart.problem(
            ledger, row, there, {"file": source.name}, Said(f"“{there['id']}”", repr(there["id"]))
        )


def _dangling(engine: Database, source: Source, facts: Facts) -> Iterator[Problem]:
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
            expected = Said(f"台账“{ledger_of(field.target).zh}”里的编号", f"the id of a {target}")
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


def _among(engine: Database, ledger: str, ids: Iterable[str]) -> set[str]:
    """Which of some ids a ledger that stays in the engine has."""
    found: set[str] = set()
    every = sorted(set(ids))
    for start in range(0, len(every), 1000):
        listed = every[start : start + 1000]
        query = exp.select(sql.column("id")).from_(quoted(PREFIX + ledger))
        query = query.where(sql.column("id").isin(*listed))
        found |= set(engine.fetch(query, {"id": pl.String})["id"])
    return found


def _copied(engine: Database, ledger: Ledger) -> pl.DataFrame:
    """A ledger of the database that is computed with here, as a table."""
    schema = table_schema(ledger.entity)
    query = exp.select(*map(sql.column, schema)).from_(quoted(PREFIX + ledger.name))
    return engine.fetch(query, schema)
