"""The chapter on ledgers: each sentence at its limits and days, and for what it does not speak of."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
import airplan_pm10
import airplan_qinyang
from airplan_core import Attestation, Config, County, Facts
from airplan_pm10.ledgers import (
    BareLand,
    Dustfall,
    ForestryProject,
    Frontage,
    MinePlot,
    ParkingLot,
    Road,
    RoadCheck,
)
from airplan_qinyang.sites import ConstructionSite
from airplan_qinyang.stockyards import Stockyard

PLUGINS = [airplan.contribution(one.CAMPAIGN) for one in (airplan_pm10, airplan_qinyang)]
HERE = {"county": "沁阳市"}


def book(**taken):
    """Readings by the end of their ids: `base="end"`."""
    rules = airplan.build_rulebook(PLUGINS)
    ids = {id.rpartition("-")[2]: id for id in rules.interpretations}
    return airplan.build_rulebook(
        PLUGINS, Config(interpretations={ids[name]: reading for name, reading in taken.items()})
    )


BOOK = book()


def outcomes(rule, *rows, as_of="2025-01-01", none=(), rules=BOOK):
    """subject → outcome, of the duties of a rule; several duties of one subject are listed."""
    facts = Facts.of(County(id="沁阳市"), *rows, none=none)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    said = {}
    for row in found.iter_rows(named=True):
        if row["rule"] == f"pm10.{rule}":
            said.setdefault(row["subject"], []).append(row["outcome"])
    return {id: each[0] if len(each) == 1 else each for id, each in said.items()}


def test_fifty_five_sentences_are_answered_for():
    """In the plan's order, the six requirements behind the sentences of their task."""
    clauses = list(airplan_pm10.CAMPAIGN.airplan_clauses())
    counts = {
        "2.2.1": 6, "2.2.2": 8, "2.2.3": 11, "2.2.4": 9, "2.2.4(1)": 1, "2.2.4(2)": 2,
        "2.2.4(3)": 2, "2.2.4(4)": 2, "2.2.4(5)": 4, "2.2.4(6)": 2, "2.2.5": 6, "2.2.6": 2,
    }  # fmt: skip
    assert {one.id for one in clauses} == {
        f"{task}-{number}" for task, count in counts.items() for number in range(1, count + 1)
    }
    assert sum(bool(one.excused) for one in clauses) == 6
    rules = [id for id in BOOK.rules if id.startswith("pm10.stockyards")]
    assert rules.index("pm10.stockyards-supervised") < rules.index("pm10.stockyards-new")


# --- sites


def site(id, **more):
    given_ = {
        "supervisor": "市水利局", "begun_on": "2023-05-01", "ended_on": "never",
        "letter_on": "2024-01-05", "demonstration_on": "never",
    }  # fmt: skip
    return ConstructionSite(id=id, **HERE, **{**given_, **more})


def test_a_letter_is_asked_of_who_is_building():
    """Not before it begins, nor once it is over; whoever supervises answers for it."""
    rows = (
        site("signed"), site("unsigned", letter_on="never"), site("blank", letter_on=None),
        site("over", ended_on="2024-12-31", letter_on="never"),
        site("ahead", begun_on="2025-02-01", letter_on="never"),
        site("begun?", begun_on=None, letter_on="never"),
        site("township", supervisor="各乡（镇）街道办", letter_on="never"),
    )  # fmt: skip
    assert outcomes("responsibility-letters", *rows) == {
        "signed": "COMPLIANT", "unsigned": "VIOLATION", "blank": "UNKNOWN",
        "over": "NOT_APPLICABLE", "ahead": "NOT_APPLICABLE", "begun?": "UNKNOWN",
        "township": "VIOLATION",
    }  # fmt: skip
    found = airplan.assess(BOOK, Facts.of(County(id="沁阳市"), *rows), dt.date(2025, 1, 1)).verdicts
    whose = {
        row["subject"]: row["departments"]
        for row in found.iter_rows(named=True)
        if row["rule"] == "pm10.responsibility-letters"
    }
    assert whose["unsigned"] == ["市水利局"]
    assert whose["township"] == ["各乡（镇）街道办"]


SIX = {
    "hoarded": True, "vehicles_washed": True, "demolition": True, "wet_work": True,
    "trucks_closed": True, "hardened": True, "covered": True,
}  # fmt: skip


