"""The numbers a sentence says, and the numbers its condition holds: they are the same set.

From a sentence: figures with 万/亿, Chinese numerals before a unit of counting, percentages, and
dates. From a condition: its constants, its periods of years, its dates and due dates. Both are
compared as plain numbers (6000万 is 60000000) and ISO dates; 2024年 alone, as a target year, is
the year's last day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from airplan_core.model.duty import Duty
from airplan_core.model.kinds import Substitution
from airplan_core.model.metric import Metric
from airplan_core.model.rule import Rule
from airplan_core.model.tree import (
    Condition,
    Constant,
    Elapsed,
    Happened,
    Later,
    OfDay,
    Season,
    Until,
    Whole,
    walk,
)
from airplan_core.quantities.units import Quantity, parse_unit, plain, registry

#: A part of something, as it stands in a sentence: how `fallen_by` and a ratio write it.
_SHARE = re.compile(r"(?:\(1 [−+] )?([\d.]+) ?%\)?")

_MULTIPLES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "千": 10**3, "百": 100}
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}

_NAME = re.compile(r"PM\s?2\.5|PM\s?10|〔\d+〕\d*号?|[“《][^”》]*[”》]|SO2|NO2|O3")
_DATE = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月底前?"
    r"|(?P<whole>20\d\d)年(?:年?底前?|之后|[，、至])?"
)
#: Due in each year: 每年5月底前, and 每年 alone by its end; 每年5月至9月 is no due date.
_YEARLY = re.compile(r"每年(?:(?P<month>\d{1,2})月底前|(?!\d))")
_FIGURE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<multiple>万亿|[百千万亿])?")
#: One in each: 一周一调度, 一月一通报.
_ONE_EACH = re.compile(r"[一每][天日周月季年]度?一(?![二三四五六七八九十百])")
_CHINESE = re.compile(r"(?P<numeral>[一二两三四五六七八九十百]+)(?=[年个家项台次倍座条户起])")


def numbers_in_sentence(rule: Rule) -> set[str]:
    """The numbers and dates that the rule's sentences say, as `Rule.numbers` reads them."""
    found: set[str] = set()
    texts = [clause.text for clause in rule.clauses]
    for word, number in rule.numbers.items():
        if not any(word in text for text in texts):
            raise AssertionError(f"{rule.id}: numbers names {word!r}, which no sentence says")
        texts = [text.replace(word, "□") for text in texts]
        if number is not None:
            found.add(number)
    years = sorted({term.due.year for term in rule.due if isinstance(term.due, dt.date)})
    for text in texts:
        found |= set(_said(_NAME.sub("□", text), years))
    return found


def _said(text: str, years: Iterable[int] = ()) -> Iterator[str]:
    """The numbers of a text; what is said of each year is of the `years` in which it is due."""
    year: int | None = None

    def yearly(match: re.Match[str]) -> str:
        month = int(match["month"] or 12)
        days.extend(dt.date(one, month, calendar.monthrange(one, month)[1]) for one in years)
        return "□"

    def date(match: re.Match[str]) -> str:
        nonlocal year
        if match["whole"]:
            year = int(match["whole"])
            days.append(dt.date(year, 12, 31))
            return "□"
        year = int(match["year"]) if match["year"] else year
        if year is None:
            return match[0]
        month = int(match["month"])
        days.append(dt.date(year, month, calendar.monthrange(year, month)[1]))
        return "□"

    days: list[dt.date] = []
    text = _DATE.sub(date, _YEARLY.sub(yearly, text) if years else text)
    yield from (day.isoformat() for day in days)
    if _ONE_EACH.search(text):
        yield "1"
    for match in _FIGURE.finditer(text):
        yield plain(Decimal(match["number"]) * _MULTIPLES[match["multiple"] or ""])
    for match in _CHINESE.finditer(text):
        yield plain(Decimal(_numeral(match["numeral"])))


