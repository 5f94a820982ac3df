"""二(二) 深入打好PM10污染防治攻坚战: the PM10 campaign of Qinyang's plan, task by task."""

from airplan_core import Campaign
from airplan_pm10 import cleaning, greening, ledgers, roadside, sites, stockyards

CAMPAIGN = Campaign("pm10", ledgers, sites, cleaning, roadside, stockyards, greening)
