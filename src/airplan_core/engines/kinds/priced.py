"""What rows cost, each by what it is: where that is not known, the least or the most it may be."""

from __future__ import annotations

from collections.abc import Iterable

from airplan_core.engines.alike import Rows, observed, scale, sums_of
from airplan_core.engines.language import Columns, Expression, Language, maybe, yes
from airplan_core.model.kinds import Priced
from airplan_core.quantities.millionths import MICRO


def sums(metric: Priced, rows: Rows) -> dict[str, Expression]:
    """What is due for sure, and at most."""
    sure, most = yes(rows.counts & rows.among), maybe(rows.counts & rows.among)
    priced = [
        (int(price.value * MICRO), test)
        for (_, price), test in zip(metric.prices, rows.kinds, strict=True)
    ]
    cheap, dear = _first(rows, sorted(priced, key=_price)), _first(rows, sorted(priced, key=_less))
    return rows.common() | {
        "possible": rows.number(most),
        "yes": rows.sum(sure, times=cheap),
        "most_yes": rows.sum(most, times=dear),
        "heavy_yes": rows.heavy(most),
        "known": rows.known(sure),
    }


def _price(one: tuple[int, Expression]) -> int:
    return one[0]


def _less(one: tuple[int, Expression]) -> int:
    return -one[0]


def _first(rows: Rows, priced: Iterable[tuple[int, Expression]]) -> Expression:
    """The first price that rows may have."""
    whole = rows.to.whole
    chain = rows.to
    for price, test in priced:
        chain = chain.when(maybe(test)).then(whole(rows.to.lit(price)))
    return chain.otherwise(whole(rows.to.lit(0)))  # type: ignore[attr-defined]


def ends(
    metric: Priced, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """What is known is due; the period's end closes the upper end."""
    of = sums_of(metric, column)
    value = to.ratio(of("yes"), scale(metric), metric.decimals)
    high = to.ratio(of("most_yes"), scale(metric), metric.decimals)
    closed = ~of("heavy_yes") & to.lit(over)
    found = {
        "value": value,
        "lo": value,
        "hi": to.when(closed).then(high),
        "known": of("known"),
        "possible": of("possible"),
        "gaps": to.lit(""),
    }
    return observed(metric, found, of, to, over=over)
