"""Differentiated cuts on ledgers: who is let off in peaks, on which ground, and who is not."""

import datetime as dt

import pytest

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_core import Attestation, Config, County, Facts
from airplan_ozone.cut_ledgers import (
    CutGround,
    CutProfile,
    OzonePeak,
    PositiveList,
    VocProcess,
)
from airplan_qinyang import Enterprise
from airplan_qinyang.grades import PerformanceGrade

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_ozone, airplan_qinyang, airplan_ambient)
]


def book(**taken):
    """A rulebook of the task alone, so that a case is cheap."""
    every = airplan.build_rulebook(PLUGINS).rules.values()
    off = {rule.id: "not asked here" for rule in every if not rule.clause.id.startswith("2.5.4-")}
    return airplan.build_rulebook(PLUGINS, Config(disable=off, interpretations=taken))


BOOK = book()
OTHERS = {
    "exemption": book(**{"I-51": "exemption"}),
    "all": book(**{"2.5.4-2-grounds": "all"}),
    "listed": book(**{"2.5.4-3-etc": "listed"}),
    "both": book(**{"2.5.4-4-grades": "both"}),
    "marks": book(**{"2.5.4-5-marks": "all"}),
    "once": book(**{"2.5.4-1-updated": "once"}),
    "other": book(**{"2.5.4-6-kind": "other"}),
}


