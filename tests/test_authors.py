"""What an author of a plugin, or of a service, gets wrong is told with what to write instead."""

import datetime as dt
from decimal import Decimal

import attrs
import pytest

import airplan_core as airplan
from airplan_core import (
    CONVERTER,
    AirplanError,
    Completeness,
    ConfigError,
    County,
    Event,
    Facts,
    FactsError,
    Quantity,
    Rule,
    RuleError,
    Sum,
    UnitError,
    by,
    check,
    counted,
    during,
    every,
    in_a_row,
    named,
    occurrence,
    season,
    yearly,
)
from airplan_core.model.duty import duties
from airplan_core.model.metric import Metric
from airplan_core.model.tree import Constant, walk
from airplan_core.rulebook.config import Config, Replacement
from airplan_core.testing.numbers import mismatch
from tests.ledgers import MEAN, TASK, Day, Kiln, Retrofit, Works, rulebook, small_exit

DAY = dt.date(2025, 10, 1)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: Kiln.capacity.times("10 万元"), "a factor has no unit, '万元'"),
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


RATIO = Kiln.capacity / Kiln.capacity
OF = {"id": "x", "zh": "x", "of": Day.county}
NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (1.1, r'times\("1.1"\), which a float is not'),
        (NAN, r'as it is written: times\("1.1"\)'), (INFINITE, "as it is written"),
        ("nan", "as it is written"), (True, "as it is written"), (None, "as it is written"),
        ("110 %", r'a part is written as a number: times\("1.1"\)'),
        (Kiln.burners, r"Kiln.burners\): .*; two fields are multiplied with \*"),
        (0, "more than nothing"), ("-1", "more than nothing"),
        ("1e400", "at most 15 digits"), ("0.0000001", "6 of them decimals"),
    ],
)  # fmt: skip
def test_a_factor_is_a_plain_number(number, error):
    """As the sentence writes it: without a binary tail, a unit, or a field."""
    with pytest.raises(RuleError, match=error):
        Kiln.capacity.times(number)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: Kiln.capacity * 2, r"Kiln.capacity \* 2: two numbers are meant"),
        (lambda: Kiln.capacity.plus("3 吨/年"), r"Kiln.capacity \+ '3 吨/年': two numbers"),
        (lambda: Kiln.capacity.plus(Kiln.standby), "Kiln.standby: two numbers are meant"),
        (lambda: Kiln.capacity.fallen_by("3 %", None), "/ None: two numbers are meant"),
        (lambda: Kiln.capacity.fallen_by("3 %", Kiln.dust), "give both one unit"),
        (lambda: Kiln.capacity.fallen_by("0.03", Kiln.capacity), "write '3 %'"),
        (lambda: MEAN.fallen_by("3 %", since=2020), r"METRIC.in_year\(2020\)"),
        (lambda: Kiln.capacity.at_least(3.5), "has no unit: write '3.5 吨/年'"),
        (lambda: Kiln.capacity.at_least("3"), "has no unit: write '3 吨/年'"),
        (lambda: Kiln.capacity.at_least(True), "True has no unit: write '3 吨/年'"),
        (lambda: Kiln.capacity.at_least(NAN), "nan has no unit: write '3 吨/年'"),
        (lambda: Kiln.capacity.at_least(Kiln.standby), "Kiln.standby is no number"),
        (lambda: Kiln.capacity.at_least({}), "a limit for each stage"),
        (lambda: Kiln.capacity.at_least({True: "3 吨/年"}), "True is no year"),
        (lambda: Kiln.share.at_least("0.03"), "write '3 %' for 0.03"),
        (lambda: RATIO.at_most(True), "write '3 %' for 0.03"),
        (lambda: RATIO.at_most("3 百分点"), "write '3 %' for 0.03"),
        (lambda: RATIO.at_most({2024: "0.03"}), "write '3 %' for 0.03"),
        (lambda: Quantity(NAN, "吨"), "a number is meant, 1.5; read nan"),
        (lambda: Quantity(True, "吨"), "read True"),
        (lambda: Quantity.of(1.1), "1.1 has no unit"),
        (lambda: Kiln(id="1", burners=True), "read True"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_told(wrong, error):
    """A float, a truth value and what is no number at all, wherever a number is written."""
    with pytest.raises((RuleError, UnitError), match=error):
        wrong()


@pytest.mark.parametrize("wrong", [1.5, 2.0, "2", True, NAN, -1, 10**9])
def test_what_counts_is_a_whole_number(wrong):
    """Told where it is written, by every word that counts; none of what would be taken for one."""
    words = [
        lambda n: MEAN.previous(n), lambda n: MEAN.rounded(n), lambda n: MEAN.in_year(n),
        lambda n: in_a_row(n, MEAN.at_most("3 µg/m³")) if n != 10**9 else MEAN.previous(n),
        lambda n: Kiln.closed_on.at_least_ago(years=n),
        lambda n: Kiln.closed_on.more_than_ago(days=n),
        lambda n: Kiln.closed_on.plus(days=n) if n != -1 else Kiln.closed_on.plus(days="1"),
        lambda n: Day.dust.percentile(n, **OF, on=Day.date),
        lambda n: Day.dust.mean(**OF, on=Day.date, last=n),
        lambda n: Completeness(days=n, month=27, february=25, source="…"),
        lambda n: during(n), lambda n: yearly(n, 31, 2024), lambda n: every("week", n),
        lambda n: counted("台", zh="x", floor=n if n != 10**9 else "1"),
        lambda n: named({Kiln.capacity: "35 吨/年"}, n if n != 10**9 else 0),
        lambda n: occurrence(Day.county, on=Day.date).prices({n: "2 万元"}),
    ]  # fmt: skip
    for word in words:
        with pytest.raises((RuleError, UnitError)) as told:
            word(wrong)
        assert len(str(told.value)) < 300


@pytest.mark.parametrize(
    "bounds",
    [{"floor": 0}, {"floor": "nan 吨"}, {"ceiling": "3 m"}, {"least": "0"}, {"mistaken": True}],
)
def test_the_bounds_of_a_field_are_quantities_in_its_unit(bounds):
    """Told when the ledger is made, not when the first row of it is read."""
    with pytest.raises(UnitError, match=f"x: {next(iter(bounds))}="):
        airplan.measured("吨", zh="x", **bounds)


def test_a_number_is_as_it_is_written():
    """1.1 is eleven tenths, whatever a double makes of it."""
    assert Quantity(1.1, "吨").value == Decimal("1.1")
    assert airplan.Band(1.1, "x", "x", "red").up_to == Decimal("1.1")
    for multiple in ("1.1", Decimal("1.1"), "１.１"):
        assert Kiln.capacity.times(multiple).right.value == Decimal("1.1")


class Fleet(airplan.Entity, zh="车队"):
    """Cars of a county, and how dusty each is."""

    county: airplan.Reference[airplan.County] = airplan.reference(airplan.County, zh="县市")
    cars: airplan.Counted = counted("辆", zh="车数")


class Weighing(airplan.Entity, zh="称重"):
    """What is weighed in a county."""

    county: airplan.Reference[airplan.County] = airplan.reference(airplan.County, zh="县市")
    ash: airplan.Measured = airplan.measured("mg/kg", zh="灰分", floor="0 mg/kg")


FLEET, WEIGHED = Fleet.cars, Weighing.ash
OF_WEIGHED = {**OF, "of": Weighing.county}
YARD = Retrofit.done_on
WHICH = "of a row of Kiln, and {} of one of {}"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: Kiln.closed_on.happened_by(YARD), WHICH.format("Retrofit.done_on", "Retrofit")),
        (lambda: Kiln.closed_on.happened_after(YARD.plus(days=3)), "make a metric of it"),
        (lambda: Kiln.closed_on.happened_from(YARD), "Retrofit"),
        (lambda: Kiln.closed_on.happened_after(Kiln.closed_on), "held against itself"),
        (lambda: Kiln.closed_on.happened_by(Kiln.closed_on.plus(days=1)), "held against itself"),
        (lambda: Kiln.closed_on.happened_after(airplan.Event), "which is no date"),
        (lambda: Kiln.closed_on.happened_after(Kiln.works), "which is no date"),
        (lambda: Kiln.dust.plus(Day.dust), WHICH.format("Day.dust", "Day")),
        (lambda: Kiln.dust.minus(Day.dust), WHICH.format("Day.dust", "Day")),
        (lambda: Kiln.dust / Day.dust, WHICH.format("Day.dust", "Day")),
        (lambda: Kiln.dust * Day.dust, WHICH.format("Day.dust", "Day")),
        (lambda: Kiln.dust.at_most(Day.dust), WHICH.format("Day.dust", "Day")),
        (lambda: Kiln.dust.at_most(MEAN), WHICH.format("test.mean", "County")),
        (lambda: Kiln.dust.fallen_by("3 %", Day.dust), WHICH.format("Day.dust", "Day")),
        (lambda: Kiln.standby & Works.industry.is_("钢铁"), "write Kiln.works.industry"),
        (lambda: airplan.whole("二", Kiln.standby, Works.industry.is_("钢铁")), "Kiln.works.industry"),
        (lambda: Kiln.dust.sum(id="x", zh="x", of=Kiln.works, on=Day.date), "over Kiln, .* Day.date; follow"),
        (lambda: Kiln.dust.sum(id="x", zh="x", of=Kiln.works, where=Works.industry.is_("钢铁")),
         "over Kiln, but reads Works.industry; write Kiln.works.industry"),
        (lambda: Kiln.dust.sum(id="x", zh="x", of=Day.county), "over Day, but reads Kiln.dust"),
        (lambda: Kiln.dust.sum(id="x", zh="x", of=Kiln.works, on=Kiln.dust), "one of its dates"),
        (lambda: Kiln.dust.sum(id="x", zh="x", of=Kiln.works, on="2024-01-01"), "one of its dates"),
        (lambda: airplan.WeightedMean(**OF_WEIGHED, measure_of=WEIGHED, by=Kiln.burners), "reads Kiln.burners"),
        (lambda: Kiln.stage.prices(dict.fromkeys(Kiln.stage.values, "1 元")).sum(
            times=FLEET, id="x", zh="x", of=Kiln.works), "over Kiln, but reads Fleet.cars"),
        (lambda: attrs.evolve(small_exit, keeps=[{Works.industry: "钢铁"}]),
         "one of its examples says Works.industry; write Kiln.works.industry"),
        (lambda: attrs.evolve(small_exit, applies=Works.industry.is_("钢铁")), "write Kiln.works.industry"),
    ],
)  # fmt: skip
def test_a_row_of_another_ledger_is_reached_by_a_reference(wrong, error):
    """Both ledgers are named, and the way from one to the other, as soon as it is written."""
    with pytest.raises(RuleError, match=error):
        wrong()


