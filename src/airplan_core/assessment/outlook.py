"""Outlook: while a period runs, what is left of it must bring for a target to be met.

For a mean, the mean that the days left must not exceed; for days, those still needed or still
allowed; whether that can be, and how the same stretches of earlier years went. What it says the
verdict will say: a period that can no longer become valid meets no target, and may miss none.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from typing import Any, Literal, TypeAlias

import attrs
import polars as pl

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.outlook_days import Days, Stretch, Sums, in_year
from airplan_core.engines.engine import Engine
from airplan_core.errors import AirplanError
from airplan_core.facts.facts import exact
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.duty import Duty, by_ledger
from airplan_core.model.fields import Measured
from airplan_core.model.kinds import Count, Mean, Share
from airplan_core.model.metric import Metric
from airplan_core.model.outcome import outcome_name
from airplan_core.model.period import Period
from airplan_core.model.tree import Compare, Constant, columns, walk
from airplan_core.readers.scalar import evaluate

#: What `needed` of an outlook is: the greatest mean, the days still needed, the days still allowed;
#: none where the metric is not made of days.
Ask: TypeAlias = Literal["mean", "needed", "allowed", "none"]


@attrs.frozen(kw_only=True)
class Outlook:
    """How one subject stands to one target while its period runs.

    Attributes:
        duty, subject, metric: whose target it is, and what is held against it.
        op, limit: the comparison, and the limit in the metric's unit.
        value: the metric to date; `lo` and `hi` enclose what it can still become.
        known, missing, left: days with a value so far, without one, and to come.
        kind: what `needed` is.
        needed: the greatest mean of the days left, or the number of days still needed or allowed;
            negative where more are there than are allowed.
        below: whether the mean of the days left must stay below `needed`, and not reach it.
        valid: whether the period can still have as many days as its completeness asks for.
        attainable: whether it can still be met by the days left; None where only days without data,
            if they were found, would say.
        outcome: the duty's verdict on the day.
        earlier: the same stretches of earlier years, as far as the ledger has them.
        enough: the earlier years whose rest would have been enough.
    """

    duty: Duty
    subject: str
    metric: Metric
    op: str
    limit: Decimal
    value: Fraction | None
    lo: float | None
    hi: float | None
    known: int
    missing: int
    left: int
    kind: Ask
    needed: Fraction | None
    attainable: bool | None
    outcome: str
    below: bool = False
    valid: bool = True
    earlier: tuple[Stretch, ...] = ()
    enough: tuple[int, ...] = ()

    @property
    def upper(self) -> bool:
        """Whether the limit is not to be exceeded."""
        return self.op in ("<", "<=")


def outlook(assessment: Assessment) -> tuple[Outlook, ...]:
    """The outlook of every target whose period runs on the day of the assessment.

    Raises:
        AirplanError: no period runs on that day; the periods there are, are named.
    """
    as_of = assessment.as_of
    running = [
        duty
        for duty in assessment.rulebook.duties
        if duty.periodic and duty.term is not None and duty.term.period is not None
        and duty.term.period.begins <= as_of <= duty.term.period.ends
    ]  # fmt: skip
    if not running:
        periods = sorted(
            {
                f"{duty.term.period.begins} to {duty.term.period.ends}"
                for duty in assessment.rulebook.duties
                if duty.periodic and duty.term is not None and duty.term.period is not None
            }
        )
        raise AirplanError(
            f"no target's period runs on {as_of}; choose a day in one of: "
            f"{', '.join(periods) or 'none (no rule has a metric)'}",
            f"{as_of} 不在任何目标的时段里；选下列时段中的一天："
            f"{'、'.join(periods).replace(' to ', ' 至 ') or '没有（没有规则用到指标）'}",
        )
    engine = assessment.engine
    stand = {
        id: rows for duties in by_ledger(running).values() for id, rows in _stand(engine, duties)
    }
    return tuple(one for duty in running for one in _of_duty(engine, duty, stand[duty.id]))


#: A subject, the name of its outcome, and its metrics' parts by the names of their columns.
_Stands: TypeAlias = tuple[str, str, Mapping[str, Any]]


def _stand(engine: Engine, duties: Sequence[Duty]) -> Iterator[tuple[str, list[_Stands]]]:
    """How the subjects of a ledger stand to its duties, with the metrics that these read."""
    metrics = tuple(dict.fromkeys(metric for duty in duties for metric in duty.metrics()))
    measured = engine.intervals(duties[0].subject, metrics)
    rows = dict(zip(measured["id"], measured.iter_rows(named=True), strict=True))
    found = engine.outcomes(duties)
    for duty in duties:
        stand = zip(found["id"], found[duty.id], strict=True)
        yield duty.id, [(id, outcome_name(bits), rows[id]) for id, bits in stand]


def _of_duty(engine: Engine, duty: Duty, stand: Iterable[_Stands]) -> Iterator[Outlook]:
    compares = [
        node
        for node in walk(duty.requires)
        if isinstance(node, Compare)
        and isinstance(node.left, Metric)
        and isinstance(node.right, Constant)
    ]
    for subject, outcome, row in stand:
        if outcome not in ("NOT_APPLICABLE", "EXEMPT"):
            for compare in compares:
                yield _one(engine, duty, compare, subject, row, outcome)


def _one(
    engine: Engine,
    duty: Duty,
    compare: Compare,
    subject: str,
    row: Mapping[str, Any],
    outcome: str,
) -> Outlook:
    metric, limit = compare.left, compare.right
    assert isinstance(metric, Metric)
    assert isinstance(limit, Constant)
    assert isinstance(limit.value, Decimal)
    assert metric.period is not None
    value, lo, hi = (row[metric.part(part)] for part in ("value", "lo", "hi"))
    given: dict[str, Any] = {
        "duty": duty,
        "subject": subject,
        "metric": metric,
        "op": compare.op,
        "limit": limit.value,
        "value": None if value is None else Fraction(repr(value)),
        "lo": lo,
        "hi": hi,
        "outcome": outcome,
        "left": (metric.period.ends - engine.as_of).days,
    }
    ends = {name: None if row[name] is None else exact(row[name]) for name in metric.ends}
    decided = evaluate(compare, ends, engine.as_of)
    if not isinstance(metric, Aggregate) or not engine.facts.supplies(metric.rows):
        known = row[metric.part("known")] or 0
        return Outlook(**given, known=known, missing=0, kind="none", needed=None,
                       attainable=decided)  # fmt: skip
    days = Days.of(engine, metric, subject)
    so_far = days.between(metric.period.begins, engine.as_of)
    target = _Target(
        op=compare.op, limit=limit.value, left=given["left"], valid=days.can_be_valid(engine.as_of)
    )
    rest = _rest(metric, target, so_far)
    # what is decided is; on the last day only what is there, or may still be, says
    open_ = decided is None and given["left"]
    earlier = tuple(days.earlier(metric.period, engine.as_of))
    return Outlook(
        **given,
        known=so_far.known,
        missing=so_far.missing if metric.complete is not None else 0,
        kind=rest.kind,
        needed=rest.needed,
        below=rest.below,
        valid=target.valid,
        attainable=rest.attainable if open_ else decided,
        earlier=earlier,
        enough=tuple(one.year for one in earlier if _enough(rest, one, upper=target.upper)),
    )


@attrs.frozen(kw_only=True)
class _Target:
    """What is held against a metric, with how many days are left, and whether these can make it."""

    op: str
    limit: Decimal
    left: int
    valid: bool

    @property
    def upper(self) -> bool:
        return self.op in ("<", "<=")

    def met(self, value: Fraction, decimals: int | None) -> bool:
        """Whether a value is within the limit, as it is reported."""
        return _holds(rounded(value, decimals), self.op, self.limit)


@attrs.frozen(kw_only=True)
class _Rest:
    """What the days left must bring, and whether they can."""

    kind: Ask = "none"
    needed: Fraction | None = None
    below: bool = False
    attainable: bool | None = None


def _enough(rest: _Rest, year: Stretch, *, upper: bool) -> bool:
    """Whether what an earlier year's rest brought would be enough."""
    brought = year.rest if rest.kind == "mean" else Fraction(year.counted)
    if rest.needed is None or brought is None or rest.kind == "none" or not year.valid:
        return False
    if rest.below:
        return brought < rest.needed
    return brought <= rest.needed if upper else brought >= rest.needed


