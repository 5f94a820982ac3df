"""The contract: what every rule of a plugin promises, each promise a test of its own."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.scalar import compiled, decide
from airplan_core.model import duty as duty_, outcome as verdict
from airplan_core.model.duty import Duty, duties
from airplan_core.model.entity import ledger_of
from airplan_core.model.fields import Counted, Measured
from airplan_core.model.metric import Metric, questions
from airplan_core.model.outcome import SHORT, Outcome
from airplan_core.model.rule import Rule
from airplan_core.model.tree import Compare, Constant, Until, walk
from airplan_core.quantities import units
from airplan_core.readers.boundaries import boundaries, changed
from airplan_core.rulebook import plugins
from airplan_core.rulebook.building import build_rulebook
from airplan_core.rulebook.plugins import Contribution
from airplan_core.rulebook.rulebook import Rulebook
from airplan_core.testing.examples import example_day, row_of, table_of_rows
from airplan_core.testing.numbers import (
    numbers_in_condition,
    numbers_in_metrics,
    numbers_in_sentence,
)
from airplan_core.testing.strategies import rows

#: A metric of which nothing is known but that it is not negative.
UNKNOWN = (Decimal(0), None)

_ID = re.compile(r"[a-z0-9]+\.[a-z0-9]+(-[a-z0-9]+)*")

#: Where the plan's own text is looked for; it is not part of any plugin.
PLAN = "AIRPLAN_PLAN"


def contract(plugin: Any, needs: Sequence[Any] = (), plan: str | Path | None = None) -> type:
    """A pytest class that holds a plugin to the contract, one test for each promise and rule.

    Args:
        plugin: the name of an installed plugin; or a campaign, a module or an object with hooks.
        needs: the plugins whose ledgers it refers to; an installed one knows them.
        plan: the plan's text, to find the quotes in; or the environment's AIRPLAN_PLAN, or
            `../shared/plan/plan.zh.txt` beside the working folder. Without any, that one promise is
            skipped, and says so.
    """
    installed = plugins.discover([plugin]) if isinstance(plugin, str) else ()
    contributions = [
        *installed,
        *map(plugins.contribution, needs if installed else (plugin, *needs)),
    ]
    mine = contributions[0]
    rulebook = build_rulebook(contributions)
    flat = dict(itertools.chain.from_iterable(map(_readings, mine.rules)))
    each_rule = pytest.mark.parametrize("rule", mine.rules, ids=lambda rule: rule.id)
    each_duty = pytest.mark.parametrize("duty", flat.values(), ids=flat.keys())

    class Contract:
        """What every rule of the plugin promises."""

        @each_rule
        def test_examples_keep_and_break(self, rule: Rule) -> None:
            """Every example keeps or breaks as said, by both readers."""
            _examples(rule)

        @each_rule
        def test_numbers_stand_in_the_sentence(self, rule: Rule) -> None:
            """The sentence and the condition hold the same numbers."""
            said = numbers_in_sentence(rule)
            held = numbers_in_condition(rule, _duties(rule, rulebook))
            # what a metric is made of may be said by the sentence, or by the standard
            unheld = said - held - numbers_in_metrics(rule)
            assert unheld == set(), f"said, but not held: {sorted(unheld)}"
            assert held - said == set(), f"held, but not said: {sorted(held - said)}"

        @pytest.mark.parametrize("clause", mine.clauses, ids=lambda clause: clause.id)
        def test_quote_stands_in_the_plan(self, clause: Any) -> None:
            """The sentence stands in the plan, in the paragraph of its task."""
            _quoted(clause, plan)

        @each_duty
        def test_readers_agree_at_every_boundary(self, duty: Duty) -> None:
            """Both readers give one outcome around every limit and date, and for missing facts."""
            _readers_agree(duty)

        @each_duty
        def test_units_change_nothing(self, duty: Duty) -> None:
            """The same fact in another unit is the same value."""
            _unit_invariant(duty)

        @each_duty
        @given(data=st.data())
        def test_information_is_monotone(self, duty: Duty, data: st.DataObject) -> None:
            """A fact filled in decides what was open, and overturns nothing that was decided."""
            _monotone(duty, data)

        @each_duty
        @given(data=st.data())
        def test_cleaner_never_fares_worse(self, duty: Duty, data: st.DataObject) -> None:
            """Every limited field knows its direction, and moving along it breaks nothing."""
            _cleaner(duty, data)

        @each_duty
        @given(data=st.data())
        def test_later_never_mends(self, duty: Duty, data: st.DataObject) -> None:
            """What falls short stays so, or late, as days go by on the same facts."""
            _later(duty, data)

        def test_order_changes_nothing(self) -> None:
            """Shuffled plugins and rules make the same rulebook."""
            _shuffled(contributions, rulebook)

        @each_rule
        def test_rule_is_documented(self, rule: Rule) -> None:
            """A rule has a telling id, an English sentence, and labels for what it reads."""
            _documented(rule)

    Contract.__module__ = __name__
    return Contract


def _readings(rule: Rule) -> Iterator[tuple[str, Duty]]:
    """The rule's duties by id, under the readings taken by default and under every other one."""
    yield from ((duty.id, duty) for duty in duties(rule, {}))
    for question in questions(*rule.trees):
        for reading, _ in question.readings:
            if reading != question.default:
                for duty in duties(rule, {question.id: reading}):
                    yield f"{duty.id} [{question.id}={reading}]", duty


