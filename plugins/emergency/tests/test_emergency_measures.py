"""Measures of an alert: which bind, whom they do not, and what is no more than what is kept."""

import datetime as dt
import functools
import os
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import airplan_core as airplan
import airplan_emergency
import airplan_qinyang
from airplan_core import (
    Attestation,
    Config,
    County,
    Exemption,
    Facts,
    FactsError,
    Strength,
    read_facts,
)
from airplan_emergency import measures
from airplan_emergency.alerts import Alert
from airplan_emergency.measure_ledgers import (
    DrivenOutput,
    EmergencyMeasure,
    EmergencyProfile,
    ListEdition,
    MeasureTaken,
    OwnCut,
    WhiteListUnit,
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
AFTER = "2025-06-01"
HERE = County(id="甲县")


def outcomes(*rows, as_of=AFTER, rules=BOOK, none=(), counties=(HERE,)):
    facts = Facts.of(*counties, *rows, none=none)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    return {
        (row["rule"].removeprefix("emergency."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


def _white(row):
    return isinstance(row, WhiteListUnit)


def of(rule, *rows, **more):
    """What comes out of one rule, by subject; nobody is on the white list who is not said to be."""
    none = (*more.pop("none", ()), *(() if any(map(_white, rows)) else (WhiteListUnit,)))
    rules = book(f"emergency.{rule}", **more.pop("taken", {}))
    found = outcomes(Enterprise(id="厂"), *rows, none=none, rules=rules, **more)
    return {subject: said for (id, subject), said in found.items() if id == rule}


def alert(id, level, begins, ends, county="甲县"):
    return Alert(id=id, county=county, level=level, begins_at=begins, ends_at=ends)


#: An episode that was raised twice, and lifted from red.
EPISODE = (
    alert("黄", "黄色", "2024-12-18T12:00", "2024-12-20T08:00"),
    alert("橙", "橙色", "2024-12-20T08:00", "2024-12-22T18:00"),
    alert("红", "红色", "2024-12-22T18:00", "2024-12-24T12:00"),
)


def entry(id="项", **more):
    given_ = {
        "enterprise": "厂", "line": "1号线", "level": "橙色", "kind": "限产", "kept": "50 %",
        "gauge": "产量", "source": "DCS", "begins_on": "2024-10-01", "ends_on": "2025-09-30",
    }  # fmt: skip
    return EmergencyMeasure(id=id, **{**given_, **more})


def done(measure="项", under="橙", **more):
    return MeasureTaken(measure=measure, alert=under, **more)


def grade(level, begins="2024-01-01", ends="2025-12-31", id="级", works="厂"):
    return PerformanceGrade(id=id, enterprise=works, grade=level, begins_on=begins, ends_on=ends)


def white(id="白", **more):
    given_ = {
        "enterprise": "厂", "kind": "重大项目单位", "admitted": True, "compliant": True,
        "begins_on": "2024-11-01", "ends_on": "2025-03-31",
    }  # fmt: skip
    return WhiteListUnit(id=id, **{**given_, **more})


B = grade("B级")

# The text -----------------------------------------------------------------------------------------

MINE = [
    clause for clause in airplan_emergency.CAMPAIGN.airplan_clauses()
    if clause.id.startswith(("2.8.2-", "2.8.3-"))
]  # fmt: skip


def test_thirteen_sentences_are_answered_for():
    """None is excused, and none but the white list binds nobody."""
    assert sorted(clause.id for clause in MINE) == [
        *(f"2.8.2-{n}" for n in range(1, 9)), *(f"2.8.3-{n}" for n in range(1, 6))
    ]  # fmt: skip
    unbound = [clause.id for clause in MINE if clause.strength is not Strength.MUST]
    assert unbound == ["2.8.2-8"]
    assert {BOOK.coverage()[clause.id] for clause in MINE}.isdisjoint({"excused", "disabled"})


@pytest.mark.parametrize(("task", "line"), [("2.8.2", 59), ("2.8.3", 60)])
def test_nothing_between_the_quotes_is_left_unsaid(task, line):
    """Without its quotes, a line is its heading, its bracket and punctuation."""
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    body = path.read_text(encoding="utf-8").splitlines()[line - 1]
    for clause in MINE:
        if clause.id.startswith(f"{task}-"):
            assert clause.text in body or task == "2.8.2"
            body = body.replace(clause.text, "")
    heading = next(clause.heading for clause in MINE if clause.id.startswith(task))
    body, _, _ = body.replace(heading, "").partition("（市生态环境局")
    assert re.sub(r"[\d.，。、\s]", "", body) == ""


# The list -----------------------------------------------------------------------------------------


def test_both_mechanisms_run():
    """The list's and that of grades; one is not both."""
    list_, grades = (
        Attestation(clause="2.8.2-1", part=part, done=True)
        for part in ("应急减排清单动态更新", "绩效等级动态调整")
    )
    assert of("dynamic-mechanisms", list_, grades) == {"甲县": "COMPLIANT"}
    assert of("dynamic-mechanisms", list_) == {"甲县": "UNKNOWN"}
    none = Attestation(clause="2.8.2-1", part="绩效等级动态调整", done=False)
    assert of("dynamic-mechanisms", list_, none) == {"甲县": "VIOLATION"}


def test_an_edition_a_year_by_the_other_reading():
    """Each year for itself; the year that runs may still have one."""
    rows = [ListEdition(id="1", county="甲县", issued_on="2024-12-31")]
    yearly = book(**{"2.8.2-1-updated": "yearly"})
    found = airplan.assess(yearly, Facts.of(HERE, *rows), dt.date(2025, 12, 31)).verdicts
    told = {
        row["duty"]: row["outcome"] for row in found.iter_rows(named=True)
        if row["rule"] == "emergency.list-updated"
    }  # fmt: skip
    assert list(told.values()) == ["COMPLIANT", "PENDING"]


@pytest.mark.parametrize(
    ("said", "any_", "each"),
    [
        ({"line": "1号线"}, "COMPLIANT", "UNKNOWN"),
        ({"line": "无", "facility": "2号窑"}, "COMPLIANT", "VIOLATION"),
        ({"line": "1号线", "process": "烧成", "facility": "2号窑"}, "COMPLIANT", "COMPLIANT"),
        ({"line": "无", "process": "无", "facility": "无"}, "VIOLATION", "VIOLATION"),
        ({"line": "无", "process": "待定", "facility": None}, "UNKNOWN", "VIOLATION"),
        ({"line": None}, "UNKNOWN", "UNKNOWN"),
    ],
)
def test_an_entry_names_a_place(said, any_, each):
    """A line, a process or a facility; blank is not known, 无 is none."""
    assert of("measures-placed", entry(**said)) == {"项": any_}
    taken = {"2.8.2-2-place": "each"}
    assert of("measures-placed", entry(**said), taken=taken) == {"项": each}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-09-30", "NOT_APPLICABLE"),
        ("2024-10-01", "VIOLATION"),
        ("2025-09-30", "VIOLATION"),
        ("2025-10-01", "NOT_APPLICABLE"),
    ],
)
def test_the_list_is_what_is_in_force(as_of, expected):
    """Both its days are in."""
    assert of("measures-placed", entry(line="无", process="无", facility="无"), as_of=as_of) == {
        "项": expected
    }


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "COMPLIANT"),
        ({"kept": None, "cut": "50 %"}, "COMPLIANT"),
        ({"kind": "停产", "kept": None}, "COMPLIANT"),
        ({"kept": None}, "UNKNOWN"),
        ({"kind": "运输", "measure": "国五及以下货车停运"}, "COMPLIANT"),
        ({"kind": "其他", "measure": "无"}, "VIOLATION"),
        ({"kind": "其他"}, "UNKNOWN"),
        ({"gauge": "不监测"}, "VIOLATION"),
        ({"gauge": "其他"}, "COMPLIANT"),
        ({"gauge": None}, "UNKNOWN"),
        ({"source": "无"}, "VIOLATION"),
        ({"source": None}, "UNKNOWN"),
    ],
)
def test_an_entry_can_be_done_monitored_and_checked(said, expected):
    """It says how far, where that is read, and what is measured."""
    assert of("measures-checkable", entry(**said)) == {"项": expected}


