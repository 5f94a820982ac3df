"""How far off a verdict is never contradicts it: the margin is of the part that decides."""

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Exempt, Facts, Rule, by
from airplan_core.assessment.margin import margins
from airplan_core.engines.polars import outcomes as columns
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import SHORT, Outcome
from airplan_core.readers.numbers import margin_text, value_text
from airplan_core.testing import boundary_rows, days, readings, table_of_rows
from tests.ledgers import RULES, TASK, Chapter, Kiln

DUTIES = dict(
    pair for rule in (*airplan.load_rulebook().rules.values(), *RULES) for pair in readings(rule)
)


@pytest.mark.parametrize("name", DUTIES)
def test_a_margin_never_contradicts_its_outcome(name):
    """Of every rule, at every boundary, on every day that matters."""
    duty = DUTIES[name]
    table = table_of_rows(duty, list(boundary_rows(duty)))
    metrics = [leaf for leaf in duty.leaves() if isinstance(leaf, Metric)]
    table = table.with_columns(pl.col(m.part("lo")).alias(m.part("value")) for m in metrics)
    for day in days(duty):
        rows = table.with_columns(columns.outcome(duty, day, exemptions=True).alias("bits"))
        found = margins(duty, rows, day)
        for bits, margin, unit in zip(rows["bits"], found["margin"], found["unit"], strict=True):
            one = Outcome(bits)
            if margin is None or bits.bit_count() != 1:
                continue
            assert margin <= 0 or not one & SHORT, (day, one)
            assert margin >= 0 or one is not Outcome.COMPLIANT, (day, one)
            assert margin < 0 or one is not Outcome.LATE or unit != "天", (day, one)
            assert one is not Outcome.NOT_APPLICABLE


DUST, CLOSED = Kiln.dust.at_most("35 µg/m³"), Kiln.closed_on.happened()
SHARE, BURNERS = Kiln.share.at_least("60 %"), Kiln.burners.equal_to("2 台")


def verdict(requires, day="2025-01-01", due=(), exempt=(), **fields):
    """The verdict on one kiln under a rule of such a requirement."""
    rule = Rule(
        id="test.one", clause=TASK.clause(80, "…"), subject=Kiln, requires=requires, due=due,
        exempt=exempt,
    )  # fmt: skip
    chapter = Chapter(rules=(rule,), clauses=(rule.clause,), metrics=())
    book = airplan.build_rulebook([airplan.contribution(chapter, "test")])
    facts = Facts.of(Kiln(id="k", **fields))
    found = airplan.assess(book, facts, dt.date.fromisoformat(day))
    (row,) = found.verdicts.iter_rows(named=True)
    (reason,) = found.explain("test.one", "k").reasons
    assert {k: reason.verdict[k] for k in ("margin", "unit")} == {
        k: row[k] for k in ("margin", "unit")
    }
    return row["outcome"], row["margin"], row["unit"]


DUE = by("2024-10-31")


