"""二(二)1 深化扬尘污染综合治理: letters, the sites' measures, demonstration sites, dustfall."""

from airplan_core import (
    Condition,
    Count,
    County,
    Rule,
    Share,
    Task,
    attestation,
    by,
    during,
    on,
    whole,
)
from airplan_pm10.interpretations import (
    CREATED,
    DUSTFALL_PERIOD,
    SITE_STANDARD,
    UNDER_CONSTRUCTION,
)
from airplan_pm10.ledgers import DustfallMonth
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import FOR, HUC, NR, QRB, TOWNS, TRA, UM, WAT
from airplan_qinyang.sites import SUPERVISORS, ConstructionSite

TASK = Task(
    id="2.2.1",
    heading="深化扬尘污染综合治理",
    campaign="pm10",
    plan=QINYANG_2024,
    shared=(HUC, UM, TRA, NR, FOR, WAT, QRB),
)

#: Whoever supervises a site answers for it; the sentence names the townships beside the bracket.
_SUPERVISING = (*TASK.shared, TOWNS)
_WHOSE = {ConstructionSite.supervisor.is_(name): name for name in SUPERVISORS}

BUILDING = ConstructionSite.begun_on.happened() & ~ConstructionSite.ended_on.happened()
_A_SITE = {
    ConstructionSite.supervisor: HUC,
    ConstructionSite.begun_on: "2023-03-01",
    ConstructionSite.ended_on: "never",
}

letters = Rule(
    id="pm10.responsibility-letters",
    clause=TASK.clause(
        1,
        "市住建、交通、自然资源和规划、水利、林业、沁河河务等监管部门以及乡镇政府（街道办事处），均要依据"
        "法定管理职责和管理权限，与主管领域或辖区内施工单位（或项目法人）签订扬尘污染治理责任书",
        shared=_SUPERVISING,
    ),
    en="Whoever supervises a site has signed a letter of responsibility with its builder.",
    subject=ConstructionSite,
    applies=BUILDING,
    requires=ConstructionSite.letter_on.happened(),
    answers=_WHOSE,
    speaks_of=_A_SITE,
    keeps=[{ConstructionSite.letter_on: "2024-01-01"}],
    breaks=[{ConstructionSite.letter_on: "never"}],
)

SIX = whole(
    "六个百分之百",
    ConstructionSite.hoarded,
    ConstructionSite.vehicles_washed,
    # wet work is asked of sites that pull something down
    ConstructionSite.wet_work | ~ConstructionSite.demolition,
    ConstructionSite.trucks_closed,
    ConstructionSite.hardened,
    ConstructionSite.covered,
)
_SIX = {
    ConstructionSite.hoarded: True,
    ConstructionSite.vehicles_washed: True,
    ConstructionSite.demolition: True,
    ConstructionSite.wet_work: True,
    ConstructionSite.trucks_closed: True,
    ConstructionSite.hardened: True,
    ConstructionSite.covered: True,
}

measures = Rule(
    id="pm10.site-measures",
    clause=TASK.clause(
        2,
        "监督施工单位（或项目法人）按照规定标准、治理措施和时限，完成各项治理任务",
        shared=_SUPERVISING,
    ),
    en="A site has every measure that is prescribed for it.",
    subject=ConstructionSite,
    applies=BUILDING,
    requires=SITE_STANDARD.choose(six=SIX, letter=ConstructionSite.tasks_done),
    answers=_WHOSE,
    numbers={"各项治理任务": "6"},
    speaks_of={**_A_SITE, **_SIX},
    keeps=[{}, {ConstructionSite.demolition: False, ConstructionSite.wet_work: False}],
    breaks=[{part: False} for part in _SIX if part is not ConstructionSite.demolition],
)


def _built_in(year: int) -> Condition:
    """The sites under construction that a year's share is of."""
    begun = ConstructionSite.begun_on.happened_by(f"{year}-12-31")
    return begun & UNDER_CONSTRUCTION.choose(
        year=~ConstructionSite.ended_on.happened_by(f"{year - 1}-12-31"),
        end=~ConstructionSite.ended_on.happened_by(f"{year}-12-31"),
    )


_DEMONSTRATION = "2024年、2025年，实现扬尘污染防控标准化示范工地创建数量达到辖区在建工程的20%、30%"

DEMONSTRATION = {
    year: Share(
        id=f"pm10.demonstration-sites-{year}",
        zh=f"{year}年示范工地占在建工程比例",
        en=f"demonstration sites among those under construction in {year}",
        unit="个",
        of=ConstructionSite.county,
        among=_built_in(year),
        where=CREATED.choose(
            held=ConstructionSite.demonstration_on.happened(),
            year=ConstructionSite.demonstration_on.happened_from(f"{year}-01-01"),
        ),
        better="more",
    )
    for year in (2024, 2025)
}

