"""The kinds of metric over rows: what is counted, and the words that are said of a field.

`Trip.tonnes.share(of=Trip.enterprise, where=…)` is a share of tonnes, `Share(of=…)` one of trips.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Required, Self, TypedDict, Unpack, cast

import attrs

from airplan_core.errors import RuleError, UnitError
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.counts import counting
from airplan_core.model.entity import Entity
from airplan_core.model.metric import Metric
from airplan_core.model.period import Completeness, Need, Period
from airplan_core.model.several import one_of
from airplan_core.model.tree import ALWAYS, Better, Column, Condition, Constant, Number, rewrite
from airplan_core.quantities import units


def _added(metric: Aggregate, word: Any, field: Any) -> None:
    if not isinstance(field, Amount):
        read = repr(field)
        if isinstance(field, Number):
            read = "what is computed of some; add each of them up, and compare the sums"
        raise RuleError(
            f"metric {metric.id!r}: {word.name} names a field that is measured or counted, not "
            f"{read}"
        )


def _conditional(metric: Aggregate, field: Any, value: Any) -> None:
    if not isinstance(value, Condition):
        raise RuleError(f"metric {metric.id!r}: {field.name!r} is a condition, not {value!r}")


def _dated(metric: Aggregate, _: Any, day: Any) -> None:
    if not isinstance(day, Column):
        raise RuleError(f"metric {metric.id!r}: say on which day a row is (on=…)")


@attrs.frozen(kw_only=True, cache_hash=True)
class Count(Aggregate):
    """How many rows there are, in `unit`.

    Attributes:
        among: the rows that it is about, of which `where` are counted.
        complete: of a ledger with a row a day: a day that is not there may be one of them.
    """

    unit: str
    among: Condition = attrs.field(default=ALWAYS, validator=_conditional)
    complete: Completeness | None = None

    @property
    def whole(self) -> bool:
        return True

    @property
    def weight(self) -> str:
        return self.unit


@attrs.frozen(kw_only=True, cache_hash=True)
class Sum(Aggregate):
    """What a field of the rows adds up to."""

    measure_of: Amount = attrs.field(validator=_added)


@attrs.frozen(kw_only=True, cache_hash=True)
class _Daily(Aggregate):
    """A statistic of daily values: a day that `where` leaves out is in neither.

    Attributes:
        on: the day of a row.
        measure_of: the field with the values, which are never negative.
        complete: how much of the ledger must be there for it to be valid; without, every day.
    """

    on: Column = attrs.field(validator=_dated)
    measure_of: Amount = attrs.field(validator=_added)
    complete: Completeness | None = None

    @property
    def needs(self) -> tuple[Need, ...]:
        return _needs(self.complete, self)


@attrs.frozen(kw_only=True, cache_hash=True)
class Mean(_Daily):
    """The mean of daily values."""


@attrs.frozen(kw_only=True, cache_hash=True)
class Percentile(_Daily):
    """A percentile of daily values, interpolated between two of them (HJ 663); `p` says which."""

    p: int = attrs.field(validator=counting("p=95", most=100))


def _priced(prices: Any) -> tuple[tuple[Condition, Constant], ...]:
    return tuple((kind, price) for kind, price in prices)


@attrs.frozen(kw_only=True, cache_hash=True)
class Priced(Aggregate):
    """What the rows cost, each by its kind, once or so many times: 发现一起扣缴10万元.

    Attributes:
        prices: of each kind of row; each row is one of them. See `Prices`.
        unit: of the prices.
        measure_of: how many times each row counts; without it, once.
    """

    prices: tuple[tuple[Condition, Constant], ...] = attrs.field(converter=_priced)
    unit: str
    measure_of: Amount | None = attrs.field(
        default=None, validator=attrs.validators.optional(_added)
    )

    @property
    def kinds(self) -> tuple[Condition, ...]:
        return tuple(kind for kind, _ in self.prices)

    def _rewritten(self, change: Callable[[Any], Any]) -> Self:
        prices = tuple((rewrite(kind, change), price) for kind, price in self.prices)
        return attrs.evolve(super()._rewritten(change), prices=prices)

    @property
    def weight(self) -> str:
        return self.unit


@attrs.frozen
class Prices:
    """A price list: what a row costs, by its kind, as the sentence says it and in its order.

    Attributes:
        prices: each kind of row, and what one of it costs.
        unit: of all of them.
    """

    prices: tuple[tuple[Condition, Constant], ...]
    unit: str

    @classmethod
    def of(cls, prices: Iterable[tuple[Condition, str]]) -> Prices:
        """The prices, in the unit of the first.

        Raises:
            UnitError: one is no quantity of the same kind, or less than nothing.
        """
        found = [(kind, units.Quantity.of(price), str(price)) for kind, price in prices]
        unit = found[0][1].unit
        made = [(kind, Constant(one.to(unit), unit, said)) for kind, one, said in found]
        for _, price in made:
            if cast("Decimal", price.value) < 0:
                raise UnitError(f"{price.written!r}: a price is no less than nothing")
        return cls(tuple(made), unit)

    def sum(self, *, times: Amount | None = None, **of: Unpack[_OfRows]) -> Priced:
        """What the rows cost together; `times` is a field that says how often each counts: 叠加."""
        return Priced(prices=self.prices, unit=self.unit, measure_of=times, **of)


def _floored(metric: Aggregate, attribute: Any, field: Any) -> None:
    _added(metric, attribute, field)
    if field.bounds[0] is None:
        raise RuleError(
            f"metric {metric.id!r}: what is not known of {field.title} may be anything; say what "
            f'it is at least: measured(…, floor="0 {field.unit}")'
        )


@attrs.frozen(kw_only=True, cache_hash=True)
class _Ranging(Aggregate):
    """A statistic of a field's values, which lies among them: of nothing it is not known."""

    measure_of: Amount = attrs.field(validator=_floored)

    @property
    def span(self) -> tuple[float, float | None]:
        low, high = self.measure_of.bounds
        assert low is not None, "a floor is asked for"
        return float(low), None if high is None else float(high)


