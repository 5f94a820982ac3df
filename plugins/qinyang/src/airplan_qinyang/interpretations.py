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


def and_others(clause: str, words: str, others: str, why_not: str) -> Interpretation:
    """Whether a list that ends in 等 goes on; each sentence says itself who else could be meant.

    Args:
        clause: the sentence's id.
        words: the list, as the sentence has it.
        others: who else is meant where it goes on.
        why_not: why it should end there.
    """
    return Interpretation(
        id=f"{clause}-etc",
        question=f"“{words}”: does 等 leave the list open?",
        readings={"listed": f"等 closes it: {why_not}", "open": f"等 leaves it open: {others}"},
        default="listed",
        concerns=clause,
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
