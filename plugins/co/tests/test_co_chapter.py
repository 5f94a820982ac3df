"""The chapter on ledgers: who is meant by an instruction, what it goes by, and what is less."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import airplan_ambient
import airplan_co
import airplan_core as airplan
import airplan_qinyang
from airplan_co.ledgers import ControlAction, ControlOrder, CoProfile
from airplan_core import Attestation, Config, County, Facts, FactsError, Strength, read_facts
from airplan_qinyang import Enterprise

PLUGINS = [
    airplan.contribution(one.CAMPAIGN) for one in (airplan_co, airplan_qinyang, airplan_ambient)
]


def book(taken=None):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=taken or {}))


BOOK = book()
CHOSEN, EMISSION = (
    book({"2.6.1-2-precise": "chosen"}), book({"2.6.1-3-and": "emission"})
)  # fmt: skip
MINE = list(airplan_co.CAMPAIGN.airplan_clauses())


def outcomes(*rows, as_of="2025-06-01", rules=BOOK, none=()):
    facts = Facts.of(County(id="甲县"), *rows, none=none)
    found = airplan.assess(rules, facts, dt.date.fromisoformat(as_of)).outcomes
    return {
        (row["rule"].removeprefix("co."), row["subject"]): row["outcome"]
        for row in found.iter_rows(named=True)
    }


def works(**profiles):
    """Enterprises by name: None has no profile, a pair says whether it is key, and burns biomass."""
    for name, said in profiles.items():
        yield Enterprise(id=name)
        if said is not None:
            yield CoProfile(id=name, enterprise=name, key=said[0], biomass=said[1])


def order(id="令", **more):
    given_ = {"issued_at": "2025-01-10T07:30", "co": "2.1 mg/m³", "wind": "东北"}
    return ControlOrder(id=id, county="甲县", **{**given_, **more})


def action(works, order="令", **more):
    given_ = {
        "managed": True, "adjusted": True, "before": "100 mg/m³", "after": "90 mg/m³",
        "emitted_before": "5 kg", "emitted_after": "4 kg",
    }  # fmt: skip
    return ControlAction(order=order, profile=works, **{**given_, **more})


# The text -----------------------------------------------------------------------------------------


def test_three_sentences_are_answered_for():
    """None is excused, and each binds."""
    assert [clause.id for clause in MINE] == ["2.6.1-1", "2.6.1-2", "2.6.1-3"]
    assert {clause.strength for clause in MINE} == {Strength.MUST}
    assert {BOOK.coverage()[clause.id] for clause in MINE}.isdisjoint({"excused", "disabled"})


def test_nothing_between_the_quotes_is_left_unsaid():
    """Without its quotes, the line is its bracket and punctuation."""
    named = os.environ.get("AIRPLAN_PLAN")
    path = Path(named or Path(__file__).parents[3].parent / "shared/plan/plan.zh.txt")
    if not path.is_file():
        pytest.skip(f"the plan's text is not at {path}")
    line = path.read_text(encoding="utf-8").splitlines()[51]
    body, _, bracket = line.rpartition("（")
    for clause in MINE:
        assert clause.text in body
        body = body.replace(clause.text, "")
    assert re.sub(r"[，。\s]", "", body) == ""
    assert bracket == f"{MINE[0].lead[0]}牵头）"


# Supervision ---------------------------------------------------------------------------------------


def test_key_emitters_are_supervised():
    """Key emitters alone; of one without a profile it is not known whether it is one."""
    rows = (
        *works(甲=(True, False), 乙=(True, None), 丙=(False, True), 丁=(None, None), 戊=None),
        Attestation(clause="2.6.1-1", subject="甲", done=True),
        Attestation(clause="2.6.1-1", subject="丙", done=False),
    )
    found = outcomes(*rows)
    assert [found["key-emitters-supervised", name] for name in "甲乙丙丁戊"] == [
        "COMPLIANT", "UNKNOWN", "NOT_APPLICABLE", "UNKNOWN", "UNKNOWN"
    ]  # fmt: skip


# Instructions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "COMPLIANT"),
        ({"co": None, "aqi": "130 AQI", "wind": None, "force": "3 级"}, "COMPLIANT"),
        ({"co": None, "wind": None, "by_air": True, "by_wind": True}, "COMPLIANT"),
        # neither noted nor said: not known, and not a fall
        ({"co": None}, "UNKNOWN"),
        ({"wind": None}, "UNKNOWN"),
        ({"by_air": False, "co": None}, "VIOLATION"),
        ({"by_wind": False, "wind": None}, "VIOLATION"),
        # what was noted and not gone by
        ({"by_wind": False}, "VIOLATION"),
        # no number calls for an instruction: the wind may be still, and the air good
        ({"co": "0 mg/m³", "aqi": "0 AQI", "wind": "静风", "force": "0 级"}, "COMPLIANT"),
        ({"force": "17 级"}, "COMPLIANT"),
        # by the day asked about, and under the plan
        ({"issued_at": "2025-06-01T23:59"}, "COMPLIANT"),
        ({"issued_at": "2025-06-02T00:00"}, "NOT_APPLICABLE"),
        ({"issued_at": "2024-01-01T00:00"}, "COMPLIANT"),
        ({"issued_at": "2023-12-31T23:59"}, "NOT_APPLICABLE"),
        ({"issued_at": None}, "UNKNOWN"),
    ],
)
def test_an_instruction_goes_by_the_air_and_the_wind(said, expected):
    """根据空气质量情况及风向等情况: both, as it notes them itself or says."""
    assert outcomes(order(**said))["orders-by-air-and-wind", "令"] == expected


def test_no_instruction_asks_nothing_and_no_ledger_is_not_known():
    """适时 is the office's to say: a ledger without a row says that there was no cause."""
    rows = (*works(甲=(True, False)),)
    found = outcomes(*rows, none=[ControlOrder, ControlAction])
    assert found["precise-management", "甲县"] == "NOT_APPLICABLE"
    assert not [rule for rule, _ in found if rule in ("every-emitter-managed", "less-by-adjusting")]
    assert outcomes(*rows)["precise-management", "甲县"] == "UNKNOWN"
    # an instruction of before the plan, or of tomorrow, is none of the plan's by today
    for day in ("2023-12-31T08:00", "2025-06-02T08:00"):
        found = outcomes(*rows, order(issued_at=day), action("甲", managed=False))
        assert found["precise-management", "甲县"] == "NOT_APPLICABLE"
        assert found["every-emitter-managed", "令/甲"] == "NOT_APPLICABLE"
        assert found["less-by-adjusting", "令/甲"] == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("profile", "managed", "expected"),
    [
        ((True, False), True, "COMPLIANT"),
        ((False, True), True, "COMPLIANT"),
        ((True, False), False, "VIOLATION"),
        ((False, True), False, "VIOLATION"),
        ((True, None), False, "VIOLATION"),
        ((None, True), False, "VIOLATION"),
        ((False, False), False, "NOT_APPLICABLE"),
        ((False, None), False, "UNKNOWN"),
        ((None, None), False, "UNKNOWN"),
        (None, False, "UNKNOWN"),
        ((True, True), None, "UNKNOWN"),
    ],
)
def test_whom_an_instruction_is_for(profile, managed, expected):
    """Key emitters, and whoever uses a biomass boiler: 以及 joins two lists."""
    rows = (*works(甲=profile), order(), action("甲", managed=managed, adjusted=None))
    assert outcomes(*rows)["every-emitter-managed", "令/甲"] == expected


