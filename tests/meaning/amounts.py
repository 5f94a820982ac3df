"""What a metric means: its value in every ledger that the blanks of one, and days to come, may make.

A ledger is a list of rows, a row a mapping with a value in every field, and how many there are of it:
a row that stands for very many is what days to come may bring.
"""

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

import airplan_core as airplan
from airplan_core import (
    Completeness,
    Entity,
    Event,
    Flag,
    Measured,
    Reference,
    Stated,
    event,
    flag,
    measured,
    reference,
    stated,
)
from tests.ledgers import TASK
from tests.meaning.said import ALWAYS, DAY, EVER, NEVER, OPS, Moment, Said

BIG = 10**5
#: The kinds that are of amounts, and those of values whose greatest, least or mean they are.
PRICES = {"甲": 1, "乙": 3}
RANGING = ("Greatest", "Least", "WeightedMean")
OF_AMOUNTS = ("Sum", "Mean", "Percentile", *RANGING)


class Place(Entity, zh="场所"):
    """Whose lots are added up."""

    open: Flag = flag(zh="开放")


class Lot(Entity, zh="批次"):
    """A row of a ledger that metrics are made of."""

    place: Reference[Place] = reference(Place, zh="所属场所")
    day: Event = event(zh="日期")
    amount: Measured = measured("吨", zh="数量", better="more", floor="0 吨")
    weight: Measured = measured("吨", zh="重量", better="more", floor="0 吨")
    sort: Stated = stated("甲", "乙", zh="类别")
    good: Flag = flag(zh="合格")
    raw: Flag = flag(zh="原料")
    rail: Flag = flag(zh="铁路")
    tested_on: Event = event(zh="检测日期")
    ended_on: Event = event(zh="停用日期")


#: What a share is of where there is nothing that it is of; and where nobody has recorded a thing.
NOTHING, UNSEEN = "nothing", "unseen"


