"""二(八)3 加强应急运输响应: key users of vehicles are ready for alerts, and move less."""

from airplan_core import (
    Condition,
    Counted,
    Measured,
    Rule,
    Task,
    amid,
    attestation,
    one_each,
    whole,
)
from airplan_emergency.alerts import Alert, in_force
from airplan_emergency.interpretations import HOW_MUCH, KEY_USERS, STOPPED, USERS_ETC, WATCHED
from airplan_emergency.measures import (
    CONTROL,
    DIESEL_STOPPED,
    FREIGHT_REDUCED,
    MACHINES_REDUCED,
)
from airplan_emergency.transport_ledgers import ResponseCheck, TransportDay, TransportProfile
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import EEB, TRA
from airplan_qinyang.enterprise import BUILDING_MATERIALS, CHEMICAL

TASK = Task(
    id="2.8.3",
    heading="加强应急运输响应",
    campaign="emergency",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(TRA,),
)

#: The industries that the sentence names; of coal the list of industries has its washing.
NAMED = ("钢铁", *BUILDING_MATERIALS, "煤炭洗选", *CHEMICAL, "砂石骨料")


def a_key_user(profile: type[TransportProfile]) -> Condition:
    """An enterprise that moves bulk materials and is a key user of vehicles."""
    return (
        profile.bulk
        & (KEY_USERS.takes("bulk") | profile.key)
        & (USERS_ETC.takes("open") | profile.enterprise.industry.among(*NAMED))
    )


_USER = {TransportProfile.bulk: True, TransportProfile.key: True}

response = attestation(
    "emergency.transport-supervised",
    TASK.clause(
        1,
        "强化重污染天气运输环节源头管控，督促指导钢铁、建材、煤炭、化工、砂石骨料等涉及大宗物料运输的"
        "重点用车企业实施应急运输响应",
    ),
    TransportProfile,
    applies=a_key_user(TransportProfile),
    speaks_of=_USER,
    en="Each key user of vehicles is urged and guided to respond to alerts in its transport.",
)

scheme = Rule(
    id="emergency.transport-scheme",
    clause=TASK.clause(2, "制定应急运输响应方案"),
    en="Each key user of vehicles has a scheme for its transport under alerts.",
    subject=TransportProfile,
    applies=a_key_user(TransportProfile),
    requires=TransportProfile.scheme_on.happened(),
    speaks_of=_USER,
    keeps=[{TransportProfile.scheme_on: "2023-11-01"}],
    breaks=[{TransportProfile.scheme_on: "never"}],
)

stocks = Rule(
    id="emergency.transport-stocks",
    clause=TASK.clause(3, "合理安排运力，提前做好生产物资储备"),
    en="Each key user of vehicles arranges its capacity, and lays in materials beforehand.",
    subject=TransportProfile,
    applies=a_key_user(TransportProfile),
    requires=whole(
        "合理安排运力、提前做好生产物资储备", TransportProfile.capacity, TransportProfile.stocked
    ),
    numbers={"安排运力": "2"},
    speaks_of={**_USER, TransportProfile.capacity: True, TransportProfile.stocked: True},
    keeps=[{}],
    breaks=[{TransportProfile.capacity: False}, {TransportProfile.stocked: False}],
)

_LESS = TASK.clause(4, "重污染天气橙色及以上预警期间，减少或停止货物公路运输及非道路移动机械使用")
_SOME_HOUR = amid(
    Alert.level.at_least("橙色"), on=TransportDay.date, zh="橙色及以上预警期间",
    en="amid an alert of 橙色 or above",
)  # fmt: skip
_A_DAY = (
    a_key_user(TransportDay.profile)
    & TransportDay.date.happened_after("2023-12-31")
    & TransportDay.alerted
    & in_force("橙色", on=TransportDay.date)
)
_OF_A_DAY = {
    TransportDay.profile.bulk: True,
    TransportDay.profile.key: True,
    TransportDay.date: "2024-01-01",
    TransportDay.alerted: True,
    _SOME_HOUR: True,
}
_SINCE = {"预警期间": "2023-12-31"}
_EACH_USER = (one_each(TransportDay.profile),)


