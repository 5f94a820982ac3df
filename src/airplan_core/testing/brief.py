"""A broken promise is told in ten lines at most: what is wrong, and the row that shows it."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from airplan_core.errors import AirplanError
from airplan_core.model.outcome import members

#: So many lines, of so many signs.
LINES, SIGNS = 10, 300


class BrokenError(pytest.fail.Exception, AssertionError):  # type: ignore[name-defined,misc]
    """A promise that is broken: pytest prints what it says, and not how it was found out."""

    def __init__(self, told: str) -> None:
        super().__init__(told, pytrace=False)  # type: ignore[call-arg]


def briefly(promise: Callable[..., None]) -> Callable[..., None]:
    """The promise, its failures told in a few lines; what is no failure of it stays as it is."""

    @functools.wraps(promise)
    def held(*args: Any, **kwargs: Any) -> None:
        try:
            promise(*args, **kwargs)
        except (AssertionError, AirplanError) as error:
            lines = [_short(line) for line in _told(error)]
            more = [f"… and {len(lines) - LINES + 1} more lines"] if len(lines) > LINES else []
            raise BrokenError("\n".join(lines[: LINES - len(more)] + more)) from None

    return held


def outcomes(possible: int) -> str:
    """The outcomes that are possible, by name."""
    return " or ".join(members(possible))


def facts(row: Mapping[Any, Any]) -> str:
    """A row by the names of its columns, or an example by its fields."""
    said = {key if isinstance(key, str) else key.title: value for key, value in row.items()}
    shown = (f"{key}: {'unknown' if value is None else value}" for key, value in said.items())
    return "{" + ", ".join(shown) + "}"


def _told(error: Exception) -> Iterator[str]:
    """What an error says, then the values that were drawn."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    yield from str(error).splitlines() or [f"{last.line}"]
    for note in getattr(error, "__notes__", ()):
        yield from (line for line in note.splitlines() if line.startswith("Draw "))


def _short(line: str) -> str:
    return line if len(line) <= SIGNS else f"{line[: SIGNS - 1]}…"
