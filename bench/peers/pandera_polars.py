"""The twenty rules as checks of a pandera schema on polars, validated lazily.

A check says of each row that it passes or fails. Its failures are the violations (a second check
of the dated rules fails where late); what else a subject can be is counted by filters beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandera.polars as pa
import polars as pl

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

NAME = "pandera (polars)"
PACKAGE = "pandera"
CANNOT = (
    "A check passes or fails: only VIOLATION and LATE are its own, from the failure cases (null "
    "passes); NOT_APPLICABLE, EXEMPT and UNKNOWN are counted by polars filters beside the schema."
)
MOST = 10_000

c = pl.col

Prepared = tuple[pl.DataFrame, pa.DataFrameSchema, list[pl.Expr]]


class Rule(NamedTuple):
    """What a rule checks in a column, of the rows it binds, and the rest of its outcomes."""

    column: str
    requires: pl.Expr
    applies: pl.Expr = pl.lit(True)
    exempt: pl.Expr | None = None
    in_time: pl.Expr | None = None

    def checks(self, name: str) -> list[pa.Check]:
        bound = self.applies if self.exempt is None else self.applies & ~self.exempt
        found = [pa.Check(_passing(bound, self.requires), name=f"{name} VIOLATION")]
        if self.in_time is not None:
            done = self.applies & self.requires
            found.append(pa.Check(_passing(done, self.in_time), name=f"{name} LATE"))
        return found

    def filters(self, name: str) -> list[pl.Expr]:
        found = {"NOT_APPLICABLE": ~self.applies, "met": self.applies & self.requires}
        if self.exempt is not None:
            found["EXEMPT"] = self.applies & self.exempt & ~self.requires.fill_null(False)
        return [rows.sum().alias(f"{name} {which}") for which, rows in found.items()]


def _passing(bound: pl.Expr, holds: pl.Expr) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    passes = pl.when(bound).then(holds).otherwise(True)
    return lambda data: data.lazyframe.select(passes)


def staged_limit(v: int) -> Rule:
    field = list(LIMITS)[v]
    applies = c("industry").is_in(INDUSTRIES[v : v + 3])
    return Rule(field, c(field) <= LIMITS[field][v], applies)


def closed_lists(v: int) -> Rule:
    applies = c("industry").is_in(INDUSTRIES[v + 1 : v + 3]) & (c("capacity") > 10_000 * (v + 1))
    return Rule("fuel", c("fuel").is_in([FUELS[v], FUELS[(v + 3) % 4]]), applies)


def dated(v: int) -> Rule:
    day = c(EVENTS[v])
    applies = c("capacity") >= 20_000 * (v + 1)
    return Rule(EVENTS[v], day <= AS_OF, applies, in_time=day <= STAGES[v])


def six_flags(v: int) -> Rule:
    return Rule(FLAGS[v], pl.all_horizontal(FLAGS[v : v + 6]))


def exemption(v: int) -> Rule:
    exempt = c("standby") if v < 2 else c("standby") | (c("exited_on") <= AS_OF)
    applies = c("industry").is_in(INDUSTRIES[: v + 4])
    return Rule("emitted", c("emitted") <= c("permitted"), applies, exempt)


def prepare(rows: pl.DataFrame) -> Prepared:
    checks: dict[str, list[pa.Check]] = {}
    filters: list[pl.Expr] = []
    for v in range(4):
        for s, shape in enumerate((staged_limit, closed_lists, dated, six_flags, exemption)):
            name, rule = f"bench.rule-{1 + 5 * v + s:02}", shape(v)
            checks.setdefault(rule.column, []).extend(rule.checks(name))
            filters += rule.filters(name)
    columns = {name: pa.Column(checks=every, nullable=True) for name, every in checks.items()}
    return rows, pa.DataFrameSchema(columns), filters


def run(prepared: Prepared) -> dict[str, dict[str, int]]:
    rows, schema, filters = prepared
    failed: dict[str, int] = {}
    try:
        schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        failed = dict(error.failure_cases["check"].value_counts().iter_rows())
    beside = rows.select(filters).row(0, named=True)
    found: dict[str, dict[str, int]] = {}
    for number in range(1, 21):
        rule = f"bench.rule-{number:02}"
        met, exempt = beside[f"{rule} met"], beside.get(f"{rule} EXEMPT", 0)
        violation, late = failed.get(f"{rule} VIOLATION", 0), failed.get(f"{rule} LATE", 0)
        not_applicable = beside[f"{rule} NOT_APPLICABLE"]
        counts = {
            "COMPLIANT": met - late,
            "LATE": late,
            "EXEMPT": exempt,
            "NOT_APPLICABLE": not_applicable,
            "VIOLATION": violation,
            "UNKNOWN": rows.height - met - violation - exempt - not_applicable,
        }
        found[rule] = {outcome: count for outcome, count in counts.items() if count}
    return found
