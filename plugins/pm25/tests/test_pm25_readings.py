"""What the chapter decides at its limits, on its days, and under each reading of the plan."""

import datetime as dt

import attrs
import pytest

import airplan_pm25
import airplan_qinyang
from airplan_core import Attestation, Config, County, build_rulebook, check, contribution
from airplan_core.rulebook.config import Replacement
from airplan_pm25.ledgers import (
    HONGDA,
    Boiler,
    BrickEnterprise,
    BrickLine,
    BrickSubsidy,
    ElectricArcFurnace,
    FacilityProblem,
    GreenListing,
    Project,
    ProjectEmission,
    TreatmentFacility,
)
from airplan_pm25.projects import no_boiler_in_heating_area
from airplan_qinyang import Enterprise
from airplan_qinyang.parks import ChemicalPark
from airplan_qinyang.works import UltraLowRetrofit

NEW_YEAR = "2026-01-01"


def book(*, replace=None, **readings):
    return build_rulebook(
        [
            contribution(airplan_pm25.CAMPAIGN),
            contribution(airplan_qinyang.CAMPAIGN),
        ],
        Config(
            interpretations={id.replace("_", "-"): one for id, one in readings.items()},
            replace=replace or {},
        ),
    )


BOOK = book()


def outcome(rule, subject, *related, on=NEW_YEAR, rules=BOOK):
    """The outcome of a rule, or of one of its duties, for a subject."""
    verdicts = check(rules, subject, dt.date.fromisoformat(on), *related)
    (found,) = [v.outcome for v in verdicts if v.duty.id == f"pm25.{rule}"]
    return found


# 2: projects


@pytest.mark.parametrize(
    ("reading", "offset", "expected"),
    [
        ("twice", "10", "COMPLIANT"),
        ("twice", "9.999999", "VIOLATION"),
        ("above_par", "5.000001", "COMPLIANT"),
        ("above_par", "5", "VIOLATION"),
    ],
)
def test_a_multiple_is_twice_or_merely_more(reading, offset, expected):
    """倍量 is twice what is added; read otherwise, anything above it."""
    row = ProjectEmission(id="1", added="5 吨/年", offset=f"{offset} 吨/年")
    rules = book(**{"2.1.2-1-offset": reading})
    assert outcome("multiple-offset", row, rules=rules) == expected


def test_what_adds_nothing_replaces_nothing():
    """A project that adds no emission owes no replacement."""
    row = ProjectEmission(id="1", added="0 吨/年", offset="0 吨/年")
    assert outcome("multiple-offset", row) == "NOT_APPLICABLE"


def test_intensity_is_compared_without_rounding():
    """Six tonnes from 14 are as many a tonne as three from seven, though neither is a decimal."""
    project = Project(id="p", nature="扩建")
    row = ProjectEmission(
        id="1",
        project="p",
        before="3 吨/年",
        output_before="7 吨/年",
        after="6 吨/年",
        output_after="14 吨/年",
    )
    assert outcome("no-higher-intensity", row, project) == "COMPLIANT"


@pytest.mark.parametrize(("after", "expected"), [("4", "COMPLIANT"), ("4.000001", "VIOLATION")])
def test_a_brick_works_counts_its_output_in_bricks(after, expected):
    """Three tonnes from 60 million bricks are as much a brick as four from 80 million."""
    project = Project(id="p", nature="扩建", industry="烧结砖瓦")
    bricks = {"bricks_before": "6000 万块/年", "bricks_after": "0.8 亿块/年"}
    row = ProjectEmission(id="1", project="p", before="3 吨/年", after=f"{after} 吨/年", **bricks)
    assert outcome("no-higher-intensity", row, project) == expected


