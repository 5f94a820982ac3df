"""What hot spots are held against: the list of spots, and each one's rounds of the loop."""

from airplan_core import (
    County,
    Demand,
    Entity,
    Event,
    Flag,
    Reference,
    Text,
    event,
    flag,
    reference,
    text,
)


def _after_found(field: str) -> Demand:
    return Demand(
        of=field,
        least="found_on",
        expected="不早于发现日期的日期",
        hint="两个日期写反了的，对调过来；还没有做的，写“未发生”",
    )


class HotSpot(Entity, zh="高值热点", en="hot spot"):
    """A spot on the list: where the readings are high, its grade, and what is done there."""

    county: Reference[County] = reference(County, zh="县市")
    place: Text = text(zh="热点位置", aliases=("网格",))
    listed_on: Event = event(zh="列入清单日期")
    grade: Text = text(zh="热点级别", aliases=("分级",))
    measure: Text = text(zh="管理措施")


class HotSpotRound(
    Entity, zh="高值热点处置", en="round of a hot spot",
    demands=(_after_found("assigned_on"), _after_found("returned_on")),
):  # fmt: skip
    """One round of the loop: from finding a high reading to its end, or to its coming back.

    A spot that fails its second look, or comes back, has another round.
    """

    spot: Reference[HotSpot] = reference(HotSpot, zh="高值热点")
    number: Text = text(zh="交办单编号")
    found_on: Event = event(zh="发现日期")
    assigned_on: Event = event(zh="交办日期")
    due_on: Event = event(zh="完成时限", en="to be done by")
    mended_on: Event = event(zh="整改日期")
    reported_on: Event = event(zh="反馈日期", en="reported back on")
    rechecked_on: Event = event(zh="复核日期")
    passed: Flag = flag(zh="复核是否通过")
    supervised_on: Event = event(zh="督办日期")
    interviewed_on: Event = event(zh="约谈日期")
    accountable_on: Event = event(zh="问责日期", en="held to account on")
    returned_on: Event = event(zh="反弹日期", en="came back on")
