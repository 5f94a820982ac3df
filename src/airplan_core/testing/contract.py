"""The contract: what every rule of a plugin promises, each promise a test of its own."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.scalar import decide
from airplan_core.errors import PluginError
from airplan_core.model.clause import Clause
from airplan_core.model.duty import Duty, duties
from airplan_core.model.entity import ledger_of
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import SHORT, Outcome
from airplan_core.model.printed import PlanTable
from airplan_core.model.rule import Rule
from airplan_core.rulebook import plugins
from airplan_core.rulebook.building import build_rulebook
from airplan_core.rulebook.campaign import Campaign
from airplan_core.rulebook.plugins import Contribution
from airplan_core.rulebook.rulebook import Rulebook
from airplan_core.testing import modules, promises
from airplan_core.testing.brief import BrokenError, briefly, facts, outcomes
from airplan_core.testing.cases import readings
from airplan_core.testing.examples import example_day, row_of, table_of_rows
from airplan_core.testing.numbers import (
    mismatch,
    numbers_in,
    numbers_in_condition,
    numbers_in_sentence,
    numbers_in_text,
)

#: How many subjects are drawn of each duty where no profile of hypothesis says otherwise.
_DRAWN = 25

#: Where the plan's own text is looked for; it is not part of any plugin.
PLAN = "AIRPLAN_PLAN"


def contract(plugin: Any, needs: Sequence[Any] = (), plan: str | Path | None = None) -> type:
    """A pytest class that holds a plugin to the contract, one test for each promise and rule.

    Args:
        plugin: the name of an installed plugin; or a campaign, a module or an object with hooks.
        needs: the plugins whose ledgers it refers to, given likewise; an installed one knows them.
        plan: the plan's text, to find the quotes in; or the environment's AIRPLAN_PLAN, or
            `../shared/plan/plan.zh.txt` beside the working folder. Without any, that one promise is
            skipped, and says so.

    A promise that speaks of nothing the plugin has - a unit, a due date - is not made.

    Raises:
        PluginError: the plugin has no rule, or is none.
        BrokenError: an example's value is none that its field could have.
    """
    contributions = _contributions(plugin, needs)
    mine = contributions[0]
    if not mine.rules:
        raise PluginError(
            f"the plugin {mine.plugin!r} has no rule; the contract would hold it to nothing: give "
            "the plugin that yields the rules, and what it refers to as needs=[…]"
        )
    rulebook = build_rulebook(contributions)
    flat = dict(itertools.chain.from_iterable(map(readings, mine.rules)))
    _readable(flat.values())
    each_rule = pytest.mark.parametrize("rule", mine.rules, ids=lambda rule: rule.id)
    with_numbers = [rule for rule in mine.rules if _has_numbers(rule, rulebook)]
    each_number = pytest.mark.parametrize("rule", with_numbers, ids=lambda rule: rule.id)

    waiving = [clause for clause in mine.clauses if clause.waives]
    campaign = plugins.installed()[plugin].load() if isinstance(plugin, str) else plugin
    unlisted = modules.unlisted(campaign) if isinstance(campaign, Campaign) else []
    each_unlisted = pytest.mark.parametrize("module", unlisted)

    def each_duty(speaks_of: Callable[[Duty], Any] = lambda duty: True) -> pytest.MarkDecorator:
        """A test for each duty of which a promise speaks."""
        found = {id: duty for id, duty in flat.items() if speaks_of(duty)}
        return pytest.mark.parametrize("duty", found.values(), ids=found.keys())

    of_profile = settings.get_current_profile_name() != "default"
    drawn = settings(
        deadline=None,
        max_examples=settings().max_examples if of_profile else _DRAWN,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )

    class Contract:
        """What every rule of the plugin promises."""

        @each_rule
        def test_examples_keep_and_break(self, rule: Rule) -> None:
            """Every example keeps or breaks as said, by both readers."""
            _examples(rule)

        @each_number
        def test_numbers_stand_in_the_sentence(self, rule: Rule) -> None:
            """The sentence and the condition hold the same numbers."""
            unheld, unsaid = mismatch(rule, _duties(rule, rulebook))
            assert not unheld, f"said, but not held: {unheld}"
            assert not unsaid, f"held, but not said: {unsaid}"

        @pytest.mark.parametrize("clause", waiving, ids=lambda clause: clause.id)
        def test_numbers_of_waivers_stand_in_the_sentence(self, clause: Clause) -> None:
            """Who a sentence exempts from other rules is told by its own numbers."""
            held = numbers_in(one.when for one in clause.waives) - numbers_in_text(clause.text)
            assert held == set(), f"held, but not said: {sorted(held)}"

        @pytest.mark.parametrize("clause", mine.clauses, ids=lambda clause: clause.id)
        def test_quote_stands_in_the_plan(self, clause: Any) -> None:
            """The sentence stands in the plan, in the paragraph of its task."""
            _quoted(clause, plan)

        @pytest.mark.parametrize("table", mine.tables, ids=lambda table: table.id)
        def test_table_stands_in_the_plan(self, table: PlanTable) -> None:
            """The table's cells stand in the plan under its heading, row by row, in its order."""
            _printed(table, plan)

        @each_duty()
        def test_readers_agree_at_every_boundary(self, duty: Duty) -> None:
            """Every reader gives one outcome around every limit and date, and for missing facts."""
            promises.readers_agree(duty)

        @each_duty(promises.measured)
        def test_units_change_nothing(self, duty: Duty) -> None:
            """The same fact in another unit is the same value."""
            promises.units_change_nothing(duty)

        @each_duty(Duty.leaves)
        @drawn
        @given(data=st.data())
        def test_information_is_monotone(self, duty: Duty, data: st.DataObject) -> None:
            """A fact filled in decides what was open, and overturns nothing that was decided."""
            promises.monotone(duty, data)

        @each_duty(promises.limited)
        @drawn
        @given(data=st.data())
        def test_cleaner_never_fares_worse(self, duty: Duty, data: st.DataObject) -> None:
            """Every limited field knows its direction, and moving along it breaks nothing."""
            promises.cleaner(duty, data)

        @each_duty(promises.task)
        @drawn
        @given(data=st.data())
        def test_later_never_mends(self, duty: Duty, data: st.DataObject) -> None:
            """What falls short stays so, or late, as days go by on the same facts."""
            promises.later(duty, data)

        @each_unlisted
        def test_no_module_is_left_out(self, module: str) -> None:
            """What is written in a module of the campaign's package is yielded by a plugin."""
            found = modules.left_out(campaign, module, contributions)
            assert not found, f"list {module} in the campaign, which leaves out {found}"

        def test_order_changes_nothing(self) -> None:
            """Shuffled plugins and rules make the same rulebook."""
            _shuffled(contributions, rulebook)

        @each_rule
        def test_rule_is_documented(self, rule: Rule) -> None:
            """A rule has a telling id, an English sentence, and what it reads its words."""
            _documented(rule)

    for name, promise in [*vars(Contract).items()]:
        if _speaks_of_nothing(promise):
            delattr(Contract, name)
        elif name.startswith("test_"):
            setattr(Contract, name, briefly(promise))
    Contract.__module__ = __name__
    return Contract


