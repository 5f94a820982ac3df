"""The chapter on ledgers: every limit and day met exactly, whom each sentence speaks of."""

import datetime as dt
import os
import re
from pathlib import Path

import polars as pl
import pytest

import airplan_ambient
import airplan_core as airplan
import airplan_qinyang
import airplan_so2
from airplan_ambient.ledgers import Station, StationHour
from airplan_core import (
    Attestation,
    Config,
    County,
    Facts,
    FactsError,
    Said,
    Strength,
    duties,
    ledger_of,
    read_facts,
)
from airplan_qinyang import Enterprise
from airplan_so2.ledgers import (
    CoalFinding,
    CoalTask,
    CoalUse,
    FarmEquipment,
    HeatingArea,
    HeatSupply,
    HerbSite,
    MushroomGrower,
    NoBurnZone,
    Outlet,
    OutletDay,
    OutletHour,
    SulphurCheck,
    SulphurProfile,
    Village,
)

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_so2, airplan_qinyang, airplan_ambient)
]
TASKS = {
    "2.3.1": (7, 30),
    "2.3.2": (3, 31),
    "2.3.3(1)": (6, 33),
    "2.3.3(2)": (7, 34),
    "2.3.4": (6, 35),
    "2.3.5": (5, 36),
}


def book(taken=None):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=taken or {}))


BOOK = book()
MINE = [clause for clause in BOOK.clauses.values() if clause.id.rpartition("-")[0] in TASKS]


