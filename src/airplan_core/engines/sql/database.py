"""What rules need of a database: to put, to keep, to fetch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import polars as pl
    from sqlglot import exp


class Database(Protocol):
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

    def has(self, table: Sequence[str]) -> bool:
        """Whether there is a table or view of that name, in its parts; a file is none."""

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


def quoted(name: str) -> exp.Table:
    """A table by its quoted name."""
    from sqlglot import exp as sqlglot

    return sqlglot.Table(this=sqlglot.to_identifier(name, quoted=True))
