"""A table that a plan prints: its figures, exact, and what they say of each other.

A printed figure is a claim. What a row's other figures come to, a total, a rate of what is to be
done by then, is computed from them, and a figure that is no rounding of it is an inconsistency:
the plan's text still binds, and whoever reads the plan is told both numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from typing import Any

import attrs

from airplan_core.errors import RuleError, UnitError, nearest
from airplan_core.home import home
from airplan_core.model.clause import Clause, Plan, Task
from airplan_core.model.several import all_of, one_of, several
from airplan_core.model.strength import Strength
from airplan_core.quantities import units

#: What a cell without a figure holds.
_BLANK = frozenset({"", "-", "—", "/", "／", "――", "——"})

#: With how many decimals an inconsistency shows what has no end, or a longer one.
_SHOWN = 4


@attrs.frozen(eq=False)
class Formula:
    """What some figures of a row come to: `DONE + ADDED`, `(DONE + ADDED) / DUE`."""

    def __add__(self, other: Formula) -> Formula:
        return _Joined("+", self, other)

    def __sub__(self, other: Formula) -> Formula:
        return _Joined("−", self, other)

    def __truediv__(self, other: Formula) -> Formula:
        return _Joined("÷", self, other)

    def heads(self) -> Iterator[Head]:
        """The columns of its own table that it reads."""
        return iter(())

    def unit(self) -> str:
        """The unit that it is in.

        Raises:
            UnitError: unlike things are added, or divided by each other.
        """
        raise NotImplementedError

    def value(self, table: PlanTable, row: str) -> Fraction | None:
        """What it comes to, in its unit; None where a cell has no figure, or 0 divides."""
        raise NotImplementedError

    def shown(self, table: PlanTable, row: str, *, inner: bool = False) -> str:
        """The same with the figures as they are printed: (95.5 + 5) ÷ 463."""
        raise NotImplementedError


def _words(words: Any) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


@attrs.frozen(eq=False)
class Head(Formula):
    """A column of a table: the words above it, the upper ones first, and the unit it is in."""

    words: tuple[str, ...] = attrs.field(converter=_words)
    measure: str

    def __attrs_post_init__(self) -> None:
        if not self.words:
            raise RuleError('head(…, unit="村"): write the words above the column')
        if self.measure:
            units.parse_unit(self.measure)

    def implied_by(self, formula: Formula) -> Claim:
        """In every row its figure is what others come to: `RATE.implied_by(DONE / DUE)`.

        Raises:
            RuleError, UnitError: it is no formula of columns, or of another kind of unit.
        """
        return Claim(self, formula)

    @property
    def rate(self) -> bool:
        """Whether it is a part of something, in per cent."""
        return bool(self.measure) and units.same_dimension(self.measure, "%")

    @property
    def title(self) -> str:
        """Its words, as a line has them."""
        return " ".join(self.words)

    def heads(self) -> Iterator[Head]:
        yield self

    def unit(self) -> str:
        return self.measure

    def value(self, table: PlanTable, row: str) -> Fraction | None:
        figure = table.figure(self, row)
        return None if figure is None else Fraction(figure)

    def shown(self, table: PlanTable, row: str, *, inner: bool = False) -> str:
        return table.cell(self, row)


def head(*words: str, unit: str = "") -> Head:
    """A column of a plan's table: `head("2024年目标", "新增燃气入户数", unit="户")`."""
    return Head(words, unit)


@attrs.frozen(eq=False)
class _Elsewhere(Formula):
    """A column of another table, in the row called the same."""

    table: PlanTable
    of: Head

    def unit(self) -> str:
        return self.of.measure

    def value(self, table: PlanTable, row: str) -> Fraction | None:
        return self.of.value(self.table, row) if row in dict(self.table.rows) else None

    def shown(self, table: PlanTable, row: str, *, inner: bool = False) -> str:
        return f"{self.of.shown(self.table, row)}〔{self.table.clause_id(self.of, row)}〕"


