"""Counts, sums, shares and substitutions over rows that are alike: an interval for each subject.

First what the rows of a subject add up to, under every way an unknown cell can turn out; then the
ends of the interval, from those sums alone. A row of which something is unknown is taken as what
makes the number least, and as what makes it greatest; so is every row that a running period may
still bring.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any, TypeAlias

import attrs
import polars as pl

from airplan_core.metric import Aggregate, Change, Metric
from airplan_core.ratios import MICRO, ratio

#: The greatest double below 100, and the least above 0: an end that is approached, not reached.
_BELOW_100, _ABOVE_0 = 99.99999999999999, 5e-324

#: The column that holds one of a metric's sums.
Sum: TypeAlias = "Callable[[str], pl.Expr]"


@attrs.frozen(kw_only=True)
class Rows:
    """Rows that are alike, as columns: what they answer, how many they are, what they amount to.

    `inside` (of the days asked about), `among`, `counts` and `instead` are nullable Booleans;
    `blank` says of how many rows the amount is unknown.
    """

    inside: pl.Expr
    among: pl.Expr
    counts: pl.Expr
    instead: pl.Expr | None
    rows: pl.Expr
    amount: pl.Expr
    blank: pl.Expr


def _yes(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=False)


def _maybe(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=True)


def _only(amount: pl.Expr, of: pl.Expr) -> pl.Expr:
    """The amount of some rows, and nothing of the others: faster to add up than what is left."""
    return pl.when(of).then(amount).otherwise(0)


def scale(metric: Aggregate) -> int:
    """How many of the amount's whole numbers are one of the metric's unit."""
    return 1 if metric.measure_of is None else MICRO


def sums(metric: Aggregate, alike: Rows) -> dict[str, pl.Expr]:
    """What the rows of one subject add up to, by name."""

    def amount(of: pl.Expr) -> pl.Expr:
        return _only(alike.amount, of).sum().cast(pl.Int128)

    def rows(of: pl.Expr) -> pl.Expr:
        return _only(alike.rows, of).sum()

    def known(of: pl.Expr) -> pl.Expr:
        return _only(alike.rows - alike.blank, of).sum()

    def heavy(of: pl.Expr) -> pl.Expr:
        # a row of unknown weight may outweigh all the others
        return (of & (alike.blank > 0)).any()

    among, counts = alike.among, alike.counts
    found = {"seen": rows(_maybe(alike.inside)), "possible": rows(_maybe(among))}
    if metric.how == "substitution":
        assert alike.instead is not None
        return found | _substitutes(among, counts, alike.instead, amount, known, heavy)
    yes, no = _yes(among & counts), _yes(among & ~counts)
    most_yes, most_no = _maybe(among & counts), _maybe(among & ~counts)
    found |= {
        "yes": amount(yes),
        "most_yes": amount(most_yes),
        "heavy_yes": heavy(most_yes),
    }
    if metric.how != "share":
        return found | {"known": known(yes), "possible": rows(most_yes)}
    return found | {
        "no": amount(no),
        "most_no": amount(most_no),
        "heavy_no": heavy(most_no),
        "known": known(yes | no),
    }


def _substitutes(
    among: pl.Expr, counts: pl.Expr, instead: pl.Expr, amount: Any, known: Any, heavy: Any
) -> dict[str, pl.Expr]:
    """N, what the substitutes amount to, C, what they stand in for, W, the whole: three times.

    As known; as bad as it may be: what may be neither is neither, and new; and as good.
    """
    sure, maybe = _yes(among), _maybe(among)
    either = maybe & (_maybe(counts) | _maybe(instead))
    neither = maybe & ~_yes(counts) & ~_yes(instead)
    fills, clean = _yes(counts) & ~_maybe(instead), _yes(instead)
    told = sure & (clean | (~_maybe(instead) & counts.is_not_null()))
    may_fill = maybe & _maybe(counts) & ~clean
    return {
        "value_n": amount(told & fills),
        "value_c": amount(told & clean),
        "value_w": amount(told),
        "lo_n": amount(sure & fills),
        "lo_c": amount(sure & ~neither & ~fills),
        "lo_w": amount(neither | sure),
        "hi_n": amount(may_fill),
        "hi_c": amount(maybe & ~may_fill & _maybe(instead)),
        "hi_w": amount(either | sure),
        "heavy_no": heavy(neither),
        "heavy_yes": heavy(either),
        "known": known(told),
    }


@singledispatch
def ends(metric: Metric, of: Any, *, over: bool, small: bool = False) -> dict[str, pl.Expr]:
    """The parts of a metric from its sums: `lo`, `hi`, `value`, `known`, `possible`, `gaps`.

    `of` gives the column of a sum by its name; `over` says whether no further row can come; `small`
    that a hundred times each sum is a double, so that a ratio is one division. A subject without a
    row has sums of nothing: they are 0.
    """
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


@ends.register
def _(metric: Aggregate, of: Any, *, over: bool, small: bool = False) -> dict[str, pl.Expr]:
    whole = metric.how in ("share", "substitution")
    if metric.how == "share":
        found = _share(metric, of, over=over, small=small)
    elif metric.how == "substitution":
        found = _substitution(metric, of, over=over)
    else:
        found = _total(metric, of, over=over)
    if metric.observed and whole:
        # seen, and nothing of it among the whole: it falls short of no share
        none = (of("seen") > 0) & (of("possible") == 0)
        found["lo"] = pl.when(none).then(100.0 if over else 0.0).otherwise(found["lo"])
        found["hi"] = pl.when(none).then(100.0).otherwise(found["hi"])
        unseen = of("seen") == 0
        found["gaps"] = pl.when(unseen).then(pl.lit("0 rows")).otherwise(pl.lit(""))
    elif metric.observed:
        unseen = of("seen") == 0
        found["hi"] = pl.when(~unseen).then(found["hi"])
        found["value"] = pl.when(~unseen).then(found["value"])
        found["gaps"] = pl.when(unseen).then(pl.lit("0 rows")).otherwise(pl.lit(""))
    return found


def _total(metric: Aggregate, of: Sum, *, over: bool) -> dict[str, pl.Expr]:
    """What is known is the lower end; the period's end closes the upper one."""
    below = pl.lit(scale(metric), pl.Int128)
    low, high = of("yes"), of("most_yes")
    value = ratio(low, low * 0 + below, metric.decimals)
    closed = ~of("heavy_yes") & over
    return {
        "value": value,
        "lo": value,
        "hi": pl.when(closed).then(ratio(high, high * 0 + below, metric.decimals)),
        "known": of("known"),
        "possible": of("possible"),
        "gaps": pl.lit(""),
    }


