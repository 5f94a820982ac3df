"""Sentences that speak of hours, minutes and working days, each as a rule that reads like it."""

from airplan_core import (
    Count,
    County,
    Entity,
    Event,
    Flag,
    Moment,
    Ranked,
    Reference,
    Rule,
    amid,
    by,
    during,
    event,
    flag,
    hours,
    moment,
    on,
    ranked,
    reference,
    season,
)
from tests.ledgers import TASK


class Start(Entity, zh="启动"):
    """A line that starts, and the facility that cleans what it gives off."""

    facility_at: Moment = moment(zh="治理设施启动时间", minutes=True)
    line_at: Moment = moment(zh="生产线启动时间", minutes=True)
    approved_on: Event = event(zh="批准日期")
    notified_on: Event = event(zh="报告日期")
    explosive: Flag = flag(zh="涉爆设施")


class Fault(Entity, zh="故障"):
    """A facility that fails, and runs again."""

    failed_at: Moment = moment(zh="故障时间", minutes=True)
    reported_at: Moment = moment(zh="报告时间", minutes=True)
    restored_at: Moment = moment(zh="恢复时间", minutes=True)
    explained_on: Event = event(zh="报告提交日期")


class Complaint(Entity, zh="投诉"):
    """What somebody complains of, and the visit that is announced."""

    taken_on: Event = event(zh="受理日期")
    closed_on: Event = event(zh="办结日期")
    booked_on: Event = event(zh="预约日期")
    visited_on: Event = event(zh="检查日期")


class Job(Entity, zh="喷涂作业"):
    """Work that begins at some time of the day."""

    county: Reference[County] = reference(County, zh="县市")
    day: Event = event(zh="作业日期")
    begun: Moment = moment(zh="开始时间", minutes=True)
    stopped: Flag = flag(zh="已停止")


facility_first = Rule(
    id="test.facility-first",
    clause=TASK.clause(131, "治理设施先于生产线启动"),
    en="The facility starts before its line does.",
    subject=Start,
    applies=Start.line_at.happened(),
    requires=Start.facility_at.happened_by(Start.line_at),
    speaks_of={Start.line_at: "2023-03-10 08:30"},
    keeps=[{Start.facility_at: "2023-03-10 08:30"}],
    breaks=[{Start.facility_at: "2023-03-10 08:31"}, {Start.facility_at: "never"}],
)
half_an_hour = Rule(
    id="test.half-an-hour-ahead",
    clause=TASK.clause(132, "涉爆设施提前30分钟启动"),
    en="Where it may explode, half an hour before.",
    subject=Start,
    applies=Start.explosive & Start.line_at.happened(),
    requires=Start.facility_at.happened_by(Start.line_at.minus(minutes=30)),
    speaks_of={Start.line_at: "2023-03-10 00:20", Start.explosive: True},
    keeps=[{Start.facility_at: "2023-03-09 23:50"}],
    breaks=[{Start.facility_at: "2023-03-09 23:51"}],
)
approved = Rule(
    id="test.line-approved",
    clause=TASK.clause(133, "生产线批准之日起方可启动"),
    en="A line starts on the day of its approval at the earliest.",
    subject=Start,
    applies=Start.line_at.happened(),
    requires=Start.line_at.happened_from(Start.approved_on),
    speaks_of={Start.line_at: "2023-03-10 08:30"},
    keeps=[{Start.approved_on: "2023-03-10"}],
    breaks=[{Start.approved_on: "2023-03-11"}],
)
notified = Rule(
    id="test.start-notified",
    clause=TASK.clause(134, "启动提前3日报告"),
    en="A start is reported three days ahead.",
    subject=Start,
    applies=Start.line_at.happened(),
    requires=Start.notified_on.happened_by(Start.line_at.minus(days=3)),
    speaks_of={Start.line_at: "2023-03-10 23:59"},
    keeps=[{Start.notified_on: "2023-03-07"}],
    breaks=[{Start.notified_on: "2023-03-08"}],
)
fault_reported = Rule(
    id="test.fault-reported",
    clause=TASK.clause(135, "治理设施故障后2小时内报告"),
    en="A fault is reported within two hours.",
    subject=Fault,
    requires=Fault.reported_at.happened(),
    due=by(Fault.failed_at.plus(hours=2)),
    speaks_of={Fault.failed_at: "2024-03-01 22:30"},
    keeps=[{Fault.reported_at: "2024-03-02 00:30"}],
    breaks=[{Fault.reported_at: "never"}],
)
restored = Rule(
    id="test.fault-restored",
    clause=TASK.clause(136, "45分钟内恢复运行"),
    en="It runs again within three quarters of an hour.",
    subject=Fault,
    applies=Fault.failed_at.happened(),
    requires=Fault.restored_at.happened_by(Fault.failed_at.plus(minutes=45)),
    speaks_of={Fault.failed_at: "2023-03-01 22:30"},
    keeps=[{Fault.restored_at: "2023-03-01 23:15"}],
    breaks=[{Fault.restored_at: "2023-03-01 23:16"}],
)

