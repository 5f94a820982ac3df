"""What must be done at an hour, by whom, under which sentence; who is let off, by what, and why.

What is asked of whom is what the rules of 2.8.2 and 2.8.3 ask: the readings are the county's. Of
building sites the plan asks nothing under an alert.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs
import polars as pl

from airplan_ambient.ledgers import CountyDay
from airplan_core import (
    Command,
    Exemption,
    Facts,
    Listing,
    Option,
    Rule,
    Rulebook,
    assess,
    to_minute,
)
from airplan_emergency import plausible
from airplan_emergency.alerts import CONTROL, LEVELS, NONE, STATES, Alert
from airplan_emergency.episodes import OPEN, Level, episodes
from airplan_emergency.interpretations import (
    COVERED,
    KEY_USERS,
    OWN_TRANSPORT,
    STOPPED,
    USERS_ETC,
    WHEN_GRADED,
)
from airplan_emergency.measure_ledgers import (
    LIMIT,
    EmergencyMeasure,
    EmergencyProfile,
    OwnCut,
    WhiteListUnit,
)
from airplan_emergency.measures import own_cuts, taken, white_list
from airplan_emergency.transport import NAMED, diesel, freight, machines
from airplan_emergency.transport_ledgers import TransportProfile
from airplan_qinyang import Enterprise
from airplan_qinyang.grades import LEADING, A, PerformanceGrade

c = pl.col

#: What a cell holds that says that there is nothing.
NOTHING = "无"
#: What is said of each line of the listing.
BOUND, OWN, LET_OFF, UNCLEAR = "须执行", "自主减排", "豁免", "不能判定"
_SAID = {BOUND: "to be done", OWN: "own cuts", LET_OFF: "exempt", UNCLEAR: "not known"}
_CALLED_FOR = "有条件无预警"
#: The headings of the tables, and the other words of the listing, in both languages.
_WORDS = {
    "状态": "state", "措施": "measures", "豁免": "exempt", "预警合理性": "alerts and the air",
    "过程合理性": "episodes and the air", "县市": "county", "时间": "time", "自": "since",
    "计划解除": "planned end", "发布单位": "issued by", "文号": "document", "过程": "episode",
    "类别": "kind", "对象": "subject", "名称": "name", "生产线": "line", "生产环节": "process",
    "生产设施": "facility", "级别": "level", "结论": "conclusion", "理由": "why",
    "授权": "authority", "条款": "clause", "原文": "sentence", "预警": "alert", "启动": "begun",
    "解除": "lifted", "首日": "first day", "末日": "last day", "达到级别": "level reached",
    "当时最高状态": "highest state then", "企业": "enterprise", "部门": "departments",
    "部位": "place", "依据": "sentences", "车队": "fleet",
    "另行通知": "open", NONE: "none", _CALLED_FOR: "no alert so high", **_SAID,
    **plausible.ENGLISH,
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Line:
    """One thing that is asked, or that somebody is let off from."""

    kind: str
    subject: str
    name: str
    place: tuple[str, str, str] = ("", "", "")
    level: str
    measure: str
    conclusion: str
    why: str = ""
    authority: str = ""
    clause: Any


_COLUMNS = (
    "类别", "对象", "名称", "部位", "级别", "措施", "结论", "理由", "授权", "条款", "原文",
)  # fmt: skip


@attrs.frozen(slots=False)
class Now:
    """A county at an hour: the facts, the readings, and which levels are in force.

    Attributes:
        facts: with every ledger completed.
        choices: the readings taken.
        county: whose alerts count.
        at: the hour.
    """

    facts: Facts
    choices: Mapping[str, str]
    county: str
    at: dt.datetime

    def table(self, ledger: Any) -> pl.DataFrame:
        """A ledger, as far as it was handed in; a row that contradicts itself may be of anyone."""
        return self.facts.rows(ledger)

    @property
    def alerts(self) -> list[dict[str, Any]]:
        """The alerts of the county, in order; one that does not say whose it is may be its own."""
        rows = self.table(Alert).filter(c("county").is_null() | (c("county") == self.county))
        return rows.with_columns(c("level").cast(pl.String)).sort("begins_at").to_dicts()

    def in_force(self) -> list[tuple[dict[str, Any], bool]]:
        """The alerts that are in force, and of each whether that is sure."""
        found = []
        for row in self.alerts:
            begun = None if row["begins_at"] is None else row["begins_at"] <= self.at
            over = None if row["ends_at"] is None else row["ends_at"] <= self.at
            if begun is False or over is True:
                continue
            sure = begun is True and over is False and row["county"] is not None
            found.append((row, sure and row["level"] is not None))
        return found

    def state(self) -> str:
        """One of `STATES`; not known where an alert may be in force."""
        if not self.facts.supplies(Alert):
            return UNCLEAR
        found = self.in_force()
        sure = [row["level"] for row, certain in found if certain]
        return sure[0] if sure else UNCLEAR if found else NONE

    def valid(self, ledger: Any, enterprise: str | None, day: dt.date) -> Iterator[dict[str, Any]]:
        """The rows of an enterprise that are, or may be, valid on a day; `sure` says which."""
        for row in self.rows_of(ledger).get(enterprise, ()):
            begins, ends = row["begins_on"], row["ends_on"]
            if (begins is None or begins <= day) and (ends is None or ends >= day):
                yield {**row, "sure": None not in (begins, ends)}

    def name(self, enterprise: str | None) -> str:
        """What an enterprise is called."""
        return self._names.get(enterprise) or ""

    def ours(self, enterprise: str | None) -> bool:
        """Whether an enterprise is of the county, as its profile says; without one, it is."""
        return self._places.get(enterprise) in (None, self.county)

    def rows_of(self, ledger: Any) -> dict[str | None, list[dict[str, Any]]]:
        """The rows of a ledger by enterprise; they are looked up for every line."""
        if ledger not in self._by_enterprise:
            found: dict[str | None, list[dict[str, Any]]] = {}
            for row in self.table(ledger).iter_rows(named=True):
                found.setdefault(row["enterprise"], []).append(row)
            self._by_enterprise[ledger] = found
        return self._by_enterprise[ledger]

    @cached_property
    def _by_enterprise(self) -> dict[Any, dict[str | None, list[dict[str, Any]]]]:
        return {}

    @cached_property
    def _names(self) -> dict[str | None, str | None]:
        return dict(self.table(Enterprise).select("id", "name").iter_rows())

    @cached_property
    def _places(self) -> dict[str | None, str | None]:
        return dict(self.table(EmergencyProfile).select("enterprise", "county").iter_rows())

    @cached_property
    def granted(self) -> dict[tuple[str | None, str | None], dict[str, Any]]:
        """The exemptions that last today, by rule and subject."""
        today = self.at.date()
        rows = self.table(Exemption).filter((c("valid_from") <= today) & (c("valid_to") >= today))
        return {(row["rule"], row["subject"]): row for row in rows.iter_rows(named=True)}


def measures(now: Now) -> Iterator[Line]:
    """Every entry of the list that an alert in force asks for, and what is said of it."""
    for alert, certain in now.in_force():
        levels = (alert["level"],) if alert["level"] is not None else LEVELS
        for row in now.table(EmergencyMeasure).to_dicts():
            level, day = row["level"], now.at.date()
            begins, ends = row["begins_on"], row["ends_on"]
            outside = (begins is not None and begins > day) or (ends is not None and ends < day)
            if outside or not now.ours(row["enterprise"]) or (level or levels[0]) not in levels:
                continue
            sure = certain and None not in (level, begins, ends, row["enterprise"])
            said = _decided(now, row["id"], row["enterprise"], alert, sure=sure)
            place = _place(row)
            named = [kind for kind, part in zip(_PLACES, place, strict=True) if part]
            yield Line(
                kind=named[0] if named else "企业", subject=row["id"],
                name=now.name(row["enterprise"]), place=place, level=level or UNCLEAR,
                measure=_measure(row), **said,
            )  # fmt: skip


_PLACES = ("生产线", "生产环节", "生产设施")


def _place(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """The line, the process and the facility that an entry names; 无 says that it names none."""
    line, process, facility = (
        "" if row[part] in (None, NOTHING) else row[part]
        for part in ("line", "process", "facility")
    )
    return line, process, facility


def _measure(row: Mapping[str, Any]) -> str:
    """What is to be done, in the list's own words where it has any."""
    kept = row["kept"]
    if kept is None and row["cut"] is not None:
        kept = 100 - row["cut"]
    part = "" if kept is None else f"，不高于平常的{kept:g}%"
    done = f"{row['kind']}{part}" if row["kind"] == LIMIT else row["kind"]
    words = row["measure"] if row["measure"] not in (None, NOTHING, done) else None
    return "：".join(word for word in (done, words) if word) or UNCLEAR


