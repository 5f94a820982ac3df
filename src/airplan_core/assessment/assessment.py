"""An assessment holds every subject against every duty on a date; what nobody asks for waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl

from airplan_core.assessment.clashes import clashes
from airplan_core.assessment.exemptions import exemptions, waived
from airplan_core.assessment.figures import figures
from airplan_core.assessment.findings import findings
from airplan_core.assessment.metrics import metric_rows, read_metrics
from airplan_core.assessment.recurring import Missed, missed
from airplan_core.assessment.verdicts import listed, select, undecided
from airplan_core.engines.engine import Engine, counted
from airplan_core.engines.standing import named_by, new_folder, outcome_name
from airplan_core.facts.facts import Facts
from airplan_core.model.duty import Duty
from airplan_core.model.entity import ledger_of
from airplan_core.model.outcome import NAMES, SHORT_NAMES
from airplan_core.model.printed import Inconsistency
from airplan_core.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from airplan_core.assessment.explanation import Explanation


#: The columns of a table of counts, in order.
_COUNTS: dict[str, Any] = {
    **dict.fromkeys(("duty", "rule", "clause", "campaign", "outcome"), pl.String),
    "count": pl.Int64,
}


def _rows(duty: Duty, found: Mapping[str, int]) -> Iterator[tuple[str | int, ...]]:
    """How many subjects stand how to a duty: rows of `_COUNTS`."""
    said = (duty.id, duty.rule.id, duty.clause.id, duty.clause.campaign)
    return ((*said, name, found[name]) for name in NAMES if name in found)


@attrs.frozen(slots=False)
class Assessment:
    """How a county's subjects stand to its duties on `as_of`, as an engine finds it.

    `verdicts` is the whole of it, one row for each duty and subject. The counts, the outcomes
    alone, and the rows of some outcomes only cost far less than the whole.
    """

    engine: Engine

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return self.engine.rulebook

    @property
    def facts(self) -> Facts:
        """The ledgers."""
        return self.engine.facts

    @property
    def as_of(self) -> dt.date:
        """The day of assessment."""
        return self.engine.as_of

    @cached_property
    def counts(self) -> pl.DataFrame:
        """How many subjects stand how: `duty`, `rule`, `clause`, `campaign`, `outcome`, `count`."""
        rows = (
            row for duty in self.rulebook.duties for row in _rows(duty, counted(self.engine, duty))
        )
        return pl.DataFrame(rows, schema=_COUNTS, orient="row")

    @cached_property
    def counts_by_department(self) -> pl.DataFrame:
        """The same of each department for which it answers, or may: `department`, and these."""
        rows = (
            (department, *row)
            for duty in self.rulebook.duties
            for department in duty.whose
            for row in _rows(duty, counted(self.engine, duty, department))
        )
        return pl.DataFrame(rows, schema={"department": pl.String, **_COUNTS}, orient="row")

    @cached_property
    def verdicts(self) -> pl.DataFrame:
        """Every duty against every subject, with the columns of `VERDICT_SCHEMA`.

        `measured`, `limit` and `margin` are in `unit`, and of the part of the requirement that
        decides; a margin is positive where there is room and negative where the subject falls
        short. Of a task with a due date, a part that is no number is measured in days (天): the
        days left or, negative, overdue.
        """
        return self.select(*NAMES)

    @cached_property
    def outcomes(self) -> pl.DataFrame:
        """Who stands how, not why or how far off: `rule`, `duty`, `subject`, `outcome`.

        The rows of `verdicts` for a fraction of their cost.
        """
        found = [
            self.engine.outcomes(duties).unpivot(
                index="id", variable_name="duty", value_name="bits"
            )
            for entity, duties in self.rulebook.by_entity.items()
            if self.engine.height(entity)
        ]
        nobody = pl.DataFrame(schema={"id": pl.String, "duty": pl.String, "bits": pl.UInt8})
        rules = {duty.id: duty.rule.id for duty in self.rulebook.duties}
        return pl.concat([nobody, *found]).select(
            pl.col("duty").replace_strict(rules, return_dtype=pl.String).alias("rule"),
            "duty",
            subject="id",
            outcome=outcome_name(pl.col("bits")),
        )

    def select(
        self,
        *outcomes: str,
        limit: int | None = None,
        among: Sequence[Duty] | None = None,
        department: str | None = None,
    ) -> pl.DataFrame:
        """The verdicts with one of the named outcomes, at most `limit` of each duty.

        Args:
            outcomes: their names.
            limit: how many of each duty at most.
            among: only of these duties.
            department: only of the subjects for which it answers, or may.

        Raises:
            AirplanError: there is no such outcome; the nearest name is given.
        """
        return select(self.engine, *outcomes, limit=limit, among=among, department=department)

    def listed(
        self,
        *outcomes: str,
        limit: int | None = None,
        among: Sequence[Duty] | None = None,
        department: str | None = None,
    ) -> pl.DataFrame:
        """The verdicts with one of the named outcomes, longest overdue first.

        At most `limit` of all of them: those beyond it are not even made. The rest as of `select`.
        """
        return listed(self.engine, *outcomes, limit=limit, among=among, department=department)

    def falls_short(
        self,
        limit: int | None = None,
        only: pl.Expr | None = None,
        among: Sequence[Duty] | None = None,
    ) -> pl.DataFrame:
        """The verdicts of what falls short, longest overdue first.

        Args:
            limit: how many at most; those beyond it are not even made.
            only: a further condition on the rows.
            among: only of these duties.
        """
        return listed(self.engine, *SHORT_NAMES, limit=limit, only=only, among=among)

    def missed(
        self, among: Sequence[Duty] | None = None, department: str | None = None
    ) -> list[Missed]:
        """What is asked for each week, month, quarter or half-year, and was missed: see `Missed`.

        Args:
            among: only of these duties.
            department: only of the subjects for which it answers, or may.
        """
        return missed(self.engine, self.rulebook.duties if among is None else among, department)

    def undecided(
        self,
        limit: int = 200,
        first: int | None = None,
        among: Sequence[Duty] | None = None,
        department: str | None = None,
    ) -> list[tuple[Duty, int, tuple[str, ...]]]:
        """The duties that cannot be decided for some subjects: how many, for want of which facts.

        The facts are those of the first `limit` subjects of each duty; of so many duties, where
        `first` says how many; only `among` some duties, and of the subjects for which a
        `department` answers, or may.
        """
        return undecided(self.engine, limit, first, among, department)

    def write_outcomes(self, folder: str | Path, outcomes: Collection[str] = tuple(NAMES)) -> None:
        """Write who stands how as Parquet: a folder for each ledger, of any number of files.

        Args:
            folder: a new one; its files have the columns of `standing.OUTCOME_SCHEMA`.
            outcomes: only those that stand in one of these ways.

        Raises:
            AirplanError: there is no such outcome, something is there already, or the engine
                writes no Parquet.
        """
        named_by(outcomes)
        new = new_folder(folder)
        for entity in self.rulebook.by_entity:
            if self.engine.height(entity):
                self.engine.write(entity, f"{new}/{ledger_of(entity).name}", outcomes)

    @property
    def clean(self) -> bool:
        """Whether nothing falls short."""
        return not self.counts["outcome"].is_in(SHORT_NAMES).any()

    @cached_property
    def unassessed(self) -> tuple[Duty, ...]:
        """The duties without a single subject: nothing was held against them.

        Where `facts.supplies` their ledger, there is none; otherwise it is not known.
        """
        return tuple(duty for duty in self.rulebook.duties if not self.engine.height(duty.subject))

    @cached_property
    def metrics(self) -> pl.DataFrame:
        """Every metric for every subject, with its interval and completeness.

        First those that duties read; one that none reads is of each calendar year of the plan.
        """
        further = []
        for entity, metrics in self.rulebook.unread_metrics.items():
            table = self.engine.intervals(entity, metrics)
            further += [metric_rows(metric, table) for metric in metrics]
        return pl.concat([self.read_metrics, *further])

    @cached_property
    def read_metrics(self) -> pl.DataFrame:
        """The metrics that duties read: see `metrics`."""
        return read_metrics(self.engine)

    @cached_property
    def figures(self) -> pl.DataFrame:
        """The numbers that sentences set and nobody keeps or breaks, with `FIGURE_SCHEMA`.

        Each is of a calendar year of the plan, or as at the day, and of a subject.
        """
        return figures(self.engine)

    @cached_property
    def findings(self) -> pl.DataFrame:
        """Where the ledgers and what is reported disagree, with the columns of `FINDING_SCHEMA`."""
        return findings(self.engine)

    @property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """Where the plan's own tables disagree with themselves: see `Rulebook`."""
        return self.rulebook.inconsistencies

    @cached_property
    def clashes(self) -> pl.DataFrame:
        """Subjects of which two sentences ask different things: `CLASH_SCHEMA` of `clashes`."""
        return clashes(self.engine)

    @cached_property
    def exemptions(self) -> pl.DataFrame:
        """Every granted exemption and its `effect`: in force, unused, expired, not yet, undated."""
        return exemptions(self.engine)

    @cached_property
    def waived(self) -> pl.DataFrame:
        """Who is exempted by another sentence, and by which: `WAIVED_SCHEMA` of `exemptions`."""
        return waived(self.engine)

    @cached_property
    def responsibilities(self) -> pl.DataFrame:
        """Which department has which clause, and as what: `department`, `role`, `clause`.

        The roles are `lead` (牵头/负责), `shared` (按职责分工负责), `cooperating` (配合/参与).
        """
        rows = [
            (department, role, clause.id)
            for clause in self.rulebook.clauses.values()
            for role in ("lead", "shared", "cooperating")
            for department in getattr(clause, role)
        ]
        schema = dict.fromkeys(("department", "role", "clause"), pl.String)
        return pl.DataFrame(rows, schema=schema, orient="row")

    def explain(self, rule: str, subject: str) -> Explanation:
        """Why the subject stands to the rule as it does, for each of its duties.

        Raises:
            RuleError, AirplanError: the rule or the subject is unknown; the nearest is named.
        """
        from airplan_core.assessment.explain import explain

        return explain(self.engine, rule, subject)
