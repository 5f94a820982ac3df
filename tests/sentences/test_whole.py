"""“五到位、一密闭”, 计划和实施方案: an enumeration is one thing, and reports say which part is missing."""

import datetime as dt

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Attestation, Facts, FactsError, RuleError, whole
from tests.ledgers import rulebook
from tests.sentences.chapter import ENTITIES, METRICS, RULES, THREE, Plant

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
DAY = dt.date(2025, 1, 1)
HERE = BOOK.plan.county
PLANTS = (
    Plant(id="all", dust=True, hauls=True, roads=True),
    Plant(id="two", dust=True, hauls=True, roads=False),
    Plant(id="one", dust=True, hauls=None, roads=False),
    Plant(id="open", dust=True, hauls=None, roads=True),
    Plant(id="none"),
)


@pytest.mark.parametrize("name", [None, "duckdb"])
def test_how_many_parts_are_missing(name):
    """Those that are there of how many there should be; what is not known is no part that lacks."""
    engine = name and airplan.connect(name)
    found = airplan.assess(BOOK, Facts.of(*PLANTS), DAY, engine).verdicts
    found = found.filter(pl.col("rule") == "test.three-in-place")
    columns = ("subject", "outcome", "measured", "limit", "margin", "unit")
    if engine:
        engine.close()
    assert found.select(columns).sort("subject").rows() == [
        ("all", "COMPLIANT", 3, 3, 0, "项"),
        ("none", "UNKNOWN", 0, 3, 0, "项"),
        ("one", "VIOLATION", 1, 3, -1, "项"),
        ("open", "UNKNOWN", 2, 3, 0, "项"),
        ("two", "VIOLATION", 2, 3, -1, "项"),
    ]


def test_an_explanation_names_the_missing_parts():
    """And those of which nothing is known."""
    assessment = airplan.assess(BOOK, Facts.of(*PLANTS), DAY)
    text = str(assessment.explain("test.three-in-place", "one"))
    assert "三到位：3 项中缺 1 项：除尘到位；3 项中 1 项未知：抑尘到位" in text
    assert "三到位:" in str(assessment.explain("test.three-in-place", "all"))


def act(id, part=None, done=True):
    return Attestation(id=id, clause="9.1-126", part=part, done=done)


@pytest.mark.parametrize(
    ("acts", "outcome"),
    [
        ([act("1", "计划"), act("2", "实施方案")], "COMPLIANT"),
        ([act("1", "计划"), act("2", "实施方案", done=False)], "VIOLATION"),
        ([act("1", "计划")], "UNKNOWN"),
        ([act("1")], "COMPLIANT"),
        # what is said of a part goes before what is said of all
        ([act("1"), act("2", "实施方案", done=False)], "VIOLATION"),
        ([], "UNKNOWN"),
    ],
)
def test_an_act_of_several_parts(engine, acts, outcome):
    """Each is recorded by its name; a blank one speaks of all of them."""
    found = airplan.assess(BOOK, Facts.of(Plant(id="p"), *acts), DAY, engine).verdicts
    (row,) = found.filter(pl.col("rule") == "test.plan-and-scheme").to_dicts()
    assert row["outcome"] == outcome


def test_a_part_that_there_is_not_is_told():
    """With the nearest of those that there are."""
    with pytest.raises(FactsError, match="实施方案"):
        airplan.assess(BOOK, Facts.of(act("1", "实施方法")), DAY)
    other = Attestation(id="1", clause="9.1-113", part="计划", done=True)
    with pytest.raises(FactsError, match="has no parts"):
        airplan.assess(BOOK, Facts.of(other), DAY)


def test_an_enumeration_stays_one_thing_among_others():
    """Joined with others it is one of them."""
    joined = THREE & Plant.dust
    assert joined.parts == (THREE, Plant.dust)
    with pytest.raises(RuleError, match="two parts or more"):
        whole("一项", Plant.dust)
    with pytest.raises(RuleError, match="each named once"):
        whole("两项", Plant.dust, Plant.dust)
    with pytest.raises(RuleError, match="each part is a condition"):
        whole("两项", Plant.dust, "密闭")