def test_a_reviewer_may_judge_it_instead():
    """Three judgements, and each counts."""
    judged = dict.fromkeys(("operable", "monitorable", "verifiable"), True)
    taken = {"2.8.2-3-means": "judged"}
    one = entry(gauge="不监测", source="无", **judged)
    assert of("measures-checkable", one, taken=taken) == {"项": "COMPLIANT"}
    for name in judged:
        one = entry(**{**judged, name: False})
        assert of("measures-checkable", one, taken=taken) == {"项": "VIOLATION"}
    assert of("measures-checkable", entry(), taken=taken) == {"项": "UNKNOWN"}


def test_who_is_on_the_list_has_an_entry():
    """Who has one is on it; who says that it is and has none is told; who is not is not asked."""
    works = [Enterprise(id=name) for name in "乙丙丁"]
    profiles = [
        EmergencyProfile(enterprise="乙", listed=True),
        EmergencyProfile(enterprise="丙", listed=False),
        EmergencyProfile(enterprise="厂"),
    ]
    assert of("listed-have-measures", *works, *profiles, entry()) == {
        "厂": "COMPLIANT", "乙": "VIOLATION", "丙": "NOT_APPLICABLE", "丁": "UNKNOWN"
    }  # fmt: skip
    # without the list, who has an entry is not known
    found = of("listed-have-measures", *works, *profiles)
    assert set(found.values()) == {"UNKNOWN"}


