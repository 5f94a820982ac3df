"""What annexes 1-3 have in common: whose they are, how a printed rate and a year's task are read.

Each annex is a module with its table as the plan prints it; a cell is a sentence of the plan.
"""

from decimal import Decimal
from fractions import Fraction

from airplan_core import Condition, Head, Interpretation, Metric, PlanTable, Task
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import DRC, EEB, HUC

RATE = Interpretation(
    id="annex-rate",
    question="“65.6%”, “32.80%”: is the rate held against it as it is, or as it is printed?",
    readings={
        "rounded": "rounded to as many decimals as are printed (GB/T 8170): the annex rounds its "
        "own rates, and who connects the 2000 households of its row comes to 65.58 %",
        "exact": "a limit is held against the number itself where nothing else is said "
        "(GB/T 8170-2008, 4.3: 全数值比较法, unverified)",
    },
    default="rounded",
    concerns="A2-6, A2-8, A3-10, A3-13",
)

WHOLE = Interpretation(
    id="annex-whole",
    question="“覆盖率”, “入户率”: of what there is, or of what the annex counts?",
    readings={
        "ledger": "a rate is of what there is: villages, households and buildings as the ledgers "
        "have them; the annex says of no day on which it counted",
        "printed": "the annex prints what its rates are of, 255 villages, 80638 households, "
        "463 万㎡: what the ledgers leave out counts, and what was built since does not",
    },
    default="ledger",
    concerns="A1-7, A2-6, A2-8, A3-10, A3-13",
)

SURPLUS = Interpretation(
    id="annex-surplus",
    question="“2025年目标…新增”: does what was done beyond the task of 2024 count?",
    readings={
        "own_year": "新增 is what is added in the year above the column, and nothing else",
        "carried": "the two years share what is left to do: who has added the tasks of both by the "
        "end of 2025 has met that of 2025, however little was left for it",
    },
    default="own_year",
    concerns="A1-5, A1-6, A2-7, A3-11, A3-12",
)


def annex(id: str, heading: str) -> Task:
    """An annex as a task; none names a department: they detail 二(三)3(1), which names its own."""
    return Task(
        id=id, heading=heading, campaign="so2", plan=QINYANG_2024, lead=(HUC,),
        cooperating=(DRC, EEB),
    )  # fmt: skip


def added(table: PlanTable, metric: Metric, years: dict[int, Head], year: int) -> Condition:
    """What is added in a year is what the annex sets for it, at least; of 2025 see `SURPLUS`."""
    task = metric.at_least(table.quantity(years[year]))
    if year == min(years):
        return task
    both = sum((_printed(table, column) for column in years.values()), Fraction())
    together = metric.plus(metric.last_year()).at_least(_quantity(both, years[year].measure))
    return SURPLUS.choose(own_year=task, carried=task | together)


def reached(
    table: PlanTable, column: Head, part: Metric, whole: Metric, printed: Head
) -> Condition:
    """A rate is as high as the annex prints it: part of whole, or of what `printed` counts."""

    def at_least(percent: Fraction) -> Condition:
        amount = percent * _printed(table, printed) / 100
        return WHOLE.choose(
            ledger=(part / whole).at_least(_quantity(percent, "%")),
            printed=part.at_least(_quantity(amount, printed.measure)),
        )

    return RATE.choose(
        rounded=at_least(_rounded_to(table, column)), exact=at_least(_printed(table, column))
    )


def least_rounded(table: PlanTable, column: Head) -> dict[str, str]:
    """For `Rule.numbers`: the number that a printed rate stands for, as it is read by default."""
    return {table.cell(column): _plain(_rounded_to(table, column))}


def _printed(table: PlanTable, column: Head) -> Fraction:
    figure = table.figure(column)
    assert figure is not None, "the annex prints it"
    return Fraction(figure)


def _rounded_to(table: PlanTable, column: Head) -> Fraction:
    """The least that is rounded to a printed rate: 65.55 to 65.6, by either rule of rounding."""
    cell = table.cell(column).removesuffix("%")
    assert cell[-1] in "02468", "only to an even digit is a tie always rounded up"
    return _printed(table, column) - Fraction(5, 10 ** (len(cell.partition(".")[2]) + 1))


def _plain(number: Fraction) -> str:
    """A number that a decimal holds."""
    return f"{Decimal(number.numerator) / Decimal(number.denominator)}"


def _quantity(number: Fraction, unit: str) -> str:
    return f"{_plain(number)} {unit}"
