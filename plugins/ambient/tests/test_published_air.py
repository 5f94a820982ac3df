"""Published results are reproduced: hourly AQI, composite indices, ranks, and real years and hours.

The data are not part of the project; they are looked for in `../shared/data`, and the tests say so
when they are not there.
"""

import csv
import datetime as dt
import gzip
import math
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from airplan_ambient import CAMPAIGN
from airplan_ambient.aqi import air_quality_index, categories, primary_names
from airplan_ambient.breakpoints import (
    CO_HOUR,
    HJ_633_2012,
    NO2_HOUR,
    O3_HOUR,
    PM10_DAY,
    PM25_DAY,
    SO2_HOUR,
)
from airplan_ambient.days import DAY_ITEMS
from airplan_ambient.index import composite_index, rank
from airplan_ambient.ledgers import CountyDay, StationDay
from airplan_ambient.metrics import (
    CO_P95,
    COMPOSITE_INDEX,
    GOOD_DAYS,
    GOOD_SHARE,
    HEAVY_DAYS,
    NO2_MEAN,
    O3_P90,
    PM10_MEAN,
    PM25_MEAN,
    SO2_MEAN,
)
from airplan_core import Period
from airplan_core.engines.parts import PARTS
from airplan_core.engines.polars.measure import measure
from airplan_core.facts.derived import derive
from airplan_core.facts.reading import read_folder
from airplan_core.model.ledgers import CORE

DATA = Path(__file__).parents[4] / "shared/data"
HOURLY = DATA / "station_hourly_published_aqi_2020.csv"
CITY_HOURS = DATA / "city_hourly_jiaozuo_xinxiang_luoyang_2018-12_2020-06.csv"
DAILY = DATA / "henan17_daily_2014-2016.csv"
CITIES = DATA / "china366_daily_2016.csv.gz"
INDICES = DATA / "published_composite_index.csv"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the data are not in ../shared/data")

#: A platform's hourly report holds PM of an hour against the day's breakpoints.
HOUR_ITEMS = {
    "pm25": PM25_DAY, "pm10": PM10_DAY, "so2": SO2_HOUR, "no2": NO2_HOUR, "co": CO_HOUR,
    "o3_1h": O3_HOUR,
}  # fmt: skip


def test_every_published_station_hour_is_reproduced(capsys):
    """AQI, level and primary pollutant of every row; a blank primary above 50 is not published."""
    rows = pl.read_csv(HOURLY, infer_schema_length=None)
    found = air_quality_index(rows, HOUR_ITEMS, HJ_633_2012)
    rows = rows.with_columns(
        mine=found["aqi"].cast(pl.Int64),
        named=primary_names(found["primary"], list(HOUR_ITEMS.values())),
        category=categories(found["aqi"]).cast(pl.String),
    )
    unpublished = rows.filter(pl.col("primary").is_null() & (pl.col("aqi") > 50)).height
    differences = {
        "AQI": rows.filter(pl.col("mine").ne_missing(pl.col("aqi"))).height,
        "level": rows.filter(pl.col("category").ne_missing(pl.col("level"))).height,
        "primary": rows.filter(
            pl.col("named").ne_missing(pl.col("primary"))
            & (pl.col("primary").is_not_null() | (pl.col("aqi") <= 50))
        ).height,
    }
    with capsys.disabled():
        print(
            f"\n{rows.height} published station-hours compared, differences {differences}, "
            f"{unpublished} primary pollutants above AQI 50 not published"
        )
    assert differences == {"AQI": 0, "level": 0, "primary": 0}
    assert rows.height > 8000


def test_a_city_platform_rounds_half_up(capsys):
    """The cities' published AQI is reproduced by rounding half up, and not by rounding up."""
    rows = pl.read_csv(CITY_HOURS, infer_schema_length=None).rename({"o3": "o3_1h"})
    rows = rows.filter(pl.all_horizontal(pl.col("aqi", *HOUR_ITEMS).is_not_null()))
    differences = {
        rounding: (
            air_quality_index(rows, HOUR_ITEMS, HJ_633_2012, rounding)["aqi"].cast(pl.Int64)
            != rows["aqi"].cast(pl.Int64)
        ).sum()
        for rounding in ("up", "half-up")
    }
    with capsys.disabled():
        print(f"\n{rows.height} published city-hours, differences by rounding: {differences}")
    assert differences["half-up"] == 0
    assert differences["up"] > 1000


