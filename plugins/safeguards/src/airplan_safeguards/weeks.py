"""Which weeks, and months, are asked for: from when on, and whether those of the long holidays.

Weeks run from Monday to Sunday. The plan's last three days lie in the first week of 2026, which
is none of its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from airplan_core import Condition, Example, Interpretation, Term, every
from airplan_safeguards.interpretations import WEEKS

#: The last day of filing: what begins later is asked for.
_FILED = "2024-09-30"

#: Four days or more of 春节 or 国庆 (国办发明电〔2023〕7号, 〔2024〕12号).
HOLIDAYS = ("2024-W07", "2024-W40", "2025-W05", "2025-W40")


def _since_filing(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in terms if str(term.begins) > _FILED)


ALL = every("week", 2024, 2025)
SINCE_FILING = _since_filing(ALL)
BUT_HOLIDAYS = tuple(term for term in SINCE_FILING if term.name not in HOLIDAYS)
ALL_MONTHS = every("month", 2024, 2025)
MONTHS_SINCE_FILING = _since_filing(ALL_MONTHS)

_WEEKLY = (
    ("", ("filing",), SINCE_FILING),
    ("-but-holidays", ("but_holidays",), BUT_HOLIDAYS),
    ("-of-all-weeks", ("all",), ALL),
)
_MONTHLY = (
    ("-by-month", ("filing", "but_holidays"), MONTHS_SINCE_FILING),
    ("-of-all-months", ("all",), ALL_MONTHS),
)


@attrs.frozen
class Asked:
    """When something is asked for, under some readings of which weeks, and of how often 定期 is.

    Attributes:
        suffix: what is added to the rule's id.
        when: true under those readings.
        due: the weeks, or the months.
        taken: one reading of each question.
    """

    suffix: str
    when: Condition
    due: tuple[Term, ...]
    taken: tuple[tuple[Interpretation, str], ...]

    def speaks_of(self, given: Mapping[Any, Any]) -> Example:
        """The example under these readings."""
        found = Example(given)
        for question, reading in self.taken:
            if reading != question.default:
                found = question.read_as(reading, found)
        return found


def asked(regular: Interpretation | None = None) -> Iterator[Asked]:
    """The ways to ask for it: by the week; where it is open how often 定期 is, by the month too."""
    for often, ways in (("week", _WEEKLY), ("month", _MONTHLY if regular else ())):
        for suffix, readings, due in ways:
            when, taken = WEEKS.takes(*readings), ((WEEKS, readings[0]),)
            if regular is not None:
                when, taken = when & regular.takes(often), (*taken, (regular, often))
            yield Asked(suffix, when, due, taken)
