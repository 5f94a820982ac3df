"""The tables in a file, whatever its format."""

from __future__ import annotations

from pathlib import Path

from airplan_core.facts.formats import delimited, parquet, records, workbook
from airplan_core.facts.grid import Table

#: The reader of each ending.
READERS = {
    ".csv": delimited.tables,
    ".xlsx": workbook.tables,
    ".parquet": parquet.tables,
    ".json": records.tables,
}

FORMATS = tuple(READERS)


def tables(path: Path, file: str) -> list[Table]:
    """The tables in a file: one, or one for each visible sheet of a workbook.

    Args:
        path: where it is.
        file: what it is called where problems are told.

    Raises:
        FactsError: the file cannot be read as what its ending says; also while the rows of a
            table are iterated over.
    """
    return READERS[path.suffix.lower()](path, file)
