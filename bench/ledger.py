"""A million rows × every PM2.5 row rule: airplan's polars reader against polars by hand.

Both sides answer one question for each rule and row, "does it fall short?", as a nullable Boolean,
and are checked to answer it alike before anything is timed. The hand-written side is what a careful
polars user would write for these rules: the same three-valued logic, no more columns than needed.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import polars as pl

import airplan_core as airplan
from airplan_core.engines.polars import outcomes as columns
from airplan_core.facts.facts import dtype
from airplan_core.model.attested import act_of
from airplan_core.model.duty import Duty
from airplan_core.model.metric import Metric
from bench.timing import medians, report

AS_OF = dt.date(2026, 1, 1)
ROWS = 1_000_000

c = pl.col


def days(text: str) -> pl.Expr:
    return pl.lit(dt.date.fromisoformat(text))


def one_of(name: str, *values: str) -> pl.Expr:
    found = c(name) == values[0]
    for value in values[1:]:
        found = found | (c(name) == value)
    return found


def by_hand() -> dict[str, pl.Expr]:
    """Every row rule of the chapter, written as polars expressions."""
    cement = ("水泥", "水泥熟料")
    gas, biomass = one_of("fuel", "天然气", "其他燃气"), c("fuel") == "生物质"
    replaced = c("is_replacement") & one_of("industry", *cement)
    suspect = (
        c("unsuitable") | c("crude") | c("badly_built") | c("corroded") | c("uncontrolled")
        | c("badly_run") | c("tampered")
    )  # fmt: skip
    today = days("2026-01-01")
    closed = one_of(
        "industry", "钢铁", "水泥熟料", "玻璃", "煤化工", "焦化", "铸造", "炭素", "烧结砖瓦",
        "铁合金", "铅锌冶炼",
    ) | ((c("industry") == "耐火材料") & c("has_sintering"))  # fmt: skip
    old = (
        one_of("nature", "新建", "扩建")
        & (c("energy_intensive") | c("high_emission") | c("overcapacity"))
        & (c("approved_on") <= days("2021-01-01"))
        & ~(c("in_production_on") <= today)
    )
    micro = pl.Decimal(38, 6)

    def whole(name: str) -> pl.Expr:
        return (c(name).cast(micro) * 1_000_000).cast(pl.Int128)

    rose = (
        pl.when((c("output_after") > 0) & (c("output_before") > 0)).then(
            whole("after") * whole("output_before") > whole("before") * whole("output_after")
        )
    )  # fmt: skip
    return {
        "pm25.zoning-list": ~c("zoning_conforms"),
        "pm25.multiple-offset": (c("added") > 0) & (whole("offset") < 2 * whole("added")),
        "pm25.no-added-emission": one_of("project.nature", "技术改造", "改建")
        & (c("before") > 0)
        & (c("after") > c("before")),
        "pm25.no-higher-intensity": (c("project.nature") == "扩建") & rose,
        "pm25.no-new-capacity": closed & c("adds_capacity") & ~c("capacity_offset"),
        "pm25.capacity-replacement": c("is_replacement")
        & one_of("industry", *cement, "烧结砖瓦")
        & ~c("replacement_conforms"),
        "pm25.brick-consolidation": c("consolidated") & (c("capacity") < 100_000_000),
        "pm25.consolidated-line": c("enterprise.consolidated")
        & ~(c("exited_on") <= today)
        & (c("capacity") <= 60_000_000),
        "pm25.cement-ore-transport": replaced & (c("ore_transport") != "密闭皮带廊"),
        "pm25.cement-clean-transport": replaced & (c("clean_share") < 100),
        "pm25.stale-approval": old
        & ~((c("suspended_on") <= today) & (c("reassessed_on") <= today)),
        "pm25.no-new-coal-or-biomass-boiler": c("new_build")
        & ~c("central_heating")
        & one_of("fuel", "燃煤", "生物质"),
        "pm25.no-new-boiler-in-heating-area": c("new_build")
        & ~c("central_heating")
        & ~(c("standby") & (c("fuel") == "天然气"))
        & c("in_heating_area"),
        "pm25.backward-coal-washing": c("backward") & (c("eliminated_on") > today),
        "pm25.small-brick-lines-exit": one_of("product", "烧结砖", "烧结空心砌块")
        & (c("capacity") <= 60_000_000)
        & (c("exited_on") > today),
        "pm25.declining-brick-subsidy": (c("previous_rate") > 0)
        & (c("rate") >= c("previous_rate")),
        "pm25.no-late-brick-subsidy": (c("exited_on") <= today)
        & (c("exited_on") > days("2025-12-31"))
        & (c("subsidy") != 0),
        "pm25.arc-furnaces-exit-or-enlarge": (c("owner") == "沁阳市宏达钢铁有限公司")
        & (c("capacity") == 35)
        & ~(
            (c("exited_on") <= today)
            | ((c("enlarged_on") <= today) & (c("capacity_after") > c("capacity")))
        ),
        "pm25.ultra-low-projects": one_of("industry", "火电", "钢铁", *cement)
        & one_of("nature", "新建", "改建", "扩建")
        & ~c("ultra_low"),
        "pm25.ultra-low-works": one_of("enterprise.industry", "钢铁", *cement)
        & ~(
            (c("stacks_on") <= today)
            & (c("fugitive_on") <= today)
            & (c("transport_on") <= today)
            & (c("monitoring_on") <= today)
        ),
        "pm25.biomass-boilers-upgraded": biomass & ~c("upgraded"),
        "pm25.low-nox-gas-boilers": gas & (c("low_nox_on") > today),
        "pm25.biomass-dedicated-furnace": biomass & ~c("dedicated_furnace"),
        "pm25.biomass-dedusting": biomass
        & ~one_of("dedusting", "布袋", "电袋复合", "其他高效除尘"),
        "pm25.biomass-no-cofiring": biomass & c("cofires"),
        "pm25.efficient-facilities": one_of("kind", "脱硫", "脱硝", "除尘") & ~c("high_efficiency"),
        "pm25.permits-updated": one_of("category", "重点管理", "简化管理")
        & (c("written_on") > today),
        "pm25.emission-within-permit": (c("concentration") > c("concentration_limit"))
        | (c("total") > c("total_limit")),
        "pm25.suspects-monitored": suspect & (c("monitored_on") > today),
        "pm25.facility-self-check": c("self_checked_on") > today,
        "pm25.facility-inspection": c("inspected_on") > today,
        "pm25.problems-fixed-at-once": c("fixable_at_once") & (c("rectified_on") > today),
        "pm25.problems-planned": ~c("fixable_at_once")
        & ((c("measure") == "无") | (c("rectify_by") == dt.date.max)),
        "pm25.overrun-winter-control": ~c("fixable_at_once")
        & (c("rectify_by") < today)
        & ~((c("rectified_on") <= today) & (c("rectified_on") <= c("rectify_by")))
        & ~c("winter_control"),
    }


def synthetic(duties: list[Duty], rows: int) -> pl.DataFrame:
    """A table of the duties' subject with every column they read, 3 % of the cells unknown."""
    rng = random.Random(0)
    columns: dict[str, pl.Series] = {}
    for leaf in dict.fromkeys(leaf for duty in duties for leaf in duty.leaves()):
        kind: Any = dtype(leaf)
        if kind == pl.Float64:
            limits = [0.0, 35.0, 100.0, 60_000_000.0, 100_000_000.0]
            pool: list[Any] = [*limits, *(round(rng.uniform(0, 2e8), 3) for _ in range(60))]
        elif kind == pl.Boolean:
            pool = [True, False]
        elif kind == pl.Date:
            start = dt.date(2019, 1, 1)
            pool = [start + dt.timedelta(days=rng.randrange(2800)) for _ in range(60)] + [
                dt.date.max
            ]
        elif kind == pl.String:
            pool = ["无", "更换布袋"]
        else:
            pool = list(leaf.values)
        pool += [None] * max(1, round(0.03 * len(pool)))
        columns[leaf.name] = pl.Series(pool, dtype=kind).sample(
            rows, with_replacement=True, seed=rng.randrange(10**6)
        )
    return pl.DataFrame(columns)