@pytest.mark.parametrize(
    ("said", "last_day", "day_after"),
    [(True, "COMPLIANT", "VIOLATION"), (False, "COMPLIANT", "NOT_APPLICABLE"),
     (None, "COMPLIANT", "UNKNOWN")],
)  # fmt: skip
def test_an_entry_that_has_ended_is_no_more_on_the_list(said, last_day, day_after):
    """Its last day counts; after it, whether the enterprise is still listed is for it to say."""
    rows = (entry(ends_on="2024-12-20"), EmergencyProfile(enterprise="厂", listed=said))
    assert of("listed-have-measures", *rows, as_of="2024-12-20") == {"厂": last_day}
    assert of("listed-have-measures", *rows, as_of="2024-12-21") == {"厂": day_after}


def test_whose_an_entry_is_may_be_unknown():
    """It may be of anyone; where there is a list, and it is empty, nobody has one."""
    profile = EmergencyProfile(enterprise="厂", listed=True)
    assert of("listed-have-measures", profile, entry(enterprise=None)) == {"厂": "UNKNOWN"}
    assert of("listed-have-measures", profile, none=[EmergencyMeasure]) == {"厂": "VIOLATION"}


def test_an_entry_in_force_puts_its_enterprise_on_the_list():
    """Its permit is then asked about; when the entry has ended, it is not known whether it is."""
    profile = EmergencyProfile(enterprise="厂", permit="重点管理", written=False)
    rows = (entry(ends_on="2024-12-20"), profile)
    assert of("special-periods-in-permit", *rows, as_of="2024-12-20") == {"厂": "VIOLATION"}
    assert of("special-periods-in-permit", *rows, as_of="2024-12-21") == {"厂": "UNKNOWN"}


