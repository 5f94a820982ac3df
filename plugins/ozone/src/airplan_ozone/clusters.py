"""二(五)1 开展传统产业集群专项整治: new plants, coating in town, closures, chemical parks."""

from airplan_core import Condition, Exempt, Rule, Task, by, one_each, whole
from airplan_ozone.interpretations import (
    CLUSTER,
    FILED,
    HOPELESS,
    MULTIPLE,
    NEW,
    PARKS,
    PERMITTED,
    PLATFORM_DATE,
)
from airplan_ozone.ledgers import (
    REPORTS,
    CoatingProject,
    ParkUpgrade,
    VocOffset,
    VocProfile,
    VocProject,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, MIIT, TRA

TASK = Task(
    id="2.5.1",
    heading="开展传统产业集群专项整治",
    campaign="ozone",
    plan=QINYANG_2024,
    shared=(EEB, MIIT, DRC, TRA),
)

_SINCE = "2023-12-31"

#: The rest of the sentence is of the same new plants.
_NEW_PLANT = (
    VocProject.nature.is_("新建")
    & VocProject.industrial
    & VocProject.emission.more_than("0.1 吨/年")
    & (NEW.takes("held") | VocProject.approved_on.happened_after(_SINCE))
)
_A_NEW_PLANT = {
    VocProject.nature: "新建",
    VocProject.industrial: True,
    VocProject.emission: "0.100001 吨/年",
    VocProject.approved_on: "2024-01-01",
}

park = Rule(
    id="ozone.new-plants-in-parks",
    clause=TASK.clause(1, "新建VOCs排放量大于0.1吨/年的工业企业原则上要入园区"),
    en="A new industrial plant with more than 0.1 t of VOCs a year in principle goes into a park.",
    subject=VocProject,
    applies=_NEW_PLANT,
    requires=VocProject.in_park,
    numbers={"新建": _SINCE},
    speaks_of=_A_NEW_PLANT,
    keeps=[{VocProject.in_park: True}],
    breaks=[{VocProject.in_park: False}],
)

#: Of a project without a row it is not known what makes up for it; one that has nothing says 0.
OFFSET = VocOffset.amount.sum(
    id="ozone.voc-offset", zh="区域内VOCs替代削减量", en="VOCs offset within the region",
    of=VocOffset.project, where=VocOffset.in_region, observed=True, better="more",
)  # fmt: skip

offset = Rule(
    id="ozone.voc-offset",
    clause=TASK.clause(2, "实行区域内VOCs排放倍量削减替代"),
    en="A multiple of the VOCs that a new plant adds is cut within the region.",
    subject=VocProject,
    applies=_NEW_PLANT,
    # what is added stands first: of whoever offsets nothing the sentence speaks, too
    requires=MULTIPLE.choose(
        twice=VocProject.emission.times(2).at_most(OFFSET),
        above_par=VocProject.emission.less_than(OFFSET),
    ),
    numbers={"倍量": "2", "VOCs排放": "0.1", "实行": _SINCE},
    speaks_of={**_A_NEW_PLANT, VocProject.emission: "5 吨/年"},
    keeps=[{OFFSET: "10 吨/年"}, MULTIPLE.read_as("above_par", {OFFSET: "5.000001 吨/年"})],
    breaks=[{OFFSET: "9.999999 吨/年"}, MULTIPLE.read_as("above_par", {OFFSET: "5 吨/年"})],
)

scheme = Rule(
    id="ozone.voc-offset-scheme",
    clause=TASK.clause(3, "并将替代方案落实到企业排污许可证中，纳入环境执法管理"),
    en="The offset scheme is written into the permit and taken into enforcement.",
    subject=VocProject,
    applies=_NEW_PLANT & (PERMITTED.takes("approved") | VocProject.permitted_on.happened()),
    requires=whole(
        "排污许可证、环境执法管理", VocProject.scheme_in_permit, VocProject.scheme_enforced
    ),
    numbers={"替代方案": "0.1", "企业": "2", "落实": _SINCE},
    speaks_of={
        **_A_NEW_PLANT,
        VocProject.permitted_on: "2024-01-01",
        VocProject.scheme_in_permit: True,
        VocProject.scheme_enforced: True,
    },
    keeps=[{}],
    breaks=[{VocProject.scheme_in_permit: False}, {VocProject.scheme_enforced: False}],
)

chapter = Rule(
    id="ozone.voc-chapter",
    clause=TASK.clause(4, "环评报告中增加挥发性有机物污染治理专项评价内容"),
    en="The environmental assessment of a new plant has a chapter on treating VOCs.",
    subject=VocProject,
    # whoever only registers writes no report
    applies=_NEW_PLANT & VocProject.assessment.among(*REPORTS),
    requires=VocProject.chapter,
    numbers={"环评报告": "0.1", "增加": _SINCE},
    speaks_of={**_A_NEW_PLANT, VocProject.assessment: "报告表"},
    keeps=[{VocProject.chapter: True}],
    breaks=[{VocProject.chapter: False}],
)

coating = Rule(
    id="ozone.no-coating-in-town",
    clause=TASK.clause(
        5,
        "原则上中心城区内禁止工业涂装企业、汽修厂喷涂工段项目备案（重大民生保障类除外）",
    ),
    en="In the central area no coating works and no paint shop of a car repair is filed.",
    subject=CoatingProject,
    forbids=CoatingProject.kind.among("工业涂装企业", "汽修厂喷涂工段")
    & CoatingProject.central
    & FILED.choose(
        plan=CoatingProject.filed_on.happened_after(_SINCE),
        any=CoatingProject.filed_on.happened(),
    ),
    exempt=(Exempt("livelihood", "重大民生保障类除外", CoatingProject.livelihood),),
    numbers={"备案": _SINCE},
    speaks_of={
        CoatingProject.kind: "汽修厂喷涂工段",
        CoatingProject.central: True,
        CoatingProject.livelihood: False,
        CoatingProject.filed_on: "2024-01-01",
    },
    keeps=[
        {CoatingProject.central: False},
        {CoatingProject.kind: "其他"},
        {CoatingProject.filed_on: "2023-12-31"},
        {CoatingProject.filed_on: "never"},
    ],
    breaks=[
        {},
        {CoatingProject.kind: "工业涂装企业"},
        FILED.read_as("any", {CoatingProject.filed_on: "2020-05-01"}),
    ],
)

closed = Rule(
    id="ozone.hopeless-plants-closed",
    clause=TASK.clause(7, "对不符合产业政策、整改达标无望的企业依法关停取缔"),
    en="Plants against industrial policy, or without hope of compliance, are closed down.",
    subject=VocProfile,
    applies=(CLUSTER.takes("any") | VocProfile.in_cluster)
    & HOPELESS.choose(
        either=~VocProfile.meets_policy | VocProfile.hopeless,
        both=~VocProfile.meets_policy & VocProfile.hopeless,
    ),
    requires=VocProfile.closed_on.happened(),
    speaks_of={VocProfile.meets_policy: False, VocProfile.hopeless: True},
    keeps=[{VocProfile.closed_on: "2024-01-01"}],
    breaks=[
        {VocProfile.closed_on: "never"},
        {VocProfile.closed_on: "never", VocProfile.hopeless: False},
        {VocProfile.closed_on: "never", VocProfile.meets_policy: True},
    ],
)

_A_PARK: Condition = PARKS.takes("every") | ~ParkUpgrade.park.newly_added
_FIVE = (
    ParkUpgrade.process_on,
    ParkUpgrade.scale_on,
    ParkUpgrade.energy_on,
    ParkUpgrade.fuel_on,
    ParkUpgrade.treatment_on,
)

upgraded = Rule(
    id="ozone.chemical-parks-upgraded",
    clause=TASK.clause(
        8,
        "推进化工园区综合整治，2024年，完成生产工艺、生产规模、能耗水平、燃料类型、污染治理等方面"
        "升级改造任务",
    ),
    en="In 2024 a chemical park completes its upgrades of five kinds.",
    subject=ParkUpgrade,
    applies=_A_PARK,
    requires=whole("五方面升级改造", *(day.happened() for day in _FIVE)),
    expects=(one_each(ParkUpgrade.park),),
    due=by("2024-12-31"),
    numbers={"等方面": "5"},
    speaks_of=dict.fromkeys(_FIVE, "2024-12-31"),
    keeps=[{}],
    breaks=[{day: "never"} for day in _FIVE],
)

platforms = Rule(
    id="ozone.chemical-park-platforms",
    clause=TASK.clause(9, "建立泄漏检测与修复信息管理平台以及挥发性有机物管控平台"),
    en="A chemical park has a platform for leaks and one for VOCs.",
    subject=ParkUpgrade,
    applies=_A_PARK,
    requires=whole(
        "两个平台", ParkUpgrade.leak_platform_on.happened(), ParkUpgrade.voc_platform_on.happened()
    ),
    expects=(one_each(ParkUpgrade.park),),
    due=by("2024-12-31"),
    dated=PLATFORM_DATE.takes("sentence"),
    numbers={"建立": "2024-12-31", "以及": "2"},
    speaks_of={
        ParkUpgrade.leak_platform_on: "2024-12-31",
        ParkUpgrade.voc_platform_on: "2024-12-31",
    },
    keeps=[{}],
    breaks=[{ParkUpgrade.leak_platform_on: "never"}, {ParkUpgrade.voc_platform_on: "never"}],
)

_DECLARED = (
    TASK.clause(
        6, "推进集群综合治理", excused="names no act and no quantity; the rest of the task does"
    ),
)