def test_published_composite_indices_are_reproduced(capsys):
    """Three places exactly; the fourth is a mean of cities, and is near."""
    rows = pl.read_csv(INDICES)
    mine = composite_index(rows.rename({"o3_8h_p90": "o3_p90"}), dt.date(2023, 12, 31))
    with capsys.disabled():
        print(f"\ncomposite indices, published: {rows['published_index'].to_list()}, "
              f"computed: {mine.to_list()}")  # fmt: skip
    assert mine[:3].to_list() == rows["published_index"][:3].to_list()
    assert abs(mine[3] - rows["published_index"][3]) <= 0.02


def test_published_good_day_shares_are_of_valid_days():
    """27 good of 29 valid days were published as 93.1 %."""
    rows = pl.read_csv(INDICES).drop_nulls("good_days")
    for valid, good, published in rows.select(
        "valid_days", "good_days", "published_good_pct"
    ).iter_rows():
        assert round(Fraction(100 * good, valid), 1) == Fraction(str(published))


def half_even(value, places):
    """Rounding half to even, without the library's help."""
    scaled = value * 10**places
    low = math.floor(scaled)
    twice = (scaled - low) * 2
    return Fraction(low + (twice > 1 or (twice == 1 and low % 2 == 1)), 10**places)


def statistics(days):
    """The six statistics of days of concentrations, as reported, or None: plain Python."""
    found = []
    for name, p in (("so2", 0), ("no2", 0), ("pm10", 0), ("pm25", 0), ("co", 95), ("o3", 90)):
        values = sorted(Fraction(day[name]) for day in days if Fraction(day[name]) != 0)
        if not values:
            return None
        if p:
            place = Fraction((len(values) - 1) * p, 100)
            low = values[math.floor(place)]
            high = values[min(math.floor(place) + 1, len(values) - 1)]
            value = low + (high - low) * (place - math.floor(place))
        else:
            value = sum(values) / len(values)
        found.append(half_even(value, 1 if name == "co" else 0))
    return found


def ranked(indices):
    """Rank and tie-sharing by counting, without sorting."""
    return {
        place: 1 + sum(other < mine for other in indices.values())
        for place, mine in indices.items()
    }


def test_ranks_of_366_cities_agree_with_a_second_computation(capsys):
    """Every month and the year of 2016, with their ties: fractions in plain Python."""
    with gzip.open(CITIES, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    spans = {"year": "2016", "2016-01": "2016-01", "2016-07": "2016-07"}
    compared = ties = 0
    for span in spans.values():
        by_city = defaultdict(list)
        for row in rows:
            if row["date"].startswith(span):
                by_city[row["city"]].append(row)
        parts = {city: statistics(days) for city, days in by_city.items()}
        parts = {city: found for city, found in parts.items() if found}
        limits = (60, 40, 70, 35, 4, 160)
        indices = {
            city: half_even(sum(c / s for c, s in zip(found, limits, strict=True)), 2)
            for city, found in parts.items()
        }
        expected = ranked(indices)
        frame = pl.DataFrame(
            [[float(v) for v in found] for found in parts.values()],
            schema=["so2", "no2", "pm10", "pm25", "co_p95", "o3_p90"],
            orient="row",
        )
        mine = composite_index(frame, dt.date(2016, 12, 31))
        assert mine.to_list() == [float(indices[city]) for city in parts]
        assert rank(mine).to_list() == [expected[city] for city in parts]
        compared += len(parts)
        ties += len(parts) - len(set(indices.values()))
    with capsys.disabled():
        print(f"\n{compared} ranks compared, {ties} of them tied with another")
    assert ties > 0


@pytest.fixture(scope="module")
def jiaozuo(tmp_path_factory):
    """Jiaozuo's days of 2014-2016 as a county's ledger; the source writes 0 for what is missing."""
    folder = tmp_path_factory.mktemp("jiaozuo")
    with DAILY.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["city"] == "焦作"]
    with (folder / "县市日均浓度.csv").open("w", encoding="gb18030", newline="") as file:
        ledger = csv.writer(file)
        ledger.writerow(["县市", "日期", "PM2.5", "PM10日均浓度[微克/立方米]", "SO2日均浓度",
                         "CO日均浓度[毫克/立方米]", "NO2日均浓度", "O3"])  # fmt: skip
        for row in rows:
            values = [row[n] if Fraction(row[n]) else ""
                      for n in ("pm25", "pm10", "so2", "co", "no2", "o3")]  # fmt: skip
            ledger.writerow(["焦作", row["date"], *values])
    facts = derive(
        read_folder(folder, [*CORE, *CAMPAIGN.airplan_entities()]),
        [*CORE, *CAMPAIGN.airplan_entities()],
    )
    return facts.table(CountyDay), rows


