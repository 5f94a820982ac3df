"""The targets are whole, and each reading of an open question decides as it says."""

import datetime as dt

import attrs
import pytest

import airplan_core as airplan
from airplan_ambient.ledgers import CountyDay, PlacePeriod
from airplan_core import Config, County, Facts, Reported, Strength
from airplan_core.rulebook.config import Replacement
from airplan_qinyang.towns import Township
from airplan_targets import CAMPAIGN
from airplan_targets.ledgers import EmissionReduction, TransportStructure

OVER = dt.date(2025, 1, 1)
CLEAN = {
    "pm25": "30 µg/m³", "pm10": "50 µg/m³", "so2": "9 µg/m³", "no2": "30 µg/m³",
    "co": "0.8 mg/m³", "o3_8h": "90 µg/m³",
}  # fmt: skip


def book(**readings):
    return airplan.build_rulebook(
        airplan_plugins(),
        Config(interpretations={k.replace("_", "-"): v for k, v in readings.items()}),
    )


def airplan_plugins():
    from airplan_core.rulebook import plugins

    return plugins.discover(["targets"])


def year(number, good, bad=0, heavy=0):
    """So many good days, then bad ones, then heavy ones; the rest are missing."""
    first = dt.date(number, 1, 1)
    levels = ["30 µg/m³"] * good + ["100 µg/m³"] * bad + ["200 µg/m³"] * heavy
    return [
        CountyDay(
            id=f"沁阳市/{first + dt.timedelta(n)}", county="沁阳市",
            date=first + dt.timedelta(n), **{**CLEAN, "pm25": level},
        )
        for n, level in enumerate(levels)
    ]  # fmt: skip


def days_of(level, days, number=2024):
    """So many days at one level of PM2.5, and nothing else known of them."""
    first = dt.date(number, 1, 1)
    return [
        CountyDay(
            id=f"沁阳市/{first + dt.timedelta(n)}", county="沁阳市",
            date=first + dt.timedelta(n), pm25=f"{level} µg/m³",
        )
        for n in range(days)
    ]  # fmt: skip


