"""A substitution, 替代比例: what is open fills the gap, widens it, or narrows it."""

from __future__ import annotations

from airplan_core.engines.alike import Rows, observed, scale, sums_of
from airplan_core.engines.language import Columns, Expression, Language, maybe, yes
from airplan_core.model.kinds import Substitution


def sums(metric: Substitution, rows: Rows) -> dict[str, Expression]:
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


def ends(
    metric: Substitution, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """替代比例: how much of what one way falls short by another way carries; 100 % at most.

    It is N ÷ (up_to × W − C), grows with N and C and shrinks with W.
    """
    of = sums_of(metric, column)
    top = int(metric.target * 100)
    found = {}
    for end in ("value", "lo", "hi"):
        n, clean, w = (of(f"{end}_{part}") for part in "ncw")
        gap = top * w - 10_000 * clean  # in ten-thousandths
        filled = n * 10_000 >= gap
        above = to.when(filled).then(100).otherwise(n * 1_000_000)
        found[end] = to.ratio(above, to.when(filled).then(1).otherwise(gap), metric.decimals)
    nobody = of("possible") == 0
    # a whole that may be nothing is of no share
    least = (of("whole") == 0) | of("heavy_no") | to.lit(not over)
    gap = top * of("value_w") - 10_000 * of("value_c")
    parts = {
        "value": to.when(of("value_w") > 0).then(found["value"]),
        "lo": to.when(least).then(0.0).otherwise(found["lo"]),
        "hi": to.when(nobody | of("heavy_yes") | to.lit(not over))
        .then(100.0)
        .otherwise(found["hi"]),
        "known": of("known"),
        "possible": of("possible"),
        "gaps": to.when(nobody).then(to.lit("0 rows")).otherwise(to.lit("")),
        "part": to.parts(of("value_n"), scale(metric)),
        "total": to.parts(to.greatest(gap, 0), 10_000 * scale(metric)),
    }
    return observed(metric, parts, of, to, over=over)
