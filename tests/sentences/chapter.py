"""Sentences as the chapters to come say them, each as a rule that reads like it."""

from airplan_core import (
    Count,
    County,
    Entity,
    Event,
    Exempt,
    Flag,
    Measured,
    Ranked,
    Reference,
    Rule,
    Share,
    Stated,
    Text,
    amid,
    attestation,
    by,
    during,
    event,
    every,
    flag,
    measured,
    on,
    ranked,
    reference,
    season,
    stated,
    text,
)
from tests.ledgers import HEAVY, MEAN, TASK, Day, Works
from tests.sentences import clock


class Leak(Entity, zh="泄漏点"):
    """A leak that was found."""

    works: Reference[Works] = reference(Works, zh="工厂")
    found_on: Event = event(zh="发现日期")
    repaired_on: Event = event(zh="首次维修日期")
    closed_on: Event = event(zh="修复完成日期")
    postponed: Flag = flag(zh="已批准延迟维修")


class Stop(Entity, zh="停产"):
    """A works that stops, and starts again."""

    works: Reference[Works] = reference(Works, zh="工厂")
    reported_on: Event = event(zh="报告日期")
    stopped_on: Event = event(zh="停产日期")
    facility_off_on: Event = event(zh="治理设施停运日期")


class Check(Entity, zh="检测"):
    """A measurement, and the one that repeats it."""

    tested_on: Event = event(zh="检测日期")
    retested_on: Event = event(zh="复测日期")


class Episode(Entity, zh="预警过程"):
    """An alert."""

    place: Text = text(zh="地区")
    lifted_on: Event = event(zh="解除日期")


first_repair = Rule(
    id="test.leak-first-repair",
    clause=TASK.clause(101, "泄漏点自发现之日起5日内首次维修"),
    en="A leak is first repaired within five days.",
    subject=Leak,
    requires=Leak.repaired_on.happened(),
    due=by(Leak.found_on.plus(days=5)),
    speaks_of={Leak.found_on: "2024-03-01"},
    keeps=[{Leak.repaired_on: "2024-03-06"}],
    breaks=[{Leak.repaired_on: "never"}],
)
repaired = Rule(
    id="test.leak-repaired",
    clause=TASK.clause(102, "15日内完成修复，批准延迟维修的除外"),
    en="It is repaired within fifteen days, unless it may wait.",
    subject=Leak,
    applies=~Leak.postponed,
    requires=Leak.closed_on.happened(),
    due=by(Leak.found_on.plus(days=15)),
    speaks_of={Leak.found_on: "2024-03-01", Leak.postponed: False},
    keeps=[{Leak.closed_on: "2024-03-16"}],
    breaks=[{Leak.closed_on: "never"}],
)
reported = attestation(
    "test.episode-reported", TASK.clause(103, "预警解除后3日内报告"), Episode,
    due=by(Episode.lifted_on.plus(days=3)), en="An alert is reported on after it is lifted.",
)  # fmt: skip
announced = Rule(
    id="test.stop-announced",
    clause=TASK.clause(104, "提前3日报告停产"),
    en="A stop is reported three days ahead.",
    subject=Stop,
    applies=Stop.stopped_on.happened(),
    requires=Stop.reported_on.happened_by(Stop.stopped_on.minus(days=3)),
    speaks_of={Stop.stopped_on: "2023-03-10"},
    keeps=[{Stop.reported_on: "2023-03-07"}],
    breaks=[{Stop.reported_on: "2023-03-08"}],
)
line_first = Rule(
    id="test.line-stops-first",
    clause=TASK.clause(105, "先停生产线，后停治理设施"),
    en="The line stops before its facility does.",
    subject=Stop,
    applies=Stop.facility_off_on.happened(),
    requires=Stop.stopped_on.happened_by(Stop.facility_off_on),
    speaks_of={Stop.facility_off_on: "2023-03-10"},
    keeps=[{Stop.stopped_on: "2023-03-10"}],
    breaks=[{Stop.stopped_on: "2023-03-11"}],
)
retested = Rule(
    id="test.retested",
    clause=TASK.clause(106, "复测不早于检测后3个月"),
    en="It is measured again, three months later at the earliest.",
    subject=Check,
    applies=Check.tested_on.happened(),
    requires=Check.retested_on.happened_from(Check.tested_on.plus(months=3)),
    speaks_of={Check.tested_on: "2022-11-30"},
    keeps=[{Check.retested_on: "2023-02-28"}],
    breaks=[{Check.retested_on: "2023-02-27"}],
)


