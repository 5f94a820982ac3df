"""GB 37822-2019 第8章 设备与管线组件VOCs泄漏控制要求: leaks are looked for, and repaired.

What the standard asks of the plants themselves, beside the plan: a document of its own, whose
places are called `GB37822:8.4-1`.
"""

import datetime as dt

from airplan_core import Exempt, Interpretation, Plan, Rule, Task, by, on, one_each
from airplan_ozone.ldar_ledgers import MOVING, STILL, LdarPlant, LdarPoint, LdarTest, Relief
from airplan_qinyang.departments import EEB

#: In force for new enterprises from 2019-07-01, for existing ones a year later; it has no last day.
GB_37822 = Plan(
    id="gb-37822-2019",
    title="挥发性有机物无组织排放控制标准 GB 37822-2019",
    en="Standard for fugitive emission of volatile organic compounds, GB 37822-2019",
    county="",
    prefix="GB37822",
    begins=dt.date(2020, 7, 1),
    ends=dt.date(2099, 12, 31),
)


def _section(id: str, heading: str) -> Task:
    return Task(id=id, heading=heading, campaign="ozone", plan=GB_37822, lead=(EEB,))


SCOPE = _section("8.1", "管控范围")
LEAKS = _section("8.2", "泄漏认定")
TESTS = _section("8.3", "泄漏检测")
REPAIR = _section("8.4", "泄漏源修复")

does_ldar = Rule(
    id="ozone.ldar-done",
    clause=SCOPE.clause(1, "密封点≥2000个，应开展泄漏检测与修复工作"),
    en="A plant with 2,000 sealing points or more does leak detection and repair.",
    subject=LdarPlant,
    applies=LdarPlant.points.at_least("2000 个"),
    requires=LdarPlant.tests,
    expects=(one_each(LdarPlant.enterprise),),
    speaks_of={LdarPlant.points: "2000 个"},
    keeps=[{LdarPlant.tests: True}],
    breaks=[{LdarPlant.tests: False}],
)

#: What was done, and found, before the standard was in force is none of its.
_BEFORE = "2020-06-30"

_LARGE = LdarTest.point.plant.points.at_least("2000 个")
_A_TEST = {LdarTest.point.plant.points: "2000 个", LdarTest.date: "2024-03-31"}
_SPOKEN_OF = ~LdarTest.next_on.happened_by(_BEFORE)
# nothing is left to be tested of what is out of use
_TESTED_AGAIN = LdarTest.next_on.happened() | LdarTest.point.removed_on.happened()

half_yearly = Rule(
    id="ozone.ldar-half-yearly",
    clause=TESTS.clause(
        1,
        "泵、压缩机、搅拌器（机）、阀门、开口阀或开口管线、泄压设备、取样连接系统至少每6个月检测一次",
    ),
    en="A pump, compressor, agitator, valve, open end, relief or sampling device is tested again "
    "within six months.",
    subject=LdarTest,
    applies=_LARGE & LdarTest.point.kind.among(*MOVING) & _SPOKEN_OF,
    requires=_TESTED_AGAIN,
    due=by(LdarTest.date.plus(months=6)),
    numbers={"泵": "2000", "阀门": _BEFORE, "检测一次": None},
    speaks_of={**_A_TEST, LdarTest.point.kind: "泵"},
    keeps=[{LdarTest.next_on: "2024-09-30"}],
    breaks=[{LdarTest.next_on: "never", LdarTest.point.removed_on: "never"}],
)

yearly_test = Rule(
    id="ozone.ldar-yearly",
    clause=TESTS.clause(2, "法兰及其他连接件、其他密封设备至少每12个月检测一次"),
    en="A flange or another connection or seal is tested again within twelve months.",
    subject=LdarTest,
    applies=_LARGE & LdarTest.point.kind.among(*STILL) & _SPOKEN_OF,
    requires=_TESTED_AGAIN,
    due=by(LdarTest.date.plus(months=12)),
    numbers={"法兰": "2000", "连接件": _BEFORE, "检测一次": None},
    speaks_of={**_A_TEST, LdarTest.point.kind: "法兰及其他连接件"},
    keeps=[{LdarTest.next_on: "2025-03-31"}],
    breaks=[{LdarTest.next_on: "never", LdarTest.point.removed_on: "never"}],
)

after_relief = Rule(
    id="ozone.ldar-after-relief",
    clause=TESTS.clause(
        3, "直接排放的泄压设备泄压后，应在泄压之日起5个工作日之内，对泄压设备进行泄漏检测"
    ),
    en="A relief device that has vented into the air is tested within five working days.",
    subject=Relief,
    applies=Relief.point.plant.points.at_least("2000 个")
    & Relief.relieved_on.happened_after(_BEFORE),
    requires=Relief.tested_on.happened(),
    due=by(Relief.relieved_on.plus(working_days=5)),
    numbers={"直接排放": "2000", "泄压后": _BEFORE},
    speaks_of={Relief.point.plant.points: "2000 个", Relief.relieved_on: "2024-03-04"},
    keeps=[{Relief.tested_on: "2024-03-11"}],
    breaks=[{Relief.tested_on: "never"}],
)

