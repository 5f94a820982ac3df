"""What a reported figure settles of a metric: it fills what the ledgers leave open, no more."""

from __future__ import annotations

from airplan_core.engines.language import Columns, Expression, Language


def settled(
    of: Columns, reported: Expression, slack: Expression, own: Expression, to: Language
) -> dict[str, Expression]:
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
        "some": to.when(fills).then(to.lit(value=True)).otherwise(of("some")),
    }
