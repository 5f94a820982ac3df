"""二(四)3 加快提升重点行业机动车清洁化水平: rail users, steel and cement."""

from airplan_core import Exempt, Rule, Strength, Task, attestation, by, during, named, on, until
from airplan_no2.interpretations import MACHINES, PERMITTED, RETROFIT, UNTIL_SEPTEMBER
from airplan_no2.ledgers import STEEL_AND_CEMENT, FreightProfile, Machine, Trip, Vehicle
from airplan_no2.shares import BY_NEW_ENERGY, CHINA_6, CLEAN, MONTH, OUTSIDE, ROAD, tonnes, trips
from airplan_qinyang import QINYANG_2024, Enterprise
from airplan_qinyang.departments import COM, DRC, FIN, GOA, HUC, MIIT, MSA, POST, PSB, TRA, UM
from airplan_qinyang.works import UltraLowRetrofit

TASK = Task(
    id="2.4.3",
    heading="加快提升重点行业机动车清洁化水平",
    campaign="no2",
    plan=QINYANG_2024,
    lead=(MIIT,),
    cooperating=(DRC, TRA, PSB, HUC, GOA, COM, MSA, UM, POST, FIN),
)

# 使用铁路专用线运输企业 -------------------------------------------------------------------------

RAIL_SHARE = tonnes(
    id="no2.rail-share", zh="铁路运输比例", en="rail share",
    among=OUTSIDE, where=Trip.mode.is_("铁路"),
)  # fmt: skip
rail_users = Rule(
    id="no2.rail-users",
    # the two that the sentence names are entered as users of a rail spur, and so are all others
    expects=(
        named({Enterprise.name: "河南晋控天庆煤化工有限责任公司"}),
        named({Enterprise.name: "中电投沁阳发电分公司"}),
    ),
    clause=TASK.clause(
        1,
        "2024年，河南晋控天庆煤化工有限责任公司、中电投沁阳发电分公司等使用铁路专用线运输企业，"
        "铁路运输比例原则上不低于85%",
    ),
    en="Enterprises that use a rail spur move 85 % by rail in 2024, in principle.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=RAIL_SHARE.at_least("85 %"),
    due=during(2024),
    speaks_of={FreightProfile.uses_rail_spur: True},
    keeps=[{RAIL_SHARE: "85 %"}],
    breaks=[{RAIL_SHARE: "84.999999 %"}],
)

RAIL_OR_NEW_ENERGY = tonnes(
    id="no2.rail-or-new-energy-share", zh="铁路及新能源车辆运输比例",
    en="share of rail and new energy",
    among=OUTSIDE, where=Trip.mode.is_("铁路") | BY_NEW_ENERGY,
)  # fmt: skip
rail_shortfall = Rule(
    id="no2.rail-shortfall",
    # the part short of 85 % is all new-energy exactly where rail and new energy make up 85 %
    clause=TASK.clause(2, "2024年 … 铁路运输达不到85%的部分，运输需全部采用新能源车辆"),
    en="What rail falls short of 85 % goes by new-energy vehicles.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=RAIL_OR_NEW_ENERGY.at_least("85 %"),
    due=during(2024),
    speaks_of={FreightProfile.uses_rail_spur: True},
    keeps=[{RAIL_OR_NEW_ENERGY: "85 %"}],
    breaks=[{RAIL_OR_NEW_ENERGY: "84.999999 %"}],
)

YEARS_CLEAN_SHARE = tonnes(
    id="no2.years-clean-share", zh="清洁运输比例（含新能源汽车）",
    en="clean share, with new-energy vehicles",
    among=OUTSIDE, where=CLEAN | BY_NEW_ENERGY,
)  # fmt: skip
rail_users_clean = Rule(
    id="no2.rail-users-clean",
    clause=TASK.clause(3, "2024年 … 确保清洁运输比例不低于85%"),
    en="Their clean transport, new-energy vehicles included, makes up 85 %.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=YEARS_CLEAN_SHARE.at_least("85 %"),
    due=during(2024),
    speaks_of={FreightProfile.uses_rail_spur: True},
    keeps=[{YEARS_CLEAN_SHARE: "85 %"}],
    breaks=[{YEARS_CLEAN_SHARE: "84.999999 %"}],
)

