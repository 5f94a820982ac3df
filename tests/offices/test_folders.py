"""Folders as offices keep them: what must be read of each, and what must be told.

Every file is made here; the places, works and people in them are invented.
"""

import datetime as dt
import os

import polars as pl
import pytest
import xlsxwriter

import airplan_core as airplan
from airplan_core import FactsError, ledger_of
from airplan_core.rulebook import config
from tests.ledgers import Day, Kiln, Works, rulebook

BOOK = rulebook()
HEAD = "编号,所属工厂,产能[万吨/年],燃烧器,备用,关停日期\n"
ROWS = "k1,w1,10,3,是,2024-10-31\nk2,w1,5.5,2,否,未发生\n"
WORKS = "编号,名称,行业\nw1,甲厂,钢铁\n"
READ = {"k1": 100000, "k2": 55000}


def put(folder, files):
    """Write files: text, bytes, or a workbook as sheets of rows."""
    for name, made in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(made, dict):
            with xlsxwriter.Workbook(path) as book:
                for title, rows in made.items():
                    fill(book, book.add_worksheet(title), rows)
        else:
            path.write_bytes(made if isinstance(made, bytes) else made.encode())


def fill(book, sheet, rows):
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, tuple):
                value, form = value
                sheet.write(at, column, value, book.add_format({"num_format": form}))
            elif isinstance(value, dt.date):
                sheet.write_datetime(at, column, value, book.add_format({"num_format": "yyyy/m/d"}))
            elif value is not None:
                sheet.write(at, column, value)


def cells(text):
    return [line.split(",") for line in text.strip().split("\n")]


def facts_of(folder, files, **facts):
    put(folder, {"works.csv": WORKS, **files})
    given = config.structure({"facts": facts}) if facts else None
    return airplan.read_facts(folder, rulebook(given) if given else BOOK)


def capacities(facts):
    return dict(facts.table(Kiln).select("id", "capacity").iter_rows())


TABLE = cells(HEAD + ROWS)
NUMBERED = [["序号", *TABLE[0], "备注"], ["1", *TABLE[1], "无"], ["2", *TABLE[2], "待查"]]

