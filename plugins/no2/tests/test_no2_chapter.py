"""The chapter on ledgers: every limit and day met exactly, every reading, and what may not worsen."""

import datetime as dt
import itertools
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
import airplan_no2
import airplan_pm25
import airplan_qinyang
from airplan_core import Config, County, Facts
from airplan_core.model.outcome import SHORT, Outcome
from airplan_no2.ledgers import (
    FreightProfile,
    FreightTurnover,
    Machine,
    NoGoZone,
    Sector,
    Trip,
    Vehicle,
    ZoneEntry,
    ZonePass,
)
from airplan_qinyang import Enterprise
from airplan_qinyang.vehicles import ROAD_STAGES

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_no2, airplan_pm25, airplan_qinyang)
]
NEW, CHINA_6, CHINA_5 = "新", "六", "五"


def book(**readings):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=dict(readings.get("taken", {}))))


BOOK = book()

CARS = (
    Vehicle(id=NEW, new_energy=True, special_purpose=False, heavy=True),
    Vehicle(id=CHINA_6, new_energy=False, stage="国六", special_purpose=False, heavy=True),
    Vehicle(id=CHINA_5, new_energy=False, stage="国五", special_purpose=False, heavy=True),
)


def works(industry="化工", **more):
    given_ = {"key_industry": True, "freight_in": "60 万吨/年", "freight_out": "40 万吨/年"}
    profile = FreightProfile(id="厂", enterprise="厂", **{**given_, **more})
    return Enterprise(id="厂", industry=industry), profile


def trip(tonnes, mode="汽车", vehicle=None, day="2024-12-20", **more):
    given_ = {
        "direction": "运入", "cargo": "原燃料", "bulk": True, "distance": "100 公里",
        "through_town": False, "permitted": False,
    }  # fmt: skip
    return Trip(
        id=f"{tonnes}{mode}{vehicle}{day}{more}", enterprise="厂", date=day, mode=mode,
        tonnes=f"{tonnes} 吨", vehicle=vehicle, **{**given_, **more},
    )  # fmt: skip


