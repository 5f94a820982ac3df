"""A ledger with everything its duties read, as one query: joins, grouped sums, then the outcomes.

What `joins` attaches to a table of polars, a database attaches here: what references lead to,
recorded acts, granted exemptions, and metrics as grouped subqueries. Every step is a named part of
the query, so that a reviewer can read it from the top.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import attrs
from sqlglot import exp

from airplan_core import totals
from airplan_core.backends import sql
from airplan_core.backends.formula import Formula, Words, column
from airplan_core.backends.scalar import granted
from airplan_core.duty import Duty
from airplan_core.entities import Entity, ledger_of
from airplan_core.expr import columns
from airplan_core.fields import Counted, Event, Flag, Measured, Moment
from airplan_core.ledgers import Attestation, County, Exemption
from airplan_core.measure import PARTS, anyones_row, is_over, names_of, tallied, without
from airplan_core.metric import Aggregate, Change, Metric
from airplan_core.reported import settled
from airplan_core.rule import attested_clause
from airplan_core.standings import A_DUTY, OUTCOME_SCHEMA
from airplan_core.tally import Question, Window, questions
from airplan_core.verdict import Outcome

#: SQL types of a metric's parts.
_KINDS = {"Float64": "double", "Int64": "bigint", "String": "varchar", "Boolean": "boolean"}


def kind(field: Any) -> str:
    """The SQL type of a field's values."""
    match field:
        case Measured():
            return "double"
        case Counted():
            return "bigint"
        case Flag():
            return "boolean"
        case Event():
            return "date"
        case Moment():
            return "timestamp"
    return "varchar"


@attrs.frozen(kw_only=True)
class Place:
    """What a database has, under which names.

    Attributes:
        dialect: its SQL.
        ledgers: the ledgers that stand there, by name, and the table or view of each.
        county: the county that stands in where no county ledger does.
        exempted: the rules of which an exemption is granted; None where that is not known.
        made: metrics that were computed beforehand, by name, and the table of each.
        figures: the table with what departments report of metrics, and the metrics in it.
    """

    dialect: str
    ledgers: Mapping[str, str]
    county: str = ""
    exempted: Collection[str] | None = None
    made: Mapping[str, str] = attrs.field(factory=dict)
    figures: tuple[str, Collection[str]] = ("", ())

    def has(self, entity: type[Entity]) -> bool:
        """Whether the entity's ledger stands there."""
        return ledger_of(entity).name in self.ledgers

    def table(self, entity: type[Entity]) -> exp.Table:
        """The entity's ledger."""
        return _named(self.ledgers[ledger_of(entity).name])

    def write(self, query: exp.Query | exp.Expr, *, pretty: bool = False) -> str:
        """A query in the place's dialect."""
        return sql.write(query, self.dialect, pretty=pretty)


def _named(name: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(name, quoted=True))


def _as(table: exp.Expr, alias: str) -> exp.Expr:
    return exp.alias_(table, alias, table=True, quoted=True, copy=False)


def _called(value: exp.Expr | Formula, name: str) -> exp.Expr:
    node = value.node if isinstance(value, Formula) else value
    return exp.Alias(this=node, alias=exp.to_identifier(name, quoted=True))


