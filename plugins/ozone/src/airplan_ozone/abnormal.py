"""二(五)3 加强非正常工况废气排放控制: reports, procedures, flares, bypasses, spare treatment."""

from airplan_core import (
    Condition,
    Event,
    Exempt,
    Rule,
    Task,
    attestation,
    on,
    one_each,
    whole,
)
from airplan_ozone.interpretations import (
    DATA_ETC,
    FLARES_OF,
    INDUSTRIES_ETC,
    LEAD,
    METERS_ETC,
    MONITORS,
    YEAR,
)
from airplan_ozone.ledgers import (
    FLARES,
    PLANNED,
    AbnormalWork,
    Bypass,
    BypassData,
    Flare,
    FlareData,
    FlareGas,
    VocProfile,
)
from airplan_qinyang import QINYANG_2024, Enterprise
from airplan_qinyang.departments import EEB, MIIT
from airplan_qinyang.enterprise import CHEMICAL

TASK = Task(
    id="2.5.3",
    heading="加强非正常工况废气排放控制",
    campaign="ozone",
    plan=QINYANG_2024,
    lead=(EEB,),
    cooperating=(MIIT,),
)

_SINCE = "2023-12-31"
_INDUSTRIES = (*CHEMICAL, "钢铁")

_THEIRS = INDUSTRIES_ETC.takes("open") | AbnormalWork.enterprise.industry.among(*_INDUSTRIES)
_BEGUN = AbnormalWork.begun_at.happened_after(_SINCE)
_A_STOP = on(
    "2024-03-11",
    {
        AbnormalWork.enterprise.industry: "化工",
        AbnormalWork.kind: "停车",
        AbnormalWork.begun_at: "2024-03-10 08:30",
    },
)

reported = Rule(
    id="ozone.stops-reported-ahead",
    clause=TASK.clause(1, "化工、钢铁等行业企业提前向辖区生态环境部门报告开停车、检维修计划"),
    en="Chemical and steel works report a start, a stop or an overhaul before it begins.",
    subject=AbnormalWork,
    # what has not begun can still be reported; what has been already is in order
    applies=_THEIRS
    & AbnormalWork.kind.among(*PLANNED)
    & ~AbnormalWork.begun_at.happened_by(_SINCE)
    & (AbnormalWork.begun_at.happened() | AbnormalWork.reported_at.happened()),
    requires=LEAD.choose(
        any=AbnormalWork.reported_at.happened_by(AbnormalWork.begun_at.minus(minutes=1)),
        day=AbnormalWork.reported_at.happened_by(AbnormalWork.begun_at.minus(days=1)),
    ),
    # whatever is before it is before it by a minute
    numbers={"计划": _SINCE, "提前": "1"},
    speaks_of=_A_STOP,
    keeps=[
        {AbnormalWork.reported_at: "2024-03-10 08:29"},
        {AbnormalWork.reported_at: "2024-03-10 08:29", AbnormalWork.begun_at: "2024-05-01 08:00"},
        LEAD.read_as("day", {AbnormalWork.reported_at: "2024-03-09 23:59"}),
    ],
    breaks=[
        {AbnormalWork.reported_at: "2024-03-10 08:30"},
        {AbnormalWork.reported_at: "never"},
        LEAD.read_as("day", {AbnormalWork.reported_at: "2024-03-10 00:00"}),
    ],
)

procedure = attestation(
    "ozone.abnormal-procedure",
    TASK.clause(2, "制定非正常工况VOCs管控规程"),
    Enterprise,
    applies=INDUSTRIES_ETC.takes("open") | Enterprise.industry.among(*_INDUSTRIES),
    speaks_of={Enterprise.industry: "化工"},
    en="Chemical and steel works have a procedure for VOCs in abnormal operation.",
)

followed = Rule(
    id="ozone.abnormal-procedure-followed",
    clause=TASK.clause(3, "严格按照规程进行操作"),
    en="In abnormal operation the procedure is followed.",
    subject=AbnormalWork,
    applies=_THEIRS & _BEGUN,
    requires=AbnormalWork.followed,
    numbers={"规程": _SINCE},
    speaks_of=_A_STOP,
    keeps=[{AbnormalWork.followed: True}],
    breaks=[{AbnormalWork.followed: False}],
)

_A_FLARE = (
    Flare.kind.among(*FLARES)
    & ~Flare.removed_on.happened()
    & (FLARES_OF.takes("every") | Flare.enterprise.industry.among(*_INDUSTRIES))
)
_A_FLARE_IN_USE = {
    Flare.kind: "火炬",
    Flare.removed_on: "never",
    Flare.enterprise.industry: "化工",
}