def outcomes(*rows, as_of="2025-01-01", rules=BOOK):
    facts = Facts.of(County(id="甲县"), *rows)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    return {
        (row["duty"].removeprefix("no2."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


def test_sixty_three_sentences_are_answered_for():
    """Five, twelve, twenty-six, four, twelve and four; five of them are excused with a reason."""
    clauses = list(airplan_no2.CAMPAIGN.airplan_clauses())
    counts = (("2.4.1", 5), ("2.4.2", 12), ("2.4.3", 26), ("2.4.4", 4), ("2.4.5", 12), ("2.4.6", 4))
    assert {clause.id for clause in clauses} == {
        f"{task}-{n}" for task, count in counts for n in range(1, count + 1)
    }
    excused = {clause.id for clause in clauses if clause.excused}
    assert excused == {"2.4.1-1", "2.4.1-2", "2.4.2-1", "2.4.2-7", "2.4.6-1"}


@pytest.mark.parametrize(
    ("rail", "outcome"), [("85", "COMPLIANT"), ("84.999", "SHORTFALL"), ("85.001", "COMPLIANT")]
)
def test_rail_users_at_exactly_85(rail, outcome):
    """85 t of 100 t is 85 %."""
    road = str(100 - Decimal(rail))
    rows = (*works(uses_rail_spur=True), *CARS, trip(rail, "铁路"), trip(road, vehicle=CHINA_6))
    assert outcomes(*rows)["rail-users@2024", "厂"] == outcome
    # on the last day trips can still come
    assert outcomes(*rows, as_of="2024-12-31")["rail-users@2024", "厂"] == "PENDING"
    # a year's trips count in that year alone
    later = [attrs.evolve(r, date="2025-01-01") if isinstance(r, Trip) else r for r in rows]
    assert outcomes(*later, as_of="2025-01-02")["rail-users@2024", "厂"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("new", "clean", "outcome"),
    [("15", "70", "COMPLIANT"), ("14.999", "70", "VIOLATION"), ("0", "85", "COMPLIANT")],
)
def test_what_rail_lacks_goes_by_new_energy(new, clean, outcome):
    """Rail and new energy make up 85 %, to the kilogram."""
    rest = str(100 - Decimal(new) - Decimal(clean))
    rows = (trip(clean, "铁路"), trip(new, vehicle=NEW), trip(rest, vehicle=CHINA_6))
    found = outcomes(*works(uses_rail_spur=True), *CARS, *rows)
    assert found["rail-shortfall@2024", "厂"] == found["rail-users-clean@2024", "厂"] == outcome


@pytest.mark.parametrize(
    ("as_of", "clean", "new", "outcome"),
    [
        ("2025-09-30", "80", "0", "COMPLIANT"),
        ("2025-09-30", "79", "0.6", "COMPLIANT"),
        ("2025-09-30", "79", "0.599", "VIOLATION"),
        ("2025-10-01", "79", "0.999", "VIOLATION"),
        ("2025-10-01", "79", "1", "COMPLIANT"),
        ("2025-10-01", "79.999", "0", "VIOLATION"),
    ],
)
def test_raw_materials_at_80_60_and_100(as_of, clean, new, outcome):
    """80 % clean; else 60 % of what is short until the end of September 2025, then all of it."""
    rest = str(100 - Decimal(clean) - Decimal(new))
    rows = (
        trip(clean, "皮带通廊", day="2025-09-20"),
        trip(new, vehicle=NEW, day="2025-09-20"),
        trip(rest, vehicle=CHINA_6, day="2025-09-20"),
    )
    assert outcomes(*works("水泥"), *CARS, *rows, as_of=as_of)["raw-clean", "厂"] == outcome
    level = book(taken={"2.4.3-10-stage": "level"})
    found = outcomes(*works("水泥"), *CARS, *rows, as_of=as_of, rules=level)
    late = as_of == "2025-10-01" and clean != "80" and Decimal(new) < Decimal("0.6")
    assert found["raw-clean", "厂"] == ("VIOLATION" if late and new == "0" else "COMPLIANT")


@pytest.mark.parametrize(
    ("freight", "applies"), [("40", True), ("39.9999", False), ("40.0001", True)]
)
def test_a_million_tonnes_in_and_out(freight, applies):
    """60 + 40 万吨 a year is 100万吨以上."""
    profile = works(freight_out=f"{freight} 万吨/年")
    found = outcomes(*profile, *CARS, trip("10", vehicle=CHINA_6))
    outcome = "SHORTFALL" if applies else "NOT_APPLICABLE"
    assert found["short-haul@2024-12-31", "厂"] == outcome


@pytest.mark.parametrize(
    ("bulk", "outcome"), [("150", "SHORTFALL"), ("149.9999", "NOT_APPLICABLE")]
)
def test_one_and_a_half_million_tonnes_of_bulk(bulk, outcome):
    """150万吨以上 includes the number."""
    given_ = {"industrial": True, "built": "新建", "rail_spur": False, "pipeline": False}
    profile = works(bulk_freight=f"{bulk} 万吨/年", **given_)
    assert outcomes(*profile)["rail-spur-sites", "厂"] == outcome


@pytest.mark.parametrize(
    ("km", "reading", "near", "far"),
    [
        ("299.999", "within", True, False),
        ("300", "within", True, False),
        ("300.001", "within", False, True),
        ("299.999", "beyond", True, False),
        ("300", "beyond", False, True),
        ("300", "both", True, True),
        ("300.001", "both", False, True),
    ],
)
def test_exactly_300_km_by_every_reading(km, reading, near, far):
    """以内 and 以上 both claim it; each reading gives it to one of them, or to both (I-09)."""
    rules = book(taken={"I-09": reading})
    rows = (*works(), *CARS, trip("10", vehicle=CHINA_5, distance=f"{km} 公里"))
    found = outcomes(*rows, as_of="2026-01-01", rules=rules)
    now = outcomes(
        *works(), *CARS, trip("10", vehicle=CHINA_5, distance=f"{km} 公里", day="2025-12-20"),
        as_of="2026-01-01", rules=rules,
    )  # fmt: skip
    # of 2024's trips nothing is left in the month of the last stage
    assert found["long-haul", "厂"] == "UNKNOWN"
    assert (now["short-haul@2025-12-31", "厂"] == "SHORTFALL") is near
    assert (now["long-haul", "厂"] == "SHORTFALL") is far
    assert (now["long-haul-china-6", "厂"] == "SHORTFALL") is far


@pytest.mark.parametrize("basis", ["tonnes", "trips", "vehicles"])
def test_a_share_by_every_basis(basis):
    """3 t of 10 t, 1 trip of 2, and no vehicle that is entered as serving the works."""
    rules = book(taken={"2.4.3-20-basis": basis})
    rows = (trip("3", vehicle=NEW, day="2024-09-20"), trip("7", vehicle=CHINA_6, day="2024-09-21"))
    cars = [attrs.evolve(car, enterprise="厂", use="公路运输", distance="300 公里",
                         registered_on="2020-01-01", deregistered_on="never") for car in CARS]  # fmt: skip
    found = outcomes(*works(), *cars, *rows, as_of="2024-10-01", rules=rules)
    assert found["short-haul@2024-09-30", "厂"] == "COMPLIANT"
    found = outcomes(*works(), *cars, *rows, as_of="2025-01-01", rules=rules)
    expected = {"tonnes": "UNKNOWN", "trips": "UNKNOWN", "vehicles": "SHORTFALL"}[basis]
    assert found["short-haul@2024-12-31", "厂"] == expected


@pytest.mark.parametrize(
    ("together", "outcome"), [("together", "COMPLIANT"), ("each", "SHORTFALL")]
)
def test_one_share_of_both_or_one_of_each(together, outcome):
    """In-plant 100 %, by road 0 %: together half."""
    rules = book(taken={"2.4.3-20-together": together})
    rows = (trip("5", vehicle=NEW, direction="厂内"), trip("5", vehicle=CHINA_6))
    found = outcomes(*works(), *CARS, *(attrs.evolve(r, date="2024-09-30") for r in rows),
                     as_of="2024-10-01", rules=rules)  # fmt: skip
    assert found["short-haul@2024-09-30", "厂"] == outcome


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-09-30", ("PENDING", "PENDING", "PENDING")),
        ("2024-10-01", ("SHORTFALL", "PENDING", "PENDING")),
        ("2024-12-31", ("LATE", "PENDING", "PENDING")),
        ("2025-01-01", ("LATE", "SHORTFALL", "PENDING")),
        ("2025-12-31", ("LATE", "LATE", "PENDING")),
        ("2026-01-01", ("LATE", "LATE", "SHORTFALL")),
    ],
)
def test_the_due_day_belongs_to_the_enterprise(as_of, expected):
    """29.999 % by September 2024, 59.999 % by the year's end, 99.999 % by the next."""
    rows = []
    for day, new in (("2024-09-20", "29.999"), ("2024-12-20", "59.999"), ("2025-12-20", "99.999")):
        rows += [trip(new, vehicle=NEW, day=day),
                 trip(str(100 - Decimal(new)), vehicle=CHINA_6, day=day)]  # fmt: skip
    found = outcomes(*works(), *CARS, *rows, as_of=as_of)
    assert tuple(
        found[f"short-haul@{day}", "厂"] for day in ("2024-09-30", "2024-12-31", "2025-12-31")
    ) == expected  # fmt: skip


@pytest.mark.parametrize(
    ("reading", "general", "special"),
    [
        ("both", "COMPLIANT", "VIOLATION"),
        ("special", "NOT_APPLICABLE", "VIOLATION"),
        ("general", "COMPLIANT", "NOT_APPLICABLE"),
    ],
)
def test_a_state_owned_steel_works_with_a_stage_3_loader(reading, general, special):
    """2.4.2-10 is content with it, 2.4.3-18 is not (I-05); every reading says which sentence holds."""
    machine = Machine(id="装", enterprise="厂", new_energy=False, stage="国三",
                      new_energy_available=False, left_on="never")  # fmt: skip
    rules = book(taken={"I-05": reading})
    found = outcomes(*works("钢铁", state_owned=True), machine, as_of="2026-01-01", rules=rules)
    assert (found["state-owned-machines", "装"], found["fallback-machines", "装"]) == (
        general, special,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "stage", "vehicle"),
    [
        ("2025-09-30", "国六", "EXEMPT"),
        ("2025-10-01", "国六", "VIOLATION"),
        ("2025-09-30", "国六b", "EXEMPT"),
        ("2025-09-30", "国五", "VIOLATION"),
    ],
)
def test_china_6_counts_until_the_end_of_september(as_of, stage, vehicle):
    """In the plant, to the day."""
    car = Vehicle(id="车", enterprise="厂", use="厂内运输", new_energy=False, stage=stage,
                  registered_on="2021-01-01", deregistered_on="never")  # fmt: skip
    assert outcomes(*works("水泥"), car, as_of=as_of)["in-plant-vehicles", "车"] == vehicle