@pytest.mark.parametrize(
    ("requires", "fields", "due", "expected"),
    [
        # one of two is enough: the one that is met
        (CLOSED | DUST, {"closed_on": "2024-10-01", "dust": "50 µg/m³"}, DUE, ("COMPLIANT", 30, "天")),
        (DUST | CLOSED, {"closed_on": "2024-10-01", "dust": "50 µg/m³"}, (), ("COMPLIANT", None, None)),
        (DUST | CLOSED, {"closed_on": "never", "dust": "50 µg/m³"}, (), ("VIOLATION", -15, "µg/m³")),
        (DUST | SHARE, {"dust": "30 µg/m³", "share": "10 %"}, (), ("COMPLIANT", 5, "µg/m³")),
        (DUST | SHARE, {"dust": "40 µg/m³", "share": "70 %"}, (), ("COMPLIANT", 10, "%")),
        (DUST | Kiln.standby, {"dust": "40 µg/m³", "standby": True}, (), ("COMPLIANT", None, None)),
        # both are asked: the one that is not met
        (DUST & CLOSED, {"closed_on": "never", "dust": "30 µg/m³"}, DUE, ("VIOLATION", -62, "天")),
        (DUST & SHARE, {"dust": "30 µg/m³", "share": "10 %"}, (), ("VIOLATION", -50, "%")),
        (DUST & Kiln.standby, {"dust": "30 µg/m³", "standby": False}, (), ("VIOLATION", None, None)),
        (DUST & SHARE, {"dust": "30 µg/m³", "share": "70 %"}, (), ("COMPLIANT", 5, "µg/m³")),
        # of two in one unit the tighter, or the nearer
        (SHARE & Kiln.share.at_most("62 %"), {"share": "61.5 %"}, (), ("COMPLIANT", 0.5, "%")),
        (SHARE & Kiln.share.at_least("30 %"), {"share": "20 %"}, (), ("VIOLATION", -40, "%")),
        (SHARE | Kiln.share.at_most("30 %"), {"share": "40 %"}, (), ("VIOLATION", -10, "%")),
        # not
        (~(DUST & SHARE), {"dust": "30 µg/m³", "share": "10 %"}, (), ("COMPLIANT", 50, "%")),
        (~(DUST | SHARE), {"dust": "40 µg/m³", "share": "70 %"}, (), ("VIOLATION", -10, "%")),
        # exactly so many
        (BURNERS, {"burners": 3}, (), ("VIOLATION", -1, "台")),
        (BURNERS, {"burners": 1}, (), ("VIOLATION", -1, "台")),
        (~BURNERS, {"burners": 3}, (), ("COMPLIANT", 1, "台")),
        # done, late, and left
        (CLOSED, {"closed_on": "2024-11-02"}, DUE, ("LATE", -2, "天")),
        (CLOSED | Kiln.rebuilt_on.happened(),
         {"closed_on": "2024-11-02", "rebuilt_on": "2024-10-21"}, DUE, ("COMPLIANT", 10, "天")),
        (CLOSED & Kiln.rebuilt_on.happened(),
         {"closed_on": "2024-11-02", "rebuilt_on": "2024-10-21"}, DUE, ("LATE", -2, "天")),
        (DUST & SHARE, {"dust": "30 µg/m³"}, (), ("UNKNOWN", None, "%")),
    ],
)  # fmt: skip
def test_the_margin_is_of_the_part_that_decides(requires, fields, due, expected):
    """And of nothing where that is no number and no day."""
    assert verdict(requires, due=due, **fields) == expected


def test_what_doubles_lose_is_no_margin():
    """0.1 times 3 is 0.3; nothing is a trillionth short of it."""
    ratio = (Kiln.dust * Kiln.share).at_most(Kiln.dust.times("3").constant("0.3 µg/m³"))
    outcome, margin, _ = verdict(ratio, dust="0.1 µg/m³", share="3 %")
    assert (outcome, margin) == ("COMPLIANT", 0)
    assert margin_text({"margin": -0.0, "unit": "%", "limit": 1.0}, "en") == "0 %"


def test_an_exempt_subject_shows_what_it_is_excused_from():
    """What is not met is short, whoever excuses it."""
    spare = (Exempt("spare", "备用除外", Kiln.standby),)
    found = verdict(DUST, exempt=spare, dust="50 µg/m³", standby=True)
    assert found == ("EXEMPT", -15, "µg/m³")


def test_a_long_requirement_is_no_long_wait():
    """Two dozen numbers, one after another, as deep as a condition may be."""
    tree = DUST
    for n in range(1, 13):
        tree = (tree & Kiln.dust.at_most(f"{35 + n} µg/m³")) | Kiln.share.at_least(f"{n} %")
    assert verdict(tree, dust="100 µg/m³", share="0 %") == ("VIOLATION", -65, "µg/m³")


@pytest.mark.parametrize(
    ("value", "shown"), [("5", "5"), ("1200", "1200"), ("0.5", "0.5"), ("33.33333333", "33.333333")]
)
def test_a_number_is_shown_to_the_millionth(value, shown):
    """As exact as cells are, and a whole number without a point."""
    assert value_text(Kiln.dust, Decimal(value), "zh") == f"{shown} µg/m³"
