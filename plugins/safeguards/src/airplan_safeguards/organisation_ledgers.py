"""What enterprises' projects of environmental facilities are held against."""

from airplan_core import Entity, Event, Flag, Reference, Text, event, flag, reference, text
from airplan_qinyang import Enterprise


class FacilityProject(Entity, zh="环保设施建设项目", en="facility project"):
    """A project that builds an environmental facility: whether it was safe, and what it came to."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    name: Text = text(zh="项目名称")
    assessed: Flag = flag(zh="是否开展安全评估", en="safety assessed")
    trained: Flag = flag(zh="是否开展安全培训", en="safety training held")
    safe: Flag = flag(zh="是否确保安全生产", en="production kept safe")
    finished_on: Event = event(zh="建成日期")
    treated: Flag = flag(zh="治理是否到位", en="treatment in place")
    within_limits: Flag = flag(zh="排放是否达标", en="emission within its limits")
    controlled: Flag = flag(zh="管控是否及时", en="controlled in time")
