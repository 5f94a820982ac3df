"""airplan beside everything one would use instead: the same twenty rules, the same ledger, one run.

Every participant's outcome counts are checked equal before it is timed.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import polars as pl

import airplan_core as airplan
from airplan_core.engines import available
from airplan_core.engines.polars import outcomes
from airplan_core.engines.sql.database import quoted
from airplan_core.engines.sql.engine import Queries
from airplan_core.engines.sql.place import PREFIX
from bench.peers import OWN, PEERS, plain_python, polars_by_hand, sql_by_hand
from bench.timing import medians
from bench.workload import AS_OF, Works, expected, ledger, rulebook

BOOK = rulebook()
EXAMPLE = Path(__file__).parents[1] / "examples/qinyang"
HAND, PYTHON = "polars by hand", plain_python.NAME


def version(package: str) -> str:
    """What is measured."""
    return f"{package} {importlib.metadata.version(package)}"


def peers() -> list[Any]:
    """The participants that share this environment, but for polars by hand."""
    every = [importlib.import_module(f"bench.peers.{name}") for name in PEERS]
    return [peer for peer in every if peer is not polars_by_hand]


def _own() -> list[Any]:
    """The participants that have an environment of their own."""
    return [importlib.import_module(f"bench.peers.{name}") for name in OWN]


def own_versions() -> list[str]:
    """What is measured in environments of its own."""
    return [f"{peer.PACKAGE} {peer.version()}" for peer in _own()]


def cannot() -> list[str]:
    """A line for each participant that cannot say all of the rules by itself."""
    return [f"* {peer.NAME}: {peer.CANNOT}" for peer in (*peers(), *_own()) if peer.CANNOT]


def mine(table: pl.DataFrame) -> dict[str, Callable[[], object]]:
    """airplan's polars reader, prepared once."""
    duties = BOOK.duties
    truths = [part for duty in duties for part in outcomes.truths(duty, AS_OF, exemptions=False)]
    counted = [outcomes.counts(duty, AS_OF, exemptions=False).values() for duty in duties]
    counts = [count for each in counted for count in each]
    short = [outcomes.falls_short(duty, AS_OF).alias(duty.id) for duty in duties]
    decided = [outcomes.decided(duty, AS_OF, exemptions=False).alias(duty.id) for duty in duties]
    return {
        "airplan: all outcomes, counted": lambda: outcomes.computed(table, truths).select(counts),
        "airplan: shortfalls and unknowns": lambda: outcomes.computed(table, short),
        "airplan: every outcome as a byte": lambda: outcomes.computed(
            outcomes.computed(table, truths), decided
        ),
    }


def columns(rows: int) -> dict[str, float]:
    """A whole ledger, by all that take so many rows: medians in seconds."""
    table, wanted = ledger(rows), expected(rows)
    hand = polars_by_hand.prepare(table)
    assert polars_by_hand.run(hand) == wanted
    found: dict[str, Callable[[], object]] = {
        HAND: lambda: polars_by_hand.outcomes(hand),
        "polars by hand, and counted": lambda: polars_by_hand.run(hand),
        **mine(table),
    }
    for peer in peers():
        if rows <= peer.MOST:
            prepared = peer.prepare(table)
            assert peer.run(prepared) == wanted, peer.NAME
            found[peer.NAME] = lambda peer=peer, prepared=prepared: peer.run(prepared)  # type: ignore[misc]
    seconds = medians(found, rounds=60 if rows <= 1_000 else 7 if rows <= 10**6 else 5)
    for peer in _own():
        if rows <= peer.MOST:
            taken, counts = peer.measure(table, 5)
            assert counts == wanted, peer.NAME
            seconds[peer.NAME] = statistics.median(taken)
    return seconds


def one_subject() -> dict[str, float]:
    """One subject × twenty rules, seconds."""
    some = ledger(200)
    full = some.filter(pl.all_horizontal(pl.all().is_not_null()))[:1]
    row = full.row(0, named=True)
    record = airplan.Facts(tables={"works": full}).records(Works)[0]
    wanted = {
        id: next(iter(found))
        for id, found in polars_by_hand.run(polars_by_hand.prepare(full)).items()
    }
    verdicts = airplan.check(BOOK, record, AS_OF)
    assert [v.outcome for v in verdicts] == list(wanted.values())
    many = 300
    python = plain_python.one(row)
    runs: dict[str, Callable[[], object]] = {
        PYTHON: python,
        "airplan check": lambda: airplan.check(BOOK, record, AS_OF),
        "airplan check, every outcome's name": lambda: airplan.check(BOOK, record, AS_OF).outcomes,
        "airplan check, a record for each": lambda: list(airplan.check(BOOK, record, AS_OF)),
    }
    for peer in peers():
        if hasattr(peer, "one") and peer is not plain_python:
            made = peer.one(row)
            runs |= made if isinstance(made, dict) else {peer.NAME: made}

    def repeated(run: Callable[[], object]) -> Callable[[], object]:
        return lambda: [run() for _ in range(many)]

    found = medians({name: repeated(run) for name, run in runs.items()}, rounds=5)
    return {name: seconds / many for name, seconds in found.items()}