def outcomes(*rows, as_of="2024-06-15", rules=BOOK):
    facts = Facts.of(County(id="甲县"), *rows)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    return {
        (row["duty"].removeprefix("ozone."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


# The list -----------------------------------------------------------------------------------------


def edition(id, day):
    return PositiveList(id=id, county="甲县", issued_on=day)


@pytest.mark.parametrize(
    ("days", "as_of", "first", "second", "once"),
    [
        (["2024-04-01"], "2025-01-01", "COMPLIANT", "PENDING", "COMPLIANT"),
        (["2024-12-31"], "2025-01-01", "COMPLIANT", "PENDING", "COMPLIANT"),
        (["2023-12-31"], "2024-12-31", "PENDING", "PENDING", "VIOLATION"),
        (["2023-12-31"], "2025-01-01", "VIOLATION", "PENDING", "VIOLATION"),
        (["2024-04-01"], "2026-01-01", "COMPLIANT", "VIOLATION", "COMPLIANT"),
        (["2024-04-01", "2025-12-31"], "2026-01-01", "COMPLIANT", "COMPLIANT", "COMPLIANT"),
        (["2025-04-01"], "2026-01-01", "VIOLATION", "COMPLIANT", "COMPLIANT"),
        ([None], "2026-01-01", "UNKNOWN", "UNKNOWN", "UNKNOWN"),
        ([], "2026-01-01", "UNKNOWN", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_the_list_is_brought_up_to_date_each_year(days, as_of, first, second, once):
    """季节性: in each of the plan's years; by the other reading once under the plan."""
    rows = [edition(f"{n}", day) for n, day in enumerate(days)]
    found = outcomes(*rows, as_of=as_of)
    assert found["positive-list@2024", "甲县"] == first
    assert found["positive-list@2025", "甲县"] == second
    assert ("positive-list-once", "甲县") not in found
    assert outcomes(*rows, as_of=as_of, rules=OTHERS["once"])["positive-list-once", "甲县"] == once


def test_management_is_an_act():
    """加强差异化精细化管理 is recorded, or not known."""
    assert outcomes()["differentiated-management", "甲县"] == "UNKNOWN"
    act = Attestation(clause="2.5.4-1", done=False)
    assert outcomes(act)["differentiated-management", "甲县"] == "VIOLATION"


# Who is let off -----------------------------------------------------------------------------------

PEAK = OzonePeak(
    id="峰", county="甲县", begins_on="2024-06-10", ends_on="2024-06-20", issued_by="市环委办"
)
#: Of a key industry, listed, without the measures that are asked of it.
WORKS = (
    Enterprise(id="厂", industry="工业涂装"),
    CutProfile(
        enterprise="厂", emits=True, key=True, large=True, treatment_listed=True,
        ozone_listed=True, measure="无", by_process=False, by_emission=False, carried_out=False,
    ),
)  # fmt: skip
#: The ledgers without a row that is about the works: nobody is graded, nothing was found.
NOBODY = (
    Enterprise(id="别厂"), CutProfile(enterprise="别厂", emits=False),
    PerformanceGrade(id="别", enterprise="别厂", grade="B级", begins_on="2024-01-01",
                     ends_on="never"),
    CutGround(id="别", enterprise="别厂", replaced=False, treatment="低效治理技术",
              begins_on="2024-01-01", ends_on="never"),
)  # fmt: skip


def ground(**more):
    return CutGround(
        **{"id": "据", "enterprise": "厂", "begins_on": "2024-01-01", "ends_on": "never",
           "replaced": False, "treatment": "低效治理技术", "conforms": False, "stable": False,
           **more}
    )  # fmt: skip


def graded(grade, begins="2024-01-01", ends="2024-12-31", id="级"):
    return PerformanceGrade(id=id, enterprise="厂", grade=grade, begins_on=begins, ends_on=ends)


GOOD = {"treatment": "蓄热燃烧", "conforms": True, "stable": True}
MEASURES = ("differentiated-measures", "厂")
TAKEN = ("differentiated-measures-carried-out", "厂")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "VIOLATION"),
        ([ground(replaced=True)], "EXEMPT"),
        ([ground()], "VIOLATION"),
        ([ground(replaced=None)], "UNKNOWN"),
        ([ground(**GOOD)], "EXEMPT"),
        ([ground(**{**GOOD, "treatment": "催化燃烧"})], "EXEMPT"),
        ([ground(**{**GOOD, "treatment": "分散式吸附+移动式再生"})], "EXEMPT"),
        ([ground(**{**GOOD, "treatment": "其他高效治理技术"})], "EXEMPT"),
        ([ground(**{**GOOD, "treatment": "低效治理技术"})], "VIOLATION"),
        ([ground(**{**GOOD, "conforms": False})], "VIOLATION"),
        ([ground(**{**GOOD, "stable": False})], "VIOLATION"),
        ([ground(**{**GOOD, "stable": None})], "UNKNOWN"),
        ([ground(replaced=True, ends_on="2024-06-15")], "EXEMPT"),
        ([ground(replaced=True, ends_on="2024-06-14")], "VIOLATION"),
        ([ground(replaced=True, begins_on="2024-06-16")], "VIOLATION"),
        ([graded("A级")], "EXEMPT"),
        ([graded("绩效引领性")], "EXEMPT"),
        ([graded("B级")], "VIOLATION"),
        ([graded("非引领性")], "VIOLATION"),
        ([graded(None)], "UNKNOWN"),
        ([graded("A级", ends="2024-06-15")], "EXEMPT"),
        ([graded("A级", ends="2024-06-14")], "VIOLATION"),
        ([graded("A级", begins="2024-06-16")], "VIOLATION"),
        ([graded("A级", ends="2024-06-14"), graded("B级", "2024-06-15", id="新")], "VIOLATION"),
        ([graded("A级", ends=None)], "UNKNOWN"),
    ],
)
def test_one_ground_is_enough_in_a_peak(rows, expected):
    """全源替代, 高效治理, or a grade, each as it holds on the day."""
    assert outcomes(PEAK, *WORKS, *NOBODY, *rows)[TAKEN] == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-06-09", "VIOLATION"), ("2024-06-10", "EXEMPT"), ("2024-06-20", "EXEMPT"),
     ("2024-06-21", "VIOLATION")],
)  # fmt: skip
def test_it_is_of_peaks_alone(day, expected):
    """Both days in; where nobody says when there are peaks, it is not known."""
    rows = (*WORKS, *NOBODY, graded("A级"))
    assert outcomes(PEAK, *rows, as_of=day)[TAKEN] == expected
    assert outcomes(*rows, as_of=day)[TAKEN] == "UNKNOWN"


def test_peaks_of_two_counties_are_not_mixed_up():
    """No ledger says in which county an enterprise is; nobody is let off by another's peak."""
    other = OzonePeak(
        id="别峰", county="乙县", begins_on="2024-06-10", ends_on="2024-06-20", issued_by="乙县"
    )
    rows = (County(id="乙县"), PEAK, other, *WORKS, *NOBODY, graded("A级"))
    assert outcomes(*rows)[TAKEN] == "UNKNOWN"
    assert outcomes(*rows, as_of="2024-06-21")[TAKEN] == "VIOLATION"


def test_who_does_what_is_asked_is_not_let_off():
    """COMPLIANT, whatever the ground; and on a list nobody is let off from."""
    done = CutProfile(
        enterprise="厂", emits=True, key=True, large=True, treatment_listed=False,
        ozone_listed=False, measure="错峰", by_process=True, by_emission=True, carried_out=True,
    )  # fmt: skip
    found = outcomes(PEAK, WORKS[0], done, *NOBODY, graded("A级"))
    assert found[TAKEN] == found[MEASURES] == "COMPLIANT"
    assert found["key-industries-listed", "厂"] == "VIOLATION"


def test_who_is_let_off_has_a_measure_all_the_same():
    """可不采取 is of taking it, in a peak; which measure it would be is asked for on any day."""
    rows = (PEAK, *WORKS, *NOBODY, graded("A级"))
    for day, taken in (("2024-06-15", "EXEMPT"), ("2024-06-21", "VIOLATION")):
        found = outcomes(*rows, as_of=day)
        assert (found[MEASURES], found[TAKEN]) == ("VIOLATION", taken)
    assert outcomes(*rows, rules=OTHERS["other"])[TAKEN] == "VIOLATION"


def test_grounds_by_other_readings():
    """All three together; the three technologies alone; both scales."""
    rows = (PEAK, *WORKS, *NOBODY)
    one, every = (graded("A级"),), (graded("A级"), ground(replaced=True, **GOOD))
    assert outcomes(*rows, *one, rules=OTHERS["all"])[TAKEN] == "VIOLATION"
    assert outcomes(*rows, *every, rules=OTHERS["all"])[TAKEN] == "EXEMPT"
    other = ground(**{**GOOD, "treatment": "其他高效治理技术"})
    assert outcomes(*rows, other, rules=OTHERS["listed"])[TAKEN] == "VIOLATION"
    assert outcomes(*rows, ground(**GOOD), rules=OTHERS["listed"])[TAKEN] == "EXEMPT"
    both = (*one, graded("绩效引领性", id="又"))
    assert outcomes(*rows, *one, rules=OTHERS["both"])[TAKEN] == "VIOLATION"
    assert outcomes(*rows, *both, rules=OTHERS["both"])[TAKEN] == "EXEMPT"


# Faults -------------------------------------------------------------------------------------------


def process(id="工序", **more):
    return VocProcess(
        **{"id": id, "profile": "厂", "inefficient": False, "abnormal": False, "fugitive": False,
           "controlled": False, "treatment": "低效治理技术", "conforms": False, "stable": False,
           **more}
    )  # fmt: skip


CONTROLLED = ("faulty-processes-controlled", "工序")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"inefficient": True}, "VIOLATION"),
        ({"abnormal": True}, "VIOLATION"),
        ({"fugitive": True}, "VIOLATION"),
        ({"fugitive": True, "controlled": True}, "COMPLIANT"),
        ({"fugitive": True, "controlled": None}, "UNKNOWN"),
        ({}, "NOT_APPLICABLE"),
        ({"abnormal": None}, "UNKNOWN"),
        ({"profile": "别厂", "fugitive": True}, "NOT_APPLICABLE"),
    ],
)
def test_a_faulty_process_is_controlled(said, expected):
    """Each of the three faults is enough."""
    assert outcomes(PEAK, *WORKS, *NOBODY, process(**said))[CONTROLLED] == expected


