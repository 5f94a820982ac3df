"""What stands in a cell: read as its user means it, or told in the office's words, never guessed."""

import datetime as dt
import json
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
from airplan_core import (
    NEVER,
    AirplanError,
    Attestation,
    ConfigError,
    County,
    Exemption,
    Facts,
    FactsError,
    Reported,
    UnitError,
    ledger_of,
)
from airplan_core.handbook.templates import header
from airplan_core.model.ids import folded
from airplan_core.rulebook import config
from airplan_core.rulebook.building import build_rulebook
from airplan_core.rulebook.plugins import discover
from airplan_pm25.ledgers import BrickLine
from tests.ledgers import Day, Kiln, Retrofit, Works, rulebook

BOOK = rulebook()
PLUGINS = build_rulebook(discover())
DAY = dt.date(2025, 1, 1)


def read(folder, book=BOOK, **ledgers):
    """The facts of a folder with a CSV file for each ledger."""
    for name, text in ledgers.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return airplan.read_facts(folder, book)


def cell(folder, column, written, book=BOOK, ledger="kiln"):
    """The one value of a cell, and its problem in Chinese where it has one."""
    facts = read(folder, book, **{ledger: f'id,{column}\n1,"{written}"\n'})
    (row,) = facts.tables[ledger].rows(named=True)
    assert facts.set_aside == ()
    name = next(iter(set(row) - {"id"} & _filled(facts, ledger, column)))
    told = [one.problem.text() for one in facts.unreadable]
    assert not told or row[name] is None
    return row[name], "".join(told)


def _filled(facts, ledger, column):
    columns = {name: one.zh for name, one in ledger_of(_entity(ledger)).columns.items()}
    return {name for name, zh in columns.items() if column.partition("[")[0] in (name, zh)}


def _entity(name):
    every = {ledger_of(one).name: one for one in (*BOOK.entities, *PLUGINS.entities)}
    return every[name]


def kept(**facts):
    """The small county's rulebook, with its ledgers kept so."""
    return rulebook(config.structure({"facts": facts}))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("25-03-01", "年份写四位，写成 2025-03-01"), ("25/3/1", "写成 2025-03-01"),
        ("26.1.20", "写成 2026-01-20"), ("24年10月31日", "写成 2024-10-31"),
        ("10/1/24", "写成 2010-01-24 还是 2024-10-01？"),
        ("10/1/2024", "年份写在最前面；写成 2024-10-01 还是 2024-01-10？"),
        ("31/10/2024", "写成 2024-10-31"), ("126-01-20", "年份写四位"),
        ("202-10-31", "年份写四位"), ("0000-01-01", "没有这一天"), ("2024-02-30", "没有这一天"),
        ("0025-03-01", "早于 1949 年"), ("1948-12-31", "早于 1949 年"),
        ("2036-01-01", "1949 年至 2035 年之间的日期；不合理"), ("2204-10-31", "不合理"),
        ("9998-12-31", "不合理"), ("45596", "即 2024-10-31）；设置单元格格式为日期"),
        ("45596.5", "设置单元格格式为日期"), ("2024-10", "只有月份，是哪一天？写成 2024-10-31"),
        ("2024/10", "只有月份"), ("24年10月", "只有月份"), ("2024年10月", "只有月份"),
        ("202410", "只有月份"), ("10月", "只有月份"), ("Oct-24", "只有月份"),
        ("2024年2月", "写成 2024-02-29"), ("2024年", "只有年份，是哪一天"), ("十月底", "应为日期"),
    ],
)  # fmt: skip
def test_what_may_be_another_day_is_told(tmp_path, written, told):
    """A year of two digits, a month, a serial number, a year that cannot be: told, not guessed."""
    value, problem = cell(tmp_path, "closed_on", written)
    assert value is None
    assert told in problem
    assert problem.startswith("kiln.csv，第 2 行，“closed_on”列：读到“")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024.10.31", dt.date(2024, 10, 31)), ("2024—10—31", dt.date(2024, 10, 31)),
        ("2024 年 10 月 31 日", dt.date(2024, 10, 31)), ("２０２４／１０／３１", dt.date(2024, 10, 31)),
        ("2024-10-31 00:00:00", dt.date(2024, 10, 31)), ("1949-10-01", dt.date(1949, 10, 1)),
        ("2035-12-31", dt.date(2035, 12, 31)), ("20241031", dt.date(2024, 10, 31)),
        ("9999-12-31", NEVER), ("未发生", NEVER), ("无", NEVER), ("不详", None), ("#N/A", None),
        ("待核实", None),
    ],
)  # fmt: skip
def test_what_is_one_day_is_read(tmp_path, written, day):
    """However it is written; what databases put for “never” is so, and an event may be old."""
    assert cell(tmp_path, "closed_on", written) == (day, "")


