"""A million trips and a hundred thousand vehicles: the whole NO2 chapter, beside polars by hand.

Both are given the same typed ledgers, 3 % of whose cells are missing, and asked how many subjects
stand how to every duty. By hand means what an expert writes for just these questions: rows of a
window filtered before they are joined, one pass of sums for each, the least and the greatest share.
The counts of both are compared, duty by duty, before anything is timed.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl

import airplan_core as airplan
import airplan_no2
import airplan_pm25
import airplan_qinyang
from airplan_core.facts.facts import table_schema
from airplan_no2.ledgers import FreightProfile, Machine, Trip, Vehicle
from airplan_qinyang import Enterprise
from airplan_qinyang.vehicles import FLEETS
from bench.timing import medians, report

TRIPS, VEHICLES = 1_000_000, 100_000
AS_OF = dt.date(2026, 1, 1)
NEVER = dt.date.max
c = pl.col

BOOK = airplan.build_rulebook(
    airplan.contribution(plugin.CAMPAIGN) for plugin in (airplan_no2, airplan_pm25, airplan_qinyang)
)
MINE = [duty for duty in BOOK.duties if duty.clause.campaign == "no2"]


def ledgers(trips: int = TRIPS, vehicles: int = VEHICLES) -> airplan.Facts:
    """A large county; 3 % of the cells of every ledger are missing."""
    sites_, machines_ = vehicles // 50, vehicles // 5
    rng = np.random.default_rng(4)
    epoch = dt.date(1970, 1, 1)

    def day(first: dt.date, days: int, rows: int) -> pl.Series:
        start = (first - epoch).days
        return pl.Series(start + rng.integers(0, days, rows), dtype=pl.Int32).cast(pl.Date)

    def pick(values: tuple[str, ...], rows: int, p: list[float] | None = None) -> pl.Series:
        return pl.Series(np.array(values, dtype=object)[rng.choice(len(values), rows, p=p)])

    def yes(rows: int, p: float) -> pl.Series:
        return pl.Series(rng.random(rows) < p)

    def table(entity: type[airplan.Entity], rows: int, **columns: pl.Series) -> pl.DataFrame:
        blank = dict(columns)
        for name, values in columns.items():
            if values.null_count() == 0 and name not in ("id", "enterprise", "county"):
                blank[name] = values.scatter(np.flatnonzero(rng.random(rows) < 0.03), None)
        schema = table_schema(entity)
        return pl.DataFrame(
            [
                (blank[name] if name in blank else pl.Series([None] * rows))
                .cast(kind).alias(name)
                for name, kind in schema.items()
            ]
        )  # fmt: skip

    sites = pl.Series([f"厂{n}" for n in range(sites_)])
    cars = pl.Series([f"车{n}" for n in range(vehicles)])
    gone = day(dt.date(2023, 1, 1), 1400, vehicles)
    stays = pl.Series(rng.random(vehicles) < 0.8)
    never = pl.Series([NEVER]).new_from_index(0, vehicles)
    modes = ("铁路", "管道", "皮带通廊", "汽车", "其他")
    mode = pick(modes, trips, [0.2, 0.05, 0.05, 0.68, 0.02])
    vehicle = cars.gather(rng.integers(0, vehicles, trips))
    by = pl.select(pl.when(mode == "汽车").then(vehicle)).to_series()
    tables = {
        "enterprise": table(
            Enterprise, sites_, id=sites,
            industry=pick(("钢铁", "水泥", "火电", "化工", "煤炭洗选", "其他"), sites_),
        ),
        "freight_profile": table(
            FreightProfile, sites_, id=sites, enterprise=sites, industrial=yes(sites_, 0.9),
            built=pick(("新建", "迁建", "现有"), sites_), state_owned=yes(sites_, 0.2),
            key_industry=yes(sites_, 0.6), bulk_carrier=yes(sites_, 0.5),
            bulk_freight=pl.Series(rng.integers(0, 3000, sites_) / 10),
            freight_in=pl.Series(rng.integers(0, 1500, sites_) / 10),
            freight_out=pl.Series(rng.integers(0, 1500, sites_) / 10),
            rail_spur=yes(sites_, 0.4), pipeline=yes(sites_, 0.2),
            uses_rail_spur=yes(sites_, 0.3), cannot_clean=yes(sites_, 0.5),
            gate_system=yes(sites_, 0.7),
            transport_ledger=yes(sites_, 0.8), in_plant_ledger=yes(sites_, 0.8),
            machine_ledger=yes(sites_, 0.7),
        ),
        "vehicle": table(
            Vehicle, vehicles, id=cars, county=pl.Series(["沁阳市"]).new_from_index(0, vehicles),
            fleet=pick(FLEETS, vehicles), built_up=yes(vehicles, 0.5), heavy=yes(vehicles, 0.4),
            new_energy=yes(vehicles, 0.6), fuel=pick(("汽油", "柴油", "燃气", "电"), vehicles),
            stage=pick(("国三", "国四", "国五", "国六", "国六b"), vehicles),
            registered_on=(since := day(dt.date(2012, 1, 1), 5300, vehicles)),
            deregistered_on=pl.select(
                pl.when(stays).then(never).otherwise(pl.max_horizontal(since, gone))
            ).to_series(),
            emergency=yes(vehicles, 0.02), special_need=yes(vehicles, 0.02),
            special_purpose=yes(vehicles, 0.03),
            enterprise=sites.gather(rng.integers(0, sites_, vehicles)),
            use=pick(("厂内运输", "公路运输", "其他"), vehicles),
            distance=pl.Series(rng.integers(1, 600, vehicles).astype(float)),
            due_for_scrapping=yes(vehicles, 0.1), recycled=yes(vehicles, 0.8),
        ),
        "trip": table(
            Trip, trips, id=pl.Series([str(n) for n in range(trips)]),
            enterprise=sites.gather(rng.integers(0, sites_, trips)),
            date=day(dt.date(2024, 1, 1), 731, trips),
            direction=pick(("运入", "运出", "厂内"), trips),
            cargo=pick(("原燃料", "产品", "其他"), trips), bulk=yes(trips, 0.6), mode=mode,
            distance=pl.Series(rng.integers(1, 6000, trips) / 10),
            tonnes=pl.Series(rng.integers(1, 40_000, trips) / 1000), vehicle=by,
            through_town=yes(trips, 0.02), permitted=yes(trips, 0.5),
        ),
        "machine": table(
            Machine, machines_, id=pl.Series([f"机{n}" for n in range(machines_)]),
            enterprise=sites.gather(rng.integers(0, sites_, machines_)),
            new_energy=yes(machines_, 0.4), stage=pick(("国二", "国三", "国四"), machines_),
            new_energy_available=yes(machines_, 0.5),
            left_on=pl.select(
                pl.when(pl.Series(rng.random(machines_) < 0.9)).then(pl.lit(NEVER))
                .otherwise(day(dt.date(2024, 1, 1), 1000, machines_))
            ).to_series(),
        ),
    }  # fmt: skip
    return airplan.Facts(tables=tables)


def by_airplan(facts: airplan.Facts) -> pl.DataFrame:
    """How many subjects stand how to each duty of the chapter, through the library."""
    counts = airplan.assess(BOOK, facts, AS_OF).counts
    mine = counts.filter((c("campaign") == "no2") & c("duty").is_in(list(DUTIES)))
    return mine.select("duty", "outcome", "count")


# By hand ---------------------------------------------------------------------------------------

STEEL = c("industry").is_in(["钢铁", "水泥", "水泥熟料"])
COLUMNS = ("new_energy", "stage", "special_purpose", "heavy")


def _either(*parts: pl.Expr) -> pl.Expr:
    found = parts[0]
    for part in parts[1:]:
        found = found | part
    return found


def _among(column: str, *values: str) -> pl.Expr:
    return _either(*(c(column) == value for value in values))


ROAD, OUTSIDE = c("mode") == "汽车", _among("direction", "运入", "运出")
CLEAN = _among("mode", "铁路", "水路", "管道", "管状带式输送机", "皮带通廊")
NEW = c("new_energy")
BY_NEW = ROAD & NEW
OTHER = ~(NEW | c("china_6"))
SHORT = ((c("direction") == "厂内") & ROAD) | (OUTSIDE & ROAD & (c("distance") <= 300))
LONG = OUTSIDE & ROAD & (c("distance") > 300)
RAW = OUTSIDE & (c("cargo") == "原燃料")


def _sums(name: str, among: pl.Expr, counts: pl.Expr) -> list[pl.Expr]:
    """Thousandths of tonnes: surely yes, surely no, at most yes, at most no; blanks among them."""
    weight, blank = c("kilo"), c("kilo").is_null()
    both, not_both = among & counts, among & ~counts
    return [
        weight.filter(both.fill_null(value=False)).sum().alias(f"{name} yes"),
        weight.filter(not_both.fill_null(value=False)).sum().alias(f"{name} no"),
        weight.filter(both.fill_null(value=True)).sum().alias(f"{name} most yes"),
        weight.filter(not_both.fill_null(value=True)).sum().alias(f"{name} most no"),
        (blank & both.fill_null(value=True)).any().alias(f"{name} heavy yes"),
        (blank & not_both.fill_null(value=True)).any().alias(f"{name} heavy no"),
        among.fill_null(value=True).any().alias(f"{name} any"),
        *_there(name, among),
    ]


def _there(name: str, among: pl.Expr) -> list[pl.Expr]:
    """Whether there is something for sure that a sentence is about, and whether there may be."""
    some = c("kilo") > 0
    return [
        (among & some).fill_null(value=False).any().alias(f"{name} there"),
        (among & some).fill_null(value=True).any().alias(f"{name} maybe"),
    ]


def _arises(*names: str, seen: str = "seen") -> pl.Expr:
    """Whether there is anything it is about: of nobody seen, not known."""
    there = pl.any_horizontal(c(f"{name} there") for name in names)
    maybe = pl.any_horizontal(c(f"{name} maybe") for name in names)
    return pl.when(there).then(statement=True).when(~maybe & c(seen)).then(statement=False)


def _at_least(name: str, percent: int) -> pl.Expr:
    """Whether the share is so much: true, false, or not known; true of nothing, null of nobody."""
    yes, no = c(f"{name} yes"), c(f"{name} no")
    most_yes, most_no = c(f"{name} most yes"), c(f"{name} most no")
    low = (
        pl.when(c(f"{name} heavy no") | (yes + most_no == 0))
        .then(percent <= 0)
        .otherwise(100 * yes >= percent * (yes + most_no))
    )
    high = (
        pl.when(c(f"{name} heavy yes") | (most_yes + no == 0))
        .then(statement=True)
        .otherwise(100 * most_yes >= percent * (most_yes + no))
    )
    found = pl.when(low).then(statement=True).when(~high).then(statement=False)
    return (
        pl.when(c(f"{name} any").is_null())
        .then(None)
        .when(~c(f"{name} any"))
        .then(statement=True)
        .otherwise(found)
    )


def _count(name: str, among: pl.Expr, where: pl.Expr) -> list[pl.Expr]:
    """How many rows count at least and at most, and whether there is any that they are among."""
    rows, where = among, among & where
    return [
        rows.fill_null(value=False).any().alias(f"{name} there"),
        rows.fill_null(value=True).any().alias(f"{name} maybe"),
        where.fill_null(value=False).sum().alias(f"{name} lo"),
        where.fill_null(value=True).sum().alias(f"{name} hi"),
    ]


def _none(name: str) -> pl.Expr:
    """Whether there is not one: of nobody seen, not known."""
    return (
        pl.when(c(f"{name} hi") == 0)
        .then(statement=True)
        .when(c(f"{name} lo") > 0)
        .then(statement=False)
    )


def _gap(among: pl.Expr) -> list[pl.Expr]:
    """What raw materials lack of 80 %, and what new energy carries of it."""
    weight = c("kilo")
    sure, maybe = among.fill_null(value=False), among.fill_null(value=True)
    new, clean = BY_NEW, CLEAN
    either = new.fill_null(value=True) | clean.fill_null(value=True)
    neither = ~new.fill_null(value=False) & ~clean.fill_null(value=False)
    fills = new.fill_null(value=False) & ~clean.fill_null(value=True)
    best = new.fill_null(value=True) & ~clean.fill_null(value=False)
    blank = c("kilo").is_null()
    return [
        weight.filter(sure & fills).sum().alias("gap lo n"),
        weight.filter(sure & ~neither & ~fills).sum().alias("gap lo c"),
        weight.filter(maybe & (neither | sure)).sum().alias("gap lo w"),
        weight.filter(maybe & best).sum().alias("gap hi n"),
        weight.filter(maybe & ~best & clean.fill_null(value=True)).sum().alias("gap hi c"),
        weight.filter(maybe & (either | sure)).sum().alias("gap hi w"),
        (blank & maybe & neither).any().alias("gap heavy no"),
        (blank & maybe & either).any().alias("gap heavy yes"),
        maybe.any().alias("gap any"),
    ]


def _filled() -> pl.Expr:
    def whole(end: str) -> pl.Expr:
        n, clean, w = (c(f"gap {end} {part}") for part in "ncw")
        return 100 * n >= 80 * w - 100 * clean

    low = ~c("gap heavy no") & whole("lo")
    high = c("gap heavy yes") | whole("hi")
    found = pl.when(low).then(statement=True).when(~high).then(statement=False)
    return (
        pl.when(c("gap any").is_null())
        .then(None)
        .when(~c("gap any"))
        .then(statement=True)
        .otherwise(found)
    )


def _outcome(
    applies: pl.Expr, met: pl.Expr, short: str, in_time: pl.Expr | None = None,
    exempt: pl.Expr | None = None,
) -> pl.Expr:  # fmt: skip
    """The nine names, as an expert writes them: what is undecided is UNKNOWN."""
    found = pl.when(applies.not_()).then(pl.lit("NOT_APPLICABLE"))
    # whether it applies is not known: it may be two things
    found = found.when(applies.is_null()).then(pl.lit("UNKNOWN"))
    if in_time is not None:
        found = found.when(met & in_time.is_null()).then(pl.lit("UNKNOWN"))
        found = found.when(met & ~in_time).then(pl.lit("LATE"))
    found = found.when(met).then(pl.lit("COMPLIANT"))
    # who does not meet it, or may not, may be excused
    undecided = met.is_null()
    if exempt is not None:
        found = found.when(exempt).then(pl.lit("EXEMPT"))
        undecided = undecided | exempt.is_null()
    return found.when(undecided).then(pl.lit("UNKNOWN")).otherwise(pl.lit(short))


DUE = {"a": dt.date(2024, 9, 30), "b": dt.date(2024, 12, 31), "c": dt.date(2025, 12, 31)}


def _month(trips: pl.LazyFrame, day: dt.date, cars: pl.LazyFrame) -> pl.LazyFrame:
    inside = c("date").is_between(day - dt.timedelta(days=29), day)
    rows = trips.filter(inside | c("date").is_null())
    joined = rows.join(cars, left_on="vehicle", right_on="id", how="left")
    return joined.with_columns(sure=inside)


def by_hand(facts: airplan.Facts) -> pl.DataFrame:
    """The same counts, written for these ledgers and this day."""
    tables = facts.tables
    cars = (
        tables["vehicle"]
        .lazy()
        .select("id", *COLUMNS)
        .with_columns(china_6=c("stage") >= pl.lit("国六", tables["vehicle"]["stage"].dtype))
    )
    trips = tables["trip"].lazy().with_columns(kilo=(c("tonnes") * 1000).round().cast(pl.Int64))
    sites = tables["freight_profile"].lazy().join(
        tables["enterprise"].lazy().select("id", "industry"),
        left_on="enterprise", right_on="id", how="left",
    )  # fmt: skip
    sure = c("sure")
    year = c("date").dt.year() == 2024
    yearly = (
        trips.filter(year | c("date").is_null())
        .join(cars, left_on="vehicle", right_on="id", how="left")
        .with_columns(sure=year)
        .group_by("enterprise")
        .agg(
            *_sums("rail", OUTSIDE & sure, c("mode") == "铁路"),
            *_sums("rail new", OUTSIDE & sure, (c("mode") == "铁路") | BY_NEW),
            *_sums("clean new", OUTSIDE & sure, CLEAN | BY_NEW),
            *_count("road", OUTSIDE & ROAD & sure, OTHER),
            sure.fill_null(value=False).any().alias("seen in year"),
        )
    )
    now = _month(trips, AS_OF, cars)
    monthly = now.group_by("enterprise").agg(
        *_sums("clean", OUTSIDE & sure, CLEAN),
        *_sums("clean or new", OUTSIDE & sure, CLEAN | BY_NEW),
        *_sums("raw", RAW & sure, CLEAN),
        *_gap(RAW & sure),
        *_count("raw other", RAW & ROAD & sure, OTHER),
        *_count("product other", OUTSIDE & ROAD & (c("cargo") == "产品") & sure, OTHER),
        *_sums("short", SHORT & sure, NEW),
        *_count("long other", LONG & sure, OTHER),
        *_sums("long", LONG & ~c("special_purpose") & sure, NEW),
        sure.fill_null(value=False).any().alias("seen"),
    )
    found = sites.join(yearly, left_on="id", right_on="enterprise", how="left").join(
        monthly, left_on="id", right_on="enterprise", how="left"
    )
    for key, day in DUE.items():
        parts = [*_sums(f"short {key}", SHORT & sure, NEW)]
        if key == "b":
            parts += _count("long other b", LONG & sure, OTHER)
        if key == "c":
            parts += _sums("long c", LONG & ~c("special_purpose") & sure, NEW)
            parts += _sums("clean c", OUTSIDE & sure, CLEAN)
            parts += _sums("clean or new c", OUTSIDE & sure, CLEAN | BY_NEW)
        then = _month(trips, day, cars).group_by("enterprise").agg(*parts)
        found = found.join(then, left_on="id", right_on="enterprise", how="left")
    key_user = c("key_industry") & (c("freight_in") + c("freight_out") >= 100)
    spur, state = c("uses_rail_spur"), c("state_owned")

    def year_of(name: str) -> pl.Expr:
        return _arises(name, seen="seen in year")

    per_site = found.select(
        _outcome(
            c("industrial") & _among("built", "新建", "迁建") & (c("bulk_freight") >= 150),
            c("rail_spur") | c("pipeline"),
            "SHORTFALL",
        ).alias("no2.rail-spur-sites"),
        _outcome(spur & year_of("rail"), _at_least("rail", 85), "SHORTFALL").alias(
            "no2.rail-users@2024"
        ),
        _outcome(spur & year_of("rail new"), _at_least("rail new", 85), "VIOLATION").alias(
            "no2.rail-shortfall@2024"
        ),
        _outcome(spur & year_of("clean new"), _at_least("clean new", 85), "VIOLATION").alias(
            "no2.rail-users-clean@2024"
        ),
        _outcome(spur & year_of("road"), _none("road"), "VIOLATION").alias(
            "no2.rail-users-road@2024"
        ),
        _outcome(
            state & ~c("cannot_clean") & _arises("clean"),
            _at_least("clean", 100),
            "SHORTFALL",
            _at_least("clean c", 100),
        ).alias("no2.state-owned-clean"),
        _outcome(
            state & c("cannot_clean") & _arises("clean or new"),
            _at_least("clean or new", 100),
            "VIOLATION",
            _at_least("clean or new c", 100),
        ).alias("no2.state-owned-rest"),
        _outcome(STEEL & _arises("raw"), _at_least("raw", 80) | _filled(), "VIOLATION").alias(
            "no2.raw-clean"
        ),
        _outcome(STEEL & _arises("raw other"), _none("raw other"), "VIOLATION").alias(
            "no2.raw-road"
        ),
        _outcome(STEEL & _arises("product other"), _none("product other"), "VIOLATION").alias(
            "no2.product-road"
        ),
        _outcome(
            key_user & _arises("short"),
            _at_least("short", 30),
            "SHORTFALL",
            _at_least("short a", 30),
        ).alias("no2.short-haul@2024-09-30"),
        _outcome(
            key_user & _arises("short"),
            _at_least("short", 60),
            "SHORTFALL",
            _at_least("short b", 60),
        ).alias("no2.short-haul@2024-12-31"),
        _outcome(
            key_user & _arises("short"),
            _at_least("short", 100),
            "SHORTFALL",
            _at_least("short c", 100),
        ).alias("no2.short-haul@2025-12-31"),
        _outcome(
            key_user & _arises("long other"),
            _none("long other"),
            "SHORTFALL",
            _none("long other b"),
        ).alias("no2.long-haul-china-6"),
        _outcome(
            key_user & _arises("long"), _at_least("long", 90), "SHORTFALL", _at_least("long c", 90)
        ).alias("no2.long-haul"),
        _outcome(c("bulk_carrier"), c("gate_system"), "VIOLATION").alias("no2.gate-systems"),
        _outcome(
            c("bulk_carrier"),
            c("transport_ledger") & c("in_plant_ledger") & c("machine_ledger"),
            "VIOLATION",
        ).alias("no2.electronic-ledgers"),
    )
    frames = [
        per_site.collect(), _vehicles(facts), _machines(facts), _county(facts),
        _sectors(facts, trips), _drivers(facts, now),
    ]  # fmt: skip
    return pl.concat(
        series.value_counts().select(
            duty=pl.lit(series.name), outcome=c(series.name), count=c("count").cast(pl.Int64)
        )
        for frame in frames
        for series in frame
    )


def _sectors(facts: airplan.Facts, trips: pl.LazyFrame) -> pl.DataFrame:
    """The clean share of bulk goods of each industry, now and at the end of 2024."""
    enterprises = facts.tables["enterprise"].lazy().select("id", c("industry").cast(pl.String))
    found = enterprises.select("industry").drop_nulls().unique()
    for key, day in (("now", AS_OF), ("b", DUE["b"])):
        inside = c("date").is_between(day - dt.timedelta(days=29), day)
        sums = (
            trips.filter(inside | c("date").is_null())
            .with_columns(sure=inside)
            .join(enterprises, left_on="enterprise", right_on="id", how="left")
            .group_by("industry")
            .agg(*_sums(key, c("bulk") & OUTSIDE & c("sure"), CLEAN))
        )
        # rows whose industry is not known may be any industry's
        found = (
            found.join(sums, on="industry", how="left")
            .join(sums.filter(c("industry").is_null()).select(anyones=c(f"{key} any")), how="cross")
            .rename({"anyones": f"{key} anyones"})
        )

    def met(key: str) -> pl.Expr:
        return pl.when(~c(f"{key} anyones")).then(_at_least(key, 80))

    return found.select(
        _outcome(_among("industry", "火电", "煤炭洗选"), met("now"), "SHORTFALL", met("b"))
        .alias("no2.bulk-clean-transport")
    ).collect()  # fmt: skip


def _drivers(facts: airplan.Facts, month: pl.LazyFrame) -> pl.DataFrame:
    """The heavy trucks that drove through the town; a trip of an unknown truck may be any one's."""
    counts = month.group_by("vehicle").agg(
        *_count("town", ROAD & c("sure"), c("through_town") & ~c("permitted")),
        c("sure").fill_null(value=False).any().alias("seen"),
    )
    anyones = counts.filter(c("vehicle").is_null()).select(
        c("town hi").alias("more"), c("town maybe").alias("perhaps")
    )
    cars = facts.tables["vehicle"].lazy().select("id", "heavy")
    return (
        cars.join(counts, left_on="id", right_on="vehicle", how="left")
        .join(anyones, how="cross")
        .with_columns(
            c("town hi").fill_null(0) + c("more"), c("town lo").fill_null(0),
            *(c(name).fill_null(value=False) for name in ("town there", "seen")),
            (c("town maybe").fill_null(value=False) | c("perhaps")).alias("town maybe"),
        )
        .select(
            _outcome(c("heavy") & _arises("town"), _none("town"), "VIOLATION")
            .alias("no2.through-town")
        )
        .collect()
    )  # fmt: skip


