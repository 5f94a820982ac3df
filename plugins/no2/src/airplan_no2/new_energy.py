"""二(四)2 加快新能源汽车推广应用: official cars, fleets, state-owned enterprises, chargers."""

from airplan_core import ALWAYS, County, Exempt, Rule, Share, Task, attestation, by, during
from airplan_no2.interpretations import (
    BUILT_UP,
    CANNOT,
    MACHINES,
    NET,
    PLACES_ETC,
    PUBLIC,
    STOCK,
)
from airplan_no2.ledgers import STEEL_AND_CEMENT, ChargingPlace, FreightProfile, Machine, Vehicle
from airplan_no2.shares import BY_NEW_ENERGY, CLEAN, IN_USE, MONTH, OUTSIDE, a_truck, tonnes
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import COM, DRC, FIN, GOA, GRID, HUC, MIIT, MSA, POST, PSB, TRA, UM
from airplan_qinyang.interpretations import ALMOST

# the first sentence gives 工信 the lead; the bracket names it among twelve that share the task
TASK = Task(
    id="2.4.2",
    heading="加快新能源汽车推广应用",
    campaign="no2",
    plan=QINYANG_2024,
    lead=(MIIT,),
    shared=(DRC, TRA, PSB, HUC, GOA, COM, MSA, UM, POST, FIN, GRID),
)

_OFFICIAL = TASK.clause(2, "除特殊需求的车辆外，全市党政机关新购买公务用车基本实现新能源化")
# bought since the plan began
_BOUGHT = Vehicle.fleet.is_("公务用车") & Vehicle.registered_on.happened_after("2023-12-31")

official_cars = Rule(
    id="no2.official-cars",
    clause=_OFFICIAL,
    en="Newly bought official cars are new-energy, all but for those with special needs.",
    subject=Vehicle,
    applies=ALMOST.takes("each") & _BOUGHT,
    exempt=(Exempt("special-need", "除特殊需求的车辆外", Vehicle.special_need),),
    requires=Vehicle.new_energy,
    numbers={"新购买": "2023-12-31"},
    speaks_of={
        Vehicle.fleet: "公务用车",
        Vehicle.registered_on: "2024-01-01",
        Vehicle.special_need: False,
    },
    keeps=[{Vehicle.new_energy: True}],
    breaks=[{Vehicle.new_energy: False}],
)

OFFICIAL_ADDED = Share(
    id="no2.official-cars-new-energy", zh="新购买公务用车新能源比例",
    en="new-energy share of newly bought official cars", unit="辆", of=Vehicle.county,
    observed=True, among=_BOUGHT & ~Vehicle.special_need, where=Vehicle.new_energy, better="more",
)  # fmt: skip
official_cars_share = Rule(
    id="no2.official-cars-share",
    clause=_OFFICIAL,
    en="95 % of newly bought official cars are new-energy, but for those with special needs.",
    subject=County,
    applies=ALMOST.takes("share"),
    requires=OFFICIAL_ADDED.at_least("95 %"),
    numbers={"新购买": "2023-12-31", "基本": "95"},
    speaks_of=ALMOST.read_as("share", {}),
    keeps=[{OFFICIAL_ADDED: "95 %"}],
    breaks=[{OFFICIAL_ADDED: "94.999999 %"}],
)

_AREA = Vehicle.fleet.among("公交车", "巡游出租车") | (a_truck(Vehicle.fleet) & Vehicle.built_up)
_REST = Vehicle.fleet.among("邮政用车", "市政环卫车", "网约出租车")
_TRUCK = {Vehicle.fleet: "渣土运输车", Vehicle.built_up: True}

SIX_FLEETS = BUILT_UP.choose(
    trucks=_AREA | _REST, all_that_follow=_AREA | (_REST & Vehicle.built_up)
)
_FLEETS = TASK.clause(
    3,
    "2025年年底前，除应急车辆外，全市公交车、巡游出租车和城市建成区的载货汽车（含渣土运输车、物流车）、"
    "邮政用车、市政环卫车、网约出租车基本实现新能源化",
)

