"""Straw and hot spots on ledgers: 95 % of the whole county, and a loop step by step."""

import datetime as dt
import os
import re
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st

import airplan_ambient
import airplan_core as airplan
import airplan_emergency
import airplan_qinyang
from airplan_core import Attestation, Config, County, Facts, FactsError, Strength
from airplan_emergency.spot_ledgers import HotSpot, HotSpotRound
from airplan_emergency.straw_ledgers import StrawAccount, StrawFire
from airplan_qinyang.towns import Township

PLUGINS = [
    airplan.contribution(one.CAMPAIGN)
    for one in (airplan_emergency, airplan_qinyang, airplan_ambient)
]


#: The rules of other tasks are asked elsewhere.
OTHERS = {
    rule.id: "asked elsewhere"
    for rule in airplan_emergency.CAMPAIGN.airplan_rules()
    if not rule.clause.id.startswith(("2.8.4-", "2.8.5-"))
}


def book(*taken):
    return airplan.build_rulebook(
        PLUGINS, Config(interpretations=dict(taken), disable=OTHERS)
    )  # fmt: skip


BOOK = book()
MINE = [
    clause
    for clause in airplan_emergency.CAMPAIGN.airplan_clauses()
    if clause.id.startswith(("2.8.4-", "2.8.5-"))
]
HERE = "沁阳市"