@pytest.mark.parametrize(
    ("reading", "before", "expected"),
    [
        ("existing", "0", "NOT_APPLICABLE"),
        ("existing", "0.000001", "SHORTFALL"),
        ("every", "0", "SHORTFALL"),
        ("existing", None, "UNKNOWN"),
    ],
)
def test_a_factor_that_was_not_there_is_not_an_existing_one(reading, before, expected):
    """现有污染因子 is what was emitted before the project."""
    project = Project(id="p", nature="改建")
    row = ProjectEmission(id="1", project="p", before=before and f"{before} 吨/年", after="1 吨/年")
    rules = book(**{"2.1.2-2-existing": reading})
    assert outcome("no-added-emission", row, project, rules=rules) == expected


@pytest.mark.parametrize(
    ("adds", "replaced", "expected"),
    [
        (False, None, "NOT_APPLICABLE"),
        (True, True, "NOT_APPLICABLE"),
        (True, False, "VIOLATION"),
        (None, None, "UNKNOWN"),
    ],
)
def test_a_ban_on_new_capacity_speaks_of_new_capacity(adds, replaced, expected):
    """A steel project that adds no capacity is in no count of those that keep the ban."""
    row = Project(id="1", industry="钢铁", adds_capacity=adds, capacity_offset=replaced)
    assert outcome("no-new-capacity", row) == expected


def test_an_old_park_is_not_a_new_one():
    """原则上不再新增化工园区 counts the parks that are added; who has none has added none."""
    county = County(id="沁阳市")

    def of(newly_added):
        park = ChemicalPark(id="1", county="沁阳市", newly_added=newly_added)
        return outcome("no-new-chemical-park", county, park)

    assert (of(False), of(True), of(None)) == ("COMPLIANT", "SHORTFALL", "UNKNOWN")


@pytest.mark.parametrize(
    ("reading", "expected"), [("net", "NOT_APPLICABLE"), ("gross", "VIOLATION")]
)
def test_replaced_capacity_is_not_new(reading, expected):
    """Capacity that other capacity makes way for is not added, unless the ban is read bare."""
    row = Project(id="1", industry="烧结砖瓦", adds_capacity=True, capacity_offset=True)
    assert outcome("no-new-capacity", row, rules=book(I_14=reading)) == expected


@pytest.mark.parametrize(
    ("sintering", "expected"),
    [(True, "VIOLATION"), (False, "NOT_APPLICABLE"), (None, "UNKNOWN")],
)
def test_refractories_are_closed_only_with_sintering(sintering, expected):
    """The eleventh industry is refractories with a sintering step."""
    row = Project(
        id="1",
        industry="耐火材料",
        has_sintering=sintering,
        adds_capacity=True,
        capacity_offset=False,
    )
    assert outcome("no-new-capacity", row) == expected


@pytest.mark.parametrize(
    ("reading", "day", "expected"),
    [
        ("at_least", "2024-02-29", "NOT_APPLICABLE"),
        ("at_least", "2024-03-01", "VIOLATION"),
        ("more_than", "2024-03-01", "NOT_APPLICABLE"),
        ("more_than", "2024-03-02", "VIOLATION"),
    ],
)
def test_an_approval_is_stale_after_five_years(reading, day, expected):
    """On its fifth anniversary an approval is stale, or, read strictly, the day after."""
    row = stale(energy_intensive=True, high_emission=True, overcapacity=True)
    assert outcome("stale-approval", row, on=day, rules=book(I_12=reading)) == expected


@pytest.mark.parametrize(
    ("reading", "expected"), [("any", "VIOLATION"), ("every", "NOT_APPLICABLE")]
)
def test_one_of_three_kinds_is_enough(reading, expected):
    """A project of high emission alone is meant, unless 和 is read as all at once."""
    row = stale(energy_intensive=False, high_emission=True, overcapacity=False)
    rules = book(**{"2.1.2-10-and": reading})
    assert outcome("stale-approval", row, on="2025-01-01", rules=rules) == expected