@attrs.frozen(kw_only=True, eq=False)
class Amounts:
    """A metric of the lots of a place, and how airplan is told it.

    Attributes:
        kind: which of airplan's kinds it is.
        weighed: by amount; else each lot counts as one.
        dated: only lots of a period; `last`, of so many days up to the day.
        of_days: of a ledger with a lot a day, so many of which must be there.
        before: of a change, the period that it is a change from.
    """

    kind: str
    where: Said = ALWAYS
    among: Said = ALWAYS
    instead: Said | None = None
    weighed: bool = False
    period: tuple[dt.date, dt.date] | None = None
    last: int | None = None
    observed: bool = False
    of_days: int | None = None
    leaves_out: bool = True
    before: tuple[dt.date, dt.date] | None = None
    p: int = 50
    decimals: int | None = None

    def __repr__(self) -> str:
        shown = attrs.asdict(self, recurse=False, filter=lambda a, v: v != a.default)
        return f"<{', '.join(f'{name} {value}' for name, value in shown.items())}>"

    def metric(self, number: int) -> airplan.Metric:
        """The same, as airplan is told it."""
        said: dict[str, Any] = {
            "id": f"test.metric-{number}", "zh": f"指标{number}", "of": Lot.place,
            "where": self.where.words, "better": "more", "decimals": self.decimals,
        }  # fmt: skip
        if self.dated:
            said["on"] = Lot.day
        if self.observed:
            said["observed"] = True
        if self.last is not None:
            said["last"] = self.last
        if self.of_days is not None:
            said["complete"] = Completeness(
                days=self.of_days, month=0, february=0, source="test", leaves_out=self.leaves_out
            )
        if self.kind in ("Share", "Substitution", "Count", "Change"):
            said["among"] = self.among.words
        if self.weighed or self.kind in OF_AMOUNTS:
            said["measure_of"] = Lot.amount
        elif self.kind != "Change":
            said["unit"] = "个"
        match self.kind:
            case "Greatest" | "Least":
                return airplan.Extreme(**said, greatest=self.kind == "Greatest")
            case "WeightedMean":
                said["by"] = Lot.weight
            case "Priced":
                listed = Lot.sort.prices({sort: f"{price} 元" for sort, price in PRICES.items()})
                said = {key: said[key] for key in said if key not in ("unit", "measure_of")}
                return listed.sum(times=Lot.amount if self.weighed else None, **said)
            case "Substitution":
                said |= {"instead_of": self.instead.words, "up_to": "80 %"}
            case "Percentile":
                said["p"] = self.p
            case "Change":
                begins, ends = self.before
                return airplan.Change(
                    id=said["id"], zh=said["zh"], subject=Place, share=self.share.metric(number),
                    decimals=self.decimals, better="more", since=airplan.Period("before", begins, ends),
                )  # fmt: skip
        return getattr(airplan, self.kind)(**said)

    @property
    def atoms(self) -> tuple[Said, ...]:
        """The conditions it comes to."""
        every = (self.where, self.among, *([] if self.instead is None else [self.instead]))
        return tuple(atom for said in every for atom in said.atoms)

    @property
    def share(self) -> "Amounts":
        """The share that a change is of: exact, it is rounded once."""
        return attrs.evolve(self, kind="Share", before=None, decimals=None)

    @property
    def dated(self) -> bool:
        """Whether it is of lots of certain days."""
        return self.period is not None or self.last is not None

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields of a lot that it reads."""
        found = ["place", *(name for atom in self.atoms for name in atom.reads)]
        if self.dated:
            found.append("day")
        if self.weighed or self.kind in OF_AMOUNTS:
            found.append("amount")
        if self.kind == "WeightedMean":
            found.append("weight")
        if self.kind == "Priced":
            found.append("sort")
        return tuple(dict.fromkeys(found))

    @property
    def nothing(self) -> Fraction:
        """What stands for its value where there is nothing that it is of: it falls short of nothing."""
        return Fraction(0 if self.kind in ("Count", "Sum", "Priced") else 100)

    @property
    def span(self) -> tuple[float, float]:
        """What it can ever be."""
        if self.kind == "Change":
            return -100, 100
        return 0, 100 if self.kind in ("Share", "Substitution") else math.inf

    def window(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """The days of whose lots it is, on a day."""
        if self.period is not None:
            return self.period
        return EVER if self.last is None else (day - (self.last - 1) * DAY, day)

    def values(self, lots: list, day: dt.date, window: tuple[dt.date, dt.date]) -> list[Any]:
        """Its value for place A where all lots are known, and there are no others.

        A change from, or to, a share of nothing is one of any share.
        """
        if self.kind != "Change":
            return [self.value(lots, day, window)]
        now, then = (self.share.value(lots, day, days) for days in (window, self.before))
        any_ = (Fraction(0), Fraction(100))
        return [
            self.rounded(before - after)
            for before in (any_ if then is NOTHING else (then,))
            for after in (any_ if now is NOTHING else (now,))
        ]

    def value(self, lots: list, day: dt.date, window: tuple[dt.date, dt.date]) -> Any:
        """The same of what is no change."""
        stands = Moment(day)
        done = Moment(day, EVER if self.period is None else window)
        mine = [
            lot for lot in lots
            if lot["place"] == "A" and (not self.dated or window[0] <= lot["day"] <= window[1])
        ]  # fmt: skip
        whole = [lot for lot in mine if self.among.holds(lot, stands)]
        part = [lot for lot in whole if self.where.holds(lot, done)]
        if self.observed and not mine:
            return UNSEEN
        found = self._made(whole, part, stands)
        return found if found is NOTHING else self.rounded(found)

    def rounded(self, value: Fraction) -> Fraction:
        """The value with as many decimals as it is reported with, from the exact one."""
        if self.decimals is None:
            return value
        return Fraction(round(value * 10**self.decimals), 10**self.decimals)

    def _made(self, whole: list, part: list, stands: Moment) -> Any:
        of_all, of_part = (self._weight(lots) for lots in (whole, part))
        match self.kind:
            case "Count" | "Sum" | "Priced" if self.observed and not of_all:
                return NOTHING
            case "Count" | "Sum":
                return of_part
            case "Priced":
                return sum((PRICES[lot["sort"]] * self._weight([lot]) for lot in part), Fraction(0))
            case "Share":
                return Fraction(100 * of_part, of_all) if of_all else NOTHING
            case "Substitution":
                clean = [lot for lot in whole if self.instead.holds(lot, stands)]
                others = self._weight([lot for lot in part if lot not in clean])
                gap = Fraction(80, 100) * of_all - self._weight(clean)
                if not of_all:
                    return NOTHING
                return Fraction(100) if others >= gap else 100 * others / gap
        match self.kind:
            case "Greatest" | "Least" if part:
                found = [Fraction(lot["amount"]) for lot in part]
                return max(found) if self.kind == "Greatest" else min(found)
            case "WeightedMean":
                weights = [lot.get("many", 1) * Fraction(lot["weight"]) for lot in part]
                above = sum(
                    w * Fraction(lot["amount"]) for w, lot in zip(weights, part, strict=True)
                )
                return above / sum(weights) if sum(weights) else NOTHING
        values = sorted(Fraction(lot["amount"]) for lot in part for _ in range(lot.get("many", 1)))
        if not values:
            return NOTHING
        if self.kind == "Mean":
            return sum(values) / len(values)
        place = Fraction((len(values) - 1) * self.p, 100)
        low, high = values[int(place)], values[-int(-place // 1)]
        return low + (high - low) * (place - int(place))

    def role(self, lot: Mapping[str, Any], days: Iterable[dt.date]) -> Any:
        """What becomes of a lot on some days: all that it is to the metric."""
        if lot["place"] != "A":
            return None
        amounts = [lot[name] for name in ("amount", "weight", "sort") if name in self.reads]
        found: list[Any] = amounts or [1]
        for day in days:
            for window in filter(None, (self.window(day), self.before)):
                done = Moment(day, EVER if self.period is None else window)
                found += [
                    not self.dated or window[0] <= lot["day"] <= window[1],
                    self.where.holds(lot, done),
                    self.among.holds(lot, Moment(day)),
                    self.instead is not None and self.instead.holds(lot, Moment(day)),
                    lot["day"] if self.of_days is not None else None,
                ]
        return tuple(found)

    def _weight(self, lots: list) -> Fraction:
        weighed = self.weighed or self.kind == "Sum"
        return sum(
            (lot.get("many", 1) * Fraction(lot["amount"] if weighed else 1) for lot in lots),
            Fraction(0),
        )


@attrs.frozen(kw_only=True, eq=False)
class Possible:
    """A ledger held against a metric on a day: the values that are possible.

    Attributes:
        values: its values then and now, of every ledger that it may be, or become.
        plain: whether each cell can turn out either way whatever the others do.
        far: whether an end is only approached, by great numbers.
    """

    metric: Amounts
    values: tuple[tuple[Any, Any], ...]
    plain: bool
    far: bool

    @classmethod
    def of(
        cls, metric: Amounts, lots: list, day: dt.date, due: dt.date | None = None
    ) -> "Possible":
        running = metric.period is not None and day <= metric.period[1]
        end = metric.period[1] if running else day
        then = end if due is None else min(due, end)
        # lots of later days do not exist yet
        lots = [lot for lot in lots if not (metric.dated and lot["day"] and lot["day"] > day)]
        if valid(metric, lots, day):
            found = metric.values(_told(metric, lots), end, metric.window(end))
            return cls(
                metric=metric, values=tuple((one, one) for one in found), plain=True, far=False
            )
        moves = ("tested_on", "ended_on") if running else ()
        domains = [_completed(metric, lot, moves, day, (end, then)) for lot in lots]
        values = dict.fromkeys(
            pair
            for made in itertools.product(*domains)
            for more in _further(metric, made, day)
            for pair in zip(
                metric.values([*made, *more], then, metric.window(then)),
                metric.values([*made, *more], end, metric.window(end)),
                strict=True,
            )
        )
        reads = [name for atom in metric.atoms for name in atom.reads]
        blank = {name for lot in lots for name in metric.reads if lot[name] is None}
        plain = len(reads) == len(set(reads)) and "place" not in blank
        plain &= not (metric.before and "day" in blank)
        # that what has happened to a lot cannot happen again is not looked at lot by lot
        plain &= not (running and {"tested_on", "ended_on"} & set(reads))
        # of a whole that may be nothing, a part may be none of it
        plain &= not (metric.observed and any(now is NOTHING for _, now in values))
        # a row that may count is taken to outweigh the others, however little it weighs
        plain &= metric.kind != "WeightedMean" or blank <= {"amount", "weight"}
        far = bool({"amount", "weight"} & blank) or (running and metric.of_days is None)
        far |= metric.of_days is not None and metric.weighed
        return cls(metric=metric, values=tuple(values), plain=plain, far=far)

    @property
    def now(self) -> tuple[Any, ...]:
        """The values that it can have now, or at the end of a period that runs."""
        return tuple(dict.fromkeys(now for _, now in self.values))

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest that it can be; of nothing known, whatever it can ever be."""
        found: list[float] = []
        for value in self.now:
            if isinstance(value, Fraction):
                found.append(float(value))
            elif value is NOTHING and self.metric.observed:
                found.append(float(self.metric.nothing))
            else:
                found += self.metric.span
        return min(found), max(found)


