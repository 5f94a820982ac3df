"""Annexes 1-3 on ledgers: the tables are the plan's, one rate does not follow, each task at its limit."""

import datetime as dt
import itertools
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import airplan_core as airplan
import airplan_qinyang
import airplan_so2
from airplan_core import NEVER, Campaign, Config, County, Facts
from airplan_core.testing.contract import plan_text
from airplan_so2 import annex_1, annex_2, annex_3, annex_ledgers, annexes, ledgers
from airplan_so2.annex_1 import ANNEX_1
from airplan_so2.annex_2 import ANNEX_2
from airplan_so2.annex_3 import ANNEX_3, AREA, AREA_ADDED, AREA_DUE, COVERAGE
from airplan_so2.annex_ledgers import GasConnection
from airplan_so2.ledgers import HeatSupply, Village

# the annexes alone: the rest of the chapter asks nothing of these ledgers that is held here
PLUGINS = [
    airplan.contribution(one)
    for one in (
        Campaign("so2", ledgers, annex_ledgers, annexes, annex_1, annex_2, annex_3),
        airplan_qinyang.CAMPAIGN,
    )
]
TABLES = (ANNEX_1, ANNEX_2, ANNEX_3)
COUNTY = County(id="沁阳市")


def book(**readings):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=readings))


BOOK = book()


def outcomes(*rows, as_of="2026-01-01", rules=BOOK, facts=None):
    """The outcome of every duty of the annexes, by what stands behind so2.annex."""
    facts = Facts.of(COUNTY, *rows) if facts is None else facts
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    return {
        row["rule"].removeprefix("so2.annex"): row["outcome"]
        for row in found.iter_rows(named=True)
        if row["duty"].startswith("so2.annex")
    }


# the tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_a_table_is_the_cells_of_the_text(table):
    """Number by number, in the order of the annex, and the words of its columns."""
    text = plan_text()
    if text is None:
        pytest.skip("the plan's text is not here")
    below = text.split(table.task.heading)[1].split("附件")[0]
    cells = [line.strip() for line in below.splitlines() if line.strip()]
    # behind 序号 1 stands the row, behind its name its figures
    assert cells[cells.index("1") + 1] == "沁阳市"
    assert tuple(cells[cells.index("1") + 2 :]) == dict(table.rows)["沁阳市"]
    heads = "".join(cells[: cells.index("1")])
    for column in table.columns:
        assert all(word in heads for word in column.words), column
    # as many columns as the heads without those above others
    assert len(table.columns) == len(cells) - cells.index("1") - 2


def test_twenty_eight_cells_are_sentences():
    """Seven, eight and thirteen; four define, nine ask nothing, three of them of the year 2023."""
    every = {clause.id: clause for clause in airplan_so2.CAMPAIGN.airplan_clauses()}
    mine = {id: one for id, one in every.items() if id.startswith("A")}
    counts = (("A1", 7), ("A2", 8), ("A3", 13))
    assert set(mine) == {f"{task}-{n}" for task, count in counts for n in range(1, count + 1)}
    excused = {id for id, one in mine.items() if one.excused}
    assert excused == {"A1-2", "A2-2", "A2-3", "A2-4", "A3-2", "A3-4", "A3-5", "A3-6", "A3-7"}
    defined = {id for id, one in mine.items() if one.defines}
    assert defined == {"A1-1", "A2-1", "A3-1", "A3-3"}
    for table in TABLES:
        for column in table.columns:
            assert mine[table.clause_id(column)].text.endswith(f" … {table.cell(column)}")


