"""The construction sites, which dust control and the heavy-pollution emergency both speak of."""

from airplan_core import (
    County,
    Demand,
    Entity,
    Event,
    Flag,
    Reference,
    Stated,
    Text,
    event,
    flag,
    reference,
    stated,
    text,
)
from airplan_qinyang.departments import FOR, HUC, NR, QRB, TOWNS, TRA, UM, WAT

#: Who supervises a site, each in its field or its area; 二(二)1 names them and ends in 等.
SUPERVISORS = (HUC, TRA, NR, WAT, FOR, QRB, UM, TOWNS)


class ConstructionSite(
    Entity,
    zh="施工工地",
    en="construction site",
    demands=(
        Demand(
            of="ended_on",
            least="begun_on",
            expected="不早于开工日期的日期",
            hint="两个日期写反了的，对调过来；还没有完工的写“未发生”",
        ),
    ),
):
    """A construction site: whose it is to supervise, when it is built, and how it keeps dust down.

    The six measures are those that sites are checked for under 六个百分之百; where a site pulls
    nothing down, wet work is not asked of it.
    """

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="工程名称")
    builder: Text = text(zh="施工单位或项目法人", en="builder")
    supervisor: Stated = stated(*SUPERVISORS, "其他", zh="监管单位")
    begun_on: Event = event(zh="开工日期")
    ended_on: Event = event(zh="完工日期")
    letter_on: Event = event(zh="扬尘治理责任书签订日期", en="responsibility letter signed on")
    demonstration_on: Event = event(zh="示范工地创建日期", en="demonstration site since")
    tasks_done: Flag = flag(zh="责任书任务是否按标准和时限完成", en="the letter's tasks done")
    demolition: Flag = flag(zh="有无拆迁作业", en="pulls buildings down")
    hoarded: Flag = flag(zh="工地周边是否围挡", en="hoarded all round")
    vehicles_washed: Flag = flag(zh="出入车辆是否冲洗", en="vehicles washed")
    wet_work: Flag = flag(zh="拆迁工地是否湿法作业", en="wet work")
    trucks_closed: Flag = flag(zh="渣土车辆是否密闭运输", en="muck trucks closed")
    hardened: Flag = flag(zh="施工现场地面是否硬化", en="ground hardened")
    covered: Flag = flag(zh="物料堆放是否覆盖", en="materials covered")