@pytest.mark.parametrize("part", [name for name in SIX if name != "demolition"])
def test_one_of_six_measures_is_lacking(part):
    """Each of them alone; of a blank one it is not known."""
    rows = site("no", **{**SIX, part: False}), site("blank", **{**SIX, part: None})
    assert outcomes("site-measures", *rows) == {"no": "VIOLATION", "blank": "UNKNOWN"}


def test_wet_work_is_asked_where_something_is_pulled_down():
    """And of nobody else."""
    rows = (
        site("none", **{**SIX, "demolition": False, "wet_work": False}),
        site("all", **SIX),
    )
    assert set(outcomes("site-measures", *rows).values()) == {"COMPLIANT"}
    letter = book(standard="letter")
    rows = site("done", tasks_done=True), site("late", tasks_done=False, **SIX)
    assert outcomes("site-measures", *rows, rules=letter) == {
        "done": "COMPLIANT", "late": "VIOLATION",
    }  # fmt: skip


def test_demonstration_sites_are_a_share_of_those_being_built():
    """20 % of five is one; the base is the year's sites, or its last day's."""
    rows = [site(f"{n}") for n in range(3)]
    one = site("good", demonstration_on="2024-12-31")
    ended = site("ended", ended_on="2024-01-01")
    before = site("before", ended_on="2023-12-31")
    assert outcomes("demonstration-sites-2024", one, *rows, ended, before) == {
        "沁阳市": "COMPLIANT"
    }
    more = site("3"), site("4")
    assert outcomes("demonstration-sites-2024", one, *rows, ended, more[0]) == {
        "沁阳市": "VIOLATION"
    }
    at_end = book(base="end")
    assert outcomes("demonstration-sites-2024", one, *rows, ended, more[0], rules=at_end) == {
        "沁阳市": "COMPLIANT"
    }
    late = site("good", demonstration_on="2025-01-01")
    for day, found in (("2025-01-01", "LATE"), ("2024-12-31", "PENDING")):
        assert outcomes("demonstration-sites-2024", late, *rows, as_of=day) == {"沁阳市": found}


def test_what_was_created_before_counts_as_held_and_not_as_of_the_year():
    """30 % of 2025 are held by three of ten, of which two were created in 2024."""
    rows = [site(f"{n}") for n in range(7)] + [
        site("a", demonstration_on="2024-03-01"), site("b", demonstration_on="2024-03-01"),
        site("c", demonstration_on="2025-03-01"),
    ]  # fmt: skip
    for rules, found in ((BOOK, "COMPLIANT"), (book(created="year"), "VIOLATION")):
        assert outcomes("demonstration-sites-2025", *rows, as_of="2026-01-01", rules=rules) == {
            "沁阳市": found
        }


def test_of_no_site_there_is_no_share():
    """Nothing is being built: the sentence speaks of nobody; without a ledger it is not known."""
    over = site("over", ended_on="2023-06-01")
    assert outcomes("demonstration-sites-2024", over) == {"沁阳市": "NOT_APPLICABLE"}
    none = (ConstructionSite,)
    assert outcomes("demonstration-sites-2024", none=none) == {"沁阳市": "NOT_APPLICABLE"}
    assert outcomes("demonstration-sites-2024") == {"沁阳市": "UNKNOWN"}


# --- dustfall


def month_end(year, month):
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def fallen(values, year=2024):
    """One sample for each (month, point): value."""
    return [
        Dustfall(
            point=point, month_ends=month_end(year, month), days=30,
            value=None if value is None else f"{value} 吨/月·平方公里", **HERE,
        )
        for (month, point), value in values.items()
    ]  # fmt: skip


def year_of(value, points="甲乙"):
    return {(month, point): value for month in range(1, 13) for point in points}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, "COMPLIANT"),
        ({(3, "甲"): "7.1"}, "VIOLATION"),
        ({(3, "甲"): "7.1", (4, "乙"): "6.9"}, "COMPLIANT"),
        # a month without a sample, or with an open one, may hold anything
        ({(3, "甲"): None}, "UNKNOWN"),
        # unless what is known is too much already
        ({(3, "甲"): None, (4, "甲"): "190"}, "VIOLATION"),
    ],
)
def test_dustfall_of_a_year_is_the_mean_of_its_months(changed, found):
    """At most 7, the unrounded mean of the points' means."""
    values = year_of("7") | changed
    assert outcomes("dustfall", *fallen(values))["沁阳市"] == [found, "PENDING"]


