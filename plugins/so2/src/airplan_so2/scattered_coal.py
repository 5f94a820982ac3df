"""二(三)3 (2) 散煤: no-burn zones and what is found in them, the plain without coal, the mountains.

The catalogue of highly polluting fuels (高污染燃料目录) holds in a zone that was announced, by its
class.
"""

from airplan_core import Condition, Rule, Task, attestation, one_each
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import AGR, DRC, EEB, MIIT, MSA
from airplan_so2.interpretations import OFFENCE, RIDGE
from airplan_so2.ledgers import CoalFinding, NoBurnZone, Village

TASK = Task(
    id="2.3.3(2)",
    heading="持续推进集中供热与清洁取暖",
    campaign="so2",
    plan=QINYANG_2024,
    shared=(DRC, MSA, MIIT, EEB, AGR),
)

zone_campaign = attestation(
    "so2.no-burn-zone-campaign",
    TASK.clause(2, "在已公告划定为高污染燃料禁燃区的地区，开展散煤治理行动"),
    NoBurnZone,
    applies=NoBurnZone.announced_on.happened(),
    speaks_of={NoBurnZone.announced_on: "2023-12-31"},
    en="In every no-burn zone that was announced, scattered coal is acted against.",
)

_BURNT = CoalFinding.act.is_("使用")
_BOILER = CoalFinding.burner.is_("锅炉")
_LARGE = _BOILER & CoalFinding.output.at_least("20 蒸吨/小时")
_SMALL = CoalFinding.burner.is_("民用炉灶") | (
    _BOILER & CoalFinding.output.less_than("20 蒸吨/小时")
)
_SULPHUROUS = CoalFinding.sulphur.more_than("0.5 %")
_IMPURE = (CoalFinding.fuel.is_("散煤") & (_SULPHUROUS | CoalFinding.ash.more_than("10 %"))) | (
    CoalFinding.fuel.is_("洁净型煤") & (_SULPHUROUS | CoalFinding.volatile.more_than("12 %"))
)


def _of_class(name: str) -> Condition:
    return CoalFinding.zone.fuels.is_(name)


#: What the catalogue counts as a highly polluting fuel, by the zone's class. What burns it matters
#: where it is burnt; what is sold, stored or moved has no boiler yet. What it counts in class Ⅰ it
#: counts in every class, so that it need not be known which a zone is of.
_CATALOGUED = (
    (_IMPURE & (~_BURNT | _SMALL)) | (_of_class("Ⅱ类") & (~_BURNT | ~_LARGE)) | _of_class("Ⅲ类")
)

offences = Rule(
    id="so2.coal-offences",
    clause=TASK.clause(3, "依法查处违规销售、储存、运输、使用洁净型煤和散煤的行为"),
    en="Whoever sells, stores, moves or uses briquettes or scattered coal against the rules is "
    "dealt with.",
    subject=CoalFinding,
    # the half-sentence before says where: in zones that were announced by the day it was found
    applies=CoalFinding.in_zone
    & CoalFinding.found_on.happened()
    & CoalFinding.zone.announced_on.happened_by(CoalFinding.found_on)
    & CoalFinding.act.among("销售", "储存", "运输", "使用")
    & CoalFinding.fuel.among("散煤", "洁净型煤")
    & OFFENCE.choose(catalogue=_CATALOGUED, established=CoalFinding.unlawful),
    requires=CoalFinding.dealt_on.happened(),
    # 目录: boilers of 20 t/h; sulphur 0.5 %, ash 10 %, volatile matter of briquettes 12 %
    numbers={"销售": "20", "使用": "0.5", "散煤": "10", "洁净型煤": "12"},
    speaks_of={
        CoalFinding.in_zone: True,
        CoalFinding.zone.announced_on: "2023-12-01",
        CoalFinding.zone.fuels: "Ⅰ类",
        CoalFinding.found_on: "2023-12-31",
        CoalFinding.act: "使用",
        CoalFinding.fuel: "散煤",
        CoalFinding.burner: "民用炉灶",
        CoalFinding.sulphur: "0.51 %",
    },
    keeps=[
        {CoalFinding.dealt_on: "2024-01-01"},
        {
            CoalFinding.zone.fuels: "Ⅱ类",
            CoalFinding.burner: "锅炉",
            CoalFinding.output: "19.9 蒸吨/小时",
            CoalFinding.dealt_on: "2024-01-01",
        },
    ],
    breaks=[
        {CoalFinding.dealt_on: "never"},
        {CoalFinding.act: "销售", CoalFinding.dealt_on: "never"},
        OFFENCE.read_as("established", {CoalFinding.unlawful: True, CoalFinding.dealt_on: "never"}),
    ],
)

relapse = Rule(
    id="so2.coal-relapse",
    clause=TASK.clause(4, "严防严控散煤复烧"),
    en="No household that was converted burns scattered coal again.",
    subject=Village,
    applies=Village.converted_households.at_least("1 户"),
    requires=Village.relapsed_households.at_most("0 户"),
    numbers={"严防": "1", "复烧": "0"},
    speaks_of={Village.converted_households: "200 户"},
    keeps=[{Village.relapsed_households: "0 户"}],
    breaks=[{Village.relapsed_households: "1 户"}],
)

plain_cleared = Rule(
    id="so2.plain-without-coal",
    clause=TASK.clause(5, "确保全市平原地区散煤清零"),
    en="In the plain, nobody uses scattered coal.",
    subject=Village,
    applies=Village.terrain.is_("平原"),
    requires=Village.coal_users.at_most("0 户"),
    expects=(one_each(Village.county, {Village.terrain: "平原"}),),
    numbers={"清零": "0"},
    speaks_of={Village.terrain: "平原"},
    keeps=[{Village.coal_users: "0 户"}],
    breaks=[{Village.coal_users: "1 户"}],
)

mountain_coal = attestation(
    "so2.mountain-coal-quality",
    TASK.clause(7, "对不具备“双替代”改造条件的山区强化商品煤质量监管"),
    Village,
    applies=RIDGE.choose(
        apart=Village.terrain.is_("山区"), mountain=Village.terrain.among("山区", "岭区")
    )
    & ~Village.can_convert,
    speaks_of={Village.terrain: "山区", Village.can_convert: False},
    en="Where mountain villages cannot be converted, the quality of the coal sold is supervised.",
)

_DECLARED = (
    TASK.clause(
        1,
        "加大民用、农用散煤替代力度",
        excused="names no quantity; what is to come of it, 2.3.3(2)-5 says",
    ),
    TASK.clause(
        6,
        "逐步推进山区散煤清洁能源替代",
        excused="step by step, without a quantity or a day by which it could be seen to be met",
    ),
)
