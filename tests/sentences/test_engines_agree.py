"""What engines attach and compute themselves is the same in each: one folder of records, all rules."""

import datetime as dt

import attrs
import pytest

import airplan_core as airplan
from airplan_core import Attestation, Facts, every
from tests.ledgers import Works, days, rulebook
from tests.sentences import clock
from tests.sentences.chapter import (
    ENTITIES,
    METRICS,
    RULES,
    WEEKLY,
    Alert,
    Check,
    Dispatch,
    Earthwork,
    Episode,
    Grade,
    Leak,
    Order,
    Sampling,
    Station,
    Stop,
    Work,
)

#: A few months stand for a hundred weeks, which cost Spark minutes.
MONTHLY = tuple(attrs.evolve(rule, due=every("half-year", 2023, 2024)) for rule in WEEKLY)
EVERY = (*RULES, *MONTHLY)
BOOK = rulebook(
    None, rules=EVERY, clauses=tuple(rule.clause for rule in EVERY), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
HERE = BOOK.plan.county
RECORDS = (
    Works(id="w", industry="钢铁"), Works(id="v"),
    Leak(id="1", works="w", found_on="2024-12-20", repaired_on="2024-12-25", closed_on="never", postponed=False),
    Leak(id="2", works="w", found_on="2024-12-28", repaired_on="never", closed_on=None, postponed=None),
    Leak(id="3", works="w", found_on=None, repaired_on="never"),
    Leak(id="4", works="w", found_on="never"),
    Stop(id="1", reported_on="2024-03-07", stopped_on="2024-03-10", facility_off_on="2024-03-09"),
    Stop(id="2", reported_on="2024-03-08", stopped_on="2024-03-10", facility_off_on="2024-03-10"),
    Check(id="1", tested_on="2024-11-30", retested_on="2025-02-28"),
    Check(id="2", tested_on="2023-11-30", retested_on="2024-02-28"),
    Check(id="3", tested_on="2023-11-30", retested_on="2024-02-29"),
    Episode(id="1", lifted_on="2024-02-01"), Episode(id="2", lifted_on="never"),
    Attestation(id="1", clause="9.1-103", subject="1", done=True, done_on="2024-02-05"),
    Attestation(id="2", clause="9.1-113", period="2024-Q1", done=True, done_on="2024-03-31"),
    Order(id="1", county=HERE, given_on="2024-06-01", due="100 吨", done="60 吨"),
    Order(id="2", county=HERE, given_on="2024-06-02", due="20 吨", done=None),
    Dispatch(id="1", county=HERE, held_on="2024-01-03"), Dispatch(id="2", county=HERE),
    Work(id="1", on="2024-04-30", enclosed=False, stopped=False),
    Work(id="2", on="2024-05-01", enclosed=False), Work(id="3", on="never", enclosed=False),
    Alert(id="1", county=HERE, level="橙色", begins="2024-01-10", ends="2024-01-12"),
    Alert(id="2", county=HERE, level="红色", begins="2024-02-10", ends=None),
    Alert(id="3", county=HERE, level="黄色", begins="2024-03-10", ends="never"),
    Grade(id="1", works="w", grade="A级", from_day="2024-01-01", to_day="2024-12-31"),
    Grade(id="2", works="v", grade="B级", from_day="2024-01-01", to_day="2024-06-30"),
    *(
        Earthwork(id=f"{day} {works}", county=HERE, works=works, day=day, halted=halted)
        for day in ("2024-01-09", "2024-01-10", "2024-01-12", "2024-02-09", "2024-02-10", "2024-08-01", None)
        for works, halted in (("w", False), ("v", False), (None, True))
    ),
    Station(id="1", county=HERE), Station(id="2", county=HERE), Station(id="3", county=None),
    Sampling(id="1", station="1", taken_on="2024-03-01", sulphur="9 mg/kg", batch="3 吨"),
    Sampling(id="2", station="1", taken_on="2024-03-02", sulphur="10.5 mg/kg", batch="1 吨"),
    Sampling(id="3", station="2", taken_on=None, sulphur=None, batch="1 吨"),
    Sampling(id="4", station="3", taken_on="2024-03-02", sulphur="8 mg/kg", batch=None),
    *clock.records(HERE),
    *days(2023, 44, county=HERE), *days(2024, 45, county=HERE)[:300],
)  # fmt: skip


ONE_DAY = pytest.mark.not_on(
    "spark", "a day takes it most of a minute; the other day is asked alike"
)


@pytest.mark.parametrize("as_of", [pytest.param("2024-12-31", marks=ONE_DAY), "2025-01-01"])
def test_every_engine_comes_to_the_same(engine, as_of):
    """Outcomes, days left and overdue, due days of the subjects' own, what is missing."""
    facts, day = Facts.of(*RECORDS), dt.date.fromisoformat(as_of)
    columns = ["duty", "subject", "outcome", "due", "margin", "missing"]
    here, there = (
        airplan.assess(BOOK, facts, day, one).verdicts.select(columns).sort("duty", "subject")
        for one in (None, engine)
    )
    different = [(a, b) for a, b in zip(here.rows(), there.rows(), strict=True) if a != b]
    assert different == []
    assert len(set(here["outcome"])) > 5
