"""Spark: rules run across machines in a session that the caller gives, or on this one."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from sqlglot import exp

from airplan_core.errors import AirplanError
from airplan_core.readers import sql_terms as sql

_KINDS = {
    "double": "number", "float": "number", "boolean": "boolean", "date": "date", "string": "text",
    "timestamp": "moment", "timestamp_ntz": "moment", "tinyint": "whole", "smallint": "whole",
    "int": "whole", "bigint": "whole",
}  # fmt: skip

#: The type of a column that airplan puts there.
_TYPES = {
    "Float64": "double", "Int64": "bigint", "Boolean": "boolean", "Date": "date",
    "Datetime": "timestamp_ntz",
}  # fmt: skip

#: How Spark is set while airplan asks it something; what it was set to is set again.
SETTINGS = {
    # a generated method beyond 8,000 bytes is never compiled by the JVM: then it runs split up
    "spark.sql.codegen.hugeMethodLimit": "8000",
    # what follows from a filter of many outcomes is worked out for minutes, and never used
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "Asia/Shanghai",
}


class Spark:
    """A Spark session."""

    dialect = "spark"
    at_once = 40

    def __init__(
        self, session: SparkSession, *, own: bool, folder: tempfile.TemporaryDirectory[str]
    ) -> None:
        self.session, self.own, self.folder = session, own, folder
        self.local = str(session.sparkContext.master).startswith("local[")
        self.views: list[str] = []
        self.files = 0

    def _is_open(self) -> None:
        if not Path(self.folder.name).is_dir():
            raise AirplanError("Spark was closed: ask an assessment before close()")

    def _path(self) -> str:
        self._is_open()
        self.files += 1
        return str(Path(self.folder.name, str(self.files)))

    def frame(self, query: exp.Query | str) -> DataFrame:
        """What a query finds, as a DataFrame of Spark's."""
        text = query if isinstance(query, str) else sql.write(query, self.dialect)
        try:
            return self.session.sql(text)
        except PySparkException as error:
            raise AirplanError(f"Spark: {error}", f"Spark 报错：{error}") from None

    @contextlib.contextmanager
    def configured(self) -> Iterator[None]:
        """Spark as `SETTINGS` has it, for as long as a query is planned and runs."""
        self._is_open()
        before = {name: self.session.conf.get(name, None) for name in SETTINGS}
        try:
            for name, value in SETTINGS.items():
                self.session.conf.set(name, value)
            yield
        finally:
            for name, old in before.items():
                if old is None:
                    self.session.conf.unset(name)
                else:
                    self.session.conf.set(name, old)

    def put(self, name: str, frame: pl.DataFrame) -> None:
        texts = [column for column, kind in frame.schema.items() if isinstance(kind, pl.Enum)]
        frame = frame.cast(dict.fromkeys(texts, pl.String))
        if not self.local:
            # other machines do not see this one's files
            fields = ", ".join(f"`{column}` {_type(kind)}" for column, kind in frame.schema.items())
            self._view(name, self.session.createDataFrame(frame.rows(), fields))
            return
        path = self._path()
        Path(path).mkdir()
        frame.write_parquet(Path(path, "part.parquet"))
        self._view(name, self.session.read.parquet(path))

    def define(self, name: str, query: exp.Query) -> None:
        self._view(name, self.frame(query))

    def keep(self, name: str, query: exp.Query) -> None:
        with self.configured():
            # on the machines that computed it, without the plan that led there
            kept = self.frame(query).localCheckpoint()
        self._view(name, kept)

    def _view(self, name: str, frame: DataFrame) -> None:
        frame.createOrReplaceTempView(name)
        self.views.append(name)

    def has(self, table: Sequence[str]) -> bool:
        # Spark reads `parquet`.`/a/path` as a file
        name = ".".join("`" + part.replace("`", "``") + "`" for part in table)
        return bool(self.session.catalog.tableExists(name))

    def kinds(self, relation: exp.Expr) -> dict[str, str]:
        frame = self.frame(exp.select(exp.Star()).from_(relation))
        return {name: _kind(written) for name, written in frame.dtypes}

    def parquet(self, files: list[str]) -> exp.Expr:
        name = f"airplan_files_{len(self.views)}"
        self._view(name, self.session.read.parquet(*files))
        return exp.to_table(name)

    def fetch(self, query: exp.Query, schema: Mapping[str, Any]) -> pl.DataFrame:
        with self.configured():
            rows = [tuple(row) for row in self.frame(query).collect()]
        return pl.DataFrame(rows, schema=dict(schema), orient="row", strict=False)

    def write(self, folder: str, query: exp.Query) -> None:
        with self.configured():
            self.frame(query).write.parquet(folder)

    def close(self) -> None:
        for name in self.views:
            self.session.catalog.dropTempView(name)
        if self.own:
            self.session.stop()
        self.folder.cleanup()


def _type(kind: Any) -> str:
    """Spark's type for a column of polars'."""
    return _TYPES.get(type(kind).__name__, "string")


def _kind(written: str) -> str:
    return "decimal" if written.startswith("decimal") else _KINDS.get(written, written)


def connect(
    *, session: SparkSession | None = None, memory: str | None = None, threads: int | None = None
) -> Spark:
    """A Spark session.

    Args:
        session: the caller's; without one, Spark runs on this machine (local mode).
        memory: of local mode, how much the JVM may use, such as `2g`.
        threads: of local mode, how many threads; all of them by default.

    Raises:
        AirplanError: no JVM is found.
    """
    folder = tempfile.TemporaryDirectory(prefix="airplan-")
    if session is not None:
        return Spark(session, own=False, folder=folder)
    builder = (
        SparkSession.builder.master(f"local[{threads or '*'}]")
        .appName("airplan")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", str(threads or 4))
        .config("spark.sql.warehouse.dir", folder.name)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
    )
    if memory is not None:
        builder = builder.config("spark.driver.memory", memory)
    try:
        session = builder.getOrCreate()
    except PySparkException as error:
        raise AirplanError(
            f"Spark needs a JVM (Java 17 or later): {error}",
            f"Spark 需要 Java 17 或更新的版本：{error}",
        ) from None
    session.sparkContext.setLogLevel("ERROR")
    return Spark(session, own=True, folder=folder)
