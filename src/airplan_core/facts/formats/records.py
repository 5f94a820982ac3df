"""JSON: a list of records becomes a table under a row of their keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table, gridded


def tables(path: Path, file: str) -> list[Table]:
    """The one table of a list of records, or of an object with such a list under one name."""
    return [Table(file=file, grids=_grids(path, file), headed=True)]


def _grids(path: Path, file: str) -> Iterator[Grid]:
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        expected = Said("UTF-8 编码的 JSON", "JSON in UTF-8")
        problem = Problem(file=file, read=f"{error}"[:80], expected=expected)
        raise FactsError([problem]) from None
    if isinstance(given, Mapping) and len(given) == 1:
        given = next(iter(given.values()))
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        expected = Said("记录的列表：[{…}, {…}]", "a list of records: [{…}, {…}]")
        raise FactsError([Problem(file=file, expected=expected)])
    header = list(dict.fromkeys(key for row in given for key in row)) or ["id"]
    lines = ([_text(row.get(key)) for key in header] for row in given)
    # records have no header row: the first record is row 1
    yield from gridded([header], first=0)
    yield from gridded(lines, first=1, width=len(header))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
