"""二(五) 深入打好臭氧污染防治攻坚战: the ozone campaign of Qinyang's plan."""

from airplan_core import Campaign
from airplan_ozone import (
    abnormal,
    clusters,
    cut_ledgers,
    cuts,
    end_of_pipe,
    fuel,
    ldar,
    ldar_ledgers,
    leak,
    ledgers,
    petrol_ledgers,
    vapour,
)

CAMPAIGN = Campaign(
    "ozone", leak, ledgers, clusters, end_of_pipe, abnormal, cut_ledgers, cuts, petrol_ledgers,
    fuel, vapour, ldar_ledgers, ldar,
)  # fmt: skip