#: Files, and a piece of what must be told beside: all of them hold the two kilns of READ.
FOLDERS = {
    "plain": ({"kiln.csv": HEAD + ROWS}, None),
    "in Chinese": ({"窑炉.csv": HEAD + ROWS}, None),
    "GBK": ({"窑炉.csv": (HEAD + ROWS).encode("gb18030")}, None),
    "UTF-8 with its mark": ({"窑炉.csv": (HEAD + ROWS).encode("utf-8-sig")}, None),
    "tabs": ({"窑炉.tsv": (HEAD + ROWS).replace(",", "\t")}, None),
    "semicolons": ({"窑炉.csv": (HEAD + ROWS).replace(",", ";")}, None),
    "full-width commas": ({"窑炉.csv": (HEAD + ROWS).replace(",", "，")}, None),
    "lines of Windows": ({"窑炉.csv": (HEAD + ROWS).replace("\n", "\r\n")}, None),
    "capital ending": ({"窑炉.CSV": HEAD + ROWS}, None),
    "a workbook": ({"窑炉.xlsx": {"Sheet1": TABLE}}, None),
    "a title row": ({"窑炉.xlsx": {"Sheet1": [["测试县窑炉台账"], *TABLE]}}, "表头在第 2 行"),
    "two titles and a blank": (
        {"窑炉.xlsx": {"Sheet1": [["附件3"], ["测试县窑炉台账"], [], *TABLE]}}, "表头在第 4 行"
    ),
    "a title in CSV": ({"窑炉.csv": "窑炉台账,,,,,\n" + HEAD + ROWS}, "表头在第 2 行"),
    "a short title in CSV": ({"窑炉.csv": "窑炉台账\n" + HEAD + ROWS}, "表头在第 2 行"),
    "units in a second row": (
        {"窑炉.xlsx": {"台账": [
            ["编号", "所属工厂", "产能", "燃烧器", "备用", "关停日期"],
            ["", "", "（万吨/年）", "台", "", ""], *TABLE[1:]]}},
        "表头在第 1、2 行",
    ),
    "groups above the names": (
        {"窑炉.xlsx": {"台账": [["基本情况", "", "", "", "整治情况", ""], *TABLE]}}, "表头在第 2 行"
    ),
    "names across two rows": (
        {"窑炉.xlsx": {"台账": [
            ["编号", "所属工厂", "产能[万吨/年]", "燃烧器", "整治情况", ""],
            ["", "", "", "", "备用", "关停日期"], *TABLE[1:]]}},
        "表头在第 1、2 行",
    ),
    "names across two rows, one of the office's own": (
        {"窑炉.xlsx": {"台账": [
            ["序号", "编号", "所属工厂", "规模", "", "整治情况", "", "其他"],
            ["", "", "", "产能[万吨/年]", "燃烧器", "备用", "关停日期", "经度"],
            *([n, *row, 112.9] for n, row in enumerate(TABLE[1:], 1))]}},
        "没有读这些列：序号、经度",
    ),
    "the office's own names beside the groups": (
        {"窑炉.xlsx": {"台账": [
            ["窑炉台账"], ["序号", "基本情况", "", "", "", "整治情况", "", "所属片区"],
            ["", *TABLE[0]], *([n, *row, "北"] for n, row in enumerate(TABLE[1:], 1))]}},
        "表头在第 2、3 行",
    ),
    "names in English below": (
        {"窑炉.csv": HEAD + "id,works,capacity,burners,standby,closed_on\n" + ROWS}, "第 2 行不是记录"
    ),
    "columns that are numbered": ({"窑炉.csv": HEAD + "甲,乙,1,2,3,4\n" + ROWS}, "第 2 行不是记录"),
    "starred and broken names": (
        {"窑炉.xlsx": {"台账": [
            ["*编号", "所属\n工厂", "产能（万吨/年）", "燃 烧 器", "备用（必填）", "关停日期*"], *TABLE[1:]]}},
        None,
    ),
    "a total": ({"窑炉.csv": HEAD + ROWS + "合计,,15.5,5,,\n"}, "第 4 行不是记录"),
    "a spaced total": ({"窑炉.csv": HEAD + ROWS + "合  计,,15.5,5,,\n"}, "第 4 行不是记录"),
    "a total under another column": ({"窑炉.csv": HEAD + ROWS + ",小计,15.5,5,,\n"}, "第 4 行不是记录"),
    "subtotals between": (
        {"窑炉.csv": HEAD + "k1,w1,10,3,是,2024-10-31\n小计：,,10,3,,\nk2,w1,5.5,2,否,未发生\n总计（2台）,,15.5,5,,\n"},
        "第 3、5 行不是记录",
    ),
    "a mean": ({"窑炉.csv": HEAD + ROWS + "平均值,,7.75,2.5,,\n"}, "第 4 行不是记录"),
    "a total and how many": ({"窑炉.csv": HEAD + ROWS + "合计2台,,15.5,5,,\n"}, "第 4 行不是记录"),
    "how many": ({"窑炉.csv": HEAD + ROWS + "共 2 台,,15.5,5,,\n"}, "第 4 行不是记录"),
    "a total in English": ({"窑炉.csv": HEAD + ROWS + "Total:,,15.5,5,,\n"}, "第 4 行不是记录"),
    "the most and the least": (
        {"窑炉.csv": HEAD + ROWS + "最大值,,10,3,,\n最小值,,5.5,2,,\n"}, "第 4、5 行不是记录"
    ),
    "the end of a page": (
        {"窑炉.csv": HEAD + ROWS + "—以下空白—,,,,,\n第1页 共2页,,,,,\n审核,,,,,\n"}, "第 4、5、6 行不是记录"
    ),
    "a remark": ({"窑炉.csv": HEAD + ROWS + "注：本表按月填报，不重复。,,,,,\n"}, "第 4 行不是记录"),
    "signatures": (
        {"窑炉.csv": HEAD + ROWS + "填表人：张三,,审核人：李四,,2025年1月3日,\n"}, "第 4 行不是记录"
    ),
    "a township's subtotal": ({"窑炉.csv": HEAD + ROWS + "西镇小计,,15.5,5,,\n"}, "第 4 行不是记录"),
    "of which": ({"窑炉.csv": HEAD + ROWS + "其中：国有,,10,3,,\n"}, "第 4 行不是记录"),
    "a total with a remark of the office's": (
        {"窑炉.csv": HEAD.replace("\n", ",联系人\n") + ROWS.replace("\n", ",\n") + "合计,,15.5,5,,,含停产\n"},
        "第 4 行不是记录",
    ),
    "a signature's value beside it": (
        {"窑炉.csv": HEAD + ROWS + "填表人：,张三,,审核人：,李四,\n填报单位（盖章）：,甲局,,日期：,2025.1.3,\n"},
        "第 4、5 行不是记录",
    ),
    "a sentence": ({"窑炉.csv": HEAD + ROWS + "以上为2024年10月底的情况。,,,,,\n"}, "第 4 行不是记录"),
    "who fills it in": ({"窑炉.csv": HEAD + ROWS + "填报单位：甲局,,,联系电话：0000,,\n"}, "第 4 行"),
    "a repeated header": ({"窑炉.csv": HEAD + "k1,w1,10,3,是,2024-10-31\n" + HEAD + "k2,w1,5.5,2,否,未发生\n"}, "第 3 行"),
    "numbered rows that are not filled in": (
        {"窑炉.xlsx": {"台账": [*NUMBERED, ["3"], ["4"]]}}, "第 4、5 行"
    ),
    "a total beside the number": (
        {"窑炉.xlsx": {"台账": [*NUMBERED, ["3", "合计", "", "15.5", "5"]]}}, "第 4 行不是记录"
    ),
    "columns nobody reads": (
        {"窑炉.xlsx": {"台账": [[*TABLE[0], "填报人", "经度"], [*TABLE[1], "张三", 112.9], [*TABLE[2], "", ""]]}},
        "没有读这些列：填报人、经度",
    ),
    "a file a township": (
        {"kiln/西镇.csv": HEAD + "k1,w1,10,3,是,2024-10-31\n", "kiln/东镇.xlsx": {"台账": [TABLE[0], TABLE[2]]}},
        "由 2 个文件合在一起",
    ),
    "a folder in Chinese": ({"窑炉/西镇.csv": HEAD + ROWS}, None),
    "a file a month": (
        {"kiln_2024-10.csv": HEAD + "k1,w1,10,3,是,2024-10-31\n", "窑炉2024年11月.csv": HEAD + "k2,w1,5.5,2,否,未发生\n"},
        "由 2 个文件合在一起",
    ),
    "a place in brackets": ({"窑炉（西镇）.csv": HEAD + ROWS}, None),
    "a sheet a township": ({"窑炉.xlsx": {"西镇": TABLE[:2], "东镇": [TABLE[0], TABLE[2]]}}, None),
    "a sheet a ledger": ({"测试县台账汇总.xlsx": {"窑炉": TABLE, "说明": [["按月填报"]]}}, "没有读工作表“说明”"),
    "a template's explanations": ({"kiln.xlsx": {"kiln": TABLE, "说明": [["列", "填写内容"]]}}, "“说明”"),
    "sheets that are empty": ({"窑炉.xlsx": {"Sheet1": TABLE, "Sheet2": [], "Sheet3": []}}, None),
    "a sheet of sums": (
        {"窑炉.xlsx": {"西镇": TABLE[:2], "东镇": [TABLE[0], TABLE[2]], "汇总": [["乡镇", "窑炉数"], ["西镇", 1]]}},
        "没有读工作表“汇总”",
    ),
    "a word behind the name": ({"窑炉台账.xlsx": {"Sheet1": TABLE}}, None),
    "a word and a date behind the name": ({"窑炉信息表（2024年10月）.csv": HEAD + ROWS}, None),
    "a Word file in the ledger's folder": (
        {"窑炉/西镇.csv": HEAD + ROWS, "窑炉/说明.docx": b"PK", "窑炉/旧/西镇.csv": HEAD}, "没有读：窑炉/旧、窑炉/说明.docx"
    ),
    "a text of another kind": ({"窑炉.csv": HEAD + ROWS, "催报通知.txt": "请于月底前报送"}, "没有读：催报通知.txt"),
    "a draft beside it": ({"kiln.xlsx": {"kiln": TABLE, "草稿": [["编号"], ["k9"]]}}, "没有读工作表“草稿”"),
    "other files": (
        {"窑炉.csv": HEAD + ROWS, "Thumbs.db": b"x", "desktop.ini": "x", "通知.pdf": b"%PDF", "方案.docx": b"PK",
         "~$窑炉.xlsx": b"x", ".DS_Store": b"x", "照片.jpg": b"x"},
        "没有读：方案.docx、照片.jpg、通知.pdf",
    ),
    "an empty template beside": ({"窑炉.csv": HEAD + ROWS, "窑炉_空表.csv": HEAD}, "由 2 个文件"),
    "dates of a spreadsheet": (
        {"窑炉.xlsx": {"台账": [TABLE[0], ["k1", "w1", 10, 3, "是", dt.date(2024, 10, 31)], TABLE[2]]}}, None
    ),
    "numbers of a spreadsheet": (
        {"窑炉.xlsx": {"台账": [TABLE[0], ["k1", "w1", 10.0, 3, True, "2024/10/31"], ["k2", "w1", 5.5, 2, False, "未发生"]]}},
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_as_an_office_keeps_it_is_read(tmp_path, name):
    """The two kilns, whole; what was left out is told in one line of Chinese."""
    files, told = FOLDERS[name]
    facts = facts_of(tmp_path, files)
    assert capacities(facts) == READ
    kilns = {kiln.id: kiln for kiln in facts.records(Kiln)}
    assert [kilns["k1"].burners, kilns["k1"].standby, kilns["k2"].standby] == [3, True, False]
    assert kilns["k1"].closed_on == dt.date(2024, 10, 31)
    assert facts.faults == ()
    assert facts.table(Works)["id"].to_list() == ["w1"]
    notes = [note.zh for note in facts.notes]
    assert told is None or any(told in note for note in notes), notes


def test_there_are_forty():
    """As many kinds of folder as this holds."""
    assert len(FOLDERS) >= 40


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "合计,w1,15.5,5,是,2024-10-31\n",
            "it is a kiln called so: its works, flag and day are filled in",
        ),
        ("平均窑,,10,,,\n", "its name only begins so"),
        ("注3号,w1,10,,,\n", "it has a works"),
        ("最大窑,,10,,,\n", "its name only begins so"),
        ("共3号窑,w1,10,,,\n", "it has a works"),
        ("最大值,w1,10,,,\n", "it has a works"),
    ],
)
def test_in_doubt_a_row_is_a_record(tmp_path, row, why):
    """What might be a kiln is never left out."""
    facts = facts_of(tmp_path, {"kiln.csv": HEAD + ROWS + row})
    assert facts.table(Kiln).height == 3, why


