"""白名单项目应急管控豁免, 绩效A级可不采取: an exemption stated once reaches every rule of its kind."""

import datetime as dt
import json

import attrs
import pytest

import airplan_core as airplan
from airplan_core import Facts, Rule, RulebookError, RuleError, Waiver
from airplan_core.report.chosen import Chosen
from airplan_core.report.data import assessment_json
from airplan_core.report.text import assessment_text
from airplan_core.rulebook.config import Config
from tests.ledgers import TASK, Chapter, Kiln, Works, rulebook
from tests.sentences.chapter import (
    EMERGENCY,
    ENTITIES,
    GRADE_A,
    WAIVERS,
    Grade,
    Pit,
    Project,
    pit_stopped,
    project_stopped,
)

#: The sentences that exempt stand in another chapter than the rules.
OTHER = airplan.contribution(
    Chapter(rules=(), clauses=WAIVERS, metrics=(), entities=()), "other", "other 1.0"
)
BOOK = rulebook(
    None, OTHER, rules=EMERGENCY, clauses=tuple(rule.clause for rule in EMERGENCY), metrics=(),
    entities=ENTITIES,
)  # fmt: skip
DAY = dt.date(2025, 1, 1)
FACTS = Facts.of(
    Works(id="a"), Works(id="b"),
    Grade(id="1", works="a", grade="A级", from_day="2024-06-01", to_day="2025-06-01"),
    Grade(id="2", works="b", grade="A级", from_day="2024-06-01", to_day="2024-12-31"),
    Grade(id="3", works="b", grade="B级", from_day="2025-01-01", to_day="2025-12-31"),
    Project(id="listed", works="b", listed=True), Project(id="a's", works="a", listed=False),
    Project(id="b's", works="b", listed=False), Project(id="open", works="b", listed=None),
    *(Pit(id=f"pit-{id}", project=id, stopped=False) for id in ("listed", "a's", "b's", "open")),
    Pit(id="pit-kept", project="listed", stopped=True),
)  # fmt: skip


