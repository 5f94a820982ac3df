"""DuckDB: folders of Parquet larger than memory, in this process, under a memory limit."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from sqlglot import exp

from airplan_core.errors import AirplanError
from airplan_core.readers import sql_terms as sql

_GLOB = re.compile(r"[*?\[]")

_KINDS = {
    "DOUBLE": "number", "FLOAT": "number", "BOOLEAN": "boolean", "DATE": "date",
    "VARCHAR": "text", "TIMESTAMP": "moment",
}  # fmt: skip


class DuckDB:
    """A DuckDB of one's own, or one that the caller gives."""

    dialect = "duckdb"
    at_once = 100

    def __init__(self, connection: Any, *, own: bool, folder: tempfile.TemporaryDirectory[str]):
        self.connection, self.own, self.folder = connection, own, folder
        self.files = 0

    def _file(self) -> str:
        if not Path(self.folder.name).is_dir():
            raise AirplanError("DuckDB was closed: ask an assessment before close()")
        self.files += 1
        return str(Path(self.folder.name, f"{self.files}.parquet"))

    def run(self, query: exp.Expr | str) -> Any:
        """Run a statement."""
        text = query if isinstance(query, str) else sql.write(query, self.dialect)
        try:
            return self.connection.execute(text)
        except duckdb.OutOfMemoryException as error:
            raise AirplanError(
                f"DuckDB needs more memory than its limit: {error}",
                f"DuckDB 的内存不够，加大 --memory：{error}",
            ) from None
        except duckdb.Error as error:
            raise AirplanError(f"DuckDB: {error}", f"DuckDB 报错：{error}") from None

    def put(self, name: str, frame: pl.DataFrame) -> None:
        file = self._file()
        frame.write_parquet(file)
        rows = exp.select(exp.Star()).from_(self.parquet([file]))
        self.run(_create("TABLE", name, rows))

    def define(self, name: str, query: exp.Query) -> None:
        self.run(_create("VIEW", name, query))

    def keep(self, name: str, query: exp.Query) -> None:
        self.run(_create("TABLE", name, query))

    def has(self, table: Sequence[str]) -> bool:
        # what is in no catalogue DuckDB would look for among files, and among Python's variables
        *above, name = (part.lower() for part in table)
        query = "SELECT lower(table_catalog), lower(table_schema) FROM information_schema.tables"
        found = self.connection.execute(f"{query} WHERE lower(table_name) = ?", [name]).fetchall()
        return any(set(above) <= {catalog, schema} for catalog, schema in found)

    def kinds(self, relation: exp.Expr) -> dict[str, str]:
        found = self.run(exp.Describe(this=exp.select(exp.Star()).from_(relation))).fetchall()
        return {name: _kind(str(type_)) for name, type_, *_ in found}

    def parquet(self, files: list[str]) -> exp.Expr:
        # a path is a name: no star in it stands for others, no folder of it is a column
        listed = exp.array(*(exp.Literal.string(_GLOB.sub(r"[\g<0>]", file)) for file in files))
        whole = exp.EQ(this=exp.column("hive_partitioning"), expression=exp.false())
        return exp.Table(this=exp.Anonymous(this="read_parquet", expressions=[listed, whole]))

    def fetch(self, query: exp.Query, schema: Mapping[str, Any]) -> pl.DataFrame:
        file = self._file()
        self._copy(file, query)
        found = pl.read_parquet(file)
        Path(file).unlink()
        return found.cast(dict(schema))  # type: ignore[arg-type]

    def write(self, folder: str, query: exp.Query) -> None:
        Path(folder).mkdir()
        self._copy(f"{folder}/outcomes.parquet", query)

    def _copy(self, file: str, query: exp.Query) -> None:
        copied = exp.Copy(
            this=query.subquery(),
            kind=False,
            files=[exp.Literal.string(file)],
            params=[exp.CopyParameter(this=exp.var("FORMAT"), expression=exp.var("PARQUET"))],
        )
        self.run(copied)

    def close(self) -> None:
        if self.own:
            self.connection.close()
        self.folder.cleanup()


def _create(kind: str, name: str, query: exp.Query) -> exp.Create:
    return exp.Create(
        this=exp.to_table(exp.to_identifier(name, quoted=True).sql(dialect="duckdb")),
        kind=kind,
        expression=query,
        replace=True,
        properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
    )


def _kind(written: str) -> str:
    if written.startswith("DECIMAL"):
        return "decimal"
    if written.endswith("INT") or written in ("INTEGER", "UINTEGER"):
        return "whole"
    if written.startswith("ENUM"):
        return "text"
    return _KINDS.get(written, written)


def connect(
    *,
    memory: str | None = None,
    threads: int | None = None,
    url: str | None = None,
    connection: Any = None,
) -> DuckDB:
    """A DuckDB in this process.

    Args:
        memory: how much it may use, such as `1GiB`; what does not fit goes to disk.
        threads: how many threads it may use.
        url: a file of DuckDB's, whose tables the configuration may name; it is only read.
        connection: an open one to use instead.

    Raises:
        AirplanError: the limit is not one, or the file is none of DuckDB's.
    """
    folder = tempfile.TemporaryDirectory(prefix="airplan-")
    own = connection is None
    try:
        if own:
            connection = duckdb.connect(url or ":memory:", read_only=url is not None)
        connection.execute("SET temp_directory = ?", [folder.name])
        connection.execute("SET preserve_insertion_order = false")
        if memory is not None:
            connection.execute("SET memory_limit = ?", [memory])
        if threads is not None:
            connection.execute("SET threads = ?", [threads])
    except duckdb.Error as error:
        folder.cleanup()
        raise AirplanError(
            f"DuckDB does not take that: {error}", f"DuckDB 不接受这样的参数：{error}"
        ) from None
    return DuckDB(connection, own=own, folder=folder)