def test_a_county_may_say_that_every_row_counts(tmp_path):
    """A kiln that is called 合计, and has nothing but a number."""
    text = HEAD + ROWS + "合计,,15.5,5,,\n"
    facts = facts_of(tmp_path, {"kiln.csv": text}, every_row_counts=["kiln"])
    assert facts.table(Kiln)["id"].to_list() == ["k1", "k2", "合计"]


def test_a_county_names_its_columns_once(tmp_path):
    """With the unit that the office keeps it in."""
    text = "设备号,属于,规模,燃烧器,备用,停产时间\n" + ROWS
    own = {"设备号": "id", "属于": "works", "规模": "capacity [万吨/年]", "停产时间": "closed_on"}
    facts = facts_of(tmp_path, {"kiln.csv": text}, columns={"kiln": own})
    assert capacities(facts) == READ


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"kilns": {}}, "did you mean 'kiln'"),
        ({"kiln": {"规模": "capacty"}}, "did you mean 'capacity'"),
        ({"kiln": {"规模": "capacity [吨]"}}, "is \\[mass\\]"),
        ({"kiln": {"停用": "standby [个]"}}, "standby has no unit"),
    ],
)  # fmt: skip
def test_a_county_names_fields_that_there_are(own, told):
    """Or the nearest is said."""
    with pytest.raises(airplan.ConfigError, match=told):
        rulebook(config.structure({"facts": {"columns": own}}))


