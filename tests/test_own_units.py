"""A plugin adds units: checked like the core's, each with its source, and shown by its hook."""

import types
from decimal import Decimal

import pytest

import airplan_core as airplan
from airplan_core import Campaign, Entity, Facts, Quantity, UnitError, measured, unit
from airplan_core.facts.reading import read_folder
from tests.ledgers import Chapter, rulebook

GALE = unit("风级", source="GB/T 28591-2012 表1", also=("wind_force",))
CRATE = unit("箱", "12 件", source="a test")


class Day(Entity, zh="天气"):
    """A day's wind."""

    wind = measured("风级", zh="风力", better="neither", floor="0 风级")
    crates = measured("箱", zh="箱数", better="neither")


@pytest.mark.parametrize(
    ("written", "unit_", "value"),
    [
        ("4 风级", "wind_force", "4"), ("3 箱", "件", "36"), ("0.5 万箱", "件", "60000"),
        ("5 ‰", "%", "0.5"), ("65 kPa", "Pa", "65000"), ("2 分钟", "小时", None),
        ("90 分钟", "小时", "1.5"), ("7000 kcal/kg", "MJ/kg", "29.3076"), ("1 吨标准煤", "MJ", "29307.6"),
        ("1 千瓦时", "兆焦", "3.6"), ("3 名", "人", "3"), ("2 升", "m³", "0.002"),
        ("36 mg/分钟", "g/秒", "0.0006"), ("1 亩", "公顷", None),
    ],
)  # fmt: skip
def test_units_convert_exactly(written, unit_, value):
    """Those of plugins and those of any plan."""
    found = Quantity.of(written).to(unit_)
    known = {"小时": "0.033333", "公顷": "0.066667"}
    assert found == Decimal(value or known[unit_])


@pytest.mark.parametrize(
    ("one", "other"),
    [("1 风级", "次"), ("1 箱", "套"), ("1 处", "个"), ("1 批次", "次"), ("1 吨标准煤", "吨"),
     ("1 kPa", "吨"), ("1 项", "件")],
)  # fmt: skip
def test_one_kind_is_no_other(one, other):
    """A count of batches is no count of times."""
    with pytest.raises(UnitError):
        Quantity.of(one).to(other)


def test_cells_and_headers_know_them(tmp_path):
    """As they know the core's."""
    (tmp_path / "day.csv").write_text("编号,风力[风级],箱数\n1,4,2 箱\n2,x,24 件\n", "utf-8")
    facts = read_folder(tmp_path, (Day,))
    assert facts.table(Day).rows() == [("1", 4.0, 2.0), ("2", None, 2.0)]
    assert Facts.of(Day(id="1", wind="4 wind_force")).table(Day)["wind"].to_list() == [4.0]


def test_two_meanings_of_a_name_are_refused():
    """Of another module, with both named; the same again is the same."""
    assert unit("箱", "12 件", source="elsewhere") == CRATE or CRATE.source == "a test"
    with pytest.raises(UnitError, match="is '10 件', and that of tests.test_own_units '12 件'"):
        unit("箱", "10 件", source="a test")
    with pytest.raises(UnitError, match="the core's already"):
        unit("吨", source="a test")
    with pytest.raises(UnitError, match="source"):
        unit("筐", source="")
    with pytest.raises(UnitError, match="unknown"):
        unit("筐", "3 篮", source="a test")


def test_the_hook_shows_them():
    """A campaign gives those that its modules write."""
    module = types.ModuleType(GALE.home)
    module.GALE = GALE
    assert list(Campaign("weather", module).airplan_units()) == [GALE]

    class WithUnits(Chapter):
        """A chapter with a unit."""

        @airplan.hookimpl
        def airplan_units(self):
            """What it adds."""
            return (GALE,)

    book = airplan.build_rulebook([airplan.contribution(WithUnits(), "weather", "test 1.0")])
    assert book.units == {"风级": GALE}
    assert rulebook().units == {}
