"""What the SO2 campaign is held against: villages, heat."""

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


class Village(
    Entity,
    zh="村庄",
    demands=(
        Demand(
            of="converted_households",
            least="relapsed_households",
            expected="不小于其中复烧户数的数",
            hint="复烧户是已改造户中的一部分，核对两个数",
        ),
    ),
):
    """A village: the land it lies in, its gas main, and what coal is still burnt in it.

    Annex 1 leaves 山区、岭区 out of the plain (I-62); scattered coal is a household's or a farm's.
    """

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="村名", aliases=("村庄名称", "行政村"))
    township: Text = text(zh="所在乡镇", aliases=("乡镇", "乡镇街道"))
    terrain: Stated = stated("平原", "山区", "岭区", zh="地形", en="terrain")
    piped_on: Event = event(
        zh="燃气管网到村日期", en="gas main reaches it on", aliases=("通气日期", "管网覆盖日期")
    )
    converted_households: Counted = counted(
        "户", zh="双替代已改造户数", en="households converted to clean heating"
    )
    relapsed_households: Counted = counted(
        "户", zh="散煤复烧户数", en="converted households that burn coal again", better="less"
    )
    coal_users: Counted = counted(
        "户", zh="散煤使用户数（含农用）", en="users of scattered coal, farms too", better="less"
    )
    can_convert: Flag = flag(zh="是否具备双替代改造条件", en="double replacement is possible")
    households: Counted = counted("户", zh="总户数", en="households")


class HeatSupply(Entity, zh="集中供热实施情况", en="heat supply"):
    """An area that is to have central heating, or a batch of it that was joined on a day.

    Areas and households add up: what is to be supplied may stand in one row for the whole town,
    what is supplied in a row for each batch. A row without one of them says 0 there.
    """

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="供热区域", aliases=("小区", "供热项目", "片区"))
    built_up: Flag = flag(zh="是否在城市建成区", en="in the built-up area")
    area_due: Measured = measured(
        "㎡", zh="应实施集中供热面积", en="area to be supplied", floor="0 ㎡", usual="万㎡"
    )
    area: Measured = measured(
        "㎡", zh="已实施集中供热面积", en="area supplied", better="more", floor="0 ㎡",
        usual="万㎡", aliases=("新增供热面积",),
    )  # fmt: skip
    households_due: Counted = counted("户", zh="应实施集中供热户数", en="households to be supplied")
    households: Counted = counted(
        "户", zh="已实施集中供热户数", en="households supplied", better="more"
    )
    supplied_on: Event = event(zh="实施日期", en="supplied on", aliases=("供热日期", "接入日期"))
