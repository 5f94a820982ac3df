"""二(八)1 开展环境绩效等级提升行动: how many enterprises of the three grades are new, and stand.

A, B, C, D and 引领性, 非引领性 are two scales: the three that are named are a set, in which none
lies above another but A above B. B-级 is not B级.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import polars as pl

from airplan_core import (
    County,
    Flag,
    Keyed,
    Period,
    Reference,
    Rule,
    Statistic,
    Task,
    during,
    flag,
    on,
    reference,
)
from airplan_emergency.alert_interpretations import EMITTERS, FURTHER, REGRADED
from airplan_qinyang import QINYANG_2024, Enterprise
from airplan_qinyang.departments import EEB, MIIT
from airplan_qinyang.grades import LEADING, A, PerformanceGrade

TASK = Task(
    id="2.8.1", heading="开展环境绩效等级提升行动", campaign="emergency", plan=QINYANG_2024,
    lead=(EEB,), cooperating=(MIIT,),
)  # fmt: skip

B = "B级"
#: The grades that the sentence names.
NAMED = frozenset({A, B, LEADING})


class AirEmitter(Keyed, zh="涉气企业", en="gas-emitting enterprise", one_per="enterprise"):
    """Whether an enterprise emits to the air, and in which county it does."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    county: Reference[County] = reference(County, zh="县市")
    emits: Flag = flag(zh="是否涉气", en="emits to the air")


#: What makes an enterprise a new one: a grade that it gets, and what it must not have had before.
Ways: TypeAlias = tuple[tuple[frozenset[str], frozenset[str]], ...]

FIRST: Ways = ((NAMED, NAMED),)
RAISED: Ways = tuple(
    (frozenset({to}), frozenset(before))
    for to, before in ((A, (A,)), (B, (A, B)), (LEADING, (LEADING,)))
)

#: A row of the ledger: the grade, and from which day to which; None where it is not known.
Row: TypeAlias = tuple[str | None, dt.date | None, dt.date | None]


def created(rows: Iterable[Row], ways: Ways, first: dt.date, last: dt.date) -> tuple[bool, bool]:
    """Whether an enterprise surely, and whether it possibly, is a new one between two days."""
    rows = [row for row in rows if row[1] is None or row[1] <= last]
    sure = may = False
    for to, before in ways:
        new = [row for row in rows if row[0] in to and row[1] is not None and row[1] >= first]
        maybe = [
            row for row in rows
            if (row[0] is None or row[0] in to) and (row[1] is None or row[1] >= first)
        ]  # fmt: skip
        had = [row for row in rows if row[0] in before and row[1] is not None and row[1] < first]
        blocks = [
            row for row in rows
            if (row[0] is None or row[0] in before) and (row[1] is None or row[1] < first)
        ]  # fmt: skip
        if to < before and new:
            # what fell within these days has not risen: A in March, and B in May
            begun = min(row[1] for row in new if row[1] is not None)
            blocks += [
                row for row in rows
                if row[0] not in to and (row[0] is None or row[0] in before)
                and (row[1] is None or row[1] <= begun)
            ]  # fmt: skip
        # a row that is not known may be the very one that is new, but not what was before as well
        sure = sure or (bool(new) and not blocks)
        may = may or (bool(maybe) and not had)
    return sure, sure or may


def stands(rows: Iterable[Row], day: dt.date) -> tuple[bool, bool]:
    """Whether an enterprise surely, and whether it possibly, has one of the grades on a day."""
    sure = may = False
    for grade, begins, ends in rows:
        if grade in NAMED and begins is not None and ends is not None:
            sure = sure or begins <= day <= ends
        begun = begins is None or begins <= day
        goes_on = ends is None or ends >= day
        may = may or ((grade is None or grade in NAMED) and begun and goes_on)
    return sure, sure or may


#: Whether an enterprise counts, surely and possibly, by its rows.
Counts: TypeAlias = Callable[[list[Row], Period, dt.date], tuple[bool, bool]]


def _new(ways: Ways) -> Counts:
    return lambda rows, period, as_of: created(rows, ways, period.begins, min(period.ends, as_of))


def _standing(rows: list[Row], period: Period, as_of: dt.date) -> tuple[bool, bool]:
    return stands(rows, period.ends) if period.over(as_of) else (False, True)


