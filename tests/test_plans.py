"""A neighbour's plan beside another: each place is called apart, and each holds in its own years."""

import datetime as dt

import attrs
import pytest

import airplan_core as airplan
from airplan_core import (
    Attestation,
    Config,
    ConfigError,
    Facts,
    Plan,
    Rule,
    RulebookError,
    Task,
    attestation,
    by,
)
from airplan_core.report.text import assessment_text
from airplan_core.rulebook.config import PlanConfig, structure
from tests.ledgers import TASK, Chapter, Kiln, rulebook

NEIGHBOURS = Plan(
    id="neighbour", title="邻县方案", county="邻县", begins=dt.date(2025, 1, 1),
    ends=dt.date(2026, 12, 31), prefix="邻县",
)  # fmt: skip
THEIRS = Task(
    id="9.1", heading="邻县任务", campaign="邻县攻坚", plan=NEIGHBOURS, lead=("市丙局",),
    cooperating=("乙局",),
)  # fmt: skip
closed = Rule(
    id="neighbour.kilns-closed", clause=THEIRS.clause(1, "窑炉应备用"), subject=Kiln,
    requires=Kiln.standby,
)  # fmt: skip
scheme = attestation(
    "neighbour.scheme",
    THEIRS.clause(6, "2025年6月底前制定方案"),
    due=by("2025-06-30"),
    en="A scheme.",
)
OTHER = airplan.contribution(
    Chapter(rules=(closed, scheme), clauses=(closed.clause, scheme.clause), metrics=(), entities=()),
    "neighbour", "neighbour 1.0",
)  # fmt: skip
KILN = Kiln(id="k", standby=False, capacity="1 吨/年")


def book(config=None):
    return rulebook(config, OTHER)


def stands(rules, as_of, *records):
    facts = Facts.of(KILN, *records)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).verdicts
    return {(row["rule"], row["clause"]): row["outcome"] for row in found.iter_rows(named=True)}


def test_a_place_of_two_plans_is_two():
    """9.1-6 of the one, and of the other; an act is recorded for each."""
    rules = book()
    assert {"9.1-6", "邻县:9.1-6"} <= set(rules.clauses)
    act = Attestation(id="1", clause="邻县：9.1-6", done=True, done_on="2025-06-01")
    found = stands(rules, "2025-07-01", act)
    assert found["neighbour.scheme", "邻县:9.1-6"] == "COMPLIANT"
    assert found["test.scheme", "9.1-6"] == "UNKNOWN"


def test_without_a_prefix_it_is_told_to_give_one():
    """With both owners; it is no mistake of a plugin's by itself."""
    bare = attrs.evolve(NEIGHBOURS, prefix="")
    rule = attrs.evolve(closed, clause=attrs.evolve(THEIRS, plan=bare).clause(1, "窑炉应备用"))
    other = airplan.contribution(
        Chapter(rules=(rule,), clauses=(rule.clause,), metrics=(), entities=()),
        "other",
        "other 1.0",
    )
    with pytest.raises(RulebookError, match="two plans: give one of them a prefix"):
        rulebook(None, other)


@pytest.mark.parametrize(
    ("as_of", "outcome"), [("2024-12-31", "NOT_APPLICABLE"), ("2025-01-01", "VIOLATION")]
)
def test_each_holds_from_its_own_first_day(as_of, outcome):
    """The neighbour's begins a year later."""
    rules = book(Config(plan=PlanConfig(id="test")))
    assert stands(rules, as_of)["neighbour.kilns-closed", "邻县:9.1-1"] == outcome


def test_reports_are_titled_after_the_countys_own():
    """Which of them it is, the configuration says."""
    rules = book(Config(plan=PlanConfig(id="neighbour")))
    page = assessment_text(airplan.assess(rules, Facts.of(KILN), dt.date(2025, 2, 1)))
    assert page.startswith("邻县方案\n邻县 · ")
    assert (rules.plan.begins, rules.plan.ends) == (dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    with pytest.raises(ConfigError, match="did you mean 'neighbour'"):
        book(Config(plan=PlanConfig(id="neighbor")))


def test_ledgers_are_taken_without_their_rules():
    """Of a plugin whose sentences are another county's."""
    rules = book(Config(ledgers_only=("test",)))
    assert set(rules.rules) == {"neighbour.kilns-closed", "neighbour.scheme"}
    assert Kiln in rules.entities
    assert "test.mean" in rules.metrics
    with pytest.raises(ConfigError, match="ledgers_only names 'tests'"):
        book(Config(ledgers_only=("tests",)))


def test_rules_are_switched_off_by_a_pattern():
    """With one reason; a pattern of nothing is told."""
    rules = book(Config(disable={"neighbour.*": "邻县的"}))
    assert rules.disabled == {"neighbour.kilns-closed": "邻县的", "neighbour.scheme": "邻县的"}
    with pytest.raises(ConfigError, match=r"pattern of no rule; did you mean 'neighbour\.\*'"):
        book(Config(disable={"neighbor.*": "邻县的"}))


def test_departments_have_their_names_here():
    """In verdicts, in lists and in what a department asks for."""
    config = structure({"departments": {"市丙局": "县丙局"}, "plan": {"id": "neighbour"}})
    assessment = airplan.assess(book(config), Facts.of(KILN), dt.date(2025, 2, 1))
    (row,) = assessment.verdicts.filter(
        assessment.verdicts["rule"] == "neighbour.kilns-closed"
    ).to_dicts()
    assert row["departments"] == ["县丙局", "乙局"]
    assert "市丙局" not in assessment_text(assessment, by_department=True)
    assert "县丙局" in set(assessment.responsibilities["department"])
    with pytest.raises(ConfigError, match="市丙局"):
        book(structure({"departments": {"市丙": "县丙局"}}))
    assert TASK.plan.prefix == ""
