"""What airplan itself wrote beside the ledgers is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl

#: Columns that a table of verdicts has, or one of what is wrong, and no ledger.
_COLUMNS = (
    {"对象", "结论", "期限"},
    {"subject", "outcome", "due"},
    {"文件", "读到", "应为"},
    {"file", "read", "expected"},
)

#: How an object of JSON begins that airplan writes, and what its pages say in their first lines.
_OBJECT = re.compile(r'\s*\{\s*"(plan|folder|rule|as_of)":\s*["{]')
_PAGE = re.compile(r"· (评估日期|as of) \d{4}-\d{2}-\d{2}")

#: How much of a file is looked at.
_SOME = 4096


def is_report(path: Path) -> bool:
    """Whether a file is a report of airplan's own, by how it begins."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".json", ".txt", ".parquet") or not path.is_file():
        return False
    try:
        if ending == ".parquet":
            with path.open("rb") as file:
                return _of_verdicts(pl.read_parquet_schema(file))
        with path.open("rb") as file:
            text = file.read(_SOME).decode("utf-8-sig", errors="ignore")
    except (OSError, pl.exceptions.PolarsError):
        return False
    if ending == ".json":
        return bool(_OBJECT.match(text))
    lines = text.split("\n", 3)[:3]
    return _of_verdicts(lines[0].strip().split(",")) or any(map(_PAGE.search, lines))


def _of_verdicts(columns: Iterable[str]) -> bool:
    named = set(columns)
    return any(every <= named for every in _COLUMNS)