first_test = Rule(
    id="ozone.ldar-first-test",
    clause=TESTS.clause(4, "设备与管线组件初次启用或检维修后，应在90 d内进行泄漏检测"),
    en="Equipment is tested within 90 days of its first use or its overhaul.",
    subject=LdarPoint,
    applies=LdarPoint.plant.points.at_least("2000 个")
    & LdarPoint.kind.among(*MOVING, *STILL)
    & LdarPoint.started_on.happened_after(_BEFORE),
    requires=LdarPoint.first_test_on.happened() | LdarPoint.removed_on.happened(),
    expects=(one_each(LdarPoint.plant),),
    due=by(LdarPoint.started_on.plus(days=90)),
    numbers={"初次启用": "2000", "检维修后": _BEFORE},
    speaks_of={
        LdarPoint.plant.points: "2000 个",
        LdarPoint.kind: "阀门",
        LdarPoint.started_on: "2024-03-01",
    },
    keeps=[{LdarPoint.first_test_on: "2024-05-30"}],
    breaks=[{LdarPoint.first_test_on: "never", LdarPoint.removed_on: "never"}],
)

_LEAK = _LARGE & LdarTest.leaks & LdarTest.date.happened_after(_BEFORE)
_A_LEAK = {**_A_TEST, LdarTest.leaks: True, LdarTest.deferral: "未延迟"}
PUT_OFF = ("停车（工）条件下才能修复", "立即修复存在安全风险")

FILED = Interpretation(
    id="GB37822-8.4-filed",
    question="GB 37822-2019, 8.4: by when must the plan of a deferred repair be filed?",
    readings={
        "in_time": "before the repair would have been due: until then it is not deferred",
        "any": "the standard names no day for it",
    },
    default="in_time",
    concerns="GB37822:8.4-2, GB37822:8.4-3",
)

first_repair = Rule(
    id="ozone.ldar-first-repair",
    clause=REPAIR.clause(1, "发现泄漏之日起5 d内应进行首次修复"),
    en="A leak is tried to be repaired within five days of its discovery.",
    subject=LdarTest,
    applies=_LEAK,
    # who has repaired it has tried to
    requires=LdarTest.first_repair_on.happened() | LdarTest.repaired_on.happened(),
    due=by(LdarTest.date.plus(days=5)),
    numbers={"发现泄漏": "2000", "首次修复": _BEFORE},
    speaks_of=_A_LEAK,
    keeps=[{LdarTest.first_repair_on: "2024-04-05"}, {LdarTest.repaired_on: "2024-04-05"}],
    breaks=[{LdarTest.first_repair_on: "never", LdarTest.repaired_on: "never"}],
)

repaired = Rule(
    id="ozone.ldar-repaired",
    clause=REPAIR.clause(2, "除8.4.2条规定外，应在发现泄漏之日起15 d内完成修复"),
    en="A leak is repaired within fifteen days, unless it is deferred with a plan that was filed.",
    subject=LdarTest,
    applies=_LEAK,
    requires=LdarTest.repaired_on.happened(),
    exempt=(
        Exempt(
            "deferred",
            "除8.4.2条规定外",
            LdarTest.deferral.among(*PUT_OFF)
            & FILED.choose(
                in_time=LdarTest.filed_on.happened_by(LdarTest.date.plus(days=15)),
                any=LdarTest.filed_on.happened(),
            ),
        ),
    ),
    due=by(LdarTest.date.plus(days=15)),
    numbers={"8.4.2": None, "发现泄漏": "2000", "完成修复": _BEFORE},
    speaks_of=_A_LEAK,
    keeps=[{LdarTest.repaired_on: "2024-04-15"}],
    breaks=[
        {LdarTest.repaired_on: "never"},
        {
            LdarTest.repaired_on: "never",
            LdarTest.deferral: PUT_OFF[0],
            LdarTest.filed_on: "never",
        },
    ],
)

_PUT_OFF = {**_A_LEAK, LdarTest.deferral: PUT_OFF[1]}

filed = Rule(
    id="ozone.ldar-deferral-filed",
    clause=REPAIR.clause(3, "企业应将延迟修复方案报生态环境主管部门备案"),
    en="The plan of a deferred repair is filed.",
    subject=LdarTest,
    applies=_LEAK & LdarTest.deferral.among(*PUT_OFF),
    requires=LdarTest.filed_on.happened(),
    due=by(LdarTest.date.plus(days=15)),
    dated=FILED.takes("in_time"),
    numbers={"延迟修复": "2000", "备案": "15", "方案": _BEFORE},
    speaks_of=_PUT_OFF,
    keeps=[on("2024-07-01", {LdarTest.filed_on: "2024-04-10"})],
    breaks=[on("2024-07-01", {LdarTest.filed_on: "never"})],
)

at_shutdown = Rule(
    id="ozone.ldar-repaired-at-shutdown",
    clause=REPAIR.clause(4, "并于下次停车（工）检修期间完成修复"),
    en="A deferred repair is completed in the next shutdown.",
    subject=LdarTest,
    applies=_LEAK & LdarTest.deferral.among(*PUT_OFF) & LdarTest.shutdown_on.happened(),
    requires=LdarTest.repaired_on.happened_by(LdarTest.shutdown_on),
    numbers={"检修期间": "2000", "完成修复": _BEFORE},
    speaks_of={**_PUT_OFF, LdarTest.shutdown_on: "2024-06-10"},
    keeps=[on("2024-07-01", {LdarTest.repaired_on: "2024-06-10"})],
    breaks=[
        on("2024-07-01", {LdarTest.repaired_on: "2024-06-11"}),
        on("2024-07-01", {LdarTest.repaired_on: "never"}),
    ],
)

what_leaks = LEAKS.clause(
    1,
    "密封点存在渗液、滴液等可见的泄漏现象，或VOCs泄漏检测值超过泄漏认定浓度，则认定发生了泄漏",
    defines=(first_repair.id, repaired.id, filed.id, at_shutdown.id),
)
