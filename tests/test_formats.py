"""What stands in a file is what its user sees there; a file that cannot be read is told."""

import csv
import datetime as dt
import io
import json
import os
import socket
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, example, given, settings, strategies as st
from openpyxl.styles import Font

from airplan_core import FactsError
from airplan_core.facts.formats import delimited, encodings
from airplan_core.facts.formats.looks import look, plain
from airplan_core.facts.formats.opening import tables

FILES = Path(__file__).parent / "offices/files"


def grids(path):
    return [grid for table in tables(path, path.name) for grid in table.grids]


def rows(path):
    """Every row of a file, blank cells that it lacks left out."""
    found = []
    for grid in grids(path):
        for row in grid.cells.rows():
            cells = list(row)
            while cells and cells[-1] is None:
                cells.pop()
            found.append(cells)
    return found


def told(path):
    with pytest.raises(FactsError) as error:
        grids(path)
    # every problem is said in both languages
    assert all(problem.text("zh") and problem.text("en") for problem in error.value.problems)
    return error.value.text("en")


# --- a number as its cell shows it


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", 5.0, "5"),
        ("G/通用格式", 5.0, "5"),
        ("#,##0.00", 1234.5, "1234.5"),
        ("0.00E+00", 1234.0, "1234"),
        ("# ?/?", 1.5, "1.5"),
        ("0%", 0.9, "90%"),
        ("0%", 0.123456, "12.3456%"),
        ("0.00%", 0.1 + 0.2, "30%"),
        ("0.0%;[Red]-0.0%", -0.5, "-50%"),
        ('0.0"‰"', 9.0, "9‰"),
        ("0000", 45.0, "0045"),
        ("000-0000", 1234567.0, "123-4567"),
        ('0000"年"00"月"', 202410.0, "2024年10月"),
        ('0"万"', 5.0, "5万"),
        ('0!.0,"万"', 123456.0, "12.3456万"),
        ('0\\.0,"万"', 120000.0, "12万"),
        ('[>=10000]0!.0,"万元";0"元"', 123456.0, "12.3456万元"),
        ('[>=10000]0!.0,"万元";0"元"', 12.0, "12元"),
        ('0.0"吨/小时"', 35.0, "35吨/小时"),
        ('[=1]"是";[=0]"否"', 0.0, "否"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0.0, "0"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', -1234.5, "-1234.5"),
        ("0.00_);[Red](0.00)", -5.0, "-5"),
        ("0;-0;;@", 0.0, ""),
        ("#,###", 0.0, ""),
        ("#.00", 0.0, "0"),
        (";;;", 5.0, ""),
        ("0", 4.1e17, "4.1E+17"),
        ("0", 0.00001, "0.00001"),
        ("yyyy", 45596.0, "2024"),
        ("yyyy-mm", dt.date(2024, 10, 31), "2024年10月"),
        ("mmm-yy", dt.date(2024, 10, 31), "2024年10月"),
        ('[$-804]yyyy"年"m"月"', 45596.0, "2024年10月"),
        ('m"月"d"日"', dt.date(2024, 10, 31), "10月31日"),
        ("yyyy/m/d;@", 45596.0, "2024-10-31"),
        ('[DBNum1]yyyy"年"m"月"d"日"', 45596.0, "2024-10-31"),
        ("yyyy-m-d h:mm", 45596.291666666664, "2024-10-31T07:00"),
        ("yyyy-m-d h:mm", dt.date(2024, 10, 31), "2024-10-31T00:00"),
        ("h:mm", 0.291666666666667, "07:00"),
        ("[h]:mm", 1.5, "36:00"),
        ("mm:ss", 0.01, "00:14:24"),
    ],
)
def test_a_number_is_shown_as_its_format_says(code, value, text):
    """What it is the format decides; the digits stay, where a user sees fewer."""
    found = look(code)
    assert (plain(value) if found is None else found(value)) == text


# --- workbooks


