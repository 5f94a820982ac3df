"""Verdicts as a table for people: their sentence, whose it is, and what is lacking, in words."""

from __future__ import annotations

from typing import Any

import polars as pl
import polars.selectors as cs

from airplan_core.model.outcome import NAMES
from airplan_core.readers.words import outcome_word, word
from airplan_core.report.sheets import as_written

#: The table's columns in order: the key of each heading, and the column it is made of.
_COLUMNS = {
    "subject": "subject", "ledger": "ledger", "outcome": "outcome", "due": "due",
    "margin": "margin", "measured": "measured", "limit": "limit", "unit": "unit",
    "text": "text", "clause": "clause", "lead": "lead", "shared": "shared",
    "cooperating": "cooperating", "whose_open": "departments_open",
    "missing": "missing", "unreadable_cells": "unreadable",
    "possible": "possible", "otherwise": "otherwise", "strength": "strength",
    "campaign": "campaign", "rule": "rule",
}  # fmt: skip


def people_table(verdicts: pl.DataFrame, sentences: pl.DataFrame, lang: str = "zh") -> pl.DataFrame:
    """The verdicts under headings in the reader's language, every cell as a person writes it.

    Args:
        verdicts: of a county, or of several under a first column `county`.
        sentences: what their duties say: `sentences.SENTENCE_SCHEMA`; of several counties, too.
        lang: `zh` or `en`.
    """
    keys = ["county", "duty"] if "county" in verdicts.columns else ["duty"]
    both = [name for name in sentences.columns if name.endswith(f"_{lang}")]
    said = sentences.select(
        *keys, "lead", "shared", "cooperating", pl.col("fact").alias("field"),
        *(pl.col(name).alias(name.removesuffix(f"_{lang}")) for name in both),
    )  # fmt: skip
    named = {name: outcome_word(name, lang) for name in NAMES}
    outcomes = pl.col("outcome", "otherwise").replace_strict(named, default=None)
    every = pl.element().replace_strict(named, default=None)
    table = verdicts.join(said, on=keys, how="left", maintain_order="left")
    roles = ("lead", "shared", "cooperating")
    table = table.with_columns(
        *(pl.col(role).list.set_intersection("departments") for role in roles),
        outcomes,
        pl.col("possible").list.eval(every),
        _labels(table),
        due=pl.col("due").dt.to_string("%Y-%m-%d").fill_null(word("standing", lang)),
    ).with_columns(as_written(cs.float()))
    headings = {"county": word("county", lang)} if "county" in keys else {}
    headings |= {
        column: word(key, lang) for key, column in _COLUMNS.items() if column in table.columns
    }
    if not table["departments_open"].count():
        headings.pop("departments_open")
    return table.select(pl.col(column).alias(head) for column, head in headings.items())


def _labels(table: pl.DataFrame) -> pl.Series:
    """What is missing, as it is called for a person."""
    names: dict[Any, list[str] | None] = {None: None}
    found: list[list[str] | None] = []
    for missing, fields, labels in table.select("missing", "field", "fact").iter_rows():
        if missing is None:
            found.append(None)
            continue
        key = (tuple(missing), tuple(fields))
        if key not in names:
            label = dict(zip(fields, labels, strict=True))
            names[key] = [label.get(name, name) for name in missing]
        found.append(names[key])
    return pl.Series("missing", found, pl.List(pl.String))
