"""A ranking is completed: the index of every place from its statistics, its rank from the list."""

import calendar
import datetime as dt
from collections.abc import Mapping

import polars as pl

from airplan_ambient.index import composite_index, rank
from airplan_ambient.standards import standard_of
from airplan_core import Period, Said

#: The periods that places are ranked for, each by its first and its last month.
SPANS = {
    "全年": (1, 12),
    **{f"{quarter}季度": (3 * n - 2, 3 * n) for n, quarter in enumerate("一二三四", 1)},
    **{f"{month}月": (month, month) for month in range(1, 13)},
    **{f"1-{month}月": (1, month) for month in range(2, 12)},
}

_LIST = ("ranking", "year", "span")


def period_of(year: int, span: str) -> Period:
    """The days of a list's period."""
    first, last = SPANS[span]
    ends = dt.date(year, last, calendar.monthrange(year, last)[1])
    return Period(f"{year} {span}", dt.date(year, first, 1), ends)


def completed(own: pl.DataFrame, readings: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """The `place_period` ledger with every index and rank that its rows allow.

    A rank that is published is kept. `entered` is how many places a computed rank is among.
    """
    notes: list[str] = []
    parts = []
    for (name, year, span), places in own.group_by(_LIST, maintain_order=True):
        if year is None or span is None:
            parts.append(places)
            continue
        period = period_of(int(year), str(span))
        index = composite_index(places, period.ends)
        standard = standard_of(period.ends)
        if (
            period.begins < standard.begins
            and (places["index"].is_null() & index.is_not_null()).any()
        ):
            notes.append(
                Said(
                    f"空气质量排名：{name} {year} {span}：按最后一天的标准 {standard.id} "
                    f"的限值；{standard.begins} 以前是别的标准",
                    f"place_period: {name} {year} {span}: the limits are those of its last day, by "
                    f"{standard.id}; until {standard.begins} others were in force",
                )
            )
        differ = int(((places["index"] - index).abs() > 1e-9).sum() or 0)
        if differ:
            notes.append(
                Said(
                    f"空气质量排名：{name} {year} {span}：{differ} "
                    "个公布的指数与由统计值计算的不同，以公布的为准",
                    f"place_period: {name} {year} {span}: {differ} published indices differ "
                    "from their statistics; what is published is kept",
                )
            )
        places = places.with_columns(pl.coalesce("index", index))
        ranks = rank(
            places["index"],
            ties=readings["ambient.rank-ties"],
            without_data=readings["ambient.rank-without-data"],
        )
        wrong = places.filter(places["rank"] != ranks).height
        if wrong and not places["index"].null_count():
            notes.append(
                Said(
                    f"空气质量排名：{name} {year} {span}：{wrong} "
                    "个公布的名次与由所填指数得出的不同，以公布的为准",
                    f"place_period: {name} {year} {span}: {wrong} published ranks differ from "
                    "those of the indices entered; what is published is kept",
                )
            )
        most = max(places["places"].drop_nulls().to_list(), default=places.height)
        if most < places.height:
            notes.append(
                Said(
                    f"空气质量排名：{name} {year} {span}：名单有 {most} 个，却填了 "
                    f"{places.height} 个；核对哪些不在名单里",
                    f"place_period: {name} {year} {span}: {places.height} places are entered "
                    f"of a list of {most}; see which of them are not of it",
                )
            )
        computed = places["rank"].is_null() & ranks.is_not_null()
        places = places.with_columns(
            pl.coalesce("rank", ranks),
            entered=pl.when(computed).then(ranks.count()).otherwise("entered").cast(pl.Int64),
        )
        parts.append(places)
    if not parts:
        return own, notes
    at = own.with_row_index("at").select("at", "id")
    table = pl.concat(parts).join(at, on="id").sort("at").drop("at")
    return table.select(own.columns), notes
