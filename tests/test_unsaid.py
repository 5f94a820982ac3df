"""What is not said: a ledger that is empty or not supplied, a blank cell, a word for “not stated”."""

import datetime as dt
import json

import attrs
import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import County, Facts, FactsError, RuleError, ledger_of
from airplan_core.engines.sql.reading import read_with
from airplan_core.readers.numbers import value_text
from airplan_core.report.text import assessment_text
from airplan_core.rulebook import config
from airplan_core.rulebook.building import build_rulebook
from airplan_core.rulebook.plugins import discover
from airplan_pm25.ledgers import FacilityProblem
from airplan_qinyang.parks import ChemicalPark
from tests import servers
from tests.ledgers import HEAVY, Day, Kiln, Retrofit, Works, rulebook

DAY = dt.date(2025, 1, 1)
HERE = County(id="沁阳市")
PARKS, PLANNED = "pm25.no-new-chemical-park", "pm25.problems-planned"


def book_of(given=None):
    """A rulebook of two rules of the plan: no more of it is asked here, on any engine."""
    plugins = discover(["pm25"])
    rules = (rule.id for one in plugins for rule in one.rules)
    given = config.structure(given or {})
    others = dict.fromkeys((id for id in rules if id not in {PARKS, PLANNED}), "not asked here")
    return build_rulebook(plugins, attrs.evolve(given, disable=others))


BOOK = book_of()


def outcome_of(assessment, rule=PARKS):
    """The one outcome of a rule."""
    (outcome,) = assessment.verdicts.filter(pl.col("rule") == rule)["outcome"]
    return outcome


def folder_of(tmp_path, **files):
    """A folder with the county and files by ledger name; a frame is Parquet."""
    (tmp_path / "county.csv").write_text("id\n沁阳市\n", encoding="utf-8")
    for name, rows in files.items():
        if isinstance(rows, pl.DataFrame):
            rows.write_parquet(tmp_path / f"{name}.parquet")
        else:
            suffix = "json" if rows.startswith("[") else "csv"
            (tmp_path / f"{name}.{suffix}").write_text(rows, encoding="utf-8")
    return tmp_path


HEADS = pl.DataFrame(schema={"id": pl.String, "county": pl.String, "newly_added": pl.Boolean})


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ({}, "UNKNOWN"),
        ({"chemical_park": "编号,县市,园区名称,是否新增\n"}, "COMPLIANT"),
        ({"chemical_park": "[]"}, "COMPLIANT"),
        ({"chemical_park": HEADS}, "COMPLIANT"),
        ({"chemical_park": "id,县市,是否新增\n1,沁阳市,否\n"}, "COMPLIANT"),
        ({"chemical_park": "id,县市,是否新增\n1,沁阳市,\n"}, "UNKNOWN"),
        ({"chemical_park": "id,县市,是否新增\n1,沁阳市,是\n"}, "SHORTFALL"),
    ],
)
def test_an_empty_ledger_says_that_there_are_none(tmp_path, files, outcome):
    """A file with headings and no row is no missing file: 不再新增化工园区 is decided by it."""
    facts = airplan.read_facts(folder_of(tmp_path, **files), BOOK)
    assert outcome_of(airplan.assess(BOOK, facts, DAY)) == outcome


@pytest.mark.parametrize("rows", ["", "编号,县市,是否新增\n"])
def test_an_empty_ledger_says_so_on_every_engine(engine, tmp_path, rows):
    """Supplied and empty, or not supplied."""
    folder = folder_of(tmp_path, **({"chemical_park": rows} if rows else {}))
    found = airplan.assess(BOOK, read_with(engine, folder, BOOK), DAY, engine=engine)
    assert outcome_of(found) == ("COMPLIANT" if rows else "UNKNOWN")


@pytest.mark.not_on("postgres", "it reads tables, no Parquet")
def test_an_empty_ledger_says_so_where_it_stands(engine, tmp_path):
    """Parquet that stays in its file."""
    facts = read_with(engine, folder_of(tmp_path, chemical_park=HEADS), BOOK)
    assert "chemical_park" in facts.elsewhere
    assert outcome_of(airplan.assess(BOOK, facts, DAY, engine=engine)) == "COMPLIANT"