def test_months_of_thirds_come_to_just_the_limit():
    """Three months of 20 thirds, eight of 7 and one of 8 are 84, no millionth more."""
    thirds = {
        (m, p): v for m in (1, 2, 3) for p, v in zip("甲乙丙", ("6.6", "6.7", "6.7"), strict=True)
    }
    whole = {(m, p): "8" if m == 12 else "7" for m in range(4, 13) for p in "甲乙丙"}
    assert outcomes("dustfall", *fallen(thirds | whole))["沁阳市"] == ["COMPLIANT", "PENDING"]
    more = whole | {(12, "甲"): "8.1"}
    assert outcomes("dustfall", *fallen(thirds | more))["沁阳市"] == ["VIOLATION", "PENDING"]


def test_a_year_with_a_month_left_out_is_not_known():
    """Eleven months prove nothing of the twelfth."""
    values = {key: value for key, value in year_of("1").items() if key[0] != 12}
    assert outcomes("dustfall", *fallen(values))["沁阳市"] == ["UNKNOWN", "PENDING"]
    assert outcomes("dustfall", *fallen(values), as_of="2024-12-31")["沁阳市"][0] == "PENDING"


def test_what_no_month_to_come_can_mend_falls_short_at_once():
    """Nine months that come to more than twelve of 7; with just as much it can still be kept."""
    for ninth, found in (("9.7", "VIOLATION"), ("9.6", "PENDING")):
        values = {(month, "甲"): "9.3" for month in range(1, 9)} | {(9, "甲"): ninth}
        assert outcomes("dustfall", *fallen(values), as_of="2024-10-01")["沁阳市"][0] == found


def test_each_month_is_held_against_the_limit_where_that_is_read():
    """A spring month may be over it, though the year is not."""
    values = year_of("6") | {(3, "甲"): "10", (3, "乙"): "4.1"}
    month = book(period="month")
    assert not outcomes("dustfall", *fallen(values), rules=month)
    found = outcomes("dustfall-month", *fallen(values), rules=month)
    assert found["沁阳市/2024-03-31"] == "VIOLATION"
    assert found["沁阳市/2024-04-30"] == "COMPLIANT"
    assert not outcomes("dustfall-month", *fallen(values))


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 12), st.sampled_from("甲乙丙")),
        st.none() | st.integers(0, 300).map(lambda tenths: Fraction(tenths, 10)),
        max_size=36,
    )
)
def test_the_mean_is_that_of_plain_fractions(values):
    """The oracle: months' means of points, their mean, every open month from 0 to 200."""
    months = {m: [v for (n, _), v in values.items() if n == m] for m in range(1, 13)}
    ends = {"lo": Fraction(0), "hi": Fraction(200)}
    for name, end in ends.items():
        means = [
            sum(found) / len(found) if found and None not in found else end
            for found in months.values()
        ]
        ends[name] = Fraction(sum(means)) / 12
    written = {key: None if v is None else f"{float(v):.1f}" for key, v in values.items()}
    facts = Facts.of(County(id="沁阳市"), *fallen(written))
    table = airplan.assess(BOOK, facts, dt.date(2025, 1, 1)).metrics
    row = next(
        one for one in table.iter_rows(named=True)
        if one["metric"] == "pm10.dustfall" and one["period"] == "2024"
    )  # fmt: skip
    if not values:
        assert row["value"] is None
        return
    for name, end in ends.items():
        # reported to five decimals; of tenths and three points none is a tie
        assert row[name] == pytest.approx(float(round(end, 5)), abs=1e-6)


# --- city cleaning


def land(**more):
    given_ = {
        "bare_since": "2024-01-31", "begun_on": "never", "surveyed_on": "2024-02-01",
        "treated_on": "never",
    }  # fmt: skip
    return BareLand(id="地", **HERE, **{**given_, **more})


@pytest.mark.parametrize(
    ("given_", "day", "found"),
    [
        ({}, "2024-04-30", "NOT_APPLICABLE"),
        ({}, "2024-05-01", "VIOLATION"),
        ({"treated_on": "2024-04-30"}, "2024-05-01", "COMPLIANT"),
        ({"treated_on": "2024-05-02"}, "2024-05-01", "VIOLATION"),
        ({"bare_since": None, "treated_on": "2024-04-30"}, "2024-05-01", "UNKNOWN"),
        ({"treated_on": "2024-04-30", "surveyed_on": "never"}, "2024-05-01", "VIOLATION"),
        ({"begun_on": "2024-04-01"}, "2024-05-01", "NOT_APPLICABLE"),
        ({"bare_since": None}, "2024-05-01", "UNKNOWN"),
        ({"bare_since": "never"}, "2024-05-01", "NOT_APPLICABLE"),
        ({"treated_on": None}, "2024-05-01", "UNKNOWN"),
    ],
)
def test_land_that_lies_bare_for_three_months_is_treated(given_, day, found):
    """大气污染防治法 69: longer than three months; what is built on lies idle no more."""
    assert outcomes("bare-land", land(**given_), as_of=day) == {"地": found}


