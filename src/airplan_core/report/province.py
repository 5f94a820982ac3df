"""A province as text and JSON: a line for each county, then what falls short where."""

from __future__ import annotations

import polars as pl
from rich.table import Table

from airplan_core.assessment.province import Province
from airplan_core.model.outcome import NAMES, SHORT_NAMES
from airplan_core.readers.words import outcome_word, word
from airplan_core.report.data import dump_json
from airplan_core.report.page import new_page, text_of


def province_text(
    province: Province, lang: str = "zh", limit: int = 30, width: int = 140, *, color: bool = False
) -> str:
    """The report of a province: the outcomes of every county, and what falls short."""
    page = new_page(width, color=color)
    page.print(f"{word('as_of', lang)} {province.as_of}", style="bold")
    table = Table(box=None, pad_edge=False)
    table.add_column(word("county", lang))
    for name in NAMES:
        table.add_column(outcome_word(name, lang), justify="right")
    for one in province.counties:
        if one.error:
            table.add_row(one.county, word("failed", lang))
            continue
        counts = dict(one.counts.group_by("outcome").agg(pl.col("count").sum()).iter_rows())
        table.add_row(one.county, *(str(counts.get(name, 0)) for name in NAMES))
    page.print(table)
    if province.failed:
        page.print(f"\n{word('failed', lang)} ({len(province.failed)})", style="bold")
        for one in province.failed:
            for line in one.error.splitlines():
                page.print(f"  {one.county}: {line}")
    verdicts = province.verdicts
    if verdicts.height:
        short = verdicts.filter(pl.col("outcome").is_in(SHORT_NAMES))
        short = short.sort("due", "county", "rule", "subject", nulls_last=True)
        page.print(f"\n{word('short', lang)} ({short.height})", style="bold")
        for row in short.head(limit).iter_rows(named=True):
            due = row["due"] or ""
            outcome = outcome_word(row["outcome"], lang)
            page.print(f"  {row['county']}  {row['rule']}  {row['subject']}  {outcome}  {due}")
        if short.height > limit:
            page.print("  " + word("more", lang, short.height - limit))
    return text_of(page)


def province_json(province: Province) -> str:
    """The counties with their counts, errors and rows set aside, and every verdict."""
    counties = [
        {
            "county": one.county,
            "clean": one.clean,
            "error": one.error or None,
            "counts": one.counts.to_dicts(),
            "set_aside": list(one.set_aside),
            "notes": list(one.notes),
        }
        for one in province.counties
    ]
    return dump_json(
        {
            "as_of": province.as_of,
            "clean": province.clean,
            "counties": counties,
            "verdicts": province.verdicts.to_dicts(),
        }
    )
