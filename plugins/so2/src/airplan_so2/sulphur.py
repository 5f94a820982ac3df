"""二(三)4 涉二氧化硫企业: supervision, how facilities are run, stable emission, high values."""

from airplan_ambient.ledgers import StationHour
from airplan_core import (
    Completeness,
    Condition,
    Count,
    County,
    Rule,
    Statistic,
    Task,
    attestation,
    during,
    every,
    one_each,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB
from airplan_qinyang.enterprise import CEMENT
from airplan_so2.high_values import high_hours
from airplan_so2.interpretations import FREQUENCY, HIGH_VALUE, INDUSTRIES_ETC, STRETCH
from airplan_so2.ledgers import Outlet, OutletDay, SulphurCheck, SulphurProfile

TASK = Task(
    id="2.3.4",
    heading="加强涉二氧化硫企业污染治理设施运行管理",
    campaign="so2",
    plan=QINYANG_2024,
    lead=(EEB,),
)

_NAMED = SulphurProfile.enterprise.industry.among("火电", *CEMENT, "烧结砖瓦", "炭素")

supervision = attestation(
    "so2.routine-supervision",
    TASK.clause(
        1,
        "针对频繁出现的二氧化硫高值热点，加强对涉二氧化硫排放的电力、水泥、砖瓦窑、炭素等行业以及工业"
        "窑炉、燃煤锅炉的日常监管",
    ),
    SulphurProfile,
    # the hotspots are why, not whom: each of the works is supervised
    applies=SulphurProfile.emits
    & (INDUSTRIES_ETC.takes("open") | _NAMED | SulphurProfile.kiln | SulphurProfile.coal_boiler),
    speaks_of={SulphurProfile.emits: True, SulphurProfile.enterprise.industry: "炭素"},
    en="Routine supervision of power, cement, brick and carbon works, kilns and coal boilers that "
    "emit SO2 is strengthened.",
)


def _checks(id: str, zh: str, en: str, where: Condition) -> tuple[Count, Count]:
    """How many checks there were; and the same of a year of which none may have been entered."""
    of, day = SulphurCheck.profile, SulphurCheck.date
    return (
        Count(
            id=f"so2.{id}", zh=zh, en=en, unit="次", of=of, on=day, where=where, better="more"
        ),
        Count(
            id=f"so2.{id}-before", zh=f"原{zh}", en=f"{en} before", unit="次", of=of, on=day,
            where=where, observed=True, better="neither",
        ),
    )  # fmt: skip


FUGITIVE, FUGITIVE_BEFORE = _checks(
    "fugitive-checks", "无组织排放检查次数", "checks of fugitive emission", SulphurCheck.fugitive
)
FACILITY, FACILITY_BEFORE = _checks(
    "desulphurisation-checks", "脱硫设施运行检查次数", "checks of desulphurisation",
    SulphurCheck.desulphurisation,
)  # fmt: skip


def _more(now: Count, before: Count) -> Condition:
    return FREQUENCY.choose(
        before_plan=now.more_than(before.in_year(2023)),
        last_year=now.more_than(before.last_year()),
    )


frequency = Rule(
    id="so2.check-frequency",
    clause=TASK.clause(2, "重点加强重点涉硫企业的无组织排放及脱硫设施运行情况督导检查频次"),
    en="At key sulphur enterprises, fugitive emission and the working of desulphurisation are "
    "checked more often than before.",
    subject=SulphurProfile,
    applies=SulphurProfile.key,
    requires=_more(FUGITIVE, FUGITIVE_BEFORE)
    & (~SulphurProfile.desulphurises | _more(FACILITY, FACILITY_BEFORE)),
    due=during(2024, 2025),
    numbers={"重点加强": "2024-12-31", "督导检查": "2023-12-31", "频次": "2025-12-31"},
    speaks_of={
        SulphurProfile.key: True,
        SulphurProfile.desulphurises: True,
        FUGITIVE_BEFORE: "4 次",
        FACILITY_BEFORE: "2 次",
        FUGITIVE: "5 次",
    },
    keeps=[{FACILITY: "3 次"}, {SulphurProfile.desulphurises: False}],
    breaks=[{FACILITY: "2 次"}, {FACILITY: "3 次", FUGITIVE: "4 次"}],
)

operation = attestation(
    "so2.facility-operation",
    TASK.clause(3, "加强污染治理设施运行管理，提升设施自动化控制水平，强化设施日常运维检修"),
    SulphurProfile,
    applies=SulphurProfile.emits,
    parts=("运行管理", "自动化控制", "日常运维检修"),
    numbers={"运行管理": "3"},
    speaks_of={SulphurProfile.emits: True},
    en="Treatment facilities are better run, better automated and better maintained.",
)

#: A day that is not known may be over: every day of the stretch is asked for.
_EVERY_DAY = Completeness(days=366, month=31, february=29, source="二(三)4", leaves_out=False)

NOT_KEPT = Count(
    id="so2.days-over-permit", zh="超许可限值天数", en="days over the permit", unit="天",
    of=OutletDay.outlet, on=OutletDay.date, where=~OutletDay.kept, complete=_EVERY_DAY,
    better="less",
)  # fmt: skip
SURGES = Count(
    id="so2.days-with-surge", zh="污染物突升天数", en="days with a surge", unit="天",
    of=OutletDay.outlet, on=OutletDay.date, where=OutletDay.surged, complete=_EVERY_DAY,
    better="less",
)  # fmt: skip

_STABLE = TASK.clause(4, "确保污染物稳定达标排放")
_SURGE = TASK.clause(5, "避免出现污染物突升现象")
_ENTERED = (one_each(Outlet.profile),)

stable = Rule(
    id="so2.stable-compliance",
    clause=_STABLE,
    en="Each month, what an outlet emits keeps to its permit on every day.",
    subject=Outlet,
    applies=STRETCH.takes("month") & Outlet.profile.emits,
    requires=NOT_KEPT.at_most("0 天"),
    expects=_ENTERED,
    due=every("month", 2024, 2025),
    numbers={"稳定达标": "0"},
    speaks_of={Outlet.profile.emits: True},
    keeps=[{NOT_KEPT: "0 天"}],
    breaks=[{NOT_KEPT: "1 天"}],
)
stable_year = Rule(
    id="so2.stable-compliance-of-year",
    clause=_STABLE,
    en="All year, what an outlet emits keeps to its permit on every day.",
    subject=Outlet,
    applies=STRETCH.takes("year") & Outlet.profile.emits,
    requires=NOT_KEPT.at_most("0 天"),
    expects=_ENTERED,
    due=during(2024, 2025),
    numbers={"稳定达标": "0", "确保": "2024-12-31", "排放": "2025-12-31"},
    speaks_of=STRETCH.read_as("year", {Outlet.profile.emits: True}),
    keeps=[{NOT_KEPT: "0 天"}],
    breaks=[{NOT_KEPT: "1 天"}],
)
surges = Rule(
    id="so2.no-surges",
    clause=_SURGE,
    en="Each month, what an outlet emits does not surge.",
    subject=Outlet,
    applies=STRETCH.takes("month") & Outlet.profile.emits,
    requires=SURGES.at_most("0 天"),
    expects=_ENTERED,
    due=every("month", 2024, 2025),
    numbers={"避免": "0"},
    speaks_of={Outlet.profile.emits: True},
    keeps=[{SURGES: "0 天"}],
    breaks=[{SURGES: "1 天"}],
)
surges_year = Rule(
    id="so2.no-surges-of-year",
    clause=_SURGE,
    en="All year, what an outlet emits does not surge.",
    subject=Outlet,
    applies=STRETCH.takes("year") & Outlet.profile.emits,
    requires=SURGES.at_most("0 天"),
    expects=_ENTERED,
    due=during(2024, 2025),
    numbers={"避免": "0", "出现": "2024-12-31", "突升": "2025-12-31"},
    speaks_of=STRETCH.read_as("year", {Outlet.profile.emits: True}),
    keeps=[{SURGES: "0 天"}],
    breaks=[{SURGES: "1 天"}],
)

HIGH_HOURS = {
    reading: high_hours(
        f"so2.high-hours-{least}", f"站点二氧化硫高值小时数（大于{least}微克/立方米）",
        f"station-hours of SO2 above {least} µg/m³", StationHour.so2, least,
    )
    for reading, least in (("class_1", 150), ("class_2", 500), ("daily", 50))
}  # fmt: skip


def _fewer(hours: Statistic) -> Condition:
    # where there is none any more, there is nothing left to reduce
    return hours.less_than(hours.last_year()) | hours.at_most("0 时次")


_HIGH = HIGH_HOURS["class_1"]
high_values = Rule(
    id="so2.fewer-high-values",
    clause=TASK.clause(6, "有效减少站点二氧化硫高值热点现象"),
    en="The stations have fewer high hours of SO2 than in the year before.",
    subject=County,
    requires=HIGH_VALUE.each({reading: _fewer(one) for reading, one in HIGH_HOURS.items()}),
    due=during(2024, 2025),
    numbers={"有效": "0", "减少": "2024-12-31", "现象": "2025-12-31"},
    keeps=[{_HIGH: "9 时次", _HIGH.last_year(): "10 时次"}],
    breaks=[{_HIGH: "10 时次", _HIGH.last_year(): "10 时次"}],
)
