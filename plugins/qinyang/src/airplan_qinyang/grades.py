"""What an enterprise is graded, and from when to when the grade holds: two scales, not one."""

from airplan_core import (
    Demand,
    Entity,
    Event,
    Reference,
    Stated,
    event,
    reference,
    stated,
)
from airplan_qinyang.enterprise import Enterprise

#: An interval whose end is before its beginning is two dates the wrong way round.
IN_ORDER = Demand(
    of="ends_on",
    least="begins_on",
    expected="不早于起始日期的日期",
    hint="两个日期写反了的，对调过来；一直有效的，截止日期写“未发生”",
)

#: The grades of the two scales that a sentence names, and those below.
A, LEADING = "A级", "绩效引领性"
GRADES = (A, "B级", "B-级", "C级", "D级", LEADING, "非引领性", "未评级")


class PerformanceGrade(
    Entity, zh="企业绩效评级", valid=("begins_on", "ends_on"), closed=True, demands=(IN_ORDER,)
):
    """An enterprise's grade, and from which day to which it holds; who has no row has none."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    grade: Stated = stated(*GRADES, zh="绩效等级")
    begins_on: Event = event(zh="起始日期", aliases=("评定日期",))
    ends_on: Event = event(zh="截止日期")
