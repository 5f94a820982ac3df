"""What inspection teams found, with what the price list of 3.3 goes by: kind, place, number."""

import polars as pl

from airplan_core import (
    Counted,
    County,
    Demand,
    Entity,
    Event,
    Flag,
    Measured,
    Reference,
    Stated,
    Text,
    counted,
    event,
    flag,
    measured,
    reference,
    stated,
    text,
)
from airplan_qinyang.towns import Township

#: Who inspects; 市 of the sentence may be either of two (3.3-10-teams).
STATE, PROVINCE, PREFECTURE, COUNTY = "国家", "省", "焦作市", "沁阳市"

BOILER, SITE, CURBED, TRUCK = "燃煤锅炉", "施工工地扬尘", "停产限产不落实", "无资质渣土车"
BURNING, FIREWORKS, STOCKYARD = "露天焚烧", "烟花爆竹", "工业企业堆场扬尘"
BARBECUE, FUEL, COAL, RESTAURANT = "露天烧烤", "使用高污染燃料", "销售散煤", "餐饮门店"
OTHER, NONE = "其他大气环境问题", "无"

#: Kinds of problems as the sentence tells them apart, in its order.
KINDS = (
    BOILER, SITE, CURBED, TRUCK, BURNING, FIREWORKS, STOCKYARD, BARBECUE, FUEL, COAL, RESTAURANT,
    OTHER,
)  # fmt: skip

#: What is burnt in the open: what the sentence names, and else.
NAMED_WASTE = ("生活垃圾", "枯枝落叶", "杂草")


class SupervisionFinding(
    Entity,
    zh="督导发现问题",
    en="supervision finding",
    demands=(
        Demand(
            of="also",
            so=pl.col("also").cast(pl.String) != pl.col("kind").cast(pl.String),
            expected="另一个类别，或“无”",
            hint="只涉及一个类别的，写“无”",
        ),
        Demand(
            of="deducted_on",
            least="found_on",
            expected="不早于发现日期的日期",
            hint="两个日期写反了的，对调过来；还没有扣缴的写“未发生”",
        ),
    ),
):
    """A problem of air that an inspection team found: one row is one deduction (一起).

    What was found on another day, at another place, by another team or of another kind is another
    row. Where one fact is of two kinds, the second stands beside the first. A boiler's tonnes are
    those of steam an hour. Responsible units are written behind each other, between “、”.
    """

    county: Reference[County] = reference(County, zh="县市")
    township: Reference[Township] = reference(Township, zh="所在乡镇街道", en="township")
    found_on: Event = event(zh="发现日期")
    place: Text = text(zh="地点")
    team: Stated = stated(
        STATE, PROVINCE, PREFECTURE, COUNTY, "其他", zh="督导组层级", en="whose team"
    )
    kind: Stated = stated(*KINDS, zh="问题类别")
    also: Stated = stated(*KINDS, NONE, zh="同时涉及的类别", en="second kind")
    items: Counted = counted(
        "项", zh="不到位的控尘措施项数", en="dust measures not in place", floor=1, ceiling=6,
        better="less",
    )  # fmt: skip
    capacity: Measured = measured(
        "蒸吨/小时", zh="锅炉出力", en="rating of the boiler", better="neither", floor="0 蒸吨/小时"
    )
    burnt: Stated = stated(*NAMED_WASTE, "秸秆", "其他", zh="焚烧物", en="what was burnt")
    firework_zone: Flag = flag(zh="是否在禁燃禁放范围内", en="where fireworks are banned")
    no_burn_zone: Flag = flag(zh="是否在高污染燃料禁燃区内", en="in a no-burn zone")
    built_up: Flag = flag(zh="是否在城市建成区范围内", en="in the built-up area")
    units: Text = text(zh="责任单位", en="responsible units")
    claimed: Measured = measured(
        "元", zh="实际扣缴金额", en="amount deducted", better="neither", floor="0 元"
    )
    deducted_on: Event = event(zh="扣缴日期")
    borne: Flag = flag(zh="扣缴金额是否由责任单位承担", en="borne by the responsible units")
