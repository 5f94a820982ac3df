"""二(一)2, its last two sentences: which boilers may still be built, and where."""

from __future__ import annotations

from airplan_core import Clause, Exempt, Rule, Strength
from airplan_pm25.interpretations import HEATING_BOILERS
from airplan_pm25.ledgers import Boiler
from airplan_pm25.projects import TASK

no_coal_or_biomass_boiler = Rule(
    id="pm25.no-new-coal-or-biomass-boiler",
    clause=TASK.clause(11, "禁止新建除集中供热外的燃煤、燃生物质锅炉"),
    en="No coal or biomass boiler is newly built, except for central heating.",
    subject=Boiler,
    applies=Boiler.new_build,
    requires=~Boiler.fuel.among("燃煤", "生物质"),
    exempt=(Exempt("central heating", "除集中供热外", Boiler.central_heating),),
    keeps=[
        {Boiler.new_build: True, Boiler.fuel: "天然气", Boiler.central_heating: False},
    ],
    breaks=[
        {Boiler.new_build: True, Boiler.fuel: "燃煤", Boiler.central_heating: False},
        {Boiler.new_build: True, Boiler.fuel: "生物质", Boiler.central_heating: False},
    ],
)

no_boiler_in_heating_area = Rule(
    id="pm25.no-new-boiler-in-heating-area",
    clause=TASK.clause(
        12,
        "原则上禁止在集中供热覆盖范围内新建锅炉（备用天然气锅炉除外）",
        Strength.IN_PRINCIPLE,
    ),
    en="In principle no boiler is newly built where central heating reaches; standby gas excepted.",
    subject=Boiler,
    applies=HEATING_BOILERS.choose(
        exempt=Boiler.new_build & ~Boiler.central_heating, banned=Boiler.new_build
    ),
    requires=~Boiler.in_heating_area,
    exempt=(
        Exempt(
            "standby gas boiler",
            "备用天然气锅炉除外",
            Boiler.standby & Boiler.fuel.is_("天然气"),
        ),
    ),
    keeps=[
        {
            Boiler.new_build: True,
            Boiler.in_heating_area: False,
            Boiler.standby: False,
            Boiler.central_heating: False,
        }
    ],
    breaks=[
        {
            Boiler.new_build: True,
            Boiler.in_heating_area: True,
            Boiler.standby: False,
            Boiler.central_heating: False,
            Boiler.fuel: "天然气",
        },
        {
            Boiler.new_build: True,
            Boiler.in_heating_area: True,
            Boiler.standby: True,
            Boiler.central_heating: False,
            Boiler.fuel: "燃油",
        },
    ],
)

RULES: tuple[Rule, ...] = (no_coal_or_biomass_boiler, no_boiler_in_heating_area)
CLAUSES: tuple[Clause, ...] = tuple(rule.clause for rule in RULES)