def subjects(place: Place, entity: type[Entity]) -> exp.Query:
    """The entity's ledger, with a row for every subject it should have: see `joins.subjects`."""
    ledger = ledger_of(entity)
    names = ["id", *ledger.columns]
    if place.has(entity):
        query: exp.Query = exp.select(*map(sql.column, names)).from_(
            place.table(entity), copy=False
        )
    else:
        blank = {"id": sql.text(place.county), "name": sql.text(place.county)}
        nothing = {name: sql.null(kind(field)) for name, field in ledger.columns.items()}
        one = exp.select(*(_called({**nothing, **blank}[name], name) for name in names))
        query = one if entity is County else one.where(sql.boolean(value=False), copy=False)
    if ledger.one_per is None:
        return query
    if not place.has(ledger.column(ledger.one_per).target):
        return query
    owners = _as(
        subjects(place, ledger.column(ledger.one_per).target).subquery(copy=False), "owner"
    )
    have = (
        exp.select(_called(column(ledger.one_per), "owner"))
        .distinct()
        .from_(_as(query.copy().subquery(copy=False), "given"), copy=False)
        .where(column(ledger.one_per).is_not_null().node, copy=False)
    )
    id = sql.column("id", "owner")
    lacking = (
        exp.select(
            *(
                _called(id.copy() if name in ("id", ledger.one_per)
                        else sql.null(kind(ledger.columns[name])), name)
                for name in names
            )
        )
        .from_(owners, copy=False)
        .join(
            _as(have.subquery(copy=False), "have"),
            on=exp.EQ(this=id.copy(), expression=sql.column("owner", "have")),
            join_type="left", copy=False)
        .where(column("owner", "have").is_null().node, copy=False)
    )  # fmt: skip
    return exp.union(query, lacking, distinct=False, copy=False)


@attrs.define
class _Joined:
    """A query that is being joined: its base under an alias, and what it selects beside it."""

    place: Place
    query: exp.Select
    base: str
    selected: dict[str, exp.Expr] = attrs.field(factory=dict)

    def left(self, table: exp.Expr, alias: str, key: str, on: exp.Expr) -> None:
        """Left-join a table whose `key` equals `on`."""
        self.query = self.query.join(
            _as(table, alias),
            on=exp.EQ(this=on, expression=sql.column(key, alias)),
            join_type="left",
            copy=False,
        )

    def follow(
        self, entity: type[Entity], paths: Iterable[tuple[str, ...]], *, alias: str, prefix: str
    ) -> None:
        """Join what references lead to, under dotted names, at any depth."""
        further: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        ledger = ledger_of(entity)
        for first, *rest in paths:
            if rest and first in ledger.columns:
                further[first].append(tuple(rest))
        for reference, rests in further.items():
            target, dotted = ledger.column(reference).target, f"{prefix}{reference}"
            there = self.place.has(target)
            if there:
                table, on = self.place.table(target), sql.column(reference, alias)
                self.left(table, dotted, "id", on)
            for path in dict.fromkeys(rests):
                found: exp.Expr
                if not there:
                    found = sql.null(kind(_field(target, path)))
                elif len(path) == 1:
                    found = sql.column(path[0], dotted)
                else:
                    continue
                self.selected[f"{dotted}.{'.'.join(path)}"] = found
            if there:
                self.follow(target, rests, alias=dotted, prefix=f"{dotted}.")


def _field(entity: type[Entity], path: Sequence[str]) -> Any:
    """The field at the end of a path of references."""
    field = ledger_of(entity).column(path[0])
    return field if len(path) == 1 else _field(field.target, path[1:])


@attrs.frozen(kw_only=True)
class Attached:
    """A ledger with everything its duties read: the named parts of a query, and the last of them.

    `columns` are those beside the ledger's own.
    """

    place: Place
    entity: type[Entity]
    parts: tuple[tuple[str, exp.Query], ...]
    columns: tuple[str, ...]

    def then(self, name: str, query: exp.Select) -> Attached:
        """With a further part."""
        return attrs.evolve(self, parts=(*self.parts, (name, query)))

    def select(self, *selected: exp.Expr) -> exp.Select:
        """A query of the last part, with the others before it."""
        *_, (last, _) = self.parts
        query = exp.select(*selected).from_(_named(last), copy=False)
        for name, part in self.parts:
            query = query.with_(exp.to_identifier(name, quoted=True), as_=part, copy=False)
        return query


