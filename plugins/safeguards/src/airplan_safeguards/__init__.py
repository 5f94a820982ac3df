"""三 保障措施: the safeguards of Qinyang's plan."""

from airplan_core import Campaign
from airplan_safeguards import (
    deduction_ledgers,
    deduction_listing,
    deductions,
    dispatch,
    dispatch_ledgers,
    enforcement,
    enforcement_ledgers,
    incentives,
    organisation,
    organisation_ledgers,
    publicity,
    publicity_ledgers,
    units,
)

CAMPAIGN = Campaign(
    "safeguards",
    units,
    organisation,
    organisation_ledgers,
    incentives,
    dispatch,
    dispatch_ledgers,
    deductions,
    deduction_ledgers,
    deduction_listing,
    enforcement,
    enforcement_ledgers,
    publicity,
    publicity_ledgers,
)
