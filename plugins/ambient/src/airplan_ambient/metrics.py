"""The metrics of ambient air, in one home: annual items of HJ 663, days by their index, the rank.

Every one is a county's, over a period; where data are too thin it is an interval.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

import attrs
import polars as pl

from airplan_ambient.index import PARTS, composite_index
from airplan_ambient.ledgers import CountyDay, PlacePeriod
from airplan_core import Aggregate, Completeness, County, Metric, Period, Statistic
from airplan_core.engines.parts import PARTS as MEASURED
from airplan_core.engines.polars.measure import measure_each
from airplan_core.model.entity import Entity
from airplan_core.model.tree import ALWAYS, Condition

#: Data needed for a year's statistic: HJ 663-2013 and GB 3095 (table 4).
HJ_663 = Completeness(days=324, month=27, february=25, source="HJ 663-2013; GB 3095 table 4")

#: The same, of the days of the calendar: a day without data stays open.
CALENDAR = attrs.evolve(HJ_663, leaves_out=False)


def _statistic(
    id: str, zh: str, en: str, field: Any, *, p: int | None = None, where: Condition = ALWAYS
) -> Aggregate:
    return Aggregate(
        id=f"ambient.{id}",
        zh=zh,
        en=en,
        subject=County,
        of=CountyDay.county,
        on=CountyDay.date,
        how="mean" if p is None else "percentile",
        p=p,
        measure_of=field,
        where=where,
        complete=HJ_663,
        better="less",
    )


_LEFT = ~CountyDay.dust

PM25_MEAN = _statistic("pm25-mean", "PM2.5平均浓度", "PM2.5 mean", CountyDay.pm25)
PM10_MEAN = _statistic("pm10-mean", "PM10平均浓度", "PM10 mean", CountyDay.pm10)
SO2_MEAN = _statistic("so2-mean", "SO2平均浓度", "SO2 mean", CountyDay.so2)
NO2_MEAN = _statistic("no2-mean", "NO2平均浓度", "NO2 mean", CountyDay.no2)
CO_P95 = _statistic("co-p95", "CO日均值第95百分位数", "CO 95th percentile", CountyDay.co, p=95)
O3_P90 = _statistic(
    "o3-p90", "O3日最大8小时第90百分位数", "O3 8 h 90th percentile", CountyDay.o3_8h, p=90
)
PM25_MEAN_WITHOUT_DUST = _statistic(
    "pm25-mean-without-dust", "PM2.5平均浓度（剔除沙尘）", "PM2.5 mean without dust",
    CountyDay.pm25_without_dust, where=_LEFT,
)  # fmt: skip
PM10_MEAN_WITHOUT_DUST = _statistic(
    "pm10-mean-without-dust", "PM10平均浓度（剔除沙尘）", "PM10 mean without dust",
    CountyDay.pm10_without_dust, where=_LEFT,
)  # fmt: skip

#: The percentiles that the annual evaluation holds against the daily limits (HJ 663, table 1).
EVALUATED = tuple(
    _statistic(f"{name}-p{p}", f"{zh}日均值第{p}百分位数", f"{zh} {p}th percentile", field, p=p)
    for name, zh, field, p in (
        ("so2", "SO2", CountyDay.so2, 98),
        ("no2", "NO2", CountyDay.no2, 98),
        ("pm10", "PM10", CountyDay.pm10, 95),
        ("pm25", "PM2.5", CountyDay.pm25, 95),
    )
)

# 优良 is an index up to 100, 重度及以上 one above 200 (HJ 633). Where a pollutant is missing the
# others make the index at least what they make it, which can decide both.
_ABOVE = CountyDay.aqi_at_least
GOOD = CountyDay.aqi.at_most("100 AQI") & _ABOVE.at_most("100 AQI")
HEAVY = CountyDay.aqi.more_than("200 AQI") | _ABOVE.more_than("200 AQI")


def _days(id: str, zh: str, en: str, where: Condition, better: Any, **more: Any) -> Aggregate:
    given = {"how": "count", "unit": "天", "complete": HJ_663, **more}
    return Aggregate(
        id=f"ambient.{id}", zh=zh, en=en, subject=County, of=CountyDay.county, on=CountyDay.date,
        where=where, better=better, **given,
    )  # fmt: skip


GOOD_DAYS = _days("good-days", "优良天数", "good days", GOOD, "more")
HEAVY_DAYS = _days("heavy-days", "重度及以上污染天数", "heavily polluted days", HEAVY, "less")
_SHARE: dict[str, Any] = {"how": "share", "unit": "%"}
GOOD_SHARE = _days("good-share", "优良天数比例", "share of good days", GOOD, "more", **_SHARE)
HEAVY_SHARE = _days(
    "heavy-share",
    "重度及以上污染天数比例",
    "share of heavily polluted days",
    HEAVY,
    "less",
    **_SHARE,
)
GOOD_SHARE_OF_CALENDAR = _days(
    "good-share-of-calendar", "优良天数占日历天数比例", "share of good days in the calendar",
    GOOD, "more", **{**_SHARE, "complete": CALENDAR},
)  # fmt: skip
HEAVY_SHARE_OF_CALENDAR = _days(
    "heavy-share-of-calendar", "重度及以上污染天数占日历天数比例",
    "share of heavily polluted days in the calendar",
    HEAVY, "less", **{**_SHARE, "complete": CALENDAR},
)  # fmt: skip

#: How each part of the index is reported (HJ 663): whole, CO in tenths.
_REPORTED = {"co_p95": 1}


def _index(id: str, zh: str, en: str, pm10: Aggregate, pm25: Aggregate) -> Statistic:
    parts = {"so2": SO2_MEAN, "no2": NO2_MEAN, "pm10": pm10, "pm25": pm25, "co_p95": CO_P95,
             "o3_p90": O3_P90}  # fmt: skip

    def compute(
        tables: tuple[pl.DataFrame, ...], subjects: pl.Series, period: Period, as_of: dt.date
    ) -> pl.DataFrame:
        rounded = {
            part: metric.rounded(_REPORTED.get(part, 0)).over(period)
            for part, metric in parts.items()
        }
        held = measure_each(list(rounded.values()), [tables] * len(rounded), subjects, as_of)
        held = held.rename(
            {f"{metric.name}.{of}": f"{part}.{of}"
             for part, metric in rounded.items() for of in MEASURED}
        )  # fmt: skip
        ends = {
            end: composite_index(
                held.select(pl.col(f"{part}.{end}").alias(part) for part in PARTS), period.ends
            )
            for end in ("lo", "hi", "value")
        }
        gaps = [
            pl.when(pl.col(f"{part}.gaps") != "").then(pl.format(f"{part}: {{}}", f"{part}.gaps"))
            for part in PARTS
        ]
        return held.select(
            "id",
            **ends,
            known=pl.min_horizontal(f"{part}.known" for part in PARTS),
            possible=pl.max_horizontal(f"{part}.possible" for part in PARTS),
            gaps=pl.concat_list(gaps).list.drop_nulls().list.join("; "),
        )

    return Statistic(
        id=f"ambient.{id}", zh=zh, en=en, subject=County, unit="指数", better="less",
        reads=(CountyDay,), compute=compute,
    )  # fmt: skip


COMPOSITE_INDEX = _index(
    "composite-index", "综合指数（剔除沙尘）", "composite index without dust",
    PM10_MEAN_WITHOUT_DUST, PM25_MEAN_WITHOUT_DUST,
)  # fmt: skip
COMPOSITE_INDEX_WITH_DUST = _index(
    "composite-index-with-dust", "综合指数（含沙尘）", "composite index with dust",
    PM10_MEAN, PM25_MEAN,
)  # fmt: skip


#: The lists of a year so far, and those of its months, by the month they end with.
_YEAR = {"1月": 1, **{f"1-{month}月": month for month in range(2, 12)}, "全年": 12}
_MONTHS = {f"{month}月": month for month in range(1, 13)}


def _ended(period: Period, as_of: dt.date) -> pl.Expr:
    """Whether the span's last month has ended: later lists do not exist yet."""
    ended = [
        month
        for month in range(1, 13)
        if as_of
        >= dt.date(period.begins.year, month, calendar.monthrange(period.begins.year, month)[1])
    ]
    return pl.col("month").is_in(ended)


