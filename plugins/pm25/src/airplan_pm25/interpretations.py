"""The questions the PM2.5 chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation
from airplan_qinyang.interpretations import and_others, multiple

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

EXISTING = Interpretation(
    id="2.1.2-2-existing",
    question="“现有污染因子”: is a factor meant that was not emitted before?",
    readings={
        "existing": "现有 is what the works emits already: a factor that was 0 is not existing, "
        "and 倍量替代 is asked of what it adds",
        "every": "a new factor adds more than an existing one that grows",
    },
    default="existing",
)

AWAITING = Interpretation(
    id="2.1.2-10-awaiting",
    question="“暂停建设并…重新评价”: a project that has stopped and is not assessed again yet?",
    readings={
        "both": "并 asks for both, and gives a day for neither: who has done one falls short",
        "suspended": "assessing again takes time and has no day: who has stopped, waits",
    },
    default="both",
)

ORDER = Interpretation(
    id="2.1.2-10-order",
    question="“暂停建设并…重新评价”: is the assessment to follow the suspension?",
    readings={
        "any": "并 joins two acts and orders none",
        "suspended_first": "what is assessed again while it is being built has not stopped for it",
    },
    default="any",
)

CLEAN_SHARE = Interpretation(
    id="2.1.2-9-share",
    question="“大宗物料产品清洁运输”: how much of it?",
    readings={
        "all": "the sentence names no share: what it does not limit, it asks of all",
        "eighty": "(四)3 asks 80 % of a cement works' raw materials and fuel, as 环大气〔2024〕5号 "
        "does (unverified); a project is not asked for more than a works",
    },
    default="all",
)

INSPECTION_DATE = Interpretation(
    id="2.1.8-13-date",
    question="“12月底前完成排查工作”: what else is due by then?",
    readings={
        "parts": "a date governs the parts of its own sentence: the scheme, the monitoring of "
        "suspects and the list are what the inspection is made of, and what its sentence says of "
        "the problems found comes of it",
        "inspection": "the inspection, and nothing else: what has no day is asked for at once",
    },
    default="parts",
    concerns="2.1.8-1, 2.1.8-9, 2.1.8-10, 2.1.8-14, 2.1.8-15",
)

BIOMASS_DATE = Interpretation(
    id="2.1.6-6-date",
    question="“2024年10月底前，…；生物质锅炉…”: does the date reach past the semicolon?",
    readings={
        "sentence": "a date governs the parts of its own sentence, up to its full stop; a ban "
        "(禁止掺烧) holds at once all the same",
        "half": "it governs the half before the semicolon; the other is asked for at once",
    },
    default="sentence",
    concerns="2.1.6-6, 2.1.6-7",
)

UPGRADES = Interpretation(
    id="2.1.6-1-upgrade",
    question="“新（改、扩）建”: is a 技术改造 project a 改建 one?",
    readings={
        "apart": "(一)2 names 技术改造、改建 side by side: one is not the other",
        "reconstruction": "whoever changes a works technically rebuilds it: 改 is short for both",
    },
    default="apart",
)

ENLARGED = Interpretation(
    id="2.1.3-6-enlarged",
    question="“完成大型化改造”: how large is a furnace that has been enlarged?",
    readings={
        "larger": "larger than it was: the sentence names no tonnes",
        "unrestricted": "100 t and more: 豫政〔2024〕12号 has furnaces below that exit or be "
        "enlarged (of alloy steel 50 t; unverified)",
    },
    default="larger",
)

CLOSED_ETC = and_others(
    "2.1.2-4",
    "…含烧结工序的耐火材料等行业",
    "any industry with excess capacity, as the task's heading and its tenth sentence have it",
    "a ban reaches no further than it says",
)

REPLACED_ETC = and_others(
    "2.1.2-5",
    "水泥、烧结砖瓦等产能置换",
    "whoever replaces capacity does so as the nation and the province require",
    "the sentences around it are about these two",
)

GREENED_ETC = and_others(
    "2.1.4-1",
    "钢铁、煤化工、水泥、铝加工、玻璃、耐火材料、建材等产业",
    "every industry can be made greener",
    "seven industries are what is promoted",
)

KILNS_ETC = and_others(
    "2.1.6-3",
    "玻璃、耐火材料、有色、铸造、炭素、砖瓦等工业炉窑",
    "the other industries that 环大气〔2019〕56号 names for their kilns (unverified)",
    "six industries are named, and the next half-sentence names ceramics apart",
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

OFFSET = multiple("2.1.2-1-offset", "“倍量替代”: how many times is the added emission replaced?")

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
