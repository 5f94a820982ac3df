"""Transport under an alert: who is a key user, what moves less, and what is ordinary."""

import datetime as dt
import functools
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

import airplan_core as airplan
import airplan_emergency
import airplan_qinyang
from airplan_core import Attestation, Config, County, Facts, FactsError, read_facts
from airplan_emergency.alerts import Alert
from airplan_emergency.measure_ledgers import EmergencyProfile, WhiteListUnit
from airplan_emergency.transport_ledgers import (
    GatePass,
    ResponseCheck,
    TransportDay,
    TransportProfile,
)
from airplan_qinyang import Enterprise
from airplan_qinyang.grades import PerformanceGrade

PLUGINS = [airplan.contribution(one.CAMPAIGN) for one in (airplan_emergency, airplan_qinyang)]


@functools.cache
def book(only="", **taken):
    """The rulebook, by some readings; of one rule, where nothing else is asked."""
    others = {id: "另测" for id in BOOK.rules if id != only} if only else {}
    return airplan.build_rulebook(PLUGINS, Config(interpretations=taken, disable=others))


BOOK = book()
HERE = County(id="甲县")
WORKS = Enterprise(id="厂", industry="火电")


def of(rule, *rows, as_of="2025-06-01", taken=(), none=(WhiteListUnit,), counties=(HERE,)):
    """What comes out of one rule, by subject without the works' name."""
    works = () if any(isinstance(row, Enterprise) for row in rows) else (WORKS,)
    none = [one for one in none if not any(isinstance(row, one) for row in rows)]
    facts = Facts.of(*counties, *works, *rows, none=none)
    rules = book(f"emergency.{rule}", **dict(taken))
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    return {
        row["subject"].removeprefix("厂/"): row["outcome"]
        for row in found.iter_rows(named=True) if row["rule"] == f"emergency.{rule}"
    }  # fmt: skip


def alert(id, level, begins, ends, county="甲县"):
    return Alert(id=id, county=county, level=level, begins_at=begins, ends_at=ends)


YELLOW = alert("黄", "黄色", "2024-12-18T12:00", "2024-12-20T08:00")
ORANGE = alert("橙", "橙色", "2024-12-20T08:00", "2024-12-22T18:00")
RED = alert("红", "红色", "2024-12-22T18:00", "2024-12-24T12:00")
EPISODE = (YELLOW, ORANGE, RED)


def user(**more):
    given_ = {
        "bulk": True, "key": True, "machines": True, "usual_trips": "40 车次",
        "usual_hours": "12.5 小时",
    }  # fmt: skip
    return TransportProfile(enterprise="厂", **{**given_, **more})


def day(date="2024-12-21", **more):
    return TransportDay(enterprise="厂", date=date, **more)


