"""Every engine finds of a metric what it means: what it can be at least and at most, and what follows."""

import datetime as dt
import math
from decimal import Decimal

import attrs
import polars as pl
import pytest
from hypothesis import Phase, given, note, settings, strategies as st

import airplan_core as airplan
from tests.ledgers import rulebook
from tests.meaning import said
from tests.meaning.amounts import RANGING, Amounts, Limit, Lot, Place, Possible, valid
from tests.meaning.said import ALWAYS, NEVER

THIS = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
BEFORE = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
GOOD, RAW, RAIL = said.flag(Lot.good), said.flag(Lot.raw), said.flag(Lot.rail)
TESTED, IN_USE = said.happened(Lot.tested_on), said.no(said.happened(Lot.ended_on))
HEAVY = said.number(Lot.amount, "more_than", "2 吨")

WHERE = st.sampled_from([GOOD, said.no(GOOD), TESTED, said.any_of(GOOD, TESTED), IN_USE])
AMONG = st.sampled_from([ALWAYS, RAW, IN_USE, said.all_of(RAW, IN_USE)])
WHEN = st.sampled_from([{}, {"period": THIS}, {"last": 30}])
DECIMALS = st.sampled_from([None, None, 0, 1])


@st.composite
def of_lots(draw):
    """A metric over any lots."""
    made = {**draw(WHEN), "observed": draw(st.booleans()), "decimals": draw(DECIMALS)}
    kinds = ["Count", "Sum", "Priced", "Share", "Share", "Substitution", "Change", "Ranging"]
    match draw(st.sampled_from(kinds)):
        case "Ranging":
            return draw(of_values())
        case "Count":
            made["decimals"] = None
            return Amounts(kind="Count", where=draw(WHERE), among=draw(AMONG), **made)
        case "Priced":
            return Amounts(kind="Priced", where=draw(WHERE), weighed=draw(st.booleans()), **made)
        case "Sum":
            return Amounts(kind="Sum", where=draw(WHERE | st.just(HEAVY)), **made)
        case "Change":
            made |= {"period": THIS, "last": None, "observed": False, "before": BEFORE}
            among = draw(st.sampled_from([ALWAYS, RAW]))
            return Amounts(
                kind="Change", where=GOOD, among=among, weighed=draw(st.booleans()), **made
            )
        case "Substitution":
            among = draw(st.sampled_from([ALWAYS, RAW]))
            made |= {"weighed": draw(st.booleans())}
            return Amounts(kind="Substitution", where=GOOD, instead=RAIL, among=among, **made)
        case kind:
            made |= {"weighed": draw(st.booleans()), "among": draw(AMONG)}
            return Amounts(kind=kind, where=draw(WHERE), **made)


@st.composite
def of_values(draw):
    """A greatest or a least value, or a mean weighed by another."""
    where = draw(st.just(GOOD) | WHERE)
    kind = draw(st.sampled_from(RANGING))
    return Amounts(kind=kind, where=where, decimals=draw(DECIMALS), **draw(WHEN))


@st.composite
def of_days(draw):
    """A metric over a ledger with a lot a day, so many of which make a year valid."""
    kind = draw(st.sampled_from(["Mean", "Percentile", "Share", "Count"]))
    made = {"weighed": draw(st.booleans())} if kind == "Share" else {}
    return Amounts(
        kind=kind, where=draw(st.sampled_from([GOOD, said.no(GOOD)])), period=THIS,
        of_days=draw(st.integers(1, 3)), leaves_out=kind != "Share" or draw(st.booleans()),
        p=draw(st.sampled_from([50, 90, 100])), decimals=draw(DECIMALS) if kind != "Count" else None,
        **made,
    )  # fmt: skip