closed = Rule(
    id="test.complaint-closed",
    clause=TASK.clause(141, "投诉自受理之日起5个工作日内办结"),
    en="A complaint is closed within five working days.",
    subject=Complaint,
    requires=Complaint.closed_on.happened(),
    due=by(Complaint.taken_on.plus(working_days=5)),
    speaks_of={Complaint.taken_on: "2024-02-08"},
    keeps=[{Complaint.closed_on: "2024-02-21"}],
    breaks=[{Complaint.closed_on: "never"}],
)
booked = Rule(
    id="test.visit-booked",
    clause=TASK.clause(142, "提前2个工作日预约检查"),
    en="A visit is announced two working days ahead.",
    subject=Complaint,
    applies=Complaint.visited_on.happened(),
    requires=Complaint.booked_on.happened_by(Complaint.visited_on.minus(working_days=2)),
    # 29 September, a Sunday, is worked for the holiday
    speaks_of={Complaint.visited_on: "2024-10-08"},
    keeps=[on("2024-12-31", {Complaint.booked_on: "2024-09-29"})],
    breaks=[on("2024-12-31", {Complaint.booked_on: "2024-09-30"})],
)
fault_explained = Rule(
    id="test.fault-explained",
    clause=TASK.clause(143, "故障停运后3个工作日内提交报告"),
    en="A fault is explained within three working days.",
    subject=Fault,
    applies=Fault.failed_at.happened(),
    requires=Fault.explained_on.happened_by(Fault.failed_at.plus(working_days=3)),
    speaks_of={Fault.failed_at: "2025-01-24 23:59"},
    keeps=[on("2025-12-31", {Fault.explained_on: "2025-02-05"})],
    breaks=[on("2025-12-31", {Fault.explained_on: "2025-02-06"})],
)

MIDDAY = hours("10时", "16时")
NIGHT = hours("22时", "次日6时")

midday = Rule(
    id="test.midday-stop",
    clause=TASK.clause(137, "每日10时至16时停止喷涂作业"),
    en="Nothing is sprayed around midday.",
    subject=Job,
    applies=Job.begun.within(MIDDAY),
    requires=Job.stopped,
    speaks_of={Job.begun: "2024-05-01 16:00"},
    keeps=[{Job.stopped: True}],
    breaks=[{Job.stopped: False}],
)
night = Rule(
    id="test.night-ban",
    clause=TASK.clause(138, "22时至次日6时停止夜间施工"),
    en="Nothing is built at night.",
    subject=Job,
    forbids=Job.begun.within(NIGHT),
    keeps=[{Job.begun: "2024-05-01 21:59"}, {Job.begun: "2024-05-01 06:01"}],
    breaks=[{Job.begun: "2024-05-01 22:00"}, {Job.begun: "2024-05-01 06:00"}],
)
summer_midday = Rule(
    id="test.summer-midday-stop",
    clause=TASK.clause(139, "每年5月至9月的10时至16时停止装卸油作业"),
    en="Nothing is unloaded around midday in summer.",
    subject=Job,
    applies=Job.begun.within(season("5月", "9月")) & Job.begun.within(MIDDAY),
    requires=Job.stopped,
    speaks_of={Job.begun: "2024-09-30 10:00"},
    keeps=[{Job.stopped: True}],
    breaks=[{Job.stopped: False}],
)
AT_MIDDAY = Count(
    id="test.midday-jobs", zh="午间作业次数", en="jobs around midday", unit="次", of=Job.county,
    on=Job.day, where=Job.begun.within(MIDDAY), better="less",
)  # fmt: skip


class Warning(
    Entity, zh="小时预警", valid=("begins_at", "ends_at"), closed=True, apart="county"
):  # fmt: skip
    """An alert from one hour to another: from then on it is none, or a higher one."""

    county: Reference[County] = reference(County, zh="县市")
    level: Ranked = ranked("黄色", "橙色", "红色", zh="级别")
    begins_at: Moment = moment(zh="启动时间")
    ends_at: Moment = moment(zh="解除时间", minutes=True)


ORANGE_THEN = amid(Warning.level.at_least("橙色"), on=Job.begun, zh="橙色及以上预警期间")
ORANGE_THAT_DAY = amid(Warning.level.at_least("橙色"), on=Job.day, zh="橙色及以上预警当日")
to_the_minute = Rule(
    id="test.halted-to-the-minute",
    clause=TASK.clause(191, "橙色及以上预警期间停止喷涂作业"),
    en="No spraying begins during an orange alert or a higher one.",
    subject=Job,
    applies=ORANGE_THEN,
    requires=Job.stopped,
    speaks_of={ORANGE_THEN: True},
    keeps=[{Job.stopped: True}],
    breaks=[{Job.stopped: False}],
)
that_day = Rule(
    id="test.halted-that-day",
    clause=TASK.clause(192, "橙色及以上预警当日停止喷涂作业"),
    en="There is none on a day of an orange alert or a higher one.",
    subject=Job,
    applies=ORANGE_THAT_DAY,
    requires=Job.stopped,
    speaks_of={ORANGE_THAT_DAY: True},
    keeps=[{Job.stopped: True}],
    breaks=[{Job.stopped: False}],
)
few = Rule(
    id="test.few-at-midday",
    clause=TASK.clause(140, "2024年10时至16时作业次数不超过2次"),
    en="Two jobs around midday at most.",
    subject=County,
    requires=AT_MIDDAY.at_most("2 次"),
    due=during(2024),
    keeps=[{AT_MIDDAY: "2 次"}],
    breaks=[{AT_MIDDAY: "3 次"}],
)

