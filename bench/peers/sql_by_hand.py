"""The rules as SQL by hand: a six-way CASE for each, and the outcomes counted."""

from __future__ import annotations

from bench.peers.terms import RULES, Term
from bench.workload import OUTCOMES


def _sql(term: Term) -> str:
    name, op, limit = term
    if op in ("all", "any"):
        word = " AND " if op == "all" else " OR "
        return "(" + word.join(map(_sql, limit)) + ")"
    if op == "in":
        listed = ", ".join(f"'{value}'" for value in limit)
        return f"{name} IN ({listed})"
    if op == "is":
        return name
    if op == "<= column":
        return f"{name} <= {limit}"
    return f"{name} {op} " + (f"DATE '{limit}'" if hasattr(limit, "toordinal") else str(limit))


def outcome(rule: dict[str, Term]) -> str:
    """The six-way chain; the outcomes are numbered in the order of OUTCOMES."""
    held, branches = [], []
    if "applies" in rule:
        branches.append(f"WHEN NOT ({_sql(rule['applies'])}) THEN 3")
        held.append(f"({_sql(rule['applies'])})")
    met = " AND ".join([*held, _sql(rule["met"])])
    if "late" in rule:
        branches.append(f"WHEN {met} AND {_sql(rule['late'])} THEN 1")
    branches.append(f"WHEN {met} THEN 0")
    if "exempt" in rule:
        branches.append(f"WHEN {' AND '.join([*held, _sql(rule['exempt'])])} THEN 2")
        held.append(f"NOT ({_sql(rule['exempt'])})")
    unmet = " AND ".join([*held, "NOT (" + _sql(rule["met"]) + ")"])
    branches.append(f"WHEN {unmet} THEN 4")
    return f"CASE {' '.join(branches)} ELSE 5 END"


def query(table: str) -> str:
    """One row: how many subjects come to each outcome of each rule."""
    codes = ", ".join(f"{outcome(rule)} AS o{n}" for n, rule in enumerate(RULES.values()))
    counts = ", ".join(
        f"COUNT(CASE WHEN o{n} = {code} THEN 1 END)"
        for n in range(len(RULES))
        for code in range(len(OUTCOMES))
    )
    return f"SELECT {counts} FROM (SELECT {codes} FROM {table}) AS outcomes"


def read(row: tuple[int, ...]) -> dict[str, dict[str, int]]:
    """The row as counts by rule."""
    size = len(OUTCOMES)
    return {
        id: {name: n for name, n in zip(OUTCOMES, row[place * size :], strict=False) if n}
        for place, id in enumerate(RULES)
    }
