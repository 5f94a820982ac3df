"""Duties decided for one subject at a time, by the scalar reader."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from typing import Any

from airplan_core.model import outcome as verdict
from airplan_core.model.duty import Duty
from airplan_core.model.outcome import index
from airplan_core.model.tree import Always, Condition, Expr
from airplan_core.readers import scalar
from airplan_core.readers.scalar import TRUTH, Row, Writer


def compiled(
    duties: Iterable[Duty], as_of: dt.date, *, exemptions: bool = True
) -> Callable[[Row], tuple[int, ...]]:
    """A function of a row that returns every duty's set of possible outcomes, in order.

    What several duties read or test is computed once, and what is the same for every row not at
    all. Granted exemptions are read from the column `exemption[RULE]` of a row that has any.
    """
    to = Writer(as_of)
    results = []
    for duty in duties:
        on = duty.grounds(as_of)
        exempt = None if on.exempt is None else to.condition(on.exempt)
        if exemptions:
            exempt = f"(True if {to.read(duty.granted)} else {exempt or False})"
        truths = {
            "applies": None if isinstance(on.applies, Always) else to.condition(on.applies),
            "exempt": exempt,
            "met": to.condition(on.met),
            "in_time": None if on.in_time is None else to.condition(on.in_time),
        }
        varying = {name: value for name, value in truths.items() if value is not None}
        outcomes = to.constant(_outcomes(duty, as_of, tuple(varying)))
        key = ", ".join(varying.values())
        results.append(f"{outcomes}[{key}]")
    return to.function(f"({', '.join(results)}{',' if results else ''})")


def _outcomes(duty: Duty, as_of: dt.date, varying: tuple[str, ...]) -> dict[Any, int]:
    """The duty's sets of outcomes by the truth values that vary, or by the one that does."""
    table, found = duty.outcomes(as_of), dict[Any, int]()
    for values in itertools.product(TRUTH, repeat=len(varying)):
        truths = {
            "applies": True, "exempt": False, "in_time": True,
            **dict(zip(varying, values, strict=True)),
        }  # fmt: skip
        codes = (truths["applies"], truths["exempt"], truths["met"], truths["in_time"])
        key = values if len(values) > 1 else values[0]
        found[key] = table[index(*(TRUTH[code] for code in codes))]
    return found


def decide(duty: Duty, row: Row, as_of: dt.date, *, exemptions: bool = True) -> int:
    """The set of outcomes possible for a row, by the scalar reader."""

    def truth(tree: Condition) -> int:
        return scalar.TRUTH[scalar.evaluate(tree, row, as_of)]

    on, exempt = duty.grounds(as_of), verdict.FALSE
    if exemptions:
        if row.get(duty.granted):
            exempt = verdict.TRUE
        elif on.exempt is not None:
            exempt = truth(on.exempt)
    in_time = verdict.TRUE if on.in_time is None else truth(on.in_time)
    return duty.outcomes(as_of)[index(truth(on.applies), exempt, truth(on.met), in_time)]


def missing(duty: Duty, row: Row, as_of: dt.date) -> tuple[Expr, ...]:
    """The facts that are unknown and could decide an undecided duty."""
    found = (
        leaf
        for asked in duty.asked(as_of)
        if all(scalar.evaluate(tree, row, as_of) is not value for tree, value in asked.unless)
        for leaf in scalar.missing(scalar.trace(asked.tree, row, as_of), row)
    )
    return tuple(dict.fromkeys(found))
