"""Clusters, ends of pipes and abnormal operation on ledgers: every limit and day met exactly."""

import datetime as dt
import os
import re
from pathlib import Path

import polars as pl
import pytest

import airplan_ambient
import airplan_core as airplan
import airplan_ozone
import airplan_qinyang
from airplan_core import (
    Attestation,
    Config,
    County,
    Exemption,
    Facts,
    FactsError,
    Said,
    Strength,
    duties,
    ledger_of,
    read_facts,
)
from airplan_ozone.ledgers import (
    EFFICIENT,
    INEFFICIENT,
    AbnormalWork,
    Bypass,
    BypassData,
    CoatingProject,
    Flare,
    FlareData,
    FlareGas,
    ParkUpgrade,
    Regeneration,
    TyreSection,
    VocDay,
    VocFacility,
    VocHour,
    VocOffset,
    VocOutlet,
    VocProfile,
    VocProject,
    VocRates,
    VocRun,
    VocSample,
)
from airplan_qinyang import Enterprise
from airplan_qinyang.parks import ChemicalPark

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_ozone, airplan_qinyang, airplan_ambient)
]
TASKS = {"2.5.1": (9, 45), "2.5.2": (6, 46), "2.5.3": (13, 47)}


def book(taken=None):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=taken or {}))