def _vehicles(facts: airplan.Facts) -> pl.DataFrame:
    profiles = facts.tables["freight_profile"].lazy().join(
        facts.tables["enterprise"].lazy().select("id", "industry"),
        left_on="enterprise", right_on="id", how="left",
    ).select("id", "industry")  # fmt: skip
    stage = facts.tables["vehicle"]["stage"].dtype
    due, gone = dt.date(2025, 12, 31), c("deregistered_on")
    trucks = _among("fleet", "渣土运输车", "物流车", "其他载货汽车") & c("built_up")
    fleets = _either(
        _among("fleet", "公交车", "巡游出租车"), trucks,
        _among("fleet", "邮政用车", "市政环卫车", "网约出租车"),
    )  # fmt: skip
    return (
        facts.tables["vehicle"].lazy()
        .join(profiles, left_on="enterprise", right_on="id", how="left")
        .select(
            _outcome(
                (c("fleet") == "公务用车")
                & c("registered_on").is_between(dt.date(2024, 1, 1), AS_OF),
                NEW, "SHORTFALL", exempt=c("special_need"),
            ).alias("no2.official-cars"),
            _outcome(fleets, NEW | (gone <= AS_OF), "SHORTFALL", NEW | (gone <= due),
                     c("emergency")).alias("no2.fleets"),
            _outcome((c("use") == "厂内运输") & STEEL & ~(gone <= AS_OF), NEW, "VIOLATION")
            .alias("no2.in-plant-vehicles"),
            _outcome(~NEW & (c("stage") <= pl.lit("国三", stage)), gone <= AS_OF, "VIOLATION",
                     gone <= due).alias("no2.stage-3-vehicles"),
            _outcome(~NEW & (c("stage") == "国四") & _among("fuel", "柴油", "燃气"),
                     gone <= AS_OF, "VIOLATION", gone <= due).alias("no2.stage-4-vehicles"),
            _outcome(c("due_for_scrapping"), c("recycled"), "VIOLATION")
            .alias("no2.compulsory-scrapping"),
        )
        .collect()
    )  # fmt: skip


