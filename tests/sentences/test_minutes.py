"""先启后停, 提前30分钟, 2小时内: events to the minute, and against a day."""

import datetime as dt

import attrs
import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Entity, Facts, Moment, Rule, RuleError, moment
from airplan_core.assessment.explanation import explanation_text
from airplan_core.engines.sql.reading import read_with
from airplan_core.model.times import Later
from airplan_core.readers.boundaries import boundaries
from airplan_core.readers.prose import prose
from airplan_core.rulebook import config
from tests.ledgers import TASK, outcomes, rulebook
from tests.sentences.chapter import ENTITIES, METRICS, RULES
from tests.sentences.clock import Fault, Job, Start

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip


def day(text):
    return dt.date.fromisoformat(text)


def stands(rule, as_of, record):
    return outcomes(BOOK, day(as_of), record)[rule][record.id]


@pytest.mark.parametrize(
    ("facility", "line", "outcome"),
    [
        ("2024-03-10 08:29", "2024-03-10 08:30", "COMPLIANT"),
        ("2024-03-10 08:30", "2024-03-10 08:30", "COMPLIANT"),
        ("2024-03-10 08:31", "2024-03-10 08:30", "VIOLATION"),
        ("never", "2024-03-10 08:30", "VIOLATION"),
        (None, "2024-03-10 08:30", "UNKNOWN"),
        ("2024-03-10 08:31", "never", "NOT_APPLICABLE"),
        ("2024-03-10 08:31", "未发生", "NOT_APPLICABLE"),
        ("2024-03-10 08:31", None, "UNKNOWN"),
        # it starts tomorrow
        ("2024-03-10 08:31", "2024-04-02 08:30", "NOT_APPLICABLE"),
    ],
)
def test_one_event_before_another_to_the_minute(facility, line, outcome):
    """先启后停: the same minute is in time."""
    start = Start(id="1", facility_at=facility, line_at=line)
    assert stands("test.facility-first", "2024-04-01", start) == outcome


@pytest.mark.parametrize(
    ("facility", "outcome"),
    [("2024-03-09 23:50", "COMPLIANT"), ("2024-03-09 23:51", "VIOLATION"), (None, "UNKNOWN")],
)
def test_so_many_minutes_before_across_midnight(facility, outcome):
    """提前30分钟."""
    start = Start(id="1", facility_at=facility, line_at="2024-03-10 00:20", explosive=True)
    assert stands("test.half-an-hour-ahead", "2024-04-01", start) == outcome


@pytest.mark.parametrize(
    ("as_of", "failed", "reported", "outcome"),
    [
        ("2024-03-02", "2024-03-01 22:30", "2024-03-02 00:30", "COMPLIANT"),
        ("2024-03-02", "2024-03-01 22:30", "2024-03-02 00:31", "LATE"),
        ("2024-03-01", "2024-03-01 10:00", "2024-03-01 12:01", "LATE"),
        ("2024-03-01", "2024-03-01 22:30", "2024-03-02 00:31", "PENDING"),
        # until the day is over on which the two hours are
        ("2024-03-02", "2024-03-01 22:30", "never", "PENDING"),
        ("2024-03-03", "2024-03-01 22:30", "never", "VIOLATION"),
        ("2024-03-01", "2024-03-01 21:59", "never", "PENDING"),
        ("2024-03-02", "2024-03-01 21:59", "never", "VIOLATION"),
        ("2024-03-03", "2024-03-01 22:30", None, "UNKNOWN"),
        ("2024-03-03", None, "never", "UNKNOWN"),
        ("2024-03-03", "never", "never", "NOT_APPLICABLE"),
    ],
)
def test_due_within_hours(as_of, failed, reported, outcome):
    """2小时内报告: due to the minute, late after it on the same day too."""
    fault = Fault(id="1", failed_at=failed, reported_at=reported)
    assert stands("test.fault-reported", as_of, fault) == outcome


