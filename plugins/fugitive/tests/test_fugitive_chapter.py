"""The chapter on ledgers: parks, aggregate works and their sheds, key enterprises, at their limits."""

import datetime as dt
import os
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
import airplan_fugitive
import airplan_pm10
import airplan_qinyang
from airplan_core import (
    Attestation,
    Config,
    County,
    Facts,
    FactsError,
    Strength,
    duties,
    read_facts,
)
from airplan_fugitive.ledgers import AggregateWorks, FugitiveProfile, MaterialShed, MaterialStore
from airplan_qinyang import Enterprise
from airplan_qinyang.departments import DRC, EEB, ETDZ, MIIT
from airplan_qinyang.enterprise import INDUSTRIES
from airplan_qinyang.stockyards import Stockyard

PLUGINS = [airplan.contribution(one.CAMPAIGN) for one in (airplan_fugitive, airplan_qinyang)]
TASKS = {"2.7.1": (3, 54), "2.7.2": (9, 55), "2.7.3": (8, 56)}


def book(taken=None, plugins=PLUGINS):
    return airplan.build_rulebook(plugins, Config(interpretations=taken or {}))


BOOK = book()
OPEN = book({"2.7.1-2-etc": "open"})
EVEN = book({"2.7.2-5-cover": "even"})
TOLERATED = book({"I-63": "tolerated"})
MINE = list(airplan_fugitive.CAMPAIGN.airplan_clauses())


def assessed(*rows, as_of="2025-06-01", rules=BOOK, none=()):
    facts = Facts.of(County(id="甲县"), *rows, none=none)
    return airplan.assess(rules, facts, dt.date.fromisoformat(as_of))


def outcomes(*rows, **more):
    return {
        (row["rule"].removeprefix("fugitive."), row["subject"]): row["outcome"]
        for row in assessed(*rows, **more).outcomes.iter_rows(named=True)
    }


# The text -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lines():
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    return path.read_text(encoding="utf-8").splitlines()


def test_twenty_sentences_are_answered_for():
    """Each task has its sentences, numbered from one; what names no criterion is excused."""
    assert {clause.id for clause in MINE} == {
        f"{task}-{n}" for task, (count, _) in TASKS.items() for n in range(1, count + 1)
    }
    assert {clause.id for clause in MINE if clause.excused} == {"2.7.1-3"}
    assert {clause.id for clause in MINE if clause.strength is Strength.PERMIT} == {"2.7.2-8"}
    assert sum(clause.strength is Strength.MUST for clause in MINE) == 18


@pytest.mark.parametrize("task", TASKS)
def test_nothing_between_the_quotes_is_left_unsaid(task, lines):
    """Without its quotes, a task's line is its heading, its departments and punctuation."""
    line = lines[TASKS[task][1] - 1]
    clauses = [clause for clause in MINE if clause.id.rpartition("-")[0] == task]
    body = line[: line.rindex("（")]
    for clause in sorted(clauses, key=lambda clause: -len(clause.text)):
        assert clause.text in body
        body = body.replace(clause.text, "", 1)
    assert re.sub(r"[\d.，。；：\s]", "", body) == clauses[0].heading


@pytest.mark.parametrize("task", TASKS)
def test_departments_are_those_of_the_bracket(task, lines):
    """In its order; the zone that makes the scheme leads its sentence."""
    bracket = lines[TASKS[task][1] - 1].rpartition("（")[2]
    names = re.sub("等配合|按照?职责分工负责|负责|）|。", "", bracket)
    departments = BOOK.clauses[f"{task}-1"].departments
    for said, name in zip(re.split("[、，]", names), departments, strict=True):
        assert said in (name, name.removeprefix("市"))
    assert BOOK.clauses["2.7.1-1"].lead == (ETDZ,)
    assert BOOK.clauses["2.7.1-2"].shared == (ETDZ, MIIT, EEB)
    assert BOOK.clauses["2.7.2-5"].shared == (EEB, DRC)


