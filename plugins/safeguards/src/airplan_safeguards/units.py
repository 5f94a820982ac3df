"""Who the safeguards speak to: the townships, and the member units of the campaign office."""

from collections.abc import Mapping

import polars as pl

from airplan_core import (
    County,
    Demand,
    Derivation,
    Entity,
    Event,
    Flag,
    Reference,
    Stated,
    Text,
    event,
    flag,
    named_each,
    reference,
    stated,
    text,
)
from airplan_qinyang.departments import EAO, ENGLISH, GRID, POST, TOWNS, UNITS
from airplan_qinyang.towns import Township

#: Of those that the plan's brackets name: companies, which are no 部门.
COMPANIES = (GRID, POST)
#: Whoever the plan's brackets name, but for the office itself and for what names no single unit.
NAMED = tuple(name for name in ENGLISH if name not in (EAO, TOWNS, UNITS))
#: Whom 各乡（镇）街道办、各成员单位 is, as reports have them.
EVERYBODY = (TOWNS, *NAMED, UNITS)


def _with_townships(
    own: pl.DataFrame, townships: pl.DataFrame, _: Mapping[str, str]
) -> tuple[pl.DataFrame, list[str]]:
    """Who has no name is called by its id; a township that has no row has one all the same.

    Whoever has a row is a member unit, and a department where it is no township, unless it says
    otherwise. Whoever has none may not be one: nothing that was not handed in is held against it.
    """
    is_one = pl.col("id").is_in(townships["id"].to_list())
    own = own.with_columns(
        name=pl.col("name").fill_null(pl.col("id")),
        member=pl.col("member").fill_null(value=True),
        township=pl.col("township").fill_null(pl.when(is_one).then("id")),
    )
    named = pl.col("name").fill_null(pl.col("id"))
    further = (
        townships.join(own.drop_nulls("township"), left_on="id", right_on="township", how="anti",
                       maintain_order="left")
        .select("id", "county", name=named, township="id")
    )  # fmt: skip
    every = pl.concat([own, further], how="diagonal")
    kind = pl.when(pl.col("township").is_null()).then(pl.lit("部门")).otherwise(pl.lit("乡镇街道"))
    return every.with_columns(kind=pl.col("kind").fill_null(kind.cast(own.schema["kind"]))), []


class MemberUnit(
    Entity, zh="成员单位", en="member unit",
    derived=Derivation(sources=(Township,), compute=_with_townships),
    demands=(
        Demand(
            of="filed_on",
            least="issued_on",
            expected="不早于实施方案制定日期的日期",
            hint="方案先制定、后备案；后来修订过的，填第一次制定的日期；没有备案的写“未发生”",
        ),
    ),
):  # fmt: skip
    """A township, or a department that is a member unit of the county's campaign office.

    Every township of the county is one, entered here or not. Departments go by the name that the
    plan's brackets give them.
    """

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="单位名称")
    township: Reference[Township] = reference(Township, zh="乡镇街道")
    kind: Stated = stated("乡镇街道", "部门", zh="单位类别")
    member: Flag = flag(zh="是否成员单位")
    issued_on: Event = event(zh="实施方案制定日期", en="scheme drawn up on")
    realistic: Flag = flag(zh="实施方案是否符合实际", en="scheme fits the place")
    detailed: Flag = flag(zh="实施方案是否详尽具体", en="scheme is detailed")
    filed_on: Event = event(zh="实施方案备案日期", en="scheme filed on")


#: Who is a unit, entered or not.
EVERY_UNIT = named_each(MemberUnit.name, NAMED)

#: Each answers for itself: a report of one department has its own rows.
_NAMELESS = ~MemberUnit.name.among(*NAMED)
WHOSE = {
    MemberUnit.kind.is_("乡镇街道") & _NAMELESS: TOWNS,
    MemberUnit.kind.is_("部门") & _NAMELESS: UNITS,
} | {MemberUnit.name.among(name): name for name in NAMED}

#: The same without telling departments apart: of what is asked of each in hundreds of weeks, to
#: ask of each week which of twenty-three it is takes longer than all the rest.
WHOSE_KIND = {
    MemberUnit.kind.is_("乡镇街道") & _NAMELESS: TOWNS,
    MemberUnit.kind.is_("部门") | MemberUnit.name.among(*NAMED): UNITS,
}
