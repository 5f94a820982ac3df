"""The twenty rules as Python functions over attrs objects that hold pint quantities."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import attrs
import pint
import polars as pl

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

NAME = "attrs + pint"
PACKAGE = "pint"
CANNOT = "No rules of its own: they are functions, and None is asked for before each comparison."
MOST = 10_000

RULES = tuple(f"bench.rule-{number:02}" for number in range(1, 21))

UNITS = pint.UnitRegistry()
Q = UNITS.Quantity
MG = UNITS.Unit("mg/m**3")
TONNES = UNITS.Unit("tonne/year")


@attrs.define
class Works:
    """A works, None where a fact is missing."""

    id: str
    industry: str | None
    fuel: str | None
    dust: pint.Quantity | None
    so2: pint.Quantity | None
    nox: pint.Quantity | None
    voc: pint.Quantity | None
    capacity: pint.Quantity | None
    emitted: pint.Quantity | None
    permitted: pint.Quantity | None
    retrofitted_on: dt.date | None
    permitted_on: dt.date | None
    checked_on: dt.date | None
    exited_on: dt.date | None
    flag_1: bool | None
    flag_2: bool | None
    flag_3: bool | None
    flag_4: bool | None
    flag_5: bool | None
    flag_6: bool | None
    flag_7: bool | None
    flag_8: bool | None
    flag_9: bool | None
    standby: bool | None


Judge = Callable[[Works], str]


def staged_limit(v: int) -> Judge:
    field = list(LIMITS)[v]
    trio, read, limit = INDUSTRIES[v : v + 3], attrgetter(field), Q(LIMITS[field][v], MG)

    def judge(works: Works) -> str:
        if works.industry is None:
            return "UNKNOWN"
        if works.industry not in trio:
            return "NOT_APPLICABLE"
        value = read(works)
        if value is None:
            return "UNKNOWN"
        return "COMPLIANT" if value <= limit else "VIOLATION"

    return judge


def closed_lists(v: int) -> Judge:
    pair, limit = INDUSTRIES[v + 1 : v + 3], Q(10_000 * (v + 1), TONNES)
    fuels = (FUELS[v], FUELS[(v + 3) % 4])

    def judge(works: Works) -> str:
        if works.industry is not None and works.industry not in pair:
            return "NOT_APPLICABLE"
        if works.capacity is not None and works.capacity <= limit:
            return "NOT_APPLICABLE"
        if works.industry is None or works.capacity is None or works.fuel is None:
            return "UNKNOWN"
        return "COMPLIANT" if works.fuel in fuels else "VIOLATION"

    return judge


def dated(v: int) -> Judge:
    limit, read, due = Q(20_000 * (v + 1), TONNES), attrgetter(EVENTS[v]), STAGES[v]

    def judge(works: Works) -> str:
        if works.capacity is None:
            return "UNKNOWN"
        if works.capacity < limit:
            return "NOT_APPLICABLE"
        day = read(works)
        if day is None:
            return "UNKNOWN"
        if day <= due:
            return "COMPLIANT"
        return "LATE" if day <= AS_OF else "VIOLATION"

    return judge


def six_flags(v: int) -> Judge:
    read = attrgetter(*FLAGS[v : v + 6])

    def judge(works: Works) -> str:
        flags = read(works)
        if False in flags:
            return "VIOLATION"
        return "UNKNOWN" if None in flags else "COMPLIANT"

    return judge


def on_standby(works: Works) -> bool | None:
    return works.standby


def on_standby_or_gone(works: Works) -> bool | None:
    if works.standby:
        return True
    if works.exited_on is None:
        return None
    return True if works.exited_on <= AS_OF else works.standby


def exemption(v: int) -> Judge:
    bound, exempts = INDUSTRIES[: v + 4], on_standby if v < 2 else on_standby_or_gone

    def judge(works: Works) -> str:
        if works.industry is None:
            return "UNKNOWN"
        if works.industry not in bound:
            return "NOT_APPLICABLE"
        known = works.emitted is not None and works.permitted is not None
        if known and works.emitted <= works.permitted:
            return "COMPLIANT"
        exempt = exempts(works)
        if exempt:
            return "EXEMPT"
        return "UNKNOWN" if exempt is None or not known else "VIOLATION"

    return judge


def rules() -> list[Judge]:
    return [
        shape(v)
        for v in range(4)
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption)
    ]


def works_of(record: dict[str, Any]) -> Works:
    """The record as an object, its numbers as quantities."""
    units = dict.fromkeys(LIMITS, MG) | dict.fromkeys(("capacity", "emitted", "permitted"), TONNES)
    return Works(
        **{
            name: Q(value, units[name]) if name in units and value is not None else value
            for name, value in record.items()
        }
    )


def prepare(rows: pl.DataFrame) -> tuple[list[Judge], list[Works]]:
    return rules(), [works_of(record) for record in rows.iter_rows(named=True)]


def run(prepared: tuple[list[Judge], list[Works]]) -> dict[str, dict[str, int]]:
    judges, every = prepared
    return {
        rule: dict(Counter(map(judge, every))) for rule, judge in zip(RULES, judges, strict=True)
    }


def one(record: dict[str, Any]) -> Callable[[], list[str]]:
    judges, works = rules(), works_of(record)
    return lambda: [judge(works) for judge in judges]
