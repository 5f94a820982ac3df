"""Whatever notices follow each other, every hour is under one state; after a lift there is none."""

import datetime as dt

import attrs
import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import airplan_core as airplan
from airplan_core import (
    Config,
    County,
    Entity,
    Event,
    Facts,
    Flag,
    Moment,
    Reference,
    Rule,
    Task,
    amid,
    event,
    flag,
    hookimpl,
    moment,
    reference,
)
from airplan_emergency import episodes
from airplan_emergency.alerts import CONTROL, LEVELS, NONE, STATES, Alert, FullDayAlert, in_force
from airplan_emergency.episodes import OPEN, Level, NoticeError
from airplan_qinyang import QINYANG_2024

HERE = QINYANG_2024.county
TASK = Task(id="t", heading="测试", campaign="test", plan=QINYANG_2024, lead=("甲局",))


class Spray(Entity, zh="喷涂作业"):
    """Work that begins at some minute."""

    county: Reference[County] = reference(County, zh="县市")
    begun_at: Moment = moment(zh="开始时间", minutes=True)
    day: Event = event(zh="作业日期")
    stopped: Flag = flag(zh="是否停止")


ORANGE = in_force("橙色", on=Spray.begun_at)
SPRAYING = Rule(
    id="test.spraying",
    clause=TASK.clause(1, "重污染天气橙色及以上预警期间停止喷涂"),
    en="No spraying under orange and above.",
    subject=Spray,
    applies=ORANGE,
    requires=Spray.stopped,
    speaks_of={ORANGE: True},
    keeps=[{Spray.stopped: True}],
    breaks=[{Spray.stopped: False}],
)

THAT_DAY = in_force("橙色", on=Spray.day)
BY_DAY = attrs.evolve(
    SPRAYING, id="test.by-day", clause=TASK.clause(2, "橙色及以上预警当日停止喷涂"), applies=THAT_DAY,
    speaks_of={amid(Alert.level.at_least("橙色"), on=Spray.day): True},
)  # fmt: skip


class Chapter:
    """Two duties: of the hours of an alert, and of its days."""

    @hookimpl
    def airplan_entities(self):
        return [Alert, FullDayAlert, Spray]

    @hookimpl
    def airplan_rules(self):
        return [SPRAYING, BY_DAY]

    @hookimpl
    def airplan_clauses(self):
        return [SPRAYING.clause, BY_DAY.clause]


BOOK = airplan.build_rulebook([airplan.contribution(Chapter(), "test")])
START = dt.datetime(2024, 12, 1)
DEGREES = (CONTROL, *LEVELS)
HOURS = st.integers(0, 40)


def hour(number):
    return START + dt.timedelta(hours=number)


class Notices(RuleBasedStateMachine):
    """Notices in whatever order, beside a list of hours that knows nothing of intervals."""

    def __init__(self):
        super().__init__()
        self.levels = ()
        self.now = 0
        #: What each hour is under, so far; from the last of them on, `state`.
        self.hours, self.state = [], NONE

    def wait(self, hours):
        self.hours += [self.state] * hours
        self.now += hours

    @precondition(lambda self: self.state == NONE)
    @rule(wait=HOURS, level=st.sampled_from(DEGREES), planned=st.none() | st.integers(1, 100))
    def issue(self, wait, level, planned):
        """Yellow, orange or red, straight away; or control."""
        self.wait(wait)
        until = None if planned is None else hour(self.now + planned)
        self.levels = episodes.issue(self.levels, level, hour(self.now), until)
        self.state = level

    @precondition(lambda self: self.state != NONE)
    @rule(wait=HOURS, level=st.sampled_from(DEGREES))
    def change(self, wait, level):
        """Up or down, over a level too."""
        self.wait(wait)
        if level == self.state:
            with pytest.raises(NoticeError, match="延长"):
                episodes.change(self.levels, level, hour(self.now))
            return
        self.levels = episodes.change(self.levels, level, hour(self.now))
        self.state = level

    @precondition(lambda self: self.state != NONE)
    @rule(wait=HOURS, until=st.none() | st.integers(1, 100))
    def extend(self, wait, until):
        """A planned end passes, and ends nothing."""
        self.wait(wait)
        until = None if until is None else hour(self.now + until)
        self.levels = episodes.extend(self.levels, until)
        assert self.levels[-1].planned == until

    @precondition(lambda self: self.state != NONE)
    @rule(wait=HOURS)
    def lift(self, wait):
        """From any level."""
        self.wait(wait)
        self.levels = episodes.lift(self.levels, hour(self.now))
        self.state = NONE

    @precondition(lambda self: self.state == NONE)
    @rule()
    def nothing_to_change(self):
        """What is not in force is neither changed, nor put off, nor lifted."""
        for act in (
            lambda: episodes.change(self.levels, "红色", hour(self.now)),
            lambda: episodes.extend(self.levels, None),
            lambda: episodes.lift(self.levels, hour(self.now)),
        ):
            with pytest.raises(NoticeError, match="没有生效"):
                act()

    @precondition(lambda self: self.state != NONE)
    @rule(level=st.sampled_from(DEGREES))
    def not_twice(self, level):
        """Where one is in force, no other is issued beside it."""
        with pytest.raises(NoticeError, match="升级或降级"):
            episodes.issue(self.levels, level, hour(self.now))

    @invariant()
    def every_hour_is_under_one_state(self):
        """That of the list; what is open goes on, and what is lifted is over."""
        assert [episodes.state(self.levels, hour(n)) for n in range(self.now)] == self.hours
        assert episodes.state(self.levels, hour(self.now)) == self.state
        assert episodes.state(self.levels, dt.datetime(2030, 1, 1)) == self.state
        assert set(self.hours) <= set(STATES)

    @invariant()
    def no_two_levels_meet(self):
        """Each has hours of its own, and the next does not begin before it ends."""
        for one in self.levels:
            assert one.begins < one.ends
        for one, other in zip(self.levels, self.levels[1:], strict=False):
            assert one.ends <= other.begins

    def teardown(self):
        """As a ledger they bind to the hour; once lifted, nobody is bound."""
        rows = [
            Alert(id=str(n), county=HERE, level=one.level, begins_at=one.begins, ends_at=one.ends,
                  planned_until=one.planned)
            for n, one in enumerate(self.levels)
        ]  # fmt: skip
        hours = range(max(0, self.now - 60), self.now + 3)
        work = [Spray(id=str(n), county=HERE, begun_at=hour(n), stopped=False) for n in hours]
        found = airplan.assess(
            BOOK, Facts.of(*rows, *work, none=[] if rows else [Alert]), dt.date(2025, 12, 31)
        ).outcomes
        found = found.filter(found["rule"] == SPRAYING.id)
        stood = dict(found.select("subject", "outcome").iter_rows())
        for n in hours:
            under = self.hours[n] if n < self.now else self.state
            bound = under in ("橙色", "红色")
            assert stood[str(n)] == ("VIOLATION" if bound else "NOT_APPLICABLE"), (n, under)


