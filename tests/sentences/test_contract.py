"""Every sentence keeps the contract: its numbers, its examples, one outcome by every reader."""

from pathlib import Path

from airplan_core.testing import contract
from tests.ledgers import Chapter
from tests.sentences.chapter import ENTITIES, METRICS, RULES, WEEKLY

EVERY = (*RULES, *WEEKLY)
CLAUSES = tuple(rule.clause for rule in EVERY)

TestContract = contract(
    Chapter(rules=EVERY, clauses=CLAUSES, metrics=METRICS, entities=ENTITIES),
    plan=Path(__file__).with_name("plan.zh.txt"),
)