@attrs.frozen(eq=False)
class _Joined(Formula):
    """Two formulas added, subtracted or divided."""

    sign: str
    left: Formula = attrs.field(validator=one_of(Formula, "a column, or what columns come to"))
    right: Formula = attrs.field(validator=one_of(Formula, "a column, or what columns come to"))

    def heads(self) -> Iterator[Head]:
        yield from self.left.heads()
        yield from self.right.heads()

    def unit(self) -> str:
        left, right = self.left.unit(), self.right.unit()
        _factor(right, left)
        return "%" if self.sign == "÷" else left

    def value(self, table: PlanTable, row: str) -> Fraction | None:
        left, right = self.left.value(table, row), self.right.value(table, row)
        if left is None or right is None:
            return None
        right *= _factor(self.right.unit(), self.left.unit())
        if self.sign == "÷":
            return 100 * left / right if right else None
        return left + right if self.sign == "+" else left - right

    def shown(self, table: PlanTable, row: str, *, inner: bool = False) -> str:
        # a sum in a sum is read from the left; whatever else is joined stands in brackets
        loose = self.sign == "+"
        left = self.left.shown(table, row, inner=self.sign == "÷" or _of(self.left, "÷"))
        right = self.right.shown(table, row, inner=not loose or _of(self.right, "÷"))
        text = f"{left} {self.sign} {right}"
        return f"({text})" if inner else text


def _of(formula: Formula, sign: str) -> bool:
    return isinstance(formula, _Joined) and formula.sign == sign


@attrs.frozen(eq=False)
class _Others(Formula):
    """What a column's other rows add up to: 合计."""

    of: Head

    def unit(self) -> str:
        return self.of.measure

    def _each(self, table: PlanTable, row: str) -> list[str]:
        return [name for name, _ in table.rows if name != row]

    def value(self, table: PlanTable, row: str) -> Fraction | None:
        values = [self.of.value(table, name) for name in self._each(table, row)]
        return (
            sum((one for one in values if one is not None), Fraction())
            if all(one is not None for one in values)
            else None
        )

    def shown(self, table: PlanTable, row: str, *, inner: bool = False) -> str:
        return " + ".join(self.of.shown(table, name) for name in self._each(table, row))


def _factor(source: str, target: str) -> Fraction:
    """By how much a figure is multiplied to be in another's unit; one without is of no other."""
    if not source or not target:
        if source != target:
            raise UnitError(f"{source!r} and {target!r} are of one kind only if both have a unit")
        return Fraction(1)
    return units.factor(source, target)


@attrs.frozen(eq=False)
class Claim:
    """What a column prints, and what the table's other figures say that it comes to."""

    of: Head = attrs.field(validator=one_of(Head, "RATE.implied_by(DONE / DUE)"))
    by: Formula = attrs.field(validator=one_of(Formula, "RATE.implied_by(DONE / DUE)"))

    def __attrs_post_init__(self) -> None:
        _factor(self.by.unit(), self.of.measure)

    def implied(self, table: PlanTable, row: str) -> Fraction | None:
        """What it comes to, in the column's unit; None where that cannot be told."""
        value = self.by.value(table, row)
        return None if value is None else value * _factor(self.by.unit(), self.of.measure)

    def holds(self, printed: str, implied: Fraction) -> bool:
        """Whether a printed figure is what is implied, or a rounding of it.

        A rate may be rounded to fewer decimals than it is printed with, and zeros put behind, 31.70
        for 31.7; another figure to those that it is printed with. Both roundings are good: half up
        (四舍五入) and half to even (GB/T 8170).
        """
        figure = _number(printed)
        if figure is None:
            return True
        decimals = -min(0, int(figure.as_tuple().exponent))
        tried = range(decimals + 1) if self.of.rate else (decimals,)
        return any(Fraction(figure) in roundings(implied, one) for one in tried)


def roundings(value: Fraction, decimals: int) -> set[Fraction]:
    """A number rounded to so many decimals, half up (away from zero) and half to even."""
    scaled = value * 10**decimals
    half_up = math.floor(abs(scaled) + Fraction(1, 2)) * (1 if scaled >= 0 else -1)
    return {Fraction(one, 10**decimals) for one in (half_up, round(scaled))}


def _number(cell: str) -> Decimal | None:
    """The figure of a cell as it is printed, with its zeros; None where there is none."""
    text = cell.strip()
    if text in _BLANK:
        return None
    return units.to_decimal(text.removesuffix("%").removesuffix("％"))


