"""Shares of stations, nozzles by their table, tests three months apart: against plain Python.

The oracle fills every unknown cell with each value it could have: what the library knows is so in
every filling, and what is so in every filling it knows, where the oracle says so.
"""

import datetime as dt
import itertools
from fractions import Fraction

import polars as pl
from hypothesis import given, strategies as st

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_core import Config, County, Facts, ledger_of
from airplan_ozone.petrol_ledgers import (
    FillingStation,
    FuelSample,
    NozzleTest,
    StationTest,
    TankTruck,
    TruckTest,
)

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_ozone, airplan_qinyang, airplan_ambient)
]
AS_OF = dt.date(2026, 1, 1)
NEVER = dt.date.max


def book(*rules):
    """A rulebook of a few rules, so that a case is cheap."""
    every = airplan.build_rulebook(PLUGINS).rules
    off = dict.fromkeys(set(every) - {*rules}, "not asked here")
    return airplan.build_rulebook(PLUGINS, Config(disable=off))


SPOT, SPECIAL = "ozone.petrol-stations-spot-checked-2024", "ozone.stations-special-check-2024"
BOOK = book(SPOT, SPECIAL)


def outcome(rule, rows, as_of=AS_OF):
    found = airplan.assess(BOOK, Facts.of(County(id="甲"), County(id="乙"), *rows), as_of).outcomes
    ((one,),) = (
        found.filter((pl.col("rule") == rule) & (pl.col("subject") == "甲"))
        .select("outcome")
        .rows()
    )
    return one


def completed(entity, *rows):
    """A ledger as it is completed from the others, row by row."""
    facts = Facts.of(*rows)
    derived = ledger_of(entity).derived
    tables = [facts.table(one) for one in (entity, *derived.sources)]
    table, _ = derived.compute(*tables, {})
    return table.rows(named=True)


def fillings(rows, could_be):
    """Every table that the rows may be, each unknown cell filled with each of its values."""
    blanks = [(n, name) for n, row in enumerate(rows) for name in could_be if row.get(name) is None]
    for values in itertools.product(*(could_be[name] for _, name in blanks)):
        filled = [dict(row) for row in rows]
        for (n, name), value in zip(blanks, values, strict=True):
            filled[n][name] = value
        yield filled


def cells(could_be):
    return st.fixed_dictionaries(
        {name: st.sampled_from([*values, None]) for name, values in could_be.items()}
    )


# Shares -------------------------------------------------------------------------------------------

DAYS = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 5, 31), dt.date(2024, 6, 1),
        dt.date(2024, 12, 31), dt.date(2025, 1, 1), NEVER]  # fmt: skip
PLACE = {"petrol": [True, False], "opened_on": DAYS, "closed_on": [DAYS[2], DAYS[4], NEVER]}
SAMPLE = {"supervisory": [True, False], "taken_on": DAYS[:-1], "at": [0, 1]}


def share(stations, at, ends, counts):
    """A share of the petrol stations in use on a day, in hundredths; None where there is none."""
    among = [
        n for n, one in enumerate(stations)
        if one["petrol"] and one["opened_on"] <= ends and not one["closed_on"] <= ends
    ]  # fmt: skip
    reached = {row["at"] for row in at if counts(row, stations)}
    return Fraction(100 * len(reached & {*among}), len(among)) if among else None


def agree(found, shares, least):
    """What the library knows is so in every filling; where nothing is open it knows it."""
    told = {
        "NOT_APPLICABLE" if one is None else "COMPLIANT" if one >= least else "VIOLATION"
        for one in shares
    }
    if found != "UNKNOWN":
        assert told == {found}
    elif len(shares) == 1:
        raise AssertionError(f"nothing is open, and it is {told}")


def places(rows):
    # a day before it opened is none on which a station closes
    return [
        {**row, "closed_on": max(row["closed_on"], row["opened_on"])
         if row["closed_on"] and row["opened_on"] else row["closed_on"]}
        for row in rows
    ]  # fmt: skip


@given(
    st.lists(cells(PLACE), min_size=2, max_size=2).map(places), st.lists(cells(SAMPLE), max_size=2)
)
def test_spot_checked_stations(stations, samples):
    """Each station once, of those in operation at the year's end."""

    def counts(row, _):
        in_year = dt.date(2024, 1, 1) <= row["taken_on"] <= dt.date(2024, 12, 31)
        return row["supervisory"] and in_year

    rows = [FillingStation(id=f"{n}", county="甲", **one) for n, one in enumerate(stations)]
    rows.append(FillingStation(id="2", county="乙", petrol=False))
    rows += [
        FuelSample(
            id=f"{n}", county="甲", station=None if one["at"] is None else f"{one['at']}",
            supervisory=one["supervisory"], taken_on=one["taken_on"], source="加油站",
        )
        for n, one in enumerate(samples)
    ]  # fmt: skip
    tables = itertools.product(fillings(stations, PLACE), fillings(samples, SAMPLE))
    found = outcome(SPOT, [*rows, FuelSample(id="别", station="2", county="乙")])
    agree(found, [share(s, at, dt.date(2024, 12, 31), counts) for s, at in tables], 5)


CHECK = {"tested_on": DAYS, "purpose": ["专项检查", "监督性检测"], "at": [0, 1]}


