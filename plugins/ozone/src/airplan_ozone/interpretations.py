"""What clusters, ends of pipes and abnormal operation leave open: readings, and the default."""

from airplan_core import Interpretation
from airplan_qinyang.interpretations import and_others, multiple, stable, start_stop, stretch

MULTIPLE = multiple(
    "2.5.1-2-multiple", "“倍量削减替代”: how many times are the added VOCs replaced?"
)

NEW = Interpretation(
    id="2.5.1-1-new",
    question="“新建…的工业企业”: new since when?",
    readings={
        "plan": "approved since the plan began: earlier ones were judged by the rules of "
        "its own day",
        "held": "what the register calls new, whenever it was approved",
    },
    default="plan",
    concerns="2.5.1-1, 2.5.1-2, 2.5.1-3, 2.5.1-4",
)

PERMITTED = Interpretation(
    id="2.5.1-3-permit",
    question="“将替代方案落实到企业排污许可证中”: of a plant that has no permit yet?",
    readings={
        "issued": "what is not issued yet cannot hold the scheme: from the permit on",
        "approved": "the sentence waits for nothing: from the approval on",
    },
    default="issued",
)

FILED = Interpretation(
    id="2.5.1-5-filed",
    question="“禁止…项目备案”: does a filing from before the plan stand against it?",
    readings={
        "plan": "what is filed since the plan began: a plan of 2024 forbids no filing of 2020",
        "any": "no such project is to be on file, whenever that was done",
    },
    default="plan",
)

CLUSTER = Interpretation(
    id="2.5.1-7-cluster",
    question="“推进集群综合治理，对…企业依法关停取缔”: the enterprises of clusters alone?",
    readings={
        "any": "the half-sentence names by itself which enterprises it means",
        "cluster": "the task is about clusters of traditional industry, and so is its sentence",
    },
    default="any",
)

HOPELESS = Interpretation(
    id="2.5.1-7-or",
    question="“不符合产业政策、整改达标无望的企业”: either, or both at once?",
    readings={
        "either": "、 lists two kinds of enterprise, as the class to be closed of 散乱污 has them: "
        "each of the two is one",
        "both": "、 joins what is said of one enterprise: who may still comply is not closed",
    },
    default="either",
)

PARKS = Interpretation(
    id="2.5.1-8-parks",
    question="“化工园区综合整治”: a park that is newly added or only proposed, too?",
    readings={
        "every": "the sentence makes no exception: each park of the ledger",
        "existing": "what is new has nothing to be upgraded",
    },
    default="every",
    concerns="2.5.1-8, 2.5.1-9",
)

PLATFORM_DATE = Interpretation(
    id="2.5.1-9-date",
    question="“2024年，完成…升级改造任务，建立…平台”: are the platforms due in 2024, too?",
    readings={
        "sentence": "the year stands before both, and governs the parts of its own sentence",
        "standing": "the year is that of the upgrades; without a day the platforms are asked for "
        "at once",
    },
    default="sentence",
)

SAME_MINUTE = Interpretation(
    id="2.5.2-2-same-minute",
    question="“先启后停”: may the facility start, and stop, in the same minute as the line?",
    readings={
        "same": "the line has not run without it: no later than the line, and off no earlier",
        "strict": "先 and 后 are before and after: by a minute at least",
    },
    default="same",
)

RAISED = Interpretation(
    id="2.5.2-3-raised",
    question="“巩固提升…率”: is a rate that is held enough?",
    readings={
        "held": "巩固 is to hold what was reached, 提升 to raise it: no lower than a year before",
        "raised": "提升 is what both words end in: higher than the year before; a rate of 100 % "
        "can rise no further",
    },
    default="held",
)

STABLE = stable("2.5.2-4")

START_STOP = start_stop("2.5.2-4")

STRETCH = stretch("2.5.2-4", "“稳定达标”")

KEY_REGION = Interpretation(
    id="GB37822-4.2-region",
    question="GB 37822-2019: does the county lie in a key region (重点地区)?",
    readings={
        "key": "Jiaozuo is one of the 2+26 cities; which places are key is for the ministry or the "
        "province to say (4.2), whose notice was not found (unverified): what is collected is "
        "treated from 2 kg/h on (10.3.2), and a leak is one above 2,000 or 500 µmol/mol (8.2)",
        "general": "without a notice the general limits hold: 3 kg/h, 5,000 and 2,000 µmol/mol",
    },
    default="key",
    concerns="2.5.2-4, GB37822:8.2-1",
)

EFFICIENT_ETC = Interpretation(
    id="2.5.2-5-etc",
    question="“燃烧法等高效治理措施”: is another measure than combustion one?",
    readings={
        "open": "等 is followed by what is meant: any measure that is efficient",
        "listed": "combustion is the one that is named",
    },
    default="open",
)

FREQUENCY = Interpretation(
    id="2.5.2-6-frequency",
    question="“增加活性炭复生频次”: more often than when? (复生 is read as 再生, I-39)",
    readings={
        "last_year": "than in the year before, in each year",
        "before_plan": "than in 2023, before the plan: what has been raised in 2024 stays raised",
    },
    default="last_year",
)

INDUSTRIES_ETC = and_others(
    "2.5.3-1",
    "化工、钢铁等行业企业",
    "whoever has a start, a stop or an overhaul to control",
    "two industries are named",
    concerns="2.5.3-1, 2.5.3-2, 2.5.3-3",
)

LEAD = Interpretation(
    id="2.5.3-1-lead",
    question="“提前…报告”: how long before?",
    readings={
        "any": "the sentence names no time: whatever is before the work begins",
        "day": "a plan that is reported on the very day can no longer be answered: by the day "
        "before",
    },
    default="any",
)

FLARES_OF = Interpretation(
    id="2.5.3-4-whose",
    question="“火炬、煤气放散管须…”: those of the chemical and steel works alone?",
    readings={
        "every": "the half-sentence names by itself what it means: each flare and gas vent",
        "industries": "the whole sentence is of 化工、钢铁等行业企业, and so are its flares",
    },
    default="every",
    concerns="2.5.3-4, 2.5.3-5, 2.5.3-6, 2.5.3-7, 2.5.3-8, 2.5.3-9",
)

METERS_ETC = and_others(
    "2.5.3-5",
    "燃烧温度监控、废气流量计、助燃气体流量计等",
    "whatever else the flare needs to be watched by",
    "three are named, and they are what the data of 2.5.3-8 come from",
)

DATA_ETC = and_others(
    "2.5.3-8",
    "燃烧温度监控、废气流量计、助燃气体流量等相关数据",
    "whatever else is measured at the flare",
    "three are named",
)

YEAR = Interpretation(
    id="I-41",
    question="“至少保留1年以上”、“保存1年以上”: is a year itself enough?",
    readings={
        "at_least": "至少 and 以上 say the same, and 以上 includes the number (民法典 1259): what "
        "is deleted on the same day of the next year was kept for one",
        "more_than": "said twice it is meant to be more: longer than a year",
    },
    default="at_least",
    concerns="2.5.3-9, 2.5.3-12",
)

MONITORS = Interpretation(
    id="2.5.3-11-which",
    question="“烟气自动监控、流量、温度等监控设施或视频监控等其他监控设备”: all three?",
    readings={
        "one": "等 names kinds of equipment, and 或 lets a camera do: one of them is one. A "
        "bypass of VOCs has no flue gas",
        "all": "、 joins the three: all of them, or instead of them a camera or the like",
    },
    default="one",
)
