"""The example county on the plan's four days: the same ledgers, and what each date makes of them."""

import datetime as dt
from pathlib import Path

import attrs
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import airplan_core as airplan
from airplan_core.cli.command import main

EXAMPLE = Path(__file__).parents[1] / "examples/qinyang"
DAYS = ("2024-10-01", "2025-01-01", "2025-10-01", "2026-01-01")


@pytest.fixture(scope="module")
def four():
    """The assessment of each of the four days."""
    rulebook = airplan.load_rulebook(EXAMPLE)
    facts = airplan.read_facts(EXAMPLE, rulebook)
    return {day: airplan.assess(rulebook, facts, dt.date.fromisoformat(day)) for day in DAYS}


P, C, L, S, V, E, N, U = (
    "PENDING", "COMPLIANT", "LATE", "SHORTFALL", "VIOLATION", "EXEMPT", "NOT_APPLICABLE", "UNKNOWN",
)  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "subject", "expected"),
    [
        # 30 % by September 2024, 60 % by the year's end, 100 % by the next: 32, 57, 66, 100 %
        ("short-haul@2024-09-30", "合成-水泥", (C, C, C, C)),
        ("short-haul@2024-12-31", "合成-水泥", (P, S, L, L)),
        ("short-haul@2025-12-31", "合成-水泥", (P, P, P, C)),
        # one truck of which nothing is known: 60 to 70 %, enough for the second stage
        ("short-haul@2024-12-31", "合成-炭素", (C, C, C, C)),
        ("short-haul@2025-12-31", "合成-炭素", (P, P, P, S)),
        # 99.99 million tonnes a year are not a million; nothing is entered of 宏达
        ("short-haul@2024-09-30", "合成-玻璃", (N, N, N, N)),
        ("short-haul@2024-09-30", "宏达", (U, U, U, U)),
        ("raw-road", "宏达", (U, U, U, U)),
        # 10, 45, 90 % beyond 300 km
        ("long-haul", "合成-水泥", (P, P, P, C)),
        # 5 of 10 mixers, then 8 of 10
        ("mixers@2024-12-31", "沁阳市", (P, S, L, L)),
        ("mixers@2025-12-31", "沁阳市", (P, P, P, S)),
        # rail 84 %, with new energy 86 %; one trip of a China V truck among those of the plant
        ("rail-users@2024", "晋控天庆", (P, S, S, S)),
        ("rail-shortfall@2024", "晋控天庆", (P, C, C, C)),
        ("rail-users-road@2024", "沁阳电厂", (V, V, V, V)),
        # until the end of September 2025, China VI and stage III will do
        ("in-plant-vehicles", "合成-水泥车-厂内国六乙", (E, E, V, V)),
        ("in-plant-vehicles", "合成-水泥车-厂内国六甲", (E, E, V, N)),
        ("fallback-machines", "合成-机械-1", (E, E, V, V)),
        ("state-owned-machines", "合成-机械-1", (C, C, C, C)),
        ("state-owned-machines", "合成-机械-5", (P, P, P, V)),
        # 70 % clean and, of the 10 % that are short, 65 % by new energy; in the end all of it
        ("raw-clean", "合成-水泥", (C, C, V, C)),
        # gone by 2025-06-30; on 2026-01-01; not at all
        ("stage-3-vehicles", "合成-旧车-1", (P, P, C, C)),
        ("stage-3-vehicles", "合成-旧车-2", (P, P, P, L)),
        ("stage-3-vehicles", "合成-旧车-3", (P, P, P, V)),
        ("fleets", "合成-公交-12", (P, P, P, C)),
        ("fleets", "合成-出租-5", (P, P, P, S)),
        ("fleets", "合成-环卫-2", (E, E, E, E)),
        ("fleets", "合成-物流-2", (U, U, U, U)),
        ("road-turnover@2025", "沁阳市", (P, P, P, C)),
        # a power plant that can move everything by rail, and a steel works that cannot
        ("state-owned-clean", "沁阳电厂", (P, P, P, S)),
        ("state-owned-rest", "沁阳电厂", (N, N, N, N)),
        ("state-owned-clean", "合成-国钢", (N, N, N, N)),
        ("ultra-low-transport", "合成-水泥", (P, P, S, L)),
        ("fuel-evaporation", "沁阳市", ("ADVISORY",) * 4),
        ("service-areas", "合成-充电-2", (V, V, V, V)),
    ],
)
def test_each_day_makes_its_own_of_the_same_ledgers(four, duty, subject, expected):
    """What is pending turns, what is late is told from what is met, allowances end."""
    found = []
    for assessment in four.values():
        rows = assessment.verdicts
        (outcome,) = rows.filter(
            (rows["duty"] == f"no2.{duty}") & (rows["subject"] == subject)
        )["outcome"]  # fmt: skip
        found.append(outcome)
    assert tuple(found) == expected