def _decided(
    now: Now, entry: str | None, enterprise: str | None, alert: Mapping[str, Any], *, sure: bool
) -> dict[str, Any]:
    """Whether an entry binds its enterprise, or what lets it off, and by which sentence."""
    unit, open_unit, fault = _listed(now, enterprise, _days(now, alert))
    if unit is not None:
        return _let_off(unit, sure=sure)
    granted = None if entry is None else now.granted.get((taken.id, f"{entry}/{alert['id']}"))
    if granted is not None:
        return {"clause": taken.clause, **_by_grant(granted, sure=sure)}
    grade, open_grade = _graded(now, enterprise, _days(now, alert))
    if grade is not None:
        cut = _own_cut(now, enterprise, alert)
        return {
            "conclusion": OWN if sure else UNCLEAR, "clause": own_cuts.clause,
            "why": f"{grade['grade']}，自主减排措施：{cut or '尚未记录'}",
            "authority": f"企业绩效评级“{grade['id']}”",
        }  # fmt: skip
    why = [
        "" if sure else "预警或清单中的日期、级别、企业不全",
        "是否在白名单且满足环保要求不详" if open_unit else "",
        "预警当日的绩效等级不详" if open_grade else "",
        fault,
    ]
    unclear = not sure or open_unit or open_grade
    return {
        "conclusion": UNCLEAR if unclear else BOUND, "clause": taken.clause,
        "why": "；".join(filter(None, why)),
    }  # fmt: skip


