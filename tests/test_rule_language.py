"""What a rule says once: its subject, its readings, a field's name."""

import datetime as dt

import attrs
import pytest

from airplan_core import (
    ALWAYS,
    Config,
    Entity,
    Example,
    Facts,
    Interpretation,
    Rule,
    RuleError,
    assess,
    by,
    check,
    duties,
    event,
    flag,
    ledger_of,
    on,
)
from airplan_core.facts.reading import read_folder
from airplan_core.handbook.listing import rules as listed
from airplan_core.testing import example_day, row_of
from tests.ledgers import TASK, Kiln, rulebook, small_exit

QUESTION = Interpretation(
    id="Q", question="?", readings={"a": "one", "b": "two", "c": "three"}, default="a"
)
NEVER_TRUE = ~ALWAYS


def rule(applies, **more):
    return Rule(
        id="test.x", clause=TASK.clause(1, "…"), subject=Kiln, applies=applies,
        requires=Kiln.standby, **more,
    )  # fmt: skip


def applies(tree, reading):
    (duty,) = duties(rule(tree), {"Q": reading})
    return duty.applies


def test_a_condition_counts_where_a_reading_is_taken():
    """Under that reading a duty holds the rest alone, under every other nothing applies."""
    steel = Kiln.works.industry.is_("钢铁")
    tree = QUESTION.takes("a", "b") & steel & Kiln.standby
    assert applies(tree, "a") == applies(tree, "b") == steel & Kiln.standby
    assert applies(tree, "c") == NEVER_TRUE
    assert applies(QUESTION.takes("a"), "a") == ALWAYS


def test_a_condition_counts_where_a_reading_is_not_taken():
    """With | the rest counts under the other readings, and not under the one that is taken."""
    tree = Kiln.standby & (QUESTION.takes("a") | Kiln.works.industry.is_("钢铁"))
    assert applies(tree, "a") == Kiln.standby
    assert applies(tree, "b") == Kiln.standby & Kiln.works.industry.is_("钢铁")
    assert applies(~QUESTION.takes("b"), "a") == ALWAYS
    assert applies(~QUESTION.takes("b"), "b") == NEVER_TRUE


def test_branches_that_are_made_are_those_that_are_written():
    """`each` takes a mapping where `choose` takes names."""
    made = {
        reading: Kiln.dust.at_most(f"{n} µg/m³")
        for n, (reading, _) in enumerate(QUESTION.readings, 1)
    }
    assert QUESTION.each(made) == QUESTION.choose(**made)
    with pytest.raises(RuleError, match="'c' has no condition"):
        QUESTION.each({"a": ALWAYS, "b": ALWAYS})


@pytest.mark.parametrize(
    "asked",
    [
        lambda: QUESTION.takes("aa"),
        lambda: QUESTION.read_as("aa", {}),
        lambda: QUESTION.each({"a": ALWAYS, "aa": ALWAYS, "b": ALWAYS, "c": ALWAYS}),
    ],
)
def test_an_unknown_reading_is_told(asked):
    """The nearest reading is named."""
    with pytest.raises(RuleError, match="the reading 'aa' is unknown; did you mean 'a'"):
        asked()


def test_examples_say_what_differs():
    """An example is the subject that the rule speaks of, but for what it says itself."""
    one = attrs.evolve(
        small_exit,
        speaks_of={Kiln.capacity: "100 吨/年", Kiln.standby: False},
        keeps=[{Kiln.closed_on: "2025-09-30"}],
        breaks=[{}, {Kiln.capacity: "99 吨/年"}, {Kiln.standby: None}],
    )
    (duty,) = duties(one, {})
    rows = [row_of(duty, example) for example in (*one.keeps, *one.breaks)]
    assert [str(row["capacity"]) for row in rows] == ["100", "100", "99", "100"]
    assert [row["standby"] for row in rows] == [False, False, False, None]
    assert [str(row["closed_on"]) for row in rows] == ["2025-09-30", "None", "None", "None"]


