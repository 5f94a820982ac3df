"""The questions the SO2 chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation
from airplan_qinyang.interpretations import and_others, stable, start_stop, stretch

COAL_SINCE = Interpretation(
    id="2.3.2-2-since",
    question="“重点压减非电行业煤炭消费”: less than when?",
    readings={
        "last_year": "a year's coal is held against the year before, as statistics print it",
        "plan": "what the five-year plan caps it counts from 2020, its baseline year",
    },
    default="last_year",
)

LEFT_RIGHT = Interpretation(
    id="2.3.3(1)-5-about",
    question="“达到32.8%左右”: may it be a little less?",
    readings={
        "exact": "the plan names no tolerance: what is below the figure falls short, as weakly as "
        "左右 binds (SHORTFALL)",
        "point": "within 1 percentage point, less than the 1.6 from one stage to the next: annex "
        "3's own areas come to 34.34 % (I-18). The plan names no tolerance; a county sets its own",
    },
    default="exact",
    concerns="2.3.3(1)-5, 2.3.3(1)-6",
)

HEAT_BASIS = Interpretation(
    id="I-20",
    question="“集中供热普及率”: of the area, or of the households?",
    readings={
        "area": "annex 3's rates are those of its areas, 31.75, 32.83 and 34.34 %; by households "
        "they would be 34.77, 36.17 and 38.09 %",
        "households": "普及 is said of who has it, and the annex counts households too",
    },
    default="area",
)

OFFENCE = Interpretation(
    id="2.3.3(2)-3-offence",
    question="“违规销售、储存、运输、使用洁净型煤和散煤”: what is against the rules?",
    readings={
        "catalogue": "what the catalogue of highly polluting fuels (高污染燃料目录) counts as one "
        "in a zone of the class: in Ⅰ by sulphur, ash or volatile matter, in boilers below 20 t/h "
        "and household stoves; in Ⅱ all coal but in boilers of 20 t/h and above; in Ⅲ all coal",
        "established": "what whoever inspects has established as such",
    },
    default="catalogue",
)

RIDGE = Interpretation(
    id="I-62",
    question="“山区”: is a 岭区 meant too?",
    readings={
        "apart": "annex 1 names 山区、岭区 side by side, and this sentence one of them",
        "mountain": "the sentences divide the county into 平原 and 山区: what is no plain is "
        "the other",
    },
    default="apart",
    concerns="2.3.3(2)-7",
)

INDUSTRIES_ETC = and_others(
    "2.3.4-1",
    "电力、水泥、砖瓦窑、炭素等行业",
    "every industry that emits SO2",
    "four industries are named, and beside them the kilns and boilers of any other",
)

FREQUENCY = Interpretation(
    id="2.3.4-2-frequency",
    question="“加强…督导检查频次”: more often than when?",
    readings={
        "before_plan": "than in 2023, before the plan: what has been raised in 2024 stays raised",
        "last_year": "than in the year before, in each year",
    },
    default="before_plan",
)

STABLE = stable("2.3.4-4")

START_STOP = start_stop("2.3.4-4", concerns="2.3.4-4, 2.3.4-5")

STRETCH = stretch("2.3.4-4", "“稳定达标”、“避免突升”", concerns="2.3.4-4, 2.3.4-5")

SURGE = Interpretation(
    id="2.3.4-5-surge",
    question="“污染物突升”: from which rise on is it one?",
    readings={
        "half_limit": "from one valid hour to the next by more than half of what is permitted: "
        "two of them pass any limit, and the noise of low values is none",
        "doubled": "to more than double the valid hour before, however low that was",
    },
    default="half_limit",
    concerns="2.3.4-5",
)

HIGH_VALUE = Interpretation(
    id="2.3.4-6-high",
    question="“站点二氧化硫高值”: from which hourly value on?",
    readings={
        "class_1": "above 150 µg/m³: the hourly limit of class 1 (GB 3095-2012), and where an hour "
        "ceases to be 优 (HJ 633)",
        "class_2": "above 500 µg/m³: the hourly limit of class 2, which holds for the county",
        "daily": "above 50 µg/m³: an hour above class 1's limit of a day; SO2 is so low now that "
        "only so hotspots 频繁出现",
    },
    default="class_1",
    concerns="2.3.4-6",
)

CROPS_ETC = and_others(
    "2.3.5-2",
    "地黄、山药等产地加工环节",
    "whatever herb is processed where it grows",
    "two are named",
)

ORDERLY = Interpretation(
    id="2.3.5-4-orderly",
    question="“有序推进…清洁能源替代”: a dryer whose turn has not come?",
    readings={
        "each": "the sentence sets no date and names no order: a dryer that still burns coal is "
        "not replaced",
        "planned": "有序 is one after the other: a dryer with a day set for it, which has not "
        "passed, is in order",
    },
    default="each",
)

EQUIPMENT_ETC = and_others(
    "2.3.5-5",
    "储粮烘干、农产品加工等不符合标准的设备、设施",
    "any device of the ledger",
    "two uses are named; the drying of herbs has the sentence before",
)
