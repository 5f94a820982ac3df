"""二(六) 深入打好一氧化碳污染防治攻坚战: the CO campaign of Qinyang's plan."""

from airplan_co import ledgers, management
from airplan_core import Campaign

CAMPAIGN = Campaign("co", ledgers, management)
