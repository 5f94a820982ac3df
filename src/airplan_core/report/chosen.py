"""What a reader asked for of an assessment: all of it, a department's, or some outcomes' only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import attrs
import polars as pl

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.recurring import Missed
from airplan_core.assessment.verdicts import select
from airplan_core.model.duty import Duty
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import NAMES, SHORT_NAMES

#: What a column of a table names a duty by.
_IDS: dict[str, Callable[[Duty], str]] = {
    "duty": lambda duty: duty.id,
    "rule": lambda duty: duty.rule.id,
    "clause": lambda duty: duty.clause.id,
}


def _pair(column: str) -> pl.Expr:
    """What a column names, of a subject."""
    return pl.concat_str(column, "subject", separator="\n")


@attrs.frozen(slots=False)
class Chosen:
    """The part of an assessment that is a department's, and of some outcomes.

    Counts, verdicts, metrics and whatever else is told are of the same part.

    Attributes:
        assessment: the whole.
        department: whose clauses are meant; everyone's without it.
        outcomes: the names of those that are meant; all of them without it.
    """

    assessment: Assessment
    department: str | None = None
    outcomes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The outcomes that are meant, in the order of reports."""
        return tuple(name for name in NAMES if not self.outcomes or name in self.outcomes)

    @cached_property
    def duties(self) -> dict[str, Duty]:
        """The duties that are meant, by id."""
        return {
            duty.id: duty
            for duty in self.assessment.rulebook.duties
            if self.department is None or self.department in duty.clause.departments
        }

    @cached_property
    def counts(self) -> pl.DataFrame:
        """As `Assessment.counts`."""
        found = self.assessment.counts
        if self.outcomes:
            found = found.filter(pl.col("outcome").is_in(self.outcomes))
        if self.department is None:
            return found
        found = found.filter(self._mine("duty", self.duties))
        if not self.apart:
            return found
        names = found.columns
        mine = self.of_department(self.answered, self.department).group_by(names[:-1]).len("count")
        others = found.filter(~self._mine("duty", self.apart))
        return pl.concat([others, mine.select(names).cast({"count": pl.Int64})])

    @cached_property
    def apart(self) -> dict[str, Duty]:
        """Those for which not everyone answers for every subject, by id."""
        return {id: duty for id, duty in self.duties.items() if duty.answers}

    @cached_property
    def once(self) -> dict[str, Duty]:
        """Those that are not asked anew for each week or month: what recurs is `missed`."""
        return {id: duty for id, duty in self.duties.items() if not duty.every}

    @cached_property
    def answered(self) -> pl.DataFrame:
        """The verdicts of the duties that are `apart`."""
        return select(self.assessment.engine, *self.names, among=list(self.apart.values()))

    @staticmethod
    def of_department(rows: pl.DataFrame, department: str) -> pl.DataFrame:
        """The rows for which a department answers."""
        return rows.filter(pl.col("departments").list.contains(department))

    def count(self, *outcomes: str) -> int:
        """How many verdicts have one of the outcomes."""
        return int(self.counts.filter(pl.col("outcome").is_in(outcomes))["count"].sum())

    @property
    def clean(self) -> bool:
        """Whether nothing of it falls short, whichever outcomes are shown."""
        if self.department is None:
            return self.assessment.clean
        mine = attrs.evolve(self, outcomes=()).counts
        return not mine["outcome"].is_in(SHORT_NAMES).any()

    @cached_property
    def verdicts(self) -> pl.DataFrame:
        """As `Assessment.verdicts`."""
        found = self.assessment.select(*self.names)
        return found if self.department is None else self.of_department(found, self.department)

    @property
    def listed(self) -> tuple[str, ...]:
        """The outcomes that are listed one by one: what falls short, or what was asked for."""
        if not self.outcomes:
            return SHORT_NAMES
        return tuple(name for name in self.names if name != "UNKNOWN")

    def picked(self, limit: int | None = None) -> pl.DataFrame:
        """The verdicts with an outcome that is `listed`, longest overdue first, of `once`."""
        if self.department is None and not self.outcomes:
            return self.assessment.falls_short(limit, among=list(self.once.values()))
        found = self.assessment.select(*self.listed).filter(self._mine("duty", self.once))
        if self.department is not None:
            found = self.of_department(found, self.department)
        found = found.sort("due", "rule", "subject", nulls_last=True, maintain_order=True)
        return found if limit is None else found.head(limit)

    @cached_property
    def missed(self) -> list[Missed]:
        """As `Assessment.missed`."""
        if not set(self.listed) & set(SHORT_NAMES):
            return []
        found = self.assessment.missed(tuple(self.duties.values()))
        return [one for one in found if self.department in (None, *one.departments)]

    def undecided(self, first: int) -> list[tuple[Duty, int, tuple[str, ...]]]:
        """As `Assessment.undecided`: the `first`, or all of them where some recur."""
        if "UNKNOWN" not in self.names:
            return []
        return self.assessment.undecided(
            first=first if len(self.once) == len(self.duties) else None,
            among=list(self.duties.values()),
            department=self.department,
        )

    @property
    def responsibilities(self) -> pl.DataFrame:
        """As `Assessment.responsibilities`."""
        found = self.assessment.responsibilities
        if self.department is None:
            return found
        return found.filter(pl.col("department") == self.department)

    def metrics(self, *, unread: bool) -> pl.DataFrame:
        """As `Assessment.metrics`; those that no duty reads only with `unread`: nobody's."""
        if self.department is None:
            return self.assessment.metrics if unread else self.assessment.read_metrics
        found = self.assessment.read_metrics
        mine = [f"{metric.id} {metric.when}" for metric in self._metrics]
        return found.filter((pl.col("metric") + " " + pl.col("period")).is_in(mine))

    @cached_property
    def _metrics(self) -> tuple[Metric, ...]:
        return tuple(
            dict.fromkeys(metric for duty in self.duties.values() for metric in duty.metrics())
        )

    @property
    def figures(self) -> pl.DataFrame:
        """As `Assessment.figures`."""
        found, clauses = self.assessment.figures, self.assessment.rulebook.clauses.values()
        if self.department is None:
            return found
        mine = {one.id for one in clauses if self.department in one.departments}
        return found.filter(self._mine("clause", mine))

    @property
    def findings(self) -> pl.DataFrame:
        """As `Assessment.findings`."""
        found = self.assessment.findings
        if self.department is None:
            return found
        return found.filter(self._mine("metric", {metric.id for metric in self._metrics}))

    @property
    def clashes(self) -> pl.DataFrame:
        """As `Assessment.clashes`."""
        found = self.assessment.clashes
        if self.department is None:
            return found
        return found.filter(self._own("clause", "clause", "other_clause"))

    @property
    def exemptions(self) -> pl.DataFrame:
        """As `Assessment.exemptions`."""
        found = self.assessment.exemptions
        if self.department is None:
            return found
        return found.filter(self._own("rule", "rule"))

    @property
    def waived(self) -> pl.DataFrame:
        """As `Assessment.waived`."""
        found = self.assessment.waived
        return found if self.department is None else found.filter(self._own("duty", "duty"))

    @property
    def unassessed(self) -> tuple[Duty, ...]:
        """As `Assessment.unassessed`."""
        return tuple(duty for duty in self.assessment.unassessed if duty.id in self.duties)

    def _own(self, kind: str, *columns: str) -> pl.Expr:
        """The rows that are the department's, by a rule, clause or duty in one of the columns.

        Of the duties that are `apart` it is the subjects for whom it answers.
        """
        every, apart = (
            {_IDS[kind](duty) for duty in some.values()} for some in (self.duties, self.apart)
        )
        theirs = self._answered_for.select(_pair(kind)).to_series().implode()
        return pl.any_horizontal(
            self._mine(column, every - apart) | _pair(column).is_in(theirs) for column in columns
        )

    @cached_property
    def _answered_for(self) -> pl.DataFrame:
        """The verdicts of the duties that are `apart` for which the department answers."""
        rows = attrs.evolve(self, outcomes=()).answered
        return self.of_department(rows, str(self.department))

    @staticmethod
    def _mine(column: str, ids: Iterable[str]) -> pl.Expr:
        return pl.col(column).is_in(pl.Series(sorted(ids), dtype=pl.String).implode())
