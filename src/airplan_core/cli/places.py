"""Where a result may be written, and in which format: never onto what it was made of."""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection, Mapping
from pathlib import Path

#: The endings of files that ledgers are kept in.
_LEDGERS = (
    ".csv", ".tsv", ".txt", ".json", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods", ".et",
)  # fmt: skip


def format_of(
    arguments: argparse.Namespace, endings: Mapping[str, str], default: str = "text"
) -> str:
    """The format that --format names, or the ending of --out.

    Args:
        arguments: of the command.
        endings: which format each ending is of.
        default: where neither says anything.

    Raises:
        AirplanError: they contradict each other, or the ending is of another kind of file.
    """
    from airplan_core.errors import AirplanError

    wanted: str | None = arguments.format
    if arguments.out is None or wanted == "outcomes":
        return wanted or default
    if not arguments.out:
        raise AirplanError("--out is blank; name a file", "--out 是空的；写文件名")
    ending = os.path.splitext(arguments.out)[1].lower()
    meant = endings.get(ending)
    if wanted is None:
        if meant is None and ending in (*_LEDGERS, ".html", ".pdf", ".docx", ".svg", ".png"):
            listed = ", ".join(endings)
            raise AirplanError(
                f"{arguments.out}: this is not written as {ending}; choose one of {listed}",
                f"{arguments.out}：不能写成 {ending}；可用的有 {listed}",
            )
        return meant or default
    if meant not in (None, wanted):
        raise AirplanError(
            f"--out {arguments.out} is {meant}, --format is {wanted}; leave out one of them",
            f"--out {arguments.out} 的后缀是 {meant}，--format 却是 {wanted}；去掉其中一个",
        )
    return wanted


def guard(
    out: str | None,
    folder: str | None = None,
    read: Collection[str | None] = (),
    ledgers: Collection[str] = (),
) -> None:
    """See that a result is not written over what it is made of.

    Args:
        out: where it is to be written.
        folder: the ledgers' folder; what airplan itself wrote there may be written again.
        read: what else is read: the county's configuration, a database's file.
        ledgers: every name that a ledger's file may have.

    Raises:
        AirplanError: it would be, or the next run would read it as a ledger.
    """
    if out is None:
        return
    from airplan_core.errors import AirplanError

    path = Path(os.path.realpath(out))
    if path.is_dir():
        raise AirplanError(
            f"{out} is a folder; name a file in it", f"{out} 是文件夹；写出其中的文件名"
        )
    if path.name.lower() == "airplan.toml":
        raise AirplanError(
            f"{out} is a county's configuration; name another file",
            f"{out} 是本县的配置文件；换一个文件名",
        )
    if any(one and path == Path(os.path.realpath(one)) for one in read):
        raise AirplanError(
            f"{out} is what is read; name another file", f"{out} 正是要读的文件；换一个文件名"
        )
    inside = folder is not None and Path(os.path.realpath(folder)) in path.parents
    ledger = path.suffix.lower() in _LEDGERS
    ours = path.is_file() and _is_report(path)
    if ledger and path.is_file() and inside and not ours:
        raise AirplanError(
            f"{out} is one of the ledgers' files; name another file",
            f"{out} 是台账文件夹里的文件；换一个文件名",
        )
    if ledger and (inside or path.is_file()) and _named(path, ledgers) and not ours:
        raise AirplanError(
            f"{out} is called as a ledger is; name another file",
            f"{out} 用的是台账的名称；换一个文件名",
        )


def _named(path: Path, ledgers: Collection[str]) -> bool:
    """Whether a file, or the folder it is in, is called as a ledger is, with whatever behind."""
    stems = (path.stem.strip().lower(), path.parent.name.strip().lower())
    return any(
        stem == name or (stem.startswith(name) and not stem[len(name)].isalnum())
        for stem in stems
        for name in ledgers
    )


def _is_report(path: Path) -> bool:
    from airplan_core.facts.reports import is_report

    return is_report(path)
