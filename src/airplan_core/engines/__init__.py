"""An engine is a database in which ledgers stand and rules run: DuckDB, PostgreSQL, Spark.

Each is a module of its own that needs a package of its own, `airplan[duckdb]`, `[postgres]` or
`[spark]`; only what falls short travels back.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from airplan_core.errors import AirplanError, nearest

if TYPE_CHECKING:
    import polars as pl
    from sqlglot import exp

#: The engines by name, and what each needs installed: packages, by the module they provide.
ENGINES: dict[str, tuple[str, ...]] = {
    "duckdb": ("duckdb", "sqlglot"),
    "postgres": ("psycopg", "sqlglot"),
    "spark": ("pyspark", "sqlglot"),
}


class Engine(Protocol):
    """What rules need of a database."""

    #: Its SQL, as sqlglot names it.
    dialect: str
    #: How many duties one query decides at most.
    at_once: int

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Make a table of that name, for as long as the engine is open."""

    def define(self, name: str, query: exp.Query) -> None:
        """Make a view of that name, for as long as the engine is open."""

    def keep(self, name: str, query: exp.Query) -> None:
        """Make a table of what a query finds, for as long as the engine is open."""

    def kinds(self, relation: exp.Expr) -> dict[str, str]:
        """The columns of a table, each `number`, `decimal`, `whole`, `boolean`, `date`, …."""

    def parquet(self, files: list[str]) -> exp.Expr:
        """Parquet files as one relation.

        Raises:
            AirplanError: the engine cannot read files.
        """

    def fetch(self, query: exp.Query, schema: Mapping[str, Any]) -> pl.DataFrame:
        """What a query finds, in columns of those types."""

    def write(self, folder: str, query: exp.Query) -> None:
        """Write what a query finds into a new folder, as Parquet.

        Raises:
            AirplanError: the engine writes no files.
        """

    def close(self) -> None:
        """Let go of what was made, and of the connection where it is the engine's own."""


def connect(name: str, **options: Any) -> Engine:
    """An engine by its name: `connect("duckdb", memory="1GiB")`.

    Args:
        name: `duckdb`, `postgres` or `spark`.
        options: of the engine: see its module's `connect`.

    Raises:
        AirplanError: there is no such engine, or what it needs is not installed; which extra to
            install is told.
    """
    if name not in ENGINES:
        raise AirplanError(f"no engine is called {name!r}; {nearest(name, ['polars', *ENGINES])}")
    needs(name, *ENGINES[name])
    module = importlib.import_module(f"airplan_core.engines.{name}")
    engine: Engine = module.connect(**options)
    return engine


def needs(extra: str, *modules: str) -> None:
    """See that modules are installed.

    Raises:
        AirplanError: one is not; the extra that brings it is named.
    """
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise AirplanError(
                f"this needs the package {module!r}, which is not installed ({error}): "
                f'pip install "airplan[{extra}]"'
            ) from None


def quoted(name: str) -> exp.Table:
    """A table by its quoted name."""
    from sqlglot import exp as sqlglot

    return sqlglot.Table(this=sqlglot.to_identifier(name, quoted=True))


__all__ = ["ENGINES", "Engine", "connect", "needs"]
