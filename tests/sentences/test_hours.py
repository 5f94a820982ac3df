"""10时至16时, 22时至次日6时: a part of the day, past midnight too."""

import datetime as dt

import pytest

import airplan_core as airplan
from airplan_core import Facts, RuleError, hours, season
from airplan_core.assessment.explanation import explanation_text
from airplan_core.readers.boundaries import boundaries
from airplan_core.readers.prose import prose
from tests.ledgers import outcomes, rulebook
from tests.sentences.chapter import ENTITIES, METRICS, RULES, Work
from tests.sentences.clock import MIDDAY, NIGHT, Job

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
DAY = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("begun", "midday", "night"),
    [
        ("2024-05-01 09:59", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2024-05-01 10:00", "VIOLATION", "NOT_APPLICABLE"),
        ("2024-05-01 16:00", "VIOLATION", "NOT_APPLICABLE"),
        ("2024-05-01 16:01", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2024-05-01 21:59", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2024-05-01 22:00", "NOT_APPLICABLE", "VIOLATION"),
        ("2024-05-01 23:59", "NOT_APPLICABLE", "VIOLATION"),
        ("2024-05-02 00:00", "NOT_APPLICABLE", "VIOLATION"),
        ("2024-05-02 06:00", "NOT_APPLICABLE", "VIOLATION"),
        ("2024-05-02 06:01", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("never", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        (None, "UNKNOWN", "UNKNOWN"),
    ],
)
def test_a_minute_lies_in_a_part_of_the_day(begun, midday, night):
    """Both ends included; what has not happened lies in none."""
    found = outcomes(BOOK, DAY, Job(id="1", begun=begun, stopped=False))
    assert (found["test.midday-stop"]["1"], found["test.night-ban"]["1"]) == (midday, night)


@pytest.mark.parametrize(
    ("begun", "outcome"),
    [("2024-04-30 12:00", "NOT_APPLICABLE"), ("2024-05-01 09:59", "NOT_APPLICABLE"),
     ("2024-05-01 10:00", "VIOLATION"), ("2024-09-30 16:00", "VIOLATION"),
     ("2024-10-01 12:00", "NOT_APPLICABLE"), ("never", "NOT_APPLICABLE")],
)  # fmt: skip
def test_a_part_of_the_day_in_a_part_of_the_year(begun, outcome):
    """每年5月至9月的10时至16时: a minute lies on a day, too."""
    found = outcomes(BOOK, DAY, Job(id="1", begun=begun, stopped=False))
    assert found["test.summer-midday-stop"]["1"] == outcome


def test_a_metric_counts_what_lies_in_it():
    """Of a row whose time is not known it is open."""
    here = BOOK.plan.county

    def jobs(*times):
        return [Job(id=f"{n}", county=here, day="2024-05-01", begun=time)
                for n, time in enumerate(times)]  # fmt: skip

    inside, outside = "2024-05-01 16:00", "2024-05-01 16:01"
    for times, outcome in (
        ([inside, inside, outside], "COMPLIANT"), ([inside] * 3, "VIOLATION"),
        ([inside, inside, None], "UNKNOWN"), ([inside, outside, None], "COMPLIANT"),
    ):  # fmt: skip
        found = outcomes(BOOK, DAY, *jobs(*times))
        assert found["test.few-at-midday@2024"][here] == outcome


@pytest.mark.parametrize(
    ("begins", "ends", "same"),
    [("10时", "16时", ("10:00", "16:00")), ("22时", "次日6时", ("22:00", "6:00")),
     ("8时30分", "次日0时", ("8:30", "24:00")), ("9:05", "24时", ("09:05", "24:00"))],
)  # fmt: skip
def test_a_time_may_be_written_either_way(begins, ends, same):
    """As on a clock, or as the sentence does; midnight ends a day."""
    assert hours(begins, ends) == hours(*same)


def test_midnight_and_the_whole_day():
    """Hour 24 is the first minute of the next day; 0 to 24 is every minute."""
    evening, whole = hours("20:00", "24:00"), hours("0:00", "24:00")
    midnight, noon = dt.datetime(2024, 5, 1), dt.datetime(2024, 5, 1, 12)
    assert evening.has(midnight)
    assert not evening.has(midnight + dt.timedelta(minutes=1))
    assert whole.has(midnight)
    assert whole.has(noon)
    assert (MIDDAY.begins, MIDDAY.ends, NIGHT.begins, NIGHT.ends) == (600, 960, 1320, 1800)


@pytest.mark.parametrize(
    "written", ["25时", "24:01", "10:60", "10", "10时60分", "5月", "10点", "次日24时", "", 10]
)
def test_what_is_no_time_of_the_day_is_told(written):
    """With what to write."""
    with pytest.raises(RuleError, match="time"):
        hours("9:00", written)
    with pytest.raises(RuleError, match=r'hours\("10:00", "16:00"\)'):
        Job.begun.within(written)


def test_a_part_of_the_day_begins_on_the_day():
    """And before midnight: 24时 is where a day ends."""
    for written in ("次日1时", "24:00"):
        with pytest.raises(RuleError, match="time|begins"):
            hours(written, "6:00")


def test_a_day_has_no_hour():
    """Told where it is written: a part of the day is for a moment."""
    with pytest.raises(RuleError, match="moment"):
        Work.on.within(MIDDAY)
    assert Job.begun.within(season("5月", "9月")) is not None


def test_it_is_told_in_words():
    """In both languages, and in an explanation."""
    assert prose(Job.begun.within(NIGHT)) == "开始时间在每日22:00至次日06:00之间"
    assert prose(Job.begun.within(hours("20:00", "24:00"))) == "开始时间在每日20:00至24:00之间"
    assert "between 22:00 and 06:00 of the next day" in prose(Job.begun.within(NIGHT), "en")
    job = Job(id="1", begun="2024-05-01 16:00", stopped=False)
    told = explanation_text(
        airplan.assess(BOOK, Facts.of(job), DAY).explain("test.midday-stop", "1")
    )
    assert "✓ 开始时间在每日10:00至16:00之间　[开始时间 = 2024-05-01 16:00]" in told
    assert "改为 2024-05-01 16:01 → 不适用" in told


def test_its_boundaries_are_made_by_themselves():
    """A minute before, at and after either end."""
    (duty,) = (duty for duty in BOOK.duties if duty.rule.id == "test.night-ban")
    found = boundaries(duty, DAY, {"begun": dt.datetime(2024, 5, 1, 12)})[Job.begun]
    for clock in ("21:59", "22:00", "22:01", "05:59", "06:00", "06:01"):
        assert clock in {f"{one:%H:%M}" for one in found}