@pytest.mark.parametrize("interpretation", BOOK.interpretations.values(), ids=lambda one: one.id)
def test_every_reading_is_read(interpretation):
    """Taking another reading of an open question changes the duties of some rule."""
    first, *others = (name for name, _ in interpretation.readings)
    for other in others:
        assert any(
            [duty.trees for duty in duties(rule, {interpretation.id: first})]
            != [duty.trees for duty in duties(rule, {interpretation.id: other})]
            for rule in BOOK.rules.values()
        )


# 1: the park ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "kept", "expected"),
    [(True, True, "COMPLIANT"), (True, False, "VIOLATION"), (False, True, "VIOLATION"),
     (True, None, "UNKNOWN"), (None, None, "UNKNOWN"), (None, False, "VIOLATION")],
)  # fmt: skip
def test_the_zone_makes_a_scheme_and_keeps_it(made, kept, expected):
    """制定并严格落实: two acts, and a scheme that lies in a drawer is half of them."""
    acts = [
        Attestation(clause="2.7.1-1", done=done, part=part)
        for part, done in (("制定", made), ("严格落实", kept))
        if done is not None
    ]
    assert outcomes(*acts)["park-scheme", "甲县"] == expected
    verdicts = assessed(*acts).verdicts
    departments = verdicts.filter(verdicts["rule"] == "fugitive.park-scheme")["departments"]
    assert departments.to_list() == [[ETDZ, MIIT, EEB]]


def works(industry="炭素", id="厂", **more):
    return Enterprise(id=id, industry=industry), FugitiveProfile(id=id, enterprise=id, **more)


PARK = {"in_park": True, "key": False, "treated": False}
NAMED = {
    "火电", "化工", "煤化工", "炭素", "水泥", "水泥熟料", "建材", "玻璃", "烧结砖瓦", "陶瓷",
    "耐火材料",
}  # fmt: skip


def test_five_industries_of_the_park():
    """电力、化工、炭素、水泥、建材 with what the classification puts under them, and no other."""
    rows = [row for name in INDUSTRIES for row in works(name, name, **PARK)]
    found = outcomes(*rows)
    assert set(INDUSTRIES) > NAMED
    for name in INDUSTRIES:
        assert found["park-industries-treated", name] == (
            "VIOLATION" if name in NAMED else "NOT_APPLICABLE"
        )


