"""A metric is a named quantity of a subject, computed from other ledgers.

It is taken over a period (a year's mean), or as at a day: what a ledger holds on it, or the rows of
the last so many days. Where cells are missing or the period still runs, it is an interval: the
values it can still take. Too little data cannot prove compliance, but it can prove a breach.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import attrs

from airplan_core.errors import RuleError
from airplan_core.home import home
from airplan_core.model.counts import counting, whole
from airplan_core.model.entity import Entity
from airplan_core.model.interpretation import Choice, Interpretation
from airplan_core.model.period import Period
from airplan_core.model.several import several
from airplan_core.model.tree import (
    Arises,
    Arithmetic,
    Better,
    Column,
    Compare,
    Condition,
    Expr,
    Number,
    columns,
    rewrite,
    walk,
)
from airplan_core.quantities import units

if TYPE_CHECKING:
    import polars as pl


#: A fact a condition reads: a field, or a metric.
Leaf: TypeAlias = "Column | Metric"


@attrs.frozen(kw_only=True, cache_hash=True)
class Metric(Number):
    """A named quantity of a subject; its kind says how it is made: `kinds`, or a `Statistic`.

    Attributes:
        subject: whose quantity it is, `County`.
        better: which way is cleaner.
        decimals: how many decimals it is reported with, rounded half to even (GB/T 8170) from
            the exact value; None where it is not rounded.
        period: over which it is taken.
        day: as at which it is taken; without it and a period, the day of assessment.
        back: how many years before the period of the duty that reads it.
        ago: how many periods before it, of those alike.
        home: the module it is written in.
    """

    id: str
    zh: str
    en: str = ""
    subject: type[Entity] = attrs.field(repr=lambda entity: entity.__name__)
    better: Better = None
    decimals: int | None = attrs.field(
        default=None, validator=counting("decimals=1", most=units.MAX_DECIMALS)
    )
    period: Period | None = None
    day: dt.date | None = None
    back: int = 0
    ago: int = 0
    home: str = attrs.field(eq=False, repr=False, factory=home)

    def children(self) -> tuple[Expr, ...]:
        """None: what a metric reads are other subjects' fields."""
        return ()

    @property
    def owner(self) -> type[Entity]:
        """Whose quantity it is."""
        return self.subject

    @property
    def ledgers(self) -> tuple[type[Entity], ...]:
        """The ledgers it is computed from."""
        raise NotImplementedError

    @property
    def daily(self) -> bool:
        """Whether it is taken as at a day, not over a period."""
        return False

    @property
    def trees(self) -> tuple[Condition, ...]:
        """The conditions on other ledgers' rows that it is made with."""
        return ()

    def taken(self, choices: Mapping[str, str]) -> Self:
        """The same metric with its open questions read as `choices` says."""
        return self

    @property
    def whole(self) -> bool:
        """Whether it counts whole things."""
        return self.decimals == 0

    @property
    def span(self) -> tuple[float, float | None]:
        """The least and the greatest it can ever be; None where it has no bound."""
        return 0.0, None

    @property
    def title(self) -> str:
        """How an error names the metric."""
        return self.id

    @property
    def name(self) -> str:
        """The name under which its columns are attached to the subject's table."""
        return self._named("" if self.decimals is None else f"~{self.decimals}")

    def _named(self, rounded: str) -> str:
        return f"{self.id}{rounded}@{self.when}" if self.when else self.id + rounded

    @property
    def when(self) -> str:
        """The name of its period, or its day; empty where it is as at the day of assessment."""
        return self.period.title if self.period else str(self.day or "")

    def part(self, name: str, stage: str = "") -> str:
        """The column of a part of it: `lo`, `hi`, `value`, …; of a stage, what is not yet that."""
        return f"{self.name}{stage}.{name}"

    @property
    def ends(self) -> tuple[str, str]:
        """The two columns of the interval."""
        return self.part("lo"), self.part("hi")

    def over(self, period: Period) -> Self:
        """The same metric over one period, or over the same days of an earlier year."""
        own = period.before(self.ago).years_back(self.back)
        return attrs.evolve(self, period=own, back=0, ago=0)

    def last_year(self) -> Self:
        """The same metric over the same days of the year before: 不高于上年, 同比.

        Raises:
            RuleError: it is as at a day, and of no period.
        """
        self._of_periods()
        return attrs.evolve(self, back=self.back + 1)

    def previous(self, count: int = 1) -> Self:
        """The same metric over the period before, of those alike: 上月, 上周; of a year, 上年.

        Raises:
            RuleError: it is as at a day, and of no period; or so many are none.
        """
        self._of_periods()
        whole(count, "METRIC.previous(2)", least=1, most=1000)
        return attrs.evolve(self, ago=self.ago + count)

    def in_year(self, year: int) -> Self:
        """The same metric over a calendar year, whatever the duty's: 较2020年.

        Raises:
            RuleError: it is as at a day, and of no period; or it is no year.
        """
        self._of_periods()
        if type(year) is not int or not dt.MINYEAR <= year <= dt.MAXYEAR:
            raise RuleError(f"{self.id}.in_year({year!r}): a year is a number, in_year(2020)")
        return self.over(Period(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)))

    def _of_periods(self) -> None:
        if self.daily:
            raise RuleError(
                f"metric {self.id!r} is as at a day, and of no year: say on which day a row is "
                "(on=…), without last=…"
            )

    def fallen_by(self, part: str, since: Self | None = None) -> Condition:
        """It is lower than it was, by so much of that or by more: 同比下降3%, 较2020年下降10%.

        Args:
            part: of what it was: "3 %".
            since: what it was, `METRIC.in_year(2020)`; without it, the same days of last year.

        Raises:
            RuleError, UnitError: `part` is no percentage, or the metric is of no period.
        """
        return _times(super().fallen_by(part, self._was(since)))

    def risen_by(self, part: str, since: Self | None = None) -> Condition:
        """It is higher than it was, by so much of that or by more: see `fallen_by`."""
        return _times(super().risen_by(part, self._was(since)))

    def _was(self, since: Any) -> Any:
        """What it was: another metric, or itself in the year before."""
        if since is not None and not isinstance(since, Number):
            raise RuleError(
                f"{self.id}: since={since!r} is what it was, METRIC.in_year(2020); without it, the "
                "same days of the year before"
            )
        return self.last_year() if since is None else since

    def as_at(self, day: dt.date | None) -> Self:
        """The same metric as it stood at the end of a day."""
        return attrs.evolve(self, day=day)

    def doing(self, days: Period | None) -> Self:
        """The same metric, of what is done on those days."""
        return self

    @property
    def anytime(self) -> Self:
        """The same metric of no period, and as at no day."""
        return attrs.evolve(self, period=None, day=None, back=0, ago=0)

    def rounded(self, decimals: int) -> Self:
        """The same metric, reported with so many decimals."""
        return attrs.evolve(self, decimals=decimals)

    def label(self, lang: str = "zh") -> str:
        """The metric's name for a person."""
        name = self.zh if lang == "zh" else self.en or self.id
        if self.ago:
            before = f"前{self.ago}期" if self.ago > 1 else "上期"
            return f"{before}{name}" if lang == "zh" else f"{name}, {self.ago} periods before"
        if self.back:
            return f"{'上' * self.back}年{name}" if lang == "zh" else f"last year's {name}"
        return f"{self.when} {name}" if self.when else name


