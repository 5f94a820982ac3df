"""A leak as it is read, of a seal at a plant or at a station: µmol of carbon to a mol of air."""

from collections.abc import Iterable

from airplan_core import Measured, measured, unit

MOLE = unit("mol", source="GB/T 3102.8-1993", also=("摩尔",))


def leak_reading(zh: str, en: str, aliases: Iterable[str] = ()) -> Measured:
    """A reading in µmol/mol, from none to pure vapour."""
    return measured(
        "µmol/mol", zh=zh, en=en, better="less", floor="0 µmol/mol", ceiling="1000000 µmol/mol",
        aliases=tuple(aliases),
    )  # fmt: skip