def outcomes(*rows, as_of="2025-06-01", taken=None):
    facts = Facts.of(County(id="甲县"), *rows)
    rules = book(taken) if taken else BOOK
    assessment = airplan.assess(rules, facts, dt.date.fromisoformat(as_of))
    found, counts = assessment.outcomes, assessment.counts
    # what recurs is counted in another way than it is told
    told = found.group_by("duty", "outcome").len("count").rows()
    counted = counts.filter(pl.col("count") > 0).select("duty", "outcome", "count").rows()
    assert sorted(told) == sorted(counted)
    return {
        (row["duty"].removeprefix("so2."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


def act(clause, done, subject=None, **more):
    return Attestation(clause=clause, subject=subject, done=done, **more)


# The text -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lines():
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    return path.read_text(encoding="utf-8").splitlines()


def test_thirty_four_sentences_are_answered_for():
    """Each task has its sentences, numbered from one, and each is answered for."""
    assert {clause.id for clause in MINE} == {
        f"{task}-{n}" for task, (count, _) in TASKS.items() for n in range(1, count + 1)
    }
    assert len(MINE) == 34
    assert "disabled" not in {BOOK.coverage()[clause.id] for clause in MINE}
    excused = {clause.id.removeprefix("2.3.") for clause in MINE if clause.excused}
    assert excused == {
        "1-1", "1-2", "1-3", "1-6", "1-7", "3(1)-1", "3(1)-3", "3(2)-1", "3(2)-6"
    }  # fmt: skip


@pytest.mark.parametrize("task", TASKS)
def test_nothing_between_the_quotes_is_left_unsaid(task, lines):
    """Without its quotes, a task's line is its heading, its departments and punctuation."""
    line = lines[TASKS[task][1] - 1]
    clauses = [clause for clause in MINE if clause.id.rpartition("-")[0] == task]
    body = line[: line.rindex("（")].removeprefix("（1）").removeprefix("（2）")
    for clause in sorted(clauses, key=lambda clause: -len(clause.text)):
        assert clause.text in body
        body = body.replace(clause.text, "")
    left = re.sub(r"[\d.．，；。\s]", "", body)
    assert left == ("" if "(" in task else clauses[0].heading)


@pytest.mark.parametrize("task", TASKS)
def test_departments_are_those_of_the_bracket(task, lines):
    """A task's departments are named in the bracket that closes it, in its order."""
    bracket = lines[TASKS[task][1] - 1].rpartition("（")[2]
    names = re.sub("等配合|按职责分工负责|负责|配合|）|。", "", bracket)
    departments = BOOK.clauses[f"{task}-1"].departments
    for said, name in zip(re.split("[、，]", names), departments, strict=True):
        assert said in (name, name.removeprefix("市"))  # the bracket often leaves 市 out


def test_strengths_are_the_sentences_own():
    """鼓励 encourages, 左右 and 基本 come near, everything else that is asked binds."""
    by_strength = {
        strength: {one.id.removeprefix("2.3.") for one in MINE if one.strength is strength}
        for strength in Strength
    }
    assert by_strength[Strength.ENCOURAGE] == {"1-4", "1-5", "3(1)-4"}
    assert by_strength[Strength.APPROX] == {"3(1)-5", "3(1)-6", "5-5"}
    assert len(by_strength[Strength.MUST]) == 34 - 9 - 3 - 3


@pytest.mark.parametrize(
    "interpretation",
    [one for one in BOOK.interpretations.values() if not one.id.startswith("ambient.")],
    ids=lambda one: one.id,
)
def test_every_reading_is_read(interpretation):
    """Taking another reading of an open question changes the duties of some rule, or a ledger."""
    asked = [one for entity in BOOK.entities if (one := ledger_of(entity).derived)]
    if interpretation in [question for one in asked for question in one.asks]:
        return  # a derived ledger asks it: tested below
    first, *others = (name for name, _ in interpretation.readings)
    for other in others:
        assert any(
            [(duty.due, duty.trees) for duty in duties(rule, {interpretation.id: first})]
            != [(duty.due, duty.trees) for duty in duties(rule, {interpretation.id: other})]
            for rule in BOOK.rules.values()
        )


# 1 and 2: energy and coal --------------------------------------------------------------------------


def test_what_is_encouraged_binds_nobody():
    """Who does not take it up is told so (ADVISORY), and of whom nothing is recorded is unknown."""
    rows = (Enterprise(id="用户"), Enterprise(id="另一户"), Enterprise(id="第三户"))
    acts = (act("2.3.1-4", False, "用户"), act("2.3.1-4", True, "另一户"), act("2.3.1-5", False))
    found = outcomes(*rows, *acts)
    assert found["building-integrated-solar", "用户"] == "ADVISORY"
    assert found["building-integrated-solar", "另一户"] == "COMPLIANT"
    assert found["building-integrated-solar", "第三户"] == "UNKNOWN"
    assert found["distributed-solar", "甲县"] == "ADVISORY"


@pytest.mark.parametrize(
    ("made", "done", "expected"),
    [(True, True, "COMPLIANT"), (True, False, "VIOLATION"), (False, None, "VIOLATION"),
     (True, None, "UNKNOWN")],
)  # fmt: skip
def test_the_coal_plan_is_made_and_carried_out(made, done, expected):
    """制定实施 is two acts; a plan that lies in a drawer is half of it."""
    acts = [act("2.3.2-1", made, part="制定")]
    acts += [] if done is None else [act("2.3.2-1", done, part="实施")]
    assert outcomes(*acts)["coal-action-plan", "甲县"] == expected


def coal(year, non_power, power="10 万吨"):
    return CoalUse(county="甲县", ends_on=f"{year}-12-31", power=power, non_power=non_power)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("20 万吨", "19.999999 万吨", "COMPLIANT"),
        ("20 万吨", "20 万吨", "VIOLATION"),
        ("20 万吨", "20.1 万吨", "VIOLATION"),
        ("20 万吨", None, "UNKNOWN"),
        (None, "20 万吨", "UNKNOWN"),
        (None, "0 吨", "UNKNOWN"),
        ("20 万吨", "0 吨", "COMPLIANT"),
        ("0 吨", "1 吨", "VIOLATION"),
        # where none was burnt and none is, there is nothing to cut
        ("0 吨", "0 吨", "NOT_APPLICABLE"),
    ],
)
def test_coal_outside_power_falls(before, now, expected):
    """重点压减 is less than the year before: a year that nobody entered is not one of none."""
    rows = (coal(2023, before), coal(2024, now))
    assert outcomes(*rows, as_of="2025-01-01")["non-power-coal-falls@2024", "甲县"] == expected
    # the year's statistics are there on its last day, and it is over on the next
    assert outcomes(*rows, as_of="2024-12-30")["non-power-coal-falls@2024", "甲县"] == "PENDING"
    if now and before:
        only = outcomes(rows[1], as_of="2025-01-01")["non-power-coal-falls@2024", "甲县"]
        assert only == "UNKNOWN"


def test_coal_may_be_held_against_2020():
    """What the five-year plan caps counts from 2020."""
    rows = (coal(2020, "30 万吨"), coal(2023, "20 万吨"), coal(2024, "25 万吨"))
    assert outcomes(*rows)["non-power-coal-falls@2024", "甲县"] == "VIOLATION"
    found = outcomes(*rows, taken={"2.3.2-2-since": "plan"})
    assert found["non-power-coal-falls@2024", "甲县"] == "COMPLIANT"


@pytest.mark.parametrize(
    ("cap", "expected"),
    [("30 万吨", "COMPLIANT"), ("29.999999 万吨", "VIOLATION"), (None, "UNKNOWN")],
)
def test_the_assigned_total_is_kept(cap, expected):
    """Power and all others together stay within what the state and the province assigned."""
    rows = (coal(2025, "20 万吨"), CoalTask(county="甲县", level="省", cap=cap))
    assert outcomes(*rows, as_of="2026-01-01")["coal-cap@2025", "甲县"] == expected
    assert outcomes(*rows, as_of="2025-12-31")["coal-cap@2025", "甲县"] in ("PENDING", "VIOLATION")
    assert outcomes(coal(2025, "20 万吨"), as_of="2026-01-01")["coal-cap@2025", "甲县"] == "UNKNOWN"
    # of two the stricter decides, and of one that is not known it is not known
    state = CoalTask(county="甲县", level="国家", cap="29 万吨")
    assert outcomes(*rows, state, as_of="2026-01-01")["coal-cap@2025", "甲县"] == "VIOLATION"


# 3 (1): gas and heat --------------------------------------------------------------------------------


def village(id, terrain="平原", **more):
    return Village(id=id, county="甲县", terrain=terrain, **more)


@pytest.mark.parametrize(
    ("last", "as_of", "expected"),
    [
        ("2025-12-31", "2026-01-01", "COMPLIANT"),
        ("2026-01-01", "2026-01-01", "LATE"),
        ("2026-01-02", "2026-01-01", "VIOLATION"),
        ("never", "2025-12-31", "PENDING"),
        ("never", "2026-01-01", "VIOLATION"),
        (None, "2026-01-01", "UNKNOWN"),
        ("2025-12-31", "2025-12-31", "COMPLIANT"),
    ],
)
def test_gas_reaches_every_village_of_the_plain(last, as_of, expected):
    """100 % of the plain's villages by the end of 2025: one without gas is one too many."""
    rows = (village("一", piped_on="2020-05-01"), village("二", piped_on=last))
    hills = (village("三", "山区", piped_on="never"), village("四", "岭区", piped_on="never"))
    assert outcomes(*rows, *hills, as_of=as_of)["gas-to-villages", "甲县"] == expected


def test_gas_is_asked_of_the_plain_alone():
    """No village is unknown, none of the plain is nothing to reach, an unknown one may be one."""
    unpiped = {"piped_on": "never"}
    assert outcomes(as_of="2026-01-01")["gas-to-villages", "甲县"] == "UNKNOWN"
    hills = village("三", "山区", **unpiped)
    assert outcomes(hills, as_of="2026-01-01")["gas-to-villages", "甲县"] == "NOT_APPLICABLE"
    rows = (village("一", piped_on="2020-01-01"), village("五", None, **unpiped))
    assert outcomes(*rows, as_of="2026-01-01")["gas-to-villages", "甲县"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("in_network", "heating", "expected"),
    [
        (False, "空气源热泵", "COMPLIANT"),
        (False, "其他清洁能源", "COMPLIANT"),
        (False, "散煤", "ADVISORY"),
        (False, "洁净型煤", "ADVISORY"),
        (False, None, "UNKNOWN"),
        (True, "散煤", "NOT_APPLICABLE"),
        (None, "散煤", "UNKNOWN"),
        (None, "地热能", "UNKNOWN"),
    ],
)
def test_clean_heating_is_encouraged_outside_the_network(in_network, heating, expected):
    """对集中供热管网覆盖范围外的区域: within it the sentence does not speak."""
    area = HeatingArea(id="片区", in_network=in_network, heating=heating)
    assert outcomes(area)["clean-heating-beyond-network", "片区"] == expected


def heat(id, due, area, on, **more):
    return HeatSupply(
        id=id, county="甲县", **{"built_up": True, **more}, area_due=due, area=area,
        supplied_on=on,
    )  # fmt: skip


#: Annex 3: what is to be supplied, and what is, year by year.
ANNEX_3 = (
    heat("全市", "463 万㎡", "95.5 万㎡", "2022-12-31"),
    heat("2023", "0 ㎡", "51.5 万㎡", "2023-12-31"),
    heat("2024", "0 ㎡", "5 万㎡", "2024-12-31"),
    heat("2025", "0 ㎡", "7 万㎡", "2025-12-31"),
)


def test_annex_3_reaches_its_first_stage_and_not_quite_its_second():
    """152 of 463 is 32.83 %; 159 of 463 is 34.34 %, which 34.4 % 左右 may take in (I-18)."""
    found = outcomes(*ANNEX_3, as_of="2026-01-01")
    assert found["central-heating@2024-12-31", "甲县"] == "COMPLIANT"
    assert found["central-heating@2025-12-31", "甲县"] == "SHORTFALL"
    about = outcomes(*ANNEX_3, as_of="2026-01-01", taken={"2.3.3(1)-5-about": "point"})
    assert about["central-heating@2025-12-31", "甲县"] == "COMPLIANT"


@pytest.mark.parametrize(
    ("area", "as_of", "first", "second"),
    [
        ("328 ㎡", "2025-01-01", "COMPLIANT", "PENDING"),
        ("327.999 ㎡", "2025-01-01", "SHORTFALL", "PENDING"),
        ("327.999 ㎡", "2024-12-31", "PENDING", "PENDING"),
        ("344 ㎡", "2026-01-01", "COMPLIANT", "COMPLIANT"),
        ("343.999 ㎡", "2026-01-01", "COMPLIANT", "SHORTFALL"),
        (None, "2026-01-01", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_central_heating_at_its_shares(area, as_of, first, second):
    """32.8 % by the end of 2024, 34.4 % by that of 2025, of the built-up area alone."""
    rows = (
        heat("区", "1000 ㎡", area, "2024-06-30"),
        heat("乡", "1000 ㎡", "1000 ㎡", "2020-01-01", built_up=False),
    )
    found = outcomes(*rows, as_of=as_of)
    assert found["central-heating@2024-12-31", "甲县"] == first
    assert found["central-heating@2025-12-31", "甲县"] == second


def test_central_heating_that_comes_a_day_late():
    """What is joined in January 2025 is none of 2024."""
    rows = (heat("区", "1000 ㎡", "344 ㎡", "2025-01-01"),)
    assert outcomes(*rows)["central-heating@2024-12-31", "甲县"] == "LATE"
    assert outcomes()["central-heating@2024-12-31", "甲县"] == "UNKNOWN"


def test_central_heating_by_households():
    """By households the rate is another one (I-20)."""
    row = heat(
        "区", "1000 ㎡", "200 ㎡", "2024-01-01", households_due="1000 户", households="344 户"
    )
    assert outcomes(row)["central-heating@2024-12-31", "甲县"] == "SHORTFALL"
    found = outcomes(row, taken={"I-20": "households"})
    assert found["central-heating@2024-12-31", "甲县"] == "COMPLIANT"


# 3 (2): scattered coal ------------------------------------------------------------------------------


def test_a_zone_is_acted_in_once_it_is_announced():
    """已公告划定: of a zone that is drawn and not announced the sentence does not speak."""
    zones = (
        NoBurnZone(id="一", announced_on="2020-01-01"),
        NoBurnZone(id="二", announced_on="never"),
        NoBurnZone(id="三", announced_on="2025-06-02"),
        NoBurnZone(id="四", announced_on="2025-06-01"),
        NoBurnZone(id="五"),
    )
    found = outcomes(*zones, act("2.3.3(2)-2", True, "一"), act("2.3.3(2)-2", False, "四"))
    assert [found["no-burn-zone-campaign", zone.id] for zone in zones] == [
        "COMPLIANT", "NOT_APPLICABLE", "NOT_APPLICABLE", "VIOLATION", "UNKNOWN"
    ]  # fmt: skip


STOVE = {"act": "使用", "burner": "民用炉灶"}
BOILER = {"act": "使用", "burner": "锅炉"}
GOOD, BAD = {"sulphur": "0.5 %", "ash": "10 %"}, {"sulphur": "0.51 %", "ash": "10 %"}


def offence(fuels, taken=None, **more):
    zone = NoBurnZone(id="区", announced_on="2024-01-01", fuels=fuels)
    given_ = {"zone": "区", "found_on": "2025-03-01", "fuel": "散煤", "dealt_on": "never"}
    return outcomes(zone, CoalFinding(id="1", **{**given_, **more}), taken=taken)[
        "coal-offences", "1"
    ]


@pytest.mark.parametrize(
    ("fuels", "found", "expected"),
    [
        # Ⅰ: by sulphur and ash, in boilers below 20 t/h and household stoves
        ("Ⅰ类", STOVE | BAD, "VIOLATION"),
        ("Ⅰ类", STOVE | GOOD, "NOT_APPLICABLE"),
        ("Ⅰ类", STOVE | GOOD | {"ash": "10.01 %"}, "VIOLATION"),
        ("Ⅰ类", STOVE | {"sulphur": "0.5 %"}, "UNKNOWN"),
        ("Ⅰ类", BOILER | BAD | {"output": "19.99 蒸吨/小时"}, "VIOLATION"),
        ("Ⅰ类", BOILER | BAD | {"output": "20 蒸吨/小时"}, "NOT_APPLICABLE"),
        ("Ⅰ类", BOILER | BAD, "UNKNOWN"),
        ("Ⅰ类", {"act": "销售"} | BAD, "VIOLATION"),
        ("Ⅰ类", {"act": "储存"} | GOOD, "NOT_APPLICABLE"),
        # a briquette by sulphur and volatile matter, whatever its ash
        ("Ⅰ类", STOVE | {"fuel": "洁净型煤", "sulphur": "0.5 %", "volatile": "12 %",
                        "ash": "30 %"}, "NOT_APPLICABLE"),
        ("Ⅰ类", STOVE | {"fuel": "洁净型煤", "sulphur": "0.5 %", "volatile": "12.1 %"},
         "VIOLATION"),
        # Ⅱ: all coal but in boilers of 20 t/h and above
        ("Ⅱ类", STOVE | GOOD, "VIOLATION"),
        ("Ⅱ类", BOILER | GOOD | {"output": "19.99 蒸吨/小时"}, "VIOLATION"),
        ("Ⅱ类", BOILER | BAD | {"output": "20 蒸吨/小时"}, "NOT_APPLICABLE"),
        ("Ⅱ类", BOILER | GOOD, "UNKNOWN"),
        ("Ⅱ类", {"act": "运输"}, "VIOLATION"),
        # Ⅲ: all coal
        ("Ⅲ类", BOILER | GOOD | {"output": "75 蒸吨/小时"}, "VIOLATION"),
        ("Ⅲ类", {"act": "储存", "fuel": "洁净型煤"}, "VIOLATION"),
        ("Ⅲ类", {"act": "其他"}, "NOT_APPLICABLE"),
        ("Ⅲ类", {"act": "销售", "fuel": "其他"}, "NOT_APPLICABLE"),
        ("Ⅲ类", {"act": "销售", "fuel": None}, "UNKNOWN"),
        # a class that is not known is not “in no zone”; what Ⅰ counts every class does
        (None, STOVE | GOOD, "UNKNOWN"),
        (None, BOILER | BAD | {"output": "25 蒸吨/小时"}, "UNKNOWN"),
        (None, STOVE | BAD, "VIOLATION"),
        # where it was found
        ("Ⅲ类", {"act": "销售", "zone": None, "in_zone": False}, "NOT_APPLICABLE"),
        ("Ⅲ类", {"act": "销售", "zone": None}, "UNKNOWN"),
        ("Ⅲ类", {"act": "销售", "zone": None, "in_zone": True}, "UNKNOWN"),
        # and when: before the zone was announced, on that day
        ("Ⅲ类", {"act": "销售", "found_on": "2023-12-31"}, "NOT_APPLICABLE"),
        ("Ⅲ类", {"act": "销售", "found_on": "2024-01-01"}, "VIOLATION"),
        # what is found later is not found yet
        ("Ⅲ类", {"act": "销售", "found_on": "2025-06-01"}, "VIOLATION"),
        ("Ⅲ类", {"act": "销售", "found_on": "2025-06-02"}, "NOT_APPLICABLE"),
        ("Ⅲ类", {"act": "销售", "found_on": None}, "UNKNOWN"),
        # what was done
        ("Ⅲ类", {"act": "销售", "dealt_on": "2025-06-01"}, "COMPLIANT"),
        ("Ⅲ类", {"act": "销售", "dealt_on": None}, "UNKNOWN"),
    ],
)  # fmt: skip
def test_what_is_against_the_rules_of_a_zone_is_dealt_with(fuels, found, expected):
    """By the zone's class, the fuel, its sulphur and ash, and the boiler's output."""
    assert offence(fuels, **found) == expected


def test_an_offence_may_be_what_was_established_as_one():
    """洁净型煤 is lawful in some places: whoever inspects may have said what it is."""
    taken = {"2.3.3(2)-3-offence": "established"}
    assert offence("Ⅲ类", taken, act="销售", unlawful=False) == "NOT_APPLICABLE"
    assert offence("Ⅰ类", taken, **STOVE, **GOOD, unlawful=True) == "VIOLATION"
    assert offence("Ⅰ类", taken, **STOVE, **BAD) == "UNKNOWN"


@pytest.mark.parametrize(
    ("converted", "relapsed", "expected"),
    [("100 户", "0 户", "COMPLIANT"), ("100 户", "1 户", "VIOLATION"),
     ("0 户", "0 户", "NOT_APPLICABLE"), (None, "1 户", "UNKNOWN"), ("100 户", None, "UNKNOWN")],
)  # fmt: skip
def test_who_was_converted_does_not_burn_coal_again(converted, relapsed, expected):
    """散煤复烧 is of those who had stopped: in the plain and in the mountains."""
    one = village("村", "山区", converted_households=converted, relapsed_households=relapsed)
    assert outcomes(one)["coal-relapse", "村"] == expected


@pytest.mark.parametrize(
    ("terrain", "users", "expected"),
    [
        ("平原", "0 户", "COMPLIANT"),
        ("平原", "1 户", "VIOLATION"),
        ("平原", None, "UNKNOWN"),
        ("山区", "9 户", "NOT_APPLICABLE"),
        ("岭区", "9 户", "NOT_APPLICABLE"),
        (None, "1 户", "UNKNOWN"),
    ],
)
def test_the_plain_is_cleared_of_coal(terrain, users, expected):
    """清零 is nobody, in the plain."""
    assert (
        outcomes(village("村", terrain, coal_users=users))["plain-without-coal", "村"] == expected
    )


def test_a_plain_that_nobody_entered_is_not_cleared():
    """The county has a plain: without a village of it, it is not known."""
    found = outcomes()
    (subject,) = [subject for rule, subject in found if rule == "plain-without-coal"]
    assert found["plain-without-coal", subject] == "UNKNOWN"


@pytest.mark.parametrize(
    ("terrain", "can", "done", "expected"),
    [
        ("山区", False, True, "COMPLIANT"),
        ("山区", False, False, "VIOLATION"),
        ("山区", False, None, "UNKNOWN"),
        ("山区", True, False, "NOT_APPLICABLE"),
        ("平原", False, False, "NOT_APPLICABLE"),
        ("岭区", False, False, "NOT_APPLICABLE"),
        ("山区", None, False, "UNKNOWN"),
    ],
)
def test_coal_is_supervised_where_mountains_cannot_be_converted(terrain, can, done, expected):
    """对不具备“双替代”改造条件的山区: where they can be converted they are to be, not supervised."""
    rows = [village("村", terrain, can_convert=can)]
    rows += [] if done is None else [act("2.3.3(2)-7", done, "村")]
    assert outcomes(*rows)["mountain-coal-quality", "村"] == expected
    if terrain == "岭区":
        found = outcomes(*rows, taken={"I-62": "mountain"})
        assert found["mountain-coal-quality", "村"] == "VIOLATION"


# 4: sulphur works -----------------------------------------------------------------------------------


def works(industry="炭素", **more):
    given_ = {"emits": True, "key": True, "kiln": False, "coal_boiler": False}
    profile = SulphurProfile(id="厂", enterprise="厂", **{**given_, **more})
    return Enterprise(id="厂", industry=industry), profile


@pytest.mark.parametrize(
    ("industry", "more", "listed", "open_"),
    [
        ("火电", {}, "VIOLATION", "VIOLATION"),
        ("水泥熟料", {}, "VIOLATION", "VIOLATION"),
        ("烧结砖瓦", {}, "VIOLATION", "VIOLATION"),
        ("炭素", {"emits": False}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("化工", {}, "NOT_APPLICABLE", "VIOLATION"),
        ("化工", {"kiln": True}, "VIOLATION", "VIOLATION"),
        ("化工", {"coal_boiler": True}, "VIOLATION", "VIOLATION"),
        ("化工", {"coal_boiler": None}, "UNKNOWN", "VIOLATION"),
        ("炭素", {"emits": None}, "UNKNOWN", "UNKNOWN"),
    ],
)
def test_whom_routine_supervision_is_of(industry, more, listed, open_):
    """涉二氧化硫排放的 four industries, and whoever has an industrial kiln or a coal boiler."""
    rows = (*works(industry, **more), act("2.3.4-1", False, "厂"))
    assert outcomes(*rows)["routine-supervision", "厂"] == listed
    found = outcomes(*rows, taken={"2.3.4-1-etc": "open"})
    assert found["routine-supervision", "厂"] == open_


def checks(year, fugitive, facility):
    """So many checks of each kind in a year."""
    return [
        SulphurCheck(
            id=f"{year}-{n}", profile="厂", date=f"{year}-03-01", fugitive=n < fugitive,
            desulphurisation=n < facility,
        )
        for n in range(max(fugitive, facility, 1))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "more", "expected"),
    [
        ((3, 2), {}, "COMPLIANT"),
        ((2, 2), {}, "VIOLATION"),
        ((3, 1), {}, "VIOLATION"),
        ((3, 1), {"desulphurises": False}, "COMPLIANT"),
        ((2, 9), {"desulphurises": False}, "VIOLATION"),
        ((3, 1), {"desulphurises": None}, "UNKNOWN"),
        ((2, 2), {"key": False}, "NOT_APPLICABLE"),
        ((3, 2), {"key": None}, "UNKNOWN"),
    ],
)
def test_key_works_are_checked_more_often(now, more, expected):
    """Of 2 and 1 checks before: more of the one and of the other, at key enterprises."""
    rows = (*works(**{"desulphurises": True, **more}), *checks(2023, 2, 1), *checks(2024, *now))
    found = outcomes(*rows, as_of="2025-01-01")
    assert found["check-frequency@2024", "厂"] == expected
    if expected in ("COMPLIANT", "VIOLATION"):
        running = outcomes(*rows, as_of="2024-12-31")["check-frequency@2024", "厂"]
        assert running == ("COMPLIANT" if expected == "COMPLIANT" else "PENDING")


def test_a_frequency_needs_something_to_be_more_than():
    """Checks of 2023 that nobody entered are not none; none in 2024 is more than no number."""
    rows = works(desulphurises=True)
    assert outcomes(*rows, *checks(2024, 5, 5))["check-frequency@2024", "厂"] == "UNKNOWN"
    found = outcomes(*rows, *checks(2024, 0, 0))
    assert found["check-frequency@2024", "厂"] == "VIOLATION"
    # without the ledger nothing is known of either
    assert outcomes(*rows)["check-frequency@2024", "厂"] == "UNKNOWN"


def test_what_was_raised_once_stays_raised_or_rises_each_year():
    """频次 above 2023's in both years, or above the year before's in each."""
    rows = (*works(desulphurises=False), *checks(2023, 2, 0), *checks(2024, 5, 0))
    rows += tuple(checks(2025, 4, 0))
    assert outcomes(*rows, as_of="2026-01-01")["check-frequency@2025", "厂"] == "COMPLIANT"
    taken = {"2.3.4-2-frequency": "last_year"}
    found = outcomes(*rows, as_of="2026-01-01", taken=taken)
    assert found["check-frequency@2024", "厂"] == "COMPLIANT"
    assert found["check-frequency@2025", "厂"] == "VIOLATION"


def test_three_things_are_asked_of_a_facility():
    """运行管理、自动化控制、日常运维检修: each is recorded, at works that emit SO2."""
    parts = ("运行管理", "自动化控制", "日常运维检修")
    acts = [act("2.3.4-3", True, "厂", part=part) for part in parts]
    assert outcomes(*works(), *acts)["facility-operation", "厂"] == "COMPLIANT"
    assert outcomes(*works(), *acts[:2])["facility-operation", "厂"] == "UNKNOWN"
    acts[1] = act("2.3.4-3", False, "厂", part="自动化控制")
    assert outcomes(*works(), *acts)["facility-operation", "厂"] == "VIOLATION"
    assert outcomes(*works(emits=False), *acts)["facility-operation", "厂"] == "NOT_APPLICABLE"


FEBRUARY = [dt.datetime(2025, 2, 1) + dt.timedelta(hours=n) for n in range(28 * 24)]


def emitted(changed=(), *, limit="35 mg/m³", left_out=(), hours=FEBRUARY, **more):
    """An outlet with 20 mg/m³ in every hour of a month, but for those that are changed."""
    given_ = {
        time: {"concentration": "20 mg/m³", "mark": "正常"}
        for time in hours
        if time not in left_out
    }
    for n, change in dict(changed).items():
        given_[FEBRUARY[n]] |= change
    rows = [OutletHour(outlet="口", time=time, **one) for time, one in given_.items()]
    return [*works(**more), Outlet(id="口", profile="厂", pollutant="二氧化硫", limit=limit), *rows]


@pytest.mark.parametrize(
    ("changed", "stable", "surge"),
    [
        ({}, "COMPLIANT", "COMPLIANT"),
        # at the limit, and above it; the rise is 15, less than half of 35
        ({100: {"concentration": "35 mg/m³"}}, "COMPLIANT", "COMPLIANT"),
        ({100: {"concentration": "35.01 mg/m³"}}, "VIOLATION", "COMPLIANT"),
        # a rise by 17.5, and by more
        ({100: {"concentration": "10 mg/m³"}, 101: {"concentration": "27.5 mg/m³"}},
         "COMPLIANT", "COMPLIANT"),
        ({100: {"concentration": "10 mg/m³"}, 101: {"concentration": "27.51 mg/m³"}},
         "COMPLIANT", "VIOLATION"),
        # an hour that is not valid is neither over nor a surge, nor what the next rises from
        ({100: {"concentration": "90 mg/m³", "mark": "设备故障"}}, "COMPLIANT", "COMPLIANT"),
        ({100: {"concentration": None, "mark": "停运"}}, "COMPLIANT", "COMPLIANT"),
        ({100: {"concentration": "1 mg/m³", "mark": "停运"}}, "COMPLIANT", "COMPLIANT"),
        ({100: {"concentration": "90 mg/m³", "mark": "启炉"}}, "COMPLIANT", "COMPLIANT"),
        # neither a value nor a mark
        ({100: {"concentration": None}}, "UNKNOWN", "UNKNOWN"),
        ({100: {"concentration": "90 mg/m³", "mark": None}}, "UNKNOWN", "UNKNOWN"),
        ({100: {"concentration": "20 mg/m³", "mark": None}}, "COMPLIANT", "UNKNOWN"),
        # one that is over decides, whatever else is not known
        ({100: {"concentration": None}, 300: {"concentration": "90 mg/m³"}},
         "VIOLATION", "VIOLATION"),
        # the last hour of the month
        ({28 * 24 - 1: {"concentration": "36 mg/m³"}}, "VIOLATION", "COMPLIANT"),
        # the first, of which the hour before is not known
        ({0: {"concentration": "17 mg/m³"}}, "COMPLIANT", "COMPLIANT"),
    ],
)  # fmt: skip
def test_a_month_of_an_outlet(changed, stable, surge):
    """Each valid hour keeps to the permit, and none rises by more than half of it."""
    changed = {0: {"concentration": "17 mg/m³"}} | changed
    found = outcomes(*emitted(changed), as_of="2025-03-01")
    assert found["stable-compliance@2025-02", "口"] == stable
    assert found["no-surges@2025-02", "口"] == surge


def test_an_outlet_is_of_works_that_emit_sulphur():
    """涉二氧化硫企业 is the heading's; who has no outlet entered is not known to comply."""
    over = {5: {"concentration": "90 mg/m³"}}
    found = outcomes(*emitted(over, emits=False), as_of="2025-03-01")
    assert found["stable-compliance@2025-02", "口"] == "NOT_APPLICABLE"
    found = outcomes(*works(), as_of="2025-03-01")
    (outlet,) = {subject for rule, subject in found if rule == "stable-compliance@2025-02"}
    assert found["stable-compliance@2025-02", outlet] == "UNKNOWN"
    found = outcomes(*emitted(limit=None), as_of="2025-03-01")
    assert found["stable-compliance@2025-02", "口"] == "UNKNOWN"


def test_hours_that_are_not_there_are_not_kept():
    """A day of 23 hours is not known; a month that runs is pending, and over at once if it is."""
    missing = outcomes(*emitted(left_out=FEBRUARY[50:51]), as_of="2025-03-01")
    assert missing["stable-compliance@2025-02", "口"] == "UNKNOWN"
    assert missing["stable-compliance@2025-01", "口"] == "UNKNOWN"
    found = outcomes(*emitted(left_out=FEBRUARY[-1:]), as_of="2025-02-28")
    assert found["stable-compliance@2025-02", "口"] == "PENDING"
    assert found["stable-compliance@2025-03", "口"] == "PENDING"
    over = {5: {"concentration": "90 mg/m³"}}
    found = outcomes(*emitted(over), as_of="2025-02-02")
    assert found["stable-compliance@2025-02", "口"] == "VIOLATION"


def test_other_readings_of_stable_and_of_a_surge():
    """The mean of a day; hours of starting up; twice the hour before; a year instead of months."""
    over = emitted({100: {"concentration": "36 mg/m³"}})
    assert outcomes(*over)["stable-compliance@2025-02", "口"] == "VIOLATION"
    found = outcomes(*over, taken={"2.3.4-4-stable": "days"})
    assert found["stable-compliance@2025-02", "口"] == "COMPLIANT"
    all_day = emitted({n: {"concentration": "36 mg/m³"} for n in range(96, 120)})
    found = outcomes(*all_day, taken={"2.3.4-4-stable": "days"})
    assert found["stable-compliance@2025-02", "口"] == "VIOLATION"

    start = emitted({100: {"concentration": "36 mg/m³", "mark": "启炉"}})
    assert outcomes(*start)["stable-compliance@2025-02", "口"] == "COMPLIANT"
    found = outcomes(*start, taken={"2.3.4-4-start": "counted"})
    assert found["stable-compliance@2025-02", "口"] == "VIOLATION"

    # from 1 on, doubled and no more, hour by hour; and then by a little more
    doubling = {n: {"concentration": f"{2**n} mg/m³"} for n in range(5)}
    doubled = {"2.3.4-5-surge": "doubled"}
    assert outcomes(*emitted(doubling))["no-surges@2025-02", "口"] == "COMPLIANT"
    # of the very first hour it is not known what went before
    assert outcomes(*emitted(doubling), taken=doubled)["no-surges@2025-02", "口"] == "UNKNOWN"
    doubling[3] = {"concentration": "8.01 mg/m³"}
    assert outcomes(*emitted(doubling))["no-surges@2025-02", "口"] == "COMPLIANT"
    assert outcomes(*emitted(doubling), taken=doubled)["no-surges@2025-02", "口"] == "VIOLATION"
    jump = {n: {"concentration": "1 mg/m³"} for n in range(101)}
    assert outcomes(*emitted(jump))["no-surges@2025-02", "口"] == "VIOLATION"  # by 19, not 17.5

    found = outcomes(*over, taken={"2.3.4-4-stretch": "year"})
    assert found["stable-compliance-of-year@2025", "口"] == "VIOLATION"
    assert ("stable-compliance@2025-02", "口") not in found
    assert found["stable-compliance-of-year@2024", "口"] == "UNKNOWN"


def test_counts_are_those_of_the_verdicts():
    """A month is counted by the days that it has itself, of 28 as of 31."""
    facts = Facts.of(County(id="甲县"), *emitted())
    found = airplan.assess(BOOK, facts, dt.date(2025, 3, 1))
    verdicts = found.verdicts.group_by("duty", "outcome").len("count")
    counts = found.counts.filter(pl.col("count") > 0).select("duty", "outcome", "count")
    assert sorted(verdicts.cast(pl.String).rows()) == sorted(counts.cast(pl.String).rows())
    assert ("so2.stable-compliance@2025-02", "COMPLIANT", "1") in counts.cast(pl.String).rows()


def test_days_may_be_entered_instead_of_hours():
    """What the ledger of days says itself stays, hours or not."""
    days = [
        OutletDay(outlet="口", date=f"2025-02-{n:02}", kept=n != 9, surged=False)
        for n in range(1, 29)
    ]
    outlet = Outlet(id="口", profile="厂", limit="35 mg/m³")
    found = outcomes(*works(), outlet, *days, as_of="2025-03-01")
    assert found["stable-compliance@2025-02", "口"] == "VIOLATION"
    assert found["no-surges@2025-02", "口"] == "COMPLIANT"
    found = outcomes(*emitted(), days[8], as_of="2025-03-01")
    assert found["stable-compliance@2025-02", "口"] == "VIOLATION"


def hours(year, high, value="151 µg/m³", station="站"):
    """A station's year with so many high hours."""
    first = dt.datetime(year, 1, 1, 1)
    for n in range(24 * (366 if year % 4 == 0 else 365)):
        time = first + dt.timedelta(hours=n)
        yield StationHour(station=station, time=time, so2=value if n < high else "20 µg/m³")


STATION = Station(id="站", county="甲县")


@pytest.fixture(scope="module")
def year_before():
    return list(hours(2023, 5))


@pytest.mark.parametrize(
    ("now", "value", "expected"),
    [
        (4, "151 µg/m³", "COMPLIANT"),
        (5, "151 µg/m³", "VIOLATION"),
        (9, "150 µg/m³", "COMPLIANT"),  # 150 is not above 150
        (0, "151 µg/m³", "COMPLIANT"),
    ],
)
def test_stations_have_fewer_high_hours(year_before, now, value, expected):
    """Fewer hours above 150 µg/m³ than the five of the year before."""
    rows = (STATION, *year_before, *hours(2024, now, value))
    found = outcomes(*rows, as_of="2025-01-01")
    assert found["fewer-high-values@2024", "甲县"] == expected


def test_high_hours_while_the_year_runs(year_before):
    """As many as last year can be mended by no later day; fewer are not yet fewer."""
    rows = list(hours(2024, 5))
    found = outcomes(STATION, *year_before, *rows[: 24 * 100], as_of="2024-06-01")
    assert found["fewer-high-values@2024", "甲县"] == "VIOLATION"
    found = outcomes(STATION, *year_before, *rows[5 : 24 * 100], as_of="2024-06-01")
    assert found["fewer-high-values@2024", "甲县"] == "PENDING"


def test_high_hours_need_whole_years(year_before):
    """A year of which too little is there proves no fall; without any nothing is known."""
    rows = list(hours(2024, 4))
    found = outcomes(STATION, *year_before, *rows[: 24 * 323], as_of="2025-01-01")
    assert found["fewer-high-values@2024", "甲县"] == "UNKNOWN"
    found = outcomes(STATION, *year_before, *rows[: 24 * 324], as_of="2025-01-01")
    assert found["fewer-high-values@2024", "甲县"] == "COMPLIANT"
    assert (
        outcomes(STATION, *rows, as_of="2025-01-01")["fewer-high-values@2024", "甲县"] == "UNKNOWN"
    )
    assert outcomes(as_of="2025-01-01")["fewer-high-values@2024", "甲县"] == "UNKNOWN"
    # a second station of the county without its hours, or one of which it is not known whose it is
    other = Station(id="另", county="甲县")
    found = outcomes(STATION, other, *year_before, *rows, as_of="2025-01-01")
    assert found["fewer-high-values@2024", "甲县"] == "UNKNOWN"


def test_what_a_high_value_is_is_open(year_before):
    """Above 500 there was none; above 50 there were as many as above 150."""
    rows = (STATION, *hours(2023, 2), *hours(2024, 2, "51 µg/m³"))
    found = outcomes(*rows, as_of="2025-01-01")
    assert found["fewer-high-values@2024", "甲县"] == "COMPLIANT"
    found = outcomes(*rows, as_of="2025-01-01", taken={"2.3.4-6-high": "daily"})
    assert found["fewer-high-values@2024", "甲县"] == "VIOLATION"
    found = outcomes(*rows, as_of="2025-01-01", taken={"2.3.4-6-high": "class_2"})
    assert found["fewer-high-values@2024", "甲县"] == "COMPLIANT"


# 5: farms -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("retrofitted", "kept", "expected"),
    [(True, True, "COMPLIANT"), (True, False, "VIOLATION"), (True, None, "UNKNOWN"),
     (False, False, "NOT_APPLICABLE"), (None, False, "UNKNOWN")],
)  # fmt: skip
def test_mushroom_growers_keep_their_retrofit(retrofitted, kept, expected):
    """巩固 is of what has been reached."""
    row = MushroomGrower(id="菇", county="甲县", retrofitted=retrofitted, kept=kept)
    assert outcomes(row)["mushroom-retrofits-kept", "菇"] == expected


def test_every_herb_site_is_surveyed():
    """全面 is each; 等 names two, or goes on; a county that entered none has them all the same."""
    sites = (
        HerbSite(id="一", county="甲县", crop="地黄", surveyed_on="2025-06-01"),
        HerbSite(id="二", county="甲县", crop="山药", surveyed_on="2025-06-02"),
        HerbSite(id="三", county="甲县", crop="牛膝", surveyed_on="never"),
    )
    found = outcomes(*sites)
    assert [found["herb-sites-surveyed", one.id] for one in sites] == [
        "COMPLIANT", "VIOLATION", "NOT_APPLICABLE"
    ]  # fmt: skip
    open_ = outcomes(*sites, taken={"2.3.5-2-etc": "open"})
    assert open_["herb-sites-surveyed", "三"] == "VIOLATION"
    nobody = [one for (rule, _), one in outcomes().items() if rule == "herb-sites-surveyed"]
    assert nobody == ["UNKNOWN", "UNKNOWN"]


def test_policies_and_techniques_are_made_known():
    """政策、技术 are two; a record that names no part speaks of both."""
    assert outcomes(act("2.3.5-3", True))["clean-drying-publicity", "甲县"] == "COMPLIANT"
    half = (act("2.3.5-3", True, part="政策"), act("2.3.5-3", False, part="技术"))
    assert outcomes(*half)["clean-drying-publicity", "甲县"] == "VIOLATION"


def dryer(kind="中药材烘干", **more):
    given_ = {"upgraded_on": "never", "removed_on": "never", "fire_drying": False}
    return FarmEquipment(id="机", county="甲县", kind=kind, **{**given_, **more})


@pytest.mark.parametrize(
    ("more", "each", "planned"),
    [
        ({"energy": "空气能"}, "COMPLIANT", "COMPLIANT"),
        ({"energy": "燃煤"}, "VIOLATION", "UNKNOWN"),
        ({"energy": "燃煤", "planned_by": "never"}, "VIOLATION", "VIOLATION"),
        ({"energy": "生物质", "planned_by": "2025-06-01"}, "VIOLATION", "COMPLIANT"),
        ({"energy": "燃煤", "planned_by": "2025-05-31"}, "VIOLATION", "VIOLATION"),
        ({"energy": "燃煤", "fire_drying": True, "upgraded_on": "2025-06-01"},
         "COMPLIANT", "COMPLIANT"),
        ({"energy": "燃煤", "upgraded_on": "2025-06-01", "planned_by": "never"},
         "VIOLATION", "VIOLATION"),
        ({"energy": "燃煤", "removed_on": "2025-06-01"}, "COMPLIANT", "COMPLIANT"),
        ({"planned_by": "never"}, "UNKNOWN", "UNKNOWN"),
        ({"kind": "储粮烘干", "energy": "燃煤"}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ({"kind": None, "energy": "燃煤", "planned_by": "never"}, "UNKNOWN", "UNKNOWN"),
    ],
)  # fmt: skip
def test_herb_dryers_are_replaced_or_their_fire_upgraded(more, each, planned):
    """清洁能源替代或传统火焙的技改: the second way is a traditional fire's."""
    assert outcomes(dryer(**more))["herb-drying", "机"] == each
    found = outcomes(dryer(**more), taken={"2.3.5-4-orderly": "planned"})
    assert found["herb-drying", "机"] == planned


@pytest.mark.parametrize(
    ("more", "listed", "open_"),
    [
        ({"kind": "储粮烘干", "conforms": False}, "SHORTFALL", "SHORTFALL"),
        ({"kind": "农产品加工", "conforms": False}, "SHORTFALL", "SHORTFALL"),
        ({"kind": "储粮烘干", "conforms": False, "removed_on": "2025-06-01"},
         "COMPLIANT", "COMPLIANT"),
        ({"kind": "储粮烘干", "conforms": False, "removed_on": None}, "UNKNOWN", "UNKNOWN"),
        ({"kind": "储粮烘干", "conforms": True}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ({"kind": "储粮烘干"}, "UNKNOWN", "UNKNOWN"),
        ({"kind": "其他", "conforms": False}, "NOT_APPLICABLE", "SHORTFALL"),
    ],
)  # fmt: skip
def test_devices_below_the_standard_are_gone(more, listed, open_):
    """基本淘汰 binds weakly: what is left falls short as SHORTFALL."""
    assert outcomes(dryer(**more))["farm-equipment-removed", "机"] == listed
    found = outcomes(dryer(**more), taken={"2.3.5-5-etc": "open"})
    assert found["farm-equipment-removed", "机"] == open_


@pytest.mark.parametrize(("left", "expected"), [(1, "COMPLIANT"), (2, "SHORTFALL")])
def test_basically_may_be_a_share(left, expected):
    """19 of 20 are 95 %."""
    rows = [
        FarmEquipment(
            id=f"{n}", county="甲县", kind="储粮烘干", conforms=False,
            removed_on="never" if n < left else "2024-01-01",
        )
        for n in range(20)
    ]  # fmt: skip
    found = outcomes(*rows, taken={"qinyang.almost": "share"})
    assert found["farm-equipment-share", "甲县"] == expected
    assert ("farm-equipment-removed", "0") not in found


# What clerks write wrong ----------------------------------------------------------------------------


def told(tmp_path, name, text, *more):
    """The problems of a folder with one ledger."""
    (tmp_path / "county.csv").write_text("编号,名称\n甲县,甲县\n", encoding="utf-8")
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    for other, lines in more:
        (tmp_path / f"{other}.csv").write_text(lines, encoding="utf-8")
    try:
        facts = read_facts(tmp_path, BOOK)
        airplan.assess(BOOK, facts, dt.date(2026, 1, 1))
    except FactsError as error:
        return str(error)
    unread = (one.problem for one in facts.unreadable)
    said = (f"{one} {one.hint.zh if isinstance(one.hint, Said) else one.hint}" for one in unread)
    return "\n".join((*said, *map(str, facts.set_aside)))


ZONES = ("no_burn_zone", "编号,县市,禁燃区名称,公告日期,禁燃类别\n区,甲县,城区,2024-01-01,Ⅲ类\n")
FINDINGS = "编号,所在禁燃区,发现日期,行为,燃料,硫分[%],灰分[%]\n1,区,2025-01-01,销售,散煤,{},{}\n"
OUTLETS = ("outlet", "编号,排放口,许可浓度限值[mg/m³]\n口,1号口,35\n")


@pytest.mark.parametrize(
    ("name", "text", "more", "words"),
    [
        ("coal_finding", FINDINGS.format("0.6", "101"), (ZONES,), ("灰分", "101", "最大是 100 %")),
        ("coal_finding", FINDINGS.format("60", "9"), (ZONES,), ("硫分", "60", "最大是 20 %")),
        ("no_burn_zone", ZONES[1].replace("Ⅲ类", "Ⅳ类"), (), ("禁燃类别", "Ⅳ类", "Ⅲ类")),
        (
            "outlet_hour",
            "排放口监测项目,时间,折算浓度[mg/m³],标记\n口,2025-02-01T05:00,20,正常\n"
            "口,2025-02-01T05:00,21,正常\n",
            (OUTLETS,),
            ("口", "2025-02-01"),
        ),
        ("coal_use", "县市,统计期末,非电行业煤炭消费量[万吨]\n甲县,2024-06-30,3\n", (),
         ("2024-06-30", "一年一行")),
        ("village", "编号,县市,双替代已改造户数[户],散煤复烧户数[户]\n村,甲县,3,4\n", (),
         ("复烧户", "3")),
        ("coal_finding",
         "编号,所在禁燃区,是否在禁燃区内,行为\n1,区,否,销售\n", (ZONES,), ("是否在禁燃区内",)),
        ("reported", "指标,对象,时段,数值\nso2.gas-coverage,,2025-12-31,101 %\n", (),
         ("101 %", "100 %")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(tmp_path, name, text, more, words):
    """A share over 100, sulphur of 60 %, a class that does not exist, an hour twice …"""
    found = told(tmp_path, name, text, *more)
    for word in words:
        assert word in found, found