def _holds(value: Fraction, op: str, limit: Decimal) -> bool:
    bound = Fraction(limit)
    return {
        "<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound,
        "==": value == bound,
    }[op]  # fmt: skip


def rounded(value: Fraction, decimals: int | None) -> Fraction:
    """The value as it is reported: half to even (GB/T 8170)."""
    return value if decimals is None else Fraction(round(value * 10**decimals), 10**decimals)


def _can(*, sure: bool, possible: bool) -> bool | None:
    """Whether the days left suffice: None where only days without data could help."""
    return True if sure else None if possible else False


@singledispatch
def _rest(metric: Aggregate, target: _Target, so_far: Sums) -> _Rest:
    """What the days left must bring, and whether they can."""
    return _Rest()


@_rest.register
def _(metric: Mean, target: _Target, so_far: Sums) -> _Rest:
    if not target.upper:
        return _Rest()
    if not target.left:
        return _Rest(kind="mean")
    days = so_far.known + target.left
    most, below = _most(target, metric.decimals)
    # no concentration is less than 0
    least, lowest = (so_far.total / n for n in (days, days + so_far.missing))
    return _Rest(
        kind="mean",
        needed=(most * days - so_far.total) / target.left,
        below=below,
        attainable=_can(
            sure=target.valid and target.met(least, metric.decimals),
            possible=target.met(lowest, metric.decimals),
        ),
    )