def _machines(facts: airplan.Facts) -> pl.DataFrame:
    profiles = facts.tables["freight_profile"].lazy().join(
        facts.tables["enterprise"].lazy().select("id", "industry"),
        left_on="enterprise", right_on="id", how="left",
    ).select("id", "industry", "state_owned")  # fmt: skip
    stage = facts.tables["machine"]["stage"].dtype
    due, gone = dt.date(2025, 12, 31), c("left_on")
    third, fourth = (c("stage") >= pl.lit(name, stage) for name in ("国三", "国四"))
    working = STEEL & ~(gone <= AS_OF)
    return (
        facts.tables["machine"].lazy()
        .join(profiles, left_on="enterprise", right_on="id", how="left")
        .select(
            _outcome(c("state_owned"), NEW | third | (gone <= AS_OF), "VIOLATION",
                     NEW | third | (gone <= due)).alias("no2.state-owned-machines"),
            _outcome(working, NEW, "SHORTFALL", exempt=~c("new_energy_available"))
            .alias("no2.new-energy-machines"),
            _outcome(working & ~NEW & ~c("new_energy_available"), fourth, "VIOLATION")
            .alias("no2.fallback-machines"),
        )
        .collect()
    )  # fmt: skip


def _county(facts: airplan.Facts) -> pl.DataFrame:
    cars = facts.tables["vehicle"].lazy()
    found = {}
    trucks = _among("fleet", "渣土运输车", "物流车", "其他载货汽车") & c("built_up")
    public = _either(
        _among("fleet", "公交车", "巡游出租车", "邮政用车", "市政环卫车", "网约出租车"), trucks,
        c("fleet") == "公务用车",
    ) & ~c("emergency") & ~c("special_need")  # fmt: skip
    for name, kind, limits in (
        ("no2.public-sector", public, {"2024": 60, "2025": 100}),
        ("no2.mixers", c("fleet") == "商砼车", {"2024-12-31": 60, "2025-12-31": 100}),
    ):
        sums = cars.with_columns(kilo=pl.lit(1)).select(
            *(
                expr
                for key, day in (("now", AS_OF), ("b", DUE["b"]), ("c", DUE["c"]))
                for expr in _sums(
                    key,
                    (c("registered_on") <= day) & ~(c("deregistered_on") <= day) & kind, NEW,
                )
            )
        )  # fmt: skip
        for (stage, limit), key in zip(limits.items(), "bc", strict=True):
            short = "VIOLATION" if "public" in name else "SHORTFALL"
            found[f"{name}@{stage}"] = sums.select(
                _outcome(pl.lit(value=True), _at_least("now", limit), short,
                         _at_least(key, limit)).alias("x")
            ).collect()["x"]  # fmt: skip
    return pl.DataFrame(found)


