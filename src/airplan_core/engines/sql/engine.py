"""An assessment that runs where the ledgers stand: the rules travel, what falls short comes back.

Ledgers that were read here are put beside those that stand there. Metrics that SQL cannot say, a
plugin's own statistics and percentiles, are computed here and put there too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NoReturn

import attrs
import polars as pl
from sqlglot import exp

from airplan_core.assessment.assessment import Assessment
from airplan_core.engines.parts import parts_of, tallied
from airplan_core.engines.polars.attach import computed
from airplan_core.engines.sql import attach, outcomes as queries
from airplan_core.engines.sql.attach import Attached
from airplan_core.engines.sql.database import Database
from airplan_core.engines.sql.needed import everyones, needed
from airplan_core.engines.sql.place import PREFIX, Place
from airplan_core.engines.standing import A_DUTY, meanings, named_by, reads
from airplan_core.facts.facts import subjects, valid_exemptions
from airplan_core.facts.figures import figures
from airplan_core.model import outcome as verdict
from airplan_core.model.duty import Duty, batches, by_ledger
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.ledgers import Attestation, County, Reported
from airplan_core.model.metric import Metric
from airplan_core.readers import sql_terms as sql


@attrs.frozen(kw_only=True, slots=False)
class RemoteAssessment(Assessment):
    """How a county's subjects stand to its duties, found by a database."""

    engine: Database

    @property
    def tables(self) -> NoReturn:
        """None: an engine is asked for what is needed, and never for a ledger."""
        raise AssertionError("ledgers in an engine are asked, never read whole")

    @cached_property
    def place(self) -> Place:
        """The ledgers there, with those read here put beside them."""
        book, facts = self.rulebook, self.facts
        ledgers = {name: PREFIX + name for name in facts.elsewhere}
        for entity in needed(book):
            name = ledger_of(entity).name
            if name in facts.tables:
                table = facts.tables[name]
                if entity is Attestation:
                    table = everyones(table, book, facts)
                self.engine.put(PREFIX + name, table)
                ledgers[name] = PREFIX + name
        place = Place(
            dialect=self.engine.dialect,
            ledgers=ledgers,
            county=book.plan.county,
            exempted=frozenset(valid_exemptions(facts, self.as_of)["rule"]),
        )
        return self._with(place, book.measured)

    @cached_property
    def _unread(self) -> Place:
        """The same, with the metrics that no duty reads."""
        return self._with(self.place, self.rulebook.unread)

    def _with(self, place: Place, measured: Mapping[type[Entity], Sequence[Metric]]) -> Place:
        book, facts = self.rulebook, self.facts
        every = [(e, m) for e, found in measured.items() for m in found]
        made: dict[str, str] = {}
        for entity in dict.fromkeys(entity for entity, _ in every):
            mine = [m for e, m in every if e is entity and not tallied(m)]
            mine = [m for m in mine if any(map(facts.supplies, m.ledgers))]
            if mine:
                name = f"{PREFIX}{ledger_of(entity).name}_metrics{len(place.made)}"
                ids = self._all_ids(place, entity)
                self.engine.put(name, computed(ids.to_frame(), facts, mine, self.as_of))
                made |= {metric.name: name for metric in mine}
        place = attrs.evolve(place, made={**place.made, **made})
        if facts.supplies(Reported):
            county = subjects(facts, County, book.plan.county)["id"]
            told = figures(facts, (metric for _, metric in every), county, self.as_of)
            if told.height:
                name = f"{PREFIX}figures{len(place.made)}"
                self.engine.put(name, told)
                place = attrs.evolve(place, figures=(name, frozenset(told["metric"])))
        kept: dict[str, str] = {}
        for entity, metrics in measured.items():
            # what millions of rows add up to is added up once for all the duties
            table = attach.attached(place, entity, (), self.as_of, metrics)
            names = ["id", *parts_of(metrics)]
            name = f"{PREFIX}{ledger_of(entity).name}_measured{len(place.made)}"
            self.engine.keep(name, table.select(*map(sql.column, names)))
            kept |= {metric.name: name for metric in metrics}
        return attrs.evolve(place, made={**place.made, **kept}, figures=("", ()))

    def ids(self, entity: type[Entity]) -> pl.Series:
        return self._all_ids(self.place, entity)

    def _all_ids(self, place: Place, entity: type[Entity]) -> pl.Series:
        if ledger_of(entity).name in self.facts.elsewhere:
            query = exp.select(sql.column("id")).from_(place.table(entity))
            return self.engine.fetch(query, {"id": pl.String})["id"]
        return subjects(self.facts, entity, self.rulebook.plan.county)["id"]

    def _judged(self, entity: type[Entity], duties: Sequence[Duty]) -> Attached:
        metrics = dict.fromkeys(metric for duty in duties for metric in duty.metrics())
        return queries.judged(self.place, entity, duties, self.as_of, tuple(metrics))

    @cached_property
    def _counts(self) -> tuple[dict[str, dict[str, int]], dict[type[Entity], int]]:
        every: dict[str, dict[str, int]] = {}
        heights: dict[type[Entity], int] = {}
        for entity, all_duties in self.rulebook.by_entity.items():
            for duties in batches(all_duties, self.engine.at_once):
                query = queries.counts(self._judged(entity, duties), duties, self.as_of)
                codes = queries.definite(duties, self.as_of)
                names = ["rows", *(f"{place} {int(code)}" for place, code in codes)]
                row = self.engine.fetch(query, dict.fromkeys(names, pl.Int64)).row(0)
                heights[entity] = row[0]
                for duty in duties:
                    every[duty.id] = {}
                for (place, code), count in zip(codes, row[1:], strict=True):
                    if count:
                        every[duties[place].id][str(code.name)] = count
                for duty in duties:
                    unknown = row[0] - sum(every[duty.id].values())
                    if unknown:
                        every[duty.id]["UNKNOWN"] = unknown
        return every, heights

    @cached_property
    def counted(self) -> Mapping[str, Mapping[str, int]]:
        return self._counts[0]

    def height(self, entity: type[Entity]) -> int:
        return self._counts[1][entity]

    def standing(
        self, duties: Sequence[Duty], wanted: Sequence[int], limit: int | None = None
    ) -> Iterator[tuple[Duty, pl.DataFrame]]:
        found: dict[str, pl.DataFrame] = {}
        for entity, mine in by_ledger(duties).items():
            for some in batches(mine, self.engine.at_once):
                read = reads(some)
                asked = queries.standing(
                    self._judged(entity, some), some, self.as_of, wanted, read, limit
                )
                schema = {**read, "standing": pl.Int64}
                rows = self.engine.fetch(asked.select(*map(sql.column, schema)), schema).sort("id")
                bits = (pl.col("standing") % A_DUTY).cast(pl.UInt8).alias("bits")
                for place, duty in enumerate(some):
                    own = rows.filter(pl.col("standing") // A_DUTY == place)
                    own = own.select(*reads([duty]), bits)
                    found[duty.id] = own if limit is None else own.head(limit)
        for duty in duties:
            yield duty, found[duty.id]

    def beside(self, one: Duty, other: Duty, wanted: Sequence[int]) -> pl.DataFrame:
        table = self._judged(one.subject, [one, other])
        codes = [sql.number(code) for code in wanted]
        query = table.select(
            sql.column("id"),
            exp.alias_(sql.column(one.id), "one", quoted=True),
            exp.alias_(sql.column(other.id), "other", quoted=True),
        )
        tests = [sql.column(duty.id).isin(*codes) for duty in (one, other)]
        query = query.where(exp.or_(*tests)).order_by(sql.column("id"))
        return self.engine.fetch(query, {"id": pl.String, "one": pl.UInt8, "other": pl.UInt8})

    def measured(
        self, entity: type[Entity], metrics: Sequence[Metric] | None = None
    ) -> pl.DataFrame:
        if metrics is None:
            return self._read[entity]
        read = metrics is self.rulebook.measured.get(entity)
        place = self.place if read else self._unread
        table = attach.attached(place, entity, (), self.as_of, metrics)
        schema = {"id": pl.String} | parts_of(metrics)
        return self.engine.fetch(table.select(*map(sql.column, schema)), schema).sort("id")

    @cached_property
    def _read(self) -> Mapping[type[Entity], pl.DataFrame]:
        return {entity: self.measured(entity, ms) for entity, ms in self.rulebook.measured.items()}

    def subject(self, entity: type[Entity], id: str) -> pl.DataFrame:
        duties = self.rulebook.by_entity[entity]
        schema = reads(duties)
        query = self._judged(entity, duties).select(*map(sql.column, schema))
        same = exp.EQ(this=sql.column("id"), expression=sql.text(id))
        return self.engine.fetch(query.where(same), schema)

    def outcome_query(
        self, entity: type[Entity], outcomes: Collection[str] = verdict.NAMES
    ) -> exp.Query:
        """Who stands how of a ledger: a query of the columns of `OUTCOME_SCHEMA`.

        Args:
            entity: the ledger, which has duties.
            outcomes: only those that stand in one of these ways.
        """
        wanted, found = named_by(outcomes), list[exp.Query]()
        for duties in batches(self.rulebook.by_entity[entity], self.engine.at_once):
            name = f"{PREFIX}{ledger_of(entity).name}_meanings{len(found)}"
            self.engine.put(name, meanings(duties, self.as_of, wanted))
            table = self._judged(entity, duties)
            found.append(
                queries.told(queries.standing(table, duties, self.as_of, wanted, ["id"]), name)
            )
        return exp.union(*found, distinct=False) if len(found) > 1 else found[0]

    def _write_outcomes(self, entity: type[Entity], folder: str, outcomes: Collection[str]) -> None:
        self.engine.write(folder, self.outcome_query(entity, outcomes))
