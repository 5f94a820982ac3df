"""二(三) 深入打好二氧化硫污染防治攻坚战 and annexes 1-3: the SO2 campaign of Qinyang's plan."""

from airplan_core import Campaign
from airplan_so2 import (
    annex_1,
    annex_2,
    annex_3,
    annex_ledgers,
    annexes,
    coal,
    energy,
    farming,
    heating,
    high_values,
    ledgers,
    scattered_coal,
    sulphur,
)

CAMPAIGN = Campaign(
    "so2", ledgers, high_values, energy, coal, heating, scattered_coal, sulphur, farming,
    annex_ledgers, annexes, annex_1, annex_2, annex_3,
)  # fmt: skip