def _readable(duties: Iterable[Duty]) -> None:
    """Check that what examples say can be read, before rows are made around them."""
    for duty in duties:
        rule = duty.rule
        for word, examples in (("keeps", rule.keeps), ("breaks", rule.breaks)):
            for example in examples:
                try:
                    row_of(duty, example)
                except ValueError as error:
                    told = f"{rule.id}: {word} {facts(example.facts)}: {error}"
                    raise BrokenError(told) from None


def _contributions(plugin: Any, needs: Sequence[Any]) -> list[Contribution]:
    """What a plugin yields, and then what those yield that it needs."""
    given = (plugin, *needs)
    installed = plugins.discover([one for one in given if isinstance(one, str)])
    made = [plugins.contribution(one) for one in given if not isinstance(one, str)]
    return [*installed, *made] if isinstance(plugin, str) else [*made, *installed]


def _speaks_of_nothing(promise: Any) -> bool:
    """Whether a promise has no case: it is not made, where pytest would skip it."""
    marks = getattr(promise, "pytestmark", ())
    return any(mark.name == "parametrize" and not mark.args[1] for mark in marks)


def _duties(rule: Rule, rulebook: Rulebook) -> tuple[Duty, ...]:
    """The rule as it is written: who another sentence exempts from it is for that to say."""
    return duties(rule, rulebook.choices)


def _has_numbers(rule: Rule, rulebook: Rulebook) -> bool:
    """Whether the sentence or the condition holds a number, so that they are to be compared."""
    held = numbers_in_condition(rule, _duties(rule, rulebook))
    return bool(rule.numbers or held or numbers_in_sentence(rule))


def _by_columns(duty: Duty, rows: Sequence[Mapping[str, Any]], day: dt.date) -> list[int]:
    table = table_of_rows(duty, rows)
    found = table.select(columns.outcome(duty, day, exemptions=True).alias("o"))["o"]
    return found.to_list()


