"""`airplan NAME FOLDER`: a command of a plugin, found where the name is none of the own verbs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from airplan_core.cli.output import put, tell
from airplan_core.cli.places import format_of
from airplan_core.cli.verbs import (
    BAD_INPUT,
    CLEAN,
    VERBS,
    facts_of,
    guarded,
    page_of,
    rulebook_of,
    told_set_aside,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from airplan_core.model.command import Command, Listing
    from airplan_core.rulebook.rulebook import Rulebook

#: The entry points by which the help names a plugin's commands without loading the plugin.
GROUP = "airplan.commands"

ENDINGS = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".txt": "text"}


def commands_named() -> dict[str, str]:
    """The commands that installed plugins say they have, and the distribution of each."""
    from importlib.metadata import entry_points

    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {one.name: one.dist.name if one.dist else one.value for one in points}


def commands_of_plugins(verb: str) -> Mapping[str, Command]:
    """The commands of the installed plugins.

    Raises:
        PluginError: there is none of this name, and a plugin that may have it cannot be loaded; or
            a command is called as a verb of airplan's own.
    """
    from airplan_core.errors import PluginError
    from airplan_core.rulebook.plugins import commands

    found, errors = commands()
    for name in VERBS:
        if name in found:
            raise PluginError(
                f"the command {name!r} of {found[name].home} is a verb of airplan's own"
            )
    if verb not in found and errors:
        raise errors[0]
    return found


def ask(command: Command, arguments: argparse.Namespace) -> int:
    """Ask a command of a plugin, and print or write its answer."""
    from airplan_core.errors import AirplanError
    from airplan_core.facts.derived import derive

    arguments.format = format_of(arguments, ENDINGS)
    if arguments.format == "xlsx" and not arguments.out:
        raise AirplanError(
            f"a workbook is no text; name a file: --out {command.name}.xlsx",
            f"工作簿不能显示为文字；写明文件：--out {command.name}.xlsx",
        )
    rulebook = rulebook_of(arguments)
    if command.name not in rulebook.commands:
        raise AirplanError(
            f"{command.name} is a command of a plugin that this county has not chosen: "
            "airplan.toml, plugins",
            f"{command.name} 是插件的命令，而本县没有选用这个插件：见 airplan.toml 的 plugins",
        )
    _here(command, rulebook)
    guarded(arguments, rulebook)
    _apart(arguments)
    facts = derive(facts_of(arguments, rulebook), rulebook.entities, rulebook.choices)
    asked = rulebook.commands[command.name]
    values = {one.name: vars(arguments)[f"option {one.name}"] for one in asked.options}
    listing = _only(asked.answer(rulebook, facts, values, arguments.lang), arguments.table)
    _put(arguments, listing)
    return BAD_INPUT if told_set_aside(arguments, facts) else CLEAN


def _here(command: Command, rulebook: Rulebook) -> None:
    """See that no ledger is kept where a command does not read it."""
    from airplan_core.errors import AirplanError

    tables = list(rulebook.database.tables)
    if tables:
        raise AirplanError(
            f"{', '.join(tables)} stand in a database (airplan.toml, [database.tables]), and "
            f"{command.name} reads ledgers of the folder only",
            f"{'、'.join(tables)} 在数据库里（见 airplan.toml 的 [database.tables]）；"
            f"{command.name} 只读文件夹里的台账",
        )


def _apart(arguments: argparse.Namespace) -> None:
    """See that an answer is not written among the ledgers, where it would be read as one."""
    import os
    from pathlib import Path

    from airplan_core.errors import AirplanError

    if arguments.out is None:
        return
    folder = Path(os.path.realpath(arguments.facts))
    if folder in Path(os.path.realpath(arguments.out)).parents:
        raise AirplanError(
            f"{arguments.out} lies among the ledgers; name a file elsewhere",
            f"{arguments.out} 在台账文件夹里；写到别处",
        )


def _only(listing: Listing, name: str | None) -> Listing:
    """The listing, or only one table of it."""
    import attrs

    from airplan_core.errors import AirplanError, nearest

    if name is None:
        return listing
    chosen = [(table, rows) for table, rows in listing.tables if table == name]
    if not chosen:
        near = nearest(name, [table for table, _ in listing.tables])
        raise AirplanError(
            f"--table: no table is called {name!r}; {near}", f"--table：没有表叫“{name}”；{near.zh}"
        )
    return attrs.evolve(listing, tables=chosen)


def _put(arguments: argparse.Namespace, listing: Listing) -> None:
    import sys

    from airplan_core.report import tables
    from airplan_core.report.sheets import MARK
    from airplan_core.report.writing import write_bytes

    lang = arguments.lang
    if arguments.format == "json":
        put(arguments.out, tables.listing_json(listing) + "\n")
    elif arguments.format == "xlsx":
        write_bytes(arguments.out, tables.listing_xlsx(listing, lang))
    elif arguments.format == "csv":
        watched = arguments.out is None and sys.stdout is not None and sys.stdout.isatty()
        put(arguments.out, ("" if watched else MARK) + tables.listing_csv(listing, lang))
        if len(listing.tables) == 1:
            for note in listing.notes:
                tell(note)  # a table alone has no place for them
    else:
        width, color = page_of(arguments)
        put(arguments.out, tables.listing_text(listing, lang, width, color=color))
