"""`airplan.toml`: what a county chooses, and every mistake in it an error with the nearest name."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import cattrs
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from airplan_core.errors import ConfigError, nearest
from airplan_core.quantities.dates import FIRST_YEAR, NEVER, to_day


@attrs.frozen(kw_only=True)
class PlanConfig:
    """What the county says of the plan itself, where it differs from the plugins' plan."""

    title: str | None = None
    county: str | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None


@attrs.frozen(kw_only=True)
class Replacement:
    """A rule's limit or due date, replaced.

    `limit` is one quantity, or one for each stage (`{2026 = "43 µg/m³"}`, which sets the due
    dates too); `limits` does the same by field name where a rule has several limits.
    """

    limit: str | dict[str, str] | None = None
    limits: dict[str, str | dict[str, str]] = attrs.field(factory=dict)
    due: dt.date | tuple[dt.date, ...] | None = None


@attrs.frozen(kw_only=True)
class FactsConfig:
    """How the county keeps its ledgers; fields are named `ledger.field`.

    Attributes:
        blank_means_not_happened: events of which a blank date says that they have not happened.
        month_means_last_day: dates of which a month alone means its last day.
        low_is_measured: measured values that may be as low as they are: a PM2.5 of 0.
        columns: what the county calls a ledger's fields, with the unit where it is another one:
            `[facts.columns.brick_line]`, `"退出时间" = "exited_on"`, `"产能" = "capacity [万块/年]"`.
        every_row_counts: the ledgers of which no row is taken for a total or a remark.
        years: the first and the last year that the ledgers speak of; `dates.SPAN` years around
            the plan's if not given.
    """

    blank_means_not_happened: tuple[str, ...] = ()
    month_means_last_day: tuple[str, ...] = ()
    low_is_measured: tuple[str, ...] = ()
    columns: dict[str, dict[str, str]] = attrs.field(factory=dict)
    every_row_counts: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


@attrs.frozen(kw_only=True)
class TableConfig:
    """The table of a database that is a ledger.

    `columns` says what the ledger's fields are called there, with the unit where it is another
    one (`tonnes = "weight [kg]"`); a field that is not named has its own name.
    """

    table: str
    columns: dict[str, str] = attrs.field(factory=dict)

    def column(self, field: str) -> tuple[str, str | None]:
        """What a field is called in the table, and in which unit it is there."""
        written = self.columns.get(field, field)
        bracket = _UNIT.match(written)
        return (bracket["name"], bracket["unit"]) if bracket else (written, None)


@attrs.frozen(kw_only=True)
class DatabaseConfig:
    """A bureau's own database: where it is, and which of its tables are ledgers."""

    url: str | None = None
    tables: dict[str, TableConfig] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Config:
    """A county's `airplan.toml`.

    Attributes:
        plugins: the plugins to use; every installed one where it is not given.
        disable: rule id → the reason why it is not held against anything here.
        replace: rule id → its new limit or due date.
        interpretations: open question → the reading taken.
        database: the tables that are ledgers, for rules that run there.
    """

    plugins: tuple[str, ...] | None = None
    plan: PlanConfig = PlanConfig()
    disable: dict[str, str] = attrs.field(factory=dict)
    replace: dict[str, Replacement] = attrs.field(factory=dict)
    interpretations: dict[str, str] = attrs.field(factory=dict)
    facts: FactsConfig = FactsConfig()
    database: DatabaseConfig = DatabaseConfig()
    file: str = attrs.field(default="airplan.toml", eq=False)


def read_config(path: str | Path) -> Config:
    """The configuration in a file.

    Raises:
        ConfigError: the file is missing, is no TOML, or has an unknown key or a wrong value; each
            is named with its place and the nearest right name.
    """
    file = Path(path)
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{file} does not exist; write it, or leave out --config") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is not TOML: {error}") from None
    return structure(given, str(file))


def structure(given: Mapping[str, Any], file: str = "airplan.toml") -> Config:
    """A configuration from the mapping a TOML file holds.

    Raises:
        ConfigError: as `read_config`.
    """
    try:
        config = CONVERTER.structure(given, Config)
    except ClassValidationError as error:
        raise ConfigError("\n".join(f"{file}: {problem}" for problem in _problems(error))) from None
    for rule, reason in config.disable.items():
        if not reason.strip():
            raise ConfigError(f"{file}: [disable] {rule!r} needs a reason, not an empty text")
    return attrs.evolve(config, file=file)


def _problems(error: Exception, place: str = "") -> Iterator[str]:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl) if field.name != "file"]
        for key in sorted(error.extra_fields):
            yield f"unknown key {place + key!r}; {nearest(key, known)}"
    elif isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            notes = getattr(inner, "__notes__", [])
            names = [str(n.name) for n in notes if isinstance(n, AttributeValidationNote)]
            names += [repr(n.index) for n in notes if isinstance(n, IterableValidationNote)]
            yield from _problems(inner, place + "".join(f"{name}." for name in names))
    else:
        yield f"{place.rstrip('.')!r}: {error}"


def _structure_day(given: Any, _: Any) -> dt.date:
    if isinstance(given, str | dt.date):
        return to_day(given)
    raise ValueError(f"{given!r} is not a date; write 2025-12-31")


def _structure_text(given: Any, _: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(f"expected a text in quotes, read {given!r}")
    return given


def _structure_years(given: Any, _: Any) -> tuple[int, int] | None:
    if given is None:
        return None
    if isinstance(given, list) and [type(year) for year in given] == [int, int]:
        first, last = given
        if FIRST_YEAR <= first <= last < NEVER.year:
            return first, last
    raise ValueError(f"expected the first and the last year, [1990, 2035]; read {given!r}")


def _structure_limit(given: Any, _: Any) -> Any:
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, Mapping) and all(isinstance(v, str) for v in given.values()):
        return dict(given)
    raise ValueError(f"expected a quantity such as '44 µg/m³', or one a stage; read {given!r}")


def _structure_due(given: Any, _: Any) -> Any:
    if given is None:
        return None
    if isinstance(given, list):
        return tuple(_structure_day(day, None) for day in given)
    return _structure_day(given, None)


_UNIT = re.compile(r"^(?P<name>.+?)\s*\[(?P<unit>[^\[\]]+)\]$")

CONVERTER = cattrs.Converter(forbid_extra_keys=True)
CONVERTER.register_structure_hook(dt.date, _structure_day)
CONVERTER.register_structure_hook(str, _structure_text)
CONVERTER.register_structure_hook(tuple[int, int] | None, _structure_years)
CONVERTER.register_structure_hook(str | dict[str, str] | None, _structure_limit)
CONVERTER.register_structure_hook(str | dict[str, str], _structure_limit)
CONVERTER.register_structure_hook(dt.date | tuple[dt.date, ...] | None, _structure_due)