def _one(behind: pl.Expr, monthly: bool) -> pl.Expr:
    """Of the lists of a year in order: the worst of the months, or the one of the year so far."""
    return behind.min() if monthly else behind.last()


def places_behind(
    id: str,
    zh: str,
    en: str,
    subject: type[Entity],
    ranking: str,
    population: int,
    *,
    monthly: bool = False,
) -> Statistic:
    """How many places of a ranking stand behind the subject: it has left the last *n* if n do.

    Args:
        id: of the metric.
        zh: its name.
        en: its name in English.
        subject: whose rank it is; a row of `place_period` is its own where `place` is its id.
        ranking: the list, as `place_period.ranking` names it.
        population: how many places the list has; those that are not entered stay open.
        monthly: of each of the year's months the worst, instead of the whole year's list.
    """

    def compute(
        tables: tuple[pl.DataFrame, ...], subjects: pl.Series, period: Period, as_of: dt.date
    ) -> pl.DataFrame:
        spans = _MONTHS if monthly else _YEAR
        held = tables[0].filter(
            (pl.col("ranking") == ranking)
            & (pl.col("year") == period.begins.year)
            & pl.col("span").cast(pl.String).is_in(list(spans))
        )
        mine = (
            held.filter(pl.col("place").is_in(subjects.implode()) & pl.col("rank").is_not_null())
            .with_columns(
                month=pl.col("span").cast(pl.String).replace_strict(spans, return_dtype=pl.Int64)
            )
            .filter(_ended(period, as_of))
            # a published rank is of the whole list; a computed one, of the places entered
            .with_columns(total=pl.col("places").fill_null(population))
            .with_columns(
                behind=pl.col("total") - pl.col("rank"),
                open=pl.max_horizontal(population - pl.col("total"), 0),
            )
            .sort("month")
            .group_by("place")
            .agg(
                lo=_one(pl.col("behind"), monthly),
                hi=_one(pl.col("behind") + pl.col("open"), monthly),
                known=pl.len().cast(pl.Int64),
                month=pl.col("month").last(),
            )
        )
        found = (
            subjects.alias("id")
            .to_frame()
            .join(mine, left_on="id", right_on="place", how="left", maintain_order="left")
        )
        known = pl.col("known").fill_null(0)
        # the year's own list decides; the months' lists do once all twelve are there
        complete = (known >= 12) if monthly else (pl.col("month") == 12).fill_null(value=False)
        closes = complete | pl.lit(monthly)
        return found.select(
            "id",
            lo=pl.when(complete).then("lo").otherwise(0),
            hi=pl.when(pl.col("hi").is_not_null() & closes).then("hi").otherwise(population - 1),
            value="lo",
            known=known,
            possible=pl.lit(12),
            gaps=pl.when(complete | pl.lit(as_of < period.ends))
            .then(pl.lit(""))
            .otherwise(
                pl.format(f"{ranking} {period.name}: {{}} / {12 if monthly else '全年'}", known)
            ),
        )

    return Statistic(
        id=id, zh=zh, en=en, subject=subject, unit="位", better="more", decimals=0,
        reads=(PlacePeriod,), compute=compute,
    )  # fmt: skip


METRICS: tuple[Metric, ...] = (
    PM25_MEAN, PM25_MEAN_WITHOUT_DUST, PM10_MEAN, PM10_MEAN_WITHOUT_DUST, SO2_MEAN, NO2_MEAN,
    CO_P95, O3_P90, *EVALUATED, GOOD_DAYS, HEAVY_DAYS, GOOD_SHARE, HEAVY_SHARE,
    GOOD_SHARE_OF_CALENDAR, HEAVY_SHARE_OF_CALENDAR, COMPOSITE_INDEX, COMPOSITE_INDEX_WITH_DUST,
)  # fmt: skip