def test_land_may_be_long_idle_as_the_county_holds_it():
    """Then no day is due, and what it does not hold so is not spoken of."""
    held = book(long="held")
    for said, found in ((True, "VIOLATION"), (False, "NOT_APPLICABLE"), (None, "UNKNOWN")):
        row = land(long_idle=said, bare_since="2024-12-31")
        assert outcomes("bare-land", row, rules=held) == {"地": found}


def road(id, **more):
    given_ = {
        "built_up": True, "kind": "主干道", "place": "一般路段", "area": "100 ㎡",
        "length": "1 公里", "swept_on": "2023-01-01", "sprinkled_on": "2023-01-01",
    }  # fmt: skip
    return Road(id=id, **HERE, **{**given_, **more})


@pytest.mark.parametrize(
    ("bare", "found"), [("30 ㎡", "COMPLIANT"), ("30.1 ㎡", "SHORTFALL"), (None, "UNKNOWN")]
)
def test_seventy_percent_of_main_roads_are_swept_by_machine(bare, found):
    """Of their area; 左右 makes what stays below a SHORTFALL. Side roads do not count."""
    rows = (
        road("swept", area="70 ㎡"), road("not", area=bare, swept_on="never", kind="次干道"),
        road("side", kind="支路", area="500 ㎡", swept_on="never"),
        road("outside", built_up=False, area="500 ㎡", swept_on="never"),
    )  # fmt: skip
    assert outcomes("sweeping-rate", *rows, as_of="2026-01-01") == {"沁阳市": found}
    if found == "SHORTFALL":
        assert outcomes("sweeping-rate", *rows, as_of="2025-12-31") == {"沁阳市": "PENDING"}


def test_sweeping_by_length_or_about():
    """The other readings: of the length, and within two points of 70 %."""
    rows = (
        road("a", area="68 ㎡", length="7 公里"),
        road("b", area="32 ㎡", length="3 公里", swept_on="never"),
    )
    day = "2026-01-01"
    assert outcomes("sweeping-rate", *rows, as_of=day) == {"沁阳市": "SHORTFALL"}
    for taken in ({"basis": "length"}, {"about": "two"}):
        ids = {one.rpartition("-")[2].rpartition(".")[2]: one for one in BOOK.interpretations}
        config = Config(interpretations={ids[name]: r for name, r in taken.items()})
        rules = airplan.build_rulebook(PLUGINS, config)
        assert outcomes("sweeping-rate", *rows, as_of=day, rules=rules) == {"沁阳市": "COMPLIANT"}


def test_each_year_more_roads_are_swept_and_sprinkled():
    """Both; a road of the year before does not widen anything."""
    old, new = road("old"), road("new", swept_on="2024-12-31", sprinkled_on="2024-01-01")
    assert outcomes("wider-sweeping", old, new)["沁阳市"] == ["COMPLIANT", "PENDING"]
    assert outcomes("wider-sweeping", old)["沁阳市"] == ["VIOLATION", "PENDING"]
    one = road("new", swept_on="2024-12-31")
    assert outcomes("wider-sweeping", old, one)["沁阳市"][0] == "VIOLATION"
    assert outcomes("wider-sweeping", old, road("?", swept_on=None))["沁阳市"][0] == "VIOLATION"


def check(id, **more):
    given_ = {
        "muck_truck": True, "driving": True, "closed": True, "spilled": False, "muddy": False,
        "case_filed": None,
    }  # fmt: skip
    return RoadCheck(id=id, date="2024-06-01", **{**given_, **more})


def test_a_muck_truck_is_closed_while_it_drives():
    """A standing one, and another vehicle, are not spoken of."""
    rows = (
        check("closed"), check("open", closed=False), check("blank", closed=None),
        check("parked", closed=False, driving=False), check("car", muck_truck=False, closed=False),
    )  # fmt: skip
    assert outcomes("muck-trucks-closed", *rows) == {
        "closed": "COMPLIANT", "open": "VIOLATION", "blank": "UNKNOWN",
        "parked": "NOT_APPLICABLE", "car": "NOT_APPLICABLE",
    }  # fmt: skip