def test_a_county_says_which_years_its_ledgers_are_of(tmp_path):
    """Beyond them a day is implausible, in files and as the day of assessment."""
    book = kept(years=[1990, 2040])
    assert cell(tmp_path, "closed_on", "2040-01-01", book) == (dt.date(2040, 1, 1), "")
    assert cell(tmp_path, "closed_on", "2040-01-01")[0] is None
    for day in (dt.date(2041, 1, 1), NEVER):
        with pytest.raises(AirplanError, match="implausible as a day of assessment") as error:
            airplan.assess(book, Facts.of(Works(id="1")), day)
        assert "1990 年至 2040 年之间" in error.value.text()
        with pytest.raises(AirplanError, match="implausible"):
            airplan.check(book, Works(id="1"), day)
    for wrong in ([2040, 1990], [1900, 2040], [2000], "2000", [True, 2040]):
        with pytest.raises(ConfigError, match=r"the first and the last year, \[1990, 2035\]"):
            config.structure({"facts": {"years": wrong}})


def test_what_is_recorded_every_day_is_of_the_plans_years(tmp_path):
    """An event may be of 1960, a day's mean or an hour not."""
    days = "county,date,pm25\n沁阳市,1960-01-01,30\n沁阳市,2013-12-31,30\n沁阳市,2014-01-01,30\n"
    hours = "station,time,pm25\nA,1960-01-01 07:00,30\nA,2035-12-31 24:00,30\n"
    facts = read(tmp_path, PLUGINS, county_day=days, station_hour=hours)
    assert facts.tables["county_day"]["date"].to_list() == [dt.date(2014, 1, 1)]
    assert facts.tables["station_hour"]["time"].to_list() == [dt.datetime(2036, 1, 1)]
    told = [problem.text() for row in facts.set_aside for problem in row.problems]
    assert len(told) == 3
    assert all("2014 年至 2035 年之间的日期；不合理" in one for one in told)


def test_a_county_may_say_that_a_month_means_its_last_day(tmp_path):
    """Only of the fields it names, and of a year of four digits."""
    book = kept(month_means_last_day=["kiln.closed_on"])
    for written in ("2024年10月", "2024-10", "2024/10", "2024年10月份", "202410"):
        assert cell(tmp_path, "closed_on", written, book) == (dt.date(2024, 10, 31), "")
    assert "只有月份" in cell(tmp_path, "closed_on", "24年10月", book)[1]
    assert "只有月份" in cell(tmp_path, "rebuilt_on", "2024年10月", book)[1]
    with pytest.raises(ConfigError, match="month_means_last_day names 'kiln.dust'"):
        kept(month_means_last_day=["kiln.dust"])


def test_a_blank_is_never_only_where_nothing_stands(tmp_path):
    """Where a blank date means “not happened”, 不详 and 待核实 still mean that it is not known."""
    book = kept(blank_means_not_happened=["kiln.closed_on"])
    for blank in ("", "-", "——"):
        assert cell(tmp_path, "closed_on", blank, book) == (NEVER, "")
    for unknown in ("不详", "待核实", "#N/A"):
        assert cell(tmp_path, "closed_on", unknown, book) == (None, "")


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("产能[万吨/年]", "0.5亿", 50_000_000), ("产能[万吨/年]", "5000万", 50_000_000),
        ("产能[吨/年]", "5千", 5000), ("产能[吨/年]", "3百", 300), ("产能[万吨/年]", "5,000", 50_000_000),
        ("产能[吨/年]", "５０００", 5000), ("产能[吨/年]", "5万吨/年", 50_000),
        ("清洁比例[%]", "90%", 90), ("清洁比例", "90%", 90), ("清洁比例[%]", "0.9", 0.9),
        ("燃烧器", "3台", 3), ("燃烧器", "2.0", 2), ("产能[吨/年]", "5\u200b0", 50),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_meant(tmp_path, column, written, value):
    """With its own multiple, which stands for the header's; a percentage is one."""
    assert cell(tmp_path, column, written) == (value, "")


