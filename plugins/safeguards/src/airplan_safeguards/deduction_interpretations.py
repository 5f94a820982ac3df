"""The questions that the price list of 3.3 leaves open, and the readings taken."""

from airplan_core import Interpretation

TEAMS = Interpretation(
    id="3.3-10-teams",
    question="“国家、省、市环保督导组”: whose teams are those of 市?",
    readings={
        "jiaozuo": "焦作市's: it deducts from 当地财政, which is the county's, and a county's own "
        "team would cost its own county",
        "both": "in 市工信局 and 全市 the word is 沁阳市, so that its own teams count too",
    },
    default="jiaozuo",
)

CONCURRENT = Interpretation(
    id="I-47",
    question="One fact meets two items of the price list: which amount counts?",
    readings={
        "larger": "the larger one, once: 发现一起 is one deduction, and 叠加 is written of the "
        "items of one site only. Both are shown",
        "first": "the one that stands first in the sentence; what follows is for what was not "
        "listed before it",
    },
    default="larger",
    concerns="3.3-11, 3.3-12, 3.3-13, 3.3-16, 3.3-19, 3.3-20, 3.3-21",
)

BURNT_ETC = Interpretation(
    id="3.3-16-etc",
    question="“露天焚烧生活垃圾、枯枝落叶和杂草等行为”: is the list open?",
    readings={
        "open": "等 gives examples: whatever else is burnt in the open, straw too, is such an act",
        "listed": "three things are named; the rest is another problem of air, 3.3-21",
    },
    default="open",
    concerns="3.3-16, 3.3-21",
)
