"""The fields of a row say one thing together, or the row is told: an event ends after it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from airplan_core.errors import FactsError, Problem, Said
from airplan_core.model.entity import Demand, Entity, Ledger, ledger_of


def broken(table: pl.DataFrame, ledger: Ledger) -> Iterator[tuple[int, Demand, str]]:
    """Every row of a ledger's table that does not hold to a demand, and what it says instead."""
    for demand in ledger.demands:
        so = demand.so if demand.least is None else pl.col(demand.of) >= pl.col(demand.least)
        for at in table.select((~so).fill_null(value=False)).to_series().arg_true():
            said = table[demand.of][at]
            yield at, demand, "" if said is None else str(said)


def hold(tables: Mapping[str, pl.DataFrame], entities: Iterable[type[Entity]]) -> None:
    """See that every row holds to its ledger's demands; those of a file were set aside before.

    Raises:
        FactsError: a row does not; each is told by its id.
    """
    problems = [
        Problem(
            file=Said(ledger.zh, ledger.name), column=ledger.columns[demand.of].zh, read=said,
            expected=demand.expected, hint=f"{tables[ledger.name]['id'][at]}: {demand.hint}",
        )
        for ledger in map(ledger_of, entities)
        if ledger.name in tables
        for at, demand, said in broken(tables[ledger.name], ledger)
    ]  # fmt: skip
    if problems:
        raise FactsError(problems)