def test_what_spills_is_dealt_with():
    """Spilling or mud; who does neither is no object of the sentence."""
    rows = (
        check("clean"), check("spills", spilled=True, case_filed=True),
        check("mud", muddy=True, case_filed=False), check("?", muddy=None, case_filed=False),
    )  # fmt: skip
    assert outcomes("spilling", *rows) == {
        "clean": "NOT_APPLICABLE", "spills": "COMPLIANT", "mud": "VIOLATION", "?": "UNKNOWN",
    }  # fmt: skip


# --- frontages and parking lots


def front(id, **more):
    given_ = dict.fromkeys(("sanitation", "greening", "facilities", "facades", "order"), True)
    given_ |= {"place": "城区道路两侧", "person": "甲", "times": "每日", "duties": "清扫"}
    given_ |= {"surfaced": True, "washed": True}
    return Frontage(id=id, **{**given_, **more})


def test_five_things_are_kept_before_a_door():
    """One that is lacking is enough; elsewhere nobody is asked."""
    rows = (
        front("all"), front("four", facades=False), front("blank", order=None),
        front("elsewhere", place="其他", order=False), front("where?", place=None, order=False),
    )  # fmt: skip
    assert outcomes("frontages", *rows) == {
        "all": "COMPLIANT", "four": "VIOLATION", "blank": "UNKNOWN",
        "elsewhere": "NOT_APPLICABLE", "where?": "UNKNOWN",
    }  # fmt: skip


def test_who_when_and_what_are_settled():
    """A word that says that nothing is settled is none."""
    rows = front("all"), front("who", person="待定"), front("when?", times=None)
    assert outcomes("frontages-assigned", *rows) == {
        "all": "COMPLIANT", "who": "VIOLATION", "when?": "UNKNOWN",
    }  # fmt: skip


def lot(id, **more):
    given_ = {
        "built_up": False, "trunk_road": False, "finished_on": "never", "hardened": "100 %",
        "bare": False, "cleaned": True,
    }  # fmt: skip
    return ParkingLot(id=id, **HERE, **{**given_, **more})


@pytest.mark.parametrize(
    ("given_", "day", "first", "every"),
    [
        ({"built_up": True}, "2024-09-30", "PENDING", "PENDING"),
        ({"built_up": True}, "2024-10-01", "VIOLATION", "PENDING"),
        ({"trunk_road": True}, "2024-10-01", "VIOLATION", "PENDING"),
        ({"built_up": True, "trunk_road": True, "finished_on": "2024-09-30"}, "2024-10-01",
         "COMPLIANT", "COMPLIANT"),
        ({"built_up": True, "finished_on": "2024-10-01"}, "2025-01-01", "LATE", "COMPLIANT"),
        ({}, "2025-01-01", "NOT_APPLICABLE", "VIOLATION"),
        ({}, "2024-12-31", "NOT_APPLICABLE", "PENDING"),
        ({"built_up": None}, "2024-10-01", "UNKNOWN", "PENDING"),
        ({"finished_on": "2025-01-01"}, "2025-01-01", "NOT_APPLICABLE", "LATE"),
    ],
)  # fmt: skip
def test_lots_of_the_town_are_due_first(given_, day, first, every):
    """By 2024-09-30; all of them by the end of the year."""
    row = lot("场", **given_)
    assert outcomes("parking-lots-first", row, as_of=day) == {"场": first}
    assert outcomes("parking-lots", row, as_of=day) == {"场": every}


def test_the_towns_lots_may_have_their_own_day_alone():
    """Under the other reading the later sentence speaks of the others."""
    others = book(lots="others")
    rows = lot("town", built_up=True), lot("village")
    assert outcomes("parking-lots", *rows, rules=others) == {
        "town": "NOT_APPLICABLE", "village": "VIOLATION",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "given_", "found"),
    [
        ("hardened", {"hardened": "99.9 %"}, "VIOLATION"),
        ("hardened", {"hardened": None}, "UNKNOWN"),
        ("covered", {"bare": True, "covered": "99 %"}, "VIOLATION"),
        ("covered", {"bare": True, "covered": "100 %"}, "COMPLIANT"),
        ("covered", {"bare": False, "covered": "0 %"}, "NOT_APPLICABLE"),
        ("covered", {"bare": None, "covered": "0 %"}, "UNKNOWN"),
        ("cleaned", {"cleaned": False}, "VIOLATION"),
    ],
)
def test_what_a_lot_in_order_is(rule, given_, found):
    """Due with the sentence that they are parts of, the last day of 2024."""
    row = lot("场", **given_)
    assert outcomes(f"parking-lots-{rule}", row) == {"场": found}
    if found == "VIOLATION":
        assert outcomes(f"parking-lots-{rule}", row, as_of="2024-12-31") == {"场": "PENDING"}
        rules = book(date="standing")
        assert outcomes(f"parking-lots-{rule}", row, as_of="2024-01-01", rules=rules) == {
            "场": "VIOLATION"
        }