def attached(
    place: Place,
    entity: type[Entity],
    duties: Sequence[Duty],
    as_of: dt.date,
    metrics: Sequence[Metric] = (),
) -> Attached:
    """The entity's ledger with every column that `duties` (all about it) read, and `metrics`."""
    base = _as(subjects(place, entity).subquery(copy=False), "subject")
    every = exp.Column(this=exp.Star(), table=exp.to_identifier("subject", quoted=True))
    joined = _Joined(place, exp.select(every).from_(base, copy=False), "subject")
    leaves = [leaf for duty in duties for leaf in duty.leaves()]
    paths = [leaf.path for leaf in leaves if not isinstance(leaf, Metric)]
    joined.follow(entity, paths, alias="subject", prefix="")
    for clause in dict.fromkeys(filter(None, map(attested_clause, leaves))):
        _act(joined, clause, as_of)
    for name in dict.fromkeys(map(granted, duties)):
        _exempted(joined, name, as_of)
    parts: list[tuple[str, exp.Query]] = []
    measured = _measured(joined, metrics, parts, as_of)
    own = dict(joined.selected)
    query = joined.query.select(*(_called(value, name) for name, value in own.items()), copy=False)
    parts.append(("subjects", query))
    for name, made in measured:
        if made:
            star = exp.select(exp.Star()).from_(_named(parts[-1][0]), copy=False)
            star = star.select(
                *(_called(value, column) for column, value in made.items()), copy=False
            )
            parts.append((name, star))
    return Attached(place=place, entity=entity, parts=tuple(parts), columns=tuple(own))


def _act(joined: _Joined, clause: str, as_of: dt.date) -> None:
    """Whether and when the act a clause asks for was done; a later act is not done yet."""
    done, done_on = f"attestation[{clause}].done", f"attestation[{clause}].done_on"
    if not joined.place.has(Attestation):
        joined.selected |= {done: sql.null("boolean"), done_on: sql.null("date")}
        return
    by_then = (column("done_on") <= as_of).fill_null(value=True)
    acts = exp.select(
        sql.column("subject"),
        _called(column("done") & by_then, done),
        _called(column("done_on"), done_on),
    ).from_(joined.place.table(Attestation), copy=False)
    acts = acts.where((column("clause") == clause).node, copy=False)
    alias = f"attestation[{clause}]"
    joined.left(acts.subquery(copy=False), alias, "subject", sql.column("id", joined.base))
    joined.selected |= {done: sql.column(done, alias), done_on: sql.column(done_on, alias)}


def _exempted(joined: _Joined, name: str, as_of: dt.date) -> None:
    """Whether a granted exemption from the rule is valid on the day."""
    place, rule = joined.place, name[len("exemption[") : -1]
    if not place.has(Exemption) or (place.exempted is not None and rule not in place.exempted):
        joined.selected[name] = sql.boolean(value=False)
        return
    valid = (column("valid_from") <= as_of) & (column("valid_to") >= as_of)
    subjects = (
        exp.select(sql.column("subject")).distinct().from_(place.table(Exemption), copy=False)
    )
    subjects = subjects.where(((column("rule") == rule) & valid).node, copy=False)
    joined.left(subjects.subquery(copy=False), name, "subject", sql.column("id", joined.base))
    joined.selected[name] = column("subject", name).is_not_null().node


def _measured(
    joined: _Joined,
    metrics: Sequence[Metric],
    parts: list[tuple[str, exp.Query]],
    as_of: dt.date,
) -> list[tuple[str, dict[str, exp.Expr]]]:
    """The steps from grouped sums to metrics; the sums are joined, their queries put in `parts`."""
    place = joined.place
    reported = place.figures[1]
    here: dict[str, exp.Expr] = {}
    words = Words(place.dialect)
    made_here = [one for one in metrics if one.name in place.made]
    further = [one for one in metrics if one.name not in place.made]
    supplied = [one for one in further if any(map(place.has, one.ledgers))]
    _sums(joined, supplied, parts, as_of)
    steps: list[tuple[str, dict[str, exp.Expr]]] = []
    for metric in metrics:
        raw = " as counted." if metric.name in reported else "."
        if metric in made_here:
            alias = place.made[metric.name]
            found = {part: column(f"{metric.name}.{part}", alias) for part in PARTS}
            joined.selected |= {f"{metric.name}{raw}{p}": v.node for p, v in found.items()}
            continue
        if metric in supplied:
            found = _ends(metric, as_of, words)
        else:
            found = {part: words.lit(value) for part, value in without(metric).items()}
        for part, dtype in PARTS.items():
            value = found.get(part, Formula(exp.Null)).cast(_KINDS[dtype.__name__])
            here[f"{metric.name}{raw}{part}"] = value.node
    for table in dict.fromkeys(place.made[one.name] for one in made_here):
        joined.left(_named(table), table, "id", sql.column("id", joined.base))
    for number, step in enumerate(words.steps, 1):
        steps.append((f"step {number}", {name: value.node for name, value in step.items()}))
    steps.append(("measured", here))
    steps.append(("reported", _figures(joined, [m for m in metrics if m.name in reported])))
    return steps


