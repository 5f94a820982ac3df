"""Leak detection and repair on ledgers: what leaks, how often it is tested, when it is repaired."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
import airplan_qinyang
from airplan_core import Config, County, Facts, FactsError, contribution, read_facts
from airplan_ozone import ldar, ldar_ledgers
from airplan_ozone.ldar_ledgers import MOVING, STILL, LdarPlant, LdarPoint, LdarTest, Relief
from airplan_qinyang import Enterprise


class Ldar:
    """The standard by itself, without the rest of the chapter."""

    CAMPAIGN = airplan.Campaign("ldar", ldar_ledgers, ldar)


PLUGINS = [contribution(airplan_qinyang.CAMPAIGN), contribution(Ldar.CAMPAIGN, "ldar", "ldar 1.0")]


def book(taken=None):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=taken or {}))


BOOK = book()
GENERAL = book({"GB37822-4.2-region": "general"})
ANY = book({"GB37822-8.4-filed": "any"})


def outcomes(*rows, as_of="2025-06-01", rules=BOOK):
    facts = Facts.of(County(id="甲县"), *rows)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    said = {
        (row["duty"].removeprefix("ozone.ldar-"), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }
    assert len(said) == found.height  # no row stands twice
    return said


def plant(points="2000 个", **more):
    return Enterprise(id="厂"), LdarPlant(id="厂", enterprise="厂", points=points, **more)


def point(kind="泵", medium="气态VOCs物料", **more):
    given_ = {"started_on": "2021-01-01", "first_test_on": "2021-02-01", "removed_on": "never"}
    return LdarPoint(id="点", plant="厂", kind=kind, medium=medium, **{**given_, **more})


def record(id="测", **more):
    given_ = {"date": "2025-03-01", "reading": "100 µmol/mol", "visible": False}
    return LdarTest(id=id, point="点", **{**given_, **more})


def told(*rows, points="2000 个", the=None, **more):
    """rule → outcome, of the one test."""
    found = outcomes(*plant(points), the or point(), *rows, **more)
    return {rule: said for (rule, subject), said in found.items() if subject == "测"}


# A document of its own ---------------------------------------------------------------------------


def test_the_standard_is_beside_the_plan_and_is_not_it():
    """Its places are called by it; the county's plan is Qinyang's, with its own days."""
    assert BOOK.plan.id == "gb-37822-2019"  # here nothing else yields a sentence
    mine = list(Ldar.CAMPAIGN.airplan_clauses())
    assert {clause.id.partition(":")[0] for clause in mine} == {"GB37822"}
    assert {clause.id.rpartition(":")[2] for clause in mine} == {
        "8.1-1", "8.2-1", "8.3-1", "8.3-2", "8.3-3", "8.3-4", "8.4-1", "8.4-2", "8.4-3", "8.4-4",
    }  # fmt: skip
    own = airplan_qinyang.QINYANG_2024
    plan = airplan.build_rulebook([*PLUGINS, contribution(Own(), "own", "own 1.0")]).plan
    assert (plan.id, plan.begins, plan.ends) == (own.id, own.begins, own.ends)


class Own:
    """A sentence of the county's plan, whichever."""

    TASK = airplan.Task(
        id="9.9", heading="任务", campaign="own", plan=airplan_qinyang.QINYANG_2024, lead=("甲局",)
    )
    RULE = airplan.attestation("own.one", TASK.clause(1, "制定方案"), en="A scheme is made.")

    @airplan.hookimpl
    def airplan_clauses(self):
        return [self.RULE.clause]

    @airplan.hookimpl
    def airplan_rules(self):
        return [self.RULE]


# 8.1: who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "tests", "expected"),
    [
        ("2000 个", True, "COMPLIANT"),
        ("2000 个", False, "VIOLATION"),
        ("1999 个", False, "NOT_APPLICABLE"),
        ("2000 个", None, "UNKNOWN"),
        (None, False, "UNKNOWN"),
    ],
)
def test_a_plant_of_two_thousand_points(points, tests, expected):
    """≥2000 takes the number in; what is not known is asked."""
    assert outcomes(*plant(points, tests=tests))["done", "厂"] == expected
    found = outcomes(Enterprise(id="厂"))
    assert [said for (rule, _), said in found.items() if rule == "done"] == ["UNKNOWN"]


