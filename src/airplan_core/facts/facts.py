"""Facts are a county's ledgers as typed tables; a record is one row of one, as an object."""

from __future__ import annotations

import datetime as dt
import json
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

import attrs
import cattrs
import polars as pl
import polars.selectors as cs

from airplan_core.errors import (
    FactsError,
    Problem,
    RuleError,
    Said,
    UnitError,
    nearest,
    said,
    why,
)
from airplan_core.model.dated import Event, Moment
from airplan_core.model.entity import ID_HEADERS, Entity, Reference, ledger_of
from airplan_core.model.fields import Counted, Flag, Measured, Stated
from airplan_core.model.ledgers import Exemption
from airplan_core.model.tree import Column
from airplan_core.model.unsaid import is_blank

E = TypeVar("E", bound=Entity)


def _all_said(notes: Iterable[str]) -> tuple[Said, ...]:
    return tuple(map(said, notes))


#: Says which of some ids a ledger has that is not read here.
Elsewhere: TypeAlias = Callable[[Iterable[str]], set[str]]


@attrs.frozen(kw_only=True)
class SetAside:
    """A row that is nobody's: its id, its key or the whole of it cannot be read or contradicts.

    It is in no table, and in every report. What it might belong to is open: see `Facts.adrift`.
    `id` is its id where there is one, so that rows referring to it are not dangling.
    """

    ledger: str
    file: str
    sheet: str | None = None
    row: int
    id: str | None = None
    problems: tuple[Problem, ...]

    @property
    def place(self) -> str:
        """Where it stands."""
        sheet = "" if self.sheet is None else f"“{self.sheet}”"
        return f"{self.file}{sheet}第{self.row}行"


@attrs.frozen(kw_only=True)
class Unreadable:
    """A cell that could not be read: its row stands in the ledger's table, the cell is unknown."""

    ledger: str
    id: str
    field: str
    problem: Problem


@attrs.frozen(kw_only=True)
class FileRead:
    """A file, or a sheet of one, that was read as a ledger's: how many rows, below which header."""

    ledger: str
    file: str
    sheet: str | None = None
    head: int
    rows: int