def test_one_printed_rate_does_not_follow_from_its_row():
    """34.40 %, of 159 of 463; every other figure of the annexes does."""
    (one,) = BOOK.inconsistencies
    assert (one.clause, one.printed, one.implied) == ("A3-13", "34.40%", Fraction(15900, 463))
    assert one.working == "(95.5 + 51.5 + 5 + 7) ÷ 463"
    assert one.computed == "34.3413…%"
    assert "34.40%" in one.text()
    assert "34.3413…%" in one.text()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_a_figure_that_is_changed_is_found(table):
    """Of whatever a claim is, one more at its last digit that counts does not hold."""
    ((name, cells),) = table.rows
    for claim in table.claims:
        place = table.columns.index(claim.of)
        bare = cells[place].removesuffix("%")
        rate = "%" if cells[place].endswith("%") else ""
        changed = str(Fraction(bare) + 1) if "." not in bare else f"{float(bare) + 0.15:.2f}"
        other = attrs.evolve(
            table, rows={name: (*cells[:place], changed + rate, *cells[place + 1 :])}
        )
        assert claim.of.title in {one.column for one in other.inconsistencies}


def test_the_rates_are_those_of_the_areas():
    """By households they would be 34.77, 36.17 and 38.09 %: the claims would not hold."""
    done = AREA
    for year, share in ((2023, "31.75"), (2024, "32.83"), (2025, "34.34")):
        done = done + AREA_ADDED[year]
        implied = COVERAGE[year].implied_by(done / AREA_DUE).implied(ANNEX_3, "沁阳市")
        assert f"{float(implied):.2f}" == share


# the tasks of a year ------------------------------------------------------------------------------


def villages(count, day="2024-06-01", terrain="平原", **more):
    return [
        Village(id=f"{terrain}{day}{n}", county="沁阳市", terrain=terrain, piped_on=day, **more)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("year", "count", "outcome"),
    [(2024, 74, "VIOLATION"), (2024, 75, "COMPLIANT"), (2024, 76, "COMPLIANT"),
     (2025, 9, "VIOLATION"), (2025, 10, "COMPLIANT"), (2025, 11, "COMPLIANT")],
)  # fmt: skip
def test_villages_newly_covered(year, count, outcome):
    """75 in 2024, 10 in 2025; on the year's last day more can still come, but none goes."""
    rows, duty = villages(count, f"{year}-12-31"), f"1-villages-{year}"
    assert outcomes(*rows, as_of=f"{year + 1}-01-01")[duty] == outcome
    before = "COMPLIANT" if outcome == "COMPLIANT" else "PENDING"
    assert outcomes(*rows, as_of=f"{year}-12-31")[duty] == before
    # a day later is another year's, and those before are not new
    for day in (f"{year + 1}-01-01", f"{year - 1}-12-31"):
        moved = villages(count, day)
        assert outcomes(*moved, as_of=f"{year + 1}-06-01")[duty] == "VIOLATION"


def test_mountain_and_ridge_villages_do_not_count():
    """不含山区、岭区; a village whose land is not known may."""
    for other in ("山区", "岭区"):
        rows = [*villages(74), *villages(9, terrain=other)]
        assert outcomes(*rows)["1-villages-2024"] == "VIOLATION"
    rows = [*villages(74), Village(id="未知", county="沁阳市", piped_on="2024-06-01")]
    assert outcomes(*rows)["1-villages-2024"] == "UNKNOWN"


def test_a_village_without_a_date_may_have_been_reached():
    """Blank is not known; 未发生 is known not to be."""
    for day, outcome in ((None, "UNKNOWN"), (NEVER, "VIOLATION")):
        rows = [*villages(74), Village(id="无日期", county="沁阳市", terrain="平原", piped_on=day)]
        assert outcomes(*rows)["1-villages-2024"] == outcome
    assert outcomes(*villages(75), *villages(3, None))["1-villages-2024"] == "COMPLIANT"


def test_without_a_ledger_nothing_is_known():
    """No ledger is no breach."""
    assert set(outcomes().values()) == {"UNKNOWN"}


def folder(path, **ledgers_):
    """A county's folder of ledgers, read."""
    for name, text in {"county": "编号,名称\n沁阳市,沁阳市\n", **ledgers_}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return airplan.read_facts(path, BOOK)


