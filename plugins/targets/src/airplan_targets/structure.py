"""一(二) 目标指标, by the end of 2025: total emissions, trucks, rail freight, diesel NOx."""

from airplan_core import Rule, attestation, by
from airplan_targets.air import TASK
from airplan_targets.ledgers import EmissionReduction, TransportStructure

_DUE = by("2025-12-31")
_BY = "到2025年底 … "

total_emissions = Rule(
    id="targets.total-emissions",
    # the tonnes are assigned from above: a fact of the ledger, not a number of the plan
    clause=TASK.clause(17, f"{_BY}完成“十四五”大气污染物总量减排目标"),
    en="The reductions that the 14th five-year plan assigns are achieved.",
    subject=EmissionReduction,
    applies=EmissionReduction.required.more_than("0 吨"),
    requires=EmissionReduction.achieved.at_least(EmissionReduction.required),
    due=_DUE,
    numbers={"目标": "0"},  # where nothing is assigned there is none
    speaks_of={EmissionReduction.required: "120 吨"},
    keeps=[{EmissionReduction.achieved: "120 吨"}],
    breaks=[{EmissionReduction.achieved: "119 吨"}],
)

no_black_smoke = attestation(
    "targets.no-black-smoke",
    TASK.clause(19, f"{_BY}移动源冒黑烟现象基本消除"),
    due=_DUE,
    en="Black smoke from mobile sources is all but gone.",
)

clean_trucks = Rule(
    id="targets.clean-trucks",
    clause=TASK.clause(20, f"{_BY}新能源和国六排放标准货车保有量占比力争超过40%"),
    en="More than 40 % of the trucks are new-energy or China VI, it is striven for.",
    subject=TransportStructure,
    # a share: of a county that has entered no truck of any kind it is not known
    requires=(
        TransportStructure.new_energy_trucks.plus(TransportStructure.china_6_trucks)
        / TransportStructure.trucks
    ).more_than("40 %"),
    due=_DUE,
    speaks_of={TransportStructure.china_6_trucks: 300, TransportStructure.trucks: 1000},
    keeps=[{TransportStructure.new_energy_trucks: 101}],
    breaks=[{TransportStructure.new_energy_trucks: 100}],
)

rail_freight = Rule(
    id="targets.rail-freight-share",
    # the sentence names no year to rise from: the ledger's baseline is the county's declaration
    clause=TASK.clause(21, f"{_BY}铁路货运量占比提升0.5个百分点"),
    en="The rail share of freight has risen by 0.5 percentage points over its baseline.",
    subject=TransportStructure,
    requires=TransportStructure.rail_share.minus(TransportStructure.rail_share_baseline).at_least(
        "0.5 百分点"
    ),
    due=_DUE,
    speaks_of={TransportStructure.rail_share_baseline: "8 %"},
    keeps=[{TransportStructure.rail_share: "8.5 %"}],
    breaks=[{TransportStructure.rail_share: "8.49 %"}],
)

diesel_nox = Rule(
    id="targets.diesel-truck-nox",
    clause=TASK.clause(22, f"{_BY}柴油货车氮氧化物排放量下降12%以上"),
    en="The NOx of diesel trucks has fallen by 12 % or more below its baseline.",
    subject=TransportStructure,
    requires=TransportStructure.diesel_nox.fallen_by(
        "12 %", since=TransportStructure.diesel_nox_baseline
    ),
    due=_DUE,
    speaks_of={TransportStructure.diesel_nox_baseline: "1000 吨/年"},
    keeps=[{TransportStructure.diesel_nox: "880 吨/年"}],
    breaks=[{TransportStructure.diesel_nox: "880.1 吨/年"}],
)

_DECLARED = (
    TASK.clause(
        18,
        f"{_BY}运输结构、用车结构清洁低碳程度明显提高",
        excused="明显提高 names no quantity; 1.2-20 to 1.2-22 do",
    ),
    TASK.clause(
        23,
        f"{_BY}移动源现代化环境管理体系初步形成",
        excused="初步形成 names nothing that could be seen",
    ),
)