def test_it_reaches_every_rule_of_its_kind(engine):
    """About the project, or what refers to it; by the grade of the works on the day."""
    found = airplan.assess(BOOK, FACTS, DAY, engine).verdicts
    assert {
        (row["rule"].removeprefix("test."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    } == {
        ("pit-stopped", "pit-listed"): "EXEMPT",
        ("pit-stopped", "pit-a's"): "EXEMPT",
        ("pit-stopped", "pit-b's"): "VIOLATION",
        ("pit-stopped", "pit-open"): "UNKNOWN",
        ("pit-stopped", "pit-kept"): "COMPLIANT",
        ("project-plan", "listed"): "EXEMPT",
        ("project-plan", "a's"): "EXEMPT",
        ("project-plan", "b's"): "UNKNOWN",
        ("project-plan", "open"): "UNKNOWN",
    }


def test_each_use_is_shown_with_its_sentence():
    """In reports, in JSON, in the explanation, and in the coverage of the clauses."""
    assessment = airplan.assess(BOOK, FACTS, DAY)
    assert assessment.waived.select("subject", "clause").rows() == [
        ("pit-listed", "9.1-152"), ("pit-a's", "9.1-153"),
        ("listed", "9.1-152"), ("a's", "9.1-153"),
    ]  # fmt: skip
    page = assessment_text(assessment, width=200)
    assert "按条款豁免" in page
    assert "9.1-152 白名单项目应急管控豁免" in page
    assert json.loads(assessment_json(Chosen(assessment)))["waived"][0]["clause"] == "9.1-152"
    assert "白名单项目应急管控豁免" in str(assessment.explain("test.pit-stopped", "pit-listed"))
    assert BOOK.coverage()["9.1-152"] == "应急管控"


def built(waiver, *rules):
    clause = TASK.clause(140, "应急管控豁免", waives=(waiver,))
    clauses = (clause, *dict.fromkeys(rule.clause for rule in rules))
    return rulebook(None, rules=rules, clauses=clauses, metrics=(), entities=ENTITIES)


def test_a_rule_that_it_cannot_reach_is_told():
    """Rather than that nobody notices: a reference is added, or the rule is named."""
    leads_nowhere = Rule(
        id="test.kilns", clause=TASK.clause(141, "窑炉停产"), subject=Pit, kinds=("应急管控",),
        requires=Pit.stopped,
    )  # fmt: skip
    elsewhere = attrs.evolve(leads_nowhere, subject=Kiln, requires=Kiln.standby)
    entities = (*ENTITIES, Kiln)
    for but in ((), ("test.kilns",)):
        clause = TASK.clause(
            142, "豁免", waives=(Waiver("w", "应急管控", Project.listed, but=but),)
        )
        given = {
            "rules": (elsewhere,), "clauses": (clause, elsewhere.clause), "metrics": (),
            "entities": entities,
        }  # fmt: skip
        if but:
            assert not rulebook(None, **given).rules["test.kilns"].exempt
        else:
            with pytest.raises(RulebookError, match="in no way; add a reference"):
                rulebook(None, **given)


def test_a_waiver_is_of_a_kind_that_there_is():
    """With the nearest; and by the fields of one ledger."""
    with pytest.raises(RulebookError, match="应急管控"):
        built(Waiver("w", "应急管制", Project.listed), pit_stopped)
    with pytest.raises(RuleError, match="Project.listed is of a row of Project, and"):
        Waiver("w", "应急管控", Project.listed & Works.industry.is_("钢铁"))
    assert len(built(Waiver("w", "应急管控", GRADE_A), project_stopped).rules) == 1


def test_what_a_waiver_is_not_to_reach_is_a_rule_of_its_kind():
    """A misspelt id would exempt the very rule that is meant to be kept."""
    for but in ("test.pit-stoped", "test.unheard"):
        with pytest.raises(RulebookError, match=r"did you mean|known") as caught:
            built(Waiver("w", "应急管控", Project.listed, but=(but,)), pit_stopped)
        assert "没有这条规则" in caught.value.text()
        assert "test.pit-stopped" in caught.value.text()
    kept = built(Waiver("w", "应急管控", Project.listed, but=("test.pit-stopped",)), pit_stopped)
    assert not kept.rules["test.pit-stopped"].exempt


def test_what_replaces_a_rule_that_is_not_reached_is_not_reached_either():
    """The exception is of what the rule asks, whoever words it."""
    own = attrs.evolve(pit_stopped, id="test.own-pits", replaces="test.pit-stopped")
    waiver = Waiver("w", "应急管控", Project.listed, but=("test.pit-stopped",))
    assert not built(waiver, pit_stopped, own).rules["test.own-pits"].exempt


def test_a_waiver_is_of_its_own_plan():
    """What another plan asks, a sentence of this one excuses nobody from."""
    other = attrs.evolve(
        pit_stopped.clause, id="other:9.1-1",
        plan=attrs.evolve(pit_stopped.clause.plan, id="other", prefix="other"),
    )  # fmt: skip
    theirs = attrs.evolve(pit_stopped, id="other.pits", clause=other)
    book = built(Waiver("w", "应急管控", Project.listed), pit_stopped, theirs)
    assert book.rules["test.pit-stopped"].exempt
    assert not book.rules["other.pits"].exempt
    with pytest.raises(RulebookError, match="its plan has none"):
        built(Waiver("w", "应急管控", Project.listed), theirs)


def test_a_county_may_switch_off_every_rule_of_a_kind():
    """Then there is nothing to be exempted from; nobody is told of a mistake."""
    clause = TASK.clause(140, "应急管控豁免", waives=(Waiver("w", "应急管控", Project.listed),))
    book = rulebook(
        Config(disable={"test.pit-stopped": "本县无此类工地"}), rules=(pit_stopped,),
        clauses=(clause, pit_stopped.clause), metrics=(), entities=ENTITIES,
    )  # fmt: skip
    assert not book.rules
    assert book.coverage()["9.1-140"] == "应急管控"
