"""Counts, sums, shares and substitutions over rows that are alike: an interval for each subject.

First what the rows of a subject add up to, under every way an unknown cell can turn out; then the
ends of the interval, from those sums alone. A row of which something is unknown is taken as what
makes the number least, and as what makes it greatest; so is every row that a running period may
still bring.

The formulas are written once, for columns of polars and of a database: what both columns can do
(+, &, `fill_null`, …) is done by them, and what is said otherwise is in `Words`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any, Protocol, TypeAlias

import attrs
import polars as pl

from airplan_core.model.metric import Aggregate, Change, Metric
from airplan_core.quantities.millionths import MICRO, ratio

#: A double just below 100, and one just above 0: an end that is approached, not reached.
_BELOW_100, _ABOVE_0 = 99.99999999999999, 1e-300

#: An expression of columns: polars', or one with the same operators that writes SQL.
Expression: TypeAlias = Any

#: The column that holds one of a metric's sums.
Sum: TypeAlias = "Callable[[str], Expression]"


class Words(Protocol):
    """How the language of a formula says what operators do not."""

    def when(self, test: Expression) -> Any:
        """`when(test).then(value).otherwise(value)`."""

    def let(self, value: Expression) -> Expression:
        """An expression that is used more than once."""

    def lit(self, value: Any) -> Expression:
        """A text, a Boolean or a number."""

    def greatest(self, one: Expression, other: Any) -> Expression:
        """The greater of two numbers."""

    def least(self, one: Expression, other: Any) -> Expression:
        """The lesser of two numbers."""

    def whole(self, value: Expression) -> Expression:
        """A whole number of up to 38 digits."""

    def double(self, value: Expression) -> Expression:
        """A whole number as the nearest double."""

    def ratio(self, above: Expression, below: Any, decimals: int | None) -> Expression:
        """One whole number over another: see `ratios.ratio`."""


class _Polars:
    """The words of polars."""

    when = staticmethod(pl.when)
    lit = staticmethod(pl.lit)
    greatest = staticmethod(pl.max_horizontal)
    least = staticmethod(pl.min_horizontal)

    def let(self, value: pl.Expr) -> pl.Expr:
        return value

    def whole(self, value: pl.Expr) -> pl.Expr:
        return value.cast(pl.Int128)

    def double(self, value: pl.Expr) -> pl.Expr:
        return value.cast(pl.Float64)

    def ratio(self, above: pl.Expr, below: Any, decimals: int | None) -> pl.Expr:
        # polars divides by a constant as it multiplies by its reciprocal
        column = above * 0 + below if isinstance(below, int) else below
        return ratio(above, column, decimals)


POLARS: Words = _Polars()


@attrs.frozen(kw_only=True)
class Rows:
    """Rows that are alike, as columns: what they answer, how many they are, what they amount to.

    `inside` (of the days asked about), `among`, `counts` and `instead` are nullable Booleans;
    `blank` says of how many rows the amount is unknown.
    """

    inside: Expression
    among: Expression
    counts: Expression
    instead: Expression | None
    rows: Expression
    amount: Expression
    blank: Expression


def _yes(condition: Expression) -> Expression:
    return condition.fill_null(value=False)


def _maybe(condition: Expression) -> Expression:
    return condition.fill_null(value=True)


def scale(metric: Aggregate) -> int:
    """How many of the amount's whole numbers are one of the metric's unit."""
    return 1 if metric.measure_of is None else MICRO


def sums(metric: Aggregate, alike: Rows, to: Words = POLARS) -> dict[str, Expression]:
    """What the rows of one subject add up to, by name."""

    def only(amount: Expression, of: Expression) -> Expression:
        # nothing of the others: faster to add up than what is left
        return to.when(of).then(amount).otherwise(0)

    def amount(of: Expression) -> Expression:
        return to.whole(only(alike.amount, of).sum())

    def rows(of: Expression) -> Expression:
        return only(alike.rows, of).sum()

    def known(of: Expression) -> Expression:
        return only(alike.rows - alike.blank, of).sum()

    def heavy(of: Expression) -> Expression:
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
    among: Expression,
    counts: Expression,
    instead: Expression,
    amount: Any,
    known: Any,
    heavy: Any,
) -> dict[str, Expression]:
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
def ends(
    metric: Metric, of: Any, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """The parts of a metric from its sums: `lo`, `hi`, `value`, `known`, `possible`, `gaps`.

    `of` gives the column of a sum by its name; `over` says whether no further row can come; `small`
    that a hundred times each sum is a double, so that a ratio is one division. A subject without a
    row has sums of nothing: they are 0.
    """
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


@ends.register
def _(
    metric: Aggregate, of: Any, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    whole = metric.how in ("share", "substitution")
    if metric.how == "share":
        found = _share(metric, of, to, over=over, small=small)
    elif metric.how == "substitution":
        found = _substitution(metric, of, to, over=over)
    else:
        found = _total(metric, of, to, over=over)
    if metric.observed and whole:
        # seen, and nothing of it among the whole: it falls short of no share
        none = (of("seen") > 0) & (of("possible") == 0)
        found["lo"] = to.when(none).then(100.0 if over else 0.0).otherwise(found["lo"])
        found["hi"] = to.when(none).then(100.0).otherwise(found["hi"])
        unseen = of("seen") == 0
        found["gaps"] = to.when(unseen).then(to.lit("0 rows")).otherwise(to.lit(""))
    elif metric.observed:
        unseen = of("seen") == 0
        found["hi"] = to.when(~unseen).then(found["hi"])
        found["value"] = to.when(~unseen).then(found["value"])
        found["gaps"] = to.when(unseen).then(to.lit("0 rows")).otherwise(to.lit(""))
    return found


def _total(metric: Aggregate, of: Sum, to: Words, *, over: bool) -> dict[str, Expression]:
    """What is known is the lower end; the period's end closes the upper one."""
    low, high = of("yes"), of("most_yes")
    value = to.ratio(low, scale(metric), metric.decimals)
    closed = ~of("heavy_yes") & to.lit(over)
    return {
        "value": value,
        "lo": value,
        "hi": to.when(closed).then(to.ratio(high, scale(metric), metric.decimals)),
        "known": of("known"),
        "possible": of("possible"),
        "gaps": to.lit(""),
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


def _pairs(of: Sum, to: Words, *, over: bool) -> dict[str, _Pair]:
    """The known, least and greatest share; a settled one is one pair, so that its ends are one."""
    yes, no = of("yes"), of("no")
    most_yes, most_no = of("most_yes"), of("most_no")
    least = of("heavy_no") | (yes + most_no == 0) | to.lit(not over)
    most = of("heavy_yes") | (most_yes + no == 0) | to.lit(not over)
    return {
        "value": _Pair(to.when(yes + no > 0).then(100 * yes), yes + no, to),
        "lo": _Pair(
            to.when(least).then(0).otherwise(100 * yes),
            to.when(least).then(1).otherwise(yes + most_no),
            to,
        ),
        "hi": _Pair(
            to.when(most).then(100).otherwise(100 * most_yes),
            to.when(most).then(1).otherwise(most_yes + no),
            to,
        ),
    }


def _share(
    metric: Aggregate, of: Sum, to: Words, *, over: bool, small: bool
) -> dict[str, Expression]:
    """A percentage: the rows that count, of those they are among, by number or by weight."""
    pairs = _pairs(of, to, over=over)
    value, low, high = (
        pairs[end].double(metric.decimals, small=small) for end in ("value", "lo", "hi")
    )
    if metric.decimals is None and not over:
        # what a running period still brings cannot undo what is there
        low = to.when(of("yes") > 0).then(to.greatest(low, _ABOVE_0)).otherwise(low)
        high = to.when(of("no") > 0).then(to.least(high, _BELOW_100)).otherwise(high)
    possible = of("possible")
    return {
        "value": value,
        "lo": low,
        "hi": high,
        "known": of("known"),
        "possible": possible,
        "gaps": to.when(possible == 0).then(to.lit("0 rows")).otherwise(to.lit("")),
        "part": to.double(of("yes")) / scale(metric),
        "total": to.double(of("yes") + of("no")) / scale(metric),
    }


def _substitution(metric: Aggregate, of: Sum, to: Words, *, over: bool) -> dict[str, Expression]:
    """替代比例: how much of what one way falls short by another way carries; 100 % at most.

    It is N ÷ (up_to × W − C), grows with N and C and shrinks with W.
    """
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
    return {
        "value": to.when(of("value_w") > 0).then(found["value"]),
        "lo": to.when(nobody | of("heavy_no") | to.lit(not over)).then(0.0).otherwise(found["lo"]),
        "hi": to.when(nobody | of("heavy_yes") | to.lit(not over))
        .then(100.0)
        .otherwise(found["hi"]),
        "known": of("known"),
        "possible": of("possible"),
        "gaps": to.when(nobody).then(to.lit("0 rows")).otherwise(to.lit("")),
        "part": to.double(of("value_n")) / scale(metric),
        "total": to.double(to.greatest(gap, 0)) / (10_000 * scale(metric)),
    }


@ends.register
def _(
    metric: Change, of: Any, *, over: bool, small: bool = False, to: Words = POLARS
) -> dict[str, Expression]:
    """By how many percentage points the share has fallen since the baseline, or risen."""
    then = _pairs(lambda name: of(f"then {name}"), to, over=True)
    now = _pairs(lambda name: of(f"now {name}"), to, over=over)
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
