"""Rules, duties, plugins, the rulebook and its configuration: every mistake is an error by name."""

import datetime as dt
import functools
from importlib.metadata import EntryPoint

import attrs
import pytest

import airplan_core as airplan
from airplan_core import (
    ConfigError,
    County,
    Entity,
    PluginError,
    Rule,
    RulebookError,
    RuleError,
    Strength,
    by,
    during,
    hookimpl,
)
from airplan_core.model.metric import leaves
from airplan_core.rulebook import config, plugins
from airplan_core.rulebook.override import replaced
from tests import ledgers
from tests.ledgers import HEAVY, MEAN, REBUILT, RULES, TASK, Chapter, Day, Kiln, Works, rulebook


def configured(**given):
    return rulebook(config.structure(given))


def test_a_staged_rule_is_a_duty_for_each_stage():
    """Each stage is a duty with its own constant and due date; an annual rule is one a year."""
    found = {duty.id: duty for duty in rulebook().duties}
    assert found["test.staged-share@2024-12-31"].requires == Kiln.share.at_least("30 %")
    assert found["test.staged-share@2025-12-31"].requires == Kiln.share.at_least("60 %")
    assert found["test.annual-mean@2024"].due == dt.date(2024, 12, 31)
    assert found["test.annual-mean@2024"].metrics()[0].period.days == 366
    assert found["test.small-kilns-exit"].due == dt.date(2025, 9, 30)


def test_a_stage_without_a_limit_or_a_limit_without_a_stage_is_an_error():
    """Stages and due dates match, or the rulebook is not built."""
    share = ledgers.staged
    for rule, due, told in (
        (share, (*share.due, *by("2026-12-31")), "stage due 2026-12-31"),
        (share, by("2024-12-31"), "on which nothing is due"),
        (share, (), "on which nothing is due"),
        (ledgers.heavy, by("2024-12-31"), "needs a period"),
    ):
        with pytest.raises(RuleError, match=told):
            rulebook(rules=(attrs.evolve(rule, due=due),), clauses=(rule.clause,))


def test_a_rule_reads_only_its_own_subject():
    """A field of another ledger is an error that says to follow a reference."""
    with pytest.raises(RuleError, match="about Works, but reads Kiln.standby; follow a reference"):
        Rule(id="x.y", clause=TASK.clause(1, "…"), subject=Works, requires=Kiln.standby)


def test_a_sentence_that_asks_for_nothing_is_no_rule():
    """A rule of a stating or permitting sentence is an error."""
    with pytest.raises(RuleError, match="asks for nothing"):
        Rule(
            id="x.y", clause=TASK.clause(1, "…", Strength.NONE), subject=Kiln, requires=Kiln.standby
        )


def test_a_metric_is_of_its_subject_and_over_its_rows():
    """A metric whose reference or fields belong elsewhere is an error."""
    with pytest.raises(RuleError, match="refers to County"):
        attrs.evolve(MEAN, subject=Works)
    with pytest.raises(RuleError, match="over Day, but reads Kiln.dust"):
        attrs.evolve(MEAN, measure_of=Kiln.dust)
    for wrong in (None, Kiln.standby):
        with pytest.raises(RuleError, match="measure_of names a field that is measured or counted"):
            attrs.evolve(MEAN, measure_of=wrong)


def other(**changed):
    chapter = Chapter(entities=(), clauses=(), rules=(), metrics=())
    vars(chapter).update(changed)
    return airplan.contribution(chapter, "other", "airplan-other 2.0")


def test_two_plugins_with_one_rule_id_are_both_named():
    """Duplicate ids name both plugins with their distributions."""
    rule = attrs.evolve(RULES[0], clause=TASK.clause(50, "…"))
    with pytest.raises(
        RulebookError, match=r"other \(airplan-other 2.0\).*test \(airplan-test 1.0\)"
    ):
        rulebook(None, other(rules=(rule,), clauses=(rule.clause,)))


def test_an_override_names_what_it_overrides():
    """The override stands in for the rule; an override of nothing names the nearest."""
    clause = TASK.clause(50, "…")
    new = attrs.evolve(RULES[0], id="test.new", clause=clause, replaces="test.small-kilns-exit")
    book = rulebook(None, other(rules=(new,), clauses=(clause,)))
    assert book.replaced == {"test.small-kilns-exit": "test.new"}
    assert "test.small-kilns-exit" not in book.rules
    with pytest.raises(RuleError, match="is replaced by 'test.new'"):
        book.rule("test.small-kilns-exit")
    lost = attrs.evolve(new, replaces="test.small-kiln-exit")
    with pytest.raises(RulebookError, match="did you mean 'test.small-kilns-exit'"):
        rulebook(None, other(rules=(lost,), clauses=(clause,)))
    second = attrs.evolve(new, id="test.newer")
    with pytest.raises(RulebookError, match="replaced by both"):
        rulebook(None, other(rules=(new, second), clauses=(clause,)))


