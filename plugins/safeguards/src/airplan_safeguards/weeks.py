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


def _since(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in terms if str(term.begins) > _FILED)


def _before(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in terms if str(term.begins) <= _FILED)


_WEEKS, _MONTHS = every("week", 2024, 2025), every("month", 2024, 2025)
_HELD = tuple(term for term in _since(_WEEKS) if term.name in HOLIDAYS)

# each week once, by what decides whether it is asked for: what is added to the id, and to the
# sentence, the readings under which it is, and the weeks
_WEEKLY = (
    ("", "", ("filing", "but_holidays", "all"),
     tuple(term for term in _since(_WEEKS) if term not in _HELD)),
    ("-in-holidays", " So it is in weeks of 春节 and 国庆.", ("filing", "all"), _HELD),
    ("-before-filing", " So it was before schemes were filed.", ("all",), _before(_WEEKS)),
)  # fmt: skip
_MONTHLY = (
    ("-by-month", "", ("filing", "but_holidays", "all"), _since(_MONTHS)),
    ("-by-month-before-filing", " So it was before schemes were filed.", ("all",),
     _before(_MONTHS)),
)  # fmt: skip


@attrs.frozen
class Asked:
    """When something is asked for, under some readings of which weeks, and of how often 定期 is.

    Attributes:
        suffix: what is added to the rule's id.
        more: what is added to its sentence in English.
        when: true under those readings.
        due: the weeks, or the months.
        taken: one reading of each question.
    """

    suffix: str
    more: str
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
    """The ways to ask for it: by the week; where it is open how often 定期 is, by the month too.

    Every week, and every month, is of one of them.
    """
    for often, ways in (("week", _WEEKLY), ("month", _MONTHLY if regular else ())):
        for suffix, more, readings, due in ways:
            when, taken = WEEKS.takes(*readings), [(WEEKS, readings[0])]
            if regular is not None:
                when &= regular.takes(often)
                taken.append((regular, often))
            yield Asked(suffix, more, when, due, tuple(taken))
