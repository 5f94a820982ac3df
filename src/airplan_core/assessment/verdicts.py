"""What a verdict says beside its outcome: how far off, what is missing, what else is possible."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from airplan_core.assessment.margin import MARGINS, margins
from airplan_core.assessment.unread import Unread
from airplan_core.engines.engine import Engine, counted
from airplan_core.engines.polars import outcomes as columns
from airplan_core.engines.standing import named_by, outcome_name
from airplan_core.model import outcome as verdict
from airplan_core.model.duty import Duty
from airplan_core.model.entity import ledger_of
from airplan_core.model.outcome import Outcome
from airplan_core.readers.polars import condition, own_day

#: For every set of outcomes its members, and whether it is undecided.
_MEMBERS = pl.Series([list(verdict.members(bits)) for bits in range(256)], dtype=pl.List(pl.String))
_UNDECIDED = pl.Series([bits.bit_count() != 1 for bits in range(256)])

#: The sets of outcomes that leave more than one possible.
_UNKNOWN = named_by(["UNKNOWN"])

#: The columns of a table of verdicts, in order.
VERDICT_SCHEMA: dict[str, Any] = {
    "rule": pl.String,
    "clause": pl.String,
    "campaign": pl.String,
    "entity": pl.String,
    "subject": pl.String,
    "due": pl.Date,
    "outcome": pl.String,
    **MARGINS,
    "missing": pl.List(pl.String),
    "unreadable": pl.List(pl.String),
    "possible": pl.List(pl.String),
    "otherwise": pl.String,
    "departments": pl.List(pl.String),
    "departments_open": pl.List(pl.String),
    "duty": pl.String,
}

#: What is computed of each row: the duty's place, the outcomes still possible, and those without
#: any exemption.
_ASKED: dict[str, Any] = {
    "place": pl.UInt32, "subject": pl.String, "own": pl.Date, "bits": pl.UInt8, **MARGINS,
    "missing": pl.List(pl.String), "bare": pl.UInt8, "whose": pl.List(pl.String),
    "departments_open": pl.List(pl.String),
}  # fmt: skip


def select(
    engine: Engine,
    *outcomes: str,
    limit: int | None = None,
    among: Sequence[Duty] | None = None,
    department: str | None = None,
) -> pl.DataFrame:
    """The verdicts with one of the named outcomes, at most `limit` of each duty.

    Args:
        engine: where the ledgers stand.
        outcomes: their names.
        limit: how many of each duty at most.
        among: only of these duties.
        department: only of the subjects for which it answers, or may.

    Raises:
        AirplanError: there is no such outcome; the nearest name is given.
    """
    wanted = named_by(outcomes)
    duties = engine.rulebook.duties if among is None else among
    asked = {duty.id: counted(engine, duty, department).keys() & outcomes for duty in duties}
    some = [duty for duty in duties if asked[duty.id]]
    found = verdicts(engine.standing(some, wanted, limit, department), engine.as_of, asked)
    return _blamed(found, engine)


def listed(
    engine: Engine,
    *outcomes: str,
    limit: int | None = None,
    only: pl.Expr | None = None,
    among: Sequence[Duty] | None = None,
    department: str | None = None,
) -> pl.DataFrame:
    """The verdicts with one of the named outcomes, longest overdue first: see `select`.

    At most `limit` of all of them; `only` is a further condition on the rows.
    """
    duties = engine.rulebook.duties if among is None else among
    most = limit if only is None else None
    if most is not None:
        duties = _longest_overdue(engine, outcomes, duties, most, department)
    found = select(engine, *outcomes, limit=most, among=duties, department=department)
    if only is not None:
        found = found.filter(only)
    found = found.sort("due", "rule", "subject", nulls_last=True, maintain_order=True)
    return found if limit is None else found.head(limit)


def _longest_overdue(
    engine: Engine,
    outcomes: Collection[str],
    duties: Sequence[Duty],
    limit: int,
    department: str | None,
) -> list[Duty]:
    """Those of some duties, in their order, that have the first `limit` of some outcomes."""

    def overdue(duty: Duty) -> tuple[dt.date, str]:
        return duty.due or dt.date.max, duty.rule.id

    so_far = 0
    # days of the subjects' own may lie before any other
    first = {duty.id for duty in duties if duty.own is not None}
    for _, alike in itertools.groupby(sorted(duties, key=overdue), overdue):
        # the subjects of duties that are due alike stand among each other
        mine = [duty for duty in alike if duty.own is None]
        if so_far < limit:
            first.update(duty.id for duty in mine)
        stand = [counted(engine, duty, department) for duty in mine]
        so_far += sum(found.get(name, 0) for found in stand for name in outcomes)
    return [duty for duty in duties if duty.id in first]


def undecided(
    engine: Engine,
    limit: int,
    first: int | None = None,
    among: Sequence[Duty] | None = None,
    department: str | None = None,
) -> list[tuple[Duty, int, tuple[str, ...]]]:
    """The duties that cannot be decided for some subjects: see `Assessment.undecided`."""
    duties = engine.rulebook.duties if among is None else among
    counts = {duty.id: counted(engine, duty, department).get("UNKNOWN", 0) for duty in duties}
    some = [duty for duty in duties if counts[duty.id]][:first]
    found = []
    for duty, rows in engine.standing(some, _UNKNOWN, limit, department):
        gaps = columns.gaps(duty, rows, engine.as_of)
        facts = tuple(name for name in gaps.columns if gaps.get_column(name).any())
        found.append((duty, counts[duty.id], facts))
    return found


def verdicts(
    standing: Iterable[tuple[Duty, pl.DataFrame]],
    as_of: dt.date,
    outcomes: Mapping[str, Collection[str]],
) -> pl.DataFrame:
    """The verdicts of some duties on some rows, duty by duty, in the columns of `VERDICT_SCHEMA`.

    Args:
        standing: each duty with subjects of it: everything it reads (`reads`), and `bits`, for
            each row the set of outcomes still possible.
        as_of: the day of assessment.
        outcomes: by duty id, the names of those that may stand there; nothing is computed for
            others.
    """
    duties: list[Duty] = []
    asked = [pl.DataFrame(schema=_ASKED)]
    for duty, rows in standing:
        asked.append(_asked(duty, rows, len(duties), as_of, outcomes[duty.id]))
        duties.append(duty)
    found = pl.concat(asked, how="diagonal")
    bits, undecided = pl.col("bits").cast(pl.UInt32), pl.col("undecided")
    exempt = pl.col("bits") == int(Outcome.EXEMPT)
    nothing = pl.lit(None, pl.List(pl.String))
    return (
        pl.concat([found, _said(duties)[found["place"]]], how="horizontal")
        .with_columns(undecided=pl.lit(_UNDECIDED).gather(bits))
        .with_columns(
            outcome=outcome_name(pl.col("bits")),
            missing=pl.when(undecided).then("missing").otherwise(nothing),
            possible=pl.when(undecided).then(pl.lit(_MEMBERS).gather(bits)).otherwise(nothing),
            otherwise=pl.when(exempt).then(outcome_name(pl.col("bare"))),
            unreadable=nothing,
            due=pl.coalesce("due", "own"),
            departments=pl.coalesce("whose", "departments"),
        )
        .select(list(VERDICT_SCHEMA))
    )


def _blamed(found: pl.DataFrame, engine: Engine) -> pl.DataFrame:
    """The verdicts with the cells that each open one rests on and that could not be read."""
    unread = Unread(engine.facts)
    if not unread:
        return found
    duties = {duty.id: duty for duty in engine.rulebook.duties}
    asked = found.select("duty", "missing", "subject").iter_rows()
    cells = [
        [problem.place for problem in unread.of(duties[id], missing, subject)] if missing else None
        for id, missing, subject in asked
    ]
    return found.with_columns(
        pl.Series("unreadable", [c or None for c in cells], pl.List(pl.String))
    )


def _asked(
    duty: Duty, rows: pl.DataFrame, place: int, as_of: dt.date, outcomes: Collection[str]
) -> pl.DataFrame:
    """What is said of each row by itself: the columns of `_ASKED` as far as there are any."""
    found = {one.name: pl.lit(one) for one in margins(duty, rows, as_of)}
    if "UNKNOWN" in outcomes:
        gaps = columns.gaps(duty, rows, as_of)
        missing = pl.concat_list(pl.when(name).then(pl.lit(name)) for name in gaps.columns)
        found["missing"] = pl.lit(gaps.select(missing.list.drop_nulls()).to_series())
    if "EXEMPT" in outcomes:
        # the outcome that the row would have without any exemption
        bare = attrs.evolve(columns.parts(duty, as_of), exempt=None)
        found["bare"] = columns.decide(bare, duty, as_of)
    if duty.answers:
        found["whose"], found["departments_open"] = answering(duty, as_of)
    if duty.own is not None:
        found["own"] = own_day(duty.own)
    return rows.select_seq(place=pl.lit(place, pl.UInt32), subject="id", bits="bits", **found)


def answering(duty: Duty, as_of: dt.date) -> tuple[pl.Expr, pl.Expr]:
    """The departments that answer for each row, or may, and those of which that is not known."""
    whens = {name: condition(when, as_of) for name, when in duty.whose.items()}

    def where(tests: Mapping[str, pl.Expr]) -> pl.Expr:
        named = (pl.when(test).then(pl.lit(name)) for name, test in tests.items())
        return pl.concat_list(named).list.drop_nulls()

    may = where({name: when.fill_null(value=True) for name, when in whens.items()})
    unknown = where({name: when.is_null() for name, when in whens.items()})
    return may, pl.when(unknown.list.len() > 0).then(unknown)


def _said(duties: Sequence[Duty]) -> pl.DataFrame:
    """What is said of all the rows of a duty, a row for each."""
    names = ("rule", "clause", "campaign", "entity", "due", "departments", "duty")
    rows = [
        (duty.rule.id, duty.clause.id, duty.clause.campaign, ledger_of(duty.subject).name,
         duty.due, list(duty.clause.departments), duty.id)
        for duty in duties
    ]  # fmt: skip
    schema = {name: VERDICT_SCHEMA[name] for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")
