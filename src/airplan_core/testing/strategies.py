"""hypothesis strategies: subjects around every place where a duty can turn, records, quantities."""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from airplan_core.model.dated import Event, Moment
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.fields import Counted, Flag, Measured, Stated
from airplan_core.model.metric import Metric
from airplan_core.model.unsaid import NOTHING
from airplan_core.quantities import units
from airplan_core.quantities.dates import NEVER, NEVER_AT
from airplan_core.readers.boundaries import boundaries


def quantities(unit: str, *, least: int = 0, most: int = 10**6) -> st.SearchStrategy[Decimal]:
    """Measured values in `unit`, with up to six decimals, that every column holds exactly."""
    units.parse_unit(unit)
    return st.decimals(least, most, places=units.MAX_DECIMALS, allow_nan=False)


def values(leaf: Any, near: list[Any]) -> st.SearchStrategy[Any]:
    """Values of a field: around where a duty turns, or any; None is unknown."""
    other: st.SearchStrategy[Any]
    match leaf:
        case Metric():
            ends = st.tuples(quantities(leaf.measure), quantities(leaf.measure)).map(sorted)
            other = ends.map(tuple) | quantities(leaf.measure).map(lambda low: (low, None))
            return st.sampled_from(near) | other if near else other
        case Measured():
            most = 10**6 if leaf.ceiling is None else int(units.Quantity.of(leaf.ceiling).value)
            other = quantities(leaf.unit, most=most)
        case Moment():
            times = st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2027, 12, 31))
            other = times.map(lambda time: time.replace(second=0, microsecond=0))
            if leaf.minutes:
                other |= st.just(NEVER_AT)
            else:
                other = other.map(lambda time: time.replace(minute=0))
        case Counted():
            most = 5000 if leaf.ceiling is None else leaf.ceiling
            other = st.integers(leaf.floor, most)
        case Flag():
            other = st.booleans()
        case Event():
            days = st.dates(dt.date(2015, 1, 1), dt.date(2027, 12, 31))
            other = days | st.just(NEVER)
        case Stated():
            other = st.sampled_from(leaf.values)
        case _:
            other = st.sampled_from([NOTHING, "有"])
    return (st.sampled_from(near) if near else st.nothing()) | other | st.none()


@functools.cache
def rows(duty: Duty, as_of: dt.date) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a duty's subject, around every place where it can turn on `as_of`."""
    facts = {leaf: values(leaf, near) for leaf, near in boundaries(duty, as_of).items()}

    there = {metric.part("some"): st.sampled_from([True, False, None]) for metric in duty.arising}

    def row(exempt: bool, told: dict[str, bool | None], drawn: dict[Any, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {duty.granted: exempt, **told}
        for leaf, value in drawn.items():
            if isinstance(leaf, Metric):
                found |= zip(leaf.ends, value, strict=True)
            else:
                found[leaf.name] = value
        return found

    return st.builds(row, st.booleans(), st.fixed_dictionaries(there), st.fixed_dictionaries(facts))


def records(entity: type[Entity], **fixed: Any) -> st.SearchStrategy[Any]:
    """Records of a ledger, any field of which may be unknown."""
    fields = {
        name: st.just(fixed[name]) if name in fixed else values(column, [])
        for name, column in ledger_of(entity).columns.items()
    }
    ids = fixed.pop("id", None)
    given = st.just(ids) if ids is not None else st.text("abcdefgh", min_size=1, max_size=8)
    return st.builds(entity, id=given, **fields)
