"""A neighbour's plan beside another: each place is called apart, and each holds in its own years."""

import contextlib
import datetime as dt

import attrs
import pytest

import airplan_core as airplan
from airplan_core import (
    Attestation,
    Config,
    ConfigError,
    Facts,
    Plan,
    Rule,
    RulebookError,
    RuleError,
    Task,
    attestation,
    by,
)
from airplan_core.cli.named import rules_of
from airplan_core.handbook.pages import pages
from airplan_core.model.tree import columns
from airplan_core.report.text import assessment_text
from airplan_core.rulebook.config import PlanConfig, structure
from tests.ledgers import RULES, TASK, Chapter, Kiln, Works, rulebook

NEIGHBOURS = Plan(
    id="neighbour", title="邻县方案", county="邻县", begins=dt.date(2025, 1, 1),
    ends=dt.date(2026, 12, 31), prefix="邻县",
)  # fmt: skip
THEIRS = Task(
    id="9.1", heading="邻县任务", campaign="邻县攻坚", plan=NEIGHBOURS, lead=("市丙局",),
    cooperating=("乙局",),
)  # fmt: skip
closed = Rule(
    id="neighbour.kilns-closed", clause=THEIRS.clause(1, "窑炉应备用"), subject=Kiln,
    requires=Kiln.standby,
)  # fmt: skip
scheme = attestation(
    "neighbour.scheme",
    THEIRS.clause(6, "2025年6月底前制定方案"),
    due=by("2025-06-30"),
    en="A scheme.",
)
OTHER = airplan.contribution(
    Chapter(rules=(closed, scheme), clauses=(closed.clause, scheme.clause), metrics=(), entities=()),
    "neighbour", "neighbour 1.0",
)  # fmt: skip
KILN = Kiln(id="k", standby=False, capacity="1 吨/年")


def book(config=None):
    return rulebook(config, OTHER)


def stands(rules, as_of, *records, engine=None):
    facts = Facts.of(KILN, *records)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of), engine).verdicts
    return {(row["rule"], row["clause"]): row["outcome"] for row in found.iter_rows(named=True)}


def test_a_place_of_two_plans_is_two():
    """9.1-6 of the one, and of the other; an act is recorded for each."""
    rules = book()
    assert {"9.1-6", "邻县:9.1-6"} <= set(rules.clauses)
    act = Attestation(id="1", clause="邻县：9.1-6", done=True, done_on="2025-06-01")
    found = stands(rules, "2025-07-01", act)
    assert found["neighbour.scheme", "邻县:9.1-6"] == "COMPLIANT"
    assert found["test.scheme", "9.1-6"] == "UNKNOWN"


BARE = attrs.evolve(NEIGHBOURS, prefix="")
BARE_TASK = attrs.evolve(THEIRS, plan=BARE)
ACT = BARE_TASK.clause(6, "2025年6月底前制定方案")


def bare(config=None, **changed):
    """Both plans, neither of which has a prefix: they were written apart."""
    rules = (
        attrs.evolve(closed, clause=BARE_TASK.clause(1, "窑炉应备用")),
        attestation("neighbour.scheme", ACT, due=by("2025-06-30"), en="A scheme."),
    )
    given = {"rules": rules, "clauses": tuple(rule.clause for rule in rules), **changed}
    chapter = Chapter(metrics=(), entities=(), **given)
    config = config or Config(plan=PlanConfig(id="test"))
    return rulebook(config, airplan.contribution(chapter, "neighbour", "neighbour 1.0"))


@pytest.mark.parametrize("own", ["test", "neighbour"])
def test_plans_that_know_nothing_of_each_other_have_the_same_places(own):
    """The county's own are called by their places, the other's by its plan's id besides."""
    rules = bare(Config(plan=PlanConfig(id=own)))
    theirs = "neighbour:" if own == "test" else ""
    ours = "" if own == "test" else "test:"
    assert rules.rules["neighbour.kilns-closed"].clause.id == f"{theirs}9.1-1"
    assert rules.rules["test.scheme"].clause.id == f"{ours}9.1-6"
    act = Attestation(id="1", clause=f"{theirs}9.1-6", done=True, done_on="2025-06-01")
    found = stands(rules, "2025-07-01", act)
    assert found["neighbour.scheme", f"{theirs}9.1-6"] == "COMPLIANT"
    assert found["test.scheme", f"{ours}9.1-6"] == "UNKNOWN"
    with contextlib.closing(airplan.connect("duckdb")) as engine:
        assert stands(rules, "2025-07-01", act, engine=engine) == found
    (kept,) = rules.rule("neighbour.scheme").keeps
    assert {key.path[0] for key in kept.facts} == {f"attestation[{theirs}9.1-6]"}
    assert next(iter(rules.clauses)) == "9.1-1"


