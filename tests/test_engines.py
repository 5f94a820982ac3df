"""An engine says what this process says, of the example and of anything; and its errors teach."""

import datetime as dt
import json
import os
import re
import shutil
import sys

import attrs
import polars as pl
import pytest
import sqlglot
from hypothesis import Phase, given, settings, strategies as st
from polars.testing import assert_frame_equal

import airplan_core as airplan
from airplan_core import ledger_of
from airplan_core.cli.command import main
from airplan_core.engines import available
from airplan_core.engines.parts import parts_of, tallied
from airplan_core.engines.polars.attach import attach
from airplan_core.engines.sql import outcomes as queries
from airplan_core.engines.sql.engine import Queries
from airplan_core.engines.sql.place import Place
from airplan_core.engines.sql.reading import read_with
from airplan_core.engines.standing import OUTCOME_SCHEMA
from airplan_core.model.outcome import NAMES
from airplan_core.model.tree import Condition
from airplan_core.readers import sql as reader, sql_terms as sql
from airplan_core.rulebook import config
from airplan_core.testing import records
from tests import servers, smaller
from tests.ledgers import HEAVY, MEAN, Day, Kiln, rulebook

#: The whole example, as every engine assesses it once; what is asked again and again is of less.
WHOLE = smaller.EXAMPLE
EXAMPLE = smaller.example()
BOOK = airplan.load_rulebook(EXAMPLE)
DAY = dt.date(2025, 1, 1)


@pytest.fixture(scope="module")
def facts():
    return airplan.read_facts(EXAMPLE, BOOK)


@pytest.fixture(scope="module")
def here(facts):
    return airplan.assess(BOOK, facts, DAY)


def same(one, other, *by):
    assert_frame_equal(one.sort(by), other.sort(by), rel_tol=1e-12)


#: A ledger takes Spark some seconds of planning: of these it is asked, and of each word that a rule
#: is made of in tests/sentences.
FEWEST = smaller.example(
    ("qinyang", "ambient", "no2"),
    ("no2.short-haul", "no2.long-haul", "no2.mixers", "no2.fallback-machines"),
)


@pytest.fixture(scope="module")
def there(engine):
    """An example as an engine assesses it, once for all the tests that ask."""
    folder = FEWEST if engine.dialect == "spark" else EXAMPLE
    book = airplan.load_rulebook(folder)
    return airplan.assess(book, airplan.read_facts(folder, book), DAY, engine=engine)


@pytest.fixture(scope="module")
def alike(there):
    """The same, as this process assesses it."""
    return airplan.assess(there.rulebook, there.facts, DAY)


def not_on(name, why):
    return pytest.mark.not_on(name, why)


def test_an_engine_finds_what_this_process_finds(there, alike):
    """Counts, what falls short, metrics and findings: the same by every engine."""
    assert_frame_equal(alike.counts, there.counts)
    same(alike.read_metrics, there.read_metrics, "metric", "period", "subject")
    same(alike.findings, there.findings, pl.all())
    assert alike.clean == there.clean
    assert alike.unassessed == there.unassessed
    same(alike.falls_short(), there.falls_short(), "duty", "subject")


@not_on("spark", "it plans each ledger again, for seconds: less of it is asked above")
def test_an_engine_finds_of_the_whole_example_what_this_process_finds(engine):
    """Of every chapter."""
    book = airplan.load_rulebook(WHOLE)
    facts = airplan.read_facts(WHOLE, book)
    there, here = airplan.assess(book, facts, DAY, engine=engine), airplan.assess(book, facts, DAY)
    assert_frame_equal(here.counts, there.counts)
    same(here.outcomes, there.outcomes, "duty", "subject")
    same(here.read_metrics, there.read_metrics, "metric", "period", "subject")


@not_on("spark", "it plans each ledger again; who falls short is asked by the same code")
def test_an_engine_tells_every_verdict_and_why(there, here):
    """Verdicts, sentences that clash, exemptions and reasons: the same by every engine."""
    same(here.verdicts, there.verdicts, "duty", "subject")
    same(here.outcomes, there.outcomes, "duty", "subject")
    same(here.clashes, there.clashes, pl.all())
    assert_frame_equal(here.exemptions, there.exemptions)
    why = there.explain("no2.short-haul", "晋控天庆").reasons[0]
    assert why.possible == here.explain("no2.short-haul", "晋控天庆").reasons[0].possible


@not_on("spark", "it plans each ledger again; who falls short is asked by the same code")
def test_of_each_duty_come_so_many(there, here):
    """A limit is of each duty: no duty is left out because another has many rows."""
    every = here.select("NOT_APPLICABLE", "COMPLIANT")
    some = there.select("NOT_APPLICABLE", "COMPLIANT", limit=2)
    counts = every.group_by("duty").len().select("duty", pl.col("len").clip(upper_bound=2))
    assert_frame_equal(some.group_by("duty").len(), counts, check_row_order=False)
    first = every.sort("subject").group_by("duty", maintain_order=True).head(2)
    same(some.select("duty", "subject"), first.select("duty", "subject"), "duty", "subject")