@attrs.frozen(kw_only=True)
class Inconsistency:
    """A printed figure that is not what the others come to; its sentence binds all the same.

    Attributes:
        table: the table's id, `A3`, and `title` its heading.
        clause: the place of the figure, `A3-13`.
        row, column: where it stands, by the words of the table.
        printed: the figure, as it is printed, and `unit` what it is in.
        implied: what the others come to, exactly, in `unit`.
        working: how, with the figures as they are printed.
    """

    table: str
    title: str
    clause: str
    row: str
    column: str
    printed: str
    unit: str
    implied: Fraction
    working: str

    @property
    def computed(self) -> str:
        """What is implied as it can be read: exact, or with … behind so many decimals."""
        with localcontext(prec=60):
            exact = Decimal(self.implied.numerator) / Decimal(self.implied.denominator)
            short = exact.quantize(Decimal(1).scaleb(-_SHOWN), rounding=ROUND_HALF_EVEN)
        unit = self.unit if self.unit == "%" else f" {self.unit}" if self.unit else ""
        if Fraction(short) == self.implied:
            return f"{units.plain(short)}{unit}"
        return f"{short}…{unit}"

    @property
    def said(self) -> str:
        """What is printed, with its unit."""
        has = not self.unit or self.printed.endswith(("%", "％"))
        return self.printed if has else f"{self.printed} {self.unit}"

    def text(self, lang: str = "zh") -> str:
        """The finding in a sentence, in Chinese (`zh`) or English."""
        if lang == "zh":
            return (
                f"{self.clause}〔{self.title}〕{self.row}“{self.column}”：印的是 {self.said}，"
                f"而 {self.working} = {self.computed}；要求仍按印出的数"
            )
        return (
            f"{self.clause} [{self.title}] {self.row}, {self.column!r}: printed {self.said}, but "
            f"{self.working} = {self.computed}; what is printed still binds"
        )

    def to_dict(self) -> dict[str, Any]:
        """The same as a record, the implied number also as an exact fraction."""
        found = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
        exact = str(self.implied)
        return {"finding": "FIGURE_CONFLICT", **found, "implied": float(self.implied)} | {
            "implied_exactly": exact
        }


