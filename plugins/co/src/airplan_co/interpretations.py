"""The questions the CO chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation

PRECISE = Interpretation(
    id="2.6.1-2-precise",
    question="“对全市重点一氧化碳排放企业以及使用生物质锅炉企业实施精准化管理”: each of them, "
    "or those that an instruction chooses?",
    readings={
        "every": "全市: whenever there is an instruction it is for each of them, and 精准 is what "
        "it asks of each",
        "chosen": "精准 and 根据…风向: an instruction is for whom the wind makes matter, and "
        "leaves the others out",
    },
    default="every",
    concerns="2.6.1-2",
)

LESS = Interpretation(
    id="2.6.1-3-and",
    question="“减少一氧化碳排放浓度及排放量”: both, at each of the enterprises?",
    readings={
        "both": "及 joins them: less of the one and less of the other than before the adjustment",
        "emission": "what reaches the air is the amount: it is less, and the concentration no more",
    },
    default="both",
    concerns="2.6.1-3",
)