def test_two_sentences_that_clash_are_both_shown(four, capsys):
    """A state-owned steel works may keep its stage III loader, and may not (I-05)."""
    found = four["2025-10-01"].clashes
    (row,) = found.filter(found["question"] == "I-05").to_dicts()
    assert (row["subject"], row["outcome"], row["other_outcome"]) == ("合成-机械-1", C, V)
    # what is demanded in one place is striven for in another: short of both, at two strengths
    (row,) = found.filter(
        (found["question"] == "I-07") & (found["subject"] == "合成-水泥")
    ).to_dicts()
    assert (row["clause"], row["outcome"], row["other_outcome"]) == ("2.1.6-2", V, S)
    assert main(["assess", str(EXAMPLE), "--as-of", "2025-10-01", "--limit", "99"]) == 1
    out = capsys.readouterr().out.replace(" ", "").replace("\n", "")
    assert "规定不一致" in out
    for clause in ("2.4.2-10", "2.4.3-18"):
        assert clause in out
    assert main(["explain", "no2.fallback-machines", "合成-机械-1", str(EXAMPLE),
                 "--as-of", "2025-09-30"]) == 0  # fmt: skip
    out = capsys.readouterr().out
    assert "另有规定 (I-05): 2.4.2-10" in out
    assert "例外 “2025年9月底前可采用国三排放标准非道路移动机械”: ✓" in out


def test_a_department_that_reports_otherwise_is_a_finding(four):
    """52 % reported, 50 % in the ledger: DATA_CONFLICT names both; the ledger is what counts."""
    (row,) = four["2026-01-01"].findings.to_dicts()
    assert (row["finding"], row["metric"], row["period"]) == (
        "DATA_CONFLICT", "no2.mixers-new-energy", "2024-12-31",
    )  # fmt: skip
    assert (row["value"], row["reported"], row["reported_by"]) == (50, 52, "市工信局")


def test_explain_lists_the_stages_the_interval_and_what_is_short(capsys):
    """Three stages; 60 to 70 %; so many tonnes."""
    words = ["explain", "no2.short-haul", "合成-炭素", str(EXAMPLE), "--as-of", "2026-01-01"]
    assert main(words) == 0
    out = capsys.readouterr().out
    for day in ("2024-09-30", "2024-12-31", "2025-12-31"):
        assert f"no2.short-haul@{day} · 期限 {day}" in out
    assert "= [60, 70] %" in out
    assert "60 吨，共 90 吨; 尚差 30 吨（未知数据均不利时 40 吨）" in out
    assert main(["explain", "no2.mixers", "沁阳市", str(EXAMPLE), "--as-of", "2025-10-01"]) == 0
    out = capsys.readouterr().out
    assert "期限当日 (2024-12-31):" in out
    assert "8 辆，共 10 辆; 尚差 2 辆" in out


def test_a_long_ledger_is_looked_at_in_parts(four, monkeypatch):
    """However few outcomes are looked at at once, the verdicts are the same."""
    whole = four["2025-01-01"].verdicts
    monkeypatch.setattr("airplan_core.engines.polars.engine._AT_ONCE", 1)
    monkeypatch.setattr("airplan_core.engines.polars.outcomes.LONG", 1)
    assert_frame_equal(attrs.evolve(four["2025-01-01"]).verdicts, whole)


