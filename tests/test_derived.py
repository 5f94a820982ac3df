"""Derived ledgers, hours, and the arithmetic of sums and differences."""

import datetime as dt

import attrs
import pytest

import airplan_core as airplan
from airplan_core import Derivation, Entity, Facts, Measured, Moment, measured, moment
from airplan_core.errors import PluginError, RulebookError, UnitError
from airplan_core.facts.derived import derive
from airplan_core.quantities.dates import to_hour
from tests.ledgers import Kiln, outcomes, rulebook, small_exit


class Raw(Entity, zh="原始", en="raw"):
    """A raw value."""

    time: Moment = moment(zh="时刻", en="time")
    level: Measured = measured("µg/m³", zh="浓度", en="level", floor="0 µg/m³")


def doubled(own, raw, readings):
    found = raw.select("id", twice=2 * raw["level"])
    return own.vstack(found.join(own.select("id"), on="id", how="anti")), ["doubled"]


class Twice(Entity, zh="两倍", en="twice", derived=Derivation(sources=(Raw,), compute=doubled)):
    """Twice a raw value."""

    twice: Measured = measured("µg/m³", zh="两倍浓度", en="twice")


def test_a_ledger_is_completed_from_its_sources():
    """What it says itself is kept; what it lacks is computed; the note is passed on."""
    facts = derive(Facts.of(Raw(id="1", level="2 µg/m³"), Raw(id="2", level="5 µg/m³"),
                            Twice(id="1", twice="7 µg/m³")), [Twice, Raw])  # fmt: skip
    assert dict(facts.table(Twice).iter_rows()) == {"1": 7.0, "2": 10.0}
    assert facts.notes == ("doubled",)


def test_without_a_source_nothing_is_derived():
    """A ledger nobody supplied stays missing, not empty."""
    assert not derive(Facts.of(), [Twice, Raw]).supplies(Twice)


def test_a_derivation_that_makes_another_table_is_an_error():
    """The columns are those of the ledger."""
    ledger = airplan.ledger_of(Twice)
    wrong = Derivation(sources=(Raw,), compute=lambda own, raw, readings: (raw, []))
    bad = attrs.evolve(ledger, derived=wrong)

    class Bad(Twice, zh="坏", en="bad"):
        """Bad."""

    Bad.__ledger__ = attrs.evolve(bad, entity=Bad, name="bad")
    with pytest.raises(RulebookError, match="'bad' is derived with the columns"):
        derive(Facts.of(Raw(id="1", level="2 µg/m³")), [Bad, Raw])


@pytest.mark.parametrize(
    "written",
    ["2024-01-31T07:00", "2024/1/31 7:00", "2024年1月31日7时", "20240131 07", "2024-01-31 07:00:00",
     "2024-01-31T07:00+08:00"],
)  # fmt: skip
def test_hours_are_read_as_exports_write_them(written):
    """One hour of Beijing time, however it is spelt; it is left as it is entered."""
    row = Raw(id="1", time=written)
    assert row.time == dt.datetime(2024, 1, 31, 7)
    assert to_hour(Raw.time.leave(row.time)) == row.time
    assert to_hour("2024-01-30 24:00") == to_hour("2024年1月30日24时") == dt.datetime(2024, 1, 31)
    facts = Facts.of(row)
    assert Facts.from_json(facts.to_json([Raw]), [Raw]).table(Raw).equals(facts.table(Raw))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-01-31 24:30", "from 0 to 24:00"),
        ("2024-01-31 25:00", "from 0 to 24:00"),
        ("2024-01-31T07:30", "no full hour"),
        ("2024-01-31T07:00Z", "write 2024-01-31T15:00"),
        ("2024-01-31T07:00-05:00", "write 2024-01-31T20:00"),
        ("2024-01-31T07:75", "is not a time"),
        ("2024-02-30T07:00", "is a day that does not exist"),
        ("24-01-31 07:00", "does not begin with a year of four digits; write it so: 2024-01-31"),
        ("2024-01-31", "is not a time"),
        ("seven", "is not a time"),
    ],
)
def test_what_is_no_hour_is_told(written, expected):
    """What was read, and what to write instead."""
    with pytest.raises(ValueError, match=expected):
        Raw(id="1", time=written)


def test_a_floor_is_a_bound():
    """A negative concentration is refused."""
    with pytest.raises(UnitError, match="at least 0 µg/m³"):
        Raw(id="1", level="-1 µg/m³")


def kilns(requires, *records):
    rule = attrs.evolve(
        small_exit, requires=requires, applies=Kiln.burners.at_least("0 台"), exempt=(), due=(),
        keeps=(), breaks=(),
    )  # fmt: skip
    found = outcomes(rulebook(rules=(rule, *rulebook_rules())), "2024-06-01", *records)
    return found[rule.id]


def rulebook_rules():
    from tests.ledgers import RULES

    return tuple(one for one in RULES if one is not small_exit)


def test_sums_and_differences_are_exact():
    """0.1 + 0.2 is 0.3; what is unknown on either side leaves it open."""
    total = Kiln.dust.plus(Kiln.dust).at_most("0.6 µg/m³")
    rows = [Kiln(id="1", burners=1, dust="0.3 µg/m³"), Kiln(id="2", burners=1, dust="0.300001 µg/m³"),
            Kiln(id="3", burners=1)]  # fmt: skip
    assert kilns(total, *rows) == {"1": "COMPLIANT", "2": "VIOLATION", "3": "UNKNOWN"}


def test_the_difference_of_percentages_is_in_percentage_points():
    """A percentage point is no percentage."""
    risen = Kiln.share.minus(Kiln.share)
    assert risen.measure == "百分点"
    assert risen.at_least("0 百分点") is not None
    with pytest.raises(UnitError):
        risen.at_least("0.5 %")
    with pytest.raises(UnitError):
        Kiln.share.plus(Kiln.dust)


def test_a_plugin_brings_the_ones_it_requires():
    """The targets read the ledgers of ambient air."""
    from airplan_core.rulebook import plugins

    names = [one.plugin for one in plugins.discover(["targets"])]
    assert names == ["targets", "ambient", "qinyang"]
    with pytest.raises(PluginError, match="did you mean 'ambient'"):
        plugins.discover(["ambience"])
