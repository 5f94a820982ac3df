"""The kinds of field: on a ledger's class an expression with words, on a row a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, Literal, Self, TypeVar, cast, overload

import attrs

from airplan_core.errors import RuleError, UnitError, nearest
from airplan_core.model.counts import counting
from airplan_core.model.ids import folded
from airplan_core.model.kinds import Amount, Prices
from airplan_core.model.several import all_of, several
from airplan_core.model.tree import (
    Among,
    Better,
    Column,
    Compare,
    Condition,
    Constant,
    Given,
)
from airplan_core.model.unsaid import NOTHING, Gauge, not_stated
from airplan_core.quantities import units
from airplan_core.quantities.dates import period_called

YES = frozenset(
    {
        "是", "是的", "有", "已", "已完成", "对", "yes", "y", "true", "t", "1",
        "√", "✓", "✔", "☑", "✅",
    }
)  # fmt: skip
NO = frozenset(
    {
        "否", "不是", "无", "没有", "未", "未完成", "错", "no", "n", "false", "f", "0",
        "×", "x", "✗", "✘", "✖", "❌",
    }
)  # fmt: skip

In = TypeVar("In")
Out = TypeVar("Out")


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Field(Column, Generic[In, Out]):
    """A field that takes an `In` when a record is made, and holds an `Out`, or None: unknown."""

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: object, owner: type) -> Out | None: ...
    def __get__(self, row: object | None, owner: type) -> Self | Out | None:
        return self

    if TYPE_CHECKING:

        def __set__(self, row: object, value: In | None) -> None: ...


@attrs.frozen
class Band:
    """What a standard calls the values up to one: 轻度污染, up to an index of 150, in orange."""

    up_to: Decimal = attrs.field(converter=units.as_decimal)
    zh: str
    en: str
    colour: str


class BoundError(UnitError):
    """A number that no subject can have: less than nothing, more than the whole."""


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Measured(Field["str | units.Quantity | Decimal", Decimal], Amount):
    """A field measured in a unit; its value is a Decimal in that unit.

    Attributes:
        unit: of the ledger's column.
        better: which way is cleaner.
        floor, ceiling: the bounds of what any subject can have.
        least: of a ledger, a smaller value is implausible: told, and unknown, unless the county
            declares that it is so (`[facts] low_is_measured`).
        mistaken: a smaller number without a unit, other than 0, is one in another unit.
        bare: a number without a unit is understood to be in `unit`, as platforms export it.
        bands: what a standard calls its values, in ascending order.
        gauge: how the exports of the instrument say that there is no value.
        usual: the unit in which offices write it, where that is not `unit`.
    """

    unit: str
    better: Better = None
    floor: str | None = None
    ceiling: str | None = None
    least: str | None = None
    mistaken: str | None = None
    bare: bool = False
    bands: tuple[Band, ...] = attrs.field(default=(), validator=several(Band, "(Band(…),)"))
    gauge: Gauge | None = None
    usual: str = ""

    @property
    def measure(self) -> str:
        """The field's unit."""
        return self.unit

    def enter(self, value: str | units.Quantity | Decimal) -> Decimal:
        """A quantity in this field's unit; a Decimal is in that unit already."""
        if isinstance(value, Decimal):
            if not value.is_finite():
                raise UnitError(f"{self.title} is a number; read {value}; None where it is unknown")
            number = units.fit(value, units.plain(value))
        else:
            number = cast("Decimal", self.constant(value).value)
        low, high = self.bounds
        if high is not None and number > high:
            raise BoundError(
                f"{self.title} is at most {self.ceiling}; {str(value)!r} is more",
                f"不合理：最大是 {self.ceiling}",
            )
        if low is not None and number < low:
            raise BoundError(
                f"{self.title} is at least {self.floor}; {str(value)!r} is less",
                f"不合理：最小是 {self.floor}",
            )
        return number

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """`floor` and `ceiling` as numbers in `unit`."""
        return self._in_unit(self.floor), self._in_unit(self.ceiling)

    def plausible_from(self, *, bare: bool) -> tuple[Decimal | None, bool]:
        """What a ledger's number is at least, in `unit`, and whether 0 may be it all the same.

        Args:
            bare: the number stands without a unit.
        """
        if self.least is not None:
            return self._in_unit(self.least), False
        return (self._in_unit(self.mistaken) if bare else None), True

    def _in_unit(self, one: str | None) -> Decimal | None:
        return None if one is None else units.Quantity.of(one).to(self.unit)

    @property
    def office_unit(self) -> str:
        """The unit that a template is headed with."""
        return self.usual or self.unit

    def leave(self, value: Decimal) -> str:
        """The value as text that `enter` reads back."""
        return f"{units.plain(value)} {self.unit}"


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Counted(Field["int | str | units.Quantity", int], Amount):
    """A field that counts whole things; its value is an int. A bare number is understood.

    `floor` and `ceiling` are the bounds of what any subject can have.
    """

    unit: str
    better: Better = None
    floor: int = attrs.field(default=0, validator=counting("floor=0"))
    ceiling: int | None = attrs.field(default=None, validator=counting("ceiling=5"))

    @property
    def measure(self) -> str:
        """What the field counts."""
        return self.unit

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """`floor` and `ceiling`."""
        return Decimal(self.floor), None if self.ceiling is None else Decimal(self.ceiling)

    def enter(self, value: int | str | units.Quantity) -> int:
        """A whole number of this field's things."""
        if isinstance(value, str) and units.is_number(value):
            number = units.to_decimal(value)
        elif isinstance(value, int | Decimal):
            number = units.as_decimal(value)
        else:
            number = cast("Decimal", self.constant(value).value)
        if number != int(number):
            raise UnitError(
                f"{self.title} counts whole things; {value!r} is not a whole number", "要整数"
            )
        if number < self.floor:
            raise BoundError(
                f"{self.title} is at least {self.floor}; {value!r} is less",
                f"不合理：最小是 {self.floor}",
            )
        if self.ceiling is not None and number > self.ceiling:
            raise BoundError(
                f"{self.title} is at most {self.ceiling}; {value!r} is more",
                f"不合理：最大是 {self.ceiling}",
            )
        return int(number)

    @property
    def office_unit(self) -> str:
        """The unit that a template is headed with."""
        return self.unit

    def leave(self, value: int) -> int:
        """The value itself."""
        return value


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Flag(Field["bool | str", bool], Condition):
    """A field that is yes, no or unknown; it is a condition by itself."""

    def enter(self, value: bool | str) -> bool:
        """是/否, yes/no, true/false, 1/0 as a bool."""
        if isinstance(value, bool):
            return value
        text = units.clean(str(value)).lower()
        if text in YES or text in NO:
            return text in YES
        raise ValueError(f"{value!r} is neither yes nor no; write 是 or 否")

    def leave(self, value: bool) -> bool:
        """The value itself."""
        return value


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Stated(Field[str, str]):
    """A field that holds one of a closed list of values."""

    values: tuple[str, ...]

    def is_(self, value: str) -> Condition:
        """The field holds `value`."""
        return self.among(value)

    def among(self, *values: str) -> Condition:
        """The field holds one of `values`.

        Raises:
            RuleError: a value is not in the field's list; the nearest one is named.
        """
        for value in values:
            if value not in self.values:
                raise RuleError(
                    f"{self.title} has no value {value!r}; {nearest(value, self.values)}"
                )
        return Among(self, values)

    def prices(self, prices: Mapping[str, str]) -> Prices:
        """What a row costs, by the value of the field: `kind.prices({"燃煤锅炉": "10 万元"})`.

        Raises:
            RuleError: a value of the field has no price, or a price is of none; `0 元` is a price.
            UnitError: a price is no amount of money, or whatever the first one is.
        """
        for value in prices:
            self.among(value)
        for value in self.values:
            if value not in prices:
                raise RuleError(
                    f"{self.title}: {value!r} has no price; of what costs nothing write '0 元'"
                )
        return Prices.of((self.among(value), price) for value, price in prices.items())

    def enter(self, value: str) -> str:
        """One of the listed values."""
        text = units.clean(value)
        for option in self.values:
            if text == units.clean(option):
                return option
        spelt = _spelt(text)
        for suffix in ("", "行业", "业"):
            alike = [one for one in self.values if _spelt(one) == spelt.removesuffix(suffix)]
            if len(alike) == 1:
                return alike[0]
        raise ValueError(f"{value!r} is not one of the listed values; {nearest(text, self.values)}")

    def leave(self, value: str) -> str:
        """The value itself."""
        return value


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Ranked(Stated):
    """A field that holds one of an ordered list of values, lowest first: 国一 < … < 国六."""

    def at_least(self, value: str) -> Condition:
        """`value` or higher: 橙色及以上."""
        return self._ranked(">=", value)

    def at_most(self, value: str) -> Condition:
        """`value` or lower: 国三及以下."""
        return self._ranked("<=", value)

    def _ranked(self, op: Literal[">=", "<="], value: str) -> Condition:
        self.among(value)
        return Compare(self, op, Constant(value, "", value))


