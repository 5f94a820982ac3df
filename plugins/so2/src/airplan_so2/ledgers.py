"""What the SO2 campaign is held against: villages, heat, coal, sulphur works, outlets, drying.

Coal is in tonnes as burnt, areas of heat supply in m², concentrations in mg/m³ as the permit has
them (converted to its reference oxygen).
"""

from collections.abc import Mapping
from functools import partial

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
from airplan_qinyang import Enterprise, outlets
from airplan_so2.interpretations import STABLE, START_STOP, SURGE

# 二(三)3 (1) and the annexes ----------------------------------------------------------------------


class Village(
    Entity,
    zh="村庄",
    demands=(
        Demand(
            of="converted_households",
            least="relapsed_households",
            expected="不小于其中复烧户数的数",
            hint="复烧户是已改造户中的一部分，核对两个数",
        ),
    ),
):
    """A village: the land it lies in, its gas main, and what coal is still burnt in it.

    Annex 1 leaves 山区、岭区 out of the plain (I-62); scattered coal is a household's or a farm's.
    """

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="村名", aliases=("村庄名称", "行政村"))
    township: Text = text(zh="所在乡镇", aliases=("乡镇", "乡镇街道"))
    terrain: Stated = stated("平原", "山区", "岭区", zh="地形", en="terrain")
    piped_on: Event = event(
        zh="燃气管网到村日期", en="gas main reaches it on", aliases=("通气日期", "管网覆盖日期")
    )
    converted_households: Counted = counted(
        "户", zh="双替代已改造户数", en="households converted to clean heating"
    )
    relapsed_households: Counted = counted(
        "户", zh="散煤复烧户数", en="converted households that burn coal again", better="less"
    )
    coal_users: Counted = counted(
        "户", zh="散煤使用户数（含农用）", en="users of scattered coal, farms too", better="less"
    )
    can_convert: Flag = flag(zh="是否具备双替代改造条件", en="double replacement is possible")
    households: Counted = counted("户", zh="总户数", en="households")  # 附件2: 村庄总户数


class HeatSupply(Entity, zh="集中供热实施情况", en="heat supply"):
    """An area that is to have central heating, or a batch of it that was joined on a day.

    Areas and households add up: what is to be supplied may stand in one row for the whole town,
    what is supplied in a row for each batch. A row without one of them says 0 there.
    """

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="供热区域", aliases=("小区", "供热项目", "片区"))
    built_up: Flag = flag(zh="是否在城市建成区", en="in the built-up area")
    area_due: Measured = measured(
        "㎡", zh="应实施集中供热面积", en="area to be supplied", floor="0 ㎡", usual="万㎡"
    )
    area: Measured = measured(
        "㎡", zh="已实施集中供热面积", en="area supplied", better="more", floor="0 ㎡",
        usual="万㎡", aliases=("新增供热面积",),
    )  # fmt: skip
    households_due: Counted = counted("户", zh="应实施集中供热户数", en="households to be supplied")
    households: Counted = counted(
        "户", zh="已实施集中供热户数", en="households supplied", better="more"
    )
    supplied_on: Event = event(zh="实施日期", en="supplied on", aliases=("供热日期", "接入日期"))


#: What the sentence counts as clean beside its three examples: 等清洁能源.
CLEAN_HEAT = ("工业余热", "地热能", "空气源热泵", "电", "天然气", "其他清洁能源")


class HeatingArea(Entity, zh="供暖区域"):
    """A village, estate or quarter, and how it is heated."""

    name: Text = text(zh="区域名称", aliases=("小区", "村庄"))
    in_network: Flag = flag(
        zh="是否在集中供热管网覆盖范围内", en="inside the area of central heating"
    )
    heating: Stated = stated("集中供热", *CLEAN_HEAT, "洁净型煤", "散煤", "其他", zh="供暖方式")


# 二(三)2 -----------------------------------------------------------------------------------------


class CoalUse(
    Entity,
    zh="煤炭消费量",
    key=("county", "ends_on"),
    demands=(
        Demand(
            of="ends_on",
            so=(pl.col("ends_on").dt.month() == 12) & (pl.col("ends_on").dt.day() == 31),
            expected="一年的最后一天，如2024-12-31",
            hint="煤炭消费量按年统计，一年一行",
        ),
    ),
):
    """The coal a county burns in a year, by power plants and by all others: one row a year."""

    county: Reference[County] = reference(County, zh="县市")
    ends_on: Event = event(zh="统计期末", en="year ends on", routine=True)
    power: Measured = measured(
        "吨", zh="电力行业煤炭消费量", en="coal of power plants", floor="0 吨", usual="万吨"
    )
    non_power: Measured = measured(
        "吨", zh="非电行业煤炭消费量", en="coal of other industries", better="less", floor="0 吨",
        usual="万吨",
    )  # fmt: skip