# Who is a key user --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "industry", "expected", "by_bulk", "by_list"),
    [
        ({}, "钢铁", "VIOLATION", "VIOLATION", "VIOLATION"),
        ({}, "水泥熟料", "VIOLATION", "VIOLATION", "VIOLATION"),
        ({}, "煤化工", "VIOLATION", "VIOLATION", "VIOLATION"),
        ({}, "煤炭洗选", "VIOLATION", "VIOLATION", "VIOLATION"),
        ({}, "火电", "VIOLATION", "VIOLATION", "NOT_APPLICABLE"),
        ({}, None, "VIOLATION", "VIOLATION", "UNKNOWN"),
        ({"key": False}, "钢铁", "NOT_APPLICABLE", "VIOLATION", "NOT_APPLICABLE"),
        ({"key": None}, "钢铁", "UNKNOWN", "VIOLATION", "UNKNOWN"),
        ({"bulk": False}, "钢铁", "NOT_APPLICABLE", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ({"bulk": None}, "钢铁", "UNKNOWN", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_who_is_meant(said, industry, expected, by_bulk, by_list):
    """Who moves bulk materials and is on the county's list, in whatever industry."""
    rows = (Enterprise(id="厂", industry=industry), user(scheme_on="never", **said))
    assert of("transport-scheme", *rows) == {"厂": expected}
    assert of("transport-scheme", *rows, taken={"2.8.3-1-key": "bulk"}) == {"厂": by_bulk}
    assert of("transport-scheme", *rows, taken={"2.8.3-1-etc": "listed"}) == {"厂": by_list}


def test_who_has_no_profile_is_not_known():
    """Of each sentence."""
    for rule in ("transport-scheme", "transport-stocks", "transport-supervised"):
        assert of(rule) == {"厂": "UNKNOWN"}
    for rule in ("freight-reduced", "machines-reduced", "transport-watched"):
        assert set(of(rule, *EPISODE).values()) == {"UNKNOWN"}
        assert set(of(rule, none=[Alert]).values()) == {"NOT_APPLICABLE"}


def test_users_are_urged_ready_and_stocked():
    """A scheme of before the plan is one; capacity and stocks are two."""
    urged = Attestation(clause="2.8.3-1", subject="厂", done=True)
    assert of("transport-supervised", user(), urged) == {"厂": "COMPLIANT"}
    assert of("transport-scheme", user(scheme_on="2023-10-30")) == {"厂": "COMPLIANT"}
    assert of("transport-scheme", user(scheme_on="2025-06-02")) == {"厂": "VIOLATION"}
    for capacity, stocked, expected in (
        (True, True, "COMPLIANT"), (True, False, "VIOLATION"), (False, None, "VIOLATION"),
        (True, None, "UNKNOWN"),
    ):  # fmt: skip
        one = user(capacity=capacity, stocked=stocked)
        assert of("transport-stocks", one) == {"厂": expected}


# Less, or nothing ---------------------------------------------------------------------------------

TRIPS = [
    # trips, as ordered by default; by a fifth; stopped
    (39, "COMPLIANT", "VIOLATION", "VIOLATION"),
    (40, "VIOLATION", "VIOLATION", "VIOLATION"),
    (41, "VIOLATION", "VIOLATION", "VIOLATION"),
    (32, "COMPLIANT", "COMPLIANT", "VIOLATION"),
    (33, "COMPLIANT", "VIOLATION", "VIOLATION"),
    (0, "COMPLIANT", "COMPLIANT", "COMPLIANT"),
    (None, "UNKNOWN", "UNKNOWN", "UNKNOWN"),
]


@pytest.mark.parametrize(("trips", "any_", "fifth", "stopped"), TRIPS)
def test_less_moves_by_road_than_ordinarily(trips, any_, fifth, stopped):
    """Strictly; nothing is less, also where it is not known than what."""
    rows = (user(), ORANGE, day(trips=trips))
    assert of("freight-reduced", *rows)["2024-12-21"] == any_
    taken = {"2.8.3-4-much": "fifth"}
    assert of("freight-reduced", *rows, taken=taken)["2024-12-21"] == fifth
    taken = {"2.8.3-4-stop": "all"}
    assert of("freight-reduced", *rows, taken=taken)["2024-12-21"] == stopped
    unsaid = (user(usual_trips=None), ORANGE, day(trips=trips))
    expected = "COMPLIANT" if trips == 0 else "UNKNOWN"
    assert of("freight-reduced", *unsaid)["2024-12-21"] == expected


@pytest.mark.parametrize(
    ("hours", "said", "expected"),
    [
        ("12.4 小时", {}, "COMPLIANT"),
        ("12.5 小时", {}, "VIOLATION"),
        ("0 小时", {"usual_hours": None}, "COMPLIANT"),
        (None, {}, "UNKNOWN"),
        ("12.5 小时", {"machines": False}, "NOT_APPLICABLE"),
        ("12.5 小时", {"machines": None}, "UNKNOWN"),
    ],
)
def test_machines_work_less(hours, said, expected):
    """Of who has any."""
    rows = (user(**said), ORANGE, day(machine_hours=hours))
    assert of("machines-reduced", *rows)["2024-12-21"] == expected


def test_an_ordinary_day_of_its_own_goes_before_the_profile():
    """What a ledger says itself is never overwritten."""
    rows = (user(), ORANGE, day(trips=39, usual_trips="39 车次"))
    assert of("freight-reduced", *rows)["2024-12-21"] == "VIOLATION"


def test_diesel_trucks_stop_in_the_built_up_area():
    """One is one too many; by the other reading it is asked for less, and no more."""
    for trips, expected in ((0, "COMPLIANT"), (1, "VIOLATION"), (None, "UNKNOWN")):
        rows = (user(), ORANGE, day(diesel_trips=trips))
        assert of("diesel-trucks-stopped", *rows)["2024-12-21"] == expected
    assert not book("emergency.diesel-trucks-stopped", **{"2.8.3-4-stop": "less"}).duties


# Which days ---------------------------------------------------------------------------------------


def test_the_days_of_orange_and_red():
    """Each day with an hour of either; by the other reading, days that are whole."""
    found = of("freight-reduced", user(), *EPISODE)
    assert found == dict.fromkeys((f"2024-12-{n}" for n in range(20, 25)), "UNKNOWN")
    whole = of("freight-reduced", user(), *EPISODE, taken={"emergency.alert-day": "whole"})
    assert [date for date, said in whole.items() if said == "UNKNOWN"] == [
        "2024-12-21", "2024-12-22", "2024-12-23"
    ]  # fmt: skip
    yellow = of("freight-reduced", user(), YELLOW, day("2024-12-19", trips=50))
    assert set(yellow.values()) == {"NOT_APPLICABLE"}


def test_without_alerts_and_without_their_ledger():
    """The one is that there is nothing to do, the other is not known."""
    assert of("freight-reduced", user()) == {"": "UNKNOWN"}
    assert of("freight-reduced", user(), none=[Alert]) == {"": "NOT_APPLICABLE"}
    assert of("freight-reduced", user(), YELLOW) == {"": "NOT_APPLICABLE"}
    assert of("transport-watched", user()) == {"": "UNKNOWN"}
    assert of("transport-watched", user(), YELLOW) == {"": "NOT_APPLICABLE"}


@pytest.mark.parametrize(
    ("as_of", "date", "expected"),
    [
        ("2024-12-20", "2024-12-21", "NOT_APPLICABLE"),
        ("2024-12-21", "2024-12-21", "VIOLATION"),
        ("2025-06-01", "2024-12-19", "NOT_APPLICABLE"),
        ("2025-06-01", "2024-12-25", "NOT_APPLICABLE"),
    ],
)
def test_a_day_is_asked_about_when_it_has_come(as_of, date, expected):
    """Of the days after an alert, and of those before it, nothing is."""
    rows = (user(), *EPISODE, day(date, trips=40))
    assert of("freight-reduced", *rows, as_of=as_of)[date] == expected


def test_an_alert_that_goes_on():
    """Each day of it that has come, whether or not anyone entered it."""
    on = alert("橙", "橙色", "2024-12-20T08:00", "never")
    found = of("freight-reduced", user(), on, as_of="2024-12-23")
    assert [date for date, said in found.items() if said == "UNKNOWN"] == [
        f"2024-12-{n}" for n in range(20, 24)
    ]  # fmt: skip
    late = of("freight-reduced", user(), on, day("2025-03-01", trips=40))
    assert late["2025-03-01"] == "VIOLATION"


def test_an_alert_of_before_the_plan():
    """The plan's first day is its own, and not the last before it."""
    one = alert("橙", "橙色", "2023-12-31T18:00", "2024-01-01T12:00")
    rows = (user(), one, day("2023-12-31", trips=40), day("2024-01-01", trips=40))
    assert of("freight-reduced", *rows) == {
        "2023-12-31": "NOT_APPLICABLE", "2024-01-01": "VIOLATION"
    }  # fmt: skip


def test_a_neighbours_alert():
    """Of a works whose county is told, it is none of its own."""
    both = (HERE, County(id="邻县"))
    theirs = alert("邻", "橙色", "2024-12-20T08:00", "2024-12-22T18:00", county="邻县")
    home = EmergencyProfile(enterprise="厂", county="甲县")
    rows = (user(), theirs, day(trips=40))
    assert of("freight-reduced", *rows, home, counties=both)["2024-12-21"] == "NOT_APPLICABLE"
    assert of("freight-reduced", *rows, counties=both)["2024-12-21"] == "UNKNOWN"


# What a gate counts -------------------------------------------------------------------------------


def passed(n, at, **more):
    given_ = {"size": "重型", "fuel": "柴油", "built_up": True, "excepted": False}
    return GatePass(id=f"过{n}", enterprise="厂", passed_at=at, **{**given_, **more})


def at_gate(*passes, rule="diesel-trucks-stopped", alerts=EPISODE, **more):
    return of(rule, user(**more), *alerts, *passes)


@pytest.mark.parametrize(
    ("at", "said", "expected"),
    [
        ("2024-12-21T10:30", {}, "VIOLATION"),
        ("2024-12-21T10:30", {"size": "中型"}, "VIOLATION"),
        ("2024-12-21T10:30", {"size": "轻型"}, "COMPLIANT"),
        ("2024-12-21T10:30", {"fuel": "电"}, "COMPLIANT"),
        ("2024-12-21T10:30", {"built_up": False}, "COMPLIANT"),
        ("2024-12-21T10:30", {"excepted": True}, "COMPLIANT"),
        ("2024-12-21T10:30", {"fuel": None}, "UNKNOWN"),
        ("2024-12-21T10:30", {"fuel": None, "size": "微型"}, "COMPLIANT"),
        # to the minute
        ("2024-12-20T07:59", {}, "COMPLIANT"),
        ("2024-12-20T08:00", {}, "VIOLATION"),
        ("2024-12-22T18:00", {}, "VIOLATION"),
        ("2024-12-24T11:59", {}, "VIOLATION"),
        ("2024-12-24T12:00", {}, "COMPLIANT"),
        ("2024-12-20T07:59", {"fuel": None}, "COMPLIANT"),
        ("2024-12-19T10:00", {}, "NOT_APPLICABLE"),
    ],
)
def test_a_truck_at_a_gate(at, said, expected):
    """A heavy or medium diesel truck in the built-up area, in the hours of the alert."""
    assert at_gate(passed(1, at, **said))[at[:10]] == expected


def test_one_for_sure_is_enough():
    """Beside one that may be another."""
    rows = (passed(1, "2024-12-21T10:00"), passed(2, "2024-12-21T11:00", fuel=None))
    assert at_gate(*rows)["2024-12-21"] == "VIOLATION"
    # a day without a record is not one without a truck
    assert at_gate(*rows)["2024-12-22"] == "UNKNOWN"


def test_trips_are_counted_at_the_gate():
    """All of a day's, and those that are entered go before."""
    rows = [passed(n, f"2024-12-21T{n:02}:00", fuel="电") for n in range(10)]
    found = at_gate(*rows, rule="freight-reduced", usual_trips="10 车次")
    assert found["2024-12-21"] == "VIOLATION"
    found = at_gate(*rows, rule="freight-reduced", usual_trips="11 车次")
    assert found["2024-12-21"] == "COMPLIANT"
    found = at_gate(*rows, day(trips=11), rule="freight-reduced", usual_trips="11 车次")
    assert found["2024-12-21"] == "VIOLATION"


# What is ordinary ---------------------------------------------------------------------------------

RECORDED = st.dictionaries(st.integers(-40, 8), st.integers(0, 6), max_size=40)
HOURS = st.dictionaries(
    st.integers(-40, 8), st.integers(0, 60).map(lambda n: Fraction(n, 10)), max_size=40
)
FIRST = dt.date(2024, 12, 20)


@settings(deadline=None, max_examples=15)
@given(RECORDED, HOURS, st.booleans())
def test_the_days_before_an_alert_as_one_adds_them_up(trips, hours, yellow):
    """An oracle that shares no code: a mean of recorded days, thirty at most, and none an alert's."""
    alerts = [YELLOW] * yellow + [ORANGE, RED]
    under = set(range(-2 if yellow else 0, 5))
    rows = [
        day(
            str(FIRST + dt.timedelta(days=n)), trips=trips.get(n),
            machine_hours=None if n not in hours else f"{float(hours[n])} 小时",
        )
        for n in sorted({*trips, *hours})
    ]  # fmt: skip
    profile = user(usual_trips=None, usual_hours=None)
    found = {
        rule: of(rule, profile, *alerts, *rows) for rule in ("freight-reduced", "machines-reduced")
    }
    for rule, recorded in (("freight-reduced", trips), ("machines-reduced", hours)):
        for n in range(5):
            # a day of two alerts is the earlier one's
            begins = 0 if n <= 2 else 2
            before = [
                v for d, v in recorded.items() if begins - 30 <= d < begins and d not in under
            ]
            told, mean = recorded.get(n), Fraction(sum(before), len(before) or 1)
            if told is None:
                expected = "UNKNOWN"
            elif told == 0:
                expected = "COMPLIANT"
            elif not mean:
                expected = "UNKNOWN"
            else:
                expected = "COMPLIANT" if told < mean else "VIOLATION"
            assert found[rule][str(FIRST + dt.timedelta(days=n))] == expected, (rule, n)


@pytest.mark.parametrize(
    ("recorded", "trips", "expected"),
    [
        # thirty days before orange began on 20 December
        ({"2024-11-20": 3}, 2, "COMPLIANT"),
        ({"2024-11-19": 3}, 2, "UNKNOWN"),
        ({"2024-12-19": 3}, 2, "COMPLIANT"),
        ({"2024-12-20": 3}, 2, "UNKNOWN"),
        # a third is none that a decimal has
        ({"2024-12-01": 3, "2024-12-02": 2, "2024-12-03": 2}, 2, "COMPLIANT"),
        ({"2024-12-01": 2, "2024-12-02": 2, "2024-12-03": 2}, 2, "VIOLATION"),
        # days of another alert, the first and the last of them too, are not ordinary
        ({"2024-12-01": 2, "2024-12-08": 9, "2024-12-09": 9, "2024-12-10": 9}, 2, "VIOLATION"),
        ({"2024-12-01": 2, "2024-12-07": 9, "2024-12-11": 9}, 2, "COMPLIANT"),
        ({"2024-12-01": 0}, 2, "UNKNOWN"),
    ],
)
def test_which_days_are_ordinary(recorded, trips, expected):
    """On the day on which orange becomes red they are those before orange."""
    before = alert("前", "黄色", "2024-12-08T18:00", "2024-12-10T12:00")
    rows = [day(date, trips=n) for date, n in recorded.items()]
    rows += [day("2024-12-22", trips=trips)]
    found = of("freight-reduced", user(usual_trips=None), before, ORANGE, RED, *rows)
    assert found["2024-12-22"] == expected


@pytest.mark.parametrize(
    ("hours", "expected"), [("2.333333 小时", "COMPLIANT"), ("2.333334 小时", "VIOLATION")]
)
def test_a_mean_that_no_decimal_is(hours, expected):
    """Seven hours in three days: what is below is less, by however little."""
    rows = [day(f"2024-12-0{n}", machine_hours=f"{n} 小时") for n in (1, 2, 4)]
    rows += [day(machine_hours=hours)]
    found = of("machines-reduced", user(usual_hours=None), ORANGE, *rows)
    assert found["2024-12-21"] == expected


def test_what_is_ordinary_may_be_the_office_s_to_say():
    """By the other reading nothing is computed; what is said goes before in either."""
    rows = [day(f"2024-12-{n:02}", trips=50) for n in range(1, 11)]
    asked = day(trips=45)
    unsaid = user(usual_trips=None)
    assert of("freight-reduced", unsaid, ORANGE, *rows, asked)["2024-12-21"] == "COMPLIANT"
    assert of("freight-reduced", user(), ORANGE, *rows, asked)["2024-12-21"] == "VIOLATION"
    entered = {"2.8.3-4-usual": "entered"}
    found = of("freight-reduced", unsaid, ORANGE, *rows, asked, taken=entered)
    assert found["2024-12-21"] == "UNKNOWN"


# Who is let off, and who watches ------------------------------------------------------------------


def white(**more):
    given_ = {
        "admitted": True,
        "compliant": True,
        "begins_on": "2024-11-01",
        "ends_on": "2024-12-21",
    }
    return WhiteListUnit(id="白", enterprise="厂", **{**given_, **more})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ["EXEMPT", "VIOLATION"]),
        ({"compliant": False}, ["VIOLATION", "VIOLATION"]),
        ({"admitted": False}, ["VIOLATION", "VIOLATION"]),
        ({"compliant": None}, ["UNKNOWN", "VIOLATION"]),
    ],
)
def test_the_white_list_reaches_transport(said, expected):
    """Day by day, by the one reading; by the other it does not."""
    days = [day(f"2024-12-{n}", trips=40, diesel_trips=1) for n in (21, 22)]
    measures = {"I-52": "measures"}
    for rule in ("freight-reduced", "diesel-trucks-stopped"):
        found = of(rule, user(), *EPISODE, *days, white(**said))
        assert [found["2024-12-21"], found["2024-12-22"]] == expected
        found = of(rule, user(), *EPISODE, *days, white(**said), taken=measures)
        assert [found["2024-12-21"], found["2024-12-22"]] == ["VIOLATION"] * 2


