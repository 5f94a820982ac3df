"""二(五) 深入打好臭氧污染防治攻坚战: the ozone campaign of Qinyang's plan."""

from airplan_core import Campaign
from airplan_ozone import cut_ledgers, cuts, fuel, petrol_ledgers, vapour

CAMPAIGN = Campaign("ozone", cut_ledgers, cuts, petrol_ledgers, fuel, vapour)
