"""自发现之日起15日内: a due day of each subject's own, and events a span apart."""

import datetime as dt

import pytest

import airplan_core as airplan
from airplan_core import Rule, RuleError, by, during
from airplan_core.assessment.explanation import explanation_text
from tests.ledgers import TASK, outcomes, rulebook
from tests.sentences.chapter import ENTITIES, METRICS, RULES, Check, Leak, Stop

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip


def day(text):
    return dt.date.fromisoformat(text)


def stands(rule, as_of, record):
    return outcomes(BOOK, day(as_of), record)[rule][record.id]


@pytest.mark.parametrize(
    ("as_of", "found", "repaired_on", "outcome"),
    [
        # found on 1 March: that day does not count, and the sixth is the last
        ("2024-03-06", "2024-03-01", "never", "PENDING"),
        ("2024-03-07", "2024-03-01", "never", "VIOLATION"),
        ("2024-03-07", "2024-03-01", "2024-03-06", "COMPLIANT"),
        ("2024-03-07", "2024-03-01", "2024-03-07", "LATE"),
        ("2024-03-06", "2024-03-01", "2024-03-07", "PENDING"),
        ("2024-03-06", "2024-03-01", "2024-03-01", "COMPLIANT"),
        # what was found a day later is due a day later
        ("2024-03-07", "2024-03-02", "never", "PENDING"),
        # nothing is known of the repair
        ("2024-03-07", "2024-03-01", None, "UNKNOWN"),
        ("2024-03-06", "2024-03-01", None, "UNKNOWN"),
        # when it was found is not known: it may be today, or long ago
        ("2024-03-07", None, "never", "UNKNOWN"),
        # nothing has been found, or not yet
        ("2024-03-07", "never", "never", "NOT_APPLICABLE"),
        ("2024-03-07", "2024-03-08", "never", "NOT_APPLICABLE"),
    ],
)
def test_each_leak_is_due_on_its_own_day(as_of, found, repaired_on, outcome):
    """Five days after it was found; pending until then, late afterwards, overdue for ever."""
    leak = Leak(id="1", found_on=found, repaired_on=repaired_on)
    assert stands("test.leak-first-repair", as_of, leak) == outcome


@pytest.mark.parametrize(
    ("as_of", "repaired_on", "margin"),
    [("2024-03-04", "never", 2), ("2024-03-09", "never", -3), ("2024-03-20", "2024-03-05", 1),
     ("2024-03-20", "2024-03-08", -2)],
)  # fmt: skip
def test_the_days_left_and_overdue_are_its_own(as_of, repaired_on, margin):
    """As of any task with a due date; the verdict names the day."""
    leak = Leak(id="1", found_on="2024-03-01", repaired_on=repaired_on)
    found = airplan.assess(BOOK, airplan.Facts.of(leak), day(as_of)).verdicts
    (row,) = found.filter(found["rule"] == "test.leak-first-repair").to_dicts()
    assert (row["margin"], row["unit"], row["due"]) == (margin, "天", day("2024-03-06"))


def test_what_falls_short_stands_in_the_order_of_its_days():
    """Longest overdue first, be the due days those of the subjects or of the rule."""
    leaks = [Leak(id=id, found_on=on, repaired_on="never", closed_on="never", postponed=False)
             for id, on in (("late", "2024-01-01"), ("later", "2024-02-01"))]  # fmt: skip
    assessment = airplan.assess(BOOK, airplan.Facts.of(*leaks), day("2024-03-01"))
    for limit in (None, 3):
        found = assessment.falls_short(limit)
        assert found["subject"].to_list() == ["late", "late", "later", "later"][:limit]
        assert found["due"].is_sorted()


def test_explain_names_the_day_and_what_it_is_counted_from():
    """In Chinese, with the subject's own day."""
    leak = Leak(id="1", found_on="2024-03-01", repaired_on="never")
    assessment = airplan.assess(BOOK, airplan.Facts.of(leak), day("2024-03-09"))
    told = explanation_text(assessment.explain("test.leak-first-repair", "1"))
    assert "2024-03-06" in told
    assert "发现日期后5日" in told


@pytest.mark.parametrize(
    ("reported_on", "stopped_on", "outcome"),
    [
        ("2024-03-07", "2024-03-10", "COMPLIANT"),
        ("2024-03-08", "2024-03-10", "VIOLATION"),
        ("never", "2024-03-10", "VIOLATION"),
        (None, "2024-03-10", "UNKNOWN"),
        ("2024-03-08", "never", "NOT_APPLICABLE"),
        ("2024-03-08", None, "UNKNOWN"),
    ],
)
def test_an_event_stands_so_long_before_another(reported_on, stopped_on, outcome):
    """提前3日报告."""
    stop = Stop(id="1", reported_on=reported_on, stopped_on=stopped_on)
    assert stands("test.stop-announced", "2024-04-01", stop) == outcome


