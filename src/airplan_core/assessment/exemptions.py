"""Granted exemptions: which are in force, which were not needed, which do not count."""

from __future__ import annotations

from typing import Any

import polars as pl

from airplan_core.assessment.verdicts import select
from airplan_core.engines.engine import Engine
from airplan_core.engines.standing import named_by
from airplan_core.model.ledgers import Exemption
from airplan_core.readers.polars import condition

#: The columns of a table of who is exempted by another sentence, in order.
WAIVED_SCHEMA: dict[str, Any] = {
    "rule": pl.String, "subject": pl.String, "clause": pl.String, "duty": pl.String,
}  # fmt: skip


def waived(engine: Engine) -> pl.DataFrame:
    """Every subject that another sentence exempts from a rule: rows of `WAIVED_SCHEMA`."""
    rows: list[tuple[str, str, str, str]] = []
    duties = [
        duty for duty in engine.rulebook.duties
        if any(one.clause is not None for one in duty.exempts)
        and engine.counted[duty.id].get("EXEMPT")
    ]  # fmt: skip
    for duty, table in engine.standing(duties, named_by(["EXEMPT"])):
        for one in duty.exempts:
            if one.clause is not None:
                told = table.filter(condition(one.when, engine.as_of))["id"]
                rows += [(duty.rule.id, id, one.clause.id, duty.id) for id in told]
    # a sentence that exempts in two ways does so once
    return pl.DataFrame(list(dict.fromkeys(rows)), schema=WAIVED_SCHEMA, orient="row")


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
