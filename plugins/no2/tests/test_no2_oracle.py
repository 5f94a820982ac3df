"""Every share and count of the chapter, held against plain Python over small ledgers.

The oracle fills every unknown cell with each value it could have and takes the least and the
greatest result: loops and fractions, nothing shared with the library but the ledgers' values.
"""

import datetime as dt
import itertools
from fractions import Fraction

import attrs
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

import airplan_core as airplan
import airplan_no2
import airplan_qinyang
from airplan_core import County, Facts
from airplan_core.engines.polars.attach import rows_of
from airplan_core.engines.polars.measure import measure
from airplan_no2.industries import RAW_SUBSTITUTION
from airplan_no2.ledgers import FreightProfile, Trip, Vehicle
from airplan_qinyang import Enterprise

RULES = airplan.build_rulebook(
    airplan.contribution(one.CAMPAIGN) for one in (airplan_no2, airplan_qinyang)
)
AS_OF = dt.date(2025, 1, 1)  # the year 2024 is over, and its last days are of the month
CLEAN = ("铁路", "水路", "管道", "管状带式输送机", "皮带通廊")
STAGES = ("国零", "国一", "国二", "国三", "国四", "国五", "国六", "国六a", "国六b")

#: What each field can be, to fill an unknown cell with and to draw from.
TRIP = {
    "date": [
        dt.date(2023, 6, 1),
        dt.date(2024, 6, 1),
        dt.date(2024, 12, 2),
        dt.date(2024, 12, 3),
        AS_OF,
    ],
    "direction": ["运入", "运出", "厂内"],
    "cargo": ["原燃料", "产品", "其他"],
    "bulk": [True, False],
    "mode": ["铁路", "管道", "汽车", "其他"],
    "distance": [120, 300, Fraction(3001, 10)],
    "through_town": [True, False],
    "permitted": [True, False],
}
VEHICLE = {
    "new_energy": [True, False],
    "stage": ["国五", "国六"],
    "special_purpose": [True, False],
    "heavy": [True, False],
    "fleet": ["商砼车", "公交车", "渣土运输车", "公务用车", "其他"],
    "built_up": [True, False],
    "emergency": [True, False],
    "special_need": [True, False],
    "registered_on": [dt.date(2023, 1, 1), AS_OF, dt.date(2025, 1, 2)],
    "deregistered_on": [dt.date(2024, 6, 1), dt.date(2025, 6, 1), dt.date.max],
    "use": ["厂内运输", "公路运输", "其他"],
    "distance": [120, 300, Fraction(3001, 10)],
}


def month(trip):
    return AS_OF - dt.timedelta(days=29) <= trip["date"] <= AS_OF


def year(trip):
    return trip["date"].year == 2024


def outside(trip):
    return trip["direction"] in ("运入", "运出")


def road(trip):
    return trip["mode"] == "汽车"


def new_energy(trip):
    return road(trip) and trip["vehicle"]["new_energy"]


def dirty(trip):
    return road(trip) and not (
        trip["vehicle"]["new_energy"] or STAGES.index(trip["vehicle"]["stage"]) >= 6
    )


def short(trip):
    return road(trip) and (trip["direction"] == "厂内" or trip["distance"] <= 300)


def long(trip):
    return outside(trip) and road(trip) and trip["distance"] > 300


def raw(trip):
    return outside(trip) and trip["cargo"] == "原燃料"


def in_use(car):
    return car["registered_on"] <= AS_OF < car["deregistered_on"]


def public(car):
    six = car["fleet"] == "公交车" or (car["fleet"] == "渣土运输车" and car["built_up"])
    return (six or car["fleet"] == "公务用车") and not car["emergency"] and not car["special_need"]


def share(rows, among, counts, weight=lambda row: row["tonnes"]):
    whole = [row for row in rows if among(row)]
    total = sum(map(weight, whole))
    return Fraction(100 * sum(weight(r) for r in whole if counts(r)), total) if total else None


