"""JSON: a list of records becomes a table under a row of their keys."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.grid import Grid, Table, gridded

_SURROGATE = re.compile("[\ud800-\udfff]")


@attrs.frozen
class _NoValue:
    """What stands where JSON has no value: NaN, Infinity."""

    written: str


class _Object(dict[str, Any]):
    """An object, and the keys that stand in it more than once."""

    twice: tuple[str, ...] = ()


def tables(path: Path, file: str) -> list[Table]:
    """The one table of a list of records, or of an object with such a list under one name."""
    return [Table(file=file, grids=_grids(path, file), headed=True)]


def _grids(path: Path, file: str) -> Iterator[Grid]:
    given = _loaded(path, file)
    if isinstance(given, Mapping) and len(given) == 1:
        given = next(iter(given.values()))
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        expected = Said("记录的列表：[{…}, {…}]", "a list of records: [{…}, {…}]")
        raise FactsError([Problem(file=file, expected=expected)])
    header = list(dict.fromkeys(key for row in given for key in row)) or ["id"]
    problems = list(_problems(given, file))
    if problems:
        raise FactsError(problems)
    lines = ([_text(row.get(key)) for key in header] for row in given)
    # records have no header row: the first record is row 1
    yield from gridded([header], first=0)
    yield from gridded(lines, first=1, width=len(header))


def _loaded(path: Path, file: str) -> Any:
    """What the file holds; numbers as they are written."""
    expected = Said("UTF-8 编码的 JSON", "JSON in UTF-8")
    try:
        return json.loads(
            path.read_text(encoding="utf-8-sig"),
            parse_float=str,
            # a number of thousands of digits is no number to Python, either
            parse_int=str,
            parse_constant=_NoValue,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        read = f"{error.doc[error.pos : error.pos + 20]}"
        expected = Said(
            f"{expected.zh}；第 {error.lineno} 行第 {error.colno} 个字符处不是",
            f"{expected}; at line {error.lineno}, character {error.colno}: {error.msg}",
        )
    except UnicodeDecodeError as error:
        read = f"byte {error.start + 1}"
    except RecursionError:
        read = "[[[…"
        expected = Said(
            "记录的列表；这里层层嵌套，太深", "a list of records; this is nested too deep"
        )
    raise FactsError([Problem(file=file, read=read, expected=expected)]) from None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        found.twice = tuple(key for key, count in times.items() if count > 1)
    return found


def _problems(rows: list[Mapping[str, Any]], file: str) -> Iterator[Problem]:
    """What is no value of a record, with its place; of a column that is so throughout, once."""
    nested: set[str] = set()
    for number, row in enumerate(rows, 1):
        for key in getattr(row, "twice", ()):
            expected = Said("一条记录里每个键只有一次", "each key once in a record")
            yield Problem(file=file, row=number, column=_visible(key), expected=expected)
        for key, value in row.items():
            read: str | None = None
            if isinstance(value, _NoValue):
                read = value.written
                expected = Said("数；不知道的写 null", "a number, or null where it is not known")
            elif isinstance(value, (list, Mapping)) and key not in nested:
                nested.add(key)
                expected = Said("普通的值，不是列表或结构", "plain values, not lists or objects")
                read = "[…]" if isinstance(value, list) else "{…}"
            elif _SURROGATE.search(key) or (isinstance(value, str) and _SURROGATE.search(value)):
                read = _visible(value) if isinstance(value, str) else ""
                expected = Said(
                    "完整的字符；这里是半个（\\ud800 之类）",
                    "whole characters; this is half of one",
                )
            if read is not None:
                yield Problem(
                    file=file, row=number, column=_visible(key), read=read[:80], expected=expected
                )


def _visible(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