def test_an_empty_ledger_is_none_reached(tmp_path):
    """A ledger that is kept and has no row: none was reached; a share of nothing is not known."""
    found = outcomes(facts=folder(tmp_path, village="编号,县市,地形,燃气管网到村日期\n"))
    assert found["1-villages-2024"] == "VIOLATION"
    assert found["1-coverage-2025"] == "UNKNOWN"
    assert found["2-households-2024"] == "UNKNOWN"


def test_what_a_clerk_writes_is_read_or_told(tmp_path):
    """Labels and units of the ledger; a date that is none is told with its cell, and not known."""
    rows = "\n".join(f"村{n},沁阳市,平原,2024年6月1日,300" for n in range(74))
    facts = folder(
        tmp_path,
        village=f"编号,县市,地形,通气日期,总户数[户]\n{rows}\n村末,沁阳市,平原,去年,300\n",
        gas_connection="编号,村庄,入户日期,燃气入户户数\n一,村1,2024-12-31,0.2万户\n",
        heat_supply="编号,县市,已实施集中供热面积,实施日期\n一,沁阳市,50000㎡,2024-12-31\n",
    )
    (cell,) = facts.unreadable
    told = cell.problem.text()
    assert "village.csv" in told
    assert "去年" in told
    found = outcomes(facts=facts)
    assert found["1-villages-2024"] == "UNKNOWN"
    assert found["2-households-2024"] == "COMPLIANT"
    assert found["3-area-2024"] == "COMPLIANT"
    assert found["3-households-2024"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("year", "count", "outcome"),
    [(2024, 1999, "VIOLATION"), (2024, 2000, "COMPLIANT"), (2025, 1499, "VIOLATION"),
     (2025, 1500, "COMPLIANT")],
)  # fmt: skip
def test_households_newly_joined(year, count, outcome):
    """2000 in 2024 and 1500 in 2025, in batches; one rule for both annexes."""
    place = Village(id="村", county="沁阳市", terrain="平原", piped_on="2020-01-01")
    batches = [
        GasConnection(id="一", village="村", connected_on=f"{year}-01-01", households=count - 700),
        GasConnection(id="二", village="村", connected_on=f"{year}-12-31", households=700),
        GasConnection(id="三", village="村", connected_on=f"{year - 1}-12-31", households=50000),
    ]
    duty = f"2-households-{year}"
    assert outcomes(place, *batches, as_of=f"{year + 1}-01-01")[duty] == outcome
    ridge = attrs.evolve(place, terrain="岭区")
    assert outcomes(ridge, *batches, as_of=f"{year + 1}-01-01")[duty] == "VIOLATION"
    # one without a date may be of the year; that the rest is too little even so is certain
    undated = [*batches[:1], attrs.evolve(batches[1], connected_on=None), batches[2]]
    found = outcomes(place, *undated, as_of=f"{year + 1}-01-01")[duty]
    assert found == ("UNKNOWN" if outcome == "COMPLIANT" else "VIOLATION")
    rule = BOOK.rule(f"so2.annex{duty}")
    cells = {2024: {"A1-4", "A2-5"}, 2025: {"A1-6", "A2-7"}}[year]
    assert {clause.id for clause in rule.clauses} == cells


@pytest.mark.parametrize(
    ("year", "area", "households", "area_met", "households_met"),
    [(2024, "5 万㎡", 400, True, True), (2024, "4.9999 万㎡", 399, False, False),
     (2024, "50001 ㎡", 401, True, True), (2025, "7 万㎡", 550, True, True),
     (2025, "6.9999 万㎡", 549, False, False)],
)  # fmt: skip
def test_area_and_households_newly_heated(year, area, households, area_met, households_met):
    """5 and 7 万㎡, 0.04 and 0.055 万户."""
    row = HeatSupply(
        id="批", county="沁阳市", area=area, households=households, supplied_on=f"{year}-11-15"
    )
    found = outcomes(row, as_of=f"{year + 1}-01-01")
    for name, met in (("area", area_met), ("households", households_met)):
        assert found[f"3-{name}-{year}"] == ("COMPLIANT" if met else "VIOLATION")
    late = attrs.evolve(row, supplied_on=f"{year + 1}-01-01")
    assert outcomes(late, as_of=f"{year + 1}-01-01")[f"3-area-{year}"] == "VIOLATION"


