"""The questions an assessment asks of an engine: tables here answer them, a database does too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

import polars as pl

from airplan_core.errors import AirplanError, Said, nearest
from airplan_core.facts.facts import Facts, exact
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.metric import Metric
from airplan_core.model.tree import ALWAYS, Column
from airplan_core.rulebook.rulebook import Rulebook


class Engine(Protocol):
    """A county's ledgers on a day, and what can be asked of them.

    `wanted` are sets of outcomes, as `Outcome` bits; `standing.named_by` gives those of a name.
    What nobody asks for is not computed.
    """

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""

    @property
    def facts(self) -> Facts:
        """The ledgers."""

    @property
    def as_of(self) -> dt.date:
        """The day of assessment."""

    @property
    def counted(self) -> Mapping[str, Mapping[str, int]]:
        """How many subjects stand how, by duty and outcome; what none does is left out."""

    @property
    def answered(self) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        """For how many of them each department answers, or may: by duty, department and outcome.

        Of the duties for which it depends on the subject (`Duty.answers`).
        """

    def height(self, entity: type[Entity]) -> int:
        """How many subjects a ledger has."""

    def ids(self, entity: type[Entity]) -> pl.Series:
        """The ids of a ledger's subjects."""

    def subject(self, entity: type[Entity], id: str) -> pl.DataFrame:
        """One subject with everything that its duties read; no row where there is none."""

    def standing(
        self,
        duties: Sequence[Duty],
        wanted: Collection[int],
        limit: int | None = None,
        department: str | None = None,
    ) -> Iterator[tuple[Duty, pl.DataFrame]]:
        """Who stands to a duty in a wanted way, duty by duty: `standing.reads`, `bits`.

        At most `limit` of each duty, the first by id; of a `department`, only those for whom it
        answers, or may.
        """

    def outcomes(
        self, duties: Sequence[Duty], wanted: Collection[int] | None = None
    ) -> pl.DataFrame:
        """How subjects stand to duties of one ledger: `id`, and bits (UInt8) under each duty's id.

        With `wanted`, only the subjects that stand so to one of the duties.
        """

    def fields(self, entity: type[Entity], *fields: Column) -> pl.DataFrame:
        """A ledger's subjects, `id`, with fields that its duties read, by their names."""

    def intervals(self, entity: type[Entity], metrics: Sequence[Metric]) -> pl.DataFrame:
        """A ledger's subjects, `id`, with the parts of metrics: `parts.parts_of`."""

    def days(self, metric: Aggregate, subject: str, *fields: str) -> pl.DataFrame:
        """The rows up to the day that a subject's metric is made of: see `daily.held`.

        Args:
            metric: over a period; its rows of earlier periods come too.
            subject: the id of the subject.
            fields: further fields of the rows, each a column under its own name.
        """

    def write(self, entity: type[Entity], folder: str, outcomes: Collection[str]) -> None:
        """Write who stands in such ways into a new folder, as Parquet of `OUTCOME_SCHEMA`.

        Raises:
            AirplanError: the engine writes no Parquet.
        """


def counted(engine: Engine, duty: Duty, department: str | None = None) -> Mapping[str, int]:
    """How many subjects stand how to a duty; of a department, for how many of them it answers."""
    if department is None or duty.falls_to(department) == ALWAYS:
        return engine.counted[duty.id]
    return engine.answered.get(duty.id, {}).get(department, {})


def row(engine: Engine, entity: type[Entity], subject: str) -> dict[str, Any]:
    """A subject's values by column name, as the scalar reader reads them.

    Raises:
        AirplanError: the ledger has no such subject; the nearest id is named.
    """
    return values_of(engine, entity, subject, engine.subject(entity, subject))


def values_of(
    engine: Engine, entity: type[Entity], subject: str, found: pl.DataFrame
) -> dict[str, Any]:
    """The values of a subject that was fetched; see `row`."""
    if not found.height:
        ledger = ledger_of(entity).name
        here = ledger not in engine.facts.elsewhere
        near = nearest(subject, engine.ids(entity).to_list()) if here else Said("", "")
        raise AirplanError(
            f"the ledger {ledger!r} has no subject {subject!r}; {near}",
            f"台账“{ledger_of(entity).zh}”里没有对象“{subject}”；{near.zh}".rstrip("；"),
        )
    values = found.row(0, named=True)
    return {name: exact(v) if isinstance(v, float) else v for name, v in values.items()}