fleets = Rule(
    id="no2.fleets",
    clause=_FLEETS,
    en="Buses, taxis, trucks of the built-up area, post and sanitation vehicles and ride-hailing "
    "cars are new-energy, all but emergency vehicles.",
    subject=Vehicle,
    applies=ALMOST.takes("each") & SIX_FLEETS,
    exempt=(Exempt("emergency", "除应急车辆外", Vehicle.emergency),),
    # one that has left the road needs no successor of its own
    requires=Vehicle.new_energy | Vehicle.deregistered_on.happened(),
    due=by("2025-12-31"),
    speaks_of={
        Vehicle.fleet: "公交车",
        Vehicle.emergency: False,
        Vehicle.new_energy: False,
        Vehicle.deregistered_on: "never",
    },
    keeps=[
        {Vehicle.new_energy: True},
        {Vehicle.deregistered_on: "2025-12-31"},
        {**_TRUCK, Vehicle.new_energy: True},
    ],
    breaks=[{}, _TRUCK, {Vehicle.fleet: "网约出租车"}],
)

FLEETS_STOCK = Share(
    id="no2.fleets-new-energy", zh="公交出租货运邮政环卫网约车新能源比例",
    en="new-energy share of the six fleets", unit="辆", of=Vehicle.county, observed=True,
    among=IN_USE & SIX_FLEETS & ~Vehicle.emergency, where=Vehicle.new_energy, better="more",
)  # fmt: skip
fleets_share = Rule(
    id="no2.fleets-share",
    clause=_FLEETS,
    en="95 % of the six fleets together are new-energy, but for emergency vehicles.",
    subject=County,
    applies=ALMOST.takes("share"),
    requires=FLEETS_STOCK.at_least("95 %"),
    due=by("2025-12-31"),
    numbers={"基本": "95"},
    speaks_of=ALMOST.read_as("share", {}),
    keeps=[{FLEETS_STOCK: "95 %"}],
    breaks=[{FLEETS_STOCK: "94.999999 %"}],
)

_PUBLIC = PUBLIC.choose(
    with_official=SIX_FLEETS | Vehicle.fleet.is_("公务用车"), six_fleets=SIX_FLEETS
) & NET.choose(net=~Vehicle.emergency & ~Vehicle.special_need, gross=ALWAYS)
PUBLIC_STOCK = Share(
    id="no2.public-new-energy", zh="公共领域新能源汽车比例", en="new-energy share, public sector",
    unit="辆", of=Vehicle.county, among=IN_USE & _PUBLIC, where=Vehicle.new_energy, better="more",
)  # fmt: skip
PUBLIC_ADDED = Share(
    id="no2.public-new-energy-added", zh="公共领域当年新增车辆新能源比例",
    en="new-energy share of the public sector's vehicles registered in the year",
    unit="辆", of=Vehicle.county, on=Vehicle.registered_on, among=_PUBLIC,
    where=Vehicle.new_energy, better="more",
)  # fmt: skip
public_sector = Rule(
    id="no2.public-sector",
    clause=TASK.clause(4, "2024年至2025年全市公共领域新能源汽车比例分别达到60%、100%"),
    also=(TASK.clause(5, "2024年至2025年全市公共领域新能源汽车比例分别达到60%、100%"),),
    en="60 % of the public sector's vehicles are new-energy in 2024, and 100 % in 2025.",
    subject=County,
    requires=STOCK.choose(
        stock=PUBLIC_STOCK.at_least({2024: "60 %", 2025: "100 %"}),
        added=PUBLIC_ADDED.at_least({2024: "60 %", 2025: "100 %"}),
    ),
    due=during(2024, 2025),
    keeps=[{PUBLIC_STOCK: "100 %"}],
    breaks=[{PUBLIC_STOCK: "99.999999 %"}, {PUBLIC_STOCK: "59.999999 %"}],
)

heavy_vehicles = attestation(
    "no2.heavy-new-energy-vehicles",
    TASK.clause(6, "在火电、钢铁、煤炭、有色、水泥等行业和物流园区推广新能源中重型车辆"),
    en="New-energy medium and heavy vehicles are promoted in five industries and logistics parks.",
)

CLEAN_SHARE = tonnes(
    id="no2.clean-share", zh="清洁运输比例（不含新能源汽车）",
    en="clean share, without new-energy vehicles",
    among=OUTSIDE, where=CLEAN, last=MONTH,
)  # fmt: skip
state_owned_clean = Rule(
    id="no2.state-owned-clean",
    clause=TASK.clause(8, "2025年年底前，国有企业原则上全部采用清洁运输方式"),
    en="State-owned enterprises move everything by clean transport, in principle.",
    subject=FreightProfile,
    applies=FreightProfile.state_owned & (CANNOT.takes("goods") | ~FreightProfile.cannot_clean),
    # new-energy trucks are what the next half-sentence falls back on, so they are not meant here
    requires=CLEAN_SHARE.at_least("100 %"),
    due=by("2025-12-31"),
    numbers={"全部": "100"},
    speaks_of={FreightProfile.state_owned: True, FreightProfile.cannot_clean: False},
    keeps=[{CLEAN_SHARE: "100 %"}],
    breaks=[{CLEAN_SHARE: "99.999999 %"}],
)