def test_nothing_is_asked_of_the_year_2023():
    """It was over before the plan began."""
    assert not [duty.id for duty in BOOK.duties if "2023" in duty.id]
    assert outcomes(as_of="2024-01-01")["3-area-2024"] in ("PENDING", "UNKNOWN")


def test_a_surplus_of_2024_counts_where_that_is_the_reading():
    """80 and 5 are the 85 of both years; 75 and 9 are one too few."""
    carried = book(**{"annex-surplus": "carried"})
    for first, second, outcome in ((80, 5, "COMPLIANT"), (75, 9, "VIOLATION"),
                                   (70, 10, "COMPLIANT"), (79, 5, "VIOLATION")):  # fmt: skip
        rows = [*villages(first, "2024-05-01"), *villages(second, "2025-05-01")]
        assert outcomes(*rows, rules=carried)["1-villages-2025"] == outcome
        own = "COMPLIANT" if second >= 10 else "VIOLATION"
        assert outcomes(*rows)["1-villages-2025"] == own


# the rates ----------------------------------------------------------------------------------------


def test_every_village_of_the_plain_is_covered():
    """100 % is each: 254 of 255 are not, and no rounding makes them so."""
    rows = villages(254, "2025-12-31")
    last = Village(id="末", county="沁阳市", terrain="平原", piped_on=NEVER)
    hills = villages(5, NEVER, "山区")
    assert outcomes(*rows, last, *hills)["1-coverage-2025"] == "VIOLATION"
    assert outcomes(*rows, last, *hills, as_of="2025-12-31")["1-coverage-2025"] == "PENDING"
    met = attrs.evolve(last, piped_on="2025-12-31")
    assert outcomes(*rows, met, *hills)["1-coverage-2025"] == "COMPLIANT"
    late = attrs.evolve(last, piped_on="2026-01-01")
    assert outcomes(*rows, late, *hills)["1-coverage-2025"] == "LATE"
    open_ = attrs.evolve(last, piped_on=None)
    assert outcomes(*rows, open_, *hills)["1-coverage-2025"] == "UNKNOWN"
    # of hills alone the annex does not speak
    assert outcomes(*hills)["1-coverage-2025"] == "NOT_APPLICABLE"
    printed = book(**{"annex-whole": "printed"})
    assert outcomes(*rows, rules=printed)["1-coverage-2025"] == "VIOLATION"
    assert outcomes(*rows, met, rules=printed)["1-coverage-2025"] == "COMPLIANT"


def joined(count, whole, day="2024-12-31"):
    place = Village(
        id="村", county="沁阳市", terrain="平原", households=whole, piped_on="2020-01-01"
    )
    return place, GasConnection(id="批", village="村", connected_on=day, households=count)


@pytest.mark.parametrize(
    ("year", "count", "whole", "rounded", "exact"),
    [
        # what the annex's own row comes to
        (2024, 52883, 80638, "COMPLIANT", "VIOLATION"),
        (2025, 54383, 80638, "COMPLIANT", "COMPLIANT"),
        (2024, 656, 1000, "COMPLIANT", "COMPLIANT"), (2024, 655, 1000, "VIOLATION", "VIOLATION"),
        (2024, 6555, 10000, "COMPLIANT", "VIOLATION"),
        (2024, 6554, 10000, "VIOLATION", "VIOLATION"),
        (2025, 674, 1000, "COMPLIANT", "COMPLIANT"), (2025, 673, 1000, "VIOLATION", "VIOLATION"),
        (2025, 6735, 10000, "COMPLIANT", "VIOLATION"),
        (2025, 6734, 10000, "VIOLATION", "VIOLATION"),
    ],
)  # fmt: skip
def test_the_rate_of_households(year, count, whole, rounded, exact):
    """65.6 and 67.4 %, as they are printed, or as the number itself."""
    duty, as_of = f"2-rate-{year}", f"{year + 1}-01-01"
    for reading, outcome in (("rounded", rounded), ("exact", exact)):
        rules = book(**{"annex-rate": reading})
        rows = joined(count, whole, f"{year}-12-31")
        assert outcomes(*rows, as_of=as_of, rules=rules)[duty] == outcome
    open_ = outcomes(*joined(count, whole, f"{year + 1}-01-01"), as_of=f"{year}-12-31")
    assert open_[duty] == "PENDING"
    late = outcomes(*joined(count, whole, f"{year + 1}-01-01"), as_of=as_of)
    assert late[duty] == ("LATE" if rounded == "COMPLIANT" else "VIOLATION")