RULES = (facility_first, half_an_hour, approved, notified, fault_reported, restored,
         closed, booked, fault_explained,
         midday, night, summer_midday, few, to_the_minute, that_day)  # fmt: skip
ENTITIES = (Start, Fault, Complaint, Job, Warning)
METRICS = (AT_MIDDAY,)

LINE, APPROVED = "2024-03-10 00:20", "2024-03-10"


def records(county):
    """Rows a minute before, at and after what each sentence turns on, and what is not known."""
    for n, facility in enumerate(
        ("2024-03-09 23:49", "2024-03-09 23:50", "2024-03-09 23:51", "2024-03-10 00:20",
         "2024-03-10 00:21", "never", None)
    ):  # fmt: skip
        yield Start(id=f"{n}", facility_at=facility, line_at=LINE, approved_on=APPROVED,
                    notified_on="2024-03-07", explosive=True)  # fmt: skip
    for n, line in enumerate(
        ("2024-03-09 23:59", "2024-03-10 00:00", "2024-03-10 23:59", "2024-03-11 00:00", "never",
         None)
    ):  # fmt: skip
        yield Start(id=f"line {n}", facility_at="2024-03-10 00:20", line_at=line,
                    approved_on=APPROVED, notified_on="2024-03-07", explosive=None)  # fmt: skip
    yield Start(id="nothing")
    for n, (failed, reported) in enumerate([
        ("2024-12-31 21:00", "2024-12-31 23:00"), ("2024-12-31 21:00", "2024-12-31 23:01"),
        ("2024-12-31 21:00", "never"), ("2024-12-31 23:00", "never"), ("2024-12-31 22:00", None),
        ("2024-12-31 22:00", "2025-01-01 00:00"), ("2024-12-31 22:00", "2025-01-01 00:01"),
        ("never", "never"), (None, "2024-12-31 23:00"), (None, None),
    ]):  # fmt: skip
        yield Fault(id=f"{n}", failed_at=failed, reported_at=reported, restored_at=reported)
    yield Fault(id="in time", failed_at="2024-06-01 23:30", restored_at="2024-06-02 00:15")
    yield Fault(id="a minute late", failed_at="2024-06-01 23:30", restored_at="2024-06-02 00:16")
    yield Fault(id="explained", failed_at="2024-02-08 23:59", explained_on="2024-02-19")
    yield Fault(id="a day late", failed_at="2024-02-09 00:00", explained_on="2024-02-21")
    for n, taken in enumerate(
        ("2023-12-29", "2023-12-31", "2024-01-01", "2024-02-03", "2024-02-04", "2024-02-08",
         "2024-02-10", "2024-09-26", "2024-12-23", "2024-12-24", "2026-12-24", "never", None)
    ):  # fmt: skip
        for closed_on in ("2024-02-21", "2024-10-09", "2024-12-31", "never", None):
            yield Complaint(id=f"{n} {closed_on}", taken_on=taken, closed_on=closed_on,
                            visited_on=closed_on, booked_on=taken)  # fmt: skip
    for time in ("00:00", "05:59", "06:00", "06:01", "09:59", "10:00", "10:01", "15:59", "16:00",
                 "16:01", "21:59", "22:00", "23:59"):  # fmt: skip
        for month in ("04-30", "05-01"):
            yield Job(id=f"{month} {time}", county=county, day=f"2024-{month}",
                      begun=f"2024-{month} {time}", stopped=False)  # fmt: skip
    yield Job(id="not begun", county=county, day="2024-05-02", begun="never", stopped=False)
    yield Job(id="unknown", county=county, day="2024-05-02", stopped=None)
    # 04-30: yellow at 06:00, orange at 10:00, lifted at 16:00; the next ends at midnight
    for n, (level, begins, ends) in enumerate([
        ("黄色", "2024-04-30 06:00", "2024-04-30 10:00"),
        ("橙色", "2024-04-30 10:00", "2024-04-30 16:00"),
        ("红色", "2024-04-30 22:00", "2024-05-01 00:00"),
        ("橙色", "2024-05-01 06:00", "2024-05-01 06:00"), (None, "2024-05-01 16:00", "never"),
    ]):  # fmt: skip
        yield Warning(id=f"{n}", county=county, level=level, begins_at=begins, ends_at=ends)
