"""What a reader asked for of an assessment: all of it, a department's, or some outcomes' only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import attrs
import polars as pl

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.recurring import Missed
from airplan_core.model.duty import Duty
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import NAMES, SHORT_NAMES
from airplan_core.model.printed import Inconsistency

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
        """As `Assessment.counts`; of a department, of the subjects for which it answers."""
        if self.department is None:
            return self._meant(self.assessment.counts)
        return self.counts_by_department.drop("department")

    @cached_property
    def counts_by_department(self) -> pl.DataFrame:
        """As `Assessment.counts_by_department`."""
        found = self._meant(self.assessment.counts_by_department)
        if self.department is None:
            return found
        return found.filter(pl.col("department") == self.department)

    def _meant(self, counts: pl.DataFrame) -> pl.DataFrame:
        return counts.filter(pl.col("outcome").is_in(self.outcomes)) if self.outcomes else counts

    @cached_property
    def apart(self) -> tuple[Duty, ...]:
        """Those for which not everyone answers for every subject."""
        return tuple(duty for duty in self.duties.values() if duty.answers)

    @cached_property
    def once(self) -> tuple[Duty, ...]:
        """Those that are not asked anew for each week or month: what recurs is `missed`."""
        return tuple(duty for duty in self.duties.values() if not duty.every)

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
        mine = tuple(self.duties.values())
        return self.assessment.select(*self.names, among=mine, department=self.department)

    @property
    def listed(self) -> tuple[str, ...]:
        """The outcomes that are listed one by one: what falls short, or what was asked for."""
        if not self.outcomes:
            return SHORT_NAMES
        return tuple(name for name in self.names if name != "UNKNOWN")

    @property
    def listed_once(self) -> int:
        """How many verdicts are `picked` without a limit."""
        mine = pl.col("outcome").is_in(self.listed) & self._mine("duty", (d.id for d in self.once))
        return int(self.counts.filter(mine)["count"].sum())

    def picked(self, limit: int | None = None) -> pl.DataFrame:
        """The verdicts with an outcome that is `listed`, longest overdue first, of `once`."""
        return self.assessment.listed(
            *self.listed, limit=limit, among=self.once, department=self.department
        )

    @cached_property
    def missed(self) -> list[Missed]:
        """As `Assessment.missed`."""
        if not set(self.listed) & set(SHORT_NAMES):
            return []
        return self.assessment.missed(tuple(self.duties.values()), self.department)

    def undecided(self, first: int) -> list[tuple[Duty, int, tuple[str, ...]]]:
        """As `Assessment.undecided`: the `first`, or all of them where some recur."""
        if "UNKNOWN" not in self.names:
            return []
        return self.assessment.undecided(
            first=first if len(self.once) == len(self.duties) else None,
            among=tuple(self.duties.values()),
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
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """As `Assessment.inconsistencies`."""
        found, clauses = self.assessment.inconsistencies, self.assessment.rulebook.clauses
        if self.department is None:
            return found
        mine = {id for id, one in clauses.items() if self.department in one.departments}
        return tuple(one for one in found if one.clause in mine)

    @property
    def clashes(self) -> pl.DataFrame:
        """As `Assessment.clashes`."""
        return self._own(self.assessment.clashes, "clause", "clause", "other_clause")

    @property
    def exemptions(self) -> pl.DataFrame:
        """As `Assessment.exemptions`."""
        return self._own(self.assessment.exemptions, "rule", "rule")

    @property
    def waived(self) -> pl.DataFrame:
        """As `Assessment.waived`."""
        return self._own(self.assessment.waived, "duty", "duty")

    @property
    def unassessed(self) -> tuple[Duty, ...]:
        """As `Assessment.unassessed`."""
        return tuple(duty for duty in self.assessment.unassessed if duty.id in self.duties)

    def _own(self, found: pl.DataFrame, kind: str, *columns: str) -> pl.DataFrame:
        """The rows that are the department's, by a rule, clause or duty in one of the columns.

        Of the duties that are `apart` it is the subjects for whom it answers.
        """
        if self.department is None:
            return found
        id_of = _IDS[kind]
        # only whose subjects are named is asked who answers for each
        named = {name for column in columns for name in found[column]}
        asked = [duty for duty in self.apart if id_of(duty) in named]
        mine = self.assessment.select(*NAMES, among=asked, department=self.department)
        theirs = mine.select(_pair(kind)).to_series().implode()
        whole = {id_of(duty) for duty in self.duties.values()} - set(map(id_of, asked))
        return found.filter(
            pl.any_horizontal(
                self._mine(column, whole) | _pair(column).is_in(theirs) for column in columns
            )
        )

    @staticmethod
    def _mine(column: str, ids: Iterable[str]) -> pl.Expr:
        return pl.col(column).is_in(pl.Series(sorted(ids), dtype=pl.String).implode())