def test_grades_do_not_reach_transport():
    """By the one reading; by the other, on the days on which the grade holds."""
    a = PerformanceGrade(
        id="级", enterprise="厂", grade="A级", begins_on="2024-01-01", ends_on="2024-12-21"
    )
    rows = (user(), *EPISODE, a, *(day(f"2024-12-{n}", trips=40) for n in (21, 22)))
    found = of("freight-reduced", *rows)
    assert [found["2024-12-21"], found["2024-12-22"]] == ["VIOLATION"] * 2
    found = of("freight-reduced", *rows, taken={"2.8.2-7-transport": "all"})
    assert [found["2024-12-21"], found["2024-12-22"]] == ["EXEMPT", "VIOLATION"]


@pytest.mark.parametrize(
    ("said", "both", "any_"),
    [
        ({"gate": True, "video": True}, "COMPLIANT", "COMPLIANT"),
        ({"gate": True, "video": False}, "VIOLATION", "COMPLIANT"),
        ({"gate": True}, "UNKNOWN", "COMPLIANT"),
        ({"gate": False, "video": False, "other": True}, "VIOLATION", "COMPLIANT"),
        ({"gate": False, "video": False, "other": False}, "VIOLATION", "VIOLATION"),
    ],
)
def test_departments_watch(said, both, any_):
    """Under each alert of orange or above, also where nobody entered it."""
    rows = (user(), *EPISODE, ResponseCheck(enterprise="厂", alert="橙", **said))
    assert of("transport-watched", *rows) == {"橙": both, "红": "UNKNOWN"}
    taken = {"2.8.3-5-means": "any"}
    assert of("transport-watched", *rows, taken=taken)["橙"] == any_
    yellow = (user(), *EPISODE, ResponseCheck(enterprise="厂", alert="黄", **said))
    assert of("transport-watched", *yellow)["黄"] == "NOT_APPLICABLE"
    assert of("transport-watched", *rows, as_of="2024-12-19")["橙"] == "NOT_APPLICABLE"


