"""二(二)2 持续开展城市清洁行动: bare land, roads swept by machine, muck trucks."""

from airplan_core import County, Rule, Sum, Task, attestation, by, during, on, until
from airplan_pm10.interpretations import LONG_IDLE, SECTIONS_ETC, SWEPT_BY, WIDER
from airplan_pm10.ledgers import BareLand, Road, RoadCheck
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import FOR, PSB, TOWNS, TRA, UM
from airplan_qinyang.interpretations import ABOUT

TASK = Task(
    id="2.2.2",
    heading="持续开展城市清洁行动",
    campaign="pm10",
    plan=QINYANG_2024,
    shared=(UM, TRA, FOR, PSB),
)

_WITH_TOWNS = (*TASK.shared, TOWNS)

_BARE_LAND = TASK.clause(2, "对长期未开发的建设裸地进行排查整治")

#: Whether there is any such land is for the survey to say: it is asked for, found or not.
bare_land_surveyed = attestation(
    "pm10.bare-land-surveyed",
    _BARE_LAND,
    en="Building land that has long lain bare is looked for.",
)
bare_land = Rule(
    id="pm10.bare-land",
    clause=_BARE_LAND,
    en="Building land that has long lain bare is surveyed, and greened, paved or covered.",
    subject=BareLand,
    # what is being built on lies idle no longer
    applies=~BareLand.begun_on.happened()
    & LONG_IDLE.choose(
        three_months=BareLand.bare_since.happened() & ~until(BareLand.bare_since.plus(months=3)),
        held=BareLand.long_idle,
    ),
    requires=BareLand.surveyed_on.happened() & BareLand.treated_on.happened(),
    numbers={"长期": "3"},
    speaks_of=on(
        "2024-04-02",
        {
            BareLand.bare_since: "2024-01-01",
            BareLand.begun_on: "never",
            BareLand.surveyed_on: "2024-02-01",
        },
    ),
    keeps=[{BareLand.treated_on: "2024-04-01"}],
    breaks=[
        {BareLand.treated_on: "never"},
        {BareLand.treated_on: "2024-04-01", BareLand.surveyed_on: "never"},
    ],
)

_WIDER = TASK.clause(
    4,
    "市城管、公安、交通、林业等监管部门以及乡镇政府（街道办事处） … 进一步扩大道路机械化清扫和洒水"
    "范围",
    shared=_WITH_TOWNS,
)
_SWEPT = Sum(
    id="pm10.newly-swept", zh="当年新增机械化清扫里程", en="roads newly swept by machine",
    of=Road.county, on=Road.swept_on, measure_of=Road.length, better="more",
)  # fmt: skip
_SPRINKLED = Sum(
    id="pm10.newly-sprinkled", zh="当年新增洒水里程", en="roads newly sprinkled",
    of=Road.county, on=Road.sprinkled_on, measure_of=Road.length, better="more",
)  # fmt: skip

wider = Rule(
    id="pm10.wider-sweeping",
    clause=_WIDER,
    en="In each year roads are swept by machine, and roads sprinkled, that were not before.",
    subject=County,
    applies=WIDER.takes("year"),
    requires=_SWEPT.more_than("0 公里") & _SPRINKLED.more_than("0 公里"),
    due=during(2024, 2025),
    numbers={"进一步": "0", "道路": "2024-12-31", "范围": "2025-12-31"},
    speaks_of={_SPRINKLED: "1 公里"},
    keeps=[{_SWEPT: "0.1 公里"}],
    breaks=[{_SWEPT: "0 公里"}],
)

_SINCE = "2023-12-31"
_SWEPT_SINCE = Sum(
    id="pm10.swept-since", zh="方案实施以来新增机械化清扫里程", en="swept since the plan began",
    of=Road.county, measure_of=Road.length, where=Road.swept_on.happened_after(_SINCE),
    better="more",
)  # fmt: skip
_SPRINKLED_SINCE = Sum(
    id="pm10.sprinkled-since", zh="方案实施以来新增洒水里程", en="sprinkled since the plan began",
    of=Road.county, measure_of=Road.length, where=Road.sprinkled_on.happened_after(_SINCE),
    better="more",
)  # fmt: skip