def test_every_rule_has_a_clause_and_every_clause_a_rule():
    """A rule without clause, an uncovered clause, a definition of nothing are errors."""
    with pytest.raises(RulebookError, match="in no plugin's clause ledger"):
        rulebook(clauses=Chapter.clauses[1:])
    with pytest.raises(RulebookError, match="covered by no rule and not excused"):
        rulebook(clauses=(*Chapter.clauses, TASK.clause(77, "加强监管")))
    with pytest.raises(RulebookError, match="says something else"):
        rulebook(clauses=(TASK.clause(1, "另一句"), *Chapter.clauses[1:]))
    lost = TASK.clause(77, "…", Strength.NONE, defines=("test.none",))
    with pytest.raises(RulebookError, match="defines the rule 'test.none'"):
        rulebook(clauses=(*Chapter.clauses, lost))


def test_ledgers_are_told_apart_and_found():
    """Two ledgers of one name, and a reference to a ledger that nobody has, are errors."""

    class Furnace(Entity, zh="窑炉"):
        pass

    with pytest.raises(RulebookError, match="two ledgers are called '窑炉'"):
        rulebook(None, other(entities=(Furnace,)))
    with pytest.raises(RulebookError, match="refers to Works, a ledger that no plugin"):
        rulebook(entities=(Kiln, Day, ledgers.Retrofit))


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("豁免记录", "", "'豁免记录': Exemption of airplan and Waiver of other"),
        ("免除", "exemption", "'exemption'"),
        ("免除", " Exemption", "'exemption'"),
        ("attestation", "", "'attestation'"),
        ("免除", "窑炉", "'窑炉'"),
        ("免除", "reported metric", "'reported metric'"),
    ],
)
def test_no_ledger_takes_the_file_of_another(zh, en, told):
    """A name that another ledger's file may have, English or Chinese, in whatever case."""

    class Waiver(Entity, zh=zh, en=en):
        pass

    with pytest.raises(RulebookError, match=f"two ledgers are called {told}"):
        rulebook(None, other(entities=(Waiver,)))


@pytest.mark.parametrize("label", ["编号", "ID", "dust"])
def test_no_field_takes_the_column_of_another(label):
    """The column of the ids, or that of another field, by whatever name."""
    with pytest.raises(RuleError, match=f"Oven.* are both called '{label}'"):

        class Oven(Entity, zh="炉"):
            dust: airplan.Text = airplan.text(zh="颗粒物")
            other: airplan.Text = airplan.text(zh=label)


def test_a_metric_is_one_and_has_its_ledgers():
    """Two metrics of one id, and a metric over a ledger nobody has, are errors."""
    with pytest.raises(RulebookError, match="two different metrics are called 'test.mean'"):
        rulebook(metrics=(attrs.evolve(MEAN, zh="另"),))
    with pytest.raises(RulebookError, match="reads the ledger Day"):
        rulebook(entities=(Works, Kiln, ledgers.Retrofit))


