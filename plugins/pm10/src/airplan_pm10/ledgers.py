"""What the PM10 campaign is held against: dustfall, roads, frontages, lots, forests."""

import polars as pl

from airplan_core import (
    Counted,
    County,
    Derivation,
    Entity,
    Event,
    Flag,
    Measured,
    Reference,
    Stated,
    Text,
    counted,
    event,
    flag,
    measured,
    reference,
    stated,
    text,
)

_DUSTFALL = "吨/(月·平方公里)"


class Dustfall(Entity, zh="降尘监测", en="dustfall", key=("county", "point", "month_ends")):
    """What fell at one point in a month, normalised to 30 days (HJ 1221-2021).

    A sample stands out for 30 days, two more or less (HJ 1221-2021 takes months of 28 to 31).
    """

    county: Reference[County] = reference(County, zh="县市")
    point: Text = text(zh="监测点位")
    month_ends: Event = event(zh="月末日期", en="month ends on", routine=True)
    days: Counted = counted("天", zh="采样天数", en="exposure days", floor=28, ceiling=33)
    value: Measured = measured(
        _DUSTFALL, zh="降尘量", en="dustfall", better="less", floor=f"0 {_DUSTFALL}",
        ceiling=f"200 {_DUSTFALL}",
    )  # fmt: skip


def _months(own: pl.DataFrame, samples: pl.DataFrame, _: object) -> tuple[pl.DataFrame, list[str]]:
    """The mean of the points, month by month; of each year with a sample every month has a row.

    Values are added up in millionths, so that a mean that is just the limit is not above it. A
    month of which a point's value is open is open itself, as is one without a sample.
    """
    end = pl.col("month_ends").dt.month_end()
    millionths = (pl.col("value") * 1_000_000).round().cast(pl.Int64)
    found = (
        samples.drop_nulls(["county", "month_ends"])
        .group_by("county", month_ends=end, maintain_order=True)
        .agg(
            points=pl.len().cast(pl.Int64),
            value=pl.when(pl.col("value").null_count() == 0).then(
                millionths.sum() / pl.len() / 1_000_000
            ),
        )
    )
    years = found.select("county", year=pl.col("month_ends").dt.year()).unique(maintain_order=True)
    months = pl.DataFrame({"month": list(range(1, 13))})
    every = years.join(months, how="cross", maintain_order="left_right").select(
        "county", month_ends=pl.date("year", "month", 1).dt.month_end()
    )
    found = every.join(found, on=["county", "month_ends"], how="left", maintain_order="left")
    said = own.select("county", "month_ends")
    found = found.join(said, on=["county", "month_ends"], how="anti", maintain_order="left")
    found = found.with_columns(
        id=pl.concat_str("county", pl.col("month_ends").cast(pl.String), separator="/"),
        months=pl.lit(1),
    )
    schema = own.schema
    rows = found.select(pl.col(name).cast(kind) for name, kind in schema.items())
    kept = own.with_columns(months=pl.lit(1).cast(schema["months"]))
    return pl.concat([kept, rows]), []


class DustfallMonth(
    Entity,
    zh="月均降尘量",
    en="monthly dustfall",
    key=("county", "month_ends"),
    derived=Derivation(sources=(Dustfall,), compute=_months),
):
    """The county's dustfall of a month, the mean of its points: a row for each month of a year.

    Completed from the samples; a month that has none is not known.
    """

    county: Reference[County] = reference(County, zh="县市")
    month_ends: Event = event(zh="月末日期", en="month ends on", routine=True)
    value: Measured = measured(
        _DUSTFALL, zh="月均降尘量", en="mean dustfall", better="less", floor=f"0 {_DUSTFALL}",
        ceiling=f"200 {_DUSTFALL}",
    )  # fmt: skip
    points: Counted = counted("个", zh="点位数", better="neither")
    months: Counted = counted("个", zh="月数", better="neither", ceiling=1)


