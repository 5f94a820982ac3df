"""The one encoding of a whole file of text: what begins in one and ends in another is refused.

The ladder is UTF-16 by its mark, UTF-8 to the end, GB18030 to the end. UTF-8 that breaks off is
never tried as GB18030, which takes nearly any bytes and would show other characters for them.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import polars as pl

from airplan_core.errors import FactsError, Problem, Said

#: A file is looked at in pieces of this many bytes, cut at the end of a line.
PIECE = 16 << 20

_CJK = re.compile("[\u4e00-\u9fff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: How files begin that are often given the ending of a text.
_OTHERS = {
    b"PK\x03\x04": Said("改为 .xlsx 或 .ods 后缀", "give it the ending .xlsx or .ods"),
    b"\xd0\xcf\x11\xe0": Said("改为 .xls 后缀", "give it the ending .xls"),
    b"PAR1": Said("改为 .parquet 后缀", "give it the ending .parquet"),
    b"%PDF": Said("这是 PDF；请填在表格里", "this is a PDF; write it in a spreadsheet"),
}
_SAVE = Said("在表格软件中另存为“CSV UTF-8”", "save it as “CSV UTF-8” in a spreadsheet")


def pieces(path: Path, file: str) -> Iterator[bytes]:
    """A file of text in UTF-8, in pieces that end with a line; every line ends with a newline.

    Raises:
        FactsError: it is no text, or not in one encoding to its end; the line is named.
    """
    encoding = _encoding(path, file)
    first = True
    for piece in _cut(_opened(path, encoding)):
        if first:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            first = False
        if encoding == "gb18030":
            piece = piece.decode(encoding).encode()
        if b"\r" in piece:
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield piece


def _opened(path: Path, encoding: str) -> IO[bytes]:
    if encoding == "utf-16":
        # what spreadsheets save as “Unicode text”; one line end is two bytes there
        return io.BytesIO(path.read_bytes().decode("utf-16").encode())
    return path.open("rb")


def _cut(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces that end with a line, but for the last."""
    with stream:
        while block := stream.read(PIECE):
            yield block if block.endswith(b"\n") else block + stream.readline()


def _encoding(path: Path, file: str) -> str:
    with path.open("rb") as stream:
        start = stream.read(4)
    for magic, hint in _OTHERS.items():
        if start == magic:
            expected = Said("文本文件（CSV）", "a file of text (CSV)")
            raise FactsError([Problem(file=file, expected=expected, hint=hint)])
    if start[:2] in _UTF16:
        try:
            text = path.read_bytes().decode("utf-16")
        except UnicodeDecodeError as error:
            raise _broken(file, "UTF-16", None, error.start) from None
        if "\0" in text:
            raise _nul(file, text.count("\n", 0, text.index("\0")) + 1)
        return "utf-16"
    place = 0
    for piece in _cut(path.open("rb")):
        if b"\0" in piece:
            raise _nul(file, _line(path, place + piece.index(b"\0")))
        if not _is_utf8(piece):
            bad = place + _error_in(piece)
            if _any_cjk(path, bad):
                raise _broken(file, "UTF-8", _line(path, bad), bad)
            _check_gb18030(path, file)
            return "gb18030"
        place += len(piece)
    return "utf-8"


def _line(path: Path, place: int) -> int:
    """The line in which a byte stands."""
    line = 1
    for piece in _cut(path.open("rb")):
        line += piece.count(b"\n", 0, max(place, 0))
        place -= len(piece)
        if place <= 0:
            break
    return line


def _is_utf8(piece: bytes) -> bool:
    """Whether it is; polars looks at it some times faster than `decode`."""
    try:
        pl.Series([piece], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def _error_in(piece: bytes) -> int:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    raise AssertionError(piece[:20])


def _any_cjk(path: Path, before: int) -> bool:
    """Whether the bytes before a place, which are UTF-8, hold Chinese."""
    for piece in _cut(path.open("rb")):
        if _holds_cjk(piece[:before].decode("utf-8", errors="ignore")):
            return True
        before -= len(piece)
        if before <= 0:
            break
    return False


def _holds_cjk(text: str) -> bool:
    """Whether there is a common character; bytes of GB18030 seldom spell one in UTF-8."""
    for found in _CJK.finditer(text):
        try:
            found[0].encode("gb2312")
        except UnicodeEncodeError:
            continue
        return True
    return False


def _check_gb18030(path: Path, file: str) -> None:
    place = 0
    for piece in _cut(path.open("rb")):
        if b"\0" in piece:
            raise _nul(file, _line(path, place + piece.index(b"\0")))
        try:
            piece.decode("gb18030")
        except UnicodeDecodeError as error:
            bad = place + error.start
            expected = Said("UTF-8 或 GB18030 编码的文本", "text in UTF-8 or GB18030")
            problem = Problem(
                file=file,
                row=_line(path, bad),
                read=f"byte {bad + 1}",
                expected=expected,
                hint=_SAVE,
            )
            raise FactsError([problem]) from None
        place += len(piece)


def _broken(file: str, encoding: str, line: int | None, place: int) -> FactsError:
    byte = place + 1
    expected = Said(
        f"从头到尾都是 {encoding} 的文本；从第 {byte} 个字节起不是，文件被截断或损坏",
        f"text in {encoding} to the end; from byte {byte} on it is not: it is cut or damaged",
    )
    hint = Said(
        "用原来的文件，在表格软件中另存为“CSV UTF-8”",
        "take the original and save it as “CSV UTF-8” in a spreadsheet",
    )
    return FactsError([Problem(file=file, row=line, expected=expected, hint=hint)])


def _nul(file: str, line: int) -> FactsError:
    expected = Said("文本；这里有空字节（NUL）", "text; there is a NUL byte here")
    return FactsError([Problem(file=file, row=line, expected=expected, hint=_SAVE)])
