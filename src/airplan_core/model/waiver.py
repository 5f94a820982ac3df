"""A waiver: a sentence that exempts from every rule of a kind, 白名单项目应急管控豁免."""

from __future__ import annotations

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.metric import Metric
from airplan_core.model.several import one_of, several
from airplan_core.model.tree import Condition, columns, shallow, walk


@attrs.frozen
class Waiver:
    """Who is exempted from the rules of a kind, wherever they are written.

    `TASK.clause(3, "绩效A级可不采取…", waives=(Waiver("grade-a", "应急减排", GRADE_A),))` reaches
    every `Rule(kinds=("应急减排",))`, about the enterprise or what refers to it.

    Attributes:
        name: of the exemption.
        kind: of the rules that it reaches.
        when: who is exempted, by the fields of one ledger.
        but: the ids of rules of the kind that it does not reach.
    """

    name: str = attrs.field(validator=one_of(str, '"white-list"'))
    kind: str = attrs.field(validator=one_of(str, '"应急减排"'))
    when: Condition
    but: tuple[str, ...] = attrs.field(default=(), validator=several(str, '("o3.rule",)'))

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.when, Condition):
            raise RuleError(
                f"the waiver {self.name!r} says who is exempted by a condition, "
                f"Project.listed or Project.kind.is_(…); read {self.when!r}"
            )
        shallow(self.when, f"the waiver {self.name!r}")
        entities = {column.entity for column in columns(self.when)}
        metrics = any(isinstance(node, Metric) for node in walk(self.when))
        if len(entities) != 1 or metrics:
            raise RuleError(
                f"the waiver {self.name!r} says who is exempted by the fields of one ledger"
            )