@pytest.mark.parametrize(
    ("suspended", "reassessed", "both", "suspended_", "first"),
    [
        ("2024-04-01", "never", "VIOLATION", "COMPLIANT", "VIOLATION"),
        ("2024-04-01", "2024-04-01", "COMPLIANT", "COMPLIANT", "COMPLIANT"),
        ("2024-04-02", "2024-04-01", "COMPLIANT", "COMPLIANT", "VIOLATION"),
        ("never", "2024-04-01", "VIOLATION", "VIOLATION", "VIOLATION"),
        ("2024-04-01", None, "UNKNOWN", "COMPLIANT", "UNKNOWN"),
    ],
)
def test_a_stale_project_stops_and_is_assessed_again(
    suspended, reassessed, both, suspended_, first
):
    """Both acts are asked for; read otherwise, stopping will do, or comes first."""
    row = attrs.evolve(
        stale(energy_intensive=True), suspended_on=suspended, reassessed_on=reassessed
    )
    waiting = book(**{"2.1.2-10-awaiting": "suspended"})
    in_order = book(**{"2.1.2-10-order": "suspended_first"})
    day = "2025-01-01"
    assert outcome("stale-approval", row, on=day) == both
    assert outcome("stale-approval", row, on=day, rules=waiting) == suspended_
    assert outcome("stale-approval", row, on=day, rules=in_order) == first


@pytest.mark.parametrize(
    ("reading", "share", "expected"),
    [
        ("all", "99.999999", "VIOLATION"),
        ("all", "100", "COMPLIANT"),
        ("eighty", "80", "COMPLIANT"),
        ("eighty", "79.999999", "VIOLATION"),
    ],
)
def test_clean_transport_without_a_share_is_all_of_it(reading, share, expected):
    """The sentence limits nothing; read by its neighbour, four fifths will do."""
    row = Project(id="1", industry="水泥", is_replacement=True, clean_share=f"{share} %")
    rules = book(**{"2.1.2-9-share": reading})
    assert outcome("cement-clean-transport", row, rules=rules) == expected


@pytest.mark.parametrize(
    ("question", "rule", "row"),
    [
        (
            "2.1.2-4-etc",
            "no-new-capacity",
            Project(
                id="1", industry="其他", overcapacity=True, adds_capacity=True,
                capacity_offset=False,
            ),
        ),
        (
            "2.1.2-5-etc",
            "capacity-replacement",
            Project(id="1", industry="玻璃", is_replacement=True, replacement_conforms=False),
        ),
        (
            "2.1.6-1-upgrade",
            "ultra-low-projects",
            Project(id="1", industry="钢铁", nature="技术改造", ultra_low=False),
        ),
    ],
)  # fmt: skip
def test_a_list_that_goes_on_reaches_further(question, rule, row):
    """等, and 改, mean what they name, or more."""
    named, more = (name for name, _ in BOOK.interpretations[question].readings)
    assert outcome(rule, row, rules=book(**{question: named})) == "NOT_APPLICABLE"
    assert outcome(rule, row, rules=book(**{question: more})) == "VIOLATION"


@pytest.mark.parametrize(
    ("question", "rule", "industry"),
    [("2.1.4-1-etc", "cleaner-processes", "其他"), ("2.1.6-3-etc", "kiln-treatment", "陶瓷")],
)
def test_an_industry_that_is_not_named(question, rule, industry):
    """An act is recorded of the industries that the list names, or of others too."""
    works = Enterprise(id="1", industry=industry)
    assert outcome(rule, works) == "NOT_APPLICABLE"
    assert outcome(rule, works, rules=book(**{question: "open"})) == "UNKNOWN"


def stale(**kinds):
    return Project(
        id="1",
        nature="新建",
        approved_on="2019-03-01",
        in_production_on="never",
        suspended_on="never",
        reassessed_on="never",
        **kinds,
    )


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("without_new_energy", "VIOLATION"), ("with_new_energy", "COMPLIANT")],
)
def test_new_energy_trucks_are_clean_transport_or_not(reading, expected):
    """Bulk goods that new-energy trucks carry are moved cleanly only in one reading."""
    row = Project(
        id="1",
        industry="水泥熟料",
        is_replacement=True,
        clean_share="90 %",
        clean_share_with_new_energy="100 %",
    )
    assert outcome("cement-clean-transport", row, rules=book(I_06=reading)) == expected


