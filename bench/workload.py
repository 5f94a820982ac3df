"""One synthetic workload that every participant can express: twenty rules over one ledger.

The ledger has 24 columns, 3 % of the cells missing. The rules are five shapes in four variants:
staged limits, closed lists, dates, conjunctions of six flags, and exemptions. They are asked on
`AS_OF`, after their due day; the outcome of a subject is one of `OUTCOMES`.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import polars as pl

import airplan_core as airplan
from airplan_core import (
    Entity,
    Event,
    Exempt,
    Flag,
    Measured,
    Plan,
    Rule,
    Stated,
    Task,
    by,
    event,
    flag,
    hookimpl,
    measured,
    stated,
)
from airplan_core.facts.facts import table_schema

AS_OF = dt.date(2025, 6, 1)
STAGES = (dt.date(2024, 12, 31), dt.date(2025, 3, 31), dt.date(2025, 4, 30), dt.date(2025, 5, 31))
TODAY = AS_OF

#: What a subject's outcome can be here, as airplan counts them.
OUTCOMES = ("COMPLIANT", "LATE", "EXEMPT", "NOT_APPLICABLE", "VIOLATION", "UNKNOWN")

INDUSTRIES = ("钢铁", "水泥", "玻璃", "焦化", "铸造", "炭素", "砖瓦", "其他")
FUELS = ("天然气", "燃煤", "生物质", "电")

#: The measured fields, with a limit for each stage: the later the stricter.
LIMITS = {
    "dust": (40, 35, 30, 20),
    "so2": (80, 60, 50, 35),
    "nox": (120, 100, 80, 50),
    "voc": (90, 80, 70, 60),
}

FLAGS = tuple(f"flag_{number}" for number in range(1, 10))
EVENTS = ("retrofitted_on", "permitted_on", "checked_on", "exited_on")


class Works(Entity, zh="工厂", en="works"):
    """A synthetic ledger."""

    industry: Stated = stated(*INDUSTRIES, zh="行业", en="industry")
    fuel: Stated = stated(*FUELS, zh="燃料", en="fuel")
    dust: Measured = measured("mg/m³", zh="颗粒物", en="dust", better="less")
    so2: Measured = measured("mg/m³", zh="二氧化硫", en="sulphur dioxide", better="less")
    nox: Measured = measured("mg/m³", zh="氮氧化物", en="nitrogen oxides", better="less")
    voc: Measured = measured("mg/m³", zh="挥发性有机物", en="volatiles", better="less")
    capacity: Measured = measured("吨/年", zh="产能", en="capacity", better="neither")
    emitted: Measured = measured("吨/年", zh="排放量", en="emitted", better="less")
    permitted: Measured = measured("吨/年", zh="许可排放量", en="permitted", better="neither")
    retrofitted_on: Event = event(zh="改造日期", en="retrofitted on")
    permitted_on: Event = event(zh="许可日期", en="permitted on")
    checked_on: Event = event(zh="检查日期", en="checked on")
    exited_on: Event = event(zh="退出日期", en="exited on")
    flag_1: Flag = flag(zh="甲", en="one")
    flag_2: Flag = flag(zh="乙", en="two")
    flag_3: Flag = flag(zh="丙", en="three")
    flag_4: Flag = flag(zh="丁", en="four")
    flag_5: Flag = flag(zh="戊", en="five")
    flag_6: Flag = flag(zh="己", en="six")
    flag_7: Flag = flag(zh="庚", en="seven")
    flag_8: Flag = flag(zh="辛", en="eight")
    flag_9: Flag = flag(zh="壬", en="nine")
    standby: Flag = flag(zh="备用", en="standby")


PLAN = Plan(
    id="bench",
    title="bench",
    county="bench",
    begins=dt.date(2024, 1, 1),
    ends=dt.date(2025, 12, 31),
)
TASK = Task(id="1.1.1", heading="bench", campaign="bench", plan=PLAN, lead=("bench",))

W: Any = Works


def _rule(
    number: int, *, requires: Any, applies: Any = None, exempt: Any = None, due: Any = ()
) -> Rule:
    scope = {} if applies is None else {"applies": applies}
    named = () if exempt is None else (Exempt("standby", "备用的除外", exempt),)
    return Rule(
        id=f"bench.rule-{number:02}", clause=TASK.clause(number, f"第{number}条"), subject=Works,
        requires=requires, exempt=named, due=due, **scope,
    )  # fmt: skip


def rules() -> tuple[Rule, ...]:
    """The twenty rules: `1 + 5 v + s` is shape `s` in variant `v`, both from 0.

    Shape 0, a staged limit: of three industries, the concentration is at most the limit of the
    stage due on STAGES[v]. Standing, so that nothing is late: the stage is of the due day.
    Shape 1, closed lists: a works of two industries (with a capacity above a limit) burns one of
    two fuels.
    Shape 2, a date: a works above a capacity has been retrofitted; late where after the due day.
    Shape 3, six flags: all of six flags hold.
    Shape 4, an exemption: what is emitted is at most what is permitted; where it is not, or may
    not be, a standby works (or, in variants 2 and 3, one that has exited) is exempt.
    """
    found: list[Rule] = []
    for v in range(4):
        field = list(LIMITS)[v]
        column = getattr(W, field)
        trio = INDUSTRIES[v : v + 3]
        found.append(
            _rule(1 + 5 * v, applies=W.industry.among(*trio),
                  requires=column.at_most(f"{LIMITS[field][v]} mg/m³"))
        )  # fmt: skip
        found.append(
            _rule(2 + 5 * v,
                  applies=W.industry.among(*INDUSTRIES[v + 1 : v + 3])
                  & W.capacity.more_than(f"{10_000 * (v + 1)} 吨/年"),
                  requires=W.fuel.among(*(FUELS[v], FUELS[(v + 3) % 4])))
        )  # fmt: skip
        found.append(
            _rule(3 + 5 * v, applies=W.capacity.at_least(f"{20_000 * (v + 1)} 吨/年"),
                  requires=getattr(W, EVENTS[v]).happened(), due=by(str(STAGES[v])))
        )  # fmt: skip
        flags = [getattr(W, name) for name in FLAGS[v : v + 6]]
        every = flags[0]
        for one in flags[1:]:
            every = every & one
        found.append(_rule(4 + 5 * v, requires=every))
        gone = W.standby if v < 2 else W.standby | W.exited_on.happened()
        found.append(
            _rule(5 + 5 * v, applies=W.industry.among(*INDUSTRIES[: v + 4]),
                  requires=W.emitted.at_most(W.permitted), exempt=gone)
        )  # fmt: skip
    return tuple(found)


class Bench:
    """The workload as a plugin."""

    @hookimpl
    def airplan_entities(self) -> tuple[type[Entity], ...]:
        return (Works,)

    @hookimpl
    def airplan_rules(self) -> tuple[Rule, ...]:
        return rules()

    @hookimpl
    def airplan_clauses(self) -> tuple[Any, ...]:
        return tuple(rule.clause for rule in rules())


def rulebook() -> airplan.Rulebook:
    """The twenty rules as a rulebook."""
    return airplan.build_rulebook([airplan.contribution(Bench(), "bench")])


def ledger(rows: int, seed: int = 0) -> pl.DataFrame:
    """The ledger, with 3 % of the cells of every field missing; the same for the same seed."""
    rng = random.Random(seed)
    columns: dict[str, Any] = {"id": pl.int_range(rows, eager=True).cast(pl.String)}
    for name, kind in table_schema(Works).items():
        if name == "id":
            continue
        if name in LIMITS:
            pool: list[Any] = [*LIMITS[name], *(round(rng.uniform(0, 150), 1) for _ in range(60))]
        elif kind == pl.Float64:
            pool = [10_000, 20_000, 40_000, *(rng.randrange(0, 120_000) for _ in range(61))]
        elif kind == pl.Date:
            start = dt.date(2024, 6, 1)
            pool = [start + dt.timedelta(days=rng.randrange(500)) for _ in range(48)]
            pool += [*STAGES, *[dt.date.max] * 12]
        elif kind == pl.Boolean:
            pool = [True] * 6 + [False]
        else:
            pool = list(Works.__ledger__.columns[name].values)
        pool = (pool * (200 // len(pool) + 1))[:194] + [None] * 6
        columns[name] = pl.Series(pool, dtype=kind, strict=False).sample(
            rows, with_replacement=True, seed=rng.randrange(10**6)
        )
    return pl.DataFrame(columns)


def expected(rows: int) -> dict[str, dict[str, int]]:
    """How many subjects of the ledger stand how, by rule: what every participant must find."""
    facts = airplan.Facts(tables={"works": ledger(rows)})
    found: dict[str, dict[str, int]] = {}
    counts = airplan.assess(rulebook(), facts, AS_OF).counts
    for rule, outcome, count in counts.select("rule", "outcome", "count").iter_rows():
        found.setdefault(rule, {})[outcome] = count
    return found