@attrs.frozen(kw_only=True, slots=False)
class Facts:
    """The ledgers by name, each a table with the columns of `table_schema`.

    Attributes:
        tables: the ledgers that were supplied; one without a row says that there are none, and a
            ledger that is missing is wholly unknown.
        set_aside: the rows that are nobody's.
        adrift: by ledger, what could be read of these rows; each may belong to any subject.
        unreadable: the cells that could not be read.
        notes: what a reader should know of the input: blank rows passed over, sheets ignored.
        elsewhere: the ledgers that stand in a database and stay there, by name; for each, which
            of some ids it has.
        files: the files and sheets that were read.

    Raises:
        FactsError: a table holds NaN or an infinite number; the column and the row are named.
    """

    tables: Mapping[str, pl.DataFrame]
    set_aside: tuple[SetAside, ...] = ()
    adrift: Mapping[str, pl.DataFrame] = attrs.field(factory=dict)
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[Said, ...] = attrs.field(default=(), converter=_all_said)
    elsewhere: Mapping[str, Elsewhere] = attrs.field(factory=dict)
    files: tuple[FileRead, ...] = ()

    def __attrs_post_init__(self) -> None:
        problems = [one for name, table in self.tables.items() for one in _unreal(name, table)]
        if problems:
            raise FactsError(problems)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The ledgers in which an id stands more than once; looked for once."""
        return frozenset(
            name for name, table in self.tables.items() if table["id"].n_unique() != table.height
        )

    @classmethod
    def of(cls, *records: Entity, none: Iterable[type[Entity]] = ()) -> Facts:
        """Facts made of records, in the order given.

        `none` has the ledgers that are supplied and empty: there are none of these. A ledger of
        which there is no record, and that is not among them, was not supplied: it is unknown.

        Raises:
            RuleError: a record is none, or a ledger of which there is a record is said to be empty.
            FactsError: a record refers to a row that its ledger, of which there are others, lacks.
        """
        grouped: dict[type[Entity], list[Entity]] = {}
        for record in records:
            if not isinstance(record, Entity):
                raise RuleError(_no_record(record))
            grouped.setdefault(type(record), []).append(record)
        for entity in _ledgers(none):
            if entity in grouped:
                raise RuleError(
                    f"there are {len(grouped[entity])} records of {entity.__name__}, which "
                    "`none` says is empty; leave it out of one of the two"
                )
            grouped[entity] = []
        problems = list(_dangling(grouped))
        if problems:
            raise FactsError(problems)
        return cls(
            tables={
                ledger_of(entity).name: table_of(entity, rows) for entity, rows in grouped.items()
            }
        )

    def table(self, entity: type[Entity]) -> pl.DataFrame:
        """The entity's ledger, empty where none was supplied."""
        name = ledger_of(entity).name
        if name in self.elsewhere:
            raise not_here([name])
        table = self.tables.get(name)
        return pl.DataFrame(schema=table_schema(entity)) if table is None else table

    @property
    def faults(self) -> tuple[Problem, ...]:
        """Every problem of a cell or a row, as far as the ledgers could be read with it."""
        rows = (problem for row in self.set_aside for problem in row.problems)
        return (*(cell.problem for cell in self.unreadable), *rows)

    def rows(self, entity: type[Entity]) -> pl.DataFrame:
        """The entity's ledger with the rows that are nobody's: what metrics are made of."""
        adrift = self.adrift.get(ledger_of(entity).name)
        table = self.table(entity)
        return table if adrift is None else pl.concat([table, adrift])

    def supplies(self, entity: type[Entity]) -> bool:
        """Whether the entity's ledger was supplied, be it empty."""
        name = ledger_of(entity).name
        return name in self.tables or name in self.elsewhere

    def records(self, entity: type[E]) -> list[E]:
        """The entity's ledger as records."""
        return [from_row(entity, row) for row in self.table(entity).iter_rows(named=True)]

    def to_json(self, entities: Iterable[type[Entity]]) -> str:
        """Every ledger as JSON, quantities with their units: `from_json` reads it back."""
        ledgers = {
            ledger_of(entity).name: CONVERTER.unstructure(self.records(entity))
            for entity in entities
            if self.supplies(entity)
        }
        return json.dumps(ledgers, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str, entities: Iterable[type[Entity]], file: str = "JSON") -> Facts:
        """Facts from what `to_json` wrote.

        Raises:
            FactsError: every unknown ledger or field, and every value that does not fit.
        """
        known = {ledger_of(entity).name: entity for entity in entities}
        problems, tables = [], {}
        for name, rows in json.loads(text).items():
            if name not in known:
                problems.append(
                    Problem(
                        file=file,
                        read=name,
                        expected=Said("台账", "a ledger"),
                        hint=nearest(name, known),
                    )
                )
                continue
            records = []
            for number, row in enumerate(rows, 1):
                try:
                    records.append(CONVERTER.structure(row, known[name]))
                except (ValueError, RuleError) as error:
                    problems.append(
                        Problem(file=file, row=number, column=name, expected=why(error))
                    )
            tables[name] = table_of(known[name], records)
        if problems:
            raise FactsError(problems)
        return cls(tables=tables)


def _ledgers(none: Iterable[type[Entity]]) -> tuple[type[Entity], ...]:
    """The ledgers that are said to be empty."""
    found = none if isinstance(none, type) else tuple(none)
    if not isinstance(found, tuple) or not all(map(_is_entity, found)):
        raise RuleError(f"`none` lists the ledgers that are empty, none=[Ledger]; read {none!r}")
    return found


def _dangling(records: Mapping[type[Entity], Sequence[Entity]]) -> Iterator[Problem]:
    """Every reference to a row that a ledger with rows does not have."""
    ids = {entity: {row.id for row in rows} for entity, rows in records.items() if rows}
    for entity, rows in records.items():
        for name, column in ledger_of(entity).columns.items():
            there = ids.get(column.target) if isinstance(column, Reference) else None
            if there is None:
                continue
            for row in rows:
                id = vars(row)[name]
                if id is not None and id not in there:
                    yield Problem(
                        file=ledger_of(entity).name, column=name, read=id,
                        expected=id_of(column.target), hint=nearest(id, there),
                    )  # fmt: skip


def id_of(entity: type[Entity]) -> Said:
    """What a cell that names a row of a ledger is expected to hold."""
    ledger = ledger_of(entity)
    return Said(f"台账“{ledger.zh}”里的编号", f"the id of a {ledger.name}")


def _no_record(given: Any) -> str:
    if _is_entity(given):
        return f"{given.__name__} is a ledger, not a record; an empty one: none=[{given.__name__}]"
    if isinstance(given, Iterable) and not isinstance(given, str):
        return "facts are made of records one by one: Facts.of(*records)"
    return f"facts are made of records of ledgers, not of {reprlib.repr(given)}"