def measured(metric, table, period, as_of=dt.date(2025, 1, 1)):
    over = metric.over(period)
    row = measure(over, (table,), pl.Series(["焦作"]), as_of).row(0, named=True)
    return {part: row[over.part(part)] for part in PARTS}


def year(number):
    return Period(str(number), dt.date(number, 1, 1), dt.date(number, 12, 31))


@pytest.mark.parametrize("number", [2014, 2015, 2016])
def test_the_years_of_jiaozuo_are_those_of_its_days(jiaozuo, number, capsys):
    """Means, percentiles, the index and its completeness: plain Python over the source's rows."""
    table, rows = jiaozuo
    days = [row for row in rows if row["date"].startswith(str(number))]
    for metric, name in (
        (PM25_MEAN, "pm25"), (PM10_MEAN, "pm10"), (SO2_MEAN, "so2"), (NO2_MEAN, "no2"),
    ):  # fmt: skip
        values = [Fraction(row[name]) for row in days if Fraction(row[name])]
        found = measured(metric, table, year(number))
        assert found["value"] == float(sum(values) / len(values))
        assert (found["known"], found["possible"]) == (len(values), year(number).days)
        counts = [
            sum(row["date"][5:7] == f"{month:02}" and bool(Fraction(row[name])) for row in days)
            for month in range(1, 13)
        ]
        short = [f"{number}-{month:02}" for month, count in enumerate(counts, 1)
                 if count < (25 if month == 2 else 27)]  # fmt: skip
        assert [part.split(":")[0] for part in found["gaps"].split("; ") if ":" in part] == short
        assert (found["lo"] == found["hi"]) is (not short and len(values) >= 324)
    for metric, name, p in ((CO_P95, "co", 95), (O3_P90, "o3", 90)):
        values = sorted(Fraction(row[name]) for row in days if Fraction(row[name]))
        place = Fraction((len(values) - 1) * p, 100)
        low, high = values[math.floor(place)], values[math.ceil(place)]
        exact = low + (high - low) * (place - math.floor(place))
        assert measured(metric, table, year(number))["value"] == pytest.approx(float(exact), 1e-15)
    index = measured(COMPOSITE_INDEX, table, year(number))
    parts = statistics(days)
    limits = (60, 40, 70, 35, 4, 160)
    expected = half_even(sum(c / s for c, s in zip(parts, limits, strict=True)), 2)
    assert index["value"] == float(expected)
    with capsys.disabled():
        print(f"\nJiaozuo {number}: index {index['value']}, gaps {index['gaps'] or 'none'}")


def test_the_days_of_jiaozuo_are_good_or_heavy_as_by_hand(jiaozuo):
    """Good and heavy days of 2016, counted in plain Python with the standard's breakpoints."""
    table, rows = jiaozuo
    names = {"pm25": "pm25", "pm10": "pm10", "so2": "so2", "no2": "no2", "co": "co", "o3_8h": "o3"}
    good = heavy = valid = open_ = 0
    for row in rows:
        if not row["date"].startswith("2016"):
            continue
        found = []
        for name, source in names.items():
            item = DAY_ITEMS[name]
            if Fraction(row[source]):
                value = half_even(Fraction(row[source]), item.decimals)
                found.append(math.ceil(HJ_633_2012.exact(item, value)))
        complete = len(found) == len(names)
        heavy += max(found) > 200
        good += complete and max(found) <= 100
        valid += complete or max(found) > 100
        open_ += not complete
    assert measured(GOOD_DAYS, table, year(2016))["lo"] == good
    assert measured(HEAVY_DAYS, table, year(2016))["lo"] == heavy
    share = measured(GOOD_SHARE, table, year(2016))
    assert share["known"] == valid
    assert share["value"] == float(Fraction(100 * good, valid))
    assert valid + open_ >= 366