@attrs.frozen
class _Pair:
    """A numerator and its whole; the numerator is null where there is no value."""

    above: pl.Expr
    below: pl.Expr

    def minus(self, other: _Pair) -> _Pair:
        above = self.above * other.below - other.above * self.below
        return _Pair(above, self.below * other.below)

    def double(self, decimals: int | None, *, small: bool = False) -> pl.Expr:
        if small and decimals is None:
            quotient: pl.Expr = self.above.cast(pl.Float64) / self.below.cast(pl.Float64)
            return quotient
        return ratio(self.above, self.below, decimals)


def _pairs(of: Sum, *, over: bool) -> dict[str, _Pair]:
    """The known, least and greatest share; a settled one is one pair, so that its ends are one."""
    yes, no = of("yes"), of("no")
    most_yes, most_no = of("most_yes"), of("most_no")
    least = of("heavy_no") | (yes + most_no == 0) | (not over)
    most = of("heavy_yes") | (most_yes + no == 0) | (not over)
    return {
        "value": _Pair(pl.when(yes + no > 0).then(100 * yes), yes + no),
        "lo": _Pair(
            pl.when(least).then(0).otherwise(100 * yes),
            pl.when(least).then(1).otherwise(yes + most_no),
        ),
        "hi": _Pair(
            pl.when(most).then(100).otherwise(100 * most_yes),
            pl.when(most).then(1).otherwise(most_yes + no),
        ),
    }


def _share(metric: Aggregate, of: Sum, *, over: bool, small: bool) -> dict[str, pl.Expr]:
    """A percentage: the rows that count, of those they are among, by number or by weight."""
    pairs = _pairs(of, over=over)
    value, low, high = (
        pairs[end].double(metric.decimals, small=small) for end in ("value", "lo", "hi")
    )
    if metric.decimals is None and not over:
        # what a running period still brings cannot undo what is there
        low = pl.when(of("yes") > 0).then(pl.max_horizontal(low, _ABOVE_0)).otherwise(low)
        high = pl.when(of("no") > 0).then(pl.min_horizontal(high, _BELOW_100)).otherwise(high)
    possible = of("possible")
    return {
        "value": value,
        "lo": low,
        "hi": high,
        "known": of("known"),
        "possible": possible,
        "gaps": pl.when(possible == 0).then(pl.lit("0 rows")).otherwise(pl.lit("")),
        "part": of("yes") / scale(metric),
        "total": (of("yes") + of("no")) / scale(metric),
    }


def _substitution(metric: Aggregate, of: Sum, *, over: bool) -> dict[str, pl.Expr]:
    """替代比例: how much of what one way falls short by another way carries; 100 % at most.

    It is N ÷ (up_to × W − C), grows with N and C and shrinks with W.
    """
    top = int(metric.target * 100)
    found = {}
    for end in ("value", "lo", "hi"):
        n, clean, w = (of(f"{end}_{part}") for part in "ncw")
        gap = top * w - 10_000 * clean  # in ten-thousandths
        filled = n * 10_000 >= gap
        above = pl.when(filled).then(100).otherwise(n * 1_000_000)
        found[end] = ratio(above, pl.when(filled).then(1).otherwise(gap), metric.decimals)
    nobody = of("possible") == 0
    gap = top * of("value_w") - 10_000 * of("value_c")
    return {
        "value": pl.when(of("value_w") > 0).then(found["value"]),
        "lo": pl.when(nobody | of("heavy_no") | (not over)).then(0.0).otherwise(found["lo"]),
        "hi": pl.when(nobody | of("heavy_yes") | (not over)).then(100.0).otherwise(found["hi"]),
        "known": of("known"),
        "possible": of("possible"),
        "gaps": pl.when(nobody).then(pl.lit("0 rows")).otherwise(pl.lit("")),
        "part": of("value_n") / scale(metric),
        "total": pl.max_horizontal(gap, 0) / (10_000 * scale(metric)),
    }


@ends.register
def _(metric: Change, of: Any, *, over: bool, small: bool = False) -> dict[str, pl.Expr]:
    """By how many percentage points the share has fallen since the baseline, or risen."""
    then = _pairs(lambda name: of(f"then {name}"), over=True)
    now = _pairs(lambda name: of(f"now {name}"), over=over)
    first, second = (then, now) if metric.falls else (now, then)
    value, low, high = (
        first[end].minus(second[other]).double(metric.decimals)
        for end, other in (("value", "value"), ("lo", "hi"), ("hi", "lo"))
    )
    return {
        "value": value,
        "lo": low,
        "hi": high,
        "known": of("then known") + of("now known"),
        "possible": of("then possible") + of("now possible"),
        "gaps": pl.when(value.is_null()).then(pl.lit("0 rows")).otherwise(pl.lit("")),
    }
