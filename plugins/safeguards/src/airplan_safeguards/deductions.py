"""三(三) 财力扣缴: a price list of what inspection teams find; amounts owed, not duties."""

from collections.abc import Mapping

import attrs

from airplan_core import ALWAYS, Condition, Counted, Priced, Prices, Quantity, Rule
from airplan_qinyang.departments import TOWNS, UNITS
from airplan_safeguards.deduction_interpretations import BURNT_ETC, CONCURRENT, TEAMS
from airplan_safeguards.deduction_ledgers import (
    BARBECUE,
    BOILER,
    BURNING,
    COAL,
    COUNTY,
    CURBED,
    FIREWORKS,
    FUEL,
    NAMED_WASTE,
    PREFECTURE,
    PROVINCE,
    RESTAURANT,
    SITE,
    STATE,
    STOCKYARD,
    TRUCK,
    SupervisionFinding as Finding,
)
from airplan_safeguards.dispatch import TASK

#: The findings of teams that the sentence names; those of others cost nothing.
BY_NAMED_TEAMS: Condition = TEAMS.choose(
    jiaozuo=Finding.team.among(STATE, PROVINCE, PREFECTURE),
    both=Finding.team.among(STATE, PROVINCE, PREFECTURE, COUNTY),
)


def _of(*kinds: str) -> Condition:
    """A finding of one of these kinds, be it the second that its row names."""
    return Finding.kind.among(*kinds) | Finding.also.among(*kinds)


@attrs.frozen
class Item:
    """An item of the price list.

    Attributes:
        number: of its sentence in 3.3.
        text: the sentence.
        name: what its amount is called.
        en: the same in English.
        price: of one finding; of a site, of each measure that is not in place.
        holds: whether a finding meets it.
    """

    number: int
    text: str
    name: str
    en: str
    price: str
    holds: Condition

    @property
    def clause(self) -> str:
        """The place of its sentence."""
        return f"{TASK.id}-{self.number}"

    @property
    def yuan(self) -> int:
        """Its price in 元."""
        return int(Quantity.of(self.price).to("元"))


#: As in the sentence, in its order; what meets none of them is of the last, 3.3-21.
ITEMS = (
    Item(
        11, "对10吨及以下燃煤锅炉，发现一起扣缴当地财政10万元", "小燃煤锅炉", "small coal boilers",
        "10 万元", _of(BOILER) & Finding.capacity.at_most("10 蒸吨/小时"),
    ),
    Item(
        12, "对建筑、拆迁、市政等施工工地未落实“六个百分之百”扬尘污染防治措施的，"
        "发现一起扣缴当地财政10万元", "施工工地扬尘", "dust of sites", "10 万元", _of(SITE),
    ),
    Item(
        14, "对应停产或限产但未落实停产措施或限产不到位的工业企业，发现一起扣缴当地财政10万元",
        "停产限产不落实", "production not stopped or cut", "10 万元", _of(CURBED),
    ),
    Item(
        15, "辖区内使用无资质建筑垃圾运输车辆（黑渣土车）进行建筑垃圾运输的，"
        "发现一起扣缴当地财政10万元",
        "无资质渣土车", "unqualified muck trucks", "10 万元", _of(TRUCK),
    ),
    Item(
        16, "发现露天焚烧生活垃圾、枯枝落叶和杂草等行为的，发现一起扣缴当地财政5万元",
        "露天焚烧", "open burning", "5 万元",
        _of(BURNING) & (Finding.burnt.among(*NAMED_WASTE) | BURNT_ETC.takes("open")),
    ),
    Item(
        17, "禁燃禁放范围内发现烟花爆竹销售、燃放行为的，发现一起扣缴当地财政5万元",
        "烟花爆竹", "fireworks", "5 万元", _of(FIREWORKS) & Finding.firework_zone,
    ),
    Item(
        18, "工业企业堆场未采取防扬尘措施的，发现一起扣缴当地财政1万元",
        "工业企业堆场扬尘", "dust of stockyards", "1 万元", _of(STOCKYARD),
    ),
    Item(
        19, "对高污染燃料禁燃区内发现露天烧烤、使用高污染燃料、销售散煤的，"
        "发现一起扣缴当地财政1万元",
        "禁燃区内燃用", "fuels in no-burn zones", "1 万元",
        # what burns in a coal boiler is such a fuel
        _of(BARBECUE, FUEL, COAL, BOILER) & Finding.no_burn_zone,
    ),
    Item(
        20, "城市建成区范围内餐饮门店未完成清洁能源改造或油烟净化器未正常运行的，"
        "发现一起扣缴当地财政1万元", "餐饮门店", "restaurants", "1 万元",
        _of(RESTAURANT) & Finding.built_up,
    ),
)  # fmt: skip
_BY_NUMBER = {one.number: one for one in ITEMS}
CATCH_ALL = Item(
    21, "对其他未列入上述问题的大气环境问题，发现一起扣缴当地财政1万元",
    "其他大气环境问题", "other problems of air", "1 万元",
    # each is tested by itself, so that what one of them lacks leaves the others as they are
    ~_BY_NUMBER[11].holds & ~_BY_NUMBER[12].holds & ~_BY_NUMBER[14].holds & ~_BY_NUMBER[15].holds
    & ~_BY_NUMBER[16].holds & ~_BY_NUMBER[17].holds & ~_BY_NUMBER[18].holds
    & ~_BY_NUMBER[19].holds & ~_BY_NUMBER[20].holds,
)  # fmt: skip
#: 对同一工地检查发现多项: the six measures of 六个百分之百.
STACKED = _BY_NUMBER[12]
MEASURES = range(1, 7)