def test_an_act_of_a_place_that_both_have_is_each_plans_own():
    """Also one of a sentence that is not the rule's, in an exemption, a part, or a due day."""
    second = BARE_TASK.clause(1, "窑炉应备用")
    rule = airplan.Rule(
        id="neighbour.county", clause=second, subject=airplan.County, requires=airplan.done(ACT),
        exempt=(airplan.Exempt("planned", "窑炉", airplan.done(ACT, part="计划")),),
        due=by(airplan.done_on(ACT).plus(days=15)),
        keeps=[{airplan.done(ACT): True}], breaks=[{airplan.done(ACT): False}],
    )  # fmt: skip
    own = airplan.attestation("neighbour.scheme", ACT)
    rules = bare(rules=(rule, own), clauses=(second, ACT))
    read = {leaf.path[0] for one in rules.rules["neighbour.county"].trees for leaf in columns(one)}
    assert read == {"attestation[neighbour:9.1-6]", "attestation[neighbour:9.1-6#计划]"}
    assert rules.rules["test.scheme"] == book().rules["test.scheme"]


def test_an_act_that_tells_who_answers_or_is_exempted_is_each_plans_own():
    """The other plan's 9.1-6 is another one."""
    rule = attrs.evolve(
        closed, clause=BARE_TASK.clause(1, "窑炉应备用"), kinds=("停窑",),
        answers={airplan.done(ACT, Kiln): "市丙局", ~airplan.done(ACT, Kiln): "乙局"},
    )  # fmt: skip
    planned = airplan.Waiver("planned", "停窑", airplan.done(ACT, Kiln))
    waives = BARE_TASK.clause(2, "已制定方案的豁免", waives=(planned,))
    own = attestation("neighbour.scheme", ACT)
    made = bare(rules=(rule, own), clauses=(rule.clause, waives, ACT)).rules[rule.id]
    read = {leaf.path[0] for one in made.read for leaf in columns(one)}
    assert read == {"standby", "attestation[neighbour:9.1-6]"}


def test_an_act_of_another_plans_sentence_that_a_rule_covers_besides_is_that_plans():
    """Though the rule's first sentence is of its own plan."""
    rule = airplan.Rule(
        id="test.both", clause=TASK.clause(50, "应制定方案"), also=(ACT,), subject=airplan.County,
        requires=airplan.done(ACT) & airplan.done(TASK.clause(50, "应制定方案")),
    )  # fmt: skip
    rules = bare(rules=(rule,), clauses=rule.clauses)
    assert [one.id for one in rules.rules["test.both"].clauses] == ["9.1-50", "neighbour:9.1-6"]
    read = {leaf.path[0] for leaf in columns(rules.rules["test.both"].requires)}
    assert read == {"attestation[neighbour:9.1-6]", "attestation[9.1-50]"}


def test_a_rule_of_one_place_in_two_plans_is_told_to_tell_them_apart():
    """Which of two acts it asks for could not be told."""
    rule = attrs.evolve(
        closed,
        clause=BARE_TASK.clause(1, "窑炉应备用"),
        also=(RULES[0].clause,),
        id="neighbour.both",
    )
    with pytest.raises(RulebookError, match="'neighbour.both' covers '9.1-1' of two plans"):
        bare(rules=(rule,), clauses=(rule.clause,))


def test_places_that_no_two_plans_have_stay_as_they_are():
    """A county that took both plans before has the same places in its ledgers as ever."""
    task = attrs.evolve(BARE_TASK, id="3.1")
    rule = attrs.evolve(closed, clause=task.clause(1, "窑炉应备用"))
    rules = bare(rules=(rule,), clauses=(rule.clause,))
    assert rules.rules["neighbour.kilns-closed"] == rule
    assert next(iter(rules.clauses)) == "3.1-1"


def test_two_plans_of_one_id_or_of_one_prefix_are_told():
    """With what differs, or with whom to ask."""
    other = attrs.evolve(BARE_TASK, plan=attrs.evolve(BARE, id="test"))
    rule = attrs.evolve(closed, clause=other.clause(1, "窑炉应备用"))
    with pytest.raises(RulebookError, match="two plans that differ are called 'test': '邻县方案'"):
        bare(rules=(rule,), clauses=(rule.clause,))
    same = attrs.evolve(THEIRS, plan=attrs.evolve(NEIGHBOURS, id="third"))
    rule = attrs.evolve(closed, id="third.closed", clause=same.clause(1, "窑炉应备用"))
    third = Chapter(rules=(rule,), clauses=(rule.clause,), metrics=(), entities=())
    with pytest.raises(RulebookError, match="two plans: give one of them another prefix"):
        rulebook(None, OTHER, airplan.contribution(third, "third", "third 1.0"))


