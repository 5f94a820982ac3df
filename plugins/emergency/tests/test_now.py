"""What must be done at an hour: whom it binds, who is let off and by what, and the air beside it."""

import datetime as dt
from pathlib import Path

import pytest

import airplan_ambient
import airplan_core as airplan
import airplan_emergency
import airplan_qinyang
from airplan_ambient.ledgers import CountyDay
from airplan_core import Config, County, Exemption, Facts
from airplan_emergency import now
from airplan_emergency.alerts import Alert
from airplan_emergency.measure_ledgers import (
    EmergencyMeasure,
    EmergencyProfile,
    MeasureTaken,
    OwnCut,
    WhiteListUnit,
)
from airplan_emergency.transport_ledgers import TransportProfile
from airplan_qinyang import Enterprise
from airplan_qinyang.grades import PerformanceGrade

PLUGINS = [
    airplan.contribution(one.CAMPAIGN)
    for one in (airplan_emergency, airplan_qinyang, airplan_ambient)
]


def book(**taken):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=taken))


BOOK = book()
HERE = BOOK.plan.county

EPISODE = (
    ("黄色", "2024-12-17 18:00", "2024-12-19 08:00"),
    ("橙色", "2024-12-19 08:00", "2024-12-21 12:00"),
    ("红色", "2024-12-21 12:00", "2024-12-23 18:00"),
)
ALERTS = tuple(
    Alert(id=f"预警{n}", county=HERE, level=level, begins_at=begins, ends_at=ends)
    for n, (level, begins, ends) in enumerate(EPISODE, 1)
)
WORKS = tuple(Enterprise(id=name, name=f"{name}厂", industry="水泥") for name in "甲乙丙丁")
VALID = {"begins_on": "2024-10-01", "ends_on": "2025-03-31"}
NONE = (WhiteListUnit, PerformanceGrade)


def entry(id, enterprise="甲", level="橙色", **more):
    said = {"line": "1号线", "kind": "限产", "kept": "50 %", **VALID, **more}
    return EmergencyMeasure(id=id, enterprise=enterprise, level=level, **said)


def lines(*rows, at="2024-12-20T08:00", alerts=ALERTS, rules=BOOK, none=NONE, works=WORKS):
    """Every line: subject, conclusion, clause."""
    facts = _facts(*rows, alerts=alerts, none=none, works=works)
    return now.listed(now.at_hour(rules, facts, dt.datetime.fromisoformat(at)))


def _facts(*rows, alerts=ALERTS, none=NONE, works=WORKS):
    given = {type(row) for row in rows}
    empty = [one for one in none if one not in given]
    if not alerts:
        empty.append(Alert)
    return Facts.of(County(id=HERE), *works, *alerts, *rows, none=empty)


def said(found):
    return [(one.subject, one.conclusion, one.clause.id) for one in found]


@pytest.mark.parametrize(
    ("at", "subjects"),
    [
        ("2024-12-17T17:00", []),
        ("2024-12-17T18:00", ["黄"]),
        ("2024-12-19T07:00", ["黄"]),
        ("2024-12-19T08:00", ["橙"]),
        ("2024-12-21T11:00", ["橙"]),
        ("2024-12-21T12:00", ["红"]),
        ("2024-12-23T17:00", ["红"]),
        # lifted, it leaves nothing to be done
        ("2024-12-23T18:00", []),
        ("2025-01-01T00:00", []),
    ],
)
def test_what_binds_is_of_the_level_of_the_hour(at, subjects):
    """Through an episode, hour by hour."""
    list_ = [entry("黄", level="黄色"), entry("橙"), entry("红", level="红色")]
    assert [one.subject for one in lines(*list_, at=at)] == subjects


def test_an_entry_names_its_line_its_words_and_its_sentence():
    """And the department that answers for it."""
    (one,) = lines(entry("条", process="烧成", facility="窑尾", measure="轮流停窑（虚构）"))
    assert (one.kind, one.name, one.place) == ("生产线", "甲厂", ("1号线", "烧成", "窑尾"))
    assert one.measure == "限产，不高于平常的50%：轮流停窑（虚构）"
    assert (one.conclusion, one.clause.id) == (now.BOUND, "2.8.2-2")
    assert one.clause.text == "应急减排措施落实到具体生产线、生产环节、生产设施"