TestNotices = Notices.TestCase
TestNotices.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)


def level(name, begins, ends=None):
    return Level(name, hour(begins), OPEN if ends is None else hour(ends))


def test_an_episode_ends_with_the_last_of_its_levels():
    """Yellow, orange, red and lifted is one; what begins an hour later, or a day, is another."""
    first = (level("黄色", 0, 10), level("橙色", 10, 30), level("红色", 30, 50))
    assert episodes.episodes((*first, level("黄色", 51))) == (first, (level("黄色", 51),))
    assert episodes.episodes((*first, level("黄色", 50))) == ((*first, level("黄色", 50)),)
    assert episodes.episodes(()) == ()


def test_what_is_changed_in_its_first_hour_was_never_in_force():
    """A notice that is mended at once leaves no level of no hour behind."""
    yellow = episodes.issue((), "黄色", hour(0))
    assert episodes.change(yellow, "红色", hour(0)) == (level("红色", 0),)
    assert episodes.lift(yellow, hour(0)) == ()


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda: episodes.issue((), "蓝色", hour(0)), "没有“蓝色”这一级"),
        (lambda: episodes.issue((), "黄色", dt.datetime(2024, 12, 1, 8, 30)), "不是整点"),
        (lambda: episodes.lift((level("黄色", 5),), hour(4)), "早于前一次通知"),
        (lambda: episodes.issue((level("黄色", 0, 5),), "黄色", hour(4)), "早于前一次通知"),
        (lambda: episodes.extend((level("黄色", 5),), hour(5)), "不晚于启动时间"),
        (lambda: episodes.state((level("黄色", 0), level("橙色", 5)), hour(6)), "两个级别"),
    ],
)
def test_what_does_not_fit_is_told(act, told):
    """In Chinese, as whoever issues alerts reads it."""
    with pytest.raises(NoticeError, match=told):
        act()


WHOLE = airplan.build_rulebook(
    [airplan.contribution(Chapter(), "test")],
    Config(interpretations={"emergency.alert-day": "whole"}),
)


@pytest.mark.parametrize(
    ("day", "any_hour", "whole"),
    [
        ("2024-12-16", False, False),
        ("2024-12-17", False, False),  # yellow from 18:00
        ("2024-12-18", False, False),
        ("2024-12-19", True, False),  # orange from 08:00
        ("2024-12-20", True, True),
        ("2024-12-21", True, True),  # red from 12:00 on: orange and above all day
        ("2024-12-22", True, True),
        ("2024-12-23", True, False),  # lifted at 18:00
        ("2024-12-24", False, False),
    ],
)
def test_a_day_of_an_alert_is_read_as_the_county_does(day, any_hour, whole):
    """For any of its hours, or for all of them."""
    rows = [
        Alert(id=str(n), county=HERE, level=level, begins_at=begins, ends_at=ends)
        for n, (level, begins, ends) in enumerate([
            ("黄色", "2024-12-17 18:00", "2024-12-19 08:00"),
            ("橙色", "2024-12-19 08:00", "2024-12-21 12:00"),
            ("红色", "2024-12-21 12:00", "2024-12-23 18:00"),
        ])
    ]  # fmt: skip
    work = Spray(id="1", county=HERE, day=day, stopped=False)
    for rules, bound in ((BOOK, any_hour), (WHOLE, whole)):
        found = airplan.assess(rules, Facts.of(*rows, work), dt.date(2025, 1, 1)).outcomes
        (outcome,) = found.filter(found["rule"] == BY_DAY.id)["outcome"]
        assert outcome == ("VIOLATION" if bound else "NOT_APPLICABLE")


def test_where_no_alert_was_issued_no_day_is_one_of_it():
    """On either reading; of a ledger that was not handed in it is not known."""
    work = Spray(id="1", county=HERE, day="2024-12-20", stopped=False)
    for rules in (BOOK, WHOLE):
        for none, expected in (([Alert], "NOT_APPLICABLE"), ([], "UNKNOWN")):
            facts = Facts.of(work, none=none)
            found = airplan.assess(rules, facts, dt.date(2025, 1, 1)).outcomes
            assert set(found.filter(found["rule"] == BY_DAY.id)["outcome"]) == {expected}
