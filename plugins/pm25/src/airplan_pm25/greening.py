"""二(一)4-5 绿色化、清洁化改造 and 重点区域企业搬迁: listings to win, works to move."""

from airplan_core import Count, County, Rule, Task, attestation, during
from airplan_pm25.interpretations import GREENED_ETC
from airplan_pm25.ledgers import GreenListing
from airplan_qinyang import QINYANG_2024, Enterprise
from airplan_qinyang.departments import DRC, EEB, EM, MIIT
from airplan_qinyang.enterprise import BUILDING_MATERIALS

TASK_4 = Task(
    id="2.1.4",
    heading="大力推进绿色化、清洁化改造",
    campaign="pm25",
    plan=QINYANG_2024,
    lead=(MIIT,),
    cooperating=(EEB, DRC),
)
TASK_5 = Task(
    id="2.1.5",
    heading="推进重点区域企业搬迁",
    campaign="pm25",
    plan=QINYANG_2024,
    shared=(EEB, EM, MIIT, DRC),
)

NEW_LISTINGS = Count(
    id="pm25.new-green-listings",
    zh="新创绿色制造名单数",
    en="new green-manufacturing listings",
    unit="个",
    of=GreenListing.county,
    on=GreenListing.listed_on,
    better="more",
)

_GREENED = ("钢铁", "煤化工", "铝加工", *BUILDING_MATERIALS)

cleaner_processes = attestation(
    "pm25.cleaner-processes",
    TASK_4.clause(
        1,
        "推进钢铁、煤化工、水泥、铝加工、玻璃、耐火材料、建材等产业绿色、减量、提质发展，开展全流程"
        "清洁化、循环化、低碳化改造",
    ),
    Enterprise,
    applies=GREENED_ETC.takes("open") | Enterprise.industry.among(*_GREENED),
    speaks_of={Enterprise.industry: "铝加工"},
    en="Seven industries rebuild their whole process to be cleaner, circular and low in carbon.",
)

#: 1个 without a comparator is read as at least one (I-57).
listings = tuple(
    Rule(
        id=f"pm25.green-listing-{year}",
        clause=TASK_4.clause(number, f"{year}年，新创绿色制造名单1个"),
        en=f"One green-manufacturing listing is won in {year}.",
        subject=County,
        requires=NEW_LISTINGS.at_least("1 个"),
        due=during(year),
        keeps=[{NEW_LISTINGS: "1 个"}],
        breaks=[{NEW_LISTINGS: "0 个"}],
    )
    for number, year in ((2, 2024), (3, 2025))
)

relocation_scheme = attestation(
    "pm25.relocation-scheme",
    TASK_5.clause(1, "要研究制定城区污染排放企业退城入园计划和实施方案"),
    en="A plan and a scheme are drawn up for moving polluting works out of the city into parks.",
)

relocation_published = attestation(
    "pm25.relocation-published",
    # 定期 names no interval: what is recorded is that it was published as required
    TASK_5.clause(2, "按相关要求在政府门户网站定期公布搬迁改造企业进展情况，接受社会监督"),
    en="The progress of works to be moved is published on the government's site.",
)
