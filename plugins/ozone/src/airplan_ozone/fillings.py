"""A nozzle's fillings become its days: warned or not, an alarm or not, or not known.

A day with too few fillings is not judged: they count with the next day's. A filling of which the
litres or the ratio are not known may count or not, and lie outside or not.
"""

from typing import Any

import polars as pl

from airplan_ozone import vapour_limits as limits

#: More days than the calendar has, so that a nozzle and a day make one number.
_DAYS = 10_000_000

c = pl.col
_DAY = ["nozzle", "date"]


def days(
    own: pl.DataFrame, fillings: pl.DataFrame, nozzles: pl.DataFrame, _: Any
) -> tuple[pl.DataFrame, list[str]]:
    """The ledger `nozzle_day`, completed from `filling`; what it says itself stays."""
    if fillings.is_empty() and own.is_empty():
        return own, []
    names = nozzles["id"]
    numbers = names.to_frame("nozzle").with_row_index("place")
    found = _judged(_counted(fillings, numbers))
    said = own.join(numbers, on="nozzle", how="inner", maintain_order="left")
    key = c("place").cast(pl.Int64) * _DAYS + c("date").cast(pl.Int64)
    said = said.select("warned", "alarmed", key=key)
    if not said.is_empty():
        found = found.join(said, on="key", how="full", coalesce=True, suffix="_said").sort("key")
        found = found.select(
            "key", warned=pl.coalesce("warned_said", "warned"), alarmed_said="alarmed"
        )
    found = _alarmed(found)
    if not said.is_empty():
        found = found.with_columns(alarmed=pl.coalesce("alarmed_said", "alarmed"))
    found = found.select(
        "warned", "alarmed",
        nozzle=names.gather(found["key"] // _DAYS),
        date=(c("key") % _DAYS).cast(pl.Int32).cast(pl.Date),
    )  # fmt: skip
    if own.is_empty():
        further, kept = found, own
    else:
        kept = own.join(found, on=_DAY, how="left", maintain_order="left", suffix="_found")
        kept = kept.with_columns(
            warned=pl.coalesce("warned", "warned_found"),
            alarmed=pl.coalesce("alarmed", "alarmed_found"),
        )
        further = found.join(own, on=_DAY, how="anti", maintain_order="left")
    further = further.with_columns(id=pl.format("{}/{}", "nozzle", "date"))
    columns = own.columns
    return pl.concat([kept.select(columns), further.select(columns)]), []


def _counted(fillings: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    """Of each nozzle's day the fillings outside, those inside, and those that may be either."""
    run = fillings["nozzle"].rle_id()
    runs = fillings["nozzle"].gather(run.arg_unique()).to_frame()
    place = runs.join(numbers, on="nozzle", how="left", maintain_order="left")["place"]
    least, most = map(float, limits.ONLINE_RATIO)
    effective = c("litres") >= limits.EFFECTIVE_LITRES
    outside = (c("ratio") < least) | (c("ratio") > most)
    return (
        fillings.lazy()
        .select(
            key=pl.lit(place.cast(pl.Int64).gather(run)) * _DAYS
            + c("time").dt.date().cast(pl.Int64),
            outside=pl.when(effective).then(outside),
            small=~effective,
        )
        .filter(c("key").is_not_null() & ~c("small").fill_null(value=False))
        .group_by("key")
        .agg(
            outside=c("outside").sum().cast(pl.Int64),
            known=c("outside").count().cast(pl.Int64),
            total=pl.len().cast(pl.Int64),
        )
        .sort("key")
        .collect()
    )


def _judged(frame: pl.DataFrame) -> pl.DataFrame:
    """Whether each day warned; days of too few fillings go to the next one of their nozzle."""
    while True:
        few = c("total") < limits.ENOUGH_FILLINGS
        # the first of several in a row: the next one may be enough with it
        first = few & ~few.shift(1, fill_value=False)
        mine = c("key") // _DAYS == c("key").shift(1) // _DAYS
        moved = first.shift(1, fill_value=False) & mine
        if not frame.select(few.any()).item():
            break
        frame = frame.with_columns(
            pl.when(moved).then(c(name) + c(name).shift(1)).otherwise(name).alias(name)
            for name in ("outside", "known", "total")
        ).filter(~frame.select(first).to_series())
    part = float(limits.ONLINE_PART)
    open_ = c("total") - c("known")
    # of what may count or not, too few may be left
    enough = c("known") >= limits.ENOUGH_FILLINGS
    warned = (
        pl.when(enough & (c("outside") > part * c("total")))
        .then(statement=True)
        .when(enough & (c("outside") + open_ <= part * c("total")))
        .then(statement=False)
    )
    return frame.select("key", warned=warned)


def _alarmed(frame: pl.DataFrame) -> pl.DataFrame:
    """Whether each day is the last of so many days of warning, one after the other."""
    count = limits.ALARM_DAYS
    same = c("key") // _DAYS == c("key").shift(count - 1) // _DAYS

    def all_of(warned: pl.Expr) -> pl.Expr:
        return (warned.cast(pl.Int64).rolling_sum(count) == count) & same

    surely = all_of(c("warned").fill_null(value=False)).fill_null(value=False)
    maybe = all_of(c("warned").fill_null(value=True)).fill_null(value=False)
    alarmed = pl.when(surely).then(statement=True).when(~maybe).then(statement=False)
    return frame.with_columns(alarmed=alarmed)