def test_consolidated_works_make_a_hundred_million():
    """不低于1亿块/年 includes 1亿; one brick fewer falls short, in principle."""
    enough = BrickEnterprise(id="1", consolidated=True, capacity="1 亿块/年")
    fewer = BrickEnterprise(id="1", consolidated=True, capacity="99999999 块/年")
    assert outcome("brick-consolidation", enough) == "COMPLIANT"
    assert outcome("brick-consolidation", fewer) == "SHORTFALL"


# 2, its last two sentences: boilers


@pytest.mark.parametrize(
    ("fuel", "standby", "expected"),
    [
        ("天然气", True, "EXEMPT"),
        ("天然气", False, "SHORTFALL"),
        ("其他燃气", True, "SHORTFALL"),
        ("燃油", True, "SHORTFALL"),
    ],
)
def test_only_a_standby_natural_gas_boiler_is_excepted(fuel, standby, expected):
    """Where central heating reaches, being on standby or burning gas is not enough by itself."""
    row = Boiler(
        id="1",
        fuel=fuel,
        standby=standby,
        new_build=True,
        in_heating_area=True,
        central_heating=False,
    )
    assert outcome("no-new-boiler-in-heating-area", row) == expected


@pytest.mark.parametrize(
    ("reading", "expected"), [("exempt", "NOT_APPLICABLE"), ("banned", "SHORTFALL")]
)
def test_a_central_heating_boiler_stands_where_its_heat_goes(reading, expected):
    """The second sentence does not speak of central-heating boilers, unless read bare."""
    row = Boiler(
        id="1",
        fuel="燃煤",
        standby=False,
        new_build=True,
        in_heating_area=True,
        central_heating=True,
    )
    assert outcome("no-new-boiler-in-heating-area", row, rules=book(I_16=reading)) == expected
    assert outcome("no-new-coal-or-biomass-boiler", row) == "EXEMPT"


def test_the_exception_is_the_sentences_own():
    """The boiler sentence makes one exception, in its own words."""
    (exempt,) = no_boiler_in_heating_area.exempt
    assert exempt.text in no_boiler_in_heating_area.text


# 3: capacity that exits


@pytest.mark.parametrize(
    ("reading", "capacity", "expected"),
    [
        ("included", "60000000", "VIOLATION"),
        ("included", "60000001", "NOT_APPLICABLE"),
        ("excluded", "60000000", "NOT_APPLICABLE"),
        ("excluded", "59999999", "VIOLATION"),
    ],
)
def test_a_line_of_sixty_million_exits(reading, capacity, expected):
    """A line of exactly 60 million bricks exits, unless 以下 is read without its number."""
    row = BrickLine(id="1", product="烧结砖", capacity=f"{capacity} 块/年", exited_on="never")
    assert outcome("small-brick-lines-exit", row, rules=book(I_13=reading)) == expected


@pytest.mark.parametrize(
    ("exited", "on", "expected"),
    [
        ("never", "2025-12-31", "PENDING"),
        ("never", "2026-01-01", "VIOLATION"),
        ("2025-12-31", "2026-01-01", "COMPLIANT"),
        ("2026-01-01", "2026-01-01", "LATE"),
        (None, "2026-01-01", "UNKNOWN"),
    ],
)
def test_the_last_day_of_2025_is_in_time(exited, on, expected):
    """On the due day an open exit is pending; the day after, it falls short or was late."""
    row = BrickLine(id="1", product="烧结砖", capacity="6000 万标砖/年", exited_on=exited)
    assert outcome("small-brick-lines-exit", row, on=on) == expected