def test_coverage_says_how_every_clause_is_covered():
    """Rules by id, definitions, excuses with their reason."""
    covered = rulebook().coverage()
    assert covered["9.1-1"] == "test.small-kilns-exit"
    assert covered["9.1-99"] == "introduces"
    assert set(covered) == set(rulebook().clauses)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"plugin": ["x"]}, "unknown key 'plugin'; did you mean 'plugins'"),
        ({"plan": {"begin": "2024-01-01"}}, "unknown key 'plan.begin'; did you mean 'begins'"),
        ({"plan": {"begins": "2024-02-30"}}, "does not exist"),
        ({"plan": {"county": 3}}, "expected a text"),
        ({"disable": {"test.small-kiln-exit": "why"}}, "did you mean 'test.small-kilns-exit'"),
        ({"disable": {"test.small-kilns-exit": " "}}, "needs a reason"),
        ({"replace": {"test.small-kiln": {"due": "2025-01-01"}}}, "did you mean 'test.small-kilns"),
        ({"replace": {"test.small-kilns-exit": {"until": "x"}}}, "until.*known: due, limit"),
        ({"replace": {"test.small-kilns-exit": {"limit": "3 µg/m³"}}}, "does not fit"),
        ({"replace": {"test.scheme": {"limit": "3 %"}}}, "the rule has 0"),
        ({"replace": {"test.steel-kilns-clean": {"limits": {"dusst": "3 %"}}}}, "'dust'"),
        ({"replace": {"test.staged-share": {"limit": {"soon": "3 %"}}}}, "by its year or its due"),
        ({"interpretations": {"I-1": "x"}}, "'I-1', which is unknown"),
        ({"facts": {"blank_means_not_happened": ["kiln.closed"]}}, "did you mean 'kiln.closed_on'"),
    ],
)  # fmt: skip
def test_every_mistake_in_the_configuration_is_told(given, told):
    """Unknown keys, rules, fields and readings are errors with the nearest right name."""
    with pytest.raises(ConfigError, match=told):
        configured(**given)


def test_a_configuration_disables_and_replaces():
    """A disabled rule is gone with its reason; limits, stages and due dates are replaced."""
    book = configured(
        disable={"test.advice": "上级另有规定"},
        replace={
            "test.small-kilns-exit": {"limit": "200 吨/年", "due": dt.date(2026, 6, 30)},
            "test.annual-mean": {"limit": {"2026": "43 µg/m³"}},
        },
        plan={"county": "邻县", "begins": "2023-01-01"},
    )
    assert book.disabled == {"test.advice": "上级另有规定"}
    assert book.rule("test.small-kilns-exit").applies == Kiln.capacity.at_most("200 吨/年")
    due = {duty.id: duty.due for duty in book.duties}
    assert due["test.small-kilns-exit"] == dt.date(2026, 6, 30)
    assert due["test.annual-mean"] == dt.date(2026, 12, 31) if "test.annual-mean" in due else True
    assert [d.id for d in book.duties if d.rule.id == "test.annual-mean"] == [
        "test.annual-mean@2026"
    ]
    assert (book.plan.county, book.plan.begins) == ("邻县", dt.date(2023, 1, 1))


FALLEN = Kiln.dust.fallen_by("12 %", since=Kiln.dust)
BETWEEN = Kiln.capacity.at_least("10 吨/年") & Kiln.capacity.at_most("35 吨/年")
LESS = MEAN.fallen_by("3 %")
MANY = attrs.evolve(HEAVY, unit="个")
MORE = MANY.at_most(REBUILT.times("1.1"))


@pytest.mark.parametrize(
    ("requires", "limits", "found"),
    [
        *(
            ((Kiln.dust / Kiln.capacity).at_most("35 (µg/m³)/(吨/年)"), {name: "3 (µg/m³)/(吨/年)"},
             (Kiln.dust / Kiln.capacity).at_most("3 (µg/m³)/(吨/年)"))
            for name in ("dust / capacity", "dust", "颗粒物", "capacity", "产能")
        ),
        (Kiln.dust.at_most("35 µg/m³") & Kiln.share.at_least("3 %"), {"颗粒物": "3 µg/m³"},
         Kiln.dust.at_most("3 µg/m³") & Kiln.share.at_least("3 %")),
        (BETWEEN, {"capacity 以下": "20 吨/年"},
         Kiln.capacity.at_least("10 吨/年") & Kiln.capacity.at_most("20 吨/年")),
        (FALLEN, {"dust": "15 %"}, Kiln.dust.fallen_by("15 %", since=Kiln.dust)),
        (MEAN.at_most("3 µg/m³"), {"test.mean": "2 µg/m³"}, MEAN.at_most("2 µg/m³")),
        (MEAN.at_most("3 µg/m³"), {"mean": "2 µg/m³"}, MEAN.at_most("2 µg/m³")),
        (MEAN.at_most("3 µg/m³"), {"年均": "2 µg/m³"}, MEAN.at_most("2 µg/m³")),
        (LESS, {"test.mean": "5 %"}, MEAN.fallen_by("5 %")),
        (MORE, {"重污染天数": "1.2"}, MANY.at_most(REBUILT.times("1.2"))),
    ],
)  # fmt: skip
def test_a_limit_is_called_by_what_it_limits(requires, limits, found):
    """A field, a metric's id, either side of a ratio, or what pages call it; a fall stays a fall."""
    metric = any(isinstance(leaf, airplan.Metric) for leaf in leaves(requires))
    one = Rule(
        id="test.limited", clause=TASK.clause(1, "2024年应"), subject=County if metric else Kiln,
        requires=requires, due=airplan.during(2024) if metric else (),
    )  # fmt: skip
    assert replaced(one, config.Replacement(limits=limits), "").requires == found


