"""Rows that are of one, and valid at one time, contradict each other: both are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from airplan_core.errors import Problem, Said
from airplan_core.model.amid import MINUTE, valid
from airplan_core.model.dated import Moment
from airplan_core.model.entity import Entity, Ledger, ledger_of

c = pl.col


def overlapping(table: pl.DataFrame, ledger: Ledger) -> Iterator[tuple[int, int]]:
    """The rows that are valid while an earlier one of the same is, each with that one.

    A row whose end is not known is valid when it begins, and of one whose beginning is not known
    nothing is sure.
    """
    if ledger.apart is None:
        return
    begins, ends = valid(ledger.entity)
    first = _minute(c(begins.name))
    last = _minute(c(ends.name)) - MINUTE
    if not isinstance(ends, Moment):
        last = last + dt.timedelta(days=1)
    rows = (
        table.with_row_index("at")
        .select("at", key=ledger.apart, first=first, last=last.fill_null(first))
        .filter(c("key").is_not_null() & (c("first") <= c("last")))
        .sort("first", "at")
    )
    # the one that goes on longest of those that began before
    before = rows.with_columns(longest=c("last").cum_max().over("key")).with_columns(
        until=c("longest").shift(1).over("key"),
        which=pl.when(c("last") == c("longest")).then("at").forward_fill().shift(1).over("key"),
    )
    met = before.filter(c("first") <= c("until")).sort("at")
    yield from met.select("at", "which").iter_rows()


def together(
    tables: Mapping[str, pl.DataFrame], entities: Iterable[type[Entity]]
) -> Iterator[Problem]:
    """Rows that were made one by one and overlap, each told by its id."""
    for ledger in map(ledger_of, entities):
        if ledger.name in tables:
            table = tables[ledger.name]
            for at, other in overlapping(table, ledger):
                yield problem(
                    ledger, table.row(at, named=True), table.row(other, named=True),
                    {"file": Said(ledger.zh, ledger.name)},
                    Said(f"“{table['id'][other]}”", repr(table["id"][other])),
                )  # fmt: skip


def problem(
    ledger: Ledger,
    row: Mapping[str, Any],
    other: Mapping[str, Any],
    place: Mapping[str, Any],
    there: Said,
) -> Problem:
    """What is told of a row that is valid while another one is.

    Args:
        ledger: whose rows they are.
        row: the one that is told, and `other`.
        other: the one that is valid then.
        place: where the row stands, as a `Problem` names it.
        there: where the other one does.
    """
    assert ledger.apart is not None
    begins, ends = valid(ledger.entity)
    whose = ledger.columns[ledger.apart]
    span = "、".join(
        f"{one.zh}{'未知' if other[one.name] is None else one.leave(other[one.name])}"
        for one in (begins, ends)
    ).replace("never", "未发生")
    spanned = " to ".join(
        "unknown" if other[one.name] is None else one.leave(other[one.name])
        for one in (begins, ends)
    )
    return Problem(
        **place,
        column=Said(f"{begins.zh}+{ends.zh}", f"{begins.name}+{ends.name}"),
        read=f"{row['id']}",
        expected=Said(
            f"每个{whose.zh}同一时间只有一行{ledger.zh}",
            f"one {ledger.en} of a {whose.en} at a time",
        ),
        hint=Said(
            f"与{there.zh}重叠（{span}）；后一行接替前一行的，前一行的{ends.zh}写后一行的{begins.zh}",
            f"{there} is valid then, {spanned}; what takes another's place begins where that ends",
        ),
    )


def _minute(value: pl.Expr) -> pl.Expr:
    return value.cast(pl.Datetime("us"))
