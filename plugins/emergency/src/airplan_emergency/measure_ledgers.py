"""What an alert's measures are held against: the list, what was done, own cuts, the white list.

Quantities are means of a day: of the ordinary days before an alert, and of the days under it.
"""

from typing import Any, Literal

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
    Ranked,
    Reference,
    Stated,
    Text,
    counted,
    event,
    flag,
    measured,
    ranked,
    ratio,
    reference,
    stated,
    text,
)
from airplan_emergency.alerts import LEVELS, Alert
from airplan_qinyang import Enterprise
from airplan_qinyang.grades import IN_ORDER, PerformanceGrade

c = pl.col

#: What a measure is: a stop, a limit to a share of the ordinary, one of transport, any other.
STOP, LIMIT, TRANSPORT, FURTHER = "停产", "限产", "运输", "其他"
KINDS = (STOP, LIMIT, TRANSPORT, FURTHER)

MICRO = 1_000_000

#: What is measured of a measure; for the first four `MeasureTaken` has a pair of columns each.
OUTPUT, POWER, HOURS, TRIPS, OTHER = "产量", "用电量", "运行时间", "车次", "其他"
NOT_GAUGED = "不监测"
PAIRS = {OUTPUT: "output", POWER: "power", HOURS: "hours", TRIPS: "trips"}
GAUGES = (OUTPUT, POWER, HOURS, TRIPS, OTHER, NOT_GAUGED)


def _there(field: str, expected: str, hint: str) -> Demand:
    return Demand(of=field, so=c(field).is_not_null(), expected=expected, hint=hint)


def _the_rest(own: pl.DataFrame, _: object) -> tuple[pl.DataFrame, list[str]]:
    """What is kept and what is cut are the whole of the ordinary; of a stop nothing is kept."""
    stop = pl.when(c("kind").cast(pl.String) == STOP).then(0.0)
    kept = pl.coalesce("kept", _less("cut"), stop)
    return own.with_columns(kept=kept, cut=pl.coalesce("cut", _less("kept"), 100 - stop)), []


def _less(part: str) -> pl.Expr:
    """The whole less a part, which has six decimals at most and so has what is left."""
    return of_millionths(100 * MICRO - millionths(part))


def millionths(field: str) -> pl.Expr:
    """An amount in whole millionths: below 10⁹ a double holds them."""
    return (c(field) * float(MICRO)).round().cast(pl.Int128)


def of_millionths(parts: pl.Expr) -> pl.Expr:
    """The amount that so many millionths are."""
    return ratio(parts, parts * 0 + MICRO)


