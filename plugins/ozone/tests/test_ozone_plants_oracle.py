"""Runs, data that are kept, offsets and days of outlets, held against plain Python.

The oracle fills every unknown cell with each value it could have: what is said is so whatever it
is, and what would be so anyhow is said. Nothing is shared with the library but the ledgers' values.
"""

import datetime as dt
import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_core import Config, County, Facts
from airplan_ozone.ledgers import (
    Flare,
    FlareData,
    VocDay,
    VocFacility,
    VocHour,
    VocOffset,
    VocOutlet,
    VocProfile,
    VocProject,
    VocRun,
)
from airplan_qinyang import Enterprise

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_ozone, airplan_qinyang, airplan_ambient)
]
WORKS = (Enterprise(id="厂"), VocProfile(enterprise="厂"))


def assessed(rows, as_of, taken):
    """The outcome of each subject under each duty."""
    book = airplan.build_rulebook(PLUGINS, Config(interpretations=taken))
    found = airplan.assess(book, Facts.of(County(id="甲"), *rows), as_of)
    return found, {
        (row["duty"].removeprefix("ozone."), row["subject"]): row["outcome"]
        for row in found.outcomes.iter_rows(named=True)
    }


# Runs ---------------------------------------------------------------------------------------------

TODAY = dt.date(2024, 3, 10)
NEVER = dt.datetime.max
TIMES = (
    dt.datetime(2024, 3, 10, 8),
    dt.datetime(2024, 3, 10, 8, 1),
    dt.datetime(2024, 3, 11, 8),  # tomorrow
    NEVER,
)


def run_of(facility_on, line_on, line_off, facility_off, *, strict):
    """Whether a run was in order on the evening of the day; None where no line was started."""
    tomorrow = dt.datetime(2024, 3, 11)
    if line_on >= tomorrow:
        return "NOT_APPLICABLE"
    first = facility_on < line_on if strict else facility_on <= line_on
    stopped = facility_off < tomorrow
    last = not stopped or (facility_off > line_off if strict else facility_off >= line_off)
    return "COMPLIANT" if first and last else "VIOLATION"


def ordered(facility_on, line_on, line_off, facility_off):
    return facility_off >= facility_on and line_off >= line_on


@pytest.mark.parametrize("strict", [False, True])
def test_every_run_there_can_be(strict):
    """Each order of four times, tomorrow and never among them, with every cell blank or not."""
    cases = [
        times
        for times in itertools.product((*TIMES, None), repeat=4)
        if any(
            ordered(*filled)
            for filled in itertools.product(*((one,) if one else TIMES for one in times))
        )
    ]
    written = [["never" if one == NEVER else one for one in times] for times in cases]
    rows = [
        VocRun(
            id=f"{n}", facility="炉", facility_on_at=one[0], line_on_at=one[1], line_off_at=one[2],
            facility_off_at=one[3],
        )
        for n, one in enumerate(written)
    ]  # fmt: skip
    taken = {"2.5.2-2-same-minute": "strict" if strict else "same"}
    _, found = assessed([*WORKS, VocFacility(id="炉", profile="厂"), *rows], TODAY, taken)
    seen = set()
    for n, times in enumerate(cases):
        told = found["first-on-last-off", f"{n}"]
        seen.add(told)
        could = {
            run_of(*filled, strict=strict)
            for filled in itertools.product(*((one,) if one else TIMES for one in times))
            if ordered(*filled)
        }
        if told != "UNKNOWN":
            assert could == {told}, times
        else:
            assert None in times
        if None not in times:
            assert told != "UNKNOWN"
    assert seen == {"COMPLIANT", "VIOLATION", "NOT_APPLICABLE", "UNKNOWN"}


# Data that are kept -------------------------------------------------------------------------------


def year_later(day):
    """The same day of the next year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return dt.date(day.year + 1, 2, 28)


@pytest.mark.parametrize("more", [False, True])
def test_every_day_on_which_data_may_be_deleted(more):
    """From days around a leap year's February, deleted a year later, give or take three days."""
    as_of = dt.date(2025, 3, 2)
    made = [dt.date(2024, 2, 26) + dt.timedelta(days=n) for n in range(8)]
    made += [dt.date(2023, 2, 28), dt.date(2023, 3, 1), dt.date(2025, 3, 2), dt.date(2025, 3, 3)]
    made += [dt.date(2022, 12, 31), dt.date(2023, 1, 1)]
    cases = [
        (day, gone)
        for day in made
        for gone in (
            None,
            *(year_later(day) + dt.timedelta(days=n) for n in range(-3, 4)),
            *(one for one in (as_of, as_of + dt.timedelta(days=1)) if one >= day),
        )
    ]
    rows = [
        FlareData(id=f"{n}", flare="炬", created_on=day, deleted_on=gone or "never")
        for n, (day, gone) in enumerate(cases)
    ]
    flare = Flare(id="炬", enterprise="厂", kind="火炬", removed_on="never")
    taken = {"I-41": "more_than" if more else "at_least"}
    _, found = assessed([*WORKS, flare, *rows], as_of, taken)
    for n, (day, gone) in enumerate(cases):
        if day > as_of or (gone and gone < dt.date(2024, 1, 1)):
            expected = "NOT_APPLICABLE"
        elif gone is None or gone > as_of:
            expected = "COMPLIANT"
        else:
            full = gone > year_later(day) if more else gone >= year_later(day)
            expected = "COMPLIANT" if full else "VIOLATION"
        assert found["flare-data-kept", f"{n}"] == expected, (day, gone)


