"""What transport in heavy pollution is held against: key users, their gates, days and checks."""


import polars as pl

from airplan_core import (
    Counted,
    County,
    Demand,
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
from airplan_emergency.alerts import Alert
from airplan_qinyang import Enterprise

c = pl.col


def _there(field: str, expected: str, hint: str) -> Demand:
    return Demand(of=field, so=c(field).is_not_null(), expected=expected, hint=hint)


def _ordinary(field: str) -> Demand:
    return Demand(
        of=field,
        so=c(field) > 0,
        expected="大于0的数",
        hint="平常日均是非预警期间每日的平均；平常就没有的，留空",
    )


class TransportProfile(
    Keyed, zh="应急运输响应档案", en="emergency transport profile", one_per="enterprise",
    demands=(_ordinary("usual_trips"), _ordinary("usual_hours")),
):  # fmt: skip
    """An enterprise that moves goods: whether it is a key user, and how it is prepared."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    bulk: Flag = flag(zh="是否涉及大宗物料运输", en="moves bulk materials")
    key: Flag = flag(zh="是否重点用车企业", en="key user of vehicles")
    scheme_on: Event = event(
        zh="应急运输响应方案制定日期", en="scheme of emergency transport drawn up on"
    )
    capacity: Flag = flag(zh="运力是否合理安排", en="capacity arranged")
    stocked: Flag = flag(zh="生产物资是否提前储备", en="materials laid in beforehand")
    usual_trips: Measured = measured(
        "车次", zh="平常日均货运车次", en="ordinary daily trips", better="neither", floor="0 车次"
    )
    usual_hours: Measured = measured(
        "小时", zh="平常日均机械使用时间", en="ordinary daily machine hours", better="neither",
        floor="0 小时",
    )  # fmt: skip


class GatePass(
    Entity, zh="门禁记录", en="passage of a gate",
    demands=(
        _there("enterprise", "企业的编号", "写这辆车进出的是哪家企业的门禁"),
        _there("passed_at", "通过时间", "写到分钟，如2024-12-20 08:05"),
    ),
):  # fmt: skip
    """A goods vehicle at an enterprise's gate, as the gate system exports it: a row for each trip.

    A vehicle that runs the city or is a special one, 城市运行保障车辆和特种车辆, says so.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    passed_at: Moment = moment(zh="通过时间", minutes=True)
    plate: Text = text(zh="车牌号码", en="number plate")
    size: Stated = stated("重型", "中型", "轻型", "微型", zh="车型")
    fuel: Stated = stated("柴油", "汽油", "燃气", "电", "氢", "混合动力", "其他", zh="燃料")
    built_up: Flag = flag(zh="是否在建成区通行", en="drives in the built-up area")
    excepted: Flag = flag(zh="是否城市运行保障或特种车辆", en="runs the city, or is a special one")


class TransportDay(
    Keyed, zh="应急运输日台账", en="day of transport", key=("enterprise", "date"),
    demands=(
        _there("enterprise", "企业的编号", "写这一行是哪家企业"),
        _ordinary("usual_trips"), _ordinary("usual_hours"),
    ),
):  # fmt: skip
    """A day of an enterprise's transport: trips of goods by road, and hours of its machines.

    Completed from its gate's records, and from its profile for what is ordinary.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    date: Event = event(zh="日期", routine=True)
    county: Reference[County] = reference(County, zh="县市")
    profile: Reference[TransportProfile] = reference(TransportProfile, zh="档案", en="profile")
    trips: Counted = counted("车次", zh="货运车次", en="trips of goods by road", better="less")
    usual_trips: Measured = measured(
        "车次", zh="平常日均货运车次", en="ordinary daily trips", better="neither", floor="0 车次"
    )
    diesel_trips: Counted = counted(
        "车次", zh="建成区中重型柴油货车车次", en="heavy and medium diesel trips in the built-up area",
        better="less",
    )  # fmt: skip
    machine_hours: Measured = measured(
        "小时", zh="非道路移动机械使用时间", en="machine hours", better="less", floor="0 小时"
    )
    usual_hours: Measured = measured(
        "小时", zh="平常日均机械使用时间", en="ordinary daily machine hours", better="neither",
        floor="0 小时",
    )  # fmt: skip


class ResponseCheck(
    Keyed, zh="应急运输响应监督", en="check of a transport response", key=("enterprise", "alert"),
    demands=(_there("enterprise", "企业的编号", "写这一行是哪家企业"),),
):  # fmt: skip
    """How departments watched a key user's response under an alert."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    alert: Reference[Alert] = reference(Alert, zh="预警")
    profile: Reference[TransportProfile] = reference(TransportProfile, zh="档案", en="profile")
    county: Reference[County] = reference(County, zh="县市")
    begun_on: Event = event(zh="预警启动日期", en="alert begun on")
    gate: Flag = flag(zh="是否查看门禁数据", en="gate data looked at")
    video: Flag = flag(zh="是否查看视频监控", en="video looked at")
    other: Flag = flag(zh="是否以其他方式监督", en="watched otherwise")