def test_a_fault_goes_before_the_exemption_unless_it_is_read_otherwise():
    """I-51; by the enterprise's ground, or the process's own."""
    fault = process(fugitive=True)
    rows = (PEAK, *WORKS, *NOBODY)
    assert outcomes(*rows, graded("A级"), fault)[CONTROLLED] == "VIOLATION"
    other = OTHERS["exemption"]
    assert outcomes(*rows, graded("A级"), fault, rules=other)[CONTROLLED] == "EXEMPT"
    assert outcomes(*rows, graded("B级"), fault, rules=other)[CONTROLLED] == "VIOLATION"
    good = process(fugitive=True, **GOOD)
    assert outcomes(*rows, good)[CONTROLLED] == "VIOLATION"
    assert outcomes(*rows, good, rules=other)[CONTROLLED] == "EXEMPT"
    assert outcomes(*rows, good, rules=other, as_of="2024-06-21")[CONTROLLED] == "VIOLATION"
    unstable = process(fugitive=True, **{**GOOD, "stable": False})
    assert outcomes(*rows, unstable, rules=other)[CONTROLLED] == "VIOLATION"


def test_processes_that_nobody_entered_are_not_known():
    """Of an enterprise that emits VOCs; of one that does not there is nothing to enter."""
    found = outcomes(PEAK, *WORKS, *NOBODY)
    told = {one for (rule, _), one in found.items() if rule == "faulty-processes-controlled"}
    assert told == {"UNKNOWN", "NOT_APPLICABLE"}


# Key industries -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected", "every"),
    [
        ({"large": True}, "VIOLATION", "NOT_APPLICABLE"),
        ({"concentrated": True}, "VIOLATION", "NOT_APPLICABLE"),
        ({"reactive": True}, "VIOLATION", "NOT_APPLICABLE"),
        ({"large": True, "concentrated": True, "reactive": True}, "VIOLATION", "VIOLATION"),
        ({}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ({"large": None}, "UNKNOWN", "NOT_APPLICABLE"),
        ({"large": True, "key": False}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ({"large": True, "emits": False}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
    ],
)
def test_key_industries_are_listed(said, expected, every):
    """One of three marks is enough; by the other reading it takes all of them."""
    marks = {"large": False, "concentrated": False, "reactive": False}
    profile = CutProfile(
        enterprise="厂", treatment_listed=True, ozone_listed=False,
        **{"emits": True, "key": True, **marks, **said},
    )  # fmt: skip
    name = ("key-industries-listed", "厂")
    assert outcomes(WORKS[0], profile)[name] == expected
    assert outcomes(WORKS[0], profile, rules=OTHERS["marks"])[name] == every


def test_an_enterprise_without_a_file_is_not_known():
    """One row for each enterprise."""
    found = outcomes(WORKS[0])
    assert found["key-industries-listed", "厂"] == "UNKNOWN"
    assert found[MEASURES] == found[TAKEN] == "UNKNOWN"


def test_every_rule_of_the_kinds_is_reached():
    """The sentences say what they exempt from, and which rules they reach."""
    coverage = BOOK.coverage()
    for number in (2, 3, 4):
        assert "应急减排" in coverage[f"2.5.4-{number}"]
        assert "ozone.differentiated-measures-carried-out" in coverage[f"2.5.4-{number}"]
