"""Rule engines a subject at a time: each is asked every comparison, in its own language.

None of them has a third truth value, nor exemptions or stages: what is missing is kept from them,
and the twenty outcomes are put together around them (`terms.outcome`).
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
from collections.abc import Callable
from typing import Any, TypeAlias

import polars as pl

from bench.peers.terms import RULES, Term, fields, kleene, outcome, parts

Test: TypeAlias = Callable[[Term, dict[str, Any]], bool | None]

WITHOUT = "no unknown, exempt or late: kept out of it, and put together around it"


def _whole(ask: Callable[[Term, dict[str, Any]], bool]) -> Test:
    """A tool's two-valued test, asked only of what is known."""

    def test(term: Term, row: dict[str, Any]) -> bool | None:
        if term[1] in ("all", "any"):
            return kleene(term, [test(part, row) for part in parts(term)])
        if any(row[name] is None for name in fields(term)):
            return None
        return bool(ask(term, row))

    return test


def _every() -> list[Term]:
    """Every comparison of the rules, once."""
    terms = [term for rule in RULES.values() for term in rule.values()]
    return list(dict.fromkeys(part for term in terms for part in parts(term)))


def _day(value: Any) -> Any:
    return value.toordinal() if isinstance(value, dt.date) else value


def _text(term: Term, *, equals: str, either: str, name: Callable[[str], str] = str) -> str:
    """A comparison as the text of an expression; days as numbers."""
    field, op, limit = term
    if op == "in":
        return f" {either} ".join(f'{name(field)} {equals} "{value}"' for value in limit)
    if op == "is":
        return f"{name(field)} {equals} true"
    if op == "<= column":
        return f"{name(field)} <= {name(limit)}"
    return f"{name(field)} {op} {_day(limit)}"


def zen() -> Test:
    """zen-engine: a compiled expression of its language for each comparison."""
    module = importlib.import_module("zen")
    made = {t: module.compile_expression(_text(t, equals="==", either="or")) for t in _every()}
    return _whole(lambda term, row: made[term].evaluate(row))


def rule_engine() -> Test:
    """rule-engine: a Rule for each comparison."""
    module = importlib.import_module("rule_engine")
    made = {t: module.Rule(_text(t, equals="==", either="or")) for t in _every()}
    return _whole(lambda term, row: made[term].matches(row))


def json_logic() -> Test:
    """JsonLogic: a JSON tree for each comparison."""
    module = importlib.import_module("json_logic")

    def tree(term: Term) -> Any:
        field, op, limit = term
        var = {"var": field}
        if op == "in":
            return {"in": [var, list(limit)]}
        if op == "is":
            return {"==": [var, True]}
        return {op[:2].strip(): [var, {"var": limit} if op == "<= column" else _day(limit)]}

    made = {t: json.loads(json.dumps(tree(t))) for t in _every()}
    return _whole(lambda term, row: module.jsonLogic(made[term], row))


def business_rules() -> Test:
    """business-rules: a variable for each field, a condition for each comparison."""
    engine = importlib.import_module("business_rules.engine")
    variables = importlib.import_module("business_rules.variables")
    kinds = {"in": variables.string_rule_variable, "is": variables.boolean_rule_variable}
    body: dict[str, Any] = {"__init__": lambda self, row: setattr(self, "row", row)}
    for term in _every():
        made = kinds.get(term[1], variables.numeric_rule_variable)
        name = term[0]
        if term[1] == "<= column":
            name = "over"
            read: Any = lambda self: self.row["emitted"] - self.row["permitted"]  # noqa: E731
        else:
            read = lambda self, name=name: self.row[name]  # noqa: E731
        read.__name__ = name
        body[name] = made()(read)
    ledger = type("Ledger", (variables.BaseVariables,), body)
    names = {"<=": "less_than_or_equal_to", ">": "greater_than", ">=": "greater_than_or_equal_to"}

    def condition(term: Term) -> dict[str, Any]:
        field, op, limit = term
        if op == "in":
            return {"any": [{"name": field, "operator": "equal_to", "value": v} for v in limit]}
        if op == "is":
            return {"name": field, "operator": "is_true", "value": True}
        if op == "<= column":
            return {"name": "over", "operator": names["<="], "value": 0}
        return {"name": field, "operator": names[op], "value": _day(limit)}

    made_ = {term: condition(term) for term in _every()}
    return _whole(lambda term, row: engine.check_conditions_recursively(made_[term], ledger(row)))


def attrs_pint() -> Test:
    """attrs objects that hold pint quantities, compared in Python."""
    pint = importlib.import_module("pint")
    units = pint.UnitRegistry()
    unit = {"capacity": "t/year", "emitted": "t/year", "permitted": "t/year"}
    unit |= dict.fromkeys(("dust", "so2", "nox", "voc"), "mg/m**3")
    limits = {t: units.Quantity(t[2], unit[t[0]]) for t in _every()
              if t[0] in unit and t[1] != "<= column"}  # fmt: skip
    quantity = units.Quantity

    def ask(term: Term, row: dict[str, Any]) -> bool:
        field, op, limit = term
        if op == "in":
            return row[field] in limit
        if op == "is":
            return bool(row[field])
        if field not in unit:
            limit = _day(limit)
            return bool(row[field] <= limit if op == "<=" else row[field] > limit)
        mine = row.get(("q", field)) or quantity(row[field], unit[field])
        other = quantity(row[limit], unit[limit]) if op == "<= column" else limits[term]
        if op == ">":
            return bool(mine > other)
        return bool(mine >= other if op == ">=" else mine <= other)

    return _whole(ask)


#: The tools by name: how they are made, the distribution, and the most rows they are given.
TOOLS: dict[str, tuple[Callable[[], Test], str, int]] = {
    "zen-engine": (zen, "zen-engine", 10_000),
    "rule-engine": (rule_engine, "rule-engine", 10_000),
    "business-rules": (business_rules, "business-rules", 1_000),
    "JsonLogic": (json_logic, "json-logic-qubit", 10_000),
    "attrs with pint": (attrs_pint, "pint", 10_000),
}


def records(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """The ledger as dictionaries, days as numbers."""
    return [{n: _day(v) for n, v in row.items()} for row in rows.iter_rows(named=True)]


def subject(test: Test, row: dict[str, Any]) -> list[str]:
    """The twenty outcomes of one subject."""
    return [outcome(rule, lambda term: test(term, row)) for rule in RULES.values()]


def run(test: Test, rows: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """The outcomes of every row, counted."""
    found: dict[str, dict[str, int]] = {id: {} for id in RULES}
    for row in rows:
        for id, name in zip(RULES, subject(test, row), strict=True):
            found[id][name] = found[id].get(name, 0) + 1
    return found
