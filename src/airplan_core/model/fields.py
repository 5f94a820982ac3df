"""The kinds of field: on a ledger's class an expression with words, on a row a value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, cast, overload

import attrs

from airplan_core.errors import RuleError, UnitError, nearest
from airplan_core.model.counts import MAX_SPAN, MAX_YEARS, counting, whole
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
    Elapsed,
    Given,
    Happened,
    Hours,
    Later,
    OfDay,
    Season,
    one_ledger,
)
from airplan_core.model.unsaid import NOT_STATED, NOTHING, Gauge, not_stated
from airplan_core.quantities import units
from airplan_core.quantities.dates import (
    NEVER,
    NEVER_AT,
    period_called,
    since_first,
    to_day,
    to_hour,
    to_minute,
)

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
NOT_HAPPENED = frozenset({"未发生", "未完成", "未", "否", "never"}) | NOT_STATED

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
class Dated(Field[In, Out]):
    """A field that says when something happened: the day of it, or the minute."""

    def happened(self) -> Condition:
        """It has taken place by the day asked about; for a task with a due date, also by then."""
        return Happened(self)

    def happened_by(self, day: str | Event | Moment | Later) -> Condition:
        """It took place on or before `day`: a date, another of the same row, or a span from it.

        提前3日报告停产: `Stop.reported_on.happened_by(Stop.stopped_on.minus(days=3))`; to the
        minute, 先启后停: `Start.facility_at.happened_by(Start.line_at)`.

        Raises:
            RuleError: it is none, or a minute that a day cannot be held against.
        """
        if isinstance(day, str | dt.date):
            return Happened(self, until=to_day(day))
        return Happened(self, until=self._bound(day))

    def happened_after(self, day: str | Event | Moment | Later) -> Condition:
        """It took place, and later than `day`: see `happened_by`."""
        if isinstance(day, str | dt.date):
            return Happened(self, after=to_day(day))
        return Happened(self, since=_next(self._bound(day)))

    def happened_from(self, day: str | Event | Moment | Later) -> Condition:
        """It took place on `day` or later: 复测不早于检测后3个月."""
        if isinstance(day, str | dt.date):
            return Happened(self, after=to_day(day) - dt.timedelta(days=1))
        return Happened(self, since=self._bound(day))

    def given(self) -> Condition:
        """A date is set, whether past or to come: 明确时限; 待定 says that none is."""
        return Given(self)

    def _bound(self, day: Any) -> Column | Later:
        """Another date of the row, as far as this one can be held against it."""
        if not isinstance(day, Dated | Later):
            raise RuleError(
                f"{self.title} is held against {day!r}, which is no date; write a date, "
                '"2024-10-31", or another of the same row, with its ledger, or a span from one: '
                "…plus(days=3)"
            )
        if (day.column if isinstance(day, Later) else day) == self:
            raise RuleError(
                f"{self.title} is held against itself, which says nothing; write another date of "
                "the same row, or happened(), or of the day of assessment at_least_ago(days=3)"
            )
        one_ledger(self, day)
        if isinstance(self, Event) and to_the_minute(day):
            one = day.column if isinstance(day, Later) else day
            raise RuleError(
                f"{self.title} is a day, and {one.title} a minute: what happened on that day may "
                f"lie before it or after it; hold the day against its day, {one.name}.plus(days=0) "
                f"or {one.name}.minus(days=3), or make {self.name} a moment(…, minutes=True)"
            )
        return day


def to_the_minute(day: Column | Later) -> bool:
    """Whether what bounds an event is a minute, and no day."""
    return day.exact if isinstance(day, Later) else isinstance(day, Moment)


def _next(day: Column | Later) -> Column | Later:
    """The day after a day, or the minute after a minute."""
    column, span = (day.column, day) if isinstance(day, Later) else (day, Later(day))
    if to_the_minute(day):
        minutes = span.span // dt.timedelta(minutes=1) + 1
        return Later(column, minutes=minutes) if minutes else column
    return attrs.evolve(span, days=span.days + 1)


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Event(Dated["dt.date | str", dt.date]):
    """A field that holds the day something happened; NEVER where it is known that it has not.

    `routine`: what happened is a row of every day, a trip, a day's mean. It lies in the years of
    the plan and those around them, where an event may be older: see `dates.SPAN`.
    """

    routine: bool = False

    def within(self, part: Season) -> Condition:
        """It takes place in a part of any year: `Work.on.within(season("5月", "9月"))`.

        Raises:
            RuleError: it is none.
        """
        if not isinstance(part, Season):
            raise RuleError(
                f'{self.name}.within({part!r}): a part of the year is season("5月", "9月"); of a '
                "part of the day a day knows nothing: that is for a moment(…)"
            )
        return attrs.evolve(part, column=self)

    def plus(self, *, months: int = 0, days: int = 0, working_days: int = 0) -> Later:
        """The day so many months, then days, after this one, which does not count: 15日内.

        自发现之日起15日内整改: `due=by(Leak.found_on.plus(days=15))`. 5个工作日内 is
        `plus(working_days=5)`: neither weekends nor public holidays count, and what is worked for
        them does. Of a day outside the years whose working days are known (`workdays.YEARS`) it is
        not known.

        Raises:
            RuleError: it is no span.
        """
        return _span(self, 1, months=months, days=days, working_days=working_days)

    def minus(self, *, months: int = 0, days: int = 0, working_days: int = 0) -> Later:
        """The day so many months, then days, before this one: 提前3日, 提前3个工作日."""
        return _span(self, -1, months=months, days=days, working_days=working_days)

    def at_least_ago(self, *, years: int = 0, days: int = 0) -> Condition:
        """The date lies so long before the day of assessment, or longer: 满五年.

        Raises:
            RuleError: it is no whole number of years and days.
        """
        return self._ago(years, days, strict=False)

    def more_than_ago(self, *, years: int = 0, days: int = 0) -> Condition:
        """The date lies longer than that before the day of assessment: 超过五年."""
        return self._ago(years, days, strict=True)

    def _ago(self, years: int, days: int, *, strict: bool) -> Condition:
        _whole_spans(self, f"{'more_than' if strict else 'at_least'}_ago(years=5)",
                     years=years, days=days)  # fmt: skip
        if not (years or days or strict):
            raise RuleError(f"{self.title}.at_least_ago(): say how long, at_least_ago(years=5)")
        return Elapsed(self, years, days, strict)

    def enter(self, value: dt.date | str) -> dt.date:
        """A date, or NEVER for 未发生/never, and where none is set: 无, 待定, 未明确."""
        if isinstance(value, str) and units.clean(value).lower() in NOT_HAPPENED:
            return NEVER
        return since_first(to_day(value))

    def leave(self, value: dt.date) -> str:
        """The value as text that `enter` reads back."""
        return "never" if value == NEVER else value.isoformat()


@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Moment(Dated["dt.datetime | str", dt.datetime]):
    """A field that holds a full hour of Beijing time, as platforms export them.

    With `minutes` it is when something happened, to the minute; NEVER_AT where it has not.
    """

    minutes: bool = False

    def within(self, part: Season | Hours) -> Condition:
        """It lies in a part of any day, or of any year: `Work.begun.within(hours("10时", "16时"))`.

        Raises:
            RuleError: it is none.
        """
        match part:
            case Hours():
                return OfDay(self, part)
            case Season():
                return attrs.evolve(part, column=self)
        raise RuleError(
            f'{self.name}.within({part!r}): a part of the day is hours("10:00", "16:00"), one of '
            'the year season("5月", "9月")'
        )

    def plus(
        self,
        *,
        months: int = 0,
        days: int = 0,
        working_days: int = 0,
        hours: int = 0,
        minutes: int = 0,
    ) -> Later:
        """So many hours and minutes after it: 2小时内. Or the day so many months, then days, later.

        A span of hours counts from the minute, one of days from the next day (民法典 201):
        `plus(days=1)` is the whole of the next day, `plus(hours=24)` the same minute of it.

        Raises:
            RuleError: it is no span, or one of days and of hours.
        """
        return _span(
            self, 1, months=months, days=days, working_days=working_days, hours=hours,
            minutes=minutes,
        )  # fmt: skip

    def minus(
        self,
        *,
        months: int = 0,
        days: int = 0,
        working_days: int = 0,
        hours: int = 0,
        minutes: int = 0,
    ) -> Later:
        """So many hours and minutes, or months and days, before it: 提前30分钟."""
        return _span(
            self, -1, months=months, days=days, working_days=working_days, hours=hours,
            minutes=minutes,
        )  # fmt: skip

    def enter(self, value: dt.datetime | str) -> dt.datetime:
        """The hour, as `dates.to_hour` reads it; the minute, or NEVER_AT for 未发生/never."""
        if not self.minutes:
            return to_hour(value)
        if isinstance(value, str) and units.clean(value).lower() in NOT_HAPPENED:
            return NEVER_AT
        return to_minute(value)

    def leave(self, value: dt.datetime) -> str:
        """The value as text that `enter` reads back."""
        return "never" if value == NEVER_AT else value.isoformat(timespec="minutes")


def _span(column: Event | Moment, sign: int, **spans: int) -> Later:
    """So long after a date of a row, or before it.

    Raises:
        RuleError: something is no whole number, or days stand beside hours.
    """
    _whole_spans(column, "plus(months=3) or minus(days=3)", least=-MAX_SPAN, **spans)
    found = Later(column, **{word: sign * span for word, span in spans.items()})
    if found.working_days and (found.exact or found.months or found.days):
        raise RuleError(
            f"{column.name}: a span is of working days or of others: plus(working_days=5) or "
            "plus(days=5)"
        )
    if found.exact and (found.months or found.days):
        raise RuleError(
            f"{column.name}: a span is of days, which end with the day, or of hours and minutes, "
            "which end with the minute: plus(days=1) or plus(hours=24)"
        )
    return found


def _whole_spans(column: Dated[Any, Any], written: str, *, least: int = 0, **spans: int) -> None:
    """Check that spans are of whole numbers, and that a calendar has them."""
    for word, span in spans.items():
        most = {"years": MAX_YEARS, "months": 12 * MAX_YEARS}.get(word, MAX_SPAN)
        try:
            whole(span, written, least=max(least, -most), most=most)
        except RuleError as error:
            raise RuleError(f"{column.title}: {word}={span!r}: {error}") from None


def nothing(column: Column) -> str | dt.date:
    """What a row holds where a field says that there is nothing: 无, 未发生."""
    match column:
        case Event():
            return NEVER
        case Moment():
            return NEVER_AT
    return NOTHING


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


def event(*, zh: str, en: str = "", routine: bool = False, aliases: tuple[str, ...] = ()) -> Event:
    """A field with the day something happened; `routine` of what is recorded every day."""
    return Event(zh=zh, en=en, routine=routine, aliases=aliases)


def moment(
    *, zh: str, en: str = "", minutes: bool = False, aliases: tuple[str, ...] = ()
) -> Moment:
    """A field with a full hour of Beijing time; with `minutes`, when something happened."""
    return Moment(zh=zh, en=en, minutes=minutes, aliases=aliases)


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
