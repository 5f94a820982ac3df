"""What the NO2 campaign is held against: freight, trips, vehicles, machines, chargers, checks."""

import polars as pl

from airplan_core import (
    Counted,
    County,
    Demand,
    Derivation,
    Entity,
    Event,
    Flag,
    Keyed,
    Measured,
    Ranked,
    Reference,
    Stated,
    Text,
    counted,
    event,
    flag,
    measured,
    ranked,
    reference,
    stated,
    text,
)
from airplan_qinyang.enterprise import CEMENT, INDUSTRIES, Enterprise
from airplan_qinyang.vehicles import FLEETS, MACHINE_STAGES, ROAD_STAGES

#: Ways of transport; the clean ones are those that 环大气〔2024〕5号 lists.
CLEAN_MODES = ("铁路", "水路", "管道", "管状带式输送机", "皮带通廊")
MODES = (*CLEAN_MODES, "汽车", "其他")

#: The works of which the sentences on 钢铁、水泥 speak, and over which others give way to them.
STEEL_AND_CEMENT = ("钢铁", *CEMENT)


def _industries(
    own: pl.DataFrame, enterprises: pl.DataFrame, _: object
) -> tuple[pl.DataFrame, list[str]]:
    """One row for each industry that an enterprise of the ledger is in."""
    found = enterprises.select("industry").drop_nulls().unique().sort("industry")
    further = found.select(id=pl.col("industry").cast(pl.String), industry="industry")
    further = further.filter(~pl.col("id").is_in(own["id"].implode()))
    return pl.concat([own, further]), []


class Sector(Entity, zh="行业", derived=Derivation(sources=(Enterprise,), compute=_industries)):
    """An industry as a whole: what its enterprises do together."""

    industry: Stated = stated(*INDUSTRIES, zh="行业名称")


class FreightProfile(Keyed, zh="企业运输档案", one_per="enterprise"):
    """What an enterprise is and moves, as the freight sentences ask it; its id is the enterprise's.

    Annual volumes are what is moved into and out of the site in a year.
    """

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    industrial: Flag = flag(zh="是否工矿企业", en="industrial or mining site")
    built: Stated = stated("新建", "迁建", "现有", zh="建设类型")
    state_owned: Flag = flag(zh="是否国有企业", en="state-owned")
    key_industry: Flag = flag(zh="是否重点行业", en="of a key industry")
    bulk_carrier: Flag = flag(zh="是否大宗物料运输企业", en="moves bulk materials")
    bulk_freight: Measured = measured(
        "万吨/年", zh="煤炭矿石焦炭等大宗货物年运量", better="neither",
        floor="0 万吨/年",
    )  # fmt: skip
    freight_in: Measured = measured("万吨/年", zh="年运入量", better="neither", floor="0 万吨/年")
    freight_out: Measured = measured("万吨/年", zh="年运出量", better="neither", floor="0 万吨/年")
    rail_spur: Flag = flag(zh="是否接入铁路专用线", en="joined to a rail spur")
    pipeline: Flag = flag(zh="是否接入管道", en="joined to a pipeline")
    uses_rail_spur: Flag = flag(zh="是否使用铁路专用线运输", en="moves goods by rail spur")
    cannot_clean: Flag = flag(zh="是否不能使用清洁运输", en="cannot use clean transport")
    gate_system: Flag = flag(zh="是否建成门禁系统", en="gate system in place")
    transport_ledger: Flag = flag(zh="运输车辆电子台账", en="ledger of transport vehicles")
    in_plant_ledger: Flag = flag(zh="厂内车辆电子台账", en="ledger of in-plant vehicles")
    machine_ledger: Flag = flag(zh="非道路移动机械电子台账", en="ledger of non-road machinery")


class FreightTurnover(Keyed, zh="货物周转量", key=("county", "ends_on", "mode")):
    """The county's freight turnover by one mode, over the months or year that end on a day."""

    county: Reference[County] = reference(County, zh="县市")
    ends_on: Event = event(zh="统计期末", en="period ends on", routine=True)
    mode: Stated = stated("公路", "铁路", "水路", "管道", "航空", zh="运输方式")
    turnover: Measured = measured("万吨公里", zh="货物周转量", better="neither", floor="0 万吨公里")


def _no_earlier(of: str, than: str, zh: str, hint: str) -> Demand:
    """What ends does not end before it began."""
    return Demand(of=of, least=than, expected=f"不早于{zh}的日期", hint=hint)


class Vehicle(
    Entity,
    zh="机动车",
    demands=(
        _no_earlier(
            "deregistered_on", "registered_on", "注册登记日期", "两个日期写反了的，对调过来"
        ),
    ),
):
    """A motor vehicle; its id is its number plate. What serves an enterprise names it.

    New-energy vehicles are battery-electric, plug-in hybrid and fuel-cell ones (工信部令第39号);
    their emission stage may stay blank.
    """

    county: Reference[County] = reference(County, zh="县市")
    fleet: Stated = stated(*FLEETS, zh="车辆类别")
    built_up: Flag = flag(zh="是否在城市建成区使用", en="used in the built-up area")
    heavy: Flag = flag(zh="是否重型货车", en="heavy truck")
    new_energy: Flag = flag(zh="是否新能源", en="new-energy")
    fuel: Stated = stated("汽油", "柴油", "燃气", "电", "氢", "混合动力", "其他", zh="燃料")
    stage: Ranked = ranked(*ROAD_STAGES, zh="排放标准", en="emission stage")
    registered_on: Event = event(zh="注册登记日期")
    deregistered_on: Event = event(zh="注销日期")
    emergency: Flag = flag(zh="是否应急车辆", en="emergency vehicle")
    special_need: Flag = flag(zh="是否特殊需求车辆")
    special_purpose: Flag = flag(zh="是否特种车辆", en="special-purpose vehicle")
    enterprise: Reference[FreightProfile] = reference(
        FreightProfile, zh="服务企业", en="enterprise served"
    )
    use: Stated = stated("厂内运输", "公路运输", "其他", zh="用途")
    distance: Measured = measured(
        "公里", zh="单程运距", en="usual distance", better="neither", floor="0 公里"
    )
    due_for_scrapping: Flag = flag(zh="是否符合强制报废情形")
    recycled: Flag = flag(zh="是否交回收企业拆解", en="handed to a licensed recycler")


