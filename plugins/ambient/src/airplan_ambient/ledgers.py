"""The ledgers of ambient air: stations, their hours and days, the county's days, dust, rankings.

Concentrations are µg/m³, CO mg/m³, as platforms export them; their headers may leave the unit out.
"""

from decimal import Decimal

import polars as pl

from airplan_ambient import days, exports, ranking
from airplan_ambient.breakpoints import CATEGORIES
from airplan_ambient.interpretations import (
    AQI_INPUT,
    AQI_MISSING,
    O3_HOUR_IN_DAY,
    RANK_TIES,
    RANK_WITHOUT_DATA,
    STATIONS,
)
from airplan_ambient.ranking import SPANS
from airplan_core import (
    Band,
    Counted,
    County,
    Demand,
    Derivation,
    Entity,
    Event,
    Flag,
    Gauge,
    Keyed,
    Measured,
    Moment,
    Reference,
    Stated,
    Text,
    counted,
    event,
    flag,
    measured,
    moment,
    reference,
    stated,
    text,
)

#: The categories of HJ 633, as the values of an index are called.
AQI_BANDS = tuple(Band(Decimal(one.up_to), one.zh, one.en, one.colour) for one in CATEGORIES)

# what no monitor of ambient air has measured: a dust storm's PM10 comes near 10 mg/m³. CO above
# 100 mg/m³ is CO in µg/m³ under the wrong header
_MOST = {"pm25": 5000, "pm10": 10000, "so2": 5000, "no2": 4000, "co": 100, "o3": 2000}

#: How platforms and loggers write that there is no value, and mark one that is not valid: H too
#: few minutes, BB no connection, B out of order, W waiting, HSp and LSp beyond the span, PS, PZ and
#: AS under a check, CZ and CS under calibration, RM by hand.
EXPORTED = Gauge(
    missing=frozenset(
        f"-{nines}{zeros}" for nines in ("1", "9", "99", "999", "9999", "99999")
        for zeros in ("", ".0", ".00")
    ),
    flags=("H", "BB", "B", "W", "HSp", "LSp", "PS", "PZ", "AS", "CZ", "CS", "RM"),
)  # fmt: skip

# the state network publishes particles to 1 µg/m³, and has no day without any: 0 is a day without
# data, and less than 1 a number in mg/m³. An hour of 0 is what is left of a little noise
_PARTICLES = ("pm25", "pm10")


def _hourly(name: str, zh: str, en: str, *aliases: str) -> Measured:
    """A concentration of an hour."""
    return _concentration(name, zh, en, *aliases, mean=False)


def _concentration(name: str, zh: str, en: str, *aliases: str, mean: bool = True) -> Measured:
    unit = "mg/m³" if name == "co" else "µg/m³"
    particles = name in _PARTICLES
    return measured(
        unit, zh=zh, en=en, better="less", floor=f"0 {unit}", ceiling=f"{_MOST[name]} {unit}",
        least="1 µg/m³" if particles and mean else None,
        mistaken="1 µg/m³" if particles else None,
        bare=True, gauge=EXPORTED, aliases=aliases,
    )  # fmt: skip


def _index(zh: str, en: str, *aliases: str) -> Measured:
    return measured(
        "AQI", zh=zh, en=en, better="less", floor="0 AQI", ceiling="500 AQI", bare=True,
        bands=AQI_BANDS, gauge=EXPORTED, aliases=aliases,
    )  # fmt: skip


class Station(Entity, zh="监测站点"):
    """A monitoring station of ambient air."""

    name: Text = text(zh="站点名称")
    county: Reference[County] = reference(County, zh="县市")
    township: Text = text(zh="所在乡镇")
    assessed: Flag = flag(zh="是否评价点位", en="counts in the county's mean")


def _there(field: str, expected: str, hint: str) -> Demand:
    """A field without which the row says nothing."""
    return Demand(of=field, so=pl.col(field).is_not_null(), expected=expected, hint=hint)