def _unreal(name: str, table: pl.DataFrame) -> Iterator[Problem]:
    """Every column of a table with a cell that is NaN or infinite; such a cell makes its sum so."""
    finite = table.select(cs.float().sum().is_finite())
    for column in (one.name for one in finite if not one.all()):
        wrong = table.filter(~pl.col(column).is_finite()).select("id", column).rows()
        for id, value in wrong[:1]:
            yield Problem(
                file=name, column=column, read=str(value),
                expected=Said(
                    f"“{id}”一行里的数，不知道的留空",
                    f"a number, or nothing where it is unknown, in the row {id!r}",
                ),
                hint=Said(f"这样的有 {len(wrong)} 行", f"{len(wrong)} such rows; write null"),
            )  # fmt: skip


def not_here(ledgers: Iterable[str]) -> FactsError:
    """The error of ledgers that are asked for here and stand in a database."""
    why = Said(
        "在这里读的台账；它在数据库里，写明 --engine",
        "a ledger that is read here; it stands in a database: name its engine",
    )
    return FactsError([Problem(file=name, expected=why) for name in ledgers])


def dtype(column: Column) -> pl.DataType | type[pl.DataType]:
    """The polars type of a field's values.

    A measured value is a double in the field's unit. It has at most 15 significant digits
    (`units.fit`), which a double keeps apart and in order, so that columns compare as decimals do.
    """
    match column:
        case Measured():
            return pl.Float64
        case Counted():
            return pl.Int64
        case Flag():
            return pl.Boolean
        case Event():
            return pl.Date
        case Moment():
            return pl.Datetime("us")
        case Stated():
            return pl.Enum(list(column.values))
    return pl.String


def table_schema(entity: type[Entity]) -> dict[str, Any]:
    """The columns of the entity's table and their types: `id` first, then its fields."""
    fields = ledger_of(entity).columns.items()
    return {"id": pl.String, **{name: dtype(column) for name, column in fields}}


def table_of(entity: type[Entity], records: Iterable[Entity]) -> pl.DataFrame:
    """A table of records."""
    schema = table_schema(entity)
    rows = [
        [float(v) if isinstance(v, Decimal) else v for v in map(vars(r).__getitem__, schema)]
        for r in records
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def exact(value: float) -> Decimal:
    """The decimal a measured cell holds: the shortest one that the double stands for."""
    return Decimal(repr(value))


def from_row(entity: type[E], row: Mapping[str, Any]) -> E:
    """One row of the entity's table as a record."""
    values: dict[str, Any] = {
        name: exact(v) if isinstance(v, float) else v for name, v in row.items()
    }
    return entity(**values)


def _unstructure(record: Entity) -> dict[str, Any]:
    ledger = ledger_of(type(record))
    left: dict[str, Any] = {"id": record.id}
    for name, column in ledger.columns.items():
        value = vars(record)[name]
        if value is not None:
            left[name] = column.leave(value)
    return left


def _structure(given: Mapping[str, Any], entity: type[E]) -> E:
    """A record of what a mapping says, by the names of fields or what they are called.

    Raises:
        ValueError: every field that is unknown or stands twice, and every value that does not fit.
    """
    ledger = ledger_of(entity)
    names = {
        label: name for name, one in ledger.columns.items() for label in (one.zh, one.en, name)
    }
    names |= dict.fromkeys(ID_HEADERS, "id")
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for label, value in given.items():
        name = names.get(label)
        if name is None:
            near = nearest(label, ["id", *ledger.columns])
            wrong.append(f"{entity.__name__} has no field {label!r}; {near}")
        elif name in values:
            wrong.append(f"{entity.__name__}.{name} stands twice, also as {label!r}")
        else:
            values[name] = value
            try:
                if name != "id" and not is_blank(value):
                    ledger.columns[name].enter(value)
            except (ValueError, TypeError, UnitError) as error:
                wrong.append(f"{entity.__name__}.{name}: {error}")
    if not isinstance(values.get("id"), str) and not (ledger.key and "id" not in values):
        wrong.append(f"a {ledger.en} needs an 'id', a text; read {values.get('id')!r}")
    if wrong:
        raise ValueError("\n".join(wrong))
    return entity(**values)


def _is_entity(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Entity)


#: Structures a mapping into a record and a record into a mapping, quantities with their units.
CONVERTER = cattrs.Converter(forbid_extra_keys=True)
CONVERTER.register_unstructure_hook_func(_is_entity, _unstructure)
CONVERTER.register_structure_hook_func(_is_entity, _structure)


def valid_exemptions(facts: Facts, as_of: dt.date) -> pl.DataFrame:
    """The granted exemptions that count on the day; one without both of its dates never does."""
    return facts.table(Exemption).filter(
        (pl.col("valid_from") <= as_of) & (pl.col("valid_to") >= as_of)
    )
