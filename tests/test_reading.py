"""Reading ledgers: every format and spelling; every mistake told, with its place; nothing lost."""

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
from airplan_core import NEVER, FactsError, UnitError, ledger_of
from airplan_core.facts.cells import Wanted, read_cells
from airplan_core.facts.facts import table_of
from airplan_core.handbook.templates import write_templates
from airplan_core.quantities import units
from airplan_core.testing import records
from tests.ledgers import Day, Kiln, Works, rulebook

BOOK = rulebook()


def read(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", ".")
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
    return airplan.read_facts(folder, BOOK)


def told(folder, **files):
    with pytest.raises(FactsError) as error:
        read(folder, **files)
    return [str(problem) for problem in error.value.problems]


KILN = "编号,所属工厂,产能[万吨/年],颗粒物,清洁比例[%],燃烧器,备用,阶段,关停日期,备注\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_its_encoding(tmp_path, encoding):
    """UTF-8 with and without its mark, and GB18030, give the same record."""
    text = KILN + 'k,w,"1,0.5",0.035 mg/m³,６０,3台,是,国六,2024年10月31日,"一,二"\n'
    (tmp_path / "kiln.csv").write_bytes(text.replace('"1,0.5"', "10.5").encode(encoding))
    kiln = airplan.read_facts(tmp_path, BOOK).records(Kiln)[0]
    assert kiln == Kiln(
        id="k", works="w", capacity="105000 吨/年", dust="35 µg/m³", share="60 %", burners=3,
        standby=True, stage="国六", closed_on="2024-10-31", note="一,二",
    )  # fmt: skip


def test_headers_are_names_or_labels_with_units(tmp_path):
    """Field names, Chinese and English labels, any bracket."""
    facts = read(
        tmp_path,
        kiln__csv="ID,capacity（万吨/年）, dust [mg/m³],clean,备用\n1,2,0.03,,否\n".replace(
            "clean", "share[%]"
        ),
    )
    kiln = facts.records(Kiln)[0]
    assert (kiln.capacity, kiln.dust, kiln.standby) == (Decimal(20000), Decimal(30), False)


@pytest.mark.parametrize("blank", ["", " ", "NA", "不详", "未知"])
def test_blank_is_unknown(tmp_path, blank):
    """An empty cell is neither zero nor no."""
    kiln = read(
        tmp_path, kiln__csv=f"id,dust[µg/m³],standby,closed_on\n1,{blank},{blank},{blank}\n"
    )
    assert kiln.records(Kiln) == [Kiln(id="1")]


def test_a_county_may_say_that_a_blank_date_means_not_happened(tmp_path):
    """Only in the fields it names."""
    from airplan_core.rulebook import config

    given = config.structure({"facts": {"blank_means_not_happened": ["kiln.closed_on"]}})
    (tmp_path / "kiln.csv").write_text("id,closed_on,rebuilt_on\n1,,\n", "utf-8")
    kiln = airplan.read_facts(tmp_path, rulebook(given)).records(Kiln)[0]
    assert (kiln.closed_on, kiln.rebuilt_on) == (NEVER, None)


def test_every_bad_cell_is_told_and_unknown(tmp_path):
    """File, row, column, what was read and what was expected; all of them; their rows are kept."""
    facts = read(
        tmp_path,
        kiln__csv=KILN
        + "a,,5,35 µg/m³,50,1,是,国六,2024-10-31,\n"
        + "b,,五,35 吨,101,1.5,也许,国七,2024-02-30,\n"
        + "c,,6,35,50,1,否,国五,未发生,\n",
    )
    assert facts.table(Kiln)["id"].to_list() == ["a", "b", "c"]
    assert facts.set_aside == ()
    places = [(cell.id, cell.problem.row) for cell in facts.unreadable]
    assert places == [("b", 3)] * 7 + [("c", 4)]
    b, c = (facts.table(Kiln).row(place, named=True) for place in (1, 2))
    assert all(b[cell.field] is None for cell in facts.unreadable if cell.id == "b")
    assert c["closed_on"] == NEVER
    assert c["dust"] is None
    lines = [str(problem) for problem in facts.faults]
    assert (
        "kiln.csv, row 3, column '产能[万吨/年]': read '五', expected a number in 万吨/年"
        in lines[0]
    )
    assert "'国七' is not one of the listed values; did you mean '国" in " ".join(lines)
    assert "a day that does not exist" in " ".join(lines)
    assert "write the unit in the header, 颗粒物[µg/m³]" in lines[-1]


def test_unknown_files_and_columns_name_the_nearest(tmp_path):
    """A folder with a misspelt name is refused, all of it told at once."""
    lines = told(
        tmp_path,
        kilns__csv="id\n1\n",
        works__csv="id,行业名\n1,钢铁\n",
        note__doc="x",
        odd__dat="x",
    )
    assert any("read 'kilns'" in line and "'kiln'" in line for line in lines)
    assert any(
        "read '行业名', expected a field of works; did you mean '行业'" in line for line in lines
    )
    assert any("odd.dat" in line and ".csv" in line for line in lines)
    assert not any("note.doc" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id,产能[吨]\n1,2\n", "expected a unit such as 吨/年"),
        ("id,产能[吨/年],capacity[吨/年]\n1,2,3\n", "two columns are the same field"),
        ("id,备用[个]\n1,是\n", "no unit"),
        ("id,\n1,x\n", "a header over a column with values"),
        ("备用\n是\n", "a column id"),
        ("", "a header in row 1"),
        ("id\n1\n2\n1\n", "row 4, column 'id': read '1', expected each id once; row 2 has it too"),
        ("id,works\n1,wx\n", "read 'wx', expected the id of a works; did you mean 'w1'"),
    ],
)
def test_what_makes_a_ledger_unusable_is_told(tmp_path, text, problem):
    """Units, headers, ids and references that cannot be right."""
    lines = told(tmp_path, kiln__csv=text, works__csv="id\nw1\n")
    assert any(problem in line for line in lines), lines