def _rows(rows: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    given = rows.items() if isinstance(rows, Mapping) else rows
    return tuple((name, cells) for name, cells in given)


@attrs.frozen(kw_only=True, eq=False)
class PlanTable:
    """A table as the plan prints it, in its order: columns, rows of cells, and what they claim.

    Attributes:
        task: the table as a task of the plan, by its heading; its cells are its sentences.
        columns: each made with `head`.
        rows: the cells by the row's name, as they are printed: `{"沁阳市": ("255", "100%")}`.
        claims: what its figures say of each other: `TOTAL.implied_by(OLD + NEW)`.
        total: the name of the row that adds up the others, where it has one; rates are not added.
        home: the module it is written in.
    """

    task: Task = attrs.field(validator=one_of(Task, "Task(…)"))
    columns: tuple[Head, ...] = attrs.field(validator=several(Head, '(head("总户数", unit="户"),)'))
    rows: tuple[tuple[str, tuple[str, ...]], ...] = attrs.field(converter=_rows)
    claims: tuple[Claim, ...] = attrs.field(
        default=(), validator=several(Claim, "(TOTAL.implied_by(OLD + NEW),)")
    )
    total: str | None = None
    home: str = attrs.field(init=False, repr=False, factory=home)

    def __attrs_post_init__(self) -> None:
        names = [name for name, _ in self.rows]
        if not names or len(set(names)) < len(names):
            raise RuleError(f"table {self.id!r}: each row has a name of its own; read {names}")
        if self.total is not None and self.total not in names:
            raise RuleError(
                f"table {self.id!r} has no row {self.total!r}; {nearest(self.total, names)}"
            )
        if len(set(self.columns)) < len(self.columns):
            raise RuleError(f"table {self.id!r} has one column twice")
        for name, cells in self.rows:
            all_of(str, cells, f"table {self.id!r}, row {name!r}", '("255", "100%")')
            if len(cells) != len(self.columns):
                raise RuleError(
                    f"table {self.id!r}, row {name!r}: {len(cells)} cells under "
                    f'{len(self.columns)} columns; write a cell for each, "—" where it is blank'
                )
            for column, cell in zip(self.columns, cells, strict=True):
                self._check(name, column, cell)
        for claim in self.claims:
            for one in (claim.of, *claim.by.heads()):
                self._place(one)

    def _check(self, row: str, column: Head, cell: str) -> None:
        """A cell holds a figure, in per cent only where its column is."""
        where = f"table {self.id!r}, row {row!r}, column {column.title!r}"
        try:
            _number(cell)
        except UnitError:
            raise RuleError(
                f'{where}: a cell is one number as it is printed, "65.6%", or "—"; read {cell!r}'
            ) from None
        if cell.strip().endswith(("%", "％")) and not column.rate:
            raise RuleError(f'{where}: {cell!r} is a rate; write head(…, unit="%")')

    @property
    def id(self) -> str:
        """What it is called in a rulebook: as its task is."""
        return self.plan.place(self.task.id)

    @property
    def plan(self) -> Plan:
        """The plan that prints it."""
        return self.task.plan

    def _place(self, column: Head) -> int:
        if column not in self.columns:
            raise RuleError(
                f"table {self.id!r} has no column {column.title!r}; "
                f"{nearest(column.title, [one.title for one in self.columns])}; of another table "
                "write OTHER[COLUMN]"
            )
        return self.columns.index(column)

    def _row(self, row: str | None) -> tuple[int, str, tuple[str, ...]]:
        names = [name for name, _ in self.rows]
        if row is None and len(names) == 1:
            row = names[0]
        if row not in names:
            raise RuleError(f"table {self.id!r}: name a row; {nearest(str(row), names)}")
        return names.index(row), *self.rows[names.index(row)]

    def __getitem__(self, column: Head) -> Formula:
        """A column of this table, for a claim of another, in the row called the same.

        Raises:
            RuleError: it has no such column.
        """
        self._place(column)
        return _Elsewhere(self, column)

    def cell(self, column: Head, row: str | None = None) -> str:
        """A cell as it is printed; the row may be left out where there is one only.

        Raises:
            RuleError: there is no such column or row; the nearest is named.
        """
        return self._row(row)[2][self._place(column)]

    def figure(self, column: Head, row: str | None = None) -> Decimal | None:
        """The number of a cell, in its column's unit; None where the cell has none."""
        return _number(self.cell(column, row))

    def quantity(self, column: Head, row: str | None = None) -> str:
        """The figure of a cell with its unit, as a condition takes it: "75 村".

        Raises:
            RuleError: the cell has no figure.
        """
        figure = self.figure(column, row)
        if figure is None:
            raise RuleError(f"table {self.id!r}: {column.title!r} has no figure there")
        return f"{units.plain(figure)} {column.measure}".strip()

    def number(self, column: Head, row: str | None = None) -> int:
        """The number of a cell's sentence: cells are counted along the rows, from 1."""
        return self._row(row)[0] * len(self.columns) + self._place(column) + 1

    def clause_id(self, column: Head, row: str | None = None) -> str:
        """The place of a cell: A3-13."""
        return self.plan.place(f"{self.task.id}-{self.number(column, row)}")

    def clause(
        self,
        column: Head,
        row: str | None = None,
        strength: Strength | None = None,
        *,
        en: str = "",
        excused: str = "",
        defines: tuple[str, ...] = (),
    ) -> Clause:
        """The sentence of a cell: the words above it, and what is printed: see `Task.clause`."""
        name = (self._row(row)[1],) if len(self.rows) > 1 else ()
        text = " … ".join((*name, *column.words, self.cell(column, row)))
        return self.task.clause(
            self.number(column, row), text, strength, en=en, excused=excused, defines=defines
        )

    @property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """Every printed figure that no rounding of what the others come to gives."""
        totals = [
            (Claim(column, _Others(column)), self.total)
            for column in self.columns
            if self.total is not None and not column.rate
        ]
        within = [(claim, name) for claim in self.claims for name, _ in self.rows]
        found = (self._held(claim, row) for claim, row in (*within, *totals))
        return tuple(one for one in found if one is not None)

    def _held(self, claim: Claim, row: str) -> Inconsistency | None:
        """What is wrong with a figure, if anything is."""
        implied, printed = claim.implied(self, row), self.cell(claim.of, row)
        if implied is None or claim.holds(printed, implied):
            return None
        return Inconsistency(
            table=self.id,
            title=self.task.heading,
            clause=self.clause_id(claim.of, row),
            row=row,
            column=claim.of.title,
            printed=printed,
            unit=claim.of.measure,
            implied=implied,
            working=claim.by.shown(self, row),
        )