@pytest.mark.parametrize(
    ("industry", "more", "listed", "open_"),
    [
        ("炭素", {"treated": True}, "COMPLIANT", "COMPLIANT"),
        ("炭素", {"treated": None}, "UNKNOWN", "UNKNOWN"),
        ("炭素", {"in_park": False}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("炭素", {"in_park": None}, "UNKNOWN", "UNKNOWN"),
        ("钢铁", {"key": True}, "NOT_APPLICABLE", "VIOLATION"),
        ("钢铁", {"key": False}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("钢铁", {"key": None}, "NOT_APPLICABLE", "UNKNOWN"),
        (None, {}, "UNKNOWN", "UNKNOWN"),
    ],
)
def test_who_is_asked_in_the_park(industry, more, listed, open_):
    """Inside it; 等 may go on to whoever else is on the county's list."""
    rows = works(industry, **{**PARK, **more})
    assert outcomes(*rows)["park-industries-treated", "厂"] == listed
    assert outcomes(*rows, rules=OPEN)["park-industries-treated", "厂"] == open_


def test_who_has_no_profile_is_not_known():
    """A works that was never entered is asked all the same."""
    found = outcomes(Enterprise(id="厂", industry="炭素"))
    for rule in ("park-industries-treated", "deep-treatment", "five-and-one", "roads-swept"):
        assert found[rule, "厂"] == "UNKNOWN"
    stores = [said for (rule, _), said in found.items() if rule == "stores-enclosed"]
    assert stores == ["UNKNOWN"]


# 2: aggregate works ---------------------------------------------------------------------------------

AGGREGATE = Enterprise(id="矿", industry="砂石骨料")
UPGRADED = ("upgraded", "deep_treated")
MEASURES = (
    "transport_kept_down", "transport_taken_out", "work_kept_down", "work_taken_out",
)  # fmt: skip


def aggregate(**more):
    return AGGREGATE, AggregateWorks(id="矿", enterprise="矿", **more)


@pytest.mark.parametrize(
    ("rule", "parts"),
    [("aggregate-orderly", ("conforms",)), ("aggregate-upgraded", UPGRADED),
     ("aggregate-dust-measures", MEASURES)],
)  # fmt: skip
def test_what_is_asked_of_a_works(rule, parts):
    """Every part, each of them alone; of a blank one it is not known."""
    every = dict.fromkeys(parts, True)
    assert outcomes(*aggregate(**every))[rule, "矿"] == "COMPLIANT"
    for part in parts:
        assert outcomes(*aggregate(**{**every, part: False}))[rule, "矿"] == "VIOLATION"
        assert outcomes(*aggregate(**{**every, part: None}))[rule, "矿"] == "UNKNOWN"
    assert outcomes(AGGREGATE)[rule, "矿"] == "UNKNOWN"
    other = (Enterprise(id="矿", industry="水泥"), *aggregate(**dict.fromkeys(parts, False))[1:])
    assert outcomes(*other)[rule, "矿"] == "NOT_APPLICABLE"


def shed(id="棚", **more):
    return MaterialShed(id=id, enterprise="矿", **{"name": "料棚", **more})


SHEDS = (
    "sheds-fog-cannons", "sheds-covered", "sheds-no-open-transfer", "sheds-wheel-wash",
    "wheel-wash-running",
)  # fmt: skip


def told(*rows, rules=BOOK, works=AGGREGATE):
    found = outcomes(works, *rows, rules=rules)
    return {rule: said for (rule, subject), said in found.items() if subject == "棚"}


def test_a_works_has_its_sheds_or_says_that_it_has_none():
    """Of a works without a row nobody knows; one that has none is asked nothing of them."""
    found = outcomes(AGGREGATE)
    for rule in SHEDS:
        assert [said for (one, _), said in found.items() if one == rule] == ["UNKNOWN"]
    none = told(MaterialShed(id="棚", enterprise="矿", kind="无物料棚仓"))
    assert {none[rule] for rule in SHEDS} == {"NOT_APPLICABLE"}
    # another trade, whether it has a shed or nobody entered one
    other = Enterprise(id="矿", industry="水泥")
    assert {outcomes(other)[rule, "矿/物料棚仓"] for rule in SHEDS} == {"NOT_APPLICABLE"}
    found = told(shed(cannons="0 台"), works=other)
    assert {found[rule] for rule in SHEDS} == {"NOT_APPLICABLE"}
    # who says nothing of what it is, and of nothing else
    assert (
        told(MaterialShed(id="棚", enterprise="矿", cannons=None))["sheds-fog-cannons"] == "UNKNOWN"
    )


@pytest.mark.parametrize(
    ("cannons", "expected"), [("0 台", "VIOLATION"), ("1 台", "COMPLIANT"), (None, "UNKNOWN")]
)
def test_a_shed_has_a_fog_cannon(cannons, expected):
    """配装雾炮: one at least."""
    assert told(shed(cannons=cannons))["sheds-fog-cannons"] == expected


FLOOR = {"length": "80 米", "width": "60 米", "cannons": "1 台"}


@pytest.mark.parametrize(
    ("said", "stated", "even"),
    [
        # as it was tried
        ({"coverage": "100 %"}, "COMPLIANT", "UNKNOWN"),
        ({"coverage": "99.999999 %"}, "VIOLATION", "UNKNOWN"),
        ({"covers": True}, "COMPLIANT", "UNKNOWN"),
        ({"covers": False}, "VIOLATION", "UNKNOWN"),
        ({}, "UNKNOWN", "UNKNOWN"),
        # what was tried goes before what is computed
        (FLOOR | {"range": "100 米", "coverage": "90 %"}, "VIOLATION", "COMPLIANT"),
        (FLOOR | {"range": "10 米", "coverage": "100 %"}, "COMPLIANT", "VIOLATION"),
        # 80 by 60: its diagonal is 100, half of it 50
        (FLOOR | {"range": "100 米"}, "COMPLIANT", "COMPLIANT"),
        (FLOOR | {"range": "99.999999 米"}, "UNKNOWN", "COMPLIANT"),
        (FLOOR | {"range": "50 米"}, "UNKNOWN", "COMPLIANT"),
        (FLOOR | {"range": "49.999999 米"}, "VIOLATION", "VIOLATION"),
        # its width is no matter of which is called which
        ({"length": "60 米", "width": "80 米", "cannons": "1 台", "range": "50 米"}, "UNKNOWN",
         "COMPLIANT"),
        # four cannons along the middle of 240 by 80: parts of 60 by 80, corners at 50
        ({"length": "240 米", "width": "80 米", "cannons": "4 台", "range": "50 米"}, "UNKNOWN",
         "COMPLIANT"),
        ({"length": "240 米", "width": "80 米", "cannons": "4 台", "range": "49.999999 米"},
         "UNKNOWN", "VIOLATION"),
        # 4 π 39² is 19 113 ㎡, 4 π 40² 20 106: the floor has 19 200
        ({"length": "240 米", "width": "80 米", "cannons": "4 台", "range": "39 米"}, "VIOLATION",
         "VIOLATION"),
        ({"length": "240 米", "width": "80 米", "cannons": "4 台", "range": "40 米"}, "UNKNOWN",
         "VIOLATION"),
        # no cannon covers nothing, whatever its range
        (FLOOR | {"cannons": "0 台", "range": "100 米"}, "VIOLATION", "VIOLATION"),
        ({"cannons": "0 台"}, "VIOLATION", "VIOLATION"),
        # blank
        (FLOOR | {"width": None, "range": "500 米"}, "UNKNOWN", "UNKNOWN"),
        (FLOOR | {"width": "0 米", "range": "500 米"}, "UNKNOWN", "UNKNOWN"),
        (FLOOR | {"cannons": None, "range": "100 米"}, "UNKNOWN", "UNKNOWN"),
        # what was measured goes before what is computed
        (FLOOR | {"range": "50 米", "to_corner": "60 米"}, "UNKNOWN", "VIOLATION"),
    ],
)  # fmt: skip
def test_a_shed_is_covered(said, stated, even):
    """100 % as it was tried, or as sure as geometry is; or evenly along the middle."""
    assert told(shed(**said))["sheds-covered"] == stated
    assert told(shed(**said), rules=EVEN)["sheds-covered"] == even


@given(
    length=st.integers(1, 40), width=st.integers(1, 40), cannons=st.integers(0, 4),
    reach=st.integers(0, 40),
)  # fmt: skip
def test_geometry_as_one_draws_it(length, width, cannons, reach):
    """An oracle that shares no code: grid points of the floor, cannons where they may stand."""
    row = shed(
        length=f"{length} 米", width=f"{width} 米", cannons=f"{cannons} 台", range=f"{reach} 米"
    )
    even = told(row, rules=EVEN)["sheds-covered"]
    long, short = max(length, width), min(length, width)
    middles = [(Fraction(2 * n + 1, 2 * cannons) * long, Fraction(short, 2))
               for n in range(cannons)]  # fmt: skip
    # a part's corners are the last of it to be reached
    corners = [(Fraction(n, cannons) * long, y) for n in range(cannons + 1)
               for y in (0, short)] if cannons else [(0, 0)]  # fmt: skip

    def reached(points, at):
        return all(any((x - a) ** 2 + (y - b) ** 2 <= reach**2 for a, b in at) for x, y in points)

    assert even == ("COMPLIANT" if reached(corners, middles) else "VIOLATION")
    stated = told(row)["sheds-covered"]
    ends = [(x, y) for x in (0, long) for y in (0, short)]
    if stated == "COMPLIANT":  # then from the worst place, too: all in one corner
        assert cannons
        assert all(reached(ends, [corner]) for corner in ends)
    if stated == "VIOLATION":  # then not from the best that are tried, either
        assert even == "VIOLATION"


@pytest.mark.parametrize(
    ("open_", "expected"), [(True, "VIOLATION"), (False, "COMPLIANT"), (None, "UNKNOWN")]
)
def test_what_lies_in_a_shed_is_not_moved_in_the_open(open_, expected):
    """不得进行露天转运."""
    assert told(shed(open_transfer=open_))["sheds-no-open-transfer"] == expected


@pytest.mark.parametrize(
    ("gates", "washed", "room", "plant", "expected"),
    [
        (2, 2, None, False, "COMPLIANT"),
        (2, 1, True, False, "VIOLATION"),
        (2, 0, True, True, "VIOLATION"),  # there was room: the plant's gate is no substitute
        (2, 1, False, True, "EXEMPT"),
        (2, 0, False, True, "EXEMPT"),
        (2, 0, False, False, "VIOLATION"),  # what may be built elsewhere was not
        (2, 0, False, None, "UNKNOWN"),
        (2, 0, None, True, "UNKNOWN"),
        (2, 0, None, False, "VIOLATION"),
        (2, None, True, False, "UNKNOWN"),
        (None, 1, True, False, "UNKNOWN"),
        (0, 0, None, None, "NOT_APPLICABLE"),
    ],
)
def test_wheels_are_washed_at_every_gate(gates, washed, room, plant, expected):
    """At each gate of the shed; where there is no room, the plant's gate may have it."""
    row = shed(gates=gates, gates_with_wash=washed, room=room, plant_gate_wash=plant)
    assert told(row)["sheds-wheel-wash"] == expected


@pytest.mark.parametrize(
    ("washed", "plant", "running", "expected"),
    [
        (2, False, True, "COMPLIANT"),
        (2, False, False, "VIOLATION"),
        (2, None, None, "UNKNOWN"),
        (0, True, True, "COMPLIANT"),
        (0, True, False, "VIOLATION"),
        (0, False, False, "NOT_APPLICABLE"),
        (0, None, False, "UNKNOWN"),
    ],
)
def test_washing_that_was_built_is_kept_running(washed, plant, running, expected):
    """保持正常运行: of what was built, at the shed or at the plant's gate."""
    row = shed(gates=2, gates_with_wash=washed, room=False, plant_gate_wash=plant, washing=running)
    assert told(row)["wheel-wash-running"] == expected


# 3: key enterprises ----------------------------------------------------------------------------------

DONE = {"transport_on": "2024-05-01", "process_on": "2024-05-01", "yard_on": "2024-05-01"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "COMPLIANT"),
        # no date: on whatever day is asked about (I-60), and that day is in
        ({"process_on": "2025-06-01"}, "COMPLIANT"),
        ({"process_on": "2025-06-02"}, "VIOLATION"),
        ({"transport_on": "never"}, "VIOLATION"),
        ({"process_on": "never"}, "VIOLATION"),
        ({"yard_on": "never"}, "VIOLATION"),
        ({"yard_on": "never", "has_yard": False}, "COMPLIANT"),
        ({"yard_on": "never", "has_yard": None}, "UNKNOWN"),
        ({"yard_on": None}, "UNKNOWN"),
        ({"yard_on": None, "transport_on": "never"}, "VIOLATION"),
        ({"key": False, "transport_on": "never"}, "NOT_APPLICABLE"),
        ({"key": None}, "UNKNOWN"),
    ],
)
def test_three_links_are_treated_in_depth(more, expected):
    """物料运输、生产工艺、堆场: each; without a stockyard there is none to treat."""
    rows = works(**{"key": True, "has_yard": True, **DONE, **more})
    assert outcomes(*rows)["deep-treatment", "厂"] == expected