@pytest.mark.parametrize(
    ("permit", "on_list", "written", "listed", "permits"),
    [
        ("重点管理", True, True, "COMPLIANT", "COMPLIANT"),
        ("简化管理", True, False, "VIOLATION", "VIOLATION"),
        ("简化管理", True, None, "UNKNOWN", "UNKNOWN"),
        ("登记管理", True, False, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("无需许可", True, False, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("重点管理", False, False, "NOT_APPLICABLE", "VIOLATION"),
        ("重点管理", None, False, "UNKNOWN", "VIOLATION"),
        (None, True, False, "UNKNOWN", "UNKNOWN"),
    ],
)
def test_special_periods_stand_in_the_permit(permit, on_list, written, listed, permits):
    """Of who has one, and is on the list; a registration is no permit."""
    one = EmergencyProfile(enterprise="厂", permit=permit, listed=on_list, written=written)
    none = [EmergencyMeasure]
    assert of("special-periods-in-permit", one, none=none) == {"厂": listed}
    taken = {"2.8.2-4-whom": "permit"}
    assert of("special-periods-in-permit", one, none=none, taken=taken) == {"厂": permits}


# Which entries bind -------------------------------------------------------------------------------


def test_each_level_has_its_own_entries():
    """Under red those of red, and not what yellow asked for."""
    rows = [entry(level, level=f"{level}色") for level in "黄橙红"]
    assert of("measures-taken", *rows, *EPISODE, B) == {
        "黄/黄": "UNKNOWN", "橙/橙": "UNKNOWN", "红/红": "UNKNOWN"
    }  # fmt: skip
    straight = of("measures-taken", *rows, EPISODE[0], EPISODE[2], B)
    assert straight == {"黄/黄": "UNKNOWN", "橙/": "NOT_APPLICABLE", "红/红": "UNKNOWN"}


def test_no_alert_and_no_ledger_of_alerts_are_two():
    """Without the ledger it is not known whether there was one."""
    assert of("measures-taken", entry()) == {"项/": "UNKNOWN"}
    assert of("measures-taken", entry(), none=[Alert]) == {"项/": "NOT_APPLICABLE"}
    assert of("own-cuts", grade("A级")) == {"厂/": "UNKNOWN"}
    assert of("own-cuts", grade("A级"), none=[Alert]) == {"厂/": "NOT_APPLICABLE"}


@pytest.mark.parametrize(
    ("begins", "ends", "binds"),
    [
        ("2024-10-01", "2024-12-19", False),
        ("2024-10-01", "2024-12-20", True),
        ("2024-12-22", "2025-09-30", True),
        ("2024-12-23", "2025-09-30", False),
        ("2024-10-01", "never", True),
        (None, "2025-09-30", None),
        ("2024-10-01", None, None),
        (None, "2024-12-19", False),
    ],
)
def test_an_entry_binds_in_its_own_days(begins, ends, binds):
    """One that was changed no longer, and one to come not yet."""
    one = entry(begins_on=begins, ends_on=ends)
    (found,) = of("measures-taken", one, *EPISODE, B, done(output="200 吨", output_before="300 吨"))\
        .values()  # fmt: skip
    assert found == {True: "VIOLATION", False: "NOT_APPLICABLE", None: "UNKNOWN"}[binds]


def test_an_alert_that_ends_at_midnight_ends_with_the_day_before():
    """An entry of the next day is not under it."""
    one = alert("橙", "橙色", "2024-12-20T08:00", "2024-12-22T00:00")
    later = entry(begins_on="2024-12-22")
    assert of("measures-taken", later, one, B) == {"项/": "NOT_APPLICABLE"}
    assert of("measures-taken", entry(begins_on="2024-12-21"), one, B) == {"项/橙": "UNKNOWN"}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2024-12-19", "NOT_APPLICABLE"), ("2024-12-20", "VIOLATION"), (AFTER, "VIOLATION")],
)
def test_before_an_alert_nothing_is_asked(as_of, expected):
    """From the day on which it begins."""
    rows = (entry(), *EPISODE, B, done(output="200 吨", output_before="300 吨"))
    assert of("measures-taken", *rows, as_of=as_of) == {"项/橙": expected}


def test_an_alert_before_the_plan_is_not_the_plan_s():
    """Nor what was done under it."""
    one = alert("橙", "橙色", "2023-12-31T18:00", "2024-01-02T12:00")
    rows = (entry(begins_on="2023-10-01"), one, B, done(output="300 吨", output_before="300 吨"))
    assert of("measures-taken", *rows) == {"项/橙": "NOT_APPLICABLE"}


def test_an_alert_goes_on():
    """Open, it binds as any other does."""
    one = alert("橙", "橙色", "2024-12-20T08:00", "2024-12-31T08:00")
    assert of("measures-taken", entry(), one, B) == {"项/橙": "UNKNOWN"}


def test_a_neighbours_alert_is_none_of_ours():
    """Of an enterprise whose county is not told, among several, it is not known."""
    theirs = alert("橙", "橙色", "2024-12-20T08:00", "2024-12-22T18:00", county="邻县")
    late = done(output="300 吨", output_before="300 吨")
    both = (HERE, County(id="邻县"))
    assert of("measures-taken", entry(), theirs, B, late, counties=both) == {"项/橙": "UNKNOWN"}
    for county, expected in (("甲县", {"项/": "NOT_APPLICABLE"}), ("邻县", {"项/橙": "VIOLATION"})):
        home = EmergencyProfile(enterprise="厂", county=county)
        rows = (entry(), theirs, B, home, *([late] if county == "邻县" else []))
        assert of("measures-taken", *rows, counties=both) == expected


# What is no more than what is kept ----------------------------------------------------------------

TAKEN = [
    # kept, ordinary, under the alert
    ({}, {"output_before": "300 吨", "output": "150 吨"}, "COMPLIANT"),
    ({}, {"output_before": "300 吨", "output": "150.000001 吨"}, "VIOLATION"),
    ({}, {"output_before": "0.3 千吨", "output": "150 吨"}, None),
    ({}, {"output_before": None, "output": "150 吨"}, "UNKNOWN"),
    ({}, {"output_before": "300 吨", "output": None}, "UNKNOWN"),
    # nothing is no more than any share of whatever was ordinary
    ({}, {"output_before": None, "output": "0 吨"}, "COMPLIANT"),
    ({"kept": None}, {"output_before": "300 吨", "output": "1 吨"}, "UNKNOWN"),
    ({"kept": None, "cut": "70 %"}, {"output_before": "300 吨", "output": "90 吨"}, "COMPLIANT"),
    ({"kept": None, "cut": "70 %"}, {"output_before": "300 吨", "output": "91 吨"}, "VIOLATION"),
    # a third that no decimal has: 1/3 of 3 is more than 33.333333 % of it
    ({"kept": "33.333333 %"}, {"output_before": "3 吨", "output": "0.999999 吨"}, "COMPLIANT"),
    ({"kept": "33.333333 %"}, {"output_before": "3 吨", "output": "1 吨"}, "VIOLATION"),
    ({"kept": "0 %"}, {"output_before": "300 吨", "output": "0.000001 吨"}, "VIOLATION"),
    ({"kept": "100 %"}, {"output_before": "300 吨", "output": "300 吨"}, "COMPLIANT"),
    # a stop is nothing
    ({"kind": "停产", "kept": None}, {"output_before": "300 吨", "output": "0 吨"}, "COMPLIANT"),
    ({"kind": "停产", "kept": None}, {"output_before": None, "output": "0.1 吨"}, "VIOLATION"),
    ({"kind": "停产", "kept": None}, {"output_before": "300 吨"}, "UNKNOWN"),
    # each by its own measure; what is measured otherwise does not count
    ({"gauge": "用电量"}, {"power_before": "1000 千瓦时", "power": "500 千瓦时"}, "COMPLIANT"),
    ({"gauge": "用电量"}, {"power_before": "1000 千瓦时", "power": "501 千瓦时"}, "VIOLATION"),
    ({"gauge": "用电量"}, {"output_before": "300 吨", "output": "300 吨"}, "UNKNOWN"),
    ({"gauge": "运行时间"}, {"hours_before": "24 小时", "hours": "12 小时"}, "COMPLIANT"),
    ({"gauge": "运行时间"}, {"hours_before": "24 小时", "hours": "12.1 小时"}, "VIOLATION"),
    ({"gauge": "其他"}, {"share": "50 %"}, "COMPLIANT"),
    ({"gauge": "其他"}, {"share": "50.000001 %"}, "VIOLATION"),
    ({"kind": "停产", "kept": None, "gauge": "其他"}, {"share": "0.1 %"}, "VIOLATION"),
    ({"kind": "运输", "gauge": "车次"}, {"trips_before": "41 车次", "trips": "20.5 车次"},
     "COMPLIANT"),
    ({"kind": "运输", "gauge": "车次"}, {"trips_before": "41 车次", "trips": "21 车次"},
     "VIOLATION"),
    # what nobody measures, and what is neither a stop nor a limit, is as it is said to be
    ({"gauge": "不监测"}, {"carried_out": True}, "COMPLIANT"),
    ({"gauge": "不监测"}, {"carried_out": False}, "VIOLATION"),
    ({"kind": "其他"}, {"carried_out": True}, "COMPLIANT"),
    ({"kind": "其他"}, {}, "UNKNOWN"),
    ({}, {"carried_out": True}, "UNKNOWN"),
    ({"gauge": None}, {"output_before": "300 吨", "output": "1 吨"}, "UNKNOWN"),
]  # fmt: skip


@pytest.mark.parametrize(("listed", "under", "expected"), [one for one in TAKEN if one[2]])
def test_what_is_measured_is_held_against_what_is_ordinary(listed, under, expected):
    """At the share itself it is kept."""
    rows = (entry(**listed), *EPISODE, B, done(**under))
    assert of("measures-taken", *rows) == {"项/橙": expected}


PARTS = st.integers(0, 100_000_000).map(lambda n: Fraction(n, 1_000_000))
AMOUNTS = st.integers(0, 10**9).map(lambda n: Fraction(n, 1_000_000))
PAIRS = {
    "产量": ("output", "吨"), "用电量": ("power", "千瓦时"), "运行时间": ("hours", "小时"),
    "车次": ("trips", "车次"),
}  # fmt: skip


def plain(number):
    whole, rest = divmod(number * 1_000_000, 1_000_000)
    return f"{int(whole)}.{int(rest):06}"


@st.composite
def _drawn(draw):
    kept, before = draw(PARTS), draw(st.one_of(st.none(), AMOUNTS.filter(bool)))
    # near the share itself, as often as far from it
    share = None if before is None else before * kept / 100
    near = st.integers(-2, 2)
    if share is None or draw(st.booleans()):
        now = draw(st.one_of(st.none(), AMOUNTS))
    else:
        now = max(Fraction(0), Fraction(int(share * 1_000_000) + draw(near), 1_000_000))
    return (
        draw(st.sampled_from([*PAIRS])),
        draw(st.sampled_from(["停产", "限产"])),
        kept,
        before,
        now,
    )


@settings(deadline=None, max_examples=20)
@given(st.lists(_drawn(), min_size=1, max_size=20))
def test_shares_as_one_computes_them_by_hand(drawn):
    """An oracle that shares no code: exact fractions, row by row."""
    rows, expected = [], {}
    for n, (gauge, kind, kept, before, now) in enumerate(drawn):
        name, unit = PAIRS[gauge]
        stop = kind == "停产"
        rows.append(
            entry(f"项{n}", kind=kind, gauge=gauge, kept=None if stop else f"{plain(kept)} %")
        )
        said = {f"{name}_before": before, name: now}
        rows.append(
            done(f"项{n}", **{k: f"{plain(v)} {unit}" for k, v in said.items() if v is not None})
        )
        if now is None:
            told = "UNKNOWN"
        elif now == 0:
            told = "COMPLIANT"
        elif stop:
            told = "VIOLATION"
        elif before is None:
            told = "UNKNOWN"
        else:
            told = "COMPLIANT" if now / before <= kept / 100 else "VIOLATION"
        expected[f"项{n}/橙"] = told
    assert of("measures-taken", *rows, *EPISODE, B) == expected


# Who is let off -----------------------------------------------------------------------------------

SHORT = (entry(), *EPISODE, done(output="300 吨", output_before="300 吨"))


@pytest.mark.parametrize(
    ("grades", "taken", "own"),
    [
        ([grade("A级")], "EXEMPT", "UNKNOWN"),
        ([grade("绩效引领性")], "EXEMPT", "UNKNOWN"),
        ([grade("B级")], "VIOLATION", "NOT_APPLICABLE"),
        ([grade("非引领性")], "VIOLATION", "NOT_APPLICABLE"),
        ([grade(None)], "UNKNOWN", "UNKNOWN"),
        # the grade of the day on which the alert begins
        ([grade("A级", ends="2024-12-20")], "EXEMPT", "UNKNOWN"),
        ([grade("A级", ends="2024-12-19"), grade("C级", "2024-12-20", id="后")], "VIOLATION",
         "NOT_APPLICABLE"),
        ([grade("B级", ends="2024-12-20"), grade("A级", "2024-12-21", id="后")], "VIOLATION",
         "NOT_APPLICABLE"),
        ([], "UNKNOWN", "UNKNOWN"),
    ],
)  # fmt: skip
def test_who_decides_its_own_cuts(grades, taken, own):
    """Grade A and 引领性 are not bound by the list, and are asked what they decided."""
    assert of("measures-taken", *SHORT, *grades) == {"项/橙": taken}
    assert of("own-cuts", *SHORT, *grades).get("厂/橙") == own


def test_of_who_falls_back_under_an_alert():
    """By the other reading it is bound."""
    grades = [grade("A级", ends="2024-12-21"), grade("B级", "2024-12-22", id="后")]
    taken = {"2.8.2-7-day": "throughout"}
    assert of("measures-taken", *SHORT, *grades) == {"项/橙": "EXEMPT"}
    assert of("measures-taken", *SHORT, *grades, taken=taken) == {"项/橙": "VIOLATION"}
    assert of("own-cuts", *SHORT, *grades, taken=taken)["厂/橙"] == "NOT_APPLICABLE"
    still = [grade("A级", ends="2024-12-22")]
    assert of("measures-taken", *SHORT, *still, taken=taken) == {"项/橙": "EXEMPT"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"measure": "降负荷", "carried_out": True}, "COMPLIANT"),
        ({"measure": "无", "carried_out": True}, "VIOLATION"),
        ({"measure": "降负荷", "carried_out": False}, "VIOLATION"),
        ({"measure": "降负荷"}, "UNKNOWN"),
        ({"carried_out": True}, "UNKNOWN"),
    ],
)
def test_own_cuts_are_recorded_and_made(said, expected):
    """Each alert of the episode is asked of; by the other reading none is."""
    rows = (*EPISODE, grade("A级"), OwnCut(enterprise="厂", alert="橙", **said))
    found = of("own-cuts", *rows)
    assert found == {"厂/黄": "UNKNOWN", "厂/橙": expected, "厂/红": "UNKNOWN"}
    assert not book("emergency.own-cuts", **{"2.8.2-7-own": "free"}).duties


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([white()], "EXEMPT"),
        ([white(kind="项目保障单位")], "EXEMPT"),
        ([white(admitted=False)], "VIOLATION"),
        ([white(compliant=False)], "VIOLATION"),
        ([white(compliant=None)], "UNKNOWN"),
        ([white(ends_on="2024-12-19")], "VIOLATION"),
        ([white(ends_on="2024-12-20")], "EXEMPT"),
        ([white(begins_on="2024-12-21")], "VIOLATION"),
        ([white(enterprise="别家")], "VIOLATION"),
    ],
)
def test_the_white_list_lets_off_who_is_in_order(listed, expected):
    """On the day on which the alert begins, and not a day longer than it is so."""
    rows = (*SHORT, B, *listed, Enterprise(id="别家"))
    assert of("measures-taken", *rows) == {"项/橙": expected}
    assert of("measures-taken", *SHORT, B) == {"项/橙": "VIOLATION"}