def test_an_entry_binds_while_it_is_valid():
    """The list is changed: one ends, and another begins."""
    old = entry("旧", ends_on="2024-12-19")
    new = entry("新", begins_on="2024-12-20")
    assert [one.subject for one in lines(old, new)] == ["新"]
    (open_,) = lines(entry("未知", ends_on=None))
    assert open_.conclusion == now.UNCLEAR


@pytest.mark.parametrize(
    ("rows", "conclusion", "clause", "authority"),
    [
        ([], now.BOUND, "2.8.2-2", ""),
        ([("A级", "2024-01-01", "2025-12-31")], now.OWN, "2.8.2-7", "企业绩效评级“g0”"),
        ([("绩效引领性", "2024-01-01", "never")], now.OWN, "2.8.2-7", "企业绩效评级“g0”"),
        ([("B级", "2024-01-01", "2025-12-31")], now.BOUND, "2.8.2-2", ""),
        # on the day the alert begins counts the grade of that day
        ([("A级", "2024-01-01", "2024-12-18")], now.BOUND, "2.8.2-2", ""),
        ([("A级", "2024-01-01", "2024-12-19")], now.OWN, "2.8.2-7", "企业绩效评级“g0”"),
        ([("A级", "2024-12-20", "2025-12-31")], now.BOUND, "2.8.2-2", ""),
        ([(None, "2024-01-01", "2025-12-31")], now.UNCLEAR, "2.8.2-2", ""),
        ([("A级", None, "2025-12-31")], now.UNCLEAR, "2.8.2-2", ""),
    ],
)
def test_the_grade_of_the_day_lets_an_enterprise_decide(rows, conclusion, clause, authority):
    """A and 引领性; of whose grade is not known it is open."""
    grades = [
        PerformanceGrade(id=f"g{n}", enterprise="甲", grade=grade, begins_on=begins, ends_on=ends)
        for n, (grade, begins, ends) in enumerate(rows)
    ]
    (one,) = lines(entry("条"), *grades)
    assert (one.conclusion, one.clause.id, one.authority) == (conclusion, clause, authority)


def test_what_it_decided_is_listed():
    """As it is recorded under this alert; who has no entry is listed all the same."""
    grade = PerformanceGrade(
        id="g", enterprise="甲", grade="A级", begins_on="2024-01-01", ends_on="never"
    )
    cut = OwnCut(enterprise="甲", alert="预警2", measure="降低负荷（虚构）")
    (one,) = lines(entry("条"), grade, cut)
    assert "降低负荷（虚构）" in one.why
    (one,) = lines(entry("条", enterprise="乙"), grade)[1:]
    assert (one.subject, one.conclusion, one.measure) == ("甲", now.OWN, "自主决定减排措施并记录")
    assert "尚未记录" in one.why


@pytest.mark.parametrize(
    ("more", "conclusion"),
    [
        ({}, now.LET_OFF),
        # in compliance alone
        ({"compliant": False}, now.BOUND),
        ({"admitted": False}, now.BOUND),
        ({"compliant": None}, now.UNCLEAR),
        ({"ends_on": "2024-12-18"}, now.BOUND),
        ({"ends_on": None}, now.UNCLEAR),
    ],
)
def test_the_white_list_lets_off_who_is_in_order(more, conclusion):
    """With the row that says so; who is not in order is told why it is bound."""
    unit = {"admitted": True, "compliant": True, **VALID, **more}
    row = WhiteListUnit(id="w", enterprise="甲", kind="重大项目单位", project="某项目", **unit)
    (one,) = lines(entry("条"), row)
    assert one.conclusion == conclusion
    if conclusion == now.LET_OFF:
        assert (one.clause.id, one.authority) == ("2.8.2-8", "生态环境要素保障白名单“w”")
        assert "某项目" in one.why
    if more.get("compliant") is False:
        assert "不豁免" in one.why


def test_an_exemption_that_was_granted_names_who_granted_it():
    """While it lasts."""
    rule = "emergency.measures-taken"

    def granted(until):
        return Exemption(rule=rule, subject="条/预警2", authority="市政府（虚构）", reason="保供",
                         valid_from="2024-12-19", valid_to=until)  # fmt: skip

    row = MeasureTaken(measure="条", alert="预警2")
    (one,) = lines(entry("条"), row, granted("2024-12-20"))
    assert (one.conclusion, one.authority, one.why) == (now.LET_OFF, "市政府（虚构）", "保供")
    (one,) = lines(entry("条"), row, granted("2024-12-19"))
    assert one.conclusion == now.BOUND


