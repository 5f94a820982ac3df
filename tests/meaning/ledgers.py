"""A ledger with fields of every kind, and the values around which the limits of sentences lie."""

from decimal import Decimal

from airplan_core import (
    Counted,
    Entity,
    Event,
    Flag,
    Measured,
    Moment,
    Ranked,
    Reference,
    Stated,
    Text,
    counted,
    event,
    flag,
    measured,
    moment,
    ranked,
    reference,
    stated,
    text,
)


class Owner(Entity, zh="业主"):
    """Whose a thing is."""

    sector: Stated = stated("钢铁", "水泥", "其他", zh="行业")
    large: Flag = flag(zh="规上")


class Thing(Entity, zh="设施"):
    """What sentences are about."""

    owner: Reference[Owner] = reference(Owner, zh="所属业主")
    capacity: Measured = measured("吨", zh="产能", better="neither")
    output: Measured = measured("吨", zh="产量", better="less")
    burners: Counted = counted("台", zh="燃烧器", better="neither")
    standby: Flag = flag(zh="备用")
    hooded: Flag = flag(zh="密闭")
    fuel: Stated = stated("煤", "气", "电", zh="燃料")
    stage: Ranked = ranked("国三", "国四", "国五", "国六", zh="阶段")
    closed_on: Event = event(zh="关停日期")
    rebuilt_on: Event = event(zh="改造日期")
    planned_on: Event = event(zh="计划日期")
    begun_at: Moment = moment(zh="开工时间", minutes=True)
    ended_at: Moment = moment(zh="收工时间", minutes=True)
    note: Text = text(zh="备注")


#: Just below, at and just above each limit.
AMOUNTS = tuple(map(Decimal, ("0", "0.999999", "1", "1.000001", "1.999999", "2", "2.000001")))
#: Beyond all that a row holds, and all sums and multiples of it.
BEYOND = {"capacity": (Decimal(-999), Decimal(999)), "output": (Decimal(-99), Decimal(99))}
VALUES = {
    "capacity": AMOUNTS,
    "output": AMOUNTS,
    "burners": (0, 1, 2, 3),
    "standby": (True, False),
    "hooded": (True, False),
    "fuel": ("煤", "气", "电"),
    "stage": ("国三", "国四", "国五", "国六"),
    "note": ("有", "无"),
    "owner.sector": ("钢铁", "水泥", "其他"),
    "owner.large": (True, False),
}
EVENTS = ("closed_on", "rebuilt_on", "planned_on")
MINUTES = ("begun_at", "ended_at")
