"""Vehicles and machines as the plan names them: fleets, and stages of emission."""

#: Fleets, as the plan names them; a truck of none of the named kinds is 其他载货汽车.
FLEETS = (
    "公务用车", "公交车", "巡游出租车", "渣土运输车", "物流车", "其他载货汽车", "邮政用车",
    "市政环卫车", "网约出租车", "商砼车", "其他",
)  # fmt: skip
TRUCKS = ("渣土运输车", "物流车", "其他载货汽车")
MIXERS = "商砼车"

#: Emission stages of road vehicles (GB 18352, GB 17691) and of machines (GB 20891, HJ 1014). New
#: energy stands outside the order: it is a flag of its own.
ROAD_STAGES = ("国零", "国一", "国二", "国三", "国四", "国五", "国六", "国六a", "国六b")
MACHINE_STAGES = ("国零", "国一", "国二", "国三", "国四")
