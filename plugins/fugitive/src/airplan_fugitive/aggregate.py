"""二(七)2 加强砂石骨料行业无组织排放管控: the works, their sheds, fog cannons, wheel washing."""

from typing import Any

from airplan_core import Condition, Exempt, Rule, Task, one_each, whole
from airplan_fugitive.interpretations import COVERAGE
from airplan_fugitive.ledgers import AggregateWorks, MaterialShed
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB

TASK = Task(
    id="2.7.2",
    heading="加强砂石骨料行业无组织排放管控",
    campaign="fugitive",
    plan=QINYANG_2024,
    shared=(EEB, DRC),
)

_AGGREGATE = "砂石骨料"
_WORKS = AggregateWorks.enterprise.industry.is_(_AGGREGATE)
_A_WORKS = {AggregateWorks.enterprise.industry: _AGGREGATE}

orderly = Rule(
    id="fugitive.aggregate-orderly",
    clause=TASK.clause(
        1,
        "按照《焦作市人民政府办公室关于促进砂石行业健康有序发展的实施意见》（焦政办〔2021〕6号）文件"
        "要求，推进砂石骨料行业健康有序发展",
    ),
    en="Aggregate works conform to Jiaozuo's opinions on the trade (焦政办〔2021〕6号).",
    subject=AggregateWorks,
    applies=_WORKS,
    requires=AggregateWorks.conforms,
    speaks_of=_A_WORKS,
    keeps=[{AggregateWorks.conforms: True}],
    breaks=[{AggregateWorks.conforms: False}],
)

_UPGRADED = {AggregateWorks.upgraded: True, AggregateWorks.deep_treated: True}
upgraded = Rule(
    id="fugitive.aggregate-upgraded",
    clause=TASK.clause(2, "推动砂石骨料行业开展装备升级及深度治理"),
    en="Aggregate works upgrade their equipment and treat their emission in depth.",
    subject=AggregateWorks,
    applies=_WORKS,
    requires=whole("装备升级、深度治理", AggregateWorks.upgraded, AggregateWorks.deep_treated),
    numbers={"装备升级及深度治理": "2"},
    speaks_of=_A_WORKS,
    keeps=[_UPGRADED],
    breaks=[{**_UPGRADED, one: False} for one in _UPGRADED],
)

_MEASURES = {
    AggregateWorks.transport_kept_down: True,
    AggregateWorks.transport_taken_out: True,
    AggregateWorks.work_kept_down: True,
    AggregateWorks.work_taken_out: True,
}
measures = Rule(
    id="fugitive.aggregate-dust-measures",
    clause=TASK.clause(3, "严格落实矿石运输和加工过程防尘、除尘措施"),
    en="In moving and in working ore, dust is prevented and removed.",
    subject=AggregateWorks,
    applies=_WORKS,
    requires=whole("运输防尘、运输除尘、加工防尘、加工除尘", *_MEASURES),
    numbers={"运输和加工过程防尘、除尘": "4"},
    speaks_of=_A_WORKS,
    keeps=[_MEASURES],
    breaks=[{**_MEASURES, one: False} for one in _MEASURES],
)

_SHED: Condition = MaterialShed.enterprise.industry.is_(_AGGREGATE) & MaterialShed.kind.is_(
    "物料棚仓"
)
_A_SHED: dict[Any, Any] = {
    MaterialShed.enterprise.industry: _AGGREGATE,
    MaterialShed.kind: "物料棚仓",
}
#: Of each works there is a shed, or a row that says it has none.
_ENTERED = (one_each(MaterialShed.enterprise, {MaterialShed.kind: ("物料棚仓", "无物料棚仓")}),)

cannons = Rule(
    id="fugitive.sheds-fog-cannons",
    clause=TASK.clause(4, "物料棚仓配装雾炮"),
    en="A shed of materials has a fog cannon.",
    subject=MaterialShed,
    applies=_SHED,
    requires=MaterialShed.cannons.at_least("1 台"),
    expects=_ENTERED,
    numbers={"配装": "1"},
    speaks_of=_A_SHED,
    keeps=[{MaterialShed.cannons: 1}],
    breaks=[{MaterialShed.cannons: 0}],
)

covered = Rule(
    id="fugitive.sheds-covered",
    clause=TASK.clause(5, "射程可覆盖全仓"),
    en="The range of a shed's fog cannons covers the whole of it.",
    subject=MaterialShed,
    applies=_SHED,
    requires=COVERAGE.choose(
        stated=MaterialShed.covers,
        even=MaterialShed.cannons.at_least("1 台")
        & MaterialShed.range.at_least(MaterialShed.to_corner),
    ),
    expects=_ENTERED,
    speaks_of=_A_SHED,
    keeps=[{MaterialShed.covers: True}],
    breaks=[{MaterialShed.covers: False}],
)

transfer = Rule(
    id="fugitive.sheds-no-open-transfer",
    clause=TASK.clause(6, "棚仓内物料不得进行露天转运"),
    en="What lies in a shed is not moved in the open.",
    subject=MaterialShed,
    applies=_SHED,
    requires=~MaterialShed.open_transfer,
    expects=_ENTERED,
    speaks_of=_A_SHED,
    keeps=[{MaterialShed.open_transfer: False}],
    breaks=[{MaterialShed.open_transfer: True}],
)

_AT_THE_PLANT = TASK.clause(8, "不具备建设条件的，可在厂区出入口建设")
wheel_wash = Rule(
    id="fugitive.sheds-wheel-wash",
    clause=TASK.clause(7, "在物料棚出入口建设自动轮胎冲洗台"),
    also=(_AT_THE_PLANT,),
    en="Every gate of a shed has automatic wheel washing; where there is no room for it, the "
    "plant's gate may have it instead.",
    subject=MaterialShed,
    applies=_SHED & MaterialShed.gates.more_than("0 个"),
    requires=MaterialShed.gates_with_wash.at_least(MaterialShed.gates),
    # a plant's gate without it is no place where it was built instead
    exempt=(
        Exempt(
            "plant-gate",
            _AT_THE_PLANT.text,
            ~MaterialShed.room & MaterialShed.plant_gate_wash,
        ),
    ),
    expects=_ENTERED,
    numbers={"出入口": "0"},
    speaks_of={**_A_SHED, MaterialShed.gates: 2, MaterialShed.room: True},
    keeps=[{MaterialShed.gates_with_wash: 2}],
    breaks=[
        {MaterialShed.gates_with_wash: 1, MaterialShed.plant_gate_wash: True},
        {
            MaterialShed.gates_with_wash: 1,
            MaterialShed.room: False,
            MaterialShed.plant_gate_wash: False,
        },
    ],
)

washing = Rule(
    id="fugitive.wheel-wash-running",
    clause=TASK.clause(9, "并保持正常运行"),
    en="Wheel washing that was built is kept running.",
    subject=MaterialShed,
    applies=_SHED & (MaterialShed.gates_with_wash.more_than("0 个") | MaterialShed.plant_gate_wash),
    requires=MaterialShed.washing,
    expects=_ENTERED,
    numbers={"保持": "0"},
    speaks_of={**_A_SHED, MaterialShed.gates_with_wash: 1},
    keeps=[{MaterialShed.washing: True}],
    breaks=[{MaterialShed.washing: False}],
)
