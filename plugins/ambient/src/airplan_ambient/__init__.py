"""The standards of ambient air that several campaigns share: GB 3095, HJ 633, HJ 663, the index."""

from airplan_ambient import ledgers, metrics
from airplan_core import Campaign

CAMPAIGN = Campaign("ambient", ledgers, metrics)