def test_a_limit_that_there_is_not_is_told_with_those_that_there_are():
    """In both languages, with what pages call them."""
    one = Rule(
        id="test.limited", clause=TASK.clause(1, "应"), subject=Kiln, requires=BETWEEN & FALLEN
    )
    for wrong in ("Arithmetic", "capacity"):
        with pytest.raises(ConfigError) as told:
            replaced(one, config.Replacement(limits={wrong: "3 %"}), "airplan.toml: [replace]")
        assert "limits 'capacity 以上', 'capacity 以下', 'dust / dust'" in str(told.value)
        assert "“capacity 以上”（产能）；“capacity 以下”（产能）" in told.value.text("zh")
    with pytest.raises(ConfigError, match="the rule has 3: 'capacity 以上'"):
        replaced(one, config.Replacement(limit="3 %"), "")
    with pytest.raises(ConfigError, match="falls by 0 % to 100 %"):
        replaced(one, config.Replacement(limits={"dust": "300 %"}), "")


def test_a_configuration_chooses_readings():
    """A duty holds the reading taken, the rule all of them."""
    one = airplan.Interpretation(id="q", question="?", readings={"a": "", "b": ""}, default="a")
    rule = attrs.evolve(RULES[0], requires=one.choose(a=Kiln.standby, b=~Kiln.standby), due=())

    def book(reading):
        given = config.structure({"interpretations": {"q": reading}})
        return rulebook(given, rules=(rule,), clauses=(rule.clause,))

    assert book("a").duties[0].requires == Kiln.standby
    assert book("b").duties[0].requires == ~Kiln.standby
    with pytest.raises(ConfigError, match="'c', which is unknown"):
        book("c")


def test_a_configuration_file_is_read_or_refused(tmp_path):
    """A missing file, and one that is no TOML, are errors that name it."""
    with pytest.raises(ConfigError, match="does not exist"):
        airplan.load_rulebook(tmp_path)
    (tmp_path / "airplan.toml").write_text("plugins = [", "utf-8")
    with pytest.raises(ConfigError, match="is not TOML"):
        airplan.load_rulebook(tmp_path)


class Distribution:
    name, version, requires = "airplan-broken", "0.3", None


class Point:
    """An installed plugin, as the standard library tells of it."""

    def __init__(self, name, loaded=None, error=None):
        self.name, self.value, self.dist = name, f"module_{name}", Distribution()
        self.loaded, self.error = loaded, error

    def load(self):
        if self.error:
            raise self.error
        return self.loaded


def test_a_plugin_that_cannot_be_loaded_stops_the_program(monkeypatch):
    """It is named with its distribution and version, and what it raised."""
    monkeypatch.setattr(
        plugins, "entry_points", lambda group: [Point("bad", error=OSError("disk"))]
    )
    with pytest.raises(PluginError, match="'bad' of airplan-broken 0.3 .*OSError: disk"):
        airplan.load_rulebook()


def test_an_unknown_plugin_names_the_nearest(monkeypatch):
    """A plugin that is not installed is an error."""
    monkeypatch.setattr(plugins, "entry_points", lambda group: [Point("pm25", Chapter())])
    with pytest.raises(PluginError, match="did you mean 'pm25'"):
        plugins.discover(["pm2.5"])


def test_an_installed_plugin_is_found_by_its_entry_point(monkeypatch):
    """What an entry point leads to yields its records under its name."""
    monkeypatch.setattr(plugins, "entry_points", lambda group: [Point("test", Chapter())])
    assert airplan.load_rulebook().origins["test.scheme"] == "test (airplan-broken 0.3)"


def test_two_installed_plugins_of_one_name_are_an_error(monkeypatch):
    """Neither is chosen in silence."""
    points = [EntryPoint("a", "one", "airplan"), EntryPoint("a", "two", "airplan")]
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)
    with pytest.raises(PluginError, match="two plugins are called 'a'"):
        plugins.installed()


