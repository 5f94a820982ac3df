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
    millionths,
    none_of,
    of_millionths,
    own_alerts,
)
from airplan_qinyang import Enterprise

c = pl.col


def _there(field: str, expected: str, hint: str) -> Demand:
    return Demand(of=field, so=c(field).is_not_null(), expected=expected, hint=hint)


class TransportProfile(
    Keyed, zh="应急运输响应档案", en="emergency transport profile", one_per="enterprise",
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
    heavy = pl.Series(["重型", "中型"], dtype=passes.schema["size"])
    stops = (
        c("size").is_in(heavy.implode()) & (c("fuel") == "柴油") & c("built_up") & ~c("excepted")
    )
    rows = passes.lazy().select(
        "enterprise", "passed_at", date=c("passed_at").dt.date(), stops=stops
    )
    sure, told = c("stops").sum(), c("stops").count() == pl.len()
    number = pl.when((sure > 0) | told).then(sure)
    found = rows.group_by("enterprise", "date").agg(trips=pl.len(), of_the_day=number)
    under = (c("passed_at") >= c("begins_at")) & (c("passed_at") < c("ends_at"))
    # what passes is under one alert at most: those of a county do not overlap
    stopped = (
        rows.filter(c("stops").fill_null(value=True))
        .join(spans.lazy(), on=["enterprise", "date"])
        .select("enterprise", "date", stops=c("stops") & under)
        .group_by("enterprise", "date")
        .agg(under=number)
    )
    # of an alert's day without such a truck the second count says nothing
    none = pl.when(c("of_the_day") == 0).then(0)
    diesel = pl.when(c("alert")).then(pl.coalesce("under", none)).otherwise("of_the_day")
    days = spans.lazy().select("enterprise", "date", alert=pl.lit(value=True)).unique()
    return (
        found.join(stopped, on=["enterprise", "date"], how="left")
        .join(days, on=["enterprise", "date"], how="left")
        .select("enterprise", "date", "trips", diesel_trips=diesel)
        .sort("enterprise", "date")
        .collect()
    )


def _orange(alerts: pl.DataFrame) -> pl.DataFrame:
    level = c("level").cast(pl.String)
    return alerts.filter(level.is_in(["橙色", "红色"]).fill_null(value=True))


def _as_before(days: pl.DataFrame, alerts: pl.DataFrame) -> pl.DataFrame:
    """What is ordinary, where nobody says it: the mean of the recorded days before the alert.

    It is added up in millionths, and rounded up to one: what is less than it is less than the mean.

    Args:
        days: with `begun_on` where they are an alert's.
        alerts: of any level, of each enterprise.
    """
    spans = alerts.select("enterprise", day="begun_on", ends="ended_on")
    unsure = spans.filter(c("day").is_null())["enterprise"]
    ordinary = (
        days.select("enterprise", "trips", "machine_hours", day="date")
        .filter(~c("enterprise").is_in(unsure.implode()))
        .drop_nulls("day")
        .sort("day")
        .join_asof(spans.drop_nulls("day").sort("day"), on="day", by="enterprise",
                   coalesce=False, check_sortedness=False)
        .filter(c("day_right").is_null() | (c("ends") < c("day")))
    )  # fmt: skip
    # what was added up by the day before the alert, less what was by the day before those thirty
    fields = {"trips": "usual_trips", "machine_hours": "usual_hours"}
    sums = [
        millionths(name).fill_null(0).cum_sum().over("enterprise").alias(name) for name in fields
    ]
    numbers = [c(name).cum_count().over("enterprise").alias(f"{name} n") for name in fields]
    so_far = ordinary.select("enterprise", "day", *sums, *numbers)
    asked = days.select("enterprise", "begun_on").drop_nulls().unique().sort("begun_on")
    by = [_as_at(asked, so_far, back) for back in (1, _BEFORE + 1)]
    found_before = {
        f"{name}_before": _mean(by[0][name] - by[1][name], by[0][f"{name} n"] - by[1][f"{name} n"])
        for name in fields
    }
    means = asked.with_columns(**found_before)
    found = days.join(means, on=["enterprise", "begun_on"], how="left", maintain_order="left")
    return found.with_columns(
        pl.coalesce(usual, f"{name}_before").alias(usual) for name, usual in fields.items()
    )


def _as_at(asked: pl.DataFrame, so_far: pl.DataFrame, back: int) -> pl.DataFrame:
    """What had been added up so many days before an alert began."""
    day = asked.with_columns(day=c("begun_on").dt.offset_by(f"-{back}d"))
    found = day.join_asof(so_far, on="day", by="enterprise", check_sortedness=False)
    return found.drop("enterprise", "begun_on", "day").fill_null(0)


def _mean(parts: pl.Series, number: pl.Series) -> pl.Series:
    """Rounded up to a millionth; of nothing, or of days on which nothing moved, there is none."""
    table = pl.DataFrame({"sum": parts, "of": number})
    mean = (c("sum") + c("of") - 1) // c("of")
    return table.select(pl.when(c("sum") > 0).then(of_millionths(mean))).to_series()


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
        "小时",
        zh="非道路移动机械使用时间",
        en="machine hours",
        better="less",
        floor="0 小时",
        ceiling="1000000 小时",
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
