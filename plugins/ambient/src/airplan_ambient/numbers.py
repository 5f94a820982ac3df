"""What is computed with is a number: columns are widened, and what is no number is named."""

import math

import polars as pl
import polars.selectors as cs

_FRACTIONS = cs.float() | cs.decimal() | cs.by_dtype(pl.Null)


def widened(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns as Int64 where they hold whole numbers, else as Float64.

    Raises:
        ValueError: a column holds no numbers, or NaN or an infinite one; it is named, with the
            first such row, counted from 0.
    """
    wide = frame.with_columns(cs.integer().cast(pl.Int64), _FRACTIONS.cast(pl.Float64))
    for column in wide:
        name = column.name or "the column"
        if column.dtype not in (pl.Int64, pl.Float64):
            raise ValueError(f"{name}: expected numbers; read a column of {column.dtype}")
        # one that is not finite makes the sum so
        if column.dtype == pl.Float64 and not math.isfinite(column.sum()):
            for row in (~column.is_finite()).arg_true():
                raise ValueError(
                    f"{name}: expected a number, or null where there is none; read {column[row]} "
                    f"in row {row}"
                )
    return wide