def _counted(
    id: str, zh: str, en: str, counts: Counts, *, stated: bool
) -> Statistic:  # fmt: skip
    """How many enterprises of a county count over a period.

    Args:
        id: of the metric.
        zh: its name.
        en: its name in English.
        counts: whether an enterprise does.
        stated: only who is entered as emitting to the air; of whom nothing is said it is open.
    """

    def compute(
        tables: tuple[pl.DataFrame, ...], subjects: pl.Series, period: Period, as_of: dt.date
    ) -> pl.DataFrame:
        grades, emitters = tables
        alone = subjects[0] if len(subjects) == 1 else None
        profiles = {
            id: (county, emits)
            for id, county, emits in emitters.select("enterprise", "county", "emits").iter_rows()
        }
        found = {county: [0, 0] for county in subjects}
        for enterprise, rows in _by_enterprise(grades):
            county, emits = profiles.get(enterprise, (None, None))
            county, emits = county or alone, emits if stated or emits is not None else True
            sure, may = counts(rows, period, as_of)
            if emits is False or not may:
                continue
            for one in subjects if county is None else {county} & found.keys():
                own = enterprise is not None and county is not None and emits is True
                found[one][0] += sure and own
                found[one][1] += 1
        over = period.over(as_of)
        rows_ = [
            {
                "id": one, "lo": float(lo), "hi": float(hi) if over else None, "value": float(lo),
                "known": lo, "possible": hi,
                "gaps": f"{period.name}: {lo} / {hi}" if over and lo != hi else "",
            }
            for one, (lo, hi) in found.items()
        ]  # fmt: skip
        return pl.DataFrame(rows_, schema=_GIVEN)

    return Statistic(
        id=id, zh=zh, en=en, subject=County, unit="家", better="more", decimals=0,
        reads=(PerformanceGrade, AirEmitter), compute=compute,
    )  # fmt: skip


_GIVEN: dict[str, Any] = {
    "id": pl.String, "lo": pl.Float64, "hi": pl.Float64, "value": pl.Float64, "known": pl.Int64,
    "possible": pl.Int64, "gaps": pl.String,
}  # fmt: skip


def _by_enterprise(grades: pl.DataFrame) -> Iterator[tuple[str | None, list[Row]]]:
    """The rows of each enterprise; one that does not say whose it is may be another one's."""
    rows = grades.select("enterprise", pl.col("grade").cast(pl.String), "begins_on", "ends_on")
    mine: dict[str, list[Row]] = {}
    for enterprise, *row in rows.iter_rows():
        if enterprise is None:
            yield None, [(row[0], row[1], row[2])]
        else:
            mine.setdefault(enterprise, []).append((row[0], row[1], row[2]))
    yield from mine.items()


def _both(id: str, zh: str, en: str, counts: Counts) -> dict[str, Statistic]:
    """A number of enterprises, by the reading of whom the sentence speaks of."""
    return {
        "graded": _counted(f"emergency.{id}", zh, en, counts, stated=False),
        "stated": _counted(
            f"emergency.{id}-stated", f"{zh}（登记为涉气的）", f"{en}, entered as emitting", counts,
            stated=True,
        ),
    }  # fmt: skip


CREATED = _both("new-grades", "新增A级、B级、引领性企业数", "newly graded enterprises", _new(FIRST))
RISEN = _both(
    "new-grades-raised", "新增A级、B级、引领性企业数（含B级升A级）",
    "newly graded enterprises, with those raised to A", _new(RAISED),
)  # fmt: skip
STANDING = _both(
    "graded", "年末A级、B级、引领性企业数", "graded enterprises at the end of the year", _standing
)
_NEW = CREATED["graded"]

further = Rule(
    id="emergency.graded-enterprises-increase",
    clause=TASK.clause(1, "到2025年，全市涉气企业新增绩效A级、B级以及绩效引领性企业数量进一步增加"),
    en="By 2025 there are more enterprises of grade A, of grade B or leading than a year before.",
    subject=County,
    requires=FURTHER.choose(
        stock=EMITTERS.each(
            {name: one.more_than(one.last_year()) for name, one in STANDING.items()}
        ),
        yearly=REGRADED.choose(
            first=EMITTERS.each(
                {name: one.more_than(one.last_year()) for name, one in CREATED.items()}
            ),
            raised=EMITTERS.each(
                {name: one.more_than(one.last_year()) for name, one in RISEN.items()}
            ),
        ),
    ),
    due=during(2025),
    keeps=[{STANDING["graded"]: "8 家", STANDING["graded"].last_year(): "7 家"}],
    breaks=[{STANDING["graded"]: "7 家", STANDING["graded"].last_year(): "7 家"}],
)


_BOTH_YEARS = "其中，2024、2025年分别创建5、2家"
_ENOUGH: dict[str | int, str] = {2024: "5 家", 2025: "2 家"}

new_grades = Rule(
    id="emergency.new-grades",
    clause=TASK.clause(2, _BOTH_YEARS),
    also=(TASK.clause(3, _BOTH_YEARS),),
    en="Five enterprises are newly graded A, B or leading in 2024, and two in 2025.",
    subject=County,
    requires=REGRADED.choose(
        first=EMITTERS.each({name: one.at_least(_ENOUGH) for name, one in CREATED.items()}),
        raised=EMITTERS.each({name: one.at_least(_ENOUGH) for name, one in RISEN.items()}),
    ),
    due=during(2024, 2025),
    numbers={"2024、": "2024-12-31"},
    keeps=[on("2025-01-01", {_NEW: "5 家"}), {_NEW: "5 家"}],
    breaks=[on("2025-01-01", {_NEW: "4 家"}), {_NEW: "1 家"}],
)