@pytest.mark.parametrize(
    ("rule", "line", "on", "outcome"),
    [
        # from the first minute of the day on
        ("test.line-approved", "2024-03-10 00:00", "2024-03-10", "COMPLIANT"),
        ("test.line-approved", "2024-03-09 23:59", "2024-03-10", "VIOLATION"),
        ("test.line-approved", "2024-03-10 00:00", "never", "VIOLATION"),
        ("test.line-approved", "2024-03-10 00:00", None, "UNKNOWN"),
        # days are counted from its day, at whatever time
        ("test.start-notified", "2024-03-10 23:59", "2024-03-07", "COMPLIANT"),
        ("test.start-notified", "2024-03-10 00:00", "2024-03-08", "VIOLATION"),
    ],
)
def test_a_minute_against_a_day(rule, line, on, outcome):
    """By its day."""
    start = Start(id="1", line_at=line, approved_on=on, notified_on=on)
    assert stands(rule, "2024-04-01", start) == outcome


def test_what_counts_by_a_date_counts_to_its_end():
    """A date is its whole day, for a minute too; and the day of assessment is."""
    for word, date, minute, outcome in (
        ("happened_by", "2024-03-10", "2024-03-10 23:59", True),
        ("happened_by", "2024-03-10", "2024-03-11 00:00", False),
        ("happened_after", "2024-03-10", "2024-03-10 23:59", False),
        ("happened_after", "2024-03-10", "2024-03-11 00:00", True),
        ("happened_from", "2024-03-10", "2024-03-10 00:00", True),
        ("happened_from", "2024-03-10", "2024-03-09 23:59", False),
        ("happened_by", "2025-01-01", "2024-04-01 23:59", True),
        ("happened_by", "2025-01-01", "2024-04-02 00:00", False),
    ):
        rule = attrs.evolve(
            RULES[0], id="test.by-date", clause=TASK.clause(160, "由"), subject=Start, due=(),
            requires=getattr(Start.line_at, word)(date), applies=airplan.ALWAYS, speaks_of={},
            keeps=(), breaks=(),
        )  # fmt: skip
        book = rulebook(None, rules=(rule,), clauses=(rule.clause,), metrics=(), entities=ENTITIES)
        found = outcomes(book, day("2024-04-01"), Start(id="1", line_at=minute))["test.by-date"]
        assert (found["1"] == "COMPLIANT") is outcome, (word, date, minute)


@pytest.mark.parametrize(
    ("bound", "same", "next_"),
    [
        (Fault.failed_at, "2024-03-01 10:00", "2024-03-01 10:01"),
        (Fault.failed_at.plus(hours=2), "2024-03-01 12:00", "2024-03-01 12:01"),
        (Fault.failed_at.minus(minutes=1), "2024-03-01 09:59", "2024-03-01 10:00"),
        (Fault.failed_at.minus(hours=2), "2024-03-01 08:00", "2024-03-01 08:01"),
        (Fault.failed_at.plus(days=1), "2024-03-02 23:59", "2024-03-03 00:00"),
        (Fault.failed_at.plus(hours=24), "2024-03-02 10:00", "2024-03-02 10:01"),
    ],
)
def test_after_a_minute_is_the_next_one(bound, same, next_):
    """晚于 a minute leaves it out; a span of days ends with the day, one of hours with the minute."""
    rule = Rule(
        id="test.after", clause=TASK.clause(161, "晚于"), en="After.", subject=Fault,
        requires=Fault.restored_at.happened_after(bound),
    )  # fmt: skip
    book = rulebook(None, rules=(rule,), clauses=(rule.clause,), metrics=(), entities=ENTITIES)
    for restored, outcome in ((same, "VIOLATION"), (next_, "COMPLIANT")):
        fault = Fault(id="1", failed_at="2024-03-01 10:00", restored_at=restored)
        assert outcomes(book, day("2026-01-01"), fault)["test.after"]["1"] == outcome


def test_a_day_is_not_held_against_a_minute():
    """What happened on the day may lie before the minute or after it: told, with what to write."""
    for bound in (Start.line_at, Start.line_at.minus(minutes=30)):
        with pytest.raises(RuleError, match=r"line_at\.plus\(days=0\)"):
            Start.approved_on.happened_by(bound)
    assert Start.approved_on.happened_by(Start.line_at.plus(days=0)) is not None
    with pytest.raises(RuleError, match="which is no date"):
        Start.approved_on.happened_by(Start.explosive)


