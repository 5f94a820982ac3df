"""HJ 663: from hourly values to the values of a day, natural days by hour label.

The hour labelled *h* is the hour before it: a day has the labels 1 to 23 of its own date and 0 of
the next, which is its 24th.
"""

import polars as pl

from airplan_core import ratio

#: What has a mean of a day, and what O₃ has instead.
MEANS = ("pm25", "pm10", "so2", "no2", "co")
PARTICLES = ("pm25", "pm10")
O3_1H, O3_8H = "o3_1h", "o3_8h"

#: GB 3095 table 4: a day's mean needs 20 hourly values, an 8-hour mean 6.
HOURS_OF_DAY, HOURS_OF_EIGHT = 20, 6
#: HJ 663: the 8-hour means that end at 8 to 24 o'clock; 14 of them, or a result above the limit.
FIRST_END, LAST_END, WINDOWS, O3_LIMIT = 8, 24, 14, 160

_MICRO = 1_000_000


def _micro(name: str) -> pl.Expr:
    """A concentration in whole millionths: below 10⁹ the product is within half of one."""
    return (pl.col(name) * _MICRO).round().cast(pl.Int64)


def _mean(total: pl.Expr, count: pl.Expr) -> pl.Expr:
    """A mean of millionths, to the nearest millionth."""
    return ratio(total.cast(pl.Int128), count * _MICRO, 6)


def with_day(hours: pl.DataFrame) -> pl.DataFrame:
    """The hours with the natural day they belong to (`date`) and their number in it (`label`)."""
    start = pl.col("time") - pl.duration(hours=1)
    return hours.with_columns(date=start.dt.date(), label=start.dt.hour() + pl.lit(1, pl.Int8))


def day_values(hours: pl.DataFrame, in_dust: pl.Series) -> tuple[pl.DataFrame, list[str]]:
    """The daily values of every station, and notes on what is too thin to make any.

    Args:
        hours: `station`, `time` and the concentrations of `MEANS`, `o3_1h` and `o3_8h` (the
            running 8-hour mean where it is exported; it is used where `o3_1h` is not there).
        in_dust: for each row, whether its particles are removed as dust: 0 none, 1 PM₁₀, 2 both.

    Returns:
        `station`, `date`, the means, `o3_1h` and `o3_8h` (the day's greatest), and the particles'
        means without the hours in a dust event.
    """
    held = with_day(hours).with_columns(in_dust.alias("dust"))
    held = held.filter(pl.col("station").is_not_null() & pl.col("time").is_not_null())
    sums: list[pl.Expr] = []
    for name in MEANS:
        sums += [_micro(name).sum().alias(name), pl.col(name).count().alias(f"n.{name}")]
    for level, name in ((2, "pm25"), (1, "pm10")):
        clean = pl.col("dust") < level
        sums += [
            _micro(name).filter(clean).sum().alias(f"{name}_without_dust"),
            pl.col(name).filter(clean).count().alias(f"n.{name}_without_dust"),
        ]
    ends = range(FIRST_END, LAST_END + 1)
    sums += [
        _micro(O3_1H).filter(pl.col("label") == label).first().alias(f"o3.{label}")
        for label in range(1, LAST_END + 1)
    ]
    running = pl.col(O3_8H).is_not_null() & (pl.col("label") >= FIRST_END)
    sums += [
        pl.col(O3_1H).max(),
        pl.col(O3_1H).count().alias(f"n.{O3_1H}"),
        pl.col(O3_8H).filter(running).max().alias("running"),
        running.sum().alias("n.running"),
        (pl.col(O3_8H).is_not_null() & (pl.col("label") < FIRST_END)).sum().alias("n.early"),
    ]
    days = held.group_by("station", "date", maintain_order=True).agg(*sums)
    days = days.with_columns(_window(end) for end in ends)
    windows = [pl.col(f"window.{end}") for end in ends]
    valid = pl.sum_horizontal(window.is_not_null() for window in windows)
    by_hours = pl.col(f"n.{O3_1H}") > 0
    greatest = pl.when(by_hours).then(pl.max_horizontal(windows)).otherwise("running")
    enough = pl.when(by_hours).then(valid).otherwise("n.running") >= WINDOWS
    particles = [f"{name}_without_dust" for name in PARTICLES]
    found = days.select(
        "station",
        "date",
        *(
            pl.when(pl.col(f"n.{name}") >= HOURS_OF_DAY)
            .then(_mean(pl.col(name), pl.col(f"n.{name}")))
            .alias(name)
            for name in (*MEANS, *particles)
        ),
        pl.when(pl.col(f"n.{O3_1H}") >= HOURS_OF_DAY).then(O3_1H).alias(O3_1H),
        pl.when(enough | (greatest > O3_LIMIT)).then(greatest).alias(O3_8H),
    )
    return found, _notes(days, found)


def _window(end: int) -> pl.Expr:
    """The 8-hour mean that ends at a label, where six of its hours are there."""
    hours = [pl.col(f"o3.{label}") for label in range(end - 7, end + 1)]
    count = pl.sum_horizontal(hour.is_not_null() for hour in hours).cast(pl.Int64)
    mean = _mean(pl.sum_horizontal(hours), count)
    return pl.when(count >= HOURS_OF_EIGHT).then(mean).alias(f"window.{end}")


def _notes(days: pl.DataFrame, found: pl.DataFrame) -> list[str]:
    notes = []
    for name in MEANS:
        thin = int(days.select(pl.col(f"n.{name}").is_between(1, HOURS_OF_DAY - 1).sum()).item())
        if thin:
            notes.append(
                f"station_day: {name}: {thin} station-days with 1 to {HOURS_OF_DAY - 1} hours have "
                "no mean (GB 3095 table 4)"
            )
    some = (pl.col(f"n.{O3_1H}") > 0) | (pl.col("n.running") > 0)
    thin = int(days.select((some & found[O3_8H].is_null()).sum()).item())
    if thin:
        notes.append(
            f"station_day: o3_8h: {thin} station-days with fewer than {WINDOWS} 8-hour means, none "
            f"above {O3_LIMIT} µg/m³, have no daily maximum (HJ 663)"
        )
    early = days.filter(pl.col(f"n.{O3_1H}") == 0)["n.early"].sum()
    if early:
        notes.append(
            f"station_hour: o3_8h: {early} running means at hours 1 to {FIRST_END - 1} are left "
            "out: they restart at hour 1 and are no full eight hours"
        )
    return notes
