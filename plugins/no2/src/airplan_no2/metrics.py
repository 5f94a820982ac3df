"""The shares of the chapter: by tonnes, by trips, by vehicles, per enterprise, sector and county.

A share “by the end of” a day is that of the thirty days up to it: gates report by the month.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from airplan_core import ALWAYS, Change, Condition, Count, County, Metric, Period, Share
from airplan_no2.interpretations import EXACTLY_300, NET, PUBLIC, RAIL_AND_BULK
from airplan_no2.ledgers import (
    CLEAN_MODES,
    FreightTurnover,
    Sector,
    Trip,
    Vehicle,
)
from airplan_qinyang.interpretations import CLEAN_TRANSPORT
from airplan_qinyang.vehicles import TRUCKS

MONTH = 30

ROAD = Trip.mode.is_("汽车")
CLEAN = Trip.mode.among(*CLEAN_MODES)
BY_NEW_ENERGY = ROAD & Trip.vehicle.new_energy
CHINA_6 = Trip.vehicle.stage.at_least("国六")
OUTSIDE = Trip.direction.among("运入", "运出")
IN_PLANT = Trip.direction.is_("厂内")

IN_USE = Vehicle.registered_on.happened() & ~Vehicle.deregistered_on.happened()


#: An enterprise's shares of tonnes and counts of trips, of a year or the last thirty days.
_tonnes = partial(Trip.tonnes.share, of=Trip.enterprise, on=Trip.date, observed=True, better="more")
_trips = partial(Count, of=Trip.enterprise, on=Trip.date, observed=True, unit="车次", better="less")

# 2.4.1 -----------------------------------------------------------------------------------------

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

_CLEAN_BULK = CLEAN_TRANSPORT.choose(
    without_new_energy=CLEAN, with_new_energy=CLEAN | BY_NEW_ENERGY
)
CLEAN_BULK = _tonnes(
    id="no2.clean-bulk-share", zh="大宗货物清洁运输比例", en="clean share of bulk goods",
    among=Trip.bulk & OUTSIDE, where=_CLEAN_BULK, last=MONTH,
)  # fmt: skip
SECTOR_CLEAN_BULK = _tonnes(
    id="no2.sector-clean-bulk-share", zh="行业大宗货物清洁运输比例",
    en="the sector's clean share of bulk goods",
    where=_CLEAN_BULK,
    among=Trip.bulk & OUTSIDE
    & RAIL_AND_BULK.choose(both=ALWAYS, special=~Trip.enterprise.uses_rail_spur),
    subject=Sector, of=Trip.enterprise.enterprise.industry, last=MONTH,
)  # fmt: skip

# 2.4.2 -----------------------------------------------------------------------------------------

SIX_FLEETS = Vehicle.fleet.among("公交车", "巡游出租车", "邮政用车", "市政环卫车", "网约出租车") | (
    Vehicle.fleet.among(*TRUCKS) & Vehicle.built_up
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
FLEETS_STOCK = Share(
    id="no2.fleets-new-energy", zh="公交出租货运邮政环卫网约车新能源比例",
    en="new-energy share of the six fleets", unit="辆", of=Vehicle.county,
    among=IN_USE & SIX_FLEETS & ~Vehicle.emergency, where=Vehicle.new_energy, better="more",
)  # fmt: skip
CLEAN_SHARE = _tonnes(
    id="no2.clean-share", zh="清洁运输比例（不含新能源汽车）",
    en="clean share, without new-energy vehicles",
    among=OUTSIDE, where=CLEAN, last=MONTH,
)  # fmt: skip
CLEAN_OR_NEW_ENERGY = _tonnes(
    id="no2.clean-or-new-energy-share", zh="清洁运输及新能源车辆运输比例",
    en="share of clean transport and new energy",
    among=OUTSIDE, where=CLEAN | BY_NEW_ENERGY, last=MONTH,
)  # fmt: skip

# 2.4.3 -----------------------------------------------------------------------------------------

RAIL_SHARE = _tonnes(
    id="no2.rail-share", zh="铁路运输比例", en="rail share",
    among=OUTSIDE, where=Trip.mode.is_("铁路"),
)  # fmt: skip
RAIL_OR_NEW_ENERGY = _tonnes(
    id="no2.rail-or-new-energy-share", zh="铁路及新能源车辆运输比例",
    en="share of rail and new energy",
    among=OUTSIDE, where=Trip.mode.is_("铁路") | BY_NEW_ENERGY,
)  # fmt: skip
YEARS_CLEAN_SHARE = _tonnes(
    id="no2.years-clean-share", zh="清洁运输比例（含新能源汽车）",
    en="clean share, with new-energy vehicles",
    among=OUTSIDE, where=CLEAN | BY_NEW_ENERGY,
)  # fmt: skip
OTHER_ROAD_TRIPS = _trips(
    id="no2.other-road-trips", zh="非国六非新能源汽车运输车次",
    en="trips by other than China VI and new energy",
    where=OUTSIDE & ROAD & ~(Trip.vehicle.new_energy | CHINA_6),
)  # fmt: skip

RAW_CLEAN = _tonnes(
    id="no2.raw-clean-share", zh="原燃料清洁运输比例", en="clean share of raw materials and fuel",
    among=OUTSIDE & Trip.cargo.is_("原燃料"), where=CLEAN, last=MONTH,
)  # fmt: skip
RAW_SUBSTITUTION = Trip.tonnes.substitution(
    id="no2.raw-substitution", zh="原燃料新能源汽车替代比例",
    en="new-energy substitution, raw materials and fuel",
    among=OUTSIDE & Trip.cargo.is_("原燃料"), where=BY_NEW_ENERGY,
    instead_of=CLEAN, up_to="80 %", of=Trip.enterprise, on=Trip.date, last=MONTH, observed=True,
    better="more",
)  # fmt: skip
OTHER_RAW_TRIPS = _trips(
    id="no2.other-raw-trips", zh="原燃料非国六非新能源运输车次",
    en="raw-material trips by other than China VI and new energy",
    where=OUTSIDE & ROAD & Trip.cargo.is_("原燃料") & ~(Trip.vehicle.new_energy | CHINA_6),
    last=MONTH,
)  # fmt: skip
OTHER_PRODUCT_TRIPS = _trips(
    id="no2.other-product-trips", zh="产品非国六非新能源运输车次",
    en="product trips by other than China VI and new energy",
    where=OUTSIDE & ROAD & Trip.cargo.is_("产品") & ~(Trip.vehicle.new_energy | CHINA_6),
    last=MONTH,
)  # fmt: skip


def _km(distance: Any, *, within: bool) -> Any:
    """Up to, or beyond, 300 km: exactly 300 by the reading taken."""
    if within:
        upto = distance.at_most("300 公里")
        return EXACTLY_300.choose(within=upto, both=upto, beyond=distance.less_than("300 公里"))
    beyond = distance.at_least("300 公里")
    return EXACTLY_300.choose(within=distance.more_than("300 公里"), both=beyond, beyond=beyond)


_SHORT_TRIPS = OUTSIDE & ROAD & _km(Trip.distance, within=True)
_LONG_TRIPS = OUTSIDE & ROAD & _km(Trip.distance, within=False)
_IN_PLANT_TRIPS = IN_PLANT & ROAD
_ON_ROAD = IN_USE & Vehicle.use.is_("公路运输")
_IN_PLANT_VEHICLES = IN_USE & Vehicle.use.is_("厂内运输")
_SHORT_VEHICLES = _ON_ROAD & _km(Vehicle.distance, within=True)
_LONG_VEHICLES = _ON_ROAD & _km(Vehicle.distance, within=False) & ~Vehicle.special_purpose


def _by_basis(id: str, zh: str, en: str, trips: Condition, vehicles: Condition) -> dict[str, Share]:
    """The new-energy share by tonnes, by trips and by vehicles."""
    return {
        "tonnes": _tonnes(
            id=f"no2.{id}", zh=f"{zh}新能源车辆替代比例", en=f"new-energy share, {en}",
            among=trips, where=Trip.vehicle.new_energy, last=MONTH,
        ),
        "trips": Share(
            id=f"no2.{id}-by-trips", zh=f"{zh}新能源车辆替代比例（按车次）",
            en=f"new-energy share of trips, {en}", unit="车次", of=Trip.enterprise, on=Trip.date,
            last=MONTH, observed=True, among=trips, where=Trip.vehicle.new_energy, better="more",
        ),
        "vehicles": Share(
            id=f"no2.{id}-by-vehicles", zh=f"{zh}新能源车辆替代比例（按车辆）",
            en=f"new-energy share of vehicles, {en}", unit="辆", of=Vehicle.enterprise,
            among=vehicles, where=Vehicle.new_energy, better="more",
        ),
    }  # fmt: skip


SHORT_HAUL = _by_basis(
    "short-haul", "厂内及300公里以内", "in-plant and up to 300 km",
    _IN_PLANT_TRIPS | _SHORT_TRIPS, _IN_PLANT_VEHICLES | _SHORT_VEHICLES,
)  # fmt: skip
IN_PLANT_ONLY = _by_basis("in-plant", "厂内", "in-plant", _IN_PLANT_TRIPS, _IN_PLANT_VEHICLES)
WITHIN_300 = _by_basis(
    "within-300", "300公里以内", "by road up to 300 km", _SHORT_TRIPS, _SHORT_VEHICLES
)
LONG_HAUL = _by_basis(
    "long-haul", "300公里以上", "by road beyond 300 km",
    _LONG_TRIPS & ~Trip.vehicle.special_purpose, _LONG_VEHICLES,
)  # fmt: skip
OTHER_LONG_TRIPS = _trips(
    id="no2.other-long-trips", zh="300公里以上非国六非新能源运输车次",
    en="trips beyond 300 km by other than China VI and new energy",
    where=_LONG_TRIPS & ~(Trip.vehicle.new_energy | CHINA_6), last=MONTH,
)  # fmt: skip
MIXERS = Share(
    id="no2.mixers-new-energy", zh="商砼车新能源车辆替代比例",
    en="new-energy share of concrete mixers", unit="辆", of=Vehicle.county, observed=True,
    among=IN_USE & Vehicle.fleet.is_("商砼车"), where=Vehicle.new_energy, better="more",
)  # fmt: skip

# 2.4.6 -----------------------------------------------------------------------------------------

TRIPS_THROUGH_TOWN = _trips(
    id="no2.trips-through-town", zh="重型车辆无证穿城车次",
    en="trips of heavy trucks through the town without a pass",
    where=ROAD & Trip.vehicle.heavy & Trip.through_town & ~Trip.permitted, last=MONTH,
)  # fmt: skip

METRICS: tuple[Metric, ...] = (
    ROAD_SHARE, ROAD_SHARE_FALL, CLEAN_BULK, SECTOR_CLEAN_BULK, PUBLIC_STOCK, PUBLIC_ADDED,
    FLEETS_STOCK, CLEAN_SHARE, CLEAN_OR_NEW_ENERGY, RAIL_SHARE, RAIL_OR_NEW_ENERGY,
    YEARS_CLEAN_SHARE, OTHER_ROAD_TRIPS, RAW_CLEAN, RAW_SUBSTITUTION, OTHER_RAW_TRIPS,
    OTHER_PRODUCT_TRIPS, *SHORT_HAUL.values(), *IN_PLANT_ONLY.values(), *WITHIN_300.values(),
    *LONG_HAUL.values(), OTHER_LONG_TRIPS, MIXERS, TRIPS_THROUGH_TOWN,
)  # fmt: skip