def test_no_line_falls_between_the_two_sentences():
    """A line of a consolidated works either exits or is large enough, whatever its capacity."""
    works = BrickEnterprise(id="w", consolidated=True)
    for capacity in ("59999999", "60000000", "60000001"):
        row = BrickLine(
            id="1",
            enterprise="w",
            product="烧结砖",
            capacity=f"{capacity} 块/年",
            exited_on="never",
        )
        exits = outcome("small-brick-lines-exit", row) == "VIOLATION"
        stays = outcome("consolidated-line", row, works) == "COMPLIANT"
        assert exits is not stays


@pytest.mark.parametrize(
    ("reading", "exited", "expected"),
    [
        ("end_of_year", "2025-12-31", "NOT_APPLICABLE"),
        ("end_of_year", "2026-01-01", "VIOLATION"),
        ("start_of_year", "2024-12-31", "NOT_APPLICABLE"),
        ("start_of_year", "2025-01-01", "VIOLATION"),
    ],
)
def test_the_subsidy_ends_after_2025(reading, exited, expected):
    """A closure on the last day of 2025 may still be paid for, unless 之后 is from its first."""
    row = BrickLine(id="1", exited_on=exited, subsidy="1 元")
    assert outcome("no-late-brick-subsidy", row, rules=book(I_50=reading)) == expected


@pytest.mark.parametrize(
    ("rate", "previous", "expected"),
    [
        ("80", "80", "VIOLATION"),
        ("79.9", "80", "COMPLIANT"),
        ("80", "0", "NOT_APPLICABLE"),
        ("0", "0", "NOT_APPLICABLE"),
    ],
)
def test_a_subsidy_declines_from_its_second_year_on(rate, previous, expected):
    """The first year has nothing to decline from; an equal second year does not decline."""
    row = BrickSubsidy(id="2025", rate=f"{rate} 万元", previous_rate=f"{previous} 万元")
    assert outcome("declining-brick-subsidy", row) == expected


@pytest.mark.parametrize(
    ("exited", "enlarged", "after", "expected"),
    [
        ("2024-12-31", "never", None, "COMPLIANT"),
        ("never", "2024-12-31", "100", "COMPLIANT"),
        ("2025-01-01", "2024-12-31", "100", "COMPLIANT"),
        ("never", "2025-01-01", "100", "LATE"),
        ("never", "never", "100", "VIOLATION"),
        ("never", None, "100", "UNKNOWN"),
        ("never", "2024-12-31", None, "UNKNOWN"),
        ("never", "2024-12-31", "35", "VIOLATION"),
    ],
)
def test_a_furnace_exits_or_is_enlarged(exited, enlarged, after, expected):
    """Either way will do, and the one in time counts; what has not grown was not enlarged."""
    row = ElectricArcFurnace(
        id="1",
        owner=HONGDA,
        capacity="35 吨",
        capacity_after=after and f"{after} 吨",
        exited_on=exited,
        enlarged_on=enlarged,
    )
    assert outcome("arc-furnaces-exit-or-enlarge", row, on="2025-01-01") == expected


@pytest.mark.parametrize(
    ("reading", "after", "expected"),
    [
        ("larger", "35.000001", "COMPLIANT"),
        ("unrestricted", "99.999999", "VIOLATION"),
        ("unrestricted", "100", "COMPLIANT"),
    ],
)
def test_an_enlarged_furnace_is_larger_or_of_a_hundred_tonnes(reading, after, expected):
    """大型化 names no tonnes; the province's line is 100."""
    row = ElectricArcFurnace(
        id="1", owner=HONGDA, capacity="35 吨", capacity_after=f"{after} 吨",
        exited_on="never", enlarged_on="2024-12-01",
    )  # fmt: skip
    rules = book(**{"2.1.3-6-enlarged": reading})
    assert outcome("arc-furnaces-exit-or-enlarge", row, rules=rules) == expected


