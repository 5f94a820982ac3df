"""What VOCs are held against: works, projects and parks, facilities, outlets, flares, bypasses.

VOCs are NMHC where they are measured, in mg/m³ as sampled. Starts and stops are to the minute.
"""

from functools import partial

import polars as pl

from airplan_core import (
    Counted,
    Demand,
    Derivation,
    Entity,
    Event,
    Flag,
    Keyed,
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
from airplan_ozone.interpretations import STABLE, START_STOP
from airplan_qinyang import Enterprise, outlets
from airplan_qinyang.parks import ChemicalPark


class VocProfile(Keyed, zh="涉VOCs企业档案", one_per="enterprise"):
    """What an enterprise is to the campaign against VOCs; its id is the enterprise's."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    emits: Flag = flag(zh="是否涉VOCs排放", en="emits VOCs")
    treats: Flag = flag(zh="有无VOCs治理设施", en="has a facility that treats VOCs")
    in_cluster: Flag = flag(zh="是否属于传统产业集群", en="of a cluster of traditional industry")
    meets_policy: Flag = flag(zh="是否符合产业政策", en="conforms to industrial policy")
    hopeless: Flag = flag(zh="是否整改达标无望", en="no hope that it will comply")
    closed_on: Event = event(zh="关停取缔日期", en="closed down on")
    key: Flag = flag(zh="是否重点涉气企业", en="key gas-emitting enterprise")
    standby: Flag = flag(zh="是否加装备用处置设施", en="has spare treatment")


# 二(五)1 -----------------------------------------------------------------------------------------


#: The assessments that are a report; what is smaller is only registered, or spared.
REPORTS = ("报告书", "报告表")


class VocProject(Entity, zh="涉VOCs建设项目", en="VOC project"):
    """A project that will emit VOCs, as its environmental assessment has it.

    `emission` is what the assessment, and later the permit, allows in a year. What is only
    registered has the day of its registration, and a plant without a permit yet says 未发生.
    """

    name: Text = text(zh="项目名称")
    nature: Stated = stated("新建", "改建", "扩建", "技术改造", zh="建设性质")
    industrial: Flag = flag(zh="是否工业企业", en="industrial enterprise")
    assessment: Stated = stated(*REPORTS, "登记表", "豁免", zh="环评类别", en="assessed by")
    approved_on: Event = event(
        zh="环评审批日期", en="environmental approval", aliases=("环评备案日期",)
    )
    permitted_on: Event = event(zh="排污许可证核发日期", en="discharge permit issued on")
    emission: Measured = measured(
        "吨/年", zh="VOCs排放量", en="VOCs emitted", better="less", floor="0 吨/年"
    )
    in_park: Flag = flag(zh="是否入园区", en="in a park")
    scheme_in_permit: Flag = flag(
        zh="替代方案是否落实到排污许可证", en="offset scheme written into the permit"
    )
    scheme_enforced: Flag = flag(
        zh="替代方案是否纳入环境执法管理", en="offset scheme taken into enforcement"
    )
    chapter: Flag = flag(
        zh="环评报告有无VOCs治理专项评价", en="assessment has a chapter on treating VOCs"
    )


class VocOffset(Entity, zh="VOCs替代削减来源", en="VOC offset"):
    """What is cut elsewhere to make up for a project: by whom, how much, in the region or not."""

    project: Reference[VocProject] = reference(VocProject, zh="项目")
    source: Text = text(zh="替代来源", en="source")
    amount: Measured = measured(
        "吨/年", zh="替代削减量", en="offset reduction", better="more", floor="0 吨/年"
    )
    in_region: Flag = flag(zh="是否在区域内", en="within the region")


class CoatingProject(Entity, zh="涂装项目备案", en="coating project"):
    """A project for coating that was to be filed; the central area is not the built-up area."""

    name: Text = text(zh="项目名称")
    kind: Stated = stated("工业涂装企业", "汽修厂喷涂工段", "其他", zh="项目类型")
    central: Flag = flag(zh="是否在中心城区", en="in the central urban area")
    livelihood: Flag = flag(zh="是否重大民生保障类", en="major livelihood project")
    filed_on: Event = event(zh="备案日期")


class ParkUpgrade(Keyed, zh="化工园区综合整治", en="upgrade of a chemical park", one_per="park"):
    """What a chemical park has upgraded, and which platforms it has set up, each with its day.

    Of what needs no upgrade, the day on which that was found.
    """

    park: Reference[ChemicalPark] = reference(ChemicalPark, zh="园区")
    process_on: Event = event(zh="生产工艺升级改造完成日期", en="process upgraded on")
    scale_on: Event = event(zh="生产规模升级改造完成日期", en="scale upgraded on")
    energy_on: Event = event(zh="能耗水平升级改造完成日期", en="energy use upgraded on")
    fuel_on: Event = event(zh="燃料类型升级改造完成日期", en="fuels upgraded on")
    treatment_on: Event = event(zh="污染治理升级改造完成日期", en="treatment upgraded on")
    leak_platform_on: Event = event(
        zh="泄漏检测与修复信息管理平台建立日期", en="platform for leaks set up on"
    )
    voc_platform_on: Event = event(
        zh="挥发性有机物管控平台建立日期", en="platform for VOCs set up on"
    )


# 二(五)2 -----------------------------------------------------------------------------------------


class VocFacility(Entity, zh="VOCs治理设施", en="VOC facility"):
    """A facility that treats VOCs, and whether its carbon is desorbed: a zeolite wheel has none."""

    profile: Reference[VocProfile] = reference(VocProfile, zh="企业")
    name: Text = text(zh="设施名称")
    desorbs: Flag = flag(zh="是否活性炭脱附治理设施", en="desorbs activated carbon")
    safe: Flag = flag(
        zh="增加复生频次能否确保安全运行", en="runs safely when regenerated more often"
    )


class VocRun(
    Entity,
    zh="VOCs治理设施启停记录",
    en="run of a VOC facility",
    demands=(
        Demand(
            of="facility_off_at",
            least="facility_on_at",
            expected="不早于治理设施启动时间的时间",
            hint="两个时间写反了的，对调过来；还没有停的写“未发生”",
        ),
        Demand(
            of="line_off_at",
            least="line_on_at",
            expected="不早于生产设备启动时间的时间",
            hint="两个时间写反了的，对调过来；还没有停的写“未发生”",
        ),
    ),
):
    """Once that a line ran: when it and its facility were started, and when they were stopped.

    What still runs has not been stopped: 未发生.
    """

    facility: Reference[VocFacility] = reference(VocFacility, zh="治理设施")
    line: Text = text(zh="生产设备")
    facility_on_at: Moment = moment(zh="治理设施启动时间", minutes=True)
    line_on_at: Moment = moment(zh="生产设备启动时间", minutes=True)
    line_off_at: Moment = moment(zh="生产设备停止时间", minutes=True)
    facility_off_at: Moment = moment(zh="治理设施停止时间", minutes=True)


def _rate(zh: str, en: str) -> Measured:
    return measured("%", zh=zh, en=en, better="more", floor="0 %", ceiling="100 %")


def _a_percentage(of: str) -> Demand:
    """A rate of one percent and less is mostly a share, 0.9 of one, under a head that says %."""
    return Demand(
        of=of,
        so=(pl.col(of) == 0) | (pl.col(of) > 1),
        expected="0，或大于1%的百分数",
        hint="百分之九十写90%或90，不写0.9",
    )


class VocRates(
    Entity,
    zh="VOCs治理三率",
    en="VOC rates",
    key=("profile", "ends_on"),
    demands=(
        Demand(
            of="ends_on",
            so=(pl.col("ends_on").dt.month() == 12) & (pl.col("ends_on").dt.day() == 31),
            expected="一年的最后一天，如2024-12-31",
            hint="三率按年统计，一年一行",
        ),
        *map(_a_percentage, ("collected", "synchronous", "removed")),
    ),
):
    """An enterprise's three rates of a year: collected, treated while it runs, removed."""

    profile: Reference[VocProfile] = reference(VocProfile, zh="企业")
    ends_on: Event = event(zh="统计期末", en="year ends on", routine=True)
    collected: Measured = _rate("废气收集率", "waste gas collected")
    synchronous: Measured = _rate("治理设施同步运行率", "facility running while the line does")
    removed: Measured = _rate("污染物去除率", "pollutants removed")


class VocOutlet(
    Entity, zh="VOCs排放口", en="VOC outlet", demands=(_a_percentage("removal"),)
):  # fmt: skip
    """An outlet of VOCs, what its permit allows, and what is collected and removed before it."""

    profile: Reference[VocProfile] = reference(VocProfile, zh="企业")
    name: Text = text(zh="排放口", aliases=("排放口名称", "排口"))
    limit: Measured = measured(
        "mg/m³", zh="许可浓度限值", en="permitted", floor="0 mg/m³", ceiling="1000000 mg/m³"
    )
    initial_rate: Measured = measured(
        "kg/h", zh="NMHC初始排放速率", en="NMHC collected", better="less", floor="0 kg/h"
    )
    removal: Measured = _rate("处理效率", "removal efficiency")
    low_voc: Flag = flag(
        zh="原辅材料是否符合低VOCs含量产品规定", en="materials are low in VOCs by standard"
    )


def _nmhc(zh: str) -> Measured:
    return measured(
        "mg/m³", zh=zh, en="NMHC", better="less", floor="0 mg/m³", ceiling="1000000 mg/m³"
    )


class VocHour(
    Entity, zh="VOCs排放口小时浓度", en="hour of a VOC outlet", key=("outlet", "time"),
    demands=outlets.HOUR_DEMANDS,
):  # fmt: skip
    """An outlet's hour: labelled 7:00 it is the mean from 7:00 to 8:00, as HJ 212 sends it.

    An hour with neither a value nor a mark is not accounted for.
    """

    outlet: Reference[VocOutlet] = reference(VocOutlet, zh="VOCs排放口", aliases=("排口编号",))
    time: Moment = moment(zh="时间", aliases=("监测时间",))
    concentration: Measured = _nmhc("NMHC浓度")
    mark: Stated = stated(*outlets.MARKS, zh="标记", en="mark")


class VocDay(
    Entity,
    zh="VOCs排放口日达标情况",
    en="day of a VOC outlet",
    key=("outlet", "date"),
    derived=Derivation(
        sources=(VocHour, VocOutlet),
        compute=partial(outlets.days, stable=STABLE, start_stop=START_STOP),
        asks=(STABLE, START_STOP),
    ),
):
    """An outlet's day, and whether it kept to its permit; completed from its hours."""

    outlet: Reference[VocOutlet] = reference(VocOutlet, zh="VOCs排放口", aliases=("排口编号",))
    date: Event = event(zh="日期", routine=True)
    kept: Flag = flag(zh="是否达标", en="kept to its permit")


class VocSample(Entity, zh="VOCs排放口手工监测", en="sample of a VOC outlet"):
    """What was sampled by hand at an outlet."""

    outlet: Reference[VocOutlet] = reference(VocOutlet, zh="VOCs排放口", aliases=("排口编号",))
    date: Event = event(zh="监测日期", routine=True)
    concentration: Measured = _nmhc("NMHC浓度")


#: How VOCs of mixing are treated efficiently: by combustion, and by what does as well.
COMBUSTION = ("蓄热燃烧", "催化燃烧", "直接燃烧", "其他燃烧法")
EFFICIENT = (*COMBUSTION, "其他高效治理措施")
#: What does not: low temperature plasma, light, washing, carbon that is not regenerated.
INEFFICIENT = ("低温等离子", "光氧化或光催化", "喷淋吸收", "一次性活性炭吸附", "其他低效措施", "无")


class TyreSection(Entity, zh="轮胎制胶工段", en="tyre section"):
    """The section of a tyre works where rubber is mixed; one without it says so in a row."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    section: Stated = stated("制胶工段", "无制胶工段", "其他工段", zh="工段")
    measure: Stated = stated(*EFFICIENT, *INEFFICIENT, zh="治理措施", en="treated by")
    treated_on: Event = event(zh="深度治理完成日期", en="deep treatment completed on")


class Regeneration(Entity, zh="活性炭复生记录", en="regeneration"):
    """How often the carbon of a facility was regenerated on a day, or in a time that ends on it."""

    facility: Reference[VocFacility] = reference(VocFacility, zh="治理设施")
    date: Event = event(zh="复生日期", routine=True, aliases=("统计期末", "再生日期"))
    times: Counted = counted("次", zh="复生次数", better="more")


# 二(五)3 -----------------------------------------------------------------------------------------

#: The work that is planned; what else is abnormal comes unplanned.
PLANNED = ("开车", "停车", "检维修")


class AbnormalWork(Entity, zh="非正常工况", en="abnormal operation"):
    """A start, a stop, an overhaul or another abnormal condition: reported when, and begun when."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    kind: Stated = stated(*PLANNED, "其他非正常工况", zh="类型")
    reported_at: Moment = moment(zh="计划报告时间", minutes=True)
    begun_at: Moment = moment(zh="开始时间", minutes=True)
    followed: Flag = flag(zh="是否严格按照规程操作", en="procedure followed")


#: What burns waste gas in the open.
FLARES = ("火炬", "煤气放散管")


class Flare(Entity, zh="火炬和煤气放散管", en="flare"):
    """A flare or a gas vent: how it is lit, what it is watched by, what it must be able to burn.

    One that is in use has not been put out of use: 未发生.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    name: Text = text(zh="名称")
    kind: Stated = stated(*FLARES, "其他", zh="类别")
    igniter: Flag = flag(zh="有无自动引燃设施", en="automatic igniter")
    temperature: Flag = flag(zh="有无燃烧温度监控", en="combustion temperature watched")
    gas_meter: Flag = flag(zh="有无废气流量计", en="waste gas metered")
    auxiliary_meter: Flag = flag(zh="有无助燃气体流量计", en="auxiliary gas metered")
    other_meters: Flag = flag(zh="其他监控是否齐全", en="everything else watched")
    calorimeter: Flag = flag(zh="有无热值检测仪", en="calorimeter")
    temperature_in_dcs: Flag = flag(zh="燃烧温度是否引入DCS", en="temperature in the DCS")
    gas_in_dcs: Flag = flag(zh="废气流量是否引入DCS", en="waste gas in the DCS")
    auxiliary_in_dcs: Flag = flag(zh="助燃气体流量是否引入DCS", en="auxiliary gas in the DCS")
    others_in_dcs: Flag = flag(zh="其他数据是否引入DCS", en="everything else in the DCS")
    removed_on: Event = event(zh="停用日期", en="out of use since", aliases=("拆除日期",))
    needed: Measured = measured(
        "MJ/m³", zh="废气热值要求", en="calorific value needed", better="neither", floor="0 MJ/m³"
    )


class FlareGas(Entity, zh="火炬废气热值记录", en="gas of a flare"):
    """What a flare was given to burn, and whether auxiliary gas was added in time."""

    flare: Reference[Flare] = reference(Flare, zh="火炬或放散管")
    at: Moment = moment(zh="时间", minutes=True)
    calorific: Measured = measured(
        "MJ/m³", zh="废气热值", en="calorific value", better="more", floor="0 MJ/m³"
    )
    added: Flag = flag(zh="是否及时补充助燃气体", en="auxiliary gas added in time")


_KEPT = (
    Demand(
        of="deleted_on",
        least="created_on",
        expected="不早于产生日期的日期",
        hint="两个日期写反了的，对调过来；还保存着的写“未发生”",
    ),
)


class FlareData(Entity, zh="火炬监测数据保存", en="data of a flare", demands=_KEPT):
    """Data of a flare: from which day they are, and when they were deleted, if they were."""

    flare: Reference[Flare] = reference(Flare, zh="火炬或放散管")
    created_on: Event = event(zh="产生日期")
    deleted_on: Event = event(zh="删除日期")


class Bypass(Entity, zh="废气旁路"):
    """A way for waste gas around its treatment, and what watches over it; 未发生 where it stays."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    name: Text = text(zh="旁路名称")
    gas: Stated = stated("烟气", "VOCs废气", "其他", zh="废气类型")
    removed_on: Event = event(zh="取消日期")
    needed: Flag = flag(zh="是否因安全生产需要无法取消", en="needed for safety")
    analysed: Flag = flag(zh="有无烟气自动监控", en="flue gas monitored")
    metered: Flag = flag(zh="有无流量监控", en="flow metered")
    temperature: Flag = flag(zh="有无温度监控", en="temperature watched")
    camera: Flag = flag(zh="有无视频监控", en="watched by camera")
    otherwise: Flag = flag(zh="有无其他监控设备", en="watched otherwise")
    supervised: Flag = flag(zh="是否加强监管", en="supervised more closely")


class BypassData(Entity, zh="旁路监控数据保存", en="data of a bypass", demands=_KEPT):
    """Monitoring data of a bypass: from which day, and when they were deleted, if they were."""

    bypass: Reference[Bypass] = reference(Bypass, zh="旁路")
    created_on: Event = event(zh="产生日期")
    deleted_on: Event = event(zh="删除日期")
