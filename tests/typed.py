"""Checked by mypy and never run: what the types of fields and records are."""

import datetime as dt
from decimal import Decimal
from typing import assert_type

from airplan_core import (
    Count,
    Entity,
    Event,
    Facts,
    Flag,
    Keyed,
    Mean,
    Measured,
    Reference,
    Share,
    Stated,
    event,
    flag,
    measured,
    reference,
    stated,
)
from airplan_core.model.tree import Condition


class Owner(Entity, zh="业主"):
    kind: Stated = stated("甲", "乙", zh="类别")


class Line(Entity, zh="线"):
    owner: Reference[Owner] = reference(Owner, zh="业主")
    capacity: Measured = measured("块/年", zh="产能")
    open: Flag = flag(zh="开")
    closed_on: Event = event(zh="关停")


class Day(Keyed, zh="日值", key=("owner", "day")):
    owner: Reference[Owner] = reference(Owner, zh="业主")
    day: Event = event(zh="日期")


assert_type(Day(owner="o", day="2024-01-01").id, str)
assert_type(Facts.of(Day(owner="o", day="2024-01-01"), Day(id="d")), Facts)

line = Line(id="1", capacity="5 块/年", owner="o", open="是", closed_on=dt.date(2025, 1, 1))
assert_type(line.capacity, Decimal | None)
assert_type(line.owner, str | None)
assert_type(line.open, bool | None)
assert_type(line.closed_on, dt.date | None)
assert_type(Line.capacity, Measured)
assert_type(Line.owner.kind, Stated)
assert_type(Line.capacity.at_most("3 块/年") & Line.open, Condition)
assert_type(~Line.open | Line.closed_on.happened(), Condition)
Line(id="1")
assert_type(Line.capacity.share(id="x", zh="x", of=Line.owner, where=Line.open), Share)
assert_type(Line.capacity.mean(id="x", zh="x", of=Line.owner, on=Line.closed_on), Mean)
assert_type(Count(id="x", zh="x", unit="条", of=Line.owner).rounded(0), Count)

Line(id="1", capacity=5)  # type: ignore[arg-type]
Line(id="1", capcity="5 块/年")  # type: ignore[call-arg]
Line(capacity="5 块/年")  # type: ignore[call-arg]
Day(owner="o", on="2024-01-01")  # type: ignore[call-arg]
_ = Line.owner.kin  # type: ignore[attr-defined]
Line.open.at_most("3 块/年")  # type: ignore[attr-defined]
line.capacity.at_most("3 块/年")  # type: ignore[union-attr]
Line.open & True  # type: ignore[operator]
Line.capacity.mean(id="x", zh="x", of=Line.owner)  # type: ignore[call-arg]
Line.capacity.share(id="x", zh="x", of=Line.owner, p=90)  # type: ignore[call-arg]
Line.open.share(id="x", zh="x", of=Line.owner)  # type: ignore[attr-defined]
Count(id="x", zh="x", unit="条", of=Line.owner, among=Line.open)
