"""二(一) 深入打好PM2.5污染防治攻坚战: the PM2.5 campaign of Qinyang's plan, task by task."""

from airplan_core import Campaign
from airplan_pm25 import (
    capacity,
    facilities,
    greening,
    layout,
    ledgers,
    projects,
    retrofit,
    treatment,
)

CAMPAIGN = Campaign(
    "pm25", ledgers, layout, projects, capacity, greening, retrofit, treatment, facilities
)