def substituted(rows):
    whole = [row for row in rows if month(row) and raw(row)]
    if not sum(row["tonnes"] for row in whole):
        return None
    clean = sum(row["tonnes"] for row in whole if row["mode"] in CLEAN)
    gap = Fraction(80, 100) * sum(row["tonnes"] for row in whole) - clean
    by_new = sum(row["tonnes"] for row in whole if new_energy(row))
    return Fraction(100) if gap <= by_new else 100 * by_new / gap


def one(row):
    return 1


SHARES = {
    "no2.rail-share": lambda rows: share(
        rows, lambda t: year(t) and outside(t), lambda t: t["mode"] == "铁路"
    ),
    "no2.rail-or-new-energy-share": lambda rows: share(
        rows, lambda t: year(t) and outside(t), lambda t: t["mode"] == "铁路" or new_energy(t)
    ),
    "no2.clean-share": lambda rows: share(
        rows, lambda t: month(t) and outside(t), lambda t: t["mode"] in CLEAN
    ),
    "no2.clean-or-new-energy-share": lambda rows: share(
        rows, lambda t: month(t) and outside(t), lambda t: t["mode"] in CLEAN or new_energy(t)
    ),
    "no2.clean-bulk-share": lambda rows: share(
        rows, lambda t: month(t) and outside(t) and t["bulk"], lambda t: t["mode"] in CLEAN
    ),
    "no2.raw-clean-share": lambda rows: share(
        rows, lambda t: month(t) and raw(t), lambda t: t["mode"] in CLEAN
    ),
    "no2.raw-substitution": substituted,
    "no2.short-haul": lambda rows: share(
        rows, lambda t: month(t) and short(t), lambda t: t["vehicle"]["new_energy"]
    ),
    "no2.short-haul-by-trips": lambda rows: share(
        rows, lambda t: month(t) and short(t), lambda t: t["vehicle"]["new_energy"], one
    ),
    "no2.long-haul": lambda rows: share(
        rows,
        lambda t: month(t) and long(t) and not t["vehicle"]["special_purpose"],
        lambda t: t["vehicle"]["new_energy"],
    ),
}  # fmt: skip
COUNTS = {
    "no2.other-raw-trips": lambda t: month(t) and raw(t) and dirty(t),
    "no2.other-product-trips":
        lambda t: month(t) and outside(t) and t["cargo"] == "产品" and dirty(t),
    "no2.other-long-trips": lambda t: month(t) and long(t) and dirty(t),
    "no2.other-road-trips": lambda t: year(t) and outside(t) and dirty(t),
}  # fmt: skip
FLEETS = {
    "no2.mixers-new-energy": lambda car: in_use(car) and car["fleet"] == "商砼车",
    "no2.public-new-energy": lambda car: in_use(car) and public(car),
    "no2.short-haul-by-vehicles": lambda car: in_use(car)
    and (car["use"] == "厂内运输" or (car["use"] == "公路运输" and car["distance"] <= 300)),
    "no2.long-haul-by-vehicles": lambda car: in_use(car)
    and car["use"] == "公路运输" and car["distance"] > 300 and not car["special_purpose"],
}  # fmt: skip


def records(fields, unknown, blanks=1):
    return st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in fields.items()}
    ).flatmap(
        lambda row: st.sets(st.sampled_from(unknown), max_size=blanks).map(
            lambda blank: {**row, **dict.fromkeys(blank)}
        )
    )


RIDDEN = ("new_energy", "stage", "special_purpose", "heavy")


def in_order(car):
    """No vehicle is deregistered before it is registered: such a row would be refused."""
    first, last = car["registered_on"], car["deregistered_on"]
    return {**car, "deregistered_on": max(first, last) if first and last else last}


ridden = st.lists(records(VEHICLE, RIDDEN).map(in_order), min_size=2, max_size=2)
fleets = st.lists(records(VEHICLE, sorted(VEHICLE), 2).map(in_order), min_size=1, max_size=2)
trips = st.lists(
    st.tuples(records(TRIP, ["date", "mode", "direction", "distance", "cargo", "bulk"]),
              st.integers(0, 1), st.integers(1, 40)),
    min_size=1, max_size=3,
)  # fmt: skip


