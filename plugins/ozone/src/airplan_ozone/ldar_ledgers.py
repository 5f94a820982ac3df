"""What leak detection and repair is held against: plants, sealing points, their tests, reliefs."""

from collections.abc import Mapping

import polars as pl

from airplan_core import (
    NEVER,
    Counted,
    Demand,
    Derivation,
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
    reference,
    stated,
    text,
)
from airplan_ozone.interpretations import KEY_REGION
from airplan_ozone.leak import leak_reading
from airplan_qinyang import Enterprise

#: From which reading on a point leaks, in µmol/mol: of gas or volatile liquid, of other liquids.
LIMITS = {"key": (2000, 500), "general": (5000, 2000)}

#: What is tested every six months, and what every twelve (8.3).
MOVING = (
    "泵", "压缩机", "搅拌器（机）", "阀门", "开口阀或开口管线", "泄压设备", "取样连接系统",
)  # fmt: skip
STILL = ("法兰及其他连接件", "其他密封设备")


class LdarPlant(Entity, zh="LDAR企业档案", en="LDAR plant", key=("enterprise",)):
    """A plant with VOCs in its equipment: how many sealing points, and whether it tests them."""

    enterprise: Reference[Enterprise] = reference(Enterprise, zh="企业")
    points: Counted = counted("个", zh="密封点数", en="sealing points", better="neither")
    tests: Flag = flag(zh="是否开展泄漏检测与修复", en="does LDAR")


class LdarPoint(Entity, zh="LDAR密封点", en="sealing point"):
    """A sealing point: a pump, a valve, a flange; since when it is in use, and its first test.

    What the standard spares from tests (8.3) is 免予检测. A point that was overhauled is in use
    again from then on; one that is in use has not been put out of use: 未发生.
    """

    plant: Reference[LdarPlant] = reference(LdarPlant, zh="企业", en="plant")
    name: Text = text(zh="密封点名称", aliases=("位号",))
    kind: Stated = stated(*MOVING, *STILL, "免予检测", zh="密封点类型")
    medium: Stated = stated("气态VOCs物料", "挥发性有机液体", "其他液态VOCs物料", zh="介质")
    started_on: Event = event(zh="初次启用或检维修后启用日期", en="in use since")
    first_test_on: Event = event(zh="启用后首次检测日期", en="first test since")
    removed_on: Event = event(zh="停用日期", en="out of use since", aliases=("拆除日期",))


def _not_before(of: str, least: str, what: str) -> Demand:
    return Demand(
        of=of,
        least=least,
        expected=f"不早于{what}的日期",
        hint="两个日期写反了的，对调过来；还没有发生的写“未发生”",
    )


def _tested(
    own: pl.DataFrame, points: pl.DataFrame, readings: Mapping[str, str]
) -> tuple[pl.DataFrame, list[str]]:
    """Whether a test found a leak, and on which day its point was tested next.

    What is not in a ledger of tests did not take place: the last one has no next.
    """
    gas, other = LIMITS[readings[KEY_REGION.id]]
    liquid = pl.col("medium").cast(pl.String) == "其他液态VOCs物料"
    over = (pl.col("reading") > gas) | ((pl.col("reading") > other) & liquid)
    days = own.select("point", "date").drop_nulls().unique().sort("point", "date")
    after = days.with_columns(found=pl.col("date").shift(-1).over("point").fill_null(NEVER))
    said = own.join(
        points.select("medium", point="id"), on="point", how="left", maintain_order="left"
    ).join(after, on=["point", "date"], how="left", maintain_order="left")
    said = said.with_columns(
        leaks=pl.col("leaks").fill_null(pl.col("visible") | over),
        next_on=pl.coalesce("next_on", "found"),
    )
    return said.select(own.columns), []


class LdarTest(
    Entity,
    zh="泄漏检测与修复记录",
    en="LDAR test",
    derived=Derivation(sources=(LdarPoint,), compute=_tested, asks=(KEY_REGION,)),
    demands=(
        _not_before("first_repair_on", "date", "检测日期"),
        _not_before("repaired_on", "date", "检测日期"),
        _not_before("repaired_on", "first_repair_on", "首次修复日期"),
        _not_before("filed_on", "date", "检测日期"),
        _not_before("shutdown_on", "date", "检测日期"),
        _not_before("next_on", "date", "检测日期"),
    ),
):
    """One test of a sealing point, and what was done about a leak that it found.

    A reading is the net one. Who does not put a repair off says 未延迟.
    """

    point: Reference[LdarPoint] = reference(LdarPoint, zh="密封点", en="sealing point")
    date: Event = event(zh="检测日期", routine=True)
    reading: Measured = leak_reading("净检测值", "reading", aliases=("泄漏检测值",))
    visible: Flag = flag(zh="有无渗液滴液等可见泄漏", en="visible drip")
    leaks: Flag = flag(zh="是否认定泄漏", en="leaks")
    first_repair_on: Event = event(zh="首次修复日期", en="first repair on")
    repaired_on: Event = event(zh="修复完成日期", en="repaired on")
    deferral: Stated = stated(
        "未延迟", "停车（工）条件下才能修复", "立即修复存在安全风险", zh="延迟修复原因"
    )
    filed_on: Event = event(zh="延迟修复方案备案日期", en="plan of the deferral filed on")
    shutdown_on: Event = event(zh="下次停车（工）检修结束日期", en="next shutdown ended on")
    next_on: Event = event(zh="下次实际检测日期", en="tested next on")


class Relief(
    Entity,
    zh="泄压记录",
    demands=(_not_before("tested_on", "relieved_on", "泄压日期"),),
):
    """A relief device that vents straight into the air has vented: when, and when it was tested."""

    point: Reference[LdarPoint] = reference(LdarPoint, zh="密封点", en="sealing point")
    relieved_on: Event = event(zh="泄压日期")
    tested_on: Event = event(zh="泄压后检测日期", en="tested after it on")
