"""A ledger with everything its duties read: followed references, recorded acts, metrics.

What is attached is a plain column under the name the condition tree reads it by, so that no
reader ever joins.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from airplan_core.engines.parts import PARTS, tallied, without
from airplan_core.engines.polars.amid import with_amid
from airplan_core.engines.polars.daily import held
from airplan_core.engines.polars.grouped import collected, tallies
from airplan_core.engines.polars.measure import Ledgers, entered, measure_apart, measure_together
from airplan_core.engines.polars.nth import with_nth
from airplan_core.engines.polars.recurring import alike, measured_alike
from airplan_core.engines.windows import Window, by_window
from airplan_core.facts.facts import Facts, valid_exemptions
from airplan_core.facts.subjects import subjects
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.amid import amid_of
from airplan_core.model.attested import Act, acts_of
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity, ledger_of
from airplan_core.model.ledgers import Attestation, County, Reported
from airplan_core.model.metric import Metric
from airplan_core.model.nth import nth_of
from airplan_core.model.period import Period
from airplan_core.model.tree import columns
from airplan_core.quantities.dates import NEVER
from airplan_core.rulebook.rulebook import Rulebook


def attach(
    facts: Facts,
    entity: type[Entity],
    duties: Sequence[Duty],
    as_of: dt.date,
    book: Rulebook | None = None,
    metrics: Sequence[Metric] = (),
) -> pl.DataFrame:
    """The entity's ledger with every column that `duties` (all about it) read, and `metrics`."""
    leaves = [leaf for duty in duties for leaf in duty.read]
    paths = [leaf.path for leaf in leaves if not isinstance(leaf, Metric)]
    given = subjects(facts, entity, book)
    amid = amid_of(leaves)
    paths += [column.path for leaf in amid for column in leaf.reads]
    rows = _follow(given.lazy(), facts, entity, paths)
    rows = with_amid(rows, facts, amid, as_of, _follow)
    rows = with_nth(rows, facts, nth_of(leaves))
    if asked := acts_of(leaves):
        acts = _acts(facts, entity, asked, given["id"], as_of)
        rows = rows.join(
            acts.lazy(), left_on="id", right_on="subject", how="left", maintain_order="left"
        )
    rows = rows.with_columns(
        (pl.col("id").is_in(ids) if ids else pl.lit(value=False)).alias(name)
        for name, ids in _exempted(facts, duties, as_of).items()
    )
    table = rows.collect()
    return measured(table, facts, metrics, as_of) if metrics else table


def _follow(
    table: pl.LazyFrame, facts: Facts, entity: type[Entity], paths: Iterable[tuple[str, ...]]
) -> pl.LazyFrame:
    """Left-join what references lead to, under dotted names, at any depth."""
    further: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for reference, *rest in paths:
        if rest and reference in ledger_of(entity).columns:
            further[reference].append(tuple(rest))
    for reference, rests in further.items():
        target = ledger_of(entity).column(reference).target
        found = _follow(facts.table(target).lazy(), facts, target, rests)
        names = dict.fromkeys(".".join(rest) for rest in rests)
        table = table.join(
            found.select("id", *(pl.col(name).alias(f"{reference}.{name}") for name in names)),
            left_on=reference,
            right_on="id",
            how="left",
            maintain_order="left",
        )
    return table


def _acts(
    facts: Facts, entity: type[Entity], asked: Sequence[Act], ids: pl.Series, as_of: dt.date
) -> pl.DataFrame:
    """Whether and when the acts that clauses ask for were done; a later act is not done yet.

    One row for each `subject` that acted. What is asked for a period is what is recorded for it,
    or else for no period; so it is of a part.
    """
    acts = facts.table(Attestation).filter(pl.col("clause").is_in([act.named for act in asked]))
    if entity is County and acts.height:
        everyone = acts.filter(pl.col("subject").is_null()).drop("subject")
        each = ids.alias("subject").to_frame().join(everyone, how="cross")
        acts = pl.concat([acts.filter(pl.col("subject").is_not_null()), each], how="diagonal")
        acts = acts.unique(
            ["clause", "subject", "period", "part"], keep="first", maintain_order=True
        )
    acts = acts.sort("part", "period", nulls_last=True, maintain_order=True)

    def of(act: Act) -> pl.Expr:
        named = pl.col("clause") == act.named
        for name, value in (("period", act.period), ("part", act.part)):
            named &= pl.col(name).is_null() | (pl.lit(value != "") & (pl.col(name) == value))
        return named

    done = pl.col("done") & (pl.col("done_on") <= as_of).fill_null(value=True)
    return acts.group_by("subject").agg(
        value.filter(of(act)).first().alias(act.column(name))
        for act in asked
        for name, value in (("done", done), ("done_on", pl.col("done_on")))
    )


def rows_of(
    facts: Facts, *metrics: Aggregate, as_of: dt.date = NEVER, window: Window | None = None
) -> pl.LazyFrame:
    """The rows that metrics of one ledger are made of, with what their conditions read attached.

    Of a window, only the rows that may lie in it.
    """
    first = metrics[0]
    fields = [leaf for one in metrics for leaf in columns(*one.trees)]
    amid, nth = amid_of(fields), nth_of(fields)
    fields = [leaf for leaf in fields if leaf not in amid and leaf not in nth]
    fields += [column for leaf in amid for column in leaf.reads]
    read = [leaf.path for leaf in fields] + [one.of.path for one in metrics]
    names = {path[0] for path in read} | {one.on.name for one in metrics if one.on is not None}
    names |= {field.name for one in metrics for field in one.amounts}
    inner = list(dict.fromkeys(m for one in metrics for m in one.inner))
    names |= {"id"} if inner or nth or any(leaf.key is None for leaf in amid) else set()
    table = facts.rows(first.rows).lazy().select(sorted(names))
    if window is not None and window.period is not None and first.on is not None:
        day = pl.col(first.on.name)
        inside = day.is_between(window.period.begins, window.period.ends)
        table = table.filter(inside | day.is_null())
    rows = _follow(table, facts, first.rows, read)
    rows = with_nth(with_amid(rows, facts, amid, as_of, _follow), facts, nth)
    return _with_inner(rows, facts, inner, as_of) if inner else rows


