"""Who the safeguards speak to: the townships, and the member units of the campaign office."""

from airplan_core import County, Entity, Reference, reference


class MemberUnit(Entity, zh="成员单位", en="member unit"):
    """A township, or a department that is a member unit of the county's campaign office."""

    county: Reference[County] = reference(County, zh="县市")
