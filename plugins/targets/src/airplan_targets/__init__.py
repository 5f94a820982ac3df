"""一(二) 目标指标: the targets of Qinyang's plan, and the sentences that lead up to them."""

from airplan_core import Campaign
from airplan_targets import air, ledgers, pm25, preamble, ranks, structure

CAMPAIGN = Campaign("targets", ledgers, preamble, air, pm25, ranks, structure)
