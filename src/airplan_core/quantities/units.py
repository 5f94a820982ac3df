"""Quantities with units, in exact decimals, as Chinese plans and ledgers write them.

One pint registry holds every unit that airplan knows; nothing else does. A unit is checked when
a rule is built and converted when a fact enters; after that a column holds plain numbers.
"""

from __future__ import annotations

import functools
import re
import reprlib
import unicodedata
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import attrs
import pint

from airplan_core.errors import UnitError, nearest
from airplan_core.home import home

#: The registry's units, one line each, with the source of what is not plain SI.
DEFINITIONS = """
µ- = 1e-6
m- = 1e-3
c- = 1e-2
k- = 1e3

# Chinese multipliers; they multiply the whole unit behind them (万㎡ is 10 000 m², not (10 km)²)
万 = 1e4
百万 = 1e6
千万 = 1e7
亿 = 1e8
万亿 = 1e12

# SI, and its Chinese names (国务院 1984 法定计量单位)
gram = [mass] = g = 克
微克 = 1e-6 gram
毫克 = 1e-3 gram
千克 = 1000 gram = 公斤
吨 = 1e6 gram = t
meter = [length] = m = 米
毫米 = 1e-3 meter
厘米 = 1e-2 meter
千米 = 1000 meter = 公里
吨公里 = 吨 * 千米 = t_km  # freight turnover (交通运输统计)
平方米 = meter ** 2
平方公里 = 1e6 meter ** 2 = 平方千米
立方米 = meter ** 3
升 = 1e-3 meter ** 3 = L
毫升 = 1e-6 meter ** 3 = mL
公顷 = 1e4 meter ** 2 = ha
亩 = 6000 / 9 meter ** 2  # 国务院 1984: 15 亩 = 1 公顷
小时 = [time] = hour = h = 时
分钟 = 小时 / 60 = min
秒 = 小时 / 3600 = s
天 = 24 小时 = day = d = 日
月 = [month] = month
年 = [year] = year = a = yr  # not 12 月: a yearly rate is no sum of monthly ones
kelvin = [temperature] = K
兆焦 = [energy] = MJ
千瓦时 = 3.6 兆焦 = kWh
千瓦 = 3.6 兆焦 / 小时 = kW  # so that kW·h, which GB/T 3100 writes, is kWh
兆瓦 = 1000 千瓦 = MW
千焦 = 1e-3 兆焦 = kJ
千卡 = 4.1868 千焦 = kcal = 大卡  # GB/T 2589-2020: the international table calorie
吨标准煤 = 29307.6 兆焦 = tce  # GB/T 2589-2020: 7000 kcal a kilogram
千帕 = [pressure] = kPa
兆帕 = 1000 千帕 = MPa
帕 = 1e-3 千帕 = Pa

# a boiler's rating: tonnes of steam an hour; 10 蒸吨/小时 is about 7 MW but not by definition
蒸吨 = [steam]

# bricks: a standard brick is 240 × 115 × 53 mm (GB/T 5101)
标砖 = [brick] = 块 = brick

# counts; none of them is another one
家 = [enterprise_count] = enterprises
个 = [item_count] = items
台 = [machine_count] = machines
辆 = [vehicle_count] = vehicles
户 = [household_count] = households
村 = [village_count] = villages
起 = [case_count] = cases
次 = [time_count] = times
车次 = [trip_count] = trips
位 = [place_count] = places
条 = [line_count] = lines
座 = [site_count] = sites
人 = [person_count] = persons = 名
处 = [spot_count] = spots
项 = [part_count] = parts
批次 = [batch_count] = batches
套 = [set_count] = sets
件 = [piece_count] = pieces
份 = [copy_count] = copies

# ratios; a percentage point is the difference of two percentages, never a percentage
percent = [share] = % = 百分之
permille = 0.1 percent = 千分之
百分点 = [share_difference] = percentage_point
倍 = [multiple] = times_of

# the air quality index has no unit, and is no other number (HJ 633)
AQI = [air_quality_index]
# nor has the composite index of six pollutants, which is again another one
指数 = [composite_index] = composite_index

# money
元 = [money] = CNY
"""

#: Arithmetic on measured values is done here, so that no product of two is ever rounded.
EXACT = Context(prec=60)

