"""One subject at a time, exactly: a tree becomes one Python function over a row of values.

A row is a mapping from column names to values as a record holds them (Decimal, int, bool, date,
str, None); a metric's interval is two columns. Conditions are Kleene's: true, false or None.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

import attrs

from airplan_core.model.dated import Moment, nothing, to_the_minute
from airplan_core.model.fields import Flag, Ranked
from airplan_core.model.metric import End, Metric, leaves, some
from airplan_core.model.outcome import FALSE, OPEN, TRUE
from airplan_core.model.times import Elapsed, Happened, Later, OfDay, Season, Until
from airplan_core.model.tree import (
    Always,
    Among,
    And,
    Arises,
    Arithmetic,
    Column,
    Compare,
    Condition,
    Constant,
    Expr,
    Given,
    Not,
    Or,
    Surely,
    walk,
)
from airplan_core.quantities.dates import NEVER
from airplan_core.quantities.units import EXACT, MAX_DECIMALS
from airplan_core.readers.ends import at_ends, of_metrics

Row: TypeAlias = Mapping[str, Any]

#: Exact arithmetic on decimals.
COMBINE = {"*": EXACT.multiply, "+": EXACT.add, "-": EXACT.subtract, "/": EXACT.divide}

#: How a truth value indexes the table of outcomes.
TRUTH = {False: FALSE, True: TRUE, None: OPEN}


@attrs.define
class Writer:
    """The Python function being written: its lines, its constants, and what it has computed.

    `as_of` is the day of assessment.
    """

    as_of: dt.date
    lines: list[str] = attrs.field(factory=list)
    constants: dict[str, Any] = attrs.field(factory=dict)
    computed: dict[Any, str] = attrs.field(factory=dict)

    def read(self, column: str) -> str:
        """The name of the variable that holds a column's value."""
        return self.once(("column", column), lambda: f"get({self.constant(column)})")

    def constant(self, value: Any) -> str:
        """The name of a constant."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def once(self, key: Any, source: Callable[[], str]) -> str:
        """The name of the variable that holds an expression's value, computed once a row."""
        if key not in self.computed:
            expression = source()
            self.computed[key] = f"v{len(self.computed)}"
            self.lines.append(f"{self.computed[key]} = {expression}")
        return self.computed[key]

    def condition(self, node: Expr) -> str:
        """The name of the variable that holds a condition's truth value."""
        return self.once(node, lambda: source(node, self))

    def function(self, result: str) -> Callable[[Row], Any]:
        """The function of a row that returns `result`."""
        body = "\n    ".join(["get = row.get", *self.lines, f"return {result}"])
        namespace = dict(self.constants)
        exec(compile(f"def read(row):\n    {body}", "<airplan>", "exec"), namespace)
        return namespace["read"]  # type: ignore[no-any-return]


@functools.singledispatch
def source(node: Expr, to: Writer) -> str:
    """The Python expression of a condition's truth value.

    Raises:
        NotImplementedError: naming the node this reader does not know.
    """
    raise NotImplementedError(f"the scalar reader does not know {type(node).__name__}")


@source.register
def _(node: Always, to: Writer) -> str:
    return "True"


@source.register
def _(node: Flag, to: Writer) -> str:
    return to.read(node.name)


@source.register
def _(node: Not, to: Writer) -> str:
    part = to.condition(node.part)
    return f"None if {part} is None else not {part}"


@source.register
def _(node: Surely, to: Writer) -> str:
    return f"{to.condition(node.part)} is True"


@source.register
def _(node: And, to: Writer) -> str:
    parts = [to.condition(part) for part in node.parts]
    return (
        f"False if {' or '.join(f'{part} is False' for part in parts)} else "
        f"None if {' or '.join(f'{part} is None' for part in parts)} else True"
    )


@source.register
def _(node: Or, to: Writer) -> str:
    parts = [to.condition(part) for part in node.parts]
    return (
        f"True if {' or '.join(f'{part} is True' for part in parts)} else "
        f"None if {' or '.join(f'{part} is None' for part in parts)} else False"
    )


@source.register
def _(node: Among, to: Writer) -> str:
    value = to.read(node.column.name)
    return f"None if {value} is None else {value} in {to.constant(frozenset(node.values))}"


@source.register
def _(node: Given, to: Writer) -> str:
    value = to.read(node.column.name)
    return f"None if {value} is None else {value} != {to.constant(nothing(node.column))}"


@source.register
def _(node: Arises, to: Writer) -> str:
    return to.read(some(node))


@source.register
def _(node: Until, to: Writer) -> str:
    if isinstance(node.day, dt.date):
        return str(to.as_of <= node.day)
    day = _own_day(node.day, to)
    return f"None if {day} is None else {to.constant(to.as_of)} <= {day}"


