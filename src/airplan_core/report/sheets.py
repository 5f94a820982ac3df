"""A table as CSV: nothing in it runs, nothing is hidden, a spreadsheet knows its encoding."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs

from airplan_core.visible import UNSEEN, visible

#: A spreadsheet knows UTF-8 by its mark.
MARK = "\ufeff"

#: What a spreadsheet may take for the start of a formula, in either width.
_FORMULA = r"^(\s*[=+\-@＝＋－＠])"
_NEGATIVE = r"^-[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$"


def csv_text(table: pl.DataFrame) -> str:
    """The table as CSV: lists in one cell, signs that are obeyed shown, formulas as text."""
    joined = cs.by_dtype(pl.List(pl.String)).list.join("；")
    flat = table.with_columns(pl.when(joined != "").then(joined))
    flat = flat.with_columns(cs.by_dtype(pl.Categorical, pl.Enum).cast(pl.String))
    obeyed = [one.name for one in flat.select(cs.string()) if one.str.contains(UNSEEN).any()]
    shown = flat.with_columns(
        pl.col(name).map_elements(visible, return_dtype=pl.String) for name in obeyed
    )
    number = cs.string().str.contains(_NEGATIVE)
    as_text = cs.string().str.replace(_FORMULA, "'${1}")
    return shown.with_columns(pl.when(number).then(cs.string()).otherwise(as_text)).write_csv()


def as_written(numbers: pl.Expr) -> pl.Expr:
    """Numbers as a person writes them: 0.9, not 0.9000000000000057; 30000000, not 3e7.

    They have six decimals, as the quantities of ledgers do; what is smaller is not called 0.
    """
    rounded = numbers.round(6) + 0.0  # -0.0 is 0
    shown = pl.when((rounded == 0) & (numbers != 0)).then(numbers).otherwise(rounded)
    return shown.cast(pl.String).str.replace(r"\.0$", "")
