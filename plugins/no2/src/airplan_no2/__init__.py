"""二(四) 深入打好二氧化氮污染防治攻坚战: the NO2 campaign of Qinyang's plan, task by task."""

from airplan_core import Campaign
from airplan_no2 import (
    freight,
    industries,
    large_users,
    ledgers,
    new_energy,
    old_vehicles,
    roads,
    supervision,
)

CAMPAIGN = Campaign(
    "no2", ledgers, freight, new_energy, industries, large_users, old_vehicles, supervision, roads
)
