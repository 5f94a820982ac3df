"""Where what is said goes: a page or a file whole, a problem as lines of the error stream."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, TextIO

from airplan_core.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from airplan_core.errors import Problem

#: As many lines of problems are told before it is said how many more there are.
LINES = 30


def put(out: str | None, text: str) -> None:
    """Print a text, or write a file of it.

    Raises:
        AirplanError: it cannot be printed.
        OSError: the file cannot be written.
    """
    if out is None:
        _print(text)
    else:
        from airplan_core.report.writing import write_text

        write_text(out, text)


def _print(text: str) -> None:
    from airplan_core.errors import AirplanError, why

    stream = sys.stdout
    if stream is None:
        raise AirplanError(
            "standard output is closed, so nothing can be printed; name a file: --out FILE",
            "标准输出已关闭，无法显示；用 --out 写到文件",
        )
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        silence(stream)  # the reader has seen enough
    except OSError as error:
        silence(stream)
        said = why(error)
        raise AirplanError(f"standard output: {said}", f"标准输出：{said.zh}") from None


def silence(stream: TextIO | None) -> None:
    """Give what is still buffered for a stream that fails nowhere to go, so that it ends well."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]
        os.close(nowhere)


def tell(line: str) -> None:
    """A line of the error stream; without one it is told to nobody."""
    if sys.stderr is None:
        return
    try:
        print(f"airplan: {visible(line)}", file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def tell_error(error: BaseException, lang: str, *, every: bool = False) -> None:
    """What a user can mend, a line for each thing that is wrong."""
    from airplan_core.errors import FactsError, why

    if isinstance(error, FactsError):
        tell_problems(error.problems, lang, every=every)
        return
    for line in why(error).text(lang).splitlines():
        tell(line)


def tell_problems(
    problems: Iterable[Problem], lang: str, *, every: bool = False, limit: int = LINES, of: str = ""
) -> None:
    """A line for each kind of problem, or for every one; beyond `limit` it is said how many."""
    from airplan_core.readers.words import word
    from airplan_core.report.problems import problem_lines

    lines = list(problem_lines(problems, lang, every=every))
    shown = lines if every else lines[:limit]
    for line in shown:
        tell(of + line)
    if len(lines) > len(shown):
        tell(of + word("more", lang, len(lines) - len(shown)))
