"""What a reader asked for of an assessment: all of it, a department's, or some outcomes' only."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import attrs
import polars as pl

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.recurring import Missed, recurs
from airplan_core.assessment.verdicts import select
from airplan_core.model.duty import Duty
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import NAMES, SHORT_NAMES
from airplan_core.model.printed import Inconsistency


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
        apart = [duty for duty in self.duties.values() if duty.rule.answers]
        if not apart:
            return found
        names = found.columns
        mine = self.of_department(self.answered, self.department).group_by(names[:-1]).len("count")
        others = found.filter(~self._mine("duty", [duty.id for duty in apart]))
        return pl.concat([others, mine.select(names).cast({"count": pl.Int64})])

    @cached_property
    def answered(self) -> pl.DataFrame:
        """The verdicts of the duties for which not everyone answers for every subject."""
        apart = [duty for duty in self.duties.values() if duty.rule.answers]
        return select(self.assessment.engine, *self.names, among=apart)

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
        """The verdicts with an outcome that is `listed`, longest overdue first.

        What recurs is `missed`.
        """
        once = [duty for duty in self.duties.values() if not recurs(duty)]
        if self.department is None and not self.outcomes:
            return self.assessment.falls_short(limit, among=once)
        mine = self._mine("duty", {duty.id for duty in once})
        found = self.assessment.select(*self.listed).filter(mine)
        if self.department is not None:
            found = self.of_department(found, self.department)
        found = found.sort("due", "rule", "subject", nulls_last=True, maintain_order=True)
        return found if limit is None else found.head(limit)

    @cached_property
    def missed(self) -> list[Missed]:
        """As `Assessment.missed`."""
        if not set(self.listed) & set(SHORT_NAMES):
            return []
        return self.assessment.missed(tuple(self.duties.values()))

    def undecided(self, first: int) -> list[tuple[Duty, int, tuple[str, ...]]]:
        """As `Assessment.undecided`: the `first`, or all of them where some recur."""
        if "UNKNOWN" not in self.names:
            return []
        every = any(map(recurs, self.duties.values()))
        if self.department is None:
            return self.assessment.undecided(first=None if every else first)
        return [one for one in self.assessment.undecided() if one[0].id in self.duties]

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
        found = self.assessment.clashes
        if self.department is None:
            return found
        clauses = {duty.clause.id for duty in self.duties.values()}
        return found.filter(self._mine("clause", clauses) | self._mine("other_clause", clauses))

    @property
    def exemptions(self) -> pl.DataFrame:
        """As `Assessment.exemptions`."""
        found = self.assessment.exemptions
        if self.department is None:
            return found
        return found.filter(self._mine("rule", {duty.rule.id for duty in self.duties.values()}))

    @property
    def waived(self) -> pl.DataFrame:
        """As `Assessment.waived`."""
        found = self.assessment.waived
        return found if self.department is None else found.filter(self._mine("duty", self.duties))

    @property
    def unassessed(self) -> tuple[Duty, ...]:
        """As `Assessment.unassessed`."""
        return tuple(duty for duty in self.assessment.unassessed if duty.id in self.duties)

    @staticmethod
    def _mine(column: str, ids: Iterable[str]) -> pl.Expr:
        return pl.col(column).is_in(pl.Series(sorted(ids), dtype=pl.String).implode())
