"""What straw is held against: each township's account of a year, and the fires that were found."""

from collections.abc import Mapping

import polars as pl

from airplan_core import (
    Demand,
    Derivation,
    Entity,
    Event,
    Flag,
    Keyed,
    Measured,
    Reference,
    event,
    flag,
    measured,
    reference,
)
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.towns import Township

_YEARS = range(QINYANG_2024.begins.year, QINYANG_2024.ends.year + 1)


#: 利用量: what the township's own straw came to, in whichever way it was used.
_USED = (
    pl.col("by_market") + pl.col("by_farmers") + pl.col("returned") + pl.col("sent_out")
    - pl.col("brought_in")
)  # fmt: skip


def _of_each_township(
    own: pl.DataFrame, townships: pl.DataFrame, _: Mapping[str, str]
) -> tuple[pl.DataFrame, list[str]]:
    """What was used, of its parts; and a row of every township for each year.

    Of a township that entered nothing it is not known, nor then of the county.
    """
    days = pl.Series("ends_on", [f"{year}-12-31" for year in _YEARS]).str.to_date()
    ends = pl.DataFrame([days]).cast({"ends_on": own.schema["ends_on"]})
    further = (
        townships.select(township="id")
        .join(ends, how="cross", maintain_order="left_right")
        .join(own.select("township", "ends_on"), on=["township", "ends_on"], how="anti",
              maintain_order="left")
        .with_columns(id=pl.format("{}/{}", "township", pl.col("ends_on").dt.year()))
    )  # fmt: skip
    own = own.with_columns(used=pl.col("used").fill_null(_USED))
    return pl.concat([own, further], how="diagonal"), []


class StrawAccount(
    Keyed,
    zh="秸秆综合利用台账",
    en="straw account",
    key=("township", "ends_on"),
    derived=Derivation(sources=(Township,), compute=_of_each_township),
    demands=(
        Demand(
            of="township",
            so=pl.col("township").is_not_null(),
            expected="乡镇街道的编号",
            hint="台账按乡镇街道填报，一个乡镇街道一年一行；全市合计由各行相加，不另填",
        ),
        Demand(
            of="ends_on",
            so=(pl.col("ends_on").dt.month() == 12) & (pl.col("ends_on").dt.day() == 31),
            expected="一年的最后一天，如2024-12-31",
            hint="秸秆综合利用按年统计，一个乡镇街道一年一行",
        ),
        Demand(
            of="brought_in",
            so=_USED >= 0,
            expected="不大于市场主体利用、农户分散利用、直接还田、调出量之和的数",
            hint="核对调入、调出量是否写反",
        ),
        Demand(
            of="used",
            so=pl.col("used") == _USED,
            expected="市场主体利用量+农户分散利用量+直接还田量+调出量-调入量",
            hint="填了各分项的，利用量不必另填",
        ),
    ),
):
    """A township's straw of a year: what could be collected, and what was used in which way.

    What was used is made of its parts, 市场主体 + 农户分散 + 直接还田 + 调出 − 调入, as the
    ministry's account has it, unless it is entered; it may be more than could be collected.
    """

    township: Reference[Township] = reference(Township, zh="乡镇街道")
    ends_on: Event = event(zh="统计期末", en="year ends on", routine=True)
    collectable: Measured = measured(
        "吨", zh="可收集量", better="neither", floor="0 吨", usual="万吨"
    )
    by_market: Measured = measured(
        "吨", zh="市场主体利用量", en="used by enterprises", better="more", floor="0 吨",
        usual="万吨",
    )  # fmt: skip
    by_farmers: Measured = measured(
        "吨", zh="农户分散利用量", en="used by farmers", better="more", floor="0 吨", usual="万吨"
    )
    returned: Measured = measured(
        "吨", zh="直接还田量", en="returned to the field", better="more", floor="0 吨", usual="万吨"
    )
    sent_out: Measured = measured("吨", zh="调出量", better="more", floor="0 吨", usual="万吨")
    brought_in: Measured = measured("吨", zh="调入量", better="less", floor="0 吨", usual="万吨")
    used: Measured = measured("吨", zh="利用量", better="more", floor="0 吨", usual="万吨")


class StrawFire(Entity, zh="秸秆焚烧火点", en="straw fire"):
    """A fire that was found, and the measures that were taken against whoever answers for it."""

    township: Reference[Township] = reference(Township, zh="乡镇街道")
    found_on: Event = event(zh="发现日期")
    straw: Flag = flag(zh="是否核实为秸秆焚烧", en="found to be of straw")
    interviewed: Flag = flag(zh="是否问责约谈", en="accountability interview held")
    charged: Flag = flag(zh="是否经济处罚", en="economic penalty imposed")
    punished: Flag = flag(zh="是否行政处罚", en="administrative penalty imposed")
    other: Flag = flag(zh="是否采取其他惩戒措施", en="other sanction imposed")