class Trip(Entity, zh="运输记录"):
    """One movement of goods at an enterprise, as its gate or its weighbridge records it.

    Goods by rail, pipe or belt are rows of the same ledger: a day's tonnes, without a vehicle.
    """

    enterprise: Reference[FreightProfile] = reference(FreightProfile, zh="企业")
    date: Event = event(zh="日期", routine=True)
    direction: Stated = stated("运入", "运出", "厂内", zh="流向")
    cargo: Stated = stated("原燃料", "产品", "其他", zh="货物")
    bulk: Flag = flag(zh="是否大宗货物", en="bulk goods")
    mode: Stated = stated(*MODES, zh="运输方式")
    distance: Measured = measured(
        "公里", zh="公路运距", en="distance by road", better="neither", floor="0 公里"
    )
    tonnes: Measured = measured("吨", zh="运量", better="neither", floor="0 吨")
    vehicle: Reference[Vehicle] = reference(Vehicle, zh="车辆")
    through_town: Flag = flag(zh="是否穿城行驶", en="drives through the town")
    permitted: Flag = flag(zh="是否持有通行证", en="holds a pass")


class Machine(Entity, zh="非道路移动机械", en="non-road machine"):
    """A machine that works on an enterprise's site (GB 20891, HJ 1014)."""

    enterprise: Reference[FreightProfile] = reference(FreightProfile, zh="企业")
    kind: Stated = stated("装载机", "挖掘机", "推土机", "叉车", "压路机", "其他", zh="机械类型")
    new_energy: Flag = flag(zh="是否新能源", en="new-energy")
    stage: Ranked = ranked(*MACHINE_STAGES, zh="排放标准", en="emission stage")
    new_energy_available: Flag = flag(
        zh="是否有对应新能源产品", en="a new-energy product exists for it"
    )
    left_on: Event = event(zh="退出使用日期", en="taken out of use on")


class ChargingPlace(
    Entity,
    zh="充电设施场所",
    demands=(
        Demand(
            of="chargers",
            least="fast_chargers",
            expected="不小于快充桩数的数",
            hint="充电桩数含快充桩",
        ),
    ),
):
    """A place that is to have chargers."""

    name: Text = text(zh="名称")
    kind: Stated = stated(
        "高速公路服务区", "交通枢纽", "批发市场", "物流园区", "其他", zh="场所类型"
    )
    fast_chargers: Counted = counted("个", zh="快充桩数", better="more")
    chargers: Counted = counted("个", zh="充电桩数", better="more")


class TruckFamily(Entity, zh="货车系族"):
    """An engine or vehicle family of newly produced trucks (GB 17691-2018)."""

    maker: Text = text(zh="生产企业")
    checked_on: Event = event(zh="监督抽查日期", en="spot-checked on")


class VehicleCheck(Entity, zh="机动车检查"):
    """One check of a vehicle: on the road, where vehicles gather, or at the yearly inspection."""

    vehicle: Reference[Vehicle] = reference(Vehicle, zh="车辆")
    date: Event = event(zh="检查日期", routine=True)
    kind: Stated = stated("路检路查", "入户检查", "定期检验", "遥感监测", zh="检查方式")
    tampered: Flag = flag(
        zh="是否拆除后处理装置或篡改OBD", en="after-treatment removed or OBD tampered with"
    )
    case_filed: Flag = flag(zh="是否立案查处")
    over_limit: Flag = flag(zh="是否超标排放", en="over the limit")
    restricted: Flag = flag(zh="是否限制通行", en="kept from the road")
    mended: Flag = flag(zh="维修复检是否合格", en="mended and passed")


class NoGoZone(Entity, zh="高排放柴油货车禁行区", en="no-go zone"):
    """A zone closed to high-emission diesel trucks, as it was announced."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="禁行区名称")
    in_force_on: Event = event(zh="施行日期", en="in force on")


class ZonePass(
    Entity,
    zh="禁行区通行证",
    en="zone pass",
    demands=(_no_earlier("valid_to", "valid_from", "有效期起", "两个日期写反了的，对调过来"),),
):
    """A pass by which a vehicle may drive in a zone that is closed to it."""

    zone: Reference[NoGoZone] = reference(NoGoZone, zh="禁行区")
    vehicle: Reference[Vehicle] = reference(Vehicle, zh="车辆")
    valid_from: Event = event(zh="有效期起")
    valid_to: Event = event(zh="有效期止")


class ZoneEntry(Entity, zh="禁行区通行记录", en="zone entry"):
    """One drive of a vehicle in a zone, in its closed hours, as a camera or a patrol records it."""

    zone: Reference[NoGoZone] = reference(NoGoZone, zh="禁行区")
    vehicle: Reference[Vehicle] = reference(Vehicle, zh="车辆")
    date: Event = event(zh="日期", routine=True)
    permitted: Flag = flag(zh="是否持有通行证", en="holds a pass")
    held: Reference[ZonePass] = reference(ZonePass, zh="通行证", en="the pass")
