"""The contract that any plugin's rules must pass, and the strategies it uses.

A plugin's own contract test is one line, by the name under which it is installed:

    from airplan_core.testing import contract

    TestContract = contract("pm25")

pytest then reports each promise for each rule. Needs `airplan[testing]`.
"""

from __future__ import annotations

from airplan_core.testing.cases import boundary_rows, days, readings
from airplan_core.testing.contract import contract
from airplan_core.testing.examples import example_day, row_of, table_of_rows
from airplan_core.testing.numbers import numbers_in_condition, numbers_in_sentence
from airplan_core.testing.strategies import quantities, records, rows

__all__ = [
    "boundary_rows",
    "contract",
    "days",
    "example_day",
    "numbers_in_condition",
    "numbers_in_sentence",
    "quantities",
    "readings",
    "records",
    "row_of",
    "rows",
    "table_of_rows",
]
