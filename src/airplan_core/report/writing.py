"""A file is written whole or not at all: into one beside it, which then takes its name."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from airplan_core.errors import AirplanError

if TYPE_CHECKING:
    import polars as pl


@contextlib.contextmanager
def whole(path: str | Path) -> Iterator[BinaryIO]:
    """A file to write to, which is called `path` once the block has ended, and never before.

    What ends the block otherwise - an error, an interrupt, a full disk, a kill - leaves the file
    that was there. Its permissions stay; where `path` is a link, the file it leads to is replaced.
    What is no file, such as a pipe or `/dev/stdout`, is written to as it is.

    Raises:
        OSError: it cannot be written; `path` is named.
    """
    target = os.path.realpath(path)
    try:
        there = os.stat(target)
    except FileNotFoundError:
        there = None
    if there is not None and not stat.S_ISREG(there.st_mode):
        with naming(path), open(target, "wb") as file:  # a folder is told by the system
            yield file
        return
    if there is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(path))
    beside = os.path.join(os.path.dirname(target), f".airplan-{secrets.token_hex(8)}.part")
    try:
        with naming(path):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with open(os.open(beside, flags, 0o666), "wb") as file:
                yield file
                file.flush()
                if there is not None:
                    os.chmod(beside, stat.S_IMODE(there.st_mode))
                os.fsync(file.fileno())
            os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    _settle(os.path.dirname(target))


@contextlib.contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Whatever the system refuses in the block, it refuses of `path`: no name of ours is told."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from None


@contextlib.contextmanager
def whole_folder(path: str | Path) -> Iterator[str]:
    """A new folder to write into, which is called `path` once the block has ended: see `whole`.

    Raises:
        AirplanError: something is there already.
    """
    if "://" in str(path):
        yield str(path)  # elsewhere it is for the engine to write
        return
    target = Path(path)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise AirplanError(
            f"{path} is there already; name a new folder", f"{path} 已经存在；换一个新的文件夹"
        )
    beside = target.parent / f".airplan-{secrets.token_hex(8)}.part"
    try:
        with naming(path):
            target.parent.mkdir(parents=True, exist_ok=True)
            yield str(beside)
            with contextlib.suppress(FileNotFoundError):
                target.rmdir()
            beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _settle(folder: str) -> None:
    """See that the new name outlives a power cut, where the system can."""
    with contextlib.suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def write_bytes(path: str | Path, data: bytes) -> None:
    """Write a file whole: see `whole`."""
    with whole(path) as file:
        file.write(data)


def write_text(path: str | Path, text: str) -> None:
    """Write a file of text in UTF-8 whole, its line breaks as they are: see `whole`."""
    # half a character can stand in a Python text and in no file
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_parquet(path: str | Path, table: pl.DataFrame) -> None:
    """Write a table as Parquet whole: see `whole`."""
    # what the system refuses polars tells as a fault of the table; compressed it is small
    data = io.BytesIO()
    table.write_parquet(data)
    with whole(path) as file:
        file.write(data.getbuffer())
