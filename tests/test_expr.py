"""Fields and conditions: words, checks while building, structural equality."""

from decimal import Decimal

import attrs
import pytest

import airplan_core as airplan
from airplan_core import NEVER, Entity, RuleError, UnitError, event, flag, measured, stated
from airplan_core.model.tree import And, Compare
from tests.ledgers import Kiln, Works


def test_on_the_class_a_field_is_an_expression_on_a_row_a_value():
    """Kiln.dust builds conditions, kiln.dust is a Decimal in the field's unit."""
    kiln = Kiln(id="1", dust="0.035 mg/m³", burners="３", standby="是", closed_on="2024/10/31")
    assert isinstance(Kiln.dust.at_most("1 µg/m³"), Compare)
    assert kiln.dust == Decimal(35)
    assert (kiln.burners, kiln.standby, str(kiln.closed_on)) == (3, True, "2024-10-31")
    assert kiln.capacity is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-10-31", "2024-10-31"), ("2024/10/31", "2024-10-31"), ("2024.10.31", "2024-10-31"),
        ("2024年10月31日", "2024-10-31"), ("20241031", "2024-10-31"), ("2024-1-2", "2024-01-02"),
        ("２０２４年１月２日", "2024-01-02"),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(written, day):
    """Every common notation of a date is understood."""
    assert str(Kiln(id="1", closed_on=written).closed_on) == day


def test_not_happened_is_not_unknown():
    """未发生 is NEVER, and a field left out is None."""
    assert Kiln(id="1", closed_on="未发生").closed_on == NEVER
    assert Kiln(id="1").closed_on is None


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("dust", 35, "has no unit: write '35 µg/m³'"),
        ("dust", "35 吨", "Kiln.dust is measured in 'µg/m³'; '35 吨' does not fit"),
        ("share", "100.1 %", "at most 100 %"),
        ("burners", "2.5", "whole"),
        ("closed_on", "2024-02-30", "a day that does not exist"),
        ("closed_on", "soon", "write it as 2024-10-31"),
        ("stage", "国四级", "did you mean '国四'"),
        ("standby", "maybe", "write 是 or 否"),
    ],
)
def test_a_value_that_does_not_fit_is_told(field, value, told):
    """A wrong value names the field, what was read and what to write."""
    with pytest.raises(ValueError, match=told):
        Kiln(id="1", **{field: value})


def test_a_limit_of_another_dimension_fails_while_it_is_built():
    """The error names the field, its unit and what was written."""
    with pytest.raises(UnitError, match="Kiln.capacity is measured in '吨/年'; '3 µg/m³' does not"):
        Kiln.capacity.at_most("3 µg/m³")

    class Other(Entity, zh="另"):
        dust: airplan.Measured = measured("mg/m³", zh="尘")
        limit: airplan.Measured = measured("µg/m³", zh="限值")

    with pytest.raises(UnitError, match="one unit"):
        Other.dust.at_most(Other.limit)


def test_a_value_outside_the_list_fails_while_it_is_built():
    """A closed list knows its values, also through a reference."""
    with pytest.raises(RuleError, match="did you mean '钢铁'"):
        Kiln.works.industry.is_("钢")
    with pytest.raises(RuleError, match="Works has no field 'industri'; did you mean 'industry'"):
        _ = Kiln.works.industri


def test_a_condition_has_no_truth_value():
    """`and`, `or`, `not` and `if` raise, and say what to write instead."""
    condition = Kiln.standby
    for wrong in (lambda: condition and condition, lambda: not condition, lambda: bool(Kiln.dust)):
        with pytest.raises(TypeError, match="join conditions with &, | and ~"):
            wrong()
    with pytest.raises(TypeError, match="only conditions"):
        condition & True


def test_trees_that_say_the_same_are_equal():
    """Equality and hash are of the structure; how a limit was written does not matter."""
    one = Kiln.capacity.at_most("1 万吨/年") & Kiln.standby & ~Kiln.standby
    other = Kiln.capacity.at_most("10000 吨/年") & (Kiln.standby & ~Kiln.standby)
    assert one == other
    assert hash(one) == hash(other)
    assert isinstance(one, And)
    assert len(one.parts) == 3
    assert one != Kiln.capacity.less_than("1 万吨/年") & Kiln.standby & ~Kiln.standby
    assert ~~Kiln.standby == Kiln.standby


def test_records_and_trees_are_frozen():
    """Nothing that was built can be changed."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Kiln(id="1").dust = Decimal(1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Kiln.dust.at_most("1 µg/m³").op = "<"


def test_two_fields_of_one_ledger_with_one_name_are_an_error():
    """Chinese labels are column headers, and tell fields apart."""
    with pytest.raises(RuleError, match="both called '日期'"):

        class Twice(Entity, zh="台账"):
            one: airplan.Event = event(zh="日期")
            two: airplan.Event = event(zh="日期")


def test_a_ledger_declares_itself_right():
    """A redefined id, an unknown key and an empty list are errors."""
    with pytest.raises(RuleError, match="redefines 'id'"):

        class WithId(Entity, zh="甲"):
            id: airplan.Flag = flag(zh="编号")

    with pytest.raises(RuleError, match="did you mean 'day'"):

        class Keyed(Entity, zh="乙", key=("dya",)):
            day: airplan.Event = event(zh="日")

    with pytest.raises(RuleError, match="each once"):
        stated("甲", "甲", zh="值")
    with pytest.raises(UnitError):
        measured("标转", zh="值")


def test_an_interpretation_needs_a_condition_for_each_reading():
    """A reading without a branch, a branch without a reading, an unknown default are errors."""
    one = airplan.Interpretation(
        id="q", question="?", readings={"a": "why", "b": "why"}, default="a"
    )
    with pytest.raises(RuleError, match="'b' has no condition"):
        one.choose(a=Kiln.standby)
    with pytest.raises(RuleError, match="'c' is unknown"):
        one.choose(a=Kiln.standby, b=Kiln.standby, c=Kiln.standby)
    with pytest.raises(RuleError, match="takes 'c'"):
        airplan.Interpretation(id="q", question="?", readings={"a": "why"}, default="c")


def test_a_reference_on_a_row_is_the_id():
    """On an instance a reference is the id of the row referred to."""
    assert Kiln(id="1", works="w").works == "w"
    assert Kiln.works.industry.title == "Kiln.works.industry"
    assert Works.industry.title == "Works.industry"
