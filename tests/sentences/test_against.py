"""不高于上年, 同比下降, 完成下达任务: a metric against itself in another year, and against others."""

import datetime as dt

import attrs
import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import County, Facts, Rule, RuleError, UnitError, during
from tests.ledgers import HEAVY, MEAN, TASK, days, rulebook
from tests.sentences.chapter import DONE, DUE, ENTITIES, METRICS, RULES, Order

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
AFTER = dt.date(2026, 1, 1)
HERE = BOOK.plan.county


def stands(duty, *records, as_of=AFTER):
    found = airplan.assess(BOOK, Facts.of(*records), as_of).verdicts
    (outcome,) = found.filter(found["duty"] == duty)["outcome"]
    return outcome


def orders(*amounts, on="2024-06-01"):
    return [
        Order(id=f"{on} {n}", county=HERE, given_on=on, due=due and f"{due} 吨",
              done=done and f"{done} 吨")
        for n, (due, done) in enumerate(amounts)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amounts", "outcome"),
    [
        ([("100", "60"), ("20", "60")], "COMPLIANT"),
        ([("100", "60"), ("20.000001", "60")], "VIOLATION"),
        # what was done of one order is not known, and may be anything
        ([("100", "60"), ("20", None)], "UNKNOWN"),
        ([("100", "120"), ("20", None)], "COMPLIANT"),
        # what was asked for is not known
        ([("100", "60"), (None, "60")], "UNKNOWN"),
        ([("130", "60"), (None, "60")], "VIOLATION"),
    ],
)
def test_what_was_done_is_held_against_what_was_asked(amounts, outcome):
    """Sum against sum; an unknown part leaves open only what hangs on it."""
    assert stands("test.orders-fulfilled@2024", *orders(*amounts)) == outcome


@pytest.mark.parametrize(
    ("amounts", "outcome"),
    [
        ([("1000", "328")], "COMPLIANT"),
        ([("1000", "327.999999")], "VIOLATION"),
        ([("500", "328"), ("500", None)], "COMPLIANT"),
        ([("0", "0")], "UNKNOWN"),
        ([("1000", None)], "UNKNOWN"),
    ],
)
def test_a_ratio_of_sums_is_held_against_a_share(amounts, outcome):
    """覆盖率 = 已实施 ÷ 应实施; of nothing there is no share."""
    assert stands("test.coverage@2024", *orders(*amounts)) == outcome


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [(44, 44, "COMPLIANT"), (44, 45, "VIOLATION"), (45, 44, "COMPLIANT"), (None, 44, "UNKNOWN"),
     (44, None, "UNKNOWN")],
)  # fmt: skip
def test_a_year_is_held_against_the_one_before(before, now, outcome):
    """不高于上年: without a year's data it is not known."""
    records = [*(days(2023, before, county=HERE) if before else ()),
               *(days(2024, now, county=HERE) if now else ())]  # fmt: skip
    assert stands("test.no-higher@2024", *records) == outcome


def test_while_the_year_runs_it_is_pending():
    """Last year's is known, and this year's mean may still come to anything."""
    records = [*days(2023, 44, county=HERE), *days(2024, 45, county=HERE)[:100]]
    assert stands("test.no-higher@2024", *records, as_of=dt.date(2024, 4, 9)) == "PENDING"


@pytest.mark.parametrize(("now", "outcome"), [(45, "COMPLIANT"), (45.1, "VIOLATION")])
def test_a_fall_is_by_a_part_of_what_it_was(now, outcome):
    """较2020年下降10%: of 50, to 45."""
    records = [*days(2020, 50, county=HERE), *days(2025, now, county=HERE)]
    assert stands("test.fallen-since-2020@2025", *records) == outcome


def test_the_same_in_a_database():
    """DuckDB comes to the same."""
    records = [*days(2023, 44, county=HERE), *days(2024, 45, county=HERE), *days(2020, 50, county=HERE),
               *days(2025, 44, county=HERE), *orders(("100", "60"), ("20", "60"))]  # fmt: skip
    facts = Facts.of(*records)
    here = airplan.assess(BOOK, facts, AFTER).verdicts.select(
        "duty", "subject", "outcome", "margin"
    )
    engine = airplan.connect("duckdb")
    there = airplan.assess(BOOK, facts, AFTER, engine).verdicts.select(here.columns)
    engine.close()
    assert here.sort("duty", "subject").equals(there.sort("duty", "subject"))


def test_what_cannot_be_compared_is_no_rule():
    """Told when the rule is made, not when a county is assessed."""

    def rule(requires):
        return Rule(id="test.wrong", clause=TASK.clause(160, "不高于"), en="", subject=County,
                    requires=requires, due=during(2024))  # fmt: skip

    with pytest.raises(RuleError, match="never surely equal"):
        rule(DONE.equal_to(DUE))
    with pytest.raises(RuleError, match="a ratio is compared, not computed with further"):
        rule((DONE / DUE).times("0.9").at_least(DUE / DONE))
    with pytest.raises(UnitError, match=r"is \[time\], but"):
        rule(DONE.at_least(HEAVY))
    with pytest.raises(UnitError, match="no percentage"):
        MEAN.fallen_by("3 µg/m³")
    assert rule(DONE.at_least(DUE.times("0.9"))).due


def test_a_share_of_what_may_be_nothing_is_not_decided():
    """Of an order whose year is not known, filled in as another year's, nothing is left to share."""
    of_2024 = Order(id="1", county=HERE, given_on="2024-06-01", due="0 吨", done="1 吨")

    def of(given_on):
        asked = Order(id="2", county=HERE, given_on=given_on, due="3 吨", done="0 吨")
        return stands("test.coverage@2024", of_2024, asked)

    assert (of("2024-07-01"), of("2023-07-01"), of(None)) == ("COMPLIANT", "UNKNOWN", "UNKNOWN")
    less = [attrs.evolve(of_2024, done="0 吨"), Order(id="2", county=HERE, due="3 吨", done="0 吨")]
    assert stands("test.coverage@2024", *less) == "UNKNOWN"


@pytest.mark.parametrize("name", [None, "duckdb"])
def test_a_share_of_nothing_says_what_is_nothing(name):
    """UNKNOWN is never without a reason: the divisor that is 0."""
    engine = name and airplan.connect(name)
    assessment = airplan.assess(BOOK, Facts.of(*orders(("0", "1"))), AFTER, engine)
    found = assessment.verdicts.filter(pl.col("duty") == "test.coverage@2024")
    assert found["missing"].to_list() == [["test.order-due@2024"]]
    (reason,) = assessment.explain("test.coverage", HERE).reasons
    assert [leaf.name for leaf in reason.missing] == ["test.order-due@2024"]
    if engine:
        engine.close()


@pytest.mark.parametrize("part", ["-3 %", "300 %"])
def test_a_fall_is_of_a_part(part):
    """Of 300 % less nothing is left to be held against."""
    with pytest.raises(RuleError, match="0 % to 100 %"):
        MEAN.fallen_by(part)
    with pytest.raises(RuleError, match="see fallen_by"):
        MEAN.risen_by("-3 %")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: MEAN.fallen_by(3), "no percentage"),
        (lambda: MEAN.in_year("2020"), r"in_year\(2020\)"),
        (lambda: MEAN.in_year(20200101), r"in_year\(2020\)"),
        (lambda: DONE.times(DUE), r'times\("1.1"\)'),
        (lambda: DONE.times("百分之十"), r'times\("1.1"\)'),
    ],
)
def test_what_is_no_number_is_told_what_to_write(wrong, error):
    """Where it is written."""
    with pytest.raises((RuleError, UnitError), match=error):
        wrong()
