"""Whether a folder of ledgers is in order: what was read, what is wrong, what the rules lack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.derived import derive
from airplan_core.facts.facts import Facts, FileRead
from airplan_core.facts.names import check_named, untold
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.readers.words import word
from airplan_core.report.data import dump_json
from airplan_core.report.problems import problem_lines, problem_record
from airplan_core.rulebook.rulebook import Rulebook
from airplan_core.visible import visible


@attrs.frozen(kw_only=True)
class Folder:
    """A folder of ledgers as it was found.

    Attributes:
        path: where it is.
        files: what was read, each with its header's row and its number of rows.
        elsewhere: the ledgers that stand in a database.
        refused: what makes the folder unusable until it is mended.
        faults: the cells and rows that cannot be read; the rest can be assessed.
        notes: what was left out, and what else a reader should know.
        wanted: the ledgers that rules ask for and nobody supplied, with how many rules do.
    """

    path: str
    files: tuple[FileRead, ...] = ()
    elsewhere: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    notes: tuple[Said, ...] = ()
    wanted: tuple[tuple[type[Entity], int], ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong."""
        return (*self.refused, *self.faults)

    @property
    def in_order(self) -> bool:
        """Whether nothing is wrong; a ledger that is not supplied is not."""
        return not self.problems


def looked_at(path: str, rulebook: Rulebook, facts: Facts | FactsError) -> Folder:
    """The folder, by what came of reading it."""
    if isinstance(facts, FactsError):
        supplied = {one.ledger for one in facts.files}
        return Folder(
            path=path,
            files=facts.files,
            refused=facts.problems,
            notes=facts.notes,
            wanted=tuple(_wanted(rulebook, supplied)),
        )
    refused: list[Problem] = []
    notes = [*facts.notes, *untold(rulebook, facts)]
    try:
        check_named(rulebook, facts)
    except FactsError as error:
        refused += error.problems
    try:
        notes += derive(facts, rulebook.entities, rulebook.choices).notes
    except FactsError as error:
        refused += error.problems
    return Folder(
        path=path,
        files=facts.files,
        elsewhere=tuple(facts.elsewhere),
        refused=tuple(dict.fromkeys(refused)),
        faults=facts.faults,
        notes=tuple(dict.fromkeys(notes)),
        wanted=tuple(_wanted(rulebook, {*facts.tables, *facts.elsewhere})),
    )


def _wanted(rulebook: Rulebook, supplied: set[str]) -> Iterator[tuple[type[Entity], int]]:
    """The ledgers that rules read and nobody supplied; what is derived is supplied by its sources.

    The county itself is known without a ledger.
    """
    rules: dict[type[Entity], set[str]] = {}
    for duty in rulebook.duties:
        read = [duty.subject]
        read += [one for metric in duty.metrics() for one in metric.ledgers]
        for entity in read:
            rules.setdefault(entity, set()).add(duty.rule.id)
    for entity in rulebook.entities:
        if entity in rules and not _there(entity, supplied) and ledger_of(entity).name != "county":
            yield entity, len(rules[entity])


def _there(entity: type[Entity], supplied: set[str]) -> bool:
    derived = ledger_of(entity).derived
    return ledger_of(entity).name in supplied or (
        derived is not None and any(_there(one, supplied) for one in derived.sources)
    )


def folder_lines(
    folder: Folder, rulebook: Rulebook, lang: str = "zh", *, every: bool = False
) -> Iterator[str]:
    """The folder in lines: whether it is in order, then what was read, what is wrong, the rest."""
    labels = {ledger_of(one).name: ledger_of(one).label(lang) for one in rulebook.entities}
    state = "in_order" if folder.in_order else "refused" if folder.refused else "with_faults"
    yield visible(f"{folder.path}{word('colon', lang)}{word(state, lang)}")
    sections: list[tuple[str, int, list[str]]] = [
        ("files_read", len(folder.files), [_file(one, labels, lang) for one in folder.files]),
        ("elsewhere", len(folder.elsewhere), [labels[name] for name in folder.elsewhere]),
        ("refused_for", len(folder.refused), _told(folder.refused, lang, every=every)),
        ("unreadable", len(folder.faults), _told(folder.faults, lang, every=every)),
        ("notes", len(folder.notes), [note.text(lang) for note in folder.notes]),
        (
            "wanted", len(folder.wanted),
            [
                word("wanted_by", lang, ledger_of(entity).label(lang), count)
                for entity, count in folder.wanted
            ],
        ),
    ]  # fmt: skip
    for title, count, lines in sections:
        if lines:
            yield ""
            yield f"{word(title, lang)} ({count})"
            for line in lines:
                yield "  " + visible(line)
            if len(lines) < count:
                yield "  " + word("see_csv", lang)


def _told(problems: tuple[Problem, ...], lang: str, *, every: bool) -> list[str]:
    return list(problem_lines(problems, lang, every=every))


def _file(one: FileRead, labels: dict[str, str], lang: str) -> str:
    sheet = "" if one.sheet is None else " · " + word("sheet_of", lang, one.sheet)
    label = labels.get(one.ledger, one.ledger)
    return f"{one.file}{sheet} → {word('rows_below', lang, label, one.rows, one.head)}"


def folder_record(folder: Folder, lang: str = "zh") -> dict[str, Any]:
    """The folder as a record."""
    return {
        "folder": folder.path,
        "in_order": folder.in_order,
        "files": [attrs.asdict(one) for one in folder.files],
        "elsewhere": list(folder.elsewhere),
        "refused": [problem_record(problem, lang) for problem in folder.refused],
        "unreadable": [problem_record(problem, lang) for problem in folder.faults],
        "notes": [note.text(lang) for note in folder.notes],
        "wanted": [
            {"ledger": ledger_of(entity).name, "rules": count} for entity, count in folder.wanted
        ],
    }


def folders_json(folders: list[Folder], lang: str = "zh") -> str:
    """One folder as a JSON object, or several as an object of them."""
    records = [folder_record(folder, lang) for folder in folders]
    if len(records) == 1:
        return dump_json(records[0])
    return dump_json({"in_order": all(one.in_order for one in folders), "folders": records})
