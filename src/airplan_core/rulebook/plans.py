"""Plans beside each other: which is the county's own, how places are told apart, when each begins.

A place is called by its plan's prefix, where that has one. Two plans that were written without, and
without knowing of each other, may have the same places: there the one that is not the county's own
is called by its id, `qinyang-2024:2.1.3-3`, as if it had been its prefix.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs

from airplan_core.errors import ConfigError, RulebookError, nearest
from airplan_core.model.attested import Act, act_of
from airplan_core.model.clause import Clause, Plan
from airplan_core.model.example import Example
from airplan_core.model.interpretation import Interpretation
from airplan_core.model.metric import open_questions
from airplan_core.model.period import Term
from airplan_core.model.printed import PlanTable
from airplan_core.model.rule import Rule
from airplan_core.model.times import Later
from airplan_core.model.tree import Column, Expr, rewrite
from airplan_core.rulebook.claims import numbers
from airplan_core.rulebook.config import Config
from airplan_core.rulebook.plugins import Contribution


def plans_of(given: Sequence[Contribution]) -> dict[str, Plan]:
    """The plans of which plugins yield sentences, by id, in the order of their first places.

    Raises:
        RulebookError: there is none, or two that differ have one id.
    """
    clauses = [clause for one in given for clause in one.clauses]
    found: dict[str, Plan] = {}
    for clause in sorted(clauses, key=lambda one: (numbers(one.id), one.plan.id)):
        other = found.setdefault(clause.plan.id, clause.plan)
        if other != clause.plan:
            raise RulebookError(
                f"two plans that differ are called {other.id!r}: {other.title!r}, {other.begins} "
                f"to {other.ends}, and {clause.plan.title!r}, {clause.plan.begins} to "
                f"{clause.plan.ends}; give each an id of its own"
            )
    if not found:
        raise RulebookError(
            "no plugin yields a clause; there is nothing to hold anything against",
            "没有插件带来方案的条款，无从对照；安装一个方案的插件",
        )
    return found


def _of_counties(plans: Mapping[str, Plan]) -> Sequence[Plan]:
    """The plans that are some county's; standards are none, unless there is nothing else."""
    every = tuple(plans.values())
    return tuple(plan for plan in every if plan.county) or every


def own_plan(plans: Mapping[str, Plan], config: Config) -> Plan:
    """The county's own plan: by `[plan] id`, or else its county or title; or else the first.

    Raises:
        ConfigError: `[plan] id` names none of them.
    """
    said = config.plan
    if said.id is not None:
        if said.id not in plans:
            near = nearest(said.id, plans)
            raise ConfigError(
                f"{config.file}: [plan] id names {said.id!r}, which is unknown; {near}",
                f"{config.file}：[plan] id 写的“{said.id}”不认识；{near.zh}",
            )
        return plans[said.id]
    for name in ("county", "title"):
        meant = [one for one in _of_counties(plans) if getattr(one, name) == getattr(said, name)]
        if len(meant) == 1:
            return meant[0]
    return _of_counties(plans)[0]


def here(own: Plan, plans: Mapping[str, Plan], config: Config) -> Plan:
    """The county's own plan as it says of it; by itself from when the first of them begins."""
    every = _of_counties(plans)
    own = attrs.evolve(
        own,
        begins=min(plan.begins for plan in every),
        ends=max(plan.ends for plan in every),
    )
    said = attrs.asdict(config.plan, filter=lambda _, value: value is not None)
    return attrs.evolve(own, **said)


def beginnings(own: Plan, plans: Mapping[str, Plan], config: Config) -> dict[str, dt.date]:
    """The day on which each plan begins, by its id."""
    return {id: plan.begins for id, plan in plans.items()} | (
        {} if config.plan.begins is None else {own.id: config.plan.begins}
    )


