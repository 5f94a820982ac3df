"""Sentences as the chapters to come say them, each as a rule that reads like it."""

from airplan_core import (
    Count,
    Counted,
    County,
    Entity,
    Event,
    Exempt,
    Flag,
    Interpretation,
    Measured,
    Ranked,
    Reference,
    Rule,
    Share,
    Stated,
    Task,
    Text,
    Waiver,
    amid,
    attestation,
    by,
    counted,
    during,
    event,
    every,
    flag,
    in_a_row,
    measured,
    named_each,
    occurrence,
    on,
    ranked,
    reference,
    season,
    stated,
    text,
    whole,
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
)
notified = attestation(
    "test.quarterly-notice", TASK.clause(113, "2024年每季度通报"), County,
    due=every("quarter", 2024), en="There is a notice each quarter.",
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


class Station(Entity, zh="加油站"):
    """A filling station."""

    county: Reference[County] = reference(County, zh="县市")
    works: Reference[Works] = reference(Works, zh="所属企业")


class Sampling(Entity, zh="油品抽检"):
    """A sample of a station's fuel."""

    station: Reference[Station] = reference(Station, zh="加油站")
    taken_on: Event = event(zh="抽检日期")
    sulphur: Measured = measured("mg/kg", zh="硫含量", better="less", floor="0 mg/kg")
    batch: Measured = measured("吨", zh="批量", better="neither", floor="0 吨")


SAMPLINGS = Count(
    id="test.samplings", zh="抽检次数", en="samplings", unit="次", of=Sampling.station,
    on=Sampling.taken_on, better="more",
)  # fmt: skip
SAMPLED = Share(
    id="test.sampled", zh="加油站抽检比例", en="stations sampled", unit="座", of=Station.county,
    where=SAMPLINGS.at_least("1 次"), better="more",
)  # fmt: skip
WORST = Sampling.sulphur.maximum(
    id="test.worst-sulphur", zh="硫含量最大值", en="greatest sulphur content", of=Sampling.station,
    on=Sampling.taken_on, better="less",
)  # fmt: skip
SULPHUR = Sampling.sulphur.weighted_mean(
    by=Sampling.batch, id="test.sulphur", zh="加权平均硫含量", en="mean sulphur content",
    of=Sampling.station, on=Sampling.taken_on, better="less",
)  # fmt: skip

sampled = Rule(
    id="test.stations-sampled",
    clause=TASK.clause(119, "2024年抽检5%以上的加油站"),
    en="A twentieth of the stations is sampled.",
    subject=County,
    requires=SAMPLED.at_least("5 %"),
    due=during(2024),
    keeps=[{SAMPLED: "5 %"}],
    breaks=[{SAMPLED: "4.9 %"}],
)
worst = Rule(
    id="test.worst-sulphur",
    clause=TASK.clause(120, "2024年油品硫含量最大值不高于10mg/kg"),
    en="No sample is above the limit.",
    subject=Station,
    requires=WORST.at_most("10 mg/kg"),
    due=during(2024),
    keeps=[{WORST: "10 mg/kg"}],
    breaks=[{WORST: "10.1 mg/kg"}],
)
weighed = Rule(
    id="test.mean-sulphur",
    clause=TASK.clause(121, "2024年油品硫含量按批量加权平均不高于8mg/kg"),
    en="The mean by weight is below the limit.",
    subject=Station,
    requires=SULPHUR.at_most("8 mg/kg"),
    due=during(2024),
    keeps=[{SULPHUR: "8 mg/kg"}],
    breaks=[{SULPHUR: "8.1 mg/kg"}],
)


class Site(Entity, zh="工地"):
    """A building site."""

    county: Reference[County] = reference(County, zh="县市")


class Finding(Entity, zh="督导发现问题"):
    """A fault that inspectors found, and what the county loses by it."""

    site: Reference[Site] = reference(Site, zh="工地")
    county: Reference[County] = reference(County, zh="县市")
    kind: Stated = stated("燃煤锅炉", "施工工地", "露天焚烧", "其他", zh="问题类别")
    items: Counted = counted("项", zh="不到位措施数")
    found_on: Event = event(zh="发现日期")


LOST = Finding.kind.prices(
    {"燃煤锅炉": "10 万元", "施工工地": "5 万元", "露天焚烧": "1 万元", "其他": "0 元"}
).sum(
    times=Finding.items, id="test.lost", zh="财力扣缴", en="deducted", of=Finding.county,
    on=Finding.found_on, better="less",
)  # fmt: skip
TIME = occurrence(Finding.site, on=Finding.found_on, yearly=True)
FINED = TIME.prices({1: "2 万元", 2: "4 万元"}).sum(
    id="test.fined", zh="罚款", en="fined", of=Finding.county, on=Finding.found_on, better="less",
)  # fmt: skip

lost = TASK.clause(
    122, "燃煤锅炉发现一起扣缴10万元，施工工地5万元，露天焚烧1万元，多项措施不到位的叠加扣缴",
    en="What the county loses by each fault.", figure=LOST,
)  # fmt: skip
fined = TASK.clause(
    123, "同一工地年内首次发现处2万元，再次发现处4万元", en="First and again.", figure=FINED
)
FIGURES = (lost, fined)

not_twice_last = Rule(
    id="test.not-twice-last",
    clause=TASK.clause(124, "2024年不得连续两个月重污染天数超过3天"),
    en="No two months in a row have more than three heavy days.",
    subject=County,
    requires=~in_a_row(2, HEAVY.more_than("3 天")),
    due=every("month", 2024),
    keeps=[{HEAVY: "3 天", HEAVY.previous(): "4 天"}],
    breaks=[{HEAVY: "4 天", HEAVY.previous(): "4 天"}],
)


class Plant(Entity, zh="厂区"):
    """A works' yard, and what is in place there."""

    dust: Flag = flag(zh="收尘到位")
    hauls: Flag = flag(zh="抑尘到位")
    roads: Flag = flag(zh="除尘到位")


THREE = whole("三到位", Plant.dust, Plant.hauls, Plant.roads, en="the three in place")

in_place = Rule(
    id="test.three-in-place",
    clause=TASK.clause(125, "厂区全面实现“三到位”"),
    en="All three are in place.",
    subject=Plant,
    requires=THREE,
    speaks_of={Plant.dust: True, Plant.hauls: True, Plant.roads: True},
    keeps=[{}],
    breaks=[{Plant.roads: False}],
    numbers={"“三到位”": "3"},
)
drawn_up = attestation(
    "test.plan-and-scheme", TASK.clause(126, "制定计划和实施方案"), County,
    parts=("计划", "实施方案"), en="A plan and a scheme are drawn up.",
    numbers={"计划和实施方案": "2"},
)  # fmt: skip


class Monitor(Entity, zh="在线监测"):
    """A works by its name, and whether it is monitored."""

    of: Text = text(zh="企业名称", names=True)
    online: Flag = flag(zh="已联网")


class Planting(Entity, zh="造林"):
    """An acre that was planted."""

    county: Reference[County] = reference(County, zh="县市")
    on: Event = event(zh="造林日期")


LISTED = ("甲厂", "乙厂", "丙厂")

listed = Rule(
    id="test.listed-works",
    clause=TASK.clause(127, "附件所列企业安装在线监测"),
    en="The works of the annex are monitored.",
    subject=Monitor,
    applies=Monitor.of.among(*LISTED),
    expects=named_each(Monitor.of, LISTED),
    requires=Monitor.online,
    speaks_of={Monitor.of: "甲厂"},
    keeps=[{Monitor.online: True}],
    breaks=[{Monitor.online: False}],
)


class Sweeping(Entity, zh="道路清扫"):
    """A road, and how it is swept."""

    county: Reference[County] = reference(County, zh="县市")
    length: Measured = measured("km", zh="长度", better="neither", floor="0 km")
    mechanised: Flag = flag(zh="机械化清扫")


SWEPT = Sweeping.length.share(
    id="test.swept", zh="机械化清扫率", en="swept by machines", of=Sweeping.county,
    where=Sweeping.mechanised, better="more",
)  # fmt: skip
ABOUT = Interpretation(
    id="about-seventy",
    question="70%左右: how far below 70 % is about it?",
    readings={"exact": "not at all", "five": "by five percentage points, as plans round"},
    default="exact",
)
about = Rule(
    id="test.about-seventy",
    clause=TASK.clause(128, "到2025年底机械化清扫率达到70%左右"),
    en="Some 70 % is swept by machines.",
    subject=County,
    requires=ABOUT.choose(exact=SWEPT.at_least("70 %"), five=SWEPT.at_least("65 %")),
    due=by("2025-12-31"),
    keeps=[{SWEPT: "70 %"}, ABOUT.read_as("five", {SWEPT: "65 %"})],
    breaks=[{SWEPT: "69.9 %"}, ABOUT.read_as("five", {SWEPT: "64.9 %"})],
)
TREES = Count(
    id="test.trees", zh="造林面积", en="planted", unit="亩", of=Planting.county, on=Planting.on,
    better="more",
)  # fmt: skip
more = Rule(
    id="test.ever-more",
    clause=TASK.clause(129, "2024年、2025年逐步增加造林面积"),
    en="More is planted in each year than in the one before.",
    subject=County,
    requires=TREES.more_than(TREES.last_year()),
    due=during(2024, 2025),
    keeps=[{TREES: "3 亩", TREES.last_year(): "2 亩"}],
    breaks=[{TREES: "3 亩", TREES.last_year(): "3 亩"}],
)


class Yard(Entity, zh="堆场"):
    """A yard where goods are heaped."""

    kind: Stated = stated("企业内部堆场", "消纳场", "码头堆场", zh="类别")
    covered: Flag = flag(zh="已苫盖")


YARDS = Task(
    id="9.1", heading="测试任务", campaign="test", plan=TASK.plan, lead=("生态环境局", "城管局"),
    cooperating=("乡镇",),
)  # fmt: skip
covered_yards = Rule(
    id="test.yards-covered",
    clause=YARDS.clause(130, "堆场应苫盖，企业内部堆场由生态环境局、消纳场由城管局负责"),
    en="Yards are covered.",
    subject=Yard,
    requires=Yard.covered,
    answers={Yard.kind.is_("企业内部堆场"): "生态环境局", Yard.kind.is_("消纳场"): "城管局"},
    speaks_of={Yard.kind: "消纳场"},
    keeps=[{Yard.covered: True}],
    breaks=[{Yard.covered: False}],
)


class Project(Entity, zh="项目"):
    """A project, which may be on the white list."""

    works: Reference[Works] = reference(Works, zh="工厂")
    listed: Flag = flag(zh="列入白名单")
    since: Event = event(zh="开工日期")


class Pit(Entity, zh="工地作业"):
    """A site of a project."""

    project: Reference[Project] = reference(Project, zh="项目")
    stopped: Flag = flag(zh="应急停工")


white = TASK.clause(
    152, "白名单项目应急管控豁免", en="Listed projects are exempt.",
    waives=(Waiver("white-list", "应急管控", Project.listed),),
)  # fmt: skip
grade_a = TASK.clause(
    153, "绩效A级企业可不采取应急管控措施", en="So are works of grade A.",
    waives=(Waiver("grade-a-now", "应急管控", GRADE_A),),
)  # fmt: skip
WAIVERS = (white, grade_a)
pit_stopped = Rule(
    id="test.pit-stopped",
    clause=TASK.clause(154, "工地应急停工"),
    en="Sites stop.",
    subject=Pit,
    kinds=("应急管控",),
    requires=Pit.stopped,
    keeps=[{Pit.stopped: True}],
    breaks=[{Pit.stopped: False}],
)
project_stopped = attestation(
    "test.project-plan", TASK.clause(155, "项目制定应急方案"), Project, kinds=("应急管控",),
    en="Projects have a plan.",
)  # fmt: skip
EMERGENCY = (pit_stopped, project_stopped)

RULES = (first_repair, repaired, reported, announced, line_first, retested,
         fulfilled, covered, no_higher, fallen, since_2020,
         notified, enclosed, stopped,
         halted, reduces, mostly,
         sampled, worst, weighed, in_place, drawn_up,
         listed, about, more, covered_yards, *clock.RULES)  # fmt: skip
#: A hundred duties of one rule, which other tests need not carry along.
WEEKLY = (dispatched, not_twice_last)
ENTITIES = (Works, Day, Leak, Stop, Check, Episode, Order, Dispatch, Work, Alert, Grade,
            Earthwork, Station, Sampling, Site, Finding, Plant,
            Monitor, Sweeping, Planting, Yard, Project, Pit, *clock.ENTITIES)  # fmt: skip
METRICS = (
    *clock.METRICS,
    BY_A,
    DISPATCHES,
    DUE,
    DONE,
    MEAN,
    HEAVY,
    SAMPLINGS,
    SAMPLED,
    WORST,
    SULPHUR,
    SWEPT,
    TREES,
)
