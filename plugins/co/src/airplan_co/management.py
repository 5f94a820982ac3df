"""二(六) 一氧化碳: key emitters supervised, and managed by air and wind when the office says so."""

from airplan_co.interpretations import LESS, PRECISE
from airplan_co.ledgers import ControlAction, ControlOrder, CoProfile
from airplan_core import Count, County, Rule, Task, attestation, whole
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB

TASK = Task(
    id="2.6.1",
    heading="深入打好一氧化碳污染防治攻坚战",
    campaign="co",
    plan=QINYANG_2024,
    lead=(EEB,),
)

supervision = attestation(
    "co.key-emitters-supervised",
    TASK.clause(1, "强化一氧化碳重点排放企业监管"),
    CoProfile,
    applies=CoProfile.key,
    speaks_of={CoProfile.key: True},
    en="Supervision of the key emitters of CO is strengthened.",
)

_PRECISE = TASK.clause(
    2,
    "根据空气质量情况及风向等情况，适时对全市重点一氧化碳排放企业以及使用生物质锅炉企业实施精准化管理",
)

#: When it is time is the office's to say: what was instructed under the plan, by the day asked of.
ISSUED = ControlOrder.issued_at.happened_after("2023-12-31")
_ISSUED = ControlAction.order.issued_at.happened_after("2023-12-31")
_SINCE = {"适时": "2023-12-31"}

by_air_and_wind = Rule(
    id="co.orders-by-air-and-wind",
    clause=_PRECISE,
    en="An instruction goes by the air and by the wind.",
    subject=ControlOrder,
    applies=ISSUED,
    requires=whole("空气质量情况、风向等情况", ControlOrder.by_air, ControlOrder.by_wind),
    numbers=_SINCE | {"及风向": "2"},
    speaks_of={
        ControlOrder.issued_at: "2024-01-01T07:30",
        ControlOrder.by_air: True,
        ControlOrder.by_wind: True,
    },
    keeps=[{}],
    breaks=[{ControlOrder.by_air: False}, {ControlOrder.by_wind: False}],
)

MEANT = ControlAction.profile.key | ControlAction.profile.biomass
_MEANT = {
    ControlAction.order.issued_at: "2024-01-01T07:30",
    ControlAction.profile.key: True,
    ControlAction.profile.biomass: False,
}

managed = Rule(
    id="co.every-emitter-managed",
    clause=_PRECISE,
    en="An instruction is for every key emitter and everyone who burns biomass in a boiler.",
    subject=ControlAction,
    applies=_ISSUED & MEANT & (PRECISE.takes("every") | ControlAction.managed),
    requires=ControlAction.managed,
    numbers=_SINCE,
    speaks_of=_MEANT,
    keeps=[{ControlAction.managed: True}],
    breaks=[
        {ControlAction.managed: False},
        {
            ControlAction.profile.key: False,
            ControlAction.profile.biomass: True,
            ControlAction.managed: False,
        },
    ],
)

ORDERS = Count(
    id="co.orders", zh="管控指令数", en="instructions", unit="份", of=ControlOrder.county,
    where=ISSUED,
)  # fmt: skip
LEFT_OUT = Count(
    id="co.left-out", zh="指令未纳入的企业家次", en="times that an enterprise was left out",
    unit="次", of=ControlAction.order.county, where=_ISSUED & MEANT & ~ControlAction.managed,
    better="less",
)  # fmt: skip

#: A county that had no cause for an instruction is asked nothing; whether it had is the office's.
all_managed = Rule(
    id="co.precise-management",
    clause=_PRECISE,
    en="Where the office gave instructions, each of them was for everyone whom the sentence names.",
    subject=County,
    applies=ORDERS.more_than("0 份"),
    requires=PRECISE.takes("chosen") | LEFT_OUT.at_most("0 次"),
    numbers={"适时": "0", "实施": "0"},
    speaks_of={ORDERS: "1 份"},
    keeps=[{LEFT_OUT: "0 次"}],
    breaks=[{LEFT_OUT: "1 次"}],
)

#: Where nothing was emitted, and nothing is, there is nothing to reduce.
EMITS = (
    ControlAction.before.more_than("0 mg/m³")
    | ControlAction.after.more_than("0 mg/m³")
    | ControlAction.emitted_before.more_than("0 kg")
    | ControlAction.emitted_after.more_than("0 kg")
)
_LESS_EMITTED = ControlAction.emitted_after.less_than(ControlAction.emitted_before)

less = Rule(
    id="co.less-by-adjusting",
    clause=TASK.clause(3, "通过调整生产工况减少一氧化碳排放浓度及排放量"),
    en="Whoever is managed adjusts its working conditions, and emits less CO in a lower "
    "concentration than before.",
    subject=ControlAction,
    applies=_ISSUED & MEANT & ControlAction.managed & EMITS,
    requires=LESS.choose(
        both=whole(
            "调整生产工况、减少排放浓度、减少排放量",
            ControlAction.adjusted,
            ControlAction.after.less_than(ControlAction.before),
            _LESS_EMITTED,
        ),
        emission=whole(
            "调整生产工况、减少排放量",
            ControlAction.adjusted,
            ControlAction.after.at_most(ControlAction.before),
            _LESS_EMITTED,
        ),
    ),
    numbers={"调整": "2023-12-31", "减少": "0", "浓度及排放量": "3"},
    speaks_of={
        **_MEANT,
        ControlAction.managed: True,
        ControlAction.adjusted: True,
        ControlAction.before: "100 mg/m³",
        ControlAction.emitted_before: "5 kg",
        ControlAction.emitted_after: "4.9 kg",
    },
    keeps=[{ControlAction.after: "99.9 mg/m³"}],
    breaks=[
        {ControlAction.after: "100 mg/m³"},
        {ControlAction.after: "99.9 mg/m³", ControlAction.emitted_after: "5 kg"},
        {ControlAction.after: "99.9 mg/m³", ControlAction.adjusted: False},
    ],
)