OTHER_ROAD_TRIPS = trips(
    id="no2.other-road-trips", zh="非国六非新能源汽车运输车次",
    en="trips by other than China VI and new energy",
    among=OUTSIDE & ROAD, where=~(Trip.vehicle.new_energy | CHINA_6),
)  # fmt: skip
rail_users_road = Rule(
    id="no2.rail-users-road",
    clause=TASK.clause(4, "2024年 … 其余汽车运输部分可选用国六或新能源车辆运输", Strength.MUST),
    en="Their other road transport uses China VI or new-energy vehicles.",
    subject=FreightProfile,
    applies=FreightProfile.uses_rail_spur,
    requires=OTHER_ROAD_TRIPS.at_most("0 车次") | PERMITTED.takes("also_others"),
    due=during(2024),
    numbers={"可选用": "0"},
    speaks_of={FreightProfile.uses_rail_spur: True},
    keeps=[{OTHER_ROAD_TRIPS: "0 车次"}],
    breaks=[{OTHER_ROAD_TRIPS: "1 车次"}],
)

# 钢铁、水泥 --------------------------------------------------------------------------------------

_STEEL_CEMENT = FreightProfile.enterprise.industry.among(*STEEL_AND_CEMENT)
_STEEL = {FreightProfile.enterprise.industry: "钢铁"}

ultra_low_transport = Rule(
    id="no2.ultra-low-transport",
    clause=TASK.clause(5, "2025年9月底前，钢铁、水泥企业力争完成清洁运输超低排放改造"),
    en="Steel and cement works complete the ultra-low retrofit of their transport, it is striven "
    "for.",
    subject=UltraLowRetrofit,
    applies=UltraLowRetrofit.enterprise.industry.among(*STEEL_AND_CEMENT) & RETROFIT.takes("both"),
    requires=UltraLowRetrofit.transport_on.happened(),
    due=by("2025-09-30"),
    speaks_of={UltraLowRetrofit.enterprise.industry: "钢铁"},
    keeps=[{UltraLowRetrofit.transport_on: "2025-09-30"}],
    breaks=[{UltraLowRetrofit.enterprise.industry: "水泥", UltraLowRetrofit.transport_on: "never"}],
)


def _preferred(id: str, number: int, text: str, en: str, uncounted: str = "") -> Rule:
    """优先 prefers one way and leaves the others open: a recorded act, and a shortfall without."""
    return attestation(
        id, TASK.clause(number, text), FreightProfile, applies=_STEEL_CEMENT, en=en,
        speaks_of=_STEEL, numbers={uncounted: None} if uncounted else {},
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
    uncounted="二次",
)  # fmt: skip

RAW_CLEAN = tonnes(
    id="no2.raw-clean-share", zh="原燃料清洁运输比例", en="clean share of raw materials and fuel",
    among=OUTSIDE & Trip.cargo.is_("原燃料"), where=CLEAN,
    last=MONTH,
)  # fmt: skip
RAW_SUBSTITUTION = Trip.tonnes.substitution(
    id="no2.raw-substitution", zh="原燃料新能源汽车替代比例",
    en="new-energy substitution, raw materials and fuel",
    among=OUTSIDE & Trip.cargo.is_("原燃料"), where=BY_NEW_ENERGY,
    instead_of=CLEAN, up_to="80 %", of=Trip.enterprise, on=Trip.date, last=MONTH, observed=True,
    better="more",
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
    speaks_of={FreightProfile.enterprise.industry: "水泥", RAW_CLEAN: "79 %"},
    keeps=[
        {**_STEEL, RAW_CLEAN: "80 %", RAW_SUBSTITUTION: "100 %"},
        on("2025-10-01", {RAW_SUBSTITUTION: "100 %"}),
        on("2025-09-30", {RAW_SUBSTITUTION: "60 %"}),
    ],
    breaks=[
        on("2025-09-30", {RAW_SUBSTITUTION: "59.999999 %"}),
        on("2025-10-01", {RAW_SUBSTITUTION: "99.999999 %"}),
    ],
)

OTHER_RAW_TRIPS = trips(
    id="no2.other-raw-trips", zh="原燃料非国六非新能源运输车次",
    en="raw-material trips by other than China VI and new energy",
    among=OUTSIDE & ROAD & Trip.cargo.is_("原燃料"), where=~(Trip.vehicle.new_energy | CHINA_6),
    last=MONTH,
)  # fmt: skip
raw_road = Rule(
    id="no2.raw-road",
    clause=TASK.clause(11, "其他原燃料运输全部采用新能源或国六排放标准的车辆"),
    en="All other transport of raw materials and fuel uses new-energy or China VI vehicles.",
    subject=FreightProfile,
    applies=_STEEL_CEMENT,
    requires=OTHER_RAW_TRIPS.at_most("0 车次"),
    numbers={"全部": "0"},
    speaks_of=_STEEL,
    keeps=[{OTHER_RAW_TRIPS: "0 车次"}],
    breaks=[{FreightProfile.enterprise.industry: "水泥", OTHER_RAW_TRIPS: "1 车次"}],
)