def test_a_county_says_what_it_does_not_want_read(tmp_path):
    """A column that is nearly a field's name, and none."""
    text = HEAD.replace("关停日期", "关停时间") + ROWS
    facts = facts_of(tmp_path, {"kiln.csv": text}, columns={"kiln": {"关停时间": ""}})
    assert facts.table(Kiln)["closed_on"].null_count() == 2
    assert "没有读这些列：关停时间" in facts.notes[0].zh


def test_what_looks_like_a_total_and_is_read_is_told(tmp_path):
    """Where its id is none, or more than numbers stand beside."""
    rows = "合计,w1,15.5,5,是,2024-10-31\n"
    facts = facts_of(tmp_path, {"kiln.csv": HEAD + ROWS + rows, "works.csv": WORKS + "2,合计,\n"})
    assert (facts.table(Kiln).height, facts.table(Works).height) == (3, 2)
    told = [note.zh for note in facts.notes]
    assert any(note.startswith("kiln.csv：第 4 行像是合计") for note in told), told
    assert any(note.startswith("works.csv：第 3 行像是合计") for note in told), told


def test_a_row_with_an_id_alone_is_read_and_told(tmp_path):
    """It may be a kiln of which nothing is known, or the title of the next page."""
    rows = "西镇,,,,,\nk3,,,,,\n"
    facts = facts_of(tmp_path, {"kiln.csv": HEAD + ROWS + rows})
    assert facts.table(Kiln)["id"].to_list() == ["k1", "k2", "西镇", "k3"]
    assert [n.zh for n in facts.notes if "只有编号" in n.zh] == [
        "kiln.csv：第 4、5 行只有编号，别的列都是空白，按记录读了；不是记录的请从台账里去掉"
    ]
    plain = facts_of(tmp_path, {"kiln.csv": HEAD + ROWS})
    assert not any("只有编号" in note.zh for note in plain.notes)


