"""二(七) 深入打好无组织排放整治攻坚战: the campaign against fugitive emissions of Qinyang's plan."""

from airplan_core import Campaign

CAMPAIGN = Campaign("fugitive")
