"""Which file of a folder is which ledger's; files of no ledger, and two of one, are told."""

from __future__ import annotations

from pathlib import Path

from airplan_core.errors import FactsError, Problem, nearest
from airplan_core.facts.sheets import FORMATS
from airplan_core.model.entity import Ledger


def ledger_files(folder: Path, ledgers: list[Ledger]) -> dict[Ledger, list[Path]]:
    """The file of every ledger, or the Parquet files of one that has a folder of its own.

    Raises:
        FactsError: a file is of no ledger, or two are of one.
    """
    found, problems, _ = files_in(folder, ledgers, allow_none=True)
    if problems:
        raise FactsError(problems)
    return {
        ledger: sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        for ledger, path in found.items()
    }


def files_in(
    folder: Path, ledgers: list[Ledger], *, allow_none: bool = False
) -> tuple[dict[Ledger, Path], list[Problem], list[str]]:
    """Which file is which ledger's; files of no ledger, and two of one, are problems."""
    if not folder.is_dir():
        what = "a folder of ledgers" if folder.exists() else "a folder that exists"
        raise FactsError([Problem(file=str(folder), expected=what)])
    names = {name: one for one in ledgers for name in one.names}
    found: dict[Ledger, Path] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    by_name = {one.name: one for one in ledgers}
    chosen: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.suffix.lower() in (".toml", ".md"):
            continue
        if path.stem.upper().startswith("README"):
            continue
        ledger = names.get(path.stem.strip().lower())
        many = path.is_dir() and ledger is not None and any(path.glob("*.parquet"))
        if path.is_dir() and not many:
            notes.append(f"{path.name}/: a folder inside is not read")
            continue
        if not many and path.suffix.lower() not in FORMATS:
            expected = f"a ledger in one of {', '.join(FORMATS)}"
            problems.append(Problem(file=path.name, read=path.suffix, expected=expected))
        elif ledger is None:
            hint = nearest(path.stem, [*by_name, *(one.zh for one in ledgers)])
            expected = "a file named after a ledger"
            problems.append(Problem(file=path.name, read=path.stem, expected=expected, hint=hint))
        elif ledger.name in chosen:
            expected = f"one file for the ledger {ledger.name}"
            hint = f"{chosen[ledger.name].name} is one already"
            problems.append(Problem(file=path.name, expected=expected, hint=hint))
        else:
            chosen[ledger.name] = path
    if not chosen and not problems and not allow_none:
        expected = f"at least one ledger, such as {ledgers[-1].name}.csv"
        hint = "`airplan template` writes empty ones"
        raise FactsError([Problem(file=str(folder), expected=expected, hint=hint)])
    found = {by_name[name]: path for name, path in chosen.items()}
    return found, problems, notes
