"""二(八) 深入打好重污染天气应急应对攻坚战: the heavy-pollution campaign of Qinyang's plan."""

from airplan_core import Campaign
from airplan_emergency import (
    alerts,
    hot_spots,
    measure_ledgers,
    measures,
    now,
    promotion,
    spot_ledgers,
    straw,
    straw_ledgers,
    transport,
    transport_ledgers,
)

CAMPAIGN = Campaign(
    "emergency",
    alerts,
    promotion,
    measure_ledgers,
    measures,
    transport_ledgers,
    transport,
    now,
    straw_ledgers,
    straw,
    spot_ledgers,
    hot_spots,
)
