"""What the targets are held against beside the county's air: trucks, freight, tonnes."""

from airplan_core import (
    Counted,
    County,
    Demand,
    Keyed,
    Measured,
    Reference,
    Stated,
    counted,
    measured,
    reference,
    stated,
)


def _among(part: str) -> Demand:
    """A part of the trucks is no more than all of them."""
    return Demand(
        of="trucks",
        least=part,
        expected="不小于其中新能源货车、国六货车的数",
        hint="核对货车保有量和其中的各部分",
    )


class TransportStructure(
    Keyed,
    zh="运输结构指标",
    one_per="county",
    demands=(_among("new_energy_trucks"), _among("china_6_trucks")),
):
    """The county's trucks, its rail freight and its trucks' NOx, beside what they were.

    The plan names no baseline year: the baseline is what the county declares, and its year.
    """

    county: Reference[County] = reference(County, zh="县市")
    trucks: Counted = counted("辆", zh="货车保有量")
    new_energy_trucks: Counted = counted("辆", zh="新能源货车", en="new-energy trucks")
    china_6_trucks: Counted = counted("辆", zh="国六货车（不含新能源）", en="China VI trucks")
    rail_share: Measured = measured(
        "%", zh="铁路货运量占比", en="rail share of freight", better="more", floor="0 %",
        ceiling="100 %",
    )  # fmt: skip
    rail_share_baseline: Measured = measured(
        "%", zh="基准年铁路货运量占比", en="rail share in the baseline year", floor="0 %",
        ceiling="100 %",
    )  # fmt: skip
    diesel_nox: Measured = measured(
        "吨/年", zh="柴油货车氮氧化物排放量", en="NOx of diesel trucks", better="less",
        floor="0 吨/年",
    )  # fmt: skip
    diesel_nox_baseline: Measured = measured(
        "吨/年", zh="基准年柴油货车氮氧化物排放量", en="NOx of diesel trucks in the baseline year",
        floor="0 吨/年",
    )  # fmt: skip
    baseline_year: Counted = counted("年", zh="基准年", floor=1949, ceiling=2100)


class EmissionReduction(Keyed, zh="总量减排任务", key=("county", "pollutant")):
    """What the five-year plan assigns the county to reduce of a pollutant, and what it has."""

    county: Reference[County] = reference(County, zh="县市")
    pollutant: Stated = stated("氮氧化物", "挥发性有机物", zh="污染物")
    required: Measured = measured("吨", zh="应减排量", en="required reduction", floor="0 吨")
    achieved: Measured = measured(
        "吨", zh="已减排量", en="achieved reduction", better="more", floor="0 吨"
    )
