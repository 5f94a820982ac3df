"""The enterprise ledger, which every chapter's ledgers refer to."""

from airplan_core import Entity, Stated, Text, stated, text

#: The industries the plan names, in the order in which it first names them.
INDUSTRIES = (
    "钢铁", "水泥", "水泥熟料", "玻璃", "煤化工", "焦化", "铸造", "炭素", "烧结砖瓦", "铁合金",
    "铅锌冶炼", "耐火材料", "铝加工", "建材", "火电", "有色", "陶瓷", "煤炭洗选", "化工", "轮胎",
    "工业涂装", "砂石骨料", "其他",
)  # fmt: skip

# What the plan's wider names take in of that list, by the national classification (GB/T 4754):
# a works is entered under the narrowest name, and a sentence about the wider one means it too.
CEMENT = ("水泥", "水泥熟料")
CHEMICAL = ("化工", "煤化工")
NON_FERROUS = ("有色", "铅锌冶炼", "铝加工")
BUILDING_MATERIALS = ("建材", *CEMENT, "玻璃", "烧结砖瓦", "陶瓷", "耐火材料")


class Enterprise(Entity, zh="企业"):
    """An enterprise; what one campaign asks of it is kept in that campaign's own ledger."""

    name: Text = text(zh="企业名称")
    industry: Stated = stated(*INDUSTRIES, zh="行业")
    township: Text = text(zh="所在乡镇")