def test_rows_of_another_width_are_set_aside(tmp_path):
    """A row with too many or too few cells is told with its number; blank rows are noted."""
    facts = read(
        tmp_path,
        works__csv='id,name,industry\n1,一,钢铁\n\n2,二\n3,三,水泥,更多\n4,"四\n厂",水泥\n,,\n',
    )
    assert facts.table(Works)["id"].to_list() == ["1", "4"]
    assert [row.row for row in facts.set_aside] == [4, 5]
    assert "expected 3 cells as in the header, not 2" in str(facts.set_aside[0].problems[0])
    assert facts.notes == ("works.csv: 2 blank rows passed over: 3, 7",)


def test_a_row_without_an_id_is_set_aside(tmp_path):
    """An id is needed in every row."""
    facts = read(tmp_path, works__csv="id,name\n,甲\n2,乙\n")
    assert [str(p) for row in facts.set_aside for p in row.problems] == [
        "works.csv, row 2, column 'id': read '', expected an id in every row"
    ]


def test_a_row_with_a_bad_cell_can_be_referred_to(tmp_path):
    """The row is there, though one of its cells could not be read."""
    facts = read(tmp_path, works__csv="id,industry\nw,钢鉄\n", kiln__csv="id,works\nk,w\n")
    assert [(cell.id, cell.field) for cell in facts.unreadable] == [("w", "industry")]
    assert facts.table(Kiln)["works"].to_list() == ["w"]


def test_ids_are_made_of_the_key_where_there_is_none(tmp_path):
    """A ledger with a key needs no id column; the key stands once."""
    facts = read(tmp_path, day__csv="县市,日期,颗粒物日均[µg/m³]\n甲,2024-01-01,30\n甲,2024/1/2,\n")
    assert facts.table(Day)["id"].to_list() == ["甲/2024-01-01", "甲/2024-01-02"]
    (tmp_path / "day.csv").unlink()
    lines = told(tmp_path, day__csv="id,county,date\n1,甲,2024-01-01\n2,甲,20240101\n")
    assert "expected each county+date once; row 2 has it too" in lines[0]


def test_a_missing_or_empty_folder_is_told(tmp_path):
    """The path is named, and what to do."""
    for path, expected in ((tmp_path / "no", "a folder that exists"), (tmp_path, "template")):
        with pytest.raises(FactsError, match=expected):
            airplan.read_facts(path, BOOK)
    (tmp_path / "f").write_text("x")
    with pytest.raises(FactsError, match="a folder of ledgers"):
        airplan.read_facts(tmp_path / "f", BOOK)


def test_two_files_of_one_ledger_are_one(tmp_path):
    """Neither is chosen in silence: both are read, and an id that stands in both is told."""
    facts = read(tmp_path, kiln__csv="id\n1\n", 窑炉__csv="id\n2\n")
    assert facts.table(Kiln)["id"].to_list() == ["1", "2"]
    assert facts.notes == ("the ledger kiln is 2 files together: kiln.csv、窑炉.csv",)
    (tmp_path / "窑炉.csv").write_text("id\n2\n1\n", "utf-8")
    (line,) = told(tmp_path)
    assert line.startswith("窑炉.csv, row 3, column 'id': read '1'")
    assert "row 2 of kiln.csv has it too" in line


def test_other_files_are_passed_over_or_noted(tmp_path):
    """Configuration, readmes and hidden files are no ledgers; folders inside are noted."""
    (tmp_path / "old").mkdir()
    facts = read(tmp_path, airplan__toml="", README__md="x", works__csv="id\n1\n", __hidden="x")
    assert facts.notes == ("not read, no ledgers: old/",)


