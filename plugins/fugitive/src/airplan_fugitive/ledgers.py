"""What is held against fugitive emissions: enterprises, what they store, aggregate works, sheds."""

import polars as pl

from airplan_core import (
    Counted,
    Demand,
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
from airplan_fugitive import sheds
from airplan_qinyang import Enterprise
from airplan_qinyang.stockyards import Stockyard


class FugitiveProfile(
    Entity, zh="无组织排放企业档案", en="fugitive emission profile", one_per="enterprise"
):
    """An enterprise: whether it is in the park, on the county's list, and how it keeps dust in.

    The list of key enterprises (重点工业企业) is not the plan's. What has neither a stockyard nor
    bare land has nothing there to treat or to green.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    in_park: Flag = flag(zh="是否在经开区工业园区内", en="in the industrial park")
    treated: Flag = flag(
        zh="是否按要求开展无组织排放治理", en="fugitive emission treated as required"
    )
    key: Flag = flag(zh="是否重点工业企业", en="key industrial enterprise")
    transport_on: Event = event(
        zh="物料运输深度治理完成日期", en="deep treatment of transport completed on"
    )
    process_on: Event = event(
        zh="生产工艺深度治理完成日期", en="deep treatment of the process completed on"
    )
    has_yard: Flag = flag(zh="有无堆场", en="has a stockyard")
    yard_on: Event = event(
        zh="堆场深度治理完成日期", en="deep treatment of the stockyard completed on"
    )
    collected: Flag = flag(zh="生产过程收尘是否到位", en="dust collected in production")
    suppressed: Flag = flag(zh="物料运输抑尘是否到位", en="dust suppressed in transport")
    swept: Flag = flag(zh="厂区道路除尘是否到位", en="dust removed from the plant's roads")
    bare: Flag = flag(zh="有无裸露土地", en="has bare land")
    greened: Flag = flag(zh="裸露土地是否绿化到位", en="bare land greened")
    monitored: Flag = flag(zh="无组织排放监控是否到位", en="fugitive emission monitored")


def _as_its_yard(
    own: pl.DataFrame, yards: pl.DataFrame, _: object
) -> tuple[pl.DataFrame, list[str]]:
    """What lies in a stockyard is enclosed as the yard's own ledger says it is."""
    of = pl.col("storage").cast(pl.String)
    enclosed = (
        pl.when(pl.col("open") | (of == "露天堆放"))
        .then(False)
        .when(of == "全封闭库房")
        .then(True)
    )  # fmt: skip
    yards = yards.select(yard="id", found=enclosed)
    said = own.join(yards, on="yard", how="left", maintain_order="left")
    filled = said.with_columns(enclosed=pl.coalesce("enclosed", "found"))
    return filled.select(own.columns), []


class MaterialStore(
    Entity,
    zh="厂区物料燃料贮存点",
    en="material store",
    derived=Derivation(sources=(Stockyard,), compute=_as_its_yard),
):
    """A place in a plant where a material or a fuel is stored: a row for each.

    A plant that stores nothing that raises dust says so in one row.
    """

    profile: Reference[FugitiveProfile] = reference(FugitiveProfile, zh="企业", en="enterprise")
    name: Text = text(zh="贮存点名称")
    material: Text = text(zh="物料或燃料名称")
    kind: Stated = stated("物料", "燃料", zh="类别")
    dusty: Flag = flag(zh="是否易产生粉尘", en="raises dust")
    enclosed: Flag = flag(zh="是否密闭")
    yard: Reference[Stockyard] = reference(Stockyard, zh="所在物料堆场", en="in which stockyard")


class AggregateWorks(Entity, zh="砂石骨料企业治理台账", en="aggregate works", one_per="enterprise"):
    """What a works of sand, stone and aggregate has of what its sentence asks."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    conforms: Flag = flag(zh="是否符合焦政办〔2021〕6号要求", en="conforms to 焦政办〔2021〕6号")
    upgraded: Flag = flag(zh="是否开展装备升级", en="equipment upgraded")
    deep_treated: Flag = flag(zh="是否开展深度治理", en="deep treatment")
    transport_kept_down: Flag = flag(
        zh="矿石运输防尘措施是否落实", en="dust prevented in transport"
    )
    transport_taken_out: Flag = flag(zh="矿石运输除尘措施是否落实", en="dust removed in transport")
    work_kept_down: Flag = flag(zh="矿石加工防尘措施是否落实", en="dust prevented in processing")
    work_taken_out: Flag = flag(zh="矿石加工除尘措施是否落实", en="dust removed in processing")


class MaterialShed(
    Entity,
    zh="物料棚仓",
    derived=Derivation(sources=(), compute=sheds.completed),
    demands=(
        Demand(
            of="gates",
            least="gates_with_wash",
            expected="不小于有自动轮胎冲洗台的出入口数的数",
            hint="出入口数含有冲洗台的",
        ),
        Demand(
            of="covers",
            so=pl.col("covers") == (pl.col("coverage") >= 100),
            expected="与雾炮覆盖率一致：100%的为是，不足的为否",
            hint="核对覆盖率；只知道其中一项的，另一项留空",
        ),
    ),
):
    """A shed or silo hall of materials: its floor, its fog cannons, its gates.

    A works that has none says so in one row. The range is that of the cannon that reaches least;
    whether the floor is covered is completed where geometry leaves no doubt.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    name: Text = text(zh="棚仓名称")
    kind: Stated = stated("物料棚仓", "无物料棚仓", zh="类型")
    length: Measured = measured(
        "米", zh="长度", better="neither", floor="0 米", ceiling="2000 米", aliases=("棚仓长度",)
    )
    width: Measured = measured(
        "米", zh="宽度", better="neither", floor="0 米", ceiling="2000 米", aliases=("棚仓宽度",)
    )
    cannons: Counted = counted("台", zh="雾炮台数", en="fog cannons", better="more")
    range: Measured = measured("米", zh="雾炮射程", better="more", floor="0 米", ceiling="500 米")
    coverage: Measured = measured("%", zh="雾炮覆盖率", better="more", floor="0 %", ceiling="100 %")
    covers: Flag = flag(zh="射程是否覆盖全仓", en="range covers the whole shed")
    to_corner: Measured = measured(
        "米", zh="雾炮到所辖区域最远角的距离", en="from a cannon to its farthest corner",
        better="neither", floor="0 米",
    )  # fmt: skip
    open_transfer: Flag = flag(zh="有无露天转运", en="transfers in the open")
    gates: Counted = counted("个", zh="出入口数", better="neither")
    gates_with_wash: Counted = counted("个", zh="有自动轮胎冲洗台的出入口数", better="more")
    room: Flag = flag(zh="其余出入口是否具备冲洗台建设条件", en="there is room at the other gates")
    plant_gate_wash: Flag = flag(
        zh="厂区出入口有无自动轮胎冲洗台", en="automatic wheel washing at the plant's gate"
    )
    washing: Flag = flag(zh="自动轮胎冲洗台是否正常运行", en="wheel washing in normal operation")
