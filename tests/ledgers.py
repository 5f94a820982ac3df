"""A small county of its own for the tests: ledgers, a plan, rules of every shape."""

import datetime as dt

import airplan_core as airplan
from airplan_core import (
    Completeness,
    Count,
    Counted,
    County,
    Entity,
    Event,
    Exempt,
    Flag,
    Keyed,
    Measured,
    Plan,
    Ranked,
    Reference,
    Rule,
    Stated,
    Strength,
    Task,
    Text,
    attestation,
    by,
    counted,
    during,
    event,
    flag,
    hookimpl,
    measured,
    ranked,
    reference,
    stated,
    text,
)

PLAN = Plan(
    id="test",
    title="测试方案",
    county="测试县",
    begins=dt.date(2024, 1, 1),
    ends=dt.date(2025, 12, 31),
)
TASK = Task(
    id="9.1", heading="测试任务", campaign="test", plan=PLAN, lead=("甲局",), cooperating=("乙局",)
)


class Works(Entity, zh="工厂", en="works"):
    """A works."""

    name: Text = text(zh="名称", en="name")
    industry: Stated = stated("钢铁", "水泥", "其他", zh="行业", en="industry")


class Kiln(Entity, zh="窑炉", en="kiln"):
    """A kiln with a field of every kind."""

    works: Reference[Works] = reference(Works, zh="所属工厂", en="works")
    capacity: Measured = measured("吨/年", zh="产能", en="capacity", better="neither")
    dust: Measured = measured("µg/m³", zh="颗粒物", en="dust", better="less")
    share: Measured = measured("%", zh="清洁比例", en="share", better="more", ceiling="100 %")
    burners: Counted = counted("台", zh="燃烧器", en="burners", better="neither")
    standby: Flag = flag(zh="备用", en="standby")
    stage: Ranked = ranked("国三", "国四", "国五", "国六", zh="阶段", en="stage")
    closed_on: Event = event(zh="关停日期", en="closed on")
    rebuilt_on: Event = event(zh="改造日期", en="rebuilt on")
    note: Text = text(zh="备注", en="note")


class Retrofit(Keyed, zh="改造", en="retrofit", one_per="works"):
    """A works' retrofit."""

    works: Reference[Works] = reference(Works, zh="工厂", en="works")
    done_on: Event = event(zh="完成日期", en="done on")


class Day(Keyed, zh="日值", en="day", key=("county", "date")):
    """A county's day."""

    county: Reference[County] = reference(County, zh="县市", en="county")
    date: Event = event(zh="日期", en="date")
    dust: Measured = measured("µg/m³", zh="颗粒物日均", en="dust", better="less")


YEAR = Completeness(days=324, month=27, february=25, source="HJ 663")
MEAN = Day.dust.mean(
    id="test.mean", zh="年均", en="annual mean", of=Day.county, on=Day.date, complete=YEAR,
    better="less",
)  # fmt: skip
HEAVY = Count(
    id="test.heavy", zh="重污染天数", en="heavy days", unit="天", of=Day.county, on=Day.date,
    where=Day.dust.more_than("150 µg/m³"), complete=YEAR, better="less",
)  # fmt: skip
REBUILT = Count(
    id="test.rebuilt", zh="日值数", en="days kept", unit="个", of=Day.county, on=Day.date,
    better="more",
)  # fmt: skip

