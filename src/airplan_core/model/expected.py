"""What a sentence speaks of exists, entered or not: the rows that a ledger is expected to have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.counts import counting
from airplan_core.model.entity import Entity, Followed, Reference, ledger_of
from airplan_core.model.ids import folded
from airplan_core.model.several import all_of
from airplan_core.model.tree import Column

#: What is added to the id of a row that was not entered, where another row has it.
NOT_ENTERED = "（未录入）"


@attrs.frozen(kw_only=True)
class Expected:
    """So many rows of a ledger, with the values that are said of them, for each row of another.

    One that is not there is a subject of which nothing else is known, not a subject that nobody
    asks about: "is there none, or was it not recorded" is asked, never assumed. A row whose cells
    may hold the values stands for one of them.

    Attributes:
        entity: the ledger.
        per: the reference to what each has such rows; None where there are `number` of them in all.
        values: by field, what a row holds that is one of them; the first is what a row that is not
            there would hold.
        said: what is said of it, in words.
    """

    entity: type[Entity] = attrs.field(repr=lambda entity: entity.__name__)
    per: Any = None
    number: int = attrs.field(default=1, validator=counting("named({…}, 2)", least=1))
    values: tuple[tuple[Any, tuple[Any, ...]], ...] = ()
    said: str = attrs.field(default="", eq=False)

    @property
    def held(self) -> dict[str, Any]:
        """What a row that is not there would hold, by field."""
        return {column.name: first for column, (first, *_) in self.values}

    @property
    def keyed(self) -> bool:
        """Whether its row is the one that the ledger has of each."""
        return self.per is not None and ledger_of(self.entity).one_per == self.per.name

    @property
    def name(self) -> str:
        """What a row that is not there is called, after what it is of."""
        return folded(self.said or ledger_of(self.entity).zh)

    def id(self, number: int) -> str:
        """The id of one that is not there, of so many in all."""
        return self.name if self.number == 1 else f"{self.name}（{number}）"


def one_each(per: Any, values: Mapping[Any, str | tuple[str, ...]] | None = None) -> Expected:
    """Every row that a reference leads to has one: `one_each(Permit.enterprise)`.

    Args:
        per: the reference, of the ledger that is expected to have the rows.
        values: of which kind it has one; several values of a field are as good as the first.

    Raises:
        RuleError: it is no reference of that ledger, or a value is of another one.
    """
    per = per.reference if isinstance(per, Followed) else per
    if not isinstance(per, Reference) or len(per.path) != 1:
        raise RuleError(f"one_each({per!r}): name a reference of the ledger that has the rows")
    return _expected(_owner(per), values or {}, per=per)


def one_row_each(entity: type[Entity]) -> Expected | None:
    """What a ledger with one row for each of another is expected to have: see `Entity`."""
    ledger = ledger_of(entity)
    return None if ledger.one_per is None else one_each(ledger.column(ledger.one_per))


def named(values: Mapping[Any, str | tuple[str, ...]], number: int = 1) -> Expected:
    """Subjects that the sentence names or counts, 2台35吨炼钢电弧炉, by what it says of them.

    Raises:
        RuleError: nothing is said of them, or of two ledgers.
    """
    if not values:
        raise RuleError("named({}): say what the sentence says of the subjects that it names")
    return _expected(_owner(next(iter(values))), values, number=number)


def named_each(field: Any, names: Iterable[str]) -> tuple[Expected, ...]:
    """Every member of a list that the sentence gives, by one of its fields: 附件所列企业.

    `expects=named_each(Works.name, LISTED)`, where `applies=Works.name.among(*LISTED)`.

    Raises:
        RuleError: nobody is listed, one twice, or the field is of another ledger.
    """
    every = tuple(names)
    if not every or len(set(every)) < len(every) or isinstance(names, str):
        raise RuleError(f"named_each({field!r}, …) lists names, each once; got {every!r}")
    return tuple(named({field: name}) for name in every)


def _owner(column: Column) -> type[Entity]:
    entity = column.entity
    if entity is None or not issubclass(entity, Entity):
        raise RuleError(f"{column!r} is no field of a ledger")
    return entity


def _expected(
    entity: type[Entity], values: Mapping[Any, str | tuple[str, ...]], **more: Any
) -> Expected:
    said = {key: (one,) if isinstance(one, str) else one for key, one in values.items()}
    for column, every in said.items():
        all_of(str, every, f"what is said of {column!r}", '("35 吨",), or "35 吨"')
        if not isinstance(column, Column):
            raise RuleError(f"{column!r} is no field of a ledger")
    for column in said:
        if column.entity is not entity or len(column.path) != 1:
            raise RuleError(f"{column.title} is no field of {entity.__name__} itself")
    return Expected(
        entity=entity,
        values=tuple((key, tuple(map(key.enter, every))) for key, every in said.items()),
        said="、".join(first for first, *_ in said.values()),
        **more,
    )