def test_a_smaller_plant_is_asked_nothing():
    """Neither how often, nor how fast."""
    bad = record(date="2023-01-01", reading="9000 µmol/mol", repaired_on="never",
                  first_repair_on="never", deferral="未延迟")  # fmt: skip
    relief = Relief(id="泄", point="点", relieved_on="2025-01-02", tested_on="never")
    late = point(started_on="2024-01-01", first_test_on="never")
    for points, expected in (("1999 个", {"NOT_APPLICABLE"}), (None, {"UNKNOWN"})):
        found = outcomes(*plant(points), late, bad, relief)
        asked = {key: said for key, said in found.items() if key[0] != "done"}
        if points:
            assert set(asked.values()) == expected
        else:
            assert "VIOLATION" not in asked.values()


# 8.2: what leaks ------------------------------------------------------------------------------------

LEAKS = [
    # medium, reading, in a key region, elsewhere
    ("气态VOCs物料", "2000", False, False),
    ("气态VOCs物料", "2000.000001", True, False),
    ("气态VOCs物料", "5000", True, False),
    ("气态VOCs物料", "5000.000001", True, True),
    ("挥发性有机液体", "2000", False, False),
    ("挥发性有机液体", "2001", True, False),
    ("挥发性有机液体", "5001", True, True),
    ("其他液态VOCs物料", "500", False, False),
    ("其他液态VOCs物料", "500.000001", True, False),
    ("其他液态VOCs物料", "2000", True, False),
    ("其他液态VOCs物料", "2001", True, True),
    # of a medium that is not known a reading above both limits is a leak, one below both none
    (None, "5001", True, True),
    (None, "2001", True, None),
    (None, "501", None, False),
    (None, "500", False, False),
]
SAID = {True: "VIOLATION", False: "NOT_APPLICABLE", None: "UNKNOWN"}


@pytest.mark.parametrize(("medium", "reading", "key", "general"), LEAKS)
def test_a_reading_over_the_limit_is_a_leak(medium, reading, key, general):
    """Over, not at; 2,000 and 500 in a key region, 5,000 and 2,000 elsewhere."""
    row = record(reading=f"{reading} µmol/mol", first_repair_on="never", repaired_on="never",
                  deferral="未延迟")  # fmt: skip
    for rules, leaks in ((BOOK, key), (GENERAL, general)):
        found = told(row, the=point(medium=medium), rules=rules)
        assert found["first-repair"] == SAID[leaks]
        assert found["repaired"] == SAID[leaks]


@pytest.mark.parametrize(
    ("visible", "reading", "leaks"),
    [(True, "0 µmol/mol", True), (True, None, True), (None, "2001 µmol/mol", True),
     (None, "100 µmol/mol", None), (False, None, None)],
)  # fmt: skip
def test_a_visible_drip_is_a_leak(visible, reading, leaks):
    """Whatever is read; and what one of the two is not known of."""
    row = record(visible=visible, reading=reading, repaired_on="never", first_repair_on="never",
                  deferral="未延迟")  # fmt: skip
    assert told(row)["repaired"] == SAID[leaks]


# 8.3: how often --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "next_on", "expected"),
    [
        ("2024-09-30", None, "PENDING"),
        ("2024-10-01", None, "VIOLATION"),
        ("2025-06-01", "2024-09-30", "COMPLIANT"),
        ("2025-06-01", "2024-10-01", "LATE"),
        ("2024-10-01", "2024-10-02", "VIOLATION"),
    ],
)
@pytest.mark.parametrize("kind", MOVING)
def test_what_moves_is_tested_every_six_months(kind, as_of, next_on, expected):
    """Six months from the last test: from 31 March to 30 September."""
    rows = [record(date="2024-03-31")]
    rows += [record("次", date=next_on)] if next_on else []
    found = told(*rows, the=point(kind), as_of=as_of)
    assert found["half-yearly"] == expected
    assert found["yearly"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("as_of", "next_on", "expected"),
    [
        ("2025-03-31", None, "PENDING"),
        ("2025-04-01", None, "VIOLATION"),
        ("2025-06-01", "2025-03-31", "COMPLIANT"),
        ("2025-06-01", "2025-04-01", "LATE"),
    ],
)
@pytest.mark.parametrize("kind", STILL)
def test_what_stands_still_is_tested_every_twelve_months(kind, as_of, next_on, expected):
    """Flanges and whatever else seals."""
    rows = [record(date="2024-03-31")]
    rows += [record("次", date=next_on)] if next_on else []
    found = told(*rows, the=point(kind), as_of=as_of)
    assert found["yearly"] == expected
    assert found["half-yearly"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("removed", "expected"),
    [
        ("2024-09-30", "COMPLIANT"),
        ("2024-10-01", "LATE"),
        ("2025-06-02", "VIOLATION"),
        ("never", "VIOLATION"),
        (None, "UNKNOWN"),
    ],
)
def test_what_is_out_of_use_is_tested_no_more(removed, expected):
    """A pump that was taken away half a year after its last test, or before its first."""
    the = point(removed_on=removed)
    assert told(record(date="2024-03-31"), the=the)["half-yearly"] == expected
    new = point(started_on="2024-07-02", first_test_on="never", removed_on=removed)
    assert outcomes(*plant(), new)["first-test", "点"] == expected