def _let_off(unit: Mapping[str, Any], *, sure: bool = True) -> dict[str, Any]:
    """What is said of who is on the white list, and in order."""
    return {
        "conclusion": LET_OFF if sure else UNCLEAR, "clause": white_list,
        "why": f"白名单{unit['kind'] or ''}：{unit['project'] or ''}，满足环保要求",
        "authority": f"生态环境要素保障白名单“{unit['id']}”",
    }  # fmt: skip


def _by_grant(row: Mapping[str, Any], *, sure: bool = True) -> dict[str, Any]:
    """What is said of who was exempted one by one."""
    return {
        "conclusion": LET_OFF if sure else UNCLEAR, "why": row["reason"] or "",
        "authority": row["authority"] or "",
    }  # fmt: skip


def _days(now: Now, alert: Mapping[str, Any]) -> tuple[dt.date, ...]:
    """The days on which who is let off must be so: the first of the alert, or today as well."""
    first = now.at if alert["begins_at"] is None else alert["begins_at"]
    if now.choices.get(WHEN_GRADED.id, WHEN_GRADED.default) == "begins":
        return (first.date(),)
    return (first.date(), now.at.date())


def _graded(
    now: Now, enterprise: str | None, days: tuple[dt.date, ...]
) -> tuple[dict[str, Any] | None, bool]:
    """The row of a grade that lets an enterprise decide its own cuts; whether there may be one."""
    found: dict[str, Any] | None = None
    for day in days:
        rows = [
            row for row in now.valid(PerformanceGrade, enterprise, day)
            if row["grade"] in (A, LEADING, None)
        ]  # fmt: skip
        sure = [row for row in rows if row["sure"] and row["grade"] is not None]
        if not sure:
            return None, bool(rows) or not now.facts.supplies(PerformanceGrade)
        found = sure[0]
    return found, False


