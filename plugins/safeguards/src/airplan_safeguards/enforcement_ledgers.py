"""What enforcement and help are held against: joint actions, products, offences, training."""

from airplan_core import (
    Counted,
    County,
    Entity,
    Event,
    Flag,
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

#: The five fields that the sentence names, and what 等 leaves room for.
FIELDS = ("锅炉和炉窑综合治理", "煤炭质量", "柴油车（机）", "油品质量", "含VOCs产品质量")


class JointEnforcement(Entity, zh="多部门联合执法", en="joint enforcement"):
    """An action of enforcement that departments took together, and in which field."""

    county: Reference[County] = reference(County, zh="县市")
    field: Stated = stated(*FIELDS, "其他", zh="执法领域")
    held_on: Event = event(zh="执法日期", aliases=("日期",))
    departments: Counted = counted("个", zh="参与部门数", en="departments that took part", floor=0)


class VocProduct(Entity, zh="含VOCs产品质量检查", en="check of a product with VOCs"):
    """A product with VOCs that was checked, and what became of one that does not conform."""

    county: Reference[County] = reference(County, zh="县市")
    product: Text = text(zh="产品名称")
    checked_on: Event = event(zh="检查日期")
    failed: Flag = flag(zh="是否不合格", en="does not conform")
    exposed: Flag = flag(zh="是否曝光", en="made public")
    traced: Flag = flag(zh="是否追溯生产、销售、进口、使用企业", en="enterprises traced")
    pursued: Flag = flag(zh="是否依法追究责任", en="held liable by law")


class VehicleOffence(Entity, zh="机动车排放违法行为", en="offence of a vehicle"):
    """A vehicle that emits too much on the road, and whether it was dealt with by law."""

    county: Reference[County] = reference(County, zh="县市")
    kind: Stated = stated("超标上路行驶", "冒黑烟", "其他", zh="违法行为")
    found_on: Event = event(zh="发现日期")
    dealt_with: Flag = flag(zh="是否依法查处", en="dealt with by law")


class Assistance(Entity, zh="帮扶培训"):
    """Technical help that was given to enterprises, or training on what policies mean."""

    county: Reference[County] = reference(County, zh="县市")
    kind: Stated = stated("技术帮扶", "政策解读培训", zh="类别")
    held_on: Event = event(zh="开展日期", aliases=("日期",))
