"""一(二) 目标指标: the county leaves the last 15 of 103, every township the last 3 of 63."""

from airplan_ambient.metrics import places_behind
from airplan_core import County, Rule, during
from airplan_targets.air import TASK
from airplan_targets.interpretations import RANK_PERIOD
from airplan_targets.ledgers import Township

#: The lists, as the ledger `place_period` names them.
COUNTIES, TOWNSHIPS = "全省县市", "焦作市乡镇街道"

COUNTIES_BEHIND, COUNTIES_BEHIND_MONTHLY = (
    places_behind(
        f"targets.counties-behind{suffix}", f"综合指数排名在其后的县市数{zh}",
        f"counties ranked behind{en}", County, COUNTIES, 103, monthly=bool(suffix),
    )
    for suffix, zh, en in (("", "", ""), ("-monthly", "（各月最少）", ", least of the months"))
)  # fmt: skip
TOWNSHIPS_BEHIND, TOWNSHIPS_BEHIND_MONTHLY = (
    places_behind(
        f"targets.townships-behind{suffix}", f"空气质量排名在其后的乡镇街道数{zh}",
        f"townships ranked behind{en}", Township, TOWNSHIPS, 63, monthly=bool(suffix),
    )
    for suffix, zh, en in (("", "", ""), ("-monthly", "（各月最少）", ", least of the months"))
)  # fmt: skip

_COUNTY = "{}年 … 综合指数排名退出全省103个县市中考核排名后15位"
_TOWNSHIP = "{}年 … 各乡（镇）街道环境空气质量排名退出焦作市63个乡（镇）街道办中考核排名后3位"

county_rank = Rule(
    id="targets.county-rank",
    clause=TASK.clause(7, _COUNTY.format(2024)),
    also=(TASK.clause(15, _COUNTY.format(2025)),),
    en="Of the province's 103 counties at least 15 rank behind by the composite index.",
    subject=County,
    # outside the last 15 is to have 15 behind oneself
    requires=RANK_PERIOD.choose(
        year=COUNTIES_BEHIND.at_least("15 位"), month=COUNTIES_BEHIND_MONTHLY.at_least("15 位")
    ),
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
    requires=RANK_PERIOD.choose(
        year=TOWNSHIPS_BEHIND.at_least("3 位"), month=TOWNSHIPS_BEHIND_MONTHLY.at_least("3 位")
    ),
    due=during(2024, 2025),
    numbers={"63个": None},
    keeps=[{TOWNSHIPS_BEHIND: "3 位"}],
    breaks=[{TOWNSHIPS_BEHIND: "2 位"}],
)
