"""一(二) 目标指标, as far as PM2.5 goes: the county's annual mean and its limits."""

from airplan_ambient.limits import mean_at_most
from airplan_ambient.metrics import PM25_MEAN, PM25_MEAN_WITHOUT_DUST
from airplan_core import County, Rule, during
from airplan_targets.air import CONCENTRATIONS, TASK

annual_mean = Rule(
    id="pm25.annual-mean",
    clause=TASK.clause(2, CONCENTRATIONS.format(2024, 78, 44.5)),
    also=(TASK.clause(10, CONCENTRATIONS.format(2025, 76, 44)),),
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
