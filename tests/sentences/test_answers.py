"""企业内部堆场由生态环境部门、消纳场由城管负责: who answers depends on the row."""

import datetime as dt

import attrs
import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Exemption, Facts, Interpretation, Rule, RuleError, every
from airplan_core.assessment.sentences import sentences
from airplan_core.report.chosen import Chosen
from airplan_core.report.people import people_table
from airplan_core.report.text import assessment_text
from airplan_core.rulebook.config import Config
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
    # by neither, it falls to all that the sentence names
    "pier": ["生态环境局", "城管局", "乡镇"],
    # it may be either's
    "open": ["生态环境局", "城管局", "乡镇"],
}


def test_each_row_has_its_own_departments(engine):
    """In this process, and in a database."""
    found = airplan.assess(BOOK, FACTS, DAY, engine).verdicts
    assert dict(found.select("subject", "departments").iter_rows()) == WHOSE


@pytest.mark.parametrize(
    ("department", "yards"),
    [
        ("生态环境局", {"own", "pier", "open"}),
        ("城管局", {"tip", "pier", "open"}),
        ("乡镇", set(WHOSE)),
    ],
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
    mine = lists[lists.rindex("生态环境局 (2)") : lists.rindex("城管局 (2)")]
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
        ({Yard.kind: "城管局"}, "told by a condition"),
        ({"消纳场": "城管局"}, "told by a condition"),
        ([Yard.kind.is_("消纳场")], "who answers is written as"),
    ],
)
def test_who_answers_is_one_of_the_sentences(answers, error):
    """A department that the sentence names, by a field of the subject."""
    with pytest.raises(RuleError, match=error):
        Rule(
            id="test.wrong", clause=YARDS.clause(131, "堆场应苫盖"), subject=Yard,
            requires=Yard.covered, answers=answers,
        )  # fmt: skip


def judged(department=None, *records, rule=covered_yards, config=None):
    book = rulebook(config, rules=(rule,), clauses=(rule.clause,), metrics=(), entities=ENTITIES)
    facts = Facts.of(
        Yard(id="own", kind="企业内部堆场", covered=False),
        Yard(id="tip", kind="消纳场", covered=False),
        Yard(id="own?", kind="企业内部堆场", covered=None),
        Yard(id="open", kind=None, covered=None),
        *records,
    )
    return Chosen(airplan.assess(book, facts, DAY), department)


def test_whose_it_is_not_known_is_marked():
    """In the table of verdicts, in the reports, and in what a service is answered."""
    chosen = judged()
    told = dict(chosen.verdicts.select("subject", "departments_open").iter_rows())
    assert told == {"own": False, "tip": False, "own?": False, "open": True}
    table = people_table(chosen.verdicts, sentences(chosen.assessment.rulebook))
    assert dict(table.select("对象", "责任部门未定").iter_rows())["open"] == "是"
    explained = str(chosen.assessment.explain("test.yards-covered", "open"))
    assert "所缺数据决定由其中谁负责" in explained
    assert "决定由其中谁" not in str(chosen.assessment.explain("test.yards-covered", "tip"))
    page = assessment_text(judged(None, Yard(id="bare", kind=None, covered=False)).assessment)
    assert "（归谁未定）" in page
    one = airplan.check(chosen.assessment.rulebook, Yard(id="x", kind=None, covered=False), DAY)
    assert one[0].to_dict()["departments_open"] is True


def test_what_is_open_is_counted_by_the_row():
    """Of each department only the subjects that it answers for are listed as undecided."""
    for department, count in (("生态环境局", 2), ("城管局", 1), ("乡镇", 2)):
        ((duty, subjects, _),) = judged(department).undecided(10)
        assert (duty.rule.id, subjects) == ("test.yards-covered", count)


def test_an_exemption_is_of_the_department_that_answers():
    """Not of every one that the sentence names."""
    given = Exemption(
        id="1", rule="test.yards-covered", subject="tip", valid_from="2024-01-01",
        valid_to="2025-12-31", authority="县政府", reason="合成",
    )  # fmt: skip
    assert judged("城管局", given).exemptions["subject"].to_list() == ["tip"]
    assert judged("生态环境局", given).exemptions.is_empty()


def test_what_was_missed_is_the_departments_that_answers():
    """Of a duty that recurs, too; its line names those who answer for the row."""
    rule = attrs.evolve(
        covered_yards, due=every("month", 2024), speaks_of={},
        keeps=(), breaks=(),
    )  # fmt: skip
    found = {
        name: [one.subject for one in judged(name, rule=rule).missed]
        for name in ("生态环境局", "城管局")
    }
    assert found == {"生态环境局": ["own"], "城管局": ["tip"]}


def test_a_reading_can_tell_who_answers():
    """As of any condition, under the reading that the county takes."""
    question = Interpretation(
        id="test.whose", question="谁管消纳场？", default="city",
        readings={"city": "城管", "own": "生态环境"},
    )  # fmt: skip
    rule = attrs.evolve(
        covered_yards,
        answers={
            question.takes("city") & Yard.kind.is_("消纳场"): "城管局",
            question.takes("own") & Yard.kind.is_("消纳场"): "生态环境局",
        },
    )
    for reading, whose in (("city", "城管局"), ("own", "生态环境局")):
        chosen = judged(rule=rule, config=Config(interpretations={"test.whose": reading}))
        told = dict(chosen.verdicts.select("subject", "departments").iter_rows())
        assert told["tip"] == [whose, "乡镇"]
