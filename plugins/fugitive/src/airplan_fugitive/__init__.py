"""二(七) 深入打好无组织排放整治攻坚战: Qinyang's campaign against fugitive emissions."""

from airplan_core import Campaign
from airplan_fugitive import aggregate, key_industries, ledgers, parks

CAMPAIGN = Campaign("fugitive", ledgers, parks, aggregate, key_industries)