class BareLand(Entity, zh="建设裸地", en="bare building land"):
    """A piece of building land that lies bare: since when, and what was done about it."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="地块名称")
    bare_since: Event = event(zh="裸露起始日期")
    begun_on: Event = event(zh="开工建设日期")
    long_idle: Flag = flag(zh="是否认定为长期未开发", en="held to be long undeveloped")
    surveyed_on: Event = event(zh="排查日期")
    treated_on: Event = event(zh="整治完成日期", en="greened, paved or covered on")


class Road(Entity, zh="道路"):
    """A road, or a stretch of one, and since when it is swept and sprinkled by machine."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="道路名称")
    built_up: Flag = flag(zh="是否在城市建成区", en="in the built-up area")
    kind: Stated = stated("主干道", "次干道", "支路", "公路", "其他", zh="道路等级")
    place: Stated = stated(
        "城市外环路", "城市出入口", "城乡结合部", "其他重要路段", "一般路段", zh="路段位置"
    )
    area: Measured = measured("㎡", zh="清扫面积", better="neither", floor="0 ㎡")
    length: Measured = measured("公里", zh="长度", better="neither", floor="0 公里")
    swept_on: Event = event(zh="机械化清扫起始日期", en="swept by machine since")
    sprinkled_on: Event = event(zh="洒水起始日期", en="sprinkled since")


class RoadCheck(Entity, zh="车辆抛洒检查", en="check of a vehicle's load"):
    """One check of a vehicle on the road for what it spills or carries out."""

    vehicle: Text = text(zh="车牌号")
    date: Event = event(zh="检查日期", routine=True)
    muck_truck: Flag = flag(zh="是否渣土车", en="muck truck")
    driving: Flag = flag(zh="是否行驶途中", en="on its way")
    closed: Flag = flag(zh="是否全密闭", en="fully closed")
    spilled: Flag = flag(zh="是否沿路抛撒", en="spills on the road")
    muddy: Flag = flag(zh="是否带泥上路", en="carries mud on to the road")
    case_filed: Flag = flag(zh="是否查处", en="dealt with")


class Frontage(Entity, zh="门前五包单位", en="frontage"):
    """Whoever keeps the ground before a door: an office, an enterprise, a shop."""

    name: Text = text(zh="单位名称")
    place: Stated = stated("国省干线公路两侧", "城区道路两侧", "其他", zh="位置")
    sanitation: Flag = flag(zh="包卫生", en="keeps it clean")
    greening: Flag = flag(zh="包绿化", en="keeps the green")
    facilities: Flag = flag(zh="包市政公用设施", en="keeps public fittings")
    facades: Flag = flag(zh="包建筑物容貌", en="keeps the façade")
    order: Flag = flag(zh="包秩序", en="keeps order")
    person: Text = text(zh="定人")
    times: Text = text(zh="定时")
    duties: Text = text(zh="定责")
    surfaced: Flag = flag(zh="门前区域是否硬化绿化", en="hardened or green")
    washed: Flag = flag(zh="道路是否洒水冲洗降尘", en="road sprinkled and washed")


def _rate(zh: str) -> Measured:
    return measured("%", zh=zh, better="more", floor="0 %", ceiling="100 %")


class ParkingLot(Entity, zh="停车场"):
    """A parking lot: where it lies, and how far the campaign has put it in order."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="名称")
    built_up: Flag = flag(zh="是否在城市建成区", en="in the built-up area")
    trunk_road: Flag = flag(zh="是否在国省干线两侧", en="along a national or provincial road")
    finished_on: Event = event(zh="专项整治完成日期", en="put in order on")
    hardened: Measured = _rate("场内道路硬化率")
    bare: Flag = flag(zh="有无裸露土地", en="has bare ground")
    covered: Measured = _rate("裸露土地覆盖率")
    cleaned: Flag = flag(zh="场内道路是否日常洒水保洁", en="sprinkled and cleaned daily")


class ForestryProject(Entity, zh="造林抚育项目", en="forestry project"):
    """A project of afforestation or tending: its area, and when it was completed."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="项目名称")
    kind: Stated = stated("中央财政补贴造林", "市县森林抚育", "其他", zh="项目类型")
    area: Measured = measured("亩", zh="完成面积", better="more", floor="0 亩")
    completed_on: Event = event(zh="完成日期")


class MinePlot(Entity, zh="历史遗留矿山图斑", en="legacy mine plot"):
    """A plot of a mine that nobody answers for, assigned from above to be restored in a year."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="图斑名称")
    year: Stated = stated("2024年", "2025年", "其他年度", zh="任务年度")
    restored_on: Event = event(zh="治理完成日期", en="restored on")
