"""A ledger where it stands: Parquet files, or a table of the database under its own names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs
from sqlglot import exp

from airplan_core.engines.sql.database import Database
from airplan_core.errors import ConfigError, FactsError, Problem, Said, nearest
from airplan_core.facts.formats.opening import check
from airplan_core.facts.headers import parquet_header
from airplan_core.model.entity import Ledger
from airplan_core.rulebook.config import DatabaseConfig, TableConfig


@attrs.frozen(kw_only=True)
class Source:
    """One ledger where it stands.

    Attributes:
        name: how errors call it: a file, a table.
        relation: it, as a query reads it.
        fields: for each field of the ledger (and `id`), its column there and the unit of that.
        notes: what a reader should know: the columns that are not read.
    """

    ledger: Ledger
    name: str
    relation: exp.Expr
    fields: Mapping[str, tuple[str, str | None]]
    notes: tuple[Said, ...] = ()


def parquet_source(
    engine: Database, ledger: Ledger, paths: list[Path], own: Mapping[str, str] | None = None
) -> Source:
    """The Parquet files of a ledger, under the names that the county gives its columns.

    Raises:
        FactsError: a file is none, or has other columns than the first: an engine would take its
            values for what stands in the first one's.
    """
    for path in paths:
        check(path, path.name)
    fields, unread = parquet_header(paths[0], ledger, own)
    for path in paths[1:]:
        others, _ = parquet_header(path, ledger, own)
        if others != fields:
            read, wanted = (
                "、".join(sorted(column for column, _ in every.values()))
                for every in (others, fields)
            )
            expected = Said(
                f"与 {paths[0].name} 一样的列：{wanted}",
                f"the columns of {paths[0].name}: {wanted}",
            )
            hint = Said("或不用 --engine 读", "or read it without --engine")
            raise FactsError([Problem(file=path.name, read=read, expected=expected, hint=hint)])
    name = paths[0].name if len(paths) == 1 else f"{paths[0].parent.name}/"
    relation = engine.parquet([str(path.resolve()) for path in paths])
    return Source(ledger=ledger, name=name, relation=relation, fields=fields, notes=unread)


def table_source(
    engine: Database, ledger: Ledger, table: TableConfig, config: DatabaseConfig
) -> Source:
    """A table of the database, under the names that the configuration gives its columns.

    Raises:
        ConfigError: the database has no table or column of a name; a file is no table.
    """
    parts = table.table.split(".")
    if not 1 <= len(parts) <= 3 or not all(parts) or not engine.has(parts):
        raise ConfigError(
            f"[database.tables.{ledger.name}] table = {table.table!r}: the database has no such "
            "table; write its name, as in schema.table, never a path or an address",
            f"[database.tables.{ledger.name}] table = “{table.table}”：数据库里没有这个表；"
            "写表名，如 schema.table，不能写文件路径或网址",
        )
    relation = exp.Table(
        **{
            part: exp.to_identifier(name, quoted=True)
            for part, name in zip(("this", "db", "catalog"), reversed(parts), strict=False)
        }
    )
    there = engine.kinds(relation.copy())
    fields: dict[str, tuple[str, str | None]] = {}
    for field in ("id", *ledger.columns):
        written, unit = table.column(field)
        if written in there:
            fields[field] = written, unit
        elif field in table.columns:
            near = nearest(written, there)
            raise ConfigError(
                f"[database.tables.{ledger.name}] {field} = {table.columns[field]!r}: the table "
                f"{table.table} has no column {written!r}; {near}",
                f"[database.tables.{ledger.name}] {field} = {table.columns[field]!r}："
                f"表 {table.table} 没有列“{written}”；{near.zh}",
            )
    if "id" not in fields and not ledger.key:
        raise ConfigError(
            f"[database.tables.{ledger.name}]: say which column of {table.table} is the id: "
            f'columns = {{ id = "…" }}; it has {", ".join(there)}',
            f"[database.tables.{ledger.name}]：写明表 {table.table} 的哪一列是编号："
            f'columns = {{ id = "…" }}；它有 {"、".join(there)}',
        )
    return Source(ledger=ledger, name=table.table, relation=relation, fields=fields)
