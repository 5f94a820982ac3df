"""二(一)7 实施工业企业深度治理: efficient treatment, permits, and what they allow."""

from airplan_core import Rule, Task, attestation, by, one_each
from airplan_pm25.ledgers import Permit, PermittedEmission, TreatmentFacility
from airplan_qinyang import QINYANG_2024, Enterprise
from airplan_qinyang.departments import EEB, MIIT

TASK = Task(
    id="2.1.7",
    heading="实施工业企业深度治理",
    campaign="pm25",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(MIIT,),
)

efficient_facilities = Rule(
    id="pm25.efficient-facilities",
    clause=TASK.clause(1, "工业企业应采用高效脱硫、脱硝、除尘设施"),
    en="Desulphurisation, denitrification and dedusting are highly efficient.",
    subject=TreatmentFacility,
    applies=TreatmentFacility.kind.among("脱硫", "脱硝", "除尘"),
    requires=TreatmentFacility.high_efficiency,
    # of each kind an enterprise has one, or says that it needs none
    expects=tuple(
        one_each(TreatmentFacility.enterprise, {TreatmentFacility.kind: (kind, f"无需{kind}")})
        for kind in ("脱硫", "脱硝", "除尘")
    ),
    speaks_of={TreatmentFacility.kind: "脱硝"},
    keeps=[{TreatmentFacility.high_efficiency: True}],
    breaks=[{TreatmentFacility.kind: "除尘", TreatmentFacility.high_efficiency: False}],
)

special_requirements = attestation(
    "pm25.jiaozuo-special-requirements",
    TASK.clause(2, "符合焦作市关于改善生态环境质量的特别要求"),
    Enterprise,
    en="Industrial enterprises meet Jiaozuo's special requirements.",
)

#: 将载入排污许可证管理 lacks its object; it is the special requirements just named (I-39).
permits = Rule(
    id="pm25.permits-updated",
    clause=TASK.clause(
        3, "并按照《排污许可管理条例》相关规定，于2024年10月底前将载入排污许可证管理"
    ),
    en="The special requirements are written into the discharge permits.",
    subject=Permit,
    applies=Permit.category.among("重点管理", "简化管理"),
    requires=Permit.written_on.happened(),
    expects=(one_each(Permit.enterprise),),
    due=by("2024-10-31"),
    speaks_of={Permit.category: "重点管理"},
    keeps=[{Permit.written_on: "2024-10-31"}],
    breaks=[{Permit.category: "简化管理", Permit.written_on: "never"}],
)

within_permit = Rule(
    id="pm25.emission-within-permit",
    clause=TASK.clause(4, "严格污染物排放浓度和排放总量控制"),
    en="Concentration and total emission stay within the permit.",
    subject=PermittedEmission,
    requires=PermittedEmission.concentration.at_most(PermittedEmission.concentration_limit)
    & PermittedEmission.total.at_most(PermittedEmission.total_limit),
    expects=(one_each(PermittedEmission.permit),),
    speaks_of={
        PermittedEmission.concentration_limit: "10 mg/m³",
        PermittedEmission.total_limit: "35 吨/年",
    },
    keeps=[{PermittedEmission.concentration: "10 mg/m³", PermittedEmission.total: "35 吨/年"}],
    breaks=[
        {PermittedEmission.concentration: "10.1 mg/m³", PermittedEmission.total: "35 吨/年"},
        {PermittedEmission.concentration: "10 mg/m³", PermittedEmission.total: "35.1 吨/年"},
    ],
)