SIX = {
    "key": True, "bare": True, "collected": True, "suppressed": True, "swept": True,
    "greened": True, "monitored": True,
}  # fmt: skip
FIVE = {
    "collected": "dust-collected", "suppressed": "transport-suppressed", "swept": "roads-swept",
    "greened": "bare-land-greened", "monitored": "fugitive-monitored",
}  # fmt: skip


def store(id="煤", **more):
    return MaterialStore(id=id, profile="厂", **{"dusty": True, "enclosed": True, **more})


def test_five_in_place_and_one_enclosed():
    """All six keep it; each of the five alone breaks it, and its own sentence."""
    found = outcomes(*works(**SIX), store())
    assert found["five-and-one", "厂"] == "COMPLIANT"
    for part, rule in FIVE.items():
        assert found[rule, "厂"] == "COMPLIANT"
        for value, expected in ((False, "VIOLATION"), (None, "UNKNOWN")):
            broken = outcomes(*works(**{**SIX, part: value}), store())
            assert broken["five-and-one", "厂"] == expected
            assert broken[rule, "厂"] == expected
            assert {broken[one, "厂"] for one in FIVE.values() if one != rule} == {"COMPLIANT"}
    none = outcomes(*works(**dict.fromkeys(SIX, False)), store(enclosed=False))
    assert {none[rule, "厂"] for rule in (*FIVE.values(), "five-and-one")} == {"NOT_APPLICABLE"}


