"""What nozzles report on line: their days, the seventh of which in a row is an alarm."""

import datetime as dt
import itertools
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_core import Config, County, Facts, ledger_of
from airplan_ozone.petrol_ledgers import Filling, FillingStation, NozzleDay, OnlineNozzle

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_ozone, airplan_qinyang, airplan_ambient)
]
RULE = "ozone.online-air-liquid-ratio"


def book(**taken):
    every = airplan.build_rulebook(PLUGINS).rules
    off = dict.fromkeys(set(every) - {RULE}, "not asked here")
    return airplan.build_rulebook(PLUGINS, Config(disable=off, interpretations=taken))


BOOK = book()
OF_THE_YEAR = book(**{"2.5.6-5-alarm": "of_the_year"})
PLACE = (County(id="甲县"), FillingStation(id="站", county="甲县", petrol=True),
         OnlineNozzle(id="枪", station="站"))  # fmt: skip
FIRST = dt.datetime(2024, 3, 1, 8)


def day(number, *ratios, litres="15", nozzle="枪"):
    """The fillings of one day, an hour apart."""
    return [
        Filling(
            nozzle=nozzle, time=str(FIRST + dt.timedelta(days=number, hours=hour))[:16],
            litres=litres and f"{litres} 升", ratio=ratio and f"{ratio} 升/升",
        )
        for hour, ratio in enumerate(ratios)
    ]  # fmt: skip


def completed(*rows, nozzles=("枪",)):
    facts = Facts.of(*PLACE[:2], *(OnlineNozzle(id=one, station="站") for one in nozzles), *rows)
    derived = ledger_of(NozzleDay).derived
    tables = [facts.table(one) for one in (NozzleDay, *derived.sources)]
    found, _ = derived.compute(*tables, {})
    return {
        (row["nozzle"], (row["date"] - FIRST.date()).days): (row["warned"], row["alarmed"])
        for row in found.rows(named=True)
    }


GOOD, BAD = ["1.1"] * 5, ["1.1", "1.1", "1.1", "0.8", "1.4"]


@pytest.mark.parametrize(
    ("ratios", "litres", "warned"),
    [
        (["0.9", "1.3", "1.1", "1.1", "1.1"], "15", False),
        (["0.899", "1.1", "1.1", "1.1", "1.1"], "15", False),  # 20 %
        (["0.899", "1.301", "1.1", "1.1", "1.1"], "15", True),
        (["0.8", "0.8", *["1.1"] * 6], "15", False),  # 25 % itself
        (["0.8", "0.8", *["1.1"] * 5], "15", True),
        (["0"] * 5, "15", True),
        ([None, "1.1", "1.1", "1.1", "1.1", "1.1"], "15", False),
        ([None, "0.8", "1.1", "1.1", "1.1", "1.1"], "15", None),
        (["1.1"] * 6, None, None),
    ],
)
def test_a_day_warns(ratios, litres, warned):
    """More than a quarter of its effective fillings lie outside 0.9 to 1.3."""
    assert completed(*day(0, *ratios, litres=litres))["枪", 0][0] is warned


def test_small_fillings_do_not_count():
    """From 15 litres on; a day of too few of them is judged with the next."""
    may_be_small = [*day(0, "0.8", "0.8", *["1.1"] * 5), *day(0.5, "1.1", litres=None)]
    assert completed(*may_be_small)["枪", 0][0] is None  # 2 of 7, or of 8
    small = day(0, *["0.5"] * 20, litres="14.9")
    assert completed(*small) == {}
    few = day(0, *["0.8"] * 4)
    assert completed(*few) == {}
    assert completed(*few, *day(1, *["1.1"] * 4)) == {("枪", 1): (True, False)}
    assert completed(*few, *day(1, *["1.1"] * 12)) == {("枪", 1): (False, False)}
    assert completed(*few, *day(0, *GOOD, nozzle="乙枪"), nozzles=("枪", "乙枪")) == {
        ("乙枪", 0): (False, False)
    }


def outcome(*rows, rules=BOOK, as_of="2025-01-01"):
    found = airplan.assess(rules, Facts.of(*PLACE, *rows), dt.date.fromisoformat(as_of)).outcomes
    return {row["duty"]: row["outcome"] for row in found.rows(named=True)}[f"{RULE}@2024"]


def week(*days):
    return [row for number, ratios in enumerate(days) for row in day(number, *ratios)]


@pytest.mark.parametrize(
    ("days", "expected", "of_the_year"),
    [
        ([BAD] * 6 + [GOOD], "COMPLIANT", "COMPLIANT"),
        ([BAD] * 7, "VIOLATION", "VIOLATION"),
        ([BAD] * 6 + [GOOD, BAD], "COMPLIANT", "VIOLATION"),
        ([GOOD] * 7, "COMPLIANT", "COMPLIANT"),
        ([BAD] * 6 + [[None] * 5], "UNKNOWN", "UNKNOWN"),
        ([], "UNKNOWN", "UNKNOWN"),
    ],
)
def test_seven_days_of_warning_are_an_alarm(days, expected, of_the_year):
    """One after the other, or in the year; a nozzle that reports nothing is not known."""
    assert outcome(*week(*days)) == expected
    assert outcome(*week(*days), rules=OF_THE_YEAR) == of_the_year


def test_what_a_day_says_itself_stays():
    """A station that reports its days alone; and a day that it says itself."""
    told = [NozzleDay(nozzle="枪", date=dt.date(2024, 3, n), warned=True) for n in range(1, 8)]
    assert outcome(*told) == "VIOLATION"
    assert outcome(*told[:6]) == "COMPLIANT"
    good = NozzleDay(nozzle="枪", date=dt.date(2024, 3, 4), warned=False)
    assert outcome(*week(*[BAD] * 7), good) == "COMPLIANT"


FILLINGS = st.lists(
    st.tuples(
        st.sampled_from(["枪", "乙枪"]), st.integers(0, 3),
        st.sampled_from(["14.9", "15", "40"]), st.sampled_from(["0.8", "0.9", "1.1", "1.3", "1.4"]),
    ),
    max_size=30,
)  # fmt: skip


@given(FILLINGS)
def test_days_against_plain_python(fillings):
    """Day by day, what is too little is kept for the next."""
    expected = {}
    for nozzle in ("枪", "乙枪"):
        kept = []
        for number in range(4):
            today = [
                Fraction(ratio) for name, when, litres, ratio in fillings
                if name == nozzle and when == number and Fraction(litres) >= 15
            ]  # fmt: skip
            kept += today
            if today and len(kept) >= 5:
                outside = sum(not Fraction(9, 10) <= one <= Fraction(13, 10) for one in kept)
                expected[nozzle, number] = (Fraction(outside, len(kept)) > Fraction(1, 4), False)
                kept = []
    minutes = itertools.count()
    rows = [
        Filling(
            nozzle=nozzle, time=str(FIRST + dt.timedelta(days=number, minutes=next(minutes)))[:16],
            litres=f"{litres} 升", ratio=f"{ratio} 升/升",
        )
        for nozzle, number, litres, ratio in fillings
    ]  # fmt: skip
    assert completed(*rows, nozzles=("枪", "乙枪")) == expected