def test_each_department_has_its_list(capsys):
    """Where it leads stands first, then what it shares, then where it co-operates."""
    words = ["assess", str(EXAMPLE), "--as-of", "2026-01-01", "--by-department", "--limit", "99"]
    assert main(words) == 1
    out = capsys.readouterr().out
    mine = out[out.index("\n市工信局 (") :]
    mine = mine[: mine.index("\n\n\n")] if "\n\n\n" in mine else mine
    places = [mine.index(role) for role in ("牵头", "分工负责", "配合")]
    assert places == sorted(places)
    assert "no2.mixers" in mine


@pytest.mark.parametrize("day", DAYS)
def test_counts_are_those_of_the_verdicts(four, day):
    """Of each duty, though what recurs is counted in another way than it is told."""
    told = four[day].verdicts.group_by("duty", "outcome").len("count")
    counted = four[day].counts.filter(pl.col("count") > 0).select("duty", "outcome", "count")
    assert sorted(told.rows()) == sorted(counted.rows())


def changes(four, campaign, one, other):
    """The duties of a campaign some of whose verdicts are another on another day, by rule."""
    found = {
        day: {
            (row["duty"], row["subject"]): row["outcome"]
            for row in four[day].verdicts.filter(campaign=campaign).iter_rows(named=True)
        }
        for day in (one, other)
    }
    assert found[one].keys() == found[other].keys()
    return {key[0] for key in found[one] if found[one][key] != found[other][key]}


def test_dust_control_turns_on_the_plans_days_and_the_rows_own(four):
    """Between the three days a verdict of the PM10 chapter changes where a date lies between."""
    # begun and ended sites are spoken of from then, or until then
    sites = {"pm10.responsibility-letters", "pm10.site-measures"}
    land = {"pm10.bare-land"}  # three months after its own day, and treated on 2024-11-05
    assert changes(four, "pm10", "2024-10-01", "2025-01-01") == sites | land | {
        "pm10.afforestation@2024",
        "pm10.dustfall@2024",
        "pm10.forest-tending@2024",
        "pm10.mine-plots-2024",
        "pm10.parking-lots",
        "pm10.parking-lots-cleaned",
        "pm10.parking-lots-covered",
        "pm10.parking-lots-first",  # one was finished on 2024-10-20
        "pm10.parking-lots-hardened",
    }
    assert changes(four, "pm10", "2025-01-01", "2026-01-01") == sites | land | {
        "pm10.demonstration-sites-2025",
        "pm10.dustfall@2025",
        "pm10.mine-plots-2024",  # one was restored on 2025-03-20
        "pm10.mine-plots-2025",
        "pm10.sweeping-rate",
        "pm10.wider-sweeping@2025",
    }


def test_coal_and_heating_turn_on_the_plans_days_and_the_rows_own(four):
    """So does the SO2 chapter with its annexes: the years' ends, each month's, and acts between."""

    def yearly(year):
        return {
            f"so2.annex1-villages-{year}@{year}",
            f"so2.annex2-households-{year}@{year}",
            f"so2.annex2-rate-{year}",
            f"so2.annex3-area-{year}@{year}",
            f"so2.annex3-coverage-{year}",
            f"so2.annex3-households-{year}@{year}",
            f"so2.central-heating@{year}-12-31",
            f"so2.check-frequency@{year}",
            f"so2.fewer-high-values@{year}",
            f"so2.non-power-coal-falls@{year}",
        }

    def monthly(year, *months):
        names = ("so2.no-surges", "so2.stable-compliance")
        return {f"{name}@{year}-{month:02}" for name in names for month in months}

    assert changes(four, "so2", "2024-10-01", "2025-01-01") == (
        yearly(2024)
        | monthly(2024, 10, 11, 12)
        | {
            "so2.clean-drying-publicity",
            "so2.coal-offences",
            "so2.farm-equipment-removed",
            "so2.mountain-coal-quality",
            "so2.no-burn-zone-campaign",
        }
    )
    assert changes(four, "so2", "2025-01-01", "2026-01-01") == (
        yearly(2025)
        | monthly(2025, *range(1, 13))
        | {
            "so2.annex1-coverage-2025",
            "so2.building-integrated-solar",
            "so2.coal-cap@2025",
            "so2.coal-offences",
            "so2.gas-to-villages",
            "so2.herb-drying",
            "so2.herb-sites-surveyed",
        }
    )


