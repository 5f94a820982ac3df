"""The contract of a small campaign: what it promises, and what is told of a rule that does not."""

import datetime as dt
import importlib
import os
import re
import subprocess
import sys

import attrs
import pytest

import airplan_core as airplan
from airplan_core import (
    ALWAYS,
    Campaign,
    Entity,
    Flag,
    Measured,
    Plan,
    PluginError,
    Rule,
    Task,
    flag,
    measured,
)
from airplan_core.testing import contract
from tests.ledgers import MEAN, RULES, Chapter

PLAN = Plan(
    id="p", title="方案", county="县", begins=dt.date(2025, 1, 1), ends=dt.date(2025, 12, 31)
)
TASK = Task(id="1.1", heading="任务", campaign="small", plan=PLAN)


class Site(Entity, zh="工地"):
    """A site."""

    dust: Measured = measured("mg/m³", zh="颗粒物")
    fenced: Flag = flag(zh="是否围挡")


FENCED = Rule(
    id="small.fenced", clause=TASK.clause(1, "必须围挡"), en="Sites are fenced.", subject=Site,
    requires=Site.fenced, keeps=[{Site.fenced: True}], breaks=[{Site.fenced: False}],
)  # fmt: skip


class Small:
    def __init__(self, *rules):
        self.rules = rules

    @airplan.hookimpl
    def airplan_entities(self):
        return [Site]

    @airplan.hookimpl
    def airplan_clauses(self):
        return [rule.clause for rule in self.rules]

    @airplan.hookimpl
    def airplan_rules(self):
        return self.rules


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"requires": Site.dust.at_most("10 mg/m³") & ~ALWAYS},
        {"applies": ~ALWAYS},
    ],
    ids=["plain", "never met", "never applies"],
)
def test_a_limited_field_has_its_direction(changed):
    """It says which way is cleaner, also where nobody can meet the rule, or it speaks of no one."""
    asked = {"requires": Site.dust.at_most("10 mg/m³"), **changed}
    rule = attrs.evolve(FENCED, **asked)
    with pytest.raises(AssertionError, match="dust.*which way is cleaner"):
        contract(Small(rule))().test_rule_is_documented(rule)


def test_a_metric_has_its_name_in_english():
    """A field is called as its name is; a metric has only the label that it is given."""
    held = next(rule for rule in RULES if MEAN in rule.leaves())
    bare = attrs.evolve(held, requires=attrs.evolve(MEAN, en="").at_most("35 µg/m³"))
    kept = contract(Chapter())()
    kept.test_rule_is_documented(held)
    with pytest.raises(AssertionError, match="test.mean has no English label"):
        kept.test_rule_is_documented(bare)


def cases(test):
    """What each of a promise's tests is about; None of a promise that is one test."""
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "parametrize":
            return list(mark.args[1])
    return None


def test_a_promise_of_nothing_is_not_made():
    """A rule without numbers, units or due dates has no such test, not even a skipped one."""
    made = vars(contract(Small(FENCED)))
    promised = {name: cases(test) for name, test in made.items() if name.startswith("test_")}
    assert promised["test_rule_is_documented"] == [FENCED]
    assert "test_order_changes_nothing" in promised
    assert "test_units_change_nothing" not in promised
    assert [] not in promised.values()


def test_a_contract_of_no_rule_is_an_error():
    """It would hold the plugin to nothing, and pass."""
    with pytest.raises(PluginError, match="'Small' has no rule"):
        contract(Small())


def test_a_plugin_that_is_needed_may_be_named():
    """By the name under which it is installed, beside a plugin's own name, or an object."""
    assert cases(contract("no2", needs=["targets"]).test_rule_is_documented) == cases(
        contract("no2").test_rule_is_documented
    )
    for needs in (["qinyang"], [Chapter(), "qinyang"]):
        assert cases(contract(Small(FENCED), needs).test_rule_is_documented) == [FENCED]
    with pytest.raises(PluginError, match="did you mean 'targets'"):
        contract("no2", needs=["tragets"])


CHAPTER = """
import datetime as dt
from airplan_core import Entity, Flag, Plan, Rule, Task, flag

PLAN = Plan(
    id="p", title="方案", county="县", begins=dt.date(2025, 1, 1), ends=dt.date(2025, 12, 31)
)
TASK = Task(id="1.3", heading="一章", campaign="{name}", plan=PLAN)

class {kind}(Entity, zh="{kind}"):
    washed: Flag = flag(zh="是否冲洗")

WASHED = Rule(
    id="{name}.{kind}-washed", clause=TASK.clause({number}, "{kind}必须冲洗"), subject={kind},
    requires={kind}.washed,
)
"""


