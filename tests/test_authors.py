"""What an author of a plugin, or of a service, gets wrong is told with what to write instead."""

import datetime as dt
from decimal import Decimal

import pytest

import airplan_core as airplan
from airplan_core import (
    CONVERTER,
    AirplanError,
    ConfigError,
    County,
    Event,
    Facts,
    FactsError,
    Rule,
    RuleError,
    Sum,
    UnitError,
    by,
    check,
    during,
    every,
    season,
    yearly,
)
from airplan_core.model.duty import duties
from airplan_core.model.metric import Metric
from airplan_core.model.tree import Constant, walk
from airplan_core.rulebook.config import Config, Replacement
from airplan_core.testing.numbers import numbers_in_condition, numbers_in_sentence, years_of
from tests.ledgers import MEAN, TASK, Day, Kiln, Works, rulebook

DAY = dt.date(2025, 10, 1)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: Kiln.capacity.times("10 万元"), "a plain number is meant"),
        (lambda: Sum(id="x", zh="x", of=Kiln.works, measure_of=Kiln.capacity.times("2")),
         "add each of them up, and compare the sums"),
        (lambda: Facts.of([Works(id="1")]), r"Facts\.of\(\*records\)"),
        (lambda: Facts.of(Works), r"none=\[Works\]"),
        (lambda: (Kiln.capacity / Kiln.capacity).at_most("0.03"), "write '3 %' for 0.03"),
        (lambda: (Kiln.capacity / Kiln.capacity).at_most(0.03), "write '3 %' for 0.03"),
        (lambda: check(rulebook(), Day(county="测试县", date="2024-01-01"), DAY), "no rule is about 'day'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_to_write(wrong, error):
    """In the words of the mistake, not of what broke."""
    with pytest.raises((RuleError, UnitError), match=error):
        wrong()


def test_a_reference_leads_to_a_row_or_to_nothing_that_is_known():
    """Among records, too; without a single row of the ledger it is not known."""
    with pytest.raises(FactsError, match="kiln, column 'works': read 'w1', expected .*'w'"):
        Facts.of(Kiln(id="k", works="w1"), Works(id="w"))
    assert Facts.of(Kiln(id="k", works="w1")).table(Kiln).height == 1


def test_a_ledger_with_a_key_makes_its_ids():
    """As a file without ids does; one that is given is kept."""
    assert Day(county="测试县", date="2024-01-01").id == "测试县/2024-01-01"
    assert Day(id="d", county="测试县").id == "d"
    with pytest.raises(TypeError, match="id"):
        Kiln(capacity="1 吨/年")


def test_a_converter_takes_chinese_labels_and_tells_every_mistake():
    """All at once, each with its field."""
    kiln = CONVERTER.structure({"编号": "1", "产能": "5 吨/年", "备用": "是", "阶段": " "}, Kiln)
    assert kiln == Kiln(id="1", capacity="5 吨/年", standby=True)
    with pytest.raises(ValueError, match="needs an 'id'") as told:
        CONVERTER.structure(
            {"产能": "5 kg", "standby": "maybe", "nope": 1, "阶段": "国五", "stage": "国六"}, Kiln
        )
    for part in ("Kiln.capacity", "neither yes nor no", "did you mean 'note'?", "stands twice"):
        assert part in str(told.value)


def test_a_verdict_as_a_service_answers_it():
    """The sentence, what is possible, what is missing, how far off, whose."""
    book = rulebook()
    (one,) = [
        v for v in check(book, Kiln(id="k", capacity="50 吨/年", standby=False), DAY)
        if v.rule == "test.small-kilns-exit"
    ]  # fmt: skip
    told = one.to_dict()
    assert told["outcome"] == "UNKNOWN"
    assert set(told["possible"]) == {"VIOLATION", "LATE", "COMPLIANT"}
    assert told["missing"] == ["closed_on", "rebuilt_on"]
    assert told["text"].startswith("2025年9月底前")
    assert told["departments"] == ["甲局", "乙局"]
    late = {v.rule: v for v in check(
        book, Kiln(id="k", capacity="50 吨/年", standby=False, closed_on="never", rebuilt_on="never"), DAY
    )}["test.small-kilns-exit"].to_dict()  # fmt: skip
    assert (late["outcome"], late["margin"], late["unit"]) == ("VIOLATION", -1, "天")
    assert late["due"] == dt.date(2025, 9, 30)
    related = check(book, Kiln(id="k", works="w"), DAY, Works(id="w"))
    assert all(v.to_dict()["duty"] == v.duty.id for v in related)


def test_records_are_called_briefly():
    """A failing test shows ten lines, not the whole plan."""
    book = rulebook()
    for one in (*book.duties, *book.rules.values()):
        assert len(repr(one)) < 120
    assert airplan.Rule


@pytest.mark.parametrize(
    ("made", "error"),
    [
        (lambda: Kiln.dust.times(1.1), r'times\("1.1"\)'),
        (lambda: Kiln.dust.times("nan"), "a plain number is meant"),
        (lambda: Kiln.dust.times(True), "a plain number is meant"),
        (lambda: Kiln.dust.times("10 万元"), "a plain number is meant"),
        (lambda: Kiln.dust.times(Kiln.dust), r"written with \*"),
        (lambda: Kiln.dust.plus(3), "two numbers are meant"),
        (lambda: Kiln.dust.minus(Kiln.closed_on), "two numbers are meant"),
        (lambda: Kiln.dust.at_least(Kiln.closed_on), "Kiln.closed_on is no number"),
        (lambda: Kiln.closed_on.happened_after(Event), "which is no date"),
        (lambda: Kiln.closed_on.at_least_ago(years="5"), "whole years and days"),
        (lambda: (Kiln.dust / Kiln.dust).at_least("0.03"), "write '3 %' for 0.03"),
    ],
)
def test_a_word_refuses_what_it_cannot_mean(made, error):
    """And says what to write instead, by the names of the fields."""
    with pytest.raises(AirplanError, match=error):
        made()


def test_a_multiple_is_held_as_it_is_written():
    """Not as a binary number would have it."""
    (times,) = [
        node for node in walk(Kiln.dust.times("1.1").at_most(Kiln.dust))
        if isinstance(node, Constant)
    ]  # fmt: skip
    assert times.value == Decimal("1.1")


@pytest.mark.parametrize("day", ["2025-01-01", dt.datetime(2025, 1, 1, 3), None])
def test_the_day_of_assessment_is_a_date(day):
    """For an assessment, and for one subject."""
    book = rulebook()
    with pytest.raises(RuleError, match=r"datetime\.date\(2025, 1, 1\)"):
        airplan.assess(book, Facts.of(), day)
    with pytest.raises(RuleError, match=r"datetime\.date\(2025, 1, 1\)"):
        airplan.check(book, Kiln(id="k"), day)


def test_a_ratios_limit_is_overridden_by_what_it_is_of():
    """A county writes the names of both sides, as the error for another name lists them."""
    ratio = Rule(
        id="test.ratio", clause=TASK.clause(160, "不高于 50%"), subject=Kiln,
        requires=(Kiln.dust / Kiln.dust).at_most("50 %"),
    )  # fmt: skip

    def with_(limits):
        given = {"test.ratio": Replacement(limits=limits)}
        return rulebook(
            Config(replace=given), rules=(ratio,), clauses=(ratio.clause,), metrics=()
        ).rules["test.ratio"]

    assert "40 %" in str([n.written for n in walk(with_({"dust / dust": "40 %"}).requires)
                          if isinstance(n, Constant)])  # fmt: skip
    with pytest.raises(ConfigError, match="dust / dust"):
        with_({"Arithmetic": "40 %"})


@pytest.mark.parametrize(
    ("sentence", "asked", "due"),
    [
        ("每年5月底前完成检查", Kiln.closed_on.happened(), yearly(5, 31, 2024, 2025)),
        ("每年开展检查", Kiln.closed_on.happened(), during(2024, 2025)),
        ("每季度检查", Kiln.closed_on.happened(), every("quarter", 2024)),
        ("一周一调度", Kiln.closed_on.happened(), every("week", 2024)),
        ("每年5月至9月检查", Kiln.closed_on.within(season("5月", "9月")), ()),
        ("每年较上年下降12%", MEAN.at_most(MEAN.last_year().times("0.88")), during(2024)),
        ("每年较2020年下降10%", MEAN.fallen_by("10 %", since=MEAN.in_year(2020)), during(2024)),
        ("自批准之日起15日内完成", Kiln.closed_on.happened(), by(Kiln.rebuilt_on.plus(days=15))),
    ],
)
def test_words_of_time_stand_for_their_own_numbers(sentence, asked, due):
    """No word of the sentence has to be explained away; another number is found."""

    def sets(text):
        county = any(isinstance(node, Metric) for node in walk(asked))
        rule = Rule(
            id="test.n", clause=TASK.clause(161, text), subject=County if county else Kiln,
            requires=asked, due=due,
        )  # fmt: skip
        made = duties(rule, {})
        held = numbers_in_condition(rule, made)
        said = numbers_in_sentence(rule)
        return said - held - years_of(made), held - said

    assert sets(sentence) == (set(), set())
    assert sets(sentence + "，不少于47次") != (set(), set())
