"""Qinyang's air-quality plan of 2024-2025: what its chapters share, and no rule."""

from airplan_core import Campaign
from airplan_qinyang import enterprise, grades, parks, sites, stockyards, towns, works
from airplan_qinyang.enterprise import Enterprise
from airplan_qinyang.plan import QINYANG_2024

__all__ = ["CAMPAIGN", "QINYANG_2024", "Enterprise"]

CAMPAIGN = Campaign("qinyang", enterprise, grades, parks, works, sites, stockyards, towns)
