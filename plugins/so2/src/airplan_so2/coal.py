"""二(三)2 严格合理控制煤炭消费总量: an action plan, less coal outside power plants, a cap."""

from airplan_core import Condition, County, Rule, Sum, Task, attestation, during
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB
from airplan_so2.interpretations import COAL_SINCE
from airplan_so2.ledgers import CoalTask, CoalUse

TASK = Task(
    id="2.3.2",
    heading="严格合理控制煤炭消费总量",
    campaign="so2",
    plan=QINYANG_2024,
    lead=(DRC,),
    cooperating=(EEB,),
)

action_plan = attestation(
    "so2.coal-action-plan",
    TASK.clause(1, "制定实施煤炭消费总量控制行动计划"),
    parts=("制定", "实施"),
    numbers={"制定实施": "2"},
    en="An action plan for controlling coal consumption is drawn up and carried out.",
)

POWER = CoalUse.power.sum(
    id="so2.power-coal", zh="电力行业煤炭消费量", en="coal of power plants",
    of=CoalUse.county, on=CoalUse.ends_on, observed=True, better="less",
)  # fmt: skip
NON_POWER = CoalUse.non_power.sum(
    id="so2.non-power-coal", zh="非电行业煤炭消费量", en="coal outside power plants",
    of=CoalUse.county, on=CoalUse.ends_on, observed=True, better="less",
)  # fmt: skip
CAP = CoalTask.cap.minimum(
    id="so2.coal-cap", zh="下达的煤炭消费总量控制目标（取严）", en="the assigned cap on coal",
    of=CoalTask.county, better="neither",
)  # fmt: skip


def _less(now: Sum, was: Sum) -> Condition:
    """Less was burnt; where none was, and none is, the sentence does not speak."""
    # one comparison, said of both: a subject of which either is something is spoken of
    return now.less_than(was) | was.more_than(now)


# what is not dated is judged year by year, over the plan's two years
non_power = Rule(
    id="so2.non-power-coal-falls",
    clause=TASK.clause(2, "重点压减非电行业煤炭消费"),
    en="Industries other than power burn less coal than the year before.",
    subject=County,
    requires=COAL_SINCE.choose(
        last_year=_less(NON_POWER, NON_POWER.last_year()),
        plan=_less(NON_POWER, NON_POWER.in_year(2020)),
    ),
    due=during(2024, 2025),
    numbers={"重点": "2024-12-31", "压减": "2020-12-31", "非电行业": "2025-12-31"},
    keeps=[{NON_POWER: "99 吨", NON_POWER.last_year(): "100 吨"}],
    breaks=[{NON_POWER: "100 吨", NON_POWER.last_year(): "100 吨"}],
)

total = Rule(
    id="so2.coal-cap",
    clause=TASK.clause(3, "确保完成国家、省下达的“十四五”煤炭消费总量控制任务"),
    en="In the last year of the five-year plan the county burns no more coal than it was assigned.",
    subject=County,
    # of two caps the lower one is kept only with both
    requires=POWER.plus(NON_POWER).at_most(CAP),
    due=during(2025),
    numbers={"“十四五”": "2025-12-31"},
    keeps=[{POWER: "60 吨", NON_POWER: "40 吨", CAP: "100 吨"}],
    breaks=[{POWER: "60 吨", NON_POWER: "40.000001 吨", CAP: "100 吨"}],
)