@pytest.mark.parametrize("day", ["2025-01-01", dt.datetime(2025, 1, 1), 2025, None])
def test_a_day_of_assessment_is_a_date(day):
    """Neither a text nor a time."""
    book, kiln = rulebook(), Kiln(id="k")
    for asked in (
        lambda: check(book, kiln, day),
        lambda: airplan.assess(book, Facts.of(kiln), day),
    ):
        with pytest.raises(airplan.AirplanError, match=r"is a date, datetime.date\(2025, 1, 1\)"):
            asked()


@pytest.mark.parametrize("given", [Kiln(id="k"), [Kiln(id="k")], "examples/qinyang"])
def test_what_is_assessed_is_facts(given):
    """It says how they are made."""
    with pytest.raises(airplan.AirplanError, match=r"read_facts\(folder, rulebook\), or Facts.of"):
        airplan.assess(rulebook(), given, DAY)


@pytest.mark.parametrize("given", [[], [Works(id="1")], {"works": []}, iter([Works(id="1")])])
def test_facts_are_made_of_records_one_by_one(given):
    """A list of them is unpacked."""
    with pytest.raises(RuleError, match=r"Facts\.of\(\*records\)"):
        Facts.of(given)


def test_a_reference_leads_to_a_row_or_to_nothing_that_is_known():
    """Among records, too; without a single row of the ledger it is not known."""
    with pytest.raises(FactsError, match="kiln, column 'works': read 'w1', expected .*'w'"):
        Facts.of(Kiln(id="k", works="w1"), Works(id="w"))
    assert Facts.of(Kiln(id="k", works="w1")).table(Kiln).height == 1


