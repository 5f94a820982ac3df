"""The questions the PM10 chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation
from airplan_qinyang.interpretations import and_others

SITE_STANDARD = Interpretation(
    id="2.2.1-2-standard",
    question="“规定标准、治理措施和时限”: which measures must a site have?",
    readings={
        "six": "what sites are checked for everywhere, 六个百分之百: hoarding, washing, wet "
        "demolition, closed muck trucks, hardened ground, covered heaps (大气污染防治法 69, 70)",
        "letter": "the tasks of its own responsibility letter, as its supervisor records them",
    },
    default="six",
)

UNDER_CONSTRUCTION = Interpretation(
    id="2.2.1-3-base",
    question="“辖区在建工程”: the sites of the year, or of its last day?",
    readings={
        "year": "every site that was under construction on any day of the year: the number created "
        "is the year's too",
        "end": "what is under construction when the year ends, as a stock is counted",
    },
    default="year",
    concerns="2.2.1-3, 2.2.1-4",
)

CREATED = Interpretation(
    id="2.2.1-3-created",
    question="“创建数量”: sites that are demonstration sites, or that became so in the year?",
    readings={
        "held": "a site that has become one stays one; 20 % and then 30 % rise as a stock does",
        "year": "what was created in the year itself",
    },
    default="held",
    concerns="2.2.1-3, 2.2.1-4",
)

DUSTFALL_PERIOD = Interpretation(
    id="2.2.1-6-period",
    question="“平均降尘量不高于7吨/月·平方公里”: the mean of a year, or of each month?",
    readings={
        "year": "平均 is over the year: nearly every spring month is higher (10.5 in the 2+26 "
        "cities, March 2020), and no plan means to forbid the spring",
        "month": "the unit is per month, and each month is published by itself",
    },
    default="year",
)

LONG_IDLE = Interpretation(
    id="2.2.2-2-long",
    question="“长期未开发的建设裸地”: how long?",
    readings={
        "three_months": "longer than three months: 大气污染防治法 69 asks that such land be "
        "greened, paved or covered",
        "held": "what the county holds to be so, land by land",
    },
    default="three_months",
)

WIDER = Interpretation(
    id="2.2.2-4-wider",
    question="“进一步扩大…范围”: wider than the year before, or than when the plan began?",
    readings={
        "year": "in each of the plan's years some road is swept, and some sprinkled, that was not",
        "plan": "some road is that was not when the plan began",
    },
    default="year",
)

SWEPT_BY = Interpretation(
    id="2.2.2-7-basis",
    question="“机械化清扫率”: of the roads' area, or of their length?",
    readings={
        "area": "the yearbook of urban construction counts the area swept by machine in the area "
        "swept",
        "length": "roads are kept by the kilometre",
    },
    default="area",
)

SECTIONS_ETC = and_others(
    "2.2.2-5",
    "城市外环路、城市出入口、城乡结合部等重要路段",
    "every stretch that the county holds to be important",
    "three kinds of stretch are named",
)

LOTS = Interpretation(
    id="2.2.3-7-lots",
    question="“辖区范围内停车场”: all of them, or those that were not due in September?",
    readings={
        "all": "全面 and 辖区范围内: every lot, those of the sentence before among them",
        "others": "the lots of the sentence before have their own, earlier day",
    },
    default="all",
)

LOT_DATE = Interpretation(
    id="2.2.3-8-date",
    question="“2024年12月底前，全面完成…，确保…硬化，…全覆盖，并做好…保洁”: dated or standing?",
    readings={
        "sentence": "a date governs the parts of its own sentence: 确保 says what is completed",
        "standing": "without a day of its own each is asked for at once",
    },
    default="sentence",
    concerns="2.2.3-8, 2.2.3-9, 2.2.3-10",
)

LARGE_QUAY = Interpretation(
    id="2.2.4-1-large",
    question="“大型煤炭、矿石等干散货码头”: how large?",
    readings={
        "held": "the plan names no size: what the county holds to be large, quay by quay",
        "any": "every quay for dry bulk goods",
    },
    default="held",
    concerns="2.2.4-1, 2.2.4-2",
)

NEW_YARD = Interpretation(
    id="2.2.4(1)-1-new",
    question="“所有新建…堆放场所”: new since when?",
    readings={
        "plan": "built since the plan began",
        "held": "what the register calls new",
    },
    default="plan",
)

STORED = Interpretation(
    id="2.2.4(1)-1-etc",
    question="“全封闭库房、天棚加围墙围挡储库等方式”: does 等方式 leave room for another way?",
    readings={
        "open": "等方式 does: another way that encloses as well",
        "listed": "the two that are named, and no other",
    },
    default="open",
)

COMBINED = Interpretation(
    id="2.2.4(2)-1-combined",
    question="“综合采取围墙围挡、…、洒水车等措施”: each of the five that are named?",
    readings={
        "all": "必须综合采取: all that are named, together",
        "suited": "综合 is a combination that suits the yard: one that breaks the wind (wall, "
        "screen) with one that holds the surface (cover, spray, water truck)",
    },
    default="all",
)

UNLOADING = Interpretation(
    id="2.2.4(4)-1-etc",
    question="“收尘、喷淋等防尘设施”: both, or one that serves?",
    readings={
        "one": "等 names kinds of a facility: one of them is one",
        "both": "the mark between them joins: a collector and a spray",
    },
    default="one",
)
