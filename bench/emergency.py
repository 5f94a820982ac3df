"""A million trips through gates and ten thousand alerts, beside polars by hand.

Both are given the same typed ledgers and asked how many trips stand how under orange and above, to
the minute: stopped, not stopped, or of an hour without such an alert. By hand means what an expert
writes for just this question, of alerts that all have both ends: one join of each trip with the
last alert that has begun. The counts of both are compared before anything is timed.
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
import polars as pl

import airplan_core as airplan
from airplan_core import (
    County,
    Entity,
    Flag,
    Moment,
    Reference,
    Rule,
    Task,
    flag,
    hookimpl,
    moment,
    reference,
)
from airplan_core.facts.facts import table_schema
from airplan_emergency.alerts import LEVELS, Alert, FullDayAlert, in_force
from airplan_qinyang import QINYANG_2024
from bench.timing import medians, report, same_counts

ROWS = 1_000_000
#: As many counties as a province has, with some years of alerts each.
COUNTIES, ALERTS = 100, 10_000
AS_OF = dt.date(2026, 1, 1)
_START, _MINUTES = dt.datetime(2024, 1, 1), (366 + 365) * 24 * 60
c = pl.col

TASK = Task(id="b", heading="减少货物运输", campaign="bench", plan=QINYANG_2024, lead=("甲局",))


class Passage(Entity, zh="货车通行"):
    """A trip through a gate, and whether it was one that had been stopped."""

    county: Reference[County] = reference(County, zh="县市")
    passed_at: Moment = moment(zh="通过时间", minutes=True)
    stopped: Flag = flag(zh="是否停运")


_ORANGE = in_force("橙色", on=Passage.passed_at)
STOPPED = Rule(
    id="bench.trips-stopped",
    clause=TASK.clause(1, "重污染天气橙色及以上预警期间，停止货物公路运输"),
    en="Nothing is moved under orange and above.",
    subject=Passage,
    applies=_ORANGE,
    requires=Passage.stopped,
    speaks_of={_ORANGE: True},
    keeps=[{Passage.stopped: True}],
    breaks=[{Passage.stopped: False}],
)


class _Chapter:
    """The one rule, and its ledgers."""

    @hookimpl
    def airplan_entities(self) -> list[type[Entity]]:
        return [Alert, FullDayAlert, Passage]

    @hookimpl
    def airplan_rules(self) -> list[Rule]:
        return [STOPPED]

    @hookimpl
    def airplan_clauses(self) -> list[airplan.Clause]:
        return [STOPPED.clause]


BOOK = airplan.build_rulebook([airplan.contribution(_Chapter(), "bench")])


def ledgers(rows: int = ROWS, alerts: int = ALERTS) -> airplan.Facts:
    """Trips in the order of their minutes; alerts of each county one after the other."""
    rng = np.random.default_rng(24)
    places = pl.Series([f"县{n:03}" for n in range(COUNTIES)])
    each = alerts // COUNTIES
    edges = np.sort(rng.choice(_MINUTES // 60, (COUNTIES, 2 * each)), axis=1)
    hours = pl.Series(edges.reshape(-1, 2)[:, 0]), pl.Series(edges.reshape(-1, 2)[:, 1])
    start = pl.lit(_START).cast(pl.Datetime("us"))
    begins, ends = (pl.select(start + pl.duration(hours=one)).to_series() for one in hours)
    alert = pl.DataFrame(
        {
            "id": [str(n) for n in range(COUNTIES * each)],
            "county": places.gather(np.repeat(np.arange(COUNTIES), each)),
            "level": pl.Series(rng.choice(LEVELS, COUNTIES * each)),
            "begins_at": begins,
            "ends_at": ends,
            "planned_until": pl.Series([None] * (COUNTIES * each)),
            "issued_by": pl.Series([None] * (COUNTIES * each)),
            "document": pl.Series([None] * (COUNTIES * each)),
        }
    ).cast(table_schema(Alert))  # type: ignore[arg-type]
    minutes = pl.Series(np.sort(rng.integers(0, _MINUTES, rows)))
    trips = pl.DataFrame(
        {
            "id": pl.select(pl.int_range(rows).cast(pl.String)).to_series(),
            "county": places.gather(rng.integers(0, COUNTIES, rows)),
            "passed_at": pl.select(start + pl.duration(minutes=minutes)).to_series(),
            "stopped": pl.Series(rng.random(rows) < 0.3),
        }
    )
    county = pl.DataFrame({"id": places, "name": places})
    return airplan.Facts(tables={"county": county, "alert": alert, "passage": trips})


def by_airplan(facts: airplan.Facts) -> pl.DataFrame:
    """How many trips stand how, through the library."""
    return airplan.assess(BOOK, facts, AS_OF).counts.select("duty", "outcome", "count")


def by_hand(facts: airplan.Facts) -> pl.DataFrame:
    """The same, with polars alone."""
    alerts = facts.tables["alert"].filter(c("begins_at") < c("ends_at")).sort("begins_at")
    trips = facts.tables["passage"].join_asof(
        alerts.select("county", "begins_at", "ends_at", orange=c("level") >= "橙色"),
        left_on="passed_at", right_on="begins_at", by="county", check_sortedness=False,
    )  # fmt: skip
    under = (c("orange") & (c("passed_at") < c("ends_at"))).fill_null(value=False)
    outcome = (
        pl.when(~under)
        .then(pl.lit("NOT_APPLICABLE"))
        .when("stopped")
        .then(pl.lit("COMPLIANT"))
        .otherwise(pl.lit("VIOLATION"))
    )
    counted = trips.group_by(duty=pl.lit(STOPPED.id), outcome=outcome)
    return counted.agg(count=pl.len().cast(pl.Int64))


def same(facts: airplan.Facts) -> bool:
    """Whether both count the same trips."""
    return same_counts(by_airplan(facts), by_hand(facts))


def run(rows: int = ROWS) -> str:
    """Compare, then measure in interleaved rounds."""
    facts = ledgers(rows)
    if not same(facts):
        raise AssertionError("airplan and polars by hand count different trips")
    found = medians(
        {"polars by hand": lambda: by_hand(facts), "airplan": lambda: by_airplan(facts)}, rounds=5
    )
    title = f"{rows:,} trips under {facts.tables['alert'].height:,} alerts, to the minute"
    return report(title, found, "polars by hand", 1.5, 1e-3)


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
