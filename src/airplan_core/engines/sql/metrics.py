"""Metrics as grouped subqueries: rows that are alike, their sums, and the ends of the interval."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from sqlglot import exp

from airplan_core.engines.alike import Rows, nothing
from airplan_core.engines.bounds import moved, sums
from airplan_core.engines.parts import PARTS, anyones_row, is_over, tallied, without
from airplan_core.engines.settled import settled
from airplan_core.engines.sql.amid import with_amid
from airplan_core.engines.sql.formula import Dialect, Formula, column
from airplan_core.engines.sql.joined import Joined
from airplan_core.engines.sql.nth import with_nth
from airplan_core.engines.sql.place import PART_KINDS, Place, aliased, called, relation
from airplan_core.engines.windows import Test, Window, by_window, tests_of
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.amid import amid_of
from airplan_core.model.entity import ledger_of
from airplan_core.model.metric import Metric
from airplan_core.model.nth import nth_of
from airplan_core.model.tree import columns
from airplan_core.quantities.millionths import MICRO
from airplan_core.readers import sql as reader, sql_terms as sql

#: What ledgers make of a metric, and departments say of it, before the one settles the other.
_COUNTED, _SAID = " as counted", " said"


def metric_steps(
    joined: Joined,
    metrics: Sequence[Metric],
    parts: list[tuple[str, exp.Query]],
    as_of: dt.date,
) -> list[tuple[str, dict[str, exp.Expr]]]:
    """The steps from grouped sums to metrics; the sums are joined, their queries put in `parts`."""
    place = joined.place
    reported = place.figures[1]
    here: dict[str, exp.Expr] = {}
    words = Dialect(place.dialect)
    made_here = [one for one in metrics if one.name in place.made]
    further = [one for one in metrics if one.name not in place.made]
    supplied = [one for one in further if any(map(place.has, one.ledgers))]
    _sums(joined, supplied, parts, as_of)
    steps: list[tuple[str, dict[str, exp.Expr]]] = []
    for metric in metrics:
        stage = _COUNTED if metric.name in reported else ""
        if metric in made_here:
            alias = place.made[metric.name]
            found = {part: column(metric.part(part), alias) for part in PARTS}
            joined.selected |= {metric.part(p, stage): v.node for p, v in found.items()}
            continue
        if metric in supplied:
            found = _ends(metric, as_of, words)
        else:
            found = {part: words.lit(value) for part, value in without(metric).items()}
        for part, dtype in PARTS.items():
            value = found.get(part, Formula(exp.Null)).cast(PART_KINDS[dtype.__name__])
            here[metric.part(part, stage)] = value.node
    for table in dict.fromkeys(place.made[one.name] for one in made_here):
        joined.left(relation(table), table, "id", sql.column("id", joined.base))
    for number, step in enumerate(words.steps, 1):
        steps.append((f"step {number}", {name: value.node for name, value in step.items()}))
    steps.append(("measured", here))
    steps.append(("reported", _figures(joined, [m for m in metrics if m.name in reported])))
    return steps


def _sums(
    joined: Joined,
    metrics: Iterable[Metric],
    parts: list[tuple[str, exp.Query]],
    as_of: dt.date,
) -> None:
    """What the rows of each subject add up to, joined to it; of nothing, 0."""
    for number, (window, group) in enumerate(by_window(metrics, as_of), 1):
        alike, added = f"alike {number}", f"sums {number}"
        asked = {name: tests_of(one, window) for name, one in group.items()}
        every = dict.fromkeys(q for ask in asked.values() for part in ask.values() for q in part)
        place = {test: f"answer {n}" for n, test in enumerate(every, 1)}
        parts.append((alike, _alike(joined.place, list(group.values()), place, window, as_of)))
        query, empty = exp.select(sql.column("id")), dict[str, int | bool]()
        for name, one in group.items():
            found = sums(one, _rows(joined.place.dialect, one, asked[name], place))
            empty |= {one.sum(sum): nothing(sum) for sum in found}
            query = query.select(*(called(v, one.sum(n)) for n, v in found.items()), copy=False)
        parts.append(
            (added, query.from_(relation(alike), copy=False).group_by(sql.column("id"), copy=False))
        )
        joined.left(relation(added), added, "id", sql.column("id", joined.base))
        for name, value in empty.items():
            joined.selected[name] = column(name, added).fill_null(value=value).node
        words = Dialect(joined.place.dialect)
        for one in group.values():
            some = words.when(column(one.sum("any"))).then(1).otherwise(0)
            may = {"anyone": column(one.sum("possible")), "anyone's": some}
            for name, rows in may.items():
                most = exp.select(exp.Max(this=rows.node)).from_(relation(added), copy=False)
                most = most.where(column("id").is_null().node, copy=False)
                joined.selected[one.sum(name)] = (Formula(most.subquery).fill_null(0) > 0).node


def _followed(place: Place, metrics: Sequence[Aggregate], as_of: dt.date) -> exp.Select:
    """The rows of a ledger with everything that metrics of it read, under dotted names."""
    first, ledger = metrics[0], ledger_of(metrics[0].rows)
    fields = [leaf for one in metrics for leaf in columns(*one.trees)]
    amid, nth = amid_of(fields), nth_of(fields)
    read = [leaf.path for leaf in fields if leaf not in amid and leaf not in nth] + [
        one.of.path for one in metrics
    ]
    own = {path[0] for path in read if path[0] in ledger.columns}
    own |= {field.name for one in metrics for field in one.amounts}
    own |= {one.on.name for one in metrics if one.on is not None}
    rows = Joined(
        place, exp.select().from_(aliased(place.table(first.rows), "row"), copy=False), "row"
    )
    rows.follow(first.rows, read, alias="row", prefix="")
    for leaf in amid:
        with_amid(rows, leaf, as_of, whole=False)
    for one in nth:
        with_nth(rows, one)
    rows.selected |= {name: sql.column(name, "row") for name in sorted(own)}
    return rows.query.select(
        *(called(value, name) for name, value in rows.selected.items()), copy=False
    )


def days_query(
    place: Place, metric: Aggregate, subject: str, as_of: dt.date, fields: Iterable[str]
) -> exp.Select:
    """The dated rows up to a day that a subject's metric is, or may be, made of.

    `day`, `among`, `counts`, `micro`, as `daily.held` has them, and further fields.
    """
    assert metric.on is not None
    day, asked = column(metric.on.name), Formula(lambda: reader.condition(metric.among, as_of))
    among = (day <= as_of) & asked
    amount: exp.Expr = sql.number(MICRO)
    if metric.measure_of is not None:
        amount = sql.micro(sql.column(metric.measure_of.name))
    found = exp.select(
        *map(sql.column, fields),
        called(day, "day"),
        called(among, "among"),
        called(reader.condition(metric.counted, as_of), "counts"),
        called(amount, "micro"),
    ).from_(aliased(_followed(place, [metric], as_of).subquery(copy=False), "row"), copy=False)
    mine = column(metric.of.name).cast("varchar") == subject
    return found.where((mine & among.fill_null(value=True)).node, copy=False)


def _alike(
    place: Place,
    metrics: Sequence[Aggregate],
    answers: Mapping[Test, str],
    window: Window,
    as_of: dt.date,
) -> exp.Select:
    """The rows that answer alike, with how many and how much: see `grouped.tallies`."""
    first = metrics[0]
    fields = dict.fromkeys(one.measure_of.name for one in metrics if one.measure_of is not None)
    inner = _followed(place, metrics, as_of)
    if window.period is not None and first.on is not None:
        day = column(first.on.name, "row")
        inside = (day >= window.period.begins) & (day <= window.period.ends)
        inner = inner.where((inside | day.is_null()).node, copy=False)
    outer = exp.select(called(sql.cast(sql.column(first.of.name), "varchar"), "id"))
    outer = outer.select(*(called(_answer(q), name) for q, name in answers.items()), copy=False)
    outer = outer.from_(aliased(inner.subquery(copy=False), "row"), copy=False)
    counted = Formula(lambda: exp.Count(this=exp.Star()))
    grouped = exp.select(
        sql.column("id"),
        *map(sql.column, answers.values()),
        called(counted, "rows"),
    )
    for name in fields:
        outer = outer.select(called(sql.micro(sql.column(name)), name), copy=False)
        grouped = grouped.select(
            called(column(name).sum().fill_null(0), name),
            called(counted - column(name).count(), f"{name} blank"),
            copy=False,
        )
    keys = [sql.column("id"), *map(sql.column, answers.values())]
    return grouped.from_(aliased(outer.subquery(copy=False), "answered"), copy=False).group_by(
        *keys, copy=False
    )


def _answer(test: Test) -> exp.Expr:
    asked = test.asked
    if test.period is not None:
        value = column(asked.name)
        inside = (value >= test.period.begins) & (value <= test.period.ends)
        return inside.node
    return reader.condition(asked, test.day or dt.date.max)


def _rows(
    dialect: str,
    metric: Aggregate,
    asked: Mapping[str, list[Test]],
    answers: Mapping[Test, str],
) -> Rows:
    """The rows that are alike, in the terms of one metric."""
    words = Dialect(dialect)
    field = None if metric.measure_of is None else metric.measure_of.name

    def told(part: str) -> Formula:
        every = [column(answers[test]) for test in asked[part]]
        return reduce(operator.and_, every) if every else words.lit(value=True)

    return Rows(
        inside=told("inside"),
        among=told("among"),
        counts=told("counts"),
        instead=told("instead") if "instead" in asked else None,
        months={need.name: told(need.name) for need in metric.needs if need.name in asked},
        kinds=[told(f"kind {number}") for number, _ in enumerate(metric.kinds)],
        rows=column("rows"),
        amount=column(field or "rows"),
        blank=words.lit(0) if field is None else column(f"{field} blank"),
        to=words,
    )


def _ends(metric: Metric, as_of: dt.date, words: Dialect) -> dict[str, Formula]:
    """Every part of a metric, from the columns of its sums."""
    found = moved(metric, column, over=is_over(metric, as_of), small=False, to=words)
    anyone, anyones = (
        reduce(operator.or_, (column(one.sum(name)) for one in tallied(metric)))
        for name in ("anyone", "anyone's")
    )
    for part, value in anyones_row(metric).items():
        found[part] = words.when(anyone).then(value).otherwise(found[part])
    if "some" in found:
        # a row that does not count is of the whole all the same
        some = words.let(found["some"])
        found["some"] = words.when(some | ~anyones).then(some)
    return found


def _figures(joined: Joined, metrics: Iterable[Metric]) -> dict[str, exp.Expr]:
    """The metrics with what departments report of them: see `measure.entered`."""
    words = Dialect(joined.place.dialect)
    found = {}
    for number, metric in enumerate(metrics, 1):
        alias = f"figure {number}"
        rows = exp.select(*map(sql.column, ("subject", "reported", "slack", "own")))
        rows = rows.from_(relation(joined.place.figures[0]), copy=False)
        rows = rows.where((column("metric") == metric.name).node, copy=False)
        joined.left(rows.subquery(copy=False), alias, "subject", sql.column("id", joined.base))
        for name in ("reported", "slack", "own"):
            joined.selected[metric.part(name, _SAID)] = sql.column(name, alias)

        def of(part: str, metric: Metric = metric) -> Formula:
            return column(metric.part(part, _COUNTED))

        said = {name: column(metric.part(name, _SAID)) for name in ("reported", "slack", "own")}
        made = settled(of, said["reported"], said["slack"], said["own"].fill_null(False), words)
        for part in PARTS:
            found[metric.part(part)] = made.get(part, of(part)).node
    return found