@attrs.frozen(kw_only=True, cache_hash=True)
class Extreme(_Ranging):
    """The greatest of a field's values, or the least: 最大值、最小值."""

    greatest: bool = True


@attrs.frozen(kw_only=True, cache_hash=True)
class WeightedMean(_Ranging):
    """The mean of a field's values, each weighed by another field of its row: 按燃料量加权平均.

    Attributes:
        by: the field with the weights, which are never negative.
    """

    by: Amount = attrs.field(validator=_floored)

    @property
    def amounts(self) -> tuple[Any, ...]:
        return self.measure_of, self.by


@attrs.frozen(kw_only=True, cache_hash=True)
class Proportion(Aggregate):
    """A percentage of a whole, by the number of rows or by the amount of a field.

    Attributes:
        measure_of: the field by which it is weighed; without it, each row counts as one.
        unit: without a field, what a row is.
        among: the rows that are the whole; `where` are those that count in it.
    """

    measure_of: Amount | None = attrs.field(
        default=None, validator=attrs.validators.optional(_added)
    )
    unit: str = ""
    among: Condition = attrs.field(default=ALWAYS, validator=_conditional)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.observed and self.better != "more":
            raise RuleError(
                f"metric {self.id!r}: a share of nothing meets what is to be more (better='more')"
            )

    @property
    def span(self) -> tuple[float, float | None]:
        return 0.0, 100.0

    @property
    def measure(self) -> str:
        return "%"

    @property
    def weight(self) -> str:
        return self.unit if self.measure_of is None else super().weight


@attrs.frozen(kw_only=True, cache_hash=True)
class Share(Proportion):
    """The percentage of the whole that `where` makes up.

    Attributes:
        complete: how much must be there of a ledger with a row a day; a day that is not there may
            count or not.
    """

    complete: Completeness | None = None

    @property
    def needs(self) -> tuple[Need, ...]:
        return () if self.complete is None else _needs(self.complete, self)


@attrs.frozen(kw_only=True, cache_hash=True)
class Substitution(Proportion):
    """替代比例: of what some rows fall short of, the percentage that others make up.

    Attributes:
        instead_of: the rows that should make up so much of the whole.
        up_to: how much; where they do, nothing is to be substituted, and it is 100 %.
    """

    instead_of: Condition = attrs.field(validator=_conditional)
    up_to: str

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        _ = self.target

    @property
    def target(self) -> Decimal:
        """The percentage that the rows it stands in for should make up."""
        return units.Quantity.of(self.up_to).to("%")


