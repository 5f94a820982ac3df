"""The ledger of alerts: its hours, its ends, what contradicts itself; whole days; the air."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

import airplan_ambient
import airplan_core as airplan
import airplan_emergency
import airplan_qinyang
from airplan_core import Config, County, Facts, FactsError, read_facts
from airplan_emergency import plausible
from airplan_emergency.alerts import CONTROL, LEVELS, STATES, Alert, FullDayAlert

PLUGINS = [
    airplan.contribution(one.CAMPAIGN)
    for one in (airplan_emergency, airplan_qinyang, airplan_ambient)
]
BOOK = airplan.build_rulebook(PLUGINS)
HERE = BOOK.plan.county
START = dt.datetime(2024, 12, 1)


def hour(number):
    return START + dt.timedelta(hours=number)


def alert(id, level, begins, ends, county=HERE):
    return Alert(id=str(id), county=county, level=level, begins_at=begins, ends_at=ends)


# The file -----------------------------------------------------------------------------------------

HEAD = "编号,县市,预警级别,启动时间,解除时间,计划解除时间,发布单位,文号\n"


def read(tmp_path, *rows):
    (tmp_path / "重污染天气预警.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_facts(tmp_path, BOOK)


def test_an_episode_as_offices_write_it(tmp_path):
    """Yellow, orange, red; the end is 另行通知, the hour 24 that of the next day, a neighbour's own."""
    (tmp_path / "county.csv").write_text(f"编号\n{HERE}\n邻县\n", encoding="utf-8")
    found = read(
        tmp_path,
        f"1,{HERE},黄色,2024-12-17 18时,2024-12-18 24:00,2024-12-20 18:00,合成办,气应急〔2024〕1号",
        f"2,{HERE},橙色,2024年12月19日0时,2024-12-20T08:00,,,",
        f"3,{HERE},红色,2024-12-20 08:00,另行通知,另行通知,,",
        "4,邻县,橙色,2024-12-17 20:00,2024-12-22 10:00,,,",
        f"5,{HERE},管控,2024-12-10 08:00,2024-12-11 08:00,,,",
    )
    assert found.faults == ()
    rows = {row.id: row for row in found.records(Alert)}
    assert rows["1"].ends_at == rows["2"].begins_at == dt.datetime(2024, 12, 19)
    assert rows["3"].ends_at == rows["3"].planned_until == dt.datetime(9999, 12, 31)


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ("1,{},橙色,2024-12-18 08:00,2024-12-17 08:00,,,", "解除时间", "对调过来"),
        ("1,{},橙色,2024-12-18 08:00,2024-12-19 08:00,2024-12-17 08:00,,", "计划解除时间", "核对"),
        ("1,{},蓝色,2024-12-18 08:00,2024-12-19 08:00,,,", "预警级别", "管控、黄色、橙色、红色"),
        ("1,{},橙色,2024-12-18 08:30,2024-12-19 08:00,,,", "启动时间", "整点"),
        ("1,{},橙色,2024-12-18 08:00,2024-12-19 08:15,,,", "解除时间", "整点"),
        ("1,{},橙色,2024-12-18 08:00,长期,,,", "解除时间", "北京时间"),
    ],
)
def test_what_contradicts_itself_is_told(tmp_path, row, column, told):
    """With the column, and what to write instead."""
    (problem,) = read(tmp_path, row.format(HERE)).faults
    assert (problem.row, problem.column) == (2, column)
    assert told in problem.text("zh")


def test_two_at_once_are_an_error_that_names_both(tmp_path):
    """Yellow goes on while orange begins: yellow ends where orange begins."""
    with pytest.raises(FactsError) as error:
        read(
            tmp_path,
            f"黄,{HERE},黄色,2024-12-17 18:00,2024-12-19 20:00,,,",
            f"橙,{HERE},橙色,2024-12-19 18:00,2024-12-20 18:00,,,",
        )
    (problem,) = error.value.problems
    said = problem.text("zh")
    assert "第 3 行" in said
    assert "“橙”" in said
    assert "第 2 行“黄”" in said
    assert "前一行的解除时间写后一行的启动时间" in said


# Whole days ---------------------------------------------------------------------------------------


