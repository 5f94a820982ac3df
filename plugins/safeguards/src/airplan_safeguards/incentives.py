"""三(二) 强化政策激励: many means together, systems that go on, money for what the plan names."""

from airplan_core import Task, attestation
from airplan_qinyang import QINYANG_2024
from airplan_safeguards.interpretations import MEANS

TASK = Task(id="3.2", heading="强化政策激励", campaign="safeguards", plan=QINYANG_2024)

_MEANS = TASK.clause(
    1,
    "综合运用调度通报、经济奖罚、公开约谈、联合执法、追责问责等多种手段，督促各级各部门落实属地责任",
)

means = attestation(
    "safeguards.means-used-together",
    _MEANS,
    applies=MEANS.takes("each"),
    parts=("调度通报", "经济奖罚", "公开约谈", "联合执法", "追责问责"),
    numbers={"多种": "5"},
    en="Circulars, money, public interviews, joint enforcement and accountability are all used.",
)
means_several = attestation(
    "safeguards.several-means-used",
    _MEANS,
    applies=MEANS.takes("several"),
    speaks_of=MEANS.read_as("several", {}),
    en="Several means are used together.",
)
systems = attestation(
    "safeguards.incentives-continued",
    TASK.clause(
        2,
        "持续推进差别化电价水价、环保信用评价、绿色金融信贷支持等制度，激励企业践行绿色低碳发展",
    ),
    parts=("差别化电价水价", "环保信用评价", "绿色金融信贷支持"),
    numbers={"等制度": "3"},
    en="Prices that differ, credit ratings and green credit go on as incentives.",
)
funds = attestation(
    "safeguards.funds-for-key-work",
    TASK.clause(
        3,
        "统筹财政资金，重点支持工业企业深度治理、限制类装备退出、散煤清洁替代、移动源污染治理、"
        "VOCs治理以及执法监察、监测监控等基础能力建设提升",
    ),
    parts=(
        "工业企业深度治理", "限制类装备退出", "散煤清洁替代", "移动源污染治理", "VOCs治理",
        "执法监察能力建设", "监测监控能力建设",
    ),
    numbers={"重点支持": "7"},
    en="Public money supports each of the seven kinds of work that the sentence names.",
)  # fmt: skip