def test_missing_parts_are_named():
    """五到位、一密闭: which of the six are lacking."""
    assessment = assessed(*works(**{**SIX, "swept": False}), store(enclosed=False))
    text = str(assessment.explain("fugitive.five-and-one", "厂"))
    assert "厂区道路除尘" in text
    assert "未密闭" in text


@pytest.mark.parametrize(
    ("bare", "greened", "whole", "own"),
    [
        (False, None, "COMPLIANT", "NOT_APPLICABLE"),
        (False, False, "COMPLIANT", "NOT_APPLICABLE"),
        (None, True, "COMPLIANT", "COMPLIANT"),
        (None, False, "UNKNOWN", "UNKNOWN"),
        (True, False, "VIOLATION", "VIOLATION"),
    ],
)
def test_no_bare_land_is_no_fall_of_greening(bare, greened, whole, own):
    """Where none is bare there is nothing to green; where it is not known, nothing is."""
    found = outcomes(*works(**{**SIX, "bare": bare, "greened": greened}), store())
    assert found["five-and-one", "厂"] == whole
    assert found["bare-land-greened", "厂"] in (own, "UNKNOWN" if bare is None else own)


@pytest.mark.parametrize(
    ("stores", "outcome", "six"),
    [
        ([{}], ["COMPLIANT"], "COMPLIANT"),
        ([{}, {"enclosed": False}], ["COMPLIANT", "VIOLATION"], "VIOLATION"),
        ([{}, {"enclosed": None}], ["COMPLIANT", "UNKNOWN"], "UNKNOWN"),
        ([{}, {"dusty": False, "enclosed": False}], ["COMPLIANT", "NOT_APPLICABLE"], "COMPLIANT"),
        ([{}, {"dusty": None, "enclosed": False}], ["COMPLIANT", "UNKNOWN"], "UNKNOWN"),
        # a plant that stores nothing of the kind says so
        ([{"dusty": False, "enclosed": None}], ["NOT_APPLICABLE"], "COMPLIANT"),
        # one that says nothing is not known to have enclosed everything
        ([], ["UNKNOWN"], "UNKNOWN"),
        ([{"kind": "燃料", "enclosed": False}], ["VIOLATION"], "VIOLATION"),
    ],
)
def test_everything_that_raises_dust_is_enclosed(stores, outcome, six):
    """全部密闭: materials and fuels, each of them."""
    rows = [store(f"点{n}", **one) for n, one in enumerate(stores)]
    found = outcomes(*works(**SIX), *rows, none=[] if rows else [MaterialStore])
    assert [said for (rule, _), said in found.items() if rule == "stores-enclosed"] == outcome
    assert found["five-and-one", "厂"] == six
    if not rows:
        assert outcomes(*works(**SIX))["five-and-one", "厂"] == "UNKNOWN"
    other = outcomes(*works(**{**SIX, "key": False}), *rows)
    mine = ("five-and-one", "stores-enclosed")
    assert not rows or {other[key] for key in other if key[0] in mine} == {"NOT_APPLICABLE"}


