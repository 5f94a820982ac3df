"""Read a folder of ledgers: one file each; every mistake is reported, and none is guessed away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import attrs

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.facts import Elsewhere, Facts, FileRead
from airplan_core.facts.folder import files_in
from airplan_core.facts.grid import Table
from airplan_core.facts.headers import fields_of, names_of, shaped
from airplan_core.facts.layout import laid_out
from airplan_core.facts.leftout import records
from airplan_core.facts.rows import LedgerRead, dangling, joined, read_ledger
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import Entity, Ledger, ledger_of
from airplan_core.rulebook.config import FactsConfig

if TYPE_CHECKING:
    from airplan_core.rulebook.rulebook import Rulebook


#: A function that is told the name of each file before it is read.
Progress: TypeAlias = Callable[[str], None]


def read_facts(folder: str | Path, rulebook: Rulebook, progress: Progress | None = None) -> Facts:
    """The ledgers in a folder, as the rulebook's plugins and configuration understand them.

    Args:
        folder: a file for each ledger, named after it: `brick_line.csv`, `砖瓦生产线.xlsx`.
        rulebook: says which ledgers there are, and where a blank date means “not happened”.
        progress: told the name of each file before it is read.

    Raises:
        FactsError: the folder or a file is missing, unknown or unreadable; a column is unknown; an
            id stands twice; a reference leads nowhere. All of them are told at once. A single bad
            cell is unknown instead (`Facts.unreadable`), and a row whose id cannot be read is set
            aside (`Facts.set_aside`).
    """
    return read_folder(folder, rulebook.entities, kept=rulebook.kept, progress=progress)


def read_folder(
    folder: str | Path,
    entities: Iterable[type[Entity]],
    *,
    kept: FactsConfig | None = None,
    progress: Progress | None = None,
    elsewhere: Mapping[str, Elsewhere] | None = None,
    allow_none: bool = False,
) -> Facts:
    """The ledgers of `entities` in a folder: see `read_facts`.

    `kept` is how the county keeps them; without, dates are of any year since 1949.
    `elsewhere` has the ledgers that are not read here: see `Facts.elsewhere`; with `allow_none`,
    the folder may hold none at all.
    """
    elsewhere, kept = elsewhere or {}, kept or FactsConfig()
    ledgers = [ledger_of(entity) for entity in entities]
    files, problems, notes = files_in(Path(folder), ledgers, kept.columns, allow_none=allow_none)
    read: dict[str, LedgerRead] = {}
    seen: dict[tuple[str, str | None], FileRead] = {}
    for ledger, found in files.items():
        if ledger.name in elsewhere:
            problems += map(_twofold, (one for one in found if not one.file.endswith(".parquet")))
            continue
        parts: list[LedgerRead] = []
        own = kept.columns.get(ledger.name, {})
        names = names_of(ledger, own)
        for table in found:
            if progress is not None:
                progress(table.file)
            try:
                for sheet in laid_out(table, ledger, names):
                    _see(seen, sheet, ledger)
                    shape = shaped(sheet, ledger)
                    fields, unread = fields_of(shape, ledger, own)
                    every = ledger.name in kept.every_row_counts
                    shape = records(
                        shape, ledger, fields, names, headed=table.headed, every_row_counts=every
                    )
                    notes += (*shape.notes, *unread)
                    parts.append(read_ledger(shape, ledger, fields, kept))
            except FactsError as error:
                problems += error.problems
        if parts:
            read[ledger.name] = joined(parts)
    for one in read.values():
        problems += one.problems
        notes += one.notes
    for one in read.values():
        problems += dangling(one, read, elsewhere, notes)
    if problems:
        raise FactsError(problems, files=seen.values(), notes=dict.fromkeys(notes))
    return Facts(
        tables={name: one.table for name, one in read.items()},
        set_aside=tuple(row for one in read.values() for row in one.set_aside),
        adrift={name: one.adrift for name, one in read.items() if one.adrift.height},
        unreadable=tuple(cell for one in read.values() for cell in one.unreadable),
        notes=tuple(dict.fromkeys(notes)),
        files=tuple(seen.values()),
    )


def _twofold(table: Table) -> Problem:
    """A table of a ledger that stands elsewhere, too."""
    return Problem(
        file=table.file,
        sheet=table.sheet,
        expected=Said(
            "只在一处的台账；它还有 Parquet 文件，或是数据库的表",
            "a ledger in one place; it is in Parquet files, or a table of the database, too",
        ),
        hint=Said("留一处", "keep one of them"),
    )


def _see(seen: dict[tuple[str, str | None], FileRead], sheet: Sheet, ledger: Ledger) -> None:
    """Count the rows of a part of a file with those of its other parts."""
    key = (sheet.file, sheet.sheet)
    rows = sheet.cells.height + sum(problem.column is None for problem in sheet.bad)
    if key in seen:
        seen[key] = attrs.evolve(seen[key], rows=seen[key].rows + rows)
    else:
        seen[key] = FileRead(
            ledger=ledger.name, file=sheet.file, sheet=sheet.sheet, head=sheet.head, rows=rows
        )
