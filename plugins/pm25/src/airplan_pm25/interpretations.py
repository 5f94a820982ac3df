"""The questions the PM2.5 chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation

FIVE_YEARS = Interpretation(
    id="I-12",
    question="“超过五年及以上”: does exactly five years count?",
    readings={
        "at_least": "“及以上” includes the number (民法典 1259), and the stricter half of a "
        "doubled phrase gives it a meaning; without it the words would be idle",
        "more_than": "“超过” excludes the number (民法典 1259)",
    },
    default="at_least",
)

ANY_OF_THREE = Interpretation(
    id="2.1.2-10-and",
    question="“高耗能、高排放和产能过剩的产业”: one of the three, or all of them?",
    readings={
        "any": "the task's heading speaks of 高能耗、高排放项目 and names kinds of project, and a "
        "list of kinds joined by 和 means each of them",
        "every": "和 joins; only a project that is all three is meant",
    },
    default="any",
)

SIXTY_MILLION = Interpretation(
    id="I-13",
    question="A line of exactly 6000万: must it exit?",
    readings={
        "included": "“以下” includes the number (民法典 1259), and lines that stay must be "
        "大于6000万: only so do the two sentences leave no gap; 块 and 标砖 are one unit",
        "excluded": "“以下” as often used in trade policy, below the number",
    },
    default="included",
)

NET_CAPACITY = Interpretation(
    id="I-14",
    question="Is capacity that replaces other capacity “新增”? (also I-15)",
    readings={
        "net": "the next sentences regulate replacement, consolidation and new projects of the "
        "same industries; that has a meaning only if replaced capacity is not new",
        "gross": "the ban as it stands: no project may add capacity, replaced or not",
    },
    default="net",
)

HEATING_BOILERS = Interpretation(
    id="I-16",
    question="Is a central-heating boiler inside the area of central heating banned?",
    readings={
        "exempt": "the sentence before allows boilers for central heating, and they stand where "
        "it is: this one does not speak of them",
        "banned": "the second sentence excepts standby gas boilers and nothing else",
    },
    default="exempt",
)

OFFSET = Interpretation(
    id="2.1.2-1-offset",
    question="“倍量替代”: how many times is the added emission replaced?",
    readings={
        "twice": "倍量 as against 等量: twice (环办环评〔2020〕36号, unverified)",
        "above_par": "the plan names no multiple: anything more than was added",
    },
    default="twice",
)

AFTER_2025 = Interpretation(
    id="I-50",
    question="“2025年之后完成的”: from which day on is there no subsidy?",
    readings={
        "end_of_year": "after the year 2025: its last day is the last day of the task and of "
        "the subsidy",
        "start_of_year": "after the year has begun: closures in 2025 get none",
    },
    default="end_of_year",
)
