"""The reference: the twenty rules as a careful polars user writes them, in one eager select."""

from __future__ import annotations

import polars as pl

from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, OUTCOMES, STAGES

NAME = "polars by hand"
PACKAGE = "polars"
CANNOT = ""
MOST = 10_000_000

c = pl.col

COMPLIANT, LATE, EXEMPT, NOT_APPLICABLE, VIOLATION, UNKNOWN = (
    pl.lit(code, dtype=pl.UInt8) for code in range(len(OUTCOMES))
)


def staged_limit(v: int) -> pl.Expr:
    field = list(LIMITS)[v]
    applies = c("industry").is_in(INDUSTRIES[v : v + 3])
    requires = c(field) <= LIMITS[field][v]
    return (
        pl.when(~applies).then(NOT_APPLICABLE)
        .when(applies.is_null()).then(UNKNOWN)
        .when(requires).then(COMPLIANT)
        .when(~requires).then(VIOLATION)
        .otherwise(UNKNOWN)
    )  # fmt: skip


def closed_lists(v: int) -> pl.Expr:
    applies = c("industry").is_in(INDUSTRIES[v + 1 : v + 3]) & (c("capacity") > 10_000 * (v + 1))
    requires = c("fuel").is_in([FUELS[v], FUELS[(v + 3) % 4]])
    return (
        pl.when(~applies).then(NOT_APPLICABLE)
        .when(applies.is_null()).then(UNKNOWN)
        .when(requires).then(COMPLIANT)
        .when(~requires).then(VIOLATION)
        .otherwise(UNKNOWN)
    )  # fmt: skip


def dated(v: int) -> pl.Expr:
    applies = c("capacity") >= 20_000 * (v + 1)
    day = c(EVENTS[v])
    return (
        pl.when(~applies).then(NOT_APPLICABLE)
        .when(applies.is_null()).then(UNKNOWN)
        .when(day <= STAGES[v]).then(COMPLIANT)
        .when(day <= AS_OF).then(LATE)
        .when(day > AS_OF).then(VIOLATION)
        .otherwise(UNKNOWN)
    )  # fmt: skip


def six_flags(v: int) -> pl.Expr:
    requires = pl.all_horizontal(FLAGS[v : v + 6])
    return (
        pl.when(requires).then(COMPLIANT)
        .when(~requires).then(VIOLATION)
        .otherwise(UNKNOWN)
    )  # fmt: skip


def exemption(v: int) -> pl.Expr:
    applies = c("industry").is_in(INDUSTRIES[: v + 4])
    exempt = c("standby") if v < 2 else c("standby") | (c("exited_on") <= AS_OF)
    requires = c("emitted") <= c("permitted")
    return (
        pl.when(~applies).then(NOT_APPLICABLE)
        .when(applies.is_null()).then(UNKNOWN)
        .when(requires).then(COMPLIANT)
        .when(exempt).then(EXEMPT)
        .when(requires.is_null() | exempt.is_null()).then(UNKNOWN)
        .otherwise(VIOLATION)
    )  # fmt: skip


def expressions() -> list[pl.Expr]:
    """The outcome of each rule as a code: its place in `OUTCOMES`."""
    found = []
    for v in range(4):
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption):
            found.append(shape(v).alias(f"bench.rule-{len(found) + 1:02}"))
    return found


def prepare(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.Expr]]:
    return rows, expressions()


def outcomes(prepared: tuple[pl.DataFrame, list[pl.Expr]]) -> pl.DataFrame:
    """Twenty columns of outcome codes, a row for each subject."""
    rows, by_rule = prepared
    return rows.select(by_rule)


def run(prepared: tuple[pl.DataFrame, list[pl.Expr]]) -> dict[str, dict[str, int]]:
    return {
        rule.name: {OUTCOMES[code]: count for code, count in rule.value_counts().iter_rows()}
        for rule in outcomes(prepared)
    }
