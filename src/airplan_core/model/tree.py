"""The condition tree: a dozen frozen nodes that every reader walks and none of them changes.

A condition is built with words (`at_most`, `happened`, `&`) and is checked while it is built.
Two trees that say the same are equal.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, NoReturn, Self, TypeAlias

import attrs

from airplan_core.errors import RuleError, UnitError
from airplan_core.model.several import several
from airplan_core.quantities import units
from airplan_core.quantities.dates import FIRST_YEAR, NEVER, to_day

Comparator: TypeAlias = Literal["<", "<=", ">", ">=", "=="]

#: What is so where a comparison is not.
OPPOSITE: dict[str, Comparator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}

#: Which way a number is cleaner: "neither" is said of a capacity or a distance; None is of one
#: that no rule limits.
Better: TypeAlias = Literal["less", "more", "neither"] | None

Limit: TypeAlias = "str | units.Quantity | Mapping[str | int, str] | Number | Constant"


class Expr:
    """A node of the tree. It has no truth value: only a subject, on a day, gives it one."""

    __slots__ = ()

    @property
    def owner(self) -> type | None:
        """The ledger whose row a field, or a metric, is of; None of what is made of others."""
        return None

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a condition is not true or false by itself; join conditions with &, | and ~ "
            "(not with `and`, `or`, `not`), and hold them against a subject with check() or "
            "assess()"
        )

    def children(self) -> tuple[Expr, ...]:
        """The nodes directly below, on the same subject."""
        return tuple(child for _, part in self._parts() for child in part)

    def rebuilt(self, children: Iterable[Expr]) -> Expr:
        """The same node over other children, given in the order of `children`."""
        left = iter(children)
        changes: dict[str, Any] = {}
        for name, part in self._parts():
            new = tuple(next(left) for _ in part)
            changes[name] = new if isinstance(getattr(self, name), tuple) else new[0]
        return attrs.evolve(self, **changes)  # type: ignore[misc]

    def _parts(self) -> Iterator[tuple[str, tuple[Expr, ...]]]:
        kind: Any = type(self)
        for name in _names(kind):
            value = getattr(self, name)
            if isinstance(value, Expr):
                yield name, (value,)
            elif isinstance(value, tuple) and value and isinstance(value[0], Expr):
                yield name, value


@functools.cache
def _names(node: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(node))


class Condition(Expr):
    """A node whose value is true, false or unknown."""

    __slots__ = ()

    def __and__(self, other: Condition) -> Condition:
        return _joined(And, self, other)

    def __or__(self, other: Condition) -> Condition:
        return _joined(Or, self, other)

    def __invert__(self) -> Condition:
        return self.part if isinstance(self, Not) else Not(self)


class Number(Expr):
    """A node whose value is a number in a unit; it is compared in the words of the law.

    民法典 1259: 以上、以下、以内 include the number (`at_least`, `at_most`); 超过、不满、大于
    do not (`more_than`, `less_than`).
    """

    __slots__ = ()

    @property
    def measure(self) -> str:
        """The unit of this node's numbers."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """How an error names this node."""
        return type(self).__name__

    def at_least(self, limit: Limit) -> Condition:
        """不低于、以上: the limit itself is included."""
        return self._compared(">=", limit)

    def at_most(self, limit: Limit) -> Condition:
        """不高于、以下、以内: the limit itself is included."""
        return self._compared("<=", limit)

    def more_than(self, limit: Limit) -> Condition:
        """超过、大于: the limit itself is excluded."""
        return self._compared(">", limit)

    def less_than(self, limit: Limit) -> Condition:
        """不满、小于: the limit itself is excluded."""
        return self._compared("<", limit)

    def equal_to(self, limit: Limit) -> Condition:
        """Exactly the limit: 2台35吨电弧炉."""
        return self._compared("==", limit)

    def plus(self, other: Number) -> Number:
        """The sum of two numbers in one unit: 新能源和国六."""
        return Arithmetic("+", self, other)

    def minus(self, other: Number) -> Number:
        """The difference of two numbers in one unit; that of two percentages is in 百分点."""
        return Arithmetic("-", self, other)

    def times(self, multiple: str | int | Decimal) -> Number:
        """The number times a plain one: 倍量替代, `times("2")`; 的110%, `times("1.1")`.

        Raises:
            RuleError: it is none.
        """
        return Arithmetic("*", self, Constant(_factor(self, multiple), "", f"{multiple}"))

    def fallen_by(self, part: str, since: Any) -> Condition:
        """It is lower than another number, by so much of that or by more: 较2020年下降12%.

        What was nothing cannot fall by a part of it: of that it is unknown.

        Args:
            part: of what it was: "12 %".
            since: what it was.

        Raises:
            RuleError, UnitError: `part` is no percentage, or of more than there was.
        """
        return Compare(self._of_what_was(since), "<=", fallen(part))

    def risen_by(self, part: str, since: Any) -> Condition:
        """It is higher than another number, by so much of that or by more: see `fallen_by`."""
        return Compare(self._of_what_was(since), ">=", risen(part))

    def _of_what_was(self, since: Any) -> Arithmetic:
        """The number as a part of what it was."""
        part = Arithmetic("/", self, since)
        if not part.plain:
            raise UnitError(
                f"{self.title} is in {self.measure!r}, and what it was, {since.title}, in "
                f"{since.measure!r}; give both one unit"
            )
        return part

    def __mul__(self, other: Number) -> Number:
        return Arithmetic("*", self, other)

    def __truediv__(self, other: Number) -> Number:
        return Arithmetic("/", self, other)

    def _compared(self, op: Comparator, limit: Limit) -> Condition:
        if isinstance(limit, Number):
            one_ledger(self, limit)
            return Compare(self, op, limit)
        if isinstance(limit, Expr) and not isinstance(limit, Constant):
            raise UnitError(f"{self.title} is measured in {self.measure!r}; {limit!r} is no number")
        if isinstance(limit, Mapping):
            if not limit:
                raise RuleError(
                    f"{self.title}: a limit for each stage is written {{2024: …, 2025: …}}; {{}} "
                    "has none"
                )
            stages = {_day(day): self.constant(written) for day, written in limit.items()}
            return Compare(self, op, Staged(tuple(sorted(stages.items(), key=lambda s: s[0]))))
        return Compare(self, op, self.constant(limit))

    def constant(self, limit: str | units.Quantity | Constant) -> Constant:
        """`limit` as a constant in this node's unit.

        Raises:
            UnitError: another dimension; the field, its unit and what was written are named.
        """
        if isinstance(limit, Constant):
            return limit
        if units.is_number(limit) if isinstance(limit, str) else type(limit) is not units.Quantity:
            raise UnitError(
                f"{self.title} is measured in {self.measure!r}; {limit!r} has no unit: "
                f"write {_with_unit(limit, self.measure)}"
            )
        try:
            value = units.Quantity.of(limit).to(self.measure)
        except UnitError as error:
            raise UnitError(
                f"{self.title} is measured in {self.measure!r}; {str(limit)!r} does not fit: "
                f"{error}",
                error.zh,
            ) from None
        return Constant(value, self.measure, str(limit))