_NUMERALS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
# a numeral behind a Chinese character, and in front of none but another one or a letter's grade
_ROMAN_BEHIND = re.compile(r"(?<=[^\x00-\x7f])(viii|vii|vi|v|iv|ix|iii|ii|i)(?=[ab]?$|[^a-z])")


def _spelt(text: str) -> str:
    """A listed value however its number is spelt: 国六, 国6, 国 Ⅵ and 国VI are one."""
    plain = re.sub(r"\s", "", units.clean(text)).lower()
    roman = _ROMAN_BEHIND.sub(lambda match: str(_ROMAN[match[0]]), plain)
    return roman.translate(_NUMERALS).removeprefix("第")


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Text(Field[str, str]):
    """A field of free text; of one that `names` a row, a rule or a period, an id is understood.

    One that `spans` names a period, as people write it: 2024年第5周 is 2024-W05.
    """

    names: bool = False
    spans: bool = False

    def among(self, *values: str) -> Condition:
        """The text is one of those that the sentence lists: 附件所列企业; each as it is entered.

        A list whose members exist, entered or not, is said besides by `expects=named_each(…)`.

        Raises:
            RuleError: there is none, or one is blank.
        """
        if not values or not all(map(str.strip, values)):
            raise RuleError(
                f"{self.title}.among(…) lists texts, each of them written; got {values!r}"
            )
        return Among(self, tuple(map(self.enter, values)))

    def given(self) -> Condition:
        """Something is stated; a blank is unknown, and 无, 待定, 未明确, … say that nothing is."""
        return Given(self)

    def enter(self, value: str) -> str:
        """The text, trimmed; all words for what is not stated become 无."""
        text = str(value).strip()
        if not_stated(text):
            return NOTHING
        if self.spans:
            return period_called(folded(text))
        return folded(text) if self.names else text

    def leave(self, value: str) -> str:
        """The value itself."""
        return value


