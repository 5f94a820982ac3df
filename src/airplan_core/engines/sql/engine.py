"""An engine that runs where the ledgers stand: the rules travel, what falls short comes back.

Ledgers that were read here are put beside those that stand there. Metrics that SQL cannot say, a
plugin's own statistics and percentiles, are computed here and put there too.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs
import polars as pl
from sqlglot import exp

from airplan_core.engines.parts import in_sql, parts_of, recurs
from airplan_core.engines.polars.attach import computed, days_of, measured
from airplan_core.engines.sql import attach, outcomes as queries
from airplan_core.engines.sql.attach import Attached
from airplan_core.engines.sql.database import Database
from airplan_core.engines.sql.joined import subjects as subjects_there
from airplan_core.engines.sql.metrics import days_query
from airplan_core.engines.sql.needed import everyones, needed
from airplan_core.engines.sql.place import PREFIX, Place
from airplan_core.engines.standing import A_DUTY, A_MASK, meanings, named_by, reads, shared
from airplan_core.facts.facts import Facts, dtype, valid_exemptions
from airplan_core.facts.figures import figures
from airplan_core.facts.subjects import stand_here, subjects
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.duty import Duty, batches, by_ledger
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.ledgers import Attestation, County, Reported
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import NAMES
from airplan_core.model.tree import Column
from airplan_core.readers import sql_terms as sql
from airplan_core.rulebook.rulebook import Rulebook

#: How many metrics stand in one table: PostgreSQL has room for some 1,600 columns.
_A_TABLE = 100

#: How many are made in one query, whose steps have the sums beside what comes of them.
_MADE_AT_ONCE = 40

#: What tells the tables of one `Queries` from another's, which may stand in the same database.
_MARKS = itertools.count(1)


@attrs.frozen(kw_only=True, slots=False)
class Queries:
    """The ledgers of some facts in a database, asked what is needed and never for a whole ledger.

    It is an `Engine`; `database` is the caller's, who closes it. What is put there has names of its
    own, so that two days can be asked about in one database; it stays until that is closed.
    """

    rulebook: Rulebook
    facts: Facts
    as_of: dt.date
    database: Database
    _mark: int = attrs.field(factory=_MARKS.__next__, init=False, eq=False)
    _made: Iterator[int] = attrs.field(factory=itertools.count, init=False, eq=False)
    _heights: dict[type[Entity], int] = attrs.field(factory=dict, init=False, eq=False)
    _measured: dict[type[Entity], pl.DataFrame] = attrs.field(factory=dict, init=False, eq=False)

    @cached_property
    def _ledgers(self) -> Place:
        """The ledgers there, with those read here put beside them."""
        book, facts = self.rulebook, self.facts
        ledgers = {name: PREFIX + name for name in facts.elsewhere}
        for entity in needed(book):
            name = ledger_of(entity).name
            if name in facts.tables:
                table = facts.rows(entity)
                if entity is Attestation:
                    table = everyones(table, book, facts)
                ledgers[name] = self._name(name)
                self.database.put(ledgers[name], table)
        return Place(
            dialect=self.database.dialect,
            ledgers=ledgers,
            county=book.plan.county,
            adrift={name: tuple(rows["id"]) for name, rows in facts.adrift.items()},
            expected=book.expected,
            exempted=frozenset(valid_exemptions(facts, self.as_of)["rule"]),
        )

    def _name(self, *words: str) -> str:
        """A name for a table that is made there, which no other has."""
        return PREFIX + "_".join((*words, f"{self._mark}", f"{next(self._made)}"))

    @cached_property
    def place(self) -> Place:
        """The ledgers there, and the metrics that duties read."""
        return self._with(self._ledgers, self.rulebook.read_metrics)

    @cached_property
    def _unread(self) -> Place:
        """The same, with the metrics that no duty reads."""
        return self._with(self.place, self.rulebook.unread_metrics)

    def _with(self, place: Place, asked: Mapping[type[Entity], Sequence[Metric]]) -> Place:
        book, facts = self.rulebook, self.facts
        every = [(e, m) for e, found in asked.items() for m in found]
        made: dict[str, str] = {}
        whole: set[str] = set()
        for entity in dict.fromkeys(entity for entity, _ in every):
            supplied = [m for e, m in every if e is entity and any(map(facts.supplies, m.ledgers))]
            mine = [m for m in supplied if not in_sql(m) and not recurs(m)]
            if mine:
                made |= self._put(
                    entity, computed(self._rows(entity), facts, mine, self.as_of), mine
                )
            for some in batches([m for m in supplied if recurs(m)], _A_TABLE):
                made |= self._put(
                    entity, measured(self._rows(entity), facts, some, self.as_of), some
                )
                whole |= {metric.name for metric in some}
        place = attrs.evolve(place, made={**place.made, **made})
        if facts.supplies(Reported):
            county = subjects(facts, County, book)["id"]
            told = figures(facts, (metric for _, metric in every), county, self.as_of)
            if told.height:
                name = self._name("figures")
                self.database.put(name, told)
                place = attrs.evolve(place, figures=(name, frozenset(told["metric"])))
        kept: dict[str, str] = {}
        for entity, every_one in asked.items():
            # what millions of rows add up to is added up once for all the duties
            own = [metric for metric in every_one if metric.name not in whole]
            for metrics in batches(own, _MADE_AT_ONCE):
                table = attach.attached(place, entity, (), self.as_of, metrics)
                names = ["id", *parts_of(metrics)]
                name = self._name(ledger_of(entity).name, "measured")
                self.database.keep(name, table.select(*map(sql.column, names)))
                kept |= {metric.name: name for metric in metrics}
        return attrs.evolve(place, made={**place.made, **kept}, figures=("", ()))

    def _rows(self, entity: type[Entity]) -> pl.DataFrame:
        return self.ids(entity).to_frame()

    def _put(
        self, entity: type[Entity], table: pl.DataFrame, metrics: Iterable[Metric]
    ) -> dict[str, str]:
        """Put metrics that were computed here beside the ledgers: which stand in which table."""
        name = self._name(ledger_of(entity).name, "metrics")
        self.database.put(name, table)
        return {metric.name: name for metric in metrics}

    def _judged(self, entity: type[Entity], duties: Sequence[Duty]) -> Attached:
        metrics = dict.fromkeys(metric for duty in duties for metric in duty.metrics())
        return queries.judged(self.place, entity, duties, self.as_of, tuple(metrics))

    def _is_there(self, entity: type[Entity]) -> bool:
        """Whether a ledger stands in the database and was not read here."""
        return ledger_of(entity).name in self.facts.elsewhere

    @cached_property
    def counted(self) -> Mapping[str, Mapping[str, int]]:
        every: dict[str, dict[str, int]] = {}
        for entity, all_duties in self.rulebook.by_entity.items():
            for duties in batches(all_duties, self.database.at_once):
                query = queries.counts(self._judged(entity, duties), duties, self.as_of)
                codes = queries.definite(duties, self.as_of)
                names = ["rows", *(f"{place} {int(code)}" for place, code in codes)]
                row = self.database.fetch(query, dict.fromkeys(names, pl.Int64)).row(0)
                self._heights[entity] = row[0]
                for duty in duties:
                    every[duty.id] = {}
                for (place, code), count in zip(codes, row[1:], strict=True):
                    if count:
                        every[duties[place].id][str(code.name)] = count
                for duty in duties:
                    unknown = row[0] - sum(every[duty.id].values())
                    if unknown:
                        every[duty.id]["UNKNOWN"] = unknown
        return every

    @cached_property
    def answered(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        found = {}
        for entity, mine in by_ledger(
            duty for duty in self.rulebook.duties if duty.answers
        ).items():
            for duties in batches(mine, self.database.at_once):
                query = queries.answered(self._judged(entity, duties), duties, self.as_of)
                rows: dict[int, list[tuple[int, int, int]]] = {}
                counted = self.database.fetch(query, {"code": pl.Int64, "count": pl.Int64})
                for code, count in counted.iter_rows():
                    standing, mask = divmod(code, A_MASK)
                    place, bits = divmod(standing, A_DUTY)
                    rows.setdefault(place, []).append((bits, mask, count))
                for place, duty in enumerate(duties):
                    found[duty.id] = shared(duty, rows.get(place, ()))
        return found

    def height(self, entity: type[Entity]) -> int:
        if entity not in self._heights:
            here = stand_here(self.facts, entity, self.rulebook)
            self._heights[entity] = self.ids(entity).len() if here else self._count(entity)
        return self._heights[entity]

    def _count(self, entity: type[Entity]) -> int:
        rows = subjects_there(self._ledgers, entity).subquery("subject")
        query = exp.select(exp.alias_(exp.Count(this=exp.Star()), "rows", quoted=True)).from_(rows)
        return int(self.database.fetch(query, {"rows": pl.Int64}).item())

    def ids(self, entity: type[Entity]) -> pl.Series:
        if stand_here(self.facts, entity, self.rulebook):
            return subjects(self.facts, entity, self.rulebook)["id"]
        rows = subjects_there(self._ledgers, entity).subquery("subject")
        query = exp.select(sql.column("id")).from_(rows)
        return self.database.fetch(query, {"id": pl.String})["id"]

    def subject(self, entity: type[Entity], id: str) -> pl.DataFrame:
        same = exp.EQ(this=sql.column("id"), expression=exp.convert(id))
        found = pl.DataFrame()
        for duties in batches(self.rulebook.by_entity[entity], self.database.at_once):
            schema = {name: kind for name, kind in reads(duties).items() if name not in found}
            query = self._judged(entity, duties).select(*map(sql.column, schema)).where(same.copy())
            fetched = self.database.fetch(query, schema)
            found = found.hstack(fetched) if found.width else fetched
        return found

    def standing(
        self,
        duties: Sequence[Duty],
        wanted: Collection[int],
        limit: int | None = None,
        department: str | None = None,
    ) -> Iterator[tuple[Duty, pl.DataFrame]]:
        found: dict[str, pl.DataFrame] = {}
        for entity, mine in by_ledger(duties).items():
            for some in batches(mine, self.database.at_once):
                read = reads(some)
                asked = queries.standing(
                    self._judged(entity, some), some, self.as_of, wanted, read, limit, department
                )
                schema = {**read, "standing": pl.Int64}
                query = asked.select(*map(sql.column, schema))
                rows = self.database.fetch(query, schema).sort("id")
                bits = (pl.col("standing") % A_DUTY).cast(pl.UInt8).alias("bits")
                for place, duty in enumerate(some):
                    own = rows.filter(pl.col("standing") // A_DUTY == place)
                    own = own.select(*reads([duty]), bits)
                    found[duty.id] = own if limit is None else own.head(limit)
        for duty in duties:
            yield duty, found[duty.id]

    def outcomes(
        self, duties: Sequence[Duty], wanted: Collection[int] | None = None
    ) -> pl.DataFrame:
        if wanted is None and len(duties) > self.database.at_once:
            parts = [self.outcomes(some) for some in batches(duties, self.database.at_once)]
            return pl.concat([parts[0], *(part.drop("id") for part in parts[1:])], how="horizontal")
        schema = {"id": pl.String, **{duty.id: pl.UInt8 for duty in duties}}
        table = self._judged(duties[0].subject, duties)
        query = table.select(*map(sql.column, schema))
        if wanted is not None:
            codes = list(wanted)
            query = query.where(exp.or_(*(sql.column(duty.id).isin(*codes) for duty in duties)))
        return self.database.fetch(query, schema).sort("id")

    def fields(self, entity: type[Entity], *fields: Column) -> pl.DataFrame:
        schema = {"id": pl.String, **{field.name: dtype(field) for field in fields}}
        reading = [
            duty
            for duty in self.rulebook.by_entity[entity]
            if {leaf.name for leaf in duty.leaves()} & schema.keys()
        ]
        table = self._judged(entity, reading)
        return self.database.fetch(table.select(*map(sql.column, schema)), schema).sort("id")

    def intervals(self, entity: type[Entity], metrics: Sequence[Metric]) -> pl.DataFrame:
        read = self.rulebook.read_metrics.get(entity, ())
        if not all(metric in read for metric in metrics):
            return self._fetched(self._unread, entity, metrics)
        if entity not in self._measured:
            self._measured[entity] = self._fetched(self.place, entity, read)
        return self._measured[entity].select("id", *parts_of(metrics))

    def _fetched(
        self, place: Place, entity: type[Entity], metrics: Sequence[Metric]
    ) -> pl.DataFrame:
        found = self.ids(entity).sort().to_frame()
        for some in batches(metrics, _A_TABLE):
            table = attach.attached(place, entity, (), self.as_of, some)
            schema = {"id": pl.String} | parts_of(some)
            query = table.select(*map(sql.column, schema))
            found = found.hstack(self.database.fetch(query, schema).sort("id").drop("id"))
        return found

    def days(self, metric: Aggregate, subject: str, *fields: str) -> pl.DataFrame:
        if not self._is_there(metric.rows):
            return days_of(self.facts, metric, subject, self.as_of, *fields)
        schema = {
            **{name: dtype(ledger_of(metric.rows).column(name)) for name in fields},
            "day": pl.Date, "among": pl.Boolean, "counts": pl.Boolean, "micro": pl.Int128,
        }  # fmt: skip
        query = days_query(self._ledgers, metric, subject, self.as_of, fields)
        return self.database.fetch(query, schema)

    def outcome_query(
        self, entity: type[Entity], outcomes: Collection[str] = tuple(NAMES)
    ) -> exp.Query:
        """Who stands how of a ledger: a query of the columns of `OUTCOME_SCHEMA`.

        Args:
            entity: the ledger, which has duties.
            outcomes: only those that stand in one of these ways.
        """
        wanted, found = named_by(outcomes), list[exp.Query]()
        for duties in batches(self.rulebook.by_entity[entity], self.database.at_once):
            name = self._name(ledger_of(entity).name, "meanings")
            self.database.put(name, meanings(duties, self.as_of, wanted))
            table, own = queries.with_own_days(self._judged(entity, duties), duties)
            kept = ["id", *own.values()]
            table = queries.standing(table, duties, self.as_of, wanted, kept)
            found.append(queries.told(table, name, own))
        if len(found) == 1:
            return found[0]
        # a query that names its parts is joined to another within brackets only (Spark)
        each = (exp.select(exp.Star()).from_(query.subquery("found")) for query in found)
        return exp.union(*each, distinct=False)

    def write(self, entity: type[Entity], folder: str, outcomes: Collection[str]) -> None:
        self.database.write(folder, self.outcome_query(entity, outcomes))
