"""A metric is a named quantity of a subject, computed from other ledgers.

It is taken over a period (a year's mean), or as at a day: what a ledger holds on it, or the rows of
the last so many days. Where cells are missing or the period still runs, it is an interval: the
values it can still take. Too little data cannot prove compliance, but it can prove a breach.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.entity import Entity, Followed, Reference
from airplan_core.model.fields import Better, Stated
from airplan_core.model.interpretation import Choice, Interpretation
from airplan_core.model.period import Completeness, Period
from airplan_core.model.tree import ALWAYS, Column, Condition, Expr, Number, columns, rewrite, walk
from airplan_core.quantities import units

if TYPE_CHECKING:
    import polars as pl


How: TypeAlias = Literal["count", "sum", "mean", "share", "substitution", "percentile"]


#: A fact a condition reads: a field, or a metric.
Leaf: TypeAlias = "Column | Metric"


@attrs.frozen(kw_only=True)
class Metric(Number):
    """A named quantity of a subject; `Aggregate`, `Change` and `Statistic` say how it is made.

    Attributes:
        subject: whose quantity it is, `County`.
        unit: what it is measured in.
        better: which way is cleaner.
        decimals: how many decimals it is reported with, rounded half to even (GB/T 8170) from
            the exact value; None where it is not rounded.
        period: over which it is taken.
        day: as at which it is taken; without it and a period, the day of assessment.
    """

    id: str
    zh: str
    en: str = ""
    subject: type[Entity] = attrs.field(repr=lambda entity: entity.__name__)
    unit: str = ""
    better: Better = None
    decimals: int | None = None
    period: Period | None = None
    day: dt.date | None = None

    def children(self) -> tuple[Expr, ...]:
        """None: what a metric reads are other subjects' fields."""
        return ()

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

    def taken(self, choices: Mapping[str, str]) -> Metric:
        """The same metric with its open questions read as `choices` says."""
        return self

    @property
    def whole(self) -> bool:
        """Whether it counts whole things."""
        return self.decimals == 0

    @property
    def measure(self) -> str:
        """The unit of the metric."""
        return self.unit

    @property
    def title(self) -> str:
        """How an error names the metric."""
        return self.id

    @property
    def name(self) -> str:
        """The name under which its columns are attached to the subject's table."""
        rounded = "" if self.decimals is None else f"~{self.decimals}"
        return f"{self.id}{rounded}@{self.when}" if self.when else self.id + rounded

    @property
    def when(self) -> str:
        """The name of its period, or its day; empty where it is as at the day of assessment."""
        return self.period.name if self.period else str(self.day or "")

    @property
    def ends(self) -> tuple[str, str]:
        """The two columns of the interval."""
        return f"{self.name}.lo", f"{self.name}.hi"

    def over(self, period: Period) -> Metric:
        """The same metric over one period."""
        return attrs.evolve(self, period=period)

    def as_at(self, day: dt.date | None) -> Metric:
        """The same metric as it stood at the end of a day."""
        return attrs.evolve(self, day=day)

    def rounded(self, decimals: int) -> Metric:
        """The same metric, reported with so many decimals."""
        return attrs.evolve(self, decimals=decimals)

    def label(self, lang: str = "zh") -> str:
        """The metric's name for a person."""
        name = self.zh if lang == "zh" else self.en or self.id
        return f"{self.when} {name}" if self.when else name


def _column(reference: Any) -> Any:
    return reference.reference if isinstance(reference, Followed) else reference


