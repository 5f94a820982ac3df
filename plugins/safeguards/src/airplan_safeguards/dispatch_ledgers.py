"""What the weekly dispatch is held against: meetings, circulars, reports, appraisals."""

from airplan_core import County, Entity, Event, Flag, Reference, Text, event, flag, reference, text
from airplan_safeguards.units import MemberUnit


class WorkMeeting(Entity, zh="工作例会"):
    """A regular meeting of the campaign office."""

    county: Reference[County] = reference(County, zh="县市")
    held_on: Event = event(zh="召开日期", aliases=("日期",))
    studied: Flag = flag(zh="是否研究解决问题", en="problems were studied")


class Dispatch(Entity, zh="周调度记录"):
    """That the office took stock of how the work goes, and when."""

    county: Reference[County] = reference(County, zh="县市")
    held_on: Event = event(zh="调度日期", aliases=("日期",))
    document: Text = text(zh="文号")


class Circular(Entity, zh="周通报"):
    """A circular of the office on how the work goes, and whether it tells it of each unit."""

    county: Reference[County] = reference(County, zh="县市")
    issued_on: Event = event(zh="通报日期", aliases=("日期",))
    document: Text = text(zh="文号")
    of_units: Flag = flag(zh="是否通报各单位工作情况", en="tells of each unit")


class WorkReport(Entity, zh="工作情况报送", en="work report"):
    """A unit's report to the office on how its work goes."""

    unit: Reference[MemberUnit] = reference(MemberUnit, zh="单位")
    received_on: Event = event(zh="报送日期", aliases=("日期",))
    document: Text = text(zh="文号")


class Appraisal(Entity, zh="年度考核结果"):
    """What a unit was found to be in an appraisal, and what it had of it.

    Of persons nothing is kept: how many were commended is for the file of their own.
    """

    unit: Reference[MemberUnit] = reference(MemberUnit, zh="单位")
    appraised_on: Event = event(zh="考核日期")
    outstanding: Flag = flag(zh="是否工作成绩突出", en="work outstanding")
    effective: Flag = flag(zh="是否成效显著", en="effect marked")
    completed: Flag = flag(zh="是否完成目标任务", en="targets met")
    commended: Flag = flag(zh="是否予以表彰")
    slack: Flag = flag(zh="是否工作落实不力", en="work slack")
    problems: Flag = flag(zh="是否环境问题突出", en="problems prominent")
    not_improved: Flag = flag(zh="空气质量是否未得到有效改善", en="air not improved")
    criticised: Flag = flag(zh="是否通报批评", en="criticised in a circular")
    interviewed: Flag = flag(zh="是否公开约谈", en="interviewed in public")