def test_a_module_that_is_left_out_is_told(tmp_path, monkeypatch):
    """A rule in a module of the campaign's package, or of a package in it, is the campaign's."""
    for number, (path, kind) in enumerate({"one": "yard", "deep/two": "gate"}.items(), 1):
        file = tmp_path / "left_out" / f"{path}.py"
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(CHAPTER.format(name="left", kind=kind, number=number), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    one, two = (importlib.import_module(f"left_out.{name}") for name in ("one", "deep.two"))
    name = two.__name__
    alone = contract(Campaign("left", one))()
    assert cases(alone.test_no_module_is_left_out) == ["left_out", "left_out.deep", name]
    with pytest.raises(AssertionError, match=f"list {name} .*'left.gate-washed'"):
        alone.test_no_module_is_left_out(name)
    contract(Campaign("left", one), [Campaign("right", two)])().test_no_module_is_left_out(name)
    both = contract(Campaign("left", one, two))
    assert cases(both.test_no_module_is_left_out) == ["left_out", "left_out.deep"]


OUTSIDE = '''
"""A chapter of some other county."""
import datetime as dt
from airplan_core import (
    Count, County, Entity, Event, Flag, Measured, Plan, Reference, Rule, Task, by, during, event,
    flag, measured, reference,
)

PLAN = Plan(
    id="p", title="方案", county="县", begins=dt.date(2025, 1, 1), ends=dt.date(2025, 12, 31)
)
TASK = Task(id="1.3", heading="一章", campaign="outside", plan=PLAN)

class Lot(Entity, zh="地块"):
    """A lot."""

    county: Reference[County] = reference(County, zh="县市")
    dust: Measured = measured("mg/m³", zh="颗粒物", better={better!r})
    swept: Flag = flag(zh="已清扫")
    done_on: Event = event(zh="完成日期")

DONE = Count(id="outside.done", zh="完成数", en="done", unit="个", of=Lot.county, on=Lot.done_on,
             better="more")
RULES = (
    Rule(id="outside.dust", clause=TASK.clause(1, "应不高于10 mg/m³"), en="No dust.", subject=Lot,
         requires=Lot.dust.at_most("10 mg/m³"), keeps=[{{Lot.dust: {kept!r}}}],
         breaks=[{{Lot.dust: "11 mg/m³"}}]),
    Rule(id="outside.done-in-time", clause=TASK.clause(2, "2025年6月底前应完成"), en="Done.",
         subject=Lot, requires=Lot.done_on.happened(), due=by({due!r}),
         keeps=[{{Lot.done_on: "2025-06-30"}}], breaks=[{{Lot.done_on: "never"}}]),
    Rule(id="outside.counted", clause=TASK.clause(3, "2025年完成3个以上"), en={en!r},
         subject=County, requires=DONE.at_least("3 个"), due=during(2025), keeps=[{{DONE: "3 个"}}],
         breaks=[{{DONE: "2 个"}}]),
)
'''
HELD = """
import outside
from airplan_core import Campaign
from airplan_core.testing import contract

TestContract = contract(Campaign("outside", outside), plan="plan.txt")
"""
RIGHT = {"better": "less", "kept": "10 mg/m³", "due": "2025-06-30", "en": "Counted."}


def held_elsewhere(folder, **wrong):
    """What pytest prints of a plugin in a folder of its own, without the settings of any project."""
    (folder / "outside.py").write_text(OUTSIDE.format(**RIGHT | wrong), "utf-8")
    (folder / "test_outside.py").write_text(HELD, "utf-8")
    sentences = "".join(
        line.partition('"')[2] for line in OUTSIDE.splitlines() if "clause(" in line
    )
    (folder / "plan.txt").write_text(f"一章。{sentences}", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", str(folder)],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_a_plugin_elsewhere_is_held_to_the_contract(tmp_path):
    """It needs no settings of hypothesis, nor any file of this project."""
    found = held_elsewhere(tmp_path)
    assert found.returncode == 0, found.stdout
    assert "failed" not in found.stdout
    assert "skipped" not in found.stdout


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"better": "more"}, "Lot.dust: better='more', but 10 → 10.000001 on 2025-01-01 breaks"),
        ({"kept": "12 mg/m³"}, "keeps {Lot.dust: 12 mg/m³} came out outside.dust: VIOLATION"),
        ({"kept": "12 km"}, "Lot.dust is measured in 'mg/m³'; '12 km' does not fit"),
        ({"due": "2025-07-31"}, "said, but not held: ['2025年6月底前 (2025-06-30)']"),
        ({"en": ""}, "say in English what the rule asks"),
    ],
)
def test_a_broken_promise_is_told_in_ten_lines(tmp_path, wrong, told):
    """What is wrong, and the row that shows it; not how it was found out."""
    out = held_elsewhere(tmp_path, **wrong).stdout
    failures = re.split(r"(?m)^_+ .* _+$", out.partition("short test summary")[0])[1:]
    assert failures
    assert any(told in failure for failure in failures), out
    assert all(len(failure.strip().splitlines()) <= 10 for failure in failures), out
    assert "Traceback" not in out
