"""An outlook as a bureau reads it: each target to date, and what the rest must bring."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from rich.table import Table

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.outlook import Outlook
from airplan_core.assessment.outlook_days import Stretch
from airplan_core.model.kinds import Count, Share
from airplan_core.readers.numbers import SIGN, number
from airplan_core.readers.words import outcome_word, word
from airplan_core.report.data import dump_json
from airplan_core.report.page import new_page, text_of


def outlook_text(
    assessment: Assessment,
    outlooks: tuple[Outlook, ...],
    lang: str = "zh",
    width: int = 140,
    *,
    color: bool = False,
) -> str:
    """The outlooks as a table, one row for each target and subject."""
    page = new_page(width, color=color)
    plan = assessment.rulebook.plan
    page.print(plan.title if lang == "zh" else plan.en or plan.title, style="bold")
    page.print(f"{plan.county} · {word('as_of', lang)} {assessment.as_of}")
    heads = ("target", "subject", "to_date", "limit", "days_data", "must", "can", "before")
    table = Table(
        title=f"\n{word('outlook', lang)}", title_justify="left", title_style="bold", box=None,
        pad_edge=False,
    )  # fmt: skip
    for place, head in enumerate(heads):
        table.add_column(
            word(head, lang), justify="right" if place in (2, 3) else "left", overflow="fold"
        )
    for one, alike in _alike(outlooks):
        unit = one.metric.measure
        places = "、".join(clause.id for clause in one.duty.rule.clauses)
        table.add_row(
            f"{one.metric.label(lang)}\n{places}",
            one.subject if alike == 1 else word("and_others", lang, one.subject, alike),
            "—" if one.value is None else f"{number(one.value, 2)} {unit}",
            f"{SIGN[one.op]} {number(Fraction(one.limit), 2)} {unit}",
            f"{one.known} / {one.missing} / {one.left}",
            must(one, lang),
            f"{can(one, lang)}\n{outcome_word(one.outcome, lang)}",
            "\n".join([*(_stretch(year, lang) for year in one.earlier), *_enough(one, lang)]),
        )
    page.print(table)
    for note in assessment.facts.notes:
        page.print(f"  {note.text(lang)}")
    return text_of(page)


def _alike(outlooks: tuple[Outlook, ...]) -> Iterator[tuple[Outlook, int]]:
    """Each outlook and how many it stands for: subjects of which nothing is known yet are one."""
    for _, group in groupby(outlooks, lambda o: (o.duty.id, o.subject if o.known else "")):
        every = list(group)
        yield every[0], len(every)


def must(one: Outlook, lang: str) -> str:
    """What the rest of the period must bring."""
    if one.needed is None or one.kind == "none":
        return word("rest_none", lang)
    if one.below:
        return word("rest_below", lang, number(one.needed, 2, down=True), one.metric.measure)
    if one.kind == "mean":
        return word("rest_mean", lang, number(one.needed, 1, down=True), one.metric.measure)
    counted = one.metric.unit if isinstance(one.metric, Count | Share) else ""
    days = counted or "天"
    key = f"rest_{one.kind}"
    if one.needed < 0:
        return word("rest_exceeded", lang, number(-one.needed, 0), days)
    return word(key, lang, number(one.needed, 0), days)


def can(one: Outlook, lang: str) -> str:
    """Whether the target can still be met."""
    if one.attainable is None:
        return word("open" if one.valid else "never_valid", lang)
    return word("attainable" if one.attainable else "unattainable", lang)


def _stretch(year: Stretch, lang: str) -> str:
    days = "" if year.days >= 360 else word("year_days", lang, year.days)
    return f"{year.year}: {number(year.to_date, 1)} / {number(year.rest, 1)}{days}"


def _enough(one: Outlook, lang: str) -> list[str]:
    compared = any(year.valid for year in one.earlier)
    if not compared or one.needed is None or not one.attainable or not one.left:
        return []
    if one.enough:
        return [word("enough", lang, ", ".join(map(str, one.enough)))]
    return [word("not_enough", lang)]


def outlook_json(assessment: Assessment, outlooks: tuple[Outlook, ...], lang: str = "zh") -> str:
    """The outlooks as one JSON object; numbers are doubles in the metric's unit."""
    return dump_json(
        {
            "plan": assessment.rulebook.plan.id,
            "county": assessment.rulebook.plan.county,
            "as_of": assessment.as_of.isoformat(),
            "outlooks": [_record(one) for one in outlooks],
            "notes": [note.text(lang) for note in assessment.facts.notes],
        }
    )


def _record(one: Outlook) -> dict[str, Any]:
    period = one.metric.period
    assert period is not None
    return {
        "duty": one.duty.id,
        "rule": one.duty.rule.id,
        "clause": one.duty.clause.id,
        "subject": one.subject,
        "metric": one.metric.id,
        "unit": one.metric.measure,
        "decimals": one.metric.decimals,
        "period": {"begins": period.begins.isoformat(), "ends": period.ends.isoformat()},
        "op": one.op,
        "limit": float(one.limit),
        "value": _float(one.value),
        "lo": one.lo,
        "hi": one.hi,
        "days": {"known": one.known, "missing": one.missing, "left": one.left},
        "needs": one.kind,
        "needed": _float(one.needed),
        "below": one.below,
        "valid": one.valid,
        "attainable": one.attainable,
        "outcome": one.outcome,
        "earlier": [
            {
                "year": year.year,
                "to_date": _float(year.to_date),
                "rest": _float(year.rest),
                "whole": _float(year.whole),
                "counted_in_rest": year.counted,
                "days": year.days,
                "rest_valid": year.valid,
            }
            for year in one.earlier
        ],
        "enough": list(one.enough),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
