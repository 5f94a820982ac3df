"""The questions the SO2 chapter leaves open: its readings, and the one taken by default."""

from airplan_core import Interpretation

HEAT_BASIS = Interpretation(
    id="I-20",
    question="“集中供热普及率”: of the area, or of the households?",
    readings={
        "area": "annex 3's rates are those of its areas, 31.75, 32.83 and 34.34 %; by households "
        "they would be 34.77, 36.17 and 38.09 %",
        "households": "普及 is said of who has it, and the annex counts households too",
    },
    default="area",
)
