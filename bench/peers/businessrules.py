"""The twenty rules for business-rules: for each, a list of conditions of which the first acts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl
from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    string_rule_variable,
)

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

NAME = "business-rules"
PACKAGE = "business-rules"
CANNOT = (
    "Neither missing values, nor dates, nor one field against another, nor `not`: each field has a "
    "second variable saying whether it is known, dates are day numbers, what is permitted less "
    "what is emitted is a variable, and outcomes are six lists of conditions in order."
)
MOST = 1_000

RULES = tuple(f"bench.rule-{number:02}" for number in range(1, 21))

Record = dict[str, Any]
Tree = dict[str, Any]

NUMBERS = (*LIMITS, "capacity", *EVENTS)
BOOLEANS = (*FLAGS, "standby")


class Works(BaseVariables):  # type: ignore[misc]
    """What the conditions read of a record; the fields that are alike are added below."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @string_rule_variable()
    def industry(self) -> str | None:
        return self.record["industry"]

    @string_rule_variable()
    def fuel(self) -> str | None:
        return self.record["fuel"]

    @numeric_rule_variable()
    def headroom(self) -> float:
        return self.record["permitted"] - self.record["emitted"]

    @boolean_rule_variable()
    def headroom_known(self) -> bool:
        return self.record["permitted"] is not None and self.record["emitted"] is not None


def _value(name: str) -> Callable[[Works], Any]:
    return lambda works: works.record[name]


def _known(name: str) -> Callable[[Works], bool]:
    return lambda works: works.record[name] is not None


for _name in NUMBERS:
    setattr(Works, _name, numeric_rule_variable(_name)(_value(_name)))
for _name in BOOLEANS:
    setattr(Works, _name, boolean_rule_variable(_name)(_value(_name)))
for _name in (*NUMBERS, *BOOLEANS):
    setattr(Works, f"{_name}_known", boolean_rule_variable(_name)(_known(_name)))


class Verdict(BaseActions):  # type: ignore[misc]
    """What the rules do: say how the subject stands."""

    outcome = ""

    @rule_action(params={"outcome": FIELD_TEXT})
    def stand(self, outcome: str) -> None:
        self.outcome = outcome


def both(*conditions: Tree) -> Tree:
    return {"all": list(conditions)}


def either(*conditions: Tree) -> Tree:
    return {"any": list(conditions)}


def ask(name: str, operator: str, value: Any = None) -> Tree:
    return {"name": name, "operator": operator, "value": value}


def stated(name: str, *values: str) -> Tree:
    return either(*(ask(name, "equal_to", value) for value in values))


def known(name: str) -> Tree:
    return ask(f"{name}_known", "is_true")


def unknown(name: str) -> Tree:
    return ask(f"{name}_known", "is_false")


def yes(name: str) -> Tree:
    return both(known(name), ask(name, "is_true"))


def no(name: str) -> Tree:
    return both(known(name), ask(name, "is_false"))


def at_most(name: str, limit: float) -> Tree:
    return both(known(name), ask(name, "less_than_or_equal_to", limit))


def below(name: str, limit: float) -> Tree:
    return both(known(name), ask(name, "less_than", limit))


def at_least(name: str, limit: float) -> Tree:
    return both(known(name), ask(name, "greater_than_or_equal_to", limit))


def above(name: str, limit: float) -> Tree:
    return both(known(name), ask(name, "greater_than", limit))


def others(pool: tuple[str, ...], *values: str) -> tuple[str, ...]:
    return tuple(one for one in pool if one not in values)


def staged_limit(v: int) -> dict[str, Tree]:
    field = list(LIMITS)[v]
    trio = INDUSTRIES[v : v + 3]
    applies = stated("industry", *trio)
    return {
        "NOT_APPLICABLE": stated("industry", *others(INDUSTRIES, *trio)),
        "COMPLIANT": both(applies, at_most(field, LIMITS[field][v])),
        "VIOLATION": both(applies, above(field, LIMITS[field][v])),
    }


def closed_lists(v: int) -> dict[str, Tree]:
    pair, fuels = INDUSTRIES[v + 1 : v + 3], (FUELS[v], FUELS[(v + 3) % 4])
    applies = both(stated("industry", *pair), above("capacity", 10_000 * (v + 1)))
    return {
        "NOT_APPLICABLE": either(
            stated("industry", *others(INDUSTRIES, *pair)),
            at_most("capacity", 10_000 * (v + 1)),
        ),
        "COMPLIANT": both(applies, stated("fuel", *fuels)),
        "VIOLATION": both(applies, stated("fuel", *others(FUELS, *fuels))),
    }


def dated(v: int) -> dict[str, Tree]:
    applies = at_least("capacity", 20_000 * (v + 1))
    return {
        "NOT_APPLICABLE": below("capacity", 20_000 * (v + 1)),
        "COMPLIANT": both(applies, at_most(EVENTS[v], STAGES[v].toordinal())),
        "LATE": both(applies, at_most(EVENTS[v], AS_OF.toordinal())),
        "VIOLATION": both(applies, above(EVENTS[v], AS_OF.toordinal())),
    }


def six_flags(v: int) -> dict[str, Tree]:
    flags = FLAGS[v : v + 6]
    return {
        "COMPLIANT": both(*(yes(name) for name in flags)),
        "VIOLATION": either(*(no(name) for name in flags)),
    }


def exemption(v: int) -> dict[str, Tree]:
    bound = INDUSTRIES[: v + 4]
    applies = stated("industry", *bound)
    if v < 2:
        exempt, subject = yes("standby"), no("standby")
    else:
        exempt = either(yes("standby"), at_most("exited_on", AS_OF.toordinal()))
        subject = both(no("standby"), above("exited_on", AS_OF.toordinal()))
    return {
        "NOT_APPLICABLE": stated("industry", *others(INDUSTRIES, *bound)),
        "COMPLIANT": both(applies, at_least("headroom", 0)),
        "EXEMPT": both(applies, exempt),
        "VIOLATION": both(applies, subject, below("headroom", 0)),
    }


def rules() -> list[list[dict[str, Any]]]:
    """For each of the twenty, what the engine runs until one triggers."""
    return [
        [
            {"conditions": tree, "actions": [{"name": "stand", "params": {"outcome": outcome}}]}
            for outcome, tree in shape(v).items()
        ]
        for v in range(4)
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption)
    ]


def decide(every: list[list[dict[str, Any]]], record: Record) -> list[str]:
    works, found = Works(record), []
    for ranked in every:
        verdict = Verdict()
        stood = run_all(ranked, works, verdict, stop_on_first_trigger=True)
        found.append(verdict.outcome if stood else "UNKNOWN")
    return found


def fit(record: Record) -> Record:
    return {
        name: value.toordinal() if isinstance(value, dt.date) else value
        for name, value in record.items()
    }


def prepare(rows: pl.DataFrame) -> tuple[list[list[dict[str, Any]]], list[Record]]:
    return rules(), [fit(record) for record in rows.iter_rows(named=True)]


def run(prepared: tuple[list[list[dict[str, Any]]], list[Record]]) -> dict[str, dict[str, int]]:
    every, records = prepared
    by_rule = zip(*(decide(every, record) for record in records), strict=True)
    return {rule: dict(Counter(found)) for rule, found in zip(RULES, by_rule, strict=True)}


def one(record: Record) -> Callable[[], list[str]]:
    every, facts = rules(), fit(record)
    return lambda: decide(every, facts)
