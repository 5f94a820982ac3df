"""一周一调度, 每季度: a duty for each period, each of which stands for itself."""

import datetime as dt
import json

import attrs
import polars as pl
import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
from airplan_core import (
    Attestation,
    Completeness,
    Count,
    Facts,
    FactsError,
    RuleError,
    Share,
    Term,
    by,
    during,
    every,
    in_a_row,
    measure_each,
    yearly,
)
from airplan_core.engines.polars.attach import computed
from airplan_core.facts.reading import read_folder
from airplan_core.report.chosen import Chosen
from airplan_core.report.data import assessment_json
from airplan_core.report.text import assessment_text
from tests.ledgers import HEAVY, Day, rulebook
from tests.meaning.amounts import Lot, Place
from tests.sentences.chapter import ENTITIES, METRICS, RULES, WEEKLY, Dispatch

EVERY = (*WEEKLY, *RULES)
BOOK = rulebook(
    None, rules=EVERY, clauses=tuple(rule.clause for rule in EVERY), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
HERE = BOOK.plan.county


def dispatched(*days):
    return [Dispatch(id=day, county=HERE, held_on=day) for day in days]


def stands(rule, as_of, *records, engine=None):
    facts = Facts.of(*records)
    found = airplan.assess(BOOK, facts, dt.date.fromisoformat(as_of), engine).verdicts
    found = found.filter(pl.col("rule") == rule)
    return dict(found.select("duty", "outcome").iter_rows())


WEEKLY = "test.weekly-dispatch"


def test_weeks_run_from_monday_to_sunday():
    """ISO 8601: 2024 begins on a Monday, and its 52nd week ends on 29 December; 2020 has 53."""
    terms = every("week", 2024, 2025)
    assert len(terms) == 104
    assert (terms[0].name, terms[0].begins, terms[0].due) == (
        "2024-W01", dt.date(2024, 1, 1), dt.date(2024, 1, 7)
    )  # fmt: skip
    assert (terms[51].name, terms[51].due) == ("2024-W52", dt.date(2024, 12, 29))
    assert (terms[52].begins, terms[-1].due) == (dt.date(2024, 12, 30), dt.date(2025, 12, 28))
    assert every("week", 2020)[-1].name == "2020-W53"


@pytest.mark.parametrize(
    ("span", "names", "last"),
    [
        ("month", ["2024-01", "2024-02"], (12, "2024-02-29")),
        ("quarter", ["2024-Q1", "2024-Q2"], (4, "2024-06-30")),
        ("half-year", ["2024-H1", "2024-H2"], (2, "2024-12-31")),
    ],
)
def test_the_other_spans_are_of_the_calendar(span, names, last):
    """Months, quarters and halves of the year."""
    terms = every(span, 2024)
    assert [term.name for term in terms[:2]] == names
    assert (len(terms), str(terms[1].due)) == last


def test_each_week_stands_for_itself():
    """A week that passed without is short for ever, and no other week makes up for it."""
    held = dispatched("2024-01-01", "2024-01-21", "2024-01-22", "2024-01-23")
    found = stands(WEEKLY, "2024-01-31", *held)
    assert [found[f"{WEEKLY}@2024-W0{n}"] for n in range(1, 6)] == [
        "COMPLIANT", "VIOLATION", "COMPLIANT", "COMPLIANT", "PENDING"
    ]  # fmt: skip
    later = stands(WEEKLY, "2026-01-01", *held)
    assert later[f"{WEEKLY}@2024-W02"] == "VIOLATION"
    assert sum(outcome == "COMPLIANT" for outcome in later.values()) == 3


def test_on_the_last_day_it_is_still_to_come():
    """Sunday belongs to its week."""
    first = f"{WEEKLY}@2024-W01"
    held = dispatched("2024-01-15")
    assert stands(WEEKLY, "2024-01-07", *held)[first] == "PENDING"
    assert stands(WEEKLY, "2024-01-08", *held)[first] == "VIOLATION"
    assert stands(WEEKLY, "2024-01-08", *dispatched("2024-01-07"))[first] == "COMPLIANT"


def test_a_record_without_a_day_may_be_of_any_week():
    """What is not known is not missed."""
    held = [*dispatched("2024-01-01"), Dispatch(id="?", county=HERE)]
    found = stands(WEEKLY, "2024-01-15", *held)
    assert found[f"{WEEKLY}@2024-W01"] == "COMPLIANT"
    assert found[f"{WEEKLY}@2024-W02"] == "UNKNOWN"


def test_a_recorded_act_is_of_its_own_period():
    """What was done for one quarter is not done for the next; a database says the same."""
    acts = [
        Attestation(id="1", clause="9.1-113", period="2024-Q1", done=True, done_on="2024-03-31"),
        Attestation(id="2", clause="9.1-113", period="2024-Q2", done=True, done_on="2024-07-01"),
        Attestation(id="3", clause="9.1-113", period="2024-Q3", done=False),
    ]
    rule = "test.quarterly-notice"
    expected = {f"{rule}@2024-Q{n + 1}": outcome for n, outcome in enumerate(
        ["COMPLIANT", "VIOLATION", "VIOLATION", "UNKNOWN"])}  # fmt: skip
    assert stands(rule, "2025-01-01", *acts) == expected
    engine = airplan.connect("duckdb")
    assert stands(rule, "2025-01-01", *acts, engine=engine) == expected
    engine.close()


def test_a_span_that_is_none_is_told():
    """With the nearest one."""
    with pytest.raises(RuleError, match="did you mean 'quarter'"):
        every("quarters", 2024)
    with pytest.raises(RuleError, match="did you mean 'week'"):
        every(["week"], 2024)


@pytest.mark.parametrize(
    "nothing",
    [by, during, lambda: yearly(5, 31), lambda: every("week")],
    ids=["by", "during", "yearly", "every"],
)
def test_what_is_due_on_no_day_is_no_duty(nothing):
    """Taken for a standing duty, it would be one that the sentence does not ask for."""
    with pytest.raises(RuleError, match=r"nothing (would be|is) due"):
        nothing()


def test_a_day_that_a_year_lacks_is_told():
    """29 February is no day to be due on each year."""
    assert yearly(2, 29, 2024)[0].due == dt.date(2024, 2, 29)
    with pytest.raises(RuleError, match="2025 has no such day"):
        yearly(2, 29, 2024, 2025)


def heavy(*days):
    return [Day(id=f"{HERE}/{day}", county=HERE, date=day, dust="151 µg/m³") for day in days]


def month(year, number, count):
    """A month with so many heavy days, and the others clean."""
    first = dt.date(year, number, 1)
    length = (dt.date(year + number // 12, number % 12 + 1, 1) - first).days
    return [
        Day(id=f"{HERE}/{year}-{number}-{n}", county=HERE, date=f"{year}-{number:02}-{n + 1:02}",
            dust="151 µg/m³" if n < count else "20 µg/m³")
        for n in range(length)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [(3, 4, "COMPLIANT"), (4, 3, "COMPLIANT"), (4, 4, "VIOLATION"), (None, 3, "COMPLIANT"),
     (None, 4, "UNKNOWN")],
)  # fmt: skip
def test_two_months_in_a_row(before, now, outcome):
    """连续两个月: the month before the first is December of the year before."""
    days = [*month(2024, 1, now), *(month(2023, 12, before) if before is not None else ())]
    found = stands("test.not-twice-last", "2024-02-01", *days)
    assert found["test.not-twice-last@2024-01"] == outcome
    assert found["test.not-twice-last@2024-03"] == "PENDING"


def test_what_is_not_over_is_not_in_a_row_yet():
    """While the month runs, too many days may still come, or are there already."""
    days = [*month(2023, 12, 4), *heavy("2024-01-01", "2024-01-02", "2024-01-03")]
    found = stands("test.not-twice-last", "2024-01-03", *days)
    assert found["test.not-twice-last@2024-01"] == "PENDING"
    found = stands("test.not-twice-last", "2024-01-04", *days, *heavy("2024-01-04"))
    assert found["test.not-twice-last@2024-01"] == "VIOLATION"


@pytest.mark.parametrize(
    ("every_", "begins", "before"),
    [
        ("week", dt.date(2024, 12, 30), "2024-W52"),
        ("month", dt.date(2024, 3, 1), "2024-02"),
        ("quarter", dt.date(2024, 1, 1), "2023-Q4"),
        ("half-year", dt.date(2024, 7, 1), "2024-H1"),
    ],
)
def test_before_a_period_there_is_one_alike(every_, begins, before):
    """Of the calendar: February has its own last day."""
    terms = {term.begins: term.period for year in (2024, 2025) for term in every(every_, year)}
    names = {term.name: term.period for year in (2023, 2024) for term in every(every_, year)}
    assert terms[begins].before(1) == names[before]


def test_a_row_is_of_metrics_and_of_two_at_least():
    """Told when it is written."""
    with pytest.raises(RuleError, match="of two periods or more"):
        in_a_row(1, HEAVY.more_than("3 天"))
    with pytest.raises(RuleError, match="a condition on metrics"):
        in_a_row(2, Dispatch.held_on.happened())
    with pytest.raises(RuleError, match="there is none alike"):
        Term(dt.date(2024, 5, 31), "2024", dt.date(2024, 1, 1)).period.before(1)


def test_weeks_are_folded_in_reports():
    """52 周中缺 3 周: one line a subject, which names the weeks that were missed."""
    weeks = [f"2024-{day}" for day in ("01-01", "01-08", "01-22", "02-12")]
    facts = Facts.of(*dispatched(*weeks))
    assessment = airplan.assess(BOOK, facts, dt.date(2024, 2, 25))
    (one,) = [one for one in assessment.missed() if one.rule.id == WEEKLY]
    assert one.text() == "7 周中缺 3 周：2024-W03、2024-W05、2024-W06"
    assert one.text("en") == "3 of 7 weeks missed: 2024-W03, 2024-W05, 2024-W06"
    page = assessment_text(assessment, width=300)
    assert page.count(WEEKLY) == 1
    assert one.text() in page
    assert "乙局" in assessment_text(assessment, by_department=True, width=300)
    assert one.text() in assessment_text(assessment, by_department=True, width=300)
    missed = json.loads(assessment_json(Chosen(assessment)))["missed"]
    assert {"rule": WEEKLY, "every": "week", "over": 7}.items() <= missed[0].items()
    assert missed[0]["short"] == list(one.short)


def test_weeks_of_which_nothing_is_known_are_one_line():
    """UNKNOWN is folded, too, and says so."""
    undated = Dispatch(id="1", county=HERE)
    assessment = airplan.assess(BOOK, Facts.of(undated), dt.date(2024, 2, 25))
    assert not [one for one in assessment.missed() if one.rule.id == WEEKLY]
    page = assessment_text(assessment, width=300)
    assert page.count(WEEKLY) == 1
    assert f"{WEEKLY}（7 周）" in page


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("2024年第5周", "2024-W05"), ("2024-w5", "2024-W05"), ("2024第05周", "2024-W05"),
        ("2024年5月", "2024-05"), ("2024/5", "2024-05"), ("2024年05月份", "2024-05"),
        ("2024年二季度", "2024-Q2"), ("2024年第2季度", "2024-Q2"), ("2024q2", "2024-Q2"),
        ("2024年上半年", "2024-H1"), ("2024-H2", "2024-H2"), ("2024年度", "2024"),
        ("２０２４年", "2024"), ("2024-01-01/2024-05-31", "2024-01-01/2024-05-31"),
        ("2024年第54周", "2024年第54周"), ("2024年13月", "2024年13月"), ("第5周", "第5周"),
        ("2024-09-30", "2024-09-30"), ("2024年5季度", "2024年5季度"),
    ],
)  # fmt: skip
def test_a_period_is_called_as_people_do(tmp_path, written, called):
    """In a record, and in a file; what is no period stays what was written."""
    assert Attestation(id="1", clause="9.1-113", period=written).period == called
    (tmp_path / "attestation.csv").write_text(
        f"条款,时段,是否完成\n9.1-113,{written},是\n", "utf-8"
    )
    facts = read_folder(tmp_path, (Attestation,))
    assert facts.table(Attestation)["period"].to_list() == [called]


def test_a_period_that_is_not_asked_about_is_told():
    """Of a hundred weeks, the first and the last are named."""
    clause = "9.1-113"
    with pytest.raises(FactsError, match="2024-Q1 or 2024-Q2"):
        airplan.assess(
            BOOK,
            Facts.of(Attestation(id="1", clause=clause, period="2024-05", done=True)),
            dt.date(2025, 1, 1),
        )


def known(metric, rows):
    """The intervals of a metric, and what else is told of it, by subject and days."""
    parts = ("lo", "hi", "value", "known", "possible", "gaps", "part", "total", "some")
    return {
        (row["id"], one.period.begins): tuple(row[one.part(part)] for part in parts)
        for one, row in ((one, row) for one in metric for row in rows.iter_rows(named=True))
    }


DAYS = [None] * 10 + [dt.date(2023, 12, 29) + dt.timedelta(days=n) for n in range(40)]
ROW = st.tuples(
    st.sampled_from([None, "A", "A", "B"]), st.sampled_from(DAYS), st.sampled_from([None, "1 吨", "3 吨"]),
    st.sampled_from([True, False, None]),
)  # fmt: skip


@given(
    st.lists(ROW, max_size=6),
    st.sampled_from(["2024-01-10", "2024-01-21", "2024-02-10"]),
    st.sampled_from(["week", "month"]),
    st.booleans(),
)
def test_many_periods_at_once_are_as_each_by_itself(rows, as_of, span, observed):
    """Counts, sums, shares and prices; of rows without a day, and of nobody's."""
    as_of = dt.date.fromisoformat(as_of)
    said = {"of": Lot.place, "on": Lot.day, "observed": observed, "better": "more"}
    metrics = (
        Count(id="a.count", zh="次数", unit="次", where=Lot.good, **said),
        Lot.amount.sum(id="a.sum", zh="合计", **said),
        Lot.amount.share(id="a.share", zh="占比", where=Lot.good, **said),
        Share(id="a.part", zh="占比", unit="次", where=Lot.good, among=Lot.raw, **said),
        Lot.sort.prices({"甲": "1 元", "乙": "3 元"}).sum(id="a.cost", zh="费用", **said),
    )
    terms = every(span, 2024)[: 5 if span == "week" else 4]
    lots = [
        Lot(id=f"{n}", place=place, day=day, amount=amount, good=good, raw=good is not False,
            sort=None if good is None else "甲" if good else "乙")
        for n, (place, day, amount, good) in enumerate(rows)
    ]  # fmt: skip
    facts = Facts.of(Place(id="A"), Place(id="B"), *lots)
    ids = pl.Series("id", ["A", "B"])
    for metric in metrics:
        many = [metric.over(term.period) for term in terms]
        apart = [metric.over(attrs.evolve(term.period, every="")) for term in terms]
        together = computed(ids.to_frame(), facts, many, as_of)
        by_itself = measure_each(apart, [facts.table(Lot)], ids, as_of) if lots else None
        if by_itself is not None:
            assert known(many, together) == known(apart, by_itself)


def test_a_month_lacks_as_many_days_as_it_has():
    """February is whole with 29 days, June with 30: none is held against a January of 31."""
    metric = Count(
        id="a.whole", zh="天数", unit="天", of=Lot.place, on=Lot.day, where=Lot.good,
        complete=Completeness(days=366, month=31, february=29, source="", leaves_out=False),
    )  # fmt: skip
    first = dt.date(2024, 1, 1)
    lots = [
        Lot(id=f"{n}", place="A", day=first + dt.timedelta(days=n), good=False) for n in range(366)
    ]
    facts, ids = Facts.of(Place(id="A"), *lots), pl.Series("id", ["A"])
    many = [metric.over(term.period) for term in every("month", 2024)]
    found = computed(ids.to_frame(), facts, many, dt.date(2025, 1, 1))
    assert {found[end].item() for one in many for end in one.ends} == {0}