def outcomes(*records, as_of=OVER, rules=None):
    facts = Facts.of(*records)
    found = airplan.assess(rules or book(), facts, as_of).outcomes
    return {
        (row["duty"].removeprefix("targets."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


def of(duty, *records, subject="沁阳市", **more):
    return outcomes(*records, **more)[duty, subject]


def test_thirty_sentences_are_answered_for():
    """The opening has three, 一(一) four, 一(二) twenty-three."""
    mine = [clause.id for clause in CAMPAIGN.airplan_clauses()]
    wanted = [*(f"0-{n}" for n in range(1, 4)), *(f"1.1-{n}" for n in range(1, 5)),
              *(f"1.2-{n}" for n in range(1, 24))]  # fmt: skip
    assert sorted(mine) == sorted(wanted)


def test_what_is_excused_says_why():
    """Sentences that introduce or declare are excused; all others have a rule."""
    clauses = {clause.id: clause for clause in CAMPAIGN.airplan_clauses()}
    excused = {id for id, clause in clauses.items() if clause.excused}
    assert excused == {"0-1", "0-2", "0-3", "1.1-1", "1.1-2", "1.1-3", "1.1-4", "1.2-18", "1.2-23"}
    assert clauses["1.2-20"].strength is Strength.STRIVE
    assert clauses["1.2-19"].strength is Strength.APPROX


@pytest.mark.parametrize(("level", "expected"), [("44.5", "COMPLIANT"), ("44.6", "VIOLATION")])
def test_the_annual_mean_of_2024_may_be_44_5(level, expected):
    """以内 includes the limit: a mean of 44.5 µg/m³ is within it, and 44.6 is not."""
    assert of("pm25.annual-mean@2024", *days_of(level, 366)) == expected


def test_the_annual_mean_of_2025_is_stricter():
    """What 2024 allowed, 2025 does not."""
    for level, expected in (("44.5", "VIOLATION"), ("44", "COMPLIANT")):
        found = outcomes(*days_of(level, 365, 2025), as_of=dt.date(2026, 1, 1))
        assert found["pm25.annual-mean@2025", "沁阳市"] == expected


def test_too_few_days_prove_no_annual_mean():
    """A year with 323 daily means has no valid annual mean, however clean they are."""
    assert of("pm25.annual-mean@2024", *days_of("10", 323)) == "UNKNOWN"


@pytest.mark.parametrize(
    ("heavy", "rounded", "exact"),
    [(6, "COMPLIANT", "COMPLIANT"), (7, "COMPLIANT", "VIOLATION"), (8, "VIOLATION", "VIOLATION")],
)
def test_seven_of_366_are_1_9_percent_only_rounded(heavy, rounded, exact):
    """I-01: 7/366 is 1.913 %."""
    records = year(2024, 366 - heavy, 0, heavy)
    assert of("heavy-day-share@2024", *records) == rounded
    assert of("heavy-day-share@2024", *records, rules=book(I_01="exact")) == exact
    assert of("heavy-days@2024", *records) == ("COMPLIANT" if heavy <= 7 else "VIOLATION")


@pytest.mark.parametrize(
    ("heavy", "share", "days"), [(5, "COMPLIANT", "COMPLIANT"), (6, "VIOLATION", "VIOLATION")]
)
def test_five_of_365_keep_both(heavy, share, days):
    """I-02: on a whole year share and days agree; 5/365 is 1.4 %."""
    found = outcomes(*year(2025, 365 - heavy, 0, heavy), as_of=dt.date(2026, 1, 1))
    assert found["heavy-day-share@2025", "沁阳市"] == share
    assert found["heavy-days@2025", "沁阳市"] == days


@pytest.mark.parametrize(("good", "outcome"), [(242, "VIOLATION"), (243, "COMPLIANT")])
def test_243_of_365_are_66_5_percent(good, outcome):
    """I-03: 242/365 is 66.3 %, 243/365 is 66.6 %."""
    found = outcomes(*year(2025, good, 365 - good), as_of=dt.date(2026, 1, 1))
    assert found["good-day-share@2025", "沁阳市"] == outcome
    assert found["good-days@2025", "沁阳市"] == outcome


def test_valid_days_and_calendar_days_differ():
    """I-04: 231 good of 360 valid days are 64.2 %, and of 366 days anything from 63.1 to 64.8."""
    every = year(2024, 366)
    missing = {dt.date(2024, month, 31) for month in (1, 3, 5, 7, 8, 10)}
    kept = [day for day in every if day.date not in missing]
    records = [*kept[:231], *(attrs.evolve(day, pm25="100 µg/m³") for day in kept[231:])]
    found = outcomes(*records)
    assert found["good-day-share@2024", "沁阳市"] == "COMPLIANT"
    assert found["good-days@2024", "沁阳市"] == "UNKNOWN"
    calendar = outcomes(*records, rules=book(I_04="calendar"))
    assert calendar["good-day-share@2024", "沁阳市"] == "UNKNOWN"


def test_an_eighth_heavy_day_breaks_it_in_november():
    """What no future day can mend falls short at once; until then it is open."""
    day = dt.date(2024, 11, 10)
    assert of("heavy-days@2024", *year(2024, 300, 0, 7), as_of=day) == "PENDING"
    assert of("heavy-days@2024", *year(2024, 300, 0, 8), as_of=day) == "VIOLATION"


@pytest.mark.parametrize(
    ("level", "tenth", "whole", "unrounded"),
    [
        ("78", "COMPLIANT", "COMPLIANT", "COMPLIANT"),
        ("78.04", "COMPLIANT", "COMPLIANT", "VIOLATION"),
        ("78.05", "COMPLIANT", "COMPLIANT", "VIOLATION"),  # half to even: 78.0
        ("78.06", "VIOLATION", "COMPLIANT", "VIOLATION"),
        ("78.5", "VIOLATION", "COMPLIANT", "VIOLATION"),
        ("78.51", "VIOLATION", "VIOLATION", "VIOLATION"),
    ],
)
def test_the_mean_is_compared_as_it_is_reported(level, tenth, whole, unrounded):
    """To one decimal by default, whole by HJ 663, or not rounded at all."""
    records = [attrs.evolve(day, pm10=f"{level} µg/m³") for day in year(2024, 366)]
    found = {
        reading: of(
            "pm10-annual-mean@2024", *records, rules=book(**{"ambient.mean_precision": reading})
        )
        for reading in ("tenth", "whole", "unrounded")
    }
    assert found == {"tenth": tenth, "whole": whole, "unrounded": unrounded}


@pytest.mark.parametrize("level", ["78.04", "78.05", "78.06", "78.51"])
@pytest.mark.parametrize("reading", ["tenth", "whole", "unrounded"])
def test_a_reported_mean_is_compared_as_a_computed_one(level, reading):
    """Who says it makes no difference: both are rounded alike, and neither disputes the other."""
    rules = book(**{"ambient.mean_precision": reading})
    days = [attrs.evolve(day, pm10=f"{level} µg/m³") for day in year(2024, 366)]
    said = Reported(
        id="1", metric="ambient.pm10-mean-without-dust", period="2024", value=f"{level} µg/m³"
    )
    county = County(id="沁阳市")
    computed = of("pm10-annual-mean@2024", *days, rules=rules)
    assert of("pm10-annual-mean@2024", county, said, rules=rules) == computed
    both = airplan.assess(rules, Facts.of(*days, said), OVER)
    assert both.findings.is_empty()


def places(mine, others, **more):
    rows = [("沁阳市", mine), *((f"县{n}", index) for n, index in enumerate(others))]
    return [
        PlacePeriod(id=name, ranking="全省县市", place=name, year=2024, span="全年",
                    index=f"{index} 指数", **more)
        for name, index in rows
    ]  # fmt: skip


@pytest.mark.parametrize(("worse", "outcome"), [(15, "COMPLIANT"), (14, "VIOLATION")])
def test_the_county_leaves_the_last_fifteen_with_fifteen_behind(worse, outcome):
    """Rank 88 of 103 is outside the last fifteen, rank 89 in them."""
    others = ["4.00"] * (102 - worse) + ["6.00"] * worse
    assert of("county-rank@2024", *places("5.00", others)) == outcome


@pytest.mark.parametrize(
    ("level", "ties", "outcome"),
    [
        ("from_end", "shared", "VIOLATION"),
        ("from_end", "last", "VIOLATION"),
        ("from_front", "shared", "COMPLIANT"),
        ("from_front", "last", "VIOLATION"),
    ],
)
def test_a_tie_at_the_edge_is_a_declared_policy(level, ties, outcome):
    """Fourteen behind and one level: 并列倒数第15 is among the last fifteen, rank 88 is not."""
    records = places("5.00", ["4.00"] * 87 + ["5.00"] + ["6.00"] * 14)
    rules = book(**{"I_56_level": level, "ambient.rank_ties": ties})
    assert of("county-rank@2024", *records, rules=rules) == outcome


@pytest.mark.parametrize(
    ("rank", "among", "end", "fixed"),
    [
        (88, 103, "COMPLIANT", "COMPLIANT"),
        (89, 103, "VIOLATION", "VIOLATION"),
        (88, 102, "VIOLATION", "COMPLIANT"),
        (87, 102, "COMPLIANT", "COMPLIANT"),
        (89, 104, "COMPLIANT", "VIOLATION"),
        (88, None, "COMPLIANT", "COMPLIANT"),
    ],
)
def test_the_last_fifteen_are_counted_from_the_end_or_from_103(rank, among, end, fixed):
    """A published list says how many places it has; rank 88 of 102 has fourteen behind."""
    row = PlacePeriod(id="1", ranking="全省县市", place="沁阳市", year=2024, span="全年",
                      rank=rank, places=among)  # fmt: skip
    county = County(id="沁阳市")
    assert of("county-rank@2024", county, row) == end
    rules = book(I_56_from="fixed")
    assert of("county-rank@2024", county, row, rules=rules) == fixed


def test_places_that_nobody_entered_stay_open_by_either_count():
    """100 of 103 are entered: fourteen behind may be up to seventeen, rank 86 up to 89."""
    records = places("5.00", ["4.00"] * 85 + ["6.00"] * 14)
    assert of("county-rank@2024", *records) == "UNKNOWN"
    assert of("county-rank@2024", *records, rules=book(I_56_from="fixed")) == "UNKNOWN"
    whole = [attrs.evolve(row, places=100) for row in records]
    assert of("county-rank@2024", *whole) == "VIOLATION"


def test_a_rank_nobody_entered_is_unknown():
    """Without a list of the year nothing is decided, whatever the month's lists say."""
    month = PlacePeriod(id="1", ranking="全省县市", place="沁阳市", year=2024, span="5月", rank=10)
    assert of("county-rank@2024", County(id="沁阳市"), month) == "UNKNOWN"
    rules = book(I_56="month")
    bad = PlacePeriod(id="2", ranking="全省县市", place="沁阳市", year=2024, span="6月", rank=89)
    assert of("county-rank@2024", County(id="沁阳市"), month, rules=rules) == "UNKNOWN"
    assert of("county-rank@2024", County(id="沁阳市"), month, bad, rules=rules) == "VIOLATION"


@pytest.mark.parametrize(("rank", "outcome"), [(60, "COMPLIANT"), (61, "VIOLATION")])
def test_every_township_leaves_the_last_three(rank, outcome):
    """Rank 60 of 63 is outside the last three."""
    row = PlacePeriod(
        id="1", ranking="焦作市乡镇街道", place="某镇", year=2024, span="全年", rank=rank
    )
    found = outcomes(Township(id="某镇"), Township(id="另一镇"), row)
    assert found["township-rank@2024", "某镇"] == outcome
    assert found["township-rank@2024", "另一镇"] == "UNKNOWN"


def structure(**values):
    return TransportStructure(id="1", county="沁阳市", **values)


def after(duty, *records, subject="1", as_of=dt.date(2026, 1, 1)):
    return of(duty, County(id="沁阳市"), *records, subject=subject, as_of=as_of)


def test_more_than_forty_percent_is_more_than_forty():
    """力争超过40%: 400 of 1000 trucks fall short, 401 do not; the words are a striving."""
    fleet = {"trucks": 1000, "new_energy_trucks": 100}
    assert after("clean-trucks", structure(**fleet, china_6_trucks=300)) == "SHORTFALL"
    assert after("clean-trucks", structure(**fleet, china_6_trucks=301)) == "COMPLIANT"
    assert after("clean-trucks", structure(**fleet)) == "UNKNOWN"
    none = structure(trucks=0, new_energy_trucks=0, china_6_trucks=0)
    assert after("clean-trucks", none) == "UNKNOWN"  # of no truck of any kind there is no share
    open_ = structure(**fleet, china_6_trucks=300)
    assert after("clean-trucks", open_, as_of=dt.date(2025, 12, 31)) == "PENDING"


def test_a_baseline_that_nobody_declared_is_unknown():
    """The plan names no year to rise or fall from."""
    assert after("rail-freight-share", structure(rail_share="9 %")) == "UNKNOWN"
    declared = structure(rail_share="8.5 %", rail_share_baseline="8 %")
    assert after("rail-freight-share", declared) == "COMPLIANT"
    assert after("diesel-truck-nox", structure(diesel_nox="880 吨/年")) == "UNKNOWN"
    fell = structure(diesel_nox="880 吨/年", diesel_nox_baseline="1000 吨/年")
    assert after("diesel-truck-nox", fell) == "COMPLIANT"
    nothing = structure(diesel_nox="0 吨/年", diesel_nox_baseline="0 吨/年")
    assert after("diesel-truck-nox", nothing) == "UNKNOWN"  # what was nothing cannot fall by 12 %
    assert after("rail-freight-share", subject="沁阳市") == "UNKNOWN"  # no row at all


def test_the_five_year_total_is_held_against_what_was_assigned():
    """NOx and VOCs, each against its own tonnes."""
    row = EmissionReduction(id="1", pollutant="氮氧化物", required="100 吨", achieved="99.9 吨")
    assert after("total-emissions", row) == "VIOLATION"
    assert after("total-emissions", attrs.evolve(row, achieved="100 吨")) == "COMPLIANT"
    assert after("total-emissions", attrs.evolve(row, required="0 吨")) == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("good", "needed", "attainable"), [(178, 65, True), (177, 66, False), (250, 0, True)]
)
def test_more_good_days_than_there_are_days_left_are_out_of_reach(good, needed, attainable):
    """With 65 days left of 2025, 66 more good ones cannot come; the verdict knows it too."""
    from airplan_core.assessment.outlook import outlook

    facts = Facts.of(*year(2025, good, 300 - good))
    assessment = airplan.assess(book(), facts, dt.date(2025, 10, 27))
    found = {one.duty.rule.id: one for one in outlook(assessment)}
    for name in ("targets.good-days", "targets.good-day-share"):
        one = found[name]
        assert (one.kind, one.needed, one.left) == ("needed", needed, 65), name
        assert one.attainable is attainable, name
        assert one.outcome == ("PENDING" if attainable and needed else
                               "COMPLIANT" if attainable else "VIOLATION"), name  # fmt: skip


@pytest.mark.parametrize("dust", ["removed", "kept"])
@pytest.mark.parametrize("precision", ["tenth", "whole", "unrounded"])
def test_a_county_replaces_the_limit_under_every_reading(dust, precision):
    """One new limit, whichever number it is held against."""
    rules = airplan.build_rulebook(
        airplan_plugins(),
        Config(
            replace={"targets.pm10-annual-mean": Replacement(limit={"2024": "90 µg/m³"})},
            interpretations={"ambient.dust": dust, "ambient.mean-precision": precision},
        ),
    )
    for level, outcome in (("90", "COMPLIANT"), ("91", "VIOLATION")):
        records = [attrs.evolve(day, pm10=f"{level} µg/m³") for day in year(2024, 366)]
        assert of("pm10-annual-mean@2024", *records, rules=rules) == outcome
