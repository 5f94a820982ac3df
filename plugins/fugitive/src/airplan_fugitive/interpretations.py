"""The questions this chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation
from airplan_fugitive.ledgers import MaterialStore
from airplan_qinyang.interpretations import and_others

INDUSTRIES_ETC = and_others(
    "2.7.1-2",
    "电力、化工、炭素、水泥、建材等重点行业",
    "whatever else the county has on its list of key enterprises",
    "five industries are named",
)

COVERAGE = Interpretation(
    id="2.7.2-5-cover",
    question="“射程可覆盖全仓”: how is it known that the range covers the whole shed?",
    readings={
        "stated": "as whoever tried it states it: 100 %. Where nobody did, only what holds "
        "wherever the cannons stand: a range of the whole diagonal reaches every corner, that of a "
        "single cannon below half of it does not, nor do cannons whose circles are less than the "
        "floor",
        "even": "by the plan of the shed: the cannons stand evenly along its middle, and each "
        "reaches the farthest corner of its part. The sentence does not say where they stand",
    },
    default="stated",
    concerns="2.7.2-5",
)

OPEN_YARDS = Interpretation(
    id="I-63",
    question="An open stockyard in a key enterprise: screens and covers, or all enclosed?",
    readings={
        "both": "both sentences are in force: (二)4 regulates what is still open, and (七)3 wants "
        "everything enclosed that raises dust",
        "tolerated": "the sentence on stockyards is the special one: what lies in an open yard in "
        "use keeps to it",
    },
    default="both",
    between=(("2.2.4(2)-1",), ("2.7.3-8",)),
    through=MaterialStore.yard,
)
