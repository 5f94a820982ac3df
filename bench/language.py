"""What the words of time cost, beside the same by hand in polars: 预警期间, 一周一调度.

The ledgers are synthetic.
"""

from __future__ import annotations

import datetime as dt
import random
import time

import polars as pl

import airplan_core as airplan
from airplan_core import (
    Count,
    County,
    Entity,
    Event,
    Facts,
    Flag,
    Ranked,
    Reference,
    Rule,
    amid,
    event,
    every,
    flag,
    ranked,
    reference,
    table_schema,
)
from bench.timing import medians, report
from tests.ledgers import TASK, rulebook

ROWS, ALERTS, COUNTIES = 10**6, 10**3, 50
UNITS, MEETINGS = 100, 15_000
FIRST, DAY = dt.date(2024, 1, 1), dt.date(2025, 12, 31)
#: So many rules are built, one in a hundred of them due each week of two years.
RULES = (1_000, 10_000)

c = pl.col


class Alert(Entity, zh="预警", valid=("begins", "ends"), closed=True):
    """An alert of a county: where there is no row, there is none."""

    county: Reference[County] = reference(County, zh="县市")
    level: Ranked = ranked("黄色", "橙色", "红色", zh="级别")
    begins: Event = event(zh="启动日期")
    ends: Event = event(zh="解除日期")


class Work(Entity, zh="土石方作业"):
    """A day's work."""

    county: Reference[County] = reference(County, zh="县市")
    day: Event = event(zh="作业日")
    halted: Flag = flag(zh="已停止")


class Meeting(Entity, zh="调度"):
    """A county's meeting."""

    county: Reference[County] = reference(County, zh="县市")
    held_on: Event = event(zh="日期")


HALTED = Rule(
    id="test.halted", clause=TASK.clause(1, "橙色及以上预警期间停止土石方作业"), subject=Work,
    applies=amid(Alert.level.at_least("橙色"), on=Work.day), requires=Work.halted,
)  # fmt: skip
MEETINGS_HELD = Count(
    id="test.meetings", zh="调度次数", unit="次", of=Meeting.county, on=Meeting.held_on,
)  # fmt: skip
WEEKLY = Rule(
    id="test.weekly", clause=TASK.clause(2, "一周一调度"), subject=County,
    requires=MEETINGS_HELD.at_least("1 次"), due=every("week", 2024, 2025),
)  # fmt: skip


def _book(*rules: Rule) -> airplan.Rulebook:
    return rulebook(
        None, rules=rules, clauses=tuple(rule.clause for rule in rules), metrics=(MEETINGS_HELD,),
        entities=(Alert, Work, Meeting),
    )  # fmt: skip


def _counties(count: int) -> pl.DataFrame:
    ids = [f"县{number}" for number in range(count)]
    return pl.DataFrame({"id": ids, "name": ids}, schema=table_schema(County))


def works() -> Facts:
    """A million days of work in fifty counties, a thousand alerts of a week at most."""
    draw = random.Random(1)
    ids, span = [f"县{number}" for number in range(COUNTIES)], (DAY - FIRST).days
    begins = [FIRST + dt.timedelta(days=draw.randrange(span)) for _ in range(ALERTS)]
    alerts = pl.DataFrame(
        {
            "id": [f"{n}" for n in range(ALERTS)],
            "county": draw.choices(ids, k=ALERTS),
            "level": draw.choices(["黄色", "橙色", "红色"], k=ALERTS),
            "begins": begins,
            "ends": [day + dt.timedelta(days=draw.randrange(7)) for day in begins],
        },
        schema=table_schema(Alert),
    )
    days = pl.Series([(FIRST + dt.timedelta(days=n)) for n in range(span)])
    rows = pl.DataFrame(
        {
            "id": pl.int_range(ROWS, eager=True).cast(pl.String),
            "county": pl.Series(ids).sample(ROWS, with_replacement=True, seed=1),
            "day": days.sample(ROWS, with_replacement=True, seed=2),
            "halted": pl.Series([True, True, False]).sample(ROWS, with_replacement=True, seed=3),
        },
        schema=table_schema(Work),
    )
    return Facts(tables={"alert": alerts, "work": rows, "county": _counties(COUNTIES)})


