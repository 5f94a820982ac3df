"""A zip of parts, as workbooks are: looked through once, within bounds, before anything is read."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from airplan_core.errors import AirplanError, FactsError, Problem, Said

#: All parts together are at most this large, and no more than so many times what they take packed:
#: a workbook of a million rows is 0.5 GiB, and ten times.
LARGEST, RATIO = 2 << 30, 200

#: What is smaller than this is no bomb, however well it is packed.
SMALL = 64 << 20

_BLOCK = 1 << 20


def opened(path: Path, file: str) -> zipfile.ZipFile:
    """The parts of a zip, each of which was found whole.

    Raises:
        FactsError: it is too large unpacked, encrypted, cut off or damaged.
    """
    try:
        found = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged(file, str(error)) from None
    parts = found.infolist()
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if size > LARGEST or (size > SMALL and size > RATIO * max(packed, 1)):
        expected = Said(
            f"解压后不超过 {LARGEST >> 30} GiB、不超过压缩大小 {RATIO} 倍的工作簿",
            f"a workbook of at most {LARGEST >> 30} GiB unpacked, and {RATIO} times its size",
        )
        problem = Problem(file=file, read=f"{size / (1 << 20):,.0f} MiB", expected=expected)
        raise FactsError([problem])
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(file)
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise damaged(file, "a part twice")
    for part in parts:
        # unpacked here, the declared size bounds it and its sum of check is compared
        try:
            with found.open(part) as stream:
                while stream.read(_BLOCK):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise damaged(file, f"{part.filename}: {error}") from None
    return found


def blocks(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part, a block at a time."""
    with book.open(part) as stream:
        while block := stream.read(_BLOCK):
            yield block


def tree(book: zipfile.ZipFile, part: str, file: str) -> Any:
    """A part that is XML; of its names what stands after the name space counts: `{*}sheet`."""
    try:
        return ElementTree.fromstring(book.read(part))
    except (ElementTree.ParseError, KeyError) as error:
        raise damaged(file, f"{part}: {error}") from None


def parsed(book: zipfile.ZipFile, part: str, file: str, parser: expat.XMLParserType) -> None:
    """Run a parser over a part."""
    try:
        for block in blocks(book, part):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, KeyError) as error:
        raise damaged(file, f"{part}: {error}") from None


@contextmanager
def guarded(file: str) -> Iterator[None]:
    """A number that is none, a reference to nothing: whatever a damaged workbook makes of it."""
    try:
        yield
    except AirplanError:
        raise
    except (ValueError, LookupError, ArithmeticError, OSError, expat.ExpatError) as error:
        raise damaged(file, f"{type(error).__name__}: {error}") from None


def damaged(file: str, read: str) -> FactsError:
    """A workbook that cannot be read."""
    expected = Said("完好的工作簿", "a workbook that is whole")
    hint = Said(
        "用表格软件打开，另存为 .xlsx；打不开的，重新取一份",
        "open it in a spreadsheet and save it as .xlsx; where that fails, get it anew",
    )
    read = re.sub(r"\s+", " ", read)[:80]
    return FactsError([Problem(file=file, read=read, expected=expected, hint=hint)])


def encrypted(file: str) -> FactsError:
    """A workbook that asks for a password."""
    expected = Said("没有加密的工作簿", "a workbook without a password")
    hint = Said("去掉密码，再保存", "take the password away and save it")
    return FactsError([Problem(file=file, expected=expected, hint=hint)])


def too_far(file: str, sheet: str, cell: str) -> FactsError:
    """A sheet that is too large, mostly for a stray cell far from the others."""
    expected = Said("大小像台账的工作表", "a sheet of a ledger's size")
    hint = Said(
        f"删去远处单元格 {cell} 所在的行和列", f"delete the row and the column of the cell {cell}"
    )
    return FactsError([Problem(file=file, sheet=sheet, read=cell, expected=expected, hint=hint)])
