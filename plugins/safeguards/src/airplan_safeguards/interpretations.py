"""The questions the safeguards leave open: readings, and the one taken by default."""

from airplan_core import Interpretation

MEMBERS = Interpretation(
    id="3.1-13-units",
    question="“各成员单位”: which ones? The plan has no list of them",
    readings={
        "named": "whoever its brackets name, the power and the postal company among them, beside "
        "the townships; others may be entered",
        "departments": "市直有关部门: the same without the two companies, which are no 部门",
    },
    default="named",
    concerns="3.1-1, 3.1-13, 3.3-4, 3.3-9",
)

SCHEME = Interpretation(
    id="3.1-1-date",
    question="“制定…实施方案”: by when, where only its filing has a day?",
    readings={
        "filing": "what is filed by 2024-09-30 has been drawn up by then, and not before",
        "standing": "without a day of its own it is asked for at once",
    },
    default="filing",
)

MEANS = Interpretation(
    id="3.2-1-means",
    question="“综合运用调度通报、…、追责问责等多种手段”: each of the five that are named?",
    readings={
        "each": "综合运用: all that are named, together",
        "several": "多种 is more than one: which of them is the office's to say",
    },
    default="each",
)

WEEKS = Interpretation(
    id="3.3-2-weeks",
    question="“一周一调度、一周一通报”: which weeks are asked for? The draft names no day of issue",
    readings={
        "filing": "from the first week that begins after 2024-09-30, when every unit has filed "
        "what it is to report on; before a plan is issued no week of it is asked for. 一周一 "
        "leaves none out, and each week has a working day, that of 春节 too",
        "but_holidays": "the same without the weeks of 春节 and 国庆 of which four days or more "
        "are off",
        "all": "each week of the plan's years, from 2024-W01",
    },
    default="filing",
    concerns="3.3-1, 3.3-2, 3.3-3, 3.3-4, 3.3-5",
)


def _regular(clause: str, words: str) -> Interpretation:
    """How often 定期 is, where the system that it belongs to is weekly."""
    return Interpretation(
        id=f"{clause}-regular",
        question=f"“{words}”: how often is 定期?",
        readings={
            "week": "the sentence beside it says 一周一调度、一周一通报, and it is the same system",
            "month": "where a week is meant it is said; offices report and meet by the month",
        },
        default="week",
    )


MEETINGS = _regular("3.3-1", "定期召开工作例会")
REPORTS = _regular("3.3-4", "定期向市环境攻坚办报送工作开展情况")
CIRCULARS = _regular("3.3-5", "定期通报各单位工作情况")

CAUSES = Interpretation(
    id="3.3-8-causes",
    question="“工作落实不力、环境问题突出、空气质量未得到有效改善的”: each, or together?",
    readings={
        "any": "three kinds of failing: each of them has its consequence",
        "all": "、 joins what one unit is told of: slack, with the problems and the air to show it",
    },
    default="any",
)

CRITICISED = Interpretation(
    id="3.3-8-both",
    question="“予以通报批评、公开约谈”: both?",
    readings={
        "both": "two are named, and 予以 is of both",
        "either": "one of them, as the case has it",
    },
    default="both",
)

JOINT = Interpretation(
    id="3.4-2-often",
    question="“在…等领域实施多部门联合执法”: how often in each field?",
    readings={
        "plan": "no frequency is named: once in each of the five by the plan's last day",
        "yearly": "what is not dated is asked of each of the plan's years",
    },
    default="plan",
)

TRAINING = Interpretation(
    id="3.4-8-regular",
    question="“定期组织开展技术帮扶和政策解读培训”: how often is 定期?",
    readings={
        "year": "the plan names no interval: each once in each of its years, which is the least "
        "that comes back",
        "quarter": "each once a quarter",
    },
    default="year",
)

PUBLISHED = Interpretation(
    id="3.5-2-timely",
    question="“及时公布环境执法、重污染天气应急等信息”: how soon?",
    readings={
        "working_days": "政府信息公开条例 26: within 20 working days (2019, unverified)",
        "at_all": "the plan names no days: that it is published",
    },
    default="working_days",
)
