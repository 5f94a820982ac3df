"""A province as text and JSON: a line for each county, then what falls short where."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from rich.table import Table

from airplan_core.assessment.province import Province
from airplan_core.model.outcome import NAMES, SHORT_NAMES
from airplan_core.readers.words import outcome_word, word
from airplan_core.report.data import dump_json
from airplan_core.report.page import new_page, text_of
from airplan_core.report.problems import problem_lines, problem_record


def province_text(
    province: Province,
    lang: str = "zh",
    limit: int = 30,
    width: int = 140,
    *,
    color: bool = False,
    outcomes: Sequence[str] = (),
) -> str:
    """The report of a province: the outcomes of every county, and what falls short.

    With `outcomes`, these alone are counted and listed.
    """
    names = [name for name in NAMES if not outcomes or name in outcomes]
    page = new_page(width, color=color)
    page.print(f"{word('as_of', lang)} {province.as_of}", style="bold")
    table = Table(box=None, pad_edge=False)
    table.add_column(word("county", lang))
    for name in names:
        table.add_column(outcome_word(name, lang), justify="right")
    for one in province.counties:
        if one.error:
            table.add_row(one.county, word("failed", lang))
            continue
        counts = dict(one.counts.group_by("outcome").agg(pl.col("count").sum()).iter_rows())
        table.add_row(one.county, *(str(counts.get(name, 0)) for name in names))
    page.print(table)
    if province.failed:
        page.print(f"\n{word('failed', lang)} ({len(province.failed)})", style="bold")
        for one in province.failed:
            lines = (*one.error.text(lang).splitlines(), *problem_lines(one.problems, lang))
            for line in lines[:limit]:
                page.print(f"  {one.county}: {line}")
            if len(lines) > limit:
                page.print("  " + word("more", lang, len(lines) - limit))
    verdicts = province.verdicts
    if verdicts.height:
        short = verdicts.filter(pl.col("outcome").is_in(outcomes or SHORT_NAMES))
        short = short.sort("due", "county", "rule", "subject", nulls_last=True)
        title = "short" if set(outcomes or SHORT_NAMES) <= set(SHORT_NAMES) else "listed"
        page.print(f"\n{word(title, lang)} ({short.height})", style="bold")
        for row in short.head(limit).iter_rows(named=True):
            due = row["due"] or ""
            outcome = outcome_word(row["outcome"], lang)
            page.print(f"  {row['county']}  {row['rule']}  {row['subject']}  {outcome}  {due}")
        if short.height > limit:
            page.print("  " + word("more", lang, short.height - limit))
    return text_of(page)


def province_json(province: Province, lang: str = "zh", outcomes: Sequence[str] = ()) -> str:
    """The counties with their counts, errors and rows set aside, and every verdict.

    With `outcomes`, these alone are counted.
    """
    meant = pl.col("outcome").is_in(outcomes or list(NAMES))
    counties = [
        {
            "county": one.county,
            "clean": one.clean,
            "error": one.error.text(lang) or None,
            "problems": [problem_record(problem, lang) for problem in one.problems],
            "counts": [] if one.error else one.counts.filter(meant).to_dicts(),
            "set_aside": [problem_record(problem, lang) for problem in one.set_aside],
            "notes": [note.text(lang) for note in one.notes],
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
