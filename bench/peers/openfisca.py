"""The twenty rules as OpenFisca variables of one entity, run in an environment of their own.

Run as a script it reads the ledger as arrays, and prints how long the calculation took.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

NAME = "OpenFisca"
PACKAGE = "openfisca-core"
CANNOT = (
    "Every variable has a value, and a formula one result: missing cells are a member of an Enum, "
    "NaN or NaT, and each outcome is a branch of np.select over what holds and what does not; "
    "numbers are of 32 bits."
)
MOST = 1_000_000

OUTCOMES = ("COMPLIANT", "LATE", "EXEMPT", "NOT_APPLICABLE", "VIOLATION", "UNKNOWN")
INDUSTRIES = ("钢铁", "水泥", "玻璃", "焦化", "铸造", "炭素", "砖瓦", "其他")
FUELS = ("天然气", "燃煤", "生物质", "电")
LIMITS = {"dust": 40, "so2": 60, "nox": 80, "voc": 60}
TONNES = ("capacity", "emitted", "permitted")
EVENTS = ("retrofitted_on", "permitted_on", "checked_on", "exited_on")
FLAGS = tuple(f"flag_{number}" for number in range(1, 10))
STAGES = ("2024-12-31", "2025-03-31", "2025-04-30", "2025-05-31")
TODAY = "2025-06-01"
RULES = tuple(f"rule_{number:02}" for number in range(1, 21))

Formula = Callable[[Any, Any], Any]


def _python() -> Path:
    from bench.peers.own import interpreter

    return interpreter("openfisca", "openfisca-core")


def version() -> str:
    from bench.peers.own import version as installed

    return installed(_python(), PACKAGE)


def measure(ledger: pl.DataFrame, rounds: int) -> tuple[list[float], dict[str, dict[str, int]]]:
    """The seconds of each round over the ledger, and the counts of outcomes by rule."""
    import numpy as np
    import polars as pl

    from bench.peers.own import answer

    arrays = {}
    for column in ledger.drop("id"):
        if isinstance(column.dtype, pl.Enum):
            codes = column.to_physical().cast(pl.Int16)
            arrays[column.name] = codes.fill_null(len(column.dtype.categories)).to_numpy()
        elif column.dtype == pl.Boolean:
            arrays[column.name] = column.cast(pl.Int16).fill_null(2).to_numpy()
        else:
            arrays[column.name] = column.to_numpy()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.npz")
        np.savez(path, **arrays)
        found = answer(_python(), "bench.peers.openfisca", str(path), str(rounds))
    return found["seconds"], found["counts"]


def system() -> Any:
    """The tax and benefit system: the ledger's fields as inputs, a variable for each rule."""
    import numpy as np
    from openfisca_core.entities import Entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.periods import DateUnit
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    works = Entity("works", "works", "A works.", "")
    works.is_person = True
    found = TaxBenefitSystem([works])

    industry = Enum("Industry", [*INDUSTRIES, "unstated"])
    fuel = Enum("Fuel", [*FUELS, "unstated"])
    answer = Enum("Answer", ["no", "yes", "unstated"])
    outcome = Enum("Outcome", OUTCOMES)

    def add(name: str, kind: Any, **others: Any) -> None:
        about = {"value_type": kind, "entity": works, "definition_period": DateUnit.DAY}
        found.add_variable(type(name, (Variable,), {**about, "label": name, **others}))

    for name, members in (("industry", industry), ("fuel", fuel)):
        add(name, Enum, possible_values=members, default_value=members["unstated"])
    for name in (*FLAGS, "standby"):
        add(name, Enum, possible_values=answer, default_value=answer["unstated"])
    for name in (*LIMITS, *TONNES):
        add(name, float, default_value=float("nan"))
    for name in EVENTS:
        add(name, dt.date, default_value=dt.date.max)

    def among(codes: Any, members: Any, names: tuple[str, ...]) -> tuple[Any, Any]:
        """Where a stated field is one of the names, and where it is another."""
        true = codes == members[names[0]]
        for name in names[1:]:
            true = true | (codes == members[name])
        return true, ~true & (codes != members["unstated"])

    def staged_limit(v: int) -> Formula:
        field, limit = list(LIMITS.items())[v]

        def formula(works: Any, period: Any) -> Any:
            value = works(field, period)
            bound, free = among(works("industry", period), industry, INDUSTRIES[v : v + 3])
            return np.select(
                [free, bound & (value <= limit), bound & (value > limit)],
                [outcome["NOT_APPLICABLE"], outcome["COMPLIANT"], outcome["VIOLATION"]],
                outcome["UNKNOWN"],
            )

        return formula

    def closed_lists(v: int) -> Formula:
        def formula(works: Any, period: Any) -> Any:
            capacity, limit = works("capacity", period), 10_000 * (v + 1)
            mine, other = among(works("industry", period), industry, INDUSTRIES[v + 1 : v + 3])
            right, wrong = among(works("fuel", period), fuel, (FUELS[v], FUELS[(v + 3) % 4]))
            bound = mine & (capacity > limit)
            return np.select(
                [other | (capacity <= limit), bound & right, bound & wrong],
                [outcome["NOT_APPLICABLE"], outcome["COMPLIANT"], outcome["VIOLATION"]],
                outcome["UNKNOWN"],
            )

        return formula

    def dated(v: int) -> Formula:
        due, today = np.datetime64(STAGES[v]), np.datetime64(TODAY)

        def formula(works: Any, period: Any) -> Any:
            capacity, day = works("capacity", period), works(EVENTS[v], period)
            bound = capacity >= 20_000 * (v + 1)
            return np.select(
                [
                    capacity < 20_000 * (v + 1),
                    bound & (day <= due),
                    bound & (day <= today),
                    bound & (day > today),
                ],
                [
                    outcome["NOT_APPLICABLE"],
                    outcome["COMPLIANT"],
                    outcome["LATE"],
                    outcome["VIOLATION"],
                ],
                outcome["UNKNOWN"],
            )

        return formula

    def six_flags(v: int) -> Formula:
        def formula(works: Any, period: Any) -> Any:
            flags = [works(name, period) for name in FLAGS[v : v + 6]]
            return np.select(
                [
                    np.logical_and.reduce([flag == answer["yes"] for flag in flags]),
                    np.logical_or.reduce([flag == answer["no"] for flag in flags]),
                ],
                [outcome["COMPLIANT"], outcome["VIOLATION"]],
                outcome["UNKNOWN"],
            )

        return formula

    def exemption(v: int) -> Formula:
        today = np.datetime64(TODAY)

        def formula(works: Any, period: Any) -> Any:
            applies, free = among(works("industry", period), industry, INDUSTRIES[: v + 4])
            standby = works("standby", period)
            exempt, subject = standby == answer["yes"], standby == answer["no"]
            if v >= 2:
                gone = works("exited_on", period)
                exempt, subject = exempt | (gone <= today), subject & (gone > today)
            emitted, permitted = works("emitted", period), works("permitted", period)
            return np.select(
                [
                    free,
                    applies & (emitted <= permitted),
                    applies & exempt,
                    applies & subject & (emitted > permitted),
                ],
                [
                    outcome["NOT_APPLICABLE"],
                    outcome["COMPLIANT"],
                    outcome["EXEMPT"],
                    outcome["VIOLATION"],
                ],
                outcome["UNKNOWN"],
            )

        return formula

    names = iter(RULES)
    for v in range(4):
        for shape in (staged_limit, closed_lists, dated, six_flags, exemption):
            add(next(names), Enum, possible_values=outcome, default_value=outcome["UNKNOWN"],
                formula=shape(v))  # fmt: skip
    return found


def main(path: str, rounds: str) -> None:
    """Calculate the rules over the ledger of a file, after one round to warm up."""
    import numpy as np
    from openfisca_core.simulations import SimulationBuilder

    rules = system()
    with np.load(path) as file:
        arrays = dict(file)
    rows = len(arrays["industry"])
    seconds, counts = [], {}
    for _ in range(int(rounds) + 1):
        simulation = SimulationBuilder().build_default_simulation(rules, rows)
        for name, array in arrays.items():
            simulation.set_input(name, TODAY, array)
        start = time.perf_counter()
        for number, rule in enumerate(RULES, start=1):
            codes = np.asarray(simulation.calculate(rule, TODAY))
            found = np.bincount(codes, minlength=len(OUTCOMES)).tolist()
            counts[f"bench.rule-{number:02}"] = {
                outcome: count for outcome, count in zip(OUTCOMES, found, strict=True) if count
            }
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds[1:], "counts": counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
