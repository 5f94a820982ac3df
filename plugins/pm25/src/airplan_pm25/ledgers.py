"""The ledgers the PM2.5 campaign reads, each kept by one department."""

from collections.abc import Mapping

import polars as pl

from airplan_core import (
    Counted,
    County,
    Derivation,
    Entity,
    Event,
    Flag,
    Keyed,
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
from airplan_qinyang import Enterprise
from airplan_qinyang.enterprise import INDUSTRIES

#: The one enterprise that the campaign names.
HONGDA = "沁阳市宏达钢铁有限公司"

#: What treats waste gas; and that an enterprise needs none of a kind, in a row that says so.
FACILITIES = ("脱硫", "脱硝", "除尘", "VOCs治理", "其他")
NOT_NEEDED = ("无需脱硫", "无需脱硝", "无需除尘")

POLLUTANTS = ("颗粒物", "二氧化硫", "氮氧化物", "挥发性有机物", "其他")


class Project(Entity, zh="建设项目", en="construction project"):
    """A construction project, from its environmental approval to its start of production."""

    name: Text = text(zh="项目名称")
    enterprise: Reference[Enterprise] = reference(Enterprise, zh="建设单位")
    industry: Stated = stated(*INDUSTRIES, zh="行业")
    nature: Stated = stated("新建", "改建", "扩建", "技术改造", zh="建设性质")
    zoning_conforms: Flag = flag(zh="是否符合三线一单", en="conforms to the zoning list")
    has_sintering: Flag = flag(zh="是否含烧结工序", en="has a sintering step")
    adds_capacity: Flag = flag(zh="是否新增产能")
    capacity_offset: Flag = flag(zh="新增产能是否全部置换", en="added capacity fully replaced")
    is_replacement: Flag = flag(zh="是否产能置换项目", en="capacity replacement project")
    replacement_conforms: Flag = flag(
        zh="产能置换是否符合国家省要求", en="replacement conforms to national and provincial rules"
    )
    ore_transport: Stated = stated("密闭皮带廊", "敞开皮带", "汽车", "其他", zh="矿石运输方式")
    clean_share: Measured = measured(
        "%",
        zh="大宗物料产品清洁运输比例",
        en="clean transport share of bulk goods",
        better="more",
        floor="0 %",
        ceiling="100 %",
    )
    clean_share_with_new_energy: Measured = measured(
        "%",
        zh="大宗物料产品清洁运输比例（含新能源）",
        en="clean transport share of bulk goods, new-energy trucks counted",
        better="more",
        floor="0 %",
        ceiling="100 %",
    )
    energy_intensive: Flag = flag(zh="是否高耗能", en="energy-intensive")
    high_emission: Flag = flag(zh="是否高排放", en="high-emission")
    overcapacity: Flag = flag(zh="是否产能过剩", en="in an industry with excess capacity")
    approved_on: Event = event(zh="环评审批日期", en="environmental approval")
    in_production_on: Event = event(zh="建成投产日期", en="start of production")
    suspended_on: Event = event(zh="暂停建设日期", en="construction suspended")
    reassessed_on: Event = event(zh="重新评价日期", en="assessed again")
    ultra_low: Flag = flag(zh="是否达到超低排放水平", en="reaches ultra-low emission")


#: A standard brick (GB/T 5101) weighs about 2.5 kg. An intensity compares two years of one works:
#: whatever a brick weighs, it weighs it in both.
BRICKS_A_TONNE = 400


def _in_tonnes(own: pl.DataFrame, _: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """The output of a works that counts bricks, in tonnes."""
    made = {
        f"output_{when}": pl.coalesce(f"output_{when}", pl.col(f"bricks_{when}") / BRICKS_A_TONNE)
        for when in ("before", "after")
    }
    return own.with_columns(**made), []


class ProjectEmission(
    Keyed,
    zh="项目污染物排放",
    key=("project", "pollutant"),
    derived=Derivation(sources=(), compute=_in_tonnes),
):
    """What a project emits of one pollutant, before and after, and what it replaces.

    A brick works may give its output in bricks instead of tonnes.
    """

    project: Reference[Project] = reference(Project, zh="项目")
    pollutant: Stated = stated(*POLLUTANTS, zh="污染物")
    before: Measured = measured(
        "吨/年", zh="建设前排放量", en="emission before", better="neither", floor="0 吨/年"
    )
    after: Measured = measured(
        "吨/年", zh="建设后排放量", en="emission after", better="less", floor="0 吨/年"
    )
    output_before: Measured = measured("吨/年", zh="建设前产量", floor="0 吨/年", usual="万吨/年")
    output_after: Measured = measured("吨/年", zh="建设后产量", floor="0 吨/年", usual="万吨/年")
    bricks_before: Measured = measured(
        "块/年", zh="建设前砖瓦产量", floor="0 块/年", usual="万块/年"
    )
    bricks_after: Measured = measured(
        "块/年", zh="建设后砖瓦产量", floor="0 块/年", usual="万块/年"
    )
    # a rebuilding may emit less than before: what it adds is a difference
    added: Measured = measured("吨/年", zh="新增排放量", en="added emission", better="less")
    offset: Measured = measured(
        "吨/年", zh="替代削减量", en="offset reduction", better="more", floor="0 吨/年"
    )


class Boiler(Entity, zh="锅炉"):
    """A boiler, existing or proposed."""

    name: Text = text(zh="锅炉名称")
    enterprise: Reference[Enterprise] = reference(Enterprise, zh="使用单位")
    fuel: Stated = stated("燃煤", "生物质", "天然气", "其他燃气", "燃油", "电", "其他", zh="燃料")
    new_build: Flag = flag(zh="是否新建", en="newly built")
    central_heating: Flag = flag(zh="是否用于集中供热", en="for central heating")
    in_heating_area: Flag = flag(
        zh="是否在集中供热覆盖范围内", en="inside the area of central heating"
    )
    standby: Flag = flag(zh="是否备用")
    low_nox_on: Event = event(zh="低氮燃烧改造完成日期", en="low-NOx retrofit")
    upgraded: Flag = flag(zh="是否完成提标改造", en="upgraded to the stricter standard")
    dedicated_furnace: Flag = flag(zh="是否采用专用炉具")
    dedusting: Stated = stated(
        "布袋", "电袋复合", "其他高效除尘", "旋风", "水膜", "无", zh="除尘设施"
    )
    cofires: Flag = flag(zh="是否掺烧其他物料", en="burns other materials too")


class BrickEnterprise(Entity, zh="烧结砖瓦企业"):
    """A fired-brick enterprise, as the consolidation scheme sees it."""

    name: Text = text(zh="企业名称")
    consolidated: Flag = flag(zh="是否整合企业", en="formed by consolidation")
    capacity: Measured = measured(
        "块/年", zh="整合总产能", en="total capacity", better="neither", floor="0 块/年",
        usual="万块/年",
    )  # fmt: skip


class BrickLine(Entity, zh="砖瓦生产线"):
    """A kiln line for fired bricks or blocks."""

    name: Text = text(zh="生产线名称")
    enterprise: Reference[BrickEnterprise] = reference(BrickEnterprise, zh="所属企业")
    product: Stated = stated("烧结砖", "烧结空心砌块", "其他", zh="产品")
    capacity: Measured = measured(
        "块/年", zh="年产能", better="neither", floor="0 块/年", usual="万块/年"
    )
    exited_on: Event = event(zh="退出日期")
    subsidy: Measured = measured(
        "万元", zh="奖补金额", en="subsidy paid", better="neither", floor="0 万元"
    )


class BrickSubsidy(Keyed, zh="砖瓦退出奖补标准", key=("year",)):
    """What a year's closures are paid, beside the year before: 0 where that paid nothing."""

    year: Counted = counted("年", zh="年度", floor=1949, ceiling=2100)
    rate: Measured = measured("万元", zh="本年奖补标准", floor="0 万元")
    previous_rate: Measured = measured("万元", zh="上年奖补标准", floor="0 万元")


class CoalWashingLine(Entity, zh="煤炭洗选生产线"):
    """A coal-washing line; which are backward is for the national and provincial lists to say."""

    name: Text = text(zh="生产线名称")
    enterprise: Reference[Enterprise] = reference(Enterprise, zh="所属企业")
    backward: Flag = flag(zh="是否落后产能")
    eliminated_on: Event = event(zh="淘汰日期")


class ElectricArcFurnace(Entity, zh="炼钢电弧炉"):
    """An electric arc furnace for steel."""

    name: Text = text(zh="电弧炉名称")
    owner: Stated = stated(HONGDA, "其他", zh="所属企业")
    capacity: Measured = measured(
        "吨", zh="改造前公称容量", en="nominal capacity before", floor="0 吨"
    )
    capacity_after: Measured = measured(
        "吨", zh="改造后公称容量", en="nominal capacity after", better="neither", floor="0 吨"
    )
    exited_on: Event = event(zh="退出日期")
    enlarged_on: Event = event(zh="大型化改造完成日期")


class GreenListing(Entity, zh="绿色制造名单", en="green-manufacturing listing"):
    """An entry won on a green-manufacturing list."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="入选单位")
    level: Stated = stated("国家级", "省级", "其他", zh="级别")
    listed_on: Event = event(zh="公布日期")


class Permit(Entity, zh="排污许可证", en="discharge permit"):
    """A pollutant discharge permit (排污许可管理条例, 国务院令第736号)."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="排污单位")
    category: Stated = stated("重点管理", "简化管理", "登记管理", zh="管理类别")
    written_on: Event = event(
        zh="特别要求载入许可证日期", en="special requirements written into the permit"
    )


class PermittedEmission(Entity, zh="许可排放执行情况"):
    """What an outlet emits of a pollutant, beside what its permit allows."""

    permit: Reference[Permit] = reference(Permit, zh="许可证")
    pollutant: Stated = stated(*POLLUTANTS, zh="污染物")
    concentration: Measured = measured(
        "mg/m³", zh="排放浓度", better="less", floor="0 mg/m³", ceiling="1000000 mg/m³"
    )
    concentration_limit: Measured = measured(
        "mg/m³", zh="许可浓度限值", en="limit", floor="0 mg/m³", ceiling="1000000 mg/m³"
    )
    total: Measured = measured(
        "吨/年", zh="排放量", en="total emission", better="less", floor="0 吨/年"
    )
    total_limit: Measured = measured("吨/年", zh="许可排放量", floor="0 吨/年")


class TreatmentFacility(Entity, zh="污染治理设施"):
    """A facility that treats waste gas, with the seven signs an inspection looks for."""

    name: Text = text(zh="设施名称")
    enterprise: Reference[Enterprise] = reference(Enterprise, zh="所属企业")
    kind: Stated = stated(*FACILITIES, *NOT_NEEDED, zh="类别")
    high_efficiency: Flag = flag(zh="是否高效设施", en="high-efficiency")
    unsuitable: Flag = flag(zh="工艺不适用或去除效率低", en="unsuitable process or low removal")
    crude: Flag = flag(zh="设备简陋或组件未安装", en="crude or lacking components")
    badly_built: Flag = flag(zh="建设质量低劣")
    corroded: Flag = flag(zh="腐蚀破损严重", en="corroded or broken")
    uncontrolled: Flag = flag(zh="无控制系统或功能缺失", en="no working control system")
    badly_run: Flag = flag(zh="运行维护不到位", en="badly run or maintained")
    tampered: Flag = flag(zh="干扰监测或数据造假", en="monitoring disturbed or data forged")
    monitored_on: Event = event(zh="现场手工监测日期", en="monitored by hand on")


class FacilityCheck(Entity, zh="低效失效设施排查"):
    """How far an enterprise's treatment facilities have been checked."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    self_checked_on: Event = event(zh="企业自查完成日期", en="self-check completed on")
    inspected_on: Event = event(zh="排查完成日期", en="inspection completed on")


class FacilityProblem(Entity, zh="治理设施问题清单"):
    """A problem on the list, and how it is being put right."""

    facility: Reference[TreatmentFacility] = reference(TreatmentFacility, zh="设施")
    fixable_at_once: Flag = flag(zh="能否立行立改", en="can be put right at once")
    measure: Text = text(zh="提升改造措施", en="upgrading measure")
    rectify_by: Event = event(zh="整改时限", en="to be rectified by")
    rectified_on: Event = event(zh="整改完成日期")
    winter_control: Flag = flag(
        zh="是否纳入秋冬季生产调控", en="under autumn-winter production control"
    )
