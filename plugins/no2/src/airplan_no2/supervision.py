"""二(四)5 严格机动车环保达标监管: spot checks, offences, passes, gates, electronic ledgers."""

from airplan_core import Rule, Task, attestation
from airplan_no2.interpretations import HIGH_EMISSION
from airplan_no2.ledgers import FreightProfile, TruckFamily, VehicleCheck, ZoneEntry
from airplan_no2.shares import a_truck
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, MIIT, MSA, PSB, TRA

TASK = Task(
    id="2.4.5",
    heading="严格机动车环保达标监管",
    campaign="no2",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(TRA, PSB, MSA, MIIT),
)

families = Rule(
    id="no2.truck-families",
    # 全覆盖 is every family: the ledger's share follows from its rows
    clause=TASK.clause(1, "强化新生产货车监督抽查，实现系族全覆盖"),
    en="Spot checks of newly produced trucks cover every family.",
    subject=TruckFamily,
    requires=TruckFamily.checked_on.happened(),
    keeps=[{TruckFamily.checked_on: "2024-01-01"}],
    breaks=[{TruckFamily.checked_on: "never"}],
)

stations = attestation(
    "no2.roadside-stations",
    TASK.clause(2, "加强路检路查执法检查站点建设管理"),
    en="Stations for roadside checks are built and run.",
)
checks = attestation(
    "no2.heavy-truck-checks",
    TASK.clause(3, "加大重型货车路检路查以及集中使用和停放地的入户检查力度"),
    en="Heavy trucks are checked more, on the road and where they gather.",
)

tampering = Rule(
    id="no2.tampering",
    clause=TASK.clause(4, "严厉打击拆除车辆尾气后处理装置、破坏篡改车载诊断系统（OBD）等违法行为"),
    en="Whoever removes after-treatment or tampers with OBD is prosecuted.",
    subject=VehicleCheck,
    applies=VehicleCheck.tampered,
    requires=VehicleCheck.case_filed,
    speaks_of={VehicleCheck.tampered: True},
    keeps=[{VehicleCheck.case_filed: True}],
    breaks=[{VehicleCheck.case_filed: False}],
)

zones = Rule(
    id="no2.no-go-zones",
    clause=TASK.clause(5, "强化高排放柴油货车禁行区管控"),
    en="A high-emission diesel truck drives in a zone that is closed to it by a valid pass only.",
    subject=ZoneEntry,
    applies=a_truck(ZoneEntry.vehicle.fleet)
    & ZoneEntry.vehicle.fuel.is_("柴油")
    & HIGH_EMISSION.choose(
        stage_4=ZoneEntry.vehicle.stage.at_most("国四"),
        stage_3=ZoneEntry.vehicle.stage.at_most("国三"),
    )
    & ZoneEntry.date.happened()
    & ZoneEntry.zone.in_force_on.happened_by(ZoneEntry.date),
    requires=ZoneEntry.permitted
    & ZoneEntry.held.valid_from.happened_by(ZoneEntry.date)
    & ZoneEntry.date.happened_by(ZoneEntry.held.valid_to),
    speaks_of={
        ZoneEntry.vehicle.fleet: "其他载货汽车",
        ZoneEntry.vehicle.fuel: "柴油",
        ZoneEntry.vehicle.stage: "国四",
        ZoneEntry.zone.in_force_on: "2023-10-01",
        ZoneEntry.date: "2024-01-01",
        ZoneEntry.permitted: True,
        ZoneEntry.held.valid_from: "2023-12-01",
        ZoneEntry.held.valid_to: "2024-01-01",
    },
    keeps=[{}],
    breaks=[
        {ZoneEntry.permitted: False},
        {ZoneEntry.held.valid_to: "2023-12-31"},
        {ZoneEntry.held.valid_from: "2024-01-02"},
    ],
)
passes = attestation(
    "no2.pass-platform",
    TASK.clause(6, "完成“河南电子通行证一体化平台”建设"),
    en="The province's platform for electronic passes is completed.",
)

over_limit = Rule(
    id="no2.over-limit-vehicles",
    clause=TASK.clause(7, "加强超标排放车辆通行监管"),
    en="Vehicles over the limit are kept from the road.",
    subject=VehicleCheck,
    applies=VehicleCheck.over_limit,
    # one that has been mended and has passed may drive again
    requires=VehicleCheck.restricted | VehicleCheck.mended,
    speaks_of={VehicleCheck.over_limit: True},
    keeps=[
        {VehicleCheck.restricted: True},
        {VehicleCheck.restricted: False, VehicleCheck.mended: True},
    ],
    breaks=[{VehicleCheck.restricted: False, VehicleCheck.mended: False}],
)

gates = Rule(
    id="no2.gate-systems",
    clause=TASK.clause(8, "推进大宗物料运输企业门禁系统建设"),
    en="Enterprises that move bulk materials have a gate system.",
    subject=FreightProfile,
    applies=FreightProfile.bulk_carrier,
    requires=FreightProfile.gate_system,
    speaks_of={FreightProfile.bulk_carrier: True},
    keeps=[{FreightProfile.gate_system: True}],
    breaks=[{FreightProfile.gate_system: False}],
)

electronic_ledgers = Rule(
    id="no2.electronic-ledgers",
    clause=TASK.clause(9, "建立运输车辆、厂内车辆、非道路移动机械电子台账"),
    en="They keep electronic ledgers of transport vehicles, in-plant vehicles and machines.",
    subject=FreightProfile,
    applies=FreightProfile.bulk_carrier,
    requires=FreightProfile.transport_ledger
    & FreightProfile.in_plant_ledger
    & FreightProfile.machine_ledger,
    speaks_of={
        FreightProfile.bulk_carrier: True,
        FreightProfile.transport_ledger: True,
        FreightProfile.in_plant_ledger: True,
    },
    keeps=[{FreightProfile.machine_ledger: True}],
    breaks=[{FreightProfile.machine_ledger: False}],
)

_SYSTEMS = TASK.clause(10, "全面实施汽车排放检验与维护制度和机动车排放召回制度")

recall = attestation(
    "no2.inspection-and-recall",
    _SYSTEMS,
    en="The systems of inspection and maintenance and of emission recall are in force.",
)

maintenance = Rule(
    id="no2.inspection-and-maintenance",
    clause=_SYSTEMS,
    en="A vehicle that failed its inspection is mended and passes.",
    subject=VehicleCheck,
    applies=VehicleCheck.kind.is_("定期检验") & VehicleCheck.over_limit,
    requires=VehicleCheck.mended,
    speaks_of={VehicleCheck.kind: "定期检验", VehicleCheck.over_limit: True},
    keeps=[{VehicleCheck.mended: True}],
    breaks=[{VehicleCheck.mended: False}],
)

agencies = attestation(
    "no2.inspection-agencies",
    TASK.clause(11, "强化对年检机构的监管执法"),
    en="Inspection agencies are supervised.",
)
evaporation = attestation(
    "no2.fuel-evaporation",
    TASK.clause(12, "鼓励开展燃油蒸发排放控制检测"),
    en="Testing the control of fuel evaporation is encouraged.",
)
