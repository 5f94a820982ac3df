"""What a sentence speaks of exists, entered or not: one for each, or what it names and counts."""

import datetime as dt

import attrs
import pytest

import airplan_core as airplan
from airplan_core import Exemption, RuleError, named, one_each
from tests.ledgers import RULES, TASK, Kiln, Retrofit, Works, outcomes, rulebook

DAY = dt.date(2026, 1, 1)
TWO = named({Kiln.note: "宏达", Kiln.capacity: "35 吨/年"}, 2)


def furnaces(*expects):
    """The rulebook of one rule about kilns, which expects rows."""
    rule = airplan.Rule(
        id="test.furnaces", clause=TASK.clause(20, "2台窑炉关停"), en="They close.", subject=Kiln,
        requires=Kiln.closed_on.happened(), expects=expects, numbers={"2台": None},
    )  # fmt: skip
    return rulebook(None, rules=(rule,), clauses=(rule.clause,), metrics=())


def found(book, *records):
    return outcomes(book, DAY, *records).get("test.furnaces", {})


CLOSED = {"note": "宏达", "capacity": "35 吨/年", "closed_on": "2024-01-01"}
UNSEEN = "UNKNOWN"


@pytest.mark.parametrize(
    ("entered", "outcome"),
    [
        ({}, {"宏达、35吨/年（1）": UNSEEN, "宏达、35吨/年（2）": UNSEEN}),
        ({"a": CLOSED}, {"a": "COMPLIANT", "宏达、35吨/年（2）": UNSEEN}),
        ({"a": CLOSED, "b": CLOSED}, {"a": "COMPLIANT", "b": "COMPLIANT"}),
        # it may be one of the two
        ({"a": {**CLOSED, "note": None}, "b": CLOSED}, {"a": "COMPLIANT", "b": "COMPLIANT"}),
        (
            {"a": {**CLOSED, "note": "别厂"}},
            {"a": "COMPLIANT", "宏达、35吨/年（1）": UNSEEN, "宏达、35吨/年（2）": UNSEEN},
        ),
        # an id that another row has is not had twice
        (
            {"宏达、35吨/年（2）": CLOSED},
            {"宏达、35吨/年（2）": "COMPLIANT", "宏达、35吨/年（2）（未录入）": UNSEEN},
        ),
    ],
)
def test_what_a_sentence_counts_is_there_entered_or_not(entered, outcome):
    """Two furnaces: of one that nobody entered nothing is known, and that is told."""
    kilns = [Kiln(id=id, **fields) for id, fields in entered.items()]
    assert found(furnaces(TWO), *kilns) == outcome


def test_every_works_has_one_of_each_kind():
    """A works without a row of a kind is asked for it; one that says there is none has said so."""
    kinds = [one_each(Kiln.works, {Kiln.note: (kind, f"无需{kind}")}) for kind in ("脱硫", "脱硝")]
    rows = (
        *(Works(id=id) for id in "甲乙丙"),
        Kiln(id="1", works="甲", note="脱硫", closed_on="2024-01-01"),
        Kiln(id="2", works="甲", note="无需脱硝", closed_on="2024-01-01"),
        Kiln(id="3", works="乙", note="脱硝", closed_on="2024-01-01"),
        Kiln(id="4", works=None, note="脱硝", closed_on="2024-01-01"),
    )
    assert found(furnaces(*kinds), *rows) == {
        **dict.fromkeys("1234", "COMPLIANT"), "乙/脱硫": UNSEEN, "丙/脱硫": UNSEEN, "丙/脱硝": UNSEEN,
    }  # fmt: skip


def test_a_row_that_was_not_entered_has_an_id_of_its_own():
    """Of a ledger with one row for each, the id is the other's, unless a row has it already."""
    rows = Works(id="甲"), Works(id="乙"), Retrofit(id="乙", works="甲", done_on="2024-01-01")
    retrofit = outcomes(rulebook(), DAY, *rows)["test.retrofit"]
    assert set(retrofit) == {"乙", "乙（未录入）"}


def test_one_that_was_not_entered_can_be_exempted():
    """It is a subject as any other: an exemption may name it."""
    granted = Exemption(
        id="e", rule="test.furnaces", subject="宏达、35吨/年（1）",
        valid_from="2025-01-01", valid_to="2026-12-31",
    )  # fmt: skip
    assert found(furnaces(TWO), granted)["宏达、35吨/年（1）"] == "EXEMPT"


def test_every_engine_expects_the_same(engine):
    """What is not entered stands in a database as it does in tables."""
    kinds = one_each(Kiln.works, {Kiln.note: ("脱硫", "无需脱硫")})
    book = furnaces(TWO, kinds)
    rows = Works(id="甲"), Works(id="乙"), Kiln(id="宏达、35吨/年（2）", works="甲", **CLOSED)
    facts = airplan.Facts.of(*rows)
    here = airplan.assess(book, facts, DAY)
    there = airplan.assess(book, facts, DAY, engine=engine)
    keys = ["duty", "subject"]
    assert here.verdicts.height == 4
    assert there.verdicts.sort(keys).equals(here.verdicts.sort(keys))


def test_an_expectation_that_says_nothing_is_refused():
    """A reference of the ledger, and values of its own fields."""
    for wrong in (
        lambda: one_each(Kiln.note),
        lambda: one_each(Kiln.works, {Works.industry: "钢铁"}),
        lambda: named({}),
        lambda: named({Kiln.works.industry: "钢铁"}),
    ):
        with pytest.raises(RuleError):
            wrong()


def test_what_a_replaced_rule_expects_is_not_expected():
    """A county that does without the sentence is not asked for its subjects."""
    book = rulebook(None, rules=(attrs.evolve(RULES[0], expects=(TWO,)), *RULES[1:]))
    assert len(outcomes(book, DAY)["test.small-kilns-exit"]) == 2
    off = airplan.Config(disable={"test.small-kilns-exit": "not here"})
    without = rulebook(off, rules=(attrs.evolve(RULES[0], expects=(TWO,)), *RULES[1:]))
    assert "test.advice" not in outcomes(without, DAY)