#: A measured value fits these bounds, so that a double orders it exactly as a decimal does.
MAX_DIGITS = 15
MAX_DECIMALS = 6
MAX_VALUE = Decimal(10) ** 13


@functools.cache
def registry() -> pint.UnitRegistry[Decimal]:
    """The one registry: Decimal magnitudes, airplan's own definitions and no others."""
    found: pint.UnitRegistry[Decimal] = pint.UnitRegistry(None, non_int_type=Decimal)
    found.load_definitions(DEFINITIONS.splitlines())
    return found


def as_decimal(number: Any) -> Decimal:
    """A number given in Python as the decimal it is written as: 1.1 is no 1.100000000000000089.

    Raises:
        UnitError: it is none, or is NaN, infinite or a truth value.
    """
    if type(number) in (Decimal, int, float):
        found = Decimal(repr(number)) if type(number) is float else Decimal(number)
        if found.is_finite():
            return found
    raise UnitError(f"a number is meant, 1.5; read {number!r}")


@attrs.frozen
class Quantity:
    """A number with a unit, and how it was written: `Quantity.of("6000 万标砖/年")`."""

    value: Decimal = attrs.field(converter=as_decimal)
    unit: str

    @classmethod
    def of(cls, written: str | Quantity) -> Quantity:
        """Read a quantity as a plan or a ledger writes it.

        Raises:
            UnitError: there is no number, no unit, or the unit is unknown.
        """
        if isinstance(written, Quantity):
            return written
        if not isinstance(written, str):
            raise UnitError(
                f"{written!r} has no unit; write a number and a unit, as a text: '35 µg/m³'"
            )
        text = clean(written)
        match = _NUMBER.match(text)
        if match is None:
            raise UnitError(
                f"{written!r} holds no number; write a number and a unit: '35 µg/m³'",
                f"“{written}”里没有数；写数和单位，如“35 µg/m³”",
            )
        number = to_decimal(match[0])
        unit = text[match.end() :].strip()
        if not unit:
            raise UnitError(
                f"{written!r} has no unit; write it after the number: '35 µg/m³'",
                f"“{written}”没有单位；写在数的后面，如“35 µg/m³”",
            )
        parse_unit(unit)
        return cls(number, unit)

    def to(self, unit: str) -> Decimal:
        """The number this quantity is in `unit`, exact wherever the factor is.

        Raises:
            UnitError: the two units have different dimensions; both are named.
        """
        return fit(Fraction(self.value) * factor(self.unit, unit), f"{self}")

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}"


_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(?<=[\d.])([eE][+-]?\d+)?")
_LEGAL = re.compile(r"^([^/()]+)/([^/()*·]+(?:·[^/()*·]+)+)$")
_MULTIPLIED = re.compile(r"(万亿|千万|百万|亿|万)([^\W\d_]+(?:\*\*\d)?)")
_SIGNS = str.maketrans({"·": "*", "×": "*", "%": "percent", "‰": "permille"})
_POWER = re.compile(r"(?<=[m米])([23²³])")


def clean(text: str) -> str:
    """Fold full-width letters, digits and signs, and trim; `³`, `µ` and `㎡` are kept readable."""
    kept = text.replace("㎡", "m²").replace("㎥", "m³").replace("㎞", "km").replace("㎎", "mg")
    folded = "".join(c if c in "²³·" else unicodedata.normalize("NFKC", c) for c in kept)
    return folded.replace("μ", "µ").replace("，", ",").strip()


def to_decimal(text: str) -> Decimal:
    """Read a plain number, with thousands separators and full-width digits understood.

    Raises:
        UnitError: the text is not one finite number.
    """
    folded = clean(text)
    try:
        value = Decimal(folded.replace(",", "")) if _NUMBER.fullmatch(folded) else None
    except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
        value = None
    if value is None or not value.is_finite():
        raise UnitError(
            f"{text!r} is not a number; write it as 1234.5", f"“{text}”不是数；写成 1234.5"
        )
    return value


def is_number(text: str) -> bool:
    """Whether the text is a number and nothing else."""
    return _NUMBER.fullmatch(clean(text)) is not None


