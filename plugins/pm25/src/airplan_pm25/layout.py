"""二(一)1 持续优化产业布局: zoning, and no new chemical parks."""

from airplan_core import Count, County, Rule, Task, attestation
from airplan_pm25.ledgers import Project
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, HUC, MIIT
from airplan_qinyang.parks import ChemicalPark

TASK = Task(
    id="2.1.1",
    heading="持续优化产业布局",
    campaign="pm25",
    plan=QINYANG_2024,
    shared=(EEB, MIIT, DRC, HUC),
)

zoning = Rule(
    id="pm25.zoning-list",
    clause=TASK.clause(1, "严格落实“三线一单”生态环境分区管控要求"),
    en="Every project conforms to the zoning list.",
    subject=Project,
    requires=Project.zoning_conforms,
    keeps=[{Project.zoning_conforms: True}],
    breaks=[{Project.zoning_conforms: False}],
)

zoning_applied = attestation(
    "pm25.zoning-applied",
    TASK.clause(2, "加强“三线一单”成果在政策制定、环境准入、园区管理、执法监管等方面的应用"),
    en="The zoning results are applied in policy, approval, parks and enforcement.",
)

NEW_PARKS = Count(
    id="pm25.new-chemical-parks", zh="新增化工园区数", en="chemical parks added", unit="个",
    of=ChemicalPark.county, where=ChemicalPark.newly_added, better="less",
)  # fmt: skip

no_new_chemical_park = Rule(
    id="pm25.no-new-chemical-park",
    clause=TASK.clause(3, "全市原则上不再新增化工园区"),
    en="In principle no chemical park is added.",
    subject=County,
    requires=NEW_PARKS.at_most("0 个"),
    keeps=[{NEW_PARKS: "0 个"}],
    breaks=[{NEW_PARKS: "1 个"}],
    numbers={"不再": "0"},
)
