"""What rows cost, each by what it is: where that is not known, the least or the most it may be."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from airplan_core.engines.alike import Rows
from airplan_core.engines.language import Expression, maybe, yes
from airplan_core.model.kinds import Priced
from airplan_core.quantities.millionths import MICRO


def sums(metric: Priced, rows: Rows) -> dict[str, Expression]:
    """What is due for sure, and at most."""
    sure, most = yes(rows.counts & rows.among), maybe(rows.counts & rows.among)
    priced = [
        (int(price.value * MICRO), test)
        for (_, price), test in zip(metric.prices, rows.kinds, strict=True)
    ]
    price = itemgetter(0)
    cheap = _first(rows, sorted(priced, key=price))
    dear = _first(rows, sorted(priced, key=price, reverse=True))
    return rows.common() | {
        "possible": rows.number(most),
        "yes": rows.sum(sure, times=cheap),
        "most_yes": rows.sum(most, times=dear),
        "heavy_yes": rows.heavy(most),
        "known": rows.known(sure),
    }


def _first(rows: Rows, priced: Iterable[tuple[int, Expression]]) -> Expression:
    """The first price that rows may have."""
    whole = rows.to.whole
    chain = rows.to
    for price, test in priced:
        chain = chain.when(maybe(test)).then(whole(rows.to.lit(price)))
    return chain.otherwise(whole(rows.to.lit(0)))  # type: ignore[attr-defined]