def _listed(
    now: Now, enterprise: str | None, days: tuple[dt.date, ...]
) -> tuple[dict[str, Any] | None, bool, str]:
    """The row of the white list that lets an enterprise off; whether one may; why one does not."""
    found: dict[str, Any] | None = None
    for day in days:
        rows = list(now.valid(WhiteListUnit, enterprise, day))
        met = [row for row in rows if row["sure"] and row["admitted"] and row["compliant"]]
        if not met:
            may = [r for r in rows if r["admitted"] is not False and r["compliant"] is not False]
            failed = [r for r in rows if r["compliant"] is False or r["admitted"] is False]
            open_ = bool(may) or not now.facts.supplies(WhiteListUnit)
            fault = f"白名单“{failed[0]['id']}”不满足环保要求或准入条件，不豁免" if failed else ""
            return None, open_, fault
        found = met[0]
    return found, False, ""


def _own_cut(now: Now, enterprise: str | None, alert: Mapping[str, Any]) -> str:
    rows = now.rows_of(OwnCut).get(enterprise, ())
    return next((row["measure"] or "" for row in rows if row["alert"] == alert["id"]), "")


def own(now: Now) -> Iterator[Line]:
    """Whoever decides its own cuts and has no entry at the level: it reduces all the same."""
    for alert, certain in now.in_force():
        if alert["level"] == CONTROL:
            continue
        entered = pl.Series([line.subject for line in measures(now)], dtype=pl.String)
        rows = now.table(EmergencyMeasure).filter(c("id").is_in(entered.implode()))
        with_entry = set(rows["enterprise"].drop_nulls())
        graded = now.table(PerformanceGrade)["enterprise"].drop_nulls().unique(maintain_order=True)
        for enterprise in graded:
            grade, _ = _graded(now, enterprise, _days(now, alert))
            if enterprise in with_entry or grade is None or not now.ours(enterprise):
                continue
            said = _decided(now, None, enterprise, alert, sure=certain)
            cut = _own_cut(now, enterprise, alert)
            yield Line(
                kind="企业", subject=enterprise, name=now.name(enterprise),
                level=alert["level"] or UNCLEAR, measure=cut or "自主决定减排措施并记录", **said,
            )  # fmt: skip


def transport(now: Now) -> Iterator[Line]:
    """Whoever uses many vehicles, under orange and above: its fleet, and its machines."""
    users = now.table(TransportProfile).join(
        now.table(Enterprise).select(enterprise="id", industry=c("industry").cast(pl.String)),
        on="enterprise", how="left", maintain_order="left",
    )  # fmt: skip
    asked_ = (KEY_USERS, USERS_ETC, STOPPED, COVERED, OWN_TRANSPORT)
    readings = {one.id: now.choices.get(one.id, one.default) for one in asked_}
    a_user = (
        c("bulk")
        & (pl.lit(readings[KEY_USERS.id] == "bulk") | c("key"))
        & (pl.lit(readings[USERS_ETC.id] == "open") | c("industry").is_in(NAMED))
    )
    for alert, certain in now.in_force():
        level = alert["level"]
        if level is not None and STATES.index(level) < STATES.index("橙色"):
            continue
        for row in users.with_columns(user=a_user).to_dicts():
            if row["user"] is False or not now.ours(row["enterprise"]):
                continue
            unit, open_unit, fault = _listed(now, row["enterprise"], (now.at.date(),))
            covered = readings[COVERED.id] == "all"
            grade, open_grade = None, False
            if readings[OWN_TRANSPORT.id] == "all":
                grade, open_grade = _graded(now, row["enterprise"], (now.at.date(),))
            for rule, words, asked in _asked(row, readings[STOPPED.id]):
                sure = certain and row["user"] is True and asked is True
                granted = now.granted.get((rule.id, f"{row['enterprise']}/{now.at.date()}"))
                said: dict[str, Any] = {"conclusion": BOUND, "why": fault, "clause": rule.clause}
                if not sure:
                    said |= {
                        "conclusion": UNCLEAR, "why": "预警级别、是否重点用车企业或有无机械不详"
                    }  # fmt: skip
                elif covered and unit is not None:
                    said = _let_off(unit)
                elif granted is not None:
                    said |= _by_grant(granted)
                elif grade is not None:
                    said = {
                        "conclusion": OWN, "clause": own_cuts.clause, "why": grade["grade"],
                        "authority": f"企业绩效评级“{grade['id']}”",
                    }  # fmt: skip
                elif open_grade:
                    said |= {"conclusion": UNCLEAR, "why": "当日的绩效等级不详"}
                elif covered and open_unit:
                    said |= {"conclusion": UNCLEAR, "why": "是否在白名单且满足环保要求不详"}
                yield Line(
                    kind="车队", subject=row["enterprise"], name=now.name(row["enterprise"]),
                    level=level or UNCLEAR, measure=words, **said,
                )  # fmt: skip


