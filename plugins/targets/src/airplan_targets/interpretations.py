"""What 一(二) leaves open: questions and their readings, by the number of the inconsistency."""

from airplan_core import Interpretation

SHARE_PRECISION = Interpretation(
    id="I-01",
    question="天数比例修约后与目标比较，还是按原值比较？",
    readings={
        "rounded": "修约到一位小数（GB/T 8170）：7/366＝1.913%，方案写作1.9%、7天，"
        "只有修约后两者一致",
        "exact": "按原值：1.913%大于1.9%，7天也不达标，只能6天",
    },
    default="rounded",
    concerns="1.2-3, 1.2-5, 1.2-11, 1.2-13 (I-01, I-02, I-03)",
)

DENOMINATOR = Interpretation(
    id="I-04",
    question="天数比例的分母是有效监测天数还是日历天数？",
    readings={
        "valid": "有效监测天数（HJ 663-2013；婺源2023年9月：29个有效天、27天优良，公布93.1%）",
        "calendar": "日历天数：方案的百分数与天数按366天、365天换算；没有数据的天待定",
    },
    default="valid",
    concerns="1.2-3, 1.2-5, 1.2-11, 1.2-13",
)

RANK_FROM = Interpretation(
    id="I-56-from",
    question="参加考核排名的不是103个（63个）时，“后15位”“后3位”从哪一头数？",
    readings={
        "end": "从末位往前数：“后15位”是名单的最后15个，名单有多少个就从多少个往前数",
        "fixed": "名次固定：103减15，第88名及以前为退出（63减3，第60名及以前）",
    },
    default="end",
    concerns="1.2-7, 1.2-8, 1.2-15, 1.2-16",
)

RANK_LEVEL = Interpretation(
    id="I-56-level",
    question="名次并列的，算不算在后15位（后3位）之内？",
    readings={
        "from_end": "从末位数起并列：公布的做法是“并列倒数第3”，其后有15个（3个）更差的才算退出",
        "from_front": "按名次：并列的同取一个名次，名次在第88名（第60名）及以前的都算退出",
    },
    default="from_end",
    concerns="1.2-7, 1.2-8, 1.2-15, 1.2-16",
)

RANK_PERIOD = Interpretation(
    id="I-56",
    question="“退出后15位”“退出后3位”按全年排名还是逐月排名？",
    readings={
        "year": "按全年考核排名：目标写在2024年、2025年之下",
        "month": "每个月都要退出：按月通报排名",
    },
    default="year",
    concerns="1.2-7, 1.2-8, 1.2-15, 1.2-16",
)
