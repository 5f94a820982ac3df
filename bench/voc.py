"""Ten million hours of VOC outlets to stable compliance, month by month, beside polars by hand.

As `outlets`, whose ledgers these are but for their names; nothing is asked about surges, so that
neither side has to look at the hour before.
"""

from __future__ import annotations

import sys

import polars as pl

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_ozone.ledgers import VocHour, VocOutlet, VocProfile
from bench import outlets
from bench.timing import medians, report, same_counts

RULE = "ozone.stable-compliance"
BOOK = airplan.build_rulebook(
    airplan.contribution(plugin.CAMPAIGN)
    for plugin in (airplan_ozone, airplan_qinyang, airplan_ambient)
)
DUTIES = [duty.id for duty in BOOK.duties if duty.rule.id == RULE]
c = pl.col


def ledgers(rows: int = outlets.ROWS) -> airplan.Facts:
    """The same hours, as of VOC outlets."""
    return outlets.ledgers(rows, (VocProfile, VocOutlet, VocHour))


def by_airplan(facts: airplan.Facts) -> pl.DataFrame:
    """How many outlets stand how in each month, through the library."""
    counts = airplan.assess(BOOK, facts, outlets.AS_OF).counts
    return counts.filter(c("duty").is_in(DUTIES)).select("duty", "outcome", "count")


def by_hand(facts: airplan.Facts) -> pl.DataFrame:
    """The same, with polars alone."""
    places = facts.tables["voc_outlet"].select("limit", outlet="id").with_row_index("place")
    days = (
        facts.tables["voc_hour"]
        .lazy()
        .select("outlet", "time", "concentration", valid=c("mark").cast(pl.String) == "正常")
        .join(places.lazy(), on="outlet")
        .group_by("place", date=c("time").dt.date())
        .agg(
            over=(c("valid") & (c("concentration") > c("limit"))).any(ignore_nulls=False),
            whole=pl.len() == 24,
        )
        .collect()
    )
    months = days.group_by("place", month=c("date").dt.truncate("1mo")).agg(
        over=c("over").sum(),
        kept=(~c("over") & c("whole")).sum(),
        length=c("date").first().dt.month_end().dt.day(),
    )
    outcome = (
        pl.when(c("over") > 0)
        .then(pl.lit("VIOLATION"))
        .when(c("kept") == c("length"))
        .then(pl.lit("COMPLIANT"))
        .otherwise(pl.lit("UNKNOWN"))
    )
    duty = pl.format(RULE + "@{}", c("month").dt.strftime("%Y-%m"))
    return months.group_by(duty=duty, outcome=outcome).agg(count=pl.len().cast(pl.Int64))


def same(facts: airplan.Facts) -> bool:
    """Whether both count the same outlets in the same months."""
    return same_counts(by_airplan(facts), by_hand(facts))


def run(rows: int = outlets.ROWS) -> str:
    """Compare, then measure in interleaved rounds."""
    facts = ledgers(rows)
    if not same(facts):
        raise AssertionError("airplan and polars by hand count different outlets")
    found = medians(
        {"polars by hand": lambda: by_hand(facts), "airplan": lambda: by_airplan(facts)}, rounds=5
    )
    height = facts.tables["voc_hour"].height
    title = f"{height:,} hours of VOC outlets to stable compliance of 24 months"
    return report(title, found, "polars by hand", 1.25, 1.0)


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else outlets.ROWS))
