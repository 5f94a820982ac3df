"""一(二) 目标指标, as far as PM2.5 goes: the county's annual mean and its limits."""

from __future__ import annotations

from airplan_ambient.limits import mean_at_most
from airplan_ambient.metrics import PM25_MEAN, PM25_MEAN_WITHOUT_DUST
from airplan_core import Clause, County, Rule, Task, during
from airplan_qinyang.plan import QINYANG_2024

TASK = Task(id="1.2", heading="（二）目标指标", campaign="overall", plan=QINYANG_2024)

_TEXT = "{}年，全市空气质量PM10浓度、PM2.5浓度分别控制在{}微克/立方米、{}微克/立方米以内"
_2024 = TASK.clause(2, _TEXT.format(2024, 78, 44.5))
_2025 = TASK.clause(10, _TEXT.format(2025, 76, 44))

annual_mean = Rule(
    id="pm25.annual-mean",
    clause=_2024,
    also=(_2025,),
    en="The annual mean of PM2.5 stays within 44.5 µg/m³ in 2024 and 44 µg/m³ in 2025.",
    subject=County,
    requires=mean_at_most(
        PM25_MEAN, PM25_MEAN_WITHOUT_DUST, {2024: "44.5 µg/m³", 2025: "44 µg/m³"}
    ),
    due=during(2024, 2025),
    # one sentence carries the limits of PM10 and of PM2.5, in this order
    numbers={"78微克/立方米": None, "76微克/立方米": None},
    keeps=[{PM25_MEAN_WITHOUT_DUST: "44 µg/m³"}],
    breaks=[{PM25_MEAN_WITHOUT_DUST: "44.6 µg/m³"}, {PM25_MEAN_WITHOUT_DUST: "44.1 µg/m³"}],
)

RULES: tuple[Rule, ...] = (annual_mean,)
CLAUSES: tuple[Clause, ...] = annual_mean.clauses