@source.register
def _(node: Season, to: Writer) -> str:
    if node.column is None:
        return str(node.has(to.as_of))
    day = _day_of(node.column, to)
    never, has = to.constant(NEVER), to.constant(node.has)
    return f"None if {day} is None else {day} < {never} and {has}({day})"


@source.register
def _(node: OfDay, to: Writer) -> str:
    value = to.read(node.column.name)
    never, has = to.constant(nothing(node.column)), to.constant(node.hours.has)
    return f"None if {value} is None else {value} < {never} and {has}({value})"


@source.register
def _(node: Elapsed, to: Writer) -> str:
    value = to.read(node.column.name)
    return f"None if {value} is None else {value} <= {to.constant(node.before(to.as_of))}"


@source.register
def _(node: Happened, to: Writer) -> str:
    if node.too_early(to.as_of):
        return "False"
    day, last = _day_of(node.column, to), to.constant(node.last(to.as_of))
    tests, empty, unknown = [f"{day} > {last}"], [], []
    if node.after is not None:
        after = to.constant(node.after)
        tests.append(f"{day} <= {after}")
    for bound, beyond in ((node.until, ">"), (node.since, "<")):
        if isinstance(bound, Column | Later):
            held = to.read(node.column.name) if to_the_minute(bound) else day
            own = _own(bound, to)
            tests.append(f"{own} is not None and {held} {beyond} {own}")
            unknown.append(f"{own} is None")
    # where the bounds leave no day, it is on none, whatever it is
    if isinstance(node.until, Column | Later) and node.after is not None:
        until = _own_day(node.until, to)
        empty.append(f"{until} is not None and {until} <= {after}")
    if node.since is not None:
        since = _own_day(node.since, to)
        empty.append(f"{since} is not None and {since} > {last}")
    lead = "".join(f"False if {test} else " for test in empty)
    inside = f"None if {' or '.join(unknown)} else True" if unknown else "True"
    outside = "".join(f"False if {test} else " for test in tests)
    return f"{lead}None if {day} is None else {outside}{inside}"


def _day_of(column: Column, to: Writer) -> str:
    """The name of the variable that holds the day of a date, or of a moment."""
    value = to.read(column.name)
    if not isinstance(column, Moment):
        return value
    return to.once(("day", column.name), lambda: f"None if {value} is None else {value}.date()")


def _own(bound: Column | Later, to: Writer) -> str:
    """The name of the variable that holds a day or a minute of the row's own."""
    if isinstance(bound, Column):
        return to.read(bound.name)
    value, of = to.read(bound.column.name), to.constant(bound.of)
    return to.once(bound, lambda: f"None if {value} is None else {of}({value})")


def _own_day(bound: Column | Later, to: Writer) -> str:
    """The name of the variable that holds the day of a bound of the row's own."""
    own = _own(bound, to)
    if not to_the_minute(bound):
        return own
    return to.once(("day", bound), lambda: f"None if {own} is None else {own}.date()")


@source.register
def _(node: Compare, to: Writer) -> str:
    if isinstance(node.left, Ranked) and isinstance(node.right, Constant):
        place = node.left.values.index
        value, limit = to.read(node.left.name), place(str(node.right.value))
        kept = frozenset(v for v in node.left.values if _holds(place(v), node.op, limit))
        return f"None if {value} is None else {value} in {to.constant(kept)}"
    if of_metrics(node):
        surely, possibly = (to.condition(one) for one in at_ends(node))
        return f"True if {surely} else False if {possibly} is False else None"
    if isinstance(node.left, Metric):
        low, high = (to.read(end) for end in node.left.ends)
        return _interval(low, high, node.op, to.constant(_constant(node.right).value))
    left, right = _fraction(node.left, to), _fraction(node.right, to)
    unknown = [f"{name} is None" for side in (left, right) for name in side.unknowns]
    zero = [f"{side.below} <= 0" for side in (left, right) if side.below]
    over, under = left.above, right.above
    if left.below or right.below:
        multiply = to.constant(EXACT.multiply)
        over = f"{multiply}({over}, {right.below})" if right.below else over
        under = f"{multiply}({under}, {left.below})" if left.below else under
    undecided = " or ".join([*unknown, *zero])
    return (
        f"None if {undecided} else {over} {node.op} {under}"
        if undecided
        else f"{over} {node.op} {under}"
    )


@attrs.frozen
class _Fraction:
    """A number as source: above, over below where it is a ratio; unknown if any of those is."""

    above: str
    below: str = ""
    unknowns: tuple[str, ...] = ()


