"""The alerts of heavy pollution, as an authority issued them: they are facts, and not derived."""

from airplan_core import (
    County,
    Demand,
    Entity,
    Moment,
    Ranked,
    Reference,
    Text,
    moment,
    ranked,
    reference,
    text,
)

#: The order of alerts; 沁阳's plan of emergencies knows three.
LEVELS = ("黄色", "橙色", "红色")


class Alert(
    Entity, zh="重污染天气预警", valid=("begins_at", "ends_at"), closed=True,
    demands=(
        Demand(
            of="ends_at",
            least="begins_at",
            expected="不早于启动时间的时间",
            hint="两个时间写反了的，对调过来；尚未解除的，解除时间写“未发生”",
        ),
    ),
):  # fmt: skip
    """An alert of a level for a county, from one hour to another; no row, no alert."""

    county: Reference[County] = reference(County, zh="县市")
    level: Ranked = ranked(*LEVELS, zh="预警级别")
    begins_at: Moment = moment(zh="启动时间")
    ends_at: Moment = moment(zh="解除时间")
    issued_by: Text = text(zh="发布单位")
    document: Text = text(zh="文号")
