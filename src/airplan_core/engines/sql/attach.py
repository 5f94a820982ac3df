"""A ledger with everything its duties read, as one query: joins, grouped sums, then the outcomes.

What `polars.attach` puts beside a table, a database attaches here: what references lead to, acts
that are recorded, granted exemptions, and metrics as grouped subqueries. Every step is a named part
of the query, so that a reviewer can read it from the top.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import attrs
from sqlglot import exp

from airplan_core.engines.sql.amid import with_amid
from airplan_core.engines.sql.formula import column
from airplan_core.engines.sql.joined import Joined, subjects
from airplan_core.engines.sql.metrics import metric_steps
from airplan_core.engines.sql.nth import with_nth
from airplan_core.engines.sql.place import Place, aliased, called, relation
from airplan_core.model.amid import amid_of
from airplan_core.model.attested import Act, acts_of
from airplan_core.model.duty import Duty
from airplan_core.model.entity import Entity
from airplan_core.model.ledgers import Attestation, Exemption
from airplan_core.model.metric import Metric
from airplan_core.model.nth import nth_of
from airplan_core.readers import sql_terms as sql


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
        query = exp.select(*selected).from_(relation(last), copy=False)
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
    base = aliased(subjects(place, entity).subquery(copy=False), "subject")
    every = exp.Column(this=exp.Star(), table=exp.to_identifier("subject", quoted=True))
    joined = Joined(place, exp.select(every).from_(base, copy=False), "subject")
    leaves = [leaf for duty in duties for leaf in duty.read]
    paths = [leaf.path for leaf in leaves if not isinstance(leaf, Metric)]
    joined.follow(entity, paths, alias="subject", prefix="")
    for act in acts_of(leaves):
        _act(joined, act, as_of)
    for leaf in amid_of(leaves):
        with_amid(joined, leaf, as_of, whole=True)
    for one in nth_of(leaves):
        with_nth(joined, one)
    for duty in {duty.granted: duty for duty in duties}.values():
        _exempted(joined, duty, as_of)
    parts: list[tuple[str, exp.Query]] = []
    steps = metric_steps(joined, metrics, parts, as_of)
    own = dict(joined.selected)
    query = joined.query.select(*(called(value, name) for name, value in own.items()), copy=False)
    parts.append(("subjects", query))
    for name, made in steps:
        if made:
            star = exp.select(exp.Star()).from_(relation(parts[-1][0]), copy=False)
            star = star.select(
                *(called(value, column) for column, value in made.items()), copy=False
            )
            parts.append((name, star))
    return Attached(place=place, entity=entity, parts=tuple(parts), columns=tuple(own))


def _act(joined: Joined, act: Act, as_of: dt.date) -> None:
    """Whether and when an act was done; a later act is not done yet.

    What is asked for a period is what is recorded for it, or else for no period; so it is of a
    part.
    """
    if not joined.place.has(Attestation):
        joined.selected |= {
            act.column("done"): sql.null("boolean"), act.column("done_on"): sql.null("date"),
        }  # fmt: skip
        return
    by_then = (column("done_on") <= as_of).fill_null(value=True)
    found = []
    parts, periods = (
        [*([column(name) == value] if value else []), column(name).is_null()]
        for name, value in (("part", act.part), ("period", act.period))
    )
    for number, (part, period) in enumerate(itertools.product(parts, periods)):
        alias = f"{act.table} {number}"
        acts = exp.select(
            sql.column("subject"),
            called(column("done") & by_then, "done"),
            called(column("done_on"), "done_on"),
        ).from_(joined.place.table(Attestation), copy=False)
        acts = acts.where(((column("clause") == act.named) & part & period).node, copy=False)
        joined.left(acts.subquery(copy=False), alias, "subject", sql.column("id", joined.base))
        found.append(alias)
    for name in ("done", "done_on"):
        *others, last = found
        value: exp.Expr = sql.column(name, last)
        for alias in reversed(others):
            there = column("subject", alias).is_not_null().node
            value = exp.case().when(there, sql.column(name, alias)).else_(value)
        joined.selected[act.column(name)] = value


def _exempted(joined: Joined, duty: Duty, as_of: dt.date) -> None:
    """Whether a granted exemption from the rule is valid on the day."""
    place, name, rule = joined.place, duty.granted, duty.rule.id
    if not place.has(Exemption) or (place.exempted is not None and rule not in place.exempted):
        joined.selected[name] = exp.false()
        return
    valid = (column("valid_from") <= as_of) & (column("valid_to") >= as_of)
    subjects = (
        exp.select(sql.column("subject")).distinct().from_(place.table(Exemption), copy=False)
    )
    subjects = subjects.where(((column("rule") == rule) & valid).node, copy=False)
    joined.left(subjects.subquery(copy=False), name, "subject", sql.column("id", joined.base))
    joined.selected[name] = column("subject", name).is_not_null().node
