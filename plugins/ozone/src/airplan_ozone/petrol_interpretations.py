"""The questions that cuts, fuel and vapour recovery leave open, and the readings taken."""

from airplan_core import Interpretation

# 二(五)4 -----------------------------------------------------------------------------------------

LIST_UPDATED = Interpretation(
    id="2.5.4-1-updated",
    question="“完善季节性VOCs强化减排措施正面清单”: how often?",
    readings={
        "yearly": "季节性 comes back each year: the list is brought up to date in each of them",
        "once": "the sentence names no rhythm: a list that was improved once under the plan is",
    },
    default="yearly",
)

GROUNDS = Interpretation(
    id="2.5.4-2-grounds",
    question="全面完成源头替代, 采用高效治理技术, A级和引领性: is one of the three grounds enough?",
    readings={
        "any": "each is said of 企业 by itself, and together hardly anyone would be let off",
        "all": "commas join them, and the exemption is said once, of all that stands before it",
    },
    default="any",
    concerns="2.5.4-2, 2.5.4-3, 2.5.4-4",
)

TECHNOLOGY_ETC = Interpretation(
    id="2.5.4-3-etc",
    question="“蓄热燃烧、催化燃烧、分散式吸附+移动式再生等高效治理技术”: is the list open?",
    readings={
        "open": "the list gives examples of 高效治理技术, and another one that is held to be "
        "efficient is as good",
        "listed": "等 closes it: three are named",
    },
    default="open",
    concerns="2.5.4-3",
)

GRADES = Interpretation(
    id="2.5.4-4-grades",
    question="“被评为绩效分级A级和绩效引领性的企业”: either, or both?",
    readings={
        "either": "an industry is rated on one scale or the other, so that nobody could be both",
        "both": "和 joins what the enterprise is to be rated",
    },
    default="either",
    concerns="2.5.4-4",
)

MARKS = Interpretation(
    id="2.5.4-5-marks",
    question="“排放量大、排放浓度高、主要组分臭氧生成潜势较高”: one of the marks, or each?",
    readings={
        "any": "each of them is a reason to put an industry on the list",
        "all": "the three describe one and the same industry",
    },
    default="any",
    concerns="2.5.4-5, 2.5.4-6",
)

DIFFERENTIATED = Interpretation(
    id="2.5.4-6-kind",
    question="“可不采取…应急减排措施” and “实施差异化管控措施”: is who is let off in a peak let "
    "off from carrying out its own measure?",
    readings={
        "emergency": "what the list for ozone days asks for is 应急减排: its measure need not be "
        "taken in a peak, but there is one all the same",
        "other": "a measure that fits its process and its emission is already as light as it may "
        "be, and is carried out",
    },
    default="emergency",
    concerns="2.5.4-2, 2.5.4-3, 2.5.4-4, 2.5.4-6",
)

FAULT_FIRST = Interpretation(
    id="I-51",
    question="An enterprise that is let off, and a process of it with a fault: is it controlled?",
    readings={
        "fault": "what works badly loses what its good work has earned: 2.5.4-7 goes before",
        "exemption": "2.5.4-2 to -4 speak of 生产调控 too, and make no exception",
    },
    default="fault",
    concerns="2.5.4-2, 2.5.4-3, 2.5.4-4, 2.5.4-7",
)

# 二(五)5 -----------------------------------------------------------------------------------------

CHECKS = Interpretation(
    id="2.5.5-8-more",
    question="“加强油品质量监督检查”: more checks than when?",
    readings={
        "last_year": "than in the year before, in each year",
        "before_plan": "than in 2023, before the plan: what has been raised in 2024 stays raised",
        "held": "the sentence names no number: checks are held in each year",
    },
    default="last_year",
)

SPOT_CHECKS = Interpretation(
    id="2.5.5-2-period",
    question="“对5%以上的在营汽油加油站油品质量进行监督性抽查”: in which stretch of time?",
    readings={
        "year": "spot checks are planned and counted by the year, in each of the plan's years",
        "plan": "the sentence names no year: by the end of the plan",
    },
    default="year",
)