@not_on("spark", "it plans each ledger again; who falls short is asked by the same code")
def test_the_longest_overdue_are_the_first_of_all(engine, facts):
    """A short list is how the whole list begins, in whatever order a ledger is, on every engine."""
    checks = facts.tables["facility_check"]
    late = checks.filter(pl.col("id") == "合成-炭素")
    named = [late.with_columns(id=pl.lit(name)) for name in ("乙厂", "b厂", "丙厂", "B厂", "甲厂")]
    tied = attrs.evolve(facts, tables={**facts.tables, "facility_check": pl.concat(named)})
    here = airplan.assess(BOOK, tied, DAY)
    there = airplan.assess(BOOK, tied, DAY, engine=engine)
    whole = here.falls_short()
    (first,) = (whole["subject"] == "B厂").arg_true()[:1]
    assert whole[first : first + 5]["duty"].n_unique() == 1
    for limit in (0, 1, *range(first, first + 7)):
        assert_frame_equal(here.falls_short(limit), whole.head(limit))
        assert_frame_equal(there.falls_short(limit), whole.head(limit))


@not_on("spark", "it plans each ledger again; its tables are named by the same code")
def test_two_days_are_asked_about_in_one_database(engine, facts, here):
    """What one assessment puts there takes nothing from another."""
    later = airplan.assess(BOOK, facts, dt.date(2026, 1, 1), engine=engine)
    before = airplan.assess(BOOK, facts, DAY, engine=engine)
    assert_frame_equal(before.counts, here.counts)
    assert later.counts.height
    same(before.falls_short(), here.falls_short(), "duty", "subject")
    same(before.read_metrics, here.read_metrics, "metric", "period", "subject")


def test_a_closed_engine_says_so():
    """Who asks after `close()` is told to ask before."""
    engine = airplan.connect("duckdb")
    asked = airplan.assess(BOOK, airplan.read_with(engine, EXAMPLE, BOOK), DAY, engine)
    engine.close()
    with pytest.raises(airplan.AirplanError, match=r"ask an assessment before close\(\)"):
        _ = asked.counts


def told(verdicts):
    """Verdicts as `write_outcomes` writes them, in one order."""
    return verdicts.select(list(OUTCOME_SCHEMA)).sort("duty", "subject")


SHORT = ("VIOLATION", "SHORTFALL")


def test_who_stands_how_is_a_table_of_the_engines(engine, there, alike):
    """The outcomes of a ledger, kept as a table of the database, are those found here."""
    engine.keep("standing", there.engine.outcome_query(PROFILE, SHORT))
    query = sqlglot.parse_one("SELECT * FROM standing", dialect=engine.dialect)
    found = engine.fetch(query, OUTCOME_SCHEMA)
    assert found.height
    assert_frame_equal(
        told(found), told(alike.select(*SHORT).filter(pl.col("entity") == "freight_profile"))
    )


@not_on("postgres", "a server writes no files for its client, and says so")
@pytest.mark.parametrize(
    "outcomes",
    [
        SHORT,
        pytest.param(
            tuple(NAMES),
            marks=not_on("spark", "it plans each ledger again; who falls short is written by it"),
        ),
    ],
    ids=["short", "every"],
)
def test_who_stands_how_is_written_by_the_engine(there, alike, tmp_path, outcomes):
    """The outcomes as Parquet are those found here."""
    there.write_outcomes(tmp_path / "outcomes", outcomes)
    found = pl.read_parquet(tmp_path / "outcomes/**/*.parquet")
    assert found.height
    assert_frame_equal(told(found), told(alike.select(*outcomes)))


def test_a_server_writes_no_files(postgres_engine, facts, tmp_path):
    """PostgreSQL is asked for a table, not for Parquet."""
    there = airplan.assess(BOOK, facts, DAY, engine=postgres_engine)
    with pytest.raises(airplan.AirplanError, match="no Parquet; make a table"):
        there.write_outcomes(tmp_path / "outcomes", SHORT)


def test_who_stands_how_is_written_here(here, tmp_path, capsys):
    """Without an engine too, by the library and by the command; what is there is not written over."""
    here.write_outcomes(tmp_path / "here")
    found = pl.read_parquet(tmp_path / "here/**/*.parquet")
    assert_frame_equal(told(found), told(here.verdicts))
    words = ["assess", str(EXAMPLE), "--as-of", "2025-01-01", "--format", "outcomes"]
    out = ["--outcome", "LATE", "--engine", "duckdb", "--out", str(tmp_path / "late")]
    assert main([*words, *out]) == 1
    found = pl.read_parquet(tmp_path / "late/**/*.parquet")
    assert_frame_equal(told(found), told(here.select("LATE")))
    assert main([*words, "--out", str(tmp_path / "late")]) == 2
    assert "已经存在；换一个新的文件夹" in capsys.readouterr().err
    assert main(words) == 2
    assert "写明一个新文件夹" in capsys.readouterr().err
    with pytest.raises(airplan.AirplanError, match="did you mean 'LATE'"):
        here.write_outcomes(tmp_path / "x", ["LATER"])
    assert not (tmp_path / "x").exists()