def outcomes(*rows, as_of="2025-06-01", rules=BOOK, none=()):
    facts = Facts.of(County(id=HERE), *rows, none=none)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    return {
        (row["duty"].removeprefix("emergency."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


# The text -----------------------------------------------------------------------------------------


def test_nothing_between_the_quotes_is_left_unsaid():
    """Nine sentences, each of which binds."""
    assert [clause.id for clause in MINE] == [
        *(f"2.8.4-{n}" for n in range(1, 6)), *(f"2.8.5-{n}" for n in range(1, 5))
    ]  # fmt: skip
    assert {clause.strength for clause in MINE} == {Strength.MUST}
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    lines = path.read_text(encoding="utf-8").splitlines()
    for task, number in (("2.8.4", 60), ("2.8.5", 61)):
        body, _, bracket = lines[number].rpartition("（")
        for clause in MINE:
            if clause.id.startswith(task):
                assert clause.text in lines[number]
                body = body.replace(clause.text, "").replace(clause.heading, "")
        assert re.sub(r"[\d.，。\s]", "", body) == ""
        lead = next(clause.lead[0] for clause in MINE if clause.id.startswith(task))
        assert bracket.startswith(f"{lead}负责")


# Straw --------------------------------------------------------------------------------------------

PARTS = ("by_market", "by_farmers", "returned", "sent_out", "brought_in")


def account(town, *amounts, year=2024, collectable="1000"):
    said = {
        part: None if one is None else f"{one} 吨" for part, one in zip(PARTS, amounts, strict=True)
    }
    return StrawAccount(
        township=town,
        ends_on=f"{year}-12-31",
        collectable=collectable and f"{collectable} 吨",
        **said,
    )


TOWNS = [Township(id="甲镇", county=HERE), Township(id="乙镇", county=HERE)]


def rate(*rows, as_of="2025-01-01", year=2024, towns=TOWNS):
    return outcomes(*towns, *rows, as_of=as_of)[f"straw-used@{year}", HERE]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # 950 and 950 of 1000 each: 以上 is in
        ((400, 100, 400, 100, 50), (950, 0, 0, 0, 0), "COMPLIANT"),
        ((400, 100, 400, 100, "50.1"), (950, 0, 0, 0, 0), "VIOLATION"),
        # the whole county: one makes up for the other; more than there is may be used
        ((1200, 0, 0, 0, 0), (700, 0, 0, 0, 0), "COMPLIANT"),
        ((1200, 0, 0, 0, 0), ("699.9", 0, 0, 0, 0), "VIOLATION"),
        # what is brought in is not the county's own
        ((950, 0, 0, 0, 0), (1950, 0, 0, 0, 1000), "COMPLIANT"),
        ((950, 0, 0, 0, 0), (1950, 0, 0, 0, 1001), "VIOLATION"),
        # a blank is not nothing
        ((950, 0, 0, 0, None), (950, 0, 0, 0, 0), "UNKNOWN"),
        ((950, None, 0, 0, 0), (950, 0, 0, 0, 0), "UNKNOWN"),
    ],
)
def test_ninety_five_of_a_hundred_in_the_whole_county(one, other, expected):
    """利用量 over 可收集量, all townships together."""
    assert rate(account("甲镇", *one), account("乙镇", *other)) == expected


def test_a_township_that_is_missing_leaves_it_open():
    """Entered in the ledger of townships alone; without what it could collect; of another year."""
    good = account("甲镇", 1000, 0, 0, 0, 0)
    assert rate(good) == "UNKNOWN"
    assert rate(good, account("乙镇", 1000, 0, 0, 0, 0, collectable=None)) == "UNKNOWN"
    assert rate(good, account("乙镇", 1000, 0, 0, 0, 0, year=2025)) == "UNKNOWN"
    assert rate(good, account("乙镇", 1000, 0, 0, 0, 0)) == "COMPLIANT"
    assert rate() == "UNKNOWN"
    assert outcomes(as_of="2025-01-01")["straw-used@2024", HERE] == "UNKNOWN"


def test_each_year_for_itself():
    """2024 is over on New Year's Day; 2025 is still to come."""
    rows = [account(town, 900, 0, 0, 0, 0) for town in ("甲镇", "乙镇")]
    assert rate(*rows, as_of="2024-12-31") == "PENDING"
    assert rate(*rows, as_of="2025-01-01") == "VIOLATION"
    assert rate(*rows, as_of="2025-01-01", year=2025) != "VIOLATION"
    later = [account(town, 960, 0, 0, 0, 0, year=2025) for town in ("甲镇", "乙镇")]
    assert rate(*rows, *later, as_of="2026-01-01", year=2025) == "COMPLIANT"
    assert rate(*rows, *later, as_of="2026-01-01") == "VIOLATION"


def test_a_county_without_straw_is_not_at_a_hundred():
    """Of nothing there is no share."""
    rows = [account(town, 0, 0, 0, 0, 0, collectable="0") for town in ("甲镇", "乙镇")]
    assert rate(*rows) == "UNKNOWN"


AMOUNT = st.one_of(st.none(), st.integers(0, 1200))


@given(st.lists(st.tuples(*[st.integers(0, 700)] * 4, st.integers(0, 300), AMOUNT),
                min_size=1, max_size=5))  # fmt: skip
def test_the_rate_as_one_adds_it_up_by_hand(drawn):
    """An oracle in fractions; where a township says nothing of what could be collected, open."""
    towns = [Township(id=f"镇{n}", county=HERE) for n in range(len(drawn))]
    rows, used, there = [], 0, 0
    for n, (market, farmers, back, out, brought, collectable) in enumerate(drawn):
        market += brought
        rows.append(account(f"镇{n}", market, farmers, back, out, brought,
                            collectable=None if collectable is None else str(collectable)))  # fmt: skip
        used += market + farmers + back + out - brought
        there = None if None in (there, collectable) else there + collectable
    found = rate(*rows, towns=towns)
    if there:
        assert found == ("COMPLIANT" if Fraction(used, there) >= Fraction(95, 100) else "VIOLATION")
    elif there == 0:
        assert found == "UNKNOWN"
    else:
        # what is known of what could be collected can only grow
        least = sum(one[5] or 0 for one in drawn)
        below = least and Fraction(used, least) < Fraction(95, 100)
        assert found == ("VIOLATION" if below else "UNKNOWN")


@pytest.mark.parametrize(
    ("row", "teaches"),
    [
        (account("甲镇", 100, 0, 0, 0, 101), "调入、调出"),
        (attrs.evolve(account("甲镇", 100, 0, 0, 0, 0), used="90 吨"), "不必另填"),
        (attrs.evolve(account("甲镇", 100, 0, 0, 0, 0), ends_on="2024-06-30"), "最后一天"),
        (StrawAccount(ends_on="2024-12-31", collectable="1 吨"), "一个乡镇街道一年一行"),
    ],
)
def test_accounts_that_cannot_be(row, teaches):
    """More brought in than used, a total that is none, a day within the year, a row of nobody."""
    with pytest.raises(FactsError, match=teaches):
        outcomes(*TOWNS, row)


FIRE = {"interviewed": False, "charged": False, "punished": False, "other": False}


@pytest.mark.parametrize(
    ("said", "expected", "each"),
    [
        (FIRE, "VIOLATION", "VIOLATION"),
        (FIRE | {"charged": True}, "COMPLIANT", "VIOLATION"),
        (FIRE | {"other": True}, "COMPLIANT", "VIOLATION"),
        (dict.fromkeys(FIRE, True), "COMPLIANT", "COMPLIANT"),
        (FIRE | {"punished": None}, "UNKNOWN", "VIOLATION"),
        (FIRE | {"straw": False}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        (FIRE | {"straw": None}, "UNKNOWN", "UNKNOWN"),
        (FIRE | {"found_on": "2023-12-31"}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
    ],
)
def test_a_fire_has_consequences(said, expected, each):
    """One of the measures; each of the three, by the other reading."""
    fire = StrawFire(id="火", township="甲镇", **{"straw": True, "found_on": "2024-10-05", **said})
    key = "straw-fires-sanctioned", "火"
    assert outcomes(*TOWNS, fire)[key] == expected
    assert outcomes(*TOWNS, fire, rules=book(("2.8.4-5-measures", "each")))[key] == each


# Hot spots ----------------------------------------------------------------------------------------

NEVER = dict.fromkeys(("supervised_on", "interviewed_on", "accountable_on", "returned_on"), "never")
WELL = NEVER | {
    "found_on": "2024-05-01", "assigned_on": "2024-05-02", "due_on": "2024-05-10",
    "mended_on": "2024-05-17", "reported_on": "2024-05-17", "rechecked_on": "2024-05-24",
    "passed": True,
}  # fmt: skip
SPOT = HotSpot(id="点", county=HERE, grade="一级", measure="错峰作业")


def turn(id="一", **more):
    return HotSpotRound(id=id, spot="点", **WELL | more)


@pytest.mark.parametrize(
    ("said", "duty", "as_of", "expected"),
    [
        ({}, "hot-spots-assigned", "2024-06-01", "COMPLIANT"),
        ({"assigned_on": "2024-05-03"}, "hot-spots-assigned", "2024-06-01", "LATE"),
        ({"assigned_on": "never"}, "hot-spots-assigned", "2024-05-02", "PENDING"),
        ({"assigned_on": "never"}, "hot-spots-assigned", "2024-05-03", "VIOLATION"),
        ({"assigned_on": None}, "hot-spots-assigned", "2024-05-03", "UNKNOWN"),
        ({}, "hot-spots-mended", "2024-06-01", "COMPLIANT"),
        ({"mended_on": "2024-05-18", "reported_on": "2024-05-18"}, "hot-spots-mended",
         "2024-06-01", "LATE"),
        ({"reported_on": "never"}, "hot-spots-mended", "2024-05-17", "PENDING"),
        ({"reported_on": "never"}, "hot-spots-mended", "2024-05-18", "VIOLATION"),
        ({}, "hot-spots-rechecked", "2024-06-01", "COMPLIANT"),
        ({"rechecked_on": "2024-05-25"}, "hot-spots-rechecked", "2024-06-01", "LATE"),
        ({"rechecked_on": "never"}, "hot-spots-rechecked", "2024-05-24", "PENDING"),
        ({"rechecked_on": "never"}, "hot-spots-rechecked", "2024-05-25", "VIOLATION"),
        # a spot of before the plan
        ({"found_on": "2023-12-31", "assigned_on": "never"}, "hot-spots-assigned", "2024-06-01",
         "NOT_APPLICABLE"),
        # nothing has been reported, so that nothing is to be looked at again
        ({"reported_on": "never", "rechecked_on": "never"}, "hot-spots-rechecked", "2024-06-01",
         "NOT_APPLICABLE"),
    ],
)  # fmt: skip
def test_each_step_has_its_day(said, duty, as_of, expected):
    """One day, fifteen, seven: the day itself is in time."""
    assert outcomes(SPOT, turn(**said), as_of=as_of)[duty, "一"] == expected


def test_days_by_other_readings():
    """The assignment's own day; or none at all, and the order alone."""
    own = outcomes(SPOT, turn(), rules=book(("2.8.5-3-deadlines", "own")))
    assert own["hot-spots-mended-by-own-day", "一"] == "LATE"
    assert ("hot-spots-mended", "一") not in own
    late = turn(assigned_on="2024-06-01", mended_on="2024-12-01", reported_on="2024-12-01",
                rechecked_on="2025-03-01")  # fmt: skip
    order = outcomes(SPOT, late, rules=book(("2.8.5-3-deadlines", "order")))
    assert order["hot-spot-steps-in-order", "一"] == "COMPLIANT"
    assert order.keys().isdisjoint({("hot-spots-assigned", "一"), ("hot-spots-mended", "一")})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "COMPLIANT"),
        # all on one day
        (dict.fromkeys(("found_on", "assigned_on", "mended_on", "reported_on", "rechecked_on"),
                       "2024-05-01"), "COMPLIANT"),
        # half way is in order
        ({"mended_on": "never", "reported_on": "never", "rechecked_on": "never"}, "COMPLIANT"),
        ({"mended_on": "2024-05-01"}, "VIOLATION"),
        ({"reported_on": "2024-05-16"}, "VIOLATION"),
        ({"rechecked_on": "2024-05-16"}, "VIOLATION"),
        # a step that was left out
        ({"reported_on": "never"}, "VIOLATION"),
        ({"interviewed_on": "2024-06-01"}, "VIOLATION"),
        ({"supervised_on": "2024-06-01", "interviewed_on": "2024-06-01"}, "COMPLIANT"),
        ({"supervised_on": "2024-06-01", "accountable_on": "2024-06-02"}, "VIOLATION"),
        # who is late is supervised before anything is mended
        ({"supervised_on": "2024-05-10"}, "COMPLIANT"),
        ({"supervised_on": "2024-05-01"}, "VIOLATION"),
        ({"mended_on": None}, "UNKNOWN"),
    ],
)  # fmt: skip
def test_steps_are_taken_in_order(said, expected):
    """发现、交办、整改、反馈、复核, and 督办、约谈、问责 behind one another."""
    assert outcomes(SPOT, turn(**said))["hot-spot-steps-in-order", "一"] == expected


