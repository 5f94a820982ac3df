"""The numbers a sentence says, and the numbers its condition holds: they are the same set.

From a sentence: see `said`. From a condition: its constants, its spans of time, its dates and due
dates. Both are compared as plain numbers (6000万 is 60000000) and ISO dates.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from airplan_core.model.duty import Duty
from airplan_core.model.kinds import Change, Substitution
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
from airplan_core.testing.said import Saying, part_of_year, saying, sayings

#: A part of something, as it stands in a sentence: how `fallen_by` and a ratio write it.
_SHARE = re.compile(r"(?:\(1 [−+] )?([\d.]+) ?%\)?")


def numbers_in_sentence(rule: Rule) -> set[str]:
    """The numbers and dates that the rule's sentences say, each as it is plainest."""
    return {number for one in said_by(rule) for number in one.ways[0]}


def said_by(rule: Rule) -> list[Saying]:
    """What the rule's sentences say, as `Rule.numbers` reads them."""
    found: list[Saying] = []
    texts = [clause.text for clause in rule.clauses]
    for word, number in rule.numbers.items():
        if not any(word in text for text in texts):
            raise AssertionError(f"{rule.id}: numbers names {word!r}, which no sentence says")
        texts = [text.replace(word, "□") for text in texts]
        if number is not None:
            found.append(saying(word, number))
    return [*found, *(one for text in texts for one in sayings(text))]


def mismatch(rule: Rule, duties: Iterable[Duty]) -> tuple[list[str], list[str]]:
    """What the sentences say that the condition does not hold, and what it holds that they do not.

    What a metric is made of may be said by the sentence, or by the standard; the years in which
    something recurs by the sentence, or it says 每年.
    """
    duties = tuple(duties)
    held = numbers_in_condition(rule, duties)
    there = held | numbers_in_metrics(rule) | years_of(duties)
    yearly = [one.due for one in duties if one.due and one.term and one.term.acts]
    unheld, said = [], set[str]()
    for one in said_by(rule):
        ways = [frozenset(day for number in way for day in _each_year(number, yearly))
                for way in one.ways]  # fmt: skip
        kept = [way for way in ways if way <= there]
        said |= frozenset[str]().union(*kept)
        if not kept:
            unheld.append(f"{one.words} ({' or '.join('+'.join(sorted(way)) for way in ways)})")
    return unheld, sorted(held - said)


def _each_year(number: str, yearly: Sequence[dt.date]) -> Iterator[str]:
    """A date of each year, `--05-31`, as those on which something is due each year."""
    if not number.startswith("--"):
        yield number
        return
    month, day = int(number[2:4]), number[5:]
    last = {due: calendar.monthrange(due.year, due.month)[1] for due in yearly}
    found = [
        due.isoformat()
        for due in yearly
        if due.month == month and (due.day == last[due] if day == "末" else due.day == int(day))
    ]
    # of what is due on no such day, nothing is held
    yield from found if len(found) == len(yearly) and found else [number]


def numbers_in_condition(rule: Rule, duties: Iterable[Duty]) -> set[str]:
    """The numbers and dates that the rule's duties hold."""
    found = _in_a_row(rule)
    for duty in duties:
        held = {number for tree in duty.trees for node in walk(tree) for number in _held(node)}
        found |= held - _spanned(duty)
        if duty.due and not duty.every:
            found.add(duty.due.isoformat())
    return found


def numbers_in(trees: Iterable[Condition]) -> set[str]:
    """The numbers and dates that conditions hold."""
    return {number for tree in trees for node in walk(tree) for number in _held(node)}


def numbers_in_text(text: str) -> set[str]:
    """The numbers and dates of a sentence, in every way in which a condition may hold them."""
    return {number for one in sayings(text) for way in one.ways for number in way}


def _in_a_row(rule: Rule) -> set[str]:
    """How many periods it is of that follow one another: 连续两个月."""
    ago = {leaf.ago for leaf in rule.leaves() if isinstance(leaf, Metric)}
    return {str(len(ago))} if len(ago) > 1 and ago == {*range(len(ago))} else set()


def years_of(duties: Iterable[Duty]) -> set[str]:
    """The years in which something recurs, as their last days: a sentence may say them, or 每周.

    So it may the last days of the weeks or the months within them.
    """
    duties = tuple(duties)
    begins = [duty.term.begins for duty in duties if duty.term is not None]
    years = {dt.date(day.year, 12, 31) for day in begins if day is not None}
    ends = {duty.due for duty in duties if duty.every and duty.due is not None}
    return {day.isoformat() for day in years | ends}


def _spanned(duty: Duty) -> set[str]:
    """The days that bound what is done for a period: 每年 and 每周 name none of them."""
    acts = duty.term.acts if duty.term else None
    if acts is None:
        return set()
    return {(acts.begins - dt.timedelta(days=1)).isoformat(), acts.ends.isoformat()}


def numbers_in_metrics(rule: Rule) -> set[str]:
    """The numbers in the conditions that the rule's metrics make of other ledgers' rows.

    And the years that they are of, whatever the duty's, 较2020年; and how far before it: 前两年.
    """
    metrics = [leaf for leaf in rule.leaves() if isinstance(leaf, Metric)]
    trees = [tree for metric in metrics for tree in metric.trees]
    targets = {metric.up_to for metric in metrics if isinstance(metric, Substitution)}
    found = {plain(Quantity.of(target).value) for target in targets}
    own = [one.period for one in metrics] + [
        one.since for one in metrics if isinstance(one, Change)
    ]
    found |= {period.ends.isoformat() for period in own if period is not None}
    before = [(one.back, 0 if _in_a_row(rule) else one.ago) for one in metrics]
    found |= {str(count) for both in before for count in both if count > 1}
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
            yield part_of_year(*divmod(node.begins, 100), *divmod(node.ends, 100))
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


def _as_said(constant: Constant) -> str:
    """The number as it was written, with its 万 or 亿 multiplied out and its unit left alone."""
    if not constant.unit:
        share = _SHARE.fullmatch(constant.written)
        return plain(Decimal(share[1] if share else constant.value))
    written = Quantity.of(constant.written)
    if written.unit in ("‰", "千分之"):
        return plain(written.to("%"))
    multiple = re.match(r"万亿|[百千]万|[万亿]", written.unit)
    if multiple:
        parse_unit(multiple[0])
        factor = registry().Quantity(Decimal(1), multiple[0]).to_root_units().magnitude
        return plain(written.value * factor)
    return plain(written.value)
