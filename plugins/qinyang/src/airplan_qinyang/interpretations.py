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
