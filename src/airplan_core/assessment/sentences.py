"""What a verdict's sentence says and whose it is: the words that a table for people needs."""

from __future__ import annotations

from typing import Any

import polars as pl

from airplan_core.model.duty import Duty
from airplan_core.model.entity import ledger_of
from airplan_core.model.tree import Column
from airplan_core.readers.prose import prose
from airplan_core.readers.words import STRENGTHS
from airplan_core.rulebook.rulebook import Rulebook

_NAMES = pl.List(pl.String)

#: The columns of a table of sentences; those in two languages have `zh` and `en`.
SENTENCE_SCHEMA: dict[str, Any] = {
    "duty": pl.String, "text_zh": pl.String, "text_en": pl.String, "ledger_zh": pl.String,
    "ledger_en": pl.String, "strength_zh": pl.String, "strength_en": pl.String,
    "lead": _NAMES, "shared": _NAMES, "cooperating": _NAMES,
    "fact": _NAMES, "fact_zh": _NAMES, "fact_en": _NAMES,
}  # fmt: skip


def sentences(rulebook: Rulebook) -> pl.DataFrame:
    """Every duty with its sentence, departments, ledger and what its facts are called."""
    rows = [_row(duty) for duty in rulebook.duties]
    return pl.DataFrame(rows, schema=SENTENCE_SCHEMA, orient="row")


def _row(duty: Duty) -> tuple[Any, ...]:
    rule, clause, ledger = duty.rule, duty.rule.clause, ledger_of(duty.subject)
    facts = {leaf.name: leaf for leaf in duty.leaves()}
    return (
        duty.id, rule.text, rule.en or rule.text, ledger.zh, ledger.en,
        *STRENGTHS[clause.strength.name], clause.lead, clause.shared, clause.cooperating,
        list(facts), *([fact_name(leaf, lang) for leaf in facts.values()] for lang in ("zh", "en")),
    )  # fmt: skip


def fact_name(leaf: Any, lang: str) -> str:
    """What a field or a metric is called for a person, with where it stands."""
    if isinstance(leaf, Column):
        return str(prose.dispatch(Column)(leaf, lang))
    return str(leaf.label(lang))
