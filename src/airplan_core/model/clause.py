"""A clause is one sentence of the plan, with its place, its strength and whose it is."""

from __future__ import annotations

import datetime as dt
from enum import Enum

import attrs


class Strength(Enum):
    """How firmly a sentence binds, by its own words."""

    MUST = "应"  # 应、须、必须、要、严禁、不得, and a bare imperative
    IN_PRINCIPLE = "原则上"
    STRIVE = "力争"
    APPROX = "基本"  # 基本、左右
    ENCOURAGE = "鼓励"
    PERMIT = "可"
    NONE = "无"  # states, defines, introduces


@attrs.frozen(kw_only=True)
class Plan:
    """The document the clauses are sentences of; it is held against dates from `begins` on."""

    id: str
    title: str
    county: str
    begins: dt.date
    ends: dt.date
    en: str = ""


@attrs.frozen(kw_only=True)
class Clause:
    """One sentence of the plan.

    Attributes:
        id: its place, `2.1.3-3`: part 2, campaign 1, task 3, third sentence.
        text: its words, as the plan prints them.
        strength: how firmly it binds; decides what falling short of it is called.
        lead, cooperating, shared: the departments, as the task's bracket names them: 牵头/负责,
            配合/参与, 按职责分工负责.
        excused: why no rule can hold anything against it, where that is so.
        defines: the ids of the rules that use it as their definition.
    """

    id: str
    text: str
    strength: Strength
    campaign: str
    plan: Plan
    heading: str = ""
    en: str = ""
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    excused: str = ""
    defines: tuple[str, ...] = ()

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
    plan: Plan
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    def clause(
        self,
        number: int,
        text: str,
        strength: Strength = Strength.MUST,
        *,
        en: str = "",
        lead: tuple[str, ...] | None = None,
        shared: tuple[str, ...] | None = None,
        excused: str = "",
        defines: tuple[str, ...] = (),
    ) -> Clause:
        """The task's `number`th sentence; `lead` and `shared` where the sentence names its own."""
        return Clause(
            id=f"{self.id}-{number}",
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
        )