def yard(**more):
    given_ = {
        "kind": "工业企业内部堆场", "built_on": "2018-01-01", "open": True, "in_use": True,
        "wall_height": "5 米", "heap_height": "5 米", "net": True, "cover": True, "spray": True,
        "water_truck": True, "dust_free": True,
    }  # fmt: skip
    return Stockyard(id="场", county="甲县", **{**given_, **more})


@pytest.mark.parametrize(
    ("said", "enclosed", "expected", "tolerated"),
    [
        ({}, None, "VIOLATION", "COMPLIANT"),
        ({}, False, "VIOLATION", "COMPLIANT"),
        # what the store says itself stays
        ({}, True, "COMPLIANT", "COMPLIANT"),
        ({"in_use": False}, None, "VIOLATION", "VIOLATION"),
        ({"open": False, "storage": "全封闭库房"}, None, "COMPLIANT", "COMPLIANT"),
        ({"open": False, "storage": "天棚加围墙围挡储库"}, None, "UNKNOWN", "UNKNOWN"),
        ({"open": None, "storage": "露天堆放"}, None, "VIOLATION", "UNKNOWN"),
        ({"open": None}, None, "UNKNOWN", "UNKNOWN"),
    ],
)
def test_what_lies_in_a_yard_is_as_enclosed_as_the_yard(said, enclosed, expected, tolerated):
    """An open yard is not enclosed, a closed store is; a roof with walls may be either."""
    rows = (*works(**SIX), yard(**said), store(yard="场", enclosed=enclosed))
    for rules, outcome in ((BOOK, expected), (TOLERATED, tolerated)):
        found = outcomes(*rows, rules=rules)
        assert found["stores-enclosed", "煤"] == outcome
        assert found["five-and-one", "厂"] == outcome


