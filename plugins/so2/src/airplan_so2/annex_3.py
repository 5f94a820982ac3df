"""附件3 沁阳市2023—2025年集中供热覆盖率任务表: what has central heating, by area and households.

The year 2023 was over before the plan begins: its columns are what the later rates start from,
and nobody's duty.
"""

from airplan_core import Condition, County, Head, Metric, PlanTable, Rule, by, during, head
from airplan_so2.annexes import RATE, SURPLUS, WHOLE, added, annex, least_rounded, reached
from airplan_so2.interpretations import HEAT_BASIS
from airplan_so2.ledgers import HeatSupply

AREA_DUE = head("应实施集中供热面积（万㎡）", unit="万㎡")
AREA = head("已实施集中供热面积（万㎡）", unit="万㎡")
HOUSEHOLDS_DUE = head("应实施集中供热户数（万户）", unit="万户")
HOUSEHOLDS = head("已实施集中供热户数（万户）", unit="万户")


def _each(*words: str, unit: str) -> dict[int, Head]:
    """A column of each year."""
    return {year: head(f"{year}年目标", *words, unit=unit) for year in (2023, 2024, 2025)}


AREA_ADDED = _each("新增供热面积（万㎡）", unit="万㎡")
HOUSEHOLDS_ADDED = _each("新增供热户数（万户）", unit="万户")
COVERAGE = _each("集中供热覆盖率", unit="%")

_BY_2023 = AREA + AREA_ADDED[2023]
_BY_2024 = _BY_2023 + AREA_ADDED[2024]
_BY_2025 = _BY_2024 + AREA_ADDED[2025]

ANNEX_3 = PlanTable(
    task=annex("A3", "沁阳市2023—2025年集中供热覆盖率任务表"),
    columns=(
        AREA_DUE, AREA, HOUSEHOLDS_DUE, HOUSEHOLDS,
        AREA_ADDED[2023], HOUSEHOLDS_ADDED[2023], COVERAGE[2023],
        AREA_ADDED[2024], HOUSEHOLDS_ADDED[2024], COVERAGE[2024],
        AREA_ADDED[2025], HOUSEHOLDS_ADDED[2025], COVERAGE[2025],
    ),
    rows={
        "沁阳市": (
            "463", "95.5", "2.8571", "0.6034",
            "51.5", "0.39", "31.70%",
            "5", "0.04", "32.80%",
            "7", "0.055", "34.40%",
        ),
    },
    # the rates are those of the areas: by households they would be 34.77, 36.17 and 38.09 %
    claims=(
        COVERAGE[2023].implied_by(_BY_2023 / AREA_DUE),
        COVERAGE[2024].implied_by(_BY_2024 / AREA_DUE),
        COVERAGE[2025].implied_by(_BY_2025 / AREA_DUE),
    ),
)  # fmt: skip

AREA_IN_YEAR = HeatSupply.area.sum(
    id="so2.annex3-area-added", zh="新增集中供热面积", en="area supplied with heat in the year",
    of=HeatSupply.county, on=HeatSupply.supplied_on, better="more",
)  # fmt: skip
HOUSEHOLDS_IN_YEAR = HeatSupply.households.sum(
    id="so2.annex3-households-added", zh="新增集中供热户数",
    en="households supplied with heat in the year", of=HeatSupply.county,
    on=HeatSupply.supplied_on, better="more",
)  # fmt: skip
SUPPLIED = HeatSupply.supplied_on.happened()
AREA_SO_FAR = HeatSupply.area.sum(
    id="so2.annex3-area", zh="已实施集中供热面积", en="area supplied with heat",
    of=HeatSupply.county, where=SUPPLIED, better="more",
)  # fmt: skip
HOUSEHOLDS_SO_FAR = HeatSupply.households.sum(
    id="so2.annex3-households", zh="已实施集中供热户数", en="households supplied with heat",
    of=HeatSupply.county, where=SUPPLIED, better="more",
)  # fmt: skip
AREA_IN_ALL = HeatSupply.area_due.sum(
    id="so2.annex3-area-due", zh="应实施集中供热面积", en="area to be supplied with heat",
    of=HeatSupply.county, better="neither",
)  # fmt: skip
HOUSEHOLDS_IN_ALL = HeatSupply.households_due.sum(
    id="so2.annex3-households-due", zh="应实施集中供热户数",
    en="households to be supplied with heat", of=HeatSupply.county, better="neither",
)  # fmt: skip

_RATES = ("so2.annex3-coverage-2024", "so2.annex3-coverage-2025")
_BEFORE = "what there was before the plan, on a day that is not said: what its rates start from"
_2023 = (
    "the year was over before the plan begins: it asks nobody for it; a baseline that the later "
    "rates start from, held against its own row"
)
_DEFINED = (
    *(ANNEX_3.clause(one, defines=_RATES) for one in (AREA_DUE, HOUSEHOLDS_DUE)),
    *(ANNEX_3.clause(one, excused=_BEFORE) for one in (AREA, HOUSEHOLDS)),
    *(ANNEX_3.clause(one[2023], excused=_2023) for one in (AREA_ADDED, HOUSEHOLDS_ADDED, COVERAGE)),
)


def _year(metric: Metric, columns: dict[int, Head], year: int) -> Condition:
    return added(ANNEX_3, metric, {one: columns[one] for one in (2024, 2025)}, year)