def whole_days(*alerts):
    """The days of the derived ledger, with their least level."""
    facts = Facts.of(County(id=HERE), *alerts)
    table = airplan.assess(BOOK, facts, dt.date(2025, 6, 1)).facts.table(FullDayAlert)
    return {
        (row["begins_on"] + dt.timedelta(days=n)): row["level"]
        for row in table.iter_rows(named=True)
        if row["begins_on"] and row["ends_on"] and row["ends_on"].year < 9999
        for n in range((row["ends_on"] - row["begins_on"]).days + 1)
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from((CONTROL, *LEVELS)), st.integers(1, 60), st.integers(0, 30)),
        max_size=6,
    )
)
def test_a_whole_day_is_under_the_least_level_of_its_hours(spans):
    """Beside a list of hours."""
    hours, rows, at = {}, [], 5
    for n, (level, length, pause) in enumerate(spans):
        rows.append(alert(n, level, hour(at), hour(at + length)))
        hours |= dict.fromkeys(range(at, at + length), level)
        at += length + pause
    days = {}
    for day in range(at // 24 + 1):
        levels = [hours.get(n) for n in range(24 * day, 24 * day + 24)]
        if None not in levels:
            days[(START + dt.timedelta(days=day)).date()] = min(levels, key=STATES.index)
    assert (whole_days(*rows) if rows else {}) == days


def test_an_open_alert_is_of_every_day_to_come():
    """And one whose end is not known, of days that are not known."""
    for ends, last in (("另行通知", dt.date.max), (None, None)):
        facts = Facts.of(County(id=HERE), alert(1, "橙色", "2024-12-17 18:00", ends))
        table = airplan.assess(BOOK, facts, dt.date(2025, 6, 1)).facts.table(FullDayAlert)
        (row,) = table.filter(pl.col("begins_on") < dt.date.max).to_dicts()
        assert (row["begins_on"], row["ends_on"]) == (dt.date(2024, 12, 18), last)


# The air ------------------------------------------------------------------------------------------


def air(*indices, first="2024-12-01"):
    """A county's days from the first on; a pair is what the index is at most known as."""
    day = dt.date.fromisoformat(first)
    return {
        day + dt.timedelta(days=n): one if isinstance(one, tuple) else (one, one)
        for n, one in enumerate(indices)
    }


@pytest.mark.parametrize(
    ("indices", "level", "said"),
    [
        # one day of heavy pollution, or two of moderate
        ((201,), "黄色", plausible.SEEN),
        ((200,), "黄色", plausible.UNSEEN),
        ((151, 151), "黄色", plausible.SEEN),
        ((151, 150), "黄色", plausible.UNSEEN),
        ((201, 201), "橙色", plausible.SEEN),
        ((201, 151, 151), "橙色", plausible.SEEN),
        ((201, 151, 150, 151), "橙色", plausible.UNSEEN),
        ((201, 301, 201), "红色", plausible.SEEN),
        ((201, 300, 201), "红色", plausible.UNSEEN),
        ((201, 201, 150, 301), "红色", plausible.UNSEEN),
        # what calls for more calls for less
        ((201, 301, 201), "黄色", plausible.SEEN),
        ((151,), CONTROL, plausible.SEEN),
        ((101, 101), CONTROL, plausible.SEEN),
        ((101,), CONTROL, plausible.UNSEEN),
        # of a day without data it is not known; where the others make it enough, it is
        (((None, None), 201), "橙色", plausible.OPEN),
        (((None, 201), 201), "橙色", plausible.SEEN),
        (((None, 90), 201), "橙色", plausible.OPEN),
    ],
)
def test_the_definitions_since_2024(indices, level, said):
    """By days, on the days of the alert."""
    days = air(*([50] * 12), *indices, *([50] * 12), first="2024-11-19")
    first = dt.date(2024, 12, 1)
    last = first + dt.timedelta(days=len(indices) - 1)
    assert plausible.met(days, level, first, last) == said


@pytest.mark.parametrize(
    ("indices", "level", "said"),
    [
        ((201,), "黄色", plausible.UNSEEN),
        ((201, 201), "黄色", plausible.SEEN),
        ((201, 201, 201), "橙色", plausible.SEEN),
        ((201, 301, 301, 201), "红色", plausible.SEEN),
        ((201, 301, 201, 301), "红色", plausible.UNSEEN),
        ((500,), "红色", plausible.SEEN),
        ((499,), "红色", plausible.UNSEEN),
        ((500,), CONTROL, plausible.UNDEFINED),
    ],
)
def test_the_definitions_before(indices, level, said):
    """They are of the day on which an alert begins."""
    days = air(*([50] * 12), *indices, *([50] * 12), first="2022-11-19")
    first = dt.date(2022, 12, 1)
    assert plausible.met(days, level, first, first + dt.timedelta(days=len(indices) - 1)) == said


def test_what_calls_for_an_alert_is_found_in_the_days():
    """Runs, with the highest level that each reaches."""
    days = air(90, 201, 151, 151, 90, 151, 90, 201, 301, 201, 90)
    found = [(first.day, last.day, level) for first, last, level in plausible.calls(days)]
    assert found == [(2, 4, "橙色"), (8, 10, "红色")]
    assert list(plausible.calls({})) == []


def test_readings_are_declared():
    """A day of which some hours were under an alert is the county's to read."""
    other = airplan.build_rulebook(PLUGINS, Config(interpretations={"I-45": "yearly"}))
    assert other.choices["I-45"] == "yearly"
    assert BOOK.choices["I-45"] == "stock"
