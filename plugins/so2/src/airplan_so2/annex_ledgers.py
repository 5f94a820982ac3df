"""What annexes 1-3 are held against beside villages and heat supply: who was joined to the gas."""

from airplan_core import Counted, Entity, Event, Reference, counted, event, reference
from airplan_so2.ledgers import Village


class GasConnection(Entity, zh="燃气入户记录", en="gas connections"):
    """The households of a village that were joined to the gas on one day, or in a batch up to it.

    Those that were joined before the ledger was begun are a row of their own, on the day of which
    they were counted.
    """

    village: Reference[Village] = reference(Village, zh="村庄", aliases=("村名", "村庄名称"))
    connected_on: Event = event(
        zh="入户日期", en="connected on", aliases=("通气入户日期", "燃气入户日期")
    )
    households: Counted = counted("户", zh="燃气入户户数", en="households connected", better="more")
