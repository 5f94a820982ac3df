"""airplan beside everything one would use instead: the same twenty rules, the same ledger, one run.

Every participant's outcome counts are checked equal before it is timed.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import polars as pl

import airplan_core as airplan
from airplan_core import engines
from airplan_core.backends import polars as reader
from airplan_core.engines import quoted
from airplan_core.remote import PREFIX, RemoteAssessment
from bench.peers import numpy_by_hand, plain_python, polars_by_hand, sql_by_hand, tools
from bench.timing import medians
from bench.workload import AS_OF, Works, expected, ledger, rulebook

BOOK = rulebook()
HAND = "polars by hand"


def version(package: str) -> str:
    """What is measured."""
    return f"{package} {importlib.metadata.version(package)}"


def columns(rows: int) -> dict[str, float]:
    """Whole ledgers in this process, medians in seconds."""
    table = ledger(rows)
    hand = polars_by_hand.prepare(table)
    truths = [part for duty in BOOK.duties for part in reader.truths(duty, AS_OF, exemptions=False)]
    counts = [
        count
        for duty in BOOK.duties
        for count in reader.counts(duty, AS_OF, exemptions=False).values()
    ]
    short = [reader.falls_short(duty, AS_OF).alias(duty.id) for duty in BOOK.duties]
    outcomes = [reader.outcome(duty, AS_OF).alias(duty.id) for duty in BOOK.duties]
    wanted = expected(rows)
    assert polars_by_hand.run(hand) == wanted
    found: dict[str, Callable[[], object]] = {
        HAND: lambda: polars_by_hand.outcomes(hand),
        "polars by hand, and counted": lambda: polars_by_hand.run(hand),
        "airplan: all outcomes, counted": lambda: table.select(truths).select(counts),
        "airplan: shortfalls and unknowns": lambda: table.select(short),
        "airplan: every outcome as a byte": lambda: table.select(outcomes),
    }
    if rows <= numpy_by_hand.MOST:
        arrays = numpy_by_hand.prepare(table)
        assert numpy_by_hand.run(arrays) == wanted
        found["numpy by hand, counted"] = lambda: numpy_by_hand.run(arrays)
    return medians(found, rounds=60 if rows <= 10_000 else 7 if rows <= 10**6 else 5)


def row_by_row(rows: int) -> dict[str, float]:
    """A small ledger, the rule engines a row at a time, seconds for all of it."""
    table = ledger(rows)
    records, wanted = tools.records(table), expected(rows)
    python = plain_python.function()
    found: dict[str, Callable[[], object]] = {
        "generated Python": lambda: [python(row) for row in records]
    }
    for name, (make, _, most) in tools.TOOLS.items():
        test = make()
        assert tools.run(test, tools.records(ledger(200))) == expected(200), name
        part = records[: min(most, rows) // 10]
        found[name] = lambda test=test, part=part: tools.run(test, part)  # type: ignore[misc]
    hand = polars_by_hand.prepare(table)
    truths = [part for duty in BOOK.duties for part in reader.truths(duty, AS_OF, exemptions=False)]
    counts = [
        count
        for duty in BOOK.duties
        for count in reader.counts(duty, AS_OF, exemptions=False).values()
    ]
    found[HAND] = lambda: polars_by_hand.outcomes(hand)
    found["airplan: all outcomes, counted"] = lambda: table.select(truths).select(counts)
    assert polars_by_hand.run(hand) == wanted
    seconds = medians(found, rounds=5)
    for name, (_, _, most) in tools.TOOLS.items():
        seconds[name] *= rows / (min(most, rows) // 10)  # timed on a tenth of what they are given
    return seconds


def one_subject() -> dict[str, float]:
    """One subject × twenty rules, seconds."""
    row = ledger(50).filter(pl.all_horizontal(pl.all().is_not_null())).row(0, named=True)
    record = airplan.Facts(tables={"works": ledger(50).filter(id=row["id"])}).records(Works)[0]
    python = plain_python.function()
    values = tools.records(ledger(50).filter(id=row["id"]))[0]
    verdicts = airplan.check(BOOK, record, AS_OF)
    assert [v.outcome for v in verdicts] == python(values)
    many = 200
    found: dict[str, Callable[[], object]] = {
        "generated Python": lambda: [python(values) for _ in range(many)],
        "airplan check": lambda: [airplan.check(BOOK, record, AS_OF) for _ in range(many)],
        "airplan check, every outcome's name": lambda: [
            [v.outcome for v in airplan.check(BOOK, record, AS_OF)] for _ in range(many)
        ],
    }
    for name, (make, _, _) in tools.TOOLS.items():
        test = make()
        found[name] = lambda test=test: [tools.subject(test, values) for _ in range(many)]  # type: ignore[misc]
    return {name: seconds / many for name, seconds in medians(found, rounds=5).items()}


def database(name: str, rows: int, **options: Any) -> dict[str, float]:
    """An engine over Parquet files: airplan's query beside the same by hand, seconds."""
    with tempfile.TemporaryDirectory() as folder:
        step = 10**6
        for start in range(0, rows, step):
            part = ledger(min(step, rows - start), seed=start // step)
            part = part.with_columns((pl.col("id").cast(pl.Int64) + start).cast(pl.String))
            part.write_parquet(Path(folder, f"{start}.parquet"))
        engine: Any = engines.connect(name, **options)
        try:
            files = [str(path) for path in sorted(Path(folder).glob("*.parquet"))]
            source = engine.parquet(files)
            from sqlglot import exp

            engine.define(f"{PREFIX}works", exp.select(exp.Star()).from_(source))
            facts = airplan.Facts(tables={}, elsewhere={"works": lambda ids: set(ids)})
            assessment = RemoteAssessment(rulebook=BOOK, facts=facts, as_of=AS_OF, engine=engine)
            by_hand = sql_by_hand.query(quoted(f"{PREFIX}works").sql(dialect=engine.dialect))

            def fetched() -> tuple[int, ...]:
                if name == "spark":
                    return tuple(engine.session.sql(by_hand).collect()[0])
                return tuple(engine.run(by_hand).fetchone())

            mine = assessment.counted()
            theirs = sql_by_hand.read(fetched())
            assert {id.partition("@")[0]: found for id, found in mine.items()} == theirs
            return medians(
                {
                    "the same SQL by hand": fetched,
                    f"airplan, --engine {name}": lambda: attrs.evolve(assessment).counted(),
                },
                rounds=5,
            )
        finally:
            engine.close()


_PEAK = """
import resource, sys
from bench import compare
from bench.peers import polars_by_hand
table = compare.ledger({rows})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
{work}
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def peak(rows: int) -> dict[str, float]:
    """Peak memory beyond the ledger, in MB, each in a process of its own."""
    works = {
        HAND: "polars_by_hand.outcomes(polars_by_hand.prepare(table))",
        "airplan: all outcomes, counted": (
            "t = [p for d in compare.BOOK.duties for p in compare.reader.truths(d, compare.AS_OF, exemptions=False)]\n"  # noqa: E501
            "c = [c for d in compare.BOOK.duties for c in compare.reader.counts(d, compare.AS_OF, exemptions=False).values()]\n"  # noqa: E501
            "table.select(t).select(c)"
        ),
    }
    found = {}
    for name, work in works.items():
        code = _PEAK.format(rows=rows, work=work)
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
        found[name] = int(done.stdout) / 1000
    return found


def whole_process() -> dict[str, float]:
    """`airplan assess` of the example beside importing polars and pint, seconds."""
    command = Path(sys.executable).with_name("airplan")
    example = Path(__file__).parents[1] / "examples/qinyang"
    commands = {
        'python -c "import polars, pint"': [sys.executable, "-c", "import polars, pint"],
        "airplan assess examples/qinyang": [
            str(command), "assess", str(example), "--as-of", "2025-01-01",
        ],
    }  # fmt: skip

    def process(words: list[str]) -> None:
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL)

    return medians({n: lambda w=w: process(w) for n, w in commands.items()}, rounds=7)  # type: ignore[misc]


def growth_of_rules() -> dict[int, float]:
    """How the time grows with the number of rules, at 10⁵ rows."""
    table = ledger(10**5)
    found = {}
    for number in (10, 20, 50, 100, 200, 500, 1000):
        duties = [BOOK.duties[place % 20] for place in range(number)]
        named = [
            part.alias(f"{place} {n}")
            for place, duty in enumerate(duties)
            for n, part in enumerate(reader.truths(duty, AS_OF, exemptions=False))
        ]
        found[number] = medians({"": lambda e=named: table.select(e)}, rounds=5)[""]  # type: ignore[misc]
    return found


def lines(found: Mapping[str, float], base: str, scale: float, unit: str) -> list[str]:
    """Rows of a Markdown table: what, how long, how many times the base."""
    return [
        f"| {name} | {seconds / scale:,.3g} {unit} | {seconds / found[base]:.3g} |"
        for name, seconds in found.items()
    ]