class DustEvent(
    Entity,
    zh="沙尘事件",
    demands=(
        _there("begins", "沙尘事件的开始时刻", "写整点，如2024-03-28T03:00"),
        _there(
            "ends",
            "沙尘事件的结束时刻",
            "写整点，如2024-03-28T22:00；没有结束的，写认定到哪一时刻",
        ),
        Demand(
            of="ends",
            so=pl.col("begins") < pl.col("ends"),
            expected="晚于开始时刻的结束时刻",
            hint="两个时刻写反了的，对调过来",
        ),
    ),
):
    """Hours that the state's audit counts as dust (环办监测〔2016〕120号): listed, never guessed.

    The event lasts from the hour `begins` to the hour `ends`: the hourly values labelled after the
    one and up to the other are in it. One without a county is of every county.
    """

    county: Reference[County] = reference(County, zh="县市")
    begins: Moment = moment(zh="开始时刻")
    ends: Moment = moment(zh="结束时刻")
    only_pm10: Flag = flag(zh="是否仅剔除PM10", en="removes PM10 only")
    source: Text = text(zh="认定文件")


class StationHour(
    Keyed,
    zh="站点小时浓度",
    key=("station", "time"),
    shapes=(exports.one_type_a_row, exports.date_and_hour, exports.of_a_station),
    passed_over=(*exports.KNOWN, "level", "primary", "级别", "首要污染物"),
    demands=(
        _there("station", "站点编号", "写这一小时是哪个站点的，如1001A"),
        _there("time", "监测时间", "写整点，如2024-03-28T07:00"),
    ),
):
    """A station's hour: the hour labelled 7:00 is the mean from 6:00 to 7:00, Beijing time."""

    station: Reference[Station] = reference(Station, zh="站点", aliases=exports.STATIONS[2:])
    time: Moment = moment(zh="时间", aliases=("监测时间",))
    pm25: Measured = _hourly("pm25", "PM2.5小时浓度", "PM2.5", "pm2.5", "pm₂.₅", "细颗粒物")
    pm10: Measured = _hourly("pm10", "PM10小时浓度", "PM10", "pm₁₀", "可吸入颗粒物")
    so2: Measured = _hourly("so2", "SO2小时浓度", "SO2", "so₂", "二氧化硫")
    no2: Measured = _hourly("no2", "NO2小时浓度", "NO2", "no₂", "二氧化氮")
    co: Measured = _hourly("co", "CO小时浓度", "CO", "一氧化碳")
    o3_1h: Measured = _hourly("o3", "O3小时浓度", "O3", "o₃", "臭氧", "臭氧1小时")
    o3_8h: Measured = _hourly("o3", "O3八小时滑动浓度", "O3 running 8 h", "臭氧8小时")
    published_aqi: Measured = _index("公布AQI", "published AQI", "aqi")


class StationDay(
    Keyed,
    zh="站点日均浓度",
    key=("station", "date"),
    derived=Derivation(sources=(StationHour, Station, DustEvent), compute=days.of_stations),
):
    """A station's day by HJ 663; completed from its hours."""

    station: Reference[Station] = reference(Station, zh="站点", aliases=exports.STATIONS[2:])
    date: Event = event(zh="日期", routine=True)
    pm25: Measured = _concentration("pm25", "PM2.5日均浓度", "PM2.5 daily mean", "pm2.5")
    pm10: Measured = _concentration("pm10", "PM10日均浓度", "PM10 daily mean")
    so2: Measured = _concentration("so2", "SO2日均浓度", "SO2 daily mean")
    no2: Measured = _concentration("no2", "NO2日均浓度", "NO2 daily mean")
    co: Measured = _concentration("co", "CO日均浓度", "CO daily mean")
    o3_1h: Measured = _concentration("o3", "O3日最大1小时浓度", "O3 daily maximum of 1 h")
    o3_8h: Measured = _concentration("o3", "O3日最大8小时浓度", "O3 daily maximum of 8 h", "o3")
    pm25_without_dust: Measured = _concentration(
        "pm25", "PM2.5日均浓度（剔除沙尘）", "PM2.5 daily mean without dust"
    )
    pm10_without_dust: Measured = _concentration(
        "pm10", "PM10日均浓度（剔除沙尘）", "PM10 daily mean without dust"
    )
    dust: Flag = flag(zh="颗粒物是否因沙尘剔除", en="particles removed as dust")
    dust_pm25: Flag = flag(zh="PM2.5是否因沙尘剔除", en="PM2.5 removed as dust")


