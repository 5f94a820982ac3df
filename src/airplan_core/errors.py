"""Every error airplan raises: what was read, where, what was expected, what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import attrs


class AirplanError(Exception):
    """The base of every error airplan raises on purpose."""


class UnitError(AirplanError, ValueError):
    """A quantity that cannot be read, or whose dimension is not the one expected."""


class RuleError(AirplanError, ValueError):
    """A rule, entity, metric or clause that does not say one clear thing."""


class ConfigError(AirplanError, ValueError):
    """A mistake in `airplan.toml`."""


class PluginError(AirplanError):
    """A plugin that cannot be found, fails to load, or clashes with another one."""


class RulebookError(AirplanError, ValueError):
    """What the plugins yield does not hold together as a whole."""


@attrs.frozen(kw_only=True)
class Problem:
    """One thing wrong with the input, with its place.

    `row` counts as a spreadsheet does: the header is row 1. A problem of a whole file or
    column has no row.
    """

    file: str
    row: int | None = None
    column: str | None = None
    read: str | None = None
    expected: str
    hint: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column!r}"
        read = "" if self.read is None else f"read {self.read!r}, "
        hint = "" if self.hint is None else f"; {self.hint}"
        return f"{place}: {read}expected {self.expected}{hint}"


class FactsError(AirplanError, ValueError):
    """Ledgers that cannot be read as a whole; `problems` holds every one of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


#: More options than this are not compared one by one.
MANY = 5000


def nearest(name: str, options: Iterable[str]) -> str:
    """Say which of `options` is nearest to `name`, or list them when none is near.

    Returns a clause to end a sentence with, such as ``did you mean 'capacity'?``.
    """
    known = sorted(set(options))
    if len(known) > MANY:
        # of a large ledger's ids only those that begin or end alike are worth comparing
        known = [o for o in known if o[:2] == name[:2] or o[-2:] == name[-2:]][:MANY] or known[:1]
    lowered = {option.lower(): option for option in known}
    match = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.5)
    if match:
        return f"did you mean {lowered[match[0]]!r}?"
    if not known:
        return "there is none to choose from"
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"known: {shown}"
