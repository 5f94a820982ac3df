"""What a rulebook holds: its rules, its clauses and how each is covered, the readings taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from airplan_core.errors import AirplanError, nearest
from airplan_core.model.entity import ledger_of
from airplan_core.model.rule import Rule
from airplan_core.readers.prose import prose
from airplan_core.readers.words import STRENGTHS, word
from airplan_core.report.data import dump_json
from airplan_core.rulebook.rulebook import Rulebook


def rules(rulebook: Rulebook, campaign: str | None = None) -> list[dict[str, Any]]:
    """Every rule in force as a record, in the order of the plan; of one campaign if named.

    Raises:
        AirplanError: there is no such campaign; the nearest is named.
    """
    campaigns = {rule.clause.campaign for rule in rulebook.rules.values()}
    if campaign is not None and campaign not in campaigns:
        near = nearest(campaign, campaigns)
        raise AirplanError(
            f"no campaign is called {campaign!r}; {near}", f"没有攻坚战叫“{campaign}”；{near.zh}"
        )
    return [
        _record(rule, rulebook)
        for rule in rulebook.rules.values()
        if campaign in (None, rule.clause.campaign)
    ]


def _record(rule: Rule, rulebook: Rulebook) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "clauses": [clause.id for clause in rule.clauses],
        "campaign": rule.clause.campaign,
        "strength": rule.clause.strength.name,
        "ledger": ledger_of(rule.subject).name,
        "due": [duty.due for duty in rulebook.by_rule[rule.id] if duty.due],
        "departments": list(rule.clause.departments),
        "answers": [
            {"where": prose(when, "zh"), "where_en": prose(when, "en"), "departments": list(names)}
            for when, names in rule.answers
        ],
        "kinds": list(rule.kinds),
        "origin": rulebook.origins[rule.id],
        "text": rule.text,
        "en": rule.en,
    }


def rules_text(rulebook: Rulebook, campaign: str | None, lang: str) -> str:
    """The rules, two lines each; then the ones that are not in force, and why."""
    lines = []
    for one in rules(rulebook, campaign):
        due = "、".join(map(str, one["due"])) or word("standing", lang)
        strength = STRENGTHS[one["strength"]][lang == "en"]
        lines.append(
            f"{one['rule']}  [{', '.join(one['clauses'])}] {strength} · {due} · {one['ledger']}"
        )
        lines.append(f"    {one['text'] if lang == 'zh' else one['en'] or one['text']}")
    for id, reason in rulebook.disabled.items():
        lines.append(f"{id}  {word('disabled', lang)}: {reason}")
    for id, other in rulebook.replaced.items():
        lines.append(f"{id}  {word('replaced', lang)}: {other}")
    return "\n".join(lines)


def rules_json(rulebook: Rulebook, campaign: str | None, lang: str) -> str:
    """The rules as one JSON object, with those not in force."""
    return dump_json(
        {
            "rules": rules(rulebook, campaign),
            "disabled": rulebook.disabled,
            "replaced": rulebook.replaced,
        }
    )


def clauses(rulebook: Rulebook) -> list[dict[str, Any]]:
    """Every clause as a record: its place, and which kind of thing covers it how."""
    covered = rulebook.coverage()
    return [
        {
            "clause": clause.id,
            "campaign": clause.campaign,
            "plan": clause.plan.id,
            "heading": clause.heading,
            "strength": clause.strength.name,
            "kind": _kind(clause.id, rulebook),
            "covered": covered[clause.id],
            "departments": list(clause.departments),
            "text": clause.text,
        }
        for clause in rulebook.clauses.values()
    ]


def covering(clause: Mapping[str, Any], lang: str) -> str:
    """How a clause is covered, as a page says it."""
    return f"{word(clause['kind'], lang)}: {clause['covered']}"


def _kind(id: str, rulebook: Rulebook) -> str:
    held = [rule for rule in rulebook.rules.values() if id in [c.id for c in rule.clauses]]
    if held:
        return "attested" if all(rulebook.is_attested(rule) for rule in held) else "rules"
    clause = rulebook.clauses[id]
    if clause.excused:
        return "excused"
    if clause.waives:
        return "waives"
    if clause.figure is not None:
        return "figure"
    return "defines" if clause.defines else "disabled"


def _summary(records: Iterable[dict[str, Any]], rulebook: Rulebook) -> dict[str, dict[str, int]]:
    """How many sentences are covered how, by campaign; those of a standard are its own."""
    counts: dict[str, dict[str, int]] = {}
    for one in records:
        plan = rulebook.clauses[one["clause"]].plan
        kinds = counts.setdefault(one["campaign"] if plan.county else plan.prefix or plan.id, {})
        kinds[one["kind"]] = kinds.get(one["kind"], 0) + 1
    return counts


def clauses_text(rulebook: Rulebook, lang: str) -> str:
    """Every clause and how it is covered; then totals, readings taken, inconsistent figures."""
    records = clauses(rulebook)
    lines = []
    for one in records:
        strength = STRENGTHS[one["strength"]][lang == "en"]
        lines.append(f"{one['clause']:<10} {strength}  {one['text']}")
        lines.append(f"{'':<10} {covering(one, lang)}")
    lines += ["", word("coverage", lang)]
    for campaign, kinds in _summary(records, rulebook).items():
        named = "、".join(f"{word(kind, lang)} {count}" for kind, count in kinds.items())
        lines.append(f"  {campaign}: {sum(kinds.values())} ({named})")
    lines += ["", word("readings", lang)]
    for id, interpretation in rulebook.interpretations.items():
        taken = rulebook.choices[id]
        lines.append(f"  {id}: {interpretation.question}")
        for name, why in interpretation.readings:
            lines.append(f"    {'→' if name == taken else ' '} {name}: {why}")
    if rulebook.inconsistencies:
        lines += ["", word("inconsistencies", lang)]
        lines += [f"  {one.text(lang)}" for one in rulebook.inconsistencies]
    return "\n".join(lines)


def clauses_json(rulebook: Rulebook, lang: str) -> str:
    """The clauses, their coverage and the readings taken, as one JSON object."""
    records = clauses(rulebook)
    readings = {
        id: {
            "question": one.question,
            "taken": rulebook.choices[id],
            "readings": dict(one.readings),
        }
        for id, one in rulebook.interpretations.items()
    }
    return dump_json(
        {
            "clauses": records,
            "coverage": _summary(records, rulebook),
            "interpretations": readings,
            "inconsistencies": [one.to_dict() for one in rulebook.inconsistencies],
        }
    )
