"""A ranking is completed: the index of every place from its statistics, its rank from the list."""

import datetime as dt
from collections.abc import Mapping

import polars as pl

from airplan_ambient.index import composite_index, rank

_LIST = ("ranking", "year", "span")


def completed(own: pl.DataFrame, readings: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """The `place_period` ledger with every index and rank that its rows allow.

    Where a rank is given for any place of a list, the list is published: its ranks are kept, and
    none is made up beside them. `entered` is how many places a computed rank is among.
    """
    notes: list[str] = []
    parts = []
    for (name, year, span), places in own.group_by(_LIST, maintain_order=True):
        if year is None or span is None:
            parts.append(places)
            continue
        index = composite_index(places, dt.date(int(year), 12, 31))
        differ = int(((places["index"] - index).abs() > 1e-9).sum() or 0)
        if differ:
            notes.append(
                f"place_period: {name} {year} {span}: {differ} published indices differ from their "
                "statistics; what is published is kept"
            )
        places = places.with_columns(pl.coalesce("index", index))
        ranks = rank(
            places["index"],
            ties=readings["ambient.rank-ties"],
            without_data=readings["ambient.rank-without-data"],
        )
        wrong = places.filter(places["rank"] != ranks).height
        if not places["rank"].count():
            counted = pl.lit(ranks.count(), pl.Int64)
            places = places.with_columns(ranks.alias("rank"), counted.alias("entered"))
        elif wrong and not places["index"].null_count():
            notes.append(
                f"place_period: {name} {year} {span}: {wrong} published ranks differ from those "
                "of the indices entered; what is published is kept"
            )
        parts.append(places)
    if not parts:
        return own, notes
    at = own.with_row_index("at").select("at", "id")
    table = pl.concat(parts).join(at, on="id").sort("at").drop("at")
    return table.select(own.columns), notes
