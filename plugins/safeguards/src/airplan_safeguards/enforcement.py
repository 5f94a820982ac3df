"""三(四) 加强执法帮扶: joint enforcement in five fields, products, vehicles, help and training."""

from airplan_core import Condition, Count, County, Rule, Task, attestation, by, during, every, whole
from airplan_qinyang import QINYANG_2024
from airplan_safeguards.enforcement_ledgers import (
    FIELDS,
    Assistance,
    JointEnforcement,
    VehicleOffence,
    VocProduct,
)
from airplan_safeguards.interpretations import JOINT, TRAINING

TASK = Task(id="3.4", heading="加强执法帮扶", campaign="safeguards", plan=QINYANG_2024)

supervision = attestation(
    "safeguards.enforcement",
    TASK.clause(1, "围绕目标、任务和措施，开展环境监督执法"),
    en="The law is enforced where the plan's targets, tasks and measures need it.",
)

_JOINT = TASK.clause(
    2,
    "在锅炉和炉窑综合治理、煤炭质量、柴油车（机）、油品质量、含VOCs产品质量等领域实施多部门联合执法，"
    "严厉打击环境违法行为",
)


def _actions(name: str, zh: str, en: str, more: Condition | None = None) -> tuple[Count, ...]:
    """How many there were in each of the five fields; of one department alone is not joint."""
    several = JointEnforcement.departments.at_least("2 个")
    joint = several if more is None else several & more
    return tuple(
        Count(
            id=f"safeguards.{name}-{number}", zh=f"{zh}（{field}）", en=f"{en} ({number})",
            unit="次", of=JointEnforcement.county, better="more",
            where=joint & JointEnforcement.field.is_(field),
            on=JointEnforcement.held_on if more is None else None,
        )
        for number, field in enumerate(FIELDS, 1)
    )  # fmt: skip


#: Of a year, and of the plan until now.
ACTIONS = _actions("joint-actions", "联合执法次数", "joint actions of a field")
ACTIONS_EVER = _actions(
    "joint-actions-ever", "方案实施以来联合执法次数", "joint actions under the plan, of a field",
    JointEnforcement.held_on.happened_after("2023-12-31"),
)  # fmt: skip


def _in_each(counts: tuple[Count, ...]) -> Condition:
    return whole("五个领域联合执法", *(one.at_least("1 次") for one in counts))


joint = Rule(
    id="safeguards.joint-enforcement",
    clause=_JOINT,
    en="By the plan's last day, departments have enforced the law together in each of five fields.",
    subject=County,
    applies=JOINT.takes("plan"),
    requires=_in_each(ACTIONS_EVER),
    due=by("2025-12-31"),
    numbers={"实施": "2025-12-31", "多部门": "2", "联合执法": "1", "领域": "5", "在": "2023-12-31"},
    speaks_of=dict.fromkeys(ACTIONS_EVER, "1 次"),
    keeps=[{}],
    breaks=[{one: "0 次"} for one in ACTIONS_EVER],
)
joint_yearly = Rule(
    id="safeguards.joint-enforcement-each-year",
    clause=_JOINT,
    en="Each year, departments enforce the law together in each of five fields.",
    subject=County,
    applies=JOINT.takes("yearly"),
    requires=_in_each(ACTIONS),
    due=during(2024, 2025),
    numbers={"多部门": "1", "领域": "5", "在": "2024-12-31", "实施": "2025-12-31"},
    speaks_of=JOINT.read_as("yearly", dict.fromkeys(ACTIONS, "1 次")),
    keeps=[{}],
    breaks=[{one: "0 次"} for one in ACTIONS],
)

