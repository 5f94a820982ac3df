"""What petrol and diesel are held against: stations, depots, tank trucks, samples, leads, tests.

Tests of vapour recovery have a ledger for each kind of place, as their standards do; the limits are
in `vapour_limits`.
"""

from collections.abc import Callable
from typing import Any

import polars as pl

from airplan_core import (
    Counted,
    County,
    Demand,
    Derivation,
    Entity,
    Event,
    Flag,
    Measured,
    Moment,
    Reference,
    Stated,
    Text,
    counted,
    event,
    flag,
    measured,
    moment,
    reference,
    stated,
    text,
)
from airplan_ozone import fillings, vapour_limits
from airplan_ozone.leak import leak_reading

c = pl.col


def _no_earlier(of: str, than: str, zh: str) -> Demand:
    return Demand(
        of=of, least=than, expected=f"不早于{zh}的日期",
        hint="两个日期写反了的，对调过来；还没有发生的写“未发生”",
    )  # fmt: skip


# Places -------------------------------------------------------------------------------------------


class FillingStation(
    Entity, zh="加油站", demands=(_no_earlier("closed_on", "opened_on", "投运日期"),)
):
    """A filling station; it is in operation from the day it opened until the day it closed."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="加油站名称")
    petrol: Flag = flag(zh="是否销售汽油", en="sells petrol")
    opened_on: Event = event(zh="投运日期", aliases=("开业日期",))
    closed_on: Event = event(zh="关停日期", aliases=("停业日期", "关闭日期"))
    treats: Flag = flag(zh="有无油气处理装置", en="has a vapour treatment with an outlet")


class Depot(Entity, zh="储油库", demands=(_no_earlier("closed_on", "opened_on", "投运日期"),)):
    """A depot of petrol or other oil."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="储油库名称")
    petrol: Flag = flag(zh="是否储存汽油", en="stores petrol")
    opened_on: Event = event(zh="投运日期", aliases=("建成日期",))
    closed_on: Event = event(zh="关停日期", aliases=("停用日期",))


class TankTruck(Entity, zh="油罐车", demands=(_no_earlier("closed_on", "opened_on", "投运日期"),)):
    """A tank truck; its id is its number plate."""

    county: Reference[County] = reference(County, zh="县市")
    petrol: Flag = flag(zh="是否运输汽油", en="carries petrol")
    volume: Measured = measured(
        "升", zh="油罐容积", better="neither", floor="100 升", ceiling="100 立方米",
        usual="立方米",
    )  # fmt: skip
    opened_on: Event = event(zh="投运日期", en="in use since", aliases=("登记日期",))
    closed_on: Event = event(zh="停用日期", en="out of use since", aliases=("注销日期",))


# 二(五)5 -----------------------------------------------------------------------------------------

#: Where a sample is taken; the last two are the tanks that a sentence of its own speaks of.
STATION, TRUCK_TANK, MACHINE_TANK = "加油站", "货车油箱", "非道路移动机械油箱"
SOURCES = ("生产企业", "储油库", "油罐车", STATION, TRUCK_TANK, MACHINE_TANK, "其他")
PETROL = ("汽油", "乙醇汽油")


class FuelSample(Entity, zh="油品抽检", demands=(_no_earlier("dealt_on", "taken_on", "抽检日期"),)):
    """A sample of fuel, whether it keeps to its standard, and what was done where it does not."""

    county: Reference[County] = reference(County, zh="县市")
    station: Reference[FillingStation] = reference(FillingStation, zh="加油站")
    source: Stated = stated(*SOURCES, zh="抽样地点", en="taken from")
    fuel: Stated = stated(*PETROL, "柴油", "其他", zh="油品")
    taken_on: Event = event(zh="抽检日期", routine=True)
    supervisory: Flag = flag(zh="是否监督性抽查", en="supervisory")
    passed: Flag = flag(zh="是否合格", en="keeps to its standard")
    vapour_pressure: Measured = measured(
        "kPa", zh="蒸气压", better="less", floor="10 kPa", ceiling="150 kPa"
    )
    dealt_on: Event = event(zh="不合格查处日期", en="dealt with on", aliases=("立案日期",))


#: 进口、生产、仓储、销售、运输、使用: the links of the sentence, in its order.
LINKS = ("进口", "生产", "仓储", "销售", "运输", "使用")