STEPS = ("found_on", "assigned_on", "mended_on", "reported_on", "rechecked_on", "supervised_on",
         "interviewed_on", "accountable_on")  # fmt: skip
BEHIND = {"supervised_on": "assigned_on"} | {
    step: STEPS[n] for n, step in enumerate(STEPS[1:]) if step != "supervised_on"
}


@given(st.tuples(*[st.one_of(st.just("never"), st.integers(1, 4))] * 7))
def test_the_order_as_one_checks_it_by_hand(drawn):
    """An oracle step by step: what was taken was taken no sooner than the one behind which it is."""
    days = {"found_on": 1} | dict(zip(STEPS[1:], drawn, strict=True))
    kept = all(
        days[step] == "never" or (days[former] != "never" and days[former] <= days[step])
        for step, former in BEHIND.items()
    )
    row = turn(**{step: day if day == "never" else f"2024-05-0{day}" for step, day in days.items()})
    found = outcomes(SPOT, row)["hot-spot-steps-in-order", "一"]
    assert found == ("COMPLIANT" if kept else "VIOLATION")


def test_who_fails_is_supervised():
    """From the day after it was found unmended, or came back; not who mended."""
    key = "hot-spots-supervised", "一"
    assert outcomes(SPOT, turn())[key] == "NOT_APPLICABLE"
    assert outcomes(SPOT, turn(passed=None))[key] == "UNKNOWN"
    failed = turn(passed=False)
    assert outcomes(SPOT, failed, as_of="2024-05-24")[key] == "NOT_APPLICABLE"
    assert outcomes(SPOT, failed, as_of="2024-05-25")[key] == "VIOLATION"
    assert outcomes(SPOT, attrs.evolve(failed, supervised_on="2024-05-25"))[key] == "COMPLIANT"
    assert outcomes(SPOT, turn(returned_on="2024-08-01"))[key] == "VIOLATION"
    every = book(("2.8.5-3-supervised", "every"))
    assert outcomes(SPOT, turn(), rules=every)[key] == "VIOLATION"