def test_the_rate_of_what_the_annex_counts():
    """Of 80638 households, whatever the ledger has: 52859 are 65.5507 %, 52858 are 65.5497 %."""
    printed = book(**{"annex-whole": "printed"})
    for count, outcome in ((52859, "COMPLIANT"), (52858, "VIOLATION")):
        rows = joined(count, 60000)
        found = outcomes(*rows, as_of="2025-01-01", rules=printed)
        assert found["2-rate-2024"] == outcome


def test_households_that_are_not_counted_leave_the_rate_open():
    """A village without its number of households may have any."""
    rows = (*joined(656, 1000), Village(id="乙", county="沁阳市", terrain="平原"))
    assert outcomes(*rows, as_of="2025-01-01")["2-rate-2024"] == "UNKNOWN"
    # but what is too few of those that are known is too few of more
    rows = (*joined(600, 1000), Village(id="乙", county="沁阳市", terrain="平原"))
    assert outcomes(*rows, as_of="2025-01-01")["2-rate-2024"] == "VIOLATION"


def heated(area, day, households=0, due="463 万㎡", households_due=28571):
    return (
        HeatSupply(
            id="应", county="沁阳市", area_due=due, households_due=households_due, area="0 ㎡",
            households=0, supplied_on=NEVER,
        ),
        HeatSupply(
            id="已", county="沁阳市", area_due="0 ㎡", households_due=0, area=area,
            households=households, supplied_on=day,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("year", "area", "outcome"),
    [
        (2024, "152 万㎡", "COMPLIANT"), (2024, "151.8409 万㎡", "COMPLIANT"),
        (2024, "151.8408 万㎡", "VIOLATION"), (2024, "147 万㎡", "VIOLATION"),
        # the row's own areas are not what it prints; the print binds
        (2025, "159 万㎡", "VIOLATION"), (2025, "159.272 万㎡", "COMPLIANT"),
        (2025, "159.2489 万㎡", "COMPLIANT"), (2025, "159.2488 万㎡", "VIOLATION"),
    ],
)  # fmt: skip
def test_the_coverage_of_heating(year, area, outcome):
    """32.80 and 34.40 % of 463 万㎡, rounded to two decimals as they are printed."""
    duty, as_of = f"3-coverage-{year}", f"{year + 1}-01-01"
    for whole in ("ledger", "printed"):
        rules = book(**{"annex-whole": whole})
        found = outcomes(*heated(area, f"{year}-12-31"), as_of=as_of, rules=rules)
        assert found[duty] == outcome
    assert outcomes(*heated(area, None), as_of=as_of)[duty] in ("UNKNOWN", outcome)


def test_the_coverage_of_heating_by_households():
    """Where that is the reading, of 2.8571 万户."""
    rules = book(**{"I-20": "households"})
    for count, outcome in ((9371, "COMPLIANT"), (9369, "VIOLATION")):
        rows = heated("0 ㎡", "2024-12-31", count)
        found = outcomes(*rows, as_of="2025-01-01", rules=rules)
        assert found["3-coverage-2024"] == outcome


# every count and sum, by hand ---------------------------------------------------------------------

DAYS = [
    dt.date(2023, 12, 31),
    dt.date(2024, 1, 1),
    dt.date(2024, 12, 31),
    dt.date(2025, 1, 1),
    NEVER,
]
AS_OF = dt.date(2025, 1, 1)
LANDS = ["平原", "山区", "岭区"]

lands = st.sampled_from([*LANDS, None])
days = st.sampled_from([*DAYS, None])
settled = st.lists(st.tuples(lands, days, st.integers(0, 9)), min_size=1, max_size=3)
batches = st.lists(st.tuples(st.integers(0, 2), days, st.integers(0, 9)), min_size=1, max_size=3)
supplied = st.lists(st.tuples(days, st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=3)


def fillings(rows, place, values):
    """Every way to fill the unknown cells of a column."""
    each = [values if row[place] is None else [row[place]] for row in rows]
    for filled in itertools.product(*each):
        yield [
            (*row[:place], one, *row[place + 1 :]) for row, one in zip(rows, filled, strict=True)
        ]


def of_2024(day):
    return day is not NEVER and day.year == 2024


def by_then(day):
    return day is not NEVER and day <= AS_OF


def by_hand(places, joins, heats):
    """Each metric as loops over whole rows."""
    plain = [land == "平原" for land, _, _ in places]
    of_plain = [(day, n) for village, day, n in joins if plain[village]]
    return {
        "1-villages-added": sum(
            p and of_2024(d) for p, (_, d, _) in zip(plain, places, strict=True)
        ),
        "1-villages-covered": sum(
            p and by_then(d) for p, (_, d, _) in zip(plain, places, strict=True)
        ),
        "2-households": sum(n for p, (_, _, n) in zip(plain, places, strict=True) if p),
        "2-households-added": sum(n for day, n in of_plain if of_2024(day)),
        "2-households-joined": sum(n for day, n in of_plain if by_then(day)),
        "3-area": sum(a for day, a, _ in heats if by_then(day)),
        "3-area-added": sum(a for day, a, _ in heats if of_2024(day)),
        "3-households": sum(h for day, _, h in heats if by_then(day)),
        "3-households-added": sum(h for day, _, h in heats if of_2024(day)),
        "3-area-due": sum(2 * a for _, a, _ in heats),
        "3-households-due": sum(2 * h for _, _, h in heats),
    }


@settings(max_examples=60)
@given(settled, batches, supplied)
def test_every_count_and_sum_is_the_one_by_hand(places, joins, heats):
    """The least and the greatest over every way to fill the cells that are blank."""
    joins = [(min(village, len(places) - 1), day, n) for village, day, n in joins]
    possible = [
        by_hand(p, j, h)
        for lands_ in fillings(places, 0, LANDS)
        for p in fillings(lands_, 1, DAYS)
        for j in fillings(joins, 1, DAYS)
        for h in fillings(heats, 0, DAYS)
    ]
    rows = [
        *(
            Village(id=f"村{n}", county="沁阳市", terrain=land, piped_on=day, households=count)
            for n, (land, day, count) in enumerate(places)
        ),
        *(
            GasConnection(id=str(n), village=f"村{village}", connected_on=day, households=count)
            for n, (village, day, count) in enumerate(joins)
        ),
        *(
            HeatSupply(
                id=str(n), county="沁阳市", area=f"{area} ㎡", households=count, supplied_on=day,
                area_due=f"{2 * area} ㎡", households_due=2 * count,
            )
            for n, (day, area, count) in enumerate(heats)
        ),
    ]  # fmt: skip
    found = {}
    for row in airplan.assess(BOOK, Facts.of(COUNTY, *rows), AS_OF).metrics.to_dicts():
        # as at the day, and of the year that is over
        if row["period"] in ("", "2024"):
            found[row["metric"].removeprefix("so2.annex")] = row["lo"], row["hi"]
    for name in possible[0]:
        ends = [one[name] for one in possible]
        assert found[name] == (min(ends), max(ends)), name