@_rest.register
def _(metric: Share, target: _Target, so_far: Sums) -> _Rest:
    if metric.complete is None:
        return _Rest()
    known, every = so_far.known + target.left, so_far.known + target.left + so_far.missing
    left_out = metric.complete.leaves_out and target.valid
    days = known if left_out else every
    best, worst = so_far.yes, so_far.yes + so_far.missing
    if not target.upper:
        best, worst = best + target.left + so_far.missing, best + target.left

    def met(yes: int, of: int) -> bool:
        return of > 0 and target.met(Fraction(100 * yes, of), metric.decimals)

    fits = [yes for yes in range(days + 1) if met(yes, days)]
    needed = (max(fits) if target.upper else min(fits)) - so_far.yes if fits else None
    sure = met(best if target.upper else worst, known) if left_out else met(worst, every)
    return _of_days(needed, target, _can(sure=sure, possible=met(best, every)))


@_rest.register
def _(metric: Count, target: _Target, so_far: Sums) -> _Rest:
    limit, op = target.limit, target.op
    whole = math.floor(limit) if target.upper else math.ceil(limit)
    whole += {"<": -(whole == limit), ">": whole == limit}.get(op, 0)
    missing, left = so_far.missing, target.left
    if metric.complete is None:  # any number of rows may come on a day
        missing, left = 0, 10**9 * (left > 0)
    yes = so_far.yes
    if target.upper:
        can = _can(sure=yes + missing <= whole, possible=yes <= whole)
    else:
        can = _can(sure=yes + left >= whole, possible=yes + left + missing >= whole)
    return _of_days(whole - yes, target, can)


def _of_days(needed: int | None, target: _Target, attainable: bool | None) -> _Rest:
    if needed is not None and not target.upper:
        needed = max(needed, 0)
    return _Rest(
        kind="allowed" if target.upper else "needed",
        needed=None if needed is None else Fraction(needed),
        attainable=attainable,
    )


def _most(target: _Target, decimals: int | None) -> tuple[Fraction, bool]:
    """The least upper bound of the values within the limit, and whether it is beyond it itself."""
    bound = Fraction(target.limit)
    if decimals is not None:
        step = Fraction(1, 10**decimals)
        last = bound // step * step
        if target.op == "<" and last == bound:
            last -= step
        bound = last + step / 2
    return bound, not target.met(bound, decimals)


def running_means(assessment: Assessment, one: Outlook) -> dict[int, list[tuple[dt.date, float]]]:
    """Of a mean: for its year and each earlier one, the mean of the days so far, day by day."""
    metric = one.metric
    assert isinstance(metric, Aggregate)
    assert metric.period is not None
    rows = Days.of(assessment.engine, metric, one.subject).rows
    rows = rows.filter(pl.col("counts") & pl.col("micro").is_not_null()).sort("day")
    found = {}
    for year in (metric.period.begins.year, *(stretch.year for stretch in one.earlier)):
        first, last = (in_year(d, year) for d in (metric.period.begins, metric.period.ends))
        days = rows.filter(pl.col("day").is_between(first, last))
        means = days.select(
            "day",
            mean=pl.col("micro").cast(pl.Float64).cum_sum() / 1e6 / pl.int_range(1, pl.len() + 1),
        )
        found[year] = list(means.iter_rows())
    return found


def banded_days(
    assessment: Assessment, outlooks: tuple[Outlook, ...]
) -> tuple[Any, str, Period, dict[dt.date, float | None]] | None:
    """The days of a field that a standard has names and colours for: an air quality index.

    The field, the subject, the period, and the value of each day in the ledger; None where no
    target counts days by such a field.
    """
    for one in outlooks:
        metric = one.metric
        if not isinstance(metric, Aggregate) or metric.period is None or metric.on is None:
            continue
        for field in columns(metric.where):
            if isinstance(field, Measured) and field.bands:
                rows = assessment.engine.days(metric, one.subject, field.name)
                rows = rows.filter(pl.col("day") >= metric.period.begins)
                days: dict[Any, Any] = dict(rows.select("day", field.name).iter_rows())
                return field, one.subject, metric.period, days
    return None
