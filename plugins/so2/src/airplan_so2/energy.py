"""二(三)1 大力发展清洁能源: directions, and what two sentences encourage."""

from airplan_core import Task, attestation
from airplan_qinyang import QINYANG_2024, Enterprise
from airplan_qinyang.departments import DRC, EEB, GRID, MIIT

TASK = Task(
    id="2.3.1",
    heading="大力发展清洁能源",
    campaign="so2",
    plan=QINYANG_2024,
    lead=(DRC,),
    cooperating=(MIIT, EEB, GRID),
)

_DIRECTION = "a direction; it names no act, quantity or day by which it could be seen to be met"

building_solar = attestation(
    "so2.building-integrated-solar",
    TASK.clause(4, "鼓励工商业用户采用建筑光伏一体化技术"),
    # it is the users who are encouraged
    Enterprise,
    en="Industrial and commercial users are encouraged to build solar cells into their buildings.",
)
distributed_solar = attestation(
    "so2.distributed-solar",
    TASK.clause(5, "鼓励推广分布式光伏发电"),
    en="Distributed photovoltaics are encouraged.",
)

_DECLARED = (
    TASK.clause(
        1,
        "加快构建多元互补、清洁低碳、安全高效的能源体系，促进传统能源与可再生能源的协同开发利用",
        excused=_DIRECTION,
    ),
    TASK.clause(
        2,
        "加快发展风电、光伏发电、氢能利用、地热等可再生能源，有序推进风电项目建设",
        excused=_DIRECTION,
    ),
    TASK.clause(3, "加大新能源光伏电站建设力度", excused=_DIRECTION),
    TASK.clause(
        6,
        "推进生物质热电联产项目，加大地热资源开发力度",
        excused=f"{_DIRECTION}; what boilers may burn biomass is 2.1.2-11's (I-16)",
    ),
    TASK.clause(
        7,
        "积极推进氢能综合开发利用，培育氢能产储运用全产业链，逐步实现产业化发展、多元化应用",
        excused=_DIRECTION,
    ),
)
