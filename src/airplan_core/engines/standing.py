"""A standing is a duty and an outcome as one number: who stands how, as a table of any size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from airplan_core.engines.parts import parts_of
from airplan_core.errors import AirplanError, nearest
from airplan_core.facts.facts import dtype
from airplan_core.model import outcome as verdict
from airplan_core.model.duty import Duty
from airplan_core.model.entity import ledger_of
from airplan_core.model.metric import Metric
from airplan_core.model.tree import ALWAYS

#: A standing is the place of a duty among those asked about times this, plus its outcome's bits.
A_DUTY = 256

#: A standing times this, plus a number that says which departments answer.
A_MASK = 2**47

#: The columns of who stands how, and their types.
OUTCOME_SCHEMA: dict[str, Any] = {
    "rule": pl.String, "clause": pl.String, "campaign": pl.String, "entity": pl.String,
    "subject": pl.String, "due": pl.Date, "outcome": pl.String, "duty": pl.String,
}  # fmt: skip


def named_by(outcomes: Iterable[str]) -> list[int]:
    """The sets of outcomes, as bits, that are called one of the names.

    Raises:
        AirplanError: there is no such outcome; the nearest name is given.
    """
    for name in outcomes:
        if name not in verdict.NAMES:
            near = nearest(name, verdict.NAMES)
            raise AirplanError(
                f"no outcome is called {name!r}; {near}", f"没有结论叫“{name}”；{near.zh}"
            )
    return [bits for bits in range(1, 256) if verdict.outcome_name(bits) in outcomes]


def meanings(duties: Sequence[Duty], as_of: dt.date, wanted: Collection[int]) -> pl.DataFrame:
    """What each standing says: `standing`, and the columns of `OUTCOME_SCHEMA` but the subject."""
    rows = [
        (place * A_DUTY + code, duty.rule.id, duty.clause.id, duty.clause.campaign,
         ledger_of(duty.subject).name, duty.due, verdict.outcome_name(code), duty.id)
        for place, duty in enumerate(duties)
        for code in sorted({*duty.outcomes(as_of)} & {*wanted})
    ]  # fmt: skip
    said = {name: kind for name, kind in OUTCOME_SCHEMA.items() if name != "subject"}
    return pl.DataFrame(rows, schema={"standing": pl.Int64, **said}, orient="row")


def new_folder(folder: str | Path) -> str:
    """A folder to write to, made where it is on this machine.

    Raises:
        AirplanError: something is there already.
    """
    if "://" in str(folder):
        return str(folder)
    path = Path(folder)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise AirplanError(
            f"{folder} is there already; name a new folder", f"{folder} 已经存在；换一个新的文件夹"
        )
    path.mkdir(parents=True, exist_ok=True)
    return str(path)


def masked(duty: Duty) -> tuple[str, ...]:
    """The departments that answer for some subjects only: the bits of a number say which do.

    The first department is 1, the second 2, the third 4; one counts that answers, or may.
    """
    found = tuple(name for name, when in duty.whose.items() if when != ALWAYS)
    assert len(found) < A_MASK.bit_length(), "a number of 64 bits says which of 47 answer"
    return found


def shared(duty: Duty, rows: Iterable[tuple[int, int, int]]) -> dict[str, dict[str, int]]:
    """How many subjects stand how, by department: of rows of outcomes, departments and a count."""
    found: dict[str, dict[str, int]] = {name: {} for name in duty.whose}
    some = masked(duty)
    for bits, mask, count in rows:
        outcome = verdict.outcome_name(bits)
        for name, mine in found.items():
            if name not in some or mask >> some.index(name) & 1:
                mine[outcome] = mine.get(outcome, 0) + count
    return found


#: For every set of outcomes its name.
_NAMES = pl.Series([verdict.outcome_name(bits) for bits in range(256)])


def outcome_name(bits: pl.Expr) -> pl.Expr:
    """The names of sets of outcomes."""
    return pl.lit(_NAMES).gather(bits.cast(pl.UInt32))


def reads(duties: Iterable[Duty]) -> dict[str, Any]:
    """The columns that the duties read, and their types, the id first."""
    found: dict[str, Any] = {"id": pl.String}
    for duty in duties:
        for leaf in duty.read:
            if isinstance(leaf, Metric):
                found |= parts_of([leaf])
            else:
                found[leaf.name] = dtype(leaf)
        found[duty.granted] = pl.Boolean
    return found