def test_why_is_told_with_an_engine(county, capsys):
    """`explain` asks the engine of ledgers that stay there, and says what it says of those here."""
    words = ["explain", "no2.short-haul", "晋控天庆", str(EXAMPLE), "--as-of", "2025-01-01"]
    assert main(words) == 0
    mine = capsys.readouterr().out
    words[3:4] = [str(county)]
    assert main([*words, "--engine", "duckdb"]) == 0
    assert capsys.readouterr().out == mine
    assert main([*words[:2], "晋控天", *words[3:], "--engine", "duckdb"]) == 2
    assert "是不是“晋控天庆”？" in capsys.readouterr().err


def test_sparks_other_machines_need_none_of_this_ones_files(spark_engine, facts):
    """Where executors are elsewhere, what is put and kept there goes through the session."""
    there = available.connect("spark", session=spark_engine.session)
    there.local = False
    for name in ("vehicle", "trip", "county_day", "station_hour"):
        frame = facts.tables.get(name, pl.DataFrame()).head(50)
        if not frame.width:
            continue
        there.put(f"put_{name}", frame)
        query = sqlglot.parse_one(f"SELECT * FROM put_{name}", dialect="spark")
        there.keep(f"kept_{name}", query)
        kept = sqlglot.parse_one(f"SELECT * FROM kept_{name}", dialect="spark")
        assert_frame_equal(there.fetch(kept, frame.schema), frame, check_row_order=False)
        for table in (f"put_{name}", f"kept_{name}"):
            plan = there.session.table(table)._jdf.queryExecution().toString()
            assert "parquet" not in plan.lower()
    there.close()


TRIP = next(entity for entity in BOOK.entities if entity.__name__ == "Trip")
VEHICLE = next(entity for entity in BOOK.entities if entity.__name__ == "Vehicle")
ENTERPRISE = next(entity for entity in BOOK.entities if entity.__name__ == "Enterprise")
PROFILE = next(entity for entity in BOOK.entities if entity.__name__ == "FreightProfile")


@st.composite
def freight(draw):
    """Some enterprises, vehicles and trips of which any cell may be unknown."""
    works = [
        draw(records(ENTERPRISE, id=id, township=None))
        for id in draw(st.sampled_from([["w"], ["w", "x"]]))
    ]
    vehicles = [
        draw(records(VEHICLE, id=f"v{n}", county=None)) for n in range(draw(st.integers(0, 3)))
    ]
    near = st.dates(dt.date(2023, 12, 1), dt.date(2026, 1, 31)) | st.none()
    trips = []
    for number in range(draw(st.integers(0, 8))):
        fixed = {
            "enterprise": draw(st.sampled_from([*(one.id for one in works), None])),
            "vehicle": draw(st.sampled_from([*(one.id for one in vehicles), None])),
            "date": draw(near),
        }
        trips.append(draw(records(TRIP, id=f"t{number}", **fixed)))
    return works, vehicles, trips