def apart(given: Iterable[Contribution], own: Plan) -> list[Contribution]:
    """What plugins yield, with the places of plans that would be called alike told apart.

    Raises:
        RulebookError: a rule covers sentences of two plans that would be called alike.
    """
    given = list(given)
    places: dict[Plan, set[str]] = {}
    for clause in (clause for one in given for clause in one.clauses if not clause.plan.prefix):
        places.setdefault(clause.plan, set()).add(clause.id)
    alike = {
        plan: attrs.evolve(plan, prefix=plan.id)
        for plan, mine in places.items()
        if plan.id != own.id
        and any(mine & theirs for other, theirs in places.items() if other != plan)
    }
    if not alike:
        return given

    def called_in(own: Plan) -> dict[str, str]:
        plan = alike.get(own)
        return {} if plan is None else {id: plan.place(id) for id in places[own]}

    def clause_of(one: Clause) -> Clause:
        plan = alike.get(one.plan)
        if plan is None:
            return one
        acting = partial(_renamed, called_in(one.plan))
        waives = (attrs.evolve(each, when=rewrite(each.when, acting)) for each in one.waives)
        return attrs.evolve(one, id=plan.place(one.id), plan=plan, waives=tuple(waives))

    def rule_of(rule: Rule) -> Rule:
        if not any(one.plan in alike for one in rule.clauses):
            return rule
        called: dict[str, str] = {}
        for one in rule.clauses:
            if called.setdefault(one.id, clause_of(one).id) != clause_of(one).id:
                raise RulebookError(
                    f"the rule {rule.id!r} covers {one.id!r} of two plans; give one of them a "
                    'prefix, Plan(…, prefix="温县")'
                )
        mine = called_in(rule.clause.plan)
        return attrs.evolve(
            rule,
            clause=clause_of(rule.clause),
            also=tuple(map(clause_of, rule.also)),
            **_acting(rule, mine | called),
        )

    def table_of(one: PlanTable) -> PlanTable:
        plan = alike.get(one.plan)
        return one if plan is None else attrs.evolve(one, task=attrs.evolve(one.task, plan=plan))

    return [
        attrs.evolve(
            one,
            clauses=tuple(map(clause_of, one.clauses)),
            rules=tuple(map(rule_of, one.rules)),
            tables=tuple(map(table_of, one.tables)),
        )
        for one in given
    ]


def _renamed(called: Mapping[str, str], node: Expr) -> Any:
    """A field of a recorded act under what its place is called; any other node as it is."""
    act = act_of(node)
    if act is None or act.clause not in called or not isinstance(node, Column):
        return node
    of: Any = node.entity
    act = Act(called[act.clause], act.period, act.part)
    return node.bound(of, act.table, node.path[-1])


def _acting(rule: Rule, called: Mapping[str, str]) -> dict[str, Any]:
    """What a rule asks and its examples, with recorded acts under what their places are called."""
    change = partial(_renamed, called)

    def tree(one: Any) -> Any:
        return None if one is None else rewrite(one, change)

    def due(term: Term) -> Term:
        return attrs.evolve(term, due=tree(term.due)) if isinstance(term.due, Later) else term

    def example(one: Example) -> Example:
        return attrs.evolve(one, facts={change(key): value for key, value in one.facts.items()})

    return {
        "applies": tree(rule.applies),
        "requires": tree(rule.requires),
        "forbids": tree(rule.forbids),
        "answers": tuple((tree(when), names) for when, names in rule.answers),
        "exempt": tuple(attrs.evolve(one, when=tree(one.when)) for one in rule.exempt),
        "due": tuple(map(due, rule.due)),
        "speaks_of": example(rule.speaks_of),
        "keeps": tuple(map(example, rule.keeps)),
        "breaks": tuple(map(example, rule.breaks)),
    }


def placed(
    questions: Mapping[str, Interpretation], rules: Iterable[Rule], clauses: Mapping[str, Clause]
) -> dict[str, Interpretation]:
    """Open questions with the clauses that they stand `between` as these are called.

    A place is one of the plan whose rules ask the question, where that has it; `id:place`, of
    another plan by its id, is one of that.
    """
    plans = {clause.plan.id: clause.plan for clause in clauses.values()}
    if not any(plan.prefix for plan in plans.values()):
        return dict(questions)
    asking: dict[str, dict[str, Plan]] = {}
    for rule in rules:
        for one in open_questions(*rule.read):
            asking.setdefault(one.id, {})[rule.clause.plan.id] = rule.clause.plan

    def called(question: str, written: str) -> str:
        id, _, place = written.partition(":")
        named = [plans[id].place(place)] if id in plans else []
        theirs = [plan.place(written) for plan in asking.get(question, {}).values()]
        return next((name for name in (*named, *theirs) if name in clauses), written)

    return {
        id: attrs.evolve(
            one,
            readings=dict(one.readings),
            between=tuple(tuple(called(id, place) for place in side) for side in one.between),
        )
        for id, one in questions.items()
    }