def measured(
    unit: str,
    *,
    zh: str,
    en: str = "",
    better: Better = None,
    floor: str | None = None,
    ceiling: str | None = None,
    least: str | None = None,
    mistaken: str | None = None,
    bare: bool = False,
    bands: tuple[Band, ...] = (),
    gauge: Gauge | None = None,
    usual: str = "",
    aliases: tuple[str, ...] = (),
) -> Measured:
    """A field measured in `unit`; `better` says which way is cleaner, if either.

    `floor` and `ceiling` are values that no subject can pass: "100 %" for the share of a whole.
    Less than `least` is implausible in a ledger; a bare number below `mistaken`, other than 0, is
    one in another unit. `bare` numbers are understood without a unit; `bands` are what a standard
    calls the values. `gauge` knows how exports say that there is no value, and `usual` is the unit
    in which offices write it, `万块/年` of a field in `块/年`.
    """
    units.parse_unit(unit)
    if usual:
        units.factor(usual, unit)
    for word, one in {
        "floor": floor, "ceiling": ceiling, "least": least, "mistaken": mistaken,
    }.items():  # fmt: skip
        if one is not None:
            try:
                units.Quantity.of(one).to(unit)
            except UnitError as error:
                raise UnitError(f"{zh}: {word}={one!r}: {error}", error.zh) from None
    return Measured(
        unit=unit, zh=zh, en=en, better=better, floor=floor, ceiling=ceiling, least=least,
        mistaken=mistaken, bare=bare, bands=bands, gauge=gauge, usual=usual, aliases=aliases,
    )  # fmt: skip


def counted(
    unit: str,
    *,
    zh: str,
    en: str = "",
    better: Better = None,
    floor: int = 0,
    ceiling: int | None = None,
) -> Counted:
    """A field that counts whole things: at least `floor` of them, at most `ceiling`."""
    units.parse_unit(unit)
    return Counted(unit=unit, zh=zh, en=en, better=better, floor=floor, ceiling=ceiling)


def flag(*, zh: str, en: str = "") -> Flag:
    """A yes/no field."""
    return Flag(zh=zh, en=en)


def stated(*values: str, zh: str, en: str = "") -> Stated:
    """A field with one of a closed list of values."""
    return Stated(values=_closed(values), zh=zh, en=en)


def ranked(*values: str, zh: str, en: str = "") -> Ranked:
    """A field with one of an ordered list of values, lowest first."""
    return Ranked(values=_closed(values), zh=zh, en=en)


def text(
    *,
    zh: str,
    en: str = "",
    names: bool = False,
    spans: bool = False,
    aliases: tuple[str, ...] = (),
) -> Text:
    """A field of free text; `aliases` are further names that files give it.

    One that `names` a row, a rule or a period takes it as an id is typed: see `ids.folded`; one
    that `spans` takes a period as people call it: see `dates.period_called`.
    """
    return Text(zh=zh, en=en, names=names, spans=spans, aliases=aliases)


def _closed(values: tuple[str, ...]) -> tuple[str, ...]:
    all_of(str, values, "a closed list", 'stated("钢铁", "水泥", zh="行业")')
    if not values or len(set(values)) != len(values):
        raise RuleError(f"a closed list needs values, each once; got {values!r}")
    return values