def row_duties() -> list[list[Duty]]:
    """The duties of the PM2.5 chapter that a row of a ledger decides, ledger by ledger."""
    found = []
    for every in airplan.load_rulebook().by_entity.values():
        mine = [
            duty for duty in every
            if duty.rule.id.startswith("pm25.")
            and not any(isinstance(leaf, Metric) or act_of(leaf) for leaf in duty.leaves())
        ]  # fmt: skip
        if mine:
            found.append(mine)
    return found


def run() -> str:
    """Measure, after checking that both sides say the same of every row."""
    mine = by_hand()
    ledgers = []
    count = 0
    for duties in row_duties():
        count += len(duties)
        generated = [columns.falls_short(d, AS_OF).alias(d.id) for d in duties]
        written = [mine.pop(d.id).alias(d.id) for d in duties]
        sample = synthetic(duties, 20_000)
        for duty, one, other in zip(duties, generated, written, strict=True):
            same = sample.select(one).equals(sample.select(other), null_equal=True)
            assert same, f"{duty.id}: the two sides differ"
        ledgers.append((synthetic(duties, ROWS), generated, written))
    assert not mine, f"rules that are no more: {list(mine)}"
    found = medians(
        {
            "polars by hand": lambda: [table.select(by) for table, _, by in ledgers],
            "airplan's polars reader": lambda: [table.select(by) for table, by, _ in ledgers],
        },
        rounds=9,
    )
    title = f"{ROWS:,} rows × {count} PM2.5 row rules over {len(ledgers)} ledgers"
    return report(title, found, "polars by hand", 1.25, 1e-3)