# Offsets ------------------------------------------------------------------------------------------

AMOUNT = st.sampled_from([0, "0.1", "4.9", 5, "9.9", 10, None])


@given(
    st.lists(
        st.lists(st.tuples(AMOUNT, st.sampled_from([True, False, None])), max_size=3),
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
)
@settings(deadline=None, max_examples=20)
def test_what_is_offset_in_the_region(projects, twice):
    """What is cut within the region, added up; of a project without a row nothing is known."""
    rows = []
    for n, offsets in enumerate(projects):
        rows.append(
            VocProject(
                id=f"{n}",
                nature="新建",
                industrial=True,
                approved_on="2024-01-01",
                emission="5 吨/年",
            )
        )
        rows += [
            VocOffset(
                id=f"{n}-{k}", project=f"{n}", in_region=inside,
                amount=None if amount is None else f"{amount} 吨/年",
            )
            for k, (amount, inside) in enumerate(offsets)
        ]  # fmt: skip
    taken = {"2.5.1-2-multiple": "twice" if twice else "above_par"}
    _, found = assessed(rows, TODAY, taken)
    for n, offsets in enumerate(projects):
        told = found["voc-offset", f"{n}"]
        if not offsets:
            assert told == "UNKNOWN"
            continue
        could = set()
        amounts = [(0, 10**6) if amount is None else (amount,) for amount, _ in offsets]
        places = [(True, False) if inside is None else (inside,) for _, inside in offsets]
        for filled in itertools.product(*amounts):
            for where in itertools.product(*places):
                total = sum(Fraction(a) for a, inside in zip(filled, where, strict=True) if inside)
                could.add(total >= 10 if twice else total > 5)
        expected = {frozenset({True}): "COMPLIANT", frozenset({False}): "VIOLATION"}
        assert told == expected.get(frozenset(could), "UNKNOWN"), offsets


# Days of outlets ----------------------------------------------------------------------------------

LIMIT = 50
FIRST = dt.datetime(2025, 1, 30)
HOUR = st.tuples(
    st.sampled_from([5, 49, 50, 51, 90, None]),
    st.sampled_from(["正常", "正常", "正常", "停炉", "停运", None]),
)


def kept_of(hours, date, *, by_hours, counted):
    """Whether a day is kept, of hours each of which is known."""
    counts = ("正常", "启炉", "停炉") if counted else ("正常",)
    mine = [value for time, (value, mark) in hours.items() if time.date() == date
            and mark in counts]  # fmt: skip
    if by_hours:
        return all(value <= LIMIT for value in mine)
    return not mine or Fraction(sum(mine), len(mine)) <= LIMIT


@given(
    st.dictionaries(st.integers(0, 47), HOUR, max_size=4),
    st.sets(st.integers(0, 47), max_size=2),
    st.booleans(),
    st.booleans(),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=30)
def test_days_are_made_of_hours(changed, missing, by_hours, counted, shuffler):
    """Kept, or not, as far as it follows whatever is not known; in any order of the rows."""
    held = {n: changed.get(n, (20, "正常")) for n in range(48) if n not in missing}
    rows = [
        VocHour(
            outlet="口", time=FIRST + dt.timedelta(hours=n), mark=mark,
            concentration=None if value is None else f"{value} mg/m³",
        )
        for n, (value, mark) in held.items()
    ]  # fmt: skip
    rows += [VocHour(outlet="另", time=FIRST, concentration="99 mg/m³", mark="正常")]
    shuffler.shuffle(rows)
    outlets = (
        VocOutlet(id="口", profile="厂", limit=f"{LIMIT} mg/m³"), VocOutlet(id="另", profile="厂")
    )  # fmt: skip
    taken = {
        "2.5.2-4-stable": "hours" if by_hours else "days",
        "2.5.2-4-start": "counted" if counted else "left_out",
    }
    found, _ = assessed([*WORKS, *outlets, *rows], dt.date(2025, 3, 1), taken)
    days = {
        row["date"]: row["kept"]
        for row in found.facts.table(VocDay).iter_rows(named=True)
        if row["outlet"] == "口"
    }
    assert set(days) == {(FIRST + dt.timedelta(hours=n)).date() for n in held}
    free = [n for n, (value, mark) in held.items() if value is None or mark is None]
    could = [
        list(itertools.product(
            [0, 50, 51, 2000] if held[n][0] is None else [held[n][0]],
            ["正常", "停炉", "停运"] if held[n][1] is None else [held[n][1]],
        ))
        for n in free
    ]  # fmt: skip
    for date, told in days.items():
        possible = set()
        for filled in itertools.product(*could):
            hours = dict(held) | dict(zip(free, filled, strict=True))
            timed = {FIRST + dt.timedelta(hours=n): one for n, one in hours.items()}
            possible.add(kept_of(timed, date, by_hours=by_hours, counted=counted))
        whole = sum((FIRST + dt.timedelta(hours=n)).date() == date for n in held) == 24
        assert told is None or {told} == possible
        if not free and whole:
            assert told is not None
        if told:
            assert whole
        if by_hours and possible == {False} and not free:
            assert told is False  # though hours are missing