# What is handed in --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "text", "column", "teaches"),
    [
        ("transport_day", "企业,日期,货运车次[车次]\n厂,2024-12-21,-1\n", "货运车次", "0"),
        ("transport_day", "企业,日期,货运车次[车次]\n厂,2024-12-21,1.5\n", "货运车次", "整数"),
        ("gate_pass", "编号,企业,通过时间\n过,厂,\n", "通过时间", "分钟"),
        ("gate_pass", "编号,企业,通过时间,车型\n过,厂,2024-12-21 10:00,巨型\n", "车型", "重型"),
    ],
)
def test_what_no_day_of_transport_says(tmp_path, file, text, column, teaches):
    """Told by the column, with what it may be."""
    (tmp_path / f"{file}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "enterprise.csv").write_text("编号\n厂\n", encoding="utf-8")
    told = [problem.text() for problem in read_facts(tmp_path, BOOK).faults]
    assert any(column in one and teaches in one for one in told), told


def test_a_day_of_nobody_is_refused():
    """It is known by whose it is."""
    with pytest.raises(FactsError, match="哪家企业"):
        of("freight-reduced", TransportDay(date="2024-12-21", trips=1))


@pytest.mark.parametrize(
    ("now", "any_less", "a_fifth"),
    [(0, "COMPLIANT", "COMPLIANT"), (3, "VIOLATION", "UNKNOWN")],
)
def test_ordinarily_nothing_moves(now, any_less, a_fifth):
    """That it is 0 is a fact: 0 is still nothing, and 3 are not less; of 0 there is no share."""
    rows = (
        user(usual_trips="0 车次", usual_hours="0 小时"), RED,
        day("2024-12-23", trips=f"{now} 车次", machine_hours=f"{now} 小时"),
    )  # fmt: skip
    for rule in ("freight-reduced", "machines-reduced"):
        assert of(rule, *rows)["2024-12-23"] == any_less
        assert of(rule, *rows, taken={"2.8.3-4-much": "fifth"})["2024-12-23"] == a_fifth