def test_a_hook_that_fails_or_does_not_exist_is_told():
    """The plugin and the hook are named."""

    class Raises:
        @hookimpl
        def airplan_rules(self):
            raise KeyError("clause")

    with pytest.raises(PluginError, match="'x' of this program fails in airplan_rules"):
        airplan.contribution(Raises(), "x")

    class Misspelt:
        @hookimpl
        def airplan_rule(self):
            return []

    with pytest.raises(PluginError, match="airplan_rule"):
        airplan.contribution(Misspelt(), "x")

    class Asks:
        @hookimpl
        def airplan_rules(self, registrar):
            return []

    with pytest.raises(PluginError, match="registrar"):
        airplan.contribution(Asks(), "x")


@pytest.mark.parametrize(
    ("hook", "given", "told"),
    [
        ("rules", None, "airplan_rules returns nothing"),
        ("rules", RULES[0], "return a list"),
        ("rules", "test.rule", "return a list"),
        ("rules", ["test.rule"], "yields a list of Rules; in it is 'test.rule'"),
        ("rules", [RULES[0].clause], "yields a list of Rules; in it is Clause"),
        ("clauses", [RULES[0]], "yields a list of Clauses; in it is <rule test"),
        ("metrics", [Kiln.dust], "yields a list of Metrics; in it is Kiln.dust"),
        ("entities", [Kiln(id="k")], "yields a list of Entity classes; in it is Kiln"),
        ("entities", [str], "yields a list of Entity classes; in it is <class 'str'>"),
        ("entities", Kiln, "return a list"),
    ],
)
def test_a_plugin_that_yields_something_else_is_told(hook, given, told):
    """The plugin, the hook, what is expected and what was there."""
    plugin = type("Plugin", (), {})
    setattr(plugin, f"airplan_{hook}", hookimpl(lambda self: given))
    with pytest.raises(PluginError, match=f"the plugin 'x' of this program.*{told}"):
        airplan.contribution(plugin(), "x")
    with pytest.raises(PluginError, match="lists modules"):
        airplan.Campaign("x", "rules")


ONE, EXEMPT = TASK.clause(60, "…"), airplan.Exempt("spare", "备用除外", Kiln.standby)


def made(**fields):
    return Rule(
        **{"id": "test.one", "clause": ONE, "subject": Kiln, "requires": Kiln.standby, **fields}
    )


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: airplan.Task(id="9", heading="…", campaign="t", plan=ledgers.PLAN, lead="县住建局"),
         r"Task '9': lead is a tuple, written \(\"县住建局\",\); read '县住建局'"),
        (lambda: TASK.clause(1, "…", lead="县住建局"), r"Clause '9.1-1': lead is a tuple"),
        (lambda: TASK.clause(1, "…", shared=["县住建局"]), r"shared is a tuple"),
        (lambda: TASK.clause(1, "…", defines="test.one"), r"defines is a tuple"),
        (lambda: attrs.evolve(ledgers.PLAN, begins="2024-01-01"), r"Plan 'test': begins is written"),
        (lambda: made(exempt=EXEMPT), r"Rule 'test.one': exempt is a tuple, written \(Exempt\("),
        (lambda: made(exempt=[EXEMPT]), r"exempt is a tuple"),
        (lambda: made(due="2024-12-31"), r'due is a tuple, written by\("2024-12-31"\)'),
        (lambda: made(due=by("2024-12-31")[0]), r"due is a tuple"),
        (lambda: made(due=(dt.date(2024, 12, 31),)), r"due is a tuple"),
        (lambda: made(also=ONE), r"also is a tuple"),
        (lambda: made(clause="9.1-1"), r"clause is written TASK.clause"),
        (lambda: made(subject="kiln"), r"subject is written as the ledger's class"),
        (lambda: made(keeps={Kiln.standby: True}), r"examples are a list, \[{…}\]"),
        (lambda: made(keeps=[Kiln.standby]), r"an example is written"),
        (lambda: airplan.attestation("test.a", ONE, due="2024-12-31"),
         r"attestation 'test.a': due is a tuple, written by"),
        (lambda: by(2024), r"by\(2024\): 2024 is not a date"),
        (lambda: by("2024-13-01"), "a day that does not exist"),
        (lambda: during("2024"), r"a whole number is meant, .* written during\(2024, 2025\); read '2024'"),
        (lambda: airplan.Term("2024-12-31"), r'due is written by\("2024-12-31"\)'),
        (lambda: airplan.text(zh="名称", aliases="别名"), r"Text '名称': aliases is a tuple"),
        (lambda: airplan.stated(["钢铁", "水泥"], zh="行业"), r"a closed list is a tuple"),
        (lambda: type("Oven", (Entity,), {"name": airplan.text(zh="名")}, zh="炉", key="name"),
         r"Oven: key is a tuple"),
        (lambda: type("Oven", (Entity,), {}, zh="炉", passed_over="列名"), r"passed_over is a tuple"),
        (lambda: airplan.Interpretation(id="Q", question="?", readings={"a": "1"}, default="a",
                                        between=("2.4.1-1", "2.4.2-3")), "between is a tuple"),
        (lambda: airplan.Interpretation(id="Q", question="?", readings={"a": "1"}, default="a",
                                        between=(("2.4.1-1",), "2.4.2-3")), "between is a tuple"),
    ],
)  # fmt: skip
def test_one_where_several_are_meant_is_told(make, told):
    """A text is not taken for its letters: what to write is said where it is written."""
    with pytest.raises(RuleError, match=told):
        make()