@pytest.mark.parametrize(("at", "asked"), [("2024-12-18T08:00", False), ("2024-12-20T08:00", True)])
def test_key_users_move_less_under_orange(at, asked):
    """Their fleet and their machines; who is no key user, or of a neighbour, is not asked."""
    users = [
        TransportProfile(enterprise="甲", bulk=True, key=True, machines=True),
        TransportProfile(enterprise="乙", bulk=True, key=False, machines=True),
        TransportProfile(enterprise="丙", bulk=True, key=True, machines=False),
        EmergencyProfile(enterprise="丙", county="邻县"),
    ]
    found = lines(*users, County(id="邻县"), at=at)
    assert {(one.subject, one.kind, one.clause.id) for one in found} == (
        {("甲", "车队", "2.8.3-4")} if asked else set()
    )
    assert len(found) == (3 if asked else 0)


def test_readings_of_transport_are_the_countys():
    """Whether all stops; whether the white list reaches transport."""
    user = TransportProfile(enterprise="甲", bulk=True, key=True, machines=False)
    unit = WhiteListUnit(id="w", enterprise="甲", admitted=True, compliant=True, **VALID)
    assert {one.conclusion for one in lines(user, unit)} == {now.LET_OFF}
    other = book(**{"I-52": "measures", "2.8.3-4-stop": "less"})
    (one,) = lines(user, unit, rules=other)
    assert (one.conclusion, one.measure) == (now.BOUND, "减少或停止货物公路运输")
    grade = PerformanceGrade(
        id="g", enterprise="甲", grade="A级", begins_on="2024-01-01", ends_on="never"
    )
    fleets = [one for one in lines(user, grade) if one.kind == "车队"]
    assert {one.conclusion for one in fleets} == {now.BOUND}
    found = lines(user, grade, rules=book(**{"2.8.2-7-transport": "all"}))
    fleets = [one for one in found if one.kind == "车队"]
    assert {(one.conclusion, one.authority) for one in fleets} == {(now.OWN, "企业绩效评级“g”")}


def test_what_is_not_known_of_an_alert_is_open():
    """Whether it is lifted, and of which level."""
    for more in ({"ends_at": None}, {"level": None}):
        row = {
            "level": "橙色",
            "begins_at": "2024-12-19 08:00",
            "ends_at": "2024-12-21 12:00",
            **more,
        }
        (one,) = lines(entry("条"), alerts=(Alert(id="预警", county=HERE, **row),))
        assert one.conclusion == now.UNCLEAR
    # an alert that another county has is none of ours
    away = Alert(
        id="邻", county="邻县", level="红色", begins_at="2024-12-19 08:00", ends_at="never"
    )
    assert lines(entry("条", level="红色"), County(id="邻县"), alerts=(away,)) == ()


def test_a_planned_end_ends_nothing():
    """The formal lift does."""
    row = Alert(id="预警", county=HERE, level="橙色", begins_at="2024-12-19 08:00",
                ends_at="另行通知", planned_until="2024-12-19 20:00")  # fmt: skip
    (one,) = lines(entry("条"), alerts=(row,))
    assert one.conclusion == now.BOUND


def tables(*rows, at="2024-12-20T08:00", lang="zh", **more):
    found = now.at_hour(BOOK, _facts(*rows, **more), dt.datetime.fromisoformat(at))
    return dict(now.tables(found, lang))


def test_the_listing_says_what_the_county_is_under():
    """And how it came to that."""
    (row,) = tables()["状态"].to_dicts()
    assert (row["状态"], row["自"]) == ("橙色", "2024-12-19 08:00")
    assert row["过程"] == "黄色 12-17 18:00 → 橙色 12-19 08:00"
    (row,) = tables(at="2024-12-24T08:00")["状态"].to_dicts()
    assert (row["状态"], row["过程"]) == ("无", None)
    facts = Facts.of(County(id=HERE), *WORKS)
    found = now.at_hour(BOOK, facts, dt.datetime(2024, 12, 20, 8))
    assert found.state() == now.UNCLEAR


