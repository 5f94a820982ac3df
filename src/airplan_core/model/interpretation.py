"""An interpretation: a question the plan leaves open, and a condition for each way to read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from airplan_core.errors import RuleError, nearest
from airplan_core.model.tree import Condition, Expr


def _items(readings: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(readings.items())


@attrs.frozen
class Interpretation:
    """A question the plan leaves open, its possible readings with reasons, and the one taken.

    `airplan.toml` may choose another reading; a rule holds all of them (`choose`). `between` has
    the sides, each one clause or several, that ask different things of one subject, where that is
    what the question is about.
    """

    id: str
    question: str
    readings: tuple[tuple[str, str], ...] = attrs.field(converter=_items)
    default: str
    concerns: str = ""
    between: tuple[tuple[str, ...], ...] = ()

    def __attrs_post_init__(self) -> None:
        names = [name for name, _ in self.readings]
        if self.default not in names:
            raise RuleError(
                f"interpretation {self.id!r} takes {self.default!r}; {nearest(self.default, names)}"
            )

    def choose(self, **branches: Condition) -> Condition:
        """A condition that means one thing or another, by the reading taken.

        Raises:
            RuleError: a reading has no branch, or a branch no reading.
        """
        names = {name for name, _ in self.readings}
        for name in sorted(names ^ set(branches)):
            raise RuleError(
                f"interpretation {self.id!r}: the reading {name!r} "
                + ("has no condition" if name in names else f"is unknown; {nearest(name, names)}")
            )
        return Choice(self, tuple(sorted(branches.items())))


@attrs.frozen
class Choice(Condition):
    """One condition for each reading of an open question; a duty holds only the one taken."""

    interpretation: Interpretation
    branches: tuple[tuple[str, Condition], ...]

    def children(self) -> tuple[Expr, ...]:
        return tuple(branch for _, branch in self.branches)

    def rebuilt(self, children: Iterable[Any]) -> Choice:
        names = (name for name, _ in self.branches)
        return Choice(self.interpretation, tuple(zip(names, children, strict=True)))

    def taken(self, choices: Mapping[str, str]) -> Condition:
        """The condition of the reading that `choices` (interpretation id → reading) takes."""
        reading = choices.get(self.interpretation.id, self.interpretation.default)
        return dict(self.branches)[reading]