@given(
    st.lists(cells(PLACE), min_size=2, max_size=2).map(places), st.lists(cells(CHECK), max_size=2)
)
def test_specially_checked_stations(stations, tests):
    """Of those in use on the last of May, what was checked by then, or later in the year."""
    ends = dt.date(2024, 5, 31)

    def by(day):
        def counts(row, places):
            opened = places[row["at"]]["opened_on"]
            in_year = dt.date(2024, 1, 1) <= row["tested_on"] <= day
            return row["purpose"] == "专项检查" and in_year and opened <= row["tested_on"]

        return counts

    rows = [FillingStation(id=f"{n}", county="甲", **one) for n, one in enumerate(stations)]
    rows.append(FillingStation(id="2", county="乙", petrol=False))
    rows += [
        StationTest(
            id=f"{n}", station=None if one["at"] is None else f"{one['at']}",
            tested_on=one["tested_on"], purpose=one["purpose"],
        )
        for n, one in enumerate(tests)
    ]  # fmt: skip
    tables = list(itertools.product(fillings(stations, PLACE), fillings(tests, CHECK)))
    found = outcome(SPECIAL, [*rows, StationTest(id="别", station="2")])
    in_time = [share(s, at, ends, by(ends)) for s, at in tables]
    in_year = [share(s, at, ends, by(dt.date(2024, 12, 31))) for s, at in tables]
    if found == "LATE":
        assert all(one is not None and one < 100 for one in in_time)
        assert all(one == 100 for one in in_year)
    elif found == "VIOLATION":
        agree(found, in_year, 100)
    elif found != "UNKNOWN":
        agree(found, in_time, 100)
    elif len(tables) == 1:
        raise AssertionError(f"nothing is open, and it is {in_time} and {in_year}")


# Nozzles ------------------------------------------------------------------------------------------


def kept(total, ratios):
    """By the standard's words: how many are tested, how many of them may not fail."""
    failed = sum(not Fraction(1) <= ratio <= Fraction(12, 10) for ratio in ratios)
    if total <= 6:
        sample, fails = total, 1
    elif total <= 10:
        sample, fails = 6, 1
    elif total <= 15:
        sample, fails = 8, 2
    elif total <= 20:
        sample, fails = 10, 2
    else:
        sample, fails = 12, 3
    if failed >= fails:
        return False
    return True if len(ratios) >= sample else None


RATIOS = ["0.99", "1", "1.2", "1.21", None]


@given(
    st.sampled_from([*range(1, 26), None]),
    st.integers(0, 13).flatmap(
        lambda n: st.lists(st.sampled_from(["1", *RATIOS[:4], "1.1"]), min_size=n, max_size=n)
    ),
    st.lists(st.none(), max_size=2),
)
def test_nozzles_by_the_table(total, told, blanks):
    """What is known is so whatever the blanks are; without blanks it is what the words say."""
    ratios = [*told, *blanks]
    if total is not None and len(ratios) > total:
        ratios = ratios[:total]
    rows = [
        NozzleTest(id=f"{n}", test="测", ratio=None if one is None else f"{one} 升/升")
        for n, one in enumerate(ratios)
    ]
    (row,) = completed(StationTest, StationTest(id="测", station="站", nozzles=total), *rows)
    could = [
        kept(count, [Fraction(one) for one in filled])
        for count in ([total] if total else range(max(1, len(ratios)), 30))
        for filled in itertools.product(
            *([one] if one is not None else ["0.9", "1.1"] for one in ratios)
        )
    ]
    if row["ratio_kept"] is not None:
        assert set(could) == {row["ratio_kept"]}
    elif total is not None and ratios:
        assert len({*could}) > 1 or could[0] is None


# Three months -------------------------------------------------------------------------------------


def three_months_after(day):
    """The same day of the month, or its last (民法典 202)."""
    month = day.month + 3
    year, month = day.year + (month > 12), (month - 1) % 12 + 1
    following = dt.date(year + (month == 12), month % 12 + 1, 1)
    return min(day.day, (following - dt.timedelta(days=1)).day), month, year


def apart(first, day):
    number, month, year = three_months_after(first)
    return day > dt.date(year, month, number)


TEST = {"tightness_tested": [True, False]}
TESTS = st.lists(
    st.fixed_dictionaries(
        {
            "tested_on": st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
            | st.sampled_from([dt.date(2024, 11, 30), dt.date(2024, 2, 29), dt.date(2024, 5, 29)]),
            "tightness_tested": st.sampled_from([True, True, False, None]),
        }
    ),
    max_size=4,
)


@given(TESTS)
def test_tests_three_months_apart(tests):
    """Of each test whether it is so long after the first of those that are tests of tightness."""
    rows = [TruckTest(id=f"{n}", truck="车", **one) for n, one in enumerate(tests)]
    found = completed(TruckTest, TankTruck(id="车"), *rows)

    def told(filled, n):
        days = [one["tested_on"] for one in filled if one["tightness_tested"]]
        return apart(min(days), filled[n]["tested_on"]) if days else False

    for n, row in enumerate(found):
        could = {
            told(filled, n) for filled in fillings(tests, TEST) if filled[n]["tightness_tested"]
        }
        if row["apart"] is not None and could:
            assert could == {row["apart"]}
        if len(could) == 2:
            assert row["apart"] is None
