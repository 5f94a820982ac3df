"""A metric is a named quantity of a subject, computed from another ledger over a period.

Where cells are missing or the period still runs, a metric is an interval: the values it can
still take. Too little data cannot prove compliance, but it can prove a breach.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any, Literal, TypeAlias

import attrs

from airplan_core import units
from airplan_core.entities import Entity, Followed, Reference, ledger_of
from airplan_core.errors import RuleError
from airplan_core.expr import ALWAYS, Column, Condition, Expr, Number, columns, walk
from airplan_core.fields import Better

How: TypeAlias = Literal["count", "sum", "mean"]


@attrs.frozen
class Period:
    """The days from `begins` to `ends`, both included, under a name such as `2024`."""

    name: str
    begins: dt.date
    ends: dt.date

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.ends - self.begins).days + 1

    def months(self) -> tuple[tuple[int, int, int], ...]:
        """Year, month and length in days of every whole month in the period."""
        found = []
        for year in range(self.begins.year, self.ends.year + 1):
            for month in range(1, 13):
                length = calendar.monthrange(year, month)[1]
                first, last = dt.date(year, month, 1), dt.date(year, month, length)
                if self.begins <= first and last <= self.ends:
                    found.append((year, month, length))
        return tuple(found)


@attrs.frozen(kw_only=True)
class Completeness:
    """How much of a year must be there before its statistic is valid (HJ 663, GB 3095 table 4).

    `days` daily values in the year, and `month` in every month (`february` in February). Once a
    period is over and valid, the days without data are left out, as the standard does.
    """

    days: int
    month: int
    february: int
    source: str


#: A fact a condition reads: a field, or a metric.
Leaf: TypeAlias = "Column | Metric"


def _column(reference: Any) -> Any:
    return reference.reference if isinstance(reference, Followed) else reference


@attrs.frozen(kw_only=True)
class Metric(Number):
    """A count, sum or mean over the rows of a ledger that belong to a subject.

    Attributes:
        subject: whose quantity it is, `County`.
        of: the reference from a row to its subject, `CountyDay.county`.
        on: the day a row belongs to; rows after the day of assessment do not exist yet.
        measure_of: the field that is summed or averaged; a count has none.
        where: the rows that count.
        complete: how much of a daily ledger must be there. A mean without it is not valid; a
            count of days, with it, knows that a day that is not there may be one of them.
    """

    id: str
    zh: str
    en: str = ""
    subject: type[Entity] = attrs.field(repr=lambda entity: entity.__name__)
    of: Any = attrs.field(converter=_column)
    on: Column
    how: How
    unit: str = ""
    measure_of: Any = None
    where: Condition = ALWAYS
    complete: Completeness | None = None
    better: Better = None
    period: Period | None = None

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.of, Reference):
            raise RuleError(f"metric {self.id!r}: 'of' is a reference, not {self.of!r}")
        if self.of.target is not self.subject:
            raise RuleError(
                f"metric {self.id!r} is of {self.subject.__name__}, but {self.of.title} refers to "
                f"{self.of.target.__name__}"
            )
        if (self.measure_of is None) != (self.how == "count"):
            raise RuleError(
                f"metric {self.id!r}: a count has no field to measure, a {self.how} needs one"
            )
        measured = () if self.measure_of is None else (self.measure_of,)
        for leaf in (self.on, *columns(self.where), *measured):
            if leaf.entity is not self.rows:
                raise RuleError(
                    f"metric {self.id!r} is over {self.rows.__name__}, but reads {leaf.title}"
                )
        units.parse_unit(self.measure)

    def children(self) -> tuple[Expr, ...]:
        """None: what a metric reads are other subjects' fields."""
        return ()

    @property
    def rows(self) -> type[Entity]:
        """The ledger whose rows are counted, summed or averaged."""
        return self.of.entity  # type: ignore[no-any-return]

    @property
    def measure(self) -> str:
        """The unit of the metric: its field's, or what it counts."""
        return self.measure_of.unit if self.measure_of is not None else self.unit

    @property
    def title(self) -> str:
        """How an error names the metric."""
        return self.id

    @property
    def name(self) -> str:
        """The name under which the interval's two ends are attached to the subject's table."""
        return f"{self.id}@{self.period.name}" if self.period else self.id

    @property
    def ends(self) -> tuple[str, str]:
        """The two columns of the interval."""
        return f"{self.name}.lo", f"{self.name}.hi"

    def over(self, period: Period) -> Metric:
        """The same metric over one period."""
        return attrs.evolve(self, period=period)

    def label(self, lang: str = "zh") -> str:
        """The metric's name for a person."""
        name = self.zh if lang == "zh" else self.en or self.id
        return f"{self.period.name} {name}" if self.period else name

    @property
    def source(self) -> str:
        """The name of the ledger it is computed from."""
        return ledger_of(self.rows).name


def leaves(*trees: Expr) -> tuple[Any, ...]:
    """Every field, then every metric, that the trees read, each once, in the order of reading."""
    metrics = (node for tree in trees for node in walk(tree) if isinstance(node, Metric))
    return (*columns(*trees), *dict.fromkeys(metrics))
