"""`airplan deductions`: what the findings of some days cost, by unit, township, kind and month.

An estimate: each finding with the sentence that prices it, and with the other one that it meets.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs
import polars as pl

from airplan_core import (
    NEVER,
    AirplanError,
    Command,
    Facts,
    Listing,
    Option,
    Rulebook,
    ledger_of,
    to_day,
    truth,
)
from airplan_qinyang.towns import Township
from airplan_safeguards.deduction_interpretations import CONCURRENT
from airplan_safeguards.deduction_ledgers import (
    BOILER,
    BURNING,
    FIREWORKS,
    NONE,
    RESTAURANT,
    SITE,
    SupervisionFinding,
)
from airplan_safeguards.deductions import (
    BY_NAMED_TEAMS,
    CATCH_ALL,
    ITEMS,
    MEASURES,
    STACKED,
    Item,
    borne,
    stacking,
    total,
)

#: Sanctions for what no sentence of the plan's second part forbids or asks for (I-17): what stands
#: nearest to each there.
WITHOUT_DUTY: Mapping[int, tuple[str, str]] = {
    11: (
        "2.1.2-11 只禁止新建，没有淘汰既有小锅炉的要求",
        "2.1.2-11 forbids new boilers only; none that stands is to go",
    ),
    12: (
        "2.2.1 有扬尘治理责任书和治理措施，没有“六个百分之百”",
        "2.2.1 has measures against dust, and not the six of 100 %",
    ),
    15: (
        "2.2.2-8 只要求渣土车途中全密闭，没有车辆资质的要求",
        "2.2.2-8 wants trucks closed, and says nothing of who may drive",
    ),
    16: (
        "2.8.4 只说秸秆，没有生活垃圾、枯枝落叶和杂草",
        "2.8.4 speaks of straw, not of waste, leaves and weeds",
    ),
    17: ("无", "none"),
    19: (
        "2.3.3(2)-3 有销售、使用散煤，没有露天烧烤和其他高污染燃料",
        "2.3.3(2)-3 has coal sold and used, not barbecues nor other such fuels",
    ),
    20: ("无", "none"),
}

#: Which facts decide of which kind; all of them where it is not known.
_DECIDING: Mapping[str, tuple[str, ...]] = {
    BOILER: ("capacity",),
    SITE: ("items",),
    BURNING: ("burnt",),
    FIREWORKS: ("firework_zone",),
    RESTAURANT: ("built_up",),
}

_UNITS = re.compile(r"[、，,；;]")


@attrs.frozen(kw_only=True)
class Deduction:
    """A finding and what it costs, in 元.

    Attributes:
        row: the finding.
        charged: whether its team is one that the sentence names; None where it is not known.
        item: that it is counted for, as far as is known.
        other: the next of those that it meets, and `other_least` what that one costs.
        least: what it costs for sure.
        most: what it costs at most.
    """

    row: Mapping[str, Any]
    charged: bool | None
    item: Item
    other: Item | None
    other_least: int | None
    least: int
    most: int


def _amounts(item: Item, row: Mapping[str, Any]) -> tuple[int, int]:
    """The least and the most that a finding costs by an item: of a site, for each measure."""
    if item is not STACKED:
        return item.yuan, item.yuan
    items = row["items"]
    if items is not None:
        return item.yuan * items, item.yuan * items
    return item.yuan * MEASURES[0], item.yuan * MEASURES[-1]


def _deduction(row: Mapping[str, Any], reading: str) -> Deduction:
    charged = row["charged"]
    met = [item for item in ITEMS if row[item.clause]]
    open_ = [item for item in ITEMS if row[item.clause] is None]
    if reading == "larger":
        # the greatest of what it may cost; of equals, what stands first in the sentence
        met.sort(key=lambda item: -_amounts(item, row)[0])
    certain = met or [CATCH_ALL]
    if reading == "larger":
        least, most = (
            max(_amounts(item, row)[end] for item in ((certain, [*certain, *open_])[end]))
            for end in (0, 1)
        )
    else:
        may = [item for item in open_ if not met or item.number < met[0].number] + certain[:1]
        least = min(_amounts(item, row)[0] for item in may)
        most = max(_amounts(item, row)[1] for item in may)
    other = met[1] if len(met) > 1 else None
    return Deduction(
        row=row,
        charged=charged,
        item=certain[0],
        other=other,
        other_least=None if other is None else _amounts(other, row)[0],
        least=least if charged else 0,
        most=0 if charged is False else most,
    )


@attrs.frozen(kw_only=True)
class Account:
    """The findings of some days, priced, and those that cannot be.

    Attributes:
        first, last: the days, both in.
        deductions: what is charged, or may be.
        uncharged: the findings of teams that the sentence does not name.
        undated: the findings without a day.
        lost: how many rows could not be read at all.
    """

    first: dt.date
    last: dt.date
    deductions: tuple[Deduction, ...]
    uncharged: tuple[Deduction, ...]
    undated: tuple[Deduction, ...]
    lost: int


def account(rulebook: Rulebook, facts: Facts, first: dt.date, last: dt.date) -> Account:
    """What the findings from `first` to `last` cost, both days in.

    Raises:
        AirplanError: the first day lies behind the last.
    """
    if first > last:
        raise AirplanError(
            f"--from {first} lies behind --to {last}; change them round",
            f"--from {first} 晚于 --to {last}；两个日期对调",
        )
    reading = rulebook.choices.get(CONCURRENT.id, CONCURRENT.default)
    truths = [truth(rulebook, item.holds, last).alias(item.clause) for item in ITEMS]
    charged = truth(rulebook, BY_NAMED_TEAMS, last).alias("charged")
    rows = facts.table(SupervisionFinding).sort("found_on", "id").with_columns(charged, *truths)
    priced = [_deduction(row, reading) for row in rows.iter_rows(named=True)]
    days = [one.row["found_on"] for one in priced]
    within = [one for one, day in zip(priced, days, strict=True) if day and first <= day <= last]
    undated = [one for one, day in zip(priced, days, strict=True) if day in (None, NEVER)]
    ledger = ledger_of(SupervisionFinding).name
    return Account(
        first=first,
        last=last,
        deductions=tuple(one for one in within if one.charged is not False),
        uncharged=tuple(one for one in within if one.charged is False),
        undated=tuple(undated),
        lost=sum(1 for one in facts.set_aside if one.ledger == ledger),
    )


def deductions(rulebook: Rulebook, facts: Facts, values: Mapping[str, Any], lang: str) -> Listing:
    """The answer of the command."""
    plan = rulebook.plan
    found = account(rulebook, facts, values["from"] or plan.begins, values["to"] or plan.ends)
    names = dict(facts.table(Township).select("id", "name").iter_rows())

    def _(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    blank = _("（未填）", "(blank)")

    def by(heading: tuple[str, str], of: Callable[[Mapping[str, Any]], str | None]) -> pl.DataFrame:
        groups: dict[str, list[Deduction]] = defaultdict(list)
        for one in found.deductions:
            groups[of(one.row) or blank].append(one)
        rows = [{_(*heading): name, **_sums(every, lang)} for name, every in groups.items()]
        return pl.DataFrame(
            rows, schema={_(*heading): pl.String, **_sum_schema(lang)}, orient="row"
        )

    def units(row: Mapping[str, Any]) -> str | None:
        """Several that are responsible together stay together: nothing says who bears what."""
        several = [one.strip() for one in _UNITS.split(row["units"] or "") if one.strip()]
        if len(several) < 2:
            return several[0] if several else None
        return "、".join(sorted(several)) + _("（共同，未分摊）", " (together, not divided)")

    def township(row: Mapping[str, Any]) -> str | None:
        id: str | None = row["township"]
        return names.get(id) or id

    least = _HEADS["least"][0 if lang == "zh" else 1]
    groups = {
        _("按责任单位", "by unit"): by(("责任单位", "unit"), units),
        _("按乡镇街道", "by township"): by(("乡镇街道", "township"), township),
        _("按类别", "by kind"): by(("问题类别", "kind"), lambda row: row["kind"]),
        _("按月份", "by month"): by(("月份", "month"), lambda row: f"{row['found_on']:%Y-%m}"),
    }
    tables = [
        (_("合计", "in all"), _in_all(found, lang)),
        (_("明细", "findings"), _details(found, names, lang)),
        *(
            (name, rows.sort(rows.columns[0]) if "month" in name or "月" in name
             else rows.sort([least, rows.columns[0]], descending=[True, False]))
            for name, rows in groups.items()
        ),
        (_("无法定价", "not priced"), _unpriced(found, lang)),
        (_("价目", "prices"), _prices(lang)),
        (_("方案无对应义务", "no duty in the plan"), _without_duty(lang)),
    ]  # fmt: skip
    title = _(
        f"{plan.county}财力扣缴估算：{found.first} 至 {found.last}",
        f"{plan.county}: estimated deductions from {found.first} to {found.last}",
    )
    return Listing(title, tuple(tables), tuple(_notes(rulebook, facts, found, lang)))


_HEADS = {
    "count": ("起数", "findings"),
    "least": ("金额（元）", "amount (CNY)"),
    "most": ("至多（元）", "at most (CNY)"),
    "claimed": ("实际扣缴（元）", "deducted (CNY)"),
    "unclaimed": ("未填实际扣缴的起数", "without the amount deducted"),
}


def _claimed(deductions: Iterable[Deduction]) -> tuple[float | None, int]:
    """What notices say was deducted, added up exactly, and of how many findings none is known."""
    written = [one.row["claimed"] for one in deductions]
    known = [Decimal(repr(amount)) for amount in written if amount is not None]
    return (float(sum(known)) if known else None), len(written) - len(known)


def _sums(deductions: Iterable[Deduction], lang: str) -> dict[str, Any]:
    every = list(deductions)
    claimed, unclaimed = _claimed(every)
    cells = (
        len(every), sum(one.least for one in every), sum(one.most for one in every), claimed,
        unclaimed,
    )  # fmt: skip
    return dict(zip(_sum_schema(lang), cells, strict=True))


def _sum_schema(lang: str) -> dict[str, Any]:
    kinds = (pl.Int64, pl.Int64, pl.Int64, pl.Float64, pl.Int64)
    names = (zh if lang == "zh" else en for zh, en in _HEADS.values())
    return dict(zip(names, kinds, strict=True))


def _in_all(found: Account, lang: str) -> pl.DataFrame:
    days = {("起始日期", "from"): found.first, ("截止日期", "to"): found.last}
    return pl.DataFrame(
        [
            {zh if lang == "zh" else en: day for (zh, en), day in days.items()}
            | _sums(found.deductions, lang)
        ],
        schema_overrides=_sum_schema(lang),
    )


_DETAILS: Mapping[str, tuple[str, str, Any]] = {
    "id": ("编号", "id", pl.String),
    "found_on": ("发现日期", "found on", pl.Date),
    "place": ("地点", "place", pl.String),
    "township": ("乡镇街道", "township", pl.String),
    "team": ("督导组层级", "team", pl.String),
    "kind": ("问题类别", "kind", pl.String),
    "items": ("不到位项数", "measures", pl.Int64),
    "clause": ("条款", "clause", pl.String),
    "text": ("条款原文", "sentence", pl.String),
    "least": ("金额（元）", "amount (CNY)", pl.Int64),
    "most": ("至多（元）", "at most (CNY)", pl.Int64),
    "other": ("另涉条款", "other clause", pl.String),
    "other_least": ("另涉金额（元，未计）", "other amount, not counted (CNY)", pl.Int64),
    "units": ("责任单位", "units", pl.String),
    "claimed": ("实际扣缴（元）", "deducted (CNY)", pl.Float64),
    "why": ("说明", "remarks", pl.String),
}


def _details(found: Account, names: Mapping[str, str], lang: str) -> pl.DataFrame:
    rows = []
    for one in (*found.deductions, *found.uncharged):
        row, charged = one.row, one.charged is not False
        other = one.other if charged else None
        rows.append(
            {
                **{name: row[name] for name in ("id", "found_on", "place", "team", "kind")},
                "township": names.get(row["township"]) or row["township"],
                "items": row["items"],
                "clause": one.item.clause if charged else None,
                "text": one.item.text if charged else None,
                "least": one.least,
                "most": one.most,
                "other": other.clause if other else None,
                "other_least": one.other_least if other else None,
                "units": row["units"],
                "claimed": row["claimed"],
                "why": "；".join(_why(one, lang)) or None,
            }
        )
    return _table(rows, _DETAILS, lang)


def _why(one: Deduction, lang: str) -> Iterator[str]:
    """What must be known of an amount: what it lacks, and why it is none."""

    def _(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    row = one.row
    if one.charged is False:
        yield _("该句未列这一级督导组，不扣缴", "the sentence does not name such a team")
        return
    if one.charged is None:
        yield _("督导组层级不明，是否扣缴不定", "whose team it was is not known")
    if row["kind"] is None:
        yield _(
            "类别未填或无法读取，按其他大气环境问题至少计 1 万元",
            "its kind is not known; priced as another problem of air at least",
        )
    if one.least == one.most:
        return
    lacking = [ledger_of(SupervisionFinding).columns[name].label(lang) for name in _lacking(row)]
    if lacking:
        yield _(f"不明：{'、'.join(lacking)}", f"not known: {', '.join(lacking)}")


def _lacking(row: Mapping[str, Any]) -> Iterator[str]:
    kinds = (row["kind"], row["also"])
    if row["also"] is None:
        yield "also"
    for kind, fields in _DECIDING.items():
        for name in fields if kind in kinds else ():
            if row[name] is None:
                yield name


_UNPRICED: Mapping[str, tuple[str, str, Any]] = {
    "id": ("编号", "id", pl.String),
    "place": ("地点", "place", pl.String),
    "kind": ("问题类别", "kind", pl.String),
    "least": ("如在期内，至少（元）", "if within, at least (CNY)", pl.Int64),
    "most": ("如在期内，至多（元）", "if within, at most (CNY)", pl.Int64),
    "why": ("原因", "reason", pl.String),
}


def _unpriced(found: Account, lang: str) -> pl.DataFrame:
    why = {
        "zh": ("发现日期未填或无法读取", "发现日期写的是“未发生”"),
        "en": ("the day is not known", "it is said never to have been found"),
    }[lang]
    rows = [
        {
            **{name: one.row[name] for name in ("id", "place", "kind")},
            "least": one.least,
            "most": one.most,
            "why": why[one.row["found_on"] is not None],
        }
        for one in found.undated
    ]
    return _table(rows, _UNPRICED, lang)


_PRICES: Mapping[str, tuple[str, str, Any]] = {
    "clause": ("条款", "clause", pl.String),
    "text": ("条款原文", "sentence", pl.String),
    "yuan": ("每起（元）", "each (CNY)", pl.Int64),
}


def _prices(lang: str) -> pl.DataFrame:
    rows: list[dict[str, Any]] = [
        {"clause": one.clause, "text": one.text, "yuan": one.yuan} for one in (*ITEMS, CATCH_ALL)
    ]
    for clause in (total, stacking, borne.clause):
        rows.append({"clause": clause.id, "text": clause.text, "yuan": None})
    rows.sort(key=lambda row: int(row["clause"].rpartition("-")[2]))
    return _table(rows, _PRICES, lang)


_DUTIES: Mapping[str, tuple[str, str, Any]] = {
    "clause": ("条款", "clause", pl.String),
    "text": ("条款原文", "sentence", pl.String),
    "near": ("方案第二部分中相近的内容", "what stands nearest in part two", pl.String),
}


def _without_duty(lang: str) -> pl.DataFrame:
    rows = [
        {
            "clause": one.clause,
            "text": one.text,
            "near": WITHOUT_DUTY[one.number][lang != "zh"],
        }
        for one in ITEMS
        if one.number in WITHOUT_DUTY
    ]
    return _table(rows, _DUTIES, lang)


def _table(
    rows: Iterable[Mapping[str, Any]], columns: Mapping[str, tuple[str, str, Any]], lang: str
) -> pl.DataFrame:
    schema = {(zh if lang == "zh" else en): kind for zh, en, kind in columns.values()}
    cells = [[row[name] for name in columns] for row in rows]
    return pl.DataFrame(cells, schema=schema, orient="row")


def _notes(rulebook: Rulebook, facts: Facts, found: Account, lang: str) -> Iterator[str]:
    """That it is an estimate, what is left out of it, and how what is open was read."""

    def _(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    yield _(
        "金额是按方案三（三）所列标准的估算，不是扣缴通知；实际扣缴以焦作市的通知为准",
        "the amounts are estimated by the plan's price list; notices say what is deducted",
    )
    if not facts.supplies(SupervisionFinding):
        ledger = ledger_of(SupervisionFinding).label(lang)
        yield _(
            f"没有提供台账“{ledger}”，不能据此说没有扣缴",
            f"the ledger {ledger!r} was not supplied: nothing is known",
        )
    unpriced = len(found.undated) + found.lost
    if unpriced:
        yield _(f"另有 {unpriced} 起无法定价，未计入", f"{unpriced} more cannot be priced")
    if found.lost:
        yield _(f"其中 {found.lost} 行整行无法读取", f"{found.lost} of these rows cannot be read")
    unkind = sum(1 for one in found.deductions if one.row["kind"] is None)
    if unkind:
        yield _(
            f"有 {unkind} 起类别未填或无法读取，按其他大气环境问题至少计 1 万元",
            f"the kind of {unkind} is not known; each is priced as another problem of air at least",
        )
    if any(one.least != one.most for one in found.deductions):
        yield _(
            "有的事实未填：“金额”是至少，“至多”是最多可能",
            "some facts are missing: the amount is the least, beside it the most that it may be",
        )
    if found.uncharged:
        yield _(
            f"另有 {len(found.uncharged)} 起由该句未列的督导组发现，不扣缴",
            f"{len(found.uncharged)} more were found by teams that the sentence does not name",
        )
    twice = sum(1 for one in found.deductions if one.other is not None)
    if twice:
        larger = rulebook.choices.get(CONCURRENT.id, CONCURRENT.default) == "larger"
        yield _(
            f"有 {twice} 起同时涉及两项，只计{'金额大的' if larger else '该句在前的'}一项（I-47）",
            f"{twice} meet two items; the {'larger' if larger else 'first'} one is counted (I-47)",
        )
    alike = _alike(found.deductions)
    if alike:
        yield _(
            f"有 {alike} 起与另一行的日期、地点、督导组层级、类别、项数都相同，核对是否重复登记",
            f"{alike} are alike in day, place, team, kind and measures: entered twice?",
        )
    if any(len(_UNITS.split(one.row["units"] or "")) > 1 for one in found.deductions):
        yield _(
            "责任单位有几家的，方案没有规定如何分摊，金额列在一起",
            "where several units are responsible the plan does not say who bears what",
        )


def _alike(deductions: Iterable[Deduction]) -> int:
    """How many findings are entered as another one is, as far as both say what they are."""
    key = ("found_on", "place", "team", "kind", "items")
    seen: dict[tuple[Any, ...], int] = defaultdict(int)
    for one in deductions:
        if one.row["place"] not in (None, NONE) and one.row["kind"] is not None:
            seen[tuple(one.row[name] for name in key)] += 1
    return sum(count for count in seen.values() if count > 1)


DEDUCTIONS = Command(
    name="deductions",
    zh="估算督导组发现问题的财力扣缴金额",
    en="estimate what the findings of inspection teams cost",
    options=(
        Option(
            name="from", zh="起始日期（含），默认方案开始之日", parse=to_day, default=None,
            en="the first day, itself in; by default the plan's",
        ),
        Option(
            name="to", zh="截止日期（含），默认方案结束之日", parse=to_day, default=None,
            en="the last day, itself in; by default the plan's",
        ),
    ),
    answer=deductions,
)  # fmt: skip
