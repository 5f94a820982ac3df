"""A hundred thousand samples of dustfall to the means of counties' years, beside polars by hand.

Both are given the same typed ledger, a row a point and month, and asked how many counties stand how
to the limit of 7 in each of two years. By hand means what an expert writes for just this question:
the mean of the points by month, the mean of the months by year. Both counts are compared first.
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
import polars as pl

import airplan_core as airplan
import airplan_pm10
import airplan_qinyang
from airplan_core.facts.facts import table_schema
from airplan_pm10.ledgers import Dustfall
from bench.timing import medians, report

ROWS, POINTS, MONTHS = 100_000, 42, 24
AS_OF = dt.date(2026, 1, 1)
c = pl.col

_GIVEN = [airplan.contribution(one.CAMPAIGN) for one in (airplan_pm10, airplan_qinyang)]
_OTHERS = {rule.id: "not measured" for one in _GIVEN for rule in one.rules
           if rule.id != "pm10.dustfall"}  # fmt: skip
BOOK = airplan.build_rulebook(_GIVEN, airplan.Config(disable=_OTHERS))


def ledgers(rows: int = ROWS) -> airplan.Facts:
    """Counties with 42 points each, every month of two years; some are over, few are open."""
    counties = max(1, rows // (POINTS * MONTHS))
    rng = np.random.default_rng(5)
    ends = pl.date_range(dt.date(2024, 1, 1), dt.date(2025, 12, 1), "1mo", eager=True)
    ends = ends.dt.month_end()
    total = counties * POINTS * MONTHS
    county = pl.Series([f"县{n}" for n in range(counties)])
    value = np.round(rng.normal(6.9, 0.8, total) + np.repeat(rng.normal(0, 0.2, counties),
                                                            POINTS * MONTHS), 1)  # fmt: skip
    table = pl.DataFrame(
        {
            "id": pl.int_range(total, eager=True).cast(pl.String),
            "county": county.gather(np.repeat(np.arange(counties), POINTS * MONTHS)),
            "point": pl.Series(np.tile(np.repeat(np.arange(POINTS), MONTHS), counties)),
            "month_ends": pl.concat([ends] * (counties * POINTS)),
            "days": pl.Series([30] * total),
            "value": pl.Series(value).set(pl.Series(rng.random(total) < 2e-5), None),
        }
    )
    schema = table_schema(Dustfall)
    places = pl.DataFrame({"id": county, "name": county}, schema=table_schema(airplan.County))
    return airplan.Facts(tables={"dustfall": table.cast(schema).select(list(schema)),
                                 "county": places})  # fmt: skip


def by_airplan(facts: airplan.Facts) -> dict[tuple[str, str], int]:
    """How many counties stand how, through the library."""
    counts = airplan.assess(BOOK, facts, AS_OF).counts
    rows = counts.filter(c("count") > 0).select("duty", "outcome", "count")
    return {(duty[-4:], outcome): count for duty, outcome, count in rows.iter_rows()}


def by_hand(facts: airplan.Facts) -> dict[tuple[str, str], int]:
    """The same, with polars alone; whole millionths, so that a mean of just 7 is not above it."""
    limit = 7_000_000
    months = (
        facts.tables["dustfall"]
        .lazy()
        .with_columns(micro=(c("value") * 1_000_000).round().cast(pl.Int64))
        .group_by("county", "month_ends")
        .agg(known=(c("micro").sum() / pl.len()).round(), open=c("micro").null_count() > 0)
    )
    years = months.group_by("county", year=c("month_ends").dt.year()).agg(
        total=c("known").filter(~c("open")).sum(), open=c("open").any() | (pl.len() < 12)
    )
    outcome = (
        pl.when(c("total") / 12 > limit)
        .then(pl.lit("VIOLATION"))
        .when("open")
        .then(pl.lit("UNKNOWN"))
        .otherwise(pl.lit("COMPLIANT"))
    )
    found = years.group_by("year", outcome=outcome).len().collect()
    return {(f"{year}", name): count for year, name, count in found.iter_rows()}


def run(rows: int = ROWS) -> str:
    """Compare, then measure in interleaved rounds."""
    facts = ledgers(rows)
    if by_airplan(facts) != by_hand(facts):
        raise AssertionError(f"{by_airplan(facts)} and by hand {by_hand(facts)}")
    found = medians(
        {"polars by hand": lambda: by_hand(facts), "airplan": lambda: by_airplan(facts)}
    )
    height = facts.tables["dustfall"].height
    title = f"{height:,} samples of dustfall to counties' years"
    return report(title, found, "polars by hand", 1.25, 1e-3)


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