igniter = Rule(
    id="ozone.flare-igniter",
    clause=TASK.clause(4, "火炬、煤气放散管须安装自动引燃设施"),
    en="A flare or gas vent has an automatic igniter.",
    subject=Flare,
    applies=_A_FLARE,
    requires=Flare.igniter,
    speaks_of=_A_FLARE_IN_USE,
    keeps=[{Flare.igniter: True}],
    breaks=[{Flare.igniter: False}, {Flare.igniter: False, Flare.kind: "煤气放散管"}],
)

_METERS = (Flare.temperature, Flare.gas_meter, Flare.auxiliary_meter)

meters = Rule(
    id="ozone.flare-meters",
    clause=TASK.clause(5, "配套建设燃烧温度监控、废气流量计、助燃气体流量计等"),
    en="A flare has its temperature watched, and its waste gas and auxiliary gas metered.",
    subject=Flare,
    applies=_A_FLARE,
    requires=whole("三项监控", *_METERS) & (METERS_ETC.takes("listed") | Flare.other_meters),
    numbers={"配套": "3"},
    speaks_of={**_A_FLARE_IN_USE, **dict.fromkeys(_METERS, True)},
    keeps=[{}],
    breaks=[
        *({one: False} for one in _METERS),
        METERS_ETC.read_as("open", {Flare.other_meters: False}),
    ],
)

calorimeter = Rule(
    id="ozone.flare-calorimeter",
    clause=TASK.clause(6, "鼓励安装热值检测仪"),
    en="A calorimeter is encouraged.",
    subject=Flare,
    applies=_A_FLARE,
    requires=Flare.calorimeter,
    speaks_of=_A_FLARE_IN_USE,
    keeps=[{Flare.calorimeter: True}],
    breaks=[{Flare.calorimeter: False}],
)

auxiliary = Rule(
    id="ozone.flare-auxiliary-gas",
    clause=TASK.clause(7, "排放废气热值达不到要求时及时补充助燃气体"),
    en="Auxiliary gas is added in time when the waste gas has less calorific value than needed.",
    subject=FlareGas,
    applies=FlareGas.flare.kind.among(*FLARES)
    & ~FlareGas.flare.removed_on.happened_by(_SINCE)
    & (FLARES_OF.takes("every") | FlareGas.flare.enterprise.industry.among(*_INDUSTRIES))
    & FlareGas.at.happened_after(_SINCE)
    & FlareGas.calorific.less_than(FlareGas.flare.needed),
    requires=FlareGas.added,
    expects=(one_each(FlareGas.flare),),
    numbers={"排放": _SINCE},
    speaks_of=on(
        "2024-06-11",
        {
            FlareGas.flare.kind: "火炬",
            FlareGas.flare.removed_on: "never",
            FlareGas.flare.needed: "9 MJ/m³",
            FlareGas.at: "2024-06-10 08:30",
            FlareGas.calorific: "8.999999 MJ/m³",
        },
    ),
    keeps=[{FlareGas.added: True}],
    breaks=[{FlareGas.added: False}],
)

_IN_DCS = (Flare.temperature_in_dcs, Flare.gas_in_dcs, Flare.auxiliary_in_dcs)

dcs = Rule(
    id="ozone.flare-data-in-dcs",
    clause=TASK.clause(8, "燃烧温度监控、废气流量计、助燃气体流量等相关数据引入DCS系统"),
    en="The temperature of a flare, its waste gas and its auxiliary gas are in the DCS.",
    subject=Flare,
    applies=_A_FLARE,
    requires=whole("三项数据", *_IN_DCS) & (DATA_ETC.takes("listed") | Flare.others_in_dcs),
    numbers={"数据": "3"},
    speaks_of={**_A_FLARE_IN_USE, **dict.fromkeys(_IN_DCS, True)},
    keeps=[{}],
    breaks=[
        *({one: False} for one in _IN_DCS),
        DATA_ETC.read_as("open", {Flare.others_in_dcs: False}),
    ],
)


def _kept_a_year(created: Event, deleted: Event) -> Condition:
    """Data are there, or were deleted when they had been kept for a year.

    What is younger and still there has lost nothing: as things stand, it is kept.
    """
    year = created.plus(months=12)
    return ~deleted.happened() | YEAR.choose(
        at_least=deleted.happened_from(year), more_than=deleted.happened_after(year)
    )


