"""5个工作日内: neither weekends nor holidays count, what is worked for them does."""

import datetime as dt
import itertools

import pytest

import airplan_core as airplan
from airplan_core import Facts, Rule, RuleError, by
from airplan_core.assessment.explanation import explanation_text
from airplan_core.quantities import workdays
from airplan_core.readers.boundaries import boundaries
from airplan_core.readers.prose import prose
from tests.ledgers import TASK, outcomes, rulebook
from tests.sentences.chapter import ENTITIES, METRICS, RULES
from tests.sentences.clock import Complaint, Fault

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
CLOSED = "test.complaint-closed"


def day(text):
    return dt.date.fromisoformat(text)


def verdict(as_of, **fields):
    found = airplan.assess(BOOK, Facts.of(Complaint(id="1", **fields)), day(as_of)).verdicts
    (row,) = found.filter(found["rule"] == CLOSED).to_dicts()
    return row


@pytest.mark.parametrize(
    ("taken", "due"),
    [
        # a plain week; of a Friday and of the days off after it
        ("2024-03-04", "2024-03-11"), ("2024-03-08", "2024-03-15"), ("2024-03-09", "2024-03-15"),
        ("2024-03-10", "2024-03-15"), ("2024-03-11", "2024-03-18"),
        # 春节 2024: 4 and 18 February, Sundays, are worked
        ("2024-02-02", "2024-02-08"), ("2024-02-03", "2024-02-08"), ("2024-02-04", "2024-02-09"),
        ("2024-02-08", "2024-02-21"), ("2024-02-09", "2024-02-22"), ("2024-02-17", "2024-02-22"),
        # 国庆节 2025: 28 September and 11 October are worked
        ("2025-09-26", "2025-10-10"), ("2025-09-30", "2025-10-14"),
        # 元旦 2026: Sunday, 4 January is worked; across New Year
        ("2025-12-30", "2026-01-07"),
        # the last that is known
        ("2026-12-24", "2026-12-31"),
    ],
)  # fmt: skip
def test_it_is_due_on_the_fifth_working_day(taken, due):
    """The day itself does not count; on the last it is not late yet, the day after it is."""
    after = (day(due) + dt.timedelta(days=1)).isoformat()
    for as_of, closed, outcome in (
        (due, "never", "PENDING"), (after, "never", "VIOLATION"), (after, due, "COMPLIANT"),
        (after, after, "LATE"), (after, None, "UNKNOWN"),
    ):  # fmt: skip
        found = verdict(as_of, taken_on=taken, closed_on=closed)
        assert (found["outcome"], found["due"]) == (outcome, day(due))


@pytest.mark.parametrize("taken", ["2023-12-29", "2023-12-31", "2026-12-25", "2027-03-01"])
def test_where_no_schedule_is_known_it_is_open(taken):
    """Neither pending nor short: which day it is due on, is not known, and that is said."""
    as_of = "2028-01-01"
    found = verdict(as_of, taken_on=taken, closed_on="never")
    assert (found["outcome"], found["due"], found["margin"]) == ("UNKNOWN", None, None)
    assert found["missing"] == ["taken_on"]
    complaint = Complaint(id="1", taken_on=taken, closed_on="never")
    reason = airplan.assess(BOOK, Facts.of(complaint), day(as_of)).explain(CLOSED, "1")
    told = explanation_text(reason)
    assert "受理日期后5个工作日 (?)" in told
    assert "所缺数据: 受理日期 (其工作日不详：放假安排只收录 2024 至 2026 年)" in told
    assert "working days are not known: those of 2024 to 2026 are" in explanation_text(reason, "en")


def test_what_is_known_all_the_same_is_told():
    """Nothing was taken in, or not yet; and what is not known is asked for."""
    assert verdict("2024-03-01", taken_on="never", closed_on="never")["outcome"] == "NOT_APPLICABLE"
    assert verdict("2024-03-01", taken_on="2027-03-01")["outcome"] == "NOT_APPLICABLE"
    found = verdict("2024-03-01", taken_on=None, closed_on="never")
    assert (found["outcome"], found["missing"]) == ("UNKNOWN", ["taken_on"])


