"""A sentence, and what it means: the outcome in each world that the blanks of a row leave possible.

Whoever the sentence does not speak of: NOT_APPLICABLE. Who meets it: COMPLIANT, or LATE where it was
not met on the due day. Who is excused: EXEMPT. Until the due day has passed: PENDING. Else short.
"""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from airplan_core import Exempt, Rule, Strength
from tests.ledgers import TASK
from tests.meaning.ledgers import BEYOND, EVENTS, MINUTES, VALUES
from tests.meaning.said import ALWAYS, DAY, EVER, NEVER, NEVER_AT, Moment, Said, on_day

SHORT = {
    Strength.MUST: "VIOLATION",
    Strength.IN_PRINCIPLE: "SHORTFALL",
    Strength.STRIVE: "SHORTFALL",
    Strength.APPROX: "SHORTFALL",
    Strength.ENCOURAGE: "ADVISORY",
}
MINUTE = dt.timedelta(minutes=1)
MET = frozenset({"COMPLIANT", "LATE"})


@attrs.frozen
class Due:
    """The due day of a stage, and the days on which what is done for it counts."""

    day: dt.date
    counts: tuple[dt.date, dt.date] = EVER

    @property
    def ends(self) -> tuple[dt.date, ...]:
        """The days on which something ends: it is due, or what is done counts no longer."""
        return tuple(day for day in (self.day, *self.counts) if day not in EVER)

    @classmethod
    def of_year(cls, month: int, day: int, year: int) -> "Due":
        """What is done in a year is done for that year, and for no other."""
        return cls(dt.date(year, month, day), (dt.date(year, 1, 1), dt.date(year, 12, 31)))