small_exit = Rule(
    id="test.small-kilns-exit",
    clause=TASK.clause(1, "2025年9月底前，产能100吨/年以下的窑炉关停（备用窑炉除外）"),
    en="Small kilns close.",
    subject=Kiln,
    applies=Kiln.capacity.at_most("100 吨/年"),
    requires=Kiln.closed_on.happened() | Kiln.rebuilt_on.happened(),
    exempt=(Exempt("standby", "备用窑炉除外", Kiln.standby),),
    due=by("2025-09-30"),
    keeps=[{Kiln.capacity: "100 吨/年", Kiln.closed_on: "2025-09-30", Kiln.standby: False}],
    breaks=[
        {
            Kiln.capacity: "100 吨/年",
            Kiln.closed_on: "never",
            Kiln.rebuilt_on: "never",
            Kiln.standby: False,
        }
    ],
)
clean = Rule(
    id="test.steel-kilns-clean",
    clause=TASK.clause(2, "钢铁窑炉原则上不高于35微克/立方米", Strength.IN_PRINCIPLE),
    en="Steel kilns are clean.",
    subject=Kiln,
    applies=Kiln.works.industry.is_("钢铁"),
    requires=Kiln.dust.at_most("35 µg/m³"),
    keeps=[{Kiln.works.industry: "钢铁", Kiln.dust: "35 µg/m³"}],
    breaks=[{Kiln.works.industry: "钢铁", Kiln.dust: "35.000001 µg/m³"}],
)
staged = Rule(
    id="test.staged-share",
    clause=TASK.clause(3, "清洁比例2024年底前力争达到30%，2025年底前力争达到60%", Strength.STRIVE),
    en="The clean share rises.",
    subject=Kiln,
    requires=Kiln.share.at_least({"2024-12-31": "30 %", "2025-12-31": "60 %"}),
    due=by("2024-12-31", "2025-12-31"),
    keeps=[{Kiln.share: "60 %"}],
    breaks=[{Kiln.share: "59.9 %"}],
)
mean = Rule(
    id="test.annual-mean",
    clause=TASK.clause(4, "2024年、2025年，年均浓度不高于44.5微克/立方米、44微克/立方米"),
    en="The annual mean stays within its limits.",
    subject=County,
    requires=MEAN.at_most({2024: "44.5 µg/m³", 2025: "44 µg/m³"}),
    due=during(2024, 2025),
    keeps=[{MEAN: "44 µg/m³"}],
    breaks=[{MEAN: "44.1 µg/m³"}],
)
heavy = Rule(
    id="test.heavy-days",
    clause=TASK.clause(5, "2024年重污染天数在7天以内"),
    en="At most seven heavy days.",
    subject=County,
    requires=HEAVY.at_most("7 天"),
    due=during(2024),
    keeps=[{HEAVY: "7 天"}],
    breaks=[{HEAVY: "8 天"}],
)
scheme = attestation("test.scheme", TASK.clause(6, "制定方案"), en="A scheme is drawn up.")
visits = attestation(
    "test.visits",
    TASK.clause(7, "2024年10月底前走访企业"),
    Works,
    due=by("2024-10-31"),
    en="Visits.",
)
advice = Rule(
    id="test.advice",
    clause=TASK.clause(8, "鼓励使用国六", Strength.ENCOURAGE),
    en="Stage six is encouraged.",
    subject=Kiln,
    requires=Kiln.stage.at_least("国六"),
    keeps=[{Kiln.stage: "国六"}],
    breaks=[{Kiln.stage: "国五"}],
)
retrofit = Rule(
    id="test.retrofit",
    clause=TASK.clause(10, "2024年6月底前，钢铁、水泥企业完成改造"),
    en="Steel and cement works are retrofitted.",
    subject=Retrofit,
    applies=Retrofit.works.industry.among("钢铁", "水泥"),
    requires=Retrofit.done_on.happened(),
    due=by("2024-06-30"),
    keeps=[{Retrofit.works.industry: "钢铁", Retrofit.done_on: "2024-06-30"}],
    breaks=[{Retrofit.works.industry: "水泥", Retrofit.done_on: "never"}],
)
preamble = TASK.clause(99, "为贯彻落实", Strength.NONE, excused="introduces")

RULES = (small_exit, clean, staged, mean, heavy, scheme, visits, advice, retrofit)


class Chapter:
    """A plugin as an object; fields replace what it yields."""

    entities = (Works, Kiln, Retrofit, Day)
    rules = RULES
    clauses = (*(rule.clause for rule in RULES), preamble)
    metrics = (MEAN, HEAVY, REBUILT)

    def __init__(self, **changed):
        vars(self).update(changed)

    @hookimpl
    def airplan_entities(self):
        return self.entities

    @hookimpl
    def airplan_clauses(self):
        return self.clauses

    @hookimpl
    def airplan_rules(self):
        return self.rules

    @hookimpl
    def airplan_metrics(self):
        return self.metrics


def rulebook(config=None, *others, **changed):
    """The rulebook of the test chapter, or of one with changes."""
    chapters = [airplan.contribution(Chapter(**changed), "test", "airplan-test 1.0"), *others]
    return airplan.build_rulebook(chapters, config)


def days(year, dust=40, *, without=(), county="测试县"):
    """A year of days at one concentration, but for the days left out."""
    first = dt.date(year, 1, 1)
    every = (first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days))
    return [
        Day(id=f"{county}/{day}", county=county, date=day, dust=f"{dust} µg/m³")
        for day in every
        if day not in without
    ]


def outcomes(rulebook, as_of, *records):
    """duty → subject → outcome name of an assessment of records."""
    if isinstance(as_of, str):
        as_of = dt.date.fromisoformat(as_of)
    found = {}
    assessment = airplan.assess(rulebook, airplan.Facts.of(*records), as_of)
    for row in assessment.verdicts.iter_rows(named=True):
        found.setdefault(row["duty"], {})[row["subject"]] = row["outcome"]
    return found
