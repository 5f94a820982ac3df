"""Hold every row of the facts against every duty of the rulebook on a date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from airplan_core.assessment.assessment import Assessment
from airplan_core.errors import AirplanError
from airplan_core.facts.derived import derive
from airplan_core.facts.facts import Facts
from airplan_core.facts.names import check_named
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
        AirplanError: the date lies before the plan begins, there is not a single subject, or an
            exemption or a recorded act names a rule, clause or subject that does not exist.
    """
    if as_of < rulebook.plan.begins:
        raise AirplanError(
            f"{as_of} lies before the plan begins on {rulebook.plan.begins}; choose a later "
            "--as-of, or set [plan] begins in airplan.toml"
        )
    check_named(rulebook, facts)
    facts = derive(facts, rulebook.entities, rulebook.choices)
    if engine is None:
        assessment = Assessment(rulebook=rulebook, facts=facts, as_of=as_of)
    else:
        from airplan_core.engines.sql.engine import RemoteAssessment

        assessment = RemoteAssessment(rulebook=rulebook, facts=facts, as_of=as_of, engine=engine)
    if len(assessment.unassessed) == len(rulebook.duties):
        raise AirplanError("there is not a single subject to assess; nothing ran")
    return assessment