def test_a_ledger_with_a_key_makes_its_ids():
    """As a file without ids does; one that is given is kept."""
    assert Day(county="测试县", date="2024-01-01").id == "测试县/2024-01-01"
    assert Day(id="d", county="测试县").id == "d"
    for keyed in (Day, Retrofit):
        with pytest.raises(
            ValueError, match="its id is made of (county, date|works), and none is given"
        ):
            keyed()
    with pytest.raises(TypeError, match="id"):
        Kiln(capacity="1 吨/年")


def test_a_keyed_ledger_says_by_what():
    """Otherwise it would have no ids."""
    with pytest.raises(RuleError, match=r"Shed is Keyed: say by which fields, key=\(…\), or"):
        type("Shed", (airplan.Keyed,), {}, zh="棚")


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
        (lambda: Kiln.dust.times("10 万元"), "a factor has no unit"),
        (lambda: Kiln.dust.times(Kiln.dust), r"multiplied with \*"),
        (lambda: Kiln.dust.plus(3), "two numbers are meant"),
        (lambda: Kiln.dust.minus(Kiln.closed_on), "two numbers are meant"),
        (lambda: Kiln.dust.at_least(Kiln.closed_on), "Kiln.closed_on is no number"),
        (lambda: Kiln.closed_on.happened_after(Event), "which is no date"),
        (lambda: Kiln.closed_on.at_least_ago(years="5"), "a whole number is meant"),
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
    with pytest.raises(AirplanError, match=r"datetime\.date\(2025, 1, 1\)"):
        airplan.assess(book, Facts.of(), day)
    with pytest.raises(AirplanError, match=r"datetime\.date\(2025, 1, 1\)"):
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

    def of(text):
        county = any(isinstance(node, Metric) for node in walk(asked))
        rule = Rule(
            id="test.n", clause=TASK.clause(161, text), subject=County if county else Kiln,
            requires=asked, due=due,
        )  # fmt: skip
        return mismatch(rule, duties(rule, {}))

    assert of(sentence) == ([], [])
    assert of(sentence + "，不少于47次") != ([], [])