def _sums(
    joined: _Joined,
    metrics: Iterable[Metric],
    parts: list[tuple[str, exp.Query]],
    as_of: dt.date,
) -> None:
    """What the rows of each subject add up to, joined to it; of nothing, 0."""
    together: dict[Any, dict[str, Aggregate]] = defaultdict(dict)
    for one in (one for metric in metrics for one in tallied(metric)):
        together[one.of, one.on, Window.of(one, as_of)][one.name] = one
    for number, ((_, _, window), group) in enumerate(together.items(), 1):
        alike, sums = f"alike {number}", f"sums {number}"
        asked = {name: questions(one, window) for name, one in group.items()}
        every = dict.fromkeys(q for ask in asked.values() for part in ask.values() for q in part)
        place = {question: f"answer {n}" for n, question in enumerate(every, 1)}
        parts.append((alike, _alike(joined.place, list(group.values()), place, window)))
        summed, anyones = _added(joined.place.dialect, group, asked, place)
        query = exp.select(sql.column("id"), *(_called(v, n) for n, v in summed.items()))
        parts.append(
            (sums, query.from_(_named(alike), copy=False).group_by(sql.column("id"), copy=False))
        )
        joined.left(_named(sums), sums, "id", sql.column("id", joined.base))
        for name in summed:
            nothing = name.partition("|")[2].startswith("heavy")
            found = column(name, sums).fill_null(value=False if nothing else 0)
            joined.selected[name] = found.node
        for name, possible in anyones.items():
            some = exp.select(exp.Max(this=sql.column(possible))).from_(_named(sums), copy=False)
            some = some.where(column("id").is_null().node, copy=False)
            joined.selected[name] = (Formula(some.subquery).fill_null(0) > 0).node


def _alike(
    place: Place, metrics: Sequence[Aggregate], answers: Mapping[Question, str], window: Window
) -> exp.Select:
    """The rows that answer alike, with how many and how much: see `tally.tallies`."""
    first = metrics[0]
    ledger = ledger_of(first.rows)
    read = [leaf.path for one in metrics for leaf in columns(*one.trees)]
    read += [one.of.path for one in metrics]
    fields = {one.measure_of.name: one.measure_of for one in metrics if one.measure_of is not None}
    own = {path[0] for path in read if path[0] in ledger.columns} | set(fields)
    own |= {one.on.name for one in metrics if one.on is not None}
    rows = _Joined(
        place, exp.select().from_(_as(place.table(first.rows), "row"), copy=False), "row"
    )
    rows.follow(first.rows, read, alias="row", prefix="")
    rows.selected |= {name: sql.column(name, "row") for name in sorted(own)}
    inner = rows.query.select(
        *(_called(value, name) for name, value in rows.selected.items()), copy=False
    )
    if window.period is not None and first.on is not None:
        day = column(first.on.name, "row")
        inside = (day >= window.period.begins) & (day <= window.period.ends)
        inner = inner.where((inside | day.is_null()).node, copy=False)
    outer = exp.select(_called(sql.cast(sql.column(first.of.name), "varchar"), "id"))
    outer = outer.select(*(_called(_answer(q), name) for q, name in answers.items()), copy=False)
    outer = outer.from_(_as(inner.subquery(copy=False), "row"), copy=False)
    counted = Formula(lambda: exp.Count(this=exp.Star()))
    grouped = exp.select(
        sql.column("id"),
        *map(sql.column, answers.values()),
        _called(counted, "rows"),
    )
    for name in fields:
        outer = outer.select(_called(sql.micro(sql.column(name)), name), copy=False)
        grouped = grouped.select(
            _called(column(name).sum().fill_null(0), name),
            _called(counted - column(name).count(), f"{name} blank"),
            copy=False,
        )
    keys = [sql.column("id"), *map(sql.column, answers.values())]
    return grouped.from_(_as(outer.subquery(copy=False), "answered"), copy=False).group_by(
        *keys, copy=False
    )


