"""Real monitoring data: Jiaozuo's PM2.5 of 2016, its completeness, and a limit it is held against.

The data are not part of the project; they are looked for in `../shared/data`, and the tests say so
when they are not there.
"""

import csv
import datetime as dt
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

import airplan_core as airplan

DATA = Path(__file__).parents[2] / "shared/data/henan17_daily_2014-2016.csv"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA.name} is not in ../shared/data")

CONFIG = """
plugins = ["targets"]
[plan]
county = "焦作"
begins = 2014-01-01
[interpretations]
"ambient.mean-precision" = "unrounded"
[replace."pm25.annual-mean"]
limit = {limits}
"""


@pytest.fixture(scope="module")
def rows():
    """Jiaozuo's days; the source writes 0 for what is missing."""
    with DATA.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["city"] == "焦作"]


def assessment(folder, rows, limits, as_of):
    with (folder / "county_day.csv").open("w", encoding="gb18030", newline="") as file:
        ledger = csv.writer(file)
        ledger.writerow(["县市", "日期", "PM2.5日均浓度[微克/立方米]", "数据来源"])
        for row in rows:
            value = "" if Fraction(row["pm25"]) == 0 else row["pm25"]
            ledger.writerow(["焦作", row["date"].replace("-", "/"), value, "公开数据"])
    (folder / "airplan.toml").write_text(CONFIG.format(limits=limits), "utf-8")
    rulebook = airplan.load_rulebook(folder)
    return airplan.assess(rulebook, airplan.read_facts(folder, rulebook), as_of)


@pytest.mark.parametrize("year", [2014, 2015, 2016])
def test_the_annual_mean_is_that_of_the_days(tmp_path, rows, year):
    """Mean, number of days and months short of data are those that plain Python finds."""
    found = assessment(tmp_path, rows, f'{{ {year} = "35 µg/m³" }}', dt.date(year + 1, 1, 1))
    days = {
        dt.date.fromisoformat(row["date"]): Fraction(row["pm25"])
        for row in rows
        if row["date"].startswith(str(year)) and Fraction(row["pm25"]) != 0
    }
    metric = found.metrics.filter(pl.col("metric") == "ambient.pm25-mean-without-dust").row(
        0, named=True
    )
    assert metric["known"] == len(days)
    assert metric["possible"] == (366 if year == 2016 else 365)
    assert metric["value"] == float(sum(days.values()) / len(days))
    short = [
        f"{year}-{month:02}"
        for month in range(1, 13)
        if sum(day.month == month for day in days) < (25 if month == 2 else 27)
    ]
    assert [part.split(":")[0] for part in metric["gaps"].split("; ") if ":" in part] == short


def test_the_mean_is_held_against_its_limit_at_the_limit(tmp_path, rows):
    """A limit just above the mean is met, one just below it is not."""
    found = assessment(tmp_path, rows, '{ 2016 = "35 µg/m³" }', dt.date(2017, 1, 1))
    mean = found.metrics.filter(pl.col("metric") == "ambient.pm25-mean-without-dust")
    row = mean.row(0, named=True)
    assert row["lo"] == row["hi"] == row["value"], row["gaps"]
    for limit, outcome in ((row["value"] + 0.01, "COMPLIANT"), (row["value"] - 0.01, "VIOLATION")):
        told = assessment(tmp_path, rows, f'{{ 2016 = "{limit:.4f} µg/m³" }}', dt.date(2017, 1, 1))
        verdict = told.verdicts.filter(pl.col("rule") == "pm25.annual-mean").row(0, named=True)
        assert verdict["outcome"] == outcome
        assert verdict["measured"] == row["value"]
