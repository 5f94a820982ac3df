"""The engine in this process: a table of polars for each ledger, made when somebody looks at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

import attrs
import polars as pl

from airplan_core.engines.parts import parts_of
from airplan_core.engines.polars import folded, outcomes as columns
from airplan_core.engines.polars.attach import attach, days_of, measured, windowed
from airplan_core.engines.standing import A_DUTY, OUTCOME_SCHEMA, meanings, named_by, reads, shared
from airplan_core.facts.facts import Facts
from airplan_core.facts.subjects import subjects
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.duty import Duty, batches, by_ledger
from airplan_core.model.entity import Entity
from airplan_core.model.ledgers import Reported
from airplan_core.model.metric import Metric
from airplan_core.model.tree import ALWAYS, Column
from airplan_core.readers.polars import own_day
from airplan_core.rulebook.rulebook import Rulebook

#: How many outcomes are looked at at once, at a byte each.
_AT_ONCE = 5_000_000


@attrs.frozen(kw_only=True, slots=False)
class Tables:
    """The ledgers of some facts, each with everything its duties read: an `Engine`."""

    rulebook: Rulebook
    facts: Facts
    as_of: dt.date
    _plain: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)
    _tables: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)
    _truths: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)
    _kept: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)
    _heights: dict[type[Entity], int] = attrs.field(factory=dict, init=False, eq=False)

    def table(self, entity: type[Entity]) -> pl.DataFrame:
        """A ledger with everything that its duties read attached, and its metrics."""
        if entity not in self._tables:
            plain, recurring = self.plain(entity), self._recurring(entity)
            metrics = dict.fromkeys(
                m for some in recurring for duty in some for m in duty.metrics()
            )
            further = [metric for metric in metrics if metric.part("lo") not in plain.columns]
            self._tables[entity] = (
                measured(plain, self.facts, further, self.as_of) if further else plain
            )
        return self._tables[entity]

    def plain(self, entity: type[Entity]) -> pl.DataFrame:
        """The same, but for the metrics that only duties that recur read."""
        if entity not in self._plain:
            book, recurring = self.rulebook, self._recurring(entity)
            duties = book.by_entity.get(entity, ())
            read = book.read_metrics.get(entity, ())
            if recurring:
                others = folded.without(duties, recurring)
                read = tuple(dict.fromkeys(m for duty in others for m in duty.metrics()))
            self._plain[entity] = attach(self.facts, entity, duties, self.as_of, book, read)
        return self._plain[entity]

    def _recurring(self, entity: type[Entity]) -> tuple[folded.Family, ...]:
        return self._families.get(entity, ())

    @cached_property
    def _families(self) -> Mapping[type[Entity], tuple[folded.Family, ...]]:
        """The duties that are counted by rows, by ledger."""
        supplied = self.facts.supplies(Reported)
        told = set(self.facts.table(Reported)["metric"]) if supplied else set[str]()

        def here(metric: Metric) -> bool:
            known = all(map(self.facts.supplies, metric.ledgers))
            return known and metric.id not in told

        return {
            entity: folded.families(duties, here)
            for entity, duties in self.rulebook.by_entity.items()
        }

    def truths(self, entity: type[Entity]) -> pl.DataFrame:
        """The truth values that decide a ledger's duties: `DUTY met`, nullable Booleans."""
        if entity not in self._truths:
            duties = self.rulebook.by_entity[entity]
            self._truths[entity] = self._truths_of(self.table(entity), duties)
        return self._truths[entity]

    def _truths_of(self, table: pl.DataFrame, duties: Sequence[Duty]) -> pl.DataFrame:
        return columns.computed(
            table, (part for duty in duties for part in columns.truths(duty, self.as_of))
        )

    @cached_property
    def counted(self) -> Mapping[str, Mapping[str, int]]:
        every: dict[str, dict[str, int]] = {}
        for entity, duties in self.rulebook.by_entity.items():
            height = self.height(entity)
            if not height:
                every |= {duty.id: {} for duty in duties}
                continue
            recurring = self._recurring(entity)
            for family in recurring:
                rows = partial(windowed, self.facts, self.as_of)
                for duty, found in folded.counted(family, self.plain(entity), rows, self.as_of):
                    every[duty.id] = dict(found)
            if recurring and not (duties := folded.without(duties, recurring)):
                continue
            truths = (
                self._truths_of(self.plain(entity), duties) if recurring else self.truths(entity)
            )
            asked = {duty.id: columns.counts(duty, self.as_of) for duty in duties}
            row = iter(truths.select(e for each in asked.values() for e in each.values()).row(0))
            every |= {id: columns.told(each, row, height) for id, each in asked.items()}
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
                for duty, places in zip(some, found, strict=True):
                    rows = places[0]
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

        def own(duty: Duty) -> pl.Series:
            days = pl.lit(None, pl.Date) if duty.own is None else own_day(duty.own)
            return self.table(entity).with_columns(days.alias("own"))["own"]

        found = [
            pl.DataFrame({"subject": ids, "bits": bits, "own": own(duty)})
            .lazy()
            .select("subject", "own", standing=pl.col("bits").cast(pl.Int64) + place * A_DUTY)
            .join(said, on="standing", maintain_order="left")
            .with_columns(due=pl.coalesce("due", "own"))
            .select(list(OUTCOME_SCHEMA))
            for place, (duty, bits) in enumerate(
                zip(duties, self._bits(entity, duties), strict=True)
            )
        ]
        Path(folder).mkdir()
        pl.concat(found).sink_parquet(f"{folder}/outcomes.parquet")