def test_records_say_that_there_are_none():
    """`none` has the ledgers of which there is no row; those that nobody names are unknown."""

    def found(*records, **more):
        facts = Facts.of(*records, **more)
        again = Facts.from_json(facts.to_json(BOOK.entities), BOOK.entities)
        assert again.tables.keys() == facts.tables.keys()
        one = {outcome_of(airplan.assess(BOOK, each, DAY)) for each in (facts, again)}
        checked = airplan.check(BOOK, HERE, DAY, *records[1:], **more)
        return one | {v.outcome for v in checked if v.rule == PARKS}

    assert found(HERE) == {"UNKNOWN"}
    assert found(HERE, none=[ChemicalPark]) == {"COMPLIANT"}
    park = ChemicalPark(id="p", county="沁阳市", newly_added=True)
    assert found(HERE, park) == {"SHORTFALL"}
    assert json.loads(Facts.of(none=[ChemicalPark]).to_json(BOOK.entities)) == {"chemical_park": []}


def test_what_is_no_record_and_no_ledger_is_told():
    """A ledger among the records, a record among the ledgers, and both at once."""
    with pytest.raises(RuleError, match=r"ChemicalPark is a ledger.*none=\[ChemicalPark\]"):
        Facts.of(HERE, ChemicalPark)
    with pytest.raises(RuleError, match=r"ChemicalPark is a ledger.*none=\[ChemicalPark\]"):
        airplan.check(BOOK, HERE, DAY, ChemicalPark)
    with pytest.raises(RuleError, match="holds one record"):
        airplan.check(BOOK, County, DAY)
    for wrong in ([HERE], ChemicalPark, ["county"]):
        with pytest.raises(RuleError, match="`none` lists the ledgers that are empty"):
            Facts.of(none=wrong)
    with pytest.raises(RuleError, match="there are 1 records of County"):
        Facts.of(HERE, none=[County])
    with pytest.raises(RuleError, match="not of 'k'"):
        Facts.of("k")


def test_duties_without_a_subject_say_whether_a_ledger_was_supplied():
    """Nothing to assess because there is none, or because nobody knows."""
    assessment = airplan.assess(rulebook(), Facts.of(Works(id="w"), none=[Kiln]), DAY)
    page = assessment_text(assessment, "en")
    assert "test.small-kilns-exit (9.1-1): kiln, supplied and empty" in page
    missing = airplan.assess(rulebook(), Facts.of(), DAY)
    assert "test.small-kilns-exit (9.1-1): kiln, not supplied" in assessment_text(missing, "en")
    assert "窑炉（未提供台账）" in assessment_text(missing)


#: What a problem's measures are written as, and what pm25.problems-planned makes of it.
MEASURES = {
    None: "UNKNOWN", "": "UNKNOWN", "  ": "UNKNOWN", "\u3000": "UNKNOWN", "\t": "UNKNOWN",
    "不详": "UNKNOWN", "—": "UNKNOWN", "N/A": "UNKNOWN",
    "待定": "VIOLATION", " 未明确 ": "VIOLATION", "暂无": "VIOLATION", "/": "VIOLATION", "／": "VIOLATION",
    "无": "VIOLATION", "TBD": "VIOLATION", "None": "VIOLATION",
    "更换布袋": "COMPLIANT", "无组织排放治理": "COMPLIANT",
}  # fmt: skip


def problem(n, measure, by="2025-03-31"):
    """A problem that takes time."""
    return {"id": str(n), "fixable_at_once": False, "measure": measure, "rectify_by": by}


PROBLEMS = [problem(n, measure) for n, measure in enumerate(MEASURES)]


def planned(assessment):
    """How each problem stands, in order."""
    found = assessment.verdicts.filter(pl.col("rule") == PLANNED)
    stand = dict(found.select("subject", "outcome").iter_rows())
    return [stand[str(n)] for n in range(len(stand))]


def test_an_empty_text_is_not_stated_and_not_known():
    """A blank is unknown; 待定 and the like say that nothing is stated: of records and JSON."""
    made = Facts.of(*(FacilityProblem(**row) for row in PROBLEMS))
    text = json.dumps({"facility_problem": PROBLEMS}, ensure_ascii=False)
    structured = Facts.from_json(text, BOOK.entities)
    again = Facts.from_json(made.to_json(BOOK.entities), BOOK.entities)
    for facts in (made, structured, again):
        assert planned(airplan.assess(BOOK, facts, DAY)) == list(MEASURES.values())
    for row, outcome in zip(PROBLEMS, MEASURES.values(), strict=True):
        found = airplan.check(BOOK, FacilityProblem(**row), DAY)
        assert [v.outcome for v in found if v.rule == PLANNED] == [outcome]


