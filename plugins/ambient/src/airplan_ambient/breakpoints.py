"""HJ 633, table 1: which concentration is which index, in the editions of 2012 and 2026.

Editions are superseded by date, never overwritten: the air of 2024 is judged by the edition of
2012, that of April 2026 by the edition of 2026.
"""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import attrs

from airplan_core import RuleError, nearest


@attrs.frozen
class Item:
    """A pollutant over an averaging time: one column of the standard's table 1.

    Attributes:
        id: `o3_8h`.
        pollutant: how platforms print it as a primary pollutant: `O3_8h`.
        unit: of its concentrations.
        decimals: of its reported concentrations; CO is reported in tenths, the others whole.
    """

    id: str
    pollutant: str
    unit: str = "µg/m³"
    decimals: int = 0


SO2_DAY = Item("so2_24h", "SO2")
SO2_HOUR = Item("so2_1h", "SO2")
NO2_DAY = Item("no2_24h", "NO2")
NO2_HOUR = Item("no2_1h", "NO2")
PM10_DAY = Item("pm10_24h", "PM10")
CO_DAY = Item("co_24h", "CO", "mg/m³", 1)
CO_HOUR = Item("co_1h", "CO", "mg/m³", 1)
O3_HOUR = Item("o3_1h", "O3_1h")
O3_8H = Item("o3_8h", "O3_8h")
PM25_DAY = Item("pm25_24h", "PM2.5")

#: The columns of the table, in the standard's order.
ITEMS = (
    SO2_DAY, SO2_HOUR, NO2_DAY, NO2_HOUR, PM10_DAY, CO_DAY, CO_HOUR, O3_HOUR, O3_8H, PM25_DAY,
)  # fmt: skip

#: The index at each row of the table.
LEVELS = (0, 50, 100, 150, 200, 300, 400, 500)


@attrs.frozen(kw_only=True)
class Edition:
    """One edition of HJ 633.

    Attributes:
        begins: the first day whose air it is held against.
        breakpoints: for each item the concentration at each of `LEVELS`, as far as it is defined.
        above: the index above the last breakpoint; None where there is none of this averaging
            time and another one's is used instead (notes 2 and 3 of the 2012 edition).
        rounds_input: concentrations are rounded to their reported precision first (GB/T 8170).
        others_above: where a pollutant is missing the others make the index if they make it more
            than this (2026, 5.3.1); None where it is NA whatever they make it (2012).
    """

    id: str
    begins: dt.date
    breakpoints: Mapping[str, tuple[Fraction, ...]] = attrs.field(hash=False)
    above: Mapping[str, int | None] = attrs.field(hash=False)
    rounds_input: bool
    others_above: int | None = None

    def top(self, item: Item) -> Fraction:
        """The last concentration for which the item has an index by the table."""
        return self.breakpoints[item.id][-1]

    def exact(self, item: Item, concentration: Fraction) -> Fraction | None:
        """The unrounded index of a concentration; None where the item has none so high."""
        limits = self.breakpoints[item.id]
        if concentration > limits[-1]:
            above = self.above[item.id]
            return None if above is None else Fraction(above)
        for place in range(1, len(limits)):
            low, high = limits[place - 1], limits[place]
            if concentration <= high:
                slope = Fraction(LEVELS[place] - LEVELS[place - 1]) / (high - low)
                return LEVELS[place - 1] + slope * (concentration - low)
        raise AssertionError("the last breakpoint is the last")  # pragma: no cover


#: HJ 633-2012, table 1. µg/m³; CO in mg/m³. A dash is a concentration without an index of this
#: averaging time: SO₂ 1 h and O₃ 8 h above 800.
_TABLE_2012 = """
SO2_24h SO2_1h NO2_24h NO2_1h PM10_24h CO_24h CO_1h O3_1h O3_8h PM25_24h
0       0      0       0      0        0      0     0     0     0
50      150    40      100    50       2      5     160   100   35
150     500    80      200    150      4      10    200   160   75
475     650    180     700    250      14     35    300   215   115
800     800    280     1200   350      24     60    400   265   150
1600    -      565     2340   420      36     90    800   800   250
2100    -      750     3090   500      48     120   1000  -     350
2620    -      940     3840   600      60     150   1200  -     500
"""

#: HJ 633-2026 differs at index 100: PM₁₀ 120 and PM₂.₅ 60.
_CHANGES_2026 = {("pm10_24h", 100): 120, ("pm25_24h", 100): 60}


def _parsed(table: str) -> dict[str, tuple[Fraction, ...]]:
    names, *rows = (line.split() for line in table.strip().splitlines())
    columns = zip(*rows, strict=True)
    return {
        name.lower(): tuple(Fraction(cell) for cell in column if cell != "-")
        for name, column in zip(names, columns, strict=True)
    }


_2012 = _parsed(_TABLE_2012)
_2026 = {
    item: tuple(
        Fraction(_CHANGES_2026.get((item, level), int(limit)))
        for level, limit in zip(LEVELS, limits, strict=False)
    )
    for item, limits in _2012.items()
}

#: Nothing is said above the last row; platforms publish 500, for 314 of 314 hours seen.
_CAPPED = {item.id: LEVELS[-1] for item in ITEMS}

HJ_633_2012 = Edition(
    id="HJ 633-2012",
    begins=dt.date.min,
    breakpoints=_2012,
    above={**_CAPPED, "so2_1h": None, "o3_8h": None},
    rounds_input=False,
)
HJ_633_2026 = Edition(
    id="HJ 633-2026",
    begins=dt.date(2026, 3, 1),
    breakpoints=_2026,
    above={**_CAPPED, "so2_1h": 200, "o3_8h": 300},
    rounds_input=True,
    others_above=100,
)

#: Every edition, the latest first.
EDITIONS = (HJ_633_2026, HJ_633_2012)


def edition_of(day: dt.date) -> Edition:
    """The edition in force on a day."""
    return next(edition for edition in EDITIONS if day >= edition.begins)


def edition(id: str) -> Edition:
    """The edition called `id`, `HJ 633-2012`.

    Raises:
        RuleError: there is none; the nearest is named.
    """
    known = {one.id: one for one in EDITIONS}
    if id not in known:
        raise RuleError(f"no edition of HJ 633 is called {id!r}; {nearest(id, known)}")
    return known[id]


@attrs.frozen
class Category:
    """A category of the index: its name, its highest index, its level and its colour."""

    zh: str
    en: str
    up_to: int
    level: str
    colour: str


#: HJ 633, table 2; the colours are its RGB values.
CATEGORIES = (
    Category("优", "excellent", 50, "一级", "#00e400"),
    Category("良", "good", 100, "二级", "#ffff00"),
    Category("轻度污染", "lightly polluted", 150, "三级", "#ff7e00"),
    Category("中度污染", "moderately polluted", 200, "四级", "#ff0000"),
    Category("重度污染", "heavily polluted", 300, "五级", "#99004c"),
    Category("严重污染", "severely polluted", 500, "六级", "#7e0023"),
)
