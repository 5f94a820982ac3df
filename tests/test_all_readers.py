"""Every rule of every installed plugin, at every boundary: one outcome by every reader."""

import functools

import attrs
import polars as pl
import pytest
from sqlglot import exp

import airplan_core as airplan
from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.scalar import compiled, decide, missing
from airplan_core.engines.sql import outcomes as queries
from airplan_core.engines.sql.database import quoted
from airplan_core.model.metric import Metric
from airplan_core.readers import sql_terms as sql
from airplan_core.testing import boundary_rows, days, readings, table_of_rows
from tests import ledgers
from tests.sentences import chapter

#: The rules that stand, between them, for each word that one is made of.
FOR_WORDS = (*ledgers.RULES, *chapter.RULES, *chapter.WEEKLY)
RULES = (*airplan.load_rulebook().rules.values(), *FOR_WORDS)
DUTIES = dict(pair for rule in RULES for pair in readings(rule))
LEDGERS = {airplan.ledger_of(duty.subject).name: duty.subject for duty in DUTIES.values()}


@attrs.frozen
class Cases:
    """The boundary rows of all duties of a ledger, each row with the columns of all of them.

    `outcomes` are those of the polars reader: a column for each duty and day, as in `asked`.
    """

    asked: dict
    rows: list
    table: pl.DataFrame
    outcomes: pl.DataFrame


@functools.cache
def cases(ledger) -> Cases:
    mine = {id: duty for id, duty in DUTIES.items() if duty.subject is LEDGERS[ledger]}
    blank = {}
    for duty in mine.values():
        blank[duty.granted] = False
        for leaf in duty.leaves():
            blank |= dict.fromkeys(leaf.ends if isinstance(leaf, Metric) else [leaf.name])
    rows = [{**blank, **row} for duty in mine.values() for row in boundary_rows(duty)]
    rows = list({tuple(row.values()): row for row in rows}.values())
    table = pl.DataFrame({"row": range(len(rows))}, schema={"row": pl.Int64})
    for duty in mine.values():
        table = table.with_columns(table_of_rows(duty, rows).get_columns())
    asked = {f"{id} on {day}": (duty, day) for id, duty in mine.items() for day in days(duty)}
    outcomes = table.select(
        "row",
        *(
            columns.outcome(duty, day, exemptions=True).alias(name)
            for name, (duty, day) in asked.items()
        ),
    )
    return Cases(asked, rows, table, outcomes.drop("row"))


def same(found, ledger):
    """Outcomes are those of the polars reader; what differs is told by duty, day and row."""
    case = cases(ledger)
    wrong = [
        f"{name}: {one}, by polars {other}, of {case.rows[row]}"
        for name in found
        for row, (one, other) in enumerate(zip(found[name], case.outcomes[name], strict=True))
        if one != other
    ]
    assert not wrong, "\n".join([f"{len(wrong)} outcomes differ", *wrong[:10]])


@pytest.mark.parametrize("ledger", LEDGERS)
def test_one_subject_is_as_a_column(ledger):
    """The scalar reader decides all duties of a row as the polars reader does, on every day."""
    case, by_day = cases(ledger), {}
    for name, (duty, day) in case.asked.items():
        by_day.setdefault(day, {})[name] = duty
    found = {}
    for day, asked in by_day.items():
        read = compiled(asked.values(), day)
        found |= zip(asked, zip(*map(read, case.rows), strict=True), strict=True)
    same(found, ledger)


@pytest.mark.parametrize("name", DUTIES)
def test_what_is_missing_is_the_same_too(name):
    """The facts that keep an undecided row undecided: one by one, and as columns."""
    duty = DUTIES[name]
    for day in days(duty):
        open_ = [row for row in boundary_rows(duty) if decide(duty, row, day).bit_count() > 1]
        gaps = columns.gaps(duty, table_of_rows(duty, open_), day)
        for row, found in zip(open_, gaps.iter_rows(named=True), strict=True):
            one_by_one = {leaf.name for leaf in missing(duty, row, day)}
            assert {fact for fact, here in found.items() if here} == one_by_one, row


#: A ledger takes Spark some seconds of planning, and it is asked in the words that DuckDB is.
MADE = {airplan.ledger_of(rule.subject).name for rule in FOR_WORDS}
OTHER = pytest.mark.not_on("spark", "its words are those of the ledgers that are made of each word")


@pytest.mark.parametrize(
    "ledger", [one if one in MADE else pytest.param(one, marks=OTHER) for one in LEDGERS]
)
def test_a_database_says_the_same(ledger, engine):
    """DuckDB, PostgreSQL and Spark give the outcomes of the polars reader, on every row and day."""
    case = cases(ledger)
    # on days between which nothing turns, a duty is one and the same expression: it is asked once
    asked, text = {}, {}
    for name, (duty, day) in case.asked.items():
        if engine.dialect == "spark" and duty.rule not in FOR_WORDS:
            continue
        outcome = queries.outcome(duty, day, exemptions=True)
        text[name] = sql.write(outcome, engine.dialect)
        asked.setdefault(text[name], outcome)
    place = {written: str(number) for number, written in enumerate(asked)}
    query = exp.select(
        sql.column("row"),
        *(exp.alias_(node, place[written], quoted=True) for written, node in asked.items()),
    ).from_(quoted("boundary"))
    engine.put("boundary", case.table)
    schema = {"row": pl.Int64, **dict.fromkeys(place.values(), pl.UInt8)}
    found = engine.fetch(query, schema).sort("row")
    assert found["row"].to_list() == case.table["row"].to_list()
    same({name: found[place[written]] for name, written in text.items()}, ledger)