def test_an_empty_text_is_not_stated_in_files(tmp_path):
    """As CSV, as JSON and as Parquet that is read here."""
    frame = pl.DataFrame(PROBLEMS)
    as_csv = frame.write_csv()
    for name, rows in (("a", as_csv), ("b", json.dumps(PROBLEMS)), ("c", frame)):
        (tmp_path / name).mkdir()
        facts = airplan.read_facts(folder_of(tmp_path / name, facility_problem=rows), BOOK)
        assert planned(airplan.assess(BOOK, facts, DAY)) == list(MEASURES.values())


@pytest.mark.not_on("postgres", "it reads tables, no Parquet")
def test_an_empty_text_is_not_stated_where_it_stands(engine, tmp_path):
    """In Parquet that stays in its file."""
    frame = pl.DataFrame(PROBLEMS).with_columns(pl.col("rectify_by").str.to_date())
    facts = read_with(engine, folder_of(tmp_path, facility_problem=frame), BOOK)
    found = airplan.assess(BOOK, facts, DAY, engine=engine)
    assert planned(found) == list(MEASURES.values())


@pytest.mark.not_on("spark", "its ledgers are Parquet")
def test_an_empty_text_is_not_stated_in_a_database(engine, tmp_path):
    """In a table of the bureau's own; a blank reference is unknown there too."""
    rows = [{**row, "facility": blank} for row, blank in zip(PROBLEMS, MEASURES, strict=True)]
    rows = [
        row if MEASURES[row["measure"]] == "UNKNOWN" else {**row, "facility": ""} for row in rows
    ]
    engine.put("problems", pl.DataFrame(rows).with_columns(pl.col("rectify_by").str.to_date()))
    book = book_of({"database": {"tables": {"facility_problem": {"table": "problems"}}}})
    found = airplan.assess(book, read_with(engine, folder_of(tmp_path), book), DAY, engine=engine)
    assert planned(found) == list(MEASURES.values())


@pytest.mark.parametrize(
    ("by", "outcome"),
    [
        ("", "UNKNOWN"), ("未知", "UNKNOWN"), ("未发生", "VIOLATION"), ("never", "VIOLATION"),
        ("待定", "VIOLATION"), ("未明确", "VIOLATION"), ("暂无", "VIOLATION"), ("/", "VIOLATION"),
        ("2025年3月31日", "COMPLIANT"),
    ],
)  # fmt: skip
def test_that_no_deadline_is_set_can_be_said(tmp_path, by, outcome):
    """Of a date as of a text, in records and in files."""
    row = problem(0, "更换布袋", by)
    (tmp_path / "facility_problem.csv").write_text(
        f"id,能否立行立改,提升改造措施,整改时限\n0,否,更换布袋,{by}\n", encoding="utf-8"
    )
    for facts in (Facts.of(FacilityProblem(**row)), airplan.read_facts(tmp_path, BOOK)):
        assert planned(airplan.assess(BOOK, facts, DAY)) == [outcome]


@pytest.mark.parametrize("blank", ["", "  ", "\u3000", "NA", "不详"])
def test_a_blank_is_unknown_in_every_field_of_a_record(blank):
    """As a blank cell is in a file; an id alone cannot be blank."""
    fields = dict.fromkeys(ledger_of(Kiln).columns, blank)
    assert Kiln(id="1", **fields) == Kiln(id="1")
    if not blank.strip():
        with pytest.raises(ValueError, match=r"Kiln\.id: a text that is not blank"):
            Kiln(id=blank)


@pytest.mark.parametrize("written", ["待定", "无", "/", "——", "-", "待核实", "#N/A", "空", "TBD"])
def test_what_is_not_stated_is_no_number(tmp_path, written):
    """Of a number it says that it is unknown, as a blank does: neither 0 nor a mistake."""
    (tmp_path / "kiln.csv").write_text(f"id,产能[吨/年],燃烧器\n1,{written},{written}\n", "utf-8")
    facts = airplan.read_facts(tmp_path, rulebook())
    assert facts.records(Kiln) == [Kiln(id="1")]
    assert facts.faults == ()


