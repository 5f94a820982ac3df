"""What is asked for each week or month, folded: of how many that are over, which were missed."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from airplan_core.assessment.verdicts import select
from airplan_core.engines.engine import Engine
from airplan_core.model.duty import Duty
from airplan_core.model.outcome import SHORT_NAMES
from airplan_core.model.rule import Rule
from airplan_core.readers.words import word


@attrs.frozen(kw_only=True)
class Missed:
    """The periods of a rule that a subject has missed, or of which it is not known.

    Attributes:
        rule: what is asked in each of them.
        subject: whose they are.
        every: what they are: a week, a month, a quarter or a half-year.
        over: how many are over.
        departments: whose the subject is, or may be.
        departments_open: those of them of which that is not known.
        short: the names of those in which it fell short, in order.
        unknown: the names of those of which it is not known.
    """

    rule: Rule
    subject: str
    every: str
    over: int
    departments: tuple[str, ...]
    departments_open: tuple[str, ...]
    short: tuple[str, ...]
    unknown: tuple[str, ...]

    def text(self, lang: str = "zh") -> str:
        """52 周中缺 3 周：2024-W05、2024-W09、2024-W30."""
        of, between = word(f"of_{self.every}", lang), "、" if lang == "zh" else ", "
        found = [
            word(key, lang, self.over, len(names), of, between.join(names))
            for key, names in (("missed", self.short), ("missed_unknown", self.unknown))
            if names
        ]
        return ("；" if lang == "zh" else "; ").join(found)


def missed(engine: Engine, duties: Iterable[Duty], department: str | None = None) -> list[Missed]:
    """What was missed of duties that recur, by rule and subject; the most missed first.

    Args:
        engine: where the ledgers stand.
        duties: those that are meant.
        department: only of the subjects for which it answers, or may.
    """
    mine = {duty.id: duty for duty in duties if duty.every}
    if not mine:
        return []
    outcomes = ("UNKNOWN", *SHORT_NAMES)
    rows = select(engine, *outcomes, among=list(mine.values()), department=department)
    periods: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    whose: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for id, subject, outcome, names, unsure in rows.select(
        "duty", "subject", "outcome", "departments", "departments_open"
    ).iter_rows():
        key = mine[id].rule.id, subject
        found = periods.setdefault(key, ([], []))
        found[outcome == "UNKNOWN"].append(id.rpartition("@")[2])
        whose[key] = names, unsure or []
    over: dict[str, int] = {}
    for duty in mine.values():
        over[duty.rule.id] = over.get(duty.rule.id, 0) + (not duty.open(engine.as_of))
    rules = {duty.rule.id: duty for duty in mine.values()}
    every = [
        Missed(
            rule=rules[id].rule, subject=subject, every=rules[id].every, over=over[id],
            departments=tuple(whose[id, subject][0]), departments_open=tuple(whose[id, subject][1]),
            short=tuple(short), unknown=tuple(open_),
        )
        for (id, subject), (short, open_) in periods.items()
        if short
    ]  # fmt: skip
    return sorted(every, key=lambda one: (-len(one.short), one.rule.id, one.subject))