def test_records_of_a_program_are_all_read(tmp_path):
    """In Parquet and JSON nobody writes totals by hand; what looks so is told."""
    pl.DataFrame({"id": ["k1", "合计"], "burners": [1, 2]}).write_parquet(tmp_path / "kiln.parquet")
    facts = facts_of(tmp_path, {})
    assert facts.table(Kiln)["id"].to_list() == ["k1", "合计"]
    assert any("第 3 行像是合计" in note.zh for note in facts.notes)


def test_a_mean_beside_its_days_is_none_of_them(tmp_path):
    """平均 where a date stands, whosever mean it is."""
    text = "县市,日期,颗粒物日均[µg/m³]\n甲,2024-01-01,30\n甲,2024-01-02,40\n甲,平均,35\n"
    facts = facts_of(tmp_path, {"day.csv": text})
    assert facts.table(Day)["dust"].to_list() == [30, 40]
    assert facts.set_aside == ()


def test_a_figure_that_is_called_a_total_is_one(tmp_path):
    """A reported metric is named by a text: 产能合计 is its name, with a number and no subject."""
    text = "指标,时段,数值\n产能合计,2024,100 吨/年\n合计,,100 吨/年\n"
    facts = facts_of(tmp_path, {"reported.csv": text})
    assert facts.tables["reported"]["metric"].to_list() == ["产能合计"]
    assert any("第 3 行不是记录" in note.zh for note in facts.notes)


def test_labels_in_english_are_read_with_their_spaces(tmp_path):
    """As `--lang en` writes them."""
    facts = facts_of(tmp_path, {"kiln.csv": "id,closed on,Rebuilt  On\nk1,2024-10-31,未发生\n"})
    assert facts.records(Kiln)[0].closed_on == dt.date(2024, 10, 31)


@pytest.mark.parametrize("id", ["a", "t", "h", "台", "%"])
def test_an_id_may_be_written_as_a_unit_is(tmp_path, id):
    """The first record is no second row of the header."""
    facts = facts_of(tmp_path, {"kiln.csv": f"编号,燃烧器\n{id},\nk2,2\n"})
    assert facts.table(Kiln)["id"].to_list() == [id, "k2"]