def test_the_white_list_reaches_own_cuts():
    """They are a part of 应急管控."""
    rows = (*EPISODE[1:2], grade("A级"), OwnCut(enterprise="厂", alert="橙", carried_out=False))
    assert of("own-cuts", *rows, white()) == {"厂/橙": "EXEMPT"}
    assert of("own-cuts", *rows) == {"厂/橙": "VIOLATION"}


def test_an_exemption_of_the_office_s_own():
    """It is granted of what was done, with its authority and its days."""
    one = Exemption(
        id="1", rule="emergency.measures-taken", subject="项/橙", authority="指挥部",
        reason="民生保障", valid_from="2024-12-20", valid_to="2025-12-31",
    )  # fmt: skip
    assert of("measures-taken", *SHORT, B, one) == {"项/橙": "EXEMPT"}


# Output that follows a need -----------------------------------------------------------------------


def driven(kind, output, needed="300 吨", **more):
    given_ = {"begins_on": "2024-12-01", "ends_on": "2024-12-31"}
    return DrivenOutput(
        id=kind, profile="厂", kind=kind, output=output, needed=needed, **{**given_, **more}
    )


@pytest.mark.parametrize(
    ("rule", "kind", "mine", "other"),
    [("output-by-heat", "以热定产", "heats", "co_processes"),
     ("output-by-waste", "以量定产", "co_processes", "heats")],
)  # fmt: skip
def test_output_follows_its_need(rule, kind, mine, other):
    """Of whom the sentence names first, heat; of whom it names second, the amount."""
    profile = EmergencyProfile(enterprise="厂", **{mine: True, other: False})
    for output, expected in (
        ("300 吨", "COMPLIANT"), ("300.000001 吨", "VIOLATION"), (None, "UNKNOWN")
    ):  # fmt: skip
        assert of(rule, profile, driven(kind, output))[kind] == expected
    assert of(rule, profile, driven(kind, "0 吨", "0 吨"))[kind] == "COMPLIANT"
    assert of(rule, profile, driven(kind, "1 吨", "0 吨"))[kind] == "VIOLATION"
    assert of(rule, profile, driven(kind, "1 吨", None))[kind] == "UNKNOWN"
    # nobody fixed anything
    assert of(rule, profile)[f"厂/{kind}"] == "UNKNOWN"
    swapped = EmergencyProfile(enterprise="厂", **{mine: False, other: True})
    assert of(rule, swapped, driven(kind, "301 吨"))[kind] == "NOT_APPLICABLE"
    both = {"2.8.2-5-pairs": "both"}
    assert of(rule, swapped, driven(kind, "301 吨"), taken=both)[kind] == "VIOLATION"


