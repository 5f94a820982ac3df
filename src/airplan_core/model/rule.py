"""A rule is one sentence of the plan and one condition that means the same: a frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from airplan_core.errors import RuleError, nearest
from airplan_core.home import home
from airplan_core.model.clause import Clause
from airplan_core.model.comparable import comparable
from airplan_core.model.entity import Entity
from airplan_core.model.example import Example, example, examples
from airplan_core.model.expected import Expected
from airplan_core.model.metric import Metric, leaves
from airplan_core.model.outcome import short_of
from airplan_core.model.period import Term
from airplan_core.model.several import one_of, several
from airplan_core.model.times import Later, Until
from airplan_core.model.tree import ALWAYS, Compare, Condition, reached, shallow, walk


@attrs.frozen
class Exempt:
    """A named exemption the sentence itself makes: its words and when it applies.

    `clause` is another sentence that makes it for all rules of a kind: see `Waiver`.
    """

    name: str
    text: str
    when: Condition
    clause: Clause | None = None


#: How it is told who answers for which subjects.
_ANSWER = 'Yard.kind.is_("消纳场"): "市城管局"'


def _answering(given: Any) -> tuple[tuple[Condition, tuple[str, ...]], ...]:
    every = given.items() if isinstance(given, Mapping) else given
    try:
        return tuple((when, (who,) if isinstance(who, str) else tuple(who)) for when, who in every)
    except (TypeError, ValueError):
        raise RuleError(f"who answers is written as {{{_ANSWER}}}; read {given!r}") from None


def tells_apart(answers: Iterable[tuple[Condition, tuple[str, ...]]]) -> bool:
    """Whether not everyone who is named answers for every subject."""
    named = {frozenset(names) for _, names in answers}
    return len(named) > 1


@attrs.frozen(kw_only=True, repr=False)
class Rule:
    """One legal sentence and one condition that means the same.

    Attributes:
        id: `pm25.small-brick-lines-exit`; stable, and unique in a rulebook.
        clause: the sentence; `also` names further ones that the same condition covers.
        subject: the ledger whose rows the sentence speaks of.
        applies: which of them it speaks of.
        requires: what it asks of those.
        forbids: instead of `requires`, what there must not be, 禁止…: it is part of the scope, so
            that the sentence does not speak of who has none of it. Whoever has it falls short, from
            the day after a due date where there is one.
        exempt: the exceptions it makes, each with its words.
        kinds: the kinds of measure it is one of, by which other sentences exempt: `Waiver`.
        expects: what it speaks of and is there, entered or not: `one_each`, `named`.
        due: its due dates (`by`, `during`, `yearly`); none for a standing duty.
        dated: the readings under which these hold, `QUESTION.takes(…)`, where it is open how far a
            date reaches; under every other it is a standing duty.
        answers: which of the clause's departments answer for which subjects, where that differs:
            `{Yard.kind.is_("消纳场"): "市城管局", Yard.kind.is_("堆场"): "市生态环境局"}`. Those
            named here answer for none of the others; of whom it is not known, all of them do that
            may; for whom none does, each of the clause's.
        speaks_of: a subject that the sentence speaks of: what its examples share.
        keeps, breaks: example subjects that meet it and that fall short of it, by what differs
            from `speaks_of`; of a ban, who is none of what is forbidden keeps it.
        numbers: the sentence's words that stand for numbers without figures, or for none of the
            condition's: `{"倍量": "2", "2台": None}`.
        replaces: the id of the rule this one overrides.
        home: the module it is written in.
    """

    id: str
    clause: Clause = attrs.field(validator=one_of(Clause, 'TASK.clause(1, "…")'))
    subject: type[Entity] = attrs.field(
        repr=lambda entity: entity.__name__, validator=one_of(type, "as the ledger's class, Kiln")
    )
    requires: Condition | None = None
    forbids: Condition | None = None
    applies: Condition = ALWAYS
    exempt: tuple[Exempt, ...] = attrs.field(
        default=(), validator=several(Exempt, '(Exempt("name", "…除外", when),)')
    )
    kinds: tuple[str, ...] = attrs.field(default=(), validator=several(str, '("应急减排",)'))
    expects: tuple[Expected, ...] = attrs.field(
        default=(), validator=several(Expected, "(one_each(…),)")
    )
    due: tuple[Term, ...] = attrs.field(
        default=(), validator=several(Term, 'by("2024-12-31") or during(2024)')
    )
    dated: Condition = ALWAYS
    answers: tuple[tuple[Condition, tuple[str, ...]], ...] = attrs.field(
        default=(), converter=_answering
    )
    speaks_of: Example = attrs.field(hash=False, factory=Example, converter=example)
    keeps: tuple[Example, ...] = attrs.field(hash=False, default=(), converter=examples)
    breaks: tuple[Example, ...] = attrs.field(hash=False, default=(), converter=examples)
    numbers: Mapping[str, str | None] = attrs.field(factory=dict, hash=False)
    also: tuple[Clause, ...] = attrs.field(
        default=(), validator=several(Clause, '(TASK.clause(2, "…"),)')
    )
    replaces: str | None = None
    en: str = ""
    home: str = attrs.field(init=False, eq=False, repr=False, factory=home)

    def __attrs_post_init__(self) -> None:
        if (self.requires is None) is (self.forbids is None):
            raise RuleError(
                f"rule {self.id!r}: say what the sentence asks (requires=…), or, of a ban, what "
                "there must not be (forbids=…): one of the two"
            )
        for tree in self.trees:
            if not isinstance(tree, Condition):
                raise RuleError(f"rule {self.id!r}: {tree!r} is not a condition")
            shallow(tree, f"rule {self.id!r}")
            for node in walk(tree):
                if isinstance(node, Compare):
                    comparable(node, f"rule {self.id!r}")
        for when, departments in self.answers:
            if not isinstance(when, Condition):
                raise RuleError(
                    f"rule {self.id!r}: who answers is told by a condition, {{{_ANSWER}}}; "
                    f"read {when!r}"
                )
            shallow(when, f"rule {self.id!r}")
            if not departments:
                raise RuleError(
                    f"rule {self.id!r}: nobody answers where {when!r}; name who does, {{{_ANSWER}}}"
                )
            for leaf in leaves(when):
                if isinstance(leaf, Metric) or leaf.entity is not self.subject:
                    raise RuleError(
                        f"rule {self.id!r}: who answers is told by a field of "
                        f"{self.subject.__name__}, not by {leaf.title}"
                    )
            for name in departments:
                if name not in self.clause.departments:
                    raise RuleError(
                        f"rule {self.id!r}: {name!r} answers, which the clause does not name; "
                        f"{nearest(name, self.clause.departments)}"
                    )
        if self.answers and not tells_apart(self.answers):
            named = "、".join(self.answers[0][1])
            raise RuleError(
                f"rule {self.id!r}: only {named} answers, so that nobody is told apart: of what "
                "falls under no condition each department of the clause answers; write who does "
                f'for the others, {{{_ANSWER}, ~Yard.kind.is_("消纳场"): "市生态环境局"}}'
            )
        if leaves(self.dated):
            raise RuleError(
                f"rule {self.id!r}: whether its dates hold is for a reading to say "
                "(dated=QUESTION.takes(…)), not for a subject; who has another day is another rule"
            )
        for leaf in self.leaves():
            if leaf.owner is not self.subject:
                raise RuleError(
                    f"rule {self.id!r} is about {self.subject.__name__}, but reads {leaf.title}; "
                    f"{reached(self.subject, leaf)}"
                )
        for one in (self.speaks_of, *self.keeps, *self.breaks):
            for leaf in one.facts:
                if leaf.owner not in (None, self.subject):
                    raise RuleError(
                        f"rule {self.id!r} is about {self.subject.__name__}, but one of its "
                        f"examples says {leaf.title}; {reached(self.subject, leaf)}"
                    )
        short_of(self.clause.strength)

    def __repr__(self) -> str:
        return f"<rule {self.id} “{self.clause.text[:40]}”>"

    @property
    def text(self) -> str:
        """The sentence, as the plan prints it."""
        return self.clause.text

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause the rule covers, its own first."""
        return (self.clause, *self.also)

    @property
    def scope(self) -> Condition:
        """Whom the sentence speaks of: the object of a ban belongs to it."""
        return self.applies if self.forbids is None else self.applies & self.forbids

    @property
    def demand(self) -> Condition:
        """What is asked of those: what is forbidden cannot meet it."""
        return ~ALWAYS if self.requires is None else self.requires

    @property
    def verb(self) -> str:
        """Whether the sentence `requires` or `forbids`."""
        return "requires" if self.forbids is None else "forbids"

    @property
    def limiting(self) -> Condition:
        """The condition in which the sentence's limits stand: what it asks, or forbids."""
        return self.demand if self.forbids is None else self.forbids

    @property
    def read(self) -> tuple[Condition, ...]:
        """Every condition in it that a reading can turn: its own, and by whom it is answered."""
        return (*self.trees, *(when for when, _ in self.answers))

    @property
    def trees(self) -> tuple[Condition, ...]:
        """The conditions: scope, exemptions, what it asks or forbids, and when it is due."""
        exempt = (exempt.when for exempt in self.exempt)
        own = (Until(term.due) for term in self.due if isinstance(term.due, Later))
        return (self.applies, *exempt, self.limiting, self.dated, *own)

    def leaves(self) -> tuple[Any, ...]:
        """Every field and metric the rule's conditions read."""
        return leaves(*self.trees)
