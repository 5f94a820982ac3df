"""A command of a plugin: a question of its own that `airplan NAME FOLDER` asks, and its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from airplan_core.errors import RuleError
from airplan_core.home import home

if TYPE_CHECKING:
    import polars as pl

#: What every command understands: no option of a plugin's is called so.
OWN_OPTIONS = ("all", "config", "format", "help", "lang", "out", "table")

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

#: What a spreadsheet refuses in the name of a sheet, and how long it may be.
_REFUSED, _LONGEST = re.compile(r"[\[\]:*?/\\]|^'|'$"), 31


def _named(_: object, attribute: Any, name: Any) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise RuleError(
            f"a command and its options are called by small letters, name='deductions'; "
            f"read {attribute.name}={name!r}"
        )


@attrs.frozen(kw_only=True)
class Option:
    """An option of a plugin's command: `--from 2024-01-01`.

    Attributes:
        name: what it is called, without its dashes.
        zh: what it says, in one line of the help.
        en: the same in English.
        parse: makes its value of what is written; an `AirplanError` or `ValueError` is told.
        default: its value where it is not written; without one it must be.
    """

    name: str = attrs.field(validator=_named)
    zh: str
    en: str
    parse: Callable[[str], Any] = str
    default: Any = attrs.field(factory=lambda: attrs.NOTHING)

    @property
    def required(self) -> bool:
        """Whether it must be written."""
        return self.default is attrs.NOTHING


def _options(given: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(given)


def _tables(given: Iterable[tuple[str, pl.DataFrame]]) -> tuple[tuple[str, pl.DataFrame], ...]:
    return tuple(given)


def _notes(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _own(command: Command, _: object, options: tuple[Option, ...]) -> None:
    names = [one.name for one in options]
    for name in names:
        if name in OWN_OPTIONS or names.count(name) > 1:
            raise RuleError(
                f"the command {command.name!r}: --{name} stands twice; every command has "
                f"{', '.join('--' + one for one in OWN_OPTIONS)}"
            )


@attrs.frozen(kw_only=True)
class Command:
    """A command of a plugin, which a county has that has chosen the plugin.

    Attributes:
        name: what is written after `airplan`.
        zh: what it does, in one line of the help.
        en: the same in English.
        options: beside the folder of ledgers, and what every command has.
        answer: makes the answer of the rulebook, the facts, completed as an assessment has them,
            the options' values by their names, and the language, `zh` or `en`.
        home: the module it is written in.
    """

    name: str = attrs.field(validator=_named)
    zh: str
    en: str
    options: tuple[Option, ...] = attrs.field(default=(), converter=_options, validator=_own)
    answer: Callable[[Any, Any, Mapping[str, Any], str], Listing]
    home: str = attrs.field(eq=False, repr=False, factory=home)

    @property
    def id(self) -> str:
        """What no other plugin's command is called."""
        return self.name


def _sheets(_: object, __: object, tables: tuple[tuple[str, pl.DataFrame], ...]) -> None:
    names = [name.lower() for name, _ in tables]
    for name, _ in tables:
        if not name or len(name) > _LONGEST or _REFUSED.search(name):
            raise RuleError(
                f"a table of a listing is called as a sheet may be: up to {_LONGEST} characters, "
                f"none of []:*?/\\; read {name!r}"
            )
        if names.count(name.lower()) > 1:
            raise RuleError(f"two tables of a listing are called {name!r}")


@attrs.frozen
class Listing:
    """What a command answers: text, JSON, CSV and a workbook are written from it alone.

    Attributes:
        title: what it is, in one line.
        tables: the name of each, which is that of its sheet, and its rows, the columns named for
            people.
        notes: what a reader must know of it, each a sentence.
    """

    title: str
    tables: tuple[tuple[str, pl.DataFrame], ...] = attrs.field(converter=_tables, validator=_sheets)
    notes: tuple[str, ...] = attrs.field(default=(), converter=_notes)