@pytest.fixture(scope="module")
def hours(tmp_path_factory):
    """Jiaozuo's hours as a platform exports them, with their real gaps."""
    folder = tmp_path_factory.mktemp("hours")
    with CITY_HOURS.open(encoding="utf-8") as file:
        head, *lines = file.read().splitlines()
    mine = [line for line in lines if line.startswith("焦作")]
    (folder / "station_hour.csv").write_text("\n".join([head, *mine]) + "\n", "utf-8")
    (folder / "station.csv").write_text("id,county\n焦作,焦作\n", "utf-8")
    facts = derive(
        read_folder(folder, [*CORE, *CAMPAIGN.airplan_entities()]),
        [*CORE, *CAMPAIGN.airplan_entities()],
    )
    return facts, list(csv.DictReader([head, *mine]))


def by_day(rows, name):
    """The hours of every natural day, by label 1 to 24."""
    found = defaultdict(dict)
    for row in rows:
        time = dt.datetime.fromisoformat(row["time"])
        if row[name]:
            day = (time - dt.timedelta(hours=1)).date()
            found[day][time.hour or 24] = Fraction(row[name])
    return found


def test_hours_become_days_with_their_gaps(hours, capsys):
    """Every daily value of the file's hours, and no day that has none: plain Python."""
    facts, rows = hours
    table = {row["date"]: row for row in facts.table(StationDay).iter_rows(named=True)}
    compared = missing = 0
    for name in ("pm25", "pm10", "so2", "no2", "co"):
        for day, values in by_day(rows, name).items():
            mean = None
            if len(values) >= 20:
                mean = float(half_even(sum(values.values()) / len(values), 6))
            assert table[day][name] == mean
            compared, missing = compared + 1, missing + (mean is None)
    for day, values in by_day(rows, "o3").items():
        windows = []
        for end in range(8, 25):
            inside = [values[label] for label in range(end - 7, end + 1) if label in values]
            if len(inside) >= 6:
                windows.append(half_even(sum(inside) / len(inside), 6))
        greatest = max(windows, default=None)
        if greatest is not None and len(windows) < 14 and greatest <= 160:
            greatest = None
        assert table[day]["o3_8h"] == (None if greatest is None else float(greatest))
    with capsys.disabled():
        print(f"\n{compared} daily means compared, {missing} of them missing for want of hours")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2019-01-01", "2019-01-31"), ("2020-02-01", "2020-02-29"), ("2020-01-01", "2020-06-30")],
)
def test_a_month_and_a_half_year_carry_their_completeness(hours, begins, ends, capsys):
    """Mean, good days and what is missing, of a period that is over: nothing is made up."""
    facts, _ = hours
    period = Period("p", dt.date.fromisoformat(begins), dt.date.fromisoformat(ends))
    table = facts.table(CountyDay)
    days = table.filter(pl.col("date").is_between(period.begins, period.ends))
    mean, good = (measured(m, table, period) for m in (PM25_MEAN, GOOD_DAYS))
    values = [Fraction(repr(v)) for v in days["pm25"].drop_nulls()]
    assert mean["known"] == len(values)
    assert mean["value"] == float(sum(values) / len(values))
    assert good["known"] == days["aqi"].drop_nulls().len()
    assert good["hi"] - good["lo"] == period.days - good["known"]
    with capsys.disabled():
        print(f"\nJiaozuo {begins}..{ends}: PM2.5 {mean['value']:.1f} ({mean['known']}/"
              f"{period.days} days{', ' + mean['gaps'] if mean['gaps'] else ''})")  # fmt: skip