def meetings() -> Facts:
    """A hundred units that meet each week of two years, more or less."""
    draw = random.Random(2)
    span = (DAY - FIRST).days
    table = pl.DataFrame(
        {
            "id": [f"{n}" for n in range(MEETINGS)],
            "county": [f"县{draw.randrange(UNITS)}" for _ in range(MEETINGS)],
            "held_on": [FIRST + dt.timedelta(days=draw.randrange(span)) for _ in range(MEETINGS)],
        },
        schema=table_schema(Meeting),
    )
    return Facts(tables={"meeting": table, "county": _counties(UNITS)})


def while_by_hand(facts: Facts) -> dict[str, int]:
    """How many works keep the sentence, break it, or are none that it speaks of."""
    alerts = facts.tables["alert"].filter(c("level").is_in(["橙色", "红色"])).lazy()
    rows = facts.tables["work"].lazy()
    amid_ = (
        rows.select("county", "day")
        .unique()
        .join(alerts, on="county")
        .filter(c("day").is_between("begins", "ends"))
        .select("county", "day")
        .unique()
        .with_columns(alert=pl.lit(value=True))
    )
    found = rows.join(amid_, on=["county", "day"], how="left").select(
        kept=(c("alert") & c("halted")).sum(), broken=(c("alert") & ~c("halted")).sum()
    )
    kept, broken = found.collect().row(0)
    return {"COMPLIANT": kept, "VIOLATION": broken, "NOT_APPLICABLE": ROWS - kept - broken}


def weekly_by_hand(facts: Facts) -> dict[str, int]:
    """In how many weeks of how many units there was a meeting."""
    weeks = pl.DataFrame({"week": [term.begins for term in WEEKLY.due]}).lazy()
    held = (
        facts.tables["meeting"]
        .lazy()
        .select("county", week=c("held_on").dt.truncate("1w"))
        .group_by("county", "week")
        .len()
    )
    every_ = facts.tables["county"].lazy().select(county="id").join(weeks, how="cross")
    found = every_.join(held, on=["county", "week"], how="left").select(
        kept=(c("len") >= 1).sum(), all=pl.len()
    )
    kept, of = found.collect().row(0)
    return {"COMPLIANT": kept, "VIOLATION": of - kept}


def assessed(book: airplan.Rulebook, facts: Facts) -> dict[str, int]:
    """How many verdicts there are of each outcome."""
    counts = airplan.assess(book, facts, dt.date(2026, 1, 1)).counts
    found = counts.group_by("outcome").agg(c("count").sum())
    return {name: count for name, count in found.iter_rows() if count}


def building() -> str:
    """How long a rulebook of many rules takes to be built, and its duties to be made."""
    lines = ["A rulebook of many rules, one in a hundred due weekly (goal: 10,000 in 10 s)"]
    for number in RULES:
        rules = [
            Rule(
                id=f"test.rule-{n}", clause=TASK.clause(n + 10, f"第{n}句"), subject=Work,
                requires=Work.halted, due=every("week", 2024, 2025) if n % 100 == 0 else (),
            )
            for n in range(number)
        ]  # fmt: skip
        start = time.perf_counter()
        duties = len(_book(*rules).duties)
        taken = time.perf_counter() - start
        lines.append(
            f"  {number:>6,} rules, {duties:>6,} duties {taken:>20.2f} s "
            f"{taken / number * 1e3:>8.3f} ms a rule"
        )
    return "\n".join(lines)


def run() -> str:
    """Each beside the same by hand, which comes to the same counts."""
    made = []
    for title, rule, facts, by_hand in (
        (f"While: {ROWS:,} works amid {ALERTS:,} alerts", HALTED, works(), while_by_hand),
        (f"Weekly: {UNITS} units, two years", WEEKLY, meetings(), weekly_by_hand),
    ):
        book = _book(rule)
        assert assessed(book, facts) == by_hand(facts), title
        found = medians(
            {
                "by hand in polars": lambda facts=facts, by=by_hand: by(facts),
                "airplan": lambda book=book, facts=facts: assessed(book, facts),
            }
        )
        made.append(report(title, found, "by hand in polars", 1.5, 1e-3))
    return "\n\n".join([*made, building()])
