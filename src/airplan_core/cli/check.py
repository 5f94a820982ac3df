"""`airplan check`: whether a folder of ledgers, or of county folders, is in order."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from airplan_core.cli.output import put
from airplan_core.cli.places import format_of
from airplan_core.cli.verbs import (
    BAD_INPUT,
    CLEAN,
    engine_of,
    facts_of,
    guarded,
    rulebook_of,
)

if TYPE_CHECKING:
    from airplan_core.facts.facts import Facts
    from airplan_core.report.folder import Folder
    from airplan_core.rulebook.rulebook import Rulebook


def check(arguments: argparse.Namespace) -> int:
    """Say what was read, what cannot be, and what the rules lack; 0 where nothing is wrong."""
    from airplan_core.assessment.province import county_folders
    from airplan_core.report.folder import folder_lines, folders_json

    endings = {".csv": "csv", ".json": "json", ".txt": "text"}
    arguments.format = format_of(arguments, endings)
    lang, every = arguments.lang, arguments.all
    counties = [] if arguments.config else county_folders(arguments.facts)
    whole = arguments.facts
    found: list[tuple[Folder, Rulebook]] = []
    for place in counties or [whole]:
        arguments.facts = str(place)
        rulebook = rulebook_of(arguments)
        guarded(arguments, rulebook)
        found.append((_looked_at(arguments, rulebook), rulebook))
    folders = [folder for folder, _ in found]
    if arguments.format == "json":
        put(arguments.out, folders_json(folders, lang) + "\n")
    elif arguments.format == "csv":
        _put_problems(arguments, folders, prefixed=bool(counties))
    else:
        pages = ["\n".join(folder_lines(*one, lang, every=every)) for one in found]
        put(arguments.out, "\n\n".join(pages) + "\n")
    return CLEAN if all(folder.in_order for folder in folders) else BAD_INPUT


def _looked_at(arguments: argparse.Namespace, rulebook: Rulebook) -> Folder:
    from airplan_core.errors import FactsError
    from airplan_core.report.folder import looked_at

    with engine_of(arguments, rulebook) as engine:
        facts: Facts | FactsError
        try:
            facts = facts_of(arguments, rulebook, engine)
        except FactsError as error:
            facts = error
        return looked_at(arguments.facts, rulebook, facts)


def _put_problems(arguments: argparse.Namespace, folders: list[Folder], *, prefixed: bool) -> None:
    """Every problem as a line of CSV, which a spreadsheet opens."""
    import sys
    from pathlib import Path

    import polars as pl

    from airplan_core.readers.words import word
    from airplan_core.report.problems import problem_table
    from airplan_core.report.sheets import MARK, csv_text

    lang = arguments.lang
    tables = [problem_table(folder.problems, lang) for folder in folders]
    if prefixed:
        tables = [
            table.select(pl.lit(Path(folder.path).name).alias(word("county", lang)), pl.all())
            for table, folder in zip(tables, folders, strict=True)
        ]
    watched = arguments.out is None and sys.stdout is not None and sys.stdout.isatty()
    put(arguments.out, ("" if watched else MARK) + csv_text(pl.concat(tables)))