def _in_full(column: Head) -> dict[str, str]:
    """For `Rule.numbers`: the figure under （万㎡） or （万户）, with its 万 multiplied out."""
    figure = ANNEX_3.figure(column)
    assert figure is not None, "the annex prints it"
    unit = column.words[-1][column.words[-1].index("（") :]
    return {f"{unit} … {ANNEX_3.cell(column)}": f"{int(figure * 10000)}"}


def _coverage(year: int) -> Condition:
    column = COVERAGE[year]
    return HEAT_BASIS.choose(
        area=reached(ANNEX_3, column, AREA_SO_FAR, AREA_IN_ALL, AREA_DUE),
        households=reached(ANNEX_3, column, HOUSEHOLDS_SO_FAR, HOUSEHOLDS_IN_ALL, HOUSEHOLDS_DUE),
    )


area_2024 = Rule(
    id="so2.annex3-area-2024",
    clause=ANNEX_3.clause(AREA_ADDED[2024]),
    en="In 2024 central heating reaches 50 000 m² more.",
    subject=County,
    requires=_year(AREA_IN_YEAR, AREA_ADDED, 2024),
    due=during(2024),
    numbers=_in_full(AREA_ADDED[2024]),
    keeps=[{AREA_IN_YEAR: "5 万㎡"}],
    breaks=[{AREA_IN_YEAR: "49999 ㎡"}],
)

households_2024 = Rule(
    id="so2.annex3-households-2024",
    clause=ANNEX_3.clause(HOUSEHOLDS_ADDED[2024]),
    en="In 2024 central heating reaches 400 more households.",
    subject=County,
    requires=_year(HOUSEHOLDS_IN_YEAR, HOUSEHOLDS_ADDED, 2024),
    due=during(2024),
    numbers=_in_full(HOUSEHOLDS_ADDED[2024]),
    keeps=[{HOUSEHOLDS_IN_YEAR: "400 户"}],
    breaks=[{HOUSEHOLDS_IN_YEAR: "399 户"}],
)

coverage_2024 = Rule(
    id="so2.annex3-coverage-2024",
    clause=ANNEX_3.clause(COVERAGE[2024]),
    en="By the end of 2024, 32.8 % of what is to have central heating has it.",
    subject=County,
    requires=_coverage(2024),
    due=by("2024-12-31"),
    numbers=least_rounded(ANNEX_3, COVERAGE[2024]),
    keeps=[
        {AREA_SO_FAR: "152 万㎡", AREA_IN_ALL: "463 万㎡"},
        {AREA_SO_FAR: "32.795 ㎡", AREA_IN_ALL: "100 ㎡"},
        WHOLE.read_as("printed", {AREA_SO_FAR: "152 万㎡"}),
        HEAT_BASIS.read_as(
            "households", {HOUSEHOLDS_SO_FAR: "328 户", HOUSEHOLDS_IN_ALL: "1000 户"}
        ),
    ],
    breaks=[
        {AREA_SO_FAR: "32.79 ㎡", AREA_IN_ALL: "100 ㎡"},
        RATE.read_as("exact", {AREA_SO_FAR: "32.795 ㎡", AREA_IN_ALL: "100 ㎡"}),
        WHOLE.read_as("printed", {AREA_SO_FAR: "151.8 万㎡"}),
    ],
)

area_2025 = Rule(
    id="so2.annex3-area-2025",
    clause=ANNEX_3.clause(AREA_ADDED[2025]),
    en="In 2025 central heating reaches 70 000 m² more.",
    subject=County,
    requires=_year(AREA_IN_YEAR, AREA_ADDED, 2025),
    due=during(2025),
    numbers=_in_full(AREA_ADDED[2025]),
    keeps=[
        {AREA_IN_YEAR: "7 万㎡"},
        SURPLUS.read_as("carried", {AREA_IN_YEAR: "5 万㎡", AREA_IN_YEAR.last_year(): "7 万㎡"}),
    ],
    breaks=[{AREA_IN_YEAR: "69999 ㎡"}],
)

households_2025 = Rule(
    id="so2.annex3-households-2025",
    clause=ANNEX_3.clause(HOUSEHOLDS_ADDED[2025]),
    en="In 2025 central heating reaches 550 more households.",
    subject=County,
    requires=_year(HOUSEHOLDS_IN_YEAR, HOUSEHOLDS_ADDED, 2025),
    due=during(2025),
    numbers=_in_full(HOUSEHOLDS_ADDED[2025]),
    keeps=[{HOUSEHOLDS_IN_YEAR: "550 户"}],
    breaks=[{HOUSEHOLDS_IN_YEAR: "549 户"}],
)

coverage_2025 = Rule(
    id="so2.annex3-coverage-2025",
    clause=ANNEX_3.clause(COVERAGE[2025]),
    en="By the end of 2025, 34.4 % of what is to have central heating has it.",
    subject=County,
    # the row's own areas come to 34.34 % only: what is printed binds all the same
    requires=_coverage(2025),
    due=by("2025-12-31"),
    numbers=least_rounded(ANNEX_3, COVERAGE[2025]),
    keeps=[
        {AREA_SO_FAR: "344 ㎡", AREA_IN_ALL: "1000 ㎡"},
        WHOLE.read_as("printed", {AREA_SO_FAR: "159.28 万㎡"}),
    ],
    breaks=[
        {AREA_SO_FAR: "159 万㎡", AREA_IN_ALL: "463 万㎡"},
        {AREA_SO_FAR: "34.39 ㎡", AREA_IN_ALL: "100 ㎡"},
    ],
)
