"""The alerts of heavy pollution, as an authority issued them: they are facts, and not derived.

Whether an alert is in force is told to the minute, of a moment; of a day it is a reading.
"""

import datetime as dt
from typing import Any

import polars as pl

from airplan_core import (
    Condition,
    County,
    Demand,
    Derivation,
    Entity,
    Event,
    Moment,
    Ranked,
    Reference,
    Text,
    amid,
    event,
    moment,
    ranked,
    reference,
    text,
)
from airplan_emergency.alert_interpretations import ALERT_DAY

#: Temporary control without an alert: below yellow, and no level of one.
CONTROL = "管控"
#: The order of alerts; 沁阳's plan of emergencies knows three.
LEVELS = ("黄色", "橙色", "红色")
#: What an hour can be under, from the least to the gravest; of each hour it is one.
NONE = "无"
STATES = (NONE, CONTROL, *LEVELS)

c = pl.col
_OPEN = dt.datetime(9999, 12, 31)


def _on_the_hour(field: str) -> Demand:
    return Demand(
        of=field,
        so=c(field).dt.minute() == 0,
        expected="整点",
        hint="预警自整点起、至整点止，如2024-12-20 08:00",
    )


class Alert(
    Entity, zh="重污染天气预警", valid=("begins_at", "ends_at"), closed=True, apart="county",
    demands=(
        _on_the_hour("begins_at"),
        _on_the_hour("ends_at"),
        _on_the_hour("planned_until"),
        Demand(
            of="ends_at",
            least="begins_at",
            expected="不早于启动时间的时间",
            hint="两个时间写反了的，对调过来；尚未解除的，解除时间写“另行通知”",
        ),
        Demand(
            of="planned_until",
            least="begins_at",
            expected="不早于启动时间的时间",
            hint="核对计划解除时间；没有计划的写“另行通知”",
        ),
    ),
):  # fmt: skip
    """A level of alert in a county, from the hour it begins to the hour it is lifted or changed.

    No row, no alert. A level that another takes the place of ends where that begins. It is in force
    until it is lifted: a planned end, however often it is put off, ends nothing by itself.
    """

    county: Reference[County] = reference(County, zh="县市")
    level: Ranked = ranked(CONTROL, *LEVELS, zh="预警级别")
    begins_at: Moment = moment(zh="启动时间", minutes=True)
    ends_at: Moment = moment(zh="解除时间", minutes=True, aliases=("解除或调整时间",))
    planned_until: Moment = moment(zh="计划解除时间", minutes=True)
    issued_by: Text = text(zh="发布单位")
    document: Text = text(zh="文号")


def _whole_days(own: pl.DataFrame, alerts: pl.DataFrame, _: Any) -> tuple[pl.DataFrame, list[str]]:
    """The days of which every hour is under an alert, and the least level of each."""
    found = [
        {"id": f"{county or ''}/{n}", "county": county, **row}
        for (county,), rows in alerts.sort("begins_at", nulls_last=True).group_by(
            "county", maintain_order=True
        )
        for n, row in enumerate(_runs(rows.select("level", "begins_at", "ends_at").rows()))
    ]
    if not found and alerts.height:
        # that no day is such a one is known, too
        never = _OPEN.date()
        found = [{"id": "/", "level": CONTROL, "begins_on": never, "ends_on": never}]
    further = pl.DataFrame(found, schema=dict(own.schema))
    return pl.concat([own, further]), []


def _runs(rows: list[tuple[Any, dt.datetime | None, dt.datetime | None]]) -> list[dict[str, Any]]:
    """The whole days of one county, from its alerts in order."""
    found: list[dict[str, Any]] = []
    mixed: dict[dt.date, list[Any]] = {}
    covered: dict[dt.date, dt.timedelta] = {}
    for level, begins, ends in rows:
        first = None if begins is None else _next_midnight(begins)
        last = ends if ends is None or ends == _OPEN else dt.datetime.combine(ends, dt.time())
        if first is None or last is None or first < last:
            day = None if last is None else last.date() - dt.timedelta(days=last != _OPEN)
            found.append({"level": level, "begins_on": first and first.date(), "ends_on": day})
        for day, hours in _broken(begins, ends):
            mixed.setdefault(day, []).append(level)
            covered[day] = covered.get(day, dt.timedelta()) + hours
    for day, levels in mixed.items():
        if covered[day] == dt.timedelta(days=1):
            least = None if None in levels else min(levels, key=STATES.index)
            found.append({"level": least, "begins_on": day, "ends_on": day})
    return found


def _next_midnight(time: dt.datetime) -> dt.datetime:
    midnight = dt.datetime.combine(time, dt.time())
    return midnight if midnight == time else midnight + dt.timedelta(days=1)


def _broken(
    begins: dt.datetime | None, ends: dt.datetime | None
) -> list[tuple[dt.date, dt.timedelta]]:
    """The days of which an alert has only some hours, and how many."""
    if begins is None or ends is None or ends <= begins:
        return []
    if ends == _OPEN or begins.date() != ends.date():
        first = _next_midnight(begins) - begins
        last = dt.timedelta() if ends == _OPEN else ends - dt.datetime.combine(ends, dt.time())
        both = [(begins.date(), first), (ends.date(), last)]
        return [(day, hours) for day, hours in both if hours]
    return [(begins.date(), ends - begins)]


class FullDayAlert(
    Entity, zh="全天预警", valid=("begins_on", "ends_on"), closed=True,
    derived=Derivation(sources=(Alert,), compute=_whole_days),
):  # fmt: skip
    """The days of which every hour is under an alert: completed from the alerts themselves."""

    county: Reference[County] = reference(County, zh="县市")
    level: Ranked = ranked(CONTROL, *LEVELS, zh="全天最低级别", en="least level of the day")
    begins_on: Event = event(zh="起始日期")
    ends_on: Event = event(zh="截止日期")


def in_force(
    level: str, *, on: Event | Moment | None = None, zh: str = "", en: str = ""
) -> Condition:
    """An alert of a level, or of a higher one, is in force: 橙色及以上预警期间.

    Args:
        level: the least that is meant: 橙色.
        on: the day or the minute of a row; without it, the day of assessment.
        zh: what it is called in Chinese.
        en: and in English.
    """
    zh = zh or f"{level}及以上预警期间"
    en = en or f"amid an alert of {level} or above"
    some = amid(Alert.level.at_least(level), on=on, zh=zh, en=en)
    if isinstance(on, Moment):
        return some
    # where there is no alert, there is none of a whole day
    whole = some & amid(
        FullDayAlert.level.at_least(level), on=on, zh=f"{zh}（全天）", en=f"{en}, all day"
    )
    return ALERT_DAY.choose(any=some, whole=whole)
