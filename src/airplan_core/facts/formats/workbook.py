"""The sheets of a workbook, each cell as it is shown; what kind it is its first bytes say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.formats import ods, xls, xlsx, zipped
from airplan_core.facts.formats.pages import Page, grids
from airplan_core.facts.grid import Grid, Table

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: How the workbooks of before OLE begin: BIFF 2 to 4.
_BIFF = (b"\x09\x00\x04", b"\x09\x02\x06", b"\x09\x04\x06", b"\x09\x08")

_SAVE = Said("用表格软件打开，另存为 .xlsx", "open it in a spreadsheet and save it as .xlsx")


def tables(path: Path, file: str) -> list[Table]:
    """A table for each visible sheet, in the workbook's order."""
    with zipped.guarded(file):
        sheets, page = _opened(path, file)
    visible = [name for name, shown in sheets.items() if shown]
    if not visible:
        expected = Said("有工作表的工作簿", "a workbook with a sheet that is not hidden")
        raise FactsError([Problem(file=file, expected=expected, hint=_SAVE)])
    notes = tuple(
        Said(
            f"{file}：没有读隐藏的工作表“{name}”", f"{file}: the hidden sheet {name!r} is not read"
        )
        for name, shown in sheets.items()
        if not shown
    )
    several = len(visible) > 1
    return [
        Table(
            file=file,
            title=name,
            sheet=name if several else None,
            grids=_grids(partial(page, name), file, name if several else None, notes),
        )
        for name in visible
    ]


def _grids(
    page: Callable[[], Page], file: str, sheet: str | None, notes: tuple[Said, ...]
) -> Iterator[Grid]:
    with zipped.guarded(file):
        yield from grids(page(), file, sheet, notes)


def _opened(path: Path, file: str) -> tuple[Mapping[str, bool], Callable[[str], Page]]:
    """The sheets of a workbook, whether each is visible, and what reads one."""
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(_ZIP):
        parts = zipped.opened(path, file)
        names = parts.namelist()
        if "content.xml" in names:
            document = ods.book(file, parts)
            return document.sheets, document.page
        if "xl/workbook.bin" in names:
            raise _other(file, Said("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"))
        if "word/document.xml" in names:
            raise _other(file, Said("文字文档", "a text document"))
        book = xlsx.book(path, file, parts)
        return {name: shown for name, (_, shown) in book.sheets.items()}, book.page
    if start.startswith((_OLE, *_BIFF)):
        data = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise zipped.encrypted(file)
        if "WordDocument".encode("utf-16-le") in data:
            raise _other(file, Said("文字文档", "a text document"))
        old = xls.book(data, file)
        return xls.sheets(old, file), partial(xls.page, old, file)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise _other(file, Said("网页或 XML", "a web page or XML"))
    raise _other(file, Said("别的内容", "something else"))


def _other(file: str, read: Said) -> FactsError:
    expected = Said(
        f"工作簿（.xlsx、.xlsm、.xls、.ods）；文件里是{read.zh}",
        f"a workbook (.xlsx, .xlsm, .xls, .ods); the file holds {read}",
    )
    return FactsError([Problem(file=file, expected=expected, hint=_SAVE)])
