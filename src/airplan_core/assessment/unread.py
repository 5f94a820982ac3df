"""Which of the cells that could not be read an open verdict rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import polars as pl

from airplan_core.errors import Problem
from airplan_core.facts.facts import Facts
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity, Reference, ledger_of
from airplan_core.model.metric import Metric
from airplan_core.model.tree import Expr, columns

#: A subject of whom nothing is said: a row of it may be anyone's.
_ANYONE = None


class Unread:
    """The cells of some facts that could not be read, and the rows that are nobody's.

    They are looked for among what keeps a verdict open: a field of the subject, one that a
    reference leads to, the rows that a metric is made of. Ledgers that stand in a database have
    none: they are refused where a cell is not in order.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._cells = {(c.ledger, c.id, c.field): c.problem for c in facts.unreadable}
        self._fields = {(cell.ledger, cell.field) for cell in facts.unreadable}
        self._rows: dict[str, list[Problem]] = defaultdict(list)
        for row in facts.set_aside:
            self._rows[row.ledger] += row.problems
        self._led: dict[tuple[type[Entity], str], Mapping[str, str | None]] = {}
        self._made: dict[str, Mapping[str | None, list[Problem]]] = {}

    def __bool__(self) -> bool:
        return bool(self._cells or self._rows)

    def of(self, duty: Duty, missing: Collection[str], subject: str) -> tuple[Problem, ...]:
        """The problems behind the facts that a duty's verdict on a subject lacks.

        Args:
            duty: what the subject is held against.
            missing: the names of the facts (`VERDICT_SCHEMA`, `missing`).
            subject: its id.
        """
        found: dict[Problem, None] = {}
        for leaf in duty.leaves():
            if leaf.name in missing:
                found |= dict.fromkeys(self.behind(duty.subject, leaf, subject))
        return tuple(found)

    def behind(self, entity: type[Entity], leaf: Expr, subject: str) -> Iterator[Problem]:
        """The problems behind one fact of a subject."""
        if isinstance(leaf, Metric):
            if leaf.name not in self._made:
                self._made[leaf.name] = self._made_of(leaf)
            made = self._made[leaf.name]
            yield from (*made.get(subject, ()), *made.get(_ANYONE, ()))
        else:
            yield from self._along(entity, getattr(leaf, "path", ()), subject)

    def _along(
        self, entity: type[Entity], path: tuple[str, ...], id: str | None
    ) -> Iterator[Problem]:
        """The cells on the way from a row to what a path of references leads to."""
        for name in path:
            column = ledger_of(entity).columns.get(name)
            if column is None or id is None:
                return
            problem = self._cells.get((ledger_of(entity).name, id, name))
            if problem is not None:
                yield problem
            if not isinstance(column, Reference):
                return
            id = self._leads(entity, name).get(id)
            entity = column.target

    def _leads(self, entity: type[Entity], name: str) -> Mapping[str, str | None]:
        """What every row of a ledger has under a field."""
        if (entity, name) not in self._led:
            here = ledger_of(entity).name in self._facts.tables
            table = self._facts.table(entity).select("id", pl.col(name).cast(pl.String))
            self._led[entity, name] = dict(table.iter_rows()) if here else {}
        return self._led[entity, name]

    def _made_of(self, metric: Metric) -> Mapping[str | None, list[Problem]]:
        """By subject, the problems of the rows that a metric is made of."""
        made: dict[str | None, list[Problem]] = defaultdict(list)
        own = metric.rows if isinstance(metric, Aggregate) else None
        for entity in dict.fromkeys(_sources(metric.ledgers)):
            name = ledger_of(entity).name
            made[_ANYONE] += self._rows.get(name, ())
            if entity is not own:
                made[_ANYONE] += [p for (ledger, _, _), p in self._cells.items() if ledger == name]
        if isinstance(metric, Aggregate):
            for path in _paths(metric):
                for id, problem in self._reached(metric.rows, path):
                    whose = made[self._whose(metric, id)]
                    if problem not in whose:
                        whose.append(problem)
        return made

    def _reached(
        self, entity: type[Entity], path: tuple[str, ...]
    ) -> Iterator[tuple[str, Problem]]:
        """The rows of a ledger from which a path comes by a cell that could not be read."""
        name, *rest = path
        ledger = ledger_of(entity)
        if (ledger.name, name) in self._fields:
            for (other, id, field), problem in self._cells.items():
                if (other, field) == (ledger.name, name):
                    yield id, problem
        column = ledger.columns.get(name)
        if rest and isinstance(column, Reference):
            further = defaultdict(list)
            for id, problem in self._reached(column.target, tuple(rest)):
                further[id].append(problem)
            if further and ledger.name in self._facts.tables:
                table = self._facts.table(entity).select("id", name)
                led = pl.col(name).is_in(pl.Series(list(further), dtype=pl.String).implode())
                for id, target in table.filter(led).iter_rows():
                    yield from ((id, problem) for problem in further[target])

    def _whose(self, metric: Aggregate, id: str) -> str | None:
        """The subject that a row belongs to, as far as it says so."""
        entity, whose = metric.rows, id
        for name in metric.of.path:
            found = self._leads(entity, name).get(whose)
            if found is None:
                return _ANYONE
            whose, column = found, ledger_of(entity).columns[name]
            entity = column.target if isinstance(column, Reference) else entity
        return whose


def _paths(metric: Aggregate) -> tuple[tuple[str, ...], ...]:
    """What a metric reads of each of its rows, by the references it follows."""
    day = () if metric.on is None else (metric.on,)
    read = (*columns(*metric.trees), metric.of, *day, *metric.amounts)
    return tuple(dict.fromkeys(column.path for column in read))


def _sources(ledgers: Collection[type[Entity]]) -> Iterator[type[Entity]]:
    """Ledgers, and those that they are completed from."""
    for entity in ledgers:
        yield entity
        derived = ledger_of(entity).derived
        if derived is not None:
            yield from _sources(derived.sources)
