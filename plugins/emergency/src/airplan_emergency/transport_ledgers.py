"""What transport in heavy pollution is held against: key users, their gates, days and checks."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from airplan_core import (
    NEVER,
    Counted,
    County,
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
from airplan_emergency.alerts import Alert
from airplan_emergency.interpretations import ORDINARY
from airplan_emergency.measure_ledgers import (
    EmergencyProfile,
    beside,
    each_alert,
    home_of,
    none_of,
    own_alerts,
)
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
    machines: Flag = flag(zh="有无非道路移动机械", en="has non-road machines")
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


#: So many days before an alert are looked at for what is ordinary.
_BEFORE = 30
#: Of an alert that has not ended so many days are listed; those to come are asked nothing yet.
_LISTED = 31


def _of_gates(passes: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Each enterprise's trips of a day, as its gate counted them.

    Of trucks that stop under an alert, those that passed in its hours. Where one is for sure of
    them, the others need not be known; where none is, and one may be, their number is not.

    Args:
        passes: the gate's records.
        spans: each day of an alert, with its `begins_at` and `ends_at`.
    """
    stops = (
        c("size").cast(pl.String).is_in(["重型", "中型"])
        & (c("fuel").cast(pl.String) == "柴油")
        & c("built_up")
        & ~c("excepted")
    )
    rows = passes.lazy().select(
        "enterprise", "passed_at", date=c("passed_at").dt.date(), stops=stops
    )
    sure = c("stops").fill_null(value=False).sum()
    number = pl.when((sure > 0) | (c("stops").null_count() == 0)).then(sure)
    found = rows.group_by("enterprise", "date", maintain_order=True).agg(
        trips=pl.len(), of_the_day=number
    )
    under = (c("passed_at") >= c("begins_at")) & (c("passed_at") < c("ends_at"))
    stopped = (
        rows.filter(c("stops").fill_null(value=True))
        .with_row_index("row")
        .join(spans.lazy(), on=["enterprise", "date"])
        .select("row", "enterprise", "date", stops=c("stops") & under)
        # two alerts may share a day: what passes under one of them passes under an alert
        .group_by("row", "enterprise", "date")
        .agg(
            stops=pl.when(c("stops").any())
            .then(True)
            .when(c("stops").null_count() == 0)
            .then(False)
        )
        .group_by("enterprise", "date")
        .agg(under=number)
    )
    alert_days = spans.lazy().select("enterprise", "date", alert=pl.lit(value=True)).unique()
    found = found.join(stopped, on=["enterprise", "date"], how="left", maintain_order="left")
    found = found.join(alert_days, on=["enterprise", "date"], how="left", maintain_order="left")
    # a day under an alert without such a truck has none of which the second count says anything
    none = pl.when(c("of_the_day") == 0).then(0)
    diesel = pl.when(c("alert")).then(pl.coalesce("under", none)).otherwise("of_the_day")
    return found.select("enterprise", "date", "trips", diesel_trips=diesel).collect()


def _orange(alerts: pl.DataFrame) -> pl.DataFrame:
    level = c("level").cast(pl.String)
    return alerts.filter(level.is_in(["橙色", "红色"]).fill_null(value=True))