@pytest.mark.parametrize(
    ("reading", "sector", "each"),
    [("sector", "COMPLIANT", None), ("enterprise", None, "SHORTFALL")],  # None: not asked
)
def test_an_industry_as_a_whole_or_each_enterprise(reading, sector, each):
    """One plant moves 100 t cleanly, the other 25 t by road: 80 % of the industry's bulk goods."""
    rules = book(taken={"2.4.1-5-level": reading})
    other = Enterprise(id="乙", industry="火电"), FreightProfile(id="乙", enterprise="乙")
    rows = (attrs.evolve(trip("100", "铁路"), enterprise="乙"), trip("25", vehicle=CHINA_6))
    found = outcomes(*works("火电"), *other, *CARS, *rows, rules=rules)
    assert found.get(("bulk-clean-transport", "火电")) == sector
    assert found.get(("bulk-clean-transport-each", "厂")) == each
    entered = Sector(id="火电", industry="火电")
    again = outcomes(*works("火电"), *other, entered, *CARS, *rows, rules=rules)
    assert again.get(("bulk-clean-transport", "火电")) == sector


def test_an_industry_and_its_enterprise_clash_like_others():
    """70 % by rail: the industry strives for 80 %, its plant must ensure 85 % (I-08)."""
    other = Enterprise(id="乙", industry="火电"), FreightProfile(id="乙", enterprise="乙")
    steel = Enterprise(id="丙", industry="钢铁"), FreightProfile(id="丙", enterprise="丙")
    rows = (
        *works("火电", uses_rail_spur=True), *other, *steel, *CARS,
        trip("70", "铁路"), trip("30", vehicle=CHINA_6),
        attrs.evolve(trip("200", "铁路"), enterprise="乙"),
    )  # fmt: skip
    facts = Facts.of(County(id="甲县"), *rows)
    found = airplan.assess(BOOK, facts, dt.date(2025, 1, 1)).clashes
    found = found.filter(found["question"] == "I-08").sort("other_clause")
    assert found["entity"].to_list() == ["freight_profile"] * 3
    assert found["subject"].to_list() == ["厂"] * 3
    assert (
        list(zip(found["clause"], found["outcome"], strict=True)) == [("2.4.1-5", "COMPLIANT")] * 3
    )
    assert list(zip(found["other_clause"], found["other_outcome"], strict=True)) == [
        ("2.4.3-1", "SHORTFALL"), ("2.4.3-2", "VIOLATION"), ("2.4.3-3", "VIOLATION"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("road", "outcome"), [("52", "COMPLIANT"), ("52.01", "SHORTFALL"), ("51", "COMPLIANT")]
)
def test_ten_percentage_points_below_2022(road, outcome):
    """62 % of 2022 less 52 % of 2025 is exactly ten points; 62 % and 10 % are percentages."""

    def year(number, share):
        for mode, part in (("公路", Decimal(share)), ("铁路", 100 - Decimal(share))):
            yield FreightTurnover(id=f"{number}{mode}", county="甲县", ends_on=f"{number}-12-31",
                                  mode=mode, turnover=f"{part} 万吨公里")  # fmt: skip

    found = outcomes(*year(2022, "62"), *year(2025, road), as_of="2026-01-01")
    assert found["road-turnover@2025", "甲县"] == outcome
    assert (
        outcomes(*year(2025, road), as_of="2026-01-01")["road-turnover@2025", "甲县"] == "UNKNOWN"
    )


@pytest.mark.parametrize(("reading", "outcome"), [("stock", "VIOLATION"), ("added", "COMPLIANT")])
def test_the_public_sector_in_stock_or_as_added(reading, outcome):
    """Two of four buses are new-energy at the end of 2024; both were bought that year."""
    rules = book(taken={"2.4.2-4-stock": reading})
    cars = [
        Vehicle(id=str(n), county="甲县", fleet="公交车", new_energy=n > 1, emergency=False,
                special_need=False, registered_on="2024-05-01" if n > 1 else "2018-05-01",
                deregistered_on="never")
        for n in range(4)
    ]  # fmt: skip
    assert outcomes(*cars, rules=rules)["public-sector@2024", "甲县"] == outcome


@pytest.mark.parametrize(("reading", "outcome"), [("net", "COMPLIANT"), ("gross", "VIOLATION")])
def test_emergency_vehicles_in_the_whole_or_not(reading, outcome):
    """One new-energy bus and an emergency one of diesel: 100 %, or 50 % (I-11)."""
    rules = book(taken={"I-11": reading})
    cars = [
        Vehicle(id=str(n), county="甲县", fleet="公交车", new_energy=not n, emergency=bool(n),
                special_need=False, registered_on="2018-05-01", deregistered_on="never")
        for n in range(2)
    ]  # fmt: skip
    assert outcomes(*cars, rules=rules)["public-sector@2024", "甲县"] == outcome


@pytest.mark.parametrize(("clean", "share"), [(19, "COMPLIANT"), (18, "SHORTFALL")])
def test_almost_all_is_each_of_them_or_nineteen_of_twenty(clean, share):
    """The bus that is left over falls short; read as a share, 95 % will do."""
    buses = [
        Vehicle(id=str(n), county="甲县", fleet="公交车", new_energy=n < clean, emergency=False,
                registered_on="2018-05-01", deregistered_on="never")
        for n in range(20)
    ]  # fmt: skip
    found = outcomes(*buses, as_of="2026-01-01")
    assert found["fleets", "18"] == ("COMPLIANT" if clean == 19 else "SHORTFALL")
    assert found["fleets", "19"] == "SHORTFALL"
    assert ("fleets-share", "甲县") not in found
    found = outcomes(*buses, as_of="2026-01-01", rules=book(taken={"qinyang.almost": "share"}))
    assert found["fleets-share", "甲县"] == share
    assert ("fleets", "19") not in found


@pytest.mark.parametrize(
    ("bought", "special", "each", "share"),
    [
        ("2024-01-01", False, "SHORTFALL", "SHORTFALL"),
        ("2024-01-01", True, "EXEMPT", "NOT_APPLICABLE"),
        ("2023-12-31", False, "NOT_APPLICABLE", "NOT_APPLICABLE"),
    ],
)
def test_official_cars_that_are_bought_are_almost_all_new_energy(bought, special, each, share):
    """Of the cars bought since the plan began; one with special needs leaves the whole."""
    car = Vehicle(id="车", county="甲县", fleet="公务用车", new_energy=False, special_need=special,
                  registered_on=bought)  # fmt: skip
    assert outcomes(car)["official-cars", "车"] == each
    rules = book(taken={"qinyang.almost": "share"})
    assert outcomes(car, rules=rules)["official-cars-share", "甲县"] == share


@pytest.mark.parametrize(
    ("reading", "fleet", "public"),
    [("apart", "NOT_APPLICABLE", "UNKNOWN"), ("truck", "SHORTFALL", "VIOLATION")],
)
def test_a_mixer_is_a_truck_or_stands_apart(reading, fleet, public):
    """A diesel mixer of the built-up area is among the six fleets, or in its own sentence only."""
    car = Vehicle(id="车", county="甲县", fleet="商砼车", new_energy=False, built_up=True,
                  emergency=False, special_need=False, registered_on="2018-05-01",
                  deregistered_on="never")  # fmt: skip
    found = outcomes(car, as_of="2026-01-01", rules=book(taken={"2.4.2-3-mixers": reading}))
    assert (found["fleets", "车"], found["public-sector@2025", "甲县"]) == (fleet, public)
    assert found["mixers@2025-12-31", "甲县"] == "SHORTFALL"


@pytest.mark.parametrize(
    ("cannot", "reading", "first", "second"),
    [
        (True, "enterprise", "NOT_APPLICABLE", "COMPLIANT"),
        (False, "enterprise", "SHORTFALL", "NOT_APPLICABLE"),
        (None, "enterprise", "UNKNOWN", "UNKNOWN"),
        (None, "goods", "SHORTFALL", "COMPLIANT"),
    ],
)
def test_who_cannot_use_clean_transport_uses_new_energy(cannot, reading, first, second):
    """60 % by rail and 40 % by new-energy trucks: enough for who cannot do more by rail."""
    rows = (trip("60", "铁路", day="2025-12-20"), trip("40", vehicle=NEW, day="2025-12-20"))
    profile = works(state_owned=True, cannot_clean=cannot)
    rules = book(taken={"2.4.2-9-cannot": reading})
    found = outcomes(*profile, *CARS, *rows, as_of="2026-01-01", rules=rules)
    # what is known not to be met, and perhaps not asked, may also not be met
    assert found["state-owned-clean", "厂"] == first
    assert found["state-owned-rest", "厂"] == second


@pytest.mark.parametrize(
    ("drive", "car", "works_"),
    [
        ({"through_town": True}, "VIOLATION", "VIOLATION"),
        ({"through_town": True, "permitted": True}, "COMPLIANT", "COMPLIANT"),
        ({"through_town": False}, "COMPLIANT", "COMPLIANT"),
        ({"through_town": True, "day": None}, "UNKNOWN", "UNKNOWN"),
        ({"through_town": None}, "UNKNOWN", "UNKNOWN"),
    ],
)
def test_a_heavy_truck_avoids_the_town(drive, car, works_):
    """The truck is who drives; read otherwise, the enterprise is who sends it."""
    rows = (*works(), *CARS, trip("10", vehicle=CHINA_6, **drive))
    found = outcomes(*rows)
    assert found["through-town", CHINA_6] == car
    assert found["through-town", NEW] == "UNKNOWN"  # no trip of it is recorded
    assert ("through-town-of-enterprises", "厂") not in found
    found = outcomes(*rows, rules=book(taken={"2.4.6-4-who": "enterprise"}))
    assert found["through-town-of-enterprises", "厂"] == works_
    assert ("through-town", CHINA_6) not in found


def test_a_pass_lets_a_truck_through_the_town_or_nothing_does():
    """The sentence makes no exception; the pass of another one is read into it."""
    rows = (*works(), *CARS, trip("10", vehicle=CHINA_6, through_town=True, permitted=True))
    assert outcomes(*rows)["through-town", CHINA_6] == "COMPLIANT"
    strict = book(taken={"2.4.6-4-pass": "none"})
    assert outcomes(*rows, rules=strict)["through-town", CHINA_6] == "VIOLATION"


def test_a_trip_of_an_unknown_truck_may_be_any_trucks():
    """Which truck drove through the town is not known: of none of them is it known that it did."""
    some = trip("10", vehicle=CHINA_6), trip("5", vehicle=None, through_town=True)
    assert outcomes(*works(), *CARS, *some)["through-town", CHINA_6] == "UNKNOWN"
    car = Vehicle(id="公交", fleet="公交车", heavy=False)
    assert outcomes(*works(), car, *CARS, *some)["through-town", "公交"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("car", "entry", "expected"),
    [
        ({}, {"permitted": False}, "VIOLATION"),
        ({}, {"permitted": True, "held": "证"}, "COMPLIANT"),
        ({}, {"permitted": True, "held": "证", "date": "2024-07-01"}, "VIOLATION"),
        ({}, {"permitted": True}, "UNKNOWN"),
        ({}, {"permitted": False, "date": "2023-12-31"}, "NOT_APPLICABLE"),
        ({}, {"permitted": False, "date": None}, "UNKNOWN"),
        ({"stage": "国五"}, {"permitted": False}, "NOT_APPLICABLE"),
        ({"stage": "国三"}, {"permitted": False}, "VIOLATION"),
        ({"stage": None}, {"permitted": False}, "UNKNOWN"),
        ({"fuel": "燃气"}, {"permitted": False}, "NOT_APPLICABLE"),
        ({"fleet": "公交车"}, {"permitted": False}, "NOT_APPLICABLE"),
    ],
)
def test_a_no_go_zone_is_closed_to_high_emission_diesel_trucks(car, entry, expected):
    """From the day the zone is in force, but for who holds a pass that is valid on the day."""
    rows = (
        NoGoZone(id="区", in_force_on="2024-01-01"),
        ZonePass(id="证", zone="区", vehicle="车", valid_from="2024-01-01", valid_to="2024-06-30"),
        Vehicle(id="车", **{"fleet": "物流车", "fuel": "柴油", "stage": "国四", **car}),
        ZoneEntry(id="1", **{"zone": "区", "vehicle": "车", "date": "2024-06-30", **entry}),
    )
    assert outcomes(*rows)["no-go-zones", "1"] == expected


def test_what_counts_as_high_emission_is_open():
    """国四 diesel is of high emission, or only 国三 and below."""
    rows = (
        NoGoZone(id="区", in_force_on="2024-01-01"),
        Vehicle(id="车", fleet="物流车", fuel="柴油", stage="国四"),
        ZoneEntry(id="1", zone="区", vehicle="车", date="2024-06-30", permitted=False),
    )
    assert outcomes(*rows)["no-go-zones", "1"] == "VIOLATION"
    older = book(taken={"2.4.5-5-stage": "stage_3"})
    assert outcomes(*rows, rules=older)["no-go-zones", "1"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("reading", "expected"), [("listed", "NOT_APPLICABLE"), ("open", "SHORTFALL")]
)
def test_an_industry_that_the_list_does_not_name(reading, expected):
    """火电、煤炭等行业 are two, or every one that moves bulk goods."""
    rules = book(taken={"2.4.1-5-etc": reading})
    found = outcomes(*works("化工"), *CARS, trip("10", vehicle=CHINA_6), rules=rules)
    assert found["bulk-clean-transport", "化工"] == expected


def test_the_order_of_stages_knows_no_new_energy():
    """国六 stands above 国五; new energy is a flag, and its stage may stay blank."""
    assert ROAD_STAGES.index("国六") > ROAD_STAGES.index("国五") > ROAD_STAGES.index("国一")
    car = Vehicle(id="车", new_energy=True)
    assert outcomes(car)["stage-3-vehicles", "车"] == "NOT_APPLICABLE"


# What may not worsen ---------------------------------------------------------------------------

cells = {
    "direction": st.sampled_from(["运入", "运出", "厂内"]),
    "cargo": st.sampled_from(["原燃料", "产品", "其他"]),
    "mode": st.sampled_from(["铁路", "汽车", "管道"]) | st.none(),
    "distance": st.sampled_from(["100 公里", "300 公里", "301 公里"]) | st.none(),
    "day": st.sampled_from(["2024-03-01", "2024-09-20", "2024-12-20", "2025-12-20"]),
}
trips = st.lists(
    st.tuples(st.fixed_dictionaries(cells), st.integers(0, 3), st.integers(1, 20)),
    min_size=1, max_size=5,
)  # fmt: skip
stages = st.lists(st.sampled_from(["国四", "国五", "国六", None]), min_size=4, max_size=4)
industries = st.sampled_from(["钢铁", "水泥", "火电", "化工"])
days = st.sampled_from(["2024-10-01", "2025-01-01", "2025-10-01", "2026-01-01"])


def fleet(given_):
    for n, stage in enumerate(given_):
        yield Vehicle(
            id=f"车{n}", county="甲县", enterprise="厂", fleet="公交车" if n else "商砼车",
            use="厂内运输" if n == 1 else "公路运输", distance="200 公里", stage=stage, fuel="柴油",
            new_energy=False, special_purpose=False, heavy=True, emergency=False,
            special_need=False, built_up=True, registered_on="2020-01-01",
            deregistered_on="never", due_for_scrapping=False,
        )  # fmt: skip


def moved(given_, tonnes=1):
    for n, (cell, car, weight) in enumerate(given_):
        day = cell["day"]
        more = {k: v for k, v in cell.items() if k not in ("day", "mode")}
        vehicle = f"车{car}" if cell["mode"] in ("汽车", None) else None
        yield attrs.evolve(
            trip(str(weight * tonnes), cell["mode"], vehicle, day, **more), id=str(n)
        )


def possible(rows, as_of):
    facts = Facts.of(County(id="甲县"), *rows)
    found = airplan.assess(BOOK, facts, dt.date.fromisoformat(as_of))
    return {
        (duty.id, row["id"]): row[duty.id]
        for duties in BOOK.by_entity.values()
        for row in found.engine.outcomes(duties).iter_rows(named=True)
        for duty in duties
    }


def badness(bits):
    """Surely short, possibly short, not short."""
    return 2 if not bits & ~SHORT else 1 if bits & SHORT else 0


@given(trips, stages, st.integers(0, 3), industries, days)
def test_a_new_energy_truck_never_worsens_a_verdict(given_, stage, which, industry, as_of):
    """Whatever the truck carried, wherever it drove, whichever sentence is asked."""
    before = list(fleet(stage))
    after = [attrs.evolve(c, new_energy=True) if n == which else c for n, c in enumerate(before)]
    rest = (*works(industry, state_owned=True, uses_rail_spur=True), *moved(given_))
    old, new = possible((*rest, *before), as_of), possible((*rest, *after), as_of)
    for key in old:
        assert badness(new[key]) <= badness(old[key]), (key, old[key], new[key])


@given(trips, stages, industries, days)
def test_two_trips_of_half_the_tonnes_are_the_same_goods(given_, stage, industry, as_of):
    """A share by tonnes knows no trips: every verdict that is not about their number stays."""
    profile = works(industry, state_owned=True, uses_rail_spur=True)
    whole = [attrs.evolve(t, id=f"{t.id}") for t in moved(given_, 2)]
    halves = [attrs.evolve(t, id=f"{t.id}{half}") for t in moved(given_) for half in "ab"]
    cars = list(fleet(stage))
    one, two = (
        possible((*profile, *cars, *whole), as_of),
        possible((*profile, *cars, *halves), as_of),
    )
    assert one == two


@given(trips, stages, days)
def test_a_later_stage_that_is_met_implies_the_earlier_ones(given_, stage, as_of):
    """Who has 100 % has 60 % and 30 %, be it late."""
    cars = [attrs.evolve(car, new_energy=n % 2 == 0) for n, car in enumerate(fleet(stage))]
    found = possible((*works(), *cars, *moved(given_)), as_of)
    met = Outcome.COMPLIANT | Outcome.LATE
    staged = ["no2.short-haul@2024-09-30", "no2.short-haul@2024-12-31", "no2.short-haul@2025-12-31"]
    for earlier, later in itertools.pairwise(staged):
        if found[later, "厂"] and not found[later, "厂"] & ~met:
            assert not found[earlier, "厂"] & SHORT, (earlier, found[earlier, "厂"])


@pytest.mark.parametrize(
    ("moved", "raw_clean", "raw_road", "product_road"),
    [
        ([trip(1, cargo="产品", vehicle=NEW)], "NOT_APPLICABLE", "NOT_APPLICABLE", "COMPLIANT"),
        ([trip(1, mode="铁路")], "COMPLIANT", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ([trip(1, vehicle=CHINA_5)], "VIOLATION", "VIOLATION", "NOT_APPLICABLE"),
        # the day is not known: it may be a trip of this month, or none
        ([trip(1, mode="铁路", day=None)], "UNKNOWN", "UNKNOWN", "UNKNOWN"),
        ([trip(1, vehicle=NEW, day=None)], "UNKNOWN", "UNKNOWN", "UNKNOWN"),
        ([], "UNKNOWN", "UNKNOWN", "UNKNOWN"),
        # there is a trip for sure, but not what it carried
        ([trip(1, mode="铁路", cargo=None)], "UNKNOWN", "NOT_APPLICABLE", "NOT_APPLICABLE"),
        ([trip(1, mode=None, vehicle=CHINA_5)], "UNKNOWN", "UNKNOWN", "NOT_APPLICABLE"),
    ],
)  # fmt: skip
def test_of_what_is_not_moved_the_sentences_do_not_speak(moved, raw_clean, raw_road, product_road):
    """100 % of nothing is no compliance, and a trip that may be of the month is not one that is."""
    found = outcomes(*works("水泥"), *CARS, *moved, as_of="2024-12-31")
    rules = ("raw-clean", "raw-road", "product-road")
    assert tuple(found[rule, "厂"] for rule in rules) == (raw_clean, raw_road, product_road)


@pytest.mark.parametrize(
    ("cars", "expected"),
    [
        ([], "UNKNOWN"),
        ([{"fleet": "公交车", "new_energy": True}], "NOT_APPLICABLE"),
        ([{"fleet": None, "new_energy": True}], "UNKNOWN"),
        ([{"fleet": "商砼车", "new_energy": True}], "COMPLIANT"),
        ([{"fleet": "商砼车", "new_energy": False}], "SHORTFALL"),
    ],
)
def test_a_county_without_a_mixer_has_none_to_replace(cars, expected):
    """The vehicles are entered, and no mixer is among them; without any vehicle it is not known."""
    fleet = [
        Vehicle(
            id=f"{n}", county="甲县", registered_on="2020-01-01", deregistered_on="never", **car
        )
        for n, car in enumerate(cars)
    ]
    assert outcomes(*fleet)["mixers@2024-12-31", "甲县"] == expected
