"""二(四)3, its last sentences: enterprises of 1 Mt a year, their short and long hauls; mixers."""

from airplan_core import Condition, County, Measured, Rule, Share, by, on
from airplan_no2.industries import TASK
from airplan_no2.interpretations import BASIS, EXACTLY_300, LARGE_WORKS, TOGETHER
from airplan_no2.ledgers import STEEL_AND_CEMENT, FreightProfile, Trip, Vehicle
from airplan_no2.shares import CHINA_6, IN_PLANT, IN_USE, MONTH, OUTSIDE, ROAD, tonnes, trips

_LARGE = (
    FreightProfile.key_industry
    & FreightProfile.freight_in.plus(FreightProfile.freight_out).at_least("100 万吨/年")
    & (LARGE_WORKS.takes("both") | ~FreightProfile.enterprise.industry.among(*STEEL_AND_CEMENT))
)
_USER = {
    FreightProfile.key_industry: True,
    FreightProfile.enterprise.industry: "化工",
    FreightProfile.freight_in: "60 万吨/年",
    FreightProfile.freight_out: "40 万吨/年",
}


def _km(distance: Measured, *, within: bool) -> Condition:
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


def _by_basis(id: str, zh: str, en: str, moved: Condition, used: Condition) -> dict[str, Share]:
    """The new-energy share by tonnes, by trips and by vehicles."""
    return {
        "tonnes": tonnes(
            id=f"no2.{id}", zh=f"{zh}新能源车辆替代比例", en=f"new-energy share, {en}",
            among=moved, where=Trip.vehicle.new_energy, last=MONTH,
        ),
        "trips": Share(
            id=f"no2.{id}-by-trips", zh=f"{zh}新能源车辆替代比例（按车次）",
            en=f"new-energy share of trips, {en}", unit="车次", of=Trip.enterprise, on=Trip.date,
            last=MONTH, observed=True, among=moved, where=Trip.vehicle.new_energy, better="more",
        ),
        "vehicles": Share(
            id=f"no2.{id}-by-vehicles", zh=f"{zh}新能源车辆替代比例（按车辆）",
            en=f"new-energy share of vehicles, {en}", unit="辆", of=Vehicle.enterprise,
            among=used, where=Vehicle.new_energy, better="more",
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
_STAGES: dict[str | int, str] = {
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
    ),
    also=(
        TASK.clause(21, "2024年年底前力争达到60%"),
        TASK.clause(22, "2025年年底前力争达到100%"),
    ),
    en="Key-industry enterprises of 1 Mt a year or more strive for new energy in the plant and by "
    "road up to 300 km: 30 %, 60 %, 100 %.",
    subject=FreightProfile,
    applies=_LARGE,
    requires=BASIS.each({basis: _staged(basis) for basis in SHORT_HAUL}),
    due=by(*map(str, _STAGES)),
    speaks_of=_USER,
    keeps=[{_TONNES: "100 %"}, on("2024-09-30", {_TONNES: "30 %"})],
    breaks=[
        on("2024-10-01", {_TONNES: "29.999999 %"}),
        on("2025-01-01", {_TONNES: "59.999999 %"}),
        on("2026-01-01", {_TONNES: "99.999999 %"}),
    ],
)

#: The subject stands before the semicolon: the same enterprises.
_SAME = "年运输量100万吨以上（含运入、运出）重点行业企业 … 公路运输300公里以上的运输车辆"

OTHER_LONG_TRIPS = trips(
    id="no2.other-long-trips", zh="300公里以上非国六非新能源运输车次",
    en="trips beyond 300 km by other than China VI and new energy",
    among=_LONG_TRIPS, where=~(Trip.vehicle.new_energy | CHINA_6), last=MONTH,
)  # fmt: skip
long_haul_china_6 = Rule(
    id="no2.long-haul-china-6",
    clause=TASK.clause(
        23,
        f"{_SAME}，2024年年底前除使用新能源车辆外，其余车辆力争全部达到国六及以上排放标准要求",
    ),
    en="Beyond 300 km, what is not new-energy is China VI or higher, it is striven for.",
    subject=FreightProfile,
    applies=_LARGE,
    requires=OTHER_LONG_TRIPS.at_most("0 车次"),
    due=by("2024-12-31"),
    numbers={"全部": "0"},
    speaks_of=_USER,
    keeps=[{OTHER_LONG_TRIPS: "0 车次"}],
    breaks=[{OTHER_LONG_TRIPS: "1 车次"}],
)

LONG_HAUL = _by_basis(
    "long-haul", "300公里以上", "by road beyond 300 km",
    _LONG_TRIPS & ~Trip.vehicle.special_purpose, _LONG_VEHICLES,
)  # fmt: skip
long_haul = Rule(
    id="no2.long-haul",
    clause=TASK.clause(
        24,
        f"{_SAME} … 2025年年底前新能源车辆替代比例力争达到90%以上（特种车辆除外）",
    ),
    en="Beyond 300 km, 90 % is new-energy, it is striven for; special-purpose vehicles apart.",
    subject=FreightProfile,
    applies=_LARGE,
    requires=BASIS.each({basis: one.at_least("90 %") for basis, one in LONG_HAUL.items()}),
    due=by("2025-12-31"),
    speaks_of=_USER,
    keeps=[{LONG_HAUL["tonnes"]: "90 %"}],
    breaks=[{LONG_HAUL["tonnes"]: "89.999999 %"}],
)

MIXERS = Share(
    id="no2.mixers-new-energy", zh="商砼车新能源车辆替代比例",
    en="new-energy share of concrete mixers", unit="辆", of=Vehicle.county, observed=True,
    among=IN_USE & Vehicle.fleet.is_("商砼车"), where=Vehicle.new_energy, better="more",
)  # fmt: skip
mixers = Rule(
    id="no2.mixers",
    clause=TASK.clause(25, "2024年年底前，商砼车新能源车辆替代比例力争达到60%以上"),
    also=(TASK.clause(26, "2025年年底前力争达到100%"),),
    en="60 %, then 100 % of the concrete mixers are new-energy, it is striven for.",
    subject=County,
    requires=MIXERS.at_least({"2024-12-31": "60 %", "2025-12-31": "100 %"}),
    due=by("2024-12-31", "2025-12-31"),
    keeps=[{MIXERS: "100 %"}, on("2025-01-01", {MIXERS: "60 %"})],
    breaks=[on("2025-01-01", {MIXERS: "59.999999 %"}), on("2026-01-01", {MIXERS: "99.999999 %"})],
)
