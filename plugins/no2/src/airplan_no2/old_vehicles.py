"""二(四)4 积极推动老旧车辆淘汰: old stages off the road, and compulsory scrapping."""

from airplan_core import Rule, Task, attestation, by
from airplan_no2.interpretations import OLD_VEHICLES
from airplan_no2.ledgers import Vehicle
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import COM, EEB, FIN, MIIT, PSB, TRA
from airplan_qinyang.interpretations import SCHEME_DATE

TASK = Task(
    id="2.4.4",
    heading="积极推动老旧车辆淘汰",
    campaign="no2",
    plan=QINYANG_2024,
    shared=(PSB, TRA, COM, MIIT, FIN, EEB),
)

targets = attestation(
    "no2.old-vehicle-targets",
    TASK.clause(1, "制定老旧车辆淘汰目标及实施计划"),
    due=by("2025-12-31"),
    dated=SCHEME_DATE.takes("sentence"),
    numbers={"计划": "2025-12-31"},
    en="Targets and a plan for taking old vehicles off the road are drawn up.",
)

_TEXT = "2025年年底前，淘汰国三及以下排放标准汽车和国四柴油、燃气汽车"
_SCOPE = OLD_VEHICLES.takes("every") | Vehicle.due_for_scrapping

stage_3 = Rule(
    id="no2.stage-3-vehicles",
    clause=TASK.clause(2, _TEXT),
    en="Vehicles of stage III and below, of any fuel, are off the road.",
    subject=Vehicle,
    # 淘汰 is read as deregistered: the vehicle is no longer on the county's books
    applies=~Vehicle.new_energy & Vehicle.stage.at_most("国三") & _SCOPE,
    requires=Vehicle.deregistered_on.happened(),
    due=by("2025-12-31"),
    speaks_of={Vehicle.new_energy: False, Vehicle.stage: "国三"},
    keeps=[{Vehicle.deregistered_on: "2025-12-31"}],
    breaks=[{Vehicle.deregistered_on: "never"}],
)

stage_4 = Rule(
    id="no2.stage-4-vehicles",
    clause=TASK.clause(3, _TEXT),
    en="Diesel and gas vehicles of stage IV are off the road.",
    subject=Vehicle,
    applies=~Vehicle.new_energy
    & Vehicle.stage.is_("国四")
    & Vehicle.fuel.among("柴油", "燃气")
    & _SCOPE,
    requires=Vehicle.deregistered_on.happened(),
    due=by("2025-12-31"),
    speaks_of={Vehicle.new_energy: False, Vehicle.stage: "国四", Vehicle.fuel: "柴油"},
    keeps=[{Vehicle.deregistered_on: "2025-12-31"}],
    breaks=[
        {Vehicle.deregistered_on: "never"},
        {Vehicle.fuel: "燃气", Vehicle.deregistered_on: "never"},
    ],
)

scrapping = Rule(
    id="no2.compulsory-scrapping",
    clause=TASK.clause(
        4,
        "严格执行机动车强制报废标准规定，符合强制报废情形的，交报废机动车回收企业按规定回收拆解",
    ),
    en="Vehicles due for scrapping are handed to a licensed recycler.",
    subject=Vehicle,
    applies=Vehicle.due_for_scrapping,
    requires=Vehicle.recycled,
    speaks_of={Vehicle.due_for_scrapping: True},
    keeps=[{Vehicle.recycled: True}],
    breaks=[{Vehicle.recycled: False}],
)