def test_what_was_before_the_standard_is_none_of_its():
    """It is in force from 2020-07-01: what was found, started or vented on the day before is not."""
    for day, asked in (("2020-06-30", False), ("2020-07-01", True)):
        leak = record(date=day, reading="9000 µmol/mol", first_repair_on="never",
                      repaired_on="never", deferral=STOP, filed_on="never")  # fmt: skip
        found = told(leak)
        first = outcomes(*plant(), point(started_on=day, first_test_on="2021-02-01"))
        relief = Relief(id="泄", point="点", relieved_on=day, tested_on="never")
        vented = outcomes(*plant(), point("泄压设备"), relief)["after-relief", "泄"]
        told_ = [found[rule] for rule in ("first-repair", "repaired", "deferral-filed")]
        if asked:
            assert told_ == ["VIOLATION"] * 3
            assert first["first-test", "点"] == "LATE"
            assert vented == "UNKNOWN"  # working days of 2020 are not at hand
        else:
            assert {*told_, first["first-test", "点"], vented} == {"NOT_APPLICABLE"}
    # whoever tested late before it was in force, was not late; who has not since, is
    old = record(date="2019-01-01")
    assert told(old, record("次", date="2020-06-30"))["half-yearly"] == "NOT_APPLICABLE"
    assert told(old, record("次", date="2020-07-01"))["half-yearly"] == "LATE"
    assert told(old)["half-yearly"] == "VIOLATION"


def test_a_leak_of_tomorrow_is_not_known_yet():
    """Nothing is asked of it: neither its plan nor its repair."""
    found = told(record(date="2025-06-02", reading="9000 µmol/mol", deferral=STOP,
                        filed_on="never", repaired_on="never"))  # fmt: skip
    assert found["deferral-filed"] == found["repaired-at-shutdown"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("as_of", "filed", "in_time", "any_"),
    [
        ("2025-03-16", "never", "PENDING", "VIOLATION"),
        ("2025-03-17", "never", "VIOLATION", "VIOLATION"),
        ("2025-06-01", "2025-03-16", "COMPLIANT", "COMPLIANT"),
        ("2025-06-01", "2025-03-17", "LATE", "COMPLIANT"),
    ],
)
def test_the_plan_of_a_deferral_is_due_when_the_repair_is(as_of, filed, in_time, any_):
    """Until the fifteenth day it may still be filed, or without a day it is asked for at once."""
    row = record(**{**LEAK, "deferral": STOP}, first_repair_on="2025-03-02",
                  repaired_on="never", filed_on=filed)  # fmt: skip
    assert told(row, as_of=as_of)["deferral-filed"] == in_time
    assert told(row, as_of=as_of, rules=ANY)["deferral-filed"] == any_


def test_what_is_spared_and_what_is_not_known():
    """免予检测 is asked neither; a kind that is blank may be either."""
    row = record(date="2020-01-01")
    spared, blank = told(row, the=point("免予检测")), told(row, the=point(None))
    assert {spared["yearly"], spared["half-yearly"]} == {"NOT_APPLICABLE"}
    assert {blank["yearly"], blank["half-yearly"]} == {"UNKNOWN"}
    # a second test on the same day is no next one
    found = told(row, record("同日", date="2020-01-01"))
    assert found["half-yearly"] == "VIOLATION"


@given(st.lists(st.dates(dt.date(2022, 1, 1), dt.date(2025, 12, 31)), min_size=1, max_size=8))
def test_tests_follow_each_other_as_one_counts_by_hand(days):
    """An oracle that shares no code, over the gaps between distinct days."""
    as_of = dt.date(2025, 12, 31)
    rows = [record(str(n), date=str(day)) for n, day in enumerate(days)]
    found = outcomes(*plant(), point(), *rows, as_of=str(as_of))
    for n, day in enumerate(days):
        month = day.month + 6
        year, month = day.year + (month > 12), (month - 1) % 12 + 1
        last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
        due = dt.date(year, month, min(day.day, last))
        later = [one for one in days if one > day]
        if later and min(later) <= due:
            expected = "COMPLIANT"
        elif later:
            expected = "LATE"
        else:
            expected = "PENDING" if as_of <= due else "VIOLATION"
        assert found["half-yearly", str(n)] == expected