@pytest.mark.parametrize(
    ("column", "written", "told"),
    [
        ("产能[吨/年]", "约5000", "应为以 吨/年 为单位的数；不是一个确定的数"),
        ("产能[吨/年]", "5000左右", "不是一个确定的数"),
        ("产能[吨/年]", "5000-6000", "不是一个确定的数"), ("产能[吨/年]", ">5000", "不是一个确定的数"),
        ("产能[万吨/年]", "5千", "说不清是多少；写成数字"), ("产能[吨/年]", "五千", "写成数字"),
        ("产能[吨]", "5", None), ("产能[吨/年]", "90%", "单位“%”不能换算成“吨/年”"),
        ("产能[吨/年]", "1.0000001", "小数"), ("颗粒物[µg/m³]", "#REF!", "不是公式出错的提示"),
        ("颗粒物[µg/m³]", "#DIV/0!", "改正公式"), ("备注", "#VALUE!", "改正公式"),
        ("备用", "#NAME?", "改正公式"), ("清洁比例[%]", "101", "应为合理的数（%）；不合理：最大是 100 %"),
        ("燃烧器", "-1", "应为合理的整数（台）；不合理：最小是 0"), ("燃烧器", "1.5", "要整数"),
        ("燃烧器[台]", "-1", "最小是 0"), ("颗粒物", "35", "把单位写在表头 颗粒物[µg/m³]"),
        ("备用", "也许", "应为是或否"), ("阶段", "国六b", "应为下列之一：国三、国四、国五、国六；是不是“国六”？"),
        ("阶段", "国二", "下列之一"),
    ],
)  # fmt: skip
def test_what_is_no_such_value_is_told_in_chinese(tmp_path, column, written, told):
    """In the words of the office: no class names, no units of ours, nothing in English."""
    if told is None:
        with pytest.raises(FactsError):
            cell(tmp_path, column, written)
        return
    value, problem = cell(tmp_path, column, written)
    assert value is None
    assert told in problem
    for ours in ("Kiln", "kiln.", "expected", " is ", "[brick]", "None"):
        assert ours not in problem.removeprefix("kiln.csv")


@pytest.mark.parametrize("yes", ["是的", "✔", "✓", "√", "对", "有", "已", "Y", "T", "是\u200b"])
@pytest.mark.parametrize("no", ["x", "X", "×", "无", "未", "N", "F", "否 "])
def test_yes_and_no_as_offices_write_them(tmp_path, yes, no):
    """Ticks, crosses and words."""
    facts = read(tmp_path, kiln=f"id,standby\n1,{yes}\n2,{no}\n")
    assert facts.table(Kiln)["standby"].to_list() == [True, False]
    assert facts.faults == ()


@pytest.mark.parametrize("written", ["国6", "国VI", "国Ⅵ", "国六", "国 6", "国６", "国vi"])
def test_a_listed_value_is_read_however_its_number_is_spelt(tmp_path, written):
    """国六 in any numerals."""
    assert cell(tmp_path, "阶段", written) == ("国六", "")
    assert Kiln(id="1", stage=written).stage == "国六"


@pytest.mark.parametrize(
    ("written", "industry"),
    [("钢铁业", "钢铁"), ("钢铁行业", "钢铁"), ("其他行业", "其他"), ("特种钢铁行业", None)],
)
def test_an_industry_may_be_called_one(tmp_path, written, industry):
    """业 and 行业 behind a listed name are left aside, and nothing else is."""
    assert cell(tmp_path, "行业", written, ledger="works")[0] == industry


@pytest.mark.parametrize(
    "written",
    ["ＹＨ－０１", "YH－01", "YH–01", "YH—01", " YH-01\u3000", "YH - 01", "YH\u00a0-01", "YH-\u200b01",
     "ＹＨ-01"],
)  # fmt: skip
def test_one_thing_has_one_id_however_it_is_typed(tmp_path, written):
    """In the ledger itself, in a reference, and in a record that names a subject."""
    facts = read(tmp_path, works=f"id\n{written}\n", kiln="id,works\nk,YH-01\n")
    assert facts.table(Works)["id"].to_list() == ["YH-01"]
    facts = read(tmp_path, works="id\nYH-01\n", kiln=f"id,works\nk,{written}\n")
    assert facts.table(Kiln)["works"].to_list() == ["YH-01"]
    named = Exemption(id="e", rule="r", subject=written)
    assert named.subject == Works(id=written).id == Kiln(id="k", works=written).works == "YH-01"


def test_brackets_stay_as_chinese_names_have_them(tmp_path):
    """Half-width ones become so; é is one letter however it is composed; 1.0 is the number 1."""
    facts = read(tmp_path, works="id\n宏达(一厂)\n宏达（二厂）\ne\u0301\n2.0\nNA\n")
    assert facts.table(Works)["id"].to_list() == ["宏达（一厂）", "宏达（二厂）", "é", "2", "NA"]


