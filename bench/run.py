"""Run every benchmark, print its tables, and write them to docs/performance.md.

`python -m bench.run` is all of it; `python -m bench.run compare` the peers alone, `python -m
bench.run chapters` the plan's own chapters alone, `… reading` how files are read.
"""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path

import polars as pl

from bench import (
    air,
    compare,
    dustfall,
    emergency,
    fillings,
    fleet,
    language,
    ledger,
    outlets,
    reading,
    service,
    startup,
    voc,
)

PAGE = Path(__file__).parents[1] / "docs/performance.md"
SIZES = (10**3, 10**4, 10**5, 10**6, 10**7)


def _table(title: str, rows: list[str]) -> str:
    head = f"### {title}\n\n| what | median | ratio |\n|---|---:|---:|\n"
    found = head + "\n".join(rows) + "\n"
    print(found, flush=True)
    return found


def against_peers() -> str:
    """Every table of `compare`, as Markdown; the charts are drawn beside the page."""
    packages = ("polars", "numpy", "duckdb", "pyspark", "zen-engine", "business-rules",
                "panzi-json-logic", "pandera", "pint")  # fmt: skip
    versions = ", ".join([*map(compare.version, packages), *compare.own_versions()])
    made = [
        f"Python {platform.python_version()}, {platform.machine()}, {versions}. "
        "Medians of at least five interleaved rounds in one run.\n",
        "### What each cannot say by itself\n\n" + "\n".join(compare.cannot()) + "\n",
    ]
    rows: dict[int, dict[str, float]] = {}
    for size in SIZES:
        rows[size] = compare.columns(size)
        found = compare.lines(rows[size], compare.HAND, 1e-3, "ms")
        made.append(_table(f"{size:,} rows × 20 rules", found))
    found = compare.lines(compare.one_subject(), compare.PYTHON, 1e-6, "µs")
    made.append(_table("One subject × 20 rules", found))
    by_hand = "the same SQL by hand"
    found = compare.lines(compare.database("duckdb", 10**7, memory="1GiB"), by_hand, 1, "s")
    made.append(_table("10,000,000 rows of Parquet, DuckDB under 1 GiB", found))
    found = compare.lines(compare.database("spark", 10**7, memory="4g"), by_hand, 1, "s")
    made.append(_table("10,000,000 rows of Parquet, Spark in local mode", found))
    found = compare.lines(compare.peak(10**7), compare.HAND, 1, "MB")
    made.append(_table("Peak memory beyond the ledger, 10,000,000 rows", found))
    base = 'python -c "import polars, pint"'
    made.append(_table("A whole process", compare.lines(compare.whole_process(), base, 1, "s")))
    found = compare.lines(compare.phases(), "together", 1e-3, "ms")
    made.append(_table("Where the time of that process goes", found))
    rules = compare.growth_of_rules()
    steps = [f"| {number:,} rules | {s * 1e3:,.3g} ms | {s / number * 1e6:,.3g} µs a rule |"
             for number, s in rules.items()]  # fmt: skip
    made.append(_table("100,000 rows, more and more rules", steps))
    _charts(rows, rules)
    made.append("![how the time grows with rows](performance-rows.svg)\n")
    made.append("![how the time grows with rules](performance-rules.svg)\n")
    return "\n".join(made)


def _charts(rows: dict[int, dict[str, float]], rules: dict[int, float]) -> None:
    """Two line charts beside the page, of logarithmic axes: a line of slope one is linear."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "airplan"
    names = [n for n in rows[SIZES[0]] if "counted" in n or n in (compare.HAND, "OpenFisca")]
    names += ["zen-engine", compare.PYTHON]
    for file, label, lines in (
        ("rows", "rows (20 rules)", {n: {s: rows[s][n] for s in rows if n in rows[s]}
                                     for n in names if n in rows[SIZES[0]]}),
        ("rules", "rules (100,000 rows)", {"airplan: all truth values": rules}),
    ):  # fmt: skip
        figure = Figure(figsize=(7, 4))
        axes = figure.add_subplot()
        for name, points in lines.items():
            axes.plot(list(points), list(points.values()), marker="o", label=name)
        axes.set(xscale="log", yscale="log", xlabel=label, ylabel="seconds")
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=8)
        figure.tight_layout()
        figure.savefig(PAGE.with_name(f"performance-{file}.svg"), metadata={"Date": None})


def chapters() -> str:
    """What the plan's own chapters cost, beside the same by hand: the text of each benchmark."""
    made = []
    for bench in (
        air, ledger, fleet, dustfall, outlets, voc, fillings, emergency, language, service, startup,
    ):  # fmt: skip
        made.append(bench.run())
        print(f"{made[-1]}\n", flush=True)
    return "```text\n" + "\n\n".join(made) + "\n```\n"


def files() -> str:
    """What a user waits for first: how long files are read, and what that takes."""
    book = reading.workbook()
    return "\n".join(
        [
            _table(f"Trips as CSV, ratios to {reading.POLARS} (goal: at most 5)", reading.growth()),
            _table(
                f"Peak memory of {reading.PEAK:,} trips, ratios to the file (goal: at most 3)",
                reading.peak(),
            ),
            _table(
                f"A workbook of {reading.SHEET:,} rows × 18 columns (goal: at most 8 s)",
                compare.lines(book, reading.CALAMINE, 1, "s"),
            ),
        ]
    )


PARTS = {"compare": against_peers, "chapters": chapters, "reading": files}


def main() -> None:
    """Print the machine and every table, and put them in their places on the page."""
    print(f"Python {platform.python_version()}, polars {pl.__version__}, {platform.machine()}\n")
    for part in sys.argv[1:] or PARTS:
        found = PARTS[part]()
        text = PAGE.read_text("utf-8")
        place = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end -->)", re.S)
        page, count = place.subn(lambda m, found=found: m[1] + found + m[2], text)
        assert count == 1, f"{PAGE} has no place for {part}"
        PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
