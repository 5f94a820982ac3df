"""附件2 沁阳市2024—2025年平原地区城乡燃气入户任务表: households that are joined to the gas."""

from airplan_core import County, PlanTable, Rule, by, during, head
from airplan_so2.annex_1 import ANNEX_1, CONNECTED, PLAIN
from airplan_so2.annex_ledgers import GasConnection
from airplan_so2.annexes import RATE, SURPLUS, WHOLE, added, annex, least_rounded, reached
from airplan_so2.ledgers import Village

HOUSEHOLDS = head("村庄总户数", unit="户")
JOINED = head("已通燃气管网村庄户数", "燃气入户户数", unit="户")
NOT_JOINED = head("已通燃气管网村庄户数", "燃气未入户户数", unit="户")
NOT_REACHED = head("未通燃气管网村庄户数", unit="户")
ADDED = {
    2024: head("2024年入户情况", "新增入户", unit="户"),
    2025: head("2025年入户情况", "新增入户", unit="户"),
}
RATES = {
    2024: head("2024年入户情况", "入户率", unit="%"),
    2025: head("2025年入户情况", "入户率", unit="%"),
}

_BY_2024 = JOINED + ADDED[2024]

ANNEX_2 = PlanTable(
    task=annex("A2", "沁阳市2024—2025年平原地区城乡燃气入户任务表"),
    columns=(
        HOUSEHOLDS, JOINED, NOT_JOINED, NOT_REACHED, ADDED[2024], RATES[2024], ADDED[2025],
        RATES[2025],
    ),
    rows={
        "沁阳市": ("80638", "50883", "10841", "18914", "2000", "65.6%", "1500", "67.4%"),
    },
    claims=(
        HOUSEHOLDS.implied_by(JOINED + NOT_JOINED + NOT_REACHED),
        *(ADDED[year].implied_by(ANNEX_1[CONNECTED[year]]) for year in ADDED),
        RATES[2024].implied_by(_BY_2024 / HOUSEHOLDS),
        RATES[2025].implied_by((_BY_2024 + ADDED[2025]) / HOUSEHOLDS),
    ),
)  # fmt: skip

_PLAIN = GasConnection.village.terrain.is_("平原")

JOINED_IN_YEAR = GasConnection.households.sum(
    id="so2.annex2-households-added", zh="平原地区新增燃气入户数",
    en="households of the plain joined to the gas in the year", of=GasConnection.village.county,
    on=GasConnection.connected_on, where=_PLAIN, better="more",
)  # fmt: skip
JOINED_SO_FAR = GasConnection.households.sum(
    id="so2.annex2-households-joined", zh="平原地区燃气入户户数",
    en="households of the plain joined to the gas", of=GasConnection.village.county,
    where=_PLAIN & GasConnection.connected_on.happened(), better="more",
)  # fmt: skip
OF_VILLAGES = Village.households.sum(
    id="so2.annex2-households", zh="平原地区村庄总户数", en="households of the plain's villages",
    of=Village.county, where=PLAIN, better="neither",
)  # fmt: skip

_PART = (
    "what there was before the plan, on a day that is not said; with the other two it makes up the "
    "80638, which the table is held against"
)
_DEFINED = (
    ANNEX_2.clause(HOUSEHOLDS, defines=("so2.annex2-rate-2024", "so2.annex2-rate-2025")),
    *(ANNEX_2.clause(one, excused=_PART) for one in (JOINED, NOT_JOINED, NOT_REACHED)),
)

households_2024 = Rule(
    id="so2.annex2-households-2024",
    clause=ANNEX_2.clause(ADDED[2024]),
    also=(ANNEX_1.clause(CONNECTED[2024]),),
    en="In 2024, 2000 more households of the plain are joined to the gas.",
    subject=County,
    requires=added(ANNEX_2, JOINED_IN_YEAR, ADDED, 2024),
    due=during(2024),
    keeps=[{JOINED_IN_YEAR: "2000 户"}],
    breaks=[{JOINED_IN_YEAR: "1999 户"}],
)

households_2025 = Rule(
    id="so2.annex2-households-2025",
    clause=ANNEX_2.clause(ADDED[2025]),
    also=(ANNEX_1.clause(CONNECTED[2025]),),
    en="In 2025, 1500 more households of the plain are joined to the gas.",
    subject=County,
    requires=added(ANNEX_2, JOINED_IN_YEAR, ADDED, 2025),
    due=during(2025),
    keeps=[
        {JOINED_IN_YEAR: "1500 户"},
        SURPLUS.read_as(
            "carried", {JOINED_IN_YEAR: "1400 户", JOINED_IN_YEAR.last_year(): "2100 户"}
        ),
    ],
    breaks=[{JOINED_IN_YEAR: "1499 户"}],
)

rate_2024 = Rule(
    id="so2.annex2-rate-2024",
    clause=ANNEX_2.clause(RATES[2024]),
    en="By the end of 2024, 65.6 % of the households of the plain are joined to the gas.",
    subject=County,
    requires=reached(ANNEX_2, RATES[2024], JOINED_SO_FAR, OF_VILLAGES, HOUSEHOLDS),
    due=by("2024-12-31"),
    numbers=least_rounded(ANNEX_2, RATES[2024]),
    keeps=[
        {JOINED_SO_FAR: "52883 户", OF_VILLAGES: "80638 户"},
        {JOINED_SO_FAR: "1311 户", OF_VILLAGES: "2000 户"},
        RATE.read_as("exact", {JOINED_SO_FAR: "656 户", OF_VILLAGES: "1000 户"}),
        WHOLE.read_as("printed", {JOINED_SO_FAR: "52859 户"}),
    ],
    breaks=[
        {JOINED_SO_FAR: "655 户", OF_VILLAGES: "1000 户"},
        {JOINED_SO_FAR: "52858 户", OF_VILLAGES: "80638 户"},
        RATE.read_as("exact", {JOINED_SO_FAR: "52883 户", OF_VILLAGES: "80638 户"}),
        WHOLE.read_as("printed", {JOINED_SO_FAR: "52858 户"}),
    ],
)

rate_2025 = Rule(
    id="so2.annex2-rate-2025",
    clause=ANNEX_2.clause(RATES[2025]),
    en="By the end of 2025, 67.4 % of the households of the plain are joined to the gas.",
    subject=County,
    requires=reached(ANNEX_2, RATES[2025], JOINED_SO_FAR, OF_VILLAGES, HOUSEHOLDS),
    due=by("2025-12-31"),
    numbers=least_rounded(ANNEX_2, RATES[2025]),
    keeps=[
        {JOINED_SO_FAR: "54383 户", OF_VILLAGES: "80638 户"},
        {JOINED_SO_FAR: "674 户", OF_VILLAGES: "1000 户"},
    ],
    breaks=[{JOINED_SO_FAR: "673 户", OF_VILLAGES: "1000 户"}],
)
