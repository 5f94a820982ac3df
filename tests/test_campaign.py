"""A campaign is its modules: what is written in them is yielded, what they import is not."""

import importlib
import pkgutil
import sys
from types import ModuleType

import pytest

import airplan_core as airplan
from airplan_core import Campaign, PluginError
from airplan_core.rulebook import plugins
from airplan_core.testing import contract

SHARED = """
import datetime as dt
from airplan_core import Count, County, Entity, Event, Flag, Plan, Reference, Rule, Task
from airplan_core import event, flag, reference

PLAN = Plan(
    id="p", title="方案", county="县", begins=dt.date(2025, 1, 1), ends=dt.date(2025, 12, 31)
)

class Site(Entity, zh="工地"):
    fenced: Flag = flag(zh="是否围挡")
    washed: Flag = flag(zh="是否冲洗")
    county: Reference[County] = reference(County, zh="县市")
    opened_on: Event = event(zh="开工日期")

def count(id):
    return Count(id=id, zh="工地数", of=Site.county, on=Site.opened_on, unit="个")

SITES = count("shared.sites")
TASK = Task(id="1.1", heading="共用", campaign="shared", plan=PLAN)
FENCED = Rule(
    id="shared.fenced", clause=TASK.clause(1, "必须围挡"), subject=Site, requires=Site.fenced
)
"""
CHAPTER = """
from airplan_core import Rule, Task, attestation
from shared_plan import FENCED, PLAN, SITES, Site, count

TASK = Task(id="1.2", heading="一章", campaign="chapter", plan=PLAN)

class Yard(Site, zh="堆场"):
    '''Written here, though of another's kind.'''

def washed(number):
    clause = TASK.clause(number, f"第{number}句必须冲洗")
    return Rule(id=f"chapter.washed-{number}", clause=clause, subject=Site, requires=Site.washed)

alone = washed(1)
_private = washed(2)
listed = [washed(3), washed(4)]
named = {"five": (washed(5), count("chapter.sites"))}
_DECLARED = (TASK.clause(6, "明显提高", excused="names no quantity"),)
again = alone
instead = Rule(
    id="chapter.fenced", clause=FENCED.clause, subject=Site, requires=Site.fenced & Site.washed,
    replaces="shared.fenced",
)
"""


@pytest.fixture
def modules(monkeypatch):
    """The two modules, as an import would make them."""
    found = []
    for name, text in (("shared_plan", SHARED), ("one_chapter", CHAPTER)):
        module = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, module)
        exec(compile(text, name, "exec", dont_inherit=True), vars(module))
        found.append(module)
    return found


@pytest.fixture
def chapter(modules):
    return airplan.contribution(Campaign("chapter", modules[1]))


def test_every_rule_of_a_module_is_found(chapter):
    """Named, private, in a list, in a mapping; in the module's order, and each once."""
    assert [rule.id for rule in chapter.rules] == [
        *(f"chapter.washed-{number}" for number in range(1, 6)), "chapter.fenced",
    ]  # fmt: skip


def test_every_sentence_is_found(chapter):
    """Those of the rules, and one that no rule covers; a sentence replaced stays its owner's."""
    assert sorted(clause.id for clause in chapter.clauses) == [f"1.2-{n}" for n in range(1, 7)]


def test_ledgers_and_metrics_are_found(chapter, modules):
    """A ledger where its class is written, a metric by its id, in whatever it stands."""
    assert chapter.entities == (modules[1].Yard,)
    assert [metric.id for metric in chapter.metrics] == ["chapter.sites"]


def test_what_is_imported_stays_its_owners(modules, chapter):
    """Two campaigns of which one imports from the other claim nothing twice."""
    shared = airplan.contribution(Campaign("shared", modules[0]))
    assert [rule.id for rule in shared.rules] == ["shared.fenced"]
    book = airplan.build_rulebook([chapter, shared])
    assert book.replaced == {"shared.fenced": "chapter.fenced"}
    assert list(book.metrics) == ["chapter.sites", "shared.sites"]


def test_a_campaign_has_its_name_and_may_be_called_otherwise(modules):
    """A contribution is called as its campaign, unless it is given a name."""
    assert airplan.contribution(Campaign("chapter", modules[1])).plugin == "chapter"
    assert airplan.contribution(Campaign("chapter", modules[1]), "other").plugin == "other"


def test_a_plugin_without_a_hook_is_an_error(modules):
    """A module that is no plugin is told so, and not taken for one that yields nothing."""
    with pytest.raises(
        PluginError, match=r"'one_chapter' of this program has no hook; .* Campaign"
    ):
        airplan.contribution(modules[1])


def test_an_installed_plugin_is_tested_by_its_name():
    """The contract finds it with the plugins that its distribution requires."""
    assert {one.plugin for one in plugins.discover(["pm25"])} == {"pm25", "qinyang"}
    kept = contract("pm25")
    cases = [mark for mark in kept.test_rule_is_documented.pytestmark if mark.name == "parametrize"]
    ids = [rule.id for rule in cases[0].args[1]]
    assert "pm25.small-brick-lines-exit" in ids
    assert all(id.startswith("pm25.") for id in ids)
    with pytest.raises(PluginError, match="did you mean 'pm25'"):
        contract("pm52")


@pytest.mark.parametrize("name", plugins.installed())
def test_no_module_of_an_installed_campaign_is_left_out(name):
    """Listing every module of its package, however deep, a campaign would yield no more."""
    campaign = plugins.installed()[name].load()
    package = importlib.import_module(campaign.modules[0].__name__.partition(".")[0])
    every = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    listed = airplan.contribution(campaign)
    found = airplan.contribution(Campaign(name, *every))
    for kind in ("entities", "clauses", "rules", "metrics"):
        assert set(getattr(found, kind)) == set(getattr(listed, kind)), kind


def test_no_chapter_of_the_plan_imports_another():
    """A chapter requires the core, what the chapters share, and the standards of air."""
    for name, point in plugins.installed().items():
        needed = {one.plugin for one in plugins.discover([name])} - {name}
        assert needed <= {"qinyang", "ambient"}, point.value


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("{washed(7)}", "set"), ("frozenset([washed(7)])", "frozenset"),
        ("type('Rules', (), {'seven': washed(7)})", "class|type"),
        ("SimpleNamespace(seven=washed(7))", "SimpleNamespace"),
        ("(washed(n) for n in (7,))", "only once"),
    ],
)  # fmt: skip
def test_a_rule_is_not_forgotten_where_nobody_looks(modules, held, told):
    """A set, a class, a namespace or a generator of rules is refused; a mapping is read."""
    exec(f"from types import *\nHELD = {held}", vars(modules[1]))
    with pytest.raises(PluginError, match=told) as caught:
        airplan.contribution(Campaign("chapter", modules[1]))
    assert "one_chapter.HELD" in str(caught.value)
    exec("HELD = MappingProxyType({'seven': washed(7)})", vars(modules[1]))
    found = airplan.contribution(Campaign("chapter", modules[1]))
    assert "chapter.washed-7" in {rule.id for rule in found.rules}


def test_a_campaign_has_a_module():
    """One without is refused where it is written."""
    with pytest.raises(PluginError, match="no module"):
        Campaign("chapter")


def test_a_metric_is_the_campaigns_where_it_is_written(modules):
    """Whatever its id begins with, and although no rule reads it."""
    exec("N = count('chaptr.sites')", vars(modules[1]))
    found = airplan.contribution(Campaign("chapter", modules[1]))
    assert {"chaptr.sites", "chapter.sites"} == {metric.id for metric in found.metrics}
