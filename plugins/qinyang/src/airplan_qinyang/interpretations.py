"""The questions that more than one chapter leaves open."""

from airplan_core import Interpretation

CLEAN_TRANSPORT = Interpretation(
    id="I-06",
    question="“大宗物料产品清洁运输”: do new-energy trucks count as clean transport?",
    readings={
        "without_new_energy": "(四)2 and (四)3 use new-energy trucks where clean transport cannot "
        "be had, so they are not it; 环大气〔2024〕5号 lists rail, water, pipe and belt",
        "with_new_energy": "(四)3's first sentence counts new-energy trucks towards its 85 %",
    },
    default="without_new_energy",
)

ALMOST = Interpretation(
    id="qinyang.almost",
    question="“基本”: each one of them, or so many?",
    readings={
        "each": "the plan names no share: each one that is left over falls short, as weakly as the "
        "word binds (SHORTFALL)",
        "share": "all but a few: 95 %, nineteen buses of twenty. The plan names no share; a county "
        "sets its own limit",
    },
    default="each",
    concerns="2.4.2-2, 2.4.2-3",
)

SCHEME_DATE = Interpretation(
    id="qinyang.scheme-date",
    question="“制定…，2025年底前…”: is a scheme due by the day that its sentence gives the work?",
    readings={
        "sentence": "a date governs the parts of its own sentence, and no other day is given for "
        "the scheme",
        "standing": "the date stands behind the scheme and before the work, and without a day the "
        "scheme is asked for at once",
    },
    default="sentence",
    concerns="2.1.3-2, 2.4.4-1",
)


def and_others(
    clause: str, words: str, others: str, why_not: str, concerns: str = ""
) -> Interpretation:
    """Whether a list that ends in 等 goes on; each sentence says itself who else could be meant.

    Args:
        clause: the sentence's id.
        words: the list, as the sentence has it.
        others: who else is meant where it goes on.
        why_not: why it should end there.
        concerns: every sentence that is about the list; without it, this one.
    """
    return Interpretation(
        id=f"{clause}-etc",
        question=f"“{words}”: does 等 leave the list open?",
        readings={"listed": f"等 closes it: {why_not}", "open": f"等 leaves it open: {others}"},
        default="listed",
        concerns=concerns or clause,
    )


ABOUT = Interpretation(
    id="qinyang.about",
    question="“左右”: how far below the number is still about it?",
    readings={
        "exact": "the plan names no tolerance: what stays below the number falls short, as weakly "
        "as the word binds (SHORTFALL)",
        "two": "within two percentage points of it, up or down. The plan names no tolerance; a "
        "county sets its own",
    },
    default="exact",
    concerns="2.2.2-7",
)


def stable(clause: str) -> Interpretation:
    """Whether “稳定达标排放” is of each hour; each sentence that says it is asked by itself."""
    return Interpretation(
        id=f"{clause}-stable",
        question="“稳定达标排放”: each hour, or the mean of the day?",
        readings={
            "hours": "stable is at any time: each valid hour keeps to the permit",
            "days": "single hours swing: the mean of a day's valid hours keeps to it",
        },
        default="hours",
        concerns=clause,
    )


def start_stop(clause: str, concerns: str = "") -> Interpretation:
    """Whether what is emitted while a works starts or stops counts: see `stable`."""
    return Interpretation(
        id=f"{clause}-start",
        question="“稳定达标排放”: do the hours marked as 启炉、停炉 count?",
        readings={
            "left_out": "what is marked as starting or stopping is no normal operation, and no "
            "ground for an offence under the rules of marking (unverified)",
            "counted": "the sentence makes no exception, and what is emitted then is emitted",
        },
        default="left_out",
        concerns=concerns or clause,
    )


def stretch(clause: str, words: str, concerns: str = "") -> Interpretation:
    """Over which stretch an outlet is judged: see `stable`.

    Args:
        clause: the sentence's id.
        words: what is to be kept up, as the sentence has it.
        concerns: every sentence that is judged over it; without it, this one.
    """
    return Interpretation(
        id=f"{clause}-stretch",
        question=f"{words}: over which stretch?",
        readings={
            "month": "the sentence names none; works report by the month, and each stands for "
            "itself",
            "year": "a year's targets are for a year: one hour of it is enough",
        },
        default="month",
        concerns=concerns or clause,
    )


def multiple(id: str, question: str) -> Interpretation:
    """How many times 倍量 is; each sentence that says it is asked by itself."""
    return Interpretation(
        id=id,
        question=question,
        readings={
            "twice": "倍量 as against 等量: twice (环办环评〔2020〕36号, unverified)",
            "above_par": "the plan names no multiple: anything more than was added",
        },
        default="twice",
    )
