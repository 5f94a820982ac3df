"""Which files and sheets of a folder are which ledger's; what is none's is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from airplan_core.errors import FactsError, Problem, Said, nearest
from airplan_core.facts.formats.opening import FORMATS, tables
from airplan_core.facts.grid import Table
from airplan_core.facts.reports import is_report
from airplan_core.model.entity import Ledger

#: What may stand behind a ledger's name in that of a file or a sheet: （西向镇）, _2024-10, 2024年.
_BEHIND = re.compile(r"[\s_\-—－·.(（【\[+0-9].*")

#: Files that stand beside ledgers and are none: a system's own, and what nobody reads as a table.
_SYSTEM = ("thumbs.db", "desktop.ini")
_NO_LEDGERS = frozenset(
    {
        ".pdf", ".doc", ".docx", ".ofd", ".ppt", ".pptx", ".png", ".jpg", ".jpeg", ".gif", ".bmp",
        ".tif", ".tiff", ".svg", ".zip", ".rar", ".7z", ".gz", ".html", ".htm", ".xml", ".log",
        ".tmp", ".bak", ".lnk", ".db", ".ini", ".url", ".eml", ".msg", ".mp4", ".toml", ".md",
    }
)  # fmt: skip

#: Sheets of a workbook that explain it: a template has one.
_EXPLAINS = frozenset({"说明", "填表说明", "填报说明", "explanations", "readme"})


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
        if ledger is not None and all(path.suffix.lower() == ".parquet" for path in paths)
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
                sheets = tables(path, path.relative_to(folder).as_posix())
                for one, table in _assigned(sheets, ledger, ledgers, notes):
                    every.setdefault(one, []).append(table)
            except FactsError as error:
                problems += error.problems
    for ledger, several in every.items():
        files = list(dict.fromkeys(table.file for table in several))
        if len(files) > 1:
            shown = "、".join(files[:10]) + ("……" if len(files) > 10 else "")
            notes.append(
                Said(
                    f"台账“{ledger.zh}”由 {len(files)} 个文件合在一起：{shown}",
                    f"the ledger {ledger.name} is {len(files)} files together: {shown}",
                )
            )
    return every, problems, notes


def _assigned(
    sheets: list[Table], ledger: Ledger | None, ledgers: list[Ledger], notes: list[Said]
) -> Iterator[tuple[Ledger, Table]]:
    """Which sheets of a file are which ledger's: those named after one, or all, of its own.

    Raises:
        FactsError: the file is named after no ledger, and none of its sheets is.
    """
    names = _names(ledgers)
    named = [(ledger_called(one.title or "", names), one) for one in sheets]
    if ledger is None and not any(one for one, _ in named):
        raise _of_none(sheets[0].file, ledgers)
    unread = []
    for one, sheet in named:
        title = (sheet.title or "").strip().lower()
        if one is not None and (ledger is None or one is ledger):
            yield one, sheet
        elif ledger is None or title in _EXPLAINS or one is not None:
            unread.append(sheet.title)
        elif not any(mine is ledger for mine, _ in named):
            # a sheet a township: all of them are the file's ledger
            yield ledger, sheet
        else:
            unread.append(sheet.title)
    if unread:
        titles = "、".join(f"“{title}”" for title in unread)
        file = sheets[0].file
        notes.append(
            Said(f"{file}：没有读工作表{titles}", f"{file}: the sheets {titles} are not read")
        )


def _names(ledgers: Iterable[Ledger]) -> dict[str, Ledger]:
    return {name: one for one in ledgers for name in one.names}


def ledger_called(written: str, names: Mapping[str, Ledger]) -> Ledger | None:
    """The ledger that a file or a sheet is named after, be it with a place or a date behind it."""
    name = written.strip().lower()
    if name in names:
        return names[name]
    longest = sorted((one for one in names if name.startswith(one)), key=len, reverse=True)
    for one in longest:
        if _BEHIND.fullmatch(name[len(one) :]):
            return names[one]
    return None


def _sorted(
    folder: Path, ledgers: list[Ledger]
) -> tuple[dict[Ledger | None, list[Path]], list[Problem], list[Said]]:
    """Which files are which ledger's; under None, the workbooks that are called after none."""
    if not folder.is_dir():
        expected = (
            Said("一个文件夹，里面是各台账", "a folder of ledgers")
            if folder.exists()
            else Said("存在的文件夹", "a folder that exists")
        )
        raise FactsError([Problem(file=str(folder), expected=expected)])
    names = _names(ledgers)
    problems: list[Problem] = []
    unread: list[str] = []
    found: dict[Ledger | None, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if _passed_over(path):
            continue
        if path.is_dir():
            ledger = ledger_called(path.name, names)
            inside = [] if ledger is None else [p for p in sorted(path.iterdir()) if _table(p)]
            if ledger is None or not inside:
                unread.append(f"{path.name}/")
            else:
                found.setdefault(ledger, []).extend(inside)
            continue
        ledger = ledger_called(path.stem, names)
        suffix = path.suffix.lower()
        if suffix in _NO_LEDGERS or is_report(path):
            unread.append(path.name)
        elif suffix not in FORMATS:
            endings = "、".join(FORMATS)
            expected = Said(f"台账文件（{endings}）", f"a ledger in one of {', '.join(FORMATS)}")
            problems.append(Problem(file=path.name, read=path.suffix, expected=expected))
        elif ledger is not None:
            found.setdefault(ledger, []).append(path)
        elif suffix in _WORKBOOKS:
            # its sheets may be called after ledgers
            found.setdefault(None, []).append(path)
        else:
            problems += _of_none(path.name, ledgers).problems
    notes = []
    if unread:
        shown = "、".join(unread)
        notes.append(Said(f"没有读：{shown}（不是台账）", f"not read, no ledgers: {shown}"))
    return found, problems, notes


#: The endings of files with sheets.
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et", ".wps"})


def _passed_over(path: Path) -> bool:
    """Whether nobody takes a file for a ledger: a system's own, the configuration, a README."""
    name = path.name
    return (
        name.startswith((".", "~$"))
        or name.lower() in _SYSTEM
        or path.suffix.lower() in (".toml", ".md")
        or path.stem.upper().startswith("README")
    )


def _table(path: Path) -> bool:
    return path.is_file() and not _passed_over(path) and path.suffix.lower() in FORMATS


def _of_none(file: str, ledgers: Iterable[Ledger]) -> FactsError:
    stem = Path(file).stem
    hint = nearest(stem, [name for one in ledgers for name in (one.name, one.zh)])
    expected = Said("以台账命名的文件或工作表", "a file named after a ledger, or a sheet")
    return FactsError([Problem(file=file, read=stem, expected=expected, hint=hint)])
