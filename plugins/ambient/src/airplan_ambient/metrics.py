"""The metrics of ambient air, in one home: annual items of HJ 663, days by their index, the rank.

Every one is a county's, over a period; where data are too thin it is an interval.
"""

import calendar
import datetime as dt
from functools import partial

import attrs
import polars as pl

from airplan_ambient.index import PARTS, composite_index
from airplan_ambient.ledgers import CountyDay, PlacePeriod
from airplan_core import (
    Completeness,
    Count,
    County,
    Entity,
    Mean,
    Percentile,
    Period,
    Share,
    Statistic,
    measure_each,
)

#: Data needed for a year's statistic: HJ 663-2013 and GB 3095 (table 4).
HJ_663 = Completeness(days=324, month=27, february=25, source="HJ 663-2013; GB 3095 table 4")

#: The same, of the days of the calendar: a day without data stays open.
CALENDAR = attrs.evolve(HJ_663, leaves_out=False)


#: The statistics of a county's days, valid by HJ 663: the less the better.
_mean = partial(Mean, of=CountyDay.county, on=CountyDay.date, complete=HJ_663, better="less")
_percentile = partial(
    Percentile, of=CountyDay.county, on=CountyDay.date, complete=HJ_663, better="less"
)

PM25_MEAN = _mean(
    id="ambient.pm25-mean", zh="PM2.5平均浓度", en="PM2.5 mean", measure_of=CountyDay.pm25
)
PM10_MEAN = _mean(
    id="ambient.pm10-mean", zh="PM10平均浓度", en="PM10 mean", measure_of=CountyDay.pm10
)
SO2_MEAN = _mean(id="ambient.so2-mean", zh="SO2平均浓度", en="SO2 mean", measure_of=CountyDay.so2)
NO2_MEAN = _mean(id="ambient.no2-mean", zh="NO2平均浓度", en="NO2 mean", measure_of=CountyDay.no2)
CO_P95 = _percentile(
    id="ambient.co-p95", zh="CO日均值第95百分位数", en="CO 95th percentile",
    measure_of=CountyDay.co, p=95,
)  # fmt: skip
O3_P90 = _percentile(
    id="ambient.o3-p90", zh="O3日最大8小时第90百分位数", en="O3 8 h 90th percentile",
    measure_of=CountyDay.o3_8h, p=90,
)  # fmt: skip
PM25_MEAN_WITHOUT_DUST = _mean(
    id="ambient.pm25-mean-without-dust", zh="PM2.5平均浓度（剔除沙尘）",
    en="PM2.5 mean without dust", measure_of=CountyDay.pm25_without_dust,
    where=~CountyDay.dust_pm25,
)  # fmt: skip
PM10_MEAN_WITHOUT_DUST = _mean(
    id="ambient.pm10-mean-without-dust", zh="PM10平均浓度（剔除沙尘）",
    en="PM10 mean without dust", measure_of=CountyDay.pm10_without_dust, where=~CountyDay.dust,
)  # fmt: skip

#: The percentiles that the annual evaluation holds against the daily limits (HJ 663, table 1).
EVALUATED = tuple(
    _percentile(
        id=f"ambient.{name}-p{p}", zh=f"{zh}日均值第{p}百分位数", en=f"{zh} {p}th percentile",
        measure_of=field, p=p,
    )
    for name, zh, field, p in (
        ("so2", "SO2", CountyDay.so2, 98),
        ("no2", "NO2", CountyDay.no2, 98),
        ("pm10", "PM10", CountyDay.pm10, 95),
        ("pm25", "PM2.5", CountyDay.pm25, 95),
    )
)  # fmt: skip

# 优良 is an index up to 100, 重度及以上 one above 200 (HJ 633). Where a pollutant is missing the
# others make the index at least what they make it, which can decide both.
_ABOVE = CountyDay.aqi_at_least
GOOD = CountyDay.aqi.at_most("100 AQI") & _ABOVE.at_most("100 AQI")
HEAVY = CountyDay.aqi.more_than("200 AQI") | _ABOVE.more_than("200 AQI")


_count = partial(Count, unit="天", of=CountyDay.county, on=CountyDay.date, complete=HJ_663)
#: The shares of good and of heavy days are of the same days: those whose index is known, or heavy.
JUDGED = CountyDay.aqi.at_least("0 AQI") | HEAVY
_share = partial(Share, unit="天", of=CountyDay.county, on=CountyDay.date)

GOOD_DAYS = _count(id="ambient.good-days", zh="优良天数", en="good days", where=GOOD, better="more")
HEAVY_DAYS = _count(
    id="ambient.heavy-days", zh="重度及以上污染天数", en="heavily polluted days",
    where=HEAVY, better="less",
)  # fmt: skip
GOOD_SHARE = _share(
    id="ambient.good-share", zh="优良天数比例", en="share of good days",
    where=GOOD, among=JUDGED, complete=HJ_663, better="more",
)  # fmt: skip
HEAVY_SHARE = _share(
    id="ambient.heavy-share", zh="重度及以上污染天数比例", en="share of heavily polluted days",
    where=HEAVY, among=JUDGED, complete=HJ_663, better="less",
)  # fmt: skip
GOOD_SHARE_OF_CALENDAR = _share(
    id="ambient.good-share-of-calendar", zh="优良天数占日历天数比例",
    en="share of good days in the calendar", where=GOOD, complete=CALENDAR, better="more",
)  # fmt: skip
HEAVY_SHARE_OF_CALENDAR = _share(
    id="ambient.heavy-share-of-calendar", zh="重度及以上污染天数占日历天数比例",
    en="share of heavily polluted days in the calendar",
    where=HEAVY, complete=CALENDAR, better="less",
)  # fmt: skip