BOOK = book()
MINE = [clause for clause in BOOK.clauses.values() if clause.id.rpartition("-")[0] in TASKS]
RULES = [rule for rule in BOOK.rules.values() if rule.clause in MINE]


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
        (row["duty"].removeprefix("ozone."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


def of(rule, rows, found):
    """The outcomes of some rows under a rule, in their order."""
    return [found[rule, row.id] for row in rows]


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


def test_twenty_eight_sentences_are_answered_for():
    """Each task has its sentences, numbered from one, and each is answered for."""
    assert {clause.id for clause in MINE} == {
        f"{task}-{n}" for task, (count, _) in TASKS.items() for n in range(1, count + 1)
    }
    assert len(MINE) == 28
    assert "disabled" not in {BOOK.coverage()[clause.id] for clause in MINE}
    assert {clause.id for clause in MINE if clause.excused} == {"2.5.1-6"}


@pytest.mark.parametrize("task", TASKS)
def test_nothing_between_the_quotes_is_left_unsaid(task, lines):
    """Without its quotes, a task's line is its heading, its departments and punctuation."""
    line = lines[TASKS[task][1] - 1]
    clauses = [clause for clause in MINE if clause.id.rpartition("-")[0] == task]
    body = line[: line.rindex("（")]
    for clause in sorted(clauses, key=lambda clause: -len(clause.text)):
        assert clause.text in body
        body = body.replace(clause.text, "")
    assert re.sub(r"[\d.．，；。\s]", "", body) == clauses[0].heading


@pytest.mark.parametrize("task", TASKS)
def test_departments_are_those_of_the_bracket(task, lines):
    """A task's departments are named in the bracket that closes it, in its order."""
    bracket = lines[TASKS[task][1] - 1].rpartition("（")[2]
    names = re.sub("按职责分工负责|负责|配合|）|。", "", bracket)
    departments = BOOK.clauses[f"{task}-1"].departments
    for said, name in zip(re.split("[、，]", names), departments, strict=True):
        assert said in (name, name.removeprefix("市"))


def test_strengths_are_the_sentences_own():
    """原则上 binds in principle, 力争 strives, 鼓励 encourages; everything else binds."""
    by_strength = {
        strength: {one.id.removeprefix("2.5.") for one in MINE if one.strength is strength}
        for strength in Strength
    }
    assert by_strength[Strength.IN_PRINCIPLE] == {"1-1", "1-5", "3-10"}
    assert by_strength[Strength.STRIVE] == {"2-5"}
    assert by_strength[Strength.ENCOURAGE] == {"3-6"}
    assert len(by_strength[Strength.MUST]) == 28 - 1 - 3 - 1 - 1


@pytest.mark.parametrize(
    "interpretation",
    [one for one in BOOK.interpretations.values() if re.match(r"2\.5\.[123]-|I-41", one.id)],
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
            for rule in RULES
        )


# 1: clusters --------------------------------------------------------------------------------------


def plant(id, emission="0.11 吨/年", nature="新建", **more):
    given = {"industrial": True, "in_park": False, "chapter": True, "scheme_in_permit": True}
    given |= {"approved_on": "2024-01-01", "assessment": "报告表", "permitted_on": "2024-06-01"}
    given |= {"scheme_enforced": True, **more}
    return VocProject(id=id, emission=emission, nature=nature, **given)


def test_new_plants_above_a_tenth_of_a_tonne_go_into_a_park():
    """大于0.1 excludes 0.1; 新建 and 工业企业 say whom; 原则上 lets a recorded reason excuse."""
    rows = {
        plant("在", in_park=True): "COMPLIANT",
        plant("外"): "SHORTFALL",
        plant("刚过", "0.100001 吨/年"): "SHORTFALL",
        plant("公斤", "100.1 kg/年"): "SHORTFALL",
        plant("正好", "0.1 吨/年"): "NOT_APPLICABLE",
        plant("扩建", "5 吨/年", "扩建"): "NOT_APPLICABLE",
        plant("改建", "5 吨/年", "改建"): "NOT_APPLICABLE",
        plant("油站", "5 吨/年", industrial=False): "NOT_APPLICABLE",
        plant("说由", "5 吨/年"): "EXEMPT",
        plant("量空", None): "UNKNOWN",
        plant("空", "5 吨/年", in_park=None): "UNKNOWN",
        plant("量空在", None, in_park=True): "UNKNOWN",
    }
    reason = Exemption(
        rule="ozone.new-plants-in-parks", subject="说由", authority="市生态环境局沁阳分局",
        reason="就近配套", valid_from="2025-01-01", valid_to="2025-12-31",
    )  # fmt: skip
    found = outcomes(*rows, reason)
    assert of("new-plants-in-parks", rows, found) == list(rows.values())
    assert outcomes(*rows, reason, as_of="2026-01-01")["new-plants-in-parks", "说由"] == "SHORTFALL"
    for rule in ("voc-offset", "voc-offset-scheme", "voc-chapter"):
        # the rest of the sentence is of the same plants
        told = of(rule, rows, found)
        said = [one == "NOT_APPLICABLE" for one in rows.values()]
        assert [one == "NOT_APPLICABLE" for one in told] == said


def test_what_was_approved_before_the_plan_is_no_new_plant():
    """新建 is new under the plan; a register that calls it new for ever is another reading."""
    rows = {
        plant("前", approved_on="2023-12-31"): "NOT_APPLICABLE",
        plant("首", approved_on="2024-01-01"): "SHORTFALL",
        plant("未", approved_on="never"): "NOT_APPLICABLE",
        plant("空", approved_on=None): "UNKNOWN",
        plant("空扩", nature="扩建", approved_on=None): "NOT_APPLICABLE",
    }
    rule = "new-plants-in-parks"
    assert of(rule, rows, outcomes(*rows)) == list(rows.values())
    found = outcomes(*rows, taken={"2.5.1-1-new": "held"})
    assert of(rule, rows, found) == ["SHORTFALL"] * 4 + ["NOT_APPLICABLE"]


def offset(project, amount, in_region=True):
    id = f"{project}{amount}{in_region}"
    return VocOffset(id=id, project=project, amount=amount, in_region=in_region)


def test_a_multiple_is_offset_within_the_region():
    """Twice what is added, or more than that; what lies elsewhere does not count."""
    rows = [plant(id, "5 吨/年") for id in "倍差等少外补缺域没"]
    rows += [plant("小", "0.1 吨/年")]
    offsets = (
        offset("倍", "10 吨/年"), offset("差", "9.999999 吨/年"), offset("等", "5 吨/年"),
        offset("少", "4 吨/年"), offset("外", "10 吨/年", in_region=False),
        offset("补", "6 吨/年"), offset("补", "4 吨/年"), offset("缺", "6 吨/年"),
        offset("缺", None), offset("域", "10 吨/年", in_region=None),
    )  # fmt: skip
    rule = "voc-offset"
    found = outcomes(*rows, *offsets)
    assert of(rule, rows, found) == [
        "COMPLIANT", "VIOLATION", "VIOLATION", "VIOLATION", "VIOLATION", "COMPLIANT", "UNKNOWN",
        "UNKNOWN", "UNKNOWN", "NOT_APPLICABLE",
    ]  # fmt: skip
    found = outcomes(*rows, *offsets, taken={"2.5.1-2-multiple": "above_par"})
    assert of(rule, rows, found) == [
        "COMPLIANT", "COMPLIANT", "VIOLATION", "VIOLATION", "VIOLATION", "COMPLIANT", "COMPLIANT",
        "UNKNOWN", "UNKNOWN", "NOT_APPLICABLE",
    ]  # fmt: skip
    # without the ledger nothing is known, and no row is not nothing
    assert outcomes(rows[0])[rule, "倍"] == "UNKNOWN"


def test_the_offset_scheme_and_the_chapter():
    """In the permit and in enforcement; and a chapter in the assessment."""
    rows = {
        plant("全"): ("COMPLIANT", "COMPLIANT"),
        plant("证", scheme_enforced=False): ("VIOLATION", "COMPLIANT"),
        plant("执", scheme_in_permit=False): ("VIOLATION", "COMPLIANT"),
        plant("缺", scheme_in_permit=None): ("UNKNOWN", "COMPLIANT"),
        plant("缺否", scheme_in_permit=None, scheme_enforced=False): ("VIOLATION", "COMPLIANT"),
        plant("章", chapter=False): ("COMPLIANT", "VIOLATION"),
        plant("章空", chapter=None): ("COMPLIANT", "UNKNOWN"),
    }
    found = outcomes(*rows)
    for row, expected in rows.items():
        assert tuple(found[rule, row.id] for rule in ("voc-offset-scheme", "voc-chapter")) == (
            expected
        )


def test_a_scheme_is_in_a_permit_once_there_is_one():
    """A plant that is still being built has none; without waiting for it is another reading."""
    without = {"scheme_in_permit": False, "scheme_enforced": None}
    rows = {
        plant("未发", permitted_on="never", **without): ("NOT_APPLICABLE", "VIOLATION"),
        plant("当日", permitted_on="2025-06-01", **without): ("VIOLATION", "VIOLATION"),
        plant("明日", permitted_on="2025-06-02", **without): ("NOT_APPLICABLE", "VIOLATION"),
        plant("不知", permitted_on=None, **without): ("UNKNOWN", "VIOLATION"),
        plant("都空", permitted_on="never", scheme_in_permit=None): ("NOT_APPLICABLE", "UNKNOWN"),
    }
    found = outcomes(*rows)
    approved = outcomes(*rows, taken={"2.5.1-3-permit": "approved"})
    rule = "voc-offset-scheme"
    assert [(found[rule, row.id], approved[rule, row.id]) for row in rows] == list(rows.values())


def test_a_chapter_is_asked_of_a_report():
    """What is only registered, or spared, has no report."""
    rows = {
        plant("书", assessment="报告书", chapter=False): "VIOLATION",
        plant("表", assessment="报告表", chapter=False): "VIOLATION",
        plant("登记", assessment="登记表", chapter=False): "NOT_APPLICABLE",
        plant("豁免", assessment="豁免", chapter=None): "NOT_APPLICABLE",
        plant("不知", assessment=None, chapter=False): "UNKNOWN",
        plant("有", assessment="报告表"): "COMPLIANT",
    }
    assert of("voc-chapter", rows, outcomes(*rows)) == list(rows.values())


def coating(id, **more):
    given = {"kind": "工业涂装企业", "central": True, "livelihood": False, "filed_on": "2024-01-01"}
    return CoatingProject(id=id, **{**given, **more})


def test_no_coating_is_filed_in_the_central_area():
    """The ban's object is its scope; a livelihood project is excepted; 2023 is before the plan."""
    rows = {
        coating("涂"): ("SHORTFALL", "SHORTFALL"),
        coating("汽修", kind="汽修厂喷涂工段"): ("SHORTFALL", "SHORTFALL"),
        coating("民生", livelihood=True): ("EXEMPT", "EXEMPT"),
        coating("民生空", livelihood=None): ("UNKNOWN", "UNKNOWN"),
        coating("乡", central=False): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        coating("何处", central=None): ("UNKNOWN", "UNKNOWN"),
        coating("别的", kind="其他"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        coating("未备", filed_on="never"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        coating("当日", filed_on="2025-06-01"): ("SHORTFALL", "SHORTFALL"),
        coating("明日", filed_on="2025-06-02"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        coating("旧", filed_on="2023-12-31"): ("NOT_APPLICABLE", "SHORTFALL"),
        coating("何时", filed_on=None): ("UNKNOWN", "UNKNOWN"),
    }
    plan = outcomes(*rows)
    any_ = outcomes(*rows, taken={"2.5.1-5-filed": "any"})
    for row, (new, old) in rows.items():
        assert plan["no-coating-in-town", row.id] == new
        assert any_["no-coating-in-town", row.id] == old


def profile(id, **more):
    return VocProfile(enterprise=id, **more)


def test_hopeless_plants_are_closed():
    """Against policy or without hope, or both at once; of a cluster, or any."""
    ids = "政望两好甲策乙"
    given = [
        (False, False), (True, True), (False, True), (True, False), (None, False), (False, None),
        (None, None),
    ]  # fmt: skip
    rows = [Enterprise(id=id) for id in (*ids, "关", "来", "谁")]
    profiles = [
        profile(id, meets_policy=policy, hopeless=hope, closed_on="never", in_cluster=False)
        for id, (policy, hope) in zip(ids, given, strict=True)
    ]
    profiles += [
        profile("关", meets_policy=False, hopeless=True, closed_on="2025-06-01", in_cluster=True),
        profile("来", meets_policy=False, hopeless=True, closed_on="2025-06-02", in_cluster=True),
    ]
    rule = "hopeless-plants-closed"
    assert of(rule, rows, outcomes(*rows, *profiles)) == [
        "VIOLATION", "VIOLATION", "VIOLATION", "NOT_APPLICABLE", "UNKNOWN", "VIOLATION", "UNKNOWN",
        "COMPLIANT", "VIOLATION", "UNKNOWN",
    ]  # fmt: skip
    assert of(rule, rows, outcomes(*rows, *profiles, taken={"2.5.1-7-or": "both"})) == [
        "NOT_APPLICABLE", "NOT_APPLICABLE", "VIOLATION", "NOT_APPLICABLE", "NOT_APPLICABLE",
        "UNKNOWN", "UNKNOWN", "COMPLIANT", "VIOLATION", "UNKNOWN",
    ]  # fmt: skip
    found = of(rule, rows, outcomes(*rows, *profiles, taken={"2.5.1-7-cluster": "cluster"}))
    assert found == ["NOT_APPLICABLE"] * 7 + ["COMPLIANT", "VIOLATION", "UNKNOWN"]


UPGRADES = ("process_on", "scale_on", "energy_on", "fuel_on", "treatment_on")
PLATFORMS = ("leak_platform_on", "voc_platform_on")


def upgrade(id, day="2024-12-31", **more):
    return ParkUpgrade(park=id, **{**dict.fromkeys((*UPGRADES, *PLATFORMS), day), **more})


def test_chemical_parks_are_upgraded_in_2024():
    """Five kinds and two platforms by the last day of 2024; of each missing one it falls short."""
    parks = [ChemicalPark(id=id, county="甲县", newly_added=False) for id in "全晚缺没平"]
    parks.append(ChemicalPark(id="新", county="甲县", newly_added=True))
    rows = (
        upgrade("全"), upgrade("晚", "2025-01-01"), upgrade("缺", fuel_on=None),
        upgrade("平", leak_platform_on="never"), upgrade("新", "never"),
    )  # fmt: skip
    due = "chemical-parks-upgraded", "chemical-park-platforms"
    found = outcomes(*parks, *rows)
    assert of(due[0], parks, found) == [
        "COMPLIANT", "LATE", "UNKNOWN", "UNKNOWN", "COMPLIANT", "VIOLATION"
    ]  # fmt: skip
    assert of(due[1], parks, found) == [
        "COMPLIANT", "LATE", "COMPLIANT", "UNKNOWN", "VIOLATION", "VIOLATION"
    ]  # fmt: skip
    each = [upgrade("全", **{name: "never"}) for name in UPGRADES]
    for row in each:
        assert outcomes(parks[0], row, as_of="2025-01-01")[due[0], "全"] == "VIOLATION"
    assert outcomes(parks[0], each[0], as_of="2024-12-31")[due[0], "全"] == "PENDING"

    existing = outcomes(*parks, *rows, taken={"2.5.1-8-parks": "existing"})
    assert [existing[one, "新"] for one in due] == ["NOT_APPLICABLE"] * 2
    taken = {"2.5.1-9-date": "standing"}
    standing = outcomes(*parks, *rows, as_of="2024-12-30", taken=taken)
    assert standing["chemical-park-platforms", "全"] == "VIOLATION"
    assert standing[due[0], "全"] == "PENDING"


# 2: ends of pipes ---------------------------------------------------------------------------------

WORKS = (Enterprise(id="厂", industry="轮胎"), profile("厂", emits=True, treats=True))


def test_techniques_are_chosen_and_run():
    """Two parts, of whoever emits VOCs."""
    parts = ("适宜高效治理技术", "运行维护管理")
    both = [act("2.5.2-1", True, "厂", part=part) for part in parts]
    half = [both[0], act("2.5.2-1", False, "厂", part=parts[1])]
    rule = "suitable-treatment", "厂"
    assert outcomes(*WORKS, *both)[rule] == "COMPLIANT"
    assert outcomes(*WORKS, *half)[rule] == "VIOLATION"
    assert outcomes(*WORKS, *both[:1])[rule] == "UNKNOWN"
    other = outcomes(WORKS[0], profile("厂", emits=False), *half)
    assert other[rule] == "NOT_APPLICABLE"


def run(id, on, line, off, stop, facility="炉"):
    """A run of 10 March 2024: when the facility and the line start, when line and facility stop."""
    times = [time if time in ("never", None) else f"2024-03-10 {time}" for time in
             (on, line, off, stop)]  # fmt: skip
    return VocRun(
        id=id, facility=facility, facility_on_at=times[0], line_on_at=times[1],
        line_off_at=times[2], facility_off_at=times[3],
    )  # fmt: skip


def test_a_facility_is_on_before_its_line_and_off_after_it():
    """To the minute; what still runs has not been stopped too early; the same minute is a reading."""
    rows = {
        run("早", "08:29", "08:30", "17:00", "17:01"): ("COMPLIANT", "COMPLIANT"),
        run("同启", "08:30", "08:30", "17:00", "17:01"): ("COMPLIANT", "VIOLATION"),
        run("同停", "08:29", "08:30", "17:00", "17:00"): ("COMPLIANT", "VIOLATION"),
        run("迟启", "08:31", "08:30", "17:00", "17:01"): ("VIOLATION", "VIOLATION"),
        run("早停", "08:29", "08:30", "17:00", "16:59"): ("VIOLATION", "VIOLATION"),
        run("未启", "never", "08:30", "17:00", "never"): ("VIOLATION", "VIOLATION"),
        run("都在转", "08:29", "08:30", "never", "never"): ("COMPLIANT", "COMPLIANT"),
        run("设施还在", "08:29", "08:30", "17:00", "never"): ("COMPLIANT", "COMPLIANT"),
        run("线还在", "08:29", "08:30", "never", "17:00"): ("VIOLATION", "VIOLATION"),
        run("线未启", "08:29", "never", "never", "17:00"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        run("不知启", None, "08:30", "17:00", "17:01"): ("UNKNOWN", "UNKNOWN"),
        run("不知停", "08:29", "08:30", "17:00", None): ("UNKNOWN", "UNKNOWN"),
        run("不知线停", "08:29", "08:30", None, "17:00"): ("UNKNOWN", "UNKNOWN"),
        run("不知而未停", "08:29", "08:30", None, "never"): ("COMPLIANT", "COMPLIANT"),
        run("不知线启", "08:29", None, "17:00", "17:01"): ("UNKNOWN", "UNKNOWN"),
        run("迟而不知", "08:31", "08:30", None, None): ("VIOLATION", "VIOLATION"),
    }
    facility = VocFacility(id="炉", profile="厂")
    lone = VocFacility(id="没有记录", profile="厂")
    same = outcomes(*WORKS, facility, lone, *rows)
    strict = outcomes(*WORKS, facility, *rows, taken={"2.5.2-2-same-minute": "strict"})
    for row, expected in rows.items():
        told = same["first-on-last-off", row.id], strict["first-on-last-off", row.id]
        assert told == expected, row.id
    assert same["first-on-last-off", "没有记录/VOCs治理设施启停记录"] == "UNKNOWN"
    # the line stops tomorrow, its facility was stopped today
    early = run("早停", "08:29", "08:30", "17:00", "16:59")
    ahead = VocRun(id="明日", facility="炉", facility_on_at="2024-03-10 08:00",
                   line_on_at="2024-03-10 08:00", line_off_at="2024-03-11 08:00",
                   facility_off_at="2024-03-10 20:00")  # fmt: skip
    found = outcomes(*WORKS, facility, early, ahead, as_of="2024-03-10")
    assert found["first-on-last-off", "明日"] == "VIOLATION"
    # a run before the plan began is none of its
    old = VocRun(id="旧", facility="炉", facility_on_at="never", line_on_at="2023-12-31 23:59")
    new = VocRun(id="新", facility="炉", facility_on_at="never", line_on_at="2024-01-01 00:00")
    found = outcomes(*WORKS, facility, old, new)
    assert of("first-on-last-off", (old, new), found) == ["NOT_APPLICABLE", "VIOLATION"]


def rates(year, collected, synchronous, removed):
    return VocRates(
        profile="厂", ends_on=f"{year}-12-31",
        **{name: None if value is None else f"{value} %" for name, value in
           (("collected", collected), ("synchronous", synchronous), ("removed", removed))},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "held", "raised"),
    [
        ((90, 100, 85), "COMPLIANT", "VIOLATION"),
        ((90.1, 100, 85.1), "COMPLIANT", "COMPLIANT"),
        ((89.9, 100, 85), "VIOLATION", "VIOLATION"),
        ((90.1, 99.9, 85.1), "VIOLATION", "VIOLATION"),
        ((90.1, 100, 84.9), "VIOLATION", "VIOLATION"),
        ((100, 100, 100), "COMPLIANT", "COMPLIANT"),
        ((90.1, None, 85.1), "UNKNOWN", "UNKNOWN"),
        ((89.9, None, 85.1), "VIOLATION", "VIOLATION"),
    ],
)
def test_three_rates_are_held_and_raised(now, held, raised):
    """Against 90, 100 and 85 % of the year before; 100 % can rise no further."""
    rows = (*WORKS, rates(2023, 90, 100, 85), rates(2024, *now))
    assert outcomes(*rows, as_of="2025-01-01")["three-rates@2024", "厂"] == held
    found = outcomes(*rows, as_of="2025-01-01", taken={"2.5.2-3-raised": "raised"})
    assert found["three-rates@2024", "厂"] == raised


def test_three_rates_need_two_years_and_a_facility():
    """Without the year before, or this one, nothing is known; who treats nothing has no rates."""
    both = rates(2023, 90, 100, 85), rates(2024, 90, 100, 85)
    for row in both:
        assert outcomes(*WORKS, row, as_of="2025-01-01")["three-rates@2024", "厂"] == "UNKNOWN"
    running = outcomes(*WORKS, *both, as_of="2025-06-01")
    assert running["three-rates@2024", "厂"] == "COMPLIANT"
    assert running["three-rates@2025", "厂"] == "PENDING"
    assert outcomes(*WORKS, *both, as_of="2026-01-01")["three-rates@2025", "厂"] == "UNKNOWN"
    for more in ({"emits": False, "treats": True}, {"emits": True, "treats": False}):
        found = outcomes(WORKS[0], profile("厂", **more), *both)
        assert found["three-rates@2024", "厂"] == "NOT_APPLICABLE"


FEBRUARY = [dt.datetime(2025, 2, 1) + dt.timedelta(hours=n) for n in range(28 * 24)]


def emitted(outlet, changed=(), *, limit="50 mg/m³", left_out=()):
    """An outlet with 20 mg/m³ in every hour of a month, but for those that are changed."""
    hours = {n: {"concentration": "20 mg/m³", "mark": "正常"} for n in range(len(FEBRUARY))}
    for n, change in dict(changed).items():
        hours[n] |= change
    rows = [
        VocHour(outlet=outlet, time=FEBRUARY[n], **one)
        for n, one in hours.items()
        if n not in left_out
    ]
    return [VocOutlet(id=outlet, profile="厂", limit=limit), *rows]


def test_an_outlet_keeps_to_its_permit_on_every_day_of_a_month():
    """At the limit and above it, not valid, blank, missing: by month, by year, by daily means."""
    changes = {
        "满": ({}, "COMPLIANT"),
        "正好": ({100: {"concentration": "50 mg/m³"}}, "COMPLIANT"),
        "超": ({100: {"concentration": "50.01 mg/m³"}}, "VIOLATION"),
        "末时": ({28 * 24 - 1: {"concentration": "51 mg/m³"}}, "VIOLATION"),
        "故障": ({100: {"concentration": "90 mg/m³", "mark": "设备故障"}}, "COMPLIANT"),
        "停运": ({100: {"concentration": None, "mark": "停运"}}, "COMPLIANT"),
        "启炉": ({100: {"concentration": "90 mg/m³", "mark": "启炉"}}, "COMPLIANT"),
        "缺值": ({100: {"concentration": None}}, "UNKNOWN"),
        "无标": ({100: {"concentration": "90 mg/m³", "mark": None}}, "UNKNOWN"),
        "空而超": ({100: {"concentration": None}, 5: {"concentration": "51 mg/m³"}}, "VIOLATION"),
    }
    rows = [row for id, (changed, _) in changes.items() for row in emitted(id, changed)]
    rows += [*emitted("缺时", left_out=(50,)), *emitted("无限值", limit=None)]
    rows += [VocOutlet(id="无时", profile="厂", limit="50 mg/m³")]
    expected = {id: told for id, (_, told) in changes.items()}
    expected |= {"缺时": "UNKNOWN", "无限值": "UNKNOWN", "无时": "UNKNOWN"}
    found = outcomes(*WORKS, *rows, as_of="2025-03-01")
    assert {id: found["stable-compliance@2025-02", id] for id in expected} == expected
    assert found["stable-compliance@2025-03", "满"] == "PENDING"
    assert found["stable-compliance@2025-01", "满"] == "UNKNOWN"
    assert ("stable-compliance-of-year@2025", "超") not in found

    taken = {"2.5.2-4-stable": "days"}
    days = outcomes(*WORKS, *rows, as_of="2025-03-01", taken=taken)
    assert days["stable-compliance@2025-02", "超"] == "COMPLIANT"
    taken = {"2.5.2-4-start": "counted"}
    counted = outcomes(*WORKS, *rows, as_of="2025-03-01", taken=taken)
    assert counted["stable-compliance@2025-02", "启炉"] == "VIOLATION"
    taken = {"2.5.2-4-stretch": "year"}
    year = outcomes(*WORKS, *rows, as_of="2025-03-01", taken=taken)
    assert year["stable-compliance-of-year@2025", "超"] == "VIOLATION"
    assert year["stable-compliance-of-year@2025", "满"] == "PENDING"
    assert ("stable-compliance@2025-02", "超") not in year


def test_days_may_be_entered_and_outlets_are_of_who_emits():
    """What the ledger of days says itself stays; an emitter without an outlet is not known."""
    days = [
        VocDay(outlet=outlet, date=f"2025-02-{n:02}", kept=n != 9 or outlet == "好")
        for n in range(1, 29)
        for outlet in ("好", "坏")
    ]
    outlets = [VocOutlet(id=id, profile="厂", limit="50 mg/m³") for id in ("好", "坏")]
    rule = "stable-compliance@2025-02"
    found = outcomes(*WORKS, *outlets, *days, as_of="2025-03-01")
    assert of(rule, outlets, found) == ["COMPLIANT", "VIOLATION"]
    found = outcomes(*WORKS, as_of="2025-03-01")
    told = {one for (name, _), one in found.items() if name == rule}
    assert told == {"UNKNOWN"}
    none = outcomes(WORKS[0], profile("厂", emits=False), *outlets, *days, as_of="2025-03-01")
    assert of(rule, outlets, none) == ["NOT_APPLICABLE", "NOT_APPLICABLE"]


def sample(id, value, date="2025-05-01", outlet="口"):
    return VocSample(id=id, outlet=outlet, date=date, concentration=value)


def test_samples_keep_to_the_permit():
    """At the limit, above it, in another unit, without a limit, before the plan."""
    outlets = (
        VocOutlet(id="口", profile="厂", limit="50 mg/m³"), VocOutlet(id="无限", profile="厂")
    )  # fmt: skip
    rows = {
        sample("好", "50 mg/m³"): "COMPLIANT",
        sample("超", "50.01 mg/m³"): "VIOLATION",
        sample("微克", "50000 µg/m³"): "COMPLIANT",
        sample("空", None): "UNKNOWN",
        sample("无限值", "5 mg/m³", outlet="无限"): "UNKNOWN",
        sample("旧", "90 mg/m³", "2023-12-31"): "NOT_APPLICABLE",
        sample("新", "90 mg/m³", "2024-01-01"): "VIOLATION",
        sample("何日", "90 mg/m³", None): "UNKNOWN",
    }
    found = outcomes(*WORKS, *outlets, *rows)
    assert of("samples-within-permit", rows, found) == list(rows.values())


def test_what_is_collected_is_treated():
    """2 kg/h in a key region and 3 elsewhere, then 80 %, unless the materials are low in VOCs."""

    def outlet(id, rate, removal, low=False):
        rate, removal = rate and f"{rate} kg/h", removal and f"{removal} %"
        return VocOutlet(id=id, profile="厂", initial_rate=rate, removal=removal, low_voc=low)

    rows = {
        outlet("二", "2", "80"): ("COMPLIANT", "NOT_APPLICABLE"),
        outlet("二差", "2", "79.99"): ("VIOLATION", "NOT_APPLICABLE"),
        outlet("近二", "1.99", "0"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        outlet("近三", "2.99", "79"): ("VIOLATION", "NOT_APPLICABLE"),
        outlet("三", "3", "80"): ("COMPLIANT", "COMPLIANT"),
        outlet("三差", "3", "79.99"): ("VIOLATION", "VIOLATION"),
        outlet("低", "9", "0", low=True): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        outlet("低空", "9", "0", low=None): ("UNKNOWN", "UNKNOWN"),
        outlet("量空", None, "0"): ("UNKNOWN", "UNKNOWN"),
        outlet("率空", "3", None): ("UNKNOWN", "UNKNOWN"),
    }
    rule = "treatment-of-what-is-collected"
    key = outcomes(*WORKS, *rows)
    general = outcomes(*WORKS, *rows, taken={"GB37822-4.2-region": "general"})
    assert [(key[rule, row.id], general[rule, row.id]) for row in rows] == list(rows.values())


def test_tyre_works_treat_what_mixing_gives_off():
    """力争 by the last day of 2024; another efficient measure is a reading, a weak one is none."""

    def section(id, measure="蓄热燃烧", day="2024-12-31", section="制胶工段", works="厂"):
        return TyreSection(
            id=id, enterprise=works, section=section, measure=measure, treated_on=day
        )

    other = Enterprise(id="别厂", industry="化工")
    empty = Enterprise(id="空厂", industry="轮胎")
    none = Enterprise(id="无胶", industry="轮胎")
    rows = {
        **{section(one, one): "COMPLIANT" for one in EFFICIENT},
        **{section(one, one): "SHORTFALL" for one in INEFFICIENT},
        section("晚", day="2025-01-01"): "LATE",
        section("没", day="never"): "SHORTFALL",
        section("空", day=None): "UNKNOWN",
        section("何法", None): "UNKNOWN",
        section("别的工段", "无", section="其他工段"): "NOT_APPLICABLE",
        section("别厂的", "无", works="别厂"): "NOT_APPLICABLE",
        section("无制胶", None, section="无制胶工段", works="无胶"): "NOT_APPLICABLE",
    }
    rule = "tyre-mixing-treated"
    found = outcomes(*WORKS, other, empty, none, *rows, as_of="2025-01-01")
    assert of(rule, rows, found) == list(rows.values())
    assert found[rule, "空厂/制胶工段"] == "UNKNOWN"
    listed = outcomes(*WORKS, *rows, other, none, as_of="2025-01-01",
                      taken={"2.5.2-5-etc": "listed"})  # fmt: skip
    assert listed[rule, "其他高效治理措施"] == "SHORTFALL"
    assert listed[rule, "催化燃烧"] == "COMPLIANT"
    pending = outcomes(*WORKS, section("没", day="never"), as_of="2024-12-31")
    assert pending[rule, "没"] == "PENDING"


def regenerated(facility, *years):
    """So many regenerations of a facility in each year from 2023 on."""
    return [
        Regeneration(id=f"{facility}{n}", facility=facility, date=f"{2023 + n}-06-30", times=times)
        for n, times in enumerate(years)
        if times != "缺"
    ]


def test_carbon_is_regenerated_more_often_where_that_is_safe():
    """More often than the year before, or than before the plan; once a year is over."""
    years = {
        "多": ((12, 13, 14), ("COMPLIANT", "COMPLIANT", "COMPLIANT")),
        "同": ((12, 12, 13), ("VIOLATION", "COMPLIANT", "COMPLIANT")),
        "少": ((12, 14, 13), ("COMPLIANT", "VIOLATION", "COMPLIANT")),
        "缺数": ((12, None, 13), ("UNKNOWN", "UNKNOWN", "COMPLIANT")),
        "缺行": ((12, "缺", 13), ("VIOLATION", "UNKNOWN", "COMPLIANT")),
        "停": ((12, 0, 0), ("VIOLATION", "VIOLATION", "VIOLATION")),
        "首": (("缺", 13, 14), ("UNKNOWN", "COMPLIANT", "UNKNOWN")),
        "零": ((0, 1, 1), ("COMPLIANT", "VIOLATION", "COMPLIANT")),
    }
    facilities = [VocFacility(id=id, profile="厂", desorbs=True, safe=True) for id in years]
    odd = {
        VocFacility(id="不安全", profile="厂", desorbs=True, safe=False): "NOT_APPLICABLE",
        VocFacility(id="不脱附", profile="厂", desorbs=False, safe=True): "NOT_APPLICABLE",
        VocFacility(id="不知", profile="厂", desorbs=True): "UNKNOWN",
    }
    rows = [row for id, (counts, _) in years.items() for row in regenerated(id, *counts)]
    rows += [row for one in odd for row in regenerated(one.id, 12, 12, 12)]
    rule = "regenerated-more-often"
    found = outcomes(*WORKS, *facilities, *odd, *rows, as_of="2026-01-01")
    plan = outcomes(*WORKS, *facilities, *odd, *rows, as_of="2026-01-01",
                    taken={"2.5.2-6-frequency": "before_plan"})  # fmt: skip
    for id, (_, expected) in years.items():
        told = found[f"{rule}@2024", id], found[f"{rule}@2025", id], plan[f"{rule}@2025", id]
        assert told == expected, id
    assert of(f"{rule}@2024", odd, found) == list(odd.values())
    running = outcomes(*WORKS, *facilities, *rows, *odd, as_of="2024-12-31")
    assert running[f"{rule}@2024", "多"] == "COMPLIANT"
    assert running[f"{rule}@2024", "同"] == "PENDING"
    assert outcomes(*WORKS, *facilities, as_of="2026-01-01")[f"{rule}@2024", "多"] == "UNKNOWN"


# 3: abnormal operation ----------------------------------------------------------------------------

CHEMICALS = Enterprise(id="化", industry="化工")
STEEL = Enterprise(id="钢", industry="钢铁")
COAL = Enterprise(id="煤", industry="煤化工")
TYRES = Enterprise(id="胎", industry="轮胎")


def work(id, reported="2025-03-10 08:29", enterprise="化", **more):
    given = {"kind": "停车", "begun_at": "2025-03-10 08:30", "followed": True}
    return AbnormalWork(id=id, enterprise=enterprise, reported_at=reported, **{**given, **more})


def test_starts_stops_and_overhauls_are_reported_before_they_begin():
    """By a minute, or by a day; of chemical and steel works, or of any; what is planned."""
    rows = {
        work("前一分"): ("COMPLIANT", "VIOLATION"),
        work("同时", "2025-03-10 08:30"): ("VIOLATION", "VIOLATION"),
        work("事后", "2025-03-10 08:31"): ("VIOLATION", "VIOLATION"),
        work("前一日", "2025-03-09 23:59"): ("COMPLIANT", "COMPLIANT"),
        work("当日零时", "2025-03-10 00:00"): ("COMPLIANT", "VIOLATION"),
        work("没报", "never"): ("VIOLATION", "VIOLATION"),
        work("不知", None): ("UNKNOWN", "UNKNOWN"),
        work("开", "never", kind="开车"): ("VIOLATION", "VIOLATION"),
        work("修", "never", kind="检维修"): ("VIOLATION", "VIOLATION"),
        work("事故", "never", kind="其他非正常工况"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        work("钢厂", "never", "钢"): ("VIOLATION", "VIOLATION"),
        work("煤化工", "never", "煤"): ("VIOLATION", "VIOLATION"),
        work("轮胎", "never", "胎"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        work("未开始", "never", begun_at="never"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        work("报而未开始", begun_at="never"): ("COMPLIANT", "COMPLIANT"),
        work("报在将来前", begun_at="2025-06-02 00:00"): ("COMPLIANT", "COMPLIANT"),
        work("将报", "2025-06-02 00:00", begun_at="2025-06-03 00:00"): (
            "NOT_APPLICABLE",
            "NOT_APPLICABLE",
        ),
        work("旧已报", "2024-01-01 08:00", begun_at="2023-12-31 23:59"): (
            "NOT_APPLICABLE",
            "NOT_APPLICABLE",
        ),
        work("元旦", "never", begun_at="2024-01-01 00:00"): ("VIOLATION", "VIOLATION"),
        work("将来", "never", begun_at="2025-06-02 00:00"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        work("旧", "never", begun_at="2023-12-31 23:59"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        work("何时", begun_at=None): ("UNKNOWN", "UNKNOWN"),
    }
    rule = "stops-reported-ahead"
    works = (CHEMICALS, STEEL, COAL, TYRES)
    found = outcomes(*works, *rows)
    day = outcomes(*works, *rows, taken={"2.5.3-1-lead": "day"})
    assert [(found[rule, row.id], day[rule, row.id]) for row in rows] == list(rows.values())
    open_ = outcomes(*works, *rows, taken={"2.5.3-1-etc": "open"})
    assert open_[rule, "轮胎"] == "VIOLATION"


def test_procedures_are_made_and_followed():
    """Of chemical and steel works, or of any; followed whenever operation is abnormal."""
    acts = (act("2.5.3-2", True, "化"), act("2.5.3-2", False, "钢"), act("2.5.3-2", False, "胎"))
    rows = (
        work("守", followed=True), work("不守", followed=False), work("不知", followed=None),
        work("事故", followed=False, kind="其他非正常工况"), work("胎", None, "胎", followed=False),
        work("没开始", followed=False, begun_at="never"),
    )  # fmt: skip
    works = (CHEMICALS, STEEL, COAL, TYRES)
    found = outcomes(*works, *acts, *rows)
    assert of("abnormal-procedure", works, found) == [
        "COMPLIANT", "VIOLATION", "UNKNOWN", "NOT_APPLICABLE"
    ]  # fmt: skip
    assert of("abnormal-procedure-followed", rows, found) == [
        "COMPLIANT", "VIOLATION", "UNKNOWN", "VIOLATION", "NOT_APPLICABLE", "NOT_APPLICABLE"
    ]  # fmt: skip
    open_ = outcomes(*works, *acts, *rows, taken={"2.5.3-1-etc": "open"})
    assert open_["abnormal-procedure", "胎"] == "VIOLATION"
    assert open_["abnormal-procedure-followed", "胎"] == "VIOLATION"


METERS = ("temperature", "gas_meter", "auxiliary_meter")
IN_DCS = ("temperature_in_dcs", "gas_in_dcs", "auxiliary_in_dcs")


def flare(id, kind="火炬", **more):
    every = dict.fromkeys(("igniter", "calorimeter", *METERS, *IN_DCS), True)
    given = {"enterprise": "化", "removed_on": "never"}
    return Flare(id=id, kind=kind, **{**every, **given, **more})


def test_flares_are_lit_and_watched():
    """须 an igniter and three meters, whose data are in the DCS; 鼓励 a calorimeter."""
    rules = ("flare-igniter", "flare-meters", "flare-calorimeter", "flare-data-in-dcs")
    good = ("COMPLIANT",) * 4
    rows = {
        flare("全"): good,
        flare("放散", "煤气放散管"): good,
        flare("别的", "其他", igniter=False): ("NOT_APPLICABLE",) * 4,
        flare("无火", igniter=False): ("VIOLATION", *good[1:]),
        flare("管无火", "煤气放散管", igniter=False): ("VIOLATION", *good[1:]),
        flare("无热值", calorimeter=False): (*good[:2], "ADVISORY", good[3]),
        flare("何类", None): ("UNKNOWN",) * 4,
        flare("空", igniter=None, gas_meter=None): ("UNKNOWN", "UNKNOWN", *good[2:]),
        **{flare(one, **{one: False}): (good[0], "VIOLATION", *good[2:]) for one in METERS},
        **{flare(one, **{one: False}): (*good[:3], "VIOLATION") for one in IN_DCS},
    }
    found = outcomes(CHEMICALS, *rows)
    for row, expected in rows.items():
        assert tuple(found[rule, row.id] for rule in rules) == expected, row.id
    more = (flare("少", other_meters=False, others_in_dcs=False), flare("知"))
    taken = {"2.5.3-5-etc": "open", "2.5.3-8-etc": "open"}
    open_ = outcomes(CHEMICALS, *more, taken=taken)
    for rule in (rules[1], rules[3]):
        assert of(rule, more, open_) == ["VIOLATION", "UNKNOWN"]


def test_whose_flares_and_which_are_in_use():
    """Of every works, or of chemical and steel works; one that is out of use is asked nothing."""
    rules = ("flare-igniter", "flare-meters", "flare-calorimeter", "flare-data-in-dcs")
    bare = dict.fromkeys(("igniter", "calorimeter", *METERS, *IN_DCS), False)
    rows = {
        flare("停", removed_on="2025-06-01", **bare): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        flare("明日停", removed_on="2025-06-02", **bare): ("VIOLATION", "VIOLATION"),
        flare("不知停", removed_on=None, **bare): ("UNKNOWN", "UNKNOWN"),
        flare("沼气", enterprise="胎", **bare): ("VIOLATION", "NOT_APPLICABLE"),
    }
    works = (CHEMICALS, TYRES)
    mine = {"2.5.3-4-whose": "industries"}
    every, industries = outcomes(*works, *rows), outcomes(*works, *rows, taken=mine)
    for row, expected in rows.items():
        for rule in rules:
            weak = [one.replace("VIOLATION", "ADVISORY") for one in expected]
            told = [every[rule, row.id], industries[rule, row.id]]
            assert told == (weak if rule == "flare-calorimeter" else list(expected)), row.id
    # nobody read what they burn, nor entered their data
    old = flare("早停", removed_on="2023-12-31")
    late = flare("晚停", removed_on="2024-01-01")
    steam = flare("蒸汽", "其他")
    found = outcomes(*works, *rows, old, late, steam)
    other = outcomes(*works, *rows, taken=mine)
    for rule, ledger in (
        ("flare-auxiliary-gas", "火炬废气热值记录"),
        ("flare-data-kept", "火炬监测数据保存"),
    ):
        assert found[rule, f"晚停/{ledger}"] == "UNKNOWN"
        assert found[rule, f"早停/{ledger}"] == "NOT_APPLICABLE"
        assert found[rule, f"蒸汽/{ledger}"] == "NOT_APPLICABLE"
        assert found[rule, f"沼气/{ledger}"] == "UNKNOWN"
        assert other[rule, f"沼气/{ledger}"] == "NOT_APPLICABLE"


def test_auxiliary_gas_is_added_where_the_gas_burns_badly():
    """Below what is needed; at it, nothing is asked."""

    def gas(id, calorific, added, flare="炬", at="2025-05-01 08:30"):
        return FlareGas(id=id, flare=flare, at=at, calorific=calorific, added=added)

    flares = (flare("炬", needed="9 MJ/m³"), flare("别", "其他", needed="9 MJ/m³"), flare("缺"))
    rows = {
        gas("加", "8.99 MJ/m³", True): "COMPLIANT",
        gas("没加", "8.99 MJ/m³", False): "VIOLATION",
        gas("不知", "8.99 MJ/m³", None): "UNKNOWN",
        gas("够", "9 MJ/m³", False): "NOT_APPLICABLE",
        gas("千焦", "9000 kJ/m³", False): "NOT_APPLICABLE",
        gas("值空", None, False): "UNKNOWN",
        gas("要求空", "1 MJ/m³", False, "缺"): "UNKNOWN",
        gas("别的", "1 MJ/m³", False, "别"): "NOT_APPLICABLE",
        gas("旧", "1 MJ/m³", False, at="2023-12-31 23:59"): "NOT_APPLICABLE",
        gas("元旦", "1 MJ/m³", False, at="2024-01-01 00:00"): "VIOLATION",
        gas("明日", "1 MJ/m³", False, at="2025-06-02 00:00"): "NOT_APPLICABLE",
        gas("何时", "1 MJ/m³", False, at=None): "UNKNOWN",
    }
    found = outcomes(CHEMICALS, *flares, *rows)
    assert of("flare-auxiliary-gas", rows, found) == list(rows.values())


def test_data_are_kept_for_a_year():
    """Deleted a day early, on the day, later; younger than a year and still there; 29 February."""
    days = {
        ("2024-03-01", "2025-02-28"): ("VIOLATION", "VIOLATION"),
        ("2024-03-01", "2025-03-01"): ("COMPLIANT", "VIOLATION"),
        ("2024-03-01", "2025-03-02"): ("COMPLIANT", "COMPLIANT"),
        ("2024-02-29", "2025-02-27"): ("VIOLATION", "VIOLATION"),
        ("2024-02-29", "2025-02-28"): ("COMPLIANT", "VIOLATION"),
        ("2024-02-29", "2025-03-01"): ("COMPLIANT", "COMPLIANT"),
        ("2024-03-01", "never"): ("COMPLIANT", "COMPLIANT"),
        # younger than a year, and still there: nothing is lost
        ("2025-05-31", "never"): ("COMPLIANT", "COMPLIANT"),
        ("2025-05-31", "2025-06-01"): ("VIOLATION", "VIOLATION"),
        # to be deleted tomorrow: it is not yet
        ("2025-05-31", "2025-06-02"): ("COMPLIANT", "COMPLIANT"),
        # deleted before the plan, it is none of its
        ("2023-05-31", "2023-12-31"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2023-05-31", "2024-01-01"): ("VIOLATION", "VIOLATION"),
        ("2023-05-31", "2024-05-31"): ("COMPLIANT", "VIOLATION"),
        ("2025-06-02", "never"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        ("2024-03-01", None): ("UNKNOWN", "UNKNOWN"),
        (None, "2025-03-01"): ("UNKNOWN", "UNKNOWN"),
    }
    ids = [f"{n}" for n in range(len(days))]
    data = [
        (FlareData(id=id, flare="炬", created_on=made, deleted_on=gone),
         BypassData(id=id, bypass="路", created_on=made, deleted_on=gone))
        for id, (made, gone) in zip(ids, days, strict=True)
    ]  # fmt: skip
    rows = [row for both in data for row in both]
    there = (
        CHEMICALS, flare("炬"), flare("没有数据"), flare("别的", "其他"),
        bypass("路", needed=True), bypass("没有数据", needed=True), bypass("别的", needed=False),
        bypass("早拆", needed=True, removed="2023-12-31"),
        bypass("晚拆", needed=True, removed="2024-01-01"),
    )  # fmt: skip
    found = outcomes(*there, *rows)
    more = outcomes(*there, *rows, taken={"I-41": "more_than"})
    ledgers = {"flare-data-kept": "火炬监测数据保存", "bypass-data-kept": "旁路监控数据保存"}
    for rule, ledger in ledgers.items():
        told = [(found[rule, id], more[rule, id]) for id in ids]
        assert told == list(days.values())
        # of whose data nothing was entered nothing is known
        assert found[rule, f"没有数据/{ledger}"] == "UNKNOWN"
        assert found[rule, f"别的/{ledger}"] == "NOT_APPLICABLE"
    # what was taken away under the plan has left its data behind
    assert found["bypass-data-kept", f"早拆/{ledger}"] == "NOT_APPLICABLE"
    assert found["bypass-data-kept", f"晚拆/{ledger}"] == "UNKNOWN"


def bypass(id, gas="VOCs废气", removed="never", **more):
    watches = dict.fromkeys(("analysed", "metered", "temperature", "camera", "otherwise"), False)
    given = {**watches, "needed": False, "supervised": True, **more}
    return Bypass(id=id, enterprise="化", gas=gas, removed_on=removed, **given)


def test_there_is_no_bypass_but_for_safety():
    """原则上: what is there falls short; what safety needs is excepted, watched and supervised."""
    rows = {
        bypass("有"): ("SHORTFALL", "NOT_APPLICABLE"),
        bypass("烟", "烟气"): ("SHORTFALL", "NOT_APPLICABLE"),
        bypass("别", "其他"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        bypass("拆", removed="2025-06-01"): ("NOT_APPLICABLE", "NOT_APPLICABLE"),
        bypass("将拆", removed="2025-06-02"): ("SHORTFALL", "NOT_APPLICABLE"),
        bypass("不知拆", removed=None): ("UNKNOWN", "NOT_APPLICABLE"),
        bypass("不知因", needed=None): ("UNKNOWN", "UNKNOWN"),
        bypass("裸", needed=True): ("EXEMPT", "VIOLATION"),
        **{
            bypass(one, needed=True, **{one: True}): ("EXEMPT", "COMPLIANT")
            for one in ("analysed", "metered", "temperature", "camera", "otherwise")
        },
        bypass("不管", needed=True, camera=True, supervised=False): ("EXEMPT", "VIOLATION"),
        bypass("管空", needed=True, camera=True, supervised=None): ("EXEMPT", "UNKNOWN"),
        bypass("像空", needed=True, camera=None): ("EXEMPT", "UNKNOWN"),
    }
    found = outcomes(CHEMICALS, *rows)
    for row, expected in rows.items():
        assert (found["no-bypass", row.id], found["bypass-watched", row.id]) == expected, row.id
    two = bypass("二", needed=True, metered=True, temperature=True)
    three = bypass("三", needed=True, metered=True, temperature=True, analysed=True)
    camera = bypass("像", needed=True, camera=True)
    every = outcomes(CHEMICALS, two, three, camera, taken={"2.5.3-11-which": "all"})
    assert of("bypass-watched", (two, three, camera), every) == [
        "VIOLATION", "COMPLIANT", "COMPLIANT"
    ]  # fmt: skip


def test_key_works_have_spare_treatment():
    """重点涉气企业; one whose file was not entered is not known."""
    ids = "有没别缺未"
    rows = (
        profile("有", key=True, standby=True), profile("没", key=True, standby=False),
        profile("别", key=False, standby=False), profile("缺", key=True),
    )  # fmt: skip
    enterprises = [Enterprise(id=id) for id in ids]
    assert of("standby-treatment", enterprises, outcomes(*enterprises, *rows)) == [
        "COMPLIANT", "VIOLATION", "NOT_APPLICABLE", "UNKNOWN", "UNKNOWN"
    ]  # fmt: skip


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


FACTORY = ("enterprise", "编号,企业名称\n厂,厂\n")
PROFILE = ("voc_profile", "企业,是否涉VOCs排放\n厂,是\n")
FACILITY = ("voc_facility", "编号,企业,设施名称\n炉,厂,炉\n")
OUTLET = ("voc_outlet", "编号,企业,排放口\n口,厂,口\n")
RUN = "编号,治理设施,治理设施启动时间,生产设备启动时间,生产设备停止时间,治理设施停止时间\n1,炉,{}\n"


@pytest.mark.parametrize(
    ("name", "text", "more", "words"),
    [
        ("voc_run", RUN.format("2024-03-10 08:00,2024-03-10 08:00,2024-03-10 09:00,"
                               "2024-03-10 07:59"), (FACTORY, PROFILE, FACILITY),
         ("治理设施停止时间", "不早于治理设施启动时间", "对调")),
        ("voc_run", RUN.format("2024-03-10 08:00,2024-03-10 08:00,2024-03-09 09:00,未发生"),
         (FACTORY, PROFILE, FACILITY), ("生产设备停止时间", "不早于生产设备启动时间")),
        ("voc_rates", "企业,统计期末,废气收集率[%]\n厂,2024-12-31,100.1\n", (FACTORY, PROFILE),
         ("废气收集率", "100.1", "最大是 100 %")),
        ("voc_rates", "企业,统计期末,废气收集率[%]\n厂,2024-06-30,90\n", (FACTORY, PROFILE),
         ("2024-06-30", "一年一行")),
        ("voc_outlet", "编号,企业,排放口,处理效率[%]\n口,厂,口,101\n", (FACTORY, PROFILE),
         ("处理效率", "101", "最大是 100 %")),
        ("voc_rates", "企业,统计期末,废气收集率[%]\n厂,2024-12-31,0.9\n", (FACTORY, PROFILE),
         ("废气收集率", "0.9", "大于1%")),
        ("voc_outlet", "编号,企业,排放口,处理效率[%]\n口,厂,口,1\n", (FACTORY, PROFILE),
         ("处理效率", "大于1%")),
        ("voc_hour", "VOCs排放口,时间,NMHC浓度[mg/m³],标记\n口,2025-02-01T05:00,20,正常\n"
         "口,2025-02-01T05:00,21,正常\n", (FACTORY, PROFILE, OUTLET), ("口", "2025-02-01")),
        ("bypass_data", "编号,旁路,产生日期,删除日期\n1,路,2025-03-02,2025-03-01\n",
         (FACTORY, ("bypass", "编号,企业,旁路名称\n路,厂,路\n")), ("删除日期", "不早于产生日期")),
        ("tyre_section", "编号,企业,工段,治理措施\n1,厂,制胶工段,等离子\n", (FACTORY,),
         ("治理措施", "等离子", "低温等离子")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(tmp_path, name, text, more, words):
    """A stop before its start, a rate over 100 %, a half year, an hour twice, no such measure."""
    found = told(tmp_path, name, text, *more)
    for word in words:
        assert word in found, found
