"""预警期间, the grade on that day: a day amid what a row of another ledger is valid for."""

import contextlib
import datetime as dt

import pytest

import airplan_core as airplan
from airplan_core import Entity, Facts, Interpretation, RuleError, amid, event, flag
from tests.ledgers import Works, rulebook
from tests.sentences import clock
from tests.sentences.chapter import ENTITIES, METRICS, RULES, Alert, Earthwork, Grade, Leak

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
HERE = BOOK.plan.county
AFTER = dt.date(2025, 1, 1)


@pytest.fixture(params=["polars", "duckdb"])
def stands(request):
    """How the subjects of a rule stand, here and by DuckDB."""
    with contextlib.ExitStack() as stack:

        def found(rule, *records, none=(), as_of=AFTER):
            engine = None
            if request.param == "duckdb":
                engine = stack.enter_context(contextlib.closing(airplan.connect("duckdb")))
            facts = Facts.of(*records, none=none)
            table = airplan.assess(BOOK, facts, as_of, engine).verdicts
            rows = table.filter(table["rule"] == rule).select("subject", "outcome").iter_rows()
            return dict(rows)

        yield found


def alert(level="橙色", begins="2024-01-10", ends="2024-01-12", county=HERE, id="1"):
    return Alert(id=id, county=county, level=level, begins=begins, ends=ends)


def work(day, works="w", county=HERE, id=None):
    return Earthwork(id=id or str(day), county=county, works=works, day=day, halted=False)


def grade(grade="A级", from_day="2024-01-01", to_day="2024-12-31", works="w", id="g"):
    return Grade(id=id, works=works, grade=grade, from_day=from_day, to_day=to_day)


W = Works(id="w")
HALTED = "test.halted-in-alerts"
B = grade("B级")


def test_days_lie_amid_an_alert_from_its_first_to_its_last(stands):
    """Both included, of this county, at the level or above."""
    days = ["2024-01-09", "2024-01-10", "2024-01-12", "2024-01-13"]
    found = stands(HALTED, W, B, alert(), *map(work, days))
    assert list(found.values()) == ["NOT_APPLICABLE", "VIOLATION", "VIOLATION", "NOT_APPLICABLE"]


@pytest.mark.parametrize(
    ("alerts", "outcome"),
    [
        ([alert(level="黄色")], "NOT_APPLICABLE"),
        ([alert(level="红色")], "VIOLATION"),
        ([alert(county="邻县")], "NOT_APPLICABLE"),
        ([alert(ends="never")], "VIOLATION"),  # 另行通知: it has not been lifted
        ([alert(ends=None)], "UNKNOWN"),
        ([alert(level=None)], "UNKNOWN"),
        ([alert(level=None), alert(id="2")], "VIOLATION"),
        ([alert(county=None)], "UNKNOWN"),
        ([alert(county=None, level="黄色")], "NOT_APPLICABLE"),
        ([alert(level="黄色"), alert(begins="2024-01-11", ends="2024-01-11", id="2")], "VIOLATION"),
    ],
)
def test_what_is_not_known_of_an_alert_is_open(stands, alerts, outcome):
    """Of a day in the middle."""
    counties = [airplan.County(id=HERE), airplan.County(id="邻县")]
    assert stands(HALTED, W, B, *counties, *alerts, work("2024-01-11"))["2024-01-11"] == outcome


def test_a_closed_ledger_without_a_row_says_that_there_is_none(stands):
    """No row, no alert; not supplied, it is not known."""
    one = work("2024-01-11")
    assert stands(HALTED, W, B, one, none=[Alert]) == {one.id: "NOT_APPLICABLE"}
    assert stands(HALTED, W, B, one) == {one.id: "UNKNOWN"}


def test_of_a_day_that_is_not_known_it_is_open(stands):
    """It may lie amid any; where there is none, amid none."""
    one = work(None, id="x")
    assert stands(HALTED, W, B, alert(), one) == {"x": "UNKNOWN"}
    assert stands(HALTED, W, B, one, none=[Alert]) == {"x": "NOT_APPLICABLE"}


@pytest.mark.parametrize(
    ("grades", "outcome"),
    [
        ([grade()], "EXEMPT"),
        ([grade("B级")], "VIOLATION"),
        ([grade(to_day="2024-01-10")], "UNKNOWN"),  # no grade is recorded for the day
        ([grade(to_day="2024-01-10"), grade("B级", from_day="2024-01-11", id="h")], "VIOLATION"),
        ([grade("B级", to_day="2024-01-10"), grade(from_day="2024-01-11", id="h")], "EXEMPT"),
        ([grade(works="v")], "UNKNOWN"),
    ],
)
def test_the_grade_is_that_of_the_day(stands, grades, outcome):
    """Not today's; of works without a grade it is not known."""
    found = stands(HALTED, W, Works(id="v"), alert(), *grades, work("2024-01-11"))
    assert found == {"2024-01-11": outcome}