#: How each part of the index is reported (HJ 663): whole, CO in tenths.
_REPORTED = {"co_p95": 1}


def _index(id: str, zh: str, en: str, pm10: Mean, pm25: Mean) -> Statistic:
    parts: dict[str, Mean | Percentile] = {
        "so2": SO2_MEAN, "no2": NO2_MEAN, "pm10": pm10, "pm25": pm25, "co_p95": CO_P95,
        "o3_p90": O3_P90,
    }  # fmt: skip

    def compute(
        tables: tuple[pl.DataFrame, ...], subjects: pl.Series, period: Period, as_of: dt.date
    ) -> pl.DataFrame:
        made = {
            part: metric.rounded(_REPORTED.get(part, 0)).over(period)
            for part, metric in parts.items()
        }
        held = measure_each(list(made.values()), tables, subjects, as_of)

        def every(name: str) -> list[pl.Expr]:
            return [pl.col(made[part].part(name)).alias(part) for part in PARTS]

        ends = {
            end: composite_index(held.select(every(end)), period.ends)
            for end in ("lo", "hi", "value")
        }
        gaps = [
            pl.when(there != "").then(pl.format(f"{part}: {{}}", there))
            for part, there in zip(PARTS, every("gaps"), strict=True)
        ]
        return held.select(
            "id",
            **ends,
            known=pl.min_horizontal(every("known")),
            possible=pl.max_horizontal(every("possible")),
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
        > dt.date(period.begins.year, month, calendar.monthrange(period.begins.year, month)[1])
    ]
    return pl.col("month").is_in(ended)


def _one(behind: pl.Expr, monthly: bool) -> pl.Expr:
    """Of the lists of a year in order: the worst of the months, or the one of the year so far."""
    return behind.min() if monthly else behind.last()


def _alike() -> pl.Expr:
    """How many places of a row's list share its rank behind it: none where it is the last of them.

    Places that are level take the first of their ranks (10, 10, 12), or the last (11, 11, 12),
    which only a whole list shows. A rank that is published without an index is not one of those
    computed from the indices entered: where both are 88, neither is level with the other.
    """
    better = pl.col("rank").rank("min").over("span") - 1
    published, ranked = pl.col("entered").is_null(), pl.col("index").is_not_null()
    others = (
        pl.when(published & ranked)
        .then(pl.len().over("span", "rank"))
        .when(published)
        .then(published.sum().over("span", "rank"))
        .otherwise((ranked | ~published).sum().over("span", "rank"))
        .cast(pl.Int64)
    ) - 1
    whole = pl.col("rank").count().over("span") == pl.col("among")
    takes_last = whole & (pl.col("rank") == better + others + 1)
    return pl.when(takes_last).then(0).otherwise(others).cast(pl.Int64).alias("alike")


def places_behind(
    id: str,
    zh: str,
    en: str,
    subject: type[Entity],
    ranking: str,
    population: int,
    *,
    monthly: bool = False,
    level: bool = True,
    fixed: bool = False,
) -> Statistic:
    """How many places of a ranking stand behind the subject: it has left the last *n* if n do.

    Args:
        id: of the metric.
        zh: its name.
        en: its name in English.
        subject: whose rank it is; a row of `place_period` is its own where `place` is its id.
        ranking: the list, as `place_period.ranking` names it.
        population: how many places the list has, unless it says so itself; of a list that is
            entered here, those that are not entered stay open.
        monthly: of each of the year's months the worst, instead of the whole year's list.
        level: places with the same rank count as behind; without, only those that are worse do.
        fixed: it is `population` that the rank is taken from, however many places the list has.
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
        # a published rank is of the whole list; a computed one, of the places entered
        held = held.with_columns(total=pl.col("places").fill_null(population))
        held = held.with_columns(among=pl.coalesce("entered", "total"))
        # a rank that the list does not have is none, and is told
        is_one = pl.col("rank") <= pl.col("among")
        beyond = held.filter(~is_one).select(
            "place", said=pl.format(f"{ranking} {{}}: rank {{}} of {{}}", "span", "rank", "among")
        )
        beyond = beyond.unique("place", keep="first", maintain_order=True)
        held = held.filter(is_one | pl.col("rank").is_null()).with_columns(_alike())
        mine = (
            held.filter(pl.col("place").is_in(subjects.implode()) & pl.col("rank").is_not_null())
            .with_columns(
                month=pl.col("span").cast(pl.String).replace_strict(spans, return_dtype=pl.Int64)
            )
            .filter(_ended(period, as_of))
            .with_columns(
                open=pl.max_horizontal(pl.col("total") - pl.col("entered"), 0).fill_null(0),
                last=pl.col("rank") + (0 if level else pl.col("alike")),
            )
            .with_columns(
                behind=(pl.lit(population) - pl.col("last") - pl.col("open")).clip(0)
                if fixed
                else pl.col("among") - pl.col("last")
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
            .join(beyond, left_on="id", right_on="place", how="left", maintain_order="left")
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
            gaps=pl.when(pl.col("said").is_not_null())
            .then("said")
            .when(complete | pl.lit(not period.over(as_of)))
            .then(pl.lit(""))
            .otherwise(
                pl.format(f"{ranking} {period.name}: {{}} / {12 if monthly else '全年'}", known)
            ),
        )

    return Statistic(
        id=id, zh=zh, en=en, subject=subject, unit="位", better="more", decimals=0,
        reads=(PlacePeriod,), compute=compute,
    )  # fmt: skip
