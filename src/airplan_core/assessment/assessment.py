"""An assessment holds every subject against every duty on a date; what nobody asks for waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl

from airplan_core.assessment.findings import FINDING_SCHEMA, conflicts
from airplan_core.assessment.measured import METRIC_SCHEMA, metric_rows
from airplan_core.assessment.verdicts import verdicts
from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.polars.attach import attach
from airplan_core.engines.standing import (
    A_DUTY,
    OUTCOME_SCHEMA,
    meanings,
    named_by,
    new_folder,
    reads,
)
from airplan_core.errors import AirplanError, nearest
from airplan_core.facts.facts import Facts, exact
from airplan_core.model import outcome as verdict
from airplan_core.model.duty import Duty, batches, by_ledger
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.ledgers import Exemption
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import SHORT, Outcome
from airplan_core.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from airplan_core.assessment.explanation import Explanation


#: How many outcomes are looked at at once, at a byte each.
_AT_ONCE = 5_000_000

#: The sets of outcomes that are undecided.
_UNDECIDED = named_by(["UNKNOWN"])


@attrs.frozen(kw_only=True, slots=False)
class Assessment:
    """How a county's subjects stand to its duties on `as_of`.

    `verdicts` is the whole of it, one row for each duty and subject. The counts, and the rows of
    some outcomes only, cost far less than the whole.
    """

    rulebook: Rulebook
    facts: Facts
    as_of: dt.date

    @cached_property
    def tables(self) -> Mapping[type[Entity], pl.DataFrame]:
        """Every ledger with duties or metrics, with everything they read attached."""
        book = self.rulebook
        return {
            entity: attach(
                self.facts,
                entity,
                book.by_entity.get(entity, ()),
                self.as_of,
                book.plan.county,
                book.measured.get(entity, ()),
            )
            for entity in dict.fromkeys([*book.by_entity, *book.measured])
        }

    @cached_property
    def truths(self) -> Mapping[type[Entity], pl.DataFrame]:
        """For every ledger with duties, the truth values that decide: `DUTY met`, nullable."""
        return {
            entity: columns.computed(
                self.tables[entity],
                (part for duty in duties for part in columns.truths(duty, self.as_of)),
            )
            for entity, duties in self.rulebook.by_entity.items()
        }

    @cached_property
    def outcomes(self) -> Mapping[type[Entity], pl.DataFrame]:
        """For every ledger with duties, one UInt8 column of `Outcome` bits for each duty id."""
        return self._bits(self.rulebook.duties)

    @cached_property
    def counts(self) -> pl.DataFrame:
        """How many subjects stand how: `duty`, `rule`, `clause`, `campaign`, `outcome`, `count`."""
        rows = []
        counted = self.counted
        for duty in self.rulebook.duties:
            found = counted.get(duty.id, {})
            rows += [
                (duty.id, duty.rule.id, duty.clause.id, duty.clause.campaign, name, found[name])
                for name in verdict.NAMES
                if name in found
            ]
        names = ["duty", "rule", "clause", "campaign", "outcome"]
        schema = {**dict.fromkeys(names, pl.String), "count": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")

    @cached_property
    def counted(self) -> Mapping[str, Mapping[str, int]]:
        """How many subjects stand how, by duty and outcome; what none does is left out."""
        every: dict[str, dict[str, int]] = {}
        for entity, duties in self.rulebook.by_entity.items():
            asked = {duty.id: columns.counts(duty, self.as_of) for duty in duties}
            table = self.truths[entity]
            row = iter(table.select(e for each in asked.values() for e in each.values()).row(0))
            for id, each in asked.items():
                found = {name: count for name, count in zip(each, row, strict=False) if count}
                unknown = table.height - sum(found.values())
                every[id] = found | ({"UNKNOWN": unknown} if unknown else {})
        return every

    @cached_property
    def verdicts(self) -> pl.DataFrame:
        """Every duty against every subject, with the columns of `VERDICT_SCHEMA`.

        `measured`, `limit` and `margin` are in `unit`; a margin is positive where there is room
        and negative where the subject falls short. Where the requirement is a task with a due
        date, the margin is in days (天): the days left or, negative, overdue.
        """
        return self.select(*verdict.NAMES)

    def select(self, *outcomes: str, limit: int | None = None) -> pl.DataFrame:
        """The verdicts with one of the named outcomes, at most `limit` of each duty.

        Raises:
            AirplanError: there is no such outcome; the nearest name is given.
        """
        wanted = named_by(outcomes)
        asked = {duty.id: self.counted[duty.id].keys() & outcomes for duty in self.rulebook.duties}
        some = [duty for duty in self.rulebook.duties if asked[duty.id]]
        return verdicts(self.standing(some, wanted, limit), self.as_of, asked)

    def standing(
        self, duties: Sequence[Duty], wanted: Sequence[int], limit: int | None = None
    ) -> Iterator[tuple[Duty, pl.DataFrame]]:
        """The subjects that stand to a duty in a wanted way, duty by duty: `details.reads`, `bits`.

        At most `limit` of each duty, the first of the ledger.
        """
        among = pl.all().is_in(pl.lit(pl.Series(wanted, dtype=pl.UInt8).implode())).arg_true()
        first = among if limit is None else among.head(limit)
        kept: dict[str, tuple[pl.Series, pl.Series]] = {}
        for entity, mine in by_ledger(duties).items():
            # of a short ledger all at once: a query costs more than its rows
            step = max(1, _AT_ONCE // max(1, self.height(entity)))
            for some in batches(mine, step):
                bits = self._bits(some)[entity]
                for place in bits.select(first.implode()):
                    rows = place.explode().drop_nulls()
                    kept[place.name] = rows, bits.get_column(place.name)[rows].alias("bits")
        for duty in duties:
            rows, own = kept[duty.id]
            read = [self.tables[duty.subject].get_column(name) for name in reads([duty])]
            yield duty, pl.DataFrame(read)[rows].with_columns(own)

    def beside(self, one: Duty, other: Duty, wanted: Sequence[int]) -> pl.DataFrame:
        """The subjects that stand to one of two duties in a wanted way: `id`, `one`, `other`."""
        bits = self._bits([one, other])[one.subject]
        table = pl.DataFrame(
            {"id": self.tables[one.subject]["id"], "one": bits[one.id], "other": bits[other.id]}
        )
        return table.filter(pl.col("one").is_in(wanted) | pl.col("other").is_in(wanted))

    def _bits(self, duties: Sequence[Duty]) -> dict[type[Entity], pl.DataFrame]:
        """The outcomes of the duties' subjects, as `Outcome` bits: a column a duty, by ledger."""
        return {
            entity: columns.computed(
                self.truths[entity],
                (columns.decided(duty, self.as_of).alias(duty.id) for duty in mine),
            )
            for entity, mine in by_ledger(duties).items()
        }

    def write_outcomes(self, folder: str | Path, outcomes: Collection[str] = verdict.NAMES) -> None:
        """Write who stands how as Parquet: a folder for each ledger, of any number of files.

        Args:
            folder: a new one; its files have the columns of `standings.OUTCOME_SCHEMA`.
            outcomes: only those that stand in one of these ways.

        Raises:
            AirplanError: there is no such outcome, something is there already, or the engine
                writes no Parquet.
        """
        named_by(outcomes)
        new = new_folder(folder)
        for entity in self.rulebook.by_entity:
            if self.height(entity):
                self._write_outcomes(entity, f"{new}/{ledger_of(entity).name}", outcomes)

    def _write_outcomes(self, entity: type[Entity], folder: str, outcomes: Collection[str]) -> None:
        duties, ids = self.rulebook.by_entity[entity], self.tables[entity]["id"]
        said = meanings(duties, self.as_of, named_by(outcomes)).lazy()
        found = [
            pl.DataFrame({"subject": ids, "bits": bits})
            .lazy()
            .select("subject", standing=pl.col("bits").cast(pl.Int64) + place * A_DUTY)
            .join(said, on="standing", maintain_order="left")
            .select(list(OUTCOME_SCHEMA))
            for place, bits in enumerate(self._bits(duties)[entity])
        ]
        Path(folder).mkdir()
        pl.concat(found).sink_parquet(f"{folder}/outcomes.parquet")

    def height(self, entity: type[Entity]) -> int:
        """How many subjects a ledger with duties has."""
        return self.tables[entity].height

    def ids(self, entity: type[Entity]) -> pl.Series:
        """The ids of a ledger's subjects."""
        return self.tables[entity]["id"]

    def measured(
        self, entity: type[Entity], metrics: Sequence[Metric] | None = None
    ) -> pl.DataFrame:
        """A ledger's subjects with the metrics that duties read, or with other ones."""
        if metrics is None:
            return self.tables[entity]
        return attach(self.facts, entity, (), self.as_of, self.rulebook.plan.county, metrics)

    def subject(self, entity: type[Entity], id: str) -> pl.DataFrame:
        """One subject with everything that is read of it; no row where there is none."""
        table = self.tables[entity]
        return table.filter(pl.col("id") == id)

    def falls_short(self, limit: int | None = None, only: pl.Expr | None = None) -> pl.DataFrame:
        """The verdicts of what falls short, longest overdue first.

        Args:
            limit: how many at most; those of each duty that are beyond it are not even made.
            only: a further condition on the rows.
        """
        names = [name for name in Outcome.__members__ if Outcome[name] & SHORT]
        found = self.select(*names, limit=None if only is not None else limit)
        if only is not None:
            found = found.filter(only)
        found = found.sort("due", "rule", "subject", nulls_last=True, maintain_order=True)
        return found if limit is None else found.head(limit)

    def undecided(self, limit: int = 200) -> list[tuple[Duty, int, tuple[str, ...]]]:
        """The duties that cannot be decided for some subjects: how many, for want of which facts.

        The facts are those of the first `limit` subjects of each duty.
        """
        counts = {id: found["UNKNOWN"] for id, found in self.counted.items() if "UNKNOWN" in found}
        some = [duty for duty in self.rulebook.duties if duty.id in counts]
        found = []
        for duty, rows in self.standing(some, _UNDECIDED, limit):
            gaps = columns.gaps(duty, rows, self.as_of)
            facts = tuple(name for name in gaps.columns if gaps.get_column(name).any())
            found.append((duty, counts[duty.id], facts))
        return found

    @property
    def clean(self) -> bool:
        """Whether nothing falls short."""
        short = [name for name in Outcome.__members__ if Outcome[name] & SHORT]
        return not self.counts["outcome"].is_in(short).any()

    @cached_property
    def unassessed(self) -> tuple[Duty, ...]:
        """The duties without a single subject: nothing was held against them."""
        return tuple(duty for duty in self.rulebook.duties if not self.height(duty.subject))

    @cached_property
    def metrics(self) -> pl.DataFrame:
        """Every metric for every subject, with its interval and completeness.

        First those that duties read; one that none reads is of each calendar year of the plan.
        """
        further = []
        for entity, metrics in self.rulebook.unread.items():
            table = self.measured(entity, metrics)
            further += [metric_rows(metric, table) for metric in metrics]
        return pl.concat([self.read_metrics, *further])

    @cached_property
    def read_metrics(self) -> pl.DataFrame:
        """The metrics that duties read: see `metrics`."""
        frames = [
            metric_rows(metric, self.measured(entity))
            for entity, metrics in self.rulebook.measured.items()
            for metric in metrics
            # as at a day that has not passed, it is what it is now
            if metric.day is None or metric.day < self.as_of
        ]
        return pl.concat([pl.DataFrame(schema=METRIC_SCHEMA), *frames])

    @cached_property
    def findings(self) -> pl.DataFrame:
        """Where the ledgers and what is reported disagree, with the columns of `FINDING_SCHEMA`."""
        frames = [pl.DataFrame(schema=FINDING_SCHEMA)]
        for entity, metrics in self.rulebook.measured.items():
            table = self.measured(entity)
            disputed = [table.get_column(metric.part("disputed")) for metric in metrics]
            frames += [
                conflicts(table, self.facts, metric, self.as_of)
                for metric, one in zip(metrics, disputed, strict=True)
                if one.any()
            ]
        found = pl.concat(frames)
        return found.unique(["metric", "period", "subject"], keep="first", maintain_order=True)

    @cached_property
    def clashes(self) -> pl.DataFrame:
        """Subjects of which two sentences ask different things: `CLASH_SCHEMA` of `clashes`."""
        from airplan_core.assessment.clashes import clashes

        return clashes(self)

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

    @cached_property
    def exemptions(self) -> pl.DataFrame:
        """Every granted exemption and its `effect`: in force, unused, expired, not yet, undated."""
        needed = ~pl.col("otherwise").is_in(["COMPLIANT", "PENDING", "NOT_APPLICABLE"])
        used = self.select("EXEMPT").filter(needed).select("rule", "subject").unique()
        first, last = pl.col("valid_from"), pl.col("valid_to")
        effect = (
            pl.when(first.is_null() | last.is_null())
            .then(pl.lit("undated"))
            .when(last < self.as_of)
            .then(pl.lit("expired"))
            .when(first > self.as_of)
            .then(pl.lit("not yet"))
            .when("used")
            .then(pl.lit("in force"))
            .otherwise(pl.lit("unused"))
        )
        return (
            self.facts.table(Exemption)
            .join(
                used.with_columns(used=pl.lit(value=True)),
                on=["rule", "subject"],
                how="left",
                maintain_order="left",
            )
            .with_columns(effect=effect)
            .drop("used")
        )

    def row(self, entity: type[Entity], subject: str) -> dict[str, Any]:
        """A subject's values by column name, as the scalar reader reads them.

        Raises:
            AirplanError: the ledger has no such subject; the nearest id is named.
        """
        found = self.subject(entity, subject)
        if not found.height:
            ledger = ledger_of(entity).name
            here = ledger not in self.facts.elsewhere
            near = nearest(subject, self.ids(entity).to_list()) if here else ""
            raise AirplanError(f"the ledger {ledger!r} has no subject {subject!r}; {near}")
        row = found.row(0, named=True)
        return {k: exact(v) if isinstance(v, float) else v for k, v in row.items()}

    def explain(self, rule: str, subject: str) -> Explanation:
        """Why the subject stands to the rule as it does, for each of its duties.

        Raises:
            RuleError, AirplanError: the rule or the subject is unknown; the nearest is named.
        """
        from airplan_core.assessment.explain import explain

        return explain(self, rule, subject)
