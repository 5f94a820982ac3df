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

from airplan_core.errors import ConfigError, Said, nearest, why
from airplan_core.quantities.dates import FIRST_YEAR, NEVER, to_day


@attrs.frozen(kw_only=True)
class PlanConfig:
    """What the county says of the plan itself, where it differs from the plugins' plan.

    `id` says which of several it is: whose county and title reports have.
    """

    id: str | None = None
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
            `[facts.columns.brick_line]`, `"退出时间" = "exited_on"`, `"产能" = "capacity [吨/年]"`;
            `"窑龄" = ""` is not read.
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
        return with_unit(self.columns.get(field, field))


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
        ledgers_only: plugins of which the ledgers, metrics and units are used, and no rules.
        disable: rule id, or a pattern of some, `pm25.*` → the reason why it is not held against
            anything here.
        departments: what a department that the plan names is called here, `市工信局` → `县工信局`.
        replace: rule id → its new limit or due date.
        interpretations: open question → the reading taken.
        database: the tables that are ledgers, for rules that run there.
    """

    plugins: tuple[str, ...] | None = None
    ledgers_only: tuple[str, ...] = ()
    plan: PlanConfig = PlanConfig()
    departments: dict[str, str] = attrs.field(factory=dict)
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
        # an editor may put a mark before UTF-8
        given = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            f"{file} does not exist; write it, or leave out --config",
            f"没有 {file}；写一个，或去掉 --config",
        ) from None
    except OSError as error:
        refused = why(error)
        raise ConfigError(f"the configuration {refused}", f"配置文件 {refused.zh}") from None
    except UnicodeDecodeError:
        raise ConfigError(
            f"{file} is not in UTF-8; save it so", f"{file} 不是 UTF-8 编码；在记事本中另存为 UTF-8"
        ) from None
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        told = str(error) if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__
        raise ConfigError(
            f"{file} is not TOML: {told}", f"{file} 不是 TOML，读不下去：{told}"
        ) from None
    return structure(given, str(file))


def structure(given: Mapping[str, Any], file: str = "airplan.toml") -> Config:
    """A configuration from the mapping a TOML file holds.

    Raises:
        ConfigError: as `read_config`.
    """
    try:
        config = CONVERTER.structure(given, Config)
    except ClassValidationError as error:
        problems = list(_problems(error))
        raise ConfigError(
            "\n".join(f"{file}: {problem}" for problem in problems),
            "\n".join(f"{file}：{problem.zh}" for problem in problems),
        ) from None
    for rule, reason in config.disable.items():
        if not reason.strip():
            raise ConfigError(
                f"{file}: [disable] {rule!r} needs a reason, not an empty text",
                f"{file}：[disable] “{rule}”要写明停用的理由",
            )
    return attrs.evolve(config, file=file)


def _problems(error: Exception, place: str = "") -> Iterator[Said]:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl) if field.name != "file"]
        for key in sorted(error.extra_fields):
            near = nearest(key, known)
            yield Said(f"不认识“{place + key}”；{near.zh}", f"unknown key {place + key!r}; {near}")
    elif isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            notes = getattr(inner, "__notes__", [])
            names = [str(n.name) for n in notes if isinstance(n, AttributeValidationNote)]
            names += [repr(n.index) for n in notes if isinstance(n, IterableValidationNote)]
            yield from _problems(inner, place + "".join(f"{name}." for name in names))
    else:
        at, said = place.rstrip("."), why(error)
        yield Said(f"“{at}”：{said.zh}", f"{at!r}: {said}")


def _structure_day(given: Any, _: Any) -> dt.date:
    if isinstance(given, str | dt.date):
        try:
            return to_day(given)
        except ValueError as error:
            raise ValueError(Said(f"“{given}”不是日期；写成 2025-12-31", str(error))) from None
    raise ValueError(
        Said(f"“{given}”不是日期；写成 2025-12-31", f"{given!r} is not a date; write 2025-12-31")
    )


def _structure_text(given: Any, _: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(
            Said(f"应为引号里的文字，读到 {given!r}", f"expected a text in quotes, read {given!r}")
        )
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
    raise ValueError(
        Said(
            f"应为带单位的数，如“44 µg/m³”，或每个阶段一个；读到 {given!r}",
            f"expected a quantity such as '44 µg/m³', or one a stage; read {given!r}",
        )
    )


def _structure_due(given: Any, _: Any) -> Any:
    if given is None:
        return None
    if isinstance(given, list):
        return tuple(_structure_day(day, None) for day in given)
    return _structure_day(given, None)


_UNIT = re.compile(r"^(?P<name>.+?)\s*\[(?P<unit>[^\[\]]+)\]$")


def with_unit(written: str) -> tuple[str, str | None]:
    """A name, and the unit in brackets behind it where there is one: `weight [kg]`."""
    bracket = _UNIT.match(written)
    return (bracket["name"], bracket["unit"].strip()) if bracket else (written, None)


CONVERTER = cattrs.Converter(forbid_extra_keys=True)
CONVERTER.register_structure_hook(dt.date, _structure_day)
CONVERTER.register_structure_hook(str, _structure_text)
CONVERTER.register_structure_hook(tuple[int, int] | None, _structure_years)
CONVERTER.register_structure_hook(str | dict[str, str] | None, _structure_limit)
CONVERTER.register_structure_hook(str | dict[str, str], _structure_limit)
CONVERTER.register_structure_hook(dt.date | tuple[dt.date, ...] | None, _structure_due)
