"""Ten million station-hours to IAQI, AQI and primary pollutant, beside four other ways.

Every way is given the same concentrations and asked for the same three things. What each makes of
them is compared with the exact index, and the rows that differ are counted and printed: a float
ceiling is not the standard's.
"""

from __future__ import annotations

import importlib.util
import time

import numpy as np
import polars as pl

from airplan_ambient.aqi import air_quality_index
from airplan_ambient.breakpoints import (
    CO_HOUR,
    HJ_633_2012,
    LEVELS,
    NO2_HOUR,
    O3_HOUR,
    PM10_DAY,
    PM25_DAY,
    SO2_HOUR,
)
from bench.timing import medians, report

ROWS = 10_000_000
ITEMS = {
    "pm25": PM25_DAY, "pm10": PM10_DAY, "so2": SO2_HOUR, "no2": NO2_HOUR, "co": CO_HOUR,
    "o3_1h": O3_HOUR,
}  # fmt: skip
TOPS = {"pm25": 300, "pm10": 500, "so2": 300, "no2": 200, "co": 100, "o3_1h": 300}

c = pl.col


def hours(rows: int) -> pl.DataFrame:
    """Reported concentrations, whole numbers, CO in tenths, as doubles: as ledgers hold them."""
    found = {}
    for seed, (name, top) in enumerate(TOPS.items()):
        whole = pl.Series(range(top + 1)).sample(rows, with_replacement=True, seed=seed)
        held = whole.cast(pl.Float64)
        found[name] = held / pl.Series([10.0]) if name == "co" else held
    return pl.DataFrame(found)


def _limits(name: str) -> list[int]:
    return [int(limit) for limit in HJ_633_2012.breakpoints[ITEMS[name].id]]


def _primary(frame: pl.DataFrame) -> pl.DataFrame:
    """AQI and the bits of its primary pollutants, as a careful polars user would write them."""
    frame = frame.with_columns(aqi=pl.max_horizontal(pl.all()))
    bits = sum(
        pl.when(c(name) == c("aqi"))
        .then(pl.lit(1 << place, pl.UInt8))
        .otherwise(pl.lit(0, pl.UInt8))
        for place, name in enumerate(ITEMS)
    )
    return frame.select("aqi", primary=pl.when(c("aqi") > 50).then(bits))


def by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """polars, when/then over the breakpoints, floats and a ceiling."""
    found = {}
    for name in ITEMS:
        limits, value = _limits(name), c(name)
        chain = pl.when(value <= limits[1]).then(LEVELS[1] / limits[1] * value)
        for place in range(2, len(limits)):
            low, high = limits[place - 1], limits[place]
            slope = (LEVELS[place] - LEVELS[place - 1]) / (high - low)
            chain = chain.when(value <= high).then(LEVELS[place - 1] + slope * (value - low))
        found[name] = chain.otherwise(500.0).ceil()
    return _primary(frame.select(**found))


def by_hand_exactly(frame: pl.DataFrame) -> pl.DataFrame:
    """The same, in whole tenths, so that the ceiling is the right one."""
    found = {}
    for name in ITEMS:
        limits = [10 * limit for limit in _limits(name)]
        value = (c(name) * 10).round().cast(pl.Int32)
        chain = None
        for place in range(1, len(limits)):
            low, high = limits[place - 1], limits[place]
            step, width = LEVELS[place] - LEVELS[place - 1], high - low
            index = LEVELS[place - 1] + ((value - low) * step + width - 1) // width
            chain = (pl if chain is None else chain).when(value <= high).then(index)
        assert chain is not None
        found[name] = chain.otherwise(500)
    return _primary(frame.select(**found))


def numpys(frame: pl.DataFrame, block: int = 1 << 16) -> tuple[np.ndarray, np.ndarray]:
    """np.interp in blocks that stay in the cache, floats and a ceiling."""
    columns = {name: frame[name].to_numpy() for name in ITEMS}
    aqi = np.empty(frame.height)
    primary = np.empty(frame.height, np.uint8)
    for start in range(0, frame.height, block):
        part = slice(start, start + block)
        each = [
            np.ceil(np.interp(columns[name][part], _limits(name), LEVELS[: len(_limits(name))]))
            for name in ITEMS
        ]
        greatest = np.maximum.reduce(each)
        bits = np.zeros(len(greatest), np.uint8)
        for place, index in enumerate(each):
            bits |= (index == greatest).astype(np.uint8) << place
        aqi[part], primary[part] = greatest, np.where(greatest > 50, bits, 0)
    return aqi, primary


def run() -> str:
    """Compare, then measure in interleaved rounds."""
    frame = hours(ROWS)
    whole = frame.with_columns(c(name).cast(pl.UInt16) for name in ITEMS if name != "co")
    exact = air_quality_index(frame, ITEMS, HJ_633_2012)

    def off(aqi: pl.Series, primary: pl.Series) -> int:
        wrong = aqi.cast(pl.UInt16) != exact["aqi"]
        return int((wrong | primary.ne_missing(exact["primary"])).sum())

    floats, integers = by_hand(frame), by_hand_exactly(frame)
    aqi, primary = numpys(frame)
    blanked = pl.Series(primary).set(pl.Series(primary == 0), None)
    differ = {
        "polars when/then, floats": off(floats["aqi"], floats["primary"]),
        "polars when/then, whole tenths": off(integers["aqi"], integers["primary"]),
        "np.interp in blocks": off(pl.Series(aqi), blanked),
    }
    del floats, integers, aqi, primary, blanked
    found = medians(
        {
            "polars when/then, floats": lambda: by_hand(frame),
            "polars when/then, whole tenths": lambda: by_hand_exactly(frame),
            "np.interp in blocks": lambda: numpys(frame),
            "airplan, doubles": lambda: air_quality_index(frame, ITEMS, HJ_633_2012),
            "airplan, integers (CO: tenths)": lambda: air_quality_index(whole, ITEMS, HJ_633_2012),
        },
        rounds=5,
    )
    lines = [
        report(
            f"{ROWS:,} station-hours × 6 pollutants to IAQI, AQI and primary pollutant",
            found, "polars when/then, floats", 0.3, 1e-3,
        ),
        *(f"  rows that are not exact: {count:>9,}  {name}" for name, count in differ.items()),
        _per_value(frame, found["airplan, doubles"]),
    ]  # fmt: skip
    return "\n".join(lines)


def _per_value(frame: pl.DataFrame, ours: float, rows: int = 20_000) -> str:
    """The package aqi-hub, an object a row, on fewer rows."""
    if importlib.util.find_spec("aqi_hub") is None:
        return "  aqi-hub is not installed: pip install 'airplan[bench]'"
    from importlib.metadata import version

    from aqi_hub.aqi_cn.aqi import AQI

    some = frame.head(rows)
    start = time.perf_counter()
    theirs = []
    for pm25, pm10, so2, no2, co, o3 in some.iter_rows():
        one = AQI(pm25=pm25, pm10=pm10, so2=so2, no2=no2, co=co, o3=o3, data_type="hourly")
        theirs.append((one.AQI, one.primary_pollutant))
    each = (time.perf_counter() - start) / rows
    exact = air_quality_index(some, ITEMS, HJ_633_2012)["aqi"]
    wrong = int((pl.Series([aqi for aqi, _ in theirs]).cast(pl.UInt16) != exact).sum())
    return (
        f"  aqi-hub {version('aqi-hub')}, a row at a time: {each * 1e6:.1f} µs a row, "
        f"{each * ROWS / ours:,.0f} × airplan; {wrong} of {rows:,} rows not exact"
    )
