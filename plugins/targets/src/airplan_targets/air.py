"""一(二) 目标指标: concentrations, good days, heavy days, each as the plan counts it, year by year.

The PM2.5 concentration (1.2-2, 1.2-10) has a module of its own.
"""

from collections.abc import Mapping
from typing import Any

from airplan_ambient.limits import mean_at_most
from airplan_ambient.metrics import (
    GOOD_DAYS,
    GOOD_SHARE,
    GOOD_SHARE_OF_CALENDAR,
    HEAVY_DAYS,
    HEAVY_SHARE,
    HEAVY_SHARE_OF_CALENDAR,
    PM10_MEAN,
    PM10_MEAN_WITHOUT_DUST,
)
from airplan_core import Condition, County, Metric, Rule, Task, during
from airplan_qinyang import QINYANG_2024
from airplan_targets.interpretations import DENOMINATOR, SHARE_PRECISION

TASK = Task(id="1.2", heading="目标指标", campaign="overall", plan=QINYANG_2024)

CONCENTRATIONS = "{}年，全市空气质量PM10浓度、PM2.5浓度分别控制在{}微克/立方米、{}微克/立方米以内"
_GOOD = ("2024年 … 优良天数达到63.9%、234天以上", "2025年 … 优良天数比例达到66.5%、243天以上")
_HEAVY = (
    "2024年 … 重度及以上污染天数下降至1.9%、7天以内",
    "2025年 … 重度及以上污染天数比例下降至1.5%、5天以内",
)

pm10_mean = Rule(
    id="targets.pm10-annual-mean",
    clause=TASK.clause(1, CONCENTRATIONS.format(2024, 78, 44.5)),
    also=(TASK.clause(9, CONCENTRATIONS.format(2025, 76, 44)),),
    en="The annual mean of PM10 stays within 78 µg/m³ in 2024 and 76 µg/m³ in 2025.",
    subject=County,
    requires=mean_at_most(PM10_MEAN, PM10_MEAN_WITHOUT_DUST, {2024: "78 µg/m³", 2025: "76 µg/m³"}),
    due=during(2024, 2025),
    # one sentence carries the limits of PM10 and of PM2.5, in this order
    numbers={"44.5微克/立方米": None, "44微克/立方米": None},
    keeps=[{PM10_MEAN_WITHOUT_DUST: "76 µg/m³"}],
    breaks=[{PM10_MEAN_WITHOUT_DUST: "78.1 µg/m³"}, {PM10_MEAN_WITHOUT_DUST: "76.1 µg/m³"}],
)


def _share(
    valid: Metric, calendar: Metric, word: str, limits: Mapping[str | int, str]
) -> Condition:
    """A share of days, under every reading of what it is of and how it is rounded."""

    def held(metric: Metric) -> Condition:
        compare = "at_least" if word == "以上" else "at_most"
        return SHARE_PRECISION.choose(
            rounded=getattr(metric.rounded(1), compare)(limits),
            exact=getattr(metric, compare)(limits),
        )

    return DENOMINATOR.choose(valid=held(valid), calendar=held(calendar))


def _days(clauses: tuple[int, int], texts: tuple[str, str], **more: Any) -> Rule:
    first, second = (TASK.clause(number, text) for number, text in zip(clauses, texts, strict=True))
    return Rule(clause=first, also=(second,), subject=County, due=during(2024, 2025), **more)


good_share = _days(
    (3, 11),
    _GOOD,
    id="targets.good-day-share",
    en="At least 63.9 % of the days of 2024 and 66.5 % of 2025 are good.",
    requires=_share(GOOD_SHARE, GOOD_SHARE_OF_CALENDAR, "以上", {2024: "63.9 %", 2025: "66.5 %"}),
    numbers={"234天": None, "243天": None},
    keeps=[{GOOD_SHARE: "66.5 %"}],
    breaks=[{GOOD_SHARE: "63.8 %"}, {GOOD_SHARE: "66.4 %"}],
)

good_days = _days(
    (4, 12),
    _GOOD,
    id="targets.good-days",
    en="At least 234 days of 2024 and 243 of 2025 are good.",
    requires=GOOD_DAYS.at_least({2024: "234 天", 2025: "243 天"}),
    numbers={"63.9%": None, "66.5%": None},
    keeps=[{GOOD_DAYS: "243 天"}],
    breaks=[{GOOD_DAYS: "233 天"}, {GOOD_DAYS: "242 天"}],
)

heavy_share = _days(
    (5, 13),
    _HEAVY,
    id="targets.heavy-day-share",
    en="At most 1.9 % of the days of 2024 and 1.5 % of 2025 are heavily polluted or worse.",
    requires=_share(HEAVY_SHARE, HEAVY_SHARE_OF_CALENDAR, "以内", {2024: "1.9 %", 2025: "1.5 %"}),
    numbers={"7天": None, "5天": None},
    keeps=[{HEAVY_SHARE: "1.5 %"}],
    breaks=[{HEAVY_SHARE: "2 %"}, {HEAVY_SHARE: "1.6 %"}],
)

heavy_days = _days(
    (6, 14),
    _HEAVY,
    id="targets.heavy-days",
    en="At most 7 days of 2024 and 5 of 2025 are heavily polluted or worse.",
    requires=HEAVY_DAYS.at_most({2024: "7 天", 2025: "5 天"}),
    numbers={"1.9%": None, "1.5%": None},
    keeps=[{HEAVY_DAYS: "5 天"}],
    breaks=[{HEAVY_DAYS: "8 天"}, {HEAVY_DAYS: "6 天"}],
)