#: Works and retrofits that are numbered alike, and not of each other; one has no number of its own.
WORKS = [Works(id=id, industry="钢铁") for id in "1234"]
RETROFITS = [
    Retrofit(id="1", works="2", done_on="2024-05-01"), Retrofit(id="3", works="1", done_on="never"),
]  # fmt: skip
STAND = {"1": "COMPLIANT", "3": "VIOLATION", "3（未录入）": "UNKNOWN", "4": "UNKNOWN"}


def test_a_row_that_is_missing_has_an_id_of_its_own():
    """Not that of another's row: every verdict is of one subject, and can be explained."""
    facts = Facts.of(*WORKS, *RETROFITS)
    found = airplan.assess(rulebook(), facts, DAY)
    verdicts = found.verdicts.filter(pl.col("duty") == "test.retrofit")
    assert dict(verdicts.select("subject", "outcome").iter_rows()) == STAND
    assert verdicts.height == len(STAND)
    assert found.explain("test.retrofit", "3（未录入）").row["works"] == "3"
    perverse = Facts.of(*WORKS, *RETROFITS, Retrofit(id="3（未录入）", works="4"))
    with pytest.raises(
        FactsError, match="retrofit, column 'id': read '3（未录入）', expected another"
    ):
        airplan.assess(rulebook(), perverse, DAY)


def test_a_row_that_is_missing_has_an_id_of_its_own_on_every_engine(engine):
    """The same one."""
    found = airplan.assess(rulebook(), Facts.of(*WORKS, *RETROFITS), DAY, engine=engine)
    verdicts = found.verdicts.filter(pl.col("duty") == "test.retrofit")
    assert sorted(verdicts.select("subject", "outcome").iter_rows()) == sorted(STAND.items())


def test_whose_owner_stands_in_a_database(tmp_path):
    """A ledger with a row for each works is read here, the works are not: nobody is left out."""
    pl.DataFrame([{"id": works.id, "industry": "钢铁"} for works in WORKS]).write_parquet(
        tmp_path / "works.parquet"
    )
    (tmp_path / "retrofit.csv").write_text("id,works,done_on\n1,2,2024-05-01\n3,1,never\n", "utf-8")
    with servers.opened("duckdb") as database:
        facts = read_with(database, tmp_path, rulebook())
        assert set(facts.elsewhere) == {"works"}
        found = airplan.assess(rulebook(), facts, DAY, engine=database)
        verdicts = found.verdicts.filter(pl.col("duty") == "test.retrofit")
        assert sorted(verdicts.select("subject", "outcome").iter_rows()) == sorted(STAND.items())
        assert found.engine.ids(Retrofit).sort().to_list() == sorted(STAND)
        assert found.engine.height(Retrofit) == 4


@pytest.mark.parametrize("records", [(), (Day(id="1", county="测试县", date="2024-01-01"),)])
def test_an_interval_of_which_nothing_is_known_is_unknown(records):
    """Neither from nothing to infinity, nor equal to nothing, in reports and explanations."""
    facts = Facts.of(County(id="测试县"), *records)
    assessment = airplan.assess(rulebook(), facts, DAY)
    page = assessment_text(assessment, "en")
    (mean,) = [line for line in page.splitlines() if line.startswith("2024 annual mean")]
    assert " unknown " in mean
    assert " = " not in mean
    assert "∞" not in mean
    why = str(assessment.explain("test.annual-mean", "测试县"))
    assert "2024 年均 = 未知" in why
    assert "[∞" not in why
    assert "[0, ∞" not in why


def test_an_open_interval_is_shown_open():
    """What has no bound on one side has one on the other."""
    metric = HEAVY.over(airplan.Period("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)))
    assert value_text(metric, (None, None), "zh") == "未知"
    assert value_text(metric, (0, None), "en") == "unknown"
    assert value_text(metric, (3, None), "en") == "[3, ∞) 天"
    assert value_text(metric, (None, 3), "en") == "(−∞, 3] 天"
    assert value_text(metric, (3, 3), "en") == "3 天"