CLEAN_OR_NEW_ENERGY = tonnes(
    id="no2.clean-or-new-energy-share", zh="清洁运输及新能源车辆运输比例",
    en="share of clean transport and new energy",
    among=OUTSIDE, where=CLEAN | BY_NEW_ENERGY, last=MONTH,
)  # fmt: skip
state_owned_rest = Rule(
    id="no2.state-owned-rest",
    clause=TASK.clause(9, "2025年年底前，国有企业 … 不能使用清洁运输的全部使用新能源车辆运输"),
    en="What a state-owned enterprise cannot move cleanly goes by new-energy vehicles.",
    subject=FreightProfile,
    applies=FreightProfile.state_owned & (CANNOT.takes("goods") | FreightProfile.cannot_clean),
    requires=CLEAN_OR_NEW_ENERGY.at_least("100 %"),
    due=by("2025-12-31"),
    numbers={"全部": "100"},
    speaks_of={FreightProfile.state_owned: True, FreightProfile.cannot_clean: True},
    keeps=[{CLEAN_OR_NEW_ENERGY: "100 %"}],
    breaks=[{CLEAN_OR_NEW_ENERGY: "99.999999 %"}],
)

state_owned_machines = Rule(
    id="no2.state-owned-machines",
    clause=TASK.clause(
        10, "2025年年底前，国有企业 … 场区内全部使用新能源或国三及以上非道路移动机械作业"
    ),
    en="On the sites of state-owned enterprises only new-energy machines or ones of stage III or "
    "higher work.",
    subject=Machine,
    applies=Machine.enterprise.state_owned
    & (
        MACHINES.takes("both", "general")
        | ~Machine.enterprise.enterprise.industry.among(*STEEL_AND_CEMENT)
    ),
    requires=Machine.new_energy | Machine.stage.at_least("国三") | Machine.left_on.happened(),
    due=by("2025-12-31"),
    speaks_of={
        Machine.enterprise.state_owned: True,
        Machine.enterprise.enterprise.industry: "火电",
        Machine.new_energy: False,
        Machine.stage: "国二",
    },
    keeps=[
        {Machine.stage: "国三"},
        {Machine.new_energy: True},
        {Machine.left_on: "2025-12-31"},
    ],
    breaks=[{Machine.left_on: "never"}],
)

service_areas = Rule(
    id="no2.service-areas",
    clause=TASK.clause(11, "加快充电设施建设，高速公路服务区快充站实现全覆盖"),
    en="Every motorway service area has fast chargers.",
    subject=ChargingPlace,
    applies=ChargingPlace.kind.is_("高速公路服务区"),
    requires=ChargingPlace.fast_chargers.at_least("1 个"),
    numbers={"全覆盖": "1"},
    speaks_of={ChargingPlace.kind: "高速公路服务区"},
    keeps=[{ChargingPlace.fast_chargers: 1}],
    breaks=[{ChargingPlace.fast_chargers: 0}],
)

_PLACES = ("交通枢纽", "批发市场", "物流园区")

chargers = Rule(
    id="no2.chargers",
    clause=TASK.clause(12, "在交通枢纽、批发市场、物流园区等建设充电基础设施"),
    en="Transport hubs, wholesale markets and logistics parks have chargers.",
    subject=ChargingPlace,
    applies=PLACES_ETC.choose(
        listed=ChargingPlace.kind.among(*_PLACES), open=~ChargingPlace.kind.is_("高速公路服务区")
    ),
    requires=ChargingPlace.chargers.at_least("1 个"),
    numbers={"建设充电基础设施": "1"},
    keeps=[{ChargingPlace.kind: kind, ChargingPlace.chargers: 1} for kind in _PLACES],
    breaks=[{ChargingPlace.kind: "物流园区", ChargingPlace.chargers: 0}],
)

_DECLARED = (
    TASK.clause(
        1,
        "工信部门牵头做好新能源汽车推广应用工作",
        excused="names who leads; every sentence of the task carries it",
    ),
    TASK.clause(
        7,
        "发展纯电动、氢燃料电池等零排放货运车队",
        excused="names no quantity and no day",
    ),
)