def test_a_span_is_of_days_or_of_hours():
    """They end differently; and both are whole numbers."""
    with pytest.raises(RuleError, match=r"plus\(days=1\) or plus\(hours=24\)"):
        Start.line_at.plus(days=1, hours=2)
    with pytest.raises(RuleError, match=r"hours=1\.5"):
        Start.line_at.minus(hours=1.5)


@pytest.mark.parametrize(
    ("span", "zh", "en"),
    [
        (Fault.failed_at.plus(hours=2), "故障时间后2小时", "2 hours after failed at"),
        (Fault.failed_at.minus(minutes=30), "故障时间前30分钟", "30 minutes before failed at"),
        (Fault.failed_at.plus(days=0), "故障时间当日", "the day of failed at"),
        (
            Later(Fault.failed_at, months=-1, days=1), "故障时间前1个月再后1日",
            "1 days after what is 1 months before failed at",
        ),
    ],
)  # fmt: skip
def test_a_span_is_told_in_words(span, zh, en):
    """Hours as hours, minutes as minutes."""
    assert prose(span, "zh") == zh
    assert prose(span, "en").lower() == en


def test_explain_names_the_minute():
    """In Chinese, with both times, and the least change that would mend it."""
    start = Start(id="1", facility_at="2024-03-10 08:31", line_at="2024-03-10 08:30")
    assessment = airplan.assess(BOOK, Facts.of(start), day("2024-04-01"))
    told = explanation_text(assessment.explain("test.facility-first", "1"))
    assert "治理设施启动时间不晚于 生产线启动时间" in told
    assert "治理设施启动时间 现为 2024-03-10 08:31, 改为 2024-03-10 08:30 → 达标" in told
    never = Start(id="1", facility_at="never", line_at="2024-03-10 08:30")
    assessment = airplan.assess(BOOK, Facts.of(never), day("2024-04-01"))
    assert "现为 未发生" in explanation_text(assessment.explain("test.facility-first", "1"))


@pytest.mark.parametrize(
    ("written", "minute"),
    [
        ("2024-03-10 08:05", dt.datetime(2024, 3, 10, 8, 5)),
        ("2024/3/10 8:05", dt.datetime(2024, 3, 10, 8, 5)),
        ("2024年3月10日8时05分", dt.datetime(2024, 3, 10, 8, 5)),
        ("2024-03-10T08:05:00", dt.datetime(2024, 3, 10, 8, 5)),
        ("2024-03-10 24:00", dt.datetime(2024, 3, 11)),
        ("2024-03-10 8时", dt.datetime(2024, 3, 10, 8)),
    ],
)
def test_minutes_are_read_as_people_write_them(written, minute):
    """And left as they are read."""
    start = Start(id="1", line_at=written)
    assert start.line_at == minute
    assert Start.line_at.enter(Start.line_at.leave(minute)) == minute
    facts = Facts.of(start, Start(id="2", line_at="未发生"))
    again = Facts.from_json(facts.to_json([Start]), [Start])
    assert again.table(Start).equals(facts.table(Start))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2024-03-10 08:05:30", "精确到分即可，写成 2024-03-10 08:05"),
        ("2024-03-10", "写成 2024-01-31 07:00"),
        ("8点", "写成 2024-01-31 07:00"),
        ("2024-03-10 08:05Z", "不是北京时间，写成 2024-03-10T16:05"),
        ("1024-03-10 08:05", "年份"),
    ],
)
def test_what_is_no_minute_is_told_in_chinese(tmp_path, written, told):
    """And unknown."""
    (tmp_path / "start.csv").write_text(f"id,生产线启动时间\n1,{written}\n", "utf-8")
    facts = airplan.read_facts(tmp_path, BOOK)
    assert facts.table(Start)["line_at"].to_list() == [None]
    (bad,) = facts.unreadable
    assert told in bad.problem.text()
    assert "2024-10-31 07:05；没有发生的写“未发生”" in bad.problem.text()


def test_an_export_by_the_hour_keeps_to_full_hours():
    """A minute is no full hour, and an hour of an export is not one that has not been."""

    class Hourly(Entity, zh="小时"):
        """An hour."""

        time: Moment = moment(zh="时刻")

    for written in ("2024-01-31 10:05", "never", "未发生"):
        with pytest.raises(ValueError, match="no full hour|is not a time"):
            Hourly(id="1", time=written)


