"""企业内部堆场由生态环境部门、消纳场由城管负责: who answers depends on the row."""

import datetime as dt

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Facts, Rule, RuleError
from airplan_core.assessment.sentences import sentences
from airplan_core.report.chosen import Chosen
from airplan_core.report.people import people_table
from airplan_core.report.text import assessment_text
from tests.ledgers import rulebook
from tests.sentences.chapter import ENTITIES, YARDS, Check, Yard, covered_yards, reported

RULES = (covered_yards, reported)
BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=(), entities=ENTITIES
)
DAY = dt.date(2025, 1, 1)
FACTS = Facts.of(
    Yard(id="own", kind="企业内部堆场", covered=False),
    Yard(id="tip", kind="消纳场", covered=False),
    Yard(id="pier", kind="码头堆场", covered=False),
    Yard(id="open", kind=None, covered=True),
)
WHOSE = {
    "own": ["生态环境局", "乡镇"],
    "tip": ["城管局", "乡镇"],
    # by neither, it falls to those who cooperate
    "pier": ["乡镇"],
    # it may be either's
    "open": ["生态环境局", "城管局", "乡镇"],
}


def test_each_row_has_its_own_departments(engine):
    """In this process, and in a database."""
    found = airplan.assess(BOOK, FACTS, DAY, engine).verdicts
    assert dict(found.select("subject", "departments").iter_rows()) == WHOSE


@pytest.mark.parametrize(
    ("department", "yards"),
    [("生态环境局", {"own", "open"}), ("城管局", {"tip", "open"}), ("乡镇", set(WHOSE))],
)
def test_a_departments_part_is_its_own(department, yards):
    """Verdicts, counts and lists have the rows that it answers for, and no other ones."""
    chosen = Chosen(airplan.assess(BOOK, FACTS, DAY), department)
    assert set(chosen.verdicts["subject"]) == yards
    counted = chosen.counts.filter(pl.col("rule") == "test.yards-covered")["count"].sum()
    assert counted == len(yards)
    assert set(chosen.picked()["subject"]) == yards - {"open"}


def test_reports_name_them():
    """The list of each department, the totals by department, and the table for people."""
    assessment = airplan.assess(BOOK, FACTS, DAY)
    lists = assessment_text(assessment, by_department=True, width=200)
    mine = lists[lists.rindex("生态环境局 (1)") : lists.rindex("城管局 (1)")]
    assert "own" in mine
    assert "tip" not in mine
    table = people_table(assessment.verdicts, sentences(BOOK))
    told = dict(table.select("对象", "牵头").iter_rows())
    assert told["own"] == ["生态环境局"]
    assert told["open"] == ["生态环境局", "城管局"]
    text = str(assessment.explain("test.yards-covered", "tip"))
    assert "城管局" in text
    assert "生态环境局" not in text.replace(covered_yards.text, "")


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({Yard.kind.is_("消纳场"): "城管"}, "城管局"),
        ({Check.tested_on.happened(): "城管局"}, "told by a field of Yard"),
    ],
)
def test_who_answers_is_one_of_the_sentences(answers, error):
    """A department that the sentence names, by a field of the subject."""
    with pytest.raises(RuleError, match=error):
        Rule(
            id="test.wrong", clause=YARDS.clause(131, "堆场应苫盖"), subject=Yard,
            requires=Yard.covered, answers=answers,
        )  # fmt: skip