def looks(path):
    """A workbook of an office: formats, errors, formulas, hidden and struck rows, two sheets."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("台账")

    def kind(code):
        return book.add_format({"num_format": code})

    sheet.write_row(0, 0, ["编号", "比例", "月份", "产能", "备用", "结果"])
    sheet.write_row(1, 0, ["a"])
    sheet.write_number(1, 1, 0.9, kind("0%"))
    sheet.write_number(1, 2, 45596, kind('yyyy"年"m"月"'))
    sheet.write_number(1, 3, 123456, kind('0\\.0,"万"'))
    sheet.write_boolean(1, 4, True)
    sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    sheet.write_row(2, 0, ["b", 0.1 + 0.2])
    sheet.write_number(2, 3, 45, kind("0000"))
    sheet.write_formula(2, 5, '=A2&"x"', None, "ax")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.write(3, 0, "划去", book.add_format({"font_strikeout": True}))
    sheet.merge_range(4, 0, 5, 1, "合并")
    book.add_worksheet("封面").write(0, 0, "甲")
    hidden = book.add_worksheet("旧")
    hidden.hide()
    hidden.write(0, 0, "编号")
    book.close()
    return path


def test_a_workbook_is_read_as_it_is_seen(tmp_path):
    """Formats, booleans, errors; each visible sheet is a table, its rows those of the sheet."""
    path = looks(tmp_path / "x.xlsx")
    first, second = tables(path, "x.xlsx")
    assert (first.title, first.sheet, second.title) == ("台账", "台账", "封面")
    (grid,) = first.grids
    assert grid.rows.to_list() == [1, 2, 3, 4, 5]
    assert grid.cells.rows()[1:4] == [
        ("a", "90%", "2024年10月", "12.3456万", "是", "#DIV/0!"),
        ("b", "0.3", "", "0045", "", "ax"),
        ("划去", "", "", "", "", ""),
    ]
    assert grid.merged == ((5, 6, 0, 1),)
    assert [note.zh for note in grid.notes] == [
        "x.xlsx：没有读隐藏的工作表“旧”",
        "x.xlsx，工作表“台账”：隐藏或筛选掉的行也读了：第 3 行",
        "x.xlsx，工作表“台账”：有删除线的行也读了：第 4 行",
    ]


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saves_reads_alike(ending):
    """The same workbook in three formats, saved by LibreOffice: see the README beside it."""
    grid, far = grids(FILES / f"saved.{ending}")
    assert grid.cells.rows() == [
        ("甲", "5", "是", "2024年10月", "", "", "50%"),
        ("甲x", "#DIV/0!", "是", "11月1日", "#N/A", "50%", "50%"),
        ("x", "0007", "a\nb", "07:30:00", "2024-10-31T07:00", "4.10882199001011E+17", "50%"),
        ("", "-50%", "", "", "", "", ""),
        ("", "", "是", "12.3456万", "", "", ""),
        ("划掉", "", "", "", "", "", ""),
        ("", "", "", "", "", "", ""),
        ("m", "有批注", "", "", "", "", ""),
        ("", "1", "", "", "", "", ""),
    ]
    assert grid.merged == ((8, 9, 0, 0),)
    assert [note.split(": ", 1)[1] for note in grid.notes] == [
        "the hidden sheet '隐' is not read",
        "hidden or filtered rows are read, too: 4",
        "rows that are struck through are read, too: 6",
    ]
    assert far.cells.rows() == [("", "", ""), ("", "", ""), ("", "", "远")]


ODS = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:style="s" xmlns:text="x"
 xmlns:number="n"><office:automatic-styles>
<number:number-style style:name="N1"><number:number number:min-integer-digits="4"/>
</number:number-style>
<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="c2" style:family="table-cell" style:parent-style-name="c1"/>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="甲">
<table:table-column table:number-columns-repeated="2"/>
<table:table-column table:default-cell-style-name="c2"/>
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row table:visibility="filter">
<table:table-cell office:value-type="string" table:number-columns-repeated="2"><office:annotation>
<text:p>批注</text:p></office:annotation><text:p>一<text:s text:c="2"/>二</text:p><text:p>三</text:p>
</table:table-cell>
<table:table-cell office:value-type="float" office:value="7"><text:p>0007</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>
</table:table-cell><table:table-cell office:value-type="percentage" office:value="0.123456">
<text:p>12%</text:p></table:table-cell><table:table-cell table:formula="of:=[.C3]+1"/>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_is_read_by_its_xml(tmp_path):
    """Styles of columns, repeated and blank cells, comments, filtered rows."""
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("content.xml", ODS)
    (grid,) = grids(path)
    line = ("一  二\n三", "一  二\n三", "0007", "是", "12.3456%", "=[.C3]+1")
    assert grid.cells.rows() == [("",) * 6, ("",) * 6, line]
    assert [note.zh for note in grid.notes] == ["x.ods：隐藏或筛选掉的行也读了：第 3 行"]
    blank = 'repeated="1048000"><table:table-cell/>'
    stray = 'repeated="1048000"><table:table-cell><text:p>x</text:p></table:table-cell>'
    wide = ODS.replace('"2"><office:ann', '"16000"><office:ann')
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("content.xml", wide.replace(blank, stray))
    assert "delete the row and the column of the cell" in told(path)


def edited(path, part, change):
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def small(path, *lines):
    book = openpyxl.Workbook()
    for line in lines or (["编号", "x"], ["a", 1], ["b", 2]):
        book.active.append(line)
    book.save(path)
    return path


def test_a_wrong_dimension_is_not_trusted(tmp_path):
    """All rows are read, whatever the sheet says of its size."""
    path = small(tmp_path / "x.xlsx")
    edited(path, SHEET, lambda text: text.replace(b'ref="A1:B3"', b'ref="A1"'))
    assert rows(path) == [["编号", "x"], ["a", "1"], ["b", "2"]]


def test_rows_are_the_sheets_where_it_begins_far_from_its_corner(tmp_path):
    """Blank rows and columns before the first cell count."""
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    book.active["C5"] = "编号"
    book.save(path)
    assert rows(path) == [["", "", ""]] * 4 + [["", "", "编号"]]


def test_a_formula_without_a_value_is_its_text(tmp_path):
    """Nobody has computed it; what shares it says the same; a blank text is a value."""
    path = small(tmp_path / "x.xlsx", ["=1+1", '=""', 1])

    def shared(text):
        cell = b'<c r="C1"><f t="shared" ref="C1:C2" si="0">A1*2</f></c>'
        more = b'</row><row r="2"><c r="C2"><f t="shared" si="0"/><v></v></c></row>'
        text = text.replace(b'<c r="C1" t="n"><v>1</v></c></row>', cell + more)
        return text.replace(b'<c r="B1"><f>""</f><v', b'<c r="B1" t="str"><f>""</f><v')

    assert rows(edited(path, SHEET, shared)) == [["=1+1", "", "=A1*2"], ["", "", "=A1*2"]]


def test_a_struck_font_without_a_value_strikes_nothing(tmp_path):
    """Only rows with something struck through are told."""
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active["A2"].font = Font(strike=True)
    book.save(path)
    assert grids(path)[0].notes == ()


# --- workbooks that are broken, or meant to break


def test_a_cell_far_away_is_told(tmp_path):
    """A sheet is a rectangle; one stray cell makes it too large, and is named."""
    path = small(tmp_path / "x.xlsx", ["编号"])
    edited(path, SHEET, lambda text: text.replace(b'"A1"', b'"XFD1048576"'))
    assert "delete the row and the column of the cell XFD1048576" in told(path)


def test_a_bomb_is_not_unpacked(tmp_path):
    """What the parts declare is bounded, and so is what they hold."""
    path = small(tmp_path / "x.xlsx")
    edited(path, SHEET, lambda text: text + b" " * (300 << 20))
    assert "at most 2 GiB unpacked, and 200 times its size" in told(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:30],
        lambda data: data.replace(b"xl/workbook.xml", b"xl/workbook.xmm"),
        lambda data: data[:60] + bytes(20) + data[80:],
        lambda data: b"PK\x03\x04" + bytes(200),
        lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    ],
)
def test_a_damaged_workbook_is_told(tmp_path, change):
    """Cut off, a part missing, bytes overwritten."""
    path = small(tmp_path / "x.xlsx")
    path.write_bytes(change(path.read_bytes()))
    assert "a workbook that is whole" in told(path)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"</sheetData>", b""),
        (SHEET, b'r="2"', b'r="two"'),
        (SHEET, b'r="A2"', b'r="2"'),
        ("xl/styles.xml", b"<cellXfs", b"<"),
        ("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId9"'),
    ],
)
def test_a_damaged_part_is_told(tmp_path, part, old, new):
    """XML that is none, a place that is none, a sheet that is nowhere."""
    path = small(tmp_path / "x.xlsx")
    edited(path, part, lambda text: text.replace(old, new))
    assert "expected a workbook" in told(path)


@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_other_workbooks_that_are_cut_off_are_told(tmp_path, ending, part):
    """Wherever they end."""
    data = (FILES / f"saved.{ending}").read_bytes()
    path = tmp_path / f"x.{ending}"
    path.write_bytes(data[: int(len(data) * part)])
    assert "a workbook that is whole" in told(path)


def test_a_password_is_told(tmp_path):
    """What Office encrypts is another file that holds the workbook."""
    path = tmp_path / "x.xlsx"
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    path.write_bytes(start + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    assert "take the password away" in told(path)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("x.xls", b"<html><table>", "a web page or XML.*save it as .xlsx"),
        ("x.xls", b"id\tname\n", "something else"),
        ("x.et", b"nonsense", "save it as .xlsx"),
        ("x.csv", b"PK\x03\x04", "give it the ending .xlsx"),
        ("x.csv", b"%PDF-1.7", "this is a PDF"),
    ],
)
def test_a_file_of_another_kind_is_told(tmp_path, name, data, problem):
    """Exports that are called .xls and are web pages, workbooks that are called .csv."""
    (tmp_path / name).write_bytes(data)
    import re

    assert re.search(problem, told(tmp_path / name))


def test_what_is_no_plain_file_is_never_opened(tmp_path):
    """A pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "gone.csv").symlink_to("nowhere")
    (tmp_path / "empty.xlsx").touch()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.csv"))
    (tmp_path / "device.csv").symlink_to("/dev/zero")
    assert "no pipe and no device" in told(tmp_path / "pipe.csv")
    assert "no pipe and no device" in told(tmp_path / "socket.csv")
    assert "no pipe and no device" in told(tmp_path / "device.csv")
    assert "not a folder" in told(tmp_path / "folder.csv")
    assert "leads back to itself" in told(tmp_path / "loop.csv")
    assert "is not there" in told(tmp_path / "gone.csv")
    assert "this file is empty" in told(tmp_path / "empty.xlsx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    """By whom it may is another's to say."""
    path = tmp_path / "x.csv"
    path.write_text("id\n")
    path.chmod(0)
    assert "may not" in told(path)


# --- text


@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_separator_and_the_encoding_are_found(tmp_path, separator, encoding):
    """In whatever program it was saved."""
    path = tmp_path / "x.TXT"
    lines = [["编号", "名称"], ["1", "沁阳"], ["2", ""]]
    text = "".join(separator.join(line) + "\r\n" for line in lines)
    path.write_bytes(text.encode(encoding))
    assert rows(path) == lines


def test_a_title_above_and_commas_in_quotes_mislead_nobody(tmp_path):
    """The separator is what most lines have."""
    path = tmp_path / "x.csv"
    path.write_text('2024年，砖瓦，台账\n编号\t"a;b;c;d"\t"x,y,z"\n1\t2\t3\n', "utf-8")
    assert rows(path)[1:] == [["编号", "a;b;c;d", "x,y,z"], ["1", "2", "3"]]
    path.write_text("编号,备注\n1,a;b;c;d\n2,e\n", "utf-8")
    assert rows(path)[1:] == [["1", "a;b;c;d"], ["2", "e"]]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("编号,名称\n1,沁阳\n2,沁".encode()[:-1], "row 3: expected text in UTF-8 to the end"),
        ("编号\n沁阳\n".encode() + "沁阳\n".encode("gb18030"), "row 3: expected text in UTF-8 to"),
        (b"id\n1\n\xff\xff\n", "row 3: .*UTF-8 or GB18030"),
        ("编号\n沁阳\n".encode("gb18030") + b"\xff\n", "row 3: .*UTF-8 or GB18030"),
        (b"id\n1\n2\x00\n", "row 3: expected text; there is a NUL"),
        (b'id,name\n1,a\n2,"b\n3,c\n', "row 3: read '2,\"b', expected quotes in pairs"),
        (b'id,name\n1,"a\n2,b\n3,"c"\n', "row 2: .*expected quotes in pairs"),
        (b"id,name\n1," + b"x" * 140_000 + b"\n", "row 2: .*no cell of more than 131,072"),
        (b'id,name\n1,"' + b"x" * 140_000 + b'"\n', "row 2: .*no cell of more than 131,072"),
        (b'id,name\n1,"' + b"x\n" * 140_000, "row 2: .*expected quotes in pairs"),
    ],
)
def test_text_that_is_not_whole_is_told(tmp_path, data, problem):
    """In two encodings, cut off, with a quote that is never closed: with the line."""
    import re

    path = tmp_path / "x.csv"
    path.write_bytes(data)
    assert re.search(problem, told(path)), told(path)


