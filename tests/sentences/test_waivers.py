"""白名单项目应急管控豁免, 绩效A级可不采取: an exemption stated once reaches every rule of its kind."""

import datetime as dt
import json
from pathlib import Path

import attrs
import pytest

import airplan_core as airplan
from airplan_core import (
    Attestation,
    Exemption,
    Facts,
    Interpretation,
    Rule,
    RulebookError,
    RuleError,
    Waiver,
    attestation,
    done,
)
from airplan_core.report.chosen import Chosen
from airplan_core.report.data import assessment_json
from airplan_core.report.text import assessment_text
from airplan_core.rulebook.config import Config
from airplan_core.testing import contract
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
    assert BOOK.coverage()["9.1-152"] == "应急管控 → test.pit-stopped, test.project-plan"


def built(waiver, *rules, config=None, entities=ENTITIES):
    waivers = waiver if isinstance(waiver, tuple) else (waiver,)
    clause = TASK.clause(140, "应急管控豁免", waives=waivers)
    clauses = (clause, *dict.fromkeys(rule.clause for rule in rules))
    return rulebook(config, rules=rules, clauses=clauses, metrics=(), entities=entities)


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


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("w", "应急管控", Project.works), "by a condition"),
        (("w", "应急管控", "列入白名单"), "by a condition"),
        (("w", ("应急管控",), Project.listed), 'kind is written "应急减排"'),
        ((None, "应急管控", Project.listed), 'name is written "white-list"'),
    ],
)
def test_a_waiver_that_is_written_otherwise_is_told(given, told):
    """With what was read, and what to write."""
    with pytest.raises(RuleError, match=told):
        Waiver(*given)


def outcomes(book, *records):
    found = airplan.assess(book, Facts.of(*FACTS_OF_ONE, *records), DAY).verdicts
    return dict(found.select("subject", "outcome").iter_rows())


FACTS_OF_ONE = (
    Works(id="a"), Project(id="p", works="a", listed=True), Pit(id="1", project="p", stopped=False),
    Project(id="q", works="a", listed=False), Pit(id="2", project="q", stopped=False),
)  # fmt: skip
LISTED = Waiver("w", "应急管控", Project.listed)


def test_a_reading_can_tell_who_is_exempted():
    """A county may take another one, as of any open question."""
    question = Interpretation(
        id="test.white", question="白名单由谁列？", default="listed",
        readings={"listed": "已列入的", "others": "未列入的"},
    )  # fmt: skip
    waiver = Waiver("w", "应急管控", question.choose(listed=Project.listed, others=~Project.listed))
    for reading, exempt in (("listed", "1"), ("others", "2")):
        config = Config(interpretations={"test.white": reading})
        found = outcomes(built(waiver, pit_stopped, config=config))
        assert [id for id, outcome in found.items() if outcome == "EXEMPT"] == [exempt]


def test_a_sentence_that_exempts_in_two_ways_is_shown_once():
    """Two waivers reach one rule, or a rule is of two kinds."""
    two = attrs.evolve(pit_stopped, kinds=("应急管控", "停工"))
    book = built((LISTED, Waiver("v", "停工", Project.listed)), two)
    assessment = airplan.assess(book, Facts.of(*FACTS_OF_ONE), DAY)
    assert assessment.waived["subject"].to_list() == ["1"]
    assert len(book.rules["test.pit-stopped"].exempt) == 2


def test_what_is_asked_amid_a_ledger_needs_that_ledger():
    """Without it nobody could ever be told to be exempted."""
    entities = tuple(entity for entity in ENTITIES if entity is not Grade)
    with pytest.raises(RulebookError, match="by the ledger Grade, which no plugin in use yields"):
        built(Waiver("w", "应急管控", GRADE_A), pit_stopped, entities=entities)


def test_what_replaces_what_replaced_it_is_not_reached_either():
    """However often a rule is worded anew."""
    own = attrs.evolve(pit_stopped, id="test.own-pits", replaces="test.pit-stopped")
    newer = attrs.evolve(pit_stopped, id="test.newer-pits", replaces="test.own-pits")
    waiver = attrs.evolve(LISTED, but=("test.pit-stopped",))
    assert not built(waiver, pit_stopped, own, newer).rules["test.newer-pits"].exempt
    assert built(LISTED, pit_stopped, own, newer).rules["test.newer-pits"].exempt