@attrs.frozen(cache_hash=True)
class Always(Condition):
    """Every subject: the rule's sentence names no further condition."""


@attrs.frozen(cache_hash=True)
class Constant(Expr):
    """A number, date or name that the sentence states, and how it writes it."""

    value: Decimal | str
    unit: str = ""
    written: str = attrs.field(default="", eq=False)

    @property
    def measure(self) -> str:
        """The unit the value is in; empty for a plain number or a name."""
        return self.unit


@attrs.frozen(cache_hash=True)
class Staged(Expr):
    """A limit that differs by stage: one constant for each due date."""

    stages: tuple[tuple[dt.date, Constant], ...]

    def at(self, due: dt.date) -> Constant:
        """The limit of the stage due on `due`.

        Raises:
            RuleError: no stage has that due date; the ones that exist are listed.
        """
        for day, constant in self.stages:
            if day == due:
                return constant
        known = ", ".join(str(day) for day, _ in self.stages)
        raise RuleError(f"no limit is given for the stage due {due}; there are {known}")


@attrs.frozen(cache_hash=True)
class Arithmetic(Number):
    """Two numbers multiplied, divided, added or subtracted, kept exact: 单位产品污染物排放量."""

    op: Literal["*", "/", "+", "-"]
    left: Expr
    right: Expr

    def __attrs_post_init__(self) -> None:
        shallow(self, "a sum or product")
        if not isinstance(self.right, Number | Constant):
            left = getattr(self.left, "title", "")
            raise RuleError(
                f"{left} {self.op} {self.right!r}: two numbers are meant, fields or metrics; a "
                'plain one stands in times("2")'
            )
        one_ledger(self.left, self.right)
        if self.op in ("+", "-"):
            mine, other = (getattr(side, "measure", "") for side in (self.left, self.right))
            if units.factor(other, mine) != 1:
                raise UnitError(f"{mine!r} and {other!r} are added and subtracted in one unit only")

    @property
    def title(self) -> str:
        """Both sides, as they are called: Site.emitted / Site.product."""
        sides = (getattr(side, "title", "") or str(side.written) for side in self.sides)
        return f" {self.op} ".join(sides)

    @property
    def sides(self) -> tuple[Any, Any]:
        """What stands on the left and on the right."""
        return self.left, self.right

    @property
    def measure(self) -> str:
        """The unit of the result: a percentage less a percentage is in percentage points."""
        left, right = (getattr(side, "measure", "") for side in (self.left, self.right))
        if self.op == "-" and left and units.same_dimension(left, "%"):
            return "百分点"
        if self.op in ("+", "-"):
            return str(left)
        if not right:
            return str(left)
        if self.plain:
            return ""
        return f"({left}){self.op}({right})"

    @property
    def plain(self) -> bool:
        """Whether it is a ratio of two numbers in one unit."""
        left, right = (getattr(side, "measure", "") for side in (self.left, self.right))
        return self.op == "/" and left == right

    def constant(self, limit: Any) -> Constant:
        """`limit` in the result's unit; of a ratio in one unit it is a percentage: 覆盖率32.8%."""
        if not self.plain or isinstance(limit, Constant):
            return super().constant(limit)
        bare = isinstance(limit, str) and units.is_number(limit)
        if not bare and isinstance(limit, str | units.Quantity):
            given = units.Quantity.of(limit)
            if units.same_dimension(given.unit, "%"):
                return Constant(given.to("%") / 100, "", str(limit))
            if units.same_dimension(given.unit, ""):
                return super().constant(limit)
        raise UnitError(
            f"{limit!r}: a ratio of two numbers in one unit is held against a percentage; "
            "write '3 %' for 0.03"
        )


