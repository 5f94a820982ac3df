"""What an author of a plugin, or of a service, gets wrong is told with what to write instead."""

import datetime as dt

import pytest

import airplan_core as airplan
from airplan_core import CONVERTER, Facts, FactsError, RuleError, Sum, UnitError, check
from tests.ledgers import Day, Kiln, Works, rulebook

DAY = dt.date(2025, 10, 1)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: Kiln.capacity.times("10 万元"), "a plain number is meant"),
        (lambda: Sum(id="x", zh="x", of=Kiln.works, measure_of=Kiln.capacity.times("2")),
         "add each of them up, and compare the sums"),
        (lambda: Facts.of([Works(id="1")]), r"Facts\.of\(\*records\)"),
        (lambda: Facts.of(Works), r"none=\[Works\]"),
        (lambda: (Kiln.capacity / Kiln.capacity).at_most("0.03"), "write '3 %' for 0.03"),
        (lambda: (Kiln.capacity / Kiln.capacity).at_most(0.03), "write '3 %' for 0.03"),
        (lambda: check(rulebook(), Day(county="测试县", date="2024-01-01"), DAY), "no rule is about 'day'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_to_write(wrong, error):
    """In the words of the mistake, not of what broke."""
    with pytest.raises((RuleError, UnitError), match=error):
        wrong()


def test_a_reference_leads_to_a_row_or_to_nothing_that_is_known():
    """Among records, too; without a single row of the ledger it is not known."""
    with pytest.raises(FactsError, match="kiln, column 'works': read 'w1', expected .*'w'"):
        Facts.of(Kiln(id="k", works="w1"), Works(id="w"))
    assert Facts.of(Kiln(id="k", works="w1")).table(Kiln).height == 1


def test_a_ledger_with_a_key_makes_its_ids():
    """As a file without ids does; one that is given is kept."""
    assert Day(county="测试县", date="2024-01-01").id == "测试县/2024-01-01"
    assert Day(id="d", county="测试县").id == "d"
    with pytest.raises(TypeError, match="id"):
        Kiln(capacity="1 吨/年")


def test_a_converter_takes_chinese_labels_and_tells_every_mistake():
    """All at once, each with its field."""
    kiln = CONVERTER.structure({"编号": "1", "产能": "5 吨/年", "备用": "是", "阶段": " "}, Kiln)
    assert kiln == Kiln(id="1", capacity="5 吨/年", standby=True)
    with pytest.raises(ValueError, match="needs an 'id'") as told:
        CONVERTER.structure(
            {"产能": "5 kg", "standby": "maybe", "nope": 1, "阶段": "国五", "stage": "国六"}, Kiln
        )
    for part in ("Kiln.capacity", "neither yes nor no", "did you mean 'note'?", "stands twice"):
        assert part in str(told.value)


def test_a_verdict_as_a_service_answers_it():
    """The sentence, what is possible, what is missing, how far off, whose."""
    book = rulebook()
    (one,) = [
        v for v in check(book, Kiln(id="k", capacity="50 吨/年", standby=False), DAY)
        if v.rule == "test.small-kilns-exit"
    ]  # fmt: skip
    told = one.to_dict()
    assert told["outcome"] == "UNKNOWN"
    assert set(told["possible"]) == {"VIOLATION", "LATE", "COMPLIANT"}
    assert told["missing"] == ["closed_on", "rebuilt_on"]
    assert told["text"].startswith("2025年9月底前")
    assert told["departments"] == ["甲局", "乙局"]
    late = {v.rule: v for v in check(
        book, Kiln(id="k", capacity="50 吨/年", standby=False, closed_on="never", rebuilt_on="never"), DAY
    )}["test.small-kilns-exit"].to_dict()  # fmt: skip
    assert (late["outcome"], late["margin"], late["unit"]) == ("VIOLATION", -1, "天")
    assert late["due"] == dt.date(2025, 9, 30)
    related = check(book, Kiln(id="k", works="w"), DAY, Works(id="w"))
    assert all(v.to_dict()["duty"] == v.duty.id for v in related)


def test_records_are_called_briefly():
    """A failing test shows ten lines, not the whole plan."""
    book = rulebook()
    for one in (*book.duties, *book.rules.values()):
        assert len(repr(one)) < 120
    assert airplan.Rule
