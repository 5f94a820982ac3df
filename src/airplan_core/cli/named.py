"""What a clerk calls things: a department, an outcome, a sentence's place, a subject's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from airplan_core.errors import AirplanError, RuleError, nearest
from airplan_core.visible import visible

if TYPE_CHECKING:
    from airplan_core.assessment.assessment import Assessment
    from airplan_core.model.rule import Rule
    from airplan_core.rulebook.rulebook import Rulebook


def outcomes_of(written: Iterable[str]) -> tuple[str, ...]:
    """The outcomes that words mean, each of several words between commas.

    Raises:
        AirplanError: a word means none, or several.
    """
    from airplan_core.readers.words import outcomes_called

    words = [word for text in written for word in re.split("[,，、;；]", text)]
    return tuple(dict.fromkeys(name for word in words for name in outcomes_called(word)))


def department_of(written: str, rulebook: Rulebook) -> str:
    """The department that is called so, or the only one whose name ends so or has it in it.

    Raises:
        AirplanError: none is, or several are; they are named.
    """
    known = sorted({name for one in rulebook.clauses.values() for name in one.departments})
    if written in known:
        return written
    ends = [name for name in known if written and name.endswith(written)]
    meant = ends if len(ends) == 1 else [name for name in known if written and written in name]
    if len(meant) == 1:
        return meant[0]
    if meant:
        listed = "、".join(meant)
        raise AirplanError(
            f"{written!r} may be several departments: {listed}",
            f"“{written}”可能是几个部门：{listed}；写全其中一个",
        )
    near = nearest(written, known)
    raise AirplanError(
        f"no department is called {written!r}; {near}", f"没有部门叫“{written}”；{near.zh}"
    )


def rules_of(written: str, rulebook: Rulebook) -> tuple[Rule, ...]:
    """The rule with that id, or the rules of the clause that stands there in the plan.

    Raises:
        RuleError: there is no such rule or clause; the nearest is named.
        AirplanError: no rule is of the clause; how it is covered is told.
    """
    place = written.strip().translate(str.maketrans("．。－—–：", "..---:"))
    if place not in rulebook.clauses:
        if re.fullmatch(r"([^:]+:)?[0-9.]+(-[0-9]+)?", place):
            near = nearest(place, rulebook.clauses)
            raise RuleError(
                f"no sentence of the plan is {place!r}; {near}", f"方案没有条款“{place}”；{near.zh}"
            )
        return (rulebook.rule(written),)
    clause = rulebook.clauses[place]
    rules = [rule for rule in rulebook.rules.values() if clause in rule.clauses]
    if rules:
        # a rule of a reading that is not taken asks nothing
        asked = {duty.rule.id for duty in rulebook.duties}
        return tuple(rule for rule in rules if rule.id in asked) or tuple(rules)
    en, zh = "its rules are switched off", "它的规则已停用"
    if clause.excused:
        en, zh = f"it is excused: {clause.excused}", f"它已说明免除：{clause.excused}"
    elif clause.waives:
        kinds = "、".join(dict.fromkeys(one.kind for one in clause.waives))
        en, zh = f"it exempts from the rules of {kinds}", f"它规定“{kinds}”的豁免"
    elif clause.figure is not None:
        en = f"it sets a figure, {clause.figure.label('en')}: see the figures of `airplan assess`"
        zh = f"它规定的是数额“{clause.figure.zh}”：见 airplan assess 的“应计金额”"
    elif clause.defines:
        defined = "、".join(clause.defines)
        en, zh = f"it defines {defined}", f"它是下列规则的定义：{defined}"
    raise AirplanError(
        f"clause {place} has no rule that could be explained; {en}",
        f"条款 {place} 没有规则可以说明；{zh}",
    )


def subject_of(
    written: str, rules: Sequence[Rule], assessment: Assessment
) -> list[tuple[Rule, str]]:
    """The rules that are about a subject, each with its id: by its id, or by its name.

    Raises:
        AirplanError: no ledger of them has it, or several of its rows are called so.
    """
    from airplan_core.model.entity import ledger_of

    found: list[tuple[Rule, str]] = []
    several: dict[str, list[str]] = {}
    for rule in rules:
        ids = _ids(written, rule, assessment)
        if len(ids) == 1:
            found.append((rule, ids[0]))
        elif ids:
            several[ledger_of(rule.subject).zh] = ids
    if found:
        return found
    if several:
        listed = "; ".join(f"{ledger}: {'、'.join(ids)}" for ledger, ids in several.items())
        listed = visible(listed)
        raise AirplanError(
            f"several subjects are called {written!r}; name one by its id: {listed}",
            f"不止一个对象叫“{written}”，用编号指明其中一个：{listed}",
        )
    return [(rule, written) for rule in rules[:1]]  # which is told with the nearest id


def _ids(written: str, rule: Rule, assessment: Assessment) -> list[str]:
    """The ids of the subjects of a rule that are meant."""
    from airplan_core.facts.subjects import stand_here, subjects
    from airplan_core.model.entity import ledger_of
    from airplan_core.model.fields import Text
    from airplan_core.readers.words import folded

    if assessment.engine.subject(rule.subject, written).height:
        return [written]
    facts, book = assessment.facts, assessment.rulebook
    if not stand_here(facts, rule.subject, book):
        return []
    table = subjects(facts, rule.subject, book)
    columns = ledger_of(rule.subject).columns.items()
    names = [
        name
        for name, column in columns
        if isinstance(column, Text) and (name == "name" or column.zh.endswith("名称"))
    ]
    wanted = folded(written)
    for field in ["id", *names]:
        rows = table.select("id", called=field).drop_nulls().iter_rows()
        ids = [id for id, called in rows if folded(called) == wanted]
        if ids:
            return ids
    return []