def _duties(rule: Rule, rulebook: Rulebook) -> list[Duty]:
    return [duty for duty in rulebook.by_entity[rule.subject] if duty.rule.id == rule.id]


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
                assert _by_columns(duty, [row], day) == [possible]
                found[duty.id] = possible
            if kept:
                # of a rule in stages, the later ones may still be open on the example's day
                met = Outcome.COMPLIANT | Outcome.PENDING
                good = Outcome.COMPLIANT in found.values() and not any(
                    possible & ~met for possible in found.values()
                )
            else:
                good = any(
                    possible & SHORT and not possible & ~SHORT for possible in found.values()
                )
            named = {id: verdict.members(possible) for id, possible in found.items()}
            assert good, f"{'keeps' if kept else 'breaks'} {example} came out {named} on {day}"


def _quoted(clause: Any, plan: str | Path | None) -> None:
    text = plan_text(plan)
    if text is None:
        pytest.skip(f"the plan's text is not here; name it in {PLAN}")
    lines = text.splitlines()
    for piece in clause.text.split(" … "):
        places = [number for number, line in enumerate(lines) if piece in line]
        assert places, f"{clause.id}: {piece!r} stands nowhere in the plan"
        heading = clause.heading
        assert any(
            heading in line for place in places for line in lines[max(0, place - 3) : place + 1]
        ), f"{clause.id}: {piece!r} does not stand under {heading!r}"


def plan_text(plan: str | Path | None = None) -> str | None:
    """The plan's text, or None where it is not to be had."""
    named = plan or os.environ.get(PLAN)
    here = Path.cwd()
    guesses = [Path(named)] if named else [p / "shared/plan/plan.zh.txt" for p in here.parents]
    for path in guesses:
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def days(duty: Duty) -> list[dt.date]:
    """The days that matter to a duty: the day before, of and after each of its dates."""
    plan = duty.clause.plan
    ends = [node.day for tree in duty.trees for node in walk(tree) if isinstance(node, Until)]
    around = [plan.begins, plan.ends, *ends] + ([duty.due] if duty.due else [])
    found = {day + dt.timedelta(days=shift) for day in around for shift in (-1, 0, 1)}
    return sorted(day for day in found if day >= plan.begins)


def boundary_rows(duty: Duty, day: dt.date) -> list[dict[str, Any]]:
    """Rows at every place where the duty can turn: one fact or two changed from an example."""
    examples = (*duty.rule.keeps, *duty.rule.breaks)
    found = []
    for base in [row_of(duty, example) for example in examples] or [row_of(duty, {})]:
        found.append(base)
        found.append({**base, duty_.granted(duty): True})
        near = boundaries(duty, day, base)
        for leaf, values in near.items():
            for value in [*values, UNKNOWN if isinstance(leaf, Metric) else None]:
                found.append(changed(base, leaf, value))
        for one, other in itertools.islice(itertools.combinations(near, 2), 40):
            for value, second in itertools.product(near[one][:4], near[other][:4]):
                found.append(changed(changed(base, one, value), other, second))
    return found


def _readers_agree(duty: Duty) -> None:
    for day in days(duty):
        found = boundary_rows(duty, day)
        one_by_one = [decide(duty, row, day) for row in found]
        at_once = _by_columns(duty, found, day)
        read = compiled([duty], day)
        generated = [read(row)[0] for row in found]
        short = table_of_rows(duty, found).select(
            columns.falls_short(duty, day, exemptions=True).alias("s")
        )["s"]
        booleans = short.to_list() if len(short) == len(found) else [short[0]] * len(found)
        for row, one, other, third, falls in zip(
            found, one_by_one, at_once, generated, booleans, strict=True
        ):
            assert one == other == third, f"{row} on {day}: {one}, {other}, {third}"
            expected = (not one & ~SHORT) if one.bit_count() == 1 or not one & SHORT else None
            expected = False if not one & SHORT else expected
            assert falls == expected, f"{row} on {day}: falls short is {falls}, outcome {one}"