class Order(Entity, zh="下达任务"):
    """A task that was handed down to a county."""

    county: Reference[County] = reference(County, zh="县市")
    given_on: Event = event(zh="下达日期")
    due: Measured = measured("吨", zh="下达量", better="neither")
    done: Measured = measured("吨", zh="完成量", better="more")


DUE = Order.due.sum(
    id="test.order-due",
    zh="下达量合计",
    en="handed down",
    of=Order.county,
    on=Order.given_on,
    better="neither",
)
DONE = Order.done.sum(
    id="test.order-done",
    zh="完成量合计",
    en="done",
    of=Order.county,
    on=Order.given_on,
    better="more",
)

fulfilled = Rule(
    id="test.orders-fulfilled",
    clause=TASK.clause(107, "2024年、2025年完成上级下达任务"),
    en="What was handed down is done.",
    subject=County,
    requires=DONE.at_least(DUE),
    due=during(2024, 2025),
    keeps=[{DONE: "500 吨", DUE: "500 吨"}],
    breaks=[{DONE: "499.999999 吨", DUE: "500 吨"}],
)
covered = Rule(
    id="test.coverage",
    clause=TASK.clause(108, "2024年实施覆盖率不低于32.8%"),
    en="A third is covered.",
    subject=County,
    requires=(DONE / DUE).at_least("32.8 %"),
    due=during(2024),
    keeps=[{DONE: "328 吨", DUE: "1000 吨"}],
    breaks=[{DONE: "327.999999 吨", DUE: "1000 吨"}],
)
no_higher = Rule(
    id="test.no-higher",
    clause=TASK.clause(109, "2024年、2025年颗粒物年均浓度不高于上年"),
    en="The annual mean does not rise.",
    subject=County,
    requires=MEAN.at_most(MEAN.last_year()),
    due=during(2024, 2025),
    keeps=[{MEAN: "44 µg/m³", MEAN.last_year(): "44 µg/m³"}],
    breaks=[{MEAN: "44.1 µg/m³", MEAN.last_year(): "44 µg/m³"}],
)
fallen = Rule(
    id="test.fallen",
    clause=TASK.clause(110, "2024年重污染天数同比下降10%"),
    en="Heavy days fall by a tenth.",
    subject=County,
    requires=HEAVY.fallen_by("10 %"),
    due=during(2024),
    keeps=[{HEAVY: "9 天", HEAVY.last_year(): "10 天"}],
    breaks=[{HEAVY: "10 天", HEAVY.last_year(): "10 天"}],
)
since_2020 = Rule(
    id="test.fallen-since-2020",
    clause=TASK.clause(111, "2025年颗粒物年均浓度较2020年下降10%"),
    en="The annual mean falls by a tenth from 2020.",
    subject=County,
    requires=MEAN.fallen_by("10 %", since=MEAN.in_year(2020)),
    due=during(2025),
    keeps=[{MEAN: "45 µg/m³", MEAN.in_year(2020): "50 µg/m³"}],
    breaks=[{MEAN: "45.000001 µg/m³", MEAN.in_year(2020): "50 µg/m³"}],
    numbers={"较2020年": None},
)


class Dispatch(Entity, zh="调度记录"):
    """A county's meeting that sees how the work goes."""

    county: Reference[County] = reference(County, zh="县市")
    held_on: Event = event(zh="日期")


DISPATCHES = Count(
    id="test.dispatches", zh="调度次数", en="dispatches", unit="次", of=Dispatch.county,
    on=Dispatch.held_on, better="more",
)  # fmt: skip

dispatched = Rule(
    id="test.weekly-dispatch",
    clause=TASK.clause(112, "2024年、2025年一周一调度"),
    en="The work is looked at each week.",
    subject=County,
    requires=DISPATCHES.at_least("1 次"),
    due=every("week", 2024, 2025),
    keeps=[{DISPATCHES: "1 次"}],
    breaks=[{DISPATCHES: "0 次"}],
    numbers={"一周一调度": "1", "2024年、2025年": None},
)
notified = attestation(
    "test.quarterly-notice", TASK.clause(113, "2024年每季度通报"), County,
    due=every("quarter", 2024), en="There is a notice each quarter.", numbers={"2024年": None},
)  # fmt: skip


SUMMER = season("5月", "9月")
WINTER = season("11-15", "03-15")


class Work(Entity, zh="作业"):
    """Work that gives off vapours, or earth."""

    on: Event = event(zh="作业日期")
    enclosed: Flag = flag(zh="密闭作业")
    stopped: Flag = flag(zh="停止作业")


