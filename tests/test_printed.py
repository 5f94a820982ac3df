"""A plan's printed tables: what its figures say of each other holds, or is told with both numbers."""

import datetime as dt
import json
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st

import airplan_core as airplan
from airplan_core import Entity, Flag, Plan, PlanTable, Rule, Task, flag, head
from airplan_core.errors import PluginError, RulebookError, RuleError, UnitError
from airplan_core.handbook.listing import clauses_json, clauses_text
from airplan_core.handbook.pages import pages
from airplan_core.report.chosen import Chosen
from airplan_core.report.data import assessment_json
from airplan_core.report.text import assessment_text
from airplan_core.testing import contract

PLAN = Plan(
    id="wenxian",
    title="温县方案",
    county="温县",
    begins=dt.date(2025, 1, 1),
    ends=dt.date(2025, 12, 31),
)
TASK = Task(id="B1", heading="温县清洁取暖任务表", campaign="heat", plan=PLAN, lead=("县住建局",))

DUE = head("应改造户数", unit="户")
DONE = head("已改造户数", unit="户")
ADDED = head("2025年目标", "新增改造户数", unit="户")
RATE = head("2025年目标", "改造率", unit="%")


def table(*cells, columns=(DUE, DONE, ADDED, RATE), claims=None, task=TASK, **more):
    claims = (RATE.implied_by((DONE + ADDED) / DUE),) if claims is None else claims
    return PlanTable(task=task, columns=columns, rows={"温县": cells}, claims=claims, **more)


def printed(rate, decimals, rounding, zeros):
    """A rate as a plan prints it: rounded, with zeros behind."""
    number = Decimal(rate.numerator * 100) / Decimal(rate.denominator)
    text = str(number.quantize(Decimal(1).scaleb(-decimals), rounding=rounding))
    return (text if not zeros else text + ("" if "." in text else ".") + "0" * zeros) + "%"


counts = st.tuples(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6)).map(
    lambda of: (of[0] + of[1] + of[2], of[1], of[2])
)


@given(counts, st.integers(0, 2), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
       st.integers(0, 2))  # fmt: skip
def test_a_true_rounding_is_no_finding(of, decimals, rounding, zeros):
    """To 0, 1 or 2 decimals, half up or half to even, with any zeros behind."""
    due, done, added = of
    rate = printed(Fraction(done + added, due), decimals, rounding, zeros)
    assert table(str(due), str(done), str(added), rate).inconsistencies == ()


@given(counts, st.integers(0, 2), st.sampled_from([-1, 1]), st.integers(1, 10**4))
def test_what_is_moved_by_more_than_a_rounding_is_one_finding(of, decimals, way, steps):
    """A rate that lies further off than any rounding can bring it: both numbers are told."""
    due, done, added = of
    true = Fraction(100 * (done + added), due)
    # the coarsest rounding moves it by a half: whatever is printed lies beyond that
    moved = true + way * (Fraction(1, 2) + Fraction(steps, 10**4))
    assume(moved >= 0)
    text = printed(moved / 100, 2, ROUND_HALF_EVEN, 0)
    assume(abs(Fraction(text[:-1]) - true) > Fraction(1, 2))
    found = table(str(due), str(done), str(added), text)
    (one,) = found.inconsistencies
    assert (one.printed, one.implied, one.clause) == (text, true, "B1-4")
    assert text in one.text()
    assert one.computed in one.text()
    assert text in one.text("en")


@given(counts, st.integers(1, 9))
def test_a_rate_off_by_a_hundredth_is_found(of, off):
    """Between the roundings nothing else is let through: 34.40 is none of 34, 34.3 and 34.34."""
    due, done, added = of
    true = Fraction(100 * (done + added), due)
    text = printed(true / 100, 2, ROUND_HALF_EVEN, 0)
    moved = Decimal(text[:-1]) + Decimal(off) / 100
    good = {
        Decimal(printed(true / 100, n, how, 0)[:-1])
        for n in range(3)
        for how in (ROUND_HALF_EVEN, ROUND_HALF_UP)
    }
    found = table(str(due), str(done), str(added), f"{moved}%").inconsistencies
    assert len(found) == (moved not in good)


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        ("34.40%", 1), ("34.34%", 0), ("34.3%", 0), ("34.30%", 0), ("34%", 0), ("34.00%", 0),
        ("34.35%", 1), ("34.33%", 1), ("35%", 1), ("34.341%", 0), ("34.342%", 1), ("34.3413", 0),
        ("—", 0), ("", 0),
    ],
)  # fmt: skip
def test_the_boundaries_of_a_rounding(rate, found):
    """159 of 463 is 34.3413 %; what is printed with more decimals may be rounded to them."""
    assert len(table("463", "152", "7", rate).inconsistencies) == found