def _unit_invariant(duty: Duty) -> None:
    for leaf in duty.leaves():
        if not isinstance(leaf, Measured):
            continue
        values = [v for row in boundary_rows(duty, days(duty)[-1]) if (v := row.get(leaf.name))]
        ceiling = None if leaf.ceiling is None else units.Quantity.of(leaf.ceiling).to(leaf.unit)
        for value in dict.fromkeys(values):
            if ceiling is not None and value > ceiling:
                continue
            for multiple, name in ((1, ""), (10_000, "万"), (100_000_000, "亿")):
                if name and leaf.unit.startswith("万"):
                    continue
                written = f"{units.plain(value / multiple)} {name}{leaf.unit}"
                assert leaf.enter(written) == value, written


def _row(duty: Duty, data: st.DataObject, day: dt.date) -> dict[str, Any]:
    found: dict[str, Any] = data.draw(rows(duty, day))
    return found


def _monotone(duty: Duty, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(days(duty)))
    full = _row(duty, data, day)
    partial = dict(full)
    for leaf in duty.leaves():
        if data.draw(st.booleans()):
            partial = changed(
                partial, leaf, (Decimal(0), None) if isinstance(leaf, Metric) else None
            )
    if duty.running(day):
        return  # a period that still runs is PENDING until its data decide it
    before, after = decide(duty, partial, day), decide(duty, full, day)
    assert not after & ~before, f"{partial} → {full} on {day}: {before} became {after}"


def _cleaner(duty: Duty, data: st.DataObject) -> None:
    limited = {
        node.left
        for node in walk(duty.requires)
        if isinstance(node, Compare)
        and isinstance(node.left, Measured | Counted | Metric)
        and isinstance(node.right, Constant)
    }
    day = data.draw(st.sampled_from(days(duty)))
    row = _row(duty, data, day)
    for leaf in limited:
        better = leaf.better
        assert better, f"{leaf.title} is limited: say which way is cleaner (better=…), or neither"
        near = boundaries(duty, day).get(leaf, [])
        value = row.get(leaf.ends[0] if isinstance(leaf, Metric) else leaf.name)
        if better == "neither" or value is None:
            continue
        for other in near:
            point = other[0] if isinstance(leaf, Metric) else other
            if isinstance(leaf, Metric) and other[0] != other[1]:
                continue
            if (point < value) is (better == "less") and point != value:
                before = decide(duty, changed(row, leaf, _point(leaf, value)), day)
                after = decide(duty, changed(row, leaf, _point(leaf, point)), day)
                if not before & SHORT:
                    assert not after & SHORT, f"{leaf.title} {value} → {point} on {day}"


def _point(leaf: Any, value: Any) -> Any:
    return (value, value) if isinstance(leaf, Metric) else value


def _later(duty: Duty, data: st.DataObject) -> None:
    first, second = sorted(data.draw(st.tuples(*[st.sampled_from(days(duty))] * 2)))
    row = _row(duty, data, first)
    before, after = decide(duty, row, first), decide(duty, row, second)
    if duty.due is not None and before & SHORT and not before & ~SHORT:
        mended = Outcome.COMPLIANT | Outcome.PENDING
        assert not after & mended, f"{row}: {before} on {first}, {after} on {second}"


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
        assert list(other.rules) == list(rulebook.rules)
        assert [duty.id for duty in other.duties] == [duty.id for duty in rulebook.duties]
        assert other.coverage() == rulebook.coverage()


def _documented(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+\.[a-z0-9]+(-[a-z0-9]+)*", rule.id), (
        "write campaign.what-it-asks"
    )
    assert rule.en.strip(), "say in English what the rule asks (en=…)"
    assert rule.text.strip()
    for exempt in rule.exempt:
        quoted = any(exempt.text in clause.text for clause in rule.clauses)
        assert quoted, f"the exemption's words {exempt.text!r} are not in the sentence"
    for leaf in rule.leaves():
        assert leaf.zh, f"{leaf.title} has no Chinese label"
        assert leaf.en, f"{leaf.title} has no English label"
    assert (rule.subject.__doc__ or "").strip(), (
        f"{ledger_of(rule.subject).name}: say what a row is"
    )


__all__ = ["PLAN", "boundary_rows", "contract", "days", "plan_text"]
