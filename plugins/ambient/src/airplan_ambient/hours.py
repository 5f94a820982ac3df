"""HJ 663: from hourly values to the values of a day, natural days by hour label.

The hour labelled *h* is the hour before it: a day has the labels 1 to 23 of its own date and 0 of
the next, which is its 24th.
"""

import polars as pl

from airplan_ambient.numbers import widened
from airplan_core import Said, ratio

#: What has a mean of a day, and what O₃ has instead.
MEANS = ("pm25", "pm10", "so2", "no2", "co")
PARTICLES = ("pm25", "pm10")
O3_1H, O3_8H = "o3_1h", "o3_8h"

#: GB 3095 table 4: a day's mean needs 20 hourly values, an 8-hour mean 6.
HOURS_OF_DAY, HOURS_OF_EIGHT = 20, 6
#: HJ 663: the 8-hour means that end at 8 to 24 o'clock; 14 of them, or a result above the limit.
FIRST_END, LAST_END, WINDOWS, O3_LIMIT = 8, 24, 14, 160

_MICRO = 1_000_000
#: Every mean of 20 to 24 hours, or of 6 to 8, is a whole number of these parts of its millionths.
PARTS = 212_520


def _micro(name: str) -> pl.Expr:
    """A concentration in whole millionths: below 10⁹ the product is within half of one."""
    return (pl.col(name) * _MICRO).round().cast(pl.Int64)


def exactly(name: str) -> pl.Expr:
    """A concentration in parts of a millionth, which are never rounded."""
    return _micro(name) * PARTS


def rounded(parts: pl.Expr, decimals: int = 6, *, of: pl.Expr | int = 1) -> pl.Expr:
    """The mean of so many concentrations that add up to `parts`: rounded once, half to even."""
    parts = parts.cast(pl.Int128)
    return ratio(parts, parts * 0 + of * pl.lit(PARTS * _MICRO, pl.Int128), decimals)