def _fraction(node: Expr, to: Writer) -> _Fraction:
    match node:
        case Constant(value=Decimal() as value):
            # a whole number compares with a count as an int, which is faster and as exact
            return _Fraction(to.constant(int(value) if value == int(value) else value))
        case End():
            end, exact = to.read(node.name), to.constant(_micro)
            name = to.once(node, lambda: f"None if {end} is None else {exact}({end})")
            return _Fraction(name, unknowns=(name,))
        case Column():
            name = to.read(node.name)
            return _Fraction(name, unknowns=(name,))
        case Arithmetic(op="/"):
            left, right = _fraction(node.left, to), _fraction(node.right, to)
            return _Fraction(left.above, right.above, left.unknowns + right.unknowns)
        case Arithmetic():
            left, right = _fraction(node.left, to), _fraction(node.right, to)
            if left.below or right.below:
                raise NotImplementedError("a ratio is compared, not computed with further")
            unknowns = left.unknowns + right.unknowns
            combine, test = (
                to.constant(COMBINE[node.op]),
                " or ".join(f"{n} is None" for n in unknowns),
            )
            result = to.once(
                node, lambda: f"None if {test} else {combine}({left.above}, {right.above})"
            )
            return _Fraction(result, unknowns=(result,))
    raise NotImplementedError(f"the scalar reader cannot compare {type(node).__name__}")


def _micro(value: Decimal) -> Decimal:
    """The end of an interval in whole millionths, as the other readers have it."""
    return Decimal(value).quantize(Decimal(1).scaleb(-MAX_DECIMALS), ROUND_HALF_UP)


def _constant(node: Expr) -> Constant:
    if isinstance(node, Constant):
        return node
    raise NotImplementedError(f"a metric is held against a limit, not {type(node).__name__}")


def _interval(low: str, high: str, op: str, limit: str) -> str:
    """An interval against a limit: definite where the whole of it lies on one side.

    An end that is None is unbounded: nothing is known on that side.
    """
    if op == "==":
        outside = (
            f"({low} is not None and {low} > {limit}) or ({high} is not None and {high} < {limit})"
        )
        return f"False if {outside} else True if {low} == {high} == {limit} else None"
    near, far = (high, low) if op in ("<", "<=") else (low, high)
    return (
        f"True if {near} is not None and {near} {op} {limit} else "
        f"False if {far} is not None and not {far} {op} {limit} else None"
    )


def _holds(left: int, op: str, right: int) -> bool:
    return left <= right if op == "<=" else left >= right


@functools.lru_cache(maxsize=4096)
def _compiled(node: Condition, as_of: dt.date) -> Callable[[Row], Any]:
    to = Writer(as_of)
    return to.function(to.condition(node))


def evaluate(node: Condition, row: Row, as_of: dt.date) -> bool | None:
    """The truth value of a condition for a row on a day; None where it cannot be told."""
    return _compiled(node, as_of)(row)  # type: ignore[no-any-return]


@attrs.frozen
class Trace:
    """A condition as it came out for one subject, with the parts it came from."""

    node: Condition
    value: bool | None
    parts: tuple[Trace, ...]


def trace(node: Condition, row: Row, as_of: dt.date) -> Trace:
    """Every condition in the tree with its truth value for the row."""
    parts = tuple(
        trace(child, row, as_of) for child in node.children() if isinstance(child, Condition)
    )
    return Trace(node, evaluate(node, row, as_of), parts)


def missing(traced: Trace, row: Row) -> tuple[Expr, ...]:
    """The fields whose values are unknown and could decide an undecided condition."""
    if traced.value is not None:
        return ()
    if traced.parts:
        found = (leaf for part in traced.parts for leaf in missing(part, row))
    elif isinstance(traced.node, Arises):
        found = (leaf for leaf in leaves(traced.node))
    else:
        odd = (*_divided_by_nothing(traced.node, row), *_uncounted(traced.node, row))
        found = (leaf for leaf in leaves(traced.node) if _unknown(leaf, row) or leaf in odd)
    return tuple(dict.fromkeys(found))


def _divided_by_nothing(node: Expr, row: Row) -> tuple[Expr, ...]:
    """The fields of the divisors that are known to be 0: they leave open what is compared."""
    return tuple(
        leaf
        for ratio in walk(node)
        if isinstance(ratio, Arithmetic) and ratio.op == "/"
        if evaluate(Compare(ratio.right, "<=", Constant(Decimal(0))), row, dt.date.min)
        for leaf in leaves(ratio.right)
    )


def _uncounted(node: Expr, row: Row) -> tuple[Expr, ...]:
    """The dates of which it is not known which day is so many working days later."""
    return tuple(
        span.column
        for span in walk(node)
        if isinstance(span, Later)
        if (held := row.get(span.column.name)) is not None and span.of(held) is None
    )


def _unknown(leaf: Column | Metric, row: Row) -> bool:
    if isinstance(leaf, Metric):
        low, high = (row.get(end) for end in leaf.ends)
        return low is None or low != high
    return row.get(leaf.name) is None