@pytest.mark.parametrize(
    ("as_of", "outcome"), [("2024-12-31", "UNKNOWN"), ("2025-01-01", "NOT_APPLICABLE")]
)
def test_of_the_subject_itself_it_is_the_day_of_assessment(stands, as_of, outcome):
    """The works has its grade to the end of the year, and another one then."""
    grades = [grade(), grade("B级", from_day="2025-01-01", to_day="2025-12-31", id="h")]
    found = stands("test.grade-a-reduces", W, *grades, as_of=dt.date.fromisoformat(as_of))
    assert found == {"w": outcome}


def test_a_metric_is_of_rows_amid_others(stands):
    """Two days of work amid an alert, one of them by works that had grade A that day."""
    records = [W, Works(id="v"), grade(), grade("B级", works="v", id="h"), alert(),
               work("2024-01-10"), work("2024-01-11", "v"), work("2024-03-01", "v")]  # fmt: skip
    assert stands("test.mostly-grade-a", *records) == {HERE: "COMPLIANT"}
    more = work("2024-01-12", "v")
    assert stands("test.mostly-grade-a", *records, more) == {HERE: "VIOLATION"}


def test_check_knows_what_a_record_lies_amid():
    """With the records beside it; without them it is open."""
    one = work("2024-01-11")
    (found,) = airplan.check(BOOK, one, AFTER, W, B, alert())
    assert found.outcome == "VIOLATION"
    (found,) = airplan.check(BOOK, one, AFTER)
    assert found.outcome == "UNKNOWN"


def test_a_question_is_asked_outside():
    """Inside, no reading would be taken."""
    question = Interpretation(id="Q", question="?", readings={"a": "1", "b": "2"}, default="a")
    inside = question.choose(a=Alert.level.at_least("橙色"), b=Alert.level.at_least("黄色"))
    with pytest.raises(RuleError, match=r"Q stands inside.*choose\(a=amid\(…\), b=amid\(…\)\)"):
        amid(inside & Alert.level.at_least("黄色"))


def test_what_shows_no_validity_or_no_owner_is_told():
    """With what to write."""

    class Loose(Entity, zh="散"):
        on = event(zh="日期")
        so = flag(zh="是")

    with pytest.raises(RuleError, match=r'valid=\("begins", "ends"\)'):
        amid(Loose.so)
    with pytest.raises(RuleError, match="refer to one other in common"):
        amid(Alert.level.at_least("橙色"), on=Leak.found_on)
    with pytest.raises(RuleError, match="valid between"):

        class Wrong(Entity, zh="错", valid=("begin", "ends")):
            begins = event(zh="始")
            ends = event(zh="终")


# Moments ------------------------------------------------------------------------------------------


def warning(begins="2024-01-10 08:00", ends="2024-01-10 18:00", level="橙色", id="1", county=HERE):
    return clock.Warning(id=id, county=county, level=level, begins_at=begins, ends_at=ends)


def job(begun, day="2024-01-10", county=HERE):
    return clock.Job(id=str(begun), county=county, day=day, begun=begun, stopped=False)


TO_THE_MINUTE, THAT_DAY = "test.halted-to-the-minute", "test.halted-that-day"


def test_a_minute_lies_amid_an_alert_until_it_is_lifted(stands):
    """It is in force when it begins, and no more when it ends."""
    times = ["07:59", "08:00", "17:59", "18:00"]
    found = stands(TO_THE_MINUTE, warning(), *(job(f"2024-01-10 {time}") for time in times))
    assert list(found.values()) == ["NOT_APPLICABLE", "VIOLATION", "VIOLATION", "NOT_APPLICABLE"]


def test_an_alert_takes_the_place_of_another_at_once(stands):
    """Yellow until ten, orange from ten on: at ten it is orange, and orange alone."""
    alerts = [warning(ends="2024-01-10 10:00", level="黄色"), warning("2024-01-10 10:00", id="2")]
    found = stands(TO_THE_MINUTE, *alerts, job("2024-01-10 09:59"), job("2024-01-10 10:00"))
    assert list(found.values()) == ["NOT_APPLICABLE", "VIOLATION"]