class CountyDay(
    Keyed,
    zh="县市日均浓度",
    key=("county", "date"),
    derived=Derivation(
        sources=(StationDay, StationHour, Station, DustEvent, County),
        compute=days.of_counties,
        asks=(STATIONS, AQI_INPUT, O3_HOUR_IN_DAY, AQI_MISSING),
    ),
):
    """The county's mean of a day, at ambient conditions (GB 3095-2012 as amended in 2018).

    Completed from its stations' days; the index from the concentrations (HJ 633).
    """

    county: Reference[County] = reference(County, zh="县市")
    date: Event = event(zh="日期", routine=True)
    pm25: Measured = _concentration("pm25", "PM2.5日均浓度", "PM2.5 daily mean", "pm2.5")
    pm10: Measured = _concentration("pm10", "PM10日均浓度", "PM10 daily mean")
    so2: Measured = _concentration("so2", "SO2日均浓度", "SO2 daily mean")
    no2: Measured = _concentration("no2", "NO2日均浓度", "NO2 daily mean")
    co: Measured = _concentration("co", "CO日均浓度", "CO daily mean")
    o3_1h: Measured = _concentration("o3", "O3日最大1小时浓度", "O3 daily maximum of 1 h")
    o3_8h: Measured = _concentration("o3", "O3日最大8小时浓度", "O3 daily maximum of 8 h", "o3")
    pm25_without_dust: Measured = _concentration(
        "pm25", "PM2.5日均浓度（剔除沙尘）", "PM2.5 daily mean without dust"
    )
    pm10_without_dust: Measured = _concentration(
        "pm10", "PM10日均浓度（剔除沙尘）", "PM10 daily mean without dust"
    )
    dust: Flag = flag(zh="颗粒物是否因沙尘剔除", en="particles removed as dust")
    dust_pm25: Flag = flag(zh="PM2.5是否因沙尘剔除", en="PM2.5 removed as dust")
    aqi: Measured = _index("AQI", "air quality index", "空气质量指数")
    aqi_at_least: Measured = _index("AQI不低于", "index at least")
    primary: Text = text(zh="首要污染物", en="primary pollutant")
    source: Text = text(zh="数据来源")


class PlacePeriod(
    Keyed,
    zh="空气质量排名",
    key=("ranking", "place", "year", "span"),
    derived=Derivation(sources=(), compute=ranking.completed, asks=(RANK_TIES, RANK_WITHOUT_DATA)),
    demands=(
        Demand(
            of="places",
            least="rank",
            expected="不小于名次的参加排名数",
            hint="核对名次和参加排名数",
        ),
    ),
):
    """A place in a ranking: its statistics of a month, quarter or year, its index and its rank.

    The index is computed where six statistics are given, the rank where the list is.
    """

    ranking: Text = text(zh="排名范围", names=True)
    place: Text = text(zh="地名", names=True, aliases=("县市", "乡镇"))
    year: Counted = counted("年", zh="年度", floor=2000, ceiling=2100)
    span: Stated = stated(*SPANS, zh="时段")
    so2: Measured = _concentration("so2", "SO2平均浓度", "SO2 mean")
    no2: Measured = _concentration("no2", "NO2平均浓度", "NO2 mean")
    pm10: Measured = _concentration("pm10", "PM10平均浓度", "PM10 mean")
    pm25: Measured = _concentration("pm25", "PM2.5平均浓度", "PM2.5 mean", "pm2.5")
    co_p95: Measured = _concentration("co", "CO第95百分位数", "CO 95th percentile")
    o3_p90: Measured = _concentration("o3", "O3日最大8小时第90百分位数", "O3 90th percentile")
    index: Measured = measured(
        "指数", zh="综合指数", en="composite index", better="less", floor="0 指数", bare=True
    )
    rank: Counted = counted("位", zh="名次", better="less", floor=1)
    places: Counted = counted("个", zh="参加排名数", en="places ranked", floor=1)
    entered: Counted = counted("个", zh="按录入名单排名数", en="places ranked as entered", floor=1)
