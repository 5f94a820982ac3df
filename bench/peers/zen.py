"""The twenty rules as one decision of GoRules' zen-engine: an expression node of twenty lines."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl
import zen

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

NAME = "zen-engine"
PACKAGE = "zen-engine"
CANNOT = (
    "Neither three values nor outcomes: each is an arm of a ternary that asks for null first "
    "(comparing null is an error, and `null in […]` is false); dates are given as day numbers."
)
MOST = 10_000

KEYS = tuple(f"rule_{number:02}" for number in range(1, 21))

Record = dict[str, Any]


def day(date: dt.date) -> int:
    return date.toordinal()


def among(name: str, *values: str) -> str:
    return f"{name} in [{', '.join(repr(value) for value in values)}]"


def staged_limit(v: int) -> str:
    field = list(LIMITS)[v]
    return (
        "industry == null ? 'UNKNOWN'"
        f" : not ({among('industry', *INDUSTRIES[v : v + 3])}) ? 'NOT_APPLICABLE'"
        f" : {field} == null ? 'UNKNOWN'"
        f" : {field} <= {LIMITS[field][v]} ? 'COMPLIANT' : 'VIOLATION'"
    )


def closed_lists(v: int) -> str:
    return (
        f"industry != null and not ({among('industry', *INDUSTRIES[v + 1 : v + 3])})"
        " ? 'NOT_APPLICABLE'"
        f" : capacity != null and capacity <= {10_000 * (v + 1)} ? 'NOT_APPLICABLE'"
        " : industry == null or capacity == null or fuel == null ? 'UNKNOWN'"
        f" : {among('fuel', FUELS[v], FUELS[(v + 3) % 4])} ? 'COMPLIANT' : 'VIOLATION'"
    )


def dated(v: int) -> str:
    return (
        "capacity == null ? 'UNKNOWN'"
        f" : capacity < {20_000 * (v + 1)} ? 'NOT_APPLICABLE'"
        f" : {EVENTS[v]} == null ? 'UNKNOWN'"
        f" : {EVENTS[v]} <= {day(STAGES[v])} ? 'COMPLIANT'"
        f" : {EVENTS[v]} <= {day(AS_OF)} ? 'LATE' : 'VIOLATION'"
    )


def six_flags(v: int) -> str:
    flags = FLAGS[v : v + 6]
    return (
        f"{' or '.join(f'{name} == false' for name in flags)} ? 'VIOLATION'"
        f" : {' or '.join(f'{name} == null' for name in flags)} ? 'UNKNOWN' : 'COMPLIANT'"
    )


def exemption(v: int) -> str:
    exempt, unknown = "standby == true", "standby == null"
    if v >= 2:
        exempt += f" or (exited_on != null and exited_on <= {day(AS_OF)})"
        unknown += " or exited_on == null"
    return (
        "industry == null ? 'UNKNOWN'"
        f" : not ({among('industry', *INDUSTRIES[: v + 4])}) ? 'NOT_APPLICABLE'"
        " : emitted != null and permitted != null and emitted <= permitted ? 'COMPLIANT'"
        f" : {exempt} ? 'EXEMPT'"
        f" : {unknown} or emitted == null or permitted == null ? 'UNKNOWN' : 'VIOLATION'"
    )


def decision() -> dict[str, Any]:
    """The decision: one node of twenty expressions."""
    lines = []
    for v in range(4):
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption):
            key = KEYS[len(lines)]
            lines.append({"id": key, "key": key, "value": shape(v)})
    return {
        "nodes": [
            {"id": "in", "name": "request", "type": "inputNode"},
            {
                "id": "rules",
                "name": "rules",
                "type": "expressionNode",
                "content": {"expressions": lines},
            },
            {"id": "out", "name": "response", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
            {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
        ],
    }


def engine() -> zen.ZenEngine:
    """An engine that holds the decision compiled, as its static loader keeps it."""
    return zen.ZenEngine({"loader": {"type": "static", "content": {"bench": decision()}}})


def fit(record: Record) -> Record:
    """The record with its dates as day numbers, for a context is JSON."""
    return {
        name: day(value) if isinstance(value, dt.date) else value for name, value in record.items()
    }


def prepare(rows: pl.DataFrame) -> tuple[zen.ZenEngine, list[Record]]:
    return engine(), [fit(record) for record in rows.iter_rows(named=True)]


def run(prepared: tuple[zen.ZenEngine, list[Record]]) -> dict[str, dict[str, int]]:
    decisions, records = prepared
    found: list[Counter[str]] = [Counter() for _ in KEYS]
    for record in records:
        result = decisions.evaluate("bench", record)["result"]
        for counter, key in zip(found, KEYS, strict=True):
            counter[result[key]] += 1
    return {
        f"bench.rule-{number:02}": dict(counter) for number, counter in enumerate(found, start=1)
    }


def one(record: Record) -> dict[str, Callable[[], Any]]:
    """The ways to evaluate a decision: only the first keeps it compiled."""
    context, content = fit(record), decision()
    static, asked = engine(), zen.ZenEngine({"loader": lambda key: content})
    created = zen.ZenEngine().create_decision(content)
    return {
        "zen-engine, static loader": lambda: static.evaluate("bench", context),
        "zen-engine, loader function": lambda: asked.evaluate("bench", context),
        "zen-engine, create_decision": lambda: created.evaluate(context),
    }