@pytest.mark.parametrize(
    ("day", "alerts", "outcome"),
    [
        ("2024-01-10", [warning()], "VIOLATION"),
        ("2024-01-11", [warning()], "NOT_APPLICABLE"),
        # what is lifted at midnight is not on the day that begins then
        ("2024-01-11", [warning(ends="2024-01-11 00:00")], "NOT_APPLICABLE"),
        ("2024-01-11", [warning(ends="2024-01-11 00:01")], "VIOLATION"),
        ("2024-01-10", [warning("2024-01-11 00:00", "2024-01-12 00:00")], "NOT_APPLICABLE"),
        # of no hour at all
        ("2024-01-10", [warning(ends="2024-01-10 08:00")], "NOT_APPLICABLE"),
        ("2030-01-01", [warning(ends="另行通知")], "VIOLATION"),
        ("2024-01-11", [warning(ends=None)], "UNKNOWN"),
        ("2024-01-09", [warning(ends=None)], "NOT_APPLICABLE"),
        ("2024-01-09", [warning(begins=None)], "UNKNOWN"),
        ("2024-01-11", [warning(begins=None)], "NOT_APPLICABLE"),
        (None, [warning()], "UNKNOWN"),
        (None, [warning(level="黄色")], "NOT_APPLICABLE"),
        ("2024-01-10", [warning(county=None)], "UNKNOWN"),
    ],
)
def test_a_day_lies_amid_what_is_in_force_for_any_hour_of_it(stands, day, alerts, outcome):
    """Alerts begin and end within days."""
    assert list(stands(THAT_DAY, *alerts, job("never", day)).values()) == [outcome]


@pytest.mark.parametrize(
    ("begun", "alerts", "outcome"),
    [
        ("2030-01-01 00:00", [warning(ends="另行通知")], "VIOLATION"),
        ("2024-01-10 08:00", [warning(ends=None)], "UNKNOWN"),
        ("2024-01-10 07:59", [warning(ends=None)], "NOT_APPLICABLE"),
        ("2024-01-10 17:59", [warning(begins=None)], "UNKNOWN"),
        ("2024-01-10 18:00", [warning(begins=None)], "NOT_APPLICABLE"),
        (None, [warning()], "UNKNOWN"),
        ("2024-01-10 09:00", [warning(level=None)], "UNKNOWN"),
        ("2024-01-10 09:00", [warning(county="邻县")], "NOT_APPLICABLE"),
        # what has not begun lies amid none
        ("never", [warning(ends="另行通知")], "NOT_APPLICABLE"),
    ],
)
def test_what_is_not_known_of_hours_is_open(stands, begun, alerts, outcome):
    """As of days."""
    counties = [airplan.County(id=HERE), airplan.County(id="邻县")]
    assert list(stands(TO_THE_MINUTE, *counties, *alerts, job(begun)).values()) == [outcome]


# Apart --------------------------------------------------------------------------------------------

FIRST = warning()


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (warning("2024-01-10 17:00", "never", id="2"), True),
        (warning("2024-01-10 18:00", "never", id="2"), False),
        (warning("2024-01-10 06:00", "2024-01-10 08:00", id="2"), False),
        (warning("2024-01-10 06:00", "2024-01-10 08:01", id="2"), True),
        (warning("2024-01-01 00:00", "never", id="2"), True),
        (warning("2024-01-10 10:00", None, id="2"), True),
        # it may have ended before
        (warning("2024-01-10 06:00", None, id="2"), False),
        (warning(None, None, id="2"), False),
        (warning("2024-01-10 09:00", "2024-01-10 09:00", id="2"), False),
        (warning(id="2", county="邻县"), False),
        (warning(id="2", county=None), False),
    ],
)
def test_one_county_has_one_alert_at_a_time(other, told):
    """Two that overlap are told with both names; a neighbour's is its own."""
    counties = [airplan.County(id=HERE), airplan.County(id="邻县")]
    facts = Facts.of(*counties, FIRST, other)
    if not told:
        airplan.assess(BOOK, facts, AFTER)
        return
    with pytest.raises(airplan.FactsError) as error:
        airplan.assess(BOOK, facts, AFTER)
    (problem,) = error.value.problems
    ids = {problem.read, problem.text("zh").partition("与“")[2].partition("”")[0]}
    assert ids == {"1", "2"}
    assert "每个县市同一时间只有一行小时预警" in problem.text("zh")


def test_a_file_that_has_two_at_once_is_told_with_both_rows(tmp_path):
    """And nothing is assessed before it is mended."""
    (tmp_path / "warning.csv").write_text(
        "编号,县市,级别,启动时间,解除时间\n"
        f"甲,{HERE},黄色,2024-01-10 08:00,另行通知\n"
        f"乙,{HERE},橙色,2024-01-10 18:00,2024-01-12 08:00\n",
        encoding="utf-8",
    )
    with pytest.raises(airplan.FactsError) as error:
        airplan.read_facts(tmp_path, BOOK)
    (problem,) = error.value.problems
    assert (problem.row, problem.read) == (3, "乙")
    assert "第 2 行“甲”" in problem.text("zh")
    assert "解除时间未发生" in problem.text("zh")


def test_what_lies_apart_says_of_whom_and_when():
    """A reference, and dates."""
    with pytest.raises(RuleError, match="lie apart where it is a reference"):

        class Wrong(Entity, zh="错", apart="county"):
            begins = event(zh="始")
