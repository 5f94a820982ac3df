"""Which time it is that something happens, as a column of its rows."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from airplan_core.facts.facts import Facts
from airplan_core.model.nth import Nth


def with_nth(rows: pl.LazyFrame, facts: Facts, leaves: Iterable[Nth]) -> pl.LazyFrame:
    """The rows of a ledger with their places among all of its rows; null where one is not known."""
    for leaf in leaves:
        assert leaf.entity is not None, "it is a field of a ledger"
        key, day = pl.col(leaf.of.name), pl.col(leaf.day.name)
        among = [key, day.dt.year()] if leaf.yearly else [key]
        known = ~key.is_null().any() & ~day.is_null().any().over(key)
        place = pl.int_range(1, pl.len() + 1)
        found = (
            facts.rows(leaf.entity)
            .lazy()
            .sort(day, "id")
            .select("id", pl.when(known).then(place.over(among)).alias(leaf.name))
        )
        rows = rows.join(found, on="id", how="left", maintain_order="left")
    return rows