def completions(rows, fields):
    """Every way to fill the unknown cells of some rows."""
    blank = [(n, name) for n, row in enumerate(rows) for name in fields if row[name] is None]
    for values in itertools.product(*(fields[name] for _, name in blank)):
        filled = [dict(row) for row in rows]
        for (n, name), value in zip(blank, values, strict=True):
            filled[n][name] = value
        yield filled


def written(value, unit):
    return None if value is None else f"{float(value):g} {unit}"


def entered(cars, moved):
    """The ledgers as records."""
    yield County(id="甲县")
    yield Enterprise(id="厂", name="厂", industry="化工")
    yield FreightProfile(id="厂", enterprise="厂")
    for n, car in enumerate(cars):
        yield Vehicle(
            id=f"车{n}", county="甲县", enterprise="厂",
            **{**car, "distance": written(car["distance"], "公里")},
        )  # fmt: skip
    for n, (trip, car, tonnes) in enumerate(moved):
        # goods that do not go by road have no vehicle
        by = f"车{car}" if trip["mode"] in ("汽车", None) else None
        yield Trip(
            id=str(n), enterprise="厂", tonnes=f"{tonnes} 吨", vehicle=by,
            **{**trip, "distance": written(trip["distance"], "公里")},
        )  # fmt: skip


def measured(cars, moved):
    found = airplan.assess(RULES, Facts.of(*entered(cars, moved)), AS_OF).metrics
    rows = found.filter(found["period"].is_in(["", "2024"])).iter_rows(named=True)
    return {row["metric"]: row for row in rows if row["subject"] in ("厂", "甲县")}


def near(number):
    return pytest.approx(float(number), rel=1e-12)


def held(name, row, possible):
    """The interval is the least and the greatest of what is possible, where something is known."""
    values = [value for value in possible if value is not None]
    if not values:
        return
    assert row["lo"] <= float(min(values)) * (1 + 1e-12), name
    assert row["hi"] >= float(max(values)) * (1 - 1e-12), name
    if row["known"] and None not in possible:
        assert (row["lo"], row["hi"]) == (near(min(values)), near(max(values))), name


@given(ridden, trips)
def test_every_share_and_count_of_trips_is_the_one_by_hand(cars, moved):
    """Per enterprise, by tonnes and by trips, over the year and the thirty days."""
    possible = {name: [] for name in (*SHARES, *COUNTS)}
    used = [trip for trip, _, _ in moved]
    for filled in completions(used, TRIP):
        for these in completions(cars, {name: VEHICLE[name] for name in RIDDEN}):
            rows = [
                {**trip, "vehicle": these[car], "tonnes": tonnes}
                for trip, (_, car, tonnes) in zip(filled, moved, strict=True)
            ]
            for name, by_hand in SHARES.items():
                possible[name].append(by_hand(rows))
            for name, counts in COUNTS.items():
                possible[name].append(sum(map(counts, rows)))
    found = measured(cars, moved)
    for name in SHARES:
        held(name, found[name], possible[name])
    for name in COUNTS:
        if found[name]["gaps"] != "0 rows":  # nothing was observed in the days asked about
            assert found[name]["lo"] == min(possible[name]), name
            assert found[name]["hi"] == max(possible[name]), name


@given(fleets)
def test_every_share_of_a_fleet_is_the_one_by_hand(cars):
    """By vehicles in use on the day, per enterprise and per county."""
    possible = {name: [] for name in FLEETS}
    for filled in completions(cars, VEHICLE):
        for name, among in FLEETS.items():
            possible[name].append(share(filled, among, lambda car: car["new_energy"], one))
    found = measured(cars, [])
    for name in FLEETS:
        held(name, found[name], possible[name])


kinds = st.tuples(
    st.sampled_from(["运入", "厂内", None]),
    st.sampled_from(["铁路", "汽车", "其他", None]),
    st.sampled_from([True, False, None]),
    st.integers(1, 9),
)