@pytest.mark.parametrize(
    ("due", "done", "rate", "found"),
    [("1000", "125", "12.5%", 0), ("1000", "125", "12%", 0), ("1000", "125", "13%", 0),
     ("1000", "125", "12.4%", 1), ("80000", "50", "0.06%", 0), ("80000", "50", "0.07%", 1),
     ("1000", "355", "36%", 0), ("1000", "355", "35%", 1)],
)  # fmt: skip
def test_a_tie_may_go_up_or_to_even(due, done, rate, found):
    """12.5 is 12 (half to even) and 13 (half up); 35.5 is 36 by both."""
    assert len(table(due, done, "0", rate).inconsistencies) == found


def test_counts_add_up_exactly():
    """A total is the sum of its parts, to the one."""
    claims = (DUE.implied_by(DONE + ADDED),)
    assert table("75", "70", "5", "—", claims=claims).inconsistencies == ()
    for off in ("74", "76"):
        (one,) = table(off, "70", "5", "—", claims=claims).inconsistencies
        assert (one.clause, one.printed, one.implied, one.computed) == ("B1-1", off, 75, "75 户")
        assert one.working == "70 + 5"


def test_a_finding_shows_how_it_was_computed():
    """With the figures as they are printed, in brackets where they would be read otherwise."""
    for formula, shown, comes_to in (
        (DUE - (DONE + ADDED), "400 − (100 + 40)", 260),
        (DUE - (DONE - ADDED), "400 − (100 − 40)", 340),
        (DUE - DONE - ADDED, "400 − 100 − 40", 260),
        (DUE + (DONE - ADDED), "400 + 100 − 40", 460),
    ):
        (one,) = table("400", "100", "40", "1%", claims=(DONE.implied_by(formula),)).inconsistencies
        assert (one.working, one.implied) == (shown, comes_to)
    for formula, shown in (
        (DUE / (DONE + ADDED), "400 ÷ (100 + 40)"),
        (DONE / DUE + ADDED / DUE, "(100 ÷ 400) + (40 ÷ 400)"),
    ):
        (one,) = table("400", "100", "40", "1%", claims=(RATE.implied_by(formula),)).inconsistencies
        assert one.working == shown


def test_units_are_converted_and_checked():
    """万户 and 户 add up; an area is no number of households, and that is told when it is made."""
    million = head("万户", unit="万户")
    area = head("面积", unit="㎡")
    found = table("12000", "1.2", columns=(DUE, million), claims=(DUE.implied_by(million),))
    assert found.inconsistencies == ()
    both = (DUE.implied_by(DONE + million), RATE.implied_by(million / DUE))
    columns = (DUE, DONE, million, RATE)
    assert table("12500", "500", "1.2", "96%", columns=columns, claims=both).inconsistencies == ()
    (one,) = table(
        "11999", "1.2", columns=(DUE, million), claims=(DUE.implied_by(million),)
    ).inconsistencies
    assert one.implied == 12000
    for wrong in (
        lambda: DUE.implied_by(area),
        lambda: DUE.implied_by(DONE + area),
        lambda: RATE.implied_by(DONE / area),
        lambda: DUE.implied_by(DONE / ADDED),
        lambda: DUE.implied_by(head("序号")),
        lambda: head("户数", unit="戸"),
    ):
        with pytest.raises(UnitError):
            wrong()


def test_what_cannot_be_computed_is_no_finding():
    """A blank cell is not zero, and nothing is a part of nothing."""
    assert table("—", "152", "7", "34.40%").inconsistencies == ()
    assert table("463", "", "7", "34.40%").inconsistencies == ()
    assert table("0", "0", "0", "100%").inconsistencies == ()


def test_one_table_is_held_against_another():
    """In the row called the same; a row that the other has not says nothing."""
    other = Task(id="B2", heading="温县入户表", campaign="heat", plan=PLAN)
    first = table("463", "152", "7", "—")
    homes = head("新增", unit="户")
    claim = (homes.implied_by(first[ADDED]),)
    assert table("7", columns=(homes,), claims=claim, task=other).inconsistencies == ()
    (one,) = table("8", columns=(homes,), claims=claim, task=other).inconsistencies
    assert (one.clause, one.working) == ("B2-1", "7〔B1-3〕")
    elsewhere = PlanTable(task=other, columns=(homes,), rows={"孟州": ("8",)}, claims=claim)
    assert elsewhere.inconsistencies == ()
    with pytest.raises(RuleError, match="no column '新增'"):
        first[homes]


