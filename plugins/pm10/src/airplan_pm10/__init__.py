"""二(二) 深入打好PM10污染防治攻坚战: the PM10 campaign of Qinyang's plan, task by task."""

from airplan_core import Campaign

CAMPAIGN = Campaign("pm10")
