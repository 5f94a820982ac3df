"""A field that holds several of a kind is a tuple of them; anything else is told how to be written.

A text alone would be taken for its letters, and a record alone for nothing.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable
from typing import Any

from airplan_core.errors import RuleError


def several(kind: type, written: str) -> Callable[[Any, Any, Any], None]:
    """A validator: a tuple of `kind`, as `written` shows.

    Raises:
        RuleError: the record, its field, what it was given and how to write it.
    """

    def check(record: Any, field: Any, given: Any) -> None:
        name = getattr(record, "id", None) or getattr(record, "zh", None) or ""
        all_of(kind, given, f"{type(record).__name__} {name!r}: {field.name}", written)

    return check


def all_of(kind: type, given: Any, where: str, written: str) -> None:
    """Check that several of a kind were given, in a tuple.

    Raises:
        RuleError: they were not.
    """
    if not isinstance(given, tuple) or not all(isinstance(one, kind) for one in given):
        raise RuleError(f"{where} is a tuple, written {written}; read {reprlib.repr(given)}")


def one_of(kind: type | tuple[type, ...], written: str) -> Callable[[Any, Any, Any], None]:
    """A validator: one of `kind`, as `written` shows.

    Raises:
        RuleError: the record, its field, what it was given and how to write it.
    """

    def check(record: Any, field: Any, given: Any) -> None:
        if not isinstance(given, kind):
            name = getattr(record, "id", None) or getattr(record, "name", None) or ""
            raise RuleError(
                f"{type(record).__name__} {name!r}: {field.name} is written {written}; read "
                f"{reprlib.repr(given)}"
            )

    return check
