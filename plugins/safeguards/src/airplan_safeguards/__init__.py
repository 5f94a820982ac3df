"""三 保障措施: the safeguards of Qinyang's plan."""

from airplan_core import Campaign
from airplan_safeguards import units

CAMPAIGN = Campaign("safeguards", units)