def valid(metric: Amounts, lots: list, day: dt.date) -> bool:
    """Whether enough days of a period that is over are there: the others are left out."""
    if metric.of_days is None or metric.kind == "Count" or not metric.leaves_out:
        return False
    return day > metric.period[1] and len(_told(metric, lots)) >= metric.of_days


def _told(metric: Amounts, lots: list) -> list:
    """The lots of a ledger with a lot a day that do not count, or of which the amount is known."""
    mine = [lot for lot in lots if lot["place"] == "A" and lot["day"]]
    mine = [lot for lot in mine if metric.period[0] <= lot["day"] <= metric.period[1]]
    told = [lot for lot in mine if lot["good"] is not None]
    counts = [lot for lot in told if metric.where.holds(lot, Moment(dt.date.max))]
    return [
        lot for lot in told
        if lot not in counts or "amount" not in metric.reads or lot["amount"] is not None
    ]  # fmt: skip


def _completed(metric, lot: Mapping, moves: Iterable[str], day: dt.date, days) -> list[Mapping]:
    """A lot with every blank filled in, in each way that may matter.

    Of what `moves`, that which has not happened may happen while the period runs.
    """
    choices = []
    for name in metric.reads:
        if lot[name] is None:
            choices.append([(name, value) for value in _values(metric, name, *days)])
        elif name in moves and lot[name] > day:
            choices.append([(name, lot[name]), (name, days[0])])
    every = ({**lot, **dict(made)} for made in itertools.product(*choices))
    # what the metric cannot tell apart is one
    return list({metric.role(one, days): one for one in every}.values())


