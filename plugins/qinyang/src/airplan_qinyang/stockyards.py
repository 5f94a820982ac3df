"""The stockyards, of which dust control and what is asked of key industries both speak."""

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

#: What a heap of an open stockyard can be, by whom its sentence makes answer for it.
INDUSTRIAL = "工业企业内部堆场"
WASTE = ("建筑垃圾消纳场", "生活垃圾填埋场", "垃圾转运站")
QUAY = "干散货码头堆场"


class Stockyard(
    Entity,
    zh="物料堆场",
    demands=(
        Demand(
            of="gates",
            least="gates_with_wash",
            expected="不小于有冲洗设施的进出口数的数",
            hint="进出口数含有冲洗设施的",
        ),
    ),
):
    """A place where materials, slag or waste are heaped: what it is, and how dust is kept down.

    Where there is no wall its height is 0 米.
    """

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="堆场名称")
    kind: Stated = stated(INDUSTRIAL, *WASTE, QUAY, "其他", zh="堆场类型")
    large: Flag = flag(zh="是否大型", en="large")
    new: Flag = flag(zh="是否新建", en="newly built")
    built_on: Event = event(zh="建成日期")
    open: Flag = flag(zh="是否露天", en="in the open")
    in_use: Flag = flag(zh="是否在用", en="in use")
    storage: Stated = stated(
        "全封闭库房", "天棚加围墙围挡储库", "其他同等封闭方式", "露天堆放", "其他", zh="堆放方式"
    )
    wall_height: Measured = measured(
        "米", zh="围墙围挡高度", better="more", floor="0 米", ceiling="50 米"
    )
    heap_height: Measured = measured(
        "米", zh="物料堆放高度", better="less", floor="0 米", ceiling="100 米"
    )
    net: Flag = flag(zh="有无防风抑尘网", en="wind screen")
    cover: Flag = flag(zh="有无防尘遮盖", en="dust cover")
    spray: Flag = flag(zh="有无自动喷淋装置", en="automatic spray")
    water_truck: Flag = flag(zh="有无洒水车", en="water truck")
    dust_free: Flag = flag(zh="堆放物料是否不起尘", en="the heap raises no dust")
    conveys: Flag = flag(zh="有无物料传送部位", en="conveys material")
    sealed: Flag = flag(zh="传送部位是否密闭密封", en="conveying sealed")
    no_leak: Flag = flag(zh="运输过程无泄漏", en="no leak")
    no_spill: Flag = flag(zh="运输过程无散落", en="no spill")
    no_drift: Flag = flag(zh="运输过程无飞扬", en="no drift")
    unloads: Flag = flag(zh="有无落料卸料部位", en="unloads material")
    collector: Flag = flag(zh="落料卸料有无收尘设施", en="dust collector where it unloads")
    sprinkler: Flag = flag(zh="落料卸料有无喷淋设施", en="spray where it unloads")
    work_dust_free: Flag = flag(zh="生产作业是否不起尘", en="work raises no dust")
    hardened: Flag = flag(zh="地面是否硬化", en="ground hardened")
    marked: Flag = flag(zh="料区和道路是否划界", en="heaps and roads marked off")
    washer: Flag = flag(zh="有无冲洗设备", en="washing equipment")
    sweeper: Flag = flag(zh="有无清扫设备", en="sweeping equipment")
    cleared: Flag = flag(zh="散落物料是否及时清除", en="spilt material cleared away")
    roads_washed: Flag = flag(zh="道路是否及时清洗", en="roads washed")
    tidy: Flag = flag(zh="堆场和道路是否整洁干净", en="tidy and clean")
    gates: Counted = counted("个", zh="进出口数", better="neither")
    gates_with_wash: Counted = counted("个", zh="有车辆冲洗设施的进出口数", better="more")
    vehicles_washed: Flag = flag(zh="进出车辆是否除泥冲洗到位", en="vehicles washed clean")
    listed: Flag = flag(zh="是否登记造册", en="on the register")
    filed: Flag = flag(zh="是否建立台账", en="has its file")
    supervisor: Text = text(zh="监管部门")
    supervisor_person: Text = text(zh="监管责任人", en="person in charge")
    suppressed_on: Event = event(zh="抑尘设施建成日期", en="dust suppression built on")
    enclosed_on: Event = event(zh="输送系统封闭改造完成日期", en="conveying enclosed on")