def day(date, aqi):
    return CountyDay(county=HERE, date=date, aqi=f"{aqi} AQI")


def test_the_air_stands_beside_alerts_and_decides_nothing():
    """Issued without the condition; the condition without an alert."""
    quiet = [day(f"2024-12-{n:02}", 90) for n in range(1, 32)]
    found = tables(entry("条"), *quiet, at="2024-12-24T08:00")
    assert found["预警合理性"]["结论"].to_list() == ["未见条件"] * 3
    loud = [day(f"2024-12-{n:02}", 210 if n in (5, 6) else 90) for n in range(1, 32)]
    found = tables(entry("条"), *loud, at="2024-12-24T08:00")
    assert found["过程合理性"].rows() == [
        ("2024-12-05", "2024-12-06", "橙色", "无", "有条件无预警")
    ]
    assert said(lines(entry("条"), *quiet)) == said(lines(entry("条"), *loud))


def test_the_listing_is_english_too():
    """Its headings and its words; sentences stay the plan's."""
    found = tables(entry("条"), lang="en")
    assert list(found) == [
        "state", "measures", "exempt", "sentences", "alerts and the air", "episodes and the air",
    ]  # fmt: skip
    assert found["measures"]["conclusion"].to_list() == ["to be done"]


def test_the_command_lists_the_hour():
    """Its title says the state; its notes, what the listing does not decide."""
    facts = _facts(entry("条"))
    listing = now.ALERT.answer(BOOK, facts, {"at": dt.datetime(2024, 12, 20, 8)}, "zh")
    assert listing.title == f"{HERE}重污染天气应急 2024-12-20 08:00：橙色"
    assert "不改变任何结论" in listing.notes[0]
    listing = now.ALERT.answer(BOOK, facts, {"at": dt.datetime(2024, 12, 20, 8)}, "en")
    assert listing.title == f"{HERE}, heavy pollution, 2024-12-20 08:00: 橙色"
    (sentence,) = dict(listing.tables)["sentences"].rows()
    assert sentence[0] == "2.8.2-2"
    assert sentence[1].startswith("市生态环境局沁阳分局、市工信局")
    (option,) = now.ALERT.options
    assert option.parse("2024-12-20T08:00") == dt.datetime(2024, 12, 20, 8)
    assert option.required


def test_the_example_county_is_under_orange():
    """Seven entries: five bind, one is let off, one decides by itself; three fleets move less."""
    folder = Path(__file__).parents[3] / "examples/qinyang"
    rules = airplan.load_rulebook(folder / "airplan.toml")
    facts = airplan.read_facts(folder, rules)
    found = now.listed(now.at_hour(rules, facts, dt.datetime(2024, 12, 20, 8)))
    stood = {(one.subject, one.conclusion) for one in found if one.kind != "车队"}
    assert stood == {
        *((f"合成-清单-{n}", now.BOUND) for n in (2, 4, 5, 6, 7)),
        ("合成-清单-8", now.LET_OFF), ("合成-清单-9", now.OWN),
    }  # fmt: skip
    fleets = {one.subject for one in found if one.kind == "车队"}
    assert fleets == {"合成-水泥", "合成-矿业", "合成-国钢"}


def test_a_row_that_contradicts_itself_may_be_in_force(tmp_path):
    """It is told when it is read; what the hour is under is then not known."""
    (tmp_path / "alert.csv").write_text(
        f"编号,县市,预警级别,启动时间,解除时间\n1,{HERE},橙色,2024-12-19 08:00,2024-12-18 08:00\n",
        encoding="utf-8",
    )
    (tmp_path / "county.csv").write_text(f"编号\n{HERE}\n", encoding="utf-8")
    facts = airplan.read_facts(tmp_path, BOOK)
    assert len(facts.set_aside) == 1
    found = now.at_hour(BOOK, facts, dt.datetime(2024, 12, 20, 8))
    assert found.state() == now.UNCLEAR


def test_an_alert_is_asked_about_to_the_minute():
    """A minute before it begins is not rounded into it, nor one before it is lifted out of it."""
    (at,) = now.ALERT.options
    assert at.parse("2024-12-20 07:59") == dt.datetime(2024, 12, 20, 7, 59)
    with pytest.raises(ValueError, match="2024-01-31"):
        at.parse("2024-12-20")
