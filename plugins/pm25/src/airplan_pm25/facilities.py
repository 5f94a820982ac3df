"""二(一)8 开展低效失效污染治理设施排查整治: seven signs, a list, and what is put right."""

from functools import reduce
from operator import or_

from airplan_core import Condition, Count, Rule, Task, attestation, by, on, one_each
from airplan_pm25.interpretations import INSPECTION_DATE
from airplan_pm25.ledgers import FacilityCheck, FacilityProblem, TreatmentFacility
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, MIIT

TASK = Task(
    id="2.1.8",
    heading="开展低效失效污染治理设施排查整治",
    campaign="pm25",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(MIIT,),
)

#: The seven signs in the sentence's order; a semicolon joins them by "or", as do the commas inside.
SIGNS = (
    (
        TreatmentFacility.unsuitable,
        "重点关注治理工艺不适用，去除效率低或无去除效果、无稳定达标排放能力",
    ),
    (TreatmentFacility.crude, "治理设备简陋，必要组件未安装，未形成稳定可靠的副产品和消纳去向"),
    (TreatmentFacility.badly_built, "建设质量低劣，关键组件达不到规范要求"),
    (TreatmentFacility.corroded, "管道或相关设施腐蚀、破损严重"),
    (TreatmentFacility.uncontrolled, "自动化水平不高，无控制系统或功能缺失"),
    (
        TreatmentFacility.badly_run,
        "治理设施运行维护不到位，关键组件、关键参数未按相关技术规范进行操作，污染物治理效果达不到"
        "设计要求",
    ),
    (
        TreatmentFacility.tampered,
        "为掩盖治理设施低效失效等问题，不正常运维甚至干扰自动监测，篡改、伪造监测数据等情形",
    ),
)

#: A facility suspected of being inefficient or failed: at least one of the seven signs.
SUSPECT: Condition = reduce(or_, (sign for sign, _ in SIGNS))

signs = tuple(
    TASK.clause(number, text, defines=("pm25.suspects-monitored", "pm25.suspects-listed"))
    for number, (_, text) in enumerate(SIGNS, 2)
)

#: What the inspection is made of, and comes to, is due with it. The year of 12月底前 is that of the
#: same sentence's first date, 2024 (I-49).
_INSPECTED = by("2024-12-31")
_WITH_THE_INSPECTION = INSPECTION_DATE.takes("parts")

campaign_scheme = attestation(
    "pm25.facility-scheme",
    TASK.clause(1, "制定工业炉窑、锅炉、涉VOCs等重点行业低效失效治理设施排查整治方案"),
    due=_INSPECTED,
    dated=_WITH_THE_INSPECTION,
    numbers={"方案": "2024-12-31"},
    en="A scheme is drawn up for finding and mending inefficient facilities.",
)

suspects_monitored = Rule(
    id="pm25.suspects-monitored",
    clause=TASK.clause(9, "对疑似存在低效失效问题的设施开展现场手工监测"),
    en="A suspect facility is monitored by hand on site.",
    subject=TreatmentFacility,
    applies=SUSPECT,
    requires=TreatmentFacility.monitored_on.happened(),
    due=_INSPECTED,
    dated=_WITH_THE_INSPECTION,
    numbers={"现场手工监测": "2024-12-31"},
    speaks_of=dict.fromkeys((sign for sign, _ in SIGNS), False),
    keeps=[{sign: True, TreatmentFacility.monitored_on: "2024-01-01"} for sign, _ in SIGNS],
    breaks=[{sign: True, TreatmentFacility.monitored_on: "never"} for sign, _ in SIGNS],
)

PROBLEMS_LISTED = Count(
    id="pm25.problems-listed", zh="列入问题清单的问题数", en="problems on the list",
    unit="个", of=FacilityProblem.facility, better="more",
)  # fmt: skip

suspects_listed = Rule(
    id="pm25.suspects-listed",
    clause=TASK.clause(
        10, "全面系统分析大气污染治理存在的突出问题，针对排查中发现的问题建立问题清单"
    ),
    en="What is found is put on the problem list.",
    subject=TreatmentFacility,
    applies=SUSPECT,
    requires=PROBLEMS_LISTED.at_least("1 个"),
    due=_INSPECTED,
    dated=_WITH_THE_INSPECTION,
    numbers={"排查": "2024-12-31", "建立问题清单": "1"},
    speaks_of={TreatmentFacility.corroded: True},
    keeps=[{PROBLEMS_LISTED: "1 个"}],
    breaks=[{PROBLEMS_LISTED: "0 个"}],
)

