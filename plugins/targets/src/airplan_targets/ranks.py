"""一(二) 目标指标: the county leaves the last 15 of 103, every township the last 3 of 63."""

from itertools import product
from typing import Any

from airplan_ambient.metrics import places_behind
from airplan_core import Condition, County, Rule, Statistic, during
from airplan_qinyang.towns import Township
from airplan_targets.air import TASK
from airplan_targets.interpretations import RANK_FROM, RANK_LEVEL, RANK_PERIOD

#: The lists, as the ledger `place_period` names them.
COUNTIES, TOWNSHIPS = "全省县市", "焦作市乡镇街道"

#: A reading of each question by what it makes of the metric: name of the reading, words for it.
_MONTHLY = (("year", "", "", ""), ("month", "-monthly", "（各月最少）", ", least of the months"))
_LEVEL = (("from_end", "", "", ""), ("from_front", "-or-level", "（含并列）", " or level"))
_FIXED = (("end", "", "", ""), ("fixed", "-of-all", "（按固定名次）", " of the plan's number"))


def _behind(id: str, zh: str, en: str, *of: Any) -> dict[tuple[str, str, str], Statistic]:
    """How many places are behind, by the reading of each of the three questions."""
    return {
        (period[0], level[0], number[0]): places_behind(
            f"targets.{id}" + period[1] + level[1] + number[1],
            zh + period[2] + level[2] + number[2],
            en + level[3] + number[3] + period[3],
            *of,
            monthly=period[0] == "month",
            level=level[0] == "from_front",
            fixed=number[0] == "fixed",
        )
        for period, level, number in product(_MONTHLY, _LEVEL, _FIXED)
    }


def _at_least(behind: dict[tuple[str, str, str], Statistic], places: str) -> Condition:
    """So many are behind, by the readings taken."""

    def period(level: str, number: str) -> Condition:
        return RANK_PERIOD.each(
            {name: behind[name, level, number].at_least(places) for name, *_ in _MONTHLY}
        )

    def level(number: str) -> Condition:
        return RANK_LEVEL.each({name: period(name, number) for name, *_ in _LEVEL})

    return RANK_FROM.each({name: level(name) for name, *_ in _FIXED})


_COUNTIES = _behind(
    "counties-behind", "综合指数排名在其后的县市数", "counties ranked behind", County, COUNTIES, 103
)
_TOWNSHIPS = _behind(
    "townships-behind", "空气质量排名在其后的乡镇街道数", "townships ranked behind", Township,
    TOWNSHIPS, 63,
)  # fmt: skip
_DEFAULT = ("year", "from_end", "end")
COUNTIES_BEHIND, TOWNSHIPS_BEHIND = _COUNTIES[_DEFAULT], _TOWNSHIPS[_DEFAULT]

_COUNTY = "{}年 … 综合指数排名退出全省103个县市中考核排名后15位"
_TOWNSHIP = "{}年 … 各乡（镇）街道环境空气质量排名退出焦作市63个乡（镇）街道办中考核排名后3位"

county_rank = Rule(
    id="targets.county-rank",
    clause=TASK.clause(7, _COUNTY.format(2024)),
    also=(TASK.clause(15, _COUNTY.format(2025)),),
    en="Of the province's 103 counties at least 15 rank behind by the composite index.",
    subject=County,
    # outside the last 15 is to have 15 behind oneself
    requires=_at_least(_COUNTIES, "15 位"),
    due=during(2024, 2025),
    numbers={"103个": None},
    keeps=[{COUNTIES_BEHIND: "15 位"}],
    breaks=[{COUNTIES_BEHIND: "14 位"}],
)

township_rank = Rule(
    id="targets.township-rank",
    clause=TASK.clause(8, _TOWNSHIP.format(2024)),
    also=(TASK.clause(16, _TOWNSHIP.format(2025)),),
    en="Of Jiaozuo's 63 townships at least 3 rank behind each of the county's.",
    subject=Township,
    requires=_at_least(_TOWNSHIPS, "3 位"),
    due=during(2024, 2025),
    numbers={"63个": None},
    keeps=[{TOWNSHIPS_BEHIND: "3 位"}],
    breaks=[{TOWNSHIPS_BEHIND: "2 位"}],
)
