"""The chapter on ledgers: who files, which weeks are missing and of whom, what is pursued."""

import datetime as dt
import functools
import os
import re
from pathlib import Path

import attrs
import polars as pl
import pytest

import airplan_core as airplan
import airplan_qinyang
import airplan_safeguards
from airplan_core import Attestation, Config, County, Facts, FactsError, Strength
from airplan_qinyang import Enterprise, departments
from airplan_qinyang.towns import Township
from airplan_safeguards.dispatch_ledgers import (
    Appraisal,
    Circular,
    Dispatch,
    WorkMeeting,
    WorkReport,
)
from airplan_safeguards.enforcement_ledgers import (
    FIELDS,
    Assistance,
    JointEnforcement,
    VehicleOffence,
    VocProduct,
)
from airplan_safeguards.organisation_ledgers import FacilityProject
from airplan_safeguards.publicity_ledgers import Publication
from airplan_safeguards.units import MemberUnit

PLUGINS = [airplan.contribution(one.CAMPAIGN) for one in (airplan_safeguards, airplan_qinyang)]


WEEKLY = ("weekly-dispatch", "weekly-circular", "regular-meetings", "work-reports",
          "circulars-of-units")  # fmt: skip


@functools.cache
def book(*taken, weekly=()):
    """The chapter under some readings, of what is asked for each week with one rule alone."""
    off = {
        rule.id: "asked for elsewhere"
        for rule in airplan_safeguards.CAMPAIGN.airplan_rules()
        if (
            not rule.id.removeprefix("safeguards.").startswith(weekly)
            if weekly
            else rule.id.removeprefix("safeguards.").startswith(WEEKLY)
        )
    }
    return airplan.build_rulebook(PLUGINS, Config(interpretations=dict(taken), disable=off))


BOOK = book()
MINE = [
    clause
    for clause in airplan_safeguards.CAMPAIGN.airplan_clauses()
    if not clause.id.startswith("3.3-") or int(clause.id.removeprefix("3.3-")) < 10
]
HERE = "沁阳市"


def assessed(*rows, as_of, rules=BOOK, none=()):
    facts = Facts.of(County(id=HERE), *rows, none=none)
    return airplan.assess(rules, facts, dt.date.fromisoformat(as_of))