def test_a_row_of_totals_adds_up_the_others():
    """合计, of each column but the rates; rates of each row are held against that row."""
    rows = {
        "甲乡": ("100", "40", "10", "50%"),
        "乙乡": ("300", "60", "30", "30%"),
        "合计": ("400", "100", "40", "35%"),
    }

    def made(rows):
        return PlanTable(
            task=TASK, columns=(DUE, DONE, ADDED, RATE), rows=rows, total="合计",
            claims=(RATE.implied_by((DONE + ADDED) / DUE),),
        )  # fmt: skip

    assert made(rows).inconsistencies == ()
    found = made({**rows, "合计": ("400", "101", "40", "35%")}).inconsistencies
    assert [(one.clause, one.printed, one.working) for one in found] == [
        ("B1-10", "101", "40 + 60")
    ]
    assert made({**rows, "乙乡": ("300", "—", "30", "30%")}).inconsistencies == ()
    with pytest.raises(RuleError, match="name a row"):
        made(rows).cell(DUE)
    assert made(rows).clause(RATE, "乙乡").text == "乙乡 … 2025年目标 … 改造率 … 30%"
    assert made(rows).clause(RATE, "乙乡").id == "B1-8"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: table("1", "2", "3"), "3 cells under 4 columns"),
        (lambda: table("1", "2", "约3", "4%"), "read '约3'"),
        (lambda: table("1", "2%", "3", "4%"), 'unit="%"'),
        (lambda: table("1", 2, "3", "4%"), "row '温县' is a tuple"),
        (lambda: table("1", "2", "3", "4%", total="合计"), "no row '合计'"),
        (lambda: PlanTable(task=TASK, columns=(DUE,), rows={}), "each row has a name"),
        (lambda: table("1", "1", columns=(DUE, DUE), claims=()), "one column twice"),
        (lambda: table("1", columns=(DUE,), claims=(DUE.implied_by(DONE),)), "no column '已改造户数'"),
        (lambda: table("1", columns=(DUE,), claims=()).cell(DONE), "no column"),
        (lambda: table("—", columns=(DUE,), claims=()).quantity(DUE), "no figure"),
        (lambda: table("1", columns=(DUE,), claims=()).cell(DUE, "孟州"), "温县"),
        (lambda: DUE.implied_by("255"), "RATE.implied_by"),
        (lambda: head(unit="户"), "words above the column"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_hold_together_is_told(make, told):
    """Which table, row and column, what was read, and what to write."""
    with pytest.raises(RuleError, match=told):
        make()


class Home(Entity, zh="农户"):
    """A household."""

    heated: Flag = flag(zh="是否改造")


HEATED = Rule(
    id="heat.homes",
    clause=TASK.clause(9, "各户应当改造"),
    en="Every household is converted.",
    subject=Home,
    requires=Home.heated,
    keeps=[{Home.heated: True}],
    breaks=[{Home.heated: False}],
)


def plugin(*tables):
    """What a neighbour writes: a rule, and its own table."""

    class Plugin:
        @airplan.hookimpl
        def airplan_entities(self):
            return [Home]

        @airplan.hookimpl
        def airplan_clauses(self):
            found = [one.clause(RATE, excused="示例") for one in tables if RATE in one.columns]
            return [HEATED.clause, *found]

        @airplan.hookimpl
        def airplan_rules(self):
            return [HEATED]

        @airplan.hookimpl
        def airplan_tables(self):
            return tables

    return Plugin()


def book(*tables):
    return airplan.build_rulebook([airplan.contribution(plugin(*tables), "heat")])


def test_findings_reach_whoever_reads_the_plan():
    """In Python, in `airplan clauses`, its JSON and page, in a report and its JSON, in Chinese."""
    rulebook = book(table("463", "152", "7", "34.40%"))
    (one,) = rulebook.inconsistencies
    said = "印的是 34.40%，而 (152 + 7) ÷ 463 = 34.3413…%"
    assert said in one.text()
    assert "printed 34.40%" in one.text("en")
    assert one.text() in clauses_text(rulebook, "zh")
    assert one.text("en") in clauses_text(rulebook, "en")
    (record,) = json.loads(clauses_json(rulebook, "zh"))["inconsistencies"]
    assert record["finding"] == "FIGURE_CONFLICT"
    assert record["implied_exactly"] == "15900/463"
    assert one.text("en") in pages(rulebook)["clauses.md"]
    facts = airplan.Facts.of(Home(id="1", heated="是"))
    found = airplan.assess(rulebook, facts, dt.date(2025, 6, 1))
    assert found.inconsistencies == (one,)
    assert found.clean
    flat = "".join(assessment_text(found).split())
    assert "".join(one.text().split()) in flat
    assert json.loads(assessment_json(Chosen(found)))["inconsistencies"] == [record]
    # only whose sentence it is
    assert Chosen(found, "县住建局").inconsistencies == (one,)
    assert Chosen(found, "县公安局").inconsistencies == ()


def test_a_table_without_a_finding_says_nothing():
    """No heading of a list that is empty."""
    rulebook = book(table("463", "152", "7", "34.34%"))
    assert rulebook.inconsistencies == ()
    assert list(rulebook.tables) == ["B1"]
    assert "印的" not in clauses_text(rulebook, "zh")
    assert "bear out" not in pages(rulebook)["clauses.md"]


def test_what_is_no_table_or_there_twice_is_told():
    """By the plugin's name."""
    with pytest.raises(RulebookError, match="table 'B1' is claimed by heat"):
        book(table("1", columns=(DUE,), claims=()), table("2", columns=(DUE,), claims=()))
    with pytest.raises(PluginError, match="airplan_tables yields a list of PlanTable"):
        airplan.contribution(plugin_of("no table"), "heat")


def plugin_of(thing):
    class Plugin:
        @airplan.hookimpl
        def airplan_tables(self):
            return [thing]

    return Plugin()


def test_a_plan_beside_another_has_its_tables_under_its_own_name():
    """Where two plans have a place in common, the other's table is called by its plan's id."""
    import attrs

    from airplan_core import Config
    from airplan_core.rulebook.config import PlanConfig

    mine = airplan.contribution(plugin(table("463", "152", "7", "34.40%")), "heat")
    other = attrs.evolve(PLAN, id="mengzhou", county="孟州", title="孟州方案")
    task = attrs.evolve(TASK, plan=other)
    theirs = table("463", "152", "7", "34.50%", task=task)
    clause = attrs.evolve(HEATED.clause, plan=other)
    rule = attrs.evolve(HEATED, id="other.homes", clause=clause)
    beside = attrs.evolve(mine, plugin="other", clauses=(clause,), rules=(rule,), tables=(theirs,))
    config = Config(plan=PlanConfig(id="wenxian"))
    rulebook = airplan.build_rulebook([mine, beside], config)
    assert [one.clause for one in rulebook.inconsistencies] == ["B1-4", "mengzhou:B1-4"]
    # of whoever has the ledgers only, the sentences and tables stay out
    rulebook = airplan.build_rulebook(
        [mine, beside], Config(plan=PlanConfig(id="wenxian"), ledgers_only=("other",))
    )
    assert [one.clause for one in rulebook.inconsistencies] == ["B1-4"]


TEXT = """附件1

温县清洁取暖任务表
 序号
县
应改造户数
已改造
户数
2025年目标
新增改造户数
改造率

1
温县
463
152
7
34.40%

附件2
各户应当改造
"""


@pytest.mark.parametrize(
    ("change", "passes"),
    [
        (lambda text: text, True),
        (lambda text: text.replace("\n152\n7\n", "\n7\n152\n"), False),
        (lambda text: text.replace("改造率", "比例"), False),
        (lambda text: text.replace("温县清洁取暖任务表", "表"), False),
    ],
)
def test_the_contract_finds_a_table_in_the_plan(tmp_path, change, passes):
    """Its heading, the words above its columns, and its cells row by row, broken in cells or not."""
    path = tmp_path / "plan.txt"
    path.write_text(change(TEXT), encoding="utf-8")
    one = table("463", "152", "7", "34.40%")
    promises = contract(plugin(one), plan=path)()
    (clause,) = [c for c in plugin(one).airplan_clauses() if c.excused]
    if passes:
        promises.test_table_stands_in_the_plan(one)
        promises.test_quote_stands_in_the_plan(clause)
    else:
        with pytest.raises(AssertionError):
            promises.test_table_stands_in_the_plan(one)
