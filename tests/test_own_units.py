"""A plugin adds units: checked like the core's, each with its source, and shown by its hook."""

import types
from decimal import Decimal

import pytest

import airplan_core as airplan
from airplan_core import Campaign, Entity, Facts, Quantity, UnitError, measured, unit
from airplan_core.facts.reading import read_folder
from airplan_core.handbook.pages import pages, write_pages
from airplan_core.quantities.units import unit_names
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
    with pytest.raises(
        UnitError, match="is '10 件'; that of tests.test_own_units is '12 件'; rename"
    ):
        unit("箱", "10 件", source="a test")
    with pytest.raises(UnitError, match="the core's already"):
        unit("吨", source="a test")
    with pytest.raises(UnitError, match="source"):
        unit("筐", source="")
    with pytest.raises(UnitError, match="unknown"):
        unit("筐", "3 篮", source="a test")


@pytest.mark.parametrize(
    ("name", "means", "written", "to", "value"),
    [
        ("托", "2 万块", "3 托", "块", 60000),
        ("罐", "60 m³", "2 罐", "m³", 120),
        ("成", "10 %", "3 成", "%", 30),
        ("毫", "1 ‰", "3 毫", "‰", 3),
        ("尘度", "1 吨/月·平方公里", "7 尘度", "t/(km²·month)", 7),
        ("盘", "0.5 万箱", "1 盘", "件", 60000),
    ],
)
def test_a_unit_means_what_a_quantity_would(name, means, written, to, value):
    """万, %, and the legal notation of two divisors are read as anywhere else."""
    unit(name, means, source="a test")
    assert Quantity.of(written).to(to) == value


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("空", {"means": "0 件"}, "more than nothing"),
        ("空", {"means": "-1 件"}, "more than nothing"),
        ("件/年", {}, "one word of letters"),
        ("级 风", {}, "one word"),
        ("级=吨", {}, "one word"),
        ("5级", {}, "one word"),
        ("级２", {}, "one word"),
        ("", {}, "one word"),
        ("万袋", {}, "without 万"),
        ("袋", {"also": ("小 袋",)}, "one word"),
        ("袋", {"also": "bag"}, "also is a tuple"),
        ("箱", {"means": "12 件", "also": ("crate",)}, "'12 件', also crate; that of"),
    ],
)
def test_what_is_no_unit_is_told_where_it_is_written(name, given, told):
    """Nothing of it is left behind in what quantities are read in."""
    known = unit_names()
    with pytest.raises(UnitError, match=told):
        unit(name, **given, source="a test")
    assert unit_names() == known


def test_a_kind_of_its_own_is_told_by_its_name():
    """Of a wind that is compared with tonnes, both are named, and no inner name is."""
    with pytest.raises(
        UnitError, match=r"'4 吨' does not fit: '吨' is \[mass\], but '风级' is \[风级\]"
    ):
        Day.wind.at_least("4 吨")
    with pytest.raises(UnitError) as told:
        Quantity.of("1 没有的")
    assert "own_" not in str(told.value)


def test_energy_is_power_for_a_time():
    """kW·h, as GB/T 3100 writes it, is kWh; a heat for an hour is a power."""
    assert Quantity.of("5 kW·h").to("千瓦时") == 5
    assert Quantity.of("36 MJ/h").to("kW") == 10
    assert Quantity.of("2 万千瓦·时").to("兆瓦·时") == 20


def test_a_unit_that_was_never_added_is_told():
    """A record made by hand is in no cell and no rule."""

    class ByHand(Chapter):
        """A chapter that yields a record instead of adding a unit."""

        @airplan.hookimpl
        def airplan_units(self):
            """What it never added."""
            return (airplan.Unit("斗", "2 件", "a test"),)

    with pytest.raises(
        airplan.RulebookError, match=r"'weather' .*yields the unit '斗'.*unit\('斗'"
    ):
        airplan.build_rulebook([airplan.contribution(ByHand(), "weather", "test 1.0")])


def test_the_handbook_has_a_page_of_them(tmp_path):
    """With what one is, in which standard it stands and who adds it; without any, there is none."""

    class WithUnits(Chapter):
        """A chapter with units."""

        @airplan.hookimpl
        def airplan_units(self):
            """What it adds."""
            return (GALE, CRATE)

    book = airplan.build_rulebook([airplan.contribution(WithUnits(), "weather", "test 1.0")])
    page = pages(book)["own-units.md"]
    assert (
        "| 风级 | wind_force | a kind of its own, which no other converts to | GB/T 28591" in page
    )
    assert "| 箱 |  | 12 件 | a test | `tests.test_own_units` |" in page
    assert "own-units.md" not in pages(rulebook())
    write_pages(book, tmp_path)
    write_pages(rulebook(), tmp_path)
    assert not (tmp_path / "own-units.md").exists()


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
