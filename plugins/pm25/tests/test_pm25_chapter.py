"""The chapter is whole: every sentence of 二(一) once, in its place, answered for."""

import os
import re
from pathlib import Path

import pytest

import airplan_pm25
import airplan_qinyang
from airplan_core import Strength, build_rulebook, contribution, duties, ledger_of

BOOK = build_rulebook(
    [
        contribution(airplan_pm25.CAMPAIGN),
        contribution(airplan_qinyang.CAMPAIGN),
    ]
)
CAMPAIGN = [clause for clause in BOOK.clauses.values() if clause.campaign == "pm25"]

#: How many sentences each task has, and the line of the plan it stands on.
TASKS = {
    "2.1.1": (3, (14,)),
    "2.1.2": (12, (15,)),
    "2.1.3": (6, (16,)),
    "2.1.4": (3, (17,)),
    "2.1.5": (2, (18,)),
    "2.1.6": (8, (19,)),
    "2.1.7": (4, (20,)),
    "2.1.8": (16, (21,)),
}


@pytest.fixture(scope="module")
def lines():
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    return path.read_text(encoding="utf-8").splitlines()


def test_the_campaign_has_54_sentences():
    """Of 418 sentences, 54 are this campaign's."""
    assert len(CAMPAIGN) == len(BOOK.clauses) == 54


@pytest.mark.parametrize("task", TASKS)
def test_sentences_are_numbered_without_a_gap(task):
    """A task's sentences are numbered from one, each once."""
    numbers = [int(id.rpartition("-")[2]) for id in BOOK.clauses if id.rpartition("-")[0] == task]
    count, _ = TASKS[task]
    assert sorted(numbers) == list(range(1, count + 1))


@pytest.mark.parametrize("id", BOOK.clauses)
def test_a_quote_stands_on_its_line(id, lines):
    """Every quoted piece is a substring of the one line its task stands on."""
    text = BOOK.clauses[id].text
    _, places = TASKS[id.rpartition("-")[0]]
    for piece in text.split(" … "):
        assert any(piece in lines[place - 1] for place in places), piece


@pytest.mark.parametrize("task", TASKS)
def test_nothing_between_the_quotes_is_left_unsaid(task, lines):
    """Without its quotes, a task's line is its heading, its departments and punctuation."""
    line = lines[TASKS[task][1][0] - 1]
    clauses = [clause for clause in CAMPAIGN if clause.id.rpartition("-")[0] == task]
    body = line[: line.rindex("（")]
    for clause in sorted(clauses, key=lambda clause: -len(clause.text)):
        body = body.replace(clause.text, "")
    assert re.sub(r"[\d.．，；。\s]", "", body) == clauses[0].heading


@pytest.mark.parametrize("task", TASKS)
def test_departments_are_those_of_the_bracket(task, lines):
    """A task's departments are named in the bracket that closes it, in its order."""
    bracket = lines[TASKS[task][1][0] - 1].rpartition("（")[2]
    names = re.sub("等部门|按职责分工|负责|配合|牵头|参与|）", "", bracket)
    departments = BOOK.clauses[f"{task}-1"].departments
    for said, name in zip(re.split("[、，]", names), departments, strict=True):
        assert said in (name, name.removeprefix("市"))  # the bracket often leaves 市 out


@pytest.mark.parametrize("id", BOOK.clauses)
def test_every_sentence_is_answered_for(id):
    """A sentence has a rule, defines one that exists, or says why it can have none."""
    clause = BOOK.clauses[id]
    assert BOOK.coverage()[id] != "disabled"
    assert set(clause.defines) <= set(BOOK.rules)
    assert (clause.strength is Strength.NONE) == bool(clause.defines or clause.excused)


@pytest.mark.parametrize("interpretation", BOOK.interpretations.values(), ids=lambda one: one.id)
def test_every_reading_is_read_by_a_rule(interpretation):
    """Taking another reading of an open question changes the duties of some rule."""
    asked = [one for entity in BOOK.entities if (one := ledger_of(entity).derived)]
    if interpretation in [question for one in asked for question in one.asks]:
        return  # a derived ledger asks it
    first, *others = (name for name, _ in interpretation.readings)
    for other in others:
        assert any(
            [(duty.due, duty.trees) for duty in duties(rule, {interpretation.id: first})]
            != [(duty.due, duty.trees) for duty in duties(rule, {interpretation.id: other})]
            for rule in BOOK.rules.values()
        )
    assert all(why.strip() for _, why in interpretation.readings)


def test_strengths_are_the_sentences_own():
    """Only sentences with 原则上, or inside a sentence with it, bind in principle."""
    weaker = {clause.id for clause in CAMPAIGN if clause.strength is Strength.IN_PRINCIPLE}
    said = {clause.id for clause in CAMPAIGN if "原则上" in clause.text}
    # the bracket of 2.1.2-7 belongs to the sentence of 2.1.2-6
    assert weaker == said | {"2.1.2-7"}