def test_two_spellings_of_one_id_are_told(tmp_path):
    """They are one row twice; both places are named."""
    with pytest.raises(FactsError) as error:
        read(tmp_path, works="id\nYH-01\n甲\nＹＨ－０１\n")
    (problem,) = error.value.problems
    assert problem.row == 4
    assert "第 2 行" in problem.text()


@pytest.mark.parametrize("written", ["4.1E+17", "4.10882E+17", "4E+17", "4.10882e+17"])
def test_a_number_that_a_spreadsheet_has_spoiled_is_no_id(tmp_path, written):
    """Its last digits are lost: the ledger is refused, and told how to keep ids; 18 digits are."""
    for ledgers in (
        {"works": f"id\n{written}\n甲\n"},
        {"works": "id\n甲\n", "kiln": f"id,works\n1,甲\n2,{written}\n3,{written}\n"},
    ):
        with pytest.raises(FactsError) as error:
            read(tmp_path, **ledgers)
        assert any("把这一列设为文本格式再重填" in one.text() for one in error.value.problems)
    (tmp_path / "kiln.csv").unlink()
    facts = read(tmp_path, works="id\n410882199001011234\n1E5\n")
    assert facts.table(Works)["id"].to_list() == ["410882199001011234", "1E5"]


def test_a_reference_to_nothing_is_blank(tmp_path):
    """无 and `/` name no row."""
    facts = read(tmp_path, works="id\nw\n", kiln="id,works\n1,无\n2,/\n3,w\n4,待核实\n")
    assert facts.table(Kiln)["works"].to_list() == [None, None, "w", None]


@given(st.text(min_size=1, max_size=12))
def test_an_id_is_folded_once(text):
    """What is folded stays so, and holds neither spaces nor what nobody sees."""
    once = folded(text)
    assert folded(once) == once
    assert not set(once) & set(" \t\u3000\u200b\ufeff")


@given(st.lists(st.text("ＡA－—-1１ \u3000(（e\u0301.0", min_size=1, max_size=6), max_size=8))
def test_a_column_of_ids_is_folded_as_each_is(texts):
    """As a whole and one by one."""
    from airplan_core.facts.cells import Wanted, read_cells

    frame = pl.DataFrame({"id": texts}, schema={"id": pl.String})
    found = read_cells(frame, {"id": Wanted(field=None)})["id"].values
    assert found.to_list() == [folded(text) or None for text in texts]


#: A day of stations as platforms export it, with every way to say that there is no value.
HOURS = """station,time,PM2.5,PM10,SO2,CO
A,2024-01-01 01:00,-99,60,5,0.5
A,2024-01-01 02:00,35H,61,-999,0.5
A,2024-01-01 03:00,—,62,<2,0.5
A,2024-01-01 04:00,40,-1,6,
A,2024-01-01 05:00,50(RM),63,<2,-9999
A,2024-01-01 24:00,0,64,3L,BB
"""


def test_an_instrument_without_a_value_costs_no_other(tmp_path):
    """-99, 35H and — are missing, <2 is half of 2; the other pollutants of the hour are there."""
    facts = read(tmp_path, PLUGINS, station_hour=HOURS)
    table = facts.tables["station_hour"]
    assert facts.faults == ()
    assert table["pm25"].to_list() == [None, None, None, 40, None, 0]
    assert table["pm10"].to_list() == [60, 61, 62, None, 63, 64]
    assert table["so2"].to_list() == [5, None, 1, 6, 1, 1.5]
    assert table["co"].to_list() == [0.5, 0.5, 0.5, None, None, None]
    assert table["time"][-1] == dt.datetime(2024, 1, 2)
    told = [note.text() for note in facts.notes]
    assert "station_hour.csv：“PM2.5”列 2 个值带无效标记（如“35H”），按缺失读" in told
    assert "station_hour.csv：“SO2”列 3 个值低于检出限（如“3L”），按检出限的一半读" in told
    assert "station_hour.csv：“PM10”列 1 个“-1”之类是没有数据的记号，按缺失读" in told


def test_a_field_that_no_instrument_fills_has_no_such_words(tmp_path):
    """-99 is no capacity, and no absence of one."""
    assert "应为合理的数" in cell(tmp_path, "年产能[块/年]", "-99", PLUGINS, "brick_line")[1]


