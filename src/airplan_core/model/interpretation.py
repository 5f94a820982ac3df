"""An interpretation: a question the plan leaves open, and a condition for each way to read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from airplan_core.errors import RuleError, nearest
from airplan_core.model.entity import Followed
from airplan_core.model.example import Example, Values, example
from airplan_core.model.several import all_of, several
from airplan_core.model.tree import ALWAYS, Column, Condition, Expr


def _items(readings: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(readings.items())


def _field(through: Any) -> Any:
    """The field itself, of a reference that leads on to the row's fields: `Store.yard`."""
    return through.reference if isinstance(through, Followed) else through


@attrs.frozen
class Interpretation:
    """A question the plan leaves open, its possible readings with reasons, and the one taken.

    `airplan.toml` may choose another reading; a rule holds all of them (`choose`, `takes`).
    `between` has the sides, each one clause or several, that ask different things of one subject,
    where that is what the question is about. Where a side is about what the subjects of the other
    belong to, an industry and its enterprises, `through` is the field of these that names it.
    """

    id: str
    question: str
    readings: tuple[tuple[str, str], ...] = attrs.field(converter=_items)
    default: str
    concerns: str = ""
    between: tuple[tuple[str, ...], ...] = attrs.field(
        default=(), validator=several(tuple, '(("2.4.1-1",), ("2.4.2-3",))')
    )
    through: Column | None = attrs.field(default=None, converter=_field)

    def __attrs_post_init__(self) -> None:
        for side in self.between:
            all_of(str, side, f"interpretation {self.id!r}: a side of between", '("2.4.1-1",)')
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
        return self.each(branches)

    def each(self, branches: Mapping[str, Condition]) -> Condition:
        """The same of a mapping, where the branches are made: reading → condition."""
        names = {name for name, _ in self.readings}
        for name in sorted(names ^ set(branches)):
            self._check([name])
            raise RuleError(f"interpretation {self.id!r}: the reading {name!r} has no condition")
        return Choice(self, tuple(sorted(branches.items())))

    def takes(self, *readings: str) -> Condition:
        """True where one of these readings is taken, and false under every other.

        Joined with & or |, it lets the rest count under some readings only; no duty holds it.

        Raises:
            RuleError: a reading is unknown; the nearest is named.
        """
        self._check(readings)
        return self.each(
            {name: ALWAYS if name in readings else ~ALWAYS for name, _ in self.readings}
        )

    def read_as(self, reading: str, given: Example | Values) -> Example:
        """The example under a reading that is not the one taken by default.

        Raises:
            RuleError: the reading is unknown; the nearest is named.
        """
        self._check([reading])
        return example(given).but(Example(readings={self.id: reading}))

    def _check(self, readings: Iterable[str]) -> None:
        names = [name for name, _ in self.readings]
        for name in readings:
            if name not in names:
                raise RuleError(
                    f"interpretation {self.id!r}: the reading {name!r} is unknown; "
                    f"{nearest(name, names)}"
                )


@attrs.frozen(cache_hash=True)
class Choice(Condition):
    """One condition for each reading of an open question; a duty holds only the one taken."""

    interpretation: Interpretation
    branches: tuple[tuple[str, Condition], ...]

    def children(self) -> tuple[Expr, ...]:
        return tuple(branch for _, branch in self.branches)

    def rebuilt(self, children: Iterable[Any]) -> Choice:
        names = (name for name, _ in self.branches)
        return Choice(self.interpretation, tuple(zip(names, children, strict=True)))

    @property
    def only(self) -> tuple[str, ...]:
        """The readings under which it is true, where it says no more than that (`takes`)."""
        if any(branch not in (ALWAYS, ~ALWAYS) for _, branch in self.branches):
            return ()
        return tuple(name for name, branch in self.branches if branch == ALWAYS)

    def taken(self, choices: Mapping[str, str]) -> Condition:
        """The condition of the reading that `choices` (interpretation id → reading) takes."""
        reading = choices.get(self.interpretation.id, self.interpretation.default)
        return dict(self.branches)[reading]
