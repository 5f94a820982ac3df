"""A share of rows or of days, and the change of one: what is open counts, or does not."""

from __future__ import annotations

import attrs

from airplan_core.engines.alike import Rows, observed, scale, sums_of, validity
from airplan_core.engines.language import Columns, Expression, Language, maybe, yes
from airplan_core.model.kinds import Change, Share

#: A double just below 100, and one just above 0: an end that is approached, not reached.
_BELOW_100, _ABOVE_0 = 99.99999999999999, 1e-300


def sums(metric: Share, rows: Rows) -> dict[str, Expression]:
    """What counts and what does not, for sure and at most; of each month, what is known."""
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
    to: Language

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


def _shares(metric: Share, of: Columns, to: Language, *, over: bool) -> _Shares:
    good, bad = of("yes"), of("no")
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
        lacks, valid = validity(metric, of("known"), of, over=over, to=to)
        valid &= (good + bad > 0) & to.lit(metric.complete.leaves_out)
    value = _Pair(to.when(good + bad > 0).then(100 * good), good + bad, to)

    def end(bound: float, open_: Expression, above: Expression, below: Expression) -> _Pair:
        top, under = to.when(open_).then(bound), to.when(open_).then(1)
        if valid is not None:
            top = to.when(valid).then(100 * good).when(open_).then(bound)
            under = to.when(valid).then(good + bad).when(open_).then(1)
        return _Pair(top.otherwise(100 * above), under.otherwise(below), to)

    least = heavy_no | (good + most_no == 0) | to.lit(open_)
    most = heavy_yes | (most_yes + bad == 0) | to.lit(open_)
    return _Shares(
        value=value,
        lo=end(0, least, good, good + most_no),
        hi=end(100, most, most_yes, most_yes + bad),
        gaps=lacks,
    )


def ends(
    metric: Share, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """A percentage: the rows that count, of those they are among, by number or by weight."""
    of = sums_of(metric, column)
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
    return observed(metric, parts | {"gaps": found.gaps}, of, to, over=over)


def change(
    metric: Change, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """By how many percentage points the share has fallen since the baseline, or risen."""
    now, then = metric.shares
    second = _shares(now, sums_of(now, column), to, over=over)
    first = _shares(then, sums_of(then, column), to, over=True)
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
