"""企业内部堆场由生态环境部门、消纳场由城管负责: who answers depends on the row."""

import datetime as dt
import itertools
import json

import attrs
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import airplan_core as airplan
from airplan_core import (
    Entity,
    Event,
    Exemption,
    Facts,
    Flag,
    Interpretation,
    Reference,
    Rule,
    RuleError,
    amid,
    by,
    event,
    every,
    flag,
    reference,
)
from airplan_core.assessment.sentences import sentences
from airplan_core.handbook.listing import rules_json
from airplan_core.handbook.pages import pages
from airplan_core.report.chosen import Chosen
from airplan_core.report.data import assessment_json
from airplan_core.report.people import people_table
from airplan_core.report.text import assessment_text
from airplan_core.rulebook.config import Config
from tests.ledgers import Works, rulebook
from tests.sentences.chapter import (
    ENTITIES,
    YARDS,
    Check,
    Grade,
    Yard,
    covered_yards,
    reported,
)

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
        ({Yard.kind.is_("消纳场"): "城管局"}, "only 城管局 answers, so that nobody is told apart"),
        ({Yard.covered: ("城管局", "乡镇"), ~Yard.covered: ("乡镇", "城管局")}, "told apart"),
        ({Yard.kind.is_("消纳场"): "城管局", Yard.covered: ()}, "nobody answers where"),
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
    assert told == {"own": None, "tip": None, "own?": None, "open": ["生态环境局", "城管局"]}
    table = people_table(chosen.verdicts, sentences(chosen.assessment.rulebook))
    assert dict(table.select("对象", "负责部门未定").iter_rows())["open"] == [
        "生态环境局",
        "城管局",
    ]
    explained = str(chosen.assessment.explain("test.yards-covered", "open"))
    assert "负责部门未定：生态环境局、城管局 (由所缺数据决定：类别)" in explained
    assert "未定" not in str(chosen.assessment.explain("test.yards-covered", "tip"))
    page = assessment_text(judged(None, Yard(id="bare", kind=None, covered=False)).assessment)
    assert "负责部门未定：生态环境局、城管局" in page
    one = airplan.check(chosen.assessment.rulebook, Yard(id="x", kind=None, covered=False), DAY)
    assert one[0].to_dict()["departments_open"] == ["生态环境局", "城管局"]


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


class Heap(Entity, zh="料堆"):
    """What is heaped in a yard."""

    yard: Reference[Yard] = reference(Yard, zh="所在堆场")
    works: Reference[Works] = reference(Works, zh="所属企业")
    moved_on: Event = event(zh="转运日期")
    wetted: Flag = flag(zh="已洒水")


A, B, TOWN = "生态环境局", "城管局", "乡镇"
TIP, OWN = Heap.yard.kind.is_("消纳场"), Heap.yard.kind.is_("企业内部堆场")
heaps = Rule(
    id="test.heaps-wetted",
    clause=YARDS.clause(132, "料堆洒水抑尘"),
    en="Heaps are wetted.",
    subject=Heap,
    requires=Heap.wetted,
    answers={TIP: B, OWN: A},
)
GRADED = amid(Grade.grade.is_("A级"), on=Heap.moved_on, zh="转运时绩效A级")
HEAPS = Facts.of(
    Yard(id="own", kind="企业内部堆场"), Yard(id="tip", kind="消纳场"),
    Yard(id="pier", kind="码头堆场"), Yard(id="open", kind=None),
    Works(id="a"), Works(id="b"), Works(id="c"),
    Grade(id="1", works="a", grade="A级", from_day="2024-06-01", to_day="2025-06-01"),
    Grade(id="2", works="b", grade="B级", from_day="2024-06-01", to_day="2025-06-01"),
    *(
        Heap(
            id=f"{yard}.{works}.{wetted}.{moved}", yard=yard, works=works, wetted=wetted,
            moved_on=moved,
        )
        for yard in ("own", "tip", "pier", "open", None) for works in ("a", "b", "c", None)
        for wetted in (True, False, None) for moved in ("2024-07-01", "never", None)
    ),
)  # fmt: skip
WAYS = {
    "by a reference": {TIP: B, OWN: A},
    "by more than one": {TIP: (B, TOWN), OWN & Heap.moved_on.happened(): A, Heap.wetted: (A, TOWN)},
    "by a day": {Heap.moved_on.happened(): A, ~Heap.moved_on.happened(): (B, TOWN)},
    "by what held on a day": {GRADED: A, ~GRADED & ~TIP: B},
    "for each month": {TIP: B, OWN: A},
}


def of_heaps(way, engine=None, **changes):
    due = {
        "for each month": every("month", 2024), "by more than one": by("2024-06-30", "2024-11-30"),
    }.get(way, ())  # fmt: skip
    rule = attrs.evolve(heaps, answers=WAYS[way], due=due, **changes)
    book = rulebook(
        None, rules=(rule,), clauses=(rule.clause,), metrics=(),
        entities=(*ENTITIES, Heap),
    )  # fmt: skip
    return airplan.assess(book, HEAPS, DAY, engine)