def _values(metric: Amounts, name: str, end: dt.date, then: dt.date) -> Iterator[Any]:
    """What a blank may turn out to be."""
    match name:
        case "place":
            yield from ("A", "B")
        case "amount" | "weight":
            yield from (0, 1, BIG)
        case "sort":
            yield from PRICES
        case "good" | "raw" | "rail":
            yield from (True, False)
        case "day":
            for window in (metric.window(end), metric.window(then), metric.before or ()):
                yield from window
            yield dt.date(2000, 1, 1)
        case _:
            yield from (NEVER, end, then, *(metric.period or ()), dt.date(2000, 1, 1))


def _further(metric: Amounts, lots: Iterable, day: dt.date) -> Iterator[list]:
    """Nothing, or a kind of lot of which there are very many: what the rest of a period brings.

    Of a ledger with a lot a day, there is one of every day that is not there.
    """
    running = metric.period is not None and day <= metric.period[1]
    many, end = BIG, day
    if metric.period is not None:
        end = metric.period[1]
    if metric.of_days is not None:
        begins, ends = metric.period
        there = {lot["day"] for lot in lots if lot["place"] == "A" and begins <= lot["day"] <= ends}
        many = (ends - begins).days + 1 - len(there)
    if metric.of_days is None or not many:
        yield []
    if many and (running or metric.of_days is not None):
        kinds = {
            name: (True, False) if name in ("good", "raw", "rail") else
            (0, BIG) if name in ("amount", "weight") else tuple(PRICES) if name == "sort" else
            (end, NEVER)
            for name in metric.reads if name not in ("place", "day")
        }  # fmt: skip
        for found in itertools.product(*kinds.values()):
            lot = {"amount": 1, "weight": 1, "sort": "甲", **dict(zip(kinds, found, strict=True))}
            yield [{**lot, "place": "A", "day": end, "many": many}]


@attrs.frozen(kw_only=True, eq=False)
class Limit:
    """A sentence that holds a metric against a limit, by a day, or over a year."""

    metric: Amounts
    op: str
    limit: int
    due: dt.date | None = None

    def rule(self, number: int, metric: airplan.Metric) -> airplan.Rule:
        """The same, as airplan is told it."""
        terms = () if self.due is None else airplan.by(str(self.due))
        if self.metric.period is not None:
            terms = airplan.during(self.metric.period[0].year)
        return airplan.Rule(
            id=f"test.limit-{number}",
            clause=TASK.clause(number, f"第{number}句"),
            subject=Place,
            requires=getattr(metric, self.op)(f"{self.limit} {metric.measure}"),
            due=terms,
        )

    def possible(self, lots: list, day: dt.date) -> frozenset[str]:
        """The outcomes that a ledger leaves possible; of a period that runs, unless it is decided."""
        found = Possible.of(self.metric, lots, day, self.due)
        due = self.due if self.metric.period is None else self.metric.period[1]
        open_ = due is not None and day <= due
        outcomes = frozenset(
            outcome for then, now in found.values for outcome in self._outcomes(then, now, open_)
        )
        if self.metric.period is not None and open_ and len(outcomes) > 1:
            return frozenset({"PENDING"})
        return outcomes

    def _outcomes(self, then: Any, now: Any, open_: bool) -> Iterator[str]:
        if now is NOTHING and self.metric.observed:
            yield "NOT_APPLICABLE"
            return
        if now is UNSEEN:
            yield "NOT_APPLICABLE"
        short = "PENDING" if open_ and self.metric.period is None else "VIOLATION"
        for met, timely in itertools.product(self._met(now), self._met(then)):
            if now is then and met != timely:
                continue
            yield short if not met else "COMPLIANT" if timely or self.due is None else "LATE"

    def _met(self, value: Any) -> tuple[bool, ...]:
        if value is NOTHING and self.metric.observed:
            value = self.metric.nothing
        if not isinstance(value, Fraction):
            return (True, False)
        return (OPS[self.op](value, self.limit),)