def test_who_is_missing_from_an_instruction_is_named():
    """Who has no row under it, of each instruction; who is none of the two is not asked about."""
    rows = (
        *works(甲=(True, False), 乙=(False, True), 丙=(False, False), 丁=(None, False), 戊=None),
        order("一"), order("二"), action("甲", "一"), action("乙", "一"),
    )  # fmt: skip
    found = outcomes(*rows)
    managed = {subject: said for (rule, subject), said in found.items()
               if rule == "every-emitter-managed"}  # fmt: skip
    assert managed == {
        "一/甲": "COMPLIANT", "一/乙": "COMPLIANT", "一/丁": "UNKNOWN", "一/戊": "UNKNOWN",
        "二/甲": "UNKNOWN", "二/乙": "UNKNOWN", "二/丁": "UNKNOWN", "二/戊": "UNKNOWN",
    }  # fmt: skip
    assert found["precise-management", "甲县"] == "UNKNOWN"
    # an instruction for which nobody entered anything at all, not even the ledger
    found = outcomes(*works(甲=(True, False)), order())
    assert found["every-emitter-managed", "令/甲"] == "UNKNOWN"
    assert found["less-by-adjusting", "令/甲"] == "UNKNOWN"


def test_a_county_is_told_in_one_line():
    """All of them, of every instruction; one that was left out is one too many."""
    rows = (*works(甲=(True, False), 乙=(False, True)), order(), action("甲"))
    assert outcomes(*rows, action("乙"))["precise-management", "甲县"] == "COMPLIANT"
    left_out = outcomes(*rows, action("乙", managed=False, adjusted=None))
    assert left_out["precise-management", "甲县"] == "VIOLATION"
    assert left_out["less-by-adjusting", "令/乙"] == "NOT_APPLICABLE"


