"""What the CO campaign is held against: emitters, the office's instructions, what each did.

Concentrations at an outlet are mg/m³ as the permit has them (converted to its reference oxygen).
"""

import polars as pl

from airplan_ambient.ledgers import AQI_BANDS
from airplan_core import (
    Counted,
    County,
    Demand,
    Derivation,
    Entity,
    Flag,
    Keyed,
    Measured,
    Moment,
    Reference,
    Stated,
    Text,
    counted,
    flag,
    measured,
    moment,
    reference,
    stated,
    text,
    unit,
)
from airplan_qinyang import Enterprise

WIND_FORCE = unit("级", source="GB/T 28591-2012 表1")

#: Where the wind comes from, as a station reports it.
WINDS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北", "静风")


class CoProfile(Entity, zh="一氧化碳排放企业档案", en="CO profile", one_per="enterprise"):
    """Whether an enterprise is on the county's list of key CO emitters, or burns biomass."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    key: Flag = flag(zh="是否重点一氧化碳排放企业", en="key CO emitter")
    biomass: Flag = flag(zh="是否使用生物质锅炉", en="uses a biomass boiler")


def _gone_by(own: pl.DataFrame, _: object) -> tuple[pl.DataFrame, list[str]]:
    """An instruction that notes the air, or the wind, has gone by it."""
    air = pl.col("co").is_not_null() | pl.col("aqi").is_not_null()
    wind = pl.col("wind").is_not_null() | pl.col("force").is_not_null()
    return own.with_columns(
        by_air=pl.col("by_air").fill_null(pl.when(air).then(True)),
        by_wind=pl.col("by_wind").fill_null(pl.when(wind).then(True)),
    ), []


class ControlOrder(
    Entity,
    zh="一氧化碳管控指令",
    en="control order",
    derived=Derivation(sources=(), compute=_gone_by),
):
    """An instruction of the office to control CO: when, and the hour's air and wind beside it.

    When air and wind call for one is the office's to say (适时): they are facts here, no limits.
    """

    county: Reference[County] = reference(County, zh="县市")
    number: Text = text(zh="指令文号", aliases=("文号",))
    issued_at: Moment = moment(zh="下达时间", en="issued at", minutes=True)
    co: Measured = measured(
        "mg/m³", zh="当时CO小时浓度", en="CO of the hour", better="less", floor="0 mg/m³",
        ceiling="100 mg/m³", bare=True,
    )  # fmt: skip
    aqi: Measured = measured(
        "AQI", zh="当时AQI", en="AQI of the hour", better="less", floor="0 AQI",
        ceiling="500 AQI", bare=True, bands=AQI_BANDS,
    )  # fmt: skip
    wind: Stated = stated(*WINDS, zh="当时风向", en="wind from")
    force: Counted = counted("级", zh="当时风力", en="wind force", floor=0, ceiling=17)
    by_air: Flag = flag(zh="是否依据空气质量情况", en="goes by the air")
    by_wind: Flag = flag(zh="是否依据风向等情况", en="goes by the wind")


def _each_of_each(
    own: pl.DataFrame, orders: pl.DataFrame, profiles: pl.DataFrame, works: pl.DataFrame, _: object
) -> tuple[pl.DataFrame, list[str]]:
    """Beside what is entered, a row of every instruction for everyone whom it may be for.

    Of who is left out of the ledger it is not known what was done, nor, without a profile, whether
    the sentence speaks of it at all.
    """
    meant = ~(~pl.col("key") & ~pl.col("biomass")).fill_null(value=False)
    unprofiled = works.join(profiles, left_on="id", right_on="enterprise", how="anti",
                            maintain_order="left")  # fmt: skip
    everyone = pl.concat(
        [profiles.filter(meant).select(profile="id"), unprofiled.select(profile="id")]
    )
    further = (
        orders.select(order="id")
        .join(everyone, how="cross", maintain_order="left_right")
        .join(own.select("order", "profile"), on=["order", "profile"], how="anti",
              maintain_order="left")
        .with_columns(id=pl.format("{}/{}", "order", "profile"))
    )  # fmt: skip
    further = further.cast(dict.fromkeys(further.columns, pl.String))
    # who adjusted under an instruction was managed by it
    adjusted = pl.when(pl.col("adjusted")).then(True)
    own = own.with_columns(managed=pl.col("managed").fill_null(adjusted))
    return pl.concat([own, further], how="diagonal"), []


def _of(field: str, expected: str, hint: str) -> Demand:
    return Demand(of=field, so=pl.col(field).is_not_null(), expected=expected, hint=hint)


class ControlAction(
    Keyed,
    zh="管控指令落实情况",
    en="control action",
    key=("order", "profile"),
    derived=Derivation(sources=(ControlOrder, CoProfile, Enterprise), compute=_each_of_each),
    demands=(
        _of("order", "管控指令的编号", "写这一行落实的是哪份指令"),
        _of("profile", "企业的编号", "写这一行是哪家企业"),
    ),
):
    """What an enterprise did under an instruction, and what it emitted before and after.

    Emission is of an hour before its working conditions were adjusted, and of one after.
    """

    order: Reference[ControlOrder] = reference(ControlOrder, zh="管控指令", en="order")
    profile: Reference[CoProfile] = reference(CoProfile, zh="企业", en="enterprise")
    managed: Flag = flag(zh="是否纳入精准化管理", en="managed")
    adjusted: Flag = flag(zh="是否调整生产工况", en="working conditions adjusted")
    measures: Text = text(zh="调整措施")
    before: Measured = measured(
        "mg/m³", zh="调整前CO排放浓度", en="concentration before", better="neither",
        floor="0 mg/m³", ceiling="1000000 mg/m³",
    )  # fmt: skip
    after: Measured = measured(
        "mg/m³", zh="调整后CO排放浓度", en="concentration after", better="less",
        floor="0 mg/m³", ceiling="1000000 mg/m³",
    )  # fmt: skip
    emitted_before: Measured = measured(
        "kg", zh="调整前CO小时排放量", en="emission before", better="neither", floor="0 kg"
    )
    emitted_after: Measured = measured(
        "kg", zh="调整后CO小时排放量", en="emission after", better="less", floor="0 kg"
    )
