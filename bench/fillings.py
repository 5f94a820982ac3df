"""A million fillings to alarms of nozzles, year by year, beside polars by hand.

Both are given the same typed ledgers and asked how many nozzles stand how in each of two years:
without an alarm, with one, or not known. By hand means what an expert writes for just this
question, of days that all have fillings enough: numbers for ids, one pass by day, seven shifts. The
counts of both are compared before anything is timed. The rows stand in the order of nozzles and
times, as exports have them.
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
import polars as pl

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_core.facts.facts import table_schema
from airplan_ozone.petrol_ledgers import Filling, FillingStation, OnlineNozzle
from bench.timing import medians, report, same_counts

ROWS = 1_000_000
AS_OF = dt.date(2026, 1, 1)
#: The days of 2024 and 2025, and how many fillings a nozzle has on each of them.
_SPAN, _A_DAY = 366 + 365, 24
c = pl.col

RULE = "ozone.online-air-liquid-ratio"
_PLUGINS = [
    airplan.contribution(plugin.CAMPAIGN)
    for plugin in (airplan_ozone, airplan_qinyang, airplan_ambient)
]
#: The one rule: the chapter's other fifty take longer over nothing than it over a million rows.
_OTHERS = {id for id in airplan.build_rulebook(_PLUGINS).rules if id != RULE}
BOOK = airplan.build_rulebook(
    _PLUGINS, airplan.Config(disable=dict.fromkeys(_OTHERS, "not asked here"))
)
DUTIES = [duty.id for duty in BOOK.duties if duty.rule.id == RULE]


def ledgers(rows: int = ROWS) -> airplan.Facts:
    """Nozzles with two years of fillings; some have days outside, one in ten a week of them."""
    count = max(1, rows // (_SPAN * _A_DAY))
    rng = np.random.default_rng(20)
    total = count * _SPAN * _A_DAY
    ids = pl.Series([f"枪{n:05}" for n in range(count)])
    start = dt.datetime(2024, 1, 1)
    times = pl.datetime_range(
        start, start + dt.timedelta(hours=_SPAN * 24 - 1), "1h", eager=True, time_unit="us"
    )
    outside = rng.random((count, _SPAN)) < 0.02
    for nozzle in range(0, count, 10):
        first = rng.integers(0, _SPAN - 10)
        outside[nozzle, first : first + 10] = True
    chance = np.where(np.repeat(outside.ravel(), _A_DAY), 0.6, 0.05)
    ratio = np.where(rng.random(total) < chance, 1.4, 1.1) + rng.normal(0, 0.02, total)
    blank = rng.random(total) < 2e-5
    nozzles = ids.gather(np.repeat(np.arange(count, dtype=np.uint32), _SPAN * _A_DAY))
    schema = table_schema(Filling)
    table = pl.DataFrame(
        {
            "id": pl.select(pl.format("{}/{}", nozzles, pl.int_range(total))).to_series(),
            "nozzle": nozzles,
            "time": pl.concat([times] * count).cast(schema["time"]),
            "litres": pl.Series(np.round(rng.uniform(10, 60, total), 2)),
            "ratio": pl.Series(np.round(ratio, 3)).set(pl.Series(blank), None),
        }
    ).select(list(schema))

    def small(entity: type[airplan.Entity], **columns: pl.Series) -> pl.DataFrame:
        blanks = pl.Series([None] * count)
        return pl.DataFrame(
            [
                columns.get(name, blanks).cast(kind).alias(name)
                for name, kind in table_schema(entity).items()
            ]
        )

    yes = pl.Series([True] * count)
    return airplan.Facts(
        tables={
            "filling_station": small(FillingStation, id=ids, petrol=yes),
            "online_nozzle": small(OnlineNozzle, id=ids, station=ids),
            "filling": table,
        }
    )


def by_airplan(facts: airplan.Facts) -> pl.DataFrame:
    """How many nozzles stand how in each year, through the library."""
    counts = airplan.assess(BOOK, facts, AS_OF).counts
    return counts.filter(c("duty").is_in(DUTIES)).select("duty", "outcome", "count")


def by_hand(facts: airplan.Facts) -> pl.DataFrame:
    """The same, with polars alone."""
    places = facts.tables["online_nozzle"].select(nozzle="id").with_row_index("place")
    fillings = facts.tables["filling"].filter(c("litres") >= 15)
    days = (
        fillings.join(places, on="nozzle")
        .lazy()
        .with_columns(outside=(c("ratio") < 0.9) | (c("ratio") > 1.3))
        .group_by("place", date=c("time").dt.date())
        .agg(outside=c("outside").sum(), blank=c("outside").null_count(), total=pl.len())
        .sort("place", "date")
        .collect()
    )
    days = days.with_columns(
        surely=c("outside") > 0.25 * c("total"),
        maybe=c("outside") + c("blank") > 0.25 * c("total"),
    )
    week = c("place") == c("place").shift(6)
    days = days.with_columns(
        surely=(c("surely").cast(pl.Int32).rolling_sum(7) == 7) & week,
        maybe=(c("maybe").cast(pl.Int32).rolling_sum(7) == 7) & week,
    )
    years = days.group_by("place", year=c("date").dt.year()).agg(c("surely", "maybe").any())
    outcome = (
        pl.when(c("surely"))
        .then(pl.lit("VIOLATION"))
        .when(c("maybe"))
        .then(pl.lit("UNKNOWN"))
        .otherwise(pl.lit("COMPLIANT"))
    )
    return years.group_by(duty=pl.format(RULE + "@{}", "year"), outcome=outcome).agg(
        count=pl.len().cast(pl.Int64)
    )


def same(facts: airplan.Facts) -> bool:
    """Whether both count the same nozzles in the same years."""
    return same_counts(by_airplan(facts), by_hand(facts))


def run(rows: int = ROWS) -> str:
    """Compare, then measure in interleaved rounds."""
    facts = ledgers(rows)
    if not same(facts):
        raise AssertionError("airplan and polars by hand count different nozzles")
    found = medians(
        {"polars by hand": lambda: by_hand(facts), "airplan": lambda: by_airplan(facts)}, rounds=5
    )
    height = facts.tables["filling"].height
    title = f"{height:,} fillings to alarms of nozzles of two years"
    return report(title, found, "polars by hand", 1.25, 1.0)


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
