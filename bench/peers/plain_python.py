"""Generated plain Python: one function with twenty chains of if, a subject at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.peers.terms import RULES, Term, fields


def _known(term: Term) -> str:
    if term[1] in ("all", "any"):
        return " and ".join(map(_known, term[2]))
    return " and ".join(f"r[{name!r}] is not None" for name in fields(term))


def _source(term: Term) -> str:
    name, op, limit = term
    value = f"r[{name!r}]"
    if op in ("all", "any"):
        word = " and " if op == "all" else " or "
        return "(" + word.join(map(_source, limit)) + ")"
    if op == "in":
        return f"{value} in {set(limit)!r}"
    if op == "is":
        return value
    if op == "<= column":
        return f"{value} <= r[{limit!r}]"
    return f"{value} {op} {limit.toordinal() if hasattr(limit, 'toordinal') else limit}"


def _true(term: Term) -> str:
    """Surely true."""
    if term[1] in ("all", "any"):
        word = " and " if term[1] == "all" else " or "
        return "(" + word.join(map(_true, term[2])) + ")"
    return f"({_known(term)} and {_source(term)})"


def _false(term: Term) -> str:
    """Surely false."""
    if term[1] in ("all", "any"):
        word = " or " if term[1] == "all" else " and "
        return "(" + word.join(map(_false, term[2])) + ")"
    return f"({_known(term)} and not ({_source(term)}))"


def function() -> Callable[[dict[str, Any]], list[str]]:
    """The function of a row that gives its twenty outcomes."""
    lines = ["def rules(r):", " out = []"]
    for rule in RULES.values():
        start = " if"
        for name, test in _chain(rule):
            lines.append(f"{start} {test}: out.append({name!r})")
            start = " elif"
        lines.append(" else: out.append('UNKNOWN')")
    lines.append(" return out")
    namespace: dict[str, Any] = {}
    exec("\n".join(lines), namespace)
    return namespace["rules"]  # type: ignore[no-any-return]


def _chain(rule: dict[str, Term]) -> list[tuple[str, str]]:
    found = []
    held = []
    if "applies" in rule:
        found.append(("NOT_APPLICABLE", _false(rule["applies"])))
        held.append(_true(rule["applies"]))
    if "exempt" in rule:
        found.append(("EXEMPT", " and ".join([*held, _true(rule["exempt"])])))
        held.append(_false(rule["exempt"]))
    if "late" in rule:
        found.append(("LATE", " and ".join([*held, _true(rule["met"]), _true(rule["late"])])))
    found.append(("COMPLIANT", " and ".join([*held, _true(rule["met"])])))
    found.append(("VIOLATION", " and ".join([*held, _false(rule["met"])])))
    return found