def _answer(question: Question) -> exp.Expr:
    asked = question.asked
    if question.period is not None:
        value = column(asked.name)
        inside = (value >= question.period.begins) & (value <= question.period.ends)
        return inside.node
    return sql.condition(asked, question.day or dt.date.max)


def _added(
    dialect: str,
    metrics: Mapping[str, Aggregate],
    asked: Mapping[str, Mapping[str, list[Question]]],
    answers: Mapping[Question, str],
) -> tuple[dict[str, Formula], dict[str, str]]:
    """The sums of every metric by `METRIC|SUM`, and which says whether a row may be anyone's."""
    words = Words(dialect)
    found: dict[str, Formula] = {}
    for name, metric in metrics.items():
        field = None if metric.measure_of is None else metric.measure_of.name

        def all_of(part: str, ask: Mapping[str, list[Question]] = asked[name]) -> Formula:
            every = [column(answers[question]) for question in ask[part]]
            if not every:
                return words.lit(value=True)
            return reduce(operator.and_, every)

        alike = totals.Rows(
            inside=all_of("inside"),
            among=all_of("among"),
            counts=all_of("counts"),
            instead=all_of("instead") if "instead" in asked[name] else None,
            rows=column("rows"),
            amount=column(field or "rows"),
            blank=words.lit(0) if field is None else column(f"{field} blank"),
        )
        for sum, value in totals.sums(metric, alike, words).items():
            found[f"{name}|{sum}"] = value
    return found, {f"{name}|anyone": f"{name}|possible" for name in metrics}


def _ends(metric: Metric, as_of: dt.date, words: Words) -> dict[str, Formula]:
    """Every part of a metric, from the columns of its sums."""
    names = names_of(metric)

    def of(name: str) -> Formula:
        if isinstance(metric, Change):
            when, _, name = name.partition(" ")
            return column(f"{names[when]}|{name}")
        return column(f"{metric.name}|{name}")

    found = totals.ends(metric, of, over=is_over(metric, as_of), to=words)
    anyone = reduce(operator.or_, (column(f"{one.name}|anyone") for one in tallied(metric)))
    for part, value in anyones_row(metric).items():
        found[part] = words.when(anyone).then(value).otherwise(found[part])
    return found


def _figures(joined: _Joined, metrics: Iterable[Metric]) -> dict[str, exp.Expr]:
    """The metrics with what departments report of them: see `reported.entered`."""
    words = Words(joined.place.dialect)
    found = {}
    for number, metric in enumerate(metrics, 1):
        alias = f"figure {number}"
        rows = exp.select(*map(sql.column, ("subject", "reported", "slack", "own")))
        rows = rows.from_(_named(joined.place.figures[0]), copy=False)
        rows = rows.where((column("metric") == metric.name).node, copy=False)
        joined.left(rows.subquery(copy=False), alias, "subject", sql.column("id", joined.base))
        for name in ("reported", "slack", "own"):
            joined.selected[f"{metric.name} said.{name}"] = sql.column(name, alias)

        def of(part: str, name: str = metric.name) -> Formula:
            return column(f"{name} as counted.{part}")

        said = {part: column(f"{metric.name} said.{part}") for part in ("reported", "slack", "own")}
        made = settled(of, said["reported"], said["slack"], said["own"].fill_null(False), words)
        for part in PARTS:
            found[f"{metric.name}.{part}"] = made.get(part, of(part)).node
    return found


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
    truths, outcomes = [], []
    for duty in duties:
        found = sql.truths(duty, as_of)
        truths += [_called(value, f"{duty.id} {name}") for name, value in found.items()]
        named = {name: sql.column(f"{duty.id} {name}") for name in found}
        outcomes.append(_called(sql.decide(duty, as_of, named), duty.id))
    last = _named(table.parts[-1][0])
    table = table.then("truths", exp.select(exp.Star(), *truths).from_(last, copy=False))
    return table.then(
        "outcomes", exp.select(exp.Star(), *outcomes).from_(_named("truths"), copy=False)
    )


