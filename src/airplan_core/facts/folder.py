"""Which files and sheets of a folder are which ledger's; what is none's is told."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from airplan_core.errors import FactsError, Problem, Said, nearest
from airplan_core.facts.formats.opening import FORMATS, tables
from airplan_core.facts.grid import Table
from airplan_core.facts.headers import names_of
from airplan_core.facts.layout import peeked
from airplan_core.facts.reports import is_report
from airplan_core.model.entity import Ledger

#: What may stand behind a ledger's name in that of a file or a sheet: 台账, （西向镇）, _2024-10.
_KIND = r"(台账|清单|名单|汇总|明细|(信息|情况|统计|汇总|明细|登记)?表)?"
_BEHIND = re.compile(rf"{_KIND}([\s_\-—－·.(（【\[+0-9].*)?")

#: So like a ledger's name is another that is misspelt, and not one with a place behind it.
_MISSPELT = 0.8

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
    folder: Path,
    ledgers: list[Ledger],
    own: Mapping[str, Mapping[str, str]] | None = None,
    *,
    allow_none: bool = False,
) -> tuple[dict[Ledger, list[Table]], list[Problem], list[Said]]:
    """The tables of every ledger in a folder; files that are of none are problems, or notes.

    `own` is what the county calls the fields of each ledger.
    """
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
                for one, table in _assigned(sheets, ledger, ledgers, own or {}, notes):
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
    sheets: list[Table],
    ledger: Ledger | None,
    ledgers: list[Ledger],
    own: Mapping[str, Mapping[str, str]],
    notes: list[Said],
) -> Iterator[tuple[Ledger, Table]]:
    """Which sheets of a file are which ledger's: those named after one, or all with a header.

    Raises:
        FactsError: the file is named after no ledger, and none of its sheets is.
    """
    names = _names(ledgers)
    unread: list[str] = []
    rest: list[Table] = []
    found: list[tuple[Ledger, Table]] = []
    for sheet in sheets:
        title = (sheet.title or "").strip().lower()
        called = names.get(title) if ledger is not None else ledger_called(title, names)
        if called is not None:
            found.append((called, sheet))
        elif title in _EXPLAINS:
            unread.append(title)
        else:
            rest.append(sheet)
    if ledger is None:
        if not found:
            raise _of_none(sheets[0].file, ledgers)
        unread += [sheet.title or "" for sheet in rest]
    elif any(one is ledger for one, _ in found):
        # beside the ledger's own sheet, what is called so with a place or a date is its, too
        more = [(ledger_called(sheet.title or "", names), sheet) for sheet in rest]
        found += [(ledger, sheet) for one, sheet in more if one is ledger]
        unread += [sheet.title or "" for one, sheet in more if one is not ledger]
    elif len(rest) == 1:
        found.append((ledger, rest[0]))
    else:
        # a sheet a township: every one that has the ledger's header
        headed = [
            peeked(sheet, ledger, names_of(ledger, own.get(ledger.name, {}))) for sheet in rest
        ]
        some = any(of for _, of in headed)
        for at, (sheet, of) in enumerate(headed):
            if of or (not some and at == 0):
                found.append((ledger, sheet))
            elif of is not None:
                unread.append(sheet.title or "")
    if unread:
        titles = "、".join(f"“{title}”" for title in unread)
        file = sheets[0].file
        notes.append(
            Said(f"{file}：没有读工作表{titles}", f"{file}: the sheets {titles} are not read")
        )
    yield from found


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
            others = [other for other, ledger in names.items() if ledger is not names[one]]
            # vehicle_chek is no file of vehicle
            misspelt = difflib.get_close_matches(name, others, 1, _MISSPELT)
            return None if misspelt else names[one]
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
            every = [] if ledger is None else sorted(path.iterdir())
            inside = [one for one in every if _table(one)]
            if ledger is None and _nearly(path, names):
                problems += _of_none(f"{path.name}/", ledgers).problems
            elif ledger is None or not inside:
                unread.append(f"{path.name}/")
            else:
                for one in inside:
                    # what is called after another ledger is that one's, wherever it stands
                    found.setdefault(ledger_called(one.stem, names) or ledger, []).append(one)
                unread += [
                    f"{path.name}/{one.name}"
                    for one in every
                    if one not in inside and not _passed_over(one)
                ]
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
        elif suffix == ".txt" and not difflib.get_close_matches(path.stem.lower(), names, 1):
            # a text of some other kind
            unread.append(path.name)
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
    """Whether a file in a ledger's folder is one of its tables."""
    return not (
        path.is_dir() or _passed_over(path) or path.suffix.lower() not in FORMATS or is_report(path)
    )


def _nearly(folder: Path, names: Iterable[str]) -> bool:
    """Whether a folder holds tables, and is called nearly as a ledger is."""
    misspelt = difflib.get_close_matches(folder.name.lower(), names, 1, _MISSPELT)
    return bool(misspelt) and any(map(_table, folder.iterdir()))


def _of_none(file: str, ledgers: Iterable[Ledger]) -> FactsError:
    stem = Path(file).stem
    hint = nearest(stem, [name for one in ledgers for name in (one.name, one.zh)])
    expected = Said("以台账命名的文件或工作表", "a file named after a ledger, or a sheet")
    return FactsError([Problem(file=file, read=stem, expected=expected, hint=hint)])
