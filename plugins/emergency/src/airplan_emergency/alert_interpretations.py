"""The questions that alerts and new grades leave open, and the readings taken."""

from airplan_core import Interpretation

ALERT_DAY = Interpretation(
    id="emergency.alert-day",
    question="“预警期间”: a day on which the alert began or was lifted, is it one of it?",
    readings={
        "any": "for some hours it was in force, and what is kept by the day is kept of those, too",
        "whole": "only a day of which every hour was under it shows what was done in it",
    },
    default="any",
    concerns="2.8.3-4",
)

# 二(八)1 -----------------------------------------------------------------------------------------

FURTHER = Interpretation(
    id="I-45",
    question="“新增绩效A级、B级以及绩效引领性企业数量进一步增加”, while 5 and then 2 are to be "
    "created: what is to increase?",
    readings={
        "stock": "how many there are: at the end of 2025 there are more than a year before, which "
        "5 and 2 lead to",
        "yearly": "how many are new: 2025 has more new ones than 2024, as the words say and as 5 "
        "and then 2 do not",
    },
    default="stock",
    concerns="2.8.1-1",
)

REGRADED = Interpretation(
    id="2.8.1-2-regraded",
    question="“创建”: an enterprise of grade B that is graded A, is it one more?",
    readings={
        "first": "an enterprise is created once, when it first has one of the three grades",
        "raised": "grade A is created, where there was none; a fall from A to B creates nothing",
    },
    default="first",
    concerns="2.8.1-1, 2.8.1-2, 2.8.1-3",
)

EMITTERS = Interpretation(
    id="2.8.1-1-emitters",
    question="“涉气企业”: is an enterprise that is graded one?",
    readings={
        "graded": "grades are given to those of whom cuts are asked in heavy pollution: whoever "
        "has one emits to the air, unless it is entered that it does not",
        "stated": "only an enterprise that is entered as emitting to the air",
    },
    default="graded",
    concerns="2.8.1-1, 2.8.1-2, 2.8.1-3",
)