@attrs.frozen(kw_only=True)
class Aggregate(Metric):
    """A count, sum, mean, share or percentile over the rows of a ledger that belong to a subject.

    Attributes:
        of: the field of a row that names its subject: a reference, `CountyDay.county`, followed
            where it must be, `Trip.enterprise.county`; or a stated field, for a subject that has
            its values as ids, `Trip.enterprise.industry`.
        on: the day a row belongs to; rows after the day of assessment do not exist yet. Without
            it the metric is of what the ledger holds on a day, by its conditions on dates.
        last: with `on`, the metric as at a day is over the rows of so many days up to it.
        measure_of: the field that is summed or averaged; a count has none, and a share may have
            one by which it is weighed.
        where: the rows that count.
        among: of a share, the rows that are the whole; `where` are those that count in it.
        instead_of, up_to: of a substitution (替代比例), the rows that should make up so much of
            the whole: it is the part of what they fall short by that `where` makes up, and 100 %
            where they do not fall short.
        observed: a subject without a row, on the day or in the days asked about, is not known; one
            with rows, none of which is among the whole, falls short of no share. Without it, a
            count of nothing is 0 and a share of nothing is not known.
        p: of a percentile, which one: 95.
        complete: how much of a daily ledger must be there. A mean without it is not valid; a
            count of days, with it, knows that a day that is not there may be one of them.
    """

    of: Any = attrs.field(converter=_column)
    on: Column | None = None
    last: int | None = None
    how: How
    measure_of: Any = None
    where: Condition = ALWAYS
    among: Condition = ALWAYS
    instead_of: Condition | None = None
    up_to: str = ""
    observed: bool = False
    p: int | None = None
    complete: Completeness | None = None

    def __attrs_post_init__(self) -> None:
        whole = self.how in ("share", "substitution")
        if isinstance(self.of, Reference):
            if self.of.target is not self.subject:
                raise RuleError(
                    f"metric {self.id!r} is of {self.subject.__name__}, but {self.of.title} refers "
                    f"to {self.of.target.__name__}"
                )
        elif not isinstance(self.of, Stated):
            raise RuleError(f"metric {self.id!r}: 'of' is a reference, not {self.of!r}")
        if not whole and (self.measure_of is None) != (self.how == "count"):
            raise RuleError(
                f"metric {self.id!r}: a count has no field to measure, a {self.how} needs one"
            )
        if (self.p is None) == (self.how == "percentile"):
            raise RuleError(f"metric {self.id!r}: a percentile, and nothing else, says which: p=95")
        if (self.instead_of is not None) != (self.how == "substitution"):
            raise RuleError(
                f"metric {self.id!r}: a substitution, and nothing else, says instead of which rows"
            )
        if not whole and self.among != ALWAYS:
            raise RuleError(f"metric {self.id!r}: only a share is among rows; write where=…")
        if self.observed and whole and self.better != "more":
            raise RuleError(
                f"metric {self.id!r}: a share of nothing is 100 % of what is to be more"
            )
        if self.on is None and (self.last is not None or self.complete is not None):
            raise RuleError(f"metric {self.id!r}: say on which day a row is (on=…)")
        if self.on is None and self.how in ("mean", "percentile"):
            raise RuleError(f"metric {self.id!r}: a {self.how} is over days; say which (on=…)")
        day = () if self.on is None else (self.on,)
        measured = () if self.measure_of is None else (self.measure_of,)
        for leaf in (*day, *columns(*self.trees), *measured):
            if leaf.entity is not self.rows:
                raise RuleError(
                    f"metric {self.id!r} is over {self.rows.__name__}, but reads {leaf.title}"
                )
        units.parse_unit(self.measure)
        if self.up_to:
            _ = self.target

    @property
    def rows(self) -> type[Entity]:
        """The ledger whose rows are counted, summed or averaged."""
        return self.of.entity  # type: ignore[no-any-return]

    @property
    def ledgers(self) -> tuple[type[Entity], ...]:
        return (self.rows,)

    @property
    def daily(self) -> bool:
        return self.on is None or self.last is not None

    @property
    def trees(self) -> tuple[Condition, ...]:
        return (self.where, self.among, *(() if self.instead_of is None else (self.instead_of,)))

    def taken(self, choices: Mapping[str, str]) -> Aggregate:
        def read(tree: Condition) -> Any:
            return rewrite(tree, lambda n: n.taken(choices) if isinstance(n, Choice) else n)

        return attrs.evolve(
            self,
            where=read(self.where),
            among=read(self.among),
            instead_of=None if self.instead_of is None else read(self.instead_of),
        )

    @property
    def whole(self) -> bool:
        return self.how == "count" or self.decimals == 0

    @property
    def measure(self) -> str:
        """The unit of the metric: its field's, the share's percentage, or what it counts."""
        if self.how in ("share", "substitution"):
            return "%"
        return self.weight

    @property
    def weight(self) -> str:
        """The unit of what is added up: its field's, or what is counted."""
        return self.measure_of.unit if self.measure_of is not None else self.unit

    @property
    def target(self) -> Decimal:
        """Of a substitution, the percentage that the rows it stands in for should make up."""
        return units.Quantity.of(self.up_to).to("%")


@attrs.frozen(kw_only=True)
class Change(Metric):
    """By how much a share has fallen (or risen) from a baseline year, in percentage points."""

    share: Aggregate
    since: Period
    falls: bool = True

    def __attrs_post_init__(self) -> None:
        if self.share.how != "share" or self.share.daily:
            raise RuleError(f"metric {self.id!r}: the change of a share over a period")
        if self.share.subject is not self.subject:
            raise RuleError(f"metric {self.id!r} and {self.share.id!r} are of one subject")

    @property
    def ledgers(self) -> tuple[type[Entity], ...]:
        return self.share.ledgers

    @property
    def trees(self) -> tuple[Condition, ...]:
        return self.share.trees

    def taken(self, choices: Mapping[str, str]) -> Change:
        return attrs.evolve(self, share=self.share.taken(choices))

    @property
    def measure(self) -> str:
        """Percentage points."""
        return "百分点"


#: What a statistic is computed by: the tables of its ledgers, the ids of the subjects, the period
#: and the day of assessment become one row a subject: `id`, `lo`, `hi`, `value` (Float64), `known`,
#: `possible` (Int64) and `gaps` (String), as `measure` says.
Compute: TypeAlias = (
    "Callable[[tuple[pl.DataFrame, ...], pl.Series, Period, dt.date], pl.DataFrame]"
)


@attrs.frozen(kw_only=True)
class Statistic(Metric):
    """A metric that a plugin computes itself, from the tables of the ledgers it reads."""

    reads: tuple[type[Entity], ...] = attrs.field(
        repr=lambda reads: ", ".join(entity.__name__ for entity in reads)
    )
    compute: Compute = attrs.field(repr=False)

    @property
    def ledgers(self) -> tuple[type[Entity], ...]:
        return self.reads


def questions(*trees: Expr) -> tuple[Interpretation, ...]:
    """Every open question that the trees, and the metrics they read, depend on."""
    found: dict[Interpretation, None] = {}
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Choice):
                found[node.interpretation] = None
            elif isinstance(node, Metric):
                found |= dict.fromkeys(questions(*node.trees))
    return tuple(found)


def leaves(*trees: Expr) -> tuple[Any, ...]:
    """Every field, then every metric, that the trees read, each once, in the order of reading."""
    metrics = (node for tree in trees for node in walk(tree) if isinstance(node, Metric))
    return (*columns(*trees), *dict.fromkeys(metrics))