class FuelInspection(Entity, zh="油品质量监督检查"):
    """One supervisory check of the quality of fuel, wherever in its chain."""

    county: Reference[County] = reference(County, zh="县市")
    date: Event = event(zh="检查日期", routine=True)
    link: Stated = stated(*LINKS, "其他", zh="环节")


#: Who may answer for non-standard fuel, and how far each was held to it.
_PURSUED = ("不涉及", "未追究", "已追究")


class FuelLead(
    Entity,
    zh="非标油问题线索",
    demands=tuple(_no_earlier(of, "found_on", "发现日期") for of in ("filed_on", "traced_on")),
):
    """A lead on non-standard fuel: what was found, whether it was traced, and who was pursued."""

    county: Reference[County] = reference(County, zh="县市")
    found_on: Event = event(zh="发现日期")
    confirmed: Flag = flag(zh="是否认定为非标油品", en="established as non-standard")
    filed_on: Event = event(zh="立案查处日期", en="case filed on")
    traced_on: Event = event(zh="追溯完成日期", en="traced on")
    producer: Stated = stated(*_PURSUED, zh="生产者责任")
    seller: Stated = stated(*_PURSUED, zh="销售者责任")
    transporter: Stated = stated(*_PURSUED, zh="运输者责任")


#: 自建油管 as the plan prints it, and 自建油罐, which it may mean (I-39).
PIPE, TANK, MOBILE, BLACK = "自建油管", "自建油罐", "流动加油车", "黑加油站"


class FuelFacility(
    Entity, zh="民间油品设施", demands=(_no_earlier("cleared_on", "found_on", "发现日期"),)
):
    """A tank, a pipe, a truck or a station for fuel that was found, and whether it is licensed."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="设施或地点")
    kind: Stated = stated(PIPE, TANK, MOBILE, BLACK, "其他", zh="设施类型")
    licensed: Flag = flag(zh="证照是否齐全", en="licensed")
    found_on: Event = event(zh="发现日期")
    cleared_on: Event = event(zh="清理整顿完成日期", en="cleared on", aliases=("取缔日期",))


# 二(五)6 -----------------------------------------------------------------------------------------

#: Why a place is tested.
SPECIAL, SUPERVISORY = "专项检查", "监督性检测"
PURPOSES = (SPECIAL, SUPERVISORY, "企业自检", "其他")
#: The fields of a test, in whichever ledger, that something was measured for.
_VALUES = (
    "outlet", "recovery", "leak", "boundary", "spill", "pressure", "tightness", "valve", "tight",
    "resistance_18", "resistance_28", "resistance_38", "nozzles_tested", "nozzles_failed",
    "ratio_kept",
)  # fmt: skip


def _tests(
    place: str,
    complete: Callable[[pl.DataFrame, tuple[pl.DataFrame, ...]], tuple[pl.DataFrame, list[str]]],
) -> Callable[..., tuple[pl.DataFrame, list[str]]]:
    """Complete a ledger of tests, and tell of those that lie before their place was in use.

    A special check that measured nothing has no values to be held to a limit.
    """

    def compute(
        own: pl.DataFrame, places: pl.DataFrame, *more: Any
    ) -> tuple[pl.DataFrame, list[str]]:
        opened = places.select("opened_on", **{place: "id"})
        early = own.join(opened, on=place, how="inner", maintain_order="left")
        early = early.filter(c("tested_on") < c("opened_on"))
        told = [
            f"检测 {id}：检测日期 {tested} 早于投运日期 {opened}，不算检测过；核对两本台账的日期"
            for id, tested, opened in early.select("id", "tested_on", "opened_on").rows()
        ]
        table, further = complete(own, (places, *more[:-1]))
        some = pl.any_horizontal(c(name).is_not_null() for name in _VALUES if name in own.columns)
        if "tightness_tested" in own.columns:  # what it read may be left out
            some |= c("tightness_tested").fill_null(value=False)
        has = pl.when(some).then(statement=True).when(c("purpose") == SPECIAL).then(statement=False)
        return table.with_columns(values=c("values").fill_null(has)), [*told, *further]

    return compute


def _as_said(own: pl.DataFrame, _: object) -> tuple[pl.DataFrame, list[str]]:
    return own, []


def _outlet() -> Measured:
    return measured(
        "g/m³", zh="处理装置排放浓度", en="outlet concentration", better="less", floor="0 g/m³",
        ceiling="5000 g/m³",
    )  # fmt: skip


def _boundary() -> Measured:
    return measured(
        "mg/m³", zh="边界非甲烷总烃浓度", en="NMHC at the boundary", better="less",
        floor="0 mg/m³", ceiling="10000 mg/m³",
    )  # fmt: skip


class DepotTest(
    Entity, zh="储油库检测", derived=Derivation(sources=(Depot,), compute=_tests("depot", _as_said))
):
    """A check or a test of a depot's vapour recovery (GB 20950-2020)."""

    depot: Reference[Depot] = reference(Depot, zh="储油库")
    tested_on: Event = event(zh="检测日期", routine=True, aliases=("检查日期",))
    purpose: Stated = stated(*PURPOSES, zh="检测性质")
    values: Flag = flag(zh="有无检测数据", en="something was measured")
    outlet: Measured = _outlet()
    recovery: Measured = measured("%", zh="处理效率", better="more", floor="0 %", ceiling="100 %")
    leak: Measured = leak_reading("泄漏检测值", "greatest leak")
    boundary: Measured = _boundary()
    spill: Measured = measured(
        "mL", zh="底部装油结束滴漏量", en="spill, mean of three", better="less", floor="0 mL",
        ceiling="10 升",
    )  # fmt: skip
    pressure: Measured = measured(
        "kPa", zh="油气收集系统压力", en="pressure of the system", better="less", floor="0 kPa",
        ceiling="100 kPa",
    )  # fmt: skip