STANDARD = attrs.evolve(
    NEIGHBOURS, id="a-standard", title="某标准", county="", prefix="GB1",
    begins=dt.date(2019, 7, 1), ends=dt.date(2099, 12, 31),
)  # fmt: skip


def standard(config=None, id="1.1"):
    """The test county's plan with a standard beside it, whose places come before its own."""
    task = attrs.evolve(THEIRS, id=id, plan=STANDARD)
    rule = attrs.evolve(closed, id="standard.closed", clause=task.clause(1, "窑炉应备用"))
    chapter = Chapter(rules=(rule,), clauses=(rule.clause,), metrics=(), entities=())
    return rulebook(config, airplan.contribution(chapter, "standard", "standard 1.0"))


def test_a_standard_is_no_countys_plan_and_moves_none():
    """It was there before the plan and stays after it; the plan begins and ends when it says."""
    rules, alone = standard(), rulebook()
    assert rules.plan == alone.plan
    assert rules.kept.years == alone.kept.years
    with pytest.raises(airplan.AirplanError, match="before the plan begins on 2024-01-01"):
        stands(rules, "2023-12-31")
    found = stands(rules, "2024-01-01")
    assert found["standard.closed", "GB1:1.1-1"] == "VIOLATION"
    # whose title is asked for is a county's, and so is a county that nobody has
    for said in ({"title": "某标准"}, {"county": "无名县"}):
        own = standard(Config(plan=PlanConfig(**said))).plan
        assert (own.id, own.begins, own.ends) == ("test", alone.plan.begins, alone.plan.ends)


def test_a_standard_alone_is_held_against_by_itself():
    """Where there is no plan, there is nothing else whose days could be meant."""
    task = attrs.evolve(THEIRS, plan=STANDARD)
    rule = attrs.evolve(closed, clause=task.clause(1, "窑炉应备用"))
    chapter = Chapter(rules=(rule,), clauses=(rule.clause,), metrics=(), entities=(Works, Kiln))
    rules = airplan.build_rulebook([airplan.contribution(chapter, "standard", "standard 1.0")])
    assert (rules.plan.id, rules.plan.begins) == ("a-standard", dt.date(2019, 7, 1))


@pytest.mark.parametrize("prefix", ["温 县", "温县：", "a:b", "a@b", "a#b", "a[b", "ＷＸ", "(温)"])
def test_a_prefix_is_one_word(prefix):
    """As a cell of the ledger of acts is read, and as a place is parted from it."""
    with pytest.raises(RuleError, match="Plan 'neighbour': a prefix is one word"):
        attrs.evolve(NEIGHBOURS, prefix=prefix)


def test_a_question_names_places_of_the_plan_that_asks_it():
    """Of another plan by that plan's id; a place is looked for where its rules are."""
    question = airplan.Interpretation(
        id="neighbour.q", question="?", readings={"a": "", "b": ""}, default="a",
        between=(("9.1-1",), ("test:9.1-2", "9.1-6", "7.7-7")),
    )  # fmt: skip
    asks = question.choose(a=Kiln.standby, b=~Kiln.standby)
    for task, called in ((BARE_TASK, "neighbour"), (THEIRS, "邻县")):
        one = attrs.evolve(closed, clause=task.clause(1, "窑炉应备用"), requires=asks)
        act = attestation("neighbour.scheme", task.clause(6, "制定方案"), en="A scheme.")
        rules = bare(rules=(one, act), clauses=(one.clause, act.clause))
        between = rules.interpretations["neighbour.q"].between
        assert between == ((f"{called}:9.1-1",), ("9.1-2", f"{called}:9.1-6", "7.7-7"))


def test_a_place_is_found_as_it_is_typed():
    """With a full-width colon, too; a page of a chapter has a name that every system takes."""
    for typed in ("邻县:9.1-1", "邻县：9.1-1", "邻县：9.1—1"):
        assert [rule.id for rule in rules_of(typed, book())] == ["neighbour.kilns-closed"]
    with pytest.raises(RuleError, match="'邻县:9.1-7'; did you mean '邻县:"):
        rules_of("邻县：9.1-7", book())
    assert "rules/邻县-9.1.md" in pages(book())
    assert "(../rules/邻县-9.1.md)" in pages(book())["ledgers/kiln.md"]


@pytest.mark.parametrize("own", ["test", "neighbour"])
@pytest.mark.parametrize(
    ("as_of", "outcome"), [("2024-12-31", "NOT_APPLICABLE"), ("2025-01-01", "VIOLATION")]
)
def test_each_holds_from_its_own_first_day(as_of, outcome, own):
    """The neighbour's begins a year later, whosever county it is; the other's hold before."""
    found = stands(book(Config(plan=PlanConfig(id=own))), as_of)
    assert found["neighbour.kilns-closed", "邻县:9.1-1"] == outcome
    assert found["test.small-kilns-exit", "9.1-1"] == "UNKNOWN"