class EmergencyMeasure(
    Entity, zh="应急减排清单", en="emergency list", valid=("begins_on", "ends_on"), closed=True,
    derived=Derivation(sources=(), compute=_the_rest),
    demands=(
        IN_ORDER,
        Demand(
            of="cut",
            so=((c("kept") + c("cut") - 100) * MICRO).round() == 0,
            expected="与保留比例合计100 %的数",
            hint="减排比例和保留比例只填一项即可",
        ),
        Demand(
            of="kept",
            so=(c("kind").cast(pl.String) != STOP)
            | (c("kept").fill_null(0) + 100 - c("cut").fill_null(100) == 0),
            expected="停产措施的0 %，或留空",
            hint="停产即全部停下；只停一部分的，措施类型写“限产”",
        ),
    ),
):  # fmt: skip
    """An entry of the list: what one line, process or facility does at one level of alert.

    Of what is ordinary it keeps so much, or cuts so much; either says the other. An entry that is
    changed ends, and the one that it is changed to begins.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    line: Text = text(zh="生产线")
    process: Text = text(zh="生产环节")
    facility: Text = text(zh="生产设施")
    level: Ranked = ranked(*LEVELS, zh="预警级别")
    kind: Stated = stated(*KINDS, zh="措施类型")
    kept: Measured = measured(
        "%", zh="保留比例", en="share kept", better="neither", floor="0 %", ceiling="100 %"
    )
    cut: Measured = measured(
        "%", zh="减排比例", en="share cut", better="neither", floor="0 %", ceiling="100 %"
    )
    measure: Text = text(zh="减排措施")
    gauge: Stated = stated(*GAUGES, zh="计量指标", en="what is measured")
    source: Text = text(zh="监测数据来源", en="where it is read")
    operable: Flag = flag(zh="是否可操作")
    monitorable: Flag = flag(zh="是否可监测")
    verifiable: Flag = flag(zh="是否可核查")
    begins_on: Event = event(zh="起始日期", aliases=("生效日期",))
    ends_on: Event = event(zh="截止日期", aliases=("失效日期",))


class ListEdition(Entity, zh="应急减排清单版本", en="edition of the emergency list"):
    """An edition of the emergency list, and what was brought up to date in it."""

    county: Reference[County] = reference(County, zh="县市")
    document: Text = text(zh="文号")
    issued_on: Event = event(zh="印发日期", aliases=("更新日期",))


def _entered(
    own: pl.DataFrame, measures: pl.DataFrame, _: object
) -> tuple[pl.DataFrame, list[str]]:
    """How many entries an enterprise has had; whether one is in force, the day says."""
    if measures.is_empty():
        return own, []
    found = measures.drop_nulls("enterprise").group_by("enterprise", maintain_order=True)
    counted = found.agg(entries=pl.len())
    every = beside(own, counted, ("enterprise",))
    return every.with_columns(c("entries").fill_null(0)), []


class EmergencyProfile(
    Keyed, zh="重污染应急档案", en="emergency profile", one_per="enterprise",
    derived=Derivation(sources=(EmergencyMeasure,), compute=_entered),
):  # fmt: skip
    """An enterprise in heavy pollution: the county whose alerts are its own, its list, its permit.

    Only what has a permit can have its special periods written there (排污许可管理条例, 13(7)).
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    county: Reference[County] = reference(County, zh="县市")
    listed: Flag = flag(zh="是否纳入应急减排清单", en="on the emergency list")
    entries: Counted = counted("项", zh="清单措施数", en="entries on the list", better="more")
    permit: Stated = stated(
        "重点管理", "简化管理", "登记管理", "无需许可", zh="排污许可管理类别",
        en="class of its permit",
    )  # fmt: skip
    written: Flag = flag(
        zh="特殊时段要求是否载入排污许可证", en="special periods written in its permit"
    )
    heats: Flag = flag(zh="是否工业余热供暖", en="heats by waste heat")
    co_processes: Flag = flag(zh="是否协同处置", en="co-processes waste")


def home_of(
    of: pl.DataFrame, profiles: pl.DataFrame, counties: pl.DataFrame, alerts: pl.DataFrame
) -> pl.Series:
    """The county of each row's enterprise: its profile's, or the one whose ledgers they are."""
    told = counties["id"] if counties.height else alerts["county"].drop_nulls().unique()
    home = told[0] if len(told) == 1 else None
    places = profiles.select("enterprise", place="county").drop_nulls("enterprise")
    met = of.select("enterprise").join(places, on="enterprise", how="left", maintain_order="left")
    return met.select(c("place").fill_null(pl.lit(home, pl.String))).to_series()


def own_alerts(
    of: pl.DataFrame, alerts: pl.DataFrame, profiles: pl.DataFrame, counties: pl.DataFrame
) -> pl.DataFrame:
    """Each enterprise with each alert that is its own, or may be; `own` says which.

    Alerts of neighbours lie beside one's own. An enterprise is of the county that its profile
    names; without one, of the county whose ledgers they are, where that is one.

    Args:
        of: rows with an `enterprise`.
        alerts: the ledger.
        profiles: `EmergencyProfile`.
        counties: the ledger.

    Returns:
        The rows of `of` with `alert`, its `county`, `alert_level`, `begins_at` and `ends_at`, and
        the days on which it is in force, from `begun_on` to `ended_on`.
    """
    # what ends at midnight ends with the day before
    last = c("ends_at").dt.offset_by("-1us").dt.date()
    last = pl.when(c("ends_at").dt.date() >= NEVER).then(NEVER).otherwise(last)
    found = alerts.select(
        "county", "begins_at", "ends_at", alert="id", alert_level=c("level").cast(pl.String),
        begun_on=c("begins_at").dt.date(), ended_on=last,
    )  # fmt: skip
    met = of.with_columns(place=home_of(of, profiles, counties, alerts))
    met = met.join(found, how="cross", maintain_order="left_right")
    own = c("county") == c("place")
    return met.filter(own.fill_null(value=True)).with_columns(own=own).drop("place")