# --- stockyards


GOOD = {
    "kind": "工业企业内部堆场", "built_on": "2020-05-01", "open": True, "in_use": True,
    "storage": "露天堆放", "wall_height": "5 米", "heap_height": "5 米", "net": True,
    "cover": True, "spray": True, "water_truck": True, "dust_free": True, "conveys": True,
    "sealed": True, "no_leak": True, "no_spill": True, "no_drift": True, "unloads": True,
    "collector": True, "sprinkler": False, "work_dust_free": True, "hardened": True,
    "marked": True, "washer": True, "sweeper": True, "cleared": True, "roads_washed": True,
    "tidy": True, "gates": 2, "gates_with_wash": 2, "vehicles_washed": True, "listed": True,
    "filed": True, "supervisor": "市城管局", "supervisor_person": "甲",
}  # fmt: skip


def yard(id="场", **more):
    return Stockyard(id=id, **HERE, **{**GOOD, **more})


@pytest.mark.parametrize(
    ("rule", "given_", "found"),
    [
        # new ones: built since the plan began, under a roof or not
        ("new", {"built_on": "2023-12-31"}, "NOT_APPLICABLE"),
        ("new", {"built_on": "2024-01-01"}, "VIOLATION"),
        ("new", {"built_on": "2024-01-01", "storage": "全封闭库房", "open": False}, "COMPLIANT"),
        ("new", {"built_on": "2024-01-01", "storage": "其他同等封闭方式"}, "COMPLIANT"),
        ("new", {"built_on": None}, "UNKNOWN"),
        # a wall that is lower than the heap is none
        ("shielded", {"wall_height": "4.9 米"}, "VIOLATION"),
        ("shielded", {"wall_height": "0 米", "heap_height": "0 米"}, "VIOLATION"),
        ("shielded", {"wall_height": "5 米", "heap_height": "500 厘米"}, "COMPLIANT"),
        ("shielded", {"heap_height": None}, "UNKNOWN"),
        ("shielded", {"net": False}, "VIOLATION"),
        ("shielded", {"in_use": False, "net": False}, "NOT_APPLICABLE"),
        ("shielded", {"open": False, "net": False}, "NOT_APPLICABLE"),
        ("dust-free", {"dust_free": False}, "VIOLATION"),
        # of all open ones, in use or not
        ("sealed", {"sealed": False, "in_use": False}, "VIOLATION"),
        ("sealed", {"sealed": False, "conveys": False}, "NOT_APPLICABLE"),
        ("nothing-lost", {"no_drift": False}, "VIOLATION"),
        ("unloading", {"collector": False, "sprinkler": True}, "COMPLIANT"),
        ("unloading", {"collector": False}, "VIOLATION"),
        ("unloading", {"unloads": False, "collector": False}, "NOT_APPLICABLE"),
        ("work-dust-free", {"work_dust_free": False}, "VIOLATION"),
        ("hardened", {"hardened": None}, "UNKNOWN"),
        ("marked", {"marked": False}, "VIOLATION"),
        ("equipped", {"sweeper": False}, "VIOLATION"),
        ("tidy", {"roads_washed": False}, "VIOLATION"),
        ("wheel-wash", {"gates_with_wash": 1}, "VIOLATION"),
        ("wheel-wash", {"gates": 0, "gates_with_wash": 0}, "NOT_APPLICABLE"),
        ("vehicles-washed", {"vehicles_washed": False}, "VIOLATION"),
        ("registered", {"filed": False}, "VIOLATION"),
        ("supervised", {"supervisor": "待定"}, "VIOLATION"),
        ("supervised", {"supervisor_person": None}, "UNKNOWN"),
        ("supervised", {"open": False, "supervisor": "无"}, "NOT_APPLICABLE"),
    ],
)
def test_a_requirement_of_stockyards(rule, given_, found):
    """Each for the yards that it speaks of."""
    assert outcomes(f"stockyards-{rule}", yard(**given_)) == {"场": found}