def merged(path, rows, *areas):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        fill(book, sheet, rows)
        for area, value in areas:
            sheet.merge_range(area, value)


def test_merged_cells_beside_the_records_do_no_harm(tmp_path):
    """A title, a remark below, a total's words, a column that nobody reads."""
    rows = [
        [],
        ["编号", "燃烧器", "备用", "片区"],
        ["k1", 3, "是"],
        ["k2", 2, "否"],
        [None, None, 5],
    ]
    areas = [("A1:D1", "窑炉台账"), ("D3:D4", "北片"), ("A5:B5", "合计"), ("A6:D6", "注：按月填报")]
    merged(tmp_path / "kiln.xlsx", rows, *areas)
    facts = facts_of(tmp_path, {})
    assert facts.table(Kiln).select("id", "burners").rows() == [("k1", 3), ("k2", 2)]


def township(book, name, rows):
    """A sheet as a township fills it in: titles, groups, its own columns, a total, signatures."""
    sheet = book.add_worksheet(name)
    end = 5 + len(rows)
    head = [[], ["填报单位（盖章）：某局"], [], ["", *TABLE[0]]]
    fill(book, sheet, [*head, *([n, *row] for n, row in enumerate(rows, 1))])
    for area, text in {
        "A1:H1": f"{name}窑炉台账", "A3:A4": "序号", "B3:E3": "基本情况", "F3:G3": "整治情况",
        "H3:H4": "所属片区", f"H5:H{end}": "北片", f"A{end}:C{end}": "合计",
        f"A{end + 1}:H{end + 1}": "注：产能以环评批复为准。",
    }.items():  # fmt: skip
        sheet.merge_range(area, text)
    sheet.write_formula(f"D{end}", f"=SUM(D5:D{end - 1})", None, 15.5)
    sheet.write_row(end + 1, 1, ["填表人：", "张三", None, "日期：", "2025年1月3日"])


def test_a_workbook_with_all_of_it_is_read(tmp_path):
    """A sheet a township, an empty sheet, a sheet of sums."""
    put(tmp_path, {"works.csv": WORKS})
    with xlsxwriter.Workbook(tmp_path / "窑炉台账（2024年）.xlsx") as book:
        township(book, "西镇", TABLE[1:2])
        township(book, "东镇", TABLE[2:])
        book.add_worksheet("Sheet3")
        book.add_worksheet("汇总").write_row(0, 0, ["乡镇", "窑炉数"])
    facts = airplan.read_facts(tmp_path, BOOK)
    assert capacities(facts) == READ
    assert facts.faults == ()
    told = "\n".join(note.zh for note in facts.notes)
    for piece in (
        "没有读工作表“汇总”", "“西镇”：表头在第 3、4 行", "“东镇”：第 6、7、8 行不是记录",
        "没有读这些列：序号、所属片区",
    ):  # fmt: skip
        assert piece in told, told


@pytest.mark.parametrize("area", ["B2:B3", "A2:B2", "C3:D3"])
def test_merged_cells_of_records_are_told(tmp_path, area):
    """Which of them a value belongs to is not said."""
    rows = [["编号", "燃烧器", "备用", "片区"], ["k1", 3, "是", "北"], ["k2", 2, "否", "北"]]
    merged(tmp_path / "kiln.xlsx", rows, (area, "2"))
    (line,) = lines_of(tmp_path, {})
    assert f"读到“{area}”，应为没有合并的单元格" in line


def test_a_sheet_of_another_ledger_is_that_ledgers(tmp_path):
    """Whatever the workbook is called after."""
    put(tmp_path, {"窑炉.xlsx": {"窑炉": TABLE, "工厂": cells(WORKS)}})
    facts = airplan.read_facts(tmp_path, BOOK)
    assert capacities(facts) == READ
    assert facts.table(Works)["id"].to_list() == ["w1"]


