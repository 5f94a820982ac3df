"""From a file to typed ledgers: `read_facts` against polars' and calamine's own reading.

Theirs take the cells out of the file. `read_facts` also types every one by its ledger, sees that
each number has its unit, each word is listed and each id stands once, and tells with its place what
it could not read. The ledgers are synthetic; 3 % of the cells are blank.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

import airplan_core as airplan
from bench import fleet
from bench.timing import medians

SIZES = (10**4, 10**5, 10**6, 10**7)
PEAK = 2_000_000
SHEET = 50_000

#: Ten columns of a trip, as an office heads them.
TRIP = {
    "id": "id", "enterprise": "企业", "date": "日期", "direction": "流向", "cargo": "货物",
    "mode": "运输方式", "distance": "公路运距[公里]", "tonnes": "运量[吨]", "vehicle": "车辆",
    "through_town": "是否穿城行驶",
}  # fmt: skip

POLARS, CALAMINE, AIRPLAN = "polars.read_csv", "calamine, the values alone", "airplan.read_facts"


def _said(table: pl.DataFrame) -> pl.DataFrame:
    """A table as it is written by hand: flags are words."""
    flags = [name for name, kind in table.schema.items() if kind == pl.Boolean]
    return table.with_columns(
        pl.when(name).then(pl.lit("是")).when(~pl.col(name)).then(pl.lit("否")).alias(name)
        for name in flags
    )


def trips(folder: Path, rows: int) -> Path:
    """A ledger of trips as CSV."""
    table = fleet.ledgers(trips=rows).tables["trip"].select(*TRIP)
    file = folder / "trip.csv"
    _said(table).rename(TRIP).write_csv(file)
    return file


def vehicles(folder: Path, rows: int) -> Path:
    """A ledger of vehicles as a workbook of 18 columns, with dates as a spreadsheet has them."""
    table = _said(fleet.ledgers(trips=1, vehicles=rows).tables["vehicle"])
    file = folder / "vehicle.xlsx"
    never = pl.col("deregistered_on") == fleet.NEVER
    table = table.with_columns(pl.when(~never).then("deregistered_on").alias("deregistered_on"))
    table.rename({"distance": "distance[公里]"}).write_excel(file)
    return file


def growth() -> list[str]:
    """Seconds for more and more trips, and how many times polars' own."""
    lines = []
    for rows in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            file = trips(Path(folder), rows)
            found = medians(
                {
                    POLARS: lambda file=file: pl.read_csv(file),
                    AIRPLAN: lambda folder=folder: airplan.read_facts(folder, fleet.BOOK),
                }
            )
            size = file.stat().st_size / 1e6
        ratio = found[AIRPLAN] / found[POLARS]
        lines.append(f"| {rows:,} trips, {size:,.3g} MB | {found[AIRPLAN]:.3g} s | {ratio:.3g} |")
    return lines


def peak(rows: int = PEAK) -> list[str]:
    """The most memory that reading takes beyond what was there before, in times the file's size."""
    with tempfile.TemporaryDirectory() as folder:
        size = trips(Path(folder), rows).stat().st_size
        lines = []
        for name in ("polars", "airplan"):
            done = subprocess.run(
                [sys.executable, "-m", "bench.reading", name, folder],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            taken = int(done.stdout)
            label = {"polars": POLARS, "airplan": AIRPLAN}[name]
            lines.append(f"| {label} | {taken / 1e6:,.0f} MB | {taken / size:.3g} |")
    return lines


def workbook(rows: int = SHEET) -> dict[str, float]:
    """The seconds of a workbook of so many rows and 18 columns."""
    import python_calamine

    with tempfile.TemporaryDirectory() as folder:
        file = vehicles(Path(folder), rows)

        def values() -> object:
            book = python_calamine.CalamineWorkbook.from_path(file)
            return book.get_sheet_by_index(0).to_python(skip_empty_area=False)

        return medians({CALAMINE: values, AIRPLAN: lambda: airplan.read_facts(folder, fleet.BOOK)})


def _peak_here(name: str, folder: str) -> int:
    """The bytes that reading takes at its peak, beyond what this process has."""
    book = fleet.BOOK
    with tempfile.TemporaryDirectory() as small:
        # what is imported when it is first needed is no part of it
        trips(Path(small), 10)
        airplan.read_facts(small, book)
    status = Path("/proc/self/status")
    Path("/proc/self/clear_refs").write_text("5", "utf-8")

    def line(key: str) -> int:
        found = next(row for row in status.read_text("utf-8").splitlines() if row.startswith(key))
        return int(found.split()[1]) * 1024

    before = line("VmRSS")
    if name == "polars":
        found: object = pl.read_csv(Path(folder) / "trip.csv")
    else:
        found = airplan.read_facts(folder, book)
    assert found is not None
    return line("VmHWM") - before


if __name__ == "__main__":
    print(_peak_here(*sys.argv[1:]))