@st.composite
def limits(draw, metrics):
    """A metric against a limit, by a day where it is as at one."""
    metric = draw(metrics)
    due = None
    if metric.period is None:
        due = draw(st.sampled_from([None, dt.date(2025, 5, 31), dt.date(2025, 12, 31)]))
    ops = ["at_least", "more_than", "at_most", "less_than"]
    if metric.observed and metric.kind in ("Share", "Substitution"):
        ops = ops[:2]  # such a share is to be more
    op = draw(st.sampled_from(ops))
    return Limit(metric=metric, op=op, limit=draw(st.sampled_from([1, 2, 50, 99])), due=due)


DAYS = [dt.date(2025, 3, 20), dt.date(2025, 6, 1), THIS[1], dt.date(2026, 1, 1)]
LOT = {
    "place": ["A", "A", "A", "B"],
    "day": [dt.date(2025, 3, 1), dt.date(2025, 5, 20), dt.date(2025, 12, 20), dt.date(2024, 6, 1)],
    "amount": [0, 1, 2, 3],
    "weight": [0, 1, 2],
    "sort": ["甲", "乙"],
    "good": [True, False],
    "raw": [True, True, False],
    "rail": [True, False, False],
    "tested_on": [NEVER, dt.date(2024, 3, 1), dt.date(2025, 3, 3), dt.date(2025, 6, 1)],
    "ended_on": [NEVER, NEVER, dt.date(2024, 3, 1), dt.date(2025, 3, 3)],
}
FULL = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in LOT.items()})


@st.composite
def ledgers(draw, blanks):
    """A few lots, in which a few cells are blank."""
    lots = draw(st.lists(FULL, max_size=4))
    cells = [(n, name) for n in range(len(lots)) for name in blanks]
    for n, name in draw(st.sets(st.sampled_from(cells), max_size=3)) if cells else ():
        lots[n][name] = None
    return lots


@st.composite
def days_of(draw):
    """A ledger with a lot a day of each place, but for the days that are not there."""
    lots = draw(st.lists(FULL, max_size=4, unique_by=lambda lot: (lot["place"], lot["day"])))
    cells = [(n, name) for n in range(len(lots)) for name in ("amount", "good")]
    for n, name in draw(st.sets(st.sampled_from(cells), max_size=3)) if cells else ():
        lots[n][name] = None
    return lots


@attrs.frozen
class Case:
    """Limits, a ledger, and a day."""

    limits: tuple[Limit, ...]
    lots: list
    day: dt.date

    @property
    def book(self):
        metrics = [one.metric.metric(n) for n, one in enumerate(self.limits)]
        rules = tuple(
            one.rule(n, metric)
            for n, (one, metric) in enumerate(zip(self.limits, metrics, strict=True))
        )
        clauses = tuple(rule.clause for rule in rules)
        return rulebook(entities=(Place, Lot), rules=rules, clauses=clauses, metrics=tuple(metrics))

    @property
    def facts(self):
        places = (Place(id="A"), Place(id="B"))
        lots = (
            Lot(
                id=f"{n}",
                **lot
                | {
                    name: None if lot[name] is None else Decimal(lot[name])
                    for name in ("amount", "weight")
                },
            )
            for n, lot in enumerate(self.lots)
        )
        # a ledger that is not supplied would be another matter
        other = Lot(id="of B", place="B", day="2025-03-01", amount="1 吨", good=True, raw=True,
                    rail=False, tested_on="never", ended_on="never")  # fmt: skip
        return airplan.Facts.of(*places, *lots, other)

    def assessed(self, engine=None):
        """The interval of each metric, and the outcomes possible of each limit, for place A."""
        found = airplan.assess(self.book, self.facts, self.day, engine=engine)
        mine = pl.col("subject") == "A"
        verdicts = {
            row["rule"]: frozenset(row["possible"] or [row["outcome"]])
            for row in found.verdicts.filter(mine).iter_rows(named=True)
        }
        metrics = {
            row["metric"]: (-math.inf if row["lo"] is None else row["lo"],
                            math.inf if row["hi"] is None else row["hi"])
            for row in found.metrics.filter(mine).iter_rows(named=True)
            if row["period"] in ("", "2025")
        }  # fmt: skip
        for number, one in enumerate(self.limits):
            yield one, metrics[f"test.metric-{number}"], verdicts[f"test.limit-{number}"]


