"""The tables in a file, whatever its format."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.facts.formats import delimited, parquet, records, workbook
from airplan_core.facts.grid import Table

#: The reader of each ending.
READERS = {
    ".csv": delimited.tables,
    ".tsv": delimited.tables,
    ".txt": delimited.tables,
    ".xlsx": workbook.tables,
    ".xlsm": workbook.tables,
    ".xls": workbook.tables,
    ".ods": workbook.tables,
    ".xlsb": workbook.tables,
    ".et": workbook.tables,
    ".wps": workbook.tables,
    ".parquet": parquet.tables,
    ".json": records.tables,
}

FORMATS = tuple(READERS)

_CLOSED = {
    errno.EACCES: Said(
        "可读的文件；现在没有读取权限", "a file that may be read; it may not by this user"
    ),
    errno.ELOOP: Said("文件；这个链接绕回了自己", "a file; this link leads back to itself"),
    errno.ENOENT: Said(
        "存在的文件；这个链接指向的不存在", "a file; what this link names is not there"
    ),
}


def tables(path: Path, file: str) -> list[Table]:
    """The tables in a file: one, or one for each visible sheet of a workbook.

    Args:
        path: where it is.
        file: what it is called where problems are told.

    Raises:
        FactsError: the file cannot be read as what its ending says; also while the rows of a
            table are iterated over.
    """
    check(path, file)
    return READERS[path.suffix.lower()](path, file)


def check(path: Path, file: str) -> None:
    """A file is one that is there and holds something; nothing else is opened, which might wait.

    Raises:
        FactsError: it is a folder, a pipe, a device, empty, or may not be read.
    """
    try:
        about = path.stat()
        if stat.S_ISREG(about.st_mode):
            path.open("rb").close()
    except OSError as error:
        expected = _CLOSED.get(error.errno or 0) or Said(
            f"可读的文件（{error.strerror}）", f"a file that may be read ({error.strerror})"
        )
        raise FactsError([Problem(file=file, expected=expected)]) from None
    if stat.S_ISDIR(about.st_mode):
        expected = Said("文件，不是文件夹", "a file, not a folder")
    elif not stat.S_ISREG(about.st_mode):
        expected = Said("普通文件，不是管道或设备", "a plain file, no pipe and no device")
    elif not about.st_size:
        expected = Said("第 1 行是表头；这个文件是空的", "a header in row 1; this file is empty")
    else:
        return
    raise FactsError([Problem(file=file, expected=expected)])
