"""The readers and the contract: one outcome everywhere, and a contract that catches mistakes."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import attrs
import polars as pl
import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
from airplan_core import Exempt, by
from airplan_core.assessment.changes import turns
from airplan_core.engines.scalar import decide
from airplan_core.model.outcome import outcome_name
from airplan_core.model.tree import Condition
from airplan_core.readers import boundaries as turning, polars as columns, prose, scalar
from airplan_core.readers.boundaries import changed
from airplan_core.testing import (
    boundary_rows,
    contract,
    days,
    numbers_in_condition,
    numbers_in_sentence,
)
from tests.ledgers import RULES, TASK, Chapter, Kiln, Works, rulebook

TestContract = contract(Chapter(), plan=Path(__file__).with_name("plan.zh.txt"))

DUTIES = rulebook().duties


class Unknown(Condition):
    """A node that no reader knows."""


@pytest.mark.parametrize(
    "read",
    [
        lambda node: scalar.evaluate(node, {}, dt.date(2025, 1, 1)),
        lambda node: columns.condition(node, dt.date(2025, 1, 1)),
        prose.prose,
    ],
)
def test_an_unknown_node_is_named(read):
    """A reader that meets a node it does not know says which."""
    with pytest.raises(NotImplementedError, match="Unknown"):
        read(Unknown())


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_a_change_that_is_offered_gives_what_it_says(duty):
    """Applying the change of an explanation leads to the outcome it names."""
    for day in days(duty):
        for row in boundary_rows(duty):
            for change in turns(duty, row, day):
                after = decide(duty, changed(row, change.fact, change.after), day)
                assert outcome_name(after) == change.outcome


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_every_limit_is_tried_at_below_and_above(duty):
    """The boundary values hold each limit and its neighbours."""
    near = turning.boundaries(duty, dt.date(2026, 1, 1))
    for leaf in duty.leaves():
        assert near[leaf], leaf.title


def chapter(**changed):
    rule = attrs.evolve(RULES[0], **changed)
    return contract(
        Chapter(rules=(rule, *RULES[1:]), clauses=(rule.clause, *Chapter.clauses[1:]))
    )()


def caught(test, *arguments):
    with pytest.raises(AssertionError):
        test(*arguments)


def mutant(**changed):
    kept = chapter(**changed)
    return kept, attrs.evolve(RULES[0], **changed)


def test_the_contract_catches_a_wrong_limit():
    """Another number than the sentence's is told."""
    kept, rule = mutant(applies=Kiln.capacity.at_most("101 吨/年"))
    caught(kept.test_numbers_stand_in_the_sentence, rule)
    kept, rule = mutant(due=by("2025-10-31"))
    caught(kept.test_numbers_stand_in_the_sentence, rule)


def test_the_contract_catches_an_excluded_limit():
    """An example at the limit tells 以下 from 不满."""
    kept, rule = mutant(applies=Kiln.capacity.less_than("100 吨/年"))
    caught(kept.test_examples_keep_and_break, rule)


def test_the_contract_catches_missing_examples_and_documentation():
    """A rule without examples, English or a telling id does not pass."""
    for without in ({"keeps": ()}, {"breaks": ()}):
        kept, rule = mutant(**without)
        caught(kept.test_examples_keep_and_break, rule)
    for wrong in ({"en": ""}, {"exempt": (Exempt("x", "另有", Kiln.standby),)}):
        kept, rule = mutant(**wrong)
        caught(kept.test_rule_is_documented, rule)


def test_the_contract_catches_a_limit_without_direction():
    """A limited field says which way is cleaner."""
    kept = chapter()
    bare = attrs.evolve(Kiln.__ledger__.column("dust"), better=None)
    duty = attrs.evolve(rulebook().duties[0], requires=bare.at_most("3 µg/m³"), exempt=None)
    with pytest.raises(AssertionError, match="which way is cleaner"):
        kept.test_cleaner_never_fares_worse.hypothesis.inner_test(kept, duty, data=None)


def test_the_contract_catches_a_reader_that_differs(monkeypatch):
    """A reader that takes 以下 for 不满 does not pass."""
    monkeypatch.setitem(columns.COMPARE, "<=", columns.COMPARE["<"])
    kept = contract(Chapter())()
    duty = next(duty for duty in DUTIES if duty.rule is RULES[0])
    # a limit nobody has compared yet: what a reader has once read, it keeps
    unread = attrs.evolve(duty, applies=Kiln.capacity.at_most("97.31 吨/年"))
    caught(kept.test_readers_agree_at_every_boundary, unread)


def test_the_contract_catches_a_quote_that_is_not_in_the_plan(tmp_path):
    """With the plan's text at hand, a sentence that is not there is told."""
    plan = tmp_path / "plan.txt"
    plan.write_text("测试任务。" + RULES[0].text, "utf-8")
    kept = contract(Chapter(), plan=plan)()
    kept.test_quote_stands_in_the_plan(RULES[0].clause)
    caught(kept.test_quote_stands_in_the_plan, RULES[1].clause)
    caught(kept.test_quote_stands_in_the_plan, attrs.evolve(RULES[0].clause, heading="另一任务"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2025年底前，推动6000万标砖/年以下", {"2025-12-31", "60000000"}),
        ("2024年12月底前，2台35吨", {"2024-12-31", "2", "35"}),
        ("总产能不低于1亿块/年", {"100000000"}),
        ("超过五年及以上", {"5"}),
        ("2024年，新创绿色制造名单1个", {"2024-12-31", "1"}),
        ("2024年9月底前自查，12月底前排查", {"2024-09-30", "2024-12-31"}),
        ("对2025年之后完成的", {"2025-12-31"}),
        ("PM2.5浓度控制在44.5微克/立方米以内", {"44.5"}),
        ("按豫政〔2024〕12号严格落实“三线一单”", set()),
        ("比例力争超过40%，提升0.5个百分点", {"40", "0.5"}),
        ("每十二个月", {"12"}),
    ],
)
def test_numbers_are_taken_out_of_sentences(text, numbers):
    """Figures, multiples, Chinese numerals and dates, but no names."""
    rule = attrs.evolve(RULES[0], clause=TASK.clause(1, text), numbers={})
    assert numbers_in_sentence(rule) == numbers


