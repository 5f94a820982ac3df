"""The kinds of metric over rows: what the rows of a subject add up to, and what that leaves open.

First the sums, under every way an unknown cell can turn out; then the ends of the interval, from
those sums alone. A row of which something is unknown is taken as what makes the number least, and
as what makes it greatest; so is every row that a running period may still bring, and of a ledger
with a row a day, every day that is not there.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import attrs

from airplan_core.engines.alike import Rows, gaps, scale
from airplan_core.engines.words import POLARS, Columns, Expression, Words, maybe, yes
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.kinds import Change, Count, Mean, Share, Substitution, Sum
from airplan_core.model.metric import Metric

#: A double just below 100, and one just above 0: an end that is approached, not reached.
_BELOW_100, _ABOVE_0 = 99.99999999999999, 1e-300


@singledispatch
def sums(metric: Aggregate, rows: Rows) -> dict[str, Expression]:
    """What the rows of one subject add up to, by name."""
    raise NotImplementedError(f"no sums are known of a {type(metric).__name__}")


@singledispatch
def ends(
    metric: Metric, column: Columns, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """The parts of a metric from its sums: `lo`, `hi`, `value`, `known`, `possible`, `gaps`.

    `over` says whether no further row can come; `small` that a hundred times each sum is a double,
    so that a ratio is one division. A subject without a row has sums of nothing: they are 0.
    """
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


@sums.register(Count)
@sums.register(Sum)
def _(metric: Count | Sum, rows: Rows) -> dict[str, Expression]:
    sure, most = yes(rows.among & rows.counts), maybe(rows.among & rows.counts)
    found = rows.common() | {
        "possible": rows.number(most),
        "yes": rows.sum(sure),
        "most_yes": rows.sum(most),
        "heavy_yes": rows.heavy(most),
        "known": rows.known(sure),
    }
    if metric.complete is None:
        return found
    return found | {
        "rows": rows.number(maybe(rows.among)),
        "no": rows.number(yes(rows.among & ~rows.counts)),
    }


@ends.register(Count)
@ends.register(Sum)
def _(
    metric: Count | Sum, column: Columns, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """What is known is the lower end; the period's end closes the upper one."""

    def of(name: str) -> Expression:
        return column(metric.sum(name))

    low, possible = of("yes"), of("possible")
    value = to.ratio(low, scale(metric), metric.decimals)
    closed = ~of("heavy_yes") & to.lit(over)
    found = {
        "value": value,
        "lo": value,
        "hi": to.when(closed).then(to.ratio(of("most_yes"), scale(metric), metric.decimals)),
        "known": of("known"),
        "possible": possible,
        "gaps": to.lit(""),
    }
    if metric.complete is not None:
        # every day that is not known may be one more
        none = of("rows") == 0
        known = of("known") + of("no")
        found["hi"] = to.double(low - known + metric.days)
        found |= {"known": known, "possible": to.lit(metric.days)}
        found["value"] = to.when(~none).then(value)
        found["gaps"] = to.when(none).then(to.lit("0 days")).otherwise(to.lit(""))
    if metric.observed:
        unseen = of("seen") == 0
        found["hi"] = to.when(~unseen).then(found["hi"])
        found["value"] = to.when(~unseen).then(found["value"])
        found["gaps"] = to.when(unseen).then(to.lit("0 rows")).otherwise(to.lit(""))
    return found


@sums.register
def _(metric: Mean, rows: Rows) -> dict[str, Expression]:
    sure, out = yes(rows.among & rows.counts), yes(rows.among & ~rows.counts)
    return rows.common() | {
        "yes": rows.sum(sure),
        "known": rows.known(sure),
        "out": rows.number(out),
        **rows.by_month(sure, out),
    }


