"""PostgreSQL: rules run inside the bureau's own database, over the tables it has."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import psycopg
from sqlglot import exp

from airplan_core.errors import AirplanError
from airplan_core.readers import sql_terms as sql

#: What PostgreSQL calls a type, and what it holds.
_KINDS = {
    "float4": "number", "float8": "number", "numeric": "decimal", "int2": "whole", "int4": "whole",
    "int8": "whole", "bool": "boolean", "date": "date", "text": "text", "varchar": "text",
    "bpchar": "text", "timestamp": "moment",
}  # fmt: skip

#: The type of a column that airplan puts there.
_TYPES = {
    "Float64": "double precision", "Int64": "bigint", "Boolean": "boolean", "Date": "date",
    "Datetime": "timestamp",
}  # fmt: skip


class Postgres:
    """A PostgreSQL database; what airplan makes is temporary, and gone with the connection."""

    dialect = "postgres"
    #: A list has at most 1,664 columns, and a county's duty may read some thirty.
    at_once = 50

    def __init__(self, connection: Any, *, own: bool) -> None:
        self.connection, self.own = connection, own
        self.made: list[tuple[str, str]] = []

    def run(self, query: exp.Expr | str) -> Any:
        """Run a statement."""
        written = query if isinstance(query, str) else sql.write(query, self.dialect)
        try:
            return self.connection.execute(written)
        except psycopg.Error as error:
            raise AirplanError(f"PostgreSQL: {error}", f"PostgreSQL 报错：{error}") from None

    def _fresh(self, kind: str, name: str) -> str:
        quoted = _quoted(name)
        self.run(f"DROP {kind} IF EXISTS pg_temp.{quoted} CASCADE")
        self.made.append((kind, quoted))
        return quoted

    def put(self, name: str, frame: pl.DataFrame) -> None:
        table = self._fresh("TABLE", name)
        columns = ", ".join(
            f"{_quoted(column)} {_TYPES.get(type(kind).__name__, 'text')}"
            for column, kind in frame.schema.items()
        )
        self.run(f"CREATE TEMP TABLE {table} ({columns})")
        text = io.BytesIO()
        frame.write_csv(text, include_header=False, null_value="", quote_style="non_numeric")
        with self.connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
            copy.write(text.getvalue())
        self.run(f"ANALYZE {table}")

    def define(self, name: str, query: exp.Query) -> None:
        view = self._fresh("VIEW", name)
        self.run(f"CREATE TEMP VIEW {view} AS {sql.write(query, self.dialect)}")

    def keep(self, name: str, query: exp.Query) -> None:
        table = self._fresh("TABLE", name)
        self.run(f"CREATE TEMP TABLE {table} AS {sql.write(query, self.dialect)}")
        self.run(f"ANALYZE {table}")

    def has(self, table: Sequence[str]) -> bool:
        name = ".".join('"' + part.replace('"', '""') + '"' for part in table)
        found = self.connection.execute("SELECT to_regclass(%s)", [name]).fetchone()
        return found is not None and found[0] is not None

    def kinds(self, relation: exp.Expr) -> dict[str, str]:
        query = exp.select(exp.Star()).from_(relation).limit(0)
        types = self.connection.adapters.types
        found = {}
        for column in self.run(query).description:
            info = types.get(column.type_code)
            name = info.name if info is not None else str(column.type_code)
            found[column.name] = _KINDS.get(name, name)
        return found

    def parquet(self, files: list[str]) -> exp.Expr:
        raise AirplanError(
            f"{files[0]}: PostgreSQL reads tables, no Parquet; name the table under [database] in "
            "airplan.toml, or choose --engine duckdb",
            f"{files[0]}：PostgreSQL 读的是表，不是 Parquet；在 airplan.toml 的 [database] 写明表，"
            "或用 --engine duckdb",
        )

    def fetch(self, query: exp.Query, schema: Mapping[str, Any]) -> pl.DataFrame:
        rows = self.run(query).fetchall()
        return pl.DataFrame(rows, schema=dict(schema), orient="row", strict=False)

    def write(self, folder: str, query: exp.Query) -> None:
        raise AirplanError(
            f"{folder}: PostgreSQL writes no Parquet; make a table of who stands how instead: "
            "engine.keep(name, assessment.engine.outcome_query(entity))",
            f"{folder}：PostgreSQL 不写 Parquet；换 --engine duckdb，或用其他 --format",
        )

    def close(self) -> None:
        if self.own:
            self.connection.close()
            return
        for kind, name in reversed(self.made):
            self.run(f"DROP {kind} IF EXISTS pg_temp.{name} CASCADE")


def _quoted(name: str) -> str:
    return sql.write(exp.to_identifier(sql.short(name, "postgres"), quoted=True), "postgres")


def connect(*, url: str | None = None, connection: Any = None) -> Postgres:
    """A PostgreSQL database.

    Args:
        url: where it is, as libpq writes it: `postgresql://user@host/database`; without it, what
            the environment says (PGHOST, PGDATABASE, …).
        connection: an open psycopg connection to use instead.

    Raises:
        AirplanError: the database cannot be reached.
    """
    if connection is not None:
        return Postgres(connection, own=False)
    try:
        return Postgres(psycopg.connect(url or "", autocommit=True), own=True)
    except psycopg.Error as error:
        told = str(error).strip()
        raise AirplanError(
            f"PostgreSQL cannot be reached: {told}", f"连不上 PostgreSQL：{told}"
        ) from None