def plain(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: `6E+7` is `60000000`."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@functools.cache
def parse_unit(written: str) -> pint.Unit:
    """The pint unit that `written` means.

    Chinese and Latin names, 万 and 亿, `m²`, `㎡`, `·` and full-width brackets are understood. The
    legal notation `吨/月·平方公里` means per month *and* per km², and is read so; the same with
    `*` is ambiguous, and refused.

    Raises:
        UnitError: naming the nearest unit airplan knows.
    """
    if not isinstance(written, str):
        raise UnitError(f"a unit is a text, '吨/年'; read {written!r}")
    text = clean(written).replace(" ", "")
    legal = _LEGAL.match(text)
    if legal:
        text = f"{legal[1]}/({legal[2]})"
    elif re.search(r"/[^/()]*[*×]", text):
        raise UnitError(
            f"the unit {written!r} is ambiguous; write the divisors in brackets: 't/(月*km²)'",
            f"单位“{written}”有两种读法；除数写在括号里，如“吨/(月*km²)”",
        )
    text = _POWER.sub(lambda power: "**" + unicodedata.normalize("NFKC", power[1]), text)
    text = text.translate(_SIGNS)
    text = _MULTIPLIED.sub(r"(\1*\2)", text)
    try:
        return registry().parse_units(text)
    except pint.UndefinedUnitError as error:
        unknown = str(error).partition("'")[2].partition("'")[0]
        near = nearest(unknown, unit_names())
        raise UnitError(
            f"the unit {written!r} is unknown at {unknown!r}; {near}",
            f"不认识单位“{written}”；{near.zh}",
        ) from None
    except Exception:
        raise UnitError(
            f"the unit {written!r} cannot be read; write it as '吨/(月·平方公里)' or 'µg/m³'",
            f"看不懂单位“{written}”；写成 吨/(月·平方公里) 或 µg/m³ 这样",
        ) from None


@attrs.frozen
class Unit:
    """A unit that a plugin adds: see `unit`.

    Attributes:
        name: as the plan writes it, 级.
        means: what one is, 2 吨; empty where it is a kind of its own, which no other converts to.
        source: the standard and clause that define it.
        also: its other names.
        home: the module it is written in.
    """

    name: str
    means: str
    source: str
    also: tuple[str, ...] = ()
    home: str = attrs.field(default="", eq=False)

    def __str__(self) -> str:
        also = f", also {', '.join(self.also)}" if self.also else ""
        return (repr(self.means) if self.means else "a kind of its own") + also


_added: dict[str, Unit] = {}

#: What the dimension of a unit of its own kind is called by pint begins with this.
_OWN = "own_"


def unit(name: str, means: str = "", *, source: str, also: tuple[str, ...] = ()) -> Unit:
    """Add a unit that the core does not know, and say in which standard it stands.

    It is written in a module of the plugin, above the fields and rules that use it, since these
    are checked when they are made; `airplan_units` shows it. Without `means` it is a kind of its
    own, as counts are; with it, so much of others, `unit("标箱", "2 个", …)`. `means` is read as
    any quantity is: `吨/月·平方公里` is per month and per km².

    Raises:
        UnitError: another plugin means something else by the name, the core has it, it is no name,
            it is made of units that are not known, or of nothing, or no source is given.
    """
    if isinstance(also, str):
        raise UnitError(f"unit({name!r}): also is a tuple, written ({also!r},)")
    made = Unit(name, means, source, tuple(also), home())
    if not source.strip():
        raise UnitError(f"unit({name!r}): say in which standard it stands: source=…")
    for called in (name, *made.also):
        _check_name(called)
        so_far = _added.get(called)
        if so_far is not None and attrs.evolve(so_far, source=source) != made:
            raise UnitError(
                f"the unit {called!r} of {made.home} is {made}; that of {so_far.home} is {so_far}; "
                "rename one of them"
            )
        if so_far is None and _is_known(called):
            raise UnitError(f"the unit {called!r} is the core's already; use it as it is")
    if name in _added:
        return made
    registry().load_definitions([" = ".join((name, _meaning(made), *made.also))])
    _added.update(dict.fromkeys((name, *made.also), made))
    return made


def is_added(one: Unit) -> bool:
    """Whether quantities are read in a unit: it was made by `unit`."""
    return _added.get(one.name) == one


def _meaning(made: Unit) -> str:
    """What one of the unit is, as the registry reads it."""
    if not made.means:
        return "[" + _OWN + "".join(f"u{ord(c):x}" for c in made.name) + "]"
    one = Quantity.of(made.means)
    if one.value <= 0:
        raise UnitError(f"unit({made.name!r}): one is more than nothing, not {made.means!r}")
    return f"{plain(one.value)} * ({parse_unit(one.unit):D})"


def _check_name(name: str) -> None:
    """A unit's name is one word, and reads as itself wherever a unit may stand."""
    told = f"unit({name!r}): a unit's name is one word of letters"
    if not name.isidentifier() or clean(name) != name:
        raise UnitError(f"{told}; a rate or a product is written where it is used, '件/年'")
    if _MULTIPLIED.match(name):
        raise UnitError(f"{told}, without 万 or 亿, which are read before every unit")


def _is_known(name: str) -> bool:
    try:
        parse_unit.__wrapped__(name)
    except UnitError:
        return False
    return True


def unit_names() -> list[str]:
    """Every unit name airplan knows, without its prefixed forms."""
    return sorted({name for name in map(str, registry()._units) if "delta_" not in name})


@functools.cache
def factor(source: str, target: str) -> Fraction:
    """By how much a number in `source` is multiplied to be in `target`.

    Raises:
        UnitError: the dimensions differ.
    """
    given, wanted = parse_unit(source), parse_unit(target)
    if given.dimensionality != wanted.dimensionality:
        raise UnitError(
            f"{source!r} is {_dimension(given)}, but {target!r} is {_dimension(wanted)}",
            f"单位“{source}”不能换算成“{target}”",
        )
    return _root_factor(given) / _root_factor(wanted)


def _root_factor(unit: pint.Unit) -> Fraction:
    magnitude = registry().Quantity(Decimal(1), unit).to_root_units().magnitude
    exact = Fraction(magnitude)
    # a factor that no decimal holds (1 亩 = 2000/3 m²) fills pint's 28 digits; however small it is,
    # it is a ratio of small numbers times a power of ten
    if len(Decimal(magnitude).as_tuple().digits) <= 20:
        return exact
    power = Fraction(10) ** Decimal(magnitude).adjusted()
    return (exact / power).limit_denominator(10_000) * power


def same_dimension(one: str, other: str) -> bool:
    """Whether a quantity in `one` could be converted to `other`."""
    return bool(parse_unit(one).dimensionality == parse_unit(other).dimensionality)


def fit(value: Fraction | Decimal, written: str) -> Decimal:
    """The value as a decimal that a column holds exactly.

    A value with a finite decimal is kept or refused, never rounded; one without (a third of a
    square metre) is rounded half to even at six decimals.

    Raises:
        UnitError: more than 15 significant digits, 6 decimals, or 10 000 000 000 000.
    """
    micro = Fraction(value) * 10**MAX_DECIMALS
    if micro.denominator == 1:
        units = micro.numerator
    elif _terminates(micro.denominator):
        raise UnitError(
            f"{written!r} has more than {MAX_DECIMALS} decimals in its ledger's unit",
            f"小数位数太多：换算后最多 {MAX_DECIMALS} 位",
        )
    else:
        units = round(micro)
    result = Decimal(units).scaleb(-MAX_DECIMALS, EXACT)
    result = Decimal(plain(result))
    if len(result.as_tuple().digits) > MAX_DIGITS or abs(result) >= MAX_VALUE:
        raise UnitError(
            f"{reprlib.repr(written)} is more than airplan keeps exactly: {MAX_DIGITS} "
            f"significant digits, below {MAX_VALUE:.0e}",
            f"数太大或位数太多：最多 {MAX_DIGITS} 位有效数字；核对单位",
        )
    return result


def _terminates(denominator: int) -> bool:
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def _dimension(unit: pint.Unit) -> str:
    """A dimension as an error names it; that of a plugin's own kind by its unit."""
    text = str(unit.dimensionality)
    for one in _added.values():
        if not one.means:
            text = text.replace(_meaning(one), f"[{one.name}]")
    return text
