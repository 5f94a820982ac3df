"""What more than one chapter asks of a works: its ultra-low emission retrofit."""

from airplan_core import Event, Keyed, Reference, event, reference
from airplan_qinyang.enterprise import Enterprise


class UltraLowRetrofit(Keyed, zh="超低排放改造", en="ultra-low retrofit", one_per="enterprise"):
    """An enterprise's ultra-low emission retrofit: the day each of its four aspects was reached."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    stacks_on: Event = event(zh="有组织排放达标日期", en="stack emission reached on")
    fugitive_on: Event = event(zh="无组织排放达标日期", en="fugitive emission reached on")
    transport_on: Event = event(zh="车辆运输达标日期", en="vehicle transport reached on")
    monitoring_on: Event = event(zh="监测监控达标日期", en="monitoring reached on")