def _with_inner(
    rows: pl.LazyFrame, facts: Facts, metrics: Sequence[Metric], as_of: dt.date
) -> pl.LazyFrame:
    """The rows of a ledger with metrics of theirs; of a row without an id, nothing is known."""
    table = measured(rows.collect(), facts, metrics, as_of)
    adrift = facts.adrift.get(ledger_of(metrics[0].subject).name)
    if adrift is None:
        return table.lazy()
    known = ~pl.col("id").is_in(adrift["id"].implode())
    ends = [one for m in metrics for one in zip(m.ends, m.span, strict=True)]
    return table.lazy().with_columns(
        pl.when(known).then(end).otherwise(pl.lit(bound, pl.Float64)).alias(end)
        for end, bound in ends
    )


def days_of(
    facts: Facts, metric: Aggregate, subject: str, as_of: dt.date, *fields: str
) -> pl.DataFrame:
    """The rows up to a day that a subject's metric is, or may be, made of: see `daily.held`."""
    ever = Period("", dt.date.min, as_of)
    rows = rows_of(facts, metric, as_of=as_of).filter(pl.col(metric.of.name) == subject)
    return held(metric, rows, ever, as_of, *fields).drop("id").collect()


def measured(
    table: pl.DataFrame, facts: Facts, metrics: Sequence[Metric], as_of: dt.date
) -> pl.DataFrame:
    """The table with every metric's interval, and what is reported of it."""
    table = computed(table, facts, metrics, as_of)
    if facts.supplies(Reported):
        told = set(facts.table(Reported)["metric"])
        for metric in metrics:
            if metric.id in told:
                table = entered(table, facts, metric, as_of)
    return table


def computed(
    table: pl.DataFrame, facts: Facts, metrics: Iterable[Metric], as_of: dt.date
) -> pl.DataFrame:
    """The metrics as the ledgers have them; rows that are alike are counted once for all."""
    metrics = list(metrics)
    many = alike(metrics)
    of_many = {metric for group in many for metric in group if facts.supplies(group[0].rows)}
    together: list[Metric] = []
    apart: list[Metric] = []
    nothing: list[pl.Expr] = []
    for metric in metrics:
        ledgers = (metric.rows,) if isinstance(metric, Aggregate) else metric.ledgers
        if not any(map(facts.supplies, ledgers)):
            nothing += _without(metric)
        elif metric in of_many:
            pass
        elif tallied(metric):
            together.append(metric)
        else:
            apart.append(metric)
    if nothing:
        table = table.with_columns(nothing)
    for group in many:
        if group[0] in of_many:
            parts = measured_alike(group, partial(windowed, facts, as_of), table["id"], as_of)
            table = table.with_columns(parts)
    if apart:
        tables = [_tables(facts, metric, as_of) for metric in apart]
        found = measure_apart(apart, tables, table["id"], as_of)
        table = pl.concat([table, found.drop("id")], how="horizontal")
    if together:
        counted = _counted(facts, together, as_of)
        found = measure_together(together, counted, table["id"], as_of)
        table = pl.concat([table, found.drop("id")], how="horizontal")
    return table


def windowed(
    facts: Facts, as_of: dt.date, metric: Aggregate, window: Window
) -> tuple[pl.LazyFrame, pl.DataFrame]:
    """The rows of a metric that may lie in a window, and all of its ledger."""
    rows = rows_of(facts, metric, as_of=as_of, window=window)
    return rows, facts.rows(metric.rows)


def _tables(facts: Facts, metric: Metric, as_of: dt.date) -> Ledgers:
    """The ledgers a metric is made of, with what it reads attached."""
    if isinstance(metric, Aggregate):
        return (rows_of(facts, metric, as_of=as_of),)
    return tuple(map(facts.table, metric.ledgers))


def _counted(facts: Facts, metrics: Iterable[Metric], as_of: dt.date) -> list[pl.DataFrame]:
    """What the rows add up to, once for all the metrics that look at the same ones."""
    together = [(window, [*group.values()]) for window, group in by_window(metrics, as_of)]
    heights = [facts.rows(group[0].rows).height for _, group in together]
    plans = (
        tallies(
            rows_of(facts, *group, as_of=as_of, window=window),
            group,
            as_of,
            facts.rows(group[0].rows),
        )
        for window, group in together
    )
    return collected(plans, max(heights, default=0))


def _without(metric: Metric) -> list[pl.Expr]:
    """A metric none of whose ledgers was supplied: wholly unknown."""
    nothing = without(metric)
    return [
        pl.lit(nothing.get(part), kind).alias(metric.part(part)) for part, kind in PARTS.items()
    ]


def _exempted(facts: Facts, duties: Iterable[Duty], as_of: dt.date) -> Mapping[str, list[Any]]:
    """The subjects with a granted exemption that is valid on the day, for every rule."""
    ids: dict[str, list[Any]] = defaultdict(list)
    for rule, subject in valid_exemptions(facts, as_of).select("rule", "subject").iter_rows():
        ids[rule].append(subject)
    return {duty.granted: ids[duty.rule.id] for duty in duties}
