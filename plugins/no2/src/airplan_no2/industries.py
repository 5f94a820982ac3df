"""二(四)3 加快提升重点行业机动车清洁化水平: rail users, steel and cement, large users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airplan_core import (
    ALWAYS,
    Clause,
    Condition,
    County,
    Exempt,
    Rule,
    Strength,
    Task,
    attestation,
    by,
    during,
    until,
)
from airplan_no2.interpretations import (
    BASIS,
    LARGE_WORKS,
    MACHINES,
    PERMITTED,
    RETROFIT,
    TOGETHER,
    UNTIL_SEPTEMBER,
)
from airplan_no2.ledgers import FreightProfile, Machine, Vehicle
from airplan_no2.metrics import (
    IN_PLANT_ONLY,
    LONG_HAUL,
    MIXERS,
    OTHER_LONG_TRIPS,
    OTHER_PRODUCT_TRIPS,
    OTHER_RAW_TRIPS,
    OTHER_ROAD_TRIPS,
    RAIL_OR_NEW_ENERGY,
    RAIL_SHARE,
    RAW_CLEAN,
    RAW_SUBSTITUTION,
    SHORT_HAUL,
    WITHIN_300,
    YEARS_CLEAN_SHARE,
)
from airplan_pm25.ledgers import UltraLowRetrofit
from airplan_qinyang.departments import COM, DRC, FIN, GOA, HUC, MIIT, MSA, POST, PSB, TRA, UM
from airplan_qinyang.enterprise import CEMENT
from airplan_qinyang.plan import QINYANG_2024

TASK = Task(
    id="2.4.3",
    heading="加快提升重点行业机动车清洁化水平",
    campaign="no2",
    plan=QINYANG_2024,
    lead=(MIIT,),
    cooperating=(DRC, TRA, PSB, HUC, GOA, COM, MSA, UM, POST, FIN),
)

# 使用铁路专用线运输企业 -------------------------------------------------------------------------

_RAIL = {FreightProfile.uses_rail_spur: True}

rail_users = Rule(
    id="no2.rail-users",
    # the two that the sentence names are entered as users of a rail spur, and so are all others
    clause=TASK.clause(
        1,
        "2024年，河南晋控天庆煤化工有限责任公司、中电投沁阳发电分公司等使用铁路专用线运输企业，"
        "铁路运输比例原则上不低于85%",
        Strength.IN_PRINCIPLE,
    ),
    en="Enterprises that use a rail spur move 85 % by rail in 2024, in principle.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=RAIL_SHARE.at_least("85 %"),
    due=during(2024),
    keeps=[{**_RAIL, RAIL_SHARE: "85 %"}],
    breaks=[{**_RAIL, RAIL_SHARE: "84.999999 %"}],
)

rail_shortfall = Rule(
    id="no2.rail-shortfall",
    # the part short of 85 % is all new-energy exactly where rail and new energy make up 85 %
    clause=TASK.clause(2, "2024年 … 铁路运输达不到85%的部分，运输需全部采用新能源车辆"),
    en="What rail falls short of 85 % goes by new-energy vehicles.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=RAIL_OR_NEW_ENERGY.at_least("85 %"),
    due=during(2024),
    keeps=[{**_RAIL, RAIL_OR_NEW_ENERGY: "85 %"}],
    breaks=[{**_RAIL, RAIL_OR_NEW_ENERGY: "84.999999 %"}],
)

rail_users_clean = Rule(
    id="no2.rail-users-clean",
    clause=TASK.clause(3, "2024年 … 确保清洁运输比例不低于85%"),
    en="Their clean transport, new-energy vehicles included, makes up 85 %.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=YEARS_CLEAN_SHARE.at_least("85 %"),
    due=during(2024),
    keeps=[{**_RAIL, YEARS_CLEAN_SHARE: "85 %"}],
    breaks=[{**_RAIL, YEARS_CLEAN_SHARE: "84.999999 %"}],
)

rail_users_road = Rule(
    id="no2.rail-users-road",
    clause=TASK.clause(4, "2024年 … 其余汽车运输部分可选用国六或新能源车辆运输"),
    en="Their other road transport uses China VI or new-energy vehicles.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=PERMITTED.choose(only_these=OTHER_ROAD_TRIPS.at_most("0 车次"), also_others=ALWAYS),
    due=during(2024),
    numbers={"可选用": "0"},
    keeps=[{**_RAIL, OTHER_ROAD_TRIPS: "0 车次"}],
    breaks=[{**_RAIL, OTHER_ROAD_TRIPS: "1 车次"}],
)

# 钢铁、水泥 --------------------------------------------------------------------------------------


def _works(industry: Any) -> Condition:
    found: Condition = industry.among("钢铁", *CEMENT)
    return found


_STEEL_CEMENT = _works(FreightProfile.enterprise.industry)
_STEEL: dict[Any, Any] = {FreightProfile.enterprise.industry: "钢铁"}
_CEMENT: dict[Any, Any] = {FreightProfile.enterprise.industry: "水泥"}

ultra_low_transport = Rule(
    id="no2.ultra-low-transport",
    clause=TASK.clause(
        5, "2025年9月底前，钢铁、水泥企业力争完成清洁运输超低排放改造", Strength.STRIVE
    ),
    en="Steel and cement works complete the ultra-low retrofit of their transport, it is striven "
    "for.",
    subject=UltraLowRetrofit,
    applies=_works(UltraLowRetrofit.enterprise.industry)
    & RETROFIT.choose(both=ALWAYS, demanded=~ALWAYS),
    requires=UltraLowRetrofit.transport_on.happened(),
    due=by("2025-09-30"),
    keeps=[
        {
            UltraLowRetrofit.enterprise.industry: "钢铁",
            UltraLowRetrofit.transport_on: "2025-09-30",
        }
    ],
    breaks=[{UltraLowRetrofit.enterprise.industry: "水泥", UltraLowRetrofit.transport_on: "never"}],
)


def _preferred(id: str, number: int, text: str, en: str, **more: Any) -> Rule:
    """优先 prefers one way and leaves the others open: a recorded act, and a shortfall without."""
    clause = TASK.clause(number, text, Strength.IN_PRINCIPLE)
    return attestation(
        id, clause, FreightProfile, applies=_STEEL_CEMENT, scope=_STEEL, en=en, **more
    )  # fmt: skip


long_distance = _preferred(
    "no2.long-distance-by-rail", 6, "钢铁、水泥行业中长距离运输优先采用铁路",
    "Steel and cement works prefer rail for middle and long distances.",
)  # fmt: skip
short_distance = _preferred(
    "no2.short-distance-by-belt", 7, "短途运输优先采用封闭式皮带通廊或新能源车辆",
    "For short distances they prefer closed belts or new-energy vehicles.",
)  # fmt: skip
products_clean = _preferred(
    "no2.products-clean", 12, "产品运输优先采用清洁运输方式",
    "They prefer clean transport for their products.",
)  # fmt: skip
closed_transfer = _preferred(
    "no2.closed-transfer", 14,
    "厂内物料转运优先采用皮带通廊或封闭式螺旋输送机等密闭设备，减少厂内物料二次倒运及汽车运输量",
    "Inside the plant they prefer belts, screw conveyors and other closed equipment.",
    numbers={"二次": None},
)  # fmt: skip

raw_clean = Rule(
    id="no2.raw-clean",
    clause=TASK.clause(
        8,
        "进出企业的原燃料采用铁路、管道、管状带式输送机、皮带通廊等清洁方式运输比例不低于80%",
    ),
    also=(
        TASK.clause(9, "原燃料清洁运输比例达不到80%的部分采用新能源汽车替代"),
        TASK.clause(10, "（2025年9月底前新能源汽车替代比例不低于60%）"),
    ),
    en="80 % of raw materials and fuel move cleanly; new-energy vehicles stand in for the rest of "
    "it, for 60 % of that until the end of September 2025.",
    subject=FreightProfile,
    applies=_STEEL_CEMENT,
    requires=RAW_CLEAN.at_least("80 %")
    | UNTIL_SEPTEMBER.choose(
        floor=(RAW_SUBSTITUTION.at_least("60 %") & until("2025-09-30"))
        | RAW_SUBSTITUTION.at_least("100 %"),
        level=RAW_SUBSTITUTION.at_least("60 %") | until("2025-09-30"),
    ),
    numbers={"部分采用": "100"},
    keeps=[
        {**_STEEL, RAW_CLEAN: "80 %", RAW_SUBSTITUTION: "100 %"},
        {**_CEMENT, RAW_CLEAN: "79 %", RAW_SUBSTITUTION: "100 %", "as_of": "2025-10-01"},
        {**_CEMENT, RAW_CLEAN: "79 %", RAW_SUBSTITUTION: "60 %", "as_of": "2025-09-30"},
    ],
    breaks=[
        {**_CEMENT, RAW_CLEAN: "79 %", RAW_SUBSTITUTION: "59.999999 %", "as_of": "2025-09-30"},
        {**_CEMENT, RAW_CLEAN: "79 %", RAW_SUBSTITUTION: "99.999999 %", "as_of": "2025-10-01"},
    ],
)

raw_road = Rule(
    id="no2.raw-road",
    clause=TASK.clause(11, "其他原燃料运输全部采用新能源或国六排放标准的车辆"),
    en="All other transport of raw materials and fuel uses new-energy or China VI vehicles.",
    subject=FreightProfile,
    applies=_STEEL_CEMENT,
    requires=OTHER_RAW_TRIPS.at_most("0 车次"),
    numbers={"全部": "0"},
    keeps=[{**_STEEL, OTHER_RAW_TRIPS: "0 车次"}],
    breaks=[{**_CEMENT, OTHER_RAW_TRIPS: "1 车次"}],
)

product_road = Rule(
    id="no2.product-road",
    clause=TASK.clause(13, "汽车运输全部采用新能源或国六排放标准的车辆"),
    en="Products that go by road go by new-energy or China VI vehicles.",
    subject=FreightProfile,
    applies=_STEEL_CEMENT,
    requires=OTHER_PRODUCT_TRIPS.at_most("0 车次"),
    numbers={"全部": "0"},
    keeps=[{**_STEEL, OTHER_PRODUCT_TRIPS: "0 车次"}],
    breaks=[{**_CEMENT, OTHER_PRODUCT_TRIPS: "1 车次"}],
)

_SHUTTLE: dict[Any, Any] = {
    Vehicle.use: "厂内运输",
    Vehicle.enterprise.enterprise.industry: "水泥",
    Vehicle.new_energy: False,
    Vehicle.deregistered_on: "never",
}

in_plant_vehicles = Rule(
    id="no2.in-plant-vehicles",
    clause=TASK.clause(15, "厂内运输采用新能源车辆"),
    also=(TASK.clause(16, "（2025年9月底前可采用国六排放标准车辆）", Strength.PERMIT),),
    en="In-plant transport uses new-energy vehicles, or China VI ones until the end of September "
    "2025.",
    subject=Vehicle,
    applies=Vehicle.use.is_("厂内运输")
    & _works(Vehicle.enterprise.enterprise.industry)
    & ~Vehicle.deregistered_on.happened(),
    exempt=(
        Exempt(
            "china-6-until-september",
            "2025年9月底前可采用国六排放标准车辆",
            ~Vehicle.new_energy & Vehicle.stage.at_least("国六") & until("2025-09-30"),
        ),
    ),
    requires=Vehicle.new_energy,
    keeps=[{**_SHUTTLE, Vehicle.new_energy: True, Vehicle.stage: "国六"}],
    breaks=[
        {**_SHUTTLE, Vehicle.stage: "国六", "as_of": "2025-10-01"},
        {**_SHUTTLE, Vehicle.stage: "国五", "as_of": "2025-09-30"},
    ],
)

_FALLBACK = TASK.clause(18, "无对应产品的满足国四及以上排放标准")
_MACHINE: dict[Any, Any] = {
    Machine.enterprise.enterprise.industry: "钢铁",
    Machine.enterprise.state_owned: False,
    Machine.new_energy: False,
    Machine.left_on: "never",
}
_WORKING = (
    _works(Machine.enterprise.enterprise.industry)
    & ~Machine.left_on.happened()
    & MACHINES.choose(both=ALWAYS, special=ALWAYS, general=~Machine.enterprise.state_owned)
)

new_energy_machines = Rule(
    id="no2.new-energy-machines",
    clause=TASK.clause(17, "非道路移动机械原则上采用新能源", Strength.IN_PRINCIPLE),
    also=(_FALLBACK,),
    en="The machines of steel and cement works are new-energy in principle, unless there is no "
    "such product.",
    subject=Machine,
    applies=_WORKING,
    exempt=(Exempt("no-product", "无对应产品的", ~Machine.new_energy_available),),
    requires=Machine.new_energy,
    keeps=[{**_MACHINE, Machine.new_energy: True, Machine.new_energy_available: True}],
    breaks=[{**_MACHINE, Machine.new_energy_available: True}],
)

_NONE: dict[Any, Any] = {**_MACHINE, Machine.new_energy_available: False}

#: The exception within the exception: who may do without new energy may do with 国三 for a while.
fallback_machines = Rule(
    id="no2.fallback-machines",
    clause=_FALLBACK,
    also=(TASK.clause(19, "（2025年9月底前可采用国三排放标准非道路移动机械）", Strength.PERMIT),),
    en="Machines for which there is no new-energy product are of stage IV or higher, or of stage "
    "III until the end of September 2025.",
    subject=Machine,
    applies=_WORKING & ~Machine.new_energy & ~Machine.new_energy_available,
    exempt=(
        Exempt(
            "stage-3-until-september",
            "2025年9月底前可采用国三排放标准非道路移动机械",
            Machine.stage.is_("国三") & until("2025-09-30"),
        ),
    ),
    requires=Machine.stage.at_least("国四"),
    keeps=[{**_NONE, Machine.stage: "国四", "as_of": "2025-10-01"}],
    breaks=[
        {**_NONE, Machine.stage: "国三", "as_of": "2025-10-01"},
        {**_NONE, Machine.stage: "国二", "as_of": "2025-09-30"},
    ],
)

# 年运量100万吨以上重点行业企业 --------------------------------------------------------------------

_LARGE = (
    FreightProfile.key_industry
    & FreightProfile.freight_in.plus(FreightProfile.freight_out).at_least("100 万吨/年")
    & LARGE_WORKS.choose(both=ALWAYS, special=~_STEEL_CEMENT)
)
_USER: dict[Any, Any] = {
    FreightProfile.key_industry: True,
    FreightProfile.enterprise.industry: "化工",
    FreightProfile.freight_in: "60 万吨/年",
    FreightProfile.freight_out: "40 万吨/年",
}
_STAGES: Mapping[str | int, str] = {
    "2024-09-30": "30 %",
    "2024-12-31": "60 %",
    "2025-12-31": "100 %",
}


def _staged(basis: str) -> Condition:
    each = IN_PLANT_ONLY[basis].at_least(_STAGES) & WITHIN_300[basis].at_least(_STAGES)
    return TOGETHER.choose(together=SHORT_HAUL[basis].at_least(_STAGES), each=each)


_TONNES = SHORT_HAUL["tonnes"]

short_haul = Rule(
    id="no2.short-haul",
    clause=TASK.clause(
        20,
        "2024年9月底前，全市年运输量100万吨以上（含运入、运出）重点行业企业厂区内部运输和公路运输300公里"
        "以内的新能源车辆替代比例力争达到30%",
        Strength.STRIVE,
    ),
    also=(
        TASK.clause(21, "2024年年底前力争达到60%", Strength.STRIVE),
        TASK.clause(22, "2025年年底前力争达到100%", Strength.STRIVE),
    ),
    en="Key-industry enterprises of 1 Mt a year or more strive for new energy in the plant and by "
    "road up to 300 km: 30 %, 60 %, 100 %.",
    subject=FreightProfile,
    applies=_LARGE,
    requires=BASIS.choose(**{basis: _staged(basis) for basis in SHORT_HAUL}),
    due=by(*map(str, _STAGES)),
    keeps=[
        {**_USER, _TONNES: "100 %"},
        {**_USER, _TONNES: "30 %", "as_of": "2024-09-30"},
    ],
    breaks=[
        {**_USER, _TONNES: "29.999999 %", "as_of": "2024-10-01"},
        {**_USER, _TONNES: "59.999999 %", "as_of": "2025-01-01"},
        {**_USER, _TONNES: "99.999999 %", "as_of": "2026-01-01"},
    ],
)

#: The subject stands before the semicolon: the same enterprises.
_SAME = "年运输量100万吨以上（含运入、运出）重点行业企业 … 公路运输300公里以上的运输车辆"

long_haul_china_6 = Rule(
    id="no2.long-haul-china-6",
    clause=TASK.clause(
        23,
        f"{_SAME}，2024年年底前除使用新能源车辆外，其余车辆力争全部达到国六及以上排放标准要求",
        Strength.STRIVE,
    ),
    en="Beyond 300 km, what is not new-energy is China VI or higher, it is striven for.",
    subject=FreightProfile,
    applies=_LARGE,
    requires=OTHER_LONG_TRIPS.at_most("0 车次"),
    due=by("2024-12-31"),
    numbers={"全部": "0"},
    keeps=[{**_USER, OTHER_LONG_TRIPS: "0 车次"}],
    breaks=[{**_USER, OTHER_LONG_TRIPS: "1 车次"}],
)

long_haul = Rule(
    id="no2.long-haul",
    clause=TASK.clause(
        24,
        f"{_SAME} … 2025年年底前新能源车辆替代比例力争达到90%以上（特种车辆除外）",
        Strength.STRIVE,
    ),
    en="Beyond 300 km, 90 % is new-energy, it is striven for; special-purpose vehicles apart.",
    subject=FreightProfile,
    applies=_LARGE,
    requires=BASIS.choose(**{basis: one.at_least("90 %") for basis, one in LONG_HAUL.items()}),
    due=by("2025-12-31"),
    keeps=[{**_USER, LONG_HAUL["tonnes"]: "90 %"}],
    breaks=[{**_USER, LONG_HAUL["tonnes"]: "89.999999 %"}],
)

mixers = Rule(
    id="no2.mixers",
    clause=TASK.clause(
        25, "2024年年底前，商砼车新能源车辆替代比例力争达到60%以上", Strength.STRIVE
    ),
    also=(TASK.clause(26, "2025年年底前力争达到100%", Strength.STRIVE),),
    en="60 %, then 100 % of the concrete mixers are new-energy, it is striven for.",
    subject=County,
    requires=MIXERS.at_least({"2024-12-31": "60 %", "2025-12-31": "100 %"}),
    due=by("2024-12-31", "2025-12-31"),
    keeps=[{MIXERS: "100 %"}, {MIXERS: "60 %", "as_of": "2025-01-01"}],
    breaks=[
        {MIXERS: "59.999999 %", "as_of": "2025-01-01"},
        {MIXERS: "99.999999 %", "as_of": "2026-01-01"},
    ],
)

RULES: tuple[Rule, ...] = (
    rail_users, rail_shortfall, rail_users_clean, rail_users_road, ultra_low_transport,
    long_distance, short_distance, raw_clean, raw_road, products_clean, product_road,
    closed_transfer, in_plant_vehicles, new_energy_machines, fallback_machines, short_haul,
    long_haul_china_6, long_haul, mixers,
)  # fmt: skip
CLAUSES: tuple[Clause, ...] = tuple(dict.fromkeys(c for rule in RULES for c in rule.clauses))
