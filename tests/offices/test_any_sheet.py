"""Whatever stands in a sheet: rows in are rows in the table or rows told, and no bad cell is lost."""

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings, strategies as st

import airplan_core as airplan
from airplan_core import FactsError
from tests.ledgers import Works, rulebook

BOOK = rulebook()

HEADER = ["编号", "名称", "行业", "序号"]
BAD = "不是行业"
IDS = st.sampled_from(["w1", "w2", "w3", "ｗ４", "甲 厂", "合计", "注：同上", "", "  "])
NAMES = st.sampled_from(["甲", "乙厂", "", "—", "合计", "12", "1,2", '引"号', "两\n行"])
INDUSTRIES = st.sampled_from(["钢铁", "水泥", "其他", "", "/", BAD, "钢 铁"])
RECORD = st.tuples(IDS, NAMES, INDUSTRIES, st.sampled_from(["", "1", "2"]))
TITLES = st.lists(st.sampled_from([["台账"], [], ["附件1", "", ""]]), max_size=3)
SHEETS = st.tuples(
    TITLES, st.lists(RECORD, max_size=8, unique_by=lambda record: record[0].strip() or record)
)


def written(titles, records):
    """The sheet as CSV, every cell in quotes."""
    wide = [[*row, *[""] * (len(HEADER) - len(row))] for row in (*titles, HEADER, *records)]
    return "\n".join(",".join('"' + c.replace('"', '""') + '"' for c in row) for row in wide) + "\n"


def told_rows(notes):
    """The rows that notes say are passed over or not read."""
    found = set()
    for note in notes:
        for match in re.finditer(r"(?:跳过 \d+ 个空行：|第 )([\d、]+)(?: 行是合计|$)", note.zh):
            found |= set(map(int, match[1].split("、")))
    return found


@given(SHEETS)
@settings(deadline=None)
def test_every_row_is_read_or_told(sheet):
    """And every row that is read, whose industry is none, is told by its cell."""
    titles, records = sheet
    first = len(titles) + 2
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "works.csv").write_text(written(titles, records), "utf-8")
        try:
            facts = airplan.read_facts(folder, BOOK)
        except FactsError as error:
            wrong = [one for one in error.problems if "只出现一次" not in one.expected.zh]
            if wrong:  # but for an id that stands twice, nothing makes such a sheet unusable
                raise
            return
    below = [row for row in told_rows(facts.notes) if row >= first]
    aside = [row.row for row in facts.set_aside]
    assert facts.table(Works).height + len(aside) + len(below) == len(records)
    assert not set(aside) & set(below)
    rows = {at + first: record for at, record in enumerate(records)}
    unreadable = {cell.problem.row for cell in facts.unreadable}
    for row, (id, _, industry, _) in rows.items():
        if industry == BAD and id.strip() and row not in below:
            assert row in unreadable, (row, facts)