def _numeral(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _NUMERALS[text]
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def numbers_in_condition(rule: Rule, duties: Iterable[Duty]) -> set[str]:
    """The numbers and dates that the rule's duties hold."""
    before = [leaf.ago for leaf in rule.leaves() if isinstance(leaf, Metric)]
    # so many periods in a row: 连续两个月
    found = {str(max(before) + 1)} if any(before) else set()
    # a year of its own: 较2020年
    own = [leaf.period for leaf in rule.leaves() if isinstance(leaf, Metric)]
    found |= {one.ends.isoformat() for one in own if one is not None}
    said = numbers_in_sentence(rule)
    for duty in duties:
        held = numbers_in(duty.trees)
        found |= {_as_part(number, said) for number in held - _spanned(duty)}
        if duty.due and not duty.every:
            found.add(duty.due.isoformat())
    return found


def numbers_in(trees: Iterable[Condition]) -> set[str]:
    """The numbers and dates that conditions hold."""
    return {number for tree in trees for node in walk(tree) for number in _held(node)}


def numbers_in_text(text: str) -> set[str]:
    """The numbers and dates of a sentence."""
    return set(_said(_NAME.sub("□", text)))


def years_of(duties: Iterable[Duty]) -> set[str]:
    """What a sentence may say of what recurs: its years, as their last days, and one in each."""
    duties = [duty for duty in duties if duty.every]
    return {"1" for _ in duties} | {
        dt.date(duty.term.begins.year, 12, 31).isoformat()
        for duty in duties
        if duty.term is not None and duty.term.begins is not None
    }


def _spanned(duty: Duty) -> set[str]:
    """The days that bound what is done for a period: 每年 and 每周 name none of them."""
    acts = duty.term.acts if duty.term else None
    if acts is None:
        return set()
    return {(acts.begins - dt.timedelta(days=1)).isoformat(), acts.ends.isoformat()}


def numbers_in_metrics(rule: Rule) -> set[str]:
    """The numbers in the conditions that the rule's metrics make of other ledgers' rows."""
    metrics = [leaf for leaf in rule.leaves() if isinstance(leaf, Metric)]
    trees = [tree for metric in metrics for tree in metric.trees]
    targets = {metric.up_to for metric in metrics if isinstance(metric, Substitution)}
    found = {plain(Quantity.of(target).value) for target in targets}
    return found.union(*(_held(node) for tree in trees for node in walk(tree)))


def _held(node: Any) -> Iterator[str]:
    match node:
        case Constant(value=Decimal() as value):
            yield _as_said(node) if node.written else plain(value)
        case Elapsed():
            yield from (str(span) for span in (node.years, node.days) if span)
        case Happened():
            for day in (node.until, node.after):
                if isinstance(day, dt.date):
                    yield day.isoformat()
        case Season():
            (begins, first), (ends, last) = divmod(node.begins, 100), divmod(node.ends, 100)
            yield from (str(begins), str(ends))
            if (first, last) != (1, calendar.monthrange(2024, ends)[1]):
                yield from (str(first), str(last))
        case Whole():
            yield str(len(node.parts))
        case Until(day=dt.date() as day):
            yield day.isoformat()
        case Later():
            spans = (node.months, node.working_days, node.days, node.hours, node.minutes)
            yield from (str(abs(span)) for span in spans if span)
        case OfDay():
            for end in (node.hours.begins, node.hours.ends):
                hour, minute = divmod(end, 60)
                # 24时 is said, and 6时 of the next day
                yield str(hour if hour <= 24 else hour - 24)
                if minute:
                    yield str(minute)


def _as_part(number: str, said: set[str]) -> str:
    """A multiple as the part by which the sentence says that it falls or rises: 0.88 for 12%."""
    if number in said or not re.fullmatch(r"[01]\.\d+", number):
        return number
    part = plain(abs(1 - Decimal(number)) * 100)
    return part if part in said else number


def _as_said(constant: Constant) -> str:
    """The number as it was written, with its 万 or 亿 multiplied out and its unit left alone."""
    if not constant.unit:
        share = _SHARE.fullmatch(constant.written)
        return plain(Decimal(share[1] if share else constant.value))
    written = Quantity.of(constant.written)
    multiple = re.match(r"万亿|[百千]万|[万亿]", written.unit)
    if multiple:
        parse_unit(multiple[0])
        factor = registry().Quantity(Decimal(1), multiple[0]).to_root_units().magnitude
        return plain(written.value * factor)
    return plain(written.value)