#: What the readings taken leave to no one, and a ledger that is not here.
NOT_BY_HAND = (
    "no2.bulk-clean-transport-each", "no2.official-cars-share", "no2.fleets-share",
    "no2.through-town-of-enterprises", "no2.road-turnover",
)  # fmt: skip

#: What is counted both ways: every duty with a ledger here; recorded acts are not.
DUTIES = tuple(
    duty.id
    for duty in MINE
    if not BOOK.is_attested(duty.rule)
    and duty.subject.__name__ in ("FreightProfile", "Vehicle", "Machine", "County", "Sector")
    and duty.rule.id not in NOT_BY_HAND
)


def differences(facts: airplan.Facts) -> list[str]:
    """The duties of which the two counts are not the same."""
    found = []
    one, other = (f(facts).sort("duty", "outcome") for f in (by_airplan, by_hand))
    for duty in DUTIES:
        mine, theirs = (dict(t.filter(c("duty") == duty).select("outcome", "count").iter_rows())
                        for t in (one, other))  # fmt: skip
        if mine != theirs:
            found.append(f"{duty}: {mine} against {theirs}")
    return found


def peak(name: str) -> float | None:
    """The most memory that one way needs beyond the ledgers, in MB; None where Linux is not."""
    reset, status = Path("/proc/self/clear_refs"), Path("/proc/self/status")
    if not reset.exists():
        return None
    facts = ledgers()

    def held(line: str) -> float:
        (found,) = (row for row in status.read_text().splitlines() if row.startswith(line))
        return int(found.split()[1]) / 1024

    reset.write_text("5")  # the peak so far is forgotten
    before = held("VmRSS:")
    WAYS[name](facts)
    return held("VmHWM:") - before


#: Both ways, by name.
WAYS = {"by hand": by_hand, "airplan": by_airplan}


def run() -> str:
    """The table of the fleet benchmark."""
    facts = ledgers()
    wrong = differences(facts)
    assert not wrong, "\n".join(wrong)
    contenders = {
        "polars by hand": lambda: by_hand(facts),
        "airplan": lambda: by_airplan(facts),
    }
    found = medians(contenders, rounds=5)
    title = f"{TRIPS:,} trips × {VEHICLES:,} vehicles, {len(DUTIES)} duties of the NO2 chapter"
    lines = [report(title, found, "polars by hand", 1.5, 1.0)]
    for name in WAYS:
        # in a process of its own: nothing that was freed before is used again
        code = f"from bench import fleet; print(fleet.peak({name!r}) or 'unknown')"
        said = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout
        lines.append(f"  {name:<44} {said.strip()[:6]:>10} MB at the peak, beyond the ledgers")
    return "\n".join(lines)