@pytest.mark.parametrize(
    ("tested_on", "retested_on", "outcome"),
    [
        ("2024-11-30", "2025-02-28", "COMPLIANT"),  # February has no 30th
        ("2024-11-30", "2025-02-27", "VIOLATION"),
        ("2024-01-15", "2024-04-15", "COMPLIANT"),
        ("2024-01-15", "2024-04-14", "VIOLATION"),
        ("2024-01-15", "never", "VIOLATION"),
        ("2024-01-15", None, "UNKNOWN"),
    ],
)
def test_an_event_stands_so_long_after_another(tested_on, retested_on, outcome):
    """复测不早于3个月: months end on the day of the month, or on its last."""
    check = Check(id="1", tested_on=tested_on, retested_on=retested_on)
    assert stands("test.retested", "2026-01-01", check) == outcome


def test_what_no_day_is_left_for_has_not_happened_known_or_not(engine):
    """Three months after yesterday have not passed, and a plan of last year is over: not open."""
    year = Rule(
        id="test.by-plan", clause=TASK.clause(153, "每年按期复测"), en="Each year, as planned.",
        subject=Check, requires=Check.retested_on.happened_by(Check.tested_on), due=during(2025),
    )  # fmt: skip
    rules = (*RULES, year)
    book = rulebook(
        None, rules=rules, clauses=tuple(rule.clause for rule in rules), metrics=METRICS,
        entities=ENTITIES,
    )  # fmt: skip
    facts = airplan.Facts.of(
        Check(id="yesterday", tested_on="2025-12-31"), Check(id="old", tested_on="2024-12-31"),
        Check(id="soon", tested_on="2025-10-01"),
    )  # fmt: skip
    for one in (None, engine):
        found = airplan.assess(book, facts, day("2026-01-01"), one).verdicts
        stood = {(row["rule"], row["subject"]): row["outcome"] for row in found.to_dicts()}
        assert stood["test.retested", "yesterday"] == "VIOLATION"
        assert stood["test.retested", "soon"] == "UNKNOWN"
        assert stood["test.by-plan", "old"] == "VIOLATION"
        assert stood["test.by-plan", "soon"] == "UNKNOWN"


def test_after_another_event_is_not_on_its_day():
    """晚于 leaves the day itself out, and 不早于 takes it in."""
    for word, same in (("happened_after", "VIOLATION"), ("happened_from", "COMPLIANT")):
        rule = Rule(
            id="test.after", clause=TASK.clause(150, "复测晚于检测"), en="After.", subject=Check,
            requires=getattr(Check.retested_on, word)(Check.tested_on),
        )  # fmt: skip
        book = rulebook(None, rules=(rule,), clauses=(rule.clause,), metrics=(), entities=ENTITIES)
        check = Check(id="1", tested_on="2024-05-01", retested_on="2024-05-01")
        assert outcomes(book, day("2026-01-01"), check)["test.after"]["1"] == same


def test_a_date_and_a_day_of_ones_own_are_two_rules():
    """The mistake is told with what to write instead."""
    with pytest.raises(RuleError, match="make them two rules"):
        by("2024-10-31", Leak.found_on.plus(days=5))
    with pytest.raises(RuleError, match=r"Leak\.found_on\.plus\(days=15\)"):
        by(Leak.found_on)
    with pytest.raises(RuleError, match="reads Leak.found_on"):
        Rule(
            id="test.other", clause=TASK.clause(151, "整改"), en="", subject=Stop,
            requires=Stop.stopped_on.happened(), due=by(Leak.found_on.plus(days=5)),
        )  # fmt: skip


@pytest.mark.parametrize("span", [{"days": 1.5}, {"days": "3"}, {"months": None}, {"days": True}])
def test_a_span_is_of_whole_days(span):
    """Told where it is written, not on the day of assessment."""
    for word in (Leak.found_on.plus, Leak.found_on.minus):
        with pytest.raises(RuleError, match=r"found_on: (days|months)=.* a whole number is meant"):
            word(**span)


def test_several_days_of_ones_own_are_told_apart_by_their_spans():
    """5日内, 15日内, 3个月内: one duty for each, and each is due on its own day."""
    found, name = Leak.found_on, "test.leak-thrice"
    rule = Rule(
        id=name, clause=TASK.clause(152, "当日、5日内、3个月零2日内复查"), en="Thrice.",
        subject=Leak, requires=Leak.repaired_on.happened(),
        due=by(found.plus(), found.plus(days=5), found.plus(months=3, days=2)),
    )  # fmt: skip
    book = rulebook(None, rules=(rule,), clauses=(rule.clause,), metrics=(), entities=ENTITIES)
    leak = Leak(id="1", found_on="2024-03-01", repaired_on="2024-03-06")
    stood = airplan.check(book, leak, day("2025-01-01"))
    assert {verdict.duty.id: verdict.outcome for verdict in stood} == {
        f"{name}@found_on+0": "LATE",
        f"{name}@found_on+5d": "COMPLIANT",
        f"{name}@found_on+3m+2d": "COMPLIANT",
    }