def test_the_first_day_of_its_own_plan_is_as_the_county_says():
    """Earlier or later than the plugin has it; that of another plan stays."""
    for begins, outcome in (("2024-07-01", "VIOLATION"), ("2025-01-01", "NOT_APPLICABLE")):
        rules = book(structure({"plan": {"id": "neighbour", "begins": begins}}))
        if begins == "2024-07-01":
            assert stands(rules, "2024-07-01")["neighbour.kilns-closed", "邻县:9.1-1"] == outcome
        with pytest.raises(airplan.AirplanError, match=f"before the plan begins on {begins}"):
            stands(rules, "2024-06-30")


def test_an_explanation_says_that_the_plan_has_not_begun():
    """Or nobody would know why the sentence speaks of nobody."""
    told = "所属方案自 2025-01-01 起施行"
    for as_of, said in (("2024-06-01", True), ("2025-01-01", False)):
        found = airplan.assess(book(), Facts.of(KILN), dt.date.fromisoformat(as_of))
        assert (told in str(found.explain("neighbour.kilns-closed", "k"))) is said


@pytest.mark.parametrize("said", [{"county": "邻县"}, {"title": "邻县方案"}])
def test_the_countys_own_plan_is_known_by_its_county_or_title(said):
    """No report of 邻县 is titled after another county's plan."""
    assert book(structure({"plan": said})).plan.title == "邻县方案"
    assert book(structure({"plan": {"county": "第三县"}})).plan.title == "测试方案"


def test_reports_are_titled_after_the_countys_own():
    """Which of them it is, the configuration says."""
    rules = book(Config(plan=PlanConfig(id="neighbour")))
    page = assessment_text(airplan.assess(rules, Facts.of(KILN), dt.date(2025, 2, 1)))
    assert page.startswith("邻县方案\n邻县 · ")
    assert (rules.plan.begins, rules.plan.ends) == (dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    with pytest.raises(ConfigError, match="did you mean 'neighbour'"):
        book(Config(plan=PlanConfig(id="neighbor")))


def test_ledgers_are_taken_without_their_rules():
    """Of a plugin whose sentences are another county's."""
    rules = book(Config(ledgers_only=("test",)))
    assert set(rules.rules) == {"neighbour.kilns-closed", "neighbour.scheme"}
    assert Kiln in rules.entities
    assert "test.mean" in rules.metrics
    with pytest.raises(ConfigError, match="ledgers_only names 'tests'"):
        book(Config(ledgers_only=("tests",)))


def test_a_plugin_for_its_ledgers_needs_no_second_naming(tmp_path):
    """It is used, though `plugins` does not list it."""
    (tmp_path / "airplan.toml").write_text('plugins = ["pm25"]\nledgers_only = ["no2"]', "utf-8")
    rules = airplan.load_rulebook(tmp_path)
    assert {id.partition(".")[0] for id in rules.rules} == {"pm25"}
    assert "trip" in {airplan.ledger_of(one).name for one in rules.entities}


def test_rules_are_switched_off_by_a_pattern():
    """With one reason; a pattern of nothing is told."""
    rules = book(Config(disable={"neighbour.*": "邻县的"}))
    assert rules.disabled == {"neighbour.kilns-closed": "邻县的", "neighbour.scheme": "邻县的"}
    for given in ({"test.*": "all", "test.scheme": "one"}, {"test.scheme": "one", "test.*": "all"}):
        off = book(Config(disable=given)).disabled
        assert (off["test.scheme"], off["test.advice"]) == ("one", "all")
    with pytest.raises(ConfigError, match=r"pattern of no rule; did you mean 'neighbour\.\*'"):
        book(Config(disable={"neighbor.*": "邻县的"}))


def test_departments_have_their_names_here():
    """In verdicts, in lists and in what a department asks for."""
    config = structure({"departments": {"市丙局": "县丙局"}, "plan": {"id": "neighbour"}})
    assessment = airplan.assess(book(config), Facts.of(KILN), dt.date(2025, 2, 1))
    (row,) = assessment.verdicts.filter(
        assessment.verdicts["rule"] == "neighbour.kilns-closed"
    ).to_dicts()
    assert row["departments"] == ["县丙局", "乙局"]
    assert "市丙局" not in assessment_text(assessment, by_department=True)
    assert "县丙局" in set(assessment.responsibilities["department"])
    with pytest.raises(ConfigError, match="市丙局"):
        book(structure({"departments": {"市丙": "县丙局"}}))
    assert TASK.plan.prefix == ""