key_inspections = attestation(
    "pm25.key-inspections",
    TASK.clause(
        11,
        "对于污染治理设施不正常运行、偷排直排、篡改伪造监控数据、出具虚假不实监测报告等行为进行重点"
        "检查",
    ),
    en="Abnormal operation, hidden discharge and forged data are inspected for.",
)

self_check = Rule(
    id="pm25.facility-self-check",
    clause=TASK.clause(12, "2024年9月底前组织企业完成自查"),
    en="Enterprises have checked their own facilities.",
    subject=FacilityCheck,
    requires=FacilityCheck.self_checked_on.happened(),
    expects=(one_each(FacilityCheck.enterprise),),
    due=by("2024-09-30"),
    keeps=[{FacilityCheck.self_checked_on: "2024-09-30"}],
    breaks=[{FacilityCheck.self_checked_on: "never"}],
)

inspection = Rule(
    id="pm25.facility-inspection",
    clause=TASK.clause(13, "12月底前完成排查工作"),
    en="The facilities have been inspected.",
    subject=FacilityCheck,
    requires=FacilityCheck.inspected_on.happened(),
    expects=(one_each(FacilityCheck.enterprise),),
    due=_INSPECTED,
    numbers={"12月底前": "2024-12-31"},
    keeps=[{FacilityCheck.inspected_on: "2024-12-31"}],
    breaks=[{FacilityCheck.inspected_on: "never"}],
)

fixed_at_once = Rule(
    id="pm25.problems-fixed-at-once",
    clause=TASK.clause(14, "对于能立行立改的问题，督促企业抓紧整改到位"),
    en="What can be put right at once is put right.",
    subject=FacilityProblem,
    applies=FacilityProblem.fixable_at_once,
    requires=FacilityProblem.rectified_on.happened(),
    due=_INSPECTED,
    dated=_WITH_THE_INSPECTION,
    numbers={"抓紧": "2024-12-31"},
    speaks_of={FacilityProblem.fixable_at_once: True},
    keeps=[{FacilityProblem.rectified_on: "2024-01-01"}],
    breaks=[{FacilityProblem.rectified_on: "never"}],
)

measures_and_deadline = Rule(
    id="pm25.problems-planned",
    clause=TASK.clause(15, "确需一定整改周期，明确提升改造措施和时限"),
    en="What takes time has its measures and its time limit.",
    subject=FacilityProblem,
    applies=~FacilityProblem.fixable_at_once,
    requires=FacilityProblem.measure.given() & FacilityProblem.rectify_by.given(),
    due=_INSPECTED,
    dated=_WITH_THE_INSPECTION,
    numbers={"明确": "2024-12-31"},
    speaks_of={FacilityProblem.fixable_at_once: False, FacilityProblem.measure: "更换布袋"},
    keeps=[{FacilityProblem.rectify_by: "2025-03-31"}],
    breaks=[
        {FacilityProblem.rectify_by: "never"},
        {FacilityProblem.rectify_by: "2025-03-31", FacilityProblem.measure: "无"},
    ],
)

winter_control = Rule(
    id="pm25.overrun-winter-control",
    clause=TASK.clause(16, "未按时完成提升改造的纳入秋冬季生产调控范围"),
    en="What is not upgraded in time comes under autumn-winter production control.",
    subject=FacilityProblem,
    applies=~FacilityProblem.fixable_at_once
    & FacilityProblem.rectify_by.more_than_ago()
    & ~FacilityProblem.rectified_on.happened_by(FacilityProblem.rectify_by),
    requires=FacilityProblem.winter_control,
    speaks_of=on(
        "2024-10-01",
        {
            FacilityProblem.fixable_at_once: False,
            FacilityProblem.rectify_by: "2024-09-30",
            FacilityProblem.rectified_on: "2024-10-01",
        },
    ),
    keeps=[{FacilityProblem.winter_control: True}],
    breaks=[{FacilityProblem.winter_control: False}],
)
