"""The twenty rules as plain data, for the peers that take expressions in a language of their own.

A term is (field, operator, limit): `in` a list, `is` true, `<=`, `>`, `>=` a number or day,
`<= column`, or `all`/`any` of further terms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

Term: TypeAlias = tuple[str, str, Any]


def _rules() -> dict[str, dict[str, Term]]:
    found: list[dict[str, Term]] = []
    for v in range(4):
        field = list(LIMITS)[v]
        found.append({"applies": ("industry", "in", INDUSTRIES[v : v + 3]),
                      "met": (field, "<=", LIMITS[field][v])})  # fmt: skip
        scope = (("industry", "in", INDUSTRIES[v + 1 : v + 3]), ("capacity", ">", 10_000 * (v + 1)))
        found.append({"applies": ("", "all", scope),
                      "met": ("fuel", "in", (FUELS[v], FUELS[(v + 3) % 4]))})  # fmt: skip
        dated: dict[str, Term] = {"met": (EVENTS[v], "<=", AS_OF)}
        dated |= {"late": (EVENTS[v], ">", STAGES[v])}
        found.append({"applies": ("capacity", ">=", 20_000 * (v + 1)), **dated})
        found.append({"met": ("", "all", tuple((name, "is", True) for name in FLAGS[v : v + 6]))})
        gone: Term = ("standby", "is", True)
        if v > 1:
            gone = ("", "any", (gone, ("exited_on", "<=", AS_OF)))
        found.append({"applies": ("industry", "in", INDUSTRIES[: v + 4]),
                      "exempt": gone, "met": ("emitted", "<= column", "permitted")})  # fmt: skip
    return {f"bench.rule-{number:02}": rule for number, rule in enumerate(found, 1)}


RULES = _rules()


def outcome(rule: dict[str, Term], test: Callable[[Term], bool | None]) -> str:
    """The outcome of one subject, from the truth values of a tool's tests; None is unknown."""
    applies = test(rule["applies"]) if "applies" in rule else True
    if applies is False:
        return "NOT_APPLICABLE"
    if applies is None:
        return "UNKNOWN"
    met = test(rule["met"])
    if met:
        return "LATE" if "late" in rule and test(rule["late"]) else "COMPLIANT"
    exempt = test(rule["exempt"]) if "exempt" in rule else False
    if exempt:
        return "EXEMPT"
    return "UNKNOWN" if met is None or exempt is None else "VIOLATION"


def parts(term: Term) -> list[Term]:
    """The terms that a tool without a third truth value is asked one by one."""
    return list(term[2]) if term[1] in ("all", "any") else [term]


def kleene(term: Term, values: list[bool | None]) -> bool | None:
    """What the parts of a term come to together, in three values."""
    if term[1] == "any":
        return True if True in values else None if None in values else False
    return False if False in values else None if None in values else True


def fields(term: Term) -> list[str]:
    """The fields a term without parts reads."""
    return [term[0], term[2]] if term[1] == "<= column" else [term[0]]
