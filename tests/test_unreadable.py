"""What cannot be read is unknown, not absent: whatever rests on it is open, and says which."""

import contextlib
import datetime as dt

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Count, Rule, connect
from tests.ledgers import TASK, Kiln, Works, rulebook

DAY = dt.date(2026, 1, 1)

LARGE = Count(
    id="test.large", zh="大窑炉数", en="large kilns", unit="台", of=Kiln.works,
    where=Kiln.capacity.more_than("100 吨/年") & Kiln.works.industry.is_("钢铁"), better="less",
)  # fmt: skip
NONE_LARGE = Rule(
    id="test.none-large", clause=TASK.clause(30, "工厂没有大窑炉"), en="No large kilns.",
    subject=Works, requires=LARGE.at_most("0 台"), numbers={},
)  # fmt: skip
CLEAN = Rule(
    id="test.clean", clause=TASK.clause(31, "钢铁窑炉不高于35微克/立方米"), en="Clean.",
    subject=Kiln, applies=Kiln.works.industry.is_("钢铁"), requires=Kiln.dust.at_most("35 µg/m³"),
)  # fmt: skip
RULES = (NONE_LARGE, CLEAN)
BOOK = rulebook(None, rules=RULES, clauses=tuple(r.clause for r in RULES), metrics=(LARGE,))

WORKS = "编号,行业\na,钢铁\nb,钢铁\n"
KILNS = "编号,所属工厂,产能[吨/年],颗粒物[µg/m³]\n1,a,50,30\n2,b,50,30\n"


@pytest.fixture(params=["polars", "duckdb"])
def assessed(request, tmp_path):
    """Files in a folder, held against the two rules here and by DuckDB."""
    with contextlib.ExitStack() as stack:

        def held(**files):
            for name, text in files.items():
                (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
            engine = None
            if request.param == "duckdb":
                engine = stack.enter_context(contextlib.closing(connect("duckdb")))
            return airplan.assess(BOOK, airplan.read_facts(tmp_path, BOOK), DAY, engine)

        yield held


def stand(assessment):
    """Each subject's outcome under a rule, and the cells it rests on."""
    rows = assessment.verdicts.select("rule", "subject", "outcome", "unreadable").iter_rows()
    return {(rule[5:], subject): (outcome, cells) for rule, subject, outcome, cells in rows}


def test_what_is_read_is_definite(assessed):
    """With nothing unreadable nothing is open, and no verdict names a cell."""
    found = stand(assessed(works=WORKS, kiln=KILNS))
    assert set(found.values()) == {("COMPLIANT", None)}
    assert len(found) == 4


def test_a_cell_that_cannot_be_read_leaves_open_what_rests_on_it(assessed):
    """The works of the kiln is open, and so is the kiln; the others are as they were."""
    found = stand(assessed(works=WORKS, kiln=KILNS + "3,b,约5000,三十\n"))
    cells = ["kiln.csv:4 产能[吨/年]“约5000”"], ["kiln.csv:4 颗粒物[µg/m³]“三十”"]
    assert found["none-large", "b"] == ("UNKNOWN", cells[0])
    assert found["clean", "3"] == ("UNKNOWN", cells[1])
    assert found["none-large", "a"] == found["clean", "1"] == ("COMPLIANT", None)


def test_a_cell_behind_a_reference_is_named_too(assessed):
    """Of the works' industry hangs whether its kilns are spoken of and counted."""
    found = stand(
        assessed(
            works=WORKS.replace("b,钢铁", "b,鋼鉄"), kiln=KILNS.replace("2,b,50,30", "2,b,500,40")
        )
    )
    cell = ["works.csv:3 行业“鋼鉄”"]
    assert found["none-large", "b"] == ("UNKNOWN", cell)
    assert found["clean", "2"] == ("UNKNOWN", cell)
    assert found["none-large", "a"] == ("COMPLIANT", None)


@pytest.mark.parametrize(
    ("row", "stands"),
    [
        (",a,500,30", {"a": "VIOLATION", "b": "COMPLIANT"}),  # whose it is can be read
        (",,500,30", {"a": "UNKNOWN", "b": "UNKNOWN"}),
        (",b,约5000,30", {"a": "COMPLIANT", "b": "UNKNOWN"}),
        ("3,a,50,0,30", {"a": "UNKNOWN", "b": "UNKNOWN"}),  # torn: nothing is known of it
    ],
)
def test_a_row_that_is_nobodys_may_be_anyones(assessed, row, stands):
    """A row without an id, or torn, is no subject; what it may belong to is open, and names it."""
    assessment = assessed(works=WORKS, kiln=KILNS + row + "\n")
    found = stand(assessment)
    assert {subject for rule, subject in found if rule == "clean"} == {"1", "2"}
    assert [aside.row for aside in assessment.facts.set_aside] == [4]
    assert {works: found["none-large", works][0] for works in stands} == stands
    for works, outcome in stands.items():
        cells = found["none-large", works][1]
        assert bool(cells) is (outcome == "UNKNOWN")
        assert all(cell.startswith("kiln.csv:4") for cell in cells or ())


def test_explain_says_which_cell(assessed):
    """In the reader's words, below what is missing."""
    assessment = assessed(works=WORKS, kiln=KILNS + "3,b,约5000,30\n")
    text = str(assessment.explain("test.none-large", "b"))
    assert "无法读取: kiln.csv，第 4 行，“产能[吨/年]”列：读到“约5000”" in text


def test_a_table_of_verdicts_always_has_the_column(assessed):
    """Data has it whether or not a cell could not be read."""
    assert assessed(works=WORKS, kiln=KILNS).verdicts.schema["unreadable"] == pl.List(pl.String)
