"""What differentiated cuts are held against: the list, who may be let off and when, key industries.

Who is let off is told of the enterprise, to which the rules of cuts refer, or of one process: peaks
are announced for the county, and each enterprise and each process has them (`EnterprisePeak`,
`ProcessPeak`).
"""

from collections.abc import Callable
from typing import Any

import polars as pl

from airplan_core import (
    County,
    Derivation,
    Entity,
    Event,
    Flag,
    Keyed,
    Reference,
    Stated,
    Text,
    event,
    flag,
    reference,
    stated,
    text,
)
from airplan_qinyang import Enterprise
from airplan_qinyang.grades import IN_ORDER

c = pl.col


class PositiveList(Entity, zh="VOCs减排正面清单", en="positive list"):
    """An edition of the positive list for the season's stronger cuts of VOCs."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="清单名称", aliases=("文件名称",))
    issued_on: Event = event(zh="完善日期", en="brought up to date on", aliases=("印发日期",))


class OzonePeak(
    Entity, zh="臭氧污染高峰时段", valid=("begins_on", "ends_on"), closed=True,
    demands=(IN_ORDER,),
):  # fmt: skip
    """Days of high ozone, as they were announced; where the ledger has no row there are none."""

    county: Reference[County] = reference(County, zh="县市")
    begins_on: Event = event(zh="起始日期")
    ends_on: Event = event(zh="截止日期")
    issued_by: Text = text(zh="发布单位")


#: Efficient treatment as the sentence names it; another may be held to be as good.
EFFICIENT = ("蓄热燃烧", "催化燃烧", "分散式吸附+移动式再生")
OTHER_EFFICIENT = "其他高效治理技术"
TREATMENTS = (*EFFICIENT, OTHER_EFFICIENT, "低效治理技术", "无治理设施")


class CutGround(
    Entity, zh="企业免于管控条件认定", en="ground for being let off",
    valid=("begins_on", "ends_on"), closed=True, demands=(IN_ORDER,),
):  # fmt: skip
    """What was found of an enterprise as a whole that lets it off, and how long that holds."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    replaced: Flag = flag(zh="是否全面完成VOCs源头替代", en="all VOC sources replaced")
    treatment: Stated = stated(*TREATMENTS, zh="治理技术")
    conforms: Flag = flag(zh="是否符合相关技术规范", en="conforms to the technical specification")
    stable: Flag = flag(zh="是否稳定达标排放", en="keeps to its limits at any time")
    begins_on: Event = event(zh="起始日期", aliases=("认定日期",))
    ends_on: Event = event(zh="截止日期")


class CutProfile(Keyed, zh="VOCs管控档案", one_per="enterprise"):
    """What an enterprise emits of VOCs, the lists it is on, and what is asked of it there."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    emits: Flag = flag(zh="是否涉VOCs排放", en="emits VOCs")
    key: Flag = flag(zh="是否属于重点行业", en="of a key industry")
    large: Flag = flag(zh="VOCs排放量是否大", en="emits much")
    concentrated: Flag = flag(zh="VOCs排放浓度是否高", en="emits at high concentration")
    reactive: Flag = flag(
        zh="主要组分臭氧生成潜势是否较高", en="its main components form much ozone"
    )
    treatment_listed: Flag = flag(zh="是否纳入重点治理名录", en="on the list for key treatment")
    ozone_listed: Flag = flag(
        zh="是否纳入臭氧污染天气强化减排名录", en="on the list for ozone days"
    )
    measure: Text = text(zh="差异化管控措施")
    by_process: Flag = flag(zh="措施是否结合生产工艺特点", en="measure fits the process")
    by_emission: Flag = flag(zh="措施是否结合污染排放情况", en="measure fits the emission")
    carried_out: Flag = flag(zh="措施是否实施", en="measure carried out")


class VocProcess(Entity, zh="VOCs涉气工序", en="process with VOCs"):
    """A process that gives off VOCs: how it is treated, what was found wrong, and what was done."""

    profile: Reference[CutProfile] = reference(CutProfile, zh="企业")
    name: Text = text(zh="工序名称")
    treatment: Stated = stated(*TREATMENTS, zh="治理技术")
    conforms: Flag = flag(zh="是否符合相关技术规范", en="conforms to the technical specification")
    stable: Flag = flag(zh="是否稳定达标排放", en="keeps to its limits at any time")
    inefficient: Flag = flag(zh="治理设施是否低效", en="treatment inefficient")
    abnormal: Flag = flag(zh="治理设施是否不正常运行", en="treatment does not work normally")
    fugitive: Flag = flag(zh="无组织排放问题是否突出", en="fugitive emission prominent")
    controlled: Flag = flag(zh="是否实施生产调控", en="production controlled")


def _for_each(reference: str) -> Callable[..., tuple[pl.DataFrame, list[str]]]:
    """A county's peaks, one row for each of those whom they are announced to.

    No ledger says in which county an enterprise is: of the peaks of several, whose one is is not
    known.
    """

    def compute(own: pl.DataFrame, peaks: pl.DataFrame, each: pl.DataFrame, _: Any) -> Any:
        several = peaks["county"].drop_nulls().n_unique() > 1
        found = each.select(**{reference: "id"}).join(
            peaks.select("begins_on", "ends_on", "issued_by", peak="id"), how="cross",
            maintain_order="left_right",
        )  # fmt: skip
        found = found.with_columns(
            id=pl.format("{}/{}", reference, "peak"),
            issued_by=pl.lit(None, pl.String) if several else c("issued_by"),
        )
        further = found.select(c(name).cast(kind) for name, kind in own.schema.items())
        return pl.concat([own, further]), []

    return compute


class EnterprisePeak(
    Entity, zh="企业臭氧污染高峰时段", valid=("begins_on", "ends_on"), closed=True,
    derived=Derivation(sources=(OzonePeak, Enterprise), compute=_for_each("enterprise")),
):  # fmt: skip
    """The days of high ozone of an enterprise: completed from those of its county."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    begins_on: Event = event(zh="起始日期")
    ends_on: Event = event(zh="截止日期")
    issued_by: Text = text(zh="发布单位")


class ProcessPeak(
    Entity, zh="工序臭氧污染高峰时段", valid=("begins_on", "ends_on"), closed=True,
    derived=Derivation(sources=(OzonePeak, VocProcess), compute=_for_each("process")),
):  # fmt: skip
    """The days of high ozone of a process: completed from those of its county."""

    process: Reference[VocProcess] = reference(VocProcess, zh="工序")
    begins_on: Event = event(zh="起始日期")
    ends_on: Event = event(zh="截止日期")
    issued_by: Text = text(zh="发布单位")