class CoalTask(Entity, zh="煤炭消费总量控制任务", key=("county", "level")):
    """What the state or the province lets a county burn in the last year of the five-year plan."""

    county: Reference[County] = reference(County, zh="县市")
    level: Stated = stated("国家", "省", zh="下达单位", en="assigned by")
    cap: Measured = measured(
        "吨", zh="2025年煤炭消费总量控制目标", en="cap on coal of 2025", floor="0 吨", usual="万吨"
    )
    document: Text = text(zh="下达文号")


# 二(三)3 (2) --------------------------------------------------------------------------------------


class NoBurnZone(Entity, zh="高污染燃料禁燃区", en="no-burn zone"):
    """A zone that was announced as closed to highly polluting fuels, and which class of them."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="禁燃区名称")
    announced_on: Event = event(zh="公告日期", en="announced on")
    fuels: Stated = stated("Ⅰ类", "Ⅱ类", "Ⅲ类", zh="禁燃类别", en="class of banned fuels")


def _placed(own: pl.DataFrame, _: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """What was found in a zone that is named was found in a zone."""
    named = pl.col("zone").is_not_null()
    return own.with_columns(in_zone=pl.col("in_zone").fill_null(pl.when(named).then(True))), []


class CoalFinding(
    Entity,
    zh="散煤问题线索",
    en="coal finding",
    derived=Derivation(sources=(), compute=_placed),
    demands=(
        Demand(
            of="in_zone",
            so=pl.col("zone").is_null() | pl.col("in_zone"),
            expected="是：这一行写了所在禁燃区",
            hint="在禁燃区外的，所在禁燃区留空",
        ),
    ),
):
    """Coal or briquettes found on sale, in store, on the road or in a stove, and what was done."""

    zone: Reference[NoBurnZone] = reference(NoBurnZone, zh="所在禁燃区", en="in which zone")
    in_zone: Flag = flag(zh="是否在禁燃区内", en="in a no-burn zone")
    found_on: Event = event(zh="发现日期")
    act: Stated = stated("销售", "储存", "运输", "使用", "其他", zh="行为")
    fuel: Stated = stated("散煤", "洁净型煤", "其他", zh="燃料")
    sulphur: Measured = measured(
        "%", zh="硫分", en="sulphur, dry", better="less", floor="0 %", ceiling="20 %"
    )
    ash: Measured = measured(
        "%", zh="灰分", en="ash, dry", better="less", floor="0 %", ceiling="100 %"
    )
    volatile: Measured = measured(
        "%", zh="挥发分", en="volatile matter, dry ash-free", better="less", floor="0 %",
        ceiling="100 %",
    )  # fmt: skip
    burner: Stated = stated("锅炉", "民用炉灶", "其他", zh="燃用设施", en="what burns it")
    output: Measured = measured(
        "蒸吨/小时", zh="锅炉出力", en="output of the boiler", better="neither",
        floor="0 蒸吨/小时",
    )  # fmt: skip
    unlawful: Flag = flag(zh="是否认定违规", en="established as unlawful")
    dealt_on: Event = event(zh="查处日期", en="dealt with on", aliases=("立案日期",))


# 二(三)4 -----------------------------------------------------------------------------------------


class SulphurProfile(Entity, zh="涉硫企业档案", one_per="enterprise"):
    """What an enterprise emits of sulphur, and from what; its id is the enterprise's."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    emits: Flag = flag(zh="是否涉二氧化硫排放", en="emits SO2")
    key: Flag = flag(zh="是否重点涉硫企业", en="key sulphur enterprise")
    kiln: Flag = flag(zh="是否有工业窑炉", en="has an industrial kiln")
    coal_boiler: Flag = flag(zh="是否有燃煤锅炉", en="has a coal boiler")
    desulphurises: Flag = flag(zh="是否有脱硫设施", en="has a desulphurisation facility")