OPERATING = Interpretation(
    id="2.5.5-2-operating",
    question="“在营”: the stations of which the 5 % are?",
    readings={
        "end": "those in operation when it is counted, at the end of the stretch",
        "some_time": "those that were in operation at some time of the stretch",
    },
    default="end",
)

FOUND = Interpretation(
    id="2.5.5-3-found",
    question="What was found before the plan and is still open: is it to be dealt with under it?",
    readings={
        "plan": "what is found since the plan began: earlier finds were to be dealt with by what "
        "was in force then",
        "open": "whatever is open is, however long ago it was found",
    },
    default="plan",
    concerns="2.5.5-3, 2.5.5-7, 2.5.6-7",
)

PIPES = Interpretation(
    id="I-39",
    question="“自建油管”: pipes, or tanks (自建油罐)?",
    readings={
        "tank": "what is built by oneself and cleared up beside trucks and stations is a tank; 管 "
        "is a slip for 罐, and whatever is entered as either is meant",
        "pipe": "the plan says pipes, and nothing of tanks",
    },
    default="tank",
    concerns="2.5.5-5",
)

TANK_SAMPLES = Interpretation(
    id="2.5.5-6-more",
    question="“加大柴油使用环节检查力度”: more samples from tanks than in the year before?",
    readings={
        "held": "the second half says how it is done: tanks of trucks and of machines are sampled",
        "last_year": "加大 is more than before: of each of the two, more than in the year before",
    },
    default="held",
)

# 二(五)6 -----------------------------------------------------------------------------------------

FIRST_MAY = Interpretation(
    id="2.5.6-1-first",
    question="“每年5月底前”: is the first of them in 2024?",
    readings={
        "2024": "the plan is for 2024 and 2025, from its first January on, and every year is each",
        "2025": "the plan is a draft of 2024: when it was published, the May of that year was over "
        "(unverified), and nobody is asked for what is past",
    },
    default="2024",
    concerns="2.5.6-1",
)

EACH_YEAR = Interpretation(
    id="I-49",
    question="“每年5月底前…，7月底前…”: does 每年 reach the second date?",
    readings={
        "each_year": "the year is named once for the whole sentence",
        "once": "the second date has no year: the first July of the plan, and no more",
    },
    default="each_year",
    concerns="2.5.6-2, 2.5.6-3, 2.5.6-4",
)

TRUCKS = Interpretation(
    id="I-46",
    question="“50%以上的汽油加油站和油罐车”: does 50 % reach the tank trucks?",
    readings={
        "half": "和 joins the two behind one number: half of the stations, half of the trucks",
        "all": "the number stands before the stations; of the trucks, as of the depots, all",
    },
    default="half",
    concerns="2.5.6-4",
)

ALARM = Interpretation(
    id="2.5.6-5-alarm",
    question="GB 20952-2020, E.3.3: seven days of warning: one after the other?",
    readings={
        "in_a_row": "a fault that is mended in between does not add up to an alarm",
        "of_the_year": "seven days are seven days, whenever in the year they were",
    },
    default="in_a_row",
    concerns="2.5.6-5",
)

REGULARLY = Interpretation(
    id="2.5.6-6-often",
    question="“对汽车罐车密封性能定期检测”: how often?",
    readings={
        "standard": "GB 20951-2020, 6.1: twice a year at least, more than three months apart",
        "yearly": "定期 names no interval: once a year, as a vehicle is inspected",
    },
    default="standard",
)

SUMMER = Interpretation(
    id="2.5.6-8-summer",
    question="“夏季蒸气压指标”: of which months?",
    readings={
        "standard": "GB 17930-2016: from 1 May to 31 October (unverified)",
        "plan": "from May to September, which the next sentence names",
    },
    default="standard",
)

POLICY = Interpretation(
    id="2.5.6-9-when",
    question="“每年5月至9月，研究出台…政策”: when is it issued, or when does it hold?",
    readings={
        "issued_by": "what is issued in the year by the end of September still serves its months",
        "issued_in": "the months are those in which it is issued",
        "applied": "the months are those for which it holds, from the first day to the last, "
        "whenever it was issued",
    },
    default="issued_by",
)