def test_numbers_are_taken_out_of_conditions():
    """Constants as they were written, spans of years, dates."""
    found = numbers_in_condition(RULES[0], [DUTIES[0]])
    assert found == {"100", "2025-09-30"}
    with pytest.raises(AssertionError, match="which no sentence says"):
        numbers_in_sentence(attrs.evolve(RULES[0], numbers={"两台": "2"}))


big = st.none() | st.decimals(0, 10**13 - 1, places=2, allow_nan=False)


@given(st.lists(st.tuples(big, big, big, big), min_size=1, max_size=20))
def test_products_and_ratios_are_exact_at_any_size(rows):
    """Both readers multiply without rounding or overflow, up to the largest values."""

    class Flow(airplan.Entity, zh="量"):
        a: airplan.Measured = airplan.measured("t", zh="甲")
        b: airplan.Measured = airplan.measured("t", zh="乙")
        c: airplan.Measured = airplan.measured("t", zh="丙")
        d: airplan.Measured = airplan.measured("t", zh="丁")

    names = ("a", "b", "c", "d")
    records = [dict(zip(names, values, strict=True)) for values in rows]
    records += [{**row, "c": row["a"], "d": row["b"]} for row in records]
    table = pl.DataFrame(
        [[None if v is None else float(v) for v in row.values()] for row in records],
        schema=dict.fromkeys(names, pl.Float64),
        orient="row",
    )
    day = dt.date(2025, 1, 1)
    for node in (
        (Flow.a / Flow.b).at_most(Flow.c / Flow.d),
        (Flow.a * Flow.b).less_than(Flow.c * Flow.d),
        Flow.a.at_least(Flow.b.times("1.1")),
        (Flow.a / Flow.b).more_than("0.5 t/t"),
    ):
        found = table.select(columns.condition(node, day).alias("x"))["x"]
        assert found.to_list() == [scalar.evaluate(node, row, day) for row in records]


def test_prose_says_every_condition_in_both_languages():
    """Each rule of the installed plugins reads as a sentence."""
    for rule in airplan.load_rulebook().rules.values():
        for tree in rule.trees:
            for lang in ("zh", "en"):
                assert prose.prose(tree, lang)


def test_the_change_offered_is_the_least():
    """Of the days that would settle a duty the nearest is offered, and of the numbers too."""
    facts = airplan.Facts.of(
        Works(id="w", industry="钢铁"),
        Kiln(id="k", works="w", capacity="1 吨/年", standby=False, closed_on="2025-12-01",
             rebuilt_on="never", dust="36 µg/m³"),
    )  # fmt: skip
    assessment = airplan.assess(rulebook(), facts, dt.date(2025, 11, 1))
    offered = {
        change.fact.name: (change.after, change.outcome)
        for rule in ("test.small-kilns-exit", "test.steel-kilns-clean")
        for change in assessment.explain(rule, "k").reasons[0].turns
    }
    assert offered["closed_on"] == (dt.date(2025, 11, 1), "LATE")
    assert offered["dust"] == (Decimal(35), "COMPLIANT")
    assert offered["capacity"] == (Decimal("100.000001"), "NOT_APPLICABLE")


@pytest.mark.parametrize(
    ("approved", "as_of", "at_least", "more_than"),
    [
        ("2019-03-01", "2024-02-29", False, False),
        ("2019-03-01", "2024-03-01", True, False),
        ("2019-03-01", "2024-03-02", True, True),
        ("2020-02-29", "2025-02-27", False, False),
        ("2020-02-29", "2025-02-28", True, False),
        ("2020-02-29", "2025-03-01", True, True),
        ("2019-03-29", "2024-03-29", True, False),
        ("2019-02-28", "2024-02-28", True, False),
        ("2019-02-28", "2024-02-29", True, True),
        ("never", "2030-01-01", False, False),
    ],
)
def test_a_period_of_years_ends_on_its_day(approved, as_of, at_least, more_than):
    """满五年 includes the anniversary, 超过五年 begins the day after; 29 February ends with its month."""
    row = {"closed_on": Kiln(id="k", closed_on=approved).closed_on}
    day = dt.date.fromisoformat(as_of)
    assert scalar.evaluate(Kiln.closed_on.at_least_ago(years=5), row, day) is at_least
    assert scalar.evaluate(Kiln.closed_on.more_than_ago(years=5), row, day) is more_than


def test_what_is_due_each_year_counts_within_the_year():
    """每年5月底前: an event of the year before is another year's."""
    rule = attrs.evolve(
        RULES[0],
        requires=Kiln.closed_on.happened(),
        due=airplan.yearly(5, 31, 2024, 2025),
        keeps=(),
        breaks=(),
        numbers={},
    )
    book = rulebook(rules=(rule, *RULES[1:]))
    kiln = Kiln(id="k", capacity="1 吨/年", standby=False, closed_on="2024-05-01")
    found = {v.duty.id: v.outcome for v in airplan.check(book, kiln, dt.date(2025, 6, 1))}
    assert found["test.small-kilns-exit@2024"] == "COMPLIANT"
    assert found["test.small-kilns-exit@2025"] == "VIOLATION"