def answers_surely(way, row):
    """Who may answer, by trying every fact that is not known."""
    kinds = ("消纳场", "企业内部堆场", "码头堆场")
    yards = {"own": kinds[1:2], "tip": kinds[:1], "pier": kinds[2:]}.get(row["yard"], kinds)
    wet = (row["wetted"],) if row["wetted"] is not None else (True, False)
    moved = {"2024-07-01": (True,), "never": (False,)}.get(row["moved_on"], (True, False))
    found = []
    for kind, wetted, gone in itertools.product(yards, wet, moved):
        tip, own = kind == kinds[0], kind == kinds[1]
        held = {
            "by a reference": [(tip, {B}), (own, {A})],
            "by more than one": [(tip, {B, TOWN}), (own and gone, {A}), (wetted, {A, TOWN})],
            "by a day": [(gone, {A}), (not gone, {B, TOWN})],
            "for each month": [(tip, {B}), (own, {A})],
        }[way]
        named = set().union(*(names for _, names in held))
        mine = [names for holds, names in held if holds]
        found.append({A, B, TOWN} - named | set().union(*mine) if mine else {A, B, TOWN})
    return found


@pytest.mark.parametrize("way", [way for way in WAYS if way != "by what held on a day"])
def test_who_answers_is_who_may(way):
    """Whatever is not known could turn out in each way: nobody is left out, and none put in."""
    for row in of_heaps(way).verdicts.iter_rows(named=True):
        yard, works, wetted, moved = row["subject"].split(".")
        known = {"True": True, "False": False, "None": None}
        facts = {"yard": yard, "works": works, "wetted": known[wetted], "moved_on": moved}
        ways = answers_surely(way, facts)
        assert set(row["departments"]) == set().union(*ways), row["subject"]
        surely = set.intersection(*map(set, ways))
        assert set(row["departments_open"] or ()) == set().union(*ways) - surely, row["subject"]


@pytest.mark.parametrize("way", WAYS)
def test_engines_know_who_answers(engine, way):
    """They count by department as the verdicts do, and send only a department's rows."""
    here, there = of_heaps(way), of_heaps(way, engine)
    names = ["department", "duty", "outcome"]
    told = here.verdicts.explode("departments").rename({"departments": "department"})
    told = told.group_by(names).len("count").cast({"count": pl.Int64}).sort(names)
    for assessment in (here, there):
        counts = assessment.counts_by_department.select(*names, "count").sort(names)
        assert_frame_equal(counts, told)
        # a query costs Spark a second or two, and another department's is the same but for the name
        for department in (A,) if engine.dialect == "spark" else (A, B, TOWN):
            mine = here.verdicts.filter(pl.col("departments").list.contains(department))
            chosen = Chosen(assessment, department)
            assert_frame_equal(chosen.verdicts, mine, check_row_order=False)
            assert chosen.undecided(3) == Chosen(here, department).undecided(3)
            whole = chosen.picked()
            for limit in (7, whole.height // 2 + 1):
                assert_frame_equal(chosen.picked(limit), whole.head(limit))
            assert whole.height == chosen.listed_once
            assert chosen.missed == Chosen(here, department).missed


def test_counting_by_department_fetches_no_row(engine, monkeypatch):
    """It is one query: a report's totals ask for no subject."""
    assessment = of_heaps("by a reference", engine)
    monkeypatch.setattr(type(assessment.engine), "standing", None)
    counts = assessment.counts_by_department.group_by("department").agg(pl.col("count").sum())
    assert dict(counts.iter_rows()) == {A: 144, B: 144, TOWN: 180}
    chosen = Chosen(assessment, A)
    assert chosen.count("VIOLATION") == 48
    assert not chosen.clean


def test_a_department_that_two_have_become_is_told_apart_no_more():
    """A county may have one office for both."""
    config = Config(departments={"生态环境局": "综合执法局", "城管局": "综合执法局"})
    chosen = judged(config=config)
    assert set(chosen.verdicts["departments"].explode()) == {"综合执法局", "乡镇"}
    assert not chosen.verdicts["departments_open"].count()
    one = judged(config=Config(departments={"城管局": "综合执法局"}))
    told = dict(one.verdicts.select("subject", "departments").iter_rows())
    assert told["tip"] == ["综合执法局", "乡镇"]


def test_every_list_says_whose_it_may_be():
    """That of a department, what recurs, in JSON, and in English."""
    bare = Yard(id="bare", kind=None, covered=False)
    lists = assessment_text(judged(None, bare).assessment, by_department=True, width=200)
    assert lists.count("负责部门未定：生态环境局、城管局 ") == 3
    rule = attrs.evolve(covered_yards, due=every("month", 2024), speaks_of={}, keeps=(), breaks=())
    again = judged(None, bare, rule=rule)
    page = assessment_text(again.assessment, width=200)
    assert page.count("负责部门未定：生态环境局、城管局 ") == 1
    lists = assessment_text(again.assessment, "en", by_department=True, width=200)
    assert lists.count("who answers is not known: 生态环境局、城管局") == 3
    missed = json.loads(assessment_json(again))["missed"]
    whose = {one["subject"]: (one["departments"], one["departments_open"]) for one in missed}
    assert whose["bare"] == (["生态环境局", "城管局", "乡镇"], ["生态环境局", "城管局"])
    assert whose["tip"] == (["城管局", "乡镇"], [])


def test_the_handbook_says_who_answers_for_what():
    """On the page of the rule, and in the list of rules as data."""
    book = rulebook(
        None, rules=(heaps,), clauses=(heaps.clause,), metrics=(), entities=(*ENTITIES, Heap)
    )
    page = "\n".join(pages(book).values())
    assert "* Answered for by 城管局 where kind is 消纳场" in page
    (one,) = json.loads(rules_json(book, None, "zh"))["rules"]
    assert [(said["where"], said["departments"]) for said in one["answers"]] == [
        ("类别为消纳场", ["城管局"]), ("类别为企业内部堆场", ["生态环境局"]),
    ]  # fmt: skip