def test_other_furnaces_are_not_meant():
    """The sentence names one works, and furnaces of 35 tonnes."""
    other = ElectricArcFurnace(id="1", owner="其他", capacity="35 吨")
    larger = ElectricArcFurnace(id="2", owner=HONGDA, capacity="100 吨")
    assert outcome("arc-furnaces-exit-or-enlarge", other) == "NOT_APPLICABLE"
    assert outcome("arc-furnaces-exit-or-enlarge", larger) == "NOT_APPLICABLE"


# 4: listings


def test_a_listing_counts_in_the_year_of_its_publication():
    """Two listings in one year do not make up for none in the other."""
    county = County(id="沁阳市")
    won = [
        GreenListing(id=day, county=county.id, listed_on=day)
        for day in ("2024-01-01", "2024-12-31")
    ]
    assert outcome("green-listing-2024@2024", county, *won) == "COMPLIANT"
    assert outcome("green-listing-2025@2025", county, *won) == "VIOLATION"


# 6: retrofits


@pytest.mark.parametrize("industry", ["钢铁", "水泥", "水泥熟料"])
def test_every_aspect_is_needed_in_time(industry):
    """Three aspects in time and one a day late are late; a clinker works is a cement works."""
    works = Enterprise(id="w", industry=industry)
    aspects = dict.fromkeys(
        ("stacks_on", "fugitive_on", "transport_on", "monitoring_on"), "2025-09-30"
    )
    whole = UltraLowRetrofit(id="1", enterprise="w", **aspects)
    late = UltraLowRetrofit(id="1", enterprise="w", **{**aspects, "transport_on": "2025-10-01"})
    open_ = UltraLowRetrofit(id="1", enterprise="w", **{**aspects, "transport_on": "never"})
    assert outcome("ultra-low-works", whole, works) == "COMPLIANT"
    assert outcome("ultra-low-works", late, works) == "LATE"
    assert outcome("ultra-low-works", open_, works) == "VIOLATION"
    assert outcome("ultra-low-works", open_, works, on="2025-09-30") == "PENDING"


def test_a_boiler_on_any_gas_needs_low_nox():
    """燃气锅炉 is a boiler on any gas; one on oil is not."""
    for fuel, expected in (("其他燃气", "VIOLATION"), ("燃油", "NOT_APPLICABLE")):
        assert outcome("low-nox-gas-boilers", Boiler(id="1", fuel=fuel, low_nox_on="never")) == (
            expected
        )


@pytest.mark.parametrize(
    ("reading", "in_october"), [("sentence", "PENDING"), ("half", "VIOLATION")]
)
def test_the_october_date_reaches_the_biomass_boilers(reading, in_october):
    """A date governs the parts of its own sentence; a ban in it holds at once."""
    row = Boiler(id="1", fuel="生物质", dedicated_furnace=False, dedusting="无", cofires=True)
    rules = book(**{"2.1.6-6-date": reading})
    for rule in ("biomass-dedicated-furnace", "biomass-dedusting"):
        assert outcome(rule, row, on="2024-10-31", rules=rules) == in_october
        assert outcome(rule, row, on="2024-11-01", rules=rules) == "VIOLATION"
    assert outcome("biomass-no-cofiring", row, on="2024-08-01", rules=rules) == "VIOLATION"


def test_a_countys_own_due_date_holds_under_every_reading():
    """What airplan.toml says of a rule is no question."""
    id = "pm25.biomass-dedicated-furnace"
    rules = book(replace={id: Replacement(due=dt.date(2024, 12, 31))}, **{"2.1.6-6-date": "half"})
    row = Boiler(id="1", fuel="生物质", dedicated_furnace=False)
    assert outcome("biomass-dedicated-furnace", row, on="2024-12-31", rules=rules) == "PENDING"
    assert outcome("biomass-dedicated-furnace", row, on="2025-01-01", rules=rules) == "VIOLATION"


# 8: facilities

