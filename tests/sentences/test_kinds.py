"""最大值, 按批量加权平均, 5%以上的加油站抽检: of values, of weights, and of rows by metrics of theirs."""

import contextlib
import datetime as dt

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Count, Facts, Rule, RuleError, Share, by, event, measured, yearly
from tests.ledgers import TASK, Works, rulebook
from tests.sentences.chapter import (
    ENTITIES,
    METRICS,
    RULES,
    SAMPLINGS,
    Sampling,
    Station,
)

BOOK = rulebook(
    None, rules=RULES, clauses=tuple(rule.clause for rule in RULES), metrics=METRICS,
    entities=ENTITIES,
)  # fmt: skip
AFTER = dt.date(2025, 1, 1)
HERE = BOOK.plan.county


def stands(rule, *records, as_of=AFTER, subject=None):
    found = airplan.assess(BOOK, Facts.of(*records), as_of).verdicts
    mine = found.filter(pl.col("rule") == rule)
    if subject is not None:
        mine = mine.filter(pl.col("subject") == subject)
    (outcome,) = mine["outcome"]
    return outcome


def stations(count):
    return [Station(id=f"{n}", county=HERE) for n in range(count)]


def sampling(station, day="2024-05-01", sulphur=None, batch=None):
    return Sampling(id=f"{station} {day} {sulphur}", station=station, taken_on=day, sulphur=sulphur,
                    batch=batch)  # fmt: skip


@pytest.mark.parametrize(
    ("samplings", "outcome"),
    [
        ([sampling("0")], "COMPLIANT"),
        # one station of twenty, however often it was sampled
        ([sampling("0"), sampling("0", "2024-06-01")], "COMPLIANT"),
        ([sampling("0", "2023-12-31")], "VIOLATION"),
        ([sampling("0", None)], "UNKNOWN"),
        ([sampling(None)], "UNKNOWN"),
    ],
)
def test_a_share_of_those_that_have_a_row(samplings, outcome):
    """Each station counts once; a sample of nobody's may be of any."""
    assert stands("test.stations-sampled", *stations(20), *samplings) == outcome


def test_nothing_supplied_is_not_none():
    """Without the ledger of samples, or of stations, nothing is known."""
    assert stands("test.stations-sampled", *stations(20)) == "UNKNOWN"
    assert stands("test.stations-sampled", Works(id="w")) == "UNKNOWN"


def test_while_the_year_runs_samples_may_still_be_taken():
    """PENDING until it is met; and then it is."""
    day = dt.date(2024, 6, 1)
    none = sampling("0", "2023-01-01")
    assert stands("test.stations-sampled", *stations(20), none, as_of=day) == "PENDING"
    assert stands("test.stations-sampled", *stations(20), sampling("0"), as_of=day) == "COMPLIANT"


@pytest.mark.parametrize(
    ("sulphur", "outcome"),
    [
        (["10 mg/kg", "3 mg/kg"], "COMPLIANT"),
        (["10.000001 mg/kg", "3 mg/kg"], "VIOLATION"),
        (["10.000001 mg/kg", None], "VIOLATION"),
        (["10 mg/kg", None], "UNKNOWN"),
        ([], "UNKNOWN"),
    ],
)
def test_the_greatest_of_some_values(sulphur, outcome):
    """One that is too high is enough; of none there is no greatest."""
    rows = [sampling("0", sulphur=one) for one in sulphur] or [
        sampling("0", "2023-01-01", "1 mg/kg")
    ]
    assert stands("test.worst-sulphur", *stations(1), *rows) == outcome


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ([("6 mg/kg", "3 吨"), ("14 mg/kg", "1 吨")], "COMPLIANT"),
        ([("6 mg/kg", "3 吨"), ("14 mg/kg", "1.000001 吨")], "VIOLATION"),
        # however much there is of what lies below
        ([("8 mg/kg", "3 吨"), ("7 mg/kg", None)], "COMPLIANT"),
        ([("8 mg/kg", "3 吨"), ("9 mg/kg", None)], "UNKNOWN"),
        ([("6 mg/kg", "3 吨"), (None, "1 吨")], "UNKNOWN"),
        ([("6 mg/kg", "3 吨"), (None, "0 吨")], "COMPLIANT"),
        ([("6 mg/kg", "0 吨")], "UNKNOWN"),
    ],
)
def test_a_mean_weighed_by_another_field(rows, outcome):
    """按批量加权: 6 × 3 + 14 × 1 is 32, over 4, 8; of no weight there is no mean."""
    samples = [
        sampling("0", f"2024-05-0{n + 1}", sulphur, batch)
        for n, (sulphur, batch) in enumerate(rows)
    ]
    assert stands("test.mean-sulphur", *stations(1), *samples) == outcome