@pytest.mark.parametrize(
    ("head", "written", "value"),
    [("PM2.5日均浓度", "0", None), ("PM2.5日均浓度", "0.050", None), ("PM2.5日均浓度", "1", 1),
     ("PM2.5日均浓度[mg/m³]", "0.050", 50), ("PM2.5日均浓度[mg/m³]", "0", None), ("PM10日均浓度", "0.0", None),
     ("SO2日均浓度", "0", 0)],
)  # fmt: skip
def test_a_day_without_particles_is_implausible(tmp_path, head, written, value):
    """0 is a day without data, 0.050 a number of milligrams; a county may know better."""
    text = f"county,date,{head}\n沁阳市,2024-01-01,{written}\n"
    facts = read(tmp_path, PLUGINS, county_day=text)
    name = {"P": "pm25", "S": "so2"}[head[0]] if "PM10" not in head else "pm10"
    assert facts.tables["county_day"][name].to_list() == [value]
    told = [one.problem.text() for one in facts.unreadable]
    assert all("不小于 1 µg/m³ 的数；不合理" in one for one in told)
    assert (value is None) == bool(told)
    low = {"facts": {"low_is_measured": [f"county_day.{name}"]}}
    facts = read(tmp_path, build_rulebook(discover(), config.structure(low)), county_day=text)
    assert facts.faults == ()


def test_an_hour_of_nothing_is_one_and_milligrams_are_none(tmp_path):
    """A bare 0.035 of an hour is in another unit; 0 is an hour's noise."""
    hours = "station,time,PM2.5\nA,2024-01-01 01:00,0\nA,2024-01-01 02:00,0.035\n"
    facts = read(tmp_path, PLUGINS, station_hour=hours)
    assert facts.tables["station_hour"]["pm25"].to_list() == [0, None]
    facts = read(tmp_path, PLUGINS, station_hour=hours.replace("PM2.5", "PM2.5[mg/m³]"))
    assert facts.tables["station_hour"]["pm25"].to_list() == [0, 35]


def test_what_ends_before_it_begins_is_set_aside(tmp_path):
    """A vehicle deregistered before it was registered; a fast charger among fewer chargers."""
    facts = read(
        tmp_path,
        PLUGINS,
        vehicle="id,注册登记日期,注销日期\na,2024-01-01,2023-12-31\nb,2024-01-01,2024-01-01\n",
        charging_place="id,快充桩数,充电桩数\na,3,2\nb,2,2\n",
    )
    assert facts.tables["vehicle"]["id"].to_list() == ["b"]
    assert facts.tables["charging_place"]["id"].to_list() == ["b"]
    told = [problem.text() for row in facts.set_aside for problem in row.problems]
    assert any("不早于注册登记日期的日期" in one for one in told)


#: What is no difference, and may yet be less than nothing: none. What may is said here.
DIFFERENCES = {"project_emission.added"}


#: What goes on under an alert may be more than what is ordinary.
OF_THE_ORDINARY = {"measure_taken.share"}


def test_every_number_of_every_ledger_has_a_floor():
    """Capacities, counts, areas and tonnes are not negative; a share is no more than the whole."""
    for ledger in map(ledger_of, PLUGINS.entities):
        for name, field in ledger.columns.items():
            if f"{ledger.name}.{name}" in DIFFERENCES:
                continue
            if isinstance(field, airplan.Measured):
                assert field.bounds[0] is not None, f"{ledger.name}.{name}"
                if field.unit == "%":
                    low, high = field.bounds
                    assert low == 0, f"{ledger.name}.{name}"
                    if f"{ledger.name}.{name}" not in OF_THE_ORDINARY:
                        assert high is not None, f"{ledger.name}.{name}"
                        assert high <= 100, f"{ledger.name}.{name}"
            if isinstance(field, airplan.Counted):
                assert field.floor >= 0


def test_bounds_hold_for_records_too():
    """A record is no less bound than a cell."""
    with pytest.raises(UnitError, match="at least 0"):
        BrickLine(id="1", capacity="-1 块/年")
    with pytest.raises(UnitError, match="at least 0"):
        Kiln(id="1", burners=-1)
    with pytest.raises(ValueError, match="before 1949"):
        Kiln(id="1", closed_on=dt.date(25, 3, 1))