def test_a_yard_meets_all_six_or_lacks_one():
    """A requirement that does not speak of it asks nothing; a closed store is no open yard."""
    rows = (
        yard("good"), yard("bare", conveys=False, sealed=False, unloads=False, collector=False),
        yard("low", wall_height="1 米"), yard("open?", open=None), yard("store", open=False),
        yard("new", built_on="2024-05-01"), yard("gates?", gates_with_wash=None),
    )  # fmt: skip
    assert outcomes("stockyards-six", *rows) == {
        "good": "COMPLIANT", "bare": "COMPLIANT", "low": "VIOLATION", "open?": "UNKNOWN",
        "store": "NOT_APPLICABLE", "new": "VIOLATION", "gates?": "UNKNOWN",
    }  # fmt: skip


def test_a_combination_that_suits_may_do():
    """Where that is read: one that breaks the wind, one that holds the surface."""
    suited = book(combined="suited")
    only_wall = {"net": False, "cover": False, "spray": False}
    rows = yard("both", **only_wall), yard("wind", **only_wall, water_truck=False)
    assert outcomes("stockyards-shielded", *rows, rules=suited) == {
        "both": "COMPLIANT", "wind": "VIOLATION",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "whose"),
    [
        ("工业企业内部堆场", {"市生态环境局沁阳分局", "市工信局"}),
        ("生活垃圾填埋场", {"市城管局"}),
        ("垃圾转运站", {"市城管局"}),
        ("其他", {"市住建局", "市城管局", "市工信局", "市生态环境局沁阳分局"}),
    ],
)
def test_who_answers_depends_on_the_yard(kind, whose):
    """For another yard it is whom the county's government names: all that the bracket does."""
    facts = Facts.of(County(id="沁阳市"), yard(kind=kind, hardened=False))
    found = airplan.assess(BOOK, facts, dt.date(2025, 1, 1)).verdicts
    (row,) = (
        one for one in found.iter_rows(named=True) if one["rule"] == "pm10.stockyards-hardened"
    )
    assert set(row["departments"]) == whose


def test_an_inland_county_has_no_quay():
    """Until one is entered nobody is spoken of; then it is all but due by the end of 2025."""
    assert outcomes("quays-suppressed", yard()) == {"场": "NOT_APPLICABLE"}
    quay = {"kind": "干散货码头堆场", "suppressed_on": "never"}
    rows = (
        yard("large", large=True, **quay),
        yard("small", large=False, **quay),
        yard("?", large=None, **quay),
    )
    assert outcomes("quays-suppressed", *rows, as_of="2026-01-01") == {
        "large": "SHORTFALL", "small": "NOT_APPLICABLE", "?": "UNKNOWN",
    }  # fmt: skip
    assert outcomes("quays-suppressed", *rows, as_of="2025-12-31")["large"] == "PENDING"


def test_the_survey_is_recorded_for_each_who_makes_it():
    """Four parts; three of them are not all."""

    def acts(*parts):
        return [Attestation(id=part, clause="2.2.4-4", part=part, done=True) for part in parts]

    parts = ("生态环境部门", "工信部门", "城管部门", "乡镇政府（街道办事处）")
    assert outcomes("stockyards-surveyed", *acts(*parts)) == {"沁阳市": "COMPLIANT"}
    assert outcomes("stockyards-surveyed", *acts(*parts[:3])) == {"沁阳市": "UNKNOWN"}


# --- greening and mines


@pytest.mark.parametrize(
    ("rule", "kind", "area", "found"),
    [
        ("afforestation", "中央财政补贴造林", "1000 亩", "COMPLIANT"),
        ("afforestation", "中央财政补贴造林", "999.9 亩", "VIOLATION"),
        ("afforestation", "中央财政补贴造林", "66.7 公顷", "COMPLIANT"),
        ("afforestation", "市县森林抚育", "5000 亩", "VIOLATION"),
        ("afforestation", None, "1000 亩", "UNKNOWN"),
        ("forest-tending", "市县森林抚育", "1 万亩", "COMPLIANT"),
        ("forest-tending", "市县森林抚育", "9999 亩", "VIOLATION"),
        ("forest-tending", "市县森林抚育", None, "UNKNOWN"),
        ("forest-tending", "中央财政补贴造林", "1 万亩", "VIOLATION"),
    ],
)
def test_areas_of_2024(rule, kind, area, found):
    """What was completed in the year, of the one kind."""
    row = ForestryProject(id="林", kind=kind, area=area, completed_on="2024-12-31", **HERE)
    assert outcomes(rule, row) == {"沁阳市": found}
    after = ForestryProject(id="林", kind=kind, area=area, completed_on="2025-01-01", **HERE)
    assert outcomes(rule, after) == {"沁阳市": "VIOLATION"}
    assert outcomes(rule, row, as_of="2024-12-30") == {"沁阳市": "PENDING"}


