"""Every rule of every installed plugin, at every boundary: one outcome by every reader."""

import datetime as dt

import polars as pl
import pytest
from sqlglot import exp

import airplan_core as airplan
from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.scalar import compiled, decide
from airplan_core.engines.sql import outcomes as queries
from airplan_core.engines.sql.database import quoted
from airplan_core.model.duty import duties
from airplan_core.model.metric import questions
from airplan_core.readers import scalar, sql_terms as sql
from airplan_core.testing import table_of_rows
from airplan_core.testing.contract import boundary_rows, days
from tests import ledgers


def readings(rule):
    """The rule's duties under the readings taken by default, and under every other one."""
    yield from ((duty.id, duty) for duty in duties(rule, {}))
    for question in questions(*rule.trees):
        for reading, _ in question.readings:
            if reading != question.default:
                for duty in duties(rule, {question.id: reading}):
                    yield f"{duty.id} [{question.id}={reading}]", duty


RULES = (*airplan.load_rulebook().rules.values(), *ledgers.RULES)
DUTIES = dict(pair for rule in RULES for pair in readings(rule))


def cases(duty):
    """The duty's boundary rows on each day that matters to it, and what one by one they come to."""
    rows, expected = [], []
    for day in days(duty):
        found = boundary_rows(duty, day)
        rows += found
        expected.append(day)
    return rows, expected


@pytest.fixture(scope="module")
def tables():
    """Every duty's boundary rows with the outcomes of each day, by the two readers in Python."""
    found = {}
    for name, duty in DUTIES.items():
        rows, every = cases(duty)
        table = table_of_rows(duty, rows).unique(maintain_order=True).with_row_index("row")
        outcomes = table.select(
            columns.outcome(duty, day, exemptions=True).alias(str(day)) for day in every
        )
        found[name] = table, outcomes
    return found


@pytest.mark.parametrize("name", DUTIES)
def test_one_subject_is_as_a_column(name, tables):
    """The scalar reader and the polars reader agree, on every row and day."""
    duty = DUTIES[name]
    rows, _ = cases(duty)
    table = table_of_rows(duty, rows)
    for day in days(duty):
        read = compiled([duty], day)
        found = table.select(columns.outcome(duty, day, exemptions=True).alias("o"))["o"]
        assert found.to_list() == [read(row)[0] for row in rows]


@pytest.mark.parametrize("name", DUTIES)
def test_what_is_missing_is_the_same_too(name):
    """The facts that keep an undecided row undecided: one by one, and as columns."""
    duty = DUTIES[name]
    for day in days(duty):
        rows = boundary_rows(duty, day)
        open_ = [row for row in rows if decide(duty, row, day).bit_count() > 1][:40]
        if not open_:
            continue
        gaps = columns.gaps(duty, table_of_rows(duty, open_), day)
        trees = duty.asked(day)
        for row, found in zip(open_, gaps.iter_rows(named=True), strict=True):
            traces = [scalar.trace(tree, row, day) for tree in trees]
            one_by_one = {leaf.name for one in traces for leaf in scalar.missing(one, row)}
            assert {fact for fact, here in found.items() if here} == one_by_one, row


@pytest.mark.parametrize("name", DUTIES)
def test_a_database_says_the_same(name, tables, engine):
    """DuckDB, PostgreSQL and Spark give the outcomes of the polars reader, on every row and day."""
    duty = DUTIES[name]
    table, outcomes = tables[name]
    engine.put("boundary", table)
    every = [dt.date.fromisoformat(day) for day in outcomes.columns]
    query = exp.select(
        sql.column("row"),
        *(
            exp.alias_(queries.outcome(duty, day, exemptions=True), str(day), quoted=True)
            for day in every
        ),
    ).from_(quoted("boundary"))
    schema = {"row": pl.Int64, **dict.fromkeys(outcomes.columns, pl.UInt8)}
    found = engine.fetch(query, schema).sort("row").drop("row")
    assert found.equals(outcomes), table.filter(
        pl.Series(a != b for a, b in zip(found.rows(), outcomes.rows(), strict=True))
    )
