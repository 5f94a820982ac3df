"""Hold every row of the facts against every duty of the rulebook on a date."""

from __future__ import annotations

import datetime as dt
import reprlib
from typing import TYPE_CHECKING, Any

import attrs

from airplan_core.assessment.assessment import Assessment
from airplan_core.engines.engine import Engine
from airplan_core.engines.polars.engine import Tables
from airplan_core.errors import AirplanError
from airplan_core.facts.derived import derive
from airplan_core.facts.facts import Facts, not_here
from airplan_core.facts.later import later
from airplan_core.facts.names import check_named, untold
from airplan_core.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from airplan_core.engines.sql.database import Database


def assess(
    rulebook: Rulebook, facts: Facts, as_of: dt.date, engine: Database | None = None
) -> Assessment:
    """Hold every row of the facts against every duty of the rulebook on a date.

    Args:
        rulebook: the rules in force.
        facts: the ledgers; those that stand `elsewhere` need the engine that they stand in.
        as_of: the day of assessment.
        engine: where the rules run: `airplan_core.connect`; in this process without one.

    Raises:
        FactsError: a ledger stands in a database, and no engine is named.
        AirplanError: the date lies before the plan begins or is implausible, there is not a single
            subject, or an exemption or a recorded act names a rule, clause or subject that does not
            exist.
    """
    rulebook.assessed(as_of)
    given: Any = facts
    if not isinstance(given, Facts):
        raise AirplanError(
            "what is assessed is Facts: read_facts(folder, rulebook), or Facts.of(record, …); "
            f"read {reprlib.repr(given)}"
        )
    check_named(rulebook, facts)
    told = untold(rulebook, facts)
    facts = derive(facts, rulebook.entities, rulebook.choices)
    notes = dict.fromkeys([*facts.notes, *told, *later(rulebook, facts, as_of)])
    facts = attrs.evolve(facts, notes=tuple(notes))
    asked: Engine
    if engine is None:
        if facts.elsewhere:
            raise not_here(facts.elsewhere)
        asked = Tables(rulebook=rulebook, facts=facts, as_of=as_of)
    else:
        from airplan_core.engines.sql.engine import Queries

        asked = Queries(rulebook=rulebook, facts=facts, as_of=as_of, database=engine)
    if not any(map(asked.height, rulebook.by_entity)):
        raise AirplanError(
            "there is not a single subject to assess; nothing ran", "没有任何可评估的对象"
        )
    return Assessment(asked)
