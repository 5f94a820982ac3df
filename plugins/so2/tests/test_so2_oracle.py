"""Every share, sum and count of the chapter, and the days of outlets, held against plain Python.

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

import airplan_ambient
import airplan_core as airplan
import airplan_qinyang
import airplan_so2
from airplan_ambient.ledgers import Station, StationHour
from airplan_core import Config, County, Facts, Period, measure_each
from airplan_qinyang import Enterprise
from airplan_so2.coal import CAP, NON_POWER, POWER
from airplan_so2.farming import REMOVED
from airplan_so2.heating import AREA, AREA_DUE, GAS_COVERAGE, HOUSEHOLDS, HOUSEHOLDS_DUE
from airplan_so2.high_values import high_hours
from airplan_so2.ledgers import (
    CoalTask,
    CoalUse,
    FarmEquipment,
    HeatSupply,
    Outlet,
    OutletDay,
    OutletHour,
    SulphurCheck,
    SulphurProfile,
    Village,
)
from airplan_so2.sulphur import FACILITY, FUGITIVE, NOT_KEPT

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_so2, airplan_qinyang, airplan_ambient)
]
AS_OF = dt.date(2026, 1, 1)
YEAR = Period("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31))
NEVER = dt.date.max
DAYS = [dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 12, 31), AS_OF, NEVER]


def measured(metric, rows, ids=("甲",)):
    """The interval of a metric for some subjects, as the library has it."""
    facts = Facts.of(*rows)
    tables = [facts.table(entity) for entity in metric.ledgers]
    found = measure_each([metric], tables, pl.Series("id", list(ids)), AS_OF)
    low, high = metric.ends
    return [(row[low], row[high]) for row in found.iter_rows(named=True)]


def fillings(rows, could_be):
    """Every table that the rows may be, each unknown cell filled with each of its values."""
    blanks = [(n, name) for n, row in enumerate(rows) for name in could_be if row.get(name) is None]
    for values in itertools.product(*(could_be[name] for _, name in blanks)):
        filled = [dict(row) for row in rows]
        for (n, name), value in zip(blanks, values, strict=True):
            filled[n][name] = value
        yield filled


def ends(rows, could_be, of):
    """The least and the greatest that something comes to, over every filling; None is not known."""
    found = [of(filled) for filled in fillings(rows, could_be)]
    known = [one for one in found if one is not None]
    return (min(known), max(known), len(known) < len(found)) if known else (None, None, True)


def cells(**could_be):
    return st.fixed_dictionaries({name: st.sampled_from(of) for name, of in could_be.items()})


def near(value, expected):
    return value == pytest.approx(float(expected), abs=1e-6)


VILLAGE = {"terrain": ["平原", "山区", "岭区"], "piped_on": DAYS}


@given(st.lists(cells(terrain=[*VILLAGE["terrain"], None], piped_on=[*DAYS, None]), max_size=4))
def test_gas_coverage_is_the_plains_piped_villages(rows):
    """Of the villages of the plain, those with gas by the day; other land is in neither."""
    (low, high), = measured(
        GAS_COVERAGE, [Village(id=f"{n}", county="甲", **row) for n, row in enumerate(rows)]
    )  # fmt: skip

    def share(filled):
        plain = [row for row in filled if row["terrain"] == "平原"]
        piped = sum(row["piped_on"] <= AS_OF for row in plain)
        return Fraction(100 * piped, len(plain)) if plain else None

    least, most, open_ = ends(rows, VILLAGE, share)
    if least is None:
        return  # nobody is asked: the chapter's tests say what comes of it
    assert low <= float(least) + 1e-6
    assert high is None or high >= float(most) - 1e-6
    if not open_ and not any(row["terrain"] is None for row in rows):
        assert near(low, least)
        assert near(high, most)


HEAT = {"built_up": [True, False], "supplied_on": DAYS}


@given(
    st.lists(
        cells(built_up=[True, False, None], supplied_on=[*DAYS, None], area=[0, 7, 51]), max_size=4
    )
)
def test_heat_is_the_sum_of_what_is_joined(rows):
    """The areas, and the households, of the built-up area that are supplied by the day."""
    made = [
        HeatSupply(
            id=f"{n}", county="甲", built_up=row["built_up"], supplied_on=row["supplied_on"],
            area=f"{row['area']} ㎡", area_due=f"{row['area']} ㎡", households=f"{row['area']} 户",
            households_due=f"{row['area']} 户",
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip

    def joined(filled):
        return sum(r["area"] for r in filled if r["built_up"] and r["supplied_on"] <= AS_OF)

    def due(filled):
        return sum(r["area"] for r in filled if r["built_up"])

    for metrics, of in (((AREA, HOUSEHOLDS), joined), ((AREA_DUE, HOUSEHOLDS_DUE), due)):
        least, most, _ = ends(rows, HEAT, of)
        for metric in metrics:
            ((low, high),) = measured(metric, made)
            assert near(low, least)
            assert (high is None) is (not rows)  # of a ledger without a row nothing is known
            assert high is None or near(high, most)


@given(
    st.lists(st.sampled_from([0, 3, 20, None]), max_size=3),
    st.lists(st.sampled_from([10, 30, None]), max_size=2),
)
def test_coal_of_a_year_and_its_cap(years, caps):
    """The year's own row, power and the rest; of the caps the lowest."""
    rows = [
        CoalUse(
            county="甲", ends_on=f"{2023 + n}-12-31",
            non_power=None if one is None else f"{one} 吨", power=f"{n} 吨",
        )
        for n, one in enumerate(years)
    ]  # fmt: skip
    ((low, high),) = measured(NON_POWER.over(YEAR), rows)
    ((power, most_power),) = measured(POWER.over(YEAR), rows)
    if len(years) < 3:
        assert (low, high) == (0, None)
    else:
        assert (power, most_power) == (2, 2)
        assert (low, high) == ((0, None) if years[2] is None else (years[2], years[2]))
    tasks = [
        CoalTask(county="甲", level=level, cap=None if one is None else f"{one} 吨")
        for level, one in zip(("国家", "省"), caps, strict=False)
    ]
    ((low, high),) = measured(CAP, tasks)
    known = [one for one in caps if one is not None]
    if not known:
        assert (low, high) == (0, None)
    else:
        assert (low, high) == (0 if None in caps else min(known), min(known))


