"""Ten million outlet-hours to stable compliance and surges, month by month, beside polars by hand.

Both are given the same typed ledgers and asked how many outlets stand how in each of 24 months:
kept to the permit, over it, or not known; and the same of surges. By hand means what an expert
writes for just these questions: numbers for ids, one sort, one pass by day, another by month. The
counts of both are compared before anything is timed. The rows stand in the order of outlets and
hours, as exports have them; of shuffled ones both sort as many.
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np
import polars as pl

import airplan_ambient
import airplan_core as airplan
import airplan_qinyang
import airplan_so2
from airplan_core import ledger_of
from airplan_core.facts.facts import table_schema
from airplan_qinyang import Enterprise
from airplan_so2.ledgers import Outlet, OutletHour, SulphurProfile
from bench.timing import medians, report, same_counts

ROWS = 10_000_000
AS_OF = dt.date(2026, 1, 1)
#: The hours of 2024 and 2025.
_SPAN = (366 + 365) * 24
c = pl.col

BOOK = airplan.build_rulebook(
    airplan.contribution(plugin.CAMPAIGN)
    for plugin in (airplan_so2, airplan_qinyang, airplan_ambient)
)
RULES = ("so2.stable-compliance", "so2.no-surges")
DUTIES = [duty.id for duty in BOOK.duties if duty.rule.id in RULES]


#: The ledgers of a works, of its outlets and of their hours.
_SO2 = (SulphurProfile, Outlet, OutletHour)


def ledgers(rows: int = ROWS, named: tuple[type[airplan.Entity], ...] = _SO2) -> airplan.Facts:
    """Outlets with every hour of two years; a few are over, a few are marked, a few are blank."""
    profile, outlet, hour = named
    count = max(1, rows // _SPAN)
    rng = np.random.default_rng(11)
    total = count * _SPAN
    ids = pl.Series([f"排口{n:05}" for n in range(count)])
    start = dt.datetime(2024, 1, 1)
    times = pl.datetime_range(
        start, start + dt.timedelta(hours=_SPAN - 1), "1h", eager=True, time_unit="us"
    )
    schema = table_schema(hour)
    # an outlet's values drift: they seldom rise by half the limit, and are seldom over it
    value = 20 + 6 * np.sin(np.arange(total) / 97) + rng.normal(0, 1.2, total)
    value[rng.random(total) < 2e-5] = 60
    marks = np.zeros(total, np.int8)
    marks[rng.random(total) < 0.01] = 1
    mark = pl.Series(marks).replace_strict({0: "正常", 1: "停运"}, return_dtype=schema["mark"])
    blank = rng.random(total) < 2e-5
    outlets = ids.gather(np.repeat(np.arange(count, dtype=np.uint32), _SPAN))
    stamps = pl.concat([times] * count).cast(schema["time"])
    hours = pl.DataFrame(
        {
            "id": pl.select(pl.format("{}/{}", outlets, pl.int_range(total))).to_series(),
            "outlet": outlets,
            "time": stamps,
            "concentration": pl.Series(np.round(value, 2)).set(pl.Series(blank), None),
            "mark": mark,
        }
    ).select(list(schema))

    def table(entity: type[airplan.Entity], **columns: pl.Series) -> pl.DataFrame:
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
            "enterprise": table(Enterprise, id=ids),
            ledger_of(profile).name: table(profile, id=ids, enterprise=ids, emits=yes),
            ledger_of(outlet).name: table(
                outlet, id=ids, profile=ids, limit=pl.Series([35.0] * count)
            ),
            ledger_of(hour).name: hours,
        }
    )


def by_airplan(facts: airplan.Facts) -> pl.DataFrame:
    """How many outlets stand how in each month, through the library."""
    counts = airplan.assess(BOOK, facts, AS_OF).counts
    return counts.filter(c("duty").is_in(DUTIES)).select("duty", "outcome", "count")


def by_hand(facts: airplan.Facts) -> pl.DataFrame:
    """The same, with polars alone."""
    places = facts.tables["outlet"].select("limit", outlet="id").with_row_index("place")
    hours = (
        facts.tables["outlet_hour"]
        .select("outlet", "time", "concentration", valid=c("mark").cast(pl.String) == "正常")
        .join(places, on="outlet")
        .drop("outlet")
        .sort("place", "time")
    )
    value, limit, valid = c("concentration"), c("limit"), c("valid")
    # the last valid hour; one that is not known is carried as nan
    carried = pl.when(valid & value.is_not_null()).then(value)
    carried = carried.when(valid.fill_null(True)).then(float("nan"))
    hours = hours.with_columns(carried=carried)
    owner = pl.when(c("carried").is_not_null()).then("place").forward_fill().shift(1)
    before = c("carried").forward_fill().shift(1).fill_nan(None)
    hours = hours.with_columns(before=pl.when(owner == c("place")).then(before))
    rise = (value > limit / 2) & (value - c("before") > limit / 2)
    days = (
        hours.lazy()
        .group_by("place", date=c("time").dt.date())
        .agg(
            stable=(valid & (value > limit)).any(ignore_nulls=False),
            surges=(valid & rise).any(ignore_nulls=False),
            whole=pl.len() == 24,
        )
        .collect()
    )
    months = days.group_by("place", month=c("date").dt.truncate("1mo")).agg(
        **{f"{name}_yes": c(name).sum() for name in ("stable", "surges")},
        **{f"{name}_no": (~c(name) & c("whole")).sum() for name in ("stable", "surges")},
        length=c("date").first().dt.month_end().dt.day(),
    )
    found = []
    for rule, name in zip(RULES, ("stable", "surges"), strict=True):
        outcome = (
            pl.when(c(f"{name}_yes") > 0)
            .then(pl.lit("VIOLATION"))
            .when(c(f"{name}_no") == c("length"))
            .then(pl.lit("COMPLIANT"))
            .otherwise(pl.lit("UNKNOWN"))
        )
        duty = pl.format(rule + "@{}", c("month").dt.strftime("%Y-%m"))
        found.append(months.group_by(duty=duty, outcome=outcome).agg(count=pl.len().cast(pl.Int64)))
    return pl.concat(found)


def same(facts: airplan.Facts) -> bool:
    """Whether both count the same outlets in the same months."""
    return same_counts(by_airplan(facts), by_hand(facts))


def run(rows: int = ROWS) -> str:
    """Compare, then measure in interleaved rounds."""
    facts = ledgers(rows)
    if not same(facts):
        raise AssertionError("airplan and polars by hand count different outlets")
    found = medians(
        {"polars by hand": lambda: by_hand(facts), "airplan": lambda: by_airplan(facts)}, rounds=5
    )
    height = facts.tables["outlet_hour"].height
    title = f"{height:,} outlet-hours to stable compliance and surges of 24 months"
    return report(title, found, "polars by hand", 1.25, 1.0)


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