#: The outcomes that are one, in order.
DEFINITE = tuple(Outcome)


def counts(table: Attached, duties: Sequence[Duty], as_of: dt.date) -> exp.Select:
    """One row: how many subjects there are, and for each duty how many stand how, when definite."""
    found = [_called(exp.Count(this=exp.Star()), "rows")]
    for place, code in definite(duties, as_of):
        test = exp.EQ(this=sql.column(duties[place].id), expression=sql.number(code))
        counted = exp.Count(this=sql.when((test, sql.number(1))))
        found.append(_called(counted, f"{place} {int(code)}"))
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
) -> Attached:
    """A row for each subject that stands to a duty in a wanted way: `kept`, and `standing`.

    At most `limit` rows for each standing, the first by id.
    """
    possible = [sorted({*wanted} & {*duty.outcomes(as_of)}) for duty in duties]
    codes = [place * A_DUTY + one for place, every in enumerate(possible) for one in every]
    # a ledger's row is copied for each duty: only if there is one to which it stands so
    some = [
        sql.column(duty.id).isin(*map(sql.number, every))
        for duty, every in zip(duties, possible, strict=True)
        if every
    ]
    standings = exp.Array(
        expressions=[
            sql.binary(exp.Add, sql.cast(sql.column(duty.id), "int"), sql.number(place * A_DUTY))
            for place, duty in enumerate(duties)
        ]
    )
    names = [*kept]
    last, _ = table.parts[-1]
    each = exp.select(
        *map(sql.column, names), _called(exp.Explode(this=standings), "standing")
    ).from_(_named(last), copy=False)
    each = each.where(exp.or_(*some, copy=False) if some else sql.boolean(value=False), copy=False)
    table = table.then("standing", each)
    among = sql.column("standing").isin(*map(sql.number, codes or [0]))
    if limit is None:
        found = exp.select(*map(sql.column, [*names, "standing"]))
        return table.then("wanted", found.from_(_named("standing")).where(among, copy=False))
    rank = exp.Window(
        this=exp.RowNumber(),
        partition_by=[sql.column("standing")],
        order=exp.Order(expressions=[exp.Ordered(this=sql.column("id"))]),
    )
    ranked = exp.select(*map(sql.column, [*names, "standing"]), _called(rank, "rank"))
    table = table.then("ranked", ranked.from_(_named("standing")).where(among, copy=False))
    first = exp.select(*map(sql.column, [*names, "standing"])).from_(_named("ranked"))
    return table.then("wanted", first.where((column("rank") <= limit).node, copy=False))


def told(table: Attached, meanings: str) -> exp.Select:
    """Who stands how, in the columns of `OUTCOME_SCHEMA`, by the table of `meanings`."""
    names = (
        _called(sql.column("id", "wanted") if name == "subject" else sql.column(name, "said"), name)
        for name in OUTCOME_SCHEMA
    )
    same = exp.EQ(this=sql.column("standing", "wanted"), expression=sql.column("standing", "said"))
    return table.select(*names).join(_as(_named(meanings), "said"), on=same, copy=False)


def rule_query(place: Place, duty: Duty, as_of: dt.date) -> exp.Select:
    """How every subject stands to one duty, for a reviewer: `id`, `outcome`, `outcome_name`."""
    table = judged(place, duty.subject, [duty], as_of, duty.metrics())
    code = sql.column(duty.id)
    return table.select(
        sql.column("id"),
        _called(code, "outcome"),
        _called(sql.outcome_name(code.copy()), "outcome_name"),
    ).order_by(sql.column("id"), copy=False)
