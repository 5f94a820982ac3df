"""Sentences as the chapters to come say them, each as a rule that reads like it."""

from airplan_core import (
    Entity,
    Event,
    Flag,
    Reference,
    Rule,
    Text,
    attestation,
    by,
    event,
    flag,
    reference,
    text,
)
from tests.ledgers import TASK, Works


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

RULES = (first_repair, repaired, reported, announced, line_first, retested)
ENTITIES = (Works, Leak, Stop, Check, Episode)
