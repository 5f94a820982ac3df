"""The questions the NO2 chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation
from airplan_no2.ledgers import FreightProfile
from airplan_qinyang.interpretations import and_others

SECTORS_ETC = and_others(
    "2.4.1-5",
    "火电、煤炭等行业",
    "every industry that moves bulk goods",
    "two industries are named; what (四)3 asks of steel, cement and rail users it asks of them",
)

PLACES_ETC = and_others(
    "2.4.2-12",
    "交通枢纽、批发市场、物流园区等",
    "any place of the ledger; the half-sentence before has the motorways' service areas",
    "three kinds of place are named",
)

MACHINES = Interpretation(
    id="I-05",
    question="A state-owned steel or cement works: machines of stage III, or IV?",
    readings={
        "both": "both sentences are in force, and who meets the stricter meets the other",
        "special": "the sentence on steel and cement is the special one, and displaces the other",
        "general": "the sentence on state-owned enterprises gives them until the end of 2025 and "
        "stage III, whatever they make",
    },
    default="both",
    between=(("2.4.2-10",), ("2.4.3-17", "2.4.3-18")),
)

RETROFIT = Interpretation(
    id="I-07",
    question="Ultra-low transport of steel and cement by 2025-09-30: demanded, or striven for?",
    readings={
        "both": "(一)6 demands it and (四)3 strives for it; each sentence keeps its own strength",
        "demanded": "what is demanded is not merely striven for: (四)3 adds nothing",
    },
    default="both",
    between=(("2.1.6-2",), ("2.4.3-5",)),
)

RAIL_AND_BULK = Interpretation(
    id="I-08",
    question="A power plant on a rail spur: 80 % striven for, or 85 % ensured?",
    readings={
        "both": "both sentences are in force; the plant's goods count in its industry too",
        "special": "the sentence on rail users is the special one: they leave the industry's share",
    },
    default="both",
    between=(("2.4.1-5",), ("2.4.3-1", "2.4.3-2", "2.4.3-3")),
    through=FreightProfile.enterprise.industry,
)

LARGE_WORKS = Interpretation(
    id="I-10",
    question="A steel or cement works of 1 Mt: in-plant new energy demanded, or striven for?",
    readings={
        "both": "the sentences measure different things: each vehicle, and the share of the goods",
        "special": "the sentences on steel and cement are the special ones, and the staged shares "
        "are for the other industries",
    },
    default="both",
    between=(("2.4.3-11", "2.4.3-13", "2.4.3-15"), ("2.4.3-20",)),
)

EXACTLY_300 = Interpretation(
    id="I-09",
    question="“300公里以内”, “300公里以上”: to which does exactly 300 km belong?",
    readings={
        "within": "each trip belongs to one class, and in the end 以内 asks for more: 100 % "
        "against 90 %",
        "beyond": "each trip belongs to one class, the longer one",
        "both": "以内 and 以上 both include the number (民法典 1259)",
    },
    default="within",
)

BASIS = Interpretation(
    id="2.4.3-20-basis",
    question="“新能源车辆替代比例”: a share of what?",
    readings={
        "tonnes": "the sentence measures enterprises by the tonnes they move, and the sentence on "
        "steel and cement its 替代比例 by the part of the goods",
        "trips": "of the trips, as the gate counts them",
        "vehicles": "of the vehicles in use on the day",
    },
    default="tonnes",
)

TOGETHER = Interpretation(
    id="2.4.3-20-together",
    question="“厂区内部运输和公路运输300公里以内”: one share of both, or one of each?",
    readings={
        "together": "one sentence, one percentage",
        "each": "和 joins two kinds of transport; each of them reaches it",
    },
    default="together",
)

LEVEL = Interpretation(
    id="2.4.1-5-level",
    question="“火电、煤炭等行业大宗货物清洁运输比例”: of the industry, or of each enterprise?",
    readings={
        "sector": "行业 is the industry as a whole, and its enterprises add up",
        "enterprise": "only an enterprise can choose how its goods are moved",
    },
    default="sector",
)

STOCK = Interpretation(
    id="2.4.2-4-stock",
    question="“公共领域新能源汽车比例”: of the vehicles in use, or of those bought in the year?",
    readings={
        "stock": "the sentence says 比例 of the vehicles, not of the new ones",
        "added": "national documents set such shares for 新增或更新 vehicles",
    },
    default="stock",
)

PUBLIC = Interpretation(
    id="2.4.2-4-public",
    question="“公共领域”: which fleets?",
    readings={
        "with_official": "the six fleets of the sentence before, and the official cars of the one "
        "before that: all that the paragraph names",
        "six_fleets": "the six fleets of the sentence before",
    },
    default="with_official",
)

NET = Interpretation(
    id="I-11",
    question="Are vehicles that the neighbouring sentences except part of the 100 %?",
    readings={
        "net": "100 % can hold only if they are not: emergency vehicles and those with special "
        "needs leave the whole",
        "gross": "the sentence on the public sector excepts nothing",
    },
    default="net",
    between=(("2.4.2-2", "2.4.2-3"), ("2.4.2-4",)),
)

BUILT_UP = Interpretation(
    id="2.4.2-3-area",
    question="“城市建成区的载货汽车…、邮政用车、市政环卫车、网约出租车”: which are built-up?",
    readings={
        "trucks": "的 binds the trucks, which the bracket explains; the others are municipal",
        "all_that_follow": "the words govern the whole rest of the list",
    },
    default="trucks",
)

MIXERS_AS_TRUCKS = Interpretation(
    id="2.4.2-3-mixers",
    question="“载货汽车（含渣土运输车、物流车）”: is a concrete mixer one?",
    readings={
        "apart": "(四)3 gives 商砼车 a sentence and stages of their own, and the bracket names two "
        "other kinds",
        "truck": "it carries goods, and GA 802 has it among the trucks (unverified); the bracket "
        "says 含, and ends no list",
    },
    default="apart",
    concerns="2.4.2-3, 2.4.2-4, 2.4.5-5",
)

CANNOT = Interpretation(
    id="2.4.2-9-cannot",
    question="“不能使用清洁运输的”: an enterprise that cannot, or whatever is not moved cleanly?",
    readings={
        "enterprise": "of who cannot use clean transport the second half speaks, and of who can, "
        "the first: 不能 is more than does not",
        "goods": "both halves are about every enterprise's goods: the second about those that the "
        "first leaves over",
    },
    default="enterprise",
    concerns="2.4.2-8, 2.4.2-9",
)

HIGH_EMISSION = Interpretation(
    id="2.4.5-5-stage",
    question="“高排放柴油货车”: up to which stage?",
    readings={
        "stage_4": "国四 and below: what (四)4 takes off the road of diesel",
        "stage_3": "国三 and below: what (四)4 takes off the road of any fuel",
    },
    default="stage_4",
    concerns="2.4.5-5",
)

TOWN = Interpretation(
    id="2.4.6-4-who",
    question="“避免穿城行驶”: of whom is it asked?",
    readings={
        "vehicle": "重型车辆 is the subject of its sentence: each heavy truck avoids it",
        "enterprise": "only who sends the truck chooses its road",
    },
    default="vehicle",
    concerns="2.4.6-4",
)

PASSES = Interpretation(
    id="2.4.6-4-pass",
    question="“避免穿城行驶”: may a truck with a pass drive through the town?",
    readings={
        "excepted": "the pass of (四)5 is what lets a truck in: deliveries in town are not avoided",
        "none": "the sentence makes no exception",
    },
    default="excepted",
    concerns="2.4.6-4",
)

PERMITTED = Interpretation(
    id="2.4.3-4-may",
    question="“其余汽车运输部分可选用国六或新能源车辆”: may other vehicles be used as well?",
    readings={
        "only_these": "a list of what may be chosen leaves the rest out, or it would say nothing",
        "also_others": "可 permits; it forbids nothing",
    },
    default="only_these",
)

UNTIL_SEPTEMBER = Interpretation(
    id="2.4.3-10-stage",
    question="“2025年9月底前…不低于60%”: a floor until then, or a level by then?",
    readings={
        "floor": "like the brackets on vehicles and machines: less is asked until that day, the "
        "whole from the next",
        "level": "底前 sets a day by which 60 % is reached; for the whole there is no day",
    },
    default="floor",
)

OLD_VEHICLES = Interpretation(
    id="I-42",
    question="“淘汰国三及以下排放标准汽车”: every one, or those that can be compelled?",
    readings={
        "every": "the sentence says neither 基本 nor 力争, and excepts nothing",
        "compulsory": "the next sentence compels only vehicles due for scrapping, and nothing else "
        "lets an owner be made to give one up",
    },
    default="every",
)