@pytest.mark.parametrize(
    ("as_of", "tested", "expected"),
    [
        # 2024-09-30 is a Monday: the first week of October is holiday, 12 October is worked for it
        ("2024-10-12", "never", "PENDING"),
        ("2024-10-13", "never", "VIOLATION"),
        ("2024-11-01", "2024-10-12", "COMPLIANT"),
        ("2024-11-01", "2024-10-13", "LATE"),
        ("2024-11-01", "2024-09-30", "COMPLIANT"),
        ("2024-11-01", None, "UNKNOWN"),
    ],
)
def test_a_relief_device_is_tested_within_five_working_days(as_of, tested, expected):
    """From the day on which it vented."""
    row = Relief(id="泄", point="点", relieved_on="2024-09-30", tested_on=tested)
    assert outcomes(*plant(), point("泄压设备"), row, as_of=as_of)["after-relief", "泄"] == expected


@pytest.mark.parametrize(
    ("as_of", "tested", "expected"),
    [
        ("2024-05-30", "never", "PENDING"),
        ("2024-05-31", "never", "VIOLATION"),
        ("2025-06-01", "2024-05-30", "COMPLIANT"),
        ("2025-06-01", "2024-05-31", "LATE"),
        ("2025-06-01", None, "UNKNOWN"),
    ],
)
def test_a_new_point_is_tested_within_ninety_days(as_of, tested, expected):
    """From 1 March, 30 May is the ninetieth; an overhaul begins it anew."""
    the = point(started_on="2024-03-01", first_test_on=tested)
    assert outcomes(*plant(), the, as_of=as_of)["first-test", "点"] == expected
    spared = point("免予检测", started_on="2024-03-01", first_test_on="never")
    assert outcomes(*plant(), spared)["first-test", "点"] == "NOT_APPLICABLE"
    unknown = point(started_on=None, first_test_on="never")
    assert outcomes(*plant(), unknown)["first-test", "点"] == "UNKNOWN"


def test_a_plant_without_a_point_is_not_known_to_test_any():
    """Of 2,000 points nobody entered one."""
    found = outcomes(*plant())
    assert [said for (rule, _), said in found.items() if rule == "first-test"] == ["UNKNOWN"]


# 8.4: repair -------------------------------------------------------------------------------------------

LEAK = {"date": "2025-03-01", "reading": "3000 µmol/mol", "deferral": "未延迟"}


@pytest.mark.parametrize(
    ("as_of", "first", "done", "expected"),
    [
        ("2025-03-06", "never", "never", "PENDING"),
        ("2025-03-07", "never", "never", "VIOLATION"),
        ("2025-06-01", "2025-03-01", None, "COMPLIANT"),
        ("2025-06-01", "2025-03-06", "never", "COMPLIANT"),
        ("2025-06-01", "2025-03-07", "never", "LATE"),
        ("2025-06-01", None, "2025-03-06", "COMPLIANT"),
        ("2025-06-01", None, "never", "UNKNOWN"),
    ],
)
def test_a_first_repair_is_tried_within_five_days(as_of, first, done, expected):
    """The day of discovery is none of the five; who has repaired it has tried."""
    row = record(**LEAK, first_repair_on=first, repaired_on=done)
    assert told(row, as_of=as_of)["first-repair"] == expected


@pytest.mark.parametrize(
    ("as_of", "done", "expected"),
    [
        ("2025-03-16", "never", "PENDING"),
        ("2025-03-17", "never", "VIOLATION"),
        ("2025-06-01", "2025-03-16", "COMPLIANT"),
        ("2025-06-01", "2025-03-17", "LATE"),
        ("2025-06-01", None, "UNKNOWN"),
    ],
)
def test_a_repair_is_done_within_fifteen_days(as_of, done, expected):
    """15 days from 1 March: the 16th is in time."""
    row = record(**LEAK, first_repair_on="2025-03-02", repaired_on=done)
    assert told(row, as_of=as_of)["repaired"] == expected


STOP, UNSAFE = "停车（工）条件下才能修复", "立即修复存在安全风险"