@pytest.mark.parametrize(
    ("visited", "booked", "outcome"),
    [
        ("2024-10-08", "2024-09-29", "COMPLIANT"), ("2024-10-08", "2024-09-30", "VIOLATION"),
        # of a day off it is as of the next working day
        ("2024-10-05", "2024-09-29", "COMPLIANT"), ("2024-10-05", "2024-09-30", "VIOLATION"),
        ("2024-01-04", "2024-01-02", "COMPLIANT"), ("2024-01-04", "2024-01-03", "VIOLATION"),
        # whatever was before 2024 is not known, but that it was not booked is
        ("2024-01-03", "2023-12-01", "UNKNOWN"), ("2024-01-03", "never", "VIOLATION"),
    ],
)  # fmt: skip
def test_so_many_working_days_before(visited, booked, outcome):
    """提前2个工作日."""
    complaint = Complaint(id="1", visited_on=visited, booked_on=booked)
    found = outcomes(BOOK, day("2026-06-01"), complaint)
    assert found["test.visit-booked"]["1"] == outcome


def test_working_days_of_a_minute_are_counted_from_its_day():
    """At whatever time of it."""
    for failed in ("2025-01-24 00:00", "2025-01-24 23:59"):
        for explained, outcome in (("2025-02-05", "COMPLIANT"), ("2025-02-06", "VIOLATION")):
            fault = Fault(id="1", failed_at=failed, explained_on=explained)
            found = outcomes(BOOK, day("2026-01-01"), fault)
            assert found["test.fault-explained"]["1"] == outcome


def test_after_so_many_working_days_is_the_day_after_them():
    """Be it a working day or not: 晚于 leaves only the last one out."""
    rule = Rule(
        id="test.after", clause=TASK.clause(163, "晚于"), en="After.", subject=Complaint,
        requires=Complaint.closed_on.happened_after(Complaint.taken_on.plus(working_days=5)),
    )  # fmt: skip
    book = rulebook(None, rules=(rule,), clauses=(rule.clause,), metrics=(), entities=ENTITIES)
    for closed, outcome in (("2024-03-15", "VIOLATION"), ("2024-03-16", "COMPLIANT")):
        complaint = Complaint(id="1", taken_on="2024-03-08", closed_on=closed)
        assert outcomes(book, day("2026-01-01"), complaint)["test.after"]["1"] == outcome


def test_every_year_has_the_working_days_that_the_law_leaves_it():
    """A holiday moves working days about and takes none: 全国年节及纪念日放假办法, 11 days to 2024
    and 13 from 2025 on, beside the weekends."""
    for year, holidays in ((2024, 11), (2025, 13), (2026, 13)):
        every = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
        every = [one for one in every if one.year == year]
        weekends = sum(one.isoweekday() > 5 for one in every)
        working = [one for one in workdays.working_days() if one.year == year]
        assert len(working) == len(every) - weekends - holidays


def test_a_schedule_takes_days_off_and_gives_weekends_back():
    """A day that is worked is one of a weekend and no holiday; years follow each other."""
    for schedule in workdays.SCHEDULES:
        off, worked = set(schedule.off()), set(schedule.worked())
        assert all(one.isoweekday() > 5 for one in worked)
        assert not off & worked
        assert schedule.source.startswith(f"国办发明电〔{schedule.year - 1}〕")
    years = [schedule.year for schedule in workdays.SCHEDULES]
    assert all(after == before + 1 for before, after in itertools.pairwise(years))


def test_a_span_is_of_working_days_or_of_others():
    """5个工作日 and 3天 are two spans; one that is no number is told."""
    taken = Complaint.taken_on
    with pytest.raises(RuleError, match=r"plus\(working_days=5\) or plus\(days=5\)"):
        taken.plus(working_days=5, days=3)
    with pytest.raises(RuleError, match=r"working_days=1\.5"):
        taken.minus(working_days=1.5)
    with pytest.raises(RuleError, match=r"plus\(working_days=5\)"):
        Fault.failed_at.plus(working_days=1, hours=2)


def test_it_is_told_in_words():
    """个工作日, and a name of its own where there are several."""
    taken = Complaint.taken_on
    assert prose(taken.plus(working_days=5)) == "受理日期后5个工作日"
    assert prose(taken.minus(working_days=2)) == "受理日期前2个工作日"
    assert prose(taken.plus(working_days=5), "en").startswith("5 working days after")
    names = [term.name for term in by(taken.plus(working_days=5), taken.plus(days=5))]
    assert names == ["taken_on+5wd", "taken_on+5d"]


def test_its_boundaries_are_made_by_themselves():
    """The last day of which the due day is not over, the next one, and where schedules end."""
    (duty,) = (duty for duty in BOOK.duties if duty.rule.id == CLOSED)
    found = boundaries(duty, day("2024-02-21"), {})[Complaint.taken_on]
    # what is taken in on 9 February, the day before the holiday, is due a day later
    assert {day("2024-02-08"), day("2024-02-09")} <= {*found}
    assert {day("2023-12-31"), day("2024-01-01"), day("2026-12-24"), day("2026-12-25")} <= {*found}