@settings(max_examples=150)
@given(st.lists(kinds, min_size=1, max_size=6).filter(
    lambda rows: sum(row.count(None) for row in rows) <= 6
))  # fmt: skip
def test_a_substitution_is_the_least_and_the_greatest_by_hand(rows):
    """Whether each row is raw material, goes cleanly, goes by new energy, or cannot be told."""
    cars = [Vehicle(id=f"车{n}", new_energy=new) for n, (_, _, new, _) in enumerate(rows)]
    moved = [
        Trip(id=str(n), enterprise="厂", date=AS_OF, cargo="原燃料", direction=way, mode=mode,
             tonnes=f"{tonnes} 吨", vehicle=f"车{n}")
        for n, (way, mode, _, tonnes) in enumerate(rows)
    ]  # fmt: skip
    table = rows_of(Facts.of(*cars, *moved), RAW_SUBSTITUTION).collect()
    found = measure(RAW_SUBSTITUTION, (table,), pl.Series(["厂"]), AS_OF).row(0, named=True)
    domains = {0: ["运入", "厂内"], 1: ["铁路", "汽车", "其他"], 2: [True, False]}
    blank = [(n, f) for n, row in enumerate(rows) for f in range(3) if row[f] is None]
    possible = []
    for values in itertools.product(*(domains[f] for _, f in blank)):
        filled = [list(row) for row in rows]
        for (n, f), value in zip(blank, values, strict=True):
            filled[n][f] = value
        trips_ = [
            {"date": AS_OF, "direction": way, "mode": mode, "cargo": "原燃料", "tonnes": tonnes,
             "vehicle": {"new_energy": new}}
            for way, mode, new, tonnes in filled
        ]  # fmt: skip
        possible.append(substituted(trips_))
    values = [value for value in possible if value is not None]
    low, high = (found[end] for end in RAW_SUBSTITUTION.ends)
    if values:
        assert low <= float(min(values)) * (1 + 1e-12)
        assert high >= float(max(values)) * (1 - 1e-12)
    if any(way == "运入" for way, *_ in rows):
        assert (low, high) == (near(min(values)), near(max(values)))


FLAGS = attrs.evolve(
    RAW_SUBSTITUTION, id="test.flags", among=Trip.through_town, instead_of=Trip.bulk,
    where=Trip.permitted,
)  # fmt: skip
flags = st.tuples(
    st.sampled_from([True, True, True, None, False]), st.sampled_from([False, True, None]),
    st.sampled_from([True, False, None]), st.integers(1, 9),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(flags, min_size=2, max_size=4))
def test_a_substitution_of_independent_facts(rows):
    """What goes cleanly needs no substitute; what may be either is not counted twice."""
    moved = [
        Trip(id=str(n), enterprise="厂", date=AS_OF, through_town=among, bulk=clean, permitted=new,
             tonnes=f"{tonnes} 吨")
        for n, (among, clean, new, tonnes) in enumerate(rows)
    ]  # fmt: skip
    table = rows_of(Facts.of(*moved), FLAGS).collect()
    found = measure(FLAGS, (table,), pl.Series(["厂"]), AS_OF).row(0, named=True)
    blank = [(n, f) for n, row in enumerate(rows) for f in range(3) if row[f] is None]
    values = []
    for chosen in itertools.product((True, False), repeat=len(blank)):
        filled = [list(row) for row in rows]
        for (n, f), value in zip(blank, chosen, strict=True):
            filled[n][f] = value
        whole = [row for row in filled if row[0]]
        if whole:
            clean = sum(tonnes for _, clean, _, tonnes in whole if clean)
            new = sum(tonnes for _, clean, new, tonnes in whole if new and not clean)
            gap = Fraction(8, 10) * sum(row[3] for row in whole) - clean
            values.append(Fraction(100) if gap <= new else 100 * new / gap)
    if any(row[0] for row in rows):
        ends = tuple(found[end] for end in FLAGS.ends)
        assert ends == (near(min(values)), near(max(values)))
    if not blank and values:
        assert found[FLAGS.part("value")] == near(values[0])
