"""Ledgers: an entity is an attrs class, a field is an expression on the class, a value on a row.

class BrickLine(Entity, zh="砖瓦生产线", en="brick line"):
capacity: Measured = measured("块/年", zh="年产能")
exited_on: Event = event(zh="退出日期")

BrickLine.capacity.at_most("6000 万标砖/年")            # a condition
BrickLine(id="1", capacity="0.5 亿块/年").capacity      # Decimal("50000000"), in 块/年
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    TypeAlias,
    TypeVar,
    cast,
    dataclass_transform,
    overload,
)

import attrs

from airplan_core.errors import RuleError, UnitError, nearest
from airplan_core.model.ids import folded
from airplan_core.model.several import all_of, several
from airplan_core.model.tree import Column
from airplan_core.model.unsaid import is_blank
from airplan_core.quantities import units

if TYPE_CHECKING:
    import polars as pl


E = TypeVar("E", bound="Entity")

#: What the column of a ledger's ids may be headed by.
ID_HEADERS = ("id", "编号")


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Reference(Column, Generic[E]):
    """A field that holds the id of a row of another ledger; on the class it leads there."""

    target: type[E] = attrs.field(repr=lambda target: target.__name__)

    @overload
    def __get__(self, row: None, owner: type) -> type[E]: ...
    @overload
    def __get__(self, row: object, owner: type) -> str | None: ...
    def __get__(self, row: object | None, owner: type) -> type[E] | str | None:
        return cast("type[E]", Followed(self))

    if TYPE_CHECKING:

        def __set__(self, row: object, value: str | None) -> None: ...

    def enter(self, value: str) -> str:
        """The id of the row referred to."""
        return folded(str(value))

    def leave(self, value: str) -> str:
        """The value itself."""
        return value


@attrs.frozen
class Followed:
    """The rows a reference leads to: `Boiler.enterprise.industry` is a field seen from `Boiler`."""

    reference: Any

    def __getattr__(self, name: str) -> Any:
        target = ledger_of(self.reference.target)
        column = target.column(name)
        bound = column.bound(self.reference.entity, *self.reference.path, name)
        return Followed(bound) if isinstance(bound, Reference) else bound


@attrs.frozen(kw_only=True)
class Derivation:
    """How a ledger is completed from other ones: station-days from station-hours.

    Attributes:
        sources: the ledgers it is completed from; they are completed before it.
        compute: takes the ledger's own table, the sources' tables in order, and the readings
            taken (interpretation id → reading); returns the table, and notes on what was left out.
            What a ledger says itself is never overwritten.
        asks: the open questions that it depends on.
    """

    sources: tuple[type[Entity], ...] = attrs.field(validator=several(type, "(StationHour,)"))
    compute: Callable[..., tuple[pl.DataFrame, list[str]]]
    asks: tuple[Any, ...] = attrs.field(default=(), validator=several(object, "(QUESTION,)"))


@attrs.frozen(kw_only=True)
class Demand:
    """What the fields of one row must say together: an event ends after it begins.

    Attributes:
        of: the name of the field that is told where it is not so.
        so: whether it is, as a column of polars; a row of which it is unknown is in order.
        least: instead, the name of the field that `of` is no less than, which every engine can see.
        expected: of the field, and `hint` what to write instead, in the reader's language.
    """

    of: str
    so: Any = None
    least: str | None = None
    expected: str
    hint: str

    def __attrs_post_init__(self) -> None:
        if (self.so is None) == (self.least is None):
            raise RuleError(f"a demand of {self.of!r} says either `so` or `least`")


#: Turns a sheet of another shape (`facts.sheets.Sheet`) into the ledger's own columns; None where
#: it is not of that shape.
Shape: TypeAlias = Callable[[Any], Any]


@attrs.frozen(eq=False)
class Ledger:
    """What airplan knows of an entity's ledger: its name, labels and fields."""

    entity: type[Entity]
    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    one_per: str | None
    derived: Derivation | None
    demands: tuple[Demand, ...]
    shapes: tuple[Shape, ...]
    passed_over: frozenset[str]
    valid: tuple[str, str] | None
    closed: bool
    apart: str | None
    columns: dict[str, Any]

    def column(self, name: str) -> Any:
        """The field called `name`.

        Raises:
            RuleError: there is none; the nearest one is named.
        """
        if name not in self.columns:
            raise RuleError(
                f"{self.entity.__name__} has no field {name!r}; {nearest(name, self.columns)}"
            )
        return self.columns[name]

    def label(self, lang: str = "zh") -> str:
        """The ledger's name for a person."""
        return self.zh if lang == "zh" else self.en

    @property
    def names(self) -> tuple[str, ...]:
        """What its file, or its sheet in a workbook, may be called, in whatever case."""
        return tuple(dict.fromkeys(name.strip().lower() for name in (self.name, self.zh, self.en)))