#: Of no site there is no share: the sentence then speaks of nobody.
SITES = {
    year: Count(
        id=f"pm10.sites-{year}", zh=f"{year}年在建工程数", en=f"sites under construction in {year}",
        unit="个", of=ConstructionSite.county, where=_built_in(year), better="neither",
    )
    for year in (2024, 2025)
}  # fmt: skip

demonstration = tuple(
    Rule(
        id=f"pm10.demonstration-sites-{year}",
        clause=TASK.clause(number, _DEMONSTRATION),
        en=f"{share} of the sites under construction in {year} are demonstration sites.",
        subject=County,
        applies=SITES[year].more_than("0 个"),
        requires=DEMONSTRATION[year].at_least(share),
        due=by(f"{year}-12-31"),
        numbers={
            "2024年、2025年": f"{year}-12-31",
            "20%、30%": share.removesuffix(" %"),
            "在建工程": "0",
        },
        speaks_of={SITES[year]: "20 个"},
        keeps=[{DEMONSTRATION[year]: share}],
        breaks=[{DEMONSTRATION[year]: below}],
    )
    for number, year, share, below in (
        (3, 2024, "20 %", "19.999999 %"),
        (4, 2025, "30 %", "29.999999 %"),
    )
)

monitored = attestation(
    "pm10.dustfall-monitored",
    TASK.clause(5, "实施网格化降尘量监测考核"),
    parts=("网格化监测", "考核"),
    numbers={"监测考核": "2"},
    en="Dustfall is monitored on a grid, and counted in the assessment of those responsible.",
)

_LIMIT = "7 吨/月·平方公里"
_DUSTFALL = TASK.clause(6, "全市平均降尘量不高于7吨/月·平方公里")

#: A month's mean is kept to the millionth: of twelve of them so many decimals are sure, more than
#: samples with one decimal can make a difference in.
DUSTFALL = DustfallMonth.value.weighted_mean(
    by=DustfallMonth.months,
    id="pm10.dustfall",
    zh="年均降尘量",
    en="annual mean dustfall",
    of=DustfallMonth.county,
    on=DustfallMonth.month_ends,
    better="less",
).rounded(5)
#: Twelve months of 7 are 84: what is above it no month to come can mend.
TOTAL = DustfallMonth.value.sum(
    id="pm10.dustfall-total", zh="全年各月降尘量之和", en="dustfall of the year's months, added up",
    of=DustfallMonth.county, on=DustfallMonth.month_ends, better="less",
).rounded(3)  # fmt: skip
#: Shown beside the annual mean, whichever reading is taken.
WORST_MONTH = DustfallMonth.value.maximum(
    id="pm10.dustfall-worst-month",
    zh="最高月均降尘量",
    en="highest monthly dustfall",
    of=DustfallMonth.county,
    on=DustfallMonth.month_ends,
    better="less",
)

dustfall = Rule(
    id="pm10.dustfall",
    clause=_DUSTFALL,
    en="The county's mean dustfall of the year is at most 7 t a month and square kilometre.",
    subject=County,
    applies=DUSTFALL_PERIOD.takes("year"),
    requires=DUSTFALL.at_most(_LIMIT) & TOTAL.at_most("84 吨/月·平方公里"),
    # the sentence names no day: it holds in each of the plan's years
    due=during(2024, 2025),
    numbers={"全市": "2024-12-31", "平均": "2025-12-31", "降尘量": "84"},
    speaks_of={TOTAL: "84 吨/月·平方公里"},
    keeps=[{DUSTFALL: _LIMIT}],
    breaks=[{DUSTFALL: "7.000001 吨/月·平方公里"}],
)

dustfall_month = Rule(
    id="pm10.dustfall-month",
    clause=_DUSTFALL,
    en="The county's mean dustfall of every month is at most 7 t a month and square kilometre.",
    subject=DustfallMonth,
    # a month that is not over has no mean yet
    applies=DUSTFALL_PERIOD.takes("month") & DustfallMonth.month_ends.happened_after("2023-12-31"),
    requires=DustfallMonth.value.at_most(_LIMIT),
    speaks_of=on(
        "2024-02-01",
        DUSTFALL_PERIOD.read_as("month", {DustfallMonth.month_ends: "2024-01-31"}),
    ),
    keeps=[{DustfallMonth.value: _LIMIT}],
    breaks=[{DustfallMonth.value: "7.1 吨/月·平方公里"}],
)