SIGNS = (
    "unsuitable", "crude", "badly_built", "corroded", "uncontrolled", "badly_run", "tampered",
)  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_any_sign_makes_a_suspect(sign):
    """One of the seven signs is enough, whatever is known of the others."""
    row = TreatmentFacility(id="1", **{sign: True}, monitored_on="never")
    others = TreatmentFacility(id="2"), FacilityProblem(id="p", facility="2")
    assert outcome("suspects-monitored", row) == "VIOLATION"
    assert outcome("suspects-listed", row, *others) == "VIOLATION"


def test_the_list_of_problems_is_the_ledger_of_problems():
    """A suspect is on the list where the list has a problem of it."""
    row = TreatmentFacility(id="1", corroded=True)
    listed = FacilityProblem(id="p", facility="1")
    perhaps = FacilityProblem(id="p")
    assert outcome("suspects-listed", row, listed) == "COMPLIANT"
    assert outcome("suspects-listed", row, perhaps) == "UNKNOWN"
    assert outcome("suspects-listed", row) == "UNKNOWN"  # no list was supplied


@pytest.mark.parametrize(("reading", "august"), [("parts", "PENDING"), ("inspection", "VIOLATION")])
def test_the_inspections_date_governs_its_parts(reading, august):
    """What the inspection is made of is due when it is, unless each part is read by itself."""
    rules = book(**{"2.1.8-13-date": reading})
    suspect = TreatmentFacility(id="1", corroded=True, monitored_on="never")
    at_once = FacilityProblem(id="p", facility="2", fixable_at_once=True, rectified_on="never")
    planned = FacilityProblem(id="q", fixable_at_once=False, measure="无", rectify_by="never")
    for rule, *rows in (
        ("suspects-monitored", suspect),
        ("suspects-listed", suspect, TreatmentFacility(id="2"), at_once),
        ("problems-fixed-at-once", at_once),
        ("problems-planned", planned),
    ):
        assert outcome(rule, *rows, on="2024-08-01", rules=rules) == august
        assert outcome(rule, *rows, on="2024-12-31", rules=rules) == august
        assert outcome(rule, *rows, on="2025-01-01", rules=rules) == "VIOLATION"


@pytest.mark.parametrize(
    ("reading", "august"), [("sentence", "PENDING"), ("standing", "VIOLATION")]
)
def test_a_scheme_is_due_with_the_work_it_is_for(reading, august):
    """The sentence gives one day; the scheme has no other."""
    rules = book(**{"qinyang.scheme-date": reading})
    county = County(id="沁阳市")
    act = Attestation(id="1", clause="2.1.3-2", done=False)
    assert outcome("brick-scheme", county, act, on="2024-08-01", rules=rules) == august
    assert outcome("brick-scheme", county, act, on="2026-01-01", rules=rules) == "VIOLATION"


def test_six_signs_looked_for_in_vain_clear_nobody():
    """Only a facility without any of the seven signs is no suspect."""
    clear = dict.fromkeys(SIGNS, False)
    assert outcome("suspects-monitored", TreatmentFacility(id="1", **clear)) == "NOT_APPLICABLE"
    unseen = TreatmentFacility(id="1", **{**clear, "tampered": None}, monitored_on="never")
    assert outcome("suspects-monitored", unseen) == "UNKNOWN"


@pytest.mark.parametrize(
    ("rectified", "on", "expected"),
    [
        ("never", "2025-03-31", "NOT_APPLICABLE"),
        ("never", "2025-04-01", "VIOLATION"),
        ("2025-03-31", "2025-04-01", "NOT_APPLICABLE"),
        ("2025-04-01", "2025-04-01", "VIOLATION"),
    ],
)
def test_an_overrun_comes_under_winter_control(rectified, on, expected):
    """From the day after its time limit, a problem that was not put right in time is controlled."""
    row = FacilityProblem(
        id="1",
        fixable_at_once=False,
        rectify_by="2025-03-31",
        rectified_on=rectified,
        winter_control=False,
    )
    assert outcome("overrun-winter-control", row, on=on) == expected