def reference(
    target: type[E], *, zh: str, en: str = "", aliases: tuple[str, ...] = ()
) -> Reference[E]:
    """A field with the id of a row of `target`'s ledger."""
    return Reference(target=target, zh=zh, en=en, aliases=aliases)


# no field specifiers: what a field is assigned counts as its default, so that it may be left out
@dataclass_transform(kw_only_default=True)
class _Row:
    """What makes a subclass an attrs class of optional, keyword-only fields."""


class Entity(_Row):
    """A ledger; each row is a subject with an `id`.

    Every other field may be None or a blank text, which means unknown. A field without `en`, and a
    ledger, has its own name in English, with spaces. `key` names the fields that identify a row
    where the ledger has no id column of its own: the id is then made of them, see `Keyed`.
    `one_per` names the reference of which the ledger has one row each: a row that is missing there
    is a subject of which nothing is known, not a subject that nobody asks about. `derived`
    completes the ledger from others; a row is `valid` between two of its dates, and where the
    ledger is `closed` there are no others than it has: no row, no alert (`amid`); `apart` names the
    reference of which no two rows are valid at one time: one county, one alert. `demands` are
    what the fields of a row must say together, or it is set aside. Of files, `shapes` are other
    forms in which it is exported, and `passed_over` the columns that are known and not read.
    """

    __ledger__: ClassVar[Ledger]
    id: str

    # said once for all ledgers: each has many fields, and is made whenever a plugin is loaded

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __init_subclass__(
        cls,
        *,
        zh: str,
        en: str = "",
        key: tuple[str, ...] = (),
        one_per: str | None = None,
        derived: Derivation | None = None,
        demands: tuple[Demand, ...] = (),
        shapes: tuple[Shape, ...] = (),
        passed_over: Iterable[str] = (),
        valid: tuple[str, str] | None = None,
        closed: bool = False,
        apart: str | None = None,
    ) -> None:
        if cls.__module__ == __name__:
            return  # `Keyed`, which is no ledger yet
        passed_over = _listed(cls, "passed_over", passed_over)
        key = _listed(cls, "key", key)
        all_of(object, shapes, f"{cls.__name__}: shapes", "(wide,)")
        columns = {
            name: value if value.en else attrs.evolve(value, en=name.replace("_", " "))
            for name, value in vars(cls).items()
            if isinstance(value, Column)
        }
        if "id" in columns:
            raise RuleError(f"{cls.__name__} redefines 'id', which every ledger has")
        labels = dict.fromkeys(ID_HEADERS, "id") | {name: name for name in columns}
        for name, column in columns.items():
            for label in filter(None, (column.zh, column.en, *column.aliases)):
                other = labels.setdefault(units.clean(label).lower(), name)
                if other != name:
                    raise RuleError(
                        f"{cls.__name__}.{other} and {cls.__name__}.{name} are both called "
                        f"{label!r}; give each field of a ledger a name of its own"
                    )
        key = key or ((one_per,) if one_per else ())
        if issubclass(cls, Keyed) and not key:
            raise RuleError(
                f"{cls.__name__} is Keyed: say by which fields, key=(…), or of what it has one row "
                "each, one_per=…"
            )
        if one_per and not isinstance(columns.get(one_per, Reference), Reference):
            raise RuleError(f"{cls.__name__} has one row per {one_per!r}, which is no reference")
        for name in key:
            if name not in columns:
                raise RuleError(
                    f"{cls.__name__} is keyed by {name!r}, which it lacks; {nearest(name, columns)}"
                )
        for name in valid or ():
            if name not in columns:
                raise RuleError(
                    f"{cls.__name__} is valid between {valid!r}; {nearest(name, columns)}"
                )
        if apart and not (valid and isinstance(columns.get(apart), Reference)):
            raise RuleError(
                f"{cls.__name__}: the rows of one {apart!r} lie apart where it is a reference, and "
                'the ledger says between which dates a row is valid: valid=("begins", "ends")'
            )
        for name in columns:
            delattr(cls, name)
        bound = {name: column.bound(cls, name) for name, column in columns.items()}
        these: dict[str, Any] = {
            name: attrs.field(default=None, converter=_entering(column))
            for name, column in bound.items()
        }
        # an id that is made of a key is as its parts are
        these["id"] = (
            attrs.field(validator=_named, default=attrs.Factory(_keyed, takes_self=True))
            if key
            else attrs.field(validator=_named, converter=_folded)
        )
        attrs.define(cls, these=these, frozen=True, slots=False, kw_only=True, eq=False, repr=False)
        for name, column in bound.items():
            setattr(cls, name, column)
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()
        cls.__ledger__ = Ledger(
            entity=cls,
            name=name,
            zh=zh,
            en=en or name.replace("_", " "),
            key=key,
            one_per=one_per,
            derived=derived,
            demands=demands,
            shapes=shapes,
            passed_over=frozenset(passed_over),
            valid=valid,
            closed=closed,
            apart=apart,
            columns=bound,
        )


