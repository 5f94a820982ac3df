"""Outcomes in a database: truth values, then bits, then who stands how and how many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlglot import exp

from airplan_core.engines.sql.attach import Attached, attached
from airplan_core.engines.sql.formula import column
from airplan_core.engines.sql.place import Place, aliased, called, relation
from airplan_core.engines.standing import A_DUTY, A_MASK, OUTCOME_SCHEMA, masked
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import FALSE, OPEN, TRUE, Outcome, index
from airplan_core.model.tree import ALWAYS
from airplan_core.readers import sql_terms as sql
from airplan_core.readers.sql import condition, own_day


def truths(duty: Duty, as_of: dt.date, *, exemptions: bool = True) -> dict[str, sql.Sql]:
    """The conditions that decide a duty's outcome, by what they say of it.

    `applies`, `exempt`, `met`, `in_time`: one that is the same for every subject is left out.
    """
    on, found = duty.grounds(as_of), dict[str, sql.Sql]()
    if on.applies != ALWAYS:
        found["applies"] = condition(on.applies, as_of)
    exempt = [sql.column(duty.granted)] if exemptions else []
    if on.exempt is not None:
        exempt.append(condition(on.exempt, as_of))  # type: ignore[arg-type]
    if exempt:
        found["exempt"] = exp.or_(*exempt, copy=False)
    found["met"] = condition(on.met, as_of)
    if on.in_time is not None:
        found["in_time"] = condition(on.in_time, as_of)
    return found


def decide(duty: Duty, as_of: dt.date, named: Mapping[str, sql.Sql]) -> sql.Sql:
    """The set of possible outcomes, as `Outcome` bits, from the truth values named in `truths`.

    The bits add up: what an undecided condition leaves possible is the sum of both its branches.
    """
    table = duty.outcomes(as_of)

    def by_day(met: int, exempt: int) -> sql.Sql:
        if "in_time" not in named:
            return sql.number(table[index(TRUE, exempt, met, TRUE)])
        days = (sql.number(table[index(TRUE, exempt, met, day)]) for day in (TRUE, FALSE, OPEN))
        return _chosen(named["in_time"], *days)

    def excused(met: int) -> sql.Sql:
        if "exempt" not in named or met == TRUE:
            return by_day(met, FALSE)
        # whether an exemption is granted is always known
        open_ = FALSE if duty.exempt is None else OPEN
        return _chosen(named["exempt"], *(by_day(met, exempt) for exempt in (TRUE, FALSE, open_)))

    found = _chosen(named["met"], *map(excused, (TRUE, FALSE, OPEN)))
    if "applies" in named:
        applies = named["applies"]
        outside = _either(applies, sql.number(0), sql.number(Outcome.NOT_APPLICABLE))
        inside = sql.binary(exp.Add, outside, found)
        opposite = exp.Not(this=sql.paren(applies.copy()))
        found = _either(opposite, sql.number(Outcome.NOT_APPLICABLE), inside)
    return sql.cast(found, "smallint")


def _either(test: sql.Sql, yes: sql.Sql, no: sql.Sql) -> sql.Sql:
    """One value where a test holds, and another where it does not or is open."""
    return exp.case().when(test, yes, copy=False).else_(no, copy=False)


def _chosen(test: sql.Sql, yes: sql.Sql, no: sql.Sql, open_: sql.Sql) -> sql.Sql:
    """One of three values, by a truth value."""
    if yes == no == open_:
        return yes
    if no == open_:
        return _either(test, yes, no)
    opposite = exp.Not(this=sql.paren(test.copy()))
    case = exp.case().when(test, yes, copy=False).when(opposite, no, copy=False)
    return case.else_(open_, copy=False)


def outcome(duty: Duty, as_of: dt.date, *, exemptions: bool = False) -> sql.Sql:
    """The set of possible outcomes of each row, in one expression."""
    return decide(duty, as_of, truths(duty, as_of, exemptions=exemptions))


def outcome_name(code: sql.Sql) -> sql.Sql:
    """The name of an outcome in the column `code`, UNKNOWN where several are possible."""
    case = exp.Case(this=code)
    for one in Outcome:
        case = case.when(sql.number(one), exp.convert(str(one.name)), copy=False)
    return case.else_(exp.convert("UNKNOWN"), copy=False)


def judged(
    place: Place,
    entity: type[Entity],
    duties: Sequence[Duty],
    as_of: dt.date,
    metrics: Sequence[Metric] = (),
) -> Attached:
    """The attached ledger with one column for each duty: its outcome, as `Outcome` bits.

    The truth values that decide come first, so that each is computed once.
    """
    table = attached(place, entity, duties, as_of, metrics)
    tests, outcomes = [], []
    for duty in duties:
        found = truths(duty, as_of)
        tests += [called(value, f"{duty.id} {name}") for name, value in found.items()]
        named = {name: sql.column(f"{duty.id} {name}") for name in found}
        outcomes.append(called(decide(duty, as_of, named), duty.id))
    last = relation(table.parts[-1][0])
    table = table.then("truths", exp.select(exp.Star(), *tests).from_(last, copy=False))
    return table.then(
        "outcomes", exp.select(exp.Star(), *outcomes).from_(relation("truths"), copy=False)
    )


#: The outcomes that are one, in order.
DEFINITE = tuple(Outcome)


def counts(table: Attached, duties: Sequence[Duty], as_of: dt.date) -> exp.Select:
    """One row: how many subjects there are, and for each duty how many stand how, when definite."""
    found = [called(exp.Count(this=exp.Star()), "rows")]
    for place, code in definite(duties, as_of):
        test = exp.EQ(this=sql.column(duties[place].id), expression=sql.number(code))
        counted = exp.Count(this=exp.case().when(test, sql.number(1), copy=False))
        found.append(called(counted, f"{place} {int(code)}"))
    return table.select(*found)


def definite(duties: Sequence[Duty], as_of: dt.date) -> list[tuple[int, Outcome]]:
    """The outcomes that each duty, by its place, can come to on a day."""
    return [
        (place, code)
        for place, duty in enumerate(duties)
        for code in DEFINITE
        if code in duty.outcomes(as_of)
    ]


def standing(
    table: Attached,
    duties: Sequence[Duty],
    as_of: dt.date,
    wanted: Collection[int],
    kept: Iterable[str],
    limit: int | None = None,
    department: str | None = None,
) -> Attached:
    """A row for each subject that stands to a duty in a wanted way: `kept`, and `standing`.

    At most `limit` rows for each standing, the first by id; of a `department`, only those for whom
    it answers, or may.
    """
    possible = [sorted({*wanted} & {*duty.outcomes(as_of)}) for duty in duties]
    codes = [place * A_DUTY + one for place, every in enumerate(possible) for one in every]
    # a ledger's row is copied for each duty: only if there is one to which it stands so
    some = [
        sql.column(duty.id).isin(*map(sql.number, every))
        for duty, every in zip(duties, possible, strict=True)
        if every
    ]

    def place_of(place: int, duty: Duty) -> sql.Sql:
        bits = sql.cast(sql.column(duty.id), "int")
        found = sql.binary(exp.Add, bits, sql.number(place * A_DUTY))
        if department is None or (when := duty.falls_to(department)) == ALWAYS:
            return found
        return _unless(condition(when, as_of), found, sql.number(-1))

    standings = exp.Array(expressions=[place_of(*one) for one in enumerate(duties)])
    names = [*kept]
    last, _ = table.parts[-1]
    each = exp.select(
        *map(sql.column, names), called(exp.Explode(this=standings), "standing")
    ).from_(relation(last), copy=False)
    each = each.where(exp.or_(*some, copy=False) if some else exp.false(), copy=False)
    table = table.then("standing", each)
    among = sql.column("standing").isin(*map(sql.number, codes or [0]))
    if limit is None:
        found = exp.select(*map(sql.column, [*names, "standing"]))
        return table.then("wanted", found.from_(relation("standing")).where(among, copy=False))
    id: exp.Expr = sql.column("id")
    if table.place.dialect == "postgres":  # in the order of the characters, not of a language
        id = exp.Collate(this=id, expression=exp.to_identifier("C", quoted=True))
    rank = exp.Window(
        this=exp.RowNumber(),
        partition_by=[sql.column("standing")],
        order=exp.Order(expressions=[exp.Ordered(this=id)]),
    )
    ranked = exp.select(*map(sql.column, [*names, "standing"]), called(rank, "rank"))
    table = table.then("ranked", ranked.from_(relation("standing")).where(among, copy=False))
    first = exp.select(*map(sql.column, [*names, "standing"])).from_(relation("ranked"))
    return table.then("wanted", first.where((column("rank") <= limit).node, copy=False))


def answered(table: Attached, duties: Sequence[Duty], as_of: dt.date) -> exp.Select:
    """How many subjects stand how, by duty and departments: `code`, `count`.

    The code is a standing times `A_MASK`, plus a mask as `standing.masked` has it.
    """
    each = []
    for place, duty in enumerate(duties):
        bits = sql.cast(sql.column(duty.id), "bigint")
        code = sql.binary(exp.Add, bits, sql.number(place * A_DUTY))
        code = sql.binary(exp.Mul, code, sql.number(A_MASK))
        for power, name in enumerate(masked(duty)):
            when = condition(duty.falls_to(name), as_of)
            code = sql.binary(exp.Add, code, _unless(when, sql.number(2**power), sql.number(0)))
        each.append(code)
    last, _ = table.parts[-1]
    rows = exp.select(called(exp.Explode(this=exp.Array(expressions=each)), "code"))
    table = table.then("answered", rows.from_(relation(last), copy=False))
    count = called(exp.Count(this=exp.Star()), "count")
    return table.select(sql.column("code"), count).group_by(sql.column("code"), copy=False)


def _unless(test: sql.Sql, yes: sql.Sql, no: sql.Sql) -> sql.Sql:
    """One value where a test holds or is open, another where it does not hold."""
    return _either(exp.Not(this=sql.paren(test)), no, yes)


def with_own_days(table: Attached, duties: Sequence[Duty]) -> tuple[Attached, dict[int, str]]:
    """The ledger with the days on which duties are due that are each subject's own.

    By the place of the duty, the name of its column.
    """
    days = [
        called(own_day(duty.own), f"own day {place}")
        for place, duty in enumerate(duties)
        if duty.own is not None
    ]
    own = {place: f"own day {place}" for place, duty in enumerate(duties) if duty.own is not None}
    if not own:
        return table, own
    last, _ = table.parts[-1]
    each = exp.select(exp.Star(), *days).from_(relation(last), copy=False)
    return table.then("own days", each), own


def told(table: Attached, meanings: str, own: Mapping[int, str]) -> exp.Select:
    """Who stands how, in the columns of `OUTCOME_SCHEMA`, by the table of `meanings`."""

    def value(name: str) -> sql.Sql:
        if name == "subject":
            return sql.column("id", "wanted")
        said = sql.column(name, "said")
        if name != "due" or not own:
            return said
        case = exp.Case()
        for place, day in own.items():
            first = sql.number(place * A_DUTY)
            last = sql.number(place * A_DUTY + A_DUTY - 1)
            its = exp.Between(this=sql.column("standing", "wanted"), low=first, high=last)
            case = case.when(its, sql.column(day, "wanted"), copy=False)
        return case.else_(said, copy=False)

    names = (called(value(name), name) for name in OUTCOME_SCHEMA)
    same = exp.EQ(this=sql.column("standing", "wanted"), expression=sql.column("standing", "said"))
    return table.select(*names).join(aliased(relation(meanings), "said"), on=same, copy=False)


def rule_query(place: Place, duty: Duty, as_of: dt.date) -> exp.Select:
    """How every subject stands to one duty, for a reviewer: `id`, `outcome`, `outcome_name`."""
    table = judged(place, duty.subject, [duty], as_of, duty.metrics())
    code = sql.column(duty.id)
    return table.select(
        sql.column("id"),
        called(code, "outcome"),
        called(outcome_name(code.copy()), "outcome_name"),
    ).order_by(sql.column("id"), copy=False)