def test_an_instruction_may_choose_whom_it_is_for():
    """精准 may mean that it does: who was left out is then asked nothing."""
    rows = (
        *works(甲=(True, False), 乙=(False, True)), order(), action("甲"),
        action("乙", managed=False, adjusted=None),
    )  # fmt: skip
    found = outcomes(*rows, rules=CHOSEN)
    assert found["every-emitter-managed", "令/甲"] == "COMPLIANT"
    assert found["every-emitter-managed", "令/乙"] == "NOT_APPLICABLE"
    assert found["precise-management", "甲县"] == "COMPLIANT"


# Less -----------------------------------------------------------------------------------------------

LESS = [
    # concentration, emission
    ({}, "COMPLIANT", "COMPLIANT"),
    ({"after": "99.999999 mg/m³", "emitted_after": "4.999999 kg"}, "COMPLIANT", "COMPLIANT"),
    # the same is not less, and both are
    ({"after": "100 mg/m³"}, "VIOLATION", "COMPLIANT"),
    ({"after": "100.1 mg/m³"}, "VIOLATION", "VIOLATION"),
    ({"emitted_after": "5 kg"}, "VIOLATION", "VIOLATION"),
    ({"after": "0 mg/m³", "emitted_after": "0 kg"}, "COMPLIANT", "COMPLIANT"),
    # by adjusting
    ({"adjusted": False}, "VIOLATION", "VIOLATION"),
    ({"adjusted": None}, "UNKNOWN", "UNKNOWN"),
    ({"managed": None, "adjusted": True}, "COMPLIANT", "COMPLIANT"),
    ({"managed": False}, "NOT_APPLICABLE", "NOT_APPLICABLE"),
    # blank, and blank where the other has not fallen
    ({"after": None}, "UNKNOWN", "UNKNOWN"),
    ({"before": None}, "UNKNOWN", "UNKNOWN"),
    ({"emitted_before": None}, "UNKNOWN", "UNKNOWN"),
    ({"emitted_after": None, "after": "101 mg/m³"}, "VIOLATION", "VIOLATION"),
    # who emitted nothing has nothing to reduce; who began to has not reduced it
    (dict.fromkeys(("before", "after"), "0 mg/m³")
     | dict.fromkeys(("emitted_before", "emitted_after"), "0 kg"), "NOT_APPLICABLE",
     "NOT_APPLICABLE"),
    ({"before": "0 mg/m³", "emitted_before": "0 kg"}, "VIOLATION", "VIOLATION"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "both", "emission"), LESS)
