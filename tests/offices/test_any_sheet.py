"""Whatever stands in a sheet: rows in are rows in the table or rows told, and no bad cell is lost."""

import re
import tempfile
from pathlib import Path

import xlsxwriter
from hypothesis import given, settings, strategies as st

import airplan_core as airplan
from airplan_core import FactsError
from tests.ledgers import Kiln, Works, rulebook

BOOK = rulebook()

HEADER = ["编号", "名称", "行业", "序号"]
BAD = "不是行业"
IDS = st.sampled_from(
    ["w1", "w2", "w3", "ｗ４", "甲 厂", "t", "3", "合计", "西镇小计", "其中：甲", "注：同上", "填表人：",
     "编号", "id", "共两家。", "共 2 家", "Total", "最大值", "以下空白", "审核", "", "  "]
)  # fmt: skip
NAMES = st.sampled_from(
    ["甲", "乙厂", "", "—", "合计", "张三", "名称", "12", "1,2", '引"号', "两\n行"]
)
INDUSTRIES = st.sampled_from(["钢铁", "水泥", "其他", "", "/", BAD, "钢 铁", "行业", "3"])
RECORD = st.tuples(IDS, NAMES, INDUSTRIES, st.sampled_from(["", "1", "2"]))
TITLES = st.lists(
    st.sampled_from([["台账"], [], ["附件1", "", ""], ["填报单位：", "甲局", "2024年10月"]]),
    max_size=3,
)
SHEETS = st.tuples(
    TITLES, st.lists(RECORD, max_size=8, unique_by=lambda record: record[0].strip() or record)
)


def written(rows):
    """The sheet as CSV, every cell in quotes."""
    width = max(map(len, rows), default=0)
    wide = [[*row, *[""] * (width - len(row))] for row in rows]
    return "\n".join(",".join('"' + c.replace('"', '""') + '"' for c in row) for row in wide) + "\n"


def told_rows(notes):
    """The rows that notes say are passed over or not read."""
    found = set()
    for note in notes:
        for match in re.finditer(r"(?:跳过 \d+ 个空行：|第 )([\d、]+)(?: 行不是记录|$)", note.zh):
            found |= set(map(int, match[1].split("、")))
    return found


def unaccounted(facts, entity, height):
    """How many rows below the header are neither in the table nor told; 0 is right."""
    (file,) = facts.files
    below = {row for row in told_rows(facts.notes) if row > file.head}
    aside = {row.row for row in facts.set_aside}
    assert not aside & below
    return height - file.head - facts.table(entity).height - len(aside) - len(below)


def read(folder):
    """The facts of a folder, or what makes it unusable; anything else that is raised is a fault."""
    try:
        return airplan.read_facts(folder, BOOK), ()
    except FactsError as error:
        return None, error.problems


@given(SHEETS)
@settings(deadline=None)
def test_every_row_is_read_or_told(sheet):
    """And every row that is read, whose industry is none, is told by its cell."""
    titles, records = sheet
    rows = [*titles, HEADER, *records]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "works.csv").write_text(written(rows), "utf-8")
        facts, problems = read(folder)
    # but for an id that stands twice, nothing makes such a sheet unusable
    assert all("只出现一次" in problem.expected.zh for problem in problems), problems
    if facts is None:
        return
    (file,) = facts.files
    assert file.head == len(titles) + 1
    assert unaccounted(facts, Works, len(rows)) == 0
    below = told_rows(facts.notes)
    ids = {*facts.table(Works)["id"]}
    unreadable = {cell.problem.row for cell in facts.unreadable}
    for row, (id, _, industry, _) in enumerate(records, file.head + 1):
        if industry == BAD and id.strip() and row not in below:
            assert row in unreadable, (row, facts)
        if re.fullmatch(r"w\d", id):  # what can be a record is one
            assert id in ids


WORDS = st.sampled_from(
    ["编号", "id", "产能", "产能[万吨/年]", "燃烧器", "备用", "关停日期", "关停时间", "所属工厂", "序号", "（万吨/年）",
     "万吨/年", "%", "台", "k1", "k2", "k3", "合计", "小计：", "注：", "填表人：", "平均", "是", "2024-10-31",
     "1", "2", "3", "5.5", "", "", "", "\t", "\u3000", "=A1", "'x", "\u202e", "# N/A"]
)  # fmt: skip
ANY = st.lists(st.lists(st.one_of(WORDS, st.text(max_size=6)), min_size=1, max_size=6), max_size=10)


@given(ANY, st.booleans())
@settings(deadline=None)
def test_no_sheet_is_too_odd(rows, workbook):
    """It is read, every row of it accounted for, or the folder is refused with what to mend."""
    with tempfile.TemporaryDirectory() as folder:
        if workbook:
            with xlsxwriter.Workbook(str(Path(folder) / "kiln.xlsx")) as book:
                sheet = book.add_worksheet("台账")
                for at, row in enumerate(rows):
                    for column, text in enumerate(row):
                        sheet.write_string(at, column, text)
        else:
            data = written(rows).encode("utf-8", "replace")
            (Path(folder) / "kiln.csv").write_bytes(data)
        facts, problems = read(folder)
    assert all(problem.text("zh") and str(problem) for problem in problems)
    assert (facts is None) == bool(problems)
    if facts is None or workbook:
        return
    if not any(set("\r\n\0") & set(text) for row in rows for text in row):
        assert unaccounted(facts, Kiln, len(rows)) == 0