def _asked(row: Mapping[str, Any], stopped: str) -> Iterator[tuple[Rule, str, bool | None]]:
    """What is asked of a user's transport: the rule, the words, whether it is asked of it."""
    less = "停止" if stopped == "all" else "减少或停止"
    yield freight, f"{less}货物公路运输", True
    if stopped != "less":
        yield diesel, "建成区内重型、中型柴油货车停止运输（城市运行保障和特种车辆除外）", True
    has = row.get("machines")
    if has is not False:
        yield machines, f"{less}非道路移动机械使用", has


def listed(now: Now) -> tuple[Line, ...]:
    """Every line of the listing, in the order of the plan's sentences."""
    return (*measures(now), *own(now), *transport(now))


# Tables -------------------------------------------------------------------------------------------


def state_table(now: Now) -> pl.DataFrame:
    """What the county is under, since when, and how the episode came to it."""
    found = now.in_force()
    alert: Mapping[str, Any] = found[0][0] if found else {}
    rows = [
        (
            now.county, _hour(now.at), now.state(), _hour(alert.get("begins_at")),
            _hour(alert.get("planned_until")), alert.get("issued_by") or "",
            alert.get("document") or "", _episode(now),
        )
    ]  # fmt: skip
    names = ("县市", "时间", "状态", "自", "计划解除", "发布单位", "文号", "过程")
    return _table(names, rows)


def _episode(now: Now) -> str:
    """The levels of the episode that the hour lies in, in order."""
    known = tuple(
        Level(row["level"], row["begins_at"], row["ends_at"] or OPEN)
        for row in now.alerts
        if row["begins_at"] is not None and row["level"] is not None
    )
    for one in episodes(known):
        if one[0].begins <= now.at < one[-1].ends:
            so_far = [level for level in one if level.begins <= now.at]
            return " → ".join(f"{level.level} {level.begins:%m-%d %H:%M}" for level in so_far)
    return ""


def lines_table(lines: tuple[Line, ...]) -> pl.DataFrame:
    """The lines as a table."""
    rows = [
        (
            one.kind, one.subject, one.name, " / ".join(filter(None, one.place)), one.level,
            one.measure, one.conclusion, one.why, one.authority, one.clause.id, one.clause.text,
        )
        for one in lines
    ]  # fmt: skip
    return _table(_COLUMNS, rows)


def clauses_table(lines: tuple[Line, ...]) -> pl.DataFrame:
    """The sentences of the lines, with the departments that answer for them."""
    every = {one.clause.id: one.clause for one in lines}
    rows = [(id, "、".join((*one.lead, *one.cooperating)), one.text) for id, one in every.items()]
    return _table(("条款", "部门", "原文"), rows)