def _examples(rule: Rule) -> None:
    assert rule.keeps, "write an example that keeps the rule"
    assert rule.breaks, "write an example that breaks the rule"
    for kept, examples in ((True, rule.keeps), (False, rule.breaks)):
        for example in examples:
            day = example_day(rule, example)
            found = {}
            for duty in duties(rule, rule.speaks_of.but(example).readings):
                row = row_of(duty, example)
                possible = decide(duty, row, day)
                (other,) = _by_columns(duty, [row], day)
                told = f"{outcomes(possible)} by one reader, {outcomes(other)} by another"
                assert other == possible, f"{facts(example.facts)} came out {told}"
                found[duty.id] = possible
            if kept:
                # of a rule in stages, the later ones may still be open on the example's day; a ban
                # does not speak of who has none of what it forbids
                well = Outcome.COMPLIANT if rule.forbids is None else Outcome.NOT_APPLICABLE
                met = well | Outcome.PENDING
                good = well in found.values() and not any(
                    possible & ~met for possible in found.values()
                )
            else:
                good = any(
                    possible & SHORT and not possible & ~SHORT for possible in found.values()
                )
            named = ", ".join(f"{id}: {outcomes(possible)}" for id, possible in found.items())
            assert good, (
                f"{'keeps' if kept else 'breaks'} {facts(example.facts)} came out {named} on {day}"
            )


def _quoted(clause: Any, plan: str | Path | None) -> None:
    if not clause.plan.county:
        pytest.skip(f"{clause.plan.title} is a standard, whose words stand in no plan")
    text = plan_text(plan)
    if text is None:
        pytest.skip(f"the plan's text is not here; name it in {PLAN}")
    lines = text.splitlines()
    table = _below(lines, clause.heading)
    for piece in clause.text.split(" … "):
        if _squeezed(piece) in table:
            continue
        places = [number for number, line in enumerate(lines) if piece in line]
        assert places, f"{clause.id}: {piece!r} stands nowhere in the plan"
        heading = clause.heading
        assert any(
            heading in line for place in places for line in lines[max(0, place - 3) : place + 1]
        ), f"{clause.id}: {piece!r} does not stand under {heading!r}"


def _printed(table: PlanTable, plan: str | Path | None) -> None:
    text = plan_text(plan)
    if text is None:
        pytest.skip(f"the plan's text is not here; name it in {PLAN}")
    below = _below(text.splitlines(), table.task.heading)
    assert below, f"table {table.id}: no line of the plan is {table.task.heading!r}"
    for name, cells in table.rows:
        row = _squeezed("".join((name, *cells)))
        assert row in below, f"table {table.id}, row {name!r}: the cells are not the plan's"
    for column in table.columns:
        for words in column.words:
            assert _squeezed(words) in below, f"table {table.id}: no column is headed {words!r}"


def _below(lines: Sequence[str], heading: str) -> str:
    """What stands below a heading that has a line of its own, up to the next annex's."""
    for place, line in enumerate(lines):
        if heading and _squeezed(line) == _squeezed(heading):
            rest = lines[place + 1 :]
            ends = (n for n, one in enumerate(rest) if re.fullmatch(r"附件\d*", one.strip()))
            return _squeezed("".join(rest[: next(ends, len(rest))]))
    return ""


def _squeezed(text: str) -> str:
    """A text without the spaces and line breaks that stand in the cells of a table."""
    return "".join(text.split())


def plan_text(plan: str | Path | None = None) -> str | None:
    """The plan's text, or None where it is not to be had."""
    named = plan or os.environ.get(PLAN)
    here = Path.cwd()
    guesses = [Path(named)] if named else [p / "shared/plan/plan.zh.txt" for p in here.parents]
    for path in guesses:
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def _shuffled(contributions: list[Contribution], rulebook: Rulebook) -> None:
    import attrs

    shuffler = random.Random(0)
    for _ in range(3):
        mixed = [
            attrs.evolve(
                one,
                rules=tuple(shuffler.sample(one.rules, len(one.rules))),
                clauses=tuple(shuffler.sample(one.clauses, len(one.clauses))),
                entities=tuple(shuffler.sample(one.entities, len(one.entities))),
            )
            for one in shuffler.sample(contributions, len(contributions))
        ]
        other = build_rulebook(mixed)
        told = "in another order the plugins and rules make another rulebook"
        assert list(other.rules) == list(rulebook.rules), told
        assert [duty.id for duty in other.duties] == [duty.id for duty in rulebook.duties], told
        assert other.coverage() == rulebook.coverage(), told


def _documented(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+\.[a-z0-9]+(-[a-z0-9]+)*", rule.id), (
        f"{rule.id!r}: an id is written campaign.what-it-asks"
    )
    assert rule.en.strip(), "say in English what the rule asks (en=…)"
    assert rule.text.strip(), "quote the sentence"
    for exempt in rule.exempt:
        quoted = any(exempt.text in clause.text for clause in rule.clauses)
        assert quoted, f"the exemption's words {exempt.text!r} are not in the sentence"
    for leaf in rule.leaves():
        assert leaf.zh, f"{leaf.title} has no Chinese label"
        if isinstance(leaf, Metric):  # a field without a label is called as its name is
            assert leaf.en, f"{leaf.title} has no English label"
    promises.directed(rule.limiting)
    assert (rule.subject.__doc__ or "").strip(), (
        f"{ledger_of(rule.subject).name}: say what a row is"
    )


__all__ = ["PLAN", "contract", "plan_text"]
