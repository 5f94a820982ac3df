"""Granted exemptions: which are in force, which were not needed, which do not count."""

from __future__ import annotations

import polars as pl

from airplan_core.assessment.verdicts import select
from airplan_core.engines.engine import Engine
from airplan_core.model.ledgers import Exemption


def exemptions(engine: Engine) -> pl.DataFrame:
    """Every granted exemption and its `effect`: in force, unused, expired, not yet, undated."""
    needed = pl.col("otherwise") != "PENDING"
    used = select(engine, "EXEMPT").filter(needed).select("rule", "subject").unique()
    first, last = pl.col("valid_from"), pl.col("valid_to")
    effect = (
        pl.when(first.is_null() | last.is_null())
        .then(pl.lit("undated"))
        .when(last < engine.as_of)
        .then(pl.lit("expired"))
        .when(first > engine.as_of)
        .then(pl.lit("not yet"))
        .when("used")
        .then(pl.lit("in force"))
        .otherwise(pl.lit("unused"))
    )
    return (
        engine.facts.table(Exemption)
        .join(
            used.with_columns(used=pl.lit(value=True)),
            on=["rule", "subject"],
            how="left",
            maintain_order="left",
        )
        .with_columns(effect=effect)
        .drop("used")
    )