def _with_limit(
    own: pl.DataFrame, given: tuple[pl.DataFrame, ...]
) -> tuple[pl.DataFrame, list[str]]:
    """What the table of GB 20951 has for the truck's volume; and which tests lie far apart.

    A row of which it is not known whether it is a test of tightness may be the year's first one.
    """
    trucks = given[0].select("volume", truck="id")
    found = own.select("truck", "tested_on", "tightness", "tightness_tested").join(
        trucks, on="truck", how="left", maintain_order="left"
    )
    limit: pl.Expr = pl.lit(None, pl.Float64)
    for least, kpa in reversed(vapour_limits.TIGHTNESS):
        limit = pl.when(c("volume") >= float(least)).then(float(kpa)).otherwise(limit)
    tested = c("tightness_tested").fill_null(
        pl.when(c("tightness").is_not_null()).then(statement=True)
    )
    found = found.with_columns(tightness_tested=tested)

    def after(first: pl.Expr) -> pl.Expr:
        """Three months after the first of the rows of the truck in that year."""
        day = pl.when(first).then("tested_on").min().over("truck", c("tested_on").dt.year())
        return day.dt.offset_by(f"{vapour_limits.MONTHS_APART}mo")

    apart = (
        pl.when(c("tested_on") > after(c("tightness_tested")))
        .then(statement=True)
        .when(c("tested_on") <= after(c("tightness_tested").fill_null(value=True)))
        .then(statement=False)
    )
    found = found.select("tightness_tested", limit=limit, apart=apart)
    table = own.with_columns(
        tightness_tested=found["tightness_tested"],
        limit=pl.coalesce("limit", found["limit"]),
        apart=pl.coalesce("apart", found["apart"]),
    )
    return table, []


class TruckTest(
    Entity,
    zh="油罐车检测",
    derived=Derivation(sources=(TankTruck,), compute=_tests("truck", _with_limit)),
):
    """A check or a test of a tank truck (GB 20951-2020); its limit follows from its volume.

    It is a test of tightness where a change of pressure was measured, or where it says so.
    """

    truck: Reference[TankTruck] = reference(TankTruck, zh="油罐车")
    tested_on: Event = event(zh="检测日期", routine=True, aliases=("检查日期",))
    purpose: Stated = stated(*PURPOSES, zh="检测性质")
    values: Flag = flag(zh="有无检测数据", en="something was measured")
    tightness_tested: Flag = flag(zh="是否检测罐体密闭性", en="tightness tested")
    tightness: Measured = measured(
        "kPa", zh="罐体压力变动值", en="change of pressure of the tank", better="less",
        floor="0 kPa", ceiling="10 kPa", aliases=("密闭性压力变动值",),
    )  # fmt: skip
    limit: Measured = measured(
        "kPa", zh="罐体压力变动限值", en="its limit", better="neither", floor="0 kPa",
        ceiling="10 kPa",
    )  # fmt: skip
    valve: Measured = measured(
        "kPa", zh="气动阀压力变动值", en="change of pressure of the valve", better="less",
        floor="0 kPa", ceiling="10 kPa",
    )  # fmt: skip
    leak: Measured = leak_reading("泄漏检测值", "greatest leak")
    apart: Flag = flag(
        zh="是否晚于当年首次密闭性检测3个月以上", en="over three months after the year's first one"
    )