def test_ozone_turns_on_the_plans_days_and_the_rows_own(four):
    """Seasons, checks by May and tests by July, outlets each month, leaks on days of their own."""

    def monthly(year, *months):
        return {f"ozone.stable-compliance@{year}-{month:02}" for month in months}

    # sealing points are tested again, and plants approved, on days of their own
    own = {"ozone.ldar-after-relief", "ozone.ldar-first-test", "ozone.ldar-half-yearly"}
    own |= {"ozone.new-plants-in-parks", "ozone.chemical-parks-upgraded"}
    # whom a peak lets off is held to it again when it is over
    own |= {"ozone.differentiated-measures-carried-out"}

    def yearly(year):
        return {
            f"ozone.regenerated-more-often@{year}",
            f"ozone.three-rates@{year}",
            f"ozone.truck-tightness-tested-{year}",
        }

    assert changes(four, "ozone", "2024-10-01", "2025-01-01") == own | yearly(2024) | monthly(
        2024, 10, 11, 12
    ) | {
        "ozone.abnormal-procedure-followed",
        "ozone.chemical-park-platforms",
        "ozone.failed-samples-dealt-with",
        "ozone.first-on-last-off",
        "ozone.flare-data-kept",
        "ozone.fuel-quality",
        "ozone.hopeless-plants-closed",
        "ozone.ldar-first-repair",
        "ozone.ldar-repaired",
        "ozone.leads-traced",
        "ozone.off-peak-loading@2025",  # nobody can have done it before the year begins
        "ozone.summer-vapour-pressure",
        "ozone.tightness-breaches",
        "ozone.tyre-mixing-treated",
        "ozone.voc-chapter",
        "ozone.voc-offset",
        "ozone.voc-offset-scheme",
    }
    assert changes(four, "ozone", "2025-01-01", "2026-01-01") == own | yearly(2025) | monthly(
        2025, *range(1, 13)
    ) | {
        "ozone.depots-special-check-2025",
        "ozone.depots-tested-2025",
        "ozone.fuel-inspections@2025",
        "ozone.ldar-yearly",
        "ozone.night-filling-2025",
        "ozone.petrol-stations-spot-checked-2025",
        "ozone.positive-list@2025",
        "ozone.stations-special-check-2025",
        "ozone.stations-tested-2025",
        "ozone.tank-trucks-special-check-2025",
        "ozone.tank-trucks-tested-2025",
        "ozone.tanks-sampled@2025",
        "ozone.vapour-pressure-control@2025",
    }


def test_co_and_fugitive_emissions_turn_on_no_day_of_the_plan(four):
    """Instructions were given in the last months of 2024, and one yard was treated in 2025."""
    assert changes(four, "co", "2024-10-01", "2025-01-01") == {
        "co.every-emitter-managed",
        "co.key-emitters-supervised",
        "co.less-by-adjusting",
        "co.orders-by-air-and-wind",
        "co.precise-management",
    }
    assert changes(four, "fugitive", "2024-10-01", "2025-01-01") == set()
    assert changes(four, "co", "2025-01-01", "2026-01-01") == set()
    assert changes(four, "fugitive", "2025-01-01", "2026-01-01") == {"fugitive.deep-treatment"}


def test_the_emergency_turns_on_its_episode_and_safeguards_on_weeks_and_months(four):
    """An episode in December 2024; grades and straw by the year; what recurs is asked anew."""
    assert changes(four, "emergency", "2025-01-01", "2026-01-01") == {
        "emergency.graded-enterprises-increase@2025",
        "emergency.listed-have-measures",  # entries that held for the winter alone
        "emergency.measures-checkable",
        "emergency.measures-placed",
        "emergency.new-grades@2025",
        "emergency.straw-fires-sanctioned",  # a fire of 2025
        "emergency.straw-used@2025",
    }
    episode = changes(four, "emergency", "2024-10-01", "2025-01-01")
    assert {"emergency.measures-taken", "emergency.freight-reduced", "emergency.own-cuts"} < episode
    found = changes(four, "safeguards", "2025-01-01", "2026-01-01")
    assert {duty for duty in found if "@" not in duty} == {
        "safeguards.joint-enforcement",
        "safeguards.lasting-management",
        "safeguards.projects-effective",
    }
    assert "safeguards.work-reports-by-month@2025-01" in found
