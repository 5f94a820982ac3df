"""An aggregate is a metric over the rows of a ledger that belong to a subject.

What all kinds of it share is here: whose rows they are, when they are dated, which of them count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Self

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.acts import within
from airplan_core.model.comparable import comparable
from airplan_core.model.counts import MAX_SPAN, counting
from airplan_core.model.entity import Entity, Followed, Reference
from airplan_core.model.interpretation import Choice
from airplan_core.model.metric import Metric
from airplan_core.model.period import Completeness, Need, Period
from airplan_core.model.times import Happened
from airplan_core.model.tree import (
    ALWAYS,
    Column,
    Compare,
    Condition,
    columns,
    reached,
    rewrite,
    shallow,
    walk,
)
from airplan_core.quantities import units


def _column(reference: type[Entity] | Column | Followed) -> Any:
    return reference.reference if isinstance(reference, Followed) else reference


def _subject(metric: Aggregate) -> type[Entity]:
    target = getattr(metric.of, "target", None)
    if target is None:
        raise RuleError(
            f"metric {metric.id!r}: 'of' is a reference, not {metric.of!r}; of a field that holds "
            "a closed list, say whose ids its values are: subject=…"
        )
    return target  # type: ignore[no-any-return]


@attrs.frozen(kw_only=True, cache_hash=True)
class Aggregate(Metric):
    """What the rows of a ledger that belong to a subject come to: see `kinds`.

    Attributes:
        of: the field of a row that names its subject: a reference, `CountyDay.county`, followed
            where it must be, `Trip.enterprise.county`; or a stated field, for a subject that has
            its values as ids, `Trip.enterprise.industry`.
        subject: whose quantity it is; unless said, what `of` refers to.
        on: the day a row belongs to; rows after the day of assessment do not exist yet. Without
            it the metric is of what the ledger holds on a day, by its conditions on dates.
        last: with `on`, the metric as at a day is over the rows of so many days up to it.
        where: the rows that count. What it asks to happen counts where it happens in the period:
            a test of 2025 is none of 2026. How a row stands, opened or closed, is for `among`.
        acts: of a metric as at a day, the period of the duty that asks it.
        observed: a subject without a row, on the day or in the days asked about, is not known; of
            one with rows, none of which is among the whole, a sentence about it does not speak.
            Without it, a count of nothing is 0 and a share of nothing is not known.
    """

    of: Any = attrs.field(converter=_column)
    subject: type[Entity] = attrs.field(
        default=attrs.Factory(_subject, takes_self=True), repr=lambda entity: entity.__name__
    )
    on: Column | None = None
    last: int | None = attrs.field(
        default=None, validator=counting("last=30", least=1, most=MAX_SPAN)
    )
    where: Condition = ALWAYS
    observed: bool = False
    acts: Period | None = None

    def __attrs_post_init__(self) -> None:
        if type(self) is Aggregate:
            raise RuleError(
                f"metric {self.id!r}: say of which kind it is: Count, Sum, Mean, Percentile, "
                "Extreme, WeightedMean, Share, Substitution"
            )
        if not isinstance(self.where, Condition):
            raise RuleError(f"metric {self.id!r}: 'where' is a condition, not {self.where!r}")
        for tree in self.trees:
            shallow(tree, f"metric {self.id!r}")
        if isinstance(self.of, Reference):
            if self.of.target is not self.subject:
                raise RuleError(
                    f"metric {self.id!r} is of {self.subject.__name__}, but {self.of.title} refers "
                    f"to {self.of.target.__name__}"
                )
        elif not hasattr(self.of, "values"):  # a closed list of them
            raise RuleError(f"metric {self.id!r}: 'of' is a reference, not {self.of!r}")
        if self.on is None and (self.last is not None or self.complete is not None):
            raise RuleError(f"metric {self.id!r}: say on which day a row is (on=…)")
        day = () if self.on is None else (self.on,)
        if self.on is not None and not hasattr(self.on, "happened"):
            raise RuleError(
                f"metric {self.id!r}: the day of a row is one of its dates, on=…; read {self.on!r}"
            )
        for leaf in (*day, *columns(*self.trees), *self.amounts):
            if leaf.entity is not self.rows:
                raise RuleError(
                    f"metric {self.id!r} is over {self.rows.__name__}, but reads {leaf.title}; "
                    f"{reached(self.rows, leaf)}"
                )
        for tree in self.trees:
            for node in walk(tree):
                if isinstance(node, Compare):
                    comparable(node, f"metric {self.id!r}")
        for one in self.inner:
            if one.subject is not self.rows:
                raise RuleError(
                    f"metric {self.id!r} is over {self.rows.__name__}, but reads {one.id!r}, which "
                    f"is of {one.subject.__name__}"
                )
        units.parse_unit(self.measure)

    @property
    def inner(self) -> tuple[Metric, ...]:
        """The metrics of its rows that it is made with: 抽查过的加油站, by the checks of each."""
        nodes = (node for tree in self.trees for node in walk(tree))
        return tuple(dict.fromkeys(node for node in nodes if isinstance(node, Metric)))

    def _with_inner(self, change: Callable[[Metric], Metric]) -> Self:
        """The same with every metric of its rows changed."""
        if not self.inner:
            return self
        return self._rewritten(lambda n: change(n) if isinstance(n, Metric) else n)

    def over(self, period: Period) -> Self:
        found = super().over(period)
        return found._of_days(found.period)

    def _of_days(self, days: Period | None) -> Self:
        """The same with the metrics of its rows over a period, unless they have one."""
        if days is None:
            return self
        return self._with_inner(lambda m: m if m.daily or m.period else m.over(days))

    def as_at(self, day: dt.date | None) -> Self:
        return super().as_at(day)._with_inner(lambda m: _by_then(m, day))

    @property
    def counted(self) -> Condition:
        """`where`, with what it asks to happen on the days it is asked for."""
        days = self.period or self.acts
        return self.where if days is None else within(self.where, days)

    def doing(self, days: Period | None) -> Self:
        acts = any(isinstance(node, Happened) for node in walk(self.where))
        inner = [one for one in self.inner if not one.daily and one.period is None]
        if inner and days is None:
            raise RuleError(
                f"metric {self.id!r} reads {inner[0].id!r}, which needs a period: during(2024)"
            )
        found = attrs.evolve(self, acts=days) if acts or inner else self
        return found._of_days(days)

    @property
    def anytime(self) -> Self:
        found = attrs.evolve(super().anytime, acts=None)
        return found._with_inner(lambda m: m.anytime)

    @property
    def when(self) -> str:
        """Its period or its day; before a day, the period of what counts in it."""
        found = (self.acts.title if self.acts else "", super().when)
        return " ".join(filter(None, found))

    @property
    def measure_of(self) -> Any:
        """The field that is added up; None where the rows themselves are."""
        return None

    @property
    def amounts(self) -> tuple[Any, ...]:
        """The fields whose numbers it is made of."""
        return () if self.measure_of is None else (self.measure_of,)

    @property
    def among(self) -> Condition:
        """The rows that are the whole: all of them."""
        return ALWAYS

    @property
    def kinds(self) -> tuple[Condition, ...]:
        """The kinds of row that it tells apart, each row one of them."""
        return ()

    @property
    def instead_of(self) -> Condition | None:
        """The rows that others stand in for: there are none."""
        return None

    @property
    def complete(self) -> Completeness | None:
        """How much must be there of a ledger with a row a day; None where nothing is asked."""
        return None

    @property
    def needs(self) -> tuple[Need, ...]:
        """How many days must be there before it is valid; nothing where it needs none."""
        return ()

    @property
    def rows(self) -> type[Entity]:
        """The ledger whose rows are counted, summed or averaged."""
        return self.of.entity  # type: ignore[no-any-return]

    @property
    def ledgers(self) -> tuple[type[Entity], ...]:
        return tuple(dict.fromkeys((self.rows, *(e for one in self.inner for e in one.ledgers))))

    @property
    def daily(self) -> bool:
        return self.on is None or self.last is not None

    @property
    def days(self) -> int:
        """How many days it is over."""
        if self.period is not None:
            return self.period.days
        assert self.last is not None, "a metric of days is over a period, or the last days"
        return self.last

    @property
    def trees(self) -> tuple[Condition, ...]:
        among = (self.among, self.instead_of, *self.kinds)
        return (self.where, *(tree for tree in among if tree not in (None, ALWAYS)))

    def taken(self, choices: Mapping[str, str]) -> Self:
        return self._rewritten(lambda n: n.taken(choices) if isinstance(n, Choice | Metric) else n)

    def _rewritten(self, change: Callable[[Any], Any]) -> Self:
        """The same with every node of its conditions changed."""
        every = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
        conditions = {name: one for name, one in every.items() if isinstance(one, Condition)}
        return attrs.evolve(
            self, **{name: rewrite(one, change) for name, one in conditions.items()}
        )

    @property
    def measure(self) -> str:
        return self.weight

    @property
    def weight(self) -> str:
        """The unit of what is added up: its field's, or what is counted."""
        return self.measure_of.measure  # type: ignore[no-any-return]

    def sum(self, name: str) -> str:
        """The column of one of the sums that it is made of, however it is rounded."""
        return f"{self.made_of}|{name}"

    @property
    def made_of(self) -> str:
        """What its sums are called by: its name, without how it is rounded."""
        return self._named("")


def _by_then(metric: Metric, day: dt.date | None) -> Metric:
    """A metric of rows as at a day: of its period what had passed of it by then."""
    if metric.daily:
        return metric.as_at(day)
    period = metric.period
    if period is None or day is None or not period.begins <= day < period.ends:
        return metric
    return metric.over(attrs.evolve(period, ends=day))
