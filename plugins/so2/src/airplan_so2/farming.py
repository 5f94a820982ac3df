"""二(三)5 农业领域清洁能源替代: mushrooms, herbs where they grow, devices below the standard."""

from airplan_core import County, Rule, Share, Task, attestation, one_each
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import AGR, EEB, MIIT
from airplan_qinyang.interpretations import ALMOST
from airplan_so2.interpretations import CROPS_ETC, EQUIPMENT_ETC, ORDERLY
from airplan_so2.ledgers import CLEAN_DRYING, FarmEquipment, HerbSite, MushroomGrower

TASK = Task(
    id="2.3.5",
    heading="深入推进农业领域清洁能源替代",
    campaign="so2",
    plan=QINYANG_2024,
    shared=(AGR, MIIT, EEB),
)

mushrooms = Rule(
    id="so2.mushroom-retrofits-kept",
    clause=TASK.clause(1, "巩固全市食用菌企业“双改”工作成效"),
    en="Mushroom growers keep what their retrofit has brought.",
    subject=MushroomGrower,
    # what has not been retrofitted has no result that could be kept
    applies=MushroomGrower.retrofitted,
    requires=MushroomGrower.kept,
    expects=(one_each(MushroomGrower.county),),
    speaks_of={MushroomGrower.retrofitted: True},
    keeps=[{MushroomGrower.kept: True}],
    breaks=[{MushroomGrower.kept: False}],
)

survey = Rule(
    id="so2.herb-sites-surveyed",
    # 全面 is each of them
    clause=TASK.clause(2, "全面排查地黄、山药等产地加工环节"),
    en="Every place where rehmannia and yam are processed where they grow is surveyed.",
    subject=HerbSite,
    applies=CROPS_ETC.takes("open") | HerbSite.crop.among("地黄", "山药"),
    requires=HerbSite.surveyed_on.happened(),
    expects=(
        one_each(HerbSite.county, {HerbSite.crop: "地黄"}),
        one_each(HerbSite.county, {HerbSite.crop: "山药"}),
    ),
    speaks_of={HerbSite.crop: "山药"},
    keeps=[{HerbSite.surveyed_on: "2024-01-01"}],
    breaks=[{HerbSite.surveyed_on: "never"}],
)

publicity = attestation(
    "so2.clean-drying-publicity",
    TASK.clause(3, "在怀药产区大力宣传推广清洁能源替代相关政策、技术"),
    parts=("政策", "技术"),
    numbers={"政策、技术": "2"},
    en="In the herb-growing area, the policies and techniques of clean energy are made known.",
)

herb_drying = Rule(
    id="so2.herb-drying",
    clause=TASK.clause(4, "有序推进中药材烘干环节清洁能源替代或传统火焙的技改工作"),
    en="Herb dryers run on clean energy, or the traditional fire is upgraded.",
    subject=FarmEquipment,
    applies=FarmEquipment.kind.is_("中药材烘干"),
    # the second way is for what is dried over a fire, and what is out of use burns nothing
    requires=FarmEquipment.energy.among(*CLEAN_DRYING)
    | (FarmEquipment.fire_drying & FarmEquipment.upgraded_on.happened())
    | FarmEquipment.removed_on.happened()
    | (
        ORDERLY.takes("planned")
        & FarmEquipment.planned_by.given()
        & ~FarmEquipment.planned_by.more_than_ago()
    ),
    expects=(one_each(FarmEquipment.county, {FarmEquipment.kind: "中药材烘干"}),),
    speaks_of={
        FarmEquipment.kind: "中药材烘干",
        FarmEquipment.energy: "燃煤",
        FarmEquipment.fire_drying: True,
        FarmEquipment.upgraded_on: "never",
        FarmEquipment.removed_on: "never",
    },
    keeps=[
        {FarmEquipment.energy: "电"},
        {FarmEquipment.upgraded_on: "2024-01-01"},
        ORDERLY.read_as("planned", {FarmEquipment.planned_by: "2024-06-30"}),
    ],
    breaks=[{}, {FarmEquipment.fire_drying: False, FarmEquipment.upgraded_on: "2024-01-01"}],
)

_BASICALLY = TASK.clause(5, "基本淘汰储粮烘干、农产品加工等不符合标准的设备、设施")
_BELOW = (
    EQUIPMENT_ETC.takes("open") | FarmEquipment.kind.among("储粮烘干", "农产品加工")
) & ~FarmEquipment.conforms

equipment = Rule(
    id="so2.farm-equipment-removed",
    clause=_BASICALLY,
    en="Grain dryers and farm processing devices below the standard are out of use, or nearly all.",
    subject=FarmEquipment,
    applies=ALMOST.takes("each") & _BELOW,
    requires=FarmEquipment.removed_on.happened(),
    speaks_of={FarmEquipment.kind: "储粮烘干", FarmEquipment.conforms: False},
    keeps=[{FarmEquipment.removed_on: "2024-01-01"}],
    breaks=[
        {FarmEquipment.removed_on: "never"},
        {FarmEquipment.kind: "农产品加工", FarmEquipment.removed_on: "never"},
    ],
)

REMOVED = Share(
    id="so2.farm-equipment-removed", zh="不符合标准的农业设备淘汰比例",
    en="share of devices below the standard that are out of use", unit="台",
    of=FarmEquipment.county, among=_BELOW, where=FarmEquipment.removed_on.happened(),
    observed=True, better="more",
)  # fmt: skip
equipment_share = Rule(
    id="so2.farm-equipment-share",
    clause=_BASICALLY,
    en="95 % of the grain dryers and farm processing devices below the standard are out of use.",
    subject=County,
    applies=ALMOST.takes("share"),
    requires=REMOVED.at_least("95 %"),
    numbers={"基本": "95"},
    speaks_of=ALMOST.read_as("share", {}),
    keeps=[{REMOVED: "95 %"}],
    breaks=[{REMOVED: "94.999999 %"}],
)