def test_of_what_may_be_anything_there_is_no_greatest():
    """A field without a floor leaves open how little what is not known may be."""

    class Reading(airplan.Entity, zh="读数"):
        station = airplan.reference(Station, zh="加油站")
        output = measured("MW", zh="出力")
        on = event(zh="日期")

    with pytest.raises(RuleError, match="floor"):
        Reading.output.maximum(id="x", zh="x", of=Reading.station, on=Reading.on)


def test_what_a_row_is_told_by_is_of_the_row():
    """A metric of a county says nothing of a station."""
    ours = Count(id="test.here", zh="x", unit="座", of=Station.county)
    with pytest.raises(RuleError, match="is over Station, but reads 'test.here'"):
        Share(id="test.wrong", zh="x", unit="座", of=Station.county, where=ours.at_least("1 座"))


BY_MAY = Rule(
    id="test.sampled-by-may", clause=TASK.clause(162, "每年5月底前抽检5%以上的加油站"),
    subject=airplan.County, due=yearly(5, 31, 2024, 2025),
    requires=Share(
        id="test.by-may", zh="x", unit="座", of=Station.county, where=SAMPLINGS.at_least("1 次")
    ).at_least("5 %"),
)  # fmt: skip
YEARLY = rulebook(
    None, rules=(BY_MAY,), clauses=(BY_MAY.clause,), metrics=METRICS, entities=ENTITIES
)


@pytest.mark.parametrize("engine", [None, "duckdb"])
@pytest.mark.parametrize(
    ("day", "outcomes"),
    [
        ("2023-12-31", ["VIOLATION", "VIOLATION"]),
        ("2024-01-01", ["COMPLIANT", "VIOLATION"]),
        ("2024-05-31", ["COMPLIANT", "VIOLATION"]),
        # in July it is of the year, and too late
        ("2024-06-01", ["LATE", "VIOLATION"]),
        ("2024-12-31", ["LATE", "VIOLATION"]),
        ("2025-05-31", ["VIOLATION", "COMPLIANT"]),
        (None, ["UNKNOWN", "UNKNOWN"]),
    ],
)
def test_what_a_row_is_told_by_is_as_at_the_due_day_too(engine, day, outcomes):
    """每年5月底前: what is sampled later in the year is sampled late."""
    facts = Facts.of(*stations(20), sampling("0", day))
    with contextlib.ExitStack() as stack:
        if engine is not None:
            engine = stack.enter_context(contextlib.closing(airplan.connect(engine)))
        found = airplan.assess(YEARLY, facts, dt.date(2026, 1, 1), engine).verdicts
    assert found.sort("duty")["outcome"].to_list() == outcomes


def test_a_metric_of_a_period_needs_one():
    """By a day alone, it is not said in which days the samples are taken."""
    share = Share(
        id="test.share", zh="x", unit="座", of=Station.county, where=SAMPLINGS.at_least("1 次")
    )
    rule = Rule(id="test.by", clause=TASK.clause(161, "2024年底前抽检5%"), subject=airplan.County,
                requires=share.at_least("5 %"), due=by("2024-12-31"))  # fmt: skip
    with pytest.raises(RuleError, match="needs a period"):
        airplan.duties(rule, {})
