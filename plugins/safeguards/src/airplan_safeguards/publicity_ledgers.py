"""What is made public, and when."""

from airplan_core import (
    County,
    Demand,
    Entity,
    Event,
    Reference,
    Stated,
    Text,
    event,
    reference,
    stated,
    text,
)


class Publication(
    Entity, zh="环境信息公布", en="publication",
    demands=(
        Demand(
            of="published_on",
            least="made_on",
            expected="不早于信息形成日期的日期",
            hint="两个日期写反了的，对调过来；还没有公布的写“未发生”",
        ),
    ),
):  # fmt: skip
    """Something that the public is to be told: when it came about, and when it was published."""

    county: Reference[County] = reference(County, zh="县市")
    kind: Stated = stated("环境执法", "重污染天气应急", "其他", zh="信息类别")
    title: Text = text(zh="标题")
    made_on: Event = event(zh="信息形成日期", en="came about on")
    published_on: Event = event(zh="公布日期")