def beside(own: pl.DataFrame, found: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """The rows of a ledger, with what was found of them filled in, and those that it lacks.

    Args:
        own: the ledger.
        found: rows of it, with the columns that are known.
        key: what its ids are made of.
    """
    found = found.select(
        c(name).cast(kind) for name, kind in own.schema.items() if name in found.columns
    )
    said = own.join(found, on=key, how="left", maintain_order="left", suffix="_found")
    filled = [name for name in found.columns if name not in key]
    said = said.with_columns(pl.coalesce(name, f"{name}_found").alias(name) for name in filled)
    further = found.join(own, on=key, how="anti", maintain_order="left", nulls_equal=True)
    further = further.with_columns(
        id=pl.concat_str([c(name).cast(pl.String).fill_null("") for name in key], separator="/")
    )
    return pl.concat([said.select(own.columns), further], how="diagonal")


def each_alert(
    whom: pl.DataFrame,
    own: pl.DataFrame,
    meant: pl.DataFrame,
    alerts: pl.DataFrame,
    profiles: pl.DataFrame,
    counties: pl.DataFrame,
) -> pl.DataFrame:
    """Each enterprise under each alert of its county, and those that were entered.

    Who has none has one row all the same, without an alert: whether there was any is then said of
    it, and not that nobody asks. `binds` is whether the alert is its own.

    Args:
        whom: rows with an `enterprise`.
        own: the ledger, by `enterprise` and `alert`.
        meant: the alerts that it is about.
        alerts: all of them.
        profiles: `EmergencyProfile`.
        counties: the ledger.
    """
    met = own_alerts(whom, meant, profiles, counties).rename({"own": "binds"})
    others = own.select("enterprise").unique(maintain_order=True)
    others = own_alerts(others, alerts, profiles, counties)
    others = others.with_columns(binds=c("own") & c("alert").is_in(meant["id"].implode()))
    entered = own.select("enterprise", "alert").join(
        others, on=["enterprise", "alert"], how="inner", maintain_order="left"
    )
    met = pl.concat([met, entered], how="diagonal")
    idle = whom.join(met, on="enterprise", how="anti", maintain_order="left")
    idle = idle.with_columns(binds=none_of(alerts))
    every = pl.concat([met, idle], how="diagonal")
    return every.unique(["enterprise", "alert"], keep="first", maintain_order=True)


def none_of(alerts: pl.DataFrame) -> pl.Expr:
    """That no alert binds, where some were issued elsewhere or otherwise.

    Without any, it is for the ledger to say whether there was none, or whether it is not there.
    """
    return pl.lit(None if alerts.is_empty() else False, pl.Boolean)


def _each_entry(
    own: pl.DataFrame,
    measures: pl.DataFrame,
    alerts: pl.DataFrame,
    profiles: pl.DataFrame,
    counties: pl.DataFrame,
    _: Any,
) -> tuple[pl.DataFrame, list[str]]:
    """An entry under each alert of its level that falls into its validity, entered or not.

    An entry under none has one row all the same: whether there was an alert, and of which level, is
    then said of it, and not that nobody asks. `binds` is what is known of level, days and county.
    """
    entries = measures.select(
        "enterprise", "begins_on", "ends_on", measure="id", level=c("level").cast(pl.String)
    )
    met = own_alerts(entries, alerts, profiles, counties)
    days = (c("begins_on") <= c("ended_on")) & (c("ends_on") >= c("begun_on"))
    met = met.with_columns(binds=(c("level") == c("alert_level")) & days & c("own"))
    meant = met.filter(c("binds").fill_null(value=True))
    entered = own.select("measure", "alert").join(
        met, on=["measure", "alert"], how="inner", maintain_order="left"
    )
    meant = pl.concat([meant, entered], how="diagonal")
    idle = entries.join(meant, on="measure", how="anti", maintain_order="left")
    idle = idle.select("measure", "enterprise", binds=none_of(alerts))
    every = pl.concat([meant, idle], how="diagonal")
    every = every.unique(["measure", "alert"], keep="first", maintain_order=True)
    return _shared(beside(own, every, ("measure", "alert")), measures), []


def _shared(taken: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """What an entry is measured by under an alert: whether it goes on, and at which share.

    The share is computed in integers and rounded up to a millionth of a per cent: it is above what
    is kept, which has no more decimals, just where the quotient is.
    """
    by = measures.select(measure="id", gauge=c("gauge").cast(pl.String))
    said = taken.join(by, on="measure", how="left", maintain_order="left")
    now, before = (
        pl.coalesce(
            pl.when(c("gauge") == gauge).then(millionths(f"{name}{end}"))
            for gauge, name in PAIRS.items()
        )
        for end in ("", "_before")
    )
    parts = (now * (100 * MICRO) + before - 1) // before
    # nothing is no share of whatever was ordinary
    share = pl.when(now == 0).then(0.0).when(before > 0).then(of_millionths(parts))
    said = said.with_columns(
        share=c("share").fill_null(share), goes_on=c("goes_on").fill_null(now > 0)
    )
    going = pl.coalesce("goes_on", pl.when(c("gauge") == OTHER).then(c("share") > 0))
    return said.with_columns(goes_on=going).select(taken.columns)


def _ordinary(field: str) -> Demand:
    return Demand(
        of=field,
        so=c(field) > 0,
        expected="大于0的数",
        hint="平常日均是预警前正常生产时每日的平均；平常就没有的，留空",
    )


def _a_day(unit: str, zh: str, en: str, better: Literal["less", "neither"]) -> Measured:
    """A mean of days, which is not negative."""
    return measured(
        unit, zh=zh, en=en, better=better, floor=f"0 {unit}", ceiling=f"1000000000 {unit}"
    )


def _ordinary_day(unit: str, zh: str, en: str) -> Measured:
    return _a_day(unit, f"平常日均{zh}", f"ordinary daily {en}", "neither")


def _alert_day(unit: str, zh: str, en: str) -> Measured:
    return _a_day(unit, f"预警期间日均{zh}", f"daily {en} under the alert", "less")


class MeasureTaken(
    Keyed, zh="应急减排措施落实情况", en="measure taken", key=("measure", "alert"),
    derived=Derivation(
        sources=(EmergencyMeasure, Alert, EmergencyProfile, County), compute=_each_entry
    ),
    demands=(
        _there("measure", "应急减排清单中的编号", "写这一行落实的是清单中的哪一项"),
        *map(_ordinary, ("output_before", "power_before", "hours_before", "trips_before")),
    ),
):  # fmt: skip
    """What became of an entry under an alert: what was measured, and what is ordinary.

    The share is completed from the two columns of what the entry is measured by, and entered of
    what is none of them. Days are means: of those under the alert, and of ordinary ones before it.
    """

    measure: Reference[EmergencyMeasure] = reference(EmergencyMeasure, zh="清单措施")
    alert: Reference[Alert] = reference(Alert, zh="预警")
    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    county: Reference[County] = reference(County, zh="县市")
    begun_on: Event = event(zh="预警启动日期", en="alert begun on")
    ended_on: Event = event(zh="预警解除日期", en="last day of the alert")
    binds: Flag = flag(zh="是否须执行", en="binds under this alert")
    output_before: Measured = _ordinary_day("吨", "产量", "output")
    output: Measured = _alert_day("吨", "产量", "output")
    power_before: Measured = _ordinary_day("千瓦时", "用电量", "power")
    power: Measured = _alert_day("千瓦时", "用电量", "power")
    hours_before: Measured = _ordinary_day("小时", "运行时间", "hours")
    hours: Measured = _alert_day("小时", "运行时间", "hours")
    trips_before: Measured = _ordinary_day("车次", "车次", "trips")
    trips: Measured = _alert_day("车次", "车次", "trips")
    share: Measured = measured(
        "%", zh="预警期间占平常的比例", en="share of the ordinary", better="less", floor="0 %"
    )
    goes_on: Flag = flag(zh="是否仍在运行", en="goes on")
    carried_out: Flag = flag(zh="是否落实", en="carried out")


def _each_graded(
    own: pl.DataFrame,
    grades: pl.DataFrame,
    alerts: pl.DataFrame,
    profiles: pl.DataFrame,
    counties: pl.DataFrame,
    works: pl.DataFrame,
    _: Any,
) -> tuple[pl.DataFrame, list[str]]:
    """Whoever is graded, under each alert of its county; which grade it has the day says."""
    graded = grades.select("enterprise").drop_nulls().unique(maintain_order=True)
    if grades.is_empty():
        # nobody is graded, or the ledger was not handed in
        graded = works.select(enterprise="id")
    every = each_alert(graded, own, alerts, alerts, profiles, counties)
    return beside(own, every, ("enterprise", "alert")), []


class OwnCut(
    Keyed, zh="自主减排记录", en="own cut", key=("enterprise", "alert"),
    derived=Derivation(
        sources=(PerformanceGrade, Alert, EmergencyProfile, County, Enterprise),
        compute=_each_graded,
    ),
    demands=(_there("enterprise", "企业的编号", "写这一行是哪家企业"),),
):  # fmt: skip
    """What an enterprise of grade A, or a leading one, decided by itself under an alert."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    alert: Reference[Alert] = reference(Alert, zh="预警")
    county: Reference[County] = reference(County, zh="县市")
    begun_on: Event = event(zh="预警启动日期", en="alert begun on")
    ended_on: Event = event(zh="预警解除日期", en="last day of the alert")
    binds: Flag = flag(zh="是否本县预警", en="alert of its own county")
    measure: Text = text(zh="自主减排措施")
    carried_out: Flag = flag(zh="是否落实", en="carried out")


class WhiteListUnit(
    Entity, zh="生态环境要素保障白名单", en="white list", valid=("begins_on", "ends_on"),
    closed=True, demands=(IN_ORDER,),
):  # fmt: skip
    """A unit of a major project, or one that supports it, and how long it is found to be in order.

    Where it no longer meets environmental requirements its row ends, or another row says so.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    kind: Stated = stated("重大项目单位", "项目保障单位", zh="单位类别")
    project: Text = text(zh="重大项目名称")
    admitted: Flag = flag(zh="是否符合准入条件", en="meets the white list's conditions")
    compliant: Flag = flag(zh="是否满足环保要求", en="meets environmental requirements")
    begins_on: Event = event(zh="起始日期")
    ends_on: Event = event(zh="截止日期")


#: What output follows: the heat that is supplied, or the waste that is disposed of.
BY_HEAT, BY_WASTE = "以热定产", "以量定产"


class DrivenOutput(
    Entity, zh="以热定产以量定产核定", en="output that follows a need", demands=(IN_ORDER,)
):
    """A stretch of days for which an enterprise's output was fixed by heat or by waste, and kept.

    What a supply of heat, or an amount of waste, asks for in output is the office's to fix: the
    plan gives no conversion.
    """

    profile: Reference[EmergencyProfile] = reference(EmergencyProfile, zh="企业")
    kind: Stated = stated(BY_HEAT, BY_WASTE, zh="核定方式")
    begins_on: Event = event(zh="起始日期")
    ends_on: Event = event(zh="截止日期")
    needed: Measured = measured(
        "吨", zh="核定产量", en="output that is asked for", better="neither", floor="0 吨"
    )
    output: Measured = measured("吨", zh="实际产量", better="less", floor="0 吨")