@attrs.frozen(kw_only=True, cache_hash=True)
class Change(Metric):
    """By how much a share has fallen (or risen) from a baseline year, in percentage points."""

    share: Share
    since: Period = attrs.field(
        validator=one_of(Period, 'Period("2020", date(2020, 1, 1), date(2020, 12, 31))')
    )
    falls: bool = True

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.share, Share):
            raise RuleError(f"metric {self.id!r} is the change of a share, not of {self.share!r}")
        if self.share.daily:
            raise RuleError(f"metric {self.id!r}: the change of a share over a period")
        if self.share.subject is not self.subject:
            raise RuleError(f"metric {self.id!r} and {self.share.id!r} are of one subject")

    @property
    def ledgers(self) -> tuple[type[Entity], ...]:
        return self.share.ledgers

    @property
    def trees(self) -> tuple[Condition, ...]:
        return self.share.trees

    def taken(self, choices: Mapping[str, str]) -> Self:
        return attrs.evolve(self, share=self.share.taken(choices))

    @property
    def span(self) -> tuple[float, float | None]:
        return -100.0, 100.0

    @property
    def shares(self) -> tuple[Share, Share]:
        """The share of its period, and of the baseline."""
        assert self.period is not None, "a change is from a baseline to a period"
        return self.share.over(self.period), self.share.over(self.since)

    @property
    def measure(self) -> str:
        """Percentage points."""
        return "百分点"


def _needs(complete: Completeness | None, metric: Aggregate) -> tuple[Need, ...]:
    if complete is None:
        return (Need("", metric.days),)
    if metric.period is None:
        return (Need("", min(complete.days, metric.days)),)
    return complete.needs(metric.period)


class _Said(TypedDict, total=False):
    id: Required[str]
    zh: Required[str]
    en: str
    of: Required[type[Entity] | Column]
    subject: type[Entity]
    last: int | None
    where: Condition
    observed: bool
    better: Better
    decimals: int | None


class _OfRows(_Said, total=False):
    on: Column | None


class _OfDays(_Said, total=False):
    on: Required[Column]
    complete: Completeness | None


class Amount(Number):
    """A field whose values are added up: the metrics of it are written beside the sentence."""

    __slots__ = ()

    def sum(self, **of: Unpack[_OfRows]) -> Sum:
        """What it adds up to."""
        return Sum(measure_of=self, **of)

    def mean(self, **of: Unpack[_OfDays]) -> Mean:
        """The mean of its daily values."""
        return Mean(measure_of=self, **of)

    def percentile(self, p: int, **of: Unpack[_OfDays]) -> Percentile:
        """A percentile of its daily values: `CountyDay.co.percentile(95, …)`."""
        return Percentile(measure_of=self, p=p, **of)

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """What any subject can have at least and at most; None where nothing is said."""
        raise NotImplementedError

    def maximum(self, **of: Unpack[_OfRows]) -> Extreme:
        """The greatest of its values: 最大值."""
        return Extreme(measure_of=self, **of)

    def minimum(self, **of: Unpack[_OfRows]) -> Extreme:
        """The least of its values: 最小值."""
        return Extreme(measure_of=self, greatest=False, **of)

    def weighted_mean(self, by: Amount, **of: Unpack[_OfRows]) -> WeightedMean:
        """The mean of its values, each weighed by another field: 按燃料量加权平均硫分."""
        return WeightedMean(measure_of=self, by=by, **of)

    def share(self, *, among: Condition = ALWAYS, **of: Unpack[_OfRows]) -> Share:
        """The percentage of it that the rows that count make up."""
        return Share(measure_of=self, among=among, **of)

    def substitution(
        self,
        *,
        instead_of: Condition,
        up_to: str,
        among: Condition = ALWAYS,
        **of: Unpack[_OfRows],
    ) -> Substitution:
        """The percentage that the rows that count make up of what others fall short of."""
        return Substitution(measure_of=self, instead_of=instead_of, up_to=up_to, among=among, **of)
