"""One subject × 20 rules: `check`, warm, against the same rules as generated plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import airplan_core as airplan
from airplan_core import (
    County,
    Entity,
    Event,
    Flag,
    Measured,
    Plan,
    Ranked,
    Reference,
    Rule,
    Stated,
    Task,
    by,
    event,
    flag,
    hookimpl,
    measured,
    ranked,
    reference,
    stated,
)
from bench.timing import medians, report

AS_OF = dt.date(2025, 6, 1)


class Works(Entity, zh="工厂", en="works"):
    """A synthetic ledger that twenty synthetic rules read."""

    county: Reference[County] = reference(County, zh="县市", en="county")
    industry: Stated = stated("钢铁", "水泥", "玻璃", "其他", zh="行业", en="industry")
    grade: Ranked = ranked("D", "C", "B", "A", zh="绩效等级", en="grade")
    capacity: Measured = measured("吨/年", zh="产能", en="capacity")
    emitted: Measured = measured("吨/年", zh="排放量", en="emitted", better="less")
    permitted: Measured = measured("吨/年", zh="许可排放量", en="permitted")
    dust: Measured = measured("mg/m³", zh="颗粒物浓度", en="dust", better="less")
    enclosed: Flag = flag(zh="密闭", en="enclosed")
    monitored: Flag = flag(zh="在线监测", en="monitored")
    retrofitted_on: Event = event(zh="改造日期", en="retrofitted on")
    permitted_on: Event = event(zh="许可日期", en="permitted on")


PLAN = Plan(
    id="bench",
    title="bench",
    county="bench",
    begins=dt.date(2024, 1, 1),
    ends=dt.date(2025, 12, 31),
)
TASK = Task(id="1.1.1", heading="bench", campaign="bench", plan=PLAN, lead=("bench",))


def _rules() -> list[Rule]:
    found = []
    for number in range(20):
        limit = 10 + number
        applies, requires, due = [
            (
                Works.industry.among("钢铁", "水泥"),
                Works.dust.at_most(f"{limit} mg/m³") & Works.monitored,
                (),
            ),
            (
                Works.capacity.more_than(f"{limit} 万吨/年") & ~Works.enclosed,
                Works.retrofitted_on.happened(),
                by("2024-10-31"),
            ),
            (Works.grade.at_most("B"), Works.emitted.at_most(Works.permitted), ()),
            (
                Works.industry.is_("玻璃") | Works.grade.at_least("A"),
                Works.permitted_on.happened() & Works.enclosed,
                by("2025-09-30"),
            ),
        ][number % 4]
        found.append(
            Rule(
                id=f"bench.rule-{number}",
                clause=TASK.clause(number + 1, "bench"),
                subject=Works,
                applies=applies,
                requires=requires,
                due=due,
            )
        )
    return found


class _Bench:
    @hookimpl
    def airplan_entities(self) -> list[type[Entity]]:
        return [Works]

    @hookimpl
    def airplan_rules(self) -> list[Rule]:
        return _rules()

    @hookimpl
    def airplan_clauses(self) -> list[Any]:
        return [rule.clause for rule in _rules()]


def plain_python() -> Callable[[Works], list[str]]:
    """The twenty rules as a program would generate them from a table, without airplan.

    Missing values are None and make a rule unknown, as a careful hand would write it.
    """
    lines = ["def rules(w):", " out = []"]
    short = "'VIOLATION' if {bad} else 'COMPLIANT'"
    for number in range(20):
        limit = 10 + number
        if number % 4 == 0:
            lines += [
                " if w.industry is None: out.append('UNKNOWN')",
                " elif w.industry not in ('钢铁', '水泥'): out.append('NOT_APPLICABLE')",
                " elif w.dust is None or w.monitored is None: out.append('UNKNOWN')",
                f" else: out.append({short.format(bad=f'w.dust > {limit} or not w.monitored')})",
            ]
        elif number % 4 == 1:
            lines += [
                " if w.capacity is None or w.enclosed is None: out.append('UNKNOWN')",
                f" elif w.capacity <= {limit}0000 or w.enclosed: out.append('NOT_APPLICABLE')",
                " elif w.retrofitted_on is None: out.append('UNKNOWN')",
                " elif w.retrofitted_on > AS_OF: out.append('VIOLATION')",
                " else: out.append('LATE' if w.retrofitted_on > DUE else 'COMPLIANT')",
            ]
        elif number % 4 == 2:
            lines += [
                " if w.grade is None: out.append('UNKNOWN')",
                " elif w.grade == 'A': out.append('NOT_APPLICABLE')",
                " elif w.emitted is None or w.permitted is None: out.append('UNKNOWN')",
                f" else: out.append({short.format(bad='w.emitted > w.permitted')})",
            ]
        else:
            lines += [
                " if w.industry is None and w.grade is None: out.append('UNKNOWN')",
                " elif w.industry != '玻璃' and w.grade != 'A': out.append('NOT_APPLICABLE')",
                " elif w.permitted_on is None or w.enclosed is None: out.append('UNKNOWN')",
                " elif w.permitted_on <= AS_OF and w.enclosed: out.append('COMPLIANT')",
                " else: out.append('PENDING')",
            ]
    lines.append(" return out")
    namespace: dict[str, Any] = {"AS_OF": AS_OF, "DUE": dt.date(2024, 10, 31)}
    exec("\n".join(lines), namespace)
    return namespace["rules"]  # type: ignore[no-any-return]


def run() -> str:
    """Measure, after checking that both give the same outcomes."""
    rulebook = airplan.build_rulebook([airplan.contribution(_Bench(), "bench")])
    works = Works(
        id="1",
        industry="钢铁",
        grade="B",
        capacity="15 万吨/年",
        emitted="90 吨/年",
        permitted="100 吨/年",
        dust="12 mg/m³",
        enclosed=False,
        monitored=True,
        retrofitted_on="2025-01-15",
        permitted_on="2025-03-01",
    )
    by_hand = plain_python()
    verdicts = airplan.check(rulebook, works, AS_OF)
    assert [v.outcome for v in verdicts] == by_hand(works), (list(verdicts), by_hand(works))

    def times(run: Callable[[], object]) -> Callable[[], object]:
        def many() -> None:
            for _ in range(2000):
                run()

        return many

    found = medians(
        {
            "generated plain Python": times(lambda: by_hand(works)),
            "airplan check": times(lambda: airplan.check(rulebook, works, AS_OF)),
            "airplan check, every outcome's name read": times(
                lambda: [v.outcome for v in airplan.check(rulebook, works, AS_OF)]
            ),
        }
    )
    each = {name: seconds / 2000 for name, seconds in found.items()}
    return report("One subject × 20 rules", each, "generated plain Python", 10, 1e-6)