class SulphurCheck(Entity, zh="涉硫企业督导检查"):
    """One supervisory check of an enterprise, and what it looked at."""

    profile: Reference[SulphurProfile] = reference(SulphurProfile, zh="企业")
    date: Event = event(zh="检查日期", routine=True)
    fugitive: Flag = flag(zh="是否检查无组织排放", en="fugitive emission checked")
    desulphurisation: Flag = flag(
        zh="是否检查脱硫设施运行", en="working of the desulphurisation checked"
    )


class Outlet(Entity, zh="排放口监测项目"):
    """One pollutant of one outlet that is monitored on line, and what its permit allows."""

    profile: Reference[SulphurProfile] = reference(SulphurProfile, zh="企业")
    name: Text = text(zh="排放口", aliases=("排放口名称", "排口", "点位名称"))
    pollutant: Stated = stated("二氧化硫", "氮氧化物", "颗粒物", "其他", zh="污染物")
    limit: Measured = measured(
        "mg/m³", zh="许可浓度限值", en="permitted", floor="0 mg/m³", ceiling="1000000 mg/m³"
    )


class OutletHour(
    Entity,
    zh="排放口小时浓度",
    key=("outlet", "time"),
    demands=outlets.HOUR_DEMANDS,
):
    """An outlet's hour: labelled 7:00 it is the mean from 7:00 to 8:00, as HJ 212 sends it.

    An hour without discharge, or whose value is not valid, is marked: one with neither a value nor
    a mark is not accounted for.
    """

    outlet: Reference[Outlet] = reference(Outlet, zh="排放口监测项目", aliases=("排口编号",))
    time: Moment = moment(zh="时间", aliases=("监测时间",))
    concentration: Measured = measured(
        "mg/m³", zh="折算浓度", en="concentration", better="less", floor="0 mg/m³",
        ceiling="1000000 mg/m³",
    )  # fmt: skip
    mark: Stated = stated(*outlets.MARKS, zh="标记", en="mark")


class OutletDay(
    Entity,
    zh="排放口日达标情况",
    key=("outlet", "date"),
    derived=Derivation(
        sources=(OutletHour, Outlet),
        compute=partial(outlets.days, stable=STABLE, start_stop=START_STOP, surge=SURGE),
        asks=(STABLE, START_STOP, SURGE),
    ),
):
    """An outlet's day: whether it kept to its permit, and did not surge; completed from its hours.

    A day is known to be kept when each of its 24 hours is accounted for.
    """

    outlet: Reference[Outlet] = reference(Outlet, zh="排放口监测项目", aliases=("排口编号",))
    date: Event = event(zh="日期", routine=True)
    kept: Flag = flag(zh="是否达标", en="kept to its permit")
    surged: Flag = flag(zh="是否突升", en="surged")


# 二(三)5 -----------------------------------------------------------------------------------------


class MushroomGrower(Entity, zh="食用菌企业", en="mushroom grower"):
    """An enterprise that grows mushrooms: its 双改, and whether it still runs as retrofitted."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="企业名称")
    retrofitted: Flag = flag(zh="是否完成双改", en="retrofitted")
    kept: Flag = flag(zh="双改成效是否保持", en="retrofit kept")


#: 地黄、山药等: the four that 怀药 is known for, the two that the sentence names first.
CROPS = ("地黄", "山药", "牛膝", "菊花", "其他")


class HerbSite(Entity, zh="怀药产地加工点", en="herb processing site"):
    """A place where herbs are processed where they grow."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="加工点名称")
    crop: Stated = stated(*CROPS, zh="药材")
    surveyed_on: Event = event(zh="排查日期", en="surveyed on")


#: What a dryer burns that is clean.
CLEAN_DRYING = ("电", "天然气", "空气能", "太阳能", "其他清洁能源")


class FarmEquipment(Entity, zh="农业烘干加工设备"):
    """A dryer or another device that herbs, grain or farm produce are processed with."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="设备名称")
    kind: Stated = stated("中药材烘干", "储粮烘干", "农产品加工", "其他", zh="用途", en="use")
    energy: Stated = stated(*CLEAN_DRYING, "生物质", "燃煤", "其他", zh="能源")
    fire_drying: Flag = flag(zh="是否传统火焙", en="traditional fire-drying")
    upgraded_on: Event = event(zh="技改完成日期", en="upgraded on")
    planned_by: Event = event(zh="计划完成日期", en="planned to be replaced by")
    conforms: Flag = flag(zh="是否符合标准", en="conforms to the standard")
    removed_on: Event = event(zh="淘汰日期", en="taken out of use on")