@pytest.mark.parametrize(
    ("as_of", "ends", "expected"),
    [
        ("2024-12-30", "2024-12-31", "NOT_APPLICABLE"),
        ("2024-12-31", "2024-12-31", "VIOLATION"),
        (AFTER, "2023-12-31", "NOT_APPLICABLE"),
    ],
)
def test_it_is_asked_at_the_end_of_its_stretch(as_of, ends, expected):
    """Before, output goes on; and a stretch before the plan is not its."""
    profile = EmergencyProfile(enterprise="厂", heats=True, co_processes=False)
    one = driven("以热定产", "301 吨", begins_on="2023-11-15", ends_on=ends)
    assert of("output-by-heat", profile, one, as_of=as_of)["以热定产"] == expected


# What is handed in --------------------------------------------------------------------------------

LIST = "编号,企业,预警级别,措施类型,保留比例,减排比例,起始日期,截止日期"


@pytest.mark.parametrize(
    ("cells", "column", "teaches"),
    [
        ("橙色,限产,101%,,2024-10-01,2025-09-30", "保留比例", "100"),
        ("橙色,限产,,101%,2024-10-01,2025-09-30", "减排比例", "100"),
        ("橙色,限产,60%,50%,2024-10-01,2025-09-30", "减排比例", "100"),
        ("橙色,停产,10%,,2024-10-01,2025-09-30", "保留比例", "限产"),
        ("橙色,停产,,50%,2024-10-01,2025-09-30", "保留比例", "限产"),
        ("紫色,限产,50%,,2024-10-01,2025-09-30", "预警级别", "红色"),
        ("橙色,减产,50%,,2024-10-01,2025-09-30", "措施类型", "限产"),
        ("橙色,限产,50%,,2025-10-01,2025-09-30", "截止日期", "对调"),
        ("橙色,限产,-1%,,2024-10-01,2025-09-30", "保留比例", "0"),
    ],
)
def test_what_no_entry_says(tmp_path, cells, column, teaches):
    """A share over the whole, two that do not make it up, a stop of a part: told, with what to do."""
    (tmp_path / "emergency_measure.csv").write_text(f"{LIST}\n项,厂,{cells}\n", encoding="utf-8")
    (tmp_path / "county.csv").write_text("编号\n甲县\n", encoding="utf-8")
    told = [problem.text() for problem in read_facts(tmp_path, BOOK).faults]
    assert any(column in one and teaches in one for one in told), told