def test_a_file_of_another_ledger_is_that_ledgers(tmp_path):
    """Whatever folder it was put into: a works is no kiln."""
    put(tmp_path, {"窑炉/西镇.csv": HEAD + ROWS, "窑炉/工厂.csv": WORKS})
    facts = airplan.read_facts(tmp_path, BOOK)
    assert capacities(facts) == READ
    assert facts.table(Works)["id"].to_list() == ["w1"]


def test_a_misspelt_ledger_is_no_file_of_a_shorter_name(tmp_path):
    """vehicle_chek is nearly vehicle_check, and no vehicle's."""
    put(tmp_path, {"vehicle_chek.csv": "编号\nc1\n"})
    with pytest.raises(FactsError) as error:
        airplan.read_facts(tmp_path, airplan.load_rulebook())
    assert "是不是“vehicle_check”" in error.value.text("zh")


#: Columns of an office's own, by ledger: each beside all of the ledger's fields but those named.
OWN = [
    ("boiler", "锅炉型号 锅炉吨位 是否在产 责任单位 除尘方式 燃料消耗量 排口编号", ""),
    (
        "brick_line",
        "所属乡镇 企业地址 投产日期 产品类型 产量 统一社会信用代码",
        "所属企业 产品 年产能",
    ),
    ("vehicle", "车主 品牌型号 发证日期 行业类别 检验有效期", ""),
    ("station_hour", "风向 风速 温度 湿度 数据状态", ""),
    ("enterprise", "法定代表人 企业地址 经度 纬度 行业代码", ""),
]


@pytest.mark.parametrize(("ledger", "own", "without"), OWN)
def test_a_column_of_the_offices_own_is_left_out(tmp_path, ledger, own, without):
    """It is nobody's misspelling."""
    entity = next(e for e in airplan.load_rulebook().entities if ledger_of(e).name == ledger)
    columns = [c.zh for c in ledger_of(entity).columns.values() if c.zh not in without.split()]
    put(tmp_path, {f"{ledger}.csv": ",".join(["编号", *columns, *own.split()]) + "\n"})
    facts = airplan.read_facts(tmp_path, airplan.load_rulebook())
    assert f"{ledger}.csv：没有读这些列：{'、'.join(own.split())}" in [n.zh for n in facts.notes]


@pytest.mark.parametrize(
    ("ledger", "written", "meant"),
    [
        ("brick_line", "退出时间", "退出日期"),
        ("brick_line", "产能[万标砖/年]", "年产能"),
        ("brick_line", "企业", "所属企业"),
        ("brick_line", "capacty[万标砖/年]", "capacity"),
        ("brick_line", "exit_date", "exited_on"),
        ("vehicle", "注册日期", "注册登记日期"),
        ("vehicle", "新能源", "是否新能源"),
        ("enterprise", "所属乡镇", "所在乡镇"),
        ("facility_problem", "整改期限", "整改时限"),
        ("project", "投产日期", "建成投产日期"),
        ("trip", "运输日期", "日期"),
        ("county_day", "PM2.5日均值", "PM2.5日均浓度"),
    ],
)
def test_a_near_miss_is_an_error_with_the_name_that_is_meant(tmp_path, ledger, written, meant):
    """Where the field has no column of its own."""
    put(tmp_path, {f"{ledger}.csv": f"编号,县市,企业名称,{written}\n"})
    with pytest.raises(FactsError) as error:
        airplan.read_facts(tmp_path, airplan.load_rulebook())
    assert f"读到“{written}”" in error.value.text("zh")
    assert f"是不是“{meant}”" in error.value.text("zh")


