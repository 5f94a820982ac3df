"""What the standards leave open, or practice does otherwise: each a question with its readings."""

from airplan_core import Interpretation

DUST = Interpretation(
    id="ambient.dust",
    question="浓度目标和综合指数是否剔除沙尘影响？",
    readings={
        "removed": "环办监测〔2016〕120号：考核和排名剔除沙尘天气影响的颗粒物浓度；"
        "优良天数、重污染天数比例保留沙尘（中国环境监测总站2021年7月报告说明）",
        "kept": "方案未提剔除沙尘，按实况计",
    },
    default="removed",
    concerns="1.2-1, 1.2-2, 1.2-9, 1.2-10",
)

STATIONS = Interpretation(
    id="ambient.stations",
    question="一天中有多少站点数据有效，县市日均值才有效？",
    readings={
        "three-quarters": "不少于75%的评价站点（HJ 663-2013，条文未核实）",
        "any": "有一个站点即可：只有少数站点的县市",
    },
    default="three-quarters",
)

AQI_INPUT = Interpretation(
    id="ambient.aqi-input",
    question="计算日AQI前，日均浓度是否先修约到报告精度？",
    readings={
        "reported": "先按GB/T 8170修约到整数（CO一位小数）：日报公布的就是修约后的浓度，"
        "HJ 633-2026 4.2.2 也如此规定",
        "as-given": "HJ 633-2012未规定修约，按原值计算",
    },
    default="reported",
)

O3_HOUR_IN_DAY = Interpretation(
    id="ambient.o3-hour-in-day",
    question="日AQI是否计入臭氧日最大1小时浓度？",
    readings={
        "left-out": "只计日最大8小时：各地日报的实际做法，HJ 633-2026亦然",
        "included": "HJ 633-2012 5.1.2 的七项指标含臭氧日最大1小时",
    },
    default="left-out",
)

AQI_MISSING = Interpretation(
    id="ambient.aqi-missing",
    question="缺一项污染物的日子，按HJ 633-2012没有AQI（NA），优良和重污染天数怎么算这一天？",
    readings={
        "proven": "其余污染物的指数大于200的，算重污染：不论缺的一项是多少都是；"
        "不大于200的，在优良、重污染两个比例中都不算有效天，补齐前待定",
        "others": "其余污染物的指数大于100的，就按它算：HJ 633-2026 5.3.1的规定",
        "left-out": "一律不算有效天：HJ 633-2012记为NA",
    },
    default="proven",
    concerns="1.2-3, 1.2-4, 1.2-5, 1.2-6, 1.2-11, 1.2-12, 1.2-13, 1.2-14",
)

RANK_TIES = Interpretation(
    id="ambient.rank-ties",
    question="指数相同的，名次怎么算？（I-56）",
    readings={
        "shared": "并列，同取靠前的名次（安徽：指数相同的城市以并列计；广东2017年8月：10、10、12）",
        "last": "并列，同取靠后的名次：对是否退出后几位从严",
    },
    default="shared",
)

RANK_WITHOUT_DATA = Interpretation(
    id="ambient.rank-without-data",
    question="没有有效数据的县市怎么排名？",
    readings={
        "last": "名单已定，都排在最后一位，不分先后，后面没有别人（河南省2014年县级规定）；"
        "以后补了数据，结论可能改变",
        "left-out": "名次待定：没有数据也可能只是没有录入，它可能在前也可能在后，"
        "自己的和别人的名次都不因此占便宜",
    },
    default="left-out",
    concerns="1.2-7, 1.2-8, 1.2-15, 1.2-16",
)

MEAN_PRECISION = Interpretation(
    id="ambient.mean-precision",
    question="年均浓度修约到几位小数后与目标比较？",
    readings={
        "tenth": "一位小数：方案的限值写到一位小数（44.5）",
        "whole": "整数：HJ 663-2013的报告精度（条文未核实）",
        "unrounded": "不修约：44.51即超过44.5",
    },
    default="tenth",
    concerns="1.2-1, 1.2-2, 1.2-9, 1.2-10",
)