CHECK = {"date": DAYS[:4], "fugitive": [True, False], "desulphurisation": [True, False]}


@given(st.lists(cells(**{name: [*of, None] for name, of in CHECK.items()}), max_size=3))
def test_checks_of_a_year_are_counted(rows):
    """Those of the year that looked at the one thing, or at the other."""
    made = [SulphurCheck(id=f"{n}", profile="甲", **row) for n, row in enumerate(rows)]
    for metric, name in ((FUGITIVE, "fugitive"), (FACILITY, "desulphurisation")):

        def count(filled, name=name):
            return sum(r[name] for r in filled if r["date"].year == 2025 and r["date"] <= AS_OF)

        least, most, _ = ends(rows, CHECK, count)
        assert measured(metric.over(YEAR), made) == [(least, most)]


EQUIPMENT = {
    "kind": ["中药材烘干", "储粮烘干", "农产品加工", "其他"],
    "conforms": [True, False],
    "removed_on": DAYS,
}


@given(st.lists(cells(**{name: [*of, None] for name, of in EQUIPMENT.items()}), max_size=3))
def test_the_share_of_devices_that_are_gone(rows):
    """Of those below the standard, and of the two uses that are named."""
    metric = REMOVED.taken({"2.3.5-5-etc": "listed"})
    made = [FarmEquipment(id=f"{n}", county="甲", **row) for n, row in enumerate(rows)]
    ((low, high),) = measured(metric, made)

    def share(filled):
        mine = [r for r in filled if r["kind"] in ("储粮烘干", "农产品加工") and not r["conforms"]]
        gone = sum(r["removed_on"] <= AS_OF for r in mine)
        return Fraction(100 * gone, len(mine)) if mine else None

    least, most, open_ = ends(rows, EQUIPMENT, share)
    if least is None:
        return
    assert low <= float(least) + 1e-6
    assert high is None or high >= float(most) - 1e-6
    if not open_ and all(row["kind"] and row["conforms"] is not None for row in rows):
        assert near(low, least)
        assert near(high, most)


# An outlet's days --------------------------------------------------------------------------------

LIMIT = 30
READINGS = st.fixed_dictionaries(
    {
        "2.3.4-4-stable": st.sampled_from(["hours", "days"]),
        "2.3.4-4-start": st.sampled_from(["left_out", "counted"]),
        "2.3.4-5-surge": st.sampled_from(["half_limit", "doubled"]),
    }
)
HOUR = st.tuples(
    st.sampled_from([5, 14, 15, 16, 29, 30, 31, 45, None]),
    st.sampled_from(["正常", "正常", "正常", "启炉", "停运", None]),
)
FIRST = dt.datetime(2025, 1, 30)


def day_of(hours, date, readings, limit):
    """Whether a day is kept, and whether it surged: of hours by their time, each fully known."""
    counts = ("正常", "启炉", "停炉") if readings["2.3.4-4-start"] == "counted" else ("正常",)
    valid = [(time, value) for time, (value, mark) in sorted(hours.items()) if mark in counts]
    mine = [value for time, value in valid if time.date() == date]
    if readings["2.3.4-4-stable"] == "hours":
        kept = all(value <= limit for value in mine)
    else:
        kept = not mine or Fraction(sum(mine), len(mine)) <= limit
    surged = False
    for (_, before), (time, value) in itertools.pairwise(valid):
        if time.date() == date:
            rise = value - before
            doubled = readings["2.3.4-5-surge"] == "doubled"
            surged |= value > 2 * before if doubled else 2 * rise > limit
    return kept, surged


