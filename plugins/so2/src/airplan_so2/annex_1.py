"""附件1 沁阳市2024—2025年平原地区城乡燃气管网铺设任务表: villages that the gas main reaches."""

from airplan_core import Count, County, PlanTable, Rule, by, during, head
from airplan_so2.annexes import SURPLUS, WHOLE, added, annex
from airplan_so2.heating import GAS_COVERAGE
from airplan_so2.ledgers import Village

VILLAGES = head("总村庄数（不含山区、岭区）", unit="村")
COVERED = head("平原地区燃气管网覆盖村庄数", unit="村")
ADDED = {
    2024: head("2024年目标", "新增管网覆盖村庄数", unit="村"),
    2025: head("2025年目标", "新增管网覆盖村庄数", unit="村"),
}
CONNECTED = {
    2024: head("2024年目标", "新增燃气入户数", unit="户"),
    2025: head("2025年目标", "新增燃气入户数", unit="户"),
}
COVERAGE = head("2025年目标", "平原地区城乡燃气管网到村覆盖率", unit="%")

_BY_2025 = COVERED + ADDED[2024] + ADDED[2025]

ANNEX_1 = PlanTable(
    task=annex("A1", "沁阳市2024—2025年平原地区城乡燃气管网铺设任务表"),
    columns=(
        VILLAGES, COVERED, ADDED[2024], CONNECTED[2024], ADDED[2025], CONNECTED[2025], COVERAGE,
    ),
    rows={"沁阳市": ("255", "170", "75", "2000", "10", "1500", "100%")},
    claims=(VILLAGES.implied_by(_BY_2025), COVERAGE.implied_by(_BY_2025 / VILLAGES)),
)  # fmt: skip

PLAIN = Village.terrain.is_("平原")

PIPED_IN_YEAR = Count(
    id="so2.annex1-villages-added", zh="平原地区新增管网覆盖村庄数",
    en="plain villages that the gas main reached in the year", unit="村", of=Village.county,
    on=Village.piped_on, where=PLAIN, better="more",
)  # fmt: skip
PIPED = Count(
    id="so2.annex1-villages-covered", zh="平原地区燃气管网覆盖村庄数",
    en="plain villages that the gas main reaches", unit="村", of=Village.county,
    among=PLAIN, where=Village.piped_on.happened(), better="more",
)  # fmt: skip
_DEFINED = (
    ANNEX_1.clause(VILLAGES, defines=("so2.annex1-coverage-2025",)),
    ANNEX_1.clause(
        COVERED,
        excused="what there was before the plan, on a day that is not said; with the tasks of both "
        "years it makes up the 255, which the table is held against",
    ),
)

villages_2024 = Rule(
    id="so2.annex1-villages-2024",
    clause=ANNEX_1.clause(ADDED[2024]),
    en="In 2024 the gas main reaches 75 more villages of the plain.",
    subject=County,
    requires=added(ANNEX_1, PIPED_IN_YEAR, ADDED, 2024),
    due=during(2024),
    keeps=[{PIPED_IN_YEAR: "75 村"}],
    breaks=[{PIPED_IN_YEAR: "74 村"}],
)

villages_2025 = Rule(
    id="so2.annex1-villages-2025",
    clause=ANNEX_1.clause(ADDED[2025]),
    en="In 2025 the gas main reaches 10 more villages of the plain.",
    subject=County,
    requires=added(ANNEX_1, PIPED_IN_YEAR, ADDED, 2025),
    due=during(2025),
    keeps=[
        {PIPED_IN_YEAR: "10 村"},
        SURPLUS.read_as("carried", {PIPED_IN_YEAR: "5 村", PIPED_IN_YEAR.last_year(): "80 村"}),
    ],
    breaks=[
        {PIPED_IN_YEAR: "9 村"},
        SURPLUS.read_as("carried", {PIPED_IN_YEAR: "9 村", PIPED_IN_YEAR.last_year(): "75 村"}),
    ],
)

coverage_2025 = Rule(
    id="so2.annex1-coverage-2025",
    clause=ANNEX_1.clause(COVERAGE),
    en="By the end of 2025 the gas main reaches every village of the plain.",
    subject=County,
    # 100 % is every one of them: no rounding makes it so
    requires=WHOLE.choose(
        ledger=GAS_COVERAGE.at_least(ANNEX_1.quantity(COVERAGE)),
        printed=PIPED.at_least(ANNEX_1.quantity(VILLAGES)),
    ),
    due=by("2025-12-31"),
    keeps=[{GAS_COVERAGE: "100 %"}, WHOLE.read_as("printed", {PIPED: "255 村"})],
    breaks=[{GAS_COVERAGE: "99.6 %"}, WHOLE.read_as("printed", {PIPED: "254 村"})],
)