def test_no_project_is_no_area():
    """An empty ledger falls short; without one it is not known."""
    assert outcomes("afforestation", none=(ForestryProject,)) == {"沁阳市": "VIOLATION"}
    assert outcomes("afforestation") == {"沁阳市": "UNKNOWN"}


def test_mine_plots_are_restored_in_their_year():
    """Plot by plot; a plot of 2024 that is restored in 2025 is late, and none of 2025's."""
    rows = [
        MinePlot(id=id, year=year, restored_on=day, **HERE)
        for id, year, day in (
            ("timely", "2024年", "2024-12-31"), ("late", "2024年", "2025-01-01"),
            ("open", "2024年", "never"), ("next", "2025年", "never"), ("?", None, "never"),
        )
    ]  # fmt: skip
    assert outcomes("mine-plots-2024", *rows) == {
        "timely": "COMPLIANT", "late": "LATE", "open": "VIOLATION", "next": "NOT_APPLICABLE",
        "?": "UNKNOWN",
    }  # fmt: skip
    assert outcomes("mine-plots-2025", *rows)["next"] == "PENDING"
    assert outcomes("mine-plots-2025", *rows, as_of="2026-01-01")["next"] == "VIOLATION"


# --- bad input


LEDGERS = {
    "降尘监测.csv": "县市,监测点位,月末日期,采样天数,降尘量[吨/月·平方公里]\n",
    "停车场.csv": "编号,名称,场内道路硬化率[%]\n",
    "物料堆场.csv": "编号,堆场名称,堆场类型,围墙围挡高度[米]\n",
    "造林抚育项目.csv": "编号,项目名称,完成面积\n",
}


@pytest.mark.parametrize(
    ("file", "row", "told"),
    [
        ("降尘监测.csv", "沁阳市,甲,2024-01-31,0,6.1", "采样天数"),
        ("降尘监测.csv", "沁阳市,甲,2024-01-31,90,6.1", "采样天数"),
        ("停车场.csv", "1,甲,101", "场内道路硬化率"),
        ("物料堆场.csv", "1,甲,煤场,3", "堆场类型"),
        ("物料堆场.csv", "1,甲,其他,-1", "围墙围挡高度"),
        ("造林抚育项目.csv", "1,甲,50 吨", "完成面积"),
    ],
)
def test_what_cannot_be_is_told(tmp_path, file, row, told):
    """With its file and column; the rest of the row stays, or it is set aside and counted."""
    (tmp_path / "county.csv").write_text("编号,名称\n沁阳市,沁阳市\n", "utf-8")
    (tmp_path / file).write_text(LEDGERS[file] + row + "\n", "utf-8")
    facts = airplan.read_facts(tmp_path, BOOK)
    problems = [cell.problem for cell in facts.unreadable]
    problems += [problem for one in facts.set_aside for problem in one.problems]
    assert any(file in one.text() and told in one.text() for one in problems), problems


def test_a_month_twice_is_told(tmp_path):
    """Of one point: which of the two is meant nobody can know."""
    rows = "沁阳市,甲,2024-01-31,31,6.1\n沁阳市,甲,2024-01-31,31,6.2\n"
    (tmp_path / "降尘监测.csv").write_text(LEDGERS["降尘监测.csv"] + rows, "utf-8")
    with pytest.raises(airplan.FactsError, match="沁阳市/甲/2024-01-31.*row 2 has it too"):
        airplan.read_facts(tmp_path, BOOK)


def test_an_area_in_square_metres_is_converted(tmp_path):
    """666,667 m² are 1,000 mu; a yard without a kind is read, and its kind not known."""
    (tmp_path / "造林抚育项目.csv").write_text(
        "编号,县市,项目类型,完成面积[㎡],完成日期\n1,沁阳市,中央财政补贴造林,666667,2024-05-01\n",
        "utf-8",
    )
    (tmp_path / "county.csv").write_text("编号,名称\n沁阳市,沁阳市\n", "utf-8")
    facts = airplan.read_facts(tmp_path, BOOK)
    found = airplan.assess(BOOK, facts, dt.date(2025, 1, 1)).verdicts
    rows = {row["duty"]: row["outcome"] for row in found.iter_rows(named=True)}
    assert rows["pm10.afforestation@2024"] == "COMPLIANT"