@attrs.frozen(cache_hash=True)
class Compare(Condition):
    """A number, or a rank, held against a limit or another number."""

    left: Expr
    op: Comparator
    right: Expr

    def __attrs_post_init__(self) -> None:
        if isinstance(self.left, Number) and isinstance(self.right, Number):
            mine, other = self.left.measure, self.right.measure
            if units.factor(other, mine) != 1:
                raise UnitError(
                    f"{self.left.title} is in {mine!r} and {self.right.title} in {other!r}; "
                    "give both fields one unit"
                )


@attrs.frozen(cache_hash=True)
class Among(Condition):
    """A stated or ranked field is one of the listed values."""

    column: Column
    values: tuple[str, ...]


@attrs.frozen(cache_hash=True)
class Given(Condition):
    """Something is stated in a text or date field, and not that there is nothing: 无, 待定."""

    column: Column


@attrs.frozen(cache_hash=True)
class Arises(Condition):
    """There is something that a metric is of: 100 % of nothing is no share."""

    metric: Number


@attrs.frozen(cache_hash=True)
class And(Condition):
    """All parts hold."""

    parts: tuple[Condition, ...]


@attrs.frozen(cache_hash=True)
class Whole(And):
    """An enumeration that is one thing, of parts each of which is asked: “五到位、一密闭”."""

    zh: str = ""
    en: str = ""

    def label(self, lang: str = "zh") -> str:
        """What the whole is called."""
        return self.zh if lang == "zh" else self.en or self.zh


@attrs.frozen(cache_hash=True)
class Or(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]


@attrs.frozen(cache_hash=True)
class Not(Condition):
    """The part does not hold."""

    part: Condition


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Column(Expr):
    """A field of a ledger, seen from the ledger a rule is about: the leaf of the tree.

    `path` is one name for the ledger's own field, and several where references are followed:
    `("enterprise", "industry")`. `aliases` are further names that files give it.
    """

    zh: str
    en: str = ""
    entity: type | None = None
    path: tuple[str, ...] = ()
    aliases: tuple[str, ...] = attrs.field(default=(), validator=several(str, '("别名",)'))

    def __repr__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """The column's name in a table of its subjects: `enterprise.industry`."""
        return ".".join(self.path)

    @property
    def owner(self) -> type | None:
        """The ledger it is seen from."""
        return self.entity

    @property
    def title(self) -> str:
        """How an error or a page names the field: `BrickLine.capacity`."""
        return f"{self.entity.__name__}.{self.name}" if self.entity else self.name or self.zh

    def children(self) -> tuple[Expr, ...]:
        """None: a field is a leaf."""
        return ()

    def bound(self, entity: type, *path: str) -> Self:
        """The same field as a rule about `entity` sees it."""
        return attrs.evolve(self, entity=entity, path=path)

    def label(self, lang: str = "zh") -> str:
        """The field's name for a person."""
        return self.zh if lang == "zh" else self.en


