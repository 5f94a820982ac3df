"""The forms in which platforms export hourly data, turned into one row for each station and hour.

Three are known: a date column beside an hour column; one column for each station, with a `type`
column that names the pollutant of the row; and one value a row, with `type` and `value`.
"""

from collections.abc import Iterable

import attrs
import polars as pl

from airplan_core import FactsError, Problem, Sheet, nearest

DATES = ("date", "日期", "监测日期")
HOURS = ("hour", "小时", "时", "监测小时")
STATIONS = ("station", "站点", "站点编号", "监测点", "点位", "city", "城市")
TYPES = ("type", "项目", "污染物", "指标")
VALUES = ("value", "数值", "浓度", "监测值")

#: What a `type` column calls the ledger's columns.
NAMES = {
    "pm2.5": "pm25", "pm25": "pm25", "pm10": "pm10", "so2": "so2", "no2": "no2", "co": "co",
    "o3": "o3_1h", "o3_1h": "o3_1h", "o3_8h": "o3_8h", "aqi": "published_aqi",
}  # fmt: skip

#: What is exported beside them and known: running means and daily values as of the hour.
KNOWN = frozenset(
    f"{name}_24h" for name in ("pm2.5", "pm25", "pm10", "so2", "no2", "co", "o3", "o3_8h")
)


#: A file with a header only: there are no hours.
_NO_HOURS = pl.DataFrame(schema={"0": pl.String, "1": pl.String})


def _place(sheet: Sheet, names: Iterable[str]) -> int | None:
    return next(iter(sheet.places(names)), None)


def date_and_hour(sheet: Sheet) -> Sheet | None:
    """One column `time` of a date column and an hour column."""
    date, hour = _place(sheet, DATES), _place(sheet, HOURS)
    if date is None or hour is None:
        return None
    joined = pl.concat_str(
        pl.col(str(date)).str.strip_chars(), pl.col(str(hour)).str.strip_chars(), separator=" "
    )
    whole = pl.col(str(hour)).str.contains(r"^\s*[0-9]{1,2}\s*$")
    text = pl.when(whole).then(pl.concat_str(joined, pl.lit(":00"))).otherwise(joined)
    kept = [place for place in range(len(sheet.header)) if place not in (date, hour)]
    return attrs.evolve(
        sheet,
        header=("time", *(sheet.header[place] for place in kept)),
        cells=sheet.cells.select(
            text.alias("0"), *(pl.col(str(old)).alias(str(n)) for n, old in enumerate(kept, 1))
        ),
    )


def one_type_a_row(sheet: Sheet) -> Sheet | None:
    """One column for each pollutant, of rows of one `type` each."""
    kind = _place(sheet, TYPES)
    if kind is None:
        return None
    long = date_and_hour(sheet) or sheet
    kind = _place(long, TYPES)
    station, value = _place(long, STATIONS), _place(long, VALUES)
    if not long.rows.len():
        return attrs.evolve(long, header=("station", "time"), cells=_NO_HOURS)
    time = _place(long, ("time", "时间", "监测时间"))
    if time is None or kind is None:
        raise FactsError(
            [Problem(file=sheet.file, row=1, expected="a column time, or date and hour",
                     hint="beside the column type")]
        )  # fmt: skip
    frame = long.cells.with_columns(row=long.rows)
    fixed = {"time": str(time), "type": str(kind)}
    if station is not None and value is not None:
        frame = frame.select(
            "row", time=str(time), type=str(kind), station=str(station), value=str(value)
        )
    else:
        if value is not None and station is None:
            raise _without_station(long)
        codes = {
            str(place): head.strip()
            for place, head in enumerate(long.header)
            if str(place) not in fixed.values() and head.strip()
        }
        if not codes:
            raise _without_station(long)
        frame = (
            frame.select("row", *codes, **{name: pl.col(at) for name, at in fixed.items()})
            .unpivot(list(codes), index=["row", *fixed], variable_name="at", value_name="value")
            .with_columns(station=pl.col("at").replace_strict(codes))
        )
    return _wide(long, frame)


def of_a_station(sheet: Sheet) -> None:
    """Of no other shape; but hours that no station is named for are of no use.

    Raises:
        FactsError: there is no column that names the stations.
    """
    if _place(sheet, ("station", *STATIONS)) is None:
        raise _without_station(sheet)


def _without_station(sheet: Sheet) -> FactsError:
    return FactsError(
        [Problem(file=sheet.file, row=1, read=",".join(sheet.header)[:80],
                 expected="说明是哪个站点的一列（station或站点），或每个站点一列",
                 hint="只有一个站点的，也加上“站点”一列，每行写它的编号")]
    )  # fmt: skip


def _wide(sheet: Sheet, long: pl.DataFrame) -> Sheet:
    """A row for each station and time, a column for each pollutant; every cell knows its row."""
    kinds = long.select(
        "row", "station", "time", "value", kind=pl.col("type").str.strip_chars().str.to_lowercase()
    )
    wrong = kinds.filter(~pl.col("kind").is_in([*NAMES, *KNOWN])).unique("kind", keep="first")
    if wrong.height:
        raise FactsError(
            Problem(file=sheet.file, row=row, column="type", read=read,
                    expected="a pollutant", hint=nearest(str(read), [*NAMES, *KNOWN]))
            for row, read in wrong.sort("row").select("row", "kind").iter_rows()
        )  # fmt: skip
    over = sorted(set(kinds["kind"].unique()) & KNOWN)
    kinds = kinds.filter(pl.col("kind").is_in(list(NAMES))).with_columns(
        pl.col("kind").replace_strict(NAMES)
    )
    key = ["station", "time"]
    twice = kinds.filter(kinds.select(*key, "kind").is_duplicated()).sort("row")
    if twice.height:
        row, station, time, _, kind = twice.row(1)
        raise FactsError(
            [Problem(file=sheet.file, row=row, column=kind, read=f"{station}/{time}",
                     expected="each station, time and type once",
                     hint=f"row {twice['row'][0]} has it too")]
        )  # fmt: skip
    if over and not kinds.height:
        raise FactsError(
            [Problem(file=sheet.file, column="type", read="、".join(over), expected="小时浓度",
                     hint=f"type写{'、'.join(NAMES)}之一；滑动平均不作小时浓度用")]
        )  # fmt: skip
    names = sorted(kinds["kind"].unique())

    def pivoted(values: str) -> pl.DataFrame:
        found = kinds.pivot("kind", index=key, values=values, maintain_order=True)
        return found.select(*key, *names)

    cells, rows = pivoted("value"), pivoted("row")
    first = rows.select(row=pl.min_horizontal(names))["row"].cast(pl.UInt32)
    origins = rows.select(first.alias("0"), first.alias("1"), *names)
    numbered = [str(place) for place in range(len(key) + len(names))]
    note = (f"{sheet.file}: {', '.join(over)}: known, and not read",) if over else ()
    return attrs.evolve(
        sheet,
        header=(*key, *names),
        cells=cells.rename(dict(zip(cells.columns, numbered, strict=True))),
        rows=first,
        origins=origins.rename(dict(zip(origins.columns, numbered, strict=True))),
        notes=(*sheet.notes, *note),
    )
