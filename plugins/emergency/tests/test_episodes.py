"""Whatever notices follow each other, every hour is under one state; after a lift there is none."""

import datetime as dt

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import airplan_core as airplan
from airplan_core import (
    County,
    Entity,
    Facts,
    Flag,
    Moment,
    Reference,
    Rule,
    Task,
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


class Chapter:
    """One duty, which is of the hours of an alert."""

    @hookimpl
    def airplan_entities(self):
        return [Alert, FullDayAlert, Spray]

    @hookimpl
    def airplan_rules(self):
        return [SPRAYING]

    @hookimpl
    def airplan_clauses(self):
        return [SPRAYING.clause]


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
