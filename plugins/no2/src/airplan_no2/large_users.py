"""二(四)3, its last sentences: enterprises of 1 Mt a year, their short and long hauls; mixers."""

from collections.abc import Mapping

from airplan_core import Condition, County, Rule, by, on
from airplan_no2.industries import TASK
from airplan_no2.interpretations import BASIS, LARGE_WORKS, TOGETHER
from airplan_no2.ledgers import FreightProfile
from airplan_no2.metrics import (
    IN_PLANT_ONLY,
    LONG_HAUL,
    MIXERS,
    OTHER_LONG_TRIPS,
    SHORT_HAUL,
    WITHIN_300,
)
from airplan_qinyang.enterprise import CEMENT

_LARGE = (
    FreightProfile.key_industry
    & FreightProfile.freight_in.plus(FreightProfile.freight_out).at_least("100 万吨/年")
    & (LARGE_WORKS.takes("both") | ~FreightProfile.enterprise.industry.among("钢铁", *CEMENT))
)
_USER = {
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
