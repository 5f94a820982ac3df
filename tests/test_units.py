"""Units: what is understood, what never mixes, and exactness."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from airplan_core import Quantity, UnitError
from airplan_core.quantities import units

decimals = st.decimals(0, 10**8, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("35 µg/m³", "微克/立方米", "35"),
        ("35 μg/m3", "mg/m³", "0.035"),
        ("0.035mg/m³", "µg/m³", "35"),
        ("7吨/月·平方公里", "t/(km²·month)", "7"),
        ("7 吨/(月·平方公里)", "吨/月·平方公里", "7"),
        ("150万吨/年", "吨/年", "1500000"),
        ("6000万标砖/年", "块/年", "60000000"),
        ("1亿块/年", "万块/年", "10000"),
        ("1 万亩", "亩", "10000"),
        ("3 亩", "㎡", "2000"),
        ("5 万㎡", "㎡", "50000"),
        ("1 km²", "㎡", "1000000"),
        ("300公里", "km", "300"),
        ("10蒸吨/小时", "蒸吨/h", "10"),
        ("63.9%", "%", "63.9"),
        ("0.5个百分点".replace("个", ""), "百分点", "0.5"),
        ("200 AQI", "AQI", "200"),
        ("１２，３００ 元", "万元", "1.23"),
        ("3 家", "家", "3"),
    ],
)
def test_what_plans_write_is_understood(written, unit, value):
    """A quantity as a plan writes it is the number it means."""
    assert Quantity.of(written).to(unit) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("1 家", "个"), ("1 户", "村"), ("1 起", "次"), ("1 天", "次"), ("1 百分点", "%"),
        ("1 %", "百分点"), ("1 AQI", "µg/m³"), ("1 AQI", "%"), ("1 元", "个"), ("1 吨", "吨/年"),
        ("12 吨/月", "吨/年"), ("1 蒸吨/小时", "吨/小时"), ("1 块", "个"), ("35 吨", "µg/m³"),
    ],
)  # fmt: skip
def test_what_differs_does_not_mix(written, unit):
    """A conversion between dimensions is refused, and names both."""
    with pytest.raises(UnitError, match="is .*but"):
        Quantity.of(written).to(unit)


def test_the_legal_notation_is_never_a_product():
    """吨/月·平方公里 is per month and per km²; with `*` it is refused with the right spelling."""
    assert units.factor("吨/月·平方公里", "吨/(月·平方公里)") == 1
    with pytest.raises(UnitError):
        units.factor("吨/月·平方公里", "吨·平方公里/月")
    with pytest.raises(UnitError, match=r"divisors in brackets: 't/\(月\*km²\)'"):
        units.parse_unit("吨/月*平方公里")


def test_an_unknown_unit_names_the_nearest():
    """A misspelt unit is told with the right name."""
    with pytest.raises(UnitError, match="did you mean '标砖'"):
        Quantity.of("3 标转/年").to("块/年")


@pytest.mark.parametrize("written", ["35", "µg/m³", "", "1,23 吨", "--3 吨", "nan 吨", "1e999 吨"])
def test_a_quantity_needs_a_number_and_a_unit(written):
    """What is no number with a unit is an error, and says what to write."""
    with pytest.raises(UnitError):
        Quantity.of(written).to("吨")


def test_concentrations_stay_on_their_side():
    """n µg/m³ and n/1000 mg/m³ are equal for every n up to 999, as binary floats are not."""
    for n in range(1, 1000):
        same = Quantity.of(f"{Decimal(n) / 1000} mg/m³").to("µg/m³")
        assert Quantity.of(f"{n} µg/m³").to("µg/m³") == same


@given(st.lists(decimals, min_size=2, max_size=2))
def test_a_double_orders_values_as_decimals_do(pair):
    """What `fit` lets through compares alike as a decimal and as a double."""
    one, other = (units.fit(value, "x") for value in pair)
    assert (one < other) == (float(one) < float(other))
    assert (one == other) == (float(one) == float(other))


@given(decimals, st.sampled_from(["吨", "kg", "克", "千克", "万吨"]))
def test_there_and_back_is_the_identity(value, unit):
    """A value written in another unit is the same value."""
    try:
        there = Quantity(value, "千克").to(unit)
    except UnitError:
        return
    assert Quantity(there, unit).to("千克") == value


@pytest.mark.parametrize("written", ["1.0000001 吨", "12345678.1234567 吨", "99999999999999 吨"])
def test_what_cannot_be_kept_exactly_is_refused(written):
    """More digits than a column holds exactly are an error, never rounded."""
    with pytest.raises(UnitError):
        Quantity.of(written).to("吨")


def test_an_endless_decimal_is_rounded_at_the_sixth():
    """A conversion without a finite decimal is rounded, half to even."""
    assert Quantity.of("1 亩").to("㎡") == Decimal("666.666667")
