"""New grades: five in 2024 and two in 2025, of three grades that are a set, by the day of each."""

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

import airplan_ambient
import airplan_core as airplan
import airplan_emergency
import airplan_qinyang
from airplan_core import Config, County, Facts
from airplan_emergency.promotion import (
    FIRST,
    NAMED,
    RAISED,
    AirEmitter,
    created,
    stands,
)
from airplan_qinyang import Enterprise
from airplan_qinyang.grades import GRADES, PerformanceGrade

PLUGINS = [
    airplan.contribution(one.CAMPAIGN)
    for one in (airplan_emergency, airplan_qinyang, airplan_ambient)
]
NEW, MORE = "emergency.new-grades", "emergency.graded-enterprises-increase"


def book(**taken):
    return airplan.build_rulebook(
        PLUGINS, Config(interpretations={k.replace("_", "-"): v for k, v in taken.items()})
    )


BOOK = book()
HERE = BOOK.plan.county
READINGS = {
    "raised": airplan.build_rulebook(
        PLUGINS, Config(interpretations={"2.8.1-2-regraded": "raised"})
    ),
    "yearly": airplan.build_rulebook(PLUGINS, Config(interpretations={"I-45": "yearly"})),
    "stated": airplan.build_rulebook(
        PLUGINS, Config(interpretations={"2.8.1-1-emitters": "stated"})
    ),
}


def grade(enterprise, grade, begins, ends="never", n=0):
    return PerformanceGrade(
        id=f"{enterprise}{begins}{n}", enterprise=enterprise, grade=grade, begins_on=begins,
        ends_on=ends,
    )  # fmt: skip


def outcomes(*rows, as_of="2026-01-01", rules=BOOK, others=(), none=()):
    names = dict.fromkeys(row.enterprise for row in rows if row.enterprise)
    records = [County(id=HERE), *(Enterprise(id=name) for name in names), *rows, *others]
    found = airplan.assess(rules, Facts.of(*records, none=none), dt.date.fromisoformat(as_of))
    table = found.outcomes
    return {
        row["duty"].removeprefix("emergency."): row["outcome"]
        for row in table.filter(table["rule"].is_in([NEW, MORE])).iter_rows(named=True)
    }


def five(year=2024, count=5):
    return [grade(f"{year}厂{n}", "B级", f"{year}-06-30") for n in range(count)]


def test_five_in_2024_and_two_in_2025():
    """As many as the sentence says, to the last day of each year."""
    rows = [*five(2024, 4), grade("戊", "绩效引领性", "2024-12-31"), *five(2025, 2)]
    assert outcomes(*rows) == {
        "new-grades@2024": "COMPLIANT", "new-grades@2025": "COMPLIANT",
        "graded-enterprises-increase@2025": "COMPLIANT",
    }  # fmt: skip
    late = [*five(2024, 4), grade("戊", "绩效引领性", "2025-01-01"), *five(2025, 1)]
    found = outcomes(*late)
    assert found["new-grades@2024"] == "VIOLATION"
    assert found["new-grades@2025"] == "COMPLIANT"


def test_a_year_that_runs_is_pending():
    """What is created is created; what is not may still be."""
    assert outcomes(*five(2024, 4), as_of="2024-12-31")["new-grades@2024"] == "PENDING"
    assert outcomes(*five(2024, 5), as_of="2024-07-01")["new-grades@2024"] == "COMPLIANT"
    assert outcomes(*five(2024, 4), as_of="2025-01-01")["new-grades@2024"] == "VIOLATION"
    assert outcomes(*five(2024, 5), as_of="2024-06-29")["new-grades@2024"] == "PENDING"


@pytest.mark.parametrize(
    ("row", "first", "raised"),
    [
        # two scales and a set: B- is not B, C is none, 非引领性 and 未评级 neither
        ([("A级", "2024-03-01")], True, True),
        ([("绩效引领性", "2024-03-01")], True, True),
        ([("B-级", "2024-03-01")], False, False),
        ([("C级", "2024-03-01")], False, False),
        ([("非引领性", "2024-03-01")], False, False),
        # from below
        ([("C级", "2020-01-01"), ("B级", "2024-03-01")], True, True),
        ([("B-级", "2020-01-01"), ("B级", "2024-03-01")], True, True),
        # from B to A it is the same enterprise; whether one more is a reading
        ([("B级", "2020-01-01"), ("A级", "2024-03-01")], False, True),
        ([("A级", "2020-01-01"), ("B级", "2024-03-01")], False, False),
        ([("A级", "2020-01-01"), ("A级", "2024-03-01")], False, False),
        # both within the year: once
        ([("B级", "2024-03-01"), ("A级", "2024-09-01")], True, True),
        ([("A级", "2024-03-01"), ("B级", "2024-09-01")], True, True),
        # another scale
        ([("绩效引领性", "2020-01-01"), ("A级", "2024-03-01")], False, True),
    ],
)
def test_who_is_a_new_one(row, first, raised):
    """The fifth of 2024, or not."""
    rows = [*five(2024, 4), *(grade("戊", name, day, n=n) for n, (name, day) in enumerate(row))]
    for rules, so in ((BOOK, first), (READINGS["raised"], raised)):
        found = outcomes(*rows, rules=rules)["new-grades@2024"]
        assert found == ("COMPLIANT" if so else "VIOLATION")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([grade("戊", None, "2024-03-01")], "UNKNOWN"),
        ([grade("戊", "A级", None)], "UNKNOWN"),
        ([grade("戊", None, "2023-03-01")], "VIOLATION"),
        # it may have been B before
        ([grade("戊", "A级", "2024-03-01"), grade("戊", None, "2022-01-01", n=1)], "UNKNOWN"),
        ([grade("戊", "A级", "2024-03-01"), grade("戊", None, "2024-01-01", n=1)], "COMPLIANT"),
        ([grade(None, "A级", "2024-03-01")], "UNKNOWN"),
        ([grade("戊", "A级", "never")], "VIOLATION"),
    ],
)
def test_what_is_not_known_is_open(more, expected):
    """Four are sure, and one may be the fifth."""
    assert outcomes(*five(2024, 4), *more)["new-grades@2024"] == expected