# an example takes seconds: a third of them, and shrinking is by hand
@not_on("postgres", "an example takes seconds; the formulas are those of DuckDB, in its words")
@not_on("spark", "an example takes a minute; the formulas are those of DuckDB, in its words")
@settings(phases=(Phase.explicit, Phase.generate), max_examples=settings.default.max_examples // 3)
@given(freight(), st.sampled_from([DAY, dt.date(2024, 10, 1), dt.date(2026, 1, 1)]))
def test_grouped_sums_are_what_tables_add_up_to(engine, given_, day):
    """Every metric of freight and fleets: lo, hi, value and counts equal, to the last digit."""
    works, vehicles, trips = given_
    facts = airplan.Facts.of(*works, *vehicles, *trips)
    here = airplan.assess(BOOK, facts, day).engine
    there = Queries(rulebook=BOOK, facts=here.facts, as_of=day, database=engine)
    for entity, metrics in BOOK.read_metrics.items():
        mine = [metric for metric in metrics if tallied(metric)]
        names = [m.part(part) for m in mine for part in ("lo", "hi", "value", "known", "gaps")]
        if mine:
            found = here.intervals(entity, mine).select("id", *names).sort("id")
            other = there.intervals(entity, mine).select("id", *names)
            assert_frame_equal(found, other, check_exact=True)


QUARTER = airplan.Period("2024Q1", dt.date(2024, 1, 1), dt.date(2024, 3, 31))
DAYS = airplan.Completeness(days=80, month=27, february=25, source="test")
CALM = airplan.Share(
    id="test.calm", zh="比例", unit="天", of=Day.county, on=Day.date,
    where=Day.dust.at_most("100 µg/m³"), better="more",
)  # fmt: skip
CALM_DAYS = attrs.evolve(CALM, id="test.calm-days", complete=DAYS)
OF_DAYS = (
    attrs.evolve(MEAN, complete=DAYS),
    attrs.evolve(MEAN, complete=None, decimals=1),
    attrs.evolve(MEAN, id="test.calm-mean", complete=DAYS, where=CALM.where),
    attrs.evolve(HEAVY, complete=DAYS),
    attrs.evolve(HEAVY, id="test.heavy-rows", complete=None),
    CALM,
    CALM_DAYS,
    attrs.evolve(CALM, id="test.calendar", complete=attrs.evolve(DAYS, leaves_out=False)),
    Day.dust.share(id="test.weighed", zh="比例", of=Day.county, on=Day.date, where=CALM.where),
    Day.dust.sum(id="test.sum", zh="和", of=Day.county, on=Day.date),
)
FALL = airplan.Change(
    id="test.fall", zh="下降", subject=airplan.County, share=CALM_DAYS,
    since=airplan.Period("2024-01", dt.date(2024, 1, 1), dt.date(2024, 1, 31)),
)  # fmt: skip
METRICS = [
    *(metric.over(QUARTER) for metric in (*OF_DAYS, FALL)),
    *(attrs.evolve(metric, id=f"{metric.id}-lately", last=20) for metric in OF_DAYS),
]


@st.composite
def quarter(draw):
    """Of each month all but a few days, of which some have no value; a day may have no date."""
    found = []
    for month, length in ((1, 31), (2, 29), (3, 31)):
        for day in range(1, draw(st.integers(length - 6, length)) + 1):
            found.append((dt.date(2024, month, day), draw(st.sampled_from([40, 90, 150.01, 200]))))
    for place in draw(st.lists(st.integers(0, len(found) - 1), max_size=12)):
        found[place] = (found[place][0], None)
    undated = draw(st.integers(0, 3)) // 2
    return found + [(None, 90)] * undated


@settings(phases=(Phase.explicit, Phase.generate), max_examples=settings.default.max_examples // 8)
@given(quarter(), st.sampled_from(["甲", "甲", None]), st.sampled_from(
    [dt.date(2024, 2, 10), QUARTER.ends, dt.date(2025, 1, 1)]
))  # fmt: skip
def test_statistics_of_days_are_the_same_everywhere(duckdb_engine, postgres_engine, found, of, day):
    """Whole or with gaps, over or running, with rows that may be anyone's: to the last letter."""
    rows = [
        Day(id=f"{n}", county=of if n else "甲", date=date,
                    dust=None if dust is None else f"{dust} µg/m³")
        for n, (date, dust) in enumerate(found)
    ]  # fmt: skip
    book = rulebook()
    counties = [airplan.County(id="甲"), airplan.County(id="乙")]
    here = airplan.assess(book, airplan.Facts.of(*counties, *rows), day).engine
    mine = here.intervals(airplan.County, METRICS).select("id", *parts_of(METRICS)).sort("id")
    for engine in (duckdb_engine, postgres_engine):
        there = Queries(rulebook=book, facts=here.facts, as_of=day, database=engine)
        theirs = there.intervals(airplan.County, METRICS)
        assert_frame_equal(mine, theirs, check_exact=True)


big = st.integers(0, 10**19) | st.integers(0, 10**6)


@not_on("spark", "an example takes a second, and what it divides is what the example's metrics are")
@given(st.lists(st.tuples(big, big), min_size=1, max_size=8), st.sampled_from([None, 0, 1, 2]))
def test_a_ratio_is_the_same_double_everywhere(engine, pairs, decimals):
    """Whole numbers of any size are divided in SQL as they are in polars, rounded or not."""
    from sqlglot import exp

    from airplan_core.engines.sql.database import quoted
    from airplan_core.engines.sql.formula import Dialect, Formula, column
    from airplan_core.quantities.millionths import ratio

    frame = pl.DataFrame(
        {"n": range(len(pairs)), "a": [a for a, _ in pairs], "b": [max(b, 1) for _, b in pairs]},
        schema={"n": pl.Int64, "a": pl.Int128, "b": pl.Int128},
    )
    expected = frame.select(ratio(pl.col("a"), pl.col("b"), decimals).alias("r"))["r"].to_list()
    engine.put("pairs", frame.cast({"a": pl.String, "b": pl.String}))
    words = Dialect(engine.dialect)
    made = words.ratio(words.whole(column("a")), words.whole(column("b")), decimals)
    query = exp.select(exp.Star()).from_(quoted("pairs"))
    for step in words.steps:
        named = [exp.alias_(v.node, name, quoted=True) for name, v in step.items()]
        query = exp.select(exp.Star(), *named).from_(query.subquery("before"))
    query = exp.select(sql.column("n"), exp.alias_(made.node, "r")).from_(query.subquery("every"))
    found = engine.fetch(query, {"n": pl.Int64, "r": pl.Float64}).sort("n")["r"].to_list()
    assert found == expected
    assert isinstance(Formula(exp.Null).is_null().node, exp.Is)


@pytest.mark.parametrize("dialect", sql.DIALECTS)
def test_every_rule_is_a_query(dialect):
    """Each rule reads as one query that the dialect's parser takes, under its sentence."""
    from airplan_core.handbook.query import query_text

    for rule in BOOK.rules.values():
        text = query_text(BOOK, rule, DAY, dialect)
        assert rule.text.splitlines()[0] in text
        for query in filter(str.strip, text.split(";\n")):
            assert sqlglot.parse_one(query.rstrip(";"), dialect=dialect) is not None


def test_a_printed_query_runs(engine, facts, here):
    """What `airplan sql` prints, run over tables named as the ledgers, gives the outcomes."""
    ledgers = {
        airplan.ledger_of(entity).name: airplan.ledger_of(entity).name for entity in BOOK.entities
    }
    for id in ("pm25.low-nox-gas-boilers", "no2.short-haul@2024-12-31", "pm25.no-higher-intensity"):
        duty = next(duty for duty in BOOK.duties if duty.id == id)
        place = Place(
            dialect=engine.dialect, ledgers=ledgers, county=BOOK.plan.county, expected=BOOK.expected
        )
        query = queries.rule_query(place, duty, DAY)
        tables = {table.name for table in query.find_all(sqlglot.exp.Table)} & ledgers.keys()
        for entity in BOOK.entities:
            if airplan.ledger_of(entity).name in tables:
                engine.put(airplan.ledger_of(entity).name, facts.table(entity))
        schema = {"id": pl.String, "outcome": pl.UInt8, "outcome_name": pl.String}
        found = engine.fetch(query, schema)
        mine = here.verdicts.filter(pl.col("duty") == id).select("subject", "outcome")
        got = found.select(subject="id", outcome="outcome_name")
        assert_frame_equal(got.sort("subject"), mine.sort("subject"))


def test_an_unknown_node_is_named():
    """A condition that SQL cannot say is told by name."""

    class Unknown(Condition):
        pass

    with pytest.raises(NotImplementedError, match="Unknown"):
        reader.condition(Unknown(), DAY)


def test_long_names_are_kept_apart():
    """PostgreSQL cuts names at 63 bytes; longer ones end in a digest, and differ."""
    one, other = "指标" * 30 + "a", "指标" * 30 + "b"
    assert sql.short(one, "postgres") != sql.short(other, "postgres")
    assert len(sql.short(one, "postgres").encode()) <= 63
    assert sql.short(one, "duckdb") == one


def test_a_missing_extra_says_which_to_install(monkeypatch):
    """Without its package an engine says which extra brings it; a misspelt one is told."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(airplan.AirplanError, match=r'pip install "airplan\[duckdb\]"'):
        available.connect("duckdb")
    with pytest.raises(airplan.AirplanError, match="did you mean 'postgres'"):
        available.connect("postgre")


@pytest.fixture
def county(tmp_path, facts):
    """The example with its trips as a folder of Parquet files, and its vehicles as one file."""
    folder = tmp_path / "county"
    shutil.copytree(EXAMPLE, folder)
    (folder / "trip.csv").unlink()
    (folder / "vehicle.csv").unlink()
    (folder / "trip").mkdir()
    trips = (
        facts.tables["trip"].rename({"tonnes": "运量[kg]"}).with_columns(pl.col("运量[kg]") * 1000)
    )
    half = trips.height // 2
    trips[:half].write_parquet(folder / "trip/1.parquet")
    trips[half:].write_parquet(folder / "trip/2.parquet")
    facts.tables["vehicle"].write_parquet(folder / "vehicle.parquet")
    return folder


def test_parquet_stays_where_it_is(county, here):
    """Folders of Parquet are not read here, and give the verdicts that the CSV files give."""
    with servers.opened("duckdb") as engine:
        facts = read_with(engine, county, BOOK)
        assert set(facts.elsewhere) == {"trip", "vehicle"}
        there = airplan.assess(BOOK, facts, DAY, engine=engine)
        assert_frame_equal(here.counts, there.counts)
        same(here.verdicts, there.verdicts, "duty", "subject")
    with pytest.raises(airplan.FactsError, match="name its engine"):
        airplan.assess(BOOK, facts, DAY)


def test_the_rest_of_the_year_is_asked_of_the_engine(county, capsys):
    """`outlook` of ledgers that stay there says what it says of those here: tonnes, days, years."""
    words = ["outlook", str(EXAMPLE), "--as-of", "2024-10-01", "--format", "json"]
    mine, theirs = [], []
    for found, folder, more in ((mine, EXAMPLE, []), (theirs, county, ["--engine", "duckdb"])):
        main([words[0], str(folder), *words[2:], *more])
        told = json.loads(capsys.readouterr().out)["outlooks"]
        found += sorted(told, key=lambda one: (one["duty"], one["subject"]))
    assert {"no2.rail-share", "ambient.pm10-mean-without-dust"} <= {one["metric"] for one in mine}
    assert mine == theirs


def test_the_days_of_a_subject_are_the_same_everywhere(engine, facts):
    """The dated rows a metric is made of: as here, from every engine the ledger stands in."""
    here = airplan.assess(BOOK, facts, DAY).engine
    rail = next(m for m in BOOK.read_metrics[PROFILE] if m.id == "no2.rail-share")
    engine.put("airplan_trip", facts.tables["trip"])
    away = attrs.evolve(
        facts,
        tables={name: table for name, table in facts.tables.items() if name != "trip"},
        elsewhere={"trip": lambda ids: set(ids)},
    )
    there = Queries(rulebook=BOOK, facts=away, as_of=DAY, database=engine)
    mine = here.days(rail, "晋控天庆", "tonnes").cast({"micro": pl.Int128})
    assert mine.height > 10
    same(mine, there.days(rail, "晋控天庆", "tonnes"), *mine.columns)


def test_what_nobody_asks_for_waits(facts, monkeypatch):
    """Assessing attaches no ledger; an explanation attaches its own, once."""
    attached = []

    def watched(facts, entity, *rest):
        attached.append(airplan.ledger_of(entity).name)
        return attach(facts, entity, *rest)

    monkeypatch.setattr("airplan_core.engines.polars.engine.attach", watched)
    found = airplan.assess(BOOK, facts, DAY)
    assert found.unassessed is not None
    assert attached == []
    found.explain("no2.short-haul", "晋控天庆")
    found.explain("no2.long-haul", "晋控天庆")
    assert attached == ["freight_profile"]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("mode", "公铁联运x", r"vehicle|trip.*'mode'.*公铁联运x.*expected one of"),
        ("运量[kg]", float("nan"), "expected a number of 吨"),
        ("运量[kg]", 1e20, "expected a number of 吨"),
        ("运量[kg]", -1.0, "at least 0 吨"),
        ("distance", 1.00000001, "at most 6 decimals"),
        ("date", dt.date(1960, 1, 1), "a plausible day, from 2014-01-01 to 2035-12-31"),
        ("date", dt.date(2204, 1, 1), "a plausible day, from 2014-01-01"),
        ("id", "4.1E+17", "kept as text"),
        ("vehicle", "4.10882E+17", "kept as text"),
        ("enterprise", "nobody", "'nobody', expected the id of a freight_profile"),
        ("vehicle", "nobody", "'nobody', expected the id of a vehicle"),
        ("id", "same", "'same', expected each id once"),
        ("id", None, "expected an id in every row"),
    ],
)
def test_what_stays_is_checked_cell_by_cell(county, column, value, told):
    """A cell, id or reference that is not in order is told, and nothing runs."""
    file = county / "trip/1.parquet"
    table = pl.read_parquet(file)
    kind = pl.String if isinstance(table.schema[column], pl.Enum) else table.schema[column]
    table = table.cast({column: kind})
    rows = table.height if column == "id" else 1
    table = table.with_columns(
        pl.when(pl.int_range(pl.len()) < rows)
        .then(pl.lit(value, kind))
        .otherwise(column)
        .alias(column)
    )
    table.write_parquet(file)
    with servers.opened("duckdb") as engine, pytest.raises(airplan.FactsError, match=told):
        read_with(engine, county, BOOK)


def test_a_row_that_contradicts_itself_is_told_where_it_stands(county):
    """A vehicle deregistered before it was registered: how many, and one of them."""
    file = county / "vehicle.parquet"
    table = pl.read_parquet(file).with_columns(
        registered_on=dt.date(2024, 1, 2), deregistered_on=dt.date(2024, 1, 1)
    )
    table.write_parquet(file)
    with (
        servers.opened("duckdb") as engine,
        pytest.raises(airplan.FactsError, match=f"不早于注册登记日期.*{table.height} such rows"),
    ):
        read_with(engine, county, BOOK)


@not_on("spark", "its ledgers are Parquet")
def test_ids_are_folded_where_they_stand(engine, tmp_path):
    """Full-width, with spaces and any dash: a reference there leads to the row here."""
    rows = {
        "id": ["ＫＩ １", " k—2", "k3", "k4"],
        "works": ["ＹＨ－０１(一厂)", "YH - 01（一厂）\u3000", "无", "待核实"],
        "burners": [0, 1, 2, None],
    }
    engine.put("kilns", pl.DataFrame(rows))
    (tmp_path / "works.csv").write_text("id\nYH-01（一厂）\n", "utf-8")
    book = rulebook(config.structure({"database": {"tables": {"kiln": {"table": "kilns"}}}}))
    facts = read_with(engine, tmp_path, book)
    found = airplan.assess(book, facts, DAY, engine=engine).engine
    assert found.ids(Kiln).sort().to_list() == ["KI1", "k-2", "k3", "k4"]
    read = found.fields(Kiln, ledger_of(Kiln).column("works"))
    assert read.sort("id")["works"].to_list() == ["YH-01（一厂）", "YH-01（一厂）", None, None]
    engine.put("kilns", pl.DataFrame({**rows, "burners": [0, -1, 2, None]}))
    with pytest.raises(airplan.FactsError, match="'-1', expected a count of at least 0"):
        read_with(engine, tmp_path, book)
    engine.put("kilns", pl.DataFrame({**rows, "id": ["k1", "ｋ１", "k3", "k4"]}))
    with pytest.raises(airplan.FactsError, match="'k1', expected each id once"):
        read_with(engine, tmp_path, book)


@pytest.mark.parametrize(("kind", "there"), [("date", pl.Date), ("number", pl.Float64)])
def test_a_column_of_another_type_is_told(county, kind, there):
    """Numbers written as text are for the reader of cells, and it is said."""
    file = county / "vehicle.parquet"
    table = pl.read_parquet(file).with_columns(distance=pl.lit(3.5))
    name = next(name for name, found in table.schema.items() if found == there)
    table.with_columns(pl.col(name).cast(pl.String)).write_parquet(file)
    with (
        servers.opened("duckdb") as engine,
        pytest.raises(airplan.FactsError, match=f"of type {kind}") as told,
    ):
        read_with(engine, county, BOOK)
    assert ("read by --engine polars" in str(told.value)) is (kind == "number")


def test_untidy_texts_are_trimmed(county, here):
    """Blanks around a text, and a blank for nothing, are read as in a file of text."""
    file = county / "vehicle.parquet"
    table = pl.read_parquet(file)
    stated = [name for name, kind in table.schema.items() if isinstance(kind, pl.Enum)]
    spoiled = table.with_columns(
        (pl.lit(" ") + pl.col(name).cast(pl.String) + " ").fill_null("").alias(name)
        for name in stated
    )
    spoiled.write_parquet(file)
    with servers.opened("duckdb") as engine:
        there = airplan.assess(BOOK, read_with(engine, county, BOOK), DAY, engine=engine)
        assert_frame_equal(here.counts, there.counts)


MAPPED = """
[database.tables.vehicle]
table = "freight.vehicle"

[database.tables.trip]
table = "freight.waybill"
columns = {{ id = "no", enterprise = "shipper", tonnes = "{tonnes}" }}
"""


def test_columns_of_what_stays_are_the_countys_too(county, here):
    """Under the names that it gives them; what nobody reads is told, whatever the engine."""
    for file in (county / "trip/1.parquet", county / "trip/2.parquet"):
        table = pl.read_parquet(file).rename({"运量[kg]": "过磅"})
        table.with_columns(司磅员=pl.lit("x")).write_parquet(file)
    toml = county / "airplan.toml"
    own = '\n[facts.columns.trip]\n"过磅" = "tonnes [kg]"\n'
    toml.write_text(toml.read_text("utf-8") + own, "utf-8")
    book = airplan.load_rulebook(county)
    with servers.opened("duckdb") as engine:
        facts = read_with(engine, county, book)
        assert "1.parquet：没有读这些列：司磅员" in [note.zh for note in facts.notes]
        there = airplan.assess(book, facts, DAY, engine=engine)
        assert_frame_equal(here.counts, there.counts)


def test_files_that_are_one_ledger_have_the_same_columns(county):
    """Kilograms in one, tonnes in the other: no engine is asked to read them together."""
    file = county / "trip/2.parquet"
    pl.read_parquet(file).rename({"运量[kg]": "运量[吨]"}).write_parquet(file)
    told = pytest.raises(airplan.FactsError, match=r"2\.parquet.*the columns of 1\.parquet")
    with servers.opened("duckdb") as engine, told:
        read_with(engine, county, BOOK)


def test_a_ledger_that_stays_is_nowhere_else(county):
    """A sheet of the same ledger in a workbook is not passed over in silence."""
    import xlsxwriter

    with xlsxwriter.Workbook(county / "汇总.xlsx") as book:
        book.add_worksheet("运输记录").write_row(0, 0, ["编号"])
    told = pytest.raises(airplan.FactsError, match=r"汇总\.xlsx.*a ledger in one place")
    with servers.opened("duckdb") as engine, told:
        read_with(engine, county, BOOK)


def test_a_table_beside_a_file_of_its_ledger_is_told(database, postgres_url, capsys):
    """Neither is chosen in silence."""
    shutil.copy(EXAMPLE / "trip.csv", database)
    words = ["assess", str(database), "--as-of", "2025-01-01", "--engine", "postgres"]
    assert main([*words, "--database", postgres_url]) == 2
    assert re.search(r"trip\.csv：应为只在一处的台账", capsys.readouterr().err)


def test_a_parquet_path_is_a_name_and_no_pattern(tmp_path, county, here):
    """A folder called a=b, a file beside it that a pattern would find: neither is read."""
    folder = tmp_path / "[2024] a=b"
    shutil.copytree(county, folder)
    shutil.copytree(county, tmp_path / "2 a=b")
    with servers.opened("duckdb") as engine:
        facts = read_with(engine, folder, BOOK)
        assert "vehicle" in facts.elsewhere
        there = airplan.assess(BOOK, facts, DAY, engine=engine)
        assert_frame_equal(here.counts, there.counts)


def test_a_pipe_called_parquet_is_never_opened(tmp_path):
    """It would wait for ever."""
    os.mkfifo(tmp_path / "vehicle.parquet")
    told = pytest.raises(airplan.FactsError, match="no pipe")
    with servers.opened("duckdb") as engine, told:
        read_with(engine, tmp_path, BOOK)


@pytest.mark.parametrize("name", ["{file}", "vehicle.parquet", "https://x/v.parquet", "frame", ""])
def test_a_table_is_never_a_file_or_a_variable(tmp_path, county, monkeypatch, name):
    """What DuckDB would open by itself, or find in Python, is no table of the database."""
    file = county / "vehicle.parquet"
    frame = pl.read_parquet(file)
    assert frame.height
    (tmp_path / "empty").mkdir()
    shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    table = json.dumps(name.format(file=file))
    config = tmp_path / "airplan.toml"
    config.write_text(f"[database.tables.vehicle]\ntable = {table}\n", "utf-8")
    book = airplan.load_rulebook(config)
    told = pytest.raises(airplan.ConfigError, match="the database has no such table")
    with servers.opened("duckdb") as engine, told:
        read_with(engine, tmp_path / "empty", book)


def test_a_table_or_view_of_duckdb_is_found_by_its_name(tmp_path, county):
    """With its schema or without."""
    (tmp_path / "empty").mkdir()
    config = tmp_path / "airplan.toml"
    with servers.opened("duckdb") as engine:
        engine.run("CREATE SCHEMA freight")
        rows = f"SELECT * FROM '{county / 'vehicle.parquet'}'"
        engine.run(f"CREATE TABLE freight.vehicle AS {rows}")
        engine.run(f"CREATE TEMP VIEW seen AS {rows}")
        for name in ("freight.vehicle", "memory.freight.vehicle", "seen"):
            config.write_text(f'[database.tables.vehicle]\ntable = "{name}"\n', "utf-8")
            facts = read_with(engine, tmp_path / "empty", airplan.load_rulebook(config))
            assert "vehicle" in facts.elsewhere


@pytest.fixture
def database(tmp_path, facts, postgres_url):
    """The bureau's own database: trips as waybills in kilograms, under other names."""
    import psycopg

    with servers.opened("postgres", postgres_url) as engine:
        trips = facts.tables["trip"].rename({"id": "no", "enterprise": "shipper"})
        trips = trips.with_columns(kg=pl.col("tonnes") * 1000, remark=pl.lit("x")).drop("tonnes")
        engine.put("w", trips)
        engine.put("v", facts.tables["vehicle"])
        engine.run("DROP SCHEMA IF EXISTS freight CASCADE")
        engine.run("CREATE SCHEMA freight")
        engine.run("CREATE TABLE freight.waybill AS SELECT * FROM w")
        engine.run("CREATE TABLE freight.vehicle AS SELECT * FROM v")
        engine.run("ALTER TABLE freight.waybill ALTER COLUMN kg TYPE numeric(20, 3)")
    folder = tmp_path / "county"
    shutil.copytree(EXAMPLE, folder)
    (folder / "trip.csv").unlink()
    (folder / "vehicle.csv").unlink()
    config = (folder / "airplan.toml").read_text("utf-8")
    (folder / "airplan.toml").write_text(config + MAPPED.format(tonnes="kg [kg]"), "utf-8")
    yield folder
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA freight CASCADE")


def test_rules_run_inside_the_bureaus_database(database, postgres_url, capsys):
    """Tables under other names and in other units give the same verdicts, by the command."""
    words = ["--as-of", "2025-01-01", "--format", "csv"]
    assert main(["assess", str(EXAMPLE), *words]) == 1
    mine = capsys.readouterr().out
    assert (
        main(["assess", str(database), *words, "--engine", "postgres", "--database", postgres_url])
        == 1
    )
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(mine.splitlines())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kg [kg]", "weight [kg]", "没有列“weight”"),
        ("kg [kg]", "kg [km]", "tonnes"),
        ("shipper", "no_such", "没有列“no_such”"),
        ("freight.waybill", "freight.waybills", "waybills"),
        ("tables.vehicle", "tables.vehicel", "是不是“vehicle”？"),
        ("enterprise =", "enterprize =", "是不是“enterprise”？"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(database, postgres_url, capsys, old, new, told):
    """A wrong table, column, unit, ledger or field is an error with the nearest right name."""
    file = database / "airplan.toml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    words = ["assess", str(database), "--as-of", "2025-01-01", "--engine", "postgres"]
    assert main([*words, "--database", postgres_url]) == 2
    assert re.search(told, capsys.readouterr().err)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "polars", "--memory", "1GiB"], "--memory 只用于 --engine duckdb"),
        (["--engine", "duckdb", "--memory", "much"], "Memory must have a number"),
        (["--engine", "postgres", "--database", "host=/nowhere"], "连不上 PostgreSQL"),
        (["--jobs", "2"], "这里是一个县"),
        (["--engine", "duckdbb"], "是不是“duckdb”？"),
        (["--database", "x"], "--database 只用于"),
    ],
)
def test_options_that_do_not_fit_are_told(words, told, capsys):
    """An option of another engine, a limit that is none, a server that is not there."""
    try:
        code = main(["assess", str(EXAMPLE), "--as-of", "2025-01-01", *words])
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    assert told in capsys.readouterr().err


def test_a_database_named_in_the_configuration_needs_its_engine(database, capsys):
    """Ledgers that stand in a database are not silently missing."""
    assert main(["assess", str(database), "--as-of", "2025-01-01"]) == 2
    assert "写明引擎" in capsys.readouterr().err


def test_the_callers_session_and_connection_stay_theirs(spark_engine):
    """Spark's settings are as before, and a connection that was given is not closed."""
    import duckdb

    before = spark_engine.session.conf.get("spark.sql.codegen.hugeMethodLimit")
    theirs = available.connect("spark", session=spark_engine.session)
    theirs.put("something", pl.DataFrame({"a": [1]}))
    theirs.close()
    assert spark_engine.session.conf.get("spark.sql.codegen.hugeMethodLimit") == before
    assert not spark_engine.session.catalog.tableExists("something")
    connection = duckdb.connect()
    available.connect("duckdb", connection=connection).close()
    assert connection.execute("SELECT 1").fetchone() == (1,)