def _table(names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """Rows of texts; where there is nothing to say, nothing stands."""
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return table.with_columns(c(pl.String).replace("", None))


def issued_table(now: Now) -> pl.DataFrame:
    """Each alert that has begun, and whether the air was such as it is issued for."""
    days = plausible.days_of(now.table(CountyDay), now.county)
    rows = []
    for row in now.alerts:
        if row["begins_at"] is None or row["begins_at"] > now.at or row["level"] is None:
            continue
        last = min(row["ends_at"] or now.at, now.at) - dt.timedelta(minutes=1)
        first = row["begins_at"].date()
        said = plausible.met(days, row["level"], first, max(last.date(), first))
        rows.append((row["id"], row["level"], _hour(row["begins_at"]), _hour(row["ends_at"]), said))
    return _table(("预警", "级别", "启动", "解除", "结论"), rows)


def called_table(now: Now) -> pl.DataFrame:
    """Each run of days for which an alert is issued, and under which there was none so high."""
    days = plausible.days_of(now.table(CountyDay), now.county)
    days = {day: index for day, index in days.items() if day <= now.at.date()}
    rows = []
    for first, last, level in plausible.calls(days):
        states = [
            row["level"]
            for row in now.alerts
            if None not in (row["level"], row["begins_at"])
            and row["begins_at"].date() <= last
            and (row["ends_at"] is None or row["ends_at"] > dt.datetime.combine(first, dt.time()))
        ]
        highest = max(states, key=STATES.index, default=NONE)
        if STATES.index(highest) < STATES.index(level):
            rows.append((first.isoformat(), last.isoformat(), level, highest, _CALLED_FOR))
    return _table(("首日", "末日", "达到级别", "当时最高状态", "结论"), rows)


def _hour(time: dt.datetime | None) -> str:
    if time is None:
        return ""
    return "另行通知" if time == OPEN else f"{time:%Y-%m-%d %H:%M}"


def at_hour(rulebook: Rulebook, facts: Facts, at: dt.datetime) -> Now:
    """A county at an hour, with every ledger completed.

    Raises:
        FactsError, AirplanError: as `assess`.
    """
    found = assess(rulebook, facts, at.date())
    return Now(found.facts, rulebook.choices, rulebook.plan.county, at)


def tables(now: Now, lang: str = "zh") -> tuple[tuple[str, pl.DataFrame], ...]:
    """The tables of `airplan alert`, by their names."""
    lines = listed(now)
    off = tuple(one for one in lines if one.conclusion in (LET_OFF, OWN))
    found = (
        ("状态", state_table(now)), ("措施", lines_table(lines)), ("豁免", lines_table(off)),
        ("依据", clauses_table(lines)), ("预警合理性", issued_table(now)),
        ("过程合理性", called_table(now)),
    )  # fmt: skip
    if lang == "zh":
        return found
    return tuple((_WORDS[name], _english(table)) for name, table in found)


def _english(table: pl.DataFrame) -> pl.DataFrame:
    said = table.with_columns(c(pl.String).replace(_WORDS))
    return said.rename({name: _WORDS[name] for name in table.columns})


NOTES = {
    "zh": (
        "合理性只作核对，不改变任何结论；按自然日的AQI（含臭氧、沙尘日）比照分级条件，"
        "而预警按预测发布，也可按区域统一部署发布",
        "方案未对施工工地规定预警期间的措施，工地以应急预案和预警通知为准",
        "绩效等级和企业措施的白名单按预警启动当日的，运输的白名单按当日的；计划解除时间不解除预警",
    ),
    "en": (
        "whether the air called for it is a check that decides nothing: by days of the calendar, "
        "those of ozone and dust among them, where alerts are issued on a forecast, or as the "
        "region orders",
        "the plan asks nothing of building sites under an alert: the plan of emergencies does",
        "grades, and the white list for measures, are those of the day the alert begins, for "
        "transport that of the day itself; a planned end lifts nothing",
    ),
}


def _answer(rulebook: Rulebook, facts: Facts, values: Mapping[str, Any], lang: str) -> Listing:
    now = at_hour(rulebook, facts, values["at"])
    state = now.state()
    title = (
        f"{now.county}重污染天气应急 {_hour(now.at)}：{state}"
        if lang == "zh"
        else f"{now.county}, heavy pollution, {_hour(now.at)}: {_WORDS.get(state, state)}"
    )
    return Listing(title, tables(now, lang), NOTES[lang])


ALERT = Command(
    name="alert",
    zh="某一时刻的重污染天气应急：谁须做什么，谁豁免、为什么",
    en="heavy pollution at an hour: what must be done by whom, who is exempt and why",
    options=(
        Option(
            name="at", zh="哪一时刻，如 2024-12-20T08:00", en="at which hour, 2024-12-20T08:00",
            parse=to_minute,
        ),
    ),
    answer=_answer,
)  # fmt: skip
