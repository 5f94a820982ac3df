"""二(七)1 加强工业园区无组织排放管控: the zone's scheme, and the key industries in the park."""

from airplan_core import Rule, Task, attestation
from airplan_fugitive.interpretations import INDUSTRIES_ETC
from airplan_fugitive.ledgers import FugitiveProfile
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, ETDZ, MIIT
from airplan_qinyang.enterprise import BUILDING_MATERIALS, CHEMICAL

TASK = Task(
    id="2.7.1",
    heading="加强工业园区无组织排放管控",
    campaign="fugitive",
    plan=QINYANG_2024,
    shared=(ETDZ, MIIT, EEB),
)

scheme = attestation(
    "fugitive.park-scheme",
    # the sentence names who makes it, as 经济技术开发区
    TASK.clause(
        1,
        "经济技术开发区制定并严格落实工业园区无组织排放整治方案",
        lead=(ETDZ,),
        shared=(MIIT, EEB),
    ),
    parts=("制定", "严格落实"),
    numbers={"制定并严格落实": "2"},
    en="The development zone makes a scheme against fugitive emissions in the park, and strictly "
    "carries it out.",
)

#: 水泥 is one of the building materials.
_NAMED = FugitiveProfile.enterprise.industry.among("火电", *CHEMICAL, "炭素", *BUILDING_MATERIALS)

treated = Rule(
    id="fugitive.park-industries-treated",
    clause=TASK.clause(
        2, "对园区内电力、化工、炭素、水泥、建材等重点行业，按要求开展无组织排放治理"
    ),
    en="Power, chemical, carbon, cement and building-material works in the park treat their "
    "fugitive emission as required.",
    subject=FugitiveProfile,
    applies=FugitiveProfile.in_park
    & (_NAMED | (INDUSTRIES_ETC.takes("open") & FugitiveProfile.key)),
    requires=FugitiveProfile.treated,
    speaks_of={FugitiveProfile.in_park: True, FugitiveProfile.enterprise.industry: "炭素"},
    keeps=[{FugitiveProfile.treated: True}],
    breaks=[{FugitiveProfile.treated: False}],
)

precisely = TASK.clause(
    3,
    "切实把无组织排放污染管控工作精准落实到各个环节，有效减少污染物排放量，精准防治高值热点",
    excused="what the two sentences before it are for: it names no link, no amount and no hotspot",
)
