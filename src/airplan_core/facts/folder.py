"""Which file of a folder is which ledger's; files of no ledger, and two of one, are told."""

from __future__ import annotations

from pathlib import Path

from airplan_core.errors import FactsError, Problem, Said, nearest
from airplan_core.facts.formats.opening import FORMATS, tables
from airplan_core.facts.grid import Table
from airplan_core.model.entity import Ledger


def parquet_files(folder: Path, ledgers: list[Ledger]) -> dict[Ledger, list[Path]]:
    """The ledgers of which all files in a folder are Parquet, and these.

    Raises:
        FactsError: a file is of no ledger.
    """
    found, problems, _ = _sorted(folder, ledgers)
    if problems:
        raise FactsError(problems)
    return {
        ledger: paths
        for ledger, paths in found.items()
        if all(path.suffix.lower() == ".parquet" for path in paths)
    }


def files_in(
    folder: Path, ledgers: list[Ledger], *, allow_none: bool = False
) -> tuple[dict[Ledger, list[Table]], list[Problem], list[Said]]:
    """The tables of every ledger in a folder; files that are of none are problems, or notes."""
    found, problems, notes = _sorted(folder, ledgers)
    if not found and not problems and not allow_none:
        expected = Said(
            f"至少一个台账，如 {ledgers[-1].zh}.xlsx",
            f"at least one ledger, {ledgers[-1].name}.csv",
        )
        hint = Said("用 airplan template 可生成空表", "`airplan template` writes empty ones")
        raise FactsError([Problem(file=str(folder), expected=expected, hint=hint)])
    every: dict[Ledger, list[Table]] = {}
    for ledger, paths in found.items():
        for path in paths:
            try:
                every.setdefault(ledger, []).extend(_tables(path, folder, ledger, notes))
            except FactsError as error:
                problems += error.problems
    return every, problems, notes


def _tables(path: Path, folder: Path, ledger: Ledger, notes: list[Said]) -> list[Table]:
    """The tables of a file of one ledger; of a workbook, the sheet called so, or the first."""
    file = path.relative_to(folder).as_posix()
    every = tables(path, file)
    named = [one for one in every if (one.title or "").strip().lower() in ledger.names]
    chosen = named[0] if named else every[0]
    notes += [
        Said(f"{file}：没有读工作表“{one.title}”", f"{file}: the sheet {one.title!r} is not read")
        for one in every
        if one is not chosen
    ]
    return [chosen]


def _sorted(
    folder: Path, ledgers: list[Ledger]
) -> tuple[dict[Ledger, list[Path]], list[Problem], list[Said]]:
    """Which files are which ledger's; those of no ledger, and two of one, are problems."""
    if not folder.is_dir():
        expected = (
            Said("一个文件夹，里面是各台账", "a folder of ledgers")
            if folder.exists()
            else Said("存在的文件夹", "a folder that exists")
        )
        raise FactsError([Problem(file=str(folder), expected=expected)])
    names = {name: one for one in ledgers for name in one.names}
    problems: list[Problem] = []
    notes: list[Said] = []
    found: dict[Ledger, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.suffix.lower() in (".toml", ".md"):
            continue
        if path.stem.upper().startswith("README"):
            continue
        ledger = names.get(path.stem.strip().lower())
        many = path.is_dir() and ledger is not None and any(path.glob("*.parquet"))
        if path.is_dir() and not many:
            notes.append(
                Said(
                    f"{path.name}/：不读里面的文件夹", f"{path.name}/: a folder inside is not read"
                )
            )
            continue
        if not many and path.suffix.lower() not in FORMATS:
            endings = "、".join(FORMATS)
            expected = Said(f"台账文件（{endings}）", f"a ledger in one of {', '.join(FORMATS)}")
            problems.append(Problem(file=path.name, read=path.suffix, expected=expected))
        elif ledger is None:
            hint = nearest(path.stem, [name for one in ledgers for name in (one.name, one.zh)])
            expected = Said("以台账命名的文件", "a file named after a ledger")
            problems.append(Problem(file=path.name, read=path.stem, expected=expected, hint=hint))
        elif ledger in found:
            expected = Said(
                f"台账“{ledger.zh}”只有一个文件", f"one file for the ledger {ledger.name}"
            )
            first = found[ledger][0].name
            hint = Said(f"已有 {first}", f"{first} is one already")
            problems.append(Problem(file=path.name, expected=expected, hint=hint))
        else:
            found[ledger] = sorted(path.glob("*.parquet")) if many else [path]
    return found, problems, notes
