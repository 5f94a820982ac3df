"""The townships and sub-districts of the county: ranked, each with its straw and its duties."""

from airplan_core import County, Entity, Reference, Text, reference, text


class Township(Entity, zh="乡镇街道"):
    """A township or sub-district of the county: its id is its name in the ranking."""

    name: Text = text(zh="名称")
    county: Reference[County] = reference(County, zh="县市")
