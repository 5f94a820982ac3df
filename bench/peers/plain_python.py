"""The twenty rules as one generated Python function over a record, None for what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

NAME = "generated plain Python"
PACKAGE = ""
CANNOT = ""
MOST = 100_000

RULES = tuple(f"bench.rule-{number:02}" for number in range(1, 21))

Record = dict[str, Any]


def staged_limit(v: int) -> list[str]:
    field = list(LIMITS)[v]
    return [
        "value = r['industry']",
        "if value is None: out.append('UNKNOWN')",
        f"elif value not in {INDUSTRIES[v : v + 3]!r}: out.append('NOT_APPLICABLE')",
        f"elif r['{field}'] is None: out.append('UNKNOWN')",
        f"elif r['{field}'] <= {LIMITS[field][v]}: out.append('COMPLIANT')",
        "else: out.append('VIOLATION')",
    ]


def closed_lists(v: int) -> list[str]:
    return [
        "industry, capacity, fuel = r['industry'], r['capacity'], r['fuel']",
        f"if industry is not None and industry not in {INDUSTRIES[v + 1 : v + 3]!r}:",
        " out.append('NOT_APPLICABLE')",
        f"elif capacity is not None and capacity <= {10_000 * (v + 1)}:",
        " out.append('NOT_APPLICABLE')",
        "elif industry is None or capacity is None or fuel is None: out.append('UNKNOWN')",
        f"elif fuel in {(FUELS[v], FUELS[(v + 3) % 4])!r}: out.append('COMPLIANT')",
        "else: out.append('VIOLATION')",
    ]


def dated(v: int) -> list[str]:
    return [
        f"capacity, day = r['capacity'], r['{EVENTS[v]}']",
        "if capacity is None: out.append('UNKNOWN')",
        f"elif capacity < {20_000 * (v + 1)}: out.append('NOT_APPLICABLE')",
        "elif day is None: out.append('UNKNOWN')",
        f"elif day <= DUE_{v}: out.append('COMPLIANT')",
        "elif day <= AS_OF: out.append('LATE')",
        "else: out.append('VIOLATION')",
    ]


def six_flags(v: int) -> list[str]:
    flags = ", ".join(f"r['{name}']" for name in FLAGS[v : v + 6])
    return [
        f"flags = ({flags})",
        "if False in flags: out.append('VIOLATION')",
        "elif None in flags: out.append('UNKNOWN')",
        "else: out.append('COMPLIANT')",
    ]


def exemption(v: int) -> list[str]:
    exempt, open_ = "(standby := r['standby'])", "standby is None"
    if v >= 2:
        exempt += " or (day := r['exited_on']) is not None and day <= AS_OF"
        open_ += " or day is None"
    return [
        "value = r['industry']",
        "if value is None: out.append('UNKNOWN')",
        f"elif value not in {INDUSTRIES[: v + 4]!r}: out.append('NOT_APPLICABLE')",
        "else:",
        " emitted, permitted = r['emitted'], r['permitted']",
        " known = emitted is not None and permitted is not None",
        " if known and emitted <= permitted: out.append('COMPLIANT')",
        f" elif {exempt}: out.append('EXEMPT')",
        f" elif not known or {open_}: out.append('UNKNOWN')",
        " else: out.append('VIOLATION')",
    ]


def generated() -> Callable[[Record], list[str]]:
    """The function that gives the twenty outcomes of a record."""
    lines = ["def rules(r):", " out = []"]
    for v in range(4):
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption):
            lines += [f" {line}" for line in shape(v)]
    lines.append(" return out")
    namespace: dict[str, Any] = {"AS_OF": AS_OF}
    namespace |= {f"DUE_{v}": day for v, day in enumerate(STAGES)}
    exec("\n".join(lines), namespace)
    return namespace["rules"]  # type: ignore[no-any-return]


def prepare(rows: pl.DataFrame) -> tuple[Callable[[Record], list[str]], list[Record]]:
    return generated(), rows.to_dicts()


def run(prepared: tuple[Callable[[Record], list[str]], list[Record]]) -> dict[str, dict[str, int]]:
    rules, records = prepared
    by_rule = zip(*map(rules, records), strict=True)
    return {rule: dict(Counter(found)) for rule, found in zip(RULES, by_rule, strict=True)}


def one(record: Record) -> Callable[[], list[str]]:
    rules = generated()
    return lambda: rules(record)
