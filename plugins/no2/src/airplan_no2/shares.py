"""What the chapter's shares have in common: which trips and vehicles count, whose, over which days.

A share “by the end of” a day is that of the thirty days up to it: gates report by the month.
"""

from functools import partial

from airplan_core import Condition, Count, Stated
from airplan_no2.interpretations import MIXERS_AS_TRUCKS
from airplan_no2.ledgers import CLEAN_MODES, Trip, Vehicle
from airplan_qinyang.vehicles import MIXERS, TRUCKS

MONTH = 30

ROAD = Trip.mode.is_("汽车")
CLEAN = Trip.mode.among(*CLEAN_MODES)
BY_NEW_ENERGY = ROAD & Trip.vehicle.new_energy
CHINA_6 = Trip.vehicle.stage.at_least("国六")
OUTSIDE = Trip.direction.among("运入", "运出")
IN_PLANT = Trip.direction.is_("厂内")

IN_USE = Vehicle.registered_on.happened() & ~Vehicle.deregistered_on.happened()


def a_truck(fleet: Stated) -> Condition:
    """载货汽车: the vehicle is of a fleet of trucks."""
    return MIXERS_AS_TRUCKS.choose(apart=fleet.among(*TRUCKS), truck=fleet.among(*TRUCKS, MIXERS))


#: An enterprise's shares of tonnes and counts of trips, of a year or the last thirty days.
tonnes = partial(Trip.tonnes.share, of=Trip.enterprise, on=Trip.date, observed=True, better="more")
trips = partial(Count, of=Trip.enterprise, on=Trip.date, observed=True, unit="车次", better="less")
