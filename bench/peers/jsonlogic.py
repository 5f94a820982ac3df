"""The twenty rules as twenty JsonLogic documents, each one chain of `if`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl
from json_logic import jsonLogic

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

NAME = "json-logic"
PACKAGE = "panzi-json-logic"
CANNOT = (
    "Null is false, or 0 in a comparison: every outcome is an arm of an `if` that asks for null "
    "first; there are no dates, so they are given as ISO strings, which compare in order."
)
MOST = 1_000

RULES = tuple(f"bench.rule-{number:02}" for number in range(1, 21))

Record = dict[str, Any]
Logic = dict[str, Any]


def var(name: str) -> Logic:
    return {"var": name}


def null(name: str) -> Logic:
    return {"===": [var(name), None]}


def known(name: str) -> Logic:
    return {"!==": [var(name), None]}


def among(name: str, *values: str) -> Logic:
    return {"in": [var(name), list(values)]}


def staged_limit(v: int) -> Logic:
    field = list(LIMITS)[v]
    return {
        "if": [
            null("industry"), "UNKNOWN",
            {"!": [among("industry", *INDUSTRIES[v : v + 3])]}, "NOT_APPLICABLE",
            null(field), "UNKNOWN",
            {"<=": [var(field), LIMITS[field][v]]}, "COMPLIANT",
            "VIOLATION",
        ]
    }  # fmt: skip


def closed_lists(v: int) -> Logic:
    known_other = {"!": [among("industry", *INDUSTRIES[v + 1 : v + 3])]}
    return {
        "if": [
            {"and": [known("industry"), known_other]}, "NOT_APPLICABLE",
            {"and": [known("capacity"), {"<=": [var("capacity"), 10_000 * (v + 1)]}]},
            "NOT_APPLICABLE",
            {"or": [null("industry"), null("capacity"), null("fuel")]}, "UNKNOWN",
            among("fuel", FUELS[v], FUELS[(v + 3) % 4]), "COMPLIANT",
            "VIOLATION",
        ]
    }  # fmt: skip


def dated(v: int) -> Logic:
    return {
        "if": [
            null("capacity"), "UNKNOWN",
            {"<": [var("capacity"), 20_000 * (v + 1)]}, "NOT_APPLICABLE",
            null(EVENTS[v]), "UNKNOWN",
            {"<=": [var(EVENTS[v]), STAGES[v].isoformat()]}, "COMPLIANT",
            {"<=": [var(EVENTS[v]), AS_OF.isoformat()]}, "LATE",
            "VIOLATION",
        ]
    }  # fmt: skip


def six_flags(v: int) -> Logic:
    flags = FLAGS[v : v + 6]
    return {
        "if": [
            {"and": [var(name) for name in flags]}, "COMPLIANT",
            {"or": [{"===": [var(name), False]} for name in flags]}, "VIOLATION",
            "UNKNOWN",
        ]
    }  # fmt: skip


def exemption(v: int) -> Logic:
    exempt, open_ = [var("standby")], [null("standby")]
    if v >= 2:
        gone = {"<=": [var("exited_on"), AS_OF.isoformat()]}
        exempt.append({"and": [known("exited_on"), gone]})
        open_.append(null("exited_on"))
    within = {"<=": [var("emitted"), var("permitted")]}
    return {
        "if": [
            null("industry"), "UNKNOWN",
            {"!": [among("industry", *INDUSTRIES[: v + 4])]}, "NOT_APPLICABLE",
            {"and": [known("emitted"), known("permitted"), within]}, "COMPLIANT",
            {"or": exempt}, "EXEMPT",
            {"or": [*open_, null("emitted"), null("permitted")]}, "UNKNOWN",
            "VIOLATION",
        ]
    }  # fmt: skip


def rules() -> list[Logic]:
    """The twenty documents; the engine takes the list of them as one."""
    return [
        shape(v)
        for v in range(4)
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption)
    ]


def fit(record: Record) -> Record:
    """The record as JSON has it."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in record.items()
    }


def prepare(rows: pl.DataFrame) -> tuple[list[Logic], list[Record]]:
    return rules(), [fit(record) for record in rows.iter_rows(named=True)]


def run(prepared: tuple[list[Logic], list[Record]]) -> dict[str, dict[str, int]]:
    every, records = prepared
    by_rule = zip(*(jsonLogic(every, record) for record in records), strict=True)
    return {rule: dict(Counter(found)) for rule, found in zip(RULES, by_rule, strict=True)}


def one(record: Record) -> Callable[[], Any]:
    every, facts = rules(), fit(record)
    return lambda: jsonLogic(every, facts)
