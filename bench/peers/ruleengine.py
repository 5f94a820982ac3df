"""The twenty rules as rule-engine texts, run in an environment of its own: it pins python-dateutil.

Run as a script it reads the texts and the records, and prints how long they took.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

NAME = "rule-engine"
PACKAGE = "rule-engine"
CANNOT = (
    "Neither three values nor outcomes: each is an arm of a ternary that asks for null first "
    "(ordering null is an error, and null is false to `and`)."
)
MOST = 1_000

RULES = tuple(f"bench.rule-{number:02}" for number in range(1, 21))

Record = dict[str, Any]


def texts() -> list[str]:
    """The twenty rules, in the order of `RULES`."""
    from bench.workload import AS_OF, EVENTS, FLAGS, FUELS, INDUSTRIES, LIMITS, STAGES

    def day(date: dt.date) -> str:
        return f'd"{date.isoformat()}"'

    def among(name: str, *values: str) -> str:
        return f"{name} in [{', '.join(json.dumps(v, ensure_ascii=False) for v in values)}]"

    found = []
    for v in range(4):
        field = list(LIMITS)[v]
        event = EVENTS[v]
        flags = FLAGS[v : v + 6]
        exempt, open_ = "standby", "standby == null"
        if v >= 2:
            exempt += f" or (exited_on != null and exited_on <= {day(AS_OF)})"
            open_ += " or exited_on == null"
        found += [
            'industry == null ? "UNKNOWN"'
            f' : not ({among("industry", *INDUSTRIES[v : v + 3])}) ? "NOT_APPLICABLE"'
            f' : {field} == null ? "UNKNOWN"'
            f' : {field} <= {LIMITS[field][v]} ? "COMPLIANT" : "VIOLATION"',
            f"(industry != null and not ({among('industry', *INDUSTRIES[v + 1 : v + 3])}))"
            f" or (capacity != null and capacity <= {10_000 * (v + 1)})"
            ' ? "NOT_APPLICABLE"'
            ' : industry == null or capacity == null or fuel == null ? "UNKNOWN"'
            f' : {among("fuel", FUELS[v], FUELS[(v + 3) % 4])} ? "COMPLIANT" : "VIOLATION"',
            'capacity == null ? "UNKNOWN"'
            f' : capacity < {20_000 * (v + 1)} ? "NOT_APPLICABLE"'
            f' : {event} == null ? "UNKNOWN"'
            f' : {event} <= {day(STAGES[v])} ? "COMPLIANT"'
            f' : {event} <= {day(AS_OF)} ? "LATE" : "VIOLATION"',
            f'{" and ".join(flags)} ? "COMPLIANT"'
            f' : {" or ".join(f"{name} == false" for name in flags)} ? "VIOLATION" : "UNKNOWN"',
            'industry == null ? "UNKNOWN"'
            f' : not ({among("industry", *INDUSTRIES[: v + 4])}) ? "NOT_APPLICABLE"'
            ' : emitted != null and permitted != null and emitted <= permitted ? "COMPLIANT"'
            f' : {exempt} ? "EXEMPT"'
            f' : {open_} or emitted == null or permitted == null ? "UNKNOWN" : "VIOLATION"',
        ]
    return found


def _python() -> Path:
    from bench.peers.own import interpreter

    return interpreter("rule-engine", "rule-engine")


def version() -> str:
    from bench.peers.own import version as installed

    return installed(_python(), PACKAGE)


def _asked(records: list[Record], *arguments: str) -> Any:
    from bench.peers.own import answer

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "records.pickle")
        path.write_bytes(pickle.dumps((texts(), records)))
        return answer(_python(), "bench.peers.ruleengine", str(path), *arguments)


def measure(ledger: pl.DataFrame, rounds: int) -> tuple[list[float], dict[str, dict[str, int]]]:
    """The seconds of each round over the ledger, and the counts of outcomes by rule."""
    found = _asked(ledger.to_dicts(), "rows", str(rounds))
    return found["seconds"], found["counts"]


def measure_one(record: Record, times: int = 2_000) -> float:
    """The median seconds that the twenty rules take over one subject."""
    return float(_asked([record], "one", str(times))["seconds"])


def main(path: str, what: str, number: str) -> None:
    """Evaluate the texts over the records of a file, after one round to warm up."""
    import rule_engine
    from rule_engine import DataType

    written, records = pickle.loads(Path(path).read_bytes())
    kinds = {str: DataType.STRING, float: DataType.FLOAT, bool: DataType.BOOLEAN}
    types = dict.fromkeys(records[0], DataType.UNDEFINED)
    for record in records:
        for name, value in record.items():
            if value is not None:
                types[name] = kinds.get(type(value), DataType.DATETIME)
    context = rule_engine.Context(resolver=rule_engine.resolve_item, type_resolver=types)
    rules = [rule_engine.Rule(text, context=context) for text in written]

    def run() -> list[Counter[str]]:
        found: list[Counter[str]] = [Counter() for _ in rules]
        for record in records:
            for counter, rule in zip(found, rules, strict=True):
                counter[rule.evaluate(record)] += 1
        return found

    seconds, found = [], run()
    for _ in range(int(number)):
        start = time.perf_counter()
        if what == "rows":
            found = run()
        else:
            [rule.evaluate(records[0]) for rule in rules]
        seconds.append(time.perf_counter() - start)
    counts = {rule: dict(counter) for rule, counter in zip(RULES, found, strict=True)}
    taken: Any = seconds if what == "rows" else statistics.median(seconds)
    print(json.dumps({"seconds": taken, "counts": counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
