"""What is not said: a ledger that is empty or not supplied, a blank cell, a word for “not stated”."""

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import County, Facts, RuleError
from airplan_core.engines.sql.reading import read_with
from airplan_core.report.text import assessment_text
from airplan_pm25.ledgers import ChemicalPark
from tests.ledgers import Kiln, Works, rulebook

EXAMPLE = Path(__file__).parents[1] / "examples/qinyang"
BOOK = airplan.load_rulebook(EXAMPLE)
DAY = dt.date(2025, 1, 1)
HERE = County(id="沁阳市")
PARKS = "pm25.no-new-chemical-park"


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
