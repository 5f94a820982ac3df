"""Rows that are alike, and what they add up to: how many, how much, of how many days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from airplan_core.engines.language import Columns, Expression, Language, maybe, yes
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.kinds import Priced, Proportion
from airplan_core.quantities.millionths import MICRO


@attrs.frozen(kw_only=True)
class Rows:
    """Rows that are alike, as columns: what they answer, how many they are, what they amount to.

    `inside` (of the days asked about), `among`, `counts` and `instead` are nullable Booleans, and
    so is of each month that must be complete whether they are of it; `kinds` are those the metric
    tells apart; `blank` says of how many rows
    the amount is unknown.
    """

    inside: Expression
    among: Expression
    counts: Expression
    instead: Expression | None
    months: Mapping[str, Expression]
    kinds: Sequence[Expression]
    rows: Expression
    amount: Expression
    blank: Expression
    to: Language

    def _only(self, amount: Expression, of: Expression) -> Expression:
        # nothing of the others: faster to add up than what is left
        return self.to.when(of).then(amount).otherwise(0)

    def sum(self, of: Expression, times: Expression | None = None) -> Expression:
        """What the rows for which `of` holds amount to, each so many times."""
        amount = self.amount if times is None else self.to.whole(self.amount) * times
        return self.to.whole(self._only(amount, of).sum())

    def number(self, of: Expression) -> Expression:
        """How many they are."""
        return self._only(self.rows, of).sum()

    def known(self, of: Expression) -> Expression:
        """Of how many of them the amount is known."""
        return self._only(self.rows - self.blank, of).sum()

    def heavy(self, of: Expression) -> Expression:
        """Whether the amount of one is unknown: it may outweigh all the others."""
        return (of & (self.blank > 0)).any()

    def common(self) -> dict[str, Expression]:
        """What is asked of the rows of every kind.

        How many are seen for sure, how many may be of the whole, what of it is sure, and whether
        there may be any of it.
        """
        may = maybe(self.among)
        return {
            "seen": self.number(yes(self.inside)),
            "possible": self.number(may),
            "whole": self.sum(yes(self.among)),
            "any": (may & ((self.amount > 0) | (self.blank > 0))).any(),
        }

    def by_month(self, known: Expression, out: Expression | None = None) -> dict[str, Expression]:
        """How many days each month has whose amount is known, or that are left out."""

        def days(month: Expression) -> Expression:
            told = self.known(known & month)
            return told if out is None else told + self.number(out & month)

        return {name: days(month) for name, month in self.months.items()}


def nothing(sum: str) -> int | bool:
    """What a sum is of a subject without a row: 0, or that none is so."""
    return False if sum.startswith(("heavy", "any")) else 0


def scale(metric: Aggregate) -> int:
    """How many of the amount's whole numbers are one of the metric's unit."""
    priced = MICRO if isinstance(metric, Priced) else 1
    return priced if metric.measure_of is None else priced * MICRO


def gaps(metric: Aggregate, days: Expression, of: Columns, to: Language) -> Expression:
    """Which months, and whether the whole period, have too few days to be valid: a text."""
    found = []
    for need in metric.needs:
        there = days if need.month is None else of(need.name)
        month = f"{need.name}: " if need.name else ""
        said = to.joined(month, to.text(there), f" < {need.least}")
        found.append(to.when(there < need.least).then(said))
    return to.joined(*found, between="; ")


def validity(
    metric: Aggregate, days: Expression, of: Columns, *, over: bool, to: Language
) -> tuple[Expression, Expression]:
    """What is lacking of the days, as a text, and whether nothing is.

    A running period lacks nothing yet, and is open until every day of it is there.
    """
    if not over:
        return to.lit(""), days >= metric.days
    none = of("possible") == 0
    lacks = to.when(none).then(to.lit("0 days")).otherwise(gaps(metric, days, of, to))
    lacks = to.let(lacks)
    return lacks, lacks == to.lit("")


def sums_of(metric: Aggregate, column: Columns) -> Columns:
    """The columns of a metric's sums, by their names."""
    return lambda name: column(metric.sum(name))


def observed(
    metric: Aggregate, found: dict[str, Expression], of: Columns, to: Language, *, over: bool
) -> dict[str, Expression]:
    """What is told of a subject only where rows of it are seen: of nobody else is anything known.

    `some` says whether there is anything the metric is of. A share of a whole that is surely
    nothing falls short of none.
    """
    if not metric.observed:
        return found
    unseen = of("seen") == 0
    nothing = ~unseen & ~of("any") & to.lit(over)
    some = to.when(of("whole") > 0).then(to.lit(value=True)).when(nothing)
    found |= {
        "some": some.then(to.lit(value=False)),
        "gaps": to.when(unseen).then(to.lit("0 rows")).otherwise(to.lit("")),
    }
    if isinstance(metric, Proportion):
        ends = {end: to.when(nothing).then(100.0).otherwise(found[end]) for end in ("lo", "hi")}
        return found | ends
    return found | {part: to.when(~unseen).then(found[part]) for part in ("hi", "value")}
