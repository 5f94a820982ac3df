"""二(五) 深入打好臭氧污染防治攻坚战: the ozone campaign of Qinyang's plan."""

from airplan_core import Campaign
from airplan_ozone import abnormal, clusters, end_of_pipe, ldar, ldar_ledgers, ledgers

CAMPAIGN = Campaign("ozone", ledgers, clusters, end_of_pipe, abnormal, ldar_ledgers, ldar)