class NozzleTest(Entity, zh="加油枪气液比检测"):
    """The air-liquid ratio of one nozzle in a station's test."""

    test: Text = text(zh="检测编号", names=True)
    nozzle: Text = text(zh="加油枪")
    # a meter reads neither 0 nor 12; what is measured goes from some hundredths to a few
    ratio: Measured = measured(
        "升/升", zh="气液比", en="air-liquid ratio", better="neither", floor="0.05 升/升",
        ceiling="5 升/升", bare=True, aliases=("A/L",),
    )  # fmt: skip


def _with_nozzles(
    own: pl.DataFrame, given: tuple[pl.DataFrame, ...]
) -> tuple[pl.DataFrame, list[str]]:
    """Nozzles that were tested and that fail, and whether those are too many, by the table."""
    _, nozzles = given
    least, most = map(float, vapour_limits.RATIO)
    counts = nozzles.group_by(id="test").agg(
        tested=pl.len().cast(pl.Int64),
        failed=pl.when(c("ratio").null_count() == 0).then(
            (~c("ratio").is_between(least, most)).sum().cast(pl.Int64)
        ),
        surely=(~c("ratio").is_between(least, most)).sum().cast(pl.Int64),
    )
    found = own.select("id", "nozzles", "nozzles_tested", "nozzles_failed").join(
        counts, on="id", how="left", maintain_order="left"
    )
    found = found.with_columns(
        tested=pl.coalesce("nozzles_tested", "tested"),
        failed=pl.coalesce("nozzles_failed", "failed"),
        surely=pl.coalesce("nozzles_failed", "surely"),
    )
    enough: pl.Expr = pl.lit(None, pl.Int64)
    many: pl.Expr = pl.lit(None, pl.Int64)
    for up_to, sample, fails in reversed(vapour_limits.NOZZLES):
        mine = c("nozzles").is_not_null() if up_to is None else c("nozzles") <= up_to
        enough = pl.when(mine).then("nozzles" if sample is None else sample).otherwise(enough)
        many = pl.when(mine).then(fails).otherwise(many)
    found = found.with_columns(enough=enough, many=many)
    kept = (
        pl.when(c("surely") >= c("many"))
        .then(statement=False)
        .when((c("tested") >= c("enough")) & (c("failed") < c("many")))
        .then(statement=True)
    )
    found = found.select("tested", "failed", kept=kept)
    table = own.with_columns(
        nozzles_tested=found["tested"],
        nozzles_failed=found["failed"],
        ratio_kept=pl.coalesce("ratio_kept", found["kept"]),
    )
    lost = nozzles.join(own, left_on="test", right_on="id", how="anti", maintain_order="left")
    return table, [
        f"加油枪气液比检测 {id}：没有编号为 {test} 的加油站检测，不计入；核对检测编号"
        for id, test in lost.select("id", "test").rows()
    ]


def _no_more(of: str, than: str, expected: str, hint: str) -> Demand:
    return Demand(of=of, least=than, expected=expected, hint=hint)