def test_a_yard_that_keeps_one_sentence_and_breaks_the_other_is_told():
    """2.2.4(2)-1 tolerates what 2.7.3-8 does not (I-63): both are shown, where both are in force."""
    both = book(plugins=[*PLUGINS, airplan.contribution(airplan_pm10.CAMPAIGN)])
    rows = (*works(**SIX), yard(), store(yard="场", enclosed=None), store("袋"))
    found = assessed(*rows, rules=both).clashes
    assert found.filter(found["question"] == "I-63").to_dicts() == [
        {
            "question": "I-63", "entity": "material_store", "subject": "煤",
            "duty": "pm10.stockyards-shielded", "clause": "2.2.4(2)-1", "outcome": "COMPLIANT",
            "other_duty": "fugitive.stores-enclosed", "other_clause": "2.7.3-8",
            "other_outcome": "VIOLATION",
        }
    ]  # fmt: skip
    # a yard that keeps neither is no clash
    rows = (*works(**SIX), yard(net=False), store(yard="场", enclosed=None))
    found = assessed(*rows, rules=both).clashes
    assert "I-63" not in found["question"].to_list()
    # and alone the chapter has none
    assert assessed(*rows).clashes.is_empty()


# What is handed in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ({"gates": 1, "gates_with_wash": 2}, "出入口数含有冲洗台的"),
        ({"covers": True, "coverage": "99 %"}, "核对覆盖率"),
        ({"covers": False, "coverage": "100 %"}, "核对覆盖率"),
    ],
)
def test_a_shed_that_says_two_things_is_refused(row, hint):
    """More washed gates than gates; covered by 99 %."""
    with pytest.raises(FactsError, match=hint):
        outcomes(AGGREGATE, shed(**row))


@pytest.mark.parametrize(
    ("column", "cell"),
    [("雾炮覆盖率[%]", "101"), ("长度[米]", "-3"), ("雾炮射程[米]", "5000"), ("雾炮台数", "1.5")],
)
def test_what_no_shed_has_is_told(tmp_path, column, cell):
    """Beyond all measure is a slip of the pen: told, and not known."""
    files = {
        "county": "编号\n甲县\n", "enterprise": "编号,行业\n矿,砂石骨料\n",
        "material_shed": f"编号,企业,{column}\n棚,矿,{cell}\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (unread,) = read_facts(tmp_path, BOOK).unreadable
    assert column.partition("[")[0] in unread.problem.text()
