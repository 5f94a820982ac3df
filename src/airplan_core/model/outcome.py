"""An outcome says how a subject stands to a duty; one table of truth values decides it."""

from __future__ import annotations

import functools
from enum import IntFlag
from itertools import product

from airplan_core.errors import RuleError
from airplan_core.model.strength import Strength


class Outcome(IntFlag):
    """How a subject stands to a duty on a date.

    The members are bits: what cannot be decided is the set of outcomes still possible, and reads
    as UNKNOWN (`outcome_name`).
    """

    COMPLIANT = 1
    LATE = 2
    PENDING = 4
    EXEMPT = 8
    NOT_APPLICABLE = 16
    VIOLATION = 32
    SHORTFALL = 64
    ADVISORY = 128


#: Every outcome's name in the order reports use, with its Chinese name.
NAMES: dict[str, str] = {
    "VIOLATION": "违反",
    "SHORTFALL": "未达到",
    "ADVISORY": "建议改进",
    "UNKNOWN": "数据不足",
    "PENDING": "未到期",
    "LATE": "逾期完成",
    "COMPLIANT": "达标",
    "EXEMPT": "豁免",
    "NOT_APPLICABLE": "不适用",
}

#: The name of every set of outcomes.
_NAMED = tuple(
    (Outcome(bits).name or "") if bits.bit_count() == 1 else "UNKNOWN" for bits in range(256)
)

#: What falls short of its sentence.
SHORT = Outcome.VIOLATION | Outcome.SHORTFALL | Outcome.ADVISORY

#: Its members by name, the firmest first.
SHORT_NAMES = tuple(str(one.name) for one in Outcome if one & SHORT)

#: A truth value's place in the table: false, true, unknown.
FALSE, TRUE, OPEN = 0, 1, 2


def outcome_name(possible: int) -> str:
    """The name of an outcome, or UNKNOWN where several are still possible."""
    return _NAMED[possible]


def members(possible: int) -> tuple[str, ...]:
    """The names of every outcome in a set."""
    return tuple(name for name in NAMES if name != "UNKNOWN" and Outcome[name] & possible)


def short_of(strength: Strength) -> Outcome:
    """What falling short of a sentence of that strength is.

    Raises:
        RuleError: such a sentence asks for nothing; it can be excused, or define, or exempt.
    """
    match strength:
        case Strength.MUST:
            return Outcome.VIOLATION
        case Strength.IN_PRINCIPLE | Strength.STRIVE | Strength.APPROX:
            return Outcome.SHORTFALL
        case Strength.ENCOURAGE:
            return Outcome.ADVISORY
    raise RuleError(
        f"a sentence of strength {strength.name} asks for nothing that could fall short; "
        "excuse the clause, let it define, or make it another rule's exemption"
    )


@functools.cache
def table(short: Outcome, *, can_be_late: bool, pending: bool = False) -> tuple[int, ...]:
    """The set of possible outcomes for every combination of truth values.

    Indexed by `27 * applies + 9 * exempt + 3 * met + in_time`, each FALSE, TRUE or OPEN. `short`
    is what an unmet requirement is; one that was not met in time and is met now is LATE. Where the
    due day has not passed, it is `pending`, and `in_time` says whether it can still be met by then.
    Where each subject has a due day of its own it is both: `in_time` says that the requirement was
    met by that day, or that the day has not passed.

    The requirement decides before the exemption: who meets it owes nothing, whatever the exception
    says, and who is excused is EXEMPT until it is known to be met.
    """
    return tuple(
        _possible(*values, short=short, can_be_late=can_be_late, pending=pending)
        for values in product((FALSE, TRUE, OPEN), repeat=4)
    )


def index(applies: int, exempt: int, met: int, in_time: int) -> int:
    """The place of a combination of truth values in a `table`."""
    return 27 * applies + 9 * exempt + 3 * met + in_time


def _possible(
    applies: int,
    exempt: int,
    met: int,
    in_time: int,
    *,
    short: Outcome,
    can_be_late: bool,
    pending: bool,
) -> int:
    found = Outcome(0)
    if applies != TRUE:
        found |= Outcome.NOT_APPLICABLE
    if applies == FALSE:
        return int(found)
    if exempt == TRUE and met != TRUE:
        return int(found | Outcome.EXEMPT)
    if met != TRUE and exempt == OPEN:
        found |= Outcome.EXEMPT
    if met != FALSE and ((pending and not can_be_late) or in_time != FALSE):
        found |= Outcome.COMPLIANT
    if can_be_late and met != FALSE and in_time != TRUE:
        found |= Outcome.LATE
    if met != TRUE and pending and in_time != FALSE:
        found |= Outcome.PENDING
    if met != TRUE and not (pending and in_time == TRUE):
        found |= short
    return int(found)