def test_a_large_file_is_read_in_parts(tmp_path, monkeypatch):
    """Each part's rows go on where the last one's ended."""
    monkeypatch.setattr(encodings, "PIECE", 64)
    path = tmp_path / "x.csv"
    path.write_text("id,name\n" + "".join(f"{n},甲{n}\n" for n in range(100)), "utf-8")
    found = grids(path)
    assert len(found) > 5
    assert [row for grid in found for row in grid.rows] == list(range(1, 102))
    assert rows(path)[1:] == [[f"{n}", f"甲{n}"] for n in range(100)]


CELLS = st.one_of(
    st.sampled_from(["", "", "a", "一二", " b ", "12", "x\ty"]),
    st.sampled_from(['"x,y"', '"p\nq"', '"he ""x"""', '""', '"z"', '"\n"', '","']),
    st.sampled_from(['a"b', '"a"b', '"', ' "q"', 'q"']),
)
LINES = st.one_of(
    st.lists(CELLS, min_size=3, max_size=3),
    st.lists(CELLS, min_size=3, max_size=3),
    st.lists(CELLS, max_size=5),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(LINES, max_size=10),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    piece=st.sampled_from([1, 7, 40, 1 << 20]),
    stretch=st.sampled_from([8, 64, 1 << 11]),
)
@example([["a", "b", "c"], ["1", "2"], ["", "", ""]], "\n", True, 40, 64)
@example([["a"], [], ["b"]], "\n", False, 40, 64)
def test_columns_at_once_are_the_csv_modules(tmp_path, lines, end, last, piece, stretch):
    """The quick way and the careful way give the same cells, wherever a part ends."""
    text = end.join(",".join(line) for line in lines) + (end if last else "")
    assume(text)
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "PIECE", piece)
        patch.setattr(delimited, "FEW", stretch)
        patch.setattr(delimited, "separator", lambda _: ",")
        try:
            found = rows(path)
        except FactsError:
            # nothing is told that is in order
            with pytest.raises(csv.Error):
                list(csv.reader(io.StringIO(text, newline=""), strict=True))
            return
    given_ = [
        [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
        for row in csv.reader(io.StringIO(text, newline=""))
    ]
    assert found == given_


# --- Parquet and JSON


def test_a_path_is_a_name_and_no_pattern(tmp_path):
    """A star, brackets, a folder called a=b."""
    for name in ("d1", "d*", "d[1]", "d?"):
        (tmp_path / "a=b").mkdir(exist_ok=True)
        pl.DataFrame({"id": [name]}).write_parquet((tmp_path / "a=b" / "x").with_suffix(".parquet"))
        (tmp_path / "a=b/x.parquet").rename(tmp_path / "a=b" / f"{name}.parquet")
    for name in ("d1", "d*", "d[1]", "d?"):
        assert rows(tmp_path / "a=b" / f"{name}.parquet") == [["id"], [name]]


def test_parquet_is_shown_as_cells_are(tmp_path):
    """Dates, moments and midnights, categories, decimals."""
    path = tmp_path / "x.parquet"
    day = dt.datetime(2024, 10, 31)
    pl.DataFrame(
        {
            "day": [day, None],
            "moment": [day, day + dt.timedelta(hours=7)],
            "zoned": pl.Series([day, None]).dt.replace_time_zone("UTC"),
            "time": [dt.time(7, 30), None],
            "kind": pl.Series(["钢铁", None], dtype=pl.Categorical),
            "exact": pl.Series(["1.50", None]).cast(pl.Decimal(10, 2)),
            "yes": [True, False],
            "nothing": [None, None],
        }
    ).write_parquet(path)
    assert rows(path)[1:] == [
        [
            "2024-10-31",
            "2024-10-31T00:00",
            "2024-10-31T08:00",
            "07:30:00",
            "钢铁",
            "1.50",
            "是",
            "",
        ],
        ["", "2024-10-31T07:00", "", "", "", "", "否", ""],
    ]


def test_parquet_without_cells_is_told_column_by_column(tmp_path):
    """Durations, binary, lists, structs."""
    path = tmp_path / "x.parquet"
    columns = {"a": [dt.timedelta(1)], "b": [b"x"], "c": [[1]], "d": [{"x": 1}], "e": [1]}
    pl.DataFrame(columns).write_parquet(path)
    found = told(path)
    assert [f"column {name!r}" in found for name in columns] == [True] * 4 + [False]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[" * 100_000, "nested too deep"),
        ('[{"id": ' + "[" * 100_000 + "]" * 100_000 + "}]", "nested too deep"),
        ('[{"id": "a"}, {"id": "b", "x": 1, "x": 2}]', "row 2, column 'x': .*each key once"),
        ('[{"id": "a", "x": NaN}]', "row 1, column 'x': read 'NaN', expected a number, or null"),
        ('[{"id": "\\ud800"}]', "row 1, column 'id': .*half of one"),
        ('[{"\\ud800": 1}]', "row 1, column .*half of one"),
        ('[{"id": "a", "x": [1]}, {"x": [2]}]', "row 1, column 'x': .*no lists or objects|lists"),
        ('[{"id": "a"},\n {"id" 1}]', "line 2, character 8"),
    ],
)
def test_json_that_is_no_ledger_is_told(tmp_path, text, problem):
    """With its place, and never by a traceback."""
    import re

    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    assert re.search(problem, told(path)), told(path)


def test_json_keeps_numbers_as_they_are_written(tmp_path):
    """None is rounded, and 5,000 digits are a text like others."""
    long = "9" * 5000
    path = tmp_path / "x.json"
    path.write_text(f'[{{"a": 1.10, "b": {long}, "c": true, "d": null}}]', "utf-8")
    assert rows(path) == [["a", "b", "c", "d"], ["1.10", long, "是", ""]]
    path.write_text(json.dumps([{"a": 1}, {"b": 2}]), "utf-8")
    assert rows(path) == [["a", "b"], ["1", ""], ["", "2"]]
