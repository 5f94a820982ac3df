"""Read a folder of ledgers: one file each; every mistake is reported, and none is guessed away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from airplan_core.errors import FactsError
from airplan_core.facts.facts import Elsewhere, Facts
from airplan_core.facts.folder import files_in
from airplan_core.facts.headers import fields_of, shaped
from airplan_core.facts.rows import LedgerRead, dangling, read_ledger
from airplan_core.facts.sheets import read_sheet
from airplan_core.model.entity import Entity, ledger_of

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
            cell sets its row aside instead: see `Facts.set_aside`.
    """
    return read_folder(
        folder, rulebook.entities, never_if_blank=rulebook.never_if_blank, progress=progress
    )


def read_folder(
    folder: str | Path,
    entities: Iterable[type[Entity]],
    *,
    never_if_blank: Collection[str] = (),
    progress: Progress | None = None,
    elsewhere: Mapping[str, Elsewhere] | None = None,
    allow_none: bool = False,
) -> Facts:
    """The ledgers of `entities` in a folder: see `read_facts`.

    `never_if_blank` holds `ledger.field` names of event fields where a blank means NEVER.
    `elsewhere` has the ledgers that are not read here: see `Facts.elsewhere`; with `allow_none`,
    the folder may hold none at all.
    """
    elsewhere = elsewhere or {}
    ledgers = [ledger_of(entity) for entity in entities]
    files, problems, notes = files_in(Path(folder), ledgers, allow_none=allow_none)
    found = {ledger: path for ledger, path in files.items() if ledger.name not in elsewhere}
    read: dict[str, LedgerRead] = {}
    for ledger, path in found.items():
        if progress is not None:
            progress(path.name)
        try:
            sheet = shaped(read_sheet(path, ledger.names), ledger)
            fields = fields_of(sheet, ledger)
            one = read_ledger(sheet, ledger, fields, never_if_blank)
        except FactsError as error:
            problems += error.problems
            continue
        read[ledger.name] = one
        problems += one.problems
        notes += (*sheet.notes, *one.notes)
    for one in read.values():
        for problem in dangling(one, read, elsewhere, notes):
            problems.append(problem)
    if problems:
        raise FactsError(problems)
    return Facts(
        tables={name: one.table for name, one in read.items()},
        set_aside=tuple(row for one in read.values() for row in one.set_aside),
        notes=tuple(dict.fromkeys(notes)),
    )
