"""While: a day lies in what a row of another ledger is valid for, and that row says something.

橙色及以上预警期间: `amid(Alert.level.at_least("橙色"), on=Work.on)`; A级企业 on the day of a trip:
`amid(Grade.grade.is_("A级"), on=Trip.date)`. A ledger says between which of its dates it is valid,
and whether its rows are all there are: `valid=("begins", "ends"), closed=True`.

Between two days both are in; of two moments the end is out: what ends at 18:00 is no more at 18:00,
and what takes its place from then on is. A row that is a moment is held against moments to the
minute. A day lies amid what is valid for any minute of it: what ends at midnight is not on the day
that begins then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.dated import Dated, Moment
from airplan_core.model.entity import Entity, Ledger, Reference, ledger_of
from airplan_core.model.fields import Flag
from airplan_core.model.interpretation import Choice
from airplan_core.model.tree import Column, Condition, columns, walk

#: The least that lies between two moments.
MINUTE = dt.timedelta(minutes=1)


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Amid(Flag):
    """Whether a row's day, or the day of assessment, lies amid rows that say something.

    Readers read it as a field of the row's ledger; engines attach it as one.

    Attributes:
        where: what the rows of the other ledger say.
        of: their reference to whose they are.
        key: the row's reference to the same; None where the row is the one itself.
        day: the row's day; None is the day of assessment.
    """

    where: Condition = attrs.field(repr=False)
    of: Column = attrs.field(repr=False)
    key: Column | None = attrs.field(default=None, repr=False)
    day: Column | None = attrs.field(default=None, repr=False)

    @property
    def ledger(self) -> Ledger:
        """The ledger that it lies amid the rows of."""
        assert self.of.entity is not None
        return ledger_of(self.of.entity)

    @property
    def exact(self) -> bool:
        """Whether moments are held against moments, and not days against days."""
        dates = (self.day, *valid(self.ledger.entity))
        return all(isinstance(date, Moment) for date in dates)

    @property
    def reads(self) -> tuple[Column, ...]:
        """The fields of its own row that it is made of."""
        return tuple(column for column in (self.key, self.day) if column is not None)


def amid(where: Condition, *, on: Column | None = None, zh: str = "", en: str = "") -> Amid:
    """The day of assessment lies amid rows that say something: 绩效A级企业.

    Args:
        where: what the rows of a ledger that is `valid` between two dates say; they refer to what
            the row, or its subject, refers to or is.
        on: the day of a row, instead of that of assessment.
        zh: what it is called in Chinese.
        en: and in English.

    Raises:
        RuleError: the ledger is not valid between dates, or it does not show whose a row is; an
            open question stands inside.
    """
    for node in walk(where):
        if isinstance(node, Choice):
            readings = ", ".join(f"{name}=amid(…)" for name, _ in node.branches)
            raise RuleError(
                f"amid(…): the question {node.interpretation.id} stands inside, where no reading "
                f"is taken; choose outside: ….choose({readings})"
            )
    entities = dict.fromkeys(column.entity for column in columns(where))
    if len(entities) != 1:
        raise RuleError("amid(…) is of what the rows of one ledger say: Alert.level.at_least(…)")
    (entity,) = entities
    ledger = ledger_of(entity)  # type: ignore[arg-type]
    if ledger.valid is None:
        raise RuleError(
            f"{ledger.entity.__name__} does not say between which of its dates a row is valid: "
            'class …(Entity, valid=("begins", "ends"))'
        )
    if on is not None and not isinstance(on, Dated):
        raise RuleError(f"amid(…, on={on!r}): the day of a row is one of its dates")
    mine = None if on is None else on.entity
    of, key = _whose(ledger, mine)
    subject = of.target if mine is None else mine
    paths = [None if column is None else column.path for column in (of, key, on)]
    said = repr((where, paths)).encode()
    name = f"amid {ledger.name} {hashlib.sha256(said).hexdigest()[:8]}"
    return Amid(
        zh=zh or f"{ledger.zh}期间", en=en or f"amid {ledger.en}", entity=subject, path=(name,),
        where=where, of=of, key=key, day=on,
    )  # fmt: skip


def _whose(ledger: Ledger, mine: type | None) -> tuple[Any, Column | None]:
    """The reference of a ledger's rows, and that of a row to the same, where it is not the row."""
    theirs = {c.target: c for c in ledger.columns.values() if isinstance(c, Reference)}
    if mine is None:
        if len(theirs) == 1:
            return next(iter(theirs.values())), None
    else:
        if mine in theirs:
            return theirs[mine], None
        own = [c for c in ledger_of(mine).columns.values() if isinstance(c, Reference)]
        both = [(theirs[column.target], column) for column in own if column.target in theirs]
        if len(both) == 1:
            return both[0]
    raise RuleError(
        f"amid(…): it does not show whose a row of {ledger.entity.__name__} is; the two ledgers "
        "refer to one other in common"
    )


def amid_of(leaves: Any) -> tuple[Amid, ...]:
    """Those of some fields that are made amid the rows of other ledgers, each once."""
    return tuple(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Amid)))


def valid(entity: type[Entity]) -> tuple[Any, Any]:
    """The two dates of a ledger between which a row is valid."""
    ledger = ledger_of(entity)
    assert ledger.valid is not None
    begins, ends = ledger.valid
    return ledger.columns[begins], ledger.columns[ends]