def lines_of(folder, files):
    with pytest.raises(FactsError) as error:
        facts_of(folder, files)
    return error.value.text("zh").splitlines()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"kiln.csv": HEAD.replace("关停日期", "关停时间") + ROWS}, "是不是“关停日期”"),
        ({"kiln.csv": HEAD.replace("编号", "窑炉名") + ROWS}, "有“编号”列的表头"),
        ({"klin.csv": HEAD + ROWS}, "是不是“kiln”"),
        ({"kilns/西镇.csv": HEAD + ROWS}, "是不是“kiln”"),
        ({"汇总.xlsx": {"西窑": TABLE}}, "以台账命名的文件或工作表"),
        ({"kiln/西镇.csv": HEAD + ROWS, "kiln/东镇.csv": HEAD + ROWS}, "kiln/东镇.csv 第 2 行也是它"),
        ({"kiln.xlsx": {"西镇": TABLE, "东镇": TABLE}}, "工作表“西镇” 第 2 行也是它"),
        ({"kiln.csv": "\n"}, "第 1 行是表头"),
        ({"kiln.csv": HEAD + ROWS + "编号,备用,阶段,燃烧器,产能,备注\nk3,是,国六,2,,\n"}, "第 1 行和第 4 行都像表头"),
        ({"kiln.csv": "编号,燃烧器,,\nk1,2,,\n编号,燃烧器,备用,阶段\nk2,3,是,国六\n"}, "第 1 行和第 3 行都像表头"),
        ({"day.csv": "经度,纬度\n1,2\n"}, "有“县市”、“日期”列的表头"),
        ({"day.csv": "日期,颗粒物日均[µg/m³]\n2024-01-01,30\n"}, "有“县市”列的表头"),
    ],
)  # fmt: skip
def test_what_the_clerk_must_mend_is_one_line_of_chinese(tmp_path, files, told):
    """With what is meant; of the whole folder at once."""
    lines = lines_of(tmp_path, files)
    assert any(told in line for line in lines), lines


def test_a_row_below_titles_keeps_its_own_number(tmp_path):
    """A bad cell is told by the row that the spreadsheet shows."""
    sheet = [["测试县窑炉台账"], [], *TABLE, ["k3", "w1", "约5", 1, "是", "未发生"]]
    facts = facts_of(tmp_path, {"kiln.xlsx": {"台账": sheet}})
    (cell,) = facts.unreadable
    assert (cell.id, cell.field, cell.problem.row) == ("k3", "capacity", 6)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_beside_the_ledgers_is_none(tmp_path, lang):
    """Neither as a table nor as JSON nor as a page: the next run is as the first."""
    from airplan_core.cli.command import main

    put(tmp_path, {"county.csv": "编号,名称\n沁阳市,沁阳市\n",
                   "airplan.toml": 'plugins = ["targets"]\n'})  # fmt: skip
    wanted = [
        ("assess", "verdicts.csv"), ("assess", "report.json"), ("assess", "report.txt"),
        ("outlook", "outlook.json"), ("outlook", "outlook.txt"), ("check", "problems.csv"),
        ("check", "check.json"),
    ]  # fmt: skip
    for verb, name in wanted:
        day = [] if verb == "check" else ["--as-of", "2025-01-01"]
        out = ["--out", str(tmp_path / name), "--lang", lang]
        assert main([verb, str(tmp_path), *day, *out]) in (0, 1), name
    machines = ["--format", "csv", "--for", "machines", "--out", str(tmp_path / "machines.csv")]
    assert main(["assess", str(tmp_path), "--as-of", "2025-01-01", *machines]) in (0, 1)
    run = ["assess", str(tmp_path), "--as-of", "2025-01-01"]
    for n, (form, more) in enumerate(
        (("csv", []), ("csv", ["--for", "machines"]), ("csv", ["--lang", "en"]), ("json", []),
         ("text", []), ("parquet", []), ("text", ["--lang", "en"]))
    ):  # fmt: skip
        path = tmp_path / f"r{n}.{'txt' if form == 'text' else form}"
        assert main([*run, "--format", form, *more, "--out", str(path)]) in (0, 1), path.name
    for form in ("csv", "json"):
        path = tmp_path / f"check.{form}"
        assert main(["check", str(tmp_path), "--format", form, "--out", str(path)]) == 0
    assert main(["check", str(tmp_path)]) == 0


@pytest.mark.parametrize("name", ["kiln.csv", "kiln.json", "旧.txt"])
def test_a_pipe_is_never_opened(tmp_path, name):
    """Not to see whether it is a report, either: it would wait for ever."""
    os.mkfifo(tmp_path / name)
    if name == "旧.txt":
        assert "没有读：旧.txt（不是台账）" in [note.zh for note in facts_of(tmp_path, {}).notes]
    else:
        assert "不是管道或设备" in lines_of(tmp_path, {})[0]