def _mean(total: pl.Expr, count: pl.Expr) -> pl.Expr:
    """The mean of millionths, of 6 to 8 hours or of 20 to 24, in parts."""
    return total * (pl.lit(PARTS) // count)


def with_day(hours: pl.DataFrame) -> pl.DataFrame:
    """The hours with the natural day they belong to (`date`) and their number in it (`label`)."""
    start = pl.col("time") - pl.duration(hours=1)
    return hours.with_columns(date=start.dt.date(), label=start.dt.hour() + pl.lit(1, pl.Int8))


def day_values(hours: pl.DataFrame, in_dust: pl.Series) -> tuple[pl.DataFrame, list[str]]:
    """The daily values of every station, and notes on what is too thin to make any.

    Args:
        hours: `station`, `time` and the concentrations of `MEANS`, `o3_1h` and `o3_8h` (the
            running 8-hour mean where it is exported; it is used where `o3_1h` makes none).
        in_dust: for each row, whether its particles are removed as dust: 0 none, 1 PM₁₀, 2 both;
            null where that is said of PM₁₀ only.

    Returns:
        `station`, `date`, the means, `o3_1h` and `o3_8h` (the day's greatest), the particles'
        means without the hours in a dust event; and for each of them whether that event leaves it
        too few hours: such a day is removed, not missing.

    Raises:
        ValueError: a concentration is NaN or no number.
    """
    found, notes = exact_days(hours, in_dust)
    values = (*MEANS, O3_1H, O3_8H, *(f"{name}_without_dust" for name in PARTICLES))
    return found.with_columns(rounded(pl.col(name)).alias(name) for name in values), notes


def exact_days(hours: pl.DataFrame, in_dust: pl.Series) -> tuple[pl.DataFrame, list[str]]:
    """The daily values of every station in whole parts, not rounded yet: see `day_values`."""
    numbers = widened(hours.select(*MEANS, O3_1H, O3_8H))
    held = with_day(hours.with_columns(numbers)).with_columns(in_dust.alias("dust"))
    held = held.filter(pl.col("station").is_not_null() & pl.col("time").is_not_null())
    sums: list[pl.Expr] = []
    for name in MEANS:
        sums += [_micro(name).sum().alias(name), pl.col(name).count().alias(f"n.{name}")]
    for name, clean in _CLEAN.items():
        sums += [
            _micro(name).filter(clean).sum().alias(f"{name}_without_dust"),
            pl.col(name).filter(clean).count().alias(f"n.{name}_without_dust"),
            pl.col(name).filter(clean.is_null()).count().alias(f"open.{name}"),
        ]
    ends = range(FIRST_END, LAST_END + 1)
    sums += [
        _micro(O3_1H).filter(pl.col("label") == label).first().alias(f"o3.{label}")
        for label in range(1, LAST_END + 1)
    ]
    running = pl.col(O3_8H).is_not_null() & (pl.col("label") >= FIRST_END)
    sums += [
        exactly(O3_1H).max(),
        pl.col(O3_1H).count().alias(f"n.{O3_1H}"),
        exactly(O3_8H).filter(running).max().alias("running"),
        running.sum().alias("n.running"),
        (pl.col(O3_8H).is_not_null() & (pl.col("label") < FIRST_END)).sum().alias("n.early"),
    ]
    days = held.group_by("station", "date", maintain_order=True).agg(*sums)
    days = days.with_columns(_window(end) for end in ends)
    windows = [pl.col(f"window.{end}") for end in ends]
    valid = pl.sum_horizontal(window.is_not_null() for window in windows)
    days = days.with_columns(by_hours=(valid > 0) | (pl.col("n.running") == 0))
    greatest = pl.when("by_hours").then(pl.max_horizontal(windows)).otherwise("running")
    enough = pl.when("by_hours").then(valid).otherwise("n.running") >= WINDOWS
    found = days.select(
        "station",
        "date",
        *(_day_mean(name).alias(name) for name in MEANS),
        *(
            pl.when(pl.col(f"open.{name}") == 0)
            .then(_day_mean(f"{name}_without_dust"))
            .alias(f"{name}_without_dust")
            for name in PARTICLES
        ),
        pl.when(pl.col(f"n.{O3_1H}") >= HOURS_OF_DAY).then(O3_1H).alias(O3_1H),
        pl.when(enough | (greatest > O3_LIMIT * _MICRO * PARTS)).then(greatest).alias(O3_8H),
        *(_removed(name).alias(flag) for name, flag in DUST_FLAGS.items()),
    )
    return found, _notes(hours, days, found)


#: Which hours a particle's mean without dust is made of; null where that is not said.
_CLEAN = {"pm25": pl.col("dust") < 2, "pm10": pl.col("dust").fill_null(1) < 1}
#: The flag that says of a day that a particle was removed as dust.
DUST_FLAGS = {"pm10": "dust", "pm25": "dust_pm25"}


def _day_mean(name: str) -> pl.Expr:
    count = pl.col(f"n.{name}")
    return pl.when(count >= HOURS_OF_DAY).then(_mean(pl.col(name), count))


def _removed(name: str) -> pl.Expr:
    """Whether a day that is valid has too few hours left without dust; null where that is open."""
    left, open_ = pl.col(f"n.{name}_without_dust"), pl.col(f"open.{name}")
    was = pl.col(f"n.{name}") >= HOURS_OF_DAY
    return was & pl.when(left + open_ < HOURS_OF_DAY).then(pl.lit(value=True)).when(
        open_ == 0
    ).then(pl.lit(value=False))


def _window(end: int) -> pl.Expr:
    """The 8-hour mean that ends at a label, where six of its hours are there."""
    hours = [pl.col(f"o3.{label}") for label in range(end - 7, end + 1)]
    count = pl.sum_horizontal(hour.is_not_null() for hour in hours).cast(pl.Int64)
    mean = _mean(pl.sum_horizontal(hours), count.clip(1))
    return pl.when(count >= HOURS_OF_EIGHT).then(mean).alias(f"window.{end}")


def _notes(hours: pl.DataFrame, days: pl.DataFrame, found: pl.DataFrame) -> list[str]:
    notes: list[str] = []
    lost = hours.filter(pl.any_horizontal(pl.col("station", "time").is_null())).height
    if lost:
        notes.append(
            Said(
                f"站点小时浓度：{lost} 行没有站点或时间，不计入任何一天",
                f"station_hour: {lost} rows without a station or a time are in no day",
            )
        )
    for name in MEANS:
        thin = int(days.select(pl.col(f"n.{name}").is_between(1, HOURS_OF_DAY - 1).sum()).item())
        if thin:
            notes.append(
                Said(
                    f"站点日均浓度：{name}：{thin} 个站日只有 1 至 {HOURS_OF_DAY - 1} "
                    "个小时值，没有日均值（GB 3095 表 4）",
                    f"station_day: {name}: {thin} station-days with 1 to {HOURS_OF_DAY - 1} "
                    "hours have no mean (GB 3095 table 4)",
                )
            )
    some = (pl.col(f"n.{O3_1H}") > 0) | (pl.col("n.running") > 0)
    thin = int(days.select((some & found[O3_8H].is_null()).sum()).item())
    if thin:
        notes.append(
            Said(
                f"站点日均浓度：O₃ 8小时：{thin} 个站日的 8 小时均值不足 {WINDOWS} 个，"
                f"又都不高于 {O3_LIMIT} 微克/立方米，没有日最大值（HJ 663）",
                f"station_day: o3_8h: {thin} station-days with fewer than {WINDOWS} 8-hour "
                f"means, none above {O3_LIMIT} µg/m³, have no daily maximum (HJ 663)",
            )
        )
    few = days.filter(~pl.col("by_hours") & (pl.col(f"n.{O3_1H}") > 0)).height
    if few:
        notes.append(
            Said(
                f"站点日均浓度：O₃ 8小时：{few} 个站日由小时值得不出 8 小时均值，用导出的",
                f"station_day: o3_8h: of {few} station-days the hours make no 8-hour mean; those "
                "exported are used",
            )
        )
    early = days.filter(~pl.col("by_hours") | (pl.col(f"n.{O3_1H}") == 0))["n.early"].sum()
    if early:
        notes.append(
            Said(
                f"站点小时浓度：O₃ 8小时：1 时至 {FIRST_END - 1} 时的 {early} 个滑动均值不足 8 "
                "小时，没有用",
                f"station_hour: o3_8h: {early} running means at hours 1 to {FIRST_END - 1} are "
                "left out: they restart at hour 1 and are no full eight hours",
            )
        )
    return notes