def test_less_than_before_the_adjustment(said, both, emission):
    """A lower concentration and less emission, strictly, at each enterprise for itself."""
    rows = (*works(甲=(True, False)), order(), action("甲", **said))
    assert outcomes(*rows)["less-by-adjusting", "令/甲"] == both
    assert outcomes(*rows, rules=EMISSION)["less-by-adjusting", "令/甲"] == emission


NUMBERS = st.one_of(st.none(), st.integers(0, 4).map(lambda n: n / 2))


@given(
    st.lists(
        st.tuples(*[st.sampled_from([True, False, None])] * 4, *[NUMBERS] * 4),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_each_of_each_as_one_writes_it_by_hand(drawn):
    """An oracle that shares no code: three-valued logic, row by row."""
    rows = [order()]
    expected = {}
    for n, (key, biomass, managed, adjusted, *said) in enumerate(drawn):
        name = f"厂{n}"
        rows += works(**{name: (key, biomass)})
        before, after, kg_before, kg_after = said
        numbers = {
            "before": before, "after": after, "emitted_before": kg_before, "emitted_after": kg_after,
        }  # fmt: skip
        rows.append(
            ControlAction(
                order="令", profile=name, managed=managed, adjusted=adjusted,
                **{k: None if v is None else f"{v} {'kg' if 'kg' in k or 'emi' in k else 'mg/m³'}"
                   for k, v in numbers.items()},
            )
        )  # fmt: skip
        if managed is None and adjusted:
            managed = True
        meant = _any(key, biomass)
        expected["every-emitter-managed", f"令/{name}"] = _told(meant, managed)
        emits = _any(*(None if one is None else one > 0 for one in said))
        asked = _all(adjusted, _below(after, before), _below(kg_after, kg_before))
        expected["less-by-adjusting", f"令/{name}"] = _told(_all(meant, managed, emits), asked)
    found = outcomes(*rows)
    assert {key: found[key] for key in expected} == expected
    left_out = [said for (rule, _), said in expected.items() if rule == "every-emitter-managed"]
    county = found["precise-management", "甲县"]
    if "VIOLATION" in left_out:
        assert county == "VIOLATION"
    elif "UNKNOWN" not in left_out:
        assert county == "COMPLIANT"


def _any(*said):
    return True if True in said else None if None in said else False


def _all(*said):
    return False if False in said else None if None in said else True


def _below(one, other):
    return None if None in (one, other) else one < other


def _told(applies, asked):
    if applies is False:
        return "NOT_APPLICABLE"
    if applies is None or asked is None:
        return "UNKNOWN"
    return "COMPLIANT" if asked else "VIOLATION"


# What is handed in ------------------------------------------------------------------------------------

HEADS = "编号,县市,下达时间,当时CO小时浓度,当时AQI,当时风向,当时风力[级]"


@pytest.mark.parametrize(
    ("cells", "column", "teaches"),
    [
        ("2.1,130,东北,20", "当时风力", "17"),
        ("2.1,130,东北,3.5", "当时风力", "整数"),
        ("-2.1,130,东北,3", "当时CO小时浓度", "0"),
        ("2100,130,东北,3", "当时CO小时浓度", "100"),
        ("2.1,501,东北,3", "当时AQI", "500"),
        ("2.1,130,东北偏,3", "当时风向", "东北"),
    ],
)
def test_what_no_wind_and_no_air_is(tmp_path, cells, column, teaches):
    """A wind force of 20, CO below nothing: told by the column, with what it may be."""
    (tmp_path / "control_order.csv").write_text(
        f"{HEADS}\n令,甲县,2025-01-10 07:30,{cells}\n", encoding="utf-8"
    )
    (tmp_path / "county.csv").write_text("编号\n甲县\n", encoding="utf-8")
    facts = read_facts(tmp_path, BOOK)
    (cell,) = facts.unreadable
    told = cell.problem.text()
    assert column in told
    assert teaches in told


def test_a_row_of_nobody_is_refused():
    """What was done, and by whom, under which instruction: a row without one is set aside."""
    with pytest.raises(FactsError, match="哪份指令"):
        outcomes(order(), *works(甲=(True, True)), ControlAction(profile="甲", managed=True))
