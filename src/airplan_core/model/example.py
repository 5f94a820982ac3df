"""An example: a subject by its facts, on a day of its own and under readings of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.tree import Expr
from airplan_core.quantities.dates import to_day

#: A subject for an example: field, or metric, to value, as a ledger would write it.
Values: TypeAlias = Mapping[Any, Any]


@attrs.frozen
class Example:
    """A subject that keeps a rule or breaks it.

    Attributes:
        facts: what differs from the subject that the rule speaks of.
        day: the day it is held against; None for the day after the last due date, or the plan's
            first day where nothing is due.
        readings: interpretation id → reading, where another one than by default is taken.
    """

    facts: Values = attrs.field(factory=dict, hash=False)
    day: dt.date | None = None
    readings: Mapping[str, str] = attrs.field(factory=dict, hash=False)

    def __attrs_post_init__(self) -> None:
        for key in self.facts:
            if not isinstance(key, Expr):
                raise RuleError(
                    f"an example is a subject by field or metric, not by {key!r}; its day is "
                    'written on("2025-10-01", {…}), its reading QUESTION.read_as("reading", {…})'
                )

    def but(self, other: Example) -> Example:
        """This subject, but for what the other says of it, of the day and of the readings."""
        return Example(
            facts={**self.facts, **other.facts},
            day=other.day or self.day,
            readings={**self.readings, **other.readings},
        )


def example(given: Example | Values) -> Example:
    """An example as it is, or one of a plain mapping."""
    if not isinstance(given, Example | Mapping):
        raise RuleError(f"an example is written {{Kiln.dust: '35 µg/m³'}}; read {given!r}")
    return given if isinstance(given, Example) else Example(given)


def on(day: str, given: Example | Values) -> Example:
    """The example on a day of its own."""
    return example(given).but(Example(day=to_day(day)))


def examples(given: Iterable[Example | Values]) -> tuple[Example, ...]:
    """Examples, each as a record."""
    if isinstance(given, Example | Mapping):
        raise RuleError(f"examples are a list, [{{…}}]; read one alone: {given!r}")
    return tuple(map(example, given))
