"""二(四)1 持续优化调整货物运输结构: rail spurs, road turnover, clean bulk freight."""

import datetime as dt

from airplan_core import ALWAYS, Change, County, Period, Rule, Task, by, during
from airplan_no2.interpretations import LEVEL, RAIL_AND_BULK, SECTORS_ETC
from airplan_no2.ledgers import FreightProfile, FreightTurnover, Sector, Trip
from airplan_no2.shares import BY_NEW_ENERGY, CLEAN, MONTH, OUTSIDE, tonnes
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import COM, DRC, EEB, MIIT, NR, TRA
from airplan_qinyang.interpretations import CLEAN_TRANSPORT

TASK = Task(
    id="2.4.1",
    heading="持续优化调整货物运输结构",
    campaign="no2",
    plan=QINYANG_2024,
    shared=(TRA, DRC, NR, EEB, MIIT, COM),
)

rail_spur_sites = Rule(
    id="no2.rail-spur-sites",
    clause=TASK.clause(
        3,
        "新建及迁建煤炭、矿石、焦炭等大宗货物年运量150万吨以上的工矿企业，原则上接入铁路专用线或管道",
    ),
    en="New and relocated sites that move 1.5 Mt of coal, ore or coke a year or more join a rail "
    "spur or a pipeline, in principle.",
    subject=FreightProfile,
    applies=FreightProfile.industrial
    & FreightProfile.built.among("新建", "迁建")
    & FreightProfile.bulk_freight.at_least("150 万吨/年"),
    requires=FreightProfile.rail_spur | FreightProfile.pipeline,
    speaks_of={
        FreightProfile.industrial: True,
        FreightProfile.built: "迁建",
        FreightProfile.bulk_freight: "150 万吨/年",
    },
    keeps=[
        {FreightProfile.rail_spur: True},
        {FreightProfile.rail_spur: False, FreightProfile.pipeline: True},
    ],
    breaks=[{FreightProfile.rail_spur: False, FreightProfile.pipeline: False}],
)

ROAD_SHARE = FreightTurnover.turnover.share(
    id="no2.road-share", zh="公路货物周转量占比", en="road share of freight turnover",
    of=FreightTurnover.county, on=FreightTurnover.ends_on,
    where=FreightTurnover.mode.is_("公路"), better="less",
)  # fmt: skip
ROAD_SHARE_FALL = Change(
    id="no2.road-share-fall", zh="公路货物周转量占比较2022年下降", subject=County,
    en="fall of the road share of freight turnover since 2022", better="more", share=ROAD_SHARE,
    since=Period("2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
)  # fmt: skip
road_turnover = Rule(
    id="no2.road-turnover",
    clause=TASK.clause(4, "到2025年，力争全市公路货物周转量占比较2022年下降10个百分点"),
    en="The road share of freight turnover falls by 10 percentage points from 2022 to 2025, it is "
    "striven for.",
    subject=County,
    requires=ROAD_SHARE_FALL.at_least("10 百分点"),
    due=during(2025),
    keeps=[{ROAD_SHARE_FALL: "10 百分点"}],
    breaks=[{ROAD_SHARE_FALL: "9.999999 百分点"}],
)

_BULK = TASK.clause(5, "2024年年底前，火电、煤炭等行业大宗货物清洁运输比例力争达到80%")

_CLEAN_BULK = CLEAN_TRANSPORT.choose(
    without_new_energy=CLEAN, with_new_energy=CLEAN | BY_NEW_ENERGY
)
SECTOR_CLEAN_BULK = tonnes(
    id="no2.sector-clean-bulk-share", zh="行业大宗货物清洁运输比例",
    en="the sector's clean share of bulk goods",
    where=_CLEAN_BULK,
    among=Trip.bulk & OUTSIDE
    & RAIL_AND_BULK.choose(both=ALWAYS, special=~Trip.enterprise.uses_rail_spur),
    subject=Sector, of=Trip.enterprise.enterprise.industry, last=MONTH,
)  # fmt: skip
bulk_clean_transport = Rule(
    id="no2.bulk-clean-transport",
    clause=_BULK,
    en="80 % of the bulk goods of thermal power, coal and the like are moved cleanly, it is "
    "striven for.",
    subject=Sector,
    applies=LEVEL.takes("sector")
    & (SECTORS_ETC.takes("open") | Sector.industry.among("火电", "煤炭洗选")),
    requires=SECTOR_CLEAN_BULK.at_least("80 %"),
    due=by("2024-12-31"),
    speaks_of={Sector.industry: "火电"},
    keeps=[{SECTOR_CLEAN_BULK: "80 %"}],
    breaks=[{Sector.industry: "煤炭洗选", SECTOR_CLEAN_BULK: "79.999999 %"}],
)

CLEAN_BULK = tonnes(
    id="no2.clean-bulk-share", zh="大宗货物清洁运输比例", en="clean share of bulk goods",
    among=Trip.bulk & OUTSIDE, where=_CLEAN_BULK,
    last=MONTH,
)  # fmt: skip
bulk_clean_transport_each = Rule(
    id="no2.bulk-clean-transport-each",
    clause=_BULK,
    en="Each enterprise of thermal power, coal and the like moves 80 % of its bulk goods cleanly, "
    "it is striven for.",
    subject=FreightProfile,
    applies=LEVEL.takes("enterprise")
    & (SECTORS_ETC.takes("open") | FreightProfile.enterprise.industry.among("火电", "煤炭洗选")),
    requires=CLEAN_BULK.at_least("80 %"),
    due=by("2024-12-31"),
    speaks_of=LEVEL.read_as("enterprise", {FreightProfile.enterprise.industry: "火电"}),
    keeps=[{CLEAN_BULK: "80 %"}],
    breaks=[{CLEAN_BULK: "79.999999 %"}],
)

_DECLARED = (
    TASK.clause(
        1,
        "推进大宗货物中长距离运输“公转铁”，发展公铁多式联运",
        excused="names no quantity; 2.4.1-3 to 2.4.1-5 do",
    ),
    TASK.clause(
        2,
        "加快构建“外集内配、绿色联运”的公铁联运配送体系",
        excused="a direction; nothing in it can be seen to be met",
    ),
)