@pytest.mark.parametrize(
    ("deferral", "filed", "repaired", "any_", "own"),
    [
        (STOP, "2025-03-16", "EXEMPT", "EXEMPT", "COMPLIANT"),
        (UNSAFE, "2025-03-02", "EXEMPT", "EXEMPT", "COMPLIANT"),
        (STOP, "2025-03-17", "VIOLATION", "EXEMPT", "LATE"),
        (STOP, "never", "VIOLATION", "VIOLATION", "VIOLATION"),
        (STOP, None, "UNKNOWN", "UNKNOWN", "UNKNOWN"),
        ("未延迟", "2025-03-02", "VIOLATION", "VIOLATION", "NOT_APPLICABLE"),
        (None, "2025-03-02", "UNKNOWN", "UNKNOWN", "UNKNOWN"),
        (None, "never", "VIOLATION", "VIOLATION", "UNKNOWN"),
    ],
)
def test_a_repair_is_deferred_with_a_plan_that_was_filed(deferral, filed, repaired, any_, own):
    """Where it needs a shutdown or is unsafe: neither without the plan nor without the ground."""
    row = record(**{**LEAK, "deferral": deferral}, first_repair_on="2025-03-02",
                  repaired_on="never", filed_on=filed)  # fmt: skip
    found = told(row)
    assert found["repaired"] == repaired
    assert found["deferral-filed"] == own
    assert told(row, rules=ANY)["repaired"] == any_


@pytest.mark.parametrize(
    ("shutdown", "done", "expected"),
    [
        ("never", "never", "NOT_APPLICABLE"),
        ("2025-06-02", "never", "NOT_APPLICABLE"),
        ("2025-05-20", "2025-05-20", "COMPLIANT"),
        ("2025-05-20", "2025-05-21", "VIOLATION"),
        ("2025-05-20", "never", "VIOLATION"),
        ("2025-05-20", None, "UNKNOWN"),
        (None, "2025-05-20", "UNKNOWN"),
    ],
)
def test_what_was_deferred_is_repaired_in_the_next_shutdown(shutdown, done, expected):
    """By the day on which it ends; before there is one nothing is asked."""
    row = record(**{**LEAK, "deferral": STOP}, first_repair_on="2025-03-02", repaired_on=done,
                  filed_on="2025-03-10", shutdown_on=shutdown)  # fmt: skip
    assert told(row)["repaired-at-shutdown"] == expected


# What is handed in --------------------------------------------------------------------------------------

POINTS = "编号,企业,密封点类型,介质\n点,厂,泵,气态VOCs物料\n"


@pytest.mark.parametrize(
    ("column", "cell", "teaches"),
    [
        ("首次修复日期", "2025-02-28", "对调"),
        ("修复完成日期", "2025-02-28", "未发生"),
        ("净检测值[µmol/mol]", "-3", "0"),
    ],
)
def test_a_repair_before_its_leak_is_refused(tmp_path, column, cell, teaches):
    """The row is set aside, or the cell, and what to write instead is said."""
    files = {
        "county": "编号\n甲县\n", "enterprise": "编号\n厂\n", "ldar_plant": "企业,密封点数\n厂,2000\n",
        "ldar_point": POINTS, "ldar_test": f"编号,密封点,检测日期,{column}\n测,点,2025-03-01,{cell}\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    facts = read_facts(tmp_path, BOOK)
    problems = [cell.problem for cell in facts.unreadable]
    problems += [problem for one in facts.set_aside for problem in one.problems]
    (problem,) = problems
    assert column.partition("[")[0] in problem.text()
    assert teaches in problem.text()


@pytest.mark.parametrize(
    "row",
    [
        {"first_repair_on": "2025-02-28"},
        {"repaired_on": "2025-02-28"},
        {"first_repair_on": "2025-03-10", "repaired_on": "2025-03-09"},
        {"first_repair_on": "never", "repaired_on": "2025-03-09"},
        {"next_on": "2025-02-01"},
        {"filed_on": "2025-02-28"},
        {"shutdown_on": "2025-02-28"},
    ],
)
def test_days_in_the_wrong_order_are_refused(row):
    """A repair before its discovery, or before its first attempt."""
    with pytest.raises(FactsError, match="两个日期写反了"):
        told(record(**{**LEAK, **row}))
    relief = Relief(id="泄", point="点", relieved_on="2025-03-01", tested_on="2025-02-28")
    with pytest.raises(FactsError, match="两个日期写反了"):
        outcomes(*plant(), point(), relief)