def outcomes(*rows, as_of="2025-06-01", **more):
    found = assessed(*rows, as_of=as_of, **more).outcomes
    return {
        (row["rule"].removeprefix("safeguards."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


def weeks(rule, *rows, as_of, taken=(), none=()):
    """Outcome by week, of one rule and the county."""
    found = assessed(*rows, as_of=as_of, rules=book(*taken, weekly=(rule,)), none=none).outcomes
    found = found.filter(pl.col("subject") == HERE, pl.col("outcome") != "NOT_APPLICABLE")
    found = found.sort(pl.col("duty").str.split("@").list.last())
    return {row["duty"].rpartition("@")[2]: row["outcome"] for row in found.iter_rows(named=True)}


# The text -----------------------------------------------------------------------------------------


def test_nothing_between_the_quotes_is_left_unsaid():
    """Without its quotes, each line is its heading and punctuation."""
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    lines = path.read_text(encoding="utf-8").splitlines()
    for task, number in (("3.1", 63), ("3.2", 64), ("3.3", 65), ("3.4", 67), ("3.5", 68)):
        left = lines[number]
        assert left.startswith("（")
        for clause in MINE:
            if clause.id.startswith(f"{task}-"):
                assert clause.text in lines[number]
                left = left.replace(clause.text, "")
        heading = {clause.heading for clause in MINE if clause.id.startswith(f"{task}-")}.pop()
        left = left.replace(heading, "")
        assert re.sub(r"（.）|[，。；\s]", "", left) == ""


def test_every_sentence_is_answered_for():
    """37 of them; those that are excused bind nobody, and say why."""
    assert len(MINE) == 13 + 3 + 9 + 9 + 5
    excused = [clause.id for clause in MINE if clause.excused]
    assert set(BOOK.coverage()) >= {clause.id for clause in MINE}
    assert excused == ["3.1-2", "3.1-3", "3.1-9", "3.1-10", "3.4-9", "3.5-1", "3.5-3", "3.5-5"]
    for clause in MINE:
        assert (clause.strength is Strength.NONE) == (clause.id in excused)


# Filing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "as_of", "expected"),
    [
        ("2024-09-30", "2024-09-30", "COMPLIANT"),
        ("2024-09-30", "2025-06-01", "COMPLIANT"),
        ("2024-10-01", "2024-10-01", "LATE"),
        ("never", "2024-09-30", "PENDING"),
        ("never", "2024-10-01", "VIOLATION"),
        (None, "2024-10-01", "UNKNOWN"),
        # a day to come is none on which it was filed
        ("2024-10-02", "2024-10-01", "VIOLATION"),
    ],
)
def test_the_thirtieth_of_september_is_in_time(filed, as_of, expected):
    """9月底前: the day itself is in."""
    found = outcomes(MemberUnit(id="市发改委", filed_on=filed), as_of=as_of)
    assert found["schemes-filed", "市发改委"] == expected


def test_a_scheme_of_before_the_plan_is_another_plans():
    """2023 is none of its years: drawn up then, and filed then, is not done for it."""
    unit = MemberUnit(id="市发改委", realistic=True, detailed=True)
    for issued, filed, expected in (
        ("2023-07-20", "2023-08-01", "VIOLATION"),
        ("2023-12-31", "2023-12-31", "VIOLATION"),
        ("2024-01-01", "2024-01-01", "COMPLIANT"),
    ):
        found = outcomes(attrs.evolve(unit, issued_on=issued, filed_on=filed))
        assert found["schemes-drawn-up", "市发改委"] == expected
        assert found["schemes-filed", "市发改委"] == expected
    early = outcomes(attrs.evolve(unit, issued_on="2023-07-20", filed_on="2023-08-01"),
                     as_of="2024-09-30")  # fmt: skip
    assert early["schemes-filed", "市发改委"] == "PENDING"


def test_a_scheme_is_not_filed_before_it_is_drawn_up():
    """Which of the two days is wrong is not known."""
    unit = MemberUnit(id="市发改委", issued_on="2024-10-05", filed_on="2024-09-28")
    with pytest.raises(FactsError, match="后来修订过的，填第一次制定的日期"):
        outcomes(unit)
    same = attrs.evolve(unit, issued_on="2024-09-28")
    assert outcomes(same)["schemes-filed", "市发改委"] == "COMPLIANT"


def test_whoever_never_was_entered_is_named():
    """Every department that a bracket names, and every township of the county's ledger."""
    found = outcomes(
        MemberUnit(id="发改", name="市发改委", filed_on="2024-09-01"),
        MemberUnit(id="市教育局", filed_on="never"),
        MemberUnit(id="某公司", member=False, filed_on="never"),
        Township(id="甲镇", county=HERE),
        Township(id="乙", name="乙街道"),
        MemberUnit(id="乙街道办", township="乙", filed_on="2024-10-08"),
    )
    filed = {subject: said for (rule, subject), said in found.items() if rule == "schemes-filed"}
    assert filed.pop("发改") == "COMPLIANT"
    assert filed.pop("市教育局") == "VIOLATION"
    assert filed.pop("乙街道办") == "LATE"
    assert filed.pop("甲镇") == "UNKNOWN"
    assert filed.pop("某公司") == "NOT_APPLICABLE"
    assert set(filed.values()) == {"UNKNOWN"}
    assert {"市工信局", "市公安局", "国网沁阳供电公司"} <= set(filed)
    assert not {"市发改委", "市环境攻坚办", "各乡（镇）街道办", "乙", "乙街道"} & set(filed)
    # 24 names of the plan's brackets, without the office and the townships
    assert len(filed) == 21


def test_a_scheme_is_real_and_detailed():
    """By the day of filing, by one reading; at once, by the other."""
    unit = MemberUnit(
        id="市工信局", issued_on="2024-09-30", realistic=True, detailed=True, filed_on="never"
    )
    key = "schemes-drawn-up", "市工信局"
    assert outcomes(unit)[key] == "COMPLIANT"
    assert outcomes(attrs.evolve(unit, issued_on="2024-10-01"))[key] == "LATE"
    for said in ({"realistic": False}, {"detailed": False}):
        assert outcomes(attrs.evolve(unit, **said))[key] == "VIOLATION"
    none = attrs.evolve(unit, issued_on="never")
    assert outcomes(none, as_of="2024-09-30")[key] == "PENDING"
    at_once = book(("3.1-1-date", "standing"))
    assert outcomes(none, as_of="2024-09-30", rules=at_once)[key] == "VIOLATION"


def test_companies_are_no_departments_by_one_reading():
    """The power and the postal company are named in brackets."""
    rows = (MemberUnit(id="国网沁阳供电公司", filed_on="never"),)
    key = "schemes-filed", "国网沁阳供电公司"
    assert outcomes(*rows)[key] == "VIOLATION"
    without = outcomes(*rows, rules=book(("3.1-13-units", "departments")))
    assert without[key] == "NOT_APPLICABLE"
    assert without["schemes-filed", "沁阳市邮政公司"] == "NOT_APPLICABLE"
    assert without["schemes-filed", "市工信局"] == "UNKNOWN"


def test_each_answers_for_itself():
    """A report of one department has its own row and no other's; others' are not for all."""
    rows = (
        MemberUnit(id="市发改委", filed_on="never"),
        MemberUnit(id="市教育局", filed_on="never"),
        Township(id="甲镇"),
        MemberUnit(id="甲镇", filed_on="never"),
    )
    found = assessed(*rows, as_of="2025-01-01").verdicts.filter(
        pl.col("rule") == "safeguards.schemes-filed"
    )
    whose = dict(found.select("subject", "departments").iter_rows())
    assert list(whose["市发改委"]) == ["市发改委"]
    assert list(whose["市工信局"]) == ["市工信局"]
    assert list(whose["甲镇"]) == [departments.TOWNS]
    assert list(whose["市教育局"]) == [departments.UNITS]


def test_an_action_falls_to_its_department():
    """What is recorded of the action on coal is the Development and Reform Commission's."""
    found = assessed(
        Attestation(clause="3.1-4", done=False), Attestation(clause="3.1-8", done=True),
        as_of="2025-01-01",
    ).verdicts  # fmt: skip
    whose = {row["rule"]: row for row in found.iter_rows(named=True)}
    coal, dust = whose["safeguards.coal-action"], whose["safeguards.dust-action"]
    assert (coal["outcome"], list(coal["departments"])) == ("VIOLATION", ["市发改委"])
    assert (dust["outcome"], list(dust["departments"])) == ("COMPLIANT", ["市住建局", "市城管局"])
    assert list(whose["safeguards.clean-transport-action"]["departments"]) == ["市交通局"]


def test_a_project_is_safe_before_it_is_good():
    """What is not yet built is asked for safety alone."""
    project = FacilityProject(
        id="RTO", enterprise="厂", assessed=True, trained=True, safe=True, finished_on="never"
    )
    found = outcomes(Enterprise(id="厂"), project)
    assert found["projects-assessed-for-safety", "RTO"] == "COMPLIANT"
    assert found["projects-effective", "RTO"] == "NOT_APPLICABLE"
    built = attrs.evolve(
        project, finished_on="2025-05-01", treated=True, within_limits=False, controlled=True
    )
    assert outcomes(Enterprise(id="厂"), built)["projects-effective", "RTO"] == "VIOLATION"


def test_what_was_built_before_the_plan_is_no_project_of_its_own():
    """The last day of 2023, and the day after; without its day it is not known."""
    project = FacilityProject(
        id="RTO", enterprise="厂", assessed=False, trained=True, safe=False,
        treated=True, within_limits=False, controlled=True,
    )  # fmt: skip
    for day, expected in (
        ("2023-12-31", "NOT_APPLICABLE"), ("2024-01-01", "VIOLATION"), (None, "UNKNOWN")
    ):  # fmt: skip
        found = outcomes(Enterprise(id="厂"), attrs.evolve(project, finished_on=day))
        for rule in ("projects-assessed-for-safety", "projects-built-safely", "projects-effective"):
            assert found[rule, "RTO"] == expected


# Weeks --------------------------------------------------------------------------------------------


def dispatched(*days):
    return [Dispatch(id=day, county=HERE, held_on=day) for day in days]


def test_weeks_are_asked_for_from_the_one_after_filing():
    """2024-W41 is the first; the running one is pending, from Monday to Sunday."""
    found = weeks("weekly-dispatch", *dispatched("2024-10-07", "2024-10-20"), as_of="2024-10-27")
    assert list(found)[:4] == ["2024-W41", "2024-W42", "2024-W43", "2024-W44"]
    assert len(found) == 12 + 52
    assert [found[f"2024-W{n}"] for n in (41, 42, 43, 44)] == [
        "COMPLIANT", "COMPLIANT", "PENDING", "PENDING"
    ]  # fmt: skip
    monday = weeks("weekly-dispatch", *dispatched("2024-10-07"), as_of="2024-10-28")
    assert [monday[f"2024-W{n}"] for n in (42, 43, 44)] == ["VIOLATION", "VIOLATION", "PENDING"]
    # two in one week are one
    twice = weeks("weekly-dispatch", *dispatched("2024-10-07", "2024-10-08"), as_of="2024-10-21")
    assert [twice[f"2024-W{n}"] for n in (41, 42)] == ["COMPLIANT", "VIOLATION"]


def test_what_is_not_known_is_not_missed():
    """No ledger, and a dispatch without a day; an empty ledger says that there was none."""
    assert set(weeks("weekly-dispatch", as_of="2024-10-21").values()) == {"UNKNOWN", "PENDING"}
    some = weeks(
        "weekly-dispatch", Dispatch(id="?", county=HERE), *dispatched("2024-10-07"),
        as_of="2024-10-21",
    )  # fmt: skip
    assert (some["2024-W41"], some["2024-W42"]) == ("COMPLIANT", "UNKNOWN")
    none = weeks("weekly-dispatch", as_of="2024-10-21", none=[Dispatch])
    assert (none["2024-W42"], none["2024-W43"]) == ("VIOLATION", "PENDING")


def test_the_last_days_of_the_plan_are_of_no_week_of_its_own():
    """2025-12-29 to 31 lie in 2026-W01."""
    found = weeks("weekly-dispatch", as_of="2026-02-01", none=[Dispatch])
    assert list(found)[-1] == "2025-W52"
    assert set(found.values()) == {"VIOLATION"}


def test_weeks_before_the_plan_and_of_holidays_by_other_readings():
    """From 2024-W01; or without the weeks of which four days are off for the two festivals."""
    every_week = weeks(
        "weekly-dispatch", as_of="2026-02-01", none=[Dispatch],
        taken=[("3.3-2-weeks", "all")],
    )  # fmt: skip
    assert (len(every_week), next(iter(every_week))) == (104, "2024-W01")
    but = weeks(
        "weekly-dispatch", as_of="2026-02-01", none=[Dispatch],
        taken=[("3.3-2-weeks", "but_holidays")],
    )  # fmt: skip
    asked = weeks("weekly-dispatch", as_of="2026-02-01", none=[Dispatch])
    assert set(asked) - set(but) == {"2025-W05", "2025-W40"}


#: Days off for 春节 and 国庆, as the State Council's schedules have them.
FESTIVALS = (
    ("2024-02-10", "2024-02-17"), ("2024-10-01", "2024-10-07"),
    ("2025-01-28", "2025-02-04"), ("2025-10-01", "2025-10-08"),
)  # fmt: skip


def test_which_weeks_are_holidays_by_counting_days():
    """Four days or more, counted day by day."""
    from airplan_safeguards.weeks import HOLIDAYS

    off = {}
    for first, last in FESTIVALS:
        day = dt.date.fromisoformat(first)
        while day <= dt.date.fromisoformat(last):
            year, week, _ = day.isocalendar()
            off[f"{year}-W{week:02}"] = off.get(f"{year}-W{week:02}", 0) + 1
            day += dt.timedelta(days=1)
    assert tuple(week for week, days in off.items() if days >= 4) == HOLIDAYS


def test_reports_are_missed_by_somebody():
    """Which weeks, and of whom; of whoever was never entered it is not known."""
    rows = [
        Township(id="甲镇", county=HERE),
        Township(id="乙镇", county=HERE),
        MemberUnit(id="市发改委"),
        MemberUnit(id="甲镇"),
        *(WorkReport(id=f"发改{day}", unit="市发改委", received_on=day)
          for day in ("2024-10-07", "2024-10-25")),
        WorkReport(id="甲", unit="甲镇", received_on="2024-10-20"),
    ]  # fmt: skip
    found = assessed(*rows, as_of="2024-10-28", rules=book(weekly=("work-reports",)))
    missed = {one.subject: one.short for one in found.missed() if "work-reports" in one.rule.id}
    assert missed["市发改委"] == ("2024-W42",)
    assert missed["甲镇"] == ("2024-W41", "2024-W43")
    assert set(missed) == {"市发改委", "甲镇"}
    outcome = found.outcomes.filter(pl.col("duty") == "safeguards.work-reports@2024-W41")
    stands = dict(outcome.select("subject", "outcome").iter_rows())
    assert (stands["市工信局"], stands["乙镇"], stands["市发改委"]) == (
        "UNKNOWN", "UNKNOWN", "COMPLIANT"
    )  # fmt: skip


def test_by_the_month_where_regular_is_that():
    """定期 may be a month: from October 2024 on."""
    taken = [("3.3-1-regular", "month")]
    rows = [WorkMeeting(id="1", county=HERE, held_on="2024-10-31", studied=True)]
    found = weeks("regular-meetings", *rows, as_of="2024-12-01", taken=taken)
    assert [found[f"2024-{n}"] for n in (10, 11, 12)] == ["COMPLIANT", "VIOLATION", "PENDING"]
    assert next(iter(found)) == "2024-10"
    assert len(found) == 15


def test_a_meeting_studies_problems_and_a_circular_tells_of_each_unit():
    """One that does not is none of those that the sentence asks for; of which it is not known, may."""
    rows = [
        WorkMeeting(id="1", county=HERE, held_on="2024-10-07", studied=True),
        WorkMeeting(id="2", county=HERE, held_on="2024-10-14", studied=False),
        WorkMeeting(id="3", county=HERE, held_on="2024-10-21"),
        Circular(id="1", county=HERE, issued_on="2024-10-08", of_units=False),
        Circular(id="2", county=HERE, issued_on="2024-10-15", of_units=True),
    ]
    held = weeks("regular-meetings", *rows, as_of="2024-10-28")
    assert [held[f"2024-W{n}"] for n in (41, 42, 43)] == ["COMPLIANT", "VIOLATION", "UNKNOWN"]
    issued = weeks("weekly-circular", *rows, as_of="2024-10-21")
    assert [issued[f"2024-W{n}"] for n in (41, 42)] == ["COMPLIANT"] * 2
    told = weeks("circulars-of-units", *rows, as_of="2024-10-21")
    assert [told[f"2024-W{n}"] for n in (41, 42)] == ["VIOLATION", "COMPLIANT"]


# Appraisal ----------------------------------------------------------------------------------------

GOOD = {"outstanding": True, "effective": True, "completed": True}
BAD = {"slack": False, "problems": False, "not_improved": False}


@pytest.mark.parametrize(
    ("said", "commended", "criticised"),
    [
        (GOOD | BAD | {"commended": True}, "COMPLIANT", "NOT_APPLICABLE"),
        (GOOD | BAD | {"commended": False}, "VIOLATION", "NOT_APPLICABLE"),
        # all three, and not one of them
        (GOOD | BAD | {"completed": False, "commended": False}, "NOT_APPLICABLE",
         "NOT_APPLICABLE"),
        (GOOD | BAD | {"effective": None, "commended": False}, "UNKNOWN", "NOT_APPLICABLE"),
        ({"outstanding": False, **BAD, "slack": True, "criticised": True, "interviewed": True},
         "NOT_APPLICABLE", "COMPLIANT"),
        ({"outstanding": False, **BAD, "not_improved": True, "criticised": True,
          "interviewed": False}, "NOT_APPLICABLE", "VIOLATION"),
        ({"outstanding": False, **BAD, "problems": True, "criticised": None,
          "interviewed": True}, "NOT_APPLICABLE", "UNKNOWN"),
        # an appraisal of before the plan
        (GOOD | BAD | {"slack": True, "appraised_on": "2023-12-31"}, "NOT_APPLICABLE",
         "NOT_APPLICABLE"),
    ],
)  # fmt: skip
def test_good_work_and_slack_work(said, commended, criticised):
    """And each of three failings, both consequences."""
    row = Appraisal(id="考", unit="市工信局", **{"appraised_on": "2024-12-31", **said})
    found = outcomes(MemberUnit(id="市工信局"), row)
    assert found["good-work-commended", "考"] == commended
    assert found["slack-work-criticised", "考"] == criticised


def test_other_readings_of_slack_work():
    """The three together; one of the two consequences."""
    row = Appraisal(
        id="考", unit="市工信局", appraised_on="2024-12-31", **BAD | {"slack": True},
        criticised=True, interviewed=False,
    )  # fmt: skip
    key = "slack-work-criticised", "考"
    unit = MemberUnit(id="市工信局")
    assert outcomes(unit, row)[key] == "VIOLATION"
    assert outcomes(unit, row, rules=book(("3.3-8-both", "either")))[key] == "COMPLIANT"
    assert outcomes(unit, row, rules=book(("3.3-8-causes", "all")))[key] == "NOT_APPLICABLE"


# Enforcement, help, publicity ---------------------------------------------------------------------


def joined(*, but=None, **more):
    return [
        JointEnforcement(id=f"{n}", county=HERE, field=field, **{"held_on": "2024-05-01",
                         "departments": "2 个", **(more if field == but or but is None else {})})
        for n, field in enumerate(FIELDS)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "as_of", "expected"),
    [
        ({}, "2025-06-01", "COMPLIANT"),
        ({"departments": "1 个"}, "2025-06-01", "PENDING"),
        ({"departments": "1 个"}, "2026-01-01", "VIOLATION"),
        ({"departments": None}, "2026-01-01", "UNKNOWN"),
        ({"held_on": "2023-12-31"}, "2026-01-01", "VIOLATION"),
        ({"held_on": "2025-12-31"}, "2026-01-01", "COMPLIANT"),
        ({"field": "其他"}, "2026-01-01", "VIOLATION"),
    ],
)
def test_each_of_five_fields_is_enforced_jointly(said, as_of, expected):
    """By two departments at least, under the plan, by its last day."""
    rows = joined(but=FIELDS[2], **{k: v for k, v in said.items() if k != "field"})
    if "field" in said:
        rows[2] = attrs.evolve(rows[2], field=said["field"])
    assert outcomes(*rows, as_of=as_of)["joint-enforcement", HERE] == expected


def test_each_year_by_the_other_reading():
    """What was done in 2024 is not done in 2025."""
    found = weeks(
        "joint-enforcement-each-year", *joined(), as_of="2026-01-01",
        taken=[("3.4-2-often", "yearly")],
    )  # fmt: skip
    assert found == {"2024": "COMPLIANT", "2025": "VIOLATION"}


def test_products_and_vehicles():
    """What conforms is not pursued; what does not is, in all three ways."""
    done = {"exposed": True, "traced": True, "pursued": True}
    rows = (
        VocProduct(id="好", county=HERE, checked_on="2024-05-01", failed=False),
        VocProduct(id="差", county=HERE, checked_on="2024-05-01", failed=True, **done),
        VocProduct(id="未追溯", county=HERE, checked_on="2024-05-01", failed=True,
                   **{**done, "traced": False}),
        VocProduct(id="早", county=HERE, checked_on="2023-12-31", failed=True, exposed=False),
        VehicleOffence(id="黑烟", county=HERE, found_on="2024-01-01", dealt_with=False),
        VehicleOffence(id="查处", county=HERE, found_on="2024-01-01", dealt_with=True),
    )  # fmt: skip
    found = outcomes(*rows)
    assert [found["failed-products-pursued", name] for name in ("好", "差", "未追溯", "早")] == [
        "NOT_APPLICABLE", "COMPLIANT", "VIOLATION", "NOT_APPLICABLE"
    ]  # fmt: skip
    assert found["vehicle-offences-dealt-with", "黑烟"] == "VIOLATION"
    assert found["vehicle-offences-dealt-with", "查处"] == "COMPLIANT"


def test_help_and_training_come_back():
    """Both, in each year; each quarter by the other reading."""
    rows = (
        Assistance(id="1", county=HERE, kind="技术帮扶", held_on="2024-01-01"),
        Assistance(id="2", county=HERE, kind="政策解读培训", held_on="2024-12-31"),
        Assistance(id="3", county=HERE, kind="技术帮扶", held_on="2025-01-01"),
    )
    assert weeks("help-and-training", *rows, as_of="2026-01-01") == {
        "2024": "COMPLIANT", "2025": "VIOLATION"
    }  # fmt: skip
    found = weeks("help-and-training", *rows, as_of="2024-04-01",
                  taken=[("3.4-8-regular", "quarter")])  # fmt: skip
    assert found["2024-Q1"] == "VIOLATION"


@pytest.mark.parametrize(
    ("published", "as_of", "expected"),
    [
        # 20 working days after Friday, 2024-03-01, is Friday, 2024-03-29
        ("2024-03-29", "2024-06-01", "COMPLIANT"),
        ("2024-03-30", "2024-06-01", "LATE"),
        ("never", "2024-03-29", "PENDING"),
        ("never", "2024-03-30", "VIOLATION"),
        (None, "2024-06-01", "UNKNOWN"),
    ],
)
def test_news_within_twenty_working_days(published, as_of, expected):
    """及时, as the regulations on government information have it."""
    row = Publication(
        id="讯", county=HERE, kind="环境执法", made_on="2024-03-01", published_on=published
    )
    assert outcomes(row, as_of=as_of)["published-in-time", "讯"] == expected


def test_nothing_is_published_before_it_came_about():
    """Which of the two days is wrong is not known."""
    row = Publication(id="讯", county=HERE, made_on="2024-03-10", published_on="2024-03-09")
    with pytest.raises(FactsError, match="两个日期写反了的，对调过来"):
        outcomes(row)
    assert outcomes(attrs.evolve(row, published_on="2024-03-10"))["published-in-time", "讯"] == (
        "COMPLIANT"
    )


def test_no_ledger_asks_who_told():
    """Nor for any person: no name, no number to call, nothing to be known by."""
    for ledger in airplan_safeguards.CAMPAIGN.airplan_entities():
        asked = [column.zh for column in airplan.ledger_of(ledger).columns.values()]
        assert not [zh for zh in asked if re.search("姓名|举报人|电话|手机|身份证|住址|联系", zh)]


def test_rewards_and_protection_are_recorded_as_parts():
    """A mechanism without protection is not what the sentence asks for."""
    parts = ("公众监督机制", "举报奖励机制", "处理反馈机制", "保护举报人合法权益")
    done = [Attestation(clause="3.5-4", part=part, done=True) for part in parts]
    key = "public-supervision", HERE
    assert outcomes(*done)[key] == "COMPLIANT"
    assert outcomes(*done[:3])[key] == "UNKNOWN"
    assert outcomes(*done[:3], attrs.evolve(done[3], done=False))[key] == "VIOLATION"


def test_a_report_of_nobody_is_refused():
    """A unit that no ledger has is told, with the ledger that it is sought in."""
    with pytest.raises(FactsError, match="市教育局"):
        outcomes(MemberUnit(id="市发改委"), WorkReport(id="1", unit="市教育局"))
