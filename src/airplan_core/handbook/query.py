"""A rule as the query that holds a ledger against it, for a reviewer to read and to run."""

from __future__ import annotations

import datetime as dt

from airplan_core.engines.parts import in_sql
from airplan_core.engines.sql.outcomes import rule_query
from airplan_core.engines.sql.place import Place
from airplan_core.model.entity import ledger_of
from airplan_core.model.outcome import Outcome
from airplan_core.model.rule import Rule
from airplan_core.readers.prose import prose
from airplan_core.rulebook.rulebook import Rulebook


def query_text(
    rulebook: Rulebook, rule: Rule, as_of: dt.date, dialect: str, lang: str = "zh"
) -> str:
    """The query of every duty of a rule on a day, with the sentence it means.

    It reads a table for each ledger, named after it, with the columns of `airplan schema`. A
    metric that SQL cannot say is read from a table of its own, and a note says so.
    """
    names = {ledger_of(entity).name for entity in rulebook.entities}
    pages = []
    for duty in rulebook.by_rule[rule.id]:
        computed = {m: f"{m.id} computed" for m in duty.metrics() if not in_sql(m)}
        place = Place(
            dialect=dialect,
            ledgers={name: name for name in sorted(names)},
            county=rulebook.plan.county,
            expected=rulebook.expected,
            made={metric.name: table for metric, table in computed.items()},
        )
        lines = [
            f"{duty.id} · {duty.clause.id} · {as_of}",
            duty.clause.text,
            prose(duty.requires, lang),
            ", ".join(f"{one.value} {one.name}" for one in Outcome) + ", other sums UNKNOWN",
        ]
        lines += [
            f'"{table}": {metric.name} is computed by airplan: id, "{low}", "{high}", …'
            for metric, table in computed.items()
            for low, high in [metric.ends]
        ]
        written = place.write(rule_query(place, duty, as_of), pretty=True)
        heading = "\n".join(f"-- {line}" for text in lines for line in text.splitlines())
        pages.append(f"{heading}\n{written};")
    return "\n\n".join(pages)