def _counted() -> Mapping[int, Condition]:
    """Of each item the findings that it is counted for: each finding for one of them (I-47)."""
    boiler, site = _BY_NUMBER[11].holds, STACKED.holds
    several = site & Finding.items.at_least("2 项")
    found: dict[int, Condition] = {
        # but for several measures of a site no item costs more than one that stands before it
        11: boiler & (CONCURRENT.takes("first") | ~several),
        12: site & (~boiler | (CONCURRENT.takes("larger") & several)),
    }
    earlier = ~boiler & ~site
    for item in ITEMS[2:]:
        found[item.number] = earlier & item.holds
        earlier &= ~item.holds
    return {**found, CATCH_ALL.number: CATCH_ALL.holds}


COUNTED = _counted()


def _sum(
    name: str, zh: str, en: str, prices: Prices, where: Condition, times: Counted | None = None
) -> Priced:
    return prices.sum(
        id=f"safeguards.deductions-{name}", zh=f"财力扣缴估算：{zh}", en=f"deductions: {en}",
        of=Finding.county, on=Finding.found_on, where=BY_NAMED_TEAMS & where, times=times,
        better="less",
    )  # fmt: skip


def _owed(item: Item) -> Priced:
    """What the findings cost that are counted for an item; those of sites stack."""
    prices, times = Prices.of(((ALWAYS, item.price),)), Finding.items if item is STACKED else None
    return _sum(f"{item.number}", item.name, item.en, prices, COUNTED[item.number], times)


def _any(*numbers: int) -> Condition:
    found = COUNTED[numbers[0]]
    for number in numbers[1:]:
        found |= COUNTED[number]
    return found


_BY_AMOUNT = Prices.of(
    (
        *(
            (COUNTED[12] & Finding.items.equal_to(f"{n} 项"), f"{10 * n} 万元")
            for n in MEASURES
        ),
        (_any(11, 14, 15), "10 万元"),
        (_any(16, 17), "5 万元"),
        (_any(18, 19, 20, 21), "1 万元"),
    )
)  # fmt: skip
TOTAL = _sum("total", "合计", "in all", _BY_AMOUNT, ALWAYS)

_BORNE = "safeguards.deductions-borne"
#: Whose findings cost anything, and that those of one site add up: 以上被扣缴金额.
total = TASK.clause(
    10, "对国家、省、市环保督导组发现的环境问题，焦作市将实施财力扣缴", lead=(), defines=(_BORNE,)
)
stacking = TASK.clause(
    13, "（对同一工地检查发现多项控尘措施不到位的予以叠加扣缴）", lead=(), defines=(_BORNE,)
)
priced = tuple(
    TASK.clause(one.number, one.text, lead=(), figure=_owed(one)) for one in (*ITEMS, CATCH_ALL)
)

_DEDUCTED = {Finding.team: PROVINCE, Finding.deducted_on: "2023-12-01"}
borne = Rule(
    id=_BORNE,
    clause=TASK.clause(22, "以上被扣缴金额由相关责任单位承担", lead=(), shared=(TOWNS, UNITS)),
    en="What was deducted is borne by the units that are responsible.",
    subject=Finding,
    applies=BY_NAMED_TEAMS & Finding.deducted_on.happened(),
    requires=Finding.borne,
    speaks_of=_DEDUCTED,
    keeps=[{Finding.borne: True}],
    breaks=[{Finding.borne: False}],
)
