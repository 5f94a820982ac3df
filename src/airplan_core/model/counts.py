"""What counts something is a whole number: no truth value, no 2.0 or "2", none below nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from airplan_core.errors import RuleError

#: No sentence says more years, and of nothing else that a span is of more than this.
MAX_YEARS, MAX_SPAN = 100, 36_600


def whole(given: Any, written: str, *, least: int = 0, most: int | None = None) -> int:
    """The number itself, where it is one from `least` to `most`.

    Raises:
        RuleError: it is none; it says how it is `written`.
    """
    if type(given) is not int or given < least or (most is not None and given > most):
        reach = f"{least} or more" if most is None else f"{least} to {most}"
        raise RuleError(f"a whole number is meant, {reach}, written {written}; read {given!r}")
    return given


def counting(written: str, *, least: int = 0, most: int | None = None) -> Callable[..., None]:
    """A validator: a whole number from `least` to `most`, where one is given."""

    def check(record: Any, field: Any, given: Any) -> None:
        if given is not None or field.default is not None:
            try:
                whole(given, written, least=least, most=most)
            except RuleError as error:
                name = getattr(record, "id", None) or getattr(record, "zh", None) or ""
                where = f"{type(record).__name__} {name!r}".removesuffix(" ''")
                raise RuleError(f"{where}: {field.name}: {error}") from None

    return check
