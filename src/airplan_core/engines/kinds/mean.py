"""A mean of daily values: a point once it is valid, and until then at least what is there."""

from __future__ import annotations

from airplan_core.engines.alike import Rows, scale, sums_of, validity
from airplan_core.engines.language import Columns, Expression, Language, yes
from airplan_core.model.kinds import Mean


def sums(metric: Mean, rows: Rows) -> dict[str, Expression]:
    """The values that are known and their days, those left out, and of each month both."""
    sure, out = yes(rows.among & rows.counts), yes(rows.among & ~rows.counts)
    return rows.common() | {
        "yes": rows.sum(sure),
        "known": rows.known(sure),
        "out": rows.number(out),
        **rows.by_month(sure, out),
    }


def ends(
    metric: Mean, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """A point once it is valid and no day is to come.

    Else it is bounded from below: a concentration is never negative, so that the days without a
    value are at least zeros. The days that `where` leaves out are in neither.
    """
    of = sums_of(metric, column)
    known, out = of("known"), of("out")
    possible = to.greatest(to.lit(metric.days) - out, known)
    value, least = (
        to.let(to.ratio(of("yes"), to.whole(days) * scale(metric), metric.decimals))
        for days in (known, possible)
    )
    lacks, valid = validity(metric, known + out, of, over=over, to=to)
    return {
        "value": to.when(known > 0).then(value),
        "lo": to.when(known == 0).then(0.0).when(valid).then(value).otherwise(least),
        "hi": to.when(valid & (known > 0)).then(value),
        "known": known,
        "possible": possible,
        "gaps": lacks,
    }
