"""What airplan itself wrote beside the ledgers is none of them."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

#: How the files begin that airplan writes: tables of verdicts, assessments, pages of text.
_BEGINS = (
    "对象,台账,结论,",
    "subject,ledger,outcome,",
    "rule,clause,campaign,",
    "县市,对象,台账,结论,",
    "county,subject,ledger,outcome,",
    "county,rule,clause,campaign,",
    "文件,工作表,行,列,读到,",
    "file,sheet,row,column,read,",
    '{\n "plan": ',
    '{\n "rule": ',
    '{\n "folder": ',
    '{\n "in_order": ',
    '{\n "as_of": ',
    '{\n "$schema": ',
)

#: The columns that say of a Parquet file that it holds verdicts.
_VERDICTS = {"duty", "outcome", "departments"}

#: How much of a file is looked at, and what its page says in the first lines.
_SOME, _DATED = 4096, re.compile(r"· (评估日期|as of) \d{4}-\d{2}-\d{2}")


def is_report(path: Path) -> bool:
    """Whether a file is a report of airplan's own, by how it begins."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".json", ".txt", ".parquet") or not path.is_file():
        # a pipe is not opened
        return False
    try:
        with path.open("rb") as file:
            if ending == ".parquet":
                return set(pl.read_parquet_schema(file)) >= _VERDICTS
            text = file.read(_SOME).decode("utf-8-sig", errors="ignore")
    except (OSError, pl.exceptions.PolarsError):
        return False
    lines = text.split("\n", 3)[:3]
    return text.startswith(_BEGINS) or any(_DATED.search(line) for line in lines)
