"""Metrics over rows: what the rows of a subject add up to, and what that leaves open.

First the sums, under every way an unknown cell can turn out; then the ends of the interval, from
those sums alone. A row of which something is unknown is taken as what makes the number least, and
as what makes it greatest; so is every row that a running period may still bring, and of a ledger
with a row a day, every day that is not there. Each kind says both in a module of its own.
"""

from __future__ import annotations

from functools import singledispatch

from airplan_core.engines.alike import Rows
from airplan_core.engines.kinds import count, mean, priced, share, substitution
from airplan_core.engines.language import Columns, Expression, Language
from airplan_core.engines.parts import moving
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.kinds import Change, Count, Mean, Priced, Share, Substitution, Sum
from airplan_core.model.metric import Metric


@singledispatch
def sums(metric: Aggregate, rows: Rows) -> dict[str, Expression]:
    """What the rows of one subject add up to, by name."""
    raise NotImplementedError(f"no sums are known of a {type(metric).__name__}")


@singledispatch
def ends(
    metric: Metric, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """The parts of a metric from its sums: `lo`, `hi`, `value`, `known`, `possible`, `gaps`.

    `over` says whether no further row can come; `small` that a hundred times each sum is a double,
    so that a ratio is one division. A subject without a row has sums of nothing: they are 0.
    """
    raise NotImplementedError(f"no way is known to measure a {type(metric).__name__}")


for _kind, _made in (
    (Count, count), (Sum, count), (Mean, mean), (Share, share), (Substitution, substitution),
):  # fmt: skip
    sums.register(_kind, _made.sums)
    ends.register(_kind, _made.ends)
# what rows cost adds up as any amount does
sums.register(Priced, priced.sums)
ends.register(Priced, count.ends)
ends.register(Change, share.change)


def moved(
    metric: Metric, column: Columns, *, over: bool, small: bool, to: Language
) -> dict[str, Expression]:
    """The same as `ends`, as far as the days to come can move them: see `parts.moving`."""
    found = ends(metric, column, over=over, small=small, to=to)
    if not over:
        found |= {part: to.lit(value) for part, value in moving(metric).items()}
    return found