flare_data = Rule(
    id="ozone.flare-data-kept",
    clause=TASK.clause(9, "数据至少保留1年以上"),
    en="The data of a flare are kept for a year at least.",
    subject=FlareData,
    applies=FlareData.flare.kind.among(*FLARES)
    & ~FlareData.flare.removed_on.happened_by(_SINCE)
    & (FLARES_OF.takes("every") | FlareData.flare.enterprise.industry.among(*_INDUSTRIES))
    & FlareData.created_on.happened()
    & ~FlareData.deleted_on.happened_by(_SINCE),
    requires=_kept_a_year(FlareData.created_on, FlareData.deleted_on),
    expects=(one_each(FlareData.flare),),
    numbers={"数据": _SINCE},
    speaks_of=on(
        "2025-12-31",
        {
            FlareData.flare.kind: "火炬",
            FlareData.flare.removed_on: "never",
            FlareData.created_on: "2024-03-01",
        },
    ),
    keeps=[
        {FlareData.deleted_on: "2025-03-01"},
        {FlareData.deleted_on: "never"},
        {FlareData.deleted_on: "never", FlareData.created_on: "2025-12-30"},
    ],
    breaks=[
        {FlareData.deleted_on: "2025-02-28"},
        YEAR.read_as("more_than", {FlareData.deleted_on: "2025-03-01"}),
    ],
)

_A_BYPASS = Bypass.gas.among("烟气", "VOCs废气") & ~Bypass.removed_on.happened()

#: The half-sentence after the ban makes its exception, and says what is asked instead.
_NEEDED = TASK.clause(
    11,
    "因安全生产需要无法取消的应安装烟气自动监控、流量、温度等监控设施或视频监控等其他监控设备并加强监管",
)

no_bypass = Rule(
    id="ozone.no-bypass",
    clause=TASK.clause(10, "原则上不得设置烟气和VOCs废气旁路"),
    also=(_NEEDED,),
    en="In principle there is no bypass for flue gas or for gas with VOCs.",
    subject=Bypass,
    forbids=_A_BYPASS,
    exempt=(Exempt("safety", "因安全生产需要无法取消的", Bypass.needed),),
    speaks_of={Bypass.gas: "VOCs废气", Bypass.removed_on: "never", Bypass.needed: False},
    keeps=[{Bypass.removed_on: "2024-01-01"}, {Bypass.gas: "其他"}],
    breaks=[{}, {Bypass.gas: "烟气"}],
)

_THREE = (Bypass.analysed, Bypass.metered, Bypass.temperature)
_ELSE = Bypass.camera | Bypass.otherwise
_WATCHED = (*_THREE, Bypass.camera, Bypass.otherwise)

watched = Rule(
    id="ozone.bypass-watched",
    clause=_NEEDED,
    en="A bypass that safety needs is monitored, and supervised more closely.",
    subject=Bypass,
    applies=_A_BYPASS & Bypass.needed,
    requires=whole(
        "监控、监管",
        MONITORS.choose(
            one=Bypass.analysed | Bypass.metered | Bypass.temperature | _ELSE,
            all=(Bypass.analysed & Bypass.metered & Bypass.temperature) | _ELSE,
        ),
        Bypass.supervised,
    ),
    numbers={"并加强": "2"},
    speaks_of={
        Bypass.gas: "VOCs废气",
        Bypass.removed_on: "never",
        Bypass.needed: True,
        **dict.fromkeys(_WATCHED, False),
        Bypass.supervised: True,
    },
    keeps=[
        *({one: True} for one in _WATCHED),
        MONITORS.read_as("all", dict.fromkeys(_THREE, True)),
    ],
    breaks=[
        {},
        {Bypass.camera: True, Bypass.supervised: False},
        MONITORS.read_as("all", {Bypass.metered: True, Bypass.temperature: True}),
    ],
)

bypass_data = Rule(
    id="ozone.bypass-data-kept",
    clause=TASK.clause(12, "相关监控数据保存1年以上"),
    en="What a bypass was monitored by is kept for a year.",
    subject=BypassData,
    applies=BypassData.bypass.gas.among("烟气", "VOCs废气")
    & ~BypassData.bypass.removed_on.happened_by(_SINCE)
    & BypassData.bypass.needed
    & BypassData.created_on.happened()
    & ~BypassData.deleted_on.happened_by(_SINCE),
    requires=_kept_a_year(BypassData.created_on, BypassData.deleted_on),
    expects=(one_each(BypassData.bypass),),
    numbers={"监控数据": _SINCE},
    speaks_of=on(
        "2025-12-31",
        {
            BypassData.bypass.gas: "烟气",
            BypassData.bypass.removed_on: "never",
            BypassData.bypass.needed: True,
            BypassData.created_on: "2024-02-29",
        },
    ),
    keeps=[{BypassData.deleted_on: "2025-02-28"}, {BypassData.deleted_on: "never"}],
    breaks=[{BypassData.deleted_on: "2025-02-27"}],
)

standby = Rule(
    id="ozone.standby-treatment",
    clause=TASK.clause(13, "重点涉气企业应加装备用处置设施"),
    en="A key gas-emitting enterprise has spare treatment.",
    subject=VocProfile,
    applies=VocProfile.key,
    requires=VocProfile.standby,
    speaks_of={VocProfile.key: True},
    keeps=[{VocProfile.standby: True}],
    breaks=[{VocProfile.standby: False}],
)