class StationTest(
    Entity,
    zh="加油站检测",
    derived=Derivation(
        sources=(FillingStation, NozzleTest), compute=_tests("station", _with_nozzles)
    ),
    demands=(
        _no_more("nozzles", "nozzles_tested", "不小于抽测枪数的数", "加油枪总数含抽测的"),
        _no_more("nozzles_tested", "nozzles_failed", "不小于不达标枪数的数", "抽测的含不达标的"),
    ),
):
    """A check or a test of a station (GB 20952-2020).

    The ratio is kept by the standard's table of nozzles, completed from the nozzles' own rows; of
    fewer nozzles than it asks to be tested it is not known, unless too many of them fail already.
    """

    station: Reference[FillingStation] = reference(FillingStation, zh="加油站")
    tested_on: Event = event(zh="检测日期", routine=True, aliases=("检查日期",))
    purpose: Stated = stated(*PURPOSES, zh="检测性质")
    values: Flag = flag(zh="有无检测数据", en="something was measured")
    outlet: Measured = _outlet()
    leak: Measured = leak_reading("泄漏检测值", "greatest leak")
    boundary: Measured = _boundary()
    resistance_18: Measured = measured(
        "Pa", zh="液阻（18升/分钟）", en="liquid resistance at 18 L/min", better="less",
        floor="0 Pa", ceiling="5000 Pa",
    )  # fmt: skip
    resistance_28: Measured = measured(
        "Pa", zh="液阻（28升/分钟）", en="liquid resistance at 28 L/min", better="less",
        floor="0 Pa", ceiling="5000 Pa",
    )  # fmt: skip
    resistance_38: Measured = measured(
        "Pa", zh="液阻（38升/分钟）", en="liquid resistance at 38 L/min", better="less",
        floor="0 Pa", ceiling="5000 Pa",
    )  # fmt: skip
    # the table of 26 volumes by 5 classes of nozzles is for whoever tests to read
    tight: Flag = flag(zh="密闭性是否达标", en="tight")
    nozzles: Counted = counted("个", zh="加油枪总数", better="neither", floor=1, ceiling=200)
    nozzles_tested: Counted = counted("个", zh="抽测枪数", better="neither")
    nozzles_failed: Counted = counted("个", zh="气液比不达标枪数", better="less")
    ratio_kept: Flag = flag(zh="气液比是否达标", en="ratio kept")


class OnlineNozzle(Entity, zh="在线监控加油枪"):
    """A nozzle whose fillings are recorded on line (GB 20952-2020, annex E)."""

    station: Reference[FillingStation] = reference(FillingStation, zh="加油站")
    name: Text = text(zh="加油枪")


class Filling(Entity, zh="加油在线记录", key=("nozzle", "time")):
    """One filling at a nozzle: how much petrol, and how much vapour to each litre of it."""

    nozzle: Reference[OnlineNozzle] = reference(OnlineNozzle, zh="在线监控加油枪")
    time: Moment = moment(zh="加油时间", minutes=True)
    litres: Measured = measured(
        "升", zh="加油量", better="neither", floor="0 升", ceiling="1000 升", bare=True
    )
    # on line a pump that stands still reads 0
    ratio: Measured = measured(
        "升/升", zh="气液比", en="air-liquid ratio", better="neither", floor="0 升/升",
        ceiling="5 升/升", bare=True,
    )  # fmt: skip


class NozzleDay(
    Entity,
    zh="加油枪日预警情况",
    key=("nozzle", "date"),
    derived=Derivation(sources=(Filling, OnlineNozzle), compute=fillings.days),
):
    """A nozzle's day: whether it warned, and whether that was an alarm; from its fillings."""

    nozzle: Reference[OnlineNozzle] = reference(OnlineNozzle, zh="在线监控加油枪")
    date: Event = event(zh="日期", routine=True)
    warned: Flag = flag(zh="是否预警", en="warned")
    alarmed: Flag = flag(zh="是否连续7天预警", en="seventh day of warning in a row")


#: 卸油、发油、运输、停泊: in which of them the tightness of a truck is not to be broken.
PHASES = ("卸油", "发油", "运输", "停泊")


class TightnessBreach(
    Entity,
    zh="破坏油罐车密闭性行为",
    demands=(_no_earlier("dealt_on", "found_on", "发现日期"),),
):
    """An act that broke the tightness of a tank truck, and what was done about it."""

    truck: Reference[TankTruck] = reference(TankTruck, zh="油罐车")
    found_on: Event = event(zh="发现日期")
    phase: Stated = stated(*PHASES, "其他", zh="发生环节")
    dealt_on: Event = event(zh="查处日期", en="dealt with on", aliases=("立案日期",))


class NightPolicy(
    Entity,
    zh="夜间加油政策",
    demands=(_no_earlier("ends_on", "begins_on", "执行起始日期"),),
):
    """A policy that encourages filling at night or the like: when it was issued, when it holds."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="政策名称", aliases=("文件名称",))
    issued_on: Event = event(zh="出台日期", aliases=("印发日期",))
    begins_on: Event = event(zh="执行起始日期", en="holds from")
    ends_on: Event = event(zh="执行截止日期", en="holds until")