@pytest.mark.parametrize(
    "name", ["平常日均产量[吨]", "平常日均用电量[千瓦时]", "平常日均车次[车次]"]
)
def test_an_ordinary_day_of_nothing_is_told(tmp_path, name):
    """Of nothing there is no share; below nothing there is nothing."""
    for value in ("0", "-1"):
        (tmp_path / "measure_taken.csv").write_text(
            f"清单措施,预警,{name}\n项,橙,{value}\n", encoding="utf-8"
        )
        (problem,) = read_facts(tmp_path, BOOK).faults
        assert name.partition("[")[0] in problem.text()
        assert "0" in problem.text()


def test_a_row_of_no_entry_is_refused():
    """What was done is done of an entry."""
    with pytest.raises(FactsError, match="清单中的哪一项"):
        outcomes(MeasureTaken(alert="橙", carried_out=True))


def test_an_entry_that_is_kept_says_what_is_cut():
    """And the other way round; a stop needs neither."""
    rows = [entry("留", kept="33.333333 %"), entry("减", kept=None, cut="33.333333 %"),
            entry("停", kind="停产", kept=None), entry("空", kept=None)]  # fmt: skip
    assessment = airplan.assess(BOOK, Facts.of(HERE, *rows), dt.date(2025, 1, 1))
    table = assessment.facts.table(EmergencyMeasure)
    assert dict(zip(table["id"], table.select("kept", "cut").rows(), strict=True)) == {
        "留": (33.333333, 66.666667), "减": (66.666667, 33.333333), "停": (0.0, 100.0),
        "空": (None, None),
    }  # fmt: skip


def test_kinds_are_those_that_the_white_list_names():
    """A rule of another chapter that an alert asks for is let off by the same word."""
    assert {rule.id for rule in BOOK.rules.values() if measures.CONTROL in rule.kinds} == {
        "emergency.measures-taken", "emergency.own-cuts", "emergency.diesel-trucks-stopped",
        "emergency.freight-reduced", "emergency.machines-reduced",
    }  # fmt: skip
