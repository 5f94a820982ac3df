"""The questions that straw and hot spots leave open: readings, and the one taken by default."""

from airplan_core import Interpretation

SANCTIONS = Interpretation(
    id="2.8.4-5-measures",
    question="“严格执行问责约谈、经济处罚、行政处罚等措施”: each of the three for every fire?",
    readings={
        "any": "they fall on different people, officials, villages, whoever lit it: each fire has "
        "at least one of them, or another that 等 leaves room for",
        "each": "three are named, and 严格执行 leaves none out",
    },
    default="any",
)

FINE = Interpretation(
    id="2.8.5-2-fine",
    question="“实行分级精细化管理”: what must a spot have?",
    readings={
        "both": "分级 is its grade, 精细化 a measure of its own",
        "grade": "分级 alone is to be seen: its grade, by which it is managed",
    },
    default="both",
)

DEADLINES = Interpretation(
    id="2.8.5-3-deadlines",
    question="“发现交办、整改反馈、复核督办、约谈问责”: by when is each step taken?",
    readings={
        "days": "the plan names no days. Assigned by the day after it is found, mended and "
        "reported within 15 days of that, looked at again within 7 days of the report; a county "
        "sets its own",
        "own": "whoever assigns it sets the day, 完成时限, by which it is mended and reported; "
        "the other steps have none",
        "order": "the plan names no days: each step follows the one before it, and that is all",
    },
    default="days",
)

SUPERVISED = Interpretation(
    id="2.8.5-3-supervised",
    question="“复核督办、约谈问责”: for every spot, or for those that fail?",
    readings={
        "failed": "whoever mends in time has earned neither: a spot is supervised where it was "
        "found unmended or came back, from the day after, and somebody is interviewed and held to "
        "account where that happens a second time",
        "every": "全链条: each spot passes through all of it",
    },
    default="failed",
)
