"""二(八) 深入打好重污染天气应急应对攻坚战: the heavy-pollution campaign of Qinyang's plan."""

from airplan_core import Campaign
from airplan_emergency import alerts, hot_spots, spot_ledgers, straw, straw_ledgers

CAMPAIGN = Campaign("emergency", alerts, straw, straw_ledgers, hot_spots, spot_ledgers)