enclosed = Rule(
    id="test.summer-work-enclosed",
    clause=TASK.clause(114, "每年5月至9月作业密闭"),
    en="Work in summer is enclosed.",
    subject=Work,
    applies=Work.on.within(SUMMER),
    requires=Work.enclosed,
    speaks_of={Work.on: "2024-05-01"},
    keeps=[{Work.enclosed: True}],
    breaks=[{Work.enclosed: False}],
)
stopped = Rule(
    id="test.winter-stop",
    clause=TASK.clause(115, "每年11月15日至次年3月15日停止土石方作业"),
    en="No earth is moved in the heating season.",
    subject=Work,
    applies=WINTER,
    requires=Work.stopped,
    keeps=[on("2024-03-15", {Work.stopped: True})],
    breaks=[on("2024-11-15", {Work.stopped: False})],
)


class Alert(Entity, zh="预警", valid=("begins", "ends"), closed=True):
    """An alert of a county: where there is no row, there is none."""

    county: Reference[County] = reference(County, zh="县市")
    level: Ranked = ranked("黄色", "橙色", "红色", zh="级别")
    begins: Event = event(zh="启动日期")
    ends: Event = event(zh="解除日期")


class Grade(Entity, zh="绩效评级", valid=("from_day", "to_day")):
    """A works' grade, and between which days it holds."""

    works: Reference[Works] = reference(Works, zh="工厂")
    grade: Stated = stated("A级", "B级", zh="等级")
    from_day: Event = event(zh="生效日期")
    to_day: Event = event(zh="失效日期")


class Earthwork(Entity, zh="土石方作业"):
    """A day's work."""

    county: Reference[County] = reference(County, zh="县市")
    works: Reference[Works] = reference(Works, zh="工厂")
    day: Event = event(zh="作业日")
    halted: Flag = flag(zh="已停止")


ORANGE = amid(Alert.level.at_least("橙色"), on=Earthwork.day, zh="橙色及以上预警期间")
GRADE_A = amid(Grade.grade.is_("A级"), zh="绩效A级")
GRADE_A_THEN = amid(Grade.grade.is_("A级"), on=Earthwork.day, zh="当日绩效A级")

halted = Rule(
    id="test.halted-in-alerts",
    clause=TASK.clause(116, "橙色及以上预警期间停止土石方作业，绩效A级企业除外"),
    en="No earth is moved during an orange alert or a higher one, but by works of grade A.",
    subject=Earthwork,
    applies=ORANGE,
    requires=Earthwork.halted,
    exempt=(Exempt("grade-a", "绩效A级企业除外", GRADE_A_THEN),),
    speaks_of={ORANGE: True, GRADE_A_THEN: False},
    keeps=[{Earthwork.halted: True}],
    breaks=[{Earthwork.halted: False}],
)
reduces = attestation(
    "test.grade-a-reduces", TASK.clause(117, "A级企业自主减排"), Works, applies=GRADE_A,
    speaks_of={GRADE_A: True}, en="Works of grade A reduce by themselves.",
)  # fmt: skip
BY_A = Share(
    id="test.by-grade-a", zh="预警期间A级企业作业占比", en="work by grade A in alerts", unit="次",
    of=Earthwork.county, on=Earthwork.day, among=ORANGE, where=GRADE_A_THEN, better="more",
)  # fmt: skip
mostly = Rule(
    id="test.mostly-grade-a",
    clause=TASK.clause(118, "2024年预警期间A级企业作业占比不低于50%"),
    en="Half of the work in alerts is by works of grade A.",
    subject=County,
    requires=BY_A.at_least("50 %"),
    due=during(2024),
    keeps=[{BY_A: "50 %"}],
    breaks=[{BY_A: "49.9 %"}],
)

RULES = (first_repair, repaired, reported, announced, line_first, retested,
         fulfilled, covered, no_higher, fallen, since_2020,
         notified, enclosed, stopped,
         halted, reduces, mostly, *clock.RULES)  # fmt: skip
#: A hundred duties of one rule, which other tests need not carry along.
WEEKLY = (dispatched,)
ENTITIES = (Works, Day, Leak, Stop, Check, Episode, Order, Dispatch, Work, Alert, Grade,
            Earthwork, *clock.ENTITIES)  # fmt: skip
METRICS = (*clock.METRICS, BY_A, DISPATCHES, DUE, DONE, MEAN, HEAVY)