class Keyed(Entity, zh=""):
    """A ledger whose ids are made of its `key`, or of what it has `one_per`: none need be given.

    An `Entity` with a key does the same; types then ask for the id.
    """

    if TYPE_CHECKING:
        id: str = ""


def _listed(ledger: type, word: str, names: Iterable[str]) -> tuple[str, ...]:
    found = names if isinstance(names, str) else tuple(names)
    all_of(str, found, f"{ledger.__name__}: {word}", '("name",)')
    return tuple(found)


def _folded(id: Any) -> Any:
    return folded(id) if isinstance(id, str) else id


def _keyed(row: Any) -> str:
    """The id of a row whose ledger has a key, as a file without ids has it."""
    parts = [getattr(row, name) for name in ledger_of(type(row)).key]
    if all(part is None for part in parts):
        return ""  # which is none: `_named` says so
    return "/".join("" if part is None else str(part) for part in parts)


def _named(row: Any, _: Any, id: Any) -> None:
    key = ledger_of(type(row)).key
    if id == "" and key:
        raise ValueError(
            f"{type(row).__name__}: its id is made of {', '.join(key)}, and none is given; a row "
            "is known by what it is of"
        )
    if not isinstance(id, str) or not id.strip():
        raise ValueError(f"{type(row).__name__}.id: a text that is not blank, not {id!r}")


def _entering(column: Any) -> Any:
    def enter(value: Any) -> Any:
        if is_blank(value):
            return None
        try:
            return column.enter(value)
        except UnitError:
            raise
        except (ValueError, TypeError) as error:
            raise ValueError(f"{column.title}: {error}") from None

    return enter


def ledger_of(entity: type[Entity]) -> Ledger:
    """What airplan knows of an entity's ledger."""
    return entity.__ledger__
