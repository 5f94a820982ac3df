"""发现一起扣缴10万元, 叠加, 首次与再次: what is owed is a figure, and no verdict."""

import datetime as dt
import json

import pytest

import airplan_core as airplan
from airplan_core import County, Facts, RulebookError, RuleError, UnitError, occurrence
from airplan_core.report.chosen import Chosen
from airplan_core.report.data import assessment_json
from airplan_core.report.text import assessment_text
from tests.ledgers import TASK, rulebook
from tests.sentences.chapter import ENTITIES, FIGURES, LOST, Finding, Site, notified

BOOK = rulebook(
    None, rules=(notified,), clauses=(*FIGURES, notified.clause), metrics=(), entities=ENTITIES
)
AFTER = dt.date(2025, 1, 1)
HERE = BOOK.plan.county


def fault(id, kind="施工工地", items=1, found_on="2024-05-01", site="s"):
    return Finding(id=id, county=HERE, kind=kind, items=items, found_on=found_on, site=site)


def owed(metric, *faults, as_of=AFTER, engine=None):
    sites = [Site(id=id, county=HERE) for id in ("s", "t")]
    assessment = airplan.assess(BOOK, Facts.of(*sites, *faults), as_of, engine)
    found = assessment.figures
    (row,) = found.filter((found["metric"] == metric) & (found["period"] == "2024")).to_dicts()
    return row["lo"], row["hi"]


LISTED = [
    ([fault("1", "燃煤锅炉"), fault("2", "露天焚烧")], (11, 11)),
    # each of three measures: 叠加
    ([fault("1", items=3)], (15, 15)),
    ([fault("1", items=None)], (0, None)),
    # the kind is not known: as little as nothing, at most ten
    ([fault("1", None, items=2), fault("2")], (5, 25)),
    ([fault("1", "燃煤锅炉", found_on=None)], (0, 10)),
    ([fault("1", "其他")], (0, 0)),
    ([fault("1", found_on="2023-12-31")], (0, 0)),
]
AGAIN = [
    ([fault("1")], (2, 2)),
    ([fault("1"), fault("2", found_on="2024-06-01"), fault("3", found_on="2024-07-01")], (10, 10)),
    ([fault("1"), fault("2", site="t")], (4, 4)),
    # counted anew in each year
    ([fault("1", found_on="2023-12-31"), fault("2")], (2, 2)),
    # two of one day are a first and a second
    ([fault("1"), fault("2")], (6, 6)),
    ([fault("1"), fault("2", found_on=None)], (2, 8)),
    ([fault("1"), fault("2", site=None)], (4, 8)),
]


@pytest.mark.parametrize(("faults", "owes"), LISTED)
def test_a_list_says_what_each_kind_costs(faults, owes):
    """In 万元; what is not known is between the least and the most that it may be."""
    assert owed("test.lost", *faults) == owes


@pytest.mark.parametrize(("faults", "owes"), AGAIN)
def test_the_first_time_costs_less_than_the_next(faults, owes):
    """首次2万元, 再次4万元: by the place among the faults of one site in a year."""
    assert owed("test.fined", *faults) == owes


@pytest.mark.parametrize(("metric", "cases"), [("test.lost", LISTED), ("test.fined", AGAIN)])
def test_every_engine_comes_to_the_same(engine, metric, cases):
    """Databases count the times, and look up the prices, as tables do."""
    # each is a query of its own, which takes Spark a second or two
    for faults, owes in cases[::3] if engine.dialect == "spark" else cases:
        assert owed(metric, *faults, engine=engine) == owes


def test_while_the_year_runs_more_may_come():
    """What is there is owed; there is no most yet."""
    assert owed("test.lost", fault("1"), as_of=dt.date(2024, 6, 1)) == (5, None)


def test_nobody_wrote_a_ledger():
    """That nothing is known of faults is no sum of 0."""
    assert owed("test.lost") == (0, None)


def test_a_figure_stands_in_the_reports_and_is_no_verdict():
    """The amount, its sentence, and no outcome; where nothing is owed, nothing is shown."""
    facts = Facts.of(Site(id="s", county=HERE), fault("1", items=2))
    assessment = airplan.assess(BOOK, facts, AFTER)
    assert assessment.clean
    assert set(assessment.verdicts["clause"]) == {"9.1-113"}
    page = assessment_text(assessment)
    assert "应计金额" in page
    assert "10 万元" in page
    assert "叠加扣缴" in page.replace("\n", "").replace(" ", "")
    figures = json.loads(assessment_json(Chosen(assessment)))["figures"]
    assert {(one["clause"], one["period"]) for one in figures} >= {("9.1-122", "2024")}
    assert BOOK.coverage()["9.1-122"] == "test.lost"
    none = airplan.assess(
        BOOK, Facts.of(fault("1", "其他", found_on="2023-01-01")), dt.date(2026, 1, 1)
    )
    assert "应计金额" not in assessment_text(none)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: Finding.kind.prices({"燃煤锅炉": "10 万元"}), "has no price"),
        (lambda: Finding.kind.prices({"锅炉": "10 万元"}), "燃煤锅炉"),
        (lambda: Finding.kind.prices(
            {"燃煤锅炉": "10 万元", "施工工地": "5 吨", "露天焚烧": "1 万元", "其他": "0 元"}), "吨"),
        (lambda: Finding.kind.prices(
            {"燃煤锅炉": "10 万元", "施工工地": "-5 万元", "露天焚烧": "1 万元", "其他": "0 元"}), "less than nothing"),
        (lambda: occurrence(Finding.site, on=Finding.found_on).prices({2: "1 万元"}), "1, 2, …"),
        (lambda: occurrence(Finding.kind, on=Finding.found_on), "a reference and a date"),
    ],
)  # fmt: skip
def test_a_list_that_says_no_price_is_told(wrong, error):
    """Where it is written."""
    with pytest.raises((RuleError, UnitError), match=error):
        wrong()


def test_the_prices_are_the_sentences():
    """A price that the sentence does not say is refused when the rulebook is built."""
    clause = TASK.clause(124, "发现一起扣缴20万元", figure=LOST)
    with pytest.raises(RulebookError, match="'10 万元', which it does not say"):
        rulebook(None, rules=(), clauses=(clause,), metrics=(), entities=(County, *ENTITIES))