def _reduced(now: Counted | Measured, usual: Measured) -> Condition:
    """Nothing at all, or less than ordinarily, by the reading taken of how much less."""
    less = HOW_MUCH.choose(any=now.less_than(usual), fifth=now.fallen_by("20 %", since=usual))
    none = now.at_most(f"0 {now.unit}")
    return none | (~STOPPED.takes("all") & less)


diesel = Rule(
    id=DIESEL_STOPPED,
    clause=_LESS,
    en="Under orange and above, heavy and medium diesel trucks of a key user stop in the built-up "
    "area.",
    subject=TransportDay,
    kinds=(CONTROL,),
    applies=~STOPPED.takes("less") & _A_DAY,
    requires=TransportDay.diesel_trips.at_most("0 车次"),
    expects=_EACH_USER,
    numbers={**_SINCE, "停止": "0"},
    speaks_of=_OF_A_DAY,
    keeps=[{TransportDay.diesel_trips: "0 车次"}],
    breaks=[{TransportDay.diesel_trips: "1 车次"}],
)

freight = Rule(
    id=FREIGHT_REDUCED,
    clause=_LESS,
    en="Under orange and above, a key user moves less by road than on ordinary days, or nothing.",
    subject=TransportDay,
    kinds=(CONTROL,),
    applies=_A_DAY,
    requires=_reduced(TransportDay.trips, TransportDay.usual_trips),
    expects=_EACH_USER,
    numbers={**_SINCE, "停止": "0"},
    speaks_of={**_OF_A_DAY, TransportDay.usual_trips: "40 车次"},
    keeps=[{TransportDay.trips: "39 车次"}, {TransportDay.trips: "0 车次"}],
    breaks=[
        {TransportDay.trips: "40 车次"},
        HOW_MUCH.read_as("fifth", {TransportDay.trips: "33 车次"}),
        STOPPED.read_as("all", {TransportDay.trips: "1 车次"}),
    ],
)

machines = Rule(
    id=MACHINES_REDUCED,
    clause=_LESS,
    en="Under orange and above, machines of a key user work less than on ordinary days, or not.",
    subject=TransportDay,
    kinds=(CONTROL,),
    applies=TransportDay.profile.machines & _A_DAY,
    requires=_reduced(TransportDay.machine_hours, TransportDay.usual_hours),
    expects=_EACH_USER,
    numbers={**_SINCE, "停止": "0"},
    speaks_of={
        **_OF_A_DAY,
        TransportDay.profile.machines: True,
        TransportDay.usual_hours: "12.5 小时",
    },
    keeps=[
        {TransportDay.machine_hours: "12.4 小时"},
        HOW_MUCH.read_as("fifth", {TransportDay.machine_hours: "10 小时"}),
    ],
    breaks=[
        {TransportDay.machine_hours: "12.5 小时"},
        HOW_MUCH.read_as("fifth", {TransportDay.machine_hours: "10.000001 小时"}),
    ],
)

_ANY_ORANGE = amid(Alert.level.at_least("橙色"), on=ResponseCheck.begun_on)

watched = Rule(
    id="emergency.transport-watched",
    clause=TASK.clause(
        5, "相关部门通过厂区门禁系统数据和视频监控等方式，监督重点企业应急运输响应执行情况"
    ),
    en="Departments watch how key users respond under each alert, by gate data and by video.",
    subject=ResponseCheck,
    applies=a_key_user(ResponseCheck.profile)
    & ResponseCheck.begun_on.happened_after("2023-12-31")
    & ResponseCheck.binds
    & _ANY_ORANGE,
    requires=WATCHED.choose(
        both=whole("门禁系统数据、视频监控", ResponseCheck.gate, ResponseCheck.video),
        any=ResponseCheck.gate | ResponseCheck.video | ResponseCheck.other,
    ),
    expects=(one_each(ResponseCheck.profile),),
    numbers={"执行情况": "2023-12-31", "门禁系统数据和视频监控": "2"},
    speaks_of={
        ResponseCheck.profile.bulk: True,
        ResponseCheck.profile.key: True,
        ResponseCheck.begun_on: "2024-01-01",
        ResponseCheck.binds: True,
        _ANY_ORANGE: True,
        ResponseCheck.gate: True,
        ResponseCheck.video: True,
    },
    keeps=[{}],
    breaks=[{ResponseCheck.gate: False}, {ResponseCheck.video: False}],
)