def workbook(path, rows, *, title="kiln", merge=None, other=None):
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    if other:
        book.create_sheet(other).append(["x"])
        book[other].append(["y"])
    book.save(path)


def test_a_workbook_is_read_with_its_types(tmp_path):
    """Dates, numbers and booleans of a spreadsheet; blank rows and other sheets are noted."""
    workbook(
        tmp_path / "窑炉.xlsx",
        [
            ["编号", "产能[吨/年]", "备用", "关停日期", "清洁比例[%]"],
            ["a", 0.1 + 0.2, True, dt.datetime(2024, 10, 31), 60],
            [None, None, None, None, None],
            ["b", 5, "否", "2024年1月2日", "60.5"],
        ],
        other="草稿",
    )
    facts = airplan.read_facts(tmp_path, BOOK)
    assert facts.records(Kiln) == [
        Kiln(id="a", capacity="0.3 吨/年", standby=True, closed_on="2024-10-31", share="60 %"),
        Kiln(id="b", capacity="5 吨/年", standby=False, closed_on="2024-01-02", share="60.5 %"),
    ]
    assert set(facts.notes) == {
        "窑炉.xlsx: the sheets “草稿” are not read",
        "窑炉.xlsx: 1 blank rows passed over: 3",
    }


def test_merged_cells_and_formulas_without_values_are_told(tmp_path):
    """A merged range is refused by name; a formula that was never computed is a bad cell."""
    workbook(tmp_path / "kiln.xlsx", [["id", "备注"], ["a", "x"], ["b", None]], merge="B2:B3")
    with pytest.raises(FactsError, match="B2:B3.*no merged cells; unmerge"):
        airplan.read_facts(tmp_path, BOOK)
    workbook(tmp_path / "kiln.xlsx", [["id", "产能[吨/年]"], ["a", "=1+1"], ["b", 2]])
    facts = airplan.read_facts(tmp_path, BOOK)
    assert facts.table(Kiln)["capacity"].to_list() == [None, 2]
    assert "open the file in a spreadsheet and save it" in str(facts.faults[0])


def test_parquet_and_json_are_read(tmp_path):
    """Typed columns and records give the same tables as text."""
    kiln = Kiln(id="k", capacity="5 吨/年", standby=True, closed_on="2024-10-31")
    pl.DataFrame(
        {
            "id": ["k"],
            "capacity[吨/年]": [5.0],
            "standby": [True],
            "closed_on": [dt.date(2024, 10, 31)],
        }
    ).write_parquet(tmp_path / "kiln.parquet")
    assert airplan.read_facts(tmp_path, BOOK).records(Kiln) == [kiln]
    (tmp_path / "kiln.parquet").unlink()
    text = '[{"id": "k", "capacity": "5 吨/年", "standby": true, "closed_on": "2024-10-31"}]'
    assert read(tmp_path, kiln__json=text).records(Kiln) == [kiln]
    for wrong in ("{", '{"id": 1}', "[1]"):
        assert told(tmp_path, kiln__json=wrong)


@pytest.mark.parametrize("name", ["kiln.xlsx", "kiln.parquet"])
def test_a_file_that_is_not_what_it_says_is_told(tmp_path, name):
    """A broken workbook or Parquet file is named."""
    (tmp_path / name).write_bytes(b"nonsense")
    with pytest.raises(FactsError, match=name):
        airplan.read_facts(tmp_path, BOOK)


def test_utf16_is_read_by_its_mark(tmp_path):
    """What a spreadsheet saves as “Unicode text” is read; without its mark it is told."""
    text = "id\tname\r\n1\t甲厂\r\n"
    (tmp_path / "works.txt").write_bytes(text.encode("utf-16"))
    assert airplan.read_facts(tmp_path, BOOK).table(Works)["name"].to_list() == ["甲厂"]
    (tmp_path / "works.txt").write_bytes(text.encode("utf-16-le"))
    with pytest.raises(FactsError, match="row 1: expected text; .*NUL.*CSV UTF-8"):
        airplan.read_facts(tmp_path, BOOK)


SPELLINGS = st.one_of(
    st.decimals(0, 10**9, places=3, allow_nan=False).map(str),
    st.decimals(0, 10**4, places=6, allow_nan=False).map(str),
    st.integers(0, 10**12).map(lambda n: f"{n:,}"),
    st.integers(0, 9999).map(lambda n: f"{n}万"),
    st.integers(0, 99).map(lambda n: f"{n}亿"),
    st.decimals(0, 100, places=8, allow_nan=False).map(str),
    st.sampled_from(["", "-3", "1e3", "５", "x", "3 kg", "3 吨", "+7.5", "1.", ".5", "3 块"]),
)


