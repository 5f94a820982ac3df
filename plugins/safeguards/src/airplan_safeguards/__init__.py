"""三 保障措施: the safeguards of Qinyang's plan."""

from airplan_core import Campaign
from airplan_safeguards import incentives, organisation, organisation_ledgers, units

CAMPAIGN = Campaign("safeguards", units, organisation, organisation_ledgers, incentives)
