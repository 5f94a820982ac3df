"""HJ 663: natural days by hour label, means of twenty hours, the greatest mean of eight."""

import datetime as dt
from fractions import Fraction

import polars as pl
from hypothesis import given, strategies as st

from airplan_ambient.hours import day_values

DAY = dt.date(2024, 2, 29)
NAMES = ("pm25", "pm10", "so2", "no2", "co", "o3_1h", "o3_8h")


def hours(values, name="pm25", station="A"):
    """Values by label, 1 to 24, of one day."""
    start = dt.datetime.combine(DAY, dt.time())
    rows = [
        {"station": station, "time": start + dt.timedelta(hours=label), name: value}
        for label, value in values.items()
    ]
    schema = {"station": pl.String, "time": pl.Datetime("us"), **dict.fromkeys(NAMES, pl.Float64)}
    return pl.DataFrame(rows, schema=schema)


def day(frame, dust=None):
    levels = pl.Series(dust or [0] * frame.height, dtype=pl.UInt8)
    found, notes = day_values(frame, levels)
    return found, notes


def value(frame, name="pm25", **more):
    found, _ = day(frame, **more)
    return found.filter(pl.col("date") == DAY)[name].to_list()


def test_a_day_ends_with_the_hour_labelled_zero():
    """24 hours from 1 o'clock to 0 o'clock of the next day are one day."""
    found, _ = day(hours({label: float(label) for label in range(1, 25)}))
    assert found["date"].to_list() == [DAY]
    assert found["pm25"].to_list() == [12.5]
    found, _ = day(hours({0: 5.0}))
    assert found["date"].to_list() == [DAY - dt.timedelta(days=1)]


def test_a_mean_needs_twenty_hours():
    """Nineteen make none, and are counted."""
    assert value(hours(dict.fromkeys(range(1, 21), 30.0))) == [30.0]
    frame = hours(dict.fromkeys(range(1, 20), 30.0))
    assert value(frame) == [None]
    assert any("1 station-days with 1 to 19 hours" in note for note in day(frame)[1])


def test_a_mean_is_rounded_to_a_millionth_half_to_even():
    """A third is not kept as a binary fraction."""
    values = dict.fromkeys(range(1, 24), 10.0) | {24: 11.0}
    assert value(hours(values)) == [10.041667]


def test_eight_hours_need_six():
    """Windows of five hours do not count; those of six do."""
    # hours 1-6 only: windows ending at 8 to ... hold fewer than six after 8
    some = dict.fromkeys(range(1, 25), 40.0)
    assert value(hours(some, "o3_1h"), "o3_8h") == [40.0]
    few = {label: 40.0 for label in range(1, 25) if label not in (3, 4, 5)}
    # the window of 1-8 has five: 16 windows are left
    assert value(hours(few, "o3_1h"), "o3_8h") == [40.0]


def test_fourteen_windows_or_a_breach():
    """Thirteen are too few, unless what they show exceeds the limit anyway."""
    # hours from 10 on: windows that end at 15 to 24 have six or more: ten of them
    low, high = (dict.fromkeys(range(10, 25), level) for level in (100.0, 161.0))
    assert value(hours(low, "o3_1h"), "o3_8h") == [None]
    assert value(hours(high, "o3_1h"), "o3_8h") == [161.0]
    at = dict.fromkeys(range(10, 25), 160.0)
    assert value(hours(at, "o3_1h"), "o3_8h") == [None]
    # from 6 on: windows that end at 11 to 24 are fourteen
    assert value(hours(dict.fromkeys(range(6, 25), 100.0), "o3_1h"), "o3_8h") == [100.0]
    assert value(hours(dict.fromkeys(range(7, 25), 100.0), "o3_1h"), "o3_8h") == [None]


def test_exported_running_means_count_from_hour_8():
    """They restart at hour 1: those of hours 1 to 7 are left out, and counted."""
    running = {label: 200.0 if label < 8 else 90.0 for label in range(1, 25)}
    frame = hours(running, "o3_8h")
    assert value(frame, "o3_8h") == [90.0]
    assert any("7 running means at hours 1 to 7" in note for note in day(frame)[1])


def test_a_stray_hour_of_ozone_discards_no_exported_means():
    """Where the hours make no 8-hour mean those exported are used, and that is told."""
    running = hours(dict.fromkeys(range(1, 25), 90.0), "o3_8h")
    stray = running.with_columns(o3_1h=pl.when(pl.int_range(pl.len()) == 9).then(pl.lit(70.0)))
    assert value(stray, "o3_8h") == [90.0]
    assert any("of 1 station-days the hours make no 8-hour mean" in note for note in day(stray)[1])
    whole = running.with_columns(o3_1h=pl.lit(40.0))
    assert value(whole, "o3_8h") == [40.0]


def test_an_hour_without_a_station_or_a_time_is_told():
    """It is in no day, and counted."""
    frame = pl.concat([hours({1: 5.0}), hours({2: 5.0}, station=None)])
    assert any("1 rows without a station or a time" in note for note in day(frame)[1])


def test_dust_leaves_the_particles_it_removes():
    """Hours in dust are in the mean, and not in the mean without dust."""
    frame = hours({label: 300.0 if label <= 3 else 30.0 for label in range(1, 25)}, "pm10")
    assert value(frame, "pm10", dust=[2] * 3 + [0] * 21) == [63.75]
    assert value(frame, "pm10_without_dust", dust=[2] * 3 + [0] * 21) == [30.0]
    assert value(frame, "pm10_without_dust", dust=[2] * 5 + [0] * 19) == [None]
    both = hours({label: 300.0 if label <= 3 else 30.0 for label in range(1, 25)}, "pm25")
    assert value(both, "pm25_without_dust", dust=[1] * 3 + [0] * 21) == [63.75]


cells = st.dictionaries(st.integers(1, 24), st.integers(0, 400).map(float), max_size=24)


def by_hand(values):
    """The daily mean and the greatest mean of eight hours, in plain Python."""
    mean = None
    if len(values) >= 20:
        mean = Fraction(sum(map(int, values.values())), len(values))
    windows = []
    for end in range(8, 25):
        inside = [int(values[label]) for label in range(end - 7, end + 1) if label in values]
        if len(inside) >= 6:
            windows.append(Fraction(sum(inside), len(inside)))
    greatest = max(windows, default=None)
    if greatest is not None and len(windows) < 14 and greatest <= 160:
        greatest = None
    return [
        None if x is None else float(round(x * 10**6) / Fraction(10**6)) for x in (mean, greatest)
    ]


@given(cells, cells, st.randoms())
def test_days_agree_with_plain_python(first, second, shuffler):
    """Any gaps, two stations, rows in any order."""
    frame = pl.concat(
        [
            hours(first, "pm25", "A"), hours(first, "o3_1h", "A2"),
            hours(second, "pm25", "B"), hours(second, "o3_1h", "B2"),
        ]
    )  # fmt: skip
    order = list(range(frame.height))
    shuffler.shuffle(order)
    found, _ = day(frame[order])
    for station, values in (("A", first), ("B", second)):
        mean, greatest = by_hand(values)
        rows = {(r["station"], r["date"]): r for r in found.iter_rows(named=True)}
        if values:
            assert rows[station, DAY]["pm25"] == mean
            assert rows[station + "2", DAY]["o3_8h"] == greatest