wider_since = Rule(
    id="pm10.wider-sweeping-since",
    clause=_WIDER,
    en="Since the plan began roads are swept by machine, and roads sprinkled, that were not.",
    subject=County,
    applies=WIDER.takes("plan"),
    requires=_SWEPT_SINCE.more_than("0 公里") & _SPRINKLED_SINCE.more_than("0 公里"),
    due=by("2025-12-31"),
    numbers={"进一步": "0", "范围": "2025-12-31"},
    speaks_of=WIDER.read_as("plan", {_SPRINKLED_SINCE: "1 公里"}),
    keeps=[{_SWEPT_SINCE: "0.1 公里"}],
    breaks=[{_SWEPT_SINCE: "0 公里"}],
)

washed = attestation(
    "pm10.important-sections-washed",
    TASK.clause(
        5, "加大城市外环路、城市出入口、城乡结合部等重要路段冲洗保洁力度", shared=_WITH_TOWNS
    ),
    Road,
    applies=SECTIONS_ETC.choose(
        listed=Road.place.among("城市外环路", "城市出入口", "城乡结合部"),
        open=Road.place.among("城市外环路", "城市出入口", "城乡结合部", "其他重要路段"),
    ),
    speaks_of={Road.place: "城市出入口"},
    en="Ring roads, the city's entrances and its fringe are washed more.",
)

green_strips = attestation(
    "pm10.roads-and-green-strips",
    TASK.clause(6, "强化道路清洗保洁作业与道路绿化用地扬尘治理", shared=_WITH_TOWNS),
    parts=("道路清洗保洁作业", "道路绿化用地扬尘治理"),
    numbers={"作业与": "2"},
    en="Roads are washed, and the green strips beside them raise no dust.",
)

_MAIN = Road.built_up & Road.kind.among("主干道", "次干道")
SWEPT_AREA = Road.area.share(
    id="pm10.swept-area", zh="主次干道机械化清扫率（按面积）", en="swept by machine, by area",
    of=Road.county, among=_MAIN, where=Road.swept_on.happened(), better="more", observed=True,
)  # fmt: skip
SWEPT_LENGTH = Road.length.share(
    id="pm10.swept-length", zh="主次干道机械化清扫率（按长度）", en="swept by machine, by length",
    of=Road.county, among=_MAIN, where=Road.swept_on.happened(), better="more", observed=True,
)  # fmt: skip

sweeping_rate = Rule(
    id="pm10.sweeping-rate",
    clause=TASK.clause(7, "到2025年，城市建成区主次干道机械化清扫率达到70%左右"),
    en="About 70 % of the built-up area's main and secondary roads are swept by machine by 2025.",
    subject=County,
    requires=SWEPT_BY.choose(
        area=ABOUT.choose(exact=SWEPT_AREA.at_least("70 %"), two=SWEPT_AREA.at_least("68 %")),
        length=ABOUT.choose(exact=SWEPT_LENGTH.at_least("70 %"), two=SWEPT_LENGTH.at_least("68 %")),
    ),
    due=by("2025-12-31"),
    keeps=[{SWEPT_AREA: "70 %"}, ABOUT.read_as("two", {SWEPT_AREA: "68 %"})],
    breaks=[{SWEPT_AREA: "69.999999 %"}, ABOUT.read_as("two", {SWEPT_AREA: "67.999999 %"})],
)

muck_trucks = Rule(
    id="pm10.muck-trucks-closed",
    clause=TASK.clause(8, "加强渣土车扬尘污染防控，保持行驶途中全密闭"),
    en="A muck truck is fully closed while it drives.",
    subject=RoadCheck,
    applies=RoadCheck.muck_truck & RoadCheck.driving,
    requires=RoadCheck.closed,
    speaks_of={RoadCheck.muck_truck: True, RoadCheck.driving: True},
    keeps=[{RoadCheck.closed: True}],
    breaks=[{RoadCheck.closed: False}],
)

_DECLARED = (
    TASK.clause(
        1, "强化道路扬尘综合整治", excused="names no act and no quantity; the rest of the task does"
    ),
    TASK.clause(
        3,
        "市城管、公安、交通、林业等监管部门以及乡镇政府（街道办事处），要认真履行监督管理职责",
        shared=_WITH_TOWNS,
        excused="names who acts; what they are to do is in the half-sentences that follow",
    ),
)