def test_templates_are_headed_with_the_offices_units(tmp_path):
    """万块/年, as brick works count; what is filled in is read back."""
    heads = header(ledger_of(BrickLine))
    assert "年产能[万块/年]" in heads
    text = (
        ",".join(heads)
        + "\n"
        + ",".join({"编号": "1", "年产能[万块/年]": "6000"}.get(head, "") for head in heads)
    )
    facts = read(tmp_path, PLUGINS, brick_line=text + "\n")
    assert facts.records(BrickLine) == [BrickLine(id="1", capacity="6000 万标砖/年")]


def figure(id, period="2024", subject=None, value="10 天"):
    return Reported(id=id, metric="test.heavy", period=period, subject=subject, value=value)


def test_one_figure_a_year_also_in_python():
    """Two figures of one metric, subject and year are told, also of JSON; a blank one is none."""
    here = County(id="测试县")
    both = Facts.of(here, figure("a"), figure("b", "２０２４", value="11 天"))
    again = Facts.from_json(both.to_json(BOOK.entities), BOOK.entities)
    for facts in (both, again):
        with pytest.raises(FactsError, match="test.heavy.*each once") as error:
            airplan.assess(BOOK, facts, DAY)
        assert "“指标+对象+时段”每个只有一行" in error.value.text()
    airplan.assess(BOOK, Facts.of(here, figure("a"), figure("b", value=None)), DAY)


@pytest.mark.parametrize("period", ["2_024", "+2024", "24", "2024.5"])
def test_what_python_takes_for_a_number_is_no_year(period):
    """It is told what a year is."""
    with pytest.raises(FactsError, match="a year, 2024") as error:
        airplan.assess(BOOK, Facts.of(County(id="测试县"), figure("a", period)), DAY)
    assert "四位数的年度" in error.value.text()


def test_one_row_of_each_also_in_python():
    """Two related records of one id, or of one key, are told by `check` as by `assess`."""
    works = Works(id="w")
    for twice, read_ in (
        ((Kiln(id="k"), Kiln(id="k", note="x")), "k"),
        ((Kiln(id="k1"), Kiln(id="ｋ１")), "k1"),
        ((Retrofit(id="1", works="w"), Retrofit(id="2", works="w")), "w"),
        ((Day(id="1", county="c", date="2024-01-01"),) * 2, "1"),
        ((Attestation(id="1", clause="c"), Attestation(id="2", clause="c")), "c"),
    ):
        with pytest.raises(FactsError, match=f"read '{read_}") as error:
            airplan.check(BOOK, works, DAY, *twice)
        assert "只有一行" in error.value.text()
    with pytest.raises(FactsError, match="read 'w', expected each once"):
        airplan.check(BOOK, works, DAY, Works(id="w"))
    # of rows that do not say whose they are, nobody has two
    airplan.check(BOOK, works, DAY, Retrofit(id="1"), Retrofit(id="2"))


@pytest.mark.parametrize(
    ("keys", "twice"),
    [
        ("a1 a2 b1 b2", None),
        ("b1 b2 a1 a2", None),
        ("a1 b1 a2 b2", None),
        ("a2 a1", None),
        ("a1 a1 b1", "a/2024-01-01"),
        ("a1 a2 b1 a1", "a/2024-01-01"),
        ("a1 a3 b1 a2 a3", "a/2024-01-03"),
        ("a2 a1 a2", "a/2024-01-02"),
    ],
)
def test_a_key_stands_once_in_whatever_order(keys, twice):
    """In runs that rise, as exports have them, in runs that come back, and in no order at all."""
    rows = [
        Day(id=f"{n}", county=key[0], date=f"2024-01-0{key[1]}")
        for n, key in enumerate(keys.split())
    ]
    if twice is None:
        airplan.check(BOOK, Works(id="w"), DAY, *rows)
        return
    with pytest.raises(FactsError, match=f"read '{twice}', expected each once"):
        airplan.check(BOOK, Works(id="w"), DAY, *rows)


def test_json_is_read_with_the_same_words():
    """Records of JSON: ids, dates and values as anywhere."""
    text = json.dumps(
        {"works": [{"id": "ＹＨ－０１", "industry": "钢铁行业"}],
         "kiln": [{"id": "1", "works": "YH—01", "capacity": "0.5亿 吨/年", "stage": "国Ⅵ"}]}
    )  # fmt: skip
    (kiln,) = Facts.from_json(text, BOOK.entities).records(Kiln)
    assert (kiln.works, kiln.capacity, kiln.stage) == ("YH-01", Decimal(50_000_000), "国六")
    with pytest.raises(FactsError, match="four digits"):
        Facts.from_json('{"kiln": [{"id": "1", "closed_on": "25-03-01"}]}', BOOK.entities)
