"""Text with separators between the cells, in UTF-8 or GB18030."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table, gridded


def tables(path: Path, file: str) -> list[Table]:
    """The one table of a file of text."""
    return [Table(file=file, grids=_grids(path, file))]


def _grids(path: Path, file: str) -> Iterator[Grid]:
    data = path.read_bytes()
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _no_text(file)
    if "\0" in text[:4096]:
        raise _no_text(file)
    yield from gridded(csv.reader(io.StringIO(text, newline="")))


def _no_text(file: str) -> FactsError:
    expected = Said("UTF-8 或 GB18030 编码的文本", "text in UTF-8 or GB18030")
    hint = Said("在表格软件中另存为“CSV UTF-8”", "save it as “CSV UTF-8”")
    return FactsError([Problem(file=file, expected=expected, hint=hint)])