def _mean(field: str) -> pl.Expr:
    millionths = (c(field) * 1_000_000).round().cast(pl.Int64)
    return -(-millionths.sum() // c(field).count()) / 1_000_000


def _as_before(days: pl.DataFrame, alerts: pl.DataFrame) -> pl.DataFrame:
    """What is ordinary, where nobody says it: the mean of the recorded days before the alert.

    It is added up in millionths, and rounded up to one: what is less than it is less than the mean.

    Args:
        days: with `begun_on` where they are an alert's.
        alerts: of any level, of each enterprise.
    """
    ordinary = days.select("enterprise", "trips", "machine_hours", day="date").filter(
        c("trips").is_not_null() | c("machine_hours").is_not_null()
    )
    spans = alerts.select("enterprise", begins="begun_on", ends="ended_on")
    amid = ordinary.select("enterprise", "day").join(spans, on="enterprise")
    amid = amid.filter(c("day").is_between("begins", "ends").fill_null(value=True))
    ordinary = ordinary.join(amid, on=["enterprise", "day"], how="anti")
    asked = days.select("enterprise", "begun_on").drop_nulls().unique()
    before = c("begun_on").dt.offset_by(f"-{_BEFORE}d")
    means = (
        asked.join(ordinary, on="enterprise")
        .filter((c("day") < c("begun_on")) & (c("day") >= before))
        .group_by("enterprise", "begun_on")
        .agg(trips_before=_mean("trips"), hours_before=_mean("machine_hours"))
    )
    found = days.join(means, on=["enterprise", "begun_on"], how="left", maintain_order="left")
    positive = [pl.when(c(name) > 0).then(name) for name in ("trips_before", "hours_before")]
    return found.with_columns(
        usual_trips=pl.coalesce("usual_trips", positive[0]),
        usual_hours=pl.coalesce("usual_hours", positive[1]),
    )


def _days(
    own: pl.DataFrame,
    profiles: pl.DataFrame,
    passes: pl.DataFrame,
    alerts: pl.DataFrame,
    places: pl.DataFrame,
    counties: pl.DataFrame,
    readings: Mapping[str, str],
) -> tuple[pl.DataFrame, list[str]]:
    """A row for each day of a gate, and for each day of an alert of orange or above.

    Who has no such alert has one row all the same: that there was none is then said of it.
    """
    users = profiles.select("enterprise").drop_nulls()
    met = own_alerts(users, _orange(alerts), places, counties)
    after = c("begun_on").dt.offset_by(f"{_LISTED}d")
    ends = pl.when(c("ended_on") < NEVER).then("ended_on").otherwise(after)
    spans = (
        met.filter(c("begun_on").is_not_null())
        .select(
            "enterprise", "begun_on", "begins_at", "ends_at", county=pl.when("own").then("county"),
            date=pl.date_ranges("begun_on", ends),
        )
        .explode("date")
    )  # fmt: skip
    gates = _of_gates(passes, spans)
    days = spans.unique(["enterprise", "date"], keep="first", maintain_order=True)
    every = days.join(gates, on=["enterprise", "date"], how="full", coalesce=True,
                      maintain_order="left_right")  # fmt: skip
    entered = own.select("enterprise", "date", "trips", "machine_hours").unique(
        ["enterprise", "date"], maintain_order=True
    )
    every = every.join(entered, on=["enterprise", "date"], how="full", coalesce=True,
                       maintain_order="left_right", suffix="_said")  # fmt: skip
    every = every.with_columns(alerted=pl.lit(value=True), trips=pl.coalesce("trips_said", "trips"))
    usual = profiles.select("enterprise", "usual_trips", "usual_hours").drop_nulls("enterprise")
    every = every.join(usual, on="enterprise", how="left", maintain_order="left")
    if readings[ORDINARY.id] == "month":
        every = _as_before(every, own_alerts(users, alerts, places, counties))
    idle = users.join(days, on="enterprise", how="anti", maintain_order="left")
    unsure = met.filter(c("begun_on").is_null())["enterprise"]
    none = pl.when(~c("enterprise").is_in(unsure.implode())).then(none_of(alerts))
    every = pl.concat([every, idle.select("enterprise", alerted=none)], how="diagonal")
    homes = home_of(every, places, counties, alerts)
    every = every.with_columns(county=pl.coalesce("county", homes), profile="enterprise")
    return beside(own, every, ("enterprise", "date")), []


class TransportDay(
    Keyed, zh="应急运输日台账", en="day of transport", key=("enterprise", "date"),
    derived=Derivation(
        sources=(TransportProfile, GatePass, Alert, EmergencyProfile, County), compute=_days,
        asks=(ORDINARY,),
    ),
    demands=(
        _there("enterprise", "企业的编号", "写这一行是哪家企业"),
        _ordinary("usual_trips"), _ordinary("usual_hours"),
    ),
):  # fmt: skip
    """A day of an enterprise's transport: trips of goods by road, and hours of its machines.

    Trips are completed from the gate's records, and what is ordinary from the profile, or from the
    days before the alert. A day without a record is not known: that nothing moved is said by a
    row, with 0.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    date: Event = event(zh="日期", routine=True)
    county: Reference[County] = reference(County, zh="县市")
    profile: Reference[TransportProfile] = reference(TransportProfile, zh="档案")
    alerted: Flag = flag(zh="有无橙色及以上预警", en="any alert of orange or above")
    trips: Counted = counted("车次", zh="货运车次", en="trips of goods by road", better="less")
    usual_trips: Measured = measured(
        "车次", zh="平常日均货运车次", en="ordinary daily trips", better="neither", floor="0 车次"
    )
    diesel_trips: Counted = counted(
        "车次", zh="建成区中重型柴油货车车次",
        en="heavy and medium diesel trips in the built-up area", better="less",
    )  # fmt: skip
    machine_hours: Measured = measured(
        "小时", zh="非道路移动机械使用时间", en="machine hours", better="less", floor="0 小时"
    )
    usual_hours: Measured = measured(
        "小时", zh="平常日均机械使用时间", en="ordinary daily machine hours", better="neither",
        floor="0 小时",
    )  # fmt: skip


def _checks(
    own: pl.DataFrame,
    profiles: pl.DataFrame,
    alerts: pl.DataFrame,
    places: pl.DataFrame,
    counties: pl.DataFrame,
    _: Any,
) -> tuple[pl.DataFrame, list[str]]:
    """A row of each user of vehicles under each alert of orange or above, entered or not."""
    users = profiles.select("enterprise").drop_nulls()
    every = each_alert(users, own, _orange(alerts), alerts, places, counties)
    every = every.with_columns(profile="enterprise")
    return beside(own, every, ("enterprise", "alert")), []


class ResponseCheck(
    Keyed, zh="应急运输响应监督", en="check of a transport response", key=("enterprise", "alert"),
    derived=Derivation(
        sources=(TransportProfile, Alert, EmergencyProfile, County), compute=_checks
    ),
    demands=(_there("enterprise", "企业的编号", "写这一行是哪家企业"),),
):  # fmt: skip
    """How departments watched an enterprise's transport under an alert of orange or above."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    alert: Reference[Alert] = reference(Alert, zh="预警")
    profile: Reference[TransportProfile] = reference(TransportProfile, zh="档案")
    county: Reference[County] = reference(County, zh="县市")
    begun_on: Event = event(zh="预警启动日期", en="alert begun on")
    binds: Flag = flag(zh="是否本县橙色及以上预警", en="alert of its own county, orange or above")
    gate: Flag = flag(zh="是否查看门禁数据", en="gate data looked at")
    video: Flag = flag(zh="是否查看视频监控", en="video looked at")
    other: Flag = flag(zh="是否以其他方式监督", en="watched otherwise")
