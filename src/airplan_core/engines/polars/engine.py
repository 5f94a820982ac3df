"""The engine in this process: a table of polars for each ledger, made when somebody looks at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import attrs
import polars as pl

from airplan_core.engines.parts import parts_of
from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.polars.attach import attach, days_of
from airplan_core.engines.standing import A_DUTY, OUTCOME_SCHEMA, meanings, named_by, reads, shared
from airplan_core.facts.facts import Facts
from airplan_core.facts.subjects import subjects
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.duty import Duty, batches, by_ledger
from airplan_core.model.entity import Entity
from airplan_core.model.metric import Metric
from airplan_core.model.tree import ALWAYS, Column
from airplan_core.rulebook.rulebook import Rulebook

#: How many outcomes are looked at at once, at a byte each.
_AT_ONCE = 5_000_000


@attrs.frozen(kw_only=True, slots=False)
class Tables:
    """The ledgers of some facts, each with everything its duties read: an `Engine`."""

    rulebook: Rulebook
    facts: Facts
    as_of: dt.date
    _tables: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)
    _truths: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)
    _kept: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)
    _heights: dict[type[Entity], int] = attrs.field(factory=dict, init=False, eq=False)

    def table(self, entity: type[Entity]) -> pl.DataFrame:
        """A ledger with everything that its duties read attached, and its metrics."""
        if entity not in self._tables:
            book = self.rulebook
            self._tables[entity] = attach(
                self.facts,
                entity,
                book.by_entity.get(entity, ()),
                self.as_of,
                book,
                book.read_metrics.get(entity, ()),
            )
        return self._tables[entity]

    def truths(self, entity: type[Entity]) -> pl.DataFrame:
        """The truth values that decide a ledger's duties: `DUTY met`, nullable Booleans."""
        if entity not in self._truths:
            self._truths[entity] = columns.computed(
                self.table(entity),
                (
                    part
                    for duty in self.rulebook.by_entity[entity]
                    for part in columns.truths(duty, self.as_of)
                ),
            )
        return self._truths[entity]

    @cached_property
    def counted(self) -> Mapping[str, Mapping[str, int]]:
        every: dict[str, dict[str, int]] = {}
        for entity, duties in self.rulebook.by_entity.items():
            height = self.height(entity)
            if not height:
                every |= {duty.id: {} for duty in duties}
                continue
            asked = {duty.id: columns.counts(duty, self.as_of) for duty in duties}
            found = self.truths(entity).select(e for each in asked.values() for e in each.values())
            row = iter(found.row(0))
            for id, each in asked.items():
                stand = {name: count for name, count in zip(each, row, strict=False) if count}
                unknown = height - sum(stand.values())
                every[id] = stand | ({"UNKNOWN": unknown} if unknown else {})
        return every

    @cached_property
    def answered(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        found = {}
        for duty in self.rulebook.duties:
            if duty.answers:
                (bits,) = self._bits(duty.subject, [duty])
                rows = self.table(duty.subject).select(
                    bits.alias("bits"), columns.mask(duty, self.as_of)
                )
                found[duty.id] = shared(duty, rows.group_by("bits", "mask").len().iter_rows())
        return found

    def height(self, entity: type[Entity]) -> int:
        if entity not in self._heights:
            self._heights[entity] = subjects(self.facts, entity, self.rulebook).height
        return self._heights[entity]

    def ids(self, entity: type[Entity]) -> pl.Series:
        return subjects(self.facts, entity, self.rulebook)["id"]

    def subject(self, entity: type[Entity], id: str) -> pl.DataFrame:
        return self.table(entity).filter(pl.col("id") == id)

    def standing(
        self,
        duties: Sequence[Duty],
        wanted: Collection[int],
        limit: int | None = None,
        department: str | None = None,
    ) -> Iterator[tuple[Duty, pl.DataFrame]]:
        among = pl.all().is_in(pl.lit(pl.Series(wanted, dtype=pl.UInt8).implode())).arg_true()
        kept: dict[str, tuple[pl.Series, pl.Series]] = {}
        for entity, mine in by_ledger(duties).items():
            step = max(1, _AT_ONCE // max(1, self.height(entity)))
            for some in batches(mine, step):
                bits = self._bits(entity, some)
                found = bits.select(among.implode())
                for duty, place in zip(some, found, strict=True):
                    rows = place.explode().drop_nulls()
                    if department is not None:
                        rows = self._of_department(duty, department, rows)
                    if limit is not None and rows.len() > limit:
                        ids = self.table(entity)["id"].cast(pl.String)
                        rows = rows.gather(ids[rows].arg_sort().head(limit))
                    kept[duty.id] = rows, bits.get_column(duty.id)[rows].alias("bits")
        for duty in duties:
            rows, own = kept[duty.id]
            read = [self.table(duty.subject).get_column(name) for name in reads([duty])]
            yield duty, pl.DataFrame(read)[rows].with_columns(own)

    def _of_department(self, duty: Duty, department: str, rows: pl.Series) -> pl.Series:
        """Those of some rows of a ledger for which a department answers, or may."""
        if duty.falls_to(department) == ALWAYS:
            return rows
        own = columns.answers(duty, department, self.as_of)
        return rows.filter(self.table(duty.subject)[rows].with_columns(own=own)["own"])

    def outcomes(
        self, duties: Sequence[Duty], wanted: Collection[int] | None = None
    ) -> pl.DataFrame:
        entity = duties[0].subject
        ids = self.table(entity).get_column("id")
        found = pl.DataFrame([ids, *self._bits(entity, duties)])
        if wanted is None:
            return found
        return found.filter(pl.any_horizontal(pl.exclude("id").is_in(list(wanted))))

    def _bits(self, entity: type[Entity], duties: Sequence[Duty]) -> pl.DataFrame:
        """The outcomes of a ledger's subjects, as `Outcome` bits: a column a duty."""
        every = self.rulebook.by_entity[entity]
        if self.height(entity) * len(every) > _AT_ONCE:
            return self._decided(entity, duties)
        # of a short ledger they are all kept: a query costs more than its rows
        if entity not in self._kept:
            self._kept[entity] = self._decided(entity, every)
        return self._kept[entity].select(duty.id for duty in duties)

    def _decided(self, entity: type[Entity], duties: Sequence[Duty]) -> pl.DataFrame:
        return columns.computed(
            self.truths(entity),
            (columns.decided(duty, self.as_of).alias(duty.id) for duty in duties),
        )

    def fields(self, entity: type[Entity], *fields: Column) -> pl.DataFrame:
        return self.table(entity).select("id", *(field.name for field in fields))

    def intervals(self, entity: type[Entity], metrics: Sequence[Metric]) -> pl.DataFrame:
        read = self.rulebook.read_metrics.get(entity, ())
        if all(metric in read for metric in metrics):
            return self.table(entity).select("id", *parts_of(metrics))
        return attach(self.facts, entity, (), self.as_of, self.rulebook, metrics)

    def days(self, metric: Aggregate, subject: str, *fields: str) -> pl.DataFrame:
        return days_of(self.facts, metric, subject, self.as_of, *fields)

    def write(self, entity: type[Entity], folder: str, outcomes: Collection[str]) -> None:
        duties, ids = self.rulebook.by_entity[entity], self.ids(entity)
        said = meanings(duties, self.as_of, named_by(outcomes)).lazy()
        found = [
            pl.DataFrame({"subject": ids, "bits": bits})
            .lazy()
            .select("subject", standing=pl.col("bits").cast(pl.Int64) + place * A_DUTY)
            .join(said, on="standing", maintain_order="left")
            .select(list(OUTCOME_SCHEMA))
            for place, bits in enumerate(self._bits(entity, duties))
        ]
        Path(folder).mkdir()
        pl.concat(found).sink_parquet(f"{folder}/outcomes.parquet")
