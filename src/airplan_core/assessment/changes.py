"""For each fact, the least change of it alone that turns an outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from airplan_core.engines.scalar import decide
from airplan_core.model import outcome as verdict
from airplan_core.model.duty import Duty
from airplan_core.model.fields import Measured
from airplan_core.model.metric import Leaf, Metric, leaves
from airplan_core.model.outcome import SHORT, Outcome
from airplan_core.quantities.dates import NEVER, NEVER_AT
from airplan_core.readers import boundaries as turning
from airplan_core.readers.boundaries import changed
from airplan_core.readers.scalar import Row

#: Outcomes that ask nothing more of the subject.
SETTLED = Outcome.COMPLIANT | Outcome.LATE | Outcome.EXEMPT | Outcome.NOT_APPLICABLE


@attrs.frozen(kw_only=True)
class Turn:
    """One fact that, changed alone, turns the outcome."""

    fact: Leaf
    before: Any
    after: Any
    outcome: str


def turns(duty: Duty, row: Row, as_of: dt.date) -> Iterator[Turn]:
    """For each fact, the least change of it alone that turns the outcome.

    A subject that falls short or is pending is shown what settles it; one that is settled, what
    would make it fall short; an undecided one, what each missing fact would decide. Facts of the
    requirement come first.
    """
    now = decide(duty, row, as_of)
    first = set(leaves(duty.requires))
    candidates = turning.boundaries(duty, as_of, row)
    for leaf in sorted(candidates, key=lambda leaf: leaf not in first):
        if isinstance(leaf, Metric) and leaf.day is not None:
            continue  # what a metric was by a day that has passed can no longer be changed
        before = _held(leaf, row)
        found: dict[str, tuple[Any, Any]] = {}
        for place, after in enumerate(candidates[leaf]):
            if _impossible(leaf, after):
                continue
            possible = decide(duty, changed(row, leaf, after), as_of)
            if after == before or not _settles(now, possible):
                continue
            far, name = (_distance(before, after), place), verdict.outcome_name(possible)
            if name not in found or far < found[name][0]:
                found[name] = (far, after)
        nearest = sorted(found.items(), key=lambda item: item[1][0])
        for outcome, (_, after) in nearest if now.bit_count() > 1 else nearest[:1]:
            yield Turn(fact=leaf, before=before, after=after, outcome=outcome)


def _impossible(leaf: Leaf, value: Any) -> bool:
    """Whether no subject can have the value."""
    if not isinstance(leaf, Measured) or value is None:
        return False
    low, high = leaf.bounds
    return (low is not None and value < low) or (high is not None and value > high)


def _settles(now: int, then: int) -> bool:
    if now.bit_count() > 1:
        return then.bit_count() == 1
    return not then & ~SHORT if not now & ~SETTLED else not then & ~SETTLED


def _held(leaf: Leaf, row: Row) -> Any:
    if isinstance(leaf, Metric):
        return tuple(row.get(end) for end in leaf.ends)
    return row.get(leaf.name)


#: What has not happened is farther than what has.
_NEVERS = (NEVER, NEVER_AT)


def _distance(before: Any, after: Any) -> tuple[int, Decimal]:
    """How far a value is from another; a definite one is nearer than none or an interval."""
    match before, after:
        case (Decimal() as low, _), (new, high):
            return (int(new != high), abs(new - low))
        case _, (new, high):
            return (int(new != high), Decimal(0))
        case dt.date(), dt.date():
            return (int(after in _NEVERS), Decimal(abs((after - before).total_seconds())))
        case bool(), _:
            return (0, Decimal(0))
        case Decimal() | int(), Decimal() | int():
            return (0, abs(Decimal(after) - before))
    return (int(after in _NEVERS), Decimal(0))
