"""The plan as a document: its title, its county, the days it covers."""

import datetime as dt

from airplan_core import Plan

#: The consultation draft names no day of issue; its first targets cover the year 2024.
QINYANG_2024 = Plan(
    id="qinyang-2024",
    title="沁阳市空气质量持续改善行动方案（征求意见稿）",
    en="Qinyang action plan for continuous improvement of air quality (draft for comments)",
    county="沁阳市",
    begins=dt.date(2024, 1, 1),
    ends=dt.date(2025, 12, 31),
)