@given(
    st.dictionaries(st.integers(0, 71), HOUR, max_size=5),
    st.sets(st.integers(0, 71), max_size=2),
    READINGS,
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_days_are_made_of_hours(changed, missing, readings, shuffler):
    """Kept, and surged, as far as it follows whatever is not known; in any order of the rows."""
    held = {n: changed.get(n, (14, "正常")) for n in range(72) if n not in missing}
    rows = [
        OutletHour(
            outlet="口", time=FIRST + dt.timedelta(hours=n),
            concentration=None if value is None else f"{value} mg/m³", mark=mark,
        )
        for n, (value, mark) in held.items()
    ]  # fmt: skip
    other = [attrs.evolve(row, id=f"另{row.id}", outlet="另") for row in rows[:30]]
    every = [*rows, *other]
    shuffler.shuffle(every)
    outlets = (
        Enterprise(id="厂"), SulphurProfile(id="厂", enterprise="厂"),
        Outlet(id="口", profile="厂", limit=f"{LIMIT} mg/m³"), Outlet(id="另", profile="厂"),
    )  # fmt: skip
    book = airplan.build_rulebook(PLUGINS, Config(interpretations=readings))
    found = airplan.assess(book, Facts.of(County(id="甲"), *outlets, *every), AS_OF).facts
    days = {
        row["date"]: row
        for row in found.table(OutletDay).iter_rows(named=True)
        if row["outlet"] == "口"
    }
    # blanks can be anything: low or high, valid or not
    free = [n for n, (value, mark) in held.items() if value is None or mark is None]
    could = []
    for n in free:
        value, mark = held[n]
        values = [0, 5, 16, 31, 100] if value is None else [value]
        marks = ["正常", "启炉", "停运"] if mark is None else [mark]
        could.append(list(itertools.product(values, marks)))
    possible = {date: (set(), set()) for date in days}
    for filled in itertools.islice(itertools.product(*could), 300):
        hours = dict(held) | dict(zip(free, filled, strict=True))
        timed = {FIRST + dt.timedelta(hours=n): one for n, one in hours.items()}
        for date, (kept, surged) in possible.items():
            one, two = day_of(timed, date, readings, LIMIT)
            kept.add(one)
            surged.add(two)
    for date, (kept, surged) in possible.items():
        day = days[date]
        whole = sum((FIRST + dt.timedelta(hours=n)).date() == date for n in held) == 24
        # what is said is so, whatever the blanks are
        assert day["kept"] is None or {day["kept"]} == kept
        assert day["surged"] is None or {day["surged"]} == surged
        if not free and whole:
            assert day["kept"] is not None
        if day["kept"]:
            assert whole
        if not free and kept == {False} and readings["2.3.4-4-stable"] == "hours":
            assert day["kept"] is False  # though hours are missing


DAY = st.sampled_from([True, False, None])


@given(st.lists(DAY, min_size=20, max_size=31))
def test_days_over_the_permit_of_a_month(kept):
    """Those that are not kept; those that are not known, or not there, may be."""
    rows = [
        OutletDay(outlet="甲", date=dt.date(2025, 1, 1) + dt.timedelta(days=n), kept=one)
        for n, one in enumerate(kept)
    ]
    january = Period("2025-01", dt.date(2025, 1, 1), dt.date(2025, 1, 31))
    over = sum(one is False for one in kept)
    fine = sum(one is True for one in kept)
    assert measured(NOT_KEPT.over(january), rows) == [(over, 31 - fine)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["一", "二", "外", "谁"]),
            st.integers(-30, 24 * 40),
            st.sampled_from([50, 150, 151, 600, None]),
        ),
        max_size=12,
        unique_by=lambda one: one[:2],
    ),
    st.booleans(),
)
@settings(deadline=None)
def test_high_hours_of_a_county(rows, whole):
    """Hours above the value at the county's stations, by the day that an hour's label ends."""
    first = dt.datetime(2025, 1, 1)
    span = Period("span", dt.date(2025, 1, 1), dt.date(2025, 2, 28))
    stations = [
        Station(id="一", county="甲"), Station(id="二", county="甲"), Station(id="外", county="乙"),
        Station(id="谁"),
    ]  # fmt: skip
    stations = stations if whole else stations[:3]
    rows = [one for one in rows if whole or one[0] != "谁"]
    made = [
        StationHour(
            station=station, time=first + dt.timedelta(hours=n),
            so2=None if value is None else f"{value} µg/m³",
        )
        for station, n, value in rows
    ]  # fmt: skip
    metric = high_hours("test.high", "高", "high", StationHour.so2, 150).over(span)
    facts = Facts.of(*stations, *made)
    tables = (facts.table(StationHour), facts.table(Station))
    found = metric.compute(tables, pl.Series("id", ["甲", "乙", "丙"]), span, AS_OF)
    county = {"一": "甲", "二": "甲", "外": "乙"}
    for name, low, high in found.select("id", "lo", "hi").iter_rows():
        # the hour labelled 0:00 of the first day is of the day before
        mine = [v for s, n, v in rows if county.get(s) == name and n > 0]
        assert low == sum(v is not None and v > 150 for v in mine)
        assert high is None  # so few hours are no whole month