@attrs.frozen(cache_hash=True)
class Surely(Condition):
    """The part is known to hold: what is open about it counts as no."""

    part: Condition


ALWAYS = Always()


def whole(zh: str, *parts: Condition, en: str = "") -> Whole:
    """An enumeration: every part is asked, and reports say which are missing: “六个百分之百”.

    Args:
        zh: what the sentence calls it.
        parts: two or more conditions, most often flags, in the sentence's order.
        en: what it is called in English.

    Raises:
        RuleError: a part is no condition, stands twice, or is the only one.
    """
    if not all(isinstance(part, Condition) for part in parts):
        raise RuleError(f"whole({zh!r}, …): each part is a condition, such as a flag")
    if len(parts) < 2 or len(set(parts)) < len(parts):
        raise RuleError(f"whole({zh!r}, …) is of two parts or more, each named once")
    one_ledger(*parts)
    return Whole(parts, zh, en)


#: How many levels of and, or, not and sums a condition may have; a sentence has a handful.
DEEPEST = 30


def shallow(node: Expr, where: str) -> None:
    """Check that a condition is no deeper than every reader can go.

    Raises:
        RuleError: it is.
    """
    waiting = [(node, 1)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise RuleError(
                f"{where}: the condition is nested more than {DEEPEST} levels deep; write it as a "
                "few conditions side by side, joined once with & or |, or make a metric of it"
            )
        waiting += [(child, depth + 1) for child in one.children()]


def one_ledger(*nodes: Expr) -> None:
    """Check that what is held together is of one ledger's rows: no other row is beside a row.

    Raises:
        RuleError: it is of two; both are named, and how the one is reached from the other.
    """
    found = [leaf for leaf in map(_owned, nodes) if leaf is not None]
    for leaf in found[1:]:
        if leaf.owner is not found[0].owner:
            raise RuleError(_apart(found[0], leaf))


def _owned(node: Expr) -> Expr | None:
    """A field or a metric below a node, all of which were held together when it was made."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.owner is not None:
            return one
        waiting += one.children()
    return None


def _apart(one: Any, other: Any) -> str:
    """Why a field of one ledger says nothing of a row of another, and what to write."""
    return (
        f"{one.title} is of a row of {one.owner.__name__}, and {other.title} of one of "
        f"{other.owner.__name__}; of which one, nothing says: {reached(one.owner, other)}"
    )


def reached(ledger: Any, leaf: Any) -> str:
    """What to write of a field of another ledger, so that it is said of a row of this one."""
    references = ledger.__ledger__.columns if isinstance(leaf, Column) else {}
    for name, column in references.items():
        if getattr(column, "target", None) is leaf.owner:
            return f"write {ledger.__name__}.{name}.{leaf.name}"
    return f"follow a reference from {ledger.__name__} to it, or make a metric of it"


def walk(node: Expr) -> Iterator[Expr]:
    """`node` and every node below it, parents first."""
    yield node
    for child in node.children():
        yield from walk(child)


def rewrite(node: Expr, change: Callable[[Expr], Expr]) -> Any:
    """The tree with `change` applied to every node, children first."""
    children = node.children()
    if children:
        changed = tuple(rewrite(child, change) for child in children)
        if changed != children:
            node = node.rebuilt(changed)
    return change(node)


def turned(
    node: Condition, change: Callable[[Condition, bool], Condition], *, wanted: bool = True
) -> Any:
    """The condition with `change` applied to every part that is not joined of others.

    It is told of each whether the whole wants it true: under a `not` the other is wanted.
    """
    match node:
        case Not(part):
            return ~turned(part, change, wanted=not wanted)
        case And(parts) | Or(parts):
            made = tuple(turned(part, change, wanted=wanted) for part in parts)
            return settled(attrs.evolve(node, parts=made))
    return change(node, wanted)


def settled(node: And | Or | Not) -> Condition:
    """The condition without the parts that are always or never true, whoever the subject is.

    A reading taken leaves such parts behind: `~ALWAYS` is what is never true.
    """
    if isinstance(node, Not):
        return ~node.part
    idle, decides = (ALWAYS, ~ALWAYS) if isinstance(node, And) else (~ALWAYS, ALWAYS)
    if decides in node.parts:
        return decides
    parts = tuple(part for part in node.parts if part != idle)
    # an enumeration of which one part is left to ask is that enumeration still
    if len(parts) > 1 or (parts and isinstance(node, Whole)):
        return attrs.evolve(node, parts=parts)
    return parts[0] if parts else idle


def columns(*nodes: Expr) -> tuple[Column, ...]:
    """The fields the trees read, each once, in the order of reading."""
    return tuple(
        dict.fromkeys(leaf for node in nodes for leaf in walk(node) if isinstance(leaf, Column))
    )


def fallen(part: str) -> Constant:
    """What is left of what has fallen by so much of it: 下降12% is to 0.88.

    Raises:
        RuleError, UnitError: it is no percentage, or of more than there was.
    """
    share = _share(part)
    if not 0 <= share <= 1:
        raise RuleError(f"fallen_by({part!r}): what falls, falls by 0 % to 100 % of what it was")
    return Constant(1 - share, "", f"(1 − {part})")


def risen(part: str) -> Constant:
    """What has become of what has risen by so much of it: see `fallen`."""
    share = _share(part)
    if share < 0:
        raise RuleError(f"risen_by({part!r}): a rise is more than nothing; see fallen_by")
    return Constant(1 + share, "", f"(1 + {part})")


def _day(stage: str | int | dt.date) -> dt.date:
    if isinstance(stage, int):
        if isinstance(stage, bool) or not FIRST_YEAR <= stage < NEVER.year:
            raise RuleError(f"{stage!r} is no year; a stage is 2024, or its due day, '2024-10-31'")
        return dt.date(stage, 12, 31)
    return to_day(stage)


def _factor(number: Number, multiple: Any) -> Decimal:
    """A plain number that another is multiplied by, as exactly as it is written.

    Raises:
        RuleError: it is none; it says what to write.
    """
    where = f"{number.title}.times({multiple!r})"
    if isinstance(multiple, Expr):
        raise RuleError(
            f'{where}: a plain number is meant, times("1.1"); two fields are multiplied with *'
        )
    match multiple:
        case bool():
            pass
        case int() | Decimal():
            multiple = str(multiple)
        case float() if math.isfinite(multiple):
            raise RuleError(
                f'{where}: a number is written as the sentence does, times("{multiple!r}"), '
                "which a float is not"
            )
    if isinstance(multiple, str) and units.is_number(multiple):
        found = units.to_decimal(multiple)
        if found <= 0:
            raise RuleError(f"{where}: a factor is more than nothing")
        try:
            return units.fit(found, multiple)
        except UnitError:
            raise RuleError(
                f"{where}: a number has at most {units.MAX_DIGITS} digits, {units.MAX_DECIMALS} "
                "of them decimals"
            ) from None
    try:
        written: Any = units.Quantity.of(multiple)
    except (UnitError, AttributeError):
        written = None
    told = 'a plain number is meant, as it is written: times("1.1")'
    if written is not None and units.same_dimension(written.unit, "%"):
        told = f'a part is written as a number: times("{units.plain(written.to("%") / 100)}")'
    elif written is not None:
        told = (
            f"a factor has no unit, {written.unit!r}; two fields are multiplied with *, and what a "
            "row costs is …prices({…}).sum(times=…)"
        )
    raise RuleError(f"{where}: {told}")


def _with_unit(limit: Any, unit: str) -> str:
    """How a number without a unit, or what is no number at all, is written."""
    number = units.clean(repr(limit) if isinstance(limit, float) else str(limit))
    if isinstance(limit, bool) or not units.is_number(number):
        number = "3"
    elif unit == "%" and abs(value := units.to_decimal(number)) <= 1:
        return f"'{units.plain(value * 100)} %' for {number}"
    return f"'{number} {unit}'"


def _share(part: Any) -> Decimal:
    """A percentage as a plain number."""
    bare = not isinstance(part, str) or units.is_number(part)
    value = None if bare else units.Quantity.of(part)
    if value is None or not units.same_dimension(value.unit, "%"):
        raise UnitError(f"{part!r} is no percentage of what it was; write '3 %'")
    return value.to("%") / 100


def _joined(kind: type[And] | type[Or], left: Condition, right: Condition) -> Condition:
    if not isinstance(right, Condition):
        raise TypeError(f"only conditions are joined with & and |, not {right!r}")
    one_ledger(left, right)
    parts: tuple[Condition, ...] = ()
    for side in (left, right):
        parts += side.parts if type(side) is kind else (side,)
    return kind(parts)