@attrs.frozen(kw_only=True, cache_hash=True)
class End(Column, Number):
    """One end of a metric's interval, as a column of the subject's table."""

    unit: str = ""

    @property
    def measure(self) -> str:
        """The metric's unit."""
        return self.unit


def _times(ratio: Any) -> Condition:
    """A ratio against a number, as one side against so many times the other: counts may be 0."""
    return Compare(ratio.left.left, ratio.op, Arithmetic("*", ratio.left.right, ratio.right))


#: What a statistic is computed by: the tables of its ledgers, the ids of the subjects, the period
#: and the day of assessment become one row a subject: `id`, `lo`, `hi`, `value` (Float64), `known`,
#: `possible` (Int64) and `gaps` (String), as `measure` says.
Compute: TypeAlias = (
    "Callable[[tuple[pl.DataFrame, ...], pl.Series, Period, dt.date], pl.DataFrame]"
)


@attrs.frozen(kw_only=True, cache_hash=True)
class Statistic(Metric):
    """A metric in `unit` that a plugin computes itself, from the tables of the ledgers it reads."""

    unit: str = ""
    reads: tuple[type[Entity], ...] = attrs.field(
        repr=lambda reads: ", ".join(entity.__name__ for entity in reads),
        validator=several(type, "(StationDay,)"),
    )
    compute: Compute = attrs.field(repr=False)

    @property
    def ledgers(self) -> tuple[type[Entity], ...]:
        return self.reads

    @property
    def measure(self) -> str:
        return self.unit


def in_a_row(times: int, condition: Condition) -> Condition:
    """A condition on metrics holds of so many periods one after the other: 连续两个月末位.

    The last is the period of the duty; those before it are alike, and may be of the year before.

    Raises:
        RuleError: it is of no metric, or so many are no row.
    """
    given: Any = condition
    nodes = walk(given) if isinstance(given, Condition) else ()
    metrics = [node for node in nodes if isinstance(node, Metric)]
    if type(times) is not int or times < 2 or not metrics:
        raise RuleError(
            f"in_a_row({times!r}, …): a condition on metrics, of two periods or more: "
            "in_a_row(2, RANK.at_least(…))"
        )

    def before(count: int) -> Condition:
        def change(node: Expr) -> Expr:
            return node.previous(count) if isinstance(node, Metric) and count else node

        return rewrite(condition, change)  # type: ignore[no-any-return]

    first, *others = map(before, range(times))
    return functools.reduce(operator.and_, others, first)


def open_questions(*trees: Expr) -> tuple[Interpretation, ...]:
    """Every open question that the trees, and the metrics they read, depend on."""
    found: dict[Interpretation, None] = {}
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Choice):
                found[node.interpretation] = None
            elif isinstance(node, Metric):
                found |= dict.fromkeys(open_questions(*node.trees))
    return tuple(found)


def leaves(*trees: Expr) -> tuple[Any, ...]:
    """Every field, then every metric, that the trees read, each once, in the order of reading."""
    metrics = (node for tree in trees for node in walk(tree) if isinstance(node, Metric))
    return (*columns(*trees), *dict.fromkeys(metrics))


def some(node: Arises) -> str:
    """The column that says whether there is something that the node's metric is of."""
    assert isinstance(node.metric, Metric)
    return node.metric.part("some")