@ends.register
def _(
    metric: Mean, column: Columns, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """A point once the period is over and valid.

    Else it is bounded from below: a concentration is never negative, so that the days without a
    value are at least zeros. The days that `where` leaves out are in neither.
    """

    def of(name: str) -> Expression:
        return column(metric.sum(name))

    known, out = of("known"), of("out")
    possible = to.greatest(to.lit(metric.days) - out, known)
    value, least = (
        to.ratio(of("yes"), to.whole(days) * scale(metric), metric.decimals)
        for days in (known, possible)
    )
    lacks, valid = _validity(metric, known + out, of, over=over, to=to)
    return {
        "value": to.when(known > 0).then(value),
        "lo": to.when(known == 0).then(0.0).when(valid).then(value).otherwise(least),
        "hi": to.when(valid & (known > 0)).then(value),
        "known": known,
        "possible": possible,
        "gaps": lacks,
    }


def _validity(
    metric: Aggregate, days: Expression, of: Columns, *, over: bool, to: Words
) -> tuple[Expression, Expression]:
    """What is lacking of the days, as a text, and whether nothing is; a running period is open."""
    if not over:
        return to.lit(""), to.lit(value=False)
    none = of("possible") == 0
    lacks = to.when(none).then(to.lit("0 days")).otherwise(gaps(metric, days, of, to))
    lacks = to.let(lacks)
    return lacks, lacks == to.lit("")


@sums.register
def _(metric: Share, rows: Rows) -> dict[str, Expression]:
    sure, not_ = yes(rows.among & rows.counts), yes(rows.among & ~rows.counts)
    most_yes, most_no = maybe(rows.among & rows.counts), maybe(rows.among & ~rows.counts)
    return rows.common() | {
        "yes": rows.sum(sure),
        "most_yes": rows.sum(most_yes),
        "heavy_yes": rows.heavy(most_yes),
        "no": rows.sum(not_),
        "most_no": rows.sum(most_no),
        "heavy_no": rows.heavy(most_no),
        "known": rows.known(sure | not_),
        **rows.by_month(sure | not_),
    }


@attrs.frozen
class _Pair:
    """A numerator and its whole; the numerator is null where there is no value."""

    above: Expression
    below: Expression
    to: Words

    def minus(self, other: _Pair) -> _Pair:
        let = self.to.let
        above = let(self.above) * let(other.below) - let(other.above) * let(self.below)
        return _Pair(above, self.below * other.below, self.to)

    def double(self, decimals: int | None, *, small: bool = False) -> Expression:
        if small and decimals is None:
            return self.to.double(self.above) / self.to.double(self.below)
        return self.to.ratio(self.above, self.below, decimals)


@attrs.frozen
class _Shares:
    """The known, least and greatest share; a settled one is one pair, so that its ends are one."""

    value: _Pair
    lo: _Pair
    hi: _Pair
    gaps: Expression


def _shares(metric: Share, of: Columns, to: Words, *, over: bool) -> _Shares:
    yes, no = of("yes"), of("no")
    most_yes, most_no = of("most_yes"), of("most_no")
    heavy_yes, heavy_no = of("heavy_yes"), of("heavy_no")
    possible, valid = of("possible"), None
    lacks = to.when(possible == 0).then(to.lit("0 rows")).otherwise(to.lit(""))
    open_ = not over
    if metric.complete is not None:
        # the days that are not there are what a running period still brings
        open_, missing = False, to.greatest(to.lit(metric.days) - possible, 0)
        if metric.measure_of is None:
            most_yes, most_no = most_yes + missing, most_no + missing
        else:
            heavy_yes, heavy_no = heavy_yes | (missing > 0), heavy_no | (missing > 0)
        lacks, valid = _validity(metric, of("known"), of, over=over, to=to)
        valid &= (yes + no > 0) & to.lit(metric.complete.leaves_out)
    value = _Pair(to.when(yes + no > 0).then(100 * yes), yes + no, to)

    def end(bound: float, open_: Expression, above: Expression, below: Expression) -> _Pair:
        top, under = to.when(open_).then(bound), to.when(open_).then(1)
        if valid is not None:
            top = to.when(valid).then(100 * yes).when(open_).then(bound)
            under = to.when(valid).then(yes + no).when(open_).then(1)
        return _Pair(top.otherwise(100 * above), under.otherwise(below), to)

    least = heavy_no | (yes + most_no == 0) | to.lit(open_)
    most = heavy_yes | (most_yes + no == 0) | to.lit(open_)
    return _Shares(
        value=value,
        lo=end(0, least, yes, yes + most_no),
        hi=end(100, most, most_yes, most_yes + no),
        gaps=lacks,
    )


@ends.register
def _(
    metric: Share, column: Columns, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """A percentage: the rows that count, of those they are among, by number or by weight."""

    def of(name: str) -> Expression:
        return column(metric.sum(name))

    found = _shares(metric, of, to, over=over)
    value, low, high = (
        pair.double(metric.decimals, small=small) for pair in (found.value, found.lo, found.hi)
    )
    if metric.decimals is None and not over and metric.complete is None:
        # what a running period still brings cannot undo what is there
        low = to.when(of("yes") > 0).then(to.greatest(low, _ABOVE_0)).otherwise(low)
        high = to.when(of("no") > 0).then(to.least(high, _BELOW_100)).otherwise(high)
    part, total = (to.parts(one, scale(metric)) for one in (of("yes"), of("yes") + of("no")))
    parts = {"value": value, "lo": low, "hi": high, "known": of("known")}
    if metric.complete is None:
        parts |= {"possible": of("possible"), "part": part, "total": total}
    else:
        some = to.when(of("possible") > 0)
        parts |= {
            "possible": to.lit(metric.days), "part": some.then(part), "total": some.then(total),
        }  # fmt: skip
    return _observed(metric, parts | {"gaps": found.gaps}, of, to, over=over)


def _observed(
    metric: Share | Substitution,
    found: dict[str, Expression],
    of: Columns,
    to: Words,
    *,
    over: bool,
) -> dict[str, Expression]:
    """A subject that is seen, and of whom nothing is among the whole, falls short of no share."""
    if not metric.observed:
        return found
    none = (of("seen") > 0) & (of("possible") == 0)
    unseen = of("seen") == 0
    return found | {
        "lo": to.when(none).then(100.0 if over else 0.0).otherwise(found["lo"]),
        "hi": to.when(none).then(100.0).otherwise(found["hi"]),
        "gaps": to.when(unseen).then(to.lit("0 rows")).otherwise(to.lit("")),
    }


@sums.register
def _(metric: Substitution, rows: Rows) -> dict[str, Expression]:
    """N, what the substitutes amount to, C, what they stand in for, W, the whole: three times.

    As known; as bad as it may be: what may be neither is neither, and new; and as good.
    """
    counts, instead = rows.counts, rows.instead
    sure, may = yes(rows.among), maybe(rows.among)
    either = may & (maybe(counts) | maybe(instead))
    neither = may & ~yes(counts) & ~yes(instead)
    fills, clean = yes(counts) & ~maybe(instead), yes(instead)
    told = sure & (clean | (~maybe(instead) & counts.is_not_null()))
    may_fill = may & maybe(counts) & ~clean
    return rows.common() | {
        "value_n": rows.sum(told & fills),
        "value_c": rows.sum(told & clean),
        "value_w": rows.sum(told),
        "lo_n": rows.sum(sure & fills),
        "lo_c": rows.sum(sure & ~neither & ~fills),
        "lo_w": rows.sum(neither | sure),
        "hi_n": rows.sum(may_fill),
        "hi_c": rows.sum(may & ~may_fill & maybe(instead)),
        "hi_w": rows.sum(either | sure),
        "heavy_no": rows.heavy(neither),
        "heavy_yes": rows.heavy(either),
        "known": rows.known(told),
    }


@ends.register
def _(
    metric: Substitution, column: Columns, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """替代比例: how much of what one way falls short by another way carries; 100 % at most.

    It is N ÷ (up_to × W − C), grows with N and C and shrinks with W.
    """

    def of(name: str) -> Expression:
        return column(metric.sum(name))

    top = int(metric.target * 100)
    found = {}
    for end in ("value", "lo", "hi"):
        n, clean, w = (of(f"{end}_{part}") for part in "ncw")
        gap = top * w - 10_000 * clean  # in ten-thousandths
        filled = n * 10_000 >= gap
        above = to.when(filled).then(100).otherwise(n * 1_000_000)
        found[end] = to.ratio(above, to.when(filled).then(1).otherwise(gap), metric.decimals)
    nobody = of("possible") == 0
    gap = top * of("value_w") - 10_000 * of("value_c")
    parts = {
        "value": to.when(of("value_w") > 0).then(found["value"]),
        "lo": to.when(nobody | of("heavy_no") | to.lit(not over)).then(0.0).otherwise(found["lo"]),
        "hi": to.when(nobody | of("heavy_yes") | to.lit(not over))
        .then(100.0)
        .otherwise(found["hi"]),
        "known": of("known"),
        "possible": of("possible"),
        "gaps": to.when(nobody).then(to.lit("0 rows")).otherwise(to.lit("")),
        "part": to.parts(of("value_n"), scale(metric)),
        "total": to.parts(to.greatest(gap, 0), 10_000 * scale(metric)),
    }
    return _observed(metric, parts, of, to, over=over)


@ends.register
def _(
    metric: Change, column: Columns, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """By how many percentage points the share has fallen since the baseline, or risen."""
    now, then = metric.shares
    second = _shares(now, lambda name: column(now.sum(name)), to, over=over)
    first = _shares(then, lambda name: column(then.sum(name)), to, over=True)
    if not metric.falls:
        first, second = second, first
    value, low, high = (
        one.minus(other).double(metric.decimals)
        for one, other in (
            (first.value, second.value), (first.lo, second.hi), (first.hi, second.lo),
        )
    )  # fmt: skip
    return {
        "value": value,
        "lo": low,
        "hi": high,
        "known": column(then.sum("known")) + column(now.sum("known")),
        "possible": column(then.sum("possible")) + column(now.sum("possible")),
        "gaps": to.when(value.is_null()).then(to.lit("0 rows")).otherwise(to.lit("")),
    }


def settled(of: Any, reported: Any, slack: Any, own: Any, to: Words) -> dict[str, Any]:
    """The parts of a metric that a reported figure settles, from those the ledgers give.

    Args:
        of: the column of a part, by its name.
        reported: the figure.
        slack: half a step of its last digit, and a hair.
        own: whether it is of the metric's own day or period.
        to: the language of the columns.
    """
    low, high = of("lo"), of("hi")
    fits = (
        (reported >= low - slack).fill_null(value=True)
        & (reported <= high + slack).fill_null(value=True)
    )  # fmt: skip
    known = (low == high).fill_null(value=False)
    said = reported.is_not_null()
    fills = said & fits & ~known & (own | (of("known") == 0))
    return {
        "reported": reported,
        "disputed": said & ~fits & own,
        **{
            part: to.when(fills).then(reported).otherwise(of(part))
            for part in ("lo", "hi", "value")
        },
    }
