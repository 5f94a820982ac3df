"""numpy by hand: values and masks of what is missing, and np.select for the outcome."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from bench.peers.terms import RULES, Term
from bench.workload import OUTCOMES

NAME, PACKAGE, CANNOT, MOST = "numpy by hand", "numpy", "", 10**6


def prepare(rows: pl.DataFrame) -> dict[str, tuple[Any, Any]]:
    """Every column as an array, and which of it is known; dates as days, lists as codes."""
    found = {}
    for name in rows.columns[1:]:
        column = rows[name].to_physical()
        empty = False if column.dtype == pl.Boolean else 0
        found[name] = column.fill_null(empty).to_numpy(), rows[name].is_not_null().to_numpy()
    lists = {name: rows.schema[name].categories for name in ("industry", "fuel")}
    codes = {name: {value: code for code, value in enumerate(lists[name])} for name in lists}
    found["_codes"] = codes, None
    return found


def _test(table: dict[str, Any], term: Term) -> tuple[Any, Any]:
    """Where a term is true, and where it is false."""
    name, op, limit = term
    if op == "all":
        tests = [_test(table, one) for one in limit]
        return (np.logical_and.reduce([yes for yes, _ in tests]),
                np.logical_or.reduce([no for _, no in tests]))  # fmt: skip
    if op == "any":
        tests = [_test(table, one) for one in limit]
        return (np.logical_or.reduce([yes for yes, _ in tests]),
                np.logical_and.reduce([no for _, no in tests]))  # fmt: skip
    values, known = table[name]
    if op == "in":
        codes = [table["_codes"][0][name][value] for value in limit]
        found = np.isin(values, codes)
    elif op == "is":
        found = values
    elif op == "<= column":
        other, also = table[limit]
        found, known = values <= other, known & also
    else:
        days = hasattr(limit, "toordinal")
        number = (np.datetime64(limit) - np.datetime64("1970-01-01")).astype(int) if days else limit
        found = {"<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[op](values, number)
    return known & found, known & ~found


def run(table: dict[str, Any]) -> dict[str, dict[str, int]]:
    """The outcomes of every row, counted."""
    size = len(table["dust"][0])
    every = np.ones(size, bool), np.zeros(size, bool)
    never = every[1], every[0]
    found = {}
    for id, rule in RULES.items():
        applies, outside = _test(table, rule["applies"]) if "applies" in rule else every
        exempt, held = _test(table, rule["exempt"]) if "exempt" in rule else never
        met, unmet = _test(table, rule["met"])
        late, timely = _test(table, rule["late"]) if "late" in rule else never
        inside = applies & held
        codes = np.select(
            [inside & met & timely, inside & met & late, applies & exempt, outside, inside & unmet],
            [0, 1, 2, 3, 4], 5,
        )  # fmt: skip
        counts = np.bincount(codes, minlength=6)
        found[id] = {OUTCOMES[code]: int(n) for code, n in enumerate(counts) if n}
    return found
