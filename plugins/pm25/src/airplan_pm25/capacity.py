"""二(一)3 加快现有过剩产能淘汰工作: what exits, by when, and what is paid for it."""

from airplan_core import Rule, Task, attestation, by, named, on
from airplan_pm25.interpretations import AFTER_2025, ENLARGED, SIXTY_MILLION
from airplan_pm25.ledgers import (
    HONGDA,
    BrickLine,
    BrickSubsidy,
    CoalWashingLine,
    ElectricArcFurnace,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, EM, FIN, MIIT, MSA
from airplan_qinyang.interpretations import SCHEME_DATE

TASK = Task(
    id="2.1.3",
    heading="加快现有过剩产能淘汰工作",
    campaign="pm25",
    plan=QINYANG_2024,
    shared=(MIIT, EEB, DRC, EM, MSA, FIN),
)

backward_coal_washing = Rule(
    id="pm25.backward-coal-washing",
    clause=TASK.clause(1, "落实国家、省产业政策，淘汰落后煤炭洗选产能"),
    en="Backward coal-washing lines are eliminated.",
    subject=CoalWashingLine,
    applies=CoalWashingLine.backward,
    requires=CoalWashingLine.eliminated_on.happened(),
    speaks_of={CoalWashingLine.backward: True},
    keeps=[{CoalWashingLine.eliminated_on: "2023-12-31"}],
    breaks=[{CoalWashingLine.eliminated_on: "never"}],
)

brick_scheme = attestation(
    "pm25.brick-scheme",
    # the sentence names its own lead, where the task's bracket shares the work among six (I-30)
    TASK.clause(
        2,
        "工信部门牵头研究制定烧结砖瓦行业整合提升方案",
        lead=(MIIT,),
        shared=(EEB, DRC, EM, MSA, FIN),
    ),
    due=by("2025-12-31"),
    dated=SCHEME_DATE.takes("sentence"),
    numbers={"方案": "2025-12-31"},
    en="A scheme for consolidating the fired-brick industry is drawn up.",
)

small_brick_lines_exit = Rule(
    id="pm25.small-brick-lines-exit",
    clause=TASK.clause(3, "2025年底前，推动6000万标砖/年以下烧结砖及烧结空心砌块生产线有序退出"),
    en="Fired-brick and hollow-block lines of 60 million standard bricks a year or less exit.",
    subject=BrickLine,
    applies=BrickLine.product.among("烧结砖", "烧结空心砌块")
    & SIXTY_MILLION.choose(
        included=BrickLine.capacity.at_most("6000 万标砖/年"),
        excluded=BrickLine.capacity.less_than("6000 万标砖/年"),
    ),
    requires=BrickLine.exited_on.happened(),
    due=by("2025-12-31"),
    speaks_of={BrickLine.product: "烧结砖", BrickLine.capacity: "6000 万标砖/年"},
    keeps=[{BrickLine.exited_on: "2025-12-31"}],
    breaks=[{BrickLine.product: "烧结空心砌块", BrickLine.exited_on: "never"}],
)

declining_subsidy = Rule(
    id="pm25.declining-brick-subsidy",
    clause=TASK.clause(4, "对烧结砖瓦企业关停退出实施逐年递减的资金奖补方式"),
    en="What a brick works is paid for closing declines from year to year.",
    subject=BrickSubsidy,
    # the first year paid has none before it to decline from
    applies=BrickSubsidy.previous_rate.more_than("0 万元"),
    requires=BrickSubsidy.rate.less_than(BrickSubsidy.previous_rate),
    numbers={"逐年递减": "0"},
    speaks_of={BrickSubsidy.previous_rate: "80 万元"},
    keeps=[{BrickSubsidy.rate: "79.9 万元"}],
    breaks=[{BrickSubsidy.rate: "80 万元"}],
)

no_late_subsidy = Rule(
    id="pm25.no-late-brick-subsidy",
    clause=TASK.clause(5, "对2025年之后完成的，不再给予资金奖补"),
    en="A closure completed after 2025 is paid nothing.",
    subject=BrickLine,
    applies=AFTER_2025.choose(
        end_of_year=BrickLine.exited_on.happened_after("2025-12-31"),
        start_of_year=BrickLine.exited_on.happened_after("2024-12-31"),
    ),
    requires=BrickLine.subsidy.equal_to("0 万元"),
    numbers={"不再给予": "0"},
    speaks_of=on("2026-01-01", {BrickLine.exited_on: "2026-01-01"}),
    keeps=[{BrickLine.subsidy: "0 元"}],
    breaks=[{BrickLine.subsidy: "1 元"}],
)

arc_furnaces = Rule(
    id="pm25.arc-furnaces-exit-or-enlarge",
    clause=TASK.clause(
        6,
        "2024年12月底前，沁阳市宏达钢铁有限公司2台35吨炼钢电弧炉有序退出或完成大型化改造",
    ),
    en="The two 35-tonne arc furnaces of Hongda Steel exit or are enlarged.",
    subject=ElectricArcFurnace,
    applies=ElectricArcFurnace.owner.is_(HONGDA) & ElectricArcFurnace.capacity.equal_to("35 吨"),
    requires=ElectricArcFurnace.exited_on.happened()
    | (
        ElectricArcFurnace.enlarged_on.happened()
        & ENLARGED.choose(
            larger=ElectricArcFurnace.capacity_after.more_than(ElectricArcFurnace.capacity),
            unrestricted=ElectricArcFurnace.capacity_after.at_least("100 吨"),
        )
    ),
    due=by("2024-12-31"),
    # each furnace is a row of its own; that there are two of them is not a condition on either
    expects=(named({ElectricArcFurnace.owner: HONGDA, ElectricArcFurnace.capacity: "35 吨"}, 2),),
    numbers={"2台": None},
    speaks_of={ElectricArcFurnace.owner: HONGDA, ElectricArcFurnace.capacity: "35 吨"},
    keeps=[
        {ElectricArcFurnace.exited_on: "2024-12-31"},
        {
            ElectricArcFurnace.exited_on: "never",
            ElectricArcFurnace.enlarged_on: "2024-12-31",
            ElectricArcFurnace.capacity_after: "35.1 吨",
        },
    ],
    breaks=[
        {ElectricArcFurnace.exited_on: "never", ElectricArcFurnace.enlarged_on: "never"},
        {
            ElectricArcFurnace.exited_on: "never",
            ElectricArcFurnace.enlarged_on: "2024-12-31",
            ElectricArcFurnace.capacity_after: "35 吨",
        },
    ],
)