def test_an_example_has_its_day_and_its_readings():
    """They are words of their own, in either order, and what the rule speaks of may have them."""
    example = on("2025-10-01", QUESTION.read_as("b", {Kiln.standby: True}))
    assert example == QUESTION.read_as("b", on("2025-10-01", {Kiln.standby: True}))
    assert (example.day, example.readings) == (dt.date(2025, 10, 1), {"Q": "b"})
    one = rule(ALWAYS, speaks_of=on("2025-03-01", {}), keeps=[{}, on("2025-04-01", {})])
    assert [str(example_day(one, each)) for each in one.keeps] == ["2025-03-01", "2025-04-01"]
    due = rule(ALWAYS, due=by("2025-09-30", "2025-12-31"))
    assert example_day(due, Example()) == dt.date(2026, 1, 1)
    assert example_day(rule(ALWAYS), Example()) == dt.date(2024, 1, 1)


def test_an_example_is_by_fields():
    """A word among the fields says what to write instead."""
    with pytest.raises(RuleError, match=r"not by 'as_of'; its day is written on\("):
        rule(ALWAYS, keeps=[{"as_of": "2025-01-01", Kiln.standby: True}])


def test_a_field_without_an_english_name_has_its_own(tmp_path):
    """With spaces: as a label, as a header of a file, and as nobody else's name."""

    class Lamp(Entity, zh="灯"):
        new_energy = flag(zh="是否新能源")
        lit_on = event(zh="点亮日期", en="first lit")

    assert ledger_of(Lamp).en == "lamp"
    assert Lamp.new_energy.label("en") == "new energy"
    assert Lamp.lit_on.label("en") == "first lit"
    (tmp_path / "lamp.csv").write_text("id,New energy\n1,是\n", "utf-8")
    assert read_folder(tmp_path, [Lamp]).table(Lamp)["new_energy"].to_list() == [True]
    with pytest.raises(RuleError, match="are both called 'new energy'"):

        class Twice(Entity, zh="两次"):
            new_energy = flag(zh="是否新能源")
            other = flag(zh="另", en="new energy")


def test_a_date_holds_under_the_readings_that_say_so():
    """How far a date reaches may be open; a subject has no say in it."""
    dated = rule(ALWAYS, due=by("2025-09-30"), dated=QUESTION.takes("b", "c"))
    days = {one: [duty.due for duty in duties(dated, {"Q": one})] for one in "abc"}
    assert days == {"a": [None], "b": [dt.date(2025, 9, 30)], "c": [dt.date(2025, 9, 30)]}
    with pytest.raises(RuleError, match="for a reading to say"):
        rule(ALWAYS, due=by("2025-09-30"), dated=Kiln.standby)


def test_what_another_reading_asks_is_not_asked():
    """It has no verdict, not even 不适用; an explanation says by which reading, a listing has it."""
    ways = {"test.one-way": "a", "test.other-way": "b"}
    one, other = (
        attrs.evolve(small_exit, id=id, applies=QUESTION.takes(taken)) for id, taken in ways.items()
    )
    for taken, asked, silent in (("a", one, other), ("b", other, one)):
        book = rulebook(
            Config(interpretations={"Q": taken}), rules=(one, other), clauses=(small_exit.clause,)
        )
        kiln = Kiln(id="k", closed_on="never", standby=False)
        found = assess(book, Facts.of(kiln), dt.date(2026, 1, 1))
        assert set(found.verdicts["rule"]) == set(found.counts["rule"]) == {asked.id}
        assert {verdict.rule for verdict in check(book, kiln, dt.date(2026, 1, 1))} == {asked.id}
        assert found.explain(asked.id, "k").reasons
        with pytest.raises(RuleError, match=f"asks nothing under the reading taken .Q = {taken}"):
            found.explain(silent.id, "k")
        assert {row["rule"] for row in listed(book)} == {one.id, other.id}