def test_a_spot_that_comes_back_is_taken_up_again():
    """In a round of its own; the second failure has somebody to account for it."""
    back = turn(returned_on="2024-08-01", supervised_on="2024-08-02")
    again, account_ = ("hot-spots-taken-up-again", "点"), ("hot-spots-accounted-for", "点")
    assert outcomes(SPOT, turn())[again] == "NOT_APPLICABLE"
    assert outcomes(SPOT, back, as_of="2024-08-01")[again] == "NOT_APPLICABLE"
    assert outcomes(SPOT, back)[again] == "VIOLATION"
    second = {"found_on": "2024-08-02", "assigned_on": "2024-08-02", "mended_on": "2024-08-10",
              "reported_on": "2024-08-10", "rechecked_on": "2024-08-12"}  # fmt: skip
    found = outcomes(SPOT, back, turn("二", **second))
    assert (found[again], found[account_]) == ("COMPLIANT", "NOT_APPLICABLE")
    found = outcomes(SPOT, back, turn("二", **second, passed=False))
    assert (found[again], found[account_]) == ("VIOLATION", "VIOLATION")
    met = {"supervised_on": "2024-08-13", "interviewed_on": "2024-08-14",
           "accountable_on": "2024-08-20"}  # fmt: skip
    third = {step: day.replace("-08-", "-09-") for step, day in second.items()}
    found = outcomes(SPOT, back, turn("二", **second | met, passed=False), turn("三", **third))
    assert (found[again], found[account_]) == ("COMPLIANT", "COMPLIANT")