@attrs.frozen(kw_only=True, eq=False)
class Sentence:
    """What a sentence says: `asks` is what it requires, or, where it `bans`, what must not be."""

    subject: Any
    applies: Said = ALWAYS
    asks: Said
    bans: bool = False
    excuses: tuple[Said, ...] = ()
    due: tuple[Due, ...] = ()
    terms: tuple[Any, ...] = ()
    strength: Strength = Strength.MUST

    def __repr__(self) -> str:
        verb = "bans" if self.bans else "asks"
        return f"<of {self.applies}, {verb} {self.asks}, but for {self.excuses}, by {self.due}>"

    def rule(self, number: int) -> Rule:
        """The same, as airplan is told it."""
        return Rule(
            id=f"test.sentence-{number}",
            clause=TASK.clause(number, f"第{number}句", self.strength),
            subject=self.subject,
            applies=self.applies.words,
            exempt=tuple(
                Exempt(f"{n}", f"例外{n}", said.words) for n, said in enumerate(self.excuses)
            ),
            due=self.terms,
            **{"forbids" if self.bans else "requires": self.asks.words},
        )

    @property
    def said(self) -> tuple[Said, ...]:
        """Every condition of it."""
        return (self.applies, self.asks, *self.excuses)

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields it reads, each once."""
        return tuple(dict.fromkeys(name for said in self.said for name in said.reads))

    @property
    def plain(self) -> bool:
        """Whether each part can turn out either way whatever the others do.

        No field is read twice; for a due day what is asked is read once more, and is met then and
        now in one way only where every part of it, or none, is of a day, and stays met.
        """
        reads = [name for said in self.said for name in said.reads]
        dated = {atom.dated for atom in self.asks.atoms}
        then = not self.due or dated == {False} or (dated == {True} and not self.asks.undone)
        return len(reads) == len(set(reads)) and then

    def outcome(self, world: Mapping[str, Any], due: Due | None, day: dt.date, granted: bool):
        """How a subject stands of which everything is known; whether it is met, and excused."""
        stage = due or Due(dt.date.max)
        now = Moment(day, due=stage.day)
        acts = attrs.evolve(now, counts=stage.counts)
        asked = self.asks.holds(world, acts)
        met = asked and not self.bans
        excused = granted or any(one.holds(world, now) for one in self.excuses)
        if not self.applies.holds(world, now) or (self.bans and not asked):
            found = "NOT_APPLICABLE"
        elif met:
            then = attrs.evolve(acts, day=min(day, stage.day))
            found = "COMPLIANT" if self.asks.holds(world, then) else "LATE"
        elif excused:
            found = "EXEMPT"
        elif due is not None and day <= due.day:
            found = "PENDING"
        else:
            found = SHORT[self.strength]
        return found, met, excused


@attrs.frozen(kw_only=True, eq=False)
class Reading:
    """A row held against a sentence on a day: every world it may be, with what comes of it."""

    sentence: Sentence
    row: Mapping[str, Any]
    blanks: tuple[str, ...]
    worlds: tuple[Mapping[str, Any], ...]
    found: tuple[tuple[str, bool, bool], ...]

    @classmethod
    def of(cls, sentence: Sentence, row: Mapping[str, Any], due: Due | None, day: dt.date,
           granted: bool = False) -> "Reading":  # fmt: skip
        blanks = tuple(name for name in sentence.reads if row.get(name) is None)
        domains = [_values(sentence, name, row, due, day) for name in blanks]
        worlds = tuple(
            {**row, **dict(zip(blanks, values, strict=True))}
            for values in itertools.product(*domains)
        )
        found = tuple(sentence.outcome(world, due, day, granted) for world in worlds)
        return cls(sentence=sentence, row=row, blanks=blanks, worlds=worlds, found=found)

    def __repr__(self) -> str:
        read = {name: self.row.get(name) for name in self.sentence.reads}
        return f"{self.sentence} of {read} is {sorted(self.possible)}"

    @property
    def possible(self) -> frozenset[str]:
        """The outcomes that the row leaves possible."""
        return _possible(self.found)

    def decided_by(self, facts: tuple[str, ...]) -> bool:
        """Whether one outcome is left once these facts are known, whatever they turn out to be."""
        groups: dict[Any, list] = {}
        for world, found in zip(self.worlds, self.found, strict=True):
            groups.setdefault(tuple(world[name] for name in facts), []).append(found)
        return all(len(_possible(found)) == 1 for found in groups.values())


def _possible(found) -> frozenset[str]:
    """The outcomes of worlds; who is excused in all of them is EXEMPT until known to meet it."""
    outcomes = frozenset(outcome for outcome, _, _ in found)
    if all(excused for _, _, excused in found) and not all(met for _, met, _ in found):
        met = outcomes & MET
        return outcomes - met | ({"EXEMPT"} if met else set())
    return outcomes


def _values(sentence, name, row, due, day) -> list[Any]:
    """A value for each way in which the fact can turn out, as far as the sentence can tell."""
    every = list(dict.fromkeys(values_of(sentence, name, row, due, day)))
    if any(name in said.joint for said in sentence.said):
        return every
    told: dict[Any, Any] = {}
    stage = due or Due(dt.date.max)
    moments = [
        Moment(at, counts, stage.day)
        for at in {day, min(day, stage.day)}
        for counts in {EVER, stage.counts}
    ]
    atoms = [atom for said in sentence.said for atom in said.atoms if name in atom.reads]
    for value in every:
        seen = tuple(atom.holds({name: value}, moment) for atom in atoms for moment in moments)
        told.setdefault(seen, value)
    return list(told.values())


def values_of(sentence, name, row, due, day) -> Iterator[Any]:
    """The values around which the sentence turns."""
    if name.startswith("toss"):
        yield from (True, False)
        return
    if name not in (*EVENTS, *MINUTES):
        yield from (*VALUES[name], *BEYOND.get(name, ()))
        return
    around = [day, *(near for said in sentence.said for near in said.near(day))]
    around += [row[other] for other in (*EVENTS, *MINUTES) if isinstance(row.get(other), dt.date)]
    if due is not None:
        around += [due.day, *due.counts]
    around = [one for one in around if 1990 < one.year < 2100]
    around += [far for one in around for said in sentence.said for far in said.spans(one)]
    if name in EVENTS:
        yield NEVER
        yield from (on_day(one) + shift * DAY for one in around for shift in (-1, 0, 1))
        return
    yield NEVER_AT
    for one in around:
        if isinstance(one, dt.datetime):
            yield from (one - MINUTE, one, one + MINUTE)
        else:
            begins = dt.datetime.combine(one, dt.time())
            yield from (begins - MINUTE, begins, begins + DAY - MINUTE, begins + DAY)
