"""A clause is one sentence of the plan, with its place, its strength and whose it is."""

from __future__ import annotations

import datetime as dt
import re
from types import NoneType

import attrs

from airplan_core.errors import RuleError
from airplan_core.home import home
from airplan_core.model.ids import folded
from airplan_core.model.metric import Metric
from airplan_core.model.several import one_of, several
from airplan_core.model.strength import Strength, strength_of
from airplan_core.model.waiver import Waiver

_NAMES = several(str, '("县住建局",)')
_PREFIX = re.compile(r"[\w（）-]*")
_DAY = one_of(dt.date, "datetime.date(2024, 1, 1)")


def _one_word(plan: Plan, _: object, prefix: str) -> None:
    """A prefix is what a cell of a ledger is read as, and ends where the place begins."""
    if folded(prefix) != prefix or not _PREFIX.fullmatch(prefix):
        raise RuleError(
            f"Plan {plan.id!r}: a prefix is one word, 温县 or wenxian-2025; read {prefix!r}"
        )


@attrs.frozen(kw_only=True)
class Plan:
    """The document the clauses are sentences of; it is held against dates from `begins` on.

    One that stands beside another has a `prefix` of its own, so that the same place of each is
    called apart: with `温县`, `温县:2.1.3-3`. A standard is a document of no county, `county=""`:
    it is nowhere the county's own plan, and begins and ends none.
    """

    id: str
    title: str
    county: str
    begins: dt.date = attrs.field(validator=_DAY)
    ends: dt.date = attrs.field(validator=_DAY)
    en: str = ""
    prefix: str = attrs.field(default="", validator=_one_word)

    def place(self, id: str) -> str:
        """What a place in it is called in a rulebook."""
        return f"{self.prefix}:{id}" if self.prefix else id


_PLAN = one_of(Plan, "Plan(…)")


@attrs.frozen(kw_only=True)
class Clause:
    """One sentence of the plan.

    Attributes:
        id: its place, `2.1.3-3`: part 2, campaign 1, task 3, third sentence; behind its plan's
            prefix, if it has one.
        text: its words, as the plan prints them.
        strength: how firmly it binds; decides what falling short of it is called.
        lead, cooperating, shared: the departments, as the task's bracket names them: 牵头/负责,
            配合/参与, 按职责分工负责.
        excused: why no rule can hold anything against it, where that is so.
        defines: the ids of the rules that use it as their definition.
        figure: what it sets, an amount that is owed: a number that nobody keeps or breaks.
        waives: what it exempts from: every rule of a kind.
        home: the module it is written in.
    """

    id: str
    text: str
    strength: Strength
    campaign: str
    plan: Plan = attrs.field(validator=_PLAN)
    heading: str = ""
    en: str = ""
    lead: tuple[str, ...] = attrs.field(default=(), validator=_NAMES)
    cooperating: tuple[str, ...] = attrs.field(default=(), validator=_NAMES)
    shared: tuple[str, ...] = attrs.field(default=(), validator=_NAMES)
    excused: str = ""
    defines: tuple[str, ...] = attrs.field(default=(), validator=several(str, '("pm25.rule",)'))
    figure: Metric | None = attrs.field(default=None, validator=one_of((Metric, NoneType), "OWED"))
    waives: tuple[Waiver, ...] = attrs.field(
        default=(), validator=several(Waiver, '(Waiver("name", "应急减排", when),)')
    )
    home: str = attrs.field(init=False, eq=False, repr=False, factory=home)

    @property
    def departments(self) -> tuple[str, ...]:
        """Every department named, the leading ones first."""
        return (*self.lead, *self.shared, *self.cooperating)


@attrs.frozen(kw_only=True)
class Task:
    """A numbered task of the plan: its heading, its departments, and its clauses' common part."""

    id: str
    heading: str
    campaign: str
    plan: Plan = attrs.field(validator=_PLAN)
    lead: tuple[str, ...] = attrs.field(default=(), validator=_NAMES)
    cooperating: tuple[str, ...] = attrs.field(default=(), validator=_NAMES)
    shared: tuple[str, ...] = attrs.field(default=(), validator=_NAMES)

    def clause(
        self,
        number: int,
        text: str,
        strength: Strength | None = None,
        *,
        en: str = "",
        lead: tuple[str, ...] | None = None,
        shared: tuple[str, ...] | None = None,
        excused: str = "",
        defines: tuple[str, ...] = (),
        figure: Metric | None = None,
        waives: tuple[Waiver, ...] = (),
    ) -> Clause:
        """The task's `number`th sentence; `lead` and `shared` where the sentence names its own.

        Its strength is read from its words (`strength_of`); one that is excused, only defines,
        sets a figure or exempts binds nobody. `strength` is written where it is read otherwise.
        """
        if strength is None:
            nobody = excused or defines or waives or figure is not None
            strength = Strength.NONE if nobody else strength_of(text)
        return Clause(
            id=self.plan.place(f"{self.id}-{number}"),
            text=text,
            strength=strength,
            campaign=self.campaign,
            plan=self.plan,
            heading=self.heading,
            en=en,
            lead=self.lead if lead is None else lead,
            cooperating=self.cooperating,
            shared=self.shared if shared is None else shared,
            excused=excused,
            defines=defines,
            figure=figure,
            waives=waives,
        )