def test_a_county_may_take_the_ledgers_alone():
    """Of the plugin with the rules of the kind: there is nothing to be exempted from."""
    clause = TASK.clause(140, "应急管控豁免", waives=(attrs.evolve(LISTED, but=("test.kept",)),))
    kept = attrs.evolve(pit_stopped, id="test.kept")
    emergency = airplan.contribution(
        Chapter(rules=(pit_stopped, kept), clauses=(pit_stopped.clause,), metrics=(), entities=()),
        "emergency", "emergency 1.0",
    )  # fmt: skip
    given = {"rules": (), "clauses": (clause,), "metrics": (), "entities": ENTITIES}
    assert rulebook(None, emergency, **given).rules.keys() == {"test.pit-stopped", "test.kept"}
    book = rulebook(Config(ledgers_only=("emergency",)), emergency, **given)
    assert not book.rules
    with pytest.raises(RulebookError, match="ledgers_only"):
        rulebook(None, **given)


def test_a_granted_exemption_stands_beside_a_waiver():
    """Whoever has both is exempted by both; an expired grant leaves the sentence's own."""
    book = built(LISTED, pit_stopped)

    def granted(subject, to):
        return Exemption(
            id=subject, rule="test.pit-stopped", subject=subject, valid_from="2024-01-01",
            valid_to=to, authority="县政府", reason="合成",
        )  # fmt: skip

    assert outcomes(book, granted("1", "2024-12-31"), granted("2", "2025-01-01")) == {
        "1": "EXEMPT", "2": "EXEMPT",
    }  # fmt: skip
    assert outcomes(book, granted("2", "2024-12-31")) == {"1": "EXEMPT", "2": "VIOLATION"}
    facts = Facts.of(*FACTS_OF_ONE, granted("1", "2024-12-31"), granted("2", "2025-01-01"))
    assessment = airplan.assess(book, facts, DAY)
    assert assessment.waived["subject"].to_list() == ["1"]
    effects = dict(assessment.exemptions.select("subject", "effect").iter_rows())
    assert effects == {"1": "expired", "2": "in force"}


def test_a_grade_that_has_run_out_exempts_no_more(engine):
    """From the day after its last."""
    book = built(Waiver("w", "应急管控", GRADE_A), pit_stopped)
    grade = Grade(id="1", works="a", grade="A级", from_day="2024-06-01", to_day="2024-12-31")
    facts = Facts.of(*FACTS_OF_ONE, grade)
    for day, outcome in ((dt.date(2024, 12, 31), "EXEMPT"), (DAY, "UNKNOWN")):
        found = airplan.assess(book, facts, day, engine).verdicts
        assert set(found["outcome"]) == {outcome}


TestContract = contract(
    Chapter(
        rules=EMERGENCY, clauses=(*WAIVERS, *(rule.clause for rule in EMERGENCY)), metrics=(),
        entities=ENTITIES,
    ),
    plan=Path(__file__).with_name("plan.zh.txt"),
)  # fmt: skip


def test_who_is_exempted_is_told_by_the_sentences_own_numbers():
    """Its numbers are the waiver's, and none of the rule's."""
    since = Project.since.happened_by("2020-12-31")
    for text, kept in (("2020年底前的项目应急管控豁免", True), ("老项目应急管控豁免", False)):
        clause = TASK.clause(140, text, waives=(Waiver("w", "应急管控", since),))
        made = contract(
            Chapter(
                rules=EMERGENCY, clauses=(clause, *(rule.clause for rule in EMERGENCY)),
                metrics=(), entities=ENTITIES,
            )
        )()  # fmt: skip
        # a rule that holds no number is not compared with its sentence
        assert not hasattr(made, "test_numbers_stand_in_the_sentence")
        if kept:
            made.test_numbers_of_waivers_stand_in_the_sentence(clause)
        else:
            with pytest.raises(AssertionError, match="2020-12-31"):
                made.test_numbers_of_waivers_stand_in_the_sentence(clause)


def test_a_recorded_act_exempts_whom_it_is_recorded_of(engine):
    """The subject itself; through a reference none is read, and that is told."""
    filed = TASK.clause(141, "项目备案")
    waiver = Waiver("filed", "应急管控", done(filed, Project))
    act = attestation("test.filed", filed, Project)
    records = (
        Attestation(id="1", clause="9.1-141", subject="p", done=True),
        Attestation(id="2", clause="9.1-141", subject="q", done=False),
        Attestation(id="3", clause="9.1-155", subject="p", done=False),
        Attestation(id="4", clause="9.1-155", subject="q", done=False),
    )
    book = built(waiver, project_stopped, act)
    found = airplan.assess(book, Facts.of(*FACTS_OF_ONE, *records), DAY, engine).verdicts
    told = {(row["rule"], row["subject"]): row["outcome"] for row in found.iter_rows(named=True)}
    assert told["test.project-plan", "p"] == "EXEMPT"
    assert told["test.project-plan", "q"] == "VIOLATION"
    with pytest.raises(RulebookError, match="an act that is recorded of Project"):
        built(waiver, pit_stopped, act)