OTHER_PRODUCT_TRIPS = trips(
    id="no2.other-product-trips", zh="产品非国六非新能源运输车次",
    en="product trips by other than China VI and new energy",
    among=OUTSIDE & ROAD & Trip.cargo.is_("产品"), where=~(Trip.vehicle.new_energy | CHINA_6),
    last=MONTH,
)  # fmt: skip
product_road = Rule(
    id="no2.product-road",
    clause=TASK.clause(13, "汽车运输全部采用新能源或国六排放标准的车辆"),
    en="Products that go by road go by new-energy or China VI vehicles.",
    subject=FreightProfile,
    applies=_STEEL_CEMENT,
    requires=OTHER_PRODUCT_TRIPS.at_most("0 车次"),
    numbers={"全部": "0"},
    speaks_of=_STEEL,
    keeps=[{OTHER_PRODUCT_TRIPS: "0 车次"}],
    breaks=[{FreightProfile.enterprise.industry: "水泥", OTHER_PRODUCT_TRIPS: "1 车次"}],
)

in_plant_vehicles = Rule(
    id="no2.in-plant-vehicles",
    clause=TASK.clause(15, "厂内运输采用新能源车辆"),
    also=(TASK.clause(16, "（2025年9月底前可采用国六排放标准车辆）"),),
    en="In-plant transport uses new-energy vehicles, or China VI ones until the end of September "
    "2025.",
    subject=Vehicle,
    applies=Vehicle.use.is_("厂内运输")
    & Vehicle.enterprise.enterprise.industry.among(*STEEL_AND_CEMENT)
    & ~Vehicle.deregistered_on.happened(),
    exempt=(
        Exempt(
            "china-6-until-september",
            "2025年9月底前可采用国六排放标准车辆",
            ~Vehicle.new_energy & Vehicle.stage.at_least("国六") & until("2025-09-30"),
        ),
    ),
    requires=Vehicle.new_energy,
    speaks_of={
        Vehicle.use: "厂内运输",
        Vehicle.enterprise.enterprise.industry: "水泥",
        Vehicle.deregistered_on: "never",
    },
    keeps=[{Vehicle.new_energy: True, Vehicle.stage: "国六"}],
    breaks=[
        on("2025-10-01", {Vehicle.new_energy: False, Vehicle.stage: "国六"}),
        on("2025-09-30", {Vehicle.new_energy: False, Vehicle.stage: "国五"}),
    ],
)

_FALLBACK = TASK.clause(18, "无对应产品的满足国四及以上排放标准")
_WORKING = (
    Machine.enterprise.enterprise.industry.among(*STEEL_AND_CEMENT)
    & ~Machine.left_on.happened()
    & (MACHINES.takes("both", "special") | ~Machine.enterprise.state_owned)
)

new_energy_machines = Rule(
    id="no2.new-energy-machines",
    clause=TASK.clause(17, "非道路移动机械原则上采用新能源"),
    also=(_FALLBACK,),
    en="The machines of steel and cement works are new-energy in principle, unless there is no "
    "such product.",
    subject=Machine,
    applies=_WORKING,
    exempt=(Exempt("no-product", "无对应产品的", ~Machine.new_energy_available),),
    requires=Machine.new_energy,
    speaks_of={
        Machine.enterprise.enterprise.industry: "钢铁",
        Machine.enterprise.state_owned: False,
        Machine.left_on: "never",
        Machine.new_energy_available: True,
    },
    keeps=[{Machine.new_energy: True}],
    breaks=[{Machine.new_energy: False}],
)

#: The exception within the exception: who may do without new energy may do with 国三 for a while.
fallback_machines = Rule(
    id="no2.fallback-machines",
    clause=_FALLBACK,
    also=(TASK.clause(19, "（2025年9月底前可采用国三排放标准非道路移动机械）"),),
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
    speaks_of={
        Machine.enterprise.enterprise.industry: "钢铁",
        Machine.enterprise.state_owned: False,
        Machine.new_energy: False,
        Machine.left_on: "never",
        Machine.new_energy_available: False,
    },
    keeps=[on("2025-10-01", {Machine.stage: "国四"})],
    breaks=[on("2025-10-01", {Machine.stage: "国三"}), on("2025-09-30", {Machine.stage: "国二"})],
)
