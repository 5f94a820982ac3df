"""The questions that the measures of an alert leave open, and the readings taken."""

from airplan_core import Interpretation

# 二(八)2 -----------------------------------------------------------------------------------------

UPDATED = Interpretation(
    id="2.8.2-1-updated",
    question="“应急减排清单动态更新…机制”: how often is the list brought up to date?",
    readings={
        "mechanism": "the sentence names no interval: that the mechanism runs is a recorded act",
        "yearly": "a list that nobody touches in a year is not dynamic, and the ministry has lists "
        "revised each year (unverified): an edition in each of the plan's years",
    },
    default="mechanism",
)

PLACE = Interpretation(
    id="2.8.2-2-place",
    question="“落实到具体生产线、生产环节、生产设施”: is one of them enough?",
    readings={
        "any": "a line, a process and a facility are ways of saying where: an entry names one",
        "each": "、 joins the three: an entry names each of them",
    },
    default="any",
)

MEASURABLE = Interpretation(
    id="2.8.2-3-means",
    question="“可操作、可监测、可核查”: who says that an entry is?",
    readings={
        "named": "the entry itself: it can be carried out where it says what stops, or how much is "
        "kept; it can be monitored where it says where that is read; it can be checked where it "
        "names what is measured, output, power, hours or trips",
        "judged": "a reviewer, whose judgement of each entry is recorded",
    },
    default="named",
)

IN_THE_PERMIT = Interpretation(
    id="2.8.2-4-whom",
    question="“将特殊时段禁止或限制污染物排放要求依法纳入排污许可证”: into whose permit?",
    readings={
        "listed": "the requirements are those of the emergency list: of whoever is on it and has "
        "a permit",
        "permit": "排污许可管理条例, art. 13(7) has them in every permit",
    },
    default="listed",
)

PAIRS = Interpretation(
    id="2.8.2-5-pairs",
    question="“对工业余热供暖和协同处置企业，严格执行‘以热定产’、‘以量定产’”: which for whom?",
    readings={
        "in_order": "each to each, in the order in which they stand: heat for who heats, amounts "
        "for who disposes of waste",
        "both": "either may be fixed for either: what was fixed is kept",
    },
    default="in_order",
    concerns="2.8.2-5, 2.8.2-6",
)

OWN = Interpretation(
    id="2.8.2-7-own",
    question="“对绩效分级A级企业和绩效引领性企业实行自主减排”: what is left to be asked of them?",
    readings={
        "decided": "they reduce, and decide how: what they decided is recorded under each alert, "
        "and carried out",
        "free": "the list does not bind them, and nothing is asked",
    },
    default="decided",
)

OWN_TRANSPORT = Interpretation(
    id="2.8.2-7-transport",
    question="“实行自主减排”: does it reach the transport of 2.8.3-4?",
    readings={
        "measures": "own cuts take the place of the list's measures; the paragraph on transport "
        "makes no exception for grades",
        "all": "who reduces by itself decides what moves under an alert, too",
    },
    default="measures",
    concerns="2.8.2-7, 2.8.3-4",
)

WHEN_GRADED = Interpretation(
    id="2.8.2-7-day",
    question="“对绩效分级A级企业…实行自主减排”, “在满足环保要求的前提下”: on which day?",
    readings={
        "begins": "that on which an alert of the level begins: what is asked is known from then on",
        "throughout": "on its last day, too: who falls back under the alert is bound like anyone",
    },
    default="begins",
    concerns="2.8.2-7, 2.8.2-8",
)

COVERED = Interpretation(
    id="I-52",
    question="“实施应急管控豁免”: does it reach the transport of 2.8.3-4?",
    readings={
        "all": "应急管控 is whatever an alert asks for, and transport under it is a part of that",
        "measures": "it stands among the measures of the list; transport has a paragraph of its "
        "own, which makes no exception",
    },
    default="all",
    concerns="2.8.2-8, 2.8.3-4",
)

# 二(八)3 -----------------------------------------------------------------------------------------

USERS_ETC = Interpretation(
    id="2.8.3-1-etc",
    question="“钢铁、建材、煤炭、化工、砂石骨料等涉及大宗物料运输的…企业”: is the list open?",
    readings={
        "open": "the list gives examples of who moves bulk materials, and whoever does is meant",
        "listed": "等 closes it: five industries are named",
    },
    default="open",
    concerns="2.8.3-1, 2.8.3-2, 2.8.3-3, 2.8.3-4, 2.8.3-5",
)

KEY_USERS = Interpretation(
    id="2.8.3-1-key",
    question="“重点用车企业”: who is a key user of vehicles?",
    readings={
        "listed": "whom the county has on its list of them, which the plan does not give",
        "bulk": "whoever moves bulk materials: the words before say who is key",
    },
    default="listed",
    concerns="2.8.3-1, 2.8.3-2, 2.8.3-3, 2.8.3-4, 2.8.3-5",
)

STOPPED = Interpretation(
    id="2.8.3-4-stop",
    question="“减少或停止货物公路运输及非道路移动机械使用”: what is stopped, and what reduced?",
    readings={
        "diesel": "as 焦作 orders it under orange: heavy and medium diesel trucks stop in the "
        "built-up area, but for those that run the city and special ones; elsewhere less is enough",
        "less": "或 leaves it to choose: less than ordinarily is enough everywhere",
        "all": "nothing moves, and no machine works",
    },
    default="diesel",
    concerns="2.8.3-4",
)

ORDINARY = Interpretation(
    id="2.8.3-4-usual",
    question="“减少”: than when?",
    readings={
        "month": "than the daily mean of the 30 days before the alert, so far as they are recorded "
        "and no alert's, unless the office has entered what is ordinary",
        "entered": "than what the office has entered as ordinary, and nothing else",
    },
    default="month",
    concerns="2.8.3-4",
)

HOW_MUCH = Interpretation(
    id="2.8.3-4-much",
    question="“减少”: by how much?",
    readings={
        "any": "the sentence names no number: any day below the ordinary daily mean is less",
        "fifth": "by 20 % at least, as emissions are to be cut under orange (unverified)",
    },
    default="any",
    concerns="2.8.3-4",
)

WATCHED = Interpretation(
    id="2.8.3-5-means",
    question="“通过厂区门禁系统数据和视频监控等方式”: both of them?",
    readings={
        "both": "和 joins them, and 等 lets others be added: gate data and video are looked at",
        "any": "they are ways to watch, and any is one, also another",
    },
    default="both",
)