def database(name: str, rows: int, **options: Any) -> dict[str, float]:
    """An engine over Parquet files: airplan's query beside the same by hand, seconds."""
    with tempfile.TemporaryDirectory() as folder:
        step = 10**6
        for start in range(0, rows, step):
            part = ledger(min(step, rows - start), seed=start // step)
            part = part.with_columns((pl.col("id").cast(pl.Int64) + start).cast(pl.String))
            part.write_parquet(Path(folder, f"{start}.parquet"))
        engine: Any = available.connect(name, **options)
        try:
            files = [str(path) for path in sorted(Path(folder).glob("*.parquet"))]
            source = engine.parquet(files)
            from sqlglot import exp

            engine.define(f"{PREFIX}works", exp.select(exp.Star()).from_(source))
            facts = airplan.Facts(tables={}, elsewhere={"works": lambda ids: set(ids)})
            asked = Queries(rulebook=BOOK, facts=facts, as_of=AS_OF, database=engine)
            by_hand = sql_by_hand.query(quoted(f"{PREFIX}works").sql(dialect=engine.dialect))

            def fetched() -> tuple[int, ...]:
                if name == "spark":
                    return tuple(engine.session.sql(by_hand).collect()[0])
                return tuple(engine.run(by_hand).fetchone())

            mine = asked.counted
            theirs = sql_by_hand.read(fetched())
            assert {id.partition("@")[0]: found for id, found in mine.items()} == theirs
            runs: dict[str, Callable[[], object]] = {
                "the same SQL by hand": fetched,
                f"airplan, --engine {name}": lambda: attrs.evolve(asked).counted,
            }
            if name == "spark":

                def configured() -> tuple[int, ...]:
                    with engine.configured():
                        return fetched()

                runs["the same SQL by hand, as airplan sets Spark"] = configured
            return medians(runs, rounds=5)
        finally:
            engine.close()


_PEAK = """
import re
from pathlib import Path
from bench import compare
from bench.peers import polars_by_hand
table = compare.ledger({rows})
def of(field):
    return int(re.search(field + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
Path("/proc/self/clear_refs").write_text("5")
before = of("VmRSS")
{work}
print(of("VmHWM") - before)
"""


def peak(rows: int) -> dict[str, float]:
    """Peak memory beyond the ledger, in MB, each in a process of its own (Linux)."""
    works = {
        HAND: "polars_by_hand.outcomes(polars_by_hand.prepare(table))",
        "airplan: all outcomes, counted": 'compare.mine(table)["airplan: all outcomes, counted"]()',
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
    commands = {
        'python -c "import polars, pint"': [sys.executable, "-c", "import polars, pint"],
        "airplan assess examples/qinyang": [
            str(command), "assess", str(EXAMPLE), "--as-of", "2025-01-01",
        ],
    }  # fmt: skip

    def process(words: list[str]) -> None:
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL, env=_installed())

    return medians({n: lambda w=w: process(w) for n, w in commands.items()}, rounds=11)  # type: ignore[misc]


def _installed() -> dict[str, str]:
    """The environment in which modules are compiled once, as those of an installed package are."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


_PHASES = """
import time
start = time.perf_counter()
def lap(name):
    global start
    print(name, time.perf_counter() - start, sep="\t")
    start = time.perf_counter()
import gc
gc.set_threshold(1_000_000, 20, 100)
import polars, pint
lap("importing polars and pint")
from airplan_core import assess, load_rulebook, read_facts
from airplan_core.rulebook import plugins
from airplan_core.report import text
lap("importing airplan and rich")
for plugin in plugins.installed().values():
    plugin.load()
lap("importing the plugins: ledgers, units, rules")
book = load_rulebook({example!r})
lap("the rulebook: everything checked, duties flattened")
facts = read_facts({example!r}, book)
lap("reading the ledgers")
import datetime
found = assess(book, facts, datetime.date(2025, 1, 1))
lap("deriving the months, checking names")
for entity in book.by_entity:
    found.engine.table(entity)
lap("attaching and measuring: references, acts, metrics")
found.engine.counted
lap("truth values, counted")
text.assessment_text(found)
lap("what falls short, what is missing, and the page")
"""


def phases() -> dict[str, float]:
    """Where the time of that process goes, in the order of its doing: seconds."""
    code = _PHASES.format(example=str(EXAMPLE))
    rounds: list[dict[str, float]] = []
    for _ in range(7):
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True,
            env=_installed(),
        )  # fmt: skip
        laps = (line.split("\t") for line in done.stdout.splitlines())
        rounds.append({name: float(seconds) for name, seconds in laps})
    found = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    return {**found, "together": sum(found.values())}


def growth_of_rules() -> dict[int, float]:
    """How the time grows with the number of rules, at 10⁵ rows."""
    table = ledger(10**5)
    found = {}
    for number in (10, 20, 50, 100, 200, 500, 1000):
        duties = [BOOK.duties[place % 20] for place in range(number)]
        named = [
            part.alias(f"{place} {n}")
            for place, duty in enumerate(duties)
            for n, part in enumerate(outcomes.truths(duty, AS_OF, exemptions=False))
        ]
        found[number] = medians({"": lambda e=named: table.select(e)}, rounds=5)[""]  # type: ignore[misc]
    return found


def lines(found: Mapping[str, float], base: str, scale: float, unit: str) -> list[str]:
    """Rows of a Markdown table: what, how long, how many times the base."""
    return [
        f"| {name} | {seconds / scale:,.3g} {unit} | {seconds / found[base]:.3g} |"
        for name, seconds in found.items()
    ]
