"""A count of rows or of days, and a sum: what is known is there, and more may come."""

from __future__ import annotations

from airplan_core.engines.alike import Rows, observed, scale, sums_of
from airplan_core.engines.language import Columns, Expression, Language, maybe, yes
from airplan_core.model.kinds import Count, Sum


def sums(metric: Count | Sum, rows: Rows) -> dict[str, Expression]:
    """What counts for sure and at most; of days also how many there are, and do not count."""
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


def ends(
    metric: Count | Sum, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """What is known is the lower end; the period's end closes the upper one."""
    of = sums_of(metric, column)
    low, known = of("yes"), of("known")
    value = to.ratio(low, scale(metric), metric.decimals)
    found = {"value": value, "lo": value}
    if metric.complete is None:
        closed = ~of("heavy_yes") & to.lit(over)
        high = to.ratio(of("most_yes"), scale(metric), metric.decimals)
        found |= {
            "hi": to.when(closed).then(high),
            "known": known,
            "possible": of("possible"),
            "gaps": to.lit(""),
        }
    else:
        # every day that is not known may be one more
        none, known = of("rows") == 0, known + of("no")
        found |= {
            "value": to.when(~none).then(value),
            "hi": to.double(low - known + metric.days),
            "known": known,
            "possible": to.lit(metric.days),
            "gaps": to.when(none).then(to.lit("0 days")).otherwise(to.lit("")),
        }
    return observed(metric, found, of, to, over=over)