@st.composite
def cases(draw, least=3, most=10):
    day = draw(st.sampled_from(DAYS))
    if draw(st.booleans()):
        metrics, lots = of_days(), draw(days_of())
    else:
        metrics, lots = of_lots(), draw(ledgers(tuple(LOT)))
    return Case(tuple(draw(st.lists(limits(metrics), min_size=least, max_size=most))), lots, day)


def near(one, other, far):
    """Whether two ends are one: as near, if it is far, as great numbers come to it."""
    return one == other or abs(one - other) < (0.1 if far else 1e-9) or min(one, other) > 1000


def held(case, engine=None):
    """Each interval holds what the metric can be, and no more where it can; the verdict follows."""
    for limit, (low, high), outcomes in case.assessed(engine):
        found = Possible.of(limit.metric, case.lots, case.day)
        least, most = found.bounds
        expected = limit.possible(case.lots, case.day)
        note(f"{limit} on {case.day}: {low} to {high}, is {least} to {most}; "
             f"{sorted(outcomes)}, is {sorted(expected)}; {case.lots}")  # fmt: skip
        assert low <= least
        assert most <= high or near(most, high, found.far)
        running = limit.metric.period is not None and case.day <= limit.metric.period[1]
        # what a period that runs leaves open is PENDING
        assert expected <= outcomes or (running and outcomes == {"PENDING"})
        if found.plain:
            assert near(least, low, found.far)
            assert near(most, high, found.far)
            if limit.due is None:
                assert expected == outcomes


@given(cases())
def test_tables_find_what_metrics_mean(case):
    """In this process."""
    held(case)


@st.composite
def cases_of_values(draw):
    """A few blanks, where they matter to a greatest value or a weighted mean."""
    lots = draw(ledgers(("amount", "amount", "weight", "good")))
    return Case((draw(limits(of_values())),), lots, draw(st.sampled_from(DAYS)))


@settings(max_examples=10 * settings.default.max_examples)
@given(cases_of_values())
def test_tables_find_what_lies_among_values(case):
    """A greatest, a least, a weighted mean: rarely is one of many that a blank matters to."""
    held(case)


fewer = settings(
    phases=(Phase.explicit, Phase.generate), max_examples=settings.default.max_examples // 5
)


@pytest.mark.parametrize("name", ["duckdb", "postgres"])
@fewer
@given(case=cases(least=4, most=6))
def test_databases_find_what_metrics_mean(request, name, case):
    """In a database."""
    held(case, request.getfixturevalue(f"{name}_engine"))


@given(cases(), st.data())
def test_a_cell_filled_in_narrows_what_a_metric_can_be(case, data):
    """And overturns no verdict; but for the days that a valid year leaves out."""
    lots = []
    for lot in case.lots:
        full, kept = data.draw(FULL), data.draw(st.sets(st.sampled_from(list(lot))))
        lots.append({
            name: full[name] if value is None and name not in kept else value
            for name, value in lot.items()
        })  # fmt: skip
    after = attrs.evolve(case, lots=lots)
    for (limit, wide, before), (_, narrow, later) in zip(
        case.assessed(), after.assessed(), strict=True
    ):
        if valid(limit.metric, case.lots, case.day):
            continue
        note(
            f"{limit} on {case.day}: {wide}, then {narrow}; {sorted(before)}, then {sorted(later)}"
        )
        assert wide[0] <= narrow[0]
        assert narrow[1] <= wide[1]
        running = limit.metric.period is not None and case.day <= limit.metric.period[1]
        assert later <= before or (running and before == {"PENDING"})