materials = attestation(
    "safeguards.voc-materials-supervised",
    TASK.clause(3, "开展专项执法行动，加大VOCs原辅材料质量达标监管力度"),
    parts=("专项执法行动", "VOCs原辅材料质量达标监管"),
    numbers={"加大": "2"},
    en="Special actions are held, and the quality of materials with VOCs is supervised more.",
)
products = Rule(
    id="safeguards.failed-products-pursued",
    clause=TASK.clause(4, "曝光不合格产品并追溯其生产、销售、进口、使用企业，依法追究责任"),
    en="A product that does not conform is made public, whoever made, sold, imported or used it is "
    "traced, and held liable by law.",
    subject=VocProduct,
    applies=VocProduct.failed & VocProduct.checked_on.happened_after("2023-12-31"),
    requires=whole("曝光、追溯、追究", VocProduct.exposed, VocProduct.traced, VocProduct.pursued),
    numbers={"曝光": "2023-12-31", "追究": "3"},
    speaks_of={
        VocProduct.failed: True,
        VocProduct.checked_on: "2024-01-01",
        VocProduct.exposed: True,
        VocProduct.traced: True,
        VocProduct.pursued: True,
    },
    keeps=[{}],
    breaks=[{VocProduct.exposed: False}, {VocProduct.traced: False}, {VocProduct.pursued: False}],
)
roadside = attestation(
    "safeguards.roadside-checks",
    TASK.clause(5, "完善移动源多部门联合路检路查监管模式和工作机制"),
    parts=("监管模式", "工作机制"),
    numbers={"和": "2"},
    en="How departments check vehicles on the road together is improved.",
)
mobile_sources = attestation(
    "safeguards.mobile-sources-in-daily-enforcement",
    TASK.clause(6, "将移动源纳入地方污染源日常监督执法内容"),
    en="Mobile sources are part of the daily enforcement on sources of pollution.",
)
vehicles = Rule(
    id="safeguards.vehicle-offences-dealt-with",
    clause=TASK.clause(7, "依法依规查处机动车超标上路行驶、冒黑烟等行为"),
    en="A vehicle that drives on the road above its limits, or with black smoke, is dealt with.",
    subject=VehicleOffence,
    applies=VehicleOffence.found_on.happened_after("2023-12-31"),
    requires=VehicleOffence.dealt_with,
    numbers={"查处": "2023-12-31"},
    speaks_of={VehicleOffence.found_on: "2024-01-01"},
    keeps=[{VehicleOffence.dealt_with: True}],
    breaks=[{VehicleOffence.dealt_with: False}],
)

_HELP = TASK.clause(8, "开展精准监督帮扶，定期组织开展技术帮扶和政策解读培训")

HELPED, TRAINED = (
    Count(
        id=f"safeguards.{name}", zh=f"{zh}次数", en=en, unit="次", of=Assistance.county,
        on=Assistance.held_on, where=Assistance.kind.is_(zh), better="more",
    )
    for name, zh, en in (
        ("technical-help", "技术帮扶", "times of technical help"),
        ("policy-training", "政策解读培训", "trainings on policies"),
    )
)  # fmt: skip
_BOTH = whole("技术帮扶、政策解读培训", HELPED.at_least("1 次"), TRAINED.at_least("1 次"))

precise_help = attestation(
    "safeguards.precise-help", _HELP, en="Supervision and help go to where they are needed."
)
training = Rule(
    id="safeguards.help-and-training",
    clause=_HELP,
    en="Each year there is technical help for enterprises, and training on policies.",
    subject=County,
    applies=TRAINING.takes("year"),
    requires=_BOTH,
    due=during(2024, 2025),
    numbers={"定期": "1", "开展": "2024-12-31", "组织": "2025-12-31", "和": "2"},
    speaks_of={HELPED: "1 次", TRAINED: "1 次"},
    keeps=[{}],
    breaks=[{HELPED: "0 次"}, {TRAINED: "0 次"}],
)
training_quarterly = Rule(
    id="safeguards.help-and-training-each-quarter",
    clause=_HELP,
    en="Each quarter there is technical help for enterprises, and training on policies.",
    subject=County,
    applies=TRAINING.takes("quarter"),
    requires=_BOTH,
    due=every("quarter", 2024, 2025),
    numbers={"定期": "1", "和": "2"},
    speaks_of=TRAINING.read_as("quarter", {HELPED: "1 次", TRAINED: "1 次"}),
    keeps=[{}],
    breaks=[{HELPED: "0 次"}, {TRAINED: "0 次"}],
)

difficulties = TASK.clause(
    9,
    "指导解决工作中的具体困难和实际问题，帮助企业纾困解难",
    excused="names no act that could be seen; help and training are 3.4-8",
)
