"""GB 3095: the limits in force on a day."""

import datetime as dt
from decimal import Decimal

import pytest

from airplan_ambient.standards import standard, standard_of
from airplan_core import RuleError


@pytest.mark.parametrize(
    ("day", "pm25", "pm10", "pm25_day"),
    [
        ("2025-12-31", 35, 70, 75),
        ("2026-02-28", 35, 70, 75),
        ("2026-03-01", 30, 60, 60),
        ("2030-12-31", 30, 60, 60),
        ("2031-01-01", 25, 50, 50),
    ],
)
def test_limits_change_on_their_day(day, pm25, pm10, pm25_day):
    """The transition of 2026 lasts to the end of 2030."""
    found = standard_of(dt.date.fromisoformat(day)).class_2
    assert (found.year["pm25"], found.year["pm10"], found.day["pm25"]) == (pm25, pm10, pm25_day)


def test_class_1_is_stricter_or_equal():
    """No limit of class 1 is above that of class 2, in any edition."""
    for id in ("GB 3095-2012", "GB 3095-2026, transition", "GB 3095-2026"):
        one = standard(id)
        for span in ("year", "day", "hour"):
            first, second = getattr(one.class_1, span), getattr(one.class_2, span)
            assert first.keys() == second.keys()
            assert all(first[name] <= second[name] for name in first)
    assert standard("GB 3095-2012").class_2.day["co"] == Decimal(4)
    with pytest.raises(RuleError, match="GB 3095-2026"):
        standard("GB 3095")
