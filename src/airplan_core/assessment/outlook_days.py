"""The days of one subject that a metric is made of, added up over stretches of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

import attrs
import polars as pl

from airplan_core.engines.engine import Engine
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.kinds import Count, Mean, Proportion, Share
from airplan_core.model.period import Period


@attrs.frozen(kw_only=True)
class Stretch:
    """The days of a year up to the day of the outlook, and those after it.

    Attributes:
        year: its year.
        to_date, rest, whole: the metric over each part; None where it has no value.
        counted: how many days of the rest counted: good ones, heavy ones.
        days: how many days of the year the ledger has a value for.
        valid: whether the rest has as many as its completeness asks for.
    """

    year: int
    to_date: Fraction | None
    rest: Fraction | None
    whole: Fraction | None
    counted: int
    days: int
    valid: bool


@attrs.frozen(kw_only=True)
class Sums:
    """What a stretch of days adds up to."""

    total: Fraction
    known: int
    yes: int
    missing: int


@attrs.frozen
class Days:
    """The days of one subject that a metric is made of."""

    metric: Aggregate
    rows: pl.DataFrame

    @classmethod
    def of(cls, engine: Engine, metric: Aggregate, subject: str) -> Days:
        return cls(metric, engine.days(metric, subject))

    def between(self, first: dt.date, last: dt.date) -> Sums:
        """The sums over the days from `first` to `last`, both included."""
        rows = self.rows.filter(pl.col("day").is_between(first, last))
        counts, valued = pl.col("counts"), pl.col("micro").is_not_null()
        totals = rows.select(
            yes=(counts & valued & pl.col("among")).sum(),
            no=(~counts & pl.col("among")).sum(),
            total=pl.col("micro").filter(counts & valued).sum(),
        ).row(0)
        yes, no, total = (int(number or 0) for number in totals)
        # of a count or a share the days that do not count are known too; of a mean they are left
        # out, and neither known nor missing
        known = yes + no if isinstance(self.metric, Count | Proportion) else yes
        return Sums(
            total=Fraction(total, 10**6),
            known=known,
            yes=yes,
            missing=max((last - first).days + 1 - yes - no, 0),
        )

    def can_be_valid(self, as_of: dt.date) -> bool:
        """Whether there can still be as many days as the metric's period, and its months, need."""
        return all(
            self._told(period, as_of) + self._to_come(period, as_of) >= need.least
            for need in self.metric.needs
            if (period := need.month or self.metric.period) is not None
        )

    def _told(self, period: Period, as_of: dt.date) -> int:
        """How many days of a period up to today are known, or left out."""
        last = min(period.ends, as_of)
        days = (last - period.begins).days + 1
        return max(days, 0) - self.between(period.begins, last).missing

    def _to_come(self, period: Period, as_of: dt.date) -> int:
        """How many days of a period may still be told: today is among them if it is not yet."""
        today = self.between(as_of, as_of).missing
        first = max(period.begins, as_of + dt.timedelta(days=1 - today))
        return max((period.ends - first).days + 1, 0)

    def earlier(self, period: Period, as_of: dt.date) -> Iterator[Stretch]:
        """The same stretches of the years before, which the ledger has days of."""
        begins = self.rows["day"].min()
        if not isinstance(begins, dt.date) or self.metric.complete is None:
            return
        for year in range(period.begins.year - 1, begins.year - 1, -1):
            first, middle, last = (
                in_year(day, year + day.year - period.begins.year)
                for day in (period.begins, as_of, period.ends)
            )
            parts = (
                self.between(first, middle),
                self.between(middle + dt.timedelta(days=1), last),
                self.between(first, last),
            )
            if parts[2].known:
                to_date, rest, whole = (value_of(self.metric, part) for part in parts)
                least = self.metric.complete.least(Period("", middle + dt.timedelta(days=1), last))
                yield Stretch(
                    year=year,
                    to_date=to_date,
                    rest=rest,
                    whole=whole,
                    counted=parts[1].yes,
                    days=parts[2].known,
                    valid=parts[1].known >= least,
                )


def in_year(day: dt.date, year: int) -> dt.date:
    """The same day of another year; of 29 February, the last day of the month."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def value_of(metric: Aggregate, sums: Sums) -> Fraction | None:
    """What the metric is over such a stretch; None where nothing is known."""
    match metric:
        case Mean() if sums.known:
            return sums.total / sums.known
        case Share() if sums.known:
            return Fraction(100 * sums.yes, sums.known)
        case Count():
            return Fraction(sums.yes)
    return None