def test_minutes_are_read_from_a_folder(tmp_path):
    """As whole columns and one by one alike, and what has not happened."""
    (tmp_path / "start.csv").write_text(
        "id,生产线启动时间\n1,2024-03-10 08:05\n2,2024/3/10 8:05\n3,未发生\n4,\n5,never\n", "utf-8"
    )
    minute = dt.datetime(2024, 3, 10, 8, 5)
    facts = airplan.read_facts(tmp_path, BOOK)
    never = Start.line_at.enter("never")
    assert facts.table(Start)["line_at"].to_list() == [minute, minute, never, None, never]
    assert not facts.unreadable


def test_a_county_may_say_that_a_blank_minute_has_not_been(tmp_path):
    """As of a blank date."""
    kept = airplan.Config(facts=config.FactsConfig(blank_means_not_happened=("start.line_at",)))
    book = rulebook(
        kept, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
        entities=ENTITIES,
    )  # fmt: skip
    (tmp_path / "start.csv").write_text("id,生产线启动时间\n1,\n2,不详\n", "utf-8")
    found = airplan.read_facts(tmp_path, book).table(Start)["line_at"].to_list()
    assert found == [Start.line_at.enter("never"), None]


def standing(engine, folder, frame):
    """A ledger that stays where it is: a file, or a table of a database."""
    if engine.dialect != "postgres":
        frame.write_parquet(folder / "start.parquet")
        return BOOK
    engine.put("starts", frame)
    table = {"database": {"tables": {"start": {"table": "starts"}}}}
    return rulebook(
        config.structure(table), rules=RULES, clauses=tuple(rule.clause for rule in RULES),
        metrics=METRICS, entities=ENTITIES,
    )  # fmt: skip


def test_seconds_are_told_where_a_ledger_stands(engine, tmp_path):
    """A database's times are held to the minute too; what has not happened is plausible there."""
    times = [dt.datetime(2024, 3, 10, 8, 5), Start.line_at.enter("never"), None]
    frame = pl.DataFrame({"id": ["1", "2", "3"], "line_at": times})
    book = standing(engine, tmp_path, frame)
    found = airplan.assess(book, read_with(engine, tmp_path, book), day("2024-04-01"), engine)
    rows = found.verdicts.filter(pl.col("rule") == "test.facility-first").sort("subject")
    assert rows["outcome"].to_list() == ["UNKNOWN", "NOT_APPLICABLE", "UNKNOWN"]
    seconds = pl.lit(dt.datetime(2024, 3, 10, 8, 5, 30))
    book = standing(engine, tmp_path, frame.with_columns(line_at=seconds))
    with pytest.raises(airplan.FactsError, match="08:05:30.*3 such rows") as error:
        read_with(engine, tmp_path, book)
    assert "精确到分，没有秒" in error.value.problems[0].text()


def test_a_moment_that_something_is_recorded_after():
    """An act due so many days after a minute has an example of its own."""
    rule = airplan.attestation(
        "test.job-recorded", TASK.clause(162, "3日内记录"), Job, en="Recorded.",
        due=airplan.by(Job.begun.plus(days=3)),
    )  # fmt: skip
    begun = dt.datetime.combine(rule.clause.plan.begins, dt.time())
    assert rule.keeps[0].facts[Job.begun] == begun


def test_its_boundaries_are_made_by_themselves():
    """A minute before, at and after what the other makes the last one, and the ends of a day."""
    (duty,) = (duty for duty in BOOK.duties if duty.rule.id == "test.half-an-hour-ahead")
    row = {"line_at": dt.datetime(2024, 3, 10, 0, 20), "facility_at": dt.datetime(2024, 3, 1)}
    found = boundaries(duty, day("2024-04-01"), row)
    last = dt.datetime(2024, 3, 9, 23, 50)
    minute = dt.timedelta(minutes=1)
    assert {last - minute, last, last + minute} <= {*found[Start.facility_at]}
    today = dt.datetime(2024, 4, 2)
    assert {today - minute, today, Start.line_at.enter("never")} <= {*found[Start.line_at]}
