"""Which time it is that something happens: 首次, 再次; counted over the rows of a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from airplan_core.errors import RuleError
from airplan_core.model.dated import Event
from airplan_core.model.entity import Followed, Reference
from airplan_core.model.fields import Counted
from airplan_core.model.kinds import Prices
from airplan_core.model.tree import Column


@attrs.frozen(kw_only=True, cache_hash=True)
class Nth(Counted):
    """A row's place among those of whom it is, in the order of their days: 1 is the first.

    Rows of one day are in the order of their ids. Readers read it as a field of the ledger; engines
    attach it as one. Where the day of one of them is not known, or whose a row of the ledger is, it
    is not known.

    Attributes:
        of: the reference to whose rows are counted.
        day: when each took place.
        yearly: counted anew in each calendar year.
    """

    of: Column = attrs.field(repr=False)
    day: Column = attrs.field(repr=False)
    yearly: bool = False

    def prices(self, prices: Mapping[int, str]) -> Prices:
        """What a row costs, by which time it is: `{1: "5 万元", 2: "10 万元"}`, and so on from 2.

        Raises:
            RuleError: the times are not 1, 2, …
        """
        times = list(prices)
        if not times or list(map(repr, times)) != [str(n + 1) for n in range(len(times))]:
            raise RuleError(f"the times are 1, 2, … in order, and the last goes on; read {times}")
        return Prices.of(
            (self.at_least(f"{n} 次") if n == len(times) else self.equal_to(f"{n} 次"), price)
            for n, price in prices.items()
        )


def occurrence(of: Any, *, on: Any, yearly: bool = False, zh: str = "", en: str = "") -> Nth:
    """Which time it is, of those of one subject: `occurrence(Fault.site, on=Fault.found_on)`.

    Args:
        of: the ledger's own reference to whose rows are counted.
        on: the ledger's own date by which they are in order.
        yearly: counted anew in each calendar year: 年内首次.
        zh: what it is called in Chinese.
        en: and in English.

    Raises:
        RuleError: they are no reference and no date of one ledger's own rows.
    """
    of = of.reference if isinstance(of, Followed) else of
    own = isinstance(of, Reference) and len(of.path) == 1
    if not own or not isinstance(on, Event) or on.path[1:] or of.entity is not on.entity:
        raise RuleError(
            f"occurrence({of!r}, on={on!r}): a reference and a date of one ledger, "
            "occurrence(Fault.site, on=Fault.found_on)"
        )
    name = f"nth of {of.name} by {on.name}{' of the year' if yearly else ''}"
    return Nth(
        zh=zh or f"{of.zh}第几次", en=en or f"which time of {of.en}", unit="次", floor=1,
        entity=of.entity, path=(name,), of=of, day=on, yearly=yearly,
    )  # fmt: skip


def nth_of(leaves: Any) -> tuple[Nth, ...]:
    """Those of some fields that say which time it is, each once."""
    return tuple(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Nth)))