def test_a_question_goes_through_a_reference_to_what_subjects_belong_to():
    """`Kiln.works` leads on to the works' fields, and is the field that names it."""
    question = airplan.Interpretation(
        id="Q", question="?", readings={"a": "1"}, default="a",
        between=(("9.1-90",), ("9.1-91",)), through=Kiln.works,
    )  # fmt: skip
    kiln = Rule(
        id="test.q-kiln", clause=TASK.clause(90, "窑炉应备用"), subject=Kiln,
        requires=question.choose(a=Kiln.standby),
    )  # fmt: skip
    works = Rule(
        id="test.q-works", clause=TASK.clause(91, "工厂应属钢铁行业"), subject=Works,
        requires=Works.industry.is_("钢铁"),
    )  # fmt: skip
    chapter = Chapter(
        rules=(kiln, works), clauses=(kiln.clause, works.clause), metrics=(), entities=()
    )
    rules = rulebook(None, airplan.contribution(chapter, "more", "more 1.0"))
    facts = airplan.Facts.of(Works(id="w", industry="钢铁"), Kiln(id="k", works="w", standby=False))
    (clash,) = airplan.assess(rules, facts, dt.date(2025, 1, 1)).clashes.to_dicts()
    assert (clash["subject"], clash["outcome"], clash["other_outcome"]) == (
        "k", "VIOLATION", "COMPLIANT"
    )  # fmt: skip


def nested(levels):
    """A condition of so many levels."""
    tree = Kiln.standby
    for n in range(levels):
        other = Kiln.dust.at_most(f"{n + 1} µg/m³")
        tree = tree & other if n % 2 else tree | other
    return tree


@pytest.mark.parametrize("levels", [40, 500, 5000])
def test_a_condition_that_is_nested_too_deep_is_told(levels):
    """Not a RecursionError of whoever reads it first; what a sentence says is read by all."""
    with pytest.raises(RuleError, match="rule 'test.one': the condition is nested more than 30"):
        made(requires=nested(levels))
    with pytest.raises(RuleError, match="metric 'test.deep'"):
        airplan.Count(
            id="test.deep", zh="…", unit="台", of=Kiln.works, where=nested(levels), better="less"
        )
    dust = [Kiln.dust] * levels
    with pytest.raises(RuleError, match="a sum or product: the condition is nested"):
        functools.reduce(lambda total, one: total.plus(one), dust)
    rule = made(requires=nested(20))
    chapter = Chapter(rules=(rule,), clauses=(ONE,), metrics=())
    book = airplan.build_rulebook([airplan.contribution(chapter, "test")])
    found = airplan.assess(book, airplan.Facts.of(Kiln(id="k")), dt.date(2025, 1, 1))
    assert found.verdicts["outcome"].to_list() == ["UNKNOWN"]
    assert "数据不足" in str(found.explain("test.one", "k"))


def test_an_empty_rulebook_is_an_error():
    """Nothing to hold anything against is never a pass."""
    with pytest.raises(RulebookError, match="no plugin yields a clause"):
        airplan.build_rulebook([])


def test_during_and_by_are_terms_in_order():
    """Terms are sorted, and a year is a period."""
    assert [term.due.year for term in during(2025, 2024)] == [2024, 2025]
    assert [str(term.due) for term in by("2025-01-31", "2024-01-31")] == [
        "2024-01-31",
        "2025-01-31",
    ]
    assert airplan.yearly(5, 31, 2024)[0].period.begins == dt.date(2024, 1, 1)
    assert County in rulebook().entities
