"""二(五)6 加强油气回收设施监管: checks, tests, limits of vapour recovery, trucks, summer petrol."""

from typing import Any

import attrs

from airplan_core import (
    Condition,
    Count,
    County,
    Rule,
    Share,
    Task,
    attestation,
    by,
    during,
    on,
    one_each,
    season,
)
from airplan_ozone import vapour_limits as limits
from airplan_ozone.petrol_interpretations import (
    ALARM,
    EACH_YEAR,
    FIRST_MAY,
    FOUND,
    POLICY,
    REGULARLY,
    SUMMER,
    TRUCKS,
)
from airplan_ozone.petrol_ledgers import (
    PETROL,
    PHASES,
    SPECIAL,
    SUPERVISORY,
    Depot,
    DepotTest,
    FillingStation,
    FuelSample,
    NightPolicy,
    NozzleDay,
    OnlineNozzle,
    StationTest,
    TankTruck,
    TightnessBreach,
    TruckTest,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import COM, EEB, EM, TRA

TASK = Task(
    id="2.5.6",
    heading="加强油气回收设施监管",
    campaign="ozone",
    plan=QINYANG_2024,
    lead=(EEB, COM),
    cooperating=(TRA, EM),
)
YEARS = (2024, 2025)


@attrs.frozen
class _Kind:
    """A kind of place, its ledger and that of its tests.

    Attributes:
        name, en, zh: how it is called; `unit` is what it is counted in.
        place, test: the two ledgers; `of` is the test's reference to the place.
    """

    name: str
    en: str
    zh: str
    unit: str
    place: Any
    test: Any
    of: Any


DEPOTS = _Kind("depots", "petrol depots", "汽油储油库", "座", Depot, DepotTest, DepotTest.depot)
TANK_TRUCKS = _Kind(
    "tank-trucks", "petrol tank trucks", "汽油油罐车", "辆", TankTruck, TruckTest, TruckTest.truck
)
STATIONS = _Kind(
    "stations", "petrol stations", "汽油加油站", "座", FillingStation, StationTest,
    StationTest.station,
)  # fmt: skip


def _reached(kind: _Kind, purpose: str, name: str, ends: str) -> tuple[Count, Share]:
    """The petrol places in use on a day, and how many of them were tested in its year.

    What is tested before it is in use is not tested: see the ledger's note.
    """
    place, test, year = kind.place, kind.test, ends[:4]
    in_use = place.petrol & place.opened_on.happened_by(ends) & ~place.closed_on.happened_by(ends)
    tests = Count(
        id=f"ozone.{kind.name}-{name}-times-{year}", zh=f"{year}年{kind.zh}{purpose}次数",
        en=f"times that one of the {kind.en} was reached in {year}", unit="次", of=kind.of,
        where=test.purpose.is_(purpose)
        & test.tested_on.happened_from(f"{year}-01-01")
        & test.tested_on.happened_by(f"{year}-12-31")
        & test.tested_on.happened_from(kind.of.opened_on),
        better="more",
    )  # fmt: skip
    return (
        Count(
            id=f"ozone.{kind.name}-for-{name}-{year}", zh=f"{ends}在用{kind.zh}数",
            en=f"{kind.en} in use on {ends}", unit=kind.unit, of=place.county, where=in_use,
            better="neither",
        ),
        Share(
            id=f"ozone.{kind.name}-{name}-{year}", zh=f"{year}年{kind.zh}{purpose}比例",
            en=f"{kind.en} that were reached in {year}", unit=kind.unit, of=place.county,
            among=in_use, where=tests.at_least("1 次"), better="more",
        ),
    )  # fmt: skip


_SPECIAL = TASK.clause(1, "每年5月底前开展一次储运销环节油气回收系统全覆盖专项检查工作")

SPECIALS = {
    (kind.name, year): _reached(kind, SPECIAL, "special", f"{year}-05-31")
    for kind in (DEPOTS, TANK_TRUCKS, STATIONS)
    for year in YEARS
}
special_checks = tuple(
    Rule(
        id=f"ozone.{kind.name}-special-check-{year}",
        clause=_SPECIAL,
        en=f"The special check of vapour recovery by the end of May {year} reaches all {kind.en}.",
        subject=County,
        applies=FIRST_MAY.takes("2024", *(("2025",) if year > YEARS[0] else ()))
        & SPECIALS[kind.name, year][0].more_than(f"0 {kind.unit}"),
        requires=SPECIALS[kind.name, year][1].at_least("100 %"),
        due=by(f"{year}-05-31"),
        numbers={"每年5月底前": f"{year}-05-31", "储运销": "0", "全覆盖": "100"},
        speaks_of={SPECIALS[kind.name, year][0]: f"3 {kind.unit}"},
        keeps=[{SPECIALS[kind.name, year][1]: "100 %"}],
        breaks=[{SPECIALS[kind.name, year][1]: "66.7 %"}],
    )
    for kind in (DEPOTS, TANK_TRUCKS, STATIONS)
    for year in YEARS
)

_TEXT = "7月底前对所有汽油储油库、50%以上的汽油加油站和油罐车开展监督性检测"

TESTED = {
    (kind.name, year): _reached(kind, SUPERVISORY, "supervisory", f"{year}-07-31")
    for kind in (DEPOTS, STATIONS, TANK_TRUCKS)
    for year in YEARS
}


def _tested(number: int, kind: _Kind, year: int, least: str, below: str) -> Rule:
    """Of the places of a kind so many are tested by the end of July of a year."""
    count, share = TESTED[kind.name, year]
    enough = share.at_least(least)
    if kind is TANK_TRUCKS:
        enough = TRUCKS.choose(half=enough, all=share.at_least("100 %"))
    return Rule(
        id=f"ozone.{kind.name}-tested-{year}",
        clause=TASK.clause(number, _TEXT),
        en=f"By the end of July {year}, {least} of the {kind.en} or more have a supervisory test.",
        subject=County,
        applies=EACH_YEAR.takes("each_year", *(("once",) if year == YEARS[0] else ()))
        & count.more_than(f"0 {kind.unit}"),
        requires=enough,
        due=by(f"{year}-07-31"),
        numbers={
            "7月底前": f"{year}-07-31",
            "监督性检测": "0",
            **({"所有": "100", "50%以上": None} if kind is DEPOTS else {}),
        },
        speaks_of={count: f"10 {kind.unit}"},
        keeps=[{share: least}],
        breaks=[{share: below}],
    )


tested = tuple(
    _tested(number, kind, year, least, below)
    for number, kind, least, below in (
        (2, DEPOTS, "100 %", "99.9 %"),
        (3, STATIONS, "50 %", "49.9 %"),
        (4, TANK_TRUCKS, "50 %", "49.9 %"),
    )
    for year in YEARS
)

# 确保达标排放: what a test measures keeps to its standard. What was tested before the plan is no
# test of its days, and of the plan's days every limit is in force.
_LIMITS = TASK.clause(5, "确保达标排放")


def _kept(name: str, en: str, kind: _Kind, requires: Condition, /, **said: Any) -> Rule:
    """What a test of the plan's days measures at a petrol place keeps to its limit."""
    numbers, speaks_of = said.pop("numbers", {}), said.pop("speaks_of", {})
    test = kind.test
    applies = test.tested_on.happened_after("2023-12-31") & test.values & kind.of.petrol
    return Rule(
        id=f"ozone.{name}",
        clause=_LIMITS,
        en=en,
        subject=test,
        applies=applies & said.pop("also") if "also" in said else applies,
        requires=requires,
        numbers={"确保": "2023-12-31", **numbers},
        speaks_of={
            test.tested_on: "2024-01-01",
            test.values: True,
            kind.of.petrol: True,
            **speaks_of,
        },
        **said,
    )


depot_outlet = _kept(
    "depot-outlet",
    "What leaves a depot's treatment is at most 25 g/m³, and at least 95 % is recovered.",
    DEPOTS,
    DepotTest.outlet.at_most(limits.DEPOT_OUTLET)
    & DepotTest.recovery.at_least(limits.DEPOT_RECOVERY),
    numbers={"达标": "25", "排放": "95"},
    speaks_of={DepotTest.outlet: "25 g/m³", DepotTest.recovery: "95 %"},
    keeps=[{}],
    breaks=[{DepotTest.outlet: "25.1 g/m³"}, {DepotTest.recovery: "94.9 %"}],
)
station_outlet = _kept(
    "station-outlet", "What leaves a station's treatment, where it has one, is at most 25 g/m³.",
    STATIONS, StationTest.outlet.at_most(limits.STATION_OUTLET),
    also=StationTest.station.treats,
    numbers={"排放": "25"},
    speaks_of={StationTest.station.treats: True},
    keeps=[{StationTest.outlet: "25 g/m³"}],
    breaks=[{StationTest.outlet: "25.1 g/m³"}],
)  # fmt: skip


def _at_most(name: str, en: str, kind: _Kind, field: Any, limit: str, above: str) -> Rule:
    return _kept(
        name, en, kind, field.at_most(limit), numbers={"排放": limit.partition(" ")[0]},
        keeps=[{field: limit}], breaks=[{field: above}],
    )  # fmt: skip


single_limits = (
    *(
        _at_most(
            f"{name}-leak", f"No seal of a {name} leaks more than 500 µmol/mol.", kind,
            kind.test.leak, limits.LEAK, "501 µmol/mol",
        )
        for name, kind in (("depot", DEPOTS), ("truck", TANK_TRUCKS), ("station", STATIONS))
    ),
    _at_most(
        "depot-boundary", "At a depot's boundary there are at most 4 mg/m³ of NMHC.", DEPOTS,
        DepotTest.boundary, limits.DEPOT_BOUNDARY, "4.01 mg/m³",
    ),
    _at_most(
        "station-boundary", "At a station's boundary there are at most 4 mg/m³ of NMHC.", STATIONS,
        StationTest.boundary, limits.STATION_BOUNDARY, "4.01 mg/m³",
    ),
    _at_most(
        "depot-spill", "Undoing a joint of a depot spills at most 10 mL, the mean of three.",
        DEPOTS, DepotTest.spill, limits.DEPOT_SPILL, "10.1 mL",
    ),
    _at_most(
        "depot-pressure", "The pressure of a depot's collecting system is at most 6 kPa.", DEPOTS,
        DepotTest.pressure, limits.DEPOT_PRESSURE, "6.01 kPa",
    ),
    _at_most(
        "truck-valve", "The vapour valve of a tank truck loses at most 1.3 kPa.", TANK_TRUCKS,
        TruckTest.valve, limits.VALVE, "1.31 kPa",
    ),
)  # fmt: skip

truck_tight = _kept(
    "truck-tightness", "A tank truck loses no more pressure than the table has for its volume.",
    TANK_TRUCKS, TruckTest.tightness.at_most(TruckTest.limit),
    speaks_of={TruckTest.limit: "0.25 kPa"},
    keeps=[{TruckTest.tightness: "0.25 kPa"}],
    breaks=[{TruckTest.tightness: "0.251 kPa"}],
)  # fmt: skip
station_resistance = _kept(
    "station-resistance",
    "Liquid resistance at 18, 28 and 38 L/min is less than 40, 90 and 155 Pa.",
    STATIONS,
    StationTest.resistance_18.less_than(limits.RESISTANCE[0])
    & StationTest.resistance_28.less_than(limits.RESISTANCE[1])
    & StationTest.resistance_38.less_than(limits.RESISTANCE[2]),
    numbers={"达标": "40", "排": "90", "放": "155"},
    speaks_of={
        StationTest.resistance_18: "39.9 Pa",
        StationTest.resistance_28: "89.9 Pa",
        StationTest.resistance_38: "154.9 Pa",
    },
    keeps=[{}],
    breaks=[
        {StationTest.resistance_18: "40 Pa"},
        {StationTest.resistance_28: "90 Pa"},
        {StationTest.resistance_38: "155 Pa"},
    ],
)
station_tight = _kept(
    "station-tightness", "A station is as tight as the standard's table asks.",
    STATIONS, StationTest.tight,
    keeps=[{StationTest.tight: True}],
    breaks=[{StationTest.tight: False}],
)  # fmt: skip
station_ratio = _kept(
    "station-air-liquid-ratio",
    "Of a station's nozzles that are tested, by the standard's table, fewer fail than it allows.",
    STATIONS, StationTest.ratio_kept,
    keeps=[{StationTest.ratio_kept: True}],
    breaks=[{StationTest.ratio_kept: False}],
)  # fmt: skip

WARNED = Count(
    id="ozone.nozzle-days-warned", zh="气液比预警天数", en="days on which the ratio warned",
    unit="天", of=NozzleDay.nozzle, on=NozzleDay.date, where=NozzleDay.warned, observed=True,
    better="less",
)  # fmt: skip
ALARMED = Count(
    id="ozone.nozzle-days-alarmed", zh="气液比报警天数", en="days on which the ratio was an alarm",
    unit="天", of=NozzleDay.nozzle, on=NozzleDay.date, where=NozzleDay.alarmed, observed=True,
    better="less",
)  # fmt: skip
online_ratio = Rule(
    id="ozone.online-air-liquid-ratio",
    clause=_LIMITS,
    en="The air-liquid ratio of a nozzle that is monitored on line comes to no alarm in the year.",
    subject=OnlineNozzle,
    applies=OnlineNozzle.station.petrol,
    requires=ALARM.choose(
        in_a_row=ALARMED.at_most("0 天"),
        of_the_year=WARNED.less_than(f"{limits.ALARM_DAYS} 天"),
    ),
    due=during(*YEARS),
    numbers={"确保": "2024-12-31", "达标": "0", "排放": "2025-12-31"},
    speaks_of={OnlineNozzle.station.petrol: True},
    keeps=[{ALARMED: "0 天"}, ALARM.read_as("of_the_year", {WARNED: "6 天"})],
    breaks=[{ALARMED: "1 天"}, ALARM.read_as("of_the_year", {WARNED: "7 天"})],
)

_REGULARLY = TASK.clause(6, "对汽车罐车密封性能定期检测")


def _times(year: int, name: str, zh: str, en: str, where: Condition) -> Count:
    return Count(
        id=f"ozone.truck-tightness-{name}-{year}", zh=f"{year}年{zh}", en=f"{en} in {year}",
        unit="次", of=TruckTest.truck,
        where=where
        & TruckTest.tested_on.happened_from(f"{year}-01-01")
        & TruckTest.tested_on.happened_by(f"{year}-12-31"),
        better="more",
    )  # fmt: skip


TIMES = {
    year: _times(
        year, "tests", "密封性能检测次数", "tests of tightness", TruckTest.tightness_tested
    )
    for year in YEARS
}
#: Those more than three months after the year's first one.
APART = {
    year: _times(
        year, "tests-apart", "与首次相隔3个月以上的密封性能检测次数",
        "tests of tightness three months after the first",
        TruckTest.tightness_tested & TruckTest.apart,
    )
    for year in YEARS
}  # fmt: skip
regular_tests = tuple(
    Rule(
        id=f"ozone.truck-tightness-tested-{year}",
        clause=_REGULARLY,
        en=f"In {year} a tank truck's tightness is tested twice, more than three months apart.",
        subject=TankTruck,
        # of a truck that is in use for a part of the year only, a year's rhythm says nothing
        applies=TankTruck.petrol
        & TankTruck.opened_on.happened_by(f"{year - 1}-12-31")
        & ~TankTruck.closed_on.happened_by(f"{year}-12-31"),
        requires=REGULARLY.choose(
            standard=TIMES[year].at_least("2 次") & APART[year].at_least("1 次"),
            yearly=TIMES[year].at_least("1 次"),
        ),
        due=by(f"{year}-12-31"),
        numbers={
            "定期": f"{year}-12-31", "检测": f"{year - 1}-12-31", "密封": "1", "性能": "2"
        },
        speaks_of={
            TankTruck.petrol: True,
            TankTruck.opened_on: "2020-05-01",
            TankTruck.closed_on: "never",
        },
        keeps=[
            {TIMES[year]: "2 次", APART[year]: "1 次"},
            REGULARLY.read_as("yearly", {TIMES[year]: "1 次"}),
        ],
        breaks=[
            {TIMES[year]: "2 次", APART[year]: "0 次"},
            REGULARLY.read_as("yearly", {TIMES[year]: "0 次"}),
        ],
    )
    for year in YEARS
)  # fmt: skip

breaches = Rule(
    id="ozone.tightness-breaches",
    clause=TASK.clause(7, "严厉查处在卸油、发油、运输、停泊过程中破坏汽车罐车密闭性的行为"),
    en="Whoever breaks the tightness of a tank truck while it is loaded, driven or parked is dealt "
    "with.",
    subject=TightnessBreach,
    applies=FOUND.choose(
        plan=TightnessBreach.found_on.happened_after("2023-12-31"),
        open=TightnessBreach.found_on.happened(),
    )
    & TightnessBreach.phase.among(*PHASES),
    requires=TightnessBreach.dealt_on.happened(),
    numbers={"查处": "2023-12-31"},
    speaks_of={TightnessBreach.found_on: "2024-01-01", TightnessBreach.phase: "停泊"},
    keeps=[{TightnessBreach.dealt_on: "2024-01-01"}],
    breaks=[{TightnessBreach.dealt_on: "never"}],
)

_CONTROL = TASK.clause(8, "实施分时段精准调控汽油（含乙醇汽油）夏季蒸气压指标")

control = attestation(
    "ozone.vapour-pressure-control",
    _CONTROL,
    due=during(*YEARS),
    numbers={"实施": "2024-12-31", "调控": "2025-12-31"},
    en="The vapour pressure of summer petrol is controlled by stretches of time.",
)
vapour_pressure = Rule(
    id="ozone.summer-vapour-pressure",
    clause=_CONTROL,
    en="The vapour pressure of petrol in summer, with or without ethanol, is at most 65 kPa.",
    subject=FuelSample,
    applies=FuelSample.fuel.among(*PETROL)
    & FuelSample.taken_on.happened_after("2023-12-31")
    & SUMMER.choose(
        standard=FuelSample.taken_on.within(season("5月", "10月")),
        plan=FuelSample.taken_on.within(season("5月", "9月")),
    ),
    requires=FuelSample.vapour_pressure.at_most(limits.VAPOUR_PRESSURE),
    expects=(one_each(FuelSample.county, {FuelSample.fuel: PETROL}),),
    numbers={"实施": "2023-12-31", "夏季": "05-01..10-31", "蒸气压": "65"},
    speaks_of=on("2024-05-01", {FuelSample.fuel: "乙醇汽油", FuelSample.taken_on: "2024-05-01"}),
    keeps=[{FuelSample.vapour_pressure: "65 kPa"}],
    breaks=[{FuelSample.vapour_pressure: "65.1 kPa"}],
)


def _policies(year: int) -> dict[str, Count]:
    """The policies that count for a year, by the reading."""
    issued = NightPolicy.issued_on.happened_from(
        f"{year}-01-01"
    ) & NightPolicy.issued_on.happened_by(f"{year}-12-31")
    wheres = {
        "issued_by": issued,
        "issued_in": issued & NightPolicy.issued_on.within(season("5月", "9月")),
        # what ends later, or never, holds until then
        "applied": NightPolicy.issued_on.happened_by(f"{year}-09-30")
        & NightPolicy.begins_on.happened_by(f"{year}-05-01")
        & ~NightPolicy.ends_on.happened_by(f"{year}-09-29"),
    }
    return {
        reading: Count(
            id=f"ozone.night-policies-{reading.replace('_', '-')}-{year}",
            zh=f"{year}年鼓励夜间加油等政策数", en=f"policies for filling at night in {year}",
            unit="份", of=NightPolicy.county, where=where, better="more",
        )
        for reading, where in wheres.items()
    }  # fmt: skip


POLICIES = {year: _policies(year) for year in YEARS}
policies = tuple(
    Rule(
        id=f"ozone.night-filling-{year}",
        clause=TASK.clause(9, "每年5月至9月，研究出台鼓励夜间加油等相关政策"),
        en=f"For the summer of {year} there is a policy that encourages filling at night.",
        subject=County,
        requires=POLICY.each(
            {reading: count.at_least("1 份") for reading, count in POLICIES[year].items()}
        ),
        due=by(f"{year}-09-30"),
        numbers={"5月至9月": f"{year}-09-30", "政策": "1"},
        keeps=[{POLICIES[year]["issued_by"]: "1 份"}],
        breaks=[{POLICIES[year]["issued_by"]: "0 份"}],
    )
    for year in YEARS
)

off_peak = attestation(
    "ozone.off-peak-loading",
    TASK.clause(10, "通过宣传倡导、价格优惠等措施，组织实施夏秋季错时装卸油，倡导错峰加油"),
    due=during(*YEARS),
    parts=("错时装卸油", "错峰加油"),
    numbers={"组织实施": "2", "宣传": "2024-12-31", "优惠": "2025-12-31"},
    en="By publicity, prices and the like, loading in summer and autumn is moved to other hours, "
    "and drivers are won for filling off the peak.",
)

_SUMMARY = TASK.clause(
    11,
    "加强油品储运销环节VOCs排放控制",
    excused="says what the sentences before it are for, and asks nothing besides",
)