def test_a_spot_without_a_round_is_asked_for_one():
    """It is on the list, and of its loop nothing is known."""
    found = outcomes(SPOT, HotSpot(id="另", grade="无"), turn())
    assert found["hot-spots-graded", "点"] == "COMPLIANT"
    assert found["hot-spots-graded", "另"] == "VIOLATION"
    unknown = [subject for (duty, subject), said in found.items()
               if duty == "hot-spots-assigned" and said == "UNKNOWN"]  # fmt: skip
    assert len(unknown) == 1


def test_a_grade_alone_by_one_reading():
    """分级 alone; else the spot's own measure too."""
    row = HotSpot(id="点", grade="二级", measure="无")
    assert outcomes(row)["hot-spots-graded", "点"] == "VIOLATION"
    grade = outcomes(row, rules=book(("2.8.5-2-fine", "grade")))
    assert grade["hot-spots-graded", "点"] == "COMPLIANT"


def test_an_assignment_before_the_finding_is_refused():
    """With what to write instead."""
    with pytest.raises(FactsError, match="对调"):
        outcomes(SPOT, turn(assigned_on="2024-04-30"))


def test_means_are_recorded_by_their_names():
    """Drones, forecasts, tracing: each."""
    parts = ("无人机等多种技术手段", "预报预警能力", "污染溯源能力")
    acts = [Attestation(clause="2.8.5-4", part=part, done=True) for part in parts]
    assert outcomes(*acts)["hot-spot-techniques", HERE] == "COMPLIANT"
    assert outcomes(*acts[:2])["hot-spot-techniques", HERE] == "UNKNOWN"