def test_no_ledger_is_not_known_and_an_empty_one_has_none():
    """A closed ledger without a row says that nobody is graded."""
    assert set(outcomes(others=[Enterprise(id="甲")]).values()) == {"UNKNOWN"}
    found = outcomes(others=[Enterprise(id="甲")], none=[PerformanceGrade])
    assert set(found.values()) == {"VIOLATION"}


def test_there_are_more_at_the_end_of_2025_than_a_year_before():
    """How many there are; whose grade has run out is one no more."""
    old = [grade(f"旧{n}", "A级", "2020-01-01") for n in range(3)]
    assert outcomes(*old)[f"{MORE.partition('.')[2]}@2025"] == "VIOLATION"
    key = "graded-enterprises-increase@2025"
    assert outcomes(*old, *five(2025, 1))[key] == "COMPLIANT"
    lost = [*old[1:], grade("旧0", "A级", "2020-01-01", "2025-12-30")]
    assert outcomes(*lost, *five(2025, 1))[key] == "VIOLATION"
    kept = [*old[1:], grade("旧0", "A级", "2020-01-01", "2025-12-31")]
    assert outcomes(*kept, *five(2025, 1))[key] == "COMPLIANT"
    # as the words have it, two in 2025 are fewer than five in 2024
    yearly = READINGS["yearly"]
    assert outcomes(*five(2024, 5), *five(2025, 2), rules=yearly)[key] == "VIOLATION"
    assert outcomes(*five(2024, 1), *five(2025, 2), rules=yearly)[key] == "COMPLIANT"


def test_the_sentence_speaks_of_enterprises_that_emit():
    """Who is graded does, unless it says otherwise; or only who says so."""
    names = [f"2024厂{n}" for n in range(5)]
    said = [AirEmitter(enterprise=name, emits=True) for name in names[:4]]
    no = AirEmitter(enterprise=names[4], emits=False)
    assert outcomes(*five(), others=said)["new-grades@2024"] == "COMPLIANT"
    assert outcomes(*five(), others=[*said, no])["new-grades@2024"] == "VIOLATION"
    stated = READINGS["stated"]
    assert outcomes(*five(), others=said, rules=stated)["new-grades@2024"] == "UNKNOWN"
    yes = AirEmitter(enterprise=names[4], emits=True)
    assert outcomes(*five(), others=[*said, yes], rules=stated)["new-grades@2024"] == "COMPLIANT"


def test_a_neighbours_enterprises_are_its_own():
    """Where it is entered whose they are; where not, of two counties it is not known."""
    away = County(id="邻县")
    mine = [AirEmitter(enterprise=f"2024厂{n}", county=HERE) for n in range(5)]

    def found(*emitters):
        records = [County(id=HERE), away, *(Enterprise(id=f"2024厂{n}") for n in range(5)), *five()]
        table = airplan.assess(BOOK, Facts.of(*records, *emitters), dt.date(2025, 1, 1)).outcomes
        table = table.filter(table["duty"] == f"{NEW}@2024")
        return dict(table.select("subject", "outcome").iter_rows())

    assert found(*mine) == {HERE: "COMPLIANT", "邻县": "VIOLATION"}
    assert set(found(*mine[:4]).values()) == {"UNKNOWN", "VIOLATION"}


DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2026, 6, 1))
ROWS = st.lists(st.tuples(st.sampled_from(GRADES), DAYS, DAYS), max_size=4)
FROM, TO = dt.date(2024, 1, 1), dt.date(2024, 12, 31)


def by_hand(rows, *, raised):
    """Whether an enterprise is a new one in 2024, day by day."""
    had = set()
    new = False
    for day in sorted({begins for _, begins, _ in rows}):
        now = {grade for grade, begins, _ in rows if begins == day and grade in NAMED}
        if FROM <= day <= TO:
            if raised:
                risen = now - had - ({"B级"} if "A级" in had | now else set())
                new = new or bool(risen)
            else:
                new = new or bool(now and not had)
        had |= now
    return new


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_it_is_counted_as_by_hand(rows):
    """What is known is sure, on either reading; and grades stand from day to day."""
    for ways, raised in ((FIRST, False), (RAISED, True)):
        assert created(rows, ways, FROM, TO) == (by_hand(rows, raised=raised),) * 2
    holds = any(grade in NAMED and begins <= TO <= ends for grade, begins, ends in rows)
    assert stands(rows, TO) == (holds, holds)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.data())
def test_what_is_blank_leaves_open_what_it_may_be(rows, data):
    """Filled in, it is one of what was possible."""
    gaps = [data.draw(st.sampled_from(("grade", "begins", None))) for _ in rows]
    blank = [
        (None if gap == "grade" else grade, None if gap == "begins" else begins, ends)
        for gap, (grade, begins, ends) in zip(gaps, rows, strict=True)
    ]
    for ways in (FIRST, RAISED):
        sure, may = created(blank, ways, FROM, TO)
        so, _ = created(rows, ways, FROM, TO)
        assert sure <= so <= may
    sure, may = stands(blank, TO)
    assert sure <= stands(rows, TO)[0] <= may
