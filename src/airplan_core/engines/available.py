"""An engine is a database in which ledgers stand and rules run: DuckDB, PostgreSQL, Spark.

Each is a module of its own that needs a package of its own, `airplan[duckdb]`, `[postgres]` or
`[spark]`; only what falls short travels back.
"""

from __future__ import annotations

import importlib
from typing import Any

from airplan_core.engines.sql.database import Database
from airplan_core.errors import AirplanError, nearest

#: The engines by name, and what each needs installed: packages, by the module they provide.
ENGINES: dict[str, tuple[str, ...]] = {
    "duckdb": ("duckdb", "sqlglot"),
    "postgres": ("psycopg", "sqlglot"),
    "spark": ("pyspark", "sqlglot"),
}


def connect(name: str, **options: Any) -> Database:
    """An engine by its name: `connect("duckdb", memory="1GiB")`.

    Args:
        name: `duckdb`, `postgres` or `spark`.
        options: of the engine: see its module's `connect`.

    Raises:
        AirplanError: there is no such engine, or what it needs is not installed; which extra to
            install is told.
    """
    if name not in ENGINES:
        near = nearest(name, ["polars", *ENGINES])
        raise AirplanError(
            f"no engine is called {name!r}; {near}", f"没有引擎叫“{name}”；{near.zh}"
        )
    needs(name, *ENGINES[name])
    module = importlib.import_module(f"airplan_core.engines.sql.{name}")
    engine: Database = module.connect(**options)
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
                f'pip install "airplan[{extra}]"',
                f'需要的软件包 {module} 没有安装：pip install "airplan[{extra}]"',
            ) from None