@given(st.lists(SPELLINGS, max_size=12), st.sampled_from([None, "吨/年", "万吨/年", "kg/年"]))
def test_a_column_is_read_as_its_cells_are(texts, unit):
    """Whole columns and single cells give the same values and the same refusals."""
    column = ledger_of(Kiln).column("capacity")
    frame = pl.DataFrame({"capacity": texts}, schema={"capacity": pl.String})
    cells = read_cells(frame, {"capacity": Wanted(field=column, unit=unit)})["capacity"]
    for place, text in enumerate(texts):
        if not text.strip():
            assert cells.values[place] is None
            assert place not in cells.bad
            continue
        number = text.rstrip("万亿")
        bare = units.is_number(number)
        # who writes 亿 beside the number leaves the 万 of the header aside
        of = (unit or "").removeprefix("万") if bare and number != text else unit
        try:
            if bare and unit is None:
                raise airplan.UnitError("no unit")
            expected = float(column.enter(f"{text} {of}" if bare else text))
        except airplan.UnitError:
            expected = None
        assert cells.values[place] == expected, text
        assert (place in cells.bad) == (expected is None)


@given(st.lists(records(Kiln), max_size=5, unique_by=lambda kiln: kiln.id))
def test_facts_to_json_and_back_is_the_identity(kilns):
    """Every record survives, with every unknown."""
    facts = (
        airplan.Facts.of(*kilns) if kilns else airplan.Facts(tables={"kiln": table_of(Kiln, [])})
    )
    text = facts.to_json([Kiln])
    again = airplan.Facts.from_json(text, [Kiln])
    assert again.records(Kiln) == facts.records(Kiln) == kilns
    assert again.to_json([Kiln]) == text


def test_json_that_does_not_fit_is_told():
    """Unknown ledgers and fields with the nearest name, and wrong values, all at once."""
    text = '{"kiln": [{"id": "1", "dus": "3"}, {"id": "2", "dust": "3 吨"}, {}], "kil": []}'
    with pytest.raises(FactsError) as error:
        airplan.Facts.from_json(text, [Kiln])
    lines = [str(problem) for problem in error.value.problems]
    assert len(lines) == 4
    assert "did you mean 'dust'" in lines[0]
    assert "did you mean 'kiln'" in lines[3]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_template_is_read_back(tmp_path, kind, lang):
    """An empty ledger has the headers that reading understands, and is never written over."""
    paths = write_templates(tmp_path, BOOK.entities, kind, lang=lang)
    assert {path.suffix for path in paths} == {f".{kind}"}
    facts = airplan.read_facts(tmp_path, BOOK)
    assert all(facts.supplies(entity) for entity in BOOK.entities)
    assert facts.table(Kiln).height == 0
    with pytest.raises(airplan.AirplanError, match="exists already"):
        write_templates(tmp_path, [Kiln], kind)


def test_a_filled_template_is_read(tmp_path):
    """What a person types into the workbook arrives, drop-downs included."""
    import openpyxl

    (path,) = write_templates(tmp_path, [Kiln], "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["kiln"]
    titles = [cell.value for cell in sheet[1]]
    sheet.append(
        [{"编号": "k", "产能[吨/年]": 5, "备用": "是", "阶段": "国四"}.get(t) for t in titles]
    )
    lists = {str(one.sqref)[0] for one in sheet.data_validations.dataValidation}
    assert lists == {"G", "H"}
    book.save(path)
    facts = airplan.read_facts(tmp_path, BOOK)
    assert facts.records(Kiln) == [Kiln(id="k", capacity="5 吨/年", standby=True, stage="国四")]


def test_the_schema_describes_what_to_json_writes():
    """Every ledger and field, with unit, labels and references; nothing else is allowed."""
    from airplan_core.handbook.schema import json_schema

    schema = json_schema(BOOK.entities)
    kiln = schema["$defs"]["kiln"]
    assert kiln["additionalProperties"] is False
    assert kiln["properties"]["dust"]["x-unit"] == "µg/m³"
    assert kiln["properties"]["works"]["x-references"] == "works"
    assert kiln["properties"]["stage"]["enum"] == ["国三", "国四", "国五", "国六"]
    assert kiln["properties"]["closed_on"]["x-labels"]["zh"] == "关停日期"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_enters_no_table(value):
    """NaN is neither unknown nor 0: ledger, column and row are named, and what to write instead."""
    day = Day(id="3", county="测试县", date=dt.date(2024, 1, 1), dust="30 µg/m³")
    table = table_of(Day, [day]).with_columns(dust=pl.lit(value))
    with pytest.raises(FactsError, match="day, column 'dust': read .*row '3'.*write null"):
        airplan.Facts(tables={"day": table})
    with pytest.raises(UnitError, match="is a number; read NaN"):
        Day(id="3", dust=Decimal("NaN"))
