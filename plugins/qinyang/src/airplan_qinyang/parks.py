"""The chemical parks, which the layout of industry and the clusters of VOCs both speak of."""

from airplan_core import County, Entity, Flag, Reference, Text, flag, reference, text


class ChemicalPark(Entity, zh="化工园区"):
    """A chemical park, existing or proposed; a ledger without a row says that there is none."""

    county: Reference[County] = reference(County, zh="县市")
    name: Text = text(zh="园区名称")
    newly_added: Flag = flag(zh="是否新增")
